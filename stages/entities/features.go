package entities

import (
	"slices"
	"unicode/utf8"

	"pressrow/stages"
)

// Extractor turns the words of a document into the features of the name model.
// The trainer and the tagger use the same one. Its zero value is ready; it is
// not safe for concurrent use.
//
// Only active words can be part of a name: those with a capital and their near
// neighbours. All others are outside of names, without a look at their features.
// Of the active words, the tagger scores those that are open, three in five; the
// others are sure to be outside of names, too (said, officials), but teach the
// model: learned without them, it is 0.2 points worse.
type Extractor struct {
	d       *stages.Document
	text    string
	forms   forms
	heading []bool // whether a sentence is in Title Case or capitals
	traces  []trace
	slots   []int32 // hash table of traces: index plus one
	echoes  []echo  // what the first pass made of them
	marks   []Mark  // of the first pass

	words    []word  // of the stretch at hand; anew for each pass over a document of several
	terms    []term  // its types
	live     []int32 // words that can be part of an entity, counted from the first of their sentence
	ends     []int32 // of each sentence's part of live
	from, to int     // its sentences
	base     int     // its first token

	at         int    // the sentence at hand
	first, end int    // its tokens
	here       []word // and words
}

// alive returns the words of the sentence at hand that can be part of an
// entity: those that are active and those that the grammar may read.
func (x *Extractor) alive() []int32 {
	if x.at == x.from {
		return x.live[:x.ends[x.at]]
	}
	return x.live[x.ends[x.at-1]:x.ends[x.at]]
}

// A trace is what the other mentions of a word in the article say about it.
type trace struct {
	hash uint64
	seen uint32 // set of the seen constants
}

const (
	seenLower   uint32 = 1 << iota // with a small letter
	seenInside                     // with a capital inside a sentence
	seenTitle                      // behind a title
	seenSay                        // beside a verb of saying
	seenFirst                      // behind a first name
	seenHead                       // before the head of an organisation's name
	seenMove                       // behind in, at, from
	seenPerson                     // in the full name of a known person
	seenPlace                      // in the name of a known place
	seenOrg                        // in the name of a known organisation
	seenThe                        // behind the
	seenOwner                      // before 's
	seenBracket                    // inside brackets
	numSeen     = iota
)

// Load takes d and goes through its words for what all mentions of one say together.
func (x *Extractor) Load(d *stages.Document) {
	if x.forms.slots == nil {
		x.forms = newForms()
	}
	x.d, x.text = d, d.Text
	x.heading = slices.Grow(x.heading[:0], len(d.Sentences))[:len(d.Sentences)]
	x.ends = slices.Grow(x.ends[:0], len(d.Sentences))[:len(d.Sentences)]
	x.from, x.to = 0, 0
	x.collect()
}

// Sentence makes sentence number i of the document the one at hand.
func (x *Extractor) Sentence(i int) {
	if i < x.from || i >= x.to {
		x.read(i)
	}
	s := &x.d.Sentences[i]
	x.at, x.first, x.end = i, s.FirstToken, s.EndToken
	x.here = x.words[s.FirstToken-x.base : s.EndToken-x.base]
}

// read makes the stretch that holds sentence number i the one at hand.
func (x *Extractor) read(i int) {
	d := x.d
	s := &d.Types.Stretches[d.Types.StretchOf(i)]
	x.from, x.to, x.base = s.FirstSentence, s.EndSentence, d.Sentences[s.FirstSentence].FirstToken
	x.look(d.Types.First[s.FirstType:s.EndType])
	of := d.Types.Of[x.base:d.Sentences[x.to-1].EndToken]
	if cap(x.words) < len(of) {
		x.words = make([]word, len(of)+len(of)/4)
	}
	x.words = x.words[:len(of)]
	for k, n := range of {
		e := &x.terms[n]
		x.words[k] = word{term: e, shape: e.form.shape, service: e.form.service}
	}
	x.live = x.live[:0]
	for k := x.from; k < x.to; k++ {
		x.Sentence(k)
		x.heading[k] = isHeading(x.here)
		x.survey()
		x.ends[k] = int32(len(x.live))
		x.mark()
	}
}

// look sets the terms of types. It asks for the forms of many before it reads any,
// so that they come from memory together.
func (x *Extractor) look(types []int32) {
	x.terms = slices.Grow(x.terms[:0], len(types))[:len(types)]
	var keys [32]key
	for from := 0; from < len(types); from += len(keys) {
		now, terms := types[from:min(from+len(keys), len(types))], x.terms[from:]
		for i, t := range now {
			keys[i] = keyOf(x.of(int(t)))
			fetchPair(&x.forms.slots[keys[i].pair()])
		}
		for i, t := range now {
			e := &terms[i]
			e.form = *x.forms.of(x.of(int(t)), &keys[i])
			e.trace = x.lookUp(e.hash)
		}
	}
}

// isHeading reports whether the words of a sentence are capitalised: no small
// word of four letters or more and at least three capitalised ones.
func isHeading(words []word) bool {
	capitals, small := 0, 0
	for i := range words {
		w := &words[i]
		switch {
		case !w.service.has(weighs):
		case w.shape.has(capital):
			capitals++
		default:
			if small++; small*10 > len(words) {
				return false
			}
		}
	}
	return capitals >= 3 && capitals >= small*9
}

// survey finds the active words of the sentence at hand, and those that are alive.
func (x *Extractor) survey() {
	w := x.here
	last := -8 // the last word with a capital
	for i := range w {
		c := &w[i]
		if !c.shape.has(capital | innerCap) {
			if i-last == 1 && (w[last].shape.has(single) || !c.service.has(stops)) {
				c.on = true
			}
			if i-last == 2 && w[i-1].on && w[i-1].service.has(links) {
				c.on = true // Moon Jae-in
			}
			if !c.service.has(begins|leads) || !x.smallName(w, i) && !(c.service.has(leads) && c.shape.has(lower) && at(w, i+1).shape.has(capital)) {
				continue
			}
		}
		if i-last <= 4 {
			for j := last + 1; j < i && last >= 0; j++ {
				w[j].on = true
			}
		}
		c.on = true
		last = i
	}
	for i := range w {
		if w[i].on || w[i].service.has(counts) {
			x.live = append(x.live, int32(i))
		}
	}
}

// mark finds the phrases of the lists among the active words of the sentence at hand.
func (x *Extractor) mark() {
	w, past := x.here, 0
	for _, n := range x.alive() {
		i := int(n)
		if i < past || !w[i].on || w[i].class == 0 && w[i].nexts == 0 {
			continue
		}
		class, record, end := x.forms.match(w, i)
		if end == i {
			continue
		}
		set := x.forms.gaz.setOf(class)
		for j := i; j < end; j++ {
			w[j].span, w[j].place = set, 2
		}
		w[i].thing, w[i].place, w[end-1].place, past = record, 1, 3, end
		if end == i+1 {
			w[i].place = 4
		}
	}
}

// longest returns what match says of word i of the sentence at hand, its flags
// aside, as far as the survey has found it out.
func (x *Extractor) longest(i int) (class Class, record uint16, end int) {
	w := x.here
	switch c := &w[i]; {
	case c.place == 4:
		return x.forms.gaz.sets[c.span], c.thing, i + 1
	case c.place == 1:
		for end = i + 2; w[end-1].place != 3; {
			end++
		}
		return x.forms.gaz.sets[c.span], c.thing, end
	case c.on && c.place == 0:
		return 0, 0, i
	}
	class, record, end = x.forms.match(w, i)
	return class &^ classFlags, record, end
}

// phrase returns the lists and record of words start to end of the sentence at
// hand as one phrase, by match's rules; zeros when they are none.
func (x *Extractor) phrase(start, end int) (Class, uint16) {
	class, record, after := x.longest(start)
	switch {
	case after > end:
		class, record = x.forms.exact(x.here[start:end])
	case after < end:
		return 0, 0
	}
	return class &^ classFlags, record
}

// smallName reports whether a known name that begins with a small letter begins at word i.
func (x *Extractor) smallName(w []word, i int) bool {
	if !w[i].service.has(begins) {
		return false
	}
	class, _, end := x.forms.match(w, i)
	return end > i+1 && class&^(classFlags|aroundNames) != 0
}

// of returns the text of word i of the document.
func (x *Extractor) of(i int) string { return x.d.Of(x.d.Tokens[i]) }

// habit returns the habit of word i of the sentence at hand, the zero habit beyond it.
func (x *Extractor) habit(i int) habit {
	place := inSentence
	switch {
	case x.heading[x.at]:
		place = inHeading
	case i == 0:
		place = firstWord
	}
	return at(x.here, i).habits[place]
}

// pattern returns a word's letters as a code: each run of capitals, small
// letters, digits or one other character is one step, and at most five count.
func pattern(text string) uint16 {
	var code uint16
	var before byte
	steps := 0
	for i := 0; i < len(text) && steps < 5; i++ {
		var c byte
		switch b := text[i]; {
		case b >= 'A' && b <= 'Z':
			c = 1
			if before == 1 || before == 2 {
				c = 2
			}
		case b >= 'a' && b <= 'z' || b >= utf8.RuneSelf:
			c = 3
		case b >= '0' && b <= '9':
			c = 4
		case b == '.':
			c = 5
		case b == '-':
			c = 6
		default:
			c = 7
		}
		if c != before {
			code = code*8 + uint16(c)
			steps++
		}
		before = c
	}
	return code
}

// collect gathers the traces of the document's active words.
func (x *Extractor) collect() {
	x.traces = x.traces[:0]
	x.slots = slices.Grow(x.slots[:0], fewSlots)[:fewSlots]
	clear(x.slots)
	for k := range x.d.Sentences {
		x.Sentence(k)
		if x.heading[k] {
			continue
		}
		w := x.here
		for _, i := range x.alive() {
			if w[i].on && w[i].shape.has(capital) {
				x.traces[x.trace(w[i].term)-1].seen |= x.evidence(w, int(i))
			}
		}
	}
	for k := 0; k < len(x.d.Sentences); k = x.to {
		x.Sentence(k)
		for i := range x.terms {
			e := &x.terms[i]
			if e.trace = x.lookUp(e.hash); e.trace > 0 && e.shape.has(lower) {
				x.traces[e.trace-1].seen |= seenLower
			}
		}
	}
}

// settle finds the active words of the sentence at hand that are sure to be
// outside of names, unless a phrase of several words in the lists holds them.
func (x *Extractor) settle() {
	w, live := x.here, x.alive()
	held, before := 0, false // live[held:] stand between; whether the word before them is open
	next := 0                // the word behind the last active one
	for n := range live {
		i := int(live[n])
		c := &w[i]
		if !c.on {
			continue
		}
		if before && !allBetween(w[next:i]) {
			shut(w, live[held:n])
			held, before = n, false
		}
		next = i + 1
		if c.service.has(between) {
			continue
		}
		switch {
		case c.amidPhrase():
		case c.service.has(stranger):
			c.out = i == 0 || !w[i-1].on || !w[i-1].service.has(links)
		case i == 0 && c.service.has(plain):
			c.out = !x.heading[x.at] && !at(w, 1).shape.has(capital) && !x.inside(c.term)
		}
		open := c.open()
		if !before || !open {
			shut(w, live[held:n])
		}
		held, before = n+1, open
	}
	shut(w, live[held:])
}

// allBetween reports whether all words of w stand between.
func allBetween(w []word) bool {
	for i := range w {
		if !w[i].service.has(between) {
			return false
		}
	}
	return true
}

// shut takes the active words of w among live for words outside of names.
func shut(w []word, live []int32) {
	for _, i := range live {
		w[i].out = w[i].on && !w[i].amidPhrase()
	}
}

// inside reports whether the word of e stands with a capital inside a sentence of the document.
func (x *Extractor) inside(e *term) bool {
	return e.trace > 0 && x.traces[e.trace-1].seen&seenInside != 0
}

// trace returns the trace of the word of e, a new one for a new word, counted from 1.
func (x *Extractor) trace(e *term) int32 {
	if e.trace == 0 {
		e.trace = x.lookUp(e.hash)
	}
	if e.trace == 0 {
		if 4*len(x.traces) >= len(x.slots) {
			x.slots = make([]int32, 2*len(x.slots))
			for i := range x.traces {
				x.slots[x.freeSlot(x.traces[i].hash)] = int32(i + 1)
			}
		}
		x.traces = append(x.traces, trace{hash: e.hash})
		e.trace = int32(len(x.traces))
		x.slots[x.freeSlot(e.hash)] = e.trace
	}
	return e.trace
}

// fewSlots is the number of slots that a document begins with, a power of two.
const fewSlots = 1 << 10

// freeSlot returns the slot for a trace with the given hash, which has none yet.
func (x *Extractor) freeSlot(hash uint64) uint64 {
	i := hash & uint64(len(x.slots)-1)
	for x.slots[i] != 0 {
		i = (i + 1) & uint64(len(x.slots)-1)
	}
	return i
}

// lookUp returns the trace of the word with the given hash, counted from 1, or 0.
func (x *Extractor) lookUp(hash uint64) int32 {
	i := hash & uint64(len(x.slots)-1)
	for x.slots[i] != 0 {
		if x.traces[x.slots[i]-1].hash == hash {
			return x.slots[i]
		}
		i = (i + 1) & uint64(len(x.slots)-1)
	}
	return 0
}

// evidence returns what one mention, word i of w, says about the word.
func (x *Extractor) evidence(w []word, i int) uint32 {
	var e uint32
	if i > 0 {
		prev := &w[i-1]
		if !prev.service.has(stops) || prev.lex.kind == leadIn {
			e |= seenInside
		}
		switch {
		case prev.alone&(Form|Office) != 0 && prev.shape.has(capital):
			e |= seenTitle
		case prev.alone&First != 0 && prev.shape.has(capital) && i > 1:
			e |= seenFirst
		case prev.alone&Move != 0:
			e |= seenMove
		case prev.alone&Say != 0:
			e |= seenSay
		}
		switch {
		case prev.service.has(definite):
			e |= seenThe
		case prev.service.has(brackets):
			e |= seenBracket
		}
	}
	if i+1 < len(w) {
		next := &w[i+1]
		switch {
		case next.alone&Say != 0:
			e |= seenSay
		case next.alone&HeadOrg != 0 && next.shape.has(capital):
			e |= seenHead
		}
		if next.service.has(owns) {
			e |= seenOwner
		}
	}
	if p := w[i].place; p == 1 || p == 2 || p == 3 {
		switch s := x.forms.gaz.sets[w[i].span]; {
		case s&(Country|State|BigCity) != 0:
			e |= seenPlace
		case s&(Org|Agency|Media|Company) != 0:
			e |= seenOrg
		case s&Person != 0:
			e |= seenPerson
		}
	}
	return e
}

// Active reports whether word i of the document, one of the sentence at hand,
// is near a capital: the model learns from these words.
func (x *Extractor) Active(i int) bool { return x.here[i-x.first].on }

// Norp reports whether word i of the document, one of the sentence at hand, is
// on the list of peoples, religions and parties' members.
func (x *Extractor) Norp(i int) bool {
	own := x.here[i-x.first].alone
	return own&Norp != 0 && own&(Country|State) == 0
}

// Form reports whether word i of the document, one of the sentence at hand, is a form of address.
func (x *Extractor) Form(i int) bool { return x.here[i-x.first].alone&Form != 0 }
