package clean

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// Widths, in characters, of the lines that a hard-wrapped paragraph has.
const (
	minWidth = 45
	maxWidth = 100
)

// A line is a line of the text that may be part of a hard-wrapped paragraph.
type line struct {
	start, end int // without the line break
	width      int // in characters
	word       int // width of the first word
	indent     int // bytes of spaces before it
	lower      bool
	item       bool // is a list item, a quoted mail or a link
}

// unwrap joins the lines of paragraphs that were broken at a fixed width. A
// break is such a one where the next line's first word did not fit any more;
// to be sure, a paragraph must show several, most of them inside sentences:
//
//	in   "The mayor of Fernhollow said on Monday that the\nold bridge would stay shut until the frost is over\nand the beams are dry."
//	out  "The mayor of Fernhollow said on Monday that the old bridge would stay shut until the frost is over and the beams are dry."
func (c *cleaner) unwrap() {
	in := c.edit.in
	c.lines = c.lines[:0]
	for start := 0; start < len(in); {
		end := len(in)
		if n := bytes.IndexByte(in[start:], '\n'); n >= 0 {
			end = start + n
		}
		switch {
		case end-start >= minWidth && end-start <= 2*maxWidth:
			c.lines = append(c.lines, line{start: start, end: end})
		case len(c.lines) > 0: // a short last line, or what follows the paragraph
			if end > start && end-start < minWidth {
				c.lines = append(c.lines, line{start: start, end: end})
			}
			c.join()
		}
		start = end + 1
	}
	c.join()
}

// measure fills in what there is to know about l.
func (l *line) measure(in []byte) {
	for l.start+l.indent < l.end && in[l.start+l.indent] == ' ' {
		l.indent++
	}
	text := in[l.start+l.indent : l.end]
	l.width = l.indent + utf8.RuneCount(text)
	word := text
	if n := bytes.IndexByte(text, ' '); n >= 0 {
		word = text[:n]
	}
	l.word = utf8.RuneCount(word)
	r, _ := utf8.DecodeRune(text)
	l.lower = unicode.IsLower(r)
	l.item = !unicode.IsLetter(r) && !opensQuote(r) && r != '$' && r != '(' && !unicode.IsDigit(r) ||
		numbered(word) || l.word == l.width-l.indent && l.width >= minWidth || isLink(word)
}

func opensQuote(r rune) bool { return r == '"' || r == '\'' || r == '“' || r == '‘' }

func isLink(word []byte) bool {
	return bytes.Contains(word, []byte("://")) || bytes.HasPrefix(word, []byte("www."))
}

// numbered reports whether word is the number of a list item: 1. or 12) .
func numbered(word []byte) bool {
	n := len(word)
	return n >= 2 && n <= 4 && (word[n-1] == '.' || word[n-1] == ')') && word[0] >= '0' && word[0] <= '9'
}

// join joins the paragraphs among c.lines, which follow each other in the
// text, and empties c.lines.
func (c *cleaner) join() {
	lines := c.lines
	c.lines = c.lines[:0]
	if len(lines) < 2 {
		return
	}
	for k := range lines {
		lines[k].measure(c.edit.in)
	}
	for len(lines) >= 2 {
		n := c.wrapped(lines)
		for k := 1; k < n; k++ {
			c.joinLines(lines[k-1], lines[k])
		}
		lines = lines[max(n, 1):]
	}
}

// wrapped returns how many lines from the first on are one hard-wrapped
// paragraph, or 0. Two breaks at least must fall before small letters; where
// the text has shown its width already, one is enough.
func (c *cleaner) wrapped(lines []line) int {
	width, limit, least := 0, maxWidth, 2
	for k := 0; k < min(len(lines), 64) && lines[k].width <= maxWidth; k++ {
		width = max(width, lines[k].width)
		if k > 0 && lines[k].width < minWidth {
			break
		}
	}
	if width <= c.width {
		width, limit, least = c.width, c.width, 1
	}
	n, lower, stops := 1, 0, 0
	for ; n < len(lines); n++ {
		a, b := lines[n-1], lines[n]
		if a.width > limit || b.width > limit || b.item || isLink(c.edit.in[a.start+a.indent:a.end]) || a.width+1+b.word <= width || n > 1 && a.indent != b.indent {
			break
		}
		if b.lower {
			lower++
		}
		if endsSentence(c.edit.in[a.start:a.end]) {
			stops++
		}
	}
	breaks := n - 1
	if lower < least || lower*2 < breaks || stops*2 > breaks {
		return 0
	}
	c.width = width
	return n
}

// endsSentence reports whether b ends as a sentence or a heading does.
func endsSentence(b []byte) bool {
	b = bytes.TrimRight(b, "\"')]")
	b = bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("”")), []byte("’"))
	return len(b) > 0 && bytes.IndexByte([]byte(".!?:"), b[len(b)-1]) >= 0
}

// joinLines joins b to a with a space, or without one after a hyphen or dash.
func (c *cleaner) joinLines(a, b line) {
	gap := " "
	if r, n := utf8.DecodeLastRune(c.edit.in[a.start:a.end]); r == '—' || r == '-' && a.end-n > a.start && c.edit.in[a.end-n-1] > ' ' {
		gap = ""
	}
	if to := b.start + b.indent; gap == "" {
		c.edit.drop(a.end, to)
	} else {
		c.edit.replace(gap, a.end, to)
	}
	c.flags.Add(stages.FlagUnwrapped, 1)
}
