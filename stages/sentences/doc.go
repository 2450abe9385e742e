// Package sentences splits the article into sentences.
//
//	Mr. Calder won in the U.S. Senate. “I serve the state,” he said. Nobody cheered.
//	Mr. Calder won in the U.S. Senate.|“I serve the state,” he said.|Nobody cheered.
//
// # How it decides
//
// A block is read as units, the stretches between white space. A window slides
// over them and looks at each gap. First the rules (rules.go, lexicon.go) say
// what is certain: no sentence ends behind Mr., behind No. before a number,
// behind a colon or a dateline, or at “Why?” Ruth Ames asked; one ends behind
// U.S. before They, before the next item of a list, behind a footnote's number.
// In what looks like edited prose most other gaps are as clear (model.go): the
// next word is small, or a full stop stands before a capital. What is left open,
// a model decides: a logistic regression over hashed features of the five units
// around the gap, of the Brown clusters of their words, of the sentence so far,
// of the rest of the block (features.go) and of what the whole block looks like
// (look.go). It also finds the ends that no stop marks, in letters and in text
// that lost its line breaks. In edited prose it must be surer of those and of
// ends before a small letter, and in headings, captions and list items there are
// none without a stop. The model is described in MODEL.md.
//
// A sentence of more than 10,000 characters is cut at a space, or anywhere if
// there is none; it is marked Forced and counted in the flag split_forced.
//
// Where an advertisement or a link between two paragraphs broke a sentence, its
// halves stay two sentences, because a row's span covers its text and nothing
// else; the first is marked Continues and counted in the flag continues.
//
// # How well
//
// F1 of sentence spans, paragraph breaks given: 89.7 on UD EWT dev (web), 96.6
// on GUM dev (16 kinds of text), and 48 of the 48 English golden rules. In
// five-fold cross-validation by document on the training sets (train -folds 5):
// 89.8 and 97.2, and 97.3 on the kinds of text in GUM that no weight was
// trained on. In 4,000 news articles, of 10,000 sentences less than one is cut
// where no stop stands and the reader sees no end.
//
// # What it gets wrong
//
// Lists and signatures that lost their line breaks and hold no stop; sentences
// without capitals; clauses behind a semicolon or a colon, which GUM sometimes
// counts as sentences and pressrow never does; a name behind an abbreviation
// that may end a sentence ("He works at Lund Inc. Ames left."), which is taken
// to go on.
package sentences
