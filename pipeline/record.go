package pipeline

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"pressrow/stages"
	"pressrow/stages/clean"
)

// Fields says which fields of a JSON lines record hold what. Each list is
// tried in order; a name with dots leads into nested objects, and with numbers
// into lists, as in authors.0.name.
type Fields struct {
	ID, Title, Text, Published, Byline, URL, Outlet []string
}

// DefaultFields are the names that news collections commonly use.
var DefaultFields = Fields{
	ID:        []string{"id", "_id", "doc_id", "uuid", "guid"},
	Title:     []string{"title", "headline"},
	Text:      []string{"text", "body", "content", "article", "maintext", "article_text"},
	Published: []string{"published", "published_at", "date", "date_published", "datePublished", "date_publish", "publish_date", "pub_date", "pubDate"},
	Byline:    []string{"author", "authors", "byline"},
	URL:       []string{"url", "link"},
	Outlet:    []string{"outlet", "source", "publisher", "publication", "site", "sitename", "source_domain"},
}

// Set puts name first in the list of a field: id, title, text, published,
// byline, url or outlet.
func (f *Fields) Set(field, name string) error {
	lists := map[string]*[]string{
		"id": &f.ID, "title": &f.Title, "text": &f.Text, "published": &f.Published,
		"byline": &f.Byline, "url": &f.URL, "outlet": &f.Outlet,
	}
	list, ok := lists[field]
	if !ok {
		return fmt.Errorf("no field %q; there are id, title, text, published, byline, url and outlet", field)
	}
	if name == "" {
		return fmt.Errorf("field %s: no name given", field)
	}
	*list = append([]string{name}, *list...)
	return nil
}

// recordID returns the value of a record's id field, or "" without a usable one.
func (f *Fields) recordID(line []byte) string {
	v := value{raw: line}.find(f.ID...)
	if v.kind() == jsontext.KindNumber {
		return string(v.raw) // as it is written: 1.50 and 1.5 may be two
	}
	return idOf(strings.TrimSpace(v.text()))
}

// fill sets d's Raw, RawMap and Given from one line of a JSON lines file, which
// begins at byte base of the (unpacked) file. Raw is the title, an empty line
// and the text; the title is left out where the text begins with it.
func (f *Fields) fill(d *stages.Document, line []byte, base int64, raw []byte) *refusal {
	searches := [...]search{{names: f.Text}, {names: f.Title}, {names: f.Published}, {names: f.Byline}, {names: f.URL}, {names: f.Outlet}}
	record := value{raw: line}
	if err := record.each(func(name []byte, v value) bool {
		for i := range searches {
			searches[i].see(name, v)
		}
		return true
	}); err != nil {
		r := whereNotJSON(line, err)
		return r.at(base + r.offset)
	}
	if record.kind() != jsontext.KindBeginObject {
		return refuse(BadJSON, "not an object").at(base)
	}
	text, title, published := searches[0].found, searches[1].found, searches[2].found
	byline, url, outlet := searches[3].found, searches[4].found, searches[5].found
	list := text.kind() == jsontext.KindBeginArray
	if !list && text.kind() != jsontext.KindString {
		return refuse(NoText, "none of the fields %s holds a string", strings.Join(f.Text, ", ")).at(base)
	}
	b := rawBuilder{base: int(base), raw: raw[:0], m: &d.RawMap}

	if t := oneLine(title.text()); t != "" {
		d.Given.Title = stages.Fact{Value: t, Method: "field"}
		first := text
		if list {
			first = text.find("0")
		}
		if !beginsWithTitle(firstLine(first), t) {
			b.add(title.inner(), title.at+1, true)
			b.separate(2)
			d.Flags.Add(stages.FlagTitleAdded, 1)
		}
	}
	if list {
		text.each(func(_ []byte, v value) bool { // it is JSON, like the line
			if v.kind() == jsontext.KindString {
				if len(b.raw) > 0 && b.raw[len(b.raw)-1] != '\n' {
					b.separate(1)
				}
				b.add(v.inner(), v.at+1, false)
			}
			return true
		})
	} else {
		b.add(text.inner(), text.at+1, false)
	}
	d.Raw = b.raw
	d.Flags.Add(stages.FlagUTF8Replaced, b.half)

	given := func(fact *stages.Fact, v string) {
		if v != "" {
			*fact = stages.Fact{Value: v, Method: "field"}
		}
	}
	given(&d.Given.Published, fieldDate(published))
	given(&d.Given.Byline, fieldByline(byline))
	given(&d.Given.URL, fieldText(url))
	given(&d.Given.Outlet, fieldText(outlet))
	if published.raw != nil && !d.Given.Published.Known() {
		d.Flags.Add(stages.FlagDateUnread, 1)
	}
	return nil
}

// noRecords says why a file that begins with head cannot hold records: it is no
// text, or none in UTF-8. It returns nil where it may.
func noRecords(head []byte) *refusal {
	if text := bytes.TrimLeft(bytes.TrimPrefix(head, byteOrderMark), " \t\r\n"); len(text) < 2 || text[0] == '{' && text[1] != 0 {
		return nil
	}
	d := stages.Document{Raw: head}
	if r := guard("clean", func() error { return clean.Text(&d) }); r != nil {
		return r
	}
	if strings.HasPrefix(d.Encoding, "utf-16") || strings.HasPrefix(d.Encoding, "utf-32") {
		return refuse(Encoding, "%s, but JSON lines are read in UTF-8 only", d.Encoding).at(0)
	}
	return nil
}

// beginsWithTitle reports whether line says what title says, case, punctuation
// and a site's name behind the title aside.
func beginsWithTitle(line, title string) bool {
	if sameLetters(line, title) {
		return true
	}
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		if strings.Contains(title, sep) && sameLetters(line, title[:strings.LastIndex(title, sep)]) {
			return true
		}
	}
	return false
}

// sameLetters reports whether a and b hold the same letters and digits, one at
// least, case aside.
func sameLetters(a, b string) bool {
	for some := false; ; some = true {
		var x, y rune
		x, a = cutLetter(a)
		y, b = cutLetter(b)
		if x != y {
			return false
		}
		if x == 0 {
			return some
		}
	}
}

// cutLetter returns the first letter or digit of s in lower case, 0 without one,
// and what stands behind it.
func cutLetter(s string) (letter rune, rest string) {
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r), s[i+utf8.RuneLen(r):]
		}
	}
	return 0, ""
}

// firstLine returns the first line of a string that is not empty, without the
// blanks before it.
func firstLine(v value) string {
	var line []byte
	for s, width := v.inner(), 0; len(s) > 0; s = s[width:] {
		line, width = unescape(line, s)
		line = bytes.TrimLeft(line, " \t\r\n\ufeff\u00a0")
		if n := len(line); n > 0 && (line[n-1] == '\n' || line[n-1] == '\r') { // which only escapes give
			return string(line[:n-1])
		}
	}
	return string(line)
}

// fieldText returns a string field, or a list of strings with commas between,
// in one line.
func fieldText(v value) string { return nestedText(v, 3) }

// nestedText is fieldText for lists and objects of so many levels. Each level
// is read once more for every level around it.
func nestedText(v value, levels int) string {
	if levels == 0 {
		return ""
	}
	switch v.kind() {
	case jsontext.KindBeginArray:
		var parts []string
		v.each(func(_ []byte, v value) bool { // it is JSON, like the line
			if t := nestedText(v, levels-1); t != "" {
				parts = append(parts, t)
			}
			return true
		})
		return strings.Join(parts, ", ")
	case jsontext.KindBeginObject:
		return nestedText(v.find("name"), levels-1)
	case jsontext.KindNumber:
		if bytes.ContainsAny(v.raw, ".eE") {
			return strconv.FormatFloat(v.number(), 'f', -1, 64)
		}
		return string(v.raw)
	}
	return oneLine(v.text())
}

// fieldByline returns the names of a byline field: "By Ann Lee" is Ann Lee.
func fieldByline(v value) string {
	s := fieldText(v)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	return s
}

// oneLine returns s in UTF-8 with single spaces between its words.
func oneLine(s string) string {
	if tidy(s) {
		return s
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
}

// tidy reports whether s surely is what oneLine makes of it.
func tidy(s string) bool {
	space := true // at the beginning there is none to be
	for _, r := range s {
		blank := unicode.IsSpace(r)
		if blank && (space || r != ' ') || r == utf8.RuneError {
			return false
		}
		space = blank
	}
	return !space
}

var dateLayouts = []string{
	time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05-0700",
	time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006", "2 January 2006",
	"January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "January 2, 2006 15:04", "January 2, 2006 3:04 PM", "2006/01/02", "20060102",
}

// fieldDate returns a date field as an ISO date: the day as it is written
// there, whatever its time zone; for a number, the day in UTC of that many
// seconds, or milliseconds, since 1970. It returns "" for what it cannot read,
// such as 03/04/2020, which is two days.
func fieldDate(v value) string {
	if v.kind() == jsontext.KindNumber {
		n := v.number()
		if math.Abs(n) >= 1e11 {
			n /= 1000
		}
		if math.Abs(n) < 1e8 || math.Abs(n) > 2e10 { // before March 1973 or after 2600: no time stamp
			return ""
		}
		return time.Unix(int64(n), 0).UTC().Format(time.DateOnly)
	}
	s := oneLine(v.text())
	if s == "" {
		return ""
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1500 && t.Year() <= 2600 {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}
