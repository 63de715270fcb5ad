package criteria

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// mostNodes bounds what aliases may blow a file up to; the largest sets known have some 20,000 nodes.
const mostNodes = 500_000

// document parses the one document of a file, its aliases replaced by what they stand for. It has one child, the root.
func (r *reader) document(data []byte) (*yaml.Node, bool) {
	if row, col, ok := firstInvalid(data); ok {
		r.fault(&yaml.Node{Line: row, Column: col}, "not-utf8")
		return nil, false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	err := decoder.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		r.fault(nil, "empty-file")
		return nil, false
	}
	if err != nil {
		r.syntax(err)
		return nil, false
	}
	switch err := decoder.Decode(&second); {
	case err == nil:
		r.fault(&second, "several-documents")
		return nil, false
	case !errors.Is(err, io.EOF):
		r.syntax(err)
		return nil, false
	}
	e := expander{reader: r, open: map[*yaml.Node]bool{}}
	ok := e.expand(&doc)
	return &doc, ok
}

// firstInvalid finds the first bytes that are not UTF-8.
func firstInvalid(data []byte) (row, col int, found bool) {
	if utf8.Valid(data) {
		return 0, 0, false
	}
	row, col = 1, 1
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		if c == utf8.RuneError && size == 1 {
			break
		}
		col++
		if c == '\n' {
			row, col = row+1, 1
		}
		data = data[size:]
	}
	return row, col, true
}

var (
	lineOfError = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)
	// lineTooLow are the errors whose line yaml.v3 counts from 0.
	lineTooLow = regexp.MustCompile(`^did not find expected (<document start>|key|'-' indicator|',' or '[]}]'|node content)`)
)

// syntax notes an error of the YAML parser, whose text begins with the line.
func (r *reader) syntax(err error) {
	match := lineOfError.FindStringSubmatch(err.Error())
	text := strings.TrimPrefix(err.Error(), match[0])
	row, _ := strconv.Atoi(match[1]) // 0, the whole file, where the parser names no line
	if lineTooLow.MatchString(text) {
		row++
	}
	r.fault(&yaml.Node{Line: row}, "yaml-syntax", text)
}

// An expander puts what an alias stands for in the alias's place, so that later readers meet none.
type expander struct {
	*reader
	open  map[*yaml.Node]bool // nodes with an anchor that hold the current one
	nodes int
}

// expand reports false after noting an alias that stands within what it repeats, or a file that grows too large.
func (e *expander) expand(n *yaml.Node) bool {
	if e.nodes += len(n.Content); e.nodes > mostNodes {
		e.fault(n, "too-many-aliases")
		return false
	}
	for i, child := range n.Content {
		if child.Kind == yaml.AliasNode {
			if e.open[child.Alias] {
				e.fault(child, "alias-in-itself", child.Value)
				return false
			}
			child = child.Alias
			n.Content[i] = child
		}
		if len(child.Content) == 0 {
			continue
		}
		if child.Anchor != "" {
			e.open[child] = true
		}
		ok := e.expand(child)
		delete(e.open, child)
		if !ok {
			return false
		}
	}
	return true
}
