package setbook

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
)

// retold are the faults of reading the cells, and those that the set's reader found, in the words of the workbook: what
// a file calls a key is a column here. What only follows from a cell that could not be read is left out.
func (r *reader) retold(err error) diag.Problems {
	all := slices.Clone(r.problems)
	told, rows := map[diag.Place]bool{}, map[diag.Place]bool{}
	for _, p := range all {
		told[p.Place] = true
		p.Place.Col = 0
		rows[p.Place] = true
	}
	var found diag.Problems
	if err != nil && !errors.As(err, &found) {
		found.Fault(diag.Place{File: r.file.Name}, "book-not-set") // LoadTree has no other errors
	}
	for _, p := range found {
		p = r.retell(p)
		if !told[p.Place] && (p.Place.Col > 0 || !rows[p.Place]) || p.Place.Row == 0 {
			all = append(all, p)
		}
	}
	order := map[string]int{}
	for i, s := range r.file.Sheets {
		order[s.Name] = i
	}
	slices.SortStableFunc(all, func(a, b diag.Problem) int {
		return cmp.Or(cmp.Compare(order[a.Place.Sheet], order[b.Place.Sheet]), a.Place.Compare(b.Place))
	})
	return all
}

// retell says one fault in the words of the workbook.
func (r *reader) retell(p diag.Problem) diag.Problem {
	switch kind := strings.TrimSuffix(p.Kind, "-near"); kind {
	case "missing-key":
		if q, ok := r.missingSetting(p); ok {
			return q
		}
		return r.blank(p, r.keyAt(p.Place, text1(p.Args)))
	case "missing-language":
		base := r.columnAt(p.Place).base
		if base == "" {
			base = r.settingAt(p.Place)
		}
		if i := strings.LastIndexByte(base, '.'); i > 0 && p.Place.Sheet == r.settingsSheet() {
			base = base[:i]
		}
		return r.blank(p, base+"."+argText(p.Args, 1))
	case "unknown-word", "unknown-rule":
		words := r.vocabularyAt(p.Place)
		if words == "" {
			return p
		}
		return r.wordProblem(p.Place, text1(p.Args), wordsOf(words), func(say *locale.Locale, t string) string { return word(say, words, t) })
	case "unknown-key":
		return r.notForScore(p)
	case "want-number", "want-flag":
		p.Kind = map[string]string{"want-number": "book-number", "want-flag": "book-flag"}[kind]
		p.Args = []any{text1(p.Args), r.headingAt(p.Place)}
	case "want-date":
		p.Kind = "book-date"
	}
	return p
}

// missingSetting tells a key of the set itself that has no row or sheet at all.
func (r *reader) missingSetting(p diag.Problem) (diag.Problem, bool) {
	key := text1(p.Args)
	i := slices.IndexFunc(formats[ofSet], func(f field) bool { return f.path == key })
	if i < 0 || p.Place.Row != 0 {
		return p, false
	}
	f := formats[ofSet][i]
	if f.kind == "" {
		if _, there := r.settings[r.firstSetting(key)]; there {
			return p, false
		}
		p.Kind, p.Args = "book-missing-setting", []any{r.settingWords(key)}
		return p, true
	}
	at := slices.IndexFunc(pages, func(p page) bool { return slices.Contains(p.kinds, f.kind) })
	if pages[at].name == pagePart {
		return p, false // any number of sheets
	}
	name := r.languages[0].Say("form.book-sheet-" + pages[at].name)
	if j := slices.IndexFunc(r.pages, func(l *leaf) bool { return l.page.name == pages[at].name }); j >= 0 {
		name = r.pages[j].Name
		p.Place.Sheet = name
	}
	p.Kind, p.Args = "book-missing-rows", []any{name}
	return p, true
}

func text1(args []any) string { return argText(args, 0) }

func argText(args []any, i int) string {
	if i >= len(args) {
		return ""
	}
	s, _ := args[i].(string)
	return s
}

// blank tells a cell that must be filled in.
func (r *reader) blank(p diag.Problem, mark string) diag.Problem {
	if at, ok := r.settings[mark]; ok && p.Place.Sheet == at.Sheet {
		return diag.Problem{Place: at, Kind: "book-missing", Args: []any{r.settingWords(mark)}, Severity: p.Severity}
	}
	d := r.rows[spot{p.Place.Sheet, p.Place.Row}]
	if d == nil || mark == "" {
		return p
	}
	return diag.Problem{Place: d.cell(mark), Kind: "book-missing", Args: []any{d.headingOf(mark, r.languages[0])}, Severity: p.Severity}
}

// keyAt is the column of a key that is missing from the mapping at a place.
func (r *reader) keyAt(at diag.Place, key string) string {
	if at.Sheet == r.settingsSheet() {
		for _, f := range formats[ofSet] {
			if f.path == key && f.form == asNames {
				return r.firstSetting(key)
			}
		}
		return key
	}
	d := r.rows[spot{at.Sheet, at.Row}]
	if d == nil {
		return ""
	}
	if key == "score" {
		return "score.kind"
	}
	if i := strings.LastIndexByte(r.columnAt(at).base, '.'); i > 0 {
		key = r.columnAt(at).base[:i+1] + key
	}
	for _, f := range fieldsOf(d.kind, d.score) {
		if f.path != key || len(f.columns()) == 0 {
			continue
		}
		for _, c := range d.leaf.columns {
			if c.base == f.in() {
				return c.mark()
			}
		}
		return f.in()
	}
	return ""
}

// firstSetting is the first of the settings that a name is spread over.
func (r *reader) firstSetting(base string) string {
	best, at := base, diag.Place{}
	for mark, place := range r.settings {
		if strings.HasPrefix(mark, base+".") && (at == diag.Place{} || place.Row < at.Row) {
			best, at = mark, place
		}
	}
	return best
}

func (r *reader) settingsSheet() string {
	for _, s := range r.file.Sheets {
		if markOf(s).page == pageSettings {
			return s.Name
		}
	}
	return ""
}

// settingAt is the setting whose cell stands at a place.
func (r *reader) settingAt(at diag.Place) string {
	for mark, place := range r.settings {
		if place == at {
			return mark
		}
	}
	return ""
}

func (r *reader) settingWords(mark string) string {
	base, suffix := split(mark, isSetting)
	words := r.languages[0].Say("form.book-setting-" + dashed(base))
	if suffix != "" {
		words += " (" + suffix + ")"
	}
	return words
}

// columnAt is the column of a cell.
func (r *reader) columnAt(at diag.Place) found {
	for _, l := range r.pages {
		if l.Name != at.Sheet || at.Col == 0 {
			continue
		}
		for _, f := range l.columns {
			if f.col == at.Col {
				return f
			}
		}
	}
	return found{}
}

func (r *reader) headingAt(at diag.Place) string {
	if mark := r.settingAt(at); mark != "" {
		return r.settingWords(mark)
	}
	return r.columnAt(at).heading
}

// vocabularyAt is the vocabulary of a cell.
func (r *reader) vocabularyAt(at diag.Place) string {
	if mark := r.settingAt(at); mark != "" {
		f, _ := fieldAt(formats[ofSet], mark)
		return f.words
	}
	d := r.rows[spot{at.Sheet, at.Row}]
	if d == nil {
		return ""
	}
	f, _ := fieldAt(fieldsOf(d.kind, d.score), r.columnAt(at).base)
	return f.words
}

// notForScore tells a cell or a row that a kind of score does not take.
func (r *reader) notForScore(p diag.Problem) diag.Problem {
	d := r.rows[spot{p.Place.Sheet, p.Place.Row}]
	if d == nil {
		return p
	}
	if p.Place.Col > 0 && strings.HasPrefix(r.columnAt(p.Place).base, "score.") {
		p.Kind, p.Args = "book-not-for-score", []any{r.headingAt(p.Place), word(r.languages[0], "score-kind", d.score)}
	} else if p.Place.Col == 0 && d.owner != nil && d.owner.score != "" {
		p.Kind, p.Args = "book-rows-not-for-score", []any{r.rowWord(d.kind), word(r.languages[0], "score-kind", d.owner.score)}
	}
	return p
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}
