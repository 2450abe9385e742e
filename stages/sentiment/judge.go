package sentiment

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"
)

// toward.bin is written by the program in train; see MODEL.md.
//
//go:embed toward.bin
var towardBin []byte

var judge = sync.OnceValue(func() *weights {
	w, err := parseWeights(towardBin, embedded().Words)
	if err != nil {
		panic(fmt.Sprintf("sentiment: toward.bin: %v", err))
	}
	return w
})

// weights are what Toward has learned: of each fact, pair, and word in each
// column, how it speaks for each outcome.
type weights struct {
	facts     [Facts][Outcomes]float64
	places    [places][2][Outcomes]float64 // sums of the facts of a favourable and an unfavourable tone
	scale     [Columns]float64             // of the words' weights
	pairScale float64
	pairs     []byte // Outcomes of each pair, read in place as int8
	words     []byte // Outcomes of each column of each word, the same
}

// wordSize is how many bytes of weights.words a word has.
const wordSize = Columns * Outcomes

// parseWeights reads the facts, the scales of the columns and of the pairs, as
// little-endian float32, and then a byte for each weight of the pairs and words.
func parseWeights(b []byte, words int) (*weights, error) {
	const head = 4 * (Facts*Outcomes + Columns + 1)
	if len(b) != head+Outcomes*(Pairs+Columns*words) {
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
	w.pairs, w.words = b[:Outcomes*Pairs], b[Outcomes*Pairs:]
	return w, nil
}

// A row holds the weights of a word: Outcomes of each column.
type row [wordSize]byte

// word returns the weights of the word in this row.
func (w *weights) word(n int32) *row { return (*row)(w.words[wordSize*n:]) }

// sums returns the weights of column c.
func (r *row) sums(c int) sums { return sumsOf([Outcomes]byte(r[Outcomes*c:])) }

// pair returns the weights of the pair with this Index.
func (w *weights) pair(index uint32) sums { return sumsOf([Outcomes]byte(w.pairs[Outcomes*index:])) }
