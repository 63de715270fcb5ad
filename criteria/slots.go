package criteria

import "cmp"

// A Key names one input: of an indicator, or a figure (Indicator is FiguresID).
type Key struct {
	Indicator, Input string
}

// String is the header of a wide table: INDICATOR.input or figures.staff.
func (k Key) String() string { return k.Indicator + "." + k.Input }

// Compare orders keys by indicator, then input.
func (k Key) Compare(l Key) int {
	return cmp.Or(cmp.Compare(k.Indicator, l.Indicator), cmp.Compare(k.Input, l.Input))
}

// Slots number the inputs of a set: figures first, then those of the indicators in the set's order. Answers of ten
// thousand agencies lie in slots, so that none of them holds the names again.
type Slots struct {
	at   map[Key]int
	keys []Key
}

// Slots are the set's; a set that Load returned has them made once.
func (s *Set) Slots() *Slots {
	if s.slots != nil {
		return s.slots
	}
	return number(s)
}

func number(s *Set) *Slots {
	var keys []Key
	add := func(indicator string, inputs []Input) {
		for _, in := range inputs {
			keys = append(keys, Key{indicator, in.ID})
		}
	}
	add(FiguresID, s.Figures)
	for ind := range s.Root.AllIndicators() {
		add(ind.ID, ind.Inputs)
	}
	return SlotsOf(keys)
}

// SlotsOf numbers inputs in the order given.
func SlotsOf(keys []Key) *Slots {
	slots := &Slots{at: make(map[Key]int, len(keys)), keys: keys}
	for i, k := range keys {
		slots.at[k] = i
	}
	return slots
}

// Of is the slot of an input; ok is false where the set has no such input.
func (s *Slots) Of(k Key) (slot int, ok bool) {
	slot, ok = s.at[k]
	return slot, ok
}

// Keys lists the inputs by slot. It must not be changed.
func (s *Slots) Keys() []Key { return s.keys }
