package importers_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/importers"
)

func TestFolders(t *testing.T) {
	tests := map[string]struct {
		settings string
		files    []string
		sent     string
		read     []string
	}{
		"named":               {"submissions: bài-gửi/\nreviews: ./thẩm-định\n", []string{"bài-gửi/a.xlsx", "thẩm-định/b.csv"}, "bài-gửi", []string{"bài-gửi", "thẩm-định"}},
		"by their usual name": {"", []string{"submissions/a.xlsx", "reviews/b.csv"}, "submissions", []string{"submissions", "reviews"}},
		"of tables":           {"agencies: lists/a.csv\ndata: [data/x/d.csv, data/x/e.csv, f.csv]\n", []string{"lists/a.csv"}, "submissions", []string{"submissions", "reviews", "lists", "data/x"}},
		"a table instead":     {"submissions: all.csv\nreviews: r/all.csv\n", []string{"all.csv", "r/all.csv"}, "", []string{"r"}},
		"not there yet":       {"", nil, "submissions", []string{"submissions", "reviews"}},
		"faulty settings":     {"year: many\nsubmissions: sent\n", []string{"sent/a.csv"}, "sent", []string{"sent", "reviews"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range append(test.files, "round.yaml") {
				at := filepath.Join(dir, filepath.FromSlash(file))
				require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
				require.NoError(t, os.WriteFile(at, []byte("id: r\n"+test.settings), 0o644))
			}
			sent, read, err := importers.Folders(dir)
			require.NoError(t, err)
			assert.Equal(t, test.sent, sent)
			assert.Equal(t, test.read, read)
		})
	}
	_, _, err := importers.Folders(t.TempDir())
	require.ErrorIs(t, err, os.ErrNotExist)
}
