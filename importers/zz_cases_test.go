package importers_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers"
)

func TestZZCases(t *testing.T) {
	dirs, _ := filepath.Glob("/work/shared/cases/*/round.yaml")
	l := locale.MustFor("en")
	for _, d := range dirs {
		r, err := importers.Open(filepath.Dir(d))
		if err != nil {
			if ps, ok := err.(diag.Problems); ok {
				for _, p := range ps {
					fmt.Println("ERR", l.Problem(p))
				}
			}
			fmt.Println(d, "ERR")
			continue
		}
		n := 0
		for _, s := range r.Submissions {
			n += len(s.Answers)
		}
		fmt.Println(d, len(r.Agencies), len(r.Submissions), n, len(r.Decisions), len(r.Problems), r.Previous)
		for i, p := range r.Problems {
			if i < 3 {
				fmt.Println("   ", l.Problem(p), p)
			}
		}
	}
}
