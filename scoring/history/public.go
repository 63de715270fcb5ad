package history

import (
	"errors"
	"fmt"
	"io"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// PublicSchema names the format of data.json.
const PublicSchema = "dti.data/v1"

// EncodePublic writes data.json, what everybody may read, an agency a line. It is an allow-list: every member is
// written by name below, so nothing that is not named here is published. Left out are claims, who filled in, approved
// or reviewed and why, why the total was adjusted, the round's files, remarks, evidence, places and problems. Of an
// indicator whose answers are public it writes points, answers and the judgement; of one whose points are public, points
// and a status that says no more than why there are none (scoring.IndicatorResult.Published); of any other, nothing. The
// error is the writers'.
//
// figures gets the same as of a final release that nothing else is said of, by no program: equal where no figure
// changed, whoever published it and how often.
func EncodePublic(w, figures io.Writer, ranking *scoring.Ranking, cmp Comparison, engine string) error {
	p := &publisher{encoder: newEncoder(ranking, cmp)}
	_, err := w.Write(p.head(ranking.Round.Release, engine))
	_, errOfFigures := figures.Write(p.head(submission.Release{Status: submission.Final}, ""))
	if err := errors.Join(err, errOfFigures); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return stream(io.MultiWriter(w, figures), nil, ranking.Codes(), p.agency, []byte("\n]}\n"))
}

// A publisher writes the members that are public. Of the encoder it uses only what holds nothing of a single answer.
type publisher struct {
	encoder *encoder
}

func (p *publisher) head(release submission.Release, engine string) []byte {
	e := p.encoder
	j, round := &jsonText{}, e.ranking.Round
	j.open()
	j.strKey("schema", PublicSchema)
	j.strKey("engine", engine)
	p.release(j, release)
	j.openKey("round", '{')
	j.strKey("id", round.ID)
	j.intKey("year", round.Year)
	j.textKey("title", round.Title, e.set.Languages)
	j.close('}')
	e.criteria(j)
	j.openKey("groups", '[')
	for _, g := range e.ranking.Groups {
		j.open()
		j.strKey("id", g.Group.ID)
		j.textKey("name", g.Group.Name, e.set.Languages)
		e.stats(j, g)
		e.fitted(j, p.fitted(g.Fitted))
		e.before(j, g.Group.ID)
		e.groupHistory(j, g.Group.ID)
		j.close('}')
	}
	j.close(']')
	j.openKey("agencies", '[')
	return j.b
}

// release is the authority of the results; a draft is stamped.
func (p *publisher) release(j *jsonText, r submission.Release) {
	j.openKey("release", '{')
	j.strKey("status", r.Status.String())
	if r.Status == submission.Draft {
		j.openKey("stamp", '{')
		for _, voice := range p.encoder.voices {
			j.strKey(voice.Lang(), voice.Say("site.draft-stamp"))
		}
		j.close('}')
	}
	j.intKey("revision", r.Revision)
	j.strKey("decision", r.Decision)
	j.strKey("date", string(r.Date))
	j.strKey("contact", r.Contact)
	j.strKey("licence", r.Licence)
	j.close('}')
}

// fitted leaves out the bounds of rules whose answers are not public: a bound is some agency's answer.
func (p *publisher) fitted(all []scoring.Fitted) []scoring.Fitted {
	var public []scoring.Fitted
	for _, f := range all {
		if ind, ok := p.encoder.set.Indicator(f.Indicator); ok && ind.Public == criteria.Answers {
			public = append(public, f)
		}
	}
	return public
}

func (p *publisher) agency(b []byte, code string) []byte {
	e := p.encoder
	res, ok := e.ranking.Result(code)
	if !ok {
		return b
	}
	j, total := &jsonText{b: b}, e.set.Rounding.Total
	j.open()
	j.strKey("code", res.Agency.Code)
	j.textKey("name", res.Agency.Name, e.set.Languages)
	j.strKey("group", res.Agency.Group)
	if res.Agency.Parent != "" {
		j.strKey("parent", res.Agency.Parent)
	}
	j.strKey("status", rankedWord(res.Ranked))
	if !res.Ranked {
		e.note(j, "reason", res.Reason)
	}
	j.scoreKey("score", res.Score, total)
	j.ofKey(res.Of, total)
	j.fixedKey("percent", res.Percent, 2)
	e.place(j, res.Standing)
	e.adjustments(j, res.Agency.Code, false)
	e.previous(j, res.Agency.Code)
	e.history(j, res.Agency.Code)
	p.children(j, res.Root)
	e.views(j, res.Views)
	j.close('}')
	return j.b
}

func (p *publisher) children(j *jsonText, parent scoring.PillarResult) {
	j.openKey("pillars", '[')
	for _, child := range parent.Pillars {
		j.open()
		j.strKey("id", child.Pillar.ID)
		p.encoder.pillarScore(j, child.PillarScore)
		p.children(j, child)
		j.close('}')
	}
	j.close(']')
	j.openKey("indicators", '[')
	for i := range parent.Indicators {
		p.indicator(j, &parent.Indicators[i], parent.Pillar)
	}
	j.close(']')
}

func (p *publisher) indicator(j *jsonText, r *scoring.IndicatorResult, parent *criteria.Pillar) {
	switch r.Indicator.Public {
	case criteria.Answers:
		j.open()
		p.points(j, r, parent)
		p.answers(j, r)
		j.close('}')
	case criteria.PointsOnly:
		j.open()
		p.points(j, r, parent)
		j.close('}')
	case criteria.Nothing:
	}
}

func (p *publisher) points(j *jsonText, r *scoring.IndicatorResult, parent *criteria.Pillar) {
	places := p.encoder.places(r.Indicator, parent)
	j.strKey("id", r.Indicator.ID)
	j.scoreKey("score", r.Score, places)
	j.ofKey(r.Of, places)
	j.strKey("status", r.Published(p.encoder.set).Status.String())
}

// answers are the values as judged and the judgement. Why a review changed the points is not published: it may quote
// what is confidential.
func (p *publisher) answers(j *jsonText, r *scoring.IndicatorResult) {
	j.openKey("answers", '{')
	for i := range r.Inputs {
		appendInput(j, &r.Inputs[i])
	}
	j.close('}')
	p.encoder.note(j, "note", r.Note)
}
