package workbook

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/workings"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// A Writer writes many forms, such as those of a round, one after the other. It keeps what the forms of a group have in
// common, so that all but the first of a group cost little; each form has the bytes that Write gives it. The sets of
// the forms must not change meanwhile. A Writer serves one goroutine.
type Writer struct {
	plans map[planKey]*plan
	zip   packer
}

// NewWriter makes a Writer.
func NewWriter() *Writer { return &Writer{plans: map[planKey]*plan{}} }

// mostPlans is how many plans a Writer keeps, so that many sets do not fill the memory.
const mostPlans = 64

// Write writes a form as the function Write does.
func (w *Writer) Write(out io.Writer, form Form) error {
	b := newBook(form, w.plan(form))
	defer b.close()
	for _, write := range []func(*book){writeGuide, writeDetails, writeAnswers, writeOutcome, writeLists, writeCalc} {
		write(b)
	}
	b.finish()
	if b.err == nil {
		b.err = b.save(out, &w.zip)
	}
	if b.err != nil {
		return fmt.Errorf("write the form of %s: %w", form.Agency.Code, b.err)
	}
	return nil
}

// plan is the plan of a form, made at its first use.
func (w *Writer) plan(form Form) *plan {
	v := speaker(form)
	key := planKey{set: form.Set, group: v.group, tags: strings.Join(v.tags, ";"), lang: v.loc.Lang(), bounds: boundsKey(form.Bounds)}
	p, ok := w.plans[key]
	if !ok {
		if len(w.plans) >= mostPlans {
			clear(w.plans)
		}
		p = newPlan(v, form.Bounds)
		w.plans[key] = p
	}
	return p
}

// A planKey is what decides on a plan.
type planKey struct {
	set                       *criteria.Set
	group, tags, lang, bounds string
}

func boundsKey(bounds map[string][]rule.Bound) string {
	var key strings.Builder
	for _, id := range slices.Sorted(maps.Keys(bounds)) {
		for _, b := range bounds[id] {
			key.WriteString(id + ";" + b.Name + ";" + b.Value.String() + "\n")
		}
	}
	return key.String()
}

// A plan is what the forms of a group have in common: the rows of their sheets with the form's own words, the rules for
// what is typed, and the formulas. Nothing in it depends on one agency, its answers or the round.
type plan struct {
	voice
	figures     []entry
	answers     []answerLine
	lists       written.Lists
	validations []*excelize.DataValidation // of the sheet of answers
	workings    *workings.Workings
	looks       map[look]int    // numbers of the looks in the file
	tints       map[tint]int    // numbers of the looks that conditions give
	kept        map[string]part // parts that are the same in every form, packed
}

func newPlan(v voice, bounds map[string][]rule.Bound) *plan {
	p := &plan{voice: v, figures: figureEntries(v.set, v.agency())}
	p.planAnswers()
	p.workings = workings.New(workings.Request{
		Set: v.set, Agency: v.agency(), Lang: v.loc.Lang(), Bounds: bounds,
		Answers: workings.Source{
			Sheet: v.say("sheet-answers"), First: headRows + 1, Last: headRows + max(1, len(p.answers)),
			ID: "A", Answer: columnName(answerColumn), Evidence: columnName(evidenceColumn), Remark: columnName(remarkColumn),
		},
		Details: workings.Source{
			Sheet: v.say("sheet-details"), First: figureRow, Last: figureRow + max(1, len(p.figures)) - 1, ID: "A", Answer: "C",
		},
	})
	return p
}

// agency is any agency of the plan: one of the group with the tags.
func (v voice) agency() submission.Agency { return submission.Agency{Group: v.group, Tags: v.tags} }
