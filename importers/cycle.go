package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

// readRegister reads the register of receipt, before what it registers.
func (o *opener) readRegister() {
	o.counting = map[string]submission.Receipt{}
	source, want, ok := o.listed(&o.settings.cycle.received, "received")
	if !ok {
		return
	}
	cycle := &o.round.Cycle
	cycle.Receipts = o.found(table.ReadReceived(source, want, &o.problems))
	last := map[string]int{}
	for i, r := range cycle.Receipts {
		if other, there := last[r.Agency]; !there || cycle.Receipts[other].Received <= r.Received {
			last[r.Agency] = i
		}
	}
	for _, i := range last {
		cycle.Receipts[i].Counts = true
	}
	for _, r := range cycle.Receipts {
		if _, err := o.root.Stat(filepath.FromSlash(r.File)); err != nil {
			o.missing(r)
		}
		if r.Counts {
			o.counting[r.Agency] = r
		}
	}
}

// found gives lines of the register the names that their files have in the round, and tells lines about the same one.
func (o *opener) found(register []submission.Receipt) []submission.Receipt {
	type pair struct{ agency, file string }
	first := map[pair]diag.Place{}
	kept := make([]submission.Receipt, 0, len(register))
	names := fileNames{root: o.root, byFolder: map[string]map[string]string{}}
	folder := o.orThere(o.settings.submissions, "submissions").name
	for _, r := range register {
		r.File = names.sentAs(folder, r.File)
		p := pair{r.Agency, r.File}
		if other, twice := first[p]; twice {
			o.problems.Fault(r.Place, "received-twice", r.File, r.Agency, other.String())
			continue
		}
		first[p] = r.Place
		kept = append(kept, r)
	}
	return kept
}

// knownSenders tells lines of the register about agencies that are in no list once every table was read, and takes them
// out.
func (o *opener) knownSenders() {
	var kept []submission.Receipt
	for _, r := range o.round.Cycle.Receipts {
		if a, known := o.directory.Find(r.Agency); known {
			r.Agency = a.Code
			kept = append(kept, r)
			continue
		}
		o.problems.Fault(r.Place, "unknown-agency", r.Agency)
	}
	o.round.Cycle.Receipts = kept
}

// fileNames finds files by names that people wrote down. Like the systems that files come from, it takes letters of either
// case, and marks however they are composed, for the same, unless that would be two files.
type fileNames struct {
	root     *os.Root
	byFolder map[string]map[string]string // "" where two files would be the same
}

// sentAs is the file that a line of the register names: one of the folder of submissions, or of the round.
func (n fileNames) sentAs(folder, file string) string {
	within := path.Join(folder, file)
	for _, name := range []string{within, file} {
		if found, ok := n.find(name); ok {
			return found
		}
	}
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return within
	}
	return file
}

func (n fileNames) find(name string) (found string, ok bool) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", false
	}
	folder, base := path.Split(name)
	folder = path.Clean(folder)
	known, read := n.byFolder[folder]
	if !read {
		known = map[string]string{}
		entries, _ := fs.ReadDir(n.root.FS(), folder) // a folder that is not there has no files
		for _, e := range entries {
			key := alike(e.Name())
			if _, twice := known[key]; twice {
				known[key] = ""
			} else {
				known[key] = e.Name()
			}
			known["/"+e.Name()] = e.Name()
		}
		n.byFolder[folder] = known
	}
	for _, key := range []string{"/" + base, alike(base)} {
		if found := known[key]; found != "" {
			return path.Join(folder, found), true
		}
	}
	return "", false
}

// alike is a name as far as its letters tell it from another one.
func alike(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// missing tells a registered file that is not there. It is an error only where the agency is to be scored by it.
func (o *opener) missing(r submission.Receipt) {
	p := diag.Problem{Place: r.Place, Kind: "received-missing", Args: []any{r.File, r.Agency}, Severity: diag.Warning, Agency: r.Agency}
	if r.Counts {
		p.Severity = diag.Error
		o.refused[r.Agency] = true
	}
	o.problems.Add(p)
}

// registered reports whether a file is the one that an agency is scored by, as far as the register says. An earlier one
// is listed; one that is not registered beside one that is cannot be told to be later, so that it is an error.
func (o *opener) registered(code, file string) bool {
	counting, there := o.counting[code]
	if !there {
		if len(o.round.Cycle.Receipts) > 0 {
			o.problems.Add(diag.Problem{
				Place: diag.Place{File: file}, Kind: "received-not", Args: []any{code}, Severity: diag.Warning, Agency: code,
			})
		}
		return true
	}
	if counting.File == file {
		return true
	}
	p := diag.Problem{
		Place: diag.Place{File: file}, Kind: "received-beside", Args: []any{code, counting.File}, Severity: diag.Error, Agency: code,
	}
	for _, r := range o.round.Cycle.Receipts {
		if r.Agency == code && r.File == file {
			p.Kind, p.Severity = "received-earlier", diag.Info
			p.Args = []any{code, r.Received, counting.File, counting.Received}
		}
	}
	o.problems.Add(p)
	return false
}

// readCycle reads the other tables of the year's work, and what lateness costs.
func (o *opener) readCycle() {
	o.checkCycle()
	cycle := &o.round.Cycle
	if source, want, ok := o.listed(&o.settings.cycle.adjustments, "adjustments"); ok {
		cycle.Adjustments = table.ReadAdjustments(source, want, &o.problems)
	}
	if source, want, ok := o.listed(&o.settings.cycle.objections, "appeals"); ok {
		cycle.Objections = table.ReadObjections(source, want, &o.problems)
	}
	if source, want, ok := o.listed(&o.settings.cycle.lineage, "lineage"); ok {
		cycle.Lineage = table.ReadLineage(source, want, &o.problems)
	}
	late := cycle.Late(o.directory.Agencies())
	for _, a := range late {
		o.problems.Add(diag.Problem{
			Place: a.Place, Kind: "received-late", Args: []any{a.Agency, a.Late}, Severity: diag.Warning, Agency: a.Agency,
		})
	}
	cycle.Adjustments = append(cycle.Adjustments, late...)
}

// listed opens a table of the department's own: the one that is named, else one of the usual name. ok is false where
// there is none, and after telling why it cannot be read.
func (o *opener) listed(named *ref, usual string) (source table.Source, want table.Want, ok bool) {
	csv, book := o.orThere(ref{}, usual+".csv"), o.orThere(ref{}, usual+".xlsx")
	if named.name == "" && csv.name != "" && book.name != "" {
		o.problems.Warn(book.place, "table-beside", book.name, csv.name, usual)
	}
	*named = o.orThere(*named, usual+".csv", usual+".xlsx")
	if named.name == "" {
		return source, want, false
	}
	source, date1904, ok := o.source(named.name, named.place)
	want = o.want()
	want.Reader.Date1904 = date1904
	return source, want, ok
}

// checkCycle holds what round.yaml says of the year's work against the criteria set and the agencies.
func (o *opener) checkCycle() {
	set, c := o.round.Set, o.settings.cycle
	var ratings, groups []string
	for _, r := range set.Ratings {
		ratings = append(ratings, r.ID)
	}
	for _, g := range set.Groups {
		groups = append(groups, g.ID)
	}
	for _, name := range c.ratings {
		known(&o.problems, name, "unknown-rating", ratings)
	}
	for _, name := range c.groups {
		known(&o.problems, name, "agency-unknown-group", groups)
	}
	if c.topAll > 0 {
		for _, g := range groups {
			o.round.Cycle.Commendation.Top[g] = c.topAll
		}
	}
	for _, name := range c.agencies {
		a, there := o.directory.Find(name.name)
		if !there {
			o.problems.Fault(name.place, "unknown-agency", name.name)
		} else if m := o.extensions(); m != nil && a.Code != name.name {
			m[a.Code] = m[name.name]
		}
	}
}

// extensions are the later last days of single agencies; nil where there are none.
func (o *opener) extensions() (byAgency map[string]rule.Date) {
	m, _ := o.round.Cycle.Calendar.Milestone(submission.Submitting)
	return m.Extended
}

// files lists what the round was read from, by name, the earlier results that it names among them.
func (o *opener) files() []submission.File {
	named := map[string]string{}
	for name, sum := range o.sums {
		switch within, set := strings.CutPrefix(name, "criteria/"); {
		case name == "criteria":
			name = o.settings.criteria.name
		case set && within != "":
			name = within // of what the set extends
		}
		named[name] = hex.EncodeToString(sum[:])
	}
	for _, file := range o.round.Previous {
		if sum, err := sumOf(filepath.Join(o.dir, filepath.FromSlash(file.Path))); err == nil {
			named[file.Path] = sum
		}
	}
	var list []submission.File
	for _, name := range slices.Sorted(maps.Keys(named)) {
		list = append(list, submission.File{Name: name, SHA256: named[name]})
	}
	return list
}

// sumOf is the checksum of a file that may be too large to be read whole.
func sumOf(name string) (string, error) {
	info, err := os.Stat(name)
	if err == nil {
		err = plainFile(info)
	}
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // nothing was written
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
