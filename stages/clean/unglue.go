package clean

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// unglue parts a date, or a date and time, that stands at the beginning of a
// line from the capitalised word that has grown to its end:
//
//	in   "May 4, 2016Mayor Quill left."
//	out  "May 4, 2016\nMayor Quill left."
func (c *cleaner) unglue() {
	e := &c.edit
	for start := 0; start < len(e.in); {
		stop := len(e.in)
		if n := bytes.IndexByte(e.in[start:], '\n'); n >= 0 {
			stop = start + n
		}
		if n := gluedDate(e.in[start:stop]); n > 0 {
			e.replace("\n", start+n, start+n)
			c.flags.Add(stages.FlagUnglued, 1)
		}
		start = stop + 1
	}
}

// maxDate is how many bytes at the beginning of a line are searched.
const maxDate = 80

// gluedDate returns the length of the date at the beginning of line where a
// word has grown to it, or 0.
func gluedDate(line []byte) int {
	d := dateReader{line: line[:min(len(line), maxDate)]}
	if !d.promising() {
		return 0
	}
	d.prefix()
	end := d.dateAndTime()
	if end == 0 {
		end = d.timeAndDate()
	}
	if end == 0 || !beginsWord(d.line[end:]) {
		return 0
	}
	return end
}

// promising reports whether the line begins with a letter or digit that a date
// begins with, and has a digit soon.
func (d *dateReader) promising() bool {
	d.spaces()
	if d.at == len(d.line) || bytes.IndexByte([]byte("0123456789ADFJLMNOPSTUW"), d.line[d.at]) < 0 {
		return false
	}
	for _, b := range d.line[d.at:min(len(d.line), d.at+48)] {
		if b >= '0' && b <= '9' {
			return true
		}
	}
	return false
}

// beginsWord reports whether b begins, after an opening quotation mark
// perhaps, with a capitalised word.
func beginsWord(b []byte) bool {
	for _, quote := range []string{"“", "‘", `"`} {
		b = bytes.TrimPrefix(b, []byte(quote))
	}
	r, n := utf8.DecodeRune(b)
	if !unicode.IsUpper(r) || n >= len(b) {
		return false
	}
	next, _ := utf8.DecodeRune(b[n:])
	return unicode.IsLetter(next) || r == 'A' && next == ' ' || next == '.' && r < utf8.RuneSelf
}

// A dateReader reads a date from the beginning of a line.
type dateReader struct {
	line []byte
	at   int
}

func (d *dateReader) rest() []byte { return d.line[d.at:] }

// take moves past s and reports whether it stood there. Capitals count.
func (d *dateReader) take(s string) bool {
	if len(d.rest()) >= len(s) && string(d.line[d.at:d.at+len(s)]) == s {
		d.at += len(s)
		return true
	}
	return false
}

// takeOne moves past the first of words that stands here.
func (d *dateReader) takeOne(words []string) bool {
	for _, w := range words {
		if d.take(w) {
			return true
		}
	}
	return false
}

func (d *dateReader) spaces() {
	for d.take(" ") {
	}
}

// digits moves past min to max digits, of which no more may follow, and
// returns their value, or -1.
func (d *dateReader) digits(min, max int) int {
	n, value := 0, 0
	for b := d.rest(); n < len(b) && b[n] >= '0' && b[n] <= '9'; n++ {
		value = value*10 + int(b[n]-'0')
		if n == max {
			return -1
		}
	}
	if n < min {
		return -1
	}
	d.at += n
	return value
}

var (
	prefixes = []string{"Published on", "Published", "Posted on", "Posted", "Last updated", "Last Updated", "Updated on", "Updated",
		"First published", "Date", "On"}
	weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
		"Mon", "Tues", "Tue", "Weds", "Wed", "Thurs", "Thur", "Thu", "Fri", "Sat", "Sun"}
	months = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
		"November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec",
		"JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER",
		"NOVEMBER", "DECEMBER", "JAN", "FEB", "MAR", "APR", "JUN", "JUL", "AUG", "SEPT", "SEP", "OCT", "NOV", "DEC"}
	halves = []string{"a.m.", "p.m.", "A.M.", "P.M.", "am", "pm", "AM", "PM"}
	zones  = []string{"EDT", "EST", "ET", "CDT", "CST", "CT", "MDT", "MST", "MT", "PDT", "PST", "PT", "GMT", "UTC", "BST", "CET"}
)

func (d *dateReader) prefix() {
	if d.takeOne(prefixes) {
		d.take(":")
		d.spaces()
	}
}

func (d *dateReader) weekday() {
	at := d.at
	if !d.takeOne(weekdays) {
		return
	}
	if !d.take(", ") && !d.take(",") && !d.take(". ") && !d.take(" ") {
		d.at = at
	}
}

// date moves past "May 4, 2016", "4 May 2016" or "2016-05-04".
func (d *dateReader) date() bool {
	at := d.at
	if d.isoDate() {
		return true
	}
	d.at = at
	day := d.digits(1, 2)
	if day >= 0 && !d.take(" ") {
		return false
	}
	if !d.takeOne(months) {
		return false
	}
	d.take(".")
	if !d.take(" ") {
		return false
	}
	if day < 0 {
		if day = d.digits(1, 2); !d.takeOne([]string{", ", ",", " "}) {
			return false
		}
	}
	return day >= 1 && day <= 31 && d.year()
}

func (d *dateReader) year() bool {
	y := d.digits(4, 4)
	return y >= 1800 && y < 2100
}

func (d *dateReader) isoDate() bool {
	if !d.year() || !d.take("-") {
		return false
	}
	month := d.digits(2, 2)
	if month < 1 || month > 12 || !d.take("-") {
		return false
	}
	day := d.digits(2, 2)
	return day >= 1 && day <= 31
}

// dateAndTime returns where the date that stands here ends, with the day of
// the week before it and the time of day after it, or 0.
func (d *dateReader) dateAndTime() int {
	at := d.at
	d.weekday()
	if !d.date() {
		d.at = at
		return 0
	}
	end := d.at
	if d.takeOne([]string{", at ", ", ", " at ", " | ", " - ", " – ", " — ", " ", "T"}) && d.clock() {
		end = d.at
	}
	return end
}

// timeAndDate returns where the time of day that stands here ends, with the
// date that may follow it, or 0. It must say a.m. or p.m.
func (d *dateReader) timeAndDate() int {
	if !d.clock() {
		return 0
	}
	end := d.at
	if d.takeOne([]string{", ", " on ", " | ", " "}) {
		return d.dateAndTime()
	}
	if d.line[end-1] >= '0' && d.line[end-1] <= '9' {
		return 0
	}
	return end
}

// clock moves past "5:00 p.m. ET", "17:00" or "5 PM".
func (d *dateReader) clock() bool {
	if hour := d.digits(1, 2); hour < 0 || hour > 24 {
		return false
	}
	minutes := d.take(":") && d.digits(2, 2) >= 0
	if minutes && d.take(":") {
		d.digits(2, 2)
	}
	at := d.at
	d.take(" ")
	half := d.takeOne(halves)
	if !half {
		d.at = at
	}
	if !half && !minutes {
		return false
	}
	at = d.at
	if d.zone() {
		return true
	}
	d.at = at
	return !half || d.line[at-1] == '.' || !inCapitals(d.rest())
}

// inCapitals reports whether b begins with two capitals: the 9 AMERICANS of a
// headline are no time of day.
func inCapitals(b []byte) bool {
	return len(b) > 1 && isPlainUpper(rune(b[0])) && isPlainUpper(rune(b[1]))
}

// zone moves past a time zone that is followed by a capitalised word or by
// something that is no letter.
func (d *dateReader) zone() bool {
	d.take(" ")
	at := d.at
	for _, z := range zones {
		if d.at = at; d.take(z) && (beginsWord(d.rest()) || len(d.rest()) > 0 && !isAlnum(d.rest()[0])) {
			return true
		}
	}
	return false
}
