package submission

import (
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// A PastStanding is one agency's place in an older result table, as it was read: a row of code, score, rank and rating.
// What the table does not say stays zero.
type PastStanding struct {
	Code, Name string
	Group      string        // id of an agency group; empty where the table has no groups
	Year       int           // 0 where the table does not say
	Score      rule.Optional // published total
	Of         rule.Optional // attainable maximum of the published total
	Rank       int           // within the group, from 1; 0 where the table does not say
	Rating     string        // id of a rating, or its name in any language
	Place      diag.Place
}
