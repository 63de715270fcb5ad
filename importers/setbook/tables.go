package setbook

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Tables are a set as the sheets of a workbook hold it. Cells hold what the set's file does; the writer words them.
type tables struct {
	comment  string
	settings map[string]string // by column with its suffix
	sheets   []table
}

// pointsByGroup reports whether some points are given for each agency group, which a set may do for its only one too.
func (t tables) pointsByGroup() bool {
	return slices.ContainsFunc(t.sheets, func(s table) bool {
		return slices.ContainsFunc(s.lines, func(l line) bool {
			for mark := range l.cells {
				if strings.HasPrefix(mark, "points.") {
					return true
				}
			}
			return false
		})
	})
}

// A table is a sheet of one of the pages.
type table struct {
	page  page
	top   *line // the pillar at the top of a part; nil where there is none
	lines []line
}

// A line is a row.
type line struct {
	kind  string
	cells map[string]string // by column with its suffix
	owner string            // the indicator or view that the row is of, by its id; "" for rows of none
	depth int               // of pillars, and of rows below an indicator
}

// separator stands between the words of a list in a cell.
const separator = "; "

// tablesOf lays out a set, which Load has found right.
func tablesOf(root *yaml.Node, comment string) tables {
	t := tables{comment: comment, settings: cellsOf(formats[ofSet], root)}
	for _, p := range pages {
		switch p.name {
		case pagePart:
			t.sheets = append(t.sheets, partsOf(p, root)...)
		default:
			list := table{page: p}
			for _, f := range formats[ofSet] {
				if slices.Contains(p.kinds, f.kind) {
					list.rows(f, root, 0)
				}
			}
			t.sheets = append(t.sheets, list)
		}
	}
	return t
}

// partsOf are the sheets of the top-level pillars, and one of the indicators that stand in none.
func partsOf(p page, root *yaml.Node) []table {
	var parts []table
	if n := nodeAt(root, "pillars"); n != nil {
		for _, pillar := range n.Content {
			t := table{page: p}
			t.pillar(pillar, "", 0)
			t.top = &t.lines[0]
			parts = append(parts, t)
		}
	}
	if n := nodeAt(root, "indicators"); n != nil {
		t := table{page: p}
		for _, ind := range n.Content {
			t.add(ofIndicator, ind, 0)
		}
		parts = append(parts, t)
	}
	return parts
}

// pillar lays out a pillar and all below it. Its place says what it is in at the top only; indicators that come after a
// pillar within it say that they are not of that one.
func (t *table) pillar(n *yaml.Node, parent string, depth int) {
	t.add(ofPillar, n, depth)
	if depth > 0 {
		t.lines[len(t.lines)-1].cells[columnParent] = parent
	}
	id := nodeAt(n, "id").Value
	inner := nodeAt(n, "pillars")
	if inner != nil {
		for _, child := range inner.Content {
			t.pillar(child, id, depth+1)
		}
	}
	if list := nodeAt(n, "indicators"); list != nil {
		for _, ind := range list.Content {
			at := len(t.lines)
			t.add(ofIndicator, ind, 0)
			if inner != nil {
				t.lines[at].cells[columnParent] = id
			}
		}
	}
}

// add lays out a node that is no pillar, and the rows below it; of a pillar its own row only.
func (t *table) add(kind string, n *yaml.Node, depth int) {
	fields := fieldsOf(kind, kindOfScore(n))
	at := len(t.lines)
	t.lines = append(t.lines, line{kind: kind, cells: cellsOf(fields, n), depth: depth})
	if kind == ofPillar {
		return
	}
	for _, f := range fields {
		t.rows(f, n, depth+1)
	}
	if kind == ofIndicator || kind == ofView {
		for i := range t.lines[at:] {
			t.lines[at+i].owner = t.lines[at].cells["id"]
		}
	}
}

func kindOfScore(n *yaml.Node) string {
	if kind := nodeAt(n, "score.kind"); kind != nil {
		return kind.Value
	}
	return ""
}

// rows lays out the rows of a field below its mapping. What belongs to a part says so, by the ids of the parts that
// lead to it.
func (t *table) rows(f field, n *yaml.Node, depth int) {
	list := nodeAt(n, f.path)
	if list == nil || f.form != asRows && f.form != asRowsByID || fieldsDiffer(f.kind, list) {
		return
	}
	for i, child := range list.Content {
		if f.form == asRowsByID && i%2 == 0 {
			continue
		}
		at := len(t.lines)
		t.add(f.kind, child, depth)
		if f.form == asRowsByID {
			t.lines[at].cells["id"] = list.Content[i-1].Value
		}
		if f.kind != ofPart {
			continue
		}
		for j := at + 1; j < len(t.lines); j++ {
			cells := t.lines[j].cells
			cells[columnParent] = strings.TrimSuffix(t.lines[at].cells["id"]+"/"+cells[columnParent], "/")
		}
	}
}

// fieldsDiffer tells the parts of a score from deductions, which stand under the same key.
func fieldsDiffer(kind string, list *yaml.Node) bool {
	if kind != ofPart && kind != ofDeduction || list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		return false
	}
	return (nodeAt(list.Content[0], "score") != nil) != (kind == ofPart)
}

// cellsOf are the cells of a mapping.
func cellsOf(fields []field, n *yaml.Node) map[string]string {
	cells := map[string]string{}
	for _, f := range fields {
		at := nodeAt(n, f.path)
		if at == nil {
			continue
		}
		switch f.form {
		case asRows, asRowsByID, asScore:
		case asBound:
			for _, bound := range wordsOf(f.words) {
				if v := nodeAt(n, bound); v != nil {
					cells["bound"], cells["value"] = bound, v.Value
				}
			}
		case asNames, asPoints:
			spread(cells, f.in(), at)
		case asList, asOperand:
			cells[f.in()] = joined(at)
		default:
			cells[f.in()] = at.Value
		}
	}
	return cells
}

// spread lays a mapping out over columns with suffixes; one value for all has a column without.
func spread(cells map[string]string, column string, n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		cells[column] = n.Value
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		cells[column+"."+n.Content[i].Value] = n.Content[i+1].Value
	}
}

func joined(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	words := make([]string, len(n.Content))
	for i, item := range n.Content {
		words[i] = item.Value
	}
	return strings.Join(words, separator)
}

// nodeAt is the value of a key below a mapping; nil where it is not there. The path "" is the mapping itself.
func nodeAt(n *yaml.Node, path string) *yaml.Node {
	for path != "" && n != nil {
		var key string
		key, path, _ = strings.Cut(path, ".")
		n = valueOf(n, key)
	}
	return n
}

func valueOf(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// headComment is the comment at the head of a set's file, without its marks.
func headComment(text []byte) string {
	var lines []string
	for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
		line = strings.TrimRight(line, " \t\r\n")
		words, ok := strings.CutPrefix(line, "#")
		if !ok && line != "" {
			break
		}
		lines = append(lines, strings.TrimPrefix(words, " "))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
