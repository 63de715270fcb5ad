package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
	"github.com/shopspring/decimal"
)

// setName is the file of a round's criteria set.
const setName = "criteria.yaml"

// An ownSet is the set of a new round: a department's own, with its own name, made from another.
type ownSet struct {
	id, version string
	title       string // a mapping of YAML, by language
	later       int    // years since the set that it is made from, by which its dates move; 0 where those are unknown
}

// ownSet names the set of a new round after the round. Its id is without the year, so that the next edition keeps it.
func (a *app) ownSet(opts answers, base *criteria.Set) ownSet {
	id := opts.id
	if id == "" {
		id = view.FileName(strings.ReplaceAll(opts.name, opts.year, " "), nil)
	}
	return ownSet{
		id: id, version: opts.year, later: yearsBetween(base.Version, opts.year),
		title: inLanguages(base.Languages, func(words *locale.Locale) string { return words.Say("cli.init-set-title", opts.name) }),
	}
}

// yearsBetween is how many years lie between two versions; 0 where one is no year.
func yearsBetween(earlier, later string) int {
	from, err := strconv.Atoi(earlier)
	to, bad := strconv.Atoi(later)
	if err != nil || bad != nil {
		return 0
	}
	return to - from
}

// inLanguages is a mapping of YAML that says something in languages; one that the tool does not speak is said in the
// first that it does.
func inLanguages(languages []string, say func(*locale.Locale) string) string {
	parts := make([]string, len(languages))
	for i, lang := range languages {
		words, ok := locale.For(lang)
		if !ok {
			words = locale.MustFor("vi")
		}
		parts[i] = lang + ": " + strconv.Quote(say(words))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// copySet is a shipped set as a department's own: its text, comments and all, with another name, without the decision
// that issued it, and with its dates in the own year. What it lacks of its source it still lacks, and says so. A set from
// a file is copied as it is, since it is somebody's own already; what it extends is written out, because paths mean
// nothing in another folder.
func (a *app) copySet(base *criteria.Set, own ownSet, shipped bool) string {
	if !shipped {
		return writtenOut(base)
	}
	text := strings.ReplaceAll(string(base.YAML), "\r\n", "\n")
	for key, entry := range map[string]string{
		"id": "id: " + idText(own.id), "version": "version: " + strconv.Quote(own.version), "title": "title: " + own.title,
		"source": caveat(base), "extends": "",
	} {
		text = replaceTop(text, key, entry)
	}
	text = strings.Replace(text, "\n#\n", "\n# "+a.say.Say("cli.init-copied", base.Address())+"\n#\n", 1)
	return stepDate.ReplaceAllStringFunc(text, func(s string) string { return "by: " + criteria.Later(strings.TrimPrefix(s, "by: "), own.later) })
}

// stepDate is the date of a step, as the shipped sets write it.
var stepDate = regexp.MustCompile(`by: [0-9]{4}-[0-9]{2}-[0-9]{2}`)

// caveatWidth is how many letters a line of a caveat has at most, its indent aside.
const caveatWidth = 110

// caveat is the source of a set that is made from one that holds only a structure: what of that is published, and
// nothing of the decision. It is "" where a set is complete.
func caveat(base *criteria.Set) string {
	said := base.Source.StructureOnly
	if len(said) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("source:\n  structure_only:")
	for _, lang := range base.Languages {
		if said[lang] == "" {
			continue
		}
		b.WriteString("\n    " + lang + ": >-")
		width := caveatWidth
		for word := range strings.FieldsSeq(said[lang]) {
			letters := utf8.RuneCountInString(word) + 1
			if width+letters > caveatWidth {
				b.WriteString("\n     ")
				width = 0
			}
			b.WriteString(" " + word)
			width += letters
		}
	}
	return b.String()
}

// writtenOut is the text of a set from a file. Of one that extends another the head is left out, which speaks of the few
// lines that the file held.
func writtenOut(base *criteria.Set) string {
	text := string(base.YAML)
	if base.Extends == "" {
		return text
	}
	_, body, _ := strings.Cut("\n"+text, "\nschema:")
	return "schema:" + body
}

// replaceTop writes another entry for a key of the set, or takes the key out where the entry is empty. The shipped sets
// are written in blocks: what belongs to a key is indented below it.
func replaceTop(text, key, entry string) string {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(text) {
		if inside && strings.HasPrefix(line, " ") {
			continue
		}
		if inside = strings.HasPrefix(line, key+":"); !inside {
			b.WriteString(line)
			continue
		}
		if entry != "" {
			b.WriteString(entry + "\n")
		}
	}
	return b.String()
}

// baseFile is the name under which a set from a file lies beside the one that extends it.
func baseFile(base *criteria.Set) string {
	return view.FileName(base.ID+"-"+base.Version, nil) + ".yaml"
}

// extendSet is a set of a few lines that extends another one, with the edits that departments make most as comments. A
// set from a file keeps its id: it has a new edition.
func (a *app) extendSet(base *criteria.Set, own ownSet, lang string, shipped bool) (string, error) {
	address := base.Address()
	if !shipped {
		address = baseFile(base)
	}
	text, err := starts.ReadFile("start/" + lang + "/extends.yaml")
	if err != nil {
		return "", err
	}
	filled := strings.NewReplacer("{{FROM}}", base.Address(), "{{EXTENDS}}", address, "{{ID}}", idText(own.id),
		"{{VERSION}}", strconv.Quote(own.version), "{{TITLE}}", own.title).Replace(string(text))
	if said := caveat(base); said != "" {
		filled = ownSource.ReplaceAllLiteralString(filled, said)
	}
	dates, err := base.DatesLater(own.later)
	if err != nil {
		return "", err
	}
	edits, ok := editsOf(base, dates)
	switch {
	case !ok && len(dates) == 0:
		return filled, nil
	case !ok:
		return filled + "\n" + written(dates) + "\n", nil
	}
	text, err = starts.ReadFile("start/" + lang + "/edits.yaml")
	if err != nil {
		return "", err
	}
	return filled + "\n" + edits.Replace(string(text)), nil
}

// ownSource is the example of a source in a set that extends another one.
var ownSource = regexp.MustCompile(`(?m)^# source: .*$`)

// editsOf fills in the examples of edits with indicators of a set, so that its points still add up: one is removed and
// replaced by a new one, and of two others one gives points to the other. Indicators whose dates are moved are in no
// example, since one is changed in one place. False where no pillar has three such indicators.
func editsOf(base *criteria.Set, dates []criteria.Dated) (*strings.Replacer, bool) {
	for p := range base.Root.AllPillars() {
		alike := alikeIn(p, dates)
		if len(alike) < 3 {
			continue
		}
		more, less, gone := alike[0], alike[1], alike[len(alike)-1]
		moved := moved(less.Points)
		said := func(key string) string {
			return inLanguages(base.Languages, func(words *locale.Locale) string { return words.Say("cli.init-new-" + key) })
		}
		return strings.NewReplacer(
			"{{PILLAR}}", p.ID, "{{GONE}}", gone.ID, "{{MORE}}", more.ID, "{{LESS}}", less.ID,
			"{{MORE_POINTS}}", writtenPoints(base, more.Points, moved), "{{LESS_POINTS}}", writtenPoints(base, less.Points, moved.Neg()),
			"{{NEW_POINTS}}", writtenPoints(base, gone.Points, decimal.Decimal{}), "{{NEW_NAME}}", said("indicator"), "{{NEW_HINT}}", said("hint"), "{{NEW_ADVICE}}", said("advice"),
			"{{NEW_VERIFIER}}", gone.Verifier, "{{CHANGE}}", written(dates),
		), true
	}
	return nil, false
}

// alikeIn lists the indicators of a pillar between which points can move: what each earns is summed, in every group.
func alikeIn(p *criteria.Pillar, dates []criteria.Dated) []*criteria.Indicator {
	if p.Combine != criteria.Sum {
		return nil
	}
	var alike []*criteria.Indicator
	for _, ind := range p.Indicators {
		changed := slices.ContainsFunc(dates, func(d criteria.Dated) bool { return d.Indicator == ind.ID })
		if ind.Effect == criteria.Base && len(ind.For) == 0 && ind.Min.IsZero() && !changed {
			alike = append(alike, ind)
		}
	}
	return alike
}

// written begins the changes of an extending set: with the dates of the set that it extends, where those are of an
// earlier year, else as a comment.
func written(dates []criteria.Dated) string {
	if len(dates) == 0 {
		return "# change:"
	}
	var b strings.Builder
	b.WriteString("change:")
	for _, d := range dates {
		b.WriteString("\n  " + d.Indicator + ": {score: " + d.Score + "}")
	}
	return b.String()
}

// moved is how many points an indicator can give away in every group: 1, or half of what it has where that is little.
func moved(points criteria.PerGroup) decimal.Decimal {
	give := decimal.NewFromInt(1)
	for _, d := range points {
		give = decimal.Min(give, d.Div(decimal.NewFromInt(2)))
	}
	return give
}

// writtenPoints writes points by group, with some more in each; once where all groups have the same.
func writtenPoints(set *criteria.Set, points criteria.PerGroup, more decimal.Decimal) string {
	var parts []string
	same := true
	for _, g := range set.Groups {
		d, ok := points[g.ID]
		if !ok {
			continue
		}
		parts = append(parts, g.ID+": "+d.Add(more).String())
		same = same && d.Equal(points[set.Groups[0].ID])
	}
	if same && len(parts) == len(set.Groups) {
		return points[set.Groups[0].ID].Add(more).String()
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// writeSet writes the set of a new round, and beside it a set from a file that it extends.
func (a *app) writeSet(dir string, opts answers, base *criteria.Set) error {
	_, _, shipped := builtin.Get(opts.set)
	own := a.ownSet(opts, base)
	if !opts.extends {
		return writeText(filepath.Join(dir, setName), a.copySet(base, own, shipped))
	}
	if !shipped && opts.id == "" {
		own.id = base.ID
	}
	text, err := a.extendSet(base, own, opts.lang, shipped)
	if err != nil {
		return err
	}
	if !shipped {
		if err := writeText(filepath.Join(dir, baseFile(base)), writtenOut(base)); err != nil {
			return err
		}
	}
	return writeText(filepath.Join(dir, setName), text)
}
