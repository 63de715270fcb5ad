package main

import (
	"encoding/json"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
)

// assessed is what `dti assess --json` writes, dti.assessment/v1. Points have the decimals of the set. What is not known
// is null.
type assessed struct {
	Schema    string            `json:"schema"`
	Agency    string            `json:"agency"`
	Criteria  string            `json:"criteria"`
	Score     json.Number       `json:"score"`
	Of        json.Number       `json:"of"`
	Percent   json.Number       `json:"percent"`
	Rating    string            `json:"rating"`
	Answered  int               `json:"answered"`
	Asked     int               `json:"asked"`
	Pending   int               `json:"pending"`
	Estimated assessedEstimates `json:"estimated"`
	Pillars   []assessedPillar  `json:"pillars"`
	Ledger    []assessedLine    `json:"ledger"`
	Receipt   assessedReceipt   `json:"receipt"`
	Steps     []assessedGoal    `json:"steps"`
	Problems  []assessedProblem `json:"problems"`
}

// assessedEstimates are the indicators judged under the bounds of the round of a year; the year is 0 where there are no
// bounds.
type assessedEstimates struct {
	Year       int      `json:"year"`
	Indicators []string `json:"indicators"`
}

type assessedPillar struct {
	ID    string      `json:"id"`
	Score json.Number `json:"score"`
	Of    json.Number `json:"of"`
}

// assessedReceipt compares the workbook with the engine. Compared is false where the workbook shows no computed points.
type assessedReceipt struct {
	Compared bool           `json:"compared"`
	Total    assessedTotal  `json:"total"`
	Points   int            `json:"points"`   // cells of points that were compared
	Agreeing int            `json:"agreeing"` // of them
	Cells    []assessedCell `json:"cells"`    // those that differ
}

type assessedTotal struct {
	Workbook *json.Number `json:"workbook"`
	Engine   *json.Number `json:"engine"`
	Agree    bool         `json:"agree"`
}

type assessedCell struct {
	Place     string       `json:"place"`
	Indicator string       `json:"indicator"`
	Workbook  *json.Number `json:"workbook"`
	Text      string       `json:"text,omitempty"` // what the cell holds where it is no number
	Engine    json.Number  `json:"engine"`
	Formula   bool         `json:"formula"` // false: somebody typed over it
	Answers   []string     `json:"answers"` // cells of the agency's answers that decide the points
	Odd       []string     `json:"odd"`     // of them those that a spreadsheet may not read, such as digits as text
}

// assessedGoal is one goal: a rating, or the score of a rank in an earlier year. Without steps it is reached or out of
// reach, or the scores of that year may not be compared (why).
type assessedGoal struct {
	Rating    string         `json:"rating,omitempty"`
	Rank      int            `json:"rank,omitempty"`
	Year      int            `json:"year,omitempty"`
	Score     *json.Number   `json:"score,omitempty"`
	Best      bool           `json:"best"`
	Reachable bool           `json:"reachable"`
	Promised  *json.Number   `json:"promised,omitempty"` // score after the steps
	Why       string         `json:"why,omitempty"`
	Steps     []assessedStep `json:"steps"`
}

type assessedStep struct {
	Indicator string      `json:"indicator"`
	Gain      json.Number `json:"gain"`
	Advice    string      `json:"advice"`
	Peers     []string    `json:"peers"` // codes of agencies
}

type assessedProblem struct {
	Place    string `json:"place"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

// assessJSON writes an assessment for machines.
func (a *app) assessJSON(s *assessment) error {
	t, set, res := a.teller(s), s.form.Set, s.result
	out := assessed{
		Schema: "dti.assessment/v1", Agency: s.form.Agency.Code, Criteria: set.Address(),
		Score: total(set, res.Score), Of: total(set, res.Of), Percent: json.Number(res.Percent.StringFixed(2)),
		Estimated: s.jsonEstimates(), Pillars: []assessedPillar{}, Ledger: s.jsonLedger(), Receipt: s.jsonReceipt(),
		Steps: []assessedGoal{}, Problems: []assessedProblem{},
	}
	out.Answered, out.Asked, out.Pending = res.Root.Counts()
	if rating, ok := set.RatingOf(res.Score, res.Of); ok {
		out.Rating = rating.ID
	}
	for _, p := range res.Pillars {
		out.Pillars = append(out.Pillars, assessedPillar{p.Pillar.ID, total(set, p.Score), total(set, p.Of)})
	}
	for _, g := range s.goals {
		out.Steps = append(out.Steps, t.jsonGoal(g))
	}
	for _, p := range gravestFirst(t.told()) {
		out.Problems = append(out.Problems, assessedProblem{p.Place.String(), p.Severity.String(), a.say.Say("problems."+p.Kind, p.Args...)})
	}
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return err
	}
	return stopped(s.form.Problems)
}

func (s *assessment) jsonEstimates() assessedEstimates {
	e := assessedEstimates{Year: s.boundsYear, Indicators: []string{}}
	list := s.result.Root.Estimated()
	for _, r := range list {
		e.Indicators = append(e.Indicators, r.Indicator.ID)
	}
	return e
}

func (s *assessment) jsonReceipt() assessedReceipt {
	r := s.receipt
	out := assessedReceipt{Compared: r.state == compared, Cells: []assessedCell{}}
	if !out.Compared {
		return out
	}
	of := exactly(r.total.places, r.total.engine)
	out.Total = assessedTotal{Workbook: r.total.held(), Engine: &of, Agree: r.agree}
	out.Points, out.Agreeing = r.compared, r.compared-len(r.differ)
	for _, d := range r.differ {
		cell := assessedCell{
			Place: d.claim.Place.String(), Indicator: d.indicator.ID, Workbook: d.held(),
			Engine: exactly(d.places, d.engine), Formula: d.claim.Formula,
			Answers: cells(d.answers), Odd: cells(d.odd),
		}
		if cell.Workbook == nil {
			cell.Text = d.claim.Text
		}
		out.Cells = append(out.Cells, cell)
	}
	return out
}

// held is the number that the cell holds; nil where it holds none.
func (d difference) held() *json.Number {
	if !d.claim.Known {
		return nil
	}
	n := exactly(d.places, d.claim.Value.Round(sheetPlaces))
	return &n
}

// exactly is a number with the decimals of the set, and never fewer than it has.
func exactly(p criteria.Places, d decimal.Decimal) json.Number {
	if p.Round && d.Equal(d.Round(p.N)) {
		return json.Number(d.StringFixed(p.N))
	}
	return json.Number(d.String())
}

func (t *teller) jsonGoal(g goal) assessedGoal {
	set := t.form.Set
	out := assessedGoal{Best: g.best, Reachable: g.possible || g.best, Steps: []assessedStep{}}
	switch {
	case !g.why.IsZero():
		out.Year, out.Why = t.past.Year, t.l.Note(g.why)
	case g.ranks:
		score := total(set, g.level.Score)
		out.Rank, out.Year, out.Score = g.level.Rank, g.level.Year, &score
	default:
		out.Rating = g.rating.ID
	}
	if len(g.steps) > 0 {
		score := total(set, g.promised(t.result.Score))
		out.Promised = &score
	}
	for _, s := range g.steps {
		step := assessedStep{Indicator: s.Indicator.ID, Gain: total(set, s.Gain), Advice: t.text(s.Indicator.Advice), Peers: []string{}}
		for _, p := range t.peers(s.Indicator) {
			step.Peers = append(step.Peers, p.Code)
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

// total is a number with the decimals of the set's totals.
func total(set *criteria.Set, d decimal.Decimal) json.Number {
	if p := set.Rounding.Total; p.Round {
		return json.Number(d.StringFixed(p.N))
	}
	return json.Number(d.String())
}

func stopped(problems diag.Problems) error {
	if problems.Stopping() > 0 {
		return errProblems
	}
	return nil
}
