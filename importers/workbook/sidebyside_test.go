package workbook_test

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// The forms of a round are written, read, scored and annotated by several goroutines at once, each with a Writer of its
// own, all with one set. Each gets what one alone gets.
func TestSideBySide(t *testing.T) {
	forms := []workbook.Form{exampleForm(), exampleForm()}
	forms[0].Set = starterSet(t)
	forms[1].Filled = filled(map[submission.Key]rule.Value{
		key("INF-1.computers"): rule.NumberOf(dec("38")), key("INF-2.value"): rule.NumberOf(dec("45")), key("APP-1.value"): rule.NotApplicableValue(),
	})
	for i, lang := range []string{"vi", "en"} {
		forms[i].Lang = lang
		forms = append(forms, forms[i])
	}
	type outcome struct {
		written, annotated []byte
		read               submission.Submission
		problems           diag.Problems
	}
	work := func(w *workbook.Writer, form workbook.Form) outcome {
		var o outcome
		var buf bytes.Buffer
		assert.NoError(t, w.Write(&buf, scored(form)))
		o.written = buf.Bytes()
		b, problems := sheet.OpenXLSX(file, o.written, sheet.FormLimits())
		assert.Empty(t, problems)
		o.read, o.problems = workbook.Read(b, file, expect(form))
		more := append(slices.Clone(o.problems), diag.Problem{Place: diag.Place{File: file}, Kind: "form-set-changed", Args: []any{"x"}, Severity: diag.Warning, Agency: form.Agency.Code})
		annotated, err := workbook.Annotate(workbook.Sent{Name: file, Data: o.written, Expect: expect(form), Problems: more})
		assert.NoError(t, err)
		o.annotated = annotated.Data
		return o
	}
	var alone []outcome
	for _, form := range forms {
		alone = append(alone, work(workbook.NewWriter(), form))
	}
	var workers sync.WaitGroup
	for n := range 3 {
		workers.Go(func() {
			w := workbook.NewWriter()
			for i := range forms {
				at := (i + n) % len(forms)
				got, want := work(w, forms[at]), alone[at]
				assert.True(t, bytes.Equal(want.written, got.written), "form %d", at)
				assert.True(t, bytes.Equal(want.annotated, got.annotated), "form %d", at)
				assert.Equal(t, kinds(want.problems), kinds(got.problems), "form %d", at)
				assertSame(t, want.read, got.read)
			}
		})
	}
	workers.Wait()
}
