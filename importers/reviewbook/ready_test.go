package reviewbook_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// An appeal is dismissed or granted by a word: the row then decides what it names, as the verifier saw it.
func TestKeepAndGrant(t *testing.T) {
	r := round(t)
	rapid.Check(t, func(t *rapid.T) {
		b := bookOf(r, "so-noi-vu", rapid.SampledFrom([]string{"vi", "en"}).Draw(t, "lang"), submission.Appeal)
		words := map[string]string{}
		for i, row := range b.Rows {
			d := decided(t, row, r.Set, submission.Review)
			if d == nil {
				continue
			}
			after := *d
			if rapid.Bool().Draw(t, "keep") {
				b.Rows[i].Earlier = []submission.Decision{{Verdict: submission.Accept, Stage: submission.Review}, *d}
				words[row.Agency.Code+"/"+row.Key.String()] = "Giữ quyết định trước"
			} else {
				if after.Verdict == submission.Reject {
					after.Verdict = submission.Accept // an agency asks for its claim
				}
				b.Rows[i].Objection = &submission.Objection{Value: after.Value, Points: after.Points}
				words[row.Agency.Code+"/"+row.Key.String()] = "as requested"
			}
			after.Stage, after.Reason, after.Reviewer, after.Date = submission.Appeal, "Đã xem xét", "", ""
			b.Rows[i].Decided = &after
		}
		expected := want(&b)
		for i := range b.Rows {
			if b.Rows[i].Decided == nil {
				delete(words, b.Rows[i].Agency.Code+"/"+b.Rows[i].Key.String())
			}
			b.Rows[i].Decided = nil
		}
		d := open(t, written(t, b))
		for row, word := range words {
			d.set(row, "decision", word)
			d.set(row, "reason", "Đã xem xét")
		}
		got, problems := read(t, d.saved(), r)
		require.Empty(t, said(problems))
		require.Len(t, got, len(expected))
		for i := range expected {
			same(t, expected[i], got[i])
		}
	})
}

// What can be taken for the fate of an appeal, or has nothing behind it, does not count.
func TestWordsOfAnAppeal(t *testing.T) {
	for name, test := range map[string]struct {
		word, reason string
		value        any
		want, column string
	}{
		"dismissed":         {"Keep earlier decision", "", nil, `needs a reason`, "reason"},
		"nothing earlier":   {"As requested", "x", nil, `the row has nothing that the agency asks for. Choose another word, or enter it in the row that has the request.`, "decision"},
		"a value too":       {"Keep earlier decision", "x", 3, `this decision goes without a new value and without points.`, "value"},
		"rejected":          {"Reject", "x", nil, `read “Reject”, need one of: Keep earlier decision, As requested, As claimed, Change, Give 0 points.`, "decision"},
		"accepted":          {"Chấp nhận", "x", nil, `read “Chấp nhận”, need one of: Keep earlier decision,`, "decision"},
		"by the table word": {"accept", "x", nil, `read “accept”, need one of:`, "decision"},
	} {
		t.Run(name, func(t *testing.T) {
			r := round(t)
			b := bookOf(r, "so-noi-vu", "en", submission.Appeal)
			b.Rows[0].Earlier = []submission.Decision{{
				Stage: submission.Review, Verdict: submission.Set, Points: rule.Optional{Value: dec("2.5"), Set: true},
			}}
			b.Rows[1].Objection = &submission.Objection{Value: rule.OptionsOf("full")}
			d := open(t, written(t, b))
			row := "so-y-te/A-1.value"
			d.set(row, "decision", test.word)
			d.set(row, "reason", test.reason)
			if test.value != nil {
				d.set(row, "value", test.value)
			}
			d.set("so-y-te/A-2.value", "decision", "As requested")
			d.set("so-y-te/A-2.value", "reason", "x")
			got, problems := read(t, d.saved(), r)
			assert.Len(t, got, 1, "the others count")
			require.Len(t, problems, 1)
			assert.Contains(t, said(problems)[0], test.want)
			assert.Equal(t, at+d.at(row, test.column), problems[0].Place.String())
		})
	}
}

// A row offers only the words that it can mean, and asks for a reason where what it names differs from the claim.
func TestWordsOfferedByARow(t *testing.T) {
	r := round(t)
	b := bookOf(r, "so-noi-vu", "en", submission.Council)
	b.Rows[0].Earlier = []submission.Decision{{Stage: submission.Review, Verdict: submission.Reject}}
	b.Rows[1].Objection = &submission.Objection{}
	d := open(t, written(t, b))
	validations, err := d.file.GetDataValidations(d.name)
	require.NoError(t, err)
	offered := map[string]string{}
	for _, v := range validations {
		if !strings.HasPrefix(v.Formula1, "Lists!") {
			continue
		}
		cells, err := d.file.GetCols("Lists")
		require.NoError(t, err)
		letter := strings.Split(v.Formula1, "$")[1]
		offered[strings.Fields(v.Sqref)[0]] = strings.TrimRight(strings.Join(cells[letter[0]-'A'], ","), ",")
	}
	assert.Equal(t, "Keep earlier decision,As claimed,Change,Give 0 points", offered[d.at("so-y-te/A-1.value", "decision")])
	assert.Equal(t, "As requested,As claimed,Change,Give 0 points", offered[d.at("so-y-te/A-2.value", "decision")])
	formula, err := d.file.GetCellFormula(d.name, "W4") // of the last column
	require.NoError(t, err)
	assert.Contains(t, formula, `="Give 0 points",TRIM($Q4)="Keep earlier decision")`)
	assert.NotContains(t, formula, "As requested")
}
