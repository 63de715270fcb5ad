package history

import (
	"io"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Seal is what a results.json says of the files that it was made from. The zero Seal knows none.
type Seal struct {
	Round  string            // id of the round
	Year   int               // of the round
	Status string            // draft, provisional or final
	Closed rule.Date         // the day on which the inputs were sealed; empty: they are not
	Inputs []submission.File // as they were then; nil: not known
}

// DecodeSeal reads the seal of a results.json, be it a draft's. The error is as of Decode.
func DecodeSeal(name string, r io.Reader) (Seal, error) {
	d := newDecoder(name, r)
	d.sealOnly = true
	past, err := d.read()
	if err != nil {
		return Seal{}, err
	}
	return Seal{Round: past.RoundID, Year: past.Year, Status: past.Status, Closed: past.Closed, Inputs: past.Inputs}, nil
}
