package rule

// Text is a name or sentence in several languages, by language code: {"vi": "Tốt", "en": "Good"}.
type Text map[string]string

// A Note is an explanation as data: Kind names a sentence of package locale under "notes", Args fill its blanks {1},
// {2}, … in order. An argument is a decimal.Decimal, a Fraction (said as a percentage), an int, a string, a Text, a
// Date, a Note or a []Note (a list). The zero Note says nothing.
type Note struct {
	Kind string
	Args []any
}

// Say makes a Note.
func Say(kind string, args ...any) Note { return Note{Kind: kind, Args: args} }

// IsZero reports whether the note says nothing.
func (n Note) IsZero() bool { return n.Kind == "" }

// A Date is a day as "2006-01-02"; later days are greater strings.
type Date string
