package graft

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A node is an element of a part with the places of its tags, as offsets in bytes.
type node struct {
	prefix, name string
	attrs        []xml.Attr
	from, inner  int // of the start tag and after it
	end, to      int // of the end tag and after it; both are inner in <a/>
	children     []*node
}

// parsed is the root element of a part.
func (p *part) parsed() (*node, error) {
	if p.tree != nil {
		return p.tree, nil
	}
	data, err := p.bytes()
	if err != nil {
		return nil, err
	}
	p.tree, err = parse(data)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", p.name, err)
	}
	return p.tree, nil
}

var errTags = errors.New("tags do not match")

// parse reads XML into nodes. Namespaces stay prefixes, so that what is written has the same ones.
func parse(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	top := &node{}
	open := []*node{top}
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{prefix: t.Name.Space, name: t.Name.Local, attrs: slices.Clone(t.Attr), from: from, inner: int(d.InputOffset())}
			last := open[len(open)-1]
			last.children = append(last.children, n)
			open = append(open, n)
		case xml.EndElement:
			n := open[len(open)-1]
			if n == top {
				return nil, errTags
			}
			n.end, n.to = from, int(d.InputOffset())
			open = open[:len(open)-1]
		}
	}
	if len(open) != 1 || len(top.children) != 1 {
		return nil, errTags
	}
	return top.children[0], nil
}

// child is the first child of a name; nil where there is none.
func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// all lists the children of a name.
func (n *node) all(name string) []*node {
	var found []*node
	for _, c := range n.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// attr is an attribute without a prefix.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// prefixed is an attribute with any prefix, such as r:id.
func (n *node) prefixed(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space != "" && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

// empty reports whether a node is written <a/>.
func (n *node) empty() bool { return n.end == n.to }

func (n *node) tag() string { return joined(n.prefix, n.name) }

func joined(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + ":" + name
}

// An attr is an attribute to set; an empty value takes it away.
type attr struct{ name, value string }

// start is the start tag of a node with other attributes; close is ">" or "/>".
func (n *node) start(ending string, changes ...attr) string {
	var b strings.Builder
	b.WriteString("<" + n.tag())
	write := func(name, value string) { b.WriteString(" " + name + `="` + escape(value) + `"`) }
	set := map[string]bool{}
	for _, a := range n.attrs {
		name := joined(a.Name.Space, a.Name.Local)
		i := slices.IndexFunc(changes, func(c attr) bool { return c.name == name })
		switch {
		case i < 0:
			write(name, a.Value)
		case changes[i].value != "":
			write(name, changes[i].value)
		}
		set[name] = true
	}
	for _, c := range changes {
		if !set[c.name] && c.value != "" {
			write(c.name, c.value)
		}
	}
	return b.String() + ending
}

// change sets attributes of a node.
func (p *part) change(n *node, changes ...attr) {
	ending := ">"
	if n.empty() {
		ending = "/>"
	}
	p.splice(n.from, n.inner, n.start(ending, changes...))
}

// extend puts XML behind the last child of a node and sets attributes of it.
func (p *part) extend(n *node, text string, changes ...attr) {
	if n.empty() {
		p.splice(n.from, n.to, n.start(">", changes...)+text+"</"+n.tag()+">")
		return
	}
	if len(changes) > 0 {
		p.change(n, changes...)
	}
	p.splice(n.end, n.end, text)
}

// cut takes a node out.
func (p *part) cut(n *node) { p.splice(n.from, n.to, "") }

func (p *part) splice(from, to int, text string) {
	p.edits = append(p.edits, edit{from, to, text})
}

// apply makes the edits; those at one place stand in the order in which they were made.
func (p *part) apply() {
	if len(p.edits) == 0 {
		return
	}
	slices.SortStableFunc(p.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) // what is put in stands before what is replaced
	})
	var out bytes.Buffer
	out.Grow(len(p.data) + 1024)
	at := 0
	for _, e := range p.edits {
		out.Write(p.data[at:max(at, e.from)])
		out.WriteString(e.text)
		at = max(at, e.to)
	}
	out.Write(p.data[at:])
	p.data, p.tree, p.edits, p.changed = out.Bytes(), nil, nil, true
}

var escaper = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\r", "&#13;", "\t", "&#9;",
)

func escape(s string) string { return escaper.Replace(s) }
