package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
)

func (a *app) criteriaDiff() *cobra.Command {
	var opts struct {
		replay    string
		json, all bool
	}
	c := a.describe(&cobra.Command{Use: "diff [OLD] NEW", Args: a.takes(1, 2)}, "criteria-diff", "")
	c.Flags().StringVar(&opts.replay, "replay", "", a.say.Say("cli.flag-replay"))
	c.Flags().BoolVar(&opts.json, "json", false, a.say.Say("cli.flag-diff-json"))
	c.Flags().BoolVar(&opts.all, "all", false, a.say.Say("cli.flag-replay-all"))
	c.MarkFlagsMutuallyExclusive("json", "all")
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case opts.replay != "":
			return a.replay(opts.replay, args, opts.json, opts.all)
		case opts.all:
			return a.misuse("replay-needed")
		case len(args) == 1:
			return a.misuse("arguments", c.UseLine(), c.CommandPath())
		}
		sets, err := a.soundSets(args...)
		if err != nil {
			return err
		}
		changes := criteria.Diff(sets[0], sets[1])
		if opts.json {
			return a.changesJSON(changes, sets[0], sets[1])
		}
		a.changes(changes, sets[0], sets[1])
		return nil
	}
	return c
}

// soundSets reads sets; faults in any of them are told as `criteria check` tells them.
func (a *app) soundSets(addresses ...string) ([]*criteria.Set, error) {
	sets := make([]*criteria.Set, len(addresses))
	faults := 0
	for i, address := range addresses {
		set, err := a.loadSet(address)
		problems, faulty := asProblems(err)
		if err != nil && !faulty {
			return nil, err
		}
		for _, p := range problems {
			fmt.Fprintln(a.err, a.problemLine(p))
		}
		sets[i], faults = set, faults+problems.Stopping()
	}
	if faults > 0 {
		a.count("criteria-faults", faults)
		return nil, errProblems
	}
	return sets, nil
}

// changes writes what changed between two sets, pillar by pillar.
func (a *app) changes(changes []criteria.Change, before, after *criteria.Set) {
	if len(changes) == 0 {
		fmt.Fprintln(a.out, a.say.Say("cli.diff-nothing"))
		return
	}
	fmt.Fprintln(a.out, a.say.Say("cli.diff-title", before.Address(), after.Address()))
	first := after.Languages[0]
	for i, change := range changes {
		if i == 0 || change.Pillar != changes[i-1].Pillar {
			fmt.Fprintln(a.out, "\n"+a.changedPillar(change.Pillar, before, after))
		}
		fmt.Fprintln(a.out, "  "+a.changeLine(change, first))
	}
	a.count("diff-count", len(changes))
}

// changedPillar heads the changes in a pillar, or in the set itself. A pillar that was removed is called as it was.
func (a *app) changedPillar(id string, before, after *criteria.Set) string {
	for _, set := range []*criteria.Set{after, before} {
		if p, ok := set.Pillar(id); ok {
			return a.say.Say("cli.diff-pillar", a.say.Text(p.Name, set.Languages[0]), id)
		}
	}
	return a.say.Say("cli.diff-set")
}

// changeLine says a change, an indicator's with its id and name in front.
func (a *app) changeLine(change criteria.Change, first string) string {
	words := a.say.Note(change.Note())
	if change.Subject == change.Pillar {
		return words // the heading names it
	}
	return a.say.Say("cli.diff-indicator", change.Subject, a.say.Text(change.Name, first), words)
}

// told is what `dti criteria diff --json` writes, dti.diff/v1.
type told struct {
	Schema  string       `json:"schema"`
	Before  string       `json:"before"`
	After   string       `json:"after"`
	Changes []toldChange `json:"changes"`
}

// toldChange is one change: its kind, where it is (the ids are "" for the set itself), and its words by language.
type toldChange struct {
	Kind      string            `json:"kind"`
	Pillar    string            `json:"pillar"`
	Indicator string            `json:"indicator"`
	Words     map[string]string `json:"words"`
}

func (a *app) changesJSON(changes []criteria.Change, before, after *criteria.Set) error {
	out := told{Schema: "dti.diff/v1", Before: before.Address(), After: after.Address(), Changes: []toldChange{}}
	for _, c := range changes {
		t := toldChange{Kind: c.Kind, Pillar: c.Pillar, Words: map[string]string{}}
		if c.Subject != c.Pillar {
			t.Indicator = c.Subject
		}
		for _, lang := range locale.Langs() {
			t.Words[lang] = locale.MustFor(lang).Note(c.Note())
		}
		out.Changes = append(out.Changes, t)
	}
	return a.encode(out)
}

// encode writes a value as indented JSON.
func (a *app) encode(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
