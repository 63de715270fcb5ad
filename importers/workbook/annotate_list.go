package workbook

import (
	"strconv"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/graft"
	"github.com/opendti/dti/importers/internal/written"
)

// reviewWidths are the widths of the list's columns from the hidden one: number, grade, cell, indicator, words, text read.
var reviewWidths = []float64{0, 6, 15, 24, 36, 70, 28}

// reviewLooks are the looks of the list.
type reviewLooks struct {
	title, line, head, text, centred, link int
	grades                                 map[grade]int
}

func (a *annotator) reviewLooks() (reviewLooks, error) {
	looks, err := a.file.Looks()
	if err != nil {
		return reviewLooks{}, err
	}
	base := graft.Look{Font: written.FontName, Size: written.FontSize}
	cellLook := base
	cellLook.Border, cellLook.Wrap = gridGrey, true
	with := func(l graft.Look, change func(l *graft.Look)) int {
		change(&l)
		return looks.Add(l)
	}
	l := reviewLooks{
		title:   with(base, func(l *graft.Look) { l.Bold, l.Size, l.Ink = true, headingSize, headFill }),
		line:    looks.Add(base),
		head:    with(cellLook, func(l *graft.Look) { l.Bold, l.Ink, l.Fill, l.Centre = true, "FFFFFF", headFill, true }),
		text:    looks.Add(cellLook),
		centred: with(cellLook, func(l *graft.Look) { l.Centre = true }),
		link:    with(cellLook, func(l *graft.Look) { l.Ink, l.Underline = "0563C1", true }),
		grades:  map[grade]int{},
	}
	for g := toMend; g <= toKnow; g++ {
		l.grades[g] = with(cellLook, func(l *graft.Look) { l.Fill, l.Bold = gradeFills[g], true })
	}
	return l, nil
}

// list is the first sheet: every finding with a link to its cell.
func (a *annotator) list() (*graft.Sheet, error) {
	looks, err := a.reviewLooks()
	if err != nil {
		return nil, err
	}
	s := &graft.Sheet{
		Name: a.freeName(a.say("review-sheet")), Part: reviewPart, Stamp: stampedOn, Widths: reviewWidths,
		Footer: "&L" + written.Margin(a.agency(), 90) + "&R" + a.say("page", "&P", "&N"),
	}
	a.top(s, looks)
	s.Head = len(s.Rows) + 1
	var heads []string
	for _, key := range []string{"number", "review-grade", "review-cell", "", "review-found", "review-read"} {
		words := a.word("indicator")
		if key != "" {
			words = a.say(key)
		}
		heads = append(heads, words)
	}
	slots := []graft.Slot{{}}
	for _, words := range heads {
		slots = append(slots, graft.Slot{Text: written.Text(words), Look: looks.head})
	}
	s.Rows = append(s.Rows, graft.Row{Height: rowHeight(slots), Slots: slots})
	for i, f := range a.findings {
		s.Rows = append(s.Rows, a.line(i+1, f, looks))
	}
	return s, nil
}

// top says whose list it is, how much there is, and what to do.
func (a *annotator) top(s *graft.Sheet, looks reviewLooks) {
	counts := map[grade]int{}
	for _, f := range a.findings {
		counts[f.grade]++
	}
	for i, words := range []string{
		a.say("review-title", a.agency()),
		a.say("review-about", a.label.Round, a.book.text(a.form.Set.Title)),
		a.say("review-counts", counts[toMend], counts[toLook]+counts[settled]+counts[toKnow], counts[repaired]),
		a.say("review-how"),
		a.say("review-own", a.say("remark"), a.say("sheet-answers")),
		"",
	} {
		row := graft.Row{Height: written.LineHeight + written.Padding, Slots: []graft.Slot{{}, {Text: written.Text(words), Look: looks.line}}}
		if i == 0 {
			row.Slots[0].Text, row.Slots[1].Look = reviewMark, looks.title
			row.Height = written.LineHeight*headingSize/written.FontSize + written.Padding
		}
		s.Rows = append(s.Rows, row)
	}
}

// line is the row of a finding.
func (a *annotator) line(n int, f finding, looks reviewLooks) graft.Row {
	where := graft.Slot{Text: a.say("review-whole"), Look: looks.text}
	if stored, ok := a.stored[f.at.Sheet]; ok && f.at.File == a.sent.Name && f.at.Row > 0 {
		at := diag.ColumnName(max(f.at.Col, 1)) + strconv.Itoa(f.at.Row)
		where = graft.Slot{Text: f.at.Sheet + "!" + at, Look: looks.link, Link: graft.Quoted(stored) + "!" + at}
	} else if f.at.File != a.sent.Name && f.at.File != "" {
		where.Text = f.at.String()
	}
	slots := []graft.Slot{
		{},
		{Count: n, Look: looks.centred},
		{Text: a.say(gradeKeys[f.grade]), Look: looks.grades[f.grade]},
		where,
		{Text: written.Text(f.about), Look: looks.text},
		{Text: written.Text(f.words), Look: looks.text},
		{Text: written.Cut(strings.TrimSpace(written.Text(f.read)), maxRead), Look: looks.text},
	}
	return graft.Row{Height: rowHeight(slots), Slots: slots}
}

// maxRead is how much of what a cell held the list says; the cell itself holds it all.
const maxRead = 300

// rowHeight is the height of a row of the list.
func rowHeight(slots []graft.Slot) float64 {
	texts := make([]slot, len(slots))
	widths := make([]float64, len(slots))
	for i, s := range slots {
		texts[i], widths[i] = slot{text: s.Text, look: fixed}, reviewWidths[i]
	}
	return height(texts, widths)
}
