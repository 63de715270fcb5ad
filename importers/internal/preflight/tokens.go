package preflight

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tokens cuts an XML part into tags and text. It reads the XML that spreadsheets are made of, strictly: UTF-8, no DTD,
// no entities but the five of XML itself. Tests hold it against encoding/xml.
type tokens struct {
	from  io.Reader
	buf   []byte // what has been read and not been cut yet begins at pos
	pos   int
	ended bool
	names map[string]name // so that equal names are one string
	attrs attrs
	plain []byte // text with its entities resolved
}

// begin begins another part, in the room of the one before and with the names that it had.
func (t *tokens) begin(from io.Reader) {
	if t.names == nil {
		t.names = map[string]name{}
	}
	t.from, t.buf, t.pos, t.ended = from, t.buf[:0], 0, false
}

// A name is the name of an element or attribute, with and without its prefix.
type name struct{ full, local string }

type tokenKind uint8

const (
	startTag tokenKind = iota + 1
	endTag
	charData
	other // comments and processing instructions
)

// A token is good until the next one is cut.
type token struct {
	kind   tokenKind
	name   name
	attrs  attrs
	closed bool // <a/>
	text   []byte
}

var errCut = errors.New("the end is missing")

// more reads on; false at the end of the part.
func (t *tokens) more() (bool, error) {
	if t.ended {
		return false, nil
	}
	if t.pos > 0 {
		t.buf = t.buf[:copy(t.buf, t.buf[t.pos:])]
		t.pos = 0
	}
	if len(t.buf) == cap(t.buf) {
		t.buf = append(make([]byte, 0, max(64<<10, 2*cap(t.buf))), t.buf...)
	}
	n, err := t.from.Read(t.buf[len(t.buf):cap(t.buf)])
	t.buf = t.buf[:len(t.buf)+n]
	if errors.Is(err, io.EOF) {
		t.ended, err = true, nil
	}
	return true, err
}

// find is the index behind pos at which a mark ends, reading on as needed; −1 where there is none.
func (t *tokens) find(mark string, from int) (int, error) {
	for {
		if rest := t.buf[t.pos:]; len(rest) >= from {
			if i := bytes.Index(rest[from:], []byte(mark)); i >= 0 {
				return from + i + len(mark), nil
			}
			from = max(from, len(rest)-len(mark)+1)
		}
		more, err := t.more()
		if err != nil {
			return 0, err
		}
		if !more {
			return -1, nil
		}
	}
}

// next cuts the next token; io.EOF at the end.
func (t *tokens) next() (token, error) {
	for t.pos == len(t.buf) {
		if more, err := t.more(); err != nil {
			return token{}, err
		} else if !more {
			return token{}, io.EOF
		}
	}
	if t.buf[t.pos] != '<' {
		return t.cutText()
	}
	for len(t.buf)-t.pos < len("<![CDATA[") && !t.ended {
		if _, err := t.more(); err != nil {
			return token{}, err
		}
	}
	rest := t.buf[t.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("<?")):
		return t.instruction()
	case bytes.HasPrefix(rest, []byte("<!--")):
		return t.comment()
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return t.cdata()
	case bytes.HasPrefix(rest, []byte("<!")):
		return token{}, refuse(0, 0, "xlsx-dtd")
	case bytes.HasPrefix(rest, []byte("</")):
		return t.endTag()
	default:
		return t.startTag()
	}
}

// cut takes n bytes.
func (t *tokens) cut(n int) []byte {
	s := t.buf[t.pos : t.pos+n]
	t.pos += n
	return s
}

// upTo cuts what a mark ends; it must be there.
func (t *tokens) upTo(mark string, from int) ([]byte, error) {
	n, err := t.find(mark, from)
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, errCut
	}
	return t.cut(n), nil
}

// cutText cuts text up to the next tag or the end.
func (t *tokens) cutText() (token, error) {
	n, err := t.find("<", 0)
	if err != nil {
		return token{}, err
	}
	if n < 0 {
		n = len(t.buf) - t.pos + 1
	}
	raw := t.cut(n - 1)
	if bytes.Contains(raw, []byte("]]>")) {
		return token{}, errors.New("]]> in text")
	}
	text, err := t.resolved(raw)
	return token{kind: charData, text: text}, err
}

func (t *tokens) cdata() (token, error) {
	raw, err := t.upTo("]]>", len("<![CDATA["))
	if err != nil {
		return token{}, err
	}
	text := raw[len("<![CDATA[") : len(raw)-len("]]>")]
	if _, err := special(text); err != nil {
		return token{}, err
	}
	return token{kind: charData, text: normalised(text)}, nil
}

func (t *tokens) comment() (token, error) {
	raw, err := t.upTo("-->", len("<!--"))
	if err != nil {
		return token{}, err
	}
	body := raw[len("<!--") : len(raw)-len("-->")]
	if bytes.Contains(body, []byte("--")) || bytes.HasSuffix(body, []byte("-")) {
		return token{}, errors.New("-- in a comment")
	}
	_, err = special(body)
	return token{kind: other}, err
}

// instruction cuts <?…?>. The XML declaration must not name another encoding than UTF-8.
func (t *tokens) instruction() (token, error) {
	raw, err := t.upTo("?>", len("<?"))
	if err != nil {
		return token{}, err
	}
	body := raw[len("<?") : len(raw)-len("?>")]
	if _, err := special(body); err != nil {
		return token{}, err
	}
	target, rest, _ := bytes.Cut(body, []byte(" "))
	if !isName(target) {
		return token{}, errors.New("an instruction without a name")
	}
	if string(target) == "xml" {
		return token{kind: other}, declared(string(rest))
	}
	return token{kind: other}, nil
}

// declared looks at the XML declaration.
func declared(s string) error {
	if v, ok := pseudo(s, "version"); ok && v != "1.0" {
		return fmt.Errorf("XML of version %q", v)
	}
	if v, ok := pseudo(s, "encoding"); ok && !strings.EqualFold(v, "utf-8") {
		return fmt.Errorf("encoding %q, UTF-8 is needed", v)
	}
	return nil
}

// pseudo finds key="value" in an XML declaration.
func pseudo(s, key string) (string, bool) {
	_, rest, ok := strings.Cut(s, key)
	rest = strings.TrimLeft(rest, " \t\r\n")
	rest, equal := strings.CutPrefix(rest, "=")
	rest = strings.TrimLeft(rest, " \t\r\n")
	if !ok || !equal || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return "", false
	}
	value, _, ok := strings.Cut(rest[1:], rest[:1])
	return value, ok
}

func (t *tokens) endTag() (token, error) {
	raw, err := t.upTo(">", 2)
	if err != nil {
		return token{}, err
	}
	n, err := t.name(trimmed(raw[2 : len(raw)-1]))
	return token{kind: endTag, name: n}, err
}

// startTag cuts <name key="value" …> or <name …/>.
func (t *tokens) startTag() (token, error) {
	n, err := t.tagEnd()
	if err != nil {
		return token{}, err
	}
	raw := t.cut(n)
	raw = raw[1 : len(raw)-1]
	tok := token{kind: startTag}
	if cut, ok := bytes.CutSuffix(raw, []byte("/")); ok {
		raw, tok.closed = cut, true
	}
	end := 0
	for end < len(raw) && !isSpace(raw[end]) {
		end++
	}
	if tok.name, err = t.name(raw[:end]); err != nil {
		return token{}, err
	}
	tok.attrs, err = t.attributes(raw[end:])
	return tok, err
}

// tagEnd finds the ">" that ends a tag; one in quotes does not.
func (t *tokens) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; {
		tag := t.buf[t.pos:]
		for ; i < len(tag); i++ {
			switch c := tag[i]; {
			case c == '<':
				return 0, errors.New("< in a tag")
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return i + 1, nil
			}
		}
		if more, err := t.more(); err != nil {
			return 0, err
		} else if !more {
			return 0, errCut
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// begun is s without the space before it. It is bytes.TrimLeft without a set of letters made for each of a million tags.
func begun(s []byte) []byte {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	return s
}

// trimmed is s without the space behind it.
func trimmed(s []byte) []byte {
	for len(s) > 0 && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// attributes reads ' key="value" key="value"'.
func (t *tokens) attributes(s []byte) (attrs, error) {
	t.attrs = t.attrs[:0]
	for {
		rest := begun(s)
		if len(rest) == 0 {
			return t.attrs, nil
		}
		equal := bytes.IndexByte(rest, '=')
		if len(rest) == len(s) || equal < 0 || len(t.attrs) == maxAttrs {
			return nil, errors.New("attributes that cannot be read")
		}
		n, err := t.name(trimmed(rest[:equal]))
		if err != nil {
			return nil, err
		}
		rest = begun(rest[equal+1:])
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil, errors.New("an attribute without quotes")
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil, errCut
		}
		value, err := t.value(rest[1 : 1+end])
		if err != nil {
			return nil, err
		}
		t.attrs = append(t.attrs, attr{name: n, value: value})
		s = rest[end+2:]
	}
}

// value is the value of an attribute; one with entities gets bytes of its own, since a tag has several.
func (t *tokens) value(raw []byte) ([]byte, error) {
	is, err := special(raw)
	if err != nil || !is {
		return raw, err
	}
	return resolve(nil, raw)
}

// name reads a name.
func (t *tokens) name(raw []byte) (name, error) {
	if n, ok := t.names[string(raw)]; ok {
		return n, nil
	}
	if !isName(raw) {
		return name{}, errors.New("a tag or attribute without a right name")
	}
	full := string(raw)
	n := name{full: full, local: full}
	if prefix, local, ok := strings.Cut(full, ":"); ok {
		if prefix == "" || local == "" || strings.Contains(local, ":") {
			return name{}, fmt.Errorf("the name %q", full)
		}
		n.local = local
	}
	t.names[full] = n
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

// resolved is text with its entities and line ends resolved.
func (t *tokens) resolved(raw []byte) ([]byte, error) {
	is, err := special(raw)
	if err != nil || !is {
		return raw, err
	}
	t.plain, err = resolve(t.plain[:0], raw)
	return t.plain, err
}

// special looks at every character of a text, and reports whether there are entities or returns to resolve.
func special(s []byte) (is bool, err error) {
	ascii := true
	for _, c := range s {
		switch {
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '&' || c == '\r':
			is = true
		case c < ' ' && c != '\n' && c != '\t':
			return false, fmt.Errorf("control character U+%04X", c)
		}
	}
	if ascii {
		return is, nil
	}
	if !utf8.Valid(s) {
		return false, errors.New("text that is not UTF-8")
	}
	if bytes.Contains(s, []byte("\uFFFE")) || bytes.Contains(s, []byte("\uFFFF")) {
		return false, errors.New("a character that XML does not have")
	}
	return is, nil
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
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(dst, raw...), nil
		}
		dst = append(dst, raw[:i]...)
		end := bytes.IndexByte(raw[i:], ';')
		if end < 0 {
			return nil, errors.New("& without an entity")
		}
		c, err := entity(string(raw[i+1 : i+end]))
		if err != nil {
			return nil, err
		}
		dst = utf8.AppendRune(dst, c)
		raw = raw[i+end+1:]
	}
}

func entity(s string) (rune, error) {
	switch s {
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "amp":
		return '&', nil
	case "apos":
		return '\'', nil
	case "quot":
		return '"', nil
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
