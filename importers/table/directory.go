package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/scoring/submission"
)

// A Directory finds agencies by code or alias, whatever the case and the composition of letters.
type Directory struct {
	agencies []submission.Agency
	byCode   map[string]int
	byName   map[string]int // codes and aliases, folded
}

// NewDirectory makes a directory of agencies.
func NewDirectory(agencies []submission.Agency) *Directory {
	d := &Directory{byCode: map[string]int{}, byName: map[string]int{}}
	for _, a := range agencies {
		d.Add(a)
	}
	return d
}

// Agencies lists the agencies in the order in which they were added.
func (d *Directory) Agencies() []submission.Agency { return d.agencies }

// Add adds an agency. Where its code or an alias is taken already, it returns the agency that has it.
func (d *Directory) Add(a submission.Agency) (taken submission.Agency, name string, ok bool) {
	names := append([]string{a.Code}, a.Aliases...)
	for _, name := range names {
		if i, there := d.byName[d.key(name)]; there {
			return d.agencies[i], name, false
		}
	}
	i := len(d.agencies)
	d.agencies = append(d.agencies, a)
	d.byCode[a.Code] = i
	for _, name := range names {
		d.byName[d.key(name)] = i
	}
	return submission.Agency{}, "", true
}

func (d *Directory) key(name string) string {
	return strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(name), " ")))
}

// Find finds an agency by its code, else by a code or alias of the same letters.
func (d *Directory) Find(name string) (submission.Agency, bool) {
	i, ok := d.byCode[name]
	if !ok {
		i, ok = d.byName[d.key(name)]
	}
	if !ok {
		return submission.Agency{}, false
	}
	return d.agencies[i], true
}

// Only is the agency of a round that has just one.
func (d *Directory) Only() (submission.Agency, bool) {
	if len(d.agencies) != 1 {
		return submission.Agency{}, false
	}
	return d.agencies[0], true
}

// Nearest is the code that is nearest to a name that is not known; "" where none is near.
func (d *Directory) Nearest(name string) string {
	codes := make([]string, len(d.agencies))
	for i, a := range d.agencies {
		codes[i] = a.Code
	}
	return diag.Nearest(name, codes)
}

// text is what a cell says: without spaces around it.
func text(s string) string {
	return strings.TrimFunc(s, func(c rune) bool { return unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' })
}

// list splits what ";" separates.
func list(s string) []string {
	var items []string
	for item := range strings.SplitSeq(s, ";") {
		if item = text(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
