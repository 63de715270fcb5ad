package html_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// agencyAsTemplates is what agency.go writes, as templates: see asTemplates.
const agencyAsTemplates = `{{define "pick"}}<a class="no" href="#{{.Row}}">{{.No}}</a> {{if .Href}}<a href="{{.Href}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Name}}</a>{{else if .Lang}}<span lang="{{.Lang}}">{{.Name}}</span>{{else}}{{.Name}}{{end}}{{end}}

{{define "levels"}}{{$p := .Page}}<table class="levels">
<caption class="hidden">{{$p.Say "levels-caption"}}</caption>
<thead><tr><th scope="col">{{$p.Say "level-column-indicator"}}</th><th scope="col">{{$p.Say "level-column-takes"}}</th><th scope="col" class="num">{{$p.Say "level-column-points"}}</th><th scope="col" class="num">{{$p.Say "level-column-gain"}}</th><th scope="col">{{$p.Say "level-column-peers"}}</th></tr></thead>
<tbody>
{{range .Levels}}<tr><th scope="row">{{template "pick" .Pick}}</th><td><span class="clip">{{.Takes}}</span></td><td class="num points" data-label="{{$p.Say "level-column-points"}}">{{.Points}}</td><td class="num gain" data-label="{{$p.Say "level-column-gain"}}">{{.Gain}}</td><td class="peers" data-label="{{$p.Say "level-column-peers"}}"><span class="clip">{{range $i, $peer := .Peers}}{{if $i}}; {{end}}{{template "link" $peer}}{{end}}{{if .More}}{{if .Peers}} {{end}}{{.More}}{{end}}</span></td></tr>
{{end}}</tbody></table>{{end}}

{{define "account"}}{{$p := .Page}}{{range .Sections}}<table class="indicators">
<caption{{if .Lang}} lang="{{.Lang}}"{{end}}><span class="pillar">{{.Heading}}</span>{{with .Score}} <span class="num">{{.}}</span>{{end}}</caption>
<thead><tr><th scope="col">{{$p.Say "column-indicator"}}</th><th scope="col" class="num">{{$p.Say "column-points"}}</th><th scope="col">{{$p.Say "column-answers"}}</th><th scope="col">{{$p.Say "column-reason"}}</th></tr></thead>
<tbody>
{{range .Rows}}<tr id="{{.ID}}"><th scope="row"><span class="no">{{.No}}</span> {{if .Href}}<a href="{{.Href}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Name}}</a>{{else if .Lang}}<span lang="{{.Lang}}">{{.Name}}</span>{{else}}{{.Name}}{{end}}{{with .Rule}} <span class="note">{{.}}</span>{{end}}</th>
<td class="num">{{.Points}}{{if .Bar}}{{template "bar" .Bar}}{{end}}</td>
<td>{{if .Hidden}}{{.Hidden}}{{else if .Answers}}<ul class="answers">{{range .Answers}}<li>{{with .Term}}<span class="note">{{.}}:</span> {{end}}{{.Words}}</li>{{end}}</ul>{{else}}{{$p.Say "no-figure"}}{{end}}</td>
<td><span class="state{{if not .Settled}} open{{end}}">{{.Status}}</span>{{range .Reasons}}<span class="reason">{{.}}</span>{{end}}{{with .Advice}}<span class="advice">{{$p.Say "advice"}}: {{.}}</span>{{end}}</td></tr>
{{end}}</tbody></table>
{{end}}{{end}}

{{define "agency"}}{{$p := .Page}}{{$c := .Content -}}
<p class="kicker">{{template "link" $c.Group}}{{if $c.Parent.Href}} <span class="beside">{{template "link" $c.Parent}}</span>{{end}}{{if $c.Compare.Href}} <span class="beside">{{template "link" $c.Compare}}</span>{{end}}</p>
<p class="lede">{{$c.Finding}}</p>
{{with $c.RevisedSay}}<p class="hint revised">{{.}}{{if $p.Corrections.Href}} <a href="{{$p.Corrections.Href}}">{{$p.Corrections.Text}}</a>{{end}}</p>{{end}}
{{template "numbers" $c.Facts}}
<h2 class="hidden">{{$p.Say "figures-heading"}}</h2>
<div class="columns">
<div class="pillars">{{range .Figure "pillars"}}{{template "figure" .}}{{end}}</div>
{{if or $c.Losses $c.LossesSay}}<section class="losses" aria-labelledby="losses"><h2 id="losses">{{$p.Say "losses-heading"}}</h2>
{{with $c.LossesSay}}<p>{{.}}</p>{{end}}{{if $c.Losses}}<ol>{{range $c.Losses}}<li>{{template "pick" .}}: <span class="said">{{.Words}}</span>{{with .Advice}} <span class="advice">{{$p.Say "advice"}}: {{.}}</span>{{end}}</li>
{{end}}</ol>{{end}}</section>{{end}}
{{if or $c.Strengths $c.StrengthsSay}}<section class="losses strengths" aria-labelledby="strengths"><h2 id="strengths">{{$p.Say "strengths-heading"}}</h2>
{{with $c.StrengthsSay}}<p>{{.}}</p>{{end}}{{if $c.Strengths}}<ol>{{range $c.Strengths}}<li>{{template "pick" .}}: <span class="said">{{.Words}}</span>{{with .Advice}} <span class="advice">{{$p.Say "advice"}}: {{.}}</span>{{end}}</li>
{{end}}</ol>{{end}}</section>{{end}}
{{range .Figure "trend"}}<div class="trend"><h2 class="hidden">{{$p.Say "trend-heading"}}</h2>{{template "figure" .}}</div>
{{end}}</div>
{{if $c.Levels}}<section class="levels-said" aria-labelledby="levels"><h2 id="levels">{{$p.Say "levels-heading"}}</h2>
<p class="hint">{{$p.Say "levels-say"}}</p>
{{template "levels" $c}}</section>
{{end -}}
{{if $c.Moved}}<section class="moved" aria-labelledby="moved"><h2 id="moved">{{$p.Say "moved-heading"}}</h2>
<p>{{$c.Moved}}</p>
{{if $c.Moves.Rows}}{{template "table" $c.Moves}}
<p class="hint">{{$p.Say "moved-order"}}</p>{{end}}</section>
{{end -}}
{{range .Figure "profile"}}<div class="profile"><h2 class="hidden">{{$p.Say "to-median"}}</h2>{{template "figure" .}}</div>
{{end -}}
{{with $c.Lineage}}<section class="lineage" aria-labelledby="lineage"><h2 id="lineage">{{$p.Say "lineage-heading"}}</h2>
{{range .}}<p>{{.}}</p>{{end}}</section>
{{end -}}
{{if $c.Sections}}<section class="account {{$c.Lines}}" aria-labelledby="indicators"><h2 id="indicators">{{$p.Say "sections-heading"}}</h2>
{{with $c.Hidden}}<p class="hint">{{.}}</p>{{end}}
<div class="sections">
{{template "account" $c}}</div>
<p class="paper">{{with $c.Rest}}{{.}} {{end}}{{$c.Full}}</p></section>
{{end}}
{{if $c.Views.Rows}}<section class="views" aria-labelledby="views"><h2 id="views">{{$p.Say "views-heading"}}</h2>
<p class="hint">{{$p.Say "views-say"}}</p>
{{template "table" $c.Views}}</section>
{{end -}}
{{if $c.Ledger.Rows}}<details class="ledger"><summary>{{$p.Say "ledger-heading"}}</summary>
{{template "table" $c.Ledger}}</details>{{end}}
{{end}}`

func picks() *rapid.Generator[view.Pick] {
	return rapid.Custom(func(t *rapid.T) view.Pick {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.Pick{
			No: text("no"), Row: text("row"), Name: text("name"), Href: text("href"), Lang: text("lang"), Words: text("words"), Advice: text("advice"),
		}
	})
}

func levels() *rapid.Generator[view.LevelLine] {
	return rapid.Custom(func(t *rapid.T) view.LevelLine {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.LevelLine{
			Pick: picks().Draw(t, "pick"), Takes: text("takes"), Points: text("points"), Gain: text("gain"), More: text("more"),
			Peers: rapid.SliceOfN(links(), 0, 2).Draw(t, "peers"),
		}
	})
}

func sections() *rapid.Generator[view.Section] {
	row := rapid.Custom(func(t *rapid.T) view.IndicatorRow {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.IndicatorRow{
			ID: text("id"), No: text("no"), Name: text("name"), Href: text("href"), Lang: text("lang"), Rule: text("rule"), Points: text("points"),
			Bar: text("bar"), Status: text("status"), Settled: rapid.Bool().Draw(t, "settled"), Hidden: text("hidden"), Advice: text("advice"),
			Reasons: rapid.SliceOfN(hostileText(), 0, 2).Draw(t, "reasons"), Answers: rapid.SliceOfN(facts(), 0, 2).Draw(t, "answers"),
		}
	})
	return rapid.Custom(func(t *rapid.T) view.Section {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.Section{Heading: text("heading"), Lang: text("lang"), Score: text("score"), Rows: rapid.SliceOfN(row, 1, 2).Draw(t, "rows")}
	})
}

func TestAgencyPageIsWhatItsTemplateWrites(t *testing.T) {
	ranking, cmp := small(t, submission.Final)
	e := edition(ranking, cmp, "vi")
	drawn := e.Group(ranking.Groups[0]).Figures[:1]
	rapid.Check(t, func(t *rapid.T) {
		p, ok := e.Agency("so-a")
		assert.True(t, ok)
		text := func(name string) string { return hostileText().Draw(t, name) }
		table := func(name string) view.Table { return rapid.OneOf(rapid.Just(view.Table{}), tables()).Draw(t, name) }
		p.Group, p.Parent, p.Compare = links().Draw(t, "group"), links().Draw(t, "parent"), links().Draw(t, "compare")
		p.Finding, p.RevisedSay, p.Corrections = text("finding"), text("revised"), links().Draw(t, "corrections")
		p.Facts = rapid.SliceOfN(facts(), 0, 2).Draw(t, "facts")
		p.Losses, p.LossesSay = rapid.SliceOfN(picks(), 0, 2).Draw(t, "losses"), text("no losses")
		p.Strengths, p.StrengthsSay = rapid.SliceOfN(picks(), 0, 2).Draw(t, "strengths"), text("no strengths")
		p.Levels, p.Sections = rapid.SliceOfN(levels(), 0, 2).Draw(t, "levels"), rapid.SliceOfN(sections(), 0, 2).Draw(t, "sections")
		p.Lines, p.Hidden, p.Rest, p.Full = text("lines"), text("hidden"), text("rest"), text("full")
		p.Ledger, p.Views, p.Moved, p.Moves = table("ledger"), table("views"), text("moved"), table("moves")
		p.Lineage = rapid.SliceOfN(hostileText(), 0, 2).Draw(t, "lineage")
		p.Figures = nil
		for _, id := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"pillars", "trend", "profile"}), rapid.ID).Draw(t, "figures") {
			drawn[0].ID = id
			p.Figures = append(p.Figures, drawn...)
		}
		assert.Equal(t, specifiedPage(t, p), written(t, p))
	})
}
