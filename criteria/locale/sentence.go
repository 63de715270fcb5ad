package locale

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// A sentence is text with blanks: "{1} of {2}". A blank may say how a number is written: {1.2} with two decimals,
// {1%} as a percentage; {1|point|points} is the word that goes with 1 or −1, or with any other number.
type sentence []piece

type piece struct {
	text    string
	arg     int // from 1; 0: text
	places  int // decimals; -1: as many as the number has
	percent bool
	one     string // word for 1; "" where the blank is no word
	many    string // word for any other number
}

// parse reads a sentence. A blank that is none stays text.
func parse(s string) sentence {
	var out sentence
	for s != "" {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			return append(out, piece{text: s})
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			return append(out, piece{text: s})
		}
		if open > 0 {
			out = append(out, piece{text: s[:open]})
		}
		out = append(out, blank(s[open:open+end+1]))
		s = s[open+end+1:]
	}
	return out
}

func blank(s string) piece {
	inner := strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
	p := piece{places: -1}
	if words := strings.Split(inner, "|"); len(words) == 3 {
		inner, p.one, p.many = words[0], words[1], words[2]
	}
	if cut, ok := strings.CutSuffix(inner, "%"); ok {
		inner, p.percent = cut, true
	}
	index, places, dotted := strings.Cut(inner, ".")
	n, err := strconv.Atoi(index)
	if err != nil || n < 1 {
		return piece{text: s}
	}
	p.arg = n
	if dotted {
		if p.places, err = strconv.Atoi(places); err != nil {
			return piece{text: s}
		}
	}
	return p
}

// expected is the room that most sentences about an indicator need.
const expected = 64

func (l *Locale) fill(s sentence, args []any) string {
	if len(s) == 1 && s[0].arg == 0 {
		return s[0].text
	}
	var b strings.Builder
	b.Grow(expected)
	l.writeSentence(&b, s, args)
	return b.String()
}

func (l *Locale) writeSentence(b *strings.Builder, s sentence, args []any) {
	for _, p := range s {
		switch {
		case p.arg == 0:
			b.WriteString(p.text)
		case p.arg > len(args):
			b.WriteString("{" + strconv.Itoa(p.arg) + "}") // found by the tests
		default:
			l.write(b, args[p.arg-1], p)
		}
	}
}

// writeNote is Note within a sentence.
func (l *Locale) writeNote(b *strings.Builder, n rule.Note) {
	if s, ok := l.sentence("notes", n.Kind); ok {
		l.writeSentence(b, s, n.Args)
	} else {
		b.WriteString(l.Note(n))
	}
}

func (l *Locale) write(b *strings.Builder, arg any, p piece) {
	if p.one != "" {
		b.WriteString(p.word(arg))
		return
	}
	switch a := arg.(type) {
	case string:
		b.WriteString(a)
	case decimal.Decimal:
		l.writeNumber(b, a, p)
	case rule.Fraction:
		b.WriteString(l.Percent(a))
	case int:
		l.writeNumber(b, decimal.NewFromInt(int64(a)), p)
	case rule.Text:
		b.WriteString(l.Text(a, ""))
	case rule.Date:
		b.WriteString(l.Date(a))
	case rule.Amount:
		l.writeNumber(b, a.Decimal(), p)
	case rule.InputName:
		b.WriteString(l.inputName(string(a)))
	case rule.Note:
		l.writeNote(b, a)
	case []rule.Note:
		for i, n := range a {
			if i > 0 {
				b.WriteString("; ")
			}
			l.writeNote(b, n)
		}
	case []string:
		b.WriteString(strings.Join(a, ", "))
	case fmt.Stringer:
		b.WriteString(a.String())
	default:
		b.WriteString(fmt.Sprint(a)) // Fprint would keep b
	}
}

// inputName is the printed name of an input, where NoteOf knows it.
func (l *Locale) inputName(name string) string {
	if l.inputs != nil {
		if t := l.inputs(name); t != nil {
			return l.Text(t, "")
		}
	}
	return name
}

// word is the one that goes with a number, also with one that is written already.
func (p piece) word(arg any) string {
	var one bool
	switch a := arg.(type) {
	case decimal.Decimal:
		one = a.Abs().Equal(decimal.NewFromInt(1))
	case int:
		one = a == 1 || a == -1
	case rule.Amount:
		one = a.Decimal().Abs().Equal(decimal.NewFromInt(1))
	case string:
		one = strings.TrimLeft(a, "−+") == "1"
	}
	if one {
		return p.one
	}
	return p.many
}

// writeNumber writes a number as its blank says, without a string of its own.
func (l *Locale) writeNumber(b *strings.Builder, d decimal.Decimal, p piece) {
	var room [numberRoom]byte
	switch {
	case p.percent:
		b.Write(l.appendPercent(room[:0], rule.Whole(d)))
	case p.places >= 0:
		b.Write(l.appendNumber(room[:0], d, p.places))
	default:
		b.Write(l.appendPlain(room[:0], l.told(d)))
	}
}
