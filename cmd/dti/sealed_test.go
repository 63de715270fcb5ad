package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// sealedCommand holds the hashes in the results of a round against the files themselves: `sealed round`.
func sealedCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sealed round")
	}
	dir := ts.MkAbs(args[0])
	data, err := os.ReadFile(filepath.Join(dir, "results.json"))
	ts.Check(err)
	var results struct {
		Inputs []struct{ File, SHA256 string }
	}
	ts.Check(json.Unmarshal(data, &results))
	if len(results.Inputs) == 0 {
		ts.Fatalf("%s names no inputs", args[0])
	}
	for _, input := range results.Inputs {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(input.File)))
		ts.Check(err)
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != input.SHA256 {
			ts.Fatalf("%s: sealed as %s, is %s", input.File, input.SHA256, got)
		}
	}
}
