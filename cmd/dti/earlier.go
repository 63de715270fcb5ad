package main

import (
	"path"
	"path/filepath"
	"slices"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring/history"
)

// earlierSet is the criteria set that the latest earlier round was scored by: the round's own, a shipped one, or a file
// that its results name or that lies beside them, whichever has the hash that the results state. It is nil where none has,
// and where the results state none: what changed in the criteria is told from the very set or not at all.
func earlierSet(dir string, j *job) *criteria.Set {
	if len(j.pasts) == 0 || j.pasts[0] == nil || j.pasts[0].CriteriaHash == "" {
		return nil
	}
	past := j.pasts[0]
	if j.round.Set.Hash == past.CriteriaHash {
		return j.round.Set
	}
	for _, address := range setAddresses(dir, j, past) {
		if set, err := importers.LoadSet(address); err == nil && set.Hash == past.CriteriaHash {
			return set
		}
	}
	return nil
}

// setAddresses are where the set of an earlier round may be found: first those that need no file.
func setAddresses(dir string, j *job, past *history.Past) []string {
	addresses := []string{past.CriteriaID + "@" + past.CriteriaVersion}
	names := []string{"criteria.yaml"}
	for _, input := range past.Inputs {
		if ext := path.Ext(input.Name); ext == ".yaml" || ext == ".yml" {
			names = append(names, input.Name)
		}
	}
	for _, file := range j.round.Previous {
		if !isResults(file) {
			continue
		}
		beside := filepath.Join(dir, filepath.FromSlash(path.Dir(file.Path)))
		for _, name := range names {
			if address := filepath.Join(beside, filepath.FromSlash(name)); !slices.Contains(addresses, address) {
				addresses = append(addresses, address)
			}
		}
	}
	return addresses
}
