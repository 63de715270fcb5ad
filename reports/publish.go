// Package reports publishes a ranking: it says what a publication consists of and writes the folder safely, so that
// there is never half a site where a whole one stood.
package reports

import (
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

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/par"
	"github.com/opendti/dti/scoring/submission"
)

// A Publication is one round to be published.
type Publication struct {
	Ranking    *scoring.Ranking
	Comparison history.Comparison
	Engine     string // program and version, printed in every footer
	// Before is the criteria set that the earlier round was scored by, so that the method page can tell what changed; nil
	// where it is not known.
	Before *criteria.Set
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
// ErrNotSite, ErrDraftOverFinal, NeedsCorrection, ErrNotConfidential, ErrOverlap, OtherRound, RoundsAlike, or of the file system, or the
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
	digest  string           // of the figures, see edition.Data; known once data.json is written
	revised []view.Revised
	home    string
}

func (p *publisher) draft() bool { return p.round.Release.Status == submission.Draft }

func (p *publisher) number() int { return max(p.round.Release.Revision, 1) }

// prepare finds everything that forbids publication before a file is written.
func (p *publisher) prepare(dir string) error {
	err := p.before.apart(p.round.ID)
	if err != nil {
		return err
	}
	if p.echarts, err = chartLibrary(p.ECharts); err != nil {
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
	figures, err := p.encode(io.Discard)
	if err != nil {
		return err
	}
	if old.Data != figures && !p.corrected() {
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

// encode writes data.json and hashes its figures, the release and the program left out.
func (p *publisher) encode(w io.Writer) (figures string, err error) {
	h := sha256.New()
	err = history.EncodePublic(w, h, p.Ranking, p.Comparison, p.Engine)
	return hex.EncodeToString(h.Sum(nil)), err
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
	return p.round.Publish.InOrder(langs)
}

// write writes the whole site into the new folder.
func (p *publisher) write(ctx context.Context) error {
	langs := p.languages()
	if err := p.folder.keep(p.replaced); err != nil {
		return err
	}
	editions := p.editions(langs)
	files, err := p.data(editions)
	if err != nil {
		return err
	}
	p.home = editions[0].Folder() + "index.html"
	if err := sideBySide(ctx, p.folder, p.pages(editions, files), p.Progress); err != nil {
		return err
	}
	return p.frame(langs, files)
}

// editions are those of the languages, begun side by side: most of it is that a language's sentences are read.
func (p *publisher) editions(langs []string) []*view.Edition {
	editions, scores := make([]*view.Edition, len(langs)), view.NewScores(p.Ranking, len(langs))
	par.Each(len(langs), func(i int) {
		e := view.NewEdition(p.Ranking, p.Comparison, locale.MustFor(langs[i]), p.Engine)
		e.ECharts, e.Revised, e.Before, e.Scores = p.echarts.there(), p.revised, p.Before, scores
		editions[i] = e
	})
	return editions
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
	for name := range p.echarts {
		gone = append(gone, "assets/"+name)
	}
	return slices.ContainsFunc(gone, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// pages are those of the round in every language, with links to its data files. A page comes in all languages before the
// next one, because they share what they tell.
func (p *publisher) pages(editions []*view.Edition, files []file) iter.Seq2[string, func(html.Put) error] {
	for _, e := range editions {
		e.CSV, e.Files = "", offered(files, e.Lang, 0)
		for _, f := range e.Files {
			if f.Kind == view.ResultsCSV {
				e.CSV = f.Path
			}
		}
		for _, r := range p.old.Revisions {
			if r.Revision < p.number() {
				e.Earlier = append(e.Earlier, offered(r.Files, e.Lang, r.Revision)...)
			}
		}
	}
	return func(yield func(string, func(html.Put) error) bool) {
		next := make([]func() (string, func(html.Put) error, bool), len(editions))
		for i, e := range editions {
			var stop func()
			next[i], stop = iter.Pull2(html.Pages(e))
			defer stop()
		}
		for more := true; more; {
			more = false
			for i := range next {
				path, write, ok := next[i]()
				if ok && !yield(path, write) {
					return
				}
				more = more || ok
			}
		}
	}
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

// sideBySide writes pages with the files beside them, twice as many at a time as there are processors, because pages wait
// for what another one is making too. After a failure no new page is begun. Progress is told of each page, one at a time;
// it may be nil.
func sideBySide(ctx context.Context, f *folder, pages iter.Seq2[string, func(html.Put) error], progress func()) error {
	var (
		places  = make(chan struct{}, 2*runtime.GOMAXPROCS(0))
		writers sync.WaitGroup
		mu      sync.Mutex
		failed  error
	)
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
			err := write(f.write)
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
	choice := view.NewChoice(s.languages())
	choice.NoIndex = s.draftsOnly()
	pages := []view.Document{choice}
	for _, lang := range s.languages() {
		archive := view.NewArchive(locale.MustFor(lang), s.languages(), s.entries(lang))
		archive.NoIndex = s.draftsOnly()
		pages = append(pages, archive)
	}
	for _, page := range pages {
		if err := p.folder.write(page.Frame().Path, func(w io.Writer) error { return html.Write(w, page) }); err != nil {
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
		if err := p.folder.write(path, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
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
