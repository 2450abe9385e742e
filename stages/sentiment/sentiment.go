package sentiment

import (
	"math"
	"slices"
	"strings"
	"sync"

	"pressrow/stages"
)

// Score sets Sentiment, Tone, Positive, Negative, Neutral and Quoted of each sentence
// from its tokens, d.Types and the names among its entities, and Sentiment and Tone of
// each name. A sentence without a toned word is wholly neutral. Score never
// returns an error.
func Score(d *stages.Document) error {
	scorer := scorers.Get().(*scorer)
	defer scorers.Put(scorer)
	r, h := scorer.Reader, &scorer.hearing
	r.begin()
	for i := range d.Sentences {
		s := &d.Sentences[i]
		words := r.read(d, i)
		scorer.list = r.lexicon.toned(words, scorer.list)
		sum := r.lexicon.sum(len(words), scorer.list)
		sum.set(s)
		s.Quoted = 0
		if r.quotes {
			s.Quoted = quoted(words)
		}
		h.mentions = h.mentions[:0]
		end := 0
		for k := s.FirstEntity; k < s.EndEntity; k++ {
			if e := &d.Entities[k]; !e.Label.Numeric() {
				e.Sentiment, e.Tone = 0, stages.ToneNeutral
				at := find(d, words, end, e.Span)
				h.meet(at, k)
				end = at.to
			}
		}
		if len(h.mentions) == 0 {
			continue
		}
		h.open(r, words, scorer.list)
		for k := range h.mentions {
			m := &h.mentions[k]
			e := &d.Entities[m.entity]
			e.Sentiment, e.Tone = h.toward(d, m)
		}
	}
	return nil
}

// A scorer is the scratch memory for one document.
type scorer struct {
	*Reader
	hearing
	list []tonedWord // of the sentence
}

var scorers = sync.Pool{New: func() any { return &scorer{Reader: NewReader(embedded())} }}

// quoted is the share of words that stand in quotation marks, without the marks.
func quoted(words []Word) float64 {
	in, all := 0, 0
	for i := range words {
		w := &words[i]
		if w.class == opening || w.class == closing || w.class == quote {
			continue
		}
		all++
		if w.Context&Quoted != 0 {
			in++
		}
	}
	return float64(in) / float64(max(1, all))
}

// A Contribution is one word's part in a sentence's score.
type Contribution struct {
	Token stages.Span
	By    float64 // what the word adds to the score; all of a sentence's add up to it
	Why   string  // what the words around it do to it: "", "negated", "stronger, after but"
}

// Explain returns the words that move the score of d.Sentences[sentence], in
// text order.
func Explain(d *stages.Document, sentence int) []Contribution {
	r := NewReader(embedded())
	words := r.Read(d, sentence)
	sum := r.lexicon.Sum(words)
	var list []Contribution
	for i := range words {
		w := &words[i]
		if v := r.lexicon.Weigh(w); v != 0 {
			list = append(list, Contribution{d.Tokens[w.Token], v * sum.Unit, w.Context.String()})
		}
	}
	return list
}

// String names the contexts in c, parted by commas.
func (c Context) String() string {
	var names []string
	for i, name := range contextNames {
		if c>>i&1 != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// A sentence at least this far from 0 is positive or negative.
const toned = 0.2

// Shape turns the sum of a sentence's valences into a score. With S the sum,
// M the sum of its amounts and n the number of words, the rating is
//
//	S/sqrt(n+Length) + Mass*S/(M+Calm)
//
// and the score is z/sqrt(1+z*z) of z = Scale*rating. The first part knows
// how much is said in how many words, the second how one-sided it is; neither
// grows with length as such, and the score never reaches -1 or 1.
type Shape struct{ Length, Mass, Calm, Scale float64 }

// A Sum is a sentence's valences, added up.
type Sum struct {
	Good, Bad   float64 // points of valence, both >= 0
	Words       int     // all tokens
	Score       float64 // -1 to 1
	Unit        float64 // what a point of valence adds to Score
	favourable  float64 // words that are favourable, a faintly toned word counting in part
	unfavouring float64
}

// Weigh returns w's valence in points, as its contexts leave it.
func (l *Lexicon) Weigh(w *Word) float64 {
	return float64(w.Valence) * l.products[uint16(w.Valence)>>15][w.Context]
}

// A tonedWord is a word that has a valence.
type tonedWord struct {
	valence float64 // in points, as its contexts leave it
	word    int32
	quoted  bool
}

// toned lists those of words that have a valence, in list's memory. It has no
// branches: where such words stand, a processor cannot guess.
func (l *Lexicon) toned(words []Word, list []tonedWord) []tonedWord {
	list = slices.Grow(list[:0], len(words))[:len(words)]
	n := 0
	for i := range words {
		w := &words[i]
		list[n] = tonedWord{l.Weigh(w), int32(i), w.Context&Quoted != 0}
		n += number(w.Valence != 0)
	}
	return list[:n]
}

// Sum adds up words.
func (l *Lexicon) Sum(words []Word) Sum { return l.sum(len(words), l.toned(words, nil)) }

// sum adds up a sentence of so many words, of which these have a valence.
func (l *Lexicon) sum(words int, toned []tonedWord) Sum {
	var good, bad, favourable, unfavouring float64
	for i := range toned {
		v := toned[i].valence
		amount := math.Abs(v)
		g, b := bySide(amount, v)
		good, bad = good+g, bad+b
		g, b = bySide(min(1, amount/full), v)
		favourable, unfavouring = favourable+g, unfavouring+b
	}
	s := Sum{Words: words, Good: good, Bad: bad, favourable: favourable, unfavouring: unfavouring}
	p := &l.Shape
	unit := p.Scale * (1/math.Sqrt(float64(s.Words)+p.Length) + p.Mass/(s.Good+s.Bad+p.Calm))
	z := (s.Good - s.Bad) * unit
	s.Unit = unit / math.Sqrt(1+z*z)
	s.Score = (s.Good - s.Bad) * s.Unit
	return s
}

// full is the valence of a word that is all tone, in points.
const full = 2.0

func (s *Sum) set(to *stages.Sentence) {
	to.Sentiment = s.Score
	to.Tone = toneOf(s.Score)
	to.Positive, to.Negative, to.Neutral = 0, 0, 1
	if s.Words > 0 {
		to.Positive = s.favourable / float64(s.Words)
		to.Negative = s.unfavouring / float64(s.Words)
		to.Neutral = max(0, 1-to.Positive-to.Negative)
	}
}

func toneOf(score float64) stages.Tone {
	switch {
	case score >= toned:
		return stages.TonePositive
	case score <= -toned:
		return stages.ToneNegative
	}
	return stages.ToneNeutral
}
