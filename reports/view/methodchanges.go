package view

import (
	"github.com/opendti/dti/criteria"
)

// Changes say what changed in the criteria since the earlier round's.
type Changes struct {
	Sentence string
	Sections []ChangeSection // none where nothing changed, or the earlier set is not known
	// Apart are the indicators whose points are not compared, where the earlier set is not known.
	Apart []Link
}

// A ChangeSection holds the changes in one pillar, or in the set itself.
type ChangeSection struct {
	Heading string
	Lang    string
	Rows    []ChangeRow
}

// A ChangeRow is what changed of one indicator; its Subject is empty where it is the section's own.
type ChangeRow struct {
	Subject Link
	Changes []string
}

// changes hold the criteria against those of the earlier round; nil where there is none.
func (e *Edition) changes(path string) *Changes {
	switch {
	case e.cmp.Year == 0:
		return nil
	case e.Before == nil:
		return e.unknownChanges()
	}
	all := criteria.Diff(e.Before, e.set)
	if len(all) == 0 {
		return &Changes{Sentence: e.say("changes-none", e.past(), e.Before.Address())}
	}
	c := &Changes{Sentence: e.changesSay(all)}
	for i, change := range all {
		if i == 0 || change.Pillar != all[i-1].Pillar {
			heading, lang := e.changedPillar(change.Pillar)
			c.Sections = append(c.Sections, ChangeSection{Heading: heading, Lang: lang})
		}
		section := &c.Sections[len(c.Sections)-1]
		if len(section.Rows) == 0 || all[i-1].Subject != change.Subject {
			section.Rows = append(section.Rows, ChangeRow{Subject: e.changedSubject(path, change)})
		}
		row := &section.Rows[len(section.Rows)-1]
		row.Changes = append(row.Changes, capital(e.words.Note(change.Note())))
	}
	return c
}

// changesSay counts indicators that came, went and changed.
func (e *Edition) changesSay(all []criteria.Change) string {
	added, removed := 0, 0
	changed := map[string]bool{}
	for _, c := range all {
		switch {
		case c.Kind == "indicator-added":
			added++
		case c.Kind == "indicator-removed":
			removed++
		case c.Subject != c.Pillar:
			changed[c.Subject] = true
		}
	}
	return e.say("changes-say", e.Before.Address(), e.past(), added, removed, len(changed))
}

// unknownChanges say what the set itself says of the one before it.
func (e *Edition) unknownChanges() *Changes {
	c := &Changes{Sentence: e.say("changes-unknown", e.past())}
	for ind := range e.set.Root.AllIndicators() {
		if ind.From.ID != "" && !ind.From.Comparable {
			name, lang := e.name(ind.Name)
			c.Apart = append(c.Apart, Link{Text: numbered(ind.No, name), Lang: lang, Href: "r-" + ind.ID})
		}
	}
	if len(c.Apart) > 0 {
		c.Sentence += " " + e.count("changes-apart", len(c.Apart))
	}
	return c
}

// changedPillar heads the changes in a pillar, as it is called now, else as it was; or those in the set itself.
func (e *Edition) changedPillar(id string) (heading, lang string) {
	for _, set := range []*criteria.Set{e.set, e.Before} {
		if p, ok := set.Pillar(id); ok && id != "" {
			name, lang := e.name(p.Name)
			return numbered(p.No, name), lang
		}
	}
	return e.say("changes-set"), ""
}

// changedSubject is the indicator that changed, with the rule it has now; none where the pillar itself or the set did.
func (e *Edition) changedSubject(path string, c criteria.Change) Link {
	if c.Subject == c.Pillar {
		return Link{}
	}
	name, lang := e.name(c.Name)
	ind, now := e.set.Indicator(c.Subject)
	if !now || c.Kind == "indicator-removed" {
		return Link{Text: c.Subject + ". " + name, Lang: lang}
	}
	link := Link{Text: numbered(ind.No, name), Lang: lang}
	if to := e.IndicatorPath(ind.ID); to != "" {
		link.Href = Relative(path, to)
	}
	return link
}
