package clean

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"pressrow/stages"
)

// decode makes c.text and c.source from raw, as UTF-8 that may still need any
// repair, and sets c.encoding.
func (c *cleaner) decode(raw []byte) error {
	c.source.Reset()
	c.text, c.encoding, c.at = raw, "utf-8", 0
	if err := sniff(raw); err != nil {
		return err
	}
	switch {
	case bytes.HasPrefix(raw, []byte("\x00\x00\xfe\xff")):
		return c.utf32(raw, 4, binary.BigEndian, "utf-32be")
	case bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")):
		return c.utf32(raw, 4, binary.LittleEndian, "utf-32le")
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return c.utf16(raw, 2, binary.BigEndian, "utf-16be")
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return c.utf16(raw, 2, binary.LittleEndian, "utf-16le")
	}
	if nuls := bytes.Count(raw, []byte{0}); nuls > 0 && nuls*1000 > len(raw) {
		return c.withNULs(raw)
	}
	start := 0
	if bytes.HasPrefix(raw, []byte("\uFEFF")) {
		start = len("\uFEFF")
	}
	if utf8.Valid(raw) {
		if c.text = raw[start:]; start > 0 {
			c.source.Copy(len(c.text), start)
		}
		return nil
	}
	return c.bytes(raw, start)
}

// withNULs decodes text that has more NUL bytes than a slip would leave: UTF-16
// or UTF-32 without a byte order mark shows them at every second place, or at
// three places of four.
func (c *cleaner) withNULs(raw []byte) error {
	var at [4]int
	sample := raw[:min(len(raw), 1<<16)]
	for i, b := range sample {
		if b == 0 {
			at[i&3]++
		}
	}
	quarter := (len(sample) + 3) / 4
	most, few := quarter*7/10, quarter/20
	switch {
	case len(raw) < 8:
	case at[0] > most && at[1] > most && at[2] > most && at[3] <= few:
		return c.utf32(raw, 0, binary.BigEndian, "utf-32be")
	case at[1] > most && at[2] > most && at[3] > most && at[0] <= few:
		return c.utf32(raw, 0, binary.LittleEndian, "utf-32le")
	case at[0]+at[2] > most && at[1]+at[3] <= few:
		return c.utf16(raw, 0, binary.BigEndian, "utf-16be")
	case at[1]+at[3] > most && at[0]+at[2] <= few:
		return c.utf16(raw, 0, binary.LittleEndian, "utf-16le")
	}
	return &Error{Binary, "NUL bytes", bytes.IndexByte(raw, 0)}
}

// decoding takes the memory that decode writes to.
func (c *cleaner) decoding(encoding string) []byte {
	c.encoding = encoding
	c.flags.Add(stages.FlagDecoded, 1)
	return c.buffers[0][:0]
}

// utf16 decodes raw from start on. A half character becomes U+FFFD.
func (c *cleaner) utf16(raw []byte, start int, order binary.ByteOrder, encoding string) error {
	out := c.decoding(encoding)
	for i := start; i < len(raw); {
		end := min(i+2, len(raw))
		r := rune(utf8.RuneError)
		if end-i == 2 {
			r = rune(order.Uint16(raw[i:]))
		}
		if utf16.IsSurrogate(r) {
			high := r
			r = utf8.RuneError
			if i+4 <= len(raw) {
				if r = utf16.DecodeRune(high, rune(order.Uint16(raw[i+2:]))); r != utf8.RuneError {
					end = i + 4
				}
			}
		}
		out = c.decoded(out, r, i, end)
		i = end
	}
	return c.decodedAll(raw, out)
}

// utf32 decodes raw from start on. What is no character becomes U+FFFD.
func (c *cleaner) utf32(raw []byte, start int, order binary.ByteOrder, encoding string) error {
	out := c.decoding(encoding)
	for i := start; i < len(raw); i += 4 {
		end := min(i+4, len(raw))
		r := rune(utf8.RuneError)
		if end-i == 4 {
			if v := order.Uint32(raw[i:]); v <= utf8.MaxRune {
				r = rune(v)
			}
		}
		out = c.decoded(out, r, i, end)
	}
	return c.decodedAll(raw, out)
}

// decoded adds r, made from the bytes of Raw from start to end.
func (c *cleaner) decoded(out []byte, r rune, start, end int) []byte {
	if r < utf8.RuneSelf {
		c.source.Stride(1, start, end-start)
		return append(out, byte(r))
	}
	n := len(out)
	out = utf8.AppendRune(out, r)
	c.source.Replace(len(out)-n, start, end)
	return out
}

// decodedAll takes the decoded text, unless hardly any of it is text.
func (c *cleaner) decodedAll(raw, out []byte) error {
	c.text, c.buffers[0] = out, out
	bad := bytes.Count(out, []byte("\uFFFD"))
	c.flags.Add(stages.FlagUTF8Replaced, bad)
	if nuls := bytes.Count(out, []byte{0}); nuls*1000 > len(out) {
		return &Error{Binary, "NUL bytes", c.source.Span(stages.Span{Start: bytes.IndexByte(out, 0), End: len(out)}).Start}
	}
	if bad > 2 && bad > len(raw)/40 {
		at := bytes.Index(out, []byte("\uFFFD"))
		return &Error{Encoding, "not " + c.encoding, c.source.Span(stages.Span{Start: at, End: at + 3}).Start}
	}
	return nil
}

// bytes decodes what is not valid UTF-8: Windows-1252 where no character of
// two or more bytes speaks for UTF-8, else UTF-8 with a few stray bytes.
func (c *cleaner) bytes(raw []byte, start int) error {
	valid, invalid, first := survey(raw[start:])
	first += start
	rest := len(raw) - first
	cut := rest > 1 && broken(raw[first:]) == rest // only the last character is amiss
	switch {
	case invalid > 32 && invalid > valid && invalid > len(raw)*3/10:
		return &Error{Encoding, "neither UTF-8 nor Windows-1252", first}
	case start > 0 || valid > 0 || cut:
		c.mixed(raw, start)
		return nil
	}
	out := c.decoding("windows-1252")
	for i := 0; i < len(raw); {
		j := i + asciiLen(raw[i:])
		if j > i {
			out = append(out, raw[i:j]...)
			c.source.Copy(j-i, i)
			i = j
			continue
		}
		r, ok := fromCP1252(raw[i])
		if !ok {
			c.flags.Add(stages.FlagUTF8Replaced, 1)
		}
		out = c.decoded(out, r, i, i+1)
		i++
	}
	c.text, c.buffers[0] = out, out
	return nil
}

// fromCP1252 returns the character that b is in Windows-1252, or U+FFFD and
// false for the five bytes that are none.
func fromCP1252(b byte) (rune, bool) {
	r := charmap.Windows1252.DecodeByte(b)
	if r == utf8.RuneError || r >= 0x80 && r < 0xA0 {
		return utf8.RuneError, false
	}
	return r, true
}

// asciiLen returns how many bytes at the beginning of b are ASCII.
func asciiLen(b []byte) int {
	n := 0
	for n+8 <= len(b) && binary.LittleEndian.Uint64(b[n:])&0x8080808080808080 == 0 {
		n += 8
	}
	for n < len(b) && b[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// survey counts the characters of two or more bytes in raw and the bytes that
// belong to none, and says where the first such byte stands.
func survey(raw []byte) (valid, invalid, first int) {
	for i := 0; i < len(raw); {
		if n := asciiLen(raw[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r != utf8.RuneError || n > 1 {
			valid++
		} else {
			if invalid == 0 {
				first = i
			}
			invalid++
		}
		i += n
	}
	return valid, invalid, first
}

// mixed decodes UTF-8 with stray bytes. A stray byte is taken for Windows-1252
// where it is one there and no piece of a broken UTF-8 character.
func (c *cleaner) mixed(raw []byte, start int) {
	out := c.buffers[0][:0]
	for i := start; i < len(raw); {
		n := asciiLen(raw[i:])
		if n == 0 {
			if r, size := utf8.DecodeRune(raw[i:]); r != utf8.RuneError || size > 1 {
				n = size
			}
		}
		if n > 0 {
			out = append(out, raw[i:i+n]...)
			c.source.Copy(n, i)
			i += n
			continue
		}
		n = broken(raw[i:])
		r, ok := fromCP1252(raw[i])
		if ok = ok && n == 1; ok {
			c.flags.Add(stages.FlagCP1252, 1)
		} else {
			r = utf8.RuneError
			c.flags.Add(stages.FlagUTF8Replaced, 1)
		}
		out = c.decoded(out, r, i, i+n)
		i += n
	}
	c.text, c.buffers[0] = out, out
}

// broken returns how many bytes of b belong to the beginning of a UTF-8
// character of three or four bytes that was cut off; 1 where none begins.
func broken(b []byte) int {
	want := 0
	switch {
	case b[0] >= 0xE0 && b[0] < 0xF0:
		want = 3
	case b[0] >= 0xF0 && b[0] < 0xF5:
		want = 4
	}
	n := 1
	for n < min(want, len(b)) && b[n]&0xC0 == 0x80 {
		n++
	}
	return n
}
