package xlsx

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/reports/view"
)

// drawn makes a sheet of charts. It is small and so not streamed: a streamed sheet cannot hold a drawing.
func (b *builder) drawn(i int, name string, s view.Sheet) error {
	if err := b.add(i, name); err != nil {
		return err
	}
	if err := b.page(name, s); err != nil {
		return err
	}
	if err := b.roomy(name, s); err != nil {
		return err
	}
	n := 0
	var cells []any
	for row := range s.Rows {
		n++
		var err error
		if cells, err = b.cells(cells[:0], row, len(s.Widths)); err != nil {
			return err
		}
		if err := b.set(name, n, cells, height(row, s.Widths)); err != nil {
			return err
		}
	}
	for _, c := range s.Charts {
		if err := b.chart(name, c, s.Widths); err != nil {
			return err
		}
	}
	return nil
}

// roomy fixes the widths and heights by which charts are placed, and begins pages before groups. Breaks hold only on a
// sheet that is not fitted to pages.
func (b *builder) roomy(name string, s view.Sheet) error {
	lines, fixed, fitting := float64(lineHeight), true, false
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{DefaultRowHeight: &lines, CustomHeight: &fixed, FitToPage: &fitting}); err != nil {
		return err
	}
	for i, width := range s.Widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(name, column, column, float64(width)); err != nil {
			return err
		}
	}
	for _, row := range s.Breaks {
		if err := b.file.InsertPageBreak(name, "A"+strconv.Itoa(row)); err != nil {
			return err
		}
	}
	return nil
}

// set writes a row of cells as the stream would.
func (b *builder) set(name string, n int, cells []any, opts []excelize.RowOpts) error {
	for i, c := range cells {
		cell, ok := c.(excelize.Cell)
		if !ok {
			continue
		}
		at, err := excelize.CoordinatesToCellName(i+1, n)
		if err != nil {
			return err
		}
		if cell.Value != nil {
			if err := b.file.SetCellValue(name, at, cell.Value); err != nil {
				return err
			}
		}
		if err := b.file.SetCellStyle(name, at, at, cell.StyleID); err != nil {
			return err
		}
	}
	for _, o := range opts {
		if err := b.file.SetRowHeight(name, n, o.Height); err != nil {
			return err
		}
	}
	return nil
}

// Charts in points of the screen, by which spreadsheets measure them.
const (
	pointsOfCharacter = 7  // width of a character of a column
	pointsOfMargin    = 5  // of a column
	pointsOfRow       = 20 // a row of lineHeight
)

// An axis has so many steps up to the most that can be reached, and room behind it for the number of a full bar.
const (
	axisSteps = 10
	axisRoom  = 1.07
)

const barFill = "0B5FA5"

// chart places a chart on its rows.
func (b *builder) chart(name string, c view.SheetChart, widths []int) error {
	width := 0
	for _, w := range widths {
		width += w*pointsOfCharacter + pointsOfMargin
	}
	from := b.names[c.Sheet]
	categories, err := span(from, c.Names, c.First, c.Last)
	if err != nil {
		return err
	}
	values, err := span(from, c.Values, c.First, c.Last)
	if err != nil {
		return err
	}
	least, most, gap, plain := c.Min.InexactFloat64(), c.Max.InexactFloat64(), uint(35), false
	step, end := most/axisSteps, most*axisRoom
	numbers := excelize.ChartNumFmt{CustomNumFmt: numberFormat(view.SheetCell{Decimals: c.Decimals})}
	font := excelize.Font{Family: fontName, Size: 9, Color: "000000"}
	return b.file.AddChart(name, "A"+strconv.Itoa(c.Row), &excelize.Chart{
		Type: excelize.Bar,
		Series: []excelize.ChartSeries{{
			Categories: categories, Values: values,
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{barFill}},
			DataLabel: excelize.ChartDataLabel{Font: font}, DataLabelPosition: excelize.ChartDataLabelsPositionOutsideEnd,
		}},
		Title:      excelize.ChartTitle{Paragraph: b.chartTitle(c.Title)},
		Legend:     excelize.ChartLegend{Position: "none"},
		VaryColors: &plain,
		GapWidth:   &gap,
		Dimension:  excelize.ChartDimension{Width: uint(width), Height: uint(c.Rows * pointsOfRow)},
		Format:     excelize.GraphicOptions{AltText: fit(c.Title, 255), Positioning: "oneCell"},
		PlotArea:   excelize.ChartPlotArea{ShowVal: true, NumFmt: numbers},
		XAxis:      excelize.ChartAxis{ReverseOrder: true, TickLabelSkip: 1, Font: font},
		YAxis:      excelize.ChartAxis{Minimum: &least, Maximum: &end, MajorUnit: step, MajorGridLines: true, Font: font, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0.##"}},
	})
}

// chartTitle is a chart's title, below the stamp of a draft.
func (b *builder) chartTitle(title string) []excelize.RichTextRun {
	var runs []excelize.RichTextRun
	if b.book.Draft != "" {
		runs = append(runs, excelize.RichTextRun{Text: b.book.Draft + "\n", Font: &excelize.Font{Family: fontName, Size: 10, Bold: true, Color: strings.TrimPrefix(stampRed, "#")}})
	}
	return append(runs, excelize.RichTextRun{Text: title, Font: &excelize.Font{Family: fontName, Size: 12, Bold: true, Color: "000000"}})
}

// span is a range of one column, as a formula refers to it.
func span(sheet string, column, first, last int) (string, error) {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		return "", err
	}
	return quoted(sheet) + "$" + name + "$" + strconv.Itoa(first) + ":$" + name + "$" + strconv.Itoa(last), nil
}

// quoted begins a reference to a sheet.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" }
