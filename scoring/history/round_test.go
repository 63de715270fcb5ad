package history_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// edition is a small criteria set: two pillars and five indicators, one of them without public answers and one that is
// not published at all.
const edition = `schema: dti.criteria/v1
id: example
version: "2019"
title: {vi: Bộ chỉ số ví dụ, en: Example index}
languages: [vi, en]
scale: 100
groups:
  department: {vi: "Sở, ban, ngành", en: Departments}
  ward: {vi: Phường, en: Wards}
ratings:
  - {id: good, name: {vi: Tốt, en: Good}, from: 80}
  - {id: fair, name: {vi: Khá, en: Fair}, from: 50}
  - {id: weak, name: {vi: Yếu, en: Weak}, from: 0}
rounding: {indicator: 2, total: 2}
figures:
  staff: {name: {vi: Tổng số CBCC, en: Staff}, type: count}
pillars:
  - id: infrastructure
    no: "1"
    name: {vi: Hạ tầng, en: Infrastructure}
    indicators:
      - id: INF-1
        no: "1.1"
        name: {vi: Tỷ lệ có máy tính, en: Computers}
        points: 40
        inputs: {computers: {name: {vi: Số máy tính, en: Computers}, type: count}}
        score: {kind: ratio, of: computers, over: figures.staff}
        from: {id: HT-1, comparable: true}
      - id: SEC-1
        no: "1.2"
        name: {vi: An toàn thông tin, en: Security}
        points: 10
        score: {kind: yes_no}
        public: points
  - id: application
    no: "2"
    name: {vi: Ứng dụng, en: Application}
    indicators:
      - id: APP-1
        no: "2.1"
        name: {vi: Văn bản điện tử, en: Electronic documents}
        points: 30
        inputs: {value: {name: {vi: Tỷ lệ, en: Rate}, type: number}}
        score: {kind: best, of: value}
      - id: APP-2
        no: "2.2"
        name: {vi: Mức độ, en: Level}
        points: 15
        score: {kind: choice, options: [{id: a, name: {vi: Mức A, en: Level A}, share: 1}, {id: b, name: {vi: Mức B, en: Level B}, share: 0.5}]}
      - id: APP-3
        no: "2.3"
        name: {vi: Nội bộ, en: Internal}
        points: 5
        inputs: {value: {name: {vi: Số, en: Number}, type: number}}
        score: {kind: linear, of: value, worst: 0, best: 7919}
        public: none
`

func loadSet(t testing.TB, text string) *criteria.Set {
	t.Helper()
	set, err := criteria.Load("example.yaml", []byte(text))
	require.NoError(t, err)
	return set
}

func num(s string) rule.Value { return rule.NumberOf(decimal.RequireFromString(s)) }

// answers fills an agency's submission; every answer has a place.
func answers(code string, values map[string]rule.Value) submission.Submission {
	s := submission.Submission{
		Agency: code, Sent: true, Files: []string{"submissions/" + code + ".xlsx"},
		Evidence: map[string][]submission.Evidence{},
	}
	entered, row := map[submission.Key]submission.Answer{}, 10
	for _, key := range []submission.Key{
		{Indicator: criteria.FiguresID, Input: "staff"},
		{Indicator: "INF-1", Input: "computers"},
		{Indicator: "SEC-1", Input: "value"},
		{Indicator: "APP-1", Input: "value"},
		{Indicator: "APP-2", Input: "value"},
		{Indicator: "APP-3", Input: "value"},
	} {
		row++
		if v, ok := values[key.String()]; ok {
			place := diag.Place{File: "submissions/" + code + ".xlsx", Sheet: "Tự đánh giá", Row: row, Col: 6}
			entered[key] = submission.Answer{Value: v, Place: place}
		}
	}
	s.Answers = submission.AnswersOf(nil, entered)
	return s
}

// round is four departments, of which two are tied and one is not ranked, with a missing answer and a decision, and a
// ward. Confidential values hold the word "secret".
func round(t testing.TB) *submission.Round {
	t.Helper()
	r := &submission.Round{
		ID: "example-2019", Title: criteria.Text{"vi": "Xếp hạng 2019", "en": "Ranking 2019"}, Year: 2019,
		Set: loadSet(t, edition), Submissions: map[string]submission.Submission{}, Reviewed: true,
		Release: submission.Release{Status: submission.Final, Revision: 1, Decision: "12/QĐ-UBND", Date: "2020-10-29", Contact: "dti@example.vn", Licence: "CC BY 4.0"},
		Agencies: []submission.Agency{
			{Code: "so-a", Name: criteria.Text{"vi": "Sở A", "en": "Department A"}, Group: "department"},
			{Code: "so-b", Name: criteria.Text{"vi": "Sở B"}, Group: "department", Aliases: []string{"so-b-cu"}},
			{Code: "so-c", Name: criteria.Text{"vi": `=HYPERLINK("x") </script><script>alert(1)</script> __f__alert(1)__f__`}, Group: "department"},
			{Code: "so-d", Name: criteria.Text{"vi": "Sở D"}, Group: "department", Unranked: true, Reason: "mới thành lập"},
			{Code: "001", Name: criteria.Text{"vi": "Phường Một"}, Group: "ward", Parent: "Quận Nhất"},
		},
	}
	full := func(code, computers, level string) {
		r.Submissions[code] = answers(code, map[string]rule.Value{
			"figures.staff": num("40"), "INF-1.computers": num(computers), "SEC-1.value": rule.YesNoOf(true),
			"APP-1.value": num("62.5"), "APP-2.value": rule.OptionsOf(level), "APP-3.value": num("7919"),
		})
	}
	full("so-a", "38", "a")
	full("so-b", "30", "b")
	full("so-c", "30", "b")
	full("so-d", "40", "a")
	r.Submissions["001"] = answers("001", map[string]rule.Value{"figures.staff": num("3"), "INF-1.computers": num("1")})
	secrets(r)
	return r
}

// secrets plants what must never be published.
func secrets(r *submission.Round) {
	s := r.Submissions["so-a"]
	s.Filler, s.Approver, s.Letter = "secret filler", "secret approver", "secret letter"
	s.Remarks = map[string]string{"INF-1": "secret remark"}
	s.Evidence["INF-1"] = []submission.Evidence{{Text: "secret evidence https://secret.example/1"}}
	r.Submissions["so-a"] = s
	r.Decisions = []submission.Decision{{
		Agency: "so-a", Indicator: "APP-2", Input: "value", Stage: submission.Review, Verdict: submission.Set, Value: rule.OptionsOf("b"),
		Reason: "secret reason", Reviewer: "secret reviewer", Place: diag.Place{File: "reviews/secret.csv", Row: 2, Col: 1},
	}}
	r.Problems.Warn(diag.Place{File: "submissions/so-c.xlsx", Sheet: "Tự đánh giá", Row: 14, Col: 6}, "past-no-code", 3)
	r.Problems.Add(diag.Problem{Place: diag.Place{File: "secret/path.csv", Row: 3}, Kind: "past-agency-twice", Args: []any{"so-\"x\""}, Severity: diag.Error, Settled: true})
}

// many is a round of n agencies with so many ratio indicators.
func many(t testing.TB, agencies, indicators int) *submission.Round {
	t.Helper()
	var b strings.Builder
	b.WriteString("schema: dti.criteria/v1\nid: many\nversion: \"1\"\ntitle: {vi: Nhiều, en: Many}\nlanguages: [vi, en]\nscale: 100\n" +
		"groups: {ward: {vi: Phường, en: Wards}}\nrounding: {indicator: 2, total: 2}\npillars:\n")
	for i := range indicators {
		if i%20 == 0 {
			fmt.Fprintf(&b, "  - id: P%d\n    name: {vi: Nhóm, en: Pillar}\n    indicators:\n", i/20)
		}
		fmt.Fprintf(&b, "      - {id: I-%d, name: {vi: Chỉ số, en: Indicator}, points: 1, inputs: {a: {name: {vi: A, en: A}, type: count}, "+
			"b: {name: {vi: B, en: B}, type: count}}, score: {kind: ratio, of: a, over: b}}\n", i)
	}
	r := &submission.Round{ID: "many", Year: 2019, Set: loadSet(t, b.String()), Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: submission.Final, Revision: 1}}
	for i := range agencies {
		code := fmt.Sprintf("a%05d", i)
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": code}, Group: "ward"})
		s := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(r.Set)}
		for k := range indicators {
			id, place := fmt.Sprintf("I-%d", k), diag.Place{File: "table.csv", Row: i + 2, Col: 2*k + 2}
			s.Answers.Put(submission.Key{Indicator: id, Input: "a"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64((i*7 + k) % 97))), Place: place})
			s.Answers.Put(submission.Key{Indicator: id, Input: "b"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64(97 + k))), Place: place})
		}
		r.Submissions[code] = s
	}
	return r
}
