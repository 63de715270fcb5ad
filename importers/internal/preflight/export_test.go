package preflight

import (
	"io"
	"strings"
)

// Events walks XML and lists what handlers are told, a line each; text in pieces is joined.
func Events(r io.Reader) ([]string, error) {
	e := &events{}
	err := new(tokens).walk(r, e)
	return e.list, err
}

type events struct{ list []string }

func (e *events) start(name, parent string, a attrs) error {
	var line strings.Builder
	line.WriteString("<" + parent + "/" + name)
	for _, attr := range a {
		line.WriteString(" " + attr.name.local + "=" + string(attr.value))
	}
	e.list = append(e.list, line.String())
	return nil
}

func (e *events) text(s []byte) error {
	if n := len(e.list); n > 0 && strings.HasPrefix(e.list[n-1], "=") {
		e.list[n-1] += string(s)
	} else if len(s) > 0 {
		e.list = append(e.list, "="+string(s))
	}
	return nil
}

func (e *events) end(name, parent string) error {
	e.list = append(e.list, ">"+parent+"/"+name)
	return nil
}
