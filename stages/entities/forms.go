package entities

import "pressrow/stages"

// A form is what is known of a word by its spelling alone.
type form struct {
	hash    uint64  // of the lower-cased text
	listing         // of the word as a phrase, and as the beginning of longer ones
	alone   Class   // lists that hold the word in this case
	lex     lexeme  // what it means in the grammar of numbers and times
	shape   shape   // of its letters
	kind    uint16  // its pattern of letters
	habits  habits  // what a large corpus says of it
	service service // what it does to the words beside it
	set     setID   // of alone
}

// habits of a word by where it stands.
type habits [3]habit

const (
	inSentence = iota // behind its first word
	firstWord
	inHeading
)

// A service is a set of facts about what a word does in and around names.
type service uint16

const (
	weighs   service = 1 << iota // has letters, four bytes or more: tells whether a line is a headline
	stops                        // sure not to belong to a name it stands behind
	links                        // joins a capitalised word to the one behind: a hyphen, an apostrophe, or a letter that some tokenizers part from its word
	leads                        // a small word that can begin a name: east Jerusalem, bin Salman
	definite                     // the
	brackets                     // (
	owns                         // 's
	between                      // belongs to a name only between two words of it: of, and, a comma
	stranger                     // in small letters, as it always is, and in no name: said, officials
	plain                        // with a capital, but as a rule without: no name alone at the start of a sentence
	begins                       // in small letters, can begin a name of several words
	counts                       // may begin what the grammar reads, or turns its eyes to the future or back
)

// has reports whether s has any of the facts t.
func (s service) has(t service) bool { return s&t != 0 }

// forms remembers the forms of words from document to document. A few thousand
// spellings make up most of any text, so what would be five look-ups in tables
// larger than the cache, and a walk through the letters, is one look here.
//
// It has a fixed number of slots of one cache line each. A spelling has a pair
// of slots: a new one takes the second, and the first once it is seen again,
// so that words seen once do not drive out words seen often. No list grows with
// the text, and what a form says does not depend on what was seen before.
type forms struct {
	gaz   *gazetteer
	lex   *lexicon
	brown *clusterTable
	slots *[1 << formBits][2]formSlot
	spare form // of the last word that fits no slot

	phrases *[1 << phraseBits]phraseSlot // of two words and more, by the same rule
}

const (
	formBits   = 15
	phraseBits = 12
)

// A phraseSlot holds what the gazetteer says of the phrase with a hash.
type phraseSlot struct {
	hash uint64
	listing
}

// A formSlot holds a form of a word of at most 16 bytes: the first 8, the last 8
// and how many there are tell it from all others.
type formSlot struct {
	head, tail uint64
	size       uint8
	form
}

func newForms() forms {
	return forms{gaz: openedGazetteer(), lex: lexicalTable(), brown: openedClusters(), slots: new([1 << formBits][2]formSlot), phrases: new([1 << phraseBits]phraseSlot)}
}

// maxKey is the number of bytes of the longest spelling that has a key of its own.
const maxKey = 16

// A key tells a spelling of up to maxKey bytes from all others.
type key struct {
	head, tail uint64 // its first and last 8 bytes
	hash       uint32
	size       int // in bytes
}

// keyOf returns the key of text, of which all but the size is zero where text is too long.
func keyOf(text string) key {
	n := len(text)
	if n > maxKey {
		return key{size: n}
	}
	head, tail := stages.Ends8(text)
	h := (head^uint64(n))*0x9e3779b97f4a7c15 ^ tail*0xc2b2ae3d27d4eb4f
	h ^= h >> 32
	return key{head, tail, uint32(h * 0xd6e8feb86659fd93 >> 32), n}
}

// pair returns the number of the pair of slots for k.
func (k *key) pair() uint32 { return k.hash >> (32 - formBits) }

// of returns the form of text, which is not empty and has key k. It is good until the next call.
func (f *forms) of(text string, k *key) *form {
	if k.size > maxKey {
		f.spare = f.read(text)
		return &f.spare
	}
	pair := &f.slots[k.pair()]
	switch {
	case pair[0].holds(k):
	case pair[1].holds(k):
		pair[0], pair[1] = pair[1], pair[0]
	case pair[0].size == 0:
		pair[0] = formSlot{k.head, k.tail, uint8(k.size), f.read(text)}
	default:
		pair[1] = formSlot{k.head, k.tail, uint8(k.size), f.read(text)}
		return &pair[1].form
	}
	return &pair[0].form
}

// holds reports whether s holds the form of the spelling with key k.
func (s *formSlot) holds(k *key) bool {
	return s.head == k.head && s.tail == k.tail && int(s.size) == k.size
}

// read returns the form of text from the tables.
func (f *forms) read(text string) form {
	h, s := scan(text)
	w := form{hash: h, shape: s, kind: pattern(text)}
	if s.has(digit) {
		if _, ok := decimal(text); ok {
			w.lex = lexeme{kind: ten}
		}
	} else {
		w.lex = f.lex.get(h)
	}
	w.listing = f.gaz.look(h)
	if w.class&^classFlags != 0 && fits(w.class, []word{{shape: s}}) {
		w.alone = w.class &^ classFlags
		if s.has(lower) {
			w.alone &= aroundNames
		}
		w.set = f.gaz.setOf(w.alone)
	}
	spelled, small := f.brown.look(spelling(h, s)), habit(0)
	if s.has(capital) {
		small = f.brown.look(spelling(h, 0))
	}
	w.habits = f.habitsOf(h, s, spelled, small)
	w.service = serviceOf(text, &w, spelled, small)
	return w
}

// habitsOf returns the habits of a word with hash h and shape s, whose habit as
// it is spelled and in small letters are known: that of another spelling where
// its own is unknown, or where any word would have a capital.
func (f *forms) habitsOf(h uint64, s shape, spelled, small habit) habits {
	all := habits{spelled, spelled, spelled}
	if s.has(allCaps) {
		if capitalised := f.brown.look(spelling(h, capital)); capitalised.known() {
			all[inHeading] = capitalised
			if !spelled.known() {
				all = habits{capitalised, capitalised, capitalised}
			}
		}
	}
	if small.known() {
		if !all[inSentence].known() {
			all[inSentence] = small
		}
		for _, place := range [...]int{firstWord, inHeading} {
			if all[place].capitals() < 2 {
				all[place] = small
			}
		}
	}
	return all
}

// serviceOf returns the services of text, of which w knows all else, and whose
// habits as it is spelled and in small letters are given.
func serviceOf(text string, w *form, spelled, small habit) service {
	var s service
	if w.shape.has(letter) && len(text) >= 4 {
		s |= weighs
	}
	switch text {
	case ".":
		s |= stops
	case ",", ";", ":", "?", "!", `"`, ")":
		s |= stops | between
	case "(":
		s |= stops | between | brackets
	case "“", "”", "—", "–", "--", "[", "]", "…", "...", "of", "and", "for", "in", "on", "to", "a", "an", "at", "with", "or", "but":
		s |= between
	case "'", "’", "‘", "´", "`", "/":
		s |= links
	case "'s", "’s":
		s |= owns
	case "the":
		s |= definite | between
	case "The":
		s |= definite
	case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern", "southwestern",
		"bin", "al", "el", "von", "van", "de", "da", "dos", "del", "le", "la", "ibn", "ul", "abu", "ould", "bint", "ben":
		s |= leads
	}
	switch w.lex.kind {
	case leadIn, to, comma:
		s |= stops
	case hyphen:
		s |= links
	}
	if w.class&smallMore != 0 && w.shape.has(lower) {
		s |= begins
	}
	if w.readable() {
		s |= counts
	}
	if w.shape.has(single) && w.shape.has(wide) {
		s |= links
	}
	switch {
	case s.has(between|leads|owns) || joins(text):
	case contraction(text) || w.common(spelled):
		s |= stranger
	case w.seldomCapital(small):
		s |= plain
	}
	return s
}

// common reports whether w is a known word in small letters that neither is
// the name of anything nor ends one, as party and river do.
func (w *form) common(spelled habit) bool {
	return w.shape.has(lower) && !w.shape.has(digit|wide|innerCap) && spelled.known() &&
		w.alone&^aroundNames == 0 && w.class&(HeadOrg|HeadFac|HeadLoc|HeadGPE) == 0
}

// seldomCapital reports whether w has a capital, but is written without one in
// five of eight cases or more, and is on no list of words that stand alone for a name.
func (w *form) seldomCapital(small habit) bool {
	return w.shape.has(capital) && small.known() && small.capitals() <= 2 &&
		w.alone&(First|Country|State|Company|Agency|Media|Org|Norp) == 0
}

// joins reports whether text, in small letters, is part of many a name and in no other service.
func joins(text string) bool {
	switch text {
	case "s", "n", "o", "e", "y", "et", "und", "des", "du", "den", "der", "di", "do", "das", "les", "las", "los", "st", "ter", "zu", "av", "mac":
		return true
	}
	return false
}

// contraction reports whether text is the end of a word like I'm and they've, as a word of its own.
func contraction(text string) bool {
	switch text {
	case "'m", "'re", "'ve", "'ll", "'d", "n't", "’m", "’re", "’ve", "’ll", "’d", "n’t":
		return true
	}
	return false
}

// phrase returns the listing of the phrase with hash h, the zero listing when there is none.
func (f *forms) phrase(h uint64) listing {
	if !f.gaz.may(h) {
		return listing{}
	}
	s := &f.phrases[h%(1<<phraseBits)]
	if s.hash != h {
		*s = phraseSlot{h, f.gaz.look(h)}
	}
	return s.listing
}

// match returns the classes and record of the longest phrase that begins at
// word i, and the word after it; end is i when there is none. A phrase written
// in capitals counts only where the word is in capitals, and one that begins
// with a capital only where the text does.
func (f *forms) match(words []word, i int) (class Class, record uint16, end int) {
	end = i
	h, l := words[i].hash, words[i].listing
	for j := i; ; {
		if l.class&^classFlags != 0 && fits(l.class, words[i:j+1]) {
			class, record, end = l.class, l.record, j+1
			if j == i && words[i].shape.has(lower) && class&aroundNames != 0 {
				class, record = class&aroundNames, 0
			}
		}
		if j++; j == len(words) || j == i+maxPhrase || !l.nexts.may(words[j].hash) {
			return class, record, end
		}
		h = join(h, words[j].hash)
		l = f.phrase(h)
	}
}

// exact returns the classes and record of words as one phrase, by match's rules; zeros when they are none.
func (f *forms) exact(words []word) (Class, uint16) {
	if len(words) > maxPhrase {
		return 0, 0
	}
	h, l := words[0].hash, words[0].listing
	for j := 1; j < len(words); j++ {
		if !l.nexts.may(words[j].hash) {
			return 0, 0
		}
		h = join(h, words[j].hash)
		l = f.phrase(h)
	}
	if l.class&^classFlags == 0 || !fits(l.class, words) {
		return 0, 0
	}
	if len(words) == 1 && words[0].shape.has(lower) && l.class&aroundNames != 0 {
		return l.class & aroundNames, 0
	}
	return l.class, l.record
}
