package reports_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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

// The browser's tests share one published site and one browser. The site is hostile and has a page of every kind; the
// tests find the pages by the kinds that they name, so a new kind is tested without a new line here.

const browserEdition = `schema: dti.criteria/v1
id: browser
version: "2025"
title: {vi: Bộ chỉ số chuyển đổi số, en: Digital transformation index}
languages: [vi, en]
scale: 100
groups: {department: {vi: "Sở, ban, ngành", en: Departments}, ward: {vi: "Ủy ban nhân dân phường, xã", en: Wards and communes}}
ratings: [{id: good, name: {vi: Tốt, en: Good}, from: 80}, {id: fair, name: {vi: Khá, en: Fair}, from: 50}, {id: weak, name: {vi: Yếu, en: Weak}, from: 0}]
rounding: {indicator: 2, total: 2}
pillars:
  - {id: infrastructure, no: "1", name: {vi: Hạ tầng số, en: Infrastructure}, indicators: [{id: A, no: "1.1", name: {vi: Tỷ lệ máy tính, en: Computers}, points: 20, score: {kind: linear, worst: 0, best: 50}}]}
  - {id: application, no: "2", name: {vi: Hoạt động chuyển đổi số của cơ quan, en: Digital operations}, indicators: [{id: B, no: "2.1", name: {vi: Hồ sơ trực tuyến, en: Online files}, points: 50, score: {kind: linear, worst: 0, best: 100}, advice: {vi: Hướng dẫn người dân nộp hồ sơ trực tuyến, en: Help people to file online}}]}
  - {id: human, no: "3", name: {vi: Nhân lực số, en: Human resources}, indicators: [{id: C, no: "3.1", name: {vi: Cán bộ được tập huấn, en: Staff trained}, points: 15, score: {kind: linear, worst: 0, best: 60}}]}
  - id: policy
    no: "4"
    name: {vi: "Thể chế, chính sách", en: Policy}
    indicators:
      - {id: D, no: "4.1", name: {vi: Kế hoạch đã ban hành, en: Plan issued}, points: 9, score: {kind: yes_no}}
      - {id: E, no: "4.2", name: {vi: Hệ thống theo cấp độ, en: Systems by level}, points: 3, public: points, score: {kind: linear, worst: 0, best: 70}}
      - {id: F, no: "4.3", name: {vi: Chỉ số không công bố, en: Withheld indicator}, points: 3, public: none, score: {kind: linear, worst: 0, best: 80}}
`

// departments are so many that the printed ranking needs several sheets.
const departments = 45

// hostileNames would run, break the page or overflow it, if any writer trusted them.
var hostileNames = []string{
	`</script><script>alert(1)</script>`, `__f__alert(document.domain)__f__`, `"><img src=x onerror=alert(1)>' {{.}}`,
	`=HYPERLINK("http://evil.example","x")`, "Ban" + strings.Repeat("dàithậtdài", 12), "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân thành phố trực thuộc Trung ương",
}

// A hostileRound is a round of two groups with ties, an agency without a rank, bodies above the agencies, hostile names and
// an earlier round. Lift is added to the figures of one agency.
func hostileRound(t *testing.T, status submission.Status, lift int) (*submission.Round, *history.Past) {
	t.Helper()
	set, err := criteria.Load("browser.yaml", []byte(browserEdition))
	require.NoError(t, err)
	r := &submission.Round{
		ID: "2025", Year: 2025, Title: criteria.Text{"vi": "Xếp hạng chuyển đổi số năm 2025", "en": "Digital transformation ranking 2025"}, Set: set,
		Submissions: map[string]submission.Submission{},
		Release: submission.Release{
			Status: status, Revision: 1, Decision: "Quyết định số 12/QĐ-UBND", Date: "2026-01-20", Contact: "lien-he@example.gov.vn", Licence: "CC BY 4.0",
		},
		Publish: submission.Publication{
			Name: criteria.Text{"vi": "Sở Khoa học và Công nghệ"}, Colour: "#1a4f8b", Logo: logo(t),
			Announcement: []submission.Attachment{{Name: "QD-12.pdf", MediaType: "application/pdf", Data: []byte("%PDF-1.4\n%%EOF\n")}},
		},
	}
	var past []submission.PastStanding
	add := func(code, name, group, parent string, n int) {
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": name}, Group: group, Parent: parent})
		answers := map[submission.Key]submission.Answer{{Indicator: "D", Input: "value"}: {Value: rule.YesNoOf(n%3 > 0)}}
		for _, ind := range []string{"A", "B", "C", "E", "F"} {
			answers[submission.Key{Indicator: ind, Input: "value"}] = submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64(n)))}
		}
		r.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: submission.AnswersOf(set, answers)}
		past = append(past, submission.PastStanding{Code: code, Rank: departments - len(past) + 2, Score: rule.Optional{Value: decimal.NewFromInt(int64(90 - n)), Set: true}})
	}
	for i := range departments {
		name := fmt.Sprintf("Sở Nông nghiệp và Môi trường số %d", i)
		if i < len(hostileNames) {
			name = hostileNames[i]
		}
		n := max(i, 2) // the first three share a rank
		if i == 20 {
			n += lift
		}
		add(fmt.Sprintf("so-%02d", i), name, "department", "", n)
	}
	add("p-1", "Phường Hải Châu 10", "ward", `Quận Hải Châu "cũ"`, 40)
	add("p-2", "Phường Hải Châu 2", "ward", `Quận Hải Châu "cũ"`, 40)
	add("p-3", "Xã Hòa Vang", "ward", "Huyện Hòa Vang <b>", 12)
	r.Agencies[departments-1].Unranked, r.Agencies[departments-1].Reason = true, "mới thành lập"
	before, problems := history.FromStandings(2024, "", past)
	require.Empty(t, problems)
	return r, before
}

// listed is one more agency than the front page of an edition lists by name.
const listed = 301

// wideRound is the round before, with so many agencies that they have a directory of their own.
func wideRound(t *testing.T) *submission.Round {
	t.Helper()
	r, _ := hostileRound(t, submission.Final, 0)
	r.ID, r.Year, r.Title = "2024", 2024, criteria.Text{"vi": "Xếp hạng chuyển đổi số năm 2024", "en": "Digital transformation ranking 2024"}
	r.Agencies, r.Submissions = nil, map[string]submission.Submission{}
	for i := range listed {
		code := fmt.Sprintf("x-%03d", i)
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": fmt.Sprintf("Xã Hòa Phú %d", i)}, Group: "ward"})
		answer := submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64(i % 97)))}
		answers := map[submission.Key]submission.Answer{{Indicator: "A", Input: "value"}: answer}
		r.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: submission.AnswersOf(r.Set, answers)}
	}
	return r
}

// logo is a small picture.
func logo(t *testing.T) submission.Logo {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 120, 40))
	for i := range 40 {
		picture.Set(i, i, color.Black)
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, picture))
	return submission.Logo{Extension: "png", Width: 120, Height: 40, Data: b.Bytes()}
}

func publishRound(t *testing.T, dir string, r *submission.Round, before *history.Past) {
	t.Helper()
	ranking := scoring.Rank(r)
	_, err := reports.Publish(t.Context(), dir, reports.Publication{Ranking: ranking, Comparison: history.Compare(ranking, before), Engine: "dti 1.2.3"})
	require.NoError(t, err)
}

// publishHostile publishes the round into a folder, with the round before it; a final one once more with a correction.
func publishHostile(t *testing.T, dir string, status submission.Status) {
	t.Helper()
	r, before := hostileRound(t, status, 0)
	if status == submission.Final {
		publishRound(t, dir, wideRound(t), nil)
		first, before := hostileRound(t, status, 1)
		publishRound(t, dir, first, before)
		r.Release.Revision = 2
		r.Corrections = []submission.Correction{{Revision: 2, Date: "2026-02-03", Reason: criteria.Text{"vi": "Số liệu nhập nhầm cột"}}}
	}
	publishRound(t, dir, r, before)
}

// published is the site that all tests look at, once published. No test changes it.
var published = struct {
	sync.Once
	parent string
	pages  []browser.Page
}{}

// hostileSite is the folder of the published site and its pages.
func hostileSite(t *testing.T) (dir string, pages []browser.Page) {
	t.Helper()
	published.Do(func() {
		var err error
		published.parent, err = os.MkdirTemp("", "site")
		require.NoError(t, err)
		dir := filepath.Join(published.parent, "site")
		publishHostile(t, dir, submission.Final)
		published.pages, err = browser.Pages(os.DirFS(dir))
		require.NoError(t, err)
	})
	require.NotEmpty(t, published.pages, "the site was published")
	return filepath.Join(published.parent, "site"), published.pages
}

// shared is the browser of all tests.
var shared browser.Shared

func TestMain(m *testing.M) {
	status := m.Run()
	shared.Close()
	if published.parent != "" {
		if err := os.RemoveAll(published.parent); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(status)
}

// open shows a page in a tab, which the test closes when it ends.
func open(t *testing.T, screen browser.Screen, address string) *browser.Tab {
	t.Helper()
	tab, err := shared.For(t).Open(screen, address)
	require.NoError(t, err)
	t.Cleanup(tab.Close)
	return tab
}

// file is the address of a page on the disk.
func file(dir, page string) string { return "file://" + filepath.ToSlash(filepath.Join(dir, page)) }

// A look is a page that is open in a tab, which several checks share: a tab takes longer to open than most of them take.
type look struct {
	dir  string
	page browser.Page
	tab  *browser.Tab
}

// show shows the page on another screen, with all that is folded open where that is asked.
func (l look) show(t *testing.T, screen browser.Screen, unfolded bool) {
	t.Helper()
	require.NoError(t, l.tab.Show(screen))
	if unfolded {
		require.NoError(t, l.tab.Eval(unfold, nil))
	}
}

// unfold opens everything that is folded: what is hidden is not judged.
const unfold = `document.querySelectorAll('details').forEach(function (d) { d.open = true; })`

// looks are what a page of every kind is held to, in the languages named. Each finds the page as those before leave it, so
// the first are those to whom it matters how it was loaded, and the last takes it apart.
var looks = []struct {
	name, langs string
	hold        func(t *testing.T, l look)
}{
	{"charts are drawn", "vi en", chartsAreDrawn},
	{"paper is whole", "vi", paperIsWhole},
	{"narrow screens", "vi en", narrowScreensAreWhole},
	{"accessibility", "vi en", accessible},
	{"targets", "vi", targetsAreLarge},
	{"keyboard reaches", "vi", keyboardReaches},
	{"keyboard sorts", "vi", keyboardSorts},
	{"tables sort as they read", "vi en", tablesSortAsTheyRead},
	{"no complaint", "vi en", func(t *testing.T, l look) { assert.Empty(t, l.tab.Complaints(), "after all that") }},
	{"printed heads", "vi", printedTablesHaveHeads},
}

// The fullest page of every kind, opened from the disk, is held to everything that a page is held to.
func TestPages(t *testing.T) {
	onEachKind(t, "vi en", func(t *testing.T, dir string, page browser.Page) {
		l := look{dir, page, open(t, browser.Screen{}, file(dir, page.Path))}
		for _, c := range looks {
			if strings.Contains(c.langs, page.Lang) {
				t.Run(c.name, func(t *testing.T) { c.hold(t, l) })
			}
		}
	})
}

// onEachKind runs a test on the fullest page of every kind in these languages, side by side.
func onEachKind(t *testing.T, langs string, look func(t *testing.T, dir string, page browser.Page)) {
	t.Helper()
	browser.NeedTime(t)
	dir, pages := hostileSite(t)
	for _, page := range samples(pages) {
		if !strings.Contains(langs, page.Lang) {
			continue
		}
		t.Run(page.Lang+"-"+page.Kind, func(t *testing.T) {
			t.Parallel()
			look(t, dir, page)
		})
	}
}

// samples are the fullest pages of every kind: of the hostile round where it has one. The print edition is that of the other
// round: it has the same templates and no scorecards, which are pages of their own.
func samples(pages []browser.Page) []browser.Page {
	var hostile, others []browser.Page
	for _, p := range pages {
		if strings.Contains(p.Path, "/2025/") && p.Kind != "print" {
			hostile = append(hostile, p)
		} else {
			others = append(others, p)
		}
	}
	all := browser.Fullest(hostile)
	for _, p := range browser.Fullest(others) {
		if !slices.ContainsFunc(all, func(q browser.Page) bool { return q.Kind == p.Kind && q.Lang == p.Lang }) {
			all = append(all, p)
		}
	}
	return all
}

// The site of these tests has a page of every kind that there is a template for.
func TestSiteHasEveryKind(t *testing.T) {
	browser.NeedTime(t)
	_, pages := hostileSite(t)
	kinds := map[string]bool{}
	for _, p := range pages {
		kinds[p.Kind] = true
	}
	templates, err := filepath.Glob(filepath.Join("html", "templates", "pages", "*.html"))
	require.NoError(t, err)
	require.NotEmpty(t, templates)
	for _, name := range templates {
		assert.True(t, kinds[strings.TrimSuffix(filepath.Base(name), ".html")], "a page of %s", name)
	}
}
