package rule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// basis is what a part's own rule is fitted to: the part's worth in points, and the indicator's cohort.
func (p Part) basis(b Basis) Basis {
	if b.Points == nil {
		return b
	}
	points := p.Points.Value
	if p.Share.Set {
		points = p.Share.Value.Mul(*b.Points)
	}
	b.Points = &points
	return b
}

// reads lists the inputs of all parts.
func reads(parts []Part) []Read {
	var list []Read
	for i, p := range parts {
		for _, r := range p.Score.Reads() {
			r.At = below(i, r.At)
			list = append(list, r)
		}
	}
	return list
}

// below is the path of a key in the rule of a part.
func below(part int, at string) string {
	return strings.TrimSuffix(item("parts", part)+".score."+at, ".")
}

// partsOptionsFor lists the options that the first part which reads the input gives.
func partsOptionsFor(parts []Part, input string) []Option {
	for _, p := range parts {
		c, ok := p.Score.(Chooser)
		reads := slices.ContainsFunc(p.Score.Reads(), func(r Read) bool { return r.Input == input })
		if ok && reads {
			if list := c.OptionsFor(input); list != nil {
				return list
			}
		}
	}
	return nil
}

// checkParts finds fault with each part; sound is false where a worth is at fault, so that worths cannot be compared.
func checkParts(parts []Part, b Basis) (faults []Fault, sound bool) {
	if len(parts) == 0 {
		return []Fault{{At: "parts", Kind: "rule-no-parts"}}, false
	}
	seen := map[string]bool{}
	sound = true
	for i, p := range parts {
		at := item("parts", i)
		if p.ID != "" && seen[p.ID] {
			faults = append(faults, Fault{At: at + ".id", Kind: "rule-part-twice", Args: []any{p.ID}})
		}
		seen[p.ID] = true
		wrong := p.check(at, b)
		if len(wrong) == 0 && p.share(b).Sign() <= 0 {
			wrong = []Fault{{At: at, Kind: "rule-part-worth", Args: []any{p.ID}}}
		}
		if len(wrong) > 0 {
			faults, sound = append(faults, wrong...), false
			continue
		}
		for _, f := range p.Score.Check(p.basis(b)) {
			f.At = below(i, f.At)
			faults = append(faults, f)
		}
	}
	return faults, sound
}

// partWords says the parts with their worth.
func partWords(parts []Part) []Note {
	notes := make([]Note, len(parts))
	for i, p := range parts {
		notes[i] = Say("rule-part", p.Worth.words(), p.Score.Words().ofPart())
	}
	return notes
}

// A fittedPart judges one part.
type fittedPart struct {
	judge Judge
	worth Fraction         // share of the indicator's points
	full  *decimal.Decimal // the same in points; nil where the indicator has none
	said  any              // the input that it reads first, by which readers know it
}

func fitParts(parts []Part, b Basis) []fittedPart {
	fitted := make([]fittedPart, len(parts))
	for i, p := range parts {
		own := p.basis(b)
		fitted[i] = fittedPart{judge: p.Score.Fit(own), worth: p.share(b), full: own.Points, said: Note{Kind: "rule-value"}}
		if reads := p.Score.Reads(); len(reads) > 0 {
			fitted[i].said = InputName(reads[0].Input)
		}
	}
	return fitted
}

// earned is what the part's judgement earns: points, or a share where the indicator has no points. Points keep the
// fractions short while parts are put together.
func (p fittedPart) earned(j Judgement) Fraction {
	if p.full == nil {
		return j.Share.Mul(p.worth)
	}
	return j.Share.Mul(Whole(*p.full))
}

// note says what a part's judgement is and what it earned.
func (p fittedPart) note(j Judgement, earned Fraction) Note {
	if p.full == nil {
		return Say("part-share", j.Note, earned)
	}
	switch j.Note.Kind {
	case "per-unit", "deduct", "deduct-nothing": // they end with the points
		return j.Note
	default:
		return Say("part-points", j.Note, Amount(earned))
	}
}

// A tally is the parts of one answer, judged.
type tally struct {
	earned []Fraction // of the parts that apply; a blank one earns 0
	left   Fraction   // worth of the parts that apply, as a share
	notes  []Note     // of all parts
}

// shareOf makes a share of what parts earned, in points where the indicator has any.
func shareOf(earned Fraction, points *decimal.Decimal) Fraction {
	if points == nil || points.IsZero() {
		return earned
	}
	return earned.Div(Whole(*points))
}

// judgeParts judges every part; ok is false where they cannot be put together, and failed says why: a part that cannot
// be read or waits for others, all parts blank, or none that applies.
func judgeParts(parts []fittedPart, in Inputs) (t tally, failed Judgement, ok bool) {
	t = tally{notes: make([]Note, 0, len(parts)), earned: make([]Fraction, 0, len(parts))}
	var met [Pending + 1]bool
	for _, p := range parts {
		j := p.judge.Judge(in)
		met[j.Status] = true
		if j.Status == NotApplicable {
			t.notes = append(t.notes, j.Note)
			continue
		}
		earned := p.earned(j)
		t.notes = append(t.notes, p.note(j, earned))
		t.earned = append(t.earned, earned)
		t.left = t.left.Add(p.worth)
	}
	switch {
	case len(parts) == 0:
		return t, unjudged(Invalid), false // Check refuses it
	case met[Invalid]:
		return t, Judgement{Status: Invalid, Note: Say("parts-invalid", t.notes)}, false
	case len(t.earned) == 0:
		return t, Judgement{Status: NotApplicable, Note: t.notes[0]}, false
	case met[Pending]:
		return t, Judgement{Status: Pending, Note: Note{Kind: "pending-cohort"}}, false
	case !met[Scored]:
		return t, unjudged(Missing), false
	case t.left.Sign() <= 0:
		return t, unjudged(Invalid), false // Check refuses such worths
	}
	return t, failed, true
}

// A tallyFormula is a tally in a spreadsheet. All are expressions in points of the judge, for which a judge without
// points takes full itself.
type tallyFormula struct {
	status string
	of     decimal.Decimal // the points of all
	parts  []partFormula
}

// A partFormula is a part in a spreadsheet, in expressions that may be repeated.
type partFormula struct {
	status, points string
	worth          string // points of the part
}

// precedence puts the statuses in the order in which they decide over parts: 3 not applicable, 2 missing, 1 scored,
// 5 pending, 4 invalid become 1 to 5. The list is its own reverse.
const precedence = ",3,2,1,5,4)"

// partsFormula writes every part in cells of its own: its status and its points. The status of the whole is the one
// that decides most, which is what judgeParts finds.
func partsFormula(c Cells, parts []fittedPart, points *decimal.Decimal, full decimal.Decimal) tallyFormula {
	t := tallyFormula{of: full, status: strconv.Itoa(int(Invalid))} // Check refuses no parts
	if points != nil {
		t.of = *points
	}
	ranks := make([]string, 0, len(parts))
	for _, p := range parts {
		own := p.worth.num.Mul(full) // a share, where the indicator has no points
		if p.full != nil {
			own = *p.full
		}
		f := p.judge.Formula(c, own)
		status := cell(c, f.Status)
		t.parts = append(t.parts, partFormula{status: status, points: cell(c, f.Points), worth: Literal(own)})
		ranks = append(ranks, "CHOOSE("+status+precedence)
	}
	if len(ranks) > 0 {
		t.status = "CHOOSE(" + fold(c, "MAX", ranks) + precedence
	}
	return t
}

// anyRelative reports whether a part looks at the cohort.
func anyRelative(parts []Part) bool {
	return slices.ContainsFunc(parts, func(p Part) bool { return Relative(p.Score) })
}
