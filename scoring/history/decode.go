package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// Decode reads a results.json as an earlier round. The schema must be ours and the release no draft; members that are
// not there, or that we do not know, are no fault. The error is diag.Problems where the file is at fault, each with its
// line, else the reader's.
func Decode(name string, r io.Reader) (*Past, error) {
	return newDecoder(name, r).read()
}

func newDecoder(name string, r io.Reader) *decoder {
	lines := &lineCounter{from: r}
	d := &decoder{name: name, lines: lines, json: json.NewDecoder(lines), numbers: map[string]decimal.Decimal{}, words: map[string]string{}}
	d.json.UseNumber()
	d.past = &Past{Groups: map[string]PastGroup{}, Agencies: map[string]PastAgency{}}
	return d
}

func (d *decoder) read() (*Past, error) {
	if err := d.document(); err != nil {
		if d.lines.err != nil && !errors.Is(d.lines.err, io.EOF) {
			return nil, fmt.Errorf("read %s: %w", d.name, d.lines.err)
		}
		if !errors.Is(err, errTold) {
			d.broken(err)
		}
	}
	if err := d.problems.Err(); err != nil {
		return nil, d.problems
	}
	return d.past, nil
}

// errTold ends the reading after a fault that is already among the problems.
var errTold = errors.New("told")

// A decoder walks the members of the document, so that only one agency at a time is held as JSON.
type decoder struct {
	name     string
	lines    *lineCounter
	json     *json.Decoder
	past     *Past
	problems diag.Problems
	schema   bool
	listed   bool // the document has agencies
	sealOnly bool // only what a Seal holds is read
	// wanted is asked before the first agency whether answers are kept; nil: they are or are not, as it was begun.
	wanted func(*Past) bool
	// Scores and ids repeat in every agency; one copy of each is kept.
	numbers map[string]decimal.Decimal
	words   map[string]string
}

// at is the line where the decoder stands.
func (d *decoder) at() diag.Place {
	return diag.Place{File: d.name, Row: d.lines.lineOf(d.json.InputOffset())}
}

// broken reports JSON that cannot be read.
func (d *decoder) broken(err error) {
	at := d.at()
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		d.problems.Fault(at, "past-type", wrong.Field)
	case errors.As(err, &syntax):
		at.Row = d.lines.lineOf(syntax.Offset)
		d.problems.Fault(at, "past-not-json")
	default:
		d.problems.Fault(at, "past-not-json")
	}
}

// document reads the object that the file is.
func (d *decoder) document() error {
	if err := d.delimiter('{'); err != nil {
		return err
	}
	for d.json.More() {
		key, err := d.json.Token()
		if err != nil {
			return err
		}
		if err := d.member(fmt.Sprint(key)); err != nil {
			return err
		}
	}
	if err := d.delimiter('}'); err != nil {
		return err
	}
	if _, err := d.json.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text after the end of the document")
	}
	return d.complete()
}

// complete looks for what a comparison cannot do without, and counts groups that the file does not describe.
func (d *decoder) complete() error {
	at := diag.Place{File: d.name}
	switch {
	case !d.schema:
		d.problems.Fault(at, "past-schema", "", Schema)
	case d.sealOnly:
		return nil
	case d.past.Year <= 0:
		d.problems.Fault(at, "past-year")
	case !d.listed || len(d.past.Agencies) == 0:
		d.problems.Fault(at, "past-no-agencies")
	}
	counted := countGroups(d.past)
	for id, g := range counted {
		if _, ok := d.past.Groups[id]; !ok {
			d.past.Groups[id] = g
		}
	}
	return nil
}

func (d *decoder) member(key string) error {
	switch key {
	case "schema":
		return d.readSchema()
	case "release":
		var w wireRelease
		if err := d.json.Decode(&w); err != nil {
			return err
		}
		return d.release(w)
	case "round":
		var w wireRound
		err := d.json.Decode(&w)
		d.past.RoundID, d.past.Year, d.past.Title, d.past.Ended = w.ID, w.Year, w.Title, w.Period.day()
		return err
	case "criteria":
		var w wireCriteria
		err := d.json.Decode(&w)
		d.past.CriteriaID, d.past.CriteriaVersion, d.past.CriteriaHash = w.ID, w.Version, w.SHA256
		return err
	case "closed":
		return d.closed()
	case "inputs":
		return d.each(d.input)
	case "groups":
		return d.each(d.group)
	case "agencies":
		if !d.listed && d.wanted != nil && d.wanted(d.past) {
			d.keepAnswers()
		}
		d.listed = true
		return d.each(d.agency)
	default:
		return d.skip()
	}
}

// skip reads over a value.
func (d *decoder) skip() error {
	var skipped json.RawMessage
	return d.json.Decode(&skipped)
}

func (d *decoder) readSchema() error {
	var schema string
	if err := d.json.Decode(&schema); err != nil {
		return err
	}
	if d.schema = schema == Schema; !d.schema {
		d.problems.Fault(d.at(), "past-schema", short(schema), Schema)
		return errTold
	}
	return nil
}

// closed reads the day on which the inputs were sealed.
func (d *decoder) closed() error {
	if err := d.json.Decode(&d.past.Closed); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, string(d.past.Closed)); err != nil {
		d.problems.Fault(d.at(), "past-type", "closed")
		d.past.Closed = ""
	}
	return nil
}

// input reads a file that the round was read from.
func (d *decoder) input() error {
	var w wireFile
	if err := d.json.Decode(&w); err != nil {
		return err
	}
	d.past.Inputs = append(d.past.Inputs, submission.File{Name: w.File, SHA256: w.SHA256})
	return nil
}

// release refuses a draft: its numbers were never official.
func (d *decoder) release(w wireRelease) error {
	if d.past.Status = w.Status; w.Status == submission.Draft.String() && !d.sealOnly {
		d.problems.Fault(d.at(), "past-draft")
		return errTold
	}
	return nil
}

// delimiter reads a bracket.
func (d *decoder) delimiter(want json.Delim) error {
	token, err := d.json.Token()
	if err != nil {
		return err
	}
	if token != want {
		return fmt.Errorf("%v where %v is needed", short(fmt.Sprint(token)), want)
	}
	return nil
}

// each reads an array, value by value.
func (d *decoder) each(read func() error) error {
	if err := d.delimiter('['); err != nil {
		return err
	}
	for d.json.More() {
		if err := read(); err != nil {
			return err
		}
	}
	return d.delimiter(']')
}

func (d *decoder) group() error {
	if d.sealOnly {
		return d.skip()
	}
	var w wireGroup
	if err := d.json.Decode(&w); err != nil {
		return err
	}
	g := PastGroup{
		Year: d.past.Year, Agencies: w.Agencies, Ranked: w.Ranked, HasMean: w.Mean != "",
		Mean: d.number(w.ID+" mean", w.Mean), Median: d.number(w.ID+" median", w.Median),
		Ratings: w.Ratings, Pillars: map[string]PastPillar{},
	}
	if g.Ratings == nil {
		g.Ratings = map[string]int{}
	}
	for id, p := range w.Pillars {
		g.Pillars[id] = PastPillar{Mean: d.number(id+" mean", p.Mean), Of: d.number(id+" of", p.Of)}
	}
	g.Fitted = map[string][]rule.Bound{}
	for id, bounds := range w.Fitted {
		g.Fitted[id] = d.boundsOf(id, bounds)
	}
	g.Views = d.pastViews(w.Views)
	d.past.Groups[w.ID] = g
	return nil
}

// mostProblems is how many agencies of earlier results are told to stand there twice; nobody mends more by hand.
const mostProblems = 100

func (d *decoder) agency() error {
	if d.sealOnly {
		return d.skip()
	}
	w, entered, err := d.wireAgency()
	if err != nil {
		return err
	}
	if w.Code == "" {
		d.problems.Fault(d.at(), "past-no-code", len(d.past.Agencies)+1)
		return nil
	}
	if _, twice := d.past.Agencies[w.Code]; twice {
		if len(d.problems) < mostProblems {
			d.problems.Fault(d.at(), "past-agency-twice", w.Code)
		}
		return nil
	}
	a := PastAgency{
		Name: w.Name, Group: d.word(w.Group), Rating: d.word(w.Rating), HasScore: w.Score != "",
		Score: d.number(w.Code+" score", w.Score), Of: d.number(w.Code+" of", w.Of),
		Claimed: rule.Optional{Set: w.Claimed != "", Value: d.number(w.Code+" claimed", w.Claimed)},
		Pillars: map[string]PastScore{}, Indicators: map[string]PastScore{},
	}
	if w.Status != rankedWord(false) && w.Rank > 0 {
		a.Ranked, a.Rank = true, w.Rank
	}
	d.scores(&a, w.Pillars, w.Indicators)
	a.Views = d.viewScores(w.Views)
	a.Adjustments = d.adjustments(w.Code, w.Adjusted)
	d.past.Agencies[w.Code] = a
	if d.past.answers != nil {
		return d.keep(w.Code, entered)
	}
	return nil
}

// wireAgency reads the next agency, and with its answers where they are to be kept.
func (d *decoder) wireAgency() (w wireAgency, entered *wireAnswers, err error) {
	if d.past.answers == nil {
		return w, nil, d.json.Decode(&w)
	}
	entered = &wireAnswers{}
	if err := d.json.Decode(entered); err != nil {
		return w, nil, err
	}
	return entered.scored(), entered, nil
}

// scores collects pillars and indicators at every depth.
func (d *decoder) scores(a *PastAgency, pillars []wirePillar, indicators []wireScore) {
	for _, ind := range indicators {
		a.Indicators[d.word(ind.ID)] = d.score(ind)
	}
	for _, p := range pillars {
		if p.Score != "" {
			a.Pillars[d.word(p.ID)] = d.score(p.wireScore)
		}
		d.scores(a, p.Pillars, p.Indicators)
	}
}

func (d *decoder) score(w wireScore) PastScore {
	return PastScore{
		Score: d.number(w.ID+" score", w.Score), Of: d.number(w.ID+" of", w.Of),
		NotApplicable: w.Status == rule.NotApplicable.String(),
	}
}

func (d *decoder) word(s string) string {
	if kept, ok := d.words[s]; ok {
		return kept
	}
	d.words[s] = s
	return s
}

// number is a JSON number as an exact decimal; "" is 0.
func (d *decoder) number(what string, n json.Number) decimal.Decimal {
	if n == "" {
		return decimal.Decimal{}
	}
	if kept, ok := d.numbers[string(n)]; ok {
		return kept
	}
	v, ok := moderate(string(n))
	if !ok {
		d.problems.Fault(d.at(), "past-number", what, short(string(n)))
		return decimal.Decimal{}
	}
	d.numbers[string(n)] = v
	return v
}

// Bounds of a number in a results.json: beyond them a short text would become a number of many pages.
const (
	maxNumberLength   = 60
	maxNumberExponent = 30
)

// moderate reads a number whose text and exponent are short.
func moderate(s string) (d decimal.Decimal, ok bool) {
	if len(s) > maxNumberLength {
		return d, false
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		exponent, err := strconv.Atoi(s[i+1:])
		if err != nil || exponent > maxNumberExponent || exponent < -maxNumberExponent {
			return d, false
		}
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}

// short is what was read, cut to what a message can hold.
func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// A lineCounter passes a file on and remembers where its lines end.
type lineCounter struct {
	from io.Reader
	read int64
	ends []int64 // offsets just after every line break
	err  error   // the last error of from
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.ends = append(l.ends, l.read+int64(i)+1)
		}
	}
	l.read += int64(n)
	if err != nil {
		l.err = err
	}
	return n, err
}

// lineOf is the line, from 1, of the byte before an offset.
func (l *lineCounter) lineOf(offset int64) int {
	return 1 + sort.Search(len(l.ends), func(i int) bool { return l.ends[i] >= offset })
}

// Wire shapes of results.json, as far as a comparison needs them.
type (
	wireRelease struct {
		Status string `json:"status"`
	}
	wireRound struct {
		ID     string     `json:"id"`
		Year   int        `json:"year"`
		Title  rule.Text  `json:"title"`
		Period wirePeriod `json:"period"`
	}
	wireCriteria struct {
		ID      string `json:"id"`
		Version string `json:"version"`
		SHA256  string `json:"sha256"`
	}
	wireFile struct {
		File   string `json:"file"`
		SHA256 string `json:"sha256"`
	}
	wireGroup struct {
		ID       string                `json:"id"`
		Agencies int                   `json:"agencies"`
		Ranked   int                   `json:"ranked"`
		Mean     json.Number           `json:"mean"`
		Median   json.Number           `json:"median"`
		Ratings  map[string]int        `json:"ratings"`
		Pillars  map[string]wirePillar `json:"pillars"`
		Fitted   map[string]wireBounds `json:"fitted"`
		Views    map[string]wireView   `json:"views"`
	}
	wireAgency struct {
		Code       string           `json:"code"`
		Name       rule.Text        `json:"name"`
		Group      string           `json:"group"`
		Status     string           `json:"status"`
		Score      json.Number      `json:"score"`
		Claimed    json.Number      `json:"claimed"`
		Of         json.Number      `json:"of"`
		Rank       int              `json:"rank"`
		Rating     string           `json:"rating"`
		Adjusted   []wireAdjustment `json:"adjustments"`
		Pillars    []wirePillar     `json:"pillars"`
		Indicators []wireScore      `json:"indicators"`
		Views      []wireScore      `json:"views"`
	}
	wirePillar struct {
		wireScore
		Mean       json.Number  `json:"mean"`
		Pillars    []wirePillar `json:"pillars"`
		Indicators []wireScore  `json:"indicators"`
	}
	wireScore struct {
		ID     string      `json:"id"`
		Score  json.Number `json:"score"`
		Of     json.Number `json:"of"`
		Status string      `json:"status"`
	}
)
