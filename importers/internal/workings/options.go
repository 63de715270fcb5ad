package workings

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/rule"
)

// Columns of the table of options.
const (
	optID     = "A"
	optTicked = "B"
	optRest   = "C" // of several options: the text without this option and those above it
	optWords  = "D" // the id and the names, in small letters
)

// ticked adds up the options of an input.
func ticked(in *input) string {
	if len(in.options) == 0 {
		return "0"
	}
	return "SUM(" + ref(optTicked, in.option) + ":" + ref(optTicked, in.option+len(in.options)-1) + ")"
}

// readChoices reads several options. Every one stands between semicolons of its own, so that taking one out leaves the
// others whole; what is left when all are taken out cannot be read. A semicolon alone says that none is met.
func (b *builder) readChoices(in *input) {
	b.formula(inHeld, in.row, `";"&`+`SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(E#,"; ",";")," ;",";"),";",";;")`+`&";"`)
	rest := inHeld + "#"
	if n := len(in.options); n > 0 {
		rest = ref(optRest, in.option+n-1)
	}
	b.state(in, "IF(LEN(SUBSTITUTE("+rest+`,";;",""))=0,1,`+other(in)+")")
	b.put(inNumber, in.row, Cell{Number: "0"})
}

// readOptions writes the table of options.
func (b *builder) readOptions() {
	if b.optionHead == 0 {
		return
	}
	b.heads(b.optionHead, "id", "ticked", "rest", "names")
	for _, in := range b.inputs {
		before := ref(inHeld, in.row)
		known := optionWords(in.options)
		for i, o := range in.options {
			row := in.option + i
			b.write(optID, row, in.key.String()+": "+o.ID)
			if in.Type == rule.Choices {
				before = b.severally(row, before, known[i], ref(inState, in.row))
				continue
			}
			test := "0"
			for j := len(known[i]) - 1; j >= 0; j-- {
				column := optionColumn(j)
				b.write(column, row, known[i][j])
				test = "IF(" + ref(inText, in.row) + "=" + ref(column, row) + ",1," + test + ")"
			}
			b.formula(optTicked, row, test)
		}
	}
}

func optionColumn(i int) string { return string(rune(optWords[0] + byte(i))) }

// severally takes an option out of the text before, and tells whether it was in it.
func (b *builder) severally(row int, before string, words []string, state string) (rest string) {
	left := before
	for j, w := range words {
		column := optionColumn(j)
		b.write(column, row, delimited(w))
		left = "SUBSTITUTE(" + left + "," + ref(column, row) + `,"")`
	}
	b.formula(optRest, row, left)
	rest = ref(optRest, row)
	b.formula(optTicked, row, "IF("+state+"<>1,0,IF(LEN("+rest+")<LEN("+before+"),1,0))")
	return rest
}

// delimited is a word as it stands among several: a name may itself hold a semicolon.
func delimited(w string) string {
	parts := strings.Split(w, ";")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return ";" + strings.Join(parts, ";;") + ";"
}

// longestFirst puts options whose name holds a semicolon in front: taken out of a text first, they are not taken for
// several others.
func longestFirst(options []rule.Option) []rule.Option {
	options = slices.Clone(options)
	slices.SortStableFunc(options, func(o, p rule.Option) int { return semicolons(p) - semicolons(o) })
	return options
}

func semicolons(o rule.Option) int {
	n := 0
	for _, name := range o.Name {
		n = max(n, strings.Count(name, ";"))
	}
	return n
}

// optionWords lists, by option, what an answer may call it: its id, and its names in every language in the order of
// their codes, unless another option goes by them too. Then the name says neither.
func optionWords(options []rule.Option) [][]string {
	users := map[string]int{}
	all := make([][]string, len(options))
	for i, o := range options {
		words := []string{spoken(o.ID)}
		for _, lang := range slices.Sorted(maps.Keys(o.Name)) {
			if w := spoken(o.Name[lang]); w != "" && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		for _, w := range words {
			users[w]++
		}
		all[i] = words
	}
	for i := range all {
		all[i] = slices.DeleteFunc(all[i], func(w string) bool { return users[w] > 1 && w != spoken(options[i].ID) })
	}
	return all
}

// spoken is a name without capital letters and doubled spaces, as the sheet makes the text of an answer.
func spoken(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(name))), " ")
}
