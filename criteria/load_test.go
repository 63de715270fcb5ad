package criteria_test

import (
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
)

var update = flag.Bool("update", false, "rewrite the problems in testdata/load")

// The format is specified by the files of testdata/load: prose, a set, and the exact problems that it gives.
func TestSpecification(t *testing.T) {
	files, err := filepath.Glob("testdata/load/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			require.GreaterOrEqual(t, len(archive.Files), 2, "set.yaml and problems, then the sets that it extends")
			require.NotEmpty(t, archive.Comment, "prose that says what the case specifies")
			got := said(t, library(archive), "set.yaml", archive.Files[0].Data)
			if *update {
				archive.Files[1].Data = []byte(got)
				require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
			}
			assert.Equal(t, string(archive.Files[1].Data), got)
			if strings.HasPrefix(filepath.Base(file), "ok-") {
				assert.Empty(t, got, "a case called ok- has no problems")
			}
		})
	}
}

// library finds the sets of an archive, which its set may extend.
func library(archive *txtar.Archive) criteria.Library {
	return func(from, address string) (string, []byte, error) {
		name := path.Join(path.Dir(from), address)
		for _, f := range archive.Files {
			if f.Name == name {
				return name, f.Data, nil
			}
		}
		return "", nil, fmt.Errorf("there is no %s", name)
	}
}

// said loads a set and says its problems in English, a line each.
func said(t *testing.T, find criteria.Library, name string, data []byte) string {
	t.Helper()
	set, err := criteria.LoadWith(find, name, data)
	if err == nil {
		require.NotNil(t, set)
		return ""
	}
	require.Nil(t, set)
	var problems diag.Problems
	require.ErrorAs(t, err, &problems)
	var b strings.Builder
	for _, p := range problems {
		line := locale.MustFor("en").Problem(p)
		assert.NotRegexp(t, `\{[0-9]`, line, "every blank is filled: %s", p)
		assert.True(t, locale.MustFor("vi").Has("problems."+p.Kind), "a Vietnamese sentence for %s", p.Kind)
		b.WriteString(line + "\n")
	}
	return b.String()
}
