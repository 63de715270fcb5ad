package graft_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/importers/internal/graft"
	"github.com/opendti/dti/importers/internal/preflight"
)

const (
	office    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	types     = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/a.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	rootRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/officeDocument" Target="/xl/workbook.xml"/></Relationships>`
	bookRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/a.xml"/></Relationships>`
)

// small is a spreadsheet with one sheet and nothing else: no styles, no texts.
func small(t testing.TB, sheet string) []byte {
	t.Helper()
	return zipped(t, [][2]string{
		{"[Content_Types].xml", types},
		{"_rels/.rels", rootRels},
		{"xl/workbook.xml", `<s:workbook xmlns:s="` + namespace + `" xmlns:q="` + office + `"><s:bookViews><s:workbookView activeTab="0"/></s:bookViews><s:sheets><s:sheet name="A" sheetId="4" q:id="r1"/></s:sheets></s:workbook>`},
		{"xl/_rels/workbook.xml.rels", bookRels},
		{"xl/worksheets/a.xml", sheet},
	})
}

func zipped(t testing.TB, parts [][2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := w.Create(p[0])
		require.NoError(t, err)
		_, err = f.Write([]byte(p[1]))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

func part(t testing.TB, data []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	f, err := archive.Open(name)
	require.NoError(t, err)
	text, err := io.ReadAll(f)
	require.NoError(t, err)
	return string(text)
}

// sound holds that both the preflight and excelize open a file.
func sound(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	_, problems := preflight.Check("a.xlsx", data, preflight.Form())
	require.Empty(t, problems)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, f.Close()) })
	return f
}

func TestNothingChangesNothing(t *testing.T) {
	data := small(t, `<worksheet xmlns="`+namespace+`"><sheetData><row><c><v>5</v></c></row></sheetData></worksheet>`)
	f, err := graft.Open(data)
	require.NoError(t, err)
	got, err := f.Bytes()
	require.NoError(t, err)
	for _, name := range []string{"xl/worksheets/a.xml", "xl/workbook.xml", "[Content_Types].xml"} {
		assert.Equal(t, part(t, data, name), part(t, got, name))
	}
}

// Cells and rows that are there, that are not, and that have no address.
func TestPut(t *testing.T) {
	tests := map[string]struct {
		rows string
		at   [2]int
		want string
	}{
		"a cell":             {`<row r="2"><c r="B2" s="0"><v>5</v></c></row>`, [2]int{2, 2}, `<row r="2"><c r="B2" s="0" t="inlineStr"><is><t xml:space="preserve">x&lt;</t></is></c></row>`},
		"before a cell":      {`<row r="2" spans="2:2"><c r="B2"/></row>`, [2]int{2, 1}, `<row r="2"><c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">x&lt;</t></is></c><c r="B2"/></row>`},
		"behind the cells":   {`<row r="2"><c r="B2"/></row>`, [2]int{2, 3}, `<row r="2"><c r="B2"/><c r="C2" s="0" t="inlineStr"><is><t xml:space="preserve">x&lt;</t></is></c></row>`},
		"an empty row":       {`<row r="2" spans="1:1" ht="20"/>`, [2]int{2, 3}, `<row r="2" ht="20"><c r="C2" s="0" t="inlineStr"><is><t xml:space="preserve">x&lt;</t></is></c></row>`},
		"before a row":       {`<row r="5"/>`, [2]int{2, 3}, `<row r="2"><c r="C2" s="0" t="inlineStr"><is><t xml:space="preserve">x&lt;</t></is></c></row><row r="5"/>`},
		"behind the rows":    {`<row r="1"/>`, [2]int{2, 3}, `<row r="1"/><row r="2"><c r="C2" s="0" t="inlineStr"><is><t xml:space="preserve">x&lt;</t></is></c></row>`},
		"without an address": {`<row><c/></row><row><c/><c><v>7</v></c></row>`, [2]int{2, 2}, `<row><c/></row><row><c/><c r="B2" s="0" t="inlineStr"><is><t xml:space="preserve">x&lt;</t></is></c></row>`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := graft.Open(small(t, `<worksheet xmlns="`+namespace+`"><sheetData>`+tt.rows+`</sheetData></worksheet>`))
			require.NoError(t, err)
			g, err := f.Grid("A")
			require.NoError(t, err)
			g.Put(tt.at[0], tt.at[1], 0, &graft.Content{Text: "x<"})
			got, err := f.Bytes()
			require.NoError(t, err)
			assert.Equal(t, `<worksheet xmlns="`+namespace+`"><sheetData>`+tt.want+`</sheetData></worksheet>`, part(t, got, "xl/worksheets/a.xml"))
		})
	}
}

// Prefixed XML, no styles, two new cells in an empty row, a comment and a sheet: all at once, and sound.
func TestEverythingAtOnce(t *testing.T) {
	f, err := graft.Open(small(t, `<s:worksheet xmlns:s="`+namespace+`"><s:sheetViews><s:sheetView tabSelected="1" workbookViewId="0"/></s:sheetViews><s:sheetData><s:row r="1"/></s:sheetData><s:pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/></s:worksheet>`))
	require.NoError(t, err)
	looks, err := f.Looks()
	require.NoError(t, err)
	g, err := f.Grid("A")
	require.NoError(t, err)
	look := looks.Change(graft.Change{Of: g.Look(1, 1), Fill: "FFE28A", Edge: "D55E00", Format: "0.000%"})
	assert.Equal(t, look, looks.Change(graft.Change{Fill: "FFE28A", Edge: "D55E00", Format: "0.000%"}), "equal looks are one")
	g.Put(1, 1, look, &graft.Content{Digits: "0.125"})
	g.Put(1, 2, look, nil)
	require.NoError(t, f.Comment("A", "dti", []graft.Comment{{Ref: "A1", Text: "Xin xem lại\n_x000D_ <b>"}}))
	require.NoError(t, f.Rearrange(nil, []*graft.Sheet{
		{Name: "Danh sách & 'x' 1", Part: "xl/worksheets/list.xml", Head: 1, Widths: []float64{0, 9}, Rows: []graft.Row{{Slots: []graft.Slot{{}, {Text: "=1+1", Link: "'A'!A1"}, {Count: 3}}}}},
		{Name: "nhớ", Part: "xl/worksheets/memory.xml", Hidden: true},
	}))
	data, err := f.Bytes()
	require.NoError(t, err)
	x := sound(t, data)
	assert.Equal(t, []string{"Danh sách & 'x' 1", "A", "nhớ"}, x.GetSheetList())
	text, err := x.GetCellValue("A", "A1")
	require.NoError(t, err)
	assert.Equal(t, "12.500%", text)
	text, err = x.GetCellValue("Danh sách & 'x' 1", "B1")
	require.NoError(t, err)
	assert.Equal(t, "=1+1", text)
	comments, err := x.GetComments("A")
	require.NoError(t, err)
	require.Len(t, comments, 1)
	assert.Equal(t, "dti", comments[0].Author)
	assert.NotContains(t, part(t, data, "xl/worksheets/a.xml"), "tabSelected")

	// And all of it can be taken away again.
	f, err = graft.Open(data)
	require.NoError(t, err)
	said, err := f.Comments("A")
	require.NoError(t, err)
	require.NoError(t, f.Uncomment("A", []string{said[0].Text}))
	require.NoError(t, f.Rearrange([]string{"nhớ", "Danh sách & 'x' 1"}, nil))
	data, err = f.Bytes()
	require.NoError(t, err)
	x = sound(t, data)
	assert.Equal(t, []string{"A"}, x.GetSheetList())
	assert.Empty(t, x.GetDefinedName())
	comments, err = x.GetComments("A")
	require.NoError(t, err)
	assert.Empty(t, comments)
}

// A comment that stands for a conversation is left alone, and what somebody else says stays when ours goes.
func TestCommentsOfOthers(t *testing.T) {
	book := excelize.NewFile()
	require.NoError(t, book.SetCellValue("Sheet1", "A1", 1))
	require.NoError(t, book.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: "Lan", Text: "của Lan"}))
	require.NoError(t, book.AddComment("Sheet1", excelize.Comment{Cell: "A2", Author: "tc={1}", Text: "một trao đổi"}))
	var out bytes.Buffer
	require.NoError(t, book.Write(&out))
	f, err := graft.Open(out.Bytes())
	require.NoError(t, err)
	require.NoError(t, f.Comment("Sheet1", "dti", []graft.Comment{{Ref: "A1", Text: "Cần sửa\nghi 38"}, {Ref: "A2", Text: "y"}, {Ref: "C3", Text: "z"}}))
	data, err := f.Bytes()
	require.NoError(t, err)
	sound(t, data)
	f, err = graft.Open(data)
	require.NoError(t, err)
	said, err := f.Comments("Sheet1")
	require.NoError(t, err)
	require.Len(t, said, 3)
	assert.Contains(t, said[0].Text, "của Lan\n\nCần sửa\nghi 38")
	assert.NotContains(t, said[1].Text, "y\n")
	require.NoError(t, f.Uncomment("Sheet1", []string{"Cần sửa\nghi 38", "z"}))
	said, err = f.Comments("Sheet1")
	require.NoError(t, err)
	require.Len(t, said, 2)
	assert.Contains(t, said[0].Text, "của Lan")
	assert.NotContains(t, said[0].Text, "ghi 38")
}

func TestOpenRefuses(t *testing.T) {
	_, err := graft.Open([]byte("no zip"))
	require.Error(t, err)
	_, err = graft.Open(zipped(t, [][2]string{{"a.xml", "<a/>"}}))
	require.Error(t, err)
	f, err := graft.Open(small(t, `<worksheet/>`))
	require.NoError(t, err)
	_, err = f.Grid("nowhere")
	require.Error(t, err)
	require.Error(t, f.Rearrange([]string{"A"}, nil), "a file needs a sheet")
}

func TestAddress(t *testing.T) {
	for ref, want := range map[string]string{"A1": "1 1 true", "AB12": "12 28 true", "": "0 0 false", "12": "12 0 false", "A": "0 1 false", "A0": "0 1 false"} {
		row, col, ok := graft.Address(ref)
		assert.Equal(t, want, fmt.Sprint(row, col, ok), ref)
	}
}

// Looks are known by what they show; those of an earlier change are found again instead of piling up.
func TestLooks(t *testing.T) {
	book := excelize.NewFile()
	yellow, err := book.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"fff9e0"}}, CustomNumFmt: new("0.0%")})
	require.NoError(t, err)
	require.NoError(t, book.SetCellStyle("Sheet1", "B2", "B2", yellow))
	require.NoError(t, book.SetColStyle("Sheet1", "D", yellow))
	var out bytes.Buffer
	require.NoError(t, book.Write(&out))
	data, size := out.Bytes(), 0
	for range 3 {
		f, err := graft.Open(data)
		require.NoError(t, err)
		names, err := f.Sheets()
		require.NoError(t, err)
		assert.Equal(t, []string{"Sheet1"}, names)
		looks, err := f.Looks()
		require.NoError(t, err)
		g, err := f.Grid("Sheet1")
		require.NoError(t, err)
		at := g.Look(2, 2)
		assert.Equal(t, "FFF9E0", looks.Fill(at))
		assert.Empty(t, looks.Fill(0))
		_, code := looks.Format(at)
		assert.Equal(t, "0.0%", code)
		assert.Equal(t, at, g.Look(9, 4), "a cell that is not there looks like its column")
		seen := maps.Collect(g.Cells)
		assert.Equal(t, at, seen[[2]int{2, 2}])
		red := looks.Change(graft.Change{Of: at, Fill: "FF0000", Format: "0.000%"})
		assert.NotEqual(t, at, red)
		looks.Add(graft.Look{Font: "A & B", Size: 11, Bold: true, Underline: true, Ink: "112233", Fill: "445566", Border: "778899", Centre: true, Wrap: true})
		data, err = f.Bytes()
		require.NoError(t, err)
		sound(t, data)
		styles := len(part(t, data, "xl/styles.xml"))
		assert.True(t, size == 0 || size == styles, "nothing piles up")
		size = styles
	}
}

func TestCache(t *testing.T) {
	f, err := graft.Open(small(t, `<worksheet xmlns="`+namespace+`"><sheetData><row r="1"><c r="A1" s="0"><f>1+1</f><v>9</v></c><c r="B1" t="str"><f>"a"</f></c><c r="C1"><v>1</v></c></row></sheetData></worksheet>`))
	require.NoError(t, err)
	g, err := f.Grid("A")
	require.NoError(t, err)
	said := maps.Collect(g.Formulas)
	assert.Equal(t, map[[2]int]string{{1, 1}: "1+1", {1, 2}: `"a"`}, said)
	g.Cache(1, 1, graft.Content{Digits: "2"})
	g.Cache(1, 2, graft.Content{Text: "a&b"})
	g.Cache(1, 3, graft.Content{Digits: "7"})
	require.NoError(t, f.Recalculate())
	data, err := f.Bytes()
	require.NoError(t, err)
	assert.Contains(t, part(t, data, "xl/worksheets/a.xml"),
		`<c r="A1" s="0"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a&amp;b</v></c><c r="C1"><v>1</v></c>`)
	assert.Contains(t, part(t, data, "xl/workbook.xml"), `<s:calcPr fullCalcOnLoad="1"/>`)
}

func TestStamped(t *testing.T) {
	day := time.Date(1990, 3, 1, 0, 0, 0, 0, time.UTC)
	f, err := graft.Open(small(t, `<worksheet xmlns="`+namespace+`"><sheetData/></worksheet>`))
	require.NoError(t, err)
	require.NoError(t, f.Rearrange(nil, []*graft.Sheet{{Name: "B", Part: "xl/worksheets/b.xml", Stamp: day}}))
	data, err := f.Bytes()
	require.NoError(t, err)
	assert.True(t, graft.Stamped(data, "xl/worksheets/b.xml", day))
	assert.False(t, graft.Stamped(data, "xl/worksheets/a.xml", day))
	assert.False(t, graft.Stamped(nil, "xl/worksheets/a.xml", day))
}
