package importers_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring/submission"
)

// picture is an empty picture in one of the formats that Go writes.
func picture(t testing.TB, format string, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	drawn := image.NewGray(image.Rect(0, 0, width, height))
	if format == "png" {
		require.NoError(t, png.Encode(&b, drawn))
	} else {
		require.NoError(t, jpeg.Encode(&b, drawn, nil))
	}
	return b.String()
}

// cut is a file of which the second half is missing.
func cut(data string) string { return data[:len(data)/2] }

// chunk is a chunk of a PNG with its length and its sum.
func chunk(kind, content string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	b = append(b, kind+content...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

// Where the first chunk of a PNG begins and ends.
const headBegins, headEnds = 8, 33

// claiming is a PNG that says of itself to be so wide and high.
func claiming(data string, pixels uint32) string {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, pixels), pixels)
	return data[:headBegins] + chunk("IHDR", string(head)+data[24:29]) + data[headEnds:]
}

// moving is a PNG with the chunk by which browsers know one that moves.
func moving(data string) string {
	return data[:headEnds] + chunk("acTL", "\x00\x00\x00\x02\x00\x00\x00\x00") + data[headEnds:]
}

// docx is the least that counts as a Word document.
func docx(t testing.TB, part string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, err := z.Create(part)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func TestOpenReadsThePublication(t *testing.T) {
	files := map[string]string{
		"round.yaml": roundYAML + `publish:
  name: {vi: Sở KH&CN, en: Department of S&T}
  logo: images/Logo.PNG
  contact: dti@example.vn
  licence: CC BY 4.0
  colour: "#7A1F3D"
  languages: [en]
  announcement: [cong-bo/QD-12.pdf, cong-bo/phu-luc.docx]
`,
		"agencies.csv": agenciesCSV, "images/Logo.PNG": picture(t, "png", 40, 20),
		"cong-bo/QD-12.pdf": "%PDF-1.7\n", "cong-bo/phu-luc.docx": docx(t, "word/document.xml"),
	}
	round := open(t, files)
	assert.Zero(t, round.Problems.Stopping(), said(round.Problems))
	assert.Equal(t, submission.Publication{
		Name: criteria.Text{"vi": "Sở KH&CN", "en": "Department of S&T"},
		Logo: submission.Logo{Extension: "png", Width: 40, Height: 20, Data: []byte(files["images/Logo.PNG"])}, Colour: "#7a1f3d", Languages: []string{"en"},
		Announcement: []submission.Attachment{
			{Name: "QD-12.pdf", MediaType: "application/pdf", Data: []byte("%PDF-1.7\n")},
			{Name: "phu-luc.docx", MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Data: []byte(files["cong-bo/phu-luc.docx"])},
		},
	}, round.Publish)
	assert.Equal(t, "dti@example.vn", round.Release.Contact)
	assert.Equal(t, "CC BY 4.0", round.Release.Licence)
	for _, name := range []string{"images/Logo.PNG", "cong-bo/QD-12.pdf", "cong-bo/phu-luc.docx"} {
		assert.True(t, slices.ContainsFunc(round.Files, func(f submission.File) bool { return f.Name == name && len(f.SHA256) == 64 }), name)
	}
	files["cong-bo/QD-12.pdf"] += " "
	assert.NotEqual(t, round.Digest, open(t, files).Digest, "what is published counts among the files of the round")
	files["round.yaml"] = roundYAML + "publish: {logo: images/l.jpg, announcement: cong-bo/QD-12.pdf}\n"
	files["images/l.jpg"] = picture(t, "jpeg", 8, 9)
	round = open(t, files)
	assert.Equal(t, "jpg", round.Publish.Logo.Extension)
	assert.Len(t, round.Publish.Announcement, 1)
}

// publishFaults are what round.yaml's own place is told, in English.
func publishFaults(round *submission.Round) []string {
	var got []string
	for _, p := range round.Problems {
		if p.Severity == diag.Error {
			got = append(got, strings.TrimPrefix(locale.MustFor("en").Problem(p), "round.yaml:"))
		}
	}
	return got
}

func TestPublicationProblems(t *testing.T) {
	files := map[string]string{
		"agencies.csv": agenciesCSV, "logo.svg": "<svg/>", "logo.gif": "GIF89a", "fake.png": "PNG", "jpeg.png": picture(t, "jpeg", 4, 4),
		"heavy.png": picture(t, "png", 4, 4) + strings.Repeat("x", 500_000), "wide.png": picture(t, "png", 2001, 1),
		"cut.png": cut(picture(t, "png", 40, 40)), "cut.jpg": cut(picture(t, "jpeg", 40, 40)), "bomb.png": claiming(picture(t, "png", 4, 4), 60_000),
		"moving.png": moving(picture(t, "png", 4, 4)), "a.pdf": "%PDF-1.4", "b/A.PDF": "%PDF-1.4", "fake.pdf": "<html>", "fake.docx": "%PDF-", "other.docx": docx(t, "xl/workbook.xml"), "a.doc": "x",
	}
	for name, test := range map[string]struct {
		yaml string
		want string
	}{
		"unknown key":          {"publish: {colur: x}", `4:11: the format has no key "colur"; nearest: colour.`},
		"colour without quote": {"publish:\n  name: A\n  colour: #0b5fa5", `6:10: read "", need one colour in quotes, such as colour: "#0b5fa5".`},
		"colour as a word":     {"publish: {colour: blue}", `4:19: read "blue", need one colour in quotes, such as colour: "#0b5fa5".`},
		"colour as a list":     {"publish: {colour: ['#0b5fa5']}", `4:19: read "[…]", need one colour in quotes, such as colour: "#0b5fa5".`},
		"pale colour":          {`publish: {colour: "#F2C400"}`, `4:19: the colour #f2c400 has a contrast of 1.5 with the grounds of the pages, at least 4.5 is needed to be read. The nearest darker colour that fits is "#876d00"; write that, or choose a darker one.`},
		"contact twice":        {"publish: {contact: A}\nrelease: {contact: B}", `4:20: release says "contact" already. Say it once: there or here.`},
		"licence twice":        {"release: {licence: B}\npublish: {licence: A}", `5:20: release says "licence" already. Say it once: there or here.`},
		"language unknown":     {"publish: {languages: [vi, fr]}", `4:27: the criteria set has no language "fr". Choose from: vi, en.`},
		"language twice":       {"publish: {languages: [en, en]}", `4:27: the language "en" is named already. Name each language once.`},
		"svg":                  {"publish: {logo: logo.svg}", `4:17: "logo.svg" is an SVG picture, which can hold program code that runs when it is opened alone, so it is not published. Save the logo as .png.`},
		"gif":                  {"publish: {logo: logo.gif}", `4:17: "logo.gif" is no .png or .jpg picture. Save the logo as one of the two.`},
		"no picture":           {"publish: {logo: fake.png}", `4:17: "fake.png" is not the kind of picture that its name says, or it is damaged. Save the logo as .png anew.`},
		"other picture":        {"publish: {logo: jpeg.png}", `4:17: "jpeg.png" is not the kind of picture that its name says, or it is damaged. Save the logo as .png anew.`},
		"half a png":           {"publish: {logo: cut.png}", `4:17: "cut.png" is not the kind of picture that its name says, or it is damaged. Save the logo as .png anew.`},
		"half a jpeg":          {"publish: {logo: cut.jpg}", `4:17: "cut.jpg" is not the kind of picture that its name says, or it is damaged. Save the logo as .png anew.`},
		"claims to be huge":    {"publish: {logo: bomb.png}", `4:17: the picture "bomb.png" has 60000 × 60000 pixels, at most 2000 are allowed either way. Scale it down; 400 pixels are enough.`},
		"moves":                {"publish: {logo: moving.png}", `4:17: "moving.png" is a picture that moves, and nobody could stop it on the pages. Save one still picture of it as .png.`},
		"heavy":                {"publish: {logo: heavy.png}", `4:17: "heavy.png" is larger than 500 kB. Save it smaller and try again.`},
		"wide":                 {"publish: {logo: wide.png}", `4:17: the picture "wide.png" has 2001 × 1 pixels, at most 2000 are allowed either way. Scale it down; 400 pixels are enough.`},
		"logo missing":         {"publish: {logo: none.png}", `4:17: there is no file "none.png". Check its name and folder.`},
		"logo outside":         {"publish: {logo: ../logo.png}", `4:17: "../logo.png" lies outside the folder of the round. Copy it into the folder; only criteria and previous may lead out of it.`},
		"logo a folder":        {"publish: {logo: b.png}", `4:17: "b.png" is a folder, a file is needed. Name a file in it.`},
		"no document":          {"publish: {announcement: a.doc}", `4:25: "a.doc" is no .pdf or .docx document. Save the announcement as one of the two.`},
		"document twice":       {"publish: {announcement: [a.pdf, b/A.PDF]}", `4:33: a document "A.PDF" is named already. Name each document once, and give two documents two names.`},
		"fake pdf":             {"publish: {announcement: fake.pdf}", `4:25: "fake.pdf" is not the kind of document that its name says, or it is damaged. Save it anew as .pdf or .docx.`},
		"fake docx":            {"publish: {announcement: fake.docx}", `4:25: "fake.docx" is not the kind of document that its name says, or it is damaged. Save it anew as .pdf or .docx.`},
		"other office file":    {"publish: {announcement: other.docx}", `4:25: "other.docx" is not the kind of document that its name says, or it is damaged. Save it anew as .pdf or .docx.`},
		"document missing":     {"publish: {announcement: [none.pdf]}", `4:26: there is no file "none.pdf". Check its name and folder.`},
		"linked logo":          {"publish: {logo: link.png}", `4:17: "link.png" is a link, and what is published must be the file itself. Copy the file to this place in the folder of the round.`},
		"linked folder":        {"publish: {announcement: way/a.pdf}", `4:25: "way/a.pdf" is a link, and what is published must be the file itself. Copy the file to this place in the folder of the round.`},
	} {
		t.Run(name, func(t *testing.T) {
			all := map[string]string{"round.yaml": roundYAML + test.yaml + "\n"}
			maps.Copy(all, files)
			dir := folder(t, all)
			require.NoError(t, os.Mkdir(filepath.Join(dir, "b.png"), 0o755))
			require.NoError(t, os.Symlink("wide.png", filepath.Join(dir, "link.png")))
			require.NoError(t, os.Symlink(".", filepath.Join(dir, "way")))
			round, err := importers.Open(dir)
			require.NoError(t, err)
			assert.Equal(t, []string{test.want}, publishFaults(round))
			for _, p := range round.Problems {
				assert.NotContains(t, locale.MustFor("vi").Problem(p), "{")
			}
		})
	}
}

// What is larger than a document may be is not read whole.
func TestLargeAnnouncement(t *testing.T) {
	dir := folder(t, map[string]string{"round.yaml": roundYAML + "publish: {announcement: a.pdf}\n", "agencies.csv": agenciesCSV, "a.pdf": "%PDF-1.4"})
	require.NoError(t, os.Truncate(filepath.Join(dir, "a.pdf"), 20_000_001))
	round, err := importers.Open(dir)
	require.NoError(t, err)
	assert.Equal(t, []string{`4:25: "a.pdf" is larger than 20 MB. Save it smaller and try again.`}, publishFaults(round))
	assert.Empty(t, round.Publish.Announcement)
}
