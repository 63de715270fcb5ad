package workbook

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/importers/internal/written"
)

// mostOpen is how many things still open the outcome lists; the check column has them all.
const mostOpen = 10

// writeOutcome writes the sheet that says what the answers count for: the total, the pillars with their points, the
// ratings, how a total comes about, and what is still open.
func writeOutcome(b *book) {
	p := b.newPage(b.say("sheet-outcome"), []float64{8, 76, 19, 19, 19, 19})
	p.row = 1
	p.add("", slot{text: b.say("outcome-title", b.agency()), look: heading})
	p.add("", slot{look: plain}, slot{text: b.say("outcome-what"), look: plain})
	p.row++
	p.totals()
	p.row++
	p.add("", p.heads(b.say("number"), b.word("pillar"), b.say("points"), b.say("points-earned"), b.say("inputs-own"), b.say("inputs-given"))...)
	for pillar := range b.set.Root.AllPillars() {
		if pillar.Concerns(b.group) {
			p.outcomeRow(pillar, pillar.No, b.text(pillar.Name), fixed)
		}
	}
	p.outcomeRow(b.set.Root, "", b.say("all"), total)
	p.ratings()
	p.row++
	p.method()
	p.stillOpen() // at the end, where its blank lines divide nothing
	p.finish(0, 0)
}

func (p *page) heads(words ...string) []slot {
	slots := make([]slot, len(words))
	for i, w := range words {
		slots[i] = slot{text: w, look: head}
	}
	return slots
}

// totals writes what the answers amount to, and how sure that is.
func (p *page) totals() {
	t, now := p.workings.Total(), p.form.Score
	row := func(words string, value slot) {
		p.add("", slot{look: plain}, slot{text: words, look: total}, value)
	}
	row(p.say("score-total"), slot{formula: t.Score, digits: now.Total.String(), look: earnedTotal})
	row(p.say("score-of"), slot{formula: t.Of, digits: now.Of.String(), look: amount})
	row(p.say("of-most"), slot{formula: t.Percent, digits: now.Percent.String(), look: earnedPercent})
	if len(p.set.Ratings) > 0 {
		rating, _ := p.set.Rating(now.Rating)
		row(p.say("rating-now"), slot{formula: t.Rating, text: p.text(rating.Name), look: centred})
	}
	row(p.say("completeness"), p.answeredSlot(centred))
	if p.estimates() {
		row(p.say("estimated"), slot{formula: t.Estimated, digits: p.tally().estimated.String(), look: earnedTotal})
		p.add("", slot{look: plain}, slot{text: p.say("estimated-why"), look: plain})
	}
}

// outcomeRow writes what a pillar counts for.
func (p *page) outcomeRow(pillar *criteria.Pillar, no, name string, l look) {
	of := slot{look: amount}
	if d := pillar.PointsFor(p.group); d.IsPositive() {
		of = points(d, amount)
	}
	own, others := 0, 0
	for ind := range pillar.AllIndicators() {
		if !ind.Concerns(p.group) {
			continue
		}
		for _, e := range indicatorEntries(ind, p.form.Agency) {
			switch e.state {
			case open:
				own++
			case given:
				others++
			case unconcerned:
			}
		}
	}
	score := p.pillarSlot(pillar.ID, earned)
	if l == total {
		score.look = earnedTotal
	}
	count := func(n int) slot { return slot{digits: decimal.NewFromInt(int64(n)).String(), look: centred} }
	p.add("", slot{text: no, look: fixed}, slot{text: name, look: l}, of, score, count(own), count(others))
}

// stillOpen lists what is still open.
func (p *page) stillOpen() {
	words := p.openItems()
	p.row++
	p.add("", slot{look: plain}, slot{formula: p.spell("open-list", p.workings.Total().Open), text: p.say("open-list", len(words)), look: bold})
	for n := 1; n <= min(mostOpen, p.workings.OpenItems()); n++ {
		s := slot{formula: p.workings.OpenItem(n), look: listed}
		if n <= len(words) {
			s.text = words[n-1]
		}
		p.add("", slot{look: plain}, s)
		p.lines[len(p.lines)-1].height = written.LineHeight + written.Padding
	}
	p.add("", slot{look: plain}, slot{text: p.say("open-more", p.say("check"), p.say("sheet-answers")), look: plain})
}

// ratings writes the classes of totals with their bounds.
func (p *page) ratings() {
	if len(p.set.Ratings) == 0 {
		return
	}
	p.row++
	p.add("", slot{look: plain}, slot{text: p.word("rating"), look: head}, slot{text: p.say("of-most"), look: head})
	for _, r := range p.set.Ratings {
		key := "rating-from"
		if r.Above {
			key = "rating-above"
		}
		p.add("", slot{look: plain}, slot{text: p.text(r.Name), look: fixed}, slot{text: p.say(key, r.Bound), look: centred})
	}
}

// method says in words how a total comes about.
func (p *page) method() {
	set := p.set
	lines := []string{p.say("method-total", set.Of(p.group))}
	if set.Missing.Skip {
		lines = append(lines, p.say("method-missing-skip"))
	} else {
		lines = append(lines, p.say("method-missing-zero"))
	}
	switch set.NotApplicable {
	case criteria.Rescale:
		lines = append(lines, p.say("method-not-applicable-rescale"))
	case criteria.Full:
		lines = append(lines, p.say("method-not-applicable-full"))
	case criteria.Zero:
		lines = append(lines, p.say("method-not-applicable-zero"))
	}
	if set.Caps.Bonus.Set {
		lines = append(lines, p.say("method-bonus", set.Caps.Bonus.Value))
	}
	if set.Caps.Penalty.Set {
		lines = append(lines, p.say("method-penalty", set.Caps.Penalty.Value))
	}
	if set.Rounding.Total.Round {
		lines = append(lines, p.say("method-rounding", int(set.Rounding.Total.N)))
	}
	lines = append(lines, p.say("method-review"))
	for _, words := range lines {
		p.add("", slot{look: plain}, slot{text: words, look: plain})
	}
}
