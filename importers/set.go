package importers

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
)

// LoadSet opens a criteria set: a shipped one by ID@VERSION (or by its id, where one edition is shipped), else the file
// at a path. What the set extends is a shipped set, or a file at a path from its own. The error is diag.Problems where
// the set has faults. Where there is no such set or file it is fs.ErrNotExist, and where the address may be that of a
// shipped set, it wraps the diag.Problems that tell the nearest.
func LoadSet(address string) (*criteria.Set, error) {
	s := shelf{seen: func(string, []byte) {}}
	name, data, unknown := builtin.Find("", address)
	if unknown == nil {
		return criteria.LoadWith(s.find, name, data)
	}
	name = filepath.ToSlash(address)
	data, err := s.read(name)
	switch {
	case errors.Is(err, errFolder) || errors.Is(err, errNotPlain) || errors.Is(err, errTooLarge):
		var problems diag.Problems
		unreadable(&problems, diag.Place{File: name}, name, err)
		return nil, problems
	case errors.Is(err, fs.ErrNotExist) && !isPath(name):
		return nil, fmt.Errorf("%w: %w", fs.ErrNotExist, unknown)
	case err != nil:
		return nil, fmt.Errorf("read criteria set %s: %w", name, err)
	}
	return criteria.LoadWith(s.find, name, data)
}

// isPath reports whether the address of a set is a path, not that of a shipped set.
func isPath(address string) bool {
	ext := strings.ToLower(path.Ext(address))
	return ext == ".yaml" || ext == ".yml"
}

// A shelf finds sets by their names.
type shelf struct {
	dir  string                         // the folder that names are seen from; "": where the program runs
	seen func(name string, data []byte) // is told of every file that was read, the first set aside
}

// read reads the file of a set.
func (s *shelf) read(name string) ([]byte, error) {
	return readFile(s.local(name), sheet.FormLimits().Part)
}

// local is a name as the system knows it.
func (s *shelf) local(name string) string {
	file := filepath.FromSlash(name)
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(s.dir, file)
}

// find is the criteria.Library of what the first set extends: shipped sets, and files by their path from the file that
// names them. Like the set itself, what it extends may lie in the folder of another year; a path that only one machine
// knows is not followed.
func (s *shelf) find(from, address string) (name string, data []byte, err error) {
	if !isPath(address) {
		return builtin.Find(from, address)
	}
	var problems diag.Problems
	address = strings.ReplaceAll(address, `\`, "/")
	if path.IsAbs(address) || filepath.IsAbs(filepath.FromSlash(address)) {
		problems.Fault(diag.Place{}, "extends-absolute", address)
		return "", nil, problems
	}
	name = path.Join(path.Dir(from), address)
	data, err = s.read(name)
	if err != nil {
		unreadable(&problems, diag.Place{}, name, err)
		return "", nil, problems
	}
	s.seen(name, data)
	return name, data, nil
}

// readIn reads a file of a folder whole. Links out of the folder are not followed.
func readIn(root *os.Root, file string, most int64) ([]byte, error) {
	if info, err := root.Stat(file); err == nil {
		if err := plainFile(info); err != nil {
			return nil, err
		}
	}
	f, err := root.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, most)
}

// set opens the set that a round names: a file, which may lie outside the round, or a shipped one by ID@VERSION.
func (o *opener) set() (*criteria.Set, error) {
	named := o.settings.criteria
	s := shelf{dir: o.dir, seen: func(name string, data []byte) { o.sums.add("criteria/"+name, data) }}
	var name string
	var data []byte
	var err error
	if isPath(named.name) {
		name = named.name
		data, err = s.read(name)
	} else {
		name, data, err = builtin.Find("", named.name)
	}
	var problems diag.Problems
	switch {
	case errors.As(err, &problems):
		for i := range problems {
			problems[i].Place = named.place
		}
		return nil, problems
	case err != nil:
		unreadable(&problems, named.place, named.name, err)
		return nil, problems
	}
	o.sums.add("criteria", data)
	return criteria.LoadWith(s.find, name, data)
}
