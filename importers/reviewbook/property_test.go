package reviewbook_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/reviewbook"
	"github.com/opendti/dti/scoring/submission"
)

// value draws a new value of an input's type.
func value(t *rapid.T, ind *criteria.Indicator, in criteria.Input) rule.Value {
	switch in.Type {
	case rule.Count:
		return rule.NumberOf(decimal.NewFromInt(rapid.Int64Range(1, 9999).Draw(t, "count")))
	case rule.Percent:
		return rule.NumberOf(decimal.New(rapid.Int64Range(10, 1000).Draw(t, "percent"), -1))
	case rule.Number, rule.Points:
		return rule.NumberOf(decimal.New(rapid.Int64Range(0, 900).Draw(t, "number"), -2))
	case rule.YesNo:
		return rule.YesNoOf(rapid.Bool().Draw(t, "yes"))
	case rule.Day:
		day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 364).Draw(t, "day"))
		return rule.DayOf(rule.Date(day.Format(time.DateOnly)))
	case rule.Choice:
		return rule.OptionsOf(rapid.SampledFrom(ind.Options(in.ID)).Draw(t, "option").ID)
	case rule.Choices:
		var ids []string
		for _, o := range ind.Options(in.ID) {
			if rapid.Bool().Draw(t, "ticked") {
				ids = append(ids, o.ID)
			}
		}
		return rule.OptionsOf(ids...)
	default:
		return rule.TextOf(rapid.StringMatching(`[a-zđệ=+@-][a-zđệ_"&<>]{0,20}`).Draw(t, "text"))
	}
}

// decided draws a decision on a row; nil: none.
func decided(t *rapid.T, row reviewbook.Row, set *criteria.Set, stage submission.Stage) *submission.Decision {
	d := submission.Decision{
		Agency: row.Agency.Code, Indicator: row.Key.Indicator, Input: row.Key.Input, Stage: stage,
		Verdict: submission.Verdict(rapid.IntRange(0, 3).Draw(t, "verdict")),
		Reason:  rapid.SampledFrom([]string{"Không có tài liệu", "=SUM(A1)", "Đếm lại: 3 \"việc\""}).Draw(t, "reason"),
	}
	if rapid.Bool().Draw(t, "signed") {
		d.Reviewer, d.Date = "Nguyễn Văn A", "2026-02-03"
	}
	ind, isIndicator := set.Indicator(row.Key.Indicator)
	switch {
	case d.Verdict == 0:
		return nil
	case d.Verdict == submission.Reject && !isIndicator, d.Verdict == submission.Accept:
		d.Verdict = submission.Accept
	case d.Verdict == submission.Set && isIndicator && (row.Key.Input == "" || rapid.Bool().Draw(t, "points")):
		d.Points = rule.Optional{Value: decimal.New(rapid.Int64Range(0, 500).Draw(t, "given"), -2), Set: true}
	case d.Verdict == submission.Set:
		in, _ := set.Figure(row.Key.Input)
		if isIndicator {
			in, _ = ind.Input(row.Key.Input)
		}
		d.Value = value(t, ind, in)
	}
	return &d
}

// want is what Read makes of the decisions in the rows: one for a whole indicator names no input where there are several,
// and hides no other because rows below it are left blank.
func want(b *reviewbook.Book) []submission.Decision {
	var all []submission.Decision
	taken := map[string]bool{}
	for i := range b.Rows {
		row := &b.Rows[i]
		if row.Decided == nil {
			continue
		}
		d := *row.Decided
		ind, ok := b.Set.Indicator(d.Indicator)
		id := d.Agency + "\x00" + d.Indicator
		several := ok && len(ind.Inputs) > 1
		if several && (d.Verdict == submission.Reject || d.Points.Set) {
			d.Input = ""
		}
		if several && taken[id] {
			row.Decided = nil
			continue
		}
		taken[id] = true
		all = append(all, d)
	}
	return all
}

func same(t tester, want, got submission.Decision) {
	t.Helper()
	assert.True(t, want.Value.Equal(got.Value), "%+v, not %+v", got.Value, want.Value)
	assert.True(t, want.Points.Value.Equal(got.Points.Value))
	assert.NotZero(t, got.Place.Row)
	want.Value, got.Value, want.Points.Value, got.Points.Value = rule.Value{}, rule.Value{}, decimal.Decimal{}, decimal.Decimal{}
	got.Place = want.Place
	assert.Equal(t, want, got)
}

// What was decided is read back, whether the workbook was written with the decisions or filled in by hand.
func TestWhatIsDecidedIsRead(t *testing.T) {
	r := round(t)
	rapid.Check(t, func(t *rapid.T) {
		stage := submission.Stage(rapid.IntRange(1, 3).Draw(t, "stage"))
		verifier := rapid.SampledFrom([]string{"so-noi-vu", "so-tttt", ""}).Draw(t, "verifier")
		lang := rapid.SampledFrom([]string{"vi", "en"}).Draw(t, "lang")
		blank := bookOf(r, verifier, lang, stage)
		full := bookOf(r, verifier, lang, stage)
		for i, row := range full.Rows {
			full.Rows[i].Decided = decided(t, row, r.Set, stage)
		}
		expected := want(&full)
		data := written(t, full)
		if rapid.Bool().Draw(t, "by hand") {
			words := []string{"vi", "en", "plain"}
			if stage != submission.Review {
				words = words[:2]
			}
			data = byHand(t, written(t, blank), full, rapid.SampledFrom(words).Draw(t, "words"))
		}
		got, problems := read(t, data, r)
		require.Empty(t, said(problems))
		require.Len(t, got, len(expected))
		for i := range expected {
			same(t, expected[i], got[i])
		}
	})
}

// byHand types the decisions of a book into a blank workbook.
func byHand(t tester, data []byte, full reviewbook.Book, words string) []byte {
	d := open(t, data)
	for _, row := range full.Rows {
		if row.Decided == nil {
			continue
		}
		id, is := row.Agency.Code+"/"+row.Key.String(), *row.Decided
		word := is.Verdict.String()
		if words != "plain" {
			word = wordOf(words, is)
		}
		d.set(id, "decision", word)
		if is.Points.Set {
			d.set(id, "points", is.Points.Value.InexactFloat64())
		} else if is.Verdict == submission.Set {
			d.set(id, "value", typed(is.Value))
		}
		d.set(id, "reason", is.Reason)
		d.set(id, "reviewer", is.Reviewer)
		if is.Date != "" {
			d.set(id, "date", "3/2/2026")
		}
	}
	return d.saved()
}

// wordOf is how a workbook words a verdict at its stage.
func wordOf(lang string, d submission.Decision) string {
	key := map[submission.Verdict]string{submission.Accept: "accept", submission.Set: "set", submission.Reject: "reject"}[d.Verdict]
	if d.Stage != submission.Review {
		key = map[string]string{"accept": "as-claimed", "set": "set", "reject": "zero"}[key]
	}
	return locale.MustFor(lang).Say("form.decide-" + key)
}

// typed is a value as a person types it.
func typed(v rule.Value) any {
	if n, ok := v.Number(); ok {
		return n.String() // text, as in a cell that was formatted as text
	}
	if yes, ok := v.Yes(); ok {
		return map[bool]string{true: "Có", false: "no"}[yes]
	}
	if ids, ok := v.Options(); ok {
		if len(ids) == 0 {
			return ";"
		}
		var text strings.Builder
		for _, id := range ids {
			text.WriteString(id + "; ")
		}
		if len(ids) == 1 {
			return ids[0]
		}
		return text.String()
	}
	if day, ok := v.Day(); ok {
		date, _ := time.Parse(time.DateOnly, string(day))
		return fmt.Sprintf("%d/%d/%d", date.Day(), date.Month(), date.Year())
	}
	text, _ := v.Text()
	return text
}

// A workbook that nobody filled in decides nothing, and equal books have equal bytes.
func TestBlankWorkbook(t *testing.T) {
	r := round(t)
	for _, verifier := range []string{"so-noi-vu", "so-tttt", ""} {
		data := written(t, bookOf(r, verifier, "vi", submission.Review))
		assert.Equal(t, data, written(t, bookOf(r, verifier, "vi", submission.Review)))
		got, problems := read(t, data, r)
		assert.Empty(t, got)
		assert.Empty(t, said(problems))
	}
}
