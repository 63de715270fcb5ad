package movement

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring/history"
)

// working is the number of decimals with which means are made before they are compared.
const working = 30

// digits are the decimals of the parts of a mean: those of the total, or enough to tell them apart.
func digits(total criteria.Places) int32 {
	const enough = 4
	if total.Round {
		return total.N
	}
	return enough
}

// mean says why the mean of the group changed, by the same steps as ranks; ok is false where the earlier mean, or a total
// that it was made of, is not known or is out of another maximum.
func (f *field) mean(was history.PastGroup) (parts history.MeanParts, ok bool) {
	then, known := was.Mean, was.HasMean
	if was.Field != nil {
		then, known = was.Field.Mean, was.Field.Ranked > 0
	}
	if !known || len(f.both) == 0 {
		return parts, false
	}
	var published, current []decimal.Decimal
	for _, b := range f.before {
		if !b.was.HasScore || b.was.Of.IsPositive() && !b.was.Of.Equal(f.group.Of) {
			return parts, false
		}
		published = append(published, b.was.Score)
	}
	for _, s := range f.group.Standings {
		if s.Ranked {
			current = append(current, s.Score)
		}
	}
	parts = f.meanSteps(average(published), average(current))
	parts.Then, parts.Now = then, f.group.Stats.Mean
	parts.Rounding = parts.Now.Sub(then).Sub(parts.Sum())
	return parts, true
}

// meanSteps are the changes of the mean, from that of the totals of then to that of now. Agencies that cannot be replayed
// beside others that can count as agencies of one round only.
func (f *field) meanSteps(published, current decimal.Decimal) (parts history.MeanParts) {
	unknown := len(f.carried.rungs) == 0
	var was []decimal.Decimal
	var claims []rung
	for i := range f.both {
		if m := &f.both[i]; unknown || m.replayed() {
			was, claims = append(was, m.was.Score), append(claims, m.claims)
		}
	}
	step := func(from, to decimal.Decimal) decimal.Decimal { return to.Sub(from).Round(f.digits) }
	then, claimsThere, joined := average(was), averageOf(claims), averageOf(f.now.rungs)
	parts.Membership = step(published, then).Add(step(claimsThere, joined))
	parts.Review = step(joined, current)
	if unknown {
		parts.Unknown, parts.Why = step(then, claimsThere), f.both[0].why
		return parts
	}
	claimed, carried := averageOf(f.claimed.rungs), averageOf(f.carried.rungs)
	parts.Review = parts.Review.Add(step(then, claimed))
	parts.Criteria, parts.Answers = step(claimed, carried), step(carried, claimsThere)
	return parts
}

func averageOf(rungs []rung) decimal.Decimal {
	scores := make([]decimal.Decimal, len(rungs))
	for i, r := range rungs {
		scores[i] = r.score
	}
	return average(scores)
}

// average is the arithmetic mean; of nothing it is 0.
func average(values []decimal.Decimal) decimal.Decimal {
	if len(values) == 0 {
		return decimal.Decimal{}
	}
	return decimal.Sum(values[0], values[1:]...).DivRound(decimal.NewFromInt(int64(len(values))), working)
}
