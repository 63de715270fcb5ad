// Package npm knows which packages of the npm registry the project takes, by their hashes, and how to take their files
// out of the archives that their authors publish. It knows no network and no folder.
package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
)

// ErrHash says that an archive or a file in it is not the pinned one.
var ErrHash = errors.New("the hash is not the pinned one")

// A Package is a pinned package.
type Package struct {
	Name, Version string
	// SHA512 is the registry's integrity value of the archive, in base64, without its "sha512-".
	SHA512 string
	Files  []File
	// Without says what happens where the package cannot be had.
	Without string
}

// A File is one that is taken out of the archive. A folder that holds the package has it under its base name.
type File struct {
	Path   string // in the archive
	SHA256 string // in hex; "" where the archive's hash is enough
}

// The packages that the project takes. A newer version is a new pin here: for ECharts with a look at every chart, whose
// options are made for this one; for the others with a run of the browser's tests.
var (
	ECharts = Package{
		Name: "echarts", Version: "5.6.0", SHA512: "oTbVTsXfKuEhxftHqL5xprgLoc0k7uScAwtryCgWF6hPYFLRwOUHiFmHGCBKP5NPFNkDVopOieyUqYGH8Fa3kA==",
		Files: []File{
			{"package/dist/echarts.min.js", "bf4a223524e40b77c304bec67e1222cf551f14880cf42c69dc046558e11c07b1"},
			{"package/LICENSE", ""},
			{"package/NOTICE", ""},
		},
		Without: "the site keeps its static charts",
	}
	// Axe finds faults of accessibility in a page.
	Axe = Package{
		Name: "axe-core", Version: "4.14.1", SHA512: "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
		Files:   []File{{"package/axe.min.js", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"}, {"package/LICENSE", ""}},
		Without: "tests of accessibility are skipped",
	}
	// Validator is the Nu HTML checker, a Java program.
	Validator = Package{
		Name: "vnu-jar", Version: "26.9.27", SHA512: "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA==",
		Files:   []File{{"package/build/dist/vnu.jar", "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"}},
		Without: "the HTML checker is not asked",
	}
)

// Packages are all of them.
func Packages() []Package { return []Package{ECharts, Axe, Validator} }

// String names the package with its version, as npm does: "echarts@5.6.0".
func (p Package) String() string { return p.Name + "@" + p.Version }

// Archive is the name of the archive that `npm pack` writes.
func (p Package) Archive() string { return p.Name + "-" + p.Version + ".tgz" }

// Name is the file's name in a folder that holds the package.
func (f File) Name() string { return path.Base(f.Path) }

// Is reports whether data can be the file: its hash is the pinned one, or none is pinned.
func (f File) Is(data []byte) bool {
	sum := sha256.Sum256(data)
	return f.SHA256 == "" || hex.EncodeToString(sum[:]) == f.SHA256
}

// Unpack takes the package's files out of its archive, by their names. Any other archive is ErrHash.
func (p Package) Unpack(data []byte) (map[string][]byte, error) {
	sum := sha512.Sum512(data)
	if base64.StdEncoding.EncodeToString(sum[:]) != p.SHA512 {
		return nil, fmt.Errorf("read %s as %s: %w", p.Archive(), p, ErrHash)
	}
	zipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", p.Archive(), err)
	}
	files, err := p.untar(tar.NewReader(zipped))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", p.Archive(), err)
	}
	return files, nil
}

// untar reads an archive whose hash is known, so its size is too.
func (p Package) untar(archive *tar.Reader) (map[string][]byte, error) {
	files := map[string][]byte{}
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, f := range p.Files {
			if head.Name != f.Path {
				continue
			}
			if files[f.Name()], err = io.ReadAll(archive); err != nil {
				return nil, fmt.Errorf("%s: %w", f.Path, err)
			}
		}
	}
	for _, f := range p.Files {
		if data, ok := files[f.Name()]; !ok || !f.Is(data) {
			return nil, fmt.Errorf("%s: %w", f.Path, ErrHash)
		}
	}
	return files, nil
}
