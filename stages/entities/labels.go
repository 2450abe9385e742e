package entities

import (
	"strings"

	"pressrow/stages"
)

// A name is an entity and the word after it; end is 0 where there is none.
type name struct {
	stages.Entity
	end int
}

// name returns the name that begins at word i of the sentence at hand.
func (t *tagger) name(i int) name {
	mark := t.final[t.first+i]
	if mark == Out {
		return t.listed(i)
	}
	if t.grammar.is(i, comma) {
		return name{} // between the parts of a place
	}
	if mark.Name() != PerName && t.timeOrNumber(i) {
		return name{}
	}
	if n := t.whole(i); n.end > 0 {
		return n
	}
	end := i + 1
	for t.first+end < t.end && end-i < maxName && t.continues(mark, t.final[t.first+end]) {
		end++
	}
	start := i
	var title stages.Span
	switch mark.Name() {
	case PerName:
		if end < len(t.grammar.words) && t.final[t.first+end] == Out && junior(t.grammar.of(end)) {
			end++
		}
		start, title = t.withoutTitle(i, end)
	case LocName:
		end = t.firstPlace(i, end)
	}
	return t.named(mark.Name(), start, end, title)
}

// timeOrNumber reports whether word i opens what the grammar reads better than
// the model: Monday, May 5, No. 2.
func (t *tagger) timeOrNumber(i int) bool {
	switch g := &t.grammar; g.lex(i).kind {
	case weekday, month, numberNo:
		return g.read(i).end > 0
	}
	return false
}

// junior reports whether word ends the name of a person who is named for another.
func junior(word string) bool {
	return word == "Jr." || word == "Sr." || word == "Jr" || word == "Sr"
}

// maxName is the number of words of the longest name; more are no name but a
// page of capitals, and the bound keeps time linear.
const maxName = 32

// continues reports whether a word marked next belongs to the name that a word marked first begins.
func (t *tagger) continues(first, next Mark) bool {
	return next.Name() == first.Name() && (next.inner() || next == Misc)
}

// listed returns the name from the lists that begins at word i, where the model
// sees none: names of two words or more that mean one thing only, and peoples.
func (t *tagger) listed(i int) name {
	w := t.grammar.words
	if !w[i].opensPhrase() {
		return name{}
	}
	class, record, end := t.longest(i)
	if end == i || record == 0 || class&(Other|Loc|Fac|Norp|Org) == 0 {
		return name{}
	}
	for j := i; j < end; j++ {
		if t.final[t.first+j] != Out {
			return name{}
		}
	}
	if end == i+1 && (class&Norp == 0 || t.heading[t.at] || i == 0 || t.habit(i).capitals() < 7) {
		return name{}
	}
	r := t.forms.gaz.record(record)
	if r.Label.Numeric() {
		return name{}
	}
	return t.recorded(r, i, end)
}

// recorded makes the entity of words start to end from a record of the lists.
func (t *tagger) recorded(r Record, start, end int) name {
	return name{stages.Entity{Span: t.grammar.span(start, end), Label: r.Label, Name: r.Name, EntityID: r.ID, ExternalID: r.External, Score: 0.7}, end}
}

// whole returns the organisation of three words or more in the lists that
// begins at word i, where the model parts it: Boston Red Sox.
func (t *tagger) whole(i int) name {
	w := t.grammar.words
	if w[i].place != 1 {
		return name{}
	}
	class, record, end := t.longest(i)
	if end < i+3 || record == 0 || class&Org == 0 {
		return name{}
	}
	marks := t.final[t.first : t.first+len(w)]
	if end < len(w) && t.continues(marks[end-1], marks[end]) {
		return name{}
	}
	parted := false
	for j := i + 1; j < end && !parted; j++ {
		parted = !t.continues(marks[i], marks[j])
	}
	r := t.forms.gaz.record(record)
	if !parted || r.Label != stages.Org {
		return name{}
	}
	return t.recorded(r, i, end)
}

// firstPlace returns the end of the first place in words i to end, which the
// model may take as one: MOBILE, Ala. are two.
func (t *tagger) firstPlace(i, end int) int {
	for c := i + 1; c+1 < end; c++ {
		if t.grammar.is(c, comma) {
			if class, _, after := t.longest(c + 1); after == end && class&(Country|State) != 0 {
				return c
			}
		}
	}
	return end
}

// withoutTitle returns the first word behind the title that opens a person's
// name at words i to end, and the title, which may stand before i.
func (t *tagger) withoutTitle(i, end int) (int, stages.Span) {
	w := t.grammar.words
	if class, _, after := t.longest(i); class&(Form|Office) != 0 && after < end && class&(First|Person) == 0 {
		return after, t.grammar.span(i, after)
	}
	for start := max(0, i-4); start < i; start++ {
		if !w[start].shape.has(capital) {
			continue
		}
		if class, _, after := t.longest(start); after == i && class&(Form|Office) != 0 {
			return i, t.grammar.span(start, after)
		}
	}
	return i, stages.Span{}
}

// named makes the entity of words start to end.
func (t *tagger) named(n Name, start, end int, title stages.Span) name {
	class, record := t.known(start, end)
	switch {
	case class == Norp:
		n = MiscName // North Korean
	case class == Org && n != MiscName && end > start+1 && record > 0:
		n = OrgName // Boko Haram
	}
	label, ok := t.label(n, class, start, end)
	if !ok {
		return name{}
	}
	e := stages.Entity{Span: t.grammar.span(start, end), Label: label, Score: t.score(start, end)}
	if title.End > 0 {
		e.Title = t.d.Of(title)
	}
	if record > 0 {
		if r := t.forms.gaz.record(record); r.Label == e.Label || fitting(n, r.Label) {
			e.Label, e.Name, e.EntityID, e.ExternalID = r.Label, r.Name, r.ID, r.External
		} else if n == OrgName && r.Label == stages.Facility { // the White House said
			e.Name, e.EntityID, e.ExternalID = r.Name, r.ID, r.External
		}
	} else if n == OrgName && end > start+1 && class&(Agency|Media|Company) != 0 {
		e.Name = spaced(strings.TrimPrefix(strings.TrimPrefix(t.d.Of(e.Span), "The "), "the "))
		e.EntityID = slug("org", e.Name)
	}
	return name{e, end}
}

// fitting reports whether label is one of those that names of type n have.
func fitting(n Name, label stages.Label) bool {
	switch n {
	case LocName, FacName:
		return label == stages.GPE || label == stages.Loc || label == stages.Facility
	case MiscName:
		return label == stages.NORP || label >= stages.Product && label <= stages.Language
	}
	return false
}

// known returns the lists and record of words start to end as a whole, with or
// without an article before them.
func (t *tagger) known(start, end int) (Class, uint16) {
	for ; start < end; start++ {
		if class, record := t.phrase(start, end); class != 0 {
			return class, record
		}
		if a := t.grammar.of(start); a != "the" && a != "The" {
			break
		}
	}
	return 0, 0
}

// label returns the fine label of a name of type n; ok is false for a name
// of the type Misc that nothing speaks for.
func (t *tagger) label(n Name, class Class, start, end int) (label stages.Label, ok bool) {
	switch n {
	case PerName:
		return stages.Person, true
	case OrgName:
		return stages.Org, true
	case FacName:
		return stages.Facility, true
	case LocName:
		return t.place(class, start, end), true
	}
	return t.misc(class, start, end)
}

// headClass returns the lists of the words that say what a name is of: its last and its first.
func (t *tagger) headClass(start, end int) (last, first Class) {
	w := t.grammar.words
	if end-start > 1 {
		first = w[start].class
	}
	return w[end-1].class, first
}

// place tells countries, states and cities from other places.
func (t *tagger) place(class Class, start, end int) stages.Label {
	if class&(Country|State|BigCity) != 0 {
		return stages.GPE
	}
	if class&Loc != 0 {
		return stages.Loc
	}
	if class&(City|Region) != 0 {
		return stages.GPE
	}
	last, first := t.headClass(start, end)
	switch {
	case end-start > 1 && last&HeadGPE != 0:
		return stages.GPE
	case end-start > 1 && last&(HeadLoc|HeadFac) != 0, first&HeadLoc != 0, t.grammar.words[start].shape.has(lower):
		return stages.Loc
	}
	switch t.grammar.of(start) {
	case "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central":
		return stages.Loc
	}
	return stages.GPE
}

// misc gives names that are no persons, organisations or places their label.
func (t *tagger) misc(class Class, start, end int) (stages.Label, bool) {
	if class&Norp != 0 {
		return stages.NORP, true
	}
	last, first := t.headClass(start, end)
	g := &t.grammar
	switch {
	case class&Other != 0:
		return stages.Product, true // the record says which
	case last&HeadLaw != 0:
		return stages.Law, true
	case last&HeadEvent != 0, first&HeadEvent != 0:
		return stages.Event, true
	case start > 0 && end < len(g.words) && quote(g.of(start-1)) && quote(g.of(end)):
		return stages.WorkOfArt, true
	case g.hasDigit(end-1) && end-start > 1 && serial(g.of(end-2)):
		return 0, false
	case g.hasDigit(end-1) && end-start > 1, g.words[start].shape.has(innerCap):
		return stages.Product, true
	case peopleLike(g.of(end - 1)), g.words[end-1].alone&Norp != 0:
		return stages.NORP, true
	}
	return 0, false
}

// serial reports whether a number behind word counts parts of a text or a series, and names no product.
func serial(word string) bool {
	switch word {
	case "Article", "Caption", "Chapter", "Day", "Episode", "Figure", "Game", "Image", "Page", "Part", "Phase", "Photo", "Round", "Section", "Slide", "Stage", "Step", "Table", "Title", "Video", "Volume", "Week":
		return true
	}
	return false
}

func quote(text string) bool {
	switch text {
	case `"`, "“", "”", "'", "‘", "’", "``", "''":
		return true
	}
	return false
}

// peopleLike reports whether word ends as the names of peoples and believers do.
func peopleLike(word string) bool {
	for _, end := range [...]string{"ian", "ians", "ese", "ish", "ists", "ist", "ites", "ite", "ans"} {
		if len(word) > len(end)+2 && word[len(word)-len(end):] == end {
			return true
		}
	}
	return false
}

// score returns how sure the model is of the name at words start to end.
func (t *tagger) score(start, end int) float32 {
	at := t.first + start
	for t.run+1 < len(t.runs) && t.runs[t.run+1].start <= at {
		t.run++
	}
	r := &t.runs[t.run]
	own, marks := t.scoresOf(r), t.final[r.start:r.end]
	from, to := at-r.start, t.first+end-r.start
	c, o := &t.model.second, &t.model.odds
	least := c.choice(marks, own, r, from, to, o)
	for i := max(from-1, 0); i < min(to+1, len(own)); i++ {
		least = min(least, c.share(marks, own, r, i, o))
	}
	return float32(int(least*100+0.5)) / 100
}
