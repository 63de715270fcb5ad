package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the expected output of scripts and of the README")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"dti": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// statusCommand runs a program and holds its exit status: `status 1 dti rank round`. What it printed is left to stdout
// and stderr.
func statusCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status n program [arg …]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// treeCommand writes the hash of every file of a folder into a list: `tree DIR list.txt`.
func treeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tree dir list.txt")
	}
	var b strings.Builder
	dir := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		fmt.Fprintf(&b, "%x %s\n", sha256.Sum256(data), filepath.ToSlash(rel))
		return err
	}))
	ts.Check(writeText(ts.MkAbs(args[1]), b.String()))
}

// copyTreeCommand copies a folder with all that is in it: `copytree from to`.
func copyTreeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copytree from to")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

// nowhereCommand fails where one of some texts stands in any file of a folder: `nowhere DIR text …`. Spreadsheets and
// documents are unpacked first.
func nowhereCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: nowhere dir text [text …]")
	}
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		for part, data := range partsOf(ts, name) {
			for _, secret := range args[1:] {
				if bytes.Contains(data, []byte(secret)) {
					ts.Fatalf("%q stands in %s %s", secret, name, part)
				}
			}
		}
		return nil
	}))
	if files == 0 {
		ts.Fatalf("%s holds no file", args[0])
	}
}

// somewhereCommand fails where one of some texts stands in no file of a folder, or not in the file that is named:
// `somewhere DIR text …`. Spreadsheets and documents are unpacked first.
func somewhereCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: somewhere dir text [text …]")
	}
	found := map[string]bool{}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, data := range partsOf(ts, name) {
			for _, text := range args[1:] {
				found[text] = found[text] || bytes.Contains(data, []byte(text))
			}
		}
		return nil
	}))
	for _, text := range args[1:] {
		if !found[text] {
			ts.Fatalf("%q stands nowhere in %s", text, args[0])
		}
	}
}

// partsOf are the parts of a spreadsheet or document, or the file itself.
func partsOf(ts *testscript.TestScript, name string) map[string][]byte {
	data, err := os.ReadFile(name)
	ts.Check(err)
	if ext := filepath.Ext(name); ext != ".xlsx" && ext != ".docx" {
		return map[string][]byte{"": data}
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	ts.Check(err)
	parts := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		ts.Check(err)
		parts[f.Name], err = io.ReadAll(r)
		ts.Check(err)
	}
	return parts
}

// TestScripts runs every command and promise of the program; the scripts are its manual.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	dir := filepath.Join("testdata", "script")
	params := testscript.Params{
		Dir:                 dir,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_US.UTF-8")
			env.Setenv("TZ", "UTC")
			env.Setenv("TESTDATA", filepath.Join(root, "testdata"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"fill": fillCommand, "unsheet": unsheetCommand, "status": statusCommand, "tree": treeCommand, "pages": pagesCommand, "picture": pictureCommand, "copytree": copyTreeCommand, "nowhere": nowhereCommand, "somewhere": somewhereCommand,
			"recache": recacheCommand, "overtype": overtypeCommand, "damage": damageCommand, "retype": retypeCommand, "addrows": addRowsCommand, "setcell": setCellCommand, "sealed": sealedCommand,
		},
	}
	if underRace { // each start of the program takes the detector seconds, and most commands have no two goroutines
		params.Dir = filepath.Join("testdata", "race")
	}
	testscript.Run(t, params)
}
