package view

import "iter"

// A Document is one page of the site. The template of its kind places it.
type Document interface {
	Kind() string       // names the template: "group"
	Frame() Page        // what stands around the page's own content
	Drawings() []Figure // the figures, in the order in which the template places them; none on most pages
}

// Frame is the page itself: every page type embeds one.
func (p Page) Frame() Page { return p }

// Drawings are none, unless a page type says otherwise.
func (p Page) Drawings() []Figure { return nil }

// Documents yields every page of the edition by its path from the site's root, with what makes it. Pages may be made side
// by side.
func (e *Edition) Documents() iter.Seq2[string, func() Document] {
	return func(yield func(string, func() Document) bool) {
		for path, page := range e.overviews() {
			if !yield(path, page) {
				return
			}
		}
		for _, code := range e.Codes() {
			page := func() Document { p, _ := e.Agency(code); return p }
			if !yield(e.AgencyPath(code), page) {
				return
			}
		}
		yield(e.printPath(), func() Document { return e.Print() }) // last: it is made of the others
	}
}

// overviews are the pages that are about more than one agency.
func (e *Edition) overviews() iter.Seq2[string, func() Document] {
	return func(yield func(string, func() Document) bool) {
		if !yield(e.homePath(), func() Document { return e.Home() }) {
			return
		}
		for _, g := range e.ranking.Groups {
			if !yield(e.GroupPath(g.Group.ID), func() Document { return e.Group(g) }) {
				return
			}
		}
		if !e.comparisons(yield) || e.HasDirectory() && !yield(e.directoryPath(), func() Document { return e.Agencies() }) {
			return
		}
		for path, page := range e.matters() {
			if !yield(path, page) {
				return
			}
		}
		if !yield(e.methodPath(), func() Document { return e.Method() }) ||
			!yield(e.downloadsPath(), func() Document { return e.Downloads() }) {
			return
		}
		if e.HasCorrections() && !yield(e.correctionsPath(), func() Document { return e.Corrections() }) {
			return
		}
		if e.HasAnnouncement() {
			yield(e.announcementPath(), func() Document { return e.Announcement() })
		}
	}
}

// comparisons are the pages on which agencies of a group are held against each other; it reports whether to go on.
func (e *Edition) comparisons(yield func(string, func() Document) bool) bool {
	for _, g := range e.ranking.Groups {
		if severalIn(g) && !yield(e.ComparePath(g.Group.ID), func() Document { return e.Compare(g) }) {
			return false
		}
	}
	return true
}
