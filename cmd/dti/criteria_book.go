package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/setbook"
)

// criteriaExport writes a set as a workbook to edit.
func (a *app) criteriaExport() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "export SET [-o FILE.xlsx]", Args: a.takes(1, 1)}, "criteria-export", "")
	out := c.Flags().StringP("out", "o", "", a.say.Say("cli.flag-out-book"))
	replace := c.Flags().Bool("replace", false, a.say.Say("cli.flag-replace"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		set, err := a.loadSet(args[0])
		if err != nil {
			return err
		}
		name := *out
		if name == "" {
			name = set.Address() + ".xlsx"
		}
		if !isSpreadsheet(name) {
			return a.misuse("criteria-book-name", name)
		}
		err = a.newFile(name, *replace, func(w io.Writer) error { return setbook.Write(w, set, a.say) })
		if err != nil {
			return err
		}
		a.tell("criteria-exported", set.Address(), name)
		if set.Extends != "" {
			a.tell("criteria-exported-extends", set.Extends)
		}
		if setbook.LosesComments(set) {
			a.tell("criteria-exported-comments")
		}
		return nil
	}
	return c
}

// criteriaImport reads an edited workbook back as a set.
func (a *app) criteriaImport() *cobra.Command {
	c := a.describe(&cobra.Command{Use: "import FILE.xlsx [-o FILE.yaml]", Args: a.takes(1, 1)}, "criteria-import", "")
	out := c.Flags().StringP("out", "o", "", a.say.Say("cli.flag-out-set"))
	replace := c.Flags().Bool("replace", false, a.say.Say("cli.flag-replace"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		name := *out
		if name == "" {
			name = strings.TrimSuffix(args[0], filepath.Ext(args[0])) + ".yaml"
		}
		if ext := strings.ToLower(filepath.Ext(name)); ext != ".yaml" && ext != ".yml" {
			return a.misuse("criteria-set-name", name)
		}
		return a.importSet(args[0], name, *replace)
	}
	return c
}

// importSet writes the set of a workbook as a file, or tells why it cannot.
func (a *app) importSet(book, name string, replace bool) error {
	set, notes, err := importers.LoadSetBook(book)
	problems, faulty := asProblems(err)
	for _, p := range append(notes, problems...) {
		fmt.Fprintln(a.err, a.problemLine(p))
	}
	switch {
	case faulty:
		a.count("criteria-faults", problems.Stopping())
		a.tell("criteria-import-kept", name)
		return errProblems
	case err != nil:
		return err
	}
	err = a.newFile(name, replace, func(w io.Writer) error {
		_, err := w.Write(set.YAML)
		return err
	})
	if err != nil {
		return err
	}
	indicators := 0
	for range set.Root.AllIndicators() {
		indicators++
	}
	a.tell("criteria-imported", set.Address(), name, indicators)
	return nil
}

// newFile writes a file whole or not at all. One that is there is replaced only where that is asked for: it may hold
// somebody's edits.
func (a *app) newFile(name string, replace bool, write func(io.Writer) error) error {
	if info, err := os.Stat(name); err == nil && (!replace || !info.Mode().IsRegular()) {
		return a.misuse("criteria-file-there", name)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeFile(name, write); err != nil {
		return a.fileError(name, err)
	}
	return nil
}
