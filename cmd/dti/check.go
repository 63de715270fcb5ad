package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) checkCommand() *cobra.Command {
	var annotate string
	c := a.describe(&cobra.Command{Use: "check ROUND [--annotate DIR]", Args: a.takes(1, 1)}, "check", "collect")
	c.Flags().StringVar(&annotate, "annotate", "", a.say.Say("cli.flag-annotate"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if cmd.Flags().Changed("annotate") {
			if err := a.mayAnnotate(args[0], annotate); err != nil {
				return err
			}
		}
		round, err := a.open(args[0])
		if err != nil {
			return err
		}
		a.previous(args[0], round)
		a.received(a.out, round)
		a.problemsByAgency(a.err, round)
		if annotate != "" {
			if err := a.annotate(cmd.Context(), args[0], unsealed(round), annotate); err != nil {
				return err
			}
		}
		if n := round.Problems.Stopping(); n > 0 {
			a.count("problems-stop", n)
			return errProblems
		}
		a.tell("check-well", args[0])
		return nil
	}
	return c
}

// received says who has sent what, group by group.
func (a *app) received(w io.Writer, round *submission.Round) {
	first := round.Set.Languages[0]
	for _, g := range round.Set.Groups {
		all, sent := 0, 0
		var waiting []string
		for _, agency := range round.Agencies {
			if agency.Group != g.ID {
				continue
			}
			all++
			if round.Submissions[agency.Code].Sent {
				sent++
			} else {
				waiting = append(waiting, a.say.Text(agency.Name, first))
			}
		}
		if all == 0 {
			continue
		}
		fmt.Fprintln(w, a.say.Say("cli.check-group", a.say.Text(g.Name, first), sent, all))
		for _, name := range waiting {
			fmt.Fprintln(w, "  "+a.say.Say("cli.check-waiting", name))
		}
	}
}

// problemsByAgency writes the problems of the round, then those of each agency in the order of the agencies table.
func (a *app) problemsByAgency(w io.Writer, round *submission.Round) {
	byAgency := map[string]diag.Problems{}
	for _, p := range ownProblems(round.Problems) { // the others were told when it was opened
		byAgency[p.Agency] = append(byAgency[p.Agency], p)
	}
	for _, p := range byAgency[""] {
		fmt.Fprintln(w, a.problemLine(p))
	}
	for _, agency := range round.Agencies {
		problems := byAgency[agency.Code]
		if len(problems) == 0 {
			continue
		}
		fmt.Fprintln(w, a.say.Say("cli.check-agency", a.say.Text(agency.Name, round.Set.Languages[0]), len(problems)))
		for _, p := range problems {
			fmt.Fprintln(w, "  "+a.problemLine(p))
		}
	}
}
