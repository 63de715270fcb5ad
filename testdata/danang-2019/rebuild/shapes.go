package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// values are what is entered for the inputs of one indicator.
type values map[string]rule.Value

// A size is how large an agency is: the counts that its answers are parts of.
type size struct {
	year                       int
	staff, procedures, level4  int
	documents, received, files int
	connected, planned         int
	allOnline                  bool // every procedure is online, as the city said of districts and wards
}

// spans are the smallest and largest counts of a group.
type span struct{ staff, procedures, documents, files, planned [2]int }

var spans = map[string]span{
	"department": {staff: [2]int{34, 128}, procedures: [2]int{22, 168}, documents: [2]int{1850, 7400}, files: [2]int{900, 24000}, planned: [2]int{600, 3800}},
	"central":    {staff: [2]int{78, 420}, procedures: [2]int{24, 210}, documents: [2]int{2400, 9800}, files: [2]int{6000, 96000}, planned: [2]int{900, 5200}},
	"district":   {staff: [2]int{92, 168}, procedures: [2]int{198, 243}, documents: [2]int{4200, 9300}, files: [2]int{9000, 31000}, planned: [2]int{1100, 3600}},
	"ward":       {staff: [2]int{18, 29}, procedures: [2]int{112, 118}, documents: [2]int{820, 2350}, files: [2]int{1400, 8600}, planned: [2]int{40, 210}},
}

// sizeOf draws an agency's counts; quality is its share of all points.
func sizeOf(rng *rand.Rand, year int, group string, quality float64) size {
	s := spans[group]
	draw := func(r [2]int) int { return r[0] + rng.IntN(r[1]-r[0]+1) }
	z := size{
		year: year, staff: draw(s.staff), procedures: draw(s.procedures), documents: draw(s.documents), files: draw(s.files),
		planned: draw(s.planned), allOnline: year == 2019 && (group == "district" || group == "ward"),
	}
	z.received = z.documents*2 + rng.IntN(z.documents)
	z.connected = z.staff - rng.IntN(max(z.staff/12, 1))
	share := 0.52*quality - 0.08*rng.Float64()*(1-quality)
	z.level4 = int(math.Round(share * float64(z.procedures)))
	return z
}

// figures are the shared counts of an agency.
func (z size) figures(procedures bool) values {
	v := values{"staff": count(z.staff), "documents": count(z.documents)}
	if procedures {
		v["procedures"] = count(z.procedures)
	}
	return v
}

func count(n int) rule.Value { return rule.NumberOf(decimal.NewFromInt(int64(n))) }

// possible lists what an agency of that size could enter for an indicator, known by its id of 2019.
func possible(id string, ind *criteria.Indicator, z size) []values {
	switch id {
	case "HT-1":
		return parts("computers", z.staff*5/10, z.staff*11/10, values{})
	case "HT-6":
		return parts("protected", z.connected*3/10, z.connected, values{"connected": count(z.connected)})
	case "HT-7":
		return pairs("incidents", 4, "unreported", 2)
	case "UD-1":
		return parts("signed", z.documents*2/10, z.documents, values{})
	case "UD-2":
		return parts("on_time", z.received*4/10, z.received, values{"received": count(z.received)})
	case "UD-3":
		return online(z)
	case "UD-4":
		return []values{{"level_4": count(z.level4)}}
	case "UD-5":
		return parts("online", 0, z.files*7/10, values{"files": count(z.files)})
	case "UD-6":
		return percents("in_time", 810, 1000)
	case "UD-12":
		return percents("satisfied", 620, 980)
	case "UD-9", "NL-4", "UD-10":
		return parts(ind.Inputs[0].ID, 0, 11, values{})
	case "UD-13":
		return desks()
	case "UD-14":
		return parts("accounts", 20, 900, values{})
	case "NL-2":
		return parts("certified", z.staff*3/10, z.staff, values{})
	case "NL-3":
		return parts("trained", 0, z.staff*8/10, values{})
	case "CS-1":
		return days(z.year)
	case "CS-2":
		return parts("spent", z.planned*4/10, z.planned, values{"planned": count(z.planned)})
	case "CS-4":
		return pairs("late", 5, "missing", 2)
	case "HT-3", "UD-8": // nobody lacks the first option: a local network, an address
		return slices.DeleteFunc(chosen(ind), func(v values) bool {
			ids, _ := v[ind.Inputs[0].ID].Options()
			return !slices.Contains(ids, ind.Options(ind.Inputs[0].ID)[0].ID)
		})
	default:
		return chosen(ind)
	}
}

// parts are the counts of one input between two bounds, at most some 160 of them, each with what is fixed.
func parts(input string, from, to int, fixed values) []values {
	var out []values
	step := max((to-from)/160, 1)
	for n := from; n <= to; n += step {
		v := values{input: count(n)}
		for k, w := range fixed {
			v[k] = w
		}
		out = append(out, v)
	}
	return out
}

func pairs(a string, most int, b string, mostB int) []values {
	var out []values
	for i := range most + 1 {
		for j := range min(i, mostB) + 1 {
			out = append(out, values{a: count(i), b: count(j)})
		}
	}
	return out
}

// online are the procedures at level 3 beside those at level 4.
func online(z size) []values {
	rest := z.procedures - z.level4
	from := rest / 5
	if z.allOnline {
		from = rest
	}
	return parts("level_3", from, rest, values{"level_4": count(z.level4)})
}

// percents are percentages with one decimal, in tenths.
func percents(input string, from, to int) []values {
	var out []values
	for n := from; n <= to; n++ {
		out = append(out, values{input: rule.NumberOf(decimal.New(int64(n), -1))})
	}
	return out
}

func desks() []values {
	var out []values
	for n := range 11 {
		out = append(out, values{"desk": rule.YesNoOf(true), "sessions": count(n)})
		if n < 4 {
			out = append(out, values{"desk": rule.YesNoOf(false), "sessions": count(n)})
		}
	}
	return out
}

// days are the days on which a plan was issued.
func days(year int) []values {
	var out []values
	for month := 1; month <= 7; month++ {
		for _, day := range []int{8, 15, 22, 27} {
			out = append(out, values{"issued": rule.DayOf(rule.Date(fmt.Sprintf("%d-%02d-%02d", year, month, day)))})
		}
	}
	return out
}

// chosen are all answers to a question with options: one of them, any of them, or yes and no.
func chosen(ind *criteria.Indicator) []values {
	in := ind.Inputs[0]
	options := ind.Options(in.ID)
	var out []values
	switch in.Type {
	case rule.YesNo:
		return []values{{in.ID: rule.YesNoOf(false)}, {in.ID: rule.YesNoOf(true)}}
	case rule.Choices:
		for mask := range 1 << len(options) {
			var ids []string
			for i, o := range options {
				if mask>>i&1 == 1 {
					ids = append(ids, o.ID)
				}
			}
			out = append(out, values{in.ID: rule.OptionsOf(ids...)})
		}
	default:
		for _, o := range options {
			out = append(out, values{in.ID: rule.OptionsOf(o.ID)})
		}
	}
	return out
}
