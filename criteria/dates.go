package criteria

import (
	"fmt"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// A Dated is an indicator by whose rule something is to be done by a day.
type Dated struct {
	Indicator string // its id
	Score     string // the keys of its score that hold days, moved: a mapping of YAML in one line
}

// DatesLater is what a set that extends s says under `change` so that the days of its steps, those within parts too, fall
// some years later. A list that an extending set gives replaces the whole list, so each is written in full.
func (s *Set) DatesLater(years int) ([]Dated, error) {
	var changes []Dated
	tree := s.Tree()
	if years == 0 || tree == nil {
		return nil, nil
	}
	for ind := range s.Root.AllIndicators() {
		score := scoreOf(tree, ind.ID)
		if score == nil {
			continue
		}
		moved := yaml.Node{Kind: yaml.MappingNode}
		for i := 0; i+1 < len(score.Content); i += 2 {
			if moveDates(score.Content[i+1], years) {
				moved.Content = append(moved.Content, score.Content[i], score.Content[i+1])
			}
		}
		if len(moved.Content) == 0 {
			continue
		}
		inOneLine(&moved)
		text, err := yaml.Marshal(&moved)
		if err != nil {
			return nil, fmt.Errorf("write the dates of %s: %w", ind.ID, err)
		}
		changes = append(changes, Dated{ind.ID, strings.TrimSpace(string(text))})
	}
	return changes, nil
}

// scoreOf finds the mapping that says how an indicator is scored, below a node of a set; nil where it is not there.
func scoreOf(n *yaml.Node, id string) *yaml.Node {
	if score := under(n, "score"); score != nil {
		if name := under(n, "id"); name != nil && name.Value == id && under(n, "name") != nil {
			return score
		}
	}
	for _, key := range []string{"pillars", "indicators"} {
		list := under(n, key)
		if list == nil {
			continue
		}
		for _, child := range list.Content {
			if score := scoreOf(child, id); score != nil {
				return score
			}
		}
	}
	return nil
}

// under is the value of a mapping's key; nil where the node is no mapping or has no such key.
func under(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// moveDates moves the dates of the steps below a node and reports whether there are any.
func moveDates(n *yaml.Node, years int) bool {
	found := false
	for i, child := range n.Content {
		isDate := n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "by" && child.Kind == yaml.ScalarNode
		if isDate {
			child.Value = Later(child.Value, years)
		}
		found = moveDates(child, years) || isDate || found
	}
	return found
}

// inOneLine has nodes written in one line, without comments.
func inOneLine(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	n.Style &^= yaml.LiteralStyle | yaml.FoldedStyle
	if n.Kind != yaml.ScalarNode {
		n.Style = yaml.FlowStyle
	}
	for _, child := range n.Content {
		inOneLine(child)
	}
}

// Later is a date some years later, the last of the month where that month is shorter (29 February); one that is not
// written as YYYY-MM-DD, or would not be, stays.
func Later(date string, years int) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	year := day.Year() + years
	if year < 1 || year > 9999 {
		return date
	}
	last := time.Date(year, day.Month()+1, 0, 0, 0, 0, 0, time.UTC)
	return time.Date(year, day.Month(), min(day.Day(), last.Day()), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
