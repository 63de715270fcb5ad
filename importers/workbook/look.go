package workbook

import "github.com/xuri/excelize/v2"

// A look is how a cell looks and whether it can be typed into.
type look int

const (
	plain     look = iota // text without a border
	bold                  // a heading between paragraphs
	heading               // the name of a sheet
	head                  // the head of a table
	pillarRow             // a row that names a pillar
	innerRow              // a row that names a pillar within a pillar
	pillarMax             // the points of a pillar
	innerMax
	fixed    // text that the form gives
	centred  // short text that the form gives
	amount   // a number that the form gives
	total    // the sum below a column
	faint    // text that is repeated, or that the agency needs not read
	closed   // an answer that the agency does not enter
	anyInput // cells to type into: numbers as typed, …
	countInput
	percentInput // of a percentage that a plain number would leave in doubt
	dateInput
	textInput
	sample // a cell that only shows how a cell to type into looks
)

// Colours, safe for readers who tell red from green badly. None says anything alone: inputs have a thick border, closed
// cells a hatching.
const (
	inputBlue   = "0072B2"
	inputFill   = "FFF9E0"
	headFill    = "1F3864"
	pillarFill  = "C9DAEC"
	innerFill   = "E6EEF7"
	closedFill  = "D9D9D9"
	gridGrey    = "A6A6A6"
	faintGrey   = "6B6B6B"
	thinBorder  = 1
	thickBorder = 2
	builtinText = 49 // number formats of the file format: @
	builtinInt  = 3  // #,##0
	builtinNone = 0
)

func border(colour string, style int) []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: colour, Style: style})
	}
	return all
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// style describes a look.
func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: fontSize},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}
	switch l {
	case plain:
	case bold, heading:
		s.Font.Bold, s.Font.Color = true, headFill
		if l == heading {
			s.Font.Size = headingSize
			s.Alignment.WrapText = false
		}
	case head, pillarRow, innerRow, pillarMax, innerMax, total:
		l.emphasise(s)
	case anyInput, countInput, percentInput, dateInput, textInput:
		l.openUp(s)
	default:
		l.print(s)
	}
	return s
}

// emphasise describes heads and the rows of pillars.
func (l look) emphasise(s *excelize.Style) {
	s.Font.Bold = true
	s.Border = border(gridGrey, thinBorder)
	s.Alignment.Horizontal, s.Alignment.Vertical, s.Alignment.Indent = "left", "center", 1
	switch l {
	case head:
		s.Font.Color, s.Fill = "FFFFFF", fill(headFill)
		s.Alignment.Horizontal, s.Alignment.Indent = "center", 0
	case innerRow, innerMax:
		s.Fill = fill(innerFill)
	case total:
		s.Alignment.Horizontal = "right"
	default:
		s.Fill = fill(pillarFill)
	}
	if l == pillarMax || l == innerMax {
		s.Alignment.Horizontal = "right"
	}
}

// openUp describes the cells that an agency types into.
func (l look) openUp(s *excelize.Style) {
	s.Border, s.Fill = border(inputBlue, thickBorder), fill(inputFill)
	s.Protection = &excelize.Protection{Locked: false}
	s.Alignment.Horizontal, s.Alignment.Vertical, s.Alignment.Indent = "left", "center", 1
	switch l {
	case countInput:
		s.NumFmt = builtinInt
	case dateInput:
		dayFirst := "dd/mm/yyyy"
		s.CustomNumFmt = &dayFirst
	case percentInput:
		percent := "0.##########%"
		s.CustomNumFmt = &percent
	case textInput: // so that "- No. 12" or "=A" typed by a person stays text
		s.NumFmt = builtinText
	default:
		s.NumFmt = builtinNone
	}
}

// print describes the cells that a form gives.
func (l look) print(s *excelize.Style) {
	s.Border = border(gridGrey, thinBorder)
	s.Alignment.Horizontal, s.Alignment.Vertical, s.Alignment.Indent = "left", "center", 1
	switch l {
	case centred:
		s.Alignment.Horizontal, s.Alignment.Indent = "center", 0
	case amount:
		s.Alignment.Horizontal = "right"
	case faint:
		s.Font.Color = faintGrey
	case sample:
		s.Border, s.Fill = border(inputBlue, thickBorder), fill(inputFill)
	case closed:
		s.Font.Color = faintGrey
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 14, Color: []string{closedFill}} // thin stripes
	default: // the others are not printed cells
	}
}

// headingSize is the size of a sheet's name.
const headingSize = 14.0

// style is the number of a look in the file; it is made on first use.
func (b *book) style(l look) int {
	id, ok := b.styles[l]
	if !ok {
		b.try(func() (err error) { id, err = b.file.NewStyle(l.style()); return err })
		b.styles[l] = id
	}
	return id
}
