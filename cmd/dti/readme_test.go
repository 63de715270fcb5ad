package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadme runs every `$ dti …` line of the README and compares what it prints; -update rewrites it.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	name := filepath.Join(root, "README.md")
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	work := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(work, "testdata"), os.DirFS(filepath.Join(root, "testdata"))))
	t.Chdir(work)

	got, ran := runBlocks(string(data))
	require.NotZero(t, ran, "the README has no console block")
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
		return
	}
	assert.Equal(t, string(data), got)
}

// runBlocks is a document with the output of every console block made anew, and how many commands ran.
func runBlocks(doc string) (out string, ran int) {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(doc) {
		switch {
		case strings.HasPrefix(line, "```console"):
			inside = true
			b.WriteString(line)
		case strings.HasPrefix(line, "```"):
			inside = false
			b.WriteString(line)
		case !inside:
			b.WriteString(line)
		case strings.HasPrefix(line, "$ dti "):
			b.WriteString(line)
			b.WriteString(output(strings.Fields(line)[2:]))
			ran++
		}
	}
	return b.String(), ran
}

// output is what a command prints, results and talk together.
func output(args []string) string {
	var both bytes.Buffer
	run(context.Background(), args, strings.NewReader(""), &both, &both)
	return both.String()
}
