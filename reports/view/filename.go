package view

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxFileName keeps names short enough for any file system, with room for an extension and a number.
const maxFileName = 80

// FileName makes a file name without extension from a name that came from data: ASCII letters, digits, - and _, in lower
// case, never empty, no reserved Windows name, not yet in taken. It notes the name in taken, which may be nil where names
// need not differ. Equal calls in equal order give equal names.
func FileName(s string, taken map[string]bool) string {
	base := strings.Trim(asciiName(s), "-_")
	if len(base) > maxFileName {
		base = strings.TrimRight(base[:maxFileName], "-_")
	}
	switch {
	case base == "":
		base = "x"
	case reservedName(base):
		base += "-x"
	}
	if taken == nil {
		return base
	}
	name := base
	for n := 2; taken[name]; n++ {
		name = base + "-" + strconv.Itoa(n)
	}
	taken[name] = true
	return name
}

// asciiName drops diacritics and writes everything that is no letter, digit or _ as one hyphen.
func asciiName(s string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			r = 'd'
		case unicode.Is(unicode.Mn, r):
			continue
		}
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			b.WriteRune(r)
			hyphen = false
		} else if !hyphen {
			b.WriteByte('-')
			hyphen = true
		}
	}
	return b.String()
}

// reservedName reports whether Windows keeps the name for a device.
func reservedName(s string) bool {
	switch s {
	case "con", "prn", "aux", "nul", "clock", "conin", "conout":
		return true
	}
	port := strings.TrimRight(s, "0123456789")
	return (port == "com" || port == "lpt") && len(s) == len(port)+1
}
