package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// An AgencyPage is one agency's result with the reason of every point, on about one sheet of A4.
type AgencyPage struct {
	Page
	Group     Link
	Finding   string
	Facts     []Fact
	Figures   []Figure // pillar rows; none where nothing can be drawn
	Losses    []Loss
	Strengths []string
	Sections  []Section
	Hidden    string // that some indicators are not published; "" where all are
	Ledger    Table
	Views     Table // no rows where the group has no views
	// Lineage tells what became of the agency's predecessors and how its earlier total came about; none where it goes on.
	Lineage []string
	// Moved says why the rank moved; "" where that is not known. Moves is the same as a table; no rows where nothing did.
	Moved string
	Moves Table
	// RevisedSay tells a result that differs from an earlier revision; "" where it does not.
	RevisedSay string
}

// Kind is "agency".
func (*AgencyPage) Kind() string { return "agency" }

// Drawings are the figures of the agency.
func (p *AgencyPage) Drawings() []Figure { return p.Figures }

// A Loss is an indicator that cost many points, with what would win them back.
type Loss struct {
	Name   string
	Lang   string
	Href   string // to its row
	Points string
	Advice string
}

// A Section holds the indicators of one pillar.
type Section struct {
	Heading string // with the names of the pillars above
	Lang    string
	Score   string
	Rows    []IndicatorRow
}

// An IndicatorRow is one indicator of an agency. Only what the set makes public is in it.
type IndicatorRow struct {
	ID      string
	No      string
	Name    string
	Lang    string
	Rule    string // in words
	Points  string // "4,75/5"; in words where it does not apply
	Bar     string // length of the bar, "95.0%"; "" for none
	Status  string
	Settled bool // Status is the ordinary one: scored
	Answers []Fact
	Hidden  string // why answers are not shown; "" where they are
	Reasons []string
	Advice  string
}

// Agency makes the page of an agency; ok is false where the ranking does not have it.
func (e *Edition) Agency(code string) (page *AgencyPage, ok bool) {
	at, ok := e.places[code]
	if !ok {
		return nil, false
	}
	g := e.ranking.Groups[at.group]
	s := g.Standings[at.standing]
	path := e.AgencyPath(code)
	name, lang := e.agency(s.Agency)
	p := &AgencyPage{Page: e.page(path, name, lang), Group: e.groupLink(path, g)}
	p.Crumbs = append(p.Crumbs, p.Group)
	p.Finding = e.agencyFinding(g, s)
	p.Description = name + ". " + p.Finding
	p.Facts = e.agencyFacts(path, g, at.standing)
	if f := e.pillarDots(path, g, s); len(f.Chart.Rows) > 0 {
		p.Figures = append(p.Figures, f)
		p.Strengths = e.strengths(g, s)
	}
	if f := e.agencyTrend(path, g, s); len(f.Chart.Rows) > 0 {
		p.Figures = append(p.Figures, f)
	}
	p.Lineage = e.lineage(code)
	p.Moved, p.Moves = e.movedSays(e.cmp.Agencies[code]), e.movedTable(s)
	p.RevisedSay = e.revisedSay(code)
	if res, ok := e.ranking.Result(code); ok {
		e.trace(p, res)
		p.Views = e.agencyViews(g, res)
	}
	return p, true
}

// trace fills in what comes from the agency's full result.
func (e *Edition) trace(p *AgencyPage, res scoring.Result) {
	e.sections(p, res.Root, nil)
	p.Losses = e.losses(res)
	p.Ledger = e.ledger(res)
}

// agencyFinding says rank, total and rating in a sentence.
func (e *Edition) agencyFinding(g scoring.Group, s scoring.Standing) string {
	if !s.Ranked {
		if why := e.words.Note(s.Reason); why != "" {
			return capital(why) + "."
		}
		return e.say("agency-unranked", e.whyUnranked(s))
	}
	finding := e.say("agency-finding", e.rank(s), g.Stats.Ranked, e.total(s.Score), e.plain(s.Of))
	if s.Rating != "" {
		finding = e.say("agency-finding-rated", e.rank(s), g.Stats.Ranked, e.total(s.Score), e.plain(s.Of), e.rating(s.Rating))
	}
	return finding
}

// agencyFacts are the agency's large numbers.
func (e *Edition) agencyFacts(path string, g scoring.Group, i int) []Fact {
	s := g.Standings[i]
	score := Fact{Term: e.term("score"), Words: e.total(s.Score), Note: e.say("score-note", e.plain(s.Of), e.percentWords(s.Percent))}
	change, known := e.cmp.Agencies[s.Agency.Code]
	if d, why, ok := scoreChange(s, change); known && ok {
		score.Note += "; " + e.say("then-change", yearWords(change.Year), e.total(change.Score), e.plus(d))
		score.Tone = toneOf(d.Sign())
	} else if known && !why.IsZero() && (change.Carried == nil || change.Carried.Why.IsZero()) { // else the rank says it
		score.Note += "; " + e.words.Note(why)
	}
	if !s.Ranked {
		return []Fact{{Term: e.term("rank"), Words: e.say("unranked"), Note: e.whyUnranked(s)}, score}
	}
	rank := Fact{Term: e.term("rank"), Words: e.say("rank-of", e.rank(s), g.Stats.Ranked)}
	if e.cmp.Year != 0 {
		m := e.movement(g, s)
		rank.Note, rank.Tone = strings.TrimSpace(m.mark+" "+m.text)+" ("+m.note+")", m.tone
	}
	facts := []Fact{rank, score}
	if len(e.set.Ratings) > 0 {
		facts = append(facts, Fact{Term: e.term("rating"), Words: e.ratingWords(s.Rating), Note: e.cappedWords(s)})
	}
	facts = append(facts, e.nextFact(path, g, i))
	d := s.Score.Sub(g.Stats.Median)
	return append(facts, Fact{
		Term: e.say("to-median"), Words: e.plus(d), Note: e.say("median-is", e.total(g.Stats.Median)), Tone: toneOf(d.Sign()),
	})
}

// cappedWords say what holds a rating below the one that the total is worth; "" where nothing does.
func (e *Edition) cappedWords(s scoring.Standing) string {
	if s.RatingCapped == nil {
		return ""
	}
	earned, _ := e.set.RatingOf(s.Score, s.Of)
	return e.say("rating-capped", e.rating(earned.ID), s.RatingCapped.PublicGrounds())
}

// nextFact is the distance to the next better total, or for the first the lead over the next.
func (e *Edition) nextFact(path string, g scoring.Group, i int) Fact {
	s := g.Standings[i]
	for j := i - 1; j >= 0; j-- {
		if above := g.Standings[j]; !above.Score.Equal(s.Score) {
			return e.distance(path, "gap-next", above, above.Score.Sub(s.Score))
		}
	}
	for j := i + 1; j < g.Stats.Ranked; j++ {
		if below := g.Standings[j]; !below.Score.Equal(s.Score) {
			return e.distance(path, "gap-lead", below, s.Score.Sub(below.Score))
		}
	}
	return Fact{Term: e.say("gap-next"), Words: e.say("gap-alone")}
}

func (e *Edition) distance(path, key string, other scoring.Standing, d decimal.Decimal) Fact {
	return Fact{
		Term: e.say(key), Words: e.total(d), Note: e.say("gap-to", e.rank(other), e.agencyName(other.Agency), e.total(other.Score)),
		Href: relative(path, e.AgencyPath(other.Agency.Code)),
	}
}

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
	var shares []decimal.Decimal
	for _, s := range ranked(g) {
		ps, applies := pillarScore(s, p)
		if share, ok := percent(ps.Score, ps.Of); applies && ok {
			shares = append(shares, share)
		}
	}
	n := len(shares)
	if n == 0 {
		return pillarMarks{}
	}
	slices.SortFunc(shares, decimal.Decimal.Cmp)
	median := shares[(n-1)/2].Add(shares[n/2]).DivRound(decimal.NewFromInt(2), percentPlaces)
	return pillarMarks{median: median, best: shares[n-1], known: true}
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
func (e *Edition) pillarDots(path string, g scoring.Group, s scoring.Standing) Figure {
	f := e.figure(path, "pillars", DotRows)
	f.CSV = ""
	if e.CSV != "" {
		f.CSV, f.CSVLink = relative(path, e.folder+e.CSV), e.say("csv-all-link")
	}
	places := e.pillarPlaces(g, s)
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
	cells := []Cell{{Text: name, Lang: lang, Head: true}, {
		Text: e.say("of-points", e.words.Number(p.score.Score, e.digits.pillar), e.plain(p.score.Of)), Sort: p.score.Score.String(),
	}}
	for i, d := range []decimal.Decimal{p.own, p.median, p.best} {
		words := e.percentWords(d)
		f.Chart.Series[i].Values = append(f.Chart.Series[i].Values, value(d, words))
		cells = append(cells, Cell{Text: words, Sort: d.String()})
	}
	f.Table.Rows = append(f.Table.Rows, Row{Cells: cells})
}

// strengths names the pillar that stands farthest above the group's median and the one farthest below.
func (e *Edition) strengths(g scoring.Group, s scoring.Standing) []string {
	places := e.pillarPlaces(g, s)
	distance := func(p pillarPlace) decimal.Decimal { return p.own.Sub(p.median) }
	compare := func(a, b pillarPlace) int { return distance(a).Cmp(distance(b)) }
	var out []string
	if best := slices.MaxFunc(places, compare); distance(best).IsPositive() {
		out = append(out, e.say("strength", e.text(best.score.Pillar.Name), e.words.Signed(distance(best), percentPlaces)))
	}
	if worst := slices.MinFunc(places, compare); distance(worst).IsNegative() {
		out = append(out, e.say("weakness", e.text(worst.score.Pillar.Name), e.words.Signed(distance(worst), percentPlaces)))
	}
	return out
}

// sections lists the indicators pillar by pillar, in the set's order.
func (e *Edition) sections(p *AgencyPage, node scoring.PillarResult, above []string) {
	trail := above
	var lang string
	if node.Pillar != nil && node.Pillar.ID != "" {
		var name string
		name, lang = e.name(node.Pillar.Name)
		trail = append(slices.Clone(above), numbered(node.Pillar.No, name))
	}
	for _, child := range node.Pillars {
		e.sections(p, child, trail)
	}
	section := Section{Heading: strings.Join(trail, " › "), Lang: lang}
	if section.Heading == "" {
		section.Heading = e.say("indicators-root")
	}
	if node.Applies {
		section.Score = e.say("of-points", e.words.Number(node.Score, e.digits.pillar), e.plain(node.Of))
	}
	for _, r := range node.Indicators {
		if r.Indicator.Public == criteria.Nothing {
			p.Hidden = e.say("some-hidden")
			continue
		}
		section.Rows = append(section.Rows, e.indicatorRow(r))
	}
	if len(section.Rows) > 0 {
		p.Sections = append(p.Sections, section)
	}
}

func numbered(no, name string) string {
	if no == "" {
		return name
	}
	return no + ". " + name
}

// indicatorRow takes from a result what the set makes public: answers, the judgement in words and a review's reason only
// where answers are public.
func (e *Edition) indicatorRow(r scoring.IndicatorResult) IndicatorRow {
	ind := r.Indicator
	name, lang := e.name(ind.Name)
	row := IndicatorRow{
		ID: "i-" + ind.ID, No: cmp.Or(ind.No, ind.ID), Name: name, Lang: lang, Rule: e.rules[ind],
		Points: e.say("of-points", e.points(r.Score), e.plain(r.Of)), Bar: bar(r.Score, r.Of),
		Status: e.term("status-" + r.Status.String()), Settled: r.Status == rule.Scored,
	}
	if ind.Effect == criteria.Penalty {
		row.Points, row.Bar = e.say("penalty-points", e.points(r.Score)), ""
	}
	if ind.Effect == criteria.None {
		row.Points, row.Bar = e.say("informational"), ""
	}
	if r.Status == rule.NotApplicable && e.set.PolicyFor(ind) == criteria.Rescale {
		row.Points, row.Bar = e.say("not-counted"), ""
	}
	if ind.Public != criteria.Answers {
		row.Hidden = e.say("answers-hidden")
	} else {
		row.Answers = e.answers(r)
		if len(row.Answers) == 1 && row.Answers[0].Term == name {
			row.Answers[0].Term = "" // the only input has the indicator's own name, which stands beside it
		}
		row.reason(e.note(ind, r.Note))
	}
	row.reason(e.note(ind, r.Because))
	if ind.Public == criteria.Answers && r.Decision != nil {
		row.reason(e.decision(*r.Decision))
	}
	if lost(r).IsPositive() && ind.Effect != criteria.None {
		row.Advice = e.text(ind.Advice)
	}
	return row
}

// reason keeps a reason that says something.
func (r *IndicatorRow) reason(words string) {
	if words = capital(words); words != "" && !slices.Contains(r.Reasons, words) {
		r.Reasons = append(r.Reasons, words)
	}
}

// decision says what a review decided and why; never who.
func (e *Edition) decision(d submission.Decision) string {
	said := e.say("decision-" + d.Stage.String() + "-" + d.Verdict.String())
	if d.Reason != "" {
		said = e.say("decision-because", said, d.Reason)
	}
	return said
}

// answers are the inputs as judged; none where nothing was entered for what does not apply.
func (w *wording) answers(r scoring.IndicatorResult) []Fact {
	var facts []Fact
	if r.Status == rule.NotApplicable && !slices.ContainsFunc(r.Inputs, func(in scoring.InputResult) bool { return !in.Answer.Value.IsMissing() }) {
		return nil
	}
	for _, in := range r.Inputs {
		term := w.inputName(r.Indicator, in.Name)
		facts = append(facts, Fact{Term: term, Words: Answer(w.words, w.first, r.Indicator, in.Input, in.Answer.Value)})
	}
	return facts
}

// lost is what an indicator fell short of its points; 0 where it does not apply.
func lost(r scoring.IndicatorResult) decimal.Decimal {
	if r.Status == rule.NotApplicable || r.Indicator.Effect != criteria.Base {
		return decimal.Decimal{}
	}
	return r.Of.Sub(r.Score)
}

// lossesSaid is how many indicators are named that lose most.
const lossesSaid = 3

// losses are the indicators that cost most of the total, the set's order among equals.
func (e *Edition) losses(res scoring.Result) []Loss {
	weights := e.weights[res.Agency.Group]
	var all []scoring.IndicatorResult
	var walk func(scoring.PillarResult)
	walk = func(n scoring.PillarResult) {
		for _, child := range n.Pillars {
			walk(child)
		}
		for _, r := range n.Indicators {
			if lost(r).IsPositive() && r.Indicator.Public != criteria.Nothing {
				all = append(all, r)
			}
		}
	}
	walk(res.Root)
	cost := func(r scoring.IndicatorResult) decimal.Decimal {
		return rule.One().Sub(r.Share).Decimal(rule.KeptPlaces).Mul(weights.Indicator(r.Indicator.ID))
	}
	slices.SortStableFunc(all, func(a, b scoring.IndicatorResult) int { return cost(b).Cmp(cost(a)) })
	var losses []Loss
	for _, r := range all[:min(len(all), lossesSaid)] {
		name, lang := e.name(r.Indicator.Name)
		losses = append(losses, Loss{
			Name: numbered(r.Indicator.No, name), Lang: lang, Href: "#i-" + r.Indicator.ID,
			Points: e.say("lost", e.points(lost(r)), e.plain(r.Of)), Advice: e.text(r.Indicator.Advice),
		})
	}
	return losses
}

// ledger lists every line that makes the total. Indicators that are not published stand in one line of their pillar.
func (e *Edition) ledger(res scoring.Result) Table {
	t := Table{
		Caption: e.say("ledger-caption"),
		Columns: []Column{{Name: e.say("ledger-line"), Key: true}, {Name: e.say("ledger-points"), Num: true, Key: true}},
	}
	hidden := map[*criteria.Pillar]int{} // row of the pillar's hidden points, from 1
	sums := map[*criteria.Pillar]decimal.Decimal{}
	for _, line := range res.Ledger {
		if line.Indicator == nil || line.Indicator.Public != criteria.Nothing {
			t.Rows = append(t.Rows, e.ledgerRow(e.lineName(line), line.Points))
			continue
		}
		sums[line.Pillar] = sums[line.Pillar].Add(line.Points)
		row := e.ledgerRow(e.say("ledger-hidden", e.pillarName(line.Pillar)), sums[line.Pillar])
		if at := hidden[line.Pillar]; at > 0 {
			t.Rows[at-1] = row
			continue
		}
		t.Rows = append(t.Rows, row)
		hidden[line.Pillar] = len(t.Rows)
	}
	total := e.ledgerRow(e.say("ledger-total"), res.Score)
	total.Highlight = true
	total.Cells[1].Text = e.total(res.Score)
	t.Rows = append(t.Rows, total)
	return t
}

func (w *wording) ledgerRow(name string, points decimal.Decimal) Row {
	return Row{Cells: []Cell{{Text: name, Head: true}, {Text: w.ledgerPoints(points), Sort: points.String()}}}
}

// ledgerPoints writes points with all decimals they have, at least the indicators': the column adds up, exactly.
func (w *wording) ledgerPoints(d decimal.Decimal) string {
	if d.Round(int32(w.digits.indicator)).Equal(d) {
		return w.points(d)
	}
	return w.words.Plain(d)
}

func (w *wording) pillarName(p *criteria.Pillar) string {
	if p == nil || p.ID == "" {
		return w.text(w.set.Title)
	}
	return w.text(p.Name)
}

// lineName is what a line of the ledger is for.
func (w *wording) lineName(line scoring.Line) string {
	switch {
	case line.Indicator != nil:
		return numbered(line.Indicator.No, w.text(line.Indicator.Name))
	case !line.Note.IsZero():
		return w.words.Note(line.Public())
	default:
		return w.pillarName(line.Pillar)
	}
}
