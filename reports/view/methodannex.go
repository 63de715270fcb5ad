package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// annexGroups is how many agency groups have a column of points each; more are written below each other in one.
const annexGroups = 4

// annex is the table of a decision, pillar by pillar, with a worked example below every indicator.
func (d *methodology) annex() MethodSection {
	s := MethodSection{ID: "annex", Heading: d.say("methodology-indicators"), Lede: d.say("methodology-constructed")}
	if d.structureOnly() {
		s.Lede = d.say("methodology-conventions-rules") + " " + s.Lede
	}
	if d.groupsDiffer() {
		s.Lede += " " + d.say("methodology-constructed-group", d.text(d.set.Groups[0].Name))
	}
	s.Annexes = d.annexes(nil, d.set.Root, nil)
	return s
}

// groupsDiffer reports whether an indicator has other points for another group, or none.
func (d *methodology) groupsDiffer() bool {
	for ind, e := range d.examples {
		if e.several || len(ind.Points) > 0 && len(ind.Points) < len(d.set.Groups) {
			return true
		}
	}
	return false
}

// annexes lists the indicators of a pillar after those of the pillars in it. Above are the names of those it is in.
func (d *methodology) annexes(out []AnnexTable, p *criteria.Pillar, above []string) []AnnexTable {
	trail, lang := above, ""
	if p.ID != "" {
		var name string
		name, lang = d.name(p.Name)
		trail = append(slices.Clone(above), numbered(p.No, name))
	}
	for _, child := range p.Pillars {
		out = d.annexes(out, child, trail)
	}
	if len(p.Indicators) == 0 {
		return out
	}
	t := AnnexTable{Heading: cmp.Or(strings.Join(trail, " › "), d.looseName()), Lang: lang, Note: d.pillarNote(p)}
	points := d.pointColumns(p)
	t.Columns = slices.Concat([]AnnexColumn{{Name: d.say("weights-no"), Role: "no"}, {Name: d.term("indicator"), Role: "name"}}, points,
		[]AnnexColumn{
			{Name: d.say("book-rule"), Role: "rule"},
			{Name: d.term("evidence"), Role: "evidence"},
			{Name: d.say("methodology-source"), Role: "source"},
			{Name: d.say("methodology-verifier"), Role: "verifier"},
		})
	if len(points) > 1 {
		t.Over, t.Span = d.say("methodology-points"), len(points)
	}
	for _, ind := range p.Indicators {
		t.Rows = append(t.Rows, d.annexRow(p, ind, len(points)))
	}
	return append(out, t)
}

// pillarNote says what a pillar is worth to each group, and how it is made of what is in it where that is no sum.
func (d *methodology) pillarNote(p *criteria.Pillar) string {
	var said []string
	if p.ID != "" {
		said = d.pillarWorth(p)
	}
	if p.Combine != criteria.Sum {
		said = append(said, d.say("methodology-combine", d.words.Say("notes.combine-"+p.Combine.String())))
	}
	return strings.Join(said, " ")
}

// pillarWorth is the points of a pillar: once where all groups have the same, else group by group.
func (d *methodology) pillarWorth(p *criteria.Pillar) []string {
	points := criteria.PerGroup{}
	var each []string
	for _, g := range d.set.Groups {
		if max := p.PointsFor(g.ID); max.IsPositive() {
			points[g.ID] = max
			each = append(each, d.text(g.Name)+": "+d.plain(max))
		}
	}
	switch {
	case len(points) == 0:
		return nil
	case len(points) == len(d.set.Groups) && samePoints(points):
		return []string{d.say("methodology-pillar", d.plain(points[d.set.Groups[0].ID]))}
	default:
		return []string{d.say("methodology-pillar-groups", strings.Join(each, "; "))}
	}
}

// pointColumns name the columns of points: one where all groups have the same or there are many, else one for each.
func (d *methodology) pointColumns(p *criteria.Pillar) []AnnexColumn {
	if p.Combine != criteria.Sum {
		return []AnnexColumn{{Name: d.say("methodology-weight"), Role: "points"}}
	}
	groups := len(d.set.Groups)
	alike := !slices.ContainsFunc(p.Indicators, func(ind *criteria.Indicator) bool {
		return len(ind.Points) < groups && ind.Effect != criteria.None || !samePoints(ind.Points)
	})
	if alike || groups == 1 || groups > annexGroups {
		return []AnnexColumn{{Name: d.say("methodology-points"), Role: "points"}}
	}
	columns := make([]AnnexColumn, groups)
	for i, g := range d.set.Groups {
		name := d.text(g.Name)
		columns[i] = AnnexColumn{Name: d.say("methodology-points-group", name), Group: name, Role: "points"}
	}
	return columns
}

func (d *methodology) annexRow(parent *criteria.Pillar, ind *criteria.Indicator, columns int) AnnexRow {
	name, lang := d.name(ind.Name)
	r := AnnexRow{ID: "i-" + ind.ID, Example: d.worked(ind), Cells: []AnnexCell{
		{Text: cmp.Or(ind.No, ind.ID)}, {Text: name, Lang: lang, Notes: d.indicatorNotes(ind), Head: true},
	}}
	for _, points := range d.annexPoints(parent, ind, columns) {
		r.Cells = append(r.Cells, AnnexCell{Text: points})
	}
	sentence, items := d.ruleList(ind)
	proof, source := d.evidence(ind), d.sources(ind)
	r.Cells = append(r.Cells,
		AnnexCell{Text: sentence, Items: items}, AnnexCell{Text: proof[0], Notes: proof[1:]},
		AnnexCell{Text: source[0], Notes: source[1:]}, AnnexCell{Text: cmp.Or(d.text(d.set.VerifierName(ind.Verifier)), ind.Verifier, "–")})
	return r
}

// annexPoints fills the columns of points or the one of weights.
func (d *methodology) annexPoints(parent *criteria.Pillar, ind *criteria.Indicator, columns int) []string {
	switch {
	case len(ind.Points) == 0 && ind.Effect == criteria.None:
		return slices.Repeat([]string{d.say("informational")}, columns)
	case len(ind.Points) == 0 || parent.Combine != criteria.Sum && ind.Effect == criteria.Base:
		return []string{d.plain(ind.Weight)}
	case columns == 1:
		return []string{d.pointsOfAll(ind)}
	}
	cells := make([]string, columns)
	for i, g := range d.set.Groups {
		cells[i] = d.pointsFor(ind, g.ID)
	}
	return cells
}

// pointsOfAll says the points of all groups in one cell.
func (d *methodology) pointsOfAll(ind *criteria.Indicator) string {
	if len(ind.Points) == len(d.set.Groups) && samePoints(ind.Points) {
		return d.pointsFor(ind, d.set.Groups[0].ID)
	}
	var each []string
	for _, g := range d.set.Groups {
		if ind.Concerns(g.ID) {
			each = append(each, d.text(g.Name)+": "+d.pointsFor(ind, g.ID))
		}
	}
	return strings.Join(each, "; ")
}

// pointsFor says an indicator's points for a group, and what is special about them.
func (d *methodology) pointsFor(ind *criteria.Indicator, group string) string {
	points, ok := ind.Points[group]
	switch {
	case !ind.Concerns(group) || !ok:
		return "–"
	case ind.Effect == criteria.Bonus:
		return d.words.Signed(points, decimals(points))
	case ind.Effect == criteria.Penalty:
		return d.words.Signed(points.Neg(), decimals(points))
	case ind.Effect == criteria.None:
		return d.say("informational")
	default:
		return d.plain(points)
	}
}

// decimals is how many decimals a number has.
func decimals(x decimal.Decimal) int {
	_, part, _ := strings.Cut(x.String(), ".")
	return len(part)
}

// indicatorNotes say what is special about an indicator, below its name.
func (d *methodology) indicatorNotes(ind *criteria.Indicator) []string {
	var said []string
	add := func(key string, args ...any) { said = append(said, d.say(key, args...)) }
	switch ind.Effect {
	case criteria.Bonus:
		add("book-effect-bonus")
	case criteria.Penalty:
		add("book-effect-penalty")
	case criteria.None:
		add("book-effect-none")
	case criteria.Base:
	}
	if names := d.groupsUnsaid(ind); len(names) > 0 {
		add("methodology-for", names)
	}
	if ind.Min.IsNegative() {
		add("methodology-min", d.plain(ind.Min))
	}
	if ind.When != "" {
		said = append(said, d.tagged(ind.When))
	}
	if ind.NotApplicable.Allowed {
		add("methodology-na-allowed")
	}
	return append(said, d.exceptions(ind)...)
}

// groupsUnsaid are the names of the groups that an indicator is for, where no points say which those are and it is not
// for all of them: points stand group by group, a weight does not.
func (d *methodology) groupsUnsaid(ind *criteria.Indicator) []string {
	if len(ind.Points) > 0 {
		return nil
	}
	var names []string
	for _, g := range d.set.Groups {
		if ind.Concerns(g.ID) {
			names = append(names, d.text(g.Name))
		}
	}
	if len(names) == len(d.set.Groups) {
		return nil
	}
	return names
}

// evidence says which documents are meant and what it costs to give none.
func (d *methodology) evidence(ind *criteria.Indicator) []string {
	var said []string
	if hint := d.text(ind.Evidence.Hint); hint != "" {
		said = append(said, hint)
	}
	said = append(said, d.evidenceWords(ind)...)
	if len(said) == 0 {
		return []string{"–"}
	}
	return said
}

// sources say who enters what. An indicator's only input goes by the indicator's name.
func (d *methodology) sources(ind *criteria.Indicator) []string {
	var said []string
	for _, in := range ind.Inputs {
		by := d.say("methodology-by-" + in.By.String())
		if name := d.text(in.Name); name != "" && len(ind.Inputs) > 1 {
			by = name + ": " + by
		}
		said = append(said, by)
	}
	for _, r := range ind.Rule.Reads() {
		if id, ok := strings.CutPrefix(r.Input, criteria.FiguresID+"."); ok {
			figure, _ := d.set.Figure(id)
			words := d.say("methodology-shared", cmp.Or(d.text(figure.Name), id))
			if !slices.Contains(said, words) {
				said = append(said, words)
			}
		}
	}
	if len(said) == 0 {
		return []string{"–"}
	}
	return said
}

// ruleList says a rule as a sentence, and its options, steps or parts one by one where its sentence ends with their list.
func (d *methodology) ruleList(ind *criteria.Indicator) (sentence string, items []string) {
	note := ind.Words().Named(func(input string) rule.Text { return d.inputText(ind, input) })
	last := len(note.Args) - 1
	if last < 0 || note.Kind == "rule-and" {
		return d.ruleWords(ind), nil
	}
	list, ok := note.Args[last].([]rule.Note)
	if !ok {
		return d.ruleWords(ind), nil
	}
	for _, n := range list {
		items = append(items, d.words.Note(n))
	}
	head := rule.Note{Kind: note.Kind, Args: append(slices.Clone(note.Args[:last]), "")}
	return capital(strings.TrimSpace(d.words.Note(head))), items
}

// tagged is tagWords, but a tag without a name stands there itself: whoever puts the set to use enters it for agencies.
func (d *methodology) tagged(tag string) string {
	if d.text(d.set.TagName(tag)) == "" {
		return d.say("when-tag", tag)
	}
	return d.tagWords(tag)
}
