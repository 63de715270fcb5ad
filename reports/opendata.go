package reports

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// openData describes the data files of an edition for people (dictionary.csv) and programs (datapackage.json, a
// Frictionless Data Package). Both hold what the criteria set says of the results, and nothing of an agency.
type openData struct {
	*publisher
	langs    []string
	editions []*view.Edition // in the order of langs
}

func (p *publisher) openData(editions []*view.Edition) openData {
	o := openData{publisher: p, editions: editions}
	for _, e := range editions {
		o.langs = append(o.langs, e.Lang)
	}
	return o
}

// voiced is one text of a field in every language.
func voiced(fields [][]view.Field, i int, text func(view.Field) string) []string {
	texts := make([]string, len(fields))
	for l := range fields {
		texts[l] = text(fields[l][i])
	}
	return texts
}

// fields are entries of the dictionary, by language.
func (o openData) fields(of func(*view.Edition) []view.Field) [][]view.Field {
	all := make([][]view.Field, len(o.editions))
	for l, e := range o.editions {
		all[l] = of(e)
	}
	return all
}

// dictionaryHead are the columns of dictionary.csv.
func (o openData) dictionaryHead() []string {
	head := []string{"field", "type", "unit"}
	for _, lang := range o.langs {
		head = append(head, "description."+lang)
	}
	for _, lang := range o.langs {
		head = append(head, "name."+lang)
	}
	head = append(head, "no", "pillar")
	for _, g := range o.round.Set.Groups {
		head = append(head, "points:"+g.ID)
	}
	return append(head, "public")
}

// writeDictionary writes dictionary.csv: a row per column of results.csv, then one per indicator.
func (o openData) writeDictionary(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(o.dictionaryHead()); err != nil {
		return err
	}
	for _, all := range [][][]view.Field{o.fields((*view.Edition).Fields), o.fields((*view.Edition).IndicatorFields)} {
		for i := range all[0] {
			if err := out.Write(o.dictionaryRow(all, i)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func (o openData) dictionaryRow(all [][]view.Field, i int) []string {
	f := all[0][i]
	row := []string{f.Name, f.Type, f.Unit}
	row = append(row, voiced(all, i, func(f view.Field) string { return f.Description })...)
	row = append(row, voiced(all, i, func(f view.Field) string { return f.Title })...)
	row = append(row, f.No, f.Pillar)
	for _, g := range o.round.Set.Groups {
		row = append(row, f.Points[g.ID])
	}
	row = append(row, f.Public)
	for j := range row {
		row[j] = plainText(row[j])
	}
	return row
}

// dictionarySchema describes dictionary.csv itself.
func (o openData) dictionarySchema() packageSchema {
	keys := map[string]string{
		"field": "dictionary-of-field", "type": "dictionary-of-type", "unit": "dictionary-of-unit", "no": "dictionary-of-no",
		"pillar": "dictionary-of-pillar", "public": "dictionary-of-public",
	}
	s := packageSchema{PrimaryKey: "field", MissingValues: []string{""}}
	for _, name := range o.dictionaryHead() {
		f := packageField{Name: name, Type: "string", Descriptions: map[string]string{}}
		for l, lang := range o.langs {
			say := locale.MustFor(lang).Say
			group, points := strings.CutPrefix(name, "points:")
			kind, of, texts := strings.Cut(name, ".")
			switch {
			case points:
				g, _ := o.round.Set.Group(group)
				f.Type = "number"
				f.Descriptions[lang] = say("site.dictionary-of-points", locale.MustFor(lang).Text(g.Name, o.round.Set.Languages[0]))
			case texts:
				f.Descriptions[lang] = say("site.dictionary-of-"+kind, of)
			default:
				f.Descriptions[lang] = say("site." + keys[name])
			}
			if l == 0 {
				f.Description = f.Descriptions[lang]
			}
		}
		switch name {
		case "field":
			f.Constraints = &packageConstraints{Required: true, Unique: true}
		case "public":
			f.Constraints = &packageConstraints{Enum: []string{"answers", "points", "none"}}
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

// A dataPackage is datapackage.json. Texts stand in the first language, where the specification wants one text, and in
// every language beside it.
type dataPackage struct {
	Profile      string               `json:"profile"`
	Name         string               `json:"name"`
	Title        string               `json:"title"`
	Titles       map[string]string    `json:"titles,omitempty"`
	Languages    []string             `json:"languages"`
	Version      string               `json:"version"`
	Status       string               `json:"status"`
	Stamp        map[string]string    `json:"stamp,omitempty"`
	Year         int                  `json:"year,omitempty"`
	Homepage     string               `json:"homepage,omitempty"`
	Licenses     []packageLicence     `json:"licenses,omitempty"`
	Licence      string               `json:"licence,omitempty"` // as the release words it
	Contributors []packageContributor `json:"contributors,omitempty"`
	Sources      []packageSource      `json:"sources,omitempty"`
	Resources    []packageResource    `json:"resources"`
}

type packageLicence struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

type packageContributor struct {
	Title string `json:"title"`
	Role  string `json:"role"`
}

type packageSource struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

type packageResource struct {
	Profile   string          `json:"profile"`
	Name      string          `json:"name"`
	Path      string          `json:"path"` // from datapackage.json
	Title     string          `json:"title"`
	Format    string          `json:"format"`
	MediaType string          `json:"mediatype"`
	Encoding  string          `json:"encoding,omitempty"`
	Bytes     int64           `json:"bytes"`
	Hash      string          `json:"hash"`
	Dialect   *packageDialect `json:"dialect,omitempty"`
	Schema    *packageSchema  `json:"schema,omitempty"`
}

type packageDialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type packageSchema struct {
	Fields        []packageField `json:"fields"`
	PrimaryKey    string         `json:"primaryKey"`
	MissingValues []string       `json:"missingValues"`
}

type packageField struct {
	Name         string              `json:"name"`
	Type         string              `json:"type"`
	Title        string              `json:"title,omitempty"`
	Description  string              `json:"description"`
	Titles       map[string]string   `json:"titles,omitempty"`
	Descriptions map[string]string   `json:"descriptions"`
	Unit         string              `json:"unit,omitempty"`
	Constraints  *packageConstraints `json:"constraints,omitempty"`
}

type packageConstraints struct {
	Required bool        `json:"required,omitempty"`
	Unique   bool        `json:"unique,omitempty"`
	Minimum  json.Number `json:"minimum,omitempty"`
	Enum     []string    `json:"enum,omitempty"`
}

// writePackage writes datapackage.json over the other data files of the revision.
func (o openData) writePackage(w io.Writer, files []file) error {
	first, round := o.editions[0], o.round
	p := dataPackage{
		Profile: "data-package", Name: view.FileName(round.ID, nil), Title: first.Title(), Titles: map[string]string{}, Languages: o.langs,
		Version: strconv.Itoa(o.number()), Status: round.Release.Status.String(), Year: round.Year, Homepage: round.Release.URL,
	}
	if round.Release.Status == submission.Draft {
		p.Stamp = map[string]string{}
	}
	for l, lang := range o.langs {
		p.Titles[lang] = o.editions[l].Title()
		if p.Stamp != nil {
			p.Stamp[lang] = locale.MustFor(lang).Say("site.draft-stamp")
		}
	}
	p.Licenses, p.Licence = licences(round.Release.Licence), round.Release.Licence
	words := locale.MustFor(o.langs[0])
	if publisher := words.Text(round.Publish.Name, round.Set.Languages[0]); publisher != "" {
		p.Contributors = []packageContributor{{Title: publisher, Role: "publisher"}}
	}
	if s := round.Set.Source; s.Decision != "" {
		p.Sources = []packageSource{{Title: s.Decision, Path: s.URL}}
	}
	for _, f := range files {
		p.Resources = append(p.Resources, o.resource(f))
	}
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fmt.Errorf("write datapackage.json: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// mediaTypes are those of data files, by extension.
var mediaTypes = map[string]string{
	"csv": "text/csv", "json": "application/json", "yaml": "application/yaml",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pdf":  "application/pdf",
}

func (o openData) resource(f file) packageResource {
	name := path.Base(f.Path)
	format := strings.TrimPrefix(path.Ext(name), ".")
	r := packageResource{
		Profile: "data-resource", Name: strings.ReplaceAll(strings.TrimSuffix(name, "."+format), ".", "-"), Path: name,
		Title:  locale.MustFor(o.langs[0]).Say("site.file-" + view.FileKind(f.Kind).Key()),
		Format: format, MediaType: mediaTypes[format], Bytes: f.Bytes, Hash: "sha256:" + f.SHA256,
	}
	if format != "xlsx" {
		r.Encoding = "utf-8"
	}
	var schema packageSchema
	switch view.FileKind(f.Kind) {
	case view.ResultsCSV:
		schema = o.resultsSchema()
	case view.DictionaryCSV:
		schema = o.dictionarySchema()
	default:
		return r
	}
	r.Profile, r.Schema = "tabular-data-resource", &schema
	r.Dialect = &packageDialect{Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true, Header: true}
	return r
}

// resultsSchema describes the columns of results.csv.
func (o openData) resultsSchema() packageSchema {
	s := packageSchema{PrimaryKey: "code", MissingValues: []string{""}}
	all := o.fields((*view.Edition).Fields)
	for i, f := range all[0] {
		field := packageField{
			Name: f.Name, Type: f.Type, Title: f.Title, Description: f.Description, Unit: f.Unit, Titles: map[string]string{}, Descriptions: map[string]string{},
		}
		for l, lang := range o.langs {
			field.Descriptions[lang] = all[l][i].Description
			if f.Title != "" {
				field.Titles[lang] = all[l][i].Title
			}
		}
		if f.Required || f.Unique || f.Minimum != "" || len(f.Enum) > 0 {
			field.Constraints = &packageConstraints{Required: f.Required, Unique: f.Unique, Minimum: json.Number(f.Minimum)}
			for _, id := range f.Enum {
				field.Constraints.Enum = append(field.Constraints.Enum, plainText(id)) // as results.csv writes it
			}
		}
		s.Fields = append(s.Fields, field)
	}
	return s
}

var address = regexp.MustCompile(`https?://[^\s()<>]+`)

// openLicences are names of the Open Definition by the letters and digits of the ways in which people write them.
var openLicences = map[string]string{
	"ccby40": "CC-BY-4.0", "ccbysa40": "CC-BY-SA-4.0", "cc010": "CC0-1.0", "cc0": "CC0-1.0",
	"odbl10": "ODbL-1.0", "odbl": "ODbL-1.0", "odcby10": "ODC-BY-1.0", "pddl10": "PDDL-1.0", "pddl": "PDDL-1.0",
}

// licences names the licence of a release as the specification wants it, by a known name or an address; none where the
// release names none so. What has no such name stands in the member licence, in the release's own words.
func licences(text string) []packageLicence {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(text))
	l := packageLicence{Name: openLicences[plain], Path: strings.TrimRight(address.FindString(text), ".,;"), Title: text}
	if l.Name == "" && l.Path == "" {
		return nil
	}
	return []packageLicence{l}
}
