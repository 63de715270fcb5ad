package preflight

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A name is the name of an element or attribute, with and without its prefix.
type name struct{ full, local string }

// names are the names in a spreadsheet. There is one *name of each, so that equal ones are the same.
type names struct {
	all    map[string]*name
	recent [256]*name // the last one of each trait
}

// trait is what a name is looked up by first; few of the names in a part have the same.
func trait(raw []byte) uint8 {
	return raw[0] + 3*raw[len(raw)-1] + 11*uint8(len(raw))
}

// of is a name as it stands in a tag.
func (n *names) of(raw []byte) (*name, error) {
	if len(raw) == 0 {
		return nil, errors.New("a tag or attribute without a name")
	}
	recent := &n.recent[trait(raw)]
	if *recent != nil && (*recent).full == string(raw) {
		return *recent, nil
	}
	found, ok := n.all[string(raw)]
	if !ok {
		var err error
		if found, err = nameOf(raw); err != nil {
			return nil, err
		}
		if n.all == nil {
			n.all = map[string]*name{}
		}
		n.all[found.full] = found
	}
	*recent = found
	return found, nil
}

func nameOf(raw []byte) (*name, error) {
	if !isName(raw) {
		return nil, errors.New("a tag or attribute without a right name")
	}
	n := &name{full: string(raw)}
	n.local = n.full
	if prefix, local, ok := strings.Cut(n.full, ":"); ok {
		if prefix == "" || local == "" || strings.Contains(local, ":") {
			return nil, fmt.Errorf("the name %q", n.full)
		}
		n.local = local
	}
	return n, nil
}

// isName reports whether s may be a name. Letters beyond ASCII all may.
func isName(s []byte) bool {
	for i, c := range s {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= utf8.RuneSelf
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '-' && c != '.') {
			return false
		}
	}
	return len(s) > 0 && utf8.Valid(s)
}

// cutTag cuts <name key="value" …>, <name …/> or </name>.
func (t *tokens) cutTag() error {
	n, err := t.tag(t.buf[t.pos:])
	if n == 0 && err == nil {
		if err := t.wholeTag(); err != nil {
			return err
		}
		n, err = t.tag(t.buf[t.pos:])
	}
	if n == 0 && err == nil {
		return errCut
	}
	t.pos += n
	return err
}

// wholeTag reads on until a whole tag can be cut, up to the ">" that ends it; one in quotes does not.
func (t *tokens) wholeTag() error {
	quote := byte(0)
	for i := 1; ; {
		tag := t.buf[t.pos:]
		for ; i < len(tag); i++ {
			switch c := tag[i]; {
			case c == '<':
				return errors.New("< in a tag")
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return nil
			}
		}
		if more, err := t.more(); err != nil {
			return err
		} else if !more {
			return errCut
		}
	}
}

// tag reads the tag that s begins with, and is its length; 0 where s ends before it does.
func (t *tokens) tag(s []byte) (n int, err error) {
	if s[len("<")] == '/' {
		return t.endTag(s)
	}
	t.kind, t.closed, t.attrs = startTag, false, t.attrs[:0]
	i := pastName(s, len("<"))
	if i == len(s) {
		return 0, nil
	}
	if t.name, err = t.names.of(s[len("<"):i]); err != nil {
		return 0, err
	}
	for {
		before := i
		if i = pastSpace(s, i); i == len(s) {
			return 0, nil
		}
		switch {
		case s[i] == '>':
			return i + 1, nil
		case s[i] == '/' && i+1 == len(s):
			return 0, nil
		case s[i] == '/' && s[i+1] == '>':
			t.closed = true
			return i + 2, nil
		case i == before || len(t.attrs) == maxAttrs:
			return 0, errors.New("attributes that cannot be read")
		}
		if i, err = t.attribute(s, i); i == 0 || err != nil {
			return 0, err
		}
	}
}

// endTag reads the end tag that s begins with as tag does. Nearly always it is that of the innermost element.
func (t *tokens) endTag(s []byte) (n int, err error) {
	const from = len("</")
	t.kind = endTag
	if len(t.open) > 0 {
		inner := t.open[len(t.open)-1]
		if end := from + len(inner.full); end < len(s) && s[end] == '>' && string(s[from:end]) == inner.full {
			t.name = inner
			return end + 1, nil
		}
	}
	i := pastName(s, from)
	end := pastSpace(s, i)
	if end == len(s) {
		return 0, nil
	}
	if s[end] != '>' {
		return 0, errors.New("more than a name in an end tag")
	}
	t.name, err = t.names.of(s[from:i])
	return end + 1, err
}

// attribute reads the key="value" at an index of a tag, and is the index behind it; 0 where s ends before it does.
func (t *tokens) attribute(s []byte, from int) (behind int, err error) {
	i := pastName(s, from)
	equal := pastSpace(s, i)
	open := pastSpace(s, equal+1)
	if open >= len(s) {
		return 0, nil
	}
	quote := s[open]
	if s[equal] != '=' || quote != '"' && quote != '\'' {
		return 0, errors.New("attributes that cannot be read")
	}
	end, seen := open+1, class(0)
	for end < len(s) && s[end] != quote {
		seen |= classes[s[end]]
		end++
	}
	if end == len(s) {
		return 0, nil
	}
	n, err := t.names.of(s[from:i])
	if err != nil {
		return 0, err
	}
	value := s[open+1 : end]
	if seen&angle != 0 {
		return 0, errors.New("< in a tag")
	}
	if err := seen.check(value); err != nil {
		return 0, err
	}
	if seen&escape != 0 { // a tag has several, so that each gets bytes of its own
		if value, err = resolve(nil, value); err != nil {
			return 0, err
		}
	}
	t.attrs = append(t.attrs, attr{name: n, value: value})
	return end + 1, nil
}

// pastSpace is the index behind the space at an index.
func pastSpace(s []byte, i int) int {
	for i < len(s) && classes[s[i]]&space != 0 {
		i++
	}
	return i
}

// pastName is the index behind the name at an index.
func pastName(s []byte, i int) int {
	for i < len(s) && classes[s[i]]&mark == 0 {
		i++
	}
	return i
}
