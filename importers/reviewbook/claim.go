package reviewbook

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// Kinds of answers in canonical text. What was entered follows after a blank.
const (
	isMissing       = "missing"
	isInvalid       = "invalid"
	isNotApplicable = "n/a"
	isNumber        = "number"
	isYes           = "yes"
	isNo            = "no"
	isOptions       = "options"
	isDay           = "day"
	isText          = "text"
)

// longestClaim is how much of a text is kept, in bytes; of a longer one a checksum tells whether it changed.
const longestClaim = 400

// canonical is an answer as the hidden sheet keeps it: equal answers, equal texts.
func canonical(v rule.Value) string {
	if text, ok := v.Text(); ok {
		return isText + " " + shortened(strings.Join(strings.Fields(written.Text(text)), " "))
	}
	return spelled(v)
}

// spelled is an answer in full.
func spelled(v rule.Value) string {
	switch {
	case v.IsMissing():
		return isMissing
	case v.IsInvalid():
		return isInvalid
	case v.IsNotApplicable():
		return isNotApplicable
	}
	if d, ok := v.Number(); ok {
		return isNumber + " " + plain(d)
	}
	if yes, ok := v.Yes(); ok {
		if yes {
			return isYes
		}
		return isNo
	}
	if ids, ok := v.Options(); ok {
		return strings.TrimSpace(isOptions + " " + strings.Join(ids, ";"))
	}
	if day, ok := v.Day(); ok {
		return isDay + " " + string(day)
	}
	text, _ := v.Text()
	return isText + " " + text
}

// plain is a number without zeros at its end.
func plain(d decimal.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// shortened keeps the beginning of a long text, with a checksum of all of it.
func shortened(s string) string {
	if len(s) <= longestClaim {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return written.Cut(s, longestClaim/4) + " sha256:" + hex.EncodeToString(sum[:])
}

// claimOf is what a row decides on: the answer to an input, or the figures that judge an indicator without inputs.
func claimOf(set *criteria.Set, sub submission.Submission, key submission.Key) string {
	if key.Input != "" {
		return canonical(sub.Answers.At(key).Value)
	}
	var all []string
	for _, figure := range figuresOf(set, key.Indicator) {
		v := sub.Answers.At(submission.Key{Indicator: criteria.FiguresID, Input: figure.ID}).Value
		all = append(all, figure.ID+" "+canonical(v))
	}
	return strings.Join(all, ", ")
}

// figuresOf lists the figures that the rule of an indicator reads.
func figuresOf(set *criteria.Set, indicator string) []criteria.Input {
	ind, ok := set.Indicator(indicator)
	if !ok || ind.Rule == nil {
		return nil
	}
	var figures []criteria.Input
	for _, r := range ind.Rule.Reads() {
		if id, ok := submission.Figure(r.Input); ok {
			if figure, ok := set.Figure(id); ok {
				figures = append(figures, figure)
			}
		}
	}
	return figures
}

// told is what a row decides on, for a problem, which every language words itself.
func (r *reader) told(claim string, to target) any {
	if to.key.Input != "" {
		return worded(claim, to.ind, to.in)
	}
	var figures []rule.Note
	for part := range strings.SplitSeq(claim, ", ") {
		id, rest, _ := strings.Cut(part, " ")
		figure, _ := r.round.Set.Figure(id)
		figures = append(figures, rule.Say("claim-figure", figure.Name, worded(rest, nil, figure)))
	}
	return figures
}

// worded is the canonical text of an answer for a problem.
func worded(claim string, ind *criteria.Indicator, in criteria.Input) any {
	kind, rest, _ := strings.Cut(claim, " ")
	switch kind {
	case isMissing, isInvalid, isYes, isNo:
		return rule.Say("claim-" + kind)
	case isNotApplicable:
		return rule.Say("claim-not-applicable")
	case isNumber:
		d, err := decimal.NewFromString(rest)
		if err != nil {
			return rest
		}
		if in.Type == rule.Percent {
			return rule.Say("claim-percent", d)
		}
		return d
	case isDay:
		return rule.Say("claim-day", rule.Date(rest))
	case isOptions:
		return ticked(rest, ind, in)
	case isText:
		return written.Cut(rest, longestClaim/4)
	default:
		return claim
	}
}

// ticked are the names of options, by their ids.
func ticked(ids string, ind *criteria.Indicator, in criteria.Input) any {
	if ids == "" {
		return rule.Say("claim-none-ticked")
	}
	var names []rule.Note
	for id := range strings.SplitSeq(ids, ";") {
		name := rule.Say("claim-option", id)
		if ind != nil {
			for _, o := range ind.Options(in.ID) {
				if o.ID == id && len(o.Name) > 0 {
					name = rule.Say("claim-option", o.Name)
				}
			}
		}
		names = append(names, name)
	}
	return names
}
