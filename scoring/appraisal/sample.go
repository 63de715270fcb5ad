package appraisal

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/opendti/dti/scoring/submission"
)

// Sample draws n of the items that were reviewed for a second look; all of them where there are no more. Drawn are those
// whose SHA-256 over "SEED/AGENCY/INDICATOR" is lowest, so that everybody can check with any tool that nobody chose them.
// They come in the order of the items.
func Sample(round *submission.Round, n int, seed uint64) []submission.Item {
	missed := map[submission.Item]bool{}
	for _, item := range round.Unreviewed() {
		missed[item] = true
	}
	items := slices.DeleteFunc(round.ReviewItems(), func(i submission.Item) bool { return missed[i] })
	if n >= len(items) {
		return items
	}
	lots := make([]lot, len(items))
	for i, item := range items {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d/%s/%s", seed, item.Agency, item.Indicator.ID))
		lots[i] = lot{i, sum[:]}
	}
	slices.SortFunc(lots, func(a, b lot) int { return cmp.Or(bytes.Compare(a.sum, b.sum), a.at-b.at) })
	drawn := lots[:max(n, 0)]
	slices.SortFunc(drawn, func(a, b lot) int { return a.at - b.at })
	sample := make([]submission.Item, len(drawn))
	for i, l := range drawn {
		sample[i] = items[l.at]
	}
	return sample
}

// A lot is an item's place in the draw.
type lot struct {
	at  int // of the items
	sum []byte
}
