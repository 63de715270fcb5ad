package reports

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
)

// publicAgency is what a correction compares of one agency in data.json.
type publicAgency struct {
	Code   string      `json:"code"`
	Status string      `json:"status"`
	Score  json.Number `json:"score"`
	Rank   int         `json:"rank"`
	Tied   bool        `json:"tied"`
	Rating string      `json:"rating"`
}

// published is what one revision said of every agency.
type published map[string]view.Published

// readPublished reads the data.json of an earlier revision; nil where it is not there any more.
func readPublished(root string, r revision) (published, error) {
	i := slices.IndexFunc(r.Files, func(f file) bool { return view.FileKind(f.Kind) == view.DataJSON })
	if i < 0 {
		return nil, nil
	}
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(r.Files[i].Path)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var wire struct {
		Agencies []publicAgency `json:"agencies"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return nil, err
	}
	said := published{}
	for _, a := range wire.Agencies {
		score, err := decimal.NewFromString(a.Score.String())
		if err != nil {
			return nil, err
		}
		said[a.Code] = view.Published{Listed: true, Ranked: a.Status == "ranked", Score: score, Rank: a.Rank, Tied: a.Tied, Rating: a.Rating}
	}
	return said, nil
}

// saying is what a ranking says of every agency.
func saying(ranking *scoring.Ranking) published {
	said := published{}
	for _, g := range ranking.Groups {
		for _, s := range g.Standings {
			said[s.Agency.Code] = view.Published{Listed: true, Ranked: s.Ranked, Score: s.Score, Rank: s.Rank, Tied: s.Tied, Rating: s.Rating}
		}
	}
	return said
}

// changes lists the agencies of which two revisions say different things, by code.
func changes(number int, before, after published) []view.Revised {
	if before == nil {
		return nil
	}
	var codes []string
	for code := range before {
		codes = append(codes, code)
	}
	for code := range after {
		if _, ok := before[code]; !ok {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	var changed []view.Revised
	for _, code := range codes {
		if b, a := before[code], after[code]; !same(a, b) {
			changed = append(changed, view.Revised{Agency: code, Revision: number, Before: b, After: a})
		}
	}
	return changed
}

func same(a, b view.Published) bool {
	return a.Listed == b.Listed && a.Ranked == b.Ranked && a.Rank == b.Rank && a.Tied == b.Tied && a.Rating == b.Rating && a.Score.Equal(b.Score)
}

// revised walks the published revisions and the new one, and lists what each of them changed.
func revised(root string, old edition, now published, number int) ([]view.Revised, error) {
	var all []view.Revised
	var before published
	for _, r := range old.Revisions {
		if r.Revision >= number {
			break
		}
		said, err := readPublished(root, r)
		if err != nil {
			return nil, err
		}
		all = append(all, changes(r.Revision, before, said)...)
		before = said
	}
	return append(all, changes(number, before, now)...), nil
}
