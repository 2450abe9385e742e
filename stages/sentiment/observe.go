package sentiment

import (
	"math"
	"slices"
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

	heard []heardWord // the words of the sentence, and one more that is none
	toned []tonedWord
	parts []int32 // those at which a clause ends
	names []int32 // those that are, or look like, part of a name
	verbs []int32 // verbs of saying
	spots []spot  // where the toned words stand, seen from the mention
	noted uint64  // a bit for each of Facts[toneAll:] that is not 0

	mention extent
	inside  bool    // the mention is quoted
	sight   extent  // the words that are looked at
	clause  extent  // those of the mention's clause
	between extent  // those that no other name parts from the mention
	pair    float64 // what a pair of neighbours in sight counts
	length  float64 // what the number of words in sight counts
	quotes  bool    // one of them is quoted
	last    int     // the first word behind the mention before
}

// Seen is a word with the columns, places relative to the mention, in which it counts.
type Seen struct {
	Row     int32   // as in Word, but from 0
	Columns uint16  // a bit for each column
	Value   float64 // a number of valueUnits
}

// A heard word holds what is the same of a word for all mentions of its sentence.
type heardWord struct {
	row       int32 // as in Seen; 0 without one
	neighbour int32 // Index of its pair with the word before it, -1 for none
	value     int8  // in valueUnits; 0 without a row
	quoted    bool
	counts    // of the words before it
}

// counts say how many words of an Observer's lists stand somewhere.
type counts struct{ toned, parts, names, verbs int32 }

// An extent is a half-open range of words.
type extent struct{ from, to int }

// has reports whether word i is in e.
func (e extent) has(i int) bool { return e.from <= i && i < e.to }

// The values of a word, in units.
const (
	valueUnit   = 0.2
	seenValue   = 5
	deniedValue = -2
)

// values are those of a word by its context: whether it is Negated.
var values = [Negated + 1]int8{seenValue, deniedValue}

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

// inSight is how many words to each side of a mention are looked at.
const inSight = 150

// Observe looks at words from the mention at target. It returns false if no
// word of the sentence touches target.
func (o *Observer) Observe(d *stages.Document, l *Lexicon, words []Word, target stages.Span) bool {
	o.hear(words, l.toned(words, nil))
	if !o.look(d, words, target) {
		return false
	}
	clear(o.Facts[:toneAll])
	for _, s := range o.spots {
		for _, fact := range placeOf(s.place).facts() {
			o.Facts[fact+unfavourable(s.tone)] += math.Abs(s.tone)
		}
	}
	for i := o.sight.from + 1; i < o.sight.to; i++ {
		if n := o.heard[i].neighbour; n >= 0 && (i < o.mention.from || i > o.mention.to) {
			o.Pairs = append(o.Pairs, Pair{uint32(n), o.pair})
		}
	}
	o.Seen = o.Seen[:0]
	for i := o.mention.from - 1; i >= o.sight.from; i-- {
		o.see(i)
	}
	for i := o.mention.to; i < o.sight.to; i++ {
		o.see(i)
	}
	return true
}

// hear takes in what is the same for all mentions of a sentence, in which toned
// words have a valence. A list gets each word, and keeps it if the next is put
// behind it: branches would be hard to guess.
func (o *Observer) hear(words []Word, toned []tonedWord) {
	n := len(words) + 1
	o.heard = slices.Grow(o.heard[:0], n)[:n]
	o.parts, o.names, o.verbs = slices.Grow(o.parts[:0], n)[:n], slices.Grow(o.names[:0], n)[:n], slices.Grow(o.verbs[:0], n)[:n]
	o.toned = toned
	o.sight, o.last = extent{}, 0
	heard, parts, names, verbs := o.heard, o.parts, o.names, o.verbs
	var c counts
	before := int32(0)
	for i := range words {
		w, h := &words[i], &heard[i]
		h.counts, h.quoted = c, w.Context&Quoted != 0
		h.row, h.value = max(0, w.Row-1), values[w.Context&Negated]*int8(number(w.Row > 0))
		h.neighbour = -1
		if i > 0 && before|w.Row != 0 {
			h.neighbour = int32(pairIndex(0, before, w.Row))
		}
		before = w.Row
		parts[c.parts], names[c.names], verbs[c.verbs] = int32(i), int32(i), int32(i)
		c.toned += int32(number(w.Valence != 0))
		c.parts += int32(number(w.class == stop || w.class == contrast))
		c.names += int32(number(w.named))
		c.verbs += int32(number(w.class == report))
	}
	heard[len(words)] = heardWord{neighbour: -1, counts: c}
	o.parts, o.names, o.verbs = parts[:c.parts], names[:c.names], verbs[:c.verbs]
}

// look takes the place of the mention at target: it finds the words around it,
// the facts, and the pairs of the words next to it. It returns false if no word
// of the sentence touches target.
func (o *Observer) look(d *stages.Document, words []Word, target stages.Span) bool {
	a, b := o.find(d, words, target)
	if a == b {
		return false
	}
	o.Pairs, o.noted = o.Pairs[:0], 0
	clear(o.Facts[toneAll:])
	o.mention, o.inside = extent{a, b}, o.heard[a].quoted
	o.frame(extent{max(0, a-inSight), min(len(words), b+inSight)})
	o.clause = o.upTo(o.parts, o.heard[a].parts, o.heard[b].parts)
	o.between = o.upTo(o.names, o.heard[a].names, o.heard[b].names)
	v := view{Observer: o, d: d, words: words}
	v.near()
	v.facts()
	v.tones()
	v.totals()
	return true
}

// frame takes the words of e into sight.
func (o *Observer) frame(e extent) {
	if o.sight == e {
		return
	}
	o.sight = e
	n := float64(e.to - e.from)
	whole := 1 / math.Sqrt(n)
	o.Norm = [Columns]float64{
		left6: 0.25, right6: 0.25, left3: 0.35, right3: 0.35, left1: 0.4, right1: 0.4,
		anywhere: whole, left: whole, right: whole, quotedOnly: whole, sameClause: whole, beyond: whole,
	}
	o.pair, o.length = 0.6/math.Sqrt(n), math.Log(n)/4
	o.quotes = slices.ContainsFunc(o.heard[e.from:e.to], func(h heardWord) bool { return h.quoted })
}

// upTo returns the words in sight that none of list parts from the mention.
// before and to are how many of list stand before the mention, and up to its end.
func (o *Observer) upTo(list []int32, before, to int32) extent {
	e := o.sight
	if before > 0 {
		e.from = max(e.from, int(list[before-1])+1)
	}
	if int(to) < len(list) {
		e.to = min(e.to, int(list[to]))
	}
	return e
}

// find returns the first word that touches target and the first after it.
// It looks on from where it found the mention before, which most often is close.
func (o *Observer) find(d *stages.Document, words []Word, target stages.Span) (a, b int) {
	if o.last > 0 && d.Tokens[words[o.last-1].Token].End <= target.Start {
		a = o.last
	}
	for a < len(words) && d.Tokens[words[a].Token].End <= target.Start {
		a++
	}
	for b = a; b < len(words) && d.Tokens[words[b].Token].Start < target.End; {
		b++
	}
	o.last = b
	return a, b
}

// see adds word i to Seen.
func (o *Observer) see(i int) {
	w := &o.heard[i]
	if w.value == 0 {
		return
	}
	s := Seen{Row: w.row, Value: valueUnit * float64(w.value)}
	for c := range Columns {
		if o.column(c).has(i) != (c == beyond) && (c != quotedOnly || w.quoted) {
			s.Columns |= 1 << c
		}
	}
	o.Seen = append(o.Seen, s)
}

// column returns the mention and the words in sight that count in column c. Of
// quotedOnly, only the quoted words count, and of beyond only those outside.
func (o *Observer) column(c int) extent {
	e, all := o.mention, o.sight
	switch c {
	case anywhere:
		return all
	case left:
		e.from = all.from
	case right:
		e.to = all.to
	case left6:
		e.from = max(e.from-6, all.from)
	case right6:
		e.to = min(e.to+6, all.to)
	case left3:
		e.from = max(e.from-3, all.from)
	case right3:
		e.to = min(e.to+3, all.to)
	case left1:
		e.from = max(e.from-1, all.from)
	case right1:
		e.to = min(e.to+1, all.to)
	case quotedOnly:
		if !o.inside {
			return all
		}
	case sameClause:
		return o.clause
	case beyond:
		return o.between
	}
	return e
}

// A view is an Observer at work on words.
type view struct {
	*Observer
	d         *stages.Document
	words     []Word
	said      bool // the mention is next to a verb of saying
	possess   bool
	good, bad float64
}

const toneUnit = 0.3

// tones lists the spots of the words that have a tone: of those to the left of
// the mention, then of those to the right, the nearest first.
func (v *view) tones() {
	a, b := &v.heard[v.mention.from], &v.heard[v.mention.to]
	spots, amounts := v.spots[:0], [2]float64{} // favourable, unfavourable
	for k := int(a.toned) - 1; k >= 0; k-- {
		t := &v.toned[k]
		i, x := int(t.word), t.valence*toneUnit
		if i < v.sight.from {
			break
		}
		w := &v.heard[i]
		spots = append(spots, spot{x, placeIndex(0, v.mention.from-i, w.quoted, v.inside, a.parts-w.parts, a.names-w.names)})
		amounts[unfavourable(x)] += math.Abs(x)
	}
	for k := int(b.toned); k < len(v.toned); k++ {
		t := &v.toned[k]
		i, x := int(t.word), t.valence*toneUnit
		if i >= v.sight.to {
			break
		}
		w, next := &v.heard[i], &v.heard[i+1]
		spots = append(spots, spot{x, placeIndex(1, i-v.mention.to+1, w.quoted, v.inside, next.parts-b.parts, next.names-b.names)})
		amounts[unfavourable(x)] += math.Abs(x)
	}
	v.spots, v.good, v.bad = spots, amounts[0], amounts[1]
}

// A spot is a tone, and the index of the place where it stands.
type spot struct {
	tone  float64
	place int
}

// A place tells places apart where a tone may stand.
type place struct {
	side     int // of the mention: 0 left, 1 right
	distance int // 0 to 4
	quoted   int // 0 or 1
	inside   int // whether the mention is quoted, 0 or 1
	clauses  int // between it and the mention, 0 to 2
	names    int // the same
}

// places is how many there are.
const places = 2 * 5 * 2 * 2 * 3 * 3

// placeIndex returns a number, below places, for the place of a word that stands
// so far to one side (0 left, 1 right) of the mention and behind so many clauses
// and names, itself included.
func placeIndex(side, far int, quoted, inside bool, clauses, names int32) int {
	return 180*side + 36*distance(far) + 18*number(quoted) + 9*number(inside) + 3*int(min(2, clauses)) + int(min(2, names))
}

// facts returns the facts that a favourable tone at p is added to; an
// unfavourable one is added to those behind them.
func (p place) facts() [5]int {
	return [5]int{
		toneAt + 10*p.side + 2*p.distance, toneSide + 2*p.side, toneQuote + 4*p.quoted + 2*p.inside,
		toneClause + 6*p.side + 2*p.clauses, toneBeyond + 6*p.side + 2*p.names,
	}
}

// placeOf returns the place with this index.
func placeOf(i int) place { return place{i / 180, i / 36 % 5, i / 18 % 2, i / 9 % 2, i / 3 % 3, i % 3} }

// unfavourable returns 1 where t is below zero, else 0.
func unfavourable(t float64) int { return int(math.Float64bits(t) >> 63) }

// distance sorts how many words away a word stands into five bins.
func distance(far int) int { return int(bins[min(far, len(bins)-1)]) }

// bins are by distance: 1, 2 to 3, 4 to 6, 7 to 12, more.
var bins = [...]uint8{0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (v *view) facts() {
	a, b := v.mention.from, v.mention.to
	left, right := v.verb(v.heard[a].verbs-1, a-1), v.verb(v.heard[b].verbs, b)
	v.said = left < 3 || right < 3
	v.note(factSaid, v.said)
	v.note(factSaidLeft, left < 2)
	v.note(factSaidNext, right < 2)
	v.note(factInside, v.inside)
	v.note(factQuotes, v.quotes)
	v.note(factPronoun, b == a+1 && pronoun(v.d.Of(v.d.Tokens[v.words[a].Token])))
	if b < v.sight.to {
		next := v.d.Of(v.d.Tokens[v.words[b].Token])
		v.possess = next == "'s" || next == "’s" || next == "'" || next == "’"
		v.note(factPossess, v.possess)
	}
	v.note(factStart, a == v.sight.from)
	v.note(factPlace+4*(a-v.sight.from)/(v.sight.to-v.sight.from), true)
	v.set(factLength, v.length)
	v.note(factOne, true)
}

// verb returns how many words away from word i the k-th verb of saying stands;
// inSight if there is none.
func (v *view) verb(k int32, i int) int {
	if k < 0 || int(k) >= len(v.verbs) {
		return inSight
	}
	n := int(v.verbs[k]) - i
	return max(n, -n)
}

// note sets a fact that is so.
func (v *view) note(fact int, so bool) { v.set(fact, float64(number(so))) }

// tone sets fact to t where that is favourable, and the next to its amount where
// it is not.
func (v *view) tone(fact int, t float64) { v.set(fact+unfavourable(t), math.Abs(t)) }

// set sets fact, one of toneAll and those behind, to x.
func (v *view) set(fact int, x float64) {
	v.Facts[fact] = x
	v.noted |= uint64(number(x != 0)) << (fact - toneAll)
}

// pronoun reports whether s is a pronoun.
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
	mass := v.good + v.bad
	v.set(factMass, min(1, mass/3))
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
	if v.mention.from == v.sight.from {
		v.tone(toneStart, t)
	}
	if v.possess {
		v.tone(tonePossess, t)
	}
}

// nearPairs is how many pairs near finds at most.
const nearPairs = 3

// near takes in the words next to the mention, two by two.
func (v *view) near() {
	a, b := v.mention.from, v.mention.to
	l1, l2, r1, r2 := v.at(a-1), v.at(a-2), v.at(b), v.at(b+1)
	v.add(1, l2, l1, 0.3)
	v.add(2, r1, r2, 0.3)
	v.add(3, l1, r1, 0.3)
}

// at returns the row of word i, 0 for a name or unknown word, and -1 beyond
// the sentence's ends.
func (v *view) at(i int) int32 {
	if !v.sight.has(i) {
		return -1
	}
	return v.words[i].Row
}

func (v *view) add(kind uint64, a, b int32, value float64) {
	if a != 0 || b != 0 {
		v.Pairs = append(v.Pairs, Pair{pairIndex(kind, a, b), value})
	}
}

func pairIndex(kind uint64, a, b int32) uint32 {
	h := (uint64(uint32(a))<<34 ^ uint64(uint32(b))<<3 ^ kind) * 0x9E3779B97F4A7C15
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	return uint32(h >> 46)
}
