package history_test

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// threeRounds is 2025 after 2023 and 2024; since then b went into a, and n is new to 2024.
func threeRounds(t *testing.T) (*scoring.Ranking, history.Comparison) {
	t.Helper()
	r := today(t, became(t, "merged a+b>a mean"), map[string]string{"a": "0.7", "c": "0.6", "n": "0.9"})
	older := in2024(map[string]string{"a": "0.4000", "b": "0.2000", "c": "0.5000"})
	older.Year, older.RoundID = 2023, "2023"
	g := older.Groups["province"]
	g.Year = 2023
	older.Groups["province"] = g
	pasts := history.RebaseAll(r, []*history.Past{older, in2024(map[string]string{"a": "0.8000", "b": "0.6000", "c": "0.5000", "n": "0.1000"})})
	require.Equal(t, 2024, pasts[0].Year, "the latest first")
	return r, history.CompareAll(r, pasts)
}

func TestCompareAll(t *testing.T) {
	_, c := threeRounds(t)
	assert.Equal(t, 2024, c.Year)
	assert.Equal(t, "a 0.7000 1/3 -1, c 0.5000 2/3 -1, n 0.1000 3/3 +2", pointsOf(c))
	require.Len(t, c.Trend.Rounds, 2)
	assert.Equal(t, 2023, c.Trend.Rounds[0].Year, "the earliest first")
	a, n := c.Trend.Agencies["a"], c.Trend.Agencies["n"]
	assert.Equal(t, "0.3000", a[0].Score.StringFixed(4))
	assert.Equal(t, "0.7000", a[1].Score.StringFixed(4))
	assert.False(t, a[0].Moved, "n was not there in 2023, so that its ranks cannot be made anew")
	assert.Zero(t, n[0].Year)
	percent, ok := a[1].Percent()
	assert.True(t, ok)
	assert.Equal(t, "70", percent.String())
	_, ok = n[0].Percent()
	assert.False(t, ok)
	g := c.Trend.Groups["province"]
	share, ok := g[0].Percent()
	assert.True(t, ok)
	assert.Equal(t, "36.67", share.String(), "as published")
	assert.Zero(t, g[0].Field.Ranked)
	assert.Equal(t, 3, g[1].Field.Ranked)
	assert.Equal(t, decimal.RequireFromString("0.4333"), g[1].Field.Mean)

	assert.Zero(t, history.CompareAll(today(t, nil, map[string]string{"a": "1"}), nil).Year)
}

// TestHistoryInResults: results.json and data.json tell every earlier round of an agency and a group.
func TestHistoryInResults(t *testing.T) {
	r, c := threeRounds(t)
	var results, data bytes.Buffer
	require.NoError(t, history.Encode(&results, r, c, history.Options{Engine: "dti"}))
	require.NoError(t, history.EncodePublic(&data, io.Discard, r, c, "dti"))
	for name, text := range map[string][]byte{"results.json": results.Bytes(), "data.json": data.Bytes()} {
		var doc struct {
			Groups   []struct{ History json.RawMessage }
			Agencies []struct {
				Code    string
				History json.RawMessage
			}
		}
		require.NoError(t, json.Unmarshal(text, &doc), name)
		assert.JSONEq(t, `[
			{"year":2023,"agencies":3,"ranked":3,"mean":0.3667,"median":0.4000,"of":1,"comparable":true,"rebased_ranked":0},
			{"year":2024,"agencies":4,"ranked":4,"mean":0.5000,"median":0.5500,"of":1,"comparable":true,"rebased_ranked":3,"rebased_mean":0.4333,"rebased_median":0.5000}]`,
			string(doc.Groups[0].History), name)
		byCode := map[string]string{}
		for _, a := range doc.Agencies {
			byCode[a.Code] = string(a.History)
		}
		assert.JSONEq(t, `[
			{"year":2023,"score":0.3000,"of":1,"comparable":true,"carried":"mean"},
			{"year":2024,"score":0.7000,"of":1,"rank":1,"of_ranked":3,"published_of":4,"comparable":true,"carried":"mean"}]`, byCode["a"], name)
		assert.JSONEq(t, `[{"year":2024,"score":0.1000,"of":1,"rank":3,"of_ranked":3,"published_rank":4,"published_of":4,"comparable":true}]`, byCode["n"], name)
	}

	r = today(t, became(t, "merged a+b>a none", "renamed c>d"), map[string]string{"a": "0.7", "d": "0.6"})
	pasts := history.RebaseAll(r, []*history.Past{in2024(map[string]string{"a": "0.8", "b": "0.6", "c": "0.5"})})
	results.Reset()
	require.NoError(t, history.Encode(&results, r, history.CompareAll(r, pasts), history.Options{}))
	assert.Contains(t, results.String(), `"history":[{"year":2024,"comparable":false,"why":{"vi":"không so sánh với năm 2024: hợp nhất từ`)
	assert.Contains(t, results.String(), `"carried":"as_is"`)
}

// TestPeriodInResults: the period is written and read again; what is no day is none.
func TestPeriodInResults(t *testing.T) {
	r := today(t, nil, map[string]string{"a": "0.7"})
	r.Round.From, r.Round.To, r.Round.Release.Status = "2025-01-01", "2025-06-30", 3
	var out bytes.Buffer
	require.NoError(t, history.Encode(&out, r, history.Comparison{}, history.Options{}))
	past, err := history.Decode("results.json", bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	assert.EqualValues(t, "2025-06-30", past.Ended)
	past, err = history.Decode("results.json", bytes.NewReader(bytes.Replace(out.Bytes(), []byte("2025-06-30"), []byte("June"), 1)))
	require.NoError(t, err)
	assert.Empty(t, past.Ended)
}

// TestLatest: of two rounds of one year the one that ended later is the latest, whichever is listed first.
func TestLatest(t *testing.T) {
	spring, autumn := &history.Past{Year: 2024, Ended: "2024-03-31"}, &history.Past{Year: 2024, Ended: "2024-09-30"}
	assert.Same(t, autumn, history.Latest([]*history.Past{spring, autumn}))
	assert.Same(t, autumn, history.Latest([]*history.Past{autumn, spring, {Year: 2023, Ended: "2024-12-31"}}))
	assert.Nil(t, history.Latest(nil))
}
