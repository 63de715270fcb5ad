package view

import (
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// Answer writes one value as its type is written: 45%, Có, 29/10/2020, the names of options. First is the language of
// names that have only one.
func Answer(l *locale.Locale, first string, ind *criteria.Indicator, in criteria.Input, v rule.Value) string {
	switch {
	case v.IsMissing():
		return l.Say("site.no-figure")
	case v.IsInvalid():
		return l.Say("words.status-invalid")
	case v.IsNotApplicable():
		return l.Say("words.status-not_applicable")
	}
	if d, ok := v.Number(); ok {
		words := l.Told(d)
		if in.Type == rule.Percent {
			words += "%"
		}
		return words
	}
	if yes, ok := v.Yes(); ok {
		if yes {
			return l.Say("words.yes")
		}
		return l.Say("words.no")
	}
	if ids, ok := v.Options(); ok {
		return optionNames(l, first, ind.Options(in.ID), ids)
	}
	if d, ok := v.Day(); ok {
		return l.Date(d)
	}
	s, _ := v.Text()
	return s
}

// optionNames are the names of the options ticked; an option without a name is its id.
func optionNames(l *locale.Locale, first string, options []rule.Option, ids []string) string {
	if len(ids) == 0 {
		return l.Say("site.none-ticked")
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id
		for _, o := range options {
			if name := l.Text(o.Name, first); o.ID == id && name != "" {
				names[i] = name
			}
		}
	}
	return strings.Join(names, "; ")
}
