package rule

import (
	"maps"
	"slices"
)

// kinds makes a rule of each kind. To add one, write its file here and its line below, and its words in each locale.
var kinds = map[string]func() Rule{
	"best":       func() Rule { return new(Best) },
	"best_of":    func() Rule { return new(BestOf) },
	"checklist":  func() Rule { return new(Checklist) },
	"choice":     func() Rule { return new(ChoiceRule) },
	"deduct":     func() Rule { return new(Deduct) },
	"linear":     func() Rule { return new(Linear) },
	"minmax":     func() Rule { return new(MinMax) },
	"per_unit":   func() Rule { return new(PerUnit) },
	"percentile": func() Rule { return new(Percentile) },
	"points":     func() Rule { return new(PointsRule) },
	"ratio":      func() Rule { return new(Ratio) },
	"steps":      func() Rule { return new(Steps) },
	"sum_of":     func() Rule { return new(SumOf) },
	"yes_no":     func() Rule { return new(YesNoRule) },
}

// New makes an empty rule of a kind, to be decoded through its Keys; ok is false where there is no such kind.
func New(kind string) (r Rule, ok bool) {
	empty, ok := kinds[kind]
	if !ok {
		return nil, false
	}
	return empty(), true
}

// Kinds lists the names of all kinds, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }
