package setbook_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/setbook"
)

// small is a set with a row of every kind.
const small = `schema: dti.criteria/v1
id: city
version: "2025"
title: {vi: Bộ chỉ số, en: City}
source: {date: 2025-01-15}
languages: [vi, en]
groups:
  dept: {vi: Sở, en: Departments}
  ward: {vi: Phường, en: Wards}
ratings:
  - {id: good, name: {vi: Tốt, en: Good}, from: 65}
  - {id: weak, name: {vi: Yếu, en: Weak}, from: 0}
figures:
  staff: {name: {vi: Người làm việc, en: Staff}, type: count}
pillars:
  - id: P
    no: "1"
    name: {vi: Hạ tầng, en: Infrastructure}
    pillars:
      - id: P1
        name: {vi: Mạng, en: Network}
        indicators:
          - {id: A, no: "1.10", name: {vi: Máy tính, en: Computers}, points: 5, inputs: {computers: {type: count}}, score: {kind: ratio, of: computers, over: figures.staff}, evidence: {required: true}}
    indicators:
      - {id: B, name: {vi: Cổng, en: Portal}, points: {dept: 5, ward: 4}, score: {kind: choice, options: [{id: full, name: {vi: Đủ, en: Full}, share: 1}, {id: half, name: {vi: Nửa, en: Half}, share: 0.5}]}}
  - id: Q
    no: "2"
    name: {vi: Nhân lực, en: People}
    indicators:
      - {id: C, name: {vi: Đào tạo, en: Training}, points: 5, score: {kind: steps, steps: [{by: 2025-06-30, share: 1}, {by: 2025-09-30, share: 0.5}]}}
      - {id: D, name: {vi: Chậm, en: Late}, points: 5, inputs: {late: {name: {vi: Trễ, en: Late}, type: count}, lost: {name: {vi: Mất, en: Lost}, type: count}}, score: {kind: deduct, parts: [{of: late, each: 1}, {of: lost, each: 2}]}}
      - id: E
        name: {vi: Tổng hợp, en: Together}
        points: 5
        inputs: {x: {name: {vi: X, en: X}, type: yes_no}, y: {name: {vi: Y, en: Y}, type: yes_no}, n: {name: {vi: N, en: N}, type: number}}
        score:
          kind: sum_of
          parts:
            - {id: a, share: 0.5, score: {kind: best_of, parts: [{id: x, share: 1, score: {kind: yes_no, of: x}}, {id: n, share: 0.5, score: {kind: steps, of: n, steps: [{from: 2, share: 1}]}}]}}
            - {id: b, share: 0.5, score: {kind: yes_no, of: y}}
views:
  - {id: V, name: {vi: Nhìn, en: View}, of: [{id: P}, {id: C, weight: 2}]}
`

// A desk is a workbook under the hands of somebody.
type desk struct {
	t *testing.T
	*excelize.File
}

func open(t *testing.T) desk {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, loaded(t, nil, "small.yaml", []byte(small)), "en")))
	require.NoError(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return desk{t, f}
}

// cell finds the cell of a column, by its mark, in the row with an id.
func (d desk) cell(sheet, id, mark string) string {
	d.t.Helper()
	rows, err := d.GetRows(sheet)
	require.NoError(d.t, err)
	col, ids := 0, -1
	for i, text := range rows[0] {
		if text == mark {
			col = i + 1
		}
		if text == "id" {
			ids = i
		}
	}
	require.NotZero(d.t, col, mark)
	for i, row := range rows {
		if i > 1 && ids >= 0 && ids < len(row) && row[ids] == id || sheet == "Settings" && len(row) > 0 && row[0] == id {
			at, err := excelize.CoordinatesToCellName(col, i+1)
			require.NoError(d.t, err)
			return at
		}
	}
	require.Fail(d.t, "no row", "%s %s", sheet, id)
	return ""
}

func (d desk) set(sheet, id, mark string, value any) {
	d.t.Helper()
	require.NoError(d.t, d.SetCellValue(sheet, d.cell(sheet, id, mark), value))
}

// lines is the last row of a sheet.
func (d desk) lines(sheet string) int {
	rows, err := d.GetRows(sheet)
	d.do(err)
	return len(rows)
}

// move moves some rows of a sheet in front of another one.
func (d desk) move(sheet string, from, count, to int) {
	for i := range count {
		d.do(d.DuplicateRowTo(sheet, from+i, to+i))
	}
	for range count {
		d.do(d.RemoveRow(sheet, from))
	}
}

func (d desk) do(err error) { require.NoError(d.t, err) }

func (d desk) bytes() []byte {
	d.t.Helper()
	var out bytes.Buffer
	require.NoError(d.t, d.Write(&out))
	return out.Bytes()
}

// told are problems in English, without the name of the file.
func told(err error, notes diag.Problems) []string {
	problems, _ := err.(diag.Problems) //nolint:errorlint // Read gives them bare
	var lines []string
	for _, p := range append(notes, problems...) {
		lines = append(lines, strings.TrimPrefix(locale.MustFor("en").Problem(p), "set.xlsx!"))
	}
	return lines
}

const (
	one = "1 Infrastructure"
	two = "2 People"
)

// What people do to a workbook is read as they mean it; the rest is as it was.
func TestEdits(t *testing.T) {
	dot5 := strings.NewReplacer("share: 0.5}]}}\n  - id: Q", "share: 0.25}]}}\n  - id: Q")
	for name, c := range map[string]struct {
		edit  func(d desk)
		want  func(text string) string // of the set; nil: as it was
		notes []string
	}{
		"decimal comma": {
			edit: func(d desk) { d.set(one, "half", "share", "0,25") },
			want: dot5.Replace,
		},
		"a percentage as a share": {
			edit: func(d desk) { d.set(one, "half", "share", "25 %") },
			want: dot5.Replace,
		},
		"a number as a word": {edit: func(d desk) { d.set("Settings", "version", "setting", 2025) }},
		"words in another language, in capitals": {
			edit: func(d desk) {
				d.set(one, "A", "score.kind", "TỶ LỆ")
				d.set(one, "A", "kind", "chỉ số")
				d.set(one, "A", "evidence.required", "x")
			},
		},
		"decomposed letters and spaces": {
			edit: func(d desk) { d.set(one, "A", "name.vi", "  Máy tính ") },
		},
		"dates day first": {
			edit: func(d desk) { d.set("Settings", "source.date", "setting", "15/1/2025") },
		},
		"dates as dates": {
			edit: func(d desk) {
				d.set("Settings", "source.date", "setting", time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC))
			},
		},
		"a renamed sheet": {edit: func(d desk) { d.do(d.SetSheetName(one, "Phần I")) }},
		"headings of one's own": {
			edit: func(d desk) { d.do(d.SetCellValue(one, d.cell(one, "A", "no")[:1]+"2", "Số hiệu")) },
		},
		"a remark beside the rows": {
			edit: func(d desk) {
				d.do(d.InsertCols(one, "F", 1))
				d.do(d.SetCellValue(one, "F2", "Góp ý"))
				d.do(d.SetCellValue(one, "F4", "?"))
			},
			notes: []string{`1 Infrastructure!F2: the column "Góp ý" is not one of the set's and was not read.`},
		},
		"cells without a heading": {
			edit: func(d desk) {
				d.do(d.SetCellValue(one, "BZ5", "?"))
				d.do(d.SetCellValue(one, "BZ7", "?"))
				d.do(d.SetCellValue("Agency groups", "H3", "?"))
				d.do(d.SetCellValue("Settings", "F20", "?"))
			},
			notes: []string{
				"Settings!F20: this cell is in a column without a heading; the cells of the column were not read.",
				"Agency groups!H3: this cell is in a column without a heading; the cells of the column were not read.",
				"1 Infrastructure!BZ5: this cell is in a column without a heading; the cells of the column were not read.",
			},
		},
		"a kind of row alone": {
			edit: func(d desk) {
				d.do(d.SetCellValue(two, "B"+strconv.Itoa(d.lines(two)+1), "Indicator"))
			},
			notes: []string{`2 People!B21: of this row only the kind "Indicator" is filled in, so it was not read.`},
		},
		"a share shown as a percentage": {
			edit: func(d desk) {
				style, err := d.NewStyle(&excelize.Style{NumFmt: 10})
				d.do(err)
				at := d.cell(one, "half", "share")
				d.set(one, "half", "share", 0.12345)
				d.do(d.SetCellStyle(one, at, at, style))
			},
			want: strings.NewReplacer("share: 0.5}]}}\n  - id: Q", "share: 0.12345}]}}\n  - id: Q").Replace,
		},
		"a list of remarks with headings": {
			edit: func(d desk) {
				_, err := d.NewSheet("Góp ý")
				d.do(err)
				d.do(d.SetSheetRow("Góp ý", "A1", &[]any{"STT", "Mã", "Điểm", "Góp ý"}))
				d.do(d.SetSheetRow("Góp ý", "A2", &[]any{1, "A", 5, "Cao quá"}))
			},
			notes: []string{`Góp ý: this sheet is not one of the set's and was not read.`},
		},
		"marks of the lists deleted": {
			edit: func(d desk) {
				for _, name := range []string{"Agency groups", "Ratings", "Figures", "Views"} {
					d.do(d.RemoveRow(name, 1))
					d.do(d.RemoveCol(name, "A"))
				}
			},
		},
		"an indicator copied with its rows, with an id of its own": {
			edit: func(d desk) {
				for i := range 3 {
					d.do(d.DuplicateRowTo(two, 4+i, 7+i))
				}
				d.do(d.SetCellValue(two, "C7", "C2"))
			},
			want: func(text string) string {
				i, j := strings.Index(text, "      - {id: C"), strings.Index(text, "      - {id: D")
				return text[:j] + strings.Replace(text[i:j], "id: C", "id: C2", 1) + text[j:]
			},
		},
		"a comment with other ends of lines": {
			edit: func(d desk) { d.set("Settings", "comment", "setting", "one\u2028two\u2029three\u0085four") },
		},
		"an indicator on the sheet of another part": {
			edit: func(d desk) {
				d.do(d.SetCellValue(two, d.cell(two, "E", "parent"), "P"))
			},
			want: func(text string) string {
				i, j, k := strings.Index(text, "  - id: Q"), strings.Index(text, "      - id: E"), strings.Index(text, "views:")
				return text[:i] + text[j:k] + text[i:j] + text[k:]
			},
			notes: []string{`2 People!G12: the row was read into the pillar "P" of the sheet "1 Infrastructure", because this cell says so. Clear the cell for the row to belong to the pillar of this sheet.`},
		},
		"a sheet of remarks": {
			edit:  func(d desk) { _, err := d.NewSheet("Góp ý"); d.do(err); d.do(d.SetCellValue("Góp ý", "A1", "?")) },
			notes: []string{`Góp ý: this sheet is not one of the set's and was not read.`},
		},
		"marks deleted":        {edit: func(d desk) { d.do(d.RemoveRow(one, 1)); d.do(d.RemoveCol(one, "A")) }},
		"a merge across a row": {edit: func(d desk) { d.do(d.MergeCell(two, "G3", "H3")) }},
		"blank rows between":   {edit: func(d desk) { d.do(d.InsertRows(two, 4, 2)) }},
		"hidden kinds cleared": {
			edit: func(d desk) {
				for row := 3; row < 20; row++ {
					at, _ := excelize.CoordinatesToCellName(1, row)
					d.do(d.SetCellValue(two, at, nil))
				}
			},
		},
		"words of rows cleared": {
			edit: func(d desk) {
				for row := 3; row < 20; row++ {
					at, _ := excelize.CoordinatesToCellName(2, row)
					d.do(d.SetCellValue(two, at, nil))
				}
			},
		},
		"a sheet of headings and rows alone": {
			edit: func(d desk) {
				// People copy what they see into a new sheet.
				rows, err := d.GetRows(two)
				d.do(err)
				d.do(d.SetSheetName(two, "old"))
				_, err = d.NewSheet("copy")
				d.do(err)
				for i, row := range rows[1:] {
					at, _ := excelize.CoordinatesToCellName(1, i+3)
					line := row[1:]
					d.do(d.SetSheetRow("copy", at, &line))
				}
				d.do(d.MoveSheet("copy", "Views"))
				d.do(d.DeleteSheet("old"))
			},
		},
		"a row of marks deleted": {
			edit: func(d desk) { d.do(d.RemoveRow(one, 1)) }, // then headings decide
		},
		"an indicator added at the end": {
			edit: func(d desk) {
				row := d.lines(two) + 1
				for mark, text := range map[string]string{"kind": "Indicator", "id": "F", "name.vi": "Mới", "name.en": "New", "points": "2,5", "score.kind": "Yes/No"} {
					at := d.cell(two, "C", mark)
					d.do(d.SetCellValue(two, strings.TrimRight(at, "0123456789")+strconv.Itoa(row), text))
				}
			},
			want: strings.NewReplacer("views:", "      - {id: F, name: {vi: Mới, en: New}, points: 2.5, score: {kind: yes_no}}\nviews:").Replace,
		},
		"an indicator moved down": {
			edit: func(d desk) { d.move(two, 4, 3, d.lines(two)+1) },
			want: func(text string) string {
				i, j, k := strings.Index(text, "      - {id: C"), strings.Index(text, "      - {id: D"), strings.Index(text, "views:")
				return text[:i] + text[j:k] + text[i:j] + text[k:]
			},
		},
		"a setting of one's own": {
			edit: func(d desk) {
				d.do(d.SetCellValue("Settings", "B60", "Người soạn"))
				d.do(d.SetCellValue("Settings", "C60", "A"))
			},
			notes: []string{`Settings!C60: the setting "Người soạn" is not one of the set's and was not read.`},
		},
		"settings by their words": {
			edit: func(d desk) {
				for row := 10; row < 45; row++ {
					at, _ := excelize.CoordinatesToCellName(1, row)
					d.do(d.SetCellValue("Settings", at, nil))
				}
			},
		},
		"a column almost known": {
			edit:  func(d desk) { d.do(d.SetCellValue("Ratings", "G2", "Boundd")) },
			notes: []string{`Ratings!G2: the column "Boundd" is not one of the set's and was not read; nearest: "Bound".`},
		},
		"a row deleted": {
			edit: func(d desk) { d.do(d.RemoveRow("Views", 5)) },
			want: strings.NewReplacer(", {id: C, weight: 2}", "").Replace,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			c.edit(d)
			set, notes, err := setbook.Read("set.xlsx", d.bytes())
			require.NoError(t, err, told(err, nil))
			assert.Equal(t, c.notes, told(nil, notes))
			want := small
			if c.want != nil {
				want = c.want(want)
				require.NotEqual(t, small, want)
			}
			assertSame(t, loaded(t, nil, "want.yaml", []byte(want)), set)
		})
	}
}

// What cannot be read is told at its cell, and nothing that only follows from it.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(d desk)
		want []string
	}{
		"ambiguous number": {
			edit: func(d desk) { d.set(two, "D", "points", "1.500") },
			want: []string{`2 People!H7: read "1.500", which may be 1.5 or 1,500. Write 1.5 or 1500.`},
		},
		"percentage of points": {
			edit: func(d desk) { d.set(two, "D", "points", "50%") },
			want: []string{`2 People!H7: read "50%", but the column "Points" takes a number without %. Type the number.`},
		},
		"formula": {
			edit: func(d desk) { d.do(d.SetCellFormula(two, d.cell(two, "D", "name.en"), `="La"&"te"`)) },
			want: []string{`2 People!F7: the cell holds a formula and is not read. Type the number or text instead.`},
		},
		"formulas in the columns that sort the rows": {
			edit: func(d desk) {
				d.do(d.SetCellFormula(one, d.cell(one, "B", "parent"), `="P"`))
				d.do(d.SetCellFormula(two, d.cell(two, "D", "kind"), `="Indicator"`))
				d.do(d.SetCellFormula("Settings", d.cell("Settings", "comment", "setting"), `="x"`))
			},
			want: []string{
				`Settings!C34: the cell holds a formula and is not read. Type the number or text instead.`,
				`1 Infrastructure!G7: the cell holds a formula and is not read. Type the number or text instead.`,
				`2 People!B7: the cell holds a formula and is not read. Type the number or text instead.`,
			},
		},
		"a date as a parent": {
			edit: func(d desk) { d.set(one, "B", "parent", time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)) },
			want: []string{`1 Infrastructure!G7: the cell in the column "Belongs to" was turned into a date. Format it as text and type it again.`},
		},
		"only the row of an indicator deleted": {
			edit: func(d desk) { d.do(d.RemoveRow(two, 12)) },
			want: []string{`2 People!12: the row was exported below "E", whose own row is gone, so it falls to "D". Bring the row of "E" back, or delete this row and the next ones of "E".`},
		},
		"only the row of a view deleted": {
			edit: func(d desk) {
				d.do(d.DuplicateRowTo("Views", 3, 6))
				d.do(d.DuplicateRowTo("Views", 4, 7))
				for row, id := range map[int]string{3: "W", 6: "V"} {
					d.do(d.SetCellValue("Views", "C"+strconv.Itoa(row), id))
				}
				for row, text := range map[int]string{3: "view:W", 4: "view_part:W", 5: "view_part:W"} {
					d.do(d.SetCellValue("Views", "A"+strconv.Itoa(row), text))
				}
				d.do(d.RemoveRow("Views", 6))
			},
			want: []string{`Views!6: the row was exported below "V", whose own row is gone, so it falls to "W". Bring the row of "V" back, or delete this row and the next ones of "V".`},
		},
		"an option moved to another indicator": {
			edit: func(d desk) { d.move(two, 5, 1, 8) },
			want: []string{
				`2 People!7: the row was exported below "C"; it stands below "D" now and was read as its row.`,
				`2 People!5: at most 2.5 of 5 points can be earned, so nobody reaches the full points; raise the highest to 5.`,
				`2 People!7: a row "Step" is not for the way of scoring "Deductions". Delete the row or change the way.`,
			},
		},
		"an indicator above its pillar": {
			edit: func(d desk) { d.move(two, 3, 1, 7) },
			want: []string{
				`2 People!3: this indicator stands above the row of the pillar, so it is not clear what it belongs to. Move it below, or give the id of the pillar in the column Belongs to.`,
			},
		},
		"no groups and no id": {
			edit: func(d desk) {
				d.do(d.RemoveRow("Agency groups", 4))
				d.do(d.RemoveRow("Agency groups", 3))
				at := d.cell("Settings", "id", "setting")
				row, err := strconv.Atoi(at[1:])
				d.do(err)
				d.do(d.RemoveRow("Settings", row))
			},
			want: []string{
				`Settings: the sheet of settings has no row "Id of the set". Add it and fill it in.`,
				`Agency groups: the sheet "Agency groups" is not there or has no rows. Add a row at least.`,
				`1 Infrastructure!I7: groups holds no agency group "dept". Mend its id or add the group.`,
				`1 Infrastructure!J7: groups holds no agency group "ward". Mend its id or add the group.`,
			},
		},
		"date made of a number": {
			edit: func(d desk) { d.set(one, "A", "no", time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)) },
			want: []string{`1 Infrastructure!D5: the cell in the column "No." was turned into a date. Format it as text and type it again.`},
		},
		"no such row": {
			edit: func(d desk) { d.set(one, "A", "kind", "Pilar"); d.do(d.SetCellValue(one, "A5", nil)) },
			want: []string{
				`1 Infrastructure!4: there are no pillars and no indicators here. Add pillars or indicators.`,
				`1 Infrastructure!B5: "Pilar" is not a word of this column; nearest: Pillar (of: Pillar, Indicator, Input, Option, Step, Part, Deduction).`,
			},
		},
		"flag": {
			edit: func(d desk) { d.set(one, "A", "evidence.required", "maybe") },
			want: []string{`1 Infrastructure!AK5: the column "Evidence needed" takes yes or no, read "maybe".`},
		},
		"a column of another row": {
			edit: func(d desk) { d.set(one, "half", "effect", "Bonus") },
			want: []string{`1 Infrastructure!AJ9: the column "Effect on the total" is not for a row "Option". Clear the cell or change the kind of row.`},
		},
		"a setting of another score": {
			edit: func(d desk) { d.set(one, "B", "score.target", 0.5) },
			want: []string{`1 Infrastructure!X7: the column "Target" is not for the way of scoring "Choice". Clear the cell or change the way.`},
		},
		"rows of another score": {
			edit: func(d desk) { d.set(one, "B", "score.kind", "Yes/No") },
			want: []string{`1 Infrastructure!8: a row "Option" is not for the way of scoring "Yes/No". Delete the row or change the way.`},
		},
		"no such parent": {
			edit: func(d desk) { d.set(one, "P1", "parent", "PP") },
			want: []string{`1 Infrastructure!G4: there is no pillar or part "PP" for the row to belong to; nearest: P.`},
		},
		"in a circle": {
			edit: func(d desk) { d.set(one, "P", "parent", "P1") },
			want: []string{
				`1 Infrastructure!G3: the pillar "P" belongs to itself, by way of others or straight. Mend this cell.`,
				`1 Infrastructure!G4: the pillar "P1" belongs to itself, by way of others or straight. Mend this cell.`,
				`Views!C4: there is no pillar or indicator "P"; nearest: Q.`,
			},
		},
		"a blank title": {
			edit: func(d desk) { d.set("Settings", "title.en", "setting", nil) },
			want: []string{`Settings!C15: the cell "Title (en)" is blank. Fill it in.`},
		},
		"a blank id": {
			edit: func(d desk) { d.set("Agency groups", "ward", "id", nil) },
			want: []string{
				`Agency groups!B4: the cell "Id" is blank. Fill it in.`,
				`1 Infrastructure!J7: groups holds no agency group "ward". Mend its id or add the group.`,
			},
		},
		"an id twice": {
			edit: func(d desk) { d.set("Agency groups", "ward", "id", "dept") },
			want: []string{
				`Agency groups!B4: the id "dept" is used at set.xlsx!Agency groups!B3 already. Choose another.`,
				`1 Infrastructure!J7: groups holds no agency group "ward". Mend its id or add the group.`,
			},
		},
		"a bound without value": {
			edit: func(d desk) { d.set("Ratings", "good", "value", nil) },
			want: []string{`Ratings!F3: the cell "Value of bound" is blank. Fill it in.`},
		},
		"points twice": {
			edit: func(d desk) { d.set(one, "B", "points", 5) },
			want: []string{
				`1 Infrastructure!I7: points for all groups are at set.xlsx!1 Infrastructure!H7 already. Give one or the other.`,
				`1 Infrastructure!J7: points for all groups are at set.xlsx!1 Infrastructure!H7 already. Give one or the other.`,
			},
		},
		"an unknown setting word": {
			edit: func(d desk) { d.set("Settings", "ranking.ties", "setting", "sometimes") },
			want: []string{`Settings!C25: "sometimes" is not a word of this column; choose one of: 1–2–2–4, 1–2–2–3, 1–2–3–4.`},
		},
		"an unknown kind of score": {
			edit: func(d desk) { d.set(two, "D", "score.kind", "Deductoins") },
			want: []string{`2 People!M7: "Deductoins" is not a word of this column; nearest: Deductions (of: Against the best, Best of parts, Checklist, Choice, Deductions, Between worst and best, Between lowest and highest, Per unit, By order, Points entered, Ratio, Steps, Sum of parts, Yes/No).`},
		},
		"no kind of score": {
			edit: func(d desk) { d.set(two, "C", "score.kind", nil) },
			want: []string{`2 People!M4: the cell "Scored by" is blank. Fill it in.`},
		},
		"an unknown bound": {
			edit: func(d desk) { d.set("Ratings", "good", "bound", "Beyond") },
			want: []string{`Ratings!E3: "Beyond" is not a word of this column; choose one of: From, Above, Up to, On or before.`},
		},
		"a value without bound": {
			edit: func(d desk) { d.set("Ratings", "good", "bound", nil) },
			want: []string{`Ratings!E3: the cell "Bound" is blank. Fill it in.`},
		},
		"a bad date": {
			edit: func(d desk) { d.do(d.SetCellValue(two, d.cell(two, "C", "value")[:2]+"5", "soon")) },
			want: []string{`2 People!AB5: a date such as 15/01/2025 is needed, read "soon".`},
		},
		"an error": {
			edit: func(d desk) { d.do(d.SetCellFormula(two, "H7", "1/0")) },
			want: []string{`2 People!H7: the cell holds a formula and is not read. Type the number or text instead.`},
		},
		"a row without kind": {
			edit: func(d desk) { d.do(d.SetCellValue(two, "A7", nil)); d.do(d.SetCellValue(two, "B7", nil)) },
			want: []string{
				`2 People!B7: the cell "Row" is blank. Fill it in.`,
			},
		},
		"merged over rows": {
			edit: func(d desk) { d.do(d.MergeCell("Ratings", "C3", "C4")) },
			want: []string{`Ratings!C4: this cell is merged with C3:C4, so it is not clear whose content it is. Unmerge the cells.`},
		},
		"a column twice": {
			edit: func(d desk) { d.do(d.SetCellValue("Ratings", "G2", "Bound")) },
			want: []string{`Ratings!G2: the column "Bound" is at set.xlsx!Ratings!E2 already. Delete one of them.`},
		},
		"a setting twice": {
			edit: func(d desk) {
				d.do(d.SetCellValue("Settings", "A60", "version"))
				d.do(d.SetCellValue("Settings", "C60", "2026"))
			},
			want: []string{`Settings!C60: the setting "Version" is at set.xlsx!Settings!C13 already. Delete one of the rows.`},
		},
		"no such part": {
			edit: func(d desk) { d.do(d.SetCellValue(two, "G18", "aa")) },
			want: []string{`2 People!G18: there is no pillar or part "aa" for the row to belong to; nearest: a.`, `2 People!G19: there is no pillar or part "a/n" for the row to belong to; nearest: a/x.`},
		},
		"a part of a view alone": {
			edit: func(d desk) { d.do(d.RemoveRow("Views", 3)) },
			want: []string{
				`Views!3: a row "Component" stands below a row "View". Move it there.`,
				`Views!4: a row "Component" stands below a row "View". Move it there.`,
			},
		},
		"no settings": {
			edit: func(d desk) { d.do(d.DeleteSheet("Settings")) },
			want: []string{`set.xlsx: the sheet with the settings of the set is missing. Copy it back from the exported file.`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			c.edit(d)
			set, notes, err := setbook.Read("set.xlsx", d.bytes())
			assert.True(t, set == nil)
			assert.Equal(t, c.want, told(err, notes))
		})
	}
}

func TestNoWorkbookOfASet(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	d := desk{t, f}
	_, _, err := setbook.Read("set.xlsx", d.bytes())
	assert.Equal(t, []string{`set.xlsx: this is not the workbook of a criteria set. Make one with: dti criteria export.`}, told(err, nil))
	d.do(d.SetSheetName("Sheet1", "dti"))
	d.do(d.SetCellValue("dti", "B1", "dti.form/v1"))
	_, _, err = setbook.Read("set.xlsx", d.bytes())
	assert.Equal(t, []string{`set.xlsx: this is a self-assessment form of a round, not the workbook of a criteria set. Choose a file that dti criteria export made.`}, told(err, nil))
	_, _, err = setbook.Read("set.xlsx", []byte("hello"))
	require.Error(t, err)
	whole := open(t).bytes()
	for _, at := range []int{len(whole) / 3, len(whole) / 2} {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x55
		_, _, err = setbook.Read("set.xlsx", damaged)
		require.Error(t, err, "byte %d", at)
	}
}

// What YAML cannot hold is told at its cell, before a file of it is kept.
func TestWhatNoFileCanHold(t *testing.T) {
	whole, problems := sheet.OpenXLSX("set.xlsx", open(t).bytes(), sheet.FormLimits())
	require.Empty(t, problems)
	row, ok := whole.Sheets[0].Row(34)
	require.True(t, ok)
	require.Equal(t, "comment", row.Cells[0].Text)
	c := sheet.Cell{Text: "a\x01b", Place: diag.Place{File: "set.xlsx", Sheet: "Settings", Row: 34, Col: 3}}
	for i, r := range whole.Sheets[0].Rows {
		if r.Number == 34 {
			whole.Sheets[0].Rows[i].Cells = slices.Insert(slices.Clone(r.Cells), 2, c)
		}
	}
	set, _, err := setbook.ReadBook(whole)
	assert.Nil(t, set)
	assert.Equal(t, []string{`Settings!C34: the content holds special characters that a YAML file cannot. Type it anew, do not paste it.`}, told(err, nil))
}

// Equal sets give equal bytes.
func TestEqualBytes(t *testing.T) {
	set := loaded(t, nil, "small.yaml", []byte(small))
	assert.True(t, bytes.Equal(written(t, set, "vi"), written(t, set, "vi")))
}

// Only the comments at the head of a set survive.
func TestLosesComments(t *testing.T) {
	for text, want := range map[string]bool{
		small: false, "# head\n" + small: false, "# head\n\n# more\n" + small: false,
		strings.Replace(small, "pillars:", "# here\npillars:", 1): true,
		small + "# foot\n": true,
		strings.Replace(small, "languages: [vi, en]", "languages: [vi, en] # two", 1): true,
	} {
		assert.Equal(t, want, setbook.LosesComments(loaded(t, nil, "small.yaml", []byte(text))), text[:20])
	}
}

// An edit puts something into a cell of an opened workbook.
type edit struct {
	sheet, row, col, kind uint8
	text                  string
}

// apply changes the copy of a workbook; the rows and cells of the workbook itself stay.
func (e edit) apply(book sheet.Book) sheet.Book {
	book.Sheets = slices.Clone(book.Sheets)
	s := &book.Sheets[int(e.sheet)%len(book.Sheets)]
	if len(s.Rows) == 0 {
		return book
	}
	s.Rows = slices.Clone(s.Rows)
	at := int(e.row) % len(s.Rows)
	if e.kind == 255 {
		s.Rows = slices.Delete(s.Rows, at, at+1)
		return book
	}
	row := &s.Rows[at]
	col := int(e.col)%60 + 1
	place := diag.Place{File: book.Name, Sheet: s.Name, Row: row.Number, Col: col}
	c := sheet.Cell{
		Place: place, Text: strings.ToValidUTF8(e.text, "?"), Numeric: e.kind&1 > 0, Percent: e.kind&2 > 0, Date: e.kind&4 > 0, Bool: e.kind&8 > 0,
		Formula: e.kind&16 > 0, Error: e.kind&32 > 0, NoValue: e.kind&64 > 0,
	}
	i, found := slices.BinarySearchFunc(row.Cells, col, func(c sheet.Cell, col int) int { return c.Place.Col - col })
	row.Cells = slices.Clone(row.Cells)
	if found {
		row.Cells[i] = c
	} else {
		row.Cells = slices.Insert(row.Cells, i, c)
	}
	return book
}

// FuzzRead holds that no workbook, however edited, ends the program, and that what is read is YAML that loads.
func FuzzRead(f *testing.F) {
	set, err := criteria.Load("small.yaml", []byte(small))
	require.NoError(f, err)
	var out bytes.Buffer
	require.NoError(f, setbook.Write(&out, set, locale.MustFor("en")))
	whole, problems := sheet.OpenXLSX("set.xlsx", out.Bytes(), sheet.FormLimits())
	require.Empty(f, problems)
	f.Add(uint8(0), uint8(12), uint8(2), uint8(0), "x", uint8(4), uint8(5), uint8(1), uint8(0), "Pillar")
	f.Add(uint8(4), uint8(1), uint8(3), uint8(0), "dti:part", uint8(0), uint8(1), uint8(0), uint8(255), "")
	f.Add(uint8(5), uint8(10), uint8(6), uint8(0), "a/x", uint8(5), uint8(11), uint8(1), uint8(0), "Part")
	f.Add(uint8(1), uint8(3), uint8(1), uint8(0), "1.234", uint8(2), uint8(3), uint8(5), uint8(1), "-1e999")
	f.Fuzz(func(t *testing.T, s1, r1, c1, k1 uint8, a string, s2, r2, c2, k2 uint8, b string) {
		book := edit{s1, r1, c1, k1, a}.apply(whole)
		set, _, err := setbook.ReadBook(edit{s2, r2, c2, k2, b}.apply(book))
		if err != nil {
			require.NotEmpty(t, told(err, nil))
			return
		}
		_, err = criteria.Load("set.yaml", set.YAML)
		require.NoError(t, err, string(set.YAML))
	})
}
