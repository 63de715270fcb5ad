package main

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

const receiptSet = `schema: dti.criteria/v1
id: receipt
version: "1"
title: {en: Receipt}
languages: [en]
rounding: {indicator: 2, total: 2}
groups: {a: {en: A}}
indicators:
  - {id: PC, no: "1", name: {en: Computers}, points: 60, score: {kind: linear, worst: 0, best: 30}}
  - {id: BEST, no: "2", name: {en: Best}, points: 20, score: {kind: best}}
  - {id: DEPT, no: "3", name: {en: Survey}, points: 10, inputs: {n: {name: {en: N}, type: number, by: survey}}, score: {kind: linear, worst: 0, best: 10}}
  - {id: NA, no: "4", name: {en: Not concerned}, points: 10, when: tagged, score: {kind: yes_no}}
`

// claim is a cell that holds a number.
func claim(row int, number string) workbook.Claim {
	return workbook.Claim{
		Place: diag.Place{File: "a.xlsx", Sheet: "S", Row: row, Col: 7}, Text: number,
		Value: decimal.RequireFromString(number), Known: true, Formula: true,
	}
}

// unknown is a cell that holds no number.
func unknown(row int, text string) workbook.Claim {
	return workbook.Claim{Place: diag.Place{File: "a.xlsx", Sheet: "S", Row: row, Col: 7}, Text: text, Formula: true}
}

// receiptForm is a workbook with 10 computers and 40 of a best of 80; a survey that came in later says 10.
func receiptForm(t *testing.T) *importers.Workbook {
	t.Helper()
	set, err := criteria.Load("set.yaml", []byte(receiptSet))
	require.NoError(t, err)
	answers := submission.NewAnswers(set)
	for key, n := range map[submission.Key]int64{
		{Indicator: "PC", Input: "value"}: 10, {Indicator: "BEST", Input: "value"}: 40, {Indicator: "DEPT", Input: "n"}: 10,
	} {
		require.True(t, answers.Put(key, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(n))}))
	}
	agency := submission.Agency{Code: "x", Group: "a"}
	return &importers.Workbook{
		Set: set, Agency: agency, Submission: submission.Submission{Agency: "x", Sent: true, Answers: answers},
		Label: workbook.Label{
			Set: "receipt", Version: "1", Agency: agency,
			Bounds: map[string][]rule.Bound{"BEST": {{Name: "best", Value: decimal.NewFromInt(80)}}},
		},
		Total: claim(3, "33.33"), // 20 + 10 of 90
		Claims: map[string]workbook.Claim{
			"PC": claim(5, "20.000000000000004"), "BEST": claim(6, "10"), "DEPT": unknown(7, ""), "NA": unknown(8, ""),
		},
	}
}

func TestReceipt(t *testing.T) {
	tests := map[string]struct {
		change         func(*importers.Workbook)
		state          receiptState
		agree          bool
		compared, fail int
	}{
		"workbook and engine know the same":            {func(*importers.Workbook) {}, compared, true, 2, 0},
		"the last digit that is printed decides":       {func(f *importers.Workbook) { f.Claims["PC"] = claim(5, "20.01") }, compared, true, 2, 1},
		"a wrong total":                                {func(f *importers.Workbook) { f.Total = claim(3, "71.25") }, compared, false, 2, 0},
		"a cell of points with words in it":            {func(f *importers.Workbook) { f.Claims["PC"] = unknown(5, "#NAME?") }, compared, true, 2, 1},
		"a blank cell of what scored":                  {func(f *importers.Workbook) { f.Claims["PC"] = unknown(5, "") }, compared, true, 2, 1},
		"points where others have not spoken":          {func(f *importers.Workbook) { f.Claims["DEPT"] = claim(7, "5") }, compared, true, 3, 1},
		"0 where it does not apply says the same":      {func(f *importers.Workbook) { f.Claims["NA"] = claim(8, "0") }, compared, true, 3, 0},
		"a row that was deleted":                       {func(f *importers.Workbook) { delete(f.Claims, "PC") }, compared, true, 1, 0},
		"the tags of the form, not those of the round": {func(f *importers.Workbook) { f.Agency.Tags = []string{"tagged"} }, compared, true, 2, 0},
		"no cells of points":                           {func(f *importers.Workbook) { f.Total, f.Claims = workbook.Claim{}, nil }, noFormulas, false, 0, 0},
		"another edition":                              {func(f *importers.Workbook) { f.Label.Version = "0" }, otherEdition, false, 0, 0},
		"no spreadsheet computed it": {func(f *importers.Workbook) {
			f.Total = unknown(3, "")
			for id := range f.Claims {
				f.Claims[id] = unknown(5, "")
			}
		}, neverOpened, false, 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			form := receiptForm(t)
			test.change(form)
			r := receiptOf(form)
			assert.Equal(t, test.state, r.state)
			assert.Equal(t, test.agree, r.agree)
			assert.Equal(t, test.compared, r.compared)
			assert.Len(t, r.differ, test.fail)
			_, dept := form.Submission.Answers.At(submission.Key{Indicator: "DEPT", Input: "n"}).Value.Number()
			assert.True(t, dept, "the submission itself keeps what others said")
		})
	}
}

// A differing indicator names the cells that it was answered in, and which of them a spreadsheet may not read.
func TestReceiptNamesTheAnswers(t *testing.T) {
	form := receiptForm(t)
	at := diag.Place{File: "a.xlsx", Sheet: "S", Row: 5, Col: 6}
	key := submission.Key{Indicator: "PC", Input: "value"}
	answer := form.Submission.Answers.At(key)
	answer.Place = at
	form.Submission.Answers.Put(key, answer)
	form.Claims["PC"], form.Claims["DEPT"] = claim(5, "0"), claim(7, "5")
	r := receiptOf(form)
	require.Len(t, r.differ, 2)
	assert.Equal(t, []diag.Place{at}, r.differ[0].answers)
	assert.Empty(t, r.differ[0].odd)
	assert.Empty(t, r.differ[1].answers, "others answer it")

	form.Readings = []workbook.Reading{{Place: at, Key: key, Text: "10 "}}
	assert.Equal(t, []diag.Place{at}, receiptOf(form).differ[0].odd)
}

func TestAgreeWhereTheSetDoesNotRound(t *testing.T) {
	d := decimal.RequireFromString
	assert.True(t, agree(criteria.Places{}, d("0.3333333333333333"), d("0.333333333333333333")))
	assert.False(t, agree(criteria.Places{}, d("0.333333330"), d("0.333333333333333333")))
	assert.True(t, agree(criteria.Places{N: 2, Round: true}, d("0.335000000000000020"), d("0.34")))
}
