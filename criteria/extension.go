package criteria

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
)

// Keys that only a set has which extends another one.
var extendingOnly = []string{"extends", "remove", "change", "add"}

// ownKeys are those that a set does not take from the one that it extends.
var ownKeys = []string{"schema", "id", "version", "title", "source"}

// nodeLists are the keys of the lists of nodes. An extending set changes them node by node: a list that replaced another
// one would undo in silence what is changed below it.
var nodeLists = []string{"pillars", "indicators"}

// extendingKeys are the keys of a set that extends another one; what it leaves out is as there.
func extendingKeys() mapping {
	m := mapping{name: "extending"}
	for _, k := range setKeys.keys {
		if slices.Contains(nodeLists, k.name) {
			continue
		}
		k.needed = k.needed && slices.Contains(ownKeys, k.name)
		m.keys = append(m.keys, k)
		if k.name == "schema" {
			m.keys = append(m.keys, declared{"extends", true, refTo("text")})
		}
	}
	m.keys = append(m.keys,
		declared{"remove", false, setOf(refTo("id"))},
		declared{"change", false, changesShape()},
		declared{"add", false, listOf(refTo(addKeys.name))},
	)
	return m
}

// addKeys are those of one node that is added.
var addKeys = mapping{
	name: "add",
	keys: []declared{
		{"to", false, refTo("id")},
		{"after", false, refTo("id")},
		{"first", false, flagShape()},
		{"pillar", false, refTo("pillar")},
		{"indicator", false, refTo("indicator")},
	},
	oneOf:   [][]string{{"pillar", "indicator"}},
	notBoth: []string{"after", "first"},
}

// An extension changes the tree of a set by what the file says that extends it.
type extension struct {
	*reader
	files map[*yaml.Node]string // where each node stands
	base  string                // the id of the set that is extended
	tree  *yaml.Node            // its root, which becomes the resolved set's
	own   *yaml.Node            // the root of the file
	nodes map[string]branch     // the tree's pillars and indicators, by id
	order []string              // their ids, in the order of the tree
	left  map[left]bool
}

// A left key is one of the extended set that another one does not take over: to remove it is no slip.
type left struct {
	of  *yaml.Node
	key string
}

// A branch is a pillar or an indicator of the tree.
type branch struct {
	node, parent *yaml.Node
	list         string // the key of the parent under which it stands: pillars or indicators
}

// resolved is the root of the set that the extension makes.
func (x *extension) resolved() *yaml.Node {
	f, ok := x.fields(x.own, spot{x, ""}, extendingKeys())
	if !ok {
		return x.tree
	}
	x.left = map[left]bool{}
	if id, ok := valueOf(x.own, "id"); ok && idOf(id) == x.base {
		x.forgetLineage()
	}
	x.former = former{gone: map[string]string{}, renamed: givenIDs(f)}
	x.index()
	x.remove(f)
	x.index()
	x.change(f)
	x.index()
	x.add(f)
	x.leaveOwn()
	for _, p := range f.pairs {
		if !slices.Contains(extendingOnly, p.key) {
			x.put(x.tree, p, f.at.key(p.key))
		}
	}
	x.stands(x.tree, x.own)
	x.sortRoot()
	return x.tree
}

// leaveOwn takes out what the file has of its own. That the source publishes a structure only is no matter of the source
// alone: what extends such a set is one, too, until it says otherwise.
func (x *extension) leaveOwn() {
	source, _ := valueOf(x.tree, "source")
	for _, p := range pairsOf(x.tree) {
		if !slices.Contains(ownKeys, p.key) {
			continue
		}
		if p.key != "source" || !x.leaveBut(source, "structure_only") {
			x.leave(x.tree, p.key)
			continue
		}
		p.at.HeadComment, p.at.LineComment, p.at.FootComment = "", "", ""
		source.HeadComment, source.LineComment, source.FootComment = "", "", ""
	}
}

// leaveBut takes all keys but one out of a mapping. It reports false, and leaves the mapping as it is, without that key.
func (x *extension) leaveBut(n *yaml.Node, kept string) bool {
	if _, there := valueOf(n, kept); !there {
		return false
	}
	for _, p := range pairsOf(n) {
		if p.key != kept {
			x.leave(n, p.key)
		}
	}
	return true
}

// sortRoot brings the keys of the root into the order of the format.
func (x *extension) sortRoot() {
	list := pairsOf(x.tree)
	order := setKeys.names()
	slices.SortStableFunc(list, func(a, b pair) int { return slices.Index(order, a.key) - slices.Index(order, b.key) })
	x.tree.Content = x.tree.Content[:0]
	for _, p := range list {
		x.tree.Content = append(x.tree.Content, p.at, p.node)
	}
}

// pairsOf lists the keys of a mapping that is known to be well.
func pairsOf(n *yaml.Node) []pair {
	list := make([]pair, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		list = append(list, pair{n.Content[i].Value, n.Content[i], n.Content[i+1]})
	}
	return list
}

// index finds the pillars and indicators of the tree as it is now.
func (x *extension) index() {
	x.nodes, x.order = map[string]branch{}, nil
	x.below(x.tree, func(id string, b branch) {
		if _, again := x.nodes[id]; !again {
			x.nodes[id] = b
			x.order = append(x.order, id)
		}
	})
}

// below visits the pillars and indicators below a node, each before its own.
func (x *extension) below(parent *yaml.Node, visit func(id string, b branch)) {
	for _, list := range nodeLists {
		nodes, _ := valueOf(parent, list)
		if nodes == nil || nodes.Kind != yaml.SequenceNode {
			continue
		}
		for _, n := range nodes.Content {
			if id, ok := valueOf(n, "id"); ok {
				visit(idOf(id), branch{n, parent, list})
			}
			x.below(n, visit)
		}
	}
}

func idOf(n *yaml.Node) string { return strings.TrimSpace(n.Value) }

// forgetLineage leaves out from where the indicators of an earlier edition come.
func (x *extension) forgetLineage() {
	x.below(x.tree, func(_ string, b branch) {
		if b.list == "indicators" {
			x.leave(b.node, "from")
		}
	})
}

// leave takes out a key that is not taken over.
func (x *extension) leave(n *yaml.Node, key string) {
	if _, there := valueOf(n, key); there {
		x.left[left{n, key}] = true
	}
	x.drop(n, key)
}

// drop takes a key out of a mapping.
func (x *extension) drop(n *yaml.Node, key string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
}

// node finds a pillar or an indicator by its id, or notes that there is none.
func (x *extension) node(at *yaml.Node, id string) (branch, bool) {
	b, ok := x.nodes[id]
	if ok {
		return b, true
	}
	for _, was := range x.order {
		if x.former.renamed[was] == id {
			x.fault(at, "extends-new-id", id, was)
			return b, false
		}
	}
	x.noNode(at, "extends-unknown", id, x.order)
	return b, false
}

// remove takes out pillars and indicators with all below them.
func (x *extension) remove(f fields) {
	for _, id := range f.list("remove") {
		if x.former.gone[id.text] == id.text {
			x.fault(id.node, "twice-in-list", id.text)
			continue
		}
		b, ok := x.node(id.node, id.text)
		if !ok {
			continue
		}
		x.former.gone[id.text] = id.text
		x.below(b.node, func(below string, _ branch) { x.former.gone[below] = id.text })
		x.takeOut(b)
	}
}

// takeOut takes a node out of its list; a list that is empty then goes, too.
func (x *extension) takeOut(b branch) {
	list, _ := valueOf(b.parent, b.list)
	list.Content = slices.DeleteFunc(list.Content, func(n *yaml.Node) bool { return n == b.node })
	if len(list.Content) == 0 {
		x.drop(b.parent, b.list)
	}
}

// add puts new pillars and indicators in, in the order of the list.
func (x *extension) add(f fields) {
	n := f.value("add")
	if n == nil {
		return
	}
	at := f.at.key("add")
	for i, node := range x.items(n, at) {
		if one, ok := x.fields(node, at.item(i), addKeys); ok {
			x.addOne(one)
		}
	}
}

// addOne puts one node in its place.
func (x *extension) addOne(f fields) {
	what := f.firstOf("pillar", "indicator")
	switch {
	case what == "":
		f.bad("", "extends-add-nothing")
		return
	case what == "pillar" && f.has("indicator"):
		f.bad("indicator", "one-of-two", "pillar", "indicator")
		return
	case f.value(what).Kind != yaml.MappingNode:
		f.bad(what, "want-mapping", shown(f.value(what)))
		return
	}
	b := branch{node: f.value(what), list: what + "s"}
	var ok bool
	if b.parent, ok = x.parent(f); !ok || !x.newIDs(b) {
		return
	}
	if at, ok := x.position(f, b); ok {
		x.insert(b, at)
		x.index()
	}
}

// parent is what a node is added to: the root, or the pillar that `to` names.
func (x *extension) parent(f fields) (*yaml.Node, bool) {
	if !f.has("to") {
		return x.tree, true
	}
	id, ok := f.plain("to")
	if !ok {
		return nil, false
	}
	b, ok := x.node(f.value("to"), id)
	if ok && b.list != "pillars" {
		f.bad("to", "extends-to-indicator", id)
		return nil, false
	}
	return b.node, ok
}

// newIDs reports whether the ids of a node that is added are new.
func (x *extension) newIDs(b branch) bool {
	well := true
	check := func(id string, n *yaml.Node) {
		if _, there := x.nodes[id]; there {
			x.fault(n, "extends-id-there", id)
			well = false
		}
	}
	if id, ok := valueOf(b.node, "id"); ok {
		check(idOf(id), id)
	}
	x.below(b.node, func(id string, below branch) {
		n, _ := valueOf(below.node, "id")
		check(id, n)
	})
	return well
}

// position is where among its parent's a node is added: at the end, first, or after another.
func (x *extension) position(f fields, b branch) (int, bool) {
	first := f.flag("first", false)
	list, _ := valueOf(b.parent, b.list)
	switch {
	case first && f.has("after"):
		f.bad("first", "one-of-two", "after", "first")
		return 0, false
	case first || list == nil && !f.has("after"):
		return 0, true
	case !f.has("after"):
		return len(list.Content), true
	}
	id, ok := f.plain("after")
	if !ok {
		return 0, false
	}
	before, ok := x.node(f.value("after"), id)
	if !ok {
		return 0, false
	}
	if before.parent != b.parent || before.list != b.list {
		x.elsewhereThan(f, id, before)
		return 0, false
	}
	return slices.Index(list.Content, before.node) + 1, true
}

// elsewhereThan says that the node after which another is added does not stand where that goes.
func (x *extension) elsewhereThan(f fields, id string, before branch) {
	pillar, ok := valueOf(before.parent, "id")
	switch {
	case before.list != f.firstOf("pillar", "indicator")+"s":
		f.bad("after", "extends-after-other", id)
	case before.parent == x.tree || !ok:
		f.bad("after", "extends-after-root", id)
	default:
		f.bad("after", "extends-after-elsewhere", id, idOf(pillar))
	}
}

// insert puts a node into its parent's list.
func (x *extension) insert(b branch, at int) {
	list, ok := valueOf(b.parent, b.list)
	if !ok {
		key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: b.list}
		list = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		x.stands(key, b.node)
		x.stands(list, b.node)
		b.parent.Content = append(b.parent.Content, key, list)
	}
	list.Content = slices.Insert(list.Content, at, b.node)
}

// stands says that a node stands where another one does.
func (x *extension) stands(n, where *yaml.Node) {
	n.Line, n.Column = where.Line, where.Column
	x.files[n] = x.files[where]
}

// elsewhere adds to problems a line that says what to do about those in other files, which are not to be changed there.
func (x *extension) elsewhere(problems diag.Problems) diag.Problems {
	address, _ := valueOf(x.own, "extends")
	return elsewhere(problems, x.where(address), strings.TrimSpace(address.Value))
}

// elsewhere does so for the set that extends the one of an address, at that address.
func elsewhere(problems diag.Problems, at diag.Place, address string) diag.Problems {
	other := func(p diag.Problem) bool { return p.Place.File != at.File }
	if slices.ContainsFunc(problems, other) {
		problems.Inform(at, "extends-mend-here", address)
	}
	return problems.Sorted()
}

// MendHere adds to problems of a set that extends another one a line for those that stand in other files: they are to be
// mended in the set itself, not there. Of another set it gives the problems as they are.
func (s *Set) MendHere(problems diag.Problems) diag.Problems {
	if s.Extends == "" {
		return problems
	}
	return elsewhere(problems, s.places.extends, s.Extends)
}
