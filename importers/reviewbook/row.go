package reviewbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

const (
	accept = submission.Accept
	set    = submission.Set
	reject = submission.Reject
	// Beside the verdicts a row may say in one word what it names itself; Read makes verdicts of them.
	keep  = reject + 1 // the decision of the earlier stage stands
	grant = reject + 2 // the agency gets what it asks for
)

// verdictWords are the words of decisions in a language; "" where a stage has none.
type verdictWords [grant + 1]string

// verdictsOf are the words of a stage. Where agencies appeal, "accept" and "reject" would be taken for an appeal's fate:
// they are worded by what they do.
func verdictsOf(l *locale.Locale, stage submission.Stage) verdictWords {
	if stage == submission.Review {
		return verdictWords{
			accept: l.Say("form.decide-accept"), set: l.Say("form.decide-set"), reject: l.Say("form.decide-reject"),
		}
	}
	return verdictWords{
		accept: l.Say("form.decide-as-claimed"), set: l.Say("form.decide-set"), reject: l.Say("form.decide-zero"),
		keep: l.Say("form.decide-keep"), grant: l.Say("form.decide-grant"),
	}
}

func (w verdictWords) at(v submission.Verdict) string { return w[v] }

// list are the words of which one is asked for, those for appeals first.
func (w verdictWords) list() []string {
	words := []string{w[keep], w[grant], w[accept], w[set], w[reject]}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// offered are the words that a row may say: what it does not name can be neither kept nor granted, and a figure has no
// points to lose.
func (w verdictWords) offered(r Row) []string {
	for _, v := range []submission.Verdict{keep, grant} {
		if _, there := readyOf(r, v); !there {
			w[v] = ""
		}
	}
	if r.Key.Indicator == criteria.FiguresID {
		w[reject] = ""
	}
	return w.list()
}

// row makes the cells of a row, the hidden key first, and says how tall it is.
func (f *file) row(r Row, number int) (values []any, tall float64) {
	tall = written.LineHeight + written.Padding
	texts := f.texted(r)
	values = make([]any, len(f.columns)+1)
	values[0] = keyOf(r.Agency.Code, r.Key)
	for i, c := range f.columns {
		text, isText := texts[c.name]
		switch {
		case isText:
			values[i+1] = f.cell(text, c.look)
		case c.name == "most":
			values[i+1] = f.points(r.Of, c.look)
		case c.name == "claimed-points":
			values[i+1] = f.points(r.Points, c.look)
		case c.name == "lacks":
			values[i+1] = excelize.Cell{StyleID: f.looks[c.look], Formula: f.lacks(r, number), Value: ""}
		default:
			values[i+1], text = f.decided(r, c)
		}
		tall = max(tall, f.height(text, c.width))
	}
	return values, tall
}

// texted are the texts of a row that the workbook gives, by column.
func (f *file) texted(r Row) map[string]string {
	group, _ := f.book.Set.Group(r.Agency.Group)
	texts := map[string]string{
		"code": r.Agency.Code, "agency": cmp.Or(f.text(r.Agency.Name), r.Agency.Code), "group": f.text(group.Name),
		"no": "", "indicator": f.say("decide-figure"), "claim": f.claim(r), "rule": "", "evidence": f.evidence(r),
		"remark": r.Claim.Remarks[r.Key.Indicator], "peers": f.peers(r.Peers), "last": r.Last,
		"earlier": f.earlier(r), "asks": f.asks(r),
	}
	if ind := f.indicator(r); ind != nil {
		texts["no"], texts["indicator"] = numberOf(ind), f.text(ind.Name)
		if in, ok := ind.Input(r.Key.Input); ok && len(ind.Inputs) > 1 {
			texts["indicator"] += "\n– " + cmp.Or(f.text(in.Name), in.ID)
		}
		texts["rule"] = f.rule(r, ind)
	} else if in, ok := f.book.Set.Figure(r.Key.Input); ok {
		texts["indicator"] += "\n– " + cmp.Or(f.text(in.Name), in.ID)
	}
	return texts
}

// numberOf is how a row shows which indicator it is about; "" for a figure.
func numberOf(ind *criteria.Indicator) string {
	if ind == nil {
		return ""
	}
	return cmp.Or(ind.No, ind.ID)
}

// claim is what the agency claims, in words.
func (f *file) claim(r Row) string {
	if r.Key.Input != "" {
		return f.answer(r.Key, r.Claim.Answers.At(r.Key).Value)
	}
	var lines []string
	for _, figure := range figuresOf(f.book.Set, r.Key.Indicator) {
		key := submission.Key{Indicator: criteria.FiguresID, Input: figure.ID}
		lines = append(lines, f.text(figure.Name)+": "+f.answer(key, r.Claim.Answers.At(key).Value))
	}
	return strings.Join(lines, "\n")
}

// answer words an answer.
func (f *file) answer(key submission.Key, v rule.Value) string {
	ind, in := f.input(key)
	return f.book.Answer(ind, in, v)
}

// input finds an input; ind is nil for a figure.
func (f *file) input(key submission.Key) (ind *criteria.Indicator, in criteria.Input) {
	if key.Indicator == criteria.FiguresID {
		in, _ = f.book.Set.Figure(key.Input)
		return nil, in
	}
	ind, ok := f.book.Set.Indicator(key.Indicator)
	if ok {
		in, _ = ind.Input(key.Input)
	}
	return ind, in
}

// rule says how the indicator is scored, and how the claimed points come about.
func (f *file) rule(r Row, ind *criteria.Indicator) string {
	words, known := f.rules[ind.ID]
	if !known {
		words = f.loc.Note(f.book.Set.Named(ind.Words(), ind))
		f.rules[ind.ID] = words
	}
	if !r.Judged.IsZero() {
		words += "\n→ " + f.loc.Note(f.book.Set.Named(r.Judged, ind))
	}
	return words
}

func (f *file) evidence(r Row) string {
	var lines []string
	for _, d := range r.Claim.Evidence[r.Key.Indicator] {
		lines = append(lines, strings.Join(strings.Fields(d.Text), " "))
	}
	if ind := f.indicator(r); len(lines) == 0 && ind != nil && ind.Evidence.Required {
		return f.say("decide-no-evidence")
	}
	return strings.Join(lines, "\n")
}

func (f *file) peers(p Peers) string {
	if p.Agencies == 0 {
		return ""
	}
	return f.say("decide-peers-are", f.loc.Number(p.Mean, f.decimals()), p.Full, p.Agencies)
}

// earlier are the decisions of earlier stages, a line each.
func (f *file) earlier(r Row) string {
	var lines []string
	for _, d := range r.Earlier {
		line := f.loc.Say("words.stage-"+d.Stage.String()) + ": " + f.words.at(d.Verdict)
		switch {
		case d.Verdict == set && d.Points.Set:
			line += " – " + f.say("decide-to-points", d.Points.Value)
		case d.Verdict == set:
			line += " – " + f.answer(submission.Key{Indicator: d.Indicator, Input: d.Input}, d.Value)
		}
		if d.Reason != "" {
			line += ". " + d.Reason
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// asks is what the agency asks for, and why.
func (f *file) asks(r Row) string {
	o := r.Objection
	if o == nil {
		return ""
	}
	var lines []string
	if !o.Value.IsMissing() {
		lines = append(lines, f.answer(submission.Key{Indicator: o.Indicator, Input: cmp.Or(o.Input, r.Key.Input)}, o.Value))
	}
	if o.Points.Set {
		lines = append(lines, f.say("decide-to-points", o.Points.Value))
	}
	if len(lines) == 0 {
		lines = append(lines, f.say("decide-asks-claim"))
	}
	if o.Reason != "" {
		lines = append(lines, o.Reason)
	}
	if o.Filed != "" {
		lines = append(lines, f.say("decide-filed", o.Filed))
	}
	return strings.Join(lines, "\n")
}

// decided is a cell to fill in, with the decision that is known already.
func (f *file) decided(r Row, c column) (cell excelize.Cell, text string) {
	l := c.look
	ind, in := f.input(r.Key)
	if c.name == "value" {
		l = inputLook(in.Type)
	}
	d := r.Decided
	if d == nil {
		return excelize.Cell{StyleID: f.looks[l]}, ""
	}
	switch c.name {
	case "decision":
		text = f.words.at(d.Verdict)
	case "value":
		if d.Verdict != set || d.Points.Set {
			return excelize.Cell{StyleID: f.looks[l]}, ""
		}
		var options []rule.Option
		if ind != nil {
			options = ind.Options(in.ID)
		}
		content := written.Value(f.loc, f.book.Set.Languages[0], d.Value, in.Type, options)
		return f.content(content, l), content.Text
	case "points":
		if !d.Points.Set {
			return excelize.Cell{StyleID: f.looks[l]}, ""
		}
		return f.content(written.Number(d.Points.Value, rule.Points), l), ""
	case "reason":
		text = d.Reason
	case "reviewer":
		text = d.Reviewer
	case "date":
		if d.Date == "" {
			return excelize.Cell{StyleID: f.looks[l]}, ""
		}
		return f.content(written.Day(d.Date), l), ""
	}
	return f.cell(text, l), text
}

// decimals is how many decimals a mean of points is shown with.
func (f *file) decimals() int {
	const unrounded = 2
	if places := f.book.Set.Rounding.Indicator; places.Round {
		return max(int(places.N), 1)
	}
	return unrounded
}
