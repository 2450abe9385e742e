package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pressrow/stages"
)

// A person is somebody the article names in full.
type person struct {
	name string
	id   string
}

// resolve gives persons their names and ids: those named in full, and those
// named by one word that the article's full names make clear. A word that two
// persons share stays unresolved.
func (t *tagger) resolve() {
	clear(t.people)
	t.persons = t.persons[:0]
	for i := range t.d.Entities {
		if e := &t.d.Entities[i]; e.Label == stages.Person {
			t.introduce(e)
		}
	}
	for i := range t.d.Entities {
		if e := &t.d.Entities[i]; e.Label == stages.Person {
			t.recognise(e)
		}
	}
}

// introduce notes the person of a full name.
func (t *tagger) introduce(e *stages.Entity) {
	text := t.d.Of(e.Span)
	first, last, full := ends(text)
	if !full {
		return
	}
	firstHash, _ := scan(first)
	lastHash, _ := scan(last)
	both := join(firstHash, lastHash)
	if t.people[both] != 0 {
		return
	}
	id := e.EntityID
	if id == "" {
		id = slug("person", withoutInitials(text))
	}
	name := e.Name
	if name == "" {
		name = spaced(text)
		if _, s := scan(text); s.has(allCaps) {
			name = titleCase(name)
		}
	}
	t.persons = append(t.persons, person{name, id})
	t.people[both] = int32(len(t.persons))
	for _, h := range [...]uint64{firstHash, lastHash} {
		if t.people[h] != 0 {
			t.people[h] = -1
		} else {
			t.people[h] = int32(len(t.persons))
		}
	}
	t.shorten(text, last)
}

// shorten notes the ends of a full name that begin with one of its middle
// words: López Obrador. One that two names share stays unresolved, and one
// that is a full name itself keeps its own.
func (t *tagger) shorten(name, last string) {
	_, rest, _ := strings.Cut(name, " ")
	lastHash, _ := scan(last)
	for word, after, ok := strings.Cut(rest, " "); ok && word != last; word, after, ok = strings.Cut(after, " ") {
		h, _ := scan(word)
		key := join(h, lastHash)
		n := t.people[key]
		if n == 0 {
			t.people[key] = int32(len(t.persons))
		} else if n > 0 {
			if first, _, _ := strings.Cut(t.persons[n-1].name, " "); first != word {
				t.people[key] = -1 // the end of another name, too
			}
		}
	}
}

// recognise gives e the name and id of the person it means.
func (t *tagger) recognise(e *stages.Entity) {
	text := t.d.Of(e.Span)
	first, last, full := ends(text)
	h, _ := scan(last)
	if full {
		firstHash, _ := scan(first)
		h = join(firstHash, h)
	}
	switch n := t.people[h]; {
	case n > 0:
		e.Name, e.EntityID = t.persons[n-1].name, t.persons[n-1].id
	case n < 0:
		e.Name, e.EntityID, e.ExternalID = "", "", ""
	}
}

// ends returns the first word of a person's name and its last one before Jr.
// or a number; full reports whether they differ.
func ends(name string) (first, last string, full bool) {
	for word := range strings.FieldsSeq(name) {
		switch {
		case first == "":
			first, last = word, word
		case !suffix(word):
			last, full = word, true
		}
	}
	return first, last, full
}

func suffix(word string) bool {
	if strings.IndexByte("JSIV.,", word[0]) < 0 {
		return false
	}
	switch strings.TrimRight(word, ".,") {
	case "Jr", "Sr", "II", "III", "IV", "":
		return true
	}
	return false
}

// withoutInitials takes single letters out of the middle of a name.
func withoutInitials(name string) string {
	if !hasInitial(name) {
		return name
	}
	words := strings.Fields(name)
	kept := words[:0]
	for i, w := range words {
		if i > 0 && i+1 < len(words) && initial(w) {
			continue
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}

func hasInitial(name string) bool {
	for word := range strings.FieldsSeq(name) {
		if initial(word) {
			return true
		}
	}
	return false
}

// initial reports whether word is one letter, or one letter with a full stop.
func initial(word string) bool {
	if len(word) > utf8.UTFMax+1 {
		return false
	}
	_, s := scan(word)
	return s.has(single)
}

// spaced returns text with each run of white space made one space.
func spaced(text string) string {
	before := ' '
	for _, r := range text {
		if unicode.IsSpace(r) && (r != ' ' || before == ' ') {
			return strings.Join(strings.Fields(text), " ")
		}
		before = r
	}
	return strings.Clone(strings.TrimSuffix(text, " "))
}

// titleCase returns a name in capitals as it is usually written.
func titleCase(name string) string {
	start := true
	return strings.Map(func(r rune) rune {
		if !start {
			r = unicode.ToLower(r)
		}
		start = !unicode.IsLetter(r) && r != '\'' && r != '’'
		return r
	}, name)
}

// slug returns the id of a thing of the given kind: a slash, and its name in
// small letters and digits with hyphens between.
func slug(kind, name string) string {
	if !ascii(name) {
		name = norm.NFD.String(strings.ToLower(name))
	}
	var b strings.Builder
	b.Grow(len(kind) + 1 + len(name))
	b.WriteString(kind)
	b.WriteByte('/')
	first, gap := b.Len(), false
	for _, r := range name {
		switch {
		case r == '.' || r == '\'' || r == '’' || r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > first {
				b.WriteByte('-')
			}
			gap = false
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
