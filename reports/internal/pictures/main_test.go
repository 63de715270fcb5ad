package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/internal/browser"
)

func TestRunSaysWhatItNeeds(t *testing.T) {
	empty := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no site":       {nil, "of which site?"},
		"unknown flag":  {[]string{empty, "-x"}, "-x"},
		"no such site":  {[]string{filepath.Join(empty, "none")}, "no such file"},
		"an empty site": {[]string{empty}, "holds no page"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			assert.Equal(t, 2, run(c.args, &stdout, &stderr))
			assert.Contains(t, stderr.String(), c.says)
			assert.Empty(t, stdout.String())
		})
	}
}

// Of every kind of page and language there is a picture in each way of meeting it, and the sheet shows them all.
func TestRunTakesPictures(t *testing.T) {
	browser.NeedTime(t)
	site, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	for _, lang := range []string{"vi", "en"} {
		require.NoError(t, os.MkdirAll(filepath.Join(site, lang), 0o755))
		page := `<!DOCTYPE html><html lang="` + lang + `"><title>x</title><body class="page-home"><h1>x</h1>`
		require.NoError(t, os.WriteFile(filepath.Join(site, lang, "index.html"), []byte(page), 0o644))
	}
	b, err := browser.Start()
	browser.Need(t, err)
	require.NoError(t, b.Close())
	var stdout, stderr strings.Builder
	require.Zero(t, run([]string{site, "-o", out}, &stdout, &stderr), stderr.String())
	assert.Contains(t, stdout.String(), "12 pictures")
	index, err := os.ReadFile(filepath.Join(out, "index.html"))
	require.NoError(t, err)
	for _, lang := range []string{"vi", "en"} {
		for _, mode := range []string{"desktop", "telephone", "narrow", "dark", "forced"} {
			name := "home-" + lang + "-" + mode + ".png"
			assert.FileExists(t, filepath.Join(out, name))
			assert.Contains(t, string(index), name)
		}
		assert.Contains(t, string(index), "home-"+lang+"-print")
	}
}
