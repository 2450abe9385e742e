package main

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"pressrow/stages/sentiment"
)

// A sample is a sentence as the model sees it, and what people made of it.
type sample struct {
	article string // "" where the article is not known
	words   []sentiment.Word
	rating  float64
	task    int // 0: rated sentences; 1: mean tone toward the mentions of a sentence
	weight  float64
}

// How strongly each kind of evidence about a word may speak. The penalty is on
// the weights, so a larger reach means a lighter penalty.
type reach struct{ known, vector, word, stem, penalty, factor float64 }

var sentenceReach = reach{known: 0.25, vector: 1, word: 1, stem: 0.8, penalty: 10, factor: 50}

// weights are what is learned: of words, in points of rating, by lexicons,
// vector, stem and word; and of contexts.
type weights struct {
	known, vector, stem, word []float64
	factors                   []float64
	task                      []float64 // slope and bias of each task
}

func newWeights(v *vocabulary) *weights {
	return &weights{
		known: make([]float64, len(v.known[0])), vector: make([]float64, dims),
		stem: make([]float64, v.stems), word: make([]float64, len(v.words)),
		factors: make([]float64, 2*sentiment.Contexts), task: make([]float64, 4),
	}
}

func (w *weights) parts() [][]float64 {
	return [][]float64{w.known, w.vector, w.stem, w.word, w.factors, w.task}
}

// The shape of a score; see sentiment.Shape.
const length, mass, calm = 3.0, 0.5, 2.0

// valences is what the weights make of each word.
func (w *weights) valences(v *vocabulary, r reach, rows []int, out []float64) {
	for _, i := range rows {
		s := r.stem*w.stem[v.stem[i]] + r.word*w.word[i]
		for k, x := range v.known[i] {
			s += r.known * x * w.known[k]
		}
		for k, x := range v.vector[i] {
			s += r.vector * x * w.vector[k]
		}
		out[i] = s
	}
}

// fit learns weights from samples by gradient descent (Adam; all samples at
// once, so that order and chance play no part).
func fit(v *vocabulary, samples []sample, r reach) *weights {
	const steps = 150
	w, m1, m2 := newWeights(v), newWeights(v), newWeights(v)
	prior := startFactors()
	copy(w.factors, prior)
	w.task = []float64{1, 0, 0.5, 0}
	mean := len(v.known[0]) - 4 // where the lexicons' mean stands
	w.known[mean], w.known[mean+1] = 0.5/r.known, 0.5/r.known
	rows := rowsIn(v, samples)
	g, valence := newWeights(v), make([]float64, len(v.words))
	for step := 1; step <= steps; step++ {
		w.valences(v, r, rows, valence)
		w.gradient(v, samples, r, rows, valence, g)
		for i := range w.factors { // each keeps to where it began
			g.factors[i] += r.factor * (w.factors[i] - prior[i])
		}
		g.task[0] = 0 // the slope of rated sentences is what valences are measured in
		rate := 0.03 * (1 - 0.9*float64(step)/steps)
		to, from, q1, q2 := w.parts(), g.parts(), m1.parts(), m2.parts()
		for k := range to {
			adam(to[k], from[k], q1[k], q2[k], rate, step)
		}
	}
	return w
}

// rowsIn returns the words that occur in samples.
func rowsIn(v *vocabulary, samples []sample) []int {
	var rows []int
	used := make([]bool, len(v.words))
	for _, s := range samples {
		for _, x := range s.words {
			if x.Row > 0 && !used[x.Row-1] {
				used[x.Row-1] = true
				rows = append(rows, int(x.Row-1))
			}
		}
	}
	return rows
}

// gradient sets g to how the error on samples, and the penalty, change with
// the weights.
func (w *weights) gradient(v *vocabulary, samples []sample, r reach, rows []int, valence []float64, g *weights) {
	for _, p := range g.parts() {
		clear(p)
	}
	dv := make([]float64, len(v.words))
	p := pass{w, valence, w.products()}
	for i := range samples {
		p.backward(&samples[i], dv, g)
	}
	for _, i := range rows {
		d := dv[i]
		g.stem[v.stem[i]] += r.stem * d
		g.word[i] += r.word * d
		for k, x := range v.known[i] {
			g.known[k] += r.known * x * d
		}
		for k, x := range v.vector[i] {
			g.vector[k] += r.vector * x * d
		}
	}
	decay(w.known, g.known, r.penalty)
	decay(w.vector, g.vector, r.penalty)
	decay(w.stem, g.stem, r.penalty)
	decay(w.word, g.word, r.penalty)
}

// startFactors is what the contexts are taken to do before the data speak, for
// favourable and for unfavourable words.
func startFactors() []float64 {
	f := make([]float64, 2*sentiment.Contexts)
	for i := range f {
		f[i] = 1
	}
	set := func(c sentiment.Context, x float64) {
		i := bits.TrailingZeros16(uint16(c))
		f[i], f[sentiment.Contexts+i] = x, x
	}
	set(sentiment.Negated, -0.4)
	set(sentiment.Stronger, 1.2)
	set(sentiment.Weaker, 0.7)
	set(sentiment.Imagined, 0.8)
	set(sentiment.Conceded, 0.8)
	set(sentiment.Before, 0.8)
	return f
}

func decay(w, g []float64, penalty float64) {
	for i := range w {
		g[i] += penalty * w[i]
	}
}

func adam(w, g, m1, m2 []float64, rate float64, step int) {
	c1, c2 := 1-math.Pow(0.9, float64(step)), 1-math.Pow(0.99, float64(step))
	for i, x := range g {
		m1[i] = 0.9*m1[i] + 0.1*x
		m2[i] = 0.99*m2[i] + 0.01*x*x
		w[i] -= rate * (m1[i] / c1) / (math.Sqrt(m2[i]/c2) + 1e-6)
	}
}

// products is what each set of contexts makes of a favourable and of an
// unfavourable word.
func (w *weights) products() *[2][1 << sentiment.Contexts]float64 {
	var p [2][1 << sentiment.Contexts]float64
	for side := range p {
		for c := range p[side] {
			p[side][c] = 1
			for i := range sentiment.Contexts {
				if c>>i&1 != 0 {
					p[side][c] *= w.factors[side*sentiment.Contexts+i]
				}
			}
		}
	}
	return &p
}

// side is 1 for an unfavourable word.
func side(v float64) int {
	if v < 0 {
		return 1
	}
	return 0
}

// A pass is one step's view of the samples.
type pass struct {
	*weights
	valence  []float64
	products *[2][1 << sentiment.Contexts]float64
}

// contribution is what word x adds to the sum, and its factor.
func (p *pass) contribution(x sentiment.Word) (c, factor float64) {
	v := p.valence[x.Row-1]
	factor = p.products[side(v)][x.Context]
	return v * factor, factor
}

// backward adds to g, and to dv for each valence, how the squared error on s
// changes with each weight.
func (p *pass) backward(s *sample, dv []float64, g *weights) {
	var sum, amount float64
	for _, x := range s.words {
		if x.Row > 0 {
			c, _ := p.contribution(x)
			sum += c
			amount += math.Abs(c)
		}
	}
	room := amount + calm
	unit := 1/math.Sqrt(float64(len(s.words))+length) + mass/room
	slope, bias := p.task[2*s.task], p.task[2*s.task+1]
	miss := (slope*sum*unit + bias - s.rating) * s.weight
	g.task[2*s.task] += miss * sum * unit
	g.task[2*s.task+1] += miss
	bend := sum * mass / (room * room) // more tone of any kind leaves less room
	for _, x := range s.words {
		if x.Row == 0 {
			continue
		}
		c, factor := p.contribution(x)
		d := miss * slope * (unit - bend)
		if c < 0 {
			d = miss * slope * (unit + bend)
		}
		dv[x.Row-1] += d * factor
		at := side(p.valence[x.Row-1]) * sentiment.Contexts
		for i, set := at, x.Context; set != 0; i, set = i+1, set>>1 {
			if f := p.factors[i]; set&1 != 0 && f != 0 {
				g.factors[i] += d * c / f
			}
		}
	}
}

// tsv is the weights as package sentiment reads them.
func (w *weights) tsv(v *vocabulary, r reach, scale float64) string {
	var b strings.Builder
	for side, sign := range []string{"+", "-"} {
		for i := range sentiment.Contexts {
			fmt.Fprintf(&b, "=%s %s\t%.2f\n", sentiment.Context(1<<i), sign, w.factors[side*sentiment.Contexts+i])
		}
	}
	fmt.Fprintf(&b, "=length\t%g\n=mass\t%g\n=calm\t%g\n=scale\t%g\n", length, mass, calm, scale)
	valence, all := make([]float64, len(v.words)), make([]int, len(v.words))
	for i := range all {
		all[i] = i
	}
	w.valences(v, r, all, valence)
	for i, word := range v.words {
		n := math.Round(100 * valence[i])
		if math.Abs(n) < faint || slices.Contains(people, word) {
			n = 0
		}
		fmt.Fprintf(&b, "%s\t%d\n", word, int(n))
	}
	return b.String()
}

// A word of less than this many hundredths of a point carries no tone: so
// little is chance, and would only clutter the explanation of a score.
const faint = 10

// people are words for groups of people. Whatever the data say of sentences
// with them, they carry no tone.
var people = strings.Fields(`man men woman women male males female females boy boys girl girls black blacks white whites
	gay gays lesbian lesbians transgender bisexual immigrant immigrants migrant migrants refugee refugees foreigner
	foreigners minority minorities muslim muslims islamic christian christians jew jews jewish catholic catholics
	hindu hindus atheist atheists liberal liberals conservative conservatives democrat democrats democratic
	republican republicans progressive progressives socialist socialists`)
