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

// How many words a negator reaches, and a word of degree.
const (
	negationScope = 6
	degreeScope   = 2
)

// A Word is a token as the scores see it.
type Word struct {
	Token   int32 // index into Document.Tokens
	Row     int32 // the word's line in the Lexicon, from 1; 0 if it is not there or part of a name
	Valence int16 // hundredths of a point of rating, before the contexts
	Name    bool  // part of a name, which carries no tone
	named   bool  // is, or looks like, part of a name
	class   class
	Context Context
}

// A Reader turns sentences into Words. It reuses its memory.
type Reader struct {
	lexicon *Lexicon
	recent  *[1 << recentBits]entry // each the last read of those whose hashes end alike
	words   []Word
	entries []entry // of the words; of a name, zero
	hashes  []uint64
	next    int  // sentence that would follow the last one read
	quoted  bool // a quotation is open where it begins
	scope
}

// A scope is what the words read so far do to those to come.
type scope struct {
	negated, degree int     // words that the last negator or word of degree still reaches
	open            Context // what holds for the words to come
	turned          int     // words before the last "but"
	question        bool
}

// NewReader returns a Reader that knows the words of l.
func NewReader(l *Lexicon) *Reader {
	return &Reader{lexicon: l, recent: new([1 << recentBits]entry)}
}

// recentBits is the logarithm of how many entries a Reader remembers. They make
// up most of any text and lie close together, so that they stay in the
// processor's cache, as the Lexicon does not.
const recentBits = 13

// find returns the entry of token.
func (r *Reader) find(token string) entry {
	h := fold(token)
	e := &r.recent[h%(1<<recentBits)]
	if e.hash != h {
		*e = r.lexicon.find(h)
	}
	return *e
}

// begin makes r ready for another document.
func (r *Reader) begin() { r.next, r.quoted = 0, false }

// Read returns the words of d.Sentences[i], one for each token. They are good
// until the next call. Reading the sentences of a document in order is fastest.
func (r *Reader) Read(d *stages.Document, i int) []Word {
	s := &d.Sentences[i]
	quoted := r.quoted
	if i != r.next {
		quoted = r.quotedBefore(d, i)
	} else if i > 0 && d.Sentences[i-1].Block != s.Block {
		quoted = false
	}
	r.next, r.scope = i+1, scope{}
	if quoted {
		r.open = Quoted
	}
	r.look(d, s)
	for k := range r.words {
		w, e := &r.words[k], &r.entries[k]
		if w.Name {
			w.Context = r.context()
			continue
		}
		class := e.class
		if class == stop && hyphen(d, s.FirstToken+k) {
			class = plain
		}
		w.Row, w.Valence, w.class = e.row, e.valence, class
		if e.row == 0 {
			c := d.Text[d.Tokens[s.FirstToken+k].Start]
			w.named = 'A' <= c && c <= 'Z'
		}
		if class == plain {
			w.Context = r.context()
			continue
		}
		r.before(class, k)
		w.Context = r.context()
		r.after(class)
	}
	if r.question {
		for i := range r.words {
			r.words[i].Context |= Asked
		}
	}
	r.quoted = r.open&Quoted != 0
	return r.words
}

// look sets up the words of s, says which are part of a name, and finds the
// entries of the others. All entries are asked for before the first is used, so
// that one that is not in the cache does not keep the next ones waiting.
func (r *Reader) look(d *stages.Document, s *stages.Sentence) {
	tokens, names := d.TokensOf(s), d.EntitiesOf(s)
	r.words = slices.Grow(r.words[:0], len(tokens))[:len(tokens)]
	r.entries = slices.Grow(r.entries[:0], len(tokens))[:len(tokens)]
	r.hashes = slices.Grow(r.hashes[:0], len(tokens))[:len(tokens)]
	name, names := nextName(names)
	for k, t := range tokens {
		for name.End <= t.Start {
			name, names = nextName(names)
		}
		token := int32(s.FirstToken + k)
		if name.Start < t.End {
			r.words[k] = Word{Token: token, Name: true, named: true}
			r.hashes[k], r.entries[k] = 0, entry{}
			continue
		}
		h := fold(d.Text[t.Start:t.End])
		r.words[k] = Word{Token: token}
		r.hashes[k], r.entries[k] = h, r.recent[h%(1<<recentBits)]
	}
	for k, h := range r.hashes {
		if r.entries[k].hash != h {
			r.entries[k] = r.lexicon.find(h)
			r.recent[h%(1<<recentBits)] = r.entries[k]
		}
	}
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
		switch r.find(d.Of(t)).class {
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

// hyphen tells whether token k joins the words beside it, as in well-known.
func hyphen(d *stages.Document, k int) bool {
	t := d.Tokens[k]
	return t.Len() == 1 && d.Text[t.Start] == '-' && k > 0 && d.Tokens[k-1].End == t.Start
}

// context counts a word against the open scopes and returns what holds for it.
func (r *scope) context() Context {
	c := r.open
	if r.negated > 0 {
		r.negated--
		c |= Negated
	}
	if r.degree > 0 {
		r.degree--
	} else {
		c &^= Stronger | Weaker
	}
	return c
}

const clause = Imagined | Conceded | Compared | Reported

// before is what word k, of class c, does that holds for itself, too.
func (r *Reader) before(c class, k int) {
	switch c {
	case stop, question:
		r.negated, r.degree = 0, 0
		r.open &^= clause
		r.question = r.question || c == question
	case only:
		r.negated = 0
	case contrast:
		r.turn(k)
	case opening:
		r.open |= Quoted
	case closing:
		r.open &^= Quoted
	}
}

// after is what a word of class c does to the words behind it.
func (r *Reader) after(c class) {
	switch c {
	case negator:
		r.negated = negationScope
	case booster:
		r.degree, r.open = degreeScope, r.open&^Weaker|Stronger
	case downtoner:
		r.degree, r.open = degreeScope, r.open&^Stronger|Weaker
	case conditional:
		r.open |= Imagined
	case concession:
		r.open |= Conceded
	case report:
		r.open |= Reported
	case than:
		r.open |= Compared
	case quote:
		r.open ^= Quoted
	}
}

// turn is what "but" does, which is word k.
func (r *Reader) turn(k int) {
	for i := r.turned; i < k; i++ {
		r.words[i].Context = r.words[i].Context&^After | Before
	}
	r.turned = k
	r.negated, r.degree = 0, 0
	r.open = r.open&^clause | After
}
