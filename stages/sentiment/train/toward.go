package main

import (
	"encoding/binary"
	"math"
	"slices"

	"pressrow/stages"
	"pressrow/stages/sentiment"
)

// A view is a sentence seen from a mention, and its tone toward it.
type view struct {
	seen   []sentiment.Seen
	pairs  []sentiment.Pair
	facts  [sentiment.Facts]float64
	norm   [sentiment.Columns]float64
	tone   int // index of the outcome
	weight float64
	fold   int
}

func views(l *sentiment.Lexicon, mentions []mention, weight float64) []view {
	reader := sentiment.NewReader(l)
	counts := [sentiment.Outcomes]float64{}
	for _, m := range mentions {
		counts[m.tone+1]++
	}
	var list []view
	for _, m := range mentions {
		var o sentiment.Observer
		if !o.Observe(m.doc, l, reader.Read(m.doc, 0), m.target) {
			continue
		}
		balance := float64(len(mentions)) / (sentiment.Outcomes * counts[m.tone+1])
		list = append(list, view{o.Seen, o.Pairs, o.Facts, o.Norm, m.tone + 1, weight * balance, foldOf(m.doc)})
	}
	return list
}

// foldOf parts sentences into ten by their text.
func foldOf(d *stages.Document) int {
	h := uint32(2166136261)
	for i := range len(d.Text) {
		h = (h ^ uint32(d.Text[i])) * 16777619
	}
	return int(h >> 8 % 10)
}

const cells = sentiment.Columns * sentiment.Outcomes

// The reach of each kind of evidence, as for sentences.
type towardReach struct{ word, vector, known, stem, path, fact, penalty float64 }

var mentionReach = towardReach{word: 1, vector: 0.7, known: 0.15, stem: 0.6, path: 0.4, fact: 2, penalty: 2}

// judgement is what is learned about mentions, a cell for each column and outcome.
type judgement struct {
	word, shared, stem, path []float64 // by word; by number of the vector or of the lexicons; by stem; by cluster
	pairs, facts             []float64
}

func newJudgement(v *vocabulary) *judgement {
	return &judgement{
		word: make([]float64, len(v.words)*cells), shared: make([]float64, (dims+len(v.known[0]))*cells),
		stem: make([]float64, v.stems*cells), path: make([]float64, v.paths*cells),
		pairs: make([]float64, sentiment.Pairs*sentiment.Outcomes), facts: make([]float64, sentiment.Facts*sentiment.Outcomes),
	}
}

func (j *judgement) parts() [][]float64 {
	return [][]float64{j.word, j.shared, j.stem, j.path, j.pairs, j.facts}
}

// evidence calls do with each row of shared cells that speaks for word i.
func (v *vocabulary) evidence(i int, r towardReach, do func(row int, x float64)) {
	for k, x := range v.vector[i] {
		do(k, r.vector*x)
	}
	for k, x := range v.known[i] {
		if x != 0 {
			do(dims+k, r.known*x)
		}
	}
}

// cellsOf is what the judgement makes of word i, in all columns and outcomes.
func (j *judgement) cellsOf(v *vocabulary, r towardReach, i int, out []float64) {
	for k := range out {
		out[k] = r.word * j.word[i*cells+k]
	}
	accumulate(out, j.stem[v.stem[i]*cells:], r.stem)
	accumulate(out, j.path[v.path[i]*cells:], r.path)
	v.evidence(i, r, func(row int, x float64) { accumulate(out, j.shared[row*cells:], x) })
}

func accumulate(out, from []float64, x float64) {
	from = from[:len(out)]
	for k := range out {
		out[k] += x * from[k]
	}
}

func (j *judgement) logits(s *view, cell []float64, r towardReach) (logit [sentiment.Outcomes]float64) {
	for f, x := range s.facts {
		if x != 0 {
			for k := range logit {
				logit[k] += r.fact * x * j.facts[f*sentiment.Outcomes+k]
			}
		}
	}
	for _, p := range s.pairs {
		for k := range logit {
			logit[k] += p.Value * j.pairs[int(p.Index)*sentiment.Outcomes+k]
		}
	}
	for _, w := range s.seen {
		for c := range sentiment.Columns {
			if w.Columns>>c&1 != 0 {
				x := w.Value * s.norm[c]
				for k := range logit {
					logit[k] += x * cell[int(w.Row)*cells+c*sentiment.Outcomes+k]
				}
			}
		}
	}
	return logit
}

// softmax turns logits into shares that sum to 1.
func softmax(logit [sentiment.Outcomes]float64) [sentiment.Outcomes]float64 {
	top, sum := max(logit[0], logit[1], logit[2]), 0.0
	for k := range logit {
		logit[k] = math.Exp(logit[k] - top)
		sum += logit[k]
	}
	for k := range logit {
		logit[k] /= sum
	}
	return logit
}

// fitToward learns from views by gradient descent, all of them at once.
func fitToward(v *vocabulary, list []view, r towardReach) *judgement {
	const steps = 80
	j, m1, m2 := newJudgement(v), newJudgement(v), newJudgement(v)
	half := [2]*judgement{newJudgement(v), newJudgement(v)}
	cell := make([]float64, len(v.words)*cells)
	dcell := [2][]float64{make([]float64, len(cell)), make([]float64, len(cell))}
	rows := rowsOf(v, list)
	for step := 1; step <= steps; step++ {
		each(len(rows), func(i int) { j.cellsOf(v, r, rows[i], cell[rows[i]*cells:(rows[i]+1)*cells]) })
		each(2, func(h int) {
			g := half[h]
			for _, p := range g.parts() {
				clear(p)
			}
			clear(dcell[h])
			for i := h; i < len(list); i += 2 {
				j.backward(&list[i], cell, dcell[h], g, r)
			}
		})
		each(2, func(h int) {
			for i := h; i < len(rows); i += 2 {
				i := rows[i]
				d := dcell[0][i*cells : (i+1)*cells]
				accumulate(d, dcell[1][i*cells:], 1)
				accumulate(half[h].word[i*cells:(i+1)*cells], d, r.word)
				accumulate(half[h].stem[v.stem[i]*cells:(v.stem[i]+1)*cells], d, r.stem)
				accumulate(half[h].path[v.path[i]*cells:(v.path[i]+1)*cells], d, r.path)
				v.evidence(i, r, func(row int, x float64) {
					accumulate(half[h].shared[row*cells:(row+1)*cells], d, x)
				})
			}
		})
		rate := 0.05 * (1 - 0.9*float64(step)/float64(steps))
		g0, g1 := half[0].parts(), half[1].parts()
		parts, q1, q2 := j.parts(), m1.parts(), m2.parts()
		for k, p := range parts {
			accumulate(g0[k], g1[k], 1)
			decay(p, g0[k], r.penalty)
			adam(p, g0[k], q1[k], q2[k], rate, step)
		}
	}
	return j
}

// rowsOf returns the words that occur in list.
func rowsOf(v *vocabulary, list []view) []int {
	used := make([]bool, len(v.words))
	var rows []int
	for i := range list {
		for _, w := range list[i].seen {
			if !used[w.Row] {
				used[w.Row] = true
				rows = append(rows, int(w.Row))
			}
		}
	}
	return rows
}

func (j *judgement) backward(s *view, cell, dcell []float64, g *judgement, r towardReach) {
	d := softmax(j.logits(s, cell, r))
	d[s.tone]--
	for k := range d {
		d[k] *= s.weight
	}
	for f, x := range s.facts {
		if x != 0 {
			for k := range d {
				g.facts[f*sentiment.Outcomes+k] += r.fact * x * d[k]
			}
		}
	}
	for _, p := range s.pairs {
		for k := range d {
			g.pairs[int(p.Index)*sentiment.Outcomes+k] += p.Value * d[k]
		}
	}
	for _, w := range s.seen {
		for c := range sentiment.Columns {
			if w.Columns>>c&1 != 0 {
				x := w.Value * s.norm[c]
				for k := range d {
					dcell[int(w.Row)*cells+c*sentiment.Outcomes+k] += x * d[k]
				}
			}
		}
	}
}

// f1 is the mean over the outcomes of the F1 on list.
func (j *judgement) f1(v *vocabulary, list []view, r towardReach) float64 {
	cell := make([]float64, len(v.words)*cells)
	for i := range v.words {
		j.cellsOf(v, r, i, cell[i*cells:(i+1)*cells])
	}
	var c confusion
	for i := range list {
		l := j.logits(&list[i], cell, r)
		said := 1
		if l[0] > l[1] && l[0] > l[2] {
			said = 0
		} else if l[2] > l[1] && l[2] > l[0] {
			said = 2
		}
		c[list[i].tone][said]++
	}
	return c.f1()
}

// bytes is the judgement as package sentiment reads it.
func (j *judgement) bytes(v *vocabulary, r towardReach) []byte {
	cell := make([]float64, len(v.words)*cells)
	for i, word := range v.words {
		if !slices.Contains(people, word) {
			j.cellsOf(v, r, i, cell[i*cells:(i+1)*cells])
		}
	}
	var b []byte
	number := func(x float64) { b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x))) }
	for _, x := range j.facts {
		number(r.fact * x)
	}
	scale := [sentiment.Columns]float64{}
	for i, x := range cell {
		c := i % cells / sentiment.Outcomes
		scale[c] = max(scale[c], math.Abs(x)/127)
	}
	for _, x := range scale {
		number(x)
	}
	pairs := 0.0
	for _, x := range j.pairs {
		pairs = max(pairs, math.Abs(x)/127)
	}
	number(pairs)
	for _, x := range j.pairs {
		b = append(b, byte(int8(math.Round(x/pairs))))
	}
	for i, x := range cell {
		b = append(b, byte(int8(math.Round(x/scale[i%cells/sentiment.Outcomes]))))
	}
	return b
}
