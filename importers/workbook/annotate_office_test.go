package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// A form that LibreOffice saved is annotated like any other, and an annotated form that LibreOffice saved is annotated
// anew without anything piling up.
func TestAnnotateWithLibreOffice(t *testing.T) {
	data, form := careless(t)
	program(t, "soffice")
	saved := converted(t, data, "xlsx")
	got := annotated(t, saved, form)
	assert.Equal(t, 1, got.Problems)
	assert.Equal(t, 8, got.Repairs)

	back := converted(t, got.Data, "xlsx")
	again := annotated(t, back, form)
	assert.Equal(t, 1, again.Problems)
	assert.Zero(t, again.Repairs)
	f := opened(t, again.Data)
	assert.Len(t, f.GetSheetList(), len(opened(t, data).GetSheetList())+2)
	comments, err := f.GetComments(answersSheet)
	require.NoError(t, err)
	assert.Len(t, comments, 2, "the agency's own, one with what is told behind it")
	for _, c := range comments {
		var said strings.Builder
		said.WriteString(c.Text)
		for _, run := range c.Paragraph {
			said.WriteString(run.Text)
		}
		assert.LessOrEqual(t, strings.Count(said.String(), "38 máy"), 1, "nothing is told twice")
	}
	for _, id := range []string{"INF-1.connected", "SRV-4.value", "APP-2.value"} {
		look, err := f.GetCellStyle(answersSheet, answerOf(t, f, id))
		require.NoError(t, err)
		fill := f.Styles.Fills.Fill[*f.Styles.CellXfs.Xf[look].FillID]
		assert.Equal(t, "FFFFF9E0", fill.PatternFill.FgColor.RGB, "%s has its colour back, though looks are numbered anew", id)
	}
	text, err := f.GetCellValue(answersSheet, "Z9")
	require.NoError(t, err)
	assert.Equal(t, "Cột thêm của sở", text)
}

// On paper the list is one page wide, and nothing of it is cut.
func TestLibreOfficePrintsTheList(t *testing.T) {
	data, form := careless(t)
	paper := converted(t, annotated(t, data, form).Data, "pdf")
	program(t, "pdftotext")
	name := filepath.Join(t.TempDir(), "list.pdf")
	require.NoError(t, os.WriteFile(name, paper, 0o600))
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-l", "1", "-layout", name, "-").Output()
	require.NoError(t, err)
	text := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{"Những chỗ cần xem lại – Sở Thông tin và Truyền thông", "Cần sửa: 1.", "Đã đọc được", "Nhập 38.", "2.4 Sáng kiến", "Trang 1/"} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "###")
	assert.NotContains(t, text, "dti:review")
}

// googled imitates an export of Google Sheets: no table of shared texts, no spaces, cells and rows without addresses, no
// document properties.
func googled(t testing.TB, data []byte) []byte {
	t.Helper()
	parts := partsOf(t, data)
	texts := regexp.MustCompile(`(?s)<si>(.*?)</si>`).FindAllStringSubmatch(parts["xl/sharedStrings.xml"], -1)
	cell := regexp.MustCompile(`<c r="\w+"( s="\d+")? t="s"><v>(\d+)</v></c>`)
	for name, text := range parts {
		if strings.HasPrefix(name, "xl/worksheets/sheet") {
			parts[name] = cell.ReplaceAllStringFunc(text, func(c string) string {
				m := cell.FindStringSubmatch(c)
				var n int
				_, err := fmt.Sscan(m[2], &n)
				require.NoError(t, err)
				start, _, _ := strings.Cut(c, " t=")
				return strings.Replace(start, "<c", "<g:c", 1) + ` t="inlineStr"><g:is>` + texts[n][1] + `</g:is></g:c>`
			})
		}
	}
	delete(parts, "xl/sharedStrings.xml")
	delete(parts, "docProps/core.xml")
	delete(parts, "docProps/app.xml")
	rels := regexp.MustCompile(`<Relationship [^>]*(sharedStrings|core-properties|extended-properties)[^>]*(/>|></Relationship>)`)
	types := regexp.MustCompile(`<Override [^>]*(sharedStrings|docProps)[^>]*(/>|></Override>)`)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		switch {
		case strings.HasSuffix(name, ".rels"):
			text = rels.ReplaceAllString(text, "")
		case name == "[Content_Types].xml":
			text = types.ReplaceAllString(text, "")
		case strings.HasPrefix(name, "xl/worksheets/sheet"):
			text = prefixedXML(text)
		}
		part, err := w.Create(name)
		require.NoError(t, err)
		_, err = part.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// prefixedXML gives the elements of a sheet a prefix, which is the same to XML and not to careless programs.
func prefixedXML(s string) string {
	s = regexp.MustCompile(`<(/?)([a-zA-Z]\w*)([ />])`).ReplaceAllString(s, "<${1}g:$2$3")
	return strings.Replace(s, ` xmlns="http`, ` xmlns:g="http`, 1)
}

func TestAnnotateAnExport(t *testing.T) {
	data, form := careless(t)
	data = edited(t, data, func(f *excelize.File) { // its text would need a shared string with markup
		require.NoError(t, f.SetCellStr(answersSheet, "Z9", "x"))
	})
	export := googled(t, data)
	got := annotated(t, export, form)
	assert.Equal(t, 1, got.Problems)
	assert.Equal(t, 8, got.Repairs)
	again := annotated(t, got.Data, form)
	assert.Zero(t, again.Repairs)
	f := opened(t, again.Data)
	assert.Equal(t, reviewSheet, f.GetSheetList()[0])
}
