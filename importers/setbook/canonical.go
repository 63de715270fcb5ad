package setbook

import (
	"bytes"
	"errors"
	"fmt"
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
// the head. Equal sets give equal bytes. The error is that of the YAML writer.
func canonical(root *yaml.Node, comment string) ([]byte, error) {
	var out bytes.Buffer
	for line := range strings.SplitSeq(yamlBreaks.Replace(comment), "\n") {
		if comment == "" {
			break
		}
		out.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	arrange(root, "", 0)
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(indent)
	if err := errors.Join(encoder.Encode(root), encoder.Close()); err != nil {
		return nil, fmt.Errorf("write the set as YAML: %w", err)
	}
	return out.Bytes(), nil
}

// yamlBreaks makes one sign of all those that end a line of YAML, and with it a comment.
var yamlBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// changed finds the first node that is another one in a text that was read back; nil where there is none.
func changed(root, again *yaml.Node) *yaml.Node {
	if again == nil || root.Kind != again.Kind || root.Value != again.Value || root.ShortTag() != again.ShortTag() ||
		len(root.Content) != len(again.Content) {
		return root
	}
	for i, child := range root.Content {
		if n := changed(child, again.Content[i]); n != nil {
			return n
		}
	}
	return nil
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
