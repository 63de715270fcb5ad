package announce_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/reports/announce"
	"github.com/opendti/dti/reports/markdown"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const danang = "../../testdata/danang-2019"

// city is the round of 2019 of Da Nang, held against 2018.
func city(t testing.TB) (*scoring.Ranking, history.Comparison) {
	t.Helper()
	round, err := importers.Open(danang)
	require.NoError(t, err)
	ranking := scoring.Rank(round)
	f, err := os.Open(filepath.Join(danang, "2018", "results.json"))
	require.NoError(t, err)
	defer f.Close()
	past, err := history.Decode("2018/results.json", f)
	require.NoError(t, err)
	return ranking, history.Compare(ranking, past)
}

func clerk(t testing.TB, ranking *scoring.Ranking, comparison history.Comparison, lang string) *announce.Clerk {
	t.Helper()
	c, err := announce.NewClerk(ranking, comparison, locale.MustFor(lang))
	require.NoError(t, err)
	return c
}

func text(t testing.TB, d announce.Document) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, markdown.WritePaper(&b, d.Paper))
	return b.String()
}

// publishedFacts are the facts of the city's announcement of 29 October 2020 that results can know, in the words of the
// program: how many at each rating, named totals, moves of rank, pillar means, weak wards, leaders as in 2018, twelve
// commendations. Numbers that the announcement did not give stand as "#" for any number.
var publishedFacts = map[string]map[string][]string{
	"vi": {
		"Sở, ban, ngành": {
			"Trong 24 cơ quan được xếp hạng có 7 cơ quan xếp loại Tốt, 10 cơ quan xếp loại Khá, 7 cơ quan xếp loại Trung bình; không có cơ quan xếp loại Yếu.",
			"Năm 2018, trong 24 cơ quan được xếp hạng có # cơ quan xếp loại Tốt, # cơ quan xếp loại Khá, # cơ quan xếp loại Trung bình, 3 cơ quan xếp loại Yếu.",
			"Sở Thông tin và Truyền thông dẫn đầu khối với 97,20 điểm.",
			"Sở Giao thông vận tải (93,84 điểm, hạng 2)", "Sở Nội vụ (93,06 điểm, hạng 3)", "Sở Khoa học và Công nghệ (90,93 điểm, hạng 4)",
			"Cả 4 cơ quan dẫn đầu nêu trên cũng thuộc 4 hạng đầu của năm 2018.",
			"Sở Tài nguyên và Môi trường tăng nhiều bậc nhất trong khối so với năm 2018: 10 bậc.",
			"Sở Du lịch: từ hạng 9/24 lên hạng 5/24", "Sở Kế hoạch và Đầu tư: từ hạng 11/24 lên hạng 8/24", "Sở Tài nguyên và Môi trường: từ hạng 20/24 lên hạng 10/24",
			"Hạ tầng kỹ thuật: trung bình #/20 điểm, tăng (năm 2018: #).", "Ứng dụng công nghệ thông tin: trung bình #/50 điểm, tăng nhẹ (năm 2018: #).",
			"Cơ chế, chính sách: trung bình #/15 điểm, tăng (năm 2018: #).", "Nguồn nhân lực: trung bình #/15 điểm, giảm nhẹ (năm 2018: #).",
		},
		"Cơ quan Trung ương": {
			"Trong 6 cơ quan được xếp hạng có 3 cơ quan xếp loại Tốt, 3 cơ quan xếp loại Khá; không có cơ quan xếp loại Trung bình hoặc Yếu.",
			"1 cơ quan xếp loại Trung bình, 1 cơ quan xếp loại Yếu.",
			"Bảo hiểm xã hội thành phố dẫn đầu khối với 93,97 điểm.", "Cục Thuế thành phố (91,18 điểm, hạng 2)",
			"Hạ tầng kỹ thuật: trung bình #/20 điểm, tăng mạnh (năm 2018: #).", "Ứng dụng công nghệ thông tin: trung bình #/50 điểm, tăng (năm 2018: #).",
		},
		"Ủy ban nhân dân quận, huyện": {
			"Trong 7 cơ quan được xếp hạng có 5 cơ quan xếp loại Tốt, 2 cơ quan xếp loại Khá; không có cơ quan xếp loại Trung bình hoặc Yếu.",
			"# cơ quan xếp loại Khá, 1 cơ quan xếp loại Trung bình; không có cơ quan xếp loại Yếu.",
			"Quận Thanh Khê dẫn đầu khối với 91,44 điểm.", "Huyện Hòa Vang (90,41 điểm, hạng 2)", "Quận Liên Chiểu (86,38 điểm, hạng 3)",
			"điểm trung bình của cả 4 nhóm chỉ số đều tăng.",
			"Hạ tầng kỹ thuật: trung bình #/20 điểm, tăng mạnh (năm 2018: #).", "Nguồn nhân lực: trung bình #/15 điểm, tăng mạnh", "Cơ chế, chính sách: trung bình #/15 điểm, tăng mạnh",
		},
		"Ủy ban nhân dân phường, xã": {
			"Trong 56 cơ quan được xếp hạng có # cơ quan xếp loại Tốt, # cơ quan xếp loại Khá, # cơ quan xếp loại Trung bình, 3 cơ quan xếp loại Yếu.",
			"Phường Hòa Hiệp Bắc dẫn đầu khối với 88,12 điểm.", "Phường Hòa An (86,62 điểm, hạng 2)", "Phường Thạc Gián (85,26 điểm, hạng 3)",
			"Xã Hòa Bắc: từ hạng 25/56 lên hạng 5/56 (tăng 20 bậc)", "Xã Hòa Phước: từ hạng 14/56 lên hạng 6/56", "Phường Tân Chính: từ hạng 17/56 lên hạng 7/56",
			"Phường Khuê Trung: từ hạng 28/56 lên hạng 8/56", "Xã Hòa Sơn: từ hạng 43/56 lên hạng 12/56", "Phường Thọ Quang: từ hạng 31/56 lên hạng 13/56",
			"Phường Hải Châu 2: từ hạng 46/56 lên hạng 18/56",
			"phần lớn nhóm chỉ số có điểm trung bình giảm: 3 trong 4 nhóm",
			"Xếp loại Yếu: Phường Mỹ An; Phường Hòa Quý; Phường Khuê Mỹ. Cả 3 cơ quan này đều thuộc Quận Ngũ Hành Sơn. Đề nghị các cơ quan này có biện pháp cải thiện",
		},
		"Đề nghị khen thưởng": {
			"số tập thể được đề nghị khen thưởng là 12",
			"Sở, ban, ngành (các cơ quan trong 4 hạng đầu): Sở Thông tin và Truyền thông; Sở Giao thông vận tải; Sở Nội vụ; Sở Khoa học và Công nghệ.",
			"(các cơ quan trong 2 hạng đầu): Bảo hiểm xã hội thành phố; Cục Thuế thành phố.",
			"(các cơ quan trong 3 hạng đầu): Quận Thanh Khê; Huyện Hòa Vang; Quận Liên Chiểu.",
			"(các cơ quan trong 3 hạng đầu): Phường Hòa Hiệp Bắc; Phường Hòa An; Phường Thạc Gián.",
		},
		"Căn cứ và cách xếp hạng": {"gồm 31 chỉ số thành phần trong 4 nhóm", "Sở, ban, ngành: 28 chỉ số, tối đa 100 điểm."},
	},
	"en": {
		"Departments": {
			"Of 24 ranked agencies: 7 rated Good, 10 rated Fair, 7 rated Average; none rated Weak.",
			"In 2018, of 24 ranked agencies: # rated Good, # rated Fair, # rated Average, 3 rated Weak.",
			"Department of Information and Communications leads the group with 97.20 points.", "Department of Transport (93.84 points, rank 2)",
			"Department of Home Affairs (93.06 points, rank 3)", "Department of Science and Technology (90.93 points, rank 4)",
			"The 4 leaders named here were among the first 4 in 2018 as well.",
			"Department of Tourism: from rank 9 of 24 to rank 5 of 24", "Department of Planning and Investment: from rank 11 of 24 to rank 8 of 24",
			"Department of Natural Resources and Environment: from rank 20 of 24 to rank 10 of 24 (up 10 places)",
			"Infrastructure: mean # of 20 points, up (2018: #).", "Application: mean # of 50 points, up slightly", "Policy: mean # of 15 points, up",
			"Human resources: mean # of 15 points, down slightly",
		},
		"Central agencies": {
			"Of 6 ranked agencies: 3 rated Good, 3 rated Fair; none rated Average or Weak.", "1 rated Average, 1 rated Weak.",
			"City Social Insurance leads the group with 93.97 points.", "City Tax Department (91.18 points, rank 2)",
			"Infrastructure: mean # of 20 points, up sharply", "Application: mean # of 50 points, up",
		},
		"Districts": {
			"Of 7 ranked agencies: 5 rated Good, 2 rated Fair; none rated Average or Weak.", "# rated Fair, 1 rated Average; none rated Weak.",
			"Thanh Khe district leads the group with 91.44 points.", "Hoa Vang district (90.41 points, rank 2)", "Lien Chieu district (86.38 points, rank 3)",
			"the means of all 4 pillars went up", "Infrastructure: mean # of 20 points, up sharply", "Human resources: mean # of 15 points, up sharply", "Policy: mean # of 15 points, up sharply",
		},
		"Wards and communes": {
			"Of 56 ranked agencies: # rated Good, # rated Fair, # rated Average, 3 rated Weak.",
			"Hoa Hiep Bac ward leads the group with 88.12 points.", "Hoa An ward (86.62 points, rank 2)", "Thac Gian ward (85.26 points, rank 3)",
			"Hoa Bac commune: from rank 25 of 56 to rank 5 of 56 (up 20 places)", "Hoa Phuoc commune: from rank 14 of 56 to rank 6 of 56",
			"Tan Chinh ward: from rank 17 of 56 to rank 7 of 56", "Khue Trung ward: from rank 28 of 56 to rank 8 of 56",
			"Hoa Son commune: from rank 43 of 56 to rank 12 of 56", "Tho Quang ward: from rank 31 of 56 to rank 13 of 56", "Hai Chau 2 ward: from rank 46 of 56 to rank 18 of 56",
			"the means of most pillars went down: 3 of 4",
			"Rated Weak: My An ward; Hoa Quy ward; Khue My ward. All 3 belong to Ngu Hanh Son district. These agencies are asked to take measures",
		},
		"Proposed for commendation": {
			"proposed for commendation is 12", "(agencies of the first 4 ranks): Department of Information and Communications; Department of Transport; Department of Home Affairs; Department of Science and Technology.",
			"(agencies of the first 2 ranks): City Social Insurance; City Tax Department.",
			"(agencies of the first 3 ranks): Thanh Khe district; Hoa Vang district; Lien Chieu district.",
			"(agencies of the first 3 ranks): Hoa Hiep Bac ward; Hoa An ward; Thac Gian ward.",
		},
		"Basis and method": {"has 31 indicators in 4 pillars", "Departments: 28 indicators, at most 100 points."},
	},
}

// part is the section of a text below the heading that holds some words.
func part(t testing.TB, text, heading string) string {
	t.Helper()
	var found []string
	for section := range strings.SplitSeq(text, "\n#") {
		if head, _, _ := strings.Cut(section, "\n"); strings.Contains(head, heading) {
			found = append(found, section)
		}
	}
	require.Len(t, found, 1, "one section %s", heading)
	return found[0]
}

// states reports whether a text holds a fact; "#" stands for any number.
func states(text, fact string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(fact), "#", `\d+(?:[.,]\d+)*`)
	return regexp.MustCompile(pattern).MatchString(text)
}

// TestDanangAnnouncement holds every fact of the announcement of 2019 against what the program writes.
func TestDanangAnnouncement(t *testing.T) {
	ranking, comparison := city(t)
	for lang, sections := range publishedFacts {
		written := text(t, clerk(t, ranking, comparison, lang).Announcement())
		for heading, facts := range sections {
			section := part(t, written, heading)
			for _, fact := range facts {
				assert.True(t, states(section, fact), "%s: %s: %s", lang, heading, fact)
			}
		}
	}
}

// TestDanangDocuments holds that the facts of every document are true, that its facts account for every number, and that
// a reader of the text alone finds nothing wrong with it.
func TestDanangDocuments(t *testing.T) {
	ranking, comparison := city(t)
	for _, lang := range []string{"vi", "en"} {
		c := clerk(t, ranking, comparison, lang)
		documents := []announce.Document{c.Announcement(), c.Annex()}
		for _, code := range []string{"so-du-lich", "p-hai-chau-2", "p-hoa-tho-tay", "vien-ncpt"} {
			letter, ok, err := c.Letter(code)
			require.NoError(t, err)
			require.True(t, ok)
			documents = append(documents, letter)
		}
		for i, d := range documents {
			assert.NotEmpty(t, d.Said)
			assert.NoError(t, announce.Check(d.Facts, ranking, comparison))
			assert.Empty(t, announce.Loose(d), d.Paper.Title)
			if i < 2 {
				assert.Empty(t, announce.Read("x.md", text(t, d), ranking, comparison, locale.MustFor(lang)), d.Paper.Title)
			}
		}
	}
}

func TestLetter(t *testing.T) {
	ranking, comparison := city(t)
	c := clerk(t, ranking, comparison, "vi")
	letter, ok, err := c.Letter("so-du-lich")
	require.NoError(t, err)
	require.True(t, ok)
	written := text(t, letter)
	for _, said := range []string{
		"Kính gửi: Sở Du lịch", "Tổng điểm: 87,46/100 điểm.", "Xếp loại: Tốt.", "Thứ hạng: 5/24 trong khối Sở, ban, ngành.",
		"So với năm 2018 (hạng 9/24): tăng 4 bậc.", "Các chỉ số mất nhiều điểm nhất", "mất 2,50 điểm", "Kiến nghị và đề nghị đính chính xin gửi về",
	} {
		assert.Contains(t, written, said)
	}
	for _, s := range ranking.Groups[0].Standings {
		if s.Agency.Code != "so-du-lich" {
			assert.NotContains(t, written, s.Agency.Name["vi"], "another agency")
		}
	}
	_, ok, err = c.Letter("nobody")
	require.NoError(t, err)
	assert.False(t, ok)
}

func TestDraftIsStamped(t *testing.T) {
	ranking, comparison := city(t)
	ranking.Round.Release.Status = 1
	c := clerk(t, ranking, comparison, "vi")
	letter, _, err := c.Letter("bhxh")
	require.NoError(t, err)
	for _, d := range []announce.Document{c.Announcement(), c.Annex(), letter} {
		assert.Contains(t, d.Paper.Stamp, "BẢN DỰ THẢO")
		assert.Contains(t, d.Paper.Title, "BẢN DỰ THẢO")
		assert.Contains(t, text(t, d), "BẢN DỰ THẢO")
	}
}

// A letter tells what decisions beside the answers took away, whom to ask and until when.
func TestLetterOfAnAdjustedTotal(t *testing.T) {
	round := ranked(load(t, small), []int64{6, 2, 2}, []int64{5, 2, 0}, nil).Round
	round.Release.Status, round.Release.Contact = submission.Provisional, "phòng 302, ky.thuat@example.vn"
	round.Cycle.Calendar.Milestones = []submission.Milestone{{Step: submission.Appealing, Until: "2026-03-15"}}
	round.Cycle.Adjustments = []submission.Adjustment{
		{Agency: "d1", Points: rule.Optional{Value: decimal.NewFromInt(-1), Set: true}, Reason: "sai 3 số liệu", Decision: "12/QĐ"},
		{Agency: "d1", Points: rule.Optional{Value: decimal.NewFromInt(-2), Set: true}, Late: 9},
	}
	ranking := scoring.Rank(round)
	c := clerk(t, ranking, history.Comparison{}, "vi")
	for code, want := range map[string][]string{
		"d1": {
			"Tổng điểm: 4,00/10 điểm.", "Tổng điểm đã gồm −1,00 điểm: ", "Tổng điểm đã gồm −2,00 điểm: ", "12/QĐ",
			`xin gửi về: phòng 302, ky.thuat\@example.vn. Thời hạn nhận kiến nghị: hết ngày 15/3/2026.`,
		},
		"d2": {"Không xếp hạng"},
	} {
		letter, ok, err := c.Letter(code)
		require.NoError(t, err)
		require.True(t, ok)
		assert.Empty(t, announce.Loose(letter))
		for _, said := range want {
			assert.Contains(t, text(t, letter), said)
		}
	}
	letter, _, err := c.Letter("d1")
	require.NoError(t, err)
	for _, f := range kind(letter.Facts, announce.Adjusted) {
		changed(t, f, ranking, history.Comparison{})
	}
	assert.Contains(t, text(t, c.Announcement()), "Kết quả tạm thời")
}

func TestFalseFactsAreNamed(t *testing.T) {
	ranking, comparison := city(t)
	for name, test := range map[string]struct {
		fact announce.Fact
		want string
	}{
		"no check":        {announce.Fact{}, "no check for this kind"},
		"another group":   {announce.Fact{Kind: announce.Place, Group: "ward", Agencies: []string{"bhxh"}}, "no agency bhxh in the group"},
		"another year":    {announce.Fact{Kind: announce.Move, Group: "central", Agencies: []string{"bhxh"}, Year: 2017}, "the earlier round is of 2018"},
		"not the first":   {announce.Fact{Kind: announce.First, Group: "department", Agencies: []string{"so-gtvt"}, Numbers: nums("93.84")}, "of rank 1 are [so-tttt]"},
		"another rating":  {announce.Fact{Kind: announce.Place, Group: "central", ID: "fair", Agencies: []string{"bhxh"}, Numbers: nums("1", "93.97")}, "rated good"},
		"another trend":   {announce.Fact{Kind: announce.PillarMean, Group: "department", ID: "human-resources", Numbers: nums("10.84", "15", "11.01"), Trend: announce.Up, Year: 2018}, "moved by -0.17 of 15"},
		"somebody is out": {announce.Fact{Kind: announce.Commended, Group: "central", Agencies: []string{"bhxh"}, Numbers: nums("1")}, "[bhxh cuc-thue] are proposed"},
	} {
		err := announce.Check([]announce.Fact{test.fact}, ranking, comparison)
		assert.ErrorContains(t, err, test.want, name)
	}
}

// A reader can compute each mean of the annex from its column: a score that is not out of the pillar's maximum says so.
// The letter to such an agency says how its total comes about.
func TestPartOfAPillar(t *testing.T) {
	ranking, comparison := city(t)
	c := clerk(t, ranking, comparison, "vi")
	annex := text(t, c.Annex())
	assert.Contains(t, annex, "| Viện Nghiên cứu phát triển kinh tế - xã hội | 11,96 | 13,04/23 |")
	assert.Equal(t, 2, strings.Count(annex, "có chỉ số không áp dụng"), "below the two tables with such a cell")
	letter, _, err := c.Letter("vien-ncpt")
	require.NoError(t, err)
	assert.Contains(t, text(t, letter), "Tổng điểm đã gồm +14,95 điểm: Quy đổi từ 73 điểm áp dụng lên 100 điểm.")
}

func TestSubject(t *testing.T) {
	ranking, comparison := city(t)
	for title, want := range map[string]string{
		"Xếp hạng năm 2019": "Kết quả xếp hạng năm 2019", "Đà Nẵng năm 2019": "Kết quả Đà Nẵng năm 2019", "DTI 2019": "Kết quả DTI 2019",
		"Kết quả đợt 2019": "Kết quả đợt 2019", "Chỉ số 2019": "Kết quả chỉ số 2019",
	} {
		ranking.Round.Title = rule.Text{"vi": title}
		assert.Equal(t, want, clerk(t, ranking, comparison, "vi").Announcement().Paper.Subject)
	}
	ranking.Round.Title = rule.Text{"en": "Ranking of 2019"}
	assert.Equal(t, "Results of “Ranking of 2019”", clerk(t, ranking, comparison, "en").Announcement().Paper.Subject)
}

// Provisional results are called so wherever they stand.
func TestProvisionalEverywhere(t *testing.T) {
	ranking, comparison := city(t)
	ranking.Round.Release.Status = submission.Provisional
	c := clerk(t, ranking, comparison, "vi")
	letter, _, err := c.Letter("bhxh")
	require.NoError(t, err)
	for _, d := range []announce.Document{c.Announcement(), c.Annex(), letter} {
		assert.Contains(t, text(t, d), "Kết quả tạm thời")
	}
}
