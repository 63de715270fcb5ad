package view

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// An Edition is one round's results in one language: what all its pages need. Its methods make the pages.
// It is safe for concurrent use once its exported fields are set.
type Edition struct {
	wording
	// CSV is the address of the results table for machines, from the edition's folder; "" where there is none.
	CSV string
	// ECharts says that the site ships Apache ECharts, whose licence the method page then names.
	ECharts bool
	// Revised lists the agencies whose published results differ from an earlier revision.
	Revised []Revised
	// Before is the criteria set of the earlier round; nil where it is not known.
	Before *criteria.Set
	// Files are the data files, in the order in which they are offered; Earlier those of earlier revisions.
	Files, Earlier []File
	// Scores are the points of all agencies for all public indicators; editions of one ranking share them.
	Scores *Scores

	ranking *scoring.Ranking
	cmp     history.Comparison
	round   *submission.Round
	engine  string
	folder  string            // "vi/2019/"
	groups  map[string]string // file name of each group, by id
	agents  map[string]string // file name of each agency, by code
	parents map[string]string // file name of each body above agencies, by its name or code as agencies give it
	// indicators are the file names of the indicators that have a page, by id.
	indicators map[string]string
	places     map[string]place // by code
	// pages are the paths of all pages that are about more than one agency.
	pages func() map[string]bool
	marks map[string]map[*criteria.Pillar]pillarMarks

	// What stands on all pages alike: the foot, the line under a figure, the languages to go to.
	foot     []Fact
	sourced  string
	langs    []string
	surround sync.Map // a frame by folder

	rules   map[*criteria.Indicator]string // every rule in words
	named   map[*criteria.Indicator]Pick   // every indicator as the pages of agencies name it
	weights map[string]scoring.Nominal     // by group

	book       func() *indicatorBook // made once, when it is first asked
	parentBook func() *parentBook
}

// A place says where an agency's Standing is.
type place struct {
	group, standing int
}

// NewEdition gathers what the pages of a ranking need in the language of l. The engine is named with its version, as
// printed: "dti 1.2.0".
func NewEdition(ranking *scoring.Ranking, cmp history.Comparison, l *locale.Locale, engine string) *Edition {
	round := ranking.Round
	e := &Edition{
		wording: wordingOf(round.Set, l, digitsOf(ranking)), CSV: "results.csv",
		Scores: NewScores(ranking, 1), ranking: ranking, cmp: cmp, round: round, engine: engine, folder: Folder(l.Lang(), round.ID),
		groups: map[string]string{}, agents: map[string]string{}, places: map[string]place{},
		marks:   map[string]map[*criteria.Pillar]pillarMarks{},
		rules:   map[*criteria.Indicator]string{},
		named:   map[*criteria.Indicator]Pick{},
		weights: map[string]scoring.Nominal{},
	}
	for _, g := range ranking.Groups {
		e.marks[g.Group.ID] = map[*criteria.Pillar]pillarMarks{}
		for _, p := range e.topPillars(g.Group.ID) {
			e.marks[g.Group.ID][p] = marksOf(g, p)
		}
	}
	e.pages = sync.OnceValue(func() map[string]bool {
		paths := map[string]bool{e.printPath(): true}
		for path := range e.overviews() {
			paths[path] = true
		}
		return paths
	})
	e.address()
	e.addressOthers()
	e.addIndicators()
	e.foot, e.sourced, e.langs = e.footer(), e.source(), round.Publish.InOrder(e.languages())
	e.book, e.parentBook = sync.OnceValue(e.makeIndicatorBook), sync.OnceValue(e.makeParentBook)
	return e
}

// addIndicators words every indicator once, and weighs it in every group.
func (e *Edition) addIndicators() {
	for ind := range e.set.Root.AllIndicators() {
		e.rules[ind], e.named[ind] = e.ruleWords(ind), e.pick(ind)
	}
	for _, g := range e.set.Groups {
		e.weights[g.ID] = scoring.NominalOf(e.set, g.ID, nil)
	}
}

// address gives every page its file name and every agency its place.
func (e *Edition) address() {
	round, ranking := e.round, e.ranking
	taken := map[string]bool{}
	for _, g := range round.Set.Groups {
		e.groups[g.ID] = partName(g.ID, taken)
	}
	taken = map[string]bool{}
	for _, a := range round.Agencies {
		e.agents[a.Code] = partName(a.Code, taken)
	}
	for i, g := range ranking.Groups {
		for j, s := range g.Standings {
			e.places[s.Agency.Code] = place{i, j}
			if _, ok := e.agents[s.Agency.Code]; !ok {
				e.agents[s.Agency.Code] = partName(s.Agency.Code, taken)
			}
		}
	}
}

// partEnds are how the ids of a figure's parts and the names of figures end: a name from data that ends alike would give
// two of them the same id or the same file.
var partEnds = []string{"-t", "-o", "-pillar"}

// partName is FileName for what ids and files of figures are named after.
func partName(s string, taken map[string]bool) string {
	base := FileName(s, nil)
	if slices.ContainsFunc(partEnds, func(end string) bool { return strings.HasSuffix(base, end) }) {
		base = base[:min(len(base), maxFileName-len("-x"))] + "-x"
	}
	return FileName(base, taken)
}

// addressOthers gives a file name to every public indicator and to every body above agencies; "index" is taken by their
// lists.
func (e *Edition) addressOthers() {
	e.indicators, e.parents = map[string]string{}, map[string]string{}
	taken := map[string]bool{"index": true}
	for ind := range e.set.Root.AllIndicators() {
		if ind.Public != criteria.Nothing {
			e.indicators[ind.ID] = FileName(ind.ID, taken)
		}
	}
	taken = map[string]bool{"index": true}
	for _, a := range e.round.Agencies {
		if _, known := e.parents[a.Parent]; a.Parent != "" && !known {
			e.parents[a.Parent] = FileName(a.Parent, taken)
		}
	}
}

// Folder is the folder of a round's pages in a language, from the site's root: "vi/2019/".
func Folder(lang, round string) string { return lang + "/" + FileName(round, nil) + "/" }

// Folder is the folder of the edition's pages from the site's root: "vi/2019/".
func (e *Edition) Folder() string { return e.folder }

// Ranking is what the edition publishes.
func (e *Edition) Ranking() *scoring.Ranking { return e.ranking }

// Codes lists the agencies that have a page, in the order of the groups.
func (e *Edition) Codes() []string {
	var codes []string
	for _, g := range e.ranking.Groups {
		for _, s := range g.Standings {
			codes = append(codes, s.Agency.Code)
		}
	}
	return codes
}

// digitsOf chooses the decimals to print: the set's own, or, where it does not round, the fewest that keep totals of
// different ranks apart, so that no two agencies print alike and differ by a rank.
func digitsOf(ranking *scoring.Ranking) digits {
	set := ranking.Round.Set
	total := totalDigits(set)
	for !set.Rounding.Total.Round && total < maxUnrounded && printAlike(ranking.Groups, int32(total)) {
		total++
	}
	return digitsFor(set, total)
}

// printAlike reports whether two neighbours in rank differ only behind so many decimals.
func printAlike(groups []scoring.Group, places int32) bool {
	for _, g := range groups {
		for i := 1; i < len(g.Standings) && g.Standings[i].Ranked; i++ {
			a, b := g.Standings[i-1].Score, g.Standings[i].Score
			if a.Round(places).Equal(b.Round(places)) && !a.Round(maxUnrounded).Equal(b.Round(maxUnrounded)) {
				return true
			}
		}
	}
	return false
}

// rank writes a rank, with its tie.
func (e *Edition) rank(s scoring.Standing) string {
	if s.Tied {
		return e.term("tied", s.Rank)
	}
	return e.whole(s.Rank)
}

// percentPlaces is how exactly shares are compared on a common axis.
const percentPlaces = 2

// hundred has the decimals of a percentage, so that the two are compared as they are.
var hundred = decimal.New(100_00, -percentPlaces)

// percent is a score in percent of its maximum; ok is false where there is no maximum.
func percent(score, of decimal.Decimal) (d decimal.Decimal, ok bool) {
	if of.Sign() <= 0 {
		return decimal.Decimal{}, false
	}
	return rule.FractionOf(score, of).Of(hundred, percentPlaces), true
}

// value is a number of a drawing; words and drawing come from the same rounded decimal.
func value(d decimal.Decimal, words string) Value {
	return Value{Number: d.InexactFloat64(), Words: words}
}

// topPillars are the pillars of the first level that count for a group. One that holds only bonuses, penalties and
// information has no score of its own.
func (e *Edition) topPillars(group string) []*criteria.Pillar {
	return slices.DeleteFunc(slices.Clone(e.set.Root.Pillars), func(p *criteria.Pillar) bool {
		for ind := range p.AllIndicators() {
			if ind.Effect == criteria.Base && ind.Concerns(group) {
				return false
			}
		}
		return true
	})
}

// Title is the round's title, or what it assesses and when.
func (e *Edition) Title() string { return e.title() }

func (e *Edition) title() string {
	if t := e.text(e.round.Title); t != "" {
		return t
	}
	return e.text(e.set.Title) + " " + e.year()
}

// year is the round's year as printed, without separators.
func (e *Edition) year() string { return yearWords(e.round.Year) }

// past is the earlier round's year as printed; of a round of this year with its title, or nobody could tell them apart.
func (e *Edition) past() string {
	year := yearWords(e.cmp.Year)
	if e.cmp.Year != e.round.Year || len(e.cmp.Trend.Rounds) == 0 {
		return year
	}
	if title := e.text(e.cmp.Trend.Rounds[len(e.cmp.Trend.Rounds)-1].Title); title != "" {
		return e.say("past-titled", year, title)
	}
	return year
}

func yearWords(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// draft is the stamp of a draft; "" where the release is none.
func (e *Edition) draft() string {
	if e.round.Release.Status == submission.Draft {
		return e.say("draft-stamp")
	}
	return ""
}

// languages are those of the set that the program can write, in the set's order.
func (e *Edition) languages() []string {
	var langs []string
	for _, lang := range e.set.Languages {
		if _, ok := locale.For(lang); ok {
			langs = append(langs, lang)
		}
	}
	if !slices.Contains(langs, e.Lang) {
		langs = append(langs, e.Lang)
	}
	return langs
}
