package schema

import (
	"encoding/binary"
	"encoding/hex"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
	"github.com/zeebo/xxh3"
)

// A column's digest is a 128-bit xxh3 hash over its entries, whatever the
// encoding, page size and compression. There are two kinds of it.
//
// The plain one is, in a row group, the hash over three others, 16 bytes each:
// those of its repetition levels, of its definition levels, and of its values.
// Levels are as Dremel and Parquet define them, a byte each, and none where they
// can only be 0. A number is its bits and a text its 64-bit xxh3 hash, eight bytes
// each and little-endian.
//
// The numbered one, for the columns that we write with a dictionary, spares us
// looking at a value again and again: the different values of a row group are
// numbered from 0 in the order in which they first come. In the place of the
// values stand their numbers, four bytes each, and a fourth hash follows, that of
// the different values in that order.
//
// A file's digest is the hash over the number of rows (eight bytes) and the digest
// of each row group in turn, so that row groups can be hashed at the same time and
// in different processes.

// numberedDigest is how a numbered digest begins as text; a plain one has nothing.
const numberedDigest = "dict:"

// isNumbered reports whether the digest of a column that we write is numbered.
func isNumbered(leaf parquet.Node) bool { return leaf.Encoding().Encoding() == format.RLEDictionary }

// A columnDigest takes the entries of one column of one row group.
type columnDigest struct{ rep, def, value, entry *xxh3.Hasher }

func newColumnDigest() columnDigest {
	return columnDigest{xxh3.New(), xxh3.New(), xxh3.New(), xxh3.New()}
}

// levels adds the levels of entries. One of the two may be empty.
func (d *columnDigest) levels(rep, def []byte) {
	d.rep.Write(rep)
	d.def.Write(def)
}

// values adds the bits of numbers, or the hashes of texts.
func (d *columnDigest) values(bits []uint64) { d.value.Write(littleEndian(bits)) }

// different adds what values takes, of the different values of a row group.
func (d *columnDigest) different(bits []uint64) { d.entry.Write(littleEndian(bits)) }

// numbers adds what the values are numbered.
func (d *columnDigest) numbers(list []int32) { d.value.Write(littleEndian(list)) }

// sum returns the digest and empties d for the next row group.
func (d *columnDigest) sum(numbered bool) [16]byte {
	hashers := []*xxh3.Hasher{d.rep, d.def, d.value}
	if numbered {
		hashers = append(hashers, d.entry)
	}
	var sums []byte
	for _, h := range hashers {
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

// text returns the digest as it stands in a Digest.
func (d *fileDigest) text(numbered bool) string {
	if d.hasher == nil {
		d.hasher = xxh3.New()
	}
	sum := d.hasher.Sum128().Bytes()
	text := hex.EncodeToString(sum[:])
	if numbered {
		text = numberedDigest + text
	}
	return text
}
