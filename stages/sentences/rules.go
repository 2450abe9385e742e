package sentences

import "strings"

// A verdict is what the rules say of a gap.
type verdict uint8

const (
	unknown  verdict = iota // the rules say nothing
	unlikely                // no sentence ends here, if the model agrees
	likely                  // one ends here, if the model agrees
	never                   // no sentence ends here
	ends                    // one does
)

// end reports whether a sentence ends between the left and the right unit.
func (w *window) end() bool {
	switch v := w.rules(); v {
	case never:
		return false
	case ends:
		return true
	default:
		return w.guess(v)
	}
}

// rules says what the abbreviations, quotation marks, brackets and list
// markers around the gap mean.
func (w *window) rules() verdict {
	l, r := w.left(), w.right()
	if l.stop <= comma && w.list.style == 0 && lower <= l.shape && l.shape <= capital && l.close|r.open == 0 && !r.glued {
		switch {
		case r.shape == lower:
			return never // most gaps are like this one
		case capital <= r.shape && r.shape <= upper && l.stop|l.lead|r.stop == noStop && l.open == 0:
			return unknown // and most others like this one: no rule below speaks of two bare words
		}
	}
	if v := w.lists(l, r); v != unknown {
		return v
	}
	switch {
	case w.caption(l, r):
		return ends
	case l.stop >= period && (smiles(w.text, r) || r.shape == empty && r.stop == ellipsis && r.open&bracket != 0):
		return never // Thanks! :) and: He left. […]
	case smiles(w.text, l) && w.unit(-1).stop >= period && r.shape >= capital && r.shape <= mixed:
		return ends
	}
	if r.shape == empty && l.stop >= period && w.closesQuote(r) {
		return never // “He said, ‘Go.’ ” She went.
	}
	if l.stop < period {
		switch {
		case w.text[r.start:r.end] == "|", w.text[l.start:l.end] == "|" && w.length > 1:
			return never // The mill in 1911 | Dora Quill
		case l.shape == empty && w.closesQuote(l) && w.unit(-1).stop >= period && r.shape >= capital && r.shape <= upper && !w.attribution():
			return ends
		case l.stop == colon, w.dateline(l):
			return never // he wrote: “Stop pretending.”
		case w.dated(l, r):
			return ends // Mill Town Votes Again Sunday, May 4, 2014
		case l.stop == comma && w.length == 1 && links(w.word(l)):
			return never // Yet, Kay Lund stayed.
		case l.shape == empty && l.open&^(double|single|bracket) == 0 && (w.length == 1 || opens(w.text[l.start:l.end])):
			return never // a lone quotation mark: “ Nobody came
		}
		return unknown
	}
	if r.stop == ellipsis && r.shape == empty && w.text[r.start] == '.' && l.stop == period {
		// "compounds. . . . The": the stop ends the sentence, the elision opens the next.
		switch {
		case r.end-r.start == int(r.stops):
			return unlikely
		case r.stops == 3 && w.unit(2).shape == capital:
			return ends
		}
		return never
	}
	if l.stop == ellipsis && l.shape == empty {
		return w.elided(l, r)
	}
	if r.shape == lower || r.shape == mixed && isLower(w.text[r.core]) {
		switch {
		case l.stop == period && l.close == bracket && w.look&small != 0 && l.kind == plain:
			return unlikely // (she told me so.) i left
		case l.kind != plain, l.close&(double|single|bracket) != 0 && r.open == 0,
			l.stop == exclamation && shouted(w.word(l)):
			return never
		}
		return unlikely
	}
	if r.shape == empty && r.open&^(double|single|bracket|symbol|bullet) != 0 {
		if l.kind != plain {
			return never // MOBILE, Ala. — The
		}
		return unlikely
	}
	switch l.stop {
	case question, exclamation:
		switch {
		case l.stop == exclamation && l.close&(double|single) == 0 && shouted(w.word(l)) && !starts(w.word(r)),
			l.close&(double|single) != 0 && w.attribution():
			return never
		}
	case period:
		return w.period(l, r)
	case ellipsis:
		return w.elided(l, r)
	}
	return likely
}

// elided decides behind an ellipsis.
func (w *window) elided(l, r *unit) verdict {
	switch {
	case l.shape == empty && l.stops == 3 && w.unit(-1).stop == period && w.text[l.start] == '.':
		return never
	case r.shape == lower:
		return unlikely
	case l.close&double != 0 && r.open&bracket != 0:
		return never
	case r.shape == initial && w.word(r) == "I" && l.close == 0 && l.stops < 4:
		if l.shape == empty && l.end-l.start > int(l.stops) {
			return never // the thing is . . . I forgot
		}
		return unlikely
	case l.open&bracket != 0 && l.shape == empty && r.shape == capital:
		return ends // the truth […] President
	}
	return likely
}

// lists parts the items of a list that runs on in one paragraph, and keeps a
// footnote's number with the sentence before it.
func (w *window) lists(l, r *unit) verdict {
	if w.length == 1 || w.length == 2 && w.first.shape == empty {
		if w.length == 1 && l.stop == period && l.shape == number && strings.Contains(w.word(l), ".") && w.before == noStop {
			return never // 2.1. The dam
		}
		if m := w.markerOf(l); m.style != 0 {
			w.list = m
			return never
		}
	}
	switch {
	case w.unit(-1).stop == colon && w.markerOf(l).value == 1 && l.shape == number:
		return never // three rules: 1. Be early.
	case w.list.style != 0 && l.open&bullet == 0 && w.markerOf(r).follows(w.list):
		return ends
	case l.stop >= period && l.kind == plain && w.noted(r, w.unit(2)):
		return never
	case w.unit(-1).stop >= period && w.unit(-1).kind == plain && w.noted(l, r):
		return ends
	case (footnote(w.text, r) || r.start >= 0 && w.text[r.start] == '[' && r.shape == lower && notes.has(w.word(r))) &&
		(l.stop >= period || footnote(w.text, l)):
		return never
	case w.noteEnds(l) && w.notesEnd() && r.shape != lower:
		return ends
	case l.stop >= question && r.shape == number && r.coreEnd-r.core == 4 && w.text[r.start] == '(' && r.close == bracket:
		return never // Viva Maria! (1965)
	case l.shape == empty && l.open&bullet != 0:
		return never
	case r.open&bullet != 0:
		return ends
	}
	return unknown
}

// footnote reports whether u is the number of a footnote in brackets: [12]
func footnote(text string, u *unit) bool {
	return u.shape == number && u.start >= 0 && text[u.start] == '[' && text[u.end-1] == ']' &&
		u.core == u.start+1 && u.coreEnd == u.end-1 && u.coreEnd-u.core <= 3
}

// noteEnds reports whether l is a footnote's number or the end of an editor's
// note.
func (w *window) noteEnds(l *unit) bool {
	return footnote(w.text, l) || w.text[l.end-1] == ']' && l.close == bracket && notes.has(w.word(l))
}

// notesEnd reports whether a stop stands before the footnote that the left unit
// is, or before the two or three that it closes.
func (w *window) notesEnd() bool {
	for k := -1; k >= -3; k-- {
		u := w.unit(k)
		if u.stop >= period {
			return true
		}
		if u.start < 0 || !footnote(w.text, u) && !notes.has(w.word(u)) {
			return false
		}
	}
	return false
}

// closesQuote reports whether u is a closing quotation mark that stands alone.
func (w *window) closesQuote(u *unit) bool {
	mark := w.text[u.start:u.end]
	return mark == "”" || mark == "’"
}

// dated reports whether r opens a full date that ends the block, so that what
// stands before it is the headline it was printed under.
func (w *window) dated(l, r *unit) bool {
	if r.stop != comma || r.open != 0 || w.length < 3 || l.stop != noStop && l.stop != colon || !timeNames.has(w.word(r)) {
		return false
	}
	year := w.unit(4)
	return year.start >= 0 && year.shape == number && year.coreEnd-year.core == 4 && year.stop == noStop &&
		strings.TrimSpace(w.text[year.end:]) == "" && w.unit(3).stop == comma && timeNames.has(w.word(w.unit(2))) &&
		(l.shape != lower || l.close != 0 || l.coreEnd-l.core > 3)
}

// caption reports whether the gap parts the number of a figure from what the
// figure shows (Figure 2.1 The dam), or a text from the credit of its picture
// (The dam Image: Ann Lee).
func (w *window) caption(l, r *unit) bool {
	if r.stop == colon && r.shape == capital && r.open == 0 && l.stop != comma && l.stop != colon && credits.has(w.word(r)) {
		return l.shape != empty
	}
	return w.length == 2 && l.shape == number && l.stop == noStop && l.close == 0 && r.open == 0 &&
		(r.shape == capital || r.shape == upper) && figures.has(w.word(&w.first))
}

// dateline reports whether the sentence so far is the place and agency that
// open a report, and l the end of it: WASHINGTON (Reuters) -
func (w *window) dateline(l *unit) bool {
	if l.shape != empty {
		return w.length == 1 && l.open&bracket != 0 && l.close&bracket != 0
	}
	if l.open != dash || w.lows > 0 {
		return false
	}
	before := w.unit(-1)
	return w.length == 1 || w.length > 1 && (before.close&bracket != 0 || before.kind == closing || w.first.shape == upper && w.first.coreEnd-w.first.core > 2)
}

// noted reports whether u is the bare number of a footnote, with a new
// sentence behind it: "their rights. 4 Even so".
func (w *window) noted(u, next *unit) bool {
	return u.shape == number && u.end-u.start <= 3 && u.coreEnd == u.end && u.core == u.start &&
		next.shape == capital && next.open == 0 && starts(w.word(next))
}

// period decides whether the full stop behind l ends a sentence.
func (w *window) period(l, r *unit) verdict {
	if l.kind == letter && (l.close&symbol != 0 && r.shape == number || l.close == bracket && w.text[l.end-1] != '.' && !starts(w.word(r))) {
		return never // N°. 12, [George H. W.] Bush
	}
	if l.kind == closing && l.close&dash != 0 && w.lows == 0 && w.first.shape == upper {
		return never // DERBY, Ala.— The
	}
	if l.close != 0 && l.kind != timed && l.kind != closing {
		return likely
	}
	word := w.word(r)
	if l.shape == lower && l.open&bracket != 0 && l.coreEnd-l.core == 1 {
		return never // (b. March 1950)
	}
	switch l.kind {
	case titled:
		if w.word(l) == "St" && w.length > 1 && w.unit(-1).shape == numeric && starts(word) {
			return ends
		}
		return never
	case numbered:
		if r.shape == number || r.shape == numeric {
			return never
		}
		switch {
		case l.shape == capital && (w.length == 1 || starts(word)):
			return ends
		case l.shape == capital || w.word(l) == "e.g" || w.word(l) == "i.e":
			return never
		}
		return likely
	case month:
		if r.shape == number || r.shape == numeric || !starts(word) {
			return never
		}
		return ends
	case letter:
		return w.initial(l, r)
	case timed:
		if r.shape == number || afterTime(word) || w.length <= 3 || r.open&bracket != 0 {
			return never
		}
		return ends
	case closing:
		switch {
		case starts(word):
			return ends
		case r.open&double != 0 || l.close&(double|single) != 0 || w.word(l) == "etc":
			return likely
		}
		return never
	}
	return likely
}

// initial decides behind a single letter with a stop.
func (w *window) initial(l, r *unit) verdict {
	before, word := w.unit(-1), w.word(r)
	name := w.length > 1 && before.stop < period && (before.shape == capital || before.shape == mixed) && !starts(w.word(before))
	switch {
	case w.length == 1:
		return never
	case counted(w.word(before)):
		return ends
	case starts(word) && (!name || w.word(l) == "I" && before.shape == lower):
		return ends
	}
	return never
}

// attribution reports whether the right unit opens "Sessions said" or "Mr.
// Jeff Sessions asked", so that the quotation before it is still this sentence.
func (w *window) attribution() bool {
	for k := 1; k < ahead; k++ {
		u := w.unit(k)
		if u.start < 0 || u.shape != capital && u.shape != mixed && u.shape != initial || starts(w.word(u)) && (k > 1 || u.shape != initial) {
			return false
		}
		if u.stop != noStop && u.kind != titled && u.kind != letter {
			return false
		}
		if n := w.unit(k + 1); n.start >= 0 && n.shape == lower && says(w.word(n)) {
			return true
		}
	}
	return false
}

// opens reports whether mark opens a bracket or quotation.
func opens(mark string) bool { return mark == "(" || mark == "[" || mark == "“" || mark == "‘" }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
