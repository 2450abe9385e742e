package tokens

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A class is what a byte can be in a word. Classes are bits, so that a whole
// stretch of text can say which of them it holds.
type class uint16

const (
	letter class = 1 << iota
	digit
	high // part of a character beyond ASCII
	space
	quote // ' and "
	dash
	dot
	comma
	colon
	slash
	at
	amp
	star
	dollar
	under
	other
)

// classes holds the class of each byte.
var classes = func() (t [256]class) {
	for c := range t {
		switch {
		case c >= 0x80:
			t[c] = high
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		case c == ' ' || '\t' <= c && c <= '\r':
			t[c] = space
		default:
			t[c] = other
		}
	}
	for _, p := range []struct {
		bytes string
		class class
	}{{"'\"", quote}, {"-", dash}, {".", dot}, {",", comma}, {":", colon}, {"/", slash}, {"@", at}, {"&", amp}, {"*", star}, {"$", dollar}, {"_", under}} {
		for _, c := range []byte(p.bytes) {
			t[c] = p.class
		}
	}
	return t
}()

func isApostrophe(r rune) bool { return r == '’' || r == '‘' || r == 'ʼ' }

// apostrophe returns how many bytes the apostrophe at text[i] has, 0 where there is none.
func apostrophe(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	if text[i] == '\'' || text[i] == '`' {
		return 1
	}
	if r, n := utf8.DecodeRuneInString(text[i:]); isApostrophe(r) {
		return n
	}
	return 0
}

// symbolEnd returns where the symbol token of the rune r, n bytes long at
// text[i], ends: a run of the same dash or ellipsis, an emoji with its
// modifiers, or r alone.
func symbolEnd(text string, i int, r rune, n int) int {
	j := i + n
	for j < len(text) {
		next, m := utf8.DecodeRuneInString(text[j:])
		switch {
		case next == r && (r == '—' || r == '–' || r == '…' || r == '•' || r == '─'),
			unicode.Is(unicode.Variation_Selector, next), next >= 0x1F3FB && next <= 0x1F3FF:
			j += m
		case next == 0x200D && r > 0x2000:
			j += m
			if _, m = utf8.DecodeRuneInString(text[j:]); m > 0 {
				j += m
			}
		default:
			return j
		}
	}
	return j
}

// numberEnd returns where the digits that begin at text[i] end, with what
// separates them.
func numberEnd(text string, i int) int {
	for i < len(text) && (classes[text[i]] == digit || (text[i] == '.' || text[i] == ',') && digitAt(text, i+1)) {
		i++
	}
	return i
}

// thousands reports whether the comma at text[i] groups digits: three follow, and no fourth.
func thousands(text string, i int) bool {
	return digitAt(text, i+1) && digitAt(text, i+2) && digitAt(text, i+3) && !digitAt(text, i+4)
}

// digitsHyphened reports whether text[i:], whose first hyphen is at j, is one
// number with hyphens, such as a telephone number or a date, and no range.
func digitsHyphened(text string, i, j int) bool {
	k := j + 1
	for digitAt(text, k) {
		k++
	}
	before, after := j-i, k-j-1
	if after == 0 {
		return false
	}
	if k+1 < len(text) && text[k] == '-' && digitAt(text, k+1) {
		return true
	}
	return after == 4 && (before == 3 || before == 5) && text[k-2:k] != "00"
}

// year reports whether s, the digits and letters after an apostrophe, is a short year or decade: '07, '90s.
func year(s string) bool {
	return len(s) == 2 && isDigit(s[1]) || len(s) == 3 && isDigit(s[1]) && s[2] == 's'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// tagEnd returns where the hashtag or handle that begins at text[i] ends.
func tagEnd(text string, i int) int {
	j := i + 1
	for j < len(text) && classes[text[j]]&(letter|digit|under) != 0 {
		j++
	}
	return j
}

// finalStop returns where the full stop that ends the sentence text[start:]
// stands, before closing marks and brackets, or -1.
func finalStop(text string, start int) int {
	for i := len(text); i > start; {
		r, n := utf8.DecodeLastRuneInString(text[start:i])
		switch {
		case r == '.':
			return i - 1
		case r == '"' || r == '\'' || r == ')' || r == ']' || r == '”' || r == '’' || unicode.IsSpace(r):
			i -= n
		default:
			return -1
		}
	}
	return -1
}

// dotEnd returns where the word text[i:j] goes on behind the dot at j, or j
// where the dot is no part of it.
func (s *splitter) dotEnd(text string, i, j int) int {
	part := j - lastPart(text, i, j)
	switch {
	case letterAt(text, j+1):
		if part == 1 || degree(text[i:j]) {
			return j + 1 // U.S, a.m, Ph.D
		}
	case j+1 < len(text) && (text[j+1] == '.' || classes[text[j+1]] == digit):
	case part < j-i: // the word holds dots already
		if part <= 3 {
			return j + 1
		}
	case j == s.stop:
	case part == 1 && 'A' <= text[i] && text[i] <= 'Z', abbreviation(text[i:j]):
		return j + 1
	}
	return j
}

// lastPart returns where the part of text[i:j] behind its last dot begins.
func lastPart(text string, i, j int) int {
	if k := strings.LastIndexByte(text[i:j], '.'); k >= 0 {
		return i + k + 1
	}
	return i
}
