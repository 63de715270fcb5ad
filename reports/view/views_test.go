package view_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// ofViews puts two views of departments and one of wards into the small set.
const ofViews = `views:
  - {id: government, no: A, name: {vi: Chính quyền số, en: Digital government}, of: [{id: INF-1, weight: 2}, {id: policy}]}
  - {id: weakest, name: {vi: Yếu nhất, en: Weakest}, combine: min, of: [{id: INF-1}, {id: INF-2}]}
pillars:
`

func TestGroupOfViews(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t, "pillars:\n", ofViews), 20, 30, 40), history.Comparison{})
	p := e.Group(e.Ranking().Groups[0])
	var heads []string
	for _, c := range p.Views.Columns {
		heads = append(heads, c.Name)
		assert.NotEmpty(t, c.Sort, "every column sorts")
	}
	assert.Equal(t, []string{"Hạng", "Cơ quan", "Điểm", "Chính quyền số (100)", "Yếu nhất (100)"}, heads)
	assert.Equal(t, []string{"100,00", "83,33", "66,67"}, column(p.Views, "Chính quyền số (100)"), "in the order of the ranking")
	assert.Equal(t, "Trung bình của khối: Chính quyền số 83,33; Yếu nhất 75,00.", p.ViewMeans)
	assert.Equal(t, 5, p.Views.Rows[0].Cells[3].Level)

	without := editionOf("vi", roundOf(setOf(t), 20, 30), history.Comparison{})
	p = without.Group(without.Ranking().Groups[0])
	assert.Empty(t, p.Views.Rows)
	assert.Empty(t, p.ViewMeans)
	agency, ok := without.Agency("so-a")
	require.True(t, ok)
	assert.Empty(t, agency.Views.Rows)
	assert.Empty(t, without.Method().Views)
}

func TestAgencyOfViews(t *testing.T) {
	round := roundOf(setOf(t, "pillars:\n", ofViews), 20, 30)
	cmp := history.Comparison{Year: 2024, Agencies: map[string]history.Change{
		"so-a": {Year: 2024, Views: map[string]history.PastScore{"government": {Score: decimal.NewFromInt(70), Of: decimal.NewFromInt(100)}}},
	}}
	page, ok := editionOf("en", round, cmp).Agency("so-a")
	require.True(t, ok)
	assert.Equal(t, []string{
		"A. Digital government Weighted mean: Staff with a computer 50.00% × 2; Policy 100.00% × 1",
		"Weakest The lowest value: Staff with a computer 50.00%; Local </script><b>network</b> 100.00%",
	}, column(page.Views, "View"))
	assert.Equal(t, []string{"66.67 of 100", "50.00 of 100"}, column(page.Views, "Score"))
	assert.Equal(t, []string{"75.00", "62.50"}, column(page.Views, "Group mean"))
	changes := column(page.Views, page.Views.Columns[3].Name)
	assert.Equal(t, "−3.33 was 70.00", changes[0])
	assert.NotContains(t, changes[1], "0.00", "a view that cannot be compared is not said to be the same")
}

// A part that does not apply is said to be left out; a view of which nothing applies has no score.
func TestViewsThatDoNotApply(t *testing.T) {
	set := setOf(t, "pillars:\n", ofViews, "        evidence: {required: true}\n", "        when: has_computers\n")
	round := roundOf(set, 20, 30)
	e := editionOf("vi", round, history.Comparison{})
	page, ok := e.Agency("so-a")
	require.True(t, ok)
	assert.Equal(t, "A. Chính quyền số Trung bình cộng có trọng số: Tỷ lệ CBCC có máy tính: không tính; Chính sách 100,00% × 1", column(page.Views, "Góc nhìn")[0])

	only := setOf(t, "pillars:\n", "views: [{id: V, name: {vi: V, en: V}, of: [{id: INF-1}]}]\npillars:\n", "        evidence: {required: true}\n", "        when: has_computers\n")
	e = editionOf("vi", roundOf(only, 20, 30), history.Comparison{})
	page, _ = e.Agency("so-a")
	assert.Equal(t, []string{"Không áp dụng"}, column(page.Views, "Điểm"))
	group := e.Group(e.Ranking().Groups[0])
	assert.Equal(t, []string{"Không áp dụng", "Không áp dụng"}, column(group.Views, "V (100)"))
	assert.Empty(t, group.ViewMeans)
}

func TestMethodOfViews(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		for how := range strings.SplitSeq("mean geometric harmonic min", " ") {
			set := setOf(t, "pillars:\n", ofViews, "combine: min", "combine: "+how)
			rows := editionOf(lang, roundOf(set, 20), history.Comparison{}).Method().Views
			require.Len(t, rows, 2)
			for _, r := range rows {
				said := r.Rule + strings.Join(r.Details, "")
				assert.NotContains(t, said, "notes.")
				assert.NotContains(t, said, "site.")
				assert.Len(t, r.Details, 1)
			}
		}
	}
}

func TestBookOfViews(t *testing.T) {
	departments := "views: [{id: government, no: A, name: {vi: Chính quyền số, en: G}, of: [{id: INF-1, weight: 2}, {id: policy}]}, {id: own, name: {vi: Của sở, en: Own}, of: [{id: OWN}]}]\n" +
		"indicators: [{id: OWN, name: {vi: Riêng, en: Own}, points: 5, for: [department], score: {kind: yes_no}}]\npillars:\n"
	round := roundOf(setOf(t, "pillars:\n", departments), 20, 30)
	round.Agencies = append(round.Agencies, submission.Agency{Code: "p-1", Name: rule.Text{"vi": "Phường"}, Group: "ward"})
	book := view.NewEdition(scoring.Rank(round), history.Comparison{}, locale.MustFor("vi"), "dti 1.2.3").ResultsBook()
	var points, method []string
	for _, row := range slices.Collect(book.Sheets[len(book.Sheets)-2].Rows) {
		if len(row.Cells) > 5 {
			points = append(points, cellsSaid(row.Cells[3:6]))
		}
	}
	assert.Equal(t, []string{"Điểm|A. Chính quyền số|Của sở", "88.1|83.33|0", "80.95|66.67|0", "0|0|–"}, points)
	for _, row := range slices.Collect(book.Sheets[len(book.Sheets)-1].Rows) {
		method = append(method, cellsSaid(row.Cells))
	}
	assert.Contains(t, strings.Join(method, "\n"), "A|Chính quyền số|Trung bình cộng có trọng số của tỷ lệ đạt: Tỷ lệ CBCC có máy tính (trọng số 2); Chính sách (trọng số 1)")
}

func cellsSaid(cells []view.SheetCell) string {
	said := make([]string, len(cells))
	for i, c := range cells {
		said[i] = c.Text
		if c.Numeric {
			said[i] = c.Number.String()
		}
	}
	return strings.Join(said, "|")
}
