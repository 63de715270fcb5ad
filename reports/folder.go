package reports

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A folder is a site being written beside its place. Nothing of the old site is touched until swap. Files may be written
// side by side.
type folder struct {
	dir string // final place
	tmp string // being written

	stepped bool // an old site stepped aside

	mu    sync.Mutex
	files int
	made  map[string]bool // sub-folders that exist
}

// newFolder starts a site beside its place.
func newFolder(dir string) (*folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+".new-*")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return nil, errors.Join(err, os.RemoveAll(tmp))
	}
	return &folder{dir: dir, tmp: tmp, made: map[string]bool{}}, nil
}

// discard removes what was written so far.
func (f *folder) discard() error { return os.RemoveAll(f.tmp) }

// keep carries everything of the old site over, save what stands under one of the prefixes (slash-separated).
func (f *folder) keep(except []string) error {
	err := filepath.WalkDir(f.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(f.dir, name)
		if err != nil || d.IsDir() {
			return err
		}
		rel = filepath.ToSlash(rel)
		for _, prefix := range except {
			if strings.HasPrefix(rel, prefix) {
				return nil
			}
		}
		return f.carry(name, rel)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// carry copies a file of the old site as it is.
func (f *folder) carry(from, rel string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = f.write(rel, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	return err
}

// A written file's length and hash.
type written struct {
	bytes  int64
	sha256 string
}

// write writes one file of the site.
func (f *folder) write(rel string, content func(io.Writer) error) (w written, err error) {
	name := filepath.Join(f.tmp, filepath.FromSlash(rel))
	if err := f.enter(filepath.Dir(name)); err != nil {
		return w, err
	}
	out, err := os.Create(name)
	if err != nil {
		return w, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	counted := &counter{hash: sha256.New()}
	buffered := bufio.NewWriterSize(io.MultiWriter(out, counted), 1<<16)
	if err := content(buffered); err != nil {
		return w, err
	}
	if err := buffered.Flush(); err != nil {
		return w, err
	}
	return written{counted.n, hex.EncodeToString(counted.hash.Sum(nil))}, nil
}

// enter makes the folder of a file that is about to be written, and counts the file.
func (f *folder) enter(dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files++
	if f.made[dir] {
		return nil
	}
	f.made[dir] = true
	return os.MkdirAll(dir, 0o755)
}

// A counter measures what passes.
type counter struct {
	hash hash.Hash
	n    int64
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.hash.Write(p)
}

// swap puts the new site in the place of the old one.
func (f *folder) swap() error {
	if err := f.place(); err != nil {
		return err
	}
	return f.settle()
}

// aside is where the old site steps while the new one takes its place.
func (f *folder) aside() string { return f.tmp + ".old" }

// place puts the new site in the place of the old one. A folder cannot replace another in one step, so the old one
// steps aside first and comes back if the new one cannot take its place. settle makes it final, restore takes it back.
func (f *folder) place() error {
	err := os.Rename(f.dir, f.aside())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f.stepped = err == nil
	if err := os.Rename(f.tmp, f.dir); err != nil {
		if f.stepped {
			return errors.Join(err, os.Rename(f.aside(), f.dir))
		}
		return err
	}
	return nil
}

// settle removes the old site.
func (f *folder) settle() error { return os.RemoveAll(f.aside()) }

// restore puts the old site back in its place; what was written is gone.
func (f *folder) restore() error {
	if err := os.RemoveAll(f.dir); err != nil || !f.stepped {
		return err
	}
	return os.Rename(f.aside(), f.dir)
}
