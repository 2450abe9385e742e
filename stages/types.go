package stages

import (
	"fmt"
	"math/bits"
	"slices"
	"sort"
)

// Types tells which of a document's tokens are spelled alike. As in linguistics,
// each occurrence of a word is a token, and each different spelling a type: an
// article in the news has two types for five tokens. What can be known of a word by
// its spelling, stages find once for each type. Tokens of one type are spelled
// alike; only in text made for it have two types one spelling (see maxSearch).
//
// In a long document types are numbered anew in each stretch, so that what is kept
// for each of them takes little memory.
type Types struct {
	Of        []int32   // for each token, the number of its type in its stretch
	First     []int32   // for each type, by number, its first token: an index into Document.Tokens; stretch after stretch
	Stretches []Stretch // of all sentences, in order; one, but in very long documents

	table typeTable
}

// A Stretch is a run of sentences that number their types together, from 0, in
// the order in which these first come.
type Stretch struct {
	FirstSentence, EndSentence int // Document.Sentences[FirstSentence:EndSentence]
	FirstType, EndType         int // Types.First[FirstType:EndType]
}

// MaxStretch is the most tokens of a stretch, but where one sentence has more. No
// article in the news is as long.
const MaxStretch = 1 << 17

// SetTypes sets d.Types from d.Tokens and d.Sentences, in stretches of at most
// that many tokens, a longer sentence aside.
func (d *Document) SetTypes(most int) {
	t := &d.Types
	t.Of = slices.Grow(t.Of[:0], len(d.Tokens))[:len(d.Tokens)]
	t.First, t.Stretches = t.First[:0], t.Stretches[:0]
	for end := 0; end < len(d.Sentences); {
		s := Stretch{FirstSentence: end, FirstType: len(t.First)}
		from := d.Sentences[end].FirstToken
		for end++; end < len(d.Sentences) && d.Sentences[end].EndToken-from <= most; end++ {
		}
		t.First = t.table.number(t.First, d, from, d.Sentences[end-1].EndToken)
		s.EndSentence, s.EndType = end, len(t.First)
		t.Stretches = append(t.Stretches, s)
	}
}

// StretchOf returns the index in t.Stretches of the stretch that holds sentence
// number i.
func (t *Types) StretchOf(i int) int {
	return sort.Search(len(t.Stretches), func(k int) bool { return t.Stretches[k].EndSentence > i })
}

// emptied returns t without types, and with its memory.
func (t *Types) emptied() Types {
	return Types{Of: t.Of[:0], First: t.First[:0], Stretches: t.Stretches[:0], table: t.table}
}

// check reports numbers that name no type, and sentences without types. Those of
// d that hold tokens must have been checked.
func (t *Types) check(d *Document) error {
	if len(t.Of) != len(d.Tokens) {
		return fmt.Errorf("%d tokens with the types of %d", len(d.Tokens), len(t.Of))
	}
	if len(t.Of) == 0 {
		return nil
	}
	var before Stretch
	for i, s := range t.Stretches {
		if s.FirstSentence != before.EndSentence || s.EndSentence <= s.FirstSentence || s.EndSentence > len(d.Sentences) ||
			s.FirstType != before.EndType || s.EndType < s.FirstType || s.EndType > len(t.First) {
			return fmt.Errorf("stretch %d: %+v does not follow %+v", i, s, before)
		}
		types := uint32(s.EndType - s.FirstType)
		for _, n := range t.Of[d.Sentences[s.FirstSentence].FirstToken:d.Sentences[s.EndSentence-1].EndToken] {
			if uint32(n) >= types {
				return fmt.Errorf("stretch %d: no type %d among %d", i, n, types)
			}
		}
		before = s
	}
	if before.EndSentence != len(d.Sentences) || before.EndType != len(t.First) {
		return fmt.Errorf("%d sentences and %d types belong to no stretch", len(d.Sentences)-before.EndSentence, len(t.First)-before.EndType)
	}
	return nil
}

// A typeTable is a hash table of the types of a stretch, with open addressing.
// Numbers count from 1 in it.
type typeTable struct {
	slots []int32 // numbers of types; 0 is free; a power of two, at most half full, and one that is never read
	words []word  // of each type, by number
	first []int32 // the same for the first token of each
	next  int32   // number of the next type
}

const (
	lookAhead = 32 // tokens that are looked up at a time
	maxSearch = 64 // slots that a search looks at; what is not there, but in text made for it, is new
)

// A place is a token's word, and where the search for it begins.
type place struct {
	word
	slot uint64
}

// number sets d.Types.Of for tokens from to end-1, numbers counting from 0, and
// appends the first token of each type to first.
func (t *typeTable) number(first []int32, d *Document, from, end int) []int32 {
	t.reset(end - from)
	var places [lookAhead]place
	for ; from < end; from += lookAhead {
		n := min(end-from, lookAhead)
		t.begin(places[:n], d.Text, d.Tokens[from:])
		t.look(places[:n], d, from)
	}
	return append(first, t.first[1:t.next]...)
}

// reset empties t and makes room for types of n tokens.
func (t *typeTable) reset(n int) {
	size := 1<<bits.Len(uint(2*n)) + 1
	t.slots = slices.Grow(t.slots[:0], size)[:size]
	clear(t.slots)
	t.words = slices.Grow(t.words[:0], n+2)[:n+2]
	t.first = slices.Grow(t.first[:0], n+2)[:n+2]
	t.next = 1
}

// begin sets places to those of the first tokens. It has no branches on how long
// words are.
func (t *typeTable) begin(places []place, text string, tokens []Span) {
	last := uint64(len(t.slots) - 2)
	for k, s := range tokens[:len(places)] {
		p := &places[k]
		if n := s.Len(); n <= maxWord && s.Start+wordSize <= len(text) {
			from, mask := text[s.Start:s.Start+wordSize], &masks[n&maxWord]
			p.word = word{Load8(from) & mask.low, Load8(from[8:])&mask.high | uint64(n)<<56}
		} else {
			p.word = wordOf(text[s.Start:s.End])
		}
		p.slot = p.hash() & last
	}
}

// look sets the numbers of the tokens from from on, of which places are. It has no
// branch but for a type that does not stand where the search begins: a processor
// cannot guess which words are new.
func (t *typeTable) look(places []place, d *Document, from int) {
	slots, words, first, next := t.slots, t.words, t.first, t.next
	of := d.Types.Of[from:][:len(places)]
	for k := range places {
		p := &places[k]
		n := slots[p.slot]
		w := &words[n]
		taken := uint64(int64(-n) >> 63) // all bits, or none where n is 0
		if ((w.low^p.low)|(w.high^p.high))&taken != 0 || p.high >= longWord {
			n = t.search(p, d, from+k)
		}
		fresh := int32(uint32(n-1) >> 31) // 1 where n is 0
		n |= next & -fresh
		slots[p.slot], words[next], first[next] = n, p.word, int32(from+k)
		of[k] = n - 1
		next += fresh
	}
	t.next = next
}

// search moves p to the slot of the type of d.Tokens[i], and returns its number; 0
// where it is new.
func (t *typeTable) search(p *place, d *Document, i int) int32 {
	unread := uint64(len(t.slots) - 1)
	for range maxSearch {
		n := t.slots[p.slot]
		if n == 0 || t.words[n] == p.word && (p.high < longWord || d.Of(d.Tokens[t.first[n]]) == d.Of(d.Tokens[i])) {
			return n
		}
		if p.slot++; p.slot == unread {
			p.slot = 0
		}
	}
	p.slot = unread
	return 0
}

// A word stands for a token. One of up to maxWord bytes it holds whole, with the
// length in the last byte; of a longer one, its hash and, with the mark longWord,
// its length.
type word struct{ low, high uint64 }

const (
	wordSize = 16           // bytes
	maxWord  = wordSize - 1 // nearly all tokens have less
	longWord = 0xff << 56
)

// wordOf returns the word of a token.
func wordOf(token string) word {
	n := len(token)
	if n > maxWord {
		return word{hashOf(token), longWord | uint64(n)}
	}
	var padded [wordSize]byte
	copy(padded[:], token)
	return word{Load8(string(padded[:8])), Load8(string(padded[8:])) | uint64(n)<<56}
}

// masks are the words of tokens of all bits, without their lengths.
var masks = func() (list [wordSize]word) {
	for n := range list {
		list[n] = word{1<<(8*min(n, 8)) - 1, 1<<(8*max(n-8, 0)) - 1}
	}
	return list
}()

// hashOf returns a hash of a token longer than 8 bytes.
func hashOf(token string) uint64 {
	h := word{Load8(token[len(token)-8:]), uint64(len(token))}.hash()
	for ; len(token) > 8; token = token[8:] {
		h = word{Load8(token), h}.hash()
	}
	return h
}

// hash returns where in the table the search for w begins (the product of two
// 64-bit numbers, folded, as in wyhash).
func (w word) hash() uint64 {
	high, low := bits.Mul64(w.low^0x9e3779b97f4a7c15, w.high^0xd6e8feb86659fd93)
	return high ^ low
}
