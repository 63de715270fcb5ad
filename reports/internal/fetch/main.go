// Fetch puts pinned packages of the npm registry into the folder vendor of the package that uses them. Run by
// `go generate`:
//
//	fetch NAME…               take the packages with npm
//	fetch -tgz FILE NAME      take a package from its archive, which is there already
//
// Without npm or without a network it warns in one line and exits with 0: a build without them works, and does less. An
// archive with another hash exits with 1. In both cases nothing of the package is written.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/opendti/dti/reports/internal/npm"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr, npmPack)) }

// A fetcher brings the archive of a package; what hinders it is a warning and no fault.
type fetcher func(ctx context.Context, p npm.Package) ([]byte, error)

// run is the command; it returns the exit status.
func run(args []string, stderr io.Writer, fetch fetcher) int {
	flags := flag.NewFlagSet("fetch", flag.ContinueOnError)
	flags.SetOutput(stderr)
	tgz := flags.String("tgz", "", "take the package from this archive `file`")
	out := flags.String("out", "vendor", "write to this `folder`")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	packages, err := named(flags.Args())
	if err == nil && *tgz != "" && len(packages) > 1 {
		err = errors.New("an archive holds one package: name one")
	}
	if err != nil {
		fmt.Fprintf(stderr, "fetch: %v\n", err)
		return 2
	}
	status := 0
	for _, p := range packages {
		status = max(status, take(p, *tgz, *out, stderr, fetch))
	}
	return status
}

// named are the packages of these names.
func named(names []string) ([]npm.Package, error) {
	var packages []npm.Package
	for _, name := range names {
		i := slices.IndexFunc(npm.Packages(), func(p npm.Package) bool { return p.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("no package is pinned as %q", name)
		}
		packages = append(packages, npm.Packages()[i])
	}
	if packages == nil {
		return nil, errors.New("which package?")
	}
	return packages, nil
}

// take puts one package into the folder; it returns the exit status.
func take(p npm.Package, tgz, out string, stderr io.Writer, fetch fetcher) int {
	if tgz == "" && present(out, p) {
		return 0
	}
	data, err := archive(p, tgz, fetch)
	switch {
	case err != nil && tgz == "":
		fmt.Fprintf(stderr, "fetch: warning: %v; %s\n", err, p.Without)
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "fetch: %v\n", err)
		return 2
	}
	files, err := p.Unpack(data)
	if err == nil {
		err = write(out, p, files)
	}
	if err != nil {
		fmt.Fprintf(stderr, "fetch: %v\n", err)
		return 1
	}
	return 0
}

// archive is the file named, or what the fetcher brings within three minutes.
func archive(p npm.Package, tgz string, fetch fetcher) ([]byte, error) {
	if tgz != "" {
		return os.ReadFile(tgz)
	}
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	defer stop()
	return fetch(ctx, p)
}

// present reports whether the folder has the package already, so that generating again needs no network.
func present(dir string, p npm.Package) bool {
	for _, f := range p.Files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil || !f.Is(data) {
			return false
		}
	}
	return true
}

// npmPack lets npm, with whatever registry it is set up for, put the archive into a folder of its own.
func npmPack(ctx context.Context, p npm.Package) (data []byte, err error) {
	program, err := exec.LookPath("npm")
	if err != nil {
		return nil, errors.New("npm is not installed")
	}
	dir, err := os.MkdirTemp("", "fetch")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	pack := exec.CommandContext(ctx, program, "pack", p.String(), "--silent", "--prefer-offline", "--fetch-retries=0", "--fetch-timeout=60000")
	pack.Dir = dir
	pack.WaitDelay = 5 * time.Second
	if out, err := pack.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm pack %s: %w%s", p, err, firstLine(out))
	}
	return os.ReadFile(filepath.Join(dir, p.Archive()))
}

// firstLine is the first line of a program's output, so that the warning stays one line.
func firstLine(out []byte) string {
	line, _, _ := strings.Cut(string(bytes.TrimSpace(out)), "\n")
	if line == "" {
		return ""
	}
	return ": " + strings.TrimSpace(line)
}

// write puts the files of a package into the folder; each is whole or not there, and the first, by which the package is
// known, comes last.
func write(dir string, p npm.Package, files map[string][]byte) error {
	for _, f := range slices.Backward(p.Files) {
		part := filepath.Join(dir, f.Name()+".part")
		if err := os.WriteFile(part, files[f.Name()], 0o644); err != nil {
			return fmt.Errorf("write %s: %w", part, err)
		}
		if err := os.Rename(part, filepath.Join(dir, f.Name())); err != nil {
			return fmt.Errorf("write %s: %w", f.Name(), err)
		}
	}
	return nil
}
