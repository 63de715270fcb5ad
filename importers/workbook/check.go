package workbook

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// States of an input as the workings count them.
const (
	stateBlank  = 2
	stateUnread = 4
)

// checkWords are all that the check column may say of a row.
func (p *plan) checkWords(l answerLine) []string {
	if l.e.state != open {
		return []string{p.gives(l.e)}
	}
	words := []string{p.say("check-blank"), p.say("check-unread"), p.say("check-carried", 2000)}
	if l.asks {
		words = append(words, p.say("check-evidence"), p.say("check-reason"))
	}
	if l.opens {
		words = append(words, p.say("check-invalid"))
		if rule.Relative(l.e.ind.Rule) {
			words = append(words, p.say("check-cohort"), p.say("check-carried", 2000)+"; "+p.say("check-estimate", 2000))
		}
	}
	return words
}

// checkSlot is what the row of an answer still lacks, in words. What the agency can do comes first.
func (b *book) checkSlot(l answerLine) slot {
	id := l.e.ind.ID
	state := b.workings.State(l.e.key)
	unread, blank := b.say("check-unread"), b.say("check-blank")
	rest, words := b.remark(l)
	if l.opens {
		status := b.workings.Status(id)
		if rule.Relative(l.e.ind.Rule) && !b.workings.Estimated(id) {
			rest = choose(status+"="+digit(rule.Pending), quoted(b.say("check-cohort")), rest)
		}
		rest = choose(status+"="+digit(rule.Invalid), quoted(b.say("check-invalid")), rest)
	}
	if l.asks {
		lacks := b.workings.Lacks(id)
		rest = choose(lacks+"=1", quoted(b.say("check-evidence")), choose(lacks+"=2", quoted(b.say("check-reason")), rest))
	}
	return slot{
		formula: choose(state+"="+strconv.Itoa(stateUnread), quoted(unread), choose(state+"="+strconv.Itoa(stateBlank), quoted(blank), rest)),
		text:    b.checked(l, words), look: check,
	}
}

// choose is a formula that yields one of two expressions.
func choose(condition, then, otherwise string) string {
	return "IF(" + condition + "," + then + "," + otherwise + ")"
}

func digit(s rule.Status) string { return strconv.Itoa(int(s)) }

// remark is what is said of an answer with which nothing is amiss, as a formula and as what it yields now.
func (b *book) remark(l answerLine) (formula, words string) {
	carried, estimate := "", ""
	if l.carries {
		carried = b.say("check-carried", strconv.Itoa(b.form.CarriedFrom))
	}
	if l.opens && b.workings.Estimated(l.e.ind.ID) {
		estimate = b.say("check-estimate-earlier")
		if b.form.BoundsYear > 0 {
			estimate = b.say("check-estimate", strconv.Itoa(b.form.BoundsYear))
		}
	}
	both := carried + estimate
	if carried != "" && estimate != "" {
		both = carried + "; " + estimate
	}
	if carried == "" {
		return quoted(estimate), estimate
	}
	same := cellName(answerColumn, l.row) + "=" + cellName(carriedColumn, l.row)
	return choose(same, quoted(both), quoted(estimate)), both
}

// checked is what the check column says of the answers filled in. Answers that cannot be read are never filled in.
func (b *book) checked(l answerLine, rest string) string {
	ind, e := l.e.ind, b.form.Score.Indicators[l.e.ind.ID]
	value := b.form.Filled.Answers.At(l.e.key).Value
	switch {
	case value.IsMissing() || value.IsInvalid():
		return b.say("check-blank")
	case l.asks && b.unproven(ind):
		return b.say("check-evidence")
	case l.asks && b.unreasoned(ind):
		return b.say("check-reason")
	case l.opens && e.Status == rule.Invalid:
		return b.say("check-invalid")
	case l.opens && e.Status == rule.Pending && rule.Relative(ind.Rule) && !b.workings.Estimated(ind.ID):
		return b.say("check-cohort")
	default:
		return rest
	}
}

// unproven reports whether evidence is lacking behind the answers filled in. A plain no needs none.
func (b *book) unproven(ind *criteria.Indicator) bool {
	if !ind.Evidence.Required || evidenceLines(b.form.Filled.Evidence[ind.ID]) != "" || b.waived(ind) {
		return false
	}
	return slices.ContainsFunc(indicatorEntries(ind, b.form.Agency), func(e entry) bool {
		v := b.form.Filled.Answers.At(e.key).Value
		yes, either := v.Yes()
		return e.state == open && !v.IsMissing() && !v.IsInvalid() && (yes || !either)
	})
}

// unreasoned reports whether the agency says that the indicator does not concern it, without a word why.
func (b *book) unreasoned(ind *criteria.Indicator) bool {
	return ind.NotApplicable.Allowed && b.waived(ind) && strings.TrimSpace(b.form.Filled.Remarks[ind.ID]) == ""
}

// waived reports whether the agency says that the indicator does not concern it.
func (b *book) waived(ind *criteria.Indicator) bool {
	return slices.ContainsFunc(indicatorEntries(ind, b.form.Agency), func(e entry) bool {
		return e.state == open && b.form.Filled.Answers.At(e.key).Value.IsNotApplicable()
	})
}

// indicatorPoints is the cell of what an indicator earns: blank while others have yet to speak, and where it counts for
// nothing.
func (b *book) indicatorPoints(ind *criteria.Indicator) slot {
	if ind.Effect == criteria.None {
		return slot{look: earned}
	}
	status := b.workings.Status(ind.ID)
	blank, e := status+"="+digit(rule.Pending), b.form.Score.Indicators[ind.ID]
	void := e.Status == rule.Pending
	if b.set.PolicyFor(ind) == criteria.Rescale {
		blank = "OR(" + blank + "," + status + "=" + digit(rule.NotApplicable) + ")"
		void = void || e.Status == rule.NotApplicable
	}
	s := slot{formula: choose(blank, `""`, b.workings.Points(ind.ID)), look: earned}
	if !void {
		s.digits = e.Score.String()
	}
	return s
}

// pillarPoints is the cell of what a pillar earns: blank where nothing in it concerns the agency.
func (b *book) pillarPoints(pillar *criteria.Pillar, depth int) slot {
	l := earnedPillar
	if depth > 1 {
		l = earnedInner
	}
	return b.pillarSlot(pillar.ID, l)
}

func (b *book) pillarSlot(id string, l look) slot {
	score, _, applies := b.workings.Pillar(id)
	s := slot{formula: choose(applies+"=0", `""`, score), look: l}
	if e := b.form.Score.Pillars[id]; e.Applies {
		s.digits = e.Score.String()
	}
	return s
}

// scoreSlots are the cells of the score line, which stays in view.
func (b *book) scoreSlots() []slot {
	t, now := b.workings.Total(), b.form.Score
	slots := make([]slot, len(answerWidths)-1)
	for i := range slots {
		slots[i].look = scoreWords
		if i >= checkColumn-2 {
			slots[i].look = scoreLacks
		}
	}
	name := slot{text: b.say("score-total"), look: scoreWords}
	if len(b.set.Ratings) > 0 {
		rating, _ := b.set.Rating(now.Rating)
		name = slot{formula: b.spell("score-rated", t.Rating), text: b.say("score-rated", b.text(rating.Name)), look: scoreWords}
	}
	slots[nameColumn-2] = name
	slots[mostColumn-2] = slot{formula: t.Of, digits: now.Of.String(), look: scoreMost}
	slots[whatColumn-2] = slot{formula: t.Percent, digits: now.Percent.String(), look: scorePercent}
	slots[answerColumn-2] = b.answeredSlot(scoreWords)
	slots[pointsColumn-2] = slot{formula: t.Score, digits: now.Total.String(), look: scoreTotal}
	slots[checkColumn-2] = b.openSlot(scoreLacks)
	return slots
}

// answeredSlot says how many indicators are answered: 42/47.
func (b *book) answeredSlot(l look) slot {
	t, now := b.workings.Total(), b.form.Score
	return slot{formula: b.spell("score-answered", t.Answered, t.Asked), text: b.say("score-answered", now.Answered, now.Asked), look: l}
}

// openSlot says what is still missing, and how many of the points are an estimate.
func (b *book) openSlot(l look) slot {
	t, now := b.workings.Total(), b.tally()
	var formula strings.Builder
	formula.WriteString(choose(t.Missing+"+"+t.Unread+"+"+t.Lacking+"=0", quoted(b.say("score-complete")), `""`))
	var words []string
	if now.missing+now.unread+now.lacking == 0 {
		words = append(words, b.say("score-complete"))
	}
	for _, c := range []struct {
		key, ref string
		now      int
	}{
		{"score-missing", t.Missing, now.missing},
		{"score-unread", t.Unread, now.unread},
		{"score-lacking", t.Lacking, now.lacking},
		{"score-pending", "(" + t.Asked + "-" + t.Answered + "-" + t.Missing + "-" + t.Unread + ")", now.pending},
	} {
		formula.WriteString("&" + choose(c.ref+">0", `" "&`+b.spell(c.key, c.ref), `""`))
		if c.now > 0 {
			words = append(words, b.say(c.key, c.now))
		}
	}
	if b.estimates() {
		formula.WriteString("&" + choose(t.Estimated+"=0", `""`, `" "&`+b.spell("score-estimated", t.Estimated)))
		if !now.estimated.IsZero() {
			words = append(words, b.say("score-estimated", now.estimated))
		}
	}
	return slot{formula: "TRIM(" + formula.String() + ")", text: strings.Join(words, " "), look: l}
}

// estimates reports whether anything is judged under the bounds of an earlier round.
func (b *book) estimates() bool {
	return slices.ContainsFunc(b.answers, func(l answerLine) bool { return l.opens && b.workings.Estimated(l.e.ind.ID) })
}

// A tally counts indicators by what is open of them, as the workings do.
type tally struct {
	missing, unread, lacking, pending int
	estimated                         decimal.Decimal
}

func (b *book) tally() tally {
	var t tally
	for _, l := range b.answers {
		if !l.opens {
			continue
		}
		ind := l.e.ind
		e := b.form.Score.Indicators[ind.ID]
		switch e.Status {
		case rule.Missing:
			t.missing++
		case rule.Invalid:
			t.unread++
		case rule.Pending:
			t.pending++
		case rule.Scored, rule.NotApplicable:
		}
		if b.unproven(ind) || b.unreasoned(ind) {
			t.lacking++
		}
		switch {
		case !e.Estimated || ind.Effect == criteria.None:
		case ind.Effect == criteria.Penalty:
			t.estimated = t.estimated.Sub(e.Score)
		default:
			t.estimated = t.estimated.Add(e.Score)
		}
	}
	return t
}

// openItems are the words of what is open in the answers filled in, in the order of the workings.
func (b *book) openItems() []string {
	var words []string
	for _, e := range allEntries(b.set, b.form.Agency) {
		if v := b.form.Filled.Answers.At(e.key).Value; e.state == open && (v.IsMissing() || v.IsInvalid()) {
			words = append(words, b.workings.Label(e.key))
		}
	}
	return words
}
