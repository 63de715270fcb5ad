package setbook

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// How long a mapping or list may be on one line of a written set: names and options are read at a glance, a score is not.
const (
	lineWidth  = 240
	scoreWidth = 120
)

// indent is that of a written set.
const indent = 2

// blocks are the keys whose values stand on lines of their own, whatever their length.
var blocks = []string{"groups", "ratings", "figures", "verifiers", "tags", "pillars", "indicators", "views", "inputs", "options", "steps", "parts"}

// canonical writes a set as YAML: keys in the order of the format, short mappings and lists on one line, the comment at
// the head. Equal sets give equal bytes.
func canonical(root *yaml.Node, comment string) []byte {
	var out bytes.Buffer
	for line := range strings.SplitSeq(comment, "\n") {
		if comment == "" {
			break
		}
		out.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	arrange(root, "", 0)
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(indent)
	if encoder.Encode(root) != nil || encoder.Close() != nil {
		return nil // a buffer takes all, and the nodes are mappings, lists and words
	}
	return out.Bytes()
}

// arrange says which mappings and lists stand on one line: those that are short enough. The width is what stands in
// front of the node on its first line.
func arrange(n *yaml.Node, key string, margin int) {
	if n.Kind == yaml.ScalarNode {
		if n.Tag == "!!str" && special(n.Value) {
			n.Style = yaml.DoubleQuotedStyle
		}
		return
	}
	most := lineWidth
	if n.Kind == yaml.SequenceNode || valueOf(n, "kind") != nil && hasList(n) {
		most = scoreWidth
	}
	if key != "" && !slices.Contains(blocks, key) && margin+width(n) <= most && !holdsBlocks(n) {
		n.Style = yaml.FlowStyle
	}
	for i := range n.Content {
		switch {
		case n.Kind == yaml.SequenceNode:
			arrange(n.Content[i], "-", margin+indent)
		case i%2 == 1:
			name := n.Content[i-1].Value
			arrange(n.Content[i], name, margin+indent+utf8.RuneCountInString(name))
		default:
			arrange(n.Content[i], "", margin)
		}
	}
}

// holdsBlocks reports whether a node is a pillar or an indicator, or holds one.
func holdsBlocks(n *yaml.Node) bool {
	return valueOf(n, "score") != nil && valueOf(n, "name") != nil || valueOf(n, "pillars") != nil || valueOf(n, "indicators") != nil
}

func hasList(n *yaml.Node) bool {
	return slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return c.Kind == yaml.SequenceNode })
}

// width is how long a node is on one line, about.
func width(n *yaml.Node) int {
	if n.Kind == yaml.ScalarNode {
		return utf8.RuneCountInString(n.Value) + 2
	}
	sum := 2
	for _, child := range n.Content {
		sum += width(child) + 1
	}
	return sum
}

// special reports whether a text is quoted within a mapping on one line.
func special(s string) bool {
	return strings.ContainsAny(s, ",[]{}\n\t\"") || strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasPrefix(s, "'")
}
