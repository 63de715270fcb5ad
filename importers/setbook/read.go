package setbook

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/sheet"
)

// A reader turns the sheets of a workbook into the nodes of a set, and knows the cell of every node.
type reader struct {
	file      sheet.Book
	languages []*locale.Locale // that of the workbook first
	problems  diag.Problems
	notes     diag.Problems
	pages     []*leaf
	places    map[*yaml.Node]diag.Place
	rows      map[spot]*draft       // what was read, by its row
	settings  map[string]diag.Place // cells of the settings, by column with its suffix
	comment   string
}

// A spot is a row of a sheet.
type spot struct {
	sheet string
	row   int
}

// A leaf is a sheet of a known layout.
type leaf struct {
	sheet.Sheet
	page    page
	columns []found // in the order of the sheet
	hidden  int     // the column with the kinds of rows; 0: none
	heads   int     // the row of headings
}

// A found column is one that holds something of the set.
type found struct {
	col          int
	base, suffix string
	heading      string
}

func (f found) mark() string {
	if f.suffix == "" {
		return f.base
	}
	return f.base + "." + f.suffix
}

func newReader(file sheet.Book) *reader {
	return &reader{
		file: file, languages: locales(""), places: map[*yaml.Node]diag.Place{}, rows: map[spot]*draft{},
		settings: map[string]diag.Place{},
	}
}

// where is the place of a node; nil is the whole file.
func (r *reader) where(n *yaml.Node) diag.Place {
	if at, ok := r.places[n]; ok {
		return at
	}
	return diag.Place{File: r.file.Name}
}

// set reads the whole workbook; nil where it is none of a set.
func (r *reader) set() *yaml.Node {
	root := &draft{kind: ofSet, values: map[string]value{}, kids: map[string][]*draft{}}
	first := slices.IndexFunc(r.file.Sheets, func(s sheet.Sheet) bool { return markOf(s).page == pageSettings })
	if first < 0 {
		kind := "book-not-set"
		if slices.ContainsFunc(r.file.Sheets, func(s sheet.Sheet) bool { return markOf(s).page != "" }) {
			kind = "book-no-settings"
		} else if slices.ContainsFunc(r.file.Sheets, ofForm) {
			kind = "book-not-set-form"
		}
		r.problems.Fault(diag.Place{File: r.file.Name}, kind)
		return nil
	}
	r.languages = locales(markOf(r.file.Sheets[first]).lang)
	root.at = diag.Place{File: r.file.Name, Sheet: r.file.Sheets[first].Name}
	for i, s := range r.file.Sheets {
		m := markOf(s)
		p, known := pageNamed(m.page)
		switch {
		case i == first:
			r.readSettings(root, s, m)
		case known:
			r.open(s, p, m)
		case m.page == "" && len(s.Rows) > 0:
			r.openUnmarked(s)
		}
	}
	r.assemble(root)
	return r.node(root)
}

// A mark says what a sheet is. It stands in the hidden row with the columns.
type mark struct {
	page, lang string
	row, col   int
}

// mostHeads is how many rows of a sheet are searched for its marks or headings.
const mostHeads = 20

func markOf(s sheet.Sheet) mark {
	for _, row := range s.Rows[:min(len(s.Rows), mostHeads)] {
		for col, c := range row.All {
			if words, ok := strings.CutPrefix(c.Text, markPrefix); ok {
				name, lang, _ := strings.Cut(words, ":")
				return mark{page: name, lang: lang, row: row.Number, col: col}
			}
		}
	}
	return mark{}
}

// ofForm reports whether a sheet is the label of a self-assessment form.
func ofForm(s sheet.Sheet) bool {
	return s.Name == "dti" && slices.ContainsFunc(s.Rows, func(row sheet.Row) bool {
		return slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool { return strings.HasPrefix(c.Text, "dti.form/") })
	})
}

// open finds the columns of a sheet and keeps it.
func (r *reader) open(s sheet.Sheet, p page, m mark) {
	l := &leaf{Sheet: s, page: p, hidden: m.col, heads: m.row + 1}
	marks, _ := s.Row(m.row)
	i := slices.IndexFunc(s.Rows, func(row sheet.Row) bool { return row.Number > m.row })
	var heads sheet.Row
	if i >= 0 {
		heads = s.Rows[i]
		l.heads = heads.Number
	}
	r.columns(l, marks, heads)
	r.pages = append(r.pages, l)
}

// openUnmarked looks whether a sheet without a mark has the headings of one of the layouts; else it is told.
func (r *reader) openUnmarked(s sheet.Sheet) {
	for _, row := range s.Rows[:min(len(s.Rows), mostHeads)] {
		if p, ok := r.layoutOf(s, row); ok {
			l := &leaf{Sheet: s, page: p, heads: row.Number}
			r.columns(l, sheet.Row{}, row)
			r.pages = append(r.pages, l)
			return
		}
	}
	r.notes.Warn(diag.Place{File: r.file.Name, Sheet: s.Name}, "book-sheet-unknown")
}

// telling are the columns whose headings tell a layout from lists that people keep for themselves. Layouts of nothing but
// ids and names are told by the name of the sheet.
var telling = []struct {
	page    string
	columns []string
}{
	{pagePart, []string{columnKind, "id", "score.kind"}},
	{pageViews, []string{columnKind, "id", "weight"}},
	{pagePart, []string{columnKind, "id"}},
	{pageFigures, []string{"id", "type", "by"}},
	{pageRatings, []string{"id", "bound", "value"}},
}

// layoutOf is the layout whose headings a row holds. A list that has a sheet of its own already is not looked for.
func (r *reader) layoutOf(s sheet.Sheet, row sheet.Row) (page, bool) {
	has := func(p page, column string) bool {
		return slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool {
			base, _, ok := r.columnCalled(p, c.Text)
			return ok && base == column
		})
	}
	for _, t := range telling {
		p, _ := pageNamed(t.page)
		missing := slices.ContainsFunc(t.columns, func(column string) bool { return !has(p, column) })
		if !missing && (has(p, "name") || t.page == pagePart) && !r.taken(p) {
			return p, true
		}
	}
	for _, p := range pages {
		if p.name == pagePart {
			continue // its sheets have names of their own
		}
		named := slices.ContainsFunc(r.languages, func(say *locale.Locale) bool {
			return same(say.Say("form.book-sheet-"+p.name)) == same(s.Name)
		})
		if named && has(p, "id") && has(p, "name") && !r.taken(p) {
			return p, true
		}
	}
	return page{}, false
}

// taken reports whether a list has a sheet already. There may be any number of parts.
func (r *reader) taken(p page) bool {
	return p.name != pagePart && (slices.ContainsFunc(r.pages, func(l *leaf) bool { return l.page.name == p.name }) ||
		slices.ContainsFunc(r.file.Sheets, func(s sheet.Sheet) bool { return markOf(s).page == p.name }))
}

// columns finds the columns of a sheet by their marks, or by their headings where people made them.
func (r *reader) columns(l *leaf, marks, heads sheet.Row) {
	seen := map[string]diag.Place{}
	add := func(f found, at diag.Place) {
		if earlier, twice := seen[f.mark()]; twice {
			r.problems.Fault(at, "book-column-twice", f.heading, earlier.String())
			return
		}
		seen[f.mark()] = at
		l.columns = append(l.columns, f)
	}
	known := func(s string) bool { return slices.Contains(l.page.all(), s) }
	marked := map[int]bool{l.hidden: true}
	for col, c := range marks.All {
		base, suffix := split(strings.TrimSpace(c.Text), known)
		if c.Text == columnHelp {
			marked[col] = true // words of the workbook's own
		}
		if base == "" || marked[col] {
			continue
		}
		head, _ := heads.At(col)
		words := strings.TrimSpace(head.Text)
		if words == "" {
			words = heading(r.languages[0], base, suffix)
		}
		marked[col] = true
		add(found{col: col, base: base, suffix: suffix, heading: words}, diag.Place{File: r.file.Name, Sheet: l.Name, Row: l.heads, Col: col})
	}
	for col, c := range heads.All {
		if marked[col] || c.Blank() {
			continue
		}
		marked[col] = true
		base, suffix, ok := r.columnCalled(l.page, c.Text)
		if !ok {
			r.unknownColumn(l.page, c)
			continue
		}
		add(found{col: col, base: base, suffix: suffix, heading: strings.TrimSpace(c.Text)}, c.Place)
	}
	slices.SortFunc(l.columns, func(a, b found) int { return a.col - b.col })
	r.unheaded(l, marked)
}

// unheaded tells the columns without a heading that hold something: the first cell of each.
func (r *reader) unheaded(l *leaf, headed map[int]bool) {
	for _, row := range l.Rows {
		if row.Number <= l.heads {
			continue
		}
		for col, c := range row.All {
			kind, _, _ := strings.Cut(c.Text, ownerMark)
			if headed[col] || c.Blank() || slices.Contains(l.page.kinds, kind) {
				continue // a hidden kind of row, where the marks were deleted, is the workbook's own
			}
			headed[col] = true
			r.notes.Warn(c.Place, "book-column-unheaded")
		}
	}
}

func (r *reader) unknownColumn(p page, c sheet.Cell) {
	var known []string
	for _, name := range p.all() {
		known = append(known, heading(r.languages[0], name, ""))
	}
	words := strings.TrimSpace(c.Text)
	if near := diag.Nearest(words, known); near != "" {
		r.notes.Warn(c.Place, "book-column-near", words, near)
		return
	}
	r.notes.Warn(c.Place, "book-column-unknown", words)
}

// columnCalled finds a column by its heading in any language, with the suffix in brackets behind it.
func (r *reader) columnCalled(p page, words string) (base, suffix string, ok bool) {
	words = strings.TrimSpace(words)
	called := func(say *locale.Locale, name string) string { return heading(say, name, "") }
	if base, ok = token(p.all(), words, r.languages, called); ok {
		f, _ := p.fieldIn(base)
		return base, "", f.form != asNames
	}
	open := strings.LastIndexByte(words, '(')
	if open < 0 || !strings.HasSuffix(words, ")") {
		return "", "", false
	}
	base, ok = token(p.all(), words[:open], r.languages, called)
	f, _ := p.fieldIn(base)
	return base, strings.TrimSpace(words[open+1 : len(words)-1]), ok && (f.form == asNames || f.form == asPoints)
}

// readSettings reads the sheet with a row for each setting.
func (r *reader) readSettings(root *draft, s sheet.Sheet, m mark) {
	columns := map[string]int{columnKey: m.col + 1, columnValue: m.col + 2}
	marks, _ := s.Row(m.row)
	for col, c := range marks.All {
		columns[strings.TrimSpace(c.Text)] = col
	}
	r.beside(s, m, columns)
	cells := map[string]sheet.Cell{}
	for _, row := range s.Rows {
		if row.Number == m.row {
			continue
		}
		name, _ := row.At(columns[columnKey])
		hidden, _ := row.At(m.col)
		value, filled := row.At(columns[columnValue])
		key, ok := r.settingCalled(strings.TrimSpace(hidden.Text), strings.TrimSpace(name.Text))
		switch at, twice := r.settings[key]; {
		case !ok && filled && !r.isHeading(name.Text):
			r.notes.Warn(value.Place, "book-setting-unknown", strings.TrimSpace(name.Text))
		case !ok:
		case twice && filled:
			r.problems.Fault(value.Place, "book-setting-twice", r.settingWords(key), at.String())
		case filled:
			cells[key], r.settings[key] = value, value.Place
		case !twice:
			r.settings[key] = value.Place
		}
	}
	if c, ok := cells[columnComment]; ok {
		if n := r.scalar(c, asText, "", r.settingWords(columnComment)); n != nil {
			r.comment = n.Value
		}
		delete(cells, columnComment)
	}
	r.values(root, formats[ofSet], splitCells(cells, isSetting))
}

// beside tells the columns of the settings that are not the workbook's, each at its first cell.
func (r *reader) beside(s sheet.Sheet, m mark, columns map[string]int) {
	told := map[int]bool{m.col: true}
	for _, col := range columns {
		told[col] = true
	}
	for _, row := range s.Rows {
		name, _ := row.At(columns[columnKey])
		for col, c := range row.All {
			switch {
			case told[col] || c.Blank():
				continue
			case r.isHeading(name.Text):
				r.notes.Warn(c.Place, "book-column-unknown", strings.TrimSpace(c.Text))
			default:
				r.notes.Warn(c.Place, "book-column-unheaded")
			}
			told[col] = true
		}
	}
}

// isSetting reports whether a setting has its name, without the suffix of a language.
func isSetting(name string) bool {
	_, ok := fieldAt(formats[ofSet], name)
	return ok || name == columnComment
}

func (r *reader) isHeading(words string) bool {
	return slices.ContainsFunc(r.languages, func(say *locale.Locale) bool { return same(heading(say, columnKey, "")) == same(words) })
}

// settingCalled finds a setting by its hidden key, else by its words.
func (r *reader) settingCalled(key, words string) (string, bool) {
	if base, _ := split(key, isSetting); base != "" {
		return key, true
	}
	suffix := ""
	if open := strings.LastIndexByte(words, '('); open > 0 && strings.HasSuffix(words, ")") {
		words, suffix = words[:open], "."+strings.TrimSpace(words[open+1:len(words)-1])
	}
	paths := []string{columnComment}
	for _, f := range formats[ofSet] {
		paths = append(paths, f.columns()...)
	}
	base, ok := token(paths, words, r.languages, func(say *locale.Locale, path string) string { return say.Say("form.book-setting-" + dashed(path)) })
	return base + suffix, ok
}
