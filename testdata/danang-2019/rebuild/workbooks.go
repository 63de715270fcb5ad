package main

import (
	"bytes"
	"path/filepath"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring"
)

// writeWorkbook writes what an agency sent. The scale scores it as its form shows it.
func writeWorkbook(w *workbook.Writer, dir string, scale scoring.Scale, a answered, claims map[string]values) error {
	set := a.set
	s := a.claimed(claims)
	s.Filler, s.Approver = "Bộ phận công nghệ thông tin", "Lãnh đạo cơ quan"
	s.Evidence = a.evidence()
	var b bytes.Buffer
	err := w.Write(&b, workbook.Form{
		Set: set, Agency: a.listed(), Filled: s, Score: scale.Live(scoring.Entrant{Agency: a.listed(), Submission: s}),
		Round: workbook.Round{ID: round2019, Year: 2019, Title: criteria.Text{
			"vi": "Xếp hạng ứng dụng công nghệ thông tin thành phố Đà Nẵng năm 2019 (dựng lại)",
			"en": "Ranking of information-technology application in Da Nang 2019 (reconstruction)",
		}},
	})
	if err != nil {
		return err
	}
	return write(filepath.Join(dir, "submissions", a.code+".xlsx"), b.Bytes())
}
