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
	h.meet(find(d, words, 0, target), 0)
	if len(h.mentions) == 0 {
		return 0, stages.ToneNeutral
	}
	h.open(r, words, r.lexicon.toned(words, nil))
	return h.toward(d, &h.mentions[0])
}

// A hearing is what a sentence says toward its mentions. What its words weigh
// is added up once, from the sentence's beginning on: of any extent, a mention
// then knows it by one subtraction.
type hearing struct {
	Observer
	mentions []mention // of the sentence, in order
	weights  *weights
	entries  []entry  // by Word.entry
	before   []totals // what the words before each word weigh, and all of them
}

// A mention is one that a hearing is about.
type mention struct {
	extent
	entity int             // index into Document.Entities
	near   [nearPairs]sums // the weights of the pairs of words next to it
}

// meet adds a mention to those of the sentence to be opened, if it has words.
func (h *hearing) meet(words extent, entity int) {
	if !words.empty() {
		h.mentions = append(h.mentions, mention{})
		m := &h.mentions[len(h.mentions)-1]
		m.extent, m.entity = words, entity
	}
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
// have a valence, about the mentions.
func (h *hearing) open(r *Reader, words []Word, toned []tonedWord) {
	h.hear(words, toned)
	h.weights, h.entries = r.lexicon.weights, r.entries
	h.before = slices.Grow(h.before[:0], len(words)+1)[:len(words)+1]
	h.before[0] = totals{}
	h.addPairs()
	h.addWords(h.before[1:])
}

// addPairs sets the sums of the pairs of neighbours up to each word, and what the
// pairs next to the mentions weigh: first where the weights of each pair are, then
// what they are. Each loop does little else, so that much is on its way from
// memory at a time.
func (h *hearing) addPairs() {
	pairs, upTo := h.weights.pairs, h.before[1:]
	upTo[0].pairs = 0
	for i := 1; i < len(upTo); i++ {
		p := h.neighbours(i)
		upTo[i].pairs = sums(pairs.place(p.index()) * uint32(number(!p.none())))
	}
	for i := range h.mentions {
		m := &h.mentions[i]
		for k, p := range h.beside(m.extent) {
			m.near[k] = sums(pairs.place(p.index()) * uint32(number(!p.none())))
		}
	}
	var sum sums
	for i := range upTo {
		sum += sumsOf(&pairs.weights[upTo[i].pairs])
		upTo[i].pairs = sum
	}
	for i := range h.mentions {
		near := &h.mentions[i].near
		for k := range near {
			near[k] = sumsOf(&pairs.weights[near[k]])
		}
	}
}

// addWords sets the sums of the columns that reach far, up to each word. They are
// variables of their own, which a processor keeps at hand.
func (h *hearing) addWords(upTo []totals) {
	words := h.words[:len(upTo)]
	var sum1, sum2, sum3, sum4, sum5, sum6 sums
	for i := range upTo {
		w, t := &words[i], &upTo[i]
		value, row := sums(w.value()), &h.entries[w.entry].toward
		sum1 += value * row.sums(anywhere)
		sum2 += value * row.sums(left)
		sum3 += value * row.sums(right)
		if w.Context&Quoted != 0 {
			sum4 += value * row.sums(quotedOnly)
		}
		sum5 += value * row.sums(sameClause)
		sum6 += value * row.sums(beyond)
		t.anywhere, t.left, t.right, t.quotedOnly, t.sameClause, t.beyond = sum1, sum2, sum3, sum4, sum5, sum6
	}
}

// toward is Toward for a mention that the hearing is about.
func (h *hearing) toward(d *stages.Document, about *mention) (float64, stages.Tone) {
	h.look(d, about.extent)
	m := h.weights
	var v verdict
	for _, s := range h.spots {
		row := &m.places[s.place][unfavourable(s.tone)]
		v = v.plus(math.Abs(s.tone), row[0], row[1], row[2])
	}
	for noted := h.noted; noted != 0; noted &= noted - 1 {
		f := toneAll + bits.TrailingZeros64(noted)
		row := &m.facts[f]
		v = v.plus(h.Facts[f], row[0], row[1], row[2])
	}
	for _, s := range about.near {
		v = v.plusSums(nearPair*m.pairScale, s)
	}
	return h.near(m, h.far(m, v)).decide()
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
	from, to = &h.before[h.unnamed.from], &h.before[h.unnamed.to]
	v = v.plusSums(x*m.scale[beyond], last.beyond-first.beyond-(to.beyond-from.beyond))
	from, to = &h.before[min(h.sight.from+1, h.mention.from)], &h.before[min(h.mention.to+1, h.sight.to)]
	return v.plusSums(h.pair*m.pairScale, a.pairs-from.pairs+last.pairs-to.pairs)
}

// near adds to v what the words say in the columns of up to six words.
func (h *hearing) near(m *weights, v verdict) verdict {
	var s [right1 + 1]sums
	a, b := h.mention.from, h.mention.to
	for i := max(a-6, h.sight.from); i < a; i++ {
		w := &h.words[i]
		value, row := sums(w.value()), &h.entries[w.entry].toward
		s[left6] += value * row.sums(left6)
		if i >= a-3 {
			s[left3] += value * row.sums(left3)
			s[left1] = value * row.sums(left1)
		}
	}
	for i := min(b+6, h.sight.to) - 1; i >= b; i-- {
		w := &h.words[i]
		value, row := sums(w.value()), &h.entries[w.entry].toward
		s[right6] += value * row.sums(right6)
		if i < b+3 {
			s[right3] += value * row.sums(right3)
			s[right1] = value * row.sums(right1)
		}
	}
	for c := left6; c <= right1; c++ {
		v = v.plusSums(valueUnit*h.Norm[c]*m.scale[c], s[c])
	}
	return v
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
