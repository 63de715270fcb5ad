package written

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
)

// Border is a border of all four sides of a cell; style is that of the file format: 1 thin, 2 thicker.
func Border(colour string, style int) []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: colour, Style: style})
	}
	return all
}

// Fill is a plain colour.
func Fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// PointsFormat is a number format that shows points with the decimals of a set.
func PointsFormat(places criteria.Places) string {
	switch {
	case !places.Round:
		return "0.00####"
	case places.N == 0:
		return "0"
	default:
		return "0." + strings.Repeat("0", int(places.N))
	}
}

// Protect keeps slips out of a sheet: only its unlocked cells take answers, everything else about it stays free. There
// is no password.
func Protect(f *excelize.File, sheet string) error {
	return f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
		InsertRows: true, InsertHyperlinks: true, Sort: true, AutoFilter: true, EditObjects: true, EditScenarios: true,
	})
}

// Landscape prints a sheet on A4 landscape, so many pages wide and long (0: as many as it takes), with words in the
// margins of every page.
func Landscape(f *excelize.File, sheet string, wide, long int, margin excelize.HeaderFooterOptions) error {
	paper, landscape, fit := 9, "landscape", true
	err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &long,
	})
	if err == nil {
		err = f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
	}
	if err != nil {
		return err
	}
	side, top, edge := 0.4, 0.75, 0.3
	err = f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
	})
	if err != nil {
		return err
	}
	return f.SetHeaderFooter(sheet, &margin)
}
