package rehearsal_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/rehearsal"
	"github.com/opendti/dti/scoring/submission"
)

// TestLeft holds why indicators are not carried.
func TestLeft(t *testing.T) {
	for name, test := range map[string]struct {
		replace []string
		want    []string
	}{
		"nothing":        {nil, nil},
		"new":            {[]string{"{id: C, name", "{id: C8, name"}, []string{"C8 new, this round did not ask it"}},
		"not comparable": {[]string{"{id: C,", "{id: C, from: {id: C, comparable: false},"}, []string{"C the new set says that it cannot be compared with the earlier indicator"}},
		"a new figure":   {[]string{"figures: {staff: {name: {en: Staff}, type: count, min: 1}}", "figures: {posts: {name: {en: Posts}, type: count, min: 1}}", "over: figures.staff", "over: figures.posts"}, []string{"A this round has no “Posts”"}},
		"a new input":    {[]string{"inputs: {computers: {type: count}}", "inputs: {computers: {name: {en: New ones}, type: count}, old: {name: {en: Old ones}, type: count}}", "of: computers", "of: [computers, -old]"}, []string{"A this round has no “Old ones”"}},
		"another type":   {[]string{"score: {kind: yes_no}", "score: {kind: per_unit, each: 6}"}, []string{"C the type of “Training” changes: yes_no → count"}},
		"only its name":  {[]string{"inputs: {computers: {type: count}}", "inputs: {laptops: {type: count}}", "of: computers", "of: laptops"}, nil},
		"a whole number": {[]string{"inputs: {computers: {type: count}}", "inputs: {computers: {type: number}}"}, nil},
		"unread input":   {[]string{"inputs: {computers: {type: count}}", "inputs: {computers: {name: {en: PCs}, type: count}, why: {name: {en: Why}, type: text}}"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := rehearsal.NewCarriage(load(t, edition), load(t, edition, test.replace...))
			var told []string
			for _, l := range c.Left {
				told = append(told, l.Indicator.ID+" "+locale.MustFor("en").Note(l.Why))
				assert.False(t, c.Covers(l.Indicator.ID))
			}
			assert.Equal(t, test.want, told)
		})
	}
}

// carried is a's submission as changed, under another set, and which indicators its own answers do not fit.
func carried(t *testing.T, change func(*submission.Submission), replace ...string) (submission.Submission, []string) {
	t.Helper()
	round := oldRound(t)
	sub := round.Submissions["a"]
	change(&sub)
	return rehearsal.NewCarriage(round.Set, load(t, edition, replace...)).Submission(sub, "dept")
}

func TestCarriedSubmission(t *testing.T) {
	c8 := []string{"{id: C, name", "{id: C8, from: {id: C}, name"}
	award := submission.Award{Points: decimal.NewFromInt(3), Decision: submission.Decision{Indicator: "C"}}
	reviewed := func(s *submission.Submission) {
		s.Awards = map[string]submission.Award{"C": award}
		s.Applied = map[string]submission.Decision{"C": award.Decision}
		s.Waived = map[string]bool{"C": true}
		s.Evidence = map[string][]submission.Evidence{"C": {{Text: "12/BC"}}}
	}
	sub, unfit := carried(t, reviewed, append(c8, "points: 6", "points: 8")...)
	assert.Empty(t, unfit)
	assert.Equal(t, "4", sub.Awards["C8"].Points.String(), "half of the points then, half of them now")
	assert.Contains(t, sub.Applied, "C8")
	assert.True(t, sub.Waived["C8"])
	assert.Equal(t, "12/BC", sub.Evidence["C8"][0].Text)
	assert.True(t, sub.Answers.At(submission.Key{Indicator: "C8", Input: "value"}).Value.Equal(rule.YesNoOf(true)))

	put := func(indicator string, v rule.Value) func(*submission.Submission) {
		return func(s *submission.Submission) {
			s.Answers.Put(submission.Key{Indicator: indicator, Input: "value"}, submission.Answer{Value: v})
		}
	}
	_, unfit = carried(t, put("B", rule.NotApplicableValue()))
	assert.Empty(t, unfit)
	_, unfit = carried(t, put("B", rule.NotApplicableValue()), "not_applicable: {allowed: true}, ", "")
	assert.Equal(t, []string{"B"}, unfit, "nobody may say so any more")
	sub, unfit = carried(t, put("D", rule.InvalidValue()))
	assert.Empty(t, unfit)
	assert.True(t, sub.Answers.At(submission.Key{Indicator: "D", Input: "value"}).Value.IsInvalid())
	gone := []string{"{id: part, name: {en: Part}, share: 0.5}, ", ""}
	_, unfit = carried(t, func(*submission.Submission) {}, gone...)
	assert.Equal(t, []string{"D"}, unfit)
	_, unfit = carried(t, func(s *submission.Submission) { s.Awards = map[string]submission.Award{"D": {}} }, gone...)
	assert.Empty(t, unfit, "a review fixed its points")
	_, unfit = carried(t, func(*submission.Submission) {}, append([]string{"{id: D,", "{id: D, for: [ward],"}, gone...)...)
	assert.Empty(t, unfit, "it does not concern the agency")
	sub, unfit = carried(t, func(*submission.Submission) {}, "type: count, min: 1", "type: count, min: 100")
	assert.Equal(t, []string{"A"}, unfit, "who reads the figure")
	assert.Equal(t, map[string]bool{"A": true}, sub.LeftOut)
}

func TestEvidenceThatNobodyAskedForIsPresumed(t *testing.T) {
	demand := []string{"{id: C,", "{id: C, evidence: {required: true, without: zero},"}
	r := rehearsal.Rehearse(oldRound(t), load(t, edition, demand...))
	assert.Equal(t, []string{"C"}, r.Carriage.Presumed)
	assert.Equal(t, "a 1→1 18→18, b 2→2 16→16, c 3→3 12→12, d 4→4 10.5→10.5", places(r.Groups[0]))

	asked := oldRound(t)
	asked.Set = load(t, edition, "{id: C,", "{id: C, evidence: {required: true},")
	r = rehearsal.Rehearse(asked, load(t, edition, demand...))
	assert.Empty(t, r.Carriage.Presumed)
	assert.Equal(t, "a 1→1 18→12, c 3→1 12→12, b 2→3 16→10, d 4→4 10.5→4.5", places(r.Groups[0]), "they were asked and sent none")
}

// A claim that a review cut down is carried as the review left it.
func TestFinalAnswersAreCarried(t *testing.T) {
	round := oldRound(t)
	round.Reviewed = true
	round.Decisions = []submission.Decision{
		{Agency: "a", Indicator: "B", Input: "value", Stage: submission.Review, Verdict: submission.Set, Value: num("3"), Reason: "measured"},
		{Agency: "a", Indicator: "C", Stage: submission.Review, Verdict: submission.Reject, Reason: "no list"},
	}
	r := rehearsal.Rehearse(round, load(t, edition, "points: 6", "points: 4"))
	s, ok := r.Shift("a")
	require.True(t, ok)
	assert.Equal(t, "10 10", s.Was.Score.String()+" "+s.Now.Score.String())
	trace, _ := r.After.Result("a")
	assert.Equal(t, "review-rejected", trace.Root.Pillars[1].Indicators[0].Because.Kind)
	assert.Nil(t, r.Why("nobody"))
	_, ok = r.Shift("nobody")
	assert.False(t, ok)
}

// Points of a review are out of the scale where the indicator has none.
func TestAwardUnderAMean(t *testing.T) {
	mean := []string{"scale: points", "scale: 10", "    name: {en: People}\n", "    name: {en: People}\n    combine: mean\n    points: 10\n", "points: 6, ", "", "points: 4, ", ""}
	round := oldRound(t)
	round.Set = load(t, edition, mean...)
	round.Decisions = []submission.Decision{{Agency: "a", Indicator: "C", Stage: submission.Review, Verdict: submission.Set, Points: rule.Optional{Value: decimal.NewFromInt(5), Set: true}}}
	mean[1] = "scale: 20"
	r := rehearsal.Rehearse(round, load(t, edition, mean...))
	s, _ := r.Shift("a")
	assert.Equal(t, "7.5 15", s.Was.Score.String()+" "+s.Now.Score.String())
	addsUp(t, r)
}

// What nobody answered counts under no policy of the newer set, not even for its cohort.
func TestLeftOutCountsNowhere(t *testing.T) {
	for _, policy := range []string{"not_applicable: full", "not_applicable: zero", "missing: {answer: zero, max_share: 0}"} {
		set := load(t, edition, "scale: points", "scale: points\n"+policy, "      - {id: C,", "      - {id: E, name: {en: New}, points: 5, score: {kind: best}}\n      - {id: C,")
		r := rehearsal.Rehearse(oldRound(t), set)
		assert.Equal(t, "a 1→1 18→22.5, b 2→2 16→20, c 3→3 12→15, d 4→4 10.5→13.13", places(r.Groups[0]), policy)
	}
}

// Groups of agencies may go; an agency of a group that is gone is told.
func TestGoneGroup(t *testing.T) {
	r := rehearsal.Rehearse(oldRound(t), load(t, edition, "groups: {dept: {en: Departments}, ward: {en: Wards}}", "groups: {dept: {en: Departments}}"))
	require.Len(t, r.Gone, 1)
	assert.Equal(t, "ward", r.Gone[0].Group.ID)
	assert.Equal(t, 1, r.Gone[0].Agencies)
	assert.Len(t, r.Groups, 1)
	assert.Nil(t, r.Why("w"))
	overtook, overtaken := r.Passed("w")
	assert.Equal(t, 0, overtook+overtaken)
}
