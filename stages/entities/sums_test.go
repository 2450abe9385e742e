package entities

import (
	"math/rand/v2"
	"testing"
)

// The sums of every processor are those of plain Go, for any number of rows
// that a word can have, the largest biased numbers among them.
func TestSumsAreThoseOfPlainGo(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	bytes, words := make([][2]uint64, 1<<TableBits), make([][4]uint64, 1<<EchoBits)
	for i := range bytes {
		bytes[i] = [2]uint64{random.Uint64(), random.Uint64()}
	}
	bytes[1] = [2]uint64{^uint64(0), ^uint64(0)}
	const limit = 2*echoBias - 1
	for i := range words {
		for k := range words[i] {
			words[i][k] = random.Uint64() & (limit * 0x0001000100010001)
		}
	}
	words[1] = [4]uint64{limit * 0x0001000100010001, limit * 0x0001000100010001, 0, 0}
	for n := range maxRows + 1 {
		rows := make([]uint32, n)
		for i := range rows {
			rows[i] = random.Uint32()
			if n%3 == 0 {
				rows[i] = 1
			}
		}
		var start scores
		for m := range start {
			start[m] = random.Int32N(1<<20) - 1<<19
		}
		got, want := start, start
		addBytes(&got, bytes, rows)
		plainBytes(&want, bytes, rows)
		if got != want {
			t.Fatalf("%d rows of bytes: %v, plain Go says %v", n, got, want)
		}
		few := rows[:min(n, 16)]
		got, want = start, start
		addWords(&got, words, few)
		plainWords(&want, words, few)
		if got != want {
			t.Fatalf("%d rows of 16-bit numbers: %v, plain Go says %v", len(few), got, want)
		}
	}
}
