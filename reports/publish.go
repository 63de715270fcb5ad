// Package reports publishes a ranking: it says what a publication consists of and writes the folder safely, so that
// there is never half a site where a whole one stood.
package reports

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/reports/xlsx"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// A Publication is one round to be published.
type Publication struct {
	Ranking    *scoring.Ranking
	Comparison history.Comparison
	Engine     string // program and version, printed in every footer
	// ECharts is the chart library or its package, supplied by hand; nil: the one that was built in, if any.
	ECharts []byte
	// Progress is told of each page that is written, one at a time; it may be nil.
	Progress func()
	// Confidential is a folder for what is not public, which must be absent, empty, or one that dti wrote for the same
	// round, and lie apart from the site; "": none. What others put into it stays. Site and folder are written both or not
	// at all.
	Confidential string
}

// A Done says what was written.
type Done struct {
	Files  int
	Home   string // the page to open first, from the site's root
	Draft  bool
	Charts bool // the chart library is there; else the charts are static
	// Hidden is how many confidential files there are, and Dossier the council's, from their folder.
	Hidden  int
	Dossier string
}

// Publish writes the edition of a round into a site's folder, which must be absent, empty, or a site that dti wrote, and
// confidential documents into another, where one is named. Editions of other rounds keep their bytes. The errors are
// ErrNotSite, ErrDraftOverFinal, NeedsCorrection, ErrNotConfidential, ErrOverlap, OtherRound, or of the file system, or the
// context's; after any of them both folders are as they were.
func Publish(ctx context.Context, dir string, p Publication) (done Done, err error) {
	if err := comeBack(dir); err != nil {
		return done, err
	}
	before, err := readSite(dir)
	if err != nil {
		return done, err
	}
	w := &publisher{Publication: p, before: before, round: p.Ranking.Round}
	if p.Confidential != "" {
		if w.hid, err = mayHide(p.Confidential, dir, w.round.ID); err != nil {
			return done, err
		}
	}
	if err := w.prepare(dir); err != nil {
		return done, err
	}
	w.folder, err = newFolder(dir)
	if err != nil {
		return done, err
	}
	if err := w.write(ctx); err != nil {
		return done, errors.Join(err, w.folder.discard())
	}
	done = Done{Files: w.folder.files, Home: w.home, Draft: w.draft(), Charts: w.echarts.there()}
	if p.Confidential == "" {
		if err := w.folder.swap(); err != nil {
			return Done{}, errors.Join(err, w.folder.discard())
		}
		return done, nil
	}
	hidden, dossier, err := w.hide(ctx, p.Confidential)
	if err != nil {
		return Done{}, errors.Join(err, w.folder.discard())
	}
	done.Hidden, done.Dossier = hidden.files, dossier
	if err := swapBoth(hidden, w.folder); err != nil {
		return Done{}, err
	}
	return done, nil
}

// swapBoth puts two folders in their places, or neither.
func swapBoth(first, second *folder) error {
	if err := first.place(); err != nil {
		return errors.Join(err, first.discard(), second.discard())
	}
	if err := second.place(); err != nil {
		return errors.Join(err, first.restore(), second.discard())
	}
	return errors.Join(first.settle(), second.settle())
}

// A publisher writes one edition.
type publisher struct {
	Publication
	before  site
	old     edition // the edition of this round that stood before; zero: none
	round   *submission.Round
	folder  *folder
	echarts echartsFiles
	hid     confidentialMark // of the confidential folder as it stood
	digest  string           // of the figures, see edition.Data
	revised []view.Revised
	home    string
}

func (p *publisher) draft() bool { return p.round.Release.Status == submission.Draft }

func (p *publisher) number() int { return max(p.round.Release.Revision, 1) }

// prepare finds everything that forbids publication before a file is written.
func (p *publisher) prepare(dir string) error {
	var err error
	if p.echarts, err = chartLibrary(p.ECharts); err != nil {
		return err
	}
	if p.digest, err = p.figures(); err != nil {
		return err
	}
	old, stood := p.before.edition(p.round.ID)
	if !stood || statusOf(old.Status) != submission.Final {
		return nil
	}
	p.old = old
	if p.draft() {
		return ErrDraftOverFinal
	}
	if old.Data != p.digest && !p.corrected() {
		return NeedsCorrection{Round: p.round.ID, Was: old.Revision}
	}
	p.revised, err = revised(dir, old, saying(p.Ranking), p.number())
	return err
}

// corrected reports whether the release is a later revision and round.yaml says why.
func (p *publisher) corrected() bool {
	return p.number() > p.old.Revision && slices.ContainsFunc(p.round.Corrections, func(c submission.Correction) bool {
		return c.Revision == p.number()
	})
}

// figures is the hash of what is published, the release and the program left out.
func (p *publisher) figures() (string, error) {
	ranking, round := *p.Ranking, *p.round
	round.Release = submission.Release{Status: submission.Final}
	ranking.Round = &round
	h := sha256.New()
	if err := history.EncodePublic(h, &ranking, p.Comparison, ""); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// languages are the set's languages that there are words for; where there are none, the first that there is.
func (p *publisher) languages() []string {
	langs := slices.DeleteFunc(slices.Clone(p.round.Set.Languages), func(lang string) bool {
		_, ok := locale.For(lang)
		return !ok
	})
	if len(langs) == 0 {
		return locale.Langs()[:1]
	}
	return langs
}

// write writes the whole site into the new folder.
func (p *publisher) write(ctx context.Context) error {
	langs := p.languages()
	if err := p.folder.keep(p.replaced); err != nil {
		return err
	}
	files, err := p.data(langs)
	if err != nil {
		return err
	}
	for _, lang := range langs {
		if err := p.pages(ctx, lang, files); err != nil {
			return err
		}
	}
	return p.frame(langs, files)
}

// replaced reports whether the new edition writes a path anew; everything else of the site stays byte for byte. Data of
// earlier revisions stay.
func (p *publisher) replaced(path string) bool {
	gone := []string{markerName, "index.html", p.dataFolder()}
	if len(p.old.Revisions) == 0 {
		gone = append(gone, dataRoot(p.round.ID))
	}
	for _, lang := range locale.Langs() {
		gone = append(gone, lang+"/index.html", view.Folder(lang, p.round.ID))
	}
	gone = append(gone, "assets/site.")
	return slices.ContainsFunc(gone, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

func dataRoot(round string) string { return "data/" + view.FileName(round, nil) + "/" }

// dataFolder holds the data files of this revision, so that a corrected revision leaves the earlier files where they
// were.
func (p *publisher) dataFolder() string {
	if p.draft() {
		return dataRoot(p.round.ID) + "draft/"
	}
	return fmt.Sprintf("%sr%d/", dataRoot(p.round.ID), p.number())
}

// data writes the data files: the workbook in each language, then the files for machines.
func (p *publisher) data(langs []string) ([]file, error) {
	prefix := ""
	if p.draft() {
		prefix = "draft-"
	}
	var files []file
	add := func(kind view.FileKind, name string, content func(io.Writer) error) error {
		path := p.dataFolder() + prefix + name
		w, err := p.folder.write(path, content)
		if err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
		files = append(files, file{Path: path, Kind: int(kind), Bytes: w.bytes, SHA256: w.sha256})
		return nil
	}
	for _, lang := range langs {
		e := view.NewEdition(p.Ranking, p.Comparison, locale.MustFor(lang), p.Engine)
		if err := add(view.ResultsXLSX, "results."+lang+".xlsx", func(w io.Writer) error { return xlsx.Write(w, e.ResultsBook()) }); err != nil {
			return nil, err
		}
	}
	err := cmp.Or(
		add(view.ResultsCSV, "results.csv", func(w io.Writer) error { return WriteCSV(w, p.Ranking, p.Comparison) }),
		add(view.DataJSON, "data.json", func(w io.Writer) error { return history.EncodePublic(w, p.Ranking, p.Comparison, p.Engine) }),
		add(view.CriteriaYAML, "criteria.yaml", func(w io.Writer) error { _, err := w.Write(p.round.Set.YAML); return err }),
	)
	if err != nil {
		return nil, err
	}
	open := p.openData(langs)
	err = cmp.Or(
		add(view.DictionaryCSV, "dictionary.csv", open.writeDictionary),
		add(view.DataPackage, "datapackage.json", func(w io.Writer) error { return open.writePackage(w, files) }),
	)
	return files, err
}

// offered are the data files as a language's pages offer them, with paths from the edition's folder; earlier is the
// revision they are of, 0 for the one published now.
func offered(files []file, lang string, earlier int) []view.File {
	var all []view.File
	for _, f := range files {
		if view.FileKind(f.Kind) == view.ResultsXLSX && !strings.HasSuffix(f.Path, "."+lang+".xlsx") {
			continue
		}
		all = append(all, view.File{Kind: view.FileKind(f.Kind), Path: "../../" + f.Path, Bytes: f.Bytes, SHA256: f.SHA256, Revision: earlier})
	}
	return all
}

// pages writes the edition's pages in one language.
func (p *publisher) pages(ctx context.Context, lang string, files []file) error {
	e := view.NewEdition(p.Ranking, p.Comparison, locale.MustFor(lang), p.Engine)
	e.ECharts, e.Revised, e.CSV = p.echarts.there(), p.revised, ""
	e.Files = offered(files, lang, 0)
	for _, f := range e.Files {
		if f.Kind == view.ResultsCSV {
			e.CSV = f.Path
		}
	}
	for _, r := range p.old.Revisions {
		if r.Revision < p.number() {
			e.Earlier = append(e.Earlier, offered(r.Files, lang, r.Revision)...)
		}
	}
	if p.home == "" {
		p.home = e.Folder() + "index.html"
	}
	return sideBySide(ctx, p.folder, html.Pages(e), p.Progress)
}

// each makes of every file what writes it alone.
func each(files iter.Seq2[string, func(io.Writer) error]) iter.Seq2[string, func(html.Put) error] {
	return func(yield func(string, func(html.Put) error) bool) {
		for path, content := range files {
			if !yield(path, func(put html.Put) error { return put(path, content) }) {
				return
			}
		}
	}
}

// sideBySide writes pages with the files beside them, as many at a time as there are processors. After a failure no new
// page is begun. Progress is told of each page, one at a time; it may be nil.
func sideBySide(ctx context.Context, f *folder, pages iter.Seq2[string, func(html.Put) error], progress func()) error {
	var (
		places  = make(chan struct{}, runtime.GOMAXPROCS(0))
		writers sync.WaitGroup
		mu      sync.Mutex
		failed  error
	)
	put := func(path string, content func(io.Writer) error) error {
		_, err := f.write(path, content)
		return err
	}
	for path, write := range pages {
		places <- struct{}{}
		mu.Lock()
		if err := ctx.Err(); err != nil && failed == nil {
			failed = err
		}
		stop := failed != nil
		mu.Unlock()
		if stop {
			break
		}
		writers.Go(func() {
			err := write(put)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("write %s: %w", path, err))
			} else if progress != nil {
				progress()
			}
			<-places
		})
	}
	writers.Wait()
	return failed
}

// frame writes what surrounds the editions: assets, the archive in each language, the choice of language, the marker.
func (p *publisher) frame(langs []string, files []file) error {
	s := p.before.with(p.edition(langs, files))
	pages := []view.Document{view.NewChoice(s.languages())}
	for _, lang := range s.languages() {
		pages = append(pages, view.NewArchive(locale.MustFor(lang), s.languages(), s.entries(lang)))
	}
	for _, page := range pages {
		if _, err := p.folder.write(page.Frame().Path, func(w io.Writer) error { return html.Write(w, page) }); err != nil {
			return err
		}
	}
	marker, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	statics := map[string][]byte{markerName: append(marker, '\n'), "assets/site.css": html.CSS(), "assets/site.js": html.JS()}
	for name, data := range p.echarts {
		statics["assets/"+name] = data
	}
	for path, data := range statics {
		if _, err := p.folder.write(path, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
			return err
		}
	}
	return nil
}

// edition is the marker's record of what was published.
func (p *publisher) edition(langs []string, files []file) edition {
	e := edition{
		Round: p.round.ID, Title: p.round.Title, Year: p.round.Year, Status: p.round.Release.Status.String(), Date: p.round.Release.Date,
		Revision: p.number(), Languages: langs, Data: p.digest,
	}
	for _, g := range p.Ranking.Groups {
		e.Ranked += g.Stats.Ranked
	}
	for _, r := range p.old.Revisions {
		if r.Revision < p.number() {
			e.Revisions = append(e.Revisions, r)
		}
	}
	e.Revisions = append(e.Revisions, revision{Revision: p.number(), Files: files})
	return e
}

// entries are the editions of the site in a language, for the archive.
func (s site) entries(lang string) []view.ArchiveEntry {
	var all []view.ArchiveEntry
	for _, e := range s.Editions {
		if slices.Contains(e.Languages, lang) {
			all = append(all, view.ArchiveEntry{Round: e.Round, Title: e.Title, Year: e.Year, Status: statusOf(e.Status), Date: e.Date, Agencies: e.Ranked})
		}
	}
	return all
}

// echartsFiles are the chart library, its licence and its notice by file name; empty: the charts are static.
type echartsFiles map[string][]byte

func (f echartsFiles) there() bool { return len(f) > 0 }

// chartLibrary is the library given by hand, else the one that was built in.
func chartLibrary(given []byte) (echartsFiles, error) {
	js, licence, notice, ok := html.ECharts()
	if given != nil {
		var err error
		if js, licence, notice, err = html.EChartsFrom(given); err != nil {
			return nil, err
		}
		ok = true
	}
	if !ok {
		return nil, nil
	}
	files := echartsFiles{"echarts.min.js": js}
	for name, data := range map[string][]byte{"LICENSE": licence, "NOTICE": notice} {
		if data != nil {
			files[name] = data
		}
	}
	return files, nil
}
