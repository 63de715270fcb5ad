package html_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

var update = flag.Bool("update", false, "write the golden files")

// edition is the small round with the chart library and data files.
func edition(ranking *scoring.Ranking, cmp history.Comparison, lang string) *view.Edition {
	e := view.NewEdition(ranking, cmp, locale.MustFor(lang), "dti 1.2.3")
	e.ECharts = true
	e.Files = []view.File{
		{Kind: view.ResultsXLSX, Path: "results.xlsx", Bytes: 12345, SHA256: "aa"},
		{Kind: view.ResultsCSV, Path: "results.csv", Bytes: 2_345_678, SHA256: "bb"},
	}
	e.Earlier = []view.File{{Kind: view.DataJSON, Path: "revision-1/data.json", Bytes: 10, SHA256: "cc"}}
	return e
}

// others are the files beside the pages that their links may name.
var others = []string{
	"assets/site.css", "assets/site.js", "assets/echarts.min.js", "assets/LICENSE",
	"vi/2025/results.xlsx", "vi/2025/results.csv", "vi/2025/revision-1/data.json",
	"en/2025/results.xlsx", "en/2025/results.csv", "en/2025/revision-1/data.json",
}

// site writes every file of the small round in both languages, with the archives and the choice of languages.
func site(t testing.TB, status submission.Status) map[string]string {
	t.Helper()
	ranking, cmp := small(t, status)
	files := map[string]string{}
	put := func(path string, write func(io.Writer) error) error {
		var b bytes.Buffer
		require.NotContains(t, files, path, "written twice")
		err := write(&b)
		files[path] = b.String()
		return err
	}
	for _, lang := range []string{"vi", "en"} {
		e := edition(ranking, cmp, lang)
		e.Revised = []view.Revised{{
			Agency: "so-a", Revision: 2,
			Before: view.Published{Listed: true, Ranked: true, Score: ranking.Groups[0].Standings[0].Of, Rank: 3, Rating: "weak"},
			After:  view.Published{Listed: true, Ranked: true, Score: ranking.Groups[0].Standings[0].Score, Rank: 1, Rating: "good"},
		}}
		for path, write := range html.Pages(e) {
			require.NoError(t, write(put), path)
		}
		archive := view.NewArchive(locale.MustFor(lang), []string{"vi", "en"}, []view.ArchiveEntry{
			{Round: "2024", Year: 2024, Status: submission.Provisional}, {Round: "2025", Title: ranking.Round.Title, Year: 2025, Status: status, Date: "2026-01-20"},
		})
		require.NoError(t, put(archive.Path, func(w io.Writer) error { return html.Write(w, archive) }))
	}
	choice := view.NewChoice([]string{"vi", "xx", "en"})
	require.NoError(t, put(choice.Path, func(w io.Writer) error { return html.Write(w, choice) }))
	return files
}

func pagesOf(files map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(p string) bool { return !strings.HasSuffix(p, ".html") })
}

// walk visits every node of a page.
func walk(n *nethtml.Node, visit func(*nethtml.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func parse(t testing.TB, page string) *nethtml.Node {
	t.Helper()
	root, err := nethtml.Parse(strings.NewReader(page))
	require.NoError(t, err)
	return root
}

func attr(n *nethtml.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(n *nethtml.Node) string {
	var b strings.Builder
	walk(n, func(c *nethtml.Node) {
		if c.Type == nethtml.TextNode {
			b.WriteString(c.Data)
		}
	})
	return b.String()
}

func TestPages(t *testing.T) {
	files := site(t, submission.Final)
	want := []string{
		"en/2025/agency/p-1.html", "en/2025/agency/so-a.html", "en/2025/agency/so-b.html", "en/2025/agency/so-c.html", "en/2025/agency/so-d.html",
		"en/2025/agency/so-e.html", "en/2025/corrections.html", "en/2025/downloads.html", "en/2025/group/department.html",
		"en/2025/group/ward.html", "en/2025/index.html", "en/2025/method.html", "en/index.html", "index.html",
	}
	for _, p := range want {
		assert.Contains(t, files, p)
		assert.Contains(t, files, strings.Replace(p, "en/", "vi/", 1))
	}
}

// Every address leads somewhere within the site, by a relative way; nothing is fetched from outside.
func TestLinksResolve(t *testing.T) {
	files := site(t, submission.Final)
	known := map[string]bool{}
	ids := map[string]map[string]bool{}
	for p, data := range files {
		known[p] = true
		ids[p] = map[string]bool{}
		if strings.HasSuffix(p, ".html") {
			walk(parse(t, data), func(n *nethtml.Node) {
				if id, ok := attr(n, "id"); ok {
					assert.False(t, ids[p][id], "%s: id %s twice", p, id)
					ids[p][id] = true
				}
			})
		}
	}
	for _, p := range others {
		known[p] = true
	}
	known["vi/2024/index.html"], known["en/2024/index.html"] = true, true // of the archive
	for _, p := range pagesOf(files) {
		walk(parse(t, files[p]), func(n *nethtml.Node) {
			if src, ok := attr(n, "src"); ok {
				assert.NotContains(t, src, ":", p)
				assert.True(t, known[path.Join(path.Dir(p), src)], "%s: src %s", p, src)
			}
			href, ok := attr(n, "href")
			if !ok {
				return
			}
			if strings.Contains(href, ":") {
				rel, _ := attr(n, "rel")
				outside := n.Data == "a" && href == "https://example.gov.vn/12" || rel == "canonical" || rel == "alternate" || href == "data:,"
				assert.True(t, outside, "%s: %s %s", p, n.Data, href)
				return
			}
			file, anchor, _ := strings.Cut(href, "#")
			target := p
			if file != "" {
				target = path.Join(path.Dir(p), file)
			}
			assert.True(t, known[target], "%s: href %s", p, href)
			switch {
			case anchor == "":
			case strings.Contains(target, "/compare/"): // the script reads the codes of agencies there
				assert.Contains(t, files[target], `"`+anchor+`"`, "%s: agency %s", p, href)
			default:
				assert.True(t, ids[target][anchor], "%s: anchor %s", p, href)
			}
		})
	}
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

// Nothing in a page runs or styles but the two files; every page has one heading, its language and its landmarks.
func TestFrame(t *testing.T) {
	files := site(t, submission.Final)
	for _, p := range pagesOf(files) {
		count := map[string]int{}
		walk(parse(t, files[p]), func(n *nethtml.Node) {
			for _, a := range n.Attr {
				assert.NotEqual(t, "style", a.Key, p)
				assert.False(t, strings.HasPrefix(a.Key, "on"), "%s: %s", p, a.Key)
			}
			if n.Type != nethtml.ElementNode || n.Namespace != "" {
				return
			}
			count[n.Data]++
			switch equiv, _ := attr(n, "http-equiv"); {
			case equiv == "Content-Security-Policy":
				content, _ := attr(n, "content")
				assert.Equal(t, policy, content, p)
				count["csp"]++
			case n.Data == "script":
				kind, _ := attr(n, "type")
				_, external := attr(n, "src")
				assert.True(t, external || kind == "application/json", p)
			case n.Data == "html":
				lang, _ := attr(n, "lang")
				assert.Regexp(t, "^(vi|en)$", lang)
			case n.Data == "th":
				scope, _ := attr(n, "scope")
				assert.Regexp(t, "^(col|row)$", scope, p)
			}
		})
		assert.Equal(t, 1, count["h1"], p)
		assert.Equal(t, 1, count["main"], p)
		assert.Equal(t, 1, count["csp"], p)
		assert.Equal(t, 1, count["title"], p)
		assert.Zero(t, count["style"]+count["iframe"]+count["form"]+count["img"], p)
		assert.Equal(t, count["table"], count["caption"], "%s: every table has a caption", p)
		assert.Contains(t, files[p], `class="skip"`, p)
	}
}

// Every row of a table has as many cells as its head, and none is empty.
func TestTablesAreWhole(t *testing.T) {
	files := site(t, submission.Final)
	for _, p := range pagesOf(files) {
		walk(parse(t, files[p]), func(table *nethtml.Node) {
			if table.Data != "table" {
				return
			}
			heads := 0
			walk(table, func(row *nethtml.Node) {
				if row.Data != "tr" {
					return
				}
				cells := 0
				for c := row.FirstChild; c != nil; c = c.NextSibling {
					if c.Data == "td" || c.Data == "th" {
						cells++
						assert.NotEmpty(t, strings.TrimSpace(textOf(c)), "%s: an empty cell", p)
					}
				}
				if heads == 0 {
					heads = cells
				}
				assert.Equal(t, heads, cells, p)
			})
		})
	}
}

// Names from data stand as text, wherever they stand.
func TestHostileNamesAreInert(t *testing.T) {
	files := site(t, submission.Final)
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(p, ".csv") {
			records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(files[p], "\ufeff"))).ReadAll()
			require.NoError(t, err, p)
			for _, record := range records {
				for _, cell := range record {
					assert.False(t, strings.HasPrefix(cell, "="), "%s: %s", p, cell)
				}
			}
			continue
		}
		assert.NotContains(t, files[p], "<script>", p)
		assert.NotContains(t, files[p], "<img", p)
		assert.NotContains(t, files[p], "<b>", p)
		walk(parse(t, files[p]), func(n *nethtml.Node) {
			if kind, _ := attr(n, "type"); n.Data == "script" && kind == "application/json" {
				var option map[string]any
				require.NoError(t, json.Unmarshal([]byte(textOf(n)), &option), p)
			}
		})
	}
	group := textOf(parse(t, files["vi/2025/group/department.html"]))
	for _, name := range []string{scriptName, markerName, formulaName, imageName} {
		assert.Contains(t, group, name)
	}
	assert.Contains(t, textOf(parse(t, files["vi/2025/agency/so-a.html"])), "Thiếu biên bản "+scriptName)
	assert.Contains(t, files["vi/2025/group/department-spread.csv"], `"'=HYPERLINK(`)
}

// What is not on the allow-list stands in no file.
func TestNothingSecretIsPublished(t *testing.T) {
	for p, data := range site(t, submission.Final) {
		for _, secret := range secrets {
			assert.NotContains(t, data, secret, p)
		}
	}
	agency := site(t, submission.Final)["vi/2025/agency/so-a.html"]
	assert.NotContains(t, agency, "Ứng cứu sự cố", "an indicator that is not public")
	row := section(agency, `<tr id="i-SEC-1">`, "</tr>")
	_, answers, _ := strings.Cut(row, "</th>")
	assert.NotContains(t, answers, "Có", "an answer of which only the points are public")
	assert.Contains(t, row, "10,00/10")
}

var leaks = regexp.MustCompile(`NaN|%!|<nil>|<no value>|\b(site|words|notes|problems)\.[a-z]+-[a-z-]+|\{[1-9][.%]?\}`)

// No page shows what a programmer forgot.
func TestNoUnfilledWords(t *testing.T) {
	files := site(t, submission.Final)
	for _, p := range pagesOf(files) {
		root := parse(t, files[p])
		text := strings.Replace(textOf(root), strings.TrimSuffix(section(files[p], `{"apart":`, "</script>"), "</script>"), "", 1) // sentences that a script fills
		assert.Empty(t, leaks.FindAllString(text, -1), p)
		assert.NotContains(t, strings.ReplaceAll(textOf(root), "{{.}}", ""), "{{", p)
	}
}

func TestEqualBytes(t *testing.T) {
	assert.Equal(t, site(t, submission.Final), site(t, submission.Final))
}

func TestDraft(t *testing.T) {
	files := site(t, submission.Draft)
	stamps := map[string]string{"vi": "BẢN DỰ THẢO – chưa phải kết quả chính thức, không trích dẫn", "en": locale.MustFor("en").Say("site.draft-stamp")}
	for _, p := range pagesOf(files) {
		lang, rest, _ := strings.Cut(p, "/")
		if !strings.HasPrefix(rest, "2025/") {
			continue
		}
		assert.Contains(t, files[p], "<title>"+stamps[lang], p)
		assert.Contains(t, files[p], `<p class="draft" role="note">`+stamps[lang], p)
		assert.Contains(t, files[p], `<meta name="robots" content="noindex">`, p)
		assert.NotContains(t, files[p], `rel="canonical"`, p)
	}
	assert.Contains(t, files, "vi/2025/group/department-spread-draft.csv")
	final := site(t, submission.Final)["vi/2025/index.html"]
	assert.Contains(t, final, `<link rel="canonical" href="https://dti.example.gov.vn/vi/2025/index.html">`)
	assert.Contains(t, final, `<link rel="alternate" hreflang="en" href="https://dti.example.gov.vn/en/2025/index.html">`)
	assert.NotContains(t, final, "noindex")
	assert.Contains(t, site(t, submission.Provisional)["vi/2025/index.html"], "Kết quả tạm thời")
}

// Without the chart library pages name no script but their own and carry no options.
func TestWithoutECharts(t *testing.T) {
	ranking, cmp := small(t, submission.Final)
	e := view.NewEdition(ranking, cmp, locale.MustFor("vi"), "dti")
	var b bytes.Buffer
	require.NoError(t, html.Write(&b, e.Home()))
	assert.NotContains(t, b.String(), "echarts")
	assert.NotContains(t, b.String(), "application/json")
	assert.Contains(t, b.String(), "<svg")
}

// odd is a page of a kind that nobody made a template for.
type odd struct{ view.Page }

func (odd) Kind() string { return "odd" }

func TestWriteRefusesWhatIsNoPage(t *testing.T) {
	ranking, cmp := small(t, submission.Final)
	page := odd{edition(ranking, cmp, "vi").Home().Page}
	assert.ErrorContains(t, html.Write(io.Discard, page), "no template for odd")
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrPermission }

func TestWriteTellsWhichPageFailed(t *testing.T) {
	ranking, cmp := small(t, submission.Final)
	e := view.NewEdition(ranking, cmp, locale.MustFor("vi"), "dti")
	err := html.Write(fullDisk{}, e.Method())
	require.ErrorIs(t, err, os.ErrPermission)
	assert.ErrorContains(t, err, "vi/2025/method.html")
	assert.ErrorIs(t, html.WriteCSV(fullDisk{}, view.Table{}), os.ErrPermission)
}

// Pages may be left off at any point.
func TestPagesStops(t *testing.T) {
	ranking, cmp := small(t, submission.Final)
	e := view.NewEdition(ranking, cmp, locale.MustFor("vi"), "dti")
	all := 0
	for range html.Pages(e) {
		all++
	}
	for n := 1; n <= all; n++ {
		seen := 0
		for range html.Pages(e) {
			if seen++; seen == n {
				break
			}
		}
		assert.Equal(t, n, seen)
	}
}

// section is the part of a page from one mark to another.
func section(page, from, to string) string {
	_, rest, ok := strings.Cut(page, from)
	if !ok {
		return ""
	}
	inner, _, _ := strings.Cut(rest, to)
	return from + inner + to
}

// Goldens hold the sections that matter most; read a diff before it is accepted.
func TestGoldenSections(t *testing.T) {
	files := site(t, submission.Final)
	tests := map[string]struct{ page, from, to string }{
		"ranking-vi":      {"vi/2025/group/department.html", `<section aria-labelledby="ranking"`, "</section>"},
		"ranking-en":      {"en/2025/group/department.html", `<section aria-labelledby="ranking"`, "</section>"},
		"unranked-vi":     {"vi/2025/group/department.html", `<section aria-labelledby="unranked">`, "</section>"},
		"indicators-vi":   {"vi/2025/agency/so-a.html", `<section class="account few" aria-labelledby="indicators">`, "</section>"},
		"levels-vi":       {"vi/2025/agency/p-1.html", `<section class="levels-said"`, "</section>"},
		"picks-en":        {"en/2025/agency/so-a.html", `<section class="losses strengths"`, "</section>"},
		"ledger-en":       {"en/2025/agency/so-a.html", `<details class="ledger">`, "</details>"},
		"example-vi":      {"vi/2025/method.html", `<section aria-labelledby="example"`, "</section>"},
		"weights-en":      {"en/2025/method.html", `<section aria-labelledby="weights"`, "</section>"},
		"findings-vi":     {"vi/2025/index.html", `<section aria-labelledby="findings">`, "</section>"},
		"corrections-en":  {"en/2025/corrections.html", `<main`, "</main>"},
		"views-group-vi":  {"vi/2025/group/department.html", `<section aria-labelledby="views">`, "</section>"},
		"views-agency-en": {"en/2025/agency/so-a.html", `<section class="views" aria-labelledby="views"`, "</section>"},
		"views-method-vi": {"vi/2025/method.html", `<section aria-labelledby="views">`, "</section>"},
		"footer-vi":       {"vi/2025/index.html", `<footer`, "</footer>"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := section(files[tt.page], tt.from, tt.to) + "\n"
			require.NotEqual(t, "\n", got, "the section is there")
			file := "testdata/" + name + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

func BenchmarkPages(b *testing.B) {
	ranking, cmp := small(b, submission.Final)
	e := edition(ranking, cmp, "vi")
	b.ReportAllocs()
	for b.Loop() {
		for path, write := range html.Pages(e) {
			if err := write(func(_ string, content func(io.Writer) error) error { return content(io.Discard) }); err != nil {
				b.Fatal(path, err)
			}
		}
	}
}
