package sentiment

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// toward.bin is written by the program in train; see MODEL.md.
//
//go:embed toward.bin
var towardBin []byte

// weights are what Toward has learned: of each fact, pair, and word in each
// column, how it speaks for each outcome.
type weights struct {
	facts     [Facts][Outcomes]float64
	places    [places][2][Outcomes]float64 // sums of the facts of a favourable and an unfavourable tone
	scale     [Columns]float64             // of the words' weights
	pairScale float64
	pairs     *pairTable
	words     []byte // Outcomes of each column of each word, as int8
}

// wordSize is how many bytes of weights.words a word has.
const wordSize = Columns * Outcomes

// parseWeights reads the facts, the scales of the columns and of the pairs, as
// little-endian float32, and then a byte for each weight of the pairs and of the
// words of l, whose entries get theirs.
func parseWeights(b []byte, l *Lexicon) (*weights, error) {
	const head = 4 * (Facts*Outcomes + Columns + 1)
	if len(b) != head+Outcomes*(Pairs+Columns*l.Words) {
		return nil, errors.New("not made for these words")
	}
	number := func() float32 {
		x := math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
		return x
	}
	w := new(weights)
	for f := range w.facts {
		for k := range w.facts[f] {
			w.facts[f][k] = float64(number())
		}
	}
	for i := range w.places {
		for _, f := range placeOf(i).facts() {
			for k := range Outcomes {
				w.places[i][0][k] += w.facts[f][k]
				w.places[i][1][k] += w.facts[f+1][k]
			}
		}
	}
	for c := range w.scale {
		w.scale[c] = float64(number())
	}
	w.pairScale = float64(number())
	w.pairs = newPairTable(b[:Outcomes*Pairs])
	w.words = b[Outcomes*Pairs:]
	for i := range l.slots {
		if e := &l.slots[i]; e.row > 0 {
			e.toward = *w.word(e.row - 1)
		}
	}
	return w, nil
}

// A row holds the weights of a word: Outcomes of each column.
type row [wordSize]byte

// word returns the weights of the word in this row.
func (w *weights) word(n int32) *row { return (*row)(w.words[wordSize*n:]) }

// sums returns the weights of column c.
func (r *row) sums(c int) sums { return sumsOf((*[Outcomes]byte)(r[Outcomes*c:])) }

// A pairTable holds the weights of pairs. Most have none, so that the others are
// kept without gaps: the less memory, the more of it is in the processor's cache.
type pairTable struct {
	groups  [Pairs / 64]pairGroup
	weights [][Outcomes]byte // as int8; those of a pair that has none come first
}

// A pairGroup is 64 pairs.
type pairGroup struct {
	known  uint64 // a bit for each pair that has weights
	before uint32 // number of weights before the group's
}

// newPairTable reads Outcomes weights of each pair.
func newPairTable(b []byte) *pairTable {
	t := &pairTable{weights: make([][Outcomes]byte, 1)}
	for i := range Pairs {
		g := &t.groups[i/64]
		if i%64 == 0 {
			g.before = uint32(len(t.weights))
		}
		if w := [Outcomes]byte(b[Outcomes*i:]); w != [Outcomes]byte{} {
			g.known |= 1 << (i % 64)
			t.weights = append(t.weights, w)
		}
	}
	return t
}

// place returns where in t.weights those of the pair with this Index are. It has no
// branches.
func (t *pairTable) place(index uint32) uint32 {
	g := &t.groups[index/64%(Pairs/64)]
	place := g.before + uint32(bits.OnesCount64(g.known&(1<<(index%64)-1)))
	return place * uint32(g.known>>(index%64)&1)
}
