package browser

import (
	"cmp"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A Page is one page of a published site.
type Page struct {
	Path string // from the site's root, with slashes
	Kind string // "group"; of a page that says none, its file's name
	Lang string
	Size int // in bytes
}

var (
	kindOf = regexp.MustCompile(`<body[^>]*\sclass="(?:[^"]*\s)?page-([a-z-]+)`)
	langOf = regexp.MustCompile(`<html[^>]*\slang="([^"]*)"`)
)

// Pages are the pages of a site, by their paths.
func Pages(site fs.FS) ([]Page, error) {
	var pages []Page
	err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		data, err := fs.ReadFile(site, name)
		if err != nil {
			return err
		}
		p := Page{Path: name, Size: len(data), Kind: strings.TrimSuffix(path.Base(name), ".html")}
		if m := kindOf.FindSubmatch(data); m != nil {
			p.Kind = string(m[1])
		}
		if m := langOf.FindSubmatch(data); m != nil {
			p.Lang = string(m[1])
		}
		pages = append(pages, p)
		return nil
	})
	return pages, err
}

// Fullest is the largest page of each kind in each language, by kind and language.
func Fullest(pages []Page) []Page {
	largest := map[[2]string]Page{}
	for _, p := range pages {
		key := [2]string{p.Kind, p.Lang}
		if p.Size > largest[key].Size {
			largest[key] = p
		}
	}
	var all []Page
	for _, p := range largest {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Page) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Lang, b.Lang)) })
	return all
}

// Serve serves a site's files on this machine, and nothing else: no listing of a folder, no index page for one, no guess
// at a file's type. It returns the address, which ends with a slash, and what ends it.
func Serve(site fs.FS) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: strict{site}} // #nosec G112: it serves this process alone
	go func() { _ = server.Serve(listener) }()    // ends when it is closed
	return "http://" + listener.Addr().String() + "/", func() { _ = server.Close() }, nil
}

// strict serves the files of a folder as they are.
type strict struct{ site fs.FS }

func (s strict) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	data, err := fs.ReadFile(s.site, name)
	if err != nil || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", cmp.Or(mime.TypeByExtension(path.Ext(name)), "application/octet-stream"))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(data) // a browser that went away needs nothing
}
