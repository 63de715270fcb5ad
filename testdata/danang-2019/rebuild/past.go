package main

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// writePast answers, ranks and writes the round of 2018: its set and its results.
func writePast(dir string, set2019 *criteria.Set, text string) error {
	set, err := criteria.Load("2018/criteria.yaml", []byte(text))
	if err != nil {
		return err
	}
	ids := map[string]string{}
	for ind := range set2019.Root.AllIndicators() {
		ids[ind.From.ID] = ind.ID
	}
	all, err := answerAll(set, ids, 2018)
	if err != nil {
		return err
	}
	round := &submission.Round{
		ID: "danang-2018", Year: 2018, From: "2018-01-01", To: "2018-12-31", Set: set,
		Title: criteria.Text{
			"vi": "Xếp hạng ứng dụng công nghệ thông tin thành phố Đà Nẵng năm 2018 (dựng lại)",
			"en": "Ranking of information-technology application in Da Nang 2018 (reconstruction)",
		},
		Submissions: map[string]submission.Submission{},
		Release:     submission.Release{Status: submission.Final, Revision: 1},
	}
	for _, a := range all {
		round.Agencies = append(round.Agencies, a.listed())
		round.Submissions[a.code] = a.submission()
	}
	var out bytes.Buffer
	if err := history.Encode(&out, scoring.Rank(round), history.Comparison{}, history.Options{Engine: "dti rebuild"}); err != nil {
		return err
	}
	if err := write(filepath.Join(dir, "2018", "criteria.yaml"), []byte(text)); err != nil {
		return err
	}
	return write(filepath.Join(dir, "2018", "results.json"), out.Bytes())
}

// listed is the agency as a round lists it.
func (a answered) listed() submission.Agency {
	one := submission.Agency{
		Code: a.code, Name: criteria.Text{"vi": a.vi, "en": a.en}, Group: a.group, Parent: a.parent,
	}
	if t := a.tags(); t != "" {
		one.Tags = []string{t}
	}
	return one
}

// submission is the agency's final answers, without evidence.
func (a answered) submission() submission.Submission {
	s := submission.Submission{Agency: a.code, Sent: true, Answers: submission.NewAnswers(a.set)}
	put := func(indicator string, v values) {
		for input, value := range v {
			s.Answers.Put(submission.Key{Indicator: indicator, Input: input}, submission.Answer{Value: value})
		}
	}
	put(criteria.FiguresID, a.figures)
	for _, questions := range a.sheet.questions {
		for _, q := range questions {
			put(q.ind.ID, q.chosen.values)
		}
	}
	for id, v := range a.extra {
		put(id, v)
	}
	return s
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
