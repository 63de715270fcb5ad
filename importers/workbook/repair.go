package workbook

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/graft"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// A repair writes an answer that could be read as the form itself would have written it.
type repair struct {
	at      diag.Place
	key     submission.Key
	read    string // as it was typed
	words   string // what it was read as
	blanks  bool   // nothing but spaces around it was wrong
	content graft.Content
	kind    rule.Type // of the input; decides which number formats suit
}

// A Reading is an answer that was read without doubt, though it is not written as the form would have written it: digits
// as text, "Co" for "Có". A spreadsheet may not read it at all.
type Reading struct {
	Place diag.Place
	Key   submission.Key
	Text  string // as the cell holds it
}

// Readings lists such answers of a book in the order of the form; sub is what Read made of it. Of a workbook of another
// edition there are none.
func Readings(sent sheet.Book, sub submission.Submission, want Expect) []Reading {
	label, ok := LabelOf(sent)
	if !ok || !sub.Sent || label.Address() != want.Set.Address() {
		return nil
	}
	var all []Reading
	for _, r := range repairs(bookOf(label, sub, want), sent, sub) {
		all = append(all, Reading{Place: r.at, Key: r.key, Text: r.read})
	}
	return all
}

// bookOf is the form that a workbook was, as far as its answers go.
func bookOf(label Label, sub submission.Submission, want Expect) *book {
	form := Form{Set: want.Set, Agency: label.Agency, Lang: label.Lang}
	if i := slices.IndexFunc(want.Agencies, func(a submission.Agency) bool { return a.Code == sub.Agency }); i >= 0 {
		form.Agency = want.Agencies[i]
	}
	return &book{form: form, voice: speaker(form)}
}

// repairs lists what can be repaired: answers that were read without doubt, but are not written as a spreadsheet can
// compute with them or as the list of the cell offers them. A formula is left alone.
func repairs(b *book, sent sheet.Book, sub submission.Submission) []repair {
	cells := map[diag.Place]sheet.Cell{}
	for _, s := range sent.Sheets {
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				cells[c.Place] = c
			}
		}
	}
	var all []repair
	for _, e := range allEntries(b.form.Set, b.form.Agency) {
		answer := sub.Answers.At(e.key)
		c, there := cells[answer.Place]
		if e.state != open || !there || c.Formula || c.Error || answer.Value.IsMissing() || answer.Value.IsInvalid() {
			continue
		}
		r := repair{at: answer.Place, key: e.key, read: c.Shown(), kind: e.in.Type}
		if b.mend(&r, c, e, answer.Value, sent.Date1904) {
			all = append(all, r)
		}
	}
	return all
}

// mend finds what a cell should hold; ok is false where it holds that already.
func (b *book) mend(r *repair, c sheet.Cell, e entry, v rule.Value, date1904 bool) (ok bool) {
	if v.IsNotApplicable() {
		r.kind = rule.Free
		return b.mendText(r, c, b.say("answer-not-applicable"))
	}
	if d, is := v.Number(); is {
		return b.mendNumber(r, c, d)
	}
	if yes, is := v.Yes(); is {
		return b.mendText(r, c, b.yesNo(yes))
	}
	if day, is := v.Day(); is {
		return b.mendDay(r, c, day, date1904)
	}
	if ids, is := v.Options(); is && !b.named(c, e) {
		return b.mendText(r, c, written.Ticked(b.loc, b.set.Languages[0], ids, e.ind.Options(e.in.ID)))
	}
	return false // words are the agency's own
}

// mendText makes a cell hold one of the form's own words.
func (b *book) mendText(r *repair, c sheet.Cell, want string) bool {
	r.content.Text, r.words = want, b.say("review-quoted", want)
	r.blanks = strings.TrimSpace(c.Text) == want
	return want != "" && (c.Text != want || c.Numeric || c.Bool)
}

// named reports whether options are named by their ids or as the form names them, which may be in any order.
func (b *book) named(c sheet.Cell, e entry) bool {
	options := e.ind.Options(e.in.ID)
	words := []string{c.Text}
	if e.in.Type == rule.Choices {
		words = strings.Split(c.Text, ";")
		for i := range words {
			words[i] = strings.TrimSpace(words[i])
		}
	}
	if c.Numeric || c.Bool {
		return false
	}
	for _, word := range words {
		known := slices.ContainsFunc(options, func(o rule.Option) bool {
			return word == b.optionName(o, options) || e.in.Type == rule.Choices && word == o.ID
		})
		if !known && word != "" {
			return false
		}
	}
	return true
}

// mendNumber makes a cell hold a number instead of its digits as text. A percentage becomes a share in a cell that shows
// it as a percentage, since 45 alone is 4500 % to a spreadsheet.
func (b *book) mendNumber(r *repair, c sheet.Cell, d decimal.Decimal) bool {
	percent := r.kind == rule.Percent
	if c.Numeric && (!percent || c.Percent || d.IsZero()) {
		return false
	}
	r.content.Digits = numberSlot(d, rule.Number).digits
	r.words = b.loc.Plain(d)
	if percent {
		r.content.Digits = numberSlot(d.Shift(-2), rule.Number).digits
		r.words += "%"
	}
	return r.content.Digits != "" // a cell's number would lose digits of it
}

// mendDay makes a cell hold a date instead of its words.
func (b *book) mendDay(r *repair, c sheet.Cell, day rule.Date, date1904 bool) bool {
	s := contentSlot(written.Day(day), dateInput)
	if c.Numeric || s.digits == "" {
		return false
	}
	if date1904 {
		days := decimal.RequireFromString(s.digits).Sub(decimal.NewFromInt(epochs))
		if days.IsNegative() {
			return false
		}
		s.digits = days.String()
	}
	r.content.Digits, r.words = s.digits, b.loc.Date(day)
	_, err := time.Parse(time.DateOnly, string(day))
	return err == nil
}

// epochs is the number of days between the two days from which spreadsheets count.
const epochs = 1462

// Number formats that suit a number, a percentage and a date, so that it is read as what it is.
var (
	suitsNumber  = regexp.MustCompile(`^[#0?,.]*[#0?]$`)
	suitsPercent = regexp.MustCompile(`^[#0?,.]*[#0?]%$`)
	suitsDay     = regexp.MustCompile(`^(\[[^\]]*\])?[dmyDMY/\-. \\]+$`)
)

// format is the number format that a repaired cell gets; "" where its own, known by its id and code, is good.
func (r repair) format(id int, code string) string {
	in := func(from, to int) bool { return code == "" && id >= from && id <= to }
	switch {
	case r.content.Digits == "":
		return ""
	case r.kind == rule.Percent:
		if (in(9, 10) || suitsPercent.MatchString(code)) && r.decimals() <= shown(id, code) {
			return ""
		}
		return "0." + strings.Repeat("0", max(2, r.decimals())) + "%"
	case r.kind == rule.Day:
		if in(14, 17) || suitsDay.MatchString(code) {
			return ""
		}
		return "dd/mm/yyyy"
	case in(0, 0) || (in(1, 4) || suitsNumber.MatchString(code)) && r.decimals() <= shown(id, code):
		return ""
	case r.kind == rule.Count:
		return "#,##0"
	default:
		return "General"
	}
}

// shown is the number of decimals that a number format shows which suits a number or a percentage.
func shown(id int, code string) int {
	if code == "" {
		return map[int]int{2: 2, 4: 2, 10: 2}[id]
	}
	_, after, _ := strings.Cut(strings.TrimSuffix(code, "%"), ".")
	return len(after)
}

// decimals is the number of decimals that a cell has to show, so that it says what was read.
func (r repair) decimals() int {
	d := decimal.RequireFromString(r.content.Digits)
	if r.kind == rule.Percent {
		d = d.Shift(2)
	}
	if _, decimals, ok := strings.Cut(d.String(), "."); ok {
		return len(decimals)
	}
	return 0
}
