package workings

import "github.com/opendti/dti/criteria/rule"

// Rows of the words that answers are read by, in column B.
const (
	wordRow = 3
	yesRow  = wordRow
	noRow   = wordRow + 1
	naRow   = wordRow + 2
	gapRow  = wordRow + 3
)

// wordNames are what stands before the rows of words.
var wordNames = [...]string{"yes", "no", "not_applicable", "space"}

// Words between bars, in small letters, with diacritics and without. The gap is a space that does not break: what is
// pasted from a web page or from Word holds it.
var wordLists = [...]string{
	"|có|co|đạt|dat|x|1|yes|y|true|đúng|dung|",
	"|không|khong|không đạt|khong dat|0|no|n|false|sai|",
	"|kad|không áp dụng|khong ap dung|n/a|not applicable|",
	"\u00a0",
}

// Columns of the table of inputs.
const (
	inID       = "A"
	inName     = "B"
	inRow      = "C" // place among the rows of the source; 0: none
	inRaw      = "D" // the answer as it stands; broken where the cell holds an error
	inText     = "E" // the answer as a text, in small letters, without spaces around it
	inState    = "F"
	inNumber   = "G"
	inOpen     = "H" // how many inputs are open down to this one
	inEvidence = "I" // length of the evidence
	inRemark   = "J" // length of the remark
	inHeld     = "K" // what the cell holds before it is judged; steps of reading stand in the columns after it
)

// broken stands for an error in the cell of an answer, because an error would spread.
const broken = "(error)"

// words writes the title and the words that answers are read by.
func (b *builder) words() {
	b.write("A", 1, b.say("calc-title"))
	for i, id := range wordNames {
		b.write("A", wordRow+i, id)
		b.write("B", wordRow+i, wordLists[i])
	}
}

// readInputs writes the table of inputs.
func (b *builder) readInputs() {
	head := wordRow + len(wordNames) + 2
	b.heads(head, "id", "name", "place", "raw", "text", "state", "number", "open", "evidence", "remark", "held")
	for i, in := range b.inputs {
		b.write(inID, in.row, in.key.String())
		b.write(inName, in.row, in.label)
		open := "0"
		if i > 0 {
			open = ref(inOpen, in.row-1)
		}
		b.w.states[in.key], b.w.labels[in.key] = out(inState, in.row), in.label
		if in.state != "" {
			b.put(inState, in.row, Cell{Number: in.state})
			b.put(inNumber, in.row, Cell{Number: "0"})
			b.formula(inOpen, in.row, open)
			b.find(in)
			b.besides(in)
			continue
		}
		b.find(in)
		b.raw(in)
		b.besides(in)
		b.read(in)
		b.formula(inOpen, in.row, open+"+IF(F#=2,1,IF(F#=4,1,0))")
	}
}

func (b *builder) source(in *input) Source {
	if in.ind == nil {
		return b.Details
	}
	return b.Answers
}

// find looks for the row of an input.
func (b *builder) find(in *input) {
	from := b.source(in)
	if from.ID == "" || from.First < 1 || from.Last < from.First {
		b.put(inRow, in.row, Cell{Number: "0"})
		return
	}
	b.formula(inRow, in.row, "IFERROR(MATCH(A#,"+from.column(from.ID)+",0),0)")
}

// raw takes the answer over. A blank cell is a blank text, because INDEX makes 0 of it; TRUE and FALSE become
// words, because excelize's calculator makes 1 and 0 of what is taken over. LibreOffice knows them only by the format of
// their cell: in a cell for a number TRUE is 1 to it, also in the file that it saves.
func (b *builder) raw(in *input) {
	from := b.source(in)
	if b.w.rows[in.row-1][2].Formula == "" || from.Answer == "" {
		b.formula(inRaw, in.row, `""`)
	} else {
		cell := here("INDEX(", in.row) + from.column(from.Answer) + here(",MAX(1,C#),1)", in.row)
		b.put(inRaw, in.row, Cell{Formula: here(`IF(C#=0,"",IF(ISERROR(`, in.row) + cell + `),"` + broken + `",IF(ISLOGICAL(` + cell + "),IF(" + cell +
			`,"true","false"),IF(LEN(` + cell + `&"")=0,"",` + cell + "))))"})
	}
	text := `D#&""`
	if in.Type == rule.Choice || in.Type == rule.Choices { // an option may be called 1.5
		text = `IF(ISNUMBER(D#),SUBSTITUTE(D#&"",",","."),D#&"")`
	}
	// Note: TRIM folds doubled spaces, but excelize's calculator leaves them.
	b.formula(inText, in.row, "LOWER(TRIM(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE("+text+","+word(gapRow)+`," "),CHAR(10)," "),"  "," ")))`)
}

func word(row int) string { return here("$B$#", row) }

// among tests whether the text of a row is one of a list of words.
func among(list int, yes, no string) string {
	words := word(list)
	return "IF(LEN(SUBSTITUTE(" + words + `,"|"&E#&"|",""))<LEN(` + words + ")," + yes + "," + no + ")"
}

// besides measures the evidence and the remark of a row, where they matter.
func (b *builder) besides(in *input) {
	if in.ind == nil || in.state == unconcerned || b.w.rows[in.row-1][2].Formula == "" {
		return
	}
	measure := func(letters string) Cell {
		return Cell{Formula: here("IF(C#=0,0,LEN(TRIM(SUBSTITUTE(INDEX(", in.row) + b.Answers.column(letters) +
			here(`,MAX(1,C#),1)&"",CHAR(10),""))))`, in.row)}
	}
	if in.ind.Evidence.Required && b.Answers.Evidence != "" {
		b.put(inEvidence, in.row, measure(b.Answers.Evidence))
	}
	if in.ind.NotApplicable.Allowed && b.Answers.Remark != "" {
		b.put(inRemark, in.row, measure(b.Answers.Remark))
	}
}

// read writes the state and the number of an answer.
func (b *builder) read(in *input) {
	switch in.Type {
	case rule.Count, rule.Number, rule.Points:
		b.readNumber(in)
	case rule.Percent:
		b.readPercent(in)
	case rule.YesNo:
		b.formula(inHeld, in.row, among(yesRow, "1", among(noRow, "0", "2")))
		b.state(in, "IF(K#<2,1,"+other(in)+")")
		b.formula(inNumber, in.row, "IF(F#=1,K#,0)")
	case rule.Choice:
		b.state(in, "IF("+ticked(in)+"=1,1,"+other(in)+")")
		b.put(inNumber, in.row, Cell{Number: "0"})
	case rule.Choices:
		b.readChoices(in)
	case rule.Day:
		b.readDay(in)
	default:
		b.state(in, b.anything(in))
		b.put(inNumber, in.row, Cell{Number: "0"})
	}
}

// state writes the state of an answer that is not blank.
func (b *builder) state(in *input, filled string) {
	b.formula(inState, in.row, "IF(LEN(E#)=0,2,"+filled+")")
}

// other is the state of an answer that is not of the type asked for: a claim that the indicator does not apply, or
// nothing that can be read.
func other(in *input) string {
	if in.ind == nil || !in.ind.NotApplicable.Allowed {
		return "4"
	}
	return among(naRow, "3", "4")
}

// anything is the state of free words. Only a figure has no way of not applying.
func (b *builder) anything(in *input) string {
	words := "1"
	switch {
	case in.ind == nil:
	case in.ind.NotApplicable.Allowed:
		words = among(naRow, "3", "1")
	default:
		words = among(naRow, "4", "1")
	}
	return `IF(E#="` + broken + `",4,` + words + ")"
}

// readNumber reads a count, a number or points. A text is no number: whether 12.5 is twelve and a half is for the
// person to say.
func (b *builder) readNumber(in *input) {
	b.formula(inHeld, in.row, "IF(ISNUMBER(D#),D#,0)")
	checked := within(in, "K#")
	if in.Type == rule.Count {
		checked = "IF(ABS(K#-ROUND(K#,0))>0.000000001,4,IF(K#<0,4," + checked + "))"
	}
	b.state(in, "IF(ISNUMBER(D#),"+checked+","+other(in)+")")
	b.formula(inNumber, in.row, "IF(F#=1,K#,0)")
}

// readPercent reads a fraction, which the cell shows as a percentage. Above 1000 % somebody pasted 45 for 45 %.
func (b *builder) readPercent(in *input) {
	b.formula(inHeld, in.row, "IF(ISNUMBER(D#),D#,0)")
	checked := "IF(ABS(K#)>10,4," + within(in, "100*K#") + ")"
	b.state(in, "IF(ISNUMBER(D#),"+checked+","+other(in)+")")
	b.formula(inNumber, in.row, "IF(F#=1,ROUND(100*K#,9),0)")
}

// within holds a number against the bounds of an input.
func within(in *input, number string) string {
	state := "1"
	if in.Max.Set {
		state = "IF(ROUND(" + number + "-" + rule.Literal(in.Max.Value) + ",9)>0,4," + state + ")"
	}
	if in.Min.Set {
		state = "IF(ROUND(" + number + "-" + rule.Literal(in.Min.Value) + ",9)<0,4," + state + ")"
	}
	return state
}
