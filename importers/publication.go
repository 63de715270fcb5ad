package importers

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"  // logos
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/colour"
	"github.com/opendti/dti/scoring/submission"
)

// Bounds of what a publication brings along.
const (
	logoBytes       = 500_000
	logoPixels      = 2000
	attachmentBytes = 20_000_000
)

// publishSettings are what round.yaml says under publish that needs other files or the set, or may stand under release
// instead.
type publishSettings struct {
	logo             ref
	announcement     []ref
	languages        []ref // ids
	contact, licence ref   // what was read, and where
}

var publishKeys = []string{"name", "logo", "contact", "licence", "colour", "languages", "announcement"}

func (y *yamlReader) publish(n *yaml.Node, s *settings) {
	p, own := &s.round.Publish, &s.publish
	for _, key := range y.mapping(n, publishKeys...) {
		switch key.name {
		case "name":
			p.Name = y.title(key.value)
		case "logo":
			own.logo = y.inside(key.value)
		case "contact":
			own.contact = ref{y.text(key.value), y.place(key.value)}
		case "licence":
			own.licence = ref{y.text(key.value), y.place(key.value)}
		case "colour":
			p.Colour = y.colour(key.value)
		case "languages":
			for _, item := range y.oneOrMore(key.value) {
				own.languages = append(own.languages, ref{y.text(item), y.place(item)})
			}
		default:
			for _, item := range y.oneOrMore(key.value) {
				own.announcement = append(own.announcement, y.inside(item))
			}
		}
	}
}

// colour reads a colour that can be read on every ground of the pages; "" after noting a fault. Without quotes YAML takes
// #rrggbb for a comment, which leaves nothing.
func (y *yamlReader) colour(n *yaml.Node) string {
	c, ok := colour.Parse(strings.TrimSpace(n.Value))
	if n.Kind != yaml.ScalarNode || !ok {
		y.fault(n, "publish-colour", shown(n))
		return ""
	}
	if day := colour.Day(); !day.Bears(c) {
		ratio, need := day.Lowest(c)
		y.fault(n, "publish-colour-pale", c.String(), tenths(ratio), tenths(need), day.Darker(c).String())
		return ""
	}
	return c.String()
}

// tenths writes a contrast cut to tenths, so that what is too little never looks enough.
func tenths(ratio float64) string {
	n := int(ratio * 10)
	return strconv.Itoa(n/10) + "." + strconv.Itoa(n%10)
}

// publishedBy puts contact and licence under the release, to which they belong: round.yaml may say each of them there or
// under publish, but once.
func (y *yamlReader) publishedBy(s *settings) {
	once := func(key string, own ref, into *string) {
		switch {
		case own.name == "":
		case y.told["release."+key]:
			y.problems.Fault(own.place, "publish-twice", key)
		default:
			*into = own.name
		}
	}
	once("contact", s.publish.contact, &s.round.Release.Contact)
	once("licence", s.publish.licence, &s.round.Release.Licence)
}

// readPublication reads what publish names: languages of the set and files of the folder.
func (o *opener) readPublication() {
	p, own := &o.round.Publish, o.settings.publish
	if len(p.Name) > 0 {
		p.Name = inFirst(p.Name, o.round.Set, "")
	}
	for _, lang := range own.languages {
		switch {
		case lang.name == "":
		case !slices.Contains(o.round.Set.Languages, lang.name):
			o.problems.Fault(lang.place, "publish-language", lang.name, o.round.Set.Languages)
		case slices.Contains(p.Languages, lang.name):
			o.problems.Fault(lang.place, "publish-language-twice", lang.name)
		default:
			p.Languages = append(p.Languages, lang.name)
		}
	}
	if own.logo.name != "" {
		p.Logo = o.logo(own.logo)
	}
	for _, named := range own.announcement {
		if a, ok := o.attachment(named); ok {
			p.Announcement = append(p.Announcement, a)
		}
	}
}

// published reads a file that is published as it is; ok is false after noting why not. A link is not followed, even
// within the folder: what is published is what lies where round.yaml says.
func (o *opener) published(named ref, most int64, words string) (data []byte, ok bool) {
	for name := named.name; name != "."; name = path.Dir(name) {
		if info, err := o.root.Lstat(filepath.FromSlash(name)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			o.problems.Fault(named.place, "publish-link", named.name)
			return nil, false
		}
	}
	data, err := o.bytes(named.name, most)
	switch {
	case errors.Is(err, errTooLarge):
		o.problems.Fault(named.place, "publish-large", named.name, words)
	case err != nil:
		unreadable(&o.problems, named.place, named.name, err)
	}
	return data, err == nil
}

// logos are the endings of logos with the format of each.
var logos = map[string]string{".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}

// logo reads the publisher's logo; the zero Logo after noting why not.
func (o *opener) logo(named ref) submission.Logo {
	ending := strings.ToLower(path.Ext(named.name))
	format, known := logos[ending]
	if !known {
		kind := "publish-logo-kind"
		if ending == ".svg" {
			kind = "publish-logo-svg"
		}
		o.problems.Fault(named.place, kind, named.name)
		return submission.Logo{}
	}
	data, ok := o.published(named, logoBytes, "500 kB")
	if !ok {
		return submission.Logo{}
	}
	config, found, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && max(config.Width, config.Height) <= logoPixels {
		_, _, err = image.Decode(bytes.NewReader(data)) // the head alone does not tell that the end is missing
	}
	switch {
	case err != nil || found != format || config.Width < 1 || config.Height < 1:
		o.problems.Fault(named.place, "publish-logo-bad", named.name)
		return submission.Logo{}
	case max(config.Width, config.Height) > logoPixels:
		o.problems.Fault(named.place, "publish-logo-pixels", named.name, strconv.Itoa(config.Width), strconv.Itoa(config.Height), strconv.Itoa(logoPixels))
		return submission.Logo{}
	}
	if moves(data) {
		o.problems.Fault(named.place, "publish-logo-moves", named.name)
		return submission.Logo{}
	}
	return submission.Logo{Extension: map[string]string{"png": "png", "jpeg": "jpg"}[format], Width: config.Width, Height: config.Height, Data: data}
}

// moves reports whether a PNG holds several pictures that are shown one after the other: on every page something would
// move that no reader can stop. A chunk is its length, its kind, its content and a sum.
func moves(data []byte) bool {
	const signature, frame = 8, 12
	for at := signature; at+frame <= len(data); {
		length, kind := binary.BigEndian.Uint32(data[at:]), string(data[at+4:at+8])
		if kind == "acTL" || kind == "IDAT" {
			return kind == "acTL"
		}
		if uint64(length) > uint64(len(data)) {
			return false
		}
		at += frame + int(length)
	}
	return false
}

// documents are the endings of documents that are published as they are, with their media types.
var documents = map[string]string{
	".pdf":  "application/pdf",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// attachment reads a document of the announcement; ok is false after noting why not.
func (o *opener) attachment(named ref) (a submission.Attachment, ok bool) {
	if named.name == "" {
		return a, false
	}
	a = submission.Attachment{Name: path.Base(named.name), MediaType: documents[strings.ToLower(path.Ext(named.name))]}
	if a.MediaType == "" {
		o.problems.Fault(named.place, "publish-announcement-kind", named.name)
		return a, false
	}
	alike := func(other submission.Attachment) bool { return strings.EqualFold(other.Name, a.Name) }
	if slices.ContainsFunc(o.round.Publish.Announcement, alike) {
		o.problems.Fault(named.place, "publish-announcement-twice", a.Name)
		return a, false
	}
	if a.Data, ok = o.published(named, attachmentBytes, "20 MB"); !ok {
		return a, false
	}
	if !whole(a) {
		o.problems.Fault(named.place, "publish-announcement-bad", named.name)
		return a, false
	}
	return a, true
}

// whole reports whether a document is of the kind that its name says.
func whole(a submission.Attachment) bool {
	if a.MediaType == documents[".pdf"] {
		return bytes.HasPrefix(a.Data, []byte("%PDF-"))
	}
	book, err := zip.NewReader(bytes.NewReader(a.Data), int64(len(a.Data)))
	return err == nil && slices.ContainsFunc(book.File, func(f *zip.File) bool { return f.Name == "word/document.xml" })
}
