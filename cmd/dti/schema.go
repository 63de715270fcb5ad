package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
)

func (a *app) criteriaSchema() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "schema", Args: a.takes(0, 0)}, "criteria-schema", "")
	c.RunE = func(*cobra.Command, []string) error { return a.writeSchema(a.out) }
	return c
}

// writeSchema writes the JSON Schema of criteria sets, its descriptions in the language of the program.
func (a *app) writeSchema(w io.Writer) error {
	schema, err := criteria.JSONSchema(func(key string) string { return a.say.Say("schema." + key) })
	if err != nil {
		return err
	}
	_, err = w.Write(schema)
	return err
}
