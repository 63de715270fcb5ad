package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// A Methodology is a criteria set as a document: what the annex of the decision looks like that issues it. It stands by
// itself, as one HTML page or one Markdown file.
type Methodology struct {
	Lang        string
	Title       string // of the document
	Annex       string // the word above the heading
	Heading     string // title of the set
	HeadingLang string // language of Heading where it is not the document's
	Issued      string // with which decision it is issued
	Notices     []Fact // what a reader must know first: a draft, only the structure is published
	About       []Fact
	Sections    []MethodSection

	words *locale.Locale
}

// Say is a fixed word or sentence of the document, by its key.
func (m Methodology) Say(key string) string { return m.words.Say("site.methodology-" + key) }

// TotalID is the section that says how totals and ranks are made.
const TotalID = "total"

// A MethodSection is one numbered section of the document. What is empty is left out.
type MethodSection struct {
	ID      string
	Heading string // with its number
	Lede    string
	Facts   []Fact
	Tables  []Table
	Annexes []AnnexTable
	Notes   []string
}

// An AnnexTable lists the indicators of one pillar as a decision's annex does.
type AnnexTable struct {
	Heading string // the pillar with those above it
	Lang    string
	Note    string // points of the pillar, and how it is made of its indicators where they do not add up
	Columns []AnnexColumn
	Over    string // stands over the columns of points of each group; "" where there is one such column
	Span    int    // how many columns Over covers
	Rows    []AnnexRow
}

// An AnnexColumn is a column of an annex.
type AnnexColumn struct {
	Name  string
	Group string // the agency group whose points stand in it, below Over; "" for every other column
	Role  string // what stands in it: no, name, points, rule, evidence, source or verifier
}

// An AnnexRow is one indicator.
type AnnexRow struct {
	ID      string // anchor
	Cells   []AnnexCell
	Example *WorkedExample // nil where the indicator concerns no group
}

// An AnnexCell is one cell of an annex.
type AnnexCell struct {
	Text  string // never empty
	Lang  string // language of Text where it is not the document's
	Notes []string
	Items []string // a list below the text: a rule's options, steps or parts
	Head  bool     // the row's header
}

// A WorkedExample is an indicator scored with made-up answers.
type WorkedExample struct {
	Label       string
	Answers     string // what was entered
	OthersLabel string
	Others      string // what the agencies entered that it is compared with; "" where it is compared with none
	Words       string // the judgement and the points
}

// NewMethodology words a criteria set in the language of l.
func NewMethodology(set *criteria.Set, l *locale.Locale) Methodology {
	d := &methodology{wording: wordingOf(set, l, digitsFor(set, totalDigits(set))), examples: map[*criteria.Indicator]exampled{}}
	d.work()
	title, lang := d.name(set.Title)
	named, above := "methodology-title", "methodology-annex"
	if d.structureOnly() {
		named, above = "methodology-structure-title", "methodology-structure"
	}
	m := Methodology{
		Lang: d.Lang, Title: d.say(named, cmp.Or(title, set.ID)), Annex: d.say(above),
		Heading: cmp.Or(title, set.ID), HeadingLang: lang, Issued: d.issued(), Notices: d.notices(), About: d.about(), words: d.words,
	}
	for _, section := range []MethodSection{
		d.scope(), d.totalSection(), d.ratingSection(), d.figures(), d.annex(), d.outsidePillars(), d.views(), d.example(), d.advice(),
	} {
		if section.ID != "" {
			section.Heading = roman(len(m.Sections)+1) + ". " + section.Heading
			m.Sections = append(m.Sections, section)
		}
	}
	return m
}

// A methodology is a set with the words to tell it and the examples that go with it.
type methodology struct {
	wording
	examples map[*criteria.Indicator]exampled
	results  []scoring.Result // of the agency that is made up for each group
}

// An exampled indicator is one that a made-up agency answered.
type exampled struct {
	group   criteria.AgencyGroup
	result  scoring.IndicatorResult
	cohort  []scoring.Entrant // those it is compared with
	several bool              // other groups have other points
}

// work scores a made-up agency of every group. An indicator's example is that of the first group which it concerns.
func (d *methodology) work() {
	for _, g := range d.set.Groups {
		res, others, ok := scoring.WorkedExample(d.set, g.ID)
		if !ok {
			continue
		}
		d.results = append(d.results, res)
		for _, r := range res.Root.Leaves() {
			if _, ok := d.examples[r.Indicator]; !ok {
				d.examples[r.Indicator] = exampled{group: g, result: r, cohort: others, several: !samePoints(r.Indicator.Points)}
			}
		}
	}
}

func samePoints(points criteria.PerGroup) bool {
	var first *decimal.Decimal
	for _, p := range points {
		if first != nil && !p.Equal(*first) {
			return false
		}
		first = &p
	}
	return true
}

// roman is a number as sections of a decision bear it.
func roman(n int) string {
	var b strings.Builder
	for _, digit := range []struct {
		worth int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= digit.worth; n -= digit.worth {
			b.WriteString(digit.sign)
		}
	}
	return b.String()
}

// structureOnly reports whether the set's rules are not those of its source, so that the document is no annex of it.
func (d *methodology) structureOnly() bool { return len(d.set.Source.StructureOnly) > 0 }

// issued names the decision, which begins with its number, or what else the set follows.
func (d *methodology) issued() string {
	src := d.set.Source
	key, decision := "methodology-issued", src.Decision
	switch {
	case decision == "" && (src.URL != "" || d.structureOnly()):
		return "" // it is no decision that issued it
	case decision == "":
		return d.say("methodology-issued-blank")
	case !d.decided():
		key = "methodology-after"
	default:
		decision = d.say("methodology-decision", decision)
		if src.Date != "" {
			decision = d.say("methodology-dated", decision, d.words.LongDate(src.Date))
		}
	}
	if d.structureOnly() {
		key = "methodology-structure-of"
	}
	return d.say(key, decision)
}

// decided reports whether a numbered decision issues the set, and not a survey or report.
func (w *wording) decided() bool {
	decision := w.set.Source.Decision
	return decision != "" && decision[0] >= '0' && decision[0] <= '9'
}

// decisionTerm is what the set's decision, survey or report is called.
func (w *wording) decisionTerm() string {
	if w.decided() {
		return w.say("set-decision")
	}
	return w.say("set-after")
}

func (d *methodology) notices() []Fact {
	var facts []Fact
	if what, lang := d.name(d.set.Source.StructureOnly); what != "" {
		facts = append(facts, Fact{Term: d.say("methodology-structure-only"), Words: what, Lang: lang})
	}
	if d.set.Source.Decision == "" && d.set.Source.URL == "" {
		facts = append(facts, Fact{Term: d.say("methodology-draft"), Words: d.say("methodology-draft-words")})
	}
	return facts
}

// about says where the set comes from, without links: the document stands by itself.
func (d *methodology) about() []Fact {
	facts := []Fact{{Term: d.say("methodology-edition"), Words: d.set.Version, Note: d.set.Address()}}
	if src := d.set.Source; src.Decision != "" {
		facts = append(facts, Fact{Term: d.decisionTerm(), Words: src.Decision})
	}
	if src := d.set.Source; src.Date != "" {
		facts = append(facts, Fact{Term: d.say("methodology-date"), Words: d.words.Date(src.Date)})
	}
	if url := d.set.Source.URL; url != "" {
		facts = append(facts, Fact{Term: d.say("set-url"), Words: url})
	}
	return append(facts, Fact{Term: d.say("methodology-hash", shortHash), Words: short(d.set.Hash)})
}

// scope says which groups there are and what each can earn, pillar by pillar.
func (d *methodology) scope() MethodSection {
	s := MethodSection{ID: "scope", Heading: d.say("methodology-scope"), Lede: d.count("methodology-scope-lede", len(d.set.Groups))}
	root := d.set.Root
	t := Table{Caption: d.say("methodology-scope-caption"), Columns: []Column{
		{Name: d.say("weights-no"), Key: true}, {Name: d.term("pillar"), Key: true},
	}}
	for _, g := range d.set.Groups {
		t.Columns = append(t.Columns, Column{Name: d.text(g.Name), Num: true, Key: true})
	}
	for _, p := range root.Pillars {
		if !d.counts(p) {
			continue
		}
		name, lang := d.name(p.Name)
		row := Row{Cells: []Cell{{Text: cmp.Or(p.No, p.ID)}, {Text: name, Lang: lang, Head: true}}}
		for _, g := range d.set.Groups {
			part := scoring.NominalOf(d.set, g.ID, nil).Pillar(p.ID)
			row.Cells = append(row.Cells, d.weightCell(p.Concerns(g.ID), part, p.PointsFor(g.ID), root.Combine == criteria.Sum))
		}
		t.Rows = append(t.Rows, plainCells(row))
	}
	if row, ok := d.looseIndicators(); ok && len(root.Pillars) > 0 {
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, d.maxima()...)
	s.Tables = []Table{t}
	return s
}

// counts reports whether a pillar holds more than bonus, penalty and what earns no points.
func (d *methodology) counts(p *criteria.Pillar) bool {
	for ind := range p.AllIndicators() {
		if ind.Effect == criteria.Base {
			return true
		}
	}
	return false
}

// plainCells leaves out the bars, which a table on paper does not need.
func plainCells(row Row) Row {
	for i := range row.Cells {
		row.Cells[i].Bar = ""
	}
	return row
}

// looseName is what the indicators are called that stand in no pillar.
func (d *methodology) looseName() string {
	if len(d.set.Root.Pillars) > 0 {
		return d.say("scorecard-outside")
	}
	return d.say("indicators-root")
}

// looseIndicators is the row of the indicators that stand in no pillar.
func (d *methodology) looseIndicators() (Row, bool) {
	root := d.set.Root
	row := Row{Cells: []Cell{{Text: "–"}, {Text: d.looseName(), Head: true}}}
	found := false
	for _, g := range d.set.Groups {
		parts := scoring.NominalOf(d.set, g.ID, nil)
		var part, points decimal.Decimal
		concerns := false
		for _, ind := range root.Indicators {
			if ind.Effect == criteria.Base && ind.Concerns(g.ID) {
				concerns = true
				part, points = part.Add(parts.Indicator(ind.ID)), points.Add(ind.Points[g.ID])
			}
		}
		found = found || concerns
		row.Cells = append(row.Cells, d.weightCell(concerns, part, points, root.Combine == criteria.Sum))
	}
	return plainCells(row), found
}

// maxima are the last rows of the scope: the points that can be earned, and what they are published as.
func (d *methodology) maxima() []Row {
	all := Row{Highlight: true, Cells: []Cell{{Text: "–"}, {Text: d.say("methodology-maximum"), Head: true}}}
	published := Row{Highlight: true, Cells: []Cell{{Text: "–"}, {Text: d.say("methodology-published"), Head: true}}}
	differ := false
	for _, g := range d.set.Groups {
		points, of := d.set.Root.PointsFor(g.ID), d.set.Of(g.ID)
		all.Cells = append(all.Cells, Cell{Text: d.say("n-points", d.plain(points))})
		published.Cells = append(published.Cells, Cell{Text: d.plain(of)})
		differ = differ || !points.Equal(of)
	}
	switch {
	case d.set.Root.Combine != criteria.Sum:
		return []Row{published}
	case differ:
		return []Row{all, published}
	default:
		return []Row{all}
	}
}

// totalSection says how points become a total and a rank.
func (d *methodology) totalSection() MethodSection {
	s := MethodSection{ID: TotalID, Heading: d.say("methodology-total"), Facts: d.setPolicies()}
	if d.structureOnly() {
		s.Lede = d.say("methodology-conventions")
	}
	for p := range d.set.Root.AllPillars() {
		if p.Combine != criteria.Sum {
			how := d.words.Say("notes.combine-" + p.Combine.String())
			s.Facts = append(s.Facts, Fact{Term: numbered(p.No, d.text(p.Name)), Words: d.say("methodology-combine", how)})
		}
	}
	return s
}

func (d *methodology) ratingSection() MethodSection {
	if len(d.set.Ratings) == 0 {
		return MethodSection{}
	}
	return MethodSection{ID: "ratings", Heading: d.say("method-ratings"), Lede: d.say("methodology-ratings-lede"), Tables: []Table{d.ratingTable()}}
}

// figures lists what is entered once and used by several indicators.
func (d *methodology) figures() MethodSection {
	if len(d.set.Figures) == 0 {
		return MethodSection{}
	}
	t := Table{Caption: d.say("methodology-figures-caption"), Columns: []Column{
		{Name: d.say("methodology-figure"), Key: true},
		{Name: d.say("methodology-type"), Key: true},
		{Name: d.say("methodology-source"), Key: true},
		{Name: d.say("methodology-used"), Key: true},
	}}
	for _, in := range d.set.Figures {
		name, lang := d.name(in.Name)
		kind := d.words.Say("form.type-" + in.Type.String())
		if bounds := d.bounds(in); bounds != "" {
			kind += ", " + bounds
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: cmp.Or(name, in.ID), Lang: lang, Head: true},
			{Text: kind},
			{Text: d.say("methodology-by-" + in.By.String())},
			{Text: cmp.Or(strings.Join(d.usersOf(in), ", "), "–")},
		}})
	}
	return MethodSection{ID: "figures", Heading: d.say("methodology-figures"), Lede: d.say("methodology-figures-lede"), Tables: []Table{t}}
}

// bounds say what may be entered; "" where everything may.
func (d *methodology) bounds(in criteria.Input) string {
	switch {
	case in.Min.Set && in.Max.Set:
		return d.say("methodology-between", d.plain(in.Min.Value), d.plain(in.Max.Value))
	case in.Min.Set:
		return d.say("methodology-least", d.plain(in.Min.Value))
	case in.Max.Set:
		return d.say("methodology-most", d.plain(in.Max.Value))
	default:
		return ""
	}
}

// usersOf are the numbers of the indicators that read a figure.
func (d *methodology) usersOf(figure criteria.Input) []string {
	var nos []string
	for ind := range d.set.Root.AllIndicators() {
		if slices.ContainsFunc(ind.Rule.Reads(), func(r rule.Read) bool { return r.Input == criteria.FiguresID+"."+figure.ID }) {
			nos = append(nos, cmp.Or(ind.No, ind.ID))
		}
	}
	return nos
}

// outsidePillars lists bonus and penalty.
func (d *methodology) outsidePillars() MethodSection {
	t := Table{Caption: d.say("methodology-outside-caption"), Columns: []Column{
		{Name: d.say("weights-no"), Key: true}, {Name: d.term("indicator"), Key: true},
	}}
	for _, g := range d.set.Groups {
		t.Columns = append(t.Columns, Column{Name: d.text(g.Name), Num: true, Key: true})
	}
	for ind := range d.set.Root.AllIndicators() {
		if ind.Effect != criteria.Bonus && ind.Effect != criteria.Penalty {
			continue
		}
		name, lang := d.name(ind.Name)
		row := Row{Cells: []Cell{{Text: cmp.Or(ind.No, ind.ID)}, {Text: name, Lang: lang, Head: true}}}
		for _, g := range d.set.Groups {
			row.Cells = append(row.Cells, Cell{Text: d.pointsFor(ind, g.ID)})
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return MethodSection{}
	}
	s := MethodSection{ID: "outside", Heading: d.say("policy-caps"), Lede: d.say("methodology-outside-lede"), Tables: []Table{t}}
	if said := d.capsWords(); said != "" {
		s.Notes = []string{said}
	}
	return s
}

// views word the roll-ups beside the total.
func (d *methodology) views() MethodSection {
	if len(d.set.Views) == 0 {
		return MethodSection{}
	}
	s := MethodSection{ID: "views", Heading: d.say("methodology-views"), Lede: d.say("methodology-views-lede")}
	for _, v := range d.set.Views {
		t := Table{Columns: []Column{{Name: d.say("weights-name"), Key: true}, {Name: d.say("methodology-weight"), Num: true, Key: true}}}
		t.Caption = d.say("methodology-view", numbered(v.No, d.text(v.Name)), d.words.Say("notes.combine-"+v.Combine.String()))
		for _, part := range v.Parts {
			no, name := "", rule.Text(nil)
			if part.Pillar != nil {
				no, name = part.Pillar.No, part.Pillar.Name
			} else if part.Indicator != nil {
				no, name = part.Indicator.No, part.Indicator.Name
			}
			text, lang := d.name(name)
			t.Rows = append(t.Rows, Row{Cells: []Cell{
				{Text: cmp.Or(numbered(no, text), part.ID), Lang: lang, Head: true}, {Text: d.plain(part.Weight)},
			}})
		}
		s.Tables = append(s.Tables, t)
	}
	return s
}

// advice is an appendix: it helps agencies and decides nothing.
func (d *methodology) advice() MethodSection {
	t := Table{Caption: d.say("methodology-advice-caption"), Columns: []Column{
		{Name: d.say("weights-no"), Key: true}, {Name: d.term("indicator"), Key: true}, {Name: d.say("advice"), Key: true},
	}}
	for ind := range d.set.Root.AllIndicators() {
		said, saidIn := d.name(ind.Advice)
		if said == "" {
			continue
		}
		name, lang := d.name(ind.Name)
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: cmp.Or(ind.No, ind.ID)}, {Text: name, Lang: lang, Head: true}, {Text: said, Lang: saidIn},
		}})
	}
	if len(t.Rows) == 0 {
		return MethodSection{}
	}
	return MethodSection{ID: "advice", Heading: d.say("methodology-advice"), Lede: d.say("methodology-advice-lede"), Tables: []Table{t}}
}
