package workbook_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// program finds a program that a test needs; without it the test is skipped, or fails where DTI_REQUIRE is set.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("DTI_REQUIRE") != "" {
		require.NoError(t, err)
	}
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

// converted lets LibreOffice save a workbook in another format.
func converted(t *testing.T, data []byte, format string) []byte {
	t.Helper()
	office, dir := program(t, "soffice"), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "form.xlsx"), data, 0o600))
	out := filepath.Join(dir, "out")
	cmd := exec.CommandContext(t.Context(), office, "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", format, "--outdir", out, filepath.Join(dir, "form.xlsx"))
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, string(said))
	got, err := os.ReadFile(filepath.Join(out, "form."+format))
	require.NoError(t, err, string(said))
	return got
}

// A form that LibreOffice opened and saved is read as before.
func TestLibreOfficeSavesTheForm(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{
		key("INF-1.computers"): rule.NumberOf(dec("38")), key("INF-2.value"): rule.NumberOf(dec("0.45")),
		key("SRV-1.value"): rule.OptionsOf("full"), key("SRV-2.value"): rule.OptionsOf("plan", "unit"),
		key("SRV-3.value"): rule.DayOf("2025-03-01"), key("SRV-3.why"): rule.TextOf("=1+1"), key("SRV-4.value"): rule.YesNoOf(false),
		key("APP-1.value"): rule.NotApplicableValue(), key("APP-2.value"): rule.NumberOf(dec("12.5")), key("figures.staff"): rule.NumberOf(dec("40")),
	})
	form.Filled.Evidence = map[string][]submission.Evidence{"INF-1": {{Text: "12/BC – Kiểm kê"}, {Text: "- ảnh"}}}
	form.Filled.Remarks = map[string]string{"INF-1": "Đã kiểm tra", "APP-1": "Dùng chung cổng của thành phố"}
	form.Filled.Filler = "Nguyễn Văn A"
	got, problems := read(t, converted(t, write(t, form), "xlsx"), expect(form))
	assert.Empty(t, problems)
	assertSame(t, form.Filled, got)
}

// On paper every text of the form is there, whole.
func TestLibreOfficePrintsTheForm(t *testing.T) {
	form := exampleForm()
	form.Agency = exampleAgency()
	paper := converted(t, write(t, form), "pdf")
	program(t, "pdftotext")
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "form.pdf"), paper, 0o600))
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", filepath.Join(dir, "form.pdf"), "-").Output()
	require.NoError(t, err)
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	assert.LessOrEqual(t, len(pages), 7, "a sheet is one page wide")
	assert.NotContains(t, string(out), "###", "no column is too narrow for its number")
	assert.NotContains(t, string(out), "dti:", "hidden marks are not printed")
	text := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{
		"Bản tự đánh giá – Bộ chỉ số chuyển đổi số", "Tổng số cán bộ, công chức, viên chức", "Mức độ hài lòng của người dân", "Điểm tự chấm",
		"Tổng điểm được làm tròn đến 2 chữ số thập phân.",
	} {
		assert.Contains(t, text, want)
	}
	titles := 0
	for _, page := range pages {
		if strings.Contains(page, "Tự đánh giá – Sở Thông tin và Truyền thông") && strings.Contains(page, "Cách ghi") {
			titles++
		}
	}
	assert.GreaterOrEqual(t, titles, 2, "the head is repeated on every page of the answers")
}
