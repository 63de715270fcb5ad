package criteria

import (
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"
)

// A pair is one key of a mapping with its value.
type pair struct {
	key      string
	at, node *yaml.Node // the key's node, the value's node
}

// entries lists the keys of a mapping, each once, in the order of the file. The path leads from the owner to the mapping.
func (r *reader) entries(n *yaml.Node, at spot) ([]pair, bool) {
	if at.path == "" {
		r.owners[at.owner] = n
	}
	if n.Kind != yaml.MappingNode {
		r.fault(n, "want-mapping", shown(n))
		r.faulty[at] = true
		return nil, false
	}
	list := r.listOf(len(n.Content) / 2)
	seen := firstLines{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Tag == "!!merge":
			r.fault(key, "merge-key")
		case key.Kind != yaml.ScalarNode || key.ShortTag() == "!!null":
			r.fault(key, "key-not-text", shown(key))
		default:
			if first, again := seen.add(key, list); again {
				r.fault(key, "duplicate-key", key.Value, first)
				continue
			}
			list = append(list, pair{key.Value, key, value})
		}
	}
	return list, true
}

// listOf makes an empty list with room for some pairs. Lists are cut from blocks, since a set has thousands of short
// ones.
func (r *reader) listOf(most int) []pair {
	const block = 512
	if most > len(r.room) {
		r.room = make([]pair, max(most, block))
	}
	list := r.room[:0:most]
	r.room = r.room[most:]
	return list
}

// FirstLines finds keys that come again. Most mappings are short and are looked through; of long ones it keeps a map.
type firstLines map[string]int

const shortMapping = 24

// add tells the line of the same key before, among the pairs that were read so far.
func (f firstLines) add(key *yaml.Node, before []pair) (line int, again bool) {
	if len(before) < shortMapping {
		for _, p := range before {
			if p.key == key.Value {
				return p.at.Line, true
			}
		}
		return 0, false
	}
	if len(f) == 0 {
		for _, p := range before {
			f[p.key] = p.at.Line
		}
	}
	if line, again = f[key.Value]; !again {
		f[key.Value] = key.Line
	}
	return line, again
}

// key is the spot of a key below s.
func (s spot) key(name string) spot {
	if s.path == "" {
		return spot{s.owner, name}
	}
	return spot{s.owner, s.path + "." + name}
}

// item is the spot of an item of the list s.
func (s spot) item(i int) spot { return spot{s.owner, s.path + "[" + strconv.Itoa(i) + "]"} }

// items lists the nodes of a list.
func (r *reader) items(n *yaml.Node, at spot) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		r.fault(n, "want-list", shown(n))
		r.faulty[at] = true
		return nil
	}
	if len(n.Content) == 0 {
		r.fault(n, "empty-list")
		r.faulty[at] = true
		return nil
	}
	return n.Content
}

// Fields are a mapping with known keys. Its methods read the value of a key; a key that is absent or faulty reads as
// the zero value or the default.
type fields struct {
	*reader
	at    spot
	node  *yaml.Node
	pairs []pair
}

// fields opens a mapping whose keys must all be known.
func (r *reader) fields(n *yaml.Node, at spot, known mapping) (fields, bool) {
	list, ok := r.entries(n, at)
	f := fields{reader: r, at: at, node: n}
	f.pairs = slices.DeleteFunc(list, func(p pair) bool {
		if known.has(p.key) {
			return false
		}
		r.unknownKey(n, p, known)
		return true
	})
	return f, ok
}

// unknownKey notes a key that a mapping cannot have.
func (r *reader) unknownKey(n *yaml.Node, p pair, known mapping) {
	switch {
	case known.name == setKeys.name && slices.Contains(extendingOnly, p.key):
		r.fault(p.at, "extends-without", p.key)
	case known.name == "extending" && slices.Contains(nodeLists, p.key):
		r.fault(p.at, "extends-list", p.key)
	case r.where(p.at).File != r.where(n).File:
		// Two files were merged, each right by itself: the key came with a kind of score that the other file changed.
		r.fault(n, "extends-left-over", p.key)
	default:
		r.unknown(p.at, "unknown-key", p.key, known.names())
	}
}

// value is the node of a key; nil where the key is absent.
func (f fields) value(key string) *yaml.Node {
	for _, p := range f.pairs {
		if p.key == key {
			return p.node
		}
	}
	return nil
}

func (f fields) has(key string) bool { return f.value(key) != nil }

// bad notes a fault at the value of a key, or at the mapping where the key is absent. The key then counts as faulty.
func (f fields) bad(key, kind string, args ...any) {
	n := f.value(key)
	if n == nil {
		n = f.node
	}
	f.faulty[f.at.key(key)] = true
	f.fault(n, kind, args...)
}

// need reports whether a key is there and notes its absence.
func (f fields) need(key string) bool {
	if f.has(key) {
		return true
	}
	f.bad(key, "missing-key", key)
	return false
}

// word reads one of some words and returns its index. The first word is the default.
func (f fields) word(key string, words ...string) int {
	s, ok := f.plain(key)
	if !ok {
		return 0
	}
	i := slices.Index(words, s)
	if i < 0 {
		f.faulty[f.at.key(key)] = true
		f.unknown(f.value(key), "unknown-word", s, words, words)
		return 0
	}
	return i
}

// flag reads true or false.
func (f fields) flag(key string, otherwise bool) bool {
	n := f.value(key)
	switch {
	case n == nil:
		return otherwise
	case n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool":
		f.bad(key, "want-flag", shown(n))
		return otherwise
	default:
		return n.Value == "true" || n.Value == "True" || n.Value == "TRUE"
	}
}

// shown is how a problem shows what was read, without words of any language.
func shown(n *yaml.Node) string {
	const longest = 60
	switch n.Kind {
	case yaml.MappingNode:
		return "{…}"
	case yaml.SequenceNode:
		return "[…]"
	default:
		if runes := []rune(n.Value); len(runes) > longest {
			return string(runes[:longest]) + "…"
		}
		return n.Value
	}
}
