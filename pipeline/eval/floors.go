package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// A key names one score.
type key struct{ set, measure string }

// lessIsBetter names the measures whose floor is a ceiling.
var lessIsBetter = map[string]bool{"article.lost": true, "clean.harmed": true}

// readFloors reads lines of set, measure and floor, tab-separated. Blank lines
// and lines that begin with # are passed over.
func readFloors(name string) (map[key]float64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	floors := map[key]float64{}
	err = eachLine(f, func(n int, line []byte) error {
		text := strings.TrimSpace(string(line))
		if text == "" || text[0] == '#' {
			return nil
		}
		fields := strings.Split(text, "\t")
		if len(fields) != 3 {
			return fmt.Errorf("%s:%d: want set, measure and floor", name, n)
		}
		floor, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			return fmt.Errorf("%s:%d: floor: %w", name, n, err)
		}
		floors[key{fields[0], fields[1]}] = floor
		return nil
	})
	return floors, err
}

// compare returns a line for each score that misses its floor, in the order of scores.
func compare(scores []score, floors map[key]float64) (misses []string) {
	for _, s := range scores {
		floor, ok := floors[key{s.Set, s.Measure}]
		value, err := s.Value.Float64()
		switch {
		case !ok || err != nil:
		case lessIsBetter[s.Measure] && value > floor:
			misses = append(misses, fmt.Sprintf("%s %s is %s, above its ceiling %g", s.Set, s.Measure, s.Value, floor))
		case !lessIsBetter[s.Measure] && value < floor:
			misses = append(misses, fmt.Sprintf("%s %s is %s, below its floor %g", s.Set, s.Measure, s.Value, floor))
		}
	}
	return misses
}
