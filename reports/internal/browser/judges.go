package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// vendored is the path of a file that `go generate` fetched, found from the working folder of whatever runs.
func vendored(name string) (string, error) {
	missing := Missing{What: name, Remedy: "go generate ./..."}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			return "", missing
		}
		dir = filepath.Dir(dir)
	}
	file := filepath.Join(dir, "reports", "internal", "browser", "vendor", name)
	if _, err := os.Stat(file); err != nil {
		return "", missing
	}
	return file, nil
}

// A Violation is a rule of accessibility that a page breaks.
type Violation struct {
	Rule, Help string
	Elements   []string // each as a selector and what is wrong with it
}

// String is the violation with its first elements.
func (v Violation) String() string {
	shown := v.Elements[:min(len(v.Elements), 3)]
	return fmt.Sprintf("%s (%s), %d elements: %s", v.Rule, v.Help, len(v.Elements), strings.Join(shown, " | "))
}

// Axe is the script that finds violations. The error is Missing where it was not generated.
func Axe() (string, error) {
	file, err := vendored("axe.min.js")
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(file)
	return string(data), err
}

// judge runs axe and keeps what a person needs to find the fault.
const judge = `axe.run(document, %s).then(function (found) {
  return found.violations.map(function (v) {
    return { Rule: v.id, Help: v.help, Elements: v.nodes.map(function (n) { return n.target.join(' ') + ': ' + n.failureSummary.replace(/\s+/g, ' '); }) };
  });
})`

// Violations has axe judge the page as the tab shows it now: by the rules named, or by all of them.
func (t *Tab) Violations(axe string, rules ...string) ([]Violation, error) {
	if err := t.Eval(axe, nil); err != nil {
		return nil, err
	}
	options := map[string]any{"resultTypes": []string{"violations"}, "elementRef": false, "preload": false} // the page's policy lets no script fetch its stylesheets
	if len(rules) > 0 {
		options["runOnly"] = map[string]any{"type": "rule", "values": rules}
	}
	words, err := json.Marshal(options)
	if err != nil {
		return nil, err
	}
	var found []Violation
	err = t.Eval(fmt.Sprintf(judge, words), &found)
	return found, err
}

// Validate has the Nu HTML checker read files and returns its errors, a line each. The error is Missing where Java or the
// checker is not there.
func Validate(ctx context.Context, files ...string) ([]string, error) {
	java, err := Installed("java")
	if err != nil {
		return nil, err
	}
	jar, err := vendored("vnu.jar")
	if err != nil {
		return nil, err
	}
	checker := exec.CommandContext(ctx, java, append([]string{"-jar", jar, "--errors-only", "--exit-zero-always", "--format", "gnu"}, files...)...)
	var stderr bytes.Buffer
	checker.Stderr = &stderr
	if err := checker.Run(); err != nil {
		return nil, errors.Join(fmt.Errorf("check HTML: %w", err), errors.New(stderr.String()))
	}
	var lines []string
	for line := range strings.Lines(stderr.String()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}
