package workbook_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

func say(vi, en string) criteria.Text { return criteria.Text{"vi": vi, "en": en} }

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func some(s string) rule.Optional { return rule.Optional{Value: dec(s), Set: true} }

func of(input string) rule.Operand { return rule.Operand{{Input: input}} }

// each gives both groups of the test set the same points.
func each(points string) criteria.PerGroup {
	return criteria.PerGroup{"department": dec(points), "ward": dec(points)}
}

func input(id string, t rule.Type, name criteria.Text) criteria.Input {
	return criteria.Input{ID: id, Name: name, Type: t, By: criteria.ByAgency}
}

// exampleSet has an input of every type, inputs that others provide, an indicator for one group and one for a tag.
func exampleSet() *criteria.Set {
	options := []rule.Option{
		{ID: "full", Name: say("Toàn trình, có chữ ký số", "Fully online, signed"), Worth: rule.Worth{Share: some("1")}},
		{ID: "part", Name: say("Một phần", "Partly"), Worth: rule.Worth{Share: some("0.5")}},
		{ID: "none", Name: say("Chưa có; đang làm", "None yet; under way"), Worth: rule.Worth{Share: some("0")}},
	}
	ticks := []rule.Option{
		{ID: "plan", Name: say("Kế hoạch năm", "Yearly plan"), Worth: rule.Worth{Share: some("0.5")}},
		{ID: "unit", Name: say("Tổ công nghệ số; cộng đồng", "Digital team; community"), Worth: rule.Worth{Share: some("0.3")}},
		{ID: "report", Name: say("Báo cáo, sơ kết", "Report"), Worth: rule.Worth{Share: some("0.2")}},
	}
	waived := criteria.NotApplicable{Allowed: true}
	infrastructure := &criteria.Pillar{
		ID: "infrastructure", No: "1", Name: say("Hạ tầng và nền tảng số", "Infrastructure"), Combine: criteria.Sum,
		Indicators: []*criteria.Indicator{
			{
				ID: "INF-1", No: "1.1", Name: say("Tỷ lệ cán bộ, công chức, viên chức được trang bị máy tính để xử lý công việc", "Staff with a computer"),
				Points: each("5"), Effect: criteria.Base, NotApplicable: waived,
				Inputs: []criteria.Input{
					input("computers", rule.Count, say("Số máy tính", "Computers")),
					{ID: "checked", Name: say("Số máy tính đã kiểm tra", "Computers checked"), Type: rule.Count, By: criteria.ByDepartment},
					{ID: "connected", Name: say("Số máy kết nối mạng", "Connected"), Type: rule.Count, By: criteria.ByAgency, Max: some("100000")},
				},
				Rule:     &rule.Ratio{Of: of("computers"), Over: of("figures.staff")},
				Evidence: criteria.Evidence{Required: true, Hint: say("Báo cáo kiểm kê tài sản", "Inventory report")},
			},
			{
				ID: "INF-2", No: "1.2", Name: say("Tỷ lệ phủ sóng mạng di động băng rộng 5G trên dân số", "5G coverage"), Points: each("10"), Effect: criteria.Base,
				Inputs: []criteria.Input{input("value", rule.Percent, nil)},
				Rule:   &rule.Linear{Of: of("value"), Worst: dec("0"), Best: dec("100")}, NotApplicable: waived,
			},
			{
				ID: "INF-3", No: "1.3", Name: say("Mức độ hài lòng của người dân", "Satisfaction"), Points: each("10"), Effect: criteria.Base,
				Inputs: []criteria.Input{{ID: "value", Name: say("Kết quả khảo sát", "Survey"), Type: rule.Percent, By: criteria.BySurvey}},
				Rule:   &rule.Linear{Of: of("value"), Worst: dec("0"), Best: dec("100")},
			},
		},
	}
	services := &criteria.Pillar{
		ID: "services", No: "2.1", Name: say("Dịch vụ công trực tuyến", "Online services"), Combine: criteria.Sum,
		Indicators: []*criteria.Indicator{
			{
				ID: "SRV-1", No: "2.1.1", Name: say("Mức độ dịch vụ công trực tuyến", "Level of services"), Points: each("20"), Effect: criteria.Base,
				Inputs: []criteria.Input{input("value", rule.Choice, nil)}, Rule: &rule.ChoiceRule{Of: of("value"), Options: options},
				When: "has_procedures", NotApplicable: waived,
			},
			{
				ID: "SRV-2", No: "2.1.2", Name: say("Kế hoạch chuyển đổi số", "Plan"), Points: each("10"), Effect: criteria.Base,
				Inputs:   []criteria.Input{input("value", rule.Choices, say("Các việc đã làm", "What was done"))},
				Rule:     &rule.Checklist{Of: of("value"), Options: ticks},
				Evidence: criteria.Evidence{Required: true, WithoutZero: true}, NotApplicable: waived,
			},
			{
				ID: "SRV-3", No: "2.1.3", Name: say("Ngày ban hành kế hoạch", "Date of the plan"), Points: each("5"), Effect: criteria.Base,
				Inputs: []criteria.Input{input("value", rule.Day, nil), input("why", rule.Free, say("Lý do chậm", "Reason for delay"))},
				Rule: &rule.Steps{Of: of("value"), Steps: []rule.Step{
					{Bounding: rule.By, Day: "2025-03-31", Worth: rule.Worth{Share: some("1")}},
					{Bounding: rule.By, Day: "2025-06-30", Worth: rule.Worth{Share: some("0.5")}},
				}},
				NotApplicable: waived,
			},
			{
				ID: "SRV-4", No: "2.1.4", Name: say("Chỉ số riêng của sở", "Departments only"), Points: criteria.PerGroup{"department": dec("5")}, For: []string{"department"},
				Inputs: []criteria.Input{input("value", rule.YesNo, nil)}, Rule: &rule.YesNoRule{Of: of("value")}, Effect: criteria.Base,
			},
		},
	}
	application := &criteria.Pillar{
		ID: "application", No: "2", Name: say("Ứng dụng", "Application"), Combine: criteria.Sum, Pillars: []*criteria.Pillar{services},
		Indicators: []*criteria.Indicator{
			{
				ID: "APP-1", No: "2.2", Name: say("Có cổng thông tin điện tử", "Has a portal"), Points: each("5"), Effect: criteria.Base,
				Inputs: []criteria.Input{input("value", rule.YesNo, nil)}, Rule: &rule.YesNoRule{Of: of("value")}, NotApplicable: waived,
			},
			{
				ID: "APP-2", No: "2.3", Name: say("Chi cho chuyển đổi số", "Spending"), Points: each("5"), Effect: criteria.Base,
				Inputs: []criteria.Input{{ID: "value", Name: say("Triệu đồng", "Million VND"), Type: rule.Number, By: criteria.ByAgency, Min: some("0")}},
				Rule:   &rule.Linear{Of: of("value"), Worst: dec("0"), Best: dec("500")}, NotApplicable: waived,
			},
			{
				ID: "APP-3", No: "2.4", Name: say("Sáng kiến chuyển đổi số", "Initiatives"), Points: each("5"), Effect: criteria.Bonus,
				Inputs: []criteria.Input{input("value", rule.Points, say("Điểm tự chấm", "Points claimed"))}, Rule: &rule.PointsRule{Of: of("value")},
				NotApplicable: waived,
			},
		},
	}
	return &criteria.Set{
		ID: "example-city", Version: "2025", Title: say("Bộ chỉ số chuyển đổi số", "Digital transformation index"),
		Source:    criteria.Source{Decision: "12/QĐ-UBND", Date: "2025-01-15"},
		Languages: []string{"vi", "en"}, Scale: criteria.Scale{Value: dec("100")}, Hash: "0123abcd",
		Groups: []criteria.AgencyGroup{
			{ID: "department", Name: say("Sở, ban, ngành", "Departments")}, {ID: "ward", Name: say("Phường, xã", "Wards")},
		},
		Ratings: []criteria.Rating{
			{ID: "good", Name: say("Tốt", "Good"), Bound: dec("80")},
			{ID: "fair", Name: say("Khá", "Fair"), Bound: dec("65"), Above: true},
			{ID: "weak", Name: say("Yếu", "Weak")},
		},
		Rounding:      criteria.Rounding{Total: criteria.Places{N: 2, Round: true}},
		NotApplicable: criteria.Rescale,
		Caps:          criteria.Caps{Bonus: some("5"), Penalty: some("10")},
		Figures: []criteria.Input{
			{ID: "staff", Name: say("Tổng số cán bộ, công chức, viên chức", "Staff"), Type: rule.Count, By: criteria.ByAgency, Min: some("1")},
			{ID: "budget", Name: say("Ngân sách (triệu đồng)", "Budget"), Type: rule.Number, By: criteria.ByDepartment},
			{ID: "note", Name: say("Đặc điểm", "Particulars"), Type: rule.Free, By: criteria.ByAgency},
		},
		Root: &criteria.Pillar{Combine: criteria.Sum, Pillars: []*criteria.Pillar{infrastructure, application}},
	}
}

// exampleAgency is a department with procedures, so every indicator concerns it.
func exampleAgency() submission.Agency {
	return submission.Agency{
		Code: "so-tttt", Name: say("Sở Thông tin và Truyền thông", "Department of Information"), Group: "department",
		Tags: []string{"has_procedures"},
	}
}

func exampleForm() workbook.Form {
	return workbook.Form{
		Set: exampleSet(), Agency: exampleAgency(), Lang: "vi",
		Round: workbook.Round{ID: "dti-2025", Title: say("Đánh giá chuyển đổi số năm 2025", "Assessment 2025"), Year: 2025},
	}
}

func write(t testing.TB, form workbook.Form) []byte {
	t.Helper()
	var buf bytes.Buffer
	require.NoError(t, workbook.Write(&buf, form))
	return buf.Bytes()
}

// epoch is a day from which tests count: the first that all spreadsheets agree on is 1 March 1900.
var epoch = time.Date(1900, time.January, 1, 0, 0, 0, 0, time.UTC)
