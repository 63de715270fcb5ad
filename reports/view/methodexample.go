package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// worked words an indicator's example; nil where it concerns no group.
func (d *methodology) worked(ind *criteria.Indicator) *WorkedExample {
	e, ok := d.examples[ind]
	if !ok {
		return nil
	}
	w := &WorkedExample{Label: d.say("methodology-example-label"), OthersLabel: d.say("methodology-others-label"), Words: d.outcome(e)}
	var own, others []string
	alone := len(ind.Inputs) == 1 && len(e.result.Inputs) == 1
	for _, in := range e.result.Inputs {
		var values []string
		for _, other := range e.cohort {
			if v := other.Submission.Inputs(ind.ID)(in.Name); !v.IsMissing() {
				values = append(values, Answer(d.words, d.first, ind, in.Input, v))
			}
		}
		if v := in.Answer.Value; !v.IsMissing() {
			own = append(own, d.entered(ind, in, Answer(d.words, d.first, ind, in.Input, v), alone))
		}
		switch {
		case len(values) == 0 || !rule.Relative(ind.Rule):
		case alone:
			others = append(others, strings.Join(values, "; "))
		default:
			others = append(others, d.entered(ind, in, "("+strings.Join(values, "; ")+")", false))
		}
	}
	w.Answers, w.Others = strings.Join(own, "; "), strings.Join(others, "; ")
	return w
}

// entered says an answer. Where it is the only one, a name that says nothing new is left out.
func (d *methodology) entered(ind *criteria.Indicator, in scoring.InputResult, answer string, alone bool) string {
	own, name := d.text(ind.Name), d.text(in.Input.Name)
	if alone && (name == "" || name == own) {
		return answer
	}
	return d.say("example-entered", cmp.Or(name, own), answer)
}

// outcome says the judgement and what it earns: "38/40 = 95% → 4.75 of 5 points".
func (d *methodology) outcome(e exampled) string {
	r := e.result
	said, score, of := capital(d.note(r.Indicator, r.Note)), d.points(r.Score), d.plain(r.Of)
	if !d.set.Rounding.Indicator.Round {
		score = d.plain(r.Score.Round(int32(d.digits.indicator)))
	}
	_, inPoints := r.Indicator.Points[e.group.ID]
	switch {
	case r.Indicator.Effect == criteria.None:
		return said
	case !inPoints:
		return d.say("methodology-earned-share", said, r.Share)
	case r.Indicator.Effect == criteria.Penalty:
		said = d.say("methodology-earned-penalty", said, score, of)
	case r.Indicator.Effect == criteria.Bonus:
		said = d.say("methodology-earned-bonus", said, score, of)
	default:
		said = d.say("methodology-earned", said, score, of)
	}
	if e.several && e.group.ID != d.set.Groups[0].ID {
		return d.say("methodology-earned-group", said, d.text(e.group.Name))
	}
	return said
}

// example is the total of one made-up agency, line by line.
func (d *methodology) example() MethodSection {
	if len(d.results) == 0 {
		return MethodSection{}
	}
	res, group := d.results[0], d.set.Groups[0]
	s := MethodSection{ID: "example", Heading: d.say("methodology-example"), Lede: d.say("methodology-example-lede", d.text(group.Name))}
	if combines(d.set) {
		s.Tables = append(s.Tables, d.nodes(res))
	}
	s.Tables = append(s.Tables, d.lines(res))
	total := d.say("methodology-example-total", d.total(res.Score), d.plain(res.Of), d.percentWords(res.Percent))
	if r, ok := d.set.RatingOf(res.Score, res.Of); ok {
		total += " " + d.say("methodology-example-rating", d.text(r.Name))
	}
	s.Notes = append(s.Notes, total)
	for _, v := range res.ViewResults {
		if v.Applies {
			s.Notes = append(s.Notes, d.say("methodology-example-view", numbered(v.View.No, d.text(v.View.Name)), d.total(v.Score), d.plain(v.Of)))
		}
	}
	return s
}

// combines reports whether a pillar of a set is made of its children otherwise than as a sum.
func combines(set *criteria.Set) bool {
	if set.Root.Combine != criteria.Sum {
		return true
	}
	for p := range set.Root.AllPillars() {
		if p.Combine != criteria.Sum {
			return true
		}
	}
	return false
}

// lines is the ledger of the made-up agency: every line adds to the total, exactly.
func (d *methodology) lines(res scoring.Result) Table {
	t := Table{Caption: d.say("ledger-caption"), Columns: []Column{
		{Name: d.say("ledger-line"), Key: true}, {Name: d.say("methodology-reason"), Key: true}, {Name: d.say("ledger-points"), Num: true, Key: true},
	}}
	reasons := map[*criteria.Indicator]string{}
	for _, r := range res.Root.Leaves() {
		reasons[r.Indicator] = capital(d.note(r.Indicator, r.Note))
	}
	for _, line := range res.Ledger {
		row := d.ledgerRow(d.lineName(line), line.Points)
		row.Cells = slices.Insert(row.Cells, 1, Cell{Text: cmp.Or(reasons[line.Indicator], "–")})
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, Row{Highlight: true, Cells: []Cell{
		{Text: d.say("ledger-total"), Head: true}, {Text: "–"}, {Text: d.total(res.Score)},
	}})
	return t
}

// nodes shows the children, weights and result of every pillar, from the leaves up.
func (d *methodology) nodes(res scoring.Result) Table {
	t := Table{Caption: d.say("methodology-nodes-caption"), Columns: []Column{
		{Name: d.say("weights-name"), Key: true},
		{Name: d.say("methodology-how"), Key: true},
		{Name: d.say("methodology-weight"), Num: true, Key: true},
		{Name: d.term("share"), Num: true, Key: true},
	}}
	d.node(&t, res.Root, res.Agency.Group, 0)
	return t
}

// node appends the rows below a pillar: what each child weighs in it, in points where it sums, and its share.
func (d *methodology) node(t *Table, n scoring.PillarResult, group string, depth int) {
	for _, child := range n.Pillars {
		if !child.Applies {
			continue
		}
		p := child.Pillar
		name, lang := d.name(p.Name)
		t.Rows = append(t.Rows, Row{Highlight: true, Cells: []Cell{
			{Text: numbered(p.No, name), Lang: lang, Head: true, Depth: depth},
			{Text: d.words.Say("notes.combine-" + p.Combine.String())},
			{Text: d.weightIn(n.Pillar, p.Weight, p.PointsFor(group))},
			{Text: d.words.Percent(rule.Whole(child.Share))},
		}})
		d.node(t, child, group, depth+1)
	}
	for _, r := range n.Indicators {
		ind := r.Indicator
		if ind.Effect != criteria.Base {
			continue
		}
		name, lang := d.name(ind.Name)
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: numbered(ind.No, name), Lang: lang, Head: true, Depth: depth},
			{Text: cmp.Or(capital(d.note(ind, r.Note)), "–")},
			{Text: d.weightIn(n.Pillar, ind.Weight, ind.Points[group])},
			{Text: d.words.Percent(r.Share)},
		}})
	}
}

// weightIn is what a child counts for in its parent: points where it sums, else its weight.
func (w *wording) weightIn(parent *criteria.Pillar, weight, points decimal.Decimal) string {
	if parent.Combine == criteria.Sum {
		return w.say("n-points", w.plain(points))
	}
	return w.plain(weight)
}
