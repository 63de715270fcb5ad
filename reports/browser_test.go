package reports_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports"
	reporthtml "github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

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
  - {id: policy, no: "4", name: {vi: "Thể chế, chính sách", en: Policy}, indicators: [{id: D, no: "4.1", name: {vi: Kế hoạch đã ban hành, en: Plan issued}, points: 15, score: {kind: yes_no}}]}
`

// departments are so many that the printed ranking needs several sheets.
const departments = 45

// hostileNames would run, break the page or overflow it, if any writer trusted them.
var hostileNames = []string{
	`</script><script>alert(1)</script>`, `__f__alert(document.domain)__f__`, `"><img src=x onerror=alert(1)>' {{.}}`,
	`=HYPERLINK("http://evil.example","x")`, "Ban" + strings.Repeat("dàithậtdài", 12), "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân thành phố trực thuộc Trung ương",
}

// publishSmall publishes a round of two groups with ties, an agency without a rank, hostile names and an earlier round.
func publishSmall(t *testing.T, status submission.Status) string {
	t.Helper()
	set, err := criteria.Load("browser.yaml", []byte(browserEdition))
	require.NoError(t, err)
	r := &submission.Round{
		ID: "2025", Year: 2025, Title: criteria.Text{"vi": "Xếp hạng chuyển đổi số năm 2025", "en": "Digital transformation ranking 2025"}, Set: set,
		Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: status, Revision: 1, Date: "2026-01-20", Contact: "lien-he@example.gov.vn"},
	}
	var past []submission.PastStanding
	add := func(code, name, group string, n int) {
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": name}, Group: group})
		answers := map[submission.Key]submission.Answer{{Indicator: "D", Input: "value"}: {Value: rule.YesNoOf(n%3 > 0)}}
		for _, ind := range []string{"A", "B", "C"} {
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
		add(fmt.Sprintf("so-%02d", i), name, "department", max(i, 2)) // the first three share a rank
	}
	add("p-1", "Phường Hải Châu 10", "ward", 40)
	add("p-2", "Phường Hải Châu 2", "ward", 40)
	r.Agencies[departments-1].Unranked, r.Agencies[departments-1].Reason = true, "mới thành lập"
	ranking := scoring.Rank(r)
	before, problems := history.FromStandings(2024, "", past)
	require.Empty(t, problems)
	dir := filepath.Join(t.TempDir(), "site")
	_, err = reports.Publish(t.Context(), dir, reports.Publication{Ranking: ranking, Comparison: history.Compare(ranking, before), Engine: "dti 1.2.3"})
	require.NoError(t, err)
	return dir
}

// browserPages are one of each kind, from the site's root.
func browserPages() []string {
	var all []string
	for _, p := range []string{"index", "group/department", "group/ward", "agency/so-02", "agency/so-04", "agency/so-44", "method", "downloads"} {
		all = append(all, "vi/2025/"+p+".html")
	}
	return append(all, "en/2025/group/department.html", "vi/index.html", "index.html")
}

// tool finds a program of the machine; one without it skips the test, unless DTI_REQUIRE says that it must have all.
func tool(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("DTI_REQUIRE") == "1" {
		t.Fatalf("%s is not installed", names[0])
	}
	t.Skipf("%s is not installed", names[0])
	return ""
}

// browse runs the browser on an address and returns what it writes and what it logs.
func browse(t *testing.T, address string, flags ...string) (out, log string) {
	t.Helper()
	browser := tool(t, "chromium", "chromium-browser", "google-chrome")
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute) // a browser that hangs; a busy machine takes a minute or two
	defer stop()
	args := append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir=" + t.TempDir(), "--enable-logging=stderr", "--v=0",
	}, flags...)
	command := exec.CommandContext(ctx, browser, append(args, address)...)
	var stdout, stderr strings.Builder
	command.Stdout, command.Stderr = &stdout, &stderr
	require.NoError(t, command.Run(), "%s", &stderr)
	return stdout.String(), stderr.String()
}

// console are the lines that pages wrote to the console: errors, warnings, violations of the policy.
func console(log string) []string {
	var lines []string
	for line := range strings.Lines(log) {
		if strings.Contains(line, ":CONSOLE") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// frames is a page that shows pages in frames of these widths.
func frames(pages []string, widths []int, more string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><meta charset="utf-8"><title>x</title><body>`)
	for _, p := range pages {
		for _, w := range widths {
			fmt.Fprintf(&b, `<iframe data-page="%s" src="%s" width="%d" height="900"></iframe>`, p, p, w)
		}
	}
	return b.String() + more
}

var widths = []int{1280, 390, 320}

func TestBrowserConsoleStaysSilent(t *testing.T) {
	dir := publishSmall(t, submission.Final)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "frames.html"), []byte(frames(browserPages(), widths, "")), 0o644))
	control := `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'"><script>1</script>`
	require.NoError(t, os.WriteFile(filepath.Join(dir, "control.html"), []byte(control), 0o644))
	_, log := browse(t, "file://"+filepath.Join(dir, "control.html"), "--virtual-time-budget=2000", "--dump-dom")
	require.NotEmpty(t, console(log), "a page that breaks its own policy is heard of")
	_, log = browse(t, "file://"+filepath.Join(dir, "frames.html"), "--virtual-time-budget=10000", "--dump-dom")
	assert.Empty(t, console(log))
}

// measure asks every frame how wide its page is, what it drew and what of the ranking is cut.
const measure = `<script>addEventListener('load', function () { setTimeout(function () {
  var found = [].map.call(document.querySelectorAll('iframe'), function (f) {
    var d = f.contentDocument, width = d.documentElement.clientWidth;
    var cut = [].filter.call(d.querySelectorAll('.stack tbody .key'), function (c) {
      var box = c.getBoundingClientRect();
      return box.left < 0 || box.right > width + 1 || c.scrollWidth > c.clientWidth + 1;
    }).map(function (c) { return c.textContent.trim(); });
    var wide = [].filter.call(d.querySelectorAll('body *'), function (e) {
      return e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll, svg, .hidden');
    }).map(function (e) { return e.tagName + '.' + e.className; });
    return { page: f.getAttribute('data-page'), width: width, overflow: d.documentElement.scrollWidth - width, cut: cut, wide: wide.slice(0, 3),
      figures: d.querySelectorAll('figure').length, drawn: d.querySelectorAll('figure.drawn .chart svg').length, ready: d.readyState };
  });
  document.body.setAttribute('data-found', JSON.stringify(found));
}, 4000); });</script>`

// probe serves a site with one more page, whose script looks into the others, and reads what that page found.
func probe(t *testing.T, dir, page string, found any) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "probe.html"), []byte(page), 0o644))
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	dom, _ := browse(t, server.URL+"/probe.html", "--virtual-time-budget=20000", "--dump-dom")
	note := regexp.MustCompile(`data-found="([^"]*)"`).FindStringSubmatch(dom)
	require.NotNil(t, note, "the pages were looked at")
	require.NoError(t, json.Unmarshal([]byte(html.UnescapeString(note[1])), found))
}

type measured struct {
	Page, Ready                     string
	Width, Overflow, Figures, Drawn int
	Cut, Wide                       []string
}

// Nothing scrolls sideways, and every chart is drawn, at the widths of a screen and of two telephones.
func TestBrowserWidths(t *testing.T) {
	dir := publishSmall(t, submission.Final)
	var all []measured
	probe(t, dir, frames(browserPages(), widths, measure), &all)
	require.Len(t, all, len(browserPages())*len(widths))
	_, _, _, charts := reporthtml.ECharts()
	for i, m := range all {
		require.Equal(t, "complete", m.Ready)
		require.LessOrEqual(t, widths[i%len(widths)]-m.Width, 20, "%s: the frame has its width, but for a scroll bar", m.Page)
		assert.LessOrEqual(t, m.Overflow, 0, "%s at %d px scrolls sideways: %v", m.Page, m.Width, m.Wide)
		assert.Empty(t, m.Cut, "%s at %d px: rank, name and total are whole", m.Page, m.Width)
		if strings.Contains(m.Page, "/group/") {
			assert.Positive(t, m.Figures, m.Page)
		}
		if charts {
			assert.Equal(t, m.Figures, m.Drawn, "%s at %d px: charts drawn", m.Page, m.Width)
		}
	}
}

// unscripted asks a page in a frame that runs no scripts what it shows.
const unscripted = `<!doctype html><meta charset="utf-8"><title>x</title>
<iframe src="vi/2025/group/department.html" width="1280" height="900" sandbox="allow-same-origin"></iframe>
<script>addEventListener('load', function () {
  var d = document.querySelector('iframe').contentDocument;
  function shown(selector) { return [].filter.call(d.querySelectorAll(selector), function (e) { return e.getClientRects().length > 0; }).length; }
  document.body.setAttribute('data-found', JSON.stringify({
    rows: shown('.stack tbody tr'), unranked: d.body.textContent.indexOf('mới thành lập') > 0, scripts: d.documentElement.classList.contains('js'),
    figures: shown('figure'), statics: shown('figure .static svg.fig'), charts: shown('.chart'), hints: shown('.scripted') }));
});</script>`

// Without scripts the tables and the static drawings are all there, and nothing speaks of what only scripts do.
func TestBrowserWithoutScripts(t *testing.T) {
	dir := publishSmall(t, submission.Final)
	var found struct {
		Rows, Figures, Statics, Charts, Hints int
		Unranked, Scripts                     bool
	}
	probe(t, dir, unscripted, &found)
	require.False(t, found.Scripts)
	assert.Equal(t, departments-1, found.Rows, "a row for every ranked agency")
	assert.True(t, found.Unranked, "the agency without a rank has its reason")
	assert.Positive(t, found.Figures)
	assert.Equal(t, found.Figures, found.Statics, "a drawing in every figure")
	assert.Zero(t, found.Charts)
	assert.Zero(t, found.Hints, "no hint at buttons that do nothing")
}

// Every address of every page leads to a file of the site, and every page has its twin in the other language.
func TestPublishedLinks(t *testing.T) {
	dir := publishSmall(t, submission.Final)
	addresses := regexp.MustCompile(`\s(?:href|src)="([^"]*)"`)
	seen := 0
	require.NoError(t, filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".html") {
			return err
		}
		page, err := filepath.Rel(dir, file)
		require.NoError(t, err)
		page = filepath.ToSlash(page)
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range addresses.FindAllStringSubmatch(string(data), -1) {
			to, err := url.Parse(html.UnescapeString(m[1]))
			require.NoError(t, err, "%s: %s", page, m[1])
			if to.Scheme == "data" || to.Path == "" {
				continue
			}
			seen++
			assert.True(t, to.Scheme == "" && to.Host == "", "%s: %s leads out of the site", page, m[1])
			assert.FileExists(t, filepath.Join(dir, filepath.FromSlash(path.Join(path.Dir(page), to.Path))), "%s: %s", page, m[1])
		}
		for _, pair := range [][2]string{{"vi/", "en/"}, {"en/", "vi/"}} {
			if rest, ok := strings.CutPrefix(page, pair[0]); ok {
				assert.FileExists(t, filepath.Join(dir, pair[1], rest), "the twin of %s", page)
			}
		}
		return nil
	}))
	assert.Greater(t, seen, 1000, "addresses looked at")
}

// printed is the text of each sheet of a page printed from the browser.
func printed(t *testing.T, page string) []string {
	t.Helper()
	reader := tool(t, "pdftotext")
	file := filepath.Join(t.TempDir(), "page.pdf")
	browse(t, "file://"+page, "--virtual-time-budget=5000", "--no-pdf-header-footer", "--print-to-pdf="+file)
	text, err := exec.CommandContext(t.Context(), reader, "-layout", file, "-").Output()
	require.NoError(t, err)
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

// The head of the ranking stands on every sheet that the ranking covers.
func TestPrintedHeads(t *testing.T) {
	sheets := printed(t, filepath.Join(publishSmall(t, submission.Final), "vi/2025/group/department.html"))
	head := regexp.MustCompile(`Hạng\s+Cơ quan\s+.*Điểm`)
	last := slices.IndexFunc(sheets, func(s string) bool { return strings.Contains(s, "Màu ô nhóm chỉ số") })
	require.Positive(t, last, "the ranking needs several sheets")
	for i := range last {
		assert.Regexp(t, head, sheets[i], "sheet %d", i+1)
	}
	for i, sheet := range sheets {
		assert.NotEmpty(t, strings.TrimSpace(sheet), "sheet %d is empty", i+1)
		assert.NotContains(t, sheet, "Bấm tên cột", "paper has no buttons")
	}
}

// Every sheet of a draft says that it is one.
func TestPrintedDraftIsStamped(t *testing.T) {
	dir := publishSmall(t, submission.Draft)
	pages, err := filepath.Glob(filepath.Join(dir, "vi", "*", "group", "department*.html"))
	require.NoError(t, err)
	require.Len(t, pages, 1)
	sheets := printed(t, pages[0])
	require.Greater(t, len(sheets), 1)
	for i, sheet := range sheets {
		assert.Contains(t, sheet, "BẢN DỰ THẢO", "sheet %d", i+1)
	}
}
