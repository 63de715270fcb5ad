package workbook

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// known finds what each row of the workbook is read as. A workbook of the set's own edition has a row for every entry.
func (r *reader) known(book sheet.Book) {
	r.entries = map[string][]entry{}
	if r.earlier {
		r.inherit(book)
		return
	}
	for i, e := range r.shown {
		r.entries[e.id()] = r.shown[i : i+1 : i+1]
	}
}

// heirs are the indicators that are read from the rows of an indicator of a workbook, by its id there.
type heirs map[string][]*criteria.Indicator

// inherits decides how a workbook of another edition is read: through the lineage of the set's indicators, or by its own
// ids, since a set may also be corrected in the middle of a round, with what it says of last year left in it. Whichever
// leaves fewer ids over, and gives fewer rows to an indicator of another name, is nearer; clear is false where neither is.
func (r *reader) inherits(book sheet.Book, label Label) (inherits, clear bool) {
	own, lineage, ancestors := heirs{}, heirs{}, r.want.Set.Ancestors()
	for ind := range r.want.Set.Root.AllIndicators() {
		if !ind.Concerns(r.agency.Group) || len(ind.Inputs) == 0 {
			continue
		}
		own[ind.ID] = append(own[ind.ID], ind)
		if from, ok := ancestors[ind.ID]; ok {
			lineage[from.ID] = append(lineage[from.ID], ind)
		}
	}
	rows := wordsOfRows(book)
	same := true
	for id := range rows {
		same = same && slices.Equal(own[id], lineage[id])
	}
	if same {
		return true, true
	}
	v := speaker(Form{Set: r.want.Set, Agency: r.agency, Lang: label.Lang})
	owns, lineages := own.distance(v, rows, lineage), lineage.distance(v, rows, own)
	return lineages < owns, lineages != owns
}

// distance counts what does not fit: indicators without rows and rows without indicators; and of what another mapping
// reads otherwise, indicators that the row does not name.
func (h heirs) distance(v voice, rows map[string][]string, other heirs) int {
	n := 0
	for id := range h {
		if _, there := rows[id]; !there {
			n++
		}
	}
	for id, words := range rows {
		if len(h[id]) == 0 {
			n++
		}
		if slices.Equal(h[id], other[id]) {
			continue
		}
		for _, ind := range h[id] {
			if !slices.Contains(words, written.Text(v.text(ind.Name))) {
				n++
			}
		}
	}
	return n
}

// inputsOf walks a workbook's rows of indicators' inputs, with the ids in their hidden column.
func inputsOf(book sheet.Book) iter.Seq2[submission.Key, sheet.Row] {
	return func(yield func(submission.Key, sheet.Row) bool) {
		for _, s := range book.Sheets {
			in, ok := columnsOf(s)
			if !ok {
				continue
			}
			for _, row := range s.Rows {
				mark, _ := row.At(in.id)
				indicator, input, named := strings.Cut(strings.TrimSpace(mark.Text), ".")
				if named && !yield(submission.Key{Indicator: indicator, Input: input}, row) {
					return
				}
			}
		}
	}
}

// wordsOfRows are the texts of a workbook's rows, by the indicator of the row.
func wordsOfRows(book sheet.Book) map[string][]string {
	words := map[string][]string{}
	for key, row := range inputsOf(book) {
		if key.Indicator == criteria.FiguresID {
			continue
		}
		for _, c := range row.Cells {
			words[key.Indicator] = append(words[key.Indicator], c.Text)
		}
	}
	return words
}

// inherit reads the rows of a workbook of another edition as the entries that come from them: figures by their ids, an
// indicator's inputs by theirs in its ancestor's rows, an only input whatever its id.
func (r *reader) inherit(book sheet.Book) {
	rows := inputRows(book)
	ancestors := r.want.Set.Ancestors()
	for _, e := range r.shown {
		row := e.key
		if e.ind != nil {
			from, ok := ancestors[e.ind.ID]
			if !ok {
				continue
			}
			row.Indicator, row.Input = from.ID, e.ind.Earlier(row.Input, rows[from.ID])
		}
		if slices.Contains(rows[row.Indicator], row.Input) {
			r.entries[row.String()] = append(r.entries[row.String()], e)
		}
	}
	r.tellEdition(ancestors)
}

// inputRows lists the inputs of which a workbook has rows, by indicator.
func inputRows(book sheet.Book) map[string][]string {
	rows := map[string][]string{}
	for key := range inputsOf(book) {
		if !slices.Contains(rows[key.Indicator], key.Input) {
			rows[key.Indicator] = append(rows[key.Indicator], key.Input)
		}
	}
	return rows
}

// tellEdition names what the agency has to answer or to look at again: what the workbook did not ask, and what is no
// longer what it asked.
func (r *reader) tellEdition(ancestors map[string]criteria.Lineage) {
	asked, heirs := map[submission.Key]bool{}, map[string]int{}
	for _, entries := range r.entries {
		for _, e := range entries {
			asked[e.key] = true
		}
	}
	for _, from := range ancestors {
		heirs[from.ID]++
	}
	var names []string
	for _, e := range r.shown {
		name := e.id()
		same := asked[e.key]
		if e.ind != nil {
			from := ancestors[e.ind.ID]
			name, same = cmp.Or(e.ind.No, e.ind.ID), same && from.Comparable && heirs[from.ID] == 1
		}
		if e.state == open && !same && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		r.problems.Warn(r.file, "form-edition-look", r.want.Set.Address(), names)
	}
}

// left tells a row that the set's edition does not ask any more, where the agency entered something.
func (r *reader) left(row sheet.Row, id string, in columns) {
	for _, col := range []int{in.answer, in.evidence, in.remark} {
		if c, filled := row.At(col); filled && col > 0 {
			r.problems.Add(diag.Problem{
				Place: c.Place, Kind: "form-row-left", Args: []any{id, c.Shown(), r.want.Set.Address()}, Severity: diag.Warning,
			})
			return
		}
	}
}
