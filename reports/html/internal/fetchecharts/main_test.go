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

	"github.com/opendti/dti/reports/html/internal/echarts"
)

func brings(data []byte, err error) fetcher {
	return func(context.Context) ([]byte, error) { return data, err }
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
		"no network":        {fetch: brings(nil, errors.New("npm is not installed")), status: 0, says: "warning: npm is not installed"},
		"another archive":   {fetch: brings([]byte("x"), nil), status: 1, says: "hash"},
		"another file":      {args: []string{"-tgz", other}, status: 1, says: "hash"},
		"no such file":      {args: []string{"-tgz", other + "x"}, status: 2, says: "no such file"},
		"unknown flag":      {args: []string{"-x"}, status: 2, says: "-x"},
		"npm says too much": {fetch: brings(nil, errors.New("npm pack"+firstLine([]byte("one\ntwo\n")))), status: 0, says: "npm pack: one;"},
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

func TestPresentNeedsNoNetwork(t *testing.T) {
	vendor := filepath.Join("..", "..", "vendor")
	if !present(vendor) {
		t.Skip("the chart library was not generated: go generate ./reports/html")
	}
	var stderr strings.Builder
	assert.Zero(t, run([]string{"-out", vendor}, &stderr, brings(nil, errors.New("must not be asked"))))
	assert.Empty(t, stderr.String())
}

func TestWriteWantsTheLicence(t *testing.T) {
	assert.Error(t, write(t.TempDir(), echarts.Files{Script: []byte("x")}))
	dir := t.TempDir()
	require.NoError(t, write(dir, echarts.Files{Script: []byte("s"), Licence: []byte("l"), Notice: []byte("n")}))
	got, err := os.ReadFile(filepath.Join(dir, echarts.ScriptName))
	require.NoError(t, err)
	assert.Equal(t, "s", string(got))
	assert.Error(t, write(filepath.Join(dir, "none"), echarts.Files{Licence: []byte("l")}), "no such folder")
}
