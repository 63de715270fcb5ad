package importers

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/diag"
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
	root *os.Root
	// byFolder are names of files by folder: exact ones by "/" and themselves, and by their letters alone, where "" stands for
	// two files that would be the same.
	byFolder map[string]map[string]string
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
