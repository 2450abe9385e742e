package sentiment

import (
	"math"

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
	return o.toward(d, r.Read(d, sentence), target)
}

// toward is Toward for a sentence that has been read.
func (o *Observer) toward(d *stages.Document, words []Word, target stages.Span) (float64, stages.Tone) {
	if !o.Observe(d, embedded(), words, target) {
		return 0, stages.ToneNeutral
	}
	m := judge()
	var logit [Outcomes]float64
	for k := range logit {
		for f, x := range o.Facts {
			logit[k] += float64(x * float64(m.facts[f][k]))
		}
	}
	for _, p := range o.Pairs {
		for k, w := range m.pairs[p.Index] {
			logit[k] += float64(p.Value * float64(w) * m.pairScale)
		}
	}
	for _, s := range o.Seen {
		row := &m.words[s.Row]
		for c, cols := 0, s.Columns; cols != 0; c, cols = c+1, cols>>1 {
			if cols&1 == 0 {
				continue
			}
			x := s.Value * o.Norm[c] * m.scale[c]
			for k, w := range row[c] {
				logit[k] += float64(x * float64(w))
			}
		}
	}
	return decide(logit)
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
