package builtin_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// starters are the sets that a department may use as they are, with what each promises.
var starters = map[string]struct {
	groups          []string
	points          int64 // of every group
	fewest, most    int   // indicators
	securityPillars []string
	kinds           []string
}{
	"city-starter@2026": {
		[]string{"department", "unit", "central", "ward"},
		100, 44, 48, nil, rule.Kinds(),
	},
	"commune-starter@2026": {
		[]string{"ward", "commune", "special-zone"},
		1000, 40, 46,
		[]string{"security"},
		[]string{"checklist", "choice", "deduct", "linear", "minmax", "per_unit", "percentile", "ratio", "steps", "sum_of", "yes_no"},
	},
}

func TestStarters(t *testing.T) {
	for address, want := range starters {
		t.Run(address, func(t *testing.T) {
			set := shipped(t, address)
			n, kinds := 0, map[string]bool{}
			for ind := range set.Root.AllIndicators() {
				n++
				kinds[ind.Rule.Kind()] = true
			}
			assert.GreaterOrEqual(t, n, want.fewest, "indicators")
			assert.LessOrEqual(t, n, want.most, "indicators")
			assert.Equal(t, want.kinds, slices.Sorted(maps.Keys(kinds)), "kinds of score in use")
			assert.Equal(t, []string{"vi", "en"}, set.Languages)
			assert.Empty(t, set.Source.Decision, "no authority has issued it")
			assert.Contains(t, string(set.YAML), "It is constructed: no")
			assert.Contains(t, string(set.YAML), "được dựng làm mẫu")

			var groups []string
			for _, g := range set.Groups {
				groups = append(groups, g.ID)
				for _, points := range []decimal.Decimal{set.Of(g.ID), set.Root.PointsFor(g.ID)} {
					assert.True(t, points.Equal(decimal.NewFromInt(want.points)), "%s has %s points", g.ID, points)
				}
			}
			assert.Equal(t, want.groups, groups)
		})
	}
}

// A department that starts from these sets finds at every indicator what to send, who looks at it and what to do.
func TestStartersSayEverything(t *testing.T) {
	for address := range starters {
		t.Run(address, func(t *testing.T) {
			for ind := range shipped(t, address).Root.AllIndicators() {
				assert.NotEmpty(t, ind.No, "%s has a number", ind.ID)
				assert.NotEmpty(t, ind.Verifier, "%s has a verifier", ind.ID)
				for _, lang := range []string{"vi", "en"} {
					assert.NotEmpty(t, ind.Advice[lang], "%s gives advice in %s", ind.ID, lang)
				}
				if !slices.ContainsFunc(ind.Inputs, func(in criteria.Input) bool { return in.By == criteria.ByAgency }) {
					continue
				}
				assert.True(t, ind.Evidence.Required, "%s asks for evidence", ind.ID)
				for _, lang := range []string{"vi", "en"} {
					assert.NotEmpty(t, ind.Evidence.Hint[lang], "%s says which evidence in %s", ind.ID, lang)
				}
				for _, in := range ind.Inputs {
					assert.True(t, in.Type != rule.Percent || in.Max.Set, "%s.%s is at most 100", ind.ID, in.ID)
				}
			}
		})
	}
}

// securityVerifiers appraise information security.
var securityVerifiers = []string{"cong-an-thanh-pho", "cong-an-tinh"}

// Answers about information security are not published: they would tell attackers where to begin. What the police
// count of the residents is no such answer.
func TestStartersHideSecurityAnswers(t *testing.T) {
	for address, want := range starters {
		t.Run(address, func(t *testing.T) {
			set, n := shipped(t, address), 0
			for ind := range set.Root.AllIndicators() {
				ofResidents := ind.ID == "APP-11" || ind.ID == "SOC-1"
				if !slices.Contains(securityVerifiers, ind.Verifier) || ofResidents {
					continue
				}
				assert.Equal(t, criteria.PointsOnly, ind.Public, ind.ID)
				n++
			}
			assert.GreaterOrEqual(t, n, 6)
			for _, id := range want.securityPillars {
				p, ok := set.Pillar(id)
				require.True(t, ok)
				for ind := range p.AllIndicators() {
					assert.Equal(t, criteria.PointsOnly, ind.Public, ind.ID)
				}
			}
		})
	}
}

// A figure is there because several indicators need it, in one group at least.
func TestStartersShareFigures(t *testing.T) {
	for address := range starters {
		t.Run(address, func(t *testing.T) {
			set := shipped(t, address)
			for _, fig := range set.Figures {
				most := 0
				for _, g := range set.Groups {
					n := 0
					for ind := range set.Root.AllIndicators() {
						reads := slices.ContainsFunc(ind.Rule.Reads(), func(r rule.Read) bool { return r.Input == criteria.FiguresID+"."+fig.ID })
						if reads && ind.Concerns(g.ID) {
							n++
						}
					}
					most = max(most, n)
				}
				assert.GreaterOrEqual(t, most, 2, fig.ID)
			}
		})
	}
}

// Units without administrative procedures meet no indicator about them, and still have all points within reach.
func TestCityStarterSparesUnitsFromServices(t *testing.T) {
	set := shipped(t, "city-starter@2026")
	for _, id := range []string{"APP-2", "APP-3", "APP-9", "APP-15", "APP-16", "APP-17"} {
		ind, ok := set.Indicator(id)
		require.True(t, ok)
		assert.False(t, ind.Concerns("unit"), id)
		assert.True(t, ind.Concerns("department"), id)
	}
}

// What does not arise for an agency is told by its numbers, so that nobody can claim it: an indicator that leaves the
// total where its denominator is 0 offers no claim beside that.
func TestStartersLeaveNoChoiceOfWhatApplies(t *testing.T) {
	for address := range starters {
		t.Run(address, func(t *testing.T) {
			n := 0
			for ind := range shipped(t, address).Root.AllIndicators() {
				if r, ok := ind.Rule.(*rule.Ratio); ok && r.IfZero == "not_applicable" {
					n++
					assert.False(t, ind.NotApplicable.Allowed, ind.ID)
				}
			}
			assert.Positive(t, n)
		})
	}
}

// What the police, the operators and the banks know is entered by a department.
func TestStartersAskWhoKnows(t *testing.T) {
	for address, inputs := range map[string][]string{
		"city-starter@2026":    {"APP-11.accounts"},
		"commune-starter@2026": {"INF-4.fibre", "INF-5.value", "SOC-1.accounts", "SOC-4.value", "SOC-6.paid", "SOC-6.beneficiaries"},
	} {
		set := shipped(t, address)
		for _, name := range inputs {
			id, input, _ := strings.Cut(name, ".")
			ind, ok := set.Indicator(id)
			require.True(t, ok, name)
			in, ok := ind.Input(input)
			require.True(t, ok, name)
			assert.Equal(t, criteria.ByDepartment, in.By, name)
		}
	}
}

// A filing that is overdue and left open counts against the agency as one settled late does.
func TestStartersCountFilingsLeftOpen(t *testing.T) {
	for address, id := range map[string]string{"city-starter@2026": "APP-16", "commune-starter@2026": "GOV-5"} {
		ind, ok := shipped(t, address).Indicator(id)
		require.True(t, ok)
		share := func(settled, overdue int64) rule.Fraction {
			given := map[string]int64{"on_time": 95, "figures.settled": settled, "overdue": overdue}
			j := ind.Rule.Fit(rule.Basis{}).Judge(func(name string) rule.Value { return rule.NumberOf(decimal.NewFromInt(given[name])) })
			require.Equal(t, rule.Scored, j.Status)
			return j.Share
		}
		assert.Zero(t, share(100, 0).Cmp(share(95, 5)), address)
		assert.Positive(t, share(95, 0).Cmp(share(95, 5)), address)
	}
}
