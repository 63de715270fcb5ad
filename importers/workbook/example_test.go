package workbook_test

import (
	"bytes"
	"fmt"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// A form is written for one agency, filled in, and read by the ids that it hides.
func Example() {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{key("INF-1.computers"): rule.NumberOf(dec("38"))})
	var buf bytes.Buffer
	if err := workbook.Write(&buf, form); err != nil {
		fmt.Println(err)
		return
	}
	book, _ := sheet.OpenXLSX("any name.xlsx", buf.Bytes(), sheet.FormLimits())
	got, problems := workbook.Read(book, "any name.xlsx", workbook.Expect{
		Set: form.Set, Round: "dti-2025", Agencies: []submission.Agency{form.Agency}, Reader: answer.NewReader(form.Set),
	})
	computers := got.Answers.At(submission.Key{Indicator: "INF-1", Input: "computers"})
	n, _ := computers.Value.Number()
	fmt.Println(got.Agency, n, computers.Place, len(problems))
	// Output: so-tttt 38 any name.xlsx!Tự đánh giá!F6 0
}
