package view

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring"
)

// A pillarPlace is an agency's pillar against its group, in percent of the points.
type pillarPlace struct {
	score             scoring.PillarScore
	own, median, best decimal.Decimal
}

// pillarMarks are the median and the best of a pillar in a group, in percent of the points; known is false where the
// pillar applies to no ranked agency.
type pillarMarks struct {
	median, best decimal.Decimal
	known        bool
}

// marksOf finds them among the percentages that the pages print, so that a reader finds the same, and nobody stands above
// the best.
func marksOf(g scoring.Group, p *criteria.Pillar) pillarMarks {
	d := distribution{shares: sharesOf(g, p)}
	if len(d.shares) == 0 {
		return pillarMarks{}
	}
	return pillarMarks{median: d.quartile(2), best: d.quartile(4), known: true}
}

func (e *Edition) pillarPlaces(g scoring.Group, s scoring.Standing) []pillarPlace {
	var places []pillarPlace
	for _, p := range e.topPillars(g.Group.ID) {
		ps, applies := pillarScore(s, p)
		own, ok := percent(ps.Score, ps.Of)
		marks := e.marks[g.Group.ID][p]
		if !applies || !ok || !marks.known {
			continue
		}
		places = append(places, pillarPlace{score: ps, own: own, median: marks.median, best: marks.best})
	}
	return places
}

// pillarDots is a row per pillar with the agency, the group's median and its best.
func (e *Edition) pillarDots(path string, g scoring.Group, places []pillarPlace) Figure {
	f := e.figure(path, "pillars", DotRows)
	f.CSV = ""
	if e.CSV != "" {
		f.CSV, f.CSVLink = Relative(path, e.folder+e.CSV), e.say("csv-all-link")
	}
	if len(places) == 0 || g.Stats.Ranked == 0 {
		return f
	}
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = "%", 100, percentPlaces
	f.Table.Columns = []Column{
		{Name: e.term("pillar"), Key: true},
		{Name: e.term("score"), Num: true},
		{Name: e.say("own"), Num: true, Key: true},
		{Name: e.say("group-median"), Num: true, Key: true},
		{Name: e.say("group-best"), Num: true, Key: true},
	}
	f.Chart.Series = []Series{{Name: e.say("own")}, {Name: e.say("group-median")}, {Name: e.say("group-best")}}
	above := 0
	for _, p := range places {
		if p.own.GreaterThanOrEqual(p.median) {
			above++
		}
		e.addPlace(&f, p)
	}
	f.Headline = e.say("dots-headline", above, len(places))
	f.Subtitle = e.say("dots-subtitle", g.Stats.Ranked, e.year())
	f.Narration = f.Headline + "."
	return f
}

// addPlace adds a pillar to the drawing and to its table.
func (e *Edition) addPlace(f *Figure, p pillarPlace) {
	name, lang := e.name(p.score.Pillar.Name)
	f.Chart.Rows = append(f.Chart.Rows, name)
	cells := make([]Cell, 0, len(f.Table.Columns))
	cells = append(cells, Cell{Text: name, Lang: lang, Head: true}, Cell{
		Text: e.say("of-points", e.words.Number(p.score.Score, e.digits.pillar), e.plain(p.score.Of)), Sort: locale.Digits(p.score.Score),
	})
	for i, d := range []decimal.Decimal{p.own, p.median, p.best} {
		words := e.percentWords(d)
		f.Chart.Series[i].Values = append(f.Chart.Series[i].Values, value(d, words))
		cells = append(cells, Cell{Text: words, Sort: locale.Digits(d)})
	}
	f.Table.Rows = append(f.Table.Rows, Row{Cells: cells})
}

// A profile has at least so many axes, or it is a line, and at most so many, or its labels collide.
const (
	leastAxes = 3
	mostAxes  = 8
)

// pillarProfile shows the agency against the group's median around a centre: the shape, where the rows of dots give the
// numbers. No rows where there are too few pillars or too many.
func (e *Edition) pillarProfile(path string, g scoring.Group, places []pillarPlace) Figure {
	f := e.figure(path, "profile", Radar)
	f.CSV = ""
	if len(places) < leastAxes || len(places) > mostAxes || g.Stats.Ranked == 0 {
		return f
	}
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = "%", 100, percentPlaces
	f.Table.Columns = []Column{
		{Name: e.term("pillar"), Key: true},
		{Name: e.say("own"), Num: true, Key: true},
		{Name: e.say("group-median"), Num: true, Key: true},
	}
	f.Chart.Series = []Series{{Name: e.say("own")}, {Name: e.say("group-median")}}
	for _, p := range places {
		name, lang := e.name(p.score.Pillar.Name)
		f.Chart.Rows = append(f.Chart.Rows, name)
		cells := append(make([]Cell, 0, len(f.Table.Columns)), Cell{Text: name, Lang: lang, Head: true})
		for i, d := range []decimal.Decimal{p.own, p.median} {
			words := e.percentWords(d)
			f.Chart.Series[i].Values = append(f.Chart.Series[i].Values, value(d, words))
			cells = append(cells, Cell{Text: words, Sort: locale.Digits(d)})
		}
		f.Table.Rows = append(f.Table.Rows, Row{Cells: cells})
	}
	f.Headline = e.profileSays(places)
	f.Subtitle = e.say("profile-subtitle", g.Stats.Ranked, e.year())
	f.Narration = f.Headline + "."
	return f
}

// profileSays names the pillar that stands farthest above the group's median and the one farthest below, each where there
// is one.
func (e *Edition) profileSays(places []pillarPlace) string {
	distances := make([]decimal.Decimal, len(places))
	for i, p := range places {
		distances[i] = p.own.Sub(p.median)
	}
	best, worst := slices.MaxFunc(distances, decimal.Decimal.Cmp), slices.MinFunc(distances, decimal.Decimal.Cmp)
	// Several pillars may be as far from the median as each other; none of them alone is the farthest.
	at := func(d decimal.Decimal) (names []string) {
		for i, p := range places {
			if distances[i].Equal(d) {
				names = append(names, e.text(p.score.Pillar.Name))
			}
		}
		return names
	}
	high, low := at(best), at(worst)
	above, below := e.words.Signed(best, percentPlaces), e.words.Signed(worst, percentPlaces)
	switch {
	case best.IsPositive() && worst.IsNegative():
		return e.say("profile-both", high, above, low, below)
	case best.IsPositive():
		return e.say("profile-above", high, above)
	case worst.IsNegative():
		return e.say("profile-below", low, below)
	default:
		return e.say("profile-even")
	}
}
