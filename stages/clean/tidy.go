package clean

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// maxMarks is how many combining marks a letter may carry. Living languages
// need four.
const maxMarks = 8

// The classes of bytes, by what tidy has to do about them.
const (
	plain = iota // nothing
	space        // perhaps: a second one, or one at the end of a line, goes
	other        // look closer
	high         // part of a character beyond ASCII
)

var classes = func() (t [256]uint8) {
	for b := range t {
		switch {
		case b >= utf8.RuneSelf:
			t[b] = high
		case b == ' ':
			t[b] = space
		case b == '\n':
			t[b] = plain
		case b < ' ' || b == 0x7F || b == '&' || b == '<':
			t[b] = other
		}
	}
	return t
}()

// tidy settles lines, spaces, control and invisible characters, HTML
// references and tags, and ligatures.
func (c *cleaner) tidy() {
	e := &c.edit
	in := e.in
	end := trimmedLen(in)
	i := c.blankLines(in[:end])
	c.markEnd, c.beyond, c.unclosed = -1, false, [numEnds]bool{}
	for i < end {
		switch classes[in[i]] {
		case plain:
			i = skipCalm(in[:end], i+1)
		case space:
			if i > e.done && i+1 < end && in[i+1] > ' ' && in[i-1] > ' ' {
				i++
			} else {
				i = c.spaces(i, end)
			}
		case other:
			i = c.other(i, end)
		default:
			i = c.high(i, end)
		}
	}
	if end < len(in) {
		e.drop(end, len(in))
	}
}

// skipCalm returns how far from i on there is surely nothing to do: up to a byte
// to look at, or to one of the last nine. The byte before i is plain.
func skipCalm(in []byte, i int) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for ; i+9 <= len(in); i += 8 {
		w := binary.LittleEndian.Uint64(in[i:])
		// Borrows may mark bytes above the lowest that is marked, never below.
		odd := (w | (w - ' '*ones) | (w + ones) | ((w ^ '&'*ones) - ones) | ((w ^ '<'*ones) - ones)) & highs
		blank := w ^ ' '*ones
		blank = (blank - ones) &^ blank & highs
		odd |= blank & (blank << 8)
		if blank>>63 != 0 && in[i+8] <= ' ' {
			odd |= 1 << 63
		}
		if odd != 0 {
			n := bits.TrailingZeros64(odd)
			return i + n/8 - int(blank<<8>>n&1) // a space is looked at with what follows it
		}
	}
	return i
}

// trimmedLen returns the length of b without the white space at its end.
func trimmedLen(b []byte) int {
	for len(b) > 0 {
		r, n := utf8.DecodeLastRune(b)
		if !isSpace(r) && !isBreak(r) {
			break
		}
		b = b[:len(b)-n]
	}
	return len(b)
}

// blankLines drops the blank lines at the beginning of in and returns where
// the first line with text begins.
func (c *cleaner) blankLines(in []byte) int {
	start := 0
	for i := 0; i < len(in); {
		r, n := utf8.DecodeRune(in[i:])
		if isBreak(r) {
			start = i + n
		} else if !isSpace(r) {
			break
		}
		i += n
	}
	if start > 0 {
		c.edit.drop(0, start)
	}
	return start
}

// isSpace reports whether r is a space that does not end a line.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', 0xA0, 0x1680, 0x202F, 0x205F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

// isBreak reports whether r ends a line.
func isBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// spaces settles the run of spaces at i and returns its end.
func (c *cleaner) spaces(i, end int) int {
	e := &c.edit
	j, odd := i, false
	for j < end {
		r, n := utf8.DecodeRune(e.in[j:end])
		if !isSpace(r) {
			break
		}
		odd = odd || r != ' '
		j += n
	}
	last := e.last(i)
	r, _ := utf8.DecodeRune(e.in[j:end])
	switch {
	case isBreak(r):
		e.drop(i, j)
	case last == '\n' || last == 0:
		if odd {
			c.indent(i, j)
		}
	case last == ' ':
		e.drop(i, j)
		c.flags.Add(stages.FlagSpaces, 1)
	case odd:
		e.replace(" ", i, j)
		c.flags.Add(stages.FlagSpaces, 1)
	case j > i+1:
		e.drop(i+1, j)
		c.flags.Add(stages.FlagSpaces, 1)
	}
	return j
}

// indent makes the spaces before a line plain ones: four for a tab.
func (c *cleaner) indent(i, j int) {
	for i < j {
		r, n := utf8.DecodeRune(c.edit.in[i:])
		switch r {
		case ' ':
		case '\t':
			c.edit.replace("    ", i, i+n)
		default:
			c.edit.replace(" ", i, i+n)
		}
		i += n
	}
	c.flags.Add(stages.FlagSpaces, 1)
}

// other settles the ASCII character at i that is not plain, and returns where
// to go on.
func (c *cleaner) other(i, end int) int {
	switch c.edit.in[i] {
	case '\t':
		return c.spaces(i, end)
	case '\r':
		return c.carriageReturn(i, end)
	case '\v', '\f':
		c.edit.replace("\n", i, i+1)
		return i + 1
	case '&':
		return c.reference(i, end)
	case '<':
		return c.tag(i, end)
	case 0:
		return c.drop(i, i+1, stages.FlagNULRemoved)
	default:
		return c.drop(i, i+escapeLen(c.edit.in[i:end]), stages.FlagControl)
	}
}

// drop takes in[i:j] out for the reason that flag gives, and returns j.
func (c *cleaner) drop(i, j int, flag stages.Flag) int {
	c.edit.drop(i, j)
	c.flags.Add(flag, 1)
	if flag == stages.FlagNULRemoved || flag == stages.FlagControl {
		if c.controls == 0 {
			c.firstControl = c.source.Span(stages.Span{Start: i, End: j}).Start
		}
		c.controls++
	}
	return j
}

// carriageReturn makes \r, or \r\r\n, or \r\n, one \n.
func (c *cleaner) carriageReturn(i, end int) int {
	j := i + 1
	for j < end && c.edit.in[j] == '\r' {
		j++
	}
	if j < end && c.edit.in[j] == '\n' {
		c.edit.drop(i, j)
		return j
	}
	c.edit.replace("\n", i, i+1)
	return i + 1
}

// escapeLen returns the length of the terminal escape sequence that b begins
// with (ESC [ 3 1 m), or 1.
func escapeLen(b []byte) int {
	if len(b) < 3 || b[0] != 0x1B || b[1] != '[' {
		return 1
	}
	for n := 2; n < min(len(b), 16); n++ {
		switch {
		case b[n] >= '@' && b[n] <= '~':
			return n + 1
		case b[n] < '0' || b[n] > '?':
			return 1
		}
	}
	return 1
}

// high settles the character beyond ASCII at i and returns where to go on.
func (c *cleaner) high(i, end int) int {
	in := c.edit.in
	switch in[i] {
	case 0xC3: // À to ÿ
		return i + 2
	case 0xE2:
		if in[i+1] == 0x80 {
			switch in[i+2] {
			case 0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0xA6: // – — ‘ ’ “ ” …
				return i + 3
			}
		}
	}
	r, n := utf8.DecodeRune(in[i:end])
	if r >= 0x300 {
		c.beyond = true
		if r < 0x370 || unicode.In(r, unicode.Mn, unicode.Me) {
			return c.mark(i, i+n)
		}
	}
	switch {
	case isSpace(r):
		return c.spaces(i, end)
	case isBreak(r):
		c.edit.replace("\n", i, i+n)
	case isBidi(r):
		return c.drop(i, i+n, stages.FlagBidi)
	case isInvisible(r):
		if r != 0x200C && r != 0x200D || !joins(in[:i], in[i+n:end]) {
			return c.drop(i, i+n, stages.FlagInvisible)
		}
	case isControl(r):
		return c.drop(i, i+n, stages.FlagControl)
	case r >= 0xFB00 && r <= 0xFB06:
		c.edit.replace(ligatures[r-0xFB00], i, i+n)
		c.flags.Add(stages.FlagLigature, 1)
	}
	return i + n
}

var ligatures = [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}

// mark keeps the combining mark in[i:j], unless its letter has had enough.
func (c *cleaner) mark(i, j int) int {
	if i != c.markEnd {
		c.marks = 0
	}
	c.markEnd = j
	if c.marks++; c.marks > maxMarks {
		return c.drop(i, j, stages.FlagZalgo)
	}
	return j
}

// isControl reports whether r is a control character beyond ASCII, or no
// character at all.
func isControl(r rune) bool {
	return r >= 0x80 && r < 0xA0 || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

// isBidi reports whether r controls the direction of writing.
func isBidi(r rune) bool {
	return r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x61C
}

// isInvisible reports whether r takes no room and says nothing: zero-width
// characters, the soft hyphen, the byte order mark, annotation and object
// characters, tags.
func isInvisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x180E, r == 0xFEFF:
		return true
	case r < 0x200B:
		return false
	}
	return r <= 0x200D || r >= 0x2060 && r <= 0x2064 || r >= 0xFFF9 && r <= 0xFFFC || r >= 0xE0000 && r <= 0xE007F
}

// joins reports whether a zero-width joiner or non-joiner between the two
// texts has work to do: between emoji, and in scripts whose letters join.
func joins(before, after []byte) bool {
	p, _ := utf8.DecodeLastRune(before)
	n, _ := utf8.DecodeRune(after)
	return isEmoji(p) && isEmoji(n) || isJoining(p) && isJoining(n)
}

func isEmoji(r rune) bool {
	return r >= 0x1F000 && r < 0x20000 || r >= 0x2190 && r < 0x2C00 || r == 0xFE0F
}

// isJoining reports whether r is of a script that uses joiners: Arabic and
// Syriac, the scripts of India and Sri Lanka, Tibetan to Burmese, Khmer and
// Mongolian.
func isJoining(r rune) bool {
	return r >= 0x600 && r < 0x860 || r >= 0x8A0 && r < 0xE00 || r >= 0xF00 && r < 0x10A0 || r >= 0x1780 && r < 0x18B0
}
