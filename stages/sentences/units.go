package sentences

import (
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// A unit is a stretch of text between white space, or a part of one where two
// sentences have grown together ("over.The").
type unit struct {
	start, end    int // in the text
	core, coreEnd int // the word in it, without the marks around it
	open, close   marks
	lead, stop    stop  // the last stop before and behind the core
	stops         uint8 // how many stops, at most 9
	shape         shape
	kind          kind   // what the core's abbreviation is, where a full stop follows
	glued         bool   // no white space stands before it
	hash          uint32 // of the core in lower case; set by learn
}

// marks are the quotation marks and brackets around a word.
type marks uint8

const (
	double  marks = 1 << iota // " “ ”
	single                    // ' ‘ ’
	bracket                   // ( [ { and their ends
	bullet                    // • and the like, before a word
	dash                      // - – —
	symbol                    // anything else
)

type stop uint8

const (
	noStop stop = iota
	comma
	semicolon
	colon
	period
	ellipsis
	question
	exclamation
)

// shape is the form of a core.
type shape uint8

const (
	empty   shape = iota // no letter or digit
	lower                // word
	capital              // Word
	initial              // W
	upper                // WORD
	mixed                // iPhone, McCain
	number               // 12, 1,000
	numeric              // 12th, B2
	address              // a.b@c.d, www.a.b, http://a.b
)

// scan reads the unit that begins at text[i], which is not white space.
func (u *unit) scan(text string, i int) {
	*u = unit{start: i, core: i}
	// The plain word first, alone or with a comma or stop: most units are one.
	n, caps := letters(text[i:])
	j := i + n
	if n == 0 {
		u.scanMarked(text, i)
		return
	}
	u.coreEnd, u.shape = j, letterShape(text[i], caps, n-caps)
	switch {
	case j == len(text) || bytesClass[text[j]] == spaceByte:
		u.end = j
		return
	case j+1 < len(text) && bytesClass[text[j+1]] != spaceByte:
	case text[j] == ',':
		u.end, u.stop, u.stops = j+1, comma, 1
		return
	case text[j] == '.':
		u.end, u.stop, u.stops, u.kind = j+1, period, 1, kindOf(text[i:j], u.shape)
		return
	}
	*u = unit{start: i, core: i}
	u.scanMarked(text, i)
}

// letters returns how many ASCII letters s begins with, and how many of them are
// capitals.
func letters(s string) (n, caps int) {
	if len(s) >= 8 {
		if n, caps, _ = stages.Letters8(s); n < 8 {
			return n, caps
		}
	}
	for n < len(s) && bytesClass[s[n]]&(lowerByte|upperByte) != 0 {
		if bytesClass[s[n]] == upperByte {
			caps++
		}
		n++
	}
	return n, caps
}

// scanMarked reads a unit that holds more than letters.
func (u *unit) scanMarked(text string, i int) {
	// Marks before the core.
	j := i
	for j < len(text) {
		r, n := rune(text[j]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[j:])
		}
		if isWord(r) || isWhite(r) {
			break
		}
		u.mark(&u.open, r, text, j+n)
		j += n
	}
	u.core = j
	u.coreEnd = j
	if j == len(text) || isWhiteAt(text, j) {
		u.end = j
		u.shape = empty
		u.close = u.open
		return
	}
	u.lead, u.stop, u.stops = u.stop, noStop, 0
	var caps, lows, digits, others int
	var inner bool
	for j < len(text) {
		c := text[j]
		switch bytesClass[c] {
		case lowerByte:
			lows++
		case upperByte:
			caps++
		case digitByte:
			digits++
		case spaceByte:
			goto done
		case otherByte:
			if c == '@' || c == '/' && j > i && text[j-1] == ':' {
				inner = true
			}
			j++
			others++
			if gluedEnd(text, i, j) && !inner {
				goto done
			}
			continue
		default:
			r, n := utf8.DecodeRuneInString(text[j:])
			switch {
			case isWhite(r):
				goto done
			case !isWord(r):
				j += n
				others++
				if gluedEnd(text, i, j) && !inner {
					goto done
				}
				continue
			case unicode.IsUpper(r):
				caps++
			case unicode.IsLower(r):
				lows++
			}
			j += n
			u.coreEnd = j
			continue
		}
		j++
		u.coreEnd = j
	}
done:
	u.end = j
	switch {
	case inner:
		u.shape = address
	case digits > 0 && caps+lows == 0:
		u.shape = number
	case digits > 0:
		u.shape = numeric
	default:
		u.shape = letterShape(text[u.core], caps, lows)
		if u.shape == mixed && text[u.core] >= utf8.RuneSelf {
			if r, _ := utf8.DecodeRuneInString(text[u.core:]); unicode.IsUpper(r) && caps == 1 {
				u.shape = capital
			}
		}
	}
	for k := u.coreEnd; k < j; {
		r, n := utf8.DecodeRuneInString(text[k:])
		u.mark(&u.close, r, text, k+n)
		k += n
	}
	if u.stop == period {
		u.kind = kindOf(text[u.core:u.coreEnd], u.shape)
	}
}

func letterShape(first byte, caps, lows int) shape {
	switch {
	case caps == 0:
		return lower
	case caps == 1 && lows == 0:
		return initial
	case caps == 1 && 'A' <= first && first <= 'Z':
		return capital
	case lows == 0:
		return upper
	}
	return mixed
}

// mark notes the mark or stop r, behind which text[after:] stands.
func (u *unit) mark(m *marks, r rune, text string, after int) {
	stop := noStop
	switch r {
	case '"', '“', '”', '„', '«', '»', '‟':
		*m |= double
		return
	case '\'', '‘', '’', '`', '‚', '‹', '›':
		*m |= single
		return
	case '(', ')', '[', ']', '{', '}':
		*m |= bracket
		return
	case '•', '⁃', '◦', '‣', '▪', '●', '■', '►', '⦁':
		*m |= bullet
		return
	case '-', '–', '—', '―', '−':
		*m |= dash
		return
	case ',':
		stop = comma
	case ';':
		stop = semicolon
	case ':':
		stop = colon
	case '.':
		stop = period
		if u.stop == period || u.stop == ellipsis {
			stop = ellipsis
		}
	case '…':
		stop = ellipsis
	case '?':
		stop = question
	case '!':
		stop = exclamation
	default:
		*m |= symbol
		return
	}
	u.stop = stop
	u.stops = min(u.stops+1, 9)
}

// gluedEnd reports whether text[i:j], which ends in a mark, may end a sentence
// that the next has grown to: a lower-case word, a stop, perhaps a closing
// mark, and a word: "over.The", "really?thanks".
func gluedEnd(text string, i, j int) bool {
	if j+1 >= len(text) || bytesClass[text[j]]&(lowerByte|upperByte) == 0 {
		return false
	}
	k := j
	for k > i {
		r, n := utf8.DecodeLastRuneInString(text[i:k])
		if r != '"' && r != '”' && r != ')' && r != '’' && r != '\'' {
			break
		}
		k -= n
	}
	stops := k
	for k > i && (text[k-1] == '.' || text[k-1] == '!' || text[k-1] == '?') {
		k--
	}
	if stops -= k; stops == 0 || k-i < 2 || bytesClass[text[k-1]] != lowerByte || bytesClass[text[k-2]] != lowerByte {
		return false
	}
	if bytesClass[text[j]] == upperByte && (bytesClass[text[j+1]] == lowerByte || text[j:j+2] == "I ") {
		return !addressed(text, j)
	}
	return bytesClass[text[j]] == lowerByte && text[k] != '.' && j-k == stops && !addressed(text, j)
}

// addressed reports whether the stretch of text that goes on at i looks like
// part of an address: @, / or = follows soon.
func addressed(text string, i int) bool {
	for end := min(i+100, len(text)); i < end && !isSpace(text[i]); i++ {
		if text[i] == '@' || text[i] == '/' || text[i] == '=' {
			return true
		}
	}
	return false
}

// learn hashes u's word, once. The rules need no hash, and most gaps no more
// than the rules.
func (u *unit) learn(text string) {
	if u.hash == 0 && u.core < u.coreEnd {
		u.hash = hashOf(text[u.core:u.coreEnd])
	}
}

// hashOf returns the FNV-1a hash of word in lower case, taken by characters.
func hashOf(word string) uint32 {
	h := uint32(2166136261)
	for _, r := range word {
		if isWord(r) {
			if r < utf8.RuneSelf {
				r |= 0x20
			} else {
				r = unicode.ToLower(r)
			}
		}
		h = (h ^ uint32(r)) * 16777619
	}
	return h
}

type byteClass uint8

const (
	otherByte byteClass = 0
	lowerByte byteClass = 1 << iota
	upperByte
	digitByte
	spaceByte
	highByte
)

var bytesClass = func() (t [256]byteClass) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf:
			t[c] = highByte
		case 'a' <= c && c <= 'z':
			t[c] = lowerByte
		case 'A' <= c && c <= 'Z':
			t[c] = upperByte
		case '0' <= c && c <= '9':
			t[c] = digitByte
		case c == ' ' || '\t' <= c && c <= '\r':
			t[c] = spaceByte
		}
	}
	return t
}()

func isSpace(c byte) bool { return bytesClass[c] == spaceByte }

func isWord(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return bytesClass[r]&(lowerByte|upperByte|digitByte) != 0
	case isTypographic(r):
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isWhite(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return isSpace(byte(r))
	case isTypographic(r):
		return false
	}
	return unicode.IsSpace(r)
}

// isTypographic reports whether r is a dash, a quotation mark, a bullet or an
// ellipsis: nearly all that prose has beyond ASCII.
func isTypographic(r rune) bool { return '‐' <= r && r <= '‧' }

func isWhiteAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return isWhite(r)
}
