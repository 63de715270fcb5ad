package criteria

// TermNames lists the printed words that a set may put its own in place of, by their key in package locale (words:).
func TermNames() []string {
	return []string{
		"set", "pillar", "indicator", "input", "agency", "group", "round", "submission", "evidence", "review", "claimed",
		"final", "share", "rating", "rank", "score",
	}
}
