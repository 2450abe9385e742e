package entities

import (
	"unicode"
	"unicode/utf8"
)

// A shape is a set of facts about a word's letters.
type shape uint16

const (
	capital  shape = 1 << iota // begins with an upper-case letter
	allCaps                    // has letters, two or more, none of them lower-case
	innerCap                   // an upper-case letter after a lower-case one
	lower                      // begins with a lower-case letter
	digit                      // has a digit
	letter                     // has a letter
	dotted                     // has a full stop
	inHyphen                   // has a hyphen between letters
	wide                       // has a character beyond ASCII
	single                     // is one letter, or one letter with a full stop
)

// A word is a token as the tagger sees it: its form, of which it keeps what is
// asked for most, and what its neighbours make of it.
type word struct {
	*term
	shape   shape
	service service
	span    setID  // the set of lists that hold the longest phrase around it
	thing   uint16 // its record, at its first word
	place   uint8  // its place in that phrase: 0 none, 1 first, 2 inside, 3 last, 4 alone
	on      bool   // active
	out     bool   // active, but sure to be outside of names
}

// A term is one of the types of the stretch at hand. Terms lie together where the
// cache is near, as the forms of all texts do not.
type term struct {
	trace int32 // of the word, counted from 1; 0 when it has none
	form
}

// opensPhrase reports whether the longest phrase of the lists that holds an active word begins with it.
func (w *word) opensPhrase() bool { return w.on && (w.place == 1 || w.place == 4) }

// open reports whether the model is to say what a word is.
func (w *word) open() bool { return w.on && !w.out }

// amidPhrase reports whether a word is one of several of a phrase in the lists.
func (w *word) amidPhrase() bool { return w.place >= 1 && w.place <= 3 }

const (
	prime64  = 0x100000001b3
	offset64 = 0xcbf29ce484222325
)

// mix spreads the bits of h over all of them (the end of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// join returns the hash of a phrase from that of its beginning and its next word.
func join(h, next uint64) uint64 { return mix(h*0x9e3779b97f4a7c15 + next) }

// scan returns the hash of text, folded to lower case and straight quotes, and its shape.
func scan(text string) (uint64, shape) {
	h := uint64(offset64)
	var s shape
	uppers, lowers := 0, 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z':
			if i == 0 {
				s |= lower
			}
			lowers++
		case c >= 'A' && c <= 'Z':
			if i == 0 {
				s |= capital
			}
			if lowers > 0 {
				s |= innerCap
			}
			uppers++
			c |= 0x20
		case c >= '0' && c <= '9':
			s |= digit
		case c == '.':
			s |= dotted
		case c == '-':
			if i > 0 && i+1 < len(text) {
				s |= inHyphen
			}
		case c >= utf8.RuneSelf:
			return scanWide(text, i, h, s, uppers, lowers)
		}
		h = (h ^ uint64(c)) * prime64
	}
	return mix(h), s.finish(len(text), uppers, lowers)
}

// scanWide goes on with scan from byte i on, where a character beyond ASCII stands.
func scanWide(text string, i int, h uint64, s shape, uppers, lowers int) (uint64, shape) {
	runes := i
	var buf [utf8.UTFMax]byte
	for at, r := range text[i:] {
		runes++
		switch {
		case unicode.IsUpper(r):
			if at+i == 0 {
				s |= capital
			}
			if lowers > 0 {
				s |= innerCap
			}
			uppers++
			r = unicode.ToLower(r)
		case unicode.IsLower(r):
			if at+i == 0 {
				s |= lower
			}
			lowers++
		case unicode.IsLetter(r):
			s |= letter
		case r >= '0' && r <= '9':
			s |= digit
		case r == '.':
			s |= dotted
		case r == '-':
			s |= inHyphen
		case r == '’' || r == '‘':
			r = '\''
		}
		if r >= utf8.RuneSelf {
			s |= wide
		}
		for _, c := range buf[:utf8.EncodeRune(buf[:], r)] {
			h = (h ^ uint64(c)) * prime64
		}
	}
	return mix(h), s.finish(runes, uppers, lowers)
}

func (s shape) finish(runes, uppers, lowers int) shape {
	if uppers+lowers > 0 {
		s |= letter
	}
	if uppers >= 2 && lowers == 0 {
		s |= allCaps
	}
	if s&letter != 0 && (runes == 1 || runes == 2 && s&dotted != 0) {
		s |= single
	}
	return s
}

// has reports whether s has any of the facts t.
func (s shape) has(t shape) bool { return s&t != 0 }
