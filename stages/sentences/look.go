package sentences

import (
	"strings"
	"unicode/utf8"
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
	var marks [64]uint8 // places of marks in a stretch of text
	for at := 0; at < len(text); at += len(marks) {
		stretch := text[at:min(at+len(marks), len(text))]
		n := 0
		for i := range len(stretch) { // without a branch, for marks stand where nobody would guess
			marks[n%len(marks)] = uint8(i)
			n += int(isMark[stretch[i]])
		}
		for _, i := range marks[:n] {
			v.mark(at + int(i))
		}
	}
	l := v.look
	if strings.Contains(text, " i ") {
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

// isMark is 1 for each byte that is neither letter, digit, space nor beyond ASCII.
var isMark = func() (t [256]uint8) {
	for c := range t {
		if class := bytesClass[c]; class == otherByte || class == spaceByte && c != ' ' {
			t[c] = 1
		}
	}
	return t
}()

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
