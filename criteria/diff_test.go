package criteria_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// edition is a set with one of everything that can change.
const edition = `schema: dti.criteria/v1
id: city
version: "2025"
title: {vi: Bộ chỉ số, en: City}
source: {decision: 12/QĐ-UBND, date: 2025-01-15, url: "https://example.org/12"}
languages: [vi, en]
scale: 100
groups:
  dept: {vi: Sở, en: Departments}
  ward: {vi: Phường, en: Wards}
ratings:
  - {id: good, name: {vi: Tốt, en: Good}, from: 80}
  - {id: weak, name: {vi: Yếu, en: Weak}, from: 0}
rounding: {indicator: 2, total: 2}
ranking: {ties: competition, tie_break: [P]}
missing: {answer: zero, no_submission: zero, max_share: 1}
not_applicable: rescale
caps: {bonus: 5}
figures:
  staff: {name: {vi: Người làm việc, en: Staff}, type: count, min: 1}
terms:
  rank: {vi: Thứ hạng, en: Place}
pillars:
  - id: P
    no: "1"
    name: {vi: Hạ tầng, en: Infrastructure}
    indicators:
      - id: A
        no: "1.1"
        name: {vi: Máy tính, en: Computers}
        points: 5
        inputs: {computers: {type: count}}
        score: {kind: ratio, of: computers, over: figures.staff}
        evidence: {required: true, hint: {vi: Báo cáo, en: Report}}
        verifier: finance
        advice: {vi: Mua thêm, en: Buy more}
      - id: B
        no: "1.2"
        name: {vi: Cổng, en: Portal}
        points: {dept: 3, ward: 2}
        score: {kind: choice, options: [{id: full, name: {vi: Đủ, en: Full}, share: 1}, {id: part, name: {vi: Một phần, en: Part}, share: 0.5}]}
` + people + training + officers

const (
	people = `  - id: Q
    no: "2"
    name: {vi: Nhân lực, en: People}
    combine: mean
    points: 10
    indicators:
`
	training = `      - {id: C, no: "2.1", name: {vi: Đào tạo, en: Training}, score: {kind: yes_no}}
`
	officers = `      - {id: D, no: "2.2", name: {vi: Chuyên trách, en: Officers}, score: {kind: linear, worst: 0, best: 10}}
`
)

// told are the changes between two sets in English, each under its pillar and subject.
func told(t *testing.T, before, after string) []string {
	t.Helper()
	en := locale.MustFor("en")
	lines := []string{}
	for _, c := range criteria.Diff(load(t, []byte(before)), load(t, []byte(after))) {
		words := en.Note(c.Note())
		assert.True(t, locale.MustFor("vi").Has("notes.diff-"+c.Kind), c.Kind)
		assert.NotContains(t, words, "{", c.Kind)
		assert.NotContains(t, words, "notes.", c.Kind)
		assert.Equal(t, c.Subject == "", c.Name == nil, c.Kind)
		lines = append(lines, strings.TrimSpace(strings.Trim(c.Pillar+"/"+c.Subject, "/")+" "+words))
	}
	return lines
}

// kindsIn collects the sentences that a note uses.
func kindsIn(n rule.Note, said map[string]bool) {
	said["notes."+n.Kind] = true
	for _, arg := range n.Args {
		switch a := arg.(type) {
		case rule.Note:
			kindsIn(a, said)
		case []rule.Note:
			for _, n := range a {
				kindsIn(n, said)
			}
		}
	}
}

func TestDiff(t *testing.T) {
	said := map[string]bool{"notes.diff-top": true} // below
	for name, test := range map[string]struct {
		changes []string // old and new text, in turn
		want    []string
	}{
		"title":             {[]string{"title: {vi: Bộ chỉ số, en: City}", "title: {vi: Chỉ số, en: Town}"}, []string{"title: City → Town"}},
		"one text gone":     {[]string{"terms:\n  rank: {vi: Thứ hạng, en: Place}", "terms:\n  rank: {vi: Thứ hạng}"}, []string{"the word rank: Place (en) → none"}},
		"one language":      {[]string{"en: City}", "en: Town}"}, []string{"title: City (en) → Town (en)"}},
		"source":            {[]string{"decision: 12/QĐ-UBND, date: 2025-01-15, url: \"https://example.org/12\"", "decision: 13/QĐ-UBND, date: 2025-02-15"}, []string{"decision: 12/QĐ-UBND → 13/QĐ-UBND", "day of the decision: 15 January 2025 → 15 February 2025", "address of the decision: https://example.org/12 → none"}},
		"scale":             {[]string{"scale: 100", "scale: points"}, []string{"a perfect total (scale): 100 → the group's own points"}},
		"rounding":          {[]string{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: 3}"}, []string{"decimals of an indicator's points: 2 → 3", "decimals of the total: 2 → not rounded"}},
		"ranking":           {[]string{"ties: competition, tie_break: [P]", "ties: dense"}, []string{"ranking of equal totals (ties): competition → dense", "pillars that decide between equal totals (tie_break): P → none"}},
		"missing policy":    {[]string{"{answer: zero, no_submission: zero, max_share: 1}", "{answer: skip, no_submission: unranked, max_share: 0.5}"}, []string{"a missing answer (missing.answer): zero → skip", "an agency that sent nothing (missing.no_submission): zero → unranked", "share of indicators that may be missing (missing.max_share): 100% → 50%"}},
		"not applicable":    {[]string{"not_applicable: rescale", "not_applicable: full"}, []string{"what does not apply (not_applicable): rescale → full"}},
		"structure only":    {[]string{"example.org/12\"", "example.org/12\", structure_only: {vi: Chỉ có nhóm, en: Pillars only}"}, []string{"what is published of the index: none → Pillars only"}},
		"caps":              {[]string{"caps: {bonus: 5}", "caps: {penalty: 2.50}"}, []string{"most bonus points: 5 → none", "most penalty points: none → 2.5"}},
		"group added":       {[]string{"  ward: {vi: Phường, en: Wards}\n", "  ward: {vi: Phường, en: Wards}\n  hospital: {vi: Bệnh viện, en: Hospitals}\n", "points: {dept: 3, ward: 2}", "points: {dept: 3, ward: 2, hospital: 2}"}, []string{"new agency group: Hospitals [hospital]"}},
		"group removed":     {[]string{"  ward: {vi: Phường, en: Wards}\n", "", "points: {dept: 3, ward: 2}", "points: 3"}, []string{"agency group removed: Wards [ward]"}},
		"group renamed":     {[]string{"ward: {vi: Phường, en: Wards}", "ward: {vi: Xã, en: Communes}"}, []string{"agency group renamed: Wards → Communes"}},
		"rating added":      {[]string{"ratings:\n", "ratings:\n  - {id: top, name: {vi: Giỏi, en: Top}, above: 95}\n"}, []string{"new rating: Top, above 95%"}},
		"rating removed":    {[]string{"  - {id: good, name: {vi: Tốt, en: Good}, from: 80}\n", ""}, []string{"rating removed: Good, from 80%"}},
		"rating bounds":     {[]string{"en: Good}, from: 80", "en: Good}, above: 80"}, []string{"rating Good: from 80% → above 80%"}},
		"rating renamed":    {[]string{"{vi: Tốt, en: Good}", "{vi: Cao, en: High}"}, []string{"rating renamed: Good → High"}},
		"codes named":       {[]string{"terms:\n", "verifiers: {finance: {vi: Sở Tài chính, en: Finance}}\ntags: {big: {vi: Lớn, en: Big}}\nterms:\n"}, []string{"new verifier: Finance [finance]", "new tag of agencies: Big [big]"}},
		"term":              {[]string{"rank: {vi: Thứ hạng, en: Place}", "score: {vi: Điểm, en: Mark}"}, []string{"the word rank: Place → none", "the word score: none → Mark"}},
		"languages":         {[]string{"languages: [vi, en]", "languages: [en, vi]"}, []string{"languages: vi, en → en, vi"}},
		"figures":           {[]string{"staff: {name: {vi: Người làm việc, en: Staff}, type: count, min: 1}", "staff: {name: {vi: Biên chế, en: Posts}, type: number, max: 9, by: survey}\n  homes: {name: {vi: Hộ, en: Homes}, type: count}"}, []string{"input figures.staff, type: count → number", "input figures.staff, entered by: agency → survey", "input figures.staff, lowest number: 1 → none", "input figures.staff, highest number: none → 9", "input figures.staff, name: Staff → Posts", "new input figures.homes: Homes (count)"}},
		"root combines":     {[]string{"not_applicable: rescale", "not_applicable: rescale\ncombine: mean", "    combine: mean\n    points: 10\n", "    combine: mean\n"}, []string{"combination: sum of points → weighted mean", "points, Departments: 18 → none", "points, Wards: 17 → none", "Q/Q points: 10 → none"}},
		"pillar renamed":    {[]string{"name: {vi: Hạ tầng, en: Infrastructure}", "name: {vi: Nền tảng, en: Platforms}", `no: "1"`, `no: I`}, []string{"P/P name: Infrastructure → Platforms", "P/P number: 1 → I"}},
		"pillar combines":   {[]string{"combine: mean", "combine: geometric"}, []string{"Q/Q combination: weighted mean → weighted geometric mean"}},
		"pillar added":      {[]string{"pillars:\n", "pillars:\n  - {id: N, name: {vi: Mới, en: New}, indicators: [{id: X, name: {vi: Mới, en: Fresh}, points: 1, score: {kind: yes_no}}]}\n"}, []string{"points, Departments: 18 → 19", "points, Wards: 17 → 18", "N/N new pillar", "N/X new indicator, scored by: Fresh: “Yes” – full points, “No” – 0 points"}},
		"points":            {[]string{"points: 5", "points: 6"}, []string{"points, Departments: 18 → 19", "points, Wards: 17 → 18", "P/P points, Departments: 8 → 9", "P/P points, Wards: 7 → 8", "P/A points: 5 → 6"}},
		"points of one":     {[]string{"{dept: 3, ward: 2}", "{dept: 3, ward: 3}"}, []string{"points, Wards: 17 → 18", "P/P points, Wards: 7 → 8", "P/B points, Wards: 2 → 3"}},
		"weight":            {[]string{"{id: C, ", "{id: C, weight: 2, "}, []string{"Q/C weight: 1 → 2"}},
		"for":               {[]string{"{id: C, ", "{id: C, for: [dept], "}, []string{"Q/C for: Departments; Wards → Departments"}},
		"rule settings":     {[]string{"best: 10", "best: 12"}, []string{"Q/D scored by: Officers: 0 points at 0 or less, full points at 10 or more, in proportion between → Officers: 0 points at 0 or less, full points at 12 or more, in proportion between"}},
		"rule kind":         {[]string{"{kind: linear, worst: 0, best: 10}", "{kind: steps, steps: [{from: 10, share: 1}]}"}, []string{"Q/D scored by: Officers: 0 points at 0 or less, full points at 10 or more, in proportion between → Officers, by the best step reached: 10 or more: 100%; no step reached: 0 points"}},
		"an option less":    {[]string{", {id: part, name: {vi: Một phần, en: Part}, share: 0.5}", ""}, []string{"P/B scored by, removed: Part: 50%", "P/B ids of options: full, part → full"}},
		"an option's share": {[]string{"en: Part}, share: 0.5", "en: Part}, share: 0.25"}, []string{"P/B scored by: Part: 50% → Part: 25%"}},
		"an option more":    {[]string{"{id: part,", "{id: most, name: {vi: Gần đủ, en: Most}, share: 0.75}, {id: part,"}, []string{"P/B scored by, added: Most: 75%", "P/B ids of options: full, part → full, most, part"}},
		"options":           {[]string{"{id: part,", "{id: some,"}, []string{"P/B ids of options: full, part → full, some"}},
		"input renamed":     {[]string{"inputs: {computers: {type: count}}", "inputs: {laptops: {type: count}}", "of: computers", "of: laptops"}, []string{"P/A new input laptops: Computers (count)", "P/A input computers removed: Computers", "P/A scored by: (computers) ÷ (figures.staff): full points from 100%, in proportion below → (laptops) ÷ (figures.staff): full points from 100%, in proportion below"}},
		"input type":        {[]string{"computers: {type: count}", "computers: {type: number}"}, []string{"P/A input computers, type: count → number"}},
		"indicator says":    {[]string{"        points: 5\n", "        points: 5\n        min: -1\n        when: has_staff\n        public: points\n        not_applicable: {allowed: true, policy: zero}\n", "required: true, hint: {vi: Báo cáo, en: Report}", "without: zero, hint: {vi: Danh sách, en: List}", "verifier: finance", "verifier: interior", "{vi: Mua thêm, en: Buy more}", "{vi: Thuê, en: Rent}", "name: {vi: Máy tính, en: Computers}", "name: {vi: Máy, en: Machines}", `"1.1"`, `"1.9"`}, []string{"P/A name: Computers → Machines", "P/A number: 1.1 → 1.9", "P/A lowest points: 0 → −1", "P/A only agencies with the tag: none → has_staff", "P/A what is published (public): answers → points", "P/A appraised by: finance → interior", "P/A evidence required: yes → no", "P/A without evidence (evidence.without): flag → zero", "P/A an agency may say that it does not apply: no → yes", "P/A where it does not apply (not_applicable.policy): none → zero", "P/A evidence that is meant: Report → List", "P/A advice: Buy more → Rent"}},
		"effect":            {[]string{"{id: C, ", "{id: C, effect: none, "}, []string{"Q/C effect on the total (effect): base → none"}},
		"indicator moved":   {[]string{training, "", "      - id: B\n", strings.Replace(training, "score", "points: 1, score", 1) + "      - id: B\n"}, []string{"points, Departments: 18 → 19", "points, Wards: 17 → 18", "P/P points, Departments: 8 → 9", "P/P points, Wards: 7 → 8", "P/C moved: People → Infrastructure", "P/C points: none → 1"}},
		"pillar removed":    {[]string{people + training + officers, ""}, []string{"points, Departments: 18 → 8", "points, Wards: 17 → 7", "Q/Q pillar removed", "Q/C indicator removed", "Q/D indicator removed"}},
		"pillars nested":    {[]string{"  - id: Q\n", "  - id: R\n    name: {vi: Khác, en: Other}\n    pillars: [{id: S, name: {vi: Trong, en: Inner}, indicators: [{id: X, name: {vi: Mới, en: Fresh}, points: 1, score: {kind: yes_no}}]}]\n  - id: Q\n"}, []string{"points, Departments: 18 → 19", "points, Wards: 17 → 18", "R/R new pillar", "S/S new pillar", "S/X new indicator, scored by: Fresh: “Yes” – full points, “No” – 0 points"}},
		"rating id":         {[]string{"{id: good,", "{id: well,"}, []string{"rating Good, id: good → well"}},
		"only order":        {[]string{training + officers, officers + training}, []string{}},
		"only writing":      {[]string{"scale: 100", "scale: 100.0", "best: 10", "best: 10.00, scale: linear", "version: \"2025\"", "version: \"2026\" # draft"}, []string{}},
		"renumbered":        {[]string{"- id: A", "- id: A1", "        verifier: finance\n", "        verifier: finance\n        from: {id: A, comparable: false}\n"}, []string{"P/A1 id: A → A1", "P/A1 points cannot be compared with the earlier edition"}},
		"ids exchanged":     {[]string{"{id: C, no", "{id: D1, no", "{id: D, no", "{id: C, from: {id: D}, no", "{id: D1, no", "{id: D, from: {id: C}, no"}, []string{"Q/D id: C → D", "Q/C id: D → C"}},
		"indicator gone":    {[]string{training, ""}, []string{"Q/C indicator removed"}},
		"taken by another":  {[]string{"- id: A\n", "- {id: A, name: {vi: Mới, en: New}, points: 1, score: {kind: yes_no}, from: {id: Z}}\n      - id: A2\n        from: {id: A}\n"}, []string{"points, Departments: 18 → 19", "points, Wards: 17 → 18", "P/P points, Departments: 8 → 9", "P/P points, Wards: 7 → 8", "P/A new indicator, scored by: New: “Yes” – full points, “No” – 0 points", "P/A2 id: A → A2"}},
	} {
		t.Run(name, func(t *testing.T) {
			after := edition
			for i := 0; i < len(test.changes); i += 2 {
				require.Contains(t, after, test.changes[i])
				after = strings.Replace(after, test.changes[i], test.changes[i+1], 1)
			}
			assert.Equal(t, test.want, told(t, edition, after))
			for _, c := range criteria.Diff(load(t, []byte(edition)), load(t, []byte(after))) {
				kindsIn(c.Note(), said)
			}
		})
	}
	t.Run("views", func(t *testing.T) { diffOfViews(t, said) })
	t.Run("codes", func(t *testing.T) { diffOfCodes(t, said) })
	for _, key := range locale.MustFor("en").Keys() {
		if strings.HasPrefix(key, "notes.diff-") {
			assert.True(t, said[key], "no test for %s", key)
		}
	}
}

// Of rules that differ in one list, only what differs in it is said; a new name alone changes nothing of that.
func TestDiffOfSteps(t *testing.T) {
	steps := strings.Replace(edition, "{kind: linear, worst: 0, best: 10}", "{kind: steps, steps: [{from: 3, share: 0.5}, {from: 5, share: 1}]}", 1)
	later := strings.NewReplacer("{from: 5, share: 1}", "{from: 8, share: 1}", "{vi: Chuyên trách, en: Officers}", "{vi: Cán bộ, en: Staff officers}").Replace(steps)
	assert.Equal(t, []string{"Q/D name: Officers → Staff officers", "Q/D scored by: 5 or more: 100% → 8 or more: 100%"}, told(t, steps, later))
}

// A pillar that is no longer there is told with everything that was in it; one that stands elsewhere has moved.
func TestDiffOfNestedPillars(t *testing.T) {
	head, _, found := strings.Cut(edition, "pillars:\n")
	require.True(t, found)
	leaf := func(id string) string {
		return "{id: " + id + ", name: {vi: Lá, en: Leaf}, points: 1, score: {kind: yes_no}}"
	}
	inner := "{id: S, name: {vi: Trong, en: Inner}, indicators: [" + leaf("X") + "]}"
	before := strings.Replace(head, ", tie_break: [P]", "", 1) + "pillars:\n" +
		"  - {id: R, name: {vi: Ngoài, en: Outer}, pillars: [" + inner + ", {id: T, name: {vi: Cũ, en: Old}, indicators: [" + leaf("Y") + "]}], indicators: [" + leaf("Z") + "]}\n"
	after := strings.Replace(head, ", tie_break: [P]", "", 1) + "pillars:\n" +
		"  - " + inner + "\n  - {id: U, name: {vi: Mới, en: New}, indicators: [" + leaf("Z") + "]}\n"
	assert.Equal(t, []string{
		"points: 3 → 2",
		"S/S moved: Outer → the top level",
		"U/U new pillar",
		"U/Z moved: Outer → New",
		"R/R pillar removed",
		"T/T pillar removed",
		"T/Y indicator removed",
	}, told(t, before, after))
	assert.Equal(t, []string{
		"points: 2 → 3",
		"R/R new pillar",
		"S/S moved: the top level → Outer",
		"T/T new pillar",
		"T/Y new indicator, scored by: Leaf: “Yes” – full points, “No” – 0 points",
		"R/Z moved: New → Outer",
		"U/U pillar removed",
	}, told(t, after, before), "backwards")
}

// Of two indicators that come from one, the one that kept the id goes on; the other is new.
func TestDiffOfASplitIndicator(t *testing.T) {
	half := strings.Replace(training, "{id: C", "{id: C2, from: {id: C}", 1)
	half = strings.Replace(half, `"2.1"`, `"2.3"`, 1)
	kept := strings.Replace(training, "{id: C", "{id: C, from: {id: C}", 1)
	after := strings.Replace(edition, training, half+kept, 1)
	assert.Equal(t, []string{"Q/C2 new indicator, scored by: Training: “Yes” – full points, “No” – 0 points"}, told(t, edition, after))
}

// Verifiers and tags are compared by their codes and said by their names, where they have any.
func diffOfCodes(t *testing.T, said map[string]bool) {
	t.Helper()
	with := func(codes, verifier, tag string) string {
		named := strings.Replace(edition, "pillars:\n", codes+"pillars:\n", 1)
		return strings.Replace(named, "        verifier: finance\n", "        verifier: "+verifier+"\n        when: "+tag+"\n", 1)
	}
	const (
		old   = "verifiers: {finance: {vi: Sở Tài chính, en: Finance}, interior: {vi: Sở Nội vụ, en: Interior}}\ntags: {big: {vi: Lớn, en: Big}, small: {vi: Nhỏ, en: Small}}\n"
		young = "verifiers: {finance: {vi: Sở Tài chính, en: Treasury}, police: {vi: Công an, en: Police}}\ntags: {big: {vi: To, en: Large}, rural: {vi: Nông thôn, en: Rural}}\n"
	)
	lists := []string{
		"verifier renamed: Finance (en) → Treasury (en)", "new verifier: Police [police]", "verifier removed: Interior [interior]",
		"tag of agencies renamed: Big → Large", "new tag of agencies: Rural [rural]", "tag of agencies removed: Small [small]",
	}
	assert.Equal(t, lists, told(t, with(old, "finance", "big"), with(young, "finance", "big")), "a name is no other verifier")
	for _, c := range criteria.Diff(load(t, []byte(with(old, "finance", "big"))), load(t, []byte(with(young, "finance", "big")))) {
		kindsIn(c.Note(), said)
	}
	assert.Equal(t, append(lists, "P/A only agencies with the tag: Small → Rural", "P/A appraised by: Interior → Police"),
		told(t, with(old, "interior", "small"), with(young, "police", "rural")))
	assert.Equal(t, []string{
		"verifier removed: Finance [finance]", "verifier removed: Interior [interior]",
		"tag of agencies removed: Big [big]", "tag of agencies removed: Small [small]",
		"P/A only agencies with the tag: Big → rural", "P/A appraised by: Finance → police",
	}, told(t, with(old, "finance", "big"), with("", "police", "rural")), "a code where there is no name")
}

// Editions without a common language are compared by everything but their names.
func TestDiffOfOtherLanguages(t *testing.T) {
	first, other := specified(t, "ok-smallest"), ""
	other = strings.NewReplacer("languages: [en]", "languages: [fr]", "{en: ", "{fr: ").Replace(string(first))
	assert.Equal(t, []string{"languages: en → fr"}, told(t, string(first), other))
}

func TestASetDoesNotDifferFromItself(t *testing.T) {
	for _, entry := range builtin.List() {
		data, _, ok := builtin.Get(entry.Address())
		require.True(t, ok)
		assert.Empty(t, told(t, string(data), string(data)), entry.Address())
	}
	for name, c := range specification(t) {
		if len(c.Files[1].Data) == 0 {
			set, err := criteria.LoadWith(library(c), "set.yaml", c.Files[0].Data)
			require.NoError(t, err)
			assert.Empty(t, criteria.Diff(set, set), name)
		}
	}
}
