package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

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
