package schema

import (
	"encoding/binary"
	"errors"
	"slices"
)

// A deltaReader reads numbers in Parquet's DELTA_BINARY_PACKED encoding: a first
// one, and then, in blocks and parts of them, how much each is more than the one
// before, less the least such difference of the block.
//
// Arrow has a reader of its own, which takes these numbers bit by bit and five
// times as long: a fifth of the proof.
type deltaReader struct {
	rest []byte // ends with deltaSlack zeros
	size int    // bytes of a number: 4 or 8
	bad  bool
}

// deltaSlack is how far a deltaReader looks behind the last byte.
const deltaSlack = 16

var errDelta = errors.New("differences of numbers are cut off or damaged")

// appendTo adds the numbers to plain, in PLAIN encoding. There must not be more
// than most.
func (r *deltaReader) appendTo(plain []byte, most int) ([]byte, error) {
	block, parts, left := r.uvarint(), r.uvarint(), r.uvarint()
	value := uint64(r.varint())
	if r.bad || left > uint64(most) || parts == 0 || block > 1<<16 || block%(parts*32) != 0 {
		return plain, errDelta
	}
	if left == 0 {
		return plain, nil
	}
	plain = r.put(slices.Grow(plain, int(left)*r.size), value)
	for left--; left > 0; {
		least := uint64(r.varint())
		for _, width := range r.take(int(parts)) {
			n := min(left, block/parts)
			if n == 0 {
				break
			}
			plain, value = r.unpack(plain, value, least, int(n), int(width))
			r.take(int(block/parts) / 8 * int(width))
			left -= n
		}
		if r.bad {
			return plain, errDelta
		}
	}
	return plain, nil
}

// unpack adds n numbers to plain, whose differences have width bits each. The one
// before is value; it returns the last.
func (r *deltaReader) unpack(plain []byte, value, least uint64, n, width int) ([]byte, uint64) {
	if width > 64 || n*width > 8*(len(r.rest)-deltaSlack) {
		r.bad = true
		return plain, value
	}
	mask := uint64(1)<<width - 1
	for i := range n {
		bit := i * width
		more := binary.LittleEndian.Uint64(r.rest[bit/8:]) >> (bit % 8)
		if bit%8+width > 64 {
			more |= uint64(r.rest[bit/8+8]) << (64 - bit%8)
		}
		value += least + more&mask
		plain = r.put(plain, value)
	}
	return plain, value
}

func (r *deltaReader) put(plain []byte, value uint64) []byte {
	if r.size == 4 {
		return binary.LittleEndian.AppendUint32(plain, uint32(value))
	}
	return binary.LittleEndian.AppendUint64(plain, value)
}

func (r *deltaReader) uvarint() uint64 {
	v, n := binary.Uvarint(r.rest)
	r.take(n)
	return v
}

// varint is uvarint for a number that may be negative.
func (r *deltaReader) varint() int64 {
	v, n := binary.Varint(r.rest)
	r.take(n)
	return v
}

// take returns the next n bytes, or nothing where there are not so many.
func (r *deltaReader) take(n int) []byte {
	if n < 0 || n > len(r.rest)-deltaSlack {
		r.bad = true
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}
