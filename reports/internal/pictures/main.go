// Pictures takes pictures of one page of every kind of a published site, in each of its languages, as a reader meets it: on
// a desktop, on two telephones, in the dark, in the colours that a system forces, and on paper. A person looks at them before a release.
//
//	go run ./reports/internal/pictures SITE -o DIR
//
// The files are named KIND-LANGUAGE-MODE.png; index.html shows them all. Where pdftoppm is not installed, paper is a PDF.
package main

import (
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/opendti/dti/reports/internal/browser"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// modes are the ways in which a page is met on a screen.
var modes = []struct {
	name   string
	screen browser.Screen
}{
	{"desktop", browser.Screen{}},
	{"telephone", browser.Screen{Width: 390}},
	{"narrow", browser.Screen{Width: 320}},
	{"dark", browser.Screen{Dark: true}},
	{"forced", browser.Screen{Dark: true, Forced: true}},
}

// run is the command; it returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("pictures", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("o", "pictures", "write the pictures to this `folder`")
	site := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		site, args = args[0], args[1:]
	}
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if site == "" && flags.NArg() == 1 {
		site = flags.Arg(0)
	}
	if site == "" {
		fmt.Fprintln(stderr, "pictures: of which site? go run ./reports/internal/pictures SITE -o DIR")
		return 2
	}
	files, err := takeAll(site, *out)
	if err != nil {
		fmt.Fprintf(stderr, "pictures: %v\n", err)
		return 2
	}
	fmt.Fprintf(stdout, "%d pictures: %s\n", len(files), filepath.Join(*out, "index.html"))
	return 0
}

// takeAll takes the pictures of a site and writes the sheet that shows them; it returns their names.
func takeAll(site, out string) (files []string, err error) {
	site, err = filepath.Abs(site)
	if err != nil {
		return nil, err
	}
	pages, err := browser.Pages(os.DirFS(site))
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("%s holds no page: name the folder that dti publish wrote", site)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	b, err := browser.Start()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	for _, page := range browser.Fullest(pages) {
		taken, err := take(b, site, out, page)
		if err != nil {
			return nil, err
		}
		files = append(files, taken...)
	}
	return files, os.WriteFile(filepath.Join(out, "index.html"), []byte(contactSheet(files)), 0o644)
}

// take takes the pictures of one page.
func take(b *browser.Browser, site, out string, page browser.Page) ([]string, error) {
	address := "file://" + filepath.ToSlash(filepath.Join(site, filepath.FromSlash(page.Path)))
	name := page.Kind + "-" + page.Lang + "-"
	var files []string
	for _, mode := range modes {
		tab, err := b.Open(mode.screen, address)
		if err != nil {
			return nil, err
		}
		picture, err := tab.Screenshot()
		tab.Close()
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(out, name+mode.name+".png"), picture, 0o644); err != nil {
			return nil, err
		}
		files = append(files, name+mode.name+".png")
	}
	tab, err := b.Open(browser.Screen{}, address)
	if err != nil {
		return nil, err
	}
	defer tab.Close()
	document, err := tab.PDF()
	if err != nil {
		return nil, err
	}
	printed, err := paper(out, name+"print", document)
	return append(files, printed...), err
}

// sheets is how many sheets of paper a page shows at most.
const sheets = 6

// paper writes the sheets of a printed page as pictures, or the PDF where nothing makes pictures of it.
func paper(out, name string, document []byte) ([]string, error) {
	pdf := filepath.Join(out, name+".pdf")
	if err := os.WriteFile(pdf, document, 0o644); err != nil {
		return nil, err
	}
	program, err := exec.LookPath("pdftoppm")
	if err != nil {
		return []string{name + ".pdf"}, nil
	}
	old, err := filepath.Glob(filepath.Join(out, name+"-*.png"))
	if err != nil {
		return nil, err
	}
	for _, file := range old { // of an earlier run, with more sheets
		if err := os.Remove(file); err != nil {
			return nil, err
		}
	}
	last := fmt.Sprint(sheets)
	if said, err := exec.Command(program, "-r", "80", "-png", "-l", last, pdf, filepath.Join(out, name)).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("pdftoppm: %w: %s", err, said)
	}
	made, err := filepath.Glob(filepath.Join(out, name+"-*.png"))
	if err != nil {
		return nil, err
	}
	slices.Sort(made)
	for i := range made {
		made[i] = filepath.Base(made[i])
	}
	return made, os.Remove(pdf)
}

// contactSheet is a page that shows all pictures.
func contactSheet(files []string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Pictures</title>\n" +
		"<style>body { font: 14px sans-serif } ul { display: flex; flex-wrap: wrap; gap: 1em; list-style: none } img { height: 420px; border: 1px solid #999 }</style></head>\n<body><h1>Pictures</h1>\n<ul>\n")
	for _, file := range files {
		name := html.EscapeString(file)
		if strings.HasSuffix(file, ".pdf") {
			fmt.Fprintf(&b, "<li><a href=\"%s\">%s</a></li>\n", name, name)
			continue
		}
		fmt.Fprintf(&b, "<li><a href=\"%s\"><img src=\"%s\" loading=\"lazy\" alt=\"%s\"><br>%s</a></li>\n", name, name, name, name)
	}
	b.WriteString("</ul>\n</body></html>\n")
	return b.String()
}
