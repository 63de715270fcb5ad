package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/style"
)

// criteriaCheck tells every fault of a set, and with --strict what else is odd in it.
func (a *app) criteriaCheck() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "check SET", Args: a.takes(1, 1)}, "criteria-check", "")
	strict := c.Flags().Bool("strict", false, a.say.Say("cli.flag-strict"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		set, err := a.loadSet(args[0])
		if problems, ok := asProblems(err); ok {
			for _, p := range problems {
				fmt.Fprintln(a.err, a.problemLine(p))
			}
			a.count("criteria-faults", problems.Stopping())
			return errProblems
		}
		if err != nil {
			return err
		}
		a.tell("criteria-well", set.Address())
		findings := style.Check(set)
		if len(findings) == 0 {
			return nil
		}
		if !*strict {
			a.count("criteria-style-more", len(findings), args[0])
			return nil
		}
		for _, p := range set.MendHere(slices.Clone(findings)) {
			line := a.say.Problem(p)
			if p.Severity == diag.Info {
				line = a.problemLine(p)
			}
			fmt.Fprintln(a.err, line)
		}
		a.count("criteria-style", len(findings))
		return errProblems
	}
	return c
}
