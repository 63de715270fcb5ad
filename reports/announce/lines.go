package announce

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
)

// A pattern is a line of a text with its slots. Two lines of one form say the same of other results.
type pattern struct {
	form    string // the line, with a sign for every slot
	section string // the program's heading above it; "" where there is none
	slots   []slot
	said    bool // the other text has it, too
}

// A slot is a number, an agency, a rating or a direction in a line.
type slot struct {
	start    int // its place in the text
	text     string
	value    string            // what it means; "" of a number
	readings []decimal.Decimal // of a number
}

const slotSign = "\x01"

func (s slot) agrees(other slot) bool {
	if s.value != other.value {
		return false
	}
	return s.value != "" || s.text == other.text || slices.ContainsFunc(s.readings, func(d decimal.Decimal) bool {
		return slices.ContainsFunc(other.readings, d.Equal)
	})
}

// apart are the slots in which two patterns of one form differ.
func (p *pattern) apart(other *pattern) (differing []int) {
	for i, s := range p.slots {
		if !s.agrees(other.slots[i]) {
			differing = append(differing, i)
		}
	}
	return differing
}

// exact is the same for lines that are the same but for markup.
func (p *pattern) exact() string {
	var b strings.Builder
	b.WriteString(p.form)
	for _, s := range p.slots {
		b.WriteString(slotSign)
		b.WriteString(s.text)
	}
	return b.String()
}

// compareLines holds the lines of the text against those that the program writes of these results. A line that has the
// form of some of those and is none of them was edited, where one of them is missing below the same heading. Where none
// is missing it was added, and only its numbers are checked, as in any text.
func (r *reader) compareLines() {
	words := r.vocabulary()
	written, headings := r.written(words)
	edited := r.editedLines(words, headings)
	said := map[string]*pattern{}
	for _, p := range edited {
		said[p.exact()] = p
	}
	open := map[string][]*pattern{} // lines that are missing, by form
	for _, p := range written {
		if same, ok := said[p.exact()]; ok {
			same.said = true
		} else {
			open[p.form] = append(open[p.form], p)
		}
	}
	told := map[diag.Place]bool{}
	for _, p := range r.problems {
		told[p.Place] = true
	}
	for _, p := range edited {
		if !p.said {
			r.compareLine(p, open[p.form], told)
		}
	}
}

// compareLine tells in what a line differs from the nearest of those that are missing.
func (r *reader) compareLine(p *pattern, missing []*pattern, told map[diag.Place]bool) {
	var nearest *pattern
	var differing []int
	for _, own := range missing {
		if own.said || p.section != "" && own.section != p.section {
			continue
		}
		if by := p.apart(own); nearest == nil || len(by) < len(differing) {
			nearest, differing = own, by
		}
	}
	if nearest == nil {
		return
	}
	nearest.said = true
	for _, i := range differing {
		if place := r.places[p.slots[i].start]; !told[place] {
			r.problems.Fault(place, "announce-line-differs", p.slots[i].text, nearest.slots[i].text)
		}
	}
}

// written are the lines of the announcement and its annex in every language, and their headings.
func (r *reader) written(words []word) (lines []*pattern, headings map[string]bool) {
	headings = map[string]bool{}
	for _, lang := range locale.Langs() {
		c, err := NewClerk(r.ranking, r.past, locale.MustFor(lang))
		if err != nil {
			continue // a fault of the program, which writing the announcement tells
		}
		for _, paper := range []view.Paper{c.Announcement().Paper, c.Annex().Paper} {
			for _, section := range append([]view.PaperSection{{Lines: paper.Lead}}, paper.Sections...) {
				headings[section.Heading] = true
				for _, text := range texts(section) {
					if p := r.pattern([]rune(norm.NFC.String(text)), words); len(p.slots) > 0 {
						p.section = section.Heading
						lines = append(lines, p)
					}
				}
			}
		}
	}
	return lines, headings
}

// texts are the lines of a section, and the rows of its tables.
func texts(s view.PaperSection) []string {
	var all []string
	for _, t := range s.Tables {
		all = append(all, t.Caption)
		for _, row := range t.Rows {
			all = append(all, strings.Trim(strings.Join(row, " | "), " |"))
		}
	}
	for _, l := range s.Lines {
		all = append(all, l.Text)
	}
	return all
}

// editedLines are the lines of the text that have slots.
func (r *reader) editedLines(words []word, headings map[string]bool) []*pattern {
	var lines []*pattern
	section := ""
	for i, begin := range r.lines {
		end := len(r.text)
		if i+1 < len(r.lines) {
			end = r.lines[i+1]
		}
		for begin < end && strings.ContainsRune(" \t#->|", r.text[begin]) {
			begin++
		}
		for end > begin && strings.ContainsRune(" \t\r\n|", r.text[end-1]) {
			end--
		}
		line := r.text[begin:end]
		if headings[string(line)] {
			section = string(line)
			continue
		}
		if p := r.pattern(line, words); len(p.slots) > 0 {
			p.section = section
			for k := range p.slots {
				p.slots[k].start += begin
			}
			lines = append(lines, p)
		}
	}
	return lines
}

// A word is one that results decide: of a rating or of a direction.
type word struct {
	text  []rune
	value string
}

// vocabulary are the names of the ratings and the words for directions in every language, longer ones first.
func (r *reader) vocabulary() []word {
	var words []word
	for _, rating := range r.ranking.Round.Set.Ratings {
		for _, name := range rating.Name {
			words = append(words, word{[]rune(norm.NFC.String(name)), "rating " + rating.ID})
		}
	}
	for _, lang := range locale.Langs() {
		for trend := Same; trend <= DownMuch; trend++ {
			words = append(words, word{[]rune(locale.MustFor(lang).Say("site.announce-trend-" + trend.String())), "trend " + trend.String()})
		}
	}
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(len(b.text), len(a.text)) })
	return words
}

// pattern finds the slots of a line.
func (r *reader) pattern(line []rune, words []word) *pattern {
	p := &pattern{}
	mentions, found := r.find(line), numbersIn(line)
	var form strings.Builder
	for i := 0; i < len(line); {
		for len(found) > 0 && found[0].start < i {
			found = found[1:]
		}
		s, end := slot{start: i}, i
		switch {
		case len(mentions) > 0 && mentions[0].start == i:
			end, s.value = mentions[0].end, "agency "+strings.Join(mentions[0].codes, " ")
			mentions = mentions[1:]
		case len(found) > 0 && found[0].start == i:
			end, s.readings = found[0].end, found[0].readings
		default:
			end, s.value = spoken(line, i, words)
		}
		if end == i {
			form.WriteRune(line[i])
			i++
			continue
		}
		s.text = string(line[i:end])
		p.slots = append(p.slots, s)
		form.WriteString(slotSign)
		i = end
	}
	p.form = form.String()
	return p
}

// spoken is where the word ends that begins at a place, and what it means; that place itself where none does.
func spoken(line []rune, at int, words []word) (end int, value string) {
	for _, w := range words {
		end = at + len(w.text)
		if len(w.text) > 0 && end <= len(line) && line[at] == w.text[0] && slices.Equal(line[at:end], w.text) && edge(line, at, end) {
			return end, w.value
		}
	}
	return at, ""
}
