package html_test

import (
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"

	"github.com/opendti/dti/scoring/submission"
)

// TestEveryDrawingHasAName holds every drawing of the site to a name in full sentences, which begins with the finding, or
// to being hidden from those who listen.
func TestEveryDrawingHasAName(t *testing.T) {
	files := site(t, submission.Final)
	figures := 0
	for _, name := range pagesOf(files) {
		walk(parse(t, files[name]), func(n *nethtml.Node) {
			if n.Type != nethtml.ElementNode {
				return
			}
			if n.Data == "svg" {
				_, said := attr(n, "aria-label")
				hidden, _ := attr(n, "aria-hidden")
				assert.True(t, said || hidden == "true", "%s: a drawing without a name", name)
			}
			if class, _ := attr(n, "class"); n.Data == "figure" && strings.HasPrefix(class, "figure") {
				figures++
				assertNamed(t, name, n)
			}
		})
	}
	assert.Positive(t, figures)
}

// assertNamed holds one figure to its name.
func assertNamed(t *testing.T, page string, figure *nethtml.Node) {
	t.Helper()
	headline, label, save := "", "", ""
	walk(figure, func(n *nethtml.Node) {
		if n.Type != nethtml.ElementNode {
			return
		}
		if headline == "" && len(n.Data) == 2 && n.Data[0] == 'h' {
			headline = textOf(n)
		}
		if role, _ := attr(n, "role"); role == "img" && label == "" {
			label, _ = attr(n, "aria-label")
		}
	})
	save, _ = attr(figure, "data-save")
	id, _ := attr(figure, "id")
	where := path.Base(page) + " " + id
	require.NotEmpty(t, headline, where)
	assert.True(t, strings.HasPrefix(label, strings.TrimRight(headline, ".")), "%s: %q begins with the finding %q", where, label, headline)
	assert.True(t, strings.HasSuffix(label, "."), "%s: %q ends as a sentence", where, label)
	assert.NotContains(t, label, "..", where)
	assert.NotContains(t, label, "site.", where)
	assert.NotEmpty(t, save, "%s: the button that saves it has words", where)
}
