package workbook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// writeDetails writes the sheet of what is said once: who answers, and the figures that several indicators use.
func writeDetails(b *book) {
	p := b.newPage(b.say("sheet-details"), []float64{46, 44, 60}, "", markAnswer, "")
	p.add(rowTitle, slot{text: b.say("details-title", b.agency()), look: heading})
	group, _ := b.form.Set.Group(b.form.Agency.Group)
	for _, known := range [][2]string{
		{b.word("agency"), b.agency()},
		{b.say("agency-code"), b.form.Agency.Code},
		{b.word("group"), b.text(group.Name)},
		{b.word("round"), b.round()},
		{b.word("set"), b.text(b.form.Set.Title) + " (" + b.form.Set.Address() + ")"},
	} {
		p.add(rowTitle, slot{text: known[0], look: fixed}, slot{text: known[1], look: fixed})
	}
	filled := b.form.Filled
	for _, line := range []struct{ id, key, value string }{
		{idFiller, "filler", filled.Filler}, {idApprover, "approver", filled.Approver}, {idLetter, "letter", filled.Letter},
	} {
		p.add(line.id, slot{text: b.say(line.key), look: fixed}, slot{text: line.value, look: textInput},
			slot{text: b.say("how-" + line.key), look: fixed})
		p.explain(p.at(3), b.say(line.key), b.say("how-"+line.key))
	}
	if figures := figureEntries(b.form.Set, b.form.Agency); len(figures) > 0 {
		p.add(rowTitle)
		p.add(rowTitle, slot{text: b.say("figure"), look: head}, slot{text: b.say("answer"), look: head}, slot{text: b.say("how"), look: head})
		for _, e := range figures {
			p.add(e.id(), slot{text: b.what(e.in), look: fixed}, b.answerSlot(e), slot{text: b.how(e), look: fixed})
			if e.state == open {
				p.validate(e, p.at(3))
			}
		}
	}
	p.finish(2, 2)
}

// explain explains a cell that anything may be written into.
func (p *page) explain(sqref, title, words string) {
	v := excelize.NewDataValidation(true)
	v.Sqref = sqref
	v.SetInput(cut(cell(title), maxPromptTitle), cut(cell(words), maxPrompt))
	p.try(func() error { return p.file.AddDataValidation(p.name, v) })
}

// answersPage is the sheet of the answers. First are the rows with a cell for evidence and one for a remark.
type answersPage struct {
	*page
	first []int
}

// Columns of the sheet of the answers, from the hidden one.
const (
	answerColumn   = 6
	evidenceColumn = 8
	remarkColumn   = 9
)

// writeAnswers writes the sheet with a row per input, under a row per pillar.
func writeAnswers(b *book) {
	p := &answersPage{page: b.newPage(b.say("sheet-answers"), []float64{6.5, 34, 7.5, 22, 19, 17.5, 30, 19, 37},
		"", "", "", "", markAnswer, "", markEvidence, markRemark, "")}
	p.add(rowTitle, slot{text: b.say("answers-title", b.agency(), b.round()), look: heading})
	var heads []slot
	for _, words := range []string{
		b.say("number"), b.word("indicator"), b.say("points"), b.say("what"), b.say("answer"), b.say("how"),
		b.word("evidence"), b.say("remark"), b.say("hint"),
	} {
		heads = append(heads, slot{text: words, look: head})
	}
	p.add(rowTitle, heads...)
	p.pillar(b.form.Set.Root, 0)
	if len(p.first) > 0 {
		p.explain(span("H", slices.Clone(p.first)), b.word("evidence"), b.say("how-evidence"))
		p.explain(span("I", slices.Clone(p.first)), b.say("remark"), b.say("how-remark"))
	}
	p.finish(2, 3)
}

// pillar writes a pillar's rows: its name, its pillars, its indicators.
func (p *answersPage) pillar(pillar *criteria.Pillar, depth int) {
	group := p.form.Agency.Group
	if !pillar.Concerns(group) {
		return
	}
	if depth > 0 {
		l, most := pillarRow, pillarMax
		if depth > 1 {
			l, most = innerRow, innerMax
		}
		slots := []slot{{text: pillar.No, look: l}, {text: p.text(pillar.Name), look: l}, {look: l}}
		if of := pillar.PointsFor(group); of.IsPositive() {
			slots[2] = points(of, most)
		}
		for range len(p.widths) - len(slots) {
			slots = append(slots, slot{look: l})
		}
		p.add(rowTitle, slots...)
	}
	for _, child := range pillar.Pillars {
		p.pillar(child, depth+1)
	}
	for _, ind := range pillar.Indicators {
		if ind.Concerns(group) {
			p.indicator(ind)
		}
	}
}

// indicator writes a row per input. Evidence and remark stand in the first row that the agency fills in.
func (p *answersPage) indicator(ind *criteria.Indicator) {
	entries := indicatorEntries(ind, p.form.Agency)
	first := slices.IndexFunc(entries, func(e entry) bool { return e.state == open })
	for i, e := range entries {
		number := ind.No
		if number == "" {
			number = ind.ID
		}
		slots := []slot{{text: number, look: faint}, {look: fixed}, {look: fixed}}
		if i == 0 {
			slots = []slot{{text: number, look: fixed}, {text: p.text(ind.Name), look: fixed}, p.worth(ind)}
		}
		evidence, remark := slot{look: fixed}, slot{look: fixed}
		switch {
		case i == first:
			evidence = slot{text: evidenceLines(p.form.Filled.Evidence[ind.ID]), look: textInput}
			remark = slot{text: p.form.Filled.Remarks[ind.ID], look: textInput}
		case first < 0:
			evidence.look, remark.look = closed, closed
		}
		p.add(e.id(), append(slots, slot{text: p.what(e.in), look: fixed}, p.answerSlot(e),
			slot{text: p.how(e), look: fixed}, evidence, remark, slot{text: p.hint(e, i == 0), look: fixed})...)
		if e.state == open {
			p.validate(e, p.at(answerColumn))
		}
		if i == first {
			p.first = append(p.first, p.row)
		}
	}
}

// worth is the cell of an indicator's points, or of its weight where its parent does not sum points.
func (p *answersPage) worth(ind *criteria.Indicator) slot {
	if d, ok := ind.Points[p.form.Agency.Group]; ok {
		return points(d, amount)
	}
	if ind.Effect == criteria.None {
		return slot{look: fixed}
	}
	return slot{text: p.say("weight", ind.Weight), look: centred}
}

// hint says how an indicator earns points and what must stand behind an answer; the options of an entry stand in its
// own row.
func (p *answersPage) hint(e entry, first bool) string {
	var lines []string
	if first {
		lines = p.ruleHints(e.ind)
	}
	if e.in.Type == rule.Choices && e.state == open {
		lines = append(lines, p.say("options"))
		for _, o := range p.optionList(e, true) {
			lines = append(lines, "• "+o)
		}
	}
	if first && e.state != unconcerned {
		lines = append(lines, p.evidenceHints(e.ind)...)
	}
	return strings.Join(lines, "\n")
}

func (p *answersPage) ruleHints(ind *criteria.Indicator) []string {
	var lines []string
	switch ind.Effect {
	case criteria.Bonus:
		lines = append(lines, p.say("effect-bonus"))
	case criteria.Penalty:
		lines = append(lines, p.say("effect-penalty"))
	case criteria.None:
		lines = append(lines, p.say("effect-none"))
	case criteria.Base:
	}
	if ind.Rule != nil {
		if words := p.loc.Note(ind.Rule.Words().Named(p.naming(ind))); words != "" {
			lines = append(lines, sentence(words))
		}
	}
	return lines
}

// sentence begins with a capital letter.
func sentence(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// naming names the inputs that an indicator's rule reads.
func (p *answersPage) naming(ind *criteria.Indicator) func(input string) criteria.Text {
	return func(input string) criteria.Text {
		in, ok := ind.Input(input)
		if id, figure := strings.CutPrefix(input, criteria.FiguresID+"."); figure {
			in, ok = p.form.Set.Figure(id)
		}
		if !ok || p.text(in.Name) == "" {
			return criteria.Text{p.loc.Lang(): p.say("value")}
		}
		return in.Name
	}
}

func (p *answersPage) evidenceHints(ind *criteria.Indicator) []string {
	var lines []string
	switch {
	case ind.Evidence.Required && ind.Evidence.WithoutZero:
		lines = append(lines, p.say("evidence-or-zero"))
	case ind.Evidence.Required:
		lines = append(lines, p.say("evidence-required"))
	}
	if hint := p.text(ind.Evidence.Hint); hint != "" {
		lines = append(lines, p.say("evidence-such-as", hint))
	}
	if ind.NotApplicable.Allowed {
		lines = append(lines, p.say("may-waive", p.say("answer-not-applicable")))
	}
	return lines
}

// writeGuide writes the sheet that explains the workbook.
func writeGuide(b *book) {
	p := b.newPage(b.say("sheet-guide"), []float64{26, 128})
	p.row = 1 // as in the other sheets the first row is left free
	set := b.form.Set
	p.add("", slot{text: b.say("title", b.text(set.Title)), look: heading})
	p.line(b.say("guide-form"), b.say("guide-what", b.agency(), b.round(), b.text(set.Title), set.Address()))
	if set.Source.Decision != "" {
		p.line(b.say("guide-basis"), b.source())
	}
	p.section(b.say("guide-steps"))
	for i, words := range []string{
		b.say("guide-details", b.say("sheet-details")),
		b.say("guide-answers", b.say("sheet-answers"), b.say("answer")),
		b.say("guide-evidence", b.word("evidence")),
		b.say("guide-remark", b.say("remark")),
		b.say("guide-outcome", b.say("sheet-outcome")),
		b.say("guide-send"),
	} {
		p.line(b.say("step", i+1), words)
	}
	p.section(b.say("guide-cells"))
	p.add("", slot{text: b.say("cell-open"), look: sample}, slot{text: b.say("cell-open-means"), look: fixed})
	p.add("", slot{text: b.say("cell-closed"), look: closed}, slot{text: b.say("cell-closed-means"), look: fixed})
	p.add("", slot{text: b.say("cell-fixed"), look: fixed}, slot{text: b.say("cell-fixed-means"), look: fixed})
	p.section(b.say("guide-types"))
	for t := rule.Count; t <= rule.Points; t++ {
		if b.asks(t) {
			p.line(b.say("type-"+t.String()), b.say("write-"+t.String()))
		}
	}
	p.line(b.say("answer-not-applicable"), b.say("write-not-applicable"))
	p.section(b.say("guide-notes"))
	for _, key := range []string{"note-missing", "note-hidden", "note-protected", "note-formula", "note-own"} {
		p.line(b.say(key+"-name"), b.say(key))
	}
	p.pages = 1
	p.finish(0, 0)
}

// asks reports whether the form asks for an input of a type.
func (b *book) asks(t rule.Type) bool {
	return slices.ContainsFunc(allEntries(b.form.Set, b.form.Agency), func(e entry) bool {
		return e.in.Type == t && e.state == open
	})
}

func (p *page) section(words string) {
	p.row++
	p.add("", slot{text: words, look: bold})
}

// line writes a row of two columns.
func (p *page) line(left, right string) {
	p.add("", slot{text: left, look: plain}, slot{text: right, look: plain})
}

func (b *book) source() string {
	if b.form.Set.Source.Date == "" {
		return b.say("guide-source", b.form.Set.Source.Decision)
	}
	return b.say("guide-source-dated", b.form.Set.Source.Decision, b.form.Set.Source.Date)
}

// writeOutcome writes the sheet that says what the answers count for: the pillars with their points, the ratings and
// how a total comes about.
func writeOutcome(b *book) {
	p := b.newPage(b.say("sheet-outcome"), []float64{8, 84, 20, 20, 20})
	p.row = 1
	p.add("", slot{text: b.say("outcome-title", b.agency()), look: heading})
	p.add("", slot{look: plain}, slot{text: b.say("outcome-what"), look: plain})
	p.row++
	p.add("", slot{text: b.say("number"), look: head}, slot{text: b.word("pillar"), look: head}, slot{text: b.say("points"), look: head},
		slot{text: b.say("inputs-own"), look: head}, slot{text: b.say("inputs-given"), look: head})
	for pillar := range b.form.Set.Root.AllPillars() {
		if pillar.Concerns(b.form.Agency.Group) {
			p.outcomeRow(pillar, pillar.No, b.text(pillar.Name), fixed)
		}
	}
	p.outcomeRow(b.form.Set.Root, "", b.say("all"), total)
	p.ratings()
	p.section("")
	p.row--
	p.method()
	p.finish(0, 0)
}

// outcomeRow writes what a pillar counts for.
func (p *page) outcomeRow(pillar *criteria.Pillar, no, name string, l look) {
	of := slot{look: amount}
	if d := pillar.PointsFor(p.form.Agency.Group); d.IsPositive() {
		of = points(d, amount)
	}
	own, others := 0, 0
	for ind := range pillar.AllIndicators() {
		if !ind.Concerns(p.form.Agency.Group) {
			continue
		}
		for _, e := range indicatorEntries(ind, p.form.Agency) {
			switch e.state {
			case open:
				own++
			case given:
				others++
			case unconcerned:
			}
		}
	}
	count := func(n int) slot { return slot{digits: decimal.NewFromInt(int64(n)).String(), look: centred} }
	p.add("", slot{text: no, look: fixed}, slot{text: name, look: l}, of, count(own), count(others))
}

// ratings writes the classes of totals with their bounds.
func (p *page) ratings() {
	set := p.form.Set
	if len(set.Ratings) == 0 {
		return
	}
	p.row++
	p.add("", slot{look: plain}, slot{text: p.word("rating"), look: head}, slot{text: p.say("of-most"), look: head})
	for _, r := range set.Ratings {
		key := "rating-from"
		if r.Above {
			key = "rating-above"
		}
		p.add("", slot{look: plain}, slot{text: p.text(r.Name), look: fixed}, slot{text: p.say(key, r.Bound), look: centred})
	}
}

// method says in words how a total comes about.
func (p *page) method() {
	set := p.form.Set
	lines := []string{p.say("method-total", set.Of(p.form.Agency.Group))}
	if set.Missing.Skip {
		lines = append(lines, p.say("method-missing-skip"))
	} else {
		lines = append(lines, p.say("method-missing-zero"))
	}
	switch set.NotApplicable {
	case criteria.Rescale:
		lines = append(lines, p.say("method-not-applicable-rescale"))
	case criteria.Full:
		lines = append(lines, p.say("method-not-applicable-full"))
	case criteria.Zero:
		lines = append(lines, p.say("method-not-applicable-zero"))
	}
	if set.Caps.Bonus.Set {
		lines = append(lines, p.say("method-bonus", set.Caps.Bonus.Value))
	}
	if set.Caps.Penalty.Set {
		lines = append(lines, p.say("method-penalty", set.Caps.Penalty.Value))
	}
	if set.Rounding.Total.Round {
		lines = append(lines, p.say("method-rounding", int(set.Rounding.Total.N)))
	}
	lines = append(lines, p.say("method-review"))
	for _, words := range lines {
		p.add("", slot{look: plain}, slot{text: words, look: plain})
	}
}
