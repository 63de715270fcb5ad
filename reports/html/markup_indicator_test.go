package html_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// indicatorAsTemplates is what indicator.go writes, as templates: see asTemplates.
const indicatorAsTemplates = `{{define "marks"}}{{range .Rows}}<tr><th scope="row"><a href="../agency/{{.File}}.html"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Name}}</a></th><td{{with .Sort}} data-value="{{.}}"{{end}}>{{.Points}}{{with .Bar}}<svg aria-hidden="true"><rect width="{{.}}"/></svg>{{end}}</td>{{with .Judged}}<td>{{.}}</td>{{end}}<td{{with .RankSort}} data-value="{{.}}"{{end}}>{{.Rank}}</td></tr>
{{end}}{{end}}

{{define "indicator"}}{{$p := .Page}}{{$c := .Content}}{{$figures := .Figures -}}
<p class="lede">{{$c.Finding}}</p>
<section aria-labelledby="about"><h2 id="about">{{$p.Say "indicator-about"}}</h2>
{{template "facts" $c.Facts}}</section>
{{range $g := $c.Groups}}<section class="field" aria-labelledby="g-{{.ID}}"><h2 id="g-{{.ID}}">{{template "link" .Name}}</h2>
{{if .Drawn}}{{template "figure" (index $figures .Index)}}{{else}}<p>{{.Says}}</p>
{{end}}{{with .Range}}<p>{{.}}</p>
{{end}}{{if .Rows}}<div class="scroll" role="region" tabindex="0" aria-label="{{.Caption}}"><table class="marks{{if .Head.Judged}} judged{{end}}" data-sortable><caption>{{.Caption}}</caption>
<thead><tr><th scope="col"><button type="button" data-sort="text">{{.Head.Agency}}</button></th><th scope="col"><button type="button" data-sort="num">{{.Head.Points}}</button></th>{{with .Head.Judged}}<th scope="col">{{.}}</th>{{end}}<th scope="col"><button type="button" data-sort="num">{{.Head.Rank}}</button></th></tr></thead>
<tbody>
{{template "marks" .}}</tbody></table></div>
<p class="live" aria-live="polite" data-ascending="{{$p.Say "sorted-up"}}" data-descending="{{$p.Say "sorted-down"}}" data-official="{{$p.Say "indicator-unsorted"}}"></p>
{{end}}{{if .Parents.Rows}}{{template "table" .Parents}}
{{end}}</section>
{{end}}{{with $c.Order}}<p class="hint">{{.}}</p>
{{end}}{{if or $c.Previous $c.Next}}<nav class="neighbours" aria-label="{{$p.Say "indicator-neighbours"}}"><ul>{{with $c.Previous}}<li>{{$p.Say "indicator-previous"}} {{template "link" .}}</li>{{end}}{{with $c.Next}}<li>{{$p.Say "indicator-next"}} {{template "link" .}}</li>{{end}}</ul></nav>
{{end}}{{end}}`

func marks() *rapid.Generator[view.IndicatorMark] {
	return rapid.Custom(func(t *rapid.T) view.IndicatorMark {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.IndicatorMark{
			Name: text("name"), Lang: text("lang"), File: text("file"), Points: text("points"), Sort: text("sort"), Bar: text("bar"),
			Judged: text("judged"), Rank: text("rank"), RankSort: text("rank sort"),
		}
	})
}

func TestIndicatorPageIsWhatItsTemplateWrites(t *testing.T) {
	ranking, _ := small(t, submission.Final)
	e := edition(ranking, history.Comparison{}, "vi")
	field := rapid.Custom(func(t *rapid.T) view.IndicatorGroup {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.IndicatorGroup{
			ID: text("id"), Name: links().Draw(t, "name"), Says: text("says"), Drawn: rapid.Bool().Draw(t, "drawn"), Caption: text("caption"),
			Head: view.IndicatorHead{Agency: text("agency"), Points: text("points"), Rank: text("rank"), Judged: text("judged")},
			Rows: rapid.SliceOfN(marks(), 0, 2).Draw(t, "rows"), Parents: rapid.OneOf(rapid.Just(view.Table{}), tables()).Draw(t, "parents"),
			Range: text("range"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		p, ok := e.Indicator("INF-1")
		assert.True(t, ok)
		text := func(name string) string { return hostileText().Draw(t, name) }
		p.Finding, p.Order = text("finding"), text("order")
		p.Facts, p.Groups = rapid.SliceOfN(facts(), 0, 2).Draw(t, "facts"), rapid.SliceOfN(field, 0, 2).Draw(t, "groups")
		p.Previous, p.Next = rapid.Ptr(links(), true).Draw(t, "previous"), rapid.Ptr(links(), true).Draw(t, "next")
		assert.Equal(t, specifiedPage(t, p), written(t, p))
	})
}
