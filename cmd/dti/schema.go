package main

import (
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
)

func (a *app) criteriaSchema() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "schema", Args: a.takes(0, 0)}, "criteria-schema", "")
	c.RunE = func(*cobra.Command, []string) error {
		schema, err := criteria.JSONSchema(func(key string) string { return a.say.Say("schema." + key) })
		if err != nil {
			return err
		}
		_, err = a.out.Write(schema)
		return err
	}
	return c
}
