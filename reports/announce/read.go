package announce

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// Read checks a text that a person edited, in any language of the program. It tells, each at its line and column, every
// number that is nowhere in the results, and every total, rank or number of places behind the name of an agency, up to
// the next name or the end of the clause, that is not that agency's. Names are known as the agencies table writes them,
// and by their aliases. Where a line has the form of one that the program writes of these results, and that one is not in
// the text, every number, name, rating and direction that differs is told, too. Numbers of documents ("12/QĐ-UBND"), of sections and of list items are left alone.
func Read(name, text string, ranking *scoring.Ranking, comparison history.Comparison, l *locale.Locale) diag.Problems {
	r := &reader{results: newResults(ranking, comparison), name: name, words: l}
	r.clean(text)
	r.masked = mask(r.text, r.quoted())
	r.names = r.known()
	r.mentions = r.find(r.text)
	for _, n := range numbersIn(r.masked) {
		if !r.aside(n) {
			r.judge(n)
		}
	}
	r.compareLines()
	slices.SortFunc(r.problems, func(a, b diag.Problem) int { return a.Place.Compare(b.Place) })
	return r.problems
}

// A reader checks one text.
type reader struct {
	*results
	name     string
	words    *locale.Locale
	text     []rune // without markup
	places   []diag.Place
	masked   []rune
	lines    []int // where each line of the text begins
	names    names
	mentions []mention
	problems diag.Problems
}

// names are the codes behind each name and alias of the agencies, in small letters, and how long those are, longest first.
type names struct {
	codes   map[string][]string
	lengths []int
}

// A mention is a name of an agency in the text, or of several that share it.
type mention struct {
	start, end int
	codes      []string
}

// unescape takes Markdown's signs away; each stands for one character.
var unescape = map[string]rune{"&amp;": '&', "&lt;": '<', "&gt;": '>', "&nbsp;": ' '}

// clean takes markup away, brings letters and their marks together and notes where each character stood.
func (r *reader) clean(text string) {
	row := 0
	for line := range strings.Lines(text) {
		row++
		r.lines = append(r.lines, len(r.text))
		r.line(row, line)
	}
}

func (r *reader) line(row int, line string) {
	for at, col := 0, 1; at < len(line); {
		place := diag.Place{File: r.name, Row: row, Col: col}
		size := norm.NFC.NextBoundaryInString(line[at:], true)
		piece := norm.NFC.String(line[at : at+size])
		for sign, plain := range unescape {
			if strings.HasPrefix(line[at:], sign) {
				size, piece = len(sign), string(plain)
			}
		}
		if piece == `\` && at+1 < len(line) && line[at+1] != '\n' || piece == "*" || piece == "`" {
			piece = ""
		}
		for _, c := range piece {
			if c >= '０' && c <= '９' { // of full width
				c += '0' - '０'
			}
			r.text, r.places = append(r.text, c), append(r.places, place)
		}
		col += len([]rune(line[at : at+size]))
		at += size
	}
}

// known are all names of the agencies.
func (r *reader) known() names {
	codes, lengths := map[string][]string{}, map[int]bool{}
	note := func(code, name string) {
		key := strings.ToLower(norm.NFC.String(strings.TrimSpace(name)))
		if key != "" && !slices.Contains(codes[key], code) {
			codes[key] = append(codes[key], code)
			lengths[len([]rune(key))] = true
		}
	}
	for _, a := range r.ranking.Round.Agencies {
		for _, name := range a.Name {
			note(a.Code, name)
		}
		for _, alias := range a.Aliases {
			note(a.Code, alias)
		}
	}
	longest := slices.Sorted(maps.Keys(lengths))
	slices.Reverse(longest)
	return names{codes: codes, lengths: longest}
}

// find looks for the names of agencies in a text, the longest at each place.
func (r *reader) find(text []rune) []mention {
	small := []rune(strings.ToLower(string(text)))
	if len(small) != len(text) { // a letter that has no small one of its own length
		small = text
	}
	var found []mention
	for i := 0; i < len(small); i++ {
		if i > 0 && wordy(small[i-1]) || !wordy(small[i]) {
			continue
		}
		for _, n := range r.names.lengths {
			if i+n > len(small) || !edge(small, i, i+n) {
				continue
			}
			if codes := r.names.codes[string(small[i:i+n])]; codes != nil {
				found = append(found, mention{i, i + n, codes})
				i += n - 1
				break
			}
		}
	}
	return found
}

// aside reports whether a number is none of the results': the number of a document, a section or a list item.
func (r *reader) aside(n number) bool {
	if n.end+1 < len(r.text) && r.text[n.end] == '/' && unicode.IsLetter(r.text[n.end+1]) {
		return true
	}
	marker := n.end < len(r.text) && (r.text[n.end] == '.' || r.text[n.end] == ')') && (n.end+1 == len(r.text) || unicode.IsSpace(r.text[n.end+1]))
	if !marker {
		return false
	}
	for i := n.start - 1; i >= 0 && r.text[i] != '\n'; i-- {
		if r.text[i] != '#' && !unicode.IsSpace(r.text[i]) {
			return false
		}
	}
	return true
}

// judge holds a number against the agency that is named in front of it, else against all results.
func (r *reader) judge(n number) {
	if m, ok := r.namedBefore(n); ok {
		if kind := r.asked(n, m); kind != nil {
			r.hold(n, m, kind)
			return
		}
	}
	if !r.all.holds(n) {
		r.problems.Fault(r.places[n.start], "announce-number-unknown", n.text)
	}
}

// farthest is how far behind a name, in characters, a number may stand that is said of it.
const farthest = 300

// namedBefore is the agency of whose clause a number is part. In a row of a table that names one agency it is that one.
func (r *reader) namedBefore(n number) (m mention, ok bool) {
	if begin := r.lineOf(n.start); r.text[begin] == '|' {
		return r.rowOf(begin)
	}
	at := r.mentionFrom(n.start)
	if at == 0 {
		return mention{}, false
	}
	m = r.mentions[at-1]
	if n.start-m.end > farthest {
		return mention{}, false
	}
	for i := m.end; i < n.start; i++ {
		if r.text[i] == '\n' || r.text[i] == ';' || r.text[i] == '.' && i+1 < len(r.text) && unicode.IsSpace(r.text[i+1]) {
			return mention{}, false
		}
	}
	return m, m.end <= n.start
}

// lineOf is where the line begins that holds a place.
func (r *reader) lineOf(place int) int {
	at, _ := slices.BinarySearch(r.lines, place+1)
	return r.lines[at-1]
}

// mentionFrom is the first mention that begins at a place or behind it.
func (r *reader) mentionFrom(place int) int {
	at, _ := slices.BinarySearchFunc(r.mentions, place, func(m mention, place int) int { return m.start - place })
	return at
}

// rowOf is the one agency that a row of a table names.
func (r *reader) rowOf(begin int) (m mention, ok bool) {
	end := begin
	for end < len(r.text) && r.text[end] != '\n' {
		end++
	}
	first, next := r.mentionFrom(begin), r.mentionFrom(end)
	if next-first != 1 {
		return mention{}, false
	}
	return r.mentions[first], true
}

// A question is what a number is, by the words around it: which numbers of an agency may stand there.
type question struct {
	kind string              // of the problem
	may  func(owned) numbers // what may stand there
}

// Words that say what a number beside them is.
var (
	rankWords  = []string{"hạng", "thứ", "rank", "ranked", "ranks"}
	wayWords   = []string{"từ", "lên", "xuống", "còn", "from", "to"}
	placeWords = []string{"bậc", "place", "places"}
	pointWords = []string{"điểm", "point", "points"}
	limitWords = []string{"trên", "hơn", "dưới", "trong", "above", "over", "below", "under", "than", "least"}
)

var (
	rankQuestion = question{"announce-rank-differs", func(o owned) numbers { return o.ranks }}
	moveQuestion = question{"announce-places-differ", func(o owned) numbers { return o.places }}
	sumQuestion  = question{"announce-total-differs", func(o owned) numbers { return o.points }}
)

// asked is what a number behind a name is; nil where the words around it do not say.
func (r *reader) asked(n number, m mention) *question {
	before, after := r.word(n.start, -1), r.word(n.end, 1)
	fraction := n.decimals && len(n.readings) == 1 // not "1.607", which may be the rank 1607
	switch {
	case slices.Contains(limitWords, before) || n.start > 0 && r.text[n.start-1] == '/':
		return nil
	case slices.Contains(placeWords, after):
		if slices.Contains(wayWords, before) {
			return nil // "from 3 places up"
		}
		return &moveQuestion
	case !fraction && n.end <= m.start && r.cell(n):
		return &rankQuestion // in front of the name in a row of a table
	case !fraction && (slices.Contains(rankWords, before) || r.arrow(n)),
		!fraction && slices.Contains(wayWords, before) && !slices.Contains(pointWords, after):
		return &rankQuestion
	case fraction || slices.Contains(pointWords, after):
		return &sumQuestion
	default:
		return nil
	}
}

// word is the word that ends before, or begins behind, a place; "" where something else stands between.
func (r *reader) word(at, step int) string {
	i := at
	if step < 0 {
		i--
	}
	for i >= 0 && i < len(r.text) && (r.text[i] == ' ' || r.text[i] == '(' && step < 0) {
		i += step
	}
	start := i
	for i >= 0 && i < len(r.text) && (unicode.IsLetter(r.text[i]) || unicode.IsMark(r.text[i])) {
		i += step
	}
	if step < 0 {
		return strings.ToLower(string(r.text[i+1 : start+1]))
	}
	return strings.ToLower(string(r.text[min(start, len(r.text)):i]))
}

// arrow reports whether an arrow stands beside a number.
func (r *reader) arrow(n number) bool {
	before, after := strings.TrimRight(string(r.text[max(0, n.start-8):n.start]), " "), strings.TrimLeft(string(r.text[n.end:min(len(r.text), n.end+8)]), " ")
	for _, arrow := range []string{"→", "->", "⇒"} {
		if strings.HasSuffix(before, arrow) || strings.HasPrefix(after, arrow) {
			return true
		}
	}
	return false
}

// cell reports whether a number is all that its cell holds, but for a word in brackets.
func (r *reader) cell(n number) bool {
	before := strings.TrimRight(string(r.text[max(0, n.start-8):n.start]), " ")
	return strings.HasSuffix(before, "|")
}

// hold tells a number that is none of the agency's and none of its group's.
func (r *reader) hold(n number, m mention, q *question) {
	var last owned
	for _, code := range m.codes {
		o, ok := r.own[code]
		if !ok {
			return
		}
		agency, _ := r.ranking.Round.Agency(code)
		if q.may(o).holds(n) || q.kind == sumQuestion.kind && r.groups[agency.Group].holds(n) {
			return
		}
		last = o
	}
	who, place := string(r.text[m.start:m.end]), r.places[n.start]
	switch alone := len(m.codes) == 1 && last.rank > 0; {
	case alone && q.kind == rankQuestion.kind:
		r.problems.Fault(place, "announce-rank-differs", n.text, who, last.rank)
	case alone && q.kind == sumQuestion.kind:
		r.problems.Fault(place, "announce-total-differs", n.text, who, r.words.Number(last.total, int(r.total)))
	default:
		r.problems.Fault(place, q.kind+"-unknown", n.text, who)
	}
}
