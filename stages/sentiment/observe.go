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

	words []Word
	toned []tonedWord
	heard []heardWord // of the words, the end, and margin places before and behind
	spots []spot      // where the toned words stand, seen from the mention
	noted uint64      // a bit for each of Facts[toneAll:] that is not 0

	mention extent
	inside  bool    // the mention is quoted
	sight   extent  // the words that are looked at
	clause  extent  // those of the mention's clause
	unnamed extent  // those that no other name parts from the mention
	pair    float64 // what a pair of neighbours in sight counts
	length  float64 // what the number of words in sight counts
	quotes  bool    // one of them is quoted
}

// Seen is a word with the columns, places relative to the mention, in which it counts.
type Seen struct {
	Row     int32   // as in Word, but from 0
	Columns uint16  // a bit for each column
	Value   float64 // a number of valueUnits
}

// A heardWord is what is the same of a word for all mentions of its sentence.
type heardWord struct {
	counts       // of the words before it
	row    int32 // as in Word
	kth    kinds // if this is word k of the sentence: the k-th words of each kind, from 0
}

// counts say how many words of some kind stand somewhere.
type counts struct{ toned, parts, names, verbs int32 }

// kinds are a word at which a clause ends, one that is, or looks like, part of a
// name, and a verb of saying.
type kinds struct{ part, name, verb int32 }

// An extent is a half-open range of words.
type extent struct{ from, to int }

// empty reports whether e holds no word.
func (e extent) empty() bool { return e.from == e.to }

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

// value returns w's value, in units.
func (w *Word) value() int8 { return values[w.Context&Negated] }

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
	mention := find(d, words, 0, target)
	if mention.empty() {
		return false
	}
	o.hear(words, l.toned(words, nil))
	o.look(d, mention)
	clear(o.Facts[:toneAll])
	for _, s := range o.spots {
		for _, fact := range placeOf(s.place).facts() {
			o.Facts[fact+unfavourable(s.tone)] += math.Abs(s.tone)
		}
	}
	o.Pairs = o.Pairs[:0]
	for _, p := range o.beside(mention) {
		o.addPair(p, nearPair)
	}
	for i := o.sight.from + 1; i < o.sight.to; i++ {
		if i < mention.from || i > mention.to {
			o.addPair(o.neighbours(i), o.pair)
		}
	}
	o.Seen = o.Seen[:0]
	for i := mention.from - 1; i >= o.sight.from; i-- {
		o.see(i)
	}
	for i := mention.to; i < o.sight.to; i++ {
		o.see(i)
	}
	return true
}

// hear takes in what is the same for all mentions of a sentence, in which toned
// words have a valence. Each word is noted as the next of each kind, and remains so
// if it is one and the count goes on: branches would be hard to guess.
func (o *Observer) hear(words []Word, toned []tonedWord) {
	n := len(words) + 1 + 2*margin
	o.words, o.toned, o.sight = words, toned, extent{}
	o.heard = slices.Grow(o.heard[:0], n)[:n]
	for i := range margin {
		o.heard[i] = heardWord{row: beyondEnds, kth: kinds{part: -1, name: -1, verb: -inSight}}
		o.heard[n-1-i] = heardWord{row: beyondEnds}
	}
	heard := o.heard[margin:]
	var c counts
	for i := range words {
		w, h := &words[i], &heard[i]
		h.counts, h.row = c, w.Row
		heard[c.parts].kth.part, heard[c.names].kth.name, heard[c.verbs].kth.verb = int32(i), int32(i), int32(i)
		c.toned += int32(number(w.Valence != 0))
		c.parts += int32(clauseEnds >> w.class & 1)
		c.names += int32((number(w.Name) | number(w.capital)) & number(w.Row == 0))
		c.verbs += int32(number(w.class == report))
	}
	end := int32(len(words))
	heard[end].counts, heard[end].row = c, beyondEnds
	heard[c.parts].kth.part, heard[c.names].kth.name, heard[c.verbs].kth.verb = end, end, end+inSight
}

// at returns what is heard of word i; margin words beyond the ends may be asked for.
func (o *Observer) at(i int) *heardWord { return &o.heard[margin+i] }

// kth returns the k-th words of each kind, from 0; beyond the ends where there is
// none, as of -1.
func (o *Observer) kth(k int32) kinds { return o.heard[margin+k].kth }

// clauseEnds are the classes of words at which a clause ends.
const clauseEnds = classSet(1<<stop | 1<<contrast)

// look takes the place of the mention, which is not empty: it finds the words
// around it and the facts.
func (o *Observer) look(d *stages.Document, mention extent) {
	a, b := mention.from, mention.to
	o.noted = 0
	clear(o.Facts[toneAll:])
	o.mention, o.inside = mention, o.words[a].Context&Quoted != 0
	o.frame(extent{max(0, a-inSight), min(len(o.words), b+inSight)})
	before, behind := o.at(a), o.at(b)
	o.clause = o.between(o.kth(before.parts-1).part, o.kth(behind.parts).part)
	o.unnamed = o.between(o.kth(before.names-1).name, o.kth(behind.names).name)
	good, bad := o.tones()
	o.facts(d, good, bad)
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
	held := Context(0)
	for i := e.from; i < e.to; i++ {
		held |= o.words[i].Context
	}
	o.quotes = held&Quoted != 0
}

// between returns the words in sight between two words.
func (o *Observer) between(before, behind int32) extent {
	return extent{max(o.sight.from, int(before)+1), min(o.sight.to, int(behind))}
}

// find returns the words that touch target. It looks on from word on, if that
// stands behind no such word.
func find(d *stages.Document, words []Word, on int, target stages.Span) extent {
	a := 0
	if on > 0 && d.Tokens[words[on-1].Token].End <= target.Start {
		a = on
	}
	for a < len(words) && d.Tokens[words[a].Token].End <= target.Start {
		a++
	}
	b := a
	for b < len(words) && d.Tokens[words[b].Token].Start < target.End {
		b++
	}
	return extent{a, b}
}

// see adds word i to Seen.
func (o *Observer) see(i int) {
	w := &o.words[i]
	if w.Row == 0 {
		return
	}
	s := Seen{Row: w.Row - 1, Value: valueUnit * float64(w.value())}
	for c := range Columns {
		if o.column(c).has(i) != (c == beyond) && (c != quotedOnly || w.Context&Quoted != 0) {
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
		return o.unnamed
	}
	return e
}

const toneUnit = 0.3

// tones lists the spots of the words that have a tone: of those to the left of
// the mention, then of those to the right, the nearest first. It returns how much
// of the tone is favourable and how much unfavourable.
func (o *Observer) tones() (good, bad float64) {
	a, b := o.at(o.mention.from), o.at(o.mention.to)
	first, last := o.at(o.sight.from).toned, o.at(o.sight.to).toned
	o.spots = slices.Grow(o.spots[:0], len(o.toned))[:last-first-(b.toned-a.toned)]
	spots, toned := o.spots, o.toned
	for k := a.toned - 1; k >= first; k-- {
		t := &toned[k]
		w := o.at(int(t.word))
		x := t.valence * toneUnit
		spots[a.toned-1-k] = spot{x, placeIndex(0, o.mention.from-int(t.word), t.quoted, o.inside, a.parts-w.parts, a.names-w.names)}
		g, b := bySide(math.Abs(x), x)
		good, bad = good+g, bad+b
	}
	spots = spots[a.toned-first:]
	for k := b.toned; k < last; k++ {
		t := &toned[k]
		next := o.at(int(t.word) + 1)
		x := t.valence * toneUnit
		spots[k-b.toned] = spot{x, placeIndex(1, int(t.word)-o.mention.to+1, t.quoted, o.inside, next.parts-b.parts, next.names-b.names)}
		g, b := bySide(math.Abs(x), x)
		good, bad = good+g, bad+b
	}
	return good, bad
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

// bySide returns amount as the first number and 0 as the second if t is favourable,
// else the other way round.
func bySide(amount, t float64) (good, bad float64) {
	sign := uint64(int64(math.Float64bits(t)) >> 63)
	bits := math.Float64bits(amount)
	return math.Float64frombits(bits &^ sign), math.Float64frombits(bits & sign)
}

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

// facts finds the facts other than spots of d's sentence, whose tone is so good
// and bad.
func (o *Observer) facts(d *stages.Document, good, bad float64) {
	a, b := o.mention.from, o.mention.to
	left, right := a-1-int(o.kth(o.at(a).verbs-1).verb), int(o.kth(o.at(b).verbs).verb)-b
	said, possess := left < 3 || right < 3, false
	o.note(factSaid, said)
	o.note(factSaidLeft, left < 2)
	o.note(factSaidNext, right < 2)
	o.note(factInside, o.inside)
	o.note(factQuotes, o.quotes)
	o.note(factPronoun, b == a+1 && pronoun(d.Of(d.Tokens[o.words[a].Token])))
	if b < o.sight.to {
		next := d.Of(d.Tokens[o.words[b].Token])
		possess = next == "'s" || next == "’s" || next == "'" || next == "’"
		o.note(factPossess, possess)
	}
	o.note(factStart, a == o.sight.from)
	o.note(factPlace+4*(a-o.sight.from)/(o.sight.to-o.sight.from), true)
	o.set(factLength, o.length)
	o.note(factOne, true)
	o.totals(good, bad, said, possess)
}

// note sets a fact that is so.
func (o *Observer) note(fact int, so bool) {
	o.Facts[fact] = float64(number(so))
	o.noted |= uint64(number(so)) << (fact - toneAll)
}

// tone sets fact to t where that is favourable, and the next to its amount where
// it is not.
func (o *Observer) tone(fact int, t float64) { o.set(fact+unfavourable(t), math.Abs(t)) }

// set sets fact, one of toneAll and those behind, to x.
func (o *Observer) set(fact int, x float64) {
	o.Facts[fact] = x
	o.noted |= uint64(number(x != 0)) << (fact - toneAll)
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
func (o *Observer) totals(good, bad float64, said, possess bool) {
	mass := good + bad
	o.set(factMass, min(1, mass/3))
	t := (good - bad) / (mass + 1)
	if t == 0 {
		return
	}
	o.tone(toneAll, t)
	if said {
		o.tone(toneSaid, t)
	}
	if o.inside {
		o.tone(toneInside, t)
	}
	if o.mention.from == o.sight.from {
		o.tone(toneStart, t)
	}
	if possess {
		o.tone(tonePossess, t)
	}
}

// A wordPair is two words in a certain place, by their rows: 0 is a name or
// unknown word.
type wordPair struct {
	place uint64
	a, b  int32
}

// none reports whether nothing is known of the pair.
func (p wordPair) none() bool { return p.a|p.b == 0 }

// The rows beyond a sentence's ends, and how many are looked at.
const (
	beyondEnds = -1
	margin     = 2
)

// neighbours returns word i, which is not the first, and the one before it.
func (o *Observer) neighbours(i int) wordPair {
	return wordPair{0, o.at(i - 1).row, o.at(i).row}
}

// How many pairs of words next to a mention are looked at, and what each counts.
const (
	nearPairs = 3
	nearPair  = 0.3
)

// beside returns the pairs of words next to the mention.
func (o *Observer) beside(mention extent) [nearPairs]wordPair {
	left2, left1 := o.at(mention.from-2).row, o.at(mention.from-1).row
	right1, right2 := o.at(mention.to).row, o.at(mention.to+1).row
	return [nearPairs]wordPair{{1, left2, left1}, {2, right1, right2}, {3, left1, right1}}
}

// addPair adds p to Pairs, if there is such a pair.
func (o *Observer) addPair(p wordPair, value float64) {
	if !p.none() {
		o.Pairs = append(o.Pairs, Pair{p.index(), value})
	}
}

// index returns the Index of a Pair of the two words.
func (p wordPair) index() uint32 {
	h := (uint64(uint32(p.a))<<34 ^ uint64(uint32(p.b))<<3 ^ p.place) * 0x9E3779B97F4A7C15
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	return uint32(h >> 46)
}
