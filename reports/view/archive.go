package view

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// An ArchiveEntry is one published round.
type ArchiveEntry struct {
	Round  string // id
	Title  rule.Text
	Year   int
	Status submission.Status
	Date   rule.Date
	// Agencies is how many agencies the edition ranks; 0 where that is not known.
	Agencies int
}

// An ArchivePage lists the rounds published in a language, the newest first.
type ArchivePage struct {
	Page
	Lede  string
	Table Table
}

// Kind is "archive".
func (*ArchivePage) Kind() string { return "archive" }

// NewArchive makes the page at LANG/index.html. Langs are all languages of the site, in their order.
func NewArchive(l *locale.Locale, langs []string, entries []ArchiveEntry) *ArchivePage {
	path := l.Lang() + "/index.html"
	p := &ArchivePage{Page: barePage(l, path, l.Say("site.archive-title"), langs), Lede: l.Say("site.archive-lede")}
	p.Table = Table{
		Caption: l.Say("site.archive-title"),
		Columns: []Column{
			{Name: l.Say("words.round"), Key: true},
			{Name: l.Say("site.archive-status"), Key: true},
			{Name: l.Say("site.footer-date"), Key: true},
			{Name: l.Say("site.number-ranked"), Num: true},
		},
	}
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b ArchiveEntry) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(b.Date, a.Date), cmp.Compare(b.Round, a.Round))
	})
	for _, entry := range sorted {
		text, lang := l.TextLang(entry.Title, "")
		if text == "" {
			text = entry.Round
		}
		if lang == l.Lang() {
			lang = ""
		}
		date := cmp.Or(l.Date(entry.Date), l.Say("site.no-date"))
		p.Table.Rows = append(p.Table.Rows, Row{Cells: []Cell{
			{Text: text, Lang: lang, Link: Relative(path, Folder(l.Lang(), entry.Round)+"index.html"), Head: true},
			{Text: l.Say("site.archive-" + entry.Status.String())},
			{Text: date},
			rankedCell(l, entry.Agencies),
		}})
	}
	return p
}

// rankedCell says how many agencies an edition ranks; an entry that does not know has none.
func rankedCell(l *locale.Locale, agencies int) Cell {
	if agencies == 0 {
		return Cell{Text: l.Say("site.no-figure")}
	}
	d := decimal.NewFromInt(int64(agencies))
	return Cell{Text: l.Plain(d), Sort: d.String()}
}

// barePage is a page outside any edition.
func barePage(l *locale.Locale, path, heading string, langs []string) Page {
	p := Page{
		Path: path, Root: Relative(path, ""), Lang: l.Lang(), Site: l.Say("site.archive-title"), Title: heading, Heading: heading, words: l,
	}
	for _, lang := range langs {
		if other, ok := locale.For(lang); ok && len(langs) > 1 {
			to := lang + "/index.html"
			p.Languages = append(p.Languages, Link{
				Text: other.Say("site.language"), Lang: lang, Href: Relative(path, to), HrefLang: lang, Current: path == to,
			})
		}
	}
	return p
}

// A ChoicePage lets the reader choose a language at the site's root.
type ChoicePage struct {
	Page
	Choices []Choice
}

// Kind is "choice".
func (*ChoicePage) Kind() string { return "choice" }

// A Choice is one language of the site, said in that language.
type Choice struct {
	Link
	Sentence string
}

// NewChoice makes the page at the site's root, index.html. The first of langs is the page's own language; at least one
// of them must have a locale.
func NewChoice(langs []string) *ChoicePage {
	p := &ChoicePage{}
	for _, lang := range langs {
		l, ok := locale.For(lang)
		if !ok {
			continue
		}
		if len(p.Choices) == 0 {
			p.Page = barePage(l, "index.html", l.Say("site.archive-title"), nil)
		}
		p.Choices = append(p.Choices, Choice{
			Link:     Link{Text: l.Say("site.language"), Lang: lang, Href: lang + "/index.html", HrefLang: lang},
			Sentence: l.Say("site.choice"),
		})
	}
	return p
}
