package sentences

import "unicode/utf8"

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
	var l look
	stops, smalls := 0, 0
	last, prev := byte('.'), byte(' ') // the last byte that is no white space, and the last
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch bytesClass[c] {
		case spaceByte:
			prev = ' '
			continue
		case lowerByte, upperByte, digitByte, highByte:
			if bytesClass[c] == lowerByte && prev == ' ' {
				switch {
				case i == 0, c == 'i' && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '\''):
					l |= small
				case endMark(last):
					smalls++
				}
			}
			for i+1 < len(text) && bytesClass[text[i+1]]&(lowerByte|upperByte|digitByte|highByte) != 0 {
				i++
			}
			c = text[i]
		default:
			switch {
			case endMark(c):
				stops++
				if last == c || last == '?' && c == '!' || last == '!' && c == '?' {
					l |= loud
				}
			case webbed(c, prev), c == '-' && i > 1 && text[i-1] == '-' && text[i-2] == '-':
				l |= web
			}
		}
		prev, last = c, c
	}
	switch {
	case smalls > 1:
		l |= small
	case smalls == 1:
		l |= slip
	}
	if closes(text) {
		l |= closed
	}
	return l | look(bucket(len(text)/(stops+1)/20))<<thin
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
