package entities

import "strconv"

// A number is an exact decimal: mant times ten to the exp.
type number struct {
	mant int64
	exp  int
}

// maxMant keeps sums and products of the grammar inside 64 bits.
const maxMant = 1e15

// decimal reads digits with group commas and one decimal point, "1,000.50".
func decimal(text string) (number, bool) {
	var n number
	point, digits, group := false, 0, -1
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			if n.mant > maxMant {
				return number{}, false
			}
			n.mant = n.mant*10 + int64(c-'0')
			digits++
			if point {
				n.exp--
			}
			if group >= 0 {
				group++
			}
		case c == ',' && !point && digits > 0 && (group < 0 && digits <= 3 || group == 3 || group == 2):
			group = 0
		case c == '.' && !point && (group < 0 || group == 3):
			point, group = true, -1
		default:
			return number{}, false
		}
	}
	if digits == 0 || group >= 0 && group != 3 || text[len(text)-1] == '.' {
		return number{}, false
	}
	return n, true
}

// times returns n multiplied by ten to the exp.
func (n number) times(exp int) number { return number{n.mant, n.exp + exp} }

// String returns n as a plain decimal, "2500000" or "0.5".
func (n number) String() string {
	var buf [64]byte
	b := strconv.AppendInt(buf[:0], n.mant, 10)
	if n.mant == 0 {
		return "0"
	}
	exp := n.exp
	for exp < 0 && b[len(b)-1] == '0' {
		b, exp = b[:len(b)-1], exp+1
	}
	if exp >= 0 {
		for ; exp > 0; exp-- {
			b = append(b, '0')
		}
		return string(b)
	}
	var out [64]byte
	w := out[:0]
	whole := len(b) + exp
	if whole <= 0 {
		w = append(w, '0', '.')
		for ; whole < 0; whole++ {
			w = append(w, '0')
		}
		return string(append(w, b...))
	}
	w = append(append(append(w, b[:whole]...), '.'), b[whole:]...)
	return string(w)
}

// integer returns n as an int, and whether it is one below a million million.
func (n number) integer() (int, bool) {
	m := n.mant
	for e := n.exp; e > 0; e-- {
		if m > 1e12 {
			return 0, false
		}
		m *= 10
	}
	if n.exp < 0 || m > 1e12 {
		return 0, false
	}
	return int(m), true
}
