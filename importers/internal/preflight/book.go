package preflight

import (
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A book reads the parts of a workbook in the order in which they need one another.
type book struct {
	*pack
	file    *File
	strings []string
	formats map[int]string // codes of number formats, by id
}

// A link is a relationship of one part to another.
type link struct{ id, kind, target string }

func (b *book) read() bool {
	root, ok := b.links("_rels/.rels", "")
	if !ok {
		return false
	}
	main := "xl/workbook.xml"
	for _, l := range root {
		if l.kind == "officeDocument" {
			main = l.target
		}
	}
	part, ok := b.find(main)
	if !ok {
		if _, named := b.find("mimetype"); named {
			return b.fault(b.place, "xlsx-opendocument")
		}
		return b.fault(b.place, "xlsx-not-workbook")
	}
	links, ok := b.links(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"), path.Dir(main))
	if !ok {
		return false
	}
	list := &sheetList{file: b.file}
	return b.walk(part, b.place, list) && b.lookups(links, root) && b.sheets(list.entries, links)
}

// links reads the relationships of a part, if it has any, with their targets as names of parts.
func (b *book) links(name, from string) ([]link, bool) {
	part, ok := b.find(name)
	if !ok {
		return nil, true
	}
	h := &linkList{from: from}
	ok = b.walk(part, b.place, h)
	return h.links, ok
}

// lookups reads what cells point to: shared strings and number formats; and the custom properties.
func (b *book) lookups(links, root []link) bool {
	b.formats = map[int]string{}
	for _, l := range append(links[:len(links):len(links)], root...) {
		var h handler
		shared := &sharedStrings{}
		switch l.kind {
		case "sharedStrings":
			h = shared
		case "styles":
			h = &styles{book: b}
		case "custom-properties":
			h = &properties{file: b.file}
		default:
			continue
		}
		part, ok := b.find(l.target)
		if !ok {
			if l.kind == "custom-properties" {
				continue
			}
			return b.fault(b.place, "xlsx-missing-part", l.target)
		}
		if part.done {
			return b.fault(b.place, "xlsx-duplicate-part", part.name)
		}
		if !b.walk(part, b.place, h) {
			return false
		}
		b.strings = append(b.strings, shared.list...)
	}
	return true
}

// sheets reads every sheet of the list.
func (b *book) sheets(entries []sheetEntry, links []link) bool {
	byID := map[string]link{}
	for _, l := range links {
		byID[l.id] = l
	}
	fold, seen := cases.Fold(), map[string]string{}
	for _, e := range entries {
		at := b.place
		at.Sheet = e.name
		key := fold.String(norm.NFC.String(e.name))
		if other, twice := seen[key]; twice {
			return b.fault(b.place, "xlsx-sheet-names", other, e.name)
		}
		seen[key] = e.name
		sheet := Sheet{Name: e.name, Hidden: e.hidden}
		l := byID[e.link]
		switch part, ok := b.find(l.target); {
		case l.target == "" || !ok:
			return b.fault(at, "xlsx-missing-part", e.name)
		case part.done:
			return b.fault(at, "xlsx-duplicate-part", part.name)
		case l.kind == "worksheet":
			h := &cells{book: b, sheet: &sheet}
			if !b.walk(part, at, h) {
				return false
			}
		}
		b.file.Sheets = append(b.file.Sheets, sheet)
	}
	if len(b.file.Sheets) == 0 {
		return b.fault(b.place, "xlsx-no-sheet")
	}
	return true
}

// linkList reads a part of relationships.
type linkList struct {
	ignore
	from  string
	links []link
}

func (h *linkList) start(name, _ string, a attrs) error {
	if name != "Relationship" {
		return nil
	}
	if strings.EqualFold(a.text("TargetMode"), "External") {
		return nil
	}
	target := strings.ReplaceAll(a.text("Target"), `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join(h.from, target)
	}
	h.links = append(h.links, link{id: a.text("Id"), kind: path.Base(a.text("Type")), target: strings.TrimPrefix(path.Clean(target), "/")})
	return nil
}

// sheetList reads the workbook part.
type sheetList struct {
	ignore
	file    *File
	entries []sheetEntry
}

type sheetEntry struct {
	name, link string
	hidden     bool
}

func (h *sheetList) start(name, parent string, a attrs) error {
	switch {
	case name == "workbookPr":
		h.file.Date1904 = a.says("date1904")
	case name == "sheet" && parent == "sheets":
		state := a.text("state")
		h.entries = append(h.entries, sheetEntry{
			name: a.text("name"), link: a.prefixed("id"), hidden: state != "" && state != "visible",
		})
	}
	return nil
}

// sharedStrings reads the table of texts.
type sharedStrings struct {
	richText
	list []string
}

func (h *sharedStrings) start(name, parent string, a attrs) error {
	if name == "si" {
		h.clear()
		return nil
	}
	return h.richText.start(name, parent, a)
}

func (h *sharedStrings) end(name, parent string) error {
	if name == "si" {
		h.list = append(h.list, h.string())
		return nil
	}
	return h.richText.end(name, parent)
}

// richText gathers the text of <t>, in runs or alone, without the phonetic hints of <rPh>.
type richText struct {
	buf      []byte
	inText   bool
	phonetic bool
}

func (h *richText) clear() { *h = richText{buf: h.buf[:0]} }

func (h *richText) string() string { return unescaped(string(h.buf)) }

func (h *richText) start(name, _ string, _ attrs) error {
	switch name {
	case "t":
		h.inText = !h.phonetic
	case "rPh":
		h.phonetic = true
	}
	return nil
}

func (h *richText) text(s []byte) error {
	if h.inText {
		h.buf = append(h.buf, s...)
	}
	return nil
}

func (h *richText) end(name, _ string) error {
	switch name {
	case "t":
		h.inText = false
	case "rPh":
		h.phonetic = false
	}
	return nil
}

// unescaped puts the characters that XML cannot hold back: _x000D_ is a carriage return.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			b.WriteString(s)
			return b.String()
		}
		code, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' || code >= 0xD800 && code < 0xE000 {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(code))
		s = s[i+7:]
	}
}

// styles reads the number formats.
type styles struct {
	ignore
	book *book
	ids  []int
}

func (h *styles) start(name, parent string, a attrs) error {
	id := "0"
	if value, ok := a.plain("numFmtId"); ok {
		id = string(value)
	}
	switch {
	case name == "numFmt" && parent == "numFmts":
		n, err := strconv.Atoi(id)
		if err != nil {
			return refuse(0, 0, "xlsx-bad-style", id)
		}
		h.book.formats[n] = a.text("formatCode")
	case name == "xf" && parent == "cellXfs":
		n, err := strconv.Atoi(id)
		if err != nil {
			return refuse(0, 0, "xlsx-bad-style", id)
		}
		h.ids = append(h.ids, n)
	}
	return nil
}

func (h *styles) end(name, parent string) error {
	if parent == "" {
		for _, id := range h.ids {
			h.book.file.Formats = append(h.book.file.Formats, Format{ID: id, Code: h.book.formats[id]})
		}
	}
	return nil
}

// properties reads the custom properties.
type properties struct {
	file *File
	name string
	buf  strings.Builder
}

func (h *properties) start(name, _ string, a attrs) error {
	if name == "property" {
		h.name = a.text("name")
		h.buf.Reset()
	}
	return nil
}

func (h *properties) text(s []byte) error {
	h.buf.Write(s)
	return nil
}

func (h *properties) end(name, _ string) error {
	if name == "property" {
		h.file.Properties[h.name] = strings.TrimSpace(unescaped(h.buf.String()))
	}
	return nil
}
