package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/locale"
)

func (a *app) criteriaCommand() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "criteria"}, "criteria", "prepare")
	c.AddCommand(a.criteriaList(), a.criteriaShow(), a.criteriaCheck(), a.criteriaDiff(), a.criteriaSchema())
	return c
}

func (a *app) criteriaList() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "list", Args: a.takes(0, 0)}, "criteria-list", "")
	c.RunE = func(*cobra.Command, []string) error {
		t := newColumns(head(a.say.Say("cli.criteria-address"), false), head(a.say.Say("cli.criteria-title"), false))
		for _, entry := range builtin.List() {
			set, err := a.loadSet(entry.Address())
			if err != nil {
				return err
			}
			t.row(set.Address(), a.say.Text(set.Title, set.Languages[0]))
		}
		t.write(a.out)
		return nil
	}
	return c
}

func (a *app) criteriaShow() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "show SET", Args: a.takes(1, 1)}, "criteria-show", "")
	c.RunE = func(_ *cobra.Command, args []string) error {
		set, err := a.loadSet(args[0])
		if err != nil {
			return err
		}
		shower{words: a.say.WithTerms(set.Terms), set: set, w: a.out}.all()
		return nil
	}
	return c
}

func (a *app) criteriaCheck() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "check SET", Args: a.takes(1, 1)}, "criteria-check", "")
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
		return nil
	}
	return c
}

// loadSet reads a criteria set from a file, or a shipped one by ID@VERSION. The error is diag.Problems where the set
// has faults.
func (a *app) loadSet(address string) (*criteria.Set, error) {
	if data, name, ok := builtin.Get(address); ok {
		return criteria.Load(name, data)
	}
	data, err := os.ReadFile(address)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, a.misuse("criteria-unknown", address)
		}
		return nil, err
	}
	return criteria.Load(address, data)
}

// A shower writes a criteria set as a table that people can read.
type shower struct {
	words *locale.Locale
	set   *criteria.Set
	w     io.Writer
}

func (s shower) text(t criteria.Text) string { return s.words.Text(t, s.set.Languages[0]) }

func (s shower) all() {
	fmt.Fprintln(s.w, s.words.Say("cli.show-title", s.text(s.set.Title), s.set.Address()))
	for _, g := range s.set.Groups {
		fmt.Fprintln(s.w, s.words.Say("cli.show-group", s.text(g.Name), g.ID, s.points(s.set.Root, g.ID), s.words.Plain(s.set.Of(g.ID))))
	}
	for _, r := range s.set.Ratings {
		key := "cli.show-rating-from"
		if r.Above {
			key = "cli.show-rating-above"
		}
		fmt.Fprintln(s.w, s.words.Say(key, s.text(r.Name), r.Bound))
	}
	s.pillar(s.set.Root, "")
}

func (s shower) points(p *criteria.Pillar, group string) string {
	return s.words.Plain(p.PointsFor(group))
}

func (s shower) pillar(p *criteria.Pillar, margin string) {
	if p.ID != "" {
		fmt.Fprintf(s.w, "\n%s%s %s  [%s]  %s\n", margin, p.No, s.text(p.Name), p.ID, s.perGroup(p))
		margin += "  "
	}
	for _, child := range p.Pillars {
		s.pillar(child, margin)
	}
	for _, ind := range p.Indicators {
		fmt.Fprintf(s.w, "%s%s %s  [%s]  %s\n", margin, ind.No, s.text(ind.Name), ind.ID, s.worth(ind.Points, ind.Weight.String()))
		fmt.Fprintf(s.w, "%s    %s\n", margin, s.words.Note(s.set.Named(ind.Rule.Words(), ind)))
	}
}

func (s shower) perGroup(p *criteria.Pillar) string {
	points := criteria.PerGroup{}
	for _, g := range s.set.Groups {
		if d := p.PointsFor(g.ID); d.IsPositive() {
			points[g.ID] = d
		}
	}
	return s.worth(points, p.Weight.String())
}

// worth says points once where all groups have the same, else by group; a node without points has a weight.
func (s shower) worth(points criteria.PerGroup, weight string) string {
	if len(points) == 0 {
		return s.words.Say("cli.show-weight", weight)
	}
	var parts []string
	same := true
	first := ""
	for _, g := range s.set.Groups {
		d, ok := points[g.ID]
		if !ok {
			continue
		}
		worded := s.words.Plain(d)
		if first == "" {
			first = worded
		}
		same = same && worded == first
		parts = append(parts, g.ID+" "+worded)
	}
	if same {
		return s.words.Say("cli.show-points", first)
	}
	return s.words.Say("cli.show-points", strings.Join(parts, ", "))
}
