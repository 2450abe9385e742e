package schema

import (
	"bytes"
	"encoding/binary"
	"math"

	"github.com/parquet-go/parquet-go"
)

// A dictionary numbers the different values of a column in a row group, in the
// order in which they first come. All its values are texts, or all are numbers.
type dictionary struct {
	slots   []slot   // hash table with open addressing; as many as a power of two
	texts   []byte   // in PLAIN encoding: each behind its length
	starts  []uint32 // where each text begins, behind its length
	numbers []uint64 // bits of each number
	pages   []uint32 // the last page in which each value was seen; see column.bounds
}

// A slot of the hash table belongs to a value, or is zero.
type slot struct {
	hash   uint32 // half of it
	number uint32 // plus one
	word   uint64 // of a text, if it is short: see wordOf
}

// A text of up to this many bytes is compared as one word, without a look into
// the dictionary; most tokens are.
const maxWord = 7

const firstSlots = 1 << 8

// len returns the number of values.
func (d *dictionary) len() int { return len(d.starts) + len(d.numbers) }

// reset empties d and keeps its memory.
func (d *dictionary) reset() {
	clear(d.slots)
	d.texts, d.starts, d.numbers, d.pages = d.texts[:0], d.starts[:0], d.numbers[:0], d.pages[:0]
}

// appendTexts adds the numbers of texts, which are in PLAIN encoding, to to.
func (d *dictionary) appendTexts(to []int32, texts []byte, hashes []uint64) []int32 {
	for _, hash := range hashes {
		n := 4 + binary.LittleEndian.Uint32(texts)
		to = append(to, d.text(texts[4:n], wordOf(texts, n-4), hash))
		texts = texts[n:]
	}
	return to
}

// wordOf returns the first of texts, whose length is n, and its length in a
// word, if it is short, or else 0.
func wordOf(texts []byte, n uint32) uint64 {
	if n > maxWord {
		return 0
	}
	var word uint64
	if len(texts) >= 12 {
		word = binary.LittleEndian.Uint64(texts[4:]) & (1<<(8*n) - 1)
	} else {
		for i := n; i > 0; i-- {
			word = word<<8 | uint64(texts[3+i])
		}
	}
	return word | uint64(n+1)<<(8*maxWord)
}

// appendNumbers adds the numbers of values with these bits to to.
func (d *dictionary) appendNumbers(to []int32, bits []uint64) []int32 {
	for _, b := range bits {
		to = append(to, d.number(b))
	}
	return to
}

// text returns the number of s, whose word and hash are given.
func (d *dictionary) text(s []byte, word, hash uint64) int32 {
	d.reserve()
	mask := uint32(len(d.slots) - 1)
	half := uint32(hash >> 32)
	for i := half & mask; ; i = (i + 1) & mask {
		switch found := &d.slots[i]; {
		case found.number == 0:
			d.texts = binary.LittleEndian.AppendUint32(d.texts, uint32(len(s)))
			d.starts = append(d.starts, uint32(len(d.texts)))
			d.texts = append(d.texts, s...)
			*found = slot{half, uint32(len(d.starts)), word}
			return int32(found.number - 1)
		case found.hash == half && found.word == word && (word != 0 || bytes.Equal(d.bytes(found.number-1), s)):
			return int32(found.number - 1)
		}
	}
}

// number returns the number of the value with these bits.
func (d *dictionary) number(bits uint64) int32 {
	d.reserve()
	mask := uint32(len(d.slots) - 1)
	half := uint32(bits * 0x9e3779b97f4a7c15 >> 32) // Fibonacci hashing
	for i := half & mask; ; i = (i + 1) & mask {
		switch found := &d.slots[i]; {
		case found.number == 0:
			d.numbers = append(d.numbers, bits)
			*found = slot{hash: half, number: uint32(len(d.numbers))}
			return int32(found.number - 1)
		case found.hash == half && d.numbers[found.number-1] == bits:
			return int32(found.number - 1)
		}
	}
}

// reserve makes room for one more value, so that half of the slots stay free.
func (d *dictionary) reserve() {
	if 2*d.len() < len(d.slots) {
		return
	}
	old := d.slots
	d.slots = make([]slot, max(firstSlots, 2*len(old)))
	mask := uint32(len(d.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := s.hash & mask
		for d.slots[i].number != 0 {
			i = (i + 1) & mask
		}
		d.slots[i] = s
	}
}

// bytes returns the text with a number. It is part of d.
func (d *dictionary) bytes(number uint32) []byte {
	start := d.starts[number]
	n := binary.LittleEndian.Uint32(d.texts[start-4:])
	return d.texts[start : start+n]
}

// value returns the value with a number. A text is part of d.
func (d *dictionary) value(kind parquet.Kind, number int32) parquet.Value {
	switch kind {
	case parquet.ByteArray:
		return parquet.ByteArrayValue(d.bytes(uint32(number)))
	case parquet.Int32:
		return parquet.Int32Value(int32(d.numbers[number]))
	case parquet.Int64:
		return parquet.Int64Value(int64(d.numbers[number]))
	case parquet.Float:
		return parquet.FloatValue(math.Float32frombits(uint32(d.numbers[number])))
	}
	return parquet.DoubleValue(math.Float64frombits(d.numbers[number]))
}

// appendTo adds all values to page in PLAIN encoding.
func (d *dictionary) appendTo(page []byte, kind parquet.Kind) []byte {
	page = append(page, d.texts...)
	for _, bits := range d.numbers {
		if kind == parquet.Int32 || kind == parquet.Float {
			page = binary.LittleEndian.AppendUint32(page, uint32(bits))
		} else {
			page = binary.LittleEndian.AppendUint64(page, bits)
		}
	}
	return page
}
