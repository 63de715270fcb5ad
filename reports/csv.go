package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// WriteCSV writes results.csv, a row per agency for machines: UTF-8 with a byte order mark, commas, decimal points, and
// names in the first language of the set. Columns are code, name, group, status (ranked or unranked), rank, tied,
// score, of, percent, rating, previous_score, previous_of (what it was out of), previous_comparable (whether it may be held
// against score: true or false), previous_rank, previous_of_ranked (how many that rank is out of: of today's agencies where
// it was made anew), pillar:ID for every pillar and view:ID for every view; what is not known is empty.
// Texts that a spreadsheet would take for a formula begin with an apostrophe. The error is the writer's.
func WriteCSV(w io.Writer, ranking *scoring.Ranking, cmp history.Comparison) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write results.csv: %w", err)
	}
	t := newCSVTable(ranking, cmp)
	out := csv.NewWriter(w)
	if err := out.Write(t.header()); err != nil {
		return fmt.Errorf("write results.csv: %w", err)
	}
	for _, g := range ranking.Groups {
		for _, s := range g.Standings {
			if err := out.Write(t.row(g, s)); err != nil {
				return fmt.Errorf("write results.csv: %w", err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write results.csv: %w", err)
	}
	return nil
}

// A csvTable makes the rows of results.csv.
type csvTable struct {
	set     *criteria.Set
	cmp     history.Comparison
	words   *locale.Locale
	pillars []*criteria.Pillar
}

func newCSVTable(ranking *scoring.Ranking, cmp history.Comparison) *csvTable {
	t := &csvTable{set: ranking.Round.Set, cmp: cmp}
	words, ok := locale.For(t.first())
	if !ok {
		words = locale.MustFor(locale.Langs()[0])
	}
	t.words = words
	for p := range t.set.Root.AllPillars() {
		t.pillars = append(t.pillars, p)
	}
	return t
}

func (t *csvTable) first() string { return t.set.Languages[0] }

func (t *csvTable) header() []string {
	head := []string{
		"code", "name", "group", "status", "rank", "tied", "score", "of", "percent", "rating", "previous_score", "previous_of",
		"previous_comparable", "previous_rank", "previous_of_ranked",
	}
	for _, p := range t.pillars {
		head = append(head, "pillar:"+p.ID)
	}
	for _, v := range t.set.Views {
		head = append(head, "view:"+v.ID)
	}
	return head
}

func (t *csvTable) row(g scoring.Group, s scoring.Standing) []string {
	total := t.set.Rounding.Total
	status, rank, tied := "unranked", "", ""
	if s.Ranked {
		status, rank, tied = "ranked", strconv.Itoa(s.Rank), strconv.FormatBool(s.Tied)
	}
	row := []string{
		plainText(s.Agency.Code), plainText(t.words.Text(s.Agency.Name, t.first())), plainText(g.Group.ID), status, rank, tied,
		digits(s.Score, total), s.Of.String(), s.Percent.StringFixed(2), plainText(s.Rating),
	}
	row = append(row, t.previous(s.Agency.Code)...)
	scores := map[*criteria.Pillar]string{}
	for _, p := range s.Pillars {
		if p.Applies {
			scores[p.Pillar] = digits(p.Score, p.Places(t.set.Rounding))
		}
	}
	for _, p := range t.pillars {
		row = append(row, scores[p])
	}
	for i := range t.set.Views {
		score := ""
		if v, ok := s.View(&t.set.Views[i]); ok {
			score = digits(v.Score, total)
		}
		row = append(row, score)
	}
	return row
}

// previous is the score, with the decimals it had, what it was out of and whether it compares with now, and the rank of
// the earlier round, with how many it is out of.
func (t *csvTable) previous(code string) []string {
	score, of, comparable, rank, field := "", "", "", "", ""
	if was, ok := t.cmp.Agencies[code]; ok {
		if was.HasScore {
			score, comparable = was.Score.StringFixed(max(-was.Score.Exponent(), 0)), strconv.FormatBool(was.Comparable)
		}
		if was.HasScore && was.Of.IsPositive() {
			of = was.Of.String()
		}
		if was.Rank > 0 {
			rank, field = strconv.Itoa(was.Rank), strconv.Itoa(was.OfRanked)
		}
	}
	return []string{score, of, comparable, rank, field}
}

func digits(d decimal.Decimal, p criteria.Places) string {
	if p.Round {
		return d.StringFixed(p.N)
	}
	return d.String()
}

// plainText is a text that a spreadsheet takes for text.
func plainText(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
