package view

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// mostListed is how many agencies the front page lists by name; an edition of more has a page for them.
const mostListed = 300

// A Directory lists agencies by name under a heading: a group, or a letter.
type Directory struct {
	ID      string // of the heading; "" where nothing leads to it
	Group   Link   // the heading
	Entries []Entry
}

// An Entry is an agency in a directory.
type Entry struct {
	Link
	Parent     string // body above the agency, which tells agencies of one name apart; "" where none is given
	ParentLang string
	Find       string // what the finder matches beside the name: code, names in other languages, aliases, parted by "|"; may be ""
	Words      string // rank and total, or that the agency is not ranked
}

// A DirectoryPage lists every agency of a large edition as a dictionary would.
type DirectoryPage struct {
	Page
	Lede     string
	Letters  []Link // to the sections
	Sections []Directory
}

// Kind is "agencies".
func (*DirectoryPage) Kind() string { return "agencies" }

// HasDirectory reports whether the edition has more agencies than its front page lists.
func (e *Edition) HasDirectory() bool { return len(e.places) > mostListed }

// Agencies makes the directory of all agencies.
func (e *Edition) Agencies() *DirectoryPage {
	path := e.directoryPath()
	d := &DirectoryPage{Page: e.page(path, e.say("directory-title"), ""), Lede: e.say("agencies-listed", len(e.places))}
	var entries []Entry
	for _, g := range e.ranking.Groups {
		for _, s := range g.Standings {
			entry := e.entry(path, s)
			if len(e.ranking.Groups) > 1 {
				entry.Words = e.say("entry-in", e.text(g.Group.Name), entry.Words)
			}
			entries = append(entries, entry)
		}
	}
	e.sort(entries)
	d.Sections = e.letters(entries)
	for i := range d.Sections {
		s := &d.Sections[i]
		s.ID = "at-" + strconv.Itoa(i+1)
		d.Letters = append(d.Letters, Link{Text: s.Group.Text, Href: "#" + s.ID})
	}
	d.Description = d.Lede
	return d
}

// entry is an agency's line in a directory on the page at path.
func (e *Edition) entry(path string, s scoring.Standing) Entry {
	text, lang := e.agency(s.Agency)
	entry := Entry{Link: Link{Text: text, Lang: lang, Href: Relative(path, e.AgencyPath(s.Agency.Code))}, Find: e.find(s.Agency, text)}
	entry.Parent, entry.ParentLang = e.parentOf(s.Agency)
	if s.Ranked {
		entry.Words = e.say("entry", e.rank(s), e.total(s.Score))
	} else {
		entry.Words = e.say("unranked")
	}
	return entry
}

// parentOf names the body above an agency: by its name where it is an agency of the round itself.
func (e *Edition) parentOf(a submission.Agency) (text, lang string) {
	if at, ok := e.places[a.Parent]; ok && a.Parent != "" {
		return e.agency(e.ranking.Groups[at.group].Standings[at.standing].Agency)
	}
	if a.Parent != "" && e.Lang != e.first {
		lang = e.first
	}
	return a.Parent, lang
}

// sort puts entries into the order of the language's dictionaries; agencies of one name stand by the body above them.
func (e *Edition) sort(entries []Entry) {
	order := e.words.Compare()
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(order(a.Text, b.Text), order(a.Parent, b.Parent), cmp.Compare(a.Href, b.Href))
	})
}

// directory lists a group's agencies as a dictionary would.
func (e *Edition) directory(path string, link Link, g scoring.Group) Directory {
	d := Directory{Group: link}
	for _, s := range g.Standings {
		d.Entries = append(d.Entries, e.entry(path, s))
	}
	e.sort(d.Entries)
	return d
}

// crowded is the size from which a letter's section is parted: where most names begin alike, as with communes, one letter
// would hold them all.
const crowded = 120

// letters parts entries, which are in order, by first letter. A crowded letter is parted by first word and the letter
// that follows it: "Xã B". Sections are in the order of the language's dictionaries.
func (e *Edition) letters(entries []Entry) []Directory {
	letters := map[string]int{}
	for _, entry := range entries {
		letters[letter(entry.Text)]++
	}
	var sections []Directory
	at := map[string]int{}
	for _, entry := range entries {
		key := letter(entry.Text)
		if first, rest, ok := strings.Cut(entry.Text, " "); ok && letters[key] >= crowded {
			key = first + " " + letter(rest)
		}
		i, known := at[key]
		if !known {
			i = len(sections)
			at[key], sections = i, append(sections, Directory{Group: Link{Text: key}})
		}
		sections[i].Entries = append(sections[i].Entries, entry)
	}
	order := e.words.Compare()
	slices.SortStableFunc(sections, func(a, b Directory) int { return order(a.Group.Text, b.Group.Text) })
	return sections
}

// Tone marks of Vietnamese: they do not make another letter, as the marks of Ă, Â, Ê, Ô, Ơ and Ư do.
const tones = "\u0300\u0301\u0303\u0309\u0323"

// letter is the letter under which a name stands; digits and signs stand together.
func letter(name string) string {
	var b strings.Builder
	for i, r := range norm.NFD.String(name) {
		switch {
		case i == 0 && !unicode.IsLetter(r):
			return "0–9"
		case i > 0 && !unicode.Is(unicode.Mn, r):
			return norm.NFC.String(b.String())
		case !strings.ContainsRune(tones, r):
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return norm.NFC.String(b.String())
}

// find is what the finder matches an agency by beside the name that is shown: its code, its names in other languages and
// its aliases. What differs from another one only by marks, case or signs says nothing more and is left out.
func (e *Edition) find(a submission.Agency, shown ...string) string {
	names := []string{a.Code}
	for _, lang := range slices.Sorted(maps.Keys(a.Name)) {
		names = append(names, a.Name[lang])
	}
	var kept []string
	seen := map[string]bool{"": true}
	for _, name := range shown {
		seen[plainLetters(name)] = true
	}
	for _, name := range append(names, a.Aliases...) {
		if bare := plainLetters(name); !seen[bare] {
			seen[bare] = true
			kept = append(kept, strings.ReplaceAll(name, "|", " "))
		}
	}
	return strings.Join(kept, "|")
}

// plainLetters is a text as the finder compares it.
func plainLetters(s string) string {
	return strings.Trim(strings.ReplaceAll(asciiName(s), "_", "-"), "-")
}
