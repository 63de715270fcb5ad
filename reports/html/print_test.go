package html_test

import (
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"

	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// The print edition holds every group, every agency and the method once, with the figures drawn and nothing that needs a
// script, under headings that step down.
func TestPrintEdition(t *testing.T) {
	files := site(t, submission.Final)
	for _, lang := range []string{"vi", "en"} {
		page := files[lang+"/2025/print.html"]
		require.NotEmpty(t, page)
		var chapters, entries []string
		level, svgs := 1, 0
		walk(parse(t, page), func(n *nethtml.Node) {
			class, _ := attr(n, "class")
			switch {
			case n.Data == "article" && strings.HasPrefix(class, "chapter"):
				chapters = append(chapters, class)
			case n.Data == "a" && n.Parent.Data == "li" && n.Parent.Parent.Parent.Data == "nav":
				if href, _ := attr(n, "href"); strings.HasPrefix(href, "#p") {
					entries = append(entries, href)
				}
			case n.Data == "svg" && strings.HasPrefix(class, "fig"):
				assert.NotContains(t, class, "narrow")
				svgs++
			case n.Data == "script":
				src, _ := attr(n, "src")
				assert.Contains(t, src, "site.js", "the library is not needed")
			case regexp.MustCompile(`^h[1-6]$`).MatchString(n.Data):
				now := int(n.Data[1] - '0')
				if aria, ok := attr(n, "aria-level"); ok {
					now = int(aria[0] - '0')
				}
				assert.LessOrEqual(t, now, level+1, "%s: %s", n.Data, textOf(n))
				level = now
			}
		})
		assert.Len(t, entries, len(chapters), "the contents list every chapter")
		kinds := map[string]int{}
		for _, class := range chapters {
			kinds[strings.TrimPrefix(class, "chapter page-")]++
		}
		assert.Equal(t, map[string]int{"group": 2, "agency": 6, "method": 1, "corrections": 1}, kinds)
		assert.Greater(t, svgs, 6)
		assert.Contains(t, page, `<meta name="robots" content="noindex">`)
	}
}

// A link within the print edition leads to the chapter, or to the place within it where that is there.
func TestPrintEditionLinks(t *testing.T) {
	page := site(t, submission.Final)["en/2025/print.html"]
	ids, links := map[string]bool{}, 0
	walk(parse(t, page), func(n *nethtml.Node) {
		if id, ok := attr(n, "id"); ok {
			assert.False(t, ids[id], "twice: %s", id)
			ids[id] = true
		}
	})
	walk(parse(t, page), func(n *nethtml.Node) {
		href, ok := attr(n, "href")
		if n.Data != "a" || !ok {
			return
		}
		if target, inside := strings.CutPrefix(href, "#"); inside {
			assert.True(t, ids[target], href)
			links++
		}
		class, _ := attr(n.Parent, "class")
		for up := n; up != nil && class != "top" && class != "foot"; up = up.Parent {
			class, _ = attr(up, "class")
			if strings.HasPrefix(class, "chapter") {
				assert.NotRegexp(t, `^(\.\./)?(agency|group)/.*html`, href, "a bound page is a chapter")
			}
		}
	})
	assert.Greater(t, links, 20)
}

func TestThemeCSS(t *testing.T) {
	for name, test := range map[string]struct {
		theme view.Theme
		want  []string
		not   []string
	}{
		"plain": {view.Theme{Imprint: "A · B"}, []string{`@bottom-left { content: "A · B";`}, []string{"--accent", "top-center"}},
		"draft": {view.Theme{Imprint: "A", Stamp: "DRAFT"}, []string{`@top-center { content: "DRAFT";`}, nil},
		"colour": {
			view.Theme{Imprint: "A", Colour: "#7a1f3d"},
			[]string{":root { --accent: #7a1f3d; }", "@media (prefers-color-scheme: dark) { :root { --accent: #", "@media print { :root { --accent: #7a1f3d; } }"},
			nil,
		},
		"hostile": {
			view.Theme{Imprint: "a\"; } body { display: none }\n</style>\\", Colour: "red; } body { display: none"},
			[]string{`"a\000022; \00007d body \00007b display: none \00007d\00000a\00003c/style\00003e\00005c"`},
			[]string{"--accent", "</style>"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			css := string(html.ThemeCSS(test.theme))
			for _, want := range test.want {
				assert.Contains(t, css, want)
			}
			for _, not := range test.not {
				assert.NotContains(t, css, not)
			}
		})
	}
}

// Who publishes stands on every page of an edition with the logo, which has its size and the name in words.
func TestIdentity(t *testing.T) {
	ranking, cmp := small(t, submission.Final)
	round := *ranking.Round
	round.Publish = submission.Publication{
		Name: map[string]string{"vi": "Sở <b>KH&CN</b>"}, Colour: "#7a1f3d", Languages: []string{"en"},
		Logo: submission.Logo{Extension: "png", Width: 40, Height: 20, Data: []byte("picture")},
	}
	ranking.Round = &round
	files := map[string]string{}
	for path, write := range html.Pages(edition(ranking, cmp, "en")) {
		require.NoError(t, write(putInto(files)), path)
	}
	assert.Equal(t, "picture", files["en/2025/logo.png"])
	assert.Contains(t, files["en/2025/theme.css"], "--accent: #7a1f3d")
	for _, path := range pagesOf(files) {
		assert.Regexp(t, `<img class="logo" src="(\.\./)?logo\.png" width="40" height="20" alt="Sở &lt;b&gt;KH&amp;CN&lt;/b&gt;" lang="vi">`, files[path], path)
		assert.Contains(t, files[path], `<p class="publisher" lang="vi">Sở &lt;b&gt;KH&amp;CN&lt;/b&gt;</p>`, path)
		assert.Regexp(t, `<link rel="stylesheet" href="(\.\./)?theme\.css">`, files[path], path)
		_, languages, ok := strings.Cut(files[path], `<nav class="languages"`)
		require.True(t, ok, path)
		assert.Less(t, strings.Index(languages, "English"), strings.Index(languages, "Tiếng Việt"), "the order of languages")
	}
}

// Only a logo several times as wide as high has a row of its own on a telephone.
func TestWideLogo(t *testing.T) {
	for name, c := range map[string]struct {
		width, height int
		class         string
	}{
		"wide": {900, 120, "logo wide"}, "three to one": {300, 100, "logo"}, "square": {64, 64, "logo"}, "tall": {160, 520, "logo"},
	} {
		t.Run(name, func(t *testing.T) {
			ranking, cmp := small(t, submission.Final)
			round := *ranking.Round
			round.Publish = submission.Publication{Logo: submission.Logo{Extension: "png", Width: c.width, Height: c.height, Data: []byte("picture")}}
			ranking.Round = &round
			var b strings.Builder
			require.NoError(t, html.Write(&b, edition(ranking, cmp, "vi").Method()))
			assert.Contains(t, b.String(), `<img class="`+c.class+`" src`)
		})
	}
}

// putInto keeps what is written by its path.
func putInto(files map[string]string) html.Put {
	return func(path string, write func(io.Writer) error) error {
		var b strings.Builder
		err := write(&b)
		files[path] = b.String()
		return err
	}
}

// TestTagsAreWrittenOneWay holds what the print edition is cut by: a blank before each attribute, quotes around each value,
// and drawings that name no place.
func TestTagsAreWrittenOneWay(t *testing.T) {
	wanted := regexp.MustCompile(`^(/?[a-z][a-zA-Z0-9]*)( [a-zA-Z:-]+(="[^"]*")?)*/?$`)
	drawings := regexp.MustCompile(`(?s)<svg.*?</svg>`)
	seen := 0
	for path, page := range site(t, submission.Final) {
		_, main, ok := strings.Cut(page, "<main")
		if !ok || !strings.HasSuffix(path, ".html") {
			continue
		}
		main, _, _ = strings.Cut(main, "</main>")
		for _, svg := range drawings.FindAllString(main, -1) {
			assert.NotRegexp(t, ` (id|href|for|headers|aria-(labelledby|describedby|controls))="`, svg, path)
		}
		for part := range strings.SplitSeq("<main"+main, "<") {
			inner, _, tag := strings.Cut(part, ">")
			if tag && !strings.Contains(inner, "application/json") {
				assert.Regexp(t, wanted, inner, path)
				seen++
			}
		}
	}
	assert.Greater(t, seen, 1000)
}
