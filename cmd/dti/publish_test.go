package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkPublish is the main job: spreadsheets of 93 agencies become a site.
func BenchmarkPublish(b *testing.B) {
	round, out := filepath.Join("..", "..", "testdata", "danang-2019"), b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		args := []string{"publish", round, "-o", filepath.Join(out, "site")}
		if status := run(context.Background(), args, strings.NewReader(""), io.Discard, io.Discard); status != 0 {
			b.Fatal("exit status", status)
		}
	}
}
