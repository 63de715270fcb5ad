package criteria

// Ancestors says from which indicator of the earlier edition each indicator comes, by its id: the one that its `from`
// names, else the one of the same id, unless another indicator comes from that one. A new indicator is not among them.
// Two indicators may come from one.
func (s *Set) Ancestors() map[string]Lineage {
	taken := map[string]bool{}
	for ind := range s.Root.AllIndicators() {
		taken[ind.From.ID] = true
	}
	ancestors := map[string]Lineage{}
	for ind := range s.Root.AllIndicators() {
		switch {
		case ind.From.ID != "":
			ancestors[ind.ID] = ind.From
		case !taken[ind.ID]:
			ancestors[ind.ID] = Lineage{ID: ind.ID, Comparable: true}
		}
	}
	return ancestors
}
