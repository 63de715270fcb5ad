package setbook

import (
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/diag"
)

// A ladder is where reading has come on the sheets of parts: what the next row belongs to.
type ladder struct {
	*reader
	root      *draft
	pillars   map[string]*draft // by id
	pillar    *draft            // the nearest one above
	indicator *draft
	parts     map[string]*draft // of the indicator, by the ids that lead to them
	owners    map[string]bool   // indicators that have their rows
	mixed     bool              // the sheet has pillars
}

// parts reads the sheets of pillars and indicators.
func (r *reader) parts(root *draft, leaves []*leaf) {
	p := ladder{reader: r, root: root, pillars: map[string]*draft{}}
	var rows [][]*draft
	for _, l := range leaves {
		drafts := r.drafts(l)
		rows = append(rows, drafts)
		for _, d := range drafts {
			if _, again := p.pillars[d.id]; d.kind == ofPillar && !again {
				p.pillars[d.id] = d
			}
		}
	}
	p.owners = owners(slices.Concat(rows...), ofIndicator)
	for _, drafts := range rows {
		p.pillar, p.indicator = nil, nil
		p.mixed = slices.ContainsFunc(drafts, func(d *draft) bool { return d.kind == ofPillar })
		for _, d := range drafts {
			p.place(d)
		}
	}
	for _, drafts := range rows {
		for _, d := range drafts {
			if d.kind == ofPillar && d.used && !d.reaches(root) {
				r.problems.Fault(d.parent.Place, "book-parent-circle", d.id)
			}
		}
	}
}

// reaches reports whether a draft stands below another one.
func (d *draft) reaches(root *draft) bool {
	seen := map[*draft]bool{}
	for ; d != nil && !seen[d]; d = d.owner {
		if d == root {
			return true
		}
		seen[d] = true
	}
	return false
}

// place puts a row below what it belongs to.
func (p *ladder) place(d *draft) {
	switch d.kind {
	case ofPillar:
		p.pillar, p.indicator = d, nil
		if owner := p.inner(d, p.root); owner != nil {
			owner.adopt("pillars", d)
		}
	case "":
		p.indicator, p.parts = d, map[string]*draft{}
	case ofIndicator:
		p.indicator, p.parts = d, map[string]*draft{}
		above := p.pillar
		if above == nil {
			above = p.root
			if p.mixed && d.parent.Blank() {
				p.problems.Fault(d.at, "book-above-pillar")
			}
		}
		if owner := p.inner(d, above); owner != nil {
			owner.adopt("indicators", d)
		}
	default:
		p.below(d)
	}
}

// inner is the pillar that a row names, else what its place says; nil where it names one that is not there.
func (p *ladder) inner(d, otherwise *draft) *draft {
	id := strings.TrimSpace(d.parent.Text)
	if id == "" {
		return otherwise
	}
	if owner, ok := p.pillars[id]; ok {
		if owner.leaf != d.leaf {
			p.notes.Warn(d.parent.Place, "book-parent-elsewhere", id, owner.leaf.Name)
		}
		return owner
	}
	var known []string
	for id := range p.pillars {
		known = append(known, id)
	}
	p.noParent(d, id, known)
	return nil
}

func (p *ladder) noParent(d *draft, id string, known []string) {
	if near := diag.Nearest(id, sorted(known)); near != "" {
		p.problems.Fault(d.parent.Place, "book-no-parent-near", id, near)
		return
	}
	p.problems.Fault(d.parent.Place, "book-no-parent", id)
}

// below puts a row below its indicator, or the part of it that the row names.
func (p *ladder) below(d *draft) {
	owner := p.indicator
	if owner == nil {
		p.problems.Fault(d.at, "book-no-owner", p.rowWord(d.kind), p.rowWord(ofIndicator))
		return
	}
	if !p.checkOwner(d, p.indicator, p.owners) {
		return
	}
	path := strings.TrimSpace(d.parent.Text)
	if p.parts[path] == nil && path == p.indicator.id && d.kind != ofInput {
		path = "" // a part may have the id of its indicator
	}
	if path != "" {
		part, ok := p.parts[path]
		if !ok {
			var known []string
			for name := range p.parts {
				known = append(known, name)
			}
			p.noParent(d, path, known)
			return
		}
		owner = part
	}
	switch d.kind {
	case ofInput:
		p.indicator.adopt("inputs", d)
	case ofOption:
		owner.adopt("score.options", d)
	case ofStep:
		owner.adopt("score.steps", d)
	case ofDeduction:
		owner.adopt("score.parts", d)
	case ofPart:
		owner.adopt("score.parts", d)
		p.parts[strings.TrimPrefix(path+"/"+d.id, "/")] = d
	}
}
