package main

import (
	"encoding/json"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring/rehearsal"
)

// rehearsed is what `dti criteria diff --replay --json` writes, dti.rehearsal/v1. Ranks and ratings of who is not ranked
// are null; weights and shares are of 1.
type rehearsed struct {
	Schema   string           `json:"schema"`
	Round    string           `json:"round"`
	Before   string           `json:"before"`
	After    string           `json:"after"`
	Left     []rehearsedLeft  `json:"left"`
	Unfit    []rehearsedUnfit `json:"unfit"`
	Presumed []string         `json:"presumed"`
	Gone     []string         `json:"gone"`
	Groups   []rehearsedGroup `json:"groups"`
}

type rehearsedLeft struct {
	Indicator string            `json:"indicator"`
	Why       map[string]string `json:"why"`
}

type rehearsedUnfit struct {
	Indicator string   `json:"indicator"`
	Agencies  []string `json:"agencies"`
}

type rehearsedGroup struct {
	ID        string             `json:"id"`
	Of        json.Number        `json:"of"`
	WasOf     json.Number        `json:"was_of"`
	Ranked    int                `json:"ranked"`
	WasRanked int                `json:"was_ranked"`
	Mean      json.Number        `json:"mean"`
	WasMean   json.Number        `json:"was_mean"`
	ThenMean  json.Number        `json:"was_mean_scaled"` // on the newer scale: mean − was_mean_scaled = change
	Change    json.Number        `json:"change"`
	Uncovered json.Number        `json:"uncovered"`
	Agencies  []rehearsedAgency  `json:"agencies"`
	Extremes  []rehearsedExtreme `json:"extremes"`
	Weights   []rehearsedWeight  `json:"weights"`
}

type rehearsedAgency struct {
	Code      string            `json:"code"`
	Name      map[string]string `json:"name"`
	Rank      *int              `json:"rank"`
	WasRank   *int              `json:"was_rank"`
	Score     json.Number       `json:"score"`
	WasScore  json.Number       `json:"was_score"`
	ThenScore json.Number       `json:"was_score_scaled"` // on the newer scale: score − was_score_scaled = change
	Change    json.Number       `json:"change"`
	Rating    *string           `json:"rating"`
	WasRating *string           `json:"was_rating"`
	Parts     []rehearsedPart   `json:"parts"`
}

// rehearsedPart is one part of the change of a total; together they are the change, exactly.
type rehearsedPart struct {
	Kind         string      `json:"kind"`
	Indicator    string      `json:"indicator,omitempty"`
	WasIndicator string      `json:"was_indicator,omitempty"`
	Pillar       string      `json:"pillar,omitempty"`
	WasPillar    string      `json:"was_pillar,omitempty"`
	Points       json.Number `json:"points"`
	Weight       json.Number `json:"weight"` // of points: because it is worth more or less
	Judged       json.Number `json:"judged"` // of points: because it is judged otherwise
	Mean         json.Number `json:"mean"`
}

type rehearsedExtreme struct {
	Indicator string `json:"indicator"`
	Agencies  int    `json:"agencies"`
	Full      bool   `json:"full"`
	Before    bool   `json:"before"`
	New       bool   `json:"new"`
}

type rehearsedWeight struct {
	Pillar    string       `json:"pillar,omitempty"`
	Indicator string       `json:"indicator,omitempty"`
	Nominal   json.Number  `json:"nominal"`
	Effective *json.Number `json:"effective"`
	Astray    bool         `json:"astray"`
}

// rehearsalJSON writes a rehearsal for machines.
func (a *app) rehearsalJSON(r *rehearsal.Rehearsal) error {
	out := rehearsed{
		Schema: "dti.rehearsal/v1", Round: r.Before.Round.ID, Before: r.Before.Round.Set.Address(), After: r.After.Round.Set.Address(),
		Left: []rehearsedLeft{}, Unfit: []rehearsedUnfit{}, Presumed: append([]string{}, r.Carriage.Presumed...), Gone: []string{}, Groups: []rehearsedGroup{},
	}
	for _, l := range r.Carriage.Left {
		why := map[string]string{}
		for _, lang := range locale.Langs() {
			why[lang] = locale.MustFor(lang).Note(l.Why)
		}
		out.Left = append(out.Left, rehearsedLeft{l.Indicator.ID, why})
	}
	for _, u := range r.Unfit {
		out.Unfit = append(out.Unfit, rehearsedUnfit{u.Indicator.ID, u.Agencies})
	}
	for _, g := range r.Gone {
		out.Gone = append(out.Gone, g.Group.ID)
	}
	for _, g := range r.Groups {
		out.Groups = append(out.Groups, jsonRehearsed(r, g))
	}
	return a.encode(out)
}

func jsonRehearsed(r *rehearsal.Rehearsal, g rehearsal.Group) rehearsedGroup {
	before, after := r.Before.Round.Set, r.After.Round.Set
	out := rehearsedGroup{
		ID: g.Group.ID, Of: number(g.Of), WasOf: number(g.WasOf), Ranked: g.Now.Ranked, WasRanked: g.Was.Ranked,
		Mean: fixed(g.Mean, r.Digits), WasMean: fixed(g.Published, r.Digits), ThenMean: fixed(g.Then, r.Digits), Change: number(g.Change), Uncovered: number(g.Uncovered),
		Agencies: []rehearsedAgency{}, Extremes: []rehearsedExtreme{}, Weights: []rehearsedWeight{},
	}
	for _, s := range g.Shifts {
		out.Agencies = append(out.Agencies, jsonShift(r, before, after, s))
	}
	for _, x := range g.Extremes {
		out.Extremes = append(out.Extremes, rehearsedExtreme{x.Indicator.ID, x.Agencies, x.Full, x.Before, x.New})
	}
	for _, w := range g.Weights {
		jw := rehearsedWeight{Nominal: number(w.Nominal), Astray: w.Astray()}
		if w.Pillar != nil {
			jw.Pillar = w.Pillar.ID
		} else {
			jw.Indicator = w.Indicator.ID
		}
		if w.Known {
			effective := number(w.Effective)
			jw.Effective = &effective
		}
		out.Weights = append(out.Weights, jw)
	}
	return out
}

func jsonShift(r *rehearsal.Rehearsal, before, after *criteria.Set, s rehearsal.Shift) rehearsedAgency {
	out := rehearsedAgency{
		Code: s.Now.Agency.Code, Name: s.Now.Agency.Name, Score: total(after, s.Now.Score), WasScore: total(before, s.Was.Score),
		ThenScore: number(s.Then), Change: number(s.Change), Parts: []rehearsedPart{},
	}
	if s.Now.Ranked {
		out.Rank, out.Rating = &s.Now.Rank, &s.Now.Rating
	}
	if s.Was.Ranked {
		out.WasRank, out.WasRating = &s.Was.Rank, &s.Was.Rating
	}
	for _, p := range r.Why(s.Now.Agency.Code) {
		part := rehearsedPart{Kind: p.Kind.String(), Points: number(p.Points), Weight: number(p.Weight), Judged: number(p.Judged), Mean: number(p.Mean)}
		if p.After != nil {
			part.Indicator = p.After.ID
		}
		if p.Before != nil {
			part.WasIndicator = p.Before.ID
		}
		if p.Pillar != nil {
			part.Pillar = p.Pillar.ID
		}
		if p.PillarBefore != nil {
			part.WasPillar = p.PillarBefore.ID
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}

// fixed is a decimal as a JSON number with so many decimals.
func fixed(d decimal.Decimal, digits int32) json.Number { return json.Number(d.StringFixed(digits)) }

// number is an exact decimal as a JSON number.
func number(d decimal.Decimal) json.Number { return json.Number(d.String()) }
