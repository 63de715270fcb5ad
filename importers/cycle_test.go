package importers_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring/submission"
)

// rated is the example with two ratings.
var rated = strings.Replace(setYAML, "scale: points\n", "scale: points\nratings: [{id: good, name: {vi: Tốt, en: Good}, from: 50}, {id: weak, name: {vi: Yếu, en: Weak}, from: 0}]\n", 1)

// worked is a round with a calendar and more files.
func worked(t testing.TB, settings string, files map[string]string) *submission.Round {
	t.Helper()
	all := map[string]string{
		"criteria.yaml": rated, "agencies.csv": agenciesCSV, "round.yaml": roundYAML + settings,
		"submissions/a.csv": "code,INF-2\nso-y-te,1\n", "submissions/b.csv": "code,INF-2\nso-y-te,0\n", "submissions/c.csv": "code,INF-2\nhai-chau,1\n",
	}
	maps.Copy(all, files)
	return open(t, all)
}

const calendarYAML = `review: required
calendar:
  submission: {from: 2026-01-05, until: 2026-01-31, extended: {hai-chau: 2026-02-05}}
  appeal: {until: 2026-03-15}
  review: {until: 2026-02-28, silence: accept}
  late: [{days: 8, points: -3, rating_cap: weak}, {days: 1, points: -1.5}]
commend: {rating: good, top: {department: 2}}
`

func TestCycleOfARound(t *testing.T) {
	round := worked(t, calendarYAML, map[string]string{
		"received.csv":    "file,agency,received,letter,signed_by\na.csv,so-y-te,31/01/2026,12/SYT,Nguyễn Văn A\nsubmissions/b.csv,SO-Y-TE,2026-02-09,,\nc.csv,hai-chau,05/02/2026,,\n",
		"adjustments.csv": "agency,kind,value,reason,decision\nhai-chau,points,\"-0,5\",Báo cáo sai,12/QĐ\nhai-chau,rating_cap,Yếu,Lộ dữ liệu,\n",
		"appeals.csv":     "agency,indicator,input,value,points,reason,filed,withdrawn\nso-y-te,INF-2,,có,,Có trang,10/03/2026,\nhai-chau,INF-1,,,2,Thiếu máy,,11/03/2026\nhai-chau,1,,,,Như đã chấm,,\n",
		"lineage.csv":     "date,decision,kind,from,to,carry,weight,note\n01/07/2025,202/2025/QH15,merged,a,so-y-te,weighted,\"1,5\",\n01/07/2025,,abolished,b,,,,Hết nhiệm vụ\n01/07/2025,,renamed,c,hai-chau,,,\n",
	})
	c := round.Cycle
	assert.True(t, c.ReviewRequired)
	assert.Equal(t, submission.Commendation{Rating: "good", Top: map[string]int{"department": 2}}, c.Commendation)

	steps := make([]string, len(c.Calendar.Milestones))
	for i, m := range c.Calendar.Milestones {
		steps[i] = fmt.Sprintf("%s %s–%s %t", m.Step, m.From, m.Until, m.SilenceAccepts)
	}
	assert.Equal(t, []string{"submission 2026-01-05–2026-01-31 false", "review –2026-02-28 true", "appeal –2026-03-15 false"}, steps)
	m, _ := c.Calendar.Milestone(submission.Submitting)
	assert.Equal(t, []rule.Date{"2026-01-31", "2026-02-05"}, []rule.Date{m.Last("so-y-te"), m.Last("hai-chau")})

	files := make([]string, len(c.Receipts))
	for i, r := range c.Receipts {
		files[i] = fmt.Sprint(r.File, " ", r.Agency, " ", r.Received, " ", r.Counts)
	}
	assert.Equal(t, []string{"submissions/a.csv so-y-te 2026-01-31 false", "submissions/b.csv so-y-te 2026-02-09 true", "submissions/c.csv hai-chau 2026-02-05 true"}, files)
	assert.Equal(t, "12/SYT Nguyễn Văn A", c.Receipts[0].Letter+" "+c.Receipts[0].SignedBy)
	yes, ok := round.Submissions["so-y-te"].Answers.At(site).Value.Yes()
	assert.True(t, ok && !yes, "the file that was received last counts")
	assert.Equal(t, []string{"submissions/b.csv"}, round.Submissions["so-y-te"].Files)

	changes := make([]string, len(c.Adjustments))
	for i, a := range c.Adjustments {
		changes[i] = fmt.Sprintf("%s %s%t %q %q %q %d %s", a.Agency, a.Points.Value, a.Points.Set, a.RatingCap, a.Reason, a.Decision, a.Late, a.Place)
	}
	assert.Equal(t, []string{
		`hai-chau -0.5true "" "Báo cáo sai" "12/QĐ" 0 adjustments.csv:2:17`,
		`hai-chau 0false "weak" "Lộ dữ liệu" "" 0 adjustments.csv:3:21`,
		`so-y-te -3true "weak" "" "" 9 received.csv:3:1`,
	}, changes)
	assert.Len(t, c.AdjustmentsOf("hai-chau"), 2)

	appeals := make([]string, len(c.Objections))
	for i, o := range c.Objections {
		yes, valued := o.Value.Yes()
		appeals[i] = fmt.Sprintf("%s %s.%s %t%t %s%t %s %s %s", o.Agency, o.Indicator, o.Input, yes, valued, o.Points.Value, o.Points.Set, o.Reason, o.Filed, o.Withdrawn)
	}
	assert.Equal(t, []string{
		"so-y-te INF-2.value truetrue 0false Có trang 2026-03-10 ", "hai-chau INF-1. falsefalse 2true Thiếu máy  2026-03-11",
		"hai-chau INF-1. falsefalse 0false Như đã chấm  ",
	}, appeals)

	fates := make([]string, len(c.Lineage))
	for i, s := range c.Lineage {
		fates[i] = fmt.Sprintf("%s %s %s→%s %s %s %q %q", s.Date, s.Fate, s.From, s.To, s.Carry, s.Weight.Value, s.Decision, s.Note)
	}
	assert.Equal(t, []string{
		`2025-07-01 merged a→so-y-te weighted 1.5 "202/2025/QH15" ""`, `2025-07-01 abolished b→ none 0 "" "Hết nhiệm vụ"`,
		`2025-07-01 renamed c→hai-chau mean 0 "" ""`,
	}, fates)

	kinds := map[string]string{}
	for _, p := range round.Problems {
		kinds[p.Kind] = p.Severity.String() + " " + p.Agency
	}
	assert.Equal(t, "info so-y-te", kinds["received-earlier"])
	assert.Equal(t, "warning so-y-te", kinds["received-late"])
	assert.Zero(t, round.Problems.Stopping())

	names := map[string]string{}
	for _, f := range round.Files {
		names[f.Name] = f.SHA256
	}
	sum := sha256.Sum256([]byte(rated))
	assert.Equal(t, hex.EncodeToString(sum[:]), names["criteria.yaml"])
	for _, name := range []string{"round.yaml", "agencies.csv", "received.csv", "adjustments.csv", "appeals.csv", "lineage.csv", "submissions/a.csv", "submissions/b.csv"} {
		assert.Len(t, names[name], 64, name)
	}
}

func TestRegisterOfReceipt(t *testing.T) {
	for name, test := range map[string]struct {
		register string
		want     []string
		sent     string // files of so-y-te
	}{
		"the same day: the later line": {"a.csv,so-y-te,2026-01-31\nb.csv,so-y-te,2026-01-31\nc.csv,hai-chau,2026-01-30\n", []string{"received-earlier info"}, "[submissions/b.csv]"},
		"not registered":               {"b.csv,so-y-te,2026-01-31\nc.csv,hai-chau,2026-01-30\n", []string{"received-beside error"}, "[submissions/b.csv]"},
		"an agency that is not":        {"a.csv,so-y-te,2026-01-30\nb.csv,so-y-te,2026-01-31\n", []string{"received-earlier info", "received-not warning"}, "[submissions/b.csv]"},
		"gone":                         {"a.csv,so-y-te,2026-01-30\nx.csv,so-y-te,2026-01-31\nc.csv,hai-chau,2026-01-30\n", []string{"received-missing error", "received-earlier info", "received-beside error"}, "[]"},
		"an earlier one is gone":       {"y.csv,so-y-te,2026-01-29\na.csv,so-y-te,2026-01-30\nb.csv,so-y-te,2026-01-31\nc.csv,hai-chau,2026-01-30\n", []string{"received-missing warning", "received-earlier info"}, "[submissions/b.csv]"},
		"faults": {"a.csv,so-y-te,2026-01-30\na.csv,so-y-te,2026-01-31\n,hai-chau,2026-01-31\nc.csv,hai-chau,\nc.csv,hai-chau,hôm qua\nb.csv,so-z,2026-01-31\nb.csv,,2026-01-31\nb.csv,so-y-te,2026-01-31\nc.csv,hai-chau,2026-01-31\n", []string{
			"received-no-file error", "received-no-date error", "table-date error", "unknown-agency error", "agency-no-code error", "received-twice error", "received-earlier info",
		}, "[submissions/b.csv]"},
		"one file in two spellings": {"b.csv,so-y-te,2026-01-31\n./submissions/b.csv,so-y-te,2026-02-01\nsubmissions/B.CSV,so-y-te,2026-02-02\na.csv,so-y-te,2026-01-30\nc.csv,hai-chau,2026-01-30\n", []string{"received-twice error", "received-twice error", "received-earlier info"}, "[submissions/b.csv]"},
		"other letters":             {"A.csv,so-y-te,2026-01-30\nsubmissions\\B.csv,so-y-te,2026-01-31\nC.CSV,hai-chau,2026-01-30\n", []string{"received-earlier info"}, "[submissions/b.csv]"},
		"a path that leads out":     {"../a.csv,so-y-te,2026-01-31\nc.csv,hai-chau,2026-01-30\n", []string{"received-missing error", "received-beside error", "received-beside error"}, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			round := worked(t, "", map[string]string{"received.csv": "file,agency,received\n" + test.register})
			assert.Equal(t, test.want, kindsOf(round.Problems, "nothing-sent", "evidence-missing"))
			assert.Equal(t, test.sent, fmt.Sprint(round.Submissions["so-y-te"].Files))
			for _, line := range said(round.Problems) {
				assert.NotContains(t, line, "{")
			}
		})
	}
}

// kindsOf lists kinds and severities, some kinds left out.
func kindsOf(problems diag.Problems, but ...string) []string {
	left := map[string]bool{}
	for _, k := range but {
		left[k] = true
	}
	list := []string{}
	for _, p := range problems {
		if !left[p.Kind] {
			list = append(list, p.Kind+" "+p.Severity.String())
		}
	}
	return list
}

func TestFaultsOfTheCycle(t *testing.T) {
	for name, test := range map[string]struct {
		settings string
		files    map[string]string
		want     []string
	}{
		"points of nothing":   {"", table("adjustments", "agency,kind,value,reason,decision", "so-y-te,points,0,x,"), kinds("adjustment-points")},
		"points in words":     {"", table("adjustments", "agency,kind,value,reason", "so-y-te,points,hai,x"), kinds("adjustment-points")},
		"no reason":           {"", table("adjustments", "agency,kind,value,reason", "so-y-te,points,-1,"), kinds("adjustment-no-reason")},
		"both ways":           {"", table("adjustments", "agency,kind,value,points,rating_cap,reason", "so-y-te,points,1,2,,x", "so-y-te,points,,2,,x", "so-y-te,,,,,x", "so-y-te,,,0,,x", "so-y-te,,,1,best,x", "so-y-te,,,1,weak,x"), kinds("adjustment-incomplete", "adjustment-incomplete", "adjustment-incomplete", "adjustment-points", "unknown-rating")},
		"no value":            {"", table("adjustments", "agency,kind,value,reason", "so-y-te,points,,x"), kinds("adjustment-incomplete")},
		"kind":                {"", table("adjustments", "agency,kind,value,reason", "so-y-te,rank,1,x"), kinds("adjustment-kind")},
		"near kind":           {"", table("adjustments", "agency,kind,value,reason", "so-y-te,point,1,x"), kinds("adjustment-kind-near")},
		"no such rating":      {"", table("adjustments", "agency,kind,value,reason", "so-y-te,rating_cap,tuyệt vời,x"), kinds("unknown-rating")},
		"a rating near one":   {"", table("adjustments", "agency,kind,value,reason", "so-y-te,rating_cap,goods,x"), kinds("unknown-rating-near")},
		"appeal, no reason":   {"", table("appeals", "agency,indicator,reason", "so-y-te,INF-2,"), kinds("objection-no-reason")},
		"appeal for two":      {"", table("appeals", "agency,indicator,value,points,reason", "so-y-te,INF-2,1,1,x"), kinds("objection-value-or-points")},
		"appeal twice":        {"", table("appeals", "agency,indicator,reason", "so-y-te,INF-2,x", "so-y-te,2,y"), kinds("objection-twice")},
		"appeal taken back":   {"", table("appeals", "agency,indicator,reason,filed,withdrawn", "so-y-te,INF-2,x,2026-03-02,2026-03-01", "so-y-te,2,y,,2026-03-01"), kinds("objection-withdrawn-early")},
		"appeal for too much": {"", table("appeals", "agency,indicator,points,reason", "so-y-te,INF-2,7,x"), kinds("review-points-range")},
		"appeal of whom":      {"", table("appeals", "agency,indicator,reason", "so-z,INF-2,x"), kinds("unknown-agency")},
		"appeal of what":      {"", table("appeals", "agency,indicator,reason", "so-y-te,INF-9,x"), kinds("table-unknown-indicator-near")},
		"lineage":             {"", table("lineage", "date,kind,from,to", ",renamed,a,b", "2025-07-01,,a,b", "2025-07-01,eaten,a,b", "2025-07-01,merge,a,b", "2025-07-01,new,a,b", "2025-07-01,abolished,a,b", "2025-07-01,renamed,a,a"), kinds("lineage-no-date", "lineage-no-kind", "lineage-kind", "lineage-kind-near", "lineage-from", "lineage-to", "lineage-same")},
		"carry":               {"", table("lineage", "date,kind,from,to,carry,weight", "2025-07-01,merged,a,b,most,", "2025-07-01,merged,a,b,means,", "2025-07-01,merged,a,b,weighted,", "2025-07-01,merged,a,b,weighted,0"), kinds("lineage-carry", "lineage-carry-near", "lineage-no-weight", "lineage-weight")},
		"order":               {"calendar: {review: {until: 2026-01-01}, submission: {until: 2026-01-02}}\n", nil, kinds("calendar-order")},
		"from":                {"calendar: {review: {from: 2026-01-03, until: 2026-01-02}}\n", nil, kinds("calendar-from")},
		"until":               {"calendar: {review: {from: 2026-01-03}}\n", nil, kinds("missing-key")},
		"no day":              {"calendar: {review: {until: soon}}\n", nil, kinds("want-date")},
		"late":                {"calendar: {submission: {until: 2026-01-02}, late: [{points: -1}, {days: 0, points: -1}, {days: 1}, {days: 2, points: 1}, {days: 3, points: -1}, {days: 3, points: -2}, {days: 4, rating_cap: bad}]}\n", nil, kinds("missing-key", "round-number", "calendar-late-nothing", "calendar-late-points", "calendar-late-twice", "unknown-rating")},
		"late for what":       {"calendar: {review: {until: 2026-01-02}, late: [{days: 1, points: -1}]}\n", nil, kinds("calendar-late-since")},
		"silence":             {"calendar: {submission: {until: 2026-01-02, silence: accept}, review: {until: 2026-01-03, silence: no}}\n", nil, kinds("unknown-key", "unknown-word")},
		"extended":            {"calendar: {submission: {until: 2026-01-02, extended: {so-z: 2026-01-03}}}\n", nil, kinds("unknown-agency")},
		"extended backwards":  {"calendar: {submission: {until: 2026-01-02, extended: {so-y-te: 2026-01-02, hai-chau: 2026-01-01}}}\n", nil, kinds("calendar-extended")},
		"commend":             {"commend: {rating: best, top: {offices: 3}}\n", nil, kinds("unknown-rating", "agency-unknown-group")},
		"commend nobody":      {"commend: {rating: good}\n", nil, kinds("missing-key")},
		"review":              {"review: please\n", nil, kinds("unknown-word")},
		"outside":             {"lineage: ../lineage.csv\n", nil, kinds("round-path-outside")},
		"not there":           {"received: register.csv\n", nil, kinds("file-missing")},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"submissions/b.csv": "code,INF-2\n"}
			maps.Copy(files, test.files)
			round := worked(t, test.settings, files)
			var found []string
			for _, p := range round.Problems {
				if p.Severity == diag.Error {
					found = append(found, p.Kind)
				}
			}
			assert.ElementsMatch(t, test.want, found, "%v", said(round.Problems))
			for _, line := range said(round.Problems) {
				assert.NotContains(t, line, "{")
			}
		})
	}
}

func table(name string, lines ...string) map[string]string {
	return map[string]string{name + ".csv": strings.Join(lines, "\n") + "\n"}
}

func kinds(of ...string) []string { return of }

// Points and a bound of the rating may stand in columns of their own; what repeats a row counts, and is told.
func TestAdjustmentsInTwoColumns(t *testing.T) {
	round := worked(t, "", table("adjustments", "agency,points,rating_cap,reason,decision", "so-y-te,-1,weak,x,1", "hai-chau,,good,y,", "hai-chau,2,,y,", "so-y-te,-1,weak,x,1"))
	lines := make([]string, len(round.Cycle.Adjustments))
	for i, a := range round.Cycle.Adjustments {
		lines[i] = fmt.Sprintf("%s %s%t %q %s %s", a.Agency, a.Points.Value, a.Points.Set, a.RatingCap, a.Reason, a.Place)
	}
	assert.Equal(t, []string{
		`so-y-te -1true "weak" x adjustments.csv:2:9`, `hai-chau 0false "good" y adjustments.csv:3:11`, `hai-chau 2true "" y adjustments.csv:4:10`,
		`so-y-te -1true "weak" x adjustments.csv:5:9`,
	}, lines)
	assert.Contains(t, kindsOf(round.Problems), "adjustment-twice warning")
}

// Of two tables of one name the text is read, and that is told.
func TestTablesSideBySide(t *testing.T) {
	both := table("adjustments", "agency,kind,value,reason", "so-y-te,points,-1,x")
	both["adjustments.xlsx"] = "anything"
	round := worked(t, "", both)
	assert.Contains(t, kindsOf(round.Problems), "table-beside warning")
	assert.Len(t, round.Cycle.Adjustments, 1)
	named := worked(t, "adjustments: adjustments.csv\n", both)
	assert.NotContains(t, kindsOf(named.Problems), "table-beside warning")
}

// A name is the same however its marks are composed.
func TestRegisterNamesFilesInOtherMarks(t *testing.T) {
	files := table("received", "file,agency,received", "Sở Á.csv,so-y-te,2026-01-31", "c.csv,hai-chau,2026-01-31")
	files["submissions/"+norm.NFD.String("Sở Á.csv")] = "code,INF-2\nso-y-te,1\n"
	files["submissions/a.csv"], files["submissions/b.csv"] = "code,INF-2\n", "code,INF-2\n"
	round := worked(t, "", files)
	assert.Zero(t, round.Problems.Stopping(), said(round.Problems))
	assert.Equal(t, []string{"submissions/" + norm.NFD.String("Sở Á.csv")}, round.Submissions["so-y-te"].Files)
}

// Where tables that were sent list the agencies, the register is held against them.
func TestRegisterOfAgenciesThatTablesList(t *testing.T) {
	round := open(t, map[string]string{
		"criteria.yaml": rated, "round.yaml": roundYAML + strings.TrimPrefix(calendarYAML, "review: required\n"),
		"submissions/all.csv":  "code,name,group,INF-2\nso-y-te,Y,department,1\nhai-chau,H,ward,1\n",
		"submissions/late.csv": "code,INF-2\nso-y-te,0\n",
		"received.csv":         "file,agency,received\nall.csv,so-y-te,2026-01-31\nlate.csv,so-y-te,2026-02-02\nall.csv,hai-chau,2026-02-05\nall.csv,so-z,2026-02-05\n",
	})
	kinds := kindsOf(round.Problems, "nothing-sent", "evidence-missing")
	assert.ElementsMatch(t, []string{"received-earlier info", "received-late warning", "unknown-agency error"}, kinds, "%v", said(round.Problems))
	assert.Equal(t, []string{"submissions/late.csv"}, round.Submissions["so-y-te"].Files)
	assert.Len(t, round.Cycle.Receipts, 3)
}

// One number commends the first of every group; an extension may name an agency in other letters.
func TestShortFormsOfTheCycle(t *testing.T) {
	round := worked(t, "commend: {top: 3}\ncalendar: {submission: {until: 2026-01-02, extended: {SO-Y-TE: 2026-01-09}}}\n", nil)
	assert.Equal(t, map[string]int{"department": 3, "ward": 3}, round.Cycle.Commendation.Top)
	m, ok := round.Cycle.Calendar.Milestone(submission.Submitting)
	require.True(t, ok)
	assert.Equal(t, rule.Date("2026-01-09"), m.Last("so-y-te"))
	assert.Equal(t, rule.Date("2026-01-02"), m.Last("hai-chau"))
	_, ok = round.Cycle.Calendar.Milestone(submission.Publishing)
	assert.False(t, ok)
}

// Earlier results lie outside the folder and count among what the round was read from.
func TestFilesOfEarlierResults(t *testing.T) {
	dir := folder(t, map[string]string{"r/round.yaml": "id: r1\nyear: 2025\ncriteria: dti-province@2020\nprevious: ../old.csv\n", "old.csv": "code,rank\na,1\n", "criteria.yaml": setYAML})
	round, err := importers.Open(dir + "/r")
	require.NoError(t, err)
	names := []string{}
	for _, f := range round.Files {
		names = append(names, f.Name)
	}
	assert.Equal(t, []string{"../old.csv", round.Set.Address(), "round.yaml"}, names)
}
