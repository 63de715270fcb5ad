package locale

import (
	"bytes"
	"fmt"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

// A section holds the sentences under one of the top-level keys of a language's file. It is parsed when the first of them
// is asked for: a command says sentences of a few sections, and to parse all took longer than all else before it began.
type section func() map[string]sentence

// sectionsOf are the sections of a language's file.
func sectionsOf(file []byte) map[string]section {
	sections := map[string]section{}
	for name, text := range cut(file) {
		sections[name] = sync.OnceValue(func() map[string]sentence { return parseSection(name, text) })
	}
	return sections
}

// cut divides a language's file at its top-level keys: the lines that begin with a letter.
func cut(file []byte) map[string][]byte {
	texts := map[string][]byte{}
	name, begin, at := "", 0, 0
	for line := range bytes.Lines(file) {
		if 'a' <= line[0] && line[0] <= 'z' {
			key, _, _ := bytes.Cut(line, []byte(":"))
			texts[name] = file[begin:at]
			name, begin = string(key), at
		}
		at += len(line)
	}
	texts[name] = file[begin:]
	delete(texts, "") // the comment above the first
	return texts
}

// parseSection reads a section with its key above it.
func parseSection(name string, text []byte) map[string]sentence {
	var file yaml.Node // a map would have every key compared with all others
	if err := yaml.Unmarshal(text, &file); err != nil {
		panic(fmt.Errorf("locale: section %s: %w", name, err)) // a constant of the program, held by the tests
	}
	keys := file.Content[0].Content[1].Content
	sentences := make(map[string]sentence, len(keys)/2)
	for pair := range slices.Chunk(keys, 2) {
		sentences[pair[0].Value] = parse(pair[1].Value)
	}
	return sentences
}
