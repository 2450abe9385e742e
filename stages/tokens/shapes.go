package tokens

import (
	"strings"
	"unicode/utf8"
)

// address returns where the web address, e-mail address, file name or
// newsgroup that begins at text[i] ends, or i where there is none.
func address(text string, i int) int {
	j := i
	for j < len(text) && classes[text[j]]&(letter|digit|under|dash) != 0 {
		j++
	}
	if j == i || j == len(text) {
		return i
	}
	switch text[j] {
	case ':':
		if scheme(text[i:j]) && j+1 < len(text) && (strings.HasPrefix(text[j:], "://") || equalFold(text[i:j], "mailto")) {
			return trimmed(text, i, len(text))
		}
		return i
	case '.':
		if equalFold(text[i:j], "www") {
			return trimmed(text, i, len(text))
		}
	case '@', '%', '+':
	default:
		return i
	}
	return host(text, i, j)
}

// host looks at the labels of text[i:], the first of which ends at j.
func host(text string, i, j int) int {
	dots, mail := 0, false
	label := i
	for j < len(text) {
		c := text[j]
		switch {
		case classes[c]&(letter|digit|under|dash) != 0:
			j++
			continue
		case c == '.':
			if strings.HasPrefix(text[j:], "...") && strings.IndexByte(text[j:], '@') == 3 {
				j += 3
				continue
			}
			if j+1 == len(text) || classes[text[j+1]]&(letter|digit|under) == 0 {
				return named(text, i, label, j, dots, mail)
			}
			dots++
		case c == '@':
			if mail || j+1 == len(text) || classes[text[j+1]]&(letter|digit) == 0 {
				return i
			}
			mail, dots = true, 0
		case c == '%' || c == '+':
			if strings.IndexByte(text[j:], '@') < 0 {
				return i
			}
		case c == '/':
			if named(text, i, label, j, dots, mail) == i {
				return i
			}
			return trimmed(text, i, len(text))
		default:
			return named(text, i, label, j, dots, mail)
		}
		j++
		label = j
	}
	return named(text, i, label, j, dots, mail)
}

// named decides whether text[i:j], whose last label begins at label, is an address.
func named(text string, i, label, j, dots int, mail bool) int {
	switch {
	case mail:
		return j
	case dots == 0 || j-label < 2:
		return i
	case domains.has(text[label:j]):
		slashed := j < len(text) && text[j] == '/'
		if plainDomains.has(text[label:j]) && dots < 2 && !slashed || text[label-2] == '.' {
			return i
		}
		if c := text[label]; 'A' <= c && c <= 'Z' && text[label+1] >= 'a' {
			return i // two sentences grown together: done.Net losses
		}
		return j
	case dots > 1 && groups.has(text[i:i+strings.IndexByte(text[i:], '.')]):
		return j
	}
	return i
}

// trimmed returns where the address text[i:j] ends without the punctuation of the
// sentence around it.
func trimmed(text string, i, j int) int {
	for k := i; k < j; k++ {
		if c := text[k]; c == '<' || c == '>' || c == '"' {
			j = k
			break
		} else if c >= 0x80 {
			if r, _ := utf8.DecodeRuneInString(text[k:]); r >= 0x2000 && r < 0x2070 {
				j = k
				break
			}
		}
	}
	for j > i {
		switch c := text[j-1]; c {
		case '.', ',', ';', ':', '!', '?', '\'', '*', ']', '}':
			j--
			continue
		case ')':
			if strings.Count(text[i:j], ")") > strings.Count(text[i:j], "(") {
				j--
				continue
			}
		}
		break
	}
	return j
}

func scheme(s string) bool {
	return len(s) <= 6 && (equalFold(s, "http") || equalFold(s, "https") || equalFold(s, "ftp") || equalFold(s, "mailto") || equalFold(s, "file"))
}

// equalFold reports whether s is lower, a lower-case ASCII word, in any case.
func equalFold(s, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i]|0x20 != lower[i] {
			return false
		}
	}
	return true
}

// hyphenated reports whether the word text[i:j] goes on behind its hyphen at j:
// pre-war, e-mail, and wor- as a speaker breaks off.
func hyphenated(text string, i, j int) bool {
	if j+1 == len(text) {
		return j-i <= 3 && lower(text[i:j]) || prefixes.has(text[i:j])
	}
	if !letterAt(text, j+1) && !digitAt(text, j+1) {
		return false
	}
	if k := strings.LastIndexByte(text[i:j], '-'); k >= 0 {
		i += k + 1
	}
	if prefixes.has(text[i:j]) {
		return true
	}
	k := j + 1
	for k < len(text) && classes[text[k]] == letter {
		k++
	}
	return suffixes.has(text[j+1 : k])
}

// ampersand reports whether the word text[i:j] goes on behind its & at j: AT&T.
func ampersand(text string, i, j int) bool {
	k := j + 1
	for k < len(text) && classes[text[k]] == letter {
		k++
	}
	return k > j+1 && j-i <= 4 && k-j <= 4 && (j-i)+(k-j-1) <= 5
}

// slashEnd returns where the word text[i:j] ends if it holds the slash at j, or j.
func slashEnd(text string, i, j int) int {
	k := j + 1
	for k < len(text) && (classes[text[k]] == letter || text[k] == '/') {
		k++
	}
	if slashed.has(text[i:k]) {
		return k
	}
	if j-i == 1 && text[i]|0x20 == 'w' && k == j+1 {
		return k // w/
	}
	return j
}

// masked reports whether the asterisk at text[i] hides letters of a word.
func masked(text string, i int) bool {
	for i < len(text) && text[i] == '*' {
		i++
	}
	return letterAt(text, i) && letterAt(text, i+1)
}

// fileEnd returns where the file ending that begins with the dot text[i] ends, or i: .doc
func fileEnd(text string, i int) int {
	j := i + 1
	for j < len(text) && classes[text[j]]&(letter|digit) != 0 {
		j++
	}
	if domains.has(text[i+1 : j]) {
		return j
	}
	return i
}

// decade reports whether word, which 's follows, names years: 1980's, '60's.
func decade(word, tail string) bool {
	n := len(word)
	return (n == 2 || n == 4) && word[n-1] == '0' && tail == "s" && isDigit(word[0])
}

// itsIsItIs reports whether text begins with "its" for "it's", as hasty
// writers have it: its not, its a.
func itsIsItIs(text string) bool {
	if !equalFold(text[:3], "its") || len(text) < 5 || text[3] != ' ' {
		return false
	}
	j := 4
	for j < len(text) && classes[text[j]] == letter {
		j++
	}
	return afterItIs.has(text[4:j])
}

func lower(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

// emoticonEnd returns where the emoticon that begins at text[i] ends, or i.
func emoticonEnd(text string, i int) int {
	j := i + 1
	if c := text[i]; c == '<' {
		if j < len(text) && text[j] == '3' && !digitAt(text, j+1) {
			return j + 1
		}
		if j < len(text) && text[j] == '-' {
			return run(text, j, '-')
		}
		return i
	} else if c == '-' {
		if k := run(text, i, '-'); k < len(text) && text[k] == '>' {
			return k + 1
		}
		return i
	} else if c == '^' {
		if strings.HasPrefix(text[i:], "^_^") {
			return i + 3
		}
		return i
	} else if c != ':' && c != ';' && c != '=' {
		return i
	}
	if i > 0 && letterAt(text, i-1) && text[i] != '=' && j < len(text) && text[j] != ')' && text[j] != '(' && text[j] != '-' {
		return i
	}
	if j < len(text) && (text[j] == '-' || text[j] == '\'' || text[j] == 'o') {
		j++
	}
	if j >= len(text) {
		return i
	}
	switch c := text[j]; c {
	case ')', '(', ']', '[':
		return run(text, j, c)
	case 'D', 'P', 'p', '/', '\\', '|', '*', 'O', '3':
		if j+1 == len(text) || classes[text[j+1]]&(letter|digit|slash) == 0 {
			return j + 1
		}
	}
	return i
}
