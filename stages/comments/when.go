package comments

import "strings"

// A piece is one part of a short line: a word of letters, a number, or a
// single other character.
type piece struct {
	start, end int
	kind       byte // 'a' letters, '0' digits, else the character; 0xFF for one outside ASCII
	n          int  // the value of a number of up to nine digits
}

// maxPieces bounds the lines that are looked at piece by piece: headers,
// bylines and date lines are short.
const maxPieces = 56

// cut splits s into pieces and reports whether they fit into out.
func cut(s string, out *[maxPieces]piece) (n int, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c == ' ' || c == '\t' {
			i++
			continue
		}
		if n == maxPieces {
			return n, false
		}
		p := piece{start: i, kind: c}
		switch {
		case letter[c] != 0 || c >= 0x80 && !punctuation(s[i:]):
			p.kind = 'a'
			for i < len(s) && (letter[s[i]] != 0 || s[i] >= 0x80 && !punctuation(s[i:])) {
				i++
			}
		case '0' <= c && c <= '9':
			p.kind = '0'
			for i < len(s) && '0' <= s[i] && s[i] <= '9' {
				if i-p.start < 9 {
					p.n = p.n*10 + int(s[i]-'0')
				}
				i++
			}
		case c >= 0x80:
			p.kind = 0xFF
			for i++; i < len(s) && s[i]&0xC0 == 0x80; i++ {
			}
		default:
			i++
		}
		p.end = i
		out[n] = p
		n++
	}
	return n, true
}

// punctuation reports whether s begins with a character of the blocks
// U+2000 to U+2BFF or U+00A0 to U+00BF: dashes, quotes, bullets, arrows.
func punctuation(s string) bool {
	return s[0] == 0xE2 && len(s) > 1 && s[1] < 0xB0 || s[0] == 0xC2
}

// A date is a day of the calendar; year is 0 where the text does not name one.
type date struct{ year, month, day int }

// iso returns d as 2019-11-08, or "" when d has no year.
func (d date) iso() string {
	if d.year == 0 {
		return ""
	}
	b := [10]byte{4: '-', 7: '-'}
	put := func(at, width, n int) {
		for i := at + width - 1; i >= at; i-- {
			b[i] = byte('0' + n%10)
			n /= 10
		}
	}
	put(0, 4, d.year)
	put(5, 2, d.month)
	put(8, 2, d.day)
	return string(b[:])
}

// number returns d as a number that grows with the day, 0 for no date.
func (d date) number() int32 { return int32(d.year*12*31 + d.month*31 + d.day) }

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// Newspapers on the web begin in the nineties, but their archives reach back.
const firstYear, lastYear = 1800, 2199

func (d date) valid() bool {
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > monthDays[d.month] {
		return false
	}
	if d.year == 0 {
		return true
	}
	leap := d.year%4 == 0 && (d.year%100 != 0 || d.year%400 == 0)
	return d.year >= firstYear && d.year <= lastYear && (leap || d.month != 2 || d.day < 29)
}

var months = [13]string{"", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// month returns 1 to 12 for the name of a month or its abbreviation, else 0.
func month(s string) int {
	if len(s) < 3 || len(s) > 9 {
		return 0
	}
	first := s[0] | 0x20
	for m := 1; m <= 12; m++ {
		if months[m][0] == first && (equalFold(s, months[m]) || len(s) == 3 && equalFold(s, months[m][:3])) {
			return m
		}
	}
	if equalFold(s, "sept") {
		return 9
	}
	return 0
}

var weekdays = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func weekday(s string) bool {
	if len(s) < 3 {
		return false
	}
	first := s[0] | 0x20
	for _, w := range weekdays {
		if w[0] == first && (equalFold(s, w) || len(s) == 3 && equalFold(s, w[:3])) {
			return true
		}
	}
	return first == 't' && (equalFold(s, "thurs") || equalFold(s, "tues"))
}

// equalFold reports whether s is the lower-case ASCII word t in any case.
func equalFold(s, t string) bool {
	if len(s) != len(t) {
		return false
	}
	for i := 0; i < len(t); i++ {
		if s[i]|0x20 != t[i] {
			return false
		}
	}
	return true
}

// A reader of one line's pieces.
type pieces struct {
	s    string
	list [maxPieces]piece
	n    int
}

func (p *pieces) read(s string) bool {
	p.s = s
	var ok bool
	p.n, ok = cut(s, &p.list)
	return ok
}

func (p *pieces) text(i int) string { return p.s[p.list[i].start:p.list[i].end] }

func (p *pieces) is(i int, kind byte) bool { return i < p.n && p.list[i].kind == kind }

// joined reports whether piece i follows the one before it without a space.
func (p *pieces) joined(i int) bool { return i > 0 && i < p.n && p.list[i].start == p.list[i-1].end }

// word reports whether piece i is the lower-case word w in any case.
func (p *pieces) word(i int, w string) bool { return p.is(i, 'a') && equalFold(p.text(i), w) }

// year returns the year that piece i writes: four digits, or two with an
// apostrophe or after a slash (short allowed).
func (p *pieces) year(i int, short bool) (int, bool) {
	if !p.is(i, '0') {
		return 0, false
	}
	switch l := &p.list[i]; {
	case l.end-l.start == 4 && l.n >= firstYear && l.n <= lastYear:
		return l.n, true
	case short && l.end-l.start == 2:
		if l.n < 70 {
			return 2000 + l.n, true
		}
		return 1900 + l.n, true
	}
	return 0, false
}

// day returns the day of the month that piece i writes, and the piece behind it ("8th").
func (p *pieces) day(i int) (day, next int) {
	if !p.is(i, '0') || p.list[i].end-p.list[i].start > 2 || p.list[i].n < 1 || p.list[i].n > 31 {
		return 0, i
	}
	day, next = p.list[i].n, i+1
	if p.joined(next) && (p.word(next, "st") || p.word(next, "nd") || p.word(next, "rd") || p.word(next, "th")) {
		next++
	}
	return day, next
}

// dateAt reads the date that begins at piece i and returns it with the piece behind it.
func (p *pieces) dateAt(i int) (date, int, bool) {
	var d date
	switch {
	case p.is(i, 'a'):
		next := i + 1
		if p.is(next, '.') {
			next++
		}
		d.day, next = p.day(next)
		if d.day == 0 || p.is(next, ':') && p.joined(next) {
			return d, i, false
		}
		text := p.text(i)
		if d.month = month(text); d.month == 0 {
			d.month = gluedMonth(text)
		}
		if d.month == 0 {
			return d, i, false
		}
		end := next
		if p.is(next, ',') {
			next++
		}
		if y, ok := p.year(next, false); ok {
			d.year, end = y, next+1
		}
		return d, end, d.valid()
	case p.is(i, '0'):
		if first, ok := p.year(i, false); ok {
			if sep := p.separator(i + 1); sep && p.is(i+2, '0') && p.separator(i+3) && p.is(i+4, '0') {
				d = date{first, p.list[i+2].n, p.list[i+4].n}
				return d, i + 5, d.valid()
			}
			return d, i, false
		}
		if p.separator(i+1) && p.is(i+2, '0') && p.separator(i+3) && p.text(i+1) == p.text(i+3) {
			y, ok := p.year(i+4, true)
			if !ok || p.list[i+4].end-p.list[i+4].start == 2 && p.is(i+1, '-') {
				return d, i, false
			}
			d = date{y, p.list[i].n, p.list[i+2].n}
			if !d.valid() {
				d.month, d.day = d.day, d.month
			}
			return d, i + 5, d.valid()
		}
		day, next := p.day(i)
		if day == 0 {
			return d, i, false
		}
		if p.is(next, '.') || p.word(next, "of") {
			next++
		}
		if !p.is(next, 'a') {
			return d, i, false
		}
		d.day, d.month = day, month(p.text(next))
		if d.month == 0 {
			return d, i, false
		}
		next++
		end := next
		for p.is(next, '.') || p.is(next, ',') {
			next++
		}
		if y, ok := p.year(next, true); ok && !p.is(next+1, ':') {
			d.year, end = y, next+1
		}
		return d, end, d.valid()
	}
	return d, i, false
}

func (p *pieces) separator(i int) bool {
	return p.joined(i) && p.joined(i+1) && (p.is(i, '/') || p.is(i, '-') || p.is(i, '.'))
}

// gluedMonth returns the month whose name has grown onto the end of a word:
// "MarthaOctober 5".
func gluedMonth(s string) int {
	inner := false
	for i := 1; i < len(s); i++ {
		inner = inner || 'A' <= s[i] && s[i] <= 'S'
	}
	if !inner {
		return 0
	}
	for m := 1; m <= 12; m++ {
		name := months[m]
		if at := len(s) - len(name); at > 0 && s[at] == name[0]-0x20 && s[at+1:] == name[1:] {
			return m
		}
	}
	return 0
}

// clockAt reads the time of day that begins at piece i: 5:08, 5:08:30 pm, 5 p.m.
func (p *pieces) clockAt(i int) (next int, ok bool) {
	if p.is(i, '@') {
		i++
	}
	if !p.is(i, '0') || p.list[i].n > 24 || p.list[i].end-p.list[i].start > 2 {
		return i, false
	}
	next = i + 1
	if (p.is(next, ':') || p.is(next, '.')) && p.joined(next) && p.joined(next+1) && p.minutes(next+1) {
		ok = p.is(next, ':')
		next += 2
		if p.is(next, ':') && p.joined(next) && p.minutes(next+1) {
			next += 2
		}
	} else if !p.joined(next) && p.minutes(next) && p.halfOfDay(next+1) > 0 { // 1 23 pm
		next++
	}
	if n := p.halfOfDay(next); n > 0 {
		return next + n, true
	}
	return next, ok
}

func (p *pieces) minutes(i int) bool {
	return p.is(i, '0') && p.list[i].end-p.list[i].start == 2 && p.list[i].n < 60
}

// halfOfDay returns how many pieces "am", "p.m." and the like take at i.
func (p *pieces) halfOfDay(i int) int {
	if !p.is(i, 'a') {
		return 0
	}
	switch t := p.text(i); {
	case equalFold(t, "am"), equalFold(t, "pm"), equalFold(t, "gmt"):
		return 1
	case (equalFold(t, "a") || equalFold(t, "p")) && p.is(i+1, '.') && p.word(i+2, "m"):
		if p.is(i+3, '.') {
			return 4
		}
		return 3
	}
	return 0
}

var units = [...]string{"second", "minute", "min", "hour", "hr", "day", "week", "month", "year", "sec"}

// agoAt reads "3 hours ago", "an hour ago", "1 day ago" at piece i.
func (p *pieces) agoAt(i int) (next int, ok bool) {
	switch {
	case p.is(i, '0'), p.word(i, "a"), p.word(i, "an"), p.word(i, "one"):
		next = i + 1
	default:
		return i, false
	}
	if !p.is(next, 'a') {
		return i, false
	}
	unit := strings.TrimSuffix(p.text(next), "s")
	for _, u := range units {
		if equalFold(unit, u) {
			next++
			if p.is(next, '.') {
				next++
			}
			return next + 1, p.word(next, "ago")
		}
	}
	return i, false
}
