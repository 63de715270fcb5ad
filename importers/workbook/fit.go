package workbook

import "github.com/opendti/dti/importers/internal/written"

// height is the height in points of a row whose slots stand in columns of the given widths.
func height(slots []slot, widths []float64) float64 {
	tall := written.LineHeight + written.Padding
	for i, s := range slots {
		switch s.look {
		case heading: // runs on over the empty cells beside it
			tall = max(tall, written.LineHeight*headingSize/written.FontSize+written.Padding)
		case head, bold, pillarRow, innerRow, total, scoreWords:
			tall = max(tall, written.Height(s.text, widths[i]/written.Boldness))
		default:
			tall = max(tall, written.Height(s.text, widths[i]))
		}
	}
	return min(tall, written.MaxHeight)
}
