package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// mayAnnotate refuses a folder for annotated workbooks that the round reads, or that lies in one: there every file stays
// as it came, and a workbook among reviews would be read as one. The round's own folder is refused as well, not those in
// it.
func (a *app) mayAnnotate(dir, out string) error {
	sent, read, err := importers.Folders(dir)
	if err != nil {
		return err
	}
	info, err := os.Stat(out)
	switch {
	case out == "":
		return a.misuse("annotate-no-folder", dir)
	case err == nil && !info.IsDir():
		return a.misuse("annotate-not-folder", out)
	case err == nil && sameFolder(info, dir):
		return a.misuse("annotate-round", out, filepath.Join(dir, a.say.Say("cli.annotate-example")))
	}
	abs, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	for _, folder := range read {
		switch {
		case !liesIn(abs, filepath.Join(dir, filepath.FromSlash(folder))):
		case folder == sent:
			return a.misuse("annotate-inside", out, folder)
		default:
			return a.misuse("annotate-inside-read", out, folder)
		}
	}
	return nil
}

// liesIn reports whether a path is a folder or lies in it, by whatever names and links. The folder may not be there yet.
func liesIn(abs, folder string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	folder = linked(folder)
	for real := linked(abs); real != filepath.Dir(real); real = filepath.Dir(real) {
		if info, err := os.Stat(real); real == folder || err == nil && sameFolder(info, folder) {
			return true
		}
	}
	return false
}

// sameFolder reports whether a folder is the one of a name.
func sameFolder(info fs.FileInfo, name string) bool {
	other, err := os.Stat(name)
	return err == nil && os.SameFile(info, other)
}

// linked is a path with its links followed, as far as it exists.
func linked(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	if parent := filepath.Dir(name); parent != name {
		return filepath.Join(linked(parent), filepath.Base(name))
	}
	return name
}

// An outcome is what became of the files that agencies sent, with a line for each that has no annotated copy.
type outcome struct {
	written, repairs, clean, refused int
	lines                            []string
}

// annotate writes the annotated workbooks. What goes wrong with one file does not stop the others.
func (a *app) annotate(ctx context.Context, dir string, round *submission.Round, out string) error {
	files, err := importers.SubmissionFiles(dir)
	if err != nil {
		return err
	}
	var o outcome
	bar := a.progress(len(files), "cli.annotate-progress")
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.annotateFile(importers.Annotate(dir, round, file), out, &o); err != nil {
			return err
		}
		bar.Add(1)
	}
	bar.Finish()
	for _, line := range o.lines {
		fmt.Fprintln(a.err, line)
	}
	if o.clean > 0 && o.written > 0 {
		a.count("annotate-clean", o.clean)
	}
	if o.written > 0 {
		a.count("annotate-done", o.written, out, o.repairs, dir)
	} else if o.refused == 0 {
		a.tell("annotate-nothing")
	}
	if o.refused > 0 {
		key := "annotate-refused"
		if o.refused == 1 {
			key = "annotate-refused-one"
		}
		return errors.New(a.say.Say("cli."+key, o.refused))
	}
	return nil
}

// annotateFile writes one annotated workbook, or says why there is none.
func (a *app) annotateFile(sent importers.Sent, out string, o *outcome) error {
	name := filepath.Join(out, path.Base(sent.File))
	note := func(line string) { o.lines = append(o.lines, line) }
	switch {
	case sent.Kind == importers.Damaged:
		note(a.say.Say("cli.annotate-damaged", sent.File))
	case sent.Kind == importers.Table:
		note(a.say.Say("cli.annotate-table", sent.File, sent.Problems))
	case sent.Err != nil:
		note(a.say.Say("cli.annotate-failed", sent.File, a.reason(sent.Err)))
	case sent.Annotated.Data == nil:
		o.clean++
		if data, err := os.ReadFile(name); err == nil && workbook.IsUntouched(data) {
			note(a.say.Say("cli.annotate-stale", name))
		}
	case !annotatedBefore(name):
		o.refused++
		note(a.say.Say("cli.annotate-changed", name))
	default:
		if err := os.MkdirAll(out, 0o755); err != nil {
			return a.fileError(out, err)
		}
		err := writeFile(name, func(w io.Writer) error { _, err := w.Write(sent.Annotated.Data); return err })
		if err != nil {
			return a.fileError(name, err)
		}
		o.written++
		o.repairs += sent.Annotated.Repairs
	}
	return nil
}

// reason words an error without its last point.
func (a *app) reason(err error) string {
	words := a.explainError(err)
	if problems, ok := errors.AsType[diag.Problems](err); ok && len(problems) > 0 {
		words = a.say.Say("problems."+problems[0].Kind, problems[0].Args...)
	}
	for len(words) > 0 && words[len(words)-1] == '.' {
		words = words[:len(words)-1]
	}
	return words
}

// annotatedBefore reports whether a file may be written: nothing is there, or a workbook just as dti annotated it. One
// that was saved since may hold an agency's only mended copy.
func annotatedBefore(name string) bool {
	info, err := os.Stat(name)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	if !info.Mode().IsRegular() {
		return false
	}
	data, err := os.ReadFile(name)
	return err == nil && workbook.IsUntouched(data)
}
