package view

// reading says how the numbers are made that pages show besides points, totals and ranks.
func (e *Edition) reading() []Fact {
	var facts []Fact
	add := func(key string, args ...any) {
		facts = append(facts, Fact{Term: e.say("reading-"+key, args...), Words: e.say("reading-"+key+"-words", args...)})
	}
	add("mean")
	add("median")
	add("quartiles")
	add("percent")
	add("gap")
	if e.cmp.Year != 0 {
		add("movement", e.past())
	}
	add("level")
	return facts
}
