package echarts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/html/internal/echarts"
)

func TestUnpackRefusesOtherFiles(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing": nil, "a script": []byte("alert(1)"), "something zipped": {0x1f, 0x8b, 8, 0}, "large": bytes.Repeat([]byte("x"), 1<<20),
	} {
		_, err := echarts.Unpack(data)
		assert.ErrorIs(t, err, echarts.ErrHash, name)
	}
}

// TestUnpackTheScript needs what `go generate ./reports/html` fetches.
func TestUnpackTheScript(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "vendor", echarts.ScriptName))
	if err != nil {
		if os.Getenv("DTI_REQUIRE") == "1" {
			t.Fatal("the chart library was not generated")
		}
		t.Skip("the chart library was not generated: go generate ./reports/html")
	}
	files, err := echarts.Unpack(script)
	require.NoError(t, err)
	assert.Equal(t, script, files.Script)
	assert.Nil(t, files.Licence)
	_, err = echarts.Unpack(append(script, ' '))
	assert.ErrorIs(t, err, echarts.ErrHash, "one byte more")
}

// TestUnpackTheArchive reads an archive that lies outside of the repository, where DTI_ECHARTS_TGZ names one.
func TestUnpackTheArchive(t *testing.T) {
	name := os.Getenv("DTI_ECHARTS_TGZ")
	if name == "" {
		t.Skip("DTI_ECHARTS_TGZ names no archive")
	}
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	files, err := echarts.Unpack(data)
	require.NoError(t, err)
	assert.True(t, echarts.IsScript(files.Script))
	assert.Contains(t, string(files.Licence), "Apache License")
	assert.Contains(t, string(files.Notice), "Apache ECharts")
	data[len(data)/2] ^= 1
	_, err = echarts.Unpack(data)
	assert.ErrorIs(t, err, echarts.ErrHash, "one bit changed")
}
