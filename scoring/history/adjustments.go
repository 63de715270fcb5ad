package history

import (
	"encoding/json"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// Kinds of adjustments in results.json.
const (
	byDecision = "decision"
	byLateness = "late"
)

// adjustments are what was decided beside an agency's answers; whole says that reason and decision belong to it, which
// are not public: they may name persons. An agency without adjustments has no such member.
func (e *encoder) adjustments(j *jsonText, agency string, whole bool) {
	final, _ := e.ranking.Final(agency)
	all := final.Submission.Adjustments
	if len(all) == 0 {
		return
	}
	j.openKey("adjustments", '[')
	for _, a := range all {
		j.open()
		if a.Late > 0 {
			j.strKey("kind", byLateness)
			j.intKey("days", a.Late)
		} else {
			j.strKey("kind", byDecision)
		}
		if a.Points.Set {
			j.wholeKey("points", a.Points.Value, e.set.Rounding.Total)
		}
		if a.RatingCap != "" {
			j.strKey("rating_cap", a.RatingCap)
		}
		if whole {
			j.strKey("reason", a.Reason)
			j.strKey("decision", a.Decision)
		}
		j.close('}')
	}
	j.close(']')
}

type wireAdjustment struct {
	Days      int         `json:"days"`
	Points    json.Number `json:"points"`
	RatingCap string      `json:"rating_cap"`
	Reason    string      `json:"reason"`
	Decision  string      `json:"decision"`
}

func (d *decoder) adjustments(code string, all []wireAdjustment) []submission.Adjustment {
	var list []submission.Adjustment
	for _, w := range all {
		list = append(list, submission.Adjustment{
			Agency: code, Reason: w.Reason, Decision: w.Decision, Late: w.Days, RatingCap: d.word(w.RatingCap),
			Points: rule.Optional{Set: w.Points != "", Value: d.number(code+" adjustments", w.Points)},
		})
	}
	return list
}
