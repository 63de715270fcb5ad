package importers_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers"
)

// extending is a set that extends another one by its address and changes the points of INF-2.
func extending(address string) string {
	return "schema: dti.criteria/v1\nextends: " + address + "\nid: next\nversion: \"2\"\ntitle: {vi: Sau, en: Next}\n" +
		"change: {INF-2: {points: 2}}\n"
}

func TestLoadSet(t *testing.T) {
	dir := folder(t, map[string]string{
		"next.yaml": extending("criteria.yaml"), "sub/lower.yaml": extending("../criteria.yaml"),
		"above.yaml":     extending("sub/lower.yaml"),
		"2026/next.yaml": extending("../criteria.yaml"), "2027/next.yaml": extending("../2026/next.yaml"),
		"starter.yaml":  strings.Replace(extending("city-starter@2026"), "change: {INF-2: {points: 2}}\n", "", 1),
		"windows.yaml":  extending(`sub\lower.yaml`),
		"plain-set.txt": setYAML,
	})
	for address, want := range map[string]string{
		"city-starter@2026":                 "city-starter@2026",
		"city-starter":                      "city-starter@2026",
		dir + "/criteria.yaml":              "example@1",
		dir + "/plain-set.txt":              "example@1",
		dir + "/next.yaml":                  "next@2 criteria.yaml",
		dir + "/starter.yaml":               "next@2 city-starter@2026",
		dir + "/above.yaml":                 "next@2 sub/lower.yaml",
		dir + "/2027/next.yaml":             "next@2 ../2026/next.yaml",
		dir + "/windows.yaml":               `next@2 sub\lower.yaml`,
		dir + "/sub/../next.yaml":           "next@2 criteria.yaml",
		filepath.Join(dir, "sub", "x.yaml"): "",
	} {
		set, err := importers.LoadSet(address)
		if want == "" {
			assert.ErrorIs(t, err, fs.ErrNotExist)
			continue
		}
		require.NoError(t, err, address)
		assert.Equal(t, want, strings.TrimSpace(set.Address()+" "+set.Extends))
	}
}

// A path is seen from where the program runs, and what it extends from its own folder.
func TestLoadSetByRelativePath(t *testing.T) {
	dir := folder(t, map[string]string{"sets/next.yaml": extending("criteria.yaml"), "sets/criteria.yaml": setYAML})
	t.Chdir(dir)
	set, err := importers.LoadSet("sets/next.yaml")
	require.NoError(t, err)
	assert.Equal(t, "2", indicatorPoints(t, set, "INF-2"))
	t.Chdir("sets")
	_, err = importers.LoadSet("next.yaml")
	require.NoError(t, err)
}

func indicatorPoints(t *testing.T, set *criteria.Set, id string) string {
	t.Helper()
	ind, ok := set.Indicator(id)
	require.True(t, ok)
	return ind.Points[set.Groups[0].ID].String()
}

// Each file that cannot be extended is told at the line that names it.
func TestLoadSetThatExtendsNothing(t *testing.T) {
	dir := folder(t, map[string]string{
		"sets/folder.yaml":   extending("sub.yaml"),
		"sets/sub.yaml/x":    "",
		"sets/missing.yaml":  extending("nowhere.yaml"),
		"sets/unknown.yaml":  extending("nowhere@2025"),
		"sets/several.yaml":  extending("egdi"),
		"sets/itself.yaml":   extending("./itself.yaml"),
		"sets/absolute.yaml": "",
	})
	absolute := filepath.ToSlash(filepath.Join(dir, "criteria.yaml"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sets", "absolute.yaml"), []byte(extending(absolute)), 0o644))
	for name, want := range map[string]string{
		"absolute": "extends-absolute", "folder": "file-is-folder", "missing": "file-missing", "unknown": "round-unknown-set", "several": "set-several-editions",
		"itself": "extends-itself",
	} {
		_, err := importers.LoadSet(filepath.Join(dir, "sets", name+".yaml"))
		found, ok := err.(diag.Problems) //nolint:errorlint // given bare
		require.True(t, ok, "%s: %v", name, err)
		require.Len(t, found, 1, name)
		assert.Equal(t, want, found[0].Kind, name)
		assert.Equal(t, filepath.ToSlash(dir)+"/sets/"+name+".yaml:2:10", found[0].Place.String())
	}
}

func TestLoadSetOfNoFile(t *testing.T) {
	dir := folder(t, map[string]string{"long.yaml": "# " + strings.Repeat("x", 1<<20)})
	require.NoError(t, os.Truncate(filepath.Join(dir, "long.yaml"), 1<<40))
	for file, want := range map[string]string{dir: "file-is-folder", filepath.Join(dir, "long.yaml"): "file-too-large"} {
		_, err := importers.LoadSet(file)
		found, ok := err.(diag.Problems) //nolint:errorlint // given bare
		require.True(t, ok, "%v", err)
		assert.Equal(t, want, found[0].Kind)
	}
}

// The set of a round may lie outside the round, and then extends what lies beside it, not what lies in the round.
func TestRoundOfASetThatExtends(t *testing.T) {
	dir := folder(t, map[string]string{
		"round/round.yaml": "id: r1\nyear: 2025\ncriteria: ../sets/next.yaml\nagencies: agencies.csv\n", "round/agencies.csv": agenciesCSV,
		"sets/next.yaml": extending("base.yaml"), "sets/base.yaml": setYAML,
	})
	round, err := importers.Open(filepath.Join(dir, "round"))
	require.NoError(t, err)
	assert.Equal(t, "2", indicatorPoints(t, round.Set, "INF-2"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sets", "base.yaml"), []byte(setYAML+"# a comment\n"), 0o644))
	again, err := importers.Open(filepath.Join(dir, "round"))
	require.NoError(t, err)
	assert.NotEqual(t, round.Digest, again.Digest, "what is extended is an input of the round")

	require.NoError(t, os.WriteFile(filepath.Join(dir, "sets", "base.yaml"), []byte(strings.Replace(setYAML, "points: 5", "point: 5", 1)), 0o644))
	_, err = importers.Open(filepath.Join(dir, "round"))
	found, ok := err.(diag.Problems) //nolint:errorlint // given bare
	require.True(t, ok, "%v", err)
	assert.Equal(t, "../sets/base.yaml", found[0].Place.File)

	require.NoError(t, os.Rename(filepath.Join(dir, "sets", "base.yaml"), filepath.Join(dir, "round", "base.yaml")))
	_, err = importers.Open(filepath.Join(dir, "round"))
	assert.ErrorContains(t, err, "file-missing")
}
