package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/opendti/dti/"

// layers is the architecture: which packages of the project each package may import. Change it only on purpose.
var layers = map[string][]string{
	"criteria/colour":               {},
	"criteria/diag":                 {},
	"criteria/rule":                 {},
	"criteria":                      {"criteria/diag", "criteria/rule"},
	"criteria/builtin":              {"criteria", "criteria/diag"},
	"criteria/locale":               {"criteria/diag", "criteria/rule"},
	"criteria/style":                {"criteria", "criteria/diag", "criteria/rule"},
	"scoring/submission":            {"criteria", "criteria/diag", "criteria/rule"},
	"scoring/par":                   {},
	"scoring":                       {"criteria", "criteria/rule", "scoring/par", "scoring/submission"},
	"scoring/history":               {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "scoring", "scoring/par", "scoring/submission"},
	"scoring/calendar":              {"criteria", "criteria/diag", "criteria/rule", "scoring/submission"},
	"scoring/appraisal":             {"criteria", "criteria/diag", "criteria/rule", "scoring", "scoring/submission"},
	"scoring/movement":              {"criteria", "criteria/rule", "scoring", "scoring/history", "scoring/par"},
	"scoring/rehearsal":             {"criteria", "criteria/rule", "scoring", "scoring/par", "scoring/submission"},
	"importers/internal/numeral":    {},
	"importers/internal/preflight":  {"criteria/diag"},
	"importers/internal/graft":      {"criteria/diag"},
	"importers/internal/sheet":      {"criteria/diag", "importers/internal/preflight"},
	"importers/internal/answer":     {"criteria", "criteria/diag", "criteria/rule", "importers/internal/numeral", "importers/internal/sheet"},
	"importers/internal/workings":   {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "scoring/submission"},
	"importers/internal/written":    {"criteria", "criteria/diag", "criteria/locale", "criteria/rule"},
	"importers/reviewbook":          {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "importers/internal/answer", "importers/internal/sheet", "importers/internal/written", "importers/table", "scoring/submission"},
	"importers/table":               {"criteria", "criteria/diag", "criteria/rule", "importers/internal/answer", "importers/internal/numeral", "importers/internal/sheet", "scoring/submission"},
	"importers/setbook":             {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "importers/internal/answer", "importers/internal/numeral", "importers/internal/sheet", "importers/internal/written"},
	"importers/workbook":            {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "importers/internal/answer", "importers/internal/graft", "importers/internal/numeral", "importers/internal/sheet", "importers/internal/workings", "importers/internal/written", "scoring/submission"},
	"importers":                     {"criteria", "criteria/builtin", "criteria/colour", "criteria/diag", "criteria/rule", "importers/internal/answer", "importers/internal/numeral", "importers/internal/sheet", "importers/reviewbook", "importers/setbook", "importers/table", "importers/workbook", "scoring/submission"},
	"reports/view":                  {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "scoring", "scoring/history", "scoring/par", "scoring/submission"},
	"reports/announce":              {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "reports/view", "scoring", "scoring/history", "scoring/submission"},
	"reports/chart":                 {"criteria/locale", "reports/view"},
	"reports/docx":                  {"reports/view"},
	"reports/dossier":               {"criteria", "criteria/locale", "criteria/rule", "reports/view", "scoring", "scoring/appraisal", "scoring/submission"},
	"reports/html":                  {"criteria/colour", "reports/chart", "reports/html/internal/echarts", "reports/view"},
	"reports/html/internal/echarts": {"reports/internal/npm"},
	"reports/internal/browser":      {},
	"reports/internal/fetch":        {"reports/internal/npm"},
	"reports/internal/npm":          {},
	"reports/internal/pictures":     {"reports/internal/browser"},
	"reports/markdown":              {"reports/view"},
	"reports/xlsx":                  {"reports/view"},
	"reports":                       {"criteria", "criteria/diag", "criteria/locale", "criteria/rule", "reports/announce", "reports/docx", "reports/dossier", "reports/html", "reports/markdown", "reports/view", "reports/xlsx", "scoring", "scoring/history", "scoring/par", "scoring/submission"},
	"cmd/dti":                       {"criteria", "criteria/builtin", "criteria/diag", "criteria/locale", "criteria/rule", "criteria/style", "importers", "importers/reviewbook", "importers/setbook", "importers/table", "importers/workbook", "reports", "reports/announce", "reports/view", "scoring", "scoring/appraisal", "scoring/calendar", "scoring/history", "scoring/movement", "scoring/rehearsal", "scoring/submission"},
}

// homes says which packages may import a library; every other package must not.
var homes = map[string][]string{
	"github.com/xuri/excelize/v2":         {"importers/internal/written", "importers/reviewbook", "importers/setbook", "importers/table", "importers/workbook", "reports/xlsx"},
	"github.com/go-echarts/go-echarts/v2": {"reports/chart"},
	"github.com/spf13/cobra":              {"cmd/dti"},
	"github.com/chromedp":                 {"reports/internal/browser"},
	"gopkg.in/yaml.v3":                    {"criteria", "criteria/locale", "importers", "importers/setbook"},
	"github.com/schollz/progressbar/v3":   {"cmd/dti"},
	"html/template":                       {"reports/chart", "reports/html"},
}

// Test_layers holds the import table.
func Test_layers(t *testing.T) {
	for dir, imports := range importsOf(t, filepath.Join("..", "..")) {
		allowed, known := layers[dir]
		if !assert.True(t, known, "package %s is not in the table of layers", dir) {
			continue
		}
		for _, name := range imports {
			if own, ok := strings.CutPrefix(name, module); ok {
				assert.Contains(t, allowed, own, "%s imports %s", dir, own)
				continue
			}
			for library, rooms := range homes {
				if name == library || strings.HasPrefix(name, library+"/") {
					assert.Contains(t, rooms, dir, "%s imports %s", dir, name)
				}
			}
		}
	}
}

// importsOf lists what the files of each package import, tests and test data left out.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && d.Name() != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[path.Clean(filepath.ToSlash(dir))] = append(found[path.Clean(filepath.ToSlash(dir))], p)
		}
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, found)
	return found
}

// Test_layersKeepsTheEnginePure holds that criteria and scoring neither open files nor ask the clock.
func Test_layersKeepsTheEnginePure(t *testing.T) {
	root := filepath.Join("..", "..")
	for dir, imports := range importsOf(t, root) {
		if !strings.HasPrefix(dir, "criteria") && !strings.HasPrefix(dir, "scoring") {
			continue
		}
		for _, forbidden := range []string{"os", "net", "net/http", "math/rand", "math/rand/v2", "path/filepath"} {
			assert.NotContains(t, imports, forbidden, "%s imports %s", dir, forbidden)
		}
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(dir), "*.go"))
		require.NoError(t, err)
		for _, name := range files {
			source, err := os.ReadFile(name)
			require.NoError(t, err)
			for _, clock := range []string{"time.Now(", "time.Since(", "time.Until("} {
				assert.False(t, strings.Contains(string(source), clock), "%s asks the clock", name)
			}
		}
	}
}
