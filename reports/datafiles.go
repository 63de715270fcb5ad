package reports

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/reports/xlsx"
	"github.com/opendti/dti/scoring/submission"
)

func dataRoot(round string) string { return "data/" + view.FileName(round, nil) + "/" }

// dataFolder holds the data files of this revision, so that a corrected revision leaves the earlier files where they
// were.
func (p *publisher) dataFolder() string {
	if p.draft() {
		return dataRoot(p.round.ID) + "draft/"
	}
	return fmt.Sprintf("%sr%d/", dataRoot(p.round.ID), p.number())
}

// A dataWriter writes the data files of a revision into their folder.
type dataWriter struct {
	*publisher
	files []file
}

// data writes the data files: the workbook in each language, then the files for machines, the signed announcement, and
// the hashes of all of them.
func (p *publisher) data(editions []*view.Edition) ([]file, error) {
	d, open := &dataWriter{publisher: p}, p.openData(editions)
	var first []dataFile
	for _, e := range editions {
		first = append(first, dataFile{view.ResultsXLSX, "results." + e.Lang + ".xlsx", func(w io.Writer) error { return xlsx.Write(w, e.ResultsBook()) }})
	}
	first = append(first,
		dataFile{view.ResultsCSV, "results.csv", func(w io.Writer) error { return WriteCSV(w, p.Ranking, p.Comparison) }},
		dataFile{view.DataJSON, "data.json", func(w io.Writer) (err error) { p.digest, err = p.encode(w); return err }},
		dataFile{view.CriteriaYAML, "criteria.yaml", func(w io.Writer) error { _, err := w.Write(p.round.Set.YAML); return err }},
		dataFile{view.DictionaryCSV, "dictionary.csv", open.writeDictionary},
	)
	err := cmp.Or(
		d.add(first...),
		d.add(dataFile{view.DataPackage, "datapackage.json", func(w io.Writer) error { return open.writePackage(w, d.files) }}),
		d.announcement(),
		d.add(dataFile{view.Checksums, "SHA256SUMS", d.writeSums}),
	)
	return d.files, err
}

// A dataFile is one to be written.
type dataFile struct {
	kind    view.FileKind
	name    string
	content func(io.Writer) error
}

// add writes files side by side; those of a draft say so in their names.
func (d *dataWriter) add(files ...dataFile) error {
	folder := d.dataFolder()
	if d.draft() {
		folder += "draft-"
	}
	added, errs := make([]file, len(files)), make([]error, len(files))
	var writers sync.WaitGroup
	for i, f := range files {
		writers.Go(func() {
			to := folder + f.name
			w, err := d.folder.measure(to, f.content)
			if err != nil {
				errs[i] = fmt.Errorf("write %s: %w", to, err)
			}
			added[i] = file{Path: to, Kind: int(f.kind), Bytes: w.bytes, SHA256: w.sha256}
		})
	}
	writers.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	d.files = append(d.files, added...)
	return nil
}

// announcement copies the signed documents by which the results were announced, PDF before all else, under names that
// every system takes. A draft announces nothing.
func (d *dataWriter) announcement() error {
	if d.draft() {
		return nil
	}
	documents := slices.Clone(d.round.Publish.Announcement)
	slices.SortStableFunc(documents, func(a, b submission.Attachment) int { return cmp.Compare(notPDF(a), notPDF(b)) })
	taken := map[string]bool{}
	for _, a := range documents {
		ext := path.Ext(a.Name)
		name := view.FileName(strings.TrimSuffix(a.Name, ext), taken) + strings.ToLower(ext)
		if err := d.add(dataFile{view.Announcement, name, func(w io.Writer) error { _, err := w.Write(a.Data); return err }}); err != nil {
			return err
		}
	}
	return nil
}

func notPDF(a submission.Attachment) int {
	if a.MediaType == "application/pdf" {
		return 0
	}
	return 1
}

// writeSums writes the hashes of the files before it as `sha256sum -c` reads them, in their folder.
func (d *dataWriter) writeSums(w io.Writer) error {
	if d.draft() {
		if _, err := fmt.Fprintln(w, "# "+locale.MustFor(d.languages()[0]).Say("site.draft-stamp")); err != nil {
			return err
		}
	}
	for _, f := range d.files {
		if _, err := fmt.Fprintf(w, "%s  %s\n", f.SHA256, path.Base(f.Path)); err != nil {
			return err
		}
	}
	return nil
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
