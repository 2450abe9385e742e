package schema

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/delta"
)

// unpacked returns the numbers in packed, of size bytes each.
func unpacked(packed []byte, size, most int) ([]int64, error) {
	r := deltaReader{rest: append(slices.Clone(packed), make([]byte, deltaSlack)...), size: size}
	plain, err := r.appendTo(nil, most)
	var numbers []int64
	for ; len(plain) > 0; plain = plain[size:] {
		if size == 4 {
			numbers = append(numbers, int64(int32(binary.LittleEndian.Uint32(plain))))
		} else {
			numbers = append(numbers, int64(binary.LittleEndian.Uint64(plain)))
		}
	}
	return numbers, err
}

// The numbers 7, 5, 3, 1, 2, 3, 4, 5 in one block of 128 with four parts: their
// differences are -2, -2, -2 and then 1, at least -2, and so 0 or 3.
func TestDeltaByHand(t *testing.T) {
	packed := append([]byte{0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0b11_00_00_00, 0b00_11_11_11}, make([]byte, 6)...)
	got, err := unpacked(packed, 8, 8)
	if want := []int64{7, 5, 3, 1, 2, 3, 4, 5}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %d, %v, want %d", got, err, want)
	}
}

// Numbers of all sizes come out as parquet-go packed them. What is cut off is
// refused, and damage causes no panic.
func TestDelta(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 32, 33, 129, 130, 1000} {
		for bits := range 64 {
			long, short := make([]int64, n), make([]int32, n)
			for i := range long {
				long[i] = int64(random.Uint64()) >> bits
				short[i] = int32(long[i] >> min(32, 63-bits))
			}
			if n > 1 {
				long[n/2], long[n-1], short[n/2], short[n-1] = math.MinInt64, math.MaxInt64, math.MaxInt32, math.MinInt32
			}
			packed, err := new(delta.BinaryPackedEncoding).EncodeInt64(nil, long)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := unpacked(packed, 8, n); err != nil || !slices.Equal(got, long) {
				t.Errorf("%d numbers of 64 bits: got %d, %v, want %d", n, got, err, long)
			}
			refuse(t, packed, 8, n)
			if packed, err = new(delta.BinaryPackedEncoding).EncodeInt32(nil, short); err != nil {
				t.Fatal(err)
			}
			same := func(a int64, b int32) bool { return a == int64(b) }
			if got, err := unpacked(packed, 4, n); err != nil || !slices.EqualFunc(got, short, same) {
				t.Errorf("%d numbers of 32 bits: got %d, %v, want %d", n, got, err, short)
			}
			refuse(t, packed, 4, n)
		}
	}
}

// refuse looks that unpacked refuses all that packed may be cut off to, fewer
// numbers than there are, and numbers that are not there.
func refuse(t *testing.T, packed []byte, size, n int) {
	t.Helper()
	if n > 0 {
		if _, err := unpacked(packed, size, n-1); !errors.Is(err, errDelta) {
			t.Errorf("%d numbers, at most %d wanted: got %v", n, n-1, err)
		}
	}
	for end := 0; end < len(packed); end += 1 + end/20 {
		if _, err := unpacked(packed[:end], size, n); n > 0 && !errors.Is(err, errDelta) {
			t.Errorf("%d of %d bytes: got %v", end, len(packed), err)
		}
	}
	for i := range min(len(packed), 300) {
		damaged := bytes.Clone(packed)
		damaged[i] ^= 1 << (i % 8)
		if got, err := unpacked(damaged, size, n); err == nil && len(got) > n {
			t.Errorf("byte %d damaged: %d numbers of %d", i, len(got), n)
		}
	}
}
