package history

import (
	"encoding/json"
	"iter"
	"strings"
)

// members walks the members of a JSON object that json.Marshal wrote, each with its value as text, without reading what
// is in it: of a million answers that costs a fraction of what reflection costs.
func members(object string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		rest := strings.TrimPrefix(object, "{")
		for len(rest) > 1 { // more than the closing brace
			n := width(rest)
			name := plainString(rest[:n])
			rest = strings.TrimPrefix(rest[n:], ":")
			n = width(rest)
			if n == 0 || !yield(name, rest[:n]) {
				return
			}
			rest = strings.TrimPrefix(rest[n:], ",")
		}
	}
}

// width is how long the value is that a text begins with.
func width(text string) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case depth > 0 && (c == '}' || c == ']'):
			depth--
		case depth == 0 && (c == ',' || c == ':' || c == '}' || c == ']'):
			return i
		}
	}
	return len(text)
}

// plainString is a JSON string.
func plainString(text string) string {
	if len(text) >= 2 && !strings.Contains(text, `\`) {
		return text[1 : len(text)-1]
	}
	var s string
	if json.Unmarshal([]byte(text), &s) != nil {
		return ""
	}
	return s
}

// plainValue is a JSON value, numbers as they stand.
func plainValue(text string) any {
	switch text[0] {
	case '"':
		return plainString(text)
	case 't', 'f':
		return text[0] == 't'
	case 'n':
		return nil
	case '[', '{':
		var v any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if d.Decode(&v) != nil {
			return nil
		}
		return v
	default:
		return json.Number(text)
	}
}

// member is a member of an object; there is false where it has none of that name.
func member(object, name string) (value any, there bool) {
	for n, text := range members(object) {
		if n == name {
			return plainValue(text), true
		}
	}
	return nil, false
}
