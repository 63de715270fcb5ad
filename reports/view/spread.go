package view

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// How many agencies a drawing of a distribution is for.
const (
	fewForRange    = 3   // of two agencies the ranking says all
	fewForBoxes    = 30  // quartiles of fewer say little: each is shown
	mostRepeated   = 300 // a table of more agencies is not repeated below a figure
	fewForQuartile = 4
)

// spread shows how the totals of a group spread: each as a dot, or, where there are many, boxes of the total and of the
// pillars, if there are any. No rows where fewer than two are ranked.
func (e *Edition) spread(path string, g scoring.Group) Figure {
	switch n := g.Stats.Ranked; {
	case n < 2:
		return Figure{}
	case n < fewForBoxes, len(e.topPillars(g.Group.ID)) == 0: // one box alone says less than the dots
		return e.scoreStrip(path, g)
	default:
		return e.boxes(path, g)
	}
}

// scoreStrip shows how a group's totals spread.
func (e *Edition) scoreStrip(path string, g scoring.Group) Figure {
	f := e.figure(path, "spread", DotStrip)
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = e.say("unit-points"), g.Of.InexactFloat64(), e.digits.total
	st := g.Stats
	f.Headline = e.spreadSays(g)
	f.Subtitle = e.say(ofDots(st.Ranked, "spread-subtitle", "spread-subtitle-counted"), e.plain(g.Of), st.Ranked, e.year())
	f.Narration = e.say("strip-narration", e.text(g.Group.Name), e.total(st.Lowest), e.total(st.Median), e.total(st.Highest))
	f.Table = e.agencyNumbers(e.term("score"))
	f.See = Link{Text: e.say("see-ranking"), Href: "#ranking"}
	series := Series{Name: e.term("score")}
	for _, s := range ranked(g) {
		words := e.total(s.Score)
		f.addAgency(e, path, s, words, s.Score)
		series.Values = append(series.Values, value(s.Score.Round(int32(e.digits.total)), words))
	}
	f.Chart.Series = []Series{series}
	f.Chart.Markers = []Marker{{Label: e.say("median-is", e.total(st.Median)), Value: st.Median.InexactFloat64()}}
	return f
}

// ofDots chooses the words below a strip of n agencies: those for dots, or those for counts of them.
func ofDots(n int, dots, counts string) string {
	if n > MostDots {
		return counts
	}
	return dots
}

// spreadSays counts the agencies between the quartiles; half of them only where the group is large.
func (e *Edition) spreadSays(g scoring.Group) string {
	st := g.Stats
	if st.Ranked < fewForQuartile {
		return e.fromTo(e.text(g.Group.Name), e.total(st.Lowest), e.total(st.Highest))
	}
	between := 0
	for _, s := range ranked(g) {
		if s.Score.GreaterThanOrEqual(st.Q1) && s.Score.LessThanOrEqual(st.Q3) {
			between++
		}
	}
	return e.middleSays("spread-headline", e.text(g.Group.Name), between, st.Ranked, []string{
		e.total(st.Lowest), e.total(st.Q1), e.total(st.Q3), e.total(st.Highest),
	})
}

// fromTo says the lowest and the highest of something as they are printed: as one number where they are equal.
func (e *Edition) fromTo(name, low, high string) string {
	if low == high {
		return e.say("strip-percent-equal", name, low)
	}
	return e.say("strip-percent-headline", name, low, high)
}

// middleSays says between which of its quartiles so many of all agencies lie. The four numbers as printed are the lowest,
// both quartiles and the highest; what is one number is said as one.
func (e *Edition) middleSays(key, name string, between, all int, at []string) string {
	switch {
	case at[0] == at[3]:
		return e.say("strip-percent-equal", name, at[0])
	case at[1] == at[2]:
		return e.say("spread-alike", between, all, at[1])
	default:
		return e.say(key, between, all, at[1], at[2])
	}
}

// A distribution is the percentages that the agencies of a group reached in one thing, ascending.
type distribution struct {
	name, lang string
	shares     []decimal.Decimal
}

// quartile is the q-th quartile, 0 the lowest to 4 the highest, of at least one percentage. It has the decimals of a
// printed percentage, rounded half away from zero: by linear interpolation between order statistics (Hyndman and Fan 1996,
// definition 7, the QUARTILE.INC of spreadsheets), as everywhere in a ranking.
func (d distribution) quartile(q int) decimal.Decimal {
	at := (len(d.shares) - 1) * q
	i, quarters := at/4, at%4
	if quarters == 0 {
		return d.shares[i]
	}
	step := d.shares[i+1].Sub(d.shares[i]).Mul(decimal.New(25, -2)).Mul(decimal.NewFromInt(int64(quarters)))
	return d.shares[i].Add(step).Round(percentPlaces)
}

// between counts the percentages within the middle quartiles, their bounds included.
func (d distribution) between() int {
	low, high := d.quartile(1), d.quartile(3)
	n := 0
	for _, s := range d.shares {
		if s.GreaterThanOrEqual(low) && s.LessThanOrEqual(high) {
			n++
		}
	}
	return n
}

// pillarShares are the distributions of the pillars of the first level that apply to some ranked agency.
func (e *Edition) pillarShares(g scoring.Group) []distribution {
	var all []distribution
	for i, p := range e.topPillars(g.Group.ID) {
		d := distribution{shares: sharesOf(g, p)}
		if len(d.shares) == 0 {
			continue
		}
		d.name, d.lang = e.name(p.Name)
		d.name = numbered(pillarNo(p, i), d.name)
		all = append(all, d)
	}
	return all
}

// sharesOf are the printed percentages of the ranked agencies to which a pillar applies, ascending.
func sharesOf(g scoring.Group, p *criteria.Pillar) []decimal.Decimal {
	var shares []decimal.Decimal
	for _, s := range ranked(g) {
		if share, ok := pillarShare(s, p); ok {
			shares = append(shares, share)
		}
	}
	slices.SortFunc(shares, decimal.Decimal.Cmp)
	return shares
}

// totalShares are the printed percentages of the ranked agencies, ascending. Each is of the agency's own maximum, which
// may differ from the group's.
func totalShares(g scoring.Group) []decimal.Decimal {
	shares := make([]decimal.Decimal, 0, g.Stats.Ranked)
	for _, s := range ranked(g) {
		shares = append(shares, s.Percent)
	}
	slices.SortFunc(shares, decimal.Decimal.Cmp)
	return shares
}

// boxes shows quartiles of the total and of each pillar.
func (e *Edition) boxes(path string, g scoring.Group) Figure {
	f := e.figure(path, "spread", Boxes)
	total := distribution{name: e.say("total-score"), shares: totalShares(g)}
	f.Headline = e.middleSays("boxes-headline", e.text(g.Group.Name), total.between(), len(total.shares), []string{
		e.percentWords(total.quartile(0)), e.percentWords(total.quartile(1)), e.percentWords(total.quartile(3)), e.percentWords(total.quartile(4)),
	})
	f.Subtitle = e.say("boxes-subtitle", g.Stats.Ranked, e.year())
	f.Narration = e.say("strip-narration", total.name, e.percentWords(total.quartile(0)), e.percentWords(total.quartile(2)), e.percentWords(total.quartile(4)))
	f.Note = e.say("boxes-method")
	e.describe(&f, append([]distribution{total}, e.pillarShares(g)...), []namedQuartile{
		{"lowest", 0}, {"quartile-lower", 1}, {"median", 2}, {"quartile-upper", 3}, {"highest", 4},
	})
	return f
}

// A namedQuartile is a quartile with the key of its name.
type namedQuartile struct {
	key      string
	quartile int
}

// describe draws some quartiles of distributions, a row each.
func (e *Edition) describe(f *Figure, rows []distribution, shown []namedQuartile) {
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = "%", 100, percentPlaces
	f.Table.Columns = []Column{{Name: e.say("measured"), Key: true}}
	for _, q := range shown {
		f.Table.Columns = append(f.Table.Columns, Column{Name: e.say(q.key), Num: true, Key: true})
		f.Chart.Series = append(f.Chart.Series, Series{Name: e.say(q.key)})
	}
	for _, d := range rows {
		f.Chart.Rows = append(f.Chart.Rows, d.name)
		cells := []Cell{{Text: d.name, Lang: d.lang, Head: true}}
		for i, q := range shown {
			share := d.quartile(q.quartile)
			f.Chart.Min = min(f.Chart.Min, share.InexactFloat64())
			f.Chart.Max = max(f.Chart.Max, share.InexactFloat64())
			f.Chart.Series[i].Values = append(f.Chart.Series[i].Values, value(share, e.percentWords(share)))
			cells = append(cells, Cell{Text: e.percentWords(share), Sort: share.String()})
		}
		f.Table.Rows = append(f.Table.Rows, Row{Cells: cells})
	}
}

// pillarRanges shows lowest, median and highest of each pillar of a small group, and every agency as a pale dot; no rows where there is nothing to tell,
// or boxes tell it.
func (e *Edition) pillarRanges(path string, g scoring.Group) Figure {
	f := e.figure(path, "pillar-ranges", DotRows)
	rows := e.pillarShares(g)
	if len(rows) == 0 || g.Stats.Ranked < fewForRange || g.Stats.Ranked >= fewForBoxes {
		return f
	}
	f.Headline = e.rangesSay(rows)
	f.Subtitle = e.say("ranges-subtitle", g.Stats.Ranked, e.year())
	f.Narration = f.Headline + "."
	e.describe(&f, rows, []namedQuartile{{"median", 2}, {"lowest", 0}, {"highest", 4}})
	for _, d := range rows {
		each := make([]float64, len(d.shares))
		for i, share := range d.shares {
			each[i] = share.InexactFloat64()
		}
		f.Chart.Each = append(f.Chart.Each, each)
	}
	return f
}

// rangesSay names the pillar, or the pillars, in which agencies lie farthest apart.
func (e *Edition) rangesSay(rows []distribution) string {
	widest := slices.MaxFunc(rows, func(a, b distribution) int { return a.width().Cmp(b.width()) })
	var names []string
	for _, d := range rows {
		if d.width().Equal(widest.width()) {
			names = append(names, d.name)
		}
	}
	low, high := e.percentWords(widest.quartile(0)), e.percentWords(widest.quartile(4))
	switch {
	case len(rows) == 1:
		return e.fromTo(widest.name, low, high)
	case widest.width().IsZero():
		return e.say("ranges-equal")
	case len(names) > 1:
		return e.say("ranges-tied", names, e.words.Number(widest.width(), percentPlaces))
	default:
		return e.say("ranges-headline", widest.name, low, high)
	}
}

// width is the distance of the highest from the lowest.
func (d distribution) width() decimal.Decimal { return d.quartile(4).Sub(d.quartile(0)) }
