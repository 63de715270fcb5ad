package reports_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// A packaged is a datapackage.json as a program reads it.
type packaged struct {
	Profile, Name, Title, Version, Status, Licence string
	Languages                                      []string
	Stamp                                          map[string]string
	Licenses                                       []struct{ Name, Path, Title string }
	Resources                                      []struct {
		Profile, Name, Path, Hash, Encoding, Format string
		Bytes                                       int64
		Dialect                                     map[string]any
		Schema                                      struct {
			PrimaryKey string
			Fields     []packagedField
		}
	}
}

type packagedField struct {
	Name, Type, Description string
	Descriptions            map[string]string
	Constraints             struct {
		Required, Unique bool
		Minimum          *decimal.Decimal
		Enum             []string
	}
}

// packaging publishes a round and reads what describes its open data.
func packaging(t *testing.T, round *submission.Round) (dir string, p packaged) {
	t.Helper()
	site := filepath.Join(t.TempDir(), "site")
	_, err := reports.Publish(t.Context(), site, reports.Publication{Ranking: scoring.Rank(round), Engine: "dti 1.2.3"})
	require.NoError(t, err)
	found, err := filepath.Glob(filepath.Join(site, "data", "*", "*", "*datapackage.json"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	data, err := os.ReadFile(found[0])
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &p))
	return filepath.Dir(found[0]), p
}

func table(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	require.NoError(t, err)
	return rows
}

// Every file of the package is there with its length and hash, and every table is what its schema says.
func TestDataPackageIsTrue(t *testing.T) {
	round := csvRound(t)
	round.Release.Licence = "CC BY 4.0"
	dir, p := packaging(t, round)
	assert.Equal(t, "data-package", p.Profile)
	assert.Equal(t, "r", p.Name)
	assert.Equal(t, "1", p.Version)
	assert.Equal(t, []string{"vi", "en"}, p.Languages)
	assert.Equal(t, "CC-BY-4.0", p.Licenses[0].Name)
	var names, files []string
	for _, r := range p.Resources {
		names, files = append(names, r.Name), append(files, r.Path)
		assert.Regexp(t, `^[a-z0-9._-]+$`, r.Name)
		data, err := os.ReadFile(filepath.Join(dir, r.Path))
		require.NoError(t, err)
		assert.Equal(t, int64(len(data)), r.Bytes, r.Path)
		assert.Equal(t, "sha256:"+sum(data), r.Hash, r.Path)
		if r.Format != "csv" {
			continue
		}
		assert.Equal(t, "tabular-data-resource", r.Profile)
		assert.Equal(t, "utf-8", r.Encoding)
		assert.Equal(t, ",", r.Dialect["delimiter"])
		holds(t, table(t, filepath.Join(dir, r.Path)), r.Schema.Fields)
	}
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(names))), len(names), "names are told apart")
	assert.Equal(t, []string{"results.vi.xlsx", "results.en.xlsx", "results.csv", "data.json", "criteria.yaml", "dictionary.csv"}, files)
}

// holds asserts that a table has the columns of a schema, and values of their types within their constraints.
func holds(t *testing.T, rows [][]string, fields []packagedField) {
	t.Helper()
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
		assert.NotEmpty(t, f.Description, f.Name)
		for _, lang := range []string{"vi", "en"} {
			assert.NotContains(t, f.Descriptions[lang], "site.", f.Name)
			assert.NotEmpty(t, f.Descriptions[lang], f.Name)
		}
	}
	require.Equal(t, rows[0], names)
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		for i, value := range row {
			f := fields[i]
			at := fmt.Sprintf("%s of %s: %q", f.Name, row[0], value)
			if f.Constraints.Unique {
				assert.False(t, seen[value], at)
				seen[value] = true
			}
			if value == "" {
				assert.False(t, f.Constraints.Required, at)
				continue
			}
			if len(f.Constraints.Enum) > 0 {
				assert.Contains(t, f.Constraints.Enum, value, at)
			}
			hasType(t, f, value, at)
		}
	}
}

func hasType(t *testing.T, f packagedField, value, at string) {
	t.Helper()
	switch f.Type {
	case "integer", "number":
		d, err := decimal.NewFromString(value)
		require.NoError(t, err, at)
		assert.True(t, f.Type == "number" || d.IsInteger(), at)
		if f.Constraints.Minimum != nil {
			assert.False(t, d.LessThan(*f.Constraints.Minimum), at)
		}
	case "boolean":
		_, err := strconv.ParseBool(value)
		assert.NoError(t, err, at)
	default:
		assert.Equal(t, "string", f.Type, at)
	}
}

func TestDictionary(t *testing.T) {
	dir, _ := packaging(t, csvRound(t))
	rows := table(t, filepath.Join(dir, "dictionary.csv"))
	assert.Equal(t, []string{"field", "type", "unit", "description.vi", "description.en", "name.vi", "name.en", "no", "pillar", "points:department", "public"}, rows[0])
	byField := map[string][]string{}
	for _, row := range rows[1:] {
		byField[row[0]] = row
	}
	for _, column := range table(t, filepath.Join(dir, "results.csv"))[0] {
		assert.Contains(t, byField, column, "every column of results.csv has its row")
	}
	assert.Equal(t, []string{"rating", "string", "", "Mã xếp loại: good = Tốt, weak = Yếu; trống nếu không xếp loại", "Id of the rating: good = Good, weak = Weak; empty where there is none", "Xếp loại", "Rating", "", "", "", ""}, byField["rating"])
	assert.Equal(t, []string{"indicator:APP-1", "number", "điểm", "Trang tin – “Có”: đủ điểm, “Không”: 0 điểm", "Website: “Yes” – full points, “No” – 0 points", "Trang tin", "Website", "", "application", "40", "answers"}, byField["indicator:APP-1"])
}

func TestDraftPackageIsStamped(t *testing.T) {
	round := csvRound(t)
	round.Release.Status = submission.Draft
	_, p := packaging(t, round)
	assert.Equal(t, "draft", p.Status)
	assert.Contains(t, p.Stamp["vi"], "BẢN DỰ THẢO")
	for _, r := range p.Resources {
		assert.True(t, strings.HasPrefix(r.Path, "draft-"), r.Path)
	}
}

func TestPackageNamesALicence(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "",
		"CC BY 4.0":                   "CC-BY-4.0 ",
		"CC0 1.0":                     "CC0-1.0 ",
		"Creative Commons":            "",
		"Xem https://a.vn/giay-phep.": " https://a.vn/giay-phep",
	} {
		round := csvRound(t)
		round.Release.Licence = text
		_, p := packaging(t, round)
		var got strings.Builder
		for _, l := range p.Licenses {
			got.WriteString(l.Name + " " + l.Path)
		}
		assert.Equal(t, want, got.String(), text)
		assert.Equal(t, text, p.Licence)
	}
}

// Nothing of an agency is in what describes the data.
func TestPackageHoldsNoAgency(t *testing.T) {
	round := csvRound(t)
	for i := range round.Agencies {
		round.Agencies[i].Name["vi"] = "SECRET-" + round.Agencies[i].Code
	}
	dir, _ := packaging(t, round)
	for _, name := range []string{"datapackage.json", "dictionary.csv"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.NotRegexp(t, regexp.MustCompile(`SECRET|secret|HYPERLINK`), string(data))
	}
}

// An open package with the past, which has more columns filled.
func TestPackageOfComparedRound(t *testing.T) {
	ranking := scoring.Rank(csvRound(t))
	past, problems := history.FromStandings(2018, "", []submission.PastStanding{{Code: "001", Rank: 2}, {Code: "c", Rank: 1}})
	require.Empty(t, problems)
	site := filepath.Join(t.TempDir(), "site")
	_, err := reports.Publish(t.Context(), site, reports.Publication{Ranking: ranking, Comparison: history.Compare(ranking, past)})
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join(site, "data", "r", "r1", "datapackage.json"))
	require.NoError(t, err)
	var p packaged
	require.NoError(t, json.Unmarshal(data, &p))
	for _, r := range p.Resources {
		if r.Name == "results" {
			holds(t, table(t, filepath.Join(site, "data", "r", "r1", r.Path)), r.Schema.Fields)
		}
	}
}
