package preflight

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// tokens cuts an XML part into tags and text. It reads the XML that spreadsheets are made of, strictly: UTF-8, no DTD,
// no entities but the five of XML itself. Tests hold it against encoding/xml.
type tokens struct {
	token // the last one that was cut
	from  io.Reader
	buf   []byte // what has been read and not been cut yet begins at pos
	pos   int
	ended bool
	names names
	open  []*name // elements that have begun and not ended, as the walker keeps them
	plain []byte  // text with its entities resolved
}

// begin begins another part, in the room of the one before and with the names that it had.
func (t *tokens) begin(from io.Reader) {
	t.from, t.buf, t.pos, t.ended, t.open = from, t.buf[:0], 0, false, t.open[:0]
}

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
	name   *name
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
func (t *tokens) next() error {
	for t.pos == len(t.buf) {
		if more, err := t.more(); err != nil {
			return err
		} else if !more {
			return io.EOF
		}
	}
	if t.buf[t.pos] != '<' {
		return t.cutText()
	}
	for len(t.buf)-t.pos < len("<![CDATA[") && !t.ended {
		if _, err := t.more(); err != nil {
			return err
		}
	}
	switch rest := t.buf[t.pos:]; {
	case len(rest) < 2:
		return errCut
	case rest[1] == '?':
		return t.instruction()
	case rest[1] == '!':
		return t.declaration()
	default:
		return t.cutTag()
	}
}

// declaration cuts what begins with <!.
func (t *tokens) declaration() error {
	switch rest := t.buf[t.pos:]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return t.comment()
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return t.cdata()
	default:
		return refuse(0, 0, "xlsx-dtd")
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

// upToTag cuts what stands before the next tag or the end, and looks at its bytes on the way.
func (t *tokens) upToTag() (raw []byte, seen class, err error) {
	n := 0
	for more := true; more; {
		for rest := t.buf[t.pos:]; n < len(rest); n++ {
			if rest[n] == '<' {
				return t.cut(n), seen, nil
			}
			seen |= classes[rest[n]]
		}
		if more, err = t.more(); err != nil {
			return nil, 0, err
		}
	}
	return t.cut(n), seen, nil
}

// cutText cuts text up to the next tag or the end.
func (t *tokens) cutText() error {
	raw, seen, err := t.upToTag()
	if err != nil {
		return err
	}
	if seen&bracket != 0 && bytes.Contains(raw, []byte("]]>")) {
		return errors.New("]]> in text")
	}
	if err := seen.check(raw); err != nil {
		return err
	}
	if seen&escape != 0 {
		if t.plain, err = resolve(t.plain[:0], raw); err != nil {
			return err
		}
		raw = t.plain
	}
	t.kind, t.text = charData, raw
	return nil
}

func (t *tokens) cdata() error {
	raw, err := t.upTo("]]>", len("<![CDATA["))
	if err != nil {
		return err
	}
	text := raw[len("<![CDATA[") : len(raw)-len("]]>")]
	t.kind, t.text = charData, normalised(text)
	return classesOf(text).check(text)
}

func (t *tokens) comment() error {
	raw, err := t.upTo("-->", len("<!--"))
	if err != nil {
		return err
	}
	body := raw[len("<!--") : len(raw)-len("-->")]
	if bytes.Contains(body, []byte("--")) || bytes.HasSuffix(body, []byte("-")) {
		return errors.New("-- in a comment")
	}
	t.kind = other
	return classesOf(body).check(body)
}

// instruction cuts <?…?>. The XML declaration must not name another encoding than UTF-8.
func (t *tokens) instruction() error {
	raw, err := t.upTo("?>", len("<?"))
	if err != nil {
		return err
	}
	body := raw[len("<?") : len(raw)-len("?>")]
	if err := classesOf(body).check(body); err != nil {
		return err
	}
	target, rest, _ := bytes.Cut(body, []byte(" "))
	if !isName(target) {
		return errors.New("an instruction without a name")
	}
	t.kind = other
	if string(target) == "xml" {
		return declared(string(rest))
	}
	return nil
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
