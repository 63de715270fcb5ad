package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria"
)

// A RuleSection holds the rules of one pillar.
type RuleSection struct {
	Heading string
	Lang    string
	Rows    []RuleRow
}

// A RuleRow is one indicator's rule in words.
type RuleRow struct {
	ID      string
	No      string
	Name    string
	Lang    string
	Href    string // the page of the indicator; "" where there is none
	Rule    string
	Details []string // who enters what, evidence, exceptions
}

// ruleSections lists the rules pillar by pillar.
func (e *Edition) ruleSections(path string, out []RuleSection, p *criteria.Pillar, above []string) []RuleSection {
	trail := above
	var lang string
	if p.ID != "" {
		var name string
		name, lang = e.name(p.Name)
		trail = append(slices.Clone(above), numbered(p.No, name))
	}
	for _, child := range p.Pillars {
		out = e.ruleSections(path, out, child, trail)
	}
	section := RuleSection{Heading: cmp.Or(strings.Join(trail, " › "), e.say("indicators-root")), Lang: lang}
	for _, ind := range p.Indicators {
		name, lang := e.name(ind.Name)
		row := RuleRow{
			ID: "r-" + ind.ID, No: cmp.Or(ind.No, ind.ID), Name: name, Lang: lang, Rule: e.rules[ind], Details: e.details(ind),
		}
		if to := e.IndicatorPath(ind.ID); to != "" {
			row.Href = Relative(path, to)
		}
		section.Rows = append(section.Rows, row)
	}
	if len(section.Rows) > 0 {
		out = append(out, section)
	}
	return out
}

// details say what is special about an indicator.
func (w *wording) details(ind *criteria.Indicator) []string {
	var said []string
	for _, in := range ind.Inputs {
		if words := w.say("entered-by-" + in.By.String()); in.By != criteria.ByAgency && !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	if ind.When != "" {
		said = append(said, w.tagWords(ind.When))
	}
	return slices.Concat(said, w.evidenceWords(ind), w.exceptions(ind))
}

// tagWords say that an indicator is only for agencies with a tag, by its name where the set has one: the tag itself is a
// word of the set's author, not of the reader.
func (w *wording) tagWords(tag string) string {
	if name := w.text(w.set.TagName(tag)); name != "" {
		return w.say("when-named", name)
	}
	return w.say("when-marked")
}

// evidenceWords say what it costs to give no evidence.
func (w *wording) evidenceWords(ind *criteria.Indicator) []string {
	switch {
	case !ind.Evidence.Required:
		return nil
	case ind.Evidence.WithoutZero:
		return []string{w.say("evidence-required"), w.say("evidence-zero")}
	default:
		return []string{w.say("evidence-required"), w.say("evidence-flag")}
	}
}

// exceptions say where an indicator differs from the others in what does not apply, what is published and what can be
// compared.
func (w *wording) exceptions(ind *criteria.Indicator) []string {
	var said []string
	if ind.NotApplicable.Policy != 0 && ind.NotApplicable.Policy != w.set.NotApplicable {
		said = append(said, w.say("na-"+ind.NotApplicable.Policy.String()))
	}
	switch ind.Public {
	case criteria.PointsOnly:
		said = append(said, w.say("public-points"))
	case criteria.Nothing:
		said = append(said, w.say("public-none"))
	case criteria.Answers:
	}
	if ind.From.ID != "" && !ind.From.Comparable {
		said = append(said, w.say("changed-indicator"))
	}
	return said
}
