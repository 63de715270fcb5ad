package view

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// viewsOf are the views of the set that concern an agency group.
func (w *wording) viewsOf(group string) []*criteria.View {
	var views []*criteria.View
	for i := range w.set.Views {
		if v := &w.set.Views[i]; v.Concerns(group) {
			views = append(views, v)
		}
	}
	return views
}

// viewRules say how every view is made.
func (w *wording) viewRules() []RuleRow {
	rows := make([]RuleRow, len(w.set.Views))
	for i := range w.set.Views {
		v := &w.set.Views[i]
		name, lang := w.name(v.Name)
		rows[i] = RuleRow{ID: "v-" + v.ID, No: v.No, Name: name, Lang: lang, Rule: capital(w.words.Note(v.Words()))}
		rows[i].Details = []string{w.say("view-formula-" + v.Combine.String())}
	}
	return rows
}

// groupViews is the agencies of a group by its views, in the order of the ranking; no rows where the group has none.
func (e *Edition) groupViews(path string, g scoring.Group) Table {
	views := e.viewsOf(g.Group.ID)
	if len(views) == 0 {
		return Table{}
	}
	t := Table{Caption: e.say("views-caption", e.text(g.Group.Name), e.year())}
	t.Columns = []Column{
		{Name: e.term("rank"), Sort: "num", Num: true, Key: true},
		{Name: e.term("agency"), Sort: "text", Key: true},
		{Name: e.term("score"), Sort: "num", Num: true, Key: true},
	}
	for _, v := range views {
		t.Columns = append(t.Columns, Column{Name: e.say("pillar-column", e.text(v.Name), e.plain(g.Of)), Sort: "num", Num: true})
	}
	shaded := len(e.parts(g)) > 0 // the shades are explained where the ranking has parts
	for _, s := range ranked(g) {
		row := Row{Cells: []Cell{
			{Text: e.rank(s), Sort: e.rankSort(s)}, e.agencyCell(path, s), {Text: e.total(s.Score), Sort: s.Score.String()},
		}}
		for _, v := range views {
			row.Cells = append(row.Cells, e.viewCell(s, v, shaded))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// viewCell is an agency's score of a view.
func (e *Edition) viewCell(s scoring.Standing, v *criteria.View, shaded bool) Cell {
	score, ok := s.View(v)
	if !ok {
		return Cell{Text: e.term("status-not_applicable")}
	}
	c := Cell{Text: e.total(score.Score), Sort: score.Score.String()}
	if share, known := percent(score.Score, score.Of); known && shaded {
		c.Level = level(share)
	}
	return c
}

// viewMeans says the means of a group's views in one line; "" where there are none.
func (e *Edition) viewMeans(g scoring.Group) string {
	var means []string
	for _, v := range e.viewsOf(g.Group.ID) {
		if st, ok := g.Stats.View(v); ok {
			means = append(means, e.say("view-mean", e.text(v.Name), e.total(st.Mean)))
		}
	}
	if len(means) == 0 {
		return ""
	}
	return e.say("views-means", strings.Join(means, "; "))
}

// agencyViews is what an agency reached in every view, with the way to it, beside its group's mean; no rows where there
// are none.
func (e *Edition) agencyViews(g scoring.Group, res scoring.Result) Table {
	if len(res.ViewResults) == 0 {
		return Table{}
	}
	t := Table{Caption: e.say("views-agency-caption"), Columns: []Column{
		{Name: e.say("view-column"), Key: true}, {Name: e.term("score"), Num: true, Key: true}, {Name: e.say("view-group-mean"), Num: true, Key: true},
	}}
	change, compared := e.cmp.Agencies[res.Agency.Code]
	compared = compared && len(change.Views) > 0
	if compared {
		t.Columns = append(t.Columns, Column{Name: e.say("change-since", e.past()), Num: true, Key: true})
	}
	for _, v := range res.ViewResults {
		name, lang := e.name(v.View.Name)
		row := Row{Cells: []Cell{{Text: numbered(v.View.No, name), Lang: lang, Head: true, Note: e.viewParts(v)}, e.ownView(v), e.meanCell(g, v.View)}}
		if compared {
			cell := Cell{Text: e.say("change-none")}
			if was, ok := change.Views[v.View.ID]; ok && v.Applies {
				d := v.Score.Sub(was.Score)
				cell = Cell{Text: e.plus(d), Sort: d.String(), Note: e.say("view-then", e.total(was.Score))}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// ownView is an agency's score of a view, of what it is out of.
func (e *Edition) ownView(v scoring.ViewResult) Cell {
	if !v.Applies {
		return Cell{Text: e.term("status-not_applicable")}
	}
	return Cell{Text: e.say("of-points", e.total(v.Score), e.plain(v.Of)), Sort: v.Score.String()}
}

func (e *Edition) meanCell(g scoring.Group, v *criteria.View) Cell {
	st, ok := g.Stats.View(v)
	if !ok {
		return Cell{Text: e.say("no-figure")}
	}
	return Cell{Text: e.total(st.Mean), Sort: st.Mean.String()}
}

// viewParts says how the score of a view came about: the combination, and each part's share with its weight.
func (e *Edition) viewParts(v scoring.ViewResult) string {
	parts := make([]string, len(v.Parts))
	for i, p := range v.Parts {
		name := e.text(p.Part.Name())
		share := e.percentWords(p.Share.Mul(decimal.NewFromInt(100)).Round(percentPlaces))
		switch {
		case !p.Applies:
			parts[i] = e.say("view-part-left", name)
		case v.View.Combine == criteria.Min:
			parts[i] = e.say("view-part-share", name, share)
		default:
			parts[i] = e.say("view-part-weighed", name, share, e.plain(p.Part.Weight))
		}
	}
	return e.say("view-made", capital(e.words.Say("notes.combine-"+v.View.Combine.String())), strings.Join(parts, "; "))
}

// viewHeads are the columns of the views in a sheet of points.
func (e *Edition) viewHeads() (cells []SheetCell) {
	for i := range e.set.Views {
		v := &e.set.Views[i]
		cells = append(cells, textCell(numbered(v.No, e.text(v.Name))))
	}
	return cells
}

// viewCells are an agency's scores in these columns.
func (e *Edition) viewCells(g scoring.Group, s scoring.Standing) (cells []SheetCell) {
	for i := range e.set.Views {
		v := &e.set.Views[i]
		score, ok := s.View(v)
		switch {
		case ok:
			cells = append(cells, numberCell(score.Score, e.digits.total))
		case v.Concerns(g.Group.ID):
			cells = append(cells, textCell(e.term("status-not_applicable")))
		default:
			cells = append(cells, textCell(e.say("book-other-group")))
		}
	}
	return cells
}

// viewRows say in the sheet of the method how the views are made; none where the set has none.
func (e *Edition) viewRows() []SheetRow {
	if len(e.set.Views) == 0 {
		return nil
	}
	head := []SheetCell{textCell(""), textCell(e.say("views-heading")), textCell(e.say("views-say"))}
	rows := []SheetRow{{Kind: SectionRow, Cells: head}}
	for _, r := range e.viewRules() {
		rows = append(rows, SheetRow{Kind: BodyRow, Cells: []SheetCell{textCell(r.No), textCell(r.Name), textCell(strings.Join(append([]string{r.Rule}, r.Details...), "\n"))}})
	}
	return rows
}
