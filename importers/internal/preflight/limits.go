package preflight

// Limits bound what is read of a spreadsheet. A number of 0 allows nothing.
type Limits struct {
	Entries int   // files in the zip
	Part    int64 // bytes of one part, inflated
	Total   int64 // bytes of all parts, inflated
	Rows    int   // highest row that holds something
	Cols    int   // highest column that holds something
	Cells   int   // cells of a sheet that hold something
}

// Form are the limits of a self-assessment workbook.
func Form() Limits {
	return Limits{Entries: 1000, Part: 24 << 20, Total: 48 << 20, Rows: 5_000, Cols: 256, Cells: 300_000}
}

// Table are the limits of a table of all agencies.
func Table() Limits {
	return Limits{Entries: 1000, Part: 256 << 20, Total: 384 << 20, Rows: 200_000, Cols: 2_000, Cells: 4_000_000}
}
