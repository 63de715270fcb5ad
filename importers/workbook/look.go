package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/importers/internal/written"
)

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
	sample       // a cell that only shows how a cell to type into looks
	sampleBlank  // the same of one that is not answered yet
	copied       // a hidden copy of an answer
	check        // what an answer still lacks
	earned       // points earned by an indicator
	earnedPillar // by a pillar
	earnedInner
	earnedTotal
	earnedPercent
	scoreWords // the score line
	scoreLacks // words of it that run on over the empty cells beside them
	scoreMost
	scorePercent
	scoreTotal
	listed   // a line of a list that runs on over the empty cells beside it
	noted    // a cell of the hidden sheet of the workings
	noteHead // words above them
	looks    // how many there are
)

// A tint is what a condition adds to a look.
type tint int

const (
	tintUnread  tint = iota // cannot be read
	tintBlank               // not answered yet
	tintLacking             // evidence or a reason is lacking
	tintCarried             // as it was carried over
	tints                   // how many there are
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
	unreadFill  = "F9D9C6"
	unreadFont  = "7A2E00"
	blankFill   = "FFECB3"
	lackFill    = "F0D9E8"
	lackFont    = "5B1F4B"
	carriedFill = "D6EAF8"
	carriedFont = "0B4F79"
	thinBorder  = 1
	thickBorder = 2
	builtinText = 49 // number formats of the file format: @
	builtinInt  = 3  // #,##0
	builtinPart = 10 // 0.00%
	builtinNone = 0
)

// style describes a look. Points and a percentage of the maximum are shown in the given formats.
func (l look) style(points, percent string) *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: written.FontName, Size: written.FontSize},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}
	switch l {
	case plain:
	case copied:
		nothing := ";;;"
		s.CustomNumFmt = &nothing
		s.Alignment.WrapText, s.Alignment.Horizontal = false, "left"
	case noted, noteHead:
		s.Alignment.WrapText = false
		s.Font.Bold = l == noteHead
	case listed:
		s.Alignment.WrapText = false
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
	case earned, earnedPillar, earnedInner, earnedTotal, earnedPercent, scoreWords, scoreLacks, scoreMost, scorePercent, scoreTotal:
		l.compute(s, points, percent)
	default:
		l.print(s)
	}
	return s
}

// emphasise describes heads and the rows of pillars.
func (l look) emphasise(s *excelize.Style) {
	s.Font.Bold = true
	s.Border = written.Border(gridGrey, thinBorder)
	s.Alignment.Horizontal, s.Alignment.Vertical, s.Alignment.Indent = "left", "center", 1
	switch l {
	case head:
		s.Font.Color, s.Fill = "FFFFFF", written.Fill(headFill)
		s.Alignment.Horizontal, s.Alignment.Indent = "center", 0
	case innerRow, innerMax:
		s.Fill = written.Fill(innerFill)
	case total:
		s.Alignment.Horizontal = "right"
	default:
		s.Fill = written.Fill(pillarFill)
	}
	if l == pillarMax || l == innerMax {
		s.Alignment.Horizontal = "right"
	}
}

// openUp describes the cells that an agency types into.
func (l look) openUp(s *excelize.Style) {
	s.Border, s.Fill = written.Border(inputBlue, thickBorder), written.Fill(inputFill)
	s.Protection = &excelize.Protection{Locked: false}
	s.Alignment.Horizontal, s.Alignment.Vertical, s.Alignment.Indent = "left", "center", 1
	switch l {
	case countInput:
		s.NumFmt = builtinInt
	case dateInput:
		dayFirst := "dd/mm/yyyy"
		s.CustomNumFmt = &dayFirst
	case percentInput: // what is typed as 45 or 45% is then shown and held as 45 %
		s.NumFmt = builtinPart
	case textInput: // so that "- No. 12" or "=A" typed by a person stays text
		s.NumFmt = builtinText
	default:
		s.NumFmt = builtinNone
	}
}

// compute describes the cells of formulas.
func (l look) compute(s *excelize.Style, points, percent string) {
	s.Border = written.Border(gridGrey, thinBorder)
	s.Alignment.Horizontal, s.Alignment.Vertical, s.Alignment.Indent = "right", "center", 1
	s.Alignment.WrapText = l == scoreWords
	s.Font.Bold = l != earned
	switch l {
	case earnedPillar:
		s.Fill = written.Fill(pillarFill)
	case earnedInner:
		s.Fill = written.Fill(innerFill)
	case scoreWords, scoreLacks, scoreMost, scorePercent, scoreTotal:
		s.Border, s.Font.Color = written.Border(headFill, thinBorder), headFill
		s.Fill = written.Fill(innerFill)
		if l == scoreLacks { // no lines through its words
			s.Border = []excelize.Border{s.Border[1], s.Border[3]}
		}
	default: // the others have no colour
	}
	switch l {
	case earned, earnedPillar, earnedInner, earnedTotal, scoreTotal:
		s.CustomNumFmt = &points
	case earnedPercent:
		plain := `0.00"%"`
		s.CustomNumFmt = &plain
	case scorePercent:
		s.CustomNumFmt = &percent
		s.Alignment.Horizontal = "left"
	case scoreWords, scoreLacks:
		s.Alignment.Horizontal = "left"
	default: // whole numbers and the maximum show what digits they have
	}
	if l == scoreTotal {
		s.Font.Size = 12
	}
}

// print describes the cells that a form gives.
func (l look) print(s *excelize.Style) {
	s.Border = written.Border(gridGrey, thinBorder)
	s.Alignment.Horizontal, s.Alignment.Vertical, s.Alignment.Indent = "left", "center", 1
	switch l {
	case centred:
		s.Alignment.Horizontal, s.Alignment.Indent = "center", 0
	case amount:
		s.Alignment.Horizontal = "right"
	case faint:
		s.Font.Color = faintGrey
	case sample:
		s.Border, s.Fill = written.Border(inputBlue, thickBorder), written.Fill(inputFill)
	case sampleBlank:
		s.Border, s.Fill = written.Border(inputBlue, thickBorder), written.Fill(blankFill)
	case closed:
		s.Font.Color = faintGrey
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 14, Color: []string{closedFill}} // thin stripes
	default: // the others are not printed cells
	}
}

// headingSize is the size of a sheet's name.
const headingSize = 14.0

// condition describes a tint. None is told by its colour alone: the check column says it in words.
func (t tint) condition() *excelize.Style {
	switch t {
	case tintUnread:
		return &excelize.Style{
			Fill: written.Fill(unreadFill), Border: written.Border(unreadFont, thinBorder), Font: &excelize.Font{Bold: true, Color: unreadFont},
		}
	case tintLacking:
		return &excelize.Style{Fill: written.Fill(lackFill), Font: &excelize.Font{Color: lackFont}}
	case tintCarried:
		return &excelize.Style{Fill: written.Fill(carriedFill), Font: &excelize.Font{Italic: true, Color: carriedFont}}
	default:
		return &excelize.Style{Fill: written.Fill(blankFill)}
	}
}

// drawLooks makes the styles of a file, unless another form of the plan has: a plan keeps them. Their numbers are the
// same in every file.
func (b *book) drawLooks() error {
	if _, ok := b.kept[stylesPart]; ok {
		return nil
	}
	if err := b.file.SetDefaultFont(written.FontName); err != nil {
		return err
	}
	points, percent := b.pointsFormat(), b.percentFormat()
	b.looks, b.tints = map[look]int{}, map[tint]int{}
	for l := range looks {
		id, err := b.file.NewStyle(l.style(points, percent))
		if err != nil {
			return err
		}
		b.looks[l] = id
	}
	for t := range tints {
		id, err := b.file.NewConditionalStyle(t.condition())
		if err != nil {
			return err
		}
		b.tints[t] = id
	}
	return nil
}

// pointsFormat shows points with the decimals of the set.
func (v voice) pointsFormat() string { return written.PointsFormat(v.set.Rounding.Indicator) }

// percentFormat shows 81.25 as what was reached of the maximum.
func (v voice) percentFormat() string {
	before, after, _ := strings.Cut(v.say("score-percent", "\x00"), "\x00")
	return quoted(before) + "0.00" + quoted("%"+after)
}
