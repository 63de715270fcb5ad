// Package view makes page models: every cell its number and its words, every figure its series, worded in one language.
// It knows no HTML, no SVG and no files. Templates place what it made and think nothing.
package view

// MostDots is how many rows a strip shows as a dot each; of more it counts those in every interval of its axis.
const MostDots = 150

// A Figure is one chart with its table: the finding as a headline, the measure as a subtitle, the same numbers in the
// drawing and in the table.
type Figure struct {
	ID        string // unique within its page; letters, digits and -
	Headline  string // the finding, generated from the numbers
	Subtitle  string // measure, coverage and period
	Narration string // one sentence for screen readers
	Source    string // source and date
	CSV       string // relative address of the CSV of the table; "" where there is none
	CSVLink   string // what the link to the CSV says
	Chart     Chart
	Table     Table
	Note      string // how to read the table; "" where it needs no words
	// See is where the page says the numbers of the table already, which then stands in the CSV alone; the zero Link: the
	// table stands with the figure.
	See Link
}

// A ChartKind is a form of drawing. The zero ChartKind is invalid on purpose.
type ChartKind int

// Forms of drawing.
const (
	SortedBars ChartKind = iota + 1 // a horizontal bar per row, from 0, best on top
	DotStrip                        // all rows as dots on one axis, with the median
	Dumbbell                        // two dots per row, before and after
	PairedBars                      // two horizontal bars per row, before and after
	DotRows                         // a row per pillar with own, median and best
	Radar                           // up to eight axes; own against median
	Boxes                           // a box per row; Series: lowest, lower quartile, median, upper quartile, highest
)

// A Chart is the numbers of a drawing. Every series has a value per row; a missing one is left out of the drawing.
type Chart struct {
	Kind     ChartKind
	Rows     []string // label of each row
	Series   []Series
	Unit     string  // said after numbers: "%", "điểm"
	Min, Max float64 // axis
	Decimals int     // of the numbers drawn
	// Descending says that smaller is better and stands on the right, as with ranks.
	Descending bool
	Highlight  int // row to emphasise, from 1; 0: none
	Lang       string
	Draft      string // stamp written across the drawing; "" where the release is not a draft
	// Each is, by row, all the numbers that its marks sum up: DotRows draws them small and pale on its rail.
	Each [][]float64
	// Markers are vertical lines with a label, such as the median.
	Markers []Marker
}

// A Series is one kind of value over the rows.
type Series struct {
	Name   string
	Values []Value
}

// A Value is one number of a drawing; the words that the table says are made from the same number.
type Value struct {
	Number  float64
	Words   string // as printed: "97,20"
	Missing bool
}

// A Marker is a labelled place on the axis.
type Marker struct {
	Label string
	Value float64
}

// A Table is rows of cells under one header row.
type Table struct {
	Caption string
	Columns []Column
	Rows    []Row
}

// A Column of a table.
type Column struct {
	Name string
	Sort string // "num", "text", "code", or "" where it cannot be sorted
	Num  bool   // right-aligned
	Key  bool   // stays visible on a narrow screen
	// Label stands before a cell on a narrow screen, where the column is no key; "": Name does. Mute says that cells need
	// no label there: their words say what they are, or, of numbers, their place among such columns does.
	Label string
	Mute  bool
}

// A Row of a table.
type Row struct {
	ID        string // anchor; may be ""
	Cells     []Cell
	Highlight bool
}

// A Cell of a table.
type Cell struct {
	Text  string // as printed; never empty: what is not there is said in words
	Link  string // relative address; "" for none
	Lang  string // language of Text where it is not the page's
	Sort  string // machine value to sort by; "" where missing, which stays last both ways
	Head  bool   // the row's header (the agency)
	Level int    // 1..5: shading class of the share reached; 0: none
	Bar   string // length of a bar within the cell, "93.8%"; "" for none
	Mark  string // a short mark after the text, such as "▲2"; "" for none
	Note  string // said after Mark, or as the cell's explanation
	Tone  string // "up", "down" or "", for the colour of Mark; Text says the same
	Depth int    // how far the cell is indented, from 0
	Edit  bool   // changed since the last revision
}
