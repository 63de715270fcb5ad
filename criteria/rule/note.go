package rule

import (
	"github.com/shopspring/decimal"
)

// Text is a name or sentence in several languages, by language code: {"vi": "Tốt", "en": "Good"}.
type Text map[string]string

// A Note is an explanation as data: Kind names a sentence of package locale under "notes", Args fill its blanks {1},
// {2}, … in order. An argument is a decimal.Decimal, a Fraction (said as a percentage), an Amount (said as a number), an
// int, a string, a Text, a Date, an InputName, a Note or a []Note (a list). The zero Note says nothing.
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

// DaysAfter is the number of days from an earlier day to d; below 0 where d comes first. Both must be days.
func (d Date) DaysAfter(earlier Date) int { return d.serial() - earlier.serial() }

// An Amount is a Fraction that a note says as a number and not as a percentage: 3 Mbit/s a head, 42.75 points. It is
// rounded only when it is said, because most notes are never read.
type Amount Fraction

// Decimal is the amount with all its digits where it is whole, else with six significant ones.
func (a Amount) Decimal() decimal.Decimal {
	f := Fraction(a)
	if f.whole() {
		return f.num
	}
	const digits = 6
	d := f.Decimal(KeptPlaces)
	return d.Round(max(0, digits-int32(d.NumDigits())-d.Exponent()))
}

// InputName stands in a note for the printed name of an input; Named puts the name in its place. Unnamed, it is said as
// it is: "computers", "figures.staff".
type InputName string

// Named is the note with the printed name of every input in it, at any depth; the name that name does not know (nil)
// stays as it is.
func (n Note) Named(name func(input string) Text) Note {
	if len(n.Args) == 0 {
		return n
	}
	args := make([]any, len(n.Args))
	for i, arg := range n.Args {
		args[i] = named(arg, name)
	}
	return Note{Kind: n.Kind, Args: args}
}

// What is earned, in the sentences of rules.
var (
	allPoints = Note{Kind: "rule-full"}
	noPoints  = Note{Kind: "rule-none"}
)

// ofPart is the words of a rule that judges a part of an indicator.
func (n Note) ofPart() Note {
	return n.replaced(func(n Note) Note {
		if n.Kind == allPoints.Kind {
			return Note{Kind: "rule-full-part"}
		}
		return n
	})
}

// DownTo is the words of a rule whose indicator may earn so little, 0 or below.
func (n Note) DownTo(least decimal.Decimal) Note {
	return n.replaced(func(n Note) Note {
		if n.Kind == "rule-deduct" {
			n.Args[1] = least
		}
		return n
	})
}

// Taking is the words of a rule whose indicator is a penalty: what it would earn is taken from the total. Points are what
// it takes at most; nil where that differs between groups.
func (n Note) Taking(points *decimal.Decimal) Note {
	return n.replaced(func(n Note) Note {
		switch n.Kind {
		case allPoints.Kind:
			if points != nil {
				return Say("rule-taken", *points)
			}
			n.Kind += "-taken"
		case noPoints.Kind, "rule-full-part", "rule-option", "rule-checklist", "rule-per-unit", "rule-deduct", "rule-deduct-part", "rule-given-points":
			n.Kind += "-taken"
		}
		return n
	})
}

// replaced is the note with every note in it replaced, at any depth, the inner ones first. The notes that f is given are
// its own.
func (n Note) replaced(f func(Note) Note) Note {
	args := make([]any, len(n.Args))
	for i, arg := range n.Args {
		switch a := arg.(type) {
		case Note:
			args[i] = a.replaced(f)
		case []Note:
			list := make([]Note, len(a))
			for j, item := range a {
				list[j] = item.replaced(f)
			}
			args[i] = list
		default:
			args[i] = arg
		}
	}
	return f(Note{Kind: n.Kind, Args: args})
}

func named(arg any, name func(input string) Text) any {
	switch a := arg.(type) {
	case InputName:
		if t := name(string(a)); t != nil {
			return t
		}
	case Note:
		return a.Named(name)
	case []Note:
		list := make([]Note, len(a))
		for i, n := range a {
			list[i] = n.Named(name)
		}
		return list
	}
	return arg
}
