package workbook

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// A Claim is what a workbook says that it computed, as a spreadsheet last stored it. It may be stale or typed over: it
// is compared with what the engine says and never taken for it.
type Claim struct {
	Place diag.Place
	Text  string // what the cell holds; "" where the spreadsheet computed no points, or never computed
	// Value is points; it is 0 where Known is false, since the cell holds no number.
	Value   decimal.Decimal
	Known   bool
	Formula bool // the cell still holds a formula; false: somebody typed over it
}

// ClaimsOf reads the total that a workbook of a set shows, and the points of its indicators by their ids. An indicator
// of which the workbook has no row, or no cell of points, is not among them; the zero Claim stands for no total.
func ClaimsOf(book sheet.Book, set *criteria.Set) (total Claim, points map[string]Claim) {
	rows := map[string]string{} // indicators by the id of their first row
	for ind := range set.Root.AllIndicators() {
		if len(ind.Inputs) > 0 {
			rows[submission.Key{Indicator: ind.ID, Input: ind.Inputs[0].ID}.String()] = ind.ID
		}
	}
	points = map[string]Claim{}
	for _, s := range book.Sheets {
		in, ok := columnsOf(s)
		if !ok || in.points == 0 {
			continue
		}
		for _, row := range s.Rows {
			mark, _ := row.At(in.id)
			id := strings.TrimSpace(mark.Text)
			c, _ := row.At(in.points)
			if id == idScore && total == (Claim{}) {
				total = claimOf(c)
			}
			if ind, first := rows[id]; first {
				if _, twice := points[ind]; !twice { // a copied row refers to the same cells
					points[ind] = claimOf(c)
				}
			}
		}
	}
	return total, points
}

func claimOf(c sheet.Cell) Claim {
	claim := Claim{Place: c.Place, Text: strings.TrimSpace(c.Text), Formula: c.Formula}
	if c.Numeric && !c.Date {
		d, err := numeral.Plain(claim.Text)
		claim.Value, claim.Known = d, err == nil
	}
	return claim
}
