package main

import (
	"fmt"
	"strings"

	"github.com/opendti/dti/criteria/rule"
)

// A decision is one row of reviews.csv. Reviewers are units, never persons.
type decision struct {
	agency, indicator, input, stage, verdict, value, points, reason, reviewer, date string
}

func (d decision) row() []string {
	return []string{d.agency, d.indicator, d.input, d.stage, d.verdict, d.value, d.points, d.reason, d.reviewer, d.date}
}

var reviewHeader = []string{"agency", "indicator", "input", "stage", "decision", "value", "points", "reason", "reviewer", "date"}

const (
	panel   = "Tổ thẩm định"
	council = "Hội đồng thẩm định"
)

// raised is the reason where an agency claimed less than it had.
const raised = "Quyết định phân công kèm theo cho thấy mức cao hơn mức tự chấm."

// unproven is the reason where nothing is left of a claim.
const unproven = "Không có tài liệu kiểm chứng cho mức tự chấm."

// slip is an answer that a ward wrote so that it cannot be read, and that a decision settles.
const (
	slipAgency    = "p-hai-chau-1"
	slipIndicator = "NL-4"
)

// reviewed are the questions that reviewers overrule most: their answers are a matter of judgement.
var reviewed = map[string]string{
	"HT-2":  "Xác nhận của đơn vị vận hành mạng cho thấy mức kết nối khác với mức kê khai.",
	"HT-3":  "Thiết bị kê khai chưa có trong biên bản kiểm kê.",
	"HT-5":  "Tài liệu chỉ chứng minh được các biện pháp ghi ở đây.",
	"UD-7":  "Liên thông dữ liệu chưa có biên bản xác nhận.",
	"UD-8":  "Một số chuyên mục không có nội dung tại thời điểm kiểm tra.",
	"UD-9":  "Số bộ dữ liệu đếm trên cổng ít hơn số kê khai.",
	"UD-10": "Phần mềm văn phòng không tính là phần mềm chuyên ngành.",
	"NL-1":  "Quyết định phân công ghi kiêm nhiệm.",
	"CS-3":  "Quyết định phân công ghi khác với bản tự chấm.",
	"CS-5":  "Có quy chế đã hết hiệu lực.",
}

// review changes claims and writes the decisions that lead back to the final answers: claims[agency][indicator] stands in
// the submission instead of the final answer.
func review(all []answered) (decisions []decision, claims map[string]map[string]values) {
	claims = map[string]map[string]values{}
	for _, a := range all {
		claims[a.code] = map[string]values{}
		rng := seeded(a.code+" review", 2019)
		for _, questions := range a.sheet.questions {
			for _, q := range questions {
				if q.pool == nil || rng.Float64() > reviewChance(a.group) {
					continue
				}
				d, claim := overrule(a.code, q, rng.IntN(len(q.pool)))
				if claim == nil {
					continue
				}
				claims[a.code][q.id] = claim
				d.date = fmt.Sprintf("%02d/06/2020", 1+rng.IntN(26))
				decisions = append(decisions, d)
			}
		}
		decisions = append(decisions, special(a)...)
	}
	return decisions, claims
}

// reviewChance is how likely an answer is overruled: wards are checked by sample.
func reviewChance(group string) float64 {
	if group == "ward" {
		return 0.05
	}
	return 0.12
}

// overrule finds a claim, from a start in the pool, that differs in points, and the decision that sets the final answer.
// Most claims are higher than what reviewers accept; in NL-1 some are lower.
func overrule(code string, q *question, start int) (decision, values) {
	reason, ok := reviewed[q.id]
	if !ok || code == slipAgency && q.id == slipIndicator {
		return decision{}, nil
	}
	input := q.ind.Inputs[0].ID
	for i := range q.pool {
		c := q.pool[(start+i)%len(q.pool)]
		if c.points <= q.chosen.points && q.id != "NL-1" || c.points == q.chosen.points {
			continue
		}
		d := decision{agency: code, indicator: q.id, stage: "review", verdict: "set", value: written(q.chosen.values[input]), reason: reason, reviewer: panel}
		if q.chosen.points == 0 {
			d.verdict, d.value, d.reason = "reject", "", unproven
		}
		if c.points < q.chosen.points {
			d.reason = raised
		}
		return d, c.values
	}
	return decision{}, nil
}

// special are the decisions that the example is meant to show: a claim of "not applicable" that is accepted, an answer
// that cannot be read, and an appeal that is upheld by the council.
func special(a answered) []decision {
	switch a.code {
	case noFees:
		return []decision{{
			agency: a.code, indicator: payment, stage: "review", verdict: "accept", reviewer: panel, date: "09/06/2020",
			reason: "Cơ quan không thu phí, lệ phí.",
		}}
	case slipAgency:
		return []decision{{
			agency: a.code, indicator: slipIndicator, stage: "review", verdict: "set", value: written(a.final(slipIndicator)),
			reviewer: panel, date: "16/06/2020", reason: "Ô ghi cả đơn vị tính; đã hỏi lại phường.",
		}}
	case "so-khdt":
		return []decision{
			{
				agency: a.code, indicator: "NL-4", stage: "review", verdict: "reject", reviewer: panel, date: "11/06/2020",
				reason: "Chưa thấy giấy chứng nhận khóa học.",
			},
			{
				agency: a.code, indicator: "NL-4", stage: "council", verdict: "accept", reviewer: council, date: "20/07/2020",
				reason: "Cơ quan đã bổ sung giấy chứng nhận trong thời hạn kiến nghị.",
			},
		}
	}
	return nil
}

// final is the final answer to an indicator with one input.
func (a answered) final(indicator string) rule.Value {
	for _, questions := range a.sheet.questions {
		for _, q := range questions {
			if q.id == indicator {
				return q.chosen.values[q.ind.Inputs[0].ID]
			}
		}
	}
	return rule.Value{}
}

// written is a value as a cell of a table.
func written(v rule.Value) string {
	if n, ok := v.Number(); ok {
		return n.String()
	}
	if yes, ok := v.Yes(); ok {
		if yes {
			return "Có"
		}
		return "Không"
	}
	if ids, ok := v.Options(); ok {
		return strings.Join(ids, ";")
	}
	if d, ok := v.Day(); ok {
		parts := strings.Split(string(d), "-")
		return parts[2] + "/" + parts[1] + "/" + parts[0]
	}
	if v.IsNotApplicable() {
		return "Không áp dụng"
	}
	return ""
}
