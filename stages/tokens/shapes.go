package tokens

import (
	"strings"
	"unicode/utf8"
)

// address looks for a web address, e-mail address, file name or newsgroup that
// begins at text[i]. It returns where it ends and true, or how far it looked
// and false.
func address(text string, i int) (int, bool) {
	j := i
	for j < len(text) && classes[text[j]]&(letter|digit|under|dash) != 0 {
		j++
	}
	if j == i || j == len(text) {
		return j, false
	}
	switch text[j] {
	case ':':
		if scheme(text[i:j]) && strings.HasPrefix(text[j:], "://") || equalFold(text[i:j], "mailto") && letterAt(text, j+1) {
			return trimmed(text, i, len(text)), true
		}
		return j, false
	case '.':
		if equalFold(text[i:j], "www") {
			return trimmed(text, i, len(text)), true
		}
	case '@', '%', '+':
	default:
		return j, false
	}
	return host(text, i, j)
}

// host looks at the labels of text[i:], the first of which ends at j, and
// returns what address returns.
func host(text string, i, j int) (int, bool) {
	dots, label := 0, i
	mail, escaped := false, false
scan:
	for ; j < len(text); j++ {
		switch c := text[j]; {
		case classes[c]&(letter|digit|under|dash) != 0:
			continue
		case c == '.' && strings.HasPrefix(text[j:], "...@"):
			j += 2 // a reader's address cut short: name...@example.com
		case c == '.':
			if j+1 == len(text) || classes[text[j+1]]&(letter|digit|under) == 0 {
				break scan
			}
			if 'A' <= text[j+1] && text[j+1] <= 'Z' && named(text, i, label, j, dots, mail) {
				break scan // example.com.But
			}
			dots++
		case c == '@' && !mail && j+1 < len(text) && classes[text[j+1]]&(letter|digit) != 0:
			mail, dots = true, 0
		case (c == '%' || c == '+') && !mail:
			escaped = true
		case c == '/' && !escaped && named(text, i, label, j, dots, mail):
			return trimmed(text, i, len(text)), true
		default:
			break scan
		}
		label = j + 1
	}
	if escaped && !mail {
		return j, false
	}
	return j, named(text, i, label, j, dots, mail)
}

// named reports whether text[i:j], whose last label begins at label, is an address.
func named(text string, i, label, j, dots int, mail bool) bool {
	switch {
	case mail:
		return true
	case dots == 0 || j-label < 2 || text[label-2] == '.':
		return false
	case domains.has(text[label:j]):
		if c := text[label]; 'A' <= c && c <= 'Z' && text[label+1] >= 'a' {
			return false // two sentences grown together: done.Net losses
		}
		return dots > 1 || j < len(text) && text[j] == '/' || !plainDomains.has(text[label:j])
	}
	return dots > 1 && groups.has(text[i:i+strings.IndexByte(text[i:], '.')])
}

// trimmed returns where the address text[i:j] ends without the punctuation of the
// sentence around it.
func trimmed(text string, i, j int) int {
	for k := i; k < j; k++ {
		if c := text[k]; c == '<' || c == '>' || c == '"' {
			j = k
		} else if c >= utf8.RuneSelf {
			if r, _ := utf8.DecodeRuneInString(text[k:]); 0x2000 <= r && r < 0x2070 {
				j = k
			}
		}
	}
	unopened := strings.Count(text[i:j], ")") - strings.Count(text[i:j], "(")
	for j > i+1 {
		switch text[j-1] {
		case '.', ',', ';', ':', '!', '?', '\'', '*', ']', '}':
		case ')':
			if unopened <= 0 {
				return j
			}
			unopened--
		default:
			return j
		}
		j--
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
	for k < len(text) && k-i <= 8 && (classes[text[k]] == letter || text[k] == '/') {
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

// decade reports whether number, which 's follows, names years: 1980's, '60's.
func decade(number string) bool {
	n := len(number)
	return (n == 2 || n == 4) && number[n-1] == '0'
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
