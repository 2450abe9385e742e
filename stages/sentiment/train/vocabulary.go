package main

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"pressrow/stages/sentiment"
)

// A vocabulary holds the words that get weights, and what is known of each.
type vocabulary struct {
	words  []string
	vector [][]float64 // of each word; nil for a word the corpus lacks
	known  [][]float64 // of each word: what the lexicons say, in pairs of favourable and unfavourable
	stem   []int       // of each word: a number shared by words that begin alike
	stems  int
	path   []int // of each word: the number of its Brown cluster, 0 without one
	paths  int
}

// newVocabulary joins the words of the corpus and of the lexicons, in order,
// without names and numbers.
func newVocabulary(c *corpus, vectors [][]float64, lexicons []lexicon, clusters map[string]string) *vocabulary {
	v := &vocabulary{}
	for i, w := range c.words {
		if !c.name[i] && !strings.ContainsFunc(w, unicode.IsDigit) {
			v.words = append(v.words, w)
		}
	}
	for _, l := range lexicons {
		for w := range l {
			if _, ok := c.id[w]; !ok {
				v.words = append(v.words, w)
			}
		}
	}
	slices.Sort(v.words)
	v.words = slices.Compact(v.words)
	lexicons = append(slices.Clone(lexicons), mean(lexicons))
	lexicons = append(lexicons, guess(c, vectors, lexicons[len(lexicons)-1]))
	stems, paths := map[string]int{}, map[string]int{"": 0}
	for _, w := range v.words {
		id, ok := c.id[w]
		if ok && id >= commonest {
			v.vector = append(v.vector, vectors[id])
		} else {
			v.vector = append(v.vector, nil)
		}
		var known []float64
		for _, l := range lexicons {
			known = append(known, max(0, l[w]), min(0, l[w]))
		}
		v.known = append(v.known, known)
		s := stemOf(w)
		if _, ok := stems[s]; !ok {
			stems[s] = len(stems)
		}
		v.stem = append(v.stem, stems[s])
		p := clusters[w]
		if _, ok := paths[p]; !ok {
			paths[p] = len(paths)
		}
		v.path = append(v.path, paths[p])
	}
	v.stems, v.paths = len(stems), len(paths)
	return v
}

// commonest words mean what their neighbours mean too little for a vector.
const commonest = 100

// stemOf is how a word begins, which is much of what it means: shame, shamed,
// shameful.
func stemOf(w string) string {
	n := 0
	for i := range w {
		if n == 5 {
			return w[:i]
		}
		n++
	}
	return w
}

// mean is what the lexicons say together; a word of only one counts less.
func mean(lexicons []lexicon) lexicon {
	sum, n := lexicon{}, map[string]float64{}
	for _, l := range lexicons {
		for w, v := range l {
			sum[w] += v
			n[w]++
		}
	}
	for w := range sum {
		sum[w] /= n[w] + 0.5
	}
	return sum
}

// guess learns scores from the vectors of the words that l knows, and of
// common words that it does not, which have none; and so scores every word of
// the corpus.
func guess(c *corpus, vectors [][]float64, l lexicon) lexicon {
	const ridge, untoned = 2.0, 6000
	a, b := make([][]float64, dims+1), make([]float64, dims+1)
	for i := range a {
		a[i] = make([]float64, dims+1)
		a[i][i] = ridge
	}
	for i, w := range c.words {
		score, ok := l[w]
		if c.name[i] || !ok && i > untoned {
			continue
		}
		x := append(slices.Clone(vectors[i]), 1)
		for j := range x {
			for k := range x {
				a[j][k] += x[j] * x[k]
			}
			b[j] += x[j] * score
		}
	}
	theta := solve(a, b)
	out := lexicon{}
	for i, w := range c.words {
		s := theta[dims]
		for j, x := range vectors[i] {
			s += theta[j] * x
		}
		out[w] = math.Round(1000*s) / 1000
	}
	return out
}

// lexicon is the vocabulary as package sentiment knows it, with no valences.
func (v *vocabulary) lexicon() *sentiment.Lexicon {
	l, err := sentiment.ParseLexicon(strings.Join(v.words, "\t0\n") + "\t0\n")
	if err != nil {
		panic(err) // no word is written "=..."
	}
	return l
}
