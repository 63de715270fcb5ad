package graft

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Boxes of comments are drawings of the oldest kind. They need not be XML, so they are cut and pasted as text.

var (
	shapes  = regexp.MustCompile(`(?s)<v:shape\s.*?</v:shape>\s*`)
	rowOf   = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	columns = regexp.MustCompile(`<x:Column>\s*(\d+)\s*</x:Column>`)
	anchors = regexp.MustCompile(`(?s)<x:Anchor>.*?</x:Anchor>`)
	numbers = regexp.MustCompile(`_x0000_s(\d+)`)
	blocks  = regexp.MustCompile(`<o:idmap[^>]*data="([\d,]+)"`)
)

const shapeType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`

// A box is where the box of a comment stands in its drawing.
type box struct{ from, to int }

// boxesOf finds the boxes of comments in a drawing, by the rows and columns of their cells from 0.
func boxesOf(data []byte) map[[2]int]box {
	found := map[[2]int]box{}
	for _, at := range shapes.FindAllIndex(data, -1) {
		shape := data[at[0]:at[1]]
		row, col := rowOf.FindSubmatch(shape), columns.FindSubmatch(shape)
		if row == nil || col == nil || !bytes.Contains(shape, []byte(`"Note"`)) {
			continue
		}
		r, bad := strconv.Atoi(string(row[1]))
		c, worse := strconv.Atoi(string(col[1]))
		if _, twice := found[[2]int{r, c}]; bad == nil && worse == nil && !twice {
			found[[2]int{r, c}] = box{at[0], at[1]}
		}
	}
	return found
}

// boxAt finds the box of a cell's comment, and the drawing that it stands in.
func (t *talk) boxAt(ref string) (b box, data []byte, ok bool) {
	row, col, ok := Address(ref)
	if !ok || t.drawing == nil {
		return box{}, nil, false
	}
	data, err := t.drawing.bytes()
	if err != nil {
		return box{}, nil, false
	}
	if t.boxes == nil {
		t.boxes = boxesOf(data)
	}
	b, ok = t.boxes[[2]int{row - 1, col - 1}]
	return b, data, ok
}

// unbox takes the box of a comment away.
func (t *talk) unbox(ref string) {
	if b, _, ok := t.boxAt(ref); ok {
		t.drawing.splice(b.from, b.to, "")
	}
}

// resize gives the box of a comment that is there room for more.
func (t *talk) resize(c Comment) {
	b, data, ok := t.boxAt(c.Ref)
	if !ok {
		return
	}
	n := t.noteAt(c.Ref)
	if n != nil {
		c.Text = t.words(n) + "\n\n" + c.Text
	}
	if at := anchors.FindIndex(data[b.from:b.to]); at != nil {
		t.drawing.splice(b.from+at[0], b.from+at[1], "<x:Anchor>"+t.anchor(c)+"</x:Anchor>")
	}
}

func (t *talk) noteAt(ref string) *node {
	for _, n := range t.list.all("comment") {
		if n.attr("ref") == ref {
			return n
		}
	}
	return nil
}

// box is the box of a comment; @ stands for its number.
func (t *talk) box(c Comment) string {
	row, col, ok := Address(c.Ref)
	if !ok {
		return ""
	}
	return fmt.Sprintf(`<v:shape id="_x0000_s@" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
		`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
		t.anchor(c), row-1, col-1)
}

// Sizes of boxes, in pixels.
const (
	boxWidth   = 340
	lineWidth  = 48 // letters on a line of a box
	lineTall   = 18
	boxPadding = 14
)

// anchor is where a box stands: beside its cell, as wide and tall as its text needs.
func (t *talk) anchor(c Comment) string {
	row, col, _ := Address(c.Ref)
	lines := 0
	for line := range strings.SplitSeq(c.Text, "\n") {
		lines += 1 + utf8.RuneCountInString(line)/lineWidth
	}
	const gap = 12
	right, x := walkTo(col, boxWidth+gap, t.columnWidth)
	top := row - 1
	bottom, y := walkTo(top, lines*lineTall+boxPadding+4, t.rowHeight)
	return fmt.Sprintf("%d, %d, %d, %d, %d, %d, %d, %d", col, gap, top, 4, right, x, bottom, y)
}

// walkTo finds the column or row, from 0, in which so many pixels end, and how far in it.
func walkTo(from, pixels int, size func(int) int) (at, rest int) {
	const farthest = 500
	for at = from; at < from+farthest; at++ {
		s := size(at)
		if pixels <= s {
			return at, pixels
		}
		pixels -= s
	}
	return at, 0
}

// columnWidth is the width of a column in pixels; columns count from 0.
func (t *talk) columnWidth(col int) int {
	g := &Grid{root: t.root}
	n := g.column(col + 1)
	if h := n.attr("hidden"); h == "1" || h == "true" {
		return 0
	}
	if w, err := strconv.ParseFloat(n.attr("width"), 64); err == nil {
		return int(w*7 + 5)
	}
	return 64
}

// rowHeight is the height of a row in pixels; rows count from 0.
func (t *talk) rowHeight(row int) int {
	const usual = 20
	if t.heights == nil {
		t.heights = map[int]int{}
		if data := t.root.child("sheetData"); data != nil {
			g := &Grid{root: t.root, data: data}
			g.number()
			for _, r := range g.rows {
				tall := usual
				if ht, err := strconv.ParseFloat(r.node.attr("ht"), 64); err == nil {
					tall = int(ht * 96 / 72)
				}
				if h := r.node.attr("hidden"); h == "1" || h == "true" {
					tall = 0
				}
				t.heights[r.number-1] = tall
			}
		}
	}
	if tall, ok := t.heights[row]; ok {
		return tall
	}
	return usual
}

// draw adds boxes to the sheet's drawing, or makes one.
func (t *talk) draw(boxes string) error {
	if t.drawing == nil {
		return t.newDrawing(boxes)
	}
	data, err := t.drawing.bytes()
	if err != nil {
		return err
	}
	end := bytes.LastIndex(data, []byte("</xml>"))
	if end < 0 {
		return fmt.Errorf("%s: no end", t.drawing.name)
	}
	highest := 0
	for _, m := range numbers.FindAllSubmatch(data, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		highest = max(highest, n)
	}
	if !bytes.Contains(data, []byte(`"_x0000_t202"`)) {
		boxes = shapeType + boxes
	}
	t.drawing.splice(end, end, numbered(boxes, highest+1))
	return nil
}

func numbered(boxes string, first int) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(boxes, "_s@")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteString("_s" + strconv.Itoa(first))
		boxes, first = rest, first+1
	}
}

// freeBlock is a block of 1,024 numbers of boxes that no drawing of the file uses.
func (f *File) freeBlock() (int, error) {
	block := 1
	for _, p := range f.order {
		if !strings.HasSuffix(strings.ToLower(p.name), ".vml") || p.gone {
			continue
		}
		data, err := p.bytes()
		if err != nil {
			return 0, err
		}
		for _, m := range blocks.FindAllSubmatch(data, -1) {
			for id := range strings.SplitSeq(string(m[1]), ",") {
				n, _ := strconv.Atoi(id)
				block = max(block, n+1)
			}
		}
	}
	return block, nil
}

// newDrawing makes a drawing with boxes.
func (t *talk) newDrawing(boxes string) error {
	f := t.file
	block, err := f.freeBlock()
	if err != nil {
		return err
	}
	name := f.free("xl/drawings/dtiDrawing%d.vml")
	f.add(name, fmt.Appendf(nil, `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">`+
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>%s%s</xml>`, block, shapeType, numbered(boxes, block*1024+1)))
	if err := f.register(name, vmlContent); err != nil {
		return err
	}
	id, err := f.link(t.sheet.name, "vmlDrawing", name)
	if err != nil {
		return err
	}
	_, space, err := f.spaces()
	if err != nil {
		return err
	}
	if n := t.root.child("legacyDrawing"); n != nil { // it leads nowhere
		t.sheet.cut(n)
	}
	tag := "<" + joined(t.root.prefix, "legacyDrawing") + " " + reference(t.root, space, id) + "/>"
	at := t.root.inner
	for _, n := range t.root.children {
		if beforeDrawing[n.name] {
			at = n.to
		}
	}
	t.sheet.splice(at, at, tag)
	return nil
}

// beforeDrawing are the elements of a sheet that stand in front of its oldest drawing.
var beforeDrawing = map[string]bool{
	"sheetPr": true, "dimension": true, "sheetViews": true, "sheetFormatPr": true, "cols": true, "sheetData": true,
	"sheetCalcPr": true, "sheetProtection": true, "protectedRanges": true, "scenarios": true, "autoFilter": true,
	"sortState": true, "dataConsolidate": true, "customSheetViews": true, "mergeCells": true, "phoneticPr": true,
	"conditionalFormatting": true, "dataValidations": true, "hyperlinks": true, "printOptions": true, "pageMargins": true,
	"pageSetup": true, "headerFooter": true, "rowBreaks": true, "colBreaks": true, "customProperties": true,
	"cellWatches": true, "ignoredErrors": true, "smartTags": true, "drawing": true,
}
