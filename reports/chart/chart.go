// Package chart draws the figures of a page, twice: as an SVG that is complete without a script, and as an option object
// from which the chart library draws the same figure on screen. It knows view figures and nothing of agencies or pages.
//
// Colours, fonts and dark mode come from CSS alone (see CSS); a drawing has classes and no style attribute, so that it
// passes a content security policy without 'unsafe-inline'.
package chart

import (
	_ "embed"
	"html/template"

	"github.com/opendti/dti/reports/view"
)

// CSS styles the drawings of Static and the boxes of the charts that site.js draws. It takes its colours from the page's
// variables --ink, --muted, --line, --track, --surface, --accent, --accent2, --good, --bad and --neutral, each with a
// fallback for light and dark.
//
//go:embed chart.css
var CSS string

// Most rows or axes that a form of drawing takes before another one is chosen.
const (
	mostDots  = view.MostDots // a strip of more becomes a histogram
	mostAxes  = 8             // a radar of more axes becomes dot rows
	leastAxes = 3
)

// Static draws a chart as two SVG elements of the same content, one for wide and one for narrow columns; CSS shows one of
// them. They stand in one element with the role of an image, whose name is title, narration and
// the extremes. Every text is escaped here, so the result is safe HTML. The
// same chart gives the same bytes. Labels are the Words of the values; a value that is missing or not finite is said in
// words and not drawn. A chart without rows or of an unknown kind gives "".
func Static(c view.Chart, title, narration string) template.HTML {
	p := &Pen{}
	return template.HTML(p.Draw(c, title, narration)) // #nosec G203 -- markup escapes every text and attribute
}

// A Pen draws charts one after another, in the same room.
type Pen struct {
	out markup
	svg svg
}

// Draw draws a chart as Static does. The next drawing overwrites it.
func (p *Pen) Draw(c view.Chart, title, narration string) []byte {
	draw := drawing(c)
	if draw == nil {
		return nil
	}
	const room, shapes = 5376, 2 << 10 // bytes that most drawings do with
	if p.out == nil {
		p.out, p.svg.shapes = make(markup, 0, room), make(markup, 0, shapes)
	}
	out := p.out[:0]
	out.raw(`<div role="img"`)
	out.attr("aria-label", name(c, title, narration))
	out.raw(">")
	for _, narrow := range []bool{false, true} {
		cv := newCanvas(c, narrow, &p.svg)
		draw(cv)
		cv.finish(&out)
	}
	out.raw("</div>")
	p.out = out
	return out
}

// drawing chooses how a chart is drawn; nil where there is nothing to draw.
func drawing(c view.Chart) func(*canvas) {
	if len(c.Rows) == 0 || len(c.Series) == 0 {
		return nil
	}
	switch form(c) {
	case view.SortedBars:
		return (*canvas).sortedBars
	case view.DotStrip:
		if len(c.Rows) > mostDots {
			return (*canvas).histogram
		}
		return (*canvas).dotStrip
	case view.Dumbbell:
		return (*canvas).dumbbell
	case view.PairedBars:
		return (*canvas).pairedBars
	case view.DotRows:
		return (*canvas).dotRows
	case view.Radar:
		return (*canvas).radar
	case view.Boxes:
		return (*canvas).boxes
	default:
		return nil
	}
}

// form is the kind that a chart is drawn as. A form that needs two series falls back to one that needs one, and a radar
// that cannot be read to dot rows.
func form(c view.Chart) view.ChartKind {
	switch {
	case c.Kind == view.Boxes && len(c.Series) != boxNumbers:
		return view.DotRows
	case (c.Kind == view.Dumbbell || c.Kind == view.PairedBars) && len(c.Series) < 2:
		return view.SortedBars
	case c.Kind == view.Radar && (len(c.Rows) > mostAxes || len(c.Rows) < leastAxes):
		return view.DotRows
	default:
		return c.Kind
	}
}
