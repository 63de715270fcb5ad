package main

import (
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers"
)

func (a *app) criteriaCommand() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "criteria"}, "criteria", "prepare")
	c.AddCommand(a.criteriaList(), a.criteriaShow(), a.criteriaCheck(), a.criteriaDiff(), a.criteriaSchema())
	c.AddCommand(a.criteriaExport(), a.criteriaImport())
	return c
}

func (a *app) criteriaList() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "list", Args: a.takes(0, 0)}, "criteria-list", "")
	c.RunE = func(*cobra.Command, []string) error {
		a.shippedSets().write(a.out)
		var complete []string
		for _, entry := range builtin.List() {
			if entry.Complete() {
				complete = append(complete, entry.Address())
			}
		}
		a.tell("criteria-complete-sets", complete)
		return nil
	}
	return c
}

// shippedSets are the sets that ship with the tool, with their decisions, and whether they are complete.
func (a *app) shippedSets() *columns {
	t := newColumns(head(a.say.Say("cli.criteria-address"), false), head(a.say.Say("cli.criteria-title"), false),
		head(a.say.Say("cli.criteria-decision"), false), head(a.say.Say("cli.criteria-date"), false),
		head(a.say.Say("cli.criteria-extent"), false))
	for _, entry := range builtin.List() {
		extent, date := "cli.criteria-structure-only", ""
		if entry.Complete() {
			extent = "cli.criteria-complete"
		}
		if entry.Source.Date != "" {
			date = a.say.Date(entry.Source.Date)
		}
		t.row(entry.Address(), a.say.Text(entry.Title, entry.Languages[0]), entry.Source.Decision, date, a.say.Say(extent))
	}
	return t
}

// loadSet reads a criteria set from a file, or a shipped one by ID@VERSION, and what it extends. The error is
// diag.Problems where the set has faults.
func (a *app) loadSet(address string) (*criteria.Set, error) {
	set, err := importers.LoadSet(address)
	if !errors.Is(err, fs.ErrNotExist) {
		return set, err
	}
	var nearest diag.Problems
	if errors.As(err, &nearest) {
		return nil, errors.New(a.say.Problem(nearest[0]))
	}
	return nil, a.misuse("criteria-unknown", address)
}
