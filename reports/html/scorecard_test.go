package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// hostile is the first agency's own assessment in the small round, with names that would run wherever a name stands.
func hostile(t testing.TB) view.SelfAssessment {
	t.Helper()
	ranking, _ := small(t, submission.Draft)
	res, ok := ranking.Result("so-a")
	require.True(t, ok)
	set := ranking.Round.Set
	network, ok := set.Indicator("INF-2")
	require.True(t, ok)
	a := view.SelfAssessment{
		Set: set, Result: res, Round: rule.Text{"vi": "Năm 2025 " + imageName}, Year: 2025, File: markerName, Engine: "dti 1.2.3",
		Answered: 4, Asked: 5, Pending: 1, BoundsYear: 2024, Goal: "Đạt loại Tốt " + scriptName,
		Receipt: view.Receipt{Known: true, Total: decimal.New(7125, -2), Compared: 5, Differ: []view.Difference{
			{Place: diag.Place{Sheet: "Tự đánh giá", Row: 12, Col: 7}, Indicator: network, Workbook: formulaName, Engine: decimal.NewFromInt(30)},
			{Place: diag.Place{Sheet: "Tự đánh giá", Row: 13, Col: 7}, Indicator: network, Engine: decimal.NewFromInt(30)},
		}},
		Steps: []view.NextStep{{Indicator: network, Gain: decimal.NewFromInt(3), Peers: []string{imageName, "Sở Y tế"}}},
	}
	at := func(row int) diag.Place {
		return diag.Place{File: "a.xlsx", Sheet: "Tự đánh giá " + imageName, Row: row, Col: 6}
	}
	a.Problems.Inform(at(1), "agency-ranked", "SECRET-PROBLEM")
	a.Problems.Warn(at(2), "agency-ranked", scriptName)
	a.Problems.Add(diag.Problem{
		Place: at(9), Kind: "answer-count-near", Args: []any{"INF-1.computers", scriptName, "38"}, Severity: diag.Error, Indicator: "INF-1", Input: "computers",
	})
	return a
}

func card(t testing.TB, a view.SelfAssessment, lang string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, html.WriteScorecard(&b, view.NewScorecard(a, locale.MustFor(lang))))
	return b.String()
}

// A card is one file: no script, no address, and the style that its policy names by its hash and no other.
func TestScorecardStandsAlone(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		page := card(t, hostile(t), lang)
		assert.NotRegexp(t, `(?i)https?:|@import|url\(`, strings.ReplaceAll(page, "http://evil.example", ""))
		count := map[string]int{}
		ids := map[string]bool{}
		var policy, style string
		walk(parse(t, page), func(n *nethtml.Node) {
			for _, a := range n.Attr {
				assert.NotContains(t, []string{"style", "src", "srcset", "href", "data", "action", "background"}, a.Key)
				assert.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
			}
			if n.Type != nethtml.ElementNode {
				return
			}
			if n.Namespace == "" {
				count[n.Data]++
			}
			if equiv, _ := attr(n, "http-equiv"); equiv != "" {
				policy, _ = attr(n, "content")
			}
			if n.Data == "style" {
				style = textOf(n)
			}
			if id, ok := attr(n, "id"); ok {
				assert.False(t, ids[id], "id %s twice", id)
				ids[id] = true
			}
			if label, ok := attr(n, "aria-labelledby"); ok {
				assert.Contains(t, page, `id="`+label+`"`)
			}
		})
		hash := sha256.Sum256([]byte(style))
		assert.Equal(t, "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'; base-uri 'none'; form-action 'none'", policy)
		for _, once := range []string{"html", "head", "title", "style", "body", "main", "h1", "footer"} {
			assert.Equal(t, 1, count[once], once)
		}
		assert.Zero(t, count["script"]+count["img"]+count["link"]+count["iframe"]+count["a"]+count["b"])
		assert.Equal(t, count["table"], count["caption"])
		assert.Contains(t, page, ` lang="`+lang+`">`)
		assert.True(t, strings.HasPrefix(page, html.ScorecardHead), "a card is known by its first bytes")
	}
}

// tags matches what begins and ends an element.
var tags = regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>`)

// Every element that a card opens is closed, in order.
func TestScorecardIsWellFormed(t *testing.T) {
	page := card(t, hostile(t), "vi")
	var open []string
	for _, m := range tags.FindAllStringSubmatch(page, -1) {
		switch {
		case m[2] == "meta" || m[3] == "/":
		case m[1] == "":
			open = append(open, m[2])
		default:
			require.NotEmpty(t, open, m[0])
			require.Equal(t, open[len(open)-1], m[2])
			open = open[:len(open)-1]
		}
	}
	assert.Empty(t, open)
	walk(parse(t, page), func(row *nethtml.Node) {
		if row.Data != "tr" {
			return
		}
		for c := row.FirstChild; c != nil; c = c.NextSibling {
			assert.NotEmpty(t, strings.TrimSpace(textOf(c)), "an empty cell")
		}
	})
}

func TestScorecardHoldsHostileNamesInert(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		page := card(t, hostile(t), lang)
		assert.NotContains(t, page, "<script")
		assert.NotContains(t, page, "<img")
		assert.NotContains(t, page, "<b>")
		text := textOf(parse(t, page))
		for _, name := range []string{scriptName, markerName, formulaName, imageName} {
			assert.Contains(t, text, name)
		}
		assert.Empty(t, leaks.FindAllString(text, -1))
		for _, secret := range secrets {
			if secret != "SECRET-ANSWER-REASON" {
				assert.NotContains(t, page, secret)
			}
		}
	}
}

func TestScorecardTellsThatItCouldNotBeWritten(t *testing.T) {
	err := html.WriteScorecard(fullDisk{}, view.NewScorecard(hostile(t), locale.MustFor("vi")))
	require.ErrorIs(t, err, os.ErrPermission)
	assert.ErrorContains(t, err, "write scorecard")
}

// The card's colours are the site's; its own stylesheet names none but grey for the number of the sheet.
func TestScorecardTakesItsColoursFromTheSite(t *testing.T) {
	page := card(t, hostile(t), "vi")
	known := regexp.MustCompile(`--([a-z0-9-]+):`).FindAllStringSubmatch(string(html.CSS()), -1)
	for _, m := range regexp.MustCompile(`var\(--([a-z0-9-]+)\)`).FindAllStringSubmatch(page, -1) {
		assert.True(t, slices.ContainsFunc(known, func(k []string) bool { return k[1] == m[1] }), m[0])
	}
}

// Goldens hold what stands between head and foot; read a diff before it is accepted.
func TestGoldenScorecard(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			got := section(card(t, hostile(t), lang), "<body>", "</body>") + "\n"
			file := "testdata/scorecard-" + lang + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}
