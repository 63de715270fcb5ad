package html_test

import (
	"bytes"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// withParents is the small round with bodies above some agencies: an agency of the round, and a name that would run.
func withParents(t testing.TB) map[string]string {
	t.Helper()
	ranking, _ := small(t, submission.Final)
	round := *ranking.Round
	round.Agencies = slices.Clone(round.Agencies)
	for i, a := range round.Agencies {
		switch a.Code {
		case "p-1", "so-e":
			round.Agencies[i].Parent = "so-a"
		case "so-b", "so-c":
			round.Agencies[i].Parent = scriptName
		}
	}
	ranking = scoring.Rank(&round)
	files := map[string]string{}
	for _, lang := range []string{"vi", "en"} {
		for path, write := range html.Pages(edition(ranking, history.Compare(ranking, earlier()), lang)) {
			require.NoError(t, write(func(path string, content func(io.Writer) error) error {
				var b bytes.Buffer
				defer func() { files[path] = b.String() }()
				return content(&b)
			}), path)
		}
	}
	return files
}

func TestParents(t *testing.T) {
	files := withParents(t)
	pages := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(p string) bool { return !strings.HasPrefix(p, "vi/2025/parent/") })
	require.Len(t, pages, 3, "the list and two bodies")
	for _, p := range pages {
		assert.NotContains(t, files[p], "<script>", p)
		assert.Empty(t, leaks.FindAllString(textOf(parse(t, files[p])), -1), p)
	}
	list := textOf(parse(t, files["vi/2025/parent/index.html"]))
	assert.Contains(t, list, scriptName)
	assert.Contains(t, list, "không được xếp hạng theo")
	own := files["vi/2025/parent/so-a.html"]
	assert.Contains(t, own, `href="../agency/so-a.html"`, "its own page")
	assert.Contains(t, own, "2 cơ quan trực thuộc, trong đó 1 được xếp hạng.")
	assert.Contains(t, own, "mới thành lập &lt;i&gt;", "why one is not ranked")
	for p := range site(t, submission.Final) {
		assert.NotContains(t, p, "/parent/", "a round without bodies above agencies")
	}
}

// An indicator that is not public has no page and stands on none, by name, number or file.
func TestIndicatorsAreAnAllowList(t *testing.T) {
	files := site(t, submission.Final)
	for path, data := range files {
		assert.NotContains(t, strings.ToLower(path), "sec-2")
		if strings.Contains(path, "/indicator/") {
			assert.NotContains(t, data, "SEC-2", path)
			assert.NotContains(t, data, "Ứng cứu sự cố", path)
			assert.NotContains(t, data, "Incident response", path)
		}
	}
	require.Contains(t, files, "vi/2025/indicator/index.html")
	list := textOf(parse(t, files["vi/2025/indicator/index.html"]))
	assert.Contains(t, list, "5 chỉ số được công bố", "six, of which one is not public")
	security := files["vi/2025/indicator/sec-1.html"]
	table := section(security, `<table class="marks"`, "</table>")
	require.NotEmpty(t, table)
	assert.NotContains(t, table, "judged", "only the points are public")
	assert.Contains(t, table, "10,00")
	for _, words := range []string{">Có<", ">Không<", "Có;", "Không;"} {
		assert.NotContains(t, table, words, "an answer")
	}
	assert.Contains(t, files["vi/2025/indicator/inf-1.html"], `<table class="marks judged"`)
}

// A row is lean: what all rows share stands in the head.
func TestIndicatorRowsAreLean(t *testing.T) {
	files := site(t, submission.Final)
	row := section(files["vi/2025/indicator/sec-1.html"], "<tr><th scope=\"row\">", "</tr>")
	require.NotEmpty(t, row)
	assert.Less(t, len(row)-len(textOf(parse(t, row))), 220, row)
}

func TestIndicatorGoldens(t *testing.T) {
	files := withParents(t)
	for name, tt := range map[string]struct{ page, from, to string }{
		"indicator-vi":       {"vi/2025/indicator/inf-1.html", "<main", "</main>"},
		"indicator-en":       {"en/2025/indicator/bon-1.html", "<main", "</main>"},
		"indicator-points":   {"vi/2025/indicator/sec-1.html", `<section class="field"`, "</section>"},
		"indicators-list-vi": {"vi/2025/indicator/index.html", "<main", "</main>"},
		"parent-en":          {"en/2025/parent/so-a.html", "<main", "</main>"},
		"parents-vi":         {"vi/2025/parent/index.html", "<main", "</main>"},
	} {
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

// The pages of all indicators of a city's round.
func BenchmarkIndicatorPages(b *testing.B) {
	round, err := importers.Open("../../testdata/danang-2019")
	require.NoError(b, err)
	ranking := scoring.Rank(round)
	b.ReportAllocs()
	for b.Loop() {
		scores := view.NewScores(ranking, 2)
		for _, lang := range []string{"vi", "en"} {
			e := view.NewEdition(ranking, history.Comparison{}, locale.MustFor(lang), "dti")
			e.Scores = scores
			for path, write := range html.Pages(e) {
				if !strings.Contains(path, "/indicator/") {
					continue
				}
				if err := write(func(_ string, content func(io.Writer) error) error { return content(io.Discard) }); err != nil {
					b.Fatal(path, err)
				}
			}
		}
	}
}
