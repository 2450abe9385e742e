package entities

import (
	"strings"

	"pressrow/stages"
)

// A thing is an organisation that the article names in full and by an acronym.
type thing struct {
	name, id, external string
}

// expand gives the organisations whose acronym the article explains, and their
// acronyms, one name and id: the Oakville Transit Authority (OTA). An acronym
// that is explained twice means what it was explained as first.
func (t *tagger) expand() {
	clear(t.things)
	for i := range t.d.Entities {
		e := &t.d.Entities[i]
		if e.Label != stages.Org {
			continue
		}
		full := withoutThe(t.d.Of(e.Span))
		short := bracketed(t.text[e.End:])
		if short == "" || t.things[short].id != "" || !abbreviates(short, full) {
			continue
		}
		g := thing{e.Name, e.EntityID, e.ExternalID}
		if g.id == "" {
			g.name = spaced(full)
			g.id = slug("org", g.name)
		}
		t.things[short], t.things[full] = g, g
	}
	if len(t.things) == 0 {
		return
	}
	for i := range t.d.Entities {
		e := &t.d.Entities[i]
		text := t.d.Of(e.Span)
		if g, ok := t.things[withoutThe(text)]; ok && (e.Label == stages.Org || !e.Label.Numeric() && isAcronym(text)) {
			e.Label, e.Name, e.EntityID, e.ExternalID = stages.Org, g.name, g.id, g.external
		}
	}
	clear(t.things) // which holds parts of the text
}

func withoutThe(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The ")
}

// maxAcronym is the number of bytes of the longest acronym.
const maxAcronym = 10

// bracketed returns the acronym in brackets that opens text, "" when there is none.
func bracketed(text string) string {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(text, " "), "(")
	if !ok {
		return ""
	}
	end := strings.IndexByte(rest[:min(len(rest), maxAcronym+3)], ')')
	if end < 0 {
		return ""
	}
	short := strings.TrimSpace(rest[:end])
	if !isAcronym(short) {
		return ""
	}
	return short
}

// isAcronym reports whether text is one word of capitals and digits, two at least.
func isAcronym(text string) bool {
	if len(text) < 2 || len(text) > maxAcronym {
		return false
	}
	for i := range len(text) {
		if c := text[i]; (c < 'A' || c > 'Z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// abbreviates reports whether short is made of the first letters of the words
// of full, two at least, with or without those in small letters.
func abbreviates(short, full string) bool {
	return initials(short, full, false) || initials(short, full, true)
}

// initials reports whether short is made of the first letters of the words of
// full; small says whether words in small letters count. Hyphens part words.
func initials(short, full string, small bool) bool {
	words, fresh := 0, true
	for i := range len(full) {
		c := full[i]
		if c == ' ' || c == '-' {
			fresh = true
			continue
		}
		if fresh && (small || c < 'a' || c > 'z') {
			if words == len(short) || short[words]|0x20 != c|0x20 {
				return false
			}
			words++
		}
		fresh = false
	}
	return words == len(short) && words > 1
}
