package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A SelfAssessment is what a scorecard tells of, before it is worded.
type SelfAssessment struct {
	Set    *criteria.Set
	Result scoring.Result // its Agency is whose card it is
	Round  rule.Text      // title of the round; empty where the workbook belongs to none
	Year   int            // of the round; 0: unknown
	File   string         // the workbook's name, as the reader knows it
	Engine string         // program and version: "dti 1.2.0"

	Answered, Asked int // indicators that are scored, and all that concern the agency
	Pending         int // of Asked: wait for the cohort or for figures that others provide
	BoundsYear      int // round whose bounds estimates were judged under; 0: unknown

	Receipt  Receipt
	Problems diag.Problems // in the order in which they were read

	// Goal is the sentence that leads the next steps: which rating or rank they reach. Where there are no steps it says
	// why, or is "".
	Goal  string
	Steps []NextStep
}

// A Receipt compares what a workbook shows with what the engine computes from the same answers.
type Receipt struct {
	Known bool            // the workbook shows a total; else there is nothing to compare
	Total decimal.Decimal // the workbook's
	Text  string          // what the workbook's cell holds where it is no number; else ""
	// Engine is the total of what the workbook itself knows, without what others provided since; unset: it is the score.
	Engine   rule.Optional
	Compared int          // indicators of which the workbook shows points
	Differ   []Difference // of Compared, those that the engine does not agree with
}

// A Difference is one cell of points that the engine does not agree with.
type Difference struct {
	Place     diag.Place
	Indicator *criteria.Indicator
	Workbook  string          // what the cell holds, as printed
	Engine    decimal.Decimal // points
}

// A NextStep is one indicator that, answered in full, brings the goal nearer.
type NextStep struct {
	Indicator *criteria.Indicator
	Gain      decimal.Decimal // of the published total, given the steps before it
	Peers     []string        // names of agencies with full marks, as printed
	PeersYear int             // year of the round in which they had them; 0: this one
}

// A Scorecard is an agency's own assessment on about one sheet of A4. It stands by itself: no page of a site is needed.
type Scorecard struct {
	Lang        string
	Title       string // of the document
	Heading     string // the agency
	HeadingLang string // language of Heading where it is not the card's
	Notice      string // that this is no official result
	About       []Fact // group, round, criteria set, workbook
	Numbers     []Fact // score, percent, rating, completeness
	Notes       []string
	Receipt     ReceiptLines
	Pillars     Table // empty where the set has none
	Losses      []LostPoints
	Problems    Table // errors first; empty where there are none
	ProblemsSay string
	Goal        string
	Steps       []StepLine
	Footer      []Fact

	words *locale.Locale
}

// Say is a fixed word or sentence of the card, by its key.
func (s Scorecard) Say(key string) string { return s.words.Say("site.scorecard-" + key) }

// ReceiptLines word the comparison of workbook and engine.
type ReceiptLines struct {
	Words  string
	Mark   string // "✓", "✗" or "" where nothing was compared; Words say the same
	Tone   string // "up", "down" or ""
	Differ Table  // cells that differ; empty where none does
}

// LostPoints is an indicator that lost many points.
type LostPoints struct {
	Name    string // with its number
	Lang    string // language of Name where it is not the card's
	Points  string
	Reasons []string
	Advice  string
}

// A StepLine is one next step.
type StepLine struct {
	Name   string // with its number
	Lang   string // language of Name where it is not the card's
	Gain   string
	Advice string // "" where the set has none
	Peers  string // "" where none has full marks or nobody knows
}

// scorecardLosses is how many indicators are named that lost most.
const scorecardLosses = 5

// scorecardPeers is how many peers of a step are named.
const scorecardPeers = 3

// NewScorecard words a self-assessment in the language of l.
func NewScorecard(a SelfAssessment, l *locale.Locale) Scorecard {
	c := card{wording: wordingOf(a.Set, l, digitsFor(a.Set, totalDigits(a.Set))), SelfAssessment: a}
	name, lang := c.agency(a.Result.Agency)
	s := Scorecard{
		Lang: c.Lang, Title: c.say("scorecard-title", name), Heading: name, HeadingLang: lang, Notice: c.say("scorecard-notice"),
		About: c.about(), Numbers: c.numbers(), Notes: c.notes(), Receipt: c.receipt(), Pillars: c.pillars(),
		Losses: c.losses(), Goal: a.Goal, Steps: c.steps(), Footer: c.footer(), words: c.words,
	}
	s.Problems, s.ProblemsSay = c.problems()
	return s
}

// A card is a self-assessment with the words to tell it.
type card struct {
	wording
	SelfAssessment
}

// about says who was assessed, when and by what.
func (c *card) about() []Fact {
	var facts []Fact
	add := func(term, words, lang string) {
		if words != "" {
			facts = append(facts, Fact{Term: term, Words: words, Lang: lang})
		}
	}
	for _, g := range c.Set.Groups {
		if g.ID == c.Result.Agency.Group {
			words, lang := c.name(g.Name)
			add(c.term("group"), words, lang)
		}
	}
	round, lang := c.name(c.Round)
	if round == "" {
		round, lang = yearWords(c.Year), ""
	}
	add(c.term("round"), round, lang)
	title, lang := c.name(c.Set.Title)
	add(c.term("set"), cmp.Or(title, c.Set.ID), lang)
	facts[len(facts)-1].Note = c.say("scorecard-edition", c.Set.Version)
	add(c.say("scorecard-file"), c.File, "")
	return facts
}

// numbers are the card's large numbers.
func (c *card) numbers() []Fact {
	res := c.Result
	facts := []Fact{
		{Term: c.term("score"), Words: c.total(res.Score), Note: c.say("out-of", c.plain(res.Of))},
		{Term: c.say("percent-of-maximum"), Words: c.percentWords(res.Percent)},
	}
	if len(c.Set.Ratings) > 0 {
		rated := Fact{Term: c.term("rating"), Words: c.say("no-rating")}
		if r, ok := c.Set.RatingOf(res.Score, res.Of); ok {
			rated.Words = c.text(r.Name)
		}
		rated.Note = c.say("scorecard-rating-note")
		facts = append(facts, rated)
	}
	complete := Fact{Term: c.say("scorecard-complete"), Words: c.say("of", c.Answered, c.Asked), Note: c.say("scorecard-complete-note")}
	if c.Pending > 0 {
		complete.Note = c.count("scorecard-pending", c.Pending)
	}
	return append(facts, complete)
}

// notes say what of the score is an estimate.
func (c *card) notes() []string {
	estimated := c.Result.Root.Estimated()
	if len(estimated) == 0 {
		return nil
	}
	var nos []string
	for _, r := range estimated {
		nos = append(nos, cmp.Or(r.Indicator.No, r.Indicator.ID))
	}
	list := strings.Join(nos, ", ")
	if c.BoundsYear == 0 {
		return []string{c.count("scorecard-estimated", len(nos), list)}
	}
	return []string{c.count("scorecard-estimated-year", len(nos), list, yearWords(c.BoundsYear))}
}

// receipt words the comparison of the workbook's points with the engine's.
func (c *card) receipt() ReceiptLines {
	r := c.Receipt
	if !r.Known && r.Text == "" && r.Compared == 0 {
		return ReceiptLines{Words: c.say("scorecard-receipt-none")}
	}
	engine := r.Engine.Or(c.Result.Score)
	key, theirs, own := "scorecard-receipt-text", cmp.Or(r.Text, c.say("scorecard-blank")), c.total(engine)
	agree := r.Known && r.Total.Equal(engine)
	if r.Known {
		key, theirs = "scorecard-receipt", c.total(r.Total)
		if theirs == own && !agree {
			theirs, own = c.plain(r.Total), c.plain(engine)
		}
	}
	lines := ReceiptLines{Words: c.say(key, theirs, own, r.Compared-len(r.Differ), r.Compared), Mark: "✓", Tone: "up"}
	if !engine.Equal(c.Result.Score) {
		lines.Words += " " + c.say("scorecard-receipt-others")
	}
	if !agree || len(r.Differ) > 0 {
		lines.Mark, lines.Tone = "✗", "down"
		lines.Words += " " + c.say("scorecard-receipt-differs")
	}
	if len(r.Differ) > 0 {
		lines.Differ = c.differences(r.Differ)
	}
	return lines
}

// differences lists the cells of points that the engine does not agree with.
func (c *card) differences(differ []Difference) Table {
	t := Table{Caption: c.say("scorecard-differ-caption"), Columns: []Column{
		{Name: c.say("scorecard-cell"), Key: true},
		{Name: c.term("indicator"), Key: true},
		{Name: c.say("scorecard-workbook"), Num: true},
		{Name: c.say("scorecard-engine"), Num: true},
	}}
	for _, d := range differ {
		name, lang := c.name(d.Indicator.Name)
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: cellOf(d.Place), Head: true},
			{Text: numbered(d.Indicator.No, name), Lang: lang},
			{Text: cmp.Or(d.Workbook, c.say("scorecard-blank"))},
			{Text: c.points(d.Engine)},
		}})
	}
	return t
}

// cellOf names a cell within its workbook: "Tự đánh giá!F12".
func cellOf(p diag.Place) string {
	p.File = ""
	if name := strings.TrimPrefix(p.String(), "!"); name != "" {
		return name
	}
	return "–"
}

// pillars are the pillars of the first level with the share of their points that was reached.
func (c *card) pillars() Table {
	t := Table{Caption: c.say("scorecard-pillars-caption"), Columns: []Column{
		{Name: c.term("pillar"), Key: true}, {Name: c.term("score"), Num: true, Key: true}, {Name: c.term("share"), Num: true, Key: true},
	}}
	for _, p := range c.Result.Root.Pillars {
		share, ok := percent(p.Score, p.Of)
		if !p.Applies || !ok {
			continue
		}
		name, lang := c.name(p.Pillar.Name)
		head := Cell{Text: numbered(p.Pillar.No, name), Lang: lang, Head: true}
		if len(p.Estimated()) > 0 {
			head.Note = c.say("scorecard-with-estimates")
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			head,
			{Text: c.say("of-points", c.words.Number(p.Score, c.digits.pillar), c.plain(p.Of))},
			{Text: c.percentWords(share), Bar: bar(p.Score, p.Of)},
		}})
	}
	if len(t.Rows) == 0 {
		return Table{}
	}
	t.Rows = append(t.Rows, c.outside()...)
	total := Row{Highlight: true, Cells: []Cell{
		{Text: c.say("ledger-total"), Head: true},
		{Text: c.say("of-points", c.total(c.Result.Score), c.plain(c.Result.Of))},
		{Text: c.percentWords(c.Result.Percent), Bar: bar(c.Result.Score, c.Result.Of)},
	}}
	t.Rows = append(t.Rows, total)
	return t
}

// outside are the lines of the total that stand in no pillar: indicators at the root, bonus, penalty, and what re-basing,
// a cap or rounding changed.
func (c *card) outside() []Row {
	var rows []Row
	add := func(name string, d decimal.Decimal) {
		if !d.Round(int32(c.digits.total)).IsZero() {
			rows = append(rows, Row{Cells: []Cell{{Text: name, Head: true}, {Text: c.plus(d)}, {Text: "–"}}})
		}
	}
	sums := map[criteria.Effect]decimal.Decimal{}
	for _, line := range c.Result.Ledger {
		switch {
		case line.Indicator == nil:
		case line.Indicator.Effect != criteria.Base:
			sums[line.Indicator.Effect] = sums[line.Indicator.Effect].Add(line.Points)
		case line.Pillar == c.Set.Root:
			sums[criteria.Base] = sums[criteria.Base].Add(line.Points)
		}
	}
	add(c.say("scorecard-outside"), sums[criteria.Base])
	add(c.say("scorecard-bonus"), sums[criteria.Bonus])
	add(c.say("scorecard-penalty"), sums[criteria.Penalty])
	for _, line := range c.Result.Ledger {
		if line.Indicator == nil && line.Note.Kind != "ledger-combined" {
			add(c.words.Note(line.Note), line.Points)
		}
	}
	return rows
}

// problems lists what to mend, errors first, each group in the order of its places.
func (c *card) problems() (t Table, say string) {
	sorted := slices.DeleteFunc(c.Problems.Sorted(), func(p diag.Problem) bool { return p.Severity == diag.Info })
	slices.SortStableFunc(sorted, func(a, b diag.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
	if len(sorted) == 0 {
		return Table{}, c.say("scorecard-nothing-to-mend")
	}
	t.Caption = c.say("scorecard-problems-caption")
	t.Columns = []Column{{Name: c.say("scorecard-cell"), Key: true}, {Name: c.say("scorecard-problem"), Key: true}}
	for _, p := range sorted {
		t.Rows = append(t.Rows, c.problem(p))
	}
	errors := slices.IndexFunc(sorted, func(p diag.Problem) bool { return p.Severity != diag.Error })
	if errors < 0 {
		errors = len(sorted)
	}
	return t, c.say("scorecard-to-mend", errors, len(sorted)-errors)
}

// problem is one thing to mend: where, what was read and the remedy, and which indicator it is about.
func (c *card) problem(p diag.Problem) Row {
	at := Cell{Text: cellOf(p.Place), Head: true, Mark: "!", Note: c.say("scorecard-warning")}
	if p.Severity == diag.Error {
		at.Mark, at.Tone, at.Note = "✗", "down", c.say("scorecard-error")
	}
	names, about := c.namesOf(p)
	args := slices.Clone(p.Args)
	for i, arg := range args {
		switch arg := arg.(type) {
		case []string:
			args[i] = c.numbersOf(arg)
		case string:
			if names[arg] == "" {
				continue
			}
			args[i] = names[arg]
			if names[arg] == about {
				about = "" // the sentence says it
			}
		}
	}
	return Row{Cells: []Cell{at, {Text: capital(c.words.Say("problems."+p.Kind, args...)), Note: about}}}
}

// numbersOf has the numbers of indicators in the place of their ids, which a workbook hides.
func (c *card) numbersOf(ids []string) []string {
	list := slices.Clone(ids)
	for i, id := range list {
		if ind, ok := c.Set.Indicator(id); ok && ind.No != "" {
			list[i] = ind.No
		}
	}
	return list
}

// namesOf are the printed names of the ids that the sentence of a problem may hold, because ids are words of the set's
// author; about is the indicator that the problem is about.
func (c *card) namesOf(p diag.Problem) (names map[string]string, about string) {
	key := submission.Key{Indicator: p.Indicator, Input: p.Input}.String()
	if ind, ok := c.Set.Indicator(p.Indicator); ok {
		about = numbered(ind.No, c.text(ind.Name))
		names = map[string]string{ind.ID: about, key: about}
		if len(ind.Inputs) > 1 {
			names[key] = c.inputName(ind, p.Input)
		}
		return names, about
	}
	if in, ok := c.Set.Figure(p.Input); ok && p.Indicator == criteria.FiguresID {
		about = c.text(in.Name)
		return map[string]string{key: about}, about
	}
	return nil, ""
}

// losses are the indicators that cost most of the total, the set's order among equals. What others still decide is no
// loss yet.
func (c *card) losses() []LostPoints {
	weights := scoring.NominalOf(c.Set, c.Result.Agency.Group, nil)
	all := slices.DeleteFunc(c.Result.Root.Leaves(), func(r scoring.IndicatorResult) bool {
		return r.Status == rule.Pending || !lost(r).IsPositive()
	})
	cost := func(r scoring.IndicatorResult) decimal.Decimal {
		return rule.One().Sub(r.Share).Decimal(rule.KeptPlaces).Mul(weights.Indicator(r.Indicator.ID))
	}
	slices.SortStableFunc(all, func(a, b scoring.IndicatorResult) int { return cost(b).Cmp(cost(a)) })
	var losses []LostPoints
	for _, r := range all[:min(len(all), scorecardLosses)] {
		losses = append(losses, c.loss(r))
	}
	return losses
}

func (c *card) loss(r scoring.IndicatorResult) LostPoints {
	name, lang := c.name(r.Indicator.Name)
	l := LostPoints{
		Name: numbered(r.Indicator.No, name), Lang: lang, Points: c.say("lost", c.points(lost(r)), c.plain(r.Of)), Advice: c.text(r.Indicator.Advice),
	}
	if r.Status != rule.Scored {
		l.Reasons = append(l.Reasons, c.term("status-"+r.Status.String()))
	}
	for _, n := range []rule.Note{r.Note, r.Because} {
		if words := capital(c.note(r.Indicator, n)); words != "" && !slices.Contains(l.Reasons, words) {
			l.Reasons = append(l.Reasons, words)
		}
	}
	if r.Estimated {
		l.Reasons = append(l.Reasons, c.say("scorecard-is-estimate"))
	}
	return l
}

// steps word the next steps.
func (c *card) steps() []StepLine {
	var lines []StepLine
	for _, s := range c.Steps {
		name, lang := c.name(s.Indicator.Name)
		line := StepLine{
			Name: numbered(cmp.Or(s.Indicator.No, s.Indicator.ID), name), Lang: lang, Gain: c.say("scorecard-gain", c.plus(s.Gain)), Advice: c.text(s.Indicator.Advice),
		}
		line.Peers = c.peers(s)
		lines = append(lines, line)
	}
	return lines
}

// peers name the agencies with full marks for a step; "" where there are none.
func (c *card) peers(s NextStep) string {
	when := ""
	if s.PeersYear > 0 {
		when = c.say("scorecard-peers-year", yearWords(s.PeersYear))
	}
	n := len(s.Peers)
	switch {
	case n > scorecardPeers:
		return c.say("scorecard-peers-more", strings.Join(s.Peers[:scorecardPeers], "; "), n-scorecardPeers, when)
	case n > 0:
		return c.say("scorecard-peers", strings.Join(s.Peers, "; "), when)
	default:
		return ""
	}
}

// footer says from what the card was computed.
func (c *card) footer() []Fact {
	facts := []Fact{{Term: c.say("footer-set"), Words: c.Set.Address() + hashWords(c.Set.Hash)}}
	if c.Engine != "" {
		facts = append(facts, Fact{Term: c.say("footer-engine"), Words: c.Engine})
	}
	return facts
}
