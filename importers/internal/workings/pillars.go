package workings

import (
	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// Columns of the table of pillars.
const (
	nodeID      = "A"
	nodeName    = "B"
	nodeEarned  = "C" // points of a pillar that sums; sum of what the children bring into one that does not
	nodeMost    = "D" // attainable points, or weights, of what counts
	nodeNought  = "E" // children whose share of 0 makes the pillar 0
	nodeApplies = "F" // 1 where anything in it applies
	nodeShare   = "G"
	nodeScore   = "H" // as it is published
	nodeOf      = "I"
	nodePoints  = "J" // what it brings into a parent that sums
	nodeFull    = "K"
	nodeWeight  = "L" // what it brings into a parent that does not
	nodeWeighed = "M"
	nodeZero    = "N"
)

// combine writes the table of pillars.
func (b *builder) combine() {
	b.heads(b.pillarHead, "id", "pillar", "gathered", "most", "noughts", "applies", "share", "score", "of", "points",
		"full", "weight", "weighed", "nought")
	for _, p := range b.pillars {
		id, title := p.ID, b.nameOf(p.No, p.ID, p.Name)
		if p.parent == nil {
			id, title = "@total", b.say("all")
		}
		b.write(nodeID, p.row, id)
		b.write(nodeName, p.row, title)
		if p.sums() {
			b.formula(nodeEarned, p.row, sum(p.leaves, leafPoints, p.children, nodePoints))
			b.formula(nodeMost, p.row, "ROUND("+sum(p.leaves, leafMost, p.children, nodeFull)+",9)")
			b.formula(nodeShare, p.row, "C#/IF(D#>0,D#,1)")
		} else {
			b.formula(nodeMost, p.row, sum(p.leaves, leafWeight, p.children, nodeWeight))
			b.mean(p)
		}
		b.formula(nodeApplies, p.row, "IF(D#>0,1,0)")
		b.published(p)
		b.enter(p)
		b.w.pillars[p.ID] = node{score: out(nodeScore, p.row), of: out(nodeOf, p.row), status: out(nodeApplies, p.row)}
	}
}

// mean writes the share of a pillar that does not sum.
func (b *builder) mean(p *pillar) {
	if p.Combine == criteria.Min {
		b.formula(nodeShare, p.row, "IF(D#>0,"+least(p)+",0)")
		return
	}
	b.formula(nodeEarned, p.row, sum(p.leaves, leafWeighed, p.children, nodeWeighed))
	if p.Combine == criteria.Mean {
		b.formula(nodeShare, p.row, "C#/IF(D#>0,D#,1)")
		return
	}
	b.formula(nodeNought, p.row, sum(p.leaves, leafNought, p.children, nodeZero))
	share := "EXP(C#/IF(D#>0,D#,1))"
	if p.Combine == criteria.Harmonic {
		share = "D#/MAX(C#," + smallest + ")"
	}
	b.formula(nodeShare, p.row, "IF(D#>0,IF(E#>0,0,ROUND("+share+",12)),0)")
}

// least is the smallest share of what counts.
func least(p *pillar) string {
	leaves, ok := p.leaves.of(leafWeighed)
	children, too := p.children.of(nodeWeighed)
	switch {
	case ok && too:
		return "MIN(" + leaves + "," + children + ")"
	case ok:
		return "MIN(" + leaves + ")"
	case too:
		return "MIN(" + children + ")"
	default:
		return "0"
	}
}

// published writes the score of a pillar and its maximum: points where its parent sums too, else a share of the scale.
func (b *builder) published(p *pillar) {
	if p.inSum() && p.sums() {
		b.formula(nodeScore, p.row, "IF(D#>0,ROUND(C#,9),0)")
		b.formula(nodeOf, p.row, "D#")
		return
	}
	b.formula(nodeScore, p.row, "IF(D#>0,"+rounded("G#*"+rule.Literal(b.of), b.Set.Rounding.Total)+",0)")
	b.formula(nodeOf, p.row, "IF(D#>0,"+rule.Literal(b.of)+",0)")
}

// enter writes what a pillar brings into its parent.
func (b *builder) enter(p *pillar) {
	switch {
	case p.parent == nil:
	case p.inSum() && p.sums():
		b.formula(nodePoints, p.row, "C#")
		b.formula(nodeFull, p.row, "D#")
	case p.inSum():
		b.formula(nodePoints, p.row, "IF(D#>0,G#*"+rule.Literal(p.points)+",0)")
		b.formula(nodeFull, p.row, "IF(D#>0,"+rule.Literal(p.points)+",0)")
	default:
		b.formula(nodeWeight, p.row, "IF(D#>0,"+rule.Literal(p.Weight)+",0)")
		b.weigh(p.parent.Combine, p.row, "G#", "L#", nodeWeighed, nodeZero)
	}
}
