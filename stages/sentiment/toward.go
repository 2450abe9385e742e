package sentiment

import (
	"math"
	"math/bits"
	"slices"

	"pressrow/stages"
)

// Toward returns the sentiment of d.Sentences[sentence] toward the mention at
// target, a span of d.Text inside it: from -1 (unfavourable) to 1
// (favourable), and the same in three classes. Only the tokens around the
// mention speak; its own words carry no tone. A target without a token in the
// sentence is neutral.
func Toward(d *stages.Document, sentence int, target stages.Span) (score float64, tone stages.Tone) {
	r := NewReader(embedded())
	h := new(hearing)
	words := r.Read(d, sentence)
	h.open(r, words, r.lexicon.toned(words, nil))
	return h.toward(d, words, target)
}

// A hearing is what a sentence says toward its mentions. What its words weigh
// is added up once, from the sentence's beginning on: of any extent, a mention
// then knows it by one subtraction.
type hearing struct {
	Observer
	weights *weights
	entries []entry  // by Word.entry
	before  []totals // what the words before each word weigh, and all of them
}

// totals are sums of weights: of the columns that reach far, and of the pairs of
// neighbours.
type totals struct{ anywhere, left, right, quotedOnly, sameClause, beyond, pairs sums }

// sums holds Outcomes sums, of 21 bits each: so many that the words in sight of
// a mention fit. All are added or subtracted at once.
type sums int64

const sumBits = 21

// sumsOf returns a weight for each outcome, as they lie in the tables, as sums.
func sumsOf(w *[Outcomes]byte) sums {
	return sums(int8(w[0])) + sums(int8(w[1]))<<sumBits + sums(int8(w[2]))<<(2*sumBits)
}

// open begins the hearing of a sentence that r has read, in which toned words
// have a valence.
func (h *hearing) open(r *Reader, words []Word, toned []tonedWord) {
	h.hear(words, toned)
	h.weights, h.entries = r.lexicon.weights, r.entries
	h.before = slices.Grow(h.before[:0], len(words)+1)[:len(words)+1]
	h.before[0] = totals{}
	h.addPairs(h.before[1:])
	h.addWords(words, h.before[1:])
}

// addPairs sets the sums of the pairs of neighbours up to each word: first where
// the weights of each pair are, then what they are. Each loop does little else, so
// that much is on its way from memory at a time.
func (h *hearing) addPairs(upTo []totals) {
	pairs, heard := h.weights.pairs, h.heard[:len(upTo)]
	for i := range upTo {
		place := uint32(0)
		if n := heard[i].neighbour; n >= 0 {
			place = pairs.place(uint32(n))
		}
		upTo[i].pairs = sums(place)
	}
	var sum sums
	for i := range upTo {
		sum += sumsOf(&pairs.weights[upTo[i].pairs])
		upTo[i].pairs = sum
	}
}

// addWords sets the sums of the columns that reach far, up to each word. They are
// variables of their own, which a processor keeps at hand.
func (h *hearing) addWords(words []Word, upTo []totals) {
	heard, words := h.heard[:len(upTo)], words[:len(upTo)]
	var sum1, sum2, sum3, sum4, sum5, sum6 sums
	for i := range upTo {
		w, t := &heard[i], &upTo[i]
		value, row := sums(w.value), &h.entries[words[i].entry].toward
		sum1 += value * row.sums(anywhere)
		sum2 += value * row.sums(left)
		sum3 += value * row.sums(right)
		if w.quoted {
			sum4 += value * row.sums(quotedOnly)
		}
		sum5 += value * row.sums(sameClause)
		sum6 += value * row.sums(beyond)
		t.anywhere, t.left, t.right, t.quotedOnly, t.sameClause, t.beyond = sum1, sum2, sum3, sum4, sum5, sum6
	}
}

// toward is Toward for the sentence that the hearing is about.
func (h *hearing) toward(d *stages.Document, words []Word, target stages.Span) (float64, stages.Tone) {
	if !h.look(d, words, target) {
		return 0, stages.ToneNeutral
	}
	m := h.weights
	var v verdict
	var pairs [nearPairs]sums // read before they are needed: they are seldom in the cache
	for i, p := range h.Pairs {
		pairs[i] = m.pairs.sums(p.Index)
	}
	for _, s := range h.spots {
		row := &m.places[s.place][unfavourable(s.tone)]
		v = v.plus(math.Abs(s.tone), row[0], row[1], row[2])
	}
	for noted := h.noted; noted != 0; noted &= noted - 1 {
		f := toneAll + bits.TrailingZeros64(noted)
		row := &m.facts[f]
		v = v.plus(h.Facts[f], row[0], row[1], row[2])
	}
	for i, p := range h.Pairs {
		v = v.plusSums(p.Value*m.pairScale, pairs[i])
	}
	return h.near(m, words, h.far(m, v)).decide()
}

// far adds to v what the words in columns that reach far say, and the pairs of
// neighbours without those of which the mention's words are part.
func (h *hearing) far(m *weights, v verdict) verdict {
	first, last := &h.before[h.sight.from], &h.before[h.sight.to]
	a, b := &h.before[h.mention.from], &h.before[h.mention.to]
	x := valueUnit * h.Norm[anywhere] // as that of the others
	v = v.plusSums(x*m.scale[anywhere], last.anywhere-first.anywhere-(b.anywhere-a.anywhere))
	v = v.plusSums(x*m.scale[left], a.left-first.left)
	v = v.plusSums(x*m.scale[right], last.right-b.right)
	if !h.inside {
		v = v.plusSums(x*m.scale[quotedOnly], last.quotedOnly-first.quotedOnly-(b.quotedOnly-a.quotedOnly))
	}
	from, to := &h.before[h.clause.from], &h.before[h.clause.to]
	v = v.plusSums(x*m.scale[sameClause], to.sameClause-from.sameClause-(b.sameClause-a.sameClause))
	from, to = &h.before[h.between.from], &h.before[h.between.to]
	v = v.plusSums(x*m.scale[beyond], last.beyond-first.beyond-(to.beyond-from.beyond))
	from, to = &h.before[min(h.sight.from+1, h.mention.from)], &h.before[min(h.mention.to+1, h.sight.to)]
	return v.plusSums(h.pair*m.pairScale, a.pairs-from.pairs+last.pairs-to.pairs)
}

// near adds to v what the words say in the columns of up to six words.
func (h *hearing) near(m *weights, words []Word, v verdict) verdict {
	var s [right1 + 1]sums
	for k := 1; k <= 6 && h.mention.from-k >= h.sight.from; k++ {
		h.add(&s, words, h.mention.from-k, k, [...]int{left6, left3, left1})
	}
	for k := 1; k <= 6 && h.mention.to+k <= h.sight.to; k++ {
		h.add(&s, words, h.mention.to+k-1, k, [...]int{right6, right3, right1})
	}
	for c := left6; c <= right1; c++ {
		v = v.plusSums(valueUnit*h.Norm[c]*m.scale[c], s[c])
	}
	return v
}

// add adds what word i, the k-th from the mention, weighs in the columns of its
// side: of six words, of three, and of one.
func (h *hearing) add(s *[right1 + 1]sums, words []Word, i, k int, columns [3]int) {
	value, row := sums(h.heard[i].value), &h.entries[words[i].entry].toward
	s[columns[0]] += value * row.sums(columns[0])
	if k <= 3 {
		s[columns[1]] += value * row.sums(columns[1])
	}
	if k == 1 {
		s[columns[2]] += value * row.sums(columns[2])
	}
}

// Outcomes are, in this order: unfavourable, neutral, favourable.
const Outcomes = 3

// A verdict holds the odds of the outcomes, as logarithms.
type verdict struct{ bad, none, good float64 }

// plus adds x times a weight to each.
func (v verdict) plus(x, bad, none, good float64) verdict {
	return verdict{v.bad + float64(x*bad), v.none + float64(x*none), v.good + float64(x*good)}
}

// plusSums adds x times the sums.
func (v verdict) plusSums(x float64, s sums) verdict {
	const rest = 64 - sumBits
	bad := s << rest >> rest
	s = (s - bad) >> sumBits
	none := s << rest >> rest
	return v.plus(x, float64(bad), float64(none), float64((s-none)>>sumBits))
}

// decide makes a score of the odds of the outcomes and names the likeliest; of
// equals, the more neutral.
func (v verdict) decide() (float64, stages.Tone) {
	top := max(v.bad, v.none, v.good)
	bad, none, good := math.Exp(v.bad-top), math.Exp(v.none-top), math.Exp(v.good-top)
	tone := stages.ToneNeutral
	switch {
	case v.good > v.none && v.good > v.bad:
		tone = stages.TonePositive
	case v.bad > v.none && v.bad > v.good:
		tone = stages.ToneNegative
	}
	return (good - bad) / (bad + none + good), tone
}
