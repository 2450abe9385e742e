package sentiment

import (
	"math"
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
	h.open(r.lexicon, words)
	return h.toward(d, words, target)
}

// A hearing is what a sentence says toward its mentions. What its words weigh
// is added up once, from the sentence's beginning on: of any extent, a mention
// then knows it by one subtraction.
type hearing struct {
	Observer
	before []totals // what the words before each word weigh, and all of them
}

// totals are sums of weights: of the columns that reach far, and of the pairs of
// neighbours.
type totals struct{ anywhere, left, right, quotedOnly, sameClause, beyond, pairs sums }

// sums holds Outcomes sums, of 21 bits each: so many that the words in sight of
// a mention fit. All are added or subtracted at once.
type sums int64

const sumBits = 21

// sumsOf returns a weight for each outcome, as they lie in the tables, as sums.
func sumsOf(w [Outcomes]byte) sums {
	return sums(int8(w[0])) + sums(int8(w[1]))<<sumBits + sums(int8(w[2]))<<(2*sumBits)
}

// open begins the hearing of a sentence.
func (h *hearing) open(l *Lexicon, words []Word) {
	h.hear(l, words)
	m := judge()
	h.before = slices.Grow(h.before[:0], len(words)+1)[:len(words)+1]
	var t totals
	for i := range words {
		h.before[i] = t
		w := &h.heard[i]
		value, row := sums(w.value), m.word(w.row)
		t.anywhere += value * row.sums(anywhere)
		t.left += value * row.sums(left)
		t.right += value * row.sums(right)
		t.sameClause += value * row.sums(sameClause)
		t.beyond += value * row.sums(beyond)
		if w.quoted {
			t.quotedOnly += value * row.sums(quotedOnly)
		}
		if w.neighbour >= 0 {
			t.pairs += m.pair(uint32(w.neighbour))
		}
	}
	h.before[len(words)] = t
}

// toward is Toward for the sentence that the hearing is about.
func (h *hearing) toward(d *stages.Document, words []Word, target stages.Span) (float64, stages.Tone) {
	if !h.look(d, words, target) {
		return 0, stages.ToneNeutral
	}
	m := judge()
	var v verdict
	for _, s := range h.spots {
		row := &m.places[s.place][unfavourable(s.tone)]
		v = v.plus(math.Abs(s.tone), row[0], row[1], row[2])
	}
	for f, x := range h.Facts[toneAll:] {
		row := &m.facts[toneAll+f]
		v = v.plus(x, row[0], row[1], row[2])
	}
	for _, p := range h.Pairs {
		v = v.plusSums(p.Value*m.pairScale, m.pair(p.Index))
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
	from, to = &h.before[h.between.from], &h.before[h.between.to]
	v = v.plusSums(x*m.scale[beyond], last.beyond-first.beyond-(to.beyond-from.beyond))
	from, to = &h.before[min(h.sight.from+1, h.mention.from)], &h.before[min(h.mention.to+1, h.sight.to)]
	return v.plusSums(h.pair*m.pairScale, a.pairs-from.pairs+last.pairs-to.pairs)
}

// near adds to v what the words say in the columns of up to six words.
func (h *hearing) near(m *weights, v verdict) verdict {
	for c := left6; c <= right1; c++ {
		var s sums
		e := h.column(c)
		for i := e.from; i < h.mention.from; i++ {
			s += h.weight(m, i, c)
		}
		for i := h.mention.to; i < e.to; i++ {
			s += h.weight(m, i, c)
		}
		v = v.plusSums(valueUnit*h.Norm[c]*m.scale[c], s)
	}
	return v
}

// weight returns what word i weighs in column c.
func (h *hearing) weight(m *weights, i, c int) sums {
	w := &h.heard[i]
	return sums(w.value) * m.word(w.row).sums(c)
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
