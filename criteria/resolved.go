package criteria

import (
	"bytes"

	"gopkg.in/yaml.v3"
)

// indent is that of the resolved text of a set.
const indent = 2

// Tree is the set as nodes: a mapping in the format dti.criteria/v1, without aliases, free for the caller to change. What
// the set extends is resolved in it. Its lines are those of YAML. It is nil where YAML is no such file.
func (s *Set) Tree() *yaml.Node {
	r := newReader(inFile(""))
	doc, ok := r.document(s.YAML)
	if !ok {
		return nil
	}
	return copyOf(doc.Content[0])
}

// written is a resolved set written out in full, under the comments at the head of the file that extends. It reports
// false where no text of it reads back as the same nodes: a set must not change by being written.
func written(root, doc *yaml.Node) (text []byte, ok bool) {
	whole := &yaml.Node{Kind: yaml.DocumentNode, HeadComment: doc.HeadComment, Content: []*yaml.Node{root}}
	if text = encoded(whole); says(text, root) {
		return text, true
	}
	// Note: yaml.v3 changes some texts that are folded (>) over lines with indents, or that a comment stands at.
	text = encoded(bare(root))
	return text, says(text, root)
}

// says reports whether a text reads back as the nodes below a root.
func says(text []byte, root *yaml.Node) bool {
	back := reread(text)
	return back != nil && same(root, back)
}

func encoded(n *yaml.Node) []byte {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(indent)
	if encoder.Encode(n) != nil || encoder.Close() != nil {
		return nil
	}
	return out.Bytes()
}

func reread(text []byte) *yaml.Node {
	var doc yaml.Node
	if yaml.Unmarshal(text, &doc) != nil || len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

// same reports whether two trees say the same.
func same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.ShortTag() != b.ShortTag() || len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !same(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// bare is a copy without comments, its texts of several lines in quotes.
func bare(n *yaml.Node) *yaml.Node {
	c := copyOf(n)
	visit(c, func(n *yaml.Node) bool {
		n.HeadComment, n.LineComment, n.FootComment = "", "", ""
		if n.Style&(yaml.FoldedStyle|yaml.LiteralStyle) != 0 {
			n.Style = yaml.DoubleQuotedStyle
		}
		return true
	})
	return c
}
