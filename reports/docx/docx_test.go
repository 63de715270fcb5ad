package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/reports/docx"
	"github.com/opendti/dti/reports/view"
)

func paper() view.Paper {
	return view.Paper{
		Lang: "vi", Title: "Thông báo", Issuer: "Sở Thông tin", Number: "Số: …", Country: "CỘNG HÒA", Motto: "Độc lập", Dated: "…, ngày",
		Kind: "THÔNG BÁO", Subject: "Kết quả <2026> & hơn", Lead: []view.PaperLine{{Text: "Gồm:"}, {Text: "một", Item: true}},
		Sections: []view.PaperSection{{Heading: "I. Khối", Level: 1, Tables: []view.PaperTable{{
			Caption: "Bảng", Columns: []view.PaperColumn{{Name: "Hạng", Num: true, Width: 1}, {Name: "Cơ quan", Head: true, Width: 9}},
			Rows: [][]string{{"1", "Phường Hải Châu 2"}, {"", "Trung bình"}}, Sum: true,
		}}}},
		Recipients: []string{"Nơi nhận:", "- Lưu."}, Signer: []string{"GIÁM ĐỐC"},
	}
}

// parts reads a document back.
func parts(t require.TestingT, p view.Paper) map[string]string {
	var b bytes.Buffer
	require.NoError(t, docx.Write(&b, p))
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	found := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		require.NoError(t, err)
		data, err := io.ReadAll(in)
		require.NoError(t, err)
		found[f.Name] = string(data)
		assert.True(t, f.Modified.Year() < 1981, "no clock")
	}
	return found
}

// words are the texts of a part, a paragraph a line; the part is well-formed XML.
func words(t require.TestingT, part string) string {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(part))
	within := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			within = token.Name.Local == "t"
		case xml.EndElement:
			within = false
			if token.Name.Local == "p" {
				b.WriteByte('\n')
			}
		case xml.CharData:
			if within {
				b.Write(token)
			}
		}
	}
}

func TestWrite(t *testing.T) {
	p := paper()
	found := parts(t, p)
	for name, part := range found {
		words(t, part)
		assert.NotContains(t, part, "<2026>", name)
	}
	body := found["word/document.xml"]
	told := words(t, body)
	for _, line := range []string{"SỞ THÔNG TIN\n", "CỘNG HÒA\n", "THÔNG BÁO\n", "Kết quả <2026> & hơn\n", "– một\n", "I. Khối\n", "Phường Hải Châu 2\n", "GIÁM ĐỐC\n"} {
		assert.Contains(t, told, line)
	}
	assert.Contains(t, body, `<w:tblHeader/>`, "the head of the table is repeated")
	assert.Contains(t, body, `<w:pgSz w:w="11906" w:h="16838"/>`, "A4 upright")
	assert.Contains(t, body, `<w:titlePg/>`, "the first page has a head of its own, without a number")
	assert.Contains(t, found["word/header2.xml"], " PAGE ")
	assert.NotContains(t, found["word/header1.xml"], "PAGE")
	assert.Contains(t, found["word/styles.xml"], "Times New Roman")
	assert.NotContains(t, found["word/header1.xml"]+found["word/header2.xml"], "DỰ THẢO")
}

func TestWriteAnnexAndDraft(t *testing.T) {
	p := paper()
	p.Landscape, p.Issuer, p.Stamp, p.Attached = true, "", "BẢN DỰ THẢO", "(Kèm theo)"
	found := parts(t, p)
	assert.Contains(t, found["word/document.xml"], `w:orient="landscape"`)
	assert.NotContains(t, found["word/document.xml"], "CỘNG HÒA")
	for _, head := range []string{"word/header1.xml", "word/header2.xml"} {
		assert.Contains(t, words(t, found[head]), "BẢN DỰ THẢO", "the stamp stands on every page")
	}
}

// Equal papers give equal bytes, and whatever a text holds comes back as text.
func TestTextsStayTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := paper()
		said := rapid.SampledFrom([]string{`</w:t></w:r>`, "]]>", "&amp;", "a\x00b", "a\vb", "\ufffe", "\xff", "=1+1", "“x”", "\u202e"}).Draw(t, "text")
		p.Subject, p.Sections[0].Tables[0].Rows[0][1], p.Title, p.Issuer = said, said, said, said
		var first, second bytes.Buffer
		require.NoError(t, docx.Write(&first, p))
		require.NoError(t, docx.Write(&second, p))
		require.Equal(t, first.Bytes(), second.Bytes())
		clean := strings.Map(func(r rune) rune {
			if r < ' ' || r == '\ufffe' {
				return '\ufffd'
			}
			return r
		}, strings.ToValidUTF8(said, "\ufffd"))
		for _, part := range parts(t, p) {
			words(t, part)
		}
		assert.Contains(t, words(t, parts(t, p)["word/document.xml"]), clean)
	})
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteTellsTheWritersError(t *testing.T) {
	assert.ErrorIs(t, docx.Write(full{}, paper()), io.ErrShortWrite)
}

// writer reports whether the library of Writer lies beside the program of the office.
func writer(t *testing.T, office string) bool {
	t.Helper()
	program, err := filepath.EvalSymlinks(office)
	require.NoError(t, err)
	libraries, err := filepath.Glob(filepath.Join(filepath.Dir(program), "libsw*lo.so"))
	require.NoError(t, err)
	return len(libraries) > 0
}

// TestOffice holds that LibreOffice opens a document and finds its words.
func TestOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes its time; a run without -short has this test")
	}
	office, err := exec.LookPath("soffice")
	if err == nil && !writer(t, office) {
		err = errors.New("soffice is installed without Writer, which opens documents")
	}
	if err != nil {
		require.Empty(t, os.Getenv("DTI_REQUIRE"), err.Error())
		t.Skip(err.Error())
	}
	dir := t.TempDir()
	var b bytes.Buffer
	require.NoError(t, docx.Write(&b, paper()))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.docx"), b.Bytes(), 0o600))
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, filepath.Join(dir, "a.docx"))
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	told, err := os.ReadFile(filepath.Join(dir, "a.txt"))
	require.NoError(t, err)
	for _, said := range []string{"SỞ THÔNG TIN", "Kết quả <2026> & hơn", "Phường Hải Châu 2", "Nơi nhận:"} {
		assert.Contains(t, string(told), said)
	}
}
