package clean

import (
	"unicode"
	"unicode/utf8"
)

// cost says how unlikely the character r is between p and n in good text: 0
// for ASCII, about 1 for a letter or sign in its place, 4 and more for what
// hardly occurs. The numbers were set by hand on the cases in the tests.
func cost(p, r, n rune) float64 {
	switch {
	case r < 0x80:
		return 0
	case r < 0xA0:
		return 4
	case r < 0xC0 || r == '×' || r == '÷':
		return latinSign(p, r, n)
	case r < 0x250:
		return latin(p, r, n)
	case r < 0x300:
		return 3 + inside(p, n) // modifier and IPA letters, spacing accents
	case r < 0x2000:
		return script(p, r, n)
	case r < 0x2070:
		return punctuation(p, r, n)
	case r < 0x3000:
		return symbol(p, r, n)
	case r < 0xD800:
		return eastern(p, r, n)
	}
	return beyond(r)
}

// inside is the cost of a sign between two letters.
func inside(p, n rune) float64 {
	if unicode.IsLetter(p) && unicode.IsLetter(n) {
		return 2.5
	}
	return 0
}

// latinSign is the cost of the signs of Latin-1.
func latinSign(p, r, n rune) float64 {
	sum := 1.0
	switch r {
	case 0xA0:
		return 0
	case 0xAD:
		return 0.5
	case '¤', '¦', '¨', '¬', '¯', '´':
		sum = 2
	case '¸':
		sum = 3
	case 'µ', 'ª', 'º':
		return 1
	case '®', '°', '²', '³', '¹', '»', '·', '×', '½', '¼', '¾':
		return sum + inside(p, n) + crowded(p)
	}
	if unicode.IsLetter(p) {
		sum++
	}
	return sum + inside(p, n) + crowded(p)
}

// crowded is the cost of a sign right after another.
func crowded(p rune) float64 {
	if p >= 0xA1 && p < 0xC0 || p >= 0x2020 && p < 0x2900 && p != '…' {
		return 0.7
	}
	return 0
}

// latin is the cost of the Latin letters beyond ASCII.
func latin(p, r, n rune) float64 {
	sum := 1.0
	switch {
	case r == 'ſ' || r == 'ÿ' || r == 'Ÿ' || r == 'ƒ':
		sum = 3
	case r >= 0x180 && (r < 0x218 || r > 0x21B):
		sum = 4
	case r >= 0x100:
		sum = 1.5
	}
	if !unicode.IsUpper(r) {
		switch {
		case unicode.IsUpper(p) && unicode.IsUpper(n):
			sum += 3
		case unicode.IsUpper(p) && !unicode.IsLower(n):
			sum += 1.5
		}
		return sum
	}
	alone := !unicode.IsLetter(p) && !unicode.IsLetter(n)
	switch {
	case unicode.IsLower(p):
		sum += 3
	case alone:
		sum += 0.5
	}
	switch {
	case r == 'Ã' && !isPlainUpper(n) && !(alone && isTypographic(n) && n != 0xA0):
		sum += 2
	case r == 'Â' && !unicode.IsUpper(p) && !isPlainUpper(n):
		sum += 1.5
	}
	return sum
}

func isPlainUpper(r rune) bool { return r >= 'A' && r <= 'Z' }

// punctuation is the cost of the signs of general punctuation.
func punctuation(p, r, n rune) float64 {
	switch r {
	case '’':
		if unicode.IsLetter(p) && unicode.IsLetter(n) {
			return 0.2
		}
		return 0.5
	case '–', '—', '…':
		return 0.5
	case '“', '‘':
		if unicode.IsLetter(p) {
			return 1.5 + inside(p, n)
		}
		return 0.5
	case '”':
		if unicode.IsLetter(n) {
			return 1.5 + inside(p, n)
		}
		return 0.5
	}
	switch {
	case r <= 0x200D, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x2060:
		return 0.5
	case r == '•', r == '″', r == '′':
		return 1 + inside(p, n)
	}
	sum := 1.5 + inside(p, n) + crowded(p) // ‚ „ † ‡ ‰ ‹ › and others
	if unicode.IsLetter(p) {
		sum++
	}
	return sum
}

// symbol is the cost of currency signs, arrows, mathematics, boxes, dingbats.
func symbol(p, r, n rune) float64 {
	switch {
	case r == '™' || r == '€':
		return 1 + inside(p, n) + crowded(p)
	case isBox(r):
		sum := 1.5
		if unicode.IsLetter(p) {
			sum += 1.5
		}
		if unicode.IsLetter(n) {
			sum += 1.5
		}
		return sum
	case !unicode.IsPrint(r) || r >= 0x2C00:
		return 4
	}
	sum := 1 + inside(p, n)
	if unicode.IsLetter(p) && r >= 0x2200 && r < 0x2300 {
		sum += 2
	}
	return sum + crowded(p)
}

func isBox(r rune) bool { return r >= 0x2500 && r < 0x25A0 }

// alphabets are scripts that text may well be written in: their characters, the
// cost of one that follows another of them, and that of one beside a Latin letter.
var alphabets = []struct {
	first, last   rune
	within, mixed float64
}{
	{0x386, 0x3CE, 0.3, 1},  // Greek
	{0x401, 0x45F, 0.3, 3},  // Cyrillic
	{0x531, 0x58A, 0.5, 3},  // Armenian
	{0x5D0, 0x5EA, 0.3, 3},  // Hebrew
	{0x60C, 0x6D3, 0.3, 3},  // Arabic
	{0x901, 0xDDF, 0.3, 3},  // India and Sri Lanka
	{0xE01, 0xE5B, 0.3, 3},  // Thai
	{0x10D0, 0x10FF, .3, 3}, // Georgian
}

// script is the cost of marks and of letters from Greek to Greek Extended.
func script(p, r, n rune) float64 {
	switch {
	case r < 0x370:
		return 1
	case r >= 0x1E00 && r < 0x1F00:
		return latin(p, r, n) - 2.8
	case !unicode.IsPrint(r):
		return 6
	}
	for _, a := range alphabets {
		if r < a.first || r > a.last {
			continue
		}
		sum := 1.5
		if p >= a.first && p <= a.last {
			sum = a.within
		}
		if isLatin(p) || isLatin(n) {
			sum += a.mixed
		}
		if unicode.IsUpper(r) && unicode.IsLower(p) {
			sum += 2
		}
		if r >= 0x400 && (r < 0x410 || r > 0x44F) && r < 0x530 {
			sum += 0.5 // letters of Cyrillic that Russian lacks
		}
		if r >= 0x610 && r < 0x621 || r >= 0x653 && r < 0x660 || r >= 0x66A && r < 0x67E {
			sum += 2
		}
		return sum
	}
	if isLatin(p) || isLatin(n) {
		return 7
	}
	return 4
}

func isLatin(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xC0 && r < 0x250 && r != '×' && r != '÷'
}

// eastern is the cost of Chinese, Japanese and Korean.
func eastern(p, r, n rune) float64 {
	switch {
	case r < 0x3040:
		return 0.7
	case !unicode.IsPrint(r):
		return 6
	case r >= 0x3100 && r < 0x4E00, r >= 0xA000 && r < 0xAC00:
		return 4
	}
	sum := 1.0
	if p >= 0x3000 && p < 0xD800 {
		sum = 0.4
	}
	if isLatin(p) || isLatin(n) {
		sum += 3
	}
	return sum
}

// beyond is the cost of what lies after the surrogates.
func beyond(r rune) float64 {
	switch {
	case r == utf8.RuneError:
		return 1.5
	case r == 0xFE0F, r == 0xFEFF:
		return 0.3
	case r >= 0xFB00 && r <= 0xFB06, r >= 0xFF00 && r < 0xFFF0:
		return 0.7
	case r >= 0x1F000 && r < 0x1FB00:
		return 0.7
	case !unicode.IsPrint(r):
		return 8
	}
	return 4
}
