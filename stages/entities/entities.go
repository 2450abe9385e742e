package entities

import (
	"sync"
	"time"

	"pressrow/stages"
)

// Tag finds the names, times and numbers of d's sentences. It sets d.Entities
// and each sentence's FirstEntity and EndEntity, and reads d.Tokens and
// d.Meta.Published, the anchor of relative dates. It returns no error.
func Tag(d *stages.Document) error {
	t := taggers.Get().(*tagger)
	if len(d.Tokens) <= mostKept {
		defer taggers.Put(t)
	}
	t.Load(d)
	t.decode()
	t.anchor()
	d.Entities = d.Entities[:0]
	for i := range d.Sentences {
		s := &d.Sentences[i]
		s.FirstEntity = len(d.Entities)
		t.sentence(i, s)
		s.EndEntity = len(d.Entities)
	}
	t.resolve()
	t.expand()
	t.d, t.text = nil, ""
	return nil
}

// mostKept is the length in words of the longest document whose scratch memory
// is kept for the next: each word takes about 100 bytes of it.
const mostKept = 1 << 16

// A tagger is the scratch memory for one document.
type tagger struct {
	Extractor
	model   *model
	runs    []run
	own     []scores // of the open words, in order
	found   []Mark   // of all words, after the first pass
	final   []Mark   // of all words, after the second pass
	back    [][NumMarks]Mark
	rows    []uint32 // of the word scored last
	ahead   []uint32 // scratch for those of the next
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
	return &tagger{model: openedModel(), people: map[uint64]int32{}, things: map[string]thing{}, rows: make([]uint32, 0, maxRows), ahead: make([]uint32, 0, maxRows)}
}}

// decode marks the words of the document in two passes: the second hears what
// the first made of a word's other mentions.
func (t *tagger) decode() {
	n := len(t.words)
	if cap(t.found) < n {
		t.found, t.final = make([]Mark, n), make([]Mark, n)
	}
	t.found, t.final = t.found[:n], t.final[:n]
	clear(t.found)
	clear(t.final)
	t.runs, t.own = t.runs[:0], t.own[:0]
	longest := 0
	for i := range t.d.Sentences {
		s := &t.d.Sentences[i]
		t.Sentence(i)
		t.settle()
		for at := s.FirstToken; at < s.EndToken; {
			if !t.words[at].open() {
				at++
				continue
			}
			r := run{sentence: i, start: at, end: at, own: len(t.own)}
			for ; r.end < s.EndToken && t.words[r.end].open(); r.end++ {
				t.ask(r.end)
			}
			r.left = at > s.FirstToken && t.Active(at-1)
			r.right = r.end < s.EndToken && t.Active(r.end)
			t.runs = append(t.runs, r)
			longest = max(longest, r.end-r.start)
			at = r.end
		}
	}
	t.add()
	if cap(t.back) < longest {
		t.back = make([][NumMarks]Mark, longest)
	}
	first, second := &t.model.first, &t.model.second
	for i := range t.runs {
		r := &t.runs[i]
		own := t.scoresOf(r)
		first.bound(own, r, 1)
		first.best(t.found[r.start:r.end], own, t.back[:cap(t.back)])
		first.bound(own, r, -1)
	}
	t.Listen(t.found)
	for i := range t.runs {
		r := &t.runs[i]
		t.Sentence(r.sentence)
		own := t.scoresOf(r)
		for i := range own {
			t.rows = t.EchoRows(t.rows[:0], r.start+i)
			addWords(&own[i], t.model.echoes, t.rows)
		}
		second.bound(own, r, 1)
		second.best(t.final[r.start:r.end], own, t.back[:cap(t.back)])
	}
}

// ask finds the rows of word i and adds those of the word before it: these had
// the time to come from memory, which takes longer than to add them.
func (t *tagger) ask(i int) {
	t.ahead = t.Rows(t.ahead[:0], i)
	fetch(t.model.words, t.ahead)
	t.add()
	t.rows, t.ahead = t.ahead, t.rows
	t.own = append(t.own, scores{})
}

// add adds the rows found last to the scores of their word.
func (t *tagger) add() {
	if n := len(t.own); n > 0 {
		addBytes(&t.own[n-1], t.model.words, t.rows)
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
	g.tokens, g.words, g.future = t.d.TokensOf(s), t.words[s.FirstToken:s.EndToken], false
	t.Sentence(i)
	for at := 0; at < len(g.words); {
		var n name
		if w := &g.words[at]; t.final[t.first+at] != Out || w.opensPhrase() {
			n = t.name(at)
		}
		if n.end == 0 {
			if r := g.read(at); r.end > at {
				t.d.Entities = append(t.d.Entities, stages.Entity{Span: g.span(at, r.end), Sentence: i, Label: r.label, Value: r.value, Score: numberScore})
				at = r.end
				continue
			}
			at++
			continue
		}
		t.d.Entities = append(t.d.Entities, n.Entity)
		t.d.Entities[len(t.d.Entities)-1].Sentence = i
		at = n.end
	}
}

// numberScore is the score of what the grammar finds; it is right about that often.
const numberScore = 0.9

// span returns the text span of words from to end.
func (g *grammar) span(from, end int) stages.Span {
	return stages.Span{Start: g.tokens[from].Start, End: g.tokens[end-1].End}
}
