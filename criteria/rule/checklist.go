package rule

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Checklist is the kind checklist: the ticked options add up, to all at most; with `need: all` everything ticked earns
// all and anything less earns nothing. No option ticked is an answer, which earns 0.
type Checklist struct {
	Of      Operand // one choices input
	Options []Option
	Need    string // "", or "all": then options have no worth of their own
}

var (
	_ Rule    = (*Checklist)(nil)
	_ Chooser = (*Checklist)(nil)
)

// Kind is "checklist".
func (r *Checklist) Kind() string { return "checklist" }

// Keys declares the kind's keys.
func (r *Checklist) Keys() []Key {
	return []Key{
		{Name: "of", Into: &r.Of, OnlyInput: true},
		{Name: "options", Into: &r.Options, Required: true},
		{Name: "need", Into: &r.Need, Words: []string{"all"}},
	}
}

// Natural is Choices.
func (r *Checklist) Natural() Type { return Choices }

// Reads lists the input.
func (r *Checklist) Reads() []Read { return r.Of.reads("of", Choices) }

// OptionsFor lists the options of the input.
func (r *Checklist) OptionsFor(input string) []Option { return optionsFor(r.Of, r.Options, input) }

// Check reports the faults of the settings.
func (r *Checklist) Check(b Basis) []Fault {
	faults := append(r.Of.checkOnly(), checkOptions(r.Options)...)
	before := len(faults)
	var most Fraction
	for i, o := range r.Options {
		if r.needsAll() && o.Worth == (Worth{}) {
			continue
		}
		faults = append(faults, o.check(item("options", i), b)...)
		if s := o.share(b); s.Sign() > 0 {
			most = most.Add(s)
		}
	}
	if len(r.Options) > 0 && len(faults) == before && !r.needsAll() {
		faults = append(faults, checkReach("options", most, b)...)
	}
	return faults
}

func (r *Checklist) needsAll() bool { return r.Need == "all" }

// Fit makes the judge.
func (r *Checklist) Fit(b Basis) Judge {
	j := checklistJudge{of: r.Of, all: r.needsAll(), floor: b.floor(), options: make([]tick, len(r.Options))}
	for i, o := range r.Options {
		j.options[i] = tick{id: o.ID, share: o.share(b), name: Say("checklist-option", o.label())}
	}
	return j
}

// Words says the rule with its options.
func (r *Checklist) Words() Note {
	if !r.needsAll() {
		return Say("rule-checklist", r.Of.words(), optionWords(r.Options))
	}
	names := make([]Note, len(r.Options))
	for i, o := range r.Options {
		names[i] = Say("checklist-option", o.label())
	}
	return Say("rule-checklist-all", r.Of.words(), allPoints, noPoints, names)
}

// Example ticks all options but one, then all, then one.
func (r *Checklist) Example(d *Draft) {
	n := len(r.Options)
	if n == 0 {
		return
	}
	// The last one is left out first: lists begin with what everybody has.
	apart := n - 1 - d.turn%n
	all, alone := d.turn/n%3 == 1, d.turn/n%3 == 2
	var ids []string
	for i, o := range r.Options {
		if all || (i == apart) == alone {
			ids = append(ids, o.ID)
		}
	}
	d.only(r.Of, OptionsOf(ids...))
}

type tick struct {
	id    string
	share Fraction
	name  Note
}

type checklistJudge struct {
	of      Operand
	options []tick
	all     bool
	floor   Fraction
}

var _ Levelled = checklistJudge{}

func (j checklistJudge) Judge(in Inputs) Judgement {
	v := j.of.only(in)
	ids, ok := v.Options()
	if !ok {
		return unjudged(v.status(options))
	}
	var share Fraction
	var lacking []Note
	ticked := 0
	for _, o := range j.options {
		if !slices.Contains(ids, o.id) {
			lacking = append(lacking, o.name)
			continue
		}
		ticked++
		share = share.Add(o.share)
	}
	for _, id := range ids {
		if !slices.ContainsFunc(j.options, func(o tick) bool { return o.id == id }) {
			return Judgement{Status: Invalid, Note: Say("choice-unknown", id)}
		}
	}
	return j.judged(share.Clamp(j.floor, One()), ticked, lacking)
}

func (j checklistJudge) judged(share Fraction, ticked int, lacking []Note) Judgement {
	kind := "checklist"
	if j.all {
		share = One()
		if len(lacking) > 0 {
			share, kind = Fraction{}, "checklist-all"
		}
	}
	note := Say(kind, ticked, len(j.options), share)
	if len(lacking) > 0 {
		note = Say("checklist-lacking", note, lacking)
	}
	return scored(share, note)
}

// Next is one more tick, the one that earns most; of equal ones the first. Where all are needed it is all of them.
func (j checklistJudge) Next(in Inputs) (next Level, ok bool) {
	now, judged := j.Judge(in).standing()
	if !judged {
		return next, false
	}
	ids, _ := j.of.only(in).Options()
	var earned, most Fraction
	var lacking []Note
	for _, o := range j.options {
		switch {
		case slices.Contains(ids, o.id):
			earned = earned.Add(o.share)
		default:
			lacking = append(lacking, o.name)
			if o.share.Cmp(most) > 0 {
				most, next.Words = o.share, Say("level-tick", o.name)
			}
		}
	}
	if next.Share = earned.Add(most).Clamp(j.floor, One()); j.all {
		next = Level{Share: One(), Words: Say("level-ticks", lacking)}
	}
	return next, next.Share.Cmp(now) > 0
}

// Formula adds up what the ticked options earn; where all are needed, the least of the ticks is 1 only if all are.
func (j checklistJudge) Formula(c Cells, full decimal.Decimal) Formula {
	if len(j.of) == 0 {
		return unread(Missing)
	}
	var ticks, earned []string
	for _, o := range j.options {
		tick := c.Ticked(j.of[0].Input, o.id)
		ticks = append(ticks, tick)
		if o.share.Sign() != 0 {
			earned = append(earned, tick+"*"+worth(o.share, full))
		}
	}
	points := clamped(worth(j.floor, full), fold(c, "SUM", earned), Literal(full))
	switch {
	case j.all && len(ticks) == 0:
		points = Literal(full)
	case j.all:
		points = times(fold(c, "MIN", ticks), full)
	}
	return Formula{Status: c.State(j.of[0].Input), Points: points}
}
