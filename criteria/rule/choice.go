package rule

import (
	"github.com/shopspring/decimal"
)

// ChoiceRule is the kind choice: the chosen option earns its worth, which may be below 0 down to the indicator's min.
type ChoiceRule struct {
	Of      Operand // one choice input
	Options []Option
}

var (
	_ Rule    = (*ChoiceRule)(nil)
	_ Chooser = (*ChoiceRule)(nil)
)

// Kind is "choice".
func (r *ChoiceRule) Kind() string { return "choice" }

// Keys declares the kind's keys.
func (r *ChoiceRule) Keys() []Key {
	return []Key{
		{Name: "of", Into: &r.Of, OnlyInput: true},
		{Name: "options", Into: &r.Options, Required: true},
	}
}

// Natural is Choice.
func (r *ChoiceRule) Natural() Type { return Choice }

// Reads lists the input.
func (r *ChoiceRule) Reads() []Read { return r.Of.reads("of", Choice) }

// OptionsFor lists the options of the input.
func (r *ChoiceRule) OptionsFor(input string) []Option { return optionsFor(r.Of, r.Options, input) }

// Check reports the faults of the settings.
func (r *ChoiceRule) Check(b Basis) []Fault {
	faults := append(r.Of.checkOnly(), checkOptions(r.Options)...)
	before := len(faults)
	most := b.floor()
	for i, o := range r.Options {
		faults = append(faults, o.check(item("options", i), b)...)
		if s := o.share(b); s.Cmp(most) > 0 {
			most = s
		}
	}
	if len(r.Options) > 0 && len(faults) == before {
		faults = append(faults, checkReach("options", most, b)...)
	}
	return faults
}

// Fit makes the judge.
func (r *ChoiceRule) Fit(b Basis) Judge {
	j := choiceJudge{of: r.Of, options: r.Options, chosen: make(map[string]Judgement, len(r.Options))}
	for _, o := range r.Options {
		share := o.share(b)
		j.chosen[o.ID] = scored(share, Say("choice", o.label(), share))
	}
	return j
}

// Words says the rule with its options.
func (r *ChoiceRule) Words() Note { return Say("rule-choice", r.Of.words(), optionWords(r.Options)) }

// Example chooses one option after the other.
func (r *ChoiceRule) Example(d *Draft) {
	if n := len(r.Options); n > 0 {
		d.only(r.Of, OptionsOf(r.Options[(d.turn+1)%n].ID))
	}
}

type choiceJudge struct {
	of      Operand
	options []Option
	chosen  map[string]Judgement // by option id; made once, judging only looks them up
}

var _ Levelled = choiceJudge{}

func (j choiceJudge) Judge(in Inputs) Judgement {
	v := j.of.only(in)
	if v.state != options {
		return unjudged(v.status(options))
	}
	if judgement, ok := j.chosen[v.text]; ok {
		return judgement
	}
	return Judgement{Status: Invalid, Note: Say("choice-unknown", v.text)}
}

// Next is the option that earns least of those that earn more; of equal ones the first.
func (j choiceJudge) Next(in Inputs) (next Level, ok bool) {
	now, judged := j.Judge(in).standing()
	if !judged {
		return next, false
	}
	for _, o := range j.options {
		share := j.chosen[o.ID].Share
		if share.Cmp(now) > 0 && (!ok || share.Cmp(next.Share) < 0) {
			next, ok = Level{Share: share, Words: Say("level-option", o.label())}, true
		}
	}
	return next, ok
}

// Formula is the sum of what the options earn, of which exactly one must be chosen.
func (j choiceJudge) Formula(c Cells, full decimal.Decimal) Formula {
	if len(j.of) == 0 {
		return unread(Missing)
	}
	var ticks, earned []string
	for _, o := range j.options {
		tick := c.Ticked(j.of[0].Input, o.ID)
		ticks = append(ticks, tick)
		if share := j.chosen[o.ID].Share; share.Sign() != 0 {
			earned = append(earned, tick+"*"+worth(share, full))
		}
	}
	state := c.State(j.of[0].Input)
	chosen := fold(c, "SUM", ticks)
	return Formula{
		Status: "IF(" + state + ">1," + state + ",IF(" + chosen + "=1,1,4))",
		Points: fold(c, "SUM", earned),
	}
}

// label is the option's name, or its id where it has none.
func (o Option) label() any {
	if len(o.Name) == 0 {
		return o.ID
	}
	return o.Name
}

func optionsFor(of Operand, list []Option, input string) []Option {
	if len(of) > 0 && of[0].Input != input {
		return nil
	}
	return list
}

// checkOptions finds fault with a list of options that is empty or names one twice.
func checkOptions(list []Option) []Fault {
	if len(list) == 0 {
		return []Fault{{At: "options", Kind: "rule-no-options"}}
	}
	var faults []Fault
	seen := make(map[string]bool, len(list))
	for i, o := range list {
		if seen[o.ID] {
			faults = append(faults, Fault{At: item("options", i) + ".id", Kind: "rule-option-twice", Args: []any{o.ID}})
		}
		seen[o.ID] = true
	}
	return faults
}

func optionWords(list []Option) []Note {
	notes := make([]Note, len(list))
	for i, o := range list {
		notes[i] = Say("rule-option", o.label(), o.words())
	}
	return notes
}
