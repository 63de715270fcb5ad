// Package par does pieces of work side by side that do not depend on each other.
package par

import (
	"runtime"
	"sync"
)

// Each calls do once for every number from 0 below n, as many at a time as there are processors, and returns when all
// calls have. What a call writes, no other may read or write.
func Each(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}
