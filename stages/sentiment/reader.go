package sentiment

import "pressrow/stages"

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
	next    int  // sentence that would follow the last one read
	quoted  bool // a quotation is open where it begins

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
	*r = Reader{lexicon: r.lexicon, recent: r.recent, words: r.words[:0], next: i + 1}
	if quoted {
		r.open = Quoted
	}
	names := d.EntitiesOf(s)
	for k := s.FirstToken; k < s.EndToken; k++ {
		t := d.Tokens[k]
		for len(names) > 0 && (names[0].End <= t.Start || names[0].Label.Numeric()) {
			names = names[1:]
		}
		if len(names) > 0 && names[0].Start < t.End {
			r.words = append(r.words, Word{Token: int32(k), Name: true, named: true, Context: r.context()})
			continue
		}
		e := r.find(d.Text[t.Start:t.End])
		if e.class == stop && hyphen(d, k) {
			e.class = plain
		}
		r.before(e.class)
		c := d.Text[t.Start]
		named := e.row == 0 && 'A' <= c && c <= 'Z'
		r.words = append(r.words, Word{Token: int32(k), Row: e.row, Valence: e.valence, named: named, class: e.class, Context: r.context()})
		r.after(e.class)
	}
	if r.question {
		for i := range r.words {
			r.words[i].Context |= Asked
		}
	}
	r.quoted = r.open&Quoted != 0
	return r.words
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
func (r *Reader) context() Context {
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

// before is what a word of class c does that holds for itself, too.
func (r *Reader) before(c class) {
	switch c {
	case stop, question:
		r.negated, r.degree = 0, 0
		r.open &^= clause
		r.question = r.question || c == question
	case only:
		r.negated = 0
	case contrast:
		r.turn()
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

// turn is what "but" does.
func (r *Reader) turn() {
	for i := r.turned; i < len(r.words); i++ {
		r.words[i].Context = r.words[i].Context&^After | Before
	}
	r.turned = len(r.words)
	r.negated, r.degree = 0, 0
	r.open = r.open&^clause | After
}
