package reports_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const csvEdition = `schema: dti.criteria/v1
id: example
version: "2019"
title: {vi: Bộ chỉ số, en: Index}
languages: [vi, en]
scale: 100
groups: {department: {vi: Sở, en: Departments}}
ratings: [{id: good, name: {vi: Tốt, en: Good}, from: 80}, {id: weak, name: {vi: Yếu, en: Weak}, from: 0}]
rounding: {indicator: 2, total: 2}
pillars:
  - id: infrastructure
    name: {vi: Hạ tầng, en: Infrastructure}
    indicators:
      - {id: INF-1, name: {vi: Máy tính, en: Computers}, points: 60, inputs: {value: {name: {vi: Tỷ lệ, en: Rate}, type: number}}, score: {kind: linear, worst: 0, best: 3}}
  - id: application
    name: {vi: Ứng dụng, en: Application}
    indicators:
      - {id: APP-1, name: {vi: Trang tin, en: Website}, points: 40, score: {kind: yes_no}, when: web}
`

func csvRound(t *testing.T) *submission.Round {
	t.Helper()
	set, err := criteria.Load("example.yaml", []byte(csvEdition))
	require.NoError(t, err)
	r := &submission.Round{ID: "r", Year: 2019, Set: set, Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: submission.Final, Revision: 1}}
	add := func(code, name, value string, tags ...string) {
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": name}, Group: "department", Tags: tags})
		r.Submissions[code] = submission.Submission{Agency: code, Sent: true, Remarks: map[string]string{"INF-1": "secret"}, Answers: submission.AnswersOf(set, map[submission.Key]submission.Answer{
			{Indicator: "INF-1", Input: "value"}: {Value: rule.NumberOf(decimal.RequireFromString(value))},
			{Indicator: "APP-1", Input: "value"}: {Value: rule.YesNoOf(true)},
		})}
	}
	add("001", `=HYPERLINK("x")`, "2", "web")
	add("-2", "@Sở, \"B\"\n", "2", "web")
	add("c", "\tC", "1")
	add("d", "+D", "3", "web")
	r.Agencies[3].Unranked = true
	return r
}

func TestWriteCSV(t *testing.T) {
	ranking := scoring.Rank(csvRound(t))
	past, problems := history.FromStandings(2018, "", []submission.PastStanding{
		{Code: "001", Rank: 2, Score: rule.Optional{Value: decimal.RequireFromString("70.50"), Set: true}}, {Code: "c", Rank: 1},
	})
	require.Empty(t, problems)
	var b bytes.Buffer
	require.NoError(t, reports.WriteCSV(&b, ranking, history.Compare(ranking, past)))
	text, ok := strings.CutPrefix(b.String(), "\ufeff")
	require.True(t, ok, "a byte order mark, by which Excel knows UTF-8")
	assert.NotContains(t, text, "secret")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, [][]string{
		{"code", "name", "group", "status", "rank", "tied", "score", "of", "percent", "rating", "previous_score", "previous_of", "previous_comparable", "previous_rank", "previous_of_ranked", "pillar:infrastructure", "pillar:application"},
		{"'-2", "'@Sở, \"B\"\n", "department", "ranked", "1", "true", "80.00", "100", "80.00", "good", "", "", "", "", "", "40.00", "40.00"},
		{"001", `'=HYPERLINK("x")`, "department", "ranked", "1", "true", "80.00", "100", "80.00", "good", "70.50", "", "false", "2", "2", "40.00", "40.00"},
		{"c", "'\tC", "department", "ranked", "3", "false", "33.33", "100", "33.33", "weak", "", "", "", "1", "2", "20.00", ""},
		{"d", "'+D", "department", "unranked", "", "", "100.00", "100", "100.00", "", "", "", "", "", "", "60.00", "40.00"},
	}, rows)
}

// A total out of another maximum stands beside that maximum, and beside whether it compares.
func TestWriteCSVOfAnotherMaximum(t *testing.T) {
	was := func(of int64, comparable bool) history.Change {
		return history.Change{Year: 2018, HasScore: true, Score: decimal.New(7050, -1), Of: decimal.NewFromInt(of), Comparable: comparable}
	}
	var b bytes.Buffer
	cmp := history.Comparison{Year: 2018, Agencies: map[string]history.Change{"001": was(1000, false), "c": was(100, true)}}
	require.NoError(t, reports.WriteCSV(&b, scoring.Rank(csvRound(t)), cmp))
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"705.0", "1000", "false"}, rows[2][10:13])
	assert.Equal(t, []string{"705.0", "100", "true"}, rows[3][10:13])
	assert.Equal(t, []string{"", "", ""}, rows[1][10:13])
}

// Views have columns after the pillars; where one does not apply, the cell is empty.
func TestWriteCSVOfViews(t *testing.T) {
	r := csvRound(t)
	var err error
	r.Set, err = criteria.Load("example.yaml", []byte(csvEdition+"views: [{id: site, name: {vi: Trang tin, en: Site}, of: [{id: APP-1}]}, {id: all, name: {vi: Cả, en: All}, of: [{id: INF-1}, {id: application}]}]\n"))
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, reports.WriteCSV(&b, scoring.Rank(r), history.Comparison{}))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	var views [][]string
	for _, row := range rows {
		views = append(views, append(row[:1:1], row[15:]...))
	}
	assert.Equal(t, [][]string{
		{"code", "pillar:infrastructure", "pillar:application", "view:site", "view:all"},
		{"'-2", "40.00", "40.00", "100.00", "83.33"},
		{"001", "40.00", "40.00", "100.00", "83.33"},
		{"c", "20.00", "", "", "33.33"},
		{"d", "60.00", "40.00", "100.00", "100.00"},
	}, views)
}

type noRoom struct{}

var errFull = errors.New("disk full")

func (noRoom) Write([]byte) (int, error) { return 0, errFull }

// A pillar has the decimals of the points that it adds up, not those of the total.
func TestWriteCSVOfExactPillars(t *testing.T) {
	tests := map[string]struct{ rounding, score, pillar string }{
		"indicators are not rounded": {"{total: 0}", "4", "2.469134"}, // without web out of 60, brought to 100
		"indicators are rounded":     {"{indicator: 3, total: 0}", "4", "2.469"},
		"neither is":                 {"{}", "4.11522333333", "2.469134"},
		"totals are not rounded":     {"{indicator: 0}", "3.33333333333", "2"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := csvRound(t)
			set, err := criteria.Load("example.yaml", []byte(strings.Replace(csvEdition, "rounding: {indicator: 2, total: 2}", "rounding: "+tt.rounding, 1)))
			require.NoError(t, err)
			r.Set = set
			answers := submission.AnswersOf(set, map[submission.Key]submission.Answer{
				{Indicator: "INF-1", Input: "value"}: {Value: rule.NumberOf(decimal.RequireFromString("0.1234567"))},
			})
			r.Submissions["c"] = submission.Submission{Agency: "c", Sent: true, Answers: answers}
			var b bytes.Buffer
			require.NoError(t, reports.WriteCSV(&b, scoring.Rank(r), history.Comparison{}))
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
			require.NoError(t, err)
			require.Equal(t, "c", rows[3][0])
			assert.Equal(t, tt.score, rows[3][6])
			assert.Equal(t, tt.pillar, rows[3][15])
		})
	}
}

func TestWriteCSVWriterFails(t *testing.T) {
	require.ErrorIs(t, reports.WriteCSV(noRoom{}, scoring.Rank(csvRound(t)), history.Comparison{}), errFull)
}
