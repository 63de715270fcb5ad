package criteria

import (
	"crypto/sha256"
	"encoding/hex"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
)

// Schema is the format that Load reads.
const Schema = "dti.criteria/v1"

// Load reads a criteria set in the format dti.criteria/v1. The name stands for the file in the places of problems. The
// error is diag.Problems: every fault of the file, in the order of their places; the set is then nil. A set that extends
// another one is at fault: LoadWith reads it.
func Load(name string, data []byte) (*Set, error) { return LoadWith(nil, name, data) }

// LoadTree reads a criteria set from the nodes of a document, wherever they come from: a mapping without aliases, as a
// file in the format dti.criteria/v1 has it at its root. The place of a node is what where says; it is asked for nil
// where no node is at fault but the whole. The text is what the set's YAML and Hash are made of. The error is
// diag.Problems, as that of Load.
func LoadTree(root *yaml.Node, where func(*yaml.Node) diag.Place, text []byte) (*Set, error) {
	return newReader(where).checked(root, text)
}

// inFile is the place of a node of a YAML file; a node that is not there has no line.
func inFile(name string) func(*yaml.Node) diag.Place {
	return func(n *yaml.Node) diag.Place {
		if n == nil {
			return diag.Place{File: name}
		}
		return diag.Place{File: name, Row: n.Line, Col: n.Column}
	}
}

// A reader turns the nodes of a file into a Set and notes every fault on its way. What cannot be read is noted and
// reads as absent.
type reader struct {
	where     func(*yaml.Node) diag.Place // where a node stands; nil is the whole file
	problems  diag.Problems
	oneFile   bool               // nodes stand at their lines in one file
	owners    map[any]*yaml.Node // the mappings of what spots belong to
	faulty    map[spot]bool      // what has been found faulty already; the checks leave it aside
	languages []string           // languages that names need; empty: not known
	groups    []string           // ids of the agency groups; empty: not known
	former    former             // ids of the set that is extended
	room      []pair             // for the lists of entries
}

// former is what became of the pillars and indicators of the set that another one extends.
type former struct {
	gone    map[string]string // what was removed: by id, the id that `remove` names
	renamed map[string]string // new ids, by the old ones
}

// A spot is a key of something that was read: the owner is a *Set, *Pillar, *Indicator or *Input, the path leads from
// its mapping to a node: "points.ward", "score.steps[2].share"; "" is the mapping itself.
type spot struct {
	owner any
	path  string
}

func newReader(where func(*yaml.Node) diag.Place) *reader {
	return &reader{where: where, owners: map[any]*yaml.Node{}, faulty: map[spot]bool{}}
}

// fileReader is a reader of one file.
func fileReader(name string) *reader {
	r := newReader(inFile(name))
	r.oneFile = true
	return r
}

// node is what stands at a spot; nil where nothing does.
func (r *reader) node(s spot) *yaml.Node {
	if n, ok := r.owners[s.owner]; ok {
		if at, whole := walk(n, s.path); whole {
			return at
		}
	}
	return nil
}

// near is what stands at a spot, or at the nearest one around it that is in the file.
func (r *reader) near(s spot) *yaml.Node {
	n, ok := r.owners[s.owner]
	if !ok {
		return nil
	}
	n, _ = walk(n, s.path)
	return n
}

// checked reads the set from its root and checks it as a whole.
func (r *reader) checked(root *yaml.Node, text []byte) (*Set, error) {
	hash := make(chan string, 1)
	go func() { hash <- hashOf(text) }() // beside the reading, which does not need it
	set := r.set(root)
	check := checker{set: set, reader: r}
	check.run()
	set.Hash = <-hash // also of a faulty set: the text is the caller's again once this returns
	if err := r.problems.Sorted().Err(); err != nil {
		return nil, err
	}
	set.tellTypes()
	set.YAML, set.slots = text, number(set)
	set.places = r.placesOf(root)
	return set, nil
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// fault notes a problem at a node.
func (r *reader) fault(n *yaml.Node, kind string, args ...any) {
	r.problems.Fault(r.where(n), kind, args...)
}

// unknown notes a name that is not known and the nearest one that is, if any is near. The sentence of the second case
// has "-near" at the end of its key and the nearest name in its last blank.
func (r *reader) unknown(n *yaml.Node, kind, name string, known []string, args ...any) {
	args = append([]any{name}, args...)
	if near := diag.Nearest(name, known); near != "" {
		r.fault(n, kind+"-near", append(args, near)...)
		return
	}
	r.fault(n, kind, args...)
}

// noNode notes an id of a pillar or an indicator that is not there: what became of it, else as unknown does.
func (r *reader) noNode(n *yaml.Node, kind, id string, known []string) {
	if by, ok := r.former.gone[id]; ok {
		r.fault(n, "extends-removed", id, by)
		return
	}
	if now, ok := r.former.renamed[id]; ok && now != id {
		r.fault(n, "extends-renamed", id, now)
		return
	}
	r.unknown(n, kind, id, known)
}
