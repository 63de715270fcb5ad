package diag

// Nearest returns the known name closest to an unknown one, for "did you mean"; "" where none is near.
// Near means fewer changed letters than a third of the name, at least one and at most three.
func Nearest(name string, known []string) string {
	limit := min(max((len([]rune(name))+2)/3, 1), 3)
	best, distance := "", limit+1
	for _, k := range known {
		if d := changes([]rune(name), []rune(k)); d < distance {
			best, distance = k, d
		}
	}
	return best
}

// changes counts the letters to insert, delete, replace or swap with their neighbour to turn a into b
// (optimal string alignment distance).
func changes(a, b []rune) int {
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(old[j]+1, row[j-1]+1, old[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
		older, old, row = old, row, older
	}
	return old[len(b)]
}
