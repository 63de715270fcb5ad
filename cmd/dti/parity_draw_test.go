package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A typed cell is what a person leaves in a cell: its type in the file format, and its text. The zero typed is blank.
type typed struct {
	kind typedKind
	text string
}

type typedKind int

const (
	typedNumber typedKind = iota + 1
	typedText
	typedBool
	typedError
)

func num(d decimal.Decimal) typed { return typed{typedNumber, d.String()} }

// numberIn is a number in the cell of an input. The cell of a percentage shows one: 45 typed there is 0.45 in the file.
func numberIn(in criteria.Input, d decimal.Decimal) typed {
	if in.Type == rule.Percent {
		d = d.Shift(-2)
	}
	return num(d)
}

func txt(s string) typed { return typed{typedText, s} }

// String says what stands in the cell, for messages.
func (c typed) String() string {
	return [...]string{"blank", "number ", "text ", "boolean ", "error "}[c.kind] + c.text
}

// A drawn submission is what is typed into a form.
type drawn struct {
	answers  map[submission.Key]typed
	evidence map[string]string // by indicator id
}

// A drawer draws submissions. Equal seeds draw equal submissions.
type drawer struct {
	*rand.Rand
	set    *criteria.Set
	agency submission.Agency
	bounds map[string][]rule.Bound
	mood   mood
	out    drawn
	places int32 // decimals of an indicator's points
	// gentle says that the set takes logarithms of shares, or divides by them. There a form takes a share below 1e-12 for 0,
	// so that no number is drawn against which another vanishes.
	gentle bool
}

// A mood is how one submission is filled in: chances in percent.
type mood struct{ blank, invalid, waive, proof, strange int }

// moods are drawn with equal chance; most submissions are filled in with care.
var moods = []mood{
	{0, 0, 0, 100, 0},
	{0, 0, 0, 90, 0},
	{3, 0, 5, 90, 0},
	{5, 2, 10, 80, 5},
	{5, 5, 5, 50, 5},
	{10, 0, 30, 90, 2},
	{30, 5, 10, 50, 5},
	{80, 0, 5, 50, 0},
	{0, 20, 0, 80, 10},
	{0, 0, 90, 100, 0},
	{100, 0, 0, 0, 0},
	{10, 10, 10, 70, 30},
}

func newDrawer(index parityIndex, agency submission.Agency, seed uint64) *drawer {
	d := &drawer{Rand: rand.New(rand.NewPCG(seed, 20)), set: index.set, agency: agency, bounds: index.bounds, places: 2}
	if p := index.set.Rounding.Indicator; p.Round {
		d.places = p.N
	}
	for p := range withRoot(index.set.Root) {
		d.gentle = d.gentle || p.Combine == criteria.Geometric || p.Combine == criteria.Harmonic
	}
	return d
}

// chance is true so many times in a hundred.
func (d *drawer) chance(percent int) bool { return d.IntN(100) < percent }

// one of some values.
func one[T any](d *drawer, list ...T) T { return list[d.IntN(len(list))] }

// draw fills in one form.
func (d *drawer) draw() drawn {
	d.out = drawn{answers: map[submission.Key]typed{}, evidence: map[string]string{}}
	d.mood = one(d, moods...)
	for _, in := range d.set.Figures {
		d.put(submission.Key{Indicator: criteria.FiguresID, Input: in.ID}, d.number(in))
	}
	for ind := range d.set.Root.AllIndicators() {
		if !ind.Concerns(d.agency.Group) {
			continue
		}
		for _, in := range ind.Inputs {
			d.put(submission.Key{Indicator: ind.ID, Input: in.ID}, d.plain(ind, in))
		}
		if points, ok := ind.Points[d.agency.Group]; ok {
			d.aim(ind, ind.Rule, points)
		} else {
			d.aim(ind, ind.Rule, decimal.NewFromInt(100))
		}
		for _, in := range ind.Inputs {
			d.spoil(ind, in)
		}
		if d.chance(d.mood.proof) {
			d.out.evidence[ind.ID] = one(d, "12/BC-UBND – 05/02/2026 – Báo cáo", "https://example.vn/a?b=1&c=2", "Ảnh chụp")
		}
	}
	for _, in := range d.set.Figures {
		d.spoil(nil, in)
	}
	return d.out
}

func (d *drawer) put(k submission.Key, c typed) { d.out.answers[k] = c }

// spoil leaves an answer blank, claims that it does not apply, or types what cannot be read, as the mood is.
func (d *drawer) spoil(ind *criteria.Indicator, in criteria.Input) {
	k := submission.Key{Indicator: criteria.FiguresID, Input: in.ID}
	if ind != nil {
		k.Indicator = ind.ID
	}
	others := in.By != criteria.ByAgency || ind != nil && ind.When != "" && !d.agency.HasTag(ind.When)
	switch {
	case others && !d.chance(3): // mostly nobody types into a cell that others fill in
		delete(d.out.answers, k)
	case d.chance(d.mood.blank):
		delete(d.out.answers, k)
		if d.chance(5) {
			d.put(k, txt("  "))
		}
	case ind != nil && d.chance(d.mood.waive) && (ind.NotApplicable.Allowed || d.chance(2)):
		d.put(k, txt(one(d, "Không áp dụng", "N/A", "KAD", "không áp dụng", "n/a", "Not applicable")))
	case d.chance(d.mood.invalid):
		d.put(k, d.unreadable(in))
	case d.chance(d.mood.strange):
		d.put(k, d.strange(in))
	}
}

// unreadable is what no program can read as an answer. TRUE in a cell for a number is not drawn: LibreOffice has no truth
// but by the format of a cell, and takes it for 1.
func (d *drawer) unreadable(in criteria.Input) typed {
	if in.Type == rule.Free {
		return typed{typedError, "#N/A"}
	}
	wrong := []typed{txt("không rõ"), txt("38 máy"), {typedError, "#N/A"}, {typedError, "#DIV/0!"}, txt("-")}
	switch in.Type {
	case rule.Count:
		wrong = append(wrong, num(decimal.RequireFromString("2.5")), num(decimal.NewFromInt(-1)))
	case rule.YesNo:
		wrong = append(wrong, num(decimal.NewFromInt(2)), txt("có lẽ"))
	case rule.Choice, rule.Choices:
		wrong = append(wrong, num(decimal.NewFromInt(7)), txt("một; hai"))
	case rule.Day:
		wrong = append(wrong, num(decimal.NewFromInt(12)), num(decimal.NewFromInt(200000)), num(decimal.NewFromInt(-3)), txt("31/02/2026"))
	default: // of the others, words and errors are all that cannot be read
	}
	if in.Min.Set {
		wrong = append(wrong, numberIn(in, in.Min.Value.Sub(decimal.NewFromInt(1))), numberIn(in, in.Min.Value.Sub(decimal.New(1, -6))))
	}
	if in.Max.Set {
		wrong = append(wrong, numberIn(in, in.Max.Value.Add(decimal.NewFromInt(1))), numberIn(in, in.Max.Value.Add(decimal.New(1, -6))))
	}
	return one(d, wrong...)
}

// strange is what can be read but is seldom meant. Its large numbers are not round: divided by each other, those fall
// beside a half by less than the 9 decimals that a form computes with.
func (d *drawer) strange(in criteria.Input) typed {
	switch in.Type {
	case rule.Count:
		if d.gentle {
			return num(decimal.RequireFromString("1000000"))
		}
		return num(decimal.RequireFromString(one(d, "987654321012", "123456789012345", "864197532086419")))
	case rule.Number, rule.Points:
		if d.gentle {
			return num(decimal.RequireFromString(one(d, "-1000000", "1000000", "0.001234", "3.14159265358979")))
		}
		return num(decimal.RequireFromString(one(d, "-1000000", "123456789012345", "0.000001234", "-0.5", "1234567.891", "3.14159265358979")))
	case rule.YesNo:
		return one(d, num(decimal.NewFromInt(1)), num(decimal.Zero), typed{typedBool, "1"}, typed{typedBool, "0"}, txt("x"), txt("Đạt"), txt("KHÔNG"))
	case rule.Day:
		return one(d, num(decimal.NewFromInt(61)), num(decimal.NewFromInt(109575)), num(decimal.RequireFromString("46053.75")),
			num(decimal.RequireFromString("46112.5")), txt("31/1/2026"), txt("1-2-2026"), txt("2026-03-31"), txt("1.4.2026"), txt("29/02/2024"),
			txt("29/2/2026"), txt("31/12/2199"), txt("1/13/2026"), txt("32/1/2026"), txt("5/1/26"))
	case rule.Choices:
		return txt(one(d, ";", " ; "))
	default:
		return d.unreadable(in)
	}
}

// plain is an answer without regard to the rule.
func (d *drawer) plain(ind *criteria.Indicator, in criteria.Input) typed {
	switch in.Type {
	case rule.YesNo:
		return txt(one(d, "Có", "Có", "Không"))
	case rule.Choice:
		return txt(d.optionName(one(d, ind.Options(in.ID)...)))
	case rule.Choices:
		return d.ticked(ind.Options(in.ID))
	case rule.Day:
		return num(decimal.NewFromInt(int64(46000 + d.IntN(400))))
	case rule.Free:
		return txt("Ghi chú")
	default:
		return d.number(in)
	}
}

// optionName calls an option by its id or its name in a language. A name that holds the separator of options is not
// drawn where several may be named.
func (d *drawer) optionName(o rule.Option) string {
	names := []string{o.ID}
	for _, lang := range d.set.Languages {
		if o.Name[lang] != "" {
			names = append(names, o.Name[lang])
		}
	}
	return one(d, names...)
}

func (d *drawer) ticked(options []rule.Option) typed {
	var names []string
	p := one(d, 0, 40, 70, 95, 100)
	for _, o := range options {
		if d.chance(p) {
			names = append(names, d.optionName(o))
		}
	}
	d.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	if len(names) == 0 {
		return txt(";") // none of them, which is an answer
	}
	if len(names) == 1 && names[0] == "1" {
		return num(decimal.NewFromInt(1)) // a spreadsheet makes a number of it
	}
	return txt(strings.Join(names, one(d, "; ", ";")))
}

// number is a number that suits the input.
func (d *drawer) number(in criteria.Input) typed {
	var n decimal.Decimal
	switch in.Type {
	case rule.Percent:
		n = one(d, decimal.NewFromInt(int64(d.IntN(101))), decimal.New(int64(100+d.IntN(9900)), -2), decimal.NewFromInt(100))
	case rule.Count:
		n = decimal.NewFromInt(int64(one(d, d.IntN(10), d.IntN(400), 10*d.IntN(100), d.IntN(100000))))
	default:
		n = one(d, decimal.NewFromInt(int64(d.IntN(400))), decimal.New(int64(d.IntN(40000)), -2), decimal.New(int64(d.IntN(9000)), -4), decimal.New(-int64(d.IntN(500)), -1))
	}
	return numberIn(in, d.within(n, in))
}

// within keeps a number within what the input takes.
func (d *drawer) within(n decimal.Decimal, in criteria.Input) decimal.Decimal {
	if in.Type == rule.Count {
		n = decimal.Max(n.Truncate(0), decimal.Zero)
	}
	if in.Min.Set {
		n = decimal.Max(n, in.Min.Value)
	}
	if in.Max.Set {
		n = decimal.Min(n, in.Max.Value)
	}
	return n.Round(9)
}

// aim answers so that a rule is just met, just missed, or earns points that end in a half.
func (d *drawer) aim(ind *criteria.Indicator, r rule.Rule, points decimal.Decimal) {
	zero, unit := decimal.Zero, decimal.NewFromInt(1)
	switch r := r.(type) {
	case *rule.Ratio:
		bounds := []decimal.Decimal{r.Target.Or(unit), unit}
		if r.NothingBelow.Set {
			bounds = append(bounds, r.NothingBelow.Value)
		}
		d.quotient(ind, r.Of, r.Over, ramp{zero, r.Target.Or(unit), points}, bounds)
	case *rule.Steps:
		d.steps(ind, r)
	case *rule.Linear:
		d.quotient(ind, r.Of, nil, ramp{r.Worst, r.Best, points}, []decimal.Decimal{r.Worst, r.Best})
	case *rule.Best:
		if b := d.bounds[ind.ID]; len(b) == 1 {
			d.quotient(ind, r.Of, r.Over, ramp{zero, b[0].Value, points}, []decimal.Decimal{b[0].Value, zero})
		}
	case *rule.MinMax:
		if b := d.bounds[ind.ID]; len(b) == 2 {
			d.quotient(ind, r.Of, r.Over, ramp{b[0].Value, b[1].Value, points}, []decimal.Decimal{b[0].Value, b[1].Value})
		}
	case *rule.PerUnit:
		d.quotient(ind, r.Of, nil, ramp{zero, points.DivRound(r.Each, 6), points}, []decimal.Decimal{points.DivRound(r.Each, 0), unit})
	case *rule.Deduct:
		for _, part := range r.Parts {
			d.quotient(ind, part.Of, nil, ramp{zero, unit, part.Each}, []decimal.Decimal{zero, unit, decimal.NewFromInt(3)})
		}
	case *rule.PointsRule:
		bounds := []decimal.Decimal{points, ind.Min, points.Add(decimal.New(1, -2)), ind.Min.Sub(decimal.New(5, -3))}
		d.quotient(ind, r.Of, nil, ramp{zero, points, points}, bounds)
	case *rule.SumOf:
		d.parts(ind, r.Parts, points)
	case *rule.BestOf:
		d.parts(ind, r.Parts, points)
	}
}

func (d *drawer) parts(ind *criteria.Indicator, parts []rule.Part, points decimal.Decimal) {
	for _, p := range parts {
		own := p.Points.Value
		if p.Share.Set {
			own = p.Share.Value.Mul(points)
		}
		d.aim(ind, p.Score, own)
	}
}

func (d *drawer) steps(ind *criteria.Indicator, r *rule.Steps) {
	var bounds []decimal.Decimal
	for _, s := range r.Steps {
		if s.Bounding == rule.By {
			t, err := time.Parse(time.DateOnly, string(s.Day))
			if err == nil && d.chance(30) {
				day := int64(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24) + int64(d.IntN(3)) - 1
				d.put(submission.Key{Indicator: ind.ID, Input: r.Of[0].Input}, num(decimal.NewFromInt(day)))
			}
			continue
		}
		bounds = append(bounds, s.Bound)
	}
	if len(bounds) > 0 {
		d.quotient(ind, r.Of, r.Over, ramp{}, bounds)
	}
}

// A ramp earns 0 at worst and points at best; the zero ramp has no halves.
type ramp struct{ worst, best, points decimal.Decimal }

// half reports whether x ÷ over earns points of which the first decimal that is rounded off is 5 and the last.
func (r ramp) half(x, over decimal.Decimal, places int32) bool {
	span := r.best.Sub(r.worst).Mul(over)
	if span.IsZero() {
		return false
	}
	earned := x.Sub(r.worst.Mul(over)).Mul(r.points).Shift(places + 1)
	if !earned.Mod(span).IsZero() {
		return false
	}
	return earned.Div(span).Mod(decimal.NewFromInt(10)).Abs().Equal(decimal.NewFromInt(5))
}

// quotient answers the inputs of an operand, and of what it is divided by.
func (d *drawer) quotient(ind *criteria.Indicator, of, over rule.Operand, r ramp, bounds []decimal.Decimal) {
	if len(of) != 1 || len(over) > 1 || of[0].Negative {
		return // what is added up is left as it was drawn
	}
	in, ok := ind.Input(of[0].Input)
	if !ok || !in.Type.Numeric() {
		return
	}
	den := decimal.NewFromInt(1)
	if len(over) == 1 {
		den = d.divisor(ind, over[0].Input)
	}
	x := d.numerator(in, den, r, bounds)
	d.put(submission.Key{Indicator: ind.ID, Input: in.ID}, numberIn(in, d.within(x, in)))
}

// divisor answers what is divided by. A figure is answered once.
func (d *drawer) divisor(ind *criteria.Indicator, name string) decimal.Decimal {
	k := submission.Key{Indicator: ind.ID, Input: name}
	if id, figure := submission.Figure(name); figure {
		n, err := decimal.NewFromString(d.out.answers[submission.Key{Indicator: criteria.FiguresID, Input: id}].text)
		if err != nil {
			return decimal.Zero
		}
		return n
	}
	in, _ := ind.Input(name)
	n := decimal.NewFromInt(int64(one(d, 1+d.IntN(12), 3*(1+d.IntN(100)), 100, 200, 300, 1000, 1+d.IntN(100000), 20*(1+d.IntN(20)))))
	if d.chance(7) {
		n = decimal.Zero
	}
	if in.Type == rule.Number && d.chance(30) {
		n = n.Shift(-int32(1 + d.IntN(3)))
	}
	n = d.within(n, in)
	d.put(k, numberIn(in, n))
	return n
}

// numerator is what is divided, or the number itself where over is 1.
func (d *drawer) numerator(in criteria.Input, over decimal.Decimal, r ramp, bounds []decimal.Decimal) decimal.Decimal {
	exact := one(d, bounds...).Mul(over)
	unit := decimal.NewFromInt(1)
	if in.Type != rule.Count {
		unit = decimal.New(1, -int32(d.IntN(7)))
	}
	switch p := d.IntN(100); {
	case p < 20:
		return exact
	case p < 27:
		return exact.Add(unit)
	case p < 34:
		return exact.Sub(unit)
	case p < 65:
		if x, ok := d.halfway(in, over, r); ok {
			return x
		}
	case p < 70:
		return decimal.Zero
	}
	lo, hi := r.worst.Mul(over), r.best.Mul(over).Mul(decimal.RequireFromString("1.2"))
	if lo.Equal(hi) {
		lo, hi = exact.Sub(unit.Mul(decimal.NewFromInt(5))), exact.Add(unit.Mul(decimal.NewFromInt(5)))
	}
	return lo.Add(hi.Sub(lo).Mul(decimal.New(int64(d.IntN(10001)), -4))).Round(int32(d.IntN(4)))
}

// halfway looks for a numerator that earns a half.
func (d *drawer) halfway(in criteria.Input, over decimal.Decimal, r ramp) (decimal.Decimal, bool) {
	span := r.best.Sub(r.worst).Mul(over)
	if span.IsZero() || r.points.IsZero() {
		return decimal.Zero, false
	}
	for range 60 {
		// A share of the points that ends in 5, and what it takes to earn it.
		earned := decimal.New(int64(d.IntN(int(r.points.Shift(d.places).IntPart())+1))*10+5, -d.places-1)
		x := r.worst.Mul(over).Add(earned.Mul(span).DivRound(r.points, 8))
		if in.Type == rule.Count {
			x = x.Round(0)
		}
		if r.half(x, over, d.places) {
			return x, true
		}
	}
	return decimal.Zero, false
}

// describe lists what was typed, for messages.
func (s drawn) describe() string {
	var lines []string
	for k, c := range s.answers {
		lines = append(lines, fmt.Sprintf("  %s: %s", k, c))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n  evidence: " + strconv.Itoa(len(s.evidence))
}
