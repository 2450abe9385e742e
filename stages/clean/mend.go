package clean

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"pressrow/stages"
)

// Mojibake is text that was written as UTF-8 and read in another encoding:
// "cafÃ©" for "café". A stretch of it is put right where three things agree:
//
//   - its characters, taken back to bytes in that encoding, are whole UTF-8;
//   - nothing else that cannot be explained is mixed with them;
//   - the outcome is far more likely in a text than the stretch is (see cost).
//
// Where the text shows other such stretches of the same encoding, less is
// asked of each, and a byte that was lost on the way may be missing.

// maxLevels bounds how often text can have been garbled on top of garble.
const maxLevels = 6

// What a stretch must gain to be put right: alone, and beside others that
// gain enough together.
const (
	gainAlone   = 2.0
	gainBeside  = 0.4
	gainSupport = 3.0
)

// encodings puts the encoding of c.text right and reports whether anything
// had to be done.
func (c *cleaner) encodings() bool {
	changed := false
	for range maxLevels {
		c.survey()
		if len(c.stretches) == 0 || !c.apply(c.ungarble) {
			break
		}
		changed = true
	}
	return c.c1 && c.apply(c.readC1) || changed
}

// A wrongEncoding is one that UTF-8 is known to have been read in.
type wrongEncoding struct {
	name   string
	bytes  map[rune]byte // characters beyond ASCII, with their bytes
	sloppy bool          // bytes has C1 controls where the encoding proper has signs
	doubt  float64       // how much more a stretch must gain: line art and mathematics look like some
}

const numEncodings = 8

var wrongEncodings = [numEncodings]wrongEncoding{
	newWrong("windows-1252", charmap.Windows1252, 0),
	newWrong("windows-1251", charmap.Windows1251, 0),
	newWrong("windows-1250", charmap.Windows1250, 0),
	newWrong("iso-8859-2", charmap.ISO8859_2, 0),
	newWrong("windows-1257", charmap.Windows1257, 0),
	newWrong("macintosh", charmap.Macintosh, 1),
	newWrong("ibm437", charmap.CodePage437, 1),
	newWrong("ibm850", charmap.CodePage850, 1),
}

// newWrong makes the table of an encoding. In those of Windows and ISO, a byte
// may also have become the control character with its number.
func newWrong(name string, m *charmap.Charmap, doubt float64) wrongEncoding {
	w := wrongEncoding{name: name, bytes: make(map[rune]byte, 160), doubt: doubt}
	for b := 0x80; b < 0x100; b++ {
		r := m.DecodeByte(byte(b))
		if b < 0xA0 && doubt == 0 {
			w.bytes[rune(b)] = byte(b)
			w.sloppy = w.sloppy || r >= 0xA0 && r != utf8.RuneError
		}
		if r != utf8.RuneError {
			w.bytes[r] = byte(b)
		}
	}
	return w
}

// leads tells, for each character that can stand for the first byte of a
// UTF-8 character, in which of wrongEncodings, one bit each. In encodings that
// are not Windows', quotation marks, dashes and most letters are left out: far
// more often they are themselves.
var leads = func() map[rune]uint8 {
	t := make(map[rune]uint8)
	for k, w := range wrongEncodings {
		for r, b := range w.bytes {
			if b < 0xC2 || b > 0xF4 || isTypographic(r) || w.doubt > 0 && isLatin(r) && !strings.ContainsRune("ÔßÿŸƒ", r) {
				continue
			}
			t[r] |= 1 << k
		}
	}
	return t
}()

// isTypographic reports whether r is a mark that good text is full of.
func isTypographic(r rune) bool {
	switch r {
	case '‘', '’', '“', '”', '–', '—', '…', 0xA0:
		return true
	}
	return false
}

// A stretch is a part of the text that may be mojibake, and the encodings
// that it may have been read in.
type stretch struct {
	start, end int
	encodings  uint8
}

// survey looks for stretches that may be mojibake, and for C1 controls.
func (c *cleaner) survey() {
	c.stretches, c.c1 = c.stretches[:0], false
	in := c.text
	for i := 0; i < len(in); {
		if n := asciiLen(in[i:]); n > 0 {
			i += n
			continue
		}
		if in[i] == 0xE2 && in[i+1] == 0x80 && in[i+2] != 0x9A && in[i+2] != 0x9E && in[i+2] < 0xA0 {
			i += 3 // a quotation mark or dash
			continue
		}
		s := stretch{start: i}
		prev := rune(0)
		for s.end = i; s.end < len(in); {
			r, n := utf8.DecodeRune(in[s.end:])
			if r < utf8.RuneSelf && !s.bridges(prev, r, in[s.end+1:]) {
				break
			}
			if r >= 0x80 && r < 0xA0 {
				c.c1 = true
			}
			if prev >= utf8.RuneSelf {
				s.encodings |= leads[prev]
			}
			s.end += n
			prev = r
		}
		i = s.end
		if s.encodings != 0 {
			c.stretches = append(c.stretches, s)
		}
	}
}

// bridges reports whether the ASCII character r, between prev and after, may
// be what is left of a byte of s: a space for A0, a question mark for a lost one.
func (s stretch) bridges(prev, r rune, after []byte) bool {
	if prev < utf8.RuneSelf || r != ' ' && r != '?' {
		return false
	}
	return len(after) > 0 && after[0] >= utf8.RuneSelf ||
		leads[prev] != 0 && unicode.IsUpper(prev) || r == '?' && s.encodings != 0
}

// ungarble takes the encoding that explains most of the stretches, and puts
// right what was read in it.
func (c *cleaner) ungarble() {
	best := parse{in: c.edit.in, glyphs: c.glyphs, encoding: -1}
	most := 0.0
	for k := range numEncodings {
		p := parse{in: c.edit.in, glyphs: best.glyphs, encoding: k}
		sum := p.support(c.stretches)
		p.lenient = sum >= gainSupport
		if sum > 0 {
			sum = p.sum(c.stretches)
		}
		if best.glyphs = p.glyphs; sum > most {
			best, most = p, sum
		}
	}
	if c.glyphs = best.glyphs; best.encoding < 0 {
		return
	}
	best.each(c.stretches, func(gain float64) {
		if gain < best.least() {
			return
		}
		for _, r := range best.repairs {
			c.edit.replace(r.text(), r.start, r.end)
			c.flags.Add(stages.FlagMojibake, 1)
		}
	})
}

// readC1 makes C1 controls the characters that they are in Windows-1252. U+0080
// before another is what is left of a quotation mark or dash in UTF-8 whose
// first byte was lost. NEL (U+0085) stays where it ends a line.
func (c *cleaner) readC1() {
	in := c.edit.in
	lines := !bytes.ContainsAny(in, "\n\r")
	for i := 0; i < len(in); {
		at := bytes.IndexByte(in[i:], 0xC2)
		if at < 0 {
			return
		}
		i += at
		b := in[i+1]
		i += 2
		switch {
		case b >= 0xA0 || b == 0x85 && lines && endsLine(in[i:]):
			continue
		case b == 0x80 && i+1 < len(in) && in[i] == 0xC2 && isTypographic(0x1F80+rune(in[i+1])):
			c.edit.replaceRune(0x1F80+rune(in[i+1]), i-2, i+2)
			c.flags.Add(stages.FlagMojibake, 1)
			i += 2
			continue
		}
		if r, ok := fromCP1252(b); ok {
			c.edit.replaceRune(r, i-2, i)
			c.flags.Add(stages.FlagCP1252, 1)
		}
	}
}

// endsLine reports whether a NEL before b ends a line rather than being an
// ellipsis: another line follows at once.
func endsLine(b []byte) bool {
	r, _ := utf8.DecodeRune(b)
	return len(b) > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == 0x85)
}
