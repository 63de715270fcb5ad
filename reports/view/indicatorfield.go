package view

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// reachSays says how far the ranked agencies came with an indicator, in a sentence that is true of any number of them.
func (e *Edition) reachSays(ind *criteria.Indicator, t Tally) string {
	concerned := t.Concerned()
	switch {
	case t.Agencies == 0:
		return e.say("indicator-nobody")
	case concerned == 0:
		return e.say("indicator-concerns-nobody")
	case ind.Effect == criteria.None:
		return e.say("indicator-informational")
	case t.Count(Open) == concerned:
		return e.say("indicator-open")
	case t.Count(NotAnswered) == concerned:
		return e.count("indicator-unanswered", concerned)
	case ind.Effect == criteria.Penalty:
		return e.reachedBy("indicator-penalty", t.Count(Partly)+t.Count(Zero), concerned)
	case ind.Effect == criteria.Bonus:
		return e.reachedBy("indicator-bonus", t.Count(Full)+t.Count(Partly), concerned)
	default:
		return e.reachedBy("indicator-full", t.Count(Full), concerned)
	}
}

// reachedBy says that none, some or all of those concerned are n.
func (e *Edition) reachedBy(key string, n, concerned int) string {
	switch n {
	case 0:
		return e.count(key+"-none", concerned)
	case concerned:
		return e.count(key+"-all", concerned)
	default:
		return e.say(key+"-some", n, concerned)
	}
}

// meanSays says the mean of the shares; "" where there is none, the finding says it already, or it is no achievement.
func (e *Edition) meanSays(ind *criteria.Indicator, t Tally) string {
	concerned := t.Concerned()
	switch {
	case t.Applies == 0, ind.Effect == criteria.Penalty, ind.Effect == criteria.None:
		return ""
	case t.Count(Open) == concerned, t.Count(NotAnswered) == concerned, t.Count(Full) == concerned:
		return ""
	case t.Applies == 1:
		return e.say("indicator-share", e.percentWords(t.Mean))
	default:
		return e.say("indicator-mean", e.percentWords(t.Mean))
	}
}

// A reachClass is a bar of the figure.
type reachClass struct {
	key    string
	count  int
	always bool // shown even where nobody is in it
}

// reachClasses are the bars of an indicator, the best first.
func (e *Edition) reachClasses(ind *criteria.Indicator, t Tally) []reachClass {
	var classes []reachClass
	switch ind.Effect {
	case criteria.Penalty:
		classes = []reachClass{{"site.reach-spared", t.Count(Full), true}, {"site.reach-taken", t.Count(Partly), true}, {"site.reach-taken-most", t.Count(Zero), true}}
	case criteria.Bonus:
		classes = []reachClass{{"site.reach-bonus-most", t.Count(Full), true}, {"site.reach-bonus", t.Count(Partly), true}, {"site.reach-bonus-none", t.Count(Zero), true}}
	case criteria.Base, criteria.None:
		zero := "site.reach-zero"
		if ind.Min.IsNegative() {
			zero = "site.reach-below"
		}
		classes = []reachClass{
			{"site.reach-full", t.Count(Full), true},
			{"site.reach-half", t.Half, true},
			{"site.reach-less", t.Count(Partly) - t.Half, true},
			{zero, t.Count(Zero), true},
		}
	}
	classes = append(classes, reachClass{"words.status-missing", t.Count(NotAnswered), false},
		reachClass{"words.status-not_applicable", t.Count(NotApplicable), false}, reachClass{"words.status-pending", t.Count(Open), false})
	return slices.DeleteFunc(classes, func(c reachClass) bool { return c.count == 0 && !c.always })
}

// reachFigure counts a group's ranked agencies by how far they came.
func (e *Edition) reachFigure(path string, ind *criteria.Indicator, g scoring.Group, column IndicatorScores) Figure {
	t := column.Tally
	f := e.figure(path, "reach-"+e.groups[g.Group.ID], SortedBars)
	f.Chart.Unit, f.Chart.Max = e.say("unit-agencies"), float64(t.Agencies)
	f.Headline = e.reachSays(ind, t)
	f.Subtitle = e.say("reach-subtitle", t.Agencies, e.year())
	if said := e.meanSays(ind, t); said != "" {
		f.Subtitle = e.say("reach-subtitle-mean", t.Agencies, e.year(), e.percentWords(t.Mean), e.percentWords(t.Median))
	}
	f.Narration = f.Headline
	f.Table.Columns = []Column{{Name: e.say("reach-class"), Key: true}, {Name: e.say("reach-agencies"), Num: true, Key: true}}
	var counts []Value
	for _, c := range e.reachClasses(ind, t) {
		name, words := e.words.Say(c.key), e.whole(c.count)
		f.Chart.Rows = append(f.Chart.Rows, name)
		counts = append(counts, Value{Number: float64(c.count), Words: words})
		f.Table.Rows = append(f.Table.Rows, Row{Cells: []Cell{{Text: name, Head: true}, {Text: words, Sort: strconv.Itoa(c.count)}}})
	}
	f.Chart.Series = []Series{{Name: e.say("reach-agencies"), Values: counts}}
	return f
}

// rangeSays says the lowest and the highest share of a group; "" where nobody has one.
func (e *Edition) rangeSays(column IndicatorScores) string {
	if column.Tally.Applies == 0 {
		return ""
	}
	low, high := int32(0), int32(0)
	first := true
	for _, m := range column.marks[:column.Tally.Agencies] {
		if !m.known {
			continue
		}
		if first {
			low, high, first = m.percent, m.percent, false
		}
		low, high = min(low, m.percent), max(high, m.percent)
	}
	return e.say("indicator-range", e.percentWords(decimal.New(int64(low), -percentPlaces)), e.percentWords(decimal.New(int64(high), -percentPlaces)))
}

// maxParents is the number of bodies above agencies up to which the page of an indicator says the mean of each: with 700
// bodies, 120 indicators and two languages the tables would be most of the site.
const maxParents = 150

// parentMeans are the means of a group by the bodies above its agencies; no rows where agencies name none, or too many.
func (e *Edition) parentMeans(path string, ind *criteria.Indicator, g scoring.Group, column IndicatorScores) Table {
	t := Table{Caption: e.say("indicator-parents"), Columns: []Column{
		{Name: e.say("parent"), Key: true},
		{Name: e.say("reach-agencies"), Num: true, Key: true},
		{Name: e.say("indicators-full"), Num: true, Key: true},
		{Name: e.say("indicators-mean"), Num: true, Key: true},
	}}
	parents := e.parentBook()
	if len(parents.all) == 0 || len(parents.all) > maxParents || ind.Effect == criteria.None {
		return t
	}
	if ind.Effect == criteria.Penalty {
		t.Columns[2].Name, t.Columns[3].Name = e.say("indicators-spared"), e.say("indicators-taken")
	}
	tallies := make([]Tally, len(parents.all))
	for i, at := range parents.of[g.Group.ID][:g.Stats.Ranked] {
		if at >= 0 {
			tallies[at].enter(column.marks[i])
		}
	}
	for i, tally := range tallies {
		if tally.Agencies == 0 {
			continue
		}
		p := parents.all[i]
		cells := []Cell{{Text: p.name, Lang: p.lang, Link: Relative(path, p.path), Head: true}, {Text: e.whole(tally.Agencies), Sort: strconv.Itoa(tally.Agencies)}}
		t.Rows = append(t.Rows, Row{Cells: append(cells, e.tallyCells(tally)...)})
	}
	return t
}

// tallyCells are how many came in full, and the mean with its bar.
func (e *Edition) tallyCells(t Tally) []Cell {
	if t.Applies == 0 {
		none := Cell{Text: e.term("status-not_applicable")}
		if t.Concerned() > 0 {
			none.Text = e.term("status-pending")
		}
		return []Cell{none, none}
	}
	mean := mean(t.sum, t.Applies)
	return []Cell{
		{Text: e.say("of", t.Count(Full), t.Concerned()), Sort: strconv.Itoa(t.Count(Full))},
		{Text: e.percentWords(mean), Sort: mean.String(), Bar: bar(mean, decimal.NewFromInt(100))},
	}
}
