package pipeline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"pressrow/stages"
)

// A value is a JSON value as it stands in a line. The zero value stands for one
// that is not there.
type value struct {
	raw jsontext.Value
	at  int // byte of the line where raw begins
}

// kind returns what v is; 0 where it is not there.
func (v value) kind() jsontext.Kind { return v.raw.Kind() }

// lax takes what encoding/json takes, too: texts that are not UTF-8, or hold
// halves of surrogate pairs, and names that come twice.
var lax = []jsontext.Options{jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)}

// each calls yield with the members of an object, or the elements of an array
// with their numbers as names, until it returns false. The name is only valid
// during the call. An error says that v is no JSON value, as far as it was read.
func (v value) each(yield func(name []byte, v value) bool) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(v.raw), lax...)
	token, err := d.ReadToken()
	if err != nil {
		return err
	}
	if begin := token.Kind(); begin == jsontext.KindBeginObject || begin == jsontext.KindBeginArray {
		var name []byte
		for i := int64(0); !ends(d.PeekKind()); i++ {
			if begin == jsontext.KindBeginArray {
				name = strconv.AppendInt(name[:0], i, 10)
			} else {
				quoted, err := d.ReadValue()
				if err != nil {
					return err
				}
				name = unescaped(quoted[1 : len(quoted)-1])
			}
			raw, err := d.ReadValue()
			if err != nil {
				return err
			}
			end := int(d.InputOffset())
			start := end - len(raw)
			if !yield(name, value{v.raw[start:end], v.at + start}) {
				return nil
			}
		}
		if _, err := d.ReadToken(); err != nil {
			return err
		}
	}
	switch _, err := d.ReadToken(); err {
	case io.EOF:
		return nil
	case nil:
		return errors.New("something stands behind the value")
	default:
		return err
	}
}

func ends(k jsontext.Kind) bool { return k == jsontext.KindEndObject || k == jsontext.KindEndArray }

// find returns the first of names that v has with a value other than null. A
// name with dots leads into nested objects and arrays, as in authors.0.name. Of
// members with one name the first counts.
func (v value) find(names ...string) value {
	s := search{names: names}
	v.each(func(name []byte, member value) bool { // whether v is JSON, others ask
		s.see(name, member)
		return len(s.names) > 0
	})
	return s.found
}

// A search looks for the first of several names that an object has with a value
// other than null.
type search struct {
	names []string // those that come before the name of what was found
	found value
}

// see takes note of a member.
func (s *search) see(name []byte, v value) {
	for i, path := range s.names {
		if found := v.along(path, name); found.raw != nil && found.kind() != jsontext.KindNull {
			s.names, s.found = s.names[:i], found
			return
		}
	}
}

// along returns what path leads to where v is the member called name.
func (v value) along(path string, name []byte) value {
	n := len(name)
	switch {
	case len(path) < n || path[:n] != string(name):
		return value{}
	case len(path) == n:
		return v
	case path[n] == '.':
		return v.find(path[n+1:])
	}
	return value{}
}

// inner returns what stands between the quotes of a string; nil where v is none.
func (v value) inner() []byte {
	if v.kind() != jsontext.KindString {
		return nil
	}
	return v.raw[1 : len(v.raw)-1]
}

// text returns the text of a string, which need not be UTF-8, or else "".
func (v value) text() string { return string(unescaped(v.inner())) }

// number returns a number's value, an infinity where it is too large.
func (v value) number() float64 {
	n, _ := strconv.ParseFloat(string(v.raw), 64)
	return n
}

// unescaped returns what the inside of a string stands for, in its memory where
// nothing is escaped.
func unescaped(inner []byte) []byte {
	if bytes.IndexByte(inner, '\\') < 0 {
		return inner
	}
	text := make([]byte, 0, len(inner))
	for width := 0; len(inner) > 0; inner = inner[width:] {
		text, width = unescape(text, inner)
	}
	return text
}

// whereNotJSON says where line is not JSON, counted from its beginning; err is
// why. encoding/json is asked because it names the very byte, not the escape or
// the number around it.
func whereNotJSON(line []byte, err error) *refusal {
	err = cmp.Or(json.Unmarshal(line, new(json.RawMessage)), err)
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
	base int // byte of the file where the line begins
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

// add decodes the inside of a JSON string that stands at a byte of the line.
// With flat, line ends become spaces.
func (b *rawBuilder) add(s []byte, at int, flat bool) {
	at += b.base
	b.raw = slices.Grow(b.raw, len(s))
	for i, width := 0, 0; i < len(s); i += width {
		old := len(b.raw)
		b.raw, width = unescape(b.raw, s[i:])
		n := len(b.raw) - old
		if n == width { // as it stands, since what is escaped is longer
			b.m.Copy(n, at+i)
			continue
		}
		r, _ := utf8.DecodeRune(b.raw[old:])
		if r == utf8.RuneError && !bytes.EqualFold(s[i:i+width], []byte(`\ufffd`)) {
			b.half++
		}
		if flat && unicode.IsSpace(r) {
			b.raw, n = append(b.raw[:old], ' '), 1
		}
		if n == 1 {
			b.m.Stride(n, at+i, width) // unlike Replace, this joins with its like
		} else {
			b.m.Replace(n, at+i, at+i+width)
		}
	}
	b.last = at + len(s)
}

// unescape appends to text what the escape, or else all before the next one,
// stands for that s begins with, and returns how many bytes of s that is. s is
// the rest of a string inside its quotes. Half a surrogate pair is U+FFFD.
func unescape(text, s []byte) ([]byte, int) {
	n := bytes.IndexByte(s, '\\')
	if n < 0 {
		n = len(s)
	}
	if n > 0 {
		return append(text, s[:n]...), n
	}
	c := s[1]
	switch c {
	case 'n':
		c = '\n'
	case 't':
		c = '\t'
	case 'r':
		c = '\r'
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'u':
		r := hex4(s)
		if !utf16.IsSurrogate(r) {
			return utf8.AppendRune(text, r), 6
		}
		if bytes.HasPrefix(s[6:], []byte(`\u`)) {
			if pair := utf16.DecodeRune(r, hex4(s[6:])); pair != utf8.RuneError {
				return utf8.AppendRune(text, pair), 12
			}
		}
		return utf8.AppendRune(text, utf8.RuneError), 6
	}
	return append(text, c), 2
}

// hex4 reads the \uXXXX that s begins with.
func hex4(s []byte) (r rune) {
	for _, c := range s[2:6] {
		digit := rune(c & 15) // of 0 to 9
		if c > '9' {
			digit += 9
		}
		r = r<<4 | digit
	}
	return r
}
