// Fetchecharts puts the pinned chart library into the folder from which the html package embeds it. Run by `go generate`:
//
//	fetchecharts              take the package with npm
//	fetchecharts -tgz FILE    take it from an archive that is there already
//
// Without npm or without a network it warns in one line and exits with 0: a build without the library keeps the static
// charts. An archive with another hash exits with 1. In both cases nothing is written.
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
	"time"

	"github.com/opendti/dti/reports/html/internal/echarts"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr, npmPack)) }

// A fetcher brings the archive; what hinders it is a warning and no fault.
type fetcher func(ctx context.Context) ([]byte, error)

// run is the command; it returns the exit status.
func run(args []string, stderr io.Writer, fetch fetcher) int {
	flags := flag.NewFlagSet("fetchecharts", flag.ContinueOnError)
	flags.SetOutput(stderr)
	tgz := flags.String("tgz", "", "take the library from this archive `file`")
	out := flags.String("out", "vendor", "write to this `folder`")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *tgz == "" && present(*out) {
		return 0
	}
	data, err := archive(*tgz, fetch)
	switch {
	case err != nil && *tgz == "":
		fmt.Fprintf(stderr, "fetchecharts: warning: %v; the site keeps its static charts\n", err)
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "fetchecharts: %v\n", err)
		return 2
	}
	files, err := echarts.Unpack(data)
	if err == nil {
		err = write(*out, files)
	}
	if err != nil {
		fmt.Fprintf(stderr, "fetchecharts: %v\n", err)
		return 1
	}
	return 0
}

// archive is the file named, or what the fetcher brings within two minutes.
func archive(tgz string, fetch fetcher) ([]byte, error) {
	if tgz != "" {
		return os.ReadFile(tgz)
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	return fetch(ctx)
}

// present reports whether the folder has the library already, so that generating again needs no network.
func present(dir string) bool {
	script, err := os.ReadFile(filepath.Join(dir, echarts.ScriptName))
	for _, name := range []string{echarts.LicenceName, echarts.NoticeName} {
		if _, missing := os.Stat(filepath.Join(dir, name)); missing != nil {
			return false
		}
	}
	return err == nil && echarts.IsScript(script)
}

// npmPack lets npm, with whatever registry it is set up for, put the archive into a folder of its own.
func npmPack(ctx context.Context) (data []byte, err error) {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return nil, errors.New("npm is not installed")
	}
	dir, err := os.MkdirTemp("", "fetchecharts")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	pack := exec.CommandContext(ctx, npm, "pack", echarts.Package, "--silent", "--prefer-offline", "--fetch-retries=0", "--fetch-timeout=30000")
	pack.Dir = dir
	pack.WaitDelay = 5 * time.Second
	if out, err := pack.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm pack %s: %w%s", echarts.Package, err, firstLine(out))
	}
	return os.ReadFile(filepath.Join(dir, echarts.Archive))
}

// firstLine is the first line of a program's output, so that the warning stays one line.
func firstLine(out []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(out), []byte("\n"))
	if len(line) == 0 {
		return ""
	}
	return ": " + string(bytes.TrimSpace(line))
}

// write puts the files into the folder; each is whole or not there.
func write(dir string, files echarts.Files) error {
	if files.Licence == nil {
		return errors.New("the script alone has no licence to publish with it: the archive is needed")
	}
	for _, f := range []struct {
		name string
		data []byte
	}{
		{echarts.LicenceName, files.Licence}, {echarts.NoticeName, files.Notice}, {echarts.ScriptName, files.Script},
	} {
		part := filepath.Join(dir, f.name+".part")
		if err := os.WriteFile(part, f.data, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", part, err)
		}
		if err := os.Rename(part, filepath.Join(dir, f.name)); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	return nil
}
