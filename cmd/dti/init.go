package main

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/reports/view"
)

// starts are the files that a new round begins with, by language; {{NAME}} and the like are filled in.
//
//go:embed start
var starts embed.FS

// An answers is what `dti init` asks.
type answers struct {
	name, year, set, lang string
}

func (a *app) initCommand() *cobra.Command {
	var opts answers
	c := a.describe(&cobra.Command{Use: "init DIR", Args: a.takes(1, 1)}, "init", "prepare")
	c.Flags().StringVar(&opts.name, "name", "", a.say.Say("cli.flag-name"))
	c.Flags().StringVar(&opts.year, "year", "", a.say.Say("cli.flag-year"))
	c.Flags().StringVar(&opts.set, "set", "", a.say.Say("cli.flag-set"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := emptyFolder(args[0]); err != nil {
			return a.misuse("init-not-empty", args[0])
		}
		opts.lang = a.say.Lang()
		if err := a.ask(&opts); err != nil {
			return err
		}
		set, err := a.loadSet(opts.set)
		if err != nil {
			return err
		}
		if _, err := strconv.Atoi(opts.year); err != nil {
			return a.misuse("init-year", opts.year)
		}
		if err := a.start(args[0], opts, set); err != nil {
			return err
		}
		a.tell("init-done", args[0])
		return nil
	}
	return c
}

// emptyFolder is an error where a folder holds something already.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	return fs.ErrExist
}

// ask asks for what no flag gave.
func (a *app) ask(opts *answers) error {
	in := bufio.NewReader(a.in)
	var shipped []string
	for _, entry := range builtin.List() {
		shipped = append(shipped, entry.Address())
	}
	for _, q := range []struct {
		into     *string
		key      string
		fallback string
	}{
		{&opts.name, "init-ask-name", ""},
		{&opts.year, "init-ask-year", ""},
		{&opts.set, "init-ask-set", shipped[0]},
	} {
		if *q.into != "" {
			continue
		}
		fmt.Fprint(a.err, a.say.Say("cli."+q.key, shipped)+" ")
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if *q.into = strings.TrimSpace(line); *q.into == "" {
			*q.into = q.fallback
		}
		if *q.into == "" {
			return a.misuse("init-unanswered", a.say.Say("cli."+q.key, shipped))
		}
	}
	return nil
}

// start writes the folder of a new round: round.yaml, agencies.xlsx, the guide, and a copy of the set to edit.
func (a *app) start(dir string, opts answers, set *criteria.Set) error {
	for _, sub := range []string{"", "submissions", "reviews"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return err
		}
	}
	data, err := a.setFile(opts.set)
	if err != nil {
		return err
	}
	fill := strings.NewReplacer(
		"{{ID}}", view.FileName(opts.name, nil), "{{NAME}}", strconv.Quote(opts.name), "{{YEAR}}", opts.year, "{{LANG}}", set.Languages[0],
		"{{SET}}", set.Address(), "{{GROUPS}}", groupIDs(set),
	)
	guide := map[string]string{"vi": "HUONG-DAN.md"}[opts.lang]
	if guide == "" {
		guide = "GUIDE.md"
	}
	for name, from := range map[string]string{"round.yaml": "round.yaml", guide: "guide.md"} {
		text, err := starts.ReadFile("start/" + opts.lang + "/" + from)
		if err != nil {
			return err
		}
		if err := writeText(filepath.Join(dir, name), fill.Replace(string(text))); err != nil {
			return err
		}
	}
	if err := writeText(filepath.Join(dir, "criteria.yaml"), string(data)); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "agencies.xlsx"), func(w io.Writer) error { return table.WriteAgencies(w, set.Languages) })
}

// setFile is the YAML of a set as it is, comments and all.
func (a *app) setFile(address string) ([]byte, error) {
	if data, _, ok := builtin.Get(address); ok {
		return data, nil
	}
	return os.ReadFile(address)
}

func groupIDs(set *criteria.Set) string {
	ids := make([]string, len(set.Groups))
	for i, g := range set.Groups {
		ids[i] = g.ID
	}
	return strings.Join(ids, ", ")
}

func writeText(name, text string) error {
	return writeFile(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}
