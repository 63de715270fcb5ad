package reports_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// announcedRound is a small round with names that must not become markup, a formula or a path.
func announcedRound(t *testing.T) *scoring.Ranking {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"round.yaml":    "id: r\nyear: 2026\ncriteria: criteria.yaml\ndata: table.csv\nrelease: {status: final}\n",
		"criteria.yaml": "schema: dti.criteria/v1\nid: small\nversion: \"1\"\ntitle: {vi: Nhỏ, en: Small}\nlanguages: [vi, en]\ngroups: {ward: {vi: Phường, en: Wards}}\nindicators: [{id: A, name: {vi: A, en: A}, points: 5, score: {kind: points}}]\n",
		"table.csv":     "code,name,group,A\nhoa-an,\"</w:t><script>alert(1)</script>\",ward,5\n../con,=HYPERLINK(1),ward,4\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	round, err := importers.Open(dir)
	require.NoError(t, err)
	require.Zero(t, round.Problems.Stopping(), "%v", round.Problems)
	return scoring.Rank(round)
}

// tree is every file of a folder with its content.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	}))
	return files
}

func TestAnnounce(t *testing.T) {
	ranking := announcedRound(t)
	parent := t.TempDir()
	dir := filepath.Join(parent, "a")
	done, err := reports.Announce(dir, reports.Announcement{Ranking: ranking})
	require.NoError(t, err)
	first := tree(t, dir)
	names := []string{
		"dti-announcement.json",
		"en/annex.docx", "en/annex.html", "en/annex.md", "en/announcement.docx", "en/announcement.html", "en/announcement.md",
		"en/letters/con-x.docx", "en/letters/con-x.html", "en/letters/hoa-an.docx", "en/letters/hoa-an.html",
		"vi/phu-luc.docx", "vi/phu-luc.html", "vi/phu-luc.md", "vi/thong-bao.docx", "vi/thong-bao.html", "vi/thong-bao.md",
		"vi/thu/con-x.docx", "vi/thu/con-x.html", "vi/thu/hoa-an.docx", "vi/thu/hoa-an.html",
	}
	var written []string
	for name, content := range first {
		written = append(written, name)
		assert.NotContains(t, content, "<script>", name)
	}
	assert.ElementsMatch(t, names, written)
	assert.Equal(t, reports.Announced{Files: len(names), First: "vi/thong-bao.docx"}, done)

	_, err = reports.Announce(dir, reports.Announcement{Ranking: ranking})
	require.NoError(t, err, "an earlier announcement is replaced")
	assert.Equal(t, first, tree(t, dir), "equal rounds give equal bytes")

	ranking.Round.Release.Status = submission.Draft
	_, err = reports.Announce(dir, reports.Announcement{Ranking: ranking})
	require.ErrorIs(t, err, reports.ErrDraftOverFinal)
	assert.Equal(t, first, tree(t, dir), "the folder is as it was")
	drafts := filepath.Join(parent, "b")
	require.NoError(t, os.Mkdir(drafts, 0o700))
	done, err = reports.Announce(drafts, reports.Announcement{Ranking: ranking})
	require.NoError(t, err, "an empty folder will do")
	assert.True(t, done.Draft)
	assert.Contains(t, tree(t, drafts), "vi/draft-thong-bao.md")
	assert.Contains(t, tree(t, drafts), "vi/thu/draft-hoa-an.docx")

	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, entries, 2, "nothing is left beside the folders")
}

func TestAnnounceLeavesOtherFoldersAlone(t *testing.T) {
	ranking := announcedRound(t)
	for name, content := range map[string]string{"letter.txt": "mine", "dti-announcement.json": "{}", "dti-site.json": `{"schema":"dti.site/v1"}`} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
		_, err := reports.Announce(dir, reports.Announcement{Ranking: ranking})
		require.ErrorIs(t, err, reports.ErrNotAnnouncement, name)
		assert.Equal(t, map[string]string{name: content}, tree(t, dir))
	}
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := reports.Announce(file, reports.Announcement{Ranking: ranking})
	assert.Error(t, err)
	assert.False(t, slices.Contains([]error{reports.ErrNotAnnouncement}, err))
}
