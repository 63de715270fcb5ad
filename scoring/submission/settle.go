package submission

import (
	"maps"
	"slices"

	"github.com/opendti/dti/criteria/diag"
)

// Settled is the round with its problems held against its decisions; the round stays as it was. An Error in an answer is
// settled by a decision that sets or rejects it. Where the round says `unsettled: missing`, every other Error in an
// answer is settled too, as is an Error for which nothing of an agency could be read; answers that cannot be read are
// then missing. Problems of an agency that is unranked for a reason are warnings. A decision of stage appeal about an
// objection that was withdrawn is set aside: it is taken out and told.
func (r *Round) Settled() *Round {
	s := &settling{from: r, decided: map[answerOf]bool{}, excused: map[string]bool{}, dropped: map[string][]Key{}}
	settled := *r
	var told diag.Problems
	settled.Decisions, told = r.InForce()
	for _, d := range settled.Decisions {
		if d.Verdict == Set || d.Verdict == Reject {
			s.decided[answerOf{d.Agency, Key{Indicator: d.Indicator, Input: d.Input}}] = true
			if d.Verdict == Reject || d.Points.Set {
				s.decided[answerOf{d.Agency, Key{Indicator: d.Indicator}}] = true
			}
		}
	}
	for _, a := range r.Agencies {
		s.excused[a.Code] = a.Unranked && a.Reason != ""
	}
	settled.Problems = make(diag.Problems, len(r.Problems), len(r.Problems)+len(told))
	for i, p := range r.Problems {
		settled.Problems[i] = s.problem(p)
	}
	settled.Problems = append(settled.Problems, told...)
	if len(s.dropped) > 0 {
		settled.Submissions = s.submissions()
	}
	return &settled
}

// answerOf names an answer of an agency; without an input it is all of an indicator.
type answerOf struct {
	agency string
	key    Key
}

type settling struct {
	from    *Round
	decided map[answerOf]bool
	excused map[string]bool  // agencies that are unranked for a reason
	dropped map[string][]Key // answers that count as missing
}

func (s *settling) problem(p diag.Problem) diag.Problem {
	if p.Severity != diag.Error || p.Agency == "" || p.Settled {
		return p
	}
	answer := p.Indicator != ""
	key := Key{Indicator: p.Indicator, Input: p.Input}
	switch {
	case answer && (s.decided[answerOf{p.Agency, key}] || s.decided[answerOf{p.Agency, Key{Indicator: p.Indicator}}]):
		p.Settled = true
	case !s.from.UnsettledMissing:
	case answer:
		p.Settled = true
		s.dropped[p.Agency] = append(s.dropped[p.Agency], key)
	case !s.from.Submissions[p.Agency].Sent:
		p.Settled = true
	}
	if s.excused[p.Agency] {
		p.Severity = diag.Warning
	}
	return p
}

// submissions are the round's, with the dropped answers missing where they could not be read, and indicators waived
// whose answers contradict each other.
func (s *settling) submissions() map[string]Submission {
	all := maps.Clone(s.from.Submissions)
	for code, keys := range s.dropped {
		sub, ok := all[code]
		if !ok {
			continue
		}
		sub.Waived = map[string]bool{}
		for _, k := range keys {
			if k.Input == "" {
				sub.Waived[k.Indicator] = true
			}
		}
		if slices.ContainsFunc(keys, func(k Key) bool { return sub.Answers.At(k).Value.IsInvalid() }) {
			sub.Answers = sub.Answers.without(keys)
		}
		all[code] = sub
	}
	return all
}

// without is a copy in which those of the answers that cannot be read are missing.
func (a Answers) without(keys []Key) Answers {
	cut := a.Clone()
	for _, k := range keys {
		if answer := cut.At(k); answer.Value.IsInvalid() {
			cut.Put(k, Answer{Place: answer.Place})
		}
	}
	return cut
}
