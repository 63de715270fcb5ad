package view

import (
	"sync"

	"github.com/opendti/dti/scoring"
)

// A judgedAgency is an agency's full result, what one more level would add to it, and what did most to it. It says nothing
// in any language.
type judgedAgency struct {
	outstanding
	result scoring.Result
	levels []scoring.NextLevel
	known  bool // the ranking has the agency
}

// A judging is one agency being judged, for as many editions as have not asked yet.
type judging struct {
	once sync.Once
	left int
	judgedAgency
}

// judged is the result of the agency at a place. The first edition that asks has it made, and the last one takes it away,
// so that a site in several languages judges an agency once and holds few of them, where its pages are made one after the
// other.
func (s *Scores) judged(code string, at place) judgedAgency {
	s.asking.Lock()
	j, open := s.open[code]
	if !open {
		j = &judging{left: s.editions}
		s.open[code] = j
	}
	if j.left--; j.left <= 0 {
		delete(s.open, code)
	}
	s.asking.Unlock()
	j.once.Do(func() {
		if j.result, j.known = s.ranking.Judged(code); j.known {
			j.levels, j.outstanding = s.ranking.NextLevels(j.result), s.outstanding(j.result, at)
		}
	})
	return j.judgedAgency
}
