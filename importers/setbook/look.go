package setbook

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
)

// A look is how a cell looks.
type look int

const (
	plain       look = iota
	head             // a heading
	title            // the name of the workbook
	guide            // how to edit it
	label            // words for a setting
	setting          // its value: a number or a word
	settingText      // a text
	help             // what it means
	settingDay       // a date
	day              // a date in a row
	text             // in the rows of indicators: text …
	choice           // one of some words
	amount           // a number
	textPillar
	choicePillar
	amountPillar
	textBelow // in the rows below an indicator
	choiceBelow
	amountBelow
	looks // how many there are
)

// within is the look of a column's cell in a row.
func (l look) within(row line) look {
	switch {
	case l < text || l > amount:
		return l
	case row.kind == ofPillar || row.kind == ofView:
		return l + (textPillar - text)
	case row.depth > 0:
		return l + (textBelow - text)
	default:
		return l
	}
}

const (
	fontName   = "Times New Roman" // what Vietnamese offices print
	headFill   = "1F3864"
	pillarFill = "C9DAEC"
	belowFill  = "F5F8FC"
	valueFill  = "FFF9E0"
	gridGrey   = "A6A6A6"
	belowGrey  = "404040"
	asTextFmt  = 49 // number format @
)

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func lines() []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: gridGrey, Style: 1})
	}
	return all
}

// style describes a look.
func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: 11},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		Border:    lines(), NumFmt: asTextFmt,
	}
	switch l {
	case plain:
		return &excelize.Style{Font: s.Font, NumFmt: asTextFmt}
	case title, guide:
		s.Border, s.Alignment.WrapText = nil, false
		if l == title {
			s.Font.Size, s.Font.Bold, s.Font.Color = 16, true, headFill
		}
	case head:
		s.Font.Bold, s.Font.Color, s.Fill = true, "FFFFFF", solid(headFill)
		s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
	case label:
		s.Font.Bold = true
	case setting, settingText:
		s.Fill, s.Alignment.Horizontal = solid(valueFill), "left"
		if l == setting {
			s.NumFmt = 0
		}
	case help:
		s.Font.Color = belowGrey
	case day, settingDay:
		format := "dd/mm/yyyy"
		s.CustomNumFmt, s.Alignment.Horizontal, s.Font.Color = &format, "right", belowGrey
		if l == settingDay {
			s.Fill, s.Alignment.Horizontal, s.Font.Color = solid(valueFill), "left", ""
		}
	default:
		l.tabular(s)
	}
	return s
}

// tabular describes the cells of rows.
func (l look) tabular(s *excelize.Style) {
	switch l {
	case amount, amountPillar, amountBelow:
		s.NumFmt, s.Alignment.Horizontal = 0, "right"
	case choice, choicePillar, choiceBelow:
		s.Alignment.Horizontal = "left"
	default: // text
	}
	switch {
	case l >= textPillar && l <= amountPillar:
		s.Font.Bold, s.Fill = true, solid(pillarFill)
	case l >= textBelow && l <= amountBelow:
		s.Font.Color, s.Fill = belowGrey, solid(belowFill)
	}
}

// draw makes the styles.
func (b *book) draw() {
	b.try(func() error { return b.file.SetDefaultFont(fontName) })
	for l := range looks {
		b.try(func() error {
			id, err := b.file.NewStyle(l.style())
			b.looks[l] = id
			return err
		})
	}
}

// pageWidth is how many characters stand legibly side by side on a page.
const pageWidth = 190

// pagesWide is over how many pages side by side a part is printed, each with the columns that say what the rows are.
func (g grid) pagesWide() int {
	repeated, rest := 0.0, 0.0
	for i, c := range g.columns {
		switch {
		case i == 0 || c.folded:
		case i < g.frozen:
			repeated += c.width
		default:
			rest += c.width
		}
	}
	return max(int(math.Ceil(rest/(pageWidth-repeated))), 1)
}

// print sets A4 landscape with the row of headings on every page, and freezes it with the first columns. A part is as
// wide as it takes to be legible; other sheets are one page wide.
func (b *book) print(g grid) {
	paper, wide, long, landscape, fit, no := 9, 1, 0, "landscape", true, false
	if g.page == pagePart {
		wide = g.pagesWide()
	}
	b.try(func() error {
		return b.file.SetPageLayout(g.name, &excelize.PageLayoutOptions{
			Size: &paper, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &long,
		})
	})
	b.try(func() error {
		return b.file.SetSheetProps(g.name, &excelize.SheetPropsOptions{FitToPage: &fit, OutlineSummaryBelow: &no, OutlineSummaryRight: &no})
	})
	b.try(func() error { return b.file.SetSheetView(g.name, 0, &excelize.ViewOptions{ShowGridLines: &no}) })
	side, top, edge := 0.4, 0.7, 0.3
	b.try(func() error {
		return b.file.SetPageMargins(g.name, &excelize.PageLayoutMarginsOptions{
			Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
		})
	})
	b.try(func() error {
		return b.file.SetHeaderFooter(g.name, &excelize.HeaderFooterOptions{
			OddHeader: "&L" + margin(b.text(b.set.Title)) + "&R" + margin(b.set.Address()),
			OddFooter: "&L" + margin(g.name) + "&R" + b.say.Say("form.page", "&P", "&N"),
		})
	})
	b.freeze(g)
}

func (b *book) freeze(g grid) {
	heads := strconv.Itoa(g.above + 2)
	titles := "$" + heads + ":$" + heads
	panes := &excelize.Panes{Freeze: true, YSplit: g.above + 2, TopLeftCell: "A" + strconv.Itoa(g.above+3), ActivePane: "bottomLeft"}
	if g.page == pageSettings {
		panes = nil // the settings are read with the guide above them
	}
	if g.frozen > 1 {
		last := diag.ColumnName(g.frozen)
		titles = "$B:$" + last + ",'" + strings.ReplaceAll(g.name, "'", "''") + "'!" + titles
		panes.XSplit, panes.TopLeftCell, panes.ActivePane = g.frozen, cellName(g.frozen+1, g.above+3), "bottomRight"
	}
	if panes != nil {
		b.try(func() error { return b.file.SetPanes(g.name, panes) })
	}
	b.try(func() error {
		return b.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: g.name, RefersTo: "'" + strings.ReplaceAll(g.name, "'", "''") + "'!" + titles,
		})
	})
}

// margin is a text of data for a header or footer, where & begins a code.
func margin(s string) string {
	return strings.ReplaceAll(cut(strings.Join(strings.Fields(s), " "), 60), "&", "&&")
}

// listsSheet holds the words of dropdowns, a column each: a list in the rule itself would split at commas. The name is
// plain because rules do not escape it.
const listsSheet = "Lists"

// dropdowns offers the words of columns. Whatever is typed, Read looks again.
func (b *book) dropdowns(g grid) {
	if g.page == pageSettings {
		b.settingDropdowns(g)
		return
	}
	for i, c := range g.columns {
		if len(c.rows) > 0 && g.offers > 0 {
			col := diag.ColumnName(i + 1)
			b.dropdown(g.name, col+"3:"+col+strconv.Itoa(g.offers), c.words, c.rows)
		}
	}
}

// settingDropdowns offers the words of settings.
func (b *book) settingDropdowns(g grid) {
	for i, r := range g.rows[g.above:] {
		f, ok := fieldAt(formats[ofSet], r.cells[0].text)
		if !ok || f.form != asWord {
			continue
		}
		var words []string
		for _, w := range wordsOf(f.words) {
			words = append(words, word(b.say, f.words, w))
		}
		b.dropdown(g.name, cellName(3, g.above+i+3), f.words, words)
	}
}

func (b *book) dropdown(sheetName, cells, list string, words []string) {
	at, ok := b.lists[list]
	if !ok {
		col := diag.ColumnName(len(b.lists) + 1)
		at = listsSheet + "!$" + col + "$1:$" + col + "$" + strconv.Itoa(len(words))
		b.lists[list] = at
		for i, w := range words {
			b.try(func() error { return b.file.SetCellStr(listsSheet, col+strconv.Itoa(i+1), w) })
		}
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	v.SetSqrefDropList(at)
	v.SetError(excelize.DataValidationErrorStyleWarning, cut(b.say.Say("form.book-refused-title"), 32), cut(b.say.Say("form.book-refused"), 255))
	b.try(func() error { return b.file.AddDataValidation(sheetName, v) })
}

// writeLists marks the hidden sheet of words, so that reading passes it by.
func (b *book) writeLists() {
	col := diag.ColumnName(len(b.lists) + 2)
	b.try(func() error { return b.file.SetCellStr(listsSheet, col+"1", markPrefix+"lists") })
}

// termNames lists the printed words that a set may put its own in place of.
func termNames() []string { return slices.Clone(criteria.TermNames()) }
