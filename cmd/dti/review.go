package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/reviewbook"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) reviewCommand() *cobra.Command {
	var opts struct{ out, verifier, stage string }
	c := a.describe(&cobra.Command{Use: "review ROUND [-o DIR] [--verifier CODE] [--stage review|appeal|council]", Args: a.takes(1, 1)}, "review", "collect")
	c.Flags().StringVarP(&opts.out, "out", "o", "", a.say.Say("cli.flag-out-reviews"))
	c.Flags().StringVar(&opts.verifier, "verifier", "", a.say.Say("cli.flag-verifier"))
	c.Flags().StringVar(&opts.stage, "stage", submission.Review.String(), a.say.Say("cli.flag-stage"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		stage, err := a.stageNamed(opts.stage)
		if err != nil {
			return err
		}
		j, err := a.rank(args[0])
		if err != nil {
			return err
		}
		verifiers := verifiersOf(j.round.Set)
		if opts.verifier != "" {
			one, err := a.verifierNamed(verifiers, opts.verifier)
			if err != nil {
				return err
			}
			verifiers = []string{one}
		}
		if opts.out == "" {
			opts.out = filepath.Join(args[0], "reviewbooks")
		}
		return a.reviewBooks(cmd.Context(), newBench(j, stage, a.say), verifiers, opts.out)
	}
	return c
}

func (a *app) stageNamed(name string) (submission.Stage, error) {
	for stage := submission.Review; stage <= submission.Council; stage++ {
		if strings.EqualFold(name, stage.String()) {
			return stage, nil
		}
	}
	return 0, a.misuse("review-unknown-stage", name)
}

// verifiersOf lists the verifiers of a set, in its order; "" stands for none, last.
func verifiersOf(set *criteria.Set) []string {
	var codes []string
	for _, v := range set.Verifiers {
		codes = append(codes, v.ID)
	}
	for ind := range set.Root.AllIndicators() {
		if ind.Verifier != "" && !slices.Contains(codes, ind.Verifier) {
			codes = append(codes, ind.Verifier)
		}
	}
	return append(codes, "")
}

// verifierNamed finds a verifier by its code; the general workbook goes by its name in any language.
func (a *app) verifierNamed(codes []string, asked string) (string, error) {
	for _, alike := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for _, code := range codes {
			if code != "" && alike(code, asked) {
				return code, nil
			}
		}
	}
	for _, lang := range locale.Langs() {
		if strings.EqualFold(locale.MustFor(lang).Say("cli.review-general"), asked) {
			return "", nil
		}
	}
	return "", a.unknown("review-unknown-verifier", asked, codes)
}

// reviewBooks writes a workbook for each verifier who has something to decide. None is written where one of the files
// that are there may hold decisions that are nowhere else.
func (a *app) reviewBooks(ctx context.Context, b *bench, verifiers []string, dir string) error {
	books, files, rows := b.books(verifiers, dir)
	if len(books) == 0 {
		a.tell("review-none")
		return nil
	}
	for i, book := range books {
		if n := len(book.Rows); n > reviewbook.MostRows {
			return a.misuse("review-too-long", book.Verifier, n, reviewbook.MostRows)
		}
		if b.filledIn(files[i]) {
			return a.misuse("review-filled-in", files[i])
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	err := sideBySide(ctx, len(books), func() func(int) error {
		return func(i int) error {
			if err := writeFile(files[i], func(w io.Writer) error { return reviewbook.Write(w, books[i]) }); err != nil {
				return a.fileError(files[i], err)
			}
			return nil
		}
	})
	if err != nil {
		return err
	}
	a.count("review-done", len(books), dir, rows)
	return nil
}

// A bench is a round spread out for its verifiers.
type bench struct {
	job      *job
	stage    submission.Stage
	lang     string
	general  string // name of the general workbook
	earned   map[answerOf]earning
	peers    map[answerOf]reviewbook.Peers // by agency group and indicator
	decided  map[answerOf][]submission.Decision
	objected map[answerOf][]submission.Objection
	// ancestors are the set's indicators in the latest earlier round, by id.
	ancestors map[string]criteria.Lineage
}

// answerOf names an indicator of an agency or of an agency group.
type answerOf struct{ owner, indicator string }

// An earning is what an agency claims for an indicator.
type earning struct {
	points, of rule.Optional
	judged     rule.Note
}

func newBench(j *job, stage submission.Stage, say *locale.Locale) *bench {
	b := &bench{
		job: j, stage: stage, lang: say.Lang(), general: say.Say("cli.review-general"),
		earned: map[answerOf]earning{}, peers: map[answerOf]reviewbook.Peers{},
		decided: map[answerOf][]submission.Decision{}, objected: map[answerOf][]submission.Objection{},
	}
	for _, d := range j.round.Decisions {
		b.decided[answerOf{d.Agency, d.Indicator}] = append(b.decided[answerOf{d.Agency, d.Indicator}], d)
	}
	for _, o := range j.round.Cycle.Objections {
		if o.Withdrawn == "" {
			b.objected[answerOf{o.Agency, o.Indicator}] = append(b.objected[answerOf{o.Agency, o.Indicator}], o)
		}
	}
	if len(j.pasts) > 0 {
		b.ancestors = j.pasts[0].Ancestors(j.round.Set)
	}
	b.score()
	return b
}

// score gathers what every agency claims for every indicator, and what its group has.
func (b *bench) score() {
	for res := range b.job.ranking.Results() {
		b.earn(res.Agency, res.Root.Leaves())
	}
	for group, p := range b.peers {
		p.Mean = p.Mean.DivRound(decimal.NewFromInt(int64(p.Agencies)), rule.KeptPlaces)
		b.peers[group] = p
	}
}

// earn gathers what one agency claims for its indicators.
func (b *bench) earn(agency submission.Agency, indicators []scoring.IndicatorResult) {
	for _, r := range indicators {
		one := earning{judged: r.Note}
		if r.Indicator.Effect != criteria.None {
			one.points, one.of = rule.Optional{Value: r.Claimed, Set: true}, rule.Optional{Value: r.Of, Set: true}
		}
		if r.Decision != nil {
			one.judged = rule.Note{} // it speaks of the decision
		}
		b.earned[answerOf{agency.Code, r.Indicator.ID}] = one
		if r.Status == rule.NotApplicable || r.Indicator.Effect == criteria.None {
			continue
		}
		group := answerOf{agency.Group, r.Indicator.ID}
		peers := b.peers[group]
		peers.Agencies++
		peers.Mean = peers.Mean.Add(r.Score) // their sum, until all are there
		if r.Score.GreaterThanOrEqual(r.Of) {
			peers.Full++
		}
		b.peers[group] = peers
	}
}

// books are the workbooks of verifiers who have something to decide, with their files and how many answers they hold.
func (b *bench) books(verifiers []string, dir string) (books []reviewbook.Book, files []string, rows int) {
	all := map[string][]reviewbook.Row{}
	for _, item := range b.items() {
		verifier := ""
		if item.Indicator != nil {
			verifier = item.Indicator.Verifier
		}
		all[verifier] = append(all[verifier], b.rows(item)...)
	}
	round, taken := b.job.round, map[string]bool{}
	for _, verifier := range verifiersOf(round.Set) { // all of them, so that a file's name depends on nobody asked for
		name := view.FileName(b.stage.String()+"-"+cmp.Or(verifier, b.general), taken)
		if len(all[verifier]) == 0 || !slices.Contains(verifiers, verifier) {
			continue
		}
		same, _ := round.Agency(verifier) // verifiers are agencies as a rule
		books = append(books, reviewbook.Book{
			Set: round.Set, Round: reviewbook.Round{ID: round.ID, Title: round.Title, Year: round.Year},
			Stage: b.stage, Verifier: verifier, Name: same.Name, Lang: b.lang, Rows: all[verifier], Answer: b.answer,
		})
		files = append(files, filepath.Join(dir, name+".xlsx"))
		rows += len(all[verifier])
	}
	return books, files, rows
}

// items are what the stage decides on: in a review everything that agencies entered, in an appeal what they object to,
// in the council what nobody decided and what they object to. One without an indicator is an agency's shared figures.
func (b *bench) items() []submission.Item {
	round := b.job.round
	entered := map[answerOf]bool{}
	for _, item := range round.ReviewItems() {
		entered[answerOf{item.Agency, item.Indicator.ID}] = true
	}
	var items []submission.Item
	for _, agency := range round.Agencies {
		items = append(items, submission.Item{Agency: agency.Code})
		for ind := range round.Set.Root.AllIndicators() {
			of := answerOf{agency.Code, ind.ID}
			appealed := len(b.objected[of]) > 0
			concerned := ind.Concerns(agency.Group) && (ind.When == "" || agency.HasTag(ind.When))
			switch {
			case appealed && concerned,
				b.stage == submission.Review && entered[of],
				b.stage == submission.Council && entered[of] && len(b.decided[of]) == 0:
				items = append(items, submission.Item{Agency: agency.Code, Indicator: ind})
			}
		}
	}
	return items
}

// rows are the answers of an item: one for each input that the agency enters.
func (b *bench) rows(item submission.Item) []reviewbook.Row {
	round := b.job.round
	agency, _ := round.Agency(item.Agency)
	if item.Indicator == nil {
		return b.figures(agency)
	}
	ind := item.Indicator
	of := answerOf{agency.Code, ind.ID}
	earned := b.earned[of]
	row := reviewbook.Row{
		Agency: agency, Key: submission.Key{Indicator: ind.ID}, Claim: round.Submissions[agency.Code],
		Points: earned.points, Of: earned.of, Judged: earned.judged,
		Peers: b.peers[answerOf{agency.Group, ind.ID}], Last: b.last(agency, ind),
	}
	var rows []reviewbook.Row
	for _, in := range ind.Inputs {
		if in.By == criteria.ByAgency {
			row.Key.Input = in.ID
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		rows = append(rows, row)
	}
	for i := range rows {
		b.history(&rows[i], i == 0)
	}
	return rows
}

// figures are the rows of an agency's shared figures.
func (b *bench) figures(agency submission.Agency) []reviewbook.Row {
	of := answerOf{agency.Code, criteria.FiguresID}
	claim := b.job.round.Submissions[agency.Code]
	var rows []reviewbook.Row
	for _, in := range b.job.round.Set.Figures {
		row := reviewbook.Row{Agency: agency, Key: submission.Key{Indicator: criteria.FiguresID, Input: in.ID}, Claim: claim}
		on := func(input string) bool { return input == in.ID }
		appealed := slices.ContainsFunc(b.objected[of], func(o submission.Objection) bool { return on(o.Input) })
		decided := slices.ContainsFunc(b.decided[of], func(d submission.Decision) bool { return on(d.Input) })
		entered := in.By == criteria.ByAgency && !claim.Answers.At(row.Key).Value.IsMissing()
		if appealed || entered && (b.stage == submission.Review || b.stage == submission.Council && !decided) {
			b.history(&row, false)
			rows = append(rows, row)
		}
	}
	return rows
}

// history enters what was decided and asked for. What concerns a whole indicator stands in its first row.
func (b *bench) history(row *reviewbook.Row, first bool) {
	of := answerOf{row.Agency.Code, row.Key.Indicator}
	on := func(input string) bool { return input == row.Key.Input || input == "" && first }
	for _, d := range b.decided[of] {
		switch {
		case !on(d.Input):
		case d.Stage < b.stage:
			row.Earlier = append(row.Earlier, d)
		case d.Stage == b.stage:
			row.Decided = &d
		}
	}
	slices.SortStableFunc(row.Earlier, func(x, y submission.Decision) int { return int(x.Stage) - int(y.Stage) })
	for _, o := range b.objected[of] {
		if on(o.Input) {
			row.Objection = &o
		}
	}
}

// last is what an agency had for an indicator in the latest earlier round.
func (b *bench) last(agency submission.Agency, ind *criteria.Indicator) string {
	if len(b.job.pasts) == 0 {
		return ""
	}
	past := b.job.pasts[0]
	_, was, ok := past.Find(agency)
	if !ok {
		return ""
	}
	score, ok := was.Indicators[b.ancestors[ind.ID].ID]
	switch {
	case !ok:
		return ""
	case score.NotApplicable:
		return b.job.words.Say("words.status-not_applicable") + " (" + strconv.Itoa(past.Year) + ")"
	default:
		return b.job.words.Say("cli.review-last-points", score.Score, score.Of, strconv.Itoa(past.Year))
	}
}

// answer words an answer.
func (b *bench) answer(ind *criteria.Indicator, in criteria.Input, v rule.Value) string {
	return view.Answer(b.job.words, b.job.round.Set.Languages[0], ind, in, v)
}

// filledIn reports whether a file stands where a workbook would go and is anything but one whose decisions the round has.
// It may hold the only copy of a verifier's work.
func (b *bench) filledIn(name string) bool {
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return false
	}
	decisions, problems, ok := importers.ReviewBook(name, b.job.round)
	if !ok || problems.Stopping() > 0 {
		return true
	}
	return slices.ContainsFunc(decisions, func(d submission.Decision) bool {
		return !slices.ContainsFunc(b.decided[answerOf{d.Agency, d.Indicator}], func(known submission.Decision) bool {
			return sameDecision(known, d)
		})
	})
}

// sameDecision reports whether two decisions on an indicator say the same in every word.
func sameDecision(d, e submission.Decision) bool {
	return d.Input == e.Input && d.Stage == e.Stage && d.Verdict == e.Verdict && d.Value.Equal(e.Value) &&
		d.Points.Set == e.Points.Set && d.Points.Value.Equal(e.Points.Value) && d.Reason == e.Reason &&
		d.Reviewer == e.Reviewer && d.Date == e.Date
}
