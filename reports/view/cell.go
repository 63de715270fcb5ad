package view

import (
	"strconv"
	"strings"
)

// Class are the classes of the column's head; "" for none.
func (c Column) Class() string {
	var classes []string
	if c.Num {
		classes = append(classes, "num")
	}
	if c.Key {
		classes = append(classes, "key")
	}
	return strings.Join(classes, " ")
}

// Narrow is what stands before a cell of the column on a narrow screen, where the head is far; "" for a key column, which
// stays a column, and where cells need none.
func (c Column) Narrow() string {
	switch {
	case c.Key, c.Mute:
		return ""
	case c.Label != "":
		return c.Label
	default:
		return c.Name
	}
}

// Class are the classes of the cell in a column; "" for none.
func (c Cell) Class(col Column) string {
	classes := make([]string, 0, 4)
	if col.Num {
		classes = append(classes, "num")
	}
	if c.Level > 0 {
		classes = append(classes, "level-"+strconv.Itoa(c.Level))
	}
	if c.Depth > 0 {
		classes = append(classes, "depth-"+strconv.Itoa(c.Depth))
	}
	if c.Edit {
		classes = append(classes, "edited")
	}
	return strings.Join(classes, " ")
}

// Value is what the cell sorts by where its words do not say it; "" where they do, where nothing sorts by it, and where
// it is missing. Most cells of a ranking are numbers as the page's language writes them, and would else say them twice.
func (c Cell) Value(col Column) string {
	switch {
	case col.Sort == "", c.Sort == "":
		return ""
	case col.Sort != "num":
		if c.Sort == c.Text && c.Mark == "" && c.Note == "" {
			return ""
		}
	case c.Mark == "" && saysNumber(c.Text, c.Sort):
		return ""
	}
	return c.Sort
}

// saysNumber reports whether a text that a language wrote is the number: with decimal comma or point, the other one
// between thousands, a sign, and "%" behind it.
func saysNumber(text, number string) bool {
	text = strings.Replace(text, "−", "-", 1)
	text = strings.TrimSuffix(strings.TrimPrefix(text, "+"), "%")
	comma := strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	point := strings.ReplaceAll(text, ",", "")
	number = shortest(number)
	return shortest(comma) == number || shortest(point) == number
}

// shortest is a number without the zeros that end its decimals.
func shortest(number string) string {
	if !strings.Contains(number, ".") {
		return number
	}
	return strings.TrimSuffix(strings.TrimRight(number, "0"), ".")
}
