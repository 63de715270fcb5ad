package history_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// sealed is the round with adjustments of so-a and the files that it was read from, closed on a day.
func sealed(t *testing.T) (r *submission.Round, opts history.Options) {
	t.Helper()
	points := func(s string) rule.Optional {
		v, _ := num(s).Number()
		return rule.Optional{Value: v, Set: true}
	}
	r = round(t)
	r.Files = []submission.File{{Name: "agencies.xlsx", SHA256: "aa"}, {Name: "submissions/so-a.xlsx", SHA256: "bb"}}
	r.Cycle.Adjustments = []submission.Adjustment{
		{Agency: "so-a", Points: points("-0.125"), Reason: "secret Mr X", Decision: "7/secret"},
		{Agency: "so-a", Points: points("-3"), RatingCap: "weak", Late: 9, Place: diag.Place{File: "received.csv", Row: 2}},
		{Agency: "so-a", RatingCap: "fair", Reason: "secret Ms Y"},
	}
	return r, history.Options{Engine: "dti test", Closed: "2020-03-20"}
}

func TestAdjustmentsAndFilesAreKept(t *testing.T) {
	r, opts := sealed(t)
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(r), history.Comparison{}, opts))
	require.True(t, json.Valid(b.Bytes()))
	text := b.String()
	assert.Contains(t, text, `"engine":"dti test","closed":"2020-03-20","release":`)
	assert.Contains(t, text, `"inputs":[{"file":"agencies.xlsx","sha256":"aa"},{"file":"submissions/so-a.xlsx","sha256":"bb"}],"groups":`)
	assert.Contains(t, text, `"rating":"weak","adjustments":[`+
		`{"kind":"decision","points":-0.125,"reason":"secret Mr X","decision":"7/secret"},`+
		`{"kind":"late","days":9,"points":-3.00,"rating_cap":"weak","reason":"","decision":""},`+
		`{"kind":"decision","rating_cap":"fair","reason":"secret Ms Y","decision":""}]`)
	assert.Equal(t, 1, strings.Count(text, `"adjustments"`), "who has none has no such member")

	past, err := history.Decode("results.json", strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, rule.Date("2020-03-20"), past.Closed)
	assert.Equal(t, r.Files, past.Inputs)
	want := r.Cycle.AdjustmentsOf("so-a")
	got := past.Agencies["so-a"].Adjustments
	require.Len(t, got, len(want))
	for i := range want {
		assert.True(t, want[i].Points.Value.Equal(got[i].Points.Value))
		want[i].Points.Value, want[i].Place = got[i].Points.Value, diag.Place{}
		assert.Equal(t, want[i], got[i])
	}
	assert.Nil(t, past.Agencies["so-b"].Adjustments)
}

func TestPublicAdjustments(t *testing.T) {
	r, _ := sealed(t)
	var b bytes.Buffer
	require.NoError(t, history.EncodePublic(&b, io.Discard, scoring.Rank(r), history.Comparison{}, "dti test"))
	require.True(t, json.Valid(b.Bytes()))
	assert.Contains(t, b.String(), `"adjustments":[{"kind":"decision","points":-0.125},{"kind":"late","days":9,"points":-3.00,"rating_cap":"weak"},{"kind":"decision","rating_cap":"fair"}]`)
	for _, word := range []string{"secret", "inputs", "sha256\":\"aa", "closed", "received.csv"} {
		assert.NotContains(t, b.String(), word)
	}
}

// A seal can be read of a draft too, and of results that were never sealed.
func TestDecodeSeal(t *testing.T) {
	r, opts := sealed(t)
	r.Release.Status = submission.Draft
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(r), history.Comparison{}, opts))
	text := b.String()
	seal, err := history.DecodeSeal("results.json", &b)
	require.NoError(t, err)
	assert.Equal(t, history.Seal{Round: "example-2019", Year: 2019, Status: "draft", Closed: "2020-03-20", Inputs: r.Files}, seal)

	f := `{"schema":"dti.results/v1"}`
	seal, err = history.DecodeSeal("results.json", strings.NewReader(f))
	require.NoError(t, err)
	assert.Equal(t, history.Seal{}, seal)

	for name, test := range map[string]struct{ text, kind, arg string }{
		"another schema": {`{"schema":"x"}`, "past-schema", "x"},
		"no schema":      {`{"closed":"2020-03-20"}`, "past-schema", ""},
		"no day":         {strings.Replace(text, "2020-03-20", "today", 1), "past-type", "closed"},
		"no text":        {strings.Replace(text, `"2020-03-20"`, "5", 1), "past-type", ""},
		"no list":        {strings.Replace(text, `"inputs":[`, `"inputs":5,"x":[`, 1), "past-not-json", ""},
		"cut off":        {text[:len(text)/2], "past-not-json", ""},
		"a file":         {strings.Replace(text, `{"file":"agencies.xlsx"`, `{"file":5`, 1), "past-type", "file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := history.DecodeSeal("results.json", strings.NewReader(test.text))
			problems, ok := err.(diag.Problems) //nolint:errorlint // it is not wrapped
			require.True(t, ok, "%v", err)
			assert.Equal(t, test.kind, problems[0].Kind)
			if test.arg != "" {
				assert.Equal(t, test.arg, problems[0].Args[0])
			}
		})
	}
}
