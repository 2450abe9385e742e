package entities

// An echo is what the first pass of the tagger made of the mentions of one word.
type echo struct {
	alone  [NumNames]uint16 // how often it was in a name of one word, by type; NoName: in none
	within [NumNames]uint16 // how often in a longer name
	last   [NumNames]uint16 // how often the last word of one
	meant  [NumNames]uint16 // how often a longer name has the word's letters as initials
}

// Listen takes in the first pass's marks of all words of the document, to be
// heard by EchoRows.
func (x *Extractor) Listen(marks []Mark) {
	x.marks = marks
	if cap(x.echoes) < len(x.traces) {
		x.echoes = make([]echo, len(x.traces), len(x.traces)+min(len(x.traces), 1<<10)+16)
	}
	x.echoes = x.echoes[:len(x.traces)]
	clear(x.echoes)
	for k := range x.d.Sentences {
		x.Sentence(k)
		for _, n := range x.alive() {
			w, i := &x.here[n], x.first+int(n)
			if w.on && w.shape.has(capital) {
				if e := x.heard(w.trace); e != nil {
					e.add(marks, i, marks[i], 1)
				}
			}
			if marks[i].open() && !marks[i].inner() {
				x.abbreviate(i)
			}
		}
	}
}

// abbreviate lets the acronym of the name that begins at word i of the document,
// one of the sentence at hand, hear of it: the initials of its words, with and
// without those in small letters.
func (x *Extractor) abbreviate(i int) {
	all, capitals := uint64(offset64), uint64(offset64)
	name, words, end := x.marks[i].Name(), 0, i
	for ; end < x.end && (end == i || x.marks[end].inner() && x.marks[end].Name() == name); end++ {
		c := x.of(end)[0] | 0x20
		if c < 'a' || c > 'z' {
			continue
		}
		all = (all ^ uint64(c)) * prime64
		if x.here[end-x.first].shape.has(capital) {
			capitals = (capitals ^ uint64(c)) * prime64
			words++
		}
	}
	if words > 1 {
		x.mean(all, name)
		if capitals != all {
			x.mean(capitals, name)
		}
	}
}

// mean counts a name of the given type for the word of the letters summed up.
func (x *Extractor) mean(letters uint64, name Name) {
	if e := x.heard(x.lookUp(mix(letters))); e != nil {
		e.meant[name]++
	}
}

// heard returns the echo of a word by its trace, nil when it has none.
func (x *Extractor) heard(trace int32) *echo {
	if trace == 0 {
		return nil
	}
	return &x.echoes[trace-1]
}

// add counts the mention at word i, n times.
func (e *echo) add(marks []Mark, i int, t Mark, n uint16) {
	name := t.Name()
	longer := t.open() || t.inner() ||
		(t == FacB || t == Misc) && (i+1 < len(marks) && (marks[i+1] == FacI || marks[i+1] == Misc)) || t == Misc && i > 0 && marks[i-1] == Misc
	if !longer {
		e.alone[name] += n
		return
	}
	e.within[name] += n
	if t.inner() && !t.open() {
		e.last[name] += n
	}
}

// most returns the type counted most in c, from type from on, and a grade of how clearly: 0 never, 1 once, 2 mostly, 3 always.
func most(c *[NumNames]uint16, from Name) (Name, uint64) {
	best, top, sum := from, c[from], uint16(0)
	for n := from; n < NumNames; n++ {
		v := c[n]
		sum += v
		if v > top {
			best, top = n, v
		}
	}
	if sum == 0 {
		return NoName, 0
	}
	grade := uint64(3) // the rest without branches, which would be hard to foretell
	if top < sum {
		grade = 2
	}
	if sum == 1 {
		grade = 1
	}
	return best, grade
}

// EchoBits is the logarithm of the number of rows of the second pass's table.
const EchoBits = 13

func echoRow(template, value uint64) uint32 {
	return uint32((value + template*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93 >> (64 - EchoBits))
}

// EchoRows appends the rows of the second pass for word i of the document, an
// active word of the sentence at hand: what the first pass made of it, of its
// neighbours and of the word's other mentions.
func (x *Extractor) EchoRows(dst []uint32, i int) []uint32 {
	own := uint64(x.marks[i])
	prev, next := uint64(0), uint64(0)
	if i > x.first {
		prev = uint64(x.marks[i-1])
	}
	if i+1 < x.end {
		next = uint64(x.marks[i+1])
	}
	w := &x.here[i-x.first]
	mode := uint64(0)
	if x.heading[x.at] {
		mode = 1
	}
	if i == x.first {
		mode |= 2
	}
	dst = append(dst, echoRow(1, own), echoRow(2, prev<<4|own), echoRow(3, own<<4|next), echoRow(4, prev<<8|own<<4|next))
	if !w.shape.has(capital) {
		return append(dst, echoRow(5, own))
	}
	e := x.heard(w.trace)
	if e == nil {
		return append(dst, echoRow(6, own<<2|mode))
	}
	others := *e
	others.add(x.marks, i, x.marks[i], ^uint16(0))
	all := others.alone
	for n := range all {
		all[n] += others.within[n]
	}
	a, ga := most(&all, NoName)
	b, gb := most(&others.within, PerName)
	c, gc := most(&others.alone, PerName)
	l, gl := most(&others.last, PerName)
	m, gm := most(&others.meant, PerName)
	caps := uint64(0)
	if w.shape.has(allCaps) {
		caps = 1
	}
	return append(dst,
		echoRow(10, (uint64(a)<<2|ga)<<4|own), echoRow(11, (uint64(b)<<2|gb)<<4|own), echoRow(12, (uint64(c)<<2|gc)<<4|own), echoRow(13, (uint64(l)<<2|gl)<<4|own),
		echoRow(14, (uint64(b)<<2|gb)<<5|uint64(c)<<2|gc), echoRow(15, (uint64(a)<<2|ga)<<2|mode),
		echoRow(16, ((uint64(a)<<2|ga)<<3|uint64(b))<<4|own), echoRow(17, ((uint64(a)<<2|ga)<<16|uint64(c))<<4|uint64(w.kind)&0xfff),
		echoRow(20, (uint64(m)<<2|gm)<<4|own), echoRow(21, ((uint64(m)<<2|gm)<<5|uint64(a)<<2|ga)<<1|caps),
		echoRow(18, (uint64(a)<<2|ga)<<8|prev<<4|own), echoRow(19, (uint64(a)<<2|ga)<<8|next<<4|own),
	)
}
