package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// A parityForm is the blank form of one agency, taken apart so that answers are typed into a copy of it by changing the
// bytes of those cells alone.
type parityForm struct {
	index  parityIndex
	agency submission.Agency
	lang   string
	whole  template // the form as it was written
	lean   template // the same without what does not compute: drawing rows takes LibreOffice longer than computing them
	sheets []paritySheet
	rows   map[string]cellAt // the row with an id: its sheet and its number
	// pillarRows are the rows of the pillars in the sheet of answers, in their order.
	pillarRows []string
}

// A cellAt is the place of a cell.
type cellAt struct{ sheet, cell string }

// A paritySheet is a visible sheet.
type paritySheet struct {
	name     string
	points   string            // letter of the column of points; "" where it has none
	formulas []string          // cells that hold a formula, row by row
	texts    map[string]string // the formulas, by cell
}

// A template is a packed workbook, with the parts that hold answers cut at the cells of the answers.
type template struct {
	packed *zip.Reader
	parts  map[string][]piece
}

// A piece is text of a part, or the cell of an answer.
type piece struct {
	text string
	slot string // what the cell is for; "" for text
	at   string
	rest string // other attributes of the cell: its style
}

var (
	cellPattern    = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)`)
	formulaPattern = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"[^>]*><f>([^<]*)</f>`)
	lookPattern    = regexp.MustCompile(`(?s)<dataValidations.*?</dataValidations>|<conditionalFormatting.*?</conditionalFormatting>|<definedNames>.*?</definedNames>|<bookViews>.*?</bookViews>| s="[0-9]+"`)
	sheetPattern   = regexp.MustCompile(`<sheet [^>]*?r:id="([^"]*)"[^>]*?(/>|></sheet>)`)
)

func blankForm(index parityIndex, agency submission.Agency, lang string) workbook.Form {
	return workbook.Form{
		Set: index.set, Round: workbook.Round{ID: "parity", Year: 2026}, Agency: agency, Lang: lang,
		Bounds: index.bounds, BoundsYear: 2025,
	}
}

func newParityForm(t testing.TB, index parityIndex, agency submission.Agency, lang string) *parityForm {
	t.Helper()
	var buf bytes.Buffer
	require.NoError(t, workbook.Write(&buf, blankForm(index, agency, lang)))
	f := &parityForm{index: index, agency: agency, lang: lang, rows: map[string]cellAt{}}
	slots := f.survey(t, buf.Bytes())
	f.whole = cut(t, buf.Bytes(), slots, false)
	f.lean = cut(t, buf.Bytes(), slots, true)
	return f
}

// survey finds the sheets, the rows by their ids and the cells of answers. It returns what each cell is for.
func (f *parityForm) survey(t testing.TB, data []byte) map[cellAt]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	defer book.Close()
	parts := partsOfSheets(t, data)
	slots := map[cellAt]string{}
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		s := paritySheet{name: name, texts: map[string]string{}}
		for _, m := range formulaPattern.FindAllStringSubmatch(parts[name].text, -1) {
			s.formulas = append(s.formulas, m[1])
			s.texts[m[1]] = m[2]
		}
		marks := marksOfColumns(rows)
		s.points = marks["dti:points"]
		for i, row := range rows {
			if at := s.points + strconv.Itoa(i+1); s.points != "" && len(row) > 0 && row[0] == "#title" && slices.Contains(s.formulas, at) {
				f.pillarRows = append(f.pillarRows, strconv.Itoa(i+1))
			}
			if marks["dti:id"] == "" || len(row) == 0 || row[0] == "" || row[0][0] == '#' {
				continue
			}
			number := strconv.Itoa(i + 1)
			f.rows[row[0]] = cellAt{name, number}
			for _, mark := range []string{"dti:answer", "dti:evidence"} {
				if marks[mark] != "" {
					slots[cellAt{parts[name].part, marks[mark] + number}] = strings.TrimPrefix(mark, "dti:") + " " + row[0]
				}
			}
		}
		f.sheets = append(f.sheets, s)
	}
	return slots
}

// marksOfColumns are the letters of columns by the marks in the hidden row.
func marksOfColumns(rows [][]string) map[string]string {
	marks := map[string]string{}
	if len(rows) == 0 {
		return marks
	}
	for i, text := range rows[0] {
		if strings.HasPrefix(text, "dti:") {
			marks[text] = diag.ColumnName(i + 1)
		}
	}
	return marks
}

// A sheetPart is the part of a package that holds a sheet.
type sheetPart struct{ id, part, text string }

// partsOfSheets finds the parts by the names of their sheets.
func partsOfSheets(t testing.TB, data []byte) map[string]sheetPart {
	t.Helper()
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	texts := map[string]string{}
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	for _, part := range packed.File {
		texts[part.Name] = string(unpacked(t, part))
	}
	require.NoError(t, xml.Unmarshal([]byte(texts["xl/workbook.xml"]), &book))
	require.NoError(t, xml.Unmarshal([]byte(texts["xl/_rels/workbook.xml.rels"]), &rels))
	found := map[string]sheetPart{}
	for _, s := range book.Sheets {
		for _, rel := range rels.List {
			if rel.ID == s.ID {
				name := "xl/" + strings.TrimPrefix(strings.TrimPrefix(rel.Target, "/"), "xl/")
				found[s.Name] = sheetPart{s.ID, name, texts[name]}
			}
		}
	}
	return found
}

func unpacked(t testing.TB, part *zip.File) []byte {
	t.Helper()
	r, err := part.Open()
	require.NoError(t, err)
	defer r.Close()
	data, err := io.ReadAll(r)
	require.NoError(t, err)
	return data
}

// cut takes a workbook apart at the cells of answers.
func cut(t testing.TB, data []byte, slots map[cellAt]string, lean bool) template {
	t.Helper()
	if lean {
		data = leaner(t, data)
	}
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	all := template{packed: packed, parts: map[string][]piece{}}
	for _, part := range packed.File {
		if !slices.ContainsFunc(sortedSlots(slots), func(at cellAt) bool { return at.sheet == part.Name }) {
			continue
		}
		text, from := string(unpacked(t, part)), 0
		for _, m := range cellPattern.FindAllStringSubmatchIndex(text, -1) {
			at := text[m[2]:m[3]]
			slot, ok := slots[cellAt{part.Name, at}]
			if !ok {
				continue
			}
			rest := regexp.MustCompile(` t="[a-zA-Z]*"`).ReplaceAllString(text[m[4]:m[5]], "")
			all.parts[part.Name] = append(all.parts[part.Name], piece{text: text[from:m[0]]}, piece{text: text[m[0]:m[1]], slot: slot, at: at, rest: rest})
			from = m[1]
		}
		all.parts[part.Name] = append(all.parts[part.Name], piece{text: text[from:]})
	}
	return all
}

func sortedSlots(slots map[cellAt]string) []cellAt {
	all := make([]cellAt, 0, len(slots))
	for at := range slots {
		all = append(all, at)
	}
	return all
}

// leaner takes out what does not compute: validations, conditional formats, titles of printed pages, styles of cells, and
// sheets without formulas.
func leaner(t testing.TB, data []byte) []byte {
	t.Helper()
	computes := map[string]bool{}
	for _, s := range partsOfSheets(t, data) {
		computes[s.id] = strings.Contains(s.text, "<f>")
	}
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, part := range packed.File {
		text := unpacked(t, part)
		if strings.HasPrefix(part.Name, "xl/worksheets/") || part.Name == "xl/workbook.xml" {
			text = lookPattern.ReplaceAll(text, nil)
		}
		if part.Name == "xl/workbook.xml" {
			text = sheetPattern.ReplaceAllFunc(text, func(sheet []byte) []byte {
				if computes[string(sheetPattern.FindSubmatch(sheet)[1])] {
					return sheet
				}
				return nil
			})
		}
		w, err := out.Create(part.Name)
		require.NoError(t, err)
		_, err = w.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return buf.Bytes()
}

// typedInto is the workbook with the answers typed in.
func (f template) typedInto(t testing.TB, s drawn) []byte {
	t.Helper()
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, part := range f.packed.File {
		pieces, ok := f.parts[part.Name]
		if !ok {
			require.NoError(t, out.Copy(part))
			continue
		}
		w, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Store})
		require.NoError(t, err)
		for _, p := range pieces {
			_, err := io.WriteString(w, p.filled(s))
			require.NoError(t, err)
		}
	}
	require.NoError(t, out.Close())
	return buf.Bytes()
}

// filled is the text of a piece with what a submission types there.
func (p piece) filled(s drawn) string {
	kind, id, _ := strings.Cut(p.slot, " ")
	switch kind {
	case "answer":
		return p.cell(s.answers[keyOf(id)])
	case "evidence":
		indicator := keyOf(id).Indicator
		if text := s.evidence[indicator]; text != "" {
			return p.cell(txt(text))
		}
	}
	return p.text
}

// keyOf is the input that the id of a row names.
func keyOf(id string) submission.Key {
	indicator, input, _ := strings.Cut(id, ".")
	return submission.Key{Indicator: indicator, Input: input}
}

// cell writes a cell as a spreadsheet saves it.
func (p piece) cell(c typed) string {
	var text strings.Builder
	if err := xml.EscapeText(&text, []byte(c.text)); err != nil {
		return p.text
	}
	begin := `<c r="` + p.at + `"` + p.rest
	switch c.kind {
	case typedNumber:
		return begin + `><v>` + text.String() + `</v></c>`
	case typedText:
		return begin + ` t="inlineStr"><is><t xml:space="preserve">` + text.String() + `</t></is></c>`
	case typedBool:
		return begin + ` t="b"><v>` + text.String() + `</v></c>`
	case typedError:
		return begin + ` t="e"><v>` + text.String() + `</v></c>`
	default:
		return p.text
	}
}

// checks are the cells of which the engine says something.
func (f *parityForm) checks(want submission.Score) []check {
	return append(f.answerChecks(want), f.outcomeChecks(want)...)
}

// answerChecks are those of the sheet of answers: the score line, the pillars in their order, the indicators.
func (f *parityForm) answerChecks(want submission.Score) []check {
	total := f.rows["@score"]
	s := f.sheet(total.sheet)
	line := s.row(total.cell)
	cell := func() cellAt { at := line[0]; line = line[1:]; return cellAt{s.name, at} }
	set := f.index.set
	var all []check
	if len(set.Ratings) > 0 {
		all = append(all, check{what: "rating", at: cell(), want: f.words().Say("form.score-rated", f.rating(want))})
	}
	all = append(all,
		numberCheck("attainable", cell(), want.Of, want.Of, criteria.Places{}),
		numberCheck("percent", cell(), want.Percent, hundred, twoPlaces),
		check{what: "answered", at: cell(), want: f.words().Say("form.score-answered", want.Answered, want.Asked)},
		numberCheck("total", cell(), want.Total, want.Of, set.Rounding.Total))
	for i, p := range f.pillars() {
		all = append(all, f.pillarCheck(p, cellAt{s.name, s.points + f.pillarRows[i]}, want))
	}
	for p := range withRoot(set.Root) {
		for _, ind := range p.Indicators {
			earned, ok := want.Indicators[ind.ID]
			if !ok || ind.Effect == criteria.None {
				continue
			}
			places := set.Rounding.Total
			if p.Combine == criteria.Sum || ind.Effect != criteria.Base {
				places = set.Rounding.Indicator
			}
			row := f.rows[submission.Key{Indicator: ind.ID, Input: ind.Inputs[0].ID}.String()]
			c := numberCheck("points of "+ind.ID, cellAt{s.name, s.points + row.cell}, earned.Score, earned.Of, places)
			c.blank = earned.Status == rule.Pending || earned.Status == rule.NotApplicable
			all = append(all, c)
		}
	}
	return all
}

// row are the cells of a row that hold a formula.
func (s paritySheet) row(number string) []string {
	var cells []string
	for _, cell := range s.formulas {
		if strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == number {
			cells = append(cells, cell)
		}
	}
	return cells
}

// outcomeChecks are those of the sheet of the outcome, whose formulas stand in a fixed order: the whole, then the pillars
// and the root.
func (f *parityForm) outcomeChecks(want submission.Score) []check {
	s := f.outcome()
	next := 0
	cell := func() cellAt { next++; return cellAt{s.name, s.formulas[next-1]} }
	all := []check{
		numberCheck("total", cell(), want.Total, want.Of, f.index.set.Rounding.Total),
		numberCheck("attainable", cell(), want.Of, want.Of, criteria.Places{}),
		numberCheck("percent", cell(), want.Percent, hundred, twoPlaces),
	}
	if len(f.index.set.Ratings) > 0 {
		all = append(all, check{what: "rating", at: cell(), want: f.rating(want)})
	}
	all = append(all, check{what: "answered", at: cell(), want: f.words().Say("form.score-answered", want.Answered, want.Asked)})
	if f.estimates(want) {
		cell()
	}
	for _, p := range append(f.pillars(), f.index.set.Root) {
		all = append(all, f.pillarCheck(p, cell(), want))
	}
	return all
}

var (
	hundred   = decimal.NewFromInt(100)
	twoPlaces = criteria.Places{N: 2, Round: true}
)

// pillarCheck is the cell of a pillar: blank where nothing in it applies. Points of a pillar are a sum of points that are
// rounded already; a share of the scale is rounded as the total is.
func (f *parityForm) pillarCheck(p *criteria.Pillar, at cellAt, want submission.Score) check {
	earned, places := want.Pillars[p.ID], f.index.set.Rounding.Total
	if p.Combine == criteria.Sum && f.inSum(p) {
		places = criteria.Places{}
	}
	c := numberCheck("pillar "+p.ID, at, earned.Score, earned.Of, places)
	c.blank = !earned.Applies
	return c
}

// pillars are those that the form shows.
func (f *parityForm) pillars() []*criteria.Pillar {
	var all []*criteria.Pillar
	for p := range f.index.set.Root.AllPillars() {
		if p.Concerns(f.agency.Group) {
			all = append(all, p)
		}
	}
	return all
}

// estimates reports whether bounds of an earlier round are of use to the form.
func (f *parityForm) estimates(want submission.Score) bool {
	for id := range want.Indicators {
		if ind, ok := f.index.set.Indicator(id); ok {
			if e, relative := ind.Rule.(rule.Estimator); relative {
				if _, ok := e.Estimate(f.index.bounds[id]); ok && (ind.When == "" || f.agency.HasTag(ind.When)) {
					return true
				}
			}
		}
	}
	return false
}

// outcome is the sheet of the outcome: the one after that of the answers.
func (f *parityForm) outcome() paritySheet {
	i := slices.IndexFunc(f.sheets, func(s paritySheet) bool { return s.name == f.rows["@score"].sheet })
	return f.sheets[i+1]
}

func (f *parityForm) words() *locale.Locale {
	return locale.MustFor(f.lang).WithTerms(f.index.set.Terms)
}

func (f *parityForm) rating(want submission.Score) string {
	r, _ := f.index.set.Rating(want.Rating)
	return r.Name[f.lang]
}

func (f *parityForm) sheet(name string) paritySheet {
	i := slices.IndexFunc(f.sheets, func(s paritySheet) bool { return s.name == name })
	return f.sheets[max(i, 0)]
}

// inSum reports whether a pillar's parent sums.
func (f *parityForm) inSum(p *criteria.Pillar) bool {
	for parent := range withRoot(f.index.set.Root) {
		if slices.Contains(parent.Pillars, p) {
			return parent.Combine == criteria.Sum
		}
	}
	return false
}

// withRoot walks a pillar and all below it.
func withRoot(root *criteria.Pillar) iter.Seq[*criteria.Pillar] {
	return func(yield func(*criteria.Pillar) bool) {
		if !yield(root) {
			return
		}
		root.AllPillars()(yield)
	}
}
