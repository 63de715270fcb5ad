package submission_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/scoring/submission"
)

func TestLanguagesInOrder(t *testing.T) {
	for name, test := range map[string]struct{ named, langs, want []string }{
		"none named":       {nil, []string{"vi", "en"}, []string{"vi", "en"}},
		"the second first": {[]string{"en"}, []string{"vi", "en", "fr"}, []string{"en", "vi", "fr"}},
		"all":              {[]string{"fr", "en", "vi"}, []string{"vi", "en", "fr"}, []string{"fr", "en", "vi"}},
		"without words":    {[]string{"fr", "en"}, []string{"vi", "en"}, []string{"en", "vi"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, submission.Publication{Languages: test.named}.InOrder(test.langs))
		})
	}
}
