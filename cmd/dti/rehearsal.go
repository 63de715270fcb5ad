package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/rehearsal"
)

// replay scores an old round under a new set: the last argument; the one before it, if given, must be the round's own.
func (a *app) replay(dir string, args []string, asJSON, all bool) error {
	sets, err := a.soundSets(args...)
	if err != nil {
		return err
	}
	round, err := a.open(dir)
	if err != nil {
		return err
	}
	after := sets[len(sets)-1]
	if len(sets) > 1 && len(criteria.Diff(sets[0], round.Set))+len(criteria.Diff(round.Set, sets[0])) > 0 {
		return a.misuse("replay-other-set", dir, round.Set.Address(), args[0], args[1])
	}
	unsettled := round.Problems.Stopping()
	round.UnsettledMissing = true
	r := rehearsal.Rehearse(round.Settled(), after)
	if len(r.Carriage.Left) == indicators(after) {
		return a.misuse("replay-nothing", after.Address(), dir, round.Set.Address())
	}
	if len(r.Groups) == 0 && len(r.Gone) > 0 {
		return a.misuse("replay-no-group", after.Address(), dir, strings.Join(goneNames(r, a.say), ", "))
	}
	if asJSON {
		err = a.rehearsalJSON(r)
	} else {
		var text bytes.Buffer
		rehearser{app: a, r: r, w: &text, words: a.say.WithTerms(after.Terms), all: all}.write()
		_, err = a.out.Write(text.Bytes())
	}
	if err != nil {
		return err
	}
	if !asJSON {
		a.count("replay-changes", len(r.Changes))
	}
	if unsettled > 0 {
		a.count("replay-unsettled", unsettled, dir)
		return errProblems
	}
	return nil
}

// indicators is how many indicators a set has.
func indicators(set *criteria.Set) (n int) {
	for range set.Root.AllIndicators() {
		n++
	}
	return n
}

// goneNames are the names of the groups that the newer set does not have.
func goneNames(r *rehearsal.Rehearsal, words *locale.Locale) []string {
	names := make([]string, len(r.Gone))
	for i, g := range r.Gone {
		names[i] = words.Text(g.Group.Name, r.Before.Round.Set.Languages[0]) + " (" + g.Group.ID + ")"
	}
	return names
}

// A rehearser words a rehearsal: per agency group first who moves and why, then ratings, then what tells nobody apart,
// weights, and all agencies.
type rehearser struct {
	*app
	r     *rehearsal.Rehearsal
	w     io.Writer
	words *locale.Locale
	all   bool
}

// What is listed of each kind unless everything is asked for.
const (
	listedMovers = 6
	listedParts  = 3
	listedCauses = 8
	listedAstray = 4
	listedNames  = 8
)

func (e rehearser) write() {
	before, after := e.r.Before.Round, e.r.After.Round.Set
	fmt.Fprintln(e.w, e.words.Say("cli.replay-title", e.words.Text(before.Title, before.Set.Languages[0]), after.Address(), before.Set.Address()))
	movers, rerated, all := 0, 0, 0
	for _, g := range e.r.Groups {
		movers, rerated, all = movers+len(g.Movers()), rerated+len(g.Ratings()), all+len(g.Shifts)
	}
	unscored := 0
	for _, g := range e.r.Gone {
		unscored += g.Agencies
	}
	fmt.Fprintln(e.w, e.words.Say(e.counted("cli.replay-total", all+unscored), movers, all+unscored, rerated))
	if unscored > 0 {
		fmt.Fprintln(e.w, e.words.Say(e.counted("cli.replay-unscored", unscored), unscored, strings.Join(goneNames(e.r, e.words), ", ")))
	}
	if n := len(e.r.Carriage.Left) + len(e.r.Unfit); n > 0 {
		fmt.Fprintln(e.w, e.words.Say("cli.replay-left-out", n))
	}
	for _, g := range e.r.Groups {
		fmt.Fprintln(e.w)
		e.group(g)
	}
	e.uncarried()
	e.method()
}

// counted is the sentence about n things; one thing may have a sentence of its own, KEY-one.
func (e rehearser) counted(key string, n int) string {
	if n == 1 && e.words.Has(key+"-one") {
		return key + "-one"
	}
	return key
}

func (e rehearser) text(t criteria.Text) string {
	return e.words.Text(t, e.r.Before.Round.Set.Languages[0])
}

func (e rehearser) points(d decimal.Decimal) string { return e.words.Number(d, int(e.r.Digits)) }

func (e rehearser) signed(d decimal.Decimal) string { return e.words.Signed(d, int(e.r.Digits)) }

// item writes an indented line.
func (e rehearser) item(margin int, line string) {
	fmt.Fprintln(e.w, strings.Repeat(" ", margin)+line)
}

// uncarried says what could not be rehearsed.
func (e rehearser) uncarried() {
	c := e.r.Carriage
	if len(c.Left)+len(c.Presumed)+len(e.r.Unfit)+len(e.r.Gone) == 0 {
		return
	}
	fmt.Fprintln(e.w, "\n"+e.words.Say("cli.replay-missing"))
	for _, g := range e.r.Groups {
		if g.Uncovered.IsPositive() {
			e.item(2, e.words.Say("cli.replay-uncovered", e.text(g.Group.Name), rule.Whole(g.Uncovered)))
		}
	}
	for _, l := range c.Left {
		e.item(2, e.words.Say("cli.replay-left", l.Indicator.ID, e.text(l.Indicator.Name), e.words.Note(l.Why)))
	}
	for _, u := range e.r.Unfit {
		e.item(2, e.words.Say(e.counted("cli.replay-unfit", len(u.Agencies)), u.Indicator.ID, e.text(u.Indicator.Name), len(u.Agencies), e.names(e.agencies(u.Agencies), ", ")))
	}
	if len(c.Presumed) > 0 {
		e.item(2, e.words.Say("cli.replay-presumed", c.Presumed))
	}
	for _, g := range e.r.Gone {
		e.item(2, e.words.Say(e.counted("cli.replay-gone", g.Agencies), e.text(g.Group.Name), g.Agencies))
	}
}

// agencies are the names of agencies.
func (e rehearser) agencies(codes []string) []string {
	names := make([]string, len(codes))
	for i, code := range codes {
		final, _ := e.r.Before.Final(code)
		names[i] = e.text(final.Agency.Name)
	}
	return names
}

// names joins names, the first few of them unless everything is asked for.
func (e rehearser) names(all []string, between string) string {
	return e.listed(all, between, "cli.replay-names-more")
}

// listed joins the first of a list; more is the sentence for the number of the others.
func (e rehearser) listed(all []string, between, more string) string {
	if !e.all && len(all) > listedNames+1 {
		all = append(all[:listedNames:listedNames], e.words.Say(more, len(all)-listedNames))
	}
	return strings.Join(all, between)
}

func (e rehearser) group(g rehearsal.Group) {
	movers, rerated := g.Movers(), g.Ratings()
	name, was, now := e.text(g.Group.Name), e.then(g, g.Then, g.Published), e.points(g.Mean)
	headline := e.words.Say(e.counted("cli.replay-group", len(g.Shifts)), name, len(movers), len(g.Shifts), len(rerated), was, now)
	if len(movers)+len(rerated) == 0 {
		headline = e.words.Say("cli.replay-group-same", name, was, now)
	}
	if !g.Of.Equal(g.WasOf) {
		headline += " " + e.words.Say("cli.replay-scale", g.WasOf, g.Of)
	}
	if len(g.Entering()) > 0 {
		headline += " " + e.words.Say("cli.replay-means-both", g.Both)
	}
	fmt.Fprintln(e.w, headline)
	e.movers(g, movers)
	e.causes(g)
	e.ratings(g, rerated)
	e.entering(g)
	e.extremes(g)
	e.weights(g)
	e.table(g)
}

// then is an earlier total or mean on the newer scale, with the published one beside it where the scales differ.
func (e rehearser) then(g rehearsal.Group, scaled, published decimal.Decimal) string {
	if g.Of.Equal(g.WasOf) {
		return e.points(scaled)
	}
	return e.words.Say("cli.replay-was-scaled", e.points(scaled), e.points(published))
}

func (e rehearser) movers(g rehearsal.Group, movers []rehearsal.Shift) {
	switch {
	case e.all:
		movers = g.Shifts
		e.item(2, e.words.Say("cli.replay-movers-all"))
	case len(movers) == 0:
		return
	case len(movers) <= listedMovers:
		e.item(2, e.words.Say("cli.replay-movers-all"))
	default:
		e.item(2, e.words.Say("cli.replay-movers"))
	}
	for i, s := range movers {
		if !e.all && i == listedMovers {
			e.item(4, e.words.Say("cli.replay-more", len(movers)-i))
			return
		}
		if s.Ranked() {
			e.mover(g, s)
		}
	}
}

// mover says how far an agency moves, and which parts of its total made it move.
func (e rehearser) mover(g rehearsal.Group, s rehearsal.Shift) {
	key, steps := "cli.replay-up", s.Moved()
	if steps < 0 {
		key, steps = "cli.replay-down", -steps
	}
	args := []any{s.Was.Rank, g.Was.Ranked, s.Now.Rank, g.Now.Ranked, e.score(g, s)}
	if steps == 0 {
		key = "cli.replay-kept-rank"
	} else {
		args = append([]any{steps}, args...)
	}
	e.item(4, e.words.Say(key, append([]any{e.text(s.Now.Agency.Name)}, args...)...))
	e.parts(e.r.Why(s.Now.Agency.Code))
}

// score says how a total changes, and whom that makes pass where the agency's own total does not explain it.
func (e rehearser) score(g rehearsal.Group, s rehearsal.Shift) string {
	mean := e.signed(g.Change)
	words := e.words.Say("cli.replay-score", e.then(g, s.Then, s.Was.Score), e.points(s.Now.Score), e.signed(s.Change), mean)
	if s.Change.IsZero() && g.Of.Equal(g.WasOf) {
		words = e.words.Say("cli.replay-score-same", e.points(s.Now.Score), mean)
	}
	if s.Moved() == 0 || s.Moved() > 0 == s.Change.IsPositive() && !s.Change.IsZero() {
		return words
	}
	return words + "; " + strings.Join(e.passed(g, s), "; ")
}

// passed says whom an agency passed or which passed it, with ties that formed or dissolved; else what else moved it.
func (e rehearser) passed(g rehearsal.Group, s rehearsal.Shift) []string {
	overtook, overtaken := e.r.Passed(s.Now.Agency.Code)
	reached, left := e.r.Levelled(s.Now.Agency.Code)
	var words []string
	say := func(key string, n int) {
		if n > 0 {
			words = append(words, e.words.Say("cli.replay-"+key, n))
		}
	}
	if s.Moved() > 0 {
		say("overtook", overtook)
		say("reached", reached)
	} else {
		say("overtaken", overtaken)
		say("left-level", left)
	}
	switch {
	case len(words) > 0:
		return words
	case e.r.Before.Round.Set.Ranking.Ties != e.r.After.Round.Set.Ranking.Ties:
		return []string{e.words.Say("cli.replay-left-ties")}
	case len(g.Entering()) > 0:
		return []string{e.words.Say("cli.replay-left-field")}
	default:
		return []string{e.words.Say("cli.replay-left-equals")}
	}
}

// parts lists what made a total change, the last line being all that is not listed: what moved the agency comes first.
func (e rehearser) parts(parts []rehearsal.Part) {
	t := newColumns(head("", true), head("", false))
	listed := len(parts)
	if !e.all && listed > listedParts+1 {
		listed = listedParts
	}
	for _, p := range parts[:listed] {
		t.row(e.signed(p.Points), e.words.Say("cli.replay-part-mean", e.named(p), e.signed(p.Mean)))
	}
	var rest, mean decimal.Decimal
	for _, p := range parts[listed:] {
		rest, mean = rest.Add(p.Points), mean.Add(p.Mean)
	}
	if n := len(parts) - listed; n > 0 {
		t.row(e.signed(rest), e.words.Say("cli.replay-part-mean", e.words.Say("cli.replay-part-rest", n), e.signed(mean)))
	}
	e.indented(6, t)
}

// indented writes a table with a margin.
func (e rehearser) indented(margin int, t *columns) {
	var text bytes.Buffer
	t.write(&text)
	for line := range strings.Lines(text.String()) {
		fmt.Fprint(e.w, strings.Repeat(" ", margin)+line)
	}
}

// causes lists what moved points in the group, with the changes of the sets behind it.
func (e rehearser) causes(g rehearsal.Group) {
	if len(g.Causes) == 0 {
		return
	}
	e.item(2, e.words.Say("cli.replay-causes"))
	t := newColumns(head("", true), head("", false))
	listed := len(g.Causes)
	if !e.all && listed > listedCauses+1 {
		listed = listedCauses
	}
	for _, c := range g.Causes[:listed] {
		t.row(e.signed(c.Mean), e.cause(g.Group.ID, c))
	}
	e.indented(4, t)
	if n := len(g.Causes) - listed; n > 0 {
		e.item(4, e.words.Say("cli.replay-causes-more", n))
	}
}

// cause says how many agencies lost and gained by a part, and why: where what made some lose is not what made others gain,
// each of the two.
func (e rehearser) cause(group string, c rehearsal.Cause) string {
	down, up := e.reasons(group, c.Part, c.Down), e.reasons(group, c.Part, c.Up)
	if c.Lost > 0 && c.Gained > 0 && down != up && down != "" && up != "" {
		return e.words.Say("cli.replay-cause-apart", e.called(c.Part), c.Lost, down, c.Gained, up)
	}
	why := up
	if c.Lost > 0 && down != "" {
		why = down
	}
	words := e.words.Say("cli.replay-cause", e.called(c.Part), c.Lost, c.Gained)
	if why == "" {
		return words
	}
	return e.words.Say("cli.replay-part-why", words, why)
}

// called names a part without points.
func (e rehearser) called(p rehearsal.Part) string {
	l := e.words
	switch p.Kind {
	case rehearsal.Kept:
		return l.Say("cli.replay-name", p.After.ID, e.text(p.After.Name))
	case rehearsal.Added:
		return l.Say("cli.replay-name-added", p.After.ID, e.text(p.After.Name))
	case rehearsal.Removed:
		return l.Say("cli.replay-name-removed", p.Before.ID, e.text(p.Before.Name))
	case rehearsal.Unasked:
		if e.incomparable(p) {
			return l.Say("cli.replay-name-incomparable", p.After.ID, e.text(p.After.Name))
		}
		return l.Say("cli.replay-name-unasked", p.After.ID, e.text(p.After.Name))
	default:
		return e.named(p)
	}
}

func (e rehearser) named(p rehearsal.Part) string {
	l := e.words
	switch p.Kind {
	case rehearsal.Kept:
		was, now := e.outcomes(p)
		if was == now {
			return l.Say("cli.replay-part-same", p.After.ID, e.text(p.After.Name), now)
		}
		return l.Say("cli.replay-part-kept", p.After.ID, e.text(p.After.Name), was, now)
	case rehearsal.Added:
		return l.Say("cli.replay-part-added", p.After.ID, e.text(p.After.Name), e.marks(p.Now))
	case rehearsal.Removed:
		return l.Say("cli.replay-part-removed", p.Before.ID, e.text(p.Before.Name), e.marks(p.Was))
	case rehearsal.Unasked:
		if e.incomparable(p) {
			return l.Say("cli.replay-part-incomparable", p.After.ID, e.text(p.After.Name), e.marks(p.Was))
		}
		return l.Say("cli.replay-part-unasked", p.After.ID, e.text(p.After.Name), e.marks(p.Was))
	case rehearsal.Whole:
		if p.Pillar.ID == "" {
			return l.Say("cli.replay-part-set")
		}
		return l.Say("cli.replay-part-pillar", e.text(p.Pillar.Name))
	default:
		return l.Say("cli.replay-part-" + p.Kind.String())
	}
}

// marks words points of points.
func (e rehearser) marks(m rehearsal.Mark) string {
	switch m.Status {
	case rule.NotApplicable:
		return e.words.Say("words.status-not_applicable")
	case rule.Scored:
		return e.words.Say("cli.replay-marks", e.points(m.Score), m.Of)
	case 0:
		return "–"
	default:
		return e.words.Say("cli.replay-marks", e.points(m.Score), m.Of) + " (" + e.words.Say("words.status-"+m.Status.String()) + ")"
	}
}

// incomparable reports whether a part is left out because the newer set says that it cannot be compared.
func (e rehearser) incomparable(p rehearsal.Part) bool {
	for _, l := range e.r.Carriage.Left {
		if l.Indicator.ID == p.After.ID {
			return l.Why.Kind == "carry-not-comparable"
		}
	}
	return false
}

// outcomes word what an indicator of both sets earned, then and now. Where the sets let the same count otherwise, that is
// said too: its effect, or what is not applicable or not answered.
func (e rehearser) outcomes(p rehearsal.Part) (was, now string) {
	before, after := e.r.Before.Round.Set, e.r.After.Round.Set
	was, now = e.marks(p.Was), e.marks(p.Now)
	if then, current := before.PolicyFor(p.Before), after.PolicyFor(p.After); then != current {
		if p.Was.Status == rule.NotApplicable {
			was = e.words.Say("cli.replay-apart-" + then.String())
		}
		if p.Now.Status == rule.NotApplicable {
			now = e.words.Say("cli.replay-apart-" + current.String())
		}
	}
	if before.Missing.Skip != after.Missing.Skip {
		if before.Missing.Skip && p.Was.Status == rule.Missing {
			was = e.words.Say("cli.replay-apart-unanswered")
		}
		if after.Missing.Skip && p.Now.Status == rule.Missing {
			now = e.words.Say("cli.replay-apart-unanswered")
		}
	}
	if p.Before.Effect != p.After.Effect {
		was, now = e.words.Say(effectKey(p.Before), was), e.words.Say(effectKey(p.After), now)
	}
	return was, now
}

// effectKey is the sentence for points that stand in the total as the indicator's effect says.
func effectKey(ind *criteria.Indicator) string {
	switch ind.Effect {
	case criteria.Bonus:
		return "cli.replay-effect-bonus"
	case criteria.Penalty:
		return "cli.replay-effect-penalty"
	case criteria.None:
		return "cli.replay-effect-none"
	default:
		return "cli.replay-effect-base"
	}
}

// reasons are the changes of the sets by which a part moved agencies one way.
func (e rehearser) reasons(group string, p rehearsal.Part, way rehearsal.Way) string {
	changes := e.r.Reasons(p, group)
	switch {
	case p.Kind == rehearsal.Whole:
		return e.wholeReasons(p, changes)
	case p.Kind != rehearsal.Kept:
		return ""
	}
	var words, judged []string
	weighed := false
	for _, c := range changes {
		switch {
		case way.Weight && rehearsal.Weighs(c):
			words, weighed = append(words, e.words.Note(c.Note())), true
		case way.Judged && rehearsal.Judges(c):
			judged = append(judged, e.words.Note(c.Note()))
		}
	}
	was, now := e.r.Nominal(p, group)
	if way.Weight && was.Cmp(now) != 0 && p.Before.Effect == p.After.Effect && (!weighed || !inProportion(p, group, was, now)) {
		words = append(words, e.words.Say("cli.replay-why-worth", was, now))
	}
	if way.Judged && len(judged) == 0 && !(weighed && p.Before.Effect != p.After.Effect) {
		judged = append(judged, e.judgedBy(p, way))
	}
	return strings.Join(append(words, judged...), "; ")
}

// inProportion reports whether what an indicator is worth changed as its points did.
func inProportion(p rehearsal.Part, group string, was, now rule.Fraction) bool {
	return was.Mul(rule.Whole(p.After.Points[group])).Cmp(now.Mul(rule.Whole(p.Before.Points[group]))) == 0
}

// judgedBy says by what an indicator is judged otherwise whose own rule is as it was.
func (e rehearser) judgedBy(p rehearsal.Part, way rehearsal.Way) string {
	if rule.Relative(p.After.Rule) {
		return e.words.Say("cli.replay-why-cohort")
	}
	var general []string
	for _, c := range e.r.General(way) {
		general = append(general, e.words.Note(c.Note()))
	}
	if len(general) == 0 {
		return e.words.Say("cli.replay-why-set")
	}
	return e.words.Say("cli.replay-why-rules", strings.Join(general, "; "))
}

// wholeReasons are the changes behind a pillar that is no sum of its parts: its own, or those of what is in it.
func (e rehearser) wholeReasons(p rehearsal.Part, changes []criteria.Change) string {
	var words []string
	for _, c := range changes {
		said := e.words.Note(c.Note())
		if c.Subject != p.Pillar.ID {
			said = e.words.Say("cli.replay-why-in", c.Subject, said)
		}
		words = append(words, said)
	}
	return e.listed(words, "; ", "cli.replay-changes-more")
}

// ratings lists agencies whose rating changes, by the ratings from which and to which.
func (e rehearser) ratings(g rehearsal.Group, shifts []rehearsal.Shift) {
	if len(shifts) == 0 {
		return
	}
	e.item(2, e.words.Say("cli.replay-ratings"))
	for _, c := range e.r.Changes {
		if c.Subject == "" && strings.HasPrefix(c.Kind, "rating-") {
			e.item(4, e.words.Note(c.Note()))
		}
	}
	var order [][2]string
	agencies := map[[2]string][]string{}
	for _, s := range shifts {
		way := [2]string{e.rating(e.r.Before, s.Was.Rating), e.rating(e.r.After, s.Now.Rating)}
		if agencies[way] == nil {
			order = append(order, way)
		}
		agencies[way] = append(agencies[way], e.words.Say("cli.replay-rating-agency", e.text(s.Now.Agency.Name), e.then(g, s.Then, s.Was.Score), e.points(s.Now.Score)))
	}
	for _, way := range order {
		e.item(4, e.words.Say("cli.replay-rating", way[0], way[1], len(agencies[way]), e.names(agencies[way], "; ")))
	}
}

func (e rehearser) rating(r *scoring.Ranking, id string) string {
	if rating, ok := r.Round.Set.Rating(id); ok {
		return e.words.Text(rating.Name, r.Round.Set.Languages[0])
	}
	return e.words.Say("cli.replay-rating-none")
}

// entering lists agencies that are ranked under one set only.
func (e rehearser) entering(g rehearsal.Group) {
	shifts := g.Entering()
	if len(shifts) == 0 {
		return
	}
	e.item(2, e.words.Say("cli.replay-entering"))
	for i, s := range shifts {
		name := e.text(s.Now.Agency.Name)
		switch {
		case !e.all && i >= listedNames:
			e.item(4, e.words.Say("cli.replay-more", len(shifts)-i))
			return
		case s.Now.Ranked:
			e.item(4, e.words.Say("cli.replay-enters", name, s.Now.Rank, g.Now.Ranked))
		default:
			e.item(4, e.words.Say("cli.replay-leaves", name, s.Was.Rank, g.Was.Ranked, e.words.Note(s.Now.Reason)))
		}
	}
}

func (e rehearser) extremes(g rehearsal.Group) {
	if len(g.Extremes) == 0 {
		return
	}
	heading := "cli.replay-extremes-unanswered"
	for _, x := range g.Extremes {
		if !x.Unanswered {
			heading = "cli.replay-extremes"
		}
	}
	e.item(2, e.words.Say(heading))
	for _, x := range g.Extremes {
		before := "cli.replay-extreme-fresh"
		switch {
		case x.New:
			before = "cli.replay-extreme-new"
		case x.Before:
			before = "cli.replay-extreme-before"
		}
		key := "cli.replay-none"
		switch {
		case x.Full:
			key = "cli.replay-full"
		case x.Unanswered:
			key = "cli.replay-unanswered"
		}
		e.item(4, e.words.Say(key, x.Indicator.ID, e.text(x.Indicator.Name), x.Agencies, e.words.Say(before)))
	}
}

// weights sets nominal beside effective weights: of the pillars at the top, then of whatever differs much.
func (e rehearser) weights(g rehearsal.Group) {
	e.item(2, e.words.Say("cli.replay-weights"))
	if !g.Spread {
		key := "cli.replay-weight-flat"
		if g.Now.Ranked < 2 {
			key = "cli.replay-weight-few"
		}
		e.item(4, e.words.Say(key))
		return
	}
	t := newColumns(head("", false), head("", false), head(e.words.Say("cli.replay-weight-nominal"), true), head(e.words.Say("cli.replay-weight-effective"), true))
	for _, w := range g.Weights {
		if e.all || w.Depth == 0 {
			id, name := nodeOf(w)
			t.row(strings.Repeat("  ", w.Depth)+id, e.text(name), e.words.Percent(rule.Whole(w.Nominal)), e.effective(w))
		}
	}
	e.indented(4, t)
	far := g.Astray()
	for i, w := range far {
		if !e.all && i == listedAstray {
			e.item(4, e.words.Say("cli.replay-weight-many", len(far)-i))
			return
		}
		id, name := nodeOf(w)
		e.item(4, e.words.Say(astray(w), id, e.text(name), e.words.Percent(rule.Whole(w.Nominal)), e.effective(w)))
	}
}

// astray is the sentence for a weight that is not what it seems.
func astray(w rehearsal.Weight) string {
	switch {
	case w.Effective.IsNegative() && !w.Effective.Round(2).IsZero():
		return "cli.replay-weight-against"
	case w.Effective.LessThan(w.Nominal):
		return "cli.replay-weight-less"
	default:
		return "cli.replay-weight-more"
	}
}

func nodeOf(w rehearsal.Weight) (id string, name criteria.Text) {
	if w.Pillar != nil {
		return w.Pillar.ID, w.Pillar.Name
	}
	return w.Indicator.ID, w.Indicator.Name
}

func (e rehearser) effective(w rehearsal.Weight) string {
	switch {
	case w.Nobody:
		return e.words.Say("cli.replay-weight-nobody")
	case !w.Known:
		return e.words.Say("cli.replay-weight-unknown")
	}
	return e.words.Percent(rule.Whole(w.Effective))
}

// table lists all agencies in the newer order.
func (e rehearser) table(g rehearsal.Group) {
	l := e.words
	e.item(2, l.Say("cli.replay-all"))
	t := newColumns(
		head(l.Say("cli.replay-now-rank"), true), head(l.Say("cli.replay-was-rank"), true), head(l.Say("cli.replay-move"), true), head(l.Say("words.agency"), false),
		head(l.Say("cli.replay-now-score"), true), head(l.Say("cli.replay-was-score"), true),
		head(l.Say("cli.replay-now-rating"), false), head(l.Say("cli.replay-was-rating"), false),
	)
	for _, s := range g.Shifts {
		move := ""
		if s.Moved() != 0 {
			move = l.Signed(decimal.NewFromInt(int64(s.Moved())), 0)
		}
		t.row(e.rank(s.Now, g.Now.Ranked), e.rank(s.Was, g.Was.Ranked), move, e.text(s.Now.Agency.Name),
			e.points(s.Now.Score), e.then(g, s.Then, s.Was.Score), e.rated(e.r.After, s.Now), e.rated(e.r.Before, s.Was))
	}
	e.indented(4, t)
}

func (e rehearser) rank(s scoring.Standing, of int) string {
	if !s.Ranked {
		return "–"
	}
	return e.words.Say("cli.replay-rank-of", s.Rank, of)
}

func (e rehearser) rated(r *scoring.Ranking, s scoring.Standing) string {
	if s.Rating == "" {
		return ""
	}
	return e.rating(r, s.Rating)
}

func (e rehearser) method() {
	times, least := rehearsal.Much()
	fmt.Fprintln(e.w, "\n"+e.words.Say("cli.replay-method"))
	for _, key := range []string{"answers", "parts", "nominal"} {
		e.item(2, e.words.Say("cli.replay-method-"+key))
	}
	e.item(2, e.words.Say("cli.replay-method-effective", times, least.Shift(2)))
}
