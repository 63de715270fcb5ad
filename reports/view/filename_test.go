package view_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/reports/view"
)

func TestFileName(t *testing.T) {
	tests := map[string]struct{ name, want string }{
		"code":               {"so-tttt", "so-tttt"},
		"Vietnamese name":    {"Sở Thông tin và Truyền thông", "so-thong-tin-va-truyen-thong"},
		"đ has no diacritic": {"Đà Nẵng đô", "da-nang-do"},
		"decomposed letters": {"Sở", "so"},
		"code with points":   {"H17.03", "h17-03"},
		"reserved name":      {"CON", "con-x"},
		"reserved port":      {"lpt1", "lpt1-x"},
		"no port":            {"com10", "com10"},
		"climbing out":       {"../../etc/passwd", "etc-passwd"},
		"markup":             {"</script><script>", "script-script"},
		"nothing usable":     {"中文", "x"},
		"empty":              {"", "x"},
		"trailing point":     {"a. ", "a"},
		"long":               {strings.Repeat("ab", 100), strings.Repeat("ab", 40)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, view.FileName(tt.name, nil)) })
	}
}

func TestFileNamesDifferIgnoringCase(t *testing.T) {
	taken := map[string]bool{}
	assert.Equal(t, "a-1", view.FileName("A.1", taken))
	assert.Equal(t, "a-1-2", view.FileName("a-1", taken))
	assert.Equal(t, "a-1-2-2", view.FileName("a-1-2", taken))
}

func TestFileNamesAreSafe(t *testing.T) {
	safe := regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)
	rapid.Check(t, func(t *rapid.T) {
		taken := map[string]bool{}
		names := rapid.SliceOf(rapid.String()).Draw(t, "names")
		for _, n := range names {
			assert.Regexp(t, safe, view.FileName(n, taken))
		}
		assert.Len(t, taken, len(names), "every name once")
	})
}
