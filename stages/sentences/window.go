package sentences

import (
	"strings"
	"unicode/utf8"
)

// A window slides over the units of a block. It shows the gap between its left
// and its right unit, the units around them, and what the sentence so far is.
type window struct {
	text string
	at   int     // scanned up to here
	ring [8]unit // units cur-3 to cur+4
	cur  int     // the left unit's place in the block
	n    int     // units scanned

	// The sentence so far, the left unit included.
	length int  // units
	lows   int  // of them in lower case
	run    int  // capitalised units at its end
	first  unit // its first unit

	before stop   // what ended the sentence before
	quotes marks  // the quotations and brackets that are open
	list   marker // the last list marker of the block
	line   bool   // the block is a heading, a caption, an item of a list
	look   look   // of the block

	weights string // the model
}

const ahead = 4 // units known to the right of the left one

// open starts at the first unit of text[at:].
func (w *window) open(text string, at int) {
	*w = window{text: text, at: at, cur: -1, look: lookOf(text[at:]), weights: weights}
	for i := range w.ring {
		w.ring[i].start = -1
	}
	for range ahead {
		w.fill()
	}
}

// fill scans one more unit into the ring, or an empty one at the end.
func (w *window) fill() {
	u := &w.ring[w.n&7]
	w.n++
	at := w.at
	for at < len(w.text) {
		if isSpace(w.text[at]) {
			at++
			continue
		}
		if w.text[at] < utf8.RuneSelf || !isWhiteAt(w.text, at) {
			break
		}
		_, n := utf8.DecodeRuneInString(w.text[at:])
		at += n
	}
	if at == len(w.text) {
		*u = unit{start: -1}
		w.at = at
		return
	}
	u.scan(w.text, at)
	u.glued = at == w.at && w.n > 1
	if u.shape == empty && u.stop == period && u.end == at+1 {
		u.spaced(w.text)
	}
	w.at = u.end
}

// next moves the window by one unit. It reports false behind the last.
func (w *window) next() bool {
	w.cur++
	w.fill()
	l := w.left()
	if l.start < 0 {
		return false
	}
	w.length++
	if w.length == 1 {
		w.first = *l
	}
	if w.unit(-1).stop != noStop {
		w.run = 0
	}
	count := &counts[l.shape] // no branch: a processor cannot guess which words have capitals
	w.lows += count.low
	w.run = (w.run + 1) * count.high
	w.quote(l)
	return true
}

// counts says, for each shape, whether it counts as lower case and as capitalised.
var counts = [...]struct{ low, high int }{lower: {low: 1}, capital: {high: 1}, initial: {high: 1}, upper: {high: 1}, address: {}}

// began says that a sentence ended behind the left unit.
func (w *window) began() {
	w.length, w.lows, w.run = 0, 0, 0
	w.before = w.left().stop
}

// quote keeps count of the quotations and brackets that u opens and closes.
func (w *window) quote(u *unit) {
	if u.shape == empty {
		w.quotes ^= u.open & double
		return
	}
	w.quotes = (w.quotes | u.open&(double|bracket)) &^ u.close
}

// unit returns the k-th unit right of the left one, or left of it if k is
// negative: -3 to 4. Where there is none, its start is -1.
func (w *window) unit(k int) *unit { return &w.ring[(w.cur+k)&7] }

func (w *window) left() *unit  { return w.unit(0) }
func (w *window) right() *unit { return w.unit(1) }

func (w *window) last() bool { return w.right().start < 0 }

// word returns the core of u.
func (w *window) word(u *unit) string { return w.text[u.core:u.coreEnd] }

// spaced makes a unit that is one dot take in the dots that follow it with
// spaces between: . . .
func (u *unit) spaced(text string) {
	for j := u.end; j < len(text); {
		for j < len(text) && text[j] == ' ' {
			j++
		}
		if j == len(text) || text[j] != '.' {
			return
		}
		var next unit
		next.scan(text, j)
		if next.shape != empty {
			return
		}
		u.end, j = next.end, next.end
		u.close |= next.close
		u.stop = ellipsis
		u.stops = min(u.stops+1, 9)
	}
}

// A marker is the number or letter of a list item: 1. 2) c.
type marker struct {
	style byte // '.', ')' or 0 for none
	alpha bool
	value int
}

// markerOf returns the list marker that u is, if it is one.
func (w *window) markerOf(u *unit) marker {
	if u.start < 0 || u.coreEnd-u.core > 2 || u.shape != lower && u.shape != number || u.open&^bullet != 0 {
		return marker{}
	}
	word, tail := w.word(u), w.text[u.coreEnd:u.end]
	if tail != "." && tail != ")" && tail != ".)" {
		return marker{}
	}
	m := marker{style: tail[len(tail)-1]}
	switch {
	case len(word) == 1 && u.shape == lower:
		m.alpha, m.value = true, int(word[0]-'a')+1
	case strings.Trim(word, "0123456789") == "":
		for i := range word {
			m.value = m.value*10 + int(word[i]-'0')
		}
	default:
		return marker{}
	}
	return m
}

// follows reports whether m is the item behind last in the same list.
func (m marker) follows(last marker) bool {
	return m.style != 0 && m.style == last.style && m.alpha == last.alpha && m.value == last.value+1
}
