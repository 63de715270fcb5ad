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
	"time"
)

// A folder is a site being written beside its place. Nothing of the old site is touched until swap. Files may be written
// side by side.
type folder struct {
	dir string // final place
	tmp string // being written

	stepped bool // an old site stepped aside

	buffers sync.Pool // of writers, used again: a site has thousands of small files

	mu    sync.Mutex
	files int
	made  map[string]bool // sub-folders that exist
}

// newFolder starts a site beside its place; beside where a link leads, which stays a link.
func newFolder(dir string) (*folder, error) {
	dir, err := placeOf(dir)
	if err != nil {
		return nil, err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(parent, beside(dir)+"*")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return nil, errors.Join(err, os.RemoveAll(tmp))
	}
	f := &folder{dir: dir, tmp: tmp, made: map[string]bool{}}
	f.sweep()
	return f, nil
}

// placeOf is where a folder is, or will be: its path with links followed.
func placeOf(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return followed(dir), nil
}

// beside is how the name begins of what is written beside a folder.
func beside(dir string) string { return "." + filepath.Base(dir) + ".new-" }

const asideSuffix = ".old"

// comeBack puts a folder in its place again that stepped aside for another one, where the program was ended before that
// took its place.
func comeBack(dir string) error {
	dir, err := placeOf(dir)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil // whatever it is, it is found out later
	}
	parent := filepath.Dir(dir)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return nil // as above
	}
	for _, e := range entries {
		written, aside := strings.CutSuffix(e.Name(), asideSuffix)
		if !aside || !strings.HasPrefix(written, beside(dir)) {
			continue
		}
		// An old one of which the new one is not there any more was being removed.
		if _, err := os.Lstat(filepath.Join(parent, written)); err == nil {
			return os.Rename(filepath.Join(parent, e.Name()), dir)
		}
	}
	return nil
}

// forsaken is the age from which what stands beside a folder is not being written any more.
const forsaken = time.Hour

// sweep removes what runs left beside the folder that were ended while they wrote. What cannot be removed stays: it is in
// nobody's way.
func (f *folder) sweep() {
	parent, own := filepath.Dir(f.dir), filepath.Base(f.tmp)
	if _, err := os.Stat(f.dir); err != nil {
		return // what stands beside may be all that there is
	}
	now, err := os.Stat(f.tmp)
	entries, listed := os.ReadDir(parent)
	if err != nil || listed != nil {
		return
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.IsDir() || e.Name() == own || !strings.HasPrefix(e.Name(), beside(f.dir)) {
			continue
		}
		written, aside := strings.CutSuffix(e.Name(), asideSuffix)
		_, err = os.Lstat(filepath.Join(parent, written))
		removing := aside && errors.Is(err, fs.ErrNotExist)
		if removing || now.ModTime().Sub(info.ModTime()) > forsaken {
			_ = os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}

// discard removes what was written so far.
func (f *folder) discard() error { return os.RemoveAll(f.tmp) }

// keep carries everything of the old site over, save what is gone by its path (slash-separated). Links stay links.
func (f *folder) keep(gone func(path string) bool) error {
	err := filepath.WalkDir(f.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(f.dir, name)
		if err != nil || d.IsDir() {
			return err
		}
		switch rel = filepath.ToSlash(rel); {
		case gone(rel):
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			return f.relink(name, rel)
		default:
			return f.carry(name, rel)
		}
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
	return f.write(rel, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

// relink makes a link of the old site anew.
func (f *folder) relink(from, rel string) error {
	to, err := os.Readlink(from)
	if err != nil {
		return err
	}
	name := filepath.Join(f.tmp, filepath.FromSlash(rel))
	if err := f.enter(filepath.Dir(name)); err != nil {
		return err
	}
	return os.Symlink(to, name)
}

// A written is a file's length and hash.
type written struct {
	bytes  int64
	sha256 string
}

// measure writes one file of the site and measures it.
func (f *folder) measure(rel string, content func(io.Writer) error) (written, error) {
	counted := &counter{hash: sha256.New()}
	err := f.write(rel, func(w io.Writer) error { return content(io.MultiWriter(w, counted)) })
	return written{counted.n, hex.EncodeToString(counted.hash.Sum(nil))}, err
}

// write writes one file of the site.
func (f *folder) write(rel string, content func(io.Writer) error) (err error) {
	name := filepath.Join(f.tmp, filepath.FromSlash(rel))
	if err := f.enter(filepath.Dir(name)); err != nil {
		return err
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	buffered, used := f.buffers.Get().(*bufio.Writer)
	if !used {
		buffered = bufio.NewWriterSize(nil, 1<<16)
	}
	defer f.buffers.Put(buffered)
	buffered.Reset(out)
	if err := content(buffered); err != nil {
		return err
	}
	return buffered.Flush()
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
func (f *folder) aside() string { return f.tmp + asideSuffix }

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
