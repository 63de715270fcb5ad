package graft

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Looks are the styles of cells of a file. A look is known by its number.
type Looks struct {
	part    *part
	root    *node
	fonts   []string
	fills   []string
	borders []string
	xfs     []string
	codes   []string
	made    map[Change]int
	fresh   map[Look]int
	pieces  map[string]map[string]int // numbers of what each list holds, by how it is written
}

// A Change of a look: what is empty stays.
type Change struct {
	Of     int    // the look that is changed
	Fill   string // colour, such as FFD966
	Edge   string // colour of a thick border
	Format string // number format; "General" is none
}

// A Look is a look of a sheet that is added.
type Look struct {
	Font      string
	Size      float64
	Bold      bool
	Underline bool
	Ink, Fill string // colours; empty: black, none
	Border    string // colour of a thin border; empty: none
	Centre    bool
	Wrap      bool
}

// Looks are the file's styles.
func (f *File) Looks() (*Looks, error) {
	if f.looks != nil {
		return f.looks, nil
	}
	links, err := f.links(f.book.name)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if p, ok := f.find(l.target); ok && l.kind == "styles" {
			return f.looksOf(p)
		}
	}
	name := "xl/styles.xml" // where careless programs look
	if _, taken := f.parts[name]; taken {
		name = f.free("xl/styles%d.xml")
	}
	main, _, err := f.spaces()
	if err != nil {
		return nil, err
	}
	p := f.add(name, []byte(xmlHead+`<styleSheet xmlns="`+main+`"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>`+
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`+
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`+
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`+
		`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`))
	if err := f.register(name, contentPrefix+"styles+xml"); err != nil {
		return nil, err
	}
	if _, err := f.link(f.book.name, "styles", name); err != nil {
		return nil, err
	}
	return f.looksOf(p)
}

var errStyles = errors.New("the styles cannot be read")

func (f *File) looksOf(p *part) (*Looks, error) {
	root, err := p.parsed()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"fonts", "fills", "borders", "cellXfs"} {
		if root.child(name) == nil {
			return nil, errStyles
		}
	}
	f.looks = &Looks{part: p, root: root, made: map[Change]int{}, fresh: map[Look]int{}, pieces: map[string]map[string]int{}}
	return f.looks, nil
}

// count is the number of children that a list has and gets.
func (l *Looks) count(list string, added []string) int {
	return len(l.root.child(list).children) + len(added)
}

// xf is a look that the file had before; the first where there is no such number.
func (l *Looks) xf(look int) *node {
	xfs := l.root.child("cellXfs").children
	if look < 0 || look >= len(xfs) {
		look = 0
	}
	if len(xfs) == 0 {
		return &node{name: "xf", prefix: l.root.prefix, attrs: nil}
	}
	return xfs[look]
}

// Change makes a look of another. Number format, font, alignment and protection stay, and whatever is not changed.
func (l *Looks) Change(c Change) int {
	if look, ok := l.made[c]; ok {
		return look
	}
	old := l.xf(c.Of)
	var changes []attr
	if c.Fill != "" {
		changes = append(changes, attr{"fillId", l.fill(c.Fill)}, attr{"applyFill", "1"})
	}
	if c.Edge != "" {
		changes = append(changes, attr{"borderId", l.border(c.Edge, "thick")}, attr{"applyBorder", "1"})
	}
	if c.Format != "" {
		changes = append(changes, attr{"numFmtId", l.format(c.Format)}, attr{"applyNumberFormat", "1"})
	}
	text := old.start("/>", changes...)
	if !old.empty() {
		text = old.start(">", changes...) + string(l.part.data[old.inner:old.to])
	}
	l.made[c] = l.add(text)
	return l.made[c]
}

// add adds a look unless there is one just like it.
func (l *Looks) add(xf string) int {
	n, _ := strconv.Atoi(l.listed("cellXfs", &l.xfs, xf))
	return n
}

// own declares the names of what is added.
func (l *Looks) own() string { return declared(l.root) }

// listed adds a piece to a list unless it is there, and returns its number.
func (l *Looks) listed(list string, added *[]string, piece string) string {
	known, ok := l.pieces[list]
	if !ok {
		known = map[string]int{}
		for i, n := range slices.Backward(l.root.child(list).children) {
			known[string(l.part.data[n.from:n.to])] = i
		}
		l.pieces[list] = known
	}
	if _, there := known[piece]; !there {
		known[piece] = l.count(list, *added)
		*added = append(*added, piece)
	}
	return strconv.Itoa(known[piece])
}

func (l *Looks) fill(colour string) string {
	return l.listed("fills", &l.fills, `<fill`+l.own()+`><patternFill patternType="solid"><fgColor rgb="FF`+colour+`"/><bgColor indexed="64"/></patternFill></fill>`)
}

func (l *Looks) border(colour, style string) string {
	var b strings.Builder
	b.WriteString("<border" + l.own() + ">")
	for _, side := range []string{"left", "right", "top", "bottom"} {
		fmt.Fprintf(&b, `<%s style="%s"><color rgb="FF%s"/></%s>`, side, style, colour, side)
	}
	return l.listed("borders", &l.borders, b.String()+"<diagonal/></border>")
}

// builtin are the number formats whose numbers the file format fixes.
var builtin = map[string]string{"General": "0", "0": "1", "0.00": "2", "#,##0": "3", "0%": "9", "0.00%": "10", "@": "49"}

func (l *Looks) format(code string) string {
	if id, ok := builtin[code]; ok {
		return id
	}
	highest := 163
	if list := l.root.child("numFmts"); list != nil {
		for _, n := range list.children {
			id, _ := strconv.Atoi(n.attr("numFmtId"))
			if n.attr("formatCode") == code {
				return n.attr("numFmtId")
			}
			highest = max(highest, id)
		}
	}
	for i, known := range l.codes {
		if known == code {
			return strconv.Itoa(highest + 1 + i)
		}
	}
	l.codes = append(l.codes, code)
	return strconv.Itoa(highest + len(l.codes))
}

// Format is the number format of a look: its number in the file format, and its code where it is none of the fixed ones.
func (l *Looks) Format(look int) (id int, code string) {
	raw := l.xf(look).attr("numFmtId")
	id, _ = strconv.Atoi(raw)
	if list := l.root.child("numFmts"); list != nil {
		for _, n := range list.children {
			if n.attr("numFmtId") == raw {
				return id, n.attr("formatCode")
			}
		}
	}
	return id, ""
}

// Fill is the colour that fills a look, such as FFD966; "" where it has none or a pattern.
func (l *Looks) Fill(look int) string {
	i, err := strconv.Atoi(l.xf(look).attr("fillId"))
	fills := l.root.child("fills").children
	if err != nil || i < 0 || i >= len(fills) {
		return ""
	}
	pattern := fills[i].child("patternFill")
	if pattern == nil || pattern.attr("patternType") != "solid" {
		return ""
	}
	if colour := pattern.child("fgColor"); colour != nil && len(colour.attr("rgb")) == 8 {
		return strings.ToUpper(colour.attr("rgb")[2:])
	}
	return ""
}

// Add makes a look for a sheet that is added.
func (l *Looks) Add(k Look) int {
	if look, ok := l.fresh[k]; ok {
		return look
	}
	fill, border := "0", "0"
	if k.Fill != "" {
		fill = l.fill(k.Fill)
	}
	if k.Border != "" {
		border = l.border(k.Border, "thin")
	}
	align := `vertical="top"`
	if k.Centre {
		align = `horizontal="center" vertical="top"`
	}
	if k.Wrap {
		align += ` wrapText="1"`
	}
	l.fresh[k] = l.add(fmt.Sprintf(`<xf%s numFmtId="0" fontId="%s" fillId="%s" borderId="%s" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment %s/></xf>`,
		l.own(), l.font(k), fill, border, align))
	return l.fresh[k]
}

func (l *Looks) font(k Look) string {
	var b strings.Builder
	b.WriteString("<font" + l.own() + ">")
	if k.Bold {
		b.WriteString("<b/>")
	}
	if k.Underline {
		b.WriteString("<u/>")
	}
	ink := "000000"
	if k.Ink != "" {
		ink = k.Ink
	}
	fmt.Fprintf(&b, `<sz val="%s"/><color rgb="FF%s"/><name val="%s"/><family val="1"/></font>`, strconv.FormatFloat(k.Size, 'f', -1, 64), ink, escape(k.Font))
	return l.listed("fonts", &l.fonts, b.String())
}

// flush writes what was added.
func (l *Looks) flush() {
	for _, list := range []struct {
		name  string
		added []string
	}{{"fonts", l.fonts}, {"fills", l.fills}, {"borders", l.borders}, {"cellXfs", l.xfs}} {
		if len(list.added) > 0 {
			l.part.extend(l.root.child(list.name), strings.Join(list.added, ""), attr{"count", strconv.Itoa(l.count(list.name, list.added))})
		}
	}
	if len(l.codes) == 0 {
		return
	}
	first := l.format(l.codes[0])
	id, _ := strconv.Atoi(first)
	var b strings.Builder
	for i, code := range l.codes {
		fmt.Fprintf(&b, `<numFmt%s numFmtId="%d" formatCode="%s"/>`, l.own(), id+i, escape(code))
	}
	if list := l.root.child("numFmts"); list != nil {
		l.part.extend(list, b.String(), attr{"count", strconv.Itoa(len(list.children) + len(l.codes))})
		return
	}
	l.part.splice(l.root.inner, l.root.inner, fmt.Sprintf(`<numFmts%s count="%d">%s</numFmts>`, l.own(), len(l.codes), b.String()))
}
