package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// pagesCommand is the script command `pages DIR ENDING PATTERN [EXCEPT]`: every file of a folder whose name has the ending
// matches; with "!" none does. A file named EXCEPT is passed over.
func pagesCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: pages DIR ENDING PATTERN [EXCEPT]")
	}
	pattern, err := regexp.Compile(args[2])
	ts.Check(err)
	seen := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, args[1]) || len(args) > 3 && d.Name() == args[3] {
			return err
		}
		seen++
		data, err := os.ReadFile(name)
		if err == nil && pattern.Match(data) == neg {
			ts.Fatalf("%s: match of %q is %v", name, args[2], !neg)
		}
		return err
	}))
	if seen == 0 {
		ts.Fatalf("no file of %s ends with %s", args[0], args[1])
	}
}

// pictureCommand is the script command `picture FILE WIDTH HEIGHT`: an empty PNG or JPEG.
func pictureCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: picture FILE WIDTH HEIGHT")
	}
	width, err := strconv.Atoi(args[1])
	ts.Check(err)
	height, err := strconv.Atoi(args[2])
	ts.Check(err)
	var b bytes.Buffer
	drawn := image.NewGray(image.Rect(0, 0, width, height))
	if strings.HasSuffix(args[0], ".png") {
		ts.Check(png.Encode(&b, drawn))
	} else {
		ts.Check(jpeg.Encode(&b, drawn, nil))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}
