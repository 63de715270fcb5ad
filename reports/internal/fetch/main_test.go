package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/internal/browser"
	"github.com/opendti/dti/reports/internal/npm"
)

func brings(data []byte, err error) fetcher {
	return func(context.Context, npm.Package) ([]byte, error) { return data, err }
}

func TestRunWritesNothingOnTrouble(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.tgz")
	require.NoError(t, os.WriteFile(other, []byte("another archive"), 0o644))
	for name, c := range map[string]struct {
		args   []string
		fetch  fetcher
		status int
		says   string
	}{
		"no network":        {args: []string{"echarts"}, fetch: brings(nil, errors.New("npm is not installed")), status: 0, says: "warning: npm is not installed; the site keeps"},
		"another archive":   {args: []string{"axe-core"}, fetch: brings([]byte("x"), nil), status: 1, says: "hash"},
		"another file":      {args: []string{"-tgz", other, "echarts"}, status: 1, says: "hash"},
		"no such file":      {args: []string{"-tgz", other + "x", "echarts"}, status: 2, says: "no such file"},
		"two of one file":   {args: []string{"-tgz", other, "echarts", "axe-core"}, status: 2, says: "name one"},
		"unknown package":   {args: []string{"left-pad"}, status: 2, says: `"left-pad"`},
		"no package":        {status: 2, says: "which package?"},
		"unknown flag":      {args: []string{"-x"}, status: 2, says: "-x"},
		"npm says too much": {args: []string{"echarts"}, fetch: brings(nil, errors.New("npm pack"+firstLine([]byte("one\ntwo\n")))), status: 0, says: "npm pack: one;"},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			var stderr strings.Builder
			assert.Equal(t, c.status, run(append([]string{"-out", out}, c.args...), &stderr, c.fetch))
			assert.Contains(t, stderr.String(), c.says)
			if name != "unknown flag" {
				assert.Equal(t, 1, strings.Count(stderr.String(), "\n"), "one line")
			}
			entries, err := os.ReadDir(out)
			require.NoError(t, err)
			assert.Empty(t, entries)
		})
	}
}

// What was generated once needs no network.
func TestRunIsContentWithWhatIsThere(t *testing.T) {
	for name, vendor := range map[string]string{"echarts": "../../html/vendor", "axe-core": "../browser/vendor"} {
		t.Run(name, func(t *testing.T) {
			packages, err := named([]string{name})
			require.NoError(t, err)
			if !present(filepath.FromSlash(vendor), packages[0]) {
				browser.Need(t, browser.Missing{What: name, Remedy: "go generate ./..."})
			}
			var stderr strings.Builder
			assert.Zero(t, run([]string{"-out", vendor, name}, &stderr, brings(nil, errors.New("must not be asked"))))
			assert.Empty(t, stderr.String())
		})
	}
}

func TestWrite(t *testing.T) {
	files := map[string][]byte{"echarts.min.js": []byte("s"), "LICENSE": []byte("l"), "NOTICE": []byte("n")}
	dir := t.TempDir()
	require.NoError(t, write(dir, npm.ECharts, files))
	got, err := os.ReadFile(filepath.Join(dir, "echarts.min.js"))
	require.NoError(t, err)
	assert.Equal(t, "s", string(got))
	assert.False(t, present(dir, npm.ECharts), "another script")
	assert.Error(t, write(filepath.Join(dir, "none"), npm.ECharts, files), "no such folder")
}
