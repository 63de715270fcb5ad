package reviewbook_test

import (
	"bytes"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/reviewbook"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

// every is a set with every type of input.
const every = `schema: dti.criteria/v1
id: every
version: "1"
title: {vi: Mọi loại số liệu, en: Every type of input}
languages: [vi, en]
groups: {department: {vi: "Sở, ban, ngành", en: Departments}}
rounding: {indicator: 2, total: 2}
verifiers:
  so-noi-vu: {vi: Sở Nội vụ, en: Home Affairs}
  so-tttt: {vi: Sở Thông tin và Truyền thông, en: Information}
figures:
  staff: {name: {vi: Tổng số cán bộ, en: Staff}, type: count}
  trained: {name: {vi: Đã tập huấn, en: Trained}, type: count}
indicators:
  - {id: A-1, no: "1", name: {vi: Có quy chế, en: Rules}, points: 5, verifier: so-noi-vu, score: {kind: yes_no}, evidence: {required: true}}
  - id: A-2
    no: "2"
    name: {vi: Mức độ, en: Level}
    points: 10
    verifier: so-noi-vu
    score: {kind: choice, options: [{id: none, name: {vi: Chưa có, en: None}, share: 0}, {id: part, name: {vi: "Một phần; thử", en: "Part; trial"}, share: 0.5}, {id: full, name: {vi: Đầy đủ, en: Full}, share: 1}]}
    not_applicable: {allowed: true}
  - id: A-3
    no: "3"
    name: {vi: Các việc, en: Tasks}
    points: 10
    verifier: so-noi-vu
    score: {kind: checklist, options: [{id: plan, name: {vi: Kế hoạch, en: Plan}, share: 0.5}, {id: unit, name: {vi: Đầu mối, en: Unit}, share: 0.5}]}
  - id: A-4
    no: "4"
    name: {vi: Tỷ lệ, en: Rate}
    points: 20
    verifier: so-noi-vu
    inputs: {done: {name: {vi: Đã xong, en: Done}, type: count}, all: {name: {vi: Tất cả, en: All}, type: count, min: 1}}
    score: {kind: ratio, of: done, over: all}
  - id: A-5
    no: "5"
    name: {vi: Ngày ban hành, en: Day}
    points: 5
    verifier: so-noi-vu
    inputs: {value: {name: {vi: Ngày, en: Day}, type: date}, note: {name: {vi: Ghi chú, en: Note}, type: text}}
    score: {kind: steps, of: value, steps: [{by: 2025-06-30, points: 5}]}
  - {id: A-6, no: "6", name: {vi: Phần trăm, en: Percentage}, points: 10, verifier: so-noi-vu, inputs: {value: {type: percent, max: 100}}, score: {kind: linear, worst: 0, best: 100}}
  - {id: A-7, no: "7", name: {vi: Con số, en: Number}, points: 10, min: -2, verifier: so-noi-vu, inputs: {value: {type: number}}, score: {kind: linear, worst: 0, best: 9}}
  - {id: A-8, no: "8", name: {vi: Hội đồng chấm, en: Points}, points: 10, verifier: so-noi-vu, score: {kind: points}}
  - {id: A-9, no: "9", name: {vi: Tập huấn, en: Training}, points: 10, verifier: so-noi-vu, inputs: {seen: {name: {vi: Quan sát, en: Seen}, type: count, by: survey}}, score: {kind: ratio, of: figures.trained, over: figures.staff}}
  - {id: B-1, no: "10", name: {vi: Việc của đơn vị khác, en: Of another}, points: 10, verifier: so-tttt, score: {kind: yes_no}}
  - {id: C-1, no: "11", name: {vi: Không nêu đơn vị, en: Of nobody}, points: 10, inputs: {value: {type: count}}, score: {kind: per_unit, of: value, each: 1}}
`

type tester interface {
	require.TestingT
	Helper()
}

func loaded(t tester) *criteria.Set {
	t.Helper()
	set, err := criteria.Load("every.yaml", []byte(every))
	require.NoError(t, err)
	return set
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func key(s string) submission.Key {
	indicator, input, _ := strings.Cut(s, ".")
	return submission.Key{Indicator: indicator, Input: input}
}

// answers are those of the agencies as they claimed.
func answers() map[submission.Key]rule.Value {
	return map[submission.Key]rule.Value{
		key("A-1.value"): rule.YesNoOf(true), key("A-2.value"): rule.OptionsOf("part"), key("A-3.value"): rule.OptionsOf("plan", "unit"),
		key("A-4.done"): rule.NumberOf(dec("38")), key("A-4.all"): rule.NumberOf(dec("40")), key("A-5.value"): rule.DayOf("2025-03-01"),
		key("A-5.note"): rule.TextOf("=1+1 \n và _x000D_"), key("A-6.value"): rule.NumberOf(dec("45.5")), key("A-7.value"): rule.InvalidValue(),
		key("A-8.value"): rule.NumberOf(dec("7.25")), key("figures.staff"): rule.NumberOf(dec("40")), key("figures.trained"): rule.NumberOf(dec("30")),
		key("B-1.value"): rule.YesNoOf(false), key("C-1.value"): rule.NotApplicableValue(),
	}
}

// round is a round of two agencies with the same answers.
func round(t tester) *submission.Round {
	t.Helper()
	set := loaded(t)
	r := &submission.Round{
		ID: "r-2025", Title: criteria.Text{"vi": "Đợt 2025", "en": "Round 2025"}, Year: 2025, Set: set,
		Agencies: []submission.Agency{
			{Code: "so-y-te", Name: criteria.Text{"vi": "Sở Y tế"}, Group: "department", Aliases: []string{"syt"}},
			{Code: "so/xd", Name: criteria.Text{"vi": `=HYPERLINK("x") & "Sở"`}, Group: "department"},
		},
		Submissions: map[string]submission.Submission{},
	}
	for _, a := range r.Agencies {
		entered := map[submission.Key]submission.Answer{}
		for k, v := range answers() {
			entered[k] = submission.Answer{Value: v, Place: diag.Place{File: "x.xlsx", Row: 1}}
		}
		r.Submissions[a.Code] = submission.Submission{
			Agency: a.Code, Sent: true, Answers: submission.AnswersOf(set, entered),
			Evidence: map[string][]submission.Evidence{"A-4": {{Text: "12/BC – Kiểm kê"}, {Text: "- ảnh"}}}, Remarks: map[string]string{"A-4": "Đã kiểm tra"},
		}
	}
	return r
}

// bookOf is the workbook of a verifier with all of its answers.
func bookOf(r *submission.Round, verifier, lang string, stage submission.Stage) reviewbook.Book {
	words := locale.MustFor("vi")
	b := reviewbook.Book{
		Set: r.Set, Round: reviewbook.Round{ID: r.ID, Title: r.Title, Year: r.Year}, Stage: stage, Verifier: verifier, Lang: lang,
		Answer: func(_ *criteria.Indicator, _ criteria.Input, v rule.Value) string {
			if d, ok := v.Number(); ok {
				return words.Plain(d)
			}
			return "…"
		},
	}
	for _, a := range r.Agencies {
		claim := r.Submissions[a.Code]
		for ind := range r.Set.Root.AllIndicators() {
			if ind.Verifier != verifier {
				continue
			}
			row := reviewbook.Row{
				Agency: a, Key: submission.Key{Indicator: ind.ID}, Claim: claim, Points: rule.Optional{Value: dec("3.5"), Set: true},
				Of: rule.Optional{Value: ind.Points[a.Group], Set: true}, Peers: reviewbook.Peers{Agencies: 2, Full: 1, Mean: dec("3.25")}, Last: "4/5 (2024)",
			}
			if ind.ID == "A-9" { // judged by figures alone
				b.Rows = append(b.Rows, row)
				continue
			}
			for _, in := range ind.Inputs {
				row.Key.Input = in.ID
				b.Rows = append(b.Rows, row)
			}
		}
		if verifier == "" {
			b.Rows = append(b.Rows, reviewbook.Row{Agency: a, Key: key("figures.staff"), Claim: claim})
		}
	}
	return b
}

func written(t tester, b reviewbook.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, reviewbook.Write(&out, b))
	return out.Bytes()
}

func read(t tester, data []byte, r *submission.Round) ([]submission.Decision, diag.Problems) {
	t.Helper()
	book, problems := sheet.OpenXLSX("reviews/a.xlsx", data, sheet.TableLimits())
	require.Empty(t, problems)
	require.True(t, reviewbook.Is(book))
	return reviewbook.Read(book, r, table.Want{
		Set: r.Set, Agencies: table.NewDirectory(r.Agencies), Reader: answer.NewReader(r.Set),
	})
}

// A desk is where a verifier fills in a workbook.
type desk struct {
	t    tester
	file *excelize.File
	name string // of the sheet of decisions
	cols map[string]int
	rows map[string]int
}

func open(t tester, data []byte) *desk {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	d := &desk{t: t, file: f, name: f.GetSheetName(1), cols: map[string]int{}, rows: map[string]int{}}
	rows, err := f.GetRows(d.name)
	require.NoError(t, err)
	for i, text := range rows[0] {
		d.cols[strings.TrimPrefix(text, "dti:")] = i + 1
	}
	for i, row := range rows {
		if len(row) > 0 {
			d.rows[row[0]] = i + 1
		}
	}
	return d
}

func (d *desk) at(row, column string) string {
	d.t.Helper()
	require.NotZero(d.t, d.rows[row], "row %s", row)
	require.NotZero(d.t, d.cols[column], "column %s", column)
	cell, err := excelize.CoordinatesToCellName(d.cols[column], d.rows[row])
	require.NoError(d.t, err)
	return cell
}

func (d *desk) set(row, column string, value any) {
	d.t.Helper()
	require.NoError(d.t, d.file.SetCellValue(d.name, d.at(row, column), value))
}

func (d *desk) saved() []byte {
	d.t.Helper()
	buf, err := d.file.WriteToBuffer()
	require.NoError(d.t, err)
	return buf.Bytes()
}

func said(problems diag.Problems) []string {
	var all []string
	for _, p := range problems {
		all = append(all, locale.MustFor("en").Problem(p))
	}
	return all
}
