package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// markerName is the file by which a folder is known as a site that dti wrote; it lists the editions.
const markerName = "dti-site.json"

const siteSchema = "dti.site/v1"

// ErrNotSite says that a folder holds something that dti did not write.
var ErrNotSite = errors.New("the folder is neither empty nor a site that dti wrote")

// ErrDraftOverFinal says that a draft would overwrite published final results.
var ErrDraftOverFinal = errors.New("a draft does not overwrite final results")

// A NeedsCorrection error says that final results changed and round.yaml does not say why.
type NeedsCorrection struct {
	Round string
	Was   int // revision that is published
}

func (e NeedsCorrection) Error() string {
	return fmt.Sprintf("results of round %s changed since revision %d and no correction says why", e.Round, e.Was)
}

// A site is the marker of a published folder.
type site struct {
	Schema   string    `json:"schema"`
	Editions []edition `json:"editions"`
}

// An edition is one published round.
type edition struct {
	Round     string        `json:"round"`
	Title     criteria.Text `json:"title"`
	Year      int           `json:"year"`
	Status    string        `json:"status"`
	Date      rule.Date     `json:"date,omitempty"`
	Revision  int           `json:"revision"`
	Ranked    int           `json:"ranked"`
	Languages []string      `json:"languages"`
	// Data is the SHA-256 of what was published, release and program left out: equal where no figure changed.
	Data string `json:"data"`
	// Revisions are all published revisions, oldest first, each with its data files.
	Revisions []revision `json:"revisions"`
}

// A revision is one published state of an edition.
type revision struct {
	Revision int    `json:"revision"`
	Files    []file `json:"files"`
}

// A file is one data file of a revision.
type file struct {
	Path   string `json:"path"` // from the site's root
	Kind   int    `json:"kind"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// A RoundsAlike error says that another round of the site has the folder that this one would have.
type RoundsAlike struct{ Round, Other string }

func (e RoundsAlike) Error() string {
	return fmt.Sprintf("the rounds %s and %s would have the same folder", e.Round, e.Other)
}

// apart holds that no other round of the site has the folder of this one: names of files do not differ by case.
func (s site) apart(round string) error {
	for _, e := range s.Editions {
		if e.Round != round && view.FileName(e.Round, nil) == view.FileName(round, nil) {
			return RoundsAlike{Round: round, Other: e.Round}
		}
	}
	return nil
}

func statusOf(name string) submission.Status {
	for _, s := range []submission.Status{submission.Draft, submission.Provisional, submission.Final} {
		if s.String() == name {
			return s
		}
	}
	return submission.Draft
}

// readSite reads the marker of a folder. An absent or empty folder is a site without editions.
func readSite(dir string) (site, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return site{Schema: siteSchema}, nil
	}
	if err != nil {
		return site{}, err
	}
	data, err := os.ReadFile(filepath.Join(dir, markerName))
	if err != nil {
		return site{}, ErrNotSite
	}
	var s site
	if err := json.Unmarshal(data, &s); err != nil || s.Schema != siteSchema {
		return site{}, ErrNotSite
	}
	return s, nil
}

// edition finds the edition of a round.
func (s site) edition(round string) (edition, bool) {
	i := slices.IndexFunc(s.Editions, func(e edition) bool { return e.Round == round })
	if i < 0 {
		return edition{}, false
	}
	return s.Editions[i], true
}

// with is the site with an edition added or replaced; editions keep the order of their rounds' ids.
func (s site) with(e edition) site {
	editions := slices.DeleteFunc(slices.Clone(s.Editions), func(old edition) bool { return old.Round == e.Round })
	editions = append(editions, e)
	slices.SortFunc(editions, func(a, b edition) int {
		if a.Year != b.Year {
			return a.Year - b.Year
		}
		if a.Round < b.Round {
			return -1
		}
		return 1
	})
	return site{Schema: siteSchema, Editions: editions}
}

// draftsOnly reports whether nothing of the site is to be found: it holds drafts and no results.
func (s site) draftsOnly() bool {
	return !slices.ContainsFunc(s.Editions, func(e edition) bool { return statusOf(e.Status) != submission.Draft })
}

// languages are all languages of the site: those of the newest edition first.
func (s site) languages() []string {
	var all []string
	for _, e := range slices.Backward(s.Editions) {
		for _, lang := range e.Languages {
			if !slices.Contains(all, lang) {
				all = append(all, lang)
			}
		}
	}
	return all
}
