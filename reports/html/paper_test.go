package html_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	reporthtml "github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
)

func TestWritePaper(t *testing.T) {
	const hostile = `</style><script>alert(1)</script>"'&`
	p := view.Paper{
		Lang: "vi", Title: hostile, Stamp: hostile, Landscape: true, Issuer: hostile, Number: hostile, About: hostile, Country: hostile, Motto: hostile,
		Dated: hostile, Kind: hostile, Subject: hostile, Attached: hostile, To: hostile, Lead: []view.PaperLine{{Text: hostile, Item: true}},
		Sections: []view.PaperSection{{Heading: hostile, Level: 1, Tables: []view.PaperTable{{
			Caption: hostile, Columns: []view.PaperColumn{{Name: hostile, Head: true}, {Name: hostile, Num: true}}, Rows: [][]string{{hostile, hostile}}, Sum: true,
		}}}},
		Recipients: []string{hostile}, Signer: []string{hostile}, Small: []view.PaperLine{{Text: hostile}},
	}
	var b strings.Builder
	require.NoError(t, reporthtml.WritePaper(&b, p))
	page := b.String()
	assert.True(t, strings.HasPrefix(page, "<!DOCTYPE html>\n<html data-dti=\"paper\" lang=\"vi\">"))
	assert.Contains(t, page, `content="noindex"`, "a draft is not for search engines")
	doc, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	count := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			count[n.Data]++
			for _, a := range n.Attr {
				assert.False(t, strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "href", "%s %s", n.Data, a.Key)
			}
		}
	}
	assert.Zero(t, count["script"])
	assert.Equal(t, 1, count["style"])
	assert.Equal(t, 1, count["table"])
	assert.Contains(t, page, "default-src &#39;none&#39;", "the page may load nothing")
}
