package criteria

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
)

// places knows where what Load read stands; only Place asks it. It holds no addresses of the set, so that sets that were
// read from the same text are equal.
type places struct {
	root    *yaml.Node   // nil: no loading made the set
	whole   diag.Place   // of all of it
	each    []diag.Place // of every node, in the order of visit; nil: they stand at their lines in one file
	extends diag.Place   // of the address of the set that it extends
}

// placesOf keeps where the nodes below a root stand.
func (r *reader) placesOf(root *yaml.Node) places {
	p := places{root: root, whole: r.where(nil)}
	if r.oneFile {
		return p
	}
	visit(root, func(n *yaml.Node) bool {
		p.each = append(p.each, r.where(n))
		return true
	})
	return p
}

// visit calls see for a node and all below it, until that says false.
func visit(n *yaml.Node, see func(*yaml.Node) bool) bool {
	if !see(n) {
		return false
	}
	for _, child := range n.Content {
		if !visit(child, see) {
			return false
		}
	}
	return true
}

// of is where a node stands.
func (p places) of(n *yaml.Node) diag.Place {
	if p.each == nil {
		return inFile(p.whole.File)(n)
	}
	i := 0
	visit(p.root, func(other *yaml.Node) bool {
		i++
		return other != n
	})
	return p.each[i-1]
}

// Place is where a key stands in the file that the set was read from; what another set brought in stands in that set's
// file. The owner is the set itself or one of its pillars or indicators, the path leads from its mapping to the key:
// "advice", "inputs.computers.max", "score.steps[2].share"; "" is the mapping itself. A key that is not there stands
// where the mapping around it does. A set or node that no loading made is nowhere.
func (s *Set) Place(owner any, path string) diag.Place {
	if s.places.root == nil {
		return diag.Place{}
	}
	way, ok := "", owner == any(s)
	if !ok {
		way, ok = s.Root.wayTo(owner)
	}
	if !ok {
		return s.places.whole
	}
	mapping, _ := walk(s.places.root, way)
	n, _ := walk(mapping, path)
	return s.places.of(n)
}

// wayTo is the path from a pillar's mapping to that of a pillar or an indicator below it.
func (p *Pillar) wayTo(owner any) (string, bool) {
	for i, child := range p.Pillars {
		at := spot{path: "pillars"}.item(i).path
		if owner == any(child) {
			return at, true
		}
		if way, ok := child.wayTo(owner); ok {
			return at + "." + way, true
		}
	}
	for i, ind := range p.Indicators {
		if owner == any(ind) {
			return spot{path: "indicators"}.item(i).path, true
		}
	}
	return "", false
}

// walk follows a path from a node as far as there is one; whole reports whether that is all of it.
func walk(n *yaml.Node, path string) (end *yaml.Node, whole bool) {
	for path != "" {
		next, rest := step(n, path)
		if next == nil {
			return n, false
		}
		n, path = next, strings.TrimPrefix(rest, ".")
	}
	return n, true
}

// step follows the first key or item of a path. Keys may hold what paths are made of: the longest one that fits counts.
func step(n *yaml.Node, path string) (next *yaml.Node, rest string) {
	if item, after, ok := strings.Cut(strings.TrimPrefix(path, "["), "]"); ok && n.Kind == yaml.SequenceNode {
		if i, err := strconv.Atoi(item); err == nil && i < len(n.Content) {
			return n.Content[i], after
		}
		return nil, ""
	}
	if n.Kind != yaml.MappingNode {
		return nil, ""
	}
	longest := -1
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		after, ok := strings.CutPrefix(path, key)
		if ok && len(key) > longest && (after == "" || after[0] == '.' || after[0] == '[') {
			next, rest, longest = n.Content[i+1], after, len(key)
		}
	}
	return next, rest
}
