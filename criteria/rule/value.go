package rule

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Type is the type of an input.
type Type int

// Types of inputs.
const (
	Count   Type = iota + 1 // whole number, 0 or more
	Number                  // any finite number
	Percent                 // a percentage; 45 % is held as 45
	YesNo                   // yes or no
	Choice                  // one of the options that a rule gives
	Choices                 // any of the options that a rule gives
	Day                     // a date
	Free                    // text that earns nothing by itself
	Points                  // points given by whoever fills the input in
)

// typeNames are the names of the types as a criteria set writes them.
var typeNames = [...]string{
	Count: "count", Number: "number", Percent: "percent", YesNo: "yes_no", Choice: "choice", Choices: "choices",
	Day: "date", Free: "text", Points: "points",
}

// String is the type's name in a criteria set.
func (t Type) String() string {
	if t < Count || t > Points {
		return "invalid"
	}
	return typeNames[t]
}

// TypeNames lists the names that TypeNamed knows.
func TypeNames() []string { return typeNames[Count:] }

// TypeNamed finds a type by its name in a criteria set.
func TypeNamed(name string) (Type, bool) {
	for t := Count; t <= Points; t++ {
		if typeNames[t] == name {
			return t, true
		}
	}
	return 0, false
}

// Numeric reports whether values of the type are numbers.
func (t Type) Numeric() bool { return t == Count || t == Number || t == Percent || t == Points }

// state says what a Value is. The zero state is missing.
type state uint8

const (
	missing state = iota
	invalid
	notApplicable
	number
	yesNo
	options
	day
	text
)

// A Value is what was entered for one input. The zero Value is missing.
type Value struct {
	number decimal.Decimal // number; 1 or 0 for yes and no
	text   string          // option ids joined with ";", a date, or free text
	state  state
}

// NumberOf is the value of a count, number, percent (45 % is 45) or points input.
func NumberOf(d decimal.Decimal) Value { return Value{state: number, number: d} }

// YesNoOf is the value of a yes_no input.
func YesNoOf(yes bool) Value {
	if yes {
		return Value{state: yesNo, number: decimal.NewFromInt(1)}
	}
	return Value{state: yesNo}
}

// OptionsOf is the value of a choice (one id) or choices input; none ticked is an answer too.
func OptionsOf(ids ...string) Value { return Value{state: options, text: strings.Join(ids, ";")} }

// DayOf is the value of a date input.
func DayOf(d Date) Value { return Value{state: day, text: string(d)} }

// TextOf is the value of a text input; an empty text is missing.
func TextOf(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{state: text, text: s}
}

// InvalidValue is the value of an input whose answer cannot be read.
func InvalidValue() Value { return Value{state: invalid} }

// NotApplicableValue is the value of an input where the agency says that the indicator does not concern it.
func NotApplicableValue() Value { return Value{state: notApplicable} }

// IsMissing reports that nothing was entered.
func (v Value) IsMissing() bool { return v.state == missing }

// IsInvalid reports that what was entered cannot be read.
func (v Value) IsInvalid() bool { return v.state == invalid }

// IsNotApplicable reports a claim that the indicator does not concern the agency.
func (v Value) IsNotApplicable() bool { return v.state == notApplicable }

// Number is the number entered; false for every other value.
func (v Value) Number() (decimal.Decimal, bool) { return v.number, v.state == number }

// Yes is the answer to a yes_no input; ok is false for every other value.
func (v Value) Yes() (yes, ok bool) { return v.state == yesNo && !v.number.IsZero(), v.state == yesNo }

// Options are the ids of the options ticked; ok is false for every other value.
func (v Value) Options() (ids []string, ok bool) {
	if v.state != options {
		return nil, false
	}
	if v.text == "" {
		return []string{}, true
	}
	return strings.Split(v.text, ";"), true
}

// Day is the date entered; ok is false for every other value.
func (v Value) Day() (d Date, ok bool) { return Date(v.text), v.state == day }

// Text is the free text entered; ok is false for every other value.
func (v Value) Text() (s string, ok bool) { return v.text, v.state == text }

// Equal reports whether two values say the same; 1.5 equals 1.50.
func (v Value) Equal(w Value) bool {
	return v.state == w.state && v.text == w.text && v.number.Equal(w.number)
}

// Inputs looks up what an agency entered, by the input's name in the indicator ("computers") or "figures.staff".
// An unknown name is missing.
type Inputs func(name string) Value
