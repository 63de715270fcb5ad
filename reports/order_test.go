package reports_test

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// orders presses every button that sorts, three times, and tells for each in which order the rows then stand, as their
// places in the official order.
const orders = `[].map.call(document.querySelectorAll('main table'), function (table) {
  var body = table.tBodies[0], rows = body ? [].slice.call(body.rows) : [];
  return [].map.call(table.querySelectorAll('thead button[data-sort]'), function (b) {
    function press() { b.click(); return [].map.call(body.rows, function (r) { return rows.indexOf(r); }); }
    return { Column: b.closest('th').cellIndex, Type: b.getAttribute('data-sort'), Up: press(), Down: press(), Back: press() };
  });
})`

type ordered struct {
	Column         int
	Type           string
	Up, Down, Back []int
}

// tablesSortAsTheyRead: sorted by any column, the rows of a page stand as the numbers and names of its file say, read apart
// from the page's own script: numbers by size, names by the alphabet of the language, numbers of indicators part by part;
// equal ones in the official order, what is missing last both ways.
func tablesSortAsTheyRead(t *testing.T, l look) {
	if l.page.Kind == "print" {
		return // its chapters are the other pages
	}
	site := parsedSite(t)
	var tables [][]ordered
	require.NoError(t, l.tab.Eval(orders, &tables))
	found := elements(elements(site.pages[l.page.Path], "main")[0], "table")
	require.Len(t, found, len(tables))
	for i, columns := range tables {
		for _, c := range columns {
			rows := keysOf(found[i], c, l.page.Lang)
			official := rangeOf(len(rows))
			at := l.page.Path + ": table " + strconv.Itoa(i+1) + ", column " + strconv.Itoa(c.Column+1)
			assert.Equal(t, sortedBy(rows, c.Type, l.page.Lang, 1), c.Up, at)
			assert.Equal(t, sortedBy(rows, c.Type, l.page.Lang, -1), c.Down, at)
			assert.Equal(t, official, c.Back, at)
		}
	}
}

func rangeOf(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// A sortKey is what a cell sorts by; one that is missing has no words.
type sortKey struct {
	words  string
	number float64
}

// keysOf are the keys of a column in the rows of a table's first body.
func keysOf(table *html.Node, c ordered, lang string) []sortKey {
	var keys []sortKey
	for _, row := range elements(elements(table, "tbody")[0], "tr") {
		cell := elements(row, "th", "td")[c.Column]
		words, machine := attribute(cell, "data-value")
		switch {
		case c.Type != "num" && !machine:
			words = textOf(cell)
		case c.Type == "num" && !machine && cell.FirstChild != nil:
			words = plainNumber(cell.FirstChild, lang)
		}
		key := sortKey{words: words}
		if c.Type == "num" {
			var err error
			if key.number, err = strconv.ParseFloat(words, 64); err != nil {
				key.words = ""
			}
		}
		keys = append(keys, key)
	}
	return keys
}

// plainNumber is a number of the page in Go's words, or nothing.
func plainNumber(first *html.Node, lang string) string {
	words := strings.TrimSpace(first.Data)
	if first.Type == html.ElementNode {
		words = textOf(first)
	}
	thousands, point := ",", "."
	if lang == "vi" {
		thousands, point = ".", ","
	}
	return strings.NewReplacer("−", "-", "%", "", thousands, "", point, ".").Replace(words)
}

var parts = regexp.MustCompile(`[.\-_/ ]+`)

// sortedBy are the places of the keys, sorted: way is 1 upwards and -1 downwards.
func sortedBy(keys []sortKey, kind, lang string, way int) []int {
	alphabet := collate.New(language.MustParse(lang))
	compare := func(a, b sortKey) int {
		switch kind {
		case "num":
			return cmp.Compare(a.number, b.number)
		case "code":
			return slices.CompareFunc(parts.Split(a.words, -1), parts.Split(b.words, -1), func(x, y string) int {
				m, errM := strconv.Atoi(x)
				n, errN := strconv.Atoi(y)
				if errM == nil && errN == nil {
					return cmp.Compare(m, n)
				}
				return alphabet.CompareString(x, y)
			})
		default:
			return alphabet.CompareString(a.words, b.words)
		}
	}
	places := rangeOf(len(keys))
	slices.SortStableFunc(places, func(i, j int) int {
		a, b := keys[i], keys[j]
		if a.words == "" || b.words == "" {
			return cmp.Compare(btoi(a.words == ""), btoi(b.words == ""))
		}
		return way * compare(a, b)
	})
	return places
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
