package main

import (
	"regexp"
	"strings"
)

var (
	milder    = regexp.MustCompile(`# 2018: (\w+): (\S+)$`)
	ownID     = regexp.MustCompile(`^( +- id: )([A-Z]+-[0-9]+)$`)
	lineageID = regexp.MustCompile(`^ +from: \{id: ([A-Z]+-[0-9]+)\}$`)
)

// edition2018 makes the constructed set of 2018 from that of 2019: the values that stand behind "# 2018:", the ids that
// `from:` names, and no header comment.
func edition2018(set2019 string) string {
	_, body, _ := strings.Cut(set2019, "\nschema:")
	lines := strings.Split("schema:"+body, "\n")
	earlier := earlierIDs(lines)
	var out []string
	for _, line := range lines {
		switch {
		case lineageID.MatchString(line):
			continue
		case ownID.MatchString(line):
			id := ownID.FindStringSubmatch(line)[2]
			line = ownID.ReplaceAllString(line, "${1}"+earlier[id])
		case milder.MatchString(line):
			line = asIn2018(line)
		case strings.HasPrefix(line, "version:"):
			line = `version: "2018"`
		}
		out = append(out, line)
	}
	return "# The set of 2018, constructed: made by `rebuild` from criteria.yaml of 2019.\n" + strings.Join(out, "\n")
}

// earlierIDs finds the id that each indicator had in 2018.
func earlierIDs(lines []string) map[string]string {
	ids, current := map[string]string{}, ""
	for _, line := range lines {
		if m := ownID.FindStringSubmatch(line); m != nil {
			current = m[2]
		}
		if m := lineageID.FindStringSubmatch(line); m != nil {
			ids[current] = m[1]
		}
	}
	return ids
}

// asIn2018 replaces the value of one key of a line by the one behind "# 2018:".
func asIn2018(line string) string {
	m := milder.FindStringSubmatch(line)
	line = strings.TrimRight(line[:len(line)-len(m[0])], " ")
	value := regexp.MustCompile(`\b` + m[1] + `: [^,}]+`)
	return value.ReplaceAllString(line, m[1]+": "+m[2])
}
