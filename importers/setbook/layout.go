package setbook

import (
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/rule"
)

// markPrefix begins the mark of a sheet.
const markPrefix = "dti:"

// ownerMark stands in the hidden cell of a row between its kind and the indicator or view that it was written under.
const ownerMark = ":"

// rowsToAdd is how many rows below the last one dropdowns reach.
const rowsToAdd = 300

// widths of columns, in characters; the others are narrow.
var widths = map[string]float64{
	columnKind: 12, "id": 14, "no": 6.5, "name": 38, columnParent: 14, "score.kind": 18, "bound": 11, "value": 11, "type": 14,
	"for": 16, "when": 15, "evidence.hint": 36, "advice": 36, "verifier": 16, "score.of": 16, "score.over": 16, "from.id": 11,
	"combine": 15, "score.if_zero": 14, "score.within": 15, "by": 15, "effect": 13, "public": 13, "not_applicable.policy": 15,
	"evidence.required": 12, "evidence.without": 13, "not_applicable.allowed": 12, "from.comparable": 11, "score.need": 13,
	"score.better": 12, "score.scale": 12,
}

const narrow = 9.5

// shown are the columns of a part that are never folded.
var shown = []string{columnKind, "id", "no", "name", "points", "score.kind", "evidence.required", "evidence.hint"}

// grid lays a table out.
func (b *book) grid(t table) grid {
	g := grid{page: t.page.name, name: b.sheetTitle(t)}
	g.columns = []column{{mark: markPrefix + t.page.name, width: 3}}
	for _, name := range t.page.all() {
		for _, suffix := range b.suffixes(t.page, name) {
			c := b.column(t.page, name, suffix)
			c.folded = t.page.name == pagePart && !slices.Contains(shown, name) && !t.uses(c.mark)
			g.columns = append(g.columns, c)
		}
	}
	if t.page.name == pageTerms {
		g.columns = append(g.columns, column{mark: columnHelp, heading: heading(b.say, "term", ""), width: 38})
	}
	g.frozen = 1 + slices.IndexFunc(g.columns, func(c column) bool { return strings.HasPrefix(c.mark, "name.") })
	for _, l := range t.lines {
		g.rows = append(g.rows, b.gridRow(t.page, g.columns, l))
	}
	if t.page.name == pageTerms {
		g.rows = append(g.rows, b.otherTerms(t, g.columns)...)
	}
	g.offers = len(g.rows) + 2 + rowsToAdd
	return g
}

func (t table) uses(mark string) bool {
	return slices.ContainsFunc(t.lines, func(l line) bool { return l.cells[mark] != "" })
}

// sheetTitle is the name of a sheet: the number and name of its pillar, or a word of the language.
func (b *book) sheetTitle(t table) string {
	switch {
	case t.page.name != pagePart:
		return b.title("form.book-sheet-" + t.page.name)
	case t.top == nil:
		return b.title("form.book-sheet-rest")
	}
	cells := t.top.cells
	name := cells["name."+b.say.Lang()]
	if name == "" {
		name = cells["name."+b.set.Languages[0]]
	}
	if cells["no"] != "" {
		name = cells["no"] + " " + name
	}
	return b.title(name)
}

// suffixes are the columns that a column becomes: one for each language, one for all agency groups and, where there are
// several or the set gives points by group, one for each.
func (b *book) suffixes(p page, name string) []string {
	f, _ := p.fieldIn(name)
	switch {
	case f.form == asNames:
		return b.set.Languages
	case f.form == asPoints && (len(b.set.Groups) > 1 || b.tables.pointsByGroup()):
		list := []string{""}
		for _, g := range b.set.Groups {
			list = append(list, g.ID)
		}
		return list
	default:
		return []string{""}
	}
}

func (b *book) column(p page, name, suffix string) column {
	c := column{mark: name, heading: heading(b.say, name, suffix), width: widths[name]}
	if suffix != "" {
		c.mark += "." + suffix
	}
	if c.width == 0 {
		c.width = max(narrow, min(float64(len(suffix)+3), 18)) // an agency group stands whole in its heading
	}
	f, _ := p.fieldIn(name)
	c.look = lookOf(f, name)
	switch {
	case name == columnKind:
		c.words = "row-" + p.name
		for _, kind := range p.kinds {
			c.rows = append(c.rows, rowWord(b.say, kind))
		}
	case f.form == asFlag:
		c.words = "flag"
	case f.form == asWord, f.form == asBound && name == "bound":
		c.words = f.words
	}
	for _, w := range wordsOf(c.words) {
		if p.name == pageRatings && (w == "up_to" || w == "by") || p.name == pageViews && w == "sum" {
			continue // no rating and no view has such a one
		}
		c.rows = append(c.rows, word(b.say, c.words, w))
	}
	if p.name == pageRatings || p.name == pageViews {
		c.words = p.name + "-" + c.words
	}
	return c
}

func lookOf(f field, name string) look {
	switch {
	case name == columnKind || f.form == asWord || f.form == asFlag || name == "bound":
		return choice
	case f.form == asNumber || f.form == asShare || f.form == asPoints || name == "value":
		return amount
	default:
		return text
	}
}

// gridRow words a line.
func (b *book) gridRow(p page, columns []column, l line) gridRow {
	r := gridRow{cells: make([]content, len(columns))}
	if l.kind != ofPillar {
		r.level = min(l.depth, 7)
	}
	r.cells[0] = content{text: strings.TrimSuffix(l.kind+ownerMark+l.owner, ownerMark)}
	for i, c := range columns[1:] {
		tint := c.look.within(l)
		known := func(s string) bool { return slices.Contains(p.all(), s) }
		name, _ := split(c.mark, known)
		switch f, ok := p.fieldIn(name); {
		case name == columnKind:
			r.cells[i+1] = content{text: rowWord(b.say, l.kind), look: tint}
		case ok && l.cells[c.mark] != "":
			own, _ := fieldAt(fieldsOf(l.kind, ""), name)
			if own.form == 0 {
				own = f
			}
			r.cells[i+1] = b.content(own, name, l, l.cells[c.mark], tint)
		case c.mark == columnHelp:
			r.cells[i+1] = content{text: b.say.Say("words." + l.cells["id"]), look: help}
		default:
			r.cells[i+1] = content{text: l.cells[c.mark], look: tint}
		}
	}
	return r
}

// content words the value of a field.
func (b *book) content(f field, name string, l line, value string, tint look) content {
	if value == "" {
		return content{look: tint}
	}
	switch f.form {
	case asWord:
		return content{text: word(b.say, f.words, value), look: tint}
	case asFlag:
		return content{text: word(b.say, "flag", strings.ToLower(value)), look: tint}
	case asNumber, asShare, asPoints:
		if slices.Contains(wordsOf(f.words), value) {
			return content{text: word(b.say, f.words, value), look: tint}
		}
		return numberContent(value, tint)
	case asDay:
		return dayContent(value, tint)
	case asBound:
		switch {
		case name == "bound":
			return content{text: word(b.say, f.words, value), look: tint}
		case l.cells["bound"] == "by":
			return dayContent(value, tint)
		}
		return numberContent(value, tint)
	default:
		return content{text: value, look: tint}
	}
}

// otherTerms are rows for the printed words that the set leaves as they are.
func (b *book) otherTerms(t table, columns []column) []gridRow {
	var rows []gridRow
	for _, name := range termNames() {
		if !slices.ContainsFunc(t.lines, func(l line) bool { return l.cells["id"] == name }) {
			rows = append(rows, b.gridRow(t.page, columns, line{kind: ofTerm, cells: map[string]string{"id": name}}))
		}
	}
	return rows
}

// settings lays out the first sheet: how to edit the workbook, then a row for each setting of the set.
func (b *book) settings(name string) grid {
	g := grid{name: name, page: pageSettings, columns: []column{
		{mark: markPrefix + pageSettings + ":" + b.say.Lang(), width: 3},
		{mark: columnKey, heading: heading(b.say, columnKey, ""), width: 36},
		{mark: columnValue, heading: heading(b.say, columnValue, ""), width: 66},
		{mark: columnHelp, heading: heading(b.say, columnHelp, ""), width: 70},
	}}
	g.rows = []gridRow{{cells: []content{{}, {text: b.text(b.set.Title), look: title}}}}
	for line := range strings.SplitSeq(strings.TrimSpace(b.say.Say("form.book-guide")), "\n") {
		g.rows = append(g.rows, gridRow{cells: []content{{}, {text: line, look: guide}}})
	}
	g.rows = append(g.rows, gridRow{})
	g.above = len(g.rows)
	l := line{cells: b.tables.settings}
	for _, f := range formats[ofSet] {
		if f.form == asRows || f.form == asRowsByID {
			continue
		}
		suffixes := []string{""}
		if f.form == asNames {
			suffixes = b.set.Languages
		}
		for _, suffix := range suffixes {
			key := strings.TrimSuffix(f.path+"."+suffix, ".")
			g.rows = append(g.rows, b.setting(f, key, suffix, b.content(f, f.path, l, l.cells[key], setting)))
		}
	}
	comment := field{path: columnComment}
	g.rows = append(g.rows, b.setting(comment, comment.path, "", content{text: b.tables.comment, look: setting}))
	return g
}

func (b *book) setting(f field, key, suffix string, value content) gridRow {
	name := b.say.Say("form.book-setting-" + dashed(f.path))
	if suffix != "" {
		name += " (" + suffix + ")"
	}
	if f.form == asText || f.form == asNames || f.form == asList || f.form == 0 {
		value.look = settingText
	}
	return gridRow{cells: []content{{text: key}, {text: name, look: label}, value, {text: b.explain(ofSet, f.path), look: help}}}
}

// explain says what a key means, in the words of the format's schema.
func (b *book) explain(kind, path string) string {
	own := "form.book-help-" + dashed(path)
	if kind == "kind" {
		own = "form.book-help-kind-" + dashed(path)
	}
	if b.say.Has(own) {
		return b.say.Say(own)
	}
	key := "schema." + dashed(kind) + "-" + dashed(path)
	if strings.Contains(path, ".") {
		key = "schema." + dashed(path)
	}
	if !b.say.Has(key) {
		return ""
	}
	return b.say.Say(key)
}

// legend lays out the last sheet: what each column and each kind of score means, and the words that a column takes.
func (b *book) legend() grid {
	g := grid{name: b.title("form.book-sheet-legend"), page: "legend", frozen: 1, columns: []column{
		{mark: markPrefix + "legend", width: 3},
		{mark: columnKey, heading: heading(b.say, "legend", ""), width: 40},
		{mark: columnHelp, heading: heading(b.say, columnHelp, ""), width: 76},
		{mark: columnValue, heading: heading(b.say, "words", ""), width: 60},
	}}
	add := func(name, means, words string) {
		g.rows = append(g.rows, gridRow{cells: []content{{}, {text: name, look: label}, {text: means, look: help}, {text: words, look: help}}})
	}
	p, _ := pageNamed(pagePart)
	for _, name := range p.all() {
		c := b.column(p, name, "")
		kind := ofIndicator
		for _, k := range []string{ofIndicator, ofPillar, ofInput, ofOption} {
			if _, ok := fieldAt(fieldsOf(k, ""), name); ok {
				kind = k
				break
			}
		}
		add(c.heading, b.explain(kind, name), strings.Join(c.rows, "; "))
	}
	for _, kind := range rule.Kinds() {
		add(b.say.Say("form.book-score", word(b.say, "score-kind", kind)), b.explain("kind", kind), b.settingsOf(kind))
	}
	return g
}

// settingsOf lists the columns and rows that a kind of score takes.
func (b *book) settingsOf(kind string) string {
	r, _ := rule.New(kind) // a kind of the table
	var names []string
	for _, k := range r.Keys() {
		f := settingField(k)
		if f.kind != "" {
			names = append(names, b.say.Say("form.book-rows", rowWord(b.say, f.kind)))
			continue
		}
		names = append(names, heading(b.say, f.path, ""))
	}
	return strings.Join(names, "; ")
}
