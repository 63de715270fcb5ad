package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// sentence is a note as a sentence of its own.
func sentence(words string) string {
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:] + "."
}

// noted is the change of a rank in words with what is to be said of the earlier rank: that it was made anew, and among
// how many.
func (a *app) noted(j *job, c history.Change, words string) string {
	if note := j.words.Note(c.RankNote); note != "" {
		return words + ", " + note
	}
	return words
}

// notMoved says why an agency's rank is not compared.
func (a *app) notMoved(j *job, c history.Change) string {
	switch {
	case c.Carried != nil && !c.Carried.Why.IsZero():
		return j.words.Note(c.Carried.Why)
	case !c.RankNote.IsZero():
		return j.words.Note(c.RankNote)
	default:
		return j.words.Say("cli.change-none")
	}
}

// fieldNotes says under a group's table what became of the group since the earlier round; nothing where its ranks are as
// they were published.
func (a *app) fieldNotes(w io.Writer, j *job, g scoring.Group) {
	l, first, was := j.words, j.round.Set.Languages[0], j.comparison.Groups[g.Group.ID]
	f := was.Field
	if f == nil {
		return
	}
	year := fmt.Sprint(j.comparison.Year)
	if f.Ranked > 0 {
		fmt.Fprintln(w, l.Say("cli.ranks-anew", year, f.Ranked, f.Published))
	} else {
		var names []string
		for _, name := range f.Without {
			names = append(names, l.Text(name, first))
		}
		fmt.Fprintln(w, l.Say("cli.ranks-not-anew", year, f.Published, few(names)))
	}
	var gone []string
	for _, b := range j.comparison.GoneFrom(j.ranking, g.Group.ID) {
		gone = append(gone, a.gone(j, b))
	}
	if len(gone) > 0 {
		fmt.Fprintln(w, l.Say("cli.gone", year, len(gone), few(gone)))
	}
}

// mostNamed is how many agencies a line names.
const mostNamed = 30

// few are the first of many names.
func few(names []string) []string {
	if len(names) <= mostNamed {
		return names
	}
	return append(slices.Clone(names[:mostNamed]), "…")
}

// gone is an agency that is no more and what it went into.
func (a *app) gone(j *job, b history.Gone) string {
	name := j.words.Text(b.Name, j.round.Set.Languages[0])
	if name == "" {
		name = b.Code
	}
	var into []string
	for _, code := range b.Into {
		agency, _ := j.round.Agency(code)
		into = append(into, j.words.Text(agency.Name, j.round.Set.Languages[0]))
	}
	if len(into) == 0 {
		return name
	}
	return j.words.Say("cli.gone-into", name, into)
}

// history writes what became of the agency and its results of the earlier rounds, where there are several or one was
// carried over.
func (e explainer) history() {
	l, cmp := e.job.words, e.job.comparison
	points := cmp.Trend.Agencies[e.res.Agency.Code]
	known := func(c history.Change) bool { return c.Year != 0 }
	carried := slices.ContainsFunc(points, func(c history.Change) bool { return c.Carried != nil })
	if !slices.ContainsFunc(points, known) || len(cmp.Trend.Rounds) < 2 && !carried {
		return
	}
	fmt.Fprintln(e.w, l.Say("cli.explain-history"))
	var latest history.Change
	for i, c := range slices.Backward(points) {
		if !known(c) {
			continue
		}
		if !known(latest) {
			latest = c
		}
		fmt.Fprintln(e.w, "  "+e.earlier(c, e.earlierName(i)))
	}
	if latest.Carried != nil {
		for _, step := range latest.Carried.Steps {
			fmt.Fprintln(e.w, "  "+sentence(l.Note(step.Note())))
		}
	}
}

// earlierName is the year of an earlier round, with its title where another round is of the same year.
func (e explainer) earlierName(i int) string {
	rounds := e.job.comparison.Trend.Rounds
	year, twin := fmt.Sprint(rounds[i].Year), rounds[i].Year == e.job.round.Year
	for k, other := range rounds {
		twin = twin || k != i && other.Year == rounds[i].Year
	}
	if title := e.text(rounds[i].Title); twin && title != "" {
		return year + ", " + title
	}
	return year
}

// earlier is a result of an earlier round in words.
func (e explainer) earlier(c history.Change, name string) string {
	l := e.job.words
	if c.Carried != nil && !c.Carried.Why.IsZero() {
		return l.Say("cli.history-line", name, l.Note(c.Carried.Why))
	}
	var facts []string
	if c.HasScore {
		facts = append(facts, l.Say("cli.history-score", e.points(e.job, c.Score)))
	}
	switch {
	case !c.Moved && !c.RankNote.IsZero():
		facts = append(facts, l.Note(c.RankNote))
	case c.Rank > 0:
		facts = append(facts, e.noted(e.job, c, l.Say("cli.history-rank", c.Rank, c.OfRanked)))
	}
	if c.Carried != nil {
		for _, step := range c.Carried.Steps {
			if how := l.Note(step.CarryNote(c.Year)); how != "" {
				facts = append(facts, how)
			}
		}
	}
	if !c.Why.IsZero() {
		facts = append(facts, l.Note(c.Why))
	}
	return l.Say("cli.history-line", name, strings.Join(facts, "; "))
}
