package workings_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/workings"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// submitted is the form as the engine reads it.
func (f form) submitted() submission.Submission {
	sub := submission.Submission{
		Sent: true, Answers: submission.NewAnswers(f.set), Evidence: map[string][]submission.Evidence{}, Remarks: f.remarks,
	}
	for key, e := range f.answers {
		if !f.absent[key] && !e.value.IsMissing() {
			sub.Answers.Put(key, submission.Answer{Value: e.value})
		}
	}
	for id, text := range f.evidence {
		if text != "" {
			sub.Evidence[id] = []submission.Evidence{{Text: text}}
		}
	}
	return sub
}

// compare holds every number of the sheet against the engine's.
func (f form) compare(t tester, w *workings.Workings) {
	t.Helper()
	res := scoring.Estimate(f.set, map[string]map[string][]rule.Bound{f.agency.Group: f.bounds}).Score(scoring.Entrant{Agency: f.agency, Submission: f.submitted()})
	file := f.write(t, w)
	defer func() { _ = file.Close() }()
	r := reading{t, file}
	r.node(w, res.Root)
	r.pillar(w, res.Root)
	for _, p := range f.set.Root.Pillars {
		if !p.Concerns(f.agency.Group) {
			score, of, applies := w.Pillar(p.ID)
			assert.Empty(t, score+of+applies, p.ID)
		}
	}
	r.same(w.Total().Score, res.Score, "total")
	r.same(w.Total().Of, res.Of, "of")
	r.same(w.Total().Percent, res.Percent, "percent")
	rating, _ := f.set.RatingOf(res.Score, res.Of)
	assert.Equal(t, rating.Name["en"], r.text(w.Total().Rating), "rating")
	n := tally(res.Root)
	assert.Equal(t, []int{n[rule.Scored], n[0], n[rule.Missing], n[rule.Invalid]}, []int{
		r.whole(w.Total().Answered), r.whole(w.Total().Asked), r.whole(w.Total().Missing), r.whole(w.Total().Unread),
	}, "answered, asked, missing, unread")
}

func (r reading) whole(reference string) int {
	r.t.Helper()
	n, err := strconv.Atoi(r.text(reference))
	require.NoError(r.t, err)
	return n
}

// same compares a cell with a number of the engine, which may have more decimals than a spreadsheet.
func (r reading) same(reference string, want decimal.Decimal, what string) {
	r.t.Helper()
	got := r.number(reference)
	assert.True(r.t, got.Sub(want).Abs().LessThan(decimal.New(1, -8)), "%s: %s in the sheet, %s by the engine", what, got, want)
}

func (r reading) pillar(w *workings.Workings, p scoring.PillarResult) {
	r.t.Helper()
	score, of, applies := w.Pillar(p.Pillar.ID)
	r.same(score, p.Score, "pillar "+p.Pillar.ID)
	r.same(of, p.Of, "of pillar "+p.Pillar.ID)
	want := "0"
	if p.Applies {
		want = "1"
	}
	assert.Equal(r.t, want, r.text(applies), "pillar %s applies", p.Pillar.ID)
	for _, child := range p.Pillars {
		r.pillar(w, child)
	}
}

func (r reading) node(w *workings.Workings, p scoring.PillarResult) {
	r.t.Helper()
	for _, child := range p.Pillars {
		r.node(w, child)
	}
	for _, ind := range p.Indicators {
		id := ind.Indicator.ID
		assert.Equal(r.t, ind.Status, rule.Status(r.whole(w.Status(id))), "status of %s: the engine says %s", id, ind.Status)
		r.same(w.Points(id), ind.Score, "points of "+id)
	}
}

// tally counts indicators by status; those that apply under 0.
func tally(p scoring.PillarResult) map[rule.Status]int {
	n := map[rule.Status]int{}
	for _, child := range p.Pillars {
		for status, more := range tally(child) {
			n[status] += more
		}
	}
	for _, ind := range p.Indicators {
		n[ind.Status]++
		if ind.Status != rule.NotApplicable {
			n[0]++
		}
	}
	return n
}

// draw fills in a form at random.
func draw(t *rapid.T, set *criteria.Set, tags []string) form {
	group := rapid.SampledFrom(set.Groups).Draw(t, "group")
	f := form{
		set: set, agency: submission.Agency{Code: "a", Group: group.ID, Tags: tags}, answers: map[criteria.Key]entry{},
		evidence: map[string]string{}, remarks: map[string]string{},
	}
	for _, in := range set.Figures {
		key := criteria.Key{Indicator: criteria.FiguresID, Input: in.ID}
		f.answers[key] = drawEntry(t, key.String(), nil, in)
	}
	for ind := range set.Root.AllIndicators() {
		if !ind.Concerns(group.ID) || ind.When != "" && !f.agency.HasTag(ind.When) {
			continue
		}
		for _, in := range ind.Inputs {
			key := criteria.Key{Indicator: ind.ID, Input: in.ID}
			f.answers[key] = drawEntry(t, key.String(), ind, in)
		}
		if rapid.Bool().Draw(t, "evidence "+ind.ID) {
			f.evidence[ind.ID] = "12/BC-VP"
		}
	}
	return f
}

func drawEntry(t *rapid.T, label string, ind *criteria.Indicator, in criteria.Input) entry {
	if in.By != criteria.ByAgency {
		return entry{}
	}
	switch kind := rapid.IntRange(0, 24).Draw(t, label+" kind"); {
	case kind == 0:
		return entry{}
	case kind == 1:
		return entry{cell: "  "}
	case kind == 2 && in.Type != rule.Free:
		return entry{cell: "38 máy?", value: rule.InvalidValue()}
	case kind <= 4 && ind != nil:
		e := entry{cell: rapid.SampledFrom([]string{"KAD", "N/A", "Không áp dụng", "khong ap dung", "Not Applicable"}).Draw(t, label)}
		e.value = rule.InvalidValue()
		if ind.NotApplicable.Allowed {
			e.value = rule.NotApplicableValue()
		}
		for _, o := range ind.Options(in.ID) {
			if o.Name["vi"] == e.cell {
				e.value = rule.OptionsOf(o.ID) // an option of that name wins
			}
		}
		return e
	}
	return drawAnswer(t, label, ind, in)
}

func drawAnswer(t *rapid.T, label string, ind *criteria.Indicator, in criteria.Input) entry {
	switch in.Type {
	case rule.Count:
		d := decimal.NewFromInt(int64(rapid.SampledFrom([]int{0, 1, 2, 3, 5, 7, 20, 60, 100, 997}).Draw(t, label)))
		return bounded(in, d, d)
	case rule.Number, rule.Points:
		d := decimal.New(int64(rapid.IntRange(-200, 2000).Draw(t, label)), -2)
		return bounded(in, d, d)
	case rule.Percent:
		d := decimal.New(int64(rapid.IntRange(0, 1100).Draw(t, label)), -3)
		return bounded(in, d, d.Shift(2))
	case rule.YesNo:
		yes := rapid.Bool().Draw(t, label)
		word := rapid.SampledFrom(map[bool][]any{
			true:  {"Có", "CÓ ", "đạt", "x", true, 1, "Yes", "Đúng"},
			false: {"Không", "khong dat", false, 0, "No", "Không  đạt", "sai"},
		}[yes]).Draw(t, label+" word")
		return entry{word, rule.YesNoOf(yes)}
	case rule.Choice:
		o := rapid.SampledFrom(ind.Options(in.ID)).Draw(t, label)
		return entry{drawWord(t, label, o), rule.OptionsOf(o.ID)}
	case rule.Choices:
		return drawOptions(t, label, ind.Options(in.ID))
	case rule.Day:
		n := rapid.IntRange(46000, 46500).Draw(t, label)
		return entry{n, rule.DayOf(dayOf(n))}
	default:
		return entry{"words", rule.TextOf("words")}
	}
}

func bounded(in criteria.Input, cell, value decimal.Decimal) entry {
	if in.Min.Set && value.LessThan(in.Min.Value) || in.Max.Set && value.GreaterThan(in.Max.Value) {
		return entry{cell, rule.InvalidValue()}
	}
	return entry{cell, rule.NumberOf(value)}
}

// drawWord is what an answer may call an option.
func drawWord(t *rapid.T, label string, o rule.Option) string {
	words := []string{o.ID, strings.ToUpper(o.ID)}
	for _, lang := range []string{"vi", "en"} {
		if n := o.Name[lang]; n != "" {
			words = append(words, n, strings.ToUpper(n), " "+strings.ReplaceAll(n, " ", "  "))
		}
	}
	return rapid.SampledFrom(words).Draw(t, label+" word")
}

func drawOptions(t *rapid.T, label string, options []rule.Option) entry {
	var ids, words []string
	for _, o := range options {
		if rapid.Bool().Draw(t, label+" "+o.ID) {
			ids = append(ids, o.ID)
			words = append(words, drawWord(t, label, o))
		}
	}
	if len(ids) == 0 {
		return entry{";", rule.OptionsOf()}
	}
	return entry{strings.Join(words, rapid.SampledFrom([]string{";", "; ", " ; "}).Draw(t, label+" separator")), rule.OptionsOf(ids...)}
}

// Test_WorkingsAgreeWithTheEngine compares the shipped set, with and without the tag that some indicators need.
func Test_WorkingsAgreeWithTheEngine(t *testing.T) {
	set := shipped(t)
	rapid.Check(t, func(r *rapid.T) {
		var tags []string
		if rapid.Bool().Draw(r, "tag") {
			tags = []string{"has_procedures"}
		}
		f := draw(r, set, tags)
		f.compare(r, workings.New(f.request()))
	})
}

// dayOf is the day of a serial number.
func dayOf(serial int) rule.Date {
	return rule.Date(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, serial).Format(time.DateOnly))
}
