package history

import (
	"encoding/json"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// viewStats are a group's means of the views, with the way each is made, so that a later round can tell whether it may
// be compared. Sets without views have no such member.
func (e *encoder) viewStats(j *jsonText, g scoring.Group) {
	if len(e.set.Views) == 0 {
		return
	}
	j.openKey("views", '{')
	for _, v := range g.Stats.Views {
		if v.Agencies == 0 {
			continue
		}
		j.openKey(v.View.ID, '{')
		j.scoreKey("mean", v.Mean, e.set.Rounding.Total)
		j.ofKey(v.Of, e.set.Rounding.Total)
		j.strKey("combine", v.View.Combine.String())
		j.openKey("parts", '{')
		for _, part := range v.View.Parts {
			if part.Concerns(g.Group.ID) {
				j.key(part.ID)
				j.b = appendExact(j.b, part.Weight)
			}
		}
		j.close('}')
		j.close('}')
	}
	j.close('}')
}

// viewsBefore are the means of the earlier round of the views that may be compared.
func (e *encoder) viewsBefore(j *jsonText, past PastGroup) {
	if len(e.set.Views) == 0 {
		return
	}
	j.openKey("views", '{')
	for _, v := range e.set.Views {
		if was, ok := past.Views[v.ID]; ok && was.Comparable {
			j.openKey(v.ID, '{')
			j.exactKey("mean", was.Mean)
			j.exactKey("of", was.Of)
			j.close('}')
		}
	}
	j.close('}')
}

// views are an agency's scores of the views; of one that does not apply to it, only the id.
//
// Note: data.json has them too. A view is made of pillars, whose scores are public, and of indicators whose points are:
// criteria.Load refuses one of whose parts nothing is published.
func (e *encoder) views(j *jsonText, scores []scoring.ViewScore) {
	if len(e.set.Views) == 0 {
		return
	}
	j.openKey("views", '[')
	for _, s := range scores {
		j.open()
		j.strKey("id", s.View.ID)
		if s.Applies {
			j.scoreKey("score", s.Score, e.set.Rounding.Total)
			j.ofKey(s.Of, e.set.Rounding.Total)
		}
		j.close('}')
	}
	j.close(']')
}

// A wireView is a view of a group in results.json.
type wireView struct {
	Mean    json.Number            `json:"mean"`
	Of      json.Number            `json:"of"`
	Combine string                 `json:"combine"`
	Parts   map[string]json.Number `json:"parts"`
}

func (d *decoder) pastViews(wire map[string]wireView) map[string]PastView {
	if len(wire) == 0 {
		return nil
	}
	views := make(map[string]PastView, len(wire))
	for _, id := range sortedKeys(wire) {
		w := wire[id]
		v := PastView{
			Mean: d.number(id+" mean", w.Mean), Of: d.number(id+" of", w.Of), Combine: w.Combine,
			Parts: make(map[string]decimal.Decimal, len(w.Parts)),
		}
		for _, part := range sortedKeys(w.Parts) {
			v.Parts[part] = d.number(id+" "+part, w.Parts[part])
		}
		views[id] = v
	}
	return views
}

// viewScores are an agency's views that applied to it.
func (d *decoder) viewScores(wire []wireScore) map[string]PastScore {
	if len(wire) == 0 {
		return nil
	}
	scores := make(map[string]PastScore, len(wire))
	for _, w := range wire {
		if w.Score != "" {
			scores[d.word(w.ID)] = d.score(w)
		}
	}
	return scores
}

// compareViews finds the views of the group that were made of the same then: the same combination of the same parts,
// which may be compared themselves, with the same weights. Changed are the ids of indicators that may not.
func (k *kinship) compareViews(changed map[string]bool) {
	if len(k.now.Stats.Views) == 0 {
		return
	}
	k.views = map[string]bool{}
	ancestors := k.past.Ancestors(k.set)
	for _, v := range k.now.Stats.Views {
		then, ok := k.past.Groups[k.now.Group.ID].Views[v.View.ID]
		if !ok || then.Combine != v.View.Combine.String() || !then.Of.Equal(v.Of) {
			continue
		}
		parts := map[string]decimal.Decimal{}
		same := true
		for _, p := range v.View.Parts {
			if !p.Concerns(k.now.Group.ID) {
				continue
			}
			id, ok := k.partThen(p, ancestors, changed)
			same = same && ok
			parts[id] = p.Weight
		}
		k.views[v.View.ID] = same && alike(parts, then.Parts)
	}
}

// partThen is the id that a part of a view had then; ok is whether it may be compared.
func (k *kinship) partThen(p criteria.ViewPart, ancestors map[string]criteria.Lineage, changed map[string]bool) (id string, ok bool) {
	if p.Pillar != nil {
		return p.ID, k.pillars[p.ID]
	}
	from := ancestors[p.ID]
	return from.ID, from.Comparable && !changed[p.ID]
}

func alike(a, b map[string]decimal.Decimal) bool {
	if len(a) != len(b) {
		return false
	}
	for id, weight := range a {
		if other, ok := b[id]; !ok || !other.Equal(weight) {
			return false
		}
	}
	return true
}

// comparableViews marks a group's earlier views that may be compared.
func (k *kinship) comparableViews(was map[string]PastView) map[string]PastView {
	if was == nil {
		return nil
	}
	views := make(map[string]PastView, len(was))
	for id, v := range was {
		v.Comparable = k.views[id]
		views[id] = v
	}
	return views
}

// viewScores are an agency's earlier scores of the views that may be compared.
func (k *kinship) viewScores(was map[string]PastScore) map[string]PastScore {
	var scores map[string]PastScore
	for id, s := range was {
		if !k.views[id] {
			continue
		}
		if scores == nil {
			scores = map[string]PastScore{}
		}
		scores[id] = s
	}
	return scores
}
