package comments

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// closing marks what stands behind the last paragraph: who the author is, who
// helped, and when the text was changed.
func (p *page) closing() {
	left := 4
	for i := len(p.lines) - 1; i > p.headline+3 && left > 0; i-- {
		l := &p.lines[i]
		if l.reason != "" {
			continue
		}
		left--
		switch {
		case l.words <= 90 && p.bio(i), l.words <= 60 && p.helped(i):
			l.set(stages.Credit, "credit:author", 0.85)
			if k := p.next(i); k < len(p.lines) && p.lines[k].words <= 40 && alsoOf(p.of(k)) {
				p.lines[k].set(stages.Credit, "credit:author", 0.8)
			}
		case l.words <= 8 && p.changed(strings.TrimLeft(p.of(i), "—–-( ")):
			l.set(stages.Dateline, "layout:date-line", 0.8)
		}
	}
}

// changed reports whether s says when the article was changed or put up, and
// nothing else.
func (p *page) changed(s string) bool {
	return p.dated(s) && (p.piece.word(0, "updated") || p.piece.word(0, "published") || p.piece.word(0, "posted"))
}

var professions = [...]string{"reporter", "correspondent", "columnist", "editor", "fellow", "professor", "author of", "host of", "contributor", "writer", "journalist",
	"commentator", "analyst for", "analyst at", "founder", "co-founder", "president of", "director of", "intern at", "intern with", "producer", "lecturer", "scholar",
	"adviser to", "advisor to", "senior adviser", "senior advisor", "historian", "strategist", "novelist", "blogger", "critic for", "critic at"}

// bio reports whether line i presents the author: a name that the article has
// not spoken of, is, and a profession; or the name of the byline and what its
// bearer does.
func (p *page) bio(i int) bool {
	s := strings.TrimLeft(p.of(i), "•*_—–- ")
	for _, label := range [...]string{"About the author", "About the writer", "The writer is ", "The author is "} {
		if strings.HasPrefix(s, label) {
			return true
		}
	}
	name, rest := nameOf(s)
	if name == "" {
		return false
	}
	if p.signedBy(name) {
		return does(rest)
	}
	if !works(rest) {
		return false
	}
	last := name[strings.LastIndexByte(name, ' ')+1:]
	for k := max(p.headline, 0); k < i; k++ {
		if p.lines[k].role != stages.Byline && strings.Contains(p.of(k), last) {
			return false
		}
	}
	return true
}

// works reports whether rest, behind a name, says what its bearer does for a living.
func works(rest string) bool {
	if !strings.HasPrefix(rest, "is ") && !strings.HasPrefix(rest, "was ") {
		return false
	}
	rest = rest[:min(len(rest), 120)]
	for _, w := range professions {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return false
}

// introduced reports whether line i, above the article, presents the author: a
// name that the article does not speak of, and a profession.
func (p *page) introduced(i int) bool {
	l := &p.lines[i]
	name, rest := nameOf(strings.TrimLeft(p.of(i), "•*_—–- "))
	if name == "" || l.words > 60 || !works(rest) {
		return false
	}
	last := name[strings.LastIndexByte(name, ' ')+1:]
	return !strings.Contains(p.text[l.End:], last) && !strings.Contains(p.of(p.headline), last)
}

// nameOf returns the two to four capitalized words that s begins with, a comma
// behind them aside, and what follows; "" when there are none.
func nameOf(s string) (name, rest string) {
	words, at := 0, 0
	for at < len(s) {
		end := strings.IndexByte(s[at:], ' ')
		if end < 0 {
			return "", ""
		}
		r, _ := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsUpper(r) {
			break
		}
		words++
		at += end + 1
	}
	if words < 2 || words > 4 {
		return "", ""
	}
	return strings.TrimRight(s[:at], ", "), s[at:]
}

// signedBy reports whether a byline of the page names name.
func (p *page) signedBy(name string) bool {
	for i := 0; i < len(p.lines) && i < deepest; i++ {
		if p.lines[i].role == stages.Byline && strings.Contains(p.of(i), name) {
			return true
		}
	}
	return false
}

// does reports whether rest, behind the name of the author, says what he or
// she is or does.
func does(rest string) bool {
	verb, _, _ := strings.Cut(rest, " ")
	return deeds[verb]
}

var deeds = words(`is was writes covers reports reported teaches lives works hosts edits leads directs heads contributed can joined
	specializes serves`)

// alsoOf reports whether s goes on about the author: She lives in Elm.
func alsoOf(s string) bool {
	who, rest, _ := strings.Cut(s, " ")
	switch who {
	case "He", "She", "They", "His", "Her", "Follow", "Reach", "Email", "Contact":
		return who != "He" && who != "She" && who != "They" || does(rest) || strings.HasPrefix(rest, "live ") || strings.HasPrefix(rest, "tweets ")
	}
	return false
}

// helped reports whether line i says who reported from where, or who
// contributed: Marsh reported from Elm Sound.
func (p *page) helped(i int) bool {
	l := &p.lines[i]
	s := p.of(i)
	if l.capital*2 < l.words || l.words < 3 {
		return false
	}
	for _, phrase := range [...]string{" reported from ", " contributed from ", " contributed reporting", " contributed to this ", " reporting from "} {
		if at := strings.Index(s, phrase); at >= 0 && at <= 60 && capitalized(s[:at]) {
			return true
		}
	}
	return strings.HasSuffix(s, " contributed.")
}
