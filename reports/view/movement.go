package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// A MovedPart is one reason why a rank or a mean moved.
type MovedPart struct {
	Name   string // "Own results"
	Reason string // in a sentence: "from its own results"
	Places int    // of a rank; up is above 0
}

// A movedReason is a part of a movement by the key of its words.
type movedReason struct {
	key    string
	places int
}

// movedReasons are all parts of a movement, in the order in which they are told.
func movedReasons(p history.Parts) []movedReason {
	own := "own"
	if p.Reviewed {
		own = "reviewed"
	}
	return []movedReason{
		{own, p.Own},
		{"others", p.Others},
		{"criteria", p.Criteria},
		{"membership", p.Membership},
		{"review", p.Review},
		{"ties", p.Ties},
		{"unknown", p.Unknown},
	}
}

// publicReasons are the parts that everybody may read. Review alone would tell what agencies claimed, which is not public:
// of a group of one to the digit, and of two that are tied at the claims to each of them. It is one part with own
// results, or with what is unknown.
func publicReasons(p history.Parts) []movedReason {
	reviewed, unknown := p.Own+p.Review, p.Unknown
	if !p.Why.IsZero() {
		reviewed, unknown = p.Own, p.Unknown+p.Review
	}
	return []movedReason{
		{"reviewed", reviewed},
		{"others", p.Others},
		{"criteria", p.Criteria},
		{"membership", p.Membership},
		{"ties", p.Ties},
		{"unknown", unknown},
	}
}

// movedParts are those of the reasons that are not 0.
func movedParts(l *locale.Locale, reasons []movedReason) []MovedPart {
	var parts []MovedPart
	for _, r := range reasons {
		by := r.key
		switch {
		case r.places == 0:
			continue
		case r.key == "others" && r.places > 0:
			by = "others-down"
		case r.key == "others":
			by = "others-up"
		}
		parts = append(parts, MovedPart{l.Say("site.moved-" + r.key), l.Say("site.moved-by-" + by), r.places})
	}
	return parts
}

// Moved says in one sentence why an agency's rank moved, and MovedParts what it says as a table: "Up 4 places: +5 from its
// own results, −1 because the criteria changed." It is "" where ranks are not compared, or the reason was not asked for.
// It is not for the public, unless no step of it looks at claims.
func Moved(l *locale.Locale, change history.Change) string {
	if change.Parts == nil {
		return ""
	}
	return movedSentence(l, change, movedReasons(*change.Parts))
}

// movedSays is the same for everybody.
func (e *Edition) movedSays(change history.Change) string {
	if change.Parts == nil {
		return ""
	}
	return movedSentence(e.words, change, publicReasons(*change.Parts))
}

func movedSentence(l *locale.Locale, change history.Change, told []movedReason) string {
	parts := movedParts(l, told)
	if len(parts) == 0 {
		return l.Say("site.moved-nothing")
	}
	var reasons strings.Builder
	for i, p := range parts {
		if i > 0 {
			reasons.WriteString(", ")
		}
		reasons.WriteString(l.Say("site.moved-part", signedPlaces(l, p.Places), p.Reason))
	}
	said := l.Say("site.moved-sentence", movedPlaces(l, change.RankChange), reasons.String())
	unknown := slices.ContainsFunc(told, func(r movedReason) bool { return r.key == "unknown" && r.places != 0 })
	if why := l.Note(change.Parts.Why); why != "" && unknown {
		said += " " + capital(why) + "."
	}
	return said
}

// MovedParts are the parts of a movement that are not 0.
func MovedParts(l *locale.Locale, change history.Change) []MovedPart {
	if change.Parts == nil {
		return nil
	}
	return movedParts(l, movedReasons(*change.Parts))
}

// movedPlaces says how far a rank moved.
func movedPlaces(l *locale.Locale, places int) string {
	key, n := "site.change-same", places
	switch {
	case places > 0:
		key = "site.change-up"
	case places < 0:
		key, n = "site.change-down", -places
	}
	if n == 1 && l.Has(key+"-one") {
		key += "-one"
	}
	return l.Say(key, n)
}

func signedPlaces(l *locale.Locale, places int) string {
	return l.Signed(decimal.NewFromInt(int64(places)), 0)
}

// movedTable is an agency's movement as a table of its parts; no rows where nothing moved.
func (e *Edition) movedTable(s scoring.Standing) Table {
	change := e.cmp.Agencies[s.Agency.Code]
	if change.Parts == nil {
		return Table{}
	}
	parts := movedParts(e.words, publicReasons(*change.Parts))
	if len(parts) == 0 {
		return Table{}
	}
	t := Table{
		Caption: e.say("moved-caption", yearWords(change.Year), e.year()),
		Columns: []Column{{Name: e.say("moved-reason"), Key: true}, {Name: e.say("moved-places"), Num: true, Key: true}},
	}
	for _, p := range parts {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: p.Name, Head: true}, e.placesCell(p.Places)}})
	}
	sum := Row{Highlight: true, Cells: []Cell{{Text: e.say("moved-sum"), Head: true}, e.placesCell(change.RankChange)}}
	t.Rows = append(t.Rows, sum)
	return t
}

func (e *Edition) placesCell(places int) Cell {
	return Cell{Text: signedPlaces(e.words, places), Sort: strconv.Itoa(places), Tone: toneOf(places)}
}

// movesTable lists both ranks of every ranked agency, and why it moved, with a column for each reason that moved somebody.
func (e *Edition) movesTable(g scoring.Group) Table {
	then := e.fieldThen(g)
	t := Table{
		Caption: e.say("moves-table-caption", e.text(g.Group.Name), e.past(), e.year()),
		Columns: []Column{
			{Name: e.say("rank-in", e.year()), Sort: "num", Num: true, Key: true},
			{Name: e.term("agency"), Sort: "text", Key: true},
			{Name: e.say("rank-in-of", e.past(), then), Sort: "num", Num: true, Key: true},
			{Name: e.say("move"), Sort: "num", Num: true, Key: true},
		},
	}
	shown, reasons := e.reasonsTold(g), publicReasons(history.Parts{})
	for _, i := range shown {
		t.Columns = append(t.Columns, Column{Name: e.say("moved-" + reasons[i].key), Sort: "num", Num: true, Key: true})
	}
	for _, s := range ranked(g) {
		t.Rows = append(t.Rows, Row{Cells: e.moveCells(g, s, then, shown)})
	}
	return t
}

// fieldThen is how many agencies the earlier ranks of a group are out of.
func (e *Edition) fieldThen(g scoring.Group) int {
	for _, s := range ranked(g) {
		if c := e.cmp.Agencies[s.Agency.Code]; c.Moved {
			return c.OfRanked
		}
	}
	return e.cmp.Groups[g.Group.ID].Ranked
}

// moveCells are an agency's row of the table of moves.
func (e *Edition) moveCells(g scoring.Group, s scoring.Standing, then int, shown []int) []Cell {
	change := e.cmp.Agencies[s.Agency.Code]
	name, lang := e.agency(s.Agency) // the ranking above links it
	cells := []Cell{
		{Text: e.rank(s), Sort: e.rankSort(s)},
		{Text: name, Lang: lang, Sort: name, Head: true},
		{Text: e.say("no-figure")},
		{Text: e.movement(g, s).text},
	}
	switch rank := strconv.Itoa(change.Rank); {
	case change.Rank > 0 && change.OfRanked == then:
		cells[2] = Cell{Text: e.whole(change.Rank), Sort: rank}
	case change.Rank > 0:
		cells[2] = Cell{Text: e.say("of", change.Rank, change.OfRanked), Sort: rank}
	}
	if change.Moved {
		cells[3] = e.placesCell(change.RankChange)
	}
	for _, i := range shown {
		if change.Parts == nil {
			cells = append(cells, Cell{Text: e.say("no-figure")})
			continue
		}
		cells = append(cells, e.placesCell(publicReasons(*change.Parts)[i].places))
	}
	return cells
}

// reasonsTable is the table of moves of a group in which no rank moved, though some reason did; no rows where none did, or
// no reason can be told apart.
func (e *Edition) reasonsTable(g scoring.Group) Table {
	if len(e.reasonsTold(g)) == 0 {
		return Table{}
	}
	return e.movesTable(g)
}

// reasonsTold are the indexes of the reasons that moved somebody of a group; none where they cannot be told apart.
func (e *Edition) reasonsTold(g scoring.Group) []int {
	shown := e.reasonsShown(g)
	if len(shown) == 1 && publicReasons(history.Parts{})[shown[0]].key == "unknown" {
		return nil
	}
	return shown
}

// reasonsShown are the indexes of the reasons that moved somebody of a group.
func (e *Edition) reasonsShown(g scoring.Group) []int {
	var shown []int
	for i := range publicReasons(history.Parts{}) {
		moved := func(s scoring.Standing) bool {
			p := e.cmp.Agencies[s.Agency.Code].Parts
			return p != nil && publicReasons(*p)[i].places != 0
		}
		if slices.ContainsFunc(g.Standings, moved) {
			shown = append(shown, i)
		}
	}
	return shown
}

// fewToTell is the least number of agencies of both rounds of which the mean is told by parts: of two, either could
// reckon from it and its own what the other one claimed.
const fewToTell = 3

// movedMean says why the mean of a group changed; "" where that is not known, or tells of single agencies.
func (e *Edition) movedMean(g scoring.Group) string {
	m, ok := e.cmp.Means[g.Group.ID]
	if !ok {
		return e.movedUnknown(g)
	}
	both := 0
	for _, s := range g.Standings {
		if e.cmp.Agencies[s.Agency.Code].Parts != nil {
			both++
		}
	}
	if both < fewToTell || e.unlike(g, m) {
		return e.movedUnknown(g)
	}
	reviewed, unknown := m.Answers.Add(m.Review), m.Unknown
	if !m.Why.IsZero() {
		reviewed, unknown = m.Answers, m.Unknown.Add(m.Review)
	}
	reasons := ""
	for _, part := range []struct {
		key    string
		points decimal.Decimal
	}{
		{"answers", reviewed}, {"criteria", m.Criteria}, {"membership", m.Membership}, {"unknown", unknown}, {"rounding", m.Rounding},
	} {
		if part.points.IsZero() {
			continue
		}
		if reasons != "" {
			reasons += ", "
		}
		reasons += e.say("moved-part", e.plus(part.points), e.say("moved-by-"+part.key))
	}
	then := []any{e.past(), e.total(m.Then), e.year(), e.total(m.Now), e.plus(m.Now.Sub(m.Then))}
	if reasons == "" {
		return e.say("moved-mean-same", then...)
	}
	said := e.say("moved-mean", append(then, reasons)...)
	return said + e.because(m.Why)
}

// unlike reports whether nothing is known of why a mean moved and the totals are not compared: the difference says nothing.
func (e *Edition) unlike(g scoring.Group, m history.MeanParts) bool {
	_, comparable := e.totalsCompare(g)
	return !comparable && m.Answers.IsZero() && m.Criteria.IsZero() && m.Membership.IsZero()
}

// because is a reason as a sentence that follows another one.
func (e *Edition) because(why rule.Note) string {
	if words := e.words.Note(why); words != "" {
		return " " + capital(words) + "."
	}
	return ""
}

// movedUnknown says why reasons cannot be told apart, of the first agency of which they cannot; "" where they can.
func (e *Edition) movedUnknown(g scoring.Group) string {
	for _, s := range ranked(g) {
		if p := e.cmp.Agencies[s.Agency.Code].Parts; p != nil && p.Unknown != 0 {
			return strings.TrimSpace(e.because(p.Why))
		}
	}
	return ""
}

// movedMethod are the steps of the replay in words; none where no movement is shown.
func (e *Edition) movedMethod() []string {
	shown := len(e.cmp.Means) > 0
	for _, change := range e.cmp.Agencies {
		shown = shown || change.Parts != nil
	}
	if !shown {
		return nil
	}
	var steps []string
	for _, key := range []string{"ties", "before", "criteria", "own", "others", "joined"} {
		steps = append(steps, e.say("moved-step-"+key, e.past(), e.year()))
	}
	return steps
}
