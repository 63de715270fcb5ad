package preflight

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Bounds of what an XML part may hold.
const (
	maxDepth = 64  // elements within one another
	maxAttrs = 200 // attributes of an element
)

// A handler is told what an XML part holds. Names are without their prefix. The parent of the root is "". Attributes and
// text are only good until the handler returns.
type handler interface {
	start(name, parent string, attrs attrs) error
	text(s []byte) error
	end(name, parent string) error
}

// ignore only wants the XML to be well formed.
type ignore struct{}

func (ignore) start(string, string, attrs) error { return nil }
func (ignore) text([]byte) error                 { return nil }
func (ignore) end(string, string) error          { return nil }

// An attr is one attribute.
type attr struct {
	name  *name
	value []byte
}

// attrs are the attributes of an element.
type attrs []attr

// plain finds an attribute without a prefix.
func (a attrs) plain(local string) (value []byte, ok bool) {
	for i := range a {
		if a[i].name.full == local {
			return a[i].value, true
		}
	}
	return nil, false
}

// text is an attribute without a prefix, to be kept; "" where there is none.
func (a attrs) text(local string) string {
	value, _ := a.plain(local)
	return string(value)
}

// says reports whether an attribute without a prefix says yes.
func (a attrs) says(local string) bool {
	value, _ := a.plain(local)
	return string(value) == "1" || string(value) == "true"
}

// prefixed is an attribute of another namespace, such as r:id, to be kept; "" where there is none.
func (a attrs) prefixed(local string) string {
	for i := range a {
		if a[i].name.local == local && a[i].name.full != local {
			return string(a[i].value)
		}
	}
	return ""
}

// twice finds an attribute that an element has twice.
func (a attrs) twice() (string, bool) {
	for i := range a {
		for j := range i {
			if a[i].name == a[j].name {
				return a[i].name.full, true
			}
		}
	}
	return "", false
}

// walk reads a part to its end. It must be one well-formed element in UTF-8 without a DTD.
func (t *tokens) walk(r io.Reader, h handler) error {
	t.begin(r)
	w := walker{handler: h, tokens: t}
	for {
		if err := t.next(); err != nil {
			if errors.Is(err, io.EOF) {
				return w.finish()
			}
			return err
		}
		if err := w.take(); err != nil {
			return err
		}
	}
}

type walker struct {
	handler
	tokens *tokens
	rooted bool
}

// take tells the handler of a token.
func (w *walker) take() error {
	t := w.tokens
	switch t.kind {
	case startTag:
		if err := w.begin(); err != nil || !t.closed {
			return err
		}
		return w.close(t.name)
	case endTag:
		return w.close(t.name)
	case charData:
		if len(t.open) > 0 {
			return w.text(t.text)
		}
		if len(bytes.TrimSpace(bytes.TrimPrefix(t.text, []byte("\uFEFF")))) > 0 {
			return errors.New("text outside the root element")
		}
	case other:
	}
	return nil
}

func (w *walker) parent() string {
	if len(w.tokens.open) == 0 {
		return ""
	}
	return w.tokens.open[len(w.tokens.open)-1].local
}

func (w *walker) begin() error {
	t := w.tokens
	if len(t.open) == 0 && w.rooted {
		return errors.New("two root elements")
	}
	if at, twice := t.attrs.twice(); twice {
		return fmt.Errorf("attribute %s twice in element %s", at, t.name.full)
	}
	if len(t.open) >= maxDepth {
		return refuse(0, 0, "xlsx-depth", maxDepth)
	}
	parent := w.parent()
	w.rooted = true
	t.open = append(t.open, t.name)
	return w.start(t.name.local, parent, t.attrs)
}

func (w *walker) close(n *name) error {
	inner := len(w.tokens.open) - 1
	if inner < 0 || w.tokens.open[inner] != n {
		return fmt.Errorf("element %s ends where it is not open", n.full)
	}
	w.tokens.open = w.tokens.open[:inner]
	return w.end(n.local, w.parent())
}

func (w *walker) finish() error {
	if len(w.tokens.open) > 0 {
		return fmt.Errorf("element %s does not end", w.parent())
	}
	if !w.rooted {
		return errors.New("no element")
	}
	return nil
}
