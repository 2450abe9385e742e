package schema

import (
	"encoding/binary"
	"encoding/hex"

	"github.com/zeebo/xxh3"
)

// A column's digest is a 128-bit xxh3 hash over its entries, whatever the
// encoding, page size and compression. In a row group it is the hash over three
// others, 16 bytes each: those of its repetition levels, of its definition
// levels, and of its values. Levels are as Dremel and Parquet define them, a
// byte each, and none where they can only be 0. A number is its bits and a text
// its 64-bit xxh3 hash, eight bytes each and little-endian. A file's digest is the hash over the number of rows
// (eight bytes) and the digest of each row group in turn, so that row groups
// can be hashed at the same time and in different processes.

// A columnDigest takes the entries of one column of one row group.
type columnDigest struct{ rep, def, value *xxh3.Hasher }

func newColumnDigest() columnDigest {
	return columnDigest{xxh3.New(), xxh3.New(), xxh3.New()}
}

// levels adds the levels of entries. One of the two may be empty.
func (d *columnDigest) levels(rep, def []byte) {
	d.rep.Write(rep)
	d.def.Write(def)
}

// values adds the bits of numbers, or the hashes of texts.
func (d *columnDigest) values(bits []uint64) {
	var buf [1 << 10]byte
	for len(bits) > 0 {
		n := min(len(bits), len(buf)/8)
		for i, v := range bits[:n] {
			binary.LittleEndian.PutUint64(buf[8*i:], v)
		}
		d.value.Write(buf[:8*n])
		bits = bits[n:]
	}
}

// sum returns the digest and empties d for the next row group.
func (d *columnDigest) sum() [16]byte {
	var sums []byte
	for _, h := range []*xxh3.Hasher{d.rep, d.def, d.value} {
		sum := h.Sum128().Bytes()
		sums = append(sums, sum[:]...)
		h.Reset()
	}
	return xxh3.Hash128(sums).Bytes()
}

// A fileDigest chains the digests of a column's row groups.
type fileDigest struct{ hasher *xxh3.Hasher }

func (d *fileDigest) add(rows int64, sum [16]byte) {
	if d.hasher == nil {
		d.hasher = xxh3.New()
	}
	var entry [24]byte
	binary.LittleEndian.PutUint64(entry[:], uint64(rows))
	copy(entry[8:], sum[:])
	d.hasher.Write(entry[:])
}

// String returns the digest as 32 hexadecimal digits.
func (d *fileDigest) String() string {
	if d.hasher == nil {
		d.hasher = xxh3.New()
	}
	sum := d.hasher.Sum128().Bytes()
	return hex.EncodeToString(sum[:])
}
