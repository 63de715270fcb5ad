// Package workings builds the hidden sheet on which a self-assessment workbook computes its own score by formulas, from
// the answers typed into the visible sheets. The score is that of package scoring for a form that was sent and not
// reviewed. The package writes no file and knows no spreadsheet library: it makes rows of cells.
//
// The sheet has tables, one below the other: the words that answers are read by, the inputs as they are read, the
// options of choices, the indicators, the pillars, the total, the ratings, and what is still open. Ids stand in column
// A, heads are in the language of the form. Formulas hold to the functions that Excel, LibreOffice and excelize's
// calculator compute alike, and no cell holds an error, because an error would spread.
//
// What the engine would have to guess, the sheet asks for: a number typed as text cannot be read here, nor a word
// without some of its diacritics ("không ap dụng"), which the engine reads.
package workings

import (
	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Source is a visible sheet with a row per input: its name, its first and last row, and the letters of its columns.
// Rows are found by the ids in the column ID (criteria.Key.String), so that they may be sorted. Evidence and Remark are
// "" where the sheet has none.
type Source struct {
	Sheet                        string
	First, Last                  int
	ID, Answer, Evidence, Remark string
}

// A Request says what is computed, and where the answers stand.
type Request struct {
	Set *criteria.Set
	// Agency is for whom; only its group and its tags matter, so that one Workings serves all agencies that share them.
	Agency  submission.Agency
	Lang    string // language of heads and names; unknown: the set's first language that there is
	Answers Source // the sheet with the answers to indicators
	Details Source // the sheet with the figures
	// Bounds are what an earlier round took from its cohort, by indicator id, for estimates. It may be nil.
	Bounds map[string][]rule.Bound
}

// A Cell holds a formula (without "="), a text or a number; at most one is set.
type Cell struct {
	Formula, Text, Number string
}

// Total are references to the cells of the whole.
type Total struct {
	Score     string // the published total
	Of        string // attainable maximum of the published total
	Percent   string // of the maximum, 2 decimals: 81.25
	Rating    string // name of the rating; a blank text where the set has none
	Answered  string // indicators that are scored
	Asked     string // indicators that concern the agency
	Missing   string // indicators without an answer
	Unread    string // indicators whose answer cannot be judged
	Estimated string // published points of the indicators judged under the bounds of an earlier round
	Lacking   string // indicators that lack evidence or a reason for not applying
	Open      string // inputs and figures that are blank or cannot be read
}

// name is the sheet's name, the same in every language: references to it need no quotes.
const name = "Calc"

// openItems is how many things still open are listed.
const openItems = 25

// Workings are the cells of the sheet. They hold nothing of one agency but its group and its tags, and do not change:
// one value serves many forms, also side by side.
type Workings struct {
	rows       [][]Cell
	states     map[submission.Key]string
	labels     map[submission.Key]string
	indicators map[string]node // by id
	pillars    map[string]node // by id; "" is the root
	total      Total
	open       []string
}

// A node is where the cells of an indicator or a pillar stand. The status of a pillar is whether anything in it applies.
type node struct {
	status, score, of, lacks string
	estimated                bool
}

// New makes the workings of a form. Equal requests give equal rows.
func New(r Request) *Workings {
	b := newBuilder(r)
	b.words()
	b.readInputs()
	b.readOptions()
	b.judge()
	b.combine()
	b.publish()
	b.rate()
	b.listOpen()
	return b.w
}

// Name is the sheet's name.
func (w *Workings) Name() string { return name }

// Rows are the cells of the sheet, row 1 and column A first. Rows may differ in length. They must not be changed.
func (w *Workings) Rows() [][]Cell { return w.rows }

// State refers to the state of an input or figure: 1 readable, 2 blank, 3 not applicable, 4 cannot be read, 5 given by
// others. It is "" for an input that does not concern the agency's group.
func (w *Workings) State(key submission.Key) string { return w.states[key] }

// Label is what the list of what is still open calls an input or figure.
func (w *Workings) Label(key submission.Key) string { return w.labels[key] }

// Status refers to the Status of an indicator as a number, 1 to 5.
func (w *Workings) Status(indicator string) string { return w.indicators[indicator].status }

// Points refers to the published score of an indicator, rounded as the set says: points where its parent sums, else
// its share of the scale. It is a number whatever the status.
func (w *Workings) Points(indicator string) string { return w.indicators[indicator].score }

// Lacks refers to what an indicator lacks: 0 nothing, 1 the evidence behind an answer, 2 the reason for not applying.
func (w *Workings) Lacks(indicator string) string { return w.indicators[indicator].lacks }

// Estimated reports whether an indicator is judged under the bounds of an earlier round.
func (w *Workings) Estimated(indicator string) bool { return w.indicators[indicator].estimated }

// Pillar refers to the published score of a pillar, its maximum, and whether anything in it applies (1 or 0); the id ""
// is the root. Score and maximum are 0 where nothing applies.
func (w *Workings) Pillar(id string) (score, of, applies string) {
	n := w.pillars[id]
	return n.score, n.of, n.status
}

// Total are the references of the whole.
func (w *Workings) Total() Total { return w.total }

// OpenItems is how many things still open are listed.
func (w *Workings) OpenItems() int { return openItems }

// OpenItem refers to the words of the n-th thing still open, from 1 to OpenItems; a blank text beyond the last one, ""
// outside of the list.
func (w *Workings) OpenItem(n int) string {
	if n < 1 || n > len(w.open) {
		return ""
	}
	return w.open[n-1]
}
