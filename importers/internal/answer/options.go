package answer

import (
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// An inputOf names an input of an indicator.
type inputOf struct{ indicator, input string }

// options are the options of an input, by what answers call them.
type options struct {
	list  []rule.Option
	ids   map[string]bool
	named map[string]string // ids, by ids and names as they are compared; "" where two options are called the same
	parts int               // the most that ";" separates in one of them
}

func optionsOf(list []rule.Option) options {
	all := options{list: list, ids: map[string]bool{}, named: map[string]string{}}
	for _, o := range list {
		all.ids[o.ID] = true
		all.call(o.ID, o)
		for _, name := range o.Name {
			all.call(name, o)
		}
	}
	return all
}

// call notes that an option is called so.
func (all *options) call(name string, o rule.Option) {
	key := same(name)
	if other, there := all.named[key]; there && other != o.ID {
		all.named[key] = ""
	} else {
		all.named[key] = o.ID
	}
	all.parts = max(all.parts, strings.Count(key, ";")+1)
}

// find finds an option by its id, else by its name; a name that two options share finds none.
func (all options) find(word string) (id string, ok bool) {
	if all.ids[word] {
		return word, true
	}
	id = all.named[same(word)]
	return id, id != ""
}

// leading finds the option that the first words name, and how many they are: a name may itself hold ";".
func (all options) leading(words []string) (id string, n int) {
	for n := min(len(words), all.parts); n > 0; n-- {
		if id, ok := all.find(trimmed(strings.Join(words[:n], ";"))); ok {
			return id, n
		}
	}
	return "", 0
}

func (e entry) options() options { return e.Reader.options[inputOf{e.ind.ID, e.in.ID}] }

// choice reads options by their ids, or by their names in any language; several are separated by ";".
func (e entry) choice() (rule.Value, *diag.Problem) {
	options := e.options()
	if id, ok := options.find(e.text); ok {
		return rule.OptionsOf(id), nil
	}
	if e.in.Type == rule.Choice {
		return e.noOption(e.text, options.list)
	}
	words := strings.Split(e.text, ";")
	if len(words) > mostWords {
		return e.noOption(e.text, options.list)
	}
	var ids []string
	for len(words) > 0 {
		id, n := options.leading(words)
		switch word := trimmed(words[0]); {
		case n == 0 && word != "":
			return e.noOption(word, options.list)
		case n > 0 && !slices.Contains(ids, id):
			ids = append(ids, id)
		}
		words = words[max(n, 1):]
	}
	return rule.OptionsOf(ids...), nil
}

// mostWords bounds how many options a cell may name.
const mostWords = 200

// noOption is the problem of a word that names no option. The arguments are the word and the options' ids with names.
func (e entry) noOption(word string, options []rule.Option) (rule.Value, *diag.Problem) {
	var known, names []string
	for _, o := range options {
		known = append(known, o.ID)
		name := o.ID
		if text := o.Name[e.language]; text != "" && text != o.ID {
			name += " (" + text + ")"
			known = append(known, text)
		}
		names = append(names, name)
	}
	e.text = word
	if near := diag.Nearest(word, known); near != "" {
		return e.bad("answer-option-near", names, near)
	}
	return e.bad("answer-option", names)
}
