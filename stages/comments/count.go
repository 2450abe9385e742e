package comments

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"

	"pressrow/stages"
)

// A tally is what count finds in a line.
type tally struct {
	words, capital, common int // words, those that begin with a capital, function words of English

	lists [8][]uint16 // cues that begin with the first word, and cues that have a word anywhere
	used  int         // of lists
}

// count counts the words of text[start:end] and gathers the cues that they point to.
//
// Every word of every page passes here. Where words end, a processor cannot
// guess; so the text is taken 64 bytes at a time, as sets, and the loop over
// their words has few branches.
func (t *tally) count(text string, start, end int) {
	t.lists[0], t.used = cuesAt(text[start:end]).first, 1
	var capital, common uint64
	foreign := 0 // bytes beyond ASCII, or more
	for at := start; at < end; {
		letters, odd, n := wordsAt(text, at, end)
		if n == 0 {
			next := t.long(text[:end], at)
			foreign += next - at
			at = next
			continue
		}
		foreign += bits.OnesCount64(odd)
		starts := letters &^ (letters << 1)
		t.words += bits.OnesCount64(starts)
		for ; starts != 0; starts &= starts - 1 {
			i := bits.TrailingZeros64(starts)
			var b uint64
			if k := at + i; k+8 <= len(text) {
				b = stages.Load8(text[k:])
			} else {
				b = lastBytes(text[k:])
			}
			capital += ^b >> 5 & 1
			known := frequent.of(headOf(b, bits.TrailingZeros64(^(letters >> i))))
			common += known >> 63
			if known&hasCues != 0 {
				t.add(cuesAt(text[at+i : end]))
			}
		}
		at += n
	}
	t.capital += int(capital)
	t.common += int(common)
	if s := text[start:end]; foreign > len(s)/2 && beyondASCII(s) > len(s)/2 { // not written in Latin letters, perhaps without spaces
		t.words = max(t.words, strings.Count(s, " ")+1, len(s)/8)
	}
}

// long counts the word at or after text[at], of any length, and returns its end.
func (t *tally) long(text string, at int) int {
	var word [maxWord]byte
	n, key, start, end := nextWord(text, at, &word)
	if start == end {
		return end
	}
	t.words++
	if letter[text[start]] != text[start] {
		t.capital++
	}
	if n > 0 {
		e := lexicon.find(word[:n], key)
		t.common += int(e.common)
		t.add(&lexicon.cues[e.cues])
	}
	return end
}

// add adds the cues that have a word anywhere.
func (t *tally) add(c *listed) {
	if c.any != nil && t.used < len(t.lists) {
		t.lists[t.used] = c.any
		t.used++
	}
}

// cuesAt returns the cues of the first word in s.
func cuesAt(s string) *listed {
	var word [maxWord]byte
	n, key, _, _ := nextWord(s, 0, &word)
	if n == 0 {
		return &lexicon.cues[0]
	}
	return &lexicon.cues[lexicon.find(word[:n], key).cues]
}

// wordsAt returns two sets of the first n bytes of text[at:end], of 64 at most,
// where no word goes on behind them: letters, with the apostrophes within words;
// and all apostrophes and bytes beyond ASCII. The n is 0 where no word surely ends.
func wordsAt(text string, at, end int) (letters, odd uint64, n int) {
	const each, high = 0x0101010101010101, 0x8080808080808080
	n = min(end-at, 64)
	for i := 0; i < n; i += 8 {
		var b uint64
		if k := at + i; k+8 <= len(text) {
			b = stages.Load8(text[k:])
		} else {
			b = lastBytes(text[k:])
		}
		ascii := b &^ high
		small := ascii | each*0x20
		letter := (small + each*(0x80-'a')) &^ (small + each*(0x80-'z'-1)) &^ b
		other := (ascii ^ each*'\'') + each*0x7F
		letters |= gather(letter&high) << i
		odd |= gather((b|^other)&high) << i
	}
	if end-at > 64 {
		n = bits.Len64(^(letters | odd))
	}
	within := uint64(1)<<n - 1
	letters, odd = letters&within, odd&within
	for behind := odd & (letters << 1); behind != 0; behind &= behind - 1 {
		i := bits.TrailingZeros64(behind)
		size := 1
		if text[at+i] != '\'' {
			size = len("’")
		}
		if next := i + size; next < n && letter[text[at+next]] != 0 && (size == 1 || text[at+i:at+next] == "’") {
			letters |= (1<<size - 1) << i
		}
	}
	return letters, odd, n
}

// gather puts the high bits of b's bytes side by side.
func gather(b uint64) uint64 { return b >> 7 * 0x0102040810204080 >> 56 }

// lastBytes returns the bytes of s, of which there are less than 8, as Load8 does, zeros behind them.
func lastBytes(s string) uint64 {
	var b [8]byte
	copy(b[:], s)
	return binary.LittleEndian.Uint64(b[:])
}

// headOf returns the first 8 letters of a word of n bytes, the first of which are b, in lower case.
func headOf(b uint64, n int) uint64 {
	return (b | 0x2020202020202020) & (^uint64(0) >> (64 - 8*min(n, 8)))
}

func beyondASCII(s string) (n int) {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// A sieve tells the few words that count has to know, by their first 8 letters,
// from all others in one look: no two of them have the same place.
type sieve struct {
	slots  [1 << sieveBits]uint64 // the letters as headOf gives them, and flags
	factor uint64                 // leads from the letters to the place
}

const sieveBits = 11

// The flags stand where ASCII leaves room.
const (
	isCommon = 1 << 63 // a function word of English
	hasCues  = 1 << 55 // the word, or another with the same beginning, has cues anywhere
)

// frequent is made from the lexicon.
var frequent = func() (s sieve) {
	for s.factor = goldenRatio; !s.fill(); {
		s.factor *= goldenRatio
	}
	return s
}()

const goldenRatio = 0x9e3779b97f4a7c15

// fill puts the words of the lexicon into s and reports whether each has a place of its own.
func (s *sieve) fill() bool {
	s.slots = [1 << sieveBits]uint64{}
	for i, e := range lexicon.slots {
		var flags uint64
		if e.common != 0 {
			flags |= isCommon
		}
		if lexicon.cues[e.cues].any != nil {
			flags |= hasCues
		}
		if flags == 0 {
			continue
		}
		word := lexicon.words[i]
		key := keyOf([]byte(word[:min(len(word), 8)]))
		switch slot := &s.slots[s.place(key)]; {
		case *slot == 0 || *slot&^(isCommon|hasCues) == key:
			*slot |= key | flags
		default:
			return false
		}
	}
	return true
}

func (s *sieve) place(key uint64) uint64 { return key * s.factor >> (64 - sieveBits) }

// of returns the flags of the word that begins with key, beside key itself; 0 for most words.
func (s *sieve) of(key uint64) uint64 {
	known := s.slots[s.place(key)]
	if known&^(isCommon|hasCues) != key {
		known = 0
	}
	return known
}
