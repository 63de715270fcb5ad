package workings

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// one is the points of an indicator that has a share only.
var one = decimal.NewFromInt(1)

// Rows of the total, counted from its head; the value stands in column C.
const (
	totalBase = iota + 1
	totalBonus
	totalPenalty
	totalScore
	totalOf
	totalPercent
	totalRating
	totalAnswered
	totalAsked
	totalMissing
	totalUnread
	totalEstimated
	totalLacking
	totalOpen
)

// totalNames are the ids of the rows of the total, and the ends of the keys of their words.
var totalNames = [...]string{
	"base", "bonus", "penalty", "total", "of", "percent", "rating", "answered", "asked", "missing", "unread", "estimate",
	"lacking", "open",
}

const value = "C"

// publish writes the total and the counts.
func (b *builder) publish() {
	b.heads(b.totalHead, "id", "whole", "value")
	for i, id := range totalNames {
		b.write("A", b.totalHead+1+i, id)
		b.write("B", b.totalHead+1+i, b.say("calc-"+id))
	}
	at := func(line int) string { return ref(value, b.totalHead+line) }
	b.line(totalBase, b.base())
	b.line(totalBonus, capped(b.leafSum(leafBonus), b.Set.Caps.Bonus))
	b.line(totalPenalty, capped(b.leafSum(leafPenalty), b.Set.Caps.Penalty))
	b.line(totalScore, rounded("MAX(0,"+at(totalBase)+"+"+at(totalBonus)+"-"+at(totalPenalty)+")", b.Set.Rounding.Total))
	b.number(value, b.totalHead+totalOf, b.of)
	b.line(totalPercent, "0")
	if !b.of.IsZero() {
		b.line(totalPercent, "ROUND(ROUND(100*"+at(totalScore)+"/"+rule.Literal(b.of)+",9),2)")
	}
	b.line(totalAnswered, b.statuses(1))
	b.line(totalAsked, strconv.Itoa(len(b.leaves))+"-"+b.statuses(3))
	b.line(totalMissing, b.statuses(2))
	b.line(totalUnread, b.statuses(4))
	b.line(totalEstimated, "ROUND("+b.leafSum(leafEstimate)+",9)")
	b.line(totalLacking, b.count(leafLacks, 1)+"+"+b.count(leafLacks, 2))
	b.line(totalOpen, "0")
	if n := len(b.inputs); n > 0 {
		b.line(totalOpen, ref(inOpen, b.inputs[n-1].row))
	}
	b.w.total = b.totals()
}

func (b *builder) line(line int, formula string) {
	b.put(value, b.totalHead+line, Cell{Formula: formula})
}

func (b *builder) totals() Total {
	at := func(line int) string { return out(value, b.totalHead+line) }
	return Total{
		Score: at(totalScore), Of: at(totalOf), Percent: at(totalPercent), Rating: at(totalRating),
		Answered: at(totalAnswered), Asked: at(totalAsked), Missing: at(totalMissing), Unread: at(totalUnread),
		Estimated: at(totalEstimated), Lacking: at(totalLacking), Open: at(totalOpen),
	}
}

// leafRows are the rows of the indicators.
func (b *builder) leafRows() (rows span) {
	if n := len(b.leaves); n > 0 {
		rows = span{b.leaves[0].row, b.leaves[n-1].row}
	}
	return rows
}

func (b *builder) leafSum(column string) string { return sum(b.leafRows(), column, span{}, "") }

// count counts the indicators with a number in a column.
func (b *builder) count(column string, number int) string {
	cells, ok := b.leafRows().of(column)
	if !ok {
		return "0"
	}
	return "COUNTIF(" + cells + "," + strconv.Itoa(number) + ")"
}

func (b *builder) statuses(status int) string { return b.count(leafStatus, status) }

// base is what the pillars make of the whole: the share of what applies, on the scale.
func (b *builder) base() string {
	root := b.pillars[0]
	if !root.sums() {
		return here("G#*", root.row) + rule.Literal(b.of)
	}
	return here("C#*", root.row) + rule.Literal(b.of) + here("/IF(D#>0,D#,1)", root.row)
}

// capped bounds what stands outside of the pillars, above and below.
func capped(points string, limit rule.Optional) string {
	points = "ROUND(" + points + ",9)"
	if !limit.Set {
		return points
	}
	return "MAX(" + rule.Literal(limit.Value.Neg()) + ",MIN(" + rule.Literal(limit.Value) + "," + points + "))"
}

// rate writes the ratings and finds the one that the total reaches.
func (b *builder) rate() {
	ratings := b.Set.Ratings
	b.heads(b.ratingHead, "id", "rating", "bound", "reached")
	first, last := b.ratingHead+1, b.ratingHead+len(ratings)
	for i, r := range ratings {
		row := first + i
		b.write("A", row, r.ID)
		b.write("B", row, b.text(r.Name))
		b.number("C", row, r.Bound)
		b.put("D", row, Cell{Formula: b.reached(r, i == len(ratings)-1)})
	}
	if len(ratings) == 0 {
		b.line(totalRating, `""`)
		return
	}
	cells := func(column string) string { s, _ := span{first, last}.of(column); return s }
	b.line(totalRating, "INDEX("+cells("B")+",MATCH(1,"+cells("D")+",0),1)")
}

// reached is 1 where the total reaches a rating; the last one is everybody's. Points are compared and not quotients,
// which binary numbers would blur.
func (b *builder) reached(r criteria.Rating, last bool) string {
	if last {
		return "1"
	}
	compare := ">="
	if r.Above {
		compare = ">"
	}
	over := rule.Literal(r.Bound.Mul(b.of))
	return "IF(ROUND(100*" + ref(value, b.totalHead+totalScore) + "-" + over + ",6)" + compare + "0,1,0)"
}

// listOpen lists the inputs that are blank or cannot be read.
func (b *builder) listOpen() {
	b.heads(b.openHead, "id", "place", "open-item")
	for i := 1; i <= openItems; i++ {
		row := b.openHead + i
		b.put("A", row, Cell{Number: strconv.Itoa(i)})
		b.put("B", row, Cell{Number: "0"})
		b.put("C", row, Cell{Formula: `""`})
		b.w.open = append(b.w.open, out("C", row))
		if n := len(b.inputs); n > 0 {
			rows := span{b.inputs[0].row, b.inputs[n-1].row}
			open, _ := rows.of(inOpen)
			names, _ := rows.of(inName)
			b.formula("B", row, "IFERROR(MATCH(A#,"+open+",0),0)")
			b.formula("C", row, `IF(B#=0,"",INDEX(`+names+",MAX(1,B#),1))")
		}
	}
}
