package criteria

import (
	"bytes"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
)

// A Library finds the set that `extends` names: ID@VERSION, or a path seen from the file that says so, which is the
// name that the Library gave it. The name of what is found stands for it in the places of problems; one set has one
// name. Where the error is diag.Problems they are told at the address, whatever their places; another error is told in
// its own words.
type Library func(from, address string) (name string, data []byte, err error)

// mostExtended bounds how many sets extend one another in a row: more is a mistake, and hard to follow.
const mostExtended = 10

// An extender resolves what a file extends: the sets that lead to it, and the file that each node stands in.
type extender struct {
	find  Library
	chain []source
	files map[*yaml.Node]string
}

// A source is a file that is being read, and its bytes, since two libraries may name two files alike.
type source struct {
	name string
	data []byte
}

// LoadWith is Load for a set that may extend another one. The set is that one with the file's changes: nodes removed,
// then changed, then added, the other keys merged as by RFC 7396 (a mapping merges key by key, a list or a scalar
// replaces, null removes; a mapping whose last key null removes goes, too). The lists of pillars and indicators change
// by `remove`, `change` and `add` alone. The set has an id, a version, a title and a source of its own; only that it
// holds no more than a structure (`source.structure_only`) is taken over, until the file says null.
//
// What it extends is read and resolved first; where that has faults they are told, with its name in their places, and
// nothing else. A fault of the resolved set stands in the file of the node at fault.
//
// A change that gives an indicator a new id also says that it comes from the old one (`from: {id: OLD}`), unless the
// change has `from` itself (null: it comes from none; without an id it is still the old one). Where the set extended has
// the same id, and so is an earlier edition, its own lineage is left out, since that leads to the edition before it.
func LoadWith(find Library, name string, data []byte) (*Set, error) {
	e := extender{find: find, files: map[*yaml.Node]string{}}
	set, _, err := e.load(name, data)
	return set, err
}

// load reads a file and what it extends. Of a set that another one extends it also gives the root, free for the caller
// to change.
func (e *extender) load(name string, data []byte) (*Set, *yaml.Node, error) {
	r := fileReader(name)
	doc, ok := r.document(data)
	if !ok {
		return nil, nil, r.problems.Sorted().Err()
	}
	root := doc.Content[0]
	address, extends := valueOf(root, "extends")
	if !extends {
		if len(e.chain) == 0 {
			set, err := r.checked(root, data)
			return set, nil, err
		}
		tree := e.copied(root, name) // before anybody else sees the nodes
		set, err := r.checked(root, data)
		return set, tree, err
	}
	e.chain = append(e.chain, source{name, data})
	base, tree, err := e.base(r, name, address)
	if err != nil {
		return nil, nil, err
	}
	return e.resolve(name, doc, base, tree)
}

// base loads the set that a file extends: its id, and its root, which nobody else holds.
func (e *extender) base(r *reader, name string, at *yaml.Node) (id string, tree *yaml.Node, err error) {
	address, ok := r.words(at, spot{})
	if !ok {
		return "", nil, r.problems
	}
	if e.find == nil {
		r.fault(at, "extends-alone", address)
		return "", nil, r.problems
	}
	found, data, err := e.find(name, address)
	if err != nil {
		return "", nil, notFound(r, at, address, err)
	}
	again := func(s source) bool { return s.name == found && bytes.Equal(s.data, data) }
	switch {
	case slices.ContainsFunc(e.chain, again):
		r.fault(at, "extends-itself", e.line(found))
		return "", nil, r.problems
	case len(e.chain) == mostExtended:
		r.fault(at, "extends-too-deep", mostExtended, e.line(found))
		return "", nil, r.problems
	}
	set, tree, err := e.load(found, data)
	if err != nil {
		return "", nil, err
	}
	return set.ID, tree, nil // the set itself is let go, since its nodes are about to change
}

// line shows which set extends which.
func (e *extender) line(last string) string {
	names := ids(e.chain, func(s source) string { return s.name })
	return strings.Join(append(names, last), " → ")
}

// notFound tells at an address why the library has no set there.
func notFound(r *reader, at *yaml.Node, address string, err error) error {
	problems, ok := err.(diag.Problems) //nolint:errorlint // a library gives them bare, as Load does
	if !ok {
		r.fault(at, "extends-unreadable", address, err.Error())
		return r.problems
	}
	for _, p := range problems {
		p.Place = r.where(at)
		r.problems.Add(p)
	}
	return r.problems
}

// copied copies nodes, each alias's content by itself, and keeps the file that they stand in.
func (e *extender) copied(n *yaml.Node, file string) *yaml.Node {
	c := copyOf(n)
	e.from(c, file)
	return c
}

func (e *extender) from(n *yaml.Node, file string) {
	e.files[n] = file
	for _, child := range n.Content {
		e.from(child, file)
	}
}

// copyOf copies nodes without their anchors, whose aliases have been replaced.
func copyOf(n *yaml.Node) *yaml.Node {
	c := *n
	c.Anchor, c.Alias = "", nil
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = copyOf(child)
	}
	return &c
}

// valueOf is the value of a mapping's key.
func valueOf(n *yaml.Node, key string) (*yaml.Node, bool) {
	if n.Kind != yaml.MappingNode {
		return nil, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1], true
		}
	}
	return nil, false
}

// resolve makes one set of a file and of what it extends, the base's id and root, and checks it.
func (e *extender) resolve(name string, doc *yaml.Node, base string, tree *yaml.Node) (*Set, *yaml.Node, error) {
	r := newReader(func(n *yaml.Node) diag.Place {
		at := inFile(name)(n)
		if file, ok := e.files[n]; ok {
			at.File = file
		}
		return at
	})
	x := extension{reader: r, files: e.files, base: base, tree: tree, own: e.copied(doc.Content[0], name)}
	root := x.resolved()
	set, err := x.read(root, doc)
	if err != nil {
		return nil, nil, x.elsewhere(r.problems)
	}
	address, _ := valueOf(x.own, "extends")
	set.Extends, set.places.extends = strings.TrimSpace(address.Value), r.where(address)
	return set, root, nil
}

// read reads the resolved set. Where its making had faults, the checks across the set would only tell what follows from
// them.
func (x *extension) read(root, doc *yaml.Node) (*Set, error) {
	if len(x.problems) > 0 {
		x.set(root)
		return nil, x.problems
	}
	text, ok := written(root, doc)
	if !ok {
		x.unwritable(root)
		return nil, x.problems
	}
	return x.checked(root, text)
}

// unwritable notes that no text says what the resolved set does, unless reading the set tells more of it.
func (x *extension) unwritable(root *yaml.Node) {
	if x.set(root); len(x.problems) == 0 {
		address, _ := valueOf(x.own, "extends")
		x.fault(address, "extends-unwritable", strings.TrimSpace(address.Value))
	}
}
