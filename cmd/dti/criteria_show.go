package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/reports/view"
)

// criteriaShow prints a set as a table, or writes it as the annex of a decision.
func (a *app) criteriaShow() *cobra.Command {
	var html, md string
	c := a.describe(&cobra.Command{Use: "show SET [--html FILE] [--md FILE]", Args: a.takes(1, 1)}, "criteria-show", "")
	c.Flags().StringVar(&html, "html", "", a.say.Say("cli.flag-annex-html"))
	c.Flags().StringVar(&md, "md", "", a.say.Say("cli.flag-annex-md"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		set, err := a.loadSet(args[0])
		switch {
		case err != nil:
			return err
		case html == "" && md == "":
			shower{words: a.say.WithTerms(set.Terms), set: set, w: a.out}.all(view.NewMethodology(set, a.say))
			return nil
		case html == toOutput && md == toOutput:
			return a.misuse("show-one-file")
		}
		m := view.NewMethodology(set, a.say)
		if err := a.writeAnnex(html, reports.MethodologyHTMLHead, m, reports.WriteMethodologyHTML); err != nil {
			return err
		}
		return a.writeAnnex(md, reports.MethodologyMarkdownHead, m, reports.WriteMethodologyMarkdown)
	}
	return c
}

// toOutput is the file name that stands for the standard output.
const toOutput = "-"

// writeAnnex writes the document into a file, or prints it; no name is no document.
func (a *app) writeAnnex(name, head string, m view.Methodology, write func(io.Writer, view.Methodology) error) error {
	switch {
	case name == "":
		return nil
	case name == toOutput:
		return write(a.out, m)
	case !replaceable(name, []byte(head)):
		return a.misuse("file-not-ours", name)
	}
	if err := writeFile(name, func(w io.Writer) error { return write(w, m) }); err != nil {
		return a.fileError(name, err)
	}
	a.tell("written", name)
	return nil
}

// A shower writes a criteria set as a table that people can read.
type shower struct {
	words *locale.Locale
	set   *criteria.Set
	w     io.Writer
}

func (s shower) text(t criteria.Text) string { return s.words.Text(t, s.set.Languages[0]) }

// all writes the set; the document of it words the rules of the total.
func (s shower) all(m view.Methodology) {
	fmt.Fprintln(s.w, s.words.Say("cli.show-title", s.text(s.set.Title), s.set.Address()))
	s.origin()
	for _, g := range s.set.Groups {
		if points := s.set.Root.PointsFor(g.ID); points.IsPositive() {
			fmt.Fprintln(s.w, s.words.Say("cli.show-group", s.text(g.Name), g.ID, s.words.Plain(points), s.words.Plain(s.set.Of(g.ID))))
			continue
		}
		fmt.Fprintln(s.w, s.words.Say("cli.show-group-scale", s.text(g.Name), g.ID, s.words.Plain(s.set.Of(g.ID))))
	}
	for _, section := range m.Sections {
		if section.ID == view.TotalID {
			for _, f := range section.Facts {
				fmt.Fprintln(s.w, s.words.Say("cli.show-policy", f.Term, f.Words))
			}
		}
	}
	for _, r := range s.set.Ratings {
		key := "cli.show-rating-from"
		if r.Above {
			key = "cli.show-rating-above"
		}
		fmt.Fprintln(s.w, s.words.Say(key, s.text(r.Name), r.Bound))
	}
	for _, in := range s.set.Figures {
		fmt.Fprintln(s.w, s.words.Say("cli.show-figure", s.text(in.Name), in.ID, s.words.Say("form.type-"+in.Type.String())))
	}
	s.codes("cli.show-verifier", s.set.Verifiers)
	s.codes("cli.show-tag", s.set.Tags)
	s.pillar(s.set.Root, "")
	s.views()
}

// codes lists the verifiers or tags that the set names, each with the code by which indicators call it.
func (s shower) codes(key string, codes []criteria.Code) {
	for _, code := range codes {
		fmt.Fprintln(s.w, s.words.Say(key, s.text(code.Name), code.ID))
	}
}

// origin says where the set comes from, and what of it is published where that is not all.
func (s shower) origin() {
	say := func(key, words string) {
		if words != "" {
			fmt.Fprintln(s.w, s.words.Say("cli."+key, words))
		}
	}
	src := s.set.Source
	var origin []string
	for _, words := range []string{src.Decision, s.words.Date(src.Date), src.URL} {
		if words != "" {
			origin = append(origin, words)
		}
	}
	say("show-source", strings.Join(origin, ", "))
	say("show-structure-only", s.text(src.StructureOnly))
	say("show-extends", s.set.Extends)
}

// views are the other roll-ups, after the nodes that they are made of.
func (s shower) views() {
	for i, v := range s.set.Views {
		if i == 0 {
			fmt.Fprintln(s.w)
		}
		parts := make([]string, len(v.Parts))
		for j, part := range v.Parts {
			parts[j] = s.words.Say("cli.show-view-part", part.ID, part.Weight)
		}
		combine := s.words.Say("notes.combine-" + v.Combine.String())
		fmt.Fprintln(s.w, s.words.Say("cli.show-view", strings.TrimSpace(v.No+" "+s.text(v.Name)), v.ID, combine, strings.Join(parts, ", ")))
	}
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
		fmt.Fprintf(s.w, "%s%s %s  [%s]  %s\n", margin, ind.No, s.text(ind.Name), ind.ID, s.indicatorWorth(p, ind))
		fmt.Fprintf(s.w, "%s    %s\n", margin, s.words.Note(s.set.Named(ind.Words(), ind)))
		if ind.When != "" {
			fmt.Fprintf(s.w, "%s    %s\n", margin, s.words.Note(s.set.OnlyTagged(ind.When)))
		}
	}
}

func (s shower) perGroup(p *criteria.Pillar) string {
	points := criteria.PerGroup{}
	for _, g := range s.set.Groups {
		if d := p.PointsFor(g.ID); d.IsPositive() {
			points[g.ID] = d
		}
	}
	if len(points) == 0 && !counted(p) {
		return s.words.Say("cli.show-outside") // bonus and penalty, or for information
	}
	return s.worth(points, s.words.Plain(p.Weight))
}

// counted reports whether something in a pillar is part of the points or weights.
func counted(p *criteria.Pillar) bool {
	for ind := range p.AllIndicators() {
		if ind.Effect == criteria.Base {
			return true
		}
	}
	return false
}

// indicatorWorth says what an indicator is worth, what it does to the total, and whom it concerns.
func (s shower) indicatorWorth(p *criteria.Pillar, ind *criteria.Indicator) string {
	said := []string{s.worth(ind.Points, s.words.Plain(ind.Weight))}
	if ind.Effect == criteria.None || p.Combine != criteria.Sum && ind.Effect == criteria.Base {
		said[0] = s.words.Say("cli.show-weight", s.words.Plain(ind.Weight))
	}
	switch ind.Effect {
	case criteria.Bonus:
		said = append(said, s.words.Say("cli.show-bonus"))
	case criteria.Penalty:
		said = append(said, s.words.Say("cli.show-penalty"))
	case criteria.None:
		said[0] = s.words.Say("cli.show-informational")
	case criteria.Base:
	}
	if ind.Min.IsNegative() {
		said = append(said, s.words.Say("cli.show-min", s.words.Plain(ind.Min)))
	}
	if len(ind.For) > 0 && len(ind.For) < len(s.set.Groups) {
		names := make([]string, len(ind.For))
		for i, id := range ind.For {
			g, _ := s.set.Group(id)
			names[i] = s.text(g.Name)
		}
		said = append(said, s.words.Say("cli.show-for", names))
	}
	return strings.Join(said, "; ")
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
		parts = append(parts, s.text(g.Name)+" "+worded)
	}
	if same {
		return s.words.Say("cli.show-points", first)
	}
	return s.words.Say("cli.show-points", strings.Join(parts, ", "))
}
