package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/movement"
)

// moves enters into a job's comparison why ranks moved since the latest earlier round. Where that takes the answers of
// then, its results are read once more with them, which costs more than all else of a large round: only what shows
// the reasons calls it.
func (a *app) moves(dir string, j *job) {
	if len(j.pasts) == 0 {
		return
	}
	past := j.pasts[0]
	if movement.Answers(j.ranking, past) {
		past = withAnswers(dir, j, past)
	}
	j.comparison = movement.Of(j.ranking, past).In(j.comparison)
}

// withAnswers is an earlier round with the answers of its agencies; where they cannot be read any more, without.
func withAnswers(dir string, j *job, latest *history.Past) *history.Past {
	for _, file := range j.round.Previous {
		if !isResults(file) {
			continue
		}
		past, err := readResults(dir, file, history.DecodeWithAnswers)
		if err == nil && past.RoundID == latest.RoundID && past.Year == latest.Year {
			return past.Rebased(j.ranking)
		}
	}
	return latest
}

// moved writes why the agency's rank moved: a sentence, and where something did its parts, which add up to the movement.
// Where there is nothing to compare with, it is said only if that alone was asked for.
func (e explainer) moved(alone bool) {
	l, change := e.job.words, e.job.comparison.Agencies[e.res.Agency.Code]
	said := view.Moved(l, change)
	switch {
	case said == "" && alone:
		fmt.Fprintln(e.w, l.Say("cli.moved-nothing", e.text(e.res.Agency.Name)))
	case !alone && said != "":
		fmt.Fprintln(e.w)
	}
	if said == "" {
		return
	}
	fmt.Fprintln(e.w, l.Say("site.moved-heading"))
	fmt.Fprintln(e.w, said)
	parts := view.MovedParts(l, change)
	if len(parts) == 0 {
		return
	}
	t := newColumns(head("", false), head("", true))
	places := func(n int) string { return l.Signed(decimal.NewFromInt(int64(n)), 0) }
	for _, p := range parts {
		t.row("  "+p.Name, places(p.Places))
	}
	t.row("  "+l.Say("site.moved-sum"), places(change.RankChange))
	t.write(e.w)
}
