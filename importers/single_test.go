package importers_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// scored is a form of the example set whose cells hold what the engine says.
func scored(t testing.TB, set *criteria.Set) string {
	t.Helper()
	full := func(points string) submission.Earned {
		d := decimal.RequireFromString(points)
		return submission.Earned{Status: rule.Scored, Score: d, Of: d, Applies: true}
	}
	six, ten := decimal.NewFromInt(6), decimal.NewFromInt(10)
	form := workbook.Form{
		Set: set, Round: workbook.Round{ID: "r1", Year: 2025}, Agency: health, Lang: "vi",
		Filled: submission.Submission{Agency: health.Code, Sent: true, Answers: submission.NewAnswers(set)},
		Score: submission.Score{
			Indicators: map[string]submission.Earned{"INF-1": full("5"), "INF-2": full("1"), "INF-3": {Status: rule.Missing, Of: decimal.NewFromInt(4), Applies: true}},
			Pillars:    map[string]submission.Earned{"": {Score: six, Of: ten, Applies: true}},
			Total:      six, Of: ten, Percent: decimal.NewFromInt(60), Answered: 2, Asked: 3,
		},
	}
	for key, v := range map[submission.Key]rule.Value{computers: number(40), staff: number(40), site: rule.YesNoOf(true)} {
		form.Filled.Answers.Put(key, submission.Answer{Value: v})
	}
	var out bytes.Buffer
	require.NoError(t, workbook.Write(&out, form))
	return out.String()
}

// A workbook says what it computed, unless it was computed by another edition.
func TestOpenWorkbookReadsWhatItClaims(t *testing.T) {
	set := example(t)
	file := filepath.Join(folder(t, map[string]string{"a.xlsx": scored(t, set)}), "a.xlsx")
	w, err := importers.OpenWorkbook(file, set, nil)
	require.NoError(t, err)
	assert.Equal(t, "example@1", w.Label.Address())
	assert.Equal(t, "r1", w.Label.Round)
	require.True(t, w.Total.Known, w.Total.Text)
	assert.Equal(t, "6", w.Total.Value.String())
	require.Contains(t, w.Claims, "INF-1")
	assert.True(t, w.Claims["INF-1"].Known)
	assert.Equal(t, "5", w.Claims["INF-1"].Value.String())
	assert.Equal(t, "1", w.Claims["INF-2"].Value.String())
	assert.True(t, w.Claims["INF-2"].Formula)

	next, err := criteria.Load("criteria.yaml", []byte(strings.Replace(setYAML, `version: "1"`, `version: "2"`, 1)))
	require.NoError(t, err)
	w, err = importers.OpenWorkbook(file, next, nil)
	require.NoError(t, err)
	assert.Equal(t, "form-other-edition", w.Problems[0].Kind)
	assert.True(t, number(40).Equal(w.Submission.Answers.At(computers).Value), "its answers are read")
	assert.False(t, w.Total.Known, "its points are of other rules")
	assert.Empty(t, w.Claims)
}

// A claim that an indicator does not apply is told once: without a reason the agency is asked for it, else the reviewer
// is to look at it.
func TestNotApplicableIsToldOnce(t *testing.T) {
	set := example(t)
	waived := map[submission.Key]rule.Value{computers: rule.NotApplicableValue(), staff: rule.NotApplicableValue()}
	var out bytes.Buffer
	filled := submission.Submission{Answers: submission.NewAnswers(set), Remarks: map[string]string{"INF-1": "Dùng chung máy của quận"}}
	for key, v := range waived {
		filled.Answers.Put(key, submission.Answer{Value: v})
	}
	require.NoError(t, workbook.Write(&out, workbook.Form{
		Set: set, Round: workbook.Round{ID: "r1", Year: 2025}, Agency: submission.Agency{Code: "hai-chau", Group: "ward"}, Lang: "vi", Filled: filled,
	}))
	round := open(t, map[string]string{
		"round.yaml": roundYAML, "agencies.csv": agenciesCSV,
		"submissions/so-y-te.xlsx": form(t, set, health, "r1", waived), "submissions/hai-chau.xlsx": out.String(),
	})
	told := map[string][]string{}
	for _, p := range round.Problems {
		if slices.Contains([]string{"na-without-reason", "claims-not-applicable"}, p.Kind) {
			told[p.Agency] = append(told[p.Agency], p.Kind)
			assert.Equal(t, diag.Warning, p.Severity)
			assert.NotEmpty(t, p.Place.Cell())
		}
	}
	assert.Equal(t, map[string][]string{"so-y-te": {"na-without-reason"}, "hai-chau": {"claims-not-applicable"}}, told)
	assert.Zero(t, round.Problems.Stopping())
}

// A form of an earlier edition costs nobody anything: it is read, and told.
func TestARoundReadsAFormOfAnEarlierEdition(t *testing.T) {
	sent := form(t, example(t), health, "r1", map[submission.Key]rule.Value{computers: number(38), staff: number(40)})
	next := strings.NewReplacer(`version: "1"`, `version: "2"`, "- id: INF-1\n", "- id: HT-1\n    from: {id: INF-1}\n").Replace(setYAML)
	round := open(t, map[string]string{"criteria.yaml": next, "round.yaml": roundYAML, "agencies.csv": agenciesCSV, "submissions/x.xlsx": sent})
	assert.Zero(t, round.Problems.Stopping())
	assert.Equal(t, "form-other-edition", round.Problems[0].Kind)
	assert.Equal(t, "so-y-te", round.Problems[0].Agency)
	got := round.Submissions["so-y-te"]
	assert.True(t, got.Sent)
	assert.True(t, number(38).Equal(got.Answers.At(submission.Key{Indicator: "HT-1", Input: "computers"}).Value))
}

// What is no form of ours says what it is, in the words of the reader.
func TestOpenWorkbookRefuses(t *testing.T) {
	set := example(t)
	whole := scored(t, set)
	unlabelled := editedForm(t, whole, func(f *excelize.File) error { return f.DeleteSheet("dti") })
	newer := editedForm(t, whole, func(f *excelize.File) error { return f.SetCellStr("dti", "B1", "dti.form/v9") })
	keyless := editedForm(t, whole, func(f *excelize.File) error { return f.RemoveCol("Tự đánh giá", "A") })
	dir := folder(t, map[string]string{
		"a.csv": "code,name\n", "label.xlsx": unlabelled, "newer.xlsx": newer, "keyless.xlsx": keyless, "table.xlsx": whole[:100], "in/x": "",
	})
	for name, want := range map[string]string{
		"a.csv": "xlsx-not-spreadsheet", "label.xlsx": "form-label-lost", "newer.xlsx": "form-newer", "keyless.xlsx": "form-damaged-ids",
		"table.xlsx": "xlsx-damaged", "in": "file-is-folder",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := importers.OpenWorkbook(filepath.Join(dir, name), set, nil)
			var problems diag.Problems
			require.ErrorAs(t, err, &problems)
			require.Len(t, problems, 1)
			assert.Equal(t, want, problems[0].Kind)
			for _, line := range said(problems) {
				assert.NotContains(t, line, "{")
			}
		})
	}
	_, err := importers.WorkbookCriteria(filepath.Join(dir, "label.xlsx"))
	var problems diag.Problems
	require.ErrorAs(t, err, &problems)
	assert.Equal(t, "form-label-lost", problems[0].Kind)
}

// editedForm is a form after a person's changes.
func editedForm(t testing.TB, data string, edit func(f *excelize.File) error) string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(data))
	require.NoError(t, err)
	require.NoError(t, edit(f))
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	require.NoError(t, f.Close())
	return out.String()
}

// A folder where a table should be is said to be one.
func TestAFolderInPlaceOfATable(t *testing.T) {
	round := open(t, map[string]string{"round.yaml": roundYAML + "data: survey\n", "agencies.csv": agenciesCSV, "survey/x": ""})
	assert.Equal(t, "file-is-folder", round.Problems[0].Kind)
}
