package main

import (
	"io"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/reviewbook"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// The workbooks of a city of 93 agencies hold all decisions of their stage.
func TestReviewBooksOfACity(t *testing.T) {
	round, err := importers.Open(filepath.Join("..", "..", "testdata", "danang-2019"))
	require.NoError(t, err)
	words := locale.MustFor("vi")
	b := newBench(&job{round: round, ranking: scoring.Rank(round), words: words}, submission.Review, words)
	books, files, rows := b.books(verifiersOf(round.Set), t.TempDir())
	for i, book := range books {
		require.NoError(t, writeFile(files[i], func(w io.Writer) error { return reviewbook.Write(w, book) }))
	}
	assert.Equal(t, []string{"review-so-tttt.xlsx", "review-vp-ubnd.xlsx", "review-so-noi-vu.xlsx", "review-so-tai-chinh.xlsx", "review-chung.xlsx"}, names(files))
	assert.Equal(t, 3259, rows)
	var got []submission.Decision
	for _, file := range files {
		decisions, problems, ok := importers.ReviewBook(file, round)
		require.True(t, ok)
		require.Empty(t, problems)
		got = append(got, decisions...)
		assert.False(t, b.filledIn(file), "the round has all of its decisions")
	}
	want := slices.DeleteFunc(slices.Clone(round.Decisions), func(d submission.Decision) bool { return d.Stage != submission.Review })
	require.Len(t, got, len(want))
	for _, d := range want {
		assert.True(t, slices.ContainsFunc(got, func(g submission.Decision) bool {
			return g.Agency == d.Agency && g.Indicator == d.Indicator && sameDecision(g, d)
		}), "%s %s", d.Agency, d.Indicator)
	}
}

// Of two verifiers whose codes differ in case only each has its workbook, asked for alone or not.
func TestVerifiersAlike(t *testing.T) {
	round, err := importers.Open(filepath.Join("..", "..", "testdata", "danang-2019"))
	require.NoError(t, err)
	set := *round.Set
	set.Verifiers = append(slices.Clone(set.Verifiers), criteria.Code{ID: "SO-NOI-VU"})
	round.Set = &set
	words := locale.MustFor("vi")
	a := &app{say: words}
	for asked, want := range map[string]string{"so-noi-vu": "so-noi-vu", "SO-NOI-VU": "SO-NOI-VU", "So-Tttt": "so-tttt", "Chung": ""} {
		got, err := a.verifierNamed(verifiersOf(&set), asked)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	b := newBench(&job{round: round, ranking: scoring.Rank(round), words: words}, submission.Review, words)
	_, alone, _ := b.books([]string{"so-noi-vu"}, "")
	_, together, _ := b.books(verifiersOf(&set), "")
	require.Len(t, alone, 1)
	assert.Contains(t, together, alone[0])
}

func names(files []string) []string {
	var all []string
	for _, f := range files {
		all = append(all, filepath.Base(f))
	}
	return all
}
