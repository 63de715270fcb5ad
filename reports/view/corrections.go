package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/scoring"
)

// A Published is what a revision said of one agency.
type Published struct {
	Listed bool // false: the revision did not have the agency
	Ranked bool
	Score  decimal.Decimal
	Rank   int
	Tied   bool
	Rating string // id
}

// A Revised is an agency whose published result a revision changed.
type Revised struct {
	Agency        string // code
	Revision      int    // the revision that changed it
	Before, After Published
}

// A CorrectionsPage lists what changed after publication, and why; the newest revision first.
type CorrectionsPage struct {
	Page
	Lede      string
	Revisions []Revision
	Earlier   []Download // data files of earlier revisions
}

// Kind is "corrections".
func (*CorrectionsPage) Kind() string { return "corrections" }

// A Revision is one correction.
type Revision struct {
	Heading string
	Date    string
	Reason  string
	Lang    string // language of Reason where it is not the page's
	Changes Table  // no rows where no published rank, total or rating changed
}

// HasCorrections reports whether the edition has a page of corrections.
func (e *Edition) HasCorrections() bool { return len(e.round.Corrections) > 0 }

// Corrections makes the page that lists the corrections.
func (e *Edition) Corrections() *CorrectionsPage {
	path := e.correctionsPath()
	p := &CorrectionsPage{Page: e.page(path, e.say("corrections-title"), ""), Lede: e.say("corrections-lede")}
	p.Description = p.Lede
	sorted := slices.Clone(e.round.Corrections)
	slices.Reverse(sorted)
	for _, c := range sorted {
		reason, lang := e.name(c.Reason)
		r := Revision{
			Heading: e.say("revision", c.Revision), Date: e.words.Date(c.Date), Reason: reason, Lang: lang,
			Changes: e.revisedTable(path, c.Revision),
		}
		p.Revisions = append(p.Revisions, r)
	}
	for _, f := range e.Earlier {
		p.Earlier = append(p.Earlier, e.download(path, f))
	}
	return p
}

func (e *Edition) revisedTable(path string, revision int) Table {
	t := Table{
		Caption: e.say("revised-caption", revision),
		Columns: []Column{
			{Name: e.term("agency"), Key: true},
			{Name: e.say("before")},
			{Name: e.say("after")},
			{Name: e.say("revised-what")},
		},
	}
	for _, r := range e.inOrder(e.Revised) {
		if r.Revision != revision {
			continue
		}
		name := Cell{Text: r.Agency, Head: true}
		if at, ok := e.places[r.Agency]; ok {
			g := e.ranking.Groups[at.group]
			name = e.agencyCell(path, g.Standings[at.standing])
			if len(e.ranking.Groups) > 1 { // a rank is one of the group
				name.Note = e.text(g.Group.Name)
			}
		}
		name.Head = true
		t.Rows = append(t.Rows, Row{ID: e.revisedID(revision, r.Agency), Cells: []Cell{
			name, {Text: e.published(r.Before)}, {Text: e.published(r.After), Edit: true}, {Text: e.revisedWhat(r)},
		}})
	}
	return t
}

// inOrder sorts what was revised as the pages list agencies; those that are no longer listed come last.
func (e *Edition) inOrder(revised []Revised) []Revised {
	sorted := slices.Clone(revised)
	slices.SortStableFunc(sorted, func(a, b Revised) int {
		p, listed := e.places[a.Agency]
		q, other := e.places[b.Agency]
		switch {
		case !listed || !other:
			return cmp.Compare(unlisted(listed), unlisted(other))
		default:
			return cmp.Or(cmp.Compare(p.group, q.group), cmp.Compare(p.standing, q.standing))
		}
	})
	return sorted
}

// unlisted is 1 for an agency that is not listed.
func unlisted(listed bool) int {
	if listed {
		return 0
	}
	return 1
}

// revisedID is the anchor of an agency among those that a revision changed.
func (e *Edition) revisedID(revision int, code string) string {
	name, ok := e.agents[code]
	if !ok {
		name = FileName(code, nil)
	}
	return "revision-" + strconv.Itoa(revision) + "-" + name
}

// correctionHref leads from a page to what the release's own revision changed of an agency.
func (e *Edition) correctionHref(path, code string) string {
	return Relative(path, e.correctionsPath()) + "#" + e.revisedID(max(e.round.Release.Revision, 1), code)
}

// revisedWhat names what changed of an agency: rank, total with the difference, rating.
func (e *Edition) revisedWhat(r Revised) string {
	before, after := r.Before, r.After
	if !before.Listed || !after.Listed || before.Ranked != after.Ranked {
		return e.say("revised-listing")
	}
	var said []string
	if before.Rank != after.Rank || before.Tied != after.Tied {
		said = append(said, e.say("revised-rank", e.publishedRank(before), e.publishedRank(after)))
	}
	if !before.Score.Equal(after.Score) {
		said = append(said, e.say("revised-score", e.plus(after.Score.Sub(before.Score))))
	}
	if before.Rating != after.Rating {
		said = append(said, e.say("revised-rating", e.ratingOr(before.Rating), e.ratingOr(after.Rating)))
	}
	return strings.Join(said, "; ")
}

// ratingOr is a rating's name, or that there is none.
func (e *Edition) ratingOr(id string) string {
	if id == "" {
		return e.say("no-rating")
	}
	return e.rating(id)
}

func (e *Edition) publishedRank(p Published) string {
	return e.rank(scoring.Standing{Rank: p.Rank, Tied: p.Tied})
}

// published says a result in a line.
func (e *Edition) published(p Published) string {
	switch {
	case !p.Listed:
		return e.say("not-listed")
	case !p.Ranked:
		return e.say("published-unranked", e.total(p.Score))
	}
	rank := e.publishedRank(p)
	if p.Rating == "" {
		return e.say("published", rank, e.total(p.Score))
	}
	return e.say("published-rated", rank, e.total(p.Score), e.rating(p.Rating))
}

// A revisedMark says which cells of an agency the release's own revision changed.
type revisedMark struct {
	found   bool
	revised Revised
}

// revised finds what the release's own revision changed of an agency.
func (e *Edition) revised(code string) revisedMark {
	for _, r := range e.Revised {
		if r.Agency == code && r.Revision == cmp.Or(e.round.Release.Revision, 1) {
			return revisedMark{found: true, revised: r}
		}
	}
	return revisedMark{}
}

func (m revisedMark) rank(s scoring.Standing) bool {
	return m.found && (m.revised.Before.Rank != s.Rank || m.revised.Before.Tied != s.Tied)
}

func (m revisedMark) score(s scoring.Standing) bool {
	return m.found && !m.revised.Before.Score.Equal(s.Score)
}

func (m revisedMark) rating(s scoring.Standing) bool {
	return m.found && m.revised.Before.Rating != s.Rating
}

func (e *Edition) anyRevised(g scoring.Group) bool {
	return slices.ContainsFunc(g.Standings, func(s scoring.Standing) bool { return e.revised(s.Agency.Code).found })
}

// revisedSay tells on an agency's page what the release's own revision changed; "" where nothing.
func (e *Edition) revisedSay(code string) string {
	m := e.revised(code)
	if !m.found {
		return ""
	}
	return e.say("revised-agency", m.revised.Revision, e.published(m.revised.Before))
}
