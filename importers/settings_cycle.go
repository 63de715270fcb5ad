package importers

import (
	"cmp"
	"maps"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/scoring/submission"
)

// cycleSettings are what round.yaml says of the year's work around the answers, with what only the criteria set and the
// list of agencies can check.
type cycleSettings struct {
	received, adjustments, objections, lineage ref

	ratings  []ref // ids of ratings
	groups   []ref // ids of agency groups
	agencies []ref // codes
	topAll   int   // commend.top as one number for every group
}

// cycle reads a key of the year's work; ok is false for any other.
func (y *yamlReader) cycle(s *settings, key string, n *yaml.Node) (ok bool) {
	c := &s.round.Cycle
	switch key {
	case "review":
		c.ReviewRequired = y.word(n, "required") == 1
	case "received":
		s.cycle.received = y.inside(n)
	case "adjustments":
		s.cycle.adjustments = y.inside(n)
	case "appeals":
		s.cycle.objections = y.inside(n)
	case "lineage":
		s.cycle.lineage = y.inside(n)
	case "calendar":
		y.calendar(n, s)
	case "commend":
		y.commend(n, s)
	default:
		return false
	}
	return true
}

// steps are the words of the calendar, in the order of their work.
var steps = []string{"submission", "review", "appeal", "council", "publication"}

func (y *yamlReader) calendar(n *yaml.Node, s *settings) {
	calendar := &s.round.Cycle.Calendar
	for _, key := range y.mapping(n, append(slices.Clone(steps), "late")...) {
		if key.name == "late" {
			y.late(key.value, s)
			continue
		}
		m := submission.Milestone{Step: submission.Step(slices.Index(steps, key.name) + 1), Place: y.place(key.value)}
		if y.milestone(key.value, &m, s) {
			calendar.Milestones = append(calendar.Milestones, m)
		}
	}
	if len(calendar.Late) > 0 && !y.toldOf("submission", n) {
		y.problems.Fault(calendar.Late[0].Place, "calendar-late-since")
	}
	slices.SortFunc(calendar.Milestones, func(a, b submission.Milestone) int { return int(a.Step) - int(b.Step) })
	for i, m := range calendar.Milestones {
		if i > 0 && m.Until < calendar.Milestones[i-1].Until {
			before := calendar.Milestones[i-1]
			y.problems.Fault(m.Place, "calendar-order", m.Step.String(), string(m.Until), before.Step.String(), string(before.Until))
		}
	}
}

// milestone reads the days of a step; ok is false where it has no last day.
func (y *yamlReader) milestone(n *yaml.Node, m *submission.Milestone, s *settings) (ok bool) {
	keys := []string{"from", "until"}
	if own, ok := map[submission.Step]string{submission.Submitting: "extended", submission.Reviewing: "silence"}[m.Step]; ok {
		keys = append(keys, own)
	}
	for _, key := range y.mapping(n, keys...) {
		switch key.name {
		case "from":
			m.From = y.day(key.value)
		case "until":
			if m.Until = y.day(key.value); m.Until == "" {
				return false
			}
		case "extended":
			m.Extended = y.extended(key.value, s)
		case "silence":
			m.SilenceAccepts = y.word(key.value, "hold", "accept") == 2
		}
	}
	switch {
	case n.Kind != yaml.MappingNode:
		return false
	case m.Until == "":
		y.fault(n, "missing-key", "until")
		return false
	case m.From > m.Until:
		y.fault(n, "calendar-from", string(m.From), string(m.Until))
	}
	for _, code := range slices.Sorted(maps.Keys(m.Extended)) {
		if day := m.Extended[code]; day < m.Until {
			y.fault(n, "calendar-extended", code, string(day), string(m.Until))
		}
	}
	return true
}

// extended reads later last days of single agencies.
func (y *yamlReader) extended(n *yaml.Node, s *settings) map[string]rule.Date {
	days := map[string]rule.Date{}
	for _, key := range y.mapping(n) {
		if day := y.day(key.value); day != "" {
			days[key.name] = day
			s.cycle.agencies = append(s.cycle.agencies, ref{key.name, y.place(key.value)})
		}
	}
	return days
}

// late reads what lateness costs.
func (y *yamlReader) late(n *yaml.Node, s *settings) {
	calendar := &s.round.Cycle.Calendar
	const longest = 366
	for _, item := range y.items(n) {
		p := submission.LatePenalty{Place: y.place(item)}
		for _, key := range y.mapping(item, "days", "points", "rating_cap") {
			switch key.name {
			case "days":
				p.Days = y.number(key.value, 1, longest)
			case "points":
				p.Points = y.penalty(key.value)
			default:
				p.RatingCap = y.text(key.value)
				s.cycle.ratings = append(s.cycle.ratings, ref{p.RatingCap, y.place(key.value)})
			}
		}
		switch {
		case item.Kind != yaml.MappingNode:
		case p.Days == 0:
			if !y.toldOf("days", item) {
				y.fault(item, "missing-key", "days")
			}
		case !p.Points.Set && p.RatingCap == "":
			if !y.toldOf("points", item) {
				y.fault(item, "calendar-late-nothing")
			}
		default:
			calendar.Late = append(calendar.Late, p)
		}
	}
	slices.SortStableFunc(calendar.Late, func(a, b submission.LatePenalty) int { return cmp.Compare(a.Days, b.Days) })
	for i := 1; i < len(calendar.Late); i++ {
		if calendar.Late[i].Days == calendar.Late[i-1].Days {
			y.problems.Fault(calendar.Late[i].Place, "calendar-late-twice", calendar.Late[i].Days)
		}
	}
}

// penalty reads points below 0.
func (y *yamlReader) penalty(n *yaml.Node) rule.Optional {
	d, err := numeral.Plain(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || !d.IsNegative() {
		y.fault(n, "calendar-late-points", shown(n))
		return rule.Optional{}
	}
	return rule.Optional{Value: d, Set: true}
}

// commend reads who is proposed for commendation.
func (y *yamlReader) commend(n *yaml.Node, s *settings) {
	const most = 10_000
	c := &s.round.Cycle.Commendation
	c.Top = map[string]int{}
	for _, key := range y.mapping(n, "rating", "top") {
		switch {
		case key.name == "rating":
			c.Rating = y.text(key.value)
			s.cycle.ratings = append(s.cycle.ratings, ref{c.Rating, y.place(key.value)})
		case key.value.Kind != yaml.MappingNode:
			s.cycle.topAll = y.number(key.value, 1, most)
		default:
			for _, group := range y.mapping(key.value) {
				c.Top[group.name] = y.number(group.value, 1, most)
				s.cycle.groups = append(s.cycle.groups, ref{group.name, y.place(group.value)})
			}
		}
	}
	if n.Kind == yaml.MappingNode && len(c.Top) == 0 && s.cycle.topAll == 0 && !y.toldOf("top", n) {
		y.fault(n, "missing-key", "top")
	}
}

// toldOf reports whether a mapping has a key, even one that could not be read.
func (y *yamlReader) toldOf(key string, n *yaml.Node) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

// known tells a name that is none of some ids.
func known(problems *diag.Problems, name ref, kind string, ids []string) {
	if name.name == "" || slices.Contains(ids, name.name) {
		return
	}
	if near := diag.Nearest(name.name, ids); near != "" {
		problems.Fault(name.place, kind+"-near", name.name, near)
		return
	}
	problems.Fault(name.place, kind, name.name, ids)
}
