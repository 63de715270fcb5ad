package submission

import (
	"iter"
	"maps"
	"slices"

	"github.com/opendti/dti/criteria"
)

// A Key names one input: of an indicator, or a figure.
type Key = criteria.Key

// Answers are what was entered, by input. The zero Answers hold nothing and can hold nothing: NewAnswers makes room for
// the inputs of a set. Copies share what they hold; Clone makes them apart.
type Answers struct {
	slots *criteria.Slots
	list  []Answer // by slot; the zero Answer where nothing was entered
}

// NewAnswers makes room for the inputs of a set.
func NewAnswers(set *criteria.Set) Answers {
	slots := set.Slots()
	return Answers{slots: slots, list: make([]Answer, len(slots.Keys()))}
}

// At is the answer to an input; the zero Answer where there is none.
func (a Answers) At(k Key) Answer {
	if a.slots == nil {
		return Answer{}
	}
	slot, ok := a.slots.Of(k)
	if !ok {
		return Answer{}
	}
	return a.list[slot]
}

// AtSlot is At for an input whose slot in a set's numbering is known.
func (a Answers) AtSlot(slots *criteria.Slots, slot int) Answer {
	if a.slots != slots { // answers that were made without the set
		return a.At(slots.Keys()[slot])
	}
	return a.list[slot]
}

// Has reports whether something stands for an input, be it a blank cell with its place.
func (a Answers) Has(k Key) bool { return !a.At(k).absent() }

// Put enters an answer; ok is false where the set has no such input, and nothing is entered.
func (a Answers) Put(k Key, answer Answer) (ok bool) {
	if a.slots == nil {
		return false
	}
	slot, ok := a.slots.Of(k)
	if ok {
		a.list[slot] = answer
	}
	return ok
}

// Drop takes an answer out.
func (a Answers) Drop(k Key) { a.Put(k, Answer{}) }

// All walks the answers in the set's order.
func (a Answers) All() iter.Seq2[Key, Answer] {
	return func(yield func(Key, Answer) bool) {
		for slot, answer := range a.list {
			if !answer.absent() && !yield(a.slots.Keys()[slot], answer) {
				return
			}
		}
	}
}

// Len counts the answers.
func (a Answers) Len() int {
	n := 0
	for _, answer := range a.list {
		if !answer.absent() {
			n++
		}
	}
	return n
}

// Clone copies the answers.
func (a Answers) Clone() Answers { return Answers{slots: a.slots, list: slices.Clone(a.list)} }

// absent reports that nothing was entered, not even a blank cell.
func (a Answer) absent() bool { return a.Value.IsMissing() && a.Place.File == "" && a.Place.Row == 0 }

// AnswersOf are answers to inputs of a set; what the set does not have is left out. Without a set (nil) there is room for
// just what is entered.
func AnswersOf(set *criteria.Set, entered map[Key]Answer) Answers {
	a := Answers{slots: criteria.SlotsOf(slices.SortedFunc(maps.Keys(entered), Key.Compare))}
	if set != nil {
		a.slots = set.Slots()
	}
	a.list = make([]Answer, len(a.slots.Keys()))
	for k, answer := range entered {
		a.Put(k, answer)
	}
	return a
}
