package html_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/internal/browser"
)

func TestEChartsIsWholeOrAbsent(t *testing.T) {
	js, licence, notice, ok := html.ECharts()
	if !ok {
		assert.Nil(t, js)
		browser.Need(t, browser.Missing{What: "the chart library", Remedy: "go generate ./reports/html"})
	}
	assert.Contains(t, string(licence), "Apache License")
	assert.NotEmpty(t, notice)
	again, _, _, err := html.EChartsFrom(js)
	require.NoError(t, err)
	assert.Equal(t, js, again)
}

func TestEChartsFromRefusesOtherFiles(t *testing.T) {
	js, _, _, err := html.EChartsFrom([]byte("alert(1)"))
	assert.Error(t, err)
	assert.Nil(t, js)
}
