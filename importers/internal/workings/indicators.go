package workings

import (
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// Columns of the table of indicators.
const (
	leafID       = "A"
	leafName     = "B"
	leafJudged   = "C" // status by the rule
	leafEarned   = "D" // points by the rule, or the share where the indicator has no points
	leafEvidence = "E" // length of the evidence
	leafRemark   = "F" // length of the remark
	leafStatus   = "G"
	leafPoints   = "H" // points that enter a pillar that sums
	leafMost     = "I" // their maximum; 0 where the indicator does not count
	leafShare    = "J" // share of an indicator whose pillar does not sum
	leafWeight   = "K" // 0 where the indicator does not count
	leafWeighed  = "L"
	leafNought   = "M" // 1 where a share of 0 makes its pillar 0
	leafScore    = "N" // as it is published
	leafLacks    = "O"
	leafBonus    = "P"
	leafPenalty  = "Q"
	leafEstimate = "R"
	leafParts    = 18 // number of the column before the intermediate results of the rule
)

// judge writes the table of indicators.
func (b *builder) judge() {
	b.heads(b.leafHead, "id", "indicator", "judged", "earned", "evidence", "remark", "status", "points", "most", "share",
		"weight", "weighed", "nought", "score", "lacks", "bonus", "penalty", "estimate", "parts")
	for _, l := range b.leaves {
		b.write(leafID, l.row, l.ID)
		b.write(leafName, l.row, b.nameOf(l.No, l.ID, l.Name))
		estimated := b.ruled(l)
		b.status(l)
		b.lacks(l)
		b.effect(l, b.proven(l))
		if estimated {
			b.formula(leafEstimate, l.row, leafScore+"#")
		}
		b.w.indicators[l.ID] = node{
			status: out(leafStatus, l.row), score: out(leafScore, l.row), lacks: out(leafLacks, l.row), estimated: estimated,
		}
	}
}

// ruled writes what the rule says, under the bounds of an earlier round where there are some.
func (b *builder) ruled(l *leaf) (estimated bool) {
	if !l.concerned {
		b.put(leafJudged, l.row, Cell{Number: unconcerned})
		b.put(leafEarned, l.row, Cell{Number: "0"})
		return false
	}
	basis := rule.Basis{Min: l.Min}
	full, hasPoints := l.Points[b.group]
	if hasPoints {
		basis.Points = &full
	} else {
		full = one
	}
	var judge rule.Judge
	if e, ok := l.Rule.(rule.Estimator); ok && len(b.Bounds[l.ID]) > 0 {
		judge, estimated = e.Estimate(b.Bounds[l.ID])
	}
	if !estimated {
		judge = l.Rule.Fit(basis)
	}
	f := judge.Formula(&cells{b: b, l: l, next: leafParts}, full)
	b.put(leafJudged, l.row, Cell{Formula: f.Status})
	b.put(leafEarned, l.row, Cell{Formula: here("IF(C#<>1,0,", l.row) + f.Points + ")"})
	return estimated
}

// status writes the status: an answer that is missing is pending where somebody else gives one.
func (b *builder) status(l *leaf) {
	if b.waits(l) {
		b.formula(leafStatus, l.row, "IF(C#=2,5,C#)")
		return
	}
	b.formula(leafStatus, l.row, "C#")
}

// inputs are the cells of an indicator's inputs in a column.
func (l *leaf) inputs(column string) string {
	cells, _ := span{l.first, l.last}.of(column)
	return cells
}

// lacks writes whether an answer lacks its evidence, or a claim that the indicator does not apply its reason.
func (b *builder) lacks(l *leaf) {
	evidence, reason := "0", "0"
	if l.Evidence.Required {
		b.formula(leafEvidence, l.row, "SUM("+l.inputs(inEvidence)+")")
		evidence = "IF(E#>0,0,IF(" + b.claims(l) + ">0,1,0))"
	}
	if l.NotApplicable.Allowed && b.Answers.Remark != "" {
		b.formula(leafRemark, l.row, "SUM("+l.inputs(inRemark)+")")
		reason = "IF(F#>0,0,2)"
	}
	if !l.concerned || evidence == "0" && reason == "0" {
		b.put(leafLacks, l.row, Cell{Number: "0"})
		return
	}
	if l.NotApplicable.Allowed {
		evidence = "IF(COUNTIF(" + l.inputs(inState) + ",3)>0," + reason + "," + evidence + ")"
	}
	b.formula(leafLacks, l.row, evidence)
}

// claims counts the answers that ask for evidence: a plain no does not.
func (b *builder) claims(l *leaf) string {
	var count strings.Builder
	count.WriteString("COUNTIF(" + l.inputs(inState) + ",1)+COUNTIF(" + l.inputs(inState) + ",4)")
	for row := l.first; row <= l.last; row++ {
		if in := b.inputs[row-b.inputs[0].row]; in.Type == rule.YesNo && in.state == "" {
			count.WriteString(here("-IF(F#=1,1-G#,0)", row))
		}
	}
	return "(" + count.String() + ")"
}

// proven is what the rule gives, less what is lost for want of evidence.
func (b *builder) proven(l *leaf) string {
	asks := false
	for _, in := range l.Inputs {
		asks = asks || in.By == criteria.ByAgency
	}
	if l.concerned && asks && l.Evidence.Required && l.Evidence.WithoutZero {
		return "IF(E#>0,D#,MIN(0,D#))"
	}
	return "D#"
}

// effect writes how the points enter the total, and the published score.
func (b *builder) effect(l *leaf, earned string) {
	score := leafScore
	switch {
	case l.Effect == criteria.Bonus:
		score = leafBonus
	case l.Effect == criteria.Penalty:
		score = leafPenalty
	case !l.inSum():
		b.shared(l, earned)
		return
	case l.base():
		score = leafPoints
		b.formula(leafMost, l.row, b.counting(l, rule.Literal(l.points)))
	}
	b.formula(score, l.row, b.points(l, earned))
	if score != leafScore {
		b.formula(leafScore, l.row, score+"#")
	}
}

// points is the points of an indicator, rounded as the set says. Whatever is not scored earns none, save where not
// applying earns all.
func (b *builder) points(l *leaf, earned string) string {
	if !l.worth() {
		return "0"
	}
	points := rounded(earned, b.Set.Rounding.Indicator)
	if l.filled() {
		return "IF(G#=3," + rounded(rule.Literal(l.points), b.Set.Rounding.Indicator) + "," + points + ")"
	}
	return points
}

// counting is a value where the indicator counts, else 0, under the policies of the set.
func (b *builder) counting(l *leaf, value string) string {
	if b.Set.Missing.Skip {
		value = "IF(G#=2,0,IF(G#=5,0," + value + "))"
	}
	if l.policy == criteria.Rescale {
		value = "IF(G#=3,0," + value + ")"
	}
	return value
}

// shared writes the share of an indicator whose pillar does not sum. It is published as a share of the scale.
func (b *builder) shared(l *leaf, earned string) {
	if l.worth() {
		earned += "/" + rule.Literal(l.points)
	}
	if l.filled() {
		earned = "IF(G#=3,1," + earned + ")"
	}
	b.formula(leafShare, l.row, earned)
	b.formula(leafScore, l.row, rounded("J#*"+rule.Literal(b.of), b.Set.Rounding.Total))
	if l.base() {
		b.formula(leafWeight, l.row, b.counting(l, rule.Literal(l.Weight)))
		b.weigh(l.parent.Combine, l.row, "J#", "K#", leafWeighed, leafNought)
	}
}

// smallest stands for a share of 0 where a logarithm or a quotient is taken of it; the result is not used.
const smallest = "0.000000000001"

// weigh writes what a child brings into a pillar that does not sum: its weight times its share, and the like.
func (b *builder) weigh(how criteria.Combine, row int, share, weight, weighed, nought string) {
	switch how {
	case criteria.Geometric:
		b.formula(weighed, row, weight+"*LN(MAX("+share+","+smallest+"))")
	case criteria.Harmonic:
		b.formula(weighed, row, weight+"/MAX("+share+","+smallest+")")
	case criteria.Min:
		b.formula(weighed, row, "IF("+weight+">0,"+share+",2)") // above every share
		return
	default:
		b.formula(weighed, row, weight+"*"+share)
		return
	}
	b.formula(nought, row, "IF("+weight+">0,IF("+share+"<="+smallest+",1,0),0)")
}
