package entities

import (
	"slices"
	"sync"
	"time"

	"pressrow/stages"
)

// Tag finds the names, times and numbers of d's sentences. It sets d.Entities
// and each sentence's FirstEntity and EndEntity, and reads d.Tokens, d.Types and
// d.Meta.Published, the anchor of relative dates. It returns no error.
func Tag(d *stages.Document) error {
	t := taggers.Get().(*tagger)
	if len(d.Types.Stretches) <= 1 { // else there may be very many different words
		defer taggers.Put(t)
	}
	t.Load(d)
	t.anchor()
	t.firstPass()
	t.Listen(t.found)
	t.secondPass()
	t.resolve()
	t.expand()
	t.d, t.text = nil, ""
	return nil
}

// A tagger is the scratch memory for one document.
type tagger struct {
	Extractor
	model   *model
	runs    []run    // of the stretch that begins with sentence number scored
	own     []scores // of the open words of the runs, in order
	scored  int      // -1 for none
	run     int      // of the name asked for last
	found   []Mark   // of all words, after the first pass
	final   []Mark   // of all words, after the second pass
	tops    []scores // scratch of best
	rows    []uint32 // scratch of the second pass
	asked   features // of the word asked for last
	ahead   features // scratch for those of the next
	grammar grammar
	people  map[uint64]int32 // hash of a first, last or both names: index into persons plus one, -1 when there are several
	persons []person
	things  map[string]thing // by full name and by acronym
}

// A run is a stretch of open words in a sentence.
type run struct {
	sentence   int
	start, end int  // words
	own        int  // tagger.own[own:] holds their scores
	left       bool // an active word that is sure to be Out stands before it
	right      bool // and behind it
}

var taggers = sync.Pool{New: func() any {
	return &tagger{model: openedModel(), people: map[uint64]int32{}, things: map[string]thing{}}
}}

// firstPass marks the words of the document by themselves and their neighbours.
func (t *tagger) firstPass() {
	n := len(t.d.Tokens)
	t.found = slices.Grow(t.found[:0], n)[:n]
	clear(t.found)
	t.scored = -1
	c := &t.model.first
	for i := 0; i < len(t.d.Sentences); i = t.to {
		t.weigh(i)
		for k := range t.runs {
			r := &t.runs[k]
			own := t.scoresOf(r)
			c.best(t.found[r.start:r.end], own, r, t.tops)
		}
	}
}

// secondPass marks the words again, now that it hears what the first pass made
// of a word's other mentions, and appends the entities.
func (t *tagger) secondPass() {
	n := len(t.d.Tokens)
	t.final = slices.Grow(t.final[:0], n)[:n]
	clear(t.final)
	t.d.Entities = t.d.Entities[:0]
	c := &t.model.second
	for from := 0; from < len(t.d.Sentences); from = t.to {
		t.weigh(from)
		for k := range t.runs {
			r := &t.runs[k]
			t.Sentence(r.sentence)
			own := t.scoresOf(r)
			for i := range own {
				t.rows = t.EchoRows(t.rows[:0], r.start+i)
				addWords(&own[i], t.model.echoes, t.rows)
			}
			c.best(t.final[r.start:r.end], own, r, t.tops)
		}
		t.run = 0
		for i := from; i < t.to; i++ {
			s := &t.d.Sentences[i]
			s.FirstEntity = len(t.d.Entities)
			t.sentence(i, s)
			s.EndEntity = len(t.d.Entities)
		}
	}
}

// weigh finds the runs of the stretch that begins with sentence number i, and
// what the model makes of their words. Those of a document of one stretch are
// there from the first pass when the second asks.
func (t *tagger) weigh(i int) {
	if t.scored == i {
		return
	}
	t.runs, t.own, t.scored = t.runs[:0], t.own[:0], i
	t.Sentence(i)
	longest := 0
	for ; i < t.to; i++ {
		t.Sentence(i)
		t.settle()
		w, end := t.here, 0
		for _, n := range t.alive() {
			at := int(n)
			if at < end || !w[at].open() {
				continue
			}
			own := len(t.own)
			for end = at; end < len(w) && w[end].open(); end++ {
				t.ask(t.first + end)
			}
			t.runs = append(t.runs, run{
				sentence: i, start: t.first + at, end: t.first + end, own: own,
				left: at > 0 && w[at-1].on, right: end < len(w) && w[end].on,
			})
			longest = max(longest, end-at)
		}
	}
	t.add()
	t.tops = slices.Grow(t.tops[:0], longest)[:longest]
}

// ask finds the features of word i and adds those of the word before it: these
// had the time to come from memory, which takes longer than to add them.
func (t *tagger) ask(i int) {
	t.features(&t.ahead, i)
	fetch(t.model.words, t.ahead.rows)
	fetchCells(t.model.cells, t.ahead.cells)
	t.add()
	t.asked, t.ahead = t.ahead, t.asked
	t.own = append(t.own, scores{})
}

// add adds the features found last to the scores of their word.
func (t *tagger) add() {
	if n := len(t.own); n > 0 {
		addBytes(&t.own[n-1], t.model.words, t.asked.rows)
		addWords(&t.own[n-1], t.model.cells, t.asked.cells)
	}
}

func (t *tagger) scoresOf(r *run) []scores { return t.own[r.own : r.own+r.end-r.start] }

// anchor takes the day of publication for the grammar.
func (t *tagger) anchor() {
	t.grammar = grammar{text: t.text}
	if p := t.d.Meta.Published; p.Known() {
		if day, err := time.Parse(time.DateOnly, p.Value); err == nil {
			t.grammar.anchor, t.grammar.anchored = day, true
		}
	}
}

// sentence appends the entities of sentence number i: names where the model or
// the lists see them, else times and numbers.
func (t *tagger) sentence(i int, s *stages.Sentence) {
	g := &t.grammar
	t.Sentence(i)
	g.tokens, g.words, g.future = t.d.TokensOf(s), t.here, false
	past := 0
	for _, n := range t.alive() {
		at := int(n)
		if at < past {
			continue
		}
		if t.final[t.first+at] != Out || g.words[at].opensPhrase() {
			if n := t.name(at); n.end > 0 {
				n.Sentence = i
				t.d.Entities, past = append(t.d.Entities, n.Entity), n.end
				continue
			}
		}
		if r := g.read(at); r.end > at {
			t.d.Entities = append(t.d.Entities, stages.Entity{Span: g.span(at, r.end), Sentence: i, Label: r.label, Value: r.value, Score: numberScore})
			past = r.end
		}
	}
}

// numberScore is the score of what the grammar finds; it is right about that often.
const numberScore = 0.9

// span returns the text span of words from to end.
func (g *grammar) span(from, end int) stages.Span {
	return stages.Span{Start: g.tokens[from].Start, End: g.tokens[end-1].End}
}
