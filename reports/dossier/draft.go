package dossier

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/appraisal"
	"github.com/opendti/dti/scoring/submission"
)

// A draft words what one agency may see of itself.
type draft struct {
	*Desk
	place
	res   scoring.Result
	claim submission.Submission // as the agency sent it
	final submission.Submission // as it is scored
	own   []appraisal.Stake
}

// Draft is an agency's own document: what it claimed against what it has, with every reason; ok is false where no group
// has the agency. Nothing of another agency is in it: while the release is a draft not even its rank, and no bound that a
// rule took from the others' answers, unless these are published.
func (d *Desk) Draft(code string) (page view.Confidential, ok bool) {
	at, placed := d.places[code]
	res, known := d.ranking.Result(code)
	if !placed || !known {
		return page, false
	}
	final, _ := d.ranking.Final(code)
	w := draft{Desk: d, place: at, res: res, claim: d.round.Submissions[code], final: final.Submission}
	for _, s := range d.stakes {
		if s.Objection.Agency == code {
			w.own = append(w.own, s)
		}
	}
	return w.page(), true
}

func (w draft) page() view.Confidential {
	name, lang := w.agency(w.res.Agency)
	status := w.round.Release.Status.String()
	page := view.Confidential{
		Lang: w.words.Lang(), Stamp: w.say("own-stamp-" + status), Kind: w.say("own-kind-" + status),
		Heading: name, HeadingLang: lang, About: w.about(), Numbers: w.numbers(), Footer: w.footer(), FooterSay: w.say("footer-heading"),
	}
	page.Title = page.Stamp + " | " + name + " – " + w.title()
	if !w.claim.Sent {
		page.Lede = append(page.Lede, w.say("own-nothing-sent"))
	}
	page.Lede = append(page.Lede, w.say("own-lede"))
	all := func(l list) view.ConfidentialPart { return l.part(-1, nil) }
	page.Parts = append(page.Parts, all(w.decisions()))
	if l := w.adjustments(); len(l.rows) > 0 {
		page.Parts = append(page.Parts, all(l))
	}
	page.Parts = append(page.Parts, w.mayAppeal())
	if l := w.appeals(); len(l.rows) > 0 {
		page.Parts = append(page.Parts, all(l))
	}
	page.Parts = append(page.Parts, all(w.indicators()), all(w.ledger()), all(w.evidence()))
	return page
}

// about says in which round and by what the agency is assessed, and what was received of it.
func (w draft) about() []view.Fact {
	facts := []view.Fact{
		{Term: w.term("group"), Words: w.text(w.group.Group.Name)},
		{Term: w.term("round"), Words: w.title()},
		{Term: w.term("set"), Words: w.text(w.set.Title), Note: w.say("scorecard-edition", w.set.Version)},
	}
	for _, r := range w.round.Cycle.Receipts {
		if r.Agency != w.res.Agency.Code || !r.Counts {
			continue
		}
		fact := view.Fact{Term: w.say("own-received"), Words: w.say("own-received-file", r.File, r.Received)}
		if r.Letter != "" {
			fact.Note = w.say("own-received-letter", r.Letter)
		}
		facts = append(facts, fact)
	}
	return facts
}

// numbers are the agency's claim, what became of it, and where that puts it.
func (w draft) numbers() []view.Fact {
	s := w.standing
	gap := s.Score.Sub(s.Claimed)
	facts := []view.Fact{
		{Term: w.term("claimed"), Words: w.totalWords(s.Claimed), Note: w.say("out-of", s.Of)},
		{Term: w.term("final"), Words: w.totalWords(s.Score), Note: w.say("score-note", s.Of, w.words.Number(s.Percent, 2)+"%")},
		{Term: w.say("own-difference"), Words: w.words.Signed(gap, w.total), Tone: toneOf(gap)},
	}
	if sum := adjusted(w.res); !sum.IsZero() {
		facts[2].Note = w.say("own-adjusted", w.words.Signed(sum, w.total))
	}
	facts = append(facts, w.whereItStands())
	if len(w.set.Ratings) > 0 && s.Ranked {
		rating := view.Fact{Term: w.term("rating"), Words: w.rating(s.Rating)}
		if s.RatingCapped != nil {
			earned, _ := w.set.RatingOf(s.Score, s.Of)
			rating.Note = w.say("rating-capped", w.text(earned.Name), w.words.Note(s.RatingCapped.Grounds()))
		}
		facts = append(facts, rating)
	}
	return facts
}

// adjusted is what decisions beside the answers changed of a total.
func adjusted(res scoring.Result) (sum decimal.Decimal) {
	for _, line := range res.Ledger {
		if line.Adjustment != nil {
			sum = sum.Add(line.Points)
		}
	}
	return sum
}

// Quarters of a group, and how large a group must be for a quarter to tell no rank: two agencies in each.
const (
	quarters     = 4
	leastQuarter = 2 * quarters
)

// whereItStands is the rank, or while the release is a draft the quarter of the group.
func (w draft) whereItStands() view.Fact {
	s, ranked := w.standing, w.group.Stats.Ranked
	fact := view.Fact{Term: w.say("own-place")}
	switch {
	case !s.Ranked:
		fact.Words, fact.Note = w.say("unranked"), capital(w.words.Note(s.Reason))
	case w.round.Release.Status != submission.Draft:
		fact.Term, fact.Words = w.term("rank"), w.say("rank-of", w.rank(s.Rank, s.Tied), ranked)
	case ranked < leastQuarter:
		fact.Words, fact.Note = w.say("own-place-untold"), w.say("own-place-small", leastQuarter)
	default:
		fact.Words, fact.Note = w.say("own-quarter-"+string(rune('0'+quarter(s.Rank, ranked)))), w.say("own-quarter-note")
	}
	return fact
}

// quarter is the quarter of a field that a rank lies in, from 1 for the best.
func quarter(rank, field int) int { return (rank-1)*quarters/field + 1 }

// decisions lists every decision about the agency's answers, in the order of the set and of the stages; never who decided.
func (w draft) decisions() list {
	l := list{id: "decisions", heading: w.say("own-decisions"), empty: w.say("own-decisions-none"), columns: []column{
		{name: w.term("indicator")},
		{name: w.say("own-claimed-answer")},
		{name: w.say("own-decided")},
		{name: w.say("own-reason")},
		{name: w.term("claimed"), num: true},
		{name: w.term("final"), num: true},
	}}
	leaves := w.res.Root.Leaves()
	for _, x := range w.ownDecisions() {
		claimed, final := said(none), said(none)
		for _, leaf := range leaves {
			if leaf.Indicator.ID == x.Indicator {
				claimed, final = w.pointsCell(counted(leaf.Indicator, leaf.Claimed)), w.pointsCell(counted(leaf.Indicator, leaf.Score))
			}
		}
		verdict := said(w.decision(x))
		switch {
		case x.Verdict == submission.Set && x.Points.Set:
			verdict.note = w.say("n-points", w.pointsWords(x.Points.Value))
		case x.Verdict == submission.Set:
			verdict.note = w.value(x.Indicator, x.Input, x.Value)
		}
		reason := said(x.Reason)
		if x.Date != "" {
			reason.note = w.words.Date(x.Date)
		}
		l.rows = append(l.rows, []cell{
			said(w.subject(x.Indicator, x.Input)), said(w.answers(w.claim.Answers, x.Indicator, x.Input)), verdict, reason, claimed, final,
		})
	}
	return l
}

// ownDecisions are the decisions about the agency, figures first, then in the order of the set, earlier stages first.
func (w draft) ownDecisions() []submission.Decision {
	order := map[string]int{}
	for ind := range w.set.Root.AllIndicators() {
		order[ind.ID] = len(order) + 1
	}
	var own []submission.Decision
	for _, x := range w.round.Decisions {
		if x.Agency == w.res.Agency.Code {
			own = append(own, x)
		}
	}
	slices.SortStableFunc(own, func(a, b submission.Decision) int {
		if a.Indicator != b.Indicator {
			return order[a.Indicator] - order[b.Indicator]
		}
		return int(a.Stage) - int(b.Stage)
	})
	return own
}

// adjustments lists what was decided beside the answers.
func (w draft) adjustments() list {
	l := list{id: "adjustments", heading: w.say("own-adjustments"), columns: []column{
		{name: w.say("own-reason")},
		{name: w.term("score"), num: true},
		{name: w.say("own-cap")},
	}}
	for _, a := range w.round.Cycle.AdjustmentsOf(w.res.Agency.Code) {
		l.rows = append(l.rows, []cell{said(w.words.Note(a.Grounds())), w.adjustedPoints(a), w.ratingCap(a)})
	}
	return l
}

func (d *Desk) adjustedPoints(a submission.Adjustment) cell {
	if !a.Points.Set {
		return said(none)
	}
	c := amount(d.words.Signed(a.Points.Value, max(d.total, places(a.Points.Value))), a.Points.Value, max(d.total, places(a.Points.Value)))
	c.tone = toneOf(a.Points.Value)
	return c
}

// places is how many decimals a number is written with.
func places(n decimal.Decimal) int { return int(max(-n.Exponent(), 0)) }

func (d *Desk) ratingCap(a submission.Adjustment) cell {
	if a.RatingCap == "" {
		return said(none)
	}
	return said(d.rating(a.RatingCap))
}

// mayAppeal says what the agency may object to and until when, and what silence means.
func (w draft) mayAppeal() view.ConfidentialPart {
	p := view.ConfidentialPart{ID: "may-appeal", Heading: w.say("own-may-appeal")}
	calendar := w.round.Cycle.Calendar
	if m, ok := calendar.Milestone(submission.Appealing); ok {
		p.Lines = append(p.Lines, w.say("own-appeal-until", m.Last(w.res.Agency.Code)))
	} else {
		p.Lines = append(p.Lines, w.say("own-appeal-no-day"))
	}
	if m, ok := calendar.Milestone(submission.Reviewing); ok {
		key := "own-silence-hold"
		switch {
		case m.SilenceAccepts:
			key = "own-silence-accept"
		case w.round.Cycle.ReviewRequired:
			key = "own-silence-required"
		}
		p.Lines = append(p.Lines, w.say(key, m.Last(w.res.Agency.Code)))
	}
	if p.Items = w.appealable(); len(p.Items) > 0 {
		p.Lines = append(p.Lines, w.say("own-appealable"))
	} else {
		p.Lines = append(p.Lines, w.say("own-appealable-none"))
	}
	return p
}

// appealable names the indicators whose points the review took down, and of which neither an appeal stands nor the council
// has decided.
func (w draft) appealable() []string {
	var items []string
	for _, leaf := range w.res.Root.Leaves() {
		d, claimed, final := leaf.Decision, counted(leaf.Indicator, leaf.Claimed), counted(leaf.Indicator, leaf.Score)
		if d == nil || d.Stage != submission.Review || !final.LessThan(claimed) || w.objectsTo(leaf.Indicator.ID) {
			continue
		}
		items = append(items, w.say("own-appealable-item", w.indicator(leaf.Indicator), w.pointsWords(claimed), w.pointsWords(final)))
	}
	return items
}

func (w draft) objectsTo(indicator string) bool {
	return slices.ContainsFunc(w.own, func(s appraisal.Stake) bool {
		return s.Objection.Indicator == indicator && s.State != appraisal.Withdrawn
	})
}

// appeals lists the agency's own appeals and how far they have come; what they would do to others is not told.
func (w draft) appeals() list {
	l := list{id: "appeals", heading: w.say("own-appeals"), columns: []column{
		{name: w.term("indicator")},
		{name: w.say("confidential-asks")},
		{name: w.say("own-reason")},
		{name: w.say("own-filed")},
		{name: w.say("own-state")},
		{name: w.say("own-points-change"), num: true},
	}}
	for _, s := range w.own {
		o := s.Objection
		state := said(w.say("confidential-appeal-" + s.State.String()))
		change := said(none)
		switch s.State {
		case appraisal.Withdrawn:
			state.note = w.words.Date(o.Withdrawn)
		case appraisal.Decided:
			state.note = w.decisionBecause(*s.Decision)
			before, after := s.PointsBefore, s.PointsAfter
			if ind, ok := w.set.Indicator(o.Indicator); ok {
				before, after = counted(ind, before), counted(ind, after)
			}
			change = said(w.say("confidential-from-to", w.pointsWords(before), w.pointsWords(after)))
		case appraisal.Open:
		}
		l.rows = append(l.rows, []cell{
			said(w.subject(o.Indicator, o.Input)), said(w.asks(o)), said(o.Reason), said(w.day(o.Filed)), state, change,
		})
	}
	return l
}

// asks says what an appeal asks for.
func (d *Desk) asks(o submission.Objection) string {
	switch {
	case o.Points.Set:
		return d.say("n-points", d.pointsWords(o.Points.Value))
	case o.Value.IsMissing():
		return d.say("confidential-asks-claim")
	default:
		return d.value(o.Indicator, o.Input, o.Value)
	}
}

func (d *Desk) decisionBecause(x submission.Decision) string {
	if x.Reason == "" {
		return d.decision(x)
	}
	return d.say("decision-because", d.decision(x), x.Reason)
}

// indicators lists every indicator that concerns the agency, claimed against final, with the reason.
func (w draft) indicators() list {
	l := list{id: "indicators", heading: w.say("own-indicators"), columns: []column{
		{name: w.term("indicator")},
		{name: w.say("own-answer")},
		{name: w.say("own-of"), num: true},
		{name: w.term("claimed"), num: true},
		{name: w.term("final"), num: true},
	}}
	for _, leaf := range w.res.Root.Leaves() {
		name := said(w.indicator(leaf.Indicator))
		name.note = w.because(leaf)
		row := []cell{name, said(w.answers(w.final.Answers, leaf.Indicator.ID, ""))}
		l.rows = append(l.rows, append(row, w.leafPoints(leaf)...))
	}
	return l
}

// leafPoints are an indicator's maximum, its claimed and its final points, as they go into the total. What
// does not apply where the rest is re-based has none.
func (w draft) leafPoints(leaf scoring.IndicatorResult) []cell {
	ind := leaf.Indicator
	switch {
	case ind.Effect == criteria.None:
		return []cell{said(none), said(none), said(w.say("informational"))}
	case leaf.Status == rule.NotApplicable && w.set.PolicyFor(ind) == criteria.Rescale && leaf.Claimed.IsZero():
		return []cell{said(none), said(none), said(w.say("not-counted"))}
	case leaf.Status == rule.NotApplicable && w.set.PolicyFor(ind) == criteria.Rescale:
		return []cell{said(none), w.pointsCell(leaf.Claimed), said(w.say("not-counted"))}
	default:
		return []cell{w.pointsCell(counted(leaf.Indicator, leaf.Of)), w.pointsCell(counted(leaf.Indicator, leaf.Claimed)), w.pointsCell(counted(leaf.Indicator, leaf.Score))}
	}
}

// counted is what points of an indicator do to the total: those of a penalty are taken off.
func counted(ind *criteria.Indicator, points decimal.Decimal) decimal.Decimal {
	if ind.Effect == criteria.Penalty {
		return points.Neg()
	}
	return points
}

// because says why an indicator has its points. A judgement by the answers of all names the best of them, which belongs
// to another agency: it is told only where everybody may read it.
func (w draft) because(leaf scoring.IndicatorResult) string {
	var reasons []string
	note := leaf.Note
	open := w.round.Release.Status != submission.Draft && leaf.Indicator.Public == criteria.Answers
	if rule.Relative(leaf.Indicator.Rule) && leaf.Status == rule.Scored && !open {
		reasons = append(reasons, w.say("own-by-cohort"))
		note = rule.Note{}
	}
	for _, n := range []rule.Note{note, leaf.Because} {
		if words := w.words.Note(w.set.Named(n, leaf.Indicator)); words != "" {
			reasons = append(reasons, words)
		}
	}
	return capital(strings.Join(reasons, "; "))
}

// ledger lists what makes the total of the indicators' points; it adds up, exactly.
func (w draft) ledger() list {
	l := list{id: "ledger", heading: w.say("ledger-heading"), columns: []column{
		{name: w.say("ledger-line")},
		{name: w.say("ledger-points"), num: true},
	}}
	var sum decimal.Decimal
	n := 0
	for _, line := range w.res.Ledger {
		if line.Indicator != nil {
			sum, n = sum.Add(line.Points), n+1
		}
	}
	if n > 0 {
		l.rows = append(l.rows, []cell{said(w.say("own-ledger-indicators", n)), amount(w.exactWords(sum), sum, w.points)})
	}
	for _, line := range w.res.Ledger {
		if line.Indicator != nil {
			continue
		}
		name := w.words.Note(line.Note)
		if name == "" && line.Pillar != nil {
			name = w.text(line.Pillar.Name)
		}
		l.rows = append(l.rows, []cell{said(name), amount(w.exactWords(line.Points), line.Points, w.points)})
	}
	l.rows = append(l.rows, []cell{said(w.say("ledger-total")), w.totalCell(w.res.Score)})
	return l
}

// evidence lists the documents as the agency named them, and where it named none that it has to.
func (w draft) evidence() list {
	l := list{id: "evidence", heading: w.say("own-evidence"), empty: w.say("own-evidence-none"), columns: []column{
		{name: w.term("indicator")}, {name: w.term("evidence")},
	}}
	for _, leaf := range w.res.Root.Leaves() {
		documents := w.claim.Evidence[leaf.Indicator.ID]
		for _, doc := range documents {
			l.rows = append(l.rows, []cell{said(w.indicator(leaf.Indicator)), said(doc.Text)})
		}
		if len(documents) == 0 && leaf.Indicator.Evidence.Required && leaf.Status != rule.NotApplicable {
			l.rows = append(l.rows, []cell{said(w.indicator(leaf.Indicator)), said(w.say("own-evidence-missing"))})
		}
	}
	return l
}
