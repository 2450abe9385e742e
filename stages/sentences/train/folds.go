package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"pressrow/stages/sentences"
)

// crossValidate prints the F1 of sentence spans of each kind of text, scored
// by models that have not seen the document.
func crossValidate(documents []document, without []gap, folds int) {
	scores := map[string]*score{}
	for fold := range folds {
		var seen, held []document
		for _, d := range documents {
			h := fnv.New32a()
			h.Write([]byte(d.id))
			if int(h.Sum32()>>7)%folds == fold {
				held = append(held, d)
			} else {
				seen = append(seen, d)
			}
		}
		weights := string(quantize(train(choose(seen, without))))
		for _, d := range held {
			for _, name := range kinds(d) {
				if scores[name] == nil {
					scores[name] = &score{}
				}
				scores[name].add(d, weights)
			}
		}
	}
	for _, name := range slices.SortedFunc(maps.Keys(scores), cmp.Compare[string]) {
		fmt.Printf("%s\t%.2f\n", name, scores[name].f1())
	}
}

// kinds returns the names under which d is counted. The genres of GUM that the
// model may not learn from make a set of their own, too.
func kinds(d document) []string {
	if genre, ok := strings.CutPrefix(d.id, "GUM_"); ok {
		genre, _, _ = strings.Cut(genre, "_")
		if d.licensed {
			return []string{"gum", "gum " + genre}
		}
		return []string{"gum", "gum, unseen kinds", "gum " + genre}
	}
	genre, _, _ := strings.Cut(d.id, "-")
	return []string{"ewt", "ewt " + genre}
}

// A score counts sentences.
type score struct{ hits, found, gold int }

func (s *score) f1() float64 { return 200 * float64(s.hits) / float64(max(1, s.found+s.gold)) }

// add compares the sentences of d with those that weights find.
func (s *score) add(d document, weights string) {
	for _, p := range d.paragraphs {
		text := strings.TrimRight(strings.Join(p, ""), " \n\t")
		if text == "" {
			continue
		}
		var gold []int
		at := 0
		for _, t := range p {
			gold = append(gold, at+len(strings.TrimRight(t, " \n\t")))
			at += len(t)
		}
		found := append(sentences.Ends(text, weights), len(text))
		s.gold += len(gold)
		s.found += len(found)
		s.hits += common(gold, found)
	}
}

// common counts the sentences that a and b, the ends of sentences in order,
// have in common: those with the same end and the same one before.
func common(a, b []int) int {
	n := 0
	beforeA, beforeB := 0, 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			beforeA, a = a[0], a[1:]
		case a[0] > b[0]:
			beforeB, b = b[0], b[1:]
		default:
			if beforeA == beforeB {
				n++
			}
			beforeA, beforeB = a[0], b[0]
			a, b = a[1:], b[1:]
		}
	}
	return n
}
