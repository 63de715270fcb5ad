package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

const round2019 = "danang-2019"

// writeRound writes everything that agencies, reviewers and the survey hand in.
func writeRound(dir string, set *criteria.Set, all []answered) error {
	if err := os.RemoveAll(filepath.Join(dir, "submissions")); err != nil {
		return err
	}
	decisions, claims := review(all)
	var rows [][]string
	for _, d := range decisions {
		rows = append(rows, d.row())
	}
	tables := map[string][][]string{
		"agencies.csv":              agencyRows(all),
		"khao-sat.csv":              surveyRows(all),
		"reviews/reviews.csv":       append([][]string{reviewHeader}, rows...),
		"submissions/phuong-xa.csv": groupRows(set, all, claims, "ward"),
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if err := writeCSV(filepath.Join(dir, name), tables[name]); err != nil {
			return err
		}
	}
	forms, scale := workbook.NewWriter(), scoring.Fit(set, nil)
	for _, a := range all {
		if a.group == "ward" {
			continue
		}
		if err := writeWorkbook(forms, dir, scale, a, claims[a.code]); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(path string, rows [][]string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return write(path, b.Bytes())
}

func agencyRows(all []answered) [][]string {
	rows := [][]string{{"code", "name", "name.en", "group", "parent", "tags", "aliases"}}
	for _, a := range all {
		rows = append(rows, []string{a.code, a.vi, a.en, a.group, a.parent, a.tags(), a.aliases})
	}
	return rows
}

// surveyRows are the answers that citizens gave, not the agencies.
func surveyRows(all []answered) [][]string {
	rows := [][]string{{"code", "UD-12"}}
	for _, a := range all {
		if !a.noProcedures {
			rows = append(rows, []string{a.code, written(a.final("UD-12"))})
		}
	}
	return rows
}

// groupRows is the one wide table of an agency group.
func groupRows(set *criteria.Set, all []answered, claims map[string]map[string]values, group string) [][]string {
	keys, header := columns(set, group)
	rows := [][]string{header}
	for _, a := range all {
		if a.group != group {
			continue
		}
		claimed := a.claimed(claims[a.code])
		row := []string{a.code, a.vi}
		for _, k := range keys {
			cell := written(claimed.Answers.At(k).Value)
			if a.code == slipAgency && k.Indicator == slipIndicator {
				cell += " lượt"
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

func columns(set *criteria.Set, group string) (keys []submission.Key, header []string) {
	header = []string{"code", "name"}
	for _, f := range set.Figures {
		k := submission.Key{Indicator: criteria.FiguresID, Input: f.ID}
		keys, header = append(keys, k), append(header, k.String())
	}
	for ind := range set.Root.AllIndicators() {
		if !ind.Concerns(group) {
			continue
		}
		for _, in := range ind.Inputs {
			if in.By != criteria.ByAgency {
				continue
			}
			k := submission.Key{Indicator: ind.ID, Input: in.ID}
			keys = append(keys, k)
			if len(ind.Inputs) == 1 {
				header = append(header, ind.ID)
			} else {
				header = append(header, k.String())
			}
		}
	}
	return keys, header
}

// claimed is the submission with the claims instead of the final answers, without what the survey answers.
func (a answered) claimed(claims map[string]values) submission.Submission {
	s := a.submission()
	for indicator, v := range claims {
		for input, value := range v {
			s.Answers.Put(submission.Key{Indicator: indicator, Input: input}, submission.Answer{Value: value})
		}
	}
	for k := range s.Answers.All() {
		if k.Indicator == "UD-12" {
			s.Answers.Drop(k)
		}
	}
	return s
}

// evidence are the documents behind the answers, one to an indicator; some agencies forgot some of them.
func (a answered) evidence() map[string][]submission.Evidence {
	rng := seeded(a.code+" evidence", 2019)
	out := map[string][]submission.Evidence{}
	for _, questions := range a.sheet.questions {
		for _, q := range questions {
			hint := q.ind.Evidence.Hint["vi"]
			no, month, day := 10+rng.IntN(480), 1+rng.IntN(12), 1+rng.IntN(28)
			answer := q.chosen.values[q.ind.Inputs[0].ID]
			if yes, ok := answer.Yes(); hint == "" || ok && !yes || answer.IsNotApplicable() || rng.Float64() < 0.04 {
				continue
			}
			out[q.ind.ID] = []submission.Evidence{{Text: fmt.Sprintf("%d/BC - %02d/%02d/2019 - %s", no, day, month, hint)}}
		}
	}
	return out
}
