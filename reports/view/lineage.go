package view

import (
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// carriedNote says how an earlier total became that of the agency; "" where it is its own.
func (e *Edition) carriedNote(c history.Change) string {
	if c.Carried == nil {
		return ""
	}
	var said []string
	for _, step := range c.Carried.Steps {
		if how := e.words.Note(step.CarryNote(c.Year)); how != "" {
			said = append(said, how)
		}
	}
	return strings.Join(said, "; ")
}

// lineage tells what became of the agency's predecessors, and how its earlier total came about; nothing of an agency that
// goes on.
func (e *Edition) lineage(code string) []string {
	c, known := e.cmp.Agencies[code]
	if !known || c.Carried == nil {
		return nil
	}
	var said []string
	for _, step := range c.Carried.Steps {
		words := e.words.Note(step.Note())
		if how := e.words.Note(step.CarryNote(c.Year)); how != "" {
			words += "; " + how
		}
		said = append(said, capital(words)+".")
	}
	for _, why := range []rule.Note{c.Carried.Why, c.RankNote} {
		if words := e.words.Note(why); words != "" {
			if why.Kind == c.RankNote.Kind {
				words = e.say("lineage-rank", yearWords(c.Year), words)
			}
			said = append(said, capital(words)+".")
		}
	}
	return said
}

// lineageWords say how earlier results became those of the agencies of today; "" where none had to.
func (e *Edition) lineageWords() string {
	for _, points := range e.cmp.Trend.Groups {
		if slices.ContainsFunc(points, func(g history.PastGroup) bool { return g.Field != nil }) {
			return e.say("lineage-words")
		}
	}
	return ""
}

// fieldSays tells who joined a group and who left it since the earlier round, and what that does to its earlier ranks.
func (e *Edition) fieldSays(g scoring.Group) []string {
	past, ok := e.comparedGroup(g.Group.ID)
	if !ok {
		return nil
	}
	var said []string
	switch f := past.Field; {
	case f == nil:
	case f.Ranked > 0:
		said = append(said, e.say("field-anew", e.past(), f.Ranked, f.Published))
	default:
		var names []string
		for _, name := range f.Without {
			names = append(names, e.text(name))
		}
		said = append(said, e.say("field-kept", e.past(), f.Published, few(names)))
	}
	if past.Field != nil {
		said = append(said, e.say("field-published", e.past(), past.Ranked))
	}
	var joined []string
	for _, s := range g.Standings {
		c, known := e.cmp.Agencies[s.Agency.Code]
		if !known || c.Carried != nil && !c.Carried.Why.IsZero() && c.Rank == 0 {
			joined = append(joined, e.agencyName(s.Agency))
		}
	}
	if len(joined) > 0 {
		said = append(said, e.count("field-joined", len(joined), e.past(), few(joined)))
	}
	if left := e.cmp.GoneFrom(e.ranking, g.Group.ID); len(left) > 0 {
		said = append(said, e.count("field-left", len(left), e.past()))
	}
	return said
}

// mostNamed is how many agencies a sentence names.
const mostNamed = 20

// few are the first of many names.
func few(names []string) []string {
	if len(names) <= mostNamed {
		return names
	}
	return append(slices.Clone(names[:mostNamed]), "…")
}

// goneTable lists the agencies of the group that are no more, and what they went into.
func (e *Edition) goneTable(path string, g scoring.Group) Table {
	t := Table{
		Caption: e.say("gone-caption", e.past()),
		Columns: []Column{{Name: e.term("agency"), Key: true}, {Name: e.say("gone-what"), Key: true}, {Name: e.say("gone-into"), Key: true}},
	}
	for _, b := range e.cmp.GoneFrom(e.ranking, g.Group.ID) {
		name, lang := e.name(b.Name)
		if name == "" {
			name = b.Code
		}
		into := Cell{Text: e.say("gone-nowhere")}
		var names []string
		for _, code := range b.Into {
			agency, _ := e.round.Agency(code)
			names = append(names, e.agencyName(agency))
		}
		if len(names) > 0 {
			into.Text = strings.Join(names, ", ")
		}
		if len(b.Into) == 1 {
			into.Link = Relative(path, e.AgencyPath(b.Into[0]))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: name, Lang: lang, Head: true}, {Text: e.fate(b)}, into}})
	}
	return t
}

// fate says what became of an agency, and by which decision.
func (e *Edition) fate(b history.Gone) string {
	if b.Fate == 0 {
		return e.say("gone-unlisted")
	}
	return e.words.Note(b.Note())
}
