package entities

import "slices"

// maxRows bounds the features of one word.
const maxRows = 112

// TableBits is the logarithm of the number of rows of the model.
const TableBits = 19

// row returns the row of a feature in a table of 1<<TableBits rows, and above
// those bits its template.
func row(template, value uint64) uint32 {
	return uint32(template<<TableBits | (value+template*0x9e3779b97f4a7c15)*0xd6e8feb86659fd93>>(64-TableBits))
}

// outside stands for the words before and behind a sentence.
var outside = word{term: &term{form: form{hash: 1}}}

// at returns word i of w, or a stand-in beyond the sentence.
func at(w []word, i int) *word {
	if i < 0 || i >= len(w) {
		return &outside
	}
	return &w[i]
}

// Rows appends the rows of the features of word i of the document, an active
// word of the sentence at hand, in the order of the model's training.
func (x *Extractor) Rows(dst []uint32, i int) []uint32 {
	var f features
	x.features(&f, i)
	for _, c := range f.cells {
		f.rows = members(f.rows, int(c), x.forms.gaz, x.forms.brown)
	}
	slices.SortStableFunc(f.rows, func(a, b uint32) int {
		return slices.Index(trained[:], uint8(a>>TableBits)) - slices.Index(trained[:], uint8(b>>TableBits))
	})
	for _, r := range f.rows {
		dst = append(dst, r&(1<<TableBits-1))
	}
	return dst
}

// The features of a word: the cells of those that come in families, the rows of the others.
type features struct{ rows, cells []uint32 }

// features sets f to the features of word i of the document, an active word of the sentence at hand.
func (x *Extractor) features(f *features, i int) {
	w := x.here
	i -= x.first
	a, b, c, d, e := at(w, i-2), at(w, i-1), at(w, i), at(w, i+1), at(w, i+2)
	ha, hb, hc, hd, he := x.habit(i-2), x.habit(i-1), x.habit(i), x.habit(i+1), x.habit(i+2)
	mode := uint64(0)
	if x.heading[x.at] {
		mode = 1
	}
	if i == 0 {
		mode |= 2
	}
	share, own := uint32(hc>>8), uint64(c.alone)
	kc, kb, kd := uint64(c.kind), uint64(b.kind), uint64(d.kind)
	pb, pc, pd := hb.plain(), hc.plain(), hd.plain()
	f.rows = append(f.rows[:0],
		row(1, c.hash), row(2, b.hash), row(3, d.hash), row(4, a.hash), row(5, e.hash),
		row(8, kc<<2|mode), row(9, kb<<16|kc), row(10, kc<<16|kd), row(11, kb<<32|kc<<16|kd), row(12, c.hash+kc),
		row(25, pb<<16|pc), row(26, pc<<16|pd), row(27, pb<<16|pd), row(28, kc<<16|pb), row(29, kc<<16|pd),
		row(43, uint64(b.alone)<<32|own), row(44, own<<32|uint64(d.alone)), row(48, own<<16|pb), row(49, own<<16|pd),
	)
	f.cells = append(f.cells[:0],
		ownCluster+hc.number(), beforeCluster+share&7*someClusters+hb.number(), behindCluster+share&7*someClusters+hd.number(),
		twoBefore+ha.number(), twoBehind+he.number(), ownShare+share<<2+uint32(mode), beforeShare+uint32(hb>>8)<<3+share&7,
		ownSet+uint32(c.set), beforeSet+uint32(b.set), behindSet+uint32(d.set), twoBeforeSet+uint32(a.set), twoBehindSet+uint32(e.set),
		ownSpan+c.spanPlace(), beforeSpan+b.spanPlace(), behindSpan+d.spanPlace(),
	)
	x.affixes(f, i)
	x.stretch(f, i)
	x.others(f, c, uint32(mode))
}

// spanPlace returns the number of the lists that hold the phrase around w and its place in the phrase.
func (w *word) spanPlace() uint32 { return uint32(w.span)*somePlaces + uint32(w.place) }

// affixes adds the beginning and end of word i of the sentence at hand.
func (x *Extractor) affixes(f *features, i int) {
	text := x.of(x.first + i)
	h := uint64(0)
	for n := 0; n < 4 && n < len(text); n++ {
		h = h<<8 | uint64(text[n])
		if n >= 1 {
			f.rows = append(f.rows, row(13, h<<3|uint64(n)))
		}
	}
	h = 0
	for n := 0; n < 4 && n < len(text); n++ {
		h = h<<8 | uint64(text[len(text)-1-n])
		f.rows = append(f.rows, row(14, h<<3|uint64(n)))
	}
}

// stretch adds what stands at the ends of the capitalised words that word i
// of the sentence at hand belongs to, and around them.
func (x *Extractor) stretch(f *features, i int) {
	w := x.here
	left, right := i, i
	for left > 0 && i-left < 8 && w[left-1].shape.has(capital) {
		left--
	}
	for right+1 < len(w) && right-i < 8 && w[right+1].shape.has(capital) {
		right++
	}
	pos := uint64(min(i-left, 3)<<2 | min(right-i, 3))
	before, after := at(w, left-1), at(w, right+1)
	first, last := &w[left], &w[right]
	f.rows = append(f.rows,
		row(61, before.hash<<4|pos), row(62, after.hash<<4|pos), row(63, x.habit(left-1).plain()<<4|pos), row(64, x.habit(right+1).plain()<<4|pos),
		row(67, last.hash<<2|pos&3), row(68, uint64(first.alone)<<32|uint64(last.alone)), row(69, first.hash<<2|pos>>2),
	)
	f.cells = append(f.cells, runFirst+uint32(first.set)*someStands+uint32(pos), runLast+uint32(last.set)*someStands+uint32(pos))
}

// others adds what the other mentions of word c say.
func (x *Extractor) others(f *features, c *word, mode uint32) {
	if !c.shape.has(capital) {
		return
	}
	if c.trace == 0 {
		f.cells = append(f.cells, noMentions+mode)
		return
	}
	seen := x.traces[c.trace-1].seen
	f.cells = append(f.cells, mentions+seen, mentionsCase+seen&(seenLower|seenInside)<<2+mode)
}
