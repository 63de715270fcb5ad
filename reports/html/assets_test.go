package html_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/html"
)

// The script does nothing that the policy of the pages forbids. node checks the syntax where there is one.
func TestSiteScriptIsPlain(t *testing.T) {
	script := html.JS()
	namespaces := strings.NewReplacer("http://www.w3.org/2000/svg", "", "http://www.w3.org/XML/1998/namespace", "") // names, which nothing fetches
	assert.NotRegexp(t, `innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bfetch\(|XMLHttpRequest|\bimport\b|https?://`, namespaces.Replace(string(script)))
	assert.Contains(t, string(script), "'use strict'")
	if node, err := exec.LookPath("node"); err == nil {
		file := filepath.Join(t.TempDir(), "site.js")
		require.NoError(t, os.WriteFile(file, script, 0o644))
		out, err := exec.CommandContext(t.Context(), node, "--check", file).CombinedOutput()
		assert.NoError(t, err, string(out))
	}
}
