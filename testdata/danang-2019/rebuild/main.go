// Command rebuild makes the round of testdata/danang-2019 again: agencies, submissions, survey, reviews and the results of
// 2018. Run it from the root of the repository:
//
//	go run ./testdata/danang-2019/rebuild
//
// It takes published.csv, criteria.yaml and round.yaml as they are and chooses answers whose points add up to the totals
// in agencies.go exactly. The same sources give the same files, byte for byte.
package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

const folder = "testdata/danang-2019"

func main() {
	if err := rebuild(folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func rebuild(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "criteria.yaml"))
	if err != nil {
		return fmt.Errorf("read the criteria (run this from the root of the repository): %w", err)
	}
	set, err := criteria.Load("criteria.yaml", text)
	if err != nil {
		return err
	}
	if err := writePast(dir, set, edition2018(string(text))); err != nil {
		return err
	}
	answered, err := answerAll(set, sameIDs(set), 2019)
	if err != nil {
		return err
	}
	if err := writeRound(dir, set, answered); err != nil {
		return err
	}
	return verify(dir)
}

// sameIDs maps every indicator of a set to itself.
func sameIDs(set *criteria.Set) map[string]string {
	ids := map[string]string{}
	for ind := range set.Root.AllIndicators() {
		ids[ind.ID] = ind.ID
	}
	return ids
}

// An answered agency is an agency with its final answers of one year.
type answered struct {
	agency
	group   string
	figures values
	sheet   *sheet
	set     *criteria.Set
	extra   map[string]values // answers to indicators that do not count
}

// answerAll chooses the answers of all agencies for one year. idOf2019 maps the set's ids to those of 2019.
func answerAll(set *criteria.Set, idOf2019 map[string]string, year int) ([]answered, error) {
	var out []answered
	for _, g := range groups {
		for _, a := range g.agencies {
			total := a.total
			if year == 2018 {
				total = g.totals2018[a.rank2018-1]
			}
			one, err := answer(set, idOf2019, year, g.id, a, total)
			if err != nil {
				return nil, fmt.Errorf("%s %d: %w", a.code, year, err)
			}
			out = append(out, one)
		}
	}
	return out, nil
}

func answer(set *criteria.Set, idOf2019 map[string]string, year int, group string, a agency, total string) (answered, error) {
	rng := seeded(a.code, year)
	want, err := decimal.NewFromString(total)
	if err != nil {
		return answered{}, err
	}
	z := sizeOf(rng, year, group, want.InexactFloat64()/100)
	s := &sheet{rng: rng, size: z, questions: ask(set, idOf2019, a, group, z)}
	of := 0
	for _, questions := range s.questions {
		for _, q := range questions {
			of += q.points
		}
	}
	// Where indicators do not apply, the total is re-based from the points that apply to it.
	s.target = int(want.Mul(decimal.NewFromInt(int64(of))).DivRound(decimal.NewFromInt(100), 0).IntPart())
	if err := s.choose(leanings[group][year], set.Root.Pillars); err != nil {
		return answered{}, err
	}
	one := answered{agency: a, set: set, group: group, figures: z.figures(!a.noProcedures), sheet: s, extra: map[string]values{}}
	for ind := range set.Root.AllIndicators() {
		if ind.Effect == criteria.None && ind.Concerns(group) {
			pool := possible(idOf2019[ind.ID], ind, z)
			one.extra[ind.ID] = pool[rng.IntN(len(pool))]
		}
		if idOf2019[ind.ID] == payment && a.code == noFees {
			one.extra[ind.ID] = values{ind.Inputs[0].ID: rule.NotApplicableValue()}
		}
	}
	return one, nil
}

// seeded is a random source that depends on its names alone.
func seeded(name string, year int) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash never fails
	return rand.New(rand.NewPCG(h.Sum64(), uint64(year)))
}
