package history

import (
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// Schema names the format of results.json.
const Schema = "dti.results/v1"

// Options are what a results.json says of its own making. The zero Options say nothing.
type Options struct {
	Engine string    // name and version of the program
	Closed rule.Date // the day on which the round's inputs were sealed; empty: they are not
}

// Encode writes results.json: internal and complete, the whole trace of every agency, an agency a line. The same
// ranking, comparison and options give the same bytes. Traces are made and written one after the other, so that a round
// of any size needs the memory of a few. The error is the writer's.
func Encode(w io.Writer, ranking *scoring.Ranking, cmp Comparison, opts Options) error {
	e := newEncoder(ranking, cmp)
	return stream(w, e.head(opts), ranking.Codes(), e.agency, e.tail())
}

// An encoder knows what all parts of results.json need.
type encoder struct {
	ranking *scoring.Ranking
	cmp     Comparison
	set     *criteria.Set
	voices  []*locale.Locale // one for each language of the set that there are words for; at least one
}

func newEncoder(ranking *scoring.Ranking, cmp Comparison) *encoder {
	set := ranking.Round.Set
	e := &encoder{ranking: ranking, cmp: cmp, set: set}
	for _, lang := range set.Languages {
		if l, ok := locale.For(lang); ok {
			e.voices = append(e.voices, l.WithTerms(set.Terms))
		}
	}
	if len(e.voices) == 0 {
		e.voices = []*locale.Locale{locale.MustFor(locale.Langs()[0])}
	}
	return e
}

// head is everything before the agencies.
func (e *encoder) head(opts Options) []byte {
	j, round := &jsonText{}, e.ranking.Round
	j.open()
	j.strKey("schema", Schema)
	j.strKey("engine", opts.Engine)
	if opts.Closed != "" {
		j.strKey("closed", string(opts.Closed))
	}
	j.openKey("release", '{')
	j.strKey("status", round.Release.Status.String())
	j.intKey("revision", round.Release.Revision)
	j.close('}')
	j.openKey("round", '{')
	j.strKey("id", round.ID)
	j.intKey("year", round.Year)
	j.textKey("title", round.Title, e.set.Languages)
	e.period(j)
	j.close('}')
	e.criteria(j)
	e.inputs(j)
	j.openKey("groups", '[')
	for _, g := range e.ranking.Groups {
		j.open()
		j.strKey("id", g.Group.ID)
		e.stats(j, g)
		e.fitted(j, g.Fitted)
		e.before(j, g.Group.ID)
		e.groupHistory(j, g.Group.ID)
		e.meanMovement(j, g.Group.ID)
		j.close('}')
	}
	j.close(']')
	j.openKey("agencies", '[')
	return j.b
}

func (e *encoder) criteria(j *jsonText) {
	j.openKey("criteria", '{')
	j.strKey("id", e.set.ID)
	j.strKey("version", e.set.Version)
	j.strKey("sha256", e.set.Hash)
	j.close('}')
}

// inputs are the files that the round was read from. A round that was made without files has no such member.
func (e *encoder) inputs(j *jsonText) {
	if len(e.ranking.Round.Files) == 0 {
		return
	}
	j.openKey("inputs", '[')
	for _, f := range e.ranking.Round.Files {
		j.open()
		j.strKey("file", f.Name)
		j.strKey("sha256", f.SHA256)
		j.close('}')
	}
	j.close(']')
}

// stats are a group's figures; a mean of nobody is left out.
func (e *encoder) stats(j *jsonText, g scoring.Group) {
	s := g.Stats
	j.intKey("agencies", s.Agencies)
	j.intKey("ranked", s.Ranked)
	if s.Ranked > 0 {
		j.scoreKey("mean", s.Mean, e.set.Rounding.Total)
		j.scoreKey("median", s.Median, e.set.Rounding.Total)
	}
	j.openKey("ratings", '{')
	for _, r := range s.Ratings {
		j.intKey(r.Rating.ID, r.Count)
	}
	j.close('}')
	j.openKey("pillars", '{')
	for _, p := range s.Pillars {
		if p.Agencies > 0 {
			j.openKey(p.Pillar.ID, '{')
			j.scoreKey("mean", p.Mean, p.Places)
			j.ofKey(p.Of, e.set.Rounding.Total)
			j.close('}')
		}
	}
	j.close('}')
	e.viewStats(j, g)
}

func (e *encoder) fitted(j *jsonText, all []scoring.Fitted) {
	j.openKey("fitted", '{')
	for _, f := range all {
		j.openKey(f.Indicator, '{')
		for _, bound := range f.Bounds {
			j.key(bound.Name)
			j.b = appendExact(j.b, bound.Value)
		}
		j.close('}')
	}
	j.close('}')
}

// before is what a group was in the earlier round, with the pillars that may be compared.
func (e *encoder) before(j *jsonText, group string) {
	past, ok := e.cmp.Groups[group]
	if !ok {
		return
	}
	j.openKey("previous", '{')
	j.intKey("year", past.Year)
	j.intKey("agencies", past.Agencies)
	if past.HasMean {
		j.exactKey("mean", past.Mean)
	}
	j.openKey("ratings", '{')
	for _, id := range e.ratingOrder(past.Ratings) {
		j.intKey(id, past.Ratings[id])
	}
	j.close('}')
	j.openKey("pillars", '{')
	for p := range e.set.Root.AllPillars() {
		if was, ok := past.Pillars[p.ID]; ok && was.Comparable {
			j.openKey(p.ID, '{')
			j.exactKey("mean", was.Mean)
			j.exactKey("of", was.Of)
			j.close('}')
		}
	}
	j.close('}')
	e.viewsBefore(j, past)
	j.close('}')
}

// ratingOrder lists the ratings of an earlier round: those of the set in its order, then the others by id.
func (e *encoder) ratingOrder(counts map[string]int) []string {
	var ids []string
	for _, r := range e.set.Ratings {
		if _, ok := counts[r.ID]; ok {
			ids = append(ids, r.ID)
		}
	}
	for _, id := range sortedKeys(counts) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// agency appends one agency with its whole trace.
func (e *encoder) agency(b []byte, code string) []byte {
	res, ok := e.ranking.Result(code)
	if !ok {
		return b
	}
	j := &jsonText{b: b}
	j.open()
	j.strKey("code", res.Agency.Code)
	j.textKey("name", res.Agency.Name, e.set.Languages)
	j.strKey("group", res.Agency.Group)
	e.standing(j, res.Standing)
	e.adjustments(j, res.Agency.Code, true)
	e.previous(j, res.Agency.Code)
	e.history(j, res.Agency.Code)
	e.movement(j, res.Agency.Code)
	e.children(j, res.Root)
	e.views(j, res.Views)
	j.close('}')
	return j.b
}

func (e *encoder) standing(j *jsonText, s scoring.Standing) {
	total := e.set.Rounding.Total
	j.strKey("status", rankedWord(s.Ranked))
	j.strKey("reason", e.voices[0].Note(s.Reason))
	j.scoreKey("score", s.Score, total)
	j.ofKey(s.Of, total)
	j.fixedKey("percent", s.Percent, 2)
	j.scoreKey("claimed", s.Claimed, total)
	e.place(j, s)
}

// place is rank and rating; who is not ranked has none.
func (e *encoder) place(j *jsonText, s scoring.Standing) {
	if s.Ranked {
		j.intKey("rank", s.Rank)
		j.boolKey("tied", s.Tied)
	}
	if s.Rating != "" {
		j.strKey("rating", s.Rating)
	}
}

func rankedWord(ranked bool) string {
	if ranked {
		return "ranked"
	}
	return "unranked"
}

// previous is an agency's earlier result; what was not known then is left out.
func (e *encoder) previous(j *jsonText, code string) {
	was, ok := e.cmp.Agencies[code]
	if !ok {
		return
	}
	j.openKey("previous", '{')
	j.intKey("year", was.Year)
	if was.HasScore {
		j.exactKey("score", was.Score)
	}
	if was.Rank > 0 {
		j.intKey("rank", was.Rank)
		j.intKey("of_ranked", was.OfRanked)
		asPublished(j, was)
	}
	if was.Rating != "" {
		j.strKey("rating", was.Rating)
	}
	if was.Moved {
		j.intKey("rank_change", was.RankChange)
	}
	j.boolKey("comparable", was.Comparable)
	j.close('}')
}

// children are the pillars and indicators of a pillar, or of the root.
func (e *encoder) children(j *jsonText, p scoring.PillarResult) {
	j.openKey("pillars", '[')
	for _, child := range p.Pillars {
		j.open()
		j.strKey("id", child.Pillar.ID)
		e.pillarScore(j, child.PillarScore)
		e.children(j, child)
		j.close('}')
	}
	j.close(']')
	j.openKey("indicators", '[')
	for i := range p.Indicators {
		e.indicator(j, &p.Indicators[i], p.Pillar)
	}
	j.close(']')
}

// pillarScore is left out where nothing in the pillar applies to the agency.
func (e *encoder) pillarScore(j *jsonText, s scoring.PillarScore) {
	if !s.Applies {
		return
	}
	places := s.Places(e.set.Rounding)
	j.scoreKey("score", s.Score, places)
	j.ofKey(s.Of, places)
}

// places says how the scores of one indicator are written.
func (e *encoder) places(ind *criteria.Indicator, parent *criteria.Pillar) criteria.Places {
	if parent.Combine == criteria.Sum || ind.Effect == criteria.Bonus || ind.Effect == criteria.Penalty {
		return e.set.Rounding.Indicator
	}
	return e.set.Rounding.Total
}

func (e *encoder) indicator(j *jsonText, r *scoring.IndicatorResult, parent *criteria.Pillar) {
	places := e.places(r.Indicator, parent)
	j.open()
	j.strKey("id", r.Indicator.ID)
	j.scoreKey("score", r.Score, places)
	j.ofKey(r.Of, places)
	j.strKey("status", r.Status.String())
	j.openKey("inputs", '{')
	for i := range r.Inputs {
		appendInput(j, &r.Inputs[i])
	}
	j.close('}')
	j.openKey("from", '{')
	for _, in := range r.Inputs {
		if in.Answer.Place != (diag.Place{}) {
			j.strKey(in.Name, in.Answer.Place.String())
		}
	}
	j.close('}')
	j.scoreKey("claimed", r.Claimed, places)
	e.note(j, "note", r.Note, r.Because)
	if r.Decision != nil {
		appendReview(j, r.Decision)
	}
	j.close('}')
}

// note says notes, such as the judgement and why the points differ from it, in every language of the set.
func (e *encoder) note(j *jsonText, name string, notes ...rule.Note) {
	j.openKey(name, '{')
	for _, voice := range e.voices {
		words := ""
		for _, n := range notes {
			said := voice.Note(n)
			if words != "" && said != "" {
				words += "; "
			}
			words += said
		}
		j.strKey(voice.Lang(), words)
	}
	j.close('}')
}

// appendInput writes a value as JSON has it. What is missing is left out; what cannot be read, and a claim that the
// indicator does not apply, is null.
func appendInput(j *jsonText, in *scoring.InputResult) {
	v := in.Answer.Value
	if v.IsMissing() {
		return
	}
	j.key(in.Name)
	if d, ok := v.Number(); ok {
		j.b = appendExact(j.b, d)
	} else if yes, ok := v.Yes(); ok {
		j.b = strconv.AppendBool(j.b, yes)
	} else if ids, ok := v.Options(); ok {
		appendOptions(j, ids, in.Input.Type)
	} else if day, ok := v.Day(); ok {
		j.b = appendString(j.b, string(day))
	} else if s, ok := v.Text(); ok {
		j.b = appendString(j.b, s)
	} else {
		j.b = append(j.b, "null"...)
	}
}

// appendOptions writes a choice as its id and choices as an array.
func appendOptions(j *jsonText, ids []string, t rule.Type) {
	if t == rule.Choice && len(ids) == 1 {
		j.b = appendString(j.b, ids[0])
		return
	}
	j.b = append(j.b, '[')
	for _, id := range ids {
		j.str(id)
	}
	j.b = append(j.b, ']')
}

func appendReview(j *jsonText, d *submission.Decision) {
	j.openKey("review", '{')
	j.strKey("stage", d.Stage.String())
	j.strKey("decision", d.Verdict.String())
	if d.Points.Set {
		j.exactKey("points", d.Points.Value)
	}
	j.strKey("reason", d.Reason)
	j.strKey("reviewer", d.Reviewer)
	j.close('}')
}

// tail is everything after the agencies.
func (e *encoder) tail() []byte {
	j := &jsonText{b: []byte("\n]")}
	j.openKey("problems", '[')
	for i, p := range e.ranking.Round.Problems {
		if i > 0 {
			j.b = append(j.b, ',')
		}
		j.b = append(j.b, '\n')
		e.problem(j, p)
	}
	j.b = append(j.b, "]}\n"...)
	return j.b
}

func (e *encoder) problem(j *jsonText, p diag.Problem) {
	j.open()
	j.strKey("place", p.Place.String())
	j.strKey("severity", p.Severity.String())
	j.strKey("message", e.voices[0].Say("problems."+p.Kind, p.Args...))
	j.boolKey("settled", p.Settled)
	j.close('}')
}
