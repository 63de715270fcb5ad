package view_test

import (
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
)

func annexSet(t testing.TB, replaced ...string) *criteria.Set {
	t.Helper()
	data, err := os.ReadFile("testdata/annex.yaml")
	require.NoError(t, err)
	set, err := criteria.Load("annex.yaml", []byte(strings.NewReplacer(replaced...).Replace(string(data))))
	require.NoError(t, err)
	return set
}

func sectionOf(m view.Methodology, id string) view.MethodSection {
	for _, s := range m.Sections {
		if s.ID == id {
			return s
		}
	}
	return view.MethodSection{}
}

// A verifier and a tag are printed by their names where the set has them, else by their codes.
func TestMethodologyNamesVerifiersAndTags(t *testing.T) {
	const codes = "\nverifiers: {Sở Tài chính: {vi: Cơ quan Tài chính, en: Department of Finance}}\n" +
		"tags: {data_owner: {vi: Chủ quản dữ liệu, en: Owner of a database}}\nviews:\n"
	for name, test := range map[string]struct{ lang, codes, verifier, tag string }{
		"names, en": {"en", codes, "Department of Finance", "marked “Owner of a database”"},
		"names, vi": {"vi", codes, "Cơ quan Tài chính", "thuộc diện “Chủ quản dữ liệu”"},
		"codes":     {"en", "\nviews:\n", "Sở Tài chính", "tagged “data_owner”"},
	} {
		t.Run(name, func(t *testing.T) {
			m := view.NewMethodology(annexSet(t, "\nviews:\n", test.codes), locale.MustFor(test.lang))
			rows := map[string]view.AnnexRow{}
			for _, table := range sectionOf(m, "annex").Annexes {
				for _, row := range table.Rows {
					rows[row.ID] = row
				}
			}
			cells := rows["i-INF-1"].Cells
			assert.Equal(t, test.verifier, cells[len(cells)-1].Text)
			assert.Contains(t, strings.Join(rows["i-POL-2"].Cells[1].Notes, " "), test.tag)
		})
	}
}

// An indicator with a weight in place of points says which groups it is for, where that is not all of them.
func TestMethodologySaysGroupsBesideWeights(t *testing.T) {
	for name, test := range map[string]struct {
		lang, groups, want string
	}{
		"one, en": {"en", "        for: [ward]\n", "Only for: Wards and communes."},
		"one, vi": {"vi", "        for: [department]\n", "Chỉ dành cho: Sở, ban, ngành."},
		"all":     {"en", "        for: [ward, department]\n", ""},
		"unsaid":  {"en", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			const plan = "name: {vi: Kế hoạch, en: Plan}\n"
			m := view.NewMethodology(annexSet(t, plan, plan+test.groups), locale.MustFor(test.lang))
			notes := map[string]string{}
			for _, table := range sectionOf(m, "annex").Annexes {
				for _, row := range table.Rows {
					notes[row.ID] = strings.Join(row.Cells[1].Notes, " ")
				}
			}
			if test.want == "" {
				assert.NotContains(t, notes["i-POL-1"], "Only for:")
			} else {
				assert.Contains(t, notes["i-POL-1"], test.want)
			}
			assert.NotContains(t, notes["i-INF-2"], "Only for:", "its points say so")
		})
	}
}

// printed is a number as English pages print it.
func printed(t testing.TB, words string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(strings.NewReplacer(",", "", "−", "-", "+", "").Replace(words))
	require.NoError(t, err)
	return d
}

// For every shipped set the total worked out is the engine's, its lines add up to it exactly, and every indicator has an
// example, whose points are those of the line.
func TestMethodologyIsWhatTheEngineGives(t *testing.T) {
	sets := []*criteria.Set{annexSet(t)}
	for _, entry := range builtin.List() {
		data, name, _ := builtin.Get(entry.Address())
		set, err := criteria.Load(name, data)
		require.NoError(t, err)
		sets = append(sets, set)
	}
	for _, set := range sets {
		t.Run(set.Address(), func(t *testing.T) {
			m := view.NewMethodology(set, locale.MustFor("en"))
			res, _, ok := scoring.WorkedExample(set, set.Groups[0].ID)
			require.True(t, ok)

			tables := sectionOf(m, "example").Tables
			rows := tables[len(tables)-1].Rows
			var sum decimal.Decimal
			for _, row := range rows[:len(rows)-1] {
				sum = sum.Add(printed(t, row.Cells[2].Text))
			}
			total := printed(t, rows[len(rows)-1].Cells[2].Text)
			assert.True(t, sum.Equal(res.Score), "%s is not %s", sum, res.Score)
			assert.True(t, total.Equal(res.Score.Round(6)) || total.Equal(res.Score), "%s is not %s", total, res.Score)

			examples := 0
			for _, annex := range sectionOf(m, "annex").Annexes {
				for _, row := range annex.Rows {
					require.Len(t, row.Cells, len(annex.Columns))
					require.NotNil(t, row.Example, row.ID)
					assert.NotEmpty(t, row.Example.Answers, row.ID)
					assert.NotEmpty(t, row.Example.Words, row.ID)
					examples++
				}
			}
			all := 0
			for range set.Root.AllIndicators() {
				all++
			}
			assert.Equal(t, all, examples)
		})
	}
}

func TestMethodologyNamesItsDecision(t *testing.T) {
	source := "  decision: 12/QĐ-UBND\n  date: 2027-01-15\n  url: \"https://example.gov.vn/12\"\n"
	for name, tc := range map[string]struct{ instead, issued string }{ // the set is structure only, so no annex of anything
		"number and day":  {source, "(After Decision 12/QĐ-UBND of 15 January 2027; not an annex of it)"},
		"number":          {"  decision: 12/QĐ-UBND\n", "(After Decision 12/QĐ-UBND; not an annex of it)"},
		"no decision":     {"  decision: United Nations Survey\n", "(After United Nations Survey; not an annex of it)"},
		"address":         {"  url: \"https://example.gov.vn/12\"\n", ""},
		"nothing is said": {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := view.NewMethodology(annexSet(t, source, tc.instead), locale.MustFor("en"))
			assert.Equal(t, tc.issued, m.Issued)
			assert.Equal(t, tc.instead == "", len(m.Notices) == 2, "a set without a source is a draft")
		})
	}
}

// A set whose rules are its decision's own is the annex of it.
func TestMethodologyIsTheAnnexOfItsDecision(t *testing.T) {
	only := `  structure_only: {vi: "Chưa công bố: mức điểm của nhóm 3.", en: "Not published: the points of pillar 3."}` + "\n"
	m := view.NewMethodology(annexSet(t, only, "", "2027-01-15", "2026-01-05"), locale.MustFor("vi"))
	assert.Equal(t, "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2026)", m.Issued)
	assert.Equal(t, "PHỤ LỤC", m.Annex)
	assert.Empty(t, sectionOf(m, view.TotalID).Lede)

	data, name, _ := builtin.Get("city-starter@2026")
	draft, err := criteria.Load(name, data)
	require.NoError(t, err)
	assert.Equal(t, "(Issued with Decision No. …………… of ……………)", view.NewMethodology(draft, locale.MustFor("en")).Issued)
}

// An example that is not the first group's says whose points it takes; one that has the same points for all does not.
func TestMethodologyExamplesOfOtherGroups(t *testing.T) {
	m := view.NewMethodology(annexSet(t, "{ward: 10}", "{ward: 10, parish: 12}", "for: [ward]", "for: [ward, parish]",
		"ward: 20}", "ward: 20, parish: 18}", "ward: 2}", "ward: 2, parish: 1}",
		`en: Wards and communes}`, "en: Wards and communes}\n  parish: {vi: Xứ, en: Parishes}"), locale.MustFor("en"))
	annex := sectionOf(m, "annex").Annexes[0]
	assert.Equal(t, "1 of 2 items: 60% (lacking: WAN) → 6.00 of 10 points (Wards and communes)", annex.Rows[1].Example.Words)
	assert.Equal(t, "57/60 = 95% → 28.50 of 30 points", annex.Rows[0].Example.Words)
	assert.Equal(t, 3, annex.Span)
	assert.Equal(t, "Maximum: 30 points.", annex.Note)
}

// Many groups share one column, and points that are not rounded are printed without the zeros of the total.
func TestMethodologyOfManyGroups(t *testing.T) {
	groups := "en: Wards and communes}\n  a: {vi: A, en: A}\n  b: {vi: B, en: B}\n  c: {vi: C, en: C}"
	more := ", a: 20, b: 20, c: 20}"
	m := view.NewMethodology(annexSet(t, "en: Wards and communes}", groups, "ward: 20}", "ward: 20"+more, "ward: 2}", "ward: 2, a: 2, b: 2, c: 2}",
		"rounding: {indicator: 2, total: 2}", "rounding: {total: 2}", "points: 10\n    min: -2", "points: 10\n    for: [department, ward, a]\n    min: -2"), locale.MustFor("en"))
	annexes := sectionOf(m, "annex").Annexes
	assert.Zero(t, annexes[0].Span)
	assert.Equal(t, "Departments: 30; Wards and communes: 20; A: 20; B: 20; C: 20", annexes[0].Rows[0].Cells[2].Text)
	assert.Equal(t, "Maximum points: Departments: 30; Wards and communes: 30; A: 20; B: 20; C: 20.", annexes[0].Note)
	assert.Equal(t, "57/60 = 95% → 28.5 of 30 points", annexes[0].Rows[0].Example.Words)
}

// What a set does not have, its document leaves out, and numbers its sections without a gap.
func TestMethodologyOfASmallSet(t *testing.T) {
	set, err := criteria.Load("small.yaml", []byte(`schema: dti.criteria/v1
id: small
version: "1"
title: {en: Small}
languages: [en]
combine: mean
groups: {ward: {en: Wards}}
indicators:
  - {id: A, name: {en: Portal}, inputs: {share: {name: {en: Share}, type: percent, min: 10, max: 90}}, score: {kind: minmax, of: share}}
`))
	require.NoError(t, err)
	m := view.NewMethodology(set, locale.MustFor("vi"))
	var headings []string
	for _, s := range m.Sections {
		headings = append(headings, s.Heading)
	}
	assert.Equal(t, []string{
		"I. Phạm vi áp dụng và điểm tối đa", "II. Cách tính tổng điểm và xếp hạng", "III. Bảng chỉ số và cách chấm điểm", "IV. Ví dụ tính tổng điểm",
	}, headings)
	assert.Equal(t, "en", m.HeadingLang)
	example := sectionOf(m, "annex").Annexes[0].Rows[0].Example
	assert.Equal(t, "Share = 70%", example.Answers)
	assert.Equal(t, "90%; 82%; 50%; 58%", example.Others)
	assert.Equal(t, "70% trong khoảng từ 50% đến 90%: 50% → tỷ lệ đạt 50%", example.Words)
}
