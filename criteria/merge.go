package criteria

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// change merges what the file says into the nodes that it names, each by its id as the extended set has it.
func (x *extension) change(f fields) {
	n := f.value("change")
	if n == nil {
		return
	}
	at := f.at.key("change")
	list, ok := x.entries(n, at)
	if ok && len(list) == 0 {
		f.bad("change", "empty-mapping", "change")
	}
	var renamed []rename
	for _, p := range list {
		b, ok := x.node(p.at, p.key)
		switch {
		case !ok:
		case p.node.Kind != yaml.MappingNode:
			x.fault(p.node, "want-mapping", shown(p.node))
		default:
			renamed = append(renamed, x.changeOne(b, p, at.key(p.key))...)
		}
	}
	x.rename(renamed)
}

// givenIDs are the ids that `change` gives to nodes, by the old ones.
func givenIDs(f fields) map[string]string {
	fresh := map[string]string{}
	n := f.value("change")
	if n == nil || n.Kind != yaml.MappingNode {
		return fresh
	}
	for _, p := range pairsOf(n) {
		if id, ok := newID(p); ok {
			fresh[p.key] = idOf(id)
		}
	}
	return fresh
}

// newID is the id that a patch gives to the node that has another one.
func newID(patch pair) (*yaml.Node, bool) {
	id, ok := valueOf(patch.node, "id")
	return id, ok && id.Kind == yaml.ScalarNode && id.ShortTag() != "!!null" && idOf(id) != patch.key
}

// A rename is a new id of a node.
type rename struct {
	was string
	id  *yaml.Node
}

// changeOne merges a patch into one node. It tells the node's new id, where it has one.
func (x *extension) changeOne(b branch, patch pair, at spot) []rename {
	if b.list == "pillars" {
		x.refuseLists(patch.node)
	}
	id, renames := newID(patch)
	from, lineage := valueOf(patch.node, "from")
	if renames && lineage {
		x.renamedFrom(b.node, patch.node, from)
	}
	x.merge(b.node, patch.node, at)
	if b.list == "indicators" {
		x.trace(b.node, patch, renames && !lineage)
	}
	if !renames {
		return nil
	}
	return []rename{{patch.key, id}}
}

// refuseLists notes the lists of nodes in a patch to a pillar and takes them out of it.
func (x *extension) refuseLists(patch *yaml.Node) {
	for _, p := range pairsOf(patch) {
		if slices.Contains(nodeLists, p.key) {
			x.fault(p.at, "extends-list", p.key)
			x.drop(patch, p.key)
		}
	}
}

// renamedFrom makes way for what a patch with a new id says of the indicator's lineage.
func (x *extension) renamedFrom(n, patch, from *yaml.Node) {
	_, inherited := valueOf(n, "from")
	_, named := valueOf(from, "id")
	switch {
	case isNull(from) && !inherited:
		x.drop(patch, "from") // it says that the indicator comes from none, which it will
	case from.Kind == yaml.MappingNode && !named:
		x.drop(n, "from") // it comes from the old id, not from where that came
	}
}

// trace says from where an indicator comes: where it was renamed, or where the patch says all but the id.
func (x *extension) trace(n *yaml.Node, patch pair, renamed bool) {
	if renamed {
		x.drop(n, "from")
		n.Content = append(n.Content, x.made(patch.at, "from"), x.mapping(patch.at))
	}
	from, ok := valueOf(n, "from")
	if !ok || from.Kind != yaml.MappingNode {
		return
	}
	if _, ok := valueOf(from, "id"); !ok {
		from.Content = append([]*yaml.Node{x.made(patch.at, "id"), x.like(patch.at)}, from.Content...)
	}
}

// made is a scalar that stands where another node does.
func (x *extension) made(where *yaml.Node, value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	x.stands(n, where)
	return n
}

// like is a scalar as another one, without its comments.
func (x *extension) like(n *yaml.Node) *yaml.Node {
	c := &yaml.Node{Kind: yaml.ScalarNode, Tag: n.Tag, Style: n.Style, Value: n.Value}
	x.stands(c, n)
	return c
}

// mapping is an empty mapping that stands where another node does.
func (x *extension) mapping(where *yaml.Node) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
	x.stands(n, where)
	return n
}

// rename checks new ids and puts them where the extended set names the nodes by the old ones.
func (x *extension) rename(renamed []rename) {
	if len(renamed) == 0 {
		return
	}
	taken := map[string]bool{}
	for _, id := range x.order {
		taken[id] = true
	}
	fresh := map[string]*yaml.Node{}
	for _, r := range renamed {
		delete(taken, r.was)
		fresh[r.was] = r.id
	}
	for _, r := range renamed {
		if taken[idOf(r.id)] {
			x.fault(r.id, "extends-id-there", idOf(r.id))
		}
		taken[idOf(r.id)] = true
	}
	for _, n := range x.references() {
		if id, ok := fresh[idOf(n)]; ok {
			n.Value, n.Tag, n.Style = id.Value, id.Tag, id.Style
		}
	}
}

// references are the nodes of the tree that name pillars and indicators by their ids.
func (x *extension) references() []*yaml.Node {
	var list []*yaml.Node
	if ranking, ok := valueOf(x.tree, "ranking"); ok {
		if ties, ok := valueOf(ranking, "tie_break"); ok {
			list = append(list, ties.Content...)
		}
	}
	views, ok := valueOf(x.tree, "views")
	if !ok {
		return list
	}
	for _, view := range views.Content {
		parts, ok := valueOf(view, "of")
		if !ok {
			continue
		}
		for _, part := range parts.Content {
			if id, ok := valueOf(part, "id"); ok {
				list = append(list, id)
			}
		}
	}
	return list
}

// merge changes a mapping by a patch, as RFC 7396 says: a mapping merges key by key, another value replaces, null
// removes. Other than there, null for a key that is not there is a fault, since it is a slip, and a mapping goes with
// its last key, since the format knows no empty one.
func (x *extension) merge(n, patch *yaml.Node, at spot) {
	list, _ := x.entries(patch, at)
	for _, p := range list {
		x.put(n, p, at.key(p.key))
	}
	x.stands(n, patch)
}

// put merges one key of a patch into a mapping.
func (x *extension) put(n *yaml.Node, p pair, at spot) {
	i := 0
	for i < len(n.Content) && n.Content[i].Value != p.key {
		i += 2
	}
	there := i < len(n.Content)
	switch {
	case isNull(p.node) && !there && x.left[left{n, p.key}]:
		return
	case isNull(p.node) && !there:
		keys := ids(pairsOf(n), func(p pair) string { return p.key })
		x.unknown(p.at, "extends-nothing-there", p.key, keys)
		return
	case isNull(p.node):
		n.Content = slices.Delete(n.Content, i, i+2)
		return
	case !there:
		n.Content = append(n.Content, p.at, nil)
	case p.at.HeadComment != "":
		n.Content[i] = p.at
	}
	value := p.node
	if value.Kind == yaml.MappingNode {
		value = n.Content[i+1]
		if !there || value.Kind != yaml.MappingNode {
			value = x.emptyLike(p.node)
		}
		held := len(value.Content)
		x.merge(value, p.node, at)
		if held > 0 && len(value.Content) == 0 {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
	n.Content[i+1] = value
}

// emptyLike is an empty mapping with the form and comments of a patch.
func (x *extension) emptyLike(patch *yaml.Node) *yaml.Node {
	n := *patch
	n.Content = nil
	x.stands(&n, patch)
	return &n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }
