// Package docx writes a view.Paper as a document for Word and LibreOffice, laid out as Decree 30/2020/NĐ-CP, annex I, asks
// of administrative documents: A4, Times New Roman, the state's name and motto beside the issuing body, page numbers in
// the middle of the head from the second page on, room for number, place, day and signature.
//
// Note: it writes the few parts of the format that it needs itself. Of the libraries for Go, UniOffice is commercial,
// fumiama/go-docx is under the AGPL, and gomutex/godocx (MIT) has stood still since 2024: it makes no heads, page numbers
// or sections, and writes the parts in the order of a map, so that equal documents differ in their bytes.
//
// Equal papers give equal bytes: no clock, no random ids, parts in a fixed order. Every text is escaped; what XML cannot
// hold becomes U+FFFD.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/opendti/dti/reports/view"
)

// Head is how every file of the package begins: the signature of an archive.
const Head = "PK\x03\x04"

// Write writes a paper. The error is the writer's.
func Write(w io.Writer, p view.Paper) error {
	z := zip.NewWriter(w)
	for _, part := range []struct {
		name    string
		content []byte
	}{
		{"[Content_Types].xml", []byte(contentTypes)},
		{"_rels/.rels", []byte(packageRelations)},
		{"docProps/core.xml", properties(p)},
		{"word/document.xml", body(p)},
		{"word/styles.xml", styles(p)},
		{"word/header1.xml", header(p, true)},
		{"word/header2.xml", header(p, false)},
		{"word/_rels/document.xml.rels", []byte(documentRelations)},
	} {
		if err := add(z, part.name, part.content); err != nil {
			return fmt.Errorf("write document: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

// shortPart is the size, in bytes, below which a part is stored as it is: compressing the six short ones of a letter took
// longer than all else about it.
const shortPart = 4096

// add writes a part. A header without a time: archive/zip then writes none. A part that is stored states its size in
// front, which some readers ask for.
func add(z *zip.Writer, name string, content []byte) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	create := z.CreateHeader
	if n := uint64(len(content)); n < shortPart {
		h.Method, h.CRC32, h.CompressedSize64, h.UncompressedSize64 = zip.Store, crc32.ChecksumIEEE(content), n, n
		create = z.CreateRaw
	}
	f, err := create(h)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return err
}

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/header2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const packageRelations = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const documentRelations = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>` +
	`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header2.xml"/></Relationships>`

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// properties are the title and the language; who wrote it and when is left to whoever signs it.
func properties(p view.Paper) []byte {
	m := &markup{}
	m.raw(declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`)
	m.text(p.Title)
	m.raw(`</dc:title><dc:language>`)
	m.text(p.Lang)
	m.raw(`</dc:language></cp:coreProperties>`)
	return m.Bytes()
}

// styles set the letter: 13 points on upright sheets, 12 on those across, whose tables are wide.
func styles(p view.Paper) []byte {
	size := textSize
	if p.Landscape {
		size = wideSize
	}
	m := &markup{}
	m.raw(declaration + `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>`)
	m.format(`<w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="`, size, size)
	m.text(language(p.Lang))
	m.raw(`"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	m.raw(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	m.raw(`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>`)
	for level := 1; level <= 2; level++ {
		m.format(`<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>`+
			`<w:pPr><w:keepNext/><w:spacing w:before="%d" w:after="80"/><w:outlineLvl w:val="%d"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>`, level, level, 320-80*level, level-1)
	}
	m.raw(`</w:styles>`)
	return m.Bytes()
}

// language is the code with its country, as Word names languages for the spelling.
func language(lang string) string {
	switch lang {
	case "vi":
		return "vi-VN"
	case "en":
		return "en-GB"
	default:
		return lang
	}
}

// header is the head of the pages: the stamp of a draft, and the page's number but on the first.
func header(p view.Paper, first bool) []byte {
	m := &markup{}
	m.raw(declaration + `<w:hdr ` + wordSpace + `>`)
	if p.Stamp != "" {
		m.paragraph(look{align: center, tight: true}, run{text: p.Stamp, bold: true, size: 20, colour: stampColour})
	}
	if first {
		m.paragraph(look{align: center, tight: true})
	} else {
		m.raw(`<w:p><w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>` +
			`<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
			`<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
	}
	m.raw(`</w:hdr>`)
	return m.Bytes()
}

// markup is XML while it is written. Only text and attr take what comes from data.
type markup struct{ bytes.Buffer }

func (m *markup) raw(s string) { m.WriteString(s) }

func (m *markup) format(s string, numbers ...any) { fmt.Fprintf(m, s, numbers...) }

// text escapes what comes from data; a bytes.Buffer never fails.
func (m *markup) text(s string) { _ = xml.EscapeText(m, []byte(s)) }
