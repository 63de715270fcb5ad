package main

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// views writes what every view comes to: its parts with their weights and shares, and the result.
func (e explainer) views() {
	if len(e.res.ViewResults) == 0 {
		return
	}
	l := e.job.words
	fmt.Fprintln(e.w)
	fmt.Fprintln(e.w, l.Say("cli.explain-views"))
	for _, v := range e.res.ViewResults {
		name := e.text(v.View.Name)
		if v.View.No != "" {
			name = v.View.No + ". " + name
		}
		if !v.Applies {
			fmt.Fprintln(e.w, l.Say("cli.explain-view-none", name))
			continue
		}
		how := l.Say("notes.combine-" + v.View.Combine.String())
		fmt.Fprintln(e.w, l.Say("cli.explain-view", name, e.points(e.job, v.Score), e.points(e.job, v.Of), how))
		e.viewParts(v)
	}
}

func (e explainer) viewParts(v scoring.ViewResult) {
	l := e.job.words
	weighed := v.View.Combine != criteria.Min
	heads := []columnHead{head("  "+l.Say("cli.explain-view-part"), false), head(l.Say("cli.explain-view-share"), true)}
	if weighed {
		heads = append(heads, head(l.Say("cli.explain-view-weight"), true))
	}
	t := newColumns(heads...)
	for _, p := range v.Parts {
		share := l.Say("cli.explain-view-left")
		if p.Applies {
			share = l.Number(p.Share.Mul(decimal.NewFromInt(100)), 2) + "%"
		}
		cells := []string{"  " + strings.TrimSpace(p.Part.No()+" "+e.text(p.Part.Name())), share}
		if weighed {
			cells = append(cells, l.Plain(p.Part.Weight))
		}
		t.row(cells...)
	}
	t.write(e.w)
}
