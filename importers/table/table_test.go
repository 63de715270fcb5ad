package table_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

const setYAML = `
schema: dti.criteria/v1
id: example
version: "1"
title: {vi: Ví dụ, en: Example}
languages: [vi, en]
scale: points
groups:
  department: {vi: "Sở, ban, ngành", en: Departments}
  ward: {vi: Phường, en: Wards}
figures:
  staff: {name: {vi: Biên chế, en: Staff}, type: count, min: 1}
pillars:
  - id: infra
    no: "1"
    name: {vi: Hạ tầng, en: Infrastructure}
    indicators:
      - id: INF-1
        no: "1.1"
        name: {vi: Máy tính, en: Computers}
        points: 5
        inputs: {computers: {name: {vi: Số máy, en: Computers}, type: count}, good: {name: {vi: Máy tốt, en: Good ones}, type: count}}
        score: {kind: ratio, of: good, over: computers}
      - {id: INF-2, no: "1.10", name: {vi: Có trang, en: Has a site}, points: 1, score: {kind: yes_no}}
      - id: INF-3
        no: "1.3"
        name: {vi: Khảo sát, en: Survey}
        points: 4
        inputs: {value: {name: {vi: Hài lòng, en: Content}, type: percent, by: survey}}
        score: {kind: linear, worst: 0, best: 100}
      - {id: INF-4, no: "1.1.1", name: {vi: Điểm, en: Points}, points: 10, score: {kind: points}}
`

func want(t testing.TB) table.Want {
	t.Helper()
	set, err := criteria.Load("set.yaml", []byte(setYAML))
	require.NoError(t, err)
	return table.Want{
		Set: set, Reader: answer.NewReader(set),
		Agencies: table.NewDirectory([]submission.Agency{
			{Code: "so-y-te", Group: "department", Aliases: []string{"Sở Y tế"}, Place: diag.Place{File: "agencies.csv", Row: 2, Col: 1}},
			{Code: "hai-chau", Group: "ward"},
		}),
	}
}

func said(problems diag.Problems) []string {
	lines := []string{}
	for _, p := range problems {
		lines = append(lines, locale.MustFor("en").Problem(p))
	}
	return lines
}

// told is every answer as "agency key=value@place".
func told(read table.Answers) []string {
	var lines []string
	for _, code := range read.Codes {
		sub := read.Submissions[code]
		for _, key := range []submission.Key{
			{Indicator: "figures", Input: "staff"},
			{Indicator: "INF-1", Input: "computers"},
			{Indicator: "INF-1", Input: "good"},
			{Indicator: "INF-2", Input: "value"},
			{Indicator: "INF-3", Input: "value"},
			{Indicator: "INF-4", Input: "value"},
		} {
			a := sub.Answers.At(key)
			if !sub.Answers.Has(key) {
				continue
			}
			value := "invalid"
			if d, ok := a.Value.Number(); ok {
				value = d.String()
			} else if yes, ok := a.Value.Yes(); ok {
				value = map[bool]string{true: "yes", false: "no"}[yes]
			}
			lines = append(lines, code+" "+key.String()+"="+value+"@"+a.Place.String())
		}
	}
	return lines
}

func readCSV(w table.Want, data string) (table.Answers, diag.Problems) {
	var problems diag.Problems
	read := table.ReadAnswers(table.CSV("t.csv", []byte(data), &problems), w, &problems)
	return read, problems
}

func TestReadWideTable(t *testing.T) {
	read, problems := readCSV(want(t), "Code;INF-1.computers;INF-1.good;INF-2;figures.staff;INF-3\nso-y-te;1.002;38;Có;;45\nHAI-CHAU;;;;;\n")
	require.Empty(t, said(problems))
	assert.Equal(t, []string{"so-y-te", "hai-chau"}, read.Codes)
	assert.Equal(t, []string{
		"so-y-te INF-1.computers=1002@t.csv:2:9", "so-y-te INF-1.good=38@t.csv:2:15", "so-y-te INF-2.value=yes@t.csv:2:18",
		"so-y-te INF-3.value=45@t.csv:2:22",
	}, told(read))
}

func TestReadWideTableThatListsAgencies(t *testing.T) {
	w := want(t)
	w.Agencies, w.Lists = table.NewDirectory(nil), true
	_, problems := readCSV(w, "code,name,name.en,group,parent,tags,INF-2\na,Sở A,Office A,Departments,City,x; y,1\nb,Phường B,,ward,,,0\n")
	require.Empty(t, said(problems))
	all := w.Agencies.Agencies()
	require.Len(t, all, 2)
	assert.Equal(t, criteria.Text{"vi": "Sở A", "en": "Office A"}, all[0].Name)
	assert.Equal(t, "department", all[0].Group)
	assert.Equal(t, []string{"x", "y"}, all[0].Tags)
	assert.True(t, all[0].HasTag("y"))
	assert.Equal(t, criteria.Text{"vi": "Phường B"}, all[1].Name, "a missing translation is no problem")
}

func TestReadWideTableProblems(t *testing.T) {
	for name, test := range map[string]struct {
		data string
		want []string
	}{
		"as the style guide has it": {"code,INF-1.computers,INF-9\nso-y-te,many,60\n", []string{
			`t.csv:1:22: unknown indicator "INF-9"; near: INF-2`,
			`t.csv:2:9: INF-1.computers: read "many", a whole number is needed.`,
		}},
		"far from anything": {"code,Ghi chú thêm của đơn vị\nso-y-te,x\n", []string{
			`t.csv:1:6: unknown column "Ghi chú thêm của đơn vị"; the columns are: code, name, group, parent, tags, aliases, ranked, reason, formed_from.`,
		}},
		"near a column":          {"code,nam\nso-y-te,x\n", []string{`t.csv:1:6: unknown column "nam"; near: name.`}},
		"which input":            {"code,INF-1\nso-y-te,3\n", []string{`t.csv:1:6: the indicator "INF-1" has several inputs: computers, good. Say which one, such as INF-1.name.`}},
		"a column twice":         {"code,INF-2,INF-2.value\nso-y-te,1,0\n", []string{`t.csv:1:12: the column "INF-2.value" is there twice; the later one is not read. Delete one.`}},
		"code twice":             {"code,code,INF-2\nso-y-te,x,0\n", []string{`t.csv:1:6: the column "code" is there twice; the later one is not read. Delete one.`}},
		"no code":                {"name,INF-2\nx,0\n", []string{`t.csv:1: the table lacks the column "code". Add it.`}},
		"code blank":             {"code,INF-2\n,0\n", []string{`t.csv:2: the row has no agency code. Fill it in.`}},
		"agency unknown, near":   {"code,INF-2\nso-yte,0\n", []string{`t.csv:2:1: there is no agency with the code "so-yte" in the list; nearest: so-y-te.`}},
		"agency unknown":         {"code,INF-2\nquoc-phong,0\n", []string{`t.csv:2:1: there is no agency with the code "quoc-phong" in the list. Mend the code or add the agency.`}},
		"agency twice, by alias": {"code,INF-2\nso-y-te,0\nSỞ Y TẾ,1\n", []string{`t.csv:3: the agency "so-y-te" is already at t.csv:2; this row is not read. Keep one of them.`}},
		"another group":          {"code,group,INF-2\nso-y-te,ward,0\n", []string{`t.csv:2:9: read the group "ward", but the agency "so-y-te" is in "department" at agencies.csv:2:1. Mend one of the two.`}},
		"empty":                  {"\n", []string{`t.csv: the file is empty. Send the file with the figures.`}},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := readCSV(want(t), test.data)
			for i := range test.want {
				test.want[i] = strings.TrimSuffix(test.want[i], ".") + "."
			}
			assert.Equal(t, test.want, said(problems))
		})
	}
}

func TestSubmittedTablesGiveOnlyWhatAgenciesEnter(t *testing.T) {
	w := want(t)
	w.Submitted = true
	read, problems := readCSV(w, "code,INF-2,INF-3\nso-y-te,1,45\nhai-chau,0,\n")
	assert.Equal(t, []string{`t.csv:2:11: INF-3.value: read "45", but this is not for agencies to enter. Leave the cell blank.`}, said(problems))
	assert.Equal(t, "so-y-te", problems[0].Agency)
	assert.Equal(t, []string{"so-y-te INF-2.value=yes@t.csv:2:9", "hai-chau INF-2.value=no@t.csv:3:10"}, told(read))
}

func TestReadLongTable(t *testing.T) {
	read, problems := readCSV(want(t), strings.Join([]string{
		"code,indicator,input,value,evidence,reviewed,reason,reviewer",
		"so-y-te,INF-1,computers,38,,,,",
		`so-y-te,1.1,good,30,"*12/BC – 01/02/2020: Báo cáo
kiểm kê
* 13/QĐ",30,,An`,
		"so-y-te,INF-1.good,,,,,,",
		`so-y-te,1.10,,x,"a
b",Không,Chưa có,An`,
		"so-y-te,figures.staff,,40,,,,",
		"hai-chau,figures,staff,50,,,,",
		",1,,,,,,",
		",,,,Cộng,,,",
	}, "\n"))
	require.Empty(t, said(problems))
	assert.Equal(t, []string{
		"so-y-te figures.staff=40@t.csv:9:24", "so-y-te INF-1.computers=38@t.csv:2:25", "so-y-te INF-1.good=30@t.csv:3:18",
		"so-y-te INF-2.value=yes@t.csv:7:15", "hai-chau figures.staff=50@t.csv:10:24",
	}, told(read))
	documents := []string{}
	for _, e := range read.Submissions["so-y-te"].Evidence["INF-1"] {
		documents = append(documents, e.Text)
	}
	assert.Equal(t, []string{"12/BC – 01/02/2020: Báo cáo kiểm kê", "13/QĐ"}, documents)
	assert.Len(t, read.Submissions["so-y-te"].Evidence["INF-2"], 2)
	require.Len(t, read.Decisions, 2)
	assert.Equal(t, submission.Accept, read.Decisions[0].Verdict)
	assert.Equal(t, submission.Set, read.Decisions[1].Verdict)
	no, ok := read.Decisions[1].Value.Yes()
	assert.True(t, ok && !no)
	assert.Equal(t, "Chưa có", read.Decisions[1].Reason)
}

func TestReadLongTableProblems(t *testing.T) {
	for name, test := range map[string]struct {
		rows string
		want []string
	}{
		"indicator unknown":   {"so-y-te,INF-8,,1,", []string{`t.csv:2:9: unknown indicator "INF-8"; near: INF-1.`}},
		"indicator missing":   {"so-y-te,,,1,", []string{"t.csv:2: the row has an answer but no indicator. Fill the indicator in."}},
		"a pillar's number":   {"so-y-te,1,,1,", []string{`t.csv:2:9: unknown indicator "1". Give the id or number of an indicator.`}},
		"input missing":       {"so-y-te,INF-1,,1,", []string{`t.csv:2:15: the indicator "INF-1" has several inputs: computers, good. Say which one, such as INF-1.name.`}},
		"input unknown":       {"so-y-te,INF-1,god,1,", []string{`t.csv:2:15: unknown input "god"; near: good.`}},
		"figure unknown":      {"so-y-te,figures,x,1,", []string{`t.csv:2:17: unknown input "x"; the inputs are: staff.`}},
		"answer twice":        {"so-y-te,INF-2,,1,\nso-y-te,1.10,,0,", []string{`t.csv:3:15: INF-2.value: read "0", but this answer is already at t.csv:2:16. Keep one of them.`}},
		"reviewed, no reason": {"so-y-te,INF-2,,1,0", []string{`t.csv:2:18: a decision that differs from what the agency "so-y-te" claims for "INF-2.value" needs a reason. Fill in the column reason.`}},
		"reviewed, unread":    {"so-y-te,INF-4,,1,many", []string{`t.csv:2:18: INF-4: read "many", a number is needed.`}},
		"agency unknown":      {"x,INF-2,,1,", []string{`t.csv:2:1: there is no agency with the code "x" in the list. Mend the code or add the agency.`}},
	} {
		t.Run(name, func(t *testing.T) {
			read, problems := readCSV(want(t), "code,indicator,input,value,reviewed\n"+test.rows+"\n")
			assert.Equal(t, test.want, said(problems))
			assert.Empty(t, read.Decisions)
		})
	}
	_, problems := readCSV(want(t), "code,indicator,value,valeu,value\nso-y-te,INF-2,1,1,1\n")
	assert.Equal(t, []string{`t.csv:1:22: unknown column "valeu"; near: value.`, `t.csv:1:28: the column "value" is there twice; the later one is not read. Delete one.`}, said(problems))
}

func TestReadForeignSheet(t *testing.T) {
	w := want(t)
	w.Agencies = table.NewDirectory([]submission.Agency{{Code: "only", Group: "ward"}})
	w.Columns = map[string]string{table.HeaderKey("Mã"): "indicator", table.HeaderKey("Tự  đánh giá"): "value"}
	read, problems := readCSV(w, "\uFEFFBẢNG ĐIỂM,,\n,,\nMã,Chỉ tiêu,tự đánh giá\n1,Hạ tầng,\n1.1.1,Điểm,\"7,04\"\n")
	require.Empty(t, said(problems))
	assert.Equal(t, []string{"only INF-4.value=7.04@t.csv:5:12"}, told(read), "titles above, headers without a mapping and headings are passed over")

	read, problems = readCSV(w, "indicator,value\nINF-2,1\n")
	require.Empty(t, said(problems))
	assert.Len(t, told(read), 1, "a table with our own headers needs no mapping")
}

func TestIsTarget(t *testing.T) {
	set := want(t).Set
	for _, title := range []string{"code", "value", "name.en", "INF-1.good", "INF-2", "figures.staff", "group"} {
		_, ok := table.IsTarget(set, title)
		assert.True(t, ok, title)
	}
	near, ok := table.IsTarget(set, "vlaue")
	assert.False(t, ok)
	assert.Equal(t, "value", near)
}

// book is a workbook of one sheet.
func book(t testing.TB, fill func(f *excelize.File)) sheet.Book {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	b, problems := sheet.OpenXLSX("t.xlsx", out.Bytes(), sheet.TableLimits())
	require.Empty(t, problems)
	return b
}

func TestReadSpreadsheet(t *testing.T) {
	b := book(t, func(f *excelize.File) {
		for cell, v := range map[string]any{
			"A1": "code", "B1": "INF-1.computers", "C1": "INF-3", "D1": "INF-2", "A2": "so-y-te", "B2": 38, "C2": 0.456, "D2": true,
			"A3": "hai-chau", "C3": 60,
		} {
			require.NoError(t, f.SetCellValue("Sheet1", cell, v))
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 10})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", "C2", "C2", style))
		require.NoError(t, f.MergeCell("Sheet1", "B2", "B3"))
		_, err = f.NewSheet("Ghi chú")
		require.NoError(t, err)
		require.NoError(t, f.SetCellValue("Ghi chú", "A1", "x"))
		_, err = f.NewSheet("Ẩn")
		require.NoError(t, err)
		require.NoError(t, f.SetCellValue("Ẩn", "A1", "x"))
		require.NoError(t, f.SetSheetVisible("Ẩn", false))
	})
	var problems diag.Problems
	source, ok := table.Sheet(b, &problems)
	require.True(t, ok)
	read := table.ReadAnswers(source, want(t), &problems)
	assert.Equal(t, []string{
		`t.xlsx!Ghi chú: only the sheet "Sheet1" is read, not this one. If it holds figures, put them in a file of their own.`,
		"t.xlsx!Ẩn: the sheet is hidden and is not read.",
		"t.xlsx!Sheet1!B3: INF-1.computers: the cell is in the merged range B2:B3, whose content is in B2, so it is not clear whose it is. Unmerge and fill in each cell.",
	}, said(problems))
	assert.Equal(t, []string{
		"so-y-te INF-1.computers=38@t.xlsx!Sheet1!B2", "so-y-te INF-2.value=yes@t.xlsx!Sheet1!D2", "so-y-te INF-3.value=45.6@t.xlsx!Sheet1!C2",
		"hai-chau INF-3.value=60@t.xlsx!Sheet1!C3",
	}, told(read))
	_, ok = table.Sheet(book(t, func(*excelize.File) {}), &problems)
	assert.False(t, ok)
	assert.Equal(t, "table-empty", problems[len(problems)-1].Kind)
}

func TestNumbersThatLostAZero(t *testing.T) {
	b := book(t, func(f *excelize.File) {
		for cell, v := range map[string]any{
			"A1": "code", "B1": "indicator", "C1": "value", "A2": "so-y-te", "B2": 1.1, "C2": 3, "A3": "so-y-te", "B3": 1.3, "C3": "60%",
		} {
			require.NoError(t, f.SetCellValue("Sheet1", cell, v))
		}
	})
	var problems diag.Problems
	source, _ := table.Sheet(b, &problems)
	read := table.ReadAnswers(source, want(t), &problems)
	assert.Equal(t, []string{
		`t.xlsx!Sheet1!B2: the number "1.1" stands for several indicators: INF-1, INF-2. Give the id, or format this column as text (4.10 is not 4.1).`,
	}, said(problems))
	assert.Equal(t, []string{"so-y-te INF-3.value=60@t.xlsx!Sheet1!C3"}, told(read))
}

func agencies(t testing.TB, data string) ([]submission.Agency, diag.Problems) {
	t.Helper()
	var problems diag.Problems
	d := table.NewDirectory(nil)
	table.ReadAgencies(table.CSV("agencies.csv", []byte(data), &problems), want(t).Set, d, &problems)
	return d.Agencies(), problems
}

func TestReadAgencies(t *testing.T) {
	list, problems := agencies(t, "code,name,name.en,group,parent,tags,aliases,ranked,reason,formed_from\n"+
		"so-tttt,Sở TT&TT,ICT,department,,has_procedures,Sở Thông tin;STTTT,,,\n"+
		"hoang-sa,Huyện Hoàng Sa,,Phường,TP,,,không,Không có dân,a; b\n")
	require.Empty(t, said(problems))
	require.Len(t, list, 2)
	assert.Equal(t, submission.Agency{
		Code: "so-tttt", Name: criteria.Text{"vi": "Sở TT&TT", "en": "ICT"}, Group: "department", Tags: []string{"has_procedures"},
		Aliases: []string{"Sở Thông tin", "STTTT"}, Place: diag.Place{File: "agencies.csv", Row: 2, Col: 1},
	}, list[0])
	assert.True(t, list[1].Unranked)
	assert.Equal(t, "Không có dân", list[1].Reason)
	assert.Equal(t, "ward", list[1].Group, "a group may be called by its name")
	assert.Equal(t, []string{"a", "b"}, list[1].FormedFrom)
}

func TestReadAgenciesProblems(t *testing.T) {
	for name, test := range map[string]struct {
		data string
		want []string
		left int
	}{
		"no code column":  {"name,group\nx,ward\n", []string{`agencies.csv:1: the table lacks the column "code". Add it.`}, 0},
		"unknown column":  {"code,group,rankd\na,ward,\n", []string{`agencies.csv:1:12: unknown column "rankd"; near: ranked.`}, 1},
		"no code":         {"code,group\n,ward\n", []string{"agencies.csv:2: the row has no agency code. Fill it in."}, 0},
		"no group":        {"code,group\na,\n", []string{`agencies.csv:2:3: the agency "a" is in no group. Fill in one of: department, ward.`}, 0},
		"no group column": {"code\na\n", []string{`agencies.csv:2: the agency "a" is in no group. Fill in one of: department, ward.`}, 0},
		"unknown group": {"code,group\na,wards1\nb,zzzzzzz\n", []string{
			`agencies.csv:2:3: there is no agency group "wards1"; nearest: ward.`,
			`agencies.csv:3:3: there is no agency group "zzzzzzz"; the groups are: department, ward.`,
		}, 0},
		"code twice":    {"code,group\na,ward\nA,ward\n", []string{`agencies.csv:3:1: "A" is already a code or alias of the agency "a" (agencies.csv:2:1). Give every agency its own.`}, 1},
		"alias taken":   {"code,group,aliases\na,ward,\nb,ward,a\n", []string{`agencies.csv:3:1: "a" is already a code or alias of the agency "a" (agencies.csv:2:1). Give every agency its own.`}, 1},
		"ranked unread": {"code,group,ranked\na,ward,maybe\n", []string{`agencies.csv:2:8: read "maybe", need yes or no.`}, 1},
		"no reason":     {"code,group,ranked\na,ward,no\n", []string{`agencies.csv:2:8: the agency "a" is not ranked, which needs a reason. Fill in the column reason.`}, 1},
		"code of lines": {"code,group\n\"a\nb\",ward\n", []string{"agencies.csv:2:1: the agency code \"a\nb\" cannot be used. Type it on one line, without a formula."}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			list, problems := agencies(t, test.data)
			assert.Equal(t, test.want, said(problems))
			assert.Len(t, list, test.left)
		})
	}
}

func reviewsOf(t testing.TB, rows string) ([]submission.Decision, diag.Problems) {
	t.Helper()
	var problems diag.Problems
	data := "agency,indicator,input,stage,decision,value,points,reason,reviewer,date\n" + rows
	decisions := table.ReadReviews(table.CSV("r.csv", []byte(data), &problems), want(t), &problems)
	return table.Conflicts(decisions, &problems), problems
}

func TestReadReviews(t *testing.T) {
	decisions, problems := reviewsOf(t, strings.Join([]string{
		"so-y-te,INF-2,,,accept,,,,An,29/10/2020", "Sở Y tế,1.1,good,appeal,SET,30,,Đếm lại,An,", "hai-chau,INF-4,,council,set,,\"7,5\",Họp,,",
		"hai-chau,INF-1,,,reject,,0,Không có minh chứng,,", "hai-chau,INF-1.good,,appeal,set,3,,Đếm lại,,", "hai-chau,figures,staff,,set,40,,Theo báo cáo,,",
		"so-y-te,INF-2,,,accept,,,,Bình,",
	}, "\n"))
	require.Empty(t, said(problems))
	require.Len(t, decisions, 6, "what is decided twice in the same way counts once")
	d := decisions[0]
	assert.Equal(t, []any{"so-y-te", "INF-2", "value", submission.Review, submission.Accept, "An", "2020-10-29"},
		[]any{d.Agency, d.Indicator, d.Input, d.Stage, d.Verdict, d.Reviewer, string(d.Date)})
	d = decisions[1]
	n, ok := d.Value.Number()
	assert.True(t, ok)
	assert.Equal(t, []any{"so-y-te", "INF-1", "good", submission.Appeal, submission.Set, "30", "r.csv:3:1"},
		[]any{d.Agency, d.Indicator, d.Input, d.Stage, d.Verdict, n.String(), d.Place.String()})
	assert.Equal(t, "7.5", decisions[2].Points.Value.String())
	assert.Equal(t, submission.Council, decisions[2].Stage)
	assert.Equal(t, submission.Reject, decisions[3].Verdict)
	assert.Empty(t, decisions[3].Input, "the whole indicator")
	assert.Equal(t, "staff", decisions[5].Input)
}

func TestReadReviewsProblems(t *testing.T) {
	for name, test := range map[string]struct{ rows, want string }{
		"no agency":          {",INF-2,,,accept,,,,,", "r.csv:2: the row has no agency code. Fill it in."},
		"unknown agency":     {"so-yte,INF-2,,,accept,,,,,", `r.csv:2:1: there is no agency with the code "so-yte" in the list; nearest: so-y-te.`},
		"no indicator":       {"so-y-te,,,,accept,,,,,", "r.csv:2: the row has an answer but no indicator. Fill the indicator in."},
		"unknown indicator":  {"so-y-te,INF-7,,,accept,,,,,", `r.csv:2:9: unknown indicator "INF-7"; near: INF-1.`},
		"unknown input":      {"so-y-te,INF-1,goood,,accept,,,,,", `r.csv:2:15: unknown input "goood"; near: good.`},
		"no decision":        {"so-y-te,INF-2,,,,,,,,", "r.csv:2: the row has no decision. Fill in accept, set or reject."},
		"unknown decision":   {"so-y-te,INF-2,,,acept,,,,,", `r.csv:2:17: read "acept"; nearest: accept.`},
		"unknown stage":      {"so-y-te,INF-2,,first,accept,,,,,", `r.csv:2:16: read "first", need one of: review, appeal, council.`},
		"no date":            {"so-y-te,INF-2,,,accept,,,,,soon", `r.csv:2:28: column date: read "soon", need a date such as 29/10/2020.`},
		"set without reason": {"so-y-te,INF-2,,,set,1,,,,", `r.csv:2: a decision that differs from what the agency "so-y-te" claims for "INF-2" needs a reason. Fill in the column reason.`},
		"set without value":  {"so-y-te,INF-2,,,set,,,x,,", "r.csv:2: a decision set needs exactly one of value and points."},
		"set with both":      {"so-y-te,INF-2,,,set,1,1,x,,", "r.csv:2: a decision set needs exactly one of value and points."},
		"set of which input": {"so-y-te,INF-1,,,set,1,,x,,", `r.csv:2:21: the indicator "INF-1" has several inputs: computers, good. Say which one, such as INF-1.name.`},
		"value unread":       {"so-y-te,INF-2,,,set,maybe,,x,,", `r.csv:2:21: INF-2: read "maybe", need yes or no.`},
		"points unread":      {"so-y-te,INF-2,,,set,,some,x,,", `r.csv:2:22: read "some", need a number of points.`},
		"points above":       {"so-y-te,INF-2,,,set,,7,x,,", "r.csv:2:22: 7 points are not within 0 to 1. Mend the points."},
		"a rejected figure":  {"so-y-te,figures,staff,,reject,,,x,,", "r.csv:2:1: shared figures have no points, so they cannot be rejected. Use set, with the right figure in the column value."},
		"points of a figure": {"so-y-te,figures,staff,,set,,7,x,,", "r.csv:2:29: a figure has no points. Use value."},
		"accept with value":  {"so-y-te,INF-2,,,accept,1,,,,", "r.csv:2: a decision accept has no value and no points. Delete them, or make it set."},
		"reject with points": {"so-y-te,INF-2,,,reject,,1,x,,", "r.csv:2: a decision reject has no value and no points. Delete them, or make it set."},
		"two in one stage": {
			"so-y-te,INF-2,,,accept,,,,,\nso-y-te,1.10,,review,reject,,,x,,",
			`r.csv:3:1: two different decisions in one stage for the agency "so-y-te", indicator "INF-2": here and at r.csv:2:1; the one at r.csv:2:1 is used. Keep one of them.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := reviewsOf(t, test.rows+"\n")
			assert.Equal(t, []string{test.want}, said(problems))
		})
	}
}

func standingsOf(data string) ([]submission.PastStanding, diag.Problems) {
	var problems diag.Problems
	list := table.ReadStandings(table.CSV("2018.csv", []byte(data), &problems), &problems)
	return list, problems
}

func TestReadStandings(t *testing.T) {
	list, problems := standingsOf("code;name;group;score;of;rank;rating;Ghi chú;year\na;Sở A;department;97,2;100;1;good;x;2018\nb;;;81,234;100;5 (đồng hạng);;;\nc;;;;;;;;\n")
	require.Empty(t, said(problems))
	require.Len(t, list, 3)
	assert.Equal(t, "97.2", list[0].Score.Value.String())
	assert.Equal(t, []any{"Sở A", "department", 1, "good", 2018}, []any{list[0].Name, list[0].Group, list[0].Rank, list[0].Rating, list[0].Year})
	assert.Equal(t, "81.234", list[1].Score.Value.String(), "read as the scores beside it")
	assert.Equal(t, 5, list[1].Rank)
	assert.False(t, list[2].Score.Set)
}

func TestReadStandingsProblems(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"no code":      {"name,score\nx,1\n", `2018.csv:1: the table lacks the column "code". Add it.`},
		"no score":     {"code,name\na,x\n", `2018.csv: the table lacks the column "score". Add it.`},
		"code blank":   {"code,score\n,1\n", "2018.csv:2: the row has no agency code. Fill it in."},
		"score unread": {"code,score\na,much\n", `2018.csv:2:3: column score: read "much", need a number.`},
		"rank unread":  {"code,rank\na,first\n", `2018.csv:2:3: column rank: read "first", need a number.`},
		"twice":        {"code,rank\na,1\na,2\n", `2018.csv:3:1: the agency "a" is already at 2018.csv:2:1; this row is not read. Keep one of them.`},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := standingsOf(test.data)
			assert.Equal(t, []string{test.want}, said(problems))
		})
	}
}

func FuzzReadAnswers(f *testing.F) {
	f.Add([]byte("code,INF-1.computers,INF-9\nso-y-te,many,60\n"))
	f.Add([]byte("code;indicator;input;value;reviewed;reason\nso-y-te;1.1;good;30;31;x\n"))
	w := want(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems diag.Problems
		read := table.ReadAnswers(table.CSV("t.csv", data, &problems), w, &problems)
		invalid := 0
		for code, sub := range read.Submissions {
			_, known := w.Agencies.Find(code)
			require.True(t, known)
			for key, a := range sub.Answers.All() {
				require.False(t, a.Value.IsMissing())
				require.Equal(t, "t.csv", a.Place.File)
				if a.Value.IsInvalid() {
					invalid++
				}
				_, ok := table.IsTarget(w.Set, key.String())
				require.True(t, ok)
			}
		}
		require.GreaterOrEqual(t, len(problems), invalid, "what cannot be read is told")
	})
}

// Rows are read side by side, and told in their order.
func TestManyRowsAreToldInOrder(t *testing.T) {
	const agencies = 400
	w := want(t)
	var list []submission.Agency
	text := strings.Builder{}
	text.WriteString("code,INF-4\n")
	var expected []string
	for i := range agencies {
		code := fmt.Sprintf("a%03d", i)
		list = append(list, submission.Agency{Code: code, Group: "ward"})
		if i%7 == 3 {
			fmt.Fprintf(&text, "%s,none\n", code)
			expected = append(expected, fmt.Sprintf("table.csv:%d:6", i+2))
			continue
		}
		fmt.Fprintf(&text, "%s,%d\n", code, i%10)
	}
	w.Agencies = table.NewDirectory(list)
	var problems diag.Problems
	read := table.ReadAnswers(table.CSV("table.csv", []byte(text.String()), &problems), w, &problems)
	require.Len(t, read.Codes, agencies)
	var places []string
	for _, p := range problems {
		places = append(places, p.Place.String())
	}
	assert.Equal(t, expected, places)
	nine, ok := read.Submissions["a399"].Answers.At(submission.Key{Indicator: "INF-4", Input: "value"}).Value.Number()
	require.True(t, ok)
	assert.Equal(t, "9", nine.String())
}

// A decision on a whole indicator and one on an input of it cannot both hold in one stage; the first one does.
func TestConflictOfAWholeIndicator(t *testing.T) {
	for name, test := range map[string]struct {
		rows []string
		left int
	}{
		"reject, then an input": {[]string{"hai-chau,INF-1,,,reject,,,x,,", "hai-chau,INF-1,good,,set,3,,x,,"}, 1},
		"an input, then reject": {[]string{"hai-chau,INF-1,good,,set,3,,x,,", "hai-chau,INF-1,,,reject,,,x,,"}, 1},
		"points, then accept":   {[]string{"hai-chau,INF-1,,,set,,1,x,,", "hai-chau,INF-1,good,,accept,,,,,"}, 1},
		"two inputs":            {[]string{"hai-chau,INF-1,good,,set,3,,x,,", "hai-chau,INF-1,computers,,accept,,,,,"}, 2},
		"two stages":            {[]string{"hai-chau,INF-1,,,reject,,,x,,", "hai-chau,INF-1,good,appeal,set,3,,x,,"}, 2},
		"the whole accepted":    {[]string{"hai-chau,INF-1,,,accept,,,,,", "hai-chau,INF-1,good,,set,3,,x,,"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			decisions, problems := reviewsOf(t, strings.Join(test.rows, "\n"))
			require.Len(t, decisions, test.left)
			require.Len(t, problems, 2-test.left)
			for _, p := range problems {
				assert.Equal(t, "review-conflict", p.Kind)
				assert.Equal(t, "r.csv:3:1", p.Place.String())
			}
		})
	}
}
