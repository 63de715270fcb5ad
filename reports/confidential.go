package reports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/dossier"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/reports/xlsx"
)

// confidentialMarker is the file by which a folder is known as one of confidential documents that dti wrote.
const confidentialMarker = "dti-confidential.json"

const confidentialSchema = "dti.confidential/v1"

// ErrNotConfidential says that a folder holds something that dti did not write there as confidential.
var ErrNotConfidential = errors.New("the folder is neither empty nor one of confidential documents that dti wrote")

// ErrOverlap says that the confidential folder and a site lie one inside the other, so that who uploads the site might
// upload what is confidential.
var ErrOverlap = errors.New("the confidential folder and a site lie one inside the other")

// An OtherRound error says that a folder holds the confidential documents of another round.
type OtherRound struct {
	Round string
}

func (e OtherRound) Error() string {
	return fmt.Sprintf("the folder holds the confidential documents of round %s", e.Round)
}

// A confidentialMark is the marker of a folder.
type confidentialMark struct {
	Schema   string   `json:"schema"`
	Round    string   `json:"round"`
	Status   string   `json:"status"`
	Revision int      `json:"revision"`
	Files    []string `json:"files"` // that dti wrote, from the folder; all others are of people
}

// mayHide says whether the confidential documents of a round may be written into a folder beside a site, and how it stands
// there. The folder must be absent, empty or an earlier one of the round, neither in a site nor around it.
func mayHide(dir, site, round string) (before confidentialMark, err error) {
	apart, err := liesApart(dir, site)
	if err != nil {
		return before, err
	}
	if !apart {
		return before, ErrOverlap
	}
	if err := comeBack(dir); err != nil {
		return before, err
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return before, nil
	}
	if err != nil {
		return before, err
	}
	data, err := os.ReadFile(filepath.Join(dir, confidentialMarker))
	if err != nil {
		return before, ErrNotConfidential
	}
	if err := json.Unmarshal(data, &before); err != nil || before.Schema != confidentialSchema {
		return before, ErrNotConfidential
	}
	if before.Round != round {
		return before, OtherRound{Round: before.Round}
	}
	return before, nil
}

// liesApart reports whether neither of two folders lies in the other, and the first in no other site, by their names and
// by where these lead.
func liesApart(dir, site string) (bool, error) {
	hidden, err := ways(dir)
	if err != nil {
		return false, err
	}
	public, err := ways(site)
	if err != nil {
		return false, err
	}
	for _, h := range hidden {
		for _, p := range public {
			if lies(h, p) || lies(p, h) {
				return false, nil
			}
		}
		for above := filepath.Dir(h); above != filepath.Dir(above); above = filepath.Dir(above) {
			if _, err := os.Stat(filepath.Join(above, markerName)); err == nil {
				return false, nil
			}
		}
	}
	return true, nil
}

// ways are the places that a name may mean: as it is written, with the links on its way followed, and where it leads if
// it is a link itself.
func ways(dir string) ([]string, error) {
	written, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	beside := filepath.Join(followed(filepath.Dir(written)), filepath.Base(written))
	return []string{written, beside, followed(written)}, nil
}

// followed is a path with its links followed as far as it is there.
func followed(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	above := filepath.Dir(path)
	if above == path {
		return path
	}
	return filepath.Join(followed(above), filepath.Base(path))
}

// lies reports whether a path is a folder or lies below it, by their names or because a folder on its way is one on the way
// of the other by another name, as file systems have them.
func lies(path, folder string) bool {
	if within(path, folder) {
		return true
	}
	root, rest := folder, "."
	there, err := os.Stat(root)
	for err != nil {
		if filepath.Dir(root) == root {
			return false
		}
		root, rest = filepath.Dir(root), filepath.Join(filepath.Base(root), rest)
		there, err = os.Stat(root)
	}
	for at := path; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		rel, relErr := filepath.Rel(at, path)
		if err == nil && relErr == nil && os.SameFile(info, there) && within(rel, rest) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// within reports whether a path is another or lies below it. Letters' case is ignored, as many file systems do.
func within(path, folder string) bool {
	rel, err := filepath.Rel(strings.ToLower(folder), strings.ToLower(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// hide writes the confidential documents of the round into a new folder beside its place; place puts it there.
func (p *publisher) hide(ctx context.Context, dir string) (*folder, string, error) {
	f, err := newFolder(dir)
	if err != nil {
		return nil, "", err
	}
	if err := os.Chmod(f.tmp, 0o700); err != nil {
		return nil, "", errors.Join(err, f.discard())
	}
	h := hidden{publisher: p, findings: dossier.Find(p.Ranking), langs: p.languages()}
	if err := f.keep(func(path string) bool { return slices.Contains(p.hid.Files, path) }); err != nil {
		return nil, "", errors.Join(err, f.discard())
	}
	if err := sideBySide(ctx, f, each(h.files()), nil); err != nil {
		return nil, "", errors.Join(err, f.discard())
	}
	return f, h.council(h.langs[0], ".html"), nil
}

// A hidden makes the confidential files of one round.
type hidden struct {
	*publisher
	findings *dossier.Findings
	langs    []string
}

// files yields every file: its path in the folder and what writes it.
func (h hidden) files() iter.Seq2[string, func(io.Writer) error] {
	return func(yield func(string, func(io.Writer) error) bool) {
		if !yield(confidentialMarker, h.marker) {
			return
		}
		for _, lang := range h.langs {
			desk := h.findings.In(locale.MustFor(lang), h.Engine)
			council := func(w io.Writer) error { return html.WriteConfidential(w, desk.Council(h.others(lang))) }
			book := func(w io.Writer) error { return xlsx.Write(w, desk.Book()) }
			if !yield(h.council(lang, ".html"), council) || !yield(h.council(lang, ".xlsx"), book) || !h.drafts(lang, desk, yield) {
				return
			}
		}
	}
}

// drafts yields the agencies' own documents in a language.
func (h hidden) drafts(lang string, desk *dossier.Desk, yield func(string, func(io.Writer) error) bool) bool {
	taken := map[string]bool{}
	folder := "co-quan/"
	if len(h.langs) > 1 {
		folder += lang + "/"
	}
	for _, code := range desk.Codes() {
		draft := func(w io.Writer) error {
			page, ok := desk.Draft(code)
			if !ok {
				return fmt.Errorf("draft of agency %s: not in the ranking", code)
			}
			return html.WriteConfidential(w, page)
		}
		if !yield(folder+view.FileName(code, taken)+".html", draft) {
			return false
		}
	}
	return true
}

// council is the path of the council's dossier in a language, as a page or a workbook. The first language needs no name.
func (h hidden) council(lang, extension string) string {
	name := map[string]string{".html": "index", ".xlsx": "hoi-dong"}[extension]
	if lang != h.langs[0] {
		name += "." + lang
	}
	return "hoi-dong/" + name + extension
}

// others are the council's dossier as a workbook and in other languages.
func (h hidden) others(lang string) []view.Link {
	say := locale.MustFor(lang).Say
	base := func(path string) string { return strings.TrimPrefix(path, "hoi-dong/") }
	links := []view.Link{{Text: say("site.council-book"), Href: base(h.council(lang, ".xlsx"))}}
	for _, other := range h.langs {
		if other != lang {
			links = append(links, view.Link{Text: locale.MustFor(other).Say("site.language"), Lang: other, Href: base(h.council(other, ".html"))})
		}
	}
	return links
}

func (h hidden) marker(w io.Writer) error {
	m := confidentialMark{Schema: confidentialSchema, Round: h.round.ID, Status: h.round.Release.Status.String(), Revision: h.number()}
	for path := range h.files() {
		m.Files = append(m.Files, path)
	}
	mark, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(mark, '\n'))
	return err
}
