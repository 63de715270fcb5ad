package workbook

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/graft"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/internal/written"
)

// What an annotation adds is known by these marks in the first cell of its sheets.
const (
	reviewMark  = "dti:review" // the list
	memoryMark  = "dti:review-memory"
	memorySheet = "dti-review"
	reviewPart  = "xl/worksheets/dtiReview.xml"
	author      = "dti"
)

// stampedOn is the time that the zip says of the list. Another program that saves the file says another.
var stampedOn = time.Date(1990, time.March, 1, 0, 0, 0, 0, time.UTC)

// Colours of cells. Nobody else uses just these, so they tell which cells an annotation coloured.
var (
	gradeFills = map[grade]string{toMend: "FBCFB1", toLook: "FFE28A", settled: "FFE28A", repaired: "BFE6D6", toKnow: ""}
	mendEdge   = "D55E00"
)

// A mark is a cell that is coloured and commented.
type mark struct {
	at      diag.Place
	grade   grade
	text    string // of the comment
	before  int    // the look that the cell goes back to
	content *graft.Content
}

// marks gathers the findings of each cell: the gravest decides the colour, the comment says all.
func (a *annotator) marks() []*mark {
	byCell := map[diag.Place]*mark{}
	var all []*mark
	for _, f := range a.findings {
		if !a.cell(f.at) || gradeFills[f.grade] == "" {
			continue
		}
		words := a.say(gradeKeys[f.grade]) + "\n" + f.words
		m, ok := byCell[f.at]
		if !ok {
			m = &mark{at: f.at, grade: f.grade}
			byCell[f.at] = m
			all = append(all, m)
		} else {
			m.text += "\n\n"
		}
		m.text += written.Cut(written.Text(words), maxComment)
	}
	for i := range a.repairs {
		if m, ok := byCell[a.repairs[i].at]; ok {
			m.content = &a.repairs[i].content
		}
	}
	slices.SortStableFunc(all, func(x, y *mark) int { return x.at.Compare(y.at) })
	return all
}

// maxComment is how much of one finding a comment says, in letters; the list says all of it.
const maxComment = 1500

// mark colours the cells and makes the repairs.
func (a *annotator) mark() ([]*mark, error) {
	looks, err := a.file.Looks()
	if err != nil {
		return nil, err
	}
	formats := map[diag.Place]repair{}
	for _, r := range a.repairs {
		formats[r.at] = r
	}
	all := a.marks()
	for _, m := range all {
		grid, err := a.file.Grid(a.stored[m.at.Sheet])
		if err != nil {
			return nil, err
		}
		change := graft.Change{Of: grid.Look(m.at.Row, m.at.Col)}
		if r, ok := formats[m.at]; ok {
			change.Format = r.format(looks.Format(change.Of))
		}
		m.before = change.Of
		if change.Format != "" {
			m.before = looks.Change(change)
		}
		change.Fill = gradeFills[m.grade]
		if m.grade == toMend {
			change.Edge = mendEdge
		}
		grid.Put(m.at.Row, m.at.Col, looks.Change(change), m.content)
	}
	return all, nil
}

// comment adds the comments, sheet by sheet.
func (a *annotator) comment(all []*mark) error {
	bySheet := map[string][]graft.Comment{}
	var sheets []string
	for _, m := range all {
		if bySheet[m.at.Sheet] == nil {
			sheets = append(sheets, m.at.Sheet)
		}
		bySheet[m.at.Sheet] = append(bySheet[m.at.Sheet], graft.Comment{Ref: m.at.Cell(), Text: m.text})
	}
	for _, name := range sheets {
		if err := a.file.Comment(a.stored[name], author, bySheet[name]); err != nil {
			return err
		}
	}
	return nil
}

// A memory is what an earlier annotation noted, so that it can be taken away.
type memory struct {
	sheets []string // the sheets that it added, as they are stored
	cells  []remembered
	texts  []string // of comments
}

// A remembered cell was coloured.
type remembered struct {
	sheet, at, row, column string // name, address, hidden id of the row, mark of the column
	look                   int    // that it goes back to
}

// remember writes down which cells were coloured. The cell in column E has the look that a coloured cell goes back to:
// a program that saves the file may number its looks anew, but keeps what they look like.
func (a *annotator) remember(all []*mark) *graft.Sheet {
	s := &graft.Sheet{Name: a.freeName(memorySheet), Part: "xl/worksheets/dtiMemory.xml", Hidden: true}
	s.Rows = append(s.Rows, graft.Row{Slots: []graft.Slot{{Text: memoryMark}}})
	for _, m := range all {
		row, column := a.rowID(m.at), a.columnMark(m.at)
		s.Rows = append(s.Rows, graft.Row{Slots: []graft.Slot{
			{Text: m.at.Sheet}, {Text: m.at.Cell()}, {Text: row}, {Text: column}, {Text: "–", Look: m.before}, {Text: m.text},
		}})
	}
	return s
}

// columnMark is the mark of the column of a place.
func (a *annotator) columnMark(at diag.Place) string {
	for _, s := range a.sent.Sheets {
		if s.Name != at.Sheet {
			continue
		}
		if cols, ok := columnsOf(s); ok {
			switch at.Col {
			case cols.answer:
				return markAnswer
			case cols.evidence:
				return markEvidence
			case cols.remark:
				return markRemark
			}
		}
	}
	return ""
}

// firstCell is the text of A1.
func firstCell(s sheet.Sheet) string {
	if row, ok := s.Row(1); ok {
		c, _ := row.At(1)
		return c.Text
	}
	return ""
}

// recall finds what an earlier annotation noted.
func (a *annotator) recall() error {
	for _, s := range a.sent.Sheets {
		switch firstCell(s) {
		case reviewMark:
			a.memory.sheets = append(a.memory.sheets, a.stored[s.Name])
		case memoryMark:
			a.memory.sheets = append(a.memory.sheets, a.stored[s.Name])
			grid, err := a.file.Grid(a.stored[s.Name])
			if err != nil {
				return err
			}
			for _, row := range s.Rows[1:] {
				text := func(col int) string { c, _ := row.At(col); return c.Text }
				a.memory.cells = append(a.memory.cells, remembered{text(1), text(2), text(3), text(4), grid.Look(row.Number, 5)})
				a.memory.texts = append(a.memory.texts, text(6))
			}
		}
	}
	return nil
}

// forget takes away what an earlier annotation added. A cell that has another colour by now keeps it, and a comment that
// somebody changed stays.
func (a *annotator) forget() error {
	if err := a.recall(); err != nil || len(a.memory.sheets) == 0 {
		return err
	}
	for _, s := range a.sent.Sheets {
		if slices.Contains(a.memory.sheets, a.stored[s.Name]) {
			continue
		}
		grid, err := a.file.Grid(a.stored[s.Name])
		if err != nil {
			continue // a sheet of another kind has no cells
		}
		if err := a.uncolour(s, grid); err != nil {
			return err
		}
		if err := a.file.Uncomment(a.stored[s.Name], a.memory.texts); err != nil {
			return err
		}
	}
	return nil
}

// uncolour gives the cells of a sheet back the looks that they had.
func (a *annotator) uncolour(s sheet.Sheet, grid *graft.Grid) error {
	looks, err := a.file.Looks()
	if err != nil {
		return err
	}
	for at, look := range grid.Cells {
		if !isGradeFill(looks.Fill(look)) {
			continue
		}
		if before, ok := a.before(diag.Place{File: a.sent.Name, Sheet: s.Name, Row: at[0], Col: at[1]}); ok {
			grid.Put(at[0], at[1], before, nil)
		}
	}
	return nil
}

func isGradeFill(colour string) bool {
	for _, c := range gradeFills {
		if c != "" && strings.EqualFold(c, colour) {
			return true
		}
	}
	return false
}

// before is the look that a coloured cell had: that of its row and column by their hidden marks, which sorting does not
// change, else that of its address, else that of another cell of its column.
func (a *annotator) before(at diag.Place) (look int, ok bool) {
	row, column := a.rowID(at), a.columnMark(at)
	best := 0
	for _, c := range a.memory.cells {
		fits := 0
		switch {
		case row != "" && c.row == row && c.column == column:
			fits = 3
		case c.sheet == at.Sheet && c.at == at.Cell():
			fits = 2
		case column != "" && c.column == column:
			fits = 1
		}
		if fits > best {
			best, look = fits, c.look
		}
	}
	return look, best > 0
}

// freeName is a name for a sheet that no other has.
func (a *annotator) freeName(name string) string {
	for i := 1; ; i++ {
		free := name
		if i > 1 {
			free = written.Cut(name, 27) + " " + strconv.Itoa(i)
		}
		taken := false
		for other, stored := range a.stored {
			if strings.EqualFold(other, free) && !slices.Contains(a.memory.sheets, stored) {
				taken = true
			}
		}
		if !taken {
			return free
		}
	}
}

// IsUntouched reports whether a file is an annotated workbook just as Annotate wrote it: no program has saved it since.
func IsUntouched(data []byte) bool { return graft.Stamped(data, reviewPart, stampedOn) }
