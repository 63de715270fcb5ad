package history_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func decode(t testing.TB, text string) (*history.Past, diag.Problems) {
	t.Helper()
	past, err := history.Decode("results.json", strings.NewReader(text))
	if err == nil {
		return past, nil
	}
	problems, ok := errors.AsType[diag.Problems](err)
	require.True(t, ok, "%v", err)
	require.Nil(t, past)
	return nil, problems
}

func TestDecode(t *testing.T) {
	past := earlier(t)
	assert.Equal(t, "example-2018", past.RoundID)
	assert.Equal(t, 2018, past.Year)
	assert.Equal(t, "example", past.CriteriaID)
	assert.Equal(t, "2018", past.CriteriaVersion)
	assert.Equal(t, "final", past.Status)
	assert.False(t, past.Plain)
	g := past.Groups["department"]
	assert.Equal(t, "79.10", g.Mean.StringFixed(2))
	assert.True(t, g.HasMean)
	assert.Equal(t, map[string]int{"good": 1, "fair": 2}, g.Ratings)
	a := past.Agencies["so-a"]
	assert.Equal(t, 2, a.Rank)
	assert.Equal(t, "28", a.Indicators["HT-1"].Score.String())
	assert.Equal(t, "50", a.Pillars["infrastructure"].Of.String())
}

// TestDecodeRefuses: a damaged file is a problem with its line, never half a comparison.
func TestDecodeRefuses(t *testing.T) {
	whole, err := os.ReadFile("testdata/earlier.json")
	require.NoError(t, err)
	replaced := func(old, now string) string {
		require.Contains(t, string(whole), old)
		return strings.Replace(string(whole), old, now, 1)
	}
	tests := map[string]struct{ text, want string }{
		"empty":            {"", "past-not-json @ results.json:1"},
		"not JSON":         {"code,score\n", "past-not-json @ results.json:1"},
		"cut off":          {string(whole[:len(whole)/2]), "past-not-json @ results.json:"},
		"text after":       {string(whole) + "x", "past-not-json @ results.json:"},
		"array":            {"[]", "past-not-json @ results.json:1"},
		"other schema":     {replaced("dti.results/v1", "dti.data/v1"), "past-schema @ results.json:1"},
		"no schema":        {replaced(`"schema":"dti.results/v1",`, ""), "past-schema @ results.json"},
		"draft":            {replaced(`"final"`, `"draft"`), "past-draft @ results.json:1"},
		"no year":          {replaced(`"year":2018,`, ""), "past-year @ results.json"},
		"huge number":      {replaced(`"score":80.00`, `"score":1e999999`), "past-number @ results.json:"},
		"long number":      {replaced(`"score":80.00`, `"score":1`+strings.Repeat("0", 99)), "past-number @ results.json:"},
		"rank not whole":   {replaced(`"rank":2`, `"rank":"second"`), "past-type @ results.json:"},
		"score is text":    {replaced(`"score":80.00`, `"score":"good"`), "past-"},
		"twice":            {replaced(`"code":"so-a"`, `"code":"so-b-cu"`), "past-agency-twice @ results.json:"},
		"no code":          {replaced(`"code":"so-a",`, ""), "past-no-code @ results.json:"},
		"no agencies":      {`{"schema":"dti.results/v1","round":{"year":2018}}`, "past-no-agencies @ results.json"},
		"agencies is null": {`{"schema":"dti.results/v1","round":{"year":2018},"agencies":null}`, "past-not-json @ results.json:1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, problems := decode(t, tt.text)
			require.Len(t, problems, 1)
			p := problems[0]
			assert.Contains(t, p.Kind+" @ "+p.Place.String(), tt.want)
			for _, lang := range locale.Langs() {
				assert.NotContains(t, locale.MustFor(lang).Problem(p), "problems.")
				assert.NotContains(t, locale.MustFor(lang).Problem(p), "{")
			}
		})
	}
}

func TestDecodeIsLenientOnWhatIsNotThere(t *testing.T) {
	past, problems := decode(t, `{"extra":[1,{"a":null}],"schema":"dti.results/v1","round":{"year":2018},"agencies":[
		{"code":"a","group":"g","rank":1,"rating":"good"},{"code":"b","group":"g","rank":null,"status":"unranked","score":1.50},{"code":"c","group":"g","rank":2}]}`)
	require.Empty(t, problems)
	assert.False(t, past.Agencies["a"].HasScore)
	assert.Equal(t, "1.50", past.Agencies["b"].Score.StringFixed(2))
	assert.False(t, past.Agencies["b"].Ranked)
	assert.Equal(t, 3, past.Groups["g"].Agencies, "a group that is not described is counted")
	assert.Equal(t, 2, past.Groups["g"].Ranked)
}

func TestDecodeReaderFails(t *testing.T) {
	_, err := history.Decode("results.json", iotest.ErrReader(errFull))
	require.ErrorIs(t, err, errFull)
	_, err = history.Decode("results.json", iotest.TimeoutReader(strings.NewReader(strings.Repeat(" ", 5000))))
	require.ErrorIs(t, err, iotest.ErrTimeout)
}

// TestRoundTrip: results.json decodes to what was encoded.
func TestRoundTrip(t *testing.T) {
	set := loadSet(t, edition)
	rapid.Check(t, func(t *rapid.T) {
		r := &submission.Round{ID: "r", Year: 2019, Set: set, Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: submission.Final, Revision: 1}}
		name := rapid.String()
		for i := range rapid.IntRange(1, 6).Draw(t, "agencies") {
			code := fmt.Sprintf("%d-%s", i, name.Draw(t, "code"))
			r.Agencies = append(r.Agencies, submission.Agency{
				Code: code, Name: criteria.Text{"vi": name.Draw(t, "name")}, Group: rapid.SampledFrom([]string{"department", "ward"}).Draw(t, "group"),
				Unranked: rapid.IntRange(0, 4).Draw(t, "unranked") == 0, Reason: name.Draw(t, "reason"),
			})
			number := func(label string) rule.Value {
				return rule.NumberOf(decimal.New(rapid.Int64Range(0, 1000).Draw(t, label), 0))
			}
			r.Submissions[code] = answers(code, map[string]rule.Value{
				"figures.staff": number("staff"), "INF-1.computers": number("computers"), "APP-3.value": number("internal"),
				"SEC-1.value": rule.YesNoOf(rapid.Bool().Draw(t, "yes")),
			})
		}
		ranking := scoring.Rank(r)
		var b bytes.Buffer
		require.NoError(t, history.Encode(&b, ranking, history.Comparison{}, history.Options{Engine: "dti test"}))
		past, err := history.Decode("results.json", &b)
		require.NoError(t, err)
		require.Len(t, past.Agencies, len(r.Agencies))
		for res := range ranking.Results() {
			sameAgency(t, res, past.Agencies[strings.ToValidUTF8(res.Agency.Code, "\ufffd")])
		}
		same := history.Compare(ranking, past)
		for code, c := range same.Agencies {
			res, _ := ranking.Result(code)
			assert.True(t, c.Comparable, "a round is comparable with itself")
			assert.Equal(t, 0, c.RankChange)
			assert.Equal(t, res.Ranked, c.Moved)
		}
	})
}

func sameAgency(t *rapid.T, res scoring.Result, a history.PastAgency) {
	assert.Equal(t, res.Ranked, a.Ranked)
	assert.Equal(t, res.Rank, a.Rank)
	assert.Equal(t, res.Rating, a.Rating)
	assert.True(t, res.Score.Equal(a.Score), "%s: %s", res.Score, a.Score)
	assert.True(t, res.Of.Equal(a.Of))
	for _, p := range res.Pillars {
		if p.Applies {
			assert.True(t, p.Score.Equal(a.Pillars[p.Pillar.ID].Score))
		}
	}
	for _, p := range res.Root.Pillars {
		for _, ind := range p.Indicators {
			assert.True(t, ind.Score.Equal(a.Indicators[ind.Indicator.ID].Score))
			assert.True(t, ind.Of.Equal(a.Indicators[ind.Indicator.ID].Of))
		}
	}
}

func FuzzDecode(f *testing.F) {
	whole, err := os.ReadFile("testdata/earlier.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"schema":"dti.results/v1","round":{"year":1},"agencies":[{"code":"a","score":-1e30,"pillars":[{"id":"p","pillars":[{}]}]}]}`))
	f.Add([]byte(`{"schema":"dti.results/v1","round":null,"groups":[{"pillars":{"a":{"mean":1}}}],"agencies":[null]}`))
	f.Add([]byte(`{"schema":"dti.results/v1","round":{"year":1},"groups":[{"id":"g","views":{"v":{"mean":1,"combine":"min","parts":{"a":1e40}}}}],"agencies":[{"code":"a","group":"g","views":[{},{"id":"v","score":2}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		past, err := history.Decode("fuzz.json", bytes.NewReader(data))
		if err != nil {
			problems, ok := errors.AsType[diag.Problems](err)
			if !ok || problems.Stopping() == 0 {
				t.Fatalf("an error without a problem: %v", err)
			}
			return
		}
		if !json.Valid(data) || past.Year <= 0 || len(past.Agencies) == 0 || past.Status == "draft" {
			t.Fatalf("accepted: %q", data)
		}
		for code, a := range past.Agencies {
			if code == "" || a.Ranked != (a.Rank > 0) || a.Score.NumDigits() > 60 {
				t.Fatalf("accepted %q: %+v", code, a)
			}
		}
	})
}
