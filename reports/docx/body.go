package docx

import (
	"strings"

	"github.com/opendti/dti/reports/view"
)

// Sizes of letters in half points.
const (
	textSize   = 26
	titleSize  = 28
	wideSize   = 24
	headSize   = 26
	smallSize  = 24
	tinySize   = 22
	tableSize  = 24
	annexTable = 22
)

const stampColour = "8A1C00"

// Lengths in twentieths of a point: 567 are a centimetre.
const (
	pageShort, pageLong = 11906, 16838
	margin              = 1134 // 2 cm
	binding             = 1701 // 3 cm, on the left of upright sheets
	outer               = 850  // 1.5 cm
	firstLine           = 567
	headRule            = 1300 // what the lines in the head are shorter on either side
)

type align string

const (
	left    align = "left"
	right   align = "right"
	center  align = "center"
	justify align = "both"
)

// look is how a paragraph looks.
type look struct {
	style  string
	align  align
	indent bool // its first line is indented
	item   bool // of a list
	tight  bool // nothing between it and the next
	keep   bool // on one page with the next
	rule   int  // a line below, so much shorter on either side; 0: none
}

// A run is a text of one look within a paragraph.
type run struct {
	text         string
	bold, italic bool
	size         int // half points; 0: the paragraph's
	colour       string
}

// body is the document itself.
func body(p view.Paper) []byte {
	m := &markup{}
	m.raw(declaration + `<w:document ` + wordSpace + `><w:body>`)
	if p.Issuer != "" {
		m.head(p)
	}
	m.title(p)
	m.lines(p.Lead, len(p.Sections) == 0 && len(p.Signer) > 0)
	for i, s := range p.Sections {
		m.section(s, p, i == len(p.Sections)-1 && len(p.Signer) > 0)
	}
	if len(p.Signer) > 0 {
		m.foot(p)
	}
	for _, l := range p.Small {
		m.paragraph(look{align: left, tight: true}, run{text: l.Text, italic: true, size: tinySize})
	}
	m.page(p)
	m.raw(`</w:body></w:document>`)
	return m.Bytes()
}

// width is the room for text on a sheet.
func width(p view.Paper) int {
	if p.Landscape {
		return pageLong - margin - outer
	}
	return pageShort - binding - outer
}

// page is the section of all sheets.
func (m *markup) page(p view.Paper) {
	m.raw(`<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId2"/>`)
	if p.Landscape {
		m.format(`<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d"`, pageLong, pageShort, margin, outer, margin, margin)
	} else {
		m.format(`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d"`, pageShort, pageLong, margin, outer, margin, binding)
	}
	m.raw(` w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>`)
}

// head puts the issuing body beside the state's name and motto.
func (m *markup) head(p view.Paper) {
	all := width(p)
	own := all * 2 / 5
	m.bare(own, all-own)
	m.raw(`<w:tr>`)
	m.cell(own, func() {
		m.paragraph(look{align: center, tight: true, rule: headRule}, run{text: strings.ToUpper(p.Issuer), bold: true, size: headSize})
		m.paragraph(look{align: center, tight: true}, run{text: p.Number, size: headSize})
		if p.About != "" {
			m.paragraph(look{align: center, tight: true}, run{text: p.About, size: smallSize})
		}
	})
	m.cell(all-own, func() {
		m.paragraph(look{align: center, tight: true}, run{text: p.Country, bold: true, size: smallSize})
		m.paragraph(look{align: center, tight: true, rule: headRule}, run{text: p.Motto, bold: true, size: headSize})
		m.paragraph(look{align: center, tight: true}, run{text: p.Dated, italic: true, size: headSize})
	})
	m.raw(`</w:tr></w:tbl>`)
	m.gap(false)
}

func (m *markup) title(p view.Paper) {
	rule := width(p) * 2 / 5
	if p.Kind != "" {
		m.paragraph(look{style: "Title", align: center, tight: true}, run{text: p.Kind, bold: true, size: titleSize})
	}
	if p.Subject != "" {
		l := look{align: center, tight: true}
		if p.Attached == "" {
			l.rule = rule
		}
		m.paragraph(l, run{text: p.Subject, bold: true, size: titleSize})
	}
	if p.Attached != "" {
		m.paragraph(look{align: center, tight: true, rule: rule}, run{text: p.Attached, italic: true, size: titleSize})
	}
	if p.To != "" {
		m.paragraph(look{align: center}, run{text: p.To})
	}
}

// lines writes paragraphs; the last one stays with what follows where a signature does, which never stands alone on a page.
func (m *markup) lines(lines []view.PaperLine, signed bool) {
	for i, l := range lines {
		last := signed && i == len(lines)-1
		if l.Item {
			m.paragraph(look{align: justify, item: true, keep: last}, run{text: "– " + l.Text})
			continue
		}
		opens := i+1 < len(lines) && lines[i+1].Item
		m.paragraph(look{align: justify, indent: true, keep: opens || last}, run{text: l.Text})
	}
}

func (m *markup) section(s view.PaperSection, p view.Paper, signed bool) {
	style := "Heading1"
	if s.Level == 2 {
		style = "Heading2"
	}
	m.paragraph(look{style: style, align: left}, run{text: s.Heading, bold: true})
	for _, t := range s.Tables {
		m.table(t, p)
	}
	m.lines(s.Lines, signed)
}

// foot puts the recipients beside the room for the signature.
func (m *markup) foot(p view.Paper) {
	half := width(p) / 2
	m.gap(true)
	m.bare(half, half)
	m.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	m.cell(half, func() {
		for i, line := range p.Recipients {
			r := run{text: line, size: tinySize}
			if i == 0 {
				r = run{text: line, bold: true, italic: true, size: smallSize}
			}
			m.paragraph(look{align: left, tight: true}, r)
		}
	})
	m.cell(half, func() {
		for i, line := range p.Signer {
			m.paragraph(look{align: center, tight: true}, run{text: line, bold: i == 0, italic: i > 0})
		}
		for range 3 { // room for signature and seal
			m.paragraph(look{align: center, tight: true})
		}
	})
	m.raw(`</w:tr></w:tbl>`)
	m.paragraph(look{align: left, tight: true})
}

// table draws a table over the whole width; its head is repeated on every page.
func (m *markup) table(t view.PaperTable, p view.Paper) {
	size := tableSize
	if p.Landscape {
		size = annexTable
	}
	widths := shares(t.Columns, width(p))
	if t.Caption != "" {
		m.paragraph(look{align: left, tight: true, keep: true}, run{text: t.Caption, italic: true, size: size})
	}
	m.raw(`<w:tbl><w:tblPr>`)
	m.format(`<w:tblW w:w="%d" w:type="dxa"/>`, width(p))
	m.raw(`<w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		m.raw(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	m.raw(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>`)
	m.grid(widths...)
	m.raw(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.Columns {
		m.cell(widths[i], func() {
			m.paragraph(look{align: center, tight: true, keep: true}, run{text: c.Name, bold: true, size: size})
		})
	}
	m.raw(`</w:tr>`)
	for i, row := range t.Rows {
		last := i == len(t.Rows)-1
		m.row(t.Columns, widths, row, rowLook{
			size: size, bold: t.Sum && last, keep: !last && (len(t.Rows) <= shortTable || i == 0 || i == len(t.Rows)-2),
		})
	}
	m.raw(`</w:tbl>`)
	m.gap(false)
}

// shortTable is how many rows a table has at most that stays on one page.
const shortTable = 12

// rowLook is how a row of a table looks.
type rowLook struct {
	size int
	bold bool
	keep bool // on one page with the next row
}

func (m *markup) row(columns []view.PaperColumn, widths []int, row []string, l rowLook) {
	m.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, text := range row {
		at := left
		if columns[i].Num {
			at = right
		}
		m.cell(widths[i], func() {
			m.paragraph(look{align: at, tight: true, keep: l.keep}, run{text: text, size: l.size, bold: l.bold})
		})
	}
	m.raw(`</w:tr>`)
}

// shares divides a width among columns as they ask; the last one takes what rounding leaves.
func shares(columns []view.PaperColumn, all int) []int {
	sum := 0
	for _, c := range columns {
		sum += max(c.Width, 1)
	}
	widths, left := make([]int, len(columns)), all
	for i, c := range columns {
		widths[i] = all * max(c.Width, 1) / sum
		left -= widths[i]
	}
	if len(widths) > 0 {
		widths[len(widths)-1] += left
	}
	return widths
}

// bare opens a table without lines.
func (m *markup) bare(widths ...int) {
	m.raw(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr>`)
	m.grid(widths...)
}

func (m *markup) grid(widths ...int) {
	m.raw(`<w:tblGrid>`)
	for _, w := range widths {
		m.format(`<w:gridCol w:w="%d"/>`, w)
	}
	m.raw(`</w:tblGrid>`)
}

// cell puts paragraphs into a cell, which must have at least one.
func (m *markup) cell(width int, content func()) {
	m.format(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	content()
	m.raw(`</w:tc>`)
}
