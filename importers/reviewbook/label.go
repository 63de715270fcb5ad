package reviewbook

import (
	"strings"

	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// The sheet that says what a workbook is and what each answer was, deeply hidden. A sheet survives programs that drop a
// file's properties.
const (
	labelSheet  = "dti-decisions"
	labelKind   = "dti.decisions/" // begins every schema
	labelSchema = labelKind + "v1"
	rowLabel    = "row" // a line of a row: its key and what was claimed
)

// A label is what the hidden sheet says.
type label struct {
	set, version, hash string
	round              string
	stage              submission.Stage
	verifier, lang     string
	claimed            map[string]string // canonical texts by key
	ready              map[offer]ready
}

// label writes the hidden sheet.
func (f *file) label() {
	b := f.book
	lines := [][]string{
		{"schema", labelSchema},
		{"set", b.Set.ID},
		{"version", b.Set.Version},
		{"sha256", b.Set.Hash},
		{"round", b.Round.ID},
		{"stage", b.Stage.String()},
		{"verifier", b.Verifier},
		{"lang", f.loc.Lang()},
	}
	for _, r := range b.Rows {
		line := []string{rowLabel, keyOf(r.Agency.Code, r.Key), claimOf(b.Set, r.Claim, r.Key)}
		for _, v := range []submission.Verdict{keep, grant} {
			one, there := readyOf(r, v)
			switch {
			case there:
				line = append(line, one.verdict.String(), one.value, one.points)
			case v == keep:
				line = append(line, "", "", "")
			}
		}
		lines = append(lines, line)
	}
	f.texts(labelSheet, lines)
}

// keyOf names a row: codes of agencies may hold anything, ids no slash.
func keyOf(agency string, key submission.Key) string { return agency + "/" + key.String() }

// Is reports whether a book is a review workbook, be it one of a newer dti, or one that lost its hidden sheet.
func Is(book sheet.Book) bool {
	if _, ok := labelLines(book); ok {
		return true
	}
	for _, s := range book.Sheets {
		if columns := columnsOf(s); columns[markKey] > 0 {
			return true
		}
	}
	return false
}

// labelLines finds the rows of the hidden sheet.
func labelLines(book sheet.Book) ([]sheet.Row, bool) {
	for _, s := range book.Sheets {
		if !strings.EqualFold(s.Name, labelSheet) || len(s.Rows) == 0 {
			continue
		}
		if schema, _ := s.Rows[0].At(2); strings.HasPrefix(schema.Text, labelKind) {
			return s.Rows, true
		}
	}
	return nil, false
}

// labelOf reads the hidden sheet; schema is "" where there is none.
func labelOf(book sheet.Book) (l label, schema string) {
	rows, ok := labelLines(book)
	if !ok {
		return label{}, ""
	}
	l.claimed, l.ready = make(map[string]string, len(rows)), map[offer]ready{}
	lines := map[string]string{}
	for _, row := range rows {
		name, _ := row.At(1)
		first, _ := row.At(2)
		second, _ := row.At(3)
		if name.Text == rowLabel {
			l.claimed[first.Text] = second.Text
			l.readied(row, first.Text)
			continue
		}
		lines[name.Text] = first.Text
	}
	l.set, l.version, l.hash, l.round, l.verifier = lines["set"], lines["version"], lines["sha256"], lines["round"], lines["verifier"]
	l.lang = lines["lang"]
	for stage := submission.Review; stage <= submission.Council; stage++ {
		if lines["stage"] == stage.String() {
			l.stage = stage
		}
	}
	return l, lines["schema"]
}
