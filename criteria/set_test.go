package criteria_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// specified is the set of one case of testdata/load.
func specified(t testing.TB, name string) []byte {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/load/" + name + ".txtar")
	require.NoError(t, err)
	return archive.Files[0].Data
}

func load(t testing.TB, data []byte) *criteria.Set {
	t.Helper()
	set, err := criteria.Load("set.yaml", data)
	require.NoError(t, err)
	return set
}

func indicator(t *testing.T, set *criteria.Set, id string) *criteria.Indicator {
	t.Helper()
	ind, ok := set.Indicator(id)
	require.True(t, ok, id)
	return ind
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func TestLoadReadsTheWholeFormat(t *testing.T) {
	data := specified(t, "ok-example")
	set := load(t, data)
	sum := sha256.Sum256(data)
	assert.Equal(t, hex.EncodeToString(sum[:]), set.Hash)
	assert.Equal(t, "example-city@2025", set.Address())
	assert.Equal(t, criteria.Source{Decision: "12/QĐ-UBND", Date: "2025-01-15", URL: "https://example.org/12"}, set.Source)
	assert.Equal(t, []string{"vi", "en"}, set.Languages)
	assert.True(t, set.Scale.Value.Equal(dec("100")))
	assert.Equal(t, "Sở, ban, ngành", set.Groups[0].Name["vi"], "groups keep the order of the file")
	assert.Equal(t, []string{"department", "ward"}, []string{set.Groups[0].ID, set.Groups[1].ID})
	require.Len(t, set.Ratings, 4)
	assert.Equal(t, criteria.Places{N: 2, Round: true}, set.Rounding.Total)
	assert.Equal(t, criteria.Ranking{Ties: criteria.Competition, TieBreak: []string{"application"}}, set.Ranking)
	assert.True(t, set.Caps.Bonus.Set && set.Caps.Penalty.Value.Equal(dec("10")))
	assert.Equal(t, criteria.Rescale, set.NotApplicable)
	staff, ok := set.Figure("staff")
	require.True(t, ok)
	assert.True(t, staff.Min.Value.Equal(dec("1")) && staff.Type == rule.Count && !staff.Max.Set)
	assert.Equal(t, "10", set.Root.PointsFor("department").String(), "the award stands outside")
	assert.Equal(t, "9", set.Root.PointsFor("ward").String())
	assert.Equal(t, "100", set.Of("ward").String())
	assert.False(t, set.LooksAtCohort())
}

func TestLoadReadsAnIndicator(t *testing.T) {
	ind := indicator(t, load(t, specified(t, "ok-example")), "INF-1")
	assert.Equal(t, "1.1", ind.No)
	assert.Equal(t, "5", ind.Points["ward"].String())
	assert.Equal(t, []string{"department", "ward"}, ind.For)
	assert.Equal(t, "has_procedures", ind.When)
	require.Len(t, ind.Inputs, 1)
	assert.Equal(t, "Computers", ind.Inputs[0].Name["en"])
	assert.Equal(t, criteria.ByAgency, ind.Inputs[0].By)
	assert.Equal(t, "ratio", ind.Rule.Kind())
	assert.Equal(t, criteria.Evidence{Required: true, Hint: criteria.Text{"vi": "Báo cáo kiểm kê", "en": "Inventory report"}}, ind.Evidence)
	assert.Equal(t, criteria.NotApplicable{Allowed: true, Policy: criteria.Full}, ind.NotApplicable)
	assert.Equal(t, criteria.Lineage{ID: "HT-1"}, ind.From)
	assert.Equal(t, criteria.Answers, ind.Public)
	assert.Equal(t, criteria.Base, ind.Effect)
}

func TestDefaults(t *testing.T) {
	set := load(t, specified(t, "ok-smallest"))
	assert.True(t, set.Scale.Value.Equal(dec("100")) && !set.Scale.OfPoints)
	assert.Equal(t, criteria.Places{}, set.Rounding.Indicator)
	assert.Equal(t, criteria.Competition, set.Ranking.Ties)
	assert.False(t, set.Missing.Skip || set.Missing.NoSubmissionUnrank)
	assert.True(t, set.Missing.MaxShare.Equal(dec("1")))
	assert.Equal(t, criteria.Sum, set.Root.Combine)
	ind := indicator(t, set, "A")
	assert.Equal(t, []criteria.Input{{ID: "value", Name: ind.Name, Type: rule.YesNo, By: criteria.ByAgency}}, ind.Inputs)
	assert.True(t, ind.Weight.Equal(dec("1")) && ind.Min.IsZero())
	assert.False(t, ind.Evidence.Required || ind.NotApplicable.Allowed || ind.From.ID != "")
	_, rated := set.RatingOf(dec("50"), dec("100"))
	assert.False(t, rated)
}

func TestPolicies(t *testing.T) {
	set := load(t, specified(t, "ok-policies"))
	assert.True(t, set.Missing.Skip && set.Missing.NoSubmissionUnrank && set.Missing.MaxShare.Equal(dec("0.4")))
	assert.Equal(t, criteria.Full, set.NotApplicable)
	assert.Equal(t, criteria.Unique, set.Ranking.Ties)
	assert.Equal(t, criteria.Places{N: 0, Round: true}, set.Rounding.Indicator, "0 decimals are not none")
	assert.Equal(t, criteria.Text{"vi": "Thứ hạng"}, set.Terms["rank"])
	ind := indicator(t, set, "A")
	assert.Equal(t, criteria.BySurvey, ind.Inputs[0].By)
	assert.Equal(t, criteria.PointsOnly, ind.Public)
	assert.True(t, ind.Evidence.WithoutZero)
	assert.Equal(t, criteria.Zero, ind.NotApplicable.Policy)
}

// Numbers that are shown to people stay as the file writes them.
func TestLiteralText(t *testing.T) {
	set := load(t, specified(t, "literal-text"))
	assert.Equal(t, "766@2025.10", set.Address())
	assert.Equal(t, "12", set.Source.Decision)
	assert.Equal(t, "2025", set.Title["en"])
	assert.Equal(t, "Yes", set.Groups[0].Name["en"])
	assert.Equal(t, "4.10", indicator(t, set, "2").No)
	assert.Equal(t, "~5", indicator(t, set, "2").Name["en"])
}

func TestTextIsNFC(t *testing.T) {
	composed, taken := "Cổng thông tin điện tử", "Cổng thông tin điện tử"
	data := strings.Replace(string(specified(t, "ok-smallest")), "Portal", taken, 1)
	assert.Equal(t, composed, indicator(t, load(t, []byte(data)), "A").Name["en"])
}

func TestNotUTF8(t *testing.T) {
	_, err := criteria.Load("set.yaml", []byte("schema: dti.criteria/v1\ntitle: Đ\xff\n"))
	var problems diag.Problems
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, 1)
	assert.Equal(t, "not-utf8", problems[0].Kind)
	assert.Equal(t, "set.yaml:2:9", problems[0].Place.String())
}

// Each alias of the next line stands for ten of the line before: a billion nodes from a small file.
func TestAliasesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := 1; i <= 9; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), i-1)
	}
	_, err := criteria.Load("set.yaml", []byte(b.String()))
	var problems diag.Problems
	require.ErrorAs(t, err, &problems)
	assert.Equal(t, "too-many-aliases", problems[0].Kind)
}

// Every kind of score is decoded by the specification, so a new kind cannot go without a case there.
func TestEveryKindIsSpecified(t *testing.T) {
	var kinds []string
	for ind := range load(t, specified(t, "ok-every-kind")).Root.AllIndicators() {
		kinds = append(kinds, ind.Rule.Kind())
		for _, read := range ind.Rule.Reads() {
			assert.NotEmpty(t, read.Input, "%s: an operand that was left out is the only input", ind.ID)
		}
	}
	for _, kind := range rule.Kinds() {
		assert.Contains(t, kinds, kind)
	}
}

func TestOptions(t *testing.T) {
	set := load(t, specified(t, "ok-every-kind"))
	options := indicator(t, set, "B").Options("value")
	require.Len(t, options, 3)
	assert.Equal(t, "-1", options[2].Points.Value.String())
	assert.Nil(t, indicator(t, set, "A").Options("value"))
	assert.True(t, set.LooksAtCohort())
}

func TestRatingHolds(t *testing.T) {
	tests := map[string]struct {
		rating    criteria.Rating
		total, of string
		want      bool
	}{
		"at its bound":            {criteria.Rating{Bound: dec("75")}, "75", "100", true},
		"below it":                {criteria.Rating{Bound: dec("75")}, "74.99", "100", false},
		"above leaves its bound":  {criteria.Rating{Bound: dec("75"), Above: true}, "75", "100", false},
		"above takes more":        {criteria.Rating{Bound: dec("75"), Above: true}, "75.01", "100", true},
		"percent of another sum":  {criteria.Rating{Bound: dec("75")}, "720", "960", true},
		"exact, not by a third":   {criteria.Rating{Bound: dec("33.34")}, "1", "3", false},
		"everybody reaches zero":  {criteria.Rating{}, "0", "100", true},
		"nothing above 0 by zero": {criteria.Rating{Above: true}, "0", "100", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tt.want, tt.rating.Holds(dec(tt.total), dec(tt.of)))
		})
	}
}

func TestRatingOf(t *testing.T) {
	set := load(t, specified(t, "ok-example"))
	for total, want := range map[string]string{"100": "good", "80": "good", "79.99": "fair", "0": "weak"} {
		r, ok := set.RatingOf(dec(total), dec("100"))
		require.True(t, ok)
		assert.Equal(t, want, r.ID, total)
	}
	fair, ok := set.Rating("fair")
	assert.True(t, ok)
	assert.Equal(t, "Khá", fair.Name["vi"])
}

func TestGroupsOwnPoints(t *testing.T) {
	set := load(t, specified(t, "ok-groups"))
	assert.Equal(t, "20", set.Of("dept").String())
	assert.Equal(t, "11", set.Of("ward").String())
	rooms := indicator(t, set, "C")
	assert.True(t, rooms.Concerns("dept"))
	assert.False(t, rooms.Concerns("ward"))
	_, ok := set.Group("city")
	assert.False(t, ok)
}

func TestPlaces(t *testing.T) {
	assert.Equal(t, "0.34", criteria.Places{N: 2, Round: true}.Of(dec("0.335")).String(), "half away from zero")
	assert.Equal(t, "-0.34", criteria.Places{N: 2, Round: true}.Of(dec("-0.335")).String())
	assert.Equal(t, "0.335", criteria.Places{}.Of(dec("0.335")).String())
}

func TestWords(t *testing.T) {
	assert.Equal(t, []string{"sum", "mean", "geometric", "harmonic", "min", "invalid"}, words(criteria.Sum, criteria.Min))
	assert.Equal(t, []string{"agency", "department", "survey", "council", "invalid"}, words(criteria.ByAgency, criteria.ByCouncil))
}

// words are the words of an enum and of the value after it.
func words[E interface {
	~int
	fmt.Stringer
}](first, last E) []string {
	var list []string
	for e := first; e <= last+1; e++ {
		list = append(list, e.String())
	}
	return list
}

// A set that was changed after loading can be checked again.
func TestCheck(t *testing.T) {
	tests := map[string]struct {
		change func(*criteria.Set)
		kind   string
	}{
		"points":      {func(s *criteria.Set) { s.Root.Pillars[0].Points["ward"] = dec("6") }, "points-do-not-add-up"},
		"no points":   {func(s *criteria.Set) { s.Root.Pillars[0].Indicators[0].Points["ward"] = dec("0") }, "points-not-above-0"},
		"id":          {func(s *criteria.Set) { s.Root.Pillars[0].Indicators[0].ID = "APP-1" }, "duplicate-id"},
		"input":       {func(s *criteria.Set) { s.Root.Pillars[0].Indicators[0].Inputs[0].ID = "pcs" }, "unknown-input"},
		"rating":      {func(s *criteria.Set) { s.Ratings = s.Ratings[:2] }, "ratings-do-not-reach-0"},
		"tie-break":   {func(s *criteria.Set) { s.Ranking.TieBreak = []string{"x"} }, "unknown-pillar"},
		"combination": {func(s *criteria.Set) { s.Root.Combine, s.Scale.OfPoints = criteria.Mean, true }, "scale-points-without-sum"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			set := load(t, specified(t, "ok-example"))
			require.Empty(t, set.Check())
			tt.change(set)
			var kinds []string
			for _, p := range set.Check() {
				kinds = append(kinds, strings.TrimSuffix(p.Kind, "-near"))
			}
			assert.Contains(t, kinds, tt.kind)
		})
	}
}

func ExampleLoad() {
	_, err := criteria.Load("city.yaml", []byte("schema: dti.criteria/v1\nscale: -5\n"))
	problems, _ := errors.AsType[diag.Problems](err)
	for _, p := range problems {
		fmt.Println(p.Place, p.Kind, p.Args)
	}
	// Output:
	// city.yaml:1:1 missing-key [id]
	// city.yaml:1:1 missing-key [version]
	// city.yaml:1:1 missing-key [languages]
	// city.yaml:1:1 missing-key [title]
	// city.yaml:1:1 missing-key [groups]
	// city.yaml:1:1 no-children []
	// city.yaml:2:8 not-above-0 [scale -5]
}

// BenchmarkLoad reads a set of 500 indicators, which should take less than 50 ms on a machine that does nothing else. It
// collects garbage as seldom as the program does (cmd/dti): a third of the time would go there otherwise.
func BenchmarkLoad(b *testing.B) {
	const asTheProgram = 400
	defer debug.SetGCPercent(debug.SetGCPercent(asTheProgram))
	data := manyIndicators(500)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := criteria.Load("set.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}

// Loading takes memory in proportion to the set: an indicator costs no more among a thousand than among a hundred.
func TestLoadTakesMemoryInProportion(t *testing.T) {
	perIndicator := func(n int) float64 {
		data := manyIndicators(n)
		return testing.AllocsPerRun(1, func() {
			_, err := criteria.Load("set.yaml", data)
			require.NoError(t, err)
		}) / float64(n)
	}
	few, many := perIndicator(100), perIndicator(1000)
	assert.Less(t, many, few*1.1)
	assert.Less(t, many, 450.0, "allocations for one indicator; the YAML parser makes some 300 of them")
}

// manyIndicators is a set of about the shape of those that are in use: ratios, steps and plain questions, with evidence,
// advice and who verifies.
func manyIndicators(n int) []byte {
	var b strings.Builder
	b.WriteString("schema: dti.criteria/v1\nid: large\nversion: \"1\"\ntitle: {vi: Lớn, en: Large}\nlanguages: [vi, en]\n" +
		"groups: {dept: {vi: Sở, en: Departments}, ward: {vi: Phường, en: Wards}}\n" +
		"figures: {staff: {name: {vi: Biên chế, en: Staff}, type: count, min: 1}}\npillars:\n")
	for i := range n {
		if i%10 == 0 {
			fmt.Fprintf(&b, "  - id: P%d\n    no: \"%d\"\n    name: {vi: Nhóm, en: Pillar}\n    points: 50\n    indicators:\n", i, i)
		}
		fmt.Fprintf(&b, `      - id: I%d
        no: "%d.1"
        name: {vi: Tỷ lệ hồ sơ trực tuyến, en: Share of filings online}
        points: {dept: 5, ward: 5}
%s        evidence: {required: true, hint: {vi: Báo cáo thống kê của đơn vị, en: The unit's statistics}}
        verifier: so-noi-vu
        advice: {vi: Hướng dẫn người dân nộp hồ sơ trực tuyến, en: Show people how to file online}
`, i, i, scores[i%len(scores)])
	}
	return []byte(b.String())
}

// scores are ways to score an indicator of manyIndicators.
var scores = []string{
	`        inputs:
          online: {name: {vi: Trực tuyến, en: Online}, type: count}
          all: {name: {vi: Tất cả, en: All}, type: count}
        score: {kind: ratio, of: online, over: all, if_zero: not_applicable}
`, `        inputs: {value: {type: count}}
        score: {kind: steps, of: value, over: figures.staff, steps: [{from: 0.9, points: 5}, {from: 0.7, points: 3}, {from: 0.5, points: 1}]}
`, `        score: {kind: yes_no}
`, `        score:
          kind: choice
          options:
            - {id: full, name: {vi: Đầy đủ, en: In full}, share: 1}
            - {id: part, name: {vi: Một phần, en: In part}, share: 0.5}
            - {id: none, name: {vi: Không, en: Not at all}, share: 0}
`,
}
