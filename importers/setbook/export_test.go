package setbook

import "strings"

// ReadBook reads a workbook that was opened already.
var ReadBook = readBook

// Paths lists the keys of the mappings of a kind of row, with all keys of all kinds of score.
func Paths(kind string) []string {
	var paths []string
	for _, f := range fieldsOf(kind, "") {
		if f.form == asBound {
			paths = append(paths, wordsOf(f.words)...)
			continue
		}
		paths = append(paths, f.path)
	}
	return paths
}

// Words lists the words of the field at a path of a kind of row; nil where it takes any.
func Words(kind, path string) []string {
	for _, f := range fieldsOf(kind, "") {
		if f.path == path && f.words != "" {
			return wordsOf(f.words)
		}
	}
	return nil
}

// Vocabularies names all vocabularies.
func Vocabularies() []string {
	names := map[string]bool{"flag": true}
	for kind := range formats {
		for _, f := range fieldsOf(kind, "") {
			if f.words != "" {
				names[f.words] = true
			}
		}
	}
	var list []string
	for name := range names {
		list = append(list, name)
	}
	return sorted(list)
}

// WordsOf lists the words of a vocabulary.
func WordsOf(name string) []string { return wordsOf(name) }

// Sentences lists the keys of the locales that the workbook puts together.
func Sentences() []string {
	keys := []string{"settings", "rest", "legend"}
	for i := range keys {
		keys[i] = "form.book-sheet-" + keys[i]
	}
	for _, c := range []string{columnKind, columnParent, columnKey, columnValue, columnHelp, "legend", "words", "term"} {
		keys = append(keys, "form.book-column-"+c)
	}
	for _, p := range pages {
		if p.name != pagePart {
			keys = append(keys, "form.book-sheet-"+p.name)
		}
		for _, c := range p.all() {
			keys = append(keys, "form.book-column-"+dashed(c))
		}
		for _, k := range p.kinds {
			keys = append(keys, "form.book-row-"+dashed(k))
		}
	}
	for _, f := range formats[ofSet] {
		if f.form != asRows && f.form != asRowsByID {
			keys = append(keys, "form.book-setting-"+dashed(f.path))
		}
	}
	for _, v := range Vocabularies() {
		for _, w := range wordsOf(v) {
			keys = append(keys, "form.book-word-"+v+"-"+strings.ReplaceAll(w, "_", "-"))
		}
	}
	return keys
}
