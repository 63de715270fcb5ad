package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
)

func (a *app) criteriaDiff() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "diff OLD NEW", Args: a.takes(2, 2)}, "criteria-diff", "")
	c.RunE = func(_ *cobra.Command, args []string) error {
		before, err := a.loadSet(args[0])
		if err != nil {
			return err
		}
		after, err := a.loadSet(args[1])
		if err != nil {
			return err
		}
		changes := criteria.Diff(before, after)
		if len(changes) == 0 {
			fmt.Fprintln(a.out, a.say.Say("cli.diff-nothing"))
			return nil
		}
		fmt.Fprintln(a.out, a.say.Say("cli.diff-title", before.Address(), after.Address()))
		first := after.Languages[0]
		for i, change := range changes {
			if i == 0 || change.Pillar != changes[i-1].Pillar {
				fmt.Fprintln(a.out, "\n"+a.changedPillar(change.Pillar, before, after))
			}
			fmt.Fprintln(a.out, "  "+a.changeLine(change, first))
		}
		a.tell("diff-count", len(changes))
		return nil
	}
	return c
}

// changedPillar heads the changes in a pillar, or in the set itself. A pillar that was removed is called as it was.
func (a *app) changedPillar(id string, before, after *criteria.Set) string {
	for _, set := range []*criteria.Set{after, before} {
		if p, ok := set.Pillar(id); ok {
			return a.say.Say("cli.diff-pillar", a.say.Text(p.Name, set.Languages[0]), id)
		}
	}
	return a.say.Say("cli.diff-set")
}

// changeLine says a change, an indicator's with its id and name in front.
func (a *app) changeLine(change criteria.Change, first string) string {
	words := a.say.Note(change.Note())
	if change.Subject == change.Pillar {
		return words // the heading names it
	}
	return a.say.Say("cli.diff-indicator", change.Subject, a.say.Text(change.Name, first), words)
}
