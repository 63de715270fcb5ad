package preflight

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// maxDepth bounds how deep elements nest.
const maxDepth = 64

// A handler is told what an XML part holds. Names are without their prefix. The parent of the root is "".
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

// attrs are the attributes of an element.
type attrs []xml.Attr

// plain finds an attribute without a prefix.
func (a attrs) plain(name string) (string, bool) {
	for _, attr := range a {
		if attr.Name.Local == name && attr.Name.Space == "" {
			return attr.Value, true
		}
	}
	return "", false
}

// prefixed finds an attribute of another namespace, such as r:id.
func (a attrs) prefixed(name string) (string, bool) {
	for _, attr := range a {
		if attr.Name.Local == name && attr.Name.Space != "" {
			return attr.Value, true
		}
	}
	return "", false
}

func (a attrs) twice() (string, bool) {
	for i := range a {
		for j := range i {
			if a[i].Name == a[j].Name {
				return a[i].Name.Local, true
			}
		}
	}
	return "", false
}

// walk reads a part to its end. It must be one well-formed element in UTF-8 without a DTD.
func walk(r io.Reader, h handler) error {
	w := &walker{handler: h, decoder: xml.NewDecoder(r)}
	for {
		token, err := w.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return w.finish()
		}
		if err != nil {
			return err
		}
		if err := w.token(token); err != nil {
			return err
		}
	}
}

type walker struct {
	handler
	decoder *xml.Decoder
	open    []xml.Name
	rooted  bool
}

func (w *walker) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return w.begin(t)
	case xml.EndElement:
		return w.close(t.Name)
	case xml.CharData:
		if len(w.open) > 0 {
			return w.text(t)
		}
		if len(bytes.TrimSpace(bytes.TrimPrefix(t, []byte("\uFEFF")))) > 0 {
			return errors.New("text outside the root element")
		}
	case xml.Directive:
		return refuse(0, 0, "xlsx-dtd")
	}
	return nil
}

func (w *walker) parent() string {
	if len(w.open) == 0 {
		return ""
	}
	return w.open[len(w.open)-1].Local
}

func (w *walker) begin(t xml.StartElement) error {
	if len(w.open) == 0 && w.rooted {
		return errors.New("two root elements")
	}
	if name, twice := attrs(t.Attr).twice(); twice {
		return fmt.Errorf("attribute %s twice in element %s", name, t.Name.Local)
	}
	if len(w.open) >= maxDepth {
		return refuse(0, 0, "xlsx-depth", maxDepth)
	}
	parent := w.parent()
	w.rooted = true
	w.open = append(w.open, t.Name)
	return w.start(t.Name.Local, parent, t.Attr)
}

func (w *walker) close(name xml.Name) error {
	if len(w.open) == 0 || w.open[len(w.open)-1] != name {
		return fmt.Errorf("element %s ends where it is not open", name.Local)
	}
	w.open = w.open[:len(w.open)-1]
	return w.end(name.Local, w.parent())
}

func (w *walker) finish() error {
	if len(w.open) > 0 {
		return fmt.Errorf("element %s does not end", w.parent())
	}
	if !w.rooted {
		return errors.New("no element")
	}
	return nil
}
