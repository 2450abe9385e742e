package comments

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// A line is a non-blank line of the text and what was read from it.
type line struct {
	stages.Span
	blank  int32 // blank lines before it
	indent int32 // columns of white space before it

	words   int32 // runs of letters
	capital int32 // words that begin with a capital
	lower   bool  // begins with a small letter
	end     byte  // the last character, quotes and brackets aside; 0 outside ASCII
	voice   voice // set when somebody asks for it

	role  stages.Role
	head  head
	day   int32   // the date in the head, as a number; 0 for none
	power float32 // weight as a header among those of the page
	score float32

	cue    *cue // what the lexicon says of it, nil for nothing
	reason string
}

// A page is the scratch memory for one document.
type page struct {
	text     string
	lines    []line
	enough   int   // index of the line after which a thread may begin
	headline int   // index of the headline's line, -1 for none
	summed   bool  // a dek has been found
	common   int   // function words of English
	names    []int // indexes of lines that may be a reader's name
	heads    []int // indexes of lines with a head
	kin      []kin // the families of heads
	dominant kin   // the weightiest of them
	piece    pieces
	start    [maxStart]byte
	buf      [maxCue]byte
}

// maxCue is how many bytes of a line the lexicon looks at.
const maxCue = 400

// maxStart is enough for the longest cue that begins a line, and what normal
// keeps free behind it.
const maxStart = 64

// read finds the lines of text and what they are made of.
func (p *page) read(text string) {
	p.text = text
	p.lines, p.common = p.lines[:0], 0
	var blank int32
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		s := text[at:end]
		left := strings.TrimLeftFunc(s, unicode.IsSpace)
		if left == "" {
			blank++
			at = end + 1
			continue
		}
		start := end - len(left)
		trimmed := strings.TrimRightFunc(left, unicode.IsSpace)
		p.lines = append(p.lines, line{Span: stages.Span{Start: start, End: start + len(trimmed)}, blank: blank, indent: columns(text[at:start])})
		p.look(&p.lines[len(p.lines)-1])
		blank = 0
		at = end + 1
	}
}

func columns(s string) (n int32) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ':
			n++
		case '\t':
			n += 4
		}
	}
	return n
}

// look reads how l is written and what the lexicon says of it.
func (p *page) look(l *line) {
	s := p.text[l.Start:l.End]
	var t tally
	t.count(p.text, l.Start, l.End)
	l.words, l.capital = int32(t.words), int32(t.capital)
	p.common += t.common
	l.edges(s)
	p.lookup(l, s, t.lists[:t.used])
	switch {
	case strings.HasPrefix(s, "Pingback:") || strings.HasPrefix(s, "Pingback by ") || strings.HasPrefix(s, "Trackback:"):
		l.head = hasPing
	case len(s) <= maxHead && (l.words <= 10 || l.words <= 26 && strings.ContainsAny(s, "0123456789")):
		var day date
		l.head, day = p.piece.readHead(s)
		l.day = day.number()
	}
}

// edges takes note of how s begins and ends.
func (l *line) edges(s string) {
	c, _ := utf8.DecodeRuneInString(s)
	l.lower = unicode.IsLower(c)
	t := strings.TrimRight(s, ` "'’”)]*`)
	if t != "" && t[len(t)-1] < utf8.RuneSelf {
		l.end = t[len(t)-1]
	}
}

// lookup finds the first cue of the lists that speaks of l.
func (p *page) lookup(l *line, s string, lists [][]uint16) {
	c, _ := utf8.DecodeRuneInString(s)
	odd := !unicode.IsLetter(c)
	if len(lists) == 1 && len(lists[0]) == 0 && !odd {
		return
	}
	var start, norm []byte
	best := -1
	try := func(list []uint16) {
		for _, i := range list {
			c := &cues[i]
			if best >= 0 && int(i) > best || c.words > 0 && int(l.words) > c.words {
				continue
			}
			if start == nil {
				start = normal(s, p.start[:0])
			}
			if !c.anywhere() && !c.opens(start) {
				continue
			}
			if norm == nil {
				norm = normal(s, p.buf[:0])
			}
			if c.match(norm) {
				best = int(i)
			}
		}
	}
	for _, list := range lists {
		try(list)
	}
	if odd {
		try(wordless)
	}
	if best >= 0 {
		l.cue = &cues[best]
	}
}

func (p *page) of(i int) string { return p.text[p.lines[i].Start:p.lines[i].End] }

// sentence reports whether l ends as a sentence does.
func (l *line) sentence() bool { return l.end == '.' || l.end == '!' || l.end == '?' }

// set gives l its role, unless it has one.
func (l *line) set(role stages.Role, reason string, score float32) {
	if l.reason == "" {
		l.role, l.reason, l.score = role, reason, score
	}
}
