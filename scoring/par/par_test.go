package par_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/scoring/par"
)

func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		calls := make([]int, n)
		par.Each(n, func(i int) { calls[i]++ })
		for i, times := range calls {
			assert.Equal(t, 1, times, "%d of %d", i, n)
		}
	}
}
