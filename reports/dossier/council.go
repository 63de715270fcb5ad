package dossier

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/appraisal"
	"github.com/opendti/dti/scoring/submission"
)

// mostShown is how many rows of a long list stand on the page; the workbook has all.
const mostShown = 20

// Council is the council's dossier: claims against final totals by name, and all that is to be looked at before it
// decides. Others are the same in other languages and as a workbook, beside it.
func (d *Desk) Council(others []view.Link) view.Confidential {
	page := view.Confidential{
		Lang: d.words.Lang(), Stamp: d.councilStamp(), Kind: d.say("council-kind"), Heading: d.title(), Across: true,
		Numbers: d.councilNumbers(), Others: others, OthersSay: d.say("council-others"), Footer: d.footer(), FooterSay: d.say("footer-heading"),
	}
	page.Title = page.Stamp + " | " + page.Heading
	page.About = []view.Fact{
		{Term: d.term("set"), Words: d.text(d.set.Title), Note: d.say("scorecard-edition", d.set.Version)},
		{Term: d.say("footer-status"), Words: d.say("status-"+d.round.Release.Status.String(), max(d.round.Release.Revision, 1))},
	}
	if d.round.From != "" && d.round.To != "" {
		page.About = append(page.About, view.Fact{Term: d.say("footer-period"), Words: d.say("period", d.round.From, d.round.To)})
	}
	more := func(left int) string { return d.say("council-more", left) }
	for _, l := range d.groups() {
		page.Parts = append(page.Parts, l.part(-1, nil))
	}
	for _, l := range d.lists() {
		page.Parts = append(page.Parts, l.part(mostShown, more))
	}
	return page
}

// Book is the council's dossier as a workbook, with every row of every list.
func (d *Desk) Book() view.Book {
	b := view.Book{Title: d.title(), Lang: d.words.Lang(), Draft: d.councilStamp(), Footer: d.title(), Page: d.say("book-page")}
	for _, l := range append(d.groups(), d.lists()...) {
		b.Sheets = append(b.Sheets, l.sheet(d.councilStamp(), d.title()))
	}
	return b
}

func (d *Desk) councilStamp() string {
	if d.round.Release.Status == submission.Draft {
		return d.say("council-stamp-draft")
	}
	return d.say("council-stamp")
}

// lists are what the council looks at, each under its heading.
func (d *Desk) lists() []list {
	return []list{
		d.overclaims(), d.appealsHeard(), d.nearBounds(), d.decidedBeside(), d.lateness(), d.unreviewed(), d.reviewers(), d.bare(),
		d.shared(), d.astray(),
	}
}

// councilNumbers say how far the round is.
func (d *Desk) councilNumbers() []view.Fact {
	sent, of := 0, 0
	for _, p := range d.places {
		of++
		if p.standing.Sent {
			sent++
		}
	}
	items, missed := len(d.round.ReviewItems()), len(d.quality.Missed)
	over, open := 0, 0
	for _, c := range d.quality.Claims {
		if c.Gap.IsPositive() {
			over++
		}
	}
	for _, s := range d.stakes {
		if s.State == appraisal.Open {
			open++
		}
	}
	return []view.Fact{
		{Term: d.say("council-sent"), Words: d.say("of", sent, of)},
		{Term: d.say("council-reviewed"), Words: d.say("of", items-missed, items)},
		{Term: d.say("council-overclaiming"), Words: d.say("of", over, len(d.quality.Claims))},
		{Term: d.say("council-open-appeals"), Words: d.say("of", open, len(d.stakes))},
	}
}

// groups list the agencies of each group by rank: claimed against final.
func (d *Desk) groups() []list {
	var all []list
	for i, g := range d.ranking.Groups {
		name := d.text(g.Group.Name)
		l := list{
			id: "group-" + decimal.NewFromInt(int64(i+1)).String(), name: name, heading: d.say("council-group", name), lines: []string{d.say("council-group-note")},
			columns: []column{
				{name: d.term("agency"), width: 38},
				{name: d.term("claimed"), num: true, width: 14},
				{name: d.say("council-final"), num: true, width: 14},
				{name: d.say("own-difference"), num: true, width: 14},
				{name: d.say("council-rank-claimed"), num: true, width: 18},
				{name: d.say("council-rank"), num: true, width: 18},
				{name: d.term("rating"), width: 18},
			},
		}
		claimed := claimedRanks(g, d.set.Ranking.Ties)
		for _, s := range g.Standings {
			l.rows = append(l.rows, d.standingRow(s, claimed[s.Agency.Code]))
		}
		all = append(all, l)
	}
	return all
}

func (d *Desk) standingRow(s scoring.Standing, claimed rankTied) []cell {
	name, lang := d.agency(s.Agency)
	who := cell{words: name, lang: lang}
	asClaimed, rating := said(d.say("unranked")), said(none)
	switch {
	case !s.Ranked:
		who.note = capital(d.words.Note(s.Reason))
	case !s.Sent:
		who.note = d.say("council-not-sent")
	}
	if s.Ranked {
		asClaimed, rating = d.rankCell(claimed.rank, claimed.tied), said(d.rating(s.Rating))
	}
	if s.RatingCapped != nil {
		rating.note = d.words.Note(s.RatingCapped.Grounds())
	}
	return []cell{
		who, d.totalCell(s.Claimed), d.totalCell(s.Score), d.differenceCell(s.Score.Sub(s.Claimed)), asClaimed, d.standingCell(s), rating,
	}
}

// A rankTied is a rank and whether others share it.
type rankTied struct {
	rank int
	tied bool
}

// claimedRanks ranks those who are ranked by what they claimed. Equal claims share a rank, whatever breaks ties of final
// totals: nothing is awarded for a claim.
func claimedRanks(g scoring.Group, ties criteria.Ties) map[string]rankTied {
	var claims []scoring.Standing
	for _, s := range g.Standings {
		if s.Ranked {
			claims = append(claims, s)
		}
	}
	slices.SortStableFunc(claims, func(a, b scoring.Standing) int { return b.Claimed.Cmp(a.Claimed) })
	ranks := map[string]rankTied{}
	rank := 0
	for i, s := range claims {
		same := func(j int) bool { return j >= 0 && j < len(claims) && claims[j].Claimed.Equal(s.Claimed) }
		if !same(i - 1) {
			rank++
			if ties != criteria.Dense {
				rank = i + 1
			}
		}
		ranks[s.Agency.Code] = rankTied{rank, same(i-1) || same(i+1)}
	}
	return ranks
}

// overclaims lists who claimed more than it has, furthest first.
func (d *Desk) overclaims() list {
	l := list{
		id: "overclaims", name: d.say("council-overclaims"), heading: d.say("council-overclaims"), lines: []string{d.say("council-overclaims-note")},
		empty: d.say("council-overclaims-none"), columns: []column{
			{name: d.term("agency"), width: 38},
			{name: d.term("group"), width: 26},
			{name: d.say("council-gap"), num: true, width: 16},
			{name: d.say("council-lowered"), num: true, width: 14},
			{name: d.say("council-raised"), num: true, width: 14},
			{name: d.say("council-decided"), num: true, width: 14},
		},
	}
	for _, c := range d.quality.Claims {
		if !c.Gap.IsPositive() {
			continue
		}
		l.rows = append(l.rows, []cell{
			d.who(c.Standing.Agency), said(d.groupName(c.Standing.Agency.Group)), d.totalCell(c.Gap), d.countCell(c.Lowered), d.countCell(c.Raised), d.countCell(c.Decided),
		})
	}
	return l
}

func (d *Desk) who(a submission.Agency) cell {
	name, lang := d.agency(a)
	return cell{words: name, lang: lang}
}

func (d *Desk) whoIs(code string) cell {
	if a, ok := d.round.Agency(code); ok {
		return d.who(a)
	}
	return said(code)
}

func (d *Desk) groupName(id string) string {
	g, _ := d.set.Group(id)
	return d.text(g.Name)
}

// appealsHeard lists the appeals with what hangs on each.
func (d *Desk) appealsHeard() list {
	l := list{
		id: "appeals", name: d.say("own-appeals"), heading: d.say("council-appeals"), lines: []string{d.say("council-appeals-note")},
		empty: d.say("council-appeals-none"), columns: []column{
			{name: d.term("agency"), width: 30},
			{name: d.term("indicator"), width: 34},
			{name: d.say("confidential-asks"), width: 30},
			{name: d.say("own-state"), width: 26},
			{name: d.say("council-total-change"), num: true, width: 20},
			{name: d.say("council-rank-change"), num: true, width: 20},
			{name: d.say("council-displaced"), width: 40},
		},
	}
	for _, s := range d.stakes {
		l.rows = append(l.rows, d.stake(s))
	}
	return l
}

func (d *Desk) stake(s appraisal.Stake) []cell {
	o := s.Objection
	asks := said(d.asks(o))
	asks.note = o.Reason
	state := said(d.say("confidential-appeal-" + s.State.String()))
	row := []cell{d.whoIs(o.Agency), said(d.subject(o.Indicator, o.Input)), asks, state, said(none), said(none), said(none)}
	if s.State == appraisal.Withdrawn {
		row[3].note = d.words.Date(o.Withdrawn)
		return row
	}
	if s.Decision != nil {
		row[3].note = d.decisionBecause(*s.Decision)
	}
	row[4] = said(d.say("confidential-from-to", d.totalWords(s.Before.Score), d.totalWords(s.After.Score)))
	row[5] = said(d.say("confidential-from-to", d.rankOf(s.Before), d.rankOf(s.After)))
	if s.Before.Rating != s.After.Rating {
		row[5].note = d.say("confidential-from-to", d.rating(s.Before.Rating), d.rating(s.After.Rating))
	}
	var moved []string
	for _, m := range s.Displaced {
		moved = append(moved, d.say("council-moved", d.who(m.Before.Agency).words, d.rankOf(m.Before), d.rankOf(m.After)))
	}
	row[6] = said(strings.Join(moved, ", "))
	if !s.Moves() {
		row[6] = said(d.say("council-moves-nothing"))
	}
	return row
}

// nearShare is how near to a rating's bound a total is to be looked at again, in percent of the attainable maximum: half
// a point of 100.
func nearShare() decimal.Decimal { return decimal.New(5, -1) }

// nearBounds lists the agencies that little separates from another rating.
func (d *Desk) nearBounds() list {
	l := list{
		id: "bounds", name: d.say("council-bounds"), heading: d.say("council-bounds"), lines: []string{d.say("council-bounds-note", nearShare())},
		empty: d.say("council-bounds-none"), columns: []column{
			{name: d.term("agency"), width: 38},
			{name: d.term("group"), width: 26},
			{name: d.term("score"), num: true, width: 14},
			{name: d.say("council-bound"), num: true, width: 14},
			{name: d.say("council-distance"), num: true, width: 16},
			{name: d.say("council-bound-rating"), width: 20},
			{name: d.term("rating"), width: 20},
		},
	}
	hundred := decimal.NewFromInt(100)
	for _, g := range d.ranking.Groups {
		for _, s := range g.Standings {
			for _, r := range d.set.Ratings {
				if !s.Ranked || !r.Bound.IsPositive() {
					continue
				}
				distance := s.Score.Mul(hundred).Sub(r.Bound.Mul(s.Of)) // in hundredths of points
				if distance.Abs().GreaterThan(nearShare().Mul(s.Of)) {
					continue
				}
				bound := r.Bound.Mul(s.Of).DivRound(hundred, rule.KeptPlaces)
				l.rows = append(l.rows, []cell{
					d.who(s.Agency), said(d.groupName(s.Agency.Group)), d.totalCell(s.Score), d.totalCell(bound), d.differenceCell(s.Score.Sub(bound)),
					said(d.text(r.Name)), said(d.rating(s.Rating)),
				})
			}
		}
	}
	return l
}

// decidedBeside lists what was decided beside the answers, with its reasons.
func (d *Desk) decidedBeside() list {
	l := list{
		id: "adjustments", name: d.say("own-adjustments"), heading: d.say("own-adjustments"), empty: d.say("council-adjustments-none"), columns: []column{
			{name: d.term("agency"), width: 38},
			{name: d.say("own-reason"), width: 60},
			{name: d.term("score"), num: true, width: 14},
			{name: d.say("own-cap"), width: 22},
		},
	}
	for _, a := range d.round.Cycle.Adjustments {
		l.rows = append(l.rows, []cell{d.whoIs(a.Agency), said(d.words.Note(a.Grounds())), d.adjustedPoints(a), d.ratingCap(a)})
	}
	return l
}

// lateness lists the submissions that were received after their last day.
func (d *Desk) lateness() list {
	l := list{
		id: "late", name: d.say("council-late"), heading: d.say("council-late"), empty: d.say("council-late-none"), columns: []column{
			{name: d.term("agency"), width: 38},
			{name: d.say("council-received"), width: 16},
			{name: d.say("council-last-day"), width: 16},
			{name: d.say("council-days-late"), num: true, width: 14},
			{name: d.say("council-late-costs"), width: 34},
		},
	}
	m, ok := d.round.Cycle.Calendar.Milestone(submission.Submitting)
	if !ok {
		return l
	}
	for _, r := range d.round.Cycle.Receipts {
		last := m.Last(r.Agency)
		days := r.Received.DaysAfter(last)
		if !r.Counts || days <= 0 {
			continue
		}
		costs := d.say("council-late-nothing")
		if p, fined := d.round.Cycle.Calendar.Penalty(days); fined {
			costs = d.penalty(p)
		}
		l.rows = append(l.rows, []cell{d.whoIs(r.Agency), said(d.day(r.Received)), said(d.day(last)), d.countCell(days), said(costs)})
	}
	return l
}

func (d *Desk) penalty(p submission.LatePenalty) string {
	var costs []string
	if p.Points.Set {
		costs = append(costs, d.say("n-points", d.words.Signed(p.Points.Value, places(p.Points.Value))))
	}
	if p.RatingCap != "" {
		costs = append(costs, d.say("council-capped", d.rating(p.RatingCap)))
	}
	return strings.Join(costs, "; ")
}

// unreviewed counts what nobody reviewed, by who should have.
func (d *Desk) unreviewed() list {
	l := list{
		id: "unreviewed", name: d.say("council-unreviewed"), heading: d.say("council-unreviewed"), empty: d.say("council-unreviewed-none"), columns: []column{
			{name: d.say("council-verifier"), width: 44},
			{name: d.say("council-items"), num: true, width: 16},
			{name: d.say("council-items-of"), num: true, width: 18},
			{name: d.say("council-agencies"), num: true, width: 16},
		},
	}
	items, missed := map[string]int{}, map[string]int{}
	agencies := map[string]map[string]bool{}
	var order []string
	for _, item := range d.round.ReviewItems() {
		items[item.Indicator.Verifier]++
	}
	for _, item := range d.quality.Missed {
		v := item.Indicator.Verifier
		if agencies[v] == nil {
			agencies[v] = map[string]bool{}
			order = append(order, v)
		}
		missed[v]++
		agencies[v][item.Agency] = true
	}
	for _, v := range order {
		l.rows = append(l.rows, []cell{said(d.verifier(v)), d.countCell(missed[v]), d.countCell(items[v]), d.countCell(len(agencies[v]))})
	}
	return l
}

// verifier is who appraises, by the printed name where the set has one, else by that of the agency.
func (d *Desk) verifier(code string) string {
	if code == "" {
		return d.say("council-no-verifier")
	}
	if name := d.text(d.round.VerifierName(code)); name != "" {
		return name
	}
	return code
}

// reviewers lists how strict everybody was, against the others on the same indicators.
func (d *Desk) reviewers() list {
	l := list{
		id: "reviewers", name: d.say("council-reviewers"), heading: d.say("council-reviewers"), lines: []string{d.say("council-reviewers-note")},
		empty: d.say("council-reviewers-none"), columns: []column{
			{name: d.say("council-reviewer"), width: 30},
			{name: d.say("council-decided"), num: true, width: 14},
			{name: d.say("council-lowered"), num: true, width: 14},
			{name: d.say("council-raised"), num: true, width: 14},
			{name: d.say("council-cut"), num: true, width: 16},
			{name: d.say("council-compared"), num: true, width: 16},
			{name: d.say("council-own-cut"), num: true, width: 16},
			{name: d.say("council-others-cut"), num: true, width: 16},
		},
	}
	for _, r := range d.quality.Reviewers {
		name := r.Name
		if name == "" {
			name = d.say("council-no-reviewer")
		}
		own, others := said(none), said(none)
		if r.Compared > 0 {
			own, others = said(d.share(r.OwnCut)), said(d.share(r.OthersCut))
		}
		l.rows = append(l.rows, []cell{
			said(name), d.countCell(r.Decided), d.countCell(r.Lowered), d.countCell(r.Raised), said(d.share(r.Cut)), d.countCell(r.Compared), own, others,
		})
	}
	return l
}

// share words a share of points as a percentage.
func (d *Desk) share(n decimal.Decimal) string { return d.words.Percent(rule.Whole(n)) }

// bare lists the points without the evidence that they need.
func (d *Desk) bare() list {
	l := list{
		id: "bare", name: d.say("council-bare"), heading: d.say("council-bare"), empty: d.say("council-bare-none"), columns: []column{
			{name: d.term("agency"), width: 38},
			{name: d.term("indicator"), width: 50},
			{name: d.term("score"), num: true, width: 12},
			{name: d.term("review"), width: 34},
		},
	}
	for _, b := range d.quality.Bare {
		reviewed := d.say("council-nobody-decided")
		if b.Decision != nil {
			reviewed = d.decision(*b.Decision)
		}
		l.rows = append(l.rows, []cell{d.who(b.Agency), said(d.indicator(b.Indicator)), d.pointsCell(b.Score), said(reviewed)})
	}
	return l
}

// shared lists the documents that several agencies name.
func (d *Desk) shared() list {
	l := list{
		id: "shared", name: d.say("council-shared"), heading: d.say("council-shared"), lines: []string{d.say("council-shared-note")},
		empty: d.say("council-shared-none"), columns: []column{
			{name: d.term("evidence"), width: 50}, {name: d.say("council-uses"), width: 70},
		},
	}
	for _, s := range d.quality.Shared {
		uses := make([]string, len(s.Uses))
		for i, u := range s.Uses {
			uses[i] = d.say("council-use", d.who(u.Agency).words, d.indicator(u.Indicator))
		}
		l.rows = append(l.rows, []cell{said(s.Text), said(strings.Join(uses, "; "))})
	}
	return l
}

// astray lists the documents that are dated outside the period of the round.
func (d *Desk) astray() list {
	l := list{
		id: "astray", name: d.say("council-astray"), heading: d.say("council-astray"), empty: d.say("council-astray-none"), columns: []column{
			{name: d.term("agency"), width: 38},
			{name: d.term("indicator"), width: 44},
			{name: d.term("evidence"), width: 50},
			{name: d.say("council-dated"), width: 16},
		},
	}
	for _, a := range d.quality.Astray {
		l.rows = append(l.rows, []cell{d.who(a.Agency), said(d.indicator(a.Indicator)), said(a.Text), said(d.day(a.Day))})
	}
	return l
}
