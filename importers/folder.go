package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/diag"
)

// kind says which reader a file gets.
type kind int

const (
	other     kind = iota // no table
	aCSV                  // a CSV table
	aWorkbook             // a form of ours, or a table in a spreadsheet
	foreign               // a spreadsheet that cannot be read
)

// To add an input format, write its package and add its line here.
var kinds = map[string]kind{
	".csv": aCSV, ".xlsx": aWorkbook, ".xlsm": aWorkbook,
	".xls": foreign, ".xlsb": foreign, ".ods": foreign, ".numbers": foreign, ".et": foreign,
}

func kindOf(name string) kind { return kinds[strings.ToLower(path.Ext(name))] }

// folder lists the files of a folder of the round by their names, sorted; what other programs leave there, and folders
// in it, get a line of information. A file instead of a folder is listed alone.
func (o *opener) folder(named ref) (files []string, ok bool) {
	info, err := o.root.Stat(filepath.FromSlash(named.name))
	if err != nil {
		unreadable(&o.problems, named.place, named.name, err)
		return nil, false
	}
	if !info.IsDir() && kindOf(named.name) == other {
		o.problems.Fault(named.place, "file-not-table", named.name)
		return nil, false
	}
	if !info.IsDir() {
		return []string{named.name}, true
	}
	entries, err := fs.ReadDir(o.root.FS(), named.name)
	if err != nil {
		unreadable(&o.problems, named.place, named.name, err)
		return nil, false
	}
	for _, e := range entries {
		name := path.Join(named.name, e.Name())
		switch at := (diag.Place{File: name}); {
		case e.IsDir():
			o.problems.Inform(at, "folder-ignored")
		case leftover(e.Name()):
			o.problems.Inform(at, "file-leftover")
		default:
			files = append(files, name)
		}
	}
	return files, true
}

// leftover reports whether a file is what Excel, LibreOffice, Windows or macOS leave in a folder.
func leftover(name string) bool {
	switch lower := strings.ToLower(name); {
	case strings.HasPrefix(name, "~$"), strings.HasPrefix(name, ".~lock."), strings.HasPrefix(name, "._"):
		return true
	default:
		return lower == "thumbs.db" || lower == ".ds_store" || lower == "desktop.ini" || lower == ".gitkeep"
	}
}

// sums are the checksums of the files that were read, by name.
type sums map[string][sha256.Size]byte

func (s sums) add(name string, data []byte) { s[name] = sha256.Sum256(data) }

// digest is the checksum over all of them, in the order of their names.
func (s sums) digest() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(s)) {
		sum := s[name]
		h.Write([]byte(name))
		h.Write([]byte{0})
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}
