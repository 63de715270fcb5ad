package importers

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/setbook"
)

// LoadSetBook reads the workbook of a criteria set, which people edited. The notes are warnings about what was left
// out. The error is for I/O, or diag.Problems: every fault at its cell.
func LoadSetBook(file string) (set *criteria.Set, notes diag.Problems, err error) {
	name := filepath.ToSlash(file)
	data, err := readFile(file, sheet.FormLimits().Total)
	if errors.Is(err, errFolder) || errors.Is(err, errNotPlain) || errors.Is(err, errTooLarge) {
		var problems diag.Problems
		unreadable(&problems, diag.Place{File: name}, name, err)
		return nil, nil, problems
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the workbook of a set %s: %w", name, err)
	}
	return setbook.Read(name, data)
}
