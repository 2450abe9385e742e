package sentiment

import (
	"math"
	"math/bits"

	"pressrow/stages"
)

// Toward returns the sentiment of d.Sentences[sentence] toward the mention at
// target, a span of d.Text inside it: from -1 (unfavourable) to 1
// (favourable), and the same in three classes. Only the tokens around the
// mention speak; its own words carry no tone. A target without a token in the
// sentence is neutral.
func Toward(d *stages.Document, sentence int, target stages.Span) (score float64, tone stages.Tone) {
	r := NewReader(embedded())
	var o Observer
	words := r.Read(d, sentence)
	o.Hear(words)
	return o.toward(d, words, target)
}

// toward is Toward for a sentence that has been read and heard. It adds up in
// one order, so that the last bit of a score does not depend on what is left
// out: parts that are zero.
func (o *Observer) toward(d *stages.Document, words []Word, target stages.Span) (float64, stages.Tone) {
	if !o.look(d, embedded(), words, target) {
		return 0, stages.ToneNeutral
	}
	m := judge()
	var a, b, c float64 // unfavourable, neutral, favourable
	for f, x := range o.Facts {
		if x != 0 {
			row := &m.facts[f]
			a += float64(x * row[0])
			b += float64(x * row[1])
			c += float64(x * row[2])
		}
	}
	for _, p := range o.Pairs {
		if w := [Outcomes]byte(m.pairs[Outcomes*p.Index:]); w != [Outcomes]byte{} {
			a += float64(p.Value * float64(int8(w[0])) * m.pairScale)
			b += float64(p.Value * float64(int8(w[1])) * m.pairScale)
			c += float64(p.Value * float64(int8(w[2])) * m.pairScale)
		}
	}
	var plain, denied [Columns]float64 // what multiplies a word's weights
	for k, norm := range o.Norm {
		plain[k], denied[k] = seenValue*norm*m.scale[k], deniedValue*norm*m.scale[k]
	}
	for _, s := range o.Seen {
		row, factors := (*[wordSize]byte)(m.words[wordSize*s.Row:]), &plain
		if s.Value == deniedValue {
			factors = &denied
		}
		for columns := uint(s.Columns); columns != 0; columns &= columns - 1 {
			k := bits.TrailingZeros(columns) % Columns
			x := factors[k]
			a += float64(x * float64(int8(row[Outcomes*k])))
			b += float64(x * float64(int8(row[Outcomes*k+1])))
			c += float64(x * float64(int8(row[Outcomes*k+2])))
		}
	}
	return decide([Outcomes]float64{a, b, c})
}

// Outcomes are, in this order: unfavourable, neutral, favourable.
const Outcomes = 3

// decide makes a score of the odds of the outcomes and names the likeliest; of
// equals, the more neutral.
func decide(logit [Outcomes]float64) (float64, stages.Tone) {
	top := max(logit[0], logit[1], logit[2])
	var p [Outcomes]float64
	sum := 0.0
	for k, x := range logit {
		p[k] = math.Exp(x - top)
		sum += p[k]
	}
	tone := stages.ToneNeutral
	switch {
	case logit[2] > logit[1] && logit[2] > logit[0]:
		tone = stages.TonePositive
	case logit[0] > logit[1] && logit[0] > logit[2]:
		tone = stages.ToneNegative
	}
	return (p[2] - p[0]) / sum, tone
}
