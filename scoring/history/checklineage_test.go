package history_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func TestCheckLineage(t *testing.T) {
	tests := map[string]struct {
		lines []string
		want  []string
	}{
		"nothing":                       {},
		"a merger":                      {lines: []string{"merged a+b>a mean"}},
		"a split of which a part joins": {lines: []string{"split b>a mean", "split b>c mean", "merged a>a mean", "merged c>c mean"}},
		"a chain":                       {lines: []string{"2025-03-01 renamed b>x", "2025-04-01 merged x+a>a mean"}},
		"a code that comes back":        {lines: []string{"2025-03-01 renamed a>x", "2025-04-01 renamed x>a"}},
		"another province":              {lines: []string{"merged q+r>q mean"}, want: []string{"lineage-elsewhere 2"}},
		"before all rounds":             {lines: []string{"2019-01-01 merged q+a>a mean"}},
		"twice":                         {lines: []string{"merged a+b>a mean", "merged b>a mean"}, want: []string{"lineage-twice 4"}},
		"two fates":                     {lines: []string{"renamed b>x", "abolished b", "renamed x>y"}, want: []string{"lineage-unknown-to-near 2", "lineage-fates 3", "lineage-elsewhere 4"}},
		"several are renamed to one":    {lines: []string{"renamed b>c", "merged c>c mean"}, want: []string{"lineage-several 3"}},
		"two carries":                   {lines: []string{"merged a>a mean", "merged b>a none"}, want: []string{"lineage-carries 3"}},
		"a circle":                      {lines: []string{"renamed a>b", "renamed b>c", "renamed c>a"}, want: []string{"lineage-circle 2", "lineage-unknown-to-near 2"}},
		"a way into a circle":           {lines: []string{"renamed b>c", "renamed c>x", "renamed x>c"}, want: []string{"lineage-circle 3", "lineage-unknown-to-near 3", "lineage-several 4", "lineage-unknown-from-near 4"}},
		"no such agency":                {lines: []string{"merged a+b>aa mean"}, want: []string{"lineage-still-there 2", "lineage-unknown-to-near 2", "lineage-unknown-to-near 3"}},
		"no such earlier result":        {lines: []string{"merged a+bb>a mean"}, want: []string{"lineage-unknown-from-near 3"}},
		"nothing near":                  {lines: []string{"merged a+quang-nam>a mean", "renamed b>quang-tri"}, want: []string{"lineage-unknown-from 3", "lineage-unknown-to 4"}},
		"ended, yet there":              {lines: []string{"abolished a"}, want: []string{"lineage-still-there 2"}},
		"its own part is not told":      {lines: []string{"merged b>a mean"}, want: []string{"lineage-own-part 2"}},
		"abolished on two days":         {lines: []string{"2025-03-01 abolished b", "2025-04-01 split c>c mean", "2025-04-01 split c>d mean", "2025-05-01 abolished d"}},
		"new with a code that is taken": {lines: []string{"new >a"}, want: []string{"lineage-own-part 2"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := today(t, became(t, tt.lines...), map[string]string{"a": "0.7", "c": "0.6"})
			past := in2024(map[string]string{"a": "0.9", "b": "0.5", "c": "0.4"})
			problems := history.CheckLineage(r.Round, []*history.Past{past})
			var got []string
			for _, p := range problems {
				got = append(got, fmt.Sprint(p.Kind, " ", p.Place.Row))
				for _, lang := range locale.Langs() {
					said := locale.MustFor(lang).Problem(p)
					assert.NotContains(t, said, "problems.")
					assert.NotContains(t, said, "{")
				}
			}
			assert.Equal(t, tt.want, got)
			assert.Empty(t, history.CheckLineage(today(t, nil, map[string]string{"a": "0.7"}).Round, nil))
		})
	}
}

// TestCheckLineageOfAChain: a table of which every line leads on to the next one is looked at once. A search from every
// line would not end before the tests do.
func TestCheckLineageOfAChain(t *testing.T) {
	round := &submission.Round{}
	for i := range 20_000 {
		round.Cycle.Lineage = append(round.Cycle.Lineage, submission.Succession{
			Date: "2025-07-01", Fate: submission.Renamed, From: fmt.Sprint("a", i), To: fmt.Sprint("a", i+1),
		})
	}
	assert.Empty(t, history.CheckLineage(round, nil))
}

// TestRebasedTakesAnyLineage: whatever lines say, re-basing ends, and ranks are compared only within one field.
func TestRebasedTakesAnyLineage(t *testing.T) {
	codes := []string{"a", "b", "c", "x", ""}
	fates := []string{"renamed", "merged", "split", "moved", "new", "abolished"}
	carries := []string{"", " none", " mean", " sum", " weighted"}
	rapid.Check(t, func(t *rapid.T) {
		var lines []string
		for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
			draw := func(label string, from []string) string { return rapid.SampledFrom(from).Draw(t, fmt.Sprint(label, i)) }
			lines = append(lines, draw("day", []string{"2025-01-01 ", "2025-07-01 "})+draw("fate", fates)+" "+draw("from", codes)+">"+draw("to", codes)+draw("carry", carries))
		}
		r := today(t, became(t, lines...), map[string]string{"a": "0.7", "c": "0.6", "x": "0.1"})
		past := in2024(map[string]string{"a": "0.9", "b": "0.5", "c": "0.4"})
		for _, p := range history.CheckLineage(r.Round, []*history.Past{past}) {
			assert.NotEmpty(t, p.Place.File)
		}
		c := history.Compare(r, past.Rebased(r))
		fields := map[int]bool{}
		for _, a := range c.Agencies {
			if a.Moved {
				fields[a.OfRanked] = true
				assert.LessOrEqual(t, a.Rank, a.OfRanked)
			}
		}
		assert.LessOrEqual(t, len(fields), 1)
	})
}
