package reports

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLies(t *testing.T) {
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	for name, test := range map[string]struct {
		path, folder string
		want         bool
	}{
		"the same":         {"a", "a", true},
		"below":            {"a/b/c", "a", true},
		"another case":     {"A/b", "a", true},
		"above":            {"a", "a/b", false},
		"beside":           {"ab", "a", false},
		"beside and below": {"b/a", "a", false},
		"the parent":       {".", "a", false},
		"in the parent":    {"a", ".", true},
	} {
		assert.Equal(t, test.want, lies(at(test.path), at(test.folder)), name)
	}
}
