package html_test

import (
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// Names that would run if any writer trusted them.
const (
	scriptName  = `</script><script>alert(1)</script>`
	markerName  = `__f__alert(document.domain)__f__`
	formulaName = `=HYPERLINK("http://evil.example","x")`
	imageName   = `"><img src=x onerror=alert(1)>' {{.}}`
)

// secrets must never be published; each stands in the round where a careless writer would find it.
var secrets = []string{
	"SECRET-REVIEWER", "SECRET-FILLER", "SECRET-APPROVER", "SECRET-REMARK", "SECRET-EVIDENCE", "secret-file.xlsx", "SECRET-PROBLEM", "SECRET-ANSWER-REASON",
}

// twoViews are views of the small set, one with a name that would run.
const twoViews = `views:
  - {id: government, no: A, name: {vi: 'Chính quyền số <script>alert(2)</script>', en: Digital government}, of: [{id: infrastructure, weight: 2}, {id: POL-1, weight: 0.5}]}
  - {id: weakest, name: {vi: Mắt xích yếu nhất, en: The weakest link}, combine: min, of: [{id: infrastructure}, {id: policy}]}
`

func number(n int64) rule.Value { return rule.NumberOf(decimal.NewFromInt(n)) }

// small is a round of two groups: departments with a tie, a missing answer, an overruled one and one that is not ranked;
// a single ward.
func small(t testing.TB, status submission.Status) (*scoring.Ranking, history.Comparison) {
	t.Helper()
	data, err := os.ReadFile("../view/testdata/small.yaml")
	require.NoError(t, err)
	set, err := criteria.Load("small.yaml", append(data, twoViews...))
	require.NoError(t, err)
	round := &submission.Round{
		ID: "2025", Year: 2025, Title: rule.Text{"vi": "Xếp hạng năm 2025", "en": "Ranking 2025"}, From: "2025-01-01", To: "2025-12-31",
		Set: set, Submissions: map[string]submission.Submission{}, Digest: "d1ge57",
		Release:     submission.Release{Status: status, Revision: 2, Decision: "99/TB-UBND", Date: "2026-01-20", Contact: "lien-he@example.gov.vn", Licence: "CC BY 4.0", URL: "https://dti.example.gov.vn/"},
		Corrections: []submission.Correction{{Revision: 2, Date: "2026-01-20", Reason: rule.Text{"vi": "Nhập nhầm " + scriptName}}},
		Reviewed:    true,
	}
	round.Problems.Fault(diag.Place{File: "secret-file.xlsx"}, "SECRET-PROBLEM", "SECRET-PROBLEM")
	agencies := []struct {
		code, name, group         string
		computers, staff          int64
		network                   bool
		plan                      string
		security                  bool
		unranked, reason, english string
	}{
		{"so-a", scriptName, "department", 38, 40, true, "done", true, "", "", "Department A"},
		{"so-b", markerName, "department", 20, 40, true, "done", true, "", "", ""},
		{"so-c", formulaName, "department", 20, 40, true, "done", true, "", "", ""},
		{"so-d", imageName, "department", 40, 40, false, "", false, "", "", ""},
		{"so-e", "Sở Y tế", "department", 10, 40, true, "draft", true, "yes", "mới thành lập <i>", ""},
		{"p-1", "Phường Hòa An", "ward", 1, 3, true, "draft", false, "", "", ""},
	}
	for _, a := range agencies {
		agency := submission.Agency{
			Code: a.code, Name: rule.Text{"vi": a.name}, Group: a.group, Unranked: a.unranked != "", Reason: a.reason, Aliases: []string{"bí danh " + a.code},
		}
		if a.english != "" {
			agency.Name["en"] = a.english
		}
		round.Agencies = append(round.Agencies, agency)
		sub := submission.Submission{
			Agency: a.code, Sent: true, Files: []string{"submissions/secret-file.xlsx"}, Answers: submission.NewAnswers(round.Set),
			Evidence: map[string][]submission.Evidence{"INF-1": {{Text: "SECRET-EVIDENCE", Place: diag.Place{File: "secret-file.xlsx"}}}},
			Remarks:  map[string]string{"INF-1": "SECRET-REMARK"}, Filler: "SECRET-FILLER", Approver: "SECRET-APPROVER",
		}
		put := func(indicator, input string, v rule.Value) {
			sub.Answers.Put(submission.Key{Indicator: indicator, Input: input}, submission.Answer{Value: v, Place: diag.Place{File: "secret-file.xlsx", Sheet: "S", Row: 1, Col: 1}})
		}
		put(criteria.FiguresID, "staff", number(a.staff))
		put("INF-1", "computers", number(a.computers))
		put("INF-2", "value", rule.YesNoOf(a.network))
		if a.plan != "" {
			put("POL-1", "value", rule.OptionsOf(a.plan))
		}
		put("SEC-1", "value", rule.YesNoOf(a.security))
		put("SEC-2", "value", rule.YesNoOf(a.security))
		put("BON-1", "value", number(1))
		round.Submissions[a.code] = sub
	}
	round.Decisions = []submission.Decision{
		{Agency: "so-a", Indicator: "INF-1", Input: "computers", Stage: submission.Review, Verdict: submission.Set, Value: number(36), Reason: "Thiếu biên bản " + scriptName, Reviewer: "SECRET-REVIEWER"},
		{Agency: "so-a", Indicator: "SEC-1", Stage: submission.Review, Verdict: submission.Accept, Reason: "SECRET-ANSWER-REASON", Reviewer: "SECRET-REVIEWER"},
	}
	ranking := scoring.Rank(round)
	return ranking, history.Compare(ranking, earlier())
}

// earlier is the round before: so-b was third, so-d first, so-c new.
func earlier() *history.Past {
	past := func(rank int, score string) history.PastAgency {
		return history.PastAgency{Group: "department", Score: decimal.RequireFromString(score), Of: decimal.NewFromInt(100), Ranked: true, Rank: rank, Rating: "fair"}
	}
	return &history.Past{
		RoundID: "2024", Year: 2024, Title: rule.Text{"vi": "2024"}, CriteriaID: "example-small", CriteriaVersion: "2024", Status: "final",
		Groups: map[string]history.PastGroup{"department": {
			Year: 2024, Agencies: 3, Ranked: 3, Mean: decimal.NewFromInt(70), Median: decimal.NewFromInt(71), HasMean: true,
			Ratings: map[string]int{"good": 1, "fair": 2},
		}},
		Agencies: map[string]history.PastAgency{"so-a": past(2, "71"), "so-b": past(3, "66"), "so-d": past(1, "84")},
	}
}
