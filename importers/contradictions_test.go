package importers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
)

// Answers that can be read one by one but not together are an error of the indicator, unless a decision awards points.
func TestContradictions(t *testing.T) {
	const table = "code,name,group,INF-1.computers,INF-1.staff\na,A,ward,5,0\nb,B,ward,many,0\nc,C,ward,5,\nd,D,ward,5,9\n"
	for name, test := range map[string]struct {
		reviews  string
		settled  bool
		stopping int
	}{
		"claimed":               {"", false, 2},
		"points by review":      {"a,INF-1,,review,set,,2,counted,T\n", true, 1},
		"rejected":              {"a,INF-1,,review,reject,,,counted,T\n", true, 1},
		"denominator mended":    {"a,INF-1,staff,review,set,4,,counted,T\n", true, 1},
		"other answer reviewed": {"a,INF-1,computers,review,set,4,,counted,T\n", false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			round := open(t, map[string]string{
				"round.yaml": roundYAML + "data: t.csv\nreviews: reviews\n", "t.csv": table,
				"reviews/r.csv": "agency,indicator,input,stage,decision,value,points,reason,reviewer\n" + test.reviews,
			})
			var found []diag.Problem
			for _, p := range round.Problems {
				if p.Kind == "answers-contradict" {
					found = append(found, p)
				}
			}
			if assert.Len(t, found, 1) {
				assert.Equal(t, "a", found[0].Agency)
				assert.Equal(t, test.settled, found[0].Settled)
				assert.Contains(t, locale.MustFor("en").Problem(found[0]), "/0: the denominator must be above 0. Correct the answers")
			}
			assert.Equal(t, test.stopping, round.Problems.Stopping())
		})
	}
}
