package tokens

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// Split sets d.Tokens, the FirstToken and EndToken of each sentence, and d.Types. Every
// character that is not white space belongs to exactly one token.
func Split(d *stages.Document) error {
	s := splitter{text: d.Text, out: d.Tokens[:0]}
	if len(d.Text) > longText {
		s.reserve(d.Sentences)
	}
	for i := range d.Sentences {
		sentence := &d.Sentences[i]
		sentence.FirstToken = len(s.out)
		s.sentence(sentence.Span)
		sentence.EndToken = len(s.out)
	}
	d.Tokens = s.out
	d.SetTypes(stages.MaxStretch)
	return nil
}

// longText is the number of bytes from which on tokens are counted before they
// are kept: a list that grows with them takes more than twice the memory, for a
// text of 16 MiB up to 300 MB.
const longText = 1 << 20

// reserve makes room for the tokens of sentences.
func (s *splitter) reserve(sentences []stages.Sentence) {
	n := 0
	for i := range sentences {
		s.out = s.out[:0]
		s.sentence(sentences[i].Span)
		n += len(s.out)
	}
	s.out = slices.Grow(s.out[:0], n)
}

// A splitter appends the tokens of text to out.
type splitter struct {
	text string
	out  []stages.Span
	stop int // where the full stop that ends the sentence stands, or -1
}

func (s *splitter) add(start, end int) {
	s.out = append(s.out, stages.Span{Start: start, End: end})
}

// sentence finds the stretches between white space, which most often are
// words, alone or with a comma or stop, and hands on what is harder.
func (s *splitter) sentence(span stages.Span) {
	text := s.text[:span.End]
	s.stop = finalStop(text, span.Start)
	for i := span.Start; i < len(text); {
		if classes[text[i]] == space {
			i++
			continue
		}
		start := i
		i = lettersEnd(text, i)
		switch {
		case i == len(text) || classes[text[i]] == space:
			s.word(start, i)
			continue
		case i > start && (i == s.stop && i+1 == len(text) || text[i] == ',' && i+1 < len(text) && classes[text[i+1]] == space):
			s.word(start, i)
			s.add(i, i+1)
			i++
			continue
		}
		seen := class(0)
		for ; i < len(text) && classes[text[i]] != space; i++ {
			seen |= classes[text[i]]
		}
		s.stretch(text, start, i, seen)
	}
}

// lettersEnd returns where the ASCII letters that begin at text[i] end; i where
// there are none.
func lettersEnd(text string, i int) int {
	for i+8 <= len(text) {
		n, _, _ := stages.Letters8(text[i:])
		if i += n; n < 8 {
			return i
		}
	}
	for i < len(text) && classes[text[i]] == letter {
		i++
	}
	return i
}

// stretch splits text[i:end], which holds no ASCII white space and the classes
// of bytes in seen.
func (s *splitter) stretch(text string, i, end int, seen class) {
	text = text[:end]
	looked := i // no address begins before
	for i < end {
		if i >= looked && seen&(at|slash|dot) != 0 {
			j, ok := address(text, i)
			if ok {
				s.add(i, j)
				i = j
				continue
			}
			looked = j
		}
		c := text[i]
		switch classes[c] {
		case letter, under:
			i = s.wordAt(text, i)
		case digit:
			i = s.numberAt(text, i)
		case high:
			r, n := utf8.DecodeRuneInString(text[i:])
			switch {
			case unicode.IsSpace(r):
				i += n
			case isApostrophe(r): // ʼ counts as a letter elsewhere
				j := s.apostropheEnd(text, i, n)
				s.add(i, j)
				i = j
			case wordRune(r):
				i = s.wordAt(text, i)
			default:
				j := symbolEnd(text, i, r, n)
				s.add(i, j)
				i = j
			}
		default:
			j := s.punctEnd(text, i)
			s.add(i, j)
			i = j
		}
	}
}

// wordAt adds the word that begins at text[i] and returns where it ends.
func (s *splitter) wordAt(text string, i int) int {
	j := i
	apostrophe := -1 // the last one inside the word
scan:
	for j < len(text) {
		c := text[j]
		switch classes[c] {
		case letter, digit, under:
			j++
		case high:
			r, n := utf8.DecodeRuneInString(text[j:])
			if isApostrophe(r) {
				if !letterAt(text, j+n) {
					break scan
				}
				apostrophe = j
				j += n
			} else if wordRune(r) {
				j += n
			} else {
				break scan
			}
		case quote:
			if c == '"' || !letterAt(text, j+1) || j == i {
				break scan
			}
			apostrophe = j
			j++
		case dash:
			if !hyphenated(text, i, j) {
				break scan
			}
			j++
		case dot:
			k := s.dotEnd(text, i, j)
			if k == j {
				break scan
			}
			j = k
		case amp:
			if !ampersand(text, i, j) {
				break scan
			}
			j++
		case slash:
			k := slashEnd(text, i, j)
			if k == j {
				break scan
			}
			j = k
		case star:
			if !letterAt(text, j+1) || !letterAt(text, j+2) {
				break scan
			}
			j++
		case dollar:
			if !currencyPrefix(text[i:j]) {
				break scan
			}
			j++
			break scan
		default:
			if c == '(' && (strings.HasPrefix(text[j:], "(s)") || strings.HasPrefix(text[j:], "(es)")) {
				j += strings.IndexByte(text[j:], ')') + 1
			}
			if c == '!' && j == i+5 && text[i:j] == "Yahoo" {
				j++
			}
			break scan
		}
	}
	if apostrophe > i {
		s.contraction(text, i, apostrophe, j)
	} else {
		s.word(i, j)
	}
	return j
}

// contraction adds the parts of text[i:j], whose last apostrophe is at a:
// does|n't, Sessions|'s, and O'Brien as one.
func (s *splitter) contraction(text string, i, a, j int) {
	tail := text[a+apostrophe(text, a) : j]
	switch {
	case clitic(tail):
		s.contractionOrWord(text, i, a)
		s.add(a, j)
	case len(tail) == 1 && tail[0]|0x20 == 't' && a-1 > i && text[a-1]|0x20 == 'n':
		s.add(i, a-1)
		s.add(a-1, j)
	case a == i+1 && equalFold(text[i:a], "y") && equalFold(tail, "all"):
		s.add(i, j-len(tail))
		s.add(j-len(tail), j)
	case a == i+1 && equalFold(text[i:a], "c") && equalFold(tail, "mon"):
		s.add(i, j-2)
		s.add(j-2, j)
	default:
		s.add(i, j)
	}
}

// contractionOrWord adds text[i:j], in which one more contraction may hide: would|n't|'ve.
func (s *splitter) contractionOrWord(text string, i, j int) {
	a := j - 3
	if a > i+1 && text[a] == 'n' && text[j-1] == 't' && text[j-2] == '\'' {
		s.add(i, a)
		i = a
	} else if a -= 2; a > i+1 && text[a] == 'n' && text[a+1:j] == "’t" {
		s.add(i, a)
		i = a
	}
	s.add(i, j)
}

// word adds text[i:j] and parts the words that people write as one: can|not.
func (s *splitter) word(i, j int) {
	if mayBeFused(s.text[i:j]) {
		i = s.part(i, j)
	}
	s.add(i, j)
}

// part adds the first of two words that text[i:j] may be, and returns where the
// second begins; i where it is one word.
func (s *splitter) part(i, j int) int {
	at := fused[fold(s.text[i:j])]
	if at == 0 && j-i == 3 && itsIsItIs(s.text[i:]) {
		at = 2
	}
	if at > 0 {
		s.add(i, i+at)
	}
	return i + at
}

// numberAt adds the number that begins at text[i], parted from its unit, and
// returns where it ends: 1,000.50, 5:30, 11/8/2019, 1990s, 20th, 5|pm, 3|%.
func (s *splitter) numberAt(text string, i int) int {
	j := i
	hyphens := 0
scan:
	for j < len(text) {
		switch c := text[j]; classes[c] {
		case digit, under:
			j++
		case dot, slash, comma, colon:
			if !digitAt(text, j+1) || c == ',' && !thousands(text, j) {
				break scan
			}
			j++
		case dash:
			if hyphens == 0 && !digitsHyphened(text, i, j) {
				break scan
			}
			if hyphens > 0 && !digitAt(text, j+1) {
				break scan
			}
			hyphens++
			j++
		default:
			break scan
		}
	}
	if !letterAt(text, j) {
		if n := apostrophe(text, j); n > 0 && decade(text[i:j]) && j+n < len(text) && text[j+n] == 's' && !letterAt(text, j+n+1) {
			j += n + 1 // the 1980's
		}
		s.add(i, j)
		return j
	}
	k := j
	for k < len(text) && (classes[text[k]] == letter || classes[text[k]] == digit) {
		k++
	}
	if unit(text[j:k]) {
		s.add(i, j)
		return s.wordAt(text, j)
	}
	if k < len(text) && (classes[text[k]] == high || classes[text[k]] == quote) {
		return s.wordAt(text, i)
	}
	s.add(i, k)
	return k
}

// punctEnd returns where the punctuation token that begins at text[i] ends.
func (s *splitter) punctEnd(text string, i int) int {
	c := text[i]
	switch c {
	case '.':
		if j := run(text, i, '.'); j > i+1 {
			return j
		}
		if digitAt(text, i+1) {
			return numberEnd(text, i+1)
		}
		if j := fileEnd(text, i); j > i {
			return j
		}
		return marksEnd(text, i+1)
	case '!', '?':
		return marksEnd(text, i)
	case '+':
		if j := run(text, i, '+'); j > i+1 || !digitAt(text, j) {
			return j
		}
		return numberEnd(text, i+1)
	case '-', '*', '=', '~', '_', '|', '<', '>', '^':
		if j := emoticonEnd(text, i); j > i {
			return j
		}
		return run(text, i, c)
	case '#', '@':
		if j := tagEnd(text, i); j > i+1 && (c == '#' || !digitAt(text, i+1)) {
			return j
		}
	case '\'':
		return s.apostropheEnd(text, i, 1)
	case '`':
		if j := run(text, i, '`'); j > i+1 {
			return min(j, i+2)
		}
		return s.apostropheEnd(text, i, 1)
	case ':', ';':
		if j := emoticonEnd(text, i); j > i {
			return j
		}
	}
	return i + 1
}

// apostropheEnd returns where the token ends that begins with the apostrophe
// or single quotation mark text[i:i+n]: '90s, 'em, a clitic after a word, or
// the mark alone.
func (s *splitter) apostropheEnd(text string, i, n int) int {
	j := i + n
	if strings.HasPrefix(text[j:], text[i:j]) {
		return j + n
	}
	k := j
	for k < len(text) && (classes[text[k]] == letter || classes[text[k]] == digit) {
		k++
	}
	switch tail := text[j:k]; {
	case tail == "":
		return j
	case digitAt(text, j):
		if year(tail) {
			return k
		}
	case equalFold(tail, "n") && apostrophe(text, k) > 0:
		return k + apostrophe(text, k) // rock ’n’ roll
	case clitic(tail) && len(s.out) > 0 && s.out[len(s.out)-1].End == i, elided(tail):
		return k
	}
	return j
}

// marksEnd returns where the exclamation and question marks from text[i] on end.
func marksEnd(text string, i int) int {
	for i < len(text) && (text[i] == '!' || text[i] == '?') {
		i++
	}
	return i
}

func run(text string, i int, c byte) int {
	for i < len(text) && text[i] == c {
		i++
	}
	return i
}

func letterAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	if c := classes[text[i]]; c != high {
		return c == letter
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return wordRune(r)
}

func digitAt(text string, i int) bool { return i < len(text) && classes[text[i]] == digit }

func wordRune(r rune) bool {
	return r >= 0xAA && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r))
}
