package reports_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/reports/internal/browser"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// Names as long as official ones are.
const (
	longAgency    = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân thành phố trực thuộc Trung ương, cơ sở thứ %d"
	longPillar    = "Hoạt động chuyển đổi số của cơ quan và phát triển hạ tầng số dùng chung, nhóm %d"
	longIndicator = "Tỷ lệ hồ sơ thủ tục hành chính được tiếp nhận, xử lý và trả kết quả hoàn toàn trực tuyến theo đúng thời hạn quy định, chỉ số %d"
	longAdvice    = "Rà soát, tái cấu trúc quy trình và hướng dẫn người dân, doanh nghiệp nộp hồ sơ trực tuyến ngay tại bộ phận một cửa."
)

// cardSet has eight pillars of fifteen indicators with long names: half of them with levels, one that is not public, a
// bonus and a scale that re-bases.
func cardSet(t *testing.T, pillars, each int) *criteria.Set {
	t.Helper()
	var b strings.Builder
	b.WriteString("schema: dti.criteria/v1\nid: card\nversion: \"1\"\ntitle: {vi: Bộ chỉ số, en: Index}\nlanguages: [vi, en]\nscale: 100\nrounding: {indicator: 2, total: 2}\n")
	b.WriteString("groups: {department: {vi: \"Sở, ban, ngành và cơ quan ngang sở\", en: Departments}}\n")
	b.WriteString("ratings: [{id: good, name: {vi: Hoàn thành tốt, en: Good}, from: 20}, {id: weak, name: {vi: Chưa hoàn thành, en: Weak}, from: 0}]\npillars:\n")
	for p := range pillars {
		fmt.Fprintf(&b, "  - id: p%d\n    no: \"%d\"\n    name: {vi: %q, en: Pillar}\n    indicators:\n", p, p+1, fmt.Sprintf(longPillar, p+1))
		for i := range each {
			score, more := "{kind: linear, worst: 0, best: 50}", ""
			switch {
			case i%2 == 1:
				score = "{kind: steps, steps: [{from: 45, share: 1}, {from: 20, share: 0.5}, {above: 0, share: 0.2}]}"
			case i == 0 && p == 1:
				more = ", effect: bonus"
			case i == 2 && p == 1:
				more = ", public: none"
			}
			fmt.Fprintf(&b, "      - {id: I%d-%d, no: \"%d.%d\", name: {vi: %q, en: Indicator}, points: %d, score: %s, advice: {vi: %q, en: Advice}%s}\n",
				p, i, p+1, i+1, fmt.Sprintf(longIndicator, i), 1+i%4, score, longAdvice, more)
		}
	}
	set, err := criteria.Load("card.yaml", []byte(b.String()))
	require.NoError(t, err)
	return set
}

// cardRound is a round of agencies with long and hostile names, one of which is held down, one corrected, one unranked for
// a long reason.
func cardRound(set *criteria.Set, revision int) *submission.Round {
	r := &submission.Round{
		ID: "2025", Year: 2025, Title: criteria.Text{"vi": "Xếp hạng mức độ chuyển đổi số của các cơ quan hành chính nhà nước năm 2025"}, Set: set,
		Submissions: map[string]submission.Submission{},
		Release: submission.Release{
			Status: submission.Final, Revision: revision, Decision: "Quyết định số 12/QĐ-UBND ngày 20/01/2026 của Ủy ban nhân dân thành phố", Date: "2026-01-20",
			Contact: "Sở Khoa học và Công nghệ, lien-he@example.gov.vn", Licence: "CC BY 4.0",
		},
	}
	if revision > 1 {
		r.Corrections = []submission.Correction{{Revision: revision, Date: "2026-02-03", Reason: criteria.Text{"vi": "Số liệu nhập nhầm cột"}}}
	}
	for i := range 12 {
		name := fmt.Sprintf(longAgency, i)
		if i < len(hostileNames) {
			name = hostileNames[i]
		}
		code := fmt.Sprintf("so-%02d", i)
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": name}, Group: "department"})
		sub := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(set)}
		n := 0
		for ind := range set.Root.AllIndicators() {
			n++
			x := (i*7 + n*3) % 44
			if i == 8 && n == 1 {
				x = revision // the corrected one
			}
			sub.Answers.Put(submission.Key{Indicator: ind.ID, Input: "value"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64(x)))})
		}
		r.Submissions[code] = sub
	}
	r.Agencies[11].Unranked = true
	r.Agencies[11].Reason = "mới được thành lập trên cơ sở hợp nhất ba cơ quan từ ngày 01/07/2025, chưa đủ số liệu của một năm để so sánh với các cơ quan khác trong khối"
	r.Cycle.Adjustments = []submission.Adjustment{
		{Agency: "so-10", RatingCap: "weak", Reason: "vi phạm thời hạn"},
		{Agency: "so-09", Points: rule.Optional{Value: decimal.RequireFromString("-0.35"), Set: true}, Reason: "nộp muộn"},
	}
	return r
}

// publishCards publishes the round twice, the second time corrected, after so many earlier rounds.
func publishCards(t *testing.T, set *criteria.Set, rounds int) string {
	t.Helper()
	var pasts []*history.Past
	for year := 2025 - rounds; year < 2025; year++ {
		var rows []submission.PastStanding
		for i := range 12 {
			rows = append(rows, submission.PastStanding{Code: fmt.Sprintf("so-%02d", i), Rank: 12 - i, Score: rule.Optional{Value: decimal.NewFromInt(int64(30 + i)), Set: true}})
		}
		past, problems := history.FromStandings(year, "", rows)
		require.Empty(t, problems)
		pasts = append(pasts, past)
	}
	dir := filepath.Join(t.TempDir(), "site")
	for revision := 1; revision <= 2; revision++ {
		ranking := scoring.Rank(cardRound(set, revision))
		_, err := reports.Publish(t.Context(), dir, reports.Publication{Ranking: ranking, Comparison: history.CompareAll(ranking, pasts), Engine: "dti 1.2.3"})
		require.NoError(t, err)
	}
	return dir
}

// However long the names are and however much there is to tell, the card of an agency is one sheet and says on it, for
// every public indicator, its points, and where the rest stands. Scripts change nothing.
func TestPrintedCardIsOneSheet(t *testing.T) {
	browser.NeedTime(t)
	tests := map[string]struct {
		pillars, each, rounds int
		agencies              []string
		screen                browser.Screen
		says                  map[string]string // on the card of an agency
	}{
		"120 indicators, a trend": {8, 15, 3, []string{"so-08", "so-10", "so-11"}, browser.Screen{}, map[string]string{
			"so-08": "đính chính", "so-10": "xếp loại bị giới", "so-11": "mới được thành lập",
		}},
		"60 indicators":               {5, 12, 1, []string{"so-04"}, browser.Screen{NoScript: true}, nil},
		"30 indicators, two pillars":  {2, 15, 3, []string{"so-00"}, browser.Screen{}, nil},
		"30 indicators, five pillars": {5, 6, 1, []string{"so-02", "so-11"}, browser.Screen{}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			set := cardSet(t, tt.pillars, tt.each)
			dir := publishCards(t, set, tt.rounds)
			for _, code := range tt.agencies {
				tab := open(t, tt.screen, file(dir, "vi/2025/agency/"+code+".html"))
				sheets := sheets(t, tab)
				tab.Close()                                               // few may be open at a time
				if !assert.Equal(t, 1, len(sheets), "%s: sheets", code) { //nolint:testifylint // the text of all sheets is long
					continue
				}
				card := strings.Join(strings.Fields(sheets[0]), " ")
				assert.Contains(t, card, "vi/2025/agency/"+code+".html", "%s: where the full account stands", code)
				assert.Contains(t, strings.ToLower(card), tt.says[code], code)
				for ind := range set.Root.AllIndicators() {
					if ind.Public == criteria.Nothing {
						continue
					}
					assert.Regexp(t, `(^|\s)`+strings.ReplaceAll(ind.No, ".", `\.`)+`\s`, card, "%s: indicator", code)
				}
			}
		})
	}
}
