package announce

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// Announcement is the text that the department publishes.
func (c *Clerk) Announcement() Document {
	d := &draft{clerk: c, doc: Document{Facts: c.facts}}
	p := &d.doc.Paper
	c.head(p)
	p.Number, p.Kind, p.Subject = c.say("number"), c.say("kind"), c.subject()
	p.Title = c.stamped(p.Subject)
	d.opening()
	d.overview()
	heading := "by-group"
	if c.alone() {
		heading = "by-group-one"
	}
	d.section(1, c.say(heading))
	for i, g := range c.ranking.Groups {
		d.group(c.groupHeading(i), g.Group.ID)
	}
	if sentences, items := c.commended(); len(sentences) > 0 {
		d.section(1, c.say("commend-heading"))
		d.paragraphs(sentences)
		d.items(items)
	}
	if items := c.unranked(); len(items) > 0 {
		d.section(1, c.say("unranked-heading"))
		d.items(items)
	}
	d.section(1, c.say("method-heading"))
	sentences, items := c.method()
	d.paragraph(append(sentences, Sentence{Text: c.ties()})...)
	d.items(items)
	d.closing()
	p.Recipients = []string{c.say("recipients"), c.say("recipients-agencies"), c.say("recipients-file")}
	p.Signer = []string{c.say("signer"), c.say("signer-note")}
	return d.doc
}

// alone reports whether the round has one agency group, of which a text does not speak as of several.
func (c *Clerk) alone() bool { return len(c.ranking.Groups) == 1 }

// groupHeading is the name of a group, numbered where there are several.
func (c *Clerk) groupHeading(i int) string {
	name := c.group(c.ranking.Groups[i].Group.ID)
	if c.alone() {
		return name
	}
	return whole(i+1).String() + ". " + name
}

// head is what stands above the text of an announcement and a letter.
func (c *Clerk) head(p *view.Paper) {
	p.Lang = c.words.Lang()
	p.Issuer = c.text(c.round.Publish.Name)
	if p.Issuer == "" {
		p.Issuer = c.say("issuer-blank")
	}
	p.Country, p.Motto = c.say("country"), c.say("motto")
	p.Dated = c.say("undated")
	if date := c.round.Release.Date; date != "" {
		p.Dated = c.say("dated", c.words.LongDate(date))
	}
	if c.draft() {
		p.Stamp = c.words.Say("site.draft-stamp")
	}
}

// stamped is a title with the stamp of a draft.
func (c *Clerk) stamped(title string) string {
	if c.draft() {
		return c.words.Say("site.draft-stamp") + " – " + title
	}
	return title
}

// ties say what becomes of equal totals.
func (c *Clerk) ties() string {
	switch {
	case len(c.set.Ranking.TieBreak) > 0:
		return c.say("ties-broken")
	case c.set.Ranking.Ties == criteria.Unique:
		return c.say("ties-unique")
	default:
		return c.say("ties")
	}
}

// A draft is a document while it is put together.
type draft struct {
	clerk *Clerk
	doc   Document
	main  int // sections of the first level so far
}

// section begins a section; those of the first level are numbered.
func (d *draft) section(level int, heading string) {
	if level == 1 {
		d.main++
		heading = roman(d.main) + ". " + heading
	}
	d.doc.Paper.Sections = append(d.doc.Paper.Sections, view.PaperSection{Heading: heading, Level: level})
}

func (d *draft) line(text string, item bool) {
	p := &d.doc.Paper
	line := view.PaperLine{Text: text, Item: item}
	if len(p.Sections) == 0 {
		p.Lead = append(p.Lead, line)
		return
	}
	last := &p.Sections[len(p.Sections)-1]
	last.Lines = append(last.Lines, line)
}

// paragraph puts sentences into one paragraph.
func (d *draft) paragraph(sentences ...Sentence) {
	if len(sentences) == 0 {
		return
	}
	words := make([]string, len(sentences))
	for i, s := range sentences {
		words[i] = s.Text
	}
	d.line(strings.Join(words, " "), false)
	d.doc.Said = append(d.doc.Said, sentences...)
}

// paragraphs puts each sentence into a paragraph of its own.
func (d *draft) paragraphs(sentences []Sentence) {
	for _, s := range sentences {
		d.paragraph(s)
	}
}

func (d *draft) items(sentences []Sentence) {
	for _, s := range sentences {
		d.line(s.Text, true)
	}
	d.doc.Said = append(d.doc.Said, sentences...)
}

// opening says what was assessed, when and under what authority.
func (d *draft) opening() {
	c := d.clerk
	d.provisional()
	subject := uncapital(c.subject())
	opening := c.sentence(c.say("opening", c.issuer(), subject), []string{c.issuer(), subject})
	sentences := []Sentence{opening}
	if decision := c.round.Release.Decision; decision != "" {
		sentences = append(sentences, c.sentence(c.say("decision", decision), []string{decision}))
	}
	if from, to := c.round.From, c.round.To; from != "" && to != "" {
		a, b := c.words.Date(from), c.words.Date(to)
		sentences = append(sentences, c.sentence(c.say("period", a, b), []string{a, b}))
	}
	for _, f := range of(c.facts, "", Entrants) {
		sentences = append(sentences, c.entrants(f))
	}
	if !c.alone() {
		sentences = append(sentences, Sentence{Text: c.say("apart")})
	}
	d.paragraph(sentences...)
}

// provisional says of provisional results that they are.
func (d *draft) provisional() {
	if c := d.clerk; c.round.Release.Status == submission.Provisional {
		d.paragraph(Sentence{Text: end(c.words.Say("site.provisional"))})
	}
}

// entrants say how many agencies there were, and how many of them are ranked.
func (c *Clerk) entrants(f Fact) Sentence {
	all, ranked, groups := f.Numbers[0], f.Numbers[1], f.Numbers[2]
	key := "entrants"
	switch {
	case ranked.IsZero():
		key = "entrants-none"
	case ranked.Equal(all):
		key = "entrants-all"
	}
	if c.alone() {
		key += "-one"
	}
	return c.sentence(c.say(key, all, groups, ranked), nil, f)
}

// overview is a table of how many agencies had each rating, a group a row.
func (d *draft) overview() {
	c := d.clerk
	if len(c.set.Ratings) == 0 {
		return
	}
	d.section(1, c.say("overview"))
	t := view.PaperTable{Caption: c.say("overview-caption"), Columns: []view.PaperColumn{
		{Name: c.words.Say("words.group"), Head: true, Width: 34}, {Name: c.say("column-ranked"), Num: true, Width: 14},
	}}
	for _, r := range c.set.Ratings {
		t.Columns = append(t.Columns, view.PaperColumn{Name: c.text(r.Name), Num: true, Width: 13})
	}
	then := false
	for _, g := range c.ranking.Groups {
		now, was := of(c.facts, g.Group.ID, Rated), of(c.facts, g.Group.ID, RatedThen)
		row := []string{c.group(g.Group.ID)}
		for i, f := range now {
			if i == 0 {
				row = append(row, d.thenCell(f.Numbers[1], was, 1))
			}
			row = append(row, d.thenCell(f.Numbers[0], of(was, g.Group.ID, RatedThen), 0, f.ID))
		}
		if len(now) == 0 {
			continue
		}
		then = then || len(was) > 0
		t.Rows = append(t.Rows, row)
		d.doc.Said = append(d.doc.Said, c.sentence(strings.Join(row, " | "), nil, append(now, was...)...))
	}
	if then {
		t.Caption = c.say("overview-caption-then", year(c.past.Year))
		d.doc.Said = append(d.doc.Said, c.sentence(t.Caption, nil, Fact{Year: c.past.Year}))
	}
	last := len(d.doc.Paper.Sections) - 1
	d.doc.Paper.Sections[last].Tables = []view.PaperTable{t}
}

// thenCell is a number with that of the earlier round in brackets: the one at place i of the first of its facts, or of
// the fact about an id.
func (d *draft) thenCell(now decimal.Decimal, was []Fact, i int, id ...string) string {
	for _, f := range was {
		if len(id) == 0 || f.ID == id[0] {
			return d.clerk.say("then", now, f.Numbers[i])
		}
	}
	return now.String()
}

// group tells one agency group.
func (d *draft) group(heading, id string) {
	c := d.clerk
	d.section(2, heading)
	for _, f := range of(c.facts, id, Field) {
		key := "field"
		if f.Numbers[1].IsZero() {
			key = "field-none"
		}
		if !f.Numbers[0].Equal(f.Numbers[1]) {
			d.paragraph(c.sentence(c.say(key, f.Numbers[0], f.Numbers[1]), nil, f))
		}
	}
	d.paragraphs(c.ratings(id))
	d.paragraphs(c.limits(id))
	d.paragraph(c.leaders(id)...)
	sentences, items := c.climbs(id)
	d.paragraph(sentences...)
	d.items(items)
	sentences, items = c.means(id)
	d.paragraph(sentences...)
	d.items(items)
	d.paragraph(c.lowest(id)...)
}

// closing says where the full results are and whom to ask.
func (d *draft) closing() {
	c := d.clerk
	d.paragraph(Sentence{Text: c.say("see-annex")})
	d.paragraph(c.contact()...)
}

// contact says where objections and requests for corrections go, with room where the round does not say, and until when.
func (c *Clerk) contact() []Sentence {
	contact := c.round.Release.Contact
	sentences := []Sentence{c.sentence(end(c.say("contact", cmp.Or(contact, c.say("blank")))), []string{contact})}
	var until rule.Date
	if m, ok := c.round.Cycle.Calendar.Milestone(submission.Appealing); ok && c.round.Release.Status != submission.Final {
		until = m.Until
	}
	if until != "" {
		day := c.words.Date(until)
		sentences = append(sentences, c.sentence(c.say("appeal-until", day), []string{day}))
	}
	return sentences
}
