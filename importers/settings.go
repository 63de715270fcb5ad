package importers

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

// settingsFile says what a round is made of.
const settingsFile = "round.yaml"

// settings are what round.yaml says. Paths have slashes.
type settings struct {
	round       submission.Round // what needs no other file
	criteria    ref
	agencies    ref
	submissions ref
	reviews     ref
	data        []ref
	mark        numeral.Mark
	columns     []column
	cycle       cycleSettings
	publish     publishSettings
}

// A ref is a path with the place that names it; the zero ref is none.
type ref struct {
	name  string
	place diag.Place
}

// A column maps a header of a foreign sheet to one of ours.
type column struct {
	header, ours string
	place        diag.Place // of ours
}

// readSettings reads round.yaml. What cannot be read is told and reads as absent.
func readSettings(name string, data []byte) (settings, diag.Problems) {
	y := &yamlReader{file: name}
	s := settings{round: submission.Round{Release: submission.Release{Status: submission.Draft, Revision: 1}}}
	root, ok := y.document(data)
	if !ok {
		return s, y.problems
	}
	for _, key := range y.mapping(root, settingsKeys...) {
		y.setting(&s, key.name, key.value)
	}
	if root.Kind == yaml.MappingNode {
		y.needed(root, &s)
		y.publishedBy(&s)
	}
	return s, y.problems.Sorted()
}

var settingsKeys = []string{
	"id", "title", "year", "period", "criteria", "agencies", "submissions", "data", "reviews", "previous", "decimal",
	"columns", "unsettled", "release", "corrections", "publish",
	"review", "received", "adjustments", "appeals", "lineage", "calendar", "commend",
}

// needed notes keys that a round cannot be without.
func (y *yamlReader) needed(root *yaml.Node, s *settings) {
	if s.round.ID == "" && !y.told["id"] {
		y.fault(root, "missing-key", "id")
	}
	if s.criteria.name == "" && !y.told["criteria"] {
		y.fault(root, "missing-key", "criteria")
	}
	if s.round.Year == 0 && !y.told["year"] {
		y.fault(root, "missing-key", "year")
	}
}

func (y *yamlReader) setting(s *settings, key string, n *yaml.Node) {
	if y.told == nil {
		y.told = map[string]bool{}
	}
	y.told[key] = true
	if y.cycle(s, key, n) {
		return
	}
	round := &s.round
	switch key {
	case "id":
		round.ID = y.id(n)
	case "title":
		round.Title = y.title(n)
	case "year":
		round.Year = y.number(n, FirstYear, LastYear)
	case "period":
		y.period(n, round)
	case "criteria":
		s.criteria = y.path(n)
	case "agencies":
		s.agencies = y.inside(n)
	case "submissions":
		s.submissions = y.inside(n)
	case "reviews":
		s.reviews = y.inside(n)
	case "data":
		for _, item := range y.oneOrMore(n) {
			s.data = append(s.data, y.inside(item))
		}
	case "previous":
		for _, item := range y.oneOrMore(n) {
			y.previous(item, round)
		}
	case "decimal":
		s.mark = numeral.Mark(y.word(n, "point", "comma"))
		round.Decimal = []string{"", "point", "comma"}[s.mark]
	case "columns":
		s.columns = y.columns(n)
	case "unsettled":
		round.UnsettledMissing = y.word(n, "missing") == 1
	case "release":
		y.release(n, &round.Release)
	case "corrections":
		y.corrections(n, round)
	case "publish":
		y.publish(n, s)
	}
}

func (y *yamlReader) period(n *yaml.Node, round *submission.Round) {
	for _, key := range y.mapping(n, "from", "to") {
		if key.name == "from" {
			round.From = y.day(key.value)
		} else {
			round.To = y.day(key.value)
		}
	}
	if round.From != "" && round.To != "" && round.From > round.To {
		y.fault(n, "round-period", string(round.From), string(round.To))
	}
}

func (y *yamlReader) previous(n *yaml.Node, round *submission.Round) {
	file := submission.PreviousFile{Place: y.place(n)}
	if n.Kind != yaml.MappingNode {
		file.Path = y.path(n).name
	}
	if n.Kind == yaml.MappingNode {
		for _, key := range y.mapping(n, "file", "year", "criteria") {
			switch key.name {
			case "file":
				file.Path = y.path(key.value).name
			case "year":
				file.Year = y.number(key.value, FirstYear, LastYear)
			default:
				file.Criteria = y.text(key.value)
			}
		}
		if file.Path == "" {
			y.fault(n, "missing-key", "file")
		}
	}
	if file.Path != "" {
		round.Previous = append(round.Previous, file)
	}
}

func (y *yamlReader) release(n *yaml.Node, release *submission.Release) {
	for _, key := range y.mapping(n, "status", "revision", "decision", "date", "contact", "licence", "url") {
		switch key.name {
		case "status":
			if status := y.word(key.value, "draft", "provisional", "final"); status > 0 {
				release.Status = submission.Status(status)
			}
		case "revision":
			release.Revision = max(y.number(key.value, 1, 10_000), 1)
		case "decision":
			release.Decision = y.text(key.value)
		case "date":
			release.Date = y.day(key.value)
		case "contact":
			release.Contact = y.text(key.value)
			y.told["release.contact"] = true
		case "licence":
			release.Licence = y.text(key.value)
			y.told["release.licence"] = true
		default:
			release.URL = y.address(key.value)
		}
	}
}

func (y *yamlReader) corrections(n *yaml.Node, round *submission.Round) {
	for _, item := range y.items(n) {
		var c submission.Correction
		for _, key := range y.mapping(item, "revision", "date", "reason") {
			switch key.name {
			case "revision":
				c.Revision = y.number(key.value, 1, 10_000)
			case "date":
				c.Date = y.day(key.value)
			default:
				c.Reason = y.title(key.value)
			}
		}
		switch {
		case item.Kind != yaml.MappingNode:
		case c.Revision == 0:
			y.fault(item, "missing-key", "revision")
		case len(c.Reason) == 0:
			y.fault(item, "missing-key", "reason")
		default:
			round.Corrections = append(round.Corrections, c)
		}
	}
}

// columns reads headers of a foreign sheet. Two headers may not stand for one of ours.
func (y *yamlReader) columns(n *yaml.Node) []column {
	var list []column
	seen := map[string]string{}
	for _, key := range y.mapping(n) {
		c := column{header: table.HeaderKey(key.name), ours: y.text(key.value), place: y.place(key.value)}
		if other, twice := seen[c.ours]; twice && c.ours != "" {
			y.fault(key.value, "columns-twice", c.ours, other, key.name)
			continue
		}
		seen[c.ours] = key.name
		if c.ours != "" {
			list = append(list, c)
		}
	}
	return list
}

// A yamlReader walks the nodes of a YAML file and notes every fault at its place.
type yamlReader struct {
	file     string
	problems diag.Problems
	told     map[string]bool // keys that were there
}

func (y *yamlReader) place(n *yaml.Node) diag.Place {
	return diag.Place{File: y.file, Row: n.Line, Col: n.Column}
}

func (y *yamlReader) fault(n *yaml.Node, kind string, args ...any) {
	y.problems.Fault(y.place(n), kind, args...)
}

// document parses the one document of the file. A round needs no aliases: they are refused.
func (y *yamlReader) document(data []byte) (*yaml.Node, bool) {
	at := diag.Place{File: y.file}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		y.problems.Fault(at, "round-not-utf8")
		return nil, false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	err := decoder.Decode(&doc)
	switch {
	case errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0:
		y.problems.Fault(at, "round-empty")
		return nil, false
	case err != nil:
		y.syntax(err)
		return nil, false
	}
	if err := decoder.Decode(&second); err == nil {
		y.fault(&second, "round-several-documents")
		return nil, false
	} else if !errors.Is(err, io.EOF) {
		y.syntax(err)
		return nil, false
	}
	return doc.Content[0], true
}

// syntax notes an error of the parser, whose text begins with the line.
func (y *yamlReader) syntax(err error) {
	at := diag.Place{File: y.file}
	words := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(words, "line "); ok {
		if line, after, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(line); err == nil {
				at.Row, words = n, after
			}
		}
	}
	y.problems.Fault(at, "yaml-syntax", words)
}

type yamlKey struct {
	name  string
	value *yaml.Node
}

// mapping lists the keys of a mapping, each once; with known keys, others are told.
func (y *yamlReader) mapping(n *yaml.Node, known ...string) []yamlKey {
	if n.Kind != yaml.MappingNode {
		y.fault(n, "want-mapping", shown(n))
		return nil
	}
	var keys []yamlKey
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		name := norm.NFC.String(key.Value)
		first, twice := seen[name]
		switch {
		case key.Kind != yaml.ScalarNode || key.ShortTag() == "!!null" || key.ShortTag() == "!!merge":
			y.fault(key, "key-not-text", shown(key))
		case twice:
			y.fault(key, "duplicate-key", name, first)
		case len(known) > 0 && !slices.Contains(known, name):
			if near := diag.Nearest(name, known); near != "" {
				y.fault(key, "unknown-key-near", name, near)
			} else {
				y.fault(key, "unknown-key", name)
			}
		default:
			seen[name] = key.Line
			keys = append(keys, yamlKey{name, value})
		}
	}
	return keys
}

// items lists the items of a list.
func (y *yamlReader) items(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		y.fault(n, "want-list", shown(n))
		return nil
	}
	return n.Content
}

// oneOrMore lists the items of a list, or the node itself.
func (y *yamlReader) oneOrMore(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.SequenceNode {
		return n.Content
	}
	return []*yaml.Node{n}
}

func shown(n *yaml.Node) string {
	const longest = 60
	switch n.Kind {
	case yaml.MappingNode:
		return "{…}"
	case yaml.SequenceNode:
		return "[…]"
	case yaml.AliasNode:
		return "*" + n.Value
	default:
		if r := []rune(n.Value); len(r) > longest {
			return string(r[:longest]) + "…"
		}
		return n.Value
	}
}

// text reads a scalar as it is written; "" after noting a fault.
func (y *yamlReader) text(n *yaml.Node) string {
	s := strings.TrimSpace(norm.NFC.String(n.Value))
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" || s == "" {
		y.fault(n, "want-text", shown(n))
		return ""
	}
	return s
}

// FirstYear and LastYear bound the years that a round may assess; others are slips of the hand.
const (
	FirstYear = 1900
	LastYear  = 2200
)

// id reads the id of a round, which becomes part of addresses.
func (y *yamlReader) id(n *yaml.Node) string {
	s := y.text(n)
	outside := func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_'
	}
	if s != "" && (len(s) > 80 || strings.ContainsFunc(s, outside) || s[0] == '-' || s[0] == '_') {
		y.fault(n, "round-bad-id", s)
		return ""
	}
	return s
}

// title reads a text, in several languages or in the first one of the set, which stands under "".
func (y *yamlReader) title(n *yaml.Node) criteria.Text {
	if n.Kind != yaml.MappingNode {
		if s := y.text(n); s != "" {
			return criteria.Text{"": s}
		}
		return nil
	}
	text := criteria.Text{}
	for _, key := range y.mapping(n) {
		if s := y.text(key.value); s != "" {
			text[key.name] = s
		}
	}
	return text
}

// number reads a whole number in bounds; 0 after noting a fault.
func (y *yamlReader) number(n *yaml.Node, least, most int) int {
	i, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || i < least || i > most {
		y.fault(n, "round-number", shown(n), strconv.Itoa(least), strconv.Itoa(most))
		return 0
	}
	return i
}

func (y *yamlReader) day(n *yaml.Node) rule.Date {
	if _, err := time.Parse(time.DateOnly, n.Value); n.Kind != yaml.ScalarNode || err != nil {
		y.fault(n, "want-date", shown(n))
		return ""
	}
	return rule.Date(n.Value)
}

// word reads one of some words as its number from 1; 0 after noting a fault.
func (y *yamlReader) word(n *yaml.Node, words ...string) int {
	s := y.text(n)
	if s == "" {
		return 0
	}
	i := slices.Index(words, s)
	if i >= 0 {
		return i + 1
	}
	if near := diag.Nearest(s, words); near != "" {
		y.fault(n, "unknown-word-near", s, words, near)
	} else {
		y.fault(n, "unknown-word", s, words)
	}
	return 0
}

// address reads the address of a site.
func (y *yamlReader) address(n *yaml.Node) string {
	s := y.text(n)
	if s == "" {
		return ""
	}
	if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		y.fault(n, "round-url", s)
		return ""
	}
	return s
}

// path reads a path, which may lead out of the round.
func (y *yamlReader) path(n *yaml.Node) ref {
	s := strings.ReplaceAll(y.text(n), `\`, "/")
	if s == "" {
		return ref{}
	}
	return ref{name: s, place: y.place(n)}
}

// inside reads a path that must stay in the round.
func (y *yamlReader) inside(n *yaml.Node) ref {
	p := y.path(n)
	if p.name == "" {
		return ref{}
	}
	p.name = path.Clean(p.name)
	if path.IsAbs(p.name) || !filepath.IsLocal(filepath.FromSlash(p.name)) {
		y.fault(n, "round-path-outside", p.name)
		return ref{}
	}
	return p
}
