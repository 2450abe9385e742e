package schema

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math"
	"math/bits"

	"github.com/parquet-go/parquet-go"
	"github.com/zeebo/xxh3"
)

// A dictionary numbers the different values of a column in a row group, in the
// order in which they first come. All its values are texts, or all are numbers.
//
// Its values are found in a hash table with open addressing, whose slots are as
// many as a power of two. A slot holds all that is asked of a short text or a
// number, so that most values cost one look into memory.
type dictionary struct {
	textSlots   []textSlot
	numberSlots []numberSlot

	texts   []byte   // in PLAIN encoding: each behind its length
	starts  []uint32 // where each text begins, behind its length
	hashes  []uint64 // of each text, for the digest
	numbers []uint64 // bits of each number
	pages   []uint32 // the last page in which each value was seen; see column.bounds
}

// A textSlot belongs to a text, or is zero.
type textSlot struct {
	word   word
	number uint32 // plus one
}

// A numberSlot belongs to a number, or is zero.
type numberSlot struct {
	bits   uint64
	number uint32 // plus one
}

// A word stands for a text. One of up to maxWord bytes it holds whole, with the
// length in the last byte; of a longer one, its hash and, with the mark longWord,
// its length.
type word struct{ low, high uint64 }

const (
	maxWord  = 15 // bytes; most tokens and names have less
	longWord = 0xff << 56
)

func wordOf(s string) word {
	n := len(s)
	length := uint64(n) << 56
	switch {
	case n > maxWord:
		return word{xxh3.HashString(s), longWord | uint64(n)}
	case n >= 8:
		return word{low8(s), low8(s[n-8:])>>(8*(16-n)) | length}
	case n >= 4:
		return word{uint64(low4(s)) | uint64(low4(s[n-4:]))<<(8*(n-4)), length}
	case n > 0:
		return word{uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1)), length}
	}
	return word{}
}

// long returns the number of bytes of a text that w does not hold, else 0.
func (w word) long() int {
	if w.high < longWord {
		return 0
	}
	return int(w.high &^ longWord)
}

// appendTo adds a text that w holds to b.
func (w word) appendTo(b []byte) []byte {
	n := len(b) + int(w.high>>56)
	b = binary.LittleEndian.AppendUint64(b, w.low)
	return binary.LittleEndian.AppendUint64(b, w.high)[:n]
}

// seeds keep texts that were made to collide in a hash table from doing so. They
// decide nothing but where in the table a value stands.
var seeds = func() (s [2]uint64) {
	from := maphash.MakeSeed()
	for i := range s {
		s[i] = maphash.Bytes(from, []byte{byte(i)})
	}
	return s
}()

// slot returns where in a table the search for w begins.
func (w word) slot() uint64 {
	high, low := bits.Mul64(w.low^seeds[0], w.high^seeds[1])
	return high ^ low
}

// slotOf returns where in a table the search for a number begins.
func slotOf(number uint64) uint64 { return number * 0x9e3779b97f4a7c15 >> 32 } // Fibonacci hashing

const firstSlots = 1 << 8

// len returns the number of values.
func (d *dictionary) len() int { return len(d.starts) + len(d.numbers) }

// reset empties d and keeps its memory.
func (d *dictionary) reset() {
	clear(d.textSlots)
	clear(d.numberSlots)
	d.texts, d.starts, d.hashes, d.numbers, d.pages = d.texts[:0], d.starts[:0], d.hashes[:0], d.numbers[:0], d.pages[:0]
}

// appendTexts adds the numbers of texts to to. long holds one after the other
// the texts that words do not.
func (d *dictionary) appendTexts(to []int32, words []word, long []byte) []int32 {
	for _, w := range words {
		n := w.long()
		to = append(to, d.text(w, long[:n]))
		long = long[n:]
	}
	return to
}

// appendNumbers adds the numbers of values with these bits to to.
func (d *dictionary) appendNumbers(to []int32, bits []uint64) []int32 {
	for _, b := range bits {
		to = append(to, d.number(b))
	}
	return to
}

// text returns the number of a text, which is long unless w holds it.
func (d *dictionary) text(w word, long []byte) int32 {
	if 4*len(d.starts) >= 3*len(d.textSlots) {
		d.growTexts()
	}
	mask := uint64(len(d.textSlots) - 1)
	for i := w.slot() & mask; ; i = (i + 1) & mask {
		switch found := &d.textSlots[i]; {
		case found.number == 0:
			d.add(w, long)
			*found = textSlot{w, uint32(len(d.starts))}
			return int32(found.number - 1)
		case found.word == w && (w.high < longWord || bytes.Equal(d.bytes(found.number-1), long)):
			return int32(found.number - 1)
		}
	}
}

// add gives a text the next number.
func (d *dictionary) add(w word, long []byte) {
	n := len(long)
	if n == 0 {
		n = int(w.high >> 56)
	}
	d.texts = binary.LittleEndian.AppendUint32(d.texts, uint32(n))
	start := len(d.texts)
	d.starts = append(d.starts, uint32(start))
	if len(long) > 0 {
		d.texts = append(d.texts, long...)
		d.hashes = append(d.hashes, w.low)
		return
	}
	d.texts = w.appendTo(d.texts)
	d.hashes = append(d.hashes, xxh3.Hash(d.texts[start:]))
}

// number returns the number of the value with these bits.
func (d *dictionary) number(bits uint64) int32 {
	if 4*len(d.numbers) >= 3*len(d.numberSlots) {
		d.growNumbers()
	}
	mask := uint64(len(d.numberSlots) - 1)
	for i := slotOf(bits) & mask; ; i = (i + 1) & mask {
		switch found := &d.numberSlots[i]; {
		case found.number == 0:
			d.numbers = append(d.numbers, bits)
			*found = numberSlot{bits, uint32(len(d.numbers))}
			return int32(found.number - 1)
		case found.bits == bits:
			return int32(found.number - 1)
		}
	}
}

// growTexts makes room for more texts, so that a quarter of the slots stays free.
func (d *dictionary) growTexts() {
	old := d.textSlots
	d.textSlots = make([]textSlot, max(firstSlots, 2*len(old)))
	mask := uint64(len(d.textSlots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := s.word.slot() & mask
		for d.textSlots[i].number != 0 {
			i = (i + 1) & mask
		}
		d.textSlots[i] = s
	}
}

// growNumbers is growTexts for numbers.
func (d *dictionary) growNumbers() {
	old := d.numberSlots
	d.numberSlots = make([]numberSlot, max(firstSlots, 2*len(old)))
	mask := uint64(len(d.numberSlots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := slotOf(s.bits) & mask
		for d.numberSlots[i].number != 0 {
			i = (i + 1) & mask
		}
		d.numberSlots[i] = s
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
