package workbook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
)

// Columns of the sheet of the answers; the hidden one with the ids is the first.
const (
	numberColumn = iota + 2
	nameColumn
	mostColumn
	whatColumn
	answerColumn
	pointsColumn
	checkColumn
	howColumn
	evidenceColumn
	remarkColumn
	hintColumn
	carriedColumn // hidden: answers as they were carried over from an earlier round
)

// Rows above the answers: marks, title, score, heads.
const (
	scoreRow = 3
	headRows = 4
)

// answerWidths are the widths of the columns from the second on.
var answerWidths = []float64{6.5, 31, 7.5, 20, 17.5, 8, 18.5, 15.5, 26, 17, 32.5, 0}

// An answerLine is a row of the sheet of answers as every form of a plan begins it.
type answerLine struct {
	line
	pillar  *criteria.Pillar // named by the row; nil in a row of an input
	depth   int              // of the pillar
	e       entry
	opens   bool // the first row of its indicator, where its points stand
	asks    bool // the first row of its indicator that the agency fills in, where evidence and remark stand
	carries bool // of a form: its answer was carried over from an earlier round
}

// planAnswers plans a row per input, under a row per pillar.
func (p *plan) planAnswers() {
	p.planPillar(p.set.Root, 0)
	for i := range p.answers {
		l := &p.answers[i]
		l.row = headRows + 1 + i
		for j := range l.slots {
			l.slots[j].text, l.slots[j].clean = written.Text(l.slots[j].text), true
		}
		l.height = height(l.slots, answerWidths)
		if l.pillar == nil {
			for _, words := range p.checkWords(*l) { // whichever will stand there
				l.height = max(l.height, written.Height(words, answerWidths[checkColumn-2]))
			}
		}
		if l.e.state == open {
			p.validations = append(p.validations, p.validation(l.e, cellName(answerColumn, l.row)))
		}
	}
}

// planPillar plans a pillar's rows: its name, its pillars, its indicators.
func (p *plan) planPillar(pillar *criteria.Pillar, depth int) {
	if !pillar.Concerns(p.group) {
		return
	}
	if depth > 0 {
		l, most := pillarRow, pillarMax
		if depth > 1 {
			l, most = innerRow, innerMax
		}
		slots := make([]slot, len(answerWidths)-1)
		for i := range slots {
			slots[i].look = l
		}
		slots[numberColumn-2].text, slots[nameColumn-2].text = pillar.No, p.text(pillar.Name)
		if of := pillar.PointsFor(p.group); of.IsPositive() {
			slots[mostColumn-2] = points(of, most)
		}
		p.answers = append(p.answers, answerLine{line: line{id: rowTitle, slots: slots}, pillar: pillar, depth: depth})
	}
	for _, child := range pillar.Pillars {
		p.planPillar(child, depth+1)
	}
	for _, ind := range pillar.Indicators {
		if ind.Concerns(p.group) {
			p.planIndicator(ind)
		}
	}
}

// planIndicator plans a row per input.
func (p *plan) planIndicator(ind *criteria.Indicator) {
	entries := indicatorEntries(ind, p.voice.agency())
	first := slices.IndexFunc(entries, func(e entry) bool { return e.state == open })
	for i, e := range entries {
		number := ind.No
		if number == "" {
			number = ind.ID
		}
		slots := make([]slot, len(answerWidths)-1)
		for j := range slots {
			slots[j].look = fixed
		}
		slots[numberColumn-2] = slot{text: number, look: faint}
		if i == 0 {
			slots[numberColumn-2].look = fixed
			slots[nameColumn-2].text = p.text(ind.Name)
			slots[mostColumn-2] = p.worth(ind)
		}
		slots[whatColumn-2].text, slots[howColumn-2].text = p.what(e.in), p.how(e)
		slots[hintColumn-2].text = p.hint(e, i == 0)
		slots[pointsColumn-2].look, slots[checkColumn-2].look = earned, check
		if e.state != open {
			slots[answerColumn-2].look = closed
			slots[checkColumn-2].text = p.gives(e)
		}
		if first < 0 {
			slots[evidenceColumn-2].look, slots[remarkColumn-2].look = closed, closed
		}
		p.answers = append(p.answers, answerLine{line: line{id: e.id(), slots: slots}, e: e, opens: i == 0, asks: i == first})
	}
}

// gives says who gives what the agency does not.
func (v voice) gives(e entry) string {
	if e.state == unconcerned {
		return v.say("check-unconcerned")
	}
	return v.say("given-by-" + e.in.By.String())
}

// worth is the cell of an indicator's points, or of its weight where its parent does not sum points.
func (v voice) worth(ind *criteria.Indicator) slot {
	if d, ok := ind.Points[v.group]; ok {
		return points(d, amount)
	}
	if ind.Effect == criteria.None {
		return slot{look: fixed}
	}
	return slot{text: v.say("weight", ind.Weight), look: centred}
}

// hint says how an indicator earns points and what must stand behind an answer; the options of an entry stand in its
// own row.
func (v voice) hint(e entry, first bool) string {
	var lines []string
	if first {
		lines = v.ruleHints(e.ind)
	}
	if e.in.Type == rule.Choices && e.state == open {
		lines = append(lines, v.say("options"))
		for _, o := range v.optionList(e, true) {
			lines = append(lines, "• "+o)
		}
	}
	if first && e.state != unconcerned {
		lines = append(lines, v.evidenceHints(e.ind)...)
	}
	return strings.Join(lines, "\n")
}

func (v voice) ruleHints(ind *criteria.Indicator) []string {
	var lines []string
	switch ind.Effect {
	case criteria.Bonus:
		lines = append(lines, v.say("effect-bonus"))
	case criteria.Penalty:
		lines = append(lines, v.say("effect-penalty"))
	case criteria.None:
		lines = append(lines, v.say("effect-none"))
	case criteria.Base:
	}
	if ind.Rule != nil {
		if words := v.loc.Note(ind.Words().Named(v.naming(ind))); words != "" {
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
func (v voice) naming(ind *criteria.Indicator) func(input string) criteria.Text {
	return func(input string) criteria.Text {
		in, ok := ind.Input(input)
		if id, figure := strings.CutPrefix(input, criteria.FiguresID+"."); figure {
			in, ok = v.set.Figure(id)
		}
		if !ok || v.text(in.Name) == "" {
			return criteria.Text{v.loc.Lang(): v.say("value")}
		}
		return in.Name
	}
}

func (v voice) evidenceHints(ind *criteria.Indicator) []string {
	var lines []string
	switch {
	case ind.Evidence.Required && ind.Evidence.WithoutZero:
		lines = append(lines, v.say("evidence-or-zero"))
	case ind.Evidence.Required:
		lines = append(lines, v.say("evidence-required"))
	}
	if hint := v.text(ind.Evidence.Hint); hint != "" {
		lines = append(lines, v.say("evidence-such-as", hint))
	}
	if ind.NotApplicable.Allowed {
		lines = append(lines, v.say("may-waive", v.say("answer-not-applicable")))
	}
	return lines
}

// writeAnswers writes the sheet with a row per input.
func writeAnswers(b *book) {
	marks := make([]string, len(answerWidths))
	marks[answerColumn-2], marks[pointsColumn-2], marks[checkColumn-2] = markAnswer, markPoints, markState
	marks[evidenceColumn-2], marks[remarkColumn-2] = markEvidence, markRemark
	if b.form.CarriedFrom > 0 {
		marks[carriedColumn-2] = markCarried
	}
	p := b.newPage(b.say("sheet-answers"), answerWidths, marks...)
	p.add(rowTitle, slot{text: b.say("answers-title", b.agency(), b.round()), look: heading})
	p.add(idScore, b.scoreSlots()...)
	p.lines[scoreRow-1].height = 2*written.LineHeight + written.Padding
	var heads []slot
	for _, words := range []string{
		b.say("number"), b.word("indicator"), b.say("points"), b.say("what"), b.say("answer"), b.say("points-earned"),
		b.say("check"), b.say("how"), b.word("evidence"), b.say("remark"), b.say("hint"),
	} {
		heads = append(heads, slot{text: words, look: head})
	}
	p.add(rowTitle, heads...)
	var documented []int
	for _, l := range b.answers {
		p.lines = append(p.lines, b.answerRow(l))
		p.row = l.row
		if l.asks {
			documented = append(documented, l.row)
		}
	}
	for _, v := range b.validations {
		p.try(func() error { return p.file.AddDataValidation(p.name, v) })
	}
	if len(documented) > 0 {
		p.explain(written.Span(columnName(evidenceColumn), slices.Clone(documented)), b.word("evidence"), b.say("how-evidence"))
		p.explain(written.Span(columnName(remarkColumn), documented), b.say("remark"), b.say("how-remark"))
	}
	if len(b.answers) > 0 {
		p.tintAnswers()
	}
	p.finish(2, headRows)
}

// answerRow is a row of the plan with what the form knows: answers filled in beforehand, points, what is amiss.
func (b *book) answerRow(l answerLine) line {
	slots := append(make([]slot, 0, len(answerWidths)), l.slots...)
	if l.pillar != nil {
		slots[pointsColumn-2] = b.pillarPoints(l.pillar, l.depth)
		l.slots = slots
		return l.line
	}
	if l.opens {
		slots[pointsColumn-2] = b.indicatorPoints(l.e.ind)
	}
	if l.e.state == open {
		answer := b.answerSlot(l.e)
		slots[answerColumn-2] = answer
		l.carries = b.form.CarriedFrom > 0 && (answer.text != "" || answer.digits != "")
		slots[checkColumn-2] = b.checkSlot(l)
		if l.carries {
			answer.look = copied
			slots = append(slots, answer)
		}
	}
	if l.asks {
		slots[evidenceColumn-2] = slot{text: evidenceLines(b.form.Filled.Evidence[l.e.ind.ID]), look: textInput}
		slots[remarkColumn-2] = slot{text: b.form.Filled.Remarks[l.e.ind.ID], look: textInput}
	}
	for _, column := range []int{answerColumn, evidenceColumn, remarkColumn} {
		l.height = max(l.height, written.Height(slots[column-2].text, answerWidths[column-2]))
	}
	l.slots = slots
	return l.line
}

// tintAnswers marks cells by what the check column says of their row. Colour says nothing alone: the words stand beside.
func (p *page) tintAnswers() {
	first, last := headRows+1, p.row
	says := func(t tint, key string) condition {
		return condition{"$" + cellName(checkColumn, first) + "=" + quoted(p.say(key)), t}
	}
	answers := []condition{says(tintUnread, "check-unread"), says(tintBlank, "check-blank")}
	if p.form.CarriedFrom > 0 {
		carried := "$" + cellName(carriedColumn, first)
		same := "AND(LEN(" + carried + ")>0,$" + cellName(answerColumn, first) + "=" + carried + ")"
		answers = append(answers, condition{same, tintCarried})
	}
	evidence, reason := says(tintLacking, "check-evidence"), says(tintLacking, "check-reason")
	p.tintColumn(answerColumn, first, last, answers...)
	p.tintColumn(checkColumn, first, last, says(tintUnread, "check-unread"), says(tintUnread, "check-invalid"), evidence, reason)
	p.tintColumn(evidenceColumn, first, last, evidence)
	p.tintColumn(remarkColumn, first, last, reason)
}

// A condition tints the cells in whose row a formula holds. It is written for the first row.
type condition struct {
	formula string
	tint    tint
}

// tintColumn tints cells of a column; the first condition that holds decides.
func (p *page) tintColumn(column, first, last int, conditions ...condition) {
	options := make([]excelize.ConditionalFormatOptions, len(conditions))
	for i, c := range conditions {
		format := p.tints[c.tint]
		options[i] = excelize.ConditionalFormatOptions{Type: "formula", Criteria: c.formula, Format: &format}
	}
	p.try(func() error {
		return p.file.SetConditionalFormat(p.name, cellName(column, first)+":"+cellName(column, last), options)
	})
}
