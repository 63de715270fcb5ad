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

// A MethodPage says how points, totals and ranks come about, so that any of them can be done again by hand.
type MethodPage struct {
	Page
	Lede       string
	Source     []Fact
	Policies   []Fact // combination, rounding, ties, missing and inapplicable answers, caps
	Weights    Table
	WeightsSay string
	Rules      []RuleSection
	Views      []RuleRow // how every view is made; none where the set has none
	Ratings    Table     // no rows where the set has no ratings
	Example    *Example
	MovedSay   string   // how the reasons of moved ranks are counted; "" where none are shown
	Moved      []string // the steps, in their order
	Licences   []Fact
}

// Kind is "method".
func (*MethodPage) Kind() string { return "method" }

// A RuleSection holds the rules of one pillar.
type RuleSection struct {
	Heading string
	Lang    string
	Rows    []RuleRow
}

// A RuleRow is one indicator's rule in words.
type RuleRow struct {
	ID      string
	No      string
	Name    string
	Lang    string
	Rule    string
	Details []string // who enters what, evidence, exceptions
}

// An Example is one indicator of one agency done again, step by step.
type Example struct {
	Sentence string
	Agency   Link
	Steps    []Fact
	Sum      string // how the agency's total comes about
}

// Method makes the page on how the ranking was made.
func (e *Edition) Method() *MethodPage {
	path := e.methodPath()
	p := &MethodPage{Page: e.page(path, e.say("method-title"), ""), Lede: e.say("method-lede", e.text(e.set.Title))}
	p.Description = p.Lede
	p.Source = e.setSource()
	p.Policies = e.policies()
	p.Weights, p.WeightsSay = e.weightTable(), e.say("weights-say")
	p.Rules = e.ruleSections(nil, e.set.Root, nil)
	p.Views = e.viewRules()
	p.Ratings = e.ratingTable()
	p.Example = e.example(path)
	if p.Moved = e.movedMethod(); len(p.Moved) > 0 {
		p.MovedSay = e.say("moved-method", e.past(), e.year())
	}
	p.Licences = e.licences(path)
	return p
}

func (w *wording) setSource() []Fact {
	facts := []Fact{{Term: w.term("set"), Words: w.text(w.set.Title), Note: w.set.Address()}}
	if w.set.Source.Decision != "" {
		f := Fact{Term: w.decisionTerm(), Words: w.set.Source.Decision}
		if w.set.Source.Date != "" {
			f.Note = w.words.Date(w.set.Source.Date)
		}
		facts = append(facts, f)
	}
	if url := w.set.Source.URL; webAddress(url) {
		facts = append(facts, Fact{Term: w.say("set-url"), Words: url, Href: url})
	}
	if w.set.Hash != "" {
		facts = append(facts, Fact{Term: "SHA-256", Words: w.set.Hash})
	}
	return facts
}

// webAddress reports whether a text from data may be a link.
func webAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// policies are the set's rules beyond the indicators, a sentence each.
func (e *Edition) policies() []Fact {
	review := Fact{Term: e.say("policy-review"), Words: e.say("review-none")}
	if e.round.Reviewed {
		review.Words = e.say("review-words")
		if m, ok := e.round.Cycle.Calendar.Milestone(submission.Reviewing); ok && m.SilenceAccepts && m.Until != "" {
			review.Words += " " + e.say("review-silence", m.Until)
		}
	}
	facts := append(e.setPolicies(), review)
	if words := e.adjustmentWords(); words != "" {
		facts = append(facts, Fact{Term: e.say("policy-adjustments"), Words: words})
	}
	if words := e.lineageWords(); words != "" {
		facts = append(facts, Fact{Term: e.say("policy-lineage"), Words: words})
	}
	return facts
}

// adjustmentWords say what changes totals and ratings beside the answers; "" where nothing does.
func (e *Edition) adjustmentWords() string {
	cycle := &e.round.Cycle
	if len(cycle.Adjustments) == 0 && len(cycle.Calendar.Late) == 0 {
		return ""
	}
	said := e.say("adjustments-words")
	capped := slices.ContainsFunc(cycle.Adjustments, func(a submission.Adjustment) bool { return a.RatingCap != "" })
	var late []string
	for _, l := range cycle.Calendar.Late {
		capped = capped || l.RatingCap != ""
		late = append(late, e.lateWords(l))
	}
	if len(late) > 0 {
		said += " " + e.say("adjustments-late", strings.Join(late, "; "))
	}
	if capped {
		said += " " + e.say("adjustments-rating")
	}
	return said
}

// lateWords say what it costs to be so many days late.
func (e *Edition) lateWords(l submission.LatePenalty) string {
	switch {
	case l.RatingCap == "":
		return e.say("late-points", l.Days, l.Points.Value)
	case !l.Points.Set:
		return e.say("late-rating", l.Days, e.rating(l.RatingCap))
	default:
		return e.say("late-both", l.Days, l.Points.Value, e.rating(l.RatingCap))
	}
}

// setPolicies are those that hold for every round of the set.
func (w *wording) setPolicies() []Fact {
	facts := []Fact{{Term: w.say("policy-total"), Words: w.totalWords()}}
	add := func(key, words string) { facts = append(facts, Fact{Term: w.say(key), Words: words}) }
	add("policy-rounding", w.roundingWords())
	add("policy-ranks", w.tieNote())
	add("policy-missing", w.missingWords())
	add("policy-na", w.say("na-"+w.set.NotApplicable.String()))
	if w.set.Caps.Bonus.Set || w.set.Caps.Penalty.Set {
		add("policy-caps", w.capsWords())
	}
	add("policy-rules", w.scoringWords())
	return facts
}

// scoringWords are what holds for the rules of all indicators, which their own sentences do not repeat.
func (w *wording) scoringWords() string {
	said := w.say("scoring-bounds")
	var relative, parts bool
	for ind := range w.set.Root.AllIndicators() {
		relative = relative || rule.Relative(ind.Rule)
		parts = parts || ind.Rule.Kind() == "sum_of" || ind.Rule.Kind() == "best_of"
	}
	if parts {
		said += " " + w.say("scoring-parts")
	}
	if relative {
		said += " " + w.say("scoring-compared")
	}
	return said
}

// outside tells whether the set has bonus or penalty, and whether points may go below 0.
func (w *wording) outside() (bonus, penalty, below bool) {
	for ind := range w.set.Root.AllIndicators() {
		bonus = bonus || ind.Effect == criteria.Bonus
		penalty = penalty || ind.Effect == criteria.Penalty
		below = below || ind.Min.IsNegative()
	}
	return bonus, penalty, below || penalty
}

func (w *wording) totalWords() string {
	said := []string{w.say("combine-" + w.set.Root.Combine.String())}
	if w.set.Scale.OfPoints {
		said = append(said, w.say("scale-points"))
	} else {
		said = append(said, w.say("scale-value", w.plain(w.set.Scale.Value)))
	}
	bonus, penalty, below := w.outside()
	if bonus {
		said = append(said, w.say("total-bonus"))
	}
	if penalty {
		said = append(said, w.say("total-penalty"))
	}
	if below {
		said = append(said, w.say("total-floor"))
	}
	return strings.Join(said, " ")
}

func (w *wording) roundingWords() string {
	places := func(p criteria.Places) string {
		if !p.Round {
			return w.say("not-rounded")
		}
		return w.count("rounded-to", int(p.N))
	}
	return w.say("rounding-words", places(w.set.Rounding.Indicator), places(w.set.Rounding.Total))
}

func (w *wording) missingWords() string {
	said := w.say("missing-zero")
	if w.set.Missing.Skip {
		said = w.say("missing-skip")
	}
	if w.set.Missing.NoSubmissionUnrank {
		said += " " + w.say("missing-unranked")
	} else {
		said += " " + w.say("missing-ranked")
	}
	if limit := w.set.Missing.MaxShare; limit.LessThan(decimal.NewFromInt(1)) {
		said += " " + w.say("missing-limit", rule.Whole(limit))
	}
	return said
}

func (w *wording) capsWords() string {
	var said []string
	if c := w.set.Caps.Bonus; c.Set {
		said = append(said, w.say("cap-bonus", w.plain(c.Value)))
	}
	if c := w.set.Caps.Penalty; c.Set {
		said = append(said, w.say("cap-penalty", w.plain(c.Value)))
	}
	return strings.Join(said, " ")
}

// weightTable lists pillars and indicators, indented, with the part of the total that each decides in every group.
func (e *Edition) weightTable() Table {
	t := Table{
		Caption: e.say("weights-caption"),
		Columns: []Column{{Name: e.say("weights-no"), Key: true}, {Name: e.say("weights-name"), Key: true}},
	}
	for _, g := range e.ranking.Groups {
		t.Columns = append(t.Columns, Column{Name: e.text(g.Group.Name), Num: true})
	}
	e.weigh(&t, e.set.Root, 0)
	if len(e.ranking.Groups) > 1 && alike(t.Rows) {
		t.Columns = append(t.Columns[:weightNames], Column{Name: e.say("weights-all"), Num: true})
		for i, r := range t.Rows {
			t.Rows[i].Cells = r.Cells[:weightNames+1]
		}
	}
	return t
}

// weightNames is the number of columns before the groups'.
const weightNames = 2

// alike reports whether every group has the same weights.
func alike(rows []Row) bool {
	for _, r := range rows {
		for _, c := range r.Cells[weightNames:] {
			if c != r.Cells[weightNames] {
				return false
			}
		}
	}
	return true
}

func (e *Edition) weigh(t *Table, p *criteria.Pillar, depth int) {
	for _, child := range p.Pillars {
		name, lang := e.name(child.Name)
		row := Row{Highlight: depth == 0, Cells: []Cell{{Text: cmp.Or(child.No, child.ID)}, {Text: name, Lang: lang, Head: true, Depth: depth}}}
		for _, g := range e.ranking.Groups {
			points, hasPoints := child.PointsFor(g.Group.ID), p.Combine == criteria.Sum
			row.Cells = append(row.Cells, e.weightCell(child.Concerns(g.Group.ID), e.weights[g.Group.ID].Pillar(child.ID), points, hasPoints))
		}
		t.Rows = append(t.Rows, row)
		e.weigh(t, child, depth+1)
	}
	for _, ind := range p.Indicators {
		name, lang := e.name(ind.Name)
		row := Row{Cells: []Cell{{Text: cmp.Or(ind.No, ind.ID)}, {Text: name, Lang: lang, Head: true, Depth: depth}}}
		for _, g := range e.ranking.Groups {
			row.Cells = append(row.Cells, e.indicatorWeight(p, ind, g.Group.ID))
		}
		t.Rows = append(t.Rows, row)
	}
}

func (e *Edition) indicatorWeight(parent *criteria.Pillar, ind *criteria.Indicator, group string) Cell {
	concerns, points := ind.Concerns(group), ind.Points[group]
	if !concerns || ind.Effect == criteria.Base {
		return e.weightCell(concerns, e.weights[group].Indicator(ind.ID), points, parent.Combine == criteria.Sum)
	}
	switch ind.Effect {
	case criteria.Bonus:
		return Cell{Text: e.say("weight-bonus", e.plain(points))}
	case criteria.Penalty:
		return Cell{Text: e.say("weight-penalty", e.plain(points))}
	default:
		return Cell{Text: e.say("informational")}
	}
}

// weightCell says a weight: points and the part of the total, or the part alone where the parent does not sum.
func (w *wording) weightCell(concerns bool, part, points decimal.Decimal, hasPoints bool) Cell {
	if !concerns {
		return Cell{Text: w.say("not-for-group")}
	}
	share := w.plain(part.Mul(decimal.NewFromInt(100)).Round(1)) + "%"
	length, _ := percent(part, decimal.NewFromInt(1))
	c := Cell{Text: share, Sort: part.Round(maxUnrounded).String(), Bar: length.StringFixed(1) + "%"}
	if hasPoints {
		c.Text, c.Note = w.say("n-points", w.plain(points)), share
	}
	return c
}

// ruleSections lists the rules pillar by pillar.
func (e *Edition) ruleSections(out []RuleSection, p *criteria.Pillar, above []string) []RuleSection {
	trail := above
	var lang string
	if p.ID != "" {
		var name string
		name, lang = e.name(p.Name)
		trail = append(slices.Clone(above), numbered(p.No, name))
	}
	for _, child := range p.Pillars {
		out = e.ruleSections(out, child, trail)
	}
	section := RuleSection{Heading: cmp.Or(strings.Join(trail, " › "), e.say("indicators-root")), Lang: lang}
	for _, ind := range p.Indicators {
		name, lang := e.name(ind.Name)
		section.Rows = append(section.Rows, RuleRow{
			ID: "r-" + ind.ID, No: cmp.Or(ind.No, ind.ID), Name: name, Lang: lang, Rule: e.rules[ind], Details: e.details(ind),
		})
	}
	if len(section.Rows) > 0 {
		out = append(out, section)
	}
	return out
}

// details say what is special about an indicator.
func (w *wording) details(ind *criteria.Indicator) []string {
	var said []string
	for _, in := range ind.Inputs {
		if words := w.say("entered-by-" + in.By.String()); in.By != criteria.ByAgency && !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	if ind.When != "" {
		said = append(said, w.tagWords(ind.When))
	}
	return slices.Concat(said, w.evidenceWords(ind), w.exceptions(ind))
}

// tagWords say that an indicator is only for agencies with a tag, by its name where the set has one.
func (w *wording) tagWords(tag string) string {
	if name := w.text(w.set.TagName(tag)); name != "" {
		return w.say("when-named", name)
	}
	return w.say("when-tag", tag)
}

// evidenceWords say what it costs to give no evidence.
func (w *wording) evidenceWords(ind *criteria.Indicator) []string {
	switch {
	case !ind.Evidence.Required:
		return nil
	case ind.Evidence.WithoutZero:
		return []string{w.say("evidence-required"), w.say("evidence-zero")}
	default:
		return []string{w.say("evidence-required"), w.say("evidence-flag")}
	}
}

// exceptions say where an indicator differs from the others in what does not apply, what is published and what can be
// compared.
func (w *wording) exceptions(ind *criteria.Indicator) []string {
	var said []string
	if ind.NotApplicable.Policy != 0 && ind.NotApplicable.Policy != w.set.NotApplicable {
		said = append(said, w.say("na-"+ind.NotApplicable.Policy.String()))
	}
	switch ind.Public {
	case criteria.PointsOnly:
		said = append(said, w.say("public-points"))
	case criteria.Nothing:
		said = append(said, w.say("public-none"))
	case criteria.Answers:
	}
	if ind.From.ID != "" && !ind.From.Comparable {
		said = append(said, w.say("changed-indicator"))
	}
	return said
}

// ratingTable says the bounds of the ratings.
func (w *wording) ratingTable() Table {
	t := Table{
		Caption: w.say("ratings-caption"),
		Columns: []Column{{Name: w.term("rating"), Key: true}, {Name: w.say("ratings-bound"), Key: true}},
	}
	for i, r := range w.set.Ratings {
		name, lang := w.name(r.Name)
		bound := w.say("rating-from", w.plain(r.Bound))
		if r.Above {
			bound = w.say("rating-above", w.plain(r.Bound))
		}
		if i > 0 {
			key := "rating-below"
			if w.set.Ratings[i-1].Above {
				key = "rating-up-to"
			}
			bound += " " + w.say(key, w.plain(w.set.Ratings[i-1].Bound))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: name, Lang: lang, Head: true}, {Text: bound}}})
	}
	return t
}

// examplesTried is how many agencies are looked at for a worked example.
const examplesTried = 20

// example does one indicator again: of the first ranked agency that has one with public answers, points and no decision,
// one that is neither full nor empty where there is one. It is nil where nothing can be shown.
func (e *Edition) example(path string) *Example {
	var fallback *Example
	tried := 0
	for _, g := range e.ranking.Groups {
		for _, s := range ranked(g) {
			if tried++; tried > examplesTried {
				return fallback
			}
			res, ok := e.ranking.Result(s.Agency.Code)
			if !ok {
				continue
			}
			r, telling, ok := exampleOf(res.Root)
			if ok && (telling || fallback == nil) {
				fallback = e.exampleFrom(path, res, r)
			}
			if ok && telling {
				return fallback
			}
		}
	}
	return fallback
}

// exampleOf chooses an indicator to show; telling is one whose share is neither 0 nor 1.
func exampleOf(node scoring.PillarResult) (r scoring.IndicatorResult, telling, ok bool) {
	for _, child := range node.Pillars {
		if c, t, found := exampleOf(child); found && (!ok || t) {
			if r, telling, ok = c, t, true; telling {
				return r, telling, ok
			}
		}
	}
	for _, c := range node.Indicators {
		ind := c.Indicator
		if c.Status != rule.Scored || ind.Public != criteria.Answers || ind.Effect != criteria.Base || c.Decision != nil ||
			!c.Because.IsZero() || len(c.Inputs) == 0 {
			continue
		}
		t := c.Share.Sign() > 0 && c.Share.Cmp(rule.One()) < 0
		if !ok || t && !telling {
			r, telling, ok = c, t, true
		}
	}
	return r, telling, ok
}

func (e *Edition) exampleFrom(path string, res scoring.Result, r scoring.IndicatorResult) *Example {
	name, lang := e.agency(res.Agency)
	ind := r.Indicator
	x := &Example{
		Agency:   Link{Text: name, Lang: lang, Href: relative(path, e.AgencyPath(res.Agency.Code)) + "#i-" + ind.ID},
		Sentence: e.say("example-sentence", numbered(ind.No, e.text(ind.Name))),
	}
	add := func(key, words string) { x.Steps = append(x.Steps, Fact{Term: e.say(key), Words: words}) }
	var entered []string
	for _, f := range e.answers(r) {
		entered = append(entered, e.say("example-entered", f.Term, f.Words))
	}
	add("example-answers", strings.Join(entered, "; "))
	add("example-rule", e.rules[ind])
	if said := e.note(ind, r.Note); said != "" {
		add("example-judgement", said)
	}
	exact := r.Share.Of(r.Of, rule.KeptPlaces)
	add("example-points", e.say("example-product", r.Share, e.plain(r.Of), e.plain(exact)))
	add("example-rounded", e.say("example-result", e.plain(exact), e.points(r.Score)))
	x.Sum = e.say("example-sum", len(e.ledger(res).Rows)-1, e.total(res.Score))
	return x
}

// licences name under what terms data and software are used.
func (e *Edition) licences(path string) []Fact {
	var facts []Fact
	if l := e.round.Release.Licence; l != "" {
		facts = append(facts, Fact{Term: e.say("licence-data"), Words: l})
	}
	if e.ECharts {
		facts = append(facts, Fact{
			Term: "Apache ECharts 5.6.0", Words: e.say("licence-echarts"), Href: relative(path, "assets/LICENSE"),
		})
	}
	return append(facts, Fact{Term: e.say("licence-engine"), Words: e.engine})
}
