package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
)

// Sizes of a drawing in its own units, which are CSS pixels where it is shown at its natural width.
const (
	wideWidth   = 760
	narrowWidth = 360
	nameSize    = 13
	smallSize   = 11.5
	leading     = 16 // from line to line; stacked Vietnamese marks need it
	gap         = 12 // between a label and what it labels
)

// A canvas is one drawing being made. y is where the next thing goes; in the end it is the height.
type canvas struct {
	*svg
	view.Chart
	words  *locale.Locale
	narrow bool
	w, y   float64
}

// newCanvas is a canvas to draw with an svg, from which what was drawn before is gone.
func newCanvas(c view.Chart, narrow bool, with *svg) *canvas {
	with.clear()
	cv := &canvas{svg: with, Chart: c, words: wordsOf(c), narrow: narrow, w: wideWidth}
	if narrow {
		cv.w = narrowWidth
	}
	return cv
}

// wordsOf are the words of a chart's language.
func wordsOf(c view.Chart) *locale.Locale {
	if words, ok := locale.For(c.Lang); ok {
		return words
	}
	return locale.MustFor("vi") // a language without a file: only tick marks and the word for missing come from it
}

// finish stamps the drawing and puts it into its frame.
func (cv *canvas) finish(out *markup) {
	cv.stamp()
	if cv.narrow {
		out.raw(`<svg class="fig narrow" aria-hidden="true" viewBox="0 0 `)
	} else {
		out.raw(`<svg class="fig wide" aria-hidden="true" viewBox="0 0 `)
	}
	out.at(cv.w, math.Ceil(cv.y))
	out.raw(`">`)
	cv.writeTo(out)
	out.raw("</svg>")
}

// slant is the sine of the angle of a draft stamp that lies across a drawing: of 12 degrees.
const slant = 0.208

// stamp writes the draft stamp across the drawing, again and again down a tall one, and level in one too low for a slope.
func (cv *canvas) stamp() {
	if cv.Draft == "" {
		return
	}
	const every = 460
	size, most := 30.0, 2
	if cv.narrow {
		size, most = 19, 3
	}
	text := wrap(cv.Draft, size, cv.w*0.86, most)
	if n := float64(len(text)); n > 1 { // lines of about the same length
		text = wrap(cv.Draft, size, min(cv.w*0.86, textWidth(cv.Draft, size)/n*1.12), most)
	}
	sloping := widest(text, size)*slant+float64(len(text))*size*1.3 <= cv.y
	if !sloping {
		text, size = cv.level(size)
	}
	times := max(1, math.Round(cv.y/every))
	for i := range int(times) {
		y := cv.y * (float64(i) + 0.5) / times
		cv.top.raw("<g")
		if sloping {
			cv.top.raw(` transform="rotate(-12 `)
			cv.top.at(cv.w/2, y)
			cv.top.raw(`)"`)
		}
		cv.top.raw(` class="draft m"`)
		cv.top.num("font-size", size)
		cv.top.raw(">")
		first := y - float64(len(text)-1)*size*0.65 + size*0.35
		textLines{cv.w / 2, first, size * 1.3, text[0], text[1:]}.writeTo(&cv.top, cv.w/2, "", "")
		cv.top.raw("</g>")
	}
}

// level breaks the stamp into the lines that can be largest in a low drawing, and says how large: at most as given.
func (cv *canvas) level(most float64) (text []string, size float64) {
	for n := 1; n <= 3; n++ {
		lines := evenly(cv.Draft, n)
		fits := min(most, most*cv.w*0.94/max(1, widest(lines, most)), cv.y*0.96/(1.3*float64(len(lines))))
		if fits > size {
			text, size = lines, fits
		}
	}
	return text, math.Floor(size*10) / 10
}

// evenly breaks a text into so many lines, or fewer, of about the same length.
func evenly(text string, n int) []string {
	whole := strings.Join(strings.Fields(text), " ")
	for width := textWidth(text, 1) / float64(n); ; width *= 1.05 {
		if lines := wrap(text, 1, width, n); strings.Join(lines, " ") == whole {
			return lines
		}
	}
}

// widest is how wide the widest of the lines is drawn at a size.
func widest(lines []string, size float64) float64 {
	most := 0.0
	for _, line := range lines {
		most = max(most, textWidth(line, size))
	}
	return most
}

// value is the number of a series in a row; what is not there or cannot be drawn is missing.
func (cv *canvas) value(series, row int) view.Value { return valueOf(cv.Chart, series, row) }

func valueOf(c view.Chart, series, row int) view.Value {
	if series >= len(c.Series) || row >= len(c.Series[series].Values) {
		return view.Value{Missing: true}
	}
	v := c.Series[series].Values[row]
	if !drawable(v.Number) {
		v.Missing = true
	}
	return v
}

// drawable reports whether a number has a place on an axis: it is finite, and not so large that floating point would
// lose the axis.
func drawable(v float64) bool { return math.Abs(v) <= 1e12 }

// said is what is printed for a value: its words with a percent sign where that is the unit, or the word for missing.
func (cv *canvas) said(v view.Value) string { return said(cv.Chart, v) }

func said(c view.Chart, v view.Value) string {
	switch {
	case !v.Missing:
		return withUnit(v.Words, c.Unit)
	case v.Words != "":
		return v.Words
	default:
		return wordsOf(c).Say("words.status-missing")
	}
}

// withUnit writes the percent sign after a number. Other units stand at the axis, once.
func withUnit(words, unit string) string {
	if unit == "%" && !strings.HasSuffix(words, "%") {
		return words + "%"
	}
	return words
}

// marked adds a class where the row is the one to emphasise.
func (cv *canvas) marked(classes string, row int) string {
	switch {
	case row+1 != cv.Highlight:
		return classes
	case classes == "":
		return "hot"
	default:
		return classes + " hot"
	}
}

// extent is the axis: what the chart asks for, widened so that every number lies on it, and from 0 for bars.
func extent(c view.Chart, fromZero bool) (lo, hi float64) {
	lo, hi = c.Min, c.Max
	if !drawable(lo) || !drawable(hi) {
		lo, hi = 0, 0
	}
	if fromZero {
		lo, hi = min(0, lo), max(0, hi)
		if c.Min > 0 {
			lo = 0
		}
	}
	for s := range c.Series {
		for row := range c.Rows {
			if v := valueOf(c, s, row); !v.Missing {
				lo, hi = min(lo, v.Number), max(hi, v.Number)
			}
		}
	}
	if hi <= lo {
		hi = lo + 1
	}
	return lo, hi
}

// A scale maps numbers to places between x0 and x1. Reversed ones have their low end on the right.
type scale struct {
	lo, hi, x0, x1 float64
	reversed       bool
}

func (s scale) at(v float64) float64 {
	share := min(max((v-s.lo)/(s.hi-s.lo), 0), 1)
	if s.reversed {
		share = 1 - share
	}
	return s.x0 + share*(s.x1-s.x0)
}

// ticks are the round numbers of an axis, four steps or fewer; ranks also name their first place.
func ticks(lo, hi float64, decimals int, descending bool) []float64 {
	raw := (hi - lo) / 4
	step := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, times := range []float64{1, 2, 2.5, 5, 10} {
		whole := decimals > 0 || math.Mod(step*times, 1) == 0
		if step*times >= raw*0.999999 && whole {
			step *= times
			break
		}
	}
	const most = 12 // an axis shorter than the precision of its numbers has no end
	out := make([]float64, 0, most+1)
	if descending {
		out = append(out, lo)
	}
	first := math.Ceil(lo/step - 1e-9)
	for i := first; i*step <= hi+step*1e-9 && i < first+most; i++ {
		v := i * step
		if v == 0 {
			v = 0 // and not -0
		}
		if !descending || v-lo > step*0.4 {
			out = append(out, v)
		}
	}
	return out
}

// axis draws grid lines from top to bottom and the numbers under them; it moves y below. In a narrow drawing, where names
// stand between the rows, the lines keep to the rows.
func (cv *canvas) axis(s scale, top float64, rows []band) {
	marks := ticks(s.lo, s.hi, cv.Decimals, cv.Descending)
	for i, v := range marks {
		x := s.at(v)
		classes := "grid"
		if v == 0 {
			classes = "zero"
		}
		if cv.narrow && len(rows) > 0 {
			cv.gridRows(x, rows, classes)
		} else {
			cv.line(x, top, x, cv.y+2, classes)
		}
		words := cv.tick(marks, i)
		at, anchor := inside(x, textWidth(words, smallSize), cv.w)
		cv.text(at, cv.y+16, anchor, "tick", words)
	}
	cv.y += 24
}

// tick is the label of a mark on the axis; the last one also says the unit.
func (cv *canvas) tick(marks []float64, i int) string {
	words := withUnit(cv.words.Plain(decimal.NewFromFloat(marks[i])), cv.Unit)
	if i == len(marks)-1 && cv.Unit != "%" && cv.Unit != "" {
		words += " " + cv.Unit
	}
	return cut(words, smallSize, cv.w/4)
}

// ends is the room that the first and the last label of an axis take beyond it, on the left and on the right.
func (cv *canvas) ends(lo, hi float64) (left, right float64) {
	marks := ticks(lo, hi, cv.Decimals, cv.Descending)
	if len(marks) == 0 {
		return 0, 0
	}
	first, last := textWidth(cv.tick(marks, 0), smallSize)/2, textWidth(cv.tick(marks, len(marks)-1), smallSize)/2
	if cv.Descending {
		return last, first
	}
	return first, last
}

// gridRows is a grid line that is drawn at the rows only.
func (cv *canvas) gridRows(x float64, rows []band, classes string) {
	d := cv.path(classes)
	for _, b := range rows {
		d.point("M", x, b.rail-8)
		d.raw("v16")
	}
	d.point("M", x, cv.y-3)
	d.raw("v5")
}

// inside centres a text at x, or moves it so that it stays within the drawing.
func inside(x, width, w float64) (at float64, anchor string) {
	switch {
	case x-width/2 < 0:
		return max(0, min(x, w-width)), "start"
	case x+width/2 > w:
		return min(w, max(x, width)), "end"
	default:
		return x, "middle"
	}
}

// A callout is a label above the drawing that points down to a place.
type callout struct {
	x, foot float64 // where it points to
	row     int     // that it names; unused for markers
	label   string
	classes string // of its leader
}

// A placedCallout has its own line above the drawing, so that no two labels overlap and no leader crosses a label.
type placedCallout struct {
	callout
	at          float64 // where the text is anchored
	anchor      string
	left, right float64
	level       int // from the lowest
}

// place gives callouts their lines. A label stands left of its leader and above all labels that it reaches over; from the
// left to the right that keeps every leader free. Those that do not fit on the left stand on the right of it and follow
// from the right to the left.
func (cv *canvas) place(outs []callout) (placed []placedCallout, levels int) {
	slices.SortStableFunc(outs, func(a, b callout) int { return cmp.Compare(a.x, b.x) })
	var rightward []placedCallout
	for _, o := range outs {
		o.label = cut(o.label, smallSize, cv.w-8)
		width := textWidth(o.label, smallSize)
		switch {
		case len(outs) == 1:
			at, anchor := inside(o.x, width, cv.w)
			return []placedCallout{{callout: o, at: at, anchor: anchor}}, 1
		case o.x-width-4 >= 0:
			placed = append(placed, placedCallout{o, o.x - 4, "end", o.x - 4 - width, o.x, 0})
		default:
			at := min(o.x+4, cv.w-width)
			rightward = append(rightward, placedCallout{o, at, "start", min(o.x, at), at + width, 0})
		}
	}
	slices.Reverse(rightward)
	placed = append(placed, rightward...)
	for i := range placed {
		for _, below := range placed[:i] {
			if below.left-8 < placed[i].right && placed[i].left < below.right+8 {
				placed[i].level = max(placed[i].level, below.level+1)
			}
		}
		levels = max(levels, placed[i].level+1)
	}
	return placed, levels
}

// callouts draws labels below the place y and their leaders down to their feet; it moves y below the labels.
func (cv *canvas) callouts(placed []placedCallout, levels int) {
	for _, p := range placed {
		base := cv.y + float64(levels-1-p.level)*leading + 12
		top := base - 9
		if p.anchor == "middle" || len(placed) == 1 {
			top = base + 4
		}
		cv.line(p.x, top, p.x, p.foot, p.classes)
	}
	for _, p := range placed {
		base := cv.y + float64(levels-1-p.level)*leading + 12
		cv.text(p.at, base, p.anchor, "call", p.label)
	}
	cv.y += float64(levels)*leading + 4
}

// A key is an entry of the legend.
type key struct {
	name string
	draw func(x, y float64)
}

// legend names the marks above the drawing, in as many lines as they need.
func (cv *canvas) legend(keys []key) {
	x, y := 0.0, cv.y+12
	for _, k := range keys {
		label := cut(k.name, smallSize, cv.w-30)
		width := 22 + textWidth(label, smallSize)
		if x > 0 && x+width > cv.w {
			x, y = 0, y+20
		}
		k.draw(x+8, y-4)
		cv.text(x+20, y, "start", "key", label)
		x += width + 18
	}
	cv.y = y + 14
}

// names are the labels of the rows in at most two lines, and the room that they take: in a narrow drawing, where they stand
// above their rows, what it gives them; on the left of a wide one, where they get at most so much, what the widest needs.
func (cv *canvas) names(above, beside float64) (names [][]string, room float64) {
	if cv.narrow {
		return cv.wrapped(above), above
	}
	names = cv.wrapped(beside)
	for _, lines := range names {
		room = max(room, widest(lines, nameSize))
	}
	return names, room
}

func (cv *canvas) wrapped(width float64) [][]string {
	names := make([][]string, len(cv.Rows))
	for i, name := range cv.Rows {
		names[i] = wrap(name, nameSize, width, 2)
	}
	return names
}

// widest is the room of the longest label of the series.
func (cv *canvas) widest(series ...int) float64 {
	widest := 0.0
	for _, s := range series {
		for row := range cv.Rows {
			if v := cv.value(s, row); !v.Missing {
				widest = max(widest, textWidth(cv.said(v), nameSize)*1.06) // values are bold
			}
		}
	}
	return widest
}
