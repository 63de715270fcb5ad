package scoring_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// allSets are the shipped sets and that of the round in testdata.
func allSets(t *testing.T) []*criteria.Set {
	t.Helper()
	var sets []*criteria.Set
	for _, entry := range builtin.List() {
		data, name, ok := builtin.Get(entry.Address())
		require.True(t, ok)
		set, err := criteria.Load(name, data)
		require.NoError(t, err)
		sets = append(sets, set)
	}
	file := filepath.Join("..", "testdata", "danang-2019", "criteria.yaml")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	set, err := criteria.Load(file, data)
	require.NoError(t, err)
	return append(sets, set)
}

// Every indicator of every shipped set has an example, for every group: answers that may be entered, scored.
func TestMadeUpAnswersAreScored(t *testing.T) {
	for _, set := range allSets(t) {
		for _, g := range set.Groups {
			t.Run(set.Address()+" "+g.ID, func(t *testing.T) {
				entrants := scoring.MadeUp(set, g.ID)
				require.Len(t, entrants, 5)
				res, others, ok := scoring.WorkedExample(set, g.ID)
				require.True(t, ok)
				assert.Equal(t, entrants[1:], others)
				assert.Equal(t, scoring.Fit(set, entrants).Score(entrants[0]).Ledger, res.Ledger)
				assert.True(t, res.Ranked)
				var sum decimal.Decimal
				for _, line := range res.Ledger {
					sum = sum.Add(line.Points)
				}
				assert.True(t, sum.Equal(res.Score), "the ledger adds up")
				for _, r := range res.Root.Leaves() {
					assert.Equal(t, rule.Scored, r.Status, r.Indicator.ID)
					assert.Zero(t, r.Because, r.Indicator.ID)
					if points, ok := r.Indicator.Points[g.ID]; ok {
						assert.True(t, r.Score.GreaterThanOrEqual(r.Indicator.Min) && r.Score.LessThanOrEqual(points), r.Indicator.ID)
					}
					if r.Share.Sign() <= 0 || r.Share.Cmp(rule.One()) >= 0 {
						t.Log(r.Indicator.ID, r.Indicator.Rule.Kind(), r.Share.Decimal(4))
						assert.Contains(t, []string{"yes_no", "choice", "checklist", "steps", "best_of", "sum_of", "per_unit", "deduct"}, r.Indicator.Rule.Kind(), "%s earns part", r.Indicator.ID)
					}
				}
				for _, e := range entrants {
					for k, answer := range e.Submission.Answers.All() {
						assert.Empty(t, unreadable(set, k, answer.Value), k.String())
					}
				}
			})
		}
	}
}

// unreadable says why a value could not be entered for an input; "" where it could.
func unreadable(set *criteria.Set, k criteria.Key, v rule.Value) string {
	ind, _ := set.Indicator(k.Indicator)
	in, ok := set.Figure(k.Input)
	if k.Indicator != criteria.FiguresID {
		in, ok = ind.Input(k.Input)
	}
	if !ok {
		return "no such input"
	}
	if in.Type.Numeric() {
		d, ok := v.Number()
		switch {
		case !ok:
			return "no number"
		case in.Type == rule.Count && (!d.IsInteger() || d.IsNegative()):
			return "no count: " + d.String()
		case in.Type == rule.Percent && (d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100))) && !in.Max.Set:
			return "no percentage: " + d.String()
		case in.Min.Set && d.LessThan(in.Min.Value), in.Max.Set && d.GreaterThan(in.Max.Value):
			return "outside its bounds: " + d.String()
		}
		return ""
	}
	switch in.Type {
	case rule.YesNo:
		_, ok = v.Yes()
	case rule.Choice, rule.Choices:
		var ids []string
		ids, ok = v.Options()
		if in.Type == rule.Choice {
			ok = ok && len(ids) == 1
		}
	case rule.Day:
		_, ok = v.Day()
	default:
		ok = false
	}
	if !ok {
		return "another type"
	}
	return ""
}

func TestMadeUpOfNoGroup(t *testing.T) {
	assert.Nil(t, scoring.MadeUp(allSets(t)[0], "nobody"))
	_, _, ok := scoring.WorkedExample(allSets(t)[0], "nobody")
	assert.False(t, ok)
}
