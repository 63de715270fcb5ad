package announce

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// A part of a pillar's maximum below which a mean moves slightly, and from which it moves much.
var (
	slightPart = decimal.New(3, -2)
	muchPart   = decimal.New(1, -1)
)

const (
	// namedLeaders are named where the round does not say how many are commended.
	namedLeaders = 3
	// climbPart of the field is what an agency climbs at least to be named: an eighth.
	climbPart = 8
	// leastClimb places are named in the smallest field.
	leastClimb = 2
	// maxClimbers is how many are named, more only where they share the last place of the list.
	maxClimbers = 15
	// namedLosses is how many indicators a letter names.
	namedLosses = 3
)

// Tell gathers what an announcement says of a ranking: the round, each group in the order of the set, commendations,
// agencies that are not ranked, method.
func Tell(ranking *scoring.Ranking, comparison history.Comparison) []Fact {
	t := newTeller(ranking, comparison)
	agencies, ranked := 0, 0
	for _, g := range ranking.Groups {
		agencies, ranked = agencies+g.Stats.Agencies, ranked+g.Stats.Ranked
	}
	t.add(Fact{Kind: Entrants, Numbers: wholes(agencies, ranked, len(ranking.Groups))})
	for _, g := range ranking.Groups {
		t.group(g)
	}
	t.commendations()
	for _, g := range ranking.Groups {
		for _, s := range g.Standings[g.Stats.Ranked:] {
			t.add(Fact{Kind: Unranked, Group: g.Group.ID, Agencies: []string{s.Agency.Code}, Why: s.Reason})
		}
	}
	t.method()
	return t.facts
}

// A teller gathers facts.
type teller struct {
	ranking *scoring.Ranking
	set     *criteria.Set
	past    history.Comparison
	total   int32 // decimals of totals
	pillar  int32 // decimals of pillars' scores
	facts   []Fact
}

func newTeller(ranking *scoring.Ranking, comparison history.Comparison) *teller {
	total, pillar := view.Digits(ranking)
	return &teller{ranking: ranking, set: ranking.Round.Set, past: comparison, total: int32(total), pillar: int32(pillar)}
}

func (t *teller) add(f Fact) { t.facts = append(t.facts, f) }

// group gathers what is said of one agency group.
func (t *teller) group(g scoring.Group) {
	t.add(Fact{Kind: Field, Group: g.Group.ID, Numbers: wholes(g.Stats.Agencies, g.Stats.Ranked)})
	if g.Stats.Ranked == 0 {
		return
	}
	t.ratings(g)
	leaders := t.leaders(g)
	t.keptLead(g, leaders)
	t.means(g)
	t.climbs(g)
	t.lowest(g)
}

func (t *teller) ratings(g scoring.Group) {
	for _, r := range g.Stats.Ratings {
		t.add(Fact{Kind: Rated, Group: g.Group.ID, ID: r.Rating.ID, Numbers: wholes(r.Count, g.Stats.Ranked)})
	}
	then, ok := t.past.Groups[g.Group.ID]
	if !ok || t.past.Year == 0 {
		return
	}
	if f := then.Field; f != nil {
		// What was counted then was counted among other bodies: it is not set beside what is counted now.
		t.add(Fact{Kind: Rebased, Group: g.Group.ID, Numbers: wholes(f.Ranked, f.Published), Year: t.past.Year})
	}
	if !t.compares(g) {
		t.add(Fact{Kind: Uncompared, Group: g.Group.ID, Why: then.Why, Year: t.past.Year})
		return
	}
	if then.Field != nil || !knownRatings(t.set, then) {
		return
	}
	for _, r := range t.set.Ratings {
		t.add(Fact{Kind: RatedThen, Group: g.Group.ID, ID: r.ID, Numbers: wholes(then.Ratings[r.ID], then.Ranked), Year: t.past.Year})
	}
}

// compares reports whether totals of the group may be held against those of the earlier round.
func (t *teller) compares(g scoring.Group) bool {
	return t.past.Groups[g.Group.ID].Why.IsZero() && slices.ContainsFunc(g.Standings, func(s scoring.Standing) bool {
		return t.past.Agencies[s.Agency.Code].Comparable
	})
}

// knownRatings reports whether every rating of an earlier round is one of the set, and every ranked agency had one.
func knownRatings(set *criteria.Set, then history.PastGroup) bool {
	rated := 0
	for id, n := range then.Ratings {
		if _, ok := set.Rating(id); !ok && n > 0 {
			return false
		}
		rated += n
	}
	return rated > 0 && rated == then.Ranked
}

// leaders names those of the first ranks: as many as are commended, else three, at most half of the field.
func (t *teller) leaders(g scoring.Group) []scoring.Standing {
	last := cmp.Or(t.ranking.Round.Cycle.Commendation.Top[g.Group.ID], namedLeaders)
	last = min(last, max(1, g.Stats.Ranked/2))
	leaders := upTo(g, last)
	first := upTo(g, 1)
	f := Fact{Kind: FirstTied, Group: g.Group.ID, Agencies: codes(first), Numbers: []decimal.Decimal{first[0].Score.Round(t.total)}}
	if len(first) == 1 {
		f.Kind = First
		// Note: where a pillar or the code decides between equal totals, the one in front has no higher total; it is only listed.
		if len(g.Standings) > 1 && g.Standings[1].Ranked && g.Standings[1].Score.Equal(first[0].Score) {
			f.Kind = 0
		}
	}
	if f.Kind != 0 {
		t.add(f)
	}
	for _, s := range leaders {
		t.add(t.place(s))
	}
	return leaders
}

func (t *teller) place(s scoring.Standing) Fact {
	return Fact{
		Kind: Place, Group: s.Agency.Group, Agencies: []string{s.Agency.Code}, ID: s.Rating, Tied: s.Tied,
		Numbers: []decimal.Decimal{whole(s.Rank), s.Score.Round(t.total)},
	}
}

// upTo are the ranked agencies of a group up to a rank.
func upTo(g scoring.Group, rank int) []scoring.Standing {
	n := 0
	for n < g.Stats.Ranked && g.Standings[n].Rank <= rank {
		n++
	}
	return g.Standings[:n]
}

func codes(standings []scoring.Standing) []string {
	all := make([]string, len(standings))
	for i, s := range standings {
		all[i] = s.Agency.Code
	}
	return all
}

// keptLead says that the leaders had led before, too.
func (t *teller) keptLead(g scoring.Group, leaders []scoring.Standing) {
	n := len(leaders)
	if n == 0 || n >= crowd || leaders[n-1].Rank > n || t.past.Groups[g.Group.ID].Field != nil {
		return
	}
	for _, s := range leaders {
		if change := t.past.Agencies[s.Agency.Code]; !change.Moved || change.Rank > n {
			return
		}
	}
	if n == 1 && t.sharedFirst(g, leaders[0]) {
		return
	}
	t.add(Fact{Kind: KeptLead, Group: g.Group.ID, Agencies: codes(leaders), Numbers: wholes(n), Year: t.past.Year})
}

// sharedFirst reports whether another agency of the group had the first rank, too, in the earlier round.
func (t *teller) sharedFirst(g scoring.Group, leader scoring.Standing) bool {
	return slices.ContainsFunc(g.Standings, func(s scoring.Standing) bool {
		return s.Agency.Code != leader.Agency.Code && t.past.Agencies[s.Agency.Code].Rank == 1
	})
}

// means compares the mean total and the means of the pillars with those of the earlier round.
func (t *teller) means(g scoring.Group) {
	id, then := g.Group.ID, t.past.Groups[g.Group.ID]
	mean := g.Stats.Mean.Round(t.total)
	t.add(Fact{Kind: Mean, Group: id, Numbers: []decimal.Decimal{mean, g.Of}})
	if before, ok := meanThen(then); ok && t.compares(g) {
		was := before.Round(t.total)
		t.add(Fact{Kind: MeanThen, Group: id, Numbers: []decimal.Decimal{mean, was}, Trend: trendOf(mean, was, g.Of), Year: t.past.Year})
	}
	compared := [3]int{}
	for _, p := range g.Stats.Pillars {
		was, known := then.Pillars[p.Pillar.ID]
		switch {
		case !t.top(p.Pillar, id) || p.Agencies == 0:
		case known && was.Comparable && then.Field == nil:
			now, before := p.Mean.Round(t.pillar), was.Mean.Round(t.pillar)
			trend := trendOf(now, before, p.Of)
			compared[trend.sign()+1]++
			t.add(Fact{Kind: PillarMean, Group: id, ID: p.Pillar.ID, Numbers: []decimal.Decimal{now, p.Of, before}, Trend: trend, Year: t.past.Year})
		default:
			t.add(Fact{Kind: PillarAlone, Group: id, ID: p.Pillar.ID, Numbers: []decimal.Decimal{p.Mean.Round(t.pillar), p.Of}, Year: t.past.Year})
		}
	}
	if n := compared[0] + compared[1] + compared[2]; n > 1 {
		t.add(Fact{Kind: PillarsMoved, Group: id, Numbers: wholes(n, compared[2], compared[0], compared[1]), Year: t.past.Year})
	}
}

// meanThen is a group's mean then: of the bodies of today, where it was made anew among them.
func meanThen(then history.PastGroup) (mean decimal.Decimal, ok bool) {
	if f := then.Field; f != nil {
		return f.Mean, f.Ranked > 0
	}
	return then.Mean, then.HasMean
}

// top reports whether a pillar is of the first level and counts for a group.
func (t *teller) top(p *criteria.Pillar, group string) bool {
	return slices.Contains(t.set.Root.Pillars, p) && counts(p, group)
}

// counts reports whether a pillar holds an indicator for the group that is part of its total.
func counts(p *criteria.Pillar, group string) bool {
	for ind := range p.AllIndicators() {
		if ind.Effect == criteria.Base && ind.Concerns(group) {
			return true
		}
	}
	return false
}

// trendOf is how far a number out of so much moved.
func trendOf(now, then, of decimal.Decimal) Trend {
	moved := now.Sub(then)
	slight, much := moved.Abs().LessThan(of.Mul(slightPart)), moved.Abs().GreaterThanOrEqual(of.Mul(muchPart))
	switch {
	case moved.IsZero():
		return Same
	case moved.IsPositive() && slight:
		return UpSlightly
	case moved.IsPositive() && much:
		return UpMuch
	case moved.IsPositive():
		return Up
	case slight:
		return DownSlightly
	case much:
		return DownMuch
	default:
		return Down
	}
}

// climbs names those who moved up furthest.
func (t *teller) climbs(g scoring.Group) {
	var up []scoring.Standing
	for _, s := range g.Standings[:g.Stats.Ranked] {
		if t.climbed(s) >= leastClimb {
			up = append(up, s)
		}
	}
	slices.SortStableFunc(up, func(a, b scoring.Standing) int {
		return cmp.Or(t.climbed(b)-t.climbed(a), a.Rank-b.Rank)
	})
	least := max(leastClimb, (g.Stats.Ranked+climbPart-1)/climbPart)
	if len(up) > maxClimbers {
		least = max(least, t.climbed(up[maxClimbers-1]))
	}
	n := 0
	for n < len(up) && t.climbed(up[n]) >= least {
		n++
	}
	if n == 0 {
		return
	}
	most := 1
	for most < n && t.climbed(up[most]) == t.climbed(up[0]) {
		most++
	}
	if n > 2*maxClimbers { // of a crowd that climbed as far as the last of the list nobody is named
		least = t.climbed(up[maxClimbers-1]) + 1
		for n = maxClimbers; n > 0 && t.climbed(up[n-1]) < least; n-- {
		}
	}
	f := Fact{Kind: MostClimbed, Group: g.Group.ID, Agencies: codes(up[:most]), Numbers: wholes(t.climbed(up[0])), Year: t.past.Year}
	if most > 1 {
		f.Kind = MostClimbedTied
	}
	t.add(f)
	if n == 0 {
		return
	}
	t.add(Fact{Kind: Climbs, Group: g.Group.ID, Agencies: codes(up[:n]), Numbers: wholes(least, n), Year: t.past.Year})
	for _, s := range up[:n] {
		t.add(t.move(g, s))
	}
}

// climbed is how many places an agency moved up; 0 or below where it did not, or nothing can be said.
func (t *teller) climbed(s scoring.Standing) int { return t.past.Agencies[s.Agency.Code].RankChange }

func (t *teller) move(g scoring.Group, s scoring.Standing) Fact {
	change := t.past.Agencies[s.Agency.Code]
	f := Fact{
		Kind: Move, Group: g.Group.ID, Agencies: []string{s.Agency.Code}, Tied: s.Tied, Why: change.RankNote, Year: change.Year,
		Numbers: wholes(change.Rank, change.OfRanked, s.Rank, g.Stats.Ranked, max(change.RankChange, -change.RankChange)),
	}
	switch {
	case change.RankChange > 0:
		f.Trend = Up
	case change.RankChange < 0:
		f.Trend = Down
	}
	return f
}

// lowest names those of the lowest rating, and whether they share a parent.
func (t *teller) lowest(g scoring.Group) {
	if len(t.set.Ratings) < 2 {
		return
	}
	worst := t.set.Ratings[len(t.set.Ratings)-1].ID
	var weak []scoring.Standing
	for _, s := range g.Standings[:g.Stats.Ranked] {
		if s.Rating == worst {
			weak = append(weak, s)
		}
	}
	if len(weak) == 0 {
		return
	}
	t.add(Fact{Kind: Lowest, Group: g.Group.ID, ID: worst, Agencies: codes(weak), Numbers: wholes(len(weak))})
	var parents []string
	for _, s := range weak {
		if p := s.Agency.Parent; p != "" && !slices.Contains(parents, p) {
			parents = append(parents, p)
		}
	}
	for _, parent := range parents {
		below := slices.DeleteFunc(slices.Clone(weak), func(s scoring.Standing) bool { return s.Agency.Parent != parent })
		if len(below) > 1 && !allBelow(g, parent) {
			t.add(Fact{Kind: Parent, Group: g.Group.ID, ID: parent, Agencies: codes(below), Numbers: wholes(len(below), len(weak))})
		}
	}
}

// allBelow reports whether a whole group has one parent, which then says nothing of any of them.
func allBelow(g scoring.Group, parent string) bool {
	return !slices.ContainsFunc(g.Standings, func(s scoring.Standing) bool { return s.Agency.Parent != parent })
}

// commendations are who is proposed by the rule of the round.
func (t *teller) commendations() {
	by := t.ranking.Round.Cycle.Commendation
	all, ruled := 0, false
	for _, g := range t.ranking.Groups {
		last, ok := by.Top[g.Group.ID]
		if !ok || last < 1 {
			continue
		}
		ruled = true
		t.add(Fact{Kind: CommendRule, Group: g.Group.ID, ID: by.Rating, Numbers: wholes(last)})
		proposed := slices.DeleteFunc(slices.Clone(upTo(g, last)), func(s scoring.Standing) bool { return !t.reaches(s.Rating, by.Rating) })
		all += len(proposed)
		t.add(Fact{Kind: Commended, Group: g.Group.ID, Agencies: codes(proposed), Numbers: wholes(len(proposed))})
		if len(proposed) > last {
			t.sharedRanks(g, proposed)
		}
	}
	if ruled {
		t.add(Fact{Kind: CommendedAll, Numbers: wholes(all)})
	}
}

// sharedRanks says of those proposed who share a rank.
func (t *teller) sharedRanks(g scoring.Group, proposed []scoring.Standing) {
	for i := 0; i < len(proposed); {
		n := 1
		for i+n < len(proposed) && proposed[i+n].Rank == proposed[i].Rank {
			n++
		}
		if n > 1 {
			t.add(Fact{Kind: CommendedTied, Group: g.Group.ID, Agencies: codes(proposed[i : i+n]), Numbers: wholes(proposed[i].Rank, n)})
		}
		i += n
	}
}

// reaches reports whether a rating is as good as the one needed.
func (t *teller) reaches(rating, needed string) bool {
	if needed == "" {
		return true
	}
	at := func(id string) int {
		return slices.IndexFunc(t.set.Ratings, func(r criteria.Rating) bool { return r.ID == id })
	}
	return at(rating) >= 0 && at(rating) <= at(needed)
}

// method says what the ranking is made of.
func (t *teller) method() {
	indicators, pillars := 0, 0
	for range t.set.Root.AllIndicators() {
		indicators++
	}
	for _, p := range t.set.Root.Pillars {
		if slices.ContainsFunc(t.set.Groups, func(g criteria.AgencyGroup) bool { return counts(p, g.ID) }) {
			pillars++
		}
	}
	t.add(Fact{Kind: Method, Numbers: wholes(indicators, pillars)})
	for _, g := range t.ranking.Groups {
		n := 0
		for ind := range t.set.Root.AllIndicators() {
			if ind.Concerns(g.Group.ID) {
				n++
			}
		}
		t.add(Fact{Kind: MethodGroup, Group: g.Group.ID, Numbers: []decimal.Decimal{whole(n), g.Of}})
	}
}

// TellAgency gathers what a letter tells one agency: its own result and what is public of its group. ok is false where
// no agency of a group has the code.
func TellAgency(ranking *scoring.Ranking, comparison history.Comparison, code string) (facts []Fact, ok bool) {
	t := newTeller(ranking, comparison)
	at := slices.IndexFunc(ranking.Groups, func(g scoring.Group) bool { return find(g, code) >= 0 })
	res, known := ranking.Result(code)
	if at < 0 || !known {
		return nil, false
	}
	g := ranking.Groups[at]
	s := g.Standings[find(g, code)]
	t.add(Fact{Kind: Field, Group: g.Group.ID, Numbers: wholes(g.Stats.Agencies, g.Stats.Ranked)})
	if !s.Ranked {
		t.add(Fact{Kind: Unranked, Group: g.Group.ID, Agencies: []string{code}, Why: s.Reason})
	} else {
		t.add(t.place(s))
		t.capped(s)
		t.agencyChange(g, s)
		t.add(Fact{Kind: Mean, Group: g.Group.ID, Numbers: []decimal.Decimal{g.Stats.Mean.Round(t.total), g.Of}})
	}
	t.pillarScores(s)
	t.losses(res)
	t.adjustments(res)
	return t.facts, true
}

func find(g scoring.Group, code string) int {
	return slices.IndexFunc(g.Standings, func(s scoring.Standing) bool { return s.Agency.Code == code })
}

func (t *teller) agencyChange(g scoring.Group, s scoring.Standing) {
	change, known := t.past.Agencies[s.Agency.Code]
	if !known {
		return
	}
	if change.Moved {
		t.add(t.move(g, s))
		t.reasons(s, change)
	}
	if change.Comparable {
		was := change.Score.Round(t.total)
		difference := s.Score.Round(t.total).Sub(was)
		t.add(Fact{
			Kind: ScoreChange, Group: g.Group.ID, Agencies: []string{s.Agency.Code}, Year: change.Year,
			Numbers: []decimal.Decimal{was, difference.Abs()}, Trend: toward(difference.Sign()),
		})
	} else if !change.Why.IsZero() {
		t.add(Fact{Kind: Uncompared, Group: g.Group.ID, Agencies: []string{s.Agency.Code}, Why: change.Why, Year: change.Year})
	}
}

// capped says what holds an agency's rating below the one that its total is worth.
func (t *teller) capped(s scoring.Standing) {
	if worth, ok := t.set.RatingOf(s.Score, s.Of); ok && s.RatingCapped != nil {
		t.add(Fact{Kind: Capped, Group: s.Agency.Group, Agencies: []string{s.Agency.Code}, ID: worth.ID, Why: s.RatingCapped.Grounds()})
	}
}

// reasons say why the agency's rank moved.
func (t *teller) reasons(s scoring.Standing, change history.Change) {
	if change.Parts == nil {
		return
	}
	f := Fact{Kind: Reasons, Group: s.Agency.Group, Agencies: []string{s.Agency.Code}, Why: change.Parts.Why, Year: change.Year}
	p := change.Parts
	for i, n := range []int{change.RankChange, p.Own, p.Criteria, p.Others, p.Membership, p.Review, p.Ties, p.Unknown} {
		if i == 0 || n != 0 {
			f.Numbers = append(f.Numbers, whole(n))
		}
	}
	t.add(f)
}

// toward is up, down or the same, however far.
func toward(sign int) Trend {
	switch {
	case sign > 0:
		return Up
	case sign < 0:
		return Down
	default:
		return Same
	}
}

func (t *teller) pillarScores(s scoring.Standing) {
	for _, p := range s.Pillars {
		if p.Applies && t.top(p.Pillar, s.Agency.Group) {
			t.add(Fact{
				Kind: PillarScore, Group: s.Agency.Group, Agencies: []string{s.Agency.Code}, ID: p.Pillar.ID,
				Numbers: []decimal.Decimal{p.Score.Round(t.pillar), p.Of},
			})
		}
	}
}

// losses are the indicators that cost the agency most, the set's order deciding between equals.
func (t *teller) losses(res scoring.Result) {
	type loss struct {
		id              string
		score, of, lost decimal.Decimal
	}
	var all []loss
	for _, r := range res.Root.Leaves() {
		score, of := r.Score.Round(t.pillar), r.Of.Round(t.pillar)
		if lost := of.Sub(score); r.Indicator.Effect == criteria.Base && lost.IsPositive() {
			all = append(all, loss{r.Indicator.ID, score, of, lost})
		}
	}
	slices.SortStableFunc(all, func(a, b loss) int { return b.lost.Cmp(a.lost) })
	n := min(len(all), namedLosses)
	if n == 0 {
		return
	}
	group, agencies := res.Agency.Group, []string{res.Agency.Code}
	ids := make([]string, n)
	for i, l := range all[:n] {
		ids[i] = l.id
		t.add(Fact{Kind: Lost, Group: group, Agencies: agencies, ID: l.id, Numbers: []decimal.Decimal{l.score, l.of, l.lost}})
	}
	least := all[n-1].lost
	t.add(Fact{
		Kind: MostLost, Group: group, Agencies: agencies, ID: strings.Join(ids, " "), Numbers: []decimal.Decimal{whole(n), least},
		Tied: n < len(all) && all[n].lost.Equal(least),
	})
}

// adjustments are the ledger's lines that are no pillar's: what is given or taken on top, how the sum is brought to the
// maximum, decisions beside the answers.
func (t *teller) adjustments(res scoring.Result) {
	for _, line := range res.Ledger {
		if points := line.Points.Round(t.total); adjusts(line) && !points.IsZero() {
			f := Fact{
				Kind: Adjusted, Group: res.Agency.Group, Agencies: []string{res.Agency.Code}, Why: line.Note,
				Numbers: []decimal.Decimal{points},
			}
			if line.Indicator != nil {
				f.ID, f.Why = line.Indicator.ID, rule.Note{}
			}
			t.add(f)
		}
	}
}

// adjusts reports whether a line of the ledger changes the total beside the pillars: not what they are combined to, nor
// how the total is rounded.
func adjusts(line scoring.Line) bool {
	if line.Indicator != nil {
		return line.Indicator.Effect != criteria.Base
	}
	kind := line.Note.Kind
	return strings.HasPrefix(kind, "ledger-") && kind != "ledger-combined" && kind != "ledger-rounding"
}
