package workbook

import (
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
)

// Identify finds the label of a self-assessment workbook, or says why it cannot be read: its label is lost, or of a newer
// kind. The name is the file's name in places.
func Identify(book sheet.Book, name string) (Label, diag.Problems) {
	label, ok := LabelOf(book)
	if ok {
		return label, nil
	}
	var problems diag.Problems
	at := diag.Place{File: name}
	if schema, newer := newerSchema(book); newer {
		problems.Fault(at, "form-newer", schema)
	} else {
		problems.Fault(at, "form-label-lost")
	}
	return Label{}, problems
}

// newerSchema is the schema of a label that this version does not know.
func newerSchema(book sheet.Book) (schema string, ok bool) {
	for _, s := range book.Sheets {
		if !strings.EqualFold(s.Name, labelSheet) {
			continue
		}
		for _, row := range s.Rows {
			key, _ := row.At(1)
			value, _ := row.At(2)
			if key.Text == "schema" && value.Text != labelSchema && strings.HasPrefix(value.Text, labelKind) {
				return value.Text, true
			}
		}
	}
	return "", false
}

// marked reports whether a book has a mark of ours in any cell.
func marked(book sheet.Book) bool {
	for _, s := range book.Sheets {
		if marks := marksOf(s); marks[markID] || marks[markAnswer] {
			return true
		}
	}
	return false
}

// marksOf are the marks of columns that stand in a sheet.
func marksOf(s sheet.Sheet) map[string]bool {
	marks := map[string]bool{}
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			switch c.Text {
			case markID, markAnswer, markEvidence, markRemark, markPoints, markState:
				marks[c.Text] = true
			}
		}
	}
	return marks
}

// damage tells each sheet that the agency has to fill in and of which no row can be found any more: read on, it would
// count as left blank.
func (r *reader) damage(book sheet.Book, label Label) (problems diag.Problems) {
	ids := rowIDs(book)
	for _, part := range []struct {
		key     string
		figures bool
	}{{"sheet-details", true}, {"sheet-answers", false}} {
		if r.lost(ids, part.figures) {
			v := speaker(Form{Set: r.want.Set, Agency: r.agency, Lang: label.Lang})
			problems.Add(r.loss(book, v.say(part.key), part.figures))
		}
	}
	return problems
}

// rowIDs are the ids of the rows of all sheets whose columns are known.
func rowIDs(book sheet.Book) map[string]bool {
	ids := map[string]bool{}
	for _, s := range book.Sheets {
		in, ok := columnsOf(s)
		if !ok {
			continue
		}
		for _, row := range s.Rows {
			mark, _ := row.At(in.id)
			ids[strings.TrimSpace(mark.Text)] = true
		}
	}
	return ids
}

// lost reports whether the agency fills in figures, or else indicators, of which there is no row. The ids of another
// edition may all be others: of it any indicator will do, and any row of the sheet of figures.
func (r *reader) lost(ids map[string]bool, figures bool) bool {
	asked := false
	for _, e := range r.shown {
		if e.state != open || (e.ind == nil) != figures {
			continue
		}
		if ids[e.id()] {
			return false
		}
		asked = true
	}
	if !r.earlier {
		return asked
	}
	if figures {
		return asked && !ids[idFiller] && !ids[idApprover] && !ids[idLetter]
	}
	for id := range ids {
		if indicator, _, named := strings.Cut(id, "."); named && indicator != criteria.FiguresID {
			return false
		}
	}
	return asked
}

// loss says what a sheet lacks. Its name is the one it was written with.
func (r *reader) loss(book sheet.Book, name string, figures bool) diag.Problem {
	p := diag.Problem{Place: r.file, Kind: "form-damaged-sheet", Args: []any{name}, Severity: diag.Error}
	s, there := partOf(book, name, figures)
	if !there {
		return p
	}
	p.Place.Sheet, p.Args = s.Name, []any{s.Name}
	switch marks := marksOf(s); {
	case len(marks) == 0:
		p.Kind = "form-damaged-marks"
	case !marks[markID]:
		p.Kind = "form-damaged-ids"
	case !marks[markAnswer]:
		p.Kind = "form-damaged-answers"
	case len(inputRows(sheet.Book{Sheets: []sheet.Sheet{s}})) == 0:
		p.Kind = "form-damaged-ids"
	default: // rows of something else
		p.Kind, p.Args = "form-damaged", nil
	}
	return p
}

// partOf finds the sheet of the figures or of the answers: by its name, else by what only it has.
func partOf(book sheet.Book, name string, figures bool) (sheet.Sheet, bool) {
	for _, s := range book.Sheets {
		if strings.EqualFold(s.Name, name) {
			return s, true
		}
	}
	for _, s := range book.Sheets {
		if marks := marksOf(s); len(marks) > 0 && figures == (!marks[markEvidence] && !marks[markPoints]) {
			return s, true
		}
	}
	return sheet.Sheet{}, false
}
