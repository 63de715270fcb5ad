package style_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/style"
)

var update = flag.Bool("update", false, "rewrite the findings in testdata")

// The findings are specified by the files of testdata: prose, a set, and the exact findings that it gives. Each set
// holds what is found and, beside it, what is not.
func TestSpecification(t *testing.T) {
	said := map[string]bool{}
	for name, archive := range specification(t) {
		t.Run(name, func(t *testing.T) {
			require.NotEmpty(t, archive.Comment, "prose that says what the case specifies")
			set := load(t, "set.yaml", archive.Files[0].Data)
			got := words(t, style.Check(set))
			for _, p := range style.Check(set) {
				said[p.Kind] = true
			}
			if *update {
				archive.Files[1].Data = []byte(got)
				require.NoError(t, os.WriteFile(filepath.Join("testdata", name+".txtar"), txtar.Format(archive), 0o644))
			}
			assert.Equal(t, string(archive.Files[1].Data), got)
		})
	}
	for _, key := range locale.MustFor("en").Keys() {
		if kind, ok := strings.CutPrefix(key, "problems.style-"); ok {
			assert.True(t, said["style-"+kind], "no case finds %s", key)
		}
	}
}

func specification(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	cases := map[string]*txtar.Archive{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		require.Len(t, archive.Files, 2, "%s: set.yaml and findings", file)
		cases[strings.TrimSuffix(filepath.Base(file), ".txtar")] = archive
	}
	return cases
}

func load(t *testing.T, name string, data []byte) *criteria.Set {
	t.Helper()
	set, err := criteria.Load(name, data)
	require.NoError(t, err)
	return set
}

// words says findings in English, a line each; every one is a warning, has a place and a Vietnamese sentence.
func words(t *testing.T, found diag.Problems) string {
	t.Helper()
	var b strings.Builder
	for _, p := range found {
		line := locale.MustFor("en").Problem(p)
		assert.NotRegexp(t, `\{[0-9]`, line, "every blank is filled: %s", p)
		assert.True(t, locale.MustFor("vi").Has("problems."+p.Kind), "a Vietnamese sentence for %s", p.Kind)
		assert.Equal(t, diag.Warning, p.Severity, line)
		assert.Positive(t, p.Place.Row, line)
		assert.Positive(t, p.Place.Col, line)
		b.WriteString(line + "\n")
	}
	return b.String()
}

// What ships with the tool is as it should be.
func TestShippedSetsAreClean(t *testing.T) {
	for _, entry := range builtin.List() {
		t.Run(entry.Address(), func(t *testing.T) {
			data, name, ok := builtin.Get(entry.Address())
			require.True(t, ok)
			assert.Empty(t, words(t, style.Check(load(t, name, data))))
		})
	}
	t.Run("danang-2019", func(t *testing.T) {
		const name = "../../testdata/danang-2019/criteria.yaml"
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		// What agencies report twice there is checked against itself by nobody; the year's set stays as it was asked.
		assert.Equal(t, name+`:196:20: "UD-4.level_4" and "UD-3.level_4" both ask for "Số thủ tục mức độ 4". `+
			"If it is one number, enter it once under figures; if they are two, give them two names.\n",
			words(t, style.Check(load(t, name, data))))
	})
}
