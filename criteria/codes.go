package criteria

import (
	"slices"

	"github.com/opendti/dti/criteria/rule"
)

// codes reads a mapping of codes to their names, in the order of the set. A code may be any text.
func (f fields) codes(key string) []Code {
	n := f.value(key)
	if n == nil {
		return nil
	}
	at := f.at.key(key)
	list, ok := f.entries(n, at)
	if ok && len(list) == 0 {
		f.bad(key, "empty-mapping", key)
	}
	codes := make([]Code, 0, len(list))
	for _, p := range list {
		id, ok := f.words(p.at, at)
		if !ok {
			continue
		}
		name := fields{f.reader, at, f.node, []pair{p}}.texts(p.key)
		codes = append(codes, Code{ID: id, Name: name})
	}
	return codes
}

// codes checks that indicators name only the verifiers and tags that the set does, where it names any.
func (c checker) codes() {
	for ind := range c.set.Root.AllIndicators() {
		c.coded(spot{ind, "verifier"}, ind.Verifier, "verifier", c.set.Verifiers)
		c.coded(spot{ind, "when"}, ind.When, "tag", c.set.Tags)
	}
}

// coded checks one code of an indicator against those that the set names; kind is "verifier" or "tag".
func (c checker) coded(at spot, code, kind string, known []Code) {
	if code == "" || len(known) == 0 || c.faulty[spot{c.set, kind + "s"}] {
		return
	}
	all := ids(known, func(k Code) string { return k.ID })
	if !slices.Contains(all, code) {
		c.unknown(c.near(at), "unknown-"+kind, code, all)
	}
}

// VerifierName is the printed name of a verifier; nil where the set names none of that code.
func (s *Set) VerifierName(code string) Text { return nameOf(s.Verifiers, code) }

// TagName is the printed name of a tag; nil where the set names none of that code.
func (s *Set) TagName(tag string) Text { return nameOf(s.Tags, tag) }

// OnlyTagged says that only agencies with a tag are concerned: by its name, or as it is where the set names none such.
func (s *Set) OnlyTagged(tag string) rule.Note {
	if name := s.TagName(tag); len(name) > 0 {
		return rule.Say("not-concerned-named", name)
	}
	return rule.Say("not-concerned", tag)
}

func nameOf(codes []Code, id string) Text {
	for _, c := range codes {
		if c.ID == id {
			return c.Name
		}
	}
	return nil
}

// code compares a verifier or tag of two editions by its code, and says it by its name.
type code struct {
	id   string
	name Text
}

// said is the name, the code where the set does not name it, or that there is none.
func (c code) said() any {
	if c.id != "" && len(c.name) > 0 {
		return c.name
	}
	return orNone(c.id)
}

// codes compares the verifiers or tags that two editions name; kind is "verifier" or "tag".
func (d *differ) codes(before, after []Code, kind string) {
	paired(before, after, func(c Code) string { return c.ID }, func(was, now *Code) {
		switch {
		case was == nil:
			d.say(kind+"-added", now.Name, now.ID)
		case now == nil:
			d.say(kind+"-removed", was.Name, was.ID)
		default:
			d.text(kind+"-renamed", was.Name, now.Name)
		}
	})
}
