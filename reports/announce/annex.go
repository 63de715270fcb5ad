package announce

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
)

// Annex is the annex of the decision: a table with every agency of each group, on sheets across.
func (c *Clerk) Annex() Document {
	d := &draft{clerk: c}
	p := &d.doc.Paper
	p.Lang, p.Landscape, p.Kind, p.Subject = c.words.Lang(), true, c.say("annex-kind"), c.subject()
	p.Attached = c.say("attached")
	if c.draft() {
		p.Stamp = c.words.Say("site.draft-stamp")
	}
	p.Title = c.stamped(p.Kind + ". " + p.Subject)
	d.provisional()
	for i, g := range c.ranking.Groups {
		d.section(2, c.groupHeading(i))
		t, facts, partly := c.annexTable(g)
		last := len(p.Sections) - 1
		p.Sections[last].Tables = []view.PaperTable{t}
		if partly {
			d.paragraph(Sentence{Text: c.say("annex-partly")})
		}
		d.doc.Facts = append(d.doc.Facts, facts...)
		d.paragraphs(c.limits(g.Group.ID))
		for _, f := range of(facts, g.Group.ID, Unranked) {
			d.items([]Sentence{c.sentence(c.say("unranked", c.names[f.Agencies[0]], end(c.words.Note(f.Why))), nil, f)})
		}
		d.doc.Said = append(d.doc.Said, c.cells(t, facts))
	}
	hash := c.round.Set.Hash
	data := c.say("annex-source", c.set.Address(), hash[:min(len(hash), shownHash)])
	p.Small = []view.PaperLine{{Text: data}}
	return d.doc
}

// shownHash is how much of a hash is printed.
const shownHash = 12

// cells are all cells of a table as one text: what it says is what its facts say.
func (c *Clerk) cells(t view.PaperTable, facts []Fact) Sentence {
	lines := []string{t.Caption}
	for _, col := range t.Columns {
		lines = append(lines, col.Name)
	}
	for _, row := range t.Rows {
		lines = append(lines, strings.Join(row, " | "))
	}
	return c.sentence(strings.Join(lines, "\n"), nil, facts...)
}

// annexTable is the full table of a group with the facts that it tells; partly: a pillar applies to some agency in part.
func (c *Clerk) annexTable(g scoring.Group) (t view.PaperTable, facts []Fact, partly bool) {
	a := &annex{clerk: c, group: g, teller: newTeller(c.ranking, c.past)}
	a.then = c.past.Year != 0
	t = view.PaperTable{Caption: c.say("annex-caption", g.Stats.Ranked), Columns: a.columns()}
	a.teller.add(Fact{Kind: Field, Group: g.Group.ID, Numbers: wholes(g.Stats.Agencies, g.Stats.Ranked)})
	for _, s := range g.Standings {
		t.Rows = append(t.Rows, a.row(s))
		if !s.Ranked {
			a.teller.add(Fact{Kind: Unranked, Group: g.Group.ID, Agencies: []string{s.Agency.Code}, Why: s.Reason})
		}
	}
	if g.Stats.Ranked > 0 {
		t.Rows, t.Sum = append(t.Rows, a.means()), true
	}
	return t, a.teller.facts, a.partly
}

// An annex is the table of a group while it is made.
type annex struct {
	clerk   *Clerk
	group   scoring.Group
	teller  *teller
	pillars []*criteria.Pillar
	then    bool // there is an earlier round
	partly  bool // a pillar applies to some agency in part
}

func (a *annex) columns() []view.PaperColumn {
	c, id := a.clerk, a.group.Group.ID
	width := 7
	if slices.ContainsFunc(a.group.Standings, func(s scoring.Standing) bool { return s.Tied }) {
		width = 15 // room for the word
	}
	cols := []view.PaperColumn{
		{Name: c.words.Say("words.rank"), Num: true, Width: width}, {Name: c.words.Say("words.agency"), Head: true, Width: 30},
	}
	for _, p := range c.set.Root.Pillars {
		if counts(p, id) {
			a.pillars = append(a.pillars, p)
			cols = append(cols, view.PaperColumn{Name: c.pillarName(p.ID), Num: true, Width: 12})
		}
	}
	cols = append(cols, view.PaperColumn{Name: c.words.Say("words.score"), Num: true, Width: 8})
	if len(c.set.Ratings) > 0 {
		cols = append(cols, view.PaperColumn{Name: c.words.Say("words.rating"), Width: 12})
	}
	if a.then {
		cols = append(cols,
			view.PaperColumn{Name: c.say("column-then", year(c.past.Year)), Num: true, Width: 9},
			view.PaperColumn{Name: c.say("column-change"), Width: 14})
		a.teller.add(Fact{Kind: Field, Group: id, Numbers: wholes(a.group.Stats.Agencies, a.group.Stats.Ranked), Year: c.past.Year})
	}
	return cols
}

// nothing stands where there is no number.
const nothing = "–"

// row is one agency; one that is not ranked has its points without a rank.
func (a *annex) row(s scoring.Standing) []string {
	c := a.clerk
	rank, total := nothing, nothing
	if s.Ranked {
		a.teller.add(a.teller.place(s))
		rank, total = whole(s.Rank).String(), c.totalWords(s.Score.Round(a.teller.total))
		if s.Tied {
			rank = c.words.Say("words.tied", s.Rank)
		}
	}
	row := []string{rank, c.names[s.Agency.Code]}
	for _, p := range a.pillars {
		row = append(row, a.pillarCell(s, p))
	}
	row = append(row, total)
	if len(c.set.Ratings) > 0 {
		row = append(row, orNothing(c.rating(s.Rating)))
	}
	if a.then {
		row = append(row, a.change(s)...)
	}
	return row
}

func orNothing(s string) string {
	if s == "" {
		return nothing
	}
	return s
}

func (a *annex) pillarCell(s scoring.Standing, pillar *criteria.Pillar) string {
	for _, p := range s.Pillars {
		if p.Pillar == pillar && p.Applies && s.Ranked {
			score := p.Score.Round(a.teller.pillar)
			a.teller.add(Fact{
				Kind: PillarScore, Group: s.Agency.Group, Agencies: []string{s.Agency.Code}, ID: pillar.ID,
				Numbers: []decimal.Decimal{score, p.Of},
			})
			return a.outOf(pillar, score, p.Of)
		}
	}
	return nothing
}

// outOf is a pillar's score, with its maximum where that is not the group's: the mean below is of scores brought to the
// group's, so that no reader can compute it from a column that does not say so.
func (a *annex) outOf(pillar *criteria.Pillar, score, of decimal.Decimal) string {
	words := a.clerk.pillarWords(score)
	for _, p := range a.group.Stats.Pillars {
		if p.Pillar == pillar && !p.Of.Equal(of) {
			a.partly = true
			return a.clerk.say("of", words, of)
		}
	}
	return words
}

// change is the earlier rank out of how many, and how far the agency moved.
func (a *annex) change(s scoring.Standing) []string {
	c := a.clerk
	change, known := c.past.Agencies[s.Agency.Code]
	switch {
	case !known:
		return []string{nothing, c.say("change-new")}
	case !change.Moved:
		return []string{nothing, c.say("change-none")}
	}
	f := a.teller.move(a.group, s)
	a.teller.add(f)
	return []string{c.say("of", f.Numbers[0], f.Numbers[1]), c.say("change-"+f.Trend.String(), f.Numbers[4])}
}

// means is the last row: the mean of each pillar and of the total.
func (a *annex) means() []string {
	c, id := a.clerk, a.group.Group.ID
	row := []string{"", c.say("row-mean")}
	for _, pillar := range a.pillars {
		cell := nothing
		for _, f := range of(c.facts, id, PillarMean, PillarAlone) {
			if f.ID == pillar.ID {
				a.teller.add(f)
				cell = c.pillarWords(f.Numbers[0])
			}
		}
		row = append(row, cell)
	}
	for _, f := range of(c.facts, id, Mean) {
		a.teller.add(f)
		row = append(row, c.totalWords(f.Numbers[0]))
	}
	for len(row) < len(a.pillars)+3+a.more() {
		row = append(row, "")
	}
	return row
}

// more is how many columns stand behind the total.
func (a *annex) more() int {
	n := 0
	if len(a.clerk.set.Ratings) > 0 {
		n++
	}
	if a.then {
		n += 2
	}
	return n
}
