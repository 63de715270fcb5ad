package table

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/scoring/submission"
)

// Headers of a table of agencies; name.en and the like are names in other languages.
var agencyHeaders = []string{"code", "name", "group", "parent", "tags", "aliases", "ranked", "reason", "formed_from"}

// isNameHeader reports whether a header is name and a language of the set.
func isNameHeader(set *criteria.Set) func(string) bool {
	return func(title string) bool {
		lang, ok := strings.CutPrefix(title, "name.")
		return ok && slices.Contains(set.Languages, lang)
	}
}

// ReadAgencies reads a table of agencies into a directory.
func ReadAgencies(source Source, set *criteria.Set, into *Directory, problems *diag.Problems) {
	f := fixed{source: source, known: agencyHeaders, also: isNameHeader(set), required: []string{"code"}, problems: problems}
	for row := range f.records {
		if a, ok := agencyOf(row, set, problems); ok {
			enlist(into, a, problems)
		}
	}
}

func enlist(into *Directory, a submission.Agency, problems *diag.Problems) {
	if taken, name, ok := into.Add(a); !ok {
		problems.Fault(a.Place, "agency-twice", name, taken.Code, taken.Place.String())
	}
}

// agencyOf reads one row of a table of agencies. An agency without a valid group is told and kept out.
func agencyOf(row record, set *criteria.Set, problems *diag.Problems) (submission.Agency, bool) {
	code, there := row.cell("code")
	a := submission.Agency{
		Code: text(code.Text), Name: namesOf(row, set), Parent: row.text("parent"), Tags: list(row.text("tags")),
		Aliases: list(row.text("aliases")), Reason: row.text("reason"), FormedFrom: list(row.text("formed_from")),
		Place: code.Place,
	}
	switch {
	case !there:
		problems.Fault(row.Place(), "agency-no-code")
		return a, false
	case code.Error || code.NoValue || strings.ContainsAny(a.Code, "\n\t"):
		problems.Fault(code.Place, "agency-bad-code", a.Code)
		return a, false
	}
	if len(a.Name) == 0 {
		a.Name = criteria.Text{set.Languages[0]: a.Code}
	}
	readRanked(row, &a, problems)
	var ok bool
	a.Group, ok = groupOf(row, set, a.Code, problems)
	return a, ok
}

func namesOf(row record, set *criteria.Set) criteria.Text {
	names := criteria.Text{}
	if name := row.text("name"); name != "" {
		names[set.Languages[0]] = name
	}
	for _, lang := range set.Languages {
		if name := row.text("name." + lang); name != "" {
			names[lang] = name
		}
	}
	return names
}

// readRanked reads whether the agency is ranked; one that is not needs a reason.
func readRanked(row record, a *submission.Agency, problems *diag.Problems) {
	c, ok := row.cell("ranked")
	if !ok {
		return
	}
	ranked, ok := answer.YesNo(c)
	switch {
	case !ok:
		problems.Fault(c.Place, "agency-ranked", text(c.Text))
	case !ranked && a.Reason == "":
		problems.Fault(c.Place, "agency-no-reason", a.Code)
		a.Unranked = true
	default:
		a.Unranked = !ranked
	}
}

// groupOf reads the agency group, by its id or its name in any language. Where the table has no such column and the set
// has one group, it is that one.
func groupOf(row record, set *criteria.Set, code string, problems *diag.Problems) (string, bool) {
	if !row.has("group") && len(set.Groups) == 1 {
		return set.Groups[0].ID, true
	}
	c, ok := row.cell("group")
	if !ok {
		problems.Fault(c.Place, "agency-no-group", code, groupIDs(set))
		return "", false
	}
	if id, ok := groupNamed(set, text(c.Text)); ok {
		return id, true
	}
	unknown(problems, c.Place, "agency-unknown-group", text(c.Text), groupIDs(set))
	return "", false
}

func groupIDs(set *criteria.Set) []string {
	ids := make([]string, len(set.Groups))
	for i, g := range set.Groups {
		ids[i] = g.ID
	}
	return ids
}

func groupNamed(set *criteria.Set, name string) (string, bool) {
	if g, ok := set.Group(name); ok {
		return g.ID, true
	}
	for _, g := range set.Groups {
		if strings.EqualFold(g.ID, name) {
			return g.ID, true
		}
		for _, n := range g.Name {
			if strings.EqualFold(norm.NFC.String(n), norm.NFC.String(name)) {
				return g.ID, true
			}
		}
	}
	return "", false
}
