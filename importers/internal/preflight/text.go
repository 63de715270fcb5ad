package preflight

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A class is what a byte may be, or what the bytes of a text are taken together.
type class uint8

const (
	control class = 1 << iota // of no character of XML
	beyond                    // of a character beyond ASCII
	last                      // of one that may be U+FFFE or U+FFFF, which XML does not have
	escape                    // begins an entity, or is a return
	bracket                   // may begin ]]>
	angle                     // <
	mark                      // ends a name in a tag
	space
)

// classes are the classes of all bytes.
var classes = func() (of [256]class) {
	for c := range of {
		switch {
		case c >= utf8.RuneSelf:
			of[c] = beyond
		case c < ' ':
			of[c] = control
		}
	}
	for _, c := range []byte(" \t\r\n") {
		of[c] = space
	}
	for _, c := range []byte(" \t\r\n<>/=\"'") {
		of[c] |= mark
	}
	of['\r'] |= escape
	of['&'] |= escape
	of[']'] |= bracket
	of['<'] |= angle
	of["\uFFFE"[0]] |= last
	return of
}()

// classesOf looks at every byte of a text.
func classesOf(s []byte) (seen class) {
	for _, c := range s {
		seen |= classes[c]
	}
	return seen
}

// check refuses a text that such bytes were seen in, where it is no text of XML.
func (seen class) check(s []byte) error {
	if seen&(control|beyond) == 0 {
		return nil
	}
	switch {
	case seen&control != 0:
		return errors.New("a control character")
	case !utf8.Valid(s):
		return errors.New("text that is not UTF-8")
	case seen&last != 0 && (bytes.Contains(s, []byte("\uFFFE")) || bytes.Contains(s, []byte("\uFFFF"))):
		return errors.New("a character that XML does not have")
	default:
		return nil
	}
}

// normalised is text with one kind of line end.
func normalised(s []byte) []byte {
	if bytes.IndexByte(s, '\r') < 0 {
		return s
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(s, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
}

// resolve appends text to dst with its entities and line ends resolved.
func resolve(dst, raw []byte) ([]byte, error) {
	raw = normalised(raw)
	for {
		text, rest, more := bytes.Cut(raw, []byte("&"))
		dst = append(dst, text...)
		if !more {
			return dst, nil
		}
		name, behind, ended := bytes.Cut(rest, []byte(";"))
		if !ended {
			return nil, errors.New("& without an entity")
		}
		c, err := entity(string(name))
		if err != nil {
			return nil, err
		}
		dst, raw = utf8.AppendRune(dst, c), behind
	}
}

// entity is the character that an entity of XML or a number stands for. The numbers are those that formulas are full of.
func entity(s string) (rune, error) {
	switch s {
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "amp":
		return '&', nil
	case "apos", "#39":
		return '\'', nil
	case "quot", "#34":
		return '"', nil
	case "#xA", "#10":
		return '\n', nil
	}
	code, numbered := strings.CutPrefix(s, "#")
	base := 10
	if hex, ok := strings.CutPrefix(code, "x"); ok {
		code, base = hex, 16
	}
	n, err := strconv.ParseUint(code, base, 32)
	if !numbered || err != nil || strings.Contains(code, "_") || !legal(n) {
		return 0, errors.New("an entity that XML does not have")
	}
	return rune(n), nil
}

// legal reports whether XML has a character.
func legal(n uint64) bool {
	switch {
	case n == '\t', n == '\n', n == '\r':
		return true
	default:
		return n >= 0x20 && n < 0xD800 || n >= 0xE000 && n < 0xFFFE || n >= 0x10000 && n <= 0x10FFFF
	}
}
