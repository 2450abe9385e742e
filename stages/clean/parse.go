package clean

import (
	"unicode"
	"unicode/utf8"
)

// A glyph is a character of a stretch and where it begins in the text.
type glyph struct {
	r     rune
	start int
}

// A repair says that in[start:end] should be r.
type repair struct {
	r          rune
	space      bool // one was swallowed, which should follow r
	spaced     bool // one was taken for the byte A0
	length     int  // in bytes, as UTF-8 should have been: 2 to 4, or 6 for a surrogate pair
	start, end int
}

func (r repair) text() string {
	if r.space {
		return string(r.r) + " "
	}
	return string(r.r)
}

// A parse goes through one stretch after another, run by run. A run is a piece
// of a stretch in which no ASCII stands that is not part of a repair.
type parse struct {
	in       []byte
	encoding int
	lenient  bool // accept spaces and question marks for bytes

	glyphs []glyph // of the stretch, with one that marks its end
	at     int     // the next glyph

	first, last int // the glyphs of the run
	repairs     []repair
	strange     bool // the run holds what the encoding does not explain
}

// each calls do for each run of the stretches that has repairs, with its gain.
func (p *parse) each(stretches []stretch, do func(gain float64)) {
	for _, s := range stretches {
		if s.encodings&(1<<p.encoding) == 0 {
			continue
		}
		p.begin(s)
		for p.next() {
			do(p.gain())
		}
	}
}

// least returns what a run must gain to be put right.
func (p *parse) least() float64 {
	if p.lenient {
		return gainBeside
	}
	return gainAlone
}

// sum returns what the text gains by all that would be put right.
func (p *parse) sum(stretches []stretch) float64 {
	sum := 0.0
	p.each(stretches, func(gain float64) {
		if gain >= p.least() {
			sum += gain
		}
	})
	return sum
}

// support returns what the text gains by the runs that were surely read in
// this encoding, less what it would lose by others that can be read in it.
func (p *parse) support(stretches []stretch) float64 {
	sum := 0.0
	p.each(stretches, func(gain float64) {
		if gain >= gainAlone-0.2 || gain < 0 {
			sum += gain
		}
	})
	return sum
}

// begin takes up a stretch.
func (p *parse) begin(s stretch) {
	p.glyphs, p.at = p.glyphs[:0], 0
	for i := s.start; i < s.end; {
		r, n := utf8.DecodeRune(p.in[i:])
		p.glyphs = append(p.glyphs, glyph{r, i})
		i += n
	}
	p.glyphs = append(p.glyphs, glyph{0, s.end})
}

// next finds the next run that has repairs, and reports whether there is one.
func (p *parse) next() bool {
	end := len(p.glyphs) - 1
	for p.at < end {
		p.repairs, p.strange, p.first = p.repairs[:0], false, p.at
		for p.at < end {
			if p.glyphs[p.at].r < utf8.RuneSelf {
				break
			}
			n, r := p.sequence(p.at)
			if n == 0 {
				p.strange = p.strange || !explained(p.glyphs[p.at].r, p.glyphs[p.at+1].r)
				p.at++
				continue
			}
			r.start, r.end = p.glyphs[p.at].start, p.glyphs[p.at+n].start
			p.repairs = append(p.repairs, r)
			p.at += n
		}
		p.last = p.at
		for p.at < end && p.glyphs[p.at].r < utf8.RuneSelf {
			p.at++
		}
		if len(p.repairs) > 0 {
			return true
		}
	}
	return false
}

// explained reports whether r, before next, may stand beside mojibake: it is a
// common mark, a C1 control to be read as Windows-1252, or what something lost
// has left.
func explained(r, next rune) bool {
	return isTypographic(r) || r < 0xA0 || r == utf8.RuneError || next == '?' && leads[r] != 0
}

// sequence reads the UTF-8 character whose bytes the glyphs from k on stand
// for. It returns the number of glyphs, or 0 where there is none.
func (p *parse) sequence(k int) (int, repair) {
	if leads[p.glyphs[k].r]&(1<<p.encoding) == 0 {
		return 0, repair{}
	}
	table := wrongEncodings[p.encoding].bytes
	var b [6]byte
	b[0] = table[p.glyphs[k].r]
	want := 2
	switch {
	case b[0] >= 0xF0:
		want = 4
	case b[0] == 0xED && k+1 < len(p.glyphs) && table[p.glyphs[k+1].r] >= 0xA0:
		return p.surrogates(k)
	case b[0] >= 0xE0:
		want = 3
	}
	lost, spaced := false, false
	for n := 1; n < want; n++ {
		g := p.glyphs[min(k+n, len(p.glyphs)-1)].r
		switch v := table[g]; {
		case v >= 0x80 && v < 0xC0:
			b[n] = v
		case g == utf8.RuneError, g == '?' && p.lenient:
			lost = true
		case g == ' ' && p.spaceIsByte(k, want):
			b[n], spaced = 0xA0, true
		default:
			return 0, repair{}
		}
	}
	if lost {
		return want, repair{r: utf8.RuneError, length: want}
	}
	r, n := utf8.DecodeRune(b[:want])
	if n != want {
		return 0, repair{}
	}
	return want, repair{r: r, length: want, spaced: spaced, space: spaced && r == 'à' && !p.swallows(k+2)}
}

// surrogates reads a character that was written as two surrogates of three
// bytes each (CESU-8).
func (p *parse) surrogates(k int) (int, repair) {
	if k+6 >= len(p.glyphs) {
		return 0, repair{}
	}
	table := wrongEncodings[p.encoding].bytes
	var b [6]byte
	for n := range b {
		if g := p.glyphs[k+n].r; g == ' ' {
			b[n] = 0xA0
		} else {
			b[n] = table[g]
		}
		if n != 0 && n != 3 && (b[n] < 0x80 || b[n] >= 0xC0) {
			return 0, repair{}
		}
	}
	if b[1] >= 0xB0 || b[3] != 0xED || b[4] < 0xB0 {
		return 0, repair{}
	}
	high := rune(b[1]&0x0F)<<6 | rune(b[2]&0x3F)
	low := rune(b[4]&0x0F)<<6 | rune(b[5]&0x3F)
	return 6, repair{r: 0x10000 + high<<10 + low, length: 6}
}

// spaceIsByte reports whether a space in the character that begins at glyph k
// may stand for the byte A0, as it does where someone made plain spaces of all
// no-break spaces. Alone, that is certain only right after a small letter or
// the end of a sentence: voilÃ, Boston.Â .
func (p *parse) spaceIsByte(k, want int) bool {
	if p.lenient {
		return true
	}
	if r := p.glyphs[k].r; want != 2 || r != 'Ã' && r != 'Â' {
		return false
	}
	prev, _ := utf8.DecodeLastRune(p.in[:p.glyphs[k].start])
	return unicode.IsLower(prev) || prev == '.' || prev == '?' || prev == '!'
}

// swallows reports whether the space before glyph k was the byte alone, so
// that no space should follow the à: another space follows, or the word goes
// on (the Portuguese às and àquele).
func (p *parse) swallows(k int) bool {
	rest := p.in[p.glyphs[k].start:]
	switch {
	case len(rest) == 0 || rest[0] == ' ':
		return true
	case rest[0] == 's':
		return len(rest) == 1 || rest[1] == ' '
	}
	return len(rest) > 4 && string(rest[:4]) == "quel"
}

// gain returns how much likelier the text gets by the repairs of this run.
func (p *parse) gain() float64 {
	if p.strange {
		return 0
	}
	before, after := p.runeBefore(), p.runeAfter()
	gain := p.costBefore(before, after) - p.costAfter(before, after) - p.doubt(before, after)
	if len(p.repairs) == 1 && p.repairs[0].r == 'å' && p.encoding == 0 {
		gain = min(gain, gainAlone-0.1) // Ã¥ alone is left: it has been met where it could be either of two things
	}
	return gain
}

func (p *parse) runeAfter() rune {
	if p.last < len(p.glyphs)-1 {
		return p.glyphs[p.last].r
	}
	r, _ := utf8.DecodeRune(p.in[p.glyphs[p.last].start:])
	return r
}

func (p *parse) runeBefore() rune {
	if p.first > 0 {
		return p.glyphs[p.first-1].r
	}
	r, _ := utf8.DecodeLastRune(p.in[:p.glyphs[p.first].start])
	return r
}

// costBefore returns the cost of the run as it stands.
func (p *parse) costBefore(before, after rune) float64 {
	sum, prev := 0.0, before
	for k := p.first; k < p.last; k++ {
		next := after
		if k+1 < p.last {
			next = p.glyphs[k+1].r
		}
		sum += cost(prev, p.glyphs[k].r, next)
		prev = p.glyphs[k].r
	}
	return sum
}

// costAfter returns the cost of the run when its repairs are made. A character
// that needs more bytes is less likely to come out by chance.
func (p *parse) costAfter(before, after rune) float64 {
	sum, prev, k := 0.0, before, 0
	r, i := p.repaired(p.first, &k)
	for {
		next, j := after, i
		if i < p.last {
			next, j = p.repaired(i, &k)
		}
		sum += cost(prev, r, next)
		if i >= p.last {
			break
		}
		prev, r, i = r, next, j
	}
	for _, r := range p.repairs {
		sum -= [...]float64{2: 0, 3: 0.8, 4: 2, 6: 3}[r.length]
		if r.spaced && p.lenient {
			sum--
		}
	}
	return sum
}

// repaired returns the character that glyph i is or begins when repair k is
// made, and the glyph after it. It moves k on.
func (p *parse) repaired(i int, k *int) (rune, int) {
	if *k >= len(p.repairs) || p.repairs[*k].start != p.glyphs[i].start {
		return p.glyphs[i].r, i + 1
	}
	r := p.repairs[*k]
	for *k++; p.glyphs[i].start < r.end; i++ {
	}
	return r.r, i
}

// doubt returns what the encoding demands on top: mathematics and line art are
// text too, and a control character says that it was another encoding.
func (p *parse) doubt(before, after rune) float64 {
	w := &wrongEncodings[p.encoding]
	doubt := 0.0
	if !p.lenient {
		if doubt = w.doubt; !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			doubt *= 2
		}
	}
	for k := p.first; k < p.last; k++ {
		if isBox(p.glyphs[k].r) && isBox(p.glyphs[k+1].r) {
			doubt += 1.5
		}
		if w.sloppy && p.glyphs[k].r < 0xA0 && p.glyphs[k].r >= 0x80 {
			doubt += 0.1
		}
	}
	return doubt
}
