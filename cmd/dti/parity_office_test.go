package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/diag"
)

// recalculate makes LibreOffice compute every formula of a workbook on loading, whatever the cells hold.
const recalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// allSheets exports every sheet as a file of its own, tab-separated UTF-8, with values as they are and not as formatted.
const allSheets = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,false,false,false,-1"

// An office is LibreOffice with a profile of its own. One process converts many files.
type office struct {
	program, profile string
}

// newOffices finds LibreOffice, to run so many times side by side; without it the test is skipped, or fails where
// DTI_REQUIRE is set.
func newOffices(t testing.TB, n int) chan office {
	t.Helper()
	if underRace {
		t.Skip("the program reads, scores and writes side by side in TestScripts; the detector makes calculating ten times as slow")
	}
	path, err := exec.LookPath("soffice")
	if err != nil {
		require.Empty(t, os.Getenv("DTI_REQUIRE"), "soffice is not installed")
		t.Skip("soffice is not installed")
	}
	free := make(chan office, n)
	for range n {
		profile := t.TempDir()
		require.NoError(t, os.MkdirAll(filepath.Join(profile, "user"), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(recalculate), 0o600))
		free <- office{path, profile}
	}
	return free
}

// compute lets one process compute all workbooks of a folder, *.xlsx, into a folder of sheets.
func (o office) compute(t testing.TB, dir string) computed {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	require.NoError(t, err)
	out := filepath.Join(dir, "out")
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(o.profile), "--headless", "--convert-to", allSheets, "--outdir", out}
	cmd := exec.CommandContext(t.Context(), o.program, append(args, files...)...)
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, string(said))
	return computed{out}
}

// computed is the folder of what LibreOffice computed.
type computed struct{ dir string }

// A grid is what the cells of a sheet show, by their names. Blank cells are left out.
type grid map[string]string

// sheet reads a sheet of a workbook, by the name of the file without .xlsx.
func (c computed) sheet(name, sheet string) (grid, error) {
	f, err := os.Open(filepath.Join(c.dir, name+"-"+sheet+".csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = '\t', -1, true
	// Note: a record of the file is a row of the sheet only while blank rows are not skipped, which the hidden first
	// column sees to: csv.Reader skips lines that are wholly empty.
	g := grid{}
	row := 0
	for {
		record, err := r.Read()
		if err != nil {
			break
		}
		row++
		for col, text := range record {
			if text != "" {
				g[diag.ColumnName(col+1)+strconv.Itoa(row)] = text
			}
		}
	}
	if row == 0 {
		return nil, fmt.Errorf("%s holds nothing", f.Name())
	}
	return g, nil
}

// formulaErrors are how LibreOffice shows what cannot be computed.
func formulaError(text string) bool {
	return strings.HasPrefix(text, "#") || strings.HasPrefix(text, "Err:")
}
