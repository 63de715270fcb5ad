package view

import "strings"

// A MethodPage says how points, totals and ranks come about, so that any of them can be done again by hand.
type MethodPage struct {
	Page
	Lede       string
	Source     []Fact
	Policies   []Fact // combination, rounding, ties, missing and inapplicable answers, caps
	Weights    Table
	WeightsSay string
	Rules      []RuleSection
	Views      []RuleRow // how every view is made; none where the set has none
	Ratings    Table     // no rows where the set has no ratings
	Example    *Example
	Changes    *Changes // nil where there is no earlier round
	Reading    []Fact   // how the other numbers of the pages are made
	MovedSay   string   // how the reasons of moved ranks are counted; "" where none are shown
	Moved      []string // the steps, in their order
	Licences   []Fact
	Contents   []Anchor
}

// An Anchor is a section of a page in its table of contents.
type Anchor struct {
	ID   string // of the section's heading
	Name string
}

// Kind is "method".
func (*MethodPage) Kind() string { return "method" }

// Method makes the page on how the ranking was made.
func (e *Edition) Method() *MethodPage {
	path := e.methodPath()
	p := &MethodPage{Page: e.page(path, e.say("method-title"), ""), Lede: e.say("method-lede", e.text(e.set.Title))}
	p.Description = p.Lede
	p.Source = e.setSource()
	p.Policies = e.policies()
	p.Weights, p.WeightsSay = e.weightTable(path), e.say("weights-say")
	p.Rules = e.ruleSections(path, nil, e.set.Root, nil)
	p.Views = e.viewRules()
	p.Ratings = e.ratingTable()
	p.Example = e.example(path)
	if p.Moved = e.movedMethod(); len(p.Moved) > 0 {
		p.MovedSay = e.say("moved-method", e.past(), e.year())
	}
	p.Changes, p.Reading = e.changes(path), e.reading()
	p.Licences = e.licences(path)
	p.Contents = e.contents(p)
	return p
}

// contents lists the sections that the page has, in their order.
func (e *Edition) contents(p *MethodPage) []Anchor {
	var parts []Anchor
	add := func(there bool, id, key string) {
		if there {
			parts = append(parts, Anchor{ID: id, Name: e.say(key)})
		}
	}
	add(true, "source", "method-source")
	add(true, "weights", "method-weights")
	add(true, "policies", "method-policies")
	add(len(p.Ratings.Rows) > 0, "ratings", "method-ratings")
	add(p.Example != nil, "example", "method-example")
	add(true, "rules", "method-rules")
	add(len(p.Views) > 0, "views", "views-heading")
	add(p.Changes != nil, "changes", "method-changes")
	add(true, "reading", "method-reading")
	add(len(p.Moved) > 0, "moved", "moved-heading")
	add(true, "licences", "method-licences")
	return parts
}

func (w *wording) setSource() []Fact {
	facts := []Fact{{Term: w.term("set"), Words: w.text(w.set.Title), Note: w.set.Address()}}
	if w.set.Source.Decision != "" {
		f := Fact{Term: w.decisionTerm(), Words: w.set.Source.Decision}
		if w.set.Source.Date != "" {
			f.Note = w.words.Date(w.set.Source.Date)
		}
		facts = append(facts, f)
	}
	if url := w.set.Source.URL; webAddress(url) {
		facts = append(facts, Fact{Term: w.say("set-url"), Words: url, Href: url})
	}
	if w.set.Hash != "" {
		facts = append(facts, Fact{Term: "SHA-256", Words: w.set.Hash})
	}
	return facts
}

// webAddress reports whether a text from data may be a link.
func webAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// licences name under what terms data and software are used.
func (e *Edition) licences(path string) []Fact {
	var facts []Fact
	if l := e.round.Release.Licence; l != "" {
		facts = append(facts, Fact{Term: e.say("licence-data"), Words: l})
	}
	if e.ECharts {
		facts = append(facts, Fact{
			Term: "Apache ECharts 5.6.0", Words: e.say("licence-echarts"), Href: Relative(path, "assets/LICENSE"),
		})
	}
	return append(facts, Fact{Term: e.say("licence-engine"), Words: e.engine})
}
