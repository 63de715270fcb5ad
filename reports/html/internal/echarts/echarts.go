// Package echarts knows which chart library the site ships: its version, its hashes, and how to take its files out of
// the archive that its authors publish. It knows no network and no folder.
package echarts

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
)

// Package is the library and its version, as its registry names it. The options of reports/chart are made for this
// version; a newer one is a new pin here and a look at every chart.
const Package = "echarts@5.6.0"

// Archive is the name of the archive that `npm pack` writes.
const Archive = "echarts-5.6.0.tgz"

// The pins: the sha512 of the archive, which is the registry's integrity value, and the sha256 of the script in it.
const (
	archiveSHA512 = "oTbVTsXfKuEhxftHqL5xprgLoc0k7uScAwtryCgWF6hPYFLRwOUHiFmHGCBKP5NPFNkDVopOieyUqYGH8Fa3kA=="
	scriptSHA256  = "bf4a223524e40b77c304bec67e1222cf551f14880cf42c69dc046558e11c07b1"
)

// Names of the files in the folder from which they are embedded.
const (
	ScriptName  = "echarts.min.js"
	LicenceName = "LICENSE"
	NoticeName  = "NOTICE"
)

// ErrHash says that a file is not the pinned one.
var ErrHash = errors.New("the hash is not that of " + Package)

// Files are the script with its licence and notice, which have to be published beside it.
type Files struct{ Script, Licence, Notice []byte }

// IsScript reports whether data are exactly the pinned script.
func IsScript(data []byte) bool {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]) == scriptSHA256
}

// Unpack takes the files from the pinned archive, or from the script alone, which comes without licence and notice; the
// script says its licence in its first comment. Any other data are ErrHash.
func Unpack(data []byte) (Files, error) {
	if IsScript(data) {
		return Files{Script: data}, nil
	}
	sum := sha512.Sum512(data)
	if base64.StdEncoding.EncodeToString(sum[:]) != archiveSHA512 {
		return Files{}, ErrHash
	}
	return untar(data)
}

// untar reads an archive whose hash is known, so its size is too.
func untar(data []byte) (Files, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return Files{}, fmt.Errorf("open %s: %w", Archive, err)
	}
	var files Files
	wanted := map[string]*[]byte{
		"package/dist/" + ScriptName: &files.Script, "package/" + LicenceName: &files.Licence, "package/" + NoticeName: &files.Notice,
	}
	for archive := tar.NewReader(zipped); ; {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Files{}, fmt.Errorf("read %s: %w", Archive, err)
		}
		into, ok := wanted[head.Name]
		if !ok {
			continue
		}
		if *into, err = io.ReadAll(archive); err != nil {
			return Files{}, fmt.Errorf("read %s of %s: %w", head.Name, Archive, err)
		}
	}
	if !IsScript(files.Script) || files.Licence == nil || files.Notice == nil {
		return Files{}, fmt.Errorf("%s: %w", Archive, ErrHash)
	}
	return files, nil
}
