package docx

// paragraph writes one paragraph; without a run it is an empty line. The order of the properties is the schema's.
func (m *markup) paragraph(l look, runs ...run) {
	m.raw(`<w:p><w:pPr>`)
	if l.style != "" {
		m.raw(`<w:pStyle w:val="` + l.style + `"/>`)
	}
	if l.keep {
		m.raw(`<w:keepNext/>`)
	}
	switch {
	case l.tight:
		m.raw(`<w:spacing w:after="0"/>`)
	case l.item:
		m.raw(`<w:spacing w:after="60"/>`)
	}
	switch {
	case l.item:
		m.format(`<w:ind w:left="%d" w:hanging="%d"/>`, 2*firstLine, firstLine/2)
	case l.indent:
		m.format(`<w:ind w:firstLine="%d"/>`, firstLine)
	}
	m.raw(`<w:jc w:val="` + string(l.align) + `"/></w:pPr>`)
	for _, r := range runs {
		m.run(r)
	}
	m.raw(`</w:p>`)
	if l.rule > 0 {
		m.shortRule(l.rule)
	}
}

// shortRule is a line such as that below the motto: an empty line with a border, indented on either side.
func (m *markup) shortRule(indent int) {
	m.raw(`<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:before="40" w:after="60" w:line="120" w:lineRule="exact"/>`)
	m.format(`<w:ind w:left="%d" w:right="%d"/><w:jc w:val="center"/></w:pPr></w:p>`, indent, indent)
}

// gap is the room behind a table and before the signature, which no two tables may do without: they would become one.
func (m *markup) gap(keep bool) {
	m.raw(`<w:p><w:pPr>`)
	if keep {
		m.raw(`<w:keepNext/>`)
	}
	m.raw(`<w:spacing w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>`)
}

func (m *markup) run(r run) {
	m.raw(`<w:r><w:rPr>`)
	if r.bold {
		m.raw(`<w:b/>`)
	}
	if r.italic {
		m.raw(`<w:i/>`)
	}
	if r.colour != "" {
		m.raw(`<w:color w:val="` + r.colour + `"/>`)
	}
	if r.size != 0 {
		m.format(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, r.size, r.size)
	}
	m.raw(`</w:rPr><w:t xml:space="preserve">`)
	m.text(r.text)
	m.raw(`</w:t></w:r>`)
}
