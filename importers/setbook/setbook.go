// Package setbook writes a criteria set as a workbook that people edit in Excel or LibreOffice, and reads it back: a
// sheet for the set's settings, one for each of its lists, one for each top-level pillar. What a cell means is said by
// the table of columns in format.go, in both directions; what a set may be is for package criteria to judge, which tells
// every fault at its cell. The package opens no file and knows no rounds, agencies or answers.
package setbook

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/sheet"
)

// Write writes a set as a workbook with the words of a language. What the set extends is written out in full. Of its
// comments only those at the head are kept. Equal sets give equal bytes. The error is that of the writer, or names a
// text that no cell can hold.
func Write(w io.Writer, set *criteria.Set, say *locale.Locale) error {
	tree := set.Tree()
	if tree == nil {
		return fmt.Errorf("write the workbook of %s: the set has no text", set.Address())
	}
	b := newBook(set, say, tablesOf(tree, headComment(set.YAML)))
	defer b.close()
	b.all()
	if b.err == nil {
		b.err = b.save(w)
	}
	if b.err != nil {
		return fmt.Errorf("write the workbook of %s: %w", set.Address(), b.err)
	}
	return nil
}

// Read reads a workbook that Write wrote and people edited; the name stands for the file in places. The set's YAML is
// the file to be kept. The notes are warnings about what was left out: sheets and columns that are not the set's. The
// error is diag.Problems: every fault at its cell; the set is then nil.
func Read(name string, data []byte) (set *criteria.Set, notes diag.Problems, err error) {
	file, problems := sheet.OpenXLSX(name, data, limits())
	if len(problems) > 0 {
		return nil, nil, problems
	}
	return readBook(file)
}

func readBook(file sheet.Book) (set *criteria.Set, notes diag.Problems, err error) {
	r := newReader(file)
	root := r.set()
	if root == nil {
		return nil, r.notes, r.problems.Err()
	}
	text, err := canonical(root, r.comment)
	if err != nil {
		return nil, r.notes, err
	}
	set, err = criteria.LoadTree(root, r.where, text)
	faults := r.retold(err)
	if len(faults) == 0 {
		faults = r.reread(root, text)
	}
	if len(faults) > 0 {
		return nil, r.notes, faults
	}
	return set, r.notes, nil
}

// reread loads the text of a set, and tells the cell where that is not what was written: YAML has signs of its own.
func (r *reader) reread(root *yaml.Node, text []byte) (faults diag.Problems) {
	again, err := criteria.Load(r.file.Name, text)
	if err == nil {
		if n := changed(root, again.Tree()); n != nil {
			faults.Fault(r.where(n), "book-unwritable")
		}
		return faults
	}
	at := diag.Place{File: r.file.Name}
	if bare, err := canonical(root, ""); err == nil && r.comment != "" {
		if _, err := criteria.Load(r.file.Name, bare); err == nil {
			at = r.settings[columnComment]
		}
	}
	faults.Fault(at, "book-unwritable")
	return faults
}

// limits are those of a form, with rows for the options and steps of a large set.
func limits() sheet.Limits {
	l := sheet.FormLimits()
	l.Rows = mostRows
	return l
}

// mostRows bounds the rows of a sheet; the largest part of a set known has some 600.
const mostRows = 50_000

// LosesComments reports whether a set holds comments that a workbook does not keep: any but those at its head.
func LosesComments(set *criteria.Set) bool {
	tree := set.Tree()
	if tree == nil || len(tree.Content) == 0 {
		return false
	}
	first := tree.Content[0].HeadComment
	tree.HeadComment, tree.Content[0].HeadComment = "", ""
	head := headComment(set.YAML)
	for line := range strings.SplitSeq(first, "\n") {
		if !strings.Contains(head, strings.TrimSpace(strings.TrimPrefix(line, "#"))) {
			return true
		}
	}
	return commented(tree)
}

func commented(n *yaml.Node) bool {
	if n.HeadComment+n.LineComment+n.FootComment != "" {
		return true
	}
	return slices.ContainsFunc(n.Content, commented)
}
