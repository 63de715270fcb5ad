package view

import "strconv"

// mostCards is how many agencies the print edition has a scorecard of: more make a file that nobody prints and that a
// browser takes minutes to lay out.
const mostCards = 300

// A PrintPage is the whole edition in one file: a cover, the contents, the findings, and other pages of the edition one
// after the other.
type PrintPage struct {
	Page
	Lede     string
	Cover    []Fact
	Findings []Finding
	Numbers  []Fact
	Note     string // that groups are not comparable; "" where there is one group
	LeftOut  string // that there are no scorecards; "" where there are
	Chapters []Chapter
}

// Kind is "print".
func (*PrintPage) Kind() string { return "print" }

// Bound are the pages that it holds.
func (p *PrintPage) Bound() []Chapter { return p.Chapters }

// A Chapter is a page of the edition within the print edition.
type Chapter struct {
	Path  string // of the page, from the site's root
	ID    string // of the chapter; begins every id in it
	Title string
	Lang  string // language of Title where it is not the page's
	Under bool   // the chapter belongs to the one before it that does not
}

// Print makes the print edition: every group with the scorecards of its agencies, the method, the corrections.
func (e *Edition) Print() *PrintPage {
	path := e.printPath()
	home := e.Home()
	p := &PrintPage{
		Page: e.page(path, e.say("print-title"), ""), Lede: e.say("print-lede"), Cover: e.foot,
		Numbers: home.Numbers, Note: home.Note, Chapters: e.Chapters(),
	}
	p.Description, p.NoIndex = p.Lede, true // its pages stand in the index one by one
	for _, f := range home.Findings {
		f.Group.Href = "" // the contents lead there
		p.Findings = append(p.Findings, f)
	}
	for i := range p.Numbers {
		p.Numbers[i].Href = ""
	}
	if e.tooMany() {
		p.LeftOut = e.say("print-left-out", len(e.places))
	}
	return p
}

// tooMany reports whether the print edition leaves the scorecards out.
func (e *Edition) tooMany() bool { return len(e.places) > mostCards }

// Chapters are the pages that the print edition holds, in its order.
func (e *Edition) Chapters() []Chapter {
	var chapters []Chapter
	add := func(path, title, lang string, under bool) {
		id := "p" + strconv.Itoa(len(chapters)+1)
		chapters = append(chapters, Chapter{Path: path, ID: id, Title: title, Lang: lang, Under: under})
	}
	for _, g := range e.ranking.Groups {
		text, lang := e.name(g.Group.Name)
		add(e.GroupPath(g.Group.ID), text, lang, false)
		if e.tooMany() {
			continue
		}
		for _, s := range g.Standings {
			text, lang := e.agency(s.Agency)
			add(e.AgencyPath(s.Agency.Code), text, lang, true)
		}
	}
	add(e.methodPath(), e.say("nav-method"), "", false)
	if e.HasCorrections() {
		add(e.correctionsPath(), e.say("nav-corrections"), "", false)
	}
	return chapters
}
