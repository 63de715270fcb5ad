package view

import (
	"strings"

	"github.com/opendti/dti/criteria"
)

// A Field is an entry of the data dictionary: a column of results.csv, or an indicator as data.json has it.
type Field struct {
	Name        string // column; "indicator:INF-1"
	Type        string // of Table Schema: string, integer, number, boolean
	Unit        string // in words; "" where there is none
	Title       string // short name; "" where Description is all there is to say
	Description string // what it is; of an indicator its rule
	Required    bool   // never empty
	Unique      bool
	Minimum     string   // "" where there is none
	Enum        []string // all values that there are; nil: any

	No     string            // display number of an indicator or pillar
	Pillar string            // id of the pillar that it is in
	Points map[string]string // of an indicator, by group
	Public string            // what is published of an indicator: answers, points, none
}

// Fields describe the columns of results.csv, in their order.
func (e *Edition) Fields() []Field {
	points, percent := e.say("dictionary-points"), e.say("dictionary-percent-unit")
	var groups, ratings, named []string
	for _, g := range e.set.Groups {
		groups = append(groups, g.ID)
	}
	for _, r := range e.set.Ratings {
		ratings = append(ratings, r.ID)
		named = append(named, e.say("dictionary-entry", r.ID, e.text(r.Name)))
	}
	fields := []Field{
		{Name: "code", Type: "string", Required: true, Unique: true},
		{Name: "name", Type: "string"},
		{Name: "group", Type: "string", Required: true, Enum: groups},
		{Name: "status", Type: "string", Required: true, Enum: []string{"ranked", "unranked"}},
		{Name: "rank", Type: "integer", Minimum: "1"},
		{Name: "tied", Type: "boolean"},
		{Name: "score", Type: "number", Unit: points, Required: true, Minimum: "0"},
		{Name: "of", Type: "number", Unit: points, Required: true, Minimum: "0"},
		{Name: "percent", Type: "number", Unit: percent, Required: true, Minimum: "0"},
		{Name: "rating", Type: "string", Enum: ratings},
		{Name: "previous_score", Type: "number", Unit: points},
		{Name: "previous_of", Type: "number", Unit: points, Minimum: "0"},
		{Name: "previous_comparable", Type: "boolean"},
		{Name: "previous_rank", Type: "integer", Minimum: "1"},
		{Name: "previous_of_ranked", Type: "integer", Minimum: "1"},
	}
	titles := map[string]string{
		"code": e.say("book-code"), "name": e.term("agency"), "group": e.term("group"), "rank": e.term("rank"), "score": e.term("score"),
		"rating": e.term("rating"),
	}
	for i := range fields {
		fields[i].Title = titles[fields[i].Name]
		fields[i].Description = e.say("dictionary-"+fields[i].Name, strings.Join(named, ", "))
	}
	return append(fields, e.partFields(points)...)
}

// partFields describe the columns of pillars and views.
func (e *Edition) partFields(points string) []Field {
	var fields []Field
	above := map[*criteria.Pillar]string{}
	for p := range e.set.Root.AllPillars() {
		for _, child := range p.Pillars {
			above[child] = p.ID
		}
		fields = append(fields, Field{
			Name: "pillar:" + p.ID, Type: "number", Unit: points, Title: e.text(p.Name), No: p.No, Pillar: above[p],
			Description: e.say("dictionary-pillar", numbered(p.No, e.text(p.Name))),
		})
	}
	for _, v := range e.set.Views {
		fields = append(fields, Field{
			Name: "view:" + v.ID, Type: "number", Unit: points, Title: e.text(v.Name), No: v.No,
			Description: e.say("dictionary-view", numbered(v.No, e.text(v.Name))),
		})
	}
	return fields
}

// IndicatorFields describe every indicator of the set: what it is called, where it is, its points, its rule in words, and
// what of it is published.
func (e *Edition) IndicatorFields() []Field {
	var fields []Field
	var walk func(p *criteria.Pillar)
	walk = func(p *criteria.Pillar) {
		for _, child := range p.Pillars {
			walk(child)
		}
		for _, ind := range p.Indicators {
			f := Field{
				Name: "indicator:" + ind.ID, Type: "number", Unit: e.say("dictionary-points"), Title: e.text(ind.Name), Description: e.rules[ind],
				No: ind.No, Pillar: p.ID, Points: map[string]string{}, Public: publicWord(ind.Public),
			}
			for _, g := range e.set.Groups {
				if points, ok := ind.Points[g.ID]; ok && ind.Concerns(g.ID) {
					f.Points[g.ID] = points.String()
				}
			}
			fields = append(fields, f)
		}
	}
	walk(e.set.Root)
	return fields
}

func publicWord(p criteria.Public) string {
	switch p {
	case criteria.Answers:
		return "answers"
	case criteria.PointsOnly:
		return "points"
	default:
		return "none"
	}
}
