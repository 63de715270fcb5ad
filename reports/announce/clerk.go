package announce

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// A Clerk writes the documents of a ranking in one language. It is safe for concurrent use.
type Clerk struct {
	ranking *scoring.Ranking
	round   *submission.Round
	set     *criteria.Set
	past    history.Comparison
	words   *locale.Locale
	first   string // language of names that have only one
	total   int    // decimals of totals
	pillar  int    // decimals of pillars' scores
	facts   []Fact
	names   map[string]string // of agencies, by code
	checker *checker
}

// NewClerk gathers the facts of a ranking and checks them. The error tells which are not true, and means a fault of the
// program.
func NewClerk(ranking *scoring.Ranking, comparison history.Comparison, l *locale.Locale) (*Clerk, error) {
	round := ranking.Round
	c := &Clerk{
		ranking: ranking, round: round, set: round.Set, past: comparison,
		words: l.WithTerms(round.Set.Terms), first: round.Set.Languages[0],
		facts: Tell(ranking, comparison), names: map[string]string{}, checker: newChecker(ranking, comparison),
	}
	c.total, c.pillar = view.Digits(ranking)
	for _, a := range round.Agencies {
		if c.names[a.Code] = c.text(a.Name); c.names[a.Code] == "" {
			c.names[a.Code] = a.Code
		}
	}
	return c, c.checker.fresh().check(c.facts)
}

// A Document is a paper with the facts that it tells and where it tells them.
type Document struct {
	Paper view.Paper
	Facts []Fact
	Said  []Sentence
}

// A Sentence is a text with the facts that it was made of. Quotes are names and other texts of the round in it, which may
// hold numbers of their own ("Hải Châu 2").
type Sentence struct {
	Text   string
	Facts  []Fact
	Quotes []string
}

// say is a sentence of the section for pages, by the end of its key.
func (c *Clerk) say(key string, args ...any) string {
	return c.words.Say("site.announce-"+key, args...)
}

func (c *Clerk) text(t rule.Text) string { return c.words.Text(t, c.first) }

func (c *Clerk) totalWords(d decimal.Decimal) string { return c.words.Number(d, c.total) }

func (c *Clerk) pillarWords(d decimal.Decimal) string { return c.words.Number(d, c.pillar) }

// group is the name of an agency group.
func (c *Clerk) group(id string) string {
	g, _ := c.set.Group(id)
	return c.text(g.Name)
}

func (c *Clerk) rating(id string) string {
	if r, ok := c.set.Rating(id); ok {
		return c.text(r.Name)
	}
	return id
}

// pillarName is the name of a pillar, or its id.
func (c *Clerk) pillarName(id string) string {
	p, ok := c.set.Pillar(id)
	if !ok || c.text(p.Name) == "" {
		return id
	}
	return c.text(p.Name)
}

// indicator is an indicator's number and name.
func (c *Clerk) indicator(id string) string {
	ind, ok := c.set.Indicator(id)
	if !ok {
		return id
	}
	return strings.TrimSpace(ind.No + " " + c.text(ind.Name))
}

// parent is the name of a body above agencies: that of the agency whose code it is, else as the agencies table states it.
func (c *Clerk) parent(stated string) string {
	if name, ok := c.names[stated]; ok {
		return name
	}
	return stated
}

// crowd is how many agencies a sentence does not name any more: it says how many they are.
const crowd = 21

// named names agencies within a sentence: "A, B và C". Semicolons stand between names that have commas of their own.
func (c *Clerk) named(codes []string) string {
	if len(codes) >= crowd {
		return c.say("many", len(codes))
	}
	names, between := make([]string, len(codes)), ", "
	for i, code := range codes {
		if names[i] = c.names[code]; strings.ContainsAny(names[i], ",;") {
			between = "; "
		}
	}
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return c.say("and", strings.Join(names[:last], between), names[last])
}

// list names agencies. Names may have commas of their own.
func (c *Clerk) list(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = c.names[code]
	}
	return strings.Join(names, "; ")
}

// quotes are the texts of the round that a sentence of a fact may hold.
func (c *Clerk) quotes(f Fact) []string {
	quotes := []string{c.group(f.Group)}
	for _, code := range f.Agencies {
		quotes = append(quotes, c.names[code])
	}
	for id := range strings.FieldsSeq(f.ID) {
		quotes = append(quotes, c.rating(id), c.pillarName(id), c.indicator(id))
	}
	quotes = append(quotes, c.parent(f.ID))
	if !f.Why.IsZero() {
		why := c.words.Note(f.Why)
		quotes = append(quotes, why, capital(why))
	}
	return quotes
}

// sentence is a text with the facts behind it and other texts that it quotes.
func (c *Clerk) sentence(text string, quotes []string, facts ...Fact) Sentence {
	s := Sentence{Text: text, Facts: facts, Quotes: quotes}
	for _, f := range facts {
		s.Quotes = append(s.Quotes, c.quotes(f)...)
	}
	return s
}

// subject is what the documents are about: the results of the round's title, which may speak of results itself.
func (c *Clerk) subject() string {
	title := c.title()
	if strings.HasPrefix(strings.ToLower(title), c.say("results")) {
		return title
	}
	if c.words.Lang() == "vi" { // in English the title stands between quotation marks
		title = within(title)
	}
	return c.say("subject", title)
}

// within is a title in the midst of a Vietnamese sentence: it begins small, but for a name ("Đà Nẵng"), of which the
// next word begins with a capital, too, and for an abbreviation.
func within(title string) string {
	first, next, _ := strings.Cut(title, " ")
	if _, rest := utf8.DecodeRuneInString(first); strings.ContainsFunc(first[rest:], notSmall) {
		return title
	}
	if r, _ := utf8.DecodeRuneInString(next); unicode.IsUpper(r) {
		return title
	}
	return uncapital(title)
}

func notSmall(r rune) bool { return !unicode.IsLower(r) }

// issuer is who issues the documents, at the beginning of a sentence.
func (c *Clerk) issuer() string { return cmp.Or(c.text(c.round.Publish.Name), c.say("issuer")) }

// title is the round's title, or that of its set and the year.
func (c *Clerk) title() string {
	if t := c.text(c.round.Title); t != "" {
		return t
	}
	return strings.TrimSpace(c.text(c.set.Title) + " " + year(c.round.Year))
}

func year(y int) string {
	if y == 0 {
		return ""
	}
	return whole(y).String()
}

func (c *Clerk) draft() bool { return c.round.Release.Status == submission.Draft }

// capital begins a sentence.
func capital(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// uncapital is for the midst of a sentence.
func uncapital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// end closes a sentence that may be closed already.
func end(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// roman numbers sections as an administrative document does.
func roman(n int) string {
	return [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"}[n]
}
