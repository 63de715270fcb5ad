package view

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring/submission"
)

// A Page is what every page of the site has around its content.
type Page struct {
	Path        string // from the site's root, with slashes: "vi/2019/index.html"
	Root        string // from the page's folder to the site's root: "../../"; "" at the root
	Lang        string
	Site        string // the publication's name, in the header
	Title       string // of the document; begins with the stamp of a draft
	Heading     string
	HeadingLang string // language of Heading where it is not the page's
	Description string // one sentence for search engines; "" where there is none
	Draft       string // stamp of a draft; "" where the release is none
	Status      string // in words, where the release is neither draft nor plainly final; else ""
	Corrections Link   // said after Status; without Href where there is none
	NoIndex     bool
	Canonical   string // absolute address; "" unless the release has an address
	Crumbs      []Link
	Nav         []Link
	More        []Link // at the foot of the page: what only some look for
	Languages   []Link // this page in every language; the own one is Current
	Footer      []Fact
	// Publisher is who publishes, with the language where it is not the page's; "" where nobody is named.
	Publisher, PublisherLang string
	Logo                     Picture
	Theme                    string // relative address of the edition's own stylesheet; "" outside an edition
	// Drawn says that the chart library is there and draws the figures over the static ones.
	Drawn bool

	words *locale.Locale
}

// Say is a fixed word or sentence of the pages. Templates place what pages of one kind have in common by its key.
func (p Page) Say(key string) string { return p.words.SayIn("site", key) }

// A Link is a place to go to.
type Link struct {
	Text     string
	Lang     string // language of Text where it is not the page's
	Href     string // relative; "" for none
	Absolute string // absolute address of a translation; "" unless the release has an address
	HrefLang string // language of the linked page where it is another one
	Current  bool
}

// A Fact is a term and what it is here.
type Fact struct {
	Term  string
	Words string
	Lang  string // language of Words where it is not the page's
	Href  string // "" for none
	Note  string // a small remark; "" for none
	Tone  string // "up", "down" or ""; Words say the same
}

// Relative is the way from one file of the site to another; both are paths from the root.
func Relative(from, to string) string {
	same := 0 // as far as both lie in the same folders
	for i := 0; i < min(len(from), len(to)) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			same = i + 1
		}
	}
	return strings.Repeat("../", strings.Count(from[same:], "/")) + to[same:]
}

// Paths of an edition's pages, from the site's root.
func (e *Edition) homePath() string        { return e.folder + "index.html" }
func (e *Edition) methodPath() string      { return e.folder + "method.html" }
func (e *Edition) downloadsPath() string   { return e.folder + "downloads.html" }
func (e *Edition) correctionsPath() string { return e.folder + "corrections.html" }

// GroupPath is the page of an agency group, from the site's root.
func (e *Edition) GroupPath(id string) string { return e.folder + "group/" + e.groups[id] + ".html" }

// AgencyPath is the page of an agency, from the site's root.
func (e *Edition) AgencyPath(code string) string {
	return e.folder + "agency/" + e.agents[code] + ".html"
}

// page makes the frame of a page of the edition.
func (e *Edition) page(path, heading, lang string) Page {
	around := e.around(path)
	p := Page{
		Path: path, Root: strings.Repeat("../", strings.Count(path, "/")), Lang: e.Lang, Site: e.title(),
		Heading: heading, HeadingLang: lang, Draft: e.draft(), words: e.words, Drawn: e.ECharts,
		Nav: current(around.nav, path), More: current(around.more, path), Languages: e.translations(path), Footer: e.foot,
	}
	p.Title = heading
	if heading != e.title() {
		p.Title += " – " + e.title()
	}
	if p.Draft != "" {
		p.Title = p.Draft + " | " + p.Title
		p.NoIndex = true
	}
	p.Status, p.Corrections = e.standing(path)
	e.identity(&p)
	p.Canonical = e.absolute(path)
	if path != e.homePath() {
		p.Crumbs = []Link{{Text: e.say("nav-home"), Href: Relative(path, e.homePath())}}
	}
	return p
}

// A frame is the links around the pages of one folder, which are the same on all of them.
type frame struct{ nav, more []Link }

// around is the frame of the folder that the page at path lies in, made once.
func (e *Edition) around(path string) frame {
	folder := path[:strings.LastIndexByte(path, '/')+1]
	if made, ok := e.surround.Load(folder); ok {
		return made.(frame)
	}
	made := frame{nav: e.nav(folder), more: e.more(folder)}
	e.surround.Store(folder, made)
	return made
}

// current marks, among links of its folder, the one to the page itself.
func current(links []Link, path string) []Link {
	own := path[strings.LastIndexByte(path, '/')+1:]
	at := slices.IndexFunc(links, func(l Link) bool { return l.Href == own })
	if at < 0 {
		return links
	}
	links = slices.Clone(links)
	links[at].Current = true
	return links
}

// absolute is a page's address on the web; "" where the release has none, and for drafts.
func (e *Edition) absolute(path string) string {
	if e.round.Release.URL == "" || e.draft() != "" {
		return ""
	}
	return strings.TrimSuffix(e.round.Release.URL, "/") + "/" + path
}

// Sizes beyond which the links to the groups would fill a telephone's screen: then one link leads to all of them.
const (
	navGroups  = 4
	navLetters = 40 // of the groups' names together: more take four rows of a telephone
)

// nav are the pages that everybody looks for, from those of a folder; what else there is stands at the foot of the page.
func (e *Edition) nav(folder string) []Link {
	links := e.links(folder, Link{Text: e.say("nav-home"), Href: e.homePath()})
	links = append(links, e.navToGroups(folder)...)
	links = append(links, e.links(folder,
		Link{Text: e.say("nav-indicators"), Href: e.indicatorsPath()},
		Link{Text: e.say("nav-method"), Href: e.methodPath()},
		Link{Text: e.say("nav-downloads"), Href: e.downloadsPath()},
	)...)
	return append(links, Link{Text: e.say("nav-archive"), Href: Relative(folder, e.Lang+"/index.html")})
}

// navToGroups are links to the rankings, or one where they would be many.
func (e *Edition) navToGroups(path string) []Link {
	var links []Link
	letters := 0
	for _, g := range e.ranking.Groups {
		text, lang := e.name(g.Group.Name)
		letters += utf8.RuneCountInString(text)
		links = append(links, Link{Text: text, Lang: lang, Href: e.GroupPath(g.Group.ID)})
	}
	if len(links) > 1 && (len(links) > navGroups || letters > navLetters) {
		return []Link{{Text: e.say("nav-groups"), Href: Relative(path, e.homePath()) + "#cards"}}
	}
	return e.links(path, links...)
}

// more are the links at the foot of a page: what only some look for, as far as it is there.
func (e *Edition) more(path string) []Link {
	links := e.links(path,
		Link{Text: e.say("nav-directory"), Href: e.directoryPath()},
		Link{Text: e.say("nav-parents"), Href: e.parentsPath()},
	)
	for _, g := range e.ranking.Groups {
		name, lang := e.name(g.Group.Name)
		links = append(links, e.links(path, Link{Text: e.say("nav-compare", name), Lang: lang, Href: e.ComparePath(g.Group.ID)})...)
	}
	return append(links, e.links(path,
		Link{Text: e.say("nav-announcement"), Href: e.announcementPath()},
		Link{Text: e.say("nav-corrections"), Href: e.correctionsPath()},
		Link{Text: e.say("nav-print"), Href: e.printPath()},
	)...)
}

// links are the links, from the page at path, to those pages that the edition has; they come with paths from the root.
func (e *Edition) links(path string, all ...Link) []Link {
	var links []Link
	for _, l := range all {
		if e.pages()[l.Href] {
			l.Current = l.Href == path
			l.Href = Relative(path, l.Href)
			links = append(links, l)
		}
	}
	return links
}

// translations links the page in every language of the set.
func (e *Edition) translations(path string) []Link {
	links := make([]Link, 0, len(e.langs))
	rest := strings.TrimPrefix(path, e.Lang+"/")
	for _, lang := range e.langs {
		to := lang + "/" + rest
		links = append(links, Link{
			Text: locale.MustFor(lang).Say("site.language"), Lang: lang, Href: Relative(path, to),
			Absolute: e.absolute(to), HrefLang: lang, Current: lang == e.Lang,
		})
	}
	if len(links) == 1 {
		return nil
	}
	return links
}

// shortHash is how much of a hash the footer prints.
const shortHash = 12

func short(hash string) string { return hash[:min(len(hash), shortHash)] }

// footer says under what authority the page stands and from what it was computed.
func (e *Edition) footer() []Fact {
	r := e.round.Release
	var facts []Fact
	add := func(key, words string) {
		if words != "" {
			facts = append(facts, Fact{Term: e.say(key), Words: words})
		}
	}
	if name, lang := e.name(e.round.Publish.Name); name != "" {
		facts = append(facts, Fact{Term: e.say("footer-publisher"), Words: name, Lang: lang})
	}
	add("footer-status", e.status(r))
	add("footer-decision", r.Decision)
	add("footer-date", e.words.Date(r.Date))
	add("footer-period", e.period())
	add("footer-contact", r.Contact)
	add("footer-licence", r.Licence)
	add("footer-set", e.set.Address()+hashWords(e.set.Hash))
	if e.round.Digest != "" {
		add("footer-data", "SHA-256 "+short(e.round.Digest))
	}
	add("footer-engine", e.engine)
	return facts
}

func hashWords(hash string) string {
	if hash == "" {
		return ""
	}
	return " (SHA-256 " + short(hash) + ")"
}

// status says what kind of release this is, with its revision.
func (e *Edition) status(r submission.Release) string {
	return e.say("status-"+r.Status.String(), cmp.Or(r.Revision, 1))
}

// period is the time that was assessed; "" where the round does not say.
func (e *Edition) period() string {
	switch {
	case e.round.From != "" && e.round.To != "":
		return e.say("period", e.round.From, e.round.To)
	case e.round.To != "":
		return e.say("period-to", e.round.To)
	default:
		return e.year()
	}
}

// source is the line under a figure: where the numbers come from and of what day.
func (e *Edition) source() string {
	if e.round.Release.Date == "" {
		return e.say("source", e.title())
	}
	return e.say("source-dated", e.title(), e.round.Release.Date)
}

// csv is the address of a figure's own CSV, which the writer places beside the page: "department-totals.csv".
func (e *Edition) csv(page, figure string) string {
	name := page[strings.LastIndexByte(page, '/')+1:]
	name = strings.TrimSuffix(name, ".html") + "-" + figure
	if e.draft() != "" {
		name += "-draft"
	}
	return name + ".csv"
}

// indicatorsPath is the list of all public indicators, from the site's root.
func (e *Edition) indicatorsPath() string { return e.folder + "indicator/index.html" }

// IndicatorPath is the page of an indicator, from the site's root; "" where the set does not make it public.
func (e *Edition) IndicatorPath(id string) string {
	name, ok := e.indicators[id]
	if !ok {
		return ""
	}
	return e.folder + "indicator/" + name + ".html"
}

// parentsPath is the list of the bodies above the agencies, from the site's root.
func (e *Edition) parentsPath() string { return e.folder + "parent/index.html" }

// ParentPath is the page of a body above agencies, by its name or code as agencies give it, from the site's root; ""
// where no agency does.
func (e *Edition) ParentPath(parent string) string {
	name, ok := e.parents[parent]
	if !ok {
		return ""
	}
	return e.folder + "parent/" + name + ".html"
}

// ComparePath is the page on which agencies of a group are held against each other, from the site's root.
func (e *Edition) ComparePath(group string) string {
	return e.folder + "compare/" + e.groups[group] + ".html"
}

func (e *Edition) directoryPath() string    { return e.folder + "agencies.html" }
func (e *Edition) announcementPath() string { return e.folder + "announcement.html" }
func (e *Edition) printPath() string        { return e.folder + "print.html" }
