package announce_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/announce"
	"github.com/opendti/dti/scoring/history"
)

func TestRead(t *testing.T) {
	ranking, comparison := city(t)
	ranking.Round.Release.Contact = "Sở Thông tin và Truyền thông, điện thoại 0236 3840 123"
	for name, test := range map[string]struct{ text, want string }{
		"right":                       {"Sở Du lịch (hạng 5/24, năm 2018: hạng 9/24) đạt 87,46 điểm.", ""},
		"another number is nowhere":   {"Có 4321 dịch vụ.", "x.md:1:4: announce-number-unknown [4321]"},
		"rank":                        {"Sở Du lịch từ hạng 9 lên hạng 6.", "x.md:1:31: announce-rank-differs [6 Sở Du lịch 5]"},
		"rank by an arrow":            {"Hòa Bắc 25 → 4", "x.md:1:14: announce-rank-differs [4 Hòa Bắc 5]"},
		"rank in English":             {"Hoa Bac commune moved from 25 to 4.", "x.md:1:34: announce-rank-differs [4 Hoa Bac commune 5]"},
		"ordinal":                     {"Hoa Bac commune ranked 6th.", "x.md:1:24: announce-rank-differs [6 Hoa Bac commune 5]"},
		"total":                       {"Thanh Khê được 91,45 điểm", "x.md:1:16: announce-total-differs [91,45 Thanh Khê 91,44]"},
		"total of another":            {"Sở Nội vụ 93,84; Sở Giao thông vận tải 93,06.", "x.md:1:11: announce-total-differs [93,84 Sở Nội vụ 93,06] x.md:1:40: announce-total-differs [93,06 Sở Giao thông vận tải 93,84]"},
		"the other way of writing it": {"Thanh Khê: 91.44 điểm", ""},
		"mean of its group":           {"Sở Du lịch cao hơn mức trung bình 74,25 điểm", ""},
		"difference":                  {"Sở Du lịch tăng 10,88 điểm, tăng 4 bậc", ""},
		"places":                      {"Sở Du lịch tăng 5 bậc", "x.md:1:17: announce-places-differ-unknown [5 Sở Du lịch]"},
		"threshold":                   {"Sở Du lịch là một trong 3 cơ quan tăng từ 3 bậc trở lên, trên 80 điểm", ""},
		"name with a number":          {"Phường Hải Châu 2 hạng 18, Hải Châu 1 hạng 41", ""},
		"the next sentence":           {"Đó là Sở Du lịch. Hạng 1 là 97,20 điểm", ""},
		"row of a table":              {"| 6 | Sở Du lịch | 87,45 |", "x.md:1:3: announce-rank-differs [6 Sở Du lịch 5] x.md:1:20: announce-total-differs [87,45 Sở Du lịch 87,46]"},
		"number of a document":        {"Theo 4321/QĐ-UBND\n\n1. Sở\n## 77. Mục", ""},
		"rank or total":               {"Sở Du lịch có 1.632 dịch vụ", "x.md:1:15: announce-number-unknown [1.632]"},
		"full width":                  {"Sở Du lịch đạt ８７,４５ điểm", "x.md:1:16: announce-total-differs [87,45 Sở Du lịch 87,46]"},
		"markup":                      {"**Sở Du lịch** đạt **87,45** điểm", "x.md:1:22: announce-total-differs [87,45 Sở Du lịch 87,46]"},
		"escapes":                     {"Sở KH&amp;CN đạt 90,94 điểm \\* 4321", "x.md:1:18: announce-total-differs [90,94 Sở KH&CN 90,93] x.md:1:32: announce-number-unknown [4321]"},
		"capitals":                    {"SỞ Y TẾ hạng 12", "x.md:1:14: announce-rank-differs [12 SỞ Y TẾ 13]"},
		"quoted contact":              {"Liên hệ Sở Thông tin và Truyền thông, điện thoại 0236 3840 123", ""},
		"code and hash":               {"Bộ danang-ict-application@2019, mã ae59da346026 và r2", ""},
		"date":                        {"Công bố ngày 29 tháng 10 năm 2020 (29/10/2020)", ""},
		"another year":                {"So với năm 2017", "x.md:1:12: announce-number-unknown [2017]"},
		"no reading":                  {"1,2,34 dịch vụ", "x.md:1:1: announce-number-unknown [1,2,34]"},
		"second line":                 {"một\nhai 4321", "x.md:2:5: announce-number-unknown [4321]"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range announce.Read("x.md", test.text, ranking, comparison, locale.MustFor("vi")) {
				got = append(got, strings.Replace(p.String(), ": error ", ": ", 1))
				assert.NotContains(t, locale.MustFor("vi").Problem(p), "problems.")
			}
			assert.Equal(t, test.want, strings.Join(got, " "))
		})
	}
	apart := norm.NFD.String("Sở Du lịch hạng 6")
	problems := announce.Read("x.md", apart, ranking, comparison, locale.MustFor("vi"))
	require.Len(t, problems, 1, "marks that stand apart from their letters")
	assert.Equal(t, utf8.RuneCountInString(apart), problems[0].Place.Col)
}

func TestLoose(t *testing.T) {
	fact := announce.Fact{Kind: announce.Field, Numbers: nums("24", "97.2"), Year: 2018}
	for text, want := range map[string]int{
		"24 cơ quan, 97,20 điểm, năm 2018": 0, "25 cơ quan": 1, "97,21": 1, "Hải Châu 2": 0, "Hải Châu 3": 1, "h24x": 0, "97.20": 0, "24th": 0, "24nd x 9": 1,
	} {
		got := announce.Loose(announce.Document{Said: []announce.Sentence{{Text: text, Facts: []announce.Fact{fact}, Quotes: []string{"Hải Châu 2"}}}})
		assert.Len(t, got, want, text)
	}
}

func FuzzRead(f *testing.F) {
	set := load(f, small)
	ranking := ranked(set, []int64{6, 2, 2}, []int64{5, 2, 0}, []int64{6, 1, 0}, nil)
	comparison := history.Compare(ranking, since(ranked(set, []int64{1, 0, 0}, []int64{2, 0, 0}, []int64{5, 0, 0})))
	for _, text := range []string{
		"Sở 1 từ hạng 1 lên hạng 2.", "| 6 | Sở 2 | 8,00 |", "Sở Du lịch từ hạng 9 lên hạng 6.", "| 6 | Sở Du lịch | 87,45 |", "\\", "&amp;1", "1.", "12/Q", "(1→", "́1", "|1|", "1,2.3,4", "\xff1", "Hòa Bắc 25 -> 4\n\n",
	} {
		f.Add(text)
	}
	words := locale.MustFor("vi")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Count(text, "\n") + 1
		for _, p := range announce.Read("x.md", text, ranking, comparison, words) {
			assert.True(t, 1 <= p.Place.Row && p.Place.Row <= lines, "the line is there")
			assert.Positive(t, p.Place.Col)
		}
	})
}

// A line that has the form of one of the program's is held against it: numbers of the results in the wrong place, names,
// ratings and directions.
func TestReadEditedLines(t *testing.T) {
	ranking, comparison := city(t)
	written := map[string]string{}
	for _, lang := range locale.Langs() {
		c := clerk(t, ranking, comparison, lang)
		written[lang] = text(t, c.Announcement())
		written[lang+" annex"] = text(t, c.Annex())
	}
	for name, test := range map[string]struct{ in, from, to, read string }{
		"leader":            {"vi", "Sở Thông tin và Truyền thông dẫn đầu", "Sở Du lịch dẫn đầu", "Sở Du lịch"},
		"counts":            {"vi", "có 7 cơ quan xếp loại Tốt", "có 10 cơ quan xếp loại Tốt", "10"},
		"rating":            {"vi", "7 cơ quan xếp loại Trung bình; không", "7 cơ quan xếp loại Khá; không", "Khá"},
		"other group":       {"vi", "khối là 74,25/100", "khối là 82,17/100", "82,17"},
		"weak":              {"vi", "Xếp loại Yếu: Phường Mỹ An", "Xếp loại Yếu: Phường Hòa An", "Phường Hòa An"},
		"parent":            {"vi", "thuộc Quận Ngũ Hành Sơn", "thuộc Quận Sơn Trà", "Quận Sơn Trà"},
		"direction":         {"en", "(up 10 places)", "(down 10 places)", "down"},
		"field":             {"en", "rank 20 of 24", "rank 20 of 56", "56"},
		"commended":         {"en", "commendation is 12", "commendation is 15", "15"},
		"date":              {"vi", "01/01/2019", "01/02/2019", "02"},
		"cells":             {"vi annex", "17,78 | 43,37", "43,37 | 17,78", "43,37 17,78"},
		"rating in a row":   {"vi annex", "87,46 | Tốt", "87,46 | Khá", "Khá"},
		"written otherwise": {"vi", "97,20", "97.2", ""},
		"another sentence":  {"vi", "Sở Thông tin và Truyền thông dẫn đầu khối với", "Dẫn đầu là Sở Thông tin và Truyền thông, đạt", ""},
		"a line more":       {"vi", "- Sở Du lịch: từ", "- Quận Thanh Khê: từ hạng 2/7 lên hạng 1/7 (tăng 1 bậc);\n- Sở Du lịch: từ", ""},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, written[test.in], test.from)
			edited := strings.Replace(written[test.in], test.from, test.to, 1)
			var read []string
			for _, p := range announce.Read("x.md", edited, ranking, comparison, locale.MustFor("vi")) {
				assert.Equal(t, "announce-line-differs", p.Kind)
				read = append(read, p.Args[0].(string))
			}
			assert.Equal(t, test.read, strings.Join(read, " "))
		})
	}
}
