package view_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
)

func TestFields(t *testing.T) {
	set := setOf(t)
	set.Views = []criteria.View{{ID: "digital", No: "V", Name: rule.Text{"vi": "Chính quyền số", "en": "Digital government"}}}
	e := editionOf("en", roundOf(set, 40, 20), history.Comparison{})
	for _, f := range e.Fields() {
		assert.NotContains(t, f.Description, "site.", f.Name)
		assert.NotEmpty(t, f.Description, f.Name)
		assert.Contains(t, []string{"string", "integer", "number", "boolean"}, f.Type, f.Name)
	}
	at := slices.IndexFunc(e.Fields(), func(f view.Field) bool { return f.Name == "view:digital" })
	require.Positive(t, at)
	assert.Equal(t, "Score of view V. Digital government; empty where it does not apply to the agency", e.Fields()[at].Description)
}

func TestIndicatorFieldsSayWhatIsPublic(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t), 40), history.Comparison{})
	public := map[string]string{}
	for _, f := range e.IndicatorFields() {
		public[f.Name] = f.Public
		assert.NotEmpty(t, f.Description, f.Name)
		assert.NotEmpty(t, f.Pillar, f.Name)
	}
	assert.Equal(t, "answers", public["indicator:INF-1"])
	assert.Equal(t, "points", public["indicator:SEC-1"])
	assert.Equal(t, "none", public["indicator:SEC-2"])
}

func TestDownloadsOfferOpenData(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t), 40), history.Comparison{})
	e.Files = []view.File{
		{Kind: view.DictionaryCSV, Path: "../../data/r1/dictionary.csv", SHA256: "aa"}, {Kind: view.DataPackage, Path: "../../data/r1/datapackage.json", SHA256: "bb"},
	}
	p := e.Downloads()
	assert.Contains(t, p.Files[0].What, "Từ điển dữ liệu")
	assert.Contains(t, p.Files[1].What, "Frictionless Data Package")
	assert.Equal(t, "bb", p.Hashes.Rows[1].Cells[1].Text)
}
