package reports_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

func sum(data []byte) string {
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:])
}

// hashes is the hash of every file of a folder, by name.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		files[name[len(dir):]] = sum(data)
		return err
	})
	require.NoError(t, err)
	return files
}

func hidingIn(t *testing.T, site, hidden string) (reports.Done, error) {
	t.Helper()
	return reports.Publish(t.Context(), site, reports.Publication{Ranking: scoring.Rank(csvRound(t)), Engine: "dti 1.2.3", Confidential: hidden})
}

func TestPublishHides(t *testing.T) {
	root := t.TempDir()
	site, hidden := filepath.Join(root, "site"), filepath.Join(root, "hidden")
	done, err := hidingIn(t, site, hidden)
	require.NoError(t, err)
	first := hashes(t, hidden)
	assert.Len(t, first, done.Hidden)
	assert.Contains(t, first, filepath.FromSlash("/"+done.Dossier))
	info, err := os.Stat(hidden)
	require.NoError(t, err)
	assert.Zero(t, info.Mode().Perm()&0o077, "nobody else may enter")
	_, err = hidingIn(t, site, hidden)
	require.NoError(t, err, "an earlier one is replaced")
	assert.Equal(t, first, hashes(t, hidden), "by the same bytes")
	left, err := os.ReadDir(root)
	require.NoError(t, err)
	assert.Len(t, left, 2, "nothing is left beside")
	_, err = reports.Publish(t.Context(), filepath.Join(root, "open"), reports.Publication{Ranking: scoring.Rank(csvRound(t)), Engine: "dti 1.2.3"})
	require.NoError(t, err)
	assert.Equal(t, hashes(t, filepath.Join(root, "open")), hashes(t, site), "the site does not know of it")
}

// The confidential folder is refused wherever who uploads a site might upload it too.
func TestPublishRefusesToHideInASite(t *testing.T) {
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	_, err := hidingIn(t, at("site"), at("hidden"))
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(at("other"), 0o755))
	require.NoError(t, os.WriteFile(at("other/thesis.docx"), nil, 0o600))
	require.NoError(t, os.MkdirAll(at("marked"), 0o755))
	require.NoError(t, os.WriteFile(at("marked/dti-confidential.json"), []byte(`{"schema":"other"}`), 0o600))
	for name, to := range map[string]string{"to-site": "site", "to-deep": "site/vi", "to-hidden": "hidden"} {
		if err := os.Symlink(at(to), at(name)); err != nil {
			t.Skip("no links on this system")
		}
	}
	require.NoError(t, os.Symlink(root, at("site/out")))
	for name, test := range map[string]struct {
		site, hidden string
		want         error
	}{
		"the same folder":              {"site", "site", reports.ErrOverlap},
		"in the site":                  {"site", "site/hidden", reports.ErrOverlap},
		"in letters of another case":   {"new", "NEW/hidden", reports.ErrOverlap},
		"in a site that is to be":      {"new", "new/hidden", reports.ErrOverlap},
		"around the site":              {"hidden/site", "hidden", reports.ErrOverlap},
		"in another site":              {"new", "site/vi/hidden", reports.ErrOverlap},
		"by a link into the site":      {"site", "to-site/hidden", reports.ErrOverlap},
		"by a link deep into the site": {"site", "to-deep", reports.ErrOverlap},
		"by a link out of the site":    {"site", "site/out/hidden2", reports.ErrOverlap},
		"a site by a link":             {"to-site", "site/hidden", reports.ErrOverlap},
		"a site by a link into hidden": {"to-hidden/site", "hidden", reports.ErrOverlap},
		"what others wrote":            {"site", "other", reports.ErrNotConfidential},
		"a marker of others":           {"site", "marked", reports.ErrNotConfidential},
		"a site in what is hidden":     {"hidden", "new-hidden", reports.ErrNotSite},
	} {
		t.Run(name, func(t *testing.T) {
			before := hashes(t, root)
			_, err := hidingIn(t, at(test.site), at(test.hidden))
			require.ErrorIs(t, err, test.want)
			assert.Equal(t, before, hashes(t, root), "nothing is written")
		})
	}
}

// What fails on either side leaves both as they were.
func TestPublishHidesAllOrNothing(t *testing.T) {
	root := t.TempDir()
	site, hidden := filepath.Join(root, "site"), filepath.Join(root, "hidden")
	_, err := hidingIn(t, site, hidden)
	require.NoError(t, err)
	before := hashes(t, root)

	draft := csvRound(t)
	draft.Release.Status = submission.Draft
	_, err = reports.Publish(t.Context(), site, reports.Publication{Ranking: scoring.Rank(draft), Confidential: hidden})
	require.ErrorIs(t, err, reports.ErrDraftOverFinal)
	assert.Equal(t, before, hashes(t, root))

	ctx, stop := context.WithCancel(t.Context())
	pages := 0
	_, err = reports.Publish(ctx, site, reports.Publication{Ranking: scoring.Rank(csvRound(t)), Confidential: hidden, Progress: func() {
		if pages++; pages == 3 {
			stop()
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, before, hashes(t, root))

	require.NoError(t, os.WriteFile(filepath.Join(root, "file"), nil, 0o600))
	_, err = hidingIn(t, site, filepath.Join(root, "file", "hidden"))
	require.Error(t, err, "a folder cannot be made there")
	delete(before, "/file")
	after := hashes(t, root)
	delete(after, "/file")
	assert.Equal(t, before, after)
}
