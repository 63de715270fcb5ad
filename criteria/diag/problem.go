package diag

import (
	"fmt"
	"slices"
	"strings"
)

// Severity says what a problem stops. The zero Severity is invalid on purpose.
type Severity int

// Severities, gravest first.
const (
	Error   Severity = iota + 1 // cannot be read or contradicts itself; stops publication until it is settled
	Warning                     // told, stops nothing
	Info                        // worth a line
)

// String is the severity's name in results.json.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Info:
		return "info"
	default:
		return "invalid"
	}
}

// A Problem is one fault at one place. Kind names a sentence of package locale under "problems"; Args fill its blanks
// {1}, {2}, … in order. An argument is a string, an int, a decimal.Decimal, a rule.Date, a rule.Text, a rule.Note or a []string
// (a list of names or ids).
type Problem struct {
	Place    Place
	Kind     string
	Args     []any
	Severity Severity
	// Agency is the code of the agency that the problem concerns; empty where it concerns the whole round.
	Agency string
	// Indicator and Input name the answer that cannot be read, where the problem is about one answer.
	Indicator, Input string
	// Settled says that a decision, or the round's policy for unsettled answers, has answered an Error.
	Settled bool
}

// Stops reports whether the problem keeps the round from being published.
func (p Problem) Stops() bool { return p.Severity == Error && !p.Settled }

// String is for logs and tests of libraries; people read the sentence that package locale makes.
func (p Problem) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s: %s %s %v", p.Place, p.Severity, p.Kind, p.Args))
}

// Problems are the faults found in one go. A non-empty list that holds an Error is an error to callers.
type Problems []Problem

// Add appends a problem.
func (ps *Problems) Add(p Problem) { *ps = append(*ps, p) }

// Fault appends an Error of a kind at a place.
func (ps *Problems) Fault(at Place, kind string, args ...any) {
	ps.Add(Problem{Place: at, Kind: kind, Args: args, Severity: Error})
}

// Warn appends a Warning of a kind at a place.
func (ps *Problems) Warn(at Place, kind string, args ...any) {
	ps.Add(Problem{Place: at, Kind: kind, Args: args, Severity: Warning})
}

// Inform appends a line of information.
func (ps *Problems) Inform(at Place, kind string, args ...any) {
	ps.Add(Problem{Place: at, Kind: kind, Args: args, Severity: Info})
}

// Stopping counts the problems that keep the round from being published.
func (ps Problems) Stopping() int {
	n := 0
	for _, p := range ps {
		if p.Stops() {
			n++
		}
	}
	return n
}

// Err is nil where no problem stops, else the problems themselves.
func (ps Problems) Err() error {
	if ps.Stopping() == 0 {
		return nil
	}
	return ps
}

// Error lists the problems, a line each.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Sorted returns the problems in the order of their places; problems of one place keep their order.
func (ps Problems) Sorted() Problems {
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int { return a.Place.Compare(b.Place) })
	return sorted
}
