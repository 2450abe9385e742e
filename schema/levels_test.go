package schema

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/rle"
)

// Levels are as Parquet's specification has them, by hand: a run of all, bits of
// the first level lowest, and a run behind bits.
func TestLevelsByHand(t *testing.T) {
	ones := bytes.Repeat([]byte{1}, levelBlock)
	for _, c := range []struct {
		levels []byte
		max    byte
		want   []byte
	}{
		{nil, 1, nil},
		{[]byte{2, 2, 2}, 3, []byte{3 << 1, 2}},
		{[]byte{0, 1, 1, 0, 0, 0, 0, 1, 1}, 1, []byte{2<<1 | 1, 0b1000_0110, 1}},
		{[]byte{0, 1, 2, 3, 3}, 2, []byte{1<<1 | 1, 0b11_10_01_00, 0b11}},
		{slices.Concat([]byte{0}, ones[1:], ones, ones[:2]), 1, []byte{8<<1 | 1, 0xfe, 255, 255, 255, 255, 255, 255, 255, 132, 1, 1}},
	} {
		want := append(binary.LittleEndian.AppendUint32(nil, uint32(len(c.want))), c.want...)
		if got := appendLevels([]byte("x"), c.levels, c.max); !bytes.Equal(got[1:], want) {
			t.Errorf("%d come to % x, not % x", c.levels, got[1:], want)
		}
	}
}

// parquet-go reads the levels that were written, whatever runs there are.
func TestLevelsRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for max, width := range map[byte]int{1: 1, 2: 2, 3: 2} {
		for n := range 400 {
			var levels []byte
			for len(levels) < n {
				levels = append(levels, bytes.Repeat([]byte{byte(rnd.IntN(int(max) + 1))}, 1+rnd.IntN(1<<rnd.IntN(9)))...)
			}
			levels = levels[:n]
			coded := appendLevels(nil, levels, max)
			got, err := (&rle.Encoding{BitWidth: width}).DecodeLevels(nil, coded[4:])
			if err != nil || len(got) < n || !bytes.Equal(got[:n], levels) || len(got) > n+7 || int(binary.LittleEndian.Uint32(coded)) != len(coded)-4 {
				t.Fatalf("%d levels up to %d come back as %d, %v", n, max, len(got), err)
			}
		}
	}
}
