package markdown_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/markdown"
	"github.com/opendti/dti/reports/view"
)

var update = flag.Bool("update", false, "write the golden files")

func annex(t testing.TB, lang string, replaced ...string) string {
	t.Helper()
	data, err := os.ReadFile("../view/testdata/annex.yaml")
	require.NoError(t, err)
	set, err := criteria.Load("annex.yaml", []byte(strings.NewReplacer(replaced...).Replace(string(data))))
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, markdown.WriteMethodology(&b, view.NewMethodology(set, locale.MustFor(lang))))
	return b.String()
}

// Goldens hold the whole document; read a diff before it is accepted.
func TestGoldenMethodology(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			got := annex(t, lang)
			assert.True(t, strings.HasPrefix(got, markdown.MethodologyHead))
			file := "testdata/methodology-" + lang + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

// hostile would be a tag, a cell, a heading, a link, code, emphasis, an entity or an address.
const hostile = "<script>alert(1)</script> | # [a](javascript:x) ![b](http://c.example) `d` *e* _f_ &lt; www.g.example h@i.example \\| ~~j~~"

// No name from data is markup, wherever it stands.
func TestNamesAreNoMarkup(t *testing.T) {
	name := "'" + hostile + "'"
	page := annex(t, "vi",
		"Bộ chỉ số thử", name, "Tỷ lệ CBCC có máy tính", name, "Số máy tính", name, "Báo cáo kiểm kê", name, "Sở Tài chính", name,
		"Mạng LAN", name, "Tổng số CBCC", name, "Hạ tầng", name, "12/QĐ-UBND", name, "Chính quyền số", name, "data_owner", name,
		`"https://example.gov.vn/12"`, name, "Kế hoạch", "'- x'", "Chính sách", "'--- x'", "Ngoài nhóm", "'=== x'",
	)
	bare := regexp.MustCompile(`\\[!-/:-@[-`+"`"+`{-~]`).ReplaceAllString(page, "")
	bare = strings.TrimPrefix(strings.ReplaceAll(bare, "<br>", ""), markdown.MethodologyHead)
	for _, sign := range []string{"<", "`", "[", "]", "_", "~", "://", "www.", "!", "@"} {
		assert.False(t, strings.Contains(bare, sign), sign)
	}
	assert.Contains(t, page, `&lt;script&gt;alert(1)&lt;/script&gt; \| \# \[a\](javascript:x)`)
	for _, table := range tables(bare) {
		for _, line := range table {
			assert.Equal(t, strings.Count(table[0], "|"), strings.Count(line, "|"), line)
		}
	}
}

// tables are the rows of each table.
func tables(page string) [][]string {
	var all [][]string
	inside := false
	for line := range strings.Lines(page) {
		row := strings.HasPrefix(line, "|")
		if row && !inside {
			all = append(all, nil)
		}
		if inside = row; row {
			all[len(all)-1] = append(all[len(all)-1], strings.TrimSpace(line))
		}
	}
	return all
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestTellsThatItCouldNotBeWritten(t *testing.T) {
	assert.ErrorContains(t, markdown.WriteMethodology(fullDisk{}, view.Methodology{}), "write methodology: disk full")
}
