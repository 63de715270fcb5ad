package announce

import (
	"slices"

	"github.com/opendti/dti/reports/view"
)

// Letter is what the department writes to one agency: its own result, and of its group only what is published. ok is
// false where no group has the agency. The error tells which facts are not true, and means a fault of the program.
func (c *Clerk) Letter(code string) (doc Document, ok bool, err error) {
	facts, ok := TellAgency(c.ranking, c.past, code)
	if !ok {
		return Document{}, false, nil
	}
	if err := c.checker.fresh().check(facts); err != nil {
		return Document{}, true, err
	}
	d := &draft{clerk: c, doc: Document{Facts: facts}}
	p := &d.doc.Paper
	c.head(p)
	p.Number, p.About, p.To = c.say("letter-number"), c.say("letter-about", uncapital(c.subject())), c.say("letter-to", c.names[code])
	p.Title = c.stamped(c.names[code] + ". " + c.subject())
	d.provisional()
	d.paragraph(c.sentence(c.say("letter-opening", c.title(), c.names[code], c.issuer()), []string{c.title(), c.names[code], c.issuer()}))
	d.result(facts)
	d.scores(facts)
	d.adjusted(facts)
	d.losses(facts)
	d.section(2, c.say("letter-next"))
	d.paragraph(append([]Sentence{{Text: c.say("letter-improve")}}, c.contact()...)...)
	p.Recipients = []string{c.say("recipients"), c.say("recipients-above"), c.say("recipients-file")}
	p.Signer = []string{c.say("signer"), c.say("signer-note")}
	return d.doc, true, nil
}

// first is the first fact of some kinds.
func first(facts []Fact, kinds ...Kind) (Fact, bool) {
	i := slices.IndexFunc(facts, func(f Fact) bool { return slices.Contains(kinds, f.Kind) })
	if i < 0 {
		return Fact{}, false
	}
	return facts[i], true
}

// result says total, rating, rank and how they changed.
func (d *draft) result(facts []Fact) {
	c := d.clerk
	field, _ := first(facts, Field)
	if f, ok := first(facts, Unranked); ok {
		d.items([]Sentence{c.sentence(end(capital(c.words.Note(f.Why))), nil, f)})
		return
	}
	place, _ := first(facts, Place)
	mean, _ := first(facts, Mean)
	items := []Sentence{c.sentence(c.say("letter-total", c.totalWords(place.Numbers[1]), c.words.Plain(mean.Numbers[1])), nil, place, mean)}
	if place.ID != "" {
		items = append(items, c.sentence(c.say("letter-rating", c.rating(place.ID)), nil, place))
	}
	if f, ok := first(facts, Capped); ok {
		words := c.words.Say("site.rating-capped", c.rating(f.ID), c.words.Note(f.Why))
		items = append(items, c.sentence(end(words), nil, f))
	}
	key := "letter-rank"
	if place.Tied {
		key = "letter-rank-tied"
	}
	items = append(items, c.sentence(c.say(key, place.Numbers[0], field.Numbers[1], c.group(place.Group)), nil, place, field))
	if f, ok := first(facts, Move); ok {
		words := c.say("letter-move-"+f.Trend.String(), year(f.Year), f.Numbers[0], f.Numbers[1], f.Numbers[4])
		if note := c.words.Note(f.Why); note != "" {
			words += " " + end(capital(note))
		}
		items = append(items, c.sentence(words, nil, f))
	}
	if f, ok := first(facts, Reasons); ok && len(f.Numbers) > 1 { // something moved it
		words := end(view.Moved(c.words, c.past.Agencies[f.Agencies[0]]))
		items = append(items, c.sentence(c.say("letter-reasons", words), nil, f))
	}
	if f, ok := first(facts, ScoreChange); ok {
		words := c.say("letter-score-"+f.Trend.String(), year(f.Year), c.totalWords(f.Numbers[0]), c.totalWords(f.Numbers[1]))
		items = append(items, c.sentence(words, nil, f))
	}
	if f, ok := first(facts, Uncompared); ok {
		items = append(items, c.uncompared(f))
	}
	d.items(append(items, c.sentence(c.say("mean", c.totalWords(mean.Numbers[0]), c.words.Plain(mean.Numbers[1])), nil, mean)))
}

// scores is a table of the pillars.
func (d *draft) scores(facts []Fact) {
	c := d.clerk
	t := view.PaperTable{Columns: []view.PaperColumn{
		{Name: c.words.Say("words.pillar"), Head: true, Width: 60},
		{Name: c.words.Say("words.score"), Num: true, Width: 20},
		{Name: c.say("column-maximum"), Num: true, Width: 20},
	}}
	var said []Fact
	for _, f := range facts {
		if f.Kind == PillarScore {
			t.Rows = append(t.Rows, []string{c.pillarName(f.ID), c.pillarWords(f.Numbers[0]), c.words.Plain(f.Numbers[1])})
			said = append(said, f)
		}
	}
	if len(said) == 0 {
		return
	}
	d.section(2, c.say("letter-pillars"))
	d.doc.Paper.Sections[len(d.doc.Paper.Sections)-1].Tables = []view.PaperTable{t}
	d.doc.Said = append(d.doc.Said, c.cells(t, said))
}

// adjusted says what changed the total beside the pillars: extra points and those taken, decisions, lateness.
func (d *draft) adjusted(facts []Fact) {
	c := d.clerk
	for _, f := range facts {
		if f.Kind == Adjusted {
			why := c.words.Note(f.Why)
			if f.ID != "" {
				why = c.indicator(f.ID)
			}
			words := c.say("letter-adjusted", c.words.Signed(f.Numbers[0], c.total), why)
			d.paragraph(c.sentence(end(words), nil, f))
		}
	}
}

// losses name the indicators that cost most.
func (d *draft) losses(facts []Fact) {
	c := d.clerk
	most, ok := first(facts, MostLost)
	if !ok {
		return
	}
	key := "letter-losses"
	if most.Tied {
		key = "letter-losses-tied"
	}
	d.section(2, c.say(key))
	d.doc.Said = append(d.doc.Said, c.sentence(c.say(key), nil, most))
	for _, f := range facts {
		if f.Kind != Lost {
			continue
		}
		n := f.Numbers
		d.items([]Sentence{c.sentence(c.say("letter-lost", c.indicator(f.ID), c.pillarWords(n[0]), c.words.Plain(n[1]), c.pillarWords(n[2])), nil, f)})
	}
}
