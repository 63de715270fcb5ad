package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// paritySeed begins the seeds of the drawn submissions; the n-th has the seed paritySeed + n.
const paritySeed = 20260101

// Numbers of submissions: where everything is required, on a developer's machine, and in a short run.
const (
	parityAll   = 2000
	parityShare = 150
	parityShort = 30
)

// Processes of LibreOffice side by side, and how many workbooks one of them computes at most. It takes as long to start as to
// compute a dozen, but of 500 named on its command line it computes 247 and leaves the others.
const (
	officesAtOnce = 2
	officeMost    = 120
)

func parityCount() int {
	switch {
	case os.Getenv("DTI_REQUIRE") != "":
		return parityAll
	case testing.Short():
		return parityShort
	default:
		return parityShare
	}
}

// A trial is one drawn submission in a form, and what came of it.
type trial struct {
	form     *parityForm
	seed     uint64
	route    route
	drawn    drawn
	want     submission.Score
	excelize map[string]grid // by sheet: cells with formulas
}

// A route is how a trial's answers get into its form.
type route int

const (
	byHand    route = iota // typed into a blank form
	byProgram              // typed, read, and written by the program into a new form
)

func (tr *trial) String() string {
	return fmt.Sprintf("%s, %s (%s), seed %d, route %d", tr.form.index.name, tr.form.agency.Code, tr.form.lang, tr.seed, tr.route)
}

// TestParity draws submissions and holds that the engine, excelize's calculator and LibreOffice find the same points,
// pillars, total, percentage, rating and counts, to the last printed digit.
func TestParity(t *testing.T) {
	offices := newOffices(t, officesAtOnce)
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // small heaps are collected too often
	n, dir, began := parityCount(), t.TempDir(), time.Now()
	batch := min(officeMost, (n+officesAtOnce-1)/officesAtOnce)
	forms := parityForms(t)
	asking := askingForms(forms)
	trials := make([]*trial, n)
	for i := range trials { // each form once, then those that ask for something, round and round
		trials[i] = &trial{form: forms[i%len(forms)], seed: paritySeed + uint64(i)}
		if again := i - len(forms); again >= 0 {
			trials[i].form = asking[again%len(asking)]
			if again/len(asking)%8 == 2 {
				trials[i].route = byProgram
			}
		}
	}
	inParallel(n, runtime.GOMAXPROCS(0), func(i int) { trials[i].run(t, filepath.Join(dir, fmt.Sprint(i/batch), fmt.Sprintf("%05d.xlsx", i))) })
	ours := time.Since(began)
	inParallel((n+batch-1)/batch, officesAtOnce, func(k int) {
		o := <-offices
		done := o.compute(t, filepath.Join(dir, fmt.Sprint(k)))
		offices <- o
		for i := k * batch; i < min(n, (k+1)*batch); i++ {
			trials[i].hold(t, done, fmt.Sprintf("%05d", i))
		}
	})
	t.Logf("%d submissions in %d forms of %d sets from seed %d: engine and excelize %.0f s, LibreOffice %.0f s",
		n, len(forms), len(parityIndexes(t)), paritySeed, ours.Seconds(), (time.Since(began) - ours).Seconds())
}

// inParallel does n things, so many at a time.
func inParallel(n, workers int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range workers {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// formsOfParity are the forms that the tests share, once one of them has needed them: making them takes as long as a hundred
// trials. No test changes them.
var formsOfParity struct {
	sync.Once
	all []*parityForm
}

// parityForms are the forms of all agencies under all indexes, in the set's languages by turns.
func parityForms(t testing.TB) []*parityForm {
	t.Helper()
	formsOfParity.Do(func() {
		n := 0
		for _, index := range parityIndexes(t) {
			for _, agency := range index.agencies {
				formsOfParity.all = append(formsOfParity.all, newParityForm(t, index, agency, index.set.Languages[n%len(index.set.Languages)]))
				n++
			}
		}
	})
	require.NotEmpty(t, formsOfParity.all)
	return formsOfParity.all
}

// askingForms are those that have something to fill in.
func askingForms(forms []*parityForm) []*parityForm {
	return slices.DeleteFunc(slices.Clone(forms), func(f *parityForm) bool { return !f.asks() })
}

// run draws the trial, writes its workbook for LibreOffice and lets the engine and excelize score it.
func (tr *trial) run(t testing.TB, file string) {
	d := newDrawer(tr.form.index, tr.form.agency, tr.seed)
	tr.drawn = d.draw()
	whole, lean := tr.form.whole.typedInto(t, tr.drawn), tr.form.lean.typedInto(t, tr.drawn)
	name := file + ".whole.xlsx"
	assert.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	assert.NoError(t, os.WriteFile(name, whole, 0o600))
	read, err := importers.OpenWorkbook(name, tr.form.index.set, nil)
	if !assert.NoError(t, err, "%s", tr) {
		return
	}
	if tr.route == byProgram {
		whole = tr.refilled(t, d, read.Submission)
		lean = leaner(t, whole)
		assert.NoError(t, os.WriteFile(name, whole, 0o600))
		if read, err = importers.OpenWorkbook(name, tr.form.index.set, nil); !assert.NoError(t, err, "%s", tr) {
			return
		}
	}
	assert.NoError(t, os.Remove(name))
	tr.want = tr.form.score(read.Submission)
	if tr.seed%40 == 0 {
		lean = whole // some as they were sent, with all that does not compute
	}
	tr.excelize = tr.form.calculated(t, lean)
	assert.NoError(t, os.WriteFile(file, lean, 0o600))
}

// refilled is the form that the program writes with what it read, and with small percentages, which it can tell.
func (tr *trial) refilled(t testing.TB, d *drawer, read submission.Submission) []byte {
	form := blankForm(tr.form.index, tr.form.agency, tr.form.lang)
	form.Filled = read
	for k, answer := range read.Answers.All() {
		in := tr.form.input(k)
		if _, ok := answer.Value.Number(); ok && in.Type == rule.Percent && in.By == criteria.ByAgency && d.chance(30) {
			small := decimal.New(int64(1+d.IntN(999)), -3)
			if !in.Min.Set || small.GreaterThanOrEqual(in.Min.Value) {
				answer.Value = rule.NumberOf(small)
				read.Answers.Put(k, answer)
			}
		}
	}
	form.Score = tr.form.score(read)
	var buf bytes.Buffer
	assert.NoError(t, workbook.Write(&buf, form), "%s", tr)
	return buf.Bytes()
}

func (f *parityForm) input(k submission.Key) criteria.Input {
	if ind, ok := f.index.set.Indicator(k.Indicator); ok {
		in, _ := ind.Input(k.Input)
		return in
	}
	in, _ := f.index.set.Figure(k.Input)
	return in
}

// score is what the engine says of a submission.
func (f *parityForm) score(s submission.Submission) submission.Score {
	scale := scoring.Estimate(f.index.set, map[string]map[string][]rule.Bound{f.agency.Group: f.index.bounds})
	return scale.Live(scoring.Entrant{Agency: f.agency, Submission: s})
}

// calculated is what excelize's calculator makes of the formulas that a reader sees.
func (f *parityForm) calculated(t testing.TB, data []byte) map[string]grid {
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if !assert.NoError(t, err) {
		return nil
	}
	defer book.Close()
	all := map[string]grid{}
	for _, s := range f.sheets {
		g := grid{}
		for _, cell := range s.formulas {
			text, err := book.CalcCellValue(s.name, cell, excelize.Options{RawCellValue: true})
			if err != nil {
				text = err.Error()
			}
			if text != "" {
				g[cell] = text
			}
		}
		all[s.name] = g
	}
	return all
}

// hold compares the three.
func (tr *trial) hold(t testing.TB, done computed, name string) {
	if tr.excelize == nil {
		return // said already
	}
	var faults []string
	office := map[string]grid{}
	for _, s := range tr.form.sheets {
		if len(s.formulas) == 0 {
			continue
		}
		g, err := done.sheet(name, s.name)
		if !assert.NoError(t, err, "%s", tr) {
			return
		}
		office[s.name] = g
		for _, cell := range s.formulas {
			if one, other := tr.excelize[s.name][cell], g[cell]; !alike(one, other) {
				faults = append(faults, fmt.Sprintf("%s!%s: excelize %q, LibreOffice %q", s.name, cell, one, other))
			}
		}
	}
	for _, c := range tr.form.checks(tr.want) {
		if text := tr.excelize[c.at.sheet][c.at.cell]; !c.holds(text) {
			faults = append(faults, fmt.Sprintf("%s at %s!%s: engine %s, excelize %q, LibreOffice %q",
				c.what, c.at.sheet, c.at.cell, c.want, text, office[c.at.sheet][c.at.cell]))
		}
	}
	if len(faults) > 0 {
		t.Errorf("%s:\n%s\ntyped:\n%s", tr, strings.Join(faults, "\n"), tr.drawn.describe())
	}
}

// longNumber is a number within words with digits that nobody prints: excelize's calculator shows 0.09 as
// 0.09000000000000008 there, spreadsheets show 15 digits.
var longNumber = regexp.MustCompile(`[0-9]+\.[0-9]{9,}`)

// alike reports whether two programs show the same: one text, or numbers that differ by less than is printed.
func alike(one, other string) bool {
	if one == other || shortened(one, 10) == shortened(other, 10) {
		return true
	}
	if formulaError(one) || formulaError(other) {
		return false
	}
	a, errA := decimal.NewFromString(one)
	b, errB := decimal.NewFromString(other)
	return errA == nil && errB == nil && a.Sub(b).Abs().LessThanOrEqual(decimal.Max(a.Abs(), decimal.NewFromInt(1)).Shift(-10))
}

// shortened rounds the long numbers within words.
func shortened(words string, places int32) string {
	return longNumber.ReplaceAllStringFunc(words, func(number string) string {
		d, err := decimal.NewFromString(number)
		if err != nil {
			return number
		}
		return d.Round(places).String()
	})
}

// A check is a cell with what the engine says of it.
type check struct {
	what string
	at   cellAt
	want string
	// number, places and of are set where the cell holds a number: it must round to the same digits, or where the set does
	// not round agree in 9 digits of the most that there is.
	number *decimal.Decimal
	places criteria.Places
	of     decimal.Decimal
	blank  bool // words or nothing may stand there
}

func (c check) holds(text string) bool {
	if c.number == nil {
		return text == c.want || c.blank
	}
	got, err := decimal.NewFromString(text)
	if err != nil {
		return c.blank
	}
	if c.places.Round && !got.Round(c.places.N).Equal(*c.number) {
		return false
	}
	near := decimal.Max(c.of, decimal.NewFromInt(1)).Shift(-9)
	return got.Sub(*c.number).Abs().LessThanOrEqual(near)
}

func numberCheck(what string, at cellAt, want, of decimal.Decimal, places criteria.Places) check {
	return check{what: what, at: at, want: want.String(), number: &want, places: places, of: of}
}

// TestLibreOfficeComputesAnew proves that LibreOffice does not believe what the cells hold: a wrong total is put right.
func TestLibreOfficeComputesAnew(t *testing.T) {
	o, dir := <-newOffices(t, 1), t.TempDir()
	book := excelize.NewFile()
	defer book.Close()
	require.NoError(t, book.SetCellValue("Sheet1", "A1", 2))
	require.NoError(t, book.SetCellValue("Sheet1", "B1", 999))
	require.NoError(t, book.SetCellFormula("Sheet1", "B1", "A1+2"))
	require.NoError(t, book.SaveAs(filepath.Join(dir, "stale.xlsx")))
	stale, err := book.GetCellValue("Sheet1", "B1")
	require.NoError(t, err)
	require.Equal(t, "999", stale, "the file holds a wrong value")
	g, err := o.compute(t, dir).sheet("stale", "Sheet1")
	require.NoError(t, err)
	assert.Equal(t, "4", g["B1"])
}
