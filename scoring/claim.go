package scoring

// Claim is an agency with its answers before review and without what was decided beside them; ok is false where no agency
// has the code.
func (r *Ranking) Claim(code string) (claim Entrant, ok bool) {
	e, ok := r.finals[code]
	if !ok {
		return Entrant{}, false
	}
	claim, _ = r.claim(e)
	claim.Submission.Adjustments = nil
	return claim, true
}

// Scale is what the ranking was scored with, fitted to the final answers of the ranked agencies.
func (r *Ranking) Scale() Scale { return r.scale }
