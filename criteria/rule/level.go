package rule

// A Level is an answer that a rule tells apart from the others, with what it earns.
type Level struct {
	Share Fraction // of the points, as Judgement.Share
	Words Note     // what it takes
}

// A Levelled judge tells few answers apart, one better than the other: the options of a choice, the ticks of a checklist,
// steps, yes and no, and sums of those. Judges of what grows bit by bit, such as a ratio, have no levels.
type Levelled interface {
	Judge
	// Next is the level above the answer: the one that earns least of all that earn more; of a list of ticks one more, the
	// one that brings most. A missing answer earns 0 and stands below all that earn more. ok is false where nothing earns
	// more, and where the answer cannot be judged or does not apply.
	Next(in Inputs) (next Level, ok bool)
}

// standing is the share from which the next level counts; ok is false where there is none.
func (j Judgement) standing() (share Fraction, ok bool) {
	switch j.Status {
	case Scored:
		return j.Share, true
	case Missing:
		return Fraction{}, true
	default:
		return Fraction{}, false
	}
}
