package table

import (
	"io"

	"github.com/xuri/excelize/v2"
)

// blankRows is how many rows of a blank agencies table are prepared as text, so that a code such as 048 keeps its 0.
const blankRows = 500

// WriteAgencies writes a blank agencies table for a set's languages: the header that ReadAgencies knows, and codes as
// text. The error is the writer's.
func WriteAgencies(w io.Writer, languages []string) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing is left behind in memory
	const name = "agencies"
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "dti", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}); err != nil {
		return err
	}
	header := []any{"code", "name"}
	for _, lang := range languages[1:] {
		header = append(header, "name."+lang)
	}
	header = append(header, "group", "parent", "tags", "aliases", "ranked", "reason", "formed_from")
	if err := f.SetSheetRow(name, "A1", &header); err != nil {
		return err
	}
	if err := asText(f, name, len(header)); err != nil {
		return err
	}
	return f.Write(w)
}

// asText makes the header bold and every cell below it text.
func asText(f *excelize.File, name string, columns int) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	const textFormat = 49 // "@"
	text, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(columns, 1)
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(name, "A1", last, bold); err != nil {
		return err
	}
	bottom, err := excelize.CoordinatesToCellName(columns, blankRows)
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(name, "A2", bottom, text); err != nil {
		return err
	}
	lastColumn, err := excelize.ColumnNumberToName(columns)
	if err != nil {
		return err
	}
	if err := f.SetColWidth(name, "A", lastColumn, 20); err != nil {
		return err
	}
	return f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
