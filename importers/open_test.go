package importers_test

import (
	"bytes"
	"maps"
	"os"
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
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

const setYAML = `schema: dti.criteria/v1
id: example
version: "1"
title: {vi: Ví dụ, en: Example}
languages: [vi, en]
scale: points
groups:
  department: {vi: Sở, en: Departments}
  ward: {vi: Phường, en: Wards}
indicators:
  - id: INF-1
    no: "1"
    name: {vi: Máy tính, en: Computers}
    points: 5
    inputs: {computers: {name: {vi: Số máy, en: Computers}, type: count}, staff: {name: {vi: Biên chế, en: Staff}, type: count}}
    score: {kind: ratio, of: computers, over: staff}
    evidence: {required: true}
    not_applicable: {allowed: true}
  - {id: INF-2, no: "2", name: {vi: Có trang, en: Has a site}, points: 1, score: {kind: yes_no}}
  - id: INF-3
    no: "3"
    name: {vi: Khảo sát, en: Survey}
    points: 4
    inputs: {value: {name: {vi: Hài lòng, en: Content}, type: percent, by: survey}}
    score: {kind: linear, worst: 0, best: 100}
`

const roundYAML = "id: r1\nyear: 2025\ncriteria: criteria.yaml\n"

// folder writes a round folder. criteria.yaml is there unless the files say otherwise.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if _, ok := files["criteria.yaml"]; !ok {
		files["criteria.yaml"] = setYAML
	}
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(content), 0o644))
	}
	return dir
}

func open(t testing.TB, files map[string]string) *submission.Round {
	t.Helper()
	round, err := importers.Open(folder(t, files))
	require.NoError(t, err)
	return round
}

func said(problems diag.Problems) []string {
	lines := []string{}
	for _, p := range problems {
		words := p.Severity.String() + " " + locale.MustFor("en").Problem(p)
		if p.Settled {
			words = "settled " + words
		}
		lines = append(lines, words)
	}
	return lines
}

const agenciesCSV = "code,name,name.en,group,ranked,reason\nso-y-te,Sở Y tế,Health,department,,\nhai-chau,Phường Hải Châu,,ward,,\n"

func example(t testing.TB) *criteria.Set {
	t.Helper()
	set, err := criteria.Load("criteria.yaml", []byte(setYAML))
	require.NoError(t, err)
	return set
}

// form is a filled-in workbook.
func form(t testing.TB, set *criteria.Set, agency submission.Agency, round string, answers map[submission.Key]rule.Value) string {
	t.Helper()
	filled := submission.Submission{Agency: agency.Code, Sent: true, Answers: submission.NewAnswers(set)}
	for key, v := range answers {
		filled.Answers.Put(key, submission.Answer{Value: v})
	}
	var out bytes.Buffer
	require.NoError(t, workbook.Write(&out, workbook.Form{Set: set, Round: workbook.Round{ID: round, Year: 2025}, Agency: agency, Lang: "vi", Filled: filled}))
	return out.String()
}

var (
	health    = submission.Agency{Code: "so-y-te", Name: criteria.Text{"vi": "Sở Y tế", "en": "Health"}, Group: "department"}
	computers = submission.Key{Indicator: "INF-1", Input: "computers"}
	staff     = submission.Key{Indicator: "INF-1", Input: "staff"}
	site      = submission.Key{Indicator: "INF-2", Input: "value"}
	content   = submission.Key{Indicator: "INF-3", Input: "value"}
)

func number(n int64) rule.Value { return rule.NumberOf(decimal.NewFromInt(n)) }

func TestOpenReadsAWholeRound(t *testing.T) {
	set := example(t)
	round := open(t, map[string]string{
		"round.yaml": `id: r1
title: {vi: Đợt 1, en: Round 1}
year: 2025
period: {from: 2025-01-01, to: 2025-12-31}
criteria: criteria.yaml
agencies: agencies.csv
submissions: submissions/
data: [khao-sat.csv]
reviews: reviews/
previous: [../2024/results.json, {file: 2023.csv, year: 2023, criteria: old@1}]
decimal: comma
unsettled: missing
release: {status: final, revision: 2, decision: 12/QĐ-UBND, date: 2026-01-15, contact: dti@example.vn, licence: CC BY 4.0, url: "https://dti.example.vn/"}
corrections: [{revision: 2, date: 2026-02-01, reason: Đếm lại}]
publish: {name: Sở Khoa học và Công nghệ}
`,
		"agencies.csv":             agenciesCSV,
		"khao-sat.csv":             "code,INF-3\nso-y-te,\"85,5\"\nhai-chau,70\n",
		"submissions/so-y-te.xlsx": form(t, set, health, "r1", map[submission.Key]rule.Value{computers: number(38), staff: number(40), site: rule.YesNoOf(true)}),
		"submissions/phuong.csv":   "code,INF-1.computers,INF-1.staff,INF-2\nhai-chau,KAD,,x\n",
		"submissions/~$so.xlsx":    "x",
		"submissions/Thumbs.db":    "x",
		"submissions/scan.pdf":     "x",
		"submissions/old/a.xlsx":   "x",
		"reviews/1.csv":            "agency,indicator,input,stage,decision,value,points,reason,reviewer,date\nso-y-te,INF-1,computers,,set,36,,Đếm lại,An,\n",
	})
	assert.Equal(t, []string{
		"info submissions/Thumbs.db: left by another program, passed over.",
		"info submissions/old: folders in here are not read. If one holds submissions, move them out of it.",
		"info submissions/~$so.xlsx: left by another program, passed over.",
		"info submissions/scan.pdf: this file is no .xlsx or .csv table and is not read.",
		`warning submissions/so-y-te.xlsx!Tự đánh giá!F5: the agency "so-y-te" gives no evidence for the indicators: 1.`,
		"warning submissions/phuong.csv:2:10: indicator 1: the agency says that it does not apply. Look whether that is so.",
	}, said(round.Problems))
	require.Len(t, round.Agencies, 2)
	sub := round.Submissions["so-y-te"]
	assert.True(t, sub.Sent)
	assert.True(t, number(38).Equal(sub.Answers.At(computers).Value))
	assert.Equal(t, "submissions/so-y-te.xlsx", sub.Answers.At(computers).Place.File)
	assert.NotEmpty(t, sub.Answers.At(computers).Place.Cell())
	assert.Equal(t, "khao-sat.csv:2:9", sub.Answers.At(content).Place.String())
	assert.ElementsMatch(t, []string{"khao-sat.csv", "submissions/so-y-te.xlsx"}, sub.Files)
	assert.True(t, round.Submissions["hai-chau"].Answers.At(computers).Value.IsNotApplicable())
	require.Len(t, round.Decisions, 1)
	assert.True(t, round.Reviewed)
	assert.True(t, round.UnsettledMissing)
	assert.Equal(t, "comma", round.Decimal)
	assert.Equal(t, []any{"r1", 2025, rule.Date("2025-01-01"), rule.Date("2025-12-31")}, []any{round.ID, round.Year, round.From, round.To})
	assert.Equal(t, submission.Release{
		Status: submission.Final, Revision: 2, Decision: "12/QĐ-UBND", Date: "2026-01-15", Contact: "dti@example.vn", Licence: "CC BY 4.0",
		URL: "https://dti.example.vn/",
	}, round.Release)
	assert.Equal(t, []submission.Correction{{Revision: 2, Date: "2026-02-01", Reason: criteria.Text{"vi": "Đếm lại"}}}, round.Corrections)
	assert.Equal(t, criteria.Text{"vi": "Sở Khoa học và Công nghệ"}, round.Publish.Name)
	require.Len(t, round.Previous, 2)
	assert.Equal(t, "../2024/results.json", round.Previous[0].Path)
	assert.Equal(t, submission.PreviousFile{Path: "2023.csv", Year: 2023, Criteria: "old@1", Place: round.Previous[1].Place}, round.Previous[1])
}

func TestOpenIsTheSameTwice(t *testing.T) {
	files := map[string]string{
		"round.yaml": roundYAML + "agencies: agencies.csv\n", "agencies.csv": agenciesCSV,
		"submissions/b.csv": "code,INF-2\nhai-chau,1\n", "submissions/a.csv": "code,INF-2\nso-y-te,x y\n",
	}
	dir := folder(t, files)
	first, err := importers.Open(dir)
	require.NoError(t, err)
	var told []int
	second, err := importers.OpenWith(dir, importers.Options{Progress: func(done, total int) { told = append(told, done, total) }})
	require.NoError(t, err)
	assert.Equal(t, first, second)
	assert.Equal(t, []int{1, 2, 2, 2}, told)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "submissions", "b.csv"), []byte("code,INF-2\nhai-chau,0\n"), 0o644))
	third, err := importers.Open(dir)
	require.NoError(t, err)
	assert.NotEqual(t, first.Digest, third.Digest)
}

// One careless agency stops nobody else, and every fault is told at its place.
func TestOpenTellsWhatIsWrongWithSubmissions(t *testing.T) {
	set := example(t)
	good := form(t, set, health, "r1", map[submission.Key]rule.Value{computers: number(38), staff: number(40)})
	damaged := []byte(good)
	damaged[len(damaged)/2] ^= 0xFF
	base := map[string]string{"round.yaml": roundYAML, "agencies.csv": agenciesCSV, "submissions/zz.csv": "code,INF-2\nhai-chau,1\n"}
	for name, test := range map[string]struct {
		file, content string
		want          string
		agency        string
		kept          bool // the answers of so-y-te are read
	}{
		"damaged":            {"so-y-te.xlsx", string(damaged), "xlsx-damaged-part", "so-y-te", false},
		"a name unlike any":  {"x.xlsx", string(damaged), "xlsx-damaged-part", "", false},
		"old spreadsheet":    {"so-y-te.xls", "x", "file-other-spreadsheet", "so-y-te", false},
		"protected":          {"so-y-te.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "xlsx-ole", "so-y-te", false},
		"another round":      {"so-y-te.xlsx", form(t, set, health, "r0", nil), "form-other-round", "so-y-te", false},
		"another agency":     {"so-y-te.xlsx", form(t, set, submission.Agency{Code: "so-x", Group: "department"}, "r1", nil), "form-agency-unknown", "so-y-te", false},
		"not UTF-8":          {"so-y-te.csv", "code,INF-2\nso-y-te,\xff\n", "csv-not-utf8", "so-y-te", false},
		"wrong answer":       {"a.csv", "code,INF-1.computers,INF-2\nso-y-te,38 máy,1\n", "answer-count-near", "so-y-te", true},
		"not theirs to give": {"a.csv", "code,INF-2,INF-3\nso-y-te,1,90\n", "answer-not-agency", "so-y-te", true},
		"without its ids":    {"x.xlsx", editedForm(t, good, func(f *excelize.File) error { return f.RemoveCol("Tự đánh giá", "A") }), "form-damaged-ids", "so-y-te", false},
		"without its label":  {"so-y-te.xlsx", editedForm(t, good, func(f *excelize.File) error { return f.DeleteSheet("dti") }), "form-label-lost", "so-y-te", false},
		"sent twice":         {"zz2.csv", "code,INF-2\nhai-chau,0\n", "submission-twice", "hai-chau", false},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"submissions/" + test.file: test.content}
			maps.Copy(files, base)
			round := open(t, files)
			errors := slices.DeleteFunc(slices.Clone(round.Problems), func(p diag.Problem) bool { return p.Severity != diag.Error })
			require.NotEmpty(t, errors)
			assert.Equal(t, test.want, errors[0].Kind)
			assert.Equal(t, test.agency, errors[0].Agency)
			assert.Contains(t, errors[0].Place.File, "submissions/")
			assert.Len(t, errors, 1)
			told := slices.ContainsFunc(round.Problems, func(p diag.Problem) bool { return p.Kind == "nothing-sent" && p.Agency == test.agency })
			assert.False(t, told, "what was refused was sent")
			yes, ok := round.Submissions["hai-chau"].Answers.At(site).Value.Yes()
			assert.True(t, ok && yes, "the others go on")
			assert.Equal(t, test.kept, round.Submissions["so-y-te"].Answers.Len() > 0)
			for _, line := range said(round.Problems) {
				assert.NotContains(t, line, "{")
			}
		})
	}
}

func TestTwoSubmissionsNameBothFiles(t *testing.T) {
	round := open(t, map[string]string{
		"round.yaml": roundYAML, "agencies.csv": agenciesCSV,
		"submissions/a.csv": "code,INF-2\nhai-chau,1\nso-y-te,1\n", "submissions/b.csv": "code,INF-2\nhai-chau,1\n",
	})
	assert.Equal(t, []string{
		`error submissions/b.csv: the agency "hai-chau" sent two submissions: submissions/a.csv and submissions/b.csv; only submissions/a.csv is used, as its name comes first. Ask the agency which one counts, keep that one and move the other out of the folder.`,
	}, said(round.Problems))
	assert.Equal(t, 1, round.Problems.Stopping())
}

func TestOpenSettles(t *testing.T) {
	files := map[string]string{
		"round.yaml": roundYAML + "data: t.csv\n", "agencies.csv": agenciesCSV,
		"t.csv":         "code,INF-2\nso-y-te,maybe\nhai-chau,perhaps\n",
		"reviews/r.csv": "agency,indicator,decision,value,reason\nso-y-te,INF-2,set,1,Đã xem\n",
	}
	round := open(t, files)
	assert.Equal(t, []string{
		`settled error t.csv:2:9: INF-2: read "maybe", need yes or no.`, `error t.csv:3:10: INF-2: read "perhaps", need yes or no.`,
	}, said(round.Problems))
	assert.True(t, round.Submissions["hai-chau"].Answers.At(site).Value.IsInvalid())
	files["round.yaml"] += "unsettled: missing\n"
	round = open(t, files)
	assert.Zero(t, round.Problems.Stopping())
	assert.True(t, round.Submissions["hai-chau"].Answers.At(site).Value.IsMissing())
	files["agencies.csv"] = strings.Replace(agenciesCSV, "ward,,", "ward,no,Mới lập", 1)
	files["round.yaml"] = roundYAML + "data: t.csv\n"
	round = open(t, files)
	assert.Equal(t, `warning t.csv:3:10: INF-2: read "perhaps", need yes or no.`, said(round.Problems)[1])
}

func TestNothingSent(t *testing.T) {
	round := open(t, map[string]string{
		"round.yaml": roundYAML + "data: survey.csv\n", "agencies.csv": agenciesCSV, "survey.csv": "code,INF-3\nso-y-te,90\nhai-chau,\n",
		"submissions/a.csv": "code,INF-2\nso-y-te,\nhai-chau,0\n",
	})
	assert.Equal(t, []string{`warning agencies.csv:2:1: the agency "so-y-te" (Health) has sent nothing yet.`}, said(round.Problems))
	assert.False(t, round.Submissions["so-y-te"].Sent, "a survey is not the agency's own answer")
	assert.True(t, round.Submissions["hai-chau"].Sent)
}

func TestAnswersOfTwoSources(t *testing.T) {
	round := open(t, map[string]string{
		"round.yaml": roundYAML + "data: [a.csv, b.csv]\n", "agencies.csv": agenciesCSV,
		"a.csv": "code,INF-1.staff,INF-2\nso-y-te,40,1\nhai-chau,,1\n", "b.csv": "code,INF-1.staff,INF-2\nso-y-te,41,1\nhai-chau,5,\n",
	})
	assert.Contains(t, said(round.Problems), "error b.csv:2:9: INF-1.staff: the value here differs from the one at a.csv:2:9. Keep one of them.")
	assert.Equal(t, 1, round.Problems.Stopping())
	assert.True(t, round.Submissions["so-y-te"].Answers.At(staff).Value.IsInvalid())
	assert.True(t, number(5).Equal(round.Submissions["hai-chau"].Answers.At(staff).Value))
}

func TestSettingsProblems(t *testing.T) {
	for name, test := range map[string]struct {
		yaml string
		want []string
	}{
		"unknown keys": {"agencys: a.csv\nrelease: {stauts: final}\nfoo: 1\n", []string{
			`4:1: the format has no key "agencys"; nearest: agencies.`, `5:11: the format has no key "stauts"; nearest: status.`,
			`6:1: the format has no key "foo". Remove it or mend its name.`,
		}},
		"wrong types": {"title: [a]\nperiod: 2025\nrelease: draft\ncorrections: {}\ncolumns: 3\npublish: x\ndata: [{}]\n", []string{
			`4:8: text is needed, read "[…]".`, `5:9: a mapping of "key: value" is needed, read "2025".`,
			`6:10: a mapping of "key: value" is needed, read "draft".`, `7:14: a list such as [a, b] is needed, read "{…}".`,
			`8:10: a mapping of "key: value" is needed, read "3".`, `9:10: a mapping of "key: value" is needed, read "x".`,
			`10:8: text is needed, read "{…}".`,
		}},
		"wrong words": {"decimal: koma\nunsettled: skip\nrelease: {status: finel, revision: 0, date: 15/01/2026, url: dti.vn}\n", []string{
			`4:10: "koma" cannot be used here; nearest: comma (of: point, comma).`, `5:12: "skip" cannot be used here; choose one of: missing.`,
			`6:19: "finel" cannot be used here; nearest: final (of: draft, provisional, final).`,
			`6:36: read "0", need a whole number from 1 to 10000.`, `6:45: a date written like 2025-01-15 is needed, read "15/01/2026".`,
			`6:62: read "dti.vn", need an address such as https://dti.example.org/.`,
		}},
		"outside": {"data: ../x.csv\nreviews: /etc\nagencies: 'C:\\a.csv'\n", nil},
		"columns": {"columns: {Mã: indicater, Điểm: value, Số: value}\n", nil},
		"period":  {"period: {from: 2025-12-31, to: 2025-01-01}\n", []string{"4:9: the period begins (2025-12-31) after its end (2025-01-01). Mend from and to."}},
		"corrections": {"corrections: [{date: 2026-01-01}, {revision: 2}, 3]\n", []string{
			`4:15: the key "revision" is missing. Add it.`, `4:35: the key "reason" is missing. Add it.`, `4:50: a mapping of "key: value" is needed, read "3".`,
		}},
		"previous": {"previous: {year: 18}\n", []string{`4:11: the key "file" is missing. Add it.`, `4:18: read "18", need a whole number from 1900 to 2200.`}},
		"keys":     {"year: 2024\n[a]: b\n", []string{`4:1: the key "year" is already there in line 2. Keep one of them.`, `5:1: a key must be text, read "[…]". Put the key in quotes.`}},
		"files missing": {"data: none.csv\nsubmissions: nowhere/\nreviews: criteria.yaml\n", []string{
			`4:7: there is no file "none.csv". Check its name and folder.`, `5:14: there is no file "nowhere". Check its name and folder.`,
			`6:10: "criteria.yaml" is no .csv or .xlsx table. Save the table as one of the two.`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			round := open(t, map[string]string{"round.yaml": roundYAML + test.yaml, "agencies.csv": agenciesCSV})
			var got []string
			for _, p := range round.Problems {
				if p.Severity == diag.Error && p.Place.File == "round.yaml" {
					got = append(got, strings.TrimPrefix(locale.MustFor("en").Problem(p), "round.yaml:"))
				}
			}
			if test.want != nil {
				assert.Equal(t, test.want, got)
			}
			assert.NotEmpty(t, got)
		})
	}
}

func TestPathsStayInside(t *testing.T) {
	dir := folder(t, map[string]string{
		"round/round.yaml": "id: r1\nyear: 2025\ncriteria: ../criteria.yaml\ndata: ../secret.csv\nsubmissions: submissions\n",
		"secret.csv":       "code,group,INF-2\nx,ward,1\n",
	})
	require.NoError(t, os.Symlink(dir, filepath.Join(dir, "round", "submissions")))
	round, err := importers.Open(filepath.Join(dir, "round"))
	require.NoError(t, err, "a criteria set may lie outside")
	assert.Empty(t, round.Submissions)
	lines := said(round.Problems)
	assert.Contains(t, lines[0], `error round.yaml:4:7: "../secret.csv" lies outside the folder of the round.`)
	assert.Contains(t, lines[1], `error round.yaml:5:14: "submissions" is a link that leads out of the folder`)
	assert.NotContains(t, strings.Join(lines, "\n"), dir)
}

func TestOpenWithoutARound(t *testing.T) {
	_, err := importers.Open(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = importers.Open(t.TempDir())
	require.ErrorIs(t, err, os.ErrNotExist)
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"empty":           {map[string]string{"round.yaml": ""}, "round-empty"},
		"no YAML":         {map[string]string{"round.yaml": "id: [\n"}, "yaml-syntax"},
		"not UTF-8":       {map[string]string{"round.yaml": "id: \xff\n"}, "round-not-utf8"},
		"two documents":   {map[string]string{"round.yaml": roundYAML + "---\nid: x\n"}, "round-several-documents"},
		"a list":          {map[string]string{"round.yaml": "- a\n"}, "want-mapping"},
		"no id":           {map[string]string{"round.yaml": "year: 2025\ncriteria: criteria.yaml\n"}, "missing-key"},
		"bad id":          {map[string]string{"round.yaml": "id: ../x\nyear: 2025\ncriteria: criteria.yaml\n"}, "round-bad-id"},
		"no criteria":     {map[string]string{"round.yaml": "id: a\nyear: 2025\n"}, "missing-key"},
		"alias":           {map[string]string{"round.yaml": "id: &a [*a]\n"}, "missing-key"},
		"set missing":     {map[string]string{"round.yaml": "id: a\nyear: 2025\ncriteria: set.yaml\n"}, "file-missing"},
		"set unknown":     {map[string]string{"round.yaml": "id: a\nyear: 2025\ncriteria: nobody@1\n"}, "round-unknown-set"},
		"set with faults": {map[string]string{"round.yaml": roundYAML, "criteria.yaml": "schema: dti.criteria/v1\n"}, "missing-key"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := importers.Open(folder(t, test.files))
			var problems diag.Problems
			require.ErrorAs(t, err, &problems)
			assert.Equal(t, test.want, problems[0].Kind)
			assert.NotContains(t, locale.MustFor("vi").Problem(problems[0]), "problems.")
		})
	}
}

func TestRoundWithoutAgencies(t *testing.T) {
	round := open(t, map[string]string{"round.yaml": roundYAML})
	assert.Equal(t, []string{"error round.yaml: the round has no agency yet. Add agencies: with the list of agencies, or data: with a table that has the columns code and group."}, said(round.Problems))
	assert.Equal(t, submission.Draft, round.Release.Status)
	assert.Equal(t, criteria.Text{"vi": "r1"}, round.Title)
}

func TestColumnsOfAForeignSheet(t *testing.T) {
	round := open(t, map[string]string{
		"round.yaml":   roundYAML + "data: sheet.csv\ncolumns: {Mã: indicator, Tự đánh giá: value, Thẩm định: reviewed, Trạng thái: reason, Số liệu: input}\n",
		"agencies.csv": "code,name,group\nx,X,ward\n",
		"sheet.csv":    "\uFEFFMã;Số liệu;Chỉ tiêu;Tự đánh giá;Thẩm định;Trạng thái\n2;;Có trang;Có;Không;Cần bổ sung\n1;staff;Biên chế;40;40;\n",
	})
	assert.Empty(t, slices.DeleteFunc(round.Problems, func(p diag.Problem) bool { return p.Severity != diag.Error }))
	require.Len(t, round.Decisions, 2)
	assert.Equal(t, submission.Set, round.Decisions[0].Verdict)
	assert.Equal(t, submission.Accept, round.Decisions[1].Verdict)
	assert.True(t, round.Reviewed)
}

func TestOpenWorkbook(t *testing.T) {
	set := example(t)
	dir := folder(t, map[string]string{
		"round.yaml": roundYAML + "data: survey.csv\n", "agencies.csv": agenciesCSV, "survey.csv": "code,INF-3\nso-y-te,90\n",
		"submissions/so-y-te.xlsx": form(t, set, health, "r1", map[submission.Key]rule.Value{computers: number(38)}),
		"submissions/table.csv":    "x",
	})
	file := filepath.Join(dir, "submissions", "so-y-te.xlsx")
	address, err := importers.WorkbookCriteria(file)
	require.NoError(t, err)
	assert.Equal(t, "example@1", address)

	alone, err := importers.OpenWorkbook(file, set, nil)
	require.NoError(t, err)
	assert.Equal(t, "so-y-te", alone.Agency.Code)
	assert.Equal(t, "department", alone.Agency.Group)
	assert.True(t, number(38).Equal(alone.Submission.Answers.At(computers).Value))
	assert.True(t, alone.Submission.Answers.At(content).Value.IsMissing())

	round, err := importers.Open(dir)
	require.NoError(t, err)
	within, err := importers.OpenWorkbook(file, round.Set, round)
	require.NoError(t, err)
	assert.True(t, number(90).Equal(within.Submission.Answers.At(content).Value), "what others provide comes from the round")

	round.ID = "r2"
	_, err = importers.OpenWorkbook(file, round.Set, round)
	var problems diag.Problems
	require.ErrorAs(t, err, &problems)
	assert.Equal(t, "form-other-round", problems[0].Kind)
	_, err = importers.WorkbookCriteria(filepath.Join(dir, "submissions", "table.csv"))
	require.ErrorAs(t, err, &problems)
	_, err = importers.OpenWorkbook(filepath.Join(dir, "none.xlsx"), set, nil)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestReadStandings(t *testing.T) {
	dir := folder(t, map[string]string{"2018.csv": "code,score,rank\na,97.20,1\n", "x.pdf": "x", "bad.xlsx": "x"})
	list, problems := importers.ReadStandings(filepath.Join(dir, "2018.csv"))
	require.Empty(t, problems)
	require.Len(t, list, 1)
	for name, kind := range map[string]string{"none.csv": "file-missing", "x.pdf": "file-not-table", "bad.xlsx": "xlsx-not-zip"} {
		_, problems = importers.ReadStandings(filepath.Join(dir, name))
		require.Len(t, problems, 1)
		assert.Equal(t, kind, problems[0].Kind)
	}
}

func BenchmarkOpen(b *testing.B) {
	set := example(b)
	files := map[string]string{"round.yaml": roundYAML}
	var agencies strings.Builder
	agencies.WriteString("code,group\n")
	for i := range 63 {
		code := "so-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		agencies.WriteString(code + ",department\n")
		files["submissions/"+code+".xlsx"] = form(b, set, submission.Agency{Code: code, Group: "department"}, "r1",
			map[submission.Key]rule.Value{computers: number(int64(i)), staff: number(40)})
	}
	files["agencies.csv"] = agencies.String()
	dir := folder(b, files)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := importers.Open(dir); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpenCity opens a round of a city: 37 forms, and tables for 93 agencies.
func BenchmarkOpenCity(b *testing.B) {
	dir := filepath.Join("..", "testdata", "danang-2019")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := importers.Open(dir); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzSettings(f *testing.F) {
	f.Add([]byte(roundYAML))
	f.Add([]byte("id: &a [*a]\nprevious: [{file: x}]\ncolumns: {a: b}\ncorrections: [{reason: {vi: x}}]\n"))
	dir := folder(f, map[string]string{})
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "round.yaml"), data, 0o644))
		round, err := importers.Open(dir)
		if err == nil {
			require.NotEmpty(t, round.ID)
			require.NotNil(t, round.Set)
			require.NotEmpty(t, round.Digest)
		}
	})
}

// A plain no claims nothing, so no document is asked for it.
func TestNoNeedsNoEvidence(t *testing.T) {
	set := strings.Replace(setYAML, "points: 1, score: {kind: yes_no}", "points: 1, score: {kind: yes_no}, evidence: {required: true}", 1)
	require.NotEqual(t, setYAML, set)
	round := open(t, map[string]string{
		"criteria.yaml": set, "round.yaml": roundYAML + "agencies: agencies.csv\ndata: table.csv\n", "agencies.csv": agenciesCSV,
		"table.csv": "code,INF-2\nso-y-te,Không\nhai-chau,Có\n",
	})
	assert.Equal(t, []string{`warning table.csv:3:10: the agency "hai-chau" gives no evidence for the indicators: 2.`}, said(round.Problems))
}
