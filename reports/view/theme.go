package view

import (
	"strings"

	"github.com/opendti/dti/scoring/submission"
)

// A Picture is a picture of the site with what is said where it cannot be seen.
type Picture struct {
	Src           string // relative; "" for none
	Width, Height int    // pixels of the file
	Alt, Lang     string // Lang where Alt is in another language than the page
}

// Wide reports whether a picture is so wide that beside words on a telephone nobody could make it out.
func (p Picture) Wide() bool { return p.Width > 3*p.Height }

// A Theme is how the pages of one edition differ from those of others: the publisher's colour, and what stands in the
// margins of every printed sheet.
type Theme struct {
	Colour  string // "#rrggbb", readable by day; "": the program's own
	Imprint string // at the foot of a sheet: edition, status, date and address
	Stamp   string // at its head; "" where the release is no draft
}

// Theme is the look of this edition.
func (e *Edition) Theme() Theme {
	r := e.round.Release
	parts := []string{e.title(), e.status(r)}
	if r.Date != "" {
		parts = append(parts, e.words.Date(r.Date))
	}
	if r.URL != "" {
		parts = append(parts, r.URL)
	}
	return Theme{Colour: e.round.Publish.Colour, Imprint: strings.Join(parts, " · "), Stamp: e.draft()}
}

// ThemePath is the edition's own stylesheet, from the site's root.
func (e *Edition) ThemePath() string { return e.folder + "theme.css" }

// LogoPath is the publisher's logo, from the site's root; "" where there is none.
func (e *Edition) LogoPath() string {
	logo := e.round.Publish.Logo
	if len(logo.Data) == 0 {
		return ""
	}
	return e.folder + "logo." + logo.Extension
}

// Logo is the publisher's picture; the zero Logo where there is none.
func (e *Edition) Logo() submission.Logo { return e.round.Publish.Logo }

// identity puts who publishes into the frame of a page: name, logo and look.
func (e *Edition) identity(p *Page) {
	p.Publisher, p.PublisherLang = e.name(e.round.Publish.Name)
	p.Theme = Relative(p.Path, e.ThemePath())
	if path := e.LogoPath(); path != "" {
		logo := e.round.Publish.Logo
		p.Logo = Picture{Src: Relative(p.Path, path), Width: logo.Width, Height: logo.Height, Alt: p.Publisher, Lang: p.PublisherLang}
		if p.Logo.Alt == "" {
			p.Logo.Alt = p.Site
		}
	}
}

// standing says in what state the release is, where it is neither a draft, which is stamped, nor plainly final; the link
// leads to the corrections of a corrected one.
func (e *Edition) standing(path string) (status string, corrections Link) {
	r := e.round.Release
	switch r.Status {
	case submission.Draft:
		return "", Link{}
	case submission.Provisional:
		status = e.say("provisional")
	default:
	}
	for _, c := range e.round.Corrections {
		if c.Revision != r.Revision || r.Revision < 2 || path == e.correctionsPath() {
			continue
		}
		corrections = Link{Text: e.say("corrected-see"), Href: Relative(path, e.correctionsPath())}
		words := e.say("corrected", r.Revision)
		if c.Date != "" {
			words = e.say("corrected-dated", r.Revision, c.Date)
		}
		if status != "" {
			words = status + ". " + words
		}
		return words, corrections
	}
	return status, corrections
}
