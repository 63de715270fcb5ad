package reviewbook

import (
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/importers/internal/written"
)

// A look is how a cell looks and whether it can be typed into.
type look int

const (
	plainText    look = iota // text without a border
	title                    // the name of a sheet
	bold                     // a word in front of a line
	head                     // the head of a column
	headInput                // the head of a column to fill in
	fixed                    // text that the workbook gives
	centred                  // short text that the workbook gives
	claimed                  // what the agency claims
	amount                   // points
	earned                   // points with the decimals of the set
	check                    // what a decision still lacks
	anyInput                 // cells to type into: numbers as typed, …
	countInput               //
	percentInput             //
	dateInput                //
	pointsInput              //
	textInput                //
	looks                    // how many there are
)

// Colours, safe for readers who tell red from green badly. None says anything alone: what is to be filled in has a thick
// border, what is lacking stands in words in the last column.
const (
	headFill  = "1F3864"
	inputHead = "0072B2"
	inputFill = "FFF9E0"
	claimFill = "E6EEF7"
	gridGrey  = "A6A6A6"
	lackFill  = "F9D9C6"
	lackFont  = "7A2E00"
	titleSize = 14.0

	thin, thick = 1, 2
	builtinText = 49 // number formats of the file format: @
	builtinInt  = 3  // #,##0
	builtinPart = 10 // 0.00%
)

// style describes a look. Points are shown in the given format.
func (l look) style(points string) *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: written.FontName, Size: written.FontSize},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}
	switch l {
	case plainText:
	case title:
		s.Font.Bold, s.Font.Color, s.Font.Size = true, headFill, titleSize
		s.Alignment.WrapText = false
	case bold:
		s.Font.Bold, s.Font.Color = true, headFill
	case head, headInput:
		s.Border = written.Border(gridGrey, thin)
		s.Font.Bold, s.Font.Color, s.Fill = true, "FFFFFF", written.Fill(headFill)
		if l == headInput {
			s.Fill = written.Fill(inputHead)
		}
		s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
	case anyInput, countInput, percentInput, dateInput, pointsInput, textInput:
		l.openUp(s, points)
	default:
		l.print(s, points)
	}
	return s
}

// print describes the cells that the workbook gives.
func (l look) print(s *excelize.Style, points string) {
	s.Border = written.Border(gridGrey, thin)
	s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
	switch l {
	case centred:
		s.Alignment.Horizontal, s.Alignment.Indent = "center", 0
	case amount, earned:
		s.Alignment.Horizontal = "right"
		if l == earned {
			s.CustomNumFmt, s.Fill = &points, written.Fill(claimFill)
		}
	case claimed:
		s.Fill, s.Font.Bold = written.Fill(claimFill), true
	case check:
		s.Font.Color = lackFont
	default: // plain text
	}
}

// openUp describes the cells that a verifier types into.
func (l look) openUp(s *excelize.Style, points string) {
	s.Border, s.Fill = written.Border(inputHead, thick), written.Fill(inputFill)
	s.Protection = &excelize.Protection{Locked: false}
	s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
	switch l {
	case countInput:
		s.NumFmt = builtinInt
	case percentInput: // what is typed as 45 or 45% is then shown and held as 45 %
		s.NumFmt = builtinPart
	case dateInput:
		dayFirst := "dd/mm/yyyy"
		s.CustomNumFmt = &dayFirst
	case pointsInput:
		s.CustomNumFmt = &points
	case textInput: // so that "- No. 12" or "=A" typed by a person stays text
		s.NumFmt = builtinText
	default: // numbers as typed
	}
}

// lacking is what a condition adds to a cell that lacks something.
func lacking() *excelize.Style {
	return &excelize.Style{
		Fill: written.Fill(lackFill), Border: written.Border(lackFont, thin), Font: &excelize.Font{Bold: true, Color: lackFont},
	}
}
