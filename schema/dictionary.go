package schema

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math"
	"math/bits"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/zeebo/xxh3"
)

// A dictionary numbers the different values of a column in a row group, in the
// order in which they first come. All its values are texts, or all are numbers.
//
// Its values are found in a hash table with open addressing, whose slots are as
// many as a power of two. Slots hold no more than numbers, and the values that
// come often have low ones: what most looks into memory ask for stays in the
// processor's cache.
type dictionary struct {
	kind  parquet.Kind
	slots []uint32 // numbers of values, plus one; 0 is free
	small []uint32 // the same for keys below maxSmall, each at its own place
	last  int32    // the number that appendTexts added last
	alike int32    // how many values have the numbers of another dictionary; see appendLike

	texts   []byte   // in PLAIN encoding: each behind its length
	starts  []uint32 // where each text begins, behind its length
	words   []word   // of each text
	hashes  []uint64 // of each text, for the digest
	numbers []uint64 // bits of each number
	large   []int32  // what is not in small, by number
	pages   []uint32 // the last page in which each value was seen; see column.bounds
}

const (
	firstSlots = 1 << 8
	maxSmall   = 1 << 15 // more than the day of any publication, and any score
	lookAhead  = 64      // texts looked up at a time
)

// A word stands for a text. One of up to maxWord bytes it holds whole, with the
// length in the last byte; of a longer one, its hash and, with the mark longWord,
// its length.
type word struct{ low, high uint64 }

const (
	wordSize = 16           // bytes
	maxWord  = wordSize - 1 // most tokens and names have less
	longWord = 0xff << 56
)

// again stands for the text that came before.
var again = word{high: 0xfe << 56}

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

// wordAt is wordOf for the first n bytes, up to maxWord, of a text that goes on
// to wordSize bytes or more. It does without branches that no processor foresees.
func wordAt(s string, n int) word {
	mask := &masks[n%wordSize]
	return word{low8(s) & mask.low, low8(s[8:])&mask.high | uint64(n)<<56}
}

// masks are the words of texts of all bits, without their lengths.
var masks = func() (list [wordSize]word) {
	for n := range list {
		list[n] = wordOf(strings.Repeat("\xff", n))
		list[n].high &^= 0xff << 56
	}
	return list
}()

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

// hash returns where in a table the search for w begins.
func (w word) hash() uint64 {
	high, low := bits.Mul64(w.low^seeds[0], w.high^seeds[1])
	return high ^ low
}

// hashOf returns where in a table the search for a number begins.
func hashOf(number uint64) uint64 { return number * 0x9e3779b97f4a7c15 >> 32 } // Fibonacci hashing

// A number is looked up by its key. That of an integer is its bits; that of a
// score between -1 and 1 counts ten-thousandths from -1 on, so that scores, too,
// have each a place of its own; that of another score is its bits, which are more
// than maxSmall.

// keyOfScore returns the key of a score, rounded.
func (d *dictionary) keyOfScore(score float64) uint64 {
	n := math.Round(score * scoreUnits)
	if -scoreUnits <= n && n <= scoreUnits {
		return uint64(n + scoreUnits)
	}
	return d.bitsOf(Round(score))
}

// scoreUnits is how many units of a rounded score there are to 1.
const scoreUnits = 1e4

// bitsOf returns the bits of a score.
func (d *dictionary) bitsOf(score float64) uint64 {
	if d.kind == parquet.Float {
		return uint64(math.Float32bits(float32(score)))
	}
	return math.Float64bits(score)
}

// numberOf returns the bits of the number with a key.
func (d *dictionary) numberOf(key uint64) uint64 {
	if key < maxSmall && (d.kind == parquet.Float || d.kind == parquet.Double) {
		return d.bitsOf((float64(key) - scoreUnits) / scoreUnits)
	}
	return key
}

// len returns the number of values.
func (d *dictionary) len() int { return len(d.starts) + len(d.numbers) }

// reset empties d and keeps its memory.
func (d *dictionary) reset() {
	clear(d.slots)
	clear(d.small)
	d.texts, d.starts, d.words, d.hashes = d.texts[:0], d.starts[:0], d.words[:0], d.hashes[:0]
	d.numbers, d.large, d.pages, d.alike = d.numbers[:0], d.large[:0], d.pages[:0], 0
}

// appendTexts adds the numbers of texts to to. long holds one after the other
// the texts that words do not. Many are looked up before the first answer is
// needed, so that the processor waits for all of them at once.
func (d *dictionary) appendTexts(to []int32, words []word, long []byte) []int32 {
	var found [lookAhead]uint32
	for len(words) > 0 {
		now := words[:min(len(words), lookAhead)]
		d.reserve(len(now))
		mask := uint64(len(d.slots) - 1)
		for i, w := range now {
			found[i] = d.slots[w.hash()&mask]
		}
		for i, w := range now {
			if k := found[i]; k > 0 && d.words[k-1] == w && w.high < longWord {
				d.last = int32(k - 1)
			} else if w != again {
				n := w.long()
				d.last = d.text(w, long[:n])
				long = long[n:]
			}
			to = append(to, d.last)
		}
		words = words[len(now):]
	}
	return to
}

// appendKnown adds to to the numbers of texts, where these stand where the search for
// them begins, else unknown. Like appendTexts, it asks for many before it needs any.
func (d *dictionary) appendKnown(to []int32, words []word) []int32 {
	d.reserve(0)
	mask := uint64(len(d.slots) - 1)
	first := len(to)
	for _, w := range words {
		to = append(to, int32(d.slots[w.hash()&mask])-1)
	}
	for i, w := range words {
		if n := &to[first+i]; *n >= 0 && (d.words[*n] != w || w.high >= longWord) {
			*n = unknown
		}
	}
	return to
}

// text returns the number of a text, which is long unless w holds it. There is
// a free slot for it.
func (d *dictionary) text(w word, long []byte) int32 {
	mask := uint64(len(d.slots) - 1)
	for i := w.hash() & mask; ; i = (i + 1) & mask {
		switch k := d.slots[i]; {
		case k == 0:
			d.add(w, long)
			d.slots[i] = uint32(len(d.starts))
			return int32(len(d.starts) - 1)
		case d.words[k-1] == w && (w.high < longWord || bytes.Equal(d.bytes(k-1), long)):
			return int32(k - 1)
		}
	}
}

// add gives a text the next number.
func (d *dictionary) add(w word, long []byte) {
	n := len(long)
	if n == 0 {
		n = int(w.high >> 56)
	}
	d.words = append(d.words, w)
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

// appendNumbers adds the numbers of values with these keys to to.
func (d *dictionary) appendNumbers(to []int32, keys []uint64) []int32 {
	for _, key := range keys {
		var slot *uint32
		if key < uint64(len(d.small)) {
			slot = &d.small[key]
		} else {
			slot = d.slotOf(key)
		}
		if *slot == 0 {
			d.numbers = append(d.numbers, d.numberOf(key))
			*slot = uint32(len(d.numbers))
		}
		to = append(to, int32(*slot-1))
	}
	return to
}

// appendLike adds the numbers of values that other numbers so. A dictionary finds
// values in this way or in the others, until reset.
func (d *dictionary) appendLike(other *dictionary, to, numbers []int32) []int32 {
	for _, n := range numbers {
		if n >= d.alike {
			n = d.like(other, n)
		}
		to = append(to, n)
	}
	return to
}

// like returns the number of the value that other numbers n.
func (d *dictionary) like(other *dictionary, n int32) int32 {
	if n == d.alike && int(n) == d.len() {
		d.copy(other, n)
		d.alike++
		return n
	}
	if n := other.len(); n > len(d.slots) {
		d.slots = append(d.slots, make([]uint32, max(n, 2*len(d.slots))-len(d.slots))...)
	}
	slot := &d.slots[n]
	if *slot == 0 {
		d.copy(other, n)
		*slot = uint32(d.len())
	}
	return int32(*slot - 1)
}

// copy gives the next number to the value that other numbers n.
func (d *dictionary) copy(other *dictionary, n int32) {
	if len(other.starts) == 0 {
		d.numbers = append(d.numbers, other.numbers[n])
		return
	}
	text := other.bytes(uint32(n))
	d.texts = binary.LittleEndian.AppendUint32(d.texts, uint32(len(text)))
	d.starts = append(d.starts, uint32(len(d.texts)))
	d.texts = append(d.texts, text...)
	d.hashes = append(d.hashes, other.hashes[n])
}

// equal reports whether d and other have the same values in the same order.
func (d *dictionary) equal(other *dictionary) bool {
	return bytes.Equal(d.texts, other.texts) && slices.Equal(d.numbers, other.numbers)
}

// slotOf returns the slot of the value with a key, or a free one that is to be its.
func (d *dictionary) slotOf(key uint64) *uint32 {
	if key < maxSmall {
		for uint64(len(d.small)) <= key {
			d.small = append(d.small, make([]uint32, max(firstSlots, len(d.small)))...)
		}
		return &d.small[key]
	}
	d.reserve(1)
	mask := uint64(len(d.slots) - 1)
	for i := hashOf(key) & mask; ; i = (i + 1) & mask {
		switch k := d.slots[i]; {
		case k == 0:
			d.large = append(d.large, int32(len(d.numbers)))
			return &d.slots[i]
		case d.numbers[k-1] == key:
			return &d.slots[i]
		}
	}
}

// reserve makes room for n more values in the slots, so that half of them stay
// free.
func (d *dictionary) reserve(n int) {
	slots := max(firstSlots, len(d.slots))
	for slots < 2*(len(d.words)+len(d.large)+n) {
		slots *= 2
	}
	if slots == len(d.slots) {
		return
	}
	d.slots = make([]uint32, slots)
	for i, w := range d.words {
		d.place(w.hash(), i)
	}
	for _, i := range d.large {
		d.place(hashOf(d.numbers[i]), int(i))
	}
}

// place puts a value's number into a free slot, from where the search begins.
func (d *dictionary) place(from uint64, number int) {
	mask := uint64(len(d.slots) - 1)
	i := from & mask
	for d.slots[i] != 0 {
		i = (i + 1) & mask
	}
	d.slots[i] = uint32(number + 1)
}

// bytes returns the text with a number. It is part of d.
func (d *dictionary) bytes(number uint32) []byte {
	start := d.starts[number]
	n := binary.LittleEndian.Uint32(d.texts[start-4:])
	return d.texts[start : start+n]
}

// value returns the value with a number. A text is part of d.
func (d *dictionary) value(number int32) parquet.Value {
	switch d.kind {
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

// less reports whether the value numbered a comes before that numbered b.
func (d *dictionary) less(a, b int32) bool {
	switch d.kind {
	case parquet.ByteArray:
		return bytes.Compare(d.bytes(uint32(a)), d.bytes(uint32(b))) < 0
	case parquet.Int32:
		return int32(d.numbers[a]) < int32(d.numbers[b])
	case parquet.Int64:
		return int64(d.numbers[a]) < int64(d.numbers[b])
	case parquet.Float:
		return math.Float32frombits(uint32(d.numbers[a])) < math.Float32frombits(uint32(d.numbers[b]))
	}
	return math.Float64frombits(d.numbers[a]) < math.Float64frombits(d.numbers[b])
}

// appendTo adds all values to page in PLAIN encoding.
func (d *dictionary) appendTo(page []byte) []byte {
	page = append(page, d.texts...)
	for _, bits := range d.numbers {
		if d.kind == parquet.Int32 || d.kind == parquet.Float {
			page = binary.LittleEndian.AppendUint32(page, uint32(bits))
		} else {
			page = binary.LittleEndian.AppendUint64(page, bits)
		}
	}
	return page
}
