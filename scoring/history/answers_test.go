package history_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// lastEdition has an input of every type.
const lastEdition = `schema: dti.criteria/v1
id: city
version: "2025"
title: {en: Index}
languages: [en]
groups: {department: {en: Departments}, ward: {en: Wards}}
figures:
  staff: {name: {en: Staff}, type: count}
  budget: {name: {en: Budget}, type: number, by: department}
pillars:
  - id: P
    name: {en: Pillar}
    indicators:
      - {id: CNT, name: {en: Count}, points: 5, inputs: {n: {name: {en: Computers}, type: count}}, score: {kind: ratio, of: n, over: figures.staff}, not_applicable: {allowed: true}}
      - {id: PCT, name: {en: Percent}, points: 5, inputs: {value: {name: {en: Rate}, type: percent}}, score: {kind: linear, of: value, worst: 0, best: 100}}
      - {id: BEST, name: {en: Best}, points: 5, score: {kind: best, of: value}}
      - {id: MM, name: {en: Range}, points: 5, score: {kind: minmax, of: value}}
      - {id: YES, name: {en: "Yes"}, points: 5, score: {kind: yes_no}}
      - {id: ONE, name: {en: Choice}, points: 5, score: {kind: choice, options: [{id: a, name: {en: A}, share: 1}, {id: b, name: {en: B}, share: 0.5}]}}
      - {id: ANY, name: {en: Choices}, points: 5, score: {kind: checklist, options: [{id: a, name: {en: A}, share: 0.5}, {id: b, name: {en: B}, share: 0.5}]}}
      - {id: DAY, name: {en: Day}, points: 5, inputs: {on: {name: {en: Day}, type: date}, why: {name: {en: Why}, type: text}}, score: {kind: steps, of: on, steps: [{by: 2025-06-30, share: 1}]}}
      - {id: OWN, name: {en: Points}, points: 5, score: {kind: points}}
      - {id: SURVEY, name: {en: Survey}, points: 5, inputs: {value: {name: {en: Survey}, type: percent, by: survey}}, score: {kind: linear, of: value, worst: 0, best: 100}}
`

// entered is an answer to every input of the edition.
var entered = map[string]rule.Value{
	"figures.staff": num("40"), "figures.budget": num("12.5"), "CNT.n": num("38"), "PCT.value": num("0.45"), "BEST.value": num("-3.25"), "MM.value": num("7"),
	"YES.value": rule.YesNoOf(false), "ONE.value": rule.OptionsOf("b"), "ANY.value": rule.OptionsOf("b", "a"),
	"DAY.on": rule.DayOf("2025-03-01"), "DAY.why": rule.TextOf("=1+1 “vì”\n</script>"), "OWN.value": num("4.5"), "SURVEY.value": num("80"),
}

// lastResults are the results of a round of the edition as they were written.
func lastResults(t testing.TB) string {
	t.Helper()
	r := &submission.Round{
		ID: "r-2025", Year: 2025, Set: loadSet(t, lastEdition), Submissions: map[string]submission.Submission{},
		Release:  submission.Release{Status: submission.Final, Revision: 1},
		Agencies: []submission.Agency{{Code: "so-cu", Group: "department"}, {Code: "so-b", Group: "department"}, {Code: "so-c", Group: "ward"}},
	}
	for _, code := range []string{"so-cu", "so-b"} {
		s := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(r.Set)}
		for id, v := range entered {
			indicator, in, _ := strings.Cut(id, ".")
			require.True(t, s.Answers.Put(submission.Key{Indicator: indicator, Input: in}, submission.Answer{Value: v}), id)
		}
		r.Submissions[code] = s
	}
	r.Submissions["so-b"].Answers.Put(submission.Key{Indicator: "CNT", Input: "n"}, submission.Answer{Value: rule.NotApplicableValue()})
	r.Submissions["so-b"].Answers.Put(submission.Key{Indicator: "YES", Input: "value"}, submission.Answer{Value: rule.InvalidValue()})
	r.Submissions["so-b"].Answers.Put(submission.Key{Indicator: "MM", Input: "value"}, submission.Answer{Value: num("9.5")})
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(r), history.Comparison{}, history.Options{Engine: "dti test"}))
	return b.String()
}

func withAnswers(t testing.TB, text string) *history.Past {
	t.Helper()
	past, err := history.DecodeWithAnswers("results.json", strings.NewReader(text))
	require.NoError(t, err)
	return past
}

func TestAnswersOfEveryTypeAreCarried(t *testing.T) {
	text := lastResults(t)
	past, set := withAnswers(t, text), loadSet(t, lastEdition)
	carried := past.Answers(set, submission.Agency{Code: "so-moi", Aliases: []string{"so-nao", "so-cu"}, Group: "department"})
	for id, v := range entered {
		indicator, in, _ := strings.Cut(id, ".")
		got := carried.At(submission.Key{Indicator: indicator, Input: in}).Value
		if id == "figures.budget" || id == "SURVEY.value" {
			assert.True(t, got.IsMissing(), "%s is given by others", id)
			continue
		}
		assert.True(t, v.Equal(got), "%s: %v, %v", id, v, got)
	}

	other := past.Answers(set, submission.Agency{Code: "so-b", Group: "department"})
	assert.True(t, other.At(submission.Key{Indicator: "CNT", Input: "n"}).Value.IsMissing(), "its reason is not carried, so neither is the claim")
	assert.True(t, other.At(submission.Key{Indicator: "YES", Input: "value"}).Value.IsMissing(), "what could not be read")
	assert.Zero(t, past.Answers(set, submission.Agency{Code: "so-c", Group: "ward"}).Len(), "sent nothing")
	assert.Zero(t, past.Answers(set, submission.Agency{Code: "so-x", Group: "department"}).Len(), "was not there")

	plain, problems := decode(t, text)
	require.Empty(t, problems)
	assert.Zero(t, plain.Answers(set, submission.Agency{Code: "so-b", Group: "department"}).Len(), "Decode keeps no answers")
	assert.Equal(t, plain.Agencies, past.Agencies, "and reads everything else alike")
	assert.Equal(t, plain.Groups, past.Groups)
}

// nextEdition is the edition after a change of its text, as the next version.
func nextEdition(t testing.TB, replace ...string) *criteria.Set {
	t.Helper()
	return loadSet(t, strings.NewReplacer(append(replace, `version: "2025"`, `version: "2026"`)...).Replace(lastEdition))
}

func TestAnswersGoThroughLineage(t *testing.T) {
	past := withAnswers(t, lastResults(t))
	for name, tt := range map[string]struct {
		replace []string
		key     string
		want    rule.Value
	}{
		"the same id":                    {nil, "PCT.value", num("0.45")},
		"another id":                     {[]string{"{id: PCT,", "{id: NEW, from: {id: PCT},"}, "NEW.value", num("0.45")},
		"an only input has another name": {[]string{"{id: CNT,", "{id: NEW, from: {id: CNT},", "inputs: {n:", "inputs: {pcs:", "of: n,", "of: pcs,"}, "NEW.pcs", num("38")},
		"not comparable":                 {[]string{"{id: PCT,", "{id: PCT, from: {id: PCT, comparable: false},"}, "PCT.value", rule.Value{}},
		"the id was taken over":          {[]string{"{id: PCT,", "{id: BEST,", "{id: BEST,", "{id: TOP, from: {id: BEST},"}, "BEST.value", rule.Value{}},
		"an option is gone":              {[]string{"{id: b, name: {en: B}, share: 0.5}]}}\n      - {id: ANY", "{id: c, name: {en: B}, share: 0.5}]}}\n      - {id: ANY"}, "ONE.value", rule.Value{}},
		"the bounds are narrower":        {[]string{"type: percent}}, score", "type: percent, min: 1}}, score"}, "PCT.value", rule.Value{}},
		"another type":                   {[]string{"{id: YES, name: {en: \"Yes\"}, points: 5, score: {kind: yes_no}}", "{id: YES, name: {en: \"Yes\"}, points: 5, score: {kind: per_unit, each: 1}}"}, "YES.value", rule.Value{}},
		"a number is a count now":        {[]string{"{id: BEST, name: {en: Best}, points: 5, score: {kind: best, of: value}}", "{id: BEST, name: {en: Best}, points: 5, score: {kind: per_unit, each: 1}}"}, "BEST.value", rule.Value{}},
		"for others":                     {[]string{"{id: PCT,", "{id: PCT, for: [ward],"}, "PCT.value", rule.Value{}},
	} {
		t.Run(name, func(t *testing.T) {
			set := nextEdition(t, tt.replace...)
			indicator, in, _ := strings.Cut(tt.key, ".")
			got := past.Answers(set, submission.Agency{Code: "so-cu", Group: "department"}).At(submission.Key{Indicator: indicator, Input: in}).Value
			assert.True(t, tt.want.Equal(got), "%v", got)
		})
	}
	other := loadSet(t, strings.Replace(lastEdition, "id: city", "id: town", 1))
	assert.Zero(t, past.Answers(other, submission.Agency{Code: "so-cu", Group: "department"}).Len(), "of another set")
	assert.Empty(t, past.Ancestors(other))
}

func TestBoundsGoThroughLineage(t *testing.T) {
	past, problems := decode(t, lastResults(t))
	require.Empty(t, problems)
	set := nextEdition(t, "{id: BEST,", "{id: TOP, from: {id: BEST},")
	bounds := past.Bounds(set, "department")
	require.Len(t, bounds, 2)
	assert.Equal(t, "best", bounds["TOP"][0].Name)
	require.Len(t, bounds["MM"], 2)
	assert.Equal(t, "min 7 max 9.5", bounds["MM"][0].Name+" "+bounds["MM"][0].Value.String()+" "+bounds["MM"][1].Name+" "+bounds["MM"][1].Value.String())
	assert.Empty(t, past.Bounds(nextEdition(t, "{id: MM,", "{id: MM, from: {id: MM, comparable: false},", "{id: BEST,", "{id: B2,"), "department"))
	assert.Empty(t, past.Bounds(set, "ward"), "nobody was ranked there")

	for ind := range set.Root.AllIndicators() {
		if rule.Relative(ind.Rule) {
			e, ok := ind.Rule.(rule.Estimator)
			require.True(t, ok)
			_, ok = e.Estimate(bounds[ind.ID])
			assert.True(t, ok, "%s can be judged under them", ind.ID)
		}
	}
}

// TestDecodeAsking holds that answers are kept where they are wanted, and that the question is put once, when it is known
// of which round and criteria the results are.
func TestDecodeAsking(t *testing.T) {
	whole := lastResults(t)
	for _, wanted := range []bool{true, false} {
		asked := 0
		past, err := history.DecodeAsking("results.json", strings.NewReader(whole), func(p *history.Past) bool {
			asked++
			assert.Equal(t, "city", p.CriteriaID)
			assert.NotZero(t, p.Year)
			assert.Empty(t, p.Agencies)
			return wanted
		})
		require.NoError(t, err)
		assert.Equal(t, 1, asked)
		assert.Equal(t, wanted, past.HasAnswers())
		assert.Equal(t, withAnswers(t, whole).Agencies, past.Agencies)
	}
}

// What is damaged in an agency's answers is told with its line, as everywhere.
func TestDecodeWithAnswersRefuses(t *testing.T) {
	whole := lastResults(t)
	for name, text := range map[string]string{
		"inputs are no object": strings.Replace(whole, `"inputs":{"n":38`, `"inputs":[38`, 1),
		"half a file":          whole[:len(whole)/2],
		"no results":           "[]",
		"draft":                strings.Replace(whole, `"status":"final"`, `"status":"draft"`, 1),
	} {
		past, err := history.DecodeWithAnswers("results.json", strings.NewReader(text))
		assert.Error(t, err, name)
		assert.Nil(t, past, name)
	}
}
