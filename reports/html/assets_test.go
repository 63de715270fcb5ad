package html_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/html"
)

// The script does nothing that the policy of the pages forbids. node checks the syntax where there is one.
func TestSiteScriptIsPlain(t *testing.T) {
	script := html.JS()
	assert.NotRegexp(t, `innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bfetch\(|XMLHttpRequest|\bimport\b|https?://`, string(script))
	assert.Contains(t, string(script), "'use strict'")
	if node, err := exec.LookPath("node"); err == nil {
		file := filepath.Join(t.TempDir(), "site.js")
		require.NoError(t, os.WriteFile(file, script, 0o644))
		out, err := exec.CommandContext(t.Context(), node, "--check", file).CombinedOutput()
		assert.NoError(t, err, string(out))
	}
}
