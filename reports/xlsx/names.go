package xlsx

import (
	"strconv"
	"strings"

	"github.com/opendti/dti/reports/view"
)

// maxSheetName is the longest name of a sheet, in UTF-16 units.
const maxSheetName = 31

// sheetNames makes the wanted names legal and unique, ignoring case.
func sheetNames(sheets []view.Sheet) []string {
	taken := map[string]bool{"history": true} // Excel keeps that name for itself
	names := make([]string, len(sheets))
	for i, s := range sheets {
		wanted := legal(s.Name)
		name := fit(wanted, maxSheetName)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			number := " (" + strconv.Itoa(n) + ")"
			name = fit(wanted, maxSheetName-len(number)) + number
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

// legal replaces what a sheet's name cannot hold.
func legal(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == '\u007f' || r == '\ufffe' || r == '\uffff':
			return -1
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		default:
			return r
		}
	}, strings.ToValidUTF8(name, ""))
	name = strings.Trim(strings.TrimSpace(name), "'")
	if name == "" {
		return "-"
	}
	return name
}
