package setbook

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
)

// yamlNumber is a number as a set's file may have it.
var yamlNumber = regexp.MustCompile(`^[-+]?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// ambiguous reports whether a text could be two numbers.
func ambiguous(text string) bool {
	_, err := numeral.Read(text, numeral.Unknown)
	var a numeral.Ambiguity
	return errors.As(err, &a)
}

// scalar reads a cell as the value of a key; nil where it cannot be read, which is then told. What only the set's
// reader can judge is handed on as it was typed.
func (r *reader) scalar(c sheet.Cell, form form, words, heading string) *yaml.Node {
	switch {
	case c.Formula || c.NoValue:
		r.problems.Fault(c.Place, "book-formula")
		return nil
	case c.Error:
		r.problems.Fault(c.Place, "book-error-cell", c.Text)
		return nil
	case c.Date && form != asDay:
		r.problems.Fault(c.Place, "book-date-in-text", heading)
		return nil
	}
	typed := strings.TrimSpace(c.Shown())
	switch form {
	case asNumber, asShare, asPoints:
		return r.number(c, typed, form, words, heading)
	case asWord:
		if t, ok := r.word(words, typed); ok {
			typed = t
		}
	case asFlag:
		return r.flag(c, typed)
	case asDay:
		if d, ok := (answer.Reader{Date1904: r.file.Date1904}).Day(c); ok {
			return r.plain(c.Place, string(d))
		}
	default: // text
	}
	return r.words(c.Place, typed)
}

func (r *reader) word(vocabulary, typed string) (string, bool) {
	return token(wordsOf(vocabulary), typed, r.languages, func(say *locale.Locale, t string) string { return word(say, vocabulary, t) })
}

func (r *reader) flag(c sheet.Cell, typed string) *yaml.Node {
	if t, ok := r.word("flag", typed); ok {
		return r.plain(c.Place, t)
	}
	switch yes, ok := answer.YesNo(c); {
	case ok && yes:
		return r.plain(c.Place, "true")
	case ok:
		return r.plain(c.Place, "false")
	}
	return r.words(c.Place, typed)
}

// number reads a number, or a word of the vocabulary.
func (r *reader) number(c sheet.Cell, typed string, form form, words, heading string) *yaml.Node {
	if t, ok := r.word(words, typed); ok {
		return r.words(c.Place, t)
	}
	if c.Numeric && !c.Percent {
		return r.plain(c.Place, c.Text)
	}
	if c.Numeric && form == asShare {
		return r.plain(c.Place, c.Text) // shown as a percentage: the share itself is stored
	}
	if c.Numeric {
		r.problems.Fault(c.Place, "book-percent", typed, heading)
		return nil
	}
	n, err := numeral.Read(typed, numeral.Unknown)
	var a numeral.Ambiguity
	switch {
	case errors.As(err, &a):
		clear := a.Decimal.String()
		if ambiguous(clear) {
			clear += "0"
		}
		r.problems.Fault(c.Place, "book-ambiguous", typed, a.Decimal, a.Grouped, clear, a.Grouped.String())
		return nil
	case yamlNumber.MatchString(typed):
		return r.plain(c.Place, typed)
	case err != nil:
		return r.words(c.Place, typed)
	case n.Percent && form != asShare:
		r.problems.Fault(c.Place, "book-percent", typed, heading)
		return nil
	case n.Percent:
		return r.plain(c.Place, n.Value.Shift(-2).String())
	default:
		return r.plain(c.Place, n.Value.String())
	}
}

// plain is a value that YAML reads by its look: a number, a date, true or false.
func (r *reader) plain(at diag.Place, text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	r.places[n] = at
	return n
}

// words is text.
func (r *reader) words(at diag.Place, text string) *yaml.Node {
	n := r.plain(at, text)
	n.Tag = "!!str"
	return n
}

// list reads words with ";" between them; one alone needs no list where the key takes a single name.
func (r *reader) list(c sheet.Cell, f field, heading string) *yaml.Node {
	whole := r.scalar(c, asText, "", heading)
	if whole == nil {
		return nil
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	r.places[list] = c.Place
	for _, w := range strings.FieldsFunc(whole.Value, func(c rune) bool { return c == ';' || c == ',' || c == '\n' }) {
		if w = strings.TrimSpace(w); w != "" {
			list.Content = append(list.Content, r.words(c.Place, w))
		}
	}
	if f.form == asOperand && len(list.Content) == 1 {
		return list.Content[0]
	}
	return list
}

// cells are the filled cells of a row, by column.
type cells map[string][]cellOf

// A cellOf is a cell with the suffix of its column.
type cellOf struct {
	suffix string
	sheet.Cell
	heading string
}

// splitCells sorts cells by the columns that their keys name.
func splitCells(all map[string]sheet.Cell, known func(string) bool) cells {
	sorted := cells{}
	for key, c := range all {
		base, suffix := split(key, known)
		sorted[base] = append(sorted[base], cellOf{suffix: suffix, Cell: c, heading: key})
	}
	for _, list := range sorted {
		slices.SortFunc(list, func(a, b cellOf) int { return a.Place.Compare(b.Place) })
	}
	return sorted
}
