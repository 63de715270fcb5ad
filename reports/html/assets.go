package html

import (
	"bytes"
	"embed"
	"strings"

	"github.com/opendti/dti/reports/chart"
)

//go:embed css/colours.css
var coloursCSS []byte

//go:embed css js
var sources embed.FS

// styles are the parts of assets/site.css in their order: later ones may say otherwise.
var styles = []string{
	"colours", "frame", "tables", "figures", "home", "group", "agency", "method", "book", "indicator", "narrow", "forced", "print",
}

// scripts are the parts of assets/site.js in their order.
var scripts = []string{"page", "charts", "tables", "finder", "compare", "save", "start"}

// scriptHead opens the closure that holds all parts of the script.
const scriptHead = `// What a page does beyond being read: charts drawn by the library over the static ones, tables that sort, lists that
// filter. Every page is whole without it. A classic script, so that it runs from a memory stick; it fetches nothing,
// evaluates nothing, and puts no text into the page as markup.
(function () {
'use strict';

`

// JS is the site's script, assets/site.js: one closure, which leaves nothing on the page's window.
func JS() []byte {
	return []byte(scriptHead + joined("js", ".js", scripts) + "})();\n")
}

// CSS is the site's stylesheet, assets/site.css.
func CSS() []byte { return []byte(joined("css", ".css", styles) + "\n" + chart.CSS) }

// joined is the text of some files of a folder, with a blank line between them.
func joined(folder, ending string, names []string) string {
	var b strings.Builder
	for i, name := range names {
		data, err := sources.ReadFile(folder + "/" + name + ending)
		if err != nil {
			panic(err) // embedded
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.Write(bytes.TrimRight(data, "\n"))
		b.WriteByte('\n')
	}
	return b.String()
}
