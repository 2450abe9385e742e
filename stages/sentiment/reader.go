package sentiment

import (
	"math"
	"slices"

	"pressrow/stages"
)

// Context is a set of what the words around a word do to it, one bit each.
type Context uint16

// The contexts.
const (
	Negated  Context = 1 << iota // not, never, without: to the clause's end, six words at most
	Stronger                     // very, most: the next two words
	Weaker                       // somewhat, almost: the next two words
	Imagined                     // if, would, might: to the clause's end
	Conceded                     // although, despite: to the clause's end
	Before                       // stands before the last "but"
	After                        // stands after a "but"
	Compared                     // after "than", to the clause's end
	Reported                     // after "said", "claims": to the clause's end
	Quoted                       // inside quotation marks
	Asked                        // in a sentence with a question mark
	Contexts = iota              // how many there are
)

var contextNames = [Contexts]string{
	"negated", "stronger", "weaker", "imagined", "conceded", "before but", "after but", "compared", "reported", "quoted", "asked",
}

// A Word is a token as the scores see it.
type Word struct {
	Token   int32 // index into Document.Tokens
	Row     int32 // the word's line in the Lexicon, from 1; 0 if it is not there or part of a name
	Valence int16 // hundredths of a point of rating, before the contexts
	Name    bool  // part of a name, which carries no tone
	capital bool  // begins with one
	class   class
	Context Context
	entry   int32 // in the Reader's entries
}

// A Reader turns sentences into Words. It reuses its memory.
type Reader struct {
	lexicon *Lexicon
	stretch stages.Stretch // of the document, in which the last sentence read is; empty at first
	entries []entry        // what the lexicon knows of each type of it, behind an empty one
	words   []Word         // of that sentence
	next    int            // sentence that would follow the last one read
	quoted  bool           // a quotation is open where it begins
	quotes  bool           // a word of it may be quoted
}

// NewReader returns a Reader that knows the words of l.
func NewReader(l *Lexicon) *Reader {
	return &Reader{lexicon: l}
}

// begin makes r ready for another document.
func (r *Reader) begin() { r.stretch, r.next, r.quoted = stages.Stretch{}, 0, false }

// Read returns the words of d.Sentences[i], one for each token. They are good
// until the next call.
func (r *Reader) Read(d *stages.Document, i int) []Word {
	r.stretch = stages.Stretch{}
	return r.read(d, i)
}

// look finds the entries of the types in the stretch of d.Sentences[i]. The Lexicon is
// larger than the processor's cache: each loop does little else but to ask for
// memory, so that much of it is on its way at a time.
func (r *Reader) look(d *stages.Document, i int) {
	r.stretch = d.Types.Stretches[d.Types.StretchOf(i)]
	types := d.Types.First[r.stretch.FirstType:r.stretch.EndType]
	r.entries = slices.Grow(r.entries[:0], len(types)+1)[:len(types)+1]
	r.entries[0] = entry{}
	entries, slots := r.entries[1:], r.lexicon.slots
	mask := uint64(len(slots) - 1)
	var hashes [64]uint64
	for len(types) > 0 {
		n := min(len(types), len(hashes))
		for i, t := range types[:n] {
			hashes[i] = fold(d.Of(d.Tokens[t]))
		}
		for i, h := range hashes[:n] {
			entries[i] = slots[h&mask]
		}
		for i, h := range hashes[:n] {
			if e := &entries[i]; e.hash != h && e.hash != 0 {
				*e = *r.lexicon.find(h)
			}
		}
		types, entries = types[n:], entries[n:]
	}
}

// read is Read for a document that r has begun.
func (r *Reader) read(d *stages.Document, i int) []Word {
	if i < r.stretch.FirstSentence || i >= r.stretch.EndSentence {
		r.look(d, i)
	}
	s := &d.Sentences[i]
	quoted := r.quoted
	if i != r.next {
		quoted = r.quotedBefore(d, i)
	} else if i > 0 && d.Sentences[i-1].Block != s.Block {
		quoted = false
	}
	now := quotation * scope(number(quoted))
	tokens, types := d.TokensOf(s), d.Types.Of[s.FirstToken:s.EndToken]
	name, names := nextName(d.EntitiesOf(s))
	r.next, r.words = i+1, slices.Grow(r.words[:0], len(tokens))[:len(tokens)]
	met, turned := classSet(0), 0
	for k, t := range tokens {
		for name.End <= t.Start {
			name, names = nextName(names)
		}
		w := &r.words[k]
		w.Token, w.Name = int32(s.FirstToken+k), name.Start < t.End
		w.entry = (types[k] + 1) * int32(number(!w.Name))
		e := &r.entries[w.entry]
		w.Row, w.Valence, w.class = e.row, e.valence, e.class
		w.capital = d.Text[t.Start]-'A' <= 'Z'-'A'
		switch w.class {
		case hyphen:
			w.class = stop
			if joins(d, s.FirstToken+k) {
				w.class = plain
			}
		case contrast:
			turned = r.turn(turned, k)
		}
		met |= 1 << w.class
		does := &effects[w.class]
		now = does.here.of(now)
		w.Context = now.contexts()
		now = does.then.of(now.next())
	}
	if met.has(question) {
		for i := range r.words {
			r.words[i].Context |= Asked
		}
	}
	r.quotes = quoted || met.has(opening) || met.has(quote)
	r.quoted = now&quotation != 0
	return r.words
}

// turn is what a "but", word k, does to the words before it, of which those up to
// turned stand before another. It returns k.
func (r *Reader) turn(turned, k int) int {
	for i := turned; i < k; i++ {
		r.words[i].Context = r.words[i].Context&^After | Before
	}
	return k
}

// nextName returns the place of the first name of list and what follows it; a
// place beyond all text where there is none.
func nextName(list []stages.Entity) (stages.Span, []stages.Entity) {
	for i := range list {
		if !list[i].Label.Numeric() {
			return list[i].Span, list[i+1:]
		}
	}
	return stages.Span{Start: math.MaxInt, End: math.MaxInt}, nil
}

// quotedBefore tells whether a quotation of the same block is still open where
// d.Sentences[i] begins. A quotation ends with its paragraph at the latest.
func (r *Reader) quotedBefore(d *stages.Document, i int) bool {
	first := i
	for first > 0 && d.Sentences[first-1].Block == d.Sentences[i].Block {
		first--
	}
	open := false
	for _, t := range d.Tokens[d.Sentences[first].FirstToken:d.Sentences[i].FirstToken] {
		switch r.lexicon.find(fold(d.Of(t))).class {
		case opening:
			open = true
		case closing:
			open = false
		case quote:
			open = !open
		}
	}
	return open
}

// joins tells whether token k, a hyphen, joins the words beside it, as in well-known.
func joins(d *stages.Document, k int) bool {
	return k > 0 && d.Tokens[k-1].End == d.Tokens[k].Start
}
