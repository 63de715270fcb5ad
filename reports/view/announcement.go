package view

import "slices"

// An AnnouncementPage shows under which decision the results were announced, what they are in short, and the signed
// documents.
type AnnouncementPage struct {
	Page
	Lede     string
	Facts    []Fact
	Findings []Finding
	Files    []Download
	More     Link
}

// Kind is "announcement".
func (*AnnouncementPage) Kind() string { return "announcement" }

// HasAnnouncement reports whether the edition has a page of its announcement: signed documents are published, and the
// release is no draft.
func (e *Edition) HasAnnouncement() bool {
	return e.draft() == "" && slices.ContainsFunc(e.Files, func(f File) bool { return f.Kind == Announcement })
}

// Announcement makes the page of the announcement.
func (e *Edition) Announcement() *AnnouncementPage {
	path := e.announcementPath()
	p := &AnnouncementPage{Page: e.page(path, e.say("announcement-title"), "")}
	for _, f := range e.Files {
		if f.Kind == Announcement {
			p.Files = append(p.Files, e.download(path, f))
		}
	}
	p.Lede = e.say("announcement-lede", e.title(), len(p.Files))
	p.Description = p.Lede
	add := func(key, words string) {
		if words != "" {
			p.Facts = append(p.Facts, Fact{Term: e.say(key), Words: words})
		}
	}
	release := e.round.Release
	add("footer-decision", release.Decision)
	add("footer-date", e.words.Date(release.Date))
	by, lang := e.name(e.round.Publish.Name)
	if by != "" {
		p.Facts = append(p.Facts, Fact{Term: e.say("footer-publisher"), Words: by, Lang: lang})
	}
	add("footer-status", e.status(release))
	add("footer-contact", release.Contact)
	for _, g := range e.ranking.Groups {
		p.Findings = append(p.Findings, Finding{Group: e.groupLink(path, g), Sentence: e.finding(g)})
	}
	p.More = Link{Text: e.say("announcement-more"), Href: Relative(path, e.homePath())}
	return p
}
