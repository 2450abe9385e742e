package sentiment

import (
	"math"
	"sort"
	"strings"

	"pressrow/stages"
)

// An Observer sees a sentence from one of its mentions: which words stand
// where around it. Tagging and training share it. It reuses its memory.
type Observer struct {
	Seen  []Seen
	Pairs []Pair
	Facts [Facts]float64
	Norm  [Columns]float64 // what each column's values are multiplied by

	neighbours []int32 // Index of the pair that word i of the sentence is in with the word before it, -1 for none
}

// Seen is a word with the columns, places relative to the mention, in which it counts.
type Seen struct {
	Row     int32   // as in Word
	Columns uint16  // a bit for each column
	Value   float64 // seenValue or deniedValue
}

// The values of a word.
const (
	seenValue   = 1.0
	deniedValue = -0.4
)

// The columns: where a word stands.
const (
	anywhere = iota
	left
	right
	left6 // among the six words to the left
	right6
	left3
	right3
	left1
	right1
	quotedOnly // in quotation marks, where the mention is not
	sameClause
	beyond // another name stands between
	Columns
)

// A Pair is two words in a certain place, hashed.
type Pair struct {
	Index uint32 // below Pairs
	Value float64
}

// Pairs is how many different pairs have weights of their own.
const Pairs = 1 << 18

// The facts: numbers about the sentence as the mention sees it. Those that
// count tone come in twos, favourable and unfavourable.
const (
	toneAt       = 0               // by side and distance: 2 x 5
	toneSide     = toneAt + 20     // by side
	toneQuote    = toneSide + 4    // by whether word and mention are quoted: 2 x 2
	toneClause   = toneQuote + 8   // by side and clauses between: 2 x 3
	toneBeyond   = toneClause + 12 // by side and names between: 2 x 3
	toneAll      = toneBeyond + 12
	toneSaid     = toneAll + 2 // the sentence's tone where the mention speaks ...
	toneInside   = toneSaid + 2
	toneStart    = toneInside + 2
	tonePossess  = toneStart + 2
	factSaid     = tonePossess + 2
	factSaidLeft = factSaid + 1
	factSaidNext = factSaidLeft + 1
	factInside   = factSaidNext + 1
	factQuotes   = factInside + 1
	factPronoun  = factQuotes + 1
	factPossess  = factPronoun + 1
	factStart    = factPossess + 1
	factPlace    = factStart + 1 // quarter of the sentence in which it stands
	factLength   = factPlace + 4
	factMass     = factLength + 1
	factOne      = factMass + 1
	Facts        = factOne + 1
)

// sight is how many words to each side of a mention are looked at.
const sight = 150

// Observe looks at words from the mention at target. It returns false if no
// word of the sentence touches target.
func (o *Observer) Observe(d *stages.Document, l *Lexicon, words []Word, target stages.Span) bool {
	o.Hear(words)
	return o.look(d, l, words, target)
}

// Hear takes in what is the same for all mentions of a sentence.
func (o *Observer) Hear(words []Word) {
	o.neighbours = o.neighbours[:0]
	before := int32(0)
	for i := range words {
		row := words[i].Row
		n := int32(-1)
		if i > 0 && before|row != 0 {
			n = int32(pairIndex(0, before, row))
		}
		o.neighbours = append(o.neighbours, n)
		before = row
	}
}

// look is Observe for a sentence that has been heard.
func (o *Observer) look(d *stages.Document, l *Lexicon, words []Word, target stages.Span) bool {
	*o = Observer{Seen: o.Seen[:0], Pairs: o.Pairs[:0], neighbours: o.neighbours}
	a, b := place(d, words, target)
	if a == b {
		return false
	}
	from := max(0, a-sight)
	words = words[from:min(len(words), b+sight)]
	a, b = a-from, b-from
	v := view{o: o, d: d, l: l, words: words, neighbours: o.neighbours[from : from+len(words)], a: a, b: b, inside: words[a].Context&Quoted != 0}
	v.norms()
	v.facts()
	v.side(-1)
	v.side(1)
	v.pairs()
	v.totals()
	return true
}

// place returns the first word that touches target and the first after it.
func place(d *stages.Document, words []Word, target stages.Span) (a, b int) {
	a = sort.Search(len(words), func(i int) bool { return d.Tokens[words[i].Token].End > target.Start })
	for b = a; b < len(words) && d.Tokens[words[b].Token].Start < target.End; {
		b++
	}
	return a, b
}

// A view is an Observer at work on words, of which words[a:b] are the mention.
type view struct {
	o          *Observer
	d          *stages.Document
	l          *Lexicon
	words      []Word
	neighbours []int32
	a, b       int
	inside     bool // the mention stands in quotation marks
	said       bool // the mention is next to a verb of saying
	possess    bool
	good, bad  float64
}

func (v *view) norms() {
	n := &v.o.Norm
	whole := 1 / math.Sqrt(float64(len(v.words)))
	*n = [Columns]float64{left6: 0.25, right6: 0.25, left3: 0.35, right3: 0.35, left1: 0.4, right1: 0.4}
	n[anywhere], n[left], n[right], n[quotedOnly], n[sameClause], n[beyond] = whole, whole, whole, whole, whole, whole
}

const toneUnit = 0.3

// side takes in the words to one side of the mention, the nearest first.
func (v *view) side(step int) {
	i, columns := v.a-1, [4]uint16{1 << left, 1 << left6, 1 << left3, 1 << left1}
	which := 0
	if step > 0 {
		i, columns, which = v.b, [4]uint16{1 << right, 1 << right6, 1 << right3, 1 << right1}, 1
	}
	clauses, names := 0, 0
	for far := 1; i >= 0 && i < len(v.words); i, far = i+step, far+1 {
		w := &v.words[i]
		if w.class == stop || w.class == contrast {
			clauses++
		}
		if w.named {
			names++
		}
		c := uint16(1<<anywhere) | columns[0]
		if far <= 6 {
			c |= columns[1]
		}
		if far <= 3 {
			c |= columns[2]
		}
		if far == 1 {
			c |= columns[3]
		}
		if clauses == 0 {
			c |= 1 << sameClause
		}
		if names > 0 {
			c |= 1 << beyond
		}
		quoted := w.Context&Quoted != 0
		if quoted && !v.inside {
			c |= 1 << quotedOnly
		}
		if w.Row > 0 {
			value := seenValue
			if w.Context&Negated != 0 {
				value = deniedValue
			}
			v.o.Seen = append(v.o.Seen, Seen{w.Row - 1, c, value})
		}
		if w.Valence == 0 {
			continue
		}
		if t := v.l.Weigh(*w) * toneUnit; t != 0 {
			v.tone(toneAt+10*which+2*distance(far), t)
			v.tone(toneSide+2*which, t)
			v.tone(toneQuote+4*number(quoted)+2*number(v.inside), t)
			v.tone(toneClause+6*which+2*min(2, clauses), t)
			v.tone(toneBeyond+6*which+2*min(2, names), t)
			v.good, v.bad = v.good+max(0, t), v.bad+max(0, -t)
		}
	}
}

func (v *view) tone(fact int, t float64) {
	if t > 0 {
		v.o.Facts[fact] += t
	} else {
		v.o.Facts[fact+1] -= t
	}
}

// distance sorts how many words away a word stands into five bins.
func distance(far int) int {
	switch {
	case far <= 1:
		return 0
	case far <= 3:
		return 1
	case far <= 6:
		return 2
	case far <= 12:
		return 3
	}
	return 4
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (v *view) facts() {
	d := v.d
	f := &v.o.Facts
	set := func(fact int, is bool) bool {
		f[fact] = float64(number(is))
		return is
	}
	v.said = set(factSaid, v.reports(v.a-3, v.a) || v.reports(v.b, v.b+3))
	set(factSaidLeft, v.reports(v.a-2, v.a))
	set(factSaidNext, v.reports(v.b, v.b+2))
	set(factInside, v.inside)
	for _, w := range v.words {
		if w.Context&Quoted != 0 {
			f[factQuotes] = 1
			break
		}
	}
	t := d.Tokens[v.words[v.a].Token]
	set(factPronoun, v.b == v.a+1 && pronoun(d.Of(t)))
	if v.b < len(v.words) {
		next := d.Of(d.Tokens[v.words[v.b].Token])
		v.possess = set(factPossess, next == "'s" || next == "’s" || next == "'" || next == "’")
	}
	set(factStart, v.a == 0)
	f[factPlace+4*v.a/len(v.words)] = 1
	f[factLength] = math.Log(float64(len(v.words))) / 4
	f[factOne] = 1
}

// reports tells whether a verb of saying stands in words[from:to].
func (v *view) reports(from, to int) bool {
	for i := max(0, from); i < min(to, len(v.words)); i++ {
		if v.words[i].class == report {
			return true
		}
	}
	return false
}

func pronoun(s string) bool {
	if len(s) > 4 {
		return false
	}
	switch strings.ToLower(s) {
	case "he", "she", "i", "they", "him", "her", "his", "we", "it", "them", "me", "you":
		return true
	}
	return false
}

// totals are the facts that rest on the tone of the whole sentence.
func (v *view) totals() {
	f := &v.o.Facts
	mass := v.good + v.bad
	f[factMass] = min(1, mass/3)
	t := (v.good - v.bad) / (mass + 1)
	if t == 0 {
		return
	}
	v.tone(toneAll, t)
	if v.said {
		v.tone(toneSaid, t)
	}
	if v.inside {
		v.tone(toneInside, t)
	}
	if v.a == 0 {
		v.tone(toneStart, t)
	}
	if v.possess {
		v.tone(tonePossess, t)
	}
}

// pairs takes in the words next to the mention, two by two, and all pairs of
// neighbours in the sentence.
func (v *view) pairs() {
	l1, l2, r1, r2 := v.at(v.a-1), v.at(v.a-2), v.at(v.b), v.at(v.b+1)
	v.pair(1, l2, l1, 0.3)
	v.pair(2, r1, r2, 0.3)
	v.pair(3, l1, r1, 0.3)
	value := 0.6 / math.Sqrt(float64(len(v.words)))
	for i, n := range v.neighbours {
		if i > 0 && n >= 0 && (i < v.a || i > v.b) {
			v.o.Pairs = append(v.o.Pairs, Pair{uint32(n), value})
		}
	}
}

// at returns the row of word i, 0 for a name or unknown word, and -1 beyond
// the sentence's ends.
func (v *view) at(i int) int32 {
	if i < 0 || i >= len(v.words) {
		return -1
	}
	return v.words[i].Row
}

func (v *view) pair(kind uint64, a, b int32, value float64) {
	if a == 0 && b == 0 {
		return
	}
	v.o.Pairs = append(v.o.Pairs, Pair{pairIndex(kind, a, b), value})
}

func pairIndex(kind uint64, a, b int32) uint32 {
	h := (uint64(uint32(a))<<34 ^ uint64(uint32(b))<<3 ^ kind) * 0x9E3779B97F4A7C15
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	return uint32(h >> 46)
}
