package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"pressrow/stages"
	"pressrow/stages/clean"
)

// Fields says which fields of a JSON lines record hold what. Each list is
// tried in order; a name with dots leads into nested objects.
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

// find returns the first of names that line has with a value other than null.
func find(line []byte, names []string) gjson.Result {
	var found [1]gjson.Result
	findAll(line, [][]string{names}, found[:])
	return found[0]
}

// findAll looks for the first of each list of names that line has with a value
// other than null, in one pass over the line and one more for each name that
// leads into nested objects.
func findAll(line []byte, lists [][]string, found []gjson.Result) {
	best := make([]int, len(lists)) // place in its list of the name that was found
	for i, names := range lists {
		best[i] = len(names)
	}
	better := func(i, place int, v gjson.Result) {
		if place >= 0 && place < best[i] && v.Exists() && v.Type != gjson.Null {
			best[i], found[i] = place, v
		}
	}
	if object := gjson.ParseBytes(line); object.IsObject() {
		object.ForEach(func(key, v gjson.Result) bool {
			last := 0
			for i, names := range lists {
				better(i, slices.Index(names[:best[i]], key.Str), v)
				last = max(last, best[i])
			}
			return last > 0 // else nothing better can follow
		})
	}
	for i, names := range lists {
		for place, name := range names[:best[i]] {
			if strings.ContainsAny(name, `.*?|#@\!{[`) {
				better(i, place, gjson.GetBytes(line, name))
			}
		}
	}
}

// recordID returns the value of a record's id field, or "" without a usable one.
func (f *Fields) recordID(line []byte) string {
	switch r := find(line, f.ID); r.Type {
	case gjson.String:
		return idOf(strings.TrimSpace(r.Str))
	case gjson.Number:
		return r.Raw // as it is written: 1.50 and 1.5 may be two
	}
	return ""
}

// fill sets d's Raw, RawMap and Given from one line of a JSON lines file, which
// begins at byte base of the (unpacked) file. Raw is the title, an empty line
// and the text; the title is left out where the text begins with it.
func (f *Fields) fill(d *stages.Document, line []byte, base int64, raw []byte) *refusal {
	if r := validJSON(line); r != nil {
		return r.at(base + r.offset)
	}
	if t := bytes.TrimLeft(line, " \t"); len(t) == 0 || t[0] != '{' {
		return refuse(BadJSON, "not an object").at(base)
	}
	var found [6]gjson.Result
	findAll(line, [][]string{f.Text, f.Title, f.Published, f.Byline, f.URL, f.Outlet}, found[:])
	text, title, published, byline, url, outlet := found[0], found[1], found[2], found[3], found[4], found[5]
	if text.Type != gjson.String && !text.IsArray() {
		return refuse(NoText, "none of the fields %s holds a string", strings.Join(f.Text, ", ")).at(base)
	}
	b := rawBuilder{line: line, base: int(base), raw: raw[:0], m: &d.RawMap}

	if t := oneLine(title.String()); title.Type == gjson.String && t != "" {
		d.Given.Title = stages.Fact{Value: t, Method: "field"}
		if !beginsWithTitle(firstString(text), t) {
			b.add(title.Raw, title.Index, true)
			b.separate(2)
			d.Flags.Add(stages.FlagTitleAdded, 1)
		}
	}
	if text.IsArray() {
		text.ForEach(func(_, v gjson.Result) bool {
			if v.Type == gjson.String {
				if len(b.raw) > 0 && b.raw[len(b.raw)-1] != '\n' {
					b.separate(1)
				}
				b.add(v.Raw, v.Index, false)
			}
			return true
		})
	} else {
		b.add(text.Raw, text.Index, false)
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
	if published.Exists() && !d.Given.Published.Known() {
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

// maxBrackets is how many brackets a line may have for gjson to judge it. gjson
// calls itself at each level, and Go ends a program whose stack grows to a GB;
// encoding/json is slower, but gives up at level 10,000.
const maxBrackets = 10_000

// validJSON says where line is not JSON, counted from its beginning; nil where it is.
func validJSON(line []byte) *refusal {
	if bytes.Count(line, []byte{'['})+bytes.Count(line, []byte{'{'}) <= maxBrackets && gjson.ValidBytes(line) {
		return nil
	}
	err := json.Unmarshal(line, new(json.RawMessage))
	if err == nil {
		return nil
	}
	at := int64(0)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		if at = syntax.Offset; at > 0 && err.Error() != endOfJSON {
			at-- // the offset counts the byte that is amiss
		}
	}
	return refuse(BadJSON, "%v", err).at(at)
}

// endOfJSON is what encoding/json says of a value that is cut off.
const endOfJSON = "unexpected end of JSON input"

// A rawBuilder puts decoded JSON strings one after another and keeps the way
// back to the line they came from.
type rawBuilder struct {
	line []byte
	base int
	raw  []byte
	m    *stages.Map
	last int // where the last string ended, for separators
	half int // halves of surrogate pairs, which became U+FFFD
}

// separate adds n line ends that stand nowhere in the source.
func (b *rawBuilder) separate(n int) {
	for range n {
		b.raw = append(b.raw, '\n')
	}
	b.m.Replace(n, b.last, b.last)
}

// add decodes the JSON string that stands at index of the line, quotes
// included. With flat, line ends become spaces.
func (b *rawBuilder) add(quoted string, index int, flat bool) {
	s := quoted[1 : len(quoted)-1]
	at := b.base + index + 1
	for i := 0; i < len(s); {
		n := strings.IndexByte(s[i:], '\\')
		if n < 0 {
			n = len(s) - i
		}
		if n > 0 {
			b.raw = append(b.raw, s[i:i+n]...)
			b.m.Copy(n, at+i)
			i += n
			continue
		}
		r, width := unescape(s[i:])
		if r == utf8.RuneError && !strings.EqualFold(s[i:i+width], `\ufffd`) {
			b.half++
		}
		if flat && unicode.IsSpace(r) {
			r = ' '
		}
		old := len(b.raw)
		b.raw = utf8.AppendRune(b.raw, r)
		b.m.Replace(len(b.raw)-old, at+i, at+i+width)
		i += width
	}
	b.last = at + len(s)
}

// unescape reads the escape that s begins with. Half a surrogate pair is U+FFFD.
func unescape(s string) (r rune, width int) {
	if len(s) < 2 {
		return utf8.RuneError, len(s)
	}
	switch s[1] {
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'r':
		return '\r', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'u':
		r, ok := hex4(s)
		if !ok {
			return utf8.RuneError, 2
		}
		if utf16.IsSurrogate(r) {
			if low, ok := hex4(s[6:]); ok {
				if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
					return pair, 12
				}
			}
			return utf8.RuneError, 6
		}
		return r, 6
	}
	return rune(s[1]), 2
}

// hex4 reads \uXXXX at the beginning of s.
func hex4(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(v), err == nil
}

// beginsWithTitle reports whether the first line of text says what title says,
// case, punctuation and a site's name behind the title aside.
func beginsWithTitle(text, title string) bool {
	text = strings.TrimLeft(text, " \t\r\n\ufeff\u00a0")
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i]
	}
	if sameLetters(text, title) {
		return true
	}
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		if i := strings.LastIndex(title, sep); i > 0 && sameLetters(text, title[:i]) {
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

func firstString(r gjson.Result) string {
	if r.IsArray() {
		return r.Get("0").String()
	}
	return r.String()
}

// fieldText returns a string field, or a list of strings with commas between,
// in one line.
func fieldText(r gjson.Result) string { return nestedText(r, 3) }

// nestedText is fieldText for lists and objects of so many levels. Each level
// is read once more for every level around it.
func nestedText(r gjson.Result, levels int) string {
	switch {
	case levels == 0:
	case r.IsArray():
		var parts []string
		r.ForEach(func(_, v gjson.Result) bool {
			if t := nestedText(v, levels-1); t != "" {
				parts = append(parts, t)
			}
			return true
		})
		return strings.Join(parts, ", ")
	case r.IsObject():
		return nestedText(r.Get("name"), levels-1)
	case r.Type == gjson.String || r.Type == gjson.Number:
		return oneLine(r.String())
	}
	return ""
}

// fieldByline returns the names of a byline field: "By Ann Lee" is Ann Lee.
func fieldByline(r gjson.Result) string {
	s := fieldText(r)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	return s
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
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
func fieldDate(r gjson.Result) string {
	if r.Type == gjson.Number {
		n := r.Float()
		if math.Abs(n) >= 1e11 {
			n /= 1000
		}
		if math.Abs(n) < 1e8 || math.Abs(n) > 2e10 { // before March 1973 or after 2600: no time stamp
			return ""
		}
		return time.Unix(int64(n), 0).UTC().Format(time.DateOnly)
	}
	s := oneLine(r.String())
	if r.Type != gjson.String || s == "" {
		return ""
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1500 && t.Year() <= 2600 {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}
