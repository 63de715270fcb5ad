package workbook_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// indicator finds an indicator of a set, to change it.
func indicator(t *testing.T, set *criteria.Set, id string) *criteria.Indicator {
	t.Helper()
	ind, ok := set.Indicator(id)
	require.True(t, ok, id)
	return ind
}

// pick keeps the problems of a kind.
func pick(problems diag.Problems, kind string) diag.Problems {
	return slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool { return p.Kind != kind })
}

// The next edition renames INF-1 and its input, swaps APP-1 and APP-2, changes what INF-2 asks, drops SRV-4 and asks
// NEW-1. A workbook of the edition before is read by it.
func TestAWorkbookOfAnEarlierEdition(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{
		key("figures.staff"): rule.NumberOf(dec("40")), key("INF-1.computers"): rule.NumberOf(dec("38")), key("INF-2.value"): rule.NumberOf(dec("45")),
		key("SRV-1.value"): rule.OptionsOf("part"), key("SRV-2.value"): rule.OptionsOf("plan"), key("SRV-4.value"): rule.YesNoOf(true),
		key("APP-1.value"): rule.YesNoOf(true), key("APP-2.value"): rule.NumberOf(dec("12.5")),
	})
	form.Filled.Evidence = map[string][]submission.Evidence{"INF-1": {{Text: "12/BC"}}}
	form.Filled.Remarks = map[string]string{"APP-1": "xem trang chủ"}
	form.Filled.Filler = "Nguyễn Văn A"
	data := write(t, form)

	next := exampleSet()
	next.Version, next.Hash = "2026", "4567"
	infra := indicator(t, next, "INF-1")
	infra.ID, infra.From = "HT-1", criteria.Lineage{ID: "INF-1", Comparable: true}
	indicator(t, next, "INF-2").From = criteria.Lineage{ID: "INF-2"}
	one, two := indicator(t, next, "APP-1"), indicator(t, next, "APP-2")
	one.ID, one.From = "APP-2", criteria.Lineage{ID: "APP-1", Comparable: true}
	two.ID, two.From = "APP-1", criteria.Lineage{ID: "APP-2", Comparable: true}
	two.Inputs[0].ID, two.Rule = "spent", &rule.Linear{Of: of("spent"), Worst: dec("0"), Best: dec("500")} // the only input
	level := indicator(t, next, "SRV-1")                                                                   // its option "part" is gone
	level.Rule = &rule.ChoiceRule{Of: of("value"), Options: []rule.Option{{ID: "full", Name: say("Toàn trình", "Full")}, {ID: "none", Name: say("Chưa", "None")}}}
	gone := indicator(t, next, "SRV-4")
	gone.ID, gone.No = "NEW-1", "9.9"

	want := expect(form)
	want.Set = next
	want.Reader = answer.NewReader(next)
	got, problems := read(t, data, want)
	assertWorded(t, problems)
	assert.True(t, got.Sent)
	for id, v := range map[string]rule.Value{
		"figures.staff": rule.NumberOf(dec("40")), "HT-1.computers": rule.NumberOf(dec("38")), "INF-2.value": rule.NumberOf(dec("45")),
		"SRV-1.value": rule.InvalidValue(), "SRV-2.value": rule.OptionsOf("plan"), "NEW-1.value": {},
		"APP-2.value": rule.YesNoOf(true), "APP-1.spent": rule.NumberOf(dec("12.5")),
	} {
		assert.True(t, v.Equal(got.Answers.At(key(id)).Value), "%s: %v", id, got.Answers.At(key(id)).Value)
	}
	assert.Equal(t, "12/BC", got.Evidence["HT-1"][0].Text)
	assert.Equal(t, map[string]string{"APP-2": "xem trang chủ"}, got.Remarks)
	assert.Equal(t, "Nguyễn Văn A", got.Filler)

	edition := pick(problems, "form-other-edition")
	require.Len(t, edition, 1)
	assert.Equal(t, []any{"example-city@2025", "example-city@2026"}, edition[0].Args)
	look := pick(problems, "form-edition-look")
	require.Len(t, look, 1)
	assert.Equal(t, []any{"example-city@2026", []string{"1.2", "9.9"}}, look[0].Args, "changed, and new")
	left := pick(problems, "form-row-left")
	require.Len(t, left, 1, "blank rows are not told")
	assert.Equal(t, []any{"SRV-4.value", "Có", "example-city@2026"}, left[0].Args)
	assert.NotEmpty(t, left[0].Place.Cell())
	faults := pick(problems, "answer-option-near")
	faults = append(faults, pick(problems, "answer-option")...)
	require.Len(t, faults, 1, "%v", problems)
	assert.Equal(t, "SRV-1", faults[0].Indicator)
	assert.Len(t, problems, 4)
	for _, p := range problems {
		assert.Equal(t, "so-tttt", p.Agency)
	}
}

// An indicator that became two is read as both, and both are to be looked at.
func TestAnIndicatorThatBecameTwo(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{key("APP-2.value"): rule.NumberOf(dec("12.5"))})
	data := write(t, form)
	next := exampleSet()
	next.Version = "2026"
	pillar, _ := next.Pillar("application")
	second := *indicator(t, next, "APP-2")
	second.ID, second.No, second.From = "APP-9", "2.9", criteria.Lineage{ID: "APP-2", Comparable: true}
	indicator(t, next, "APP-2").From = criteria.Lineage{ID: "APP-2", Comparable: true}
	pillar.Indicators = append(pillar.Indicators, &second)
	want := expect(form)
	want.Set = next
	got, problems := read(t, data, want)
	for _, id := range []string{"APP-2.value", "APP-9.value"} {
		assert.True(t, rule.NumberOf(dec("12.5")).Equal(got.Answers.At(key(id)).Value), id)
	}
	look := pick(problems, "form-edition-look")
	require.Len(t, look, 1)
	assert.Equal(t, []string{"2.3", "2.9"}, look[0].Args[1])
}

func TestAnEarlierEditionWithoutIDsIsDamaged(t *testing.T) {
	form := exampleForm()
	data := edited(t, write(t, form), func(f *excelize.File) {
		for _, s := range []string{answersSheet, detailsSheet} {
			require.NoError(t, f.RemoveRow(s, 1))
		}
	})
	want := expect(form)
	want.Set.Version = "2026"
	_, problems := read(t, data, want)
	assert.Equal(t, []string{"form-damaged-marks", "form-damaged-marks"}, kinds(problems), "of either sheet")
}

// An edition that only changed its version reads what the one before holds, whatever stands there.
func TestTheNextVersionReadsTheSame(t *testing.T) {
	w, example := workbook.NewWriter(), exampleForm()
	rapid.Check(t, func(t *rapid.T) {
		form := example
		form.Filled = drawn(t, form)
		var buf bytes.Buffer
		require.NoError(t, w.Write(&buf, form))
		want := expect(form)
		want.Set = exampleSet()
		want.Set.Version = fmt.Sprint(2026)
		got, problems := read(t, buf.Bytes(), want)
		require.NotEmpty(t, problems)
		assert.Equal(t, "form-other-edition", problems[0].Kind)
		assertFine(t, problems[1:])
		assertSame(t, form.Filled, got)
	})
}
