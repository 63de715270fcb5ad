package preflight_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/preflight"
)

const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`
	main_        = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	office       = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relsOpen     = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	workbookXML  = `<workbook ` + main_ + `><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`
	workbookRels = relsOpen + `<Relationship Id="rId1" Type="` + office + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + office + `sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="` + office + `styles" Target="styles.xml"/></Relationships>`
	stringsXML   = `<sst ` + main_ + `><si><t>many</t></si><si><r><t>38 </t></r><r><t>máy</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>`
	stylesXML    = `<styleSheet ` + main_ + `><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`
)

// parts is a small, right spreadsheet with some rows.
func parts(rows string) map[string]string {
	return map[string]string{
		"[Content_Types].xml":        contentTypes,
		"_rels/.rels":                relsOpen + `<Relationship Id="rId1" Type="` + office + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            workbookXML,
		"xl/_rels/workbook.xml.rels": workbookRels,
		"xl/sharedStrings.xml":       stringsXML,
		"xl/styles.xml":              stylesXML,
		"xl/worksheets/sheet1.xml":   `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<worksheet ` + main_ + `>` + rows + `</worksheet>`,
	}
}

func with(p map[string]string, name, content string) map[string]string {
	p = maps.Clone(p)
	p[name] = content
	return p
}

func without(p map[string]string, name string) map[string]string {
	p = maps.Clone(p)
	delete(p, name)
	return p
}

func zipped(t testing.TB, p map[string]string, more ...[2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	add := func(name, content string) {
		f, err := w.Create(name)
		require.NoError(t, err)
		_, err = f.Write([]byte(content))
		require.NoError(t, err)
	}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		add(name, p[name])
	}
	for _, m := range more {
		add(m[0], m[1])
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

func data(rows string) string { return "<sheetData>" + rows + "</sheetData>" }

func TestCheckReadsCells(t *testing.T) {
	file, problems := preflight.Check("a.xlsx", zipped(t, parts(`<cols><col min="1" max="16384" width="9"/></cols>`+data(
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"><v>0.45</v></c></row>`+
			`<row r="3" hidden="1"><c r="B3" t="b"><v>1</v></c><c t="e"><v>#DIV/0!</v></c><c t="str"><f>A1</f><v>x</v></c></row>`+
			"<row><c\n r='A4' t='inlineStr'><is><t>a_x000D_b</t></is></c><c r=\"B4\"><f>1+1</f></c><c r=\"C4\" t=\"inlineStr\"><is><t><![CDATA[<b>]]></t></is></c></row>"+
			`<row r="5000"><c r="XFD5000" s="1"/></row><row r="1048576"><c s="1"/></row>`)+
		`<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>`)), preflight.Form())
	require.Empty(t, problems)
	require.Len(t, file.Sheets, 1)
	s := file.Sheets[0]
	require.Len(t, s.Rows, 3, "blank styled cells beyond every limit are normal")
	assert.Equal(t, []preflight.Cell{
		{Col: 1, Kind: preflight.Text, Text: "many"},
		{Col: 2, Kind: preflight.Text, Text: "38 máy"},
		{Col: 3, Kind: preflight.Number, Style: 1, Text: "0.45"},
	}, s.Rows[0].Cells)
	assert.True(t, s.Rows[1].Hidden)
	assert.Equal(t, []preflight.Cell{
		{Col: 2, Kind: preflight.Boolean, Text: "1"},
		{Col: 3, Kind: preflight.Failure, Text: "#DIV/0!"},
		{Col: 4, Kind: preflight.Text, Formula: true, Text: "x"},
	}, s.Rows[1].Cells)
	assert.Equal(t, 4, s.Rows[2].Number, "a row without r counts on")
	assert.Equal(t, []preflight.Cell{
		{Col: 1, Kind: preflight.Text, Text: "a\rb"},
		{Col: 2, Kind: preflight.Number, Formula: true, NoValue: true},
		{Col: 3, Kind: preflight.Text, Text: "<b>"},
	}, s.Rows[2].Cells)
	assert.Equal(t, []preflight.Merge{{Ref: "A1:B2", FirstRow: 1, FirstCol: 1, LastRow: 2, LastCol: 2}}, s.Merges)
	assert.Equal(t, []preflight.Format{{}, {ID: 164, Code: "0.0%"}}, file.Formats)
}

func TestCheckReadsOddButRightFiles(t *testing.T) {
	row := data(`<row r="1"><c r="A1"><v>5</v></c></row>`)
	prefixed := `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>`
	for name, p := range map[string]map[string]string{
		"prefixes":               with(parts(""), "xl/worksheets/sheet1.xml", prefixed),
		"byte order mark":        with(parts(""), "xl/worksheets/sheet1.xml", "\uFEFF"+parts(row)["xl/worksheets/sheet1.xml"]),
		"absolute targets":       with(parts(row), "xl/_rels/workbook.xml.rels", strings.ReplaceAll(workbookRels, `Target="`, `Target="/xl/`)),
		"backslashes":            with(parts(row), "xl/_rels/workbook.xml.rels", strings.ReplaceAll(workbookRels, "worksheets/", `worksheets\`)),
		"another case":           with(without(parts(row), "xl/worksheets/sheet1.xml"), "xl/worksheets/Sheet1.xml", parts(row)["xl/worksheets/sheet1.xml"]),
		"no strings":             with(without(parts(row), "xl/sharedStrings.xml"), "xl/_rels/workbook.xml.rels", strings.Replace(workbookRels, "sharedStrings", "theme", 1)),
		"custom XML of any kind": with(parts(row), "customXml/item1.xml", "\xff\xfe<"),
		"old drawings":           with(parts(row), "xl/drawings/vmlDrawing1.vml", "<xml><br></xml>"),
		"an image":               with(parts(row), "xl/media/image1.png", "\x89PNG"),
	} {
		t.Run(name, func(t *testing.T) {
			file, problems := preflight.Check("a.xlsx", zipped(t, p), preflight.Form())
			require.Empty(t, problems)
			require.Len(t, file.Sheets[0].Rows, 1)
			assert.Equal(t, "5", file.Sheets[0].Rows[0].Cells[0].Text)
		})
	}
}

func TestCheckReadsProperties(t *testing.T) {
	f := excelize.NewFile()
	require.NoError(t, f.SetCustomProps(excelize.CustomProperty{Name: "dti.set", Value: "example@2025"}))
	yes := true
	require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	_, err := f.NewSheet("Ẩn")
	require.NoError(t, err)
	require.NoError(t, f.SetSheetVisible("Ẩn", false, true))
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	file, problems := preflight.Check("a.xlsx", out.Bytes(), preflight.Form())
	require.Empty(t, problems)
	assert.Equal(t, "example@2025", file.Properties["dti.set"])
	assert.True(t, file.Date1904)
	assert.False(t, file.Sheets[0].Hidden)
	assert.True(t, file.Sheets[1].Hidden)
}

// Every hostile and silent case of package preflight's reason for being.
func TestCheckRefuses(t *testing.T) {
	row := data(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)
	sheet := "xl/worksheets/sheet1.xml"
	good := zipped(t, parts(row))
	twoSheets := `<workbook ` + main_ + `><sheets><sheet name="%s" sheetId="1" r:id="rId1"/><sheet name="%s" sheetId="2" r:id="rId4"/></sheets></workbook>`
	bomb := data(`<row r="1"><c r="A1"><v>` + strings.Repeat("0", 60<<20) + `</v></c></row>`)
	for name, test := range map[string]struct {
		file  []byte
		kind  string
		place string
	}{
		"empty file":          {nil, "xlsx-empty", "a.xlsx"},
		"text":                {[]byte("code;name\n"), "xlsx-not-zip", "a.xlsx"},
		"old or protected":    {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00"), "xlsx-ole", "a.xlsx"},
		"cut short":           {good[:len(good)/2], "xlsx-damaged", "a.xlsx"},
		"a Word document":     {zipped(t, map[string]string{"word/document.xml": "<a/>"}), "xlsx-not-workbook", "a.xlsx"},
		"a part twice":        {zipped(t, parts(row), [2]string{sheet, "<worksheet/>"}), "xlsx-duplicate-part", "a.xlsx"},
		"a part in two cases": {zipped(t, parts(row), [2]string{"xl/worksheets/SHEET1.xml", "<worksheet/>"}), "xlsx-duplicate-part", "a.xlsx"},
		"one sheet, two names": {zipped(t, with(with(parts(row), "xl/workbook.xml", fmt.Sprintf(twoSheets, "A", "B")),
			"xl/_rels/workbook.xml.rels", strings.Replace(workbookRels, "</", `<Relationship Id="rId4" Type="`+office+`worksheet" Target="worksheets/sheet1.xml"/></`, 1))), "xlsx-duplicate-part", "a.xlsx!B"},
		"sheet names in two cases": {zipped(t, with(parts(row), "xl/workbook.xml", fmt.Sprintf(twoSheets, "Ấ", "ấ"))), "xlsx-sheet-names", "a.xlsx"},
		"an OpenDocument":          {zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "xlsx-opendocument", "a.xlsx"},
		"no sheets":                {zipped(t, with(parts(row), "xl/workbook.xml", `<workbook `+main_+`/>`)), "xlsx-no-sheet", "a.xlsx"},
		"sheet missing":            {zipped(t, without(parts(row), sheet)), "xlsx-missing-part", "a.xlsx!A"},
		"strings missing":          {zipped(t, without(parts(row), "xl/sharedStrings.xml")), "xlsx-missing-part", "a.xlsx"},
		"bomb in a cell":           {zipped(t, parts(bomb)), "xlsx-too-large", "a.xlsx!A"},
		"bomb in a theme":          {zipped(t, with(parts(row), "xl/theme/theme1.xml", "<a>"+strings.Repeat(" ", 30<<20)+"</a>")), "xlsx-too-large", "a.xlsx"},
		"many medium parts":        {zipped(t, with(with(with(parts(row), "a.bin", strings.Repeat("0", 20<<20)), "b.bin", strings.Repeat("0", 20<<20)), "c.bin", strings.Repeat("0", 20<<20))), "xlsx-too-large", "a.xlsx"},
		"deep nesting":             {zipped(t, with(parts(row), "xl/theme/theme1.xml", strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100))), "xlsx-depth", "a.xlsx"},
		"DTD":                      {zipped(t, with(parts(row), "xl/sharedStrings.xml", `<!DOCTYPE a [<!ENTITY b "c">]>`+stringsXML)), "xlsx-dtd", "a.xlsx"},
		"entity":                   {zipped(t, with(parts(row), "xl/sharedStrings.xml", strings.Replace(stringsXML, "many", "&b;", 1))), "xlsx-bad-xml", "a.xlsx"},
		"entity in attribute":      {zipped(t, with(parts(row), "xl/workbook.xml", strings.Replace(workbookXML, `"A"`, `"&b;"`, 1))), "xlsx-bad-xml", "a.xlsx"},
		"cut sheet":                {zipped(t, with(parts(row), sheet, parts(row)[sheet][:200])), "xlsx-bad-xml", "a.xlsx!A"},
		"control character":        {zipped(t, parts(data("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\x01</v></c></row>"))), "xlsx-bad-xml", "a.xlsx!A"},
		"not UTF-8":                {zipped(t, parts(data("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xff</v></c></row>"))), "xlsx-bad-xml", "a.xlsx!A"},
		"UTF-16":                   {zipped(t, with(parts(row), sheet, "\xff\xfe<\x00a\x00/\x00>\x00")), "xlsx-bad-xml", "a.xlsx!A"},
		"another encoding":         {zipped(t, with(parts(row), sheet, `<?xml version="1.0" encoding="windows-1258"?><worksheet/>`)), "xlsx-bad-xml", "a.xlsx!A"},
		"two roots":                {zipped(t, with(parts(row), sheet, parts(row)[sheet]+"<a/>")), "xlsx-bad-xml", "a.xlsx!A"},
		"no root":                  {zipped(t, with(parts(row), sheet, " ")), "xlsx-bad-xml", "a.xlsx!A"},
		"text after the root":      {zipped(t, with(parts(row), sheet, parts(row)[sheet]+"x")), "xlsx-bad-xml", "a.xlsx!A"},
		"attribute twice":          {zipped(t, parts(data(`<row r="1" r="2"/>`))), "xlsx-bad-xml", "a.xlsx!A"},
		"tags crossed":             {zipped(t, parts(`<sheetData><row></sheetData></row>`)), "xlsx-bad-xml", "a.xlsx!A"},
		"string index too high":    {zipped(t, parts(data(`<row r="1"><c r="A1" t="s"><v>2</v></c></row>`))), "xlsx-string-index", "a.xlsx!A!A1"},
		"string index below 0":     {zipped(t, parts(data(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`))), "xlsx-string-index", "a.xlsx!A!A1"},
		"string index abc":         {zipped(t, parts(data(`<row r="1"><c r="A1" t="s"><v>abc</v></c></row>`))), "xlsx-string-index", "a.xlsx!A!A1"},
		"style x":                  {zipped(t, parts(data(`<row r="1"><c r="A1" s="x"><v>1</v></c></row>`))), "xlsx-style-index", "a.xlsx!A!A1"},
		"style too high":           {zipped(t, parts(data(`<row r="1"><c r="A1" s="2"><v>1</v></c></row>`))), "xlsx-style-index", "a.xlsx!A!A1"},
		"row 2147483647":           {zipped(t, parts(data(`<row r="2147483647"><c><v>1</v></c></row>`))), "xlsx-row-number", "a.xlsx!A"},
		"row -1":                   {zipped(t, parts(data(`<row r="-1"><c><v>1</v></c></row>`))), "xlsx-row-number", "a.xlsx!A"},
		"row 0":                    {zipped(t, parts(data(`<row r="0"><c><v>1</v></c></row>`))), "xlsx-row-number", "a.xlsx!A"},
		"rows out of order":        {zipped(t, parts(data(`<row r="2"/><row r="1"><c><v>1</v></c></row>`))), "xlsx-row-order", "a.xlsx!A!1"},
		"a row twice":              {zipped(t, parts(data(`<row r="2"/><row r="2"><c><v>1</v></c></row>`))), "xlsx-row-order", "a.xlsx!A!2"},
		"cells out of order":       {zipped(t, parts(data(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`))), "xlsx-cell-order", "a.xlsx!A!A1"},
		"cell of another row":      {zipped(t, parts(data(`<row r="1"><c r="A2"><v>1</v></c></row>`))), "xlsx-cell-address", "a.xlsx!A!1"},
		"cell A0":                  {zipped(t, parts(data(`<row r="1"><c r="A0"><v>1</v></c></row>`))), "xlsx-cell-address", "a.xlsx!A!1"},
		"cell ZZZZ1":               {zipped(t, parts(data(`<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`))), "xlsx-cell-address", "a.xlsx!A!1"},
		"cell XFE1":                {zipped(t, parts(data(`<row r="1"><c r="XFE1"><v>1</v></c></row>`))), "xlsx-cell-address", "a.xlsx!A!1"},
		"past the last column":     {zipped(t, parts(data(`<row r="1"><c r="XFD1"/><c><v>1</v></c></row>`))), "xlsx-cell-address", "a.xlsx!A!1"},
		"content far right":        {zipped(t, parts(data(`<row r="1"><c r="XFD1"><v>1</v></c></row>`))), "xlsx-beyond", "a.xlsx!A!XFD1"},
		"content far down":         {zipped(t, parts(data(`<row r="5001"><c r="A5001"><v>1</v></c></row>`))), "xlsx-beyond", "a.xlsx!A!A5001"},
		"column range":             {zipped(t, parts(`<cols><col min="1" max="2000000000"/></cols>`)), "xlsx-column-range", "a.xlsx!A"},
		"column range reversed":    {zipped(t, parts(`<cols><col min="9" max="2"/></cols>`)), "xlsx-column-range", "a.xlsx!A"},
		"column range missing":     {zipped(t, parts(`<cols><col max="2"/></cols>`)), "xlsx-column-range", "a.xlsx!A"},
		"merge":                    {zipped(t, parts(`<mergeCells><mergeCell ref="B2:A1"/></mergeCells>`)), "xlsx-merge", "a.xlsx!A"},
		"unknown type":             {zipped(t, parts(data(`<row r="1"><c t="q"><v>1</v></c></row>`))), "xlsx-cell-type", "a.xlsx!A!A1"},
		"number NaN":               {zipped(t, parts(data(`<row r="1"><c><v>NaN</v></c></row>`))), "xlsx-bad-number", "a.xlsx!A!A1"},
		"number 0x10":              {zipped(t, parts(data(`<row r="1"><c><v>0x10</v></c></row>`))), "xlsx-bad-number", "a.xlsx!A!A1"},
		"number 1e999":             {zipped(t, parts(data(`<row r="1"><c><v>1e999</v></c></row>`))), "xlsx-bad-number", "a.xlsx!A!A1"},
		"boolean 7":                {zipped(t, parts(data(`<row r="1"><c t="b"><v>7</v></c></row>`))), "xlsx-bad-number", "a.xlsx!A!A1"},
		"bad format id":            {zipped(t, with(parts(row), "xl/styles.xml", strings.Replace(stylesXML, `<xf numFmtId="164"/>`, `<xf numFmtId="x"/>`, 1))), "xlsx-bad-style", "a.xlsx"},
	} {
		t.Run(name, func(t *testing.T) {
			file, problems := preflight.Check("a.xlsx", test.file, preflight.Form())
			require.Len(t, problems, 1)
			assert.Nil(t, file)
			assert.Equal(t, test.kind, problems[0].Kind)
			assert.Equal(t, test.place, problems[0].Place.String())
			for _, lang := range locale.Langs() {
				words := locale.MustFor(lang).Problem(problems[0])
				assert.NotContains(t, words, "problems.")
				assert.NotContains(t, words, "{")
			}
		})
	}
}

// What a file is not is said without words of a program, and its name is not blamed for what it does not say.
func TestWordsOfRefusals(t *testing.T) {
	for name, test := range map[string]struct{ file, data, kind string }{
		"cut short":       {"a.xlsx", string(zipped(t, parts(data("")))[:300]), "xlsx-damaged"},
		"a torn part":     {"a.xlsx", string(zipped(t, with(parts(data("")), "xl/workbook.xml", "<workbook"))), "xlsx-bad-xml"},
		"text as .xlsx":   {"a.XLSX", "code;name\n", "xlsx-not-zip"},
		"text as .csv":    {"a.csv", "code;name\n", "xlsx-not-spreadsheet"},
		"no name to tell": {"a", "code;name\n", "xlsx-not-spreadsheet"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := preflight.Check(test.file, []byte(test.data), preflight.Form())
			require.Len(t, problems, 1)
			assert.Equal(t, test.kind, problems[0].Kind)
			words := locale.MustFor("vi").Problem(problems[0])
			assert.NotRegexp(t, "zip|missing|not a|[(]", words)
		})
	}
}

func TestCheckRefusesManyEntriesAndCells(t *testing.T) {
	limits := preflight.Form()
	limits.Entries, limits.Cells = 7, 3
	row := `<row r="1"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c>`
	_, problems := preflight.Check("a.xlsx", zipped(t, parts(data(row+"</row>"))), limits)
	assert.Empty(t, problems)
	_, problems = preflight.Check("a.xlsx", zipped(t, parts(data(row+`<c><v>1</v></c></row>`))), limits)
	require.Len(t, problems, 1)
	assert.Equal(t, "xlsx-cells", problems[0].Kind)
	_, problems = preflight.Check("a.xlsx", zipped(t, with(parts(""), "more.bin", "x")), limits)
	require.Len(t, problems, 1)
	assert.Equal(t, "xlsx-entries", problems[0].Kind)
}

// A byte that is flipped anywhere is found, or changes nothing.
func TestCheckFindsEveryFlippedByte(t *testing.T) {
	good := zipped(t, parts(data(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>123456</v></c></row>`)))
	want, problems := preflight.Check("a.xlsx", good, preflight.Form())
	require.Empty(t, problems)
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x10
		got, problems := preflight.Check("a.xlsx", bad, preflight.Form())
		if len(problems) == 0 && !assert.Equal(t, want, got, "byte %d", i) {
			return
		}
	}
}

// A zip may lie about a size; what counts is what comes out.
func TestCheckCountsWhatComesOut(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range parts(data(`<row r="1"><c><v>1</v></c></row>`)) {
		header := &zip.FileHeader{Name: name, Method: zip.Store, UncompressedSize64: 3, CompressedSize64: uint64(len(content)), CRC32: 7}
		f, err := w.CreateRaw(header)
		require.NoError(t, err)
		_, err = f.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	_, problems := preflight.Check("a.xlsx", out.Bytes(), preflight.Form())
	require.Len(t, problems, 1)
	assert.Equal(t, "xlsx-damaged-part", problems[0].Kind)
}

func FuzzCheck(f *testing.F) {
	f.Add(zipped(f, parts(data(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.5</v></c></row>`))))
	f.Add(zipped(f, parts(data(`<row><c t="b"><v>1</v></c><c><f>1+1</f></c></row>`)+`<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := preflight.Limits{Entries: 50, Part: 1 << 20, Total: 2 << 20, Rows: 100, Cols: 100, Cells: 1000}
		file, problems := preflight.Check("a.xlsx", data, limits)
		require.Equal(t, file == nil, len(problems) > 0)
		if file == nil {
			return
		}
		for _, s := range file.Sheets {
			above := 0
			for _, r := range s.Rows {
				require.Greater(t, r.Number, above, "rows ascend")
				require.LessOrEqual(t, r.Number, limits.Rows)
				above = r.Number
				left := 0
				for _, c := range r.Cells {
					require.Greater(t, c.Col, left, "cells ascend")
					require.LessOrEqual(t, c.Col, limits.Cols)
					left = c.Col
				}
			}
		}
	})
}

// FuzzSheet puts what is fuzzed into a sheet, where the zip around it does not hide it.
func FuzzSheet(f *testing.F) {
	f.Add(data(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.5</v></c></row>`))
	f.Add(data(`<row><c t="b"><v>1</v></c><c><f>1+1</f></c><c t="inlineStr"><is><t>a&amp;b</t></is></c></row>`))
	f.Add(`<cols><col min="1" max="3"/></cols>` + data(`<row r="2"><c r="A2" t='e'><v><![CDATA[#N/A]]></v></c></row><!-- x -->`))
	f.Fuzz(func(t *testing.T, rows string) {
		raw := zipped(t, parts(rows))
		file, problems := preflight.Check("a.xlsx", raw, preflight.Form())
		require.Equal(t, file == nil, len(problems) > 0)
		if file == nil {
			return
		}
		book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: 1 << 26, UnzipXMLSizeLimit: 1 << 26})
		require.NoError(t, err, "what is accepted opens in excelize")
		require.NoError(t, book.Close())
	})
}
