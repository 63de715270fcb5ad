package html_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const bigSet = `schema: dti.criteria/v1
id: danang-ict
version: "2019"
title: {vi: Bộ chỉ số ứng dụng công nghệ thông tin, en: ICT application index}
source: {decision: 4188/QĐ-UBND, date: 2019-09-19, url: "https://example.gov.vn/4188"}
languages: [vi, en]
scale: 100
groups:
  department: {vi: "Sở, ban, ngành", en: Departments}
  central: {vi: "Cơ quan Trung ương", en: Central agencies}
  district: {vi: "Quận, huyện", en: Districts}
  ward: {vi: "Phường, xã", en: Wards and communes}
ratings:
  - {id: good, name: {vi: Tốt, en: Good}, from: 85}
  - {id: fair, name: {vi: Khá, en: Fair}, from: 70}
  - {id: average, name: {vi: Trung bình, en: Average}, from: 50}
  - {id: weak, name: {vi: Yếu, en: Weak}, from: 0}
rounding: {indicator: 2, total: 2}
figures:
  staff: {name: {vi: Tổng số CBCC, en: Staff}, type: count, min: 1}
pillars:
`

func bigRound(t testing.TB) (*scoring.Ranking, history.Comparison) {
	y := bigSet
	names := [][2]string{{"Hạ tầng kỹ thuật", "Infrastructure"}, {"Ứng dụng công nghệ thông tin", "Application"}, {"Nguồn nhân lực", "Human resources"}, {"Cơ chế, chính sách", "Policy"}}
	for i, n := range names {
		y += fmt.Sprintf("  - id: p%d\n    no: \"%d\"\n    name: {vi: \"%s\", en: \"%s\"}\n    points: 25\n    indicators:\n", i+1, i+1, n[0], n[1])
		y += fmt.Sprintf("      - {id: I%d-1, no: \"%d.1\", name: {vi: Tỷ lệ CBCC có máy tính dùng trong công việc, en: Staff with a computer}, points: 8, inputs: {computers: {name: {vi: Số máy tính, en: Computers}, type: count}}, score: {kind: ratio, of: computers, over: figures.staff}, advice: {vi: Trang bị thêm máy tính cho CBCC, en: Buy more computers}}\n", i+1, i+1)
		y += fmt.Sprintf("      - {id: I%d-2, no: \"%d.2\", name: {vi: Có mạng nội bộ đạt chuẩn, en: Local network}, points: 5, score: {kind: yes_no}, public: points}\n", i+1, i+1)
		y += fmt.Sprintf("      - {id: I%d-3, no: \"%d.3\", name: {vi: Dịch vụ công trực tuyến mức độ 4, en: Level 4 online services}, points: 7, score: {kind: steps, steps: [{from: 80, share: 1}, {from: 50, share: 0.6}, {above: 0, share: 0.2}]}}\n", i+1, i+1)
		y += fmt.Sprintf("      - {id: I%d-4, no: \"%d.4\", name: {vi: Mức độ an toàn thông tin, en: Security level}, points: 5, score: {kind: choice, options: [{id: a, name: {vi: Cấp 3, en: Level 3}, share: 1}, {id: b, name: {vi: Cấp 2, en: Level 2}, share: 0.5}, {id: c, name: {vi: Chưa xác định, en: None}, share: 0}]}, public: none}\n", i+1, i+1)
	}
	set, err := criteria.Load("big.yaml", []byte(y))
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(1, 2))
	round := &submission.Round{
		ID: "2019", Year: 2019, Title: rule.Text{"vi": "Xếp hạng ứng dụng công nghệ thông tin thành phố Đà Nẵng năm 2019", "en": "Da Nang ICT ranking 2019"},
		From: "2019-01-01", To: "2019-12-31", Set: set, Submissions: map[string]submission.Submission{},
		Release: submission.Release{Status: submission.Final, Revision: 1, Decision: "123/TB-UBND", Date: "2020-10-29", Contact: "Sở Thông tin và Truyền thông", Licence: "CC BY 4.0", URL: "https://dti.example.gov.vn"},
		Digest:  "0123456789abcdef0123456789abcdef",
	}
	if os.Getenv("DRAFT") != "" {
		round.Release.Status = submission.Draft
	}
	sizes := map[string]int{"department": 24, "central": 6, "district": 7, "ward": 56}
	dep := []string{"Sở Thông tin và Truyền thông", "Sở Giao thông vận tải", "Sở Nội vụ", "Sở Khoa học và Công nghệ", "Sở Du lịch", "Sở Kế hoạch và Đầu tư", "Ban Quản lý Khu công nghệ cao và các khu công nghiệp Đà Nẵng"}
	past := &history.Past{RoundID: "2018", Year: 2018, CriteriaID: "danang-ict", CriteriaVersion: "2018", Status: "final", Groups: map[string]history.PastGroup{}, Agencies: map[string]history.PastAgency{}}
	for _, g := range set.Groups {
		perm := r.Perm(sizes[g.ID])
		for i := range sizes[g.ID] {
			code := fmt.Sprintf("%s-%02d", g.ID[:2], i+1)
			name := fmt.Sprintf("%s số %d", g.Name["vi"], i+1)
			if g.ID == "department" && i < len(dep) {
				name = dep[i]
			}
			a := submission.Agency{Code: code, Name: rule.Text{"vi": name}, Group: g.ID}
			if g.ID == "department" && i == 23 {
				a.Unranked, a.Reason = true, "cơ quan quốc phòng, không thuộc diện xếp hạng"
			}
			round.Agencies = append(round.Agencies, a)
			s := submission.Submission{Agency: code, Sent: true, Answers: map[submission.Key]submission.Answer{}}
			staff := 50 + r.IntN(100)
			q := 0.5 + 0.5*r.Float64()
			put := func(ind, in string, v rule.Value) { s.Answers[submission.Key{Indicator: ind, Input: in}] = submission.Answer{Value: v} }
			put("figures", "staff", rule.NumberOf(decimal.NewFromInt(int64(staff))))
			for p := 1; p <= 4; p++ {
				put(fmt.Sprintf("I%d-1", p), "computers", rule.NumberOf(decimal.NewFromInt(int64(float64(staff)*q))))
				put(fmt.Sprintf("I%d-2", p), "value", rule.YesNoOf(r.Float64() < q+.2))
				put(fmt.Sprintf("I%d-3", p), "value", rule.NumberOf(decimal.NewFromInt(int64(100*q*r.Float64()+20))))
				put(fmt.Sprintf("I%d-4", p), "value", rule.OptionsOf([]string{"a", "b", "c"}[r.IntN(2)]))
			}
			round.Submissions[code] = s
			past.Agencies[code] = history.PastAgency{Group: g.ID, Ranked: true, Rank: perm[i] + 1, Score: decimal.NewFromInt(int64(60 + r.IntN(30))), Of: decimal.NewFromInt(100), Rating: "fair"}
		}
		past.Groups[g.ID] = history.PastGroup{Year: 2018, Agencies: sizes[g.ID], Ranked: sizes[g.ID], Mean: decimal.RequireFromString("74.20"), Median: decimal.RequireFromString("75.1"), HasMean: true, Ratings: map[string]int{"good": 1, "fair": 3}}
	}
	delete(round.Submissions, "de-07")
	ranking := scoring.Rank(round)
	cmp := history.Compare(ranking, past)
	if os.Getenv("COMPARE") != "" {
		for g, p := range cmp.Groups {
			p.Pillars = map[string]history.PastPillar{}
			for i, v := range []string{"17.2", "18.4", "20.1", "19.0"} {
				p.Pillars[fmt.Sprintf("p%d", i+1)] = history.PastPillar{Mean: decimal.RequireFromString(v), Of: decimal.NewFromInt(25), Comparable: i != 2}
			}
			cmp.Groups[g] = p
		}
		for c, ch := range cmp.Agencies {
			ch.Comparable = true
			cmp.Agencies[c] = ch
		}
	}
	return ranking, cmp
}

func TestZZ(t *testing.T) {
	out := "/tmp/v/site"
	ranking, cmp := bigRound(t)
	os.MkdirAll(out+"/assets", 0o755)
	os.WriteFile(out+"/assets/site.css", html.CSS(), 0o644)
	js, _ := os.ReadFile("site.js")
	os.WriteFile(out+"/assets/site.js", js, 0o644)
	start := time.Now()
	n, size := 0, 0
	for _, lang := range []string{"vi", "en"} {
		e := view.NewEdition(ranking, cmp, locale.MustFor(lang), "dti 0.1.0")
		for path, write := range html.Pages(e, html.Assets{Files: []view.File{{Kind: view.ResultsXLSX, Path: "results.xlsx", Bytes: 123456, SHA256: "ab12"}}}) {
			var b bytes.Buffer
			require.NoError(t, write(&b))
			n++
			size += b.Len()
			if os.Getenv("DRY") == "" {
				p := filepath.Join(out, path)
				os.MkdirAll(filepath.Dir(p), 0o755)
				require.NoError(t, os.WriteFile(p, b.Bytes(), 0o644))
			}
		}
	}
	fmt.Println(n, "files", size, "bytes", time.Since(start))
	_ = io.Discard
	for _, lang := range []string{"vi"} {
		f, _ := os.Create(out + "/" + lang + "/index.html")
		html.Write(f, view.NewArchive(locale.MustFor(lang), []string{"vi", "en"}, []view.ArchiveEntry{{Round: "2019", Title: ranking.Round.Title, Year: 2019, Status: 3, Date: "2020-10-29"}}), html.Assets{})
		f.Close()
	}
	f, _ := os.Create(out + "/index.html")
	html.Write(f, view.NewChoice([]string{"vi", "en"}), html.Assets{})
	f.Close()
}
