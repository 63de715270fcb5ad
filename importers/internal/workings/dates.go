package workings

// Columns in which a date is read from a text such as 15/1/2026 or 2026-01-15.
const (
	dayText   = "L" // with slashes
	daySlash  = "M" // place of the first slash
	dayNext   = "N" // of the second one
	dayFirst  = "O" // the number before the first slash
	dayMonth  = "P"
	dayLast   = "Q" // the number after the second one
	dayDay    = "R"
	dayYear   = "S"
	dayLength = "T" // days of the month; 0 where there is no such month
	daySerial = "U" // days since the end of 1899; 0 where there is no such day
)

// Days that a spreadsheet counts: from 1 March 1900, before which two ways of counting differ, to the end of 2199.
const dayBounds = "IF(K#<61,4,IF(K#>=109576,4,1))"

// readDay reads a date, which is a number of days, or a text, day first. The days of a text are counted here because
// functions for dates differ between spreadsheets.
func (b *builder) readDay(in *input) {
	for _, step := range [][2]string{
		{inHeld, "IF(ISNUMBER(D#),D#,0)"},
		{dayText, `SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(E#," ",""),"-","/"),".","/")`},
		{daySlash, `IFERROR(FIND("/",L#),0)`},
		{dayNext, `IFERROR(FIND("/",L#,M#+1),0)`},
		{dayFirst, "IFERROR(VALUE(LEFT(L#,MAX(0,M#-1))),0)"},
		{dayMonth, "IFERROR(VALUE(MID(L#,M#+1,MAX(0,N#-M#-1))),0)"},
		{dayLast, "IFERROR(VALUE(MID(L#,N#+1,4)),0)"},
		{dayDay, "IF(O#>31,Q#,O#)"},
		{dayYear, "IF(O#>31,O#,Q#)"},
		{dayLength, "IF(P#=2,IF(" + leapYear + ",29,28),IF(P#=4,30,IF(P#=6,30,IF(P#=9,30,IF(P#=11,30,IF(P#<1,0,IF(P#>12,0,31)))))))"},
		{daySerial, "IF(" + noDay + ",0," + dayNumber + ")"},
	} {
		b.formula(step[0], in.row, step[1])
	}
	b.state(in, "IF(ISNUMBER(D#),"+dayBounds+",IF(U#>=61,1,"+other(in)+"))")
	b.formula(inNumber, in.row, "IF(F#=1,IF(ISNUMBER(D#),INT(K#),U#),0)")
}

const (
	leapYear = "AND(S#=4*INT(S#/4),OR(S#<>100*INT(S#/100),S#=400*INT(S#/400)))"
	// noDay holds where a text is no day between 1900 and 2199.
	noDay = "OR(N#=0,LEN(L#)-N#>4,R#<1,R#>T#,R#<>INT(R#),P#<>INT(P#),S#<1900,S#>2199,S#<>INT(S#))"
	// dayNumber counts days with years that begin in March, so that the 29 February comes last.
	dayNumber = "365*(S#-IF(P#>2,0,1))+INT((S#-IF(P#>2,0,1))/4)-INT((S#-IF(P#>2,0,1))/100)+INT((S#-IF(P#>2,0,1))/400)" +
		"+INT((153*IF(P#>2,P#-3,P#+9)+2)/5)+R#-1-693899"
)
