package workbook

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
)

// figureRow is the row of the first figure in the sheet of details.
const figureRow = 13

// writeDetails writes the sheet of what is said once: who answers, and the figures that several indicators use.
func writeDetails(b *book) {
	p := b.newPage(b.say("sheet-details"), []float64{44, 42, 46, 22}, "", markAnswer, "", markState)
	p.add(rowTitle, slot{text: b.say("details-title", b.agency()), look: heading})
	group, _ := b.set.Group(b.group)
	for _, known := range [][2]string{
		{b.word("agency"), b.agency()},
		{b.say("agency-code"), b.form.Agency.Code},
		{b.word("group"), b.text(group.Name)},
		{b.word("round"), b.round()},
		{b.word("set"), b.text(b.set.Title) + " (" + b.set.Address() + ")"},
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
	if len(b.figures) > 0 {
		p.add(rowTitle)
		p.add(rowTitle, p.heads(b.say("figure"), b.say("answer"), b.say("how"), b.say("check"))...)
		for _, e := range b.figures {
			p.figure(e)
		}
	}
	p.tintFigures()
	p.finish(2, 2)
}

// tintFigures marks figures that are not there or cannot be read.
func (p *page) tintFigures() {
	if len(p.figures) == 0 {
		return
	}
	says := func(t tint, key string) condition {
		return condition{"$E" + strconv.Itoa(figureRow) + "=" + quoted(p.say(key)), t}
	}
	p.tintColumn(3, figureRow, p.row, says(tintUnread, "check-unread"), says(tintBlank, "check-blank"))
}

// figure writes the row of a figure.
func (p *page) figure(e entry) {
	state := slot{text: p.gives(e), look: check}
	if e.state == open {
		state = p.figureState(e)
	}
	answer := p.answerSlot(e)
	p.add(e.id(), slot{text: p.what(e.in), look: fixed}, answer, slot{text: p.how(e), look: fixed}, state)
	if e.state == open {
		p.try(func() error { return p.file.AddDataValidation(p.name, p.validation(e, p.at(3))) })
	}
}

// figureState says whether a figure is there and can be read.
func (p *page) figureState(e entry) slot {
	state := p.workings.State(e.key)
	s := slot{look: check, formula: choose(state+"="+strconv.Itoa(stateUnread), quoted(p.say("check-unread")),
		choose(state+"="+strconv.Itoa(stateBlank), quoted(p.say("check-blank")), `""`))}
	if v := p.form.Filled.Answers.At(e.key).Value; v.IsMissing() || v.IsInvalid() {
		s.text = p.say("check-blank")
	}
	return s
}

// explain explains a cell that anything may be written into.
func (p *page) explain(sqref, title, words string) {
	v := excelize.NewDataValidation(true)
	v.Sqref = sqref
	v.SetInput(written.Cut(written.Text(title), written.MaxPromptTitle), written.Cut(written.Text(words), written.MaxPrompt))
	p.try(func() error { return p.file.AddDataValidation(p.name, v) })
}

// writeGuide writes the sheet that explains the workbook.
func writeGuide(b *book) {
	p := b.newPage(b.say("sheet-guide"), []float64{26, 128})
	p.row = 1 // as in the other sheets the first row is left free
	set := b.set
	p.add("", slot{text: b.say("title", b.text(set.Title)), look: heading})
	p.line(b.say("guide-form"), b.say("guide-what", b.agency(), b.round(), b.text(set.Title), set.Address()))
	if set.Source.Decision != "" {
		p.line(b.say("guide-basis"), b.source())
	}
	p.line(b.say("note-score-name"), b.say("guide-score", b.say("points-earned"), b.say("sheet-answers")))
	if b.form.CarriedFrom > 0 {
		p.line(b.say("guide-carried-name"), b.say("guide-carried", strconv.Itoa(b.form.CarriedFrom)))
	}
	p.section(b.say("guide-steps"))
	for i, words := range []string{
		b.say("guide-details", b.say("sheet-details")),
		b.say("guide-answers", b.say("sheet-answers"), b.say("answer")),
		b.say("guide-evidence", b.word("evidence")),
		b.say("guide-remark", b.say("remark"), b.say("answer-not-applicable")),
		b.say("guide-check", b.say("check")),
		b.say("guide-outcome", b.say("sheet-outcome")),
		b.say("guide-send"),
	} {
		p.line(b.say("step", i+1), words)
	}
	p.section(b.say("guide-cells"))
	p.add("", slot{text: b.say("cell-open"), look: sample}, slot{text: b.say("cell-open-means"), look: fixed})
	p.add("", slot{text: b.say("cell-closed"), look: closed}, slot{text: b.say("cell-closed-means"), look: fixed})
	p.add("", slot{text: b.say("cell-fixed"), look: fixed}, slot{text: b.say("cell-fixed-means"), look: fixed})
	p.add("", slot{text: b.say("cell-check"), look: sampleBlank}, slot{text: b.say("cell-check-means"), look: fixed})
	p.section(b.say("guide-types"))
	for t := rule.Count; t <= rule.Points; t++ {
		if b.asks(t) {
			p.line(b.say("type-"+t.String()), b.say("write-"+t.String()))
		}
	}
	p.line(b.say("answer-not-applicable"), b.say("write-not-applicable"))
	p.section(b.say("guide-notes"))
	for _, key := range []string{"note-missing", "note-hidden", "note-protected", "note-sort", "note-formula", "note-own"} {
		p.line(b.say(key+"-name"), b.say(key))
	}
	p.line(b.say("note-calc-name"), b.say("note-calc", b.workings.Name()))
	p.pages = 1
	p.finish(0, 0)
}

// asks reports whether the form asks for an input of a type.
func (b *book) asks(t rule.Type) bool {
	return slices.ContainsFunc(allEntries(b.set, b.form.Agency), func(e entry) bool {
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
	if b.set.Source.Date == "" {
		return b.say("guide-source", b.set.Source.Decision)
	}
	return b.say("guide-source-dated", b.set.Source.Decision, b.set.Source.Date)
}
