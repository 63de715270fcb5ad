package reports_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/reports/internal/browser"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// pillarNames and indicatorNames are as long as those of real sets.
var pillarNames = [][2]string{
	{"Nhận thức số", "Digital awareness"},
	{"Thể chế số", "Digital institutions"},
	{"Hạ tầng số", "Digital infrastructure"},
	{"Nhân lực số", "Digital human resources"},
	{"An toàn thông tin mạng", "Network information security"},
	{"Hoạt động chính quyền số của cơ quan, đơn vị", "Digital government operations"},
	{"Hoạt động kinh tế số", "Digital economy"},
	{"Hoạt động xã hội số", "Digital society"},
}

var indicatorNames = [][2]string{
	{"Người đứng đầu chủ trì chuyển đổi số", "The head leads digital transformation"},
	{"Tỷ lệ hồ sơ thủ tục hành chính được giải quyết toàn trình trên môi trường mạng", "Share of administrative files settled wholly online"},
	{"Tỷ lệ cán bộ, công chức được tập huấn kỹ năng số", "Share of staff trained in digital skills"},
}

// longSet is a set of eight pillars, three indicators each; the last indicator of every pillar looks at the cohort.
func longSet(t *testing.T, ratings bool) *criteria.Set {
	t.Helper()
	var b strings.Builder
	b.WriteString("schema: dti.criteria/v1\nid: long\nversion: \"2025\"\ntitle: {vi: \"Bộ chỉ số đánh giá mức độ chuyển đổi số của các sở, ban, ngành\", en: Digital transformation index of departments}\n" +
		"languages: [vi, en]\nscale: 100\ngroups: {department: {vi: \"Sở, ban, ngành\", en: Departments}}\nrounding: {indicator: 2, total: 2}\n")
	if ratings {
		b.WriteString("ratings: [{id: good, name: {vi: Tốt, en: Good}, from: 80}, {id: fair, name: {vi: Khá, en: Fair}, from: 50}, {id: weak, name: {vi: Yếu, en: Weak}, from: 0}]\n")
	}
	b.WriteString("pillars:\n")
	for i, pillar := range pillarNames {
		fmt.Fprintf(&b, "  - id: P%d\n    no: \"%d\"\n    name: {vi: %q, en: %q}\n    indicators:\n", i+1, i+1, pillar[0], pillar[1])
		for j, name := range indicatorNames {
			score := []string{"{kind: yes_no}", "{kind: linear, worst: 0, best: 100}", "{kind: best}"}[j]
			fmt.Fprintf(&b, "      - {id: I%d%d, no: \"%d.%d\", name: {vi: %q, en: %q}, points: %d, score: %s, advice: {vi: %q, en: %q}}\n",
				i+1, j+1, i+1, j+1, name[0], name[1], []int{3, 5, 4}[j], score,
				"Hướng dẫn, hỗ trợ người dân và doanh nghiệp nộp hồ sơ trực tuyến tại bộ phận một cửa; công khai kết quả hằng tháng.",
				"Help people and businesses to file online at the one-stop desk; publish the results every month.")
		}
	}
	set, err := criteria.Load("long.yaml", []byte(b.String()))
	require.NoError(t, err)
	return set
}

// usual is a card as an agency usually gets it: eight pillars, three steps, five problems, a receipt that agrees.
func usual(t *testing.T, ratings bool, problems, steps int) view.SelfAssessment {
	t.Helper()
	set := longSet(t, ratings)
	agency := submission.Agency{Code: "so-nn-mt", Name: criteria.Text{"vi": "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng", "en": "Department of Agriculture and Environment"}, Group: "department"}
	sub := submission.Submission{Agency: agency.Code, Sent: true, Answers: submission.NewAnswers(set)}
	n := int64(0)
	for ind := range set.Root.AllIndicators() {
		v := rule.NumberOf(decimal.NewFromInt(40 + 5*n%60))
		if ind.Inputs[0].Type == rule.YesNo {
			v = rule.YesNoOf(n%4 != 0)
		}
		if n++; n != 8 {
			sub.Answers.Put(submission.Key{Indicator: ind.ID, Input: "value"}, submission.Answer{Value: v})
		}
	}
	bounds := map[string]map[string][]rule.Bound{"department": {}}
	for i := range pillarNames[:3] {
		bounds["department"][fmt.Sprintf("I%d3", i+1)] = []rule.Bound{{Name: "best", Value: decimal.NewFromInt(95)}}
	}
	a := view.SelfAssessment{
		Set: set, Result: scoring.Estimate(set, bounds).Score(scoring.Entrant{Agency: agency, Submission: sub}),
		Round: criteria.Text{"vi": "Đánh giá, xếp hạng chuyển đổi số năm 2025", "en": "Digital transformation assessment 2025"}, Year: 2025,
		File: "so-nn-mt.xlsx", Engine: "dti 1.2.3", Answered: 18, Asked: 24, Pending: 5, BoundsYear: 2024,
		Goal: "Ba chỉ số dưới đây, nếu đạt đủ điểm, đưa tổng điểm lên 80,25 và xếp loại Tốt.",
	}
	a.Receipt = view.Receipt{Known: true, Total: a.Result.Score, Compared: 19}
	for i := range problems {
		key := submission.Key{Indicator: fmt.Sprintf("I%d2", i%8+1), Input: "value"}
		p := diag.Problem{
			Place: diag.Place{File: "submissions/so-nn-mt.xlsx", Sheet: "Tự đánh giá", Row: 12 + i, Col: 6}, Severity: diag.Error,
			Kind: "answer-number-near", Args: []any{key.String(), "38 hồ sơ", "38"}, Indicator: key.Indicator, Input: key.Input,
		}
		if i%2 == 0 {
			p.Kind, p.Args, p.Severity = "claims-not-applicable", []any{key.Indicator}, diag.Warning
		}
		a.Problems.Add(p)
	}
	for i := range steps {
		ind, ok := set.Indicator(fmt.Sprintf("I%d%d", i%8+1, i/8+1))
		require.True(t, ok)
		a.Steps = append(a.Steps, view.NextStep{Indicator: ind, Gain: decimal.New(325-int64(10*i), -2), Peers: []string{"Sở Y tế", "Sở Tài chính", "Sở Khoa học và Công nghệ", "Văn phòng Ủy ban nhân dân thành phố"}[:i%5]})
	}
	return a
}

// hard are cards that strain the layout.
func hard(t *testing.T) map[string]view.SelfAssessment {
	t.Helper()
	bare := usual(t, false, 0, 0)
	bare.Goal, bare.Round, bare.Year, bare.File, bare.Receipt = "", nil, 0, "", view.Receipt{}
	long := usual(t, true, 40, 12)
	long.Result.Agency.Name = criteria.Text{"vi": "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân thành phố trực thuộc Trung ương, Ban " + strings.Repeat("dàithậtdài", 12)}
	long.Receipt.Total, long.Receipt.Compared = decimal.New(6025, -2), 24
	for ind := range long.Set.Root.AllIndicators() {
		long.Receipt.Differ = append(long.Receipt.Differ, view.Difference{
			Place: diag.Place{Sheet: "Tự đánh giá", Row: 12, Col: 7}, Indicator: ind, Workbook: "2,50", Engine: decimal.New(225, -2),
		})
	}
	empty := usual(t, true, 1, 0)
	empty.Result = scoring.Fit(empty.Set, nil).Score(scoring.Entrant{Agency: submission.Agency{Code: "so-x", Group: "department"}, Submission: submission.Submission{Agency: "so-x", Sent: true}})
	empty.Receipt = view.Receipt{Text: "#REF!"}
	return map[string]view.SelfAssessment{"bare": bare, "long": long, "empty": empty, "usual": usual(t, true, 5, 3)}
}

// written writes a card beside the test and returns its path.
func written(t *testing.T, a view.SelfAssessment, lang string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, reports.WriteScorecard(&b, view.NewScorecard(a, locale.MustFor(lang))))
	file := filepath.Join(t.TempDir(), "card-"+lang+".html")
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
	return file
}

// A usual card is one sheet of A4, with everything on it.
func TestPrintedScorecardIsOneSheet(t *testing.T) {
	for lang, words := range map[string][]string{
		"vi": {"không phải kết quả chính thức", "Hoạt động xã hội số", "Tự đánh giá!F16", "Bước tiếp theo", "dti 1.2.3"},
		"en": {"not an official result", "Digital society", "Tự đánh giá!F16", "Next steps", "dti 1.2.3"},
	} {
		t.Run(lang, func(t *testing.T) {
			sheets := printed(t, written(t, usual(t, true, 5, 3), lang))
			require.Len(t, sheets, 1)
			for _, w := range words {
				assert.Contains(t, sheets[0], w)
			}
		})
	}
}

// Long lists flow to further sheets, and every line of them is printed.
func TestPrintedScorecardFlowsOn(t *testing.T) {
	sheets := printed(t, written(t, hard(t)["long"], "vi"))
	require.Greater(t, len(sheets), 1)
	all := strings.Join(sheets, "")
	for i := range 40 {
		assert.Contains(t, all, fmt.Sprintf("Tự đánh giá!F%d", 12+i))
	}
	assert.Contains(t, all, "và 1 cơ quan khác")
	for i, sheet := range sheets {
		assert.NotEmpty(t, strings.TrimSpace(sheet), "sheet %d is empty", i+1)
	}
}

// measureCards asks a card whether it scrolls sideways, and whether its style was let in.
const measureCards = `(function () {
  var width = document.documentElement.clientWidth;
  var wide = [].filter.call(document.querySelectorAll('body *'), function (e) { return e.getBoundingClientRect().right > width + 1; })
    .map(function (e) { return e.tagName + '.' + e.className; });
  return { Width: width, Overflow: document.documentElement.scrollWidth - width, Wide: wide.slice(0, 3), Styled: getComputedStyle(document.body).marginTop === '0px' };
})()`

// A card has its style, logs nothing and never scrolls sideways, at the widths of a screen and of two telephones.
func TestBrowserScorecard(t *testing.T) {
	browser.NeedTime(t)
	for name, a := range hard(t) {
		for _, lang := range []string{"vi", "en"} {
			t.Run(name+"-"+lang, func(t *testing.T) {
				t.Parallel()
				tab := open(t, browser.Screen{}, "file://"+written(t, a, lang))
				for _, width := range []int{1280, 390, 320} {
					require.NoError(t, tab.Show(browser.Screen{Width: width}))
					var found struct {
						Width, Overflow int
						Wide            []string
						Styled          bool
					}
					require.NoError(t, tab.Eval(measureCards, &found))
					assert.Equal(t, width, found.Width)
					assert.LessOrEqual(t, found.Overflow, 0, "at %d px it scrolls sideways: %v", width, found.Wide)
					assert.True(t, found.Styled, "the policy lets the style in")
				}
				assert.Empty(t, tab.Complaints())
			})
		}
	}
}
