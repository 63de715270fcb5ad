package setbook

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/sheet"
)

// A draft is a mapping of the set in the making: a row and the rows below it.
type draft struct {
	kind   string
	leaf   *leaf
	at     diag.Place       // of the row
	values map[string]value // by path
	kids   map[string][]*draft
	owner  *draft // of rows that stand below another one
	id     string
	from   string // the id of the indicator or view that it was written under, where the hidden cell says so
	idAt   diag.Place
	parent sheet.Cell // what it belongs to, where the row says so
	score  string     // its kind of score
	used   bool       // it is in the tree
	// strangers are the former owners of rows below it that were told.
	strangers map[string]bool
}

// A value of a key.
type value struct{ node *yaml.Node }

// assemble reads the rows of all sheets and puts them together.
func (r *reader) assemble(root *draft) {
	var parts []*leaf
	for _, l := range r.pages {
		if l.page.name == pagePart {
			parts = append(parts, l)
			continue
		}
		r.lists(root, l)
	}
	r.parts(root, parts)
}

// lists reads a sheet of groups, ratings, figures, views or terms.
func (r *reader) lists(root *draft, l *leaf) {
	var above *draft
	drafts := r.drafts(l)
	views := owners(drafts, ofView)
	for _, d := range drafts {
		switch {
		case d.kind == ofTerm && len(d.values) == 0:
			// a printed word that the set leaves as it is
		case d.kind == "":
			above = d
		case d.kind != ofViewPart:
			above = d
			root.adopt(fieldOf(ofSet, d.kind), d)
		case above == nil:
			r.problems.Fault(d.at, "book-no-owner", r.rowWord(d.kind), r.rowWord(ofView))
		default:
			if r.checkOwner(d, above, views) {
				above.adopt("of", d)
			}
		}
	}
}

// checkOwner tells a row that stood below another indicator or view when the workbook was written: its own row may have
// been deleted alone, and then it is nobody's. Rows that were typed, or copied with their own indicator, are not meant.
// Of the rows of one former owner the first is told.
func (r *reader) checkOwner(d, above *draft, written map[string]bool) (right bool) {
	if d.from == "" || above.from == "" || d.from == above.from || d.from == above.id {
		return true
	}
	switch told := above.strangers[d.from]; {
	case told:
	case written[d.from]:
		r.notes.Warn(d.at, "book-other-owner", d.from, above.id)
	default:
		r.problems.Fault(d.at, "book-owner-gone", d.from, above.id)
	}
	if above.strangers == nil {
		above.strangers = map[string]bool{}
	}
	above.strangers[d.from] = true
	return written[d.from]
}

// owners are the indicators or views that still have their rows, by the ids that they were written with and have now.
func owners(drafts []*draft, kind string) map[string]bool {
	ids := map[string]bool{}
	for _, d := range drafts {
		if d.kind == kind {
			ids[d.id], ids[d.from] = true, true
		}
	}
	return ids
}

func (r *reader) rowWord(kind string) string { return rowWord(r.languages[0], kind) }

// fieldOf is the path of the key that holds rows of a kind.
func fieldOf(kind, of string) string {
	i := slices.IndexFunc(formats[kind], func(f field) bool { return f.kind == of })
	return formats[kind][i].path // a row of the table
}

func (d *draft) adopt(path string, kid *draft) {
	kid.owner, kid.used = d, true
	d.kids[path] = append(d.kids[path], kid)
}

// drafts reads the rows of a sheet that hold something.
func (r *reader) drafts(l *leaf) []*draft {
	var list []*draft
	for _, row := range l.Rows {
		if row.Number <= l.heads {
			continue
		}
		if d := r.draft(l, row); d != nil {
			list = append(list, d)
			r.rows[spot{l.Name, row.Number}] = d
		}
	}
	return list
}

// draft reads one row; nil where it is blank. Where it is not known what it is, it has no kind.
func (r *reader) draft(l *leaf, row sheet.Row) *draft {
	d := &draft{leaf: l, values: map[string]value{}, kids: map[string][]*draft{}}
	d.at = diag.Place{File: r.file.Name, Sheet: l.Name, Row: row.Number}
	filled, blank := cells{}, true
	for _, f := range l.columns {
		c, ok := row.At(f.col)
		if !ok {
			continue
		}
		blank = blank && f.base == columnKind
		filled[f.base] = append(filled[f.base], cellOf{suffix: f.suffix, Cell: c, heading: f.heading})
	}
	if blank {
		for _, c := range filled[columnKind] {
			r.notes.Warn(c.Place, "book-kind-only", strings.TrimSpace(c.Shown()))
		}
		return nil
	}
	r.merged(l, row)
	if d.kind = r.kind(l, row, filled); d.kind == "" {
		return d // told; it takes the rows below it out of the way
	}
	if kept, from := l.kept(row); kept == d.kind {
		d.from = from
	}
	delete(filled, columnKind)
	r.readParent(d, filled)
	if c := filled["score.kind"]; len(c) > 0 {
		d.score, _ = r.word("score-kind", strings.TrimSpace(c[0].Text))
	}
	r.readID(d, filled)
	r.values(d, fieldsOf(d.kind, d.score), filled)
	return d
}

// readParent keeps what a row says that it belongs to.
func (r *reader) readParent(d *draft, filled cells) {
	list := filled[columnParent]
	if len(list) == 0 {
		return
	}
	delete(filled, columnParent)
	d.parent = sheet.Cell{Place: list[0].Place}
	if n := r.scalar(list[0].Cell, asText, "", list[0].heading); n != nil {
		d.parent.Text = n.Value
	}
}

// kept is what the hidden cell of a row holds: its kind, and the id of the indicator or view that it was written under.
func (l *leaf) kept(row sheet.Row) (kind, from string) {
	if l.hidden == 0 {
		return "", ""
	}
	c, _ := row.At(l.hidden)
	kind, from, _ = strings.Cut(c.Text, ownerMark)
	if !slices.Contains(l.page.kinds, kind) {
		return "", ""
	}
	return kind, from
}

// merged tells cells of a row that a merge from a row above hides.
func (r *reader) merged(l *leaf, row sheet.Row) {
	for _, f := range l.columns {
		if m, hidden := l.Merged(row.Number, f.col); hidden && m.FirstRow != row.Number && f.base != columnKind {
			r.problems.Fault(diag.Place{File: r.file.Name, Sheet: l.Name, Row: row.Number, Col: f.col}, "book-merged", m.Ref)
		}
	}
}

// kind is the kind of a row: what its cell says in any language, else what the hidden cell says.
func (r *reader) kind(l *leaf, row sheet.Row, filled cells) string {
	if len(l.page.kinds) == 1 {
		return l.page.kinds[0]
	}
	kept, _ := l.kept(row)
	list := filled[columnKind]
	if len(list) == 0 {
		if kept == "" {
			at := row.Place()
			head := heading(r.languages[0], columnKind, "")
			if i := slices.IndexFunc(l.columns, func(f found) bool { return f.base == columnKind }); i >= 0 {
				at.Col, head = l.columns[i].col, l.columns[i].heading
			}
			r.problems.Fault(at, "book-missing", head)
		}
		return kept
	}
	c := list[0]
	if r.scalar(c.Cell, asText, "", c.heading) == nil {
		return kept
	}
	if kind, ok := token(l.page.kinds, c.Text, r.languages, rowWord); ok {
		return kind
	}
	r.unknownWord(c.Place, strings.TrimSpace(c.Shown()), l.page.kinds, rowWord)
	return kept
}

// unknownWord tells a word that a column does not take, with those that it takes as the workbook has them.
func (r *reader) unknownWord(at diag.Place, typed string, tokens []string, called func(*locale.Locale, string) string) {
	r.problems.Add(r.wordProblem(at, typed, tokens, called))
}

func (r *reader) wordProblem(at diag.Place, typed string, tokens []string, called func(*locale.Locale, string) string) diag.Problem {
	var words []string
	for _, t := range tokens {
		words = append(words, called(r.languages[0], t))
	}
	p := diag.Problem{Place: at, Kind: "book-word", Args: []any{typed, words}, Severity: diag.Error}
	if near := diag.Nearest(typed, words); near != "" {
		p.Kind, p.Args = "book-word-near", append(p.Args, near)
	}
	return p
}

// byID are the kinds of rows that stand in a mapping under their ids.
func byID(kind string) bool {
	return kind == ofGroup || kind == ofTerm || kind == ofVerifier || kind == ofTag || kind == ofFigure || kind == ofInput
}

// readID keeps the id of a row that stands under it, and of rows that others belong to.
func (r *reader) readID(d *draft, filled cells) {
	list := filled["id"]
	if len(list) > 0 {
		d.idAt = list[0].Place
		d.id = strings.TrimSpace(list[0].Shown())
	}
	if !byID(d.kind) {
		return
	}
	delete(filled, "id")
	if len(list) > 0 {
		if n := r.scalar(list[0].Cell, asText, "", list[0].heading); n == nil {
			d.id = ""
		}
		return
	}
	d.idAt = d.cell("id")
	r.problems.Fault(d.idAt, "book-missing", d.headingOf("id", r.languages[0]))
}

// cell is the place of a column in the draft's row; the row where the sheet has no such column.
func (d *draft) cell(mark string) diag.Place {
	at := d.at
	for _, f := range d.leaf.columns {
		if f.mark() == mark {
			at.Col = f.col
		}
	}
	return at
}

func (d *draft) headingOf(mark string, say *locale.Locale) string {
	for _, f := range d.leaf.columns {
		if f.mark() == mark {
			return f.heading
		}
	}
	base, suffix := split(mark, func(s string) bool { return slices.Contains(d.leaf.page.all(), s) })
	return heading(say, base, suffix)
}

// values reads the filled cells of a row as the values of its keys.
func (r *reader) values(d *draft, fields []field, filled cells) {
	for _, f := range fields {
		for _, column := range f.columns() {
			if column == "value" {
				continue // read with its bound
			}
			list := filled[column]
			if f.form == asBound {
				r.bound(d, f, list, filled["value"])
			} else if len(list) > 0 {
				r.value(d, f, list)
			}
		}
	}
	for base, list := range filled {
		if _, ok := fieldAt(fields, base); ok {
			continue
		}
		for _, c := range list {
			r.problems.Fault(c.Place, "book-not-here", c.heading, r.rowWord(d.kind))
		}
	}
}

// value reads the cells of one field.
func (r *reader) value(d *draft, f field, list []cellOf) {
	first := list[0]
	switch f.form {
	case asNames, asPoints:
		r.spread(d, f, list)
	case asList, asOperand:
		d.put(f.path, r.list(first.Cell, f, first.heading))
	default:
		for _, c := range list {
			if c.suffix != "" {
				r.problems.Fault(c.Place, "book-not-here", c.heading, r.rowWord(d.kind))
				continue
			}
			d.put(f.path, r.scalar(c.Cell, f.form, f.words, c.heading))
		}
	}
}

func (d *draft) put(path string, n *yaml.Node) {
	if n != nil {
		d.values[path] = value{n}
	}
}

// spread reads columns with suffixes as a mapping; the column without one is a value for all.
func (r *reader) spread(d *draft, f field, list []cellOf) {
	each := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	whole := diag.Place{}
	for _, c := range list {
		n := r.scalar(c.Cell, f.form, f.words, c.heading)
		switch {
		case c.suffix == "":
			whole = c.Place
			d.put(f.path, n)
		case whole != diag.Place{}:
			r.problems.Fault(c.Place, "book-points-twice", whole.String())
		case n != nil:
			if len(each.Content) == 0 {
				r.places[each] = c.Place
				d.put(f.path, each)
			}
			each.Content = append(each.Content, r.words(c.Place, c.suffix), n)
		}
	}
}

// bound reads the two cells of a bound.
func (r *reader) bound(d *draft, f field, which, values []cellOf) {
	switch {
	case len(which)+len(values) == 0:
		return
	case len(which) == 0:
		r.problems.Fault(d.cell("bound"), "book-missing", d.headingOf("bound", r.languages[0]))
		return
	case len(values) == 0:
		r.problems.Fault(d.cell("value"), "book-missing", d.headingOf("value", r.languages[0]))
		return
	}
	n := r.scalar(which[0].Cell, asWord, f.words, which[0].heading)
	if n == nil {
		return
	}
	if !slices.Contains(wordsOf(f.words), n.Value) {
		r.unknownWord(which[0].Place, n.Value, wordsOf(f.words), func(say *locale.Locale, t string) string { return word(say, f.words, t) })
		return
	}
	form := asNumber
	if n.Value == "by" {
		form = asDay
	}
	d.put(n.Value, r.scalar(values[0].Cell, form, "", values[0].heading))
}

// node makes the mapping of a draft, its keys in the order of the format.
func (r *reader) node(d *draft) *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	r.places[m] = d.at
	if d.kind == ofSet {
		m.Content = append(m.Content, r.words(d.at, "schema"), r.words(d.at, criteria.Schema))
	}
	done := map[string]bool{}
	for _, f := range fieldsOf(d.kind, d.score) {
		switch {
		case f.form == asBound:
			for _, bound := range wordsOf(f.words) {
				r.enter(m, bound, d.values[bound].node)
			}
		case f.path == "":
			if n := d.values[""].node; n != nil {
				return n
			}
		case f.kind != "":
			if !done[f.path] {
				r.enter(m, f.path, r.below(d.kids[f.path], f))
			}
			done[f.path] = true
		default:
			r.enter(m, f.path, d.values[f.path].node)
		}
	}
	if score := valueOf(m, "score"); score != nil && score.Kind == yaml.MappingNode {
		r.places[score] = d.cell("score.kind")
	}
	return m
}

// below makes the list or mapping of the rows below a draft; nil where there are none.
func (r *reader) below(kids []*draft, f field) *yaml.Node {
	if len(kids) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	if f.form == asRowsByID {
		n = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	}
	r.places[n] = kids[0].at
	seen := map[string]diag.Place{}
	for _, kid := range kids {
		if f.form == asRowsByID {
			if at, again := seen[kid.id]; again && kid.id != "" {
				r.problems.Fault(kid.idAt, "book-id-twice", kid.id, at.String())
				continue
			}
			seen[kid.id] = kid.idAt
			n.Content = append(n.Content, r.words(kid.idAt, kid.id))
		}
		n.Content = append(n.Content, r.node(kid))
	}
	return n
}

// enter puts a value under a path of a mapping. The mappings on its way stand where the value does.
func (r *reader) enter(m *yaml.Node, path string, n *yaml.Node) {
	if n == nil {
		return
	}
	at := r.places[n]
	for {
		key, rest, more := strings.Cut(path, ".")
		if !more {
			m.Content = append(m.Content, r.words(at, key), n)
			return
		}
		inner := valueOf(m, key)
		if inner == nil {
			inner = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
			r.places[inner] = at
			m.Content = append(m.Content, r.words(at, key), inner)
		}
		m, path = inner, rest
	}
}
