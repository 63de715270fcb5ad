package view

import (
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// An Example is one indicator of one agency done again, step by step, from the answer to the rank.
type Example struct {
	Sentence string
	Agency   Link
	Steps    []Fact
	// Combined shows how shares are combined up to the total; no rows where points are added up alone.
	Combined Table
	// Ledger is every line of the agency's total, the indicator's own marked; they add up to the total.
	Ledger    Table
	LedgerSay string // opens the ledger
}

// examplesTried is how many agencies are looked at for a worked example.
const examplesTried = 20

// Marks of an indicator as an example: what a reader learns from doing it again.
const (
	undecided   = 16 // its points are what its rule gives
	partial     = 8  // neither all of its points nor none
	calculated  = 4  // a number goes into its rule
	roundedMark = 2  // rounding changes it
	overtaken   = 1  // the agency is not the first of its group
	mostTelling = undecided + partial + calculated + roundedMark + overtaken
)

// example does one indicator again: the one that teaches most, of the first ranked agencies that have one with public
// answers and points; one that was decided otherwise than its rule says only where there is no other. It is nil where
// nothing can be shown.
func (e *Edition) example(path string) *Example {
	var best scoring.IndicatorResult
	var of scoring.Result
	marks, tried := -1, 0
	for _, g := range e.ranking.Groups {
		for _, s := range ranked(g) {
			if tried++; tried > examplesTried || marks == mostTelling {
				break
			}
			res, ok := e.ranking.Result(s.Agency.Code)
			if !ok {
				continue
			}
			if r, m := e.exampleOf(res); m > marks {
				best, of, marks = r, res, m
			}
		}
	}
	if marks < 0 {
		return nil
	}
	return e.exampleFrom(path, of, best)
}

// exampleOf chooses an indicator of an agency to show, with its marks; they are below 0 where there is none.
func (e *Edition) exampleOf(res scoring.Result) (best scoring.IndicatorResult, marks int) {
	marks = -1
	for _, r := range res.Root.Leaves() {
		ind := r.Indicator
		if r.Status != rule.Scored || ind.Public != criteria.Answers || ind.Effect != criteria.Base || len(r.Inputs) == 0 {
			continue
		}
		if m := telling(res, r); m > marks {
			best, marks = r, m
		}
	}
	return best, marks
}

// telling is the marks of an indicator as an example.
func telling(res scoring.Result, r scoring.IndicatorResult) int {
	marks := 0
	if r.Decision == nil && r.Because.IsZero() {
		marks += undecided
	}
	if r.Share.Sign() > 0 && r.Share.Cmp(rule.One()) < 0 {
		marks += partial
	}
	switch r.Indicator.Rule.Kind() {
	case "ratio", "linear", "per_unit", "deduct", "minmax", "percentile", "best":
		marks += calculated
	}
	if !r.Share.Of(r.Of, rule.KeptPlaces).Equal(r.Score) {
		marks += roundedMark
	}
	if res.Rank > 1 {
		marks += overtaken
	}
	return marks
}

func (e *Edition) exampleFrom(path string, res scoring.Result, r scoring.IndicatorResult) *Example {
	name, lang := e.agency(res.Agency)
	ind := r.Indicator
	x := &Example{
		Agency:   Link{Text: name, Lang: lang, Href: Relative(path, e.AgencyPath(res.Agency.Code)) + "#i-" + ind.ID},
		Sentence: e.say("example-sentence", numbered(ind.No, e.text(ind.Name))),
		Ledger:   e.ledger(res), LedgerSay: e.say("example-ledger"),
	}
	add := func(key, words string) {
		if words != "" {
			x.Steps = append(x.Steps, Fact{Term: e.whole(len(x.Steps)+1) + ". " + e.say(key), Words: words})
		}
	}
	var entered []string
	for _, f := range e.answers(r) {
		entered = append(entered, e.say("example-entered", f.Term, f.Words))
	}
	add("example-answers", strings.Join(entered, "; "))
	add("example-rule", e.rules[ind])
	add("example-judgement", e.note(ind, r.Note))
	add("example-decided", capital(e.note(ind, r.Because)))
	exact := r.Share.Of(r.Of, rule.KeptPlaces)
	add("example-points", e.say("example-product", r.Share, e.plain(r.Of), e.plain(exact)))
	chain := chainOf(res.Root, ind.ID)
	if e.set.Rounding.Indicator.Round && len(chain) > 0 && chain[0].Pillar.Combine == criteria.Sum {
		add("example-rounded", e.say("example-result", e.plain(exact), e.points(r.Score)))
	}
	if !sums(chain) {
		x.Combined = e.combined(chain, res.Agency.Group)
		add("example-combine", e.combinedSay(chain, res))
	}
	lines := x.Ledger.Rows
	add("example-total", e.say("example-sum", len(lines)-1, lines[len(lines)-1].Cells[1].Text))
	add("example-rank", e.exampleRank(res))
	add("example-rating", e.exampleRating(res))
	for i := range lines {
		lines[i].Highlight = lines[i].Highlight || lines[i].Cells[0].Text == numbered(ind.No, e.text(ind.Name))
	}
	return x
}

// exampleRank says how the rank follows from the total: from how many of the group have more.
func (e *Edition) exampleRank(res scoring.Result) string {
	g := e.ranking.Groups[e.places[res.Agency.Code].group]
	field, above := ranked(g), 0
	for _, s := range field {
		if s.Score.GreaterThan(res.Score) {
			above++
		}
	}
	key := "example-rank-words"
	if res.Rank != above+1 {
		key = "example-rank-rule" // as many ranks above as totals, or a tie that was broken
	}
	return e.say(key, len(field), e.text(g.Group.Name), above, e.total(res.Score), e.rank(res.Standing))
}

// exampleRating says how the rating follows from the total; "" where it does not, or there is none.
func (e *Edition) exampleRating(res scoring.Result) string {
	r, ok := e.set.RatingOf(res.Score, res.Of)
	if !ok || r.ID != res.Rating {
		return ""
	}
	key := "rating-from"
	if r.Above {
		key = "rating-above"
	}
	return e.say("example-rating-words", e.total(res.Score), e.plain(res.Of), e.percentWords(res.Percent), e.text(r.Name), e.say(key, e.plain(r.Bound)))
}
