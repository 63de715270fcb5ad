// Package builtin holds the criteria sets that ship with the tool, by ID@VERSION. It knows no other files.
package builtin

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"sync"

	"github.com/opendti/dti/criteria"
)

//go:embed *.yaml
var files embed.FS

// An Entry is one shipped edition.
type Entry struct {
	ID, Version string
	Title       criteria.Text
	name        string // of the embedded file
}

// Address is ID@VERSION.
func (e Entry) Address() string { return e.ID + "@" + e.Version }

// entries reads the embedded files once; they are constants of the program.
var entries = sync.OnceValue(func() []Entry {
	found, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are compiled in
	}
	var list []Entry
	for _, file := range found {
		set, err := criteria.Load(file.Name(), read(file.Name()))
		if err != nil {
			panic(fmt.Errorf("shipped set: %w", err)) // held by the tests
		}
		list = append(list, Entry{ID: set.ID, Version: set.Version, Title: set.Title, name: file.Name()})
	}
	slices.SortFunc(list, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version))
	})
	return list
})

func read(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the files are compiled in
	}
	return data
}

// List lists the shipped editions by id and version.
func List() []Entry { return slices.Clone(entries()) }

// Get finds a shipped set by ID@VERSION, or by a bare id of which one edition is shipped. The name stands for the file
// in the places of problems.
func Get(address string) (data []byte, name string, ok bool) {
	var found []Entry
	for _, e := range entries() {
		if e.Address() == address || e.ID == address {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		return nil, "", false
	}
	return read(found[0].name), found[0].Address() + ".yaml", true
}
