package criteria

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/rule"
)

// words reads a scalar as wording does; a faulty one makes its spot faulty.
func (r *reader) words(n *yaml.Node, at spot) (string, bool) {
	s, ok := r.wording(n)
	if !ok {
		r.faulty[at] = true
	}
	return s, ok
}

// wording reads a scalar as the text that the file shows, so that 4.10 stays 4.10 and a day stays as it is written. It is
// in Unicode's form NFC, without space around it, and not blank. The caller says what is faulty, since to write the spot
// of every text takes longer than to read it.
func (r *reader) wording(n *yaml.Node) (string, bool) {
	s, plain := n.Value, isPlain(n.Value)
	if !plain {
		s = norm.NFC.String(s)
	}
	s = strings.TrimSpace(s)
	switch {
	case n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" || s == "":
		r.fault(n, "want-text", shown(n))
	case !plain && strings.ContainsFunc(s, unprintable):
		r.fault(n, "control-character", strings.Map(visible, s))
	default:
		return s, true
	}
	return "", false
}

// isPlain reports whether a text is of ASCII's printable characters alone, which are in form NFC.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// unprintable finds control characters, which spreadsheets and pages cannot hold; line breaks and tabs they can.
func unprintable(c rune) bool {
	return unicode.IsControl(c) && c != '\n' && c != '\t' || c == '\uFFFE' || c == '\uFFFF'
}

func visible(c rune) rune {
	if unprintable(c) {
		return '\uFFFD'
	}
	return c
}

// plain reads a key as words.
func (f fields) plain(key string) (string, bool) {
	n := f.value(key)
	if n == nil {
		return "", false
	}
	s, ok := f.wording(n)
	if !ok {
		f.faulty[f.at.key(key)] = true
	}
	return s, ok
}

// optional reads a key as words; "" where it is absent.
func (f fields) optional(key string) string {
	s, _ := f.plain(key)
	return s
}

var (
	idPattern      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
	versionPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	langPattern    = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// longestID keeps ids fit for file names and column headings.
const longestID = 80

// id reads the id under a key that must be there.
func (f fields) id() string {
	const key = "id"
	if !f.need(key) {
		return ""
	}
	s, ok := f.plain(key)
	if ok && !isID(s) {
		f.bad(key, "bad-id", s)
		return ""
	}
	return s
}

func isID(s string) bool { return len(s) <= longestID && idPattern.MatchString(s) }

// day reads a date written 2025-01-15.
func (f fields) day(key string) rule.Date {
	s, ok := f.plain(key)
	if !ok {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		f.bad(key, "want-date", s)
		return ""
	}
	return rule.Date(s)
}

// name reads a text that must be there, in every language of the set.
func (f fields) name(key string) Text {
	if !f.need(key) {
		return nil
	}
	return f.texts(key)
}

// texts reads a text in every language of the set; nil where the key is absent.
func (f fields) texts(key string) Text {
	n := f.value(key)
	if n == nil {
		return nil
	}
	at := f.at.key(key)
	text, ok := f.text(n, at)
	if !ok {
		return nil
	}
	for _, lang := range f.languages {
		if _, there := text[lang]; !there && !f.faulty[at.key(lang)] {
			f.bad(key, "missing-language", key, lang)
		}
	}
	return text
}

// text reads a mapping of languages to words; the languages must be the set's, not all need be there.
func (r *reader) text(n *yaml.Node, at spot) (Text, bool) {
	list, ok := r.entries(n, at)
	if !ok {
		return nil, false
	}
	text := make(Text, len(list))
	for _, p := range list {
		if len(r.languages) > 0 && !slices.Contains(r.languages, p.key) {
			r.fault(p.at, "undeclared-language", p.key, r.languages)
			continue
		}
		if s, ok := r.wording(p.node); ok {
			text[p.key] = s
		} else {
			r.faulty[at.key(p.key)] = true
		}
	}
	return text, true
}
