package graft

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Namespaces and kinds of relationships, in the usual form of the file format and in the strict one.
const (
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictSpace   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	linkSpace     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictLinks   = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	packageLinks  = "http://schemas.openxmlformats.org/package/2006/relationships"
	contentTypes  = "[Content_Types].xml"
	contentPrefix = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	vmlContent    = "application/vnd.openxmlformats-officedocument.vmlDrawing"
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// spaces are the namespaces that the file is written in.
func (f *File) spaces() (main, links string, err error) {
	root, err := f.book.parsed()
	if err != nil {
		return "", "", err
	}
	for _, a := range root.attrs {
		if a.Value == strictSpace {
			return strictSpace, strictLinks, nil
		}
	}
	return mainSpace, linkSpace, nil
}

// declared is the declaration that makes names without a prefix the file format's own, where a part uses a prefix.
func declared(root *node) string {
	if root.prefix == "" {
		return ""
	}
	for _, a := range root.attrs {
		if a.Name.Space == "xmlns" && a.Name.Local == root.prefix {
			return ` xmlns="` + escape(a.Value) + `"`
		}
	}
	return ""
}

// reference is the attribute r:id, with the prefix that a part uses for it.
func reference(root *node, space, id string) string {
	for _, a := range root.attrs {
		if a.Name.Space == "xmlns" && a.Value == space {
			return a.Name.Local + `:id="` + id + `"`
		}
	}
	return `xmlns:r="` + space + `" r:id="` + id + `"`
}

// A link is a relationship of one part to another.
type link struct{ id, kind, target string }

// linksOf is the name of the part that holds the relationships of a part; "" stands for the file.
func linksOf(name string) string {
	return strings.TrimPrefix(path.Join(path.Dir(name), "_rels", path.Base(name)+".rels"), "./")
}

// links reads the relationships of a part within the file.
func (f *File) links(of string) ([]link, error) {
	name := linksOf(of)
	if of == "" {
		name = "_rels/.rels"
	}
	p, ok := f.find(name)
	if !ok {
		return nil, nil
	}
	root, err := p.parsed()
	if err != nil {
		return nil, err
	}
	var links []link
	for _, r := range root.all("Relationship") {
		target := strings.ReplaceAll(r.attr("Target"), `\`, "/")
		if strings.EqualFold(r.attr("TargetMode"), "External") {
			continue
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(of), target)
		}
		links = append(links, link{r.attr("Id"), path.Base(r.attr("Type")), strings.TrimPrefix(path.Clean(target), "/")})
	}
	return links, nil
}

// link makes a relationship from a part to another and returns its id.
func (f *File) link(of, kind, target string) (string, error) {
	name := linksOf(of)
	p, ok := f.find(name)
	if !ok {
		p = f.add(name, []byte(xmlHead+`<Relationships xmlns="`+packageLinks+`"></Relationships>`))
	}
	root, err := p.parsed()
	if err != nil {
		return "", err
	}
	_, space, err := f.spaces()
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, r := range root.children {
		taken[r.attr("Id")] = true
	}
	for _, e := range p.edits { // ids that were given since the part was read
		if _, rest, ok := strings.Cut(e.text, ` Id="`); ok {
			id, _, _ := strings.Cut(rest, `"`)
			taken[id] = true
		}
	}
	id := ""
	for i := 1; id == "" || taken[id]; i++ {
		id = "rIdDti" + strconv.Itoa(i)
	}
	p.extend(root, fmt.Sprintf(`<%s Type="%s/%s" Target="/%s" Id="%s"/>`, joined(root.prefix, "Relationship"), space, kind, escape(target), id))
	return id, nil
}

// register says what kind of content a part has.
func (f *File) register(name, content string) error {
	p, ok := f.find(contentTypes)
	if !ok {
		return errors.New("no " + contentTypes)
	}
	root, err := p.parsed()
	if err != nil {
		return err
	}
	p.extend(root, fmt.Sprintf(`<%s PartName="/%s" ContentType="%s"/>`, joined(root.prefix, "Override"), escape(name), content))
	return nil
}

// unregister takes a part out of the list of contents and out of the file.
func (f *File) unregister(p *part) error {
	p.gone = true
	types, ok := f.find(contentTypes)
	if !ok {
		return nil
	}
	root, err := types.parsed()
	if err != nil {
		return err
	}
	for _, o := range root.all("Override") {
		if strings.EqualFold(cleanName(o.attr("PartName")), p.name) {
			types.cut(o)
		}
	}
	return nil
}

// A listed sheet is one that the workbook lists.
type listed struct {
	node *node
	name string
	part *part // nil where the part is missing
	id   string
}

// listed lists the sheets in their order.
func (f *File) listed() ([]listed, error) {
	root, err := f.book.parsed()
	if err != nil {
		return nil, err
	}
	list := root.child("sheets")
	if list == nil {
		return nil, errNoBook
	}
	links, err := f.links(f.book.name)
	if err != nil {
		return nil, err
	}
	var sheets []listed
	for _, n := range list.all("sheet") {
		s := listed{node: n, name: n.attr("name"), id: n.prefixed("id")}
		for _, l := range links {
			if l.id == s.id && l.kind == "worksheet" {
				s.part, _ = f.find(l.target)
			}
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// Sheets lists the names of the sheets in their order, as they are stored.
func (f *File) Sheets() ([]string, error) {
	sheets, err := f.listed()
	names := make([]string, len(sheets))
	for i, s := range sheets {
		names[i] = s.name
	}
	return names, err
}

func (f *File) sheet(name string) (*part, error) {
	sheets, err := f.listed()
	if err != nil {
		return nil, err
	}
	for _, s := range sheets {
		if s.name == name && s.part != nil {
			return s.part, nil
		}
	}
	return nil, fmt.Errorf("no sheet %q", name)
}

// Rearrange takes sheets out and puts new ones in: the first of them in front of all others, where the file opens, the
// rest at the end. Names that belong to one sheet keep to theirs.
func (f *File) Rearrange(gone []string, added []*Sheet) error {
	if err := f.commit(); err != nil {
		return err
	}
	sheets, err := f.listed()
	if err != nil {
		return err
	}
	kept := slices.DeleteFunc(slices.Clone(sheets), func(s listed) bool { return slices.Contains(gone, s.name) })
	if len(kept) == 0 {
		return errNoBook
	}
	for _, s := range sheets {
		if slices.Contains(gone, s.name) {
			if err := f.drop(s); err != nil {
				return err
			}
		}
	}
	root, err := f.book.parsed()
	if err != nil {
		return err
	}
	names, err := f.put(root, sheets, added)
	if err != nil {
		return err
	}
	f.renumber(root, sheets, kept, min(len(added), 1), names)
	f.openFirst(root)
	for _, s := range kept {
		if err := s.unselect(); len(added) > 0 && err != nil {
			return err
		}
	}
	return f.commit()
}

// put lists new sheets among those that there are, and returns the names that they bring.
func (f *File) put(root *node, sheets []listed, added []*Sheet) (names string, err error) {
	for i, s := range added {
		tag, err := f.insert(root, s, sheets, i)
		if err != nil {
			return "", err
		}
		at := sheets[len(sheets)-1].node.to
		if i == 0 {
			at = sheets[0].node.from
		}
		f.book.splice(at, at, tag)
		names += s.printTitles(i)
	}
	return names, nil
}

// drop takes a sheet out of the book.
func (f *File) drop(s listed) error {
	f.book.cut(s.node)
	rels, ok := f.find(linksOf(f.book.name))
	if ok {
		root, err := rels.parsed()
		if err != nil {
			return err
		}
		for _, r := range root.children {
			if r.attr("Id") == s.id {
				rels.cut(r)
			}
		}
	}
	if s.part == nil {
		return nil
	}
	if own, ok := f.find(linksOf(s.part.name)); ok {
		own.gone = true
	}
	return f.unregister(s.part)
}

// insert adds the part of a sheet and returns its line in the list of sheets.
func (f *File) insert(root *node, s *Sheet, sheets []listed, nth int) (string, error) {
	main, space, err := f.spaces()
	if err != nil {
		return "", err
	}
	name := s.Part
	if p, taken := f.parts[strings.ToLower(name)]; taken && !p.gone {
		name = f.free("xl/worksheets/dti%d.xml")
	}
	p := f.add(name, []byte(s.xml(main, nth == 0)))
	p.stamp = s.Stamp
	if err := f.register(name, contentPrefix+"worksheet+xml"); err != nil {
		return "", err
	}
	id, err := f.link(f.book.name, "worksheet", name)
	if err != nil {
		return "", err
	}
	highest := 0
	for _, other := range sheets {
		n, _ := strconv.Atoi(other.node.attr("sheetId"))
		highest = max(highest, n)
	}
	state := ""
	if s.Hidden {
		state = ` state="veryHidden"`
	}
	return fmt.Sprintf(`<%s name="%s" sheetId="%d"%s %s/>`,
		joined(root.prefix, "sheet"), escape(s.Name), highest+1+nth, state, reference(root, space, id)), nil
}

// renumber gives names that belong to one sheet the new number of theirs, and adds the names of new sheets.
func (f *File) renumber(root *node, sheets, kept []listed, shift int, added string) {
	list := root.child("definedNames")
	if list == nil {
		if added != "" {
			after := root.child("sheets")
			for _, name := range []string{"functionGroups", "externalReferences"} {
				if n := root.child(name); n != nil {
					after = n
				}
			}
			f.book.splice(after.to, after.to, "<definedNames"+declared(root)+">"+added+"</definedNames>")
		}
		return
	}
	for _, n := range list.children {
		old, err := strconv.Atoi(n.attr("localSheetId"))
		if err != nil || old < 0 || old >= len(sheets) {
			continue
		}
		i := slices.IndexFunc(kept, func(s listed) bool { return s.node == sheets[old].node })
		if i < 0 {
			f.book.cut(n)
			continue
		}
		f.book.change(n, attr{"localSheetId", strconv.Itoa(i + shift)})
	}
	if added != "" {
		f.book.extend(list, strings.ReplaceAll(added, "<definedName ", "<definedName"+declared(root)+" "))
	}
}

// Recalculate lets spreadsheets compute every formula anew when they open the file; until then they show what it was.
func (f *File) Recalculate() error {
	if err := f.commit(); err != nil {
		return err
	}
	root, err := f.book.parsed()
	if err != nil {
		return err
	}
	if calc := root.child("calcPr"); calc != nil {
		f.book.change(calc, attr{"fullCalcOnLoad", "1"})
		return nil
	}
	after := root.child("sheets")
	for _, name := range []string{"functionGroups", "externalReferences", "definedNames"} {
		if n := root.child(name); n != nil {
			after = n
		}
	}
	f.book.splice(after.to, after.to, "<"+joined(root.prefix, "calcPr")+` fullCalcOnLoad="1"/>`)
	return nil
}

// openFirst lets the file open at its first sheet.
func (f *File) openFirst(root *node) {
	views := root.child("bookViews")
	if views == nil {
		return
	}
	for _, v := range views.all("workbookView") {
		f.book.change(v, attr{"activeTab", ""}, attr{"firstSheet", ""})
	}
}

// unselect takes the selection off a sheet: two selected sheets are typed into at once.
func (s listed) unselect() error {
	if s.part == nil {
		return nil
	}
	root, err := s.part.parsed()
	if err != nil {
		return err
	}
	views := root.child("sheetViews")
	if views == nil {
		return nil
	}
	for _, v := range views.all("sheetView") {
		if v.attr("tabSelected") != "" {
			s.part.change(v, attr{"tabSelected", ""})
		}
	}
	return nil
}
