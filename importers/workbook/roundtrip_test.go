package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// detailsSheet is the sheet with the figures.
const detailsSheet = "Thông tin"

// A typist fills in a blank form as a person does, in decomposed letters where nfd says so.
type typist struct {
	t     failer
	f     *excelize.File
	rows  map[string]map[string]int // by sheet and id
	cols  map[string]map[string]string
	nfd   bool
	words map[bool]string // yes and no
}

func newTypist(t failer, f *excelize.File, nfd bool) *typist {
	ty := &typist{t: t, f: f, nfd: nfd, rows: map[string]map[string]int{}, cols: map[string]map[string]string{}, words: map[bool]string{true: "Có", false: "Không"}}
	for _, s := range []string{answersSheet, detailsSheet} {
		ids, err := f.GetCols(s)
		require.NoError(t, err)
		ty.rows[s] = map[string]int{}
		for i, id := range ids[0] {
			ty.rows[s][id] = i + 1
		}
		ty.cols[s] = map[string]string{"answer": col(t, f, s, "answer")}
	}
	for _, mark := range []string{"evidence", "remark"} {
		ty.cols[answersSheet][mark] = col(t, f, answersSheet, mark)
	}
	return ty
}

func (ty *typist) put(s, id, mark string, v any) {
	row, ok := ty.rows[s][id]
	require.True(ty.t, ok, "a row %s", id)
	if text, is := v.(string); is && ty.nfd {
		v = norm.NFD.String(text)
	}
	require.NoError(ty.t, ty.f.SetCellValue(s, fmt.Sprint(ty.cols[s][mark], row), v))
}

// percent reports whether a cell shows percentages: what is typed there is kept as a fraction.
func (ty *typist) percent(s, id string) bool {
	style, err := ty.f.GetCellStyle(s, fmt.Sprint(ty.cols[s]["answer"], ty.rows[s][id]))
	require.NoError(ty.t, err)
	look, err := ty.f.GetStyle(style)
	require.NoError(ty.t, err)
	return look.NumFmt == 9 || look.NumFmt == 10 || look.CustomNumFmt != nil && strings.Contains(*look.CustomNumFmt, "%")
}

// answer types an answer in: an option by its name unless the name holds the separator.
func (ty *typist) answer(s string, key submission.Key, ind *criteria.Indicator, in criteria.Input, v rule.Value) {
	put := func(v any) { ty.put(s, key.String(), "answer", v) }
	if v.IsNotApplicable() {
		put("Không áp dụng")
	} else if d, ok := v.Number(); ok {
		if in.Type == rule.Percent && ty.percent(s, key.String()) {
			d = d.Shift(-2)
		} else if in.Type == rule.Percent {
			put(strings.ReplaceAll(d.StringFixed(4), ".", ",") + "%") // three decimals could be thousands
			return
		}
		put(d.InexactFloat64())
	} else if yes, ok := v.Yes(); ok {
		put(ty.words[yes])
	} else if ids, ok := v.Options(); ok {
		put(optionWords(ind.Options(in.ID), ids))
	} else if day, ok := v.Day(); ok {
		put(typedDay(ty.t, day))
	} else if text, ok := v.Text(); ok {
		put(text)
	}
}

func optionWords(options []rule.Option, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		for _, o := range options {
			if o.ID == id {
				names[i] = o.Name["vi"]
			}
		}
	}
	if len(names) == 0 {
		return ";"
	}
	return strings.Join(names, "; ")
}

// typedDay is a day as Vietnamese type it, in text.
func typedDay(t failer, day rule.Date) string {
	d, err := time.Parse(time.DateOnly, string(day))
	require.NoError(t, err)
	return d.Format("2/1/2006")
}

// fill types a whole submission into a blank form.
func (ty *typist) fill(set *criteria.Set, s submission.Submission) {
	for key, a := range s.Answers.All() {
		in, ok := set.Figure(key.Input)
		if ok && key.Indicator == criteria.FiguresID {
			ty.answer(detailsSheet, key, nil, in, a.Value)
			continue
		}
		ind, _ := set.Indicator(key.Indicator)
		in, _ = ind.Input(key.Input)
		ty.answer(answersSheet, key, ind, in, a.Value)
	}
	for ind := range set.Root.AllIndicators() {
		first := submission.Key{Indicator: ind.ID, Input: ind.Inputs[0].ID}.String()
		var lines []string
		for _, e := range s.Evidence[ind.ID] {
			lines = append(lines, e.Text)
		}
		if len(lines) > 0 {
			ty.put(answersSheet, first, "evidence", strings.Join(lines, "\n"))
		}
		if remark := s.Remarks[ind.ID]; remark != "" {
			ty.put(answersSheet, first, "remark", remark)
		}
	}
	for id, text := range map[string]string{"@filler": s.Filler, "@approver": s.Approver, "@letter": s.Letter} {
		ty.put(detailsSheet, id, "answer", text)
	}
}

// plainWords keeps what is drawn free of texts that a person would not type as one: excelize takes _x000D_ for a code.
func plainWords(s submission.Submission) submission.Submission {
	clean := func(text string) string { return strings.ReplaceAll(text, "_x000D_", "x") }
	for key, a := range s.Answers.All() {
		if text, ok := a.Value.Text(); ok {
			s.Answers.Put(key, submission.Answer{Value: rule.TextOf(clean(text))})
		}
	}
	for id, list := range s.Evidence {
		seen := map[string]bool{}
		var kept []submission.Evidence
		for _, e := range list {
			if e.Text = clean(e.Text); !seen[e.Text] {
				kept, seen[e.Text] = append(kept, e), true
			}
		}
		s.Evidence[id] = kept
	}
	for id, remark := range s.Remarks {
		s.Remarks[id] = clean(remark)
	}
	s.Filler, s.Approver, s.Letter = clean(s.Filler), clean(s.Approver), clean(s.Letter)
	return s
}

// typed draws what a person types into a form.
func typed(t *rapid.T, form workbook.Form) submission.Submission {
	return plainWords(drawn(t, form))
}

// mixRows changes the order of a sheet's rows below its heads, as sorting does: whole rows, with the hidden id, and
// formulas as they stand, for theirs are absolute.
func mixRows(t *rapid.T, f *excelize.File, sheet string) {
	first := below(t, f, sheet)
	size, err := f.GetSheetDimension(sheet)
	require.NoError(t, err)
	_, corner, _ := strings.Cut(size, ":")
	width, last, err := excelize.CellNameToCoordinates(corner)
	require.NoError(t, err)
	type cell struct {
		text, formula string
		kind          excelize.CellType
		style         int
	}
	order, old := []int{}, map[int][]cell{}
	for row := first; row <= last; row++ {
		order = append(order, row)
		for c := range width {
			at := diag.ColumnName(c+1) + strconv.Itoa(row)
			var now cell
			now.text, err = f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
			require.NoError(t, err)
			now.formula, err = f.GetCellFormula(sheet, at)
			require.NoError(t, err)
			now.kind, err = f.GetCellType(sheet, at)
			require.NoError(t, err)
			now.style, err = f.GetCellStyle(sheet, at)
			require.NoError(t, err)
			old[row] = append(old[row], now)
		}
	}
	for i, row := range rapid.Permutation(order).Draw(t, "order") {
		for c, now := range old[row] {
			at := diag.ColumnName(c+1) + strconv.Itoa(first+i)
			if now.kind == excelize.CellTypeSharedString || now.kind == excelize.CellTypeInlineString {
				require.NoError(t, f.SetCellStr(sheet, at, strings.ReplaceAll(now.text, "_x000D_", "_x005F_x000D_")))
			} else {
				require.NoError(t, f.SetCellDefault(sheet, at, now.text))
			}
			if now.formula != "" {
				require.NoError(t, f.SetCellFormula(sheet, at, now.formula))
			}
			require.NoError(t, f.SetCellStyle(sheet, at, at, now.style))
		}
	}
}

// disturb does to a workbook what agencies do: rows sorted and inserted, columns inserted, cells merged, sheets moved
// and renamed.
func disturb(t *rapid.T, f *excelize.File) {
	if rapid.Bool().Draw(t, "sorted") {
		mixRows(t, f, answersSheet)
	}
	for range rapid.IntRange(0, 3).Draw(t, "rows inserted") {
		require.NoError(t, f.InsertRows(answersSheet, rapid.IntRange(2, 15).Draw(t, "before row"), 1))
	}
	for range rapid.IntRange(0, 3).Draw(t, "columns inserted") {
		require.NoError(t, f.InsertCols(answersSheet, diag.ColumnName(rapid.IntRange(1, 12).Draw(t, "before column")), 1))
	}
	if rapid.Bool().Draw(t, "merged") { // words of the form, far from the answers
		row := rapid.IntRange(6, 20).Draw(t, "row")
		require.NoError(t, f.MergeCell(answersSheet, fmt.Sprint("AA", row), fmt.Sprint("AC", row+3)))
	}
	sheets := f.GetSheetList()
	moved := rapid.Permutation(sheets).Draw(t, "sheets")
	require.NoError(t, f.MoveSheet(moved[0], moved[1]))
	if rapid.Bool().Draw(t, "renamed") {
		require.NoError(t, f.SetSheetName(answersSheet, "Chép (2)"))
	}
}

// A blank form is filled in by hand, then its rows are mixed and inserted, its sheets renamed and moved, columns
// inserted: what was typed is read, for every type of input, in composed and in decomposed letters.
func TestWhatIsTypedIsRead(t *testing.T) {
	form := exampleForm()
	blank := write(t, form)
	rapid.Check(t, func(t *rapid.T) {
		typedIn := typed(t, form)
		data := edited(t, blank, func(f *excelize.File) {
			newTypist(t, f, rapid.Bool().Draw(t, "decomposed")).fill(form.Set, typedIn)
			disturb(t, f)
		})
		if rapid.Bool().Draw(t, "Google Sheets") {
			data = likeGoogle(t, data)
		}
		got, problems := read(t, data, expect(form))
		assertFine(t, problems)
		assertSame(t, typedIn, got)
	})
}

// A percentage is a fraction in a cell that shows percentages, and as typed in any other.
func TestPercentages(t *testing.T) {
	for name, tt := range map[string]struct {
		format int // a number format of the file format; 10 is 0.00%
		typed  any
		want   string
	}{
		"100 % typed":                     {10, 1.0, "100"},
		"45 % typed":                      {10, 0.45, "45"},
		"half a percent":                  {10, 0.005, "0.5"},
		"none":                            {10, 0, "0"},
		"more than all":                   {10, 1.2, "120"},
		"whole percents":                  {9, 0.07, "7"},
		"text in a percent cell":          {10, "45,5%", "45.5"},
		"text without the sign":           {10, "45", "45"},
		"a plain number in another cell":  {0, 45, "45"},
		"text in another cell":            {0, "45 %", "45"},
		"one in a cell without a percent": {0, 1, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			form := exampleForm()
			data := edited(t, write(t, form), func(f *excelize.File) {
				at := fmt.Sprint(col(t, f, answersSheet, "answer"), rowOf(t, f, answersSheet, "INF-2.value"))
				style, err := f.NewStyle(&excelize.Style{NumFmt: tt.format})
				require.NoError(t, err)
				require.NoError(t, f.SetCellValue(answersSheet, at, tt.typed))
				require.NoError(t, f.SetCellStyle(answersSheet, at, at, style))
			})
			got, problems := read(t, data, expect(form))
			assert.Empty(t, problems)
			d, ok := got.Answers.At(key("INF-2.value")).Value.Number()
			require.True(t, ok)
			assert.True(t, dec(tt.want).Equal(d), d.String())
		})
	}
}

// largeForm has 500 indicators with long Vietnamese names. Their options are longer together than the 255 characters
// that a dropdown's own list may have, and hold commas and semicolons.
func largeForm() workbook.Form {
	form := exampleForm()
	long := "Tỷ lệ hồ sơ thủ tục hành chính được tiếp nhận, giải quyết trực tuyến toàn trình; thanh toán trực tuyến trên Cổng Dịch vụ công"
	var options []rule.Option
	for i := range 9 {
		text := fmt.Sprintf("Mức %d: %s, đạt trên %d%%; có báo cáo", i, long[:120], i*10)
		options = append(options, rule.Option{ID: fmt.Sprint("muc-", i), Name: say(text, text), Worth: rule.Worth{Share: some("0.1")}})
	}
	pillar := &criteria.Pillar{ID: "large", No: "1", Name: say("Nhóm lớn", "Large"), Combine: criteria.Sum}
	for i := range 500 {
		id := fmt.Sprint("LRG-", i)
		ind := &criteria.Indicator{
			ID: id, No: fmt.Sprint("1.", i), Name: say(strings.Repeat(long+" ", 2)+id, id), Points: each("0.2"), Effect: criteria.Base,
			NotApplicable: criteria.NotApplicable{Allowed: i%7 == 0},
		}
		switch i % 5 {
		case 0:
			ind.Inputs = []criteria.Input{input("value", rule.Choice, nil)}
			ind.Rule = &rule.ChoiceRule{Of: of("value"), Options: options}
		case 1:
			ind.Inputs = []criteria.Input{input("value", rule.Choices, nil)}
			ind.Rule = &rule.Checklist{Of: of("value"), Options: options}
		case 2:
			ind.Inputs = []criteria.Input{input("value", rule.Percent, nil)}
			ind.Rule = &rule.Linear{Of: of("value"), Worst: dec("0"), Best: dec("100")}
		case 3:
			ind.Inputs = []criteria.Input{input("value", rule.YesNo, nil)}
			ind.Rule = &rule.YesNoRule{Of: of("value")}
		default:
			ind.Inputs = []criteria.Input{input("value", rule.Count, nil), input("of", rule.Count, nil)}
			ind.Rule = &rule.Ratio{Of: of("value"), Over: of("of")}
		}
		pillar.Indicators = append(pillar.Indicators, ind)
	}
	form.Set.Root = &criteria.Pillar{Combine: criteria.Sum, Pillars: []*criteria.Pillar{pillar}}
	return form
}

func TestLargeFormsAreRead(t *testing.T) {
	form := largeForm()
	data := write(t, form)
	typedIn := rapid.Custom(func(t *rapid.T) submission.Submission { return typed(t, form) }).Example(1)
	filledIn := edited(t, data, func(f *excelize.File) { newTypist(t, f, true).fill(form.Set, typedIn) })
	for name, variant := range map[string]func() []byte{
		"as filled in":  func() []byte { return filledIn },
		"Google Sheets": func() []byte { return likeGoogle(t, filledIn) },
		"LibreOffice":   func() []byte { return converted(t, filledIn, "xlsx") },
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := read(t, variant(), expect(form))
			assertFine(t, problems)
			assertSame(t, typedIn, got)
		})
	}
}

var (
	sharedCell = regexp.MustCompile(`<c ([^>]*)t="s"([^>]*)><v>(\d+)</v></c>`)
	wholeCell  = regexp.MustCompile(`(<c r="[A-Z]+\d+"(?: s="\d+")?>(?:<f>[^<]*</f>)?<v>-?\d+)(</v>)`)
)

// likeGoogle saves a workbook as Google Sheets does: text within the cells instead of shared, whole numbers with a
// decimal point, no sheet hidden more deeply than by a click, no properties.
func likeGoogle(t failer, data []byte) []byte {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	parts, order := map[string]string{}, []string{}
	for _, part := range in.File {
		r, err := part.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		parts[part.Name], order = string(text), append(order, part.Name)
	}
	var shared struct {
		Items []struct {
			Text string `xml:"t"`
		} `xml:"si"`
	}
	require.NoError(t, xml.Unmarshal([]byte(parts["xl/sharedStrings.xml"]), &shared))
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, name := range order {
		text := parts[name]
		switch {
		case strings.HasPrefix(name, "xl/worksheets/sheet"):
			text = sharedCell.ReplaceAllStringFunc(text, func(c string) string {
				m := sharedCell.FindStringSubmatch(c)
				i, err := strconv.Atoi(m[3])
				require.NoError(t, err)
				var escaped strings.Builder
				require.NoError(t, xml.EscapeText(&escaped, []byte(shared.Items[i].Text)))
				return fmt.Sprintf(`<c %st="inlineStr"%s><is><r><t xml:space="preserve">%s</t></r></is></c>`, m[1], m[2], escaped.String())
			})
			text = wholeCell.ReplaceAllString(text, "$1.0$2")
		case name == "xl/workbook.xml":
			text = strings.ReplaceAll(text, "veryHidden", "hidden")
		}
		w, err := out.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, text)
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return buf.Bytes()
}
