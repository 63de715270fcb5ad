package main

import (
	"fmt"
	"io"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/movement"
	"github.com/opendti/dti/scoring/submission"
)

// moves enters into a job's comparison why ranks moved since the latest earlier round. Where that takes the answers of
// then and they were not read at once (rankToReplay), its results are read once more with them, which costs more than all
// else of a large round: only what shows the reasons calls it.
func (a *app) moves(dir string, j *job) {
	readAnswers(dir, j)
	movesBy(j, movement.Of)
}

// movesInPublic is the same for documents from which nobody is to learn what others claimed.
func movesInPublic(dir string, j *job) {
	readAnswers(dir, j)
	movesBy(j, movement.OfFinal)
}

// movesOnSite is movesInPublic for a site, which also says what changed in the criteria: their set of then is found beside.
func movesOnSite(dir string, j *job) {
	readAnswers(dir, j)
	var found sync.WaitGroup
	found.Go(func() { j.before = earlierSet(dir, j) })
	movesBy(j, movement.OfFinal)
	found.Wait()
}

func movesBy(j *job, replay func(*scoring.Ranking, *history.Past) movement.Movement) {
	if len(j.pasts) > 0 {
		j.comparison = replay(j.ranking, j.pasts[0]).In(j.comparison)
	}
}

// readAnswers reads the answers of the latest earlier round where a replay takes them and they were not read at once.
func readAnswers(dir string, j *job) {
	if len(j.pasts) > 0 && movement.Answers(j.round.Set, j.pasts[0]) && !j.pasts[0].HasAnswers() {
		withAnswers(dir, j)
	}
}

// readToReplay is readPast, with the answers where a replay takes them. Of several earlier rounds only the latest is
// replayed, and which that is shows when all are read: then none is held with answers here. Where answers cannot be read,
// the results may still be: whatever is wrong is told as readPast tells it.
func readToReplay(dir string, file submission.PreviousFile, round *submission.Round) (*history.Past, error) {
	if !isResults(file) || len(round.Previous) > 1 {
		return readPast(dir, file, round)
	}
	past, err := readResults(dir, file, func(name string, r io.Reader) (*history.Past, error) {
		return history.DecodeAsking(name, r, func(p *history.Past) bool { return movement.Answers(round.Set, p) })
	})
	if err != nil {
		return readPast(dir, file, round)
	}
	return past, nil
}

// withAnswers reads the latest earlier round once more, with the answers of its agencies. What was read before is let go
// first: two of a large round at once leave the collector of memory little room. Where the file holds other results by
// now, nothing is compared any more.
func withAnswers(dir string, j *job) {
	id, year := j.pasts[0].RoundID, j.pasts[0].Year
	j.pasts[0] = nil
	for _, file := range j.round.Previous {
		if !isResults(file) {
			continue
		}
		past, err := readResults(dir, file, history.DecodeWithAnswers)
		if err == nil && past.RoundID == id && past.Year == year {
			j.pasts[0] = past.Rebased(j.ranking)
			return
		}
	}
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
