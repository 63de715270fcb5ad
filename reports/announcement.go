package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/announce"
	"github.com/opendti/dti/reports/docx"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/markdown"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/par"
	"github.com/opendti/dti/scoring/submission"
)

// announcementMarker is the file by which a folder is known as one that Announce wrote.
const announcementMarker = "dti-announcement.json"

const announcementSchema = "dti.announcement/v1"

// ErrNotAnnouncement says that a folder holds something that Announce did not write.
var ErrNotAnnouncement = errors.New("the folder is neither empty nor an announcement that dti wrote")

// An Announcement is what is announced of a round.
type Announcement struct {
	Ranking    *scoring.Ranking
	Comparison history.Comparison
}

// An Announced says what was written.
type Announced struct {
	Files int
	First string // the document to open first, from the folder
	Draft bool
}

// An announcementMark is the marker of a folder.
type announcementMark struct {
	Schema   string `json:"schema"`
	Round    string `json:"round"`
	Status   string `json:"status"`
	Revision int    `json:"revision"`
}

// Announce writes the announcement, its annex and a letter to every agency into a folder, in each language of the set that
// there are words for. The folder must be absent, empty or an earlier announcement, which is replaced whole. The errors
// are ErrNotAnnouncement, ErrDraftOverFinal, or of the file system, or say that a sentence does not agree with the
// results; after any of them the folder is as it was.
func Announce(dir string, a Announcement) (done Announced, err error) {
	if err := mayAnnounce(dir, a.Ranking.Round); err != nil {
		return done, err
	}
	w := &announcer{Announcement: a}
	if w.folder, err = newFolder(dir); err != nil {
		return done, err
	}
	if err := w.write(); err != nil {
		return done, errors.Join(err, w.folder.discard())
	}
	if err := w.folder.swap(); err != nil {
		return done, errors.Join(err, w.folder.discard())
	}
	return Announced{Files: w.folder.files, First: w.first, Draft: w.draft()}, nil
}

// mayAnnounce reads the marker of a folder.
func mayAnnounce(dir string, round *submission.Round) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(dir, announcementMarker))
	if err != nil {
		return ErrNotAnnouncement
	}
	var before announcementMark
	if err := json.Unmarshal(data, &before); err != nil || before.Schema != announcementSchema {
		return ErrNotAnnouncement
	}
	if round.Release.Status == submission.Draft && statusOf(before.Status) == submission.Final {
		return ErrDraftOverFinal
	}
	return nil
}

// An announcer writes the documents of one round.
type announcer struct {
	Announcement
	folder *folder
	first  string
}

func (a *announcer) draft() bool { return a.Ranking.Round.Release.Status == submission.Draft }

func (a *announcer) write() error {
	round := a.Ranking.Round
	for _, lang := range (&publisher{round: round}).languages() {
		if err := a.language(locale.MustFor(lang)); err != nil {
			return err
		}
	}
	mark, err := json.MarshalIndent(announcementMark{announcementSchema, round.ID, round.Release.Status.String(), max(round.Release.Revision, 1)}, "", "  ")
	if err != nil {
		return err
	}
	err = a.folder.write(announcementMarker, func(w io.Writer) error { _, err := w.Write(append(mark, '\n')); return err })
	return err
}

// language writes all documents in one language.
func (a *announcer) language(l *locale.Locale) error {
	clerk, err := announce.NewClerk(a.Ranking, a.Comparison, l)
	if err != nil {
		return err
	}
	prefix := ""
	if a.draft() {
		prefix = "draft-"
	}
	main := l.Lang() + "/" + prefix + l.Say("site.announce-file")
	annex := l.Lang() + "/" + prefix + l.Say("site.announce-annex-file")
	if a.first == "" {
		a.first = main + ".docx"
	}
	all := []paperFile{
		{main, formats, func() (announce.Document, error) { return clerk.Announcement(), nil }},
		{annex, formats, func() (announce.Document, error) { return clerk.Annex(), nil }},
	}
	taken := map[string]bool{}
	for _, code := range a.Ranking.Codes() {
		path := l.Lang() + "/" + l.Say("site.announce-letters") + "/" + prefix + view.FileName(code, taken)
		all = append(all, paperFile{path, formats[1:], func() (announce.Document, error) {
			letter, _, err := clerk.Letter(code)
			return letter, err
		}})
	}
	return a.papers(all)
}

// A paperFile is a document with its path without extension and the formats that it is written in.
type paperFile struct {
	path    string
	formats []paperFormat
	make    func() (announce.Document, error)
}

type paperFormat struct {
	extension string
	write     func(io.Writer, view.Paper) error
}

// formats are those of documents; letters are not for editing and leave the first out.
var formats = []paperFormat{{".md", markdown.WritePaper}, {".html", html.WritePaper}, {".docx", docx.Write}}

// papers writes documents, as many at a time as there are processors.
func (a *announcer) papers(all []paperFile) error {
	errs := make([]error, len(all))
	par.Each(len(all), func(i int) { errs[i] = a.paper(all[i]) })
	return errors.Join(errs...)
}

// paper writes one document, after its numbers were held against its facts. An agency of no group has no letter.
func (a *announcer) paper(p paperFile) error {
	doc, err := p.make()
	if err != nil {
		return err
	}
	if doc.Paper.Title == "" {
		return nil
	}
	if loose := announce.Loose(doc); len(loose) > 0 {
		return fmt.Errorf("%s: no result accounts for %s", p.path, strings.Join(loose, "; "))
	}
	for _, f := range p.formats {
		if err := a.folder.write(p.path+f.extension, func(w io.Writer) error { return f.write(w, doc.Paper) }); err != nil {
			return err
		}
	}
	return nil
}
