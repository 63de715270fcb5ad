package movement_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/movement"
	"github.com/opendti/dti/scoring/submission"
)

// large is a round of a year in which every agency answers otherwise than in others.
func large(b *testing.B, year, agencies, indicators int, rule120 string) *submission.Round {
	b.Helper()
	var s strings.Builder
	fmt.Fprintf(&s, "schema: dti.criteria/v1\nid: big\nversion: \"%d\"\ntitle: {en: Big}\nlanguages: [en]\ngroups: {ward: {en: Wards}}\nrounding: {indicator: 2, total: 2}\npillars:\n", year)
	for i := range indicators {
		if i%10 == 0 {
			fmt.Fprintf(&s, "  - id: P%d\n    name: {en: P}\n    indicators:\n", i)
		}
		fmt.Fprintf(&s, "      - {id: I-%d, name: {en: I}, points: 1, inputs: {n: {name: {en: N}, type: count}, of: {name: {en: Of}, type: count}}, score: {%s}}\n", i, rule120)
	}
	set, err := criteria.Load("set.yaml", []byte(s.String()))
	require.NoError(b, err)
	round := &submission.Round{
		ID: fmt.Sprint(year), Year: year, Set: set, Submissions: map[string]submission.Submission{},
		Release: submission.Release{Status: submission.Final, Revision: 1},
	}
	for i := range agencies {
		code := fmt.Sprintf("w%05d", i)
		sub := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(set)}
		for j := range indicators {
			id := fmt.Sprintf("I-%d", j)
			sub.Answers.Put(submission.Key{Indicator: id, Input: "n"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64((i*7 + j*13 + i*year) % 101)))})
			sub.Answers.Put(submission.Key{Indicator: id, Input: "of"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(100))})
		}
		round.Agencies = append(round.Agencies, submission.Agency{Code: code, Group: "ward"})
		round.Submissions[code] = sub
	}
	return round
}

// BenchmarkOf holds the replay against ranking the same round, at a tenth of the size of a country's wards.
func BenchmarkOf(b *testing.B) {
	const agencies, indicators = 1_000, 120
	for name, score := range map[string]string{"fixed": "kind: ratio, of: n, over: of", "cohort": "kind: best, of: n, over: of"} {
		then, now := large(b, 2024, agencies, indicators, score), large(b, 2025, agencies, indicators, score)
		var text bytes.Buffer
		require.NoError(b, history.Encode(&text, scoring.Rank(then), history.Comparison{}, history.Options{}))
		r := scoring.Rank(now)
		past, err := history.DecodeWithAnswers("results.json", bytes.NewReader(text.Bytes()))
		require.NoError(b, err)
		run := map[string]func(){
			"rank":    func() { scoring.Rank(now) },
			"decode":  func() { _, _ = history.Decode("results.json", bytes.NewReader(text.Bytes())) },
			"answers": func() { _, _ = history.DecodeWithAnswers("results.json", bytes.NewReader(text.Bytes())) },
			"replay":  func() { movement.Of(r, past) },
		}
		for what, do := range run {
			b.Run(name+"/"+what, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					do()
				}
			})
		}
	}
}
