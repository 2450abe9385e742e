//go:build amd64 && !purego

package schema

import _ "unsafe" // for go:linkname

// parquet-go v0.32.0 looks for runs of equal dictionary indexes with AVX2 where
// the processor has it, and then misses the end of some: it compares within the
// two halves of a block of eight, so that aaaabbbb counts as equal. The files
// are right all the same, but their bytes are not those that other processors
// write. With this function in its place they are, at no measurable cost.
//
// If parquet-go renames the variable, TestGoldenBytes tells.
//
//go:linkname equal8 github.com/parquet-go/parquet-go/encoding/rle.encodeInt32IndexEqual8Contiguous
var equal8 func(words [][8]int32) int

func init() { equal8 = indexEqual8 }

// indexEqual8 returns the index of the first of words that is one value eight
// times, or their number without one.
func indexEqual8(words [][8]int32) int {
	for i := range words {
		w := &words[i]
		x := w[0]
		if (x^w[1])|(x^w[2])|(x^w[3])|(x^w[4])|(x^w[5])|(x^w[6])|(x^w[7]) == 0 {
			return i
		}
	}
	return len(words)
}
