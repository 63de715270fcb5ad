package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"

	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
)

// whispered is a confidential document with a name that would run in every place.
func whispered() view.Confidential {
	facts := []view.Fact{{Term: imageName, Words: scriptName, Note: formulaName}}
	return view.Confidential{
		Lang: "vi", Title: scriptName, Stamp: `BẢO MẬT "}</style><script>`, Kind: markerName, Heading: imageName, HeadingLang: "en", Across: true,
		About: facts, Numbers: facts, Lede: []string{scriptName}, OthersSay: "x", Footer: facts, FooterSay: imageName,
		Others: []view.Link{{Text: imageName, Href: "hoi-dong.xlsx"}, {Text: "English", Lang: "en", Href: "index.en.html"}},
		Parts: []view.ConfidentialPart{
			{ID: "a", Heading: scriptName, Lines: []string{imageName}, Items: []string{scriptName}, More: scriptName},
			{ID: "b", Heading: "b", Table: view.Table{
				Caption: imageName, Columns: []view.Column{{Name: scriptName}, {Name: imageName, Num: true}},
				Rows: []view.Row{{Cells: []view.Cell{{Text: scriptName, Head: true, Note: imageName}, {Text: formulaName, Mark: "▲", Tone: "up"}}}},
			}},
		},
	}
}

func TestConfidentialStandsAloneAndInert(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, html.WriteConfidential(&b, whispered()))
	page := b.String()
	for _, name := range []string{"<script", "<img", "http-equiv=\"refresh\""} {
		assert.NotContains(t, page, name)
	}
	assert.NotRegexp(t, `(?i)@import|url\(`, page)
	var policy, style string
	styles := 0
	walk(parse(t, page), func(n *nethtml.Node) {
		for _, a := range n.Attr {
			assert.NotContains(t, []string{"style", "src", "srcset", "data", "action", "background"}, a.Key)
			assert.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
			if a.Key == "href" {
				assert.Contains(t, []string{"hoi-dong.xlsx", "index.en.html"}, a.Val)
			}
		}
		if equiv, _ := attr(n, "http-equiv"); equiv != "" {
			policy, _ = attr(n, "content")
		}
		if n.Data == "style" && n.Type == nethtml.ElementNode {
			style, styles = textOf(n), styles+1
		}
	})
	assert.Equal(t, 1, styles)
	hash := sha256.Sum256([]byte(style))
	assert.Equal(t, "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'; base-uri 'none'; form-action 'none'", policy)
	assert.Contains(t, style, `@page { @top-center { content: "BẢO MẬT  } /style  script ";`, "every printed page says the stamp, whatever is in it")
	assert.Contains(t, page, `<meta name="robots" content="noindex, nofollow, noarchive">`)
	text := textOf(parse(t, page))
	for _, name := range []string{scriptName, markerName, formulaName, imageName} {
		assert.Contains(t, text, name)
	}
}

func TestConfidentialTellsThatItCouldNotBeWritten(t *testing.T) {
	err := html.WriteConfidential(fullDisk{}, whispered())
	require.ErrorIs(t, err, os.ErrPermission)
	assert.ErrorContains(t, err, "write confidential document")
}
