package html_test

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// TestChaptersAreThePages holds every chapter of the print edition against its page, which a parser of HTML reads here and
// a tree is bound of.
func TestChaptersAreThePages(t *testing.T) {
	files := site(t, submission.Final)
	ranking, cmp := small(t, submission.Final)
	for _, lang := range []string{"vi", "en"} {
		own := lang + "/2025/print.html"
		b := treeBinder{own: own, trees: map[string]*nethtml.Node{}, places: map[string]string{}}
		chapters := edition(ranking, cmp, lang).Chapters()
		require.NotEmpty(t, chapters)
		for _, c := range chapters {
			_, main, _ := strings.Cut(files[c.Path], "</h1>\n")
			main, _, ok := strings.Cut(main, "\n</main>")
			require.True(t, ok, c.Path)
			b.trees[c.Path], b.places[c.Path] = fragment(t, main), c.ID
			prune(b.trees[c.Path])
		}
		for _, c := range chapters {
			_, chapter, _ := strings.Cut(files[own], `<h2 id="`+c.ID+`"`)
			_, chapter, _ = strings.Cut(chapter, "</h2>\n")
			chapter, _, ok := strings.Cut(chapter, "\n</article>\n")
			require.True(t, ok, c.Path)
			assert.Equal(t, b.bound(t, c), rendered(t, fragment(t, chapter)), c.Path)
		}
	}
}

// fragment is what stands in the main element of a page.
func fragment(t *testing.T, main string) *nethtml.Node {
	t.Helper()
	root := &nethtml.Node{Type: nethtml.ElementNode, Data: "main", DataAtom: atom.Main}
	nodes, err := nethtml.ParseFragment(strings.NewReader(main), root)
	require.NoError(t, err)
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return root
}

func rendered(t *testing.T, n *nethtml.Node) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, nethtml.Render(&b, n))
	return b.String()
}

// prune takes from a page what stays behind.
func prune(n *nethtml.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == nethtml.ElementNode && staysBehind(c) {
			n.RemoveChild(c)
		} else if c.Data != "svg" {
			prune(c)
		}
		c = next
	}
}

func staysBehind(n *nethtml.Node) bool {
	behind := []string{"chart", "narrow", "live", "finder", "scripted", "save", "ledger"}
	names := []string{"script", "form", "nav"}
	if within(n, "section", "account") {
		behind = append(behind, "note", "meter", "hint")
		names = append(names, "thead")
		if n.Data == "td" && len(n.Attr) == 0 {
			return true
		}
	}
	if within(n, "figure", "") {
		names = append(names, "details")
	}
	return slices.Contains(names, n.Data) || slices.ContainsFunc(behind, func(class string) bool { return hasClass(n, class) })
}

func hasClass(n *nethtml.Node, class string) bool {
	classes, _ := attr(n, "class")
	return slices.Contains(strings.Fields(classes), class)
}

// within reports whether an element stands in one of a name and a class; "": any.
func within(n *nethtml.Node, name, class string) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Data == name && (class == "" || hasClass(up, class)) {
			return true
		}
	}
	return false
}

// A treeBinder binds trees as the print edition binds what was written of them.
type treeBinder struct {
	own    string
	trees  map[string]*nethtml.Node // pruned, by path
	places map[string]string
}

// bound is a page with what its elements are called in the print edition.
func (b treeBinder) bound(t *testing.T, c view.Chapter) string {
	t.Helper()
	page := fragment(t, strings.TrimSuffix(strings.TrimPrefix(rendered(t, b.trees[c.Path]), "<main>"), "</main>"))
	level := 2
	walk(page, func(n *nethtml.Node) {
		for i, a := range n.Attr {
			switch a.Key {
			case "id", "for", "headers", "aria-describedby", "aria-controls":
				n.Attr[i].Val = prefixed(c.ID, a.Val)
			case "aria-labelledby":
				n.Attr[i].Val = c.ID + " " + prefixed(c.ID, a.Val)
			case "href":
				n.Attr[i].Val = b.link(c.Path, a.Val)
			}
		}
		if slices.Contains([]string{"h2", "h3", "h4", "h5"}, n.Data) {
			level = min(int(n.Data[1]-'0')+1, level+1)
			n.Attr = append(n.Attr, nethtml.Attribute{Key: "aria-level", Val: strconv.Itoa(level)})
		}
	})
	return rendered(t, page)
}

func prefixed(prefix, ids string) string {
	return prefix + "-" + strings.Join(strings.Fields(ids), " "+prefix+"-")
}

// link is where an address of a page leads from the print edition.
func (b treeBinder) link(from, href string) string {
	u, err := url.Parse(href)
	if err != nil || u.IsAbs() || u.Host != "" {
		return href
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
	}
	place, bound := b.places[target]
	if !bound {
		u.Path = view.Relative(b.own, target)
		return u.String()
	}
	found := false
	walk(b.trees[target], func(n *nethtml.Node) {
		id, ok := attr(n, "id")
		found = found || ok && id == u.Fragment
	})
	if found {
		return "#" + place + "-" + u.EscapedFragment()
	}
	return "#" + place
}
