package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
)

// sections says where the key that a call names stands: by the called name, and which argument it is.
var sections = map[string]struct {
	section string
	arg     int
}{
	"Fault": {"problems.", 1}, "Warn": {"problems.", 1}, "Inform": {"problems.", 1},
	"tell": {"cli.", 0}, "misuse": {"cli.", 0},
}

// eitherSection stands before the kind of a problem or a note that is made as a literal.
const eitherSection = "problems or notes."

// TestEverySentenceIsThere holds that every key that the program names as a literal has its sentence.
func TestEverySentenceIsThere(t *testing.T) {
	words := locale.MustFor("en")
	asked := 0
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, key := range keysOf(n) {
				asked++
				kind, either := strings.CutPrefix(key, eitherSection)
				there := words.Has(key) || either && (words.Has("problems."+kind) || words.Has("notes."+kind))
				assert.True(t, there, "no sentence %s", key)
			}
			return true
		})
	}
	assert.Greater(t, asked, 300, "keys found in the sources")
}

// keysOf lists the locale keys that a node of the source names.
func keysOf(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		return callKeys(n)
	case *ast.KeyValueExpr:
		if name, ok := n.Key.(*ast.Ident); ok && name.Name == "Kind" {
			return literal(eitherSection, n.Value)
		}
	}
	return nil
}

func callKeys(call *ast.CallExpr) []string {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	if owner, ok := selector.X.(*ast.Ident); ok && owner.Name == "rule" && selector.Sel.Name == "Say" {
		return literal("notes.", call.Args[0])
	}
	if selector.Sel.Name == "Say" {
		if key := literal("", call.Args[0]); len(key) == 1 && strings.Contains(key[0], ".") {
			return key
		}
		return nil
	}
	if at, ok := sections[selector.Sel.Name]; ok && len(call.Args) > at.arg {
		return literal(at.section, call.Args[at.arg])
	}
	return nil
}

// literal is the key that a string literal names; nothing where the key is put together.
func literal(section string, e ast.Expr) []string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil || s == "" {
		return nil
	}
	return []string{section + s}
}

// sources parses the program, tests and test data left out.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	var files []*ast.File
	root := filepath.Join("..", "..")
	require.NoError(t, filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != root):
			return filepath.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		files = append(files, file)
		return err
	}))
	return files
}
