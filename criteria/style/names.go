package style

import (
	"maps"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// names finds indicators of one name among those that one agency may meet.
func (c *checker) names() {
	earlier := map[string][]*criteria.Indicator{}
	for ind := range c.set.Root.AllIndicators() {
		key := alike(c.name(ind.Name))
		i := slices.IndexFunc(earlier[key], func(other *criteria.Indicator) bool { return c.together(ind, other) })
		if i >= 0 {
			c.found.Warn(c.set.Place(ind, "name"), "style-name-twice", ind.ID, earlier[key][i].ID, c.name(ind.Name))
		}
		earlier[key] = append(earlier[key], ind)
	}
}

// A numbered node is a pillar or indicator with its display number.
type numbered struct {
	owner  any
	id, no string
}

// numbers finds display numbers that are missing where others are given, and pillars beside each other that share one.
func (c *checker) numbers() {
	var pillars, indicators []numbered
	for p := range c.set.Root.AllPillars() {
		pillars = append(pillars, numbered{p, p.ID, p.No})
		c.shared(p.Pillars)
	}
	c.shared(c.set.Root.Pillars)
	for ind := range c.set.Root.AllIndicators() {
		indicators = append(indicators, numbered{ind, ind.ID, ind.No})
	}
	c.unnumbered(pillars)
	c.unnumbered(indicators)
}

// unnumbered finds the nodes without a number, where one of them has one.
func (c *checker) unnumbered(nodes []numbered) {
	i := slices.IndexFunc(nodes, func(n numbered) bool { return n.no != "" })
	if i < 0 {
		return
	}
	for _, n := range nodes {
		if n.no == "" {
			c.found.Warn(c.set.Place(n.owner, "no"), "style-no-number", n.id, nodes[i].id, nodes[i].no)
		}
	}
}

// shared finds siblings of one number. Of indicators that is a fault, which Load tells.
func (c *checker) shared(siblings []*criteria.Pillar) {
	first := map[string]*criteria.Pillar{}
	for _, p := range siblings {
		other, again := first[p.No]
		if again && p.No != "" {
			c.found.Warn(c.set.Place(p, "no"), "style-number-twice", p.No, p.ID, other.ID)
			continue
		}
		first[p.No] = p
	}
}

// languages finds long names that are the same in two languages, and so were not translated.
func (c *checker) languages() {
	c.translated(c.set, "title", c.set.Title)
	for _, g := range c.set.Groups {
		c.translated(c.set, "groups."+g.ID, g.Name)
	}
	for _, fig := range c.set.Figures {
		c.translated(c.set, "figures."+fig.ID+".name", fig.Name)
	}
	for _, v := range c.set.Verifiers {
		c.translated(c.set, "verifiers."+v.ID, v.Name)
	}
	for _, tag := range c.set.Tags {
		c.translated(c.set, "tags."+tag.ID, tag.Name)
	}
	for p := range c.set.Root.AllPillars() {
		c.translated(p, "name", p.Name)
	}
	for ind := range c.set.Root.AllIndicators() {
		c.indicatorTexts(ind)
	}
}

func (c *checker) indicatorTexts(ind *criteria.Indicator) {
	c.translated(ind, "name", ind.Name)
	c.translated(ind, "advice", ind.Advice)
	c.translated(ind, "evidence.hint", ind.Evidence.Hint)
	for _, in := range ind.Inputs {
		if !maps.Equal(in.Name, ind.Name) { // a lone input without a name has the indicator's
			c.translated(ind, "inputs."+in.ID+".name", in.Name)
		}
	}
	eachScore(ind.Rule, "score", func(r rule.Rule, path string) {
		chooser, ok := r.(rule.Chooser)
		if !ok || len(partsOf(r)) > 0 {
			return
		}
		for i, o := range chooser.OptionsFor(r.Reads()[0].Input) {
			c.translated(ind, item(path+".options", i)+".name", o.Name)
		}
	})
}

// longName is the number of words from which a name that two languages share is no proper name.
const longName = 5

// translated finds a text of longName words or more that is the same in two languages.
func (c *checker) translated(owner any, path string, t rule.Text) {
	first := c.set.Languages[0]
	if len(strings.Fields(t[first])) < longName {
		return
	}
	for _, lang := range c.set.Languages[1:] {
		if t[lang] == t[first] {
			c.found.Warn(c.set.Place(owner, path+"."+lang), "style-not-translated", t[first], first, lang)
		}
	}
}
