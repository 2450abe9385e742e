package main

import (
	"math"

	"pressrow/stages/entities"
)

const marks = int(entities.NumMarks)

type scores = [marks]float32

// A run is a stretch of active words with what the trainer knows of them.
type run struct {
	sentence int
	start    int        // its first word in the document
	rows     [][]uint32 // of each word
	gold     []uint32   // the marks each word may have, as a set
	given    []scores   // of each word, from the pass before; nil in the first
}

// A crf is a linear-chain conditional random field over marks (Lafferty,
// McCallum and Pereira 2001), trained online by AdaGrad (Duchi, Hazan and
// Singer 2011) with features left out at random.
type crf struct {
	entities.Weights
	squares      []float32 // sums of squared gradients, as Weights
	startSquares scores
	nextSquares  [marks]scores
	keep         float32 // share of the features that a training step sees
	rate         float32
	random       uint64

	// Scratch of one run.
	own, exp, alpha, beta, want, have []scores
	seen                              [][]uint32
	expStart                          scores
	expNext                           [marks]scores
}

func newCRF(bits int, o pass) *crf {
	n := marks << bits
	return &crf{Weights: entities.Weights{Rows: make([]float32, n)}, squares: make([]float32, n), keep: o.keep, rate: o.rate, random: 0x2545f4914f6cdd1d}
}

// follows[a][b] reports whether mark b can stand behind mark a.
var follows = func() (f [marks][marks]bool) {
	for a := range f {
		for b := range f {
			f[a][b] = entities.Mark(b).Follows(entities.Mark(a))
		}
	}
	return f
}()

func (c *crf) grow(n int) {
	for len(c.own) < n {
		for _, s := range []*[]scores{&c.own, &c.exp, &c.alpha, &c.beta, &c.want, &c.have} {
			*s = append(*s, scores{})
		}
		c.seen = append(c.seen, nil)
	}
}

// score sets c.own for r's words from the rows given, scaled.
func (c *crf) score(r *run, rows [][]uint32, scale float32) {
	c.grow(len(rows))
	for i, list := range rows {
		own := scores{}
		for _, row := range list {
			w := c.Rows[int(row)*marks : int(row)*marks+marks]
			for m, v := range w {
				own[m] += v
			}
		}
		for m := range own {
			own[m] *= scale
			if r.given != nil {
				own[m] += r.given[i][m]
			}
		}
		c.own[i] = own
	}
}

// thin sets c.seen to the rows that this step sees.
func (c *crf) thin(rows [][]uint32) {
	c.grow(len(rows))
	limit := uint64(c.keep * 65536)
	for i, list := range rows {
		kept := c.seen[i][:0]
		for _, row := range list {
			c.random ^= c.random << 13
			c.random ^= c.random >> 7
			c.random ^= c.random << 17
			if c.random&0xffff < limit {
				kept = append(kept, row)
			}
		}
		c.seen[i] = kept
	}
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

// learn takes one step towards the marks r may have.
func (c *crf) learn(r *run, weight float32) {
	n := len(r.rows)
	c.thin(r.rows)
	c.score(r, c.seen[:n], 1)
	for i := range n {
		top := c.own[i][0]
		for _, v := range c.own[i] {
			top = max(top, v)
		}
		for m, v := range c.own[i] {
			c.exp[i][m] = exp(v - top)
		}
	}
	for a := range marks {
		c.expStart[a] = 0
		if follows[0][a] {
			c.expStart[a] = exp(c.Start[a])
		}
		for b := range marks {
			c.expNext[a][b] = 0
			if follows[a][b] {
				c.expNext[a][b] = exp(c.Next[a][b])
			}
		}
	}
	var have, want [marks]scores
	if !c.expect(n, nil, c.have, &have) || !c.expect(n, r.gold, c.want, &want) {
		return
	}
	for i := range n {
		c.step(i, weight)
	}
	for a := range marks {
		update(&c.Start[a], &c.startSquares[a], (c.want[0][a]-c.have[0][a])*weight, c.rate)
		for b := range marks {
			update(&c.Next[a][b], &c.nextSquares[a][b], (want[a][b]-have[a][b])*weight, c.rate)
		}
	}
}

// negligible bounds the gradients that are not worth a step.
const negligible = 0.001

// step moves the weights of the rows seen at word i.
func (c *crf) step(i int, weight float32) {
	var large [marks]int
	var step scores
	n := 0
	for m := range marks {
		if g := (c.want[i][m] - c.have[i][m]) * weight; g > negligible || g < -negligible {
			large[n], step[n] = m, g
			n++
		}
	}
	if n == 0 {
		return
	}
	for _, row := range c.seen[i] {
		at := int(row) * marks
		w, sq := c.Rows[at:at+marks], c.squares[at:at+marks]
		for k, m := range large[:n] {
			update(&w[m], &sq[m], step[k], c.rate)
		}
	}
}

func update(w, squares *float32, gradient, rate float32) {
	if gradient == 0 {
		return
	}
	*squares += gradient * gradient
	*w += rate * gradient / float32(math.Sqrt(float64(*squares)+1e-6))
}

// expect sets share to how probable each mark is at each of n words and adds
// up in pairs how probable each pair is, for the marks in allowed (nil for
// all), by the forward-backward algorithm. It reports whether any sequence is possible.
func (c *crf) expect(n int, allowed []uint32, share []scores, pairs *[marks]scores) bool {
	for i := range n {
		a := &c.alpha[i]
		sum := float32(0)
		for b := range marks {
			a[b] = 0
			if !c.may(n, allowed, i, b) {
				continue
			}
			if i == 0 {
				a[b] = c.expStart[b] * c.exp[0][b]
			} else {
				s := float32(0)
				for q, p := range c.alpha[i-1] {
					s += p * c.expNext[q][b]
				}
				a[b] = s * c.exp[i][b]
			}
			sum += a[b]
		}
		if !(sum > 0) {
			return false
		}
		for b := range a {
			a[b] /= sum
		}
	}
	for b := range marks {
		c.beta[n-1][b] = 1
	}
	share[n-1] = c.alpha[n-1]
	for i := n - 2; i >= 0; i-- {
		var behind scores
		for b := range marks {
			if c.may(n, allowed, i+1, b) {
				behind[b] = c.beta[i+1][b] * c.exp[i+1][b]
			}
		}
		sum := float32(0)
		for a := range marks {
			s := float32(0)
			for b, v := range behind {
				s += c.expNext[a][b] * v
			}
			c.beta[i][a] = s
			sum += s * c.alpha[i][a]
		}
		for a := range marks {
			p := c.alpha[i][a] / sum
			share[i][a] = p * c.beta[i][a]
			c.beta[i][a] /= sum
			if p > 0 {
				for b, v := range behind {
					pairs[a][b] += p * c.expNext[a][b] * v
				}
			}
		}
	}
	return true
}

// may reports whether mark b can stand at word i of n.
func (c *crf) may(n int, allowed []uint32, i, b int) bool {
	return (allowed == nil || allowed[i]>>b&1 == 1) && (i < n-1 || follows[b][0])
}

// best returns the marks of highest score for r, and leaves each word's scores in c.own.
func (c *crf) best(r *run) []entities.Mark {
	n := len(r.rows)
	c.score(r, r.rows, c.keep)
	back := make([][marks]int, n)
	var last scores
	for i := range n {
		var now scores
		for b := range marks {
			top, arg := float32(-1e9), 0
			switch {
			case i == 0 && follows[0][b]:
				top = c.Start[b]
			case i > 0:
				for a := range marks {
					if v := last[a] + c.Next[a][b]; follows[a][b] && v > top {
						top, arg = v, a
					}
				}
			}
			now[b], back[i][b] = top+c.own[i][b], arg
		}
		last = now
	}
	top, arg := float32(-2e9), 0
	for a, v := range last {
		if follows[a][0] && v > top {
			top, arg = v, a
		}
	}
	found := make([]entities.Mark, n)
	for i := n - 1; i >= 0; i-- {
		found[i] = entities.Mark(arg)
		arg = back[i][arg]
	}
	return found
}

// weights returns what the tagger needs: scaled as if all features were seen.
func (c *crf) weights() entities.Weights {
	w := c.Weights
	w.Rows = make([]float32, len(c.Rows))
	for i, v := range c.Rows {
		w.Rows[i] = v * c.keep
	}
	return w
}
