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
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/reports/view"
)

// starts are the files that a new round begins with, by language; {{NAME}} and the like are filled in.
//
//go:embed start
var starts embed.FS

// starterSet is the set that a round begins with unless another is chosen.
const starterSet = "city-starter@2026"

// An answers is what `dti init` asks.
type answers struct {
	name, year, set, lang string
	id                    string // of the round's own set; "": made from the name
	extends               bool   // the set is to extend the chosen one, not to copy it
}

func (a *app) initCommand() *cobra.Command {
	var opts answers
	c := a.describe(&cobra.Command{Use: "init DIR", Args: a.takes(1, 1)}, "init", "prepare")
	c.Flags().StringVar(&opts.name, "name", "", a.say.Say("cli.flag-name"))
	c.Flags().StringVar(&opts.year, "year", "", a.say.Say("cli.flag-year"))
	c.Flags().StringVar(&opts.set, "set", "", a.say.Say("cli.flag-set"))
	c.Flags().BoolVar(&opts.extends, "extends", false, a.say.Say("cli.flag-extends"))
	c.Flags().StringVar(&opts.id, "id", "", a.say.Say("cli.flag-id"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := emptyFolder(args[0]); err != nil {
			return a.misuse("init-not-empty", args[0])
		}
		opts.lang = a.say.Lang()
		if err := a.checkFlags(&opts); err != nil {
			return err
		}
		if err := a.ask(&opts); err != nil {
			return err
		}
		set, err := a.loadSet(opts.set)
		if err != nil {
			return err
		}
		if _, _, shipped := builtin.Get(opts.set); opts.id != "" && !shipped && !opts.extends {
			return a.misuse("init-id-copied", opts.id)
		}
		if err := a.start(args[0], opts, set); err != nil {
			return err
		}
		if len(set.Source.StructureOnly) > 0 {
			a.tell("init-structure-only", set.Address())
		}
		a.tell("init-done", args[0])
		return nil
	}
	return c
}

// An id is made of idLetters, longestID of them at most, and begins with no sign.
const (
	idLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
	longestID = 80
)

// usableID reports whether a set can have an id; "" is one that is still to be made.
func usableID(id string) bool {
	return len(id) <= longestID && strings.Trim(id, idLetters) == "" && !strings.HasPrefix(id, "-") && !strings.HasPrefix(id, "_")
}

// idText is an id as YAML: in quotes where it could be read as nothing, as yes or no, as a number or as a date.
func idText(id string) string {
	words := []string{"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
	if id == "" || id[0] >= '0' && id[0] <= '9' || slices.Contains(words, strings.ToLower(id)) {
		return strconv.Quote(id)
	}
	return id
}

// checkFlags refuses a year or an id that cannot be used, before anything is asked.
func (a *app) checkFlags(opts *answers) error {
	if !usableID(opts.id) {
		return a.misuse("init-id", opts.id)
	}
	if opts.year == "" {
		return nil
	}
	return a.checkYear(&opts.year)
}

// checkYear refuses what is no year that a round may have, and writes one in its digits alone.
func (a *app) checkYear(year *string) error {
	n, err := strconv.Atoi(*year)
	if err != nil || n < importers.FirstYear || n > importers.LastYear {
		return a.misuse("init-year", *year, strconv.Itoa(importers.FirstYear), strconv.Itoa(importers.LastYear))
	}
	*year = strconv.Itoa(n)
	return nil
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
	for _, q := range []struct {
		into *string
		ask  func(*bufio.Reader) (string, error)
	}{
		{&opts.name, func(in *bufio.Reader) (string, error) { return a.line(in, a.say.Say("cli.init-ask-name"), "") }},
		{&opts.year, a.askYear},
		{&opts.set, a.askSet},
	} {
		if *q.into != "" {
			continue
		}
		var err error
		if *q.into, err = q.ask(in); err != nil {
			return err
		}
	}
	return nil
}

// line asks for one line; an empty one is the fallback, or misuse where there is none.
func (a *app) line(in *bufio.Reader, question, fallback string) (string, error) {
	fmt.Fprint(a.err, question+" ")
	line, err := in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if line = strings.TrimSpace(line); line == "" {
		line = fallback
	}
	if line == "" {
		return "", a.misuse("init-unanswered", question)
	}
	return line, nil
}

// askYear asks for the year of the round.
func (a *app) askYear(in *bufio.Reader) (string, error) {
	year, err := a.line(in, a.say.Say("cli.init-ask-year"), "")
	if err != nil {
		return "", err
	}
	err = a.checkYear(&year)
	return year, err
}

// askSet asks for a set: by its number in the list of those that are ready to use, by its address or as a file.
func (a *app) askSet(in *bufio.Reader) (string, error) {
	fmt.Fprintln(a.err, a.say.Say("cli.init-sets"))
	var ready []string
	t := newColumns(head("", true), head("", false), head("", false))
	for _, entry := range builtin.List() {
		if entry.Complete() {
			ready = append(ready, entry.Address())
			t.row(strconv.Itoa(len(ready)), entry.Address(), a.say.Text(entry.Title, entry.Languages[0]))
		}
	}
	t.write(a.err)
	chosen, err := a.line(in, a.say.Say("cli.init-ask-set", starterSet), starterSet)
	if n, bad := strconv.Atoi(chosen); err == nil && bad == nil && n >= 1 && n <= len(ready) {
		chosen = ready[n-1]
	}
	return chosen, err
}

// yearAfter is the year in which a year's round is worked on.
func yearAfter(year string) string {
	n, _ := strconv.Atoi(year) // checkYear has read it
	return strconv.Itoa(n + 1)
}

// start writes the folder of a new round: round.yaml, agencies.xlsx, the guide, and the set with its schema for editors.
func (a *app) start(dir string, opts answers, set *criteria.Set) error {
	for _, sub := range []string{"", "submissions", "reviews"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return err
		}
	}
	fill := strings.NewReplacer(
		"{{ID}}", idText(view.FileName(opts.name, nil)), "{{NAME}}", strconv.Quote(opts.name), "{{TITLE}}", opts.name, "{{YEAR}}", opts.year, "{{NEXT}}", yearAfter(opts.year), "{{LANG}}", set.Languages[0],
		"{{SET}}", set.Address(), "{{GROUP_IDS}}", groupIDs(set), "{{GROUPS}}", a.groupLines(set), "{{TAGS}}", a.tagLine(set), "{{DATA}}", a.dataLine(set),
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
	if err := a.writeSet(dir, opts, set); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, "criteria.schema.json"), a.writeSchema); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "agencies.xlsx"), func(w io.Writer) error { return table.WriteAgencies(w, set.Languages) })
}

func groupIDs(set *criteria.Set) string {
	ids := make([]string, len(set.Groups))
	for i, g := range set.Groups {
		ids[i] = g.ID
	}
	return strings.Join(ids, ", ")
}

// groupLines lists the groups of a set with their ids, a line for each.
func (a *app) groupLines(set *criteria.Set) string {
	lines := make([]string, len(set.Groups))
	for i, g := range set.Groups {
		lines[i] = "   * `" + g.ID + "`: " + a.say.Text(g.Name, set.Languages[0])
	}
	return strings.Join(lines, "\n")
}

// tagLine says which tags the indicators of a set ask for; "" where they ask for none.
func (a *app) tagLine(set *criteria.Set) string {
	var tags []string
	for ind := range set.Root.AllIndicators() {
		if tag := a.called(ind.When, set.TagName(ind.When), set.Languages[0]); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	if len(tags) == 0 {
		return ""
	}
	return "\n\n   " + a.say.Say("cli.init-tags", tags)
}

// called is a code that is to be typed, with its name where the set has one.
func (a *app) called(code string, name criteria.Text, first string) string {
	if words := a.say.Text(name, first); words != "" {
		return a.say.Say("cli.init-tag-named", code, words)
	}
	return code
}

// dataLine says which columns a table needs with what departments, surveys and councils enter; "" where that is nothing.
func (a *app) dataLine(set *criteria.Set) string {
	columns := []string{"code"}
	for ind := range set.Root.AllIndicators() {
		for _, in := range ind.Inputs {
			if in.By != criteria.ByAgency {
				columns = append(columns, criteria.Key{Indicator: ind.ID, Input: in.ID}.String())
			}
		}
	}
	if len(columns) == 1 {
		return ""
	}
	return "\n   " + a.say.Say("cli.init-data", strings.Join(columns, ","))
}

func writeText(name, text string) error {
	return writeFile(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}
