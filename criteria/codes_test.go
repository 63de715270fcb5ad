package criteria_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
)

// A set that names its verifiers and tags keeps their order, and finds each by its code.
func TestVerifiersAndTags(t *testing.T) {
	set := load(t, specified(t, "ok-codes"))
	assert.Equal(t, []criteria.Code{
		{ID: "so-tai-chinh", Name: criteria.Text{"vi": "Sở Tài chính", "en": "Department of Finance"}},
		{ID: "H17.12", Name: criteria.Text{"vi": "Sở Nội vụ", "en": "Department of Home Affairs"}},
		{ID: "2019", Name: criteria.Text{"vi": "Tổ công tác", "en": "Task force"}},
	}, set.Verifiers)
	assert.Equal(t, "Department of Home Affairs", set.VerifierName("H17.12")["en"])
	assert.Equal(t, "Có thủ tục hành chính", set.TagName("có thủ tục")["vi"])
	assert.Nil(t, set.VerifierName("data_owner"))
	assert.Nil(t, set.TagName(""))
	assert.Equal(t, 9, set.Place(set, "verifiers.H17.12").Row)
	en := locale.MustFor("en")
	assert.Equal(t, "concerns only agencies marked “Owner of a shared database”", en.Note(set.OnlyTagged("data_owner")))
	assert.Equal(t, `concerns only agencies with the tag "has_fees"`, en.Note(set.OnlyTagged("has_fees")), "a code where there is no name")
}
