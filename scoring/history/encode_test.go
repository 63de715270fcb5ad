package history_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

// earlier is a past round of an older edition for the comparison in the golden files.
func earlier(t testing.TB) *history.Past {
	t.Helper()
	f, err := os.Open("testdata/earlier.json")
	require.NoError(t, err)
	defer f.Close()
	past, err := history.Decode("earlier.json", f)
	require.NoError(t, err)
	return past
}

func TestEncode(t *testing.T) {
	ranking := scoring.Rank(round(t))
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, ranking, history.Compare(ranking, earlier(t)), history.Options{Engine: "dti test"}))
	require.True(t, json.Valid(b.Bytes()))
	golden(t, "results.json", b.Bytes())

	var again bytes.Buffer
	require.NoError(t, history.Encode(&again, ranking, history.Compare(ranking, earlier(t)), history.Options{Engine: "dti test"}))
	assert.Equal(t, b.String(), again.String(), "the same inputs give the same bytes")
}

func TestEncodePublic(t *testing.T) {
	ranking := scoring.Rank(round(t))
	var b bytes.Buffer
	require.NoError(t, history.EncodePublic(&b, io.Discard, ranking, history.Compare(ranking, earlier(t)), "dti test"))
	require.True(t, json.Valid(b.Bytes()))
	golden(t, "data.json", b.Bytes())
}

func TestPublicKeepsSecrets(t *testing.T) {
	ranking := scoring.Rank(round(t))
	var internal, public bytes.Buffer
	require.NoError(t, history.Encode(&internal, ranking, history.Comparison{}, history.Options{Engine: "dti test"}))
	require.NoError(t, history.EncodePublic(&public, io.Discard, ranking, history.Comparison{}, "dti test"))
	for _, word := range []string{"secret", "submissions/", "Tự đánh giá", "7919", "APP-3", "claimed", "review", "problems", `"from"`} {
		assert.NotContains(t, public.String(), word)
	}
	assert.NotRegexp(t, `"id":"SEC-1"[^}]*answers`, public.String())
	assert.NotRegexp(t, `"id":"SEC-1"[^}]*missing`, public.String(), "whether there was an answer is more than points")
	assert.Regexp(t, `"id":"SEC-1"[^}]*missing`, internal.String())
	assert.Contains(t, internal.String(), "secret reviewer", "the internal file is complete")
	assert.Contains(t, public.String(), `"computers":38`)
}

func TestPublicStampsDrafts(t *testing.T) {
	r := round(t)
	r.Release.Status = submission.Draft
	var b bytes.Buffer
	require.NoError(t, history.EncodePublic(&b, io.Discard, scoring.Rank(r), history.Comparison{}, "dti test"))
	assert.Contains(t, b.String(), "BẢN DỰ THẢO")
	assert.Contains(t, b.String(), "DRAFT")
}

// TestFiguresAreOfNoRelease holds what a published round is compared with when it is published again.
func TestFiguresAreOfNoRelease(t *testing.T) {
	figures := func(r *submission.Round, engine string) string {
		var b bytes.Buffer
		require.NoError(t, history.EncodePublic(io.Discard, &b, scoring.Rank(r), history.Comparison{}, engine))
		return b.String()
	}
	final := figures(round(t), "dti test")
	draft := round(t)
	draft.Release = submission.Release{Status: submission.Draft, Revision: 3, Contact: "a@b"}
	assert.Equal(t, final, figures(draft, "dti later"))
	require.True(t, json.Valid([]byte(final)))
	other := round(t)
	other.Year++
	assert.NotEqual(t, final, figures(other, "dti test"))
}

// TestEncodeNumbers pins how numbers are written where a set does not round.
func TestEncodeNumbers(t *testing.T) {
	tests := map[string]struct{ rounding, score, percent string }{
		"two decimals": {"{indicator: 2, total: 2}", "33.33", "33.33"},
		"none":         {"{indicator: none, total: none}", "33.3333333333", "33.33"},
		"none, then 4": {"{indicator: none, total: 4}", "33.3333", "33.33"},
		"whole":        {"{indicator: 3, total: 0}", "33", "33.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := round(t)
			text := strings.Replace(edition, "{indicator: 2, total: 2}", tt.rounding, 1)
			text = strings.Replace(text, "over: figures.staff}", "over: figures.staff, target: 1}", 1)
			r.Set = loadSet(t, text)
			for i := range r.Set.Root.Pillars {
				for _, ind := range r.Set.Root.Pillars[i].Indicators {
					if ind.ID != "INF-1" {
						ind.For = []string{"department"}
					}
				}
			}
			var b bytes.Buffer
			require.NoError(t, history.Encode(&b, scoring.Rank(r), history.Comparison{}, history.Options{Engine: "dti test"}))
			var got struct {
				Agencies []struct {
					Code           string
					Score, Percent json.Number
				}
			}
			require.NoError(t, json.Unmarshal(b.Bytes(), &got))
			last := got.Agencies[len(got.Agencies)-1]
			require.Equal(t, "001", last.Code)
			assert.Equal(t, tt.score, string(last.Score))
			assert.Equal(t, tt.percent, string(last.Percent))
		})
	}
}

func TestEncodeHostileText(t *testing.T) {
	r := round(t)
	hostile := "\x00\x1f\"\\\n\r\t\u2028\u2029\xff</script>__f__alert(1)__f__=HYPERLINK(\"x\")😀 Đà Nẵng"
	r.Agencies[0].Name = criteria.Text{"vi": hostile, "xx": hostile}
	r.Agencies[3].Reason = hostile
	r.Decisions[0].Reason = hostile
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(r), history.Comparison{}, history.Options{Engine: hostile}))
	require.True(t, json.Valid(b.Bytes()))
	var got struct {
		Engine   string
		Agencies []struct{ Name map[string]string }
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &got))
	clean := strings.ToValidUTF8(hostile, "\ufffd")
	assert.Equal(t, clean, got.Engine)
	assert.Equal(t, map[string]string{"vi": clean, "xx": clean}, got.Agencies[0].Name)
}

// broken is a writer that fails after so many bytes.
type broken struct{ room int }

var errFull = errors.New("disk full")

func (b *broken) Write(p []byte) (int, error) {
	if len(p) > b.room {
		return b.room, errFull
	}
	b.room -= len(p)
	return len(p), nil
}

func TestEncodeWriterFails(t *testing.T) {
	ranking := scoring.Rank(many(t, 2000, 5))
	for _, room := range []int{0, 1 << 19} {
		err := history.Encode(&broken{room}, ranking, history.Comparison{}, history.Options{Engine: "dti test"})
		require.ErrorIs(t, err, errFull)
	}
}

func BenchmarkEncode(b *testing.B) {
	ranking := scoring.Rank(many(b, 1000, 120))
	b.ReportAllocs()
	for b.Loop() {
		if err := history.Encode(io.Discard, ranking, history.Comparison{}, history.Options{Engine: "dti test"}); err != nil {
			b.Fatal(err)
		}
	}
}
