package table

import (
	"path"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/scoring/submission"
)

var receivedHeaders = []string{"file", "agency", "received", "letter", "signed_by"}

// ReadReceived reads the register of receipt. Files have slashes; which of them counts, and which two lines are about the
// same one, is the round's to say. Where tables of answers list the agencies, a code may be of none that is known yet.
func ReadReceived(source Source, want Want, problems *diag.Problems) []submission.Receipt {
	f := fixed{source: source, known: receivedHeaders, required: []string{"file", "agency", "received"}, problems: problems}
	var list []submission.Receipt
	for row := range f.records {
		if r, ok := want.receipt(row, problems); ok {
			list = append(list, r)
		}
	}
	return list
}

func (w Want) receipt(row record, problems *diag.Problems) (submission.Receipt, bool) {
	r := submission.Receipt{Letter: row.text("letter"), SignedBy: row.text("signed_by"), Place: row.Place()}
	file, named := row.cell("file")
	if !named {
		problems.Fault(row.Place(), "received-no-file")
	} else {
		r.File, r.Place = path.Clean(strings.ReplaceAll(text(file.Text), `\`, "/")), file.Place
	}
	code, _ := row.cell("agency")
	r.Agency = text(code.Text)
	known := w.Lists && r.Agency != ""
	if agency, listed := w.Agencies.Find(r.Agency); listed || !known {
		agency, known = w.agency(row, problems)
		r.Agency = agency.Code
	}
	if _, dated := row.cell("received"); !dated {
		problems.Fault(row.Place(), "received-no-date")
		return r, false
	}
	day, read := w.day(row, "received", problems)
	r.Received = day
	return r, named && known && read
}
