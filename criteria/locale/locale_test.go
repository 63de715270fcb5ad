package locale_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// sentences reads a language's file as it is written.
func sentences(t *testing.T, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(lang + ".yaml")
	require.NoError(t, err)
	var sections map[string]map[string]string
	require.NoError(t, yaml.Unmarshal(data, &sections))
	all := map[string]string{}
	for section, keys := range sections {
		for key, s := range keys {
			all[section+"."+key] = s
		}
	}
	return all
}

func TestEveryLanguageSaysTheSame(t *testing.T) {
	blank := regexp.MustCompile(`\{(\d+)`)
	vi := sentences(t, "vi")
	for _, lang := range locale.Langs() {
		other := sentences(t, lang)
		for key, s := range vi {
			o, ok := other[key]
			if !assert.True(t, ok, "%s lacks %s", lang, key) {
				continue
			}
			if key[:6] == "dates." {
				continue // a month is a number in one language and a word in the other
			}
			assert.Equal(t, blanks(blank, s), blanks(blank, o), "%s: blanks of %s", lang, key)
			assert.NotEmpty(t, key == "numbers.thousands" || o != "", "%s: %s is empty", lang, key)
		}
		for key := range other {
			assert.Contains(t, vi, key, "vi lacks %s", key)
		}
	}
}

// TestSectionsAreTheWholeFile: what is cut into sections and parsed one by one is what the file says as a whole.
func TestSectionsAreTheWholeFile(t *testing.T) {
	blank := regexp.MustCompile(`\{(\d+)[^}]*\}`)
	for _, lang := range locale.Langs() {
		whole, l := sentences(t, lang), locale.MustFor(lang)
		assert.Equal(t, slices.Sorted(maps.Keys(whole)), l.Keys(), lang)
		for key, s := range whole {
			assert.Equal(t, blank.ReplaceAllString(s, "{$1}"), l.Say(key), "%s: %s", lang, key)
		}
	}
}

// blanks lists the arguments that a sentence uses.
func blanks(re *regexp.Regexp, s string) []string {
	var found []string
	for _, m := range re.FindAllStringSubmatch(s, -1) {
		found = append(found, m[1])
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNumbers(t *testing.T) {
	vi, en := locale.MustFor("vi"), locale.MustFor("en")
	for name, test := range map[string]struct{ got, want string }{
		"comma":               {vi.Number(num(t, "1234.5"), 2), "1.234,50"},
		"point":               {en.Number(num(t, "1234567.5"), 1), "1,234,567.5"},
		"half away from 0":    {vi.Number(num(t, "0.335"), 2), "0,34"},
		"minus":               {vi.Number(num(t, "-1000"), 0), "−1.000"},
		"signed":              {en.Signed(num(t, "0.5"), 1), "+0.5"},
		"signed nothing":      {en.Signed(num(t, "0.04"), 1), "0.0"},
		"plain":               {vi.Plain(num(t, "45.50")), "45,5"},
		"percent":             {vi.Percent(rule.FractionOf(num(t, "38"), num(t, "40"))), "95%"},
		"percent of a third":  {en.Percent(rule.FractionOf(num(t, "1"), num(t, "3"))), "33.33%"},
		"date":                {vi.Date("2020-10-29"), "29/10/2020"},
		"early date":          {vi.Date("2020-02-09"), "09/02/2020"},
		"date of a decision":  {vi.LongDate("2026-01-05"), "ngày 05 tháng 01 năm 2026"},
		"the same in English": {en.LongDate("2026-01-05"), "5 January 2026"},
		"one":                 {en.Note(rule.Say("rule-points", num(t, "-1"))), "−1 point"},
		"several":             {en.Note(rule.Say("rule-points", num(t, "1.5"))), "1.5 points"},
		"one of text":         {en.Say("site.methodology-pillar", "1"), "Maximum: 1 point."},
		"one as a number":     {en.Say("site.n-points", 1), "1 point"},
		"one as an amount":    {en.Note(rule.Say("part-points", "a", rule.Amount(rule.One()))), "a → 1 point"},
		"date in words":       {en.Date("2020-10-09"), "9 October 2020"},
		"as many digits":      {en.WithDigits(12).Note(rule.Say("rule-points", num(t, "0.00099328924098166047"))), "0.000993289240982 points"},
		"all digits":          {en.Note(rule.Say("rule-points", num(t, "0.00099328924098166047"))), "0.00099328924098166047 points"},
		"few digits":          {en.WithDigits(12).Told(num(t, "4.1875299999999998")), "4.18753"},
		"whole digits stand":  {en.WithDigits(12).Told(num(t, "1234567890123456.5")), "1,234,567,890,123,457"},
		"whole":               {en.WithDigits(12).Told(num(t, "1234567890123456")), "1,234,567,890,123,456"},
		"no date":             {en.Date("soon"), "soon"},
		"no long date":        {en.LongDate("soon"), "soon"},
	} {
		assert.Equal(t, test.want, test.got, name)
	}
}

func num(t *testing.T, s string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(s)
	require.NoError(t, err)
	return d
}

func TestProblemHasItsPlaceInFront(t *testing.T) {
	at := diag.Place{File: "submissions/so-y-te.xlsx", Sheet: "Tự đánh giá", Row: 12, Col: 4}
	p := diag.Problem{Place: at, Kind: "unknown-key-near", Args: []any{"rnak", "rank"}, Severity: diag.Error}
	assert.Equal(t, `submissions/so-y-te.xlsx!Tự đánh giá!D12: the format has no key "rnak"; nearest: rank.`, locale.MustFor("en").Problem(p))
	p.Place = diag.Place{}
	assert.Equal(t, `the format has no key "rnak"; nearest: rank.`, locale.MustFor("en").Problem(p))
}

func TestTextFallsBack(t *testing.T) {
	en := locale.MustFor("en")
	assert.Equal(t, "Good", en.Text(rule.Text{"vi": "Tốt", "en": "Good"}, "vi"))
	text, lang := en.TextLang(rule.Text{"vi": "Tốt", "fr": "Bon"}, "vi")
	assert.Equal(t, "Tốt", text)
	assert.Equal(t, "vi", lang)
	text, _ = en.TextLang(rule.Text{"fr": "Bon"}, "vi")
	assert.Equal(t, "Bon", text)
}

func TestTermsReplaceWords(t *testing.T) {
	vi := locale.MustFor("vi")
	own := vi.WithTerms(map[string]rule.Text{"rank": {"vi": "Thứ hạng"}})
	assert.Equal(t, "Thứ hạng", own.Say("words.rank"))
	assert.Equal(t, "Hạng", vi.Say("words.rank"), "the language stays as it was")
	for _, name := range criteria.TermNames() {
		assert.True(t, vi.Has("words."+name), "a set may replace %s, which no language has", name)
	}
}

func TestNotes(t *testing.T) {
	en := locale.MustFor("en")
	note := rule.Say("unranked-missing", 3, 8, num(t, "0.25"))
	assert.Equal(t, "not ranked, because 3 of 8 applicable indicators have no answer (at most 25% may)", en.Note(note))
	assert.Empty(t, en.Note(rule.Note{}))
	assert.Equal(t, "no.such.key", en.Say("no.such.key"), "a missing sentence is visible")
	assert.Equal(t, "5 (tied)", en.Say("words.tied", 5))
}

func TestCompareSortsAsDictionariesDo(t *testing.T) {
	names := []string{"Đà Nẵng", "Đồng Nai", "An Giang", "Dak Lak", "Ân Thi"}
	slices.SortFunc(names, locale.MustFor("vi").Compare())
	assert.Equal(t, []string{"An Giang", "Ân Thi", "Dak Lak", "Đà Nẵng", "Đồng Nai"}, names)
	for _, lang := range locale.Langs() {
		wards := []string{"Phường Hải Châu 10", "Phường Hải Châu 2", "Phường Hải Châu 1"}
		slices.SortFunc(wards, locale.MustFor(lang).Compare())
		assert.Equal(t, []string{"Phường Hải Châu 1", "Phường Hải Châu 2", "Phường Hải Châu 10"}, wards, "%s: numbers by value", lang)
	}
}
