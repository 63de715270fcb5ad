package setbook_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// program finds a program that a test needs; without it the test is skipped, or fails where DTI_REQUIRE is set.
func program(t *testing.T, name string) string {
	t.Helper()
	found, err := exec.LookPath(name)
	if err != nil && os.Getenv("DTI_REQUIRE") != "" {
		require.NoError(t, err)
	}
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return found
}

// forOffice are sets that together have every kind of row, score and setting; LibreOffice takes seconds for each.
var forOffice = []string{"city-starter@2026", "danang-dt@2025", "dti-province@2022", "ok-every-kind", "ok-views", "ok-outside", "ok-policies"}

// A workbook that LibreOffice opened and saved is the same set. One LibreOffice saves them all.
func TestLibreOfficeSavesTheSet(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes its time; a run without -short has this test")
	}
	office, dir := program(t, "soffice"), t.TempDir()
	out := filepath.Join(dir, "out")
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out}
	all := sets(t)
	for name := range all {
		if !slices.Contains(forOffice, name) {
			delete(all, name)
		}
	}
	require.Len(t, all, len(forOffice))
	for name, set := range all {
		file := filepath.Join(dir, name+".xlsx")
		require.NoError(t, os.WriteFile(file, written(t, set, "vi"), 0o600))
		args = append(args, file)
	}
	said, err := exec.CommandContext(t.Context(), office, args...).CombinedOutput()
	require.NoError(t, err, string(said))
	for name, set := range all {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(out, name+".xlsx"))
			require.NoError(t, err)
			assertSame(t, set, read(t, data))
		})
	}
}
