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
	shout   int32 // words of three or more capitals
	marks   int32 // exclamation marks, and question marks beyond the first
	common  int32 // function words of English
	digit   bool  // has a digit
	asks    bool  // has a question mark
	dots    bool  // a run of four or more full stops
	lower   bool  // begins with a small letter
	smile   bool  // :-) and its kin
	end     byte  // the last character, quotes and brackets aside; 0 outside ASCII

	role  stages.Role
	head  head
	day   int32   // the date in the head, as a number; 0 for none
	power float32 // weight as a header among those of the page
	tone  float32 // sum over the words of how much more readers write them
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
	p.lines = p.lines[:0]
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

// look reads the words and marks of l.
func (p *page) look(l *line) {
	s := p.text[l.Start:l.End]
	var word [maxWord]byte
	var lists [8][]uint16 // cues that begin with the first word, and cues that have a word anywhere
	used, foreign := 1, 0
	for i := 0; i < len(s); {
		n, key, start, end := nextWord(s, i, &word)
		if start != i+1 || s[i] != ' ' {
			foreign += l.signs(s, i, start)
		}
		if start == end {
			break
		}
		i = end
		l.words++
		l.count(s, start, end)
		if n != end-start { // with a curly apostrophe, or too long
			foreign += l.signs(s, start, end)
			if n == 0 {
				continue
			}
		}
		e := lexicon.find(word[:n], key)
		l.tone += e.tone
		l.common += int32(e.common)
		if e.cues == 0 {
			continue
		}
		c := &lexicon.cues[e.cues]
		if l.words == 1 {
			lists[0] = c.first
		}
		if c.any != nil && used < len(lists) {
			lists[used] = c.any
			used++
		}
	}
	if foreign > len(s)/2 { // not written in Latin letters, perhaps without spaces
		l.words = max(l.words, int32(strings.Count(s, " ")+1), int32(len(s)/8))
	}
	l.edges(s)
	p.lookup(l, s, lists[:used])
	switch {
	case strings.HasPrefix(s, "Pingback:") || strings.HasPrefix(s, "Pingback by ") || strings.HasPrefix(s, "Trackback:"):
		l.head = hasPing
	case len(s) <= maxHead && (l.words <= 10 || l.digit && l.words <= 26):
		var day date
		l.head, day = p.piece.readHead(s)
		l.day = day.number()
	}
}

// count takes note of the case of the word s[start:end]. Most words have a
// small letter at one end at least, which it sees without a branch.
func (l *line) count(s string, start, end int) {
	l.capital += int32(upper[s[start]])
	if upper[s[start]]&upper[s[end-1]] == 0 || end-start < 3 {
		return
	}
	for i := start; i < end; i++ {
		if upper[s[i]] == 0 {
			return
		}
	}
	l.shout++
}

// upper is 1 for each ASCII capital.
var upper = func() (t [256]uint8) {
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = 1
	}
	return t
}()

// signs takes note of the marks and digits in s[from:to] and returns how many
// bytes beyond ASCII are there.
func (l *line) signs(s string, from, to int) (foreign int) {
	for i := from; i < to; i++ {
		switch c := s[i]; c {
		case '!':
			l.marks++
		case '?':
			if l.asks {
				l.marks++
			}
			l.asks = true
		case '.':
			l.dots = l.dots || strings.HasPrefix(s[i:], "....")
		case ':', ';':
			l.smile = l.smile || smiles(s[i+1:])
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			l.digit = true
		default:
			if c >= utf8.RuneSelf {
				foreign++
			}
		}
	}
	return foreign
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

func smiles(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && (s[0] == ')' || s[0] == '(' || s[0] == 'D' || s[0] == 'P' || s[0] == 'p') && (len(s) == 1 || s[1] == ' ' || s[1] == '.' || s[1] == '<')
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
