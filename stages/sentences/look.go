package sentences

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"

	"pressrow/stages"
)

// A look is what a block looks like as a whole: letters and posts, whose
// sentences often end without a stop, look different from edited prose.
type look uint32

const (
	closed look = 1 << iota // it ends with a stop
	web                     // it holds an address, a smile or a line of signs
	small                   // sentences begin with a small letter
	loud                    // stops in a row
	slip                    // a small letter stands behind one stop, perhaps of a name: Who Cares? is out
	thin   = 5              // the bits from here on: how many characters there are to a stop
)

// edited reports whether the block looks like edited prose.
func (w *window) edited() bool { return w.look&(closed|web|small) == closed }

// lookOf returns what text looks like.
func lookOf(text string) look {
	v := viewer{text: text}
	v.small(0)
	for at := 0; at < len(text); at += 64 {
		for marks := marksIn(text[at:min(at+64, len(text))]); marks != 0; marks &= marks - 1 {
			v.mark(at + bits.TrailingZeros64(marks))
		}
	}
	l := v.look
	if lonely(text) {
		l |= small
	}
	switch {
	case v.smalls > 1:
		l |= small
	case v.smalls == 1:
		l |= slip
	}
	if closes(text) {
		l |= closed
	}
	return l | look(bucket(len(text)/(v.stops+1)/20))<<thin
}

// A viewer is at work on a text's look.
type viewer struct {
	text   string
	look   look
	stops  int
	smalls int // small letters behind a stop
}

// mark takes in the mark at i.
func (v *viewer) mark(i int) {
	c, prev := v.text[i], byte(' ')
	if i > 0 {
		prev = v.text[i-1]
	}
	switch {
	case endMark(c):
		v.stops++
		if last := v.last(i); last == c || last == '?' && c == '!' || last == '!' && c == '?' {
			v.look |= loud
		}
		v.small(i + 1)
	case c == '\'':
		if prev == 'i' && i > 1 && isSpace(v.text[i-2]) {
			v.look |= small
		}
	case isSpace(c):
		if v.lone(i + 1) {
			v.look |= small
		}
	case webbed(c, prev), c == '-' && i > 1 && prev == '-' && v.text[i-2] == '-':
		v.look |= web
	}
}

// small takes in the small letter that follows a stop and the white space at i,
// or that opens the text.
func (v *viewer) small(i int) {
	k := i
	for k < len(v.text) && isSpace(v.text[k]) {
		k++
	}
	switch {
	case k == len(v.text) || bytesClass[v.text[k]] != lowerByte || k == i && i > 0:
	case k == 0:
		v.look |= small
	case !v.lone(k):
		v.smalls++
	}
}

// lone reports whether the word at i is a small i: i am, i'm.
func (v *viewer) lone(i int) bool {
	t := v.text[i:]
	return len(t) > 1 && t[0] == 'i' && (t[1] == ' ' || t[1] == '\'')
}

// last returns the last byte before i that is no white space; a stop where there is none.
func (v *viewer) last(i int) byte {
	for i--; i >= 0; i-- {
		if !isSpace(v.text[i]) {
			return v.text[i]
		}
	}
	return '.'
}

// marksIn returns a bit for each byte of s, which has at most 64, that is neither
// letter, digit, space nor beyond ASCII. It has no branch for a mark, since marks
// stand where a processor cannot guess.
func marksIn(s string) (marks uint64) {
	for at := 0; at < len(s); at += 8 {
		if len(s)-at >= 8 {
			marks |= marks8(stages.Load8(s[at:])) << at
			continue
		}
		var last [8]byte
		copy(last[:], "        ")
		copy(last[:], s[at:])
		marks |= marks8(binary.LittleEndian.Uint64(last[:])) << at
	}
	return marks
}

// marks8 returns what marksIn does, of eight bytes.
func marks8(b uint64) uint64 {
	const each, high = 0x0101010101010101, 0x8080808080808080
	ascii := b &^ high
	small := ascii | each*0x20
	letter := (small + each*(0x80-'a')) &^ (small + each*(0x80-'z'-1))
	digit := (ascii + each*(0x80-'0')) &^ (ascii + each*(0x80-'9'-1))
	blank := ^((ascii ^ each*' ') + each*0x7F)
	marks := ^(letter | digit | blank | b) & high
	return marks >> 7 * 0x0102040810204080 >> 56 // the high bits side by side
}

// lonely reports whether text has a small i between two spaces.
func lonely(text string) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	at := 0
	for ; at+10 <= len(text); at += 8 {
		other := (stages.Load8(text[at:]) ^ each*' ') | (stages.Load8(text[at+1:]) ^ each*'i') | (stages.Load8(text[at+2:]) ^ each*' ')
		if (other-each)&^other&high != 0 { // a byte of it is 0
			return true
		}
	}
	return strings.Contains(text[at:], " i ")
}

func endMark(c byte) bool { return c == '.' || c == '?' || c == '!' }

// webbed reports whether c, behind prev, is hardly found in print: @ // :) and the like.
func webbed(c, prev byte) bool {
	switch c {
	case '@', '<', '>', '_', '=', '*', '~', '\\', '^':
		return true
	case '/':
		return prev == '/' || prev == ':'
	case '(', ')':
		return prev == ':' || prev == '-'
	}
	return false
}

// closes reports whether text ends with a stop, perhaps with closing marks behind it.
func closes(text string) bool {
	for k := len(text); k > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:k])
		switch r {
		case '.', '?', '!', '…':
			return true
		case ' ', '\n', '"', '”', '’', '\'', ')', ']':
			k -= n
		default:
			return false
		}
	}
	return false
}
