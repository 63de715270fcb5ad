package view

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// inputText is the printed name of an input of an indicator; "figures.staff" names a figure. An input without a name is
// the indicator's only one.
func (w *wording) inputText(ind *criteria.Indicator, name string) rule.Text {
	if id, ok := strings.CutPrefix(name, criteria.FiguresID+"."); ok {
		if in, ok := w.set.Figure(id); ok {
			return in.Name
		}
		return nil
	}
	if in, ok := ind.Input(name); ok && len(in.Name) > 0 {
		return in.Name
	}
	return w.value
}

func (w *wording) inputName(ind *criteria.Indicator, name string) string {
	if s := w.text(w.inputText(ind, name)); s != "" {
		return s
	}
	return name
}

// note says a judgement of an indicator with the names of its inputs.
func (w *wording) note(ind *criteria.Indicator, n rule.Note) string {
	switch {
	case n.IsZero():
		return ""
	case n.Kind == "not-concerned": // a tag is a word of the set's author, not of the reader
		return w.say("not-concerned")
	}
	return w.words.NoteOf(n, func(input string) rule.Text { return w.inputText(ind, input) })
}

// ruleWords says how an indicator is scored.
func (w *wording) ruleWords(ind *criteria.Indicator) string {
	if ind.Rule == nil {
		return ""
	}
	return capital(w.note(ind, ind.Words()))
}

// capital begins a sentence.
func capital(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
