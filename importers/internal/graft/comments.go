package graft

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Comment is what a cell's comment says.
type Comment struct {
	Ref, Author string
	Text        string
}

// threaded begins the author of a comment that stands for a conversation, which is kept elsewhere in the file.
const threaded = "tc="

// talk is the comments of a sheet.
type talk struct {
	file    *File
	sheet   *part
	root    *node // of the sheet
	part    *part // of the comments
	list    *node // of the comments; nil where there are none
	authors []string
	drawing *part          // with the boxes of the comments
	boxes   map[[2]int]box // of the drawing, once they were looked for
	heights map[int]int    // of rows in pixels, by their numbers from 0
}

// talk reads the comments of a sheet.
func (f *File) talk(name string) (*talk, error) {
	p, err := f.sheet(name)
	if err != nil {
		return nil, err
	}
	root, err := p.parsed()
	if err != nil {
		return nil, err
	}
	t := &talk{file: f, sheet: p, root: root}
	links, err := f.links(p.name)
	if err != nil {
		return nil, err
	}
	drawing := ""
	if n := root.child("legacyDrawing"); n != nil {
		drawing = n.prefixed("id")
	}
	for _, l := range links {
		switch {
		case l.kind == "comments":
			t.part, _ = f.find(l.target)
		case l.id == drawing:
			t.drawing, _ = f.find(l.target)
		}
	}
	if t.part == nil {
		return t, nil
	}
	words, err := t.part.parsed()
	if err != nil {
		return nil, err
	}
	t.list = words.child("commentList")
	if authors := words.child("authors"); authors != nil {
		for _, a := range authors.all("author") {
			t.authors = append(t.authors, t.text(a))
		}
	}
	return t, nil
}

// text is the text within a node, without phonetic hints.
func (t *talk) text(n *node) string {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(string(t.part.data[n.inner:n.end])))
	hint := 0
	for {
		token, err := d.RawToken()
		if err != nil {
			return strings.ReplaceAll(b.String(), "\r\n", "\n")
		}
		switch k := token.(type) {
		case xml.StartElement:
			if k.Name.Local == "rPh" {
				hint++
			}
		case xml.EndElement:
			if k.Name.Local == "rPh" {
				hint--
			}
		case xml.CharData:
			if hint == 0 {
				b.Write(k)
			}
		}
	}
}

// words is the text of a comment: that of its <t>, not the space between tags.
func (t *talk) words(n *node) string {
	var b strings.Builder
	var walk func(n *node)
	walk = func(n *node) {
		switch n.name {
		case "t":
			b.WriteString(t.text(n))
		case "rPh":
		default:
			for _, c := range n.children {
				walk(c)
			}
		}
	}
	walk(n)
	return b.String()
}

func (t *talk) author(n *node) string {
	i, err := strconv.Atoi(n.attr("authorId"))
	if err != nil || i < 0 || i >= len(t.authors) {
		return ""
	}
	return t.authors[i]
}

// Comments lists the comments of a sheet.
func (f *File) Comments(sheet string) ([]Comment, error) {
	t, err := f.talk(sheet)
	if err != nil || t.list == nil {
		return nil, err
	}
	var all []Comment
	for _, n := range t.list.all("comment") {
		all = append(all, Comment{Ref: n.attr("ref"), Author: t.author(n), Text: t.words(n)})
	}
	return all, nil
}

// Uncomment takes texts out of the comments of a sheet: a comment that says nothing else goes, of another one only the
// text. Texts are compared without the spaces around and between words, which programs change.
func (f *File) Uncomment(sheet string, texts []string) error {
	t, err := f.talk(sheet)
	if err != nil || t.list == nil {
		return err
	}
	known := map[string]bool{}
	for _, text := range texts {
		known[squeezed(text)] = true
	}
	for _, n := range t.list.all("comment") {
		if known[squeezed(t.words(n))] {
			t.part.cut(n)
			t.unbox(n.attr("ref"))
			continue
		}
		t.trim(n, texts, known)
	}
	return f.commit()
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// trim takes the runs out of a comment that together say one of the texts, behind what somebody else says. Known are the
// texts squeezed.
func (t *talk) trim(n *node, texts []string, known map[string]bool) {
	body := n.child("text")
	if body == nil {
		return
	}
	for first := 1; first < len(body.children); first++ {
		var said strings.Builder
		for _, run := range body.children[first:] {
			said.WriteString(t.words(run))
		}
		if known[squeezed(said.String())] {
			for _, run := range body.children[first:] {
				t.part.cut(run)
			}
			return
		}
	}
	t.trimText(body, texts)
}

// trimText takes a text off the end of a comment's last run, into which another program joined it.
func (t *talk) trimText(body *node, texts []string) {
	if len(body.children) == 0 {
		return
	}
	last := body.children[len(body.children)-1]
	if last.name == "r" {
		last = last.child("t")
	}
	if last == nil || last.name != "t" {
		return
	}
	said := t.text(last)
	for _, text := range texts {
		if rest, ok := strings.CutSuffix(strings.TrimSpace(said), strings.TrimSpace(text)); ok && rest != "" {
			t.part.splice(last.inner, last.end, escape(strings.TrimRight(rest, "\n")))
			return
		}
	}
}

// Comment adds comments to a sheet, by an author. Where a cell has a comment, the text is added behind it. A
// conversation is left alone, since programs show what is kept elsewhere.
func (f *File) Comment(sheet, author string, comments []Comment) error {
	if len(comments) == 0 {
		return nil
	}
	t, err := f.talk(sheet)
	if err != nil {
		return err
	}
	if err := t.prepare(); err != nil {
		return err
	}
	there := map[string]*node{}
	for _, n := range t.list.all("comment") {
		there[n.attr("ref")] = n
	}
	own := t.authorID(author)
	root, err := t.part.parsed()
	if err != nil {
		return err
	}
	var added, boxes strings.Builder
	for _, c := range comments {
		n, ok := there[c.Ref]
		switch {
		case !ok:
			fmt.Fprintf(&added, `<comment%s ref="%s" authorId="%d"><text>%s</text></comment>`, declared(root), c.Ref, own, runs("", c.Text))
			boxes.WriteString(t.box(c))
		case !strings.HasPrefix(t.author(n), threaded):
			t.join(n, c)
			t.resize(c)
		}
	}
	if added.Len() > 0 {
		t.part.extend(t.list, added.String())
		return t.draw(boxes.String())
	}
	return nil
}

// join adds a text behind a comment that is there.
func (t *talk) join(n *node, c Comment) {
	body := n.child("text")
	if body == nil {
		return
	}
	for _, plain := range body.all("t") { // a plain text becomes the first run
		tag := joined(plain.prefix, "r")
		t.part.splice(plain.from, plain.from, "<"+tag+">")
		t.part.splice(plain.to, plain.to, "</"+tag+">")
	}
	prefix := n.prefix
	if prefix != "" {
		prefix += ":"
	}
	t.part.extend(body, runs(prefix, "\n\n"+c.Text))
}

// runs are the text of a comment: its first line bold.
func runs(prefix, text string) string {
	lead := text[:len(text)-len(strings.TrimLeft(text, "\n"))]
	first, rest, more := strings.Cut(text[len(lead):], "\n")
	if more {
		rest = "\n" + rest
	}
	run := func(bold, text string) string {
		if text == "" {
			return ""
		}
		return fmt.Sprintf(`<%sr><%srPr>%s<%ssz val="10"/><%scolor indexed="81"/><%srFont val="Tahoma"/><%sfamily val="2"/></%srPr><%st xml:space="preserve">%s</%st></%sr>`,
			prefix, prefix, bold, prefix, prefix, prefix, prefix, prefix, prefix, escapeText(text), prefix, prefix)
	}
	return run("<"+prefix+"b/>", lead+first) + run("", rest)
}

// prepare makes the part of the comments where there is none.
func (t *talk) prepare() error {
	if t.list != nil {
		return nil
	}
	f := t.file
	main, _, err := f.spaces()
	if err != nil {
		return err
	}
	if t.part != nil {
		return fmt.Errorf("%s: no list of comments", t.part.name)
	}
	name := f.free("xl/dtiComments%d.xml")
	t.part = f.add(name, []byte(xmlHead+`<comments xmlns="`+main+`"><authors></authors><commentList></commentList></comments>`))
	if err := f.register(name, contentPrefix+"comments+xml"); err != nil {
		return err
	}
	if _, err := f.link(t.sheet.name, "comments", name); err != nil {
		return err
	}
	root, err := t.part.parsed()
	if err != nil {
		return err
	}
	t.list = root.child("commentList")
	return nil
}

// authorID is the number of an author, who is added where he is not known.
func (t *talk) authorID(author string) int {
	if i := slices.Index(t.authors, author); i >= 0 {
		return i
	}
	t.authors = append(t.authors, author)
	root, err := t.part.parsed()
	if err != nil {
		return 0
	}
	if list := root.child("authors"); list != nil {
		t.part.extend(list, "<author"+declared(root)+">"+escape(author)+"</author>")
	}
	return len(t.authors) - 1
}
