package history

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// DecodeWithAnswers is Decode that also keeps what the agencies had answered, for Answers. It takes about twice as long.
func DecodeWithAnswers(name string, r io.Reader) (*Past, error) {
	d := newDecoder(name, r)
	d.keepAnswers()
	return d.read()
}

// DecodeAsking is Decode where wanted says that answers are not, else DecodeWithAnswers. It is asked once, of what stands
// before the first agency: where this program wrote the results, which round they are of and by which criteria.
func DecodeAsking(name string, r io.Reader, wanted func(*Past) bool) (*Past, error) {
	d := newDecoder(name, r)
	d.wanted = wanted
	return d.read()
}

func (d *decoder) keepAnswers() {
	d.past.answers, d.past.inputs = map[string]string{}, map[string][]string{}
}

// Ancestors says from which indicator of the earlier round each indicator of a set comes, by its id. It is empty where
// the round used another set, or a plain table does not say which.
func (p *Past) Ancestors(set *criteria.Set) map[string]criteria.Lineage {
	switch {
	case p.CriteriaID != set.ID:
		return map[string]criteria.Lineage{}
	case p.CriteriaVersion != set.Version:
		return set.Ancestors()
	}
	same := map[string]criteria.Lineage{}
	for ind := range set.Root.AllIndicators() {
		same[ind.ID] = criteria.Lineage{ID: ind.ID, Comparable: true}
	}
	return same
}

// Bounds are what the rules of a set took from an agency group in the earlier round, by indicator id: of the indicators
// that are comparable with what they come from.
func (p *Past) Bounds(set *criteria.Set, group string) map[string][]rule.Bound {
	bounds := map[string][]rule.Bound{}
	for id, from := range p.Ancestors(set) {
		if was := p.Groups[group].Fitted[from.ID]; from.Comparable && len(was) > 0 {
			bounds[id] = was
		}
	}
	return bounds
}

// Answers are what an agency had answered in the earlier round, as far as a set asks it again: inputs and figures that
// agencies enter, of indicators that are comparable with what they come from, where the value still fits the input. The
// agency is found by its code or an earlier code among its aliases. They have no places. What could not be read then,
// and that an indicator did not apply, is not carried on. Decode keeps no answers, so that there are none.
func (p *Past) Answers(set *criteria.Set, agency submission.Agency) submission.Answers {
	answers := submission.NewAnswers(set)
	was := map[string]map[string]any{}
	for _, code := range append([]string{agency.Code}, agency.Aliases...) {
		if _, ok := p.Agencies[code]; ok {
			was = p.entered(code)
			break
		}
	}
	ancestors := p.Ancestors(set)
	if len(was) == 0 || len(ancestors) == 0 {
		return answers
	}
	put := func(indicator string, in criteria.Input, options []rule.Option, entered any) {
		if v, ok := fitting(in, options, entered); ok && in.By == criteria.ByAgency {
			answers.Put(submission.Key{Indicator: indicator, Input: in.ID}, submission.Answer{Value: v})
		}
	}
	for _, in := range set.Figures {
		put(criteria.FiguresID, in, nil, figure(was, in.ID))
	}
	for ind := range set.Root.AllIndicators() {
		from, ok := ancestors[ind.ID]
		if !ok || !from.Comparable || !ind.Concerns(agency.Group) {
			continue
		}
		for _, in := range ind.Inputs {
			put(ind.ID, in, ind.Options(in.ID), was[from.ID][ind.Earlier(in.ID, p.inputs[from.ID])])
		}
	}
	return answers
}

// entered is what an agency had entered, by indicator and input.
func (p *Past) entered(code string) (was map[string]map[string]any) {
	d := json.NewDecoder(strings.NewReader(p.answers[code]))
	d.UseNumber()
	if d.Decode(&was) != nil { // it was read once, so that it can only be empty
		return nil
	}
	return was
}

// figure finds a figure among what was entered: it stands with every indicator that used it.
func figure(was map[string]map[string]any, id string) any {
	for _, indicator := range slices.Sorted(maps.Keys(was)) {
		if v, ok := was[indicator][criteria.FiguresID+"."+id]; ok && v != nil {
			return v
		}
	}
	return nil
}

// fitting is a value of results.json as an input takes it; ok is false where it does not.
func fitting(in criteria.Input, options []rule.Option, entered any) (v rule.Value, ok bool) {
	v, ok = valueOf(in.Type, entered)
	return v, ok && in.Takes(v, options)
}

// valueOf is a value of results.json, where text may be an option, a day or free text; ok is false for what none has.
func valueOf(t rule.Type, entered any) (v rule.Value, ok bool) {
	switch e := entered.(type) {
	case json.Number:
		d, moderate := moderate(string(e))
		return rule.NumberOf(d), moderate
	case bool:
		return rule.YesNoOf(e), true
	case []any:
		ids := make([]string, len(e))
		for i, id := range e {
			ids[i], _ = id.(string)
		}
		return rule.OptionsOf(ids...), t == rule.Choices
	case string:
		return textOf(t, e)
	default:
		return rule.Value{}, false
	}
}

func textOf(t rule.Type, s string) (v rule.Value, ok bool) {
	switch t {
	case rule.Choice:
		return rule.OptionsOf(s), true
	case rule.Day:
		_, err := time.Parse(time.DateOnly, s)
		return rule.DayOf(rule.Date(s)), err == nil
	case rule.Free:
		return rule.TextOf(s), true
	default:
		return rule.Value{}, false
	}
}

// An agency's answers, as far as they are kept.
type (
	wireAnswers struct {
		wireAgency
		Pillars    []wirePart    `json:"pillars"`
		Indicators []wireEntered `json:"indicators"`
	}
	wirePart struct {
		wirePillar
		Pillars    []wirePart    `json:"pillars"`
		Indicators []wireEntered `json:"indicators"`
	}
	wireEntered struct {
		wireScore
		Inputs  map[string]json.RawMessage `json:"inputs"`
		Claimed json.Number                `json:"claimed"`
		Review  *wireReview                `json:"review"`
	}
)

// keep keeps what an agency entered, as one short text: ten thousand agencies' answers stay in memory.
func (d *decoder) keep(code string, w *wireAnswers) error {
	kept := map[string]map[string]json.RawMessage{}
	d.collect(code, w.Pillars, w.Indicators, kept)
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	d.past.answers[code] = string(text)
	return nil
}

func (d *decoder) collect(code string, pillars []wirePart, indicators []wireEntered, kept map[string]map[string]json.RawMessage) {
	for _, ind := range indicators {
		d.review(code, ind, kept)
		if len(ind.Inputs) == 0 {
			continue
		}
		kept[ind.ID] = ind.Inputs
		for input := range ind.Inputs {
			owner := ind.ID
			if figure, is := submission.Figure(input); is {
				owner, input = criteria.FiguresID, figure
			}
			if !slices.Contains(d.past.inputs[owner], input) {
				d.past.inputs[owner] = append(d.past.inputs[owner], d.word(input))
			}
		}
	}
	for _, p := range pillars {
		d.collect(code, p.Pillars, p.Indicators, kept)
	}
}

// scored is an agency without its answers.
func (w *wireAnswers) scored() wireAgency {
	w.wireAgency.Pillars, w.wireAgency.Indicators = scoredParts(w.Pillars), scoredOnly(w.Indicators)
	return w.wireAgency
}

func scoredParts(parts []wirePart) []wirePillar {
	pillars := make([]wirePillar, len(parts))
	for i, p := range parts {
		p.wirePillar.Pillars, p.wirePillar.Indicators = scoredParts(p.Pillars), scoredOnly(p.Indicators)
		pillars[i] = p.wirePillar
	}
	return pillars
}

func scoredOnly(entered []wireEntered) []wireScore {
	scores := make([]wireScore, len(entered))
	for i, e := range entered {
		scores[i] = e.wireScore
	}
	return scores
}

// wireBounds are the bounds of a rule. Their order is part of what a rule takes.
type wireBounds []wireBound

type wireBound struct {
	name  string
	value json.Number
}

// UnmarshalJSON reads the members of an object in their order.
func (w *wireBounds) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		b := wireBound{}
		b.name, _ = name.(string)
		if err := d.Decode(&b.value); err != nil {
			return err
		}
		*w = append(*w, b)
	}
	return nil
}

// boundsOf are the bounds of a rule, in their order.
func (d *decoder) boundsOf(id string, w wireBounds) []rule.Bound {
	bounds := make([]rule.Bound, len(w))
	for i, b := range w {
		bounds[i] = rule.Bound{Name: b.name, Value: d.number(id+" "+b.name, b.value)}
	}
	return bounds
}
