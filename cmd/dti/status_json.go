package main

import (
	"encoding/json"

	"github.com/opendti/dti/scoring/calendar"
	"github.com/opendti/dti/scoring/submission"
)

// statusSchema names the format of `dti status --json`.
const statusSchema = "dti.status/v1"

// statusWire is what `dti status --json` writes. Days left are below 0 once a last day is past, and null where there is
// none.
type statusWire struct {
	Schema string      `json:"schema"`
	Round  string      `json:"round"`
	On     string      `json:"on"`
	Stages []stageWire `json:"stages"`
	Owed   []owedWire  `json:"owed"`
	Late   []lateWire  `json:"late"`
	// Accepted counts answers that nobody reviewed in time and that count as accepted.
	Accepted int `json:"accepted"`
}

type stageWire struct {
	Step  string `json:"step"`
	From  string `json:"from,omitempty"`
	Until string `json:"until"`
	State string `json:"state"`
	Left  int    `json:"days_left"`
}

// owedWire is one debt. Who is agency, verifier, council or publisher; what is submission, review, appeal or
// publication.
type owedWire struct {
	Who        string       `json:"who"`
	Code       string       `json:"code,omitempty"` // of an agency or a verifier
	What       string       `json:"what"`
	Count      int          `json:"count,omitempty"` // answers, or appeals
	Unreadable bool         `json:"unreadable,omitempty"`
	Until      string       `json:"until,omitempty"`
	Left       *int         `json:"days_left"`
	Extended   bool         `json:"extended,omitempty"`
	Penalty    *penaltyWire `json:"penalty,omitempty"` // of what is received on the day
}

type lateWire struct {
	Agency   string       `json:"agency"`
	Received string       `json:"received"`
	Until    string       `json:"until"`
	Days     int          `json:"days"`
	Penalty  *penaltyWire `json:"penalty,omitempty"`
}

type penaltyWire struct {
	Points    json.Number `json:"points,omitempty"`
	RatingCap string      `json:"rating_cap,omitempty"`
}

func penaltyOf(p *submission.LatePenalty) *penaltyWire {
	if p == nil {
		return nil
	}
	w := &penaltyWire{RatingCap: p.RatingCap}
	if p.Points.Set {
		w.Points = json.Number(p.Points.Value.String())
	}
	return w
}

// owing is a debt by its last day.
func owing(who, what string, d calendar.Due) owedWire {
	w := owedWire{Who: who, What: what, Until: string(d.Until)}
	if d.Until != "" {
		w.Left = &d.Left
	}
	return w
}

// statusOf is a standing as JSON.
func statusOf(s standing) statusWire {
	w := statusWire{
		Schema: statusSchema, Round: s.round.ID, On: string(s.status.Day), Accepted: s.status.Accepted,
		Stages: []stageWire{}, Owed: owedOf(s.status), Late: []lateWire{},
	}
	for _, stage := range s.status.Stages {
		w.Stages = append(w.Stages, stageWire{stage.Step.String(), string(stage.From), string(stage.Until), stage.State.String(), stage.Left})
	}
	for _, late := range s.status.Late {
		w.Late = append(w.Late, lateWire{
			late.Agency.Code, string(late.Received), string(late.Until), late.Late(), penaltyOf(late.Penalty),
		})
	}
	return w
}

func owedOf(s calendar.Status) []owedWire {
	owed := []owedWire{}
	for _, sender := range s.Agencies {
		w := owing("agency", "submission", sender.Due)
		w.Code, w.Unreadable, w.Extended, w.Penalty = sender.Agency.Code, sender.Unreadable, sender.Extended, penaltyOf(sender.Penalty)
		owed = append(owed, w)
	}
	for _, v := range s.Verifiers {
		w := owing("verifier", "review", v.Due)
		w.Code, w.Count = v.Verifier, len(v.Items)
		owed = append(owed, w)
	}
	if n := len(s.Appeals); n > 0 {
		w := owing("council", "appeal", s.AppealsDue)
		w.Count = n
		owed = append(owed, w)
	}
	if s.Unpublished {
		owed = append(owed, owing("publisher", "publication", s.UnpublishedDue))
	}
	return owed
}
