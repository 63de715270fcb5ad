package table

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

var standingHeaders = []string{"code", "name", "group", "year", "score", "of", "rank", "rating"}

// ReadStandings reads a table of an earlier round's standings; other columns are left aside. Scores with three decimals
// are read as the other scores of the column are written.
func ReadStandings(source Source, problems *diag.Problems) []submission.PastStanding {
	f := fixed{source: source, known: standingHeaders, required: []string{"code"}, loose: true, problems: problems}
	var rows []record
	for row := range f.records {
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	if len(rows) > 0 && !rows[0].has("score") && !rows[0].has("rank") {
		at := rows[0].Place()
		problems.Fault(diag.Place{File: at.File, Sheet: at.Sheet}, "table-needs-column", "score")
		return nil
	}
	mark := markOf(rows)
	var list []submission.PastStanding
	seen := map[string]diag.Place{}
	for _, row := range rows {
		s, ok := standing(row, mark, problems)
		if !ok {
			continue
		}
		if first, twice := seen[s.Code]; twice {
			problems.Fault(s.Place, "table-agency-twice", s.Code, first.String())
			continue
		}
		seen[s.Code] = s.Place
		list = append(list, s)
	}
	return list
}

// markOf finds the decimal mark that the scores are plainly written with.
func markOf(rows []record) numeral.Mark {
	for _, row := range rows {
		c, ok := row.cell("score")
		if _, err := numeral.Read(c.Text, numeral.Unknown); !ok || c.Numeric || err != nil {
			continue
		}
		switch i := strings.LastIndexAny(c.Text, ".,"); {
		case i < 0 || strings.Count(c.Text, c.Text[i:i+1]) > 1:
		case c.Text[i] == '.':
			return numeral.Point
		default:
			return numeral.Comma
		}
	}
	return numeral.Unknown
}

func standing(row record, mark numeral.Mark, problems *diag.Problems) (submission.PastStanding, bool) {
	code, there := row.cell("code")
	if !there {
		problems.Fault(row.Place(), "agency-no-code")
		return submission.PastStanding{}, false
	}
	s := submission.PastStanding{
		Code: text(code.Text), Name: row.text("name"), Group: row.text("group"), Rating: row.text("rating"), Place: code.Place,
	}
	before := len(*problems)
	s.Score = optional(row, "score", mark, problems)
	s.Of = optional(row, "of", mark, problems)
	s.Year = wholeIn(row, "year", problems)
	s.Rank = wholeIn(row, "rank", problems)
	return s, len(*problems) == before
}

func optional(row record, title string, mark numeral.Mark, problems *diag.Problems) rule.Optional {
	c, ok := row.cell(title)
	if !ok {
		return rule.Optional{}
	}
	d, err := digits(c, mark)
	if err != nil {
		problems.Fault(c.Place, "standing-number", title, text(c.Text))
		return rule.Optional{}
	}
	return rule.Optional{Value: d, Set: true}
}

func digits(c sheet.Cell, mark numeral.Mark) (decimal.Decimal, error) {
	if c.Numeric {
		return numeral.Plain(c.Text)
	}
	n, err := numeral.Read(c.Text, mark)
	return n.Value, err
}

// wholeIn reads a whole number above 0; a rank may be written "5 (đồng hạng)".
func wholeIn(row record, title string, problems *diag.Problems) int {
	c, ok := row.cell(title)
	if !ok {
		return 0
	}
	word, _, _ := strings.Cut(text(c.Text), " ")
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > 1_000_000 {
		problems.Fault(c.Place, "standing-number", title, text(c.Text))
		return 0
	}
	return n
}
