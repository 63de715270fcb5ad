package setbook_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/importers/setbook"
)

// Verifiers and tags have a sheet each, on which they are added, renamed and taken away; what an indicator names and no
// row does is told at the indicator's cell.
func TestVerifiersAndTagsAreEdited(t *testing.T) {
	data, err := os.ReadFile("../../criteria/testdata/load/ok-codes.txtar")
	require.NoError(t, err)
	book := written(t, loaded(t, nil, "codes.yaml", txtar.Parse(data).Files[0].Data), "en")
	sit := func() desk {
		f, err := excelize.OpenReader(bytes.NewReader(book))
		require.NoError(t, err)
		t.Cleanup(func() { _ = f.Close() })
		return desk{t, f}
	}
	d := sit()
	d.set("Verifiers", "H17.12", "name.en", "Interior")
	d.do(d.SetSheetRow("Tags", "A5", &[]any{nil, "has_fees", "Có thu phí", "Takes fees"}))
	set, notes, err := setbook.Read("set.xlsx", d.bytes())
	require.NoError(t, err, told(err, nil))
	assert.Empty(t, notes)
	assert.Equal(t, "Interior", set.VerifierName("H17.12")["en"])
	assert.Equal(t, "Có thu phí", set.TagName("has_fees")["vi"])
	assert.Len(t, set.Tags, 3)

	d = sit()
	d.set("Tags", "data_owner", "id", "data-owner")
	d.set("Other indicators", "A", "verifier", "so-tai-chin")
	verifier, tag := d.cell("Other indicators", "A", "verifier"), d.cell("Other indicators", "B", "when")
	_, notes, err = setbook.Read("set.xlsx", d.bytes())
	assert.Equal(t, []string{
		"Other indicators!" + verifier + `: verifiers does not hold "so-tai-chin"; nearest: so-tai-chinh.`,
		"Other indicators!" + tag + `: tags does not hold "data_owner"; nearest: data-owner.`,
	}, told(err, notes))
}
