package announce

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// of are the facts of some kinds of an agency group; "" is the whole round.
func of(facts []Fact, group string, kinds ...Kind) []Fact {
	var found []Fact
	for _, f := range facts {
		if f.Group == group && slices.Contains(kinds, f.Kind) {
			found = append(found, f)
		}
	}
	return found
}

// told words each fact with what says it.
func told(facts []Fact, say func(Fact) string) string {
	words := make([]string, len(facts))
	for i, f := range facts {
		words[i] = say(f)
	}
	return strings.Join(words, "; ")
}

// ratings say how many agencies had each rating, now and then.
func (c *Clerk) ratings(group string) []Sentence {
	now := of(c.facts, group, Rated)
	if len(now) == 0 {
		return nil
	}
	sentences := []Sentence{c.sentence(c.say("rated", now[0].Numbers[1], c.ratingCounts(now)), nil, now...)}
	if then := of(c.facts, group, RatedThen); len(then) > 0 {
		words := c.say("rated-then", year(then[0].Year), then[0].Numbers[1], c.ratingCounts(then))
		sentences = append(sentences, c.sentence(words, nil, then...))
	}
	return sentences
}

// limits say what of the earlier round is not compared, or is made anew.
func (c *Clerk) limits(group string) []Sentence {
	var sentences []Sentence
	for _, f := range of(c.facts, group, Rebased) {
		key := "rebased"
		if f.Numbers[0].IsZero() {
			key = "not-rebased"
		}
		sentences = append(sentences, c.sentence(c.say(key, year(f.Year), f.Numbers[1], f.Numbers[0]), nil, f))
	}
	for _, f := range of(c.facts, group, Uncompared) {
		sentences = append(sentences, c.uncompared(f))
	}
	return sentences
}

// ratingCounts say how many had each rating; those that nobody had are named together.
func (c *Clerk) ratingCounts(facts []Fact) string {
	var words, nobody []string
	for _, f := range facts {
		if f.Numbers[0].IsZero() {
			nobody = append(nobody, c.rating(f.ID))
		} else {
			words = append(words, c.say("rated-n", f.Numbers[0], c.rating(f.ID)))
		}
	}
	all := strings.Join(words, ", ")
	if n := len(nobody); n > 0 {
		none := nobody[n-1]
		if n > 1 {
			none = c.say("or", strings.Join(nobody[:n-1], ", "), none)
		}
		all += "; " + c.say("rated-none", none)
	}
	return all
}

func (c *Clerk) uncompared(f Fact) Sentence {
	if f.Why.IsZero() {
		return c.sentence(c.say("uncompared", year(f.Year)), nil, f)
	}
	return c.sentence(end(capital(c.words.Note(f.Why))), nil, f)
}

// leaders name those in front.
func (c *Clerk) leaders(group string) []Sentence {
	places := of(c.facts, group, Place)
	if len(places) == 0 {
		return nil
	}
	var sentences []Sentence
	next := places
	for _, f := range of(c.facts, group, First, FirstTied) {
		key := "first"
		switch field := of(c.facts, group, Field); {
		case f.Kind == FirstTied:
			key = "first-tied"
		case field[0].Numbers[1].Equal(whole(1)):
			key = "first-alone" // who is ranked alone leads nobody
		}
		sentences = append(sentences, c.sentence(c.say(key, c.named(f.Agencies), c.totalWords(f.Numbers[0])), nil, f))
		next = places[len(f.Agencies):]
	}
	switch {
	case len(sentences) == 0:
		sentences = append(sentences, c.sentence(c.say("leaders", told(next, c.place)), nil, next...))
	case len(next) > 0:
		sentences = append(sentences, c.sentence(c.say("next", told(next, c.place)), nil, next...))
	}
	for _, f := range of(c.facts, group, KeptLead) {
		key := "kept"
		if len(f.Agencies) == 1 {
			key = "kept-one"
		}
		sentences = append(sentences, c.sentence(c.say(key, year(f.Year), f.Numbers[0]), nil, f))
	}
	return sentences
}

// place says an agency with its total and rank.
func (c *Clerk) place(f Fact) string {
	key := "place"
	if f.Tied {
		key = "place-tied"
	}
	return c.say(key, c.names[f.Agencies[0]], c.totalWords(f.Numbers[1]), f.Numbers[0])
}

// climbs say who moved up furthest; the items are a list below the sentences.
func (c *Clerk) climbs(group string) (sentences, items []Sentence) {
	moves := of(c.facts, group, Move)
	if most := of(c.facts, group, MostClimbed); len(moves) == 1 && len(most) == 1 && moves[0].Why.IsZero() {
		return []Sentence{c.climbedAlone(most[0], moves[0])}, nil
	}
	for _, f := range of(c.facts, group, MostClimbed) {
		sentences = append(sentences, c.sentence(c.say("most", c.named(f.Agencies), f.Numbers[0], year(f.Year)), nil, f))
	}
	for _, f := range of(c.facts, group, MostClimbedTied) {
		sentences = append(sentences, c.sentence(c.say("most-tied", c.named(f.Agencies), f.Numbers[0], year(f.Year)), nil, f))
	}
	for _, f := range of(c.facts, group, Climbs) {
		if len(f.Agencies) == 1 {
			continue // it is the one that the sentence before names
		}
		sentences = append(sentences, c.sentence(c.say("climbs", f.Numbers[1], f.Numbers[0]), nil, f))
	}
	for i, f := range moves {
		stop := ";"
		if i == len(moves)-1 {
			stop = "."
		}
		items = append(items, c.sentence(c.move(f)+stop, nil, f))
	}
	return sentences, items
}

// climbedAlone says of the only agency that climbed far from where to where it did.
func (c *Clerk) climbedAlone(most, move Fact) Sentence {
	key := "most-alone"
	if move.Tied {
		key = "most-alone-tied"
	}
	n := move.Numbers
	return c.sentence(c.say(key, c.named(most.Agencies), n[4], year(most.Year), n[0], n[1], n[2], n[3]), nil, most, move)
}

// move says how an agency's rank moved.
func (c *Clerk) move(f Fact) string {
	key := "move"
	if f.Tied {
		key = "move-tied"
	}
	n := f.Numbers
	words := c.say(key, c.names[f.Agencies[0]], n[0], n[1], n[2], n[3], n[4])
	if note := c.words.Note(f.Why); note != "" {
		words += " – " + note
	}
	return words
}

// means say the group's mean and those of its pillars; the items are a list below the sentences.
func (c *Clerk) means(group string) (sentences, items []Sentence) {
	then := of(c.facts, group, MeanThen)
	for _, f := range of(c.facts, group, Mean) {
		words := c.say("mean", c.totalWords(f.Numbers[0]), c.words.Plain(f.Numbers[1]))
		for _, t := range then {
			words = c.say("mean-then", year(t.Year), c.totalWords(t.Numbers[1]), c.say("trend-"+t.Trend.String()), c.totalWords(f.Numbers[0]), c.words.Plain(f.Numbers[1]))
		}
		sentences = append(sentences, c.sentence(words, nil, append([]Fact{f}, then...)...))
	}
	for _, f := range of(c.facts, group, PillarsMoved) {
		sentences = append(sentences, c.pillarsMoved(f))
	}
	for _, f := range of(c.facts, group, PillarMean) {
		words := c.say("pillar", c.pillarName(f.ID), c.pillarWords(f.Numbers[0]), c.words.Plain(f.Numbers[1]),
			c.say("trend-"+f.Trend.String()), year(f.Year), c.pillarWords(f.Numbers[2]))
		items = append(items, c.sentence(words, nil, f))
	}
	alone := of(c.facts, group, PillarAlone)
	for _, f := range alone {
		key := "pillar-alone"
		if f.Year != 0 {
			key = "pillar-uncompared"
		}
		words := c.say(key, c.pillarName(f.ID), c.pillarWords(f.Numbers[0]), c.words.Plain(f.Numbers[1]), year(f.Year))
		items = append(items, c.sentence(words, nil, f))
	}
	return sentences, items
}

// pillarsMoved says in which direction the means moved: all of them, most, or some up and some down.
func (c *Clerk) pillarsMoved(f Fact) Sentence {
	all, up, down, same := f.Numbers[0], f.Numbers[1], f.Numbers[2], f.Numbers[3]
	two, then := whole(2), year(f.Year)
	part := func(key string, n decimal.Decimal) string {
		if n.IsZero() {
			return ""
		}
		return c.say("pillars-"+key, n)
	}
	rising, falling, still := part("up", up), part("down", down), part("same", same)
	words := c.say("pillars-mixed", then, all, joined(rising, falling, still))
	switch {
	case up.Equal(all):
		words = c.say("pillars-all-up", then, all)
	case down.Equal(all):
		words = c.say("pillars-all-down", then, all)
	case up.Mul(two).GreaterThan(all):
		words = c.say("pillars-most-up", then, all, up, joined(falling, still))
	case down.Mul(two).GreaterThan(all):
		words = c.say("pillars-most-down", then, all, down, joined(rising, still))
	}
	return c.sentence(words, nil, f)
}

// joined are the parts that say something, one after the other.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// lowest name those of the lowest rating, and the parent that they share.
func (c *Clerk) lowest(group string) []Sentence {
	var sentences []Sentence
	weak := of(c.facts, group, Lowest)
	for _, f := range weak {
		who := c.list(f.Agencies)
		if len(f.Agencies) >= crowd {
			who = c.named(f.Agencies)
		}
		sentences = append(sentences, c.sentence(c.say("lowest", c.rating(f.ID), who), nil, f))
	}
	for _, f := range of(c.facts, group, Parent) {
		words := c.say("parent", c.parent(f.ID), f.Numbers[0], f.Numbers[1], c.named(f.Agencies))
		switch {
		case f.Numbers[1].Equal(whole(2)):
			words = c.say("parent-both", c.parent(f.ID))
		case f.Numbers[0].Equal(f.Numbers[1]):
			words = c.say("parent-all", c.parent(f.ID), f.Numbers[0])
		}
		sentences = append(sentences, c.sentence(words, nil, f))
	}
	for _, f := range weak {
		sentences = append(sentences, Sentence{Text: c.say("improve", f.Numbers[0])})
	}
	return sentences
}

// commended names who is proposed; the items are a list below the sentence.
func (c *Clerk) commended() (sentences, items []Sentence) {
	for _, f := range of(c.facts, "", CommendedAll) {
		key := "commend"
		if f.Numbers[0].IsZero() {
			key = "commend-zero"
		}
		sentences = append(sentences, c.sentence(c.say(key, f.Numbers[0]), nil, f))
	}
	for _, g := range c.ranking.Groups {
		by := of(c.facts, g.Group.ID, CommendRule)
		for i, f := range of(c.facts, g.Group.ID, Commended) {
			who := c.list(f.Agencies)
			if who == "" {
				who = c.say("commend-none")
			}
			rule := c.commendRule(by[i])
			items = append(items, c.sentence(c.say("commend-group", c.group(f.Group), rule, who), nil, f, by[i]))
		}
		for _, f := range of(c.facts, g.Group.ID, CommendedTied) {
			items = append(items, c.sentence(c.say("commend-tied", f.Numbers[1], f.Numbers[0], c.named(f.Agencies)), nil, f))
		}
	}
	return sentences, items
}

// commendRule says whom the rule proposes of a group.
func (c *Clerk) commendRule(f Fact) string {
	key := "commend-rule"
	if f.Numbers[0].Equal(whole(1)) {
		key = "commend-first"
	}
	if f.ID != "" {
		key += "-rated"
	}
	return c.say(key, f.Numbers[0], c.rating(f.ID))
}

// unranked name the agencies that are not ranked, with the reason.
func (c *Clerk) unranked() []Sentence {
	var items []Sentence
	for _, g := range c.ranking.Groups {
		for _, f := range of(c.facts, g.Group.ID, Unranked) {
			items = append(items, c.sentence(c.say("unranked", c.names[f.Agencies[0]], end(c.words.Note(f.Why))), nil, f))
		}
	}
	return items
}

// method says what the ranking is made of; the items are a list below the sentences.
func (c *Clerk) method() (sentences, items []Sentence) {
	title := c.text(c.set.Title)
	for _, f := range of(c.facts, "", Method) {
		key := "method"
		if f.Numbers[1].IsZero() {
			key = "method-flat" // indicators stand in no pillars
		}
		words := c.say(key, title, c.set.Version, f.Numbers[0], f.Numbers[1])
		ranks := "method-groups"
		if c.alone() {
			ranks = "method-one"
		}
		sentences = append(sentences, c.sentence(words, []string{title, c.set.Version}, f), Sentence{Text: c.say(ranks)})
	}
	for _, g := range c.ranking.Groups {
		for _, f := range of(c.facts, g.Group.ID, MethodGroup) {
			items = append(items, c.sentence(c.say("method-group", c.group(f.Group), f.Numbers[0], c.words.Plain(f.Numbers[1])), nil, f))
		}
	}
	return sentences, items
}
