package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/style"
	"github.com/opendti/dti/importers"
)

// begun is the set that `dti init` makes in a new folder.
func begun(t *testing.T, args ...string) (set *criteria.Set, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "round")
	var both bytes.Buffer
	status := run(t.Context(), append([]string{"init", dir, "--name", "Chuyển đổi số 2031", "--year", "2031"}, args...), strings.NewReader(""), &both, &both)
	require.Zero(t, status, both.String())
	set, err := importers.LoadSet(filepath.Join(dir, setName))
	require.NoError(t, err)
	return set, dir
}

// A copy of any shipped set is sound, somebody's own, and says nothing of a decision that did not issue it.
func TestInitCopiesAnySet(t *testing.T) {
	for _, e := range builtin.List() {
		t.Run(e.Address(), func(t *testing.T) {
			set, _ := begun(t, "--set", e.Address())
			assert.Equal(t, "chuyen-doi-so@2031", set.Address())
			assert.Equal(t, criteria.Text{"vi": "Bộ chỉ số Chuyển đổi số 2031", "en": "Criteria set: Chuyển đổi số 2031"}, set.Title)
			assert.Equal(t, criteria.Source{StructureOnly: e.Source.StructureOnly}, set.Source, "what is not published stays so")
			assert.Contains(t, string(set.YAML), e.Address(), "the head says what it was made from")
		})
	}
}

// The set that extends a shipped one differs from it in name and dates alone; its examples of edits are sound, add up
// and do what they say.
func TestInitExtendsReadySets(t *testing.T) {
	comment := regexp.MustCompile(`(?m)^# ( *(change:|remove:|add:|- to:|[a-z]+: |indicator:|[A-Z]+-[0-9]+: ).*)$`)
	for _, e := range builtin.List() {
		if !e.Complete() {
			continue
		}
		for _, lang := range []string{"vi", "en"} {
			t.Run(e.Address()+" "+lang, func(t *testing.T) {
				set, dir := begun(t, "--set", e.Address(), "--extends", "--lang", lang)
				assert.Equal(t, e.Address(), set.Extends)
				assert.Empty(t, style.Check(set))

				name := filepath.Join(dir, setName)
				data, err := os.ReadFile(name)
				require.NoError(t, err)
				_, edits, ok := strings.Cut(string(data), "\n\n")
				require.True(t, ok)
				edits = comment.ReplaceAllString(edits, "$1")
				head, _, _ := strings.Cut(string(data), "\n\n")
				require.NoError(t, os.WriteFile(name, []byte(head+"\n\n"+edits), 0o644))
				edited, err := importers.LoadSet(name)
				require.NoError(t, err, edits)
				assert.Empty(t, style.Check(edited))
				_, added := edited.Indicator("NEW-1")
				assert.True(t, added)
				changes := criteria.Diff(set, edited)
				assert.Greater(t, len(changes), 3)
			})
		}
	}
}

// A name that YAML reads as nothing, yes or no, a number or a date makes a round and a set that can be opened.
func TestInitQuotesIDs(t *testing.T) {
	for _, name := range []string{"null", "true", "~", "2027-01-01", "1e5", "0x1F", "Yes", "y", "1_000", "plain"} {
		t.Run(name, func(t *testing.T) {
			for _, how := range [][]string{nil, {"--extends"}} {
				set, dir := begun(t, append(how, "--name", name, "--set", "egdi@2014")...)
				assert.NotEmpty(t, set.ID)
				data, err := os.ReadFile(filepath.Join(dir, "round.yaml"))
				require.NoError(t, err)
				var round struct{ ID any }
				require.NoError(t, yaml.Unmarshal(data, &round))
				assert.IsType(t, "", round.ID)
				opened, err := importers.Open(dir)
				require.NoError(t, err)
				assert.NotEmpty(t, opened.ID)
			}
		})
	}
}

// Dates of a set that was made for another year are those of the round's.
func TestInitMovesDates(t *testing.T) {
	for _, how := range [][]string{nil, {"--extends"}} {
		set, _ := begun(t, append(how, "--set", "city-starter")...)
		text := string(set.YAML)
		assert.Contains(t, text, "by: 2031-01-31")
		assert.NotContains(t, text, "by: 2026")
	}
}

// An extending set moves the dates of any rule, those of parts and 29 February, too, also where no pillar has indicators
// that the examples of edits could name.
func TestInitMovesDatesOfParts(t *testing.T) {
	own := filepath.Join(t.TempDir(), "own.yaml")
	require.NoError(t, os.WriteFile(own, []byte(`schema: dti.criteria/v1
id: own
version: "2024"
title: {vi: Bộ chỉ số, en: Index}
languages: [vi, en]
scale: points
source: {date: 2024-01-15, structure_only: {vi: Mới có hai chỉ số., en: "Two indicators: no more."}}
groups: {a: {vi: Sở, en: Departments}}
indicators:
  - id: PLAN
    name: {vi: Kế hoạch, en: Plan}
    points: 2
    inputs: {day: {name: {vi: Ngày, en: Day}, type: date}, done: {name: {vi: Xong, en: Done}, type: yes_no}}
    score:
      kind: sum_of
      parts:
        # in time
        - {id: time, share: 0.5, score: {kind: steps, of: day, steps: [{by: 2024-02-29, share: 1}, {by: "2024-06-30", share: 0.5}]}}
        - id: done
          share: 0.5
          score: {kind: yes_no, of: done}
  - {id: DONE, name: {vi: Xong, en: Done}, points: 1, score: {kind: yes_no}}
`), 0o600))
	set, dir := begun(t, "--set", own, "--extends")
	assert.Equal(t, "Two indicators: no more.", set.Source.StructureOnly["en"])
	assert.Empty(t, set.Source.Date)
	data, err := os.ReadFile(filepath.Join(dir, setName))
	require.NoError(t, err)
	assert.Contains(t, string(data), "\nchange:\n  PLAN: {score: {parts: [")
	for _, want := range []string{"by: 2031-02-28", "2031-06-30"} {
		assert.Contains(t, string(data), want)
		assert.Contains(t, string(set.YAML), want)
	}
	assert.NotContains(t, string(set.YAML), "by: 2024")
	assert.NotContains(t, string(data), "DONE", "what has no dates stays as it is")
}

// A department's own set stays its own: it is copied as it is, or has a new edition that extends it.
func TestInitFromOwnSet(t *testing.T) {
	first, dir := begun(t, "--id", "my-city")
	assert.Equal(t, "my-city@2031", first.Address())
	own := filepath.Join(dir, setName)

	again, _ := begun(t, "--set", own)
	assert.Equal(t, first.Hash, again.Hash)

	next, dir := begun(t, "--set", own, "--extends")
	assert.Equal(t, "my-city-2031.yaml", next.Extends)
	assert.Equal(t, "my-city", next.ID)
	assert.FileExists(t, filepath.Join(dir, "my-city-2031.yaml"))

	flat, _ := begun(t, "--set", filepath.Join(dir, setName))
	assert.Empty(t, flat.Extends, "paths mean nothing in another folder")
	assert.NotContains(t, string(flat.YAML), "extends")
}

// What round.yaml offers as comments is sound where the # is taken away, and the tables that it names are read.
func TestInitOffersTheYearsWork(t *testing.T) {
	offered := regexp.MustCompile(`(?m)^# ?((review|calendar|commend|  (submission|review|appeal|council|publication|late)): .*|calendar: .*)$`)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			_, dir := begun(t, "--set", "city-starter@2026", "--lang", lang)
			name := filepath.Join(dir, "round.yaml")
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			for _, table := range []string{"received", "adjustments", "appeals", "lineage"} {
				header := regexp.MustCompile(table + `\.csv +([a-z_,]+)`).FindSubmatch(text)
				require.NotNil(t, header, table)
				require.NoError(t, os.WriteFile(filepath.Join(dir, table+".csv"), append(header[1], '\n'), 0o644))
			}
			require.NoError(t, os.WriteFile(name, offered.ReplaceAll(text, []byte("$1")), 0o644))
			round, err := importers.Open(dir)
			require.NoError(t, err)
			for _, p := range round.Problems {
				assert.Equal(t, "round-no-agencies", p.Kind, "%v", p)
			}
			cycle := round.Cycle
			assert.True(t, cycle.ReviewRequired)
			assert.Len(t, cycle.Calendar.Milestones, 5)
			assert.Equal(t, "2032-01-31", string(cycle.Calendar.Milestones[0].Until))
			assert.Len(t, cycle.Calendar.Late, 2)
			assert.Len(t, cycle.Commendation.Top, len(round.Set.Groups))
		})
	}
}
