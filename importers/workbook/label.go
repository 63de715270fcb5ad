package workbook

import (
	"strconv"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// The sheet that says what a workbook is, deeply hidden. A sheet survives programs that drop a file's properties.
const (
	labelSheet  = "dti"
	labelKind   = "dti.form/" // begins every schema
	labelSchema = labelKind + "v1"
)

// A Label says what form a workbook is.
type Label struct {
	Set, Version, Hash string
	Round              string
	Lang               string
	Agency             submission.Agency // code, name in the form's language, group and tags as the form was written
	// Bounds are those of an earlier round that the form estimates with, by indicator id; BoundsYear is its year, 0
	// where there are none.
	Bounds     map[string][]rule.Bound
	BoundsYear int
	// CarriedFrom is the year of the earlier round whose answers the form was filled in with; 0: with none.
	CarriedFrom int
}

// Address is the ID@VERSION of the set that the form was written with.
func (l Label) Address() string { return l.Set + "@" + l.Version }

// writeLabel writes the label, a line per key.
func writeLabel(b *book) {
	a := b.form.Agency
	lines := [][2]string{
		{"schema", labelSchema},
		{"set", b.form.Set.ID},
		{"version", b.form.Set.Version},
		{"sha256", b.form.Set.Hash},
		{"round", b.form.Round.ID},
		{"lang", b.loc.Lang()},
		{"agency", a.Code},
		{"name", b.agency()},
		{"group", a.Group},
		{"tags", strings.Join(a.Tags, ";")},
	}
	if b.form.CarriedFrom > 0 {
		lines = append(lines, [2]string{"carried-from", strconv.Itoa(b.form.CarriedFrom)})
	}
	for i, line := range append(lines, boundLines(b.form)...) {
		for j, text := range line {
			at := string(rune('A'+j)) + strconv.Itoa(i+1)
			b.put(labelSheet, at, text)
		}
	}
	b.try(func() error { return b.file.SetSheetVisible(labelSheet, false, true) })
}

// boundLines are the lines of the bounds that a form estimates with, in the set's order: "INF-3;best;120".
func boundLines(form Form) [][2]string {
	var lines [][2]string
	for ind := range form.Set.Root.AllIndicators() {
		for _, bound := range form.Bounds[ind.ID] {
			lines = append(lines, [2]string{"bound", ind.ID + ";" + bound.Name + ";" + bound.Value.String()})
		}
	}
	if len(lines) > 0 {
		lines = append(lines, [2]string{"bounds-year", strconv.Itoa(form.BoundsYear)})
	}
	return lines
}

// Is reports whether a book is a self-assessment workbook, be it one that lost its label or has one of a newer kind.
// Such a workbook cannot be read, but it is no table either; Identify says what it is.
func Is(book sheet.Book) bool {
	if _, ok := LabelOf(book); ok {
		return true
	}
	_, newer := newerSchema(book)
	return newer || marked(book)
}

// LabelOf finds the label of a self-assessment workbook; ok is false where the book is none, or its label is lost.
func LabelOf(book sheet.Book) (l Label, ok bool) {
	for _, s := range book.Sheets {
		if !strings.EqualFold(s.Name, labelSheet) {
			continue
		}
		lines, bounds := map[string]string{}, map[string][]rule.Bound{}
		for _, row := range s.Rows {
			key, _ := row.At(1)
			value, _ := row.At(2)
			if key.Text == "bound" {
				readBound(bounds, value.Text)
			}
			lines[key.Text] = value.Text
		}
		if lines["schema"] != labelSchema {
			continue
		}
		l = Label{
			Set: lines["set"], Version: lines["version"], Hash: lines["sha256"], Round: lines["round"], Lang: lines["lang"],
			Agency: submission.Agency{Code: lines["agency"], Group: lines["group"]},
		}
		if year, err := strconv.Atoi(lines["bounds-year"]); err == nil && year > 0 && len(bounds) > 0 {
			l.Bounds, l.BoundsYear = bounds, year
		}
		if year, err := strconv.Atoi(lines["carried-from"]); err == nil && year > 0 {
			l.CarriedFrom = year
		}
		l.Agency.Name = criteria.Text{l.Lang: lines["name"]}
		if lines["tags"] != "" {
			l.Agency.Tags = strings.Split(lines["tags"], ";")
		}
		return l, true
	}
	return Label{}, false
}

// readBound reads a line of a bound. One that a person broke is left out: without it the indicator waits for the round.
func readBound(bounds map[string][]rule.Bound, line string) {
	parts := strings.Split(line, ";")
	if len(parts) != 3 {
		return
	}
	if d, err := numeral.Plain(parts[2]); err == nil {
		bounds[parts[0]] = append(bounds[parts[0]], rule.Bound{Name: parts[1], Value: d})
	}
}
