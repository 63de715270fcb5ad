package submission

// Late lists the penalties for submissions that were received after their last day, in the order of the agencies: of the
// calendar's penalties the last whose days are reached. Lateness is that of the file that counts. A round without a
// register of receipt knows of none.
func (c *Cycle) Late(agencies []Agency) []Adjustment {
	deadline, ok := c.Calendar.Milestone(Submitting)
	if !ok {
		return nil
	}
	counting := map[string]Receipt{}
	for _, r := range c.Receipts {
		if r.Counts {
			counting[r.Agency] = r
		}
	}
	var late []Adjustment
	for _, a := range agencies {
		r, received := counting[a.Code]
		if !received {
			continue
		}
		days := r.Received.DaysAfter(deadline.Last(a.Code))
		if penalty, ok := c.Calendar.Penalty(days); ok {
			late = append(late, Adjustment{Agency: a.Code, Points: penalty.Points, RatingCap: penalty.RatingCap, Late: days, Place: r.Place})
		}
	}
	return late
}

// Penalty is what so many days of delay cost: the last penalty that is reached; ok is false where they cost nothing.
func (c Calendar) Penalty(days int) (reached LatePenalty, ok bool) {
	for _, p := range c.Late {
		if days >= p.Days {
			reached, ok = p, true
		}
	}
	return reached, ok
}
