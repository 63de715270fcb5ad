// Package builtin holds the criteria sets that ship with the tool, by ID@VERSION. It knows no other files.
package builtin

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
)

// Each file is named by the address of its set, so that one set is found without reading the others.
//
//go:embed *.yaml
var files embed.FS

// An Entry is one shipped edition.
type Entry struct {
	ID, Version string
	Title       criteria.Text
	Languages   []string
	Source      criteria.Source
}

// Complete reports whether agencies can be assessed with the set as it is: it holds all that is scored, and not only the
// structure that a source publishes.
func (e Entry) Complete() bool { return len(e.Source.StructureOnly) == 0 }

// Address is ID@VERSION.
func (e Entry) Address() string { return e.ID + "@" + e.Version }

const suffix = ".yaml"

// addresses lists the shipped sets by id and version, from the names of their files.
func addresses() []string {
	found, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are compiled in
	}
	list := make([]string, len(found))
	for i, file := range found {
		list[i] = strings.TrimSuffix(file.Name(), suffix)
	}
	return list
}

// entries reads the embedded files once; they are constants of the program.
var entries = sync.OnceValue(func() []Entry {
	var list []Entry
	for _, address := range addresses() {
		name := address + suffix
		set, err := criteria.LoadWith(Find, name, read(name))
		if err != nil {
			panic(fmt.Errorf("shipped set: %w", err)) // held by the tests
		}
		list = append(list, Entry{ID: set.ID, Version: set.Version, Title: set.Title, Languages: set.Languages, Source: set.Source})
	}
	return list
})

func read(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the files are compiled in
	}
	return data
}

// List lists the shipped editions by id and version. It reads all of them; Get reads one.
func List() []Entry { return slices.Clone(entries()) }

// Get finds a shipped set by ID@VERSION, or by a bare id of which one edition is shipped. The name stands for the file
// in the places of problems.
func Get(address string) (data []byte, name string, ok bool) {
	var found []string
	for _, a := range addresses() {
		if id, _, _ := strings.Cut(a, "@"); a == address || id == address {
			found = append(found, a)
		}
	}
	if len(found) != 1 {
		return nil, "", false
	}
	return read(found[0] + suffix), found[0] + suffix, true
}

// Find is the criteria.Library of the shipped sets: it finds them by address wherever it is asked from, and calls each by
// its address. The error is diag.Problems without a place.
func Find(_, address string) (name string, data []byte, err error) {
	data, file, ok := Get(address)
	if ok {
		return strings.TrimSuffix(file, suffix), data, nil
	}
	var known, editions []string
	for _, a := range addresses() {
		id, _, _ := strings.Cut(a, "@")
		known = append(known, a, id)
		if id == address {
			editions = append(editions, a)
		}
	}
	var problems diag.Problems
	switch near := diag.Nearest(address, known); {
	case len(editions) > 0:
		problems.Fault(diag.Place{}, "set-several-editions", address, editions)
	case near != "":
		problems.Fault(diag.Place{}, "round-unknown-set-near", address, near)
	default:
		problems.Fault(diag.Place{}, "round-unknown-set", address, addresses())
	}
	return "", nil, problems
}
