package html_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
)

// annexSet is a set with something of everything that the document words, some texts replaced.
func annexSet(t testing.TB, replaced ...string) *criteria.Set {
	t.Helper()
	data, err := os.ReadFile("../view/testdata/annex.yaml")
	require.NoError(t, err)
	set, err := criteria.Load("annex.yaml", []byte(strings.NewReplacer(replaced...).Replace(string(data))))
	require.NoError(t, err)
	return set
}

// quoted is a name in a set that would run wherever a name stands.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// hostileSet has such names in every place that the document prints.
func hostileSet(t testing.TB) *criteria.Set {
	t.Helper()
	return annexSet(t,
		"Bộ chỉ số thử", quoted(scriptName), "Tỷ lệ CBCC có máy tính", quoted(imageName), "Số máy tính", quoted(scriptName),
		"Báo cáo kiểm kê", quoted(markerName), "Sở Tài chính", quoted(formulaName), "Trang bị thêm máy tính", quoted(imageName),
		"Mạng LAN", quoted(scriptName), "Tổng số CBCC", quoted(imageName), "data_owner", quoted(scriptName),
		"Hạ tầng", quoted(scriptName), "12/QĐ-UBND", quoted(imageName), "Chính quyền số", quoted(markerName), "https://example.gov.vn/12", "javascript:alert(1)",
	)
}

func annex(t testing.TB, set *criteria.Set, lang string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, html.WriteMethodology(&b, view.NewMethodology(set, locale.MustFor(lang))))
	return b.String()
}

// The document is one file: no script, no address that is fetched or followed, one style that its policy names.
func TestMethodologyStandsAlone(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		page := annex(t, hostileSet(t), lang)
		count, ids := map[string]int{}, map[string]bool{}
		walk(parse(t, page), func(n *nethtml.Node) {
			for _, a := range n.Attr {
				assert.NotContains(t, []string{"style", "src", "srcset", "href", "data", "action", "background"}, a.Key)
				assert.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
			}
			if n.Type == nethtml.ElementNode {
				count[n.Data]++
			}
			if id, ok := attr(n, "id"); ok {
				assert.False(t, ids[id], "id %s twice", id)
				ids[id] = true
			}
			if label, ok := attr(n, "aria-labelledby"); ok {
				assert.Contains(t, page, `id="`+label+`"`)
			}
		})
		for _, once := range []string{"html", "head", "title", "style", "body", "main", "h1"} {
			assert.Equal(t, 1, count[once], once)
		}
		assert.Zero(t, count["script"]+count["img"]+count["link"]+count["iframe"]+count["a"]+count["b"])
		assert.Equal(t, count["table"], count["caption"])
		assert.Contains(t, page, "style-src &#39;sha256-")
		assert.NotRegexp(t, `(?i)@import|url\(`, page)
		assert.True(t, strings.HasPrefix(page, html.MethodologyHead))
		text := textOf(parse(t, page))
		if lang == "vi" {
			for _, name := range []string{scriptName, markerName, formulaName, imageName} {
				assert.Contains(t, text, name)
			}
		}
	}
}

// Every element that is opened is closed, in order, no cell is empty and every row is as wide as the table, for every
// shipped set.
func TestMethodologyIsWellFormed(t *testing.T) {
	sets := []*criteria.Set{annexSet(t), hostileSet(t)}
	for _, entry := range builtin.List() {
		data, name, _ := builtin.Get(entry.Address())
		set, err := criteria.Load(name, data)
		require.NoError(t, err)
		sets = append(sets, set)
	}
	leaked := regexp.MustCompile(`\{\d|site\.[a-z]|notes\.[a-z]|methodology-|<no value>|%!`)
	for _, set := range sets {
		for _, lang := range []string{"vi", "en"} {
			page := annex(t, set, lang)
			var open []string
			for _, m := range tags.FindAllStringSubmatch(page, -1) {
				switch {
				case m[2] == "meta" || m[2] == "col" || m[3] == "/":
				case m[1] == "":
					open = append(open, m[2])
				default:
					require.NotEmpty(t, open, m[0])
					require.Equal(t, open[len(open)-1], m[2])
					open = open[:len(open)-1]
				}
			}
			assert.Empty(t, open)
			walk(parse(t, page), func(n *nethtml.Node) {
				if n.Data == "td" || n.Data == "th" {
					require.NotEmpty(t, strings.TrimSpace(textOf(n)), "an empty cell of %s: %s", set.Address(), textOf(n.Parent))
				}
			})
			assert.Empty(t, leaked.FindAllString(section(page, "<body>", "</body>"), -1), set.Address())
		}
	}
}

func TestMethodologyTellsThatItCouldNotBeWritten(t *testing.T) {
	err := html.WriteMethodology(fullDisk{}, view.NewMethodology(annexSet(t), locale.MustFor("vi")))
	require.ErrorIs(t, err, os.ErrPermission)
	assert.ErrorContains(t, err, "write methodology")
}

// The document's colours are the site's.
func TestMethodologyTakesItsColoursFromTheSite(t *testing.T) {
	known := regexp.MustCompile(`--([a-z0-9-]+):`).FindAllStringSubmatch(string(html.CSS()), -1)
	for _, m := range regexp.MustCompile(`var\(--([a-z0-9-]+)\)`).FindAllStringSubmatch(annex(t, annexSet(t), "vi"), -1) {
		assert.True(t, slices.ContainsFunc(known, func(k []string) bool { return k[1] == m[1] }), m[0])
	}
}

// Goldens hold all that is read; read a diff before it is accepted.
func TestGoldenMethodology(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			got := section(annex(t, annexSet(t), lang), "<body>", "</body>") + "\n"
			file := "testdata/methodology-" + lang + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}
