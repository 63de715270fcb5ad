package rule_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

func named(id, vi string, w rule.Worth) rule.Option {
	return rule.Option{ID: id, Name: rule.Text{"vi": vi, "en": id}, Worth: w}
}

func levelledRules() map[string]rule.Rule {
	network := []rule.Option{named("none", "Chưa có", share("0")), named("man", "Mạng MAN", share("0.75")), named("isp", "Internet", share("0.4")), named("backup", "Có dự phòng", share("1"))}
	ticks := []rule.Option{named("lan", "Mạng LAN", earns("1")), named("wifi", "Wi-Fi", earns("0.5")), named("kiosk", "Máy tra cứu", earns("1")), named("scan", "Máy quét", earns("0.5"))}
	return map[string]rule.Rule{
		"yes_no":        &rule.YesNoRule{Of: of("a")},
		"choice":        &rule.ChoiceRule{Of: of("a"), Options: network},
		"checklist":     &rule.Checklist{Of: of("a"), Options: ticks},
		"checklist all": &rule.Checklist{Of: of("a"), Options: []rule.Option{{ID: "x"}, {ID: "y"}, {ID: "z"}}, Need: "all"},
		"steps":         &rule.Steps{Of: of("a"), Steps: []rule.Step{from("4", share("1")), from("2", share("0.5")), above("0", share("0.2"))}},
		"steps alike":   &rule.Steps{Of: of("a"), Steps: []rule.Step{from("4", share("1")), from("2", share("0.5")), from("1", share("0.5"))}},
		"steps falling": &rule.Steps{Of: of("a"), Over: of("b"), Steps: []rule.Step{upTo("1", share("1")), upTo("3", share("0.5"))}},
		"steps by day":  &rule.Steps{Of: of("a"), Steps: []rule.Step{by("2019-06-30", share("1")), by("2019-12-31", share("0.5"))}},
		"sum_of": &rule.SumOf{Parts: []rule.Part{
			{ID: "p", Worth: share("0.4"), Score: &rule.YesNoRule{Of: of("a")}},
			{ID: "q", Worth: share("0.6"), Score: &rule.Steps{Of: of("b"), Steps: []rule.Step{from("10", share("1")), from("5", share("0.5"))}}},
			{ID: "r", Worth: share("0.2"), Score: &rule.Ratio{Of: of("b"), Over: of("b"), Target: set("1")}},
		}},
	}
}

// Shares and words are worked out by hand from the rules above, of 3 points.
func TestNextLevel(t *testing.T) {
	tests := map[string]struct {
		rule  string
		in    answers
		share string // "": no level above
		words string
	}{
		"no":                          {"yes_no", answers{"a": false}, "1", "Có"},
		"blank":                       {"yes_no", answers{}, "1", "Có"},
		"yes":                         {"yes_no", answers{"a": true}, "", ""},
		"not applicable":              {"yes_no", answers{"a": rule.NotApplicableValue()}, "", ""},
		"unreadable":                  {"yes_no", answers{"a": rule.InvalidValue()}, "", ""},
		"choice, the lowest":          {"choice", answers{"a": []string{"none"}}, "0.4", "Internet"},
		"choice, in the middle":       {"choice", answers{"a": []string{"isp"}}, "0.75", "Mạng MAN"},
		"choice, the best":            {"choice", answers{"a": []string{"backup"}}, "", ""},
		"choice, blank":               {"choice", answers{}, "0.4", "Internet"},
		"choice, unknown":             {"choice", answers{"a": []string{"other"}}, "", ""},
		"ticks: the one worth most":   {"checklist", answers{"a": []string{"lan"}}, "0.666666", "thêm mục: Máy tra cứu"},
		"ticks: of equal ones first":  {"checklist", answers{"a": []string{"lan", "kiosk"}}, "0.833333", "thêm mục: Wi-Fi"},
		"ticks: none yet":             {"checklist", answers{"a": []string{}}, "0.333333", "thêm mục: Mạng LAN"},
		"ticks: all":                  {"checklist", answers{"a": []string{"lan", "wifi", "kiosk", "scan"}}, "", ""},
		"all ticks are needed":        {"checklist all", answers{"a": []string{"y"}}, "1", "đủ mọi mục, còn thiếu: x; z"},
		"all ticks are there":         {"checklist all", answers{"a": []string{"x", "y", "z"}}, "", ""},
		"steps: none reached":         {"steps", answers{"a": 0}, "0.2", "trên 0"},
		"steps: one reached":          {"steps", answers{"a": 1}, "0.5", "từ 2 trở lên"},
		"steps: the best":             {"steps", answers{"a": 4}, "", ""},
		"steps: of equal ones easier": {"steps alike", answers{"a": 0}, "0.5", "từ 1 trở lên"},
		"steps of a quotient":         {"steps falling", answers{"a": 5, "b": 2}, "1", "không quá 1"},
		"steps: over nothing":         {"steps falling", answers{"a": 5, "b": 0}, "", ""},
		"steps by day":                {"steps by day", answers{"a": rule.Date("2020-01-02")}, "0.5", "chậm nhất 31/12/2019"},
		"sum: the part worth most":    {"sum_of", answers{"a": false, "b": 4}, "0.6", "a: Có"},
		"sum: the other part":         {"sum_of", answers{"a": true, "b": 4}, "0.9", "b: từ 5 trở lên"},
		"sum: held at all":            {"sum_of", answers{"a": true, "b": 5}, "1", "b: từ 10 trở lên"},
		"sum: blank":                  {"sum_of", answers{}, "0.4", "a: Có"},
		"sum: all":                    {"sum_of", answers{"a": true, "b": 10}, "", ""},
	}
	vi := locale.MustFor("vi")
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			j, ok := levelledRules()[tt.rule].Fit(rule.Basis{Points: points("3")}).(rule.Levelled)
			require.True(t, ok)
			next, ok := j.Next(tt.in.inputs())
			require.Equal(t, tt.share != "", ok)
			if ok {
				assert.Equal(t, tt.share, next.Share.Decimal(18).Truncate(6).String())
				assert.Equal(t, tt.words, vi.Note(next.Words))
			}
		})
	}
}

// The next level earns more than the answer does and no more than all, and who climbs level by level ends at all.
func TestLevelsRise(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		worths := rapid.SliceOfNDistinct(rapid.IntRange(0, 99), 1, 5, rapid.ID).Draw(rt, "worths")
		var options []rule.Option
		for i, w := range append(worths, 100) {
			options = append(options, rule.Option{ID: string(rune('a' + i)), Worth: rule.Worth{Share: rule.Optional{Value: decimal.New(int64(w), -2), Set: true}}})
		}
		j := (&rule.ChoiceRule{Of: of("a"), Options: options}).Fit(rule.Basis{Points: points("3")}).(rule.Levelled)
		now := rapid.SampledFrom(options).Draw(rt, "now")
		for climbed := 0; ; climbed++ {
			in := answers{"a": []string{now.ID}}.inputs()
			next, ok := j.Next(in)
			if !ok {
				assert.Zero(rt, j.Judge(in).Share.Cmp(rule.One()))
				break
			}
			require.Positive(rt, next.Share.Cmp(j.Judge(in).Share))
			require.Less(rt, climbed, len(options))
			for _, o := range options {
				if rule.Whole(o.Share.Value).Cmp(next.Share) == 0 {
					now = o
				}
			}
		}
	})
}

// Kinds that measure have no levels.
func TestMeasuresHaveNoLevels(t *testing.T) {
	for _, r := range []rule.Rule{&rule.Ratio{Of: of("a"), Over: of("b"), Target: set("1")}, &rule.Linear{Of: of("a"), Best: dec("1")}, &rule.PointsRule{Of: of("a")}} {
		_, ok := r.Fit(rule.Basis{Points: points("3")}).(rule.Levelled)
		assert.False(t, ok, r.Kind())
	}
}
