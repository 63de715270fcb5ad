package reports

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// site writes a first site with two files.
func firstSite(t *testing.T) (parent, dir string) {
	t.Helper()
	parent = t.TempDir()
	dir = filepath.Join(parent, "site")
	f, err := newFolder(dir)
	require.NoError(t, err)
	for name, s := range map[string]string{"vi/2018/index.html": "2018", "vi/2019/index.html": "old"} {
		require.NoError(t, f.write(name, text(s)))
	}
	require.NoError(t, f.swap())
	return parent, dir
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(data)
}

func TestFolderReplacesAWholeSite(t *testing.T) {
	parent, dir := firstSite(t)
	f, err := newFolder(dir)
	require.NoError(t, err)
	require.NoError(t, f.keep(func(path string) bool { return strings.HasPrefix(path, "vi/2019/") }))
	w, err := f.measure("vi/2019/index.html", text("new"))
	require.NoError(t, err)
	assert.Equal(t, int64(3), w.bytes)
	assert.Equal(t, "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", w.sha256)
	assert.Equal(t, "old", read(t, filepath.Join(dir, "vi/2019/index.html")), "nothing is touched before the swap")
	require.NoError(t, f.swap())
	assert.Equal(t, "new", read(t, filepath.Join(dir, "vi/2019/index.html")))
	assert.Equal(t, "2018", read(t, filepath.Join(dir, "vi/2018/index.html")), "other editions are carried over")
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left beside the site")
}

func TestFolderThatFailsLeavesTheOldSite(t *testing.T) {
	parent, dir := firstSite(t)
	f, err := newFolder(dir)
	require.NoError(t, err)
	full := errors.New("disk full")
	require.ErrorIs(t, f.write("vi/2019/index.html", func(io.Writer) error { return full }), full)
	require.NoError(t, f.discard())
	assert.Equal(t, "old", read(t, filepath.Join(dir, "vi/2019/index.html")))
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

func TestReadSite(t *testing.T) {
	dir := t.TempDir()
	s, err := readSite(filepath.Join(dir, "absent"))
	require.NoError(t, err)
	assert.Empty(t, s.Editions)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "thesis.docx"), []byte("x"), 0o600))
	_, err = readSite(dir)
	require.ErrorIs(t, err, ErrNotSite)
	require.NoError(t, os.WriteFile(filepath.Join(dir, markerName), []byte(`{"schema":"other"}`), 0o600))
	_, err = readSite(dir)
	require.ErrorIs(t, err, ErrNotSite)
}

// Where the second of two folders cannot take its place, the first goes back.
func TestSwapBothOrNeither(t *testing.T) {
	_, dir := firstSite(t)
	first, err := newFolder(dir)
	require.NoError(t, err)
	require.NoError(t, first.write("vi/2019/index.html", text("new")))
	parent, other := firstSite(t)
	second, err := newFolder(other)
	require.NoError(t, err)
	require.NoError(t, second.discard(), "there is nothing to put in place")
	require.Error(t, swapBoth(first, second))
	assert.Equal(t, "old", read(t, filepath.Join(dir, "vi/2019/index.html")))
	assert.Equal(t, "old", read(t, filepath.Join(other, "vi/2019/index.html")))
	for _, folder := range []string{parent, filepath.Dir(dir)} {
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		assert.Len(t, entries, 1, "nothing is left beside")
	}
}

// A folder that stepped aside comes back where the program was ended before another took its place; one that was being
// removed does not.
func TestComeBack(t *testing.T) {
	parent, dir := firstSite(t)
	require.NoError(t, os.Rename(dir, filepath.Join(parent, ".site.new-1.old")))
	require.NoError(t, comeBack(dir))
	assert.NoDirExists(t, dir, "the new one was there, the old one was being removed")
	require.NoError(t, os.Mkdir(filepath.Join(parent, ".site.new-1"), 0o755))
	require.NoError(t, comeBack(dir))
	assert.Equal(t, "2018", read(t, filepath.Join(dir, "vi/2018/index.html")))
	require.NoError(t, os.Mkdir(filepath.Join(parent, ".site.new-1.old"), 0o755))
	require.NoError(t, comeBack(dir), "what is there stays")
	assert.Equal(t, "2018", read(t, filepath.Join(dir, "vi/2018/index.html")))
	require.NoError(t, comeBack(filepath.Join(parent, "no", "such")))
}

// What ended runs left is removed by a later one; what may still be being written is not.
func TestFolderSweeps(t *testing.T) {
	parent, dir := firstSite(t)
	long := time.Now().Add(-2 * forsaken)
	for name, age := range map[string]time.Time{".site.new-1": long, ".site.new-2.old": time.Now(), ".site.new-3": time.Now(), ".site.new-3.old": time.Now(), ".sites.new-4": long, ".site": long} {
		require.NoError(t, os.Mkdir(filepath.Join(parent, name), 0o755))
		require.NoError(t, os.Chtimes(filepath.Join(parent, name), age, age))
	}
	f, err := newFolder(dir)
	require.NoError(t, err)
	require.NoError(t, f.discard())
	var left []string
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	assert.Equal(t, []string{".site", ".site.new-3", ".site.new-3.old", ".sites.new-4", "site"}, left)
}

// A link to a folder stays one, and so do links in it.
func TestFolderByALink(t *testing.T) {
	parent, dir := firstSite(t)
	link := filepath.Join(parent, "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip("no links on this system")
	}
	require.NoError(t, os.Symlink(parent, filepath.Join(dir, "vi", "out")))
	f, err := newFolder(link)
	require.NoError(t, err)
	require.NoError(t, f.keep(func(string) bool { return false }))
	require.NoError(t, f.write("vi/2020/index.html", text("new")))
	require.NoError(t, f.swap())
	assert.Equal(t, "new", read(t, filepath.Join(dir, "vi/2020/index.html")))
	for _, name := range []string{link, filepath.Join(dir, "vi", "out")} {
		info, err := os.Lstat(name)
		require.NoError(t, err)
		assert.NotZero(t, info.Mode()&os.ModeSymlink, name)
	}
}
