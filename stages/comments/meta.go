package comments

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// facts sets d.Meta: what the record says, and for the rest what the lines say.
func (p *page) facts(d *stages.Document) {
	d.Meta = d.Given
	m := &d.Meta
	if p.headline >= 0 {
		span := p.titleSpan()
		learn(&m.Title, d.Of(span), p.lines[p.headline].reason, span)
		if m.Title.Value == d.Of(span) {
			m.Title.Span = span
		}
	}
	for i := range p.lines {
		switch l := &p.lines[i]; l.role {
		case stages.Byline:
			p.byline(m, l)
			p.published(m, l)
		case stages.Dateline:
			p.published(m, l)
		case stages.Credit, stages.Source, stages.Legal:
			p.outlet(m, l)
			if l.reason == "credit:originally" && p.debut(l) {
				p.published(m, l)
			}
			if l.reason == "credit:author" {
				p.presented(m, l)
			}
		case stages.Body:
			if !m.Dateline.Known() && i < top+p.headline {
				p.dateline(m, i)
			}
		}
	}
	p.url(m)
	p.language(d)
}

// titleSpan returns the span of the headline without the marks of Markdown.
func (p *page) titleSpan() stages.Span {
	span := p.lines[p.headline].Span
	s := p.of(p.headline)
	if p.lines[p.headline].reason == "layout:front-matter" {
		_, value := entryOf(s)
		return p.within(&p.lines[p.headline], value)
	}
	span.Start += heading(s)
	for _, mark := range [...]string{"**", "__", "*", "_"} {
		if s = p.text[span.Start:span.End]; len(s) > 2*len(mark) && strings.HasPrefix(s, mark) && strings.HasSuffix(s, mark) {
			span.Start += len(mark)
			span.End -= len(mark)
			break
		}
	}
	if heading(p.of(p.headline)) > 0 { // # Title #
		span.End = span.Start + len(strings.TrimRight(strings.TrimRight(p.text[span.Start:span.End], "#"), " "))
	}
	return span
}

// learn sets f unless it is known.
func learn(f *stages.Fact, value, method string, span stages.Span) {
	if !f.Known() && value != "" {
		*f = stages.Fact{Value: value, Method: method, Span: span}
	}
}

// within returns the span of part, which must be a piece of l's text.
func (p *page) within(l *line, part string) stages.Span {
	at := strings.Index(p.text[l.Start:l.End], part)
	if part == "" || at < 0 {
		return stages.Span{}
	}
	return stages.Span{Start: l.Start + at, End: l.Start + at + len(part)}
}

// byline learns the author's name from By Jane Doe | Sept. 4.
func (p *page) byline(m *stages.Meta, l *line) {
	s := p.text[l.Start:l.End]
	switch l.reason {
	case "layout:name":
		_, rest := people(s)
		name := strings.TrimRight(s[:len(s)-len(rest)], " ,|")
		learn(&m.Byline, name, l.reason, p.within(l, name))
	case "layout:front-matter":
		_, name := entryOf(s)
		learn(&m.Byline, name, l.reason, p.within(l, name))
	case "layout:outlet":
		learn(&m.Outlet, s, l.reason, l.Span)
	}
	name, ok := afterBy(s)
	if !ok {
		return
	}
	for _, end := range [...]string{" | ", ". Posted", " / ", " // ", " — ", " – ", " - ", " on ", " at ", ", "} {
		name, _, _ = strings.Cut(name, end)
	}
	name = strings.TrimRight(name, " .,:|*_")
	if p.piece.read(name) {
		for i := 0; i < p.piece.n; i++ {
			if _, _, ok := p.piece.dateAt(i); ok {
				name = strings.TrimRight(name[:p.piece.list[i].start], " .,:|")
				break
			}
		}
	}
	learn(&m.Byline, name, l.reason, p.within(l, name))
}

// dated reports whether s says when the article appeared and nothing else.
func (p *page) dated(s string) bool {
	if len(s) > 120 || !p.piece.read(s) {
		return false
	}
	q := &p.piece
	found, rest := false, 0
	labelled := q.word(0, "updated") || q.word(0, "published") || q.word(0, "posted")
	var buf [maxWord]byte
	for i := 0; i < q.n; {
		if _, next, ok := q.dateAt(i); ok {
			found, i = true, next
			continue
		}
		if next, ok := q.agoAt(i); ok {
			found, i = true, next
			continue
		}
		if next, ok := q.clockAt(i); ok {
			found, i = found || labelled, next
			continue
		}
		switch q.list[i].kind {
		case 'a':
			w := q.text(i)
			if len(w) > maxWord {
				return false
			}
			if g := glues[string(lower(w, &buf))]; g&(frame|label) == 0 && !weekday(w) {
				return false
			}
		case '0', '?', '!', '"':
			rest++
		}
		i++
	}
	return found && rest == 0
}

// presented learns the authors' names from a note about them: Lena Marsh is a
// reporter. Omar Field is an editor. A byline is better.
func (p *page) presented(m *stages.Meta, l *line) {
	rest := p.text[l.Start:l.End]
	var names []string
	for ok := true; ok; _, rest, ok = strings.Cut(rest, ". ") {
		name, is := nameOf(strings.TrimLeft(rest, "•*_—–- "))
		if person(name) && works(is) {
			names = append(names, name)
			rest = is
		}
	}
	switch len(names) {
	case 0:
	case 1:
		learn(&m.Byline, names[0], l.reason, p.within(l, names[0]))
	default:
		learn(&m.Byline, strings.Join(names[:len(names)-1], ", ")+" and "+names[len(names)-1], l.reason, stages.Span{})
	}
}

// debut reports whether l says when the article first appeared. The date of
// the issue that printed it, some days later, does not.
func (p *page) debut(l *line) bool {
	norm := normal(p.text[l.Start:l.End], p.buf[:0])
	return (contains(norm, "originally") || contains(norm, "first")) && !contains(norm, "issue") && !contains(norm, "edition") && !contains(norm, "version")
}

// published learns the day from the first full date of l that is not an
// update's. The day of an update stands in only until a better one is found.
func (p *page) published(m *stages.Meta, l *line) {
	s := p.text[l.Start:l.End]
	if len(s) > maxHead || !p.piece.read(s) {
		return
	}
	method := "layout:date-line"
	switch l.role {
	case stages.Byline:
		method = "layout:byline-date"
	case stages.Credit:
		method = l.reason
	}
	q := &p.piece
	updated := false
	for i := 0; i < q.n; i++ {
		switch {
		case q.word(i, "updated"), q.word(i, "modified"), q.word(i, "last"), q.word(i, "update"):
			updated = true
		case q.word(i, "published"), q.word(i, "posted"), q.word(i, "first"), q.word(i, "originally"), q.word(i, "created"):
			updated = false
		}
		day, next, ok := q.dateAt(i)
		if !ok || day.year == 0 {
			continue
		}
		span := stages.Span{Start: l.Start + q.list[i].start, End: l.Start + q.list[next-1].end}
		if updated {
			learn(&m.Published, day.iso(), "layout:updated", span)
			i = next - 1
			continue
		}
		if m.Published.Method == "layout:updated" {
			m.Published = stages.Fact{}
		}
		learn(&m.Published, day.iso(), method, span)
		return
	}
}

// outlet learns the publisher from permission, source and copyright lines.
func (p *page) outlet(m *stages.Meta, l *line) {
	agency := m.Outlet
	if agency.Method == "layout:dateline" { // stands where nothing better does
		m.Outlet = stages.Fact{}
		defer func() {
			if !m.Outlet.Known() {
				m.Outlet = agency
			}
		}()
	}
	s := p.text[l.Start:l.End]
	switch {
	case strings.HasPrefix(l.reason, "source:"):
		at := strings.Index(s, "http")
		if at < 0 {
			return
		}
		link, _, _ := strings.Cut(s[at:], " ")
		host, path, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(link, "https://"), "http://"), "/")
		host = strings.TrimPrefix(host, "www.")
		if !strings.Contains(host, ".") {
			return
		}
		if l.reason != "source:url" {
			learn(&m.Outlet, host, l.reason, p.within(l, host))
			if path != "" {
				learn(&m.URL, link, l.reason, p.within(l, link))
			}
		}
	case l.reason == "credit:permission" || l.reason == "credit:republished" || l.reason == "credit:originally":
		for _, by := range [...]string{"issue of ", "edition of ", "permission of ", "permission from ", "appeared on ", "appeared in ", "appeared at ", "published by ", "published in ", "published on ", "published at ", "reposted from ", "epublished from ", "eprinted from ", "osted from ", "osted at "} {
			if at := strings.Index(s, by); at >= 0 {
				name := strings.TrimPrefix(properName(s[at+len(by):]), "the ")
				if first, _, _ := strings.Cut(name, " "); month(first) == 0 {
					learn(&m.Outlet, name, l.reason, p.within(l, name))
				}
				return
			}
		}
	case l.reason == "legal:copyright":
		if name := holder(s); name != "" {
			learn(&m.Outlet, name, l.reason, p.within(l, name))
		}
	}
}

// properName returns the words at the begin of s up to the end of the name:
// a full stop, a comma, or a word without a capital that is no part of names.
func properName(s string) string {
	end := 0
	for i, w := range split(s) {
		r, _ := utf8.DecodeRuneInString(w.text)
		bare := strings.TrimRight(w.text, ".,;:)")
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && !(i > 0 && (bare == "of" || bare == "the" || bare == "and" || bare == "for" || bare == "&")) && !strings.Contains(bare, ".") {
			if i == 0 && bare == "the" {
				continue
			}
			break
		}
		end = w.start + len(bare)
		if len(bare) < len(w.text) && !(strings.Contains(bare, ".") && len(bare) <= 3) { // L.A. Times goes on
			break
		}
	}
	return s[:end]
}

type field struct {
	start int
	text  string
}

// split returns up to twelve words of s.
func split(s string) []field {
	var out []field
	for i := 0; i < len(s) && len(out) < 12; {
		if s[i] == ' ' {
			i++
			continue
		}
		end := i
		for end < len(s) && s[end] != ' ' {
			end++
		}
		out = append(out, field{i, s[i:end]})
		i = end
	}
	return out
}

// holder returns the holder of the rights in Copyright © 2019 The Times, LLC,
// or Copyright Harbor Daily.
func holder(s string) string {
	rest, marked := s, false
	for i := 0; i+4 <= len(s) && i < 40; i++ {
		if (s[i] == '1' && s[i+1] == '9' || s[i] == '2' && s[i+1] == '0') && isDigit(s[i+2]) && isDigit(s[i+3]) {
			rest, marked = s[i+4:], true
			if len(rest) > 5 && (rest[0] == '-' || strings.HasPrefix(rest, "–")) {
				rest = strings.TrimLeft(rest, "-–0123456789")
			}
			break
		}
	}
	if !marked {
		for _, sign := range [...]string{"Copyright", "copyright", "COPYRIGHT", "©", "(c)", "(C)"} {
			if after, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), sign); ok {
				rest, marked = after, true
			}
		}
	}
	if !marked {
		return ""
	}
	rest = strings.TrimLeft(rest, " ,.-–—|")
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "by "), "BY ")
	name := strings.TrimPrefix(properName(rest), "the ")
	first, _, _ := strings.Cut(name, " ")
	if utf8.RuneCountInString(name) < 3 || month(first) > 0 || first == "All" || first == "Click" || first == "Getty" || first == "Notice" {
		return ""
	}
	return name
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// wires are the agencies that sign in brackets behind the place.
var wires = [...]struct{ tag, name string }{
	{"AP", "Associated Press"}, {"Reuters", "Reuters"}, {"REUTERS", "Reuters"}, {"AFP", "AFP"}, {"CNN", "CNN"}, {"UPI", "UPI"}, {"BP", "Baptist Press"},
	{"CNN Business", "CNN"}, {"CNNMoney", "CNN"}, {"CNS", "CNS"}, {"JTA", "JTA"}, {"Bloomberg", "Bloomberg"}, {"TNS", "Tribune News Service"},
}

// datelined returns the length in bytes of the place and agency with the dash
// at the begin of line i, 0 when it has none: MOBILE, Ala. (AP) —.
func (p *page) datelined(i int) int {
	n, _, _ := place(p.of(i))
	return n
}

// place reads the dateline at the begin of s: its length with the dash, the
// place, and the agency, "" when none signs.
func place(s string) (n int, where, wire string) {
	if n, where, wire = wirePlace(s); n > 0 {
		return n, where, wire
	}
	limit := min(len(s), 80)
	dash, width := -1, 0
	open := false
	for i := 0; i < limit && dash < 0; i++ {
		switch {
		case letter[s[i]] != 0 || s[i] == ' ':
		case s[i] == '(':
			open = true
		case s[i] == ')':
			open = false
		case open:
		case strings.HasPrefix(s[i:], "—"), strings.HasPrefix(s[i:], "–"):
			dash, width = i, 3
		case strings.HasPrefix(s[i:], "--"):
			dash, width = i, 2
		case s[i] == '-' && i > 0 && s[i-1] == ' ' && strings.HasPrefix(s[i:], "- "):
			dash, width = i, 1
		case s[i] == '"' || s[i] == ':' || s[i] == '?' || s[i] == '!':
			return 0, "", ""
		}
	}
	if dash <= 0 {
		return 0, "", ""
	}
	where = strings.TrimSpace(s[:dash])
	if at := strings.LastIndexByte(where, '('); at >= 0 && strings.HasSuffix(where, ")") {
		tag := where[at+1 : len(where)-1]
		if where = strings.TrimSpace(where[:at]); capitals(where) && paper(tag) {
			wire = tag
		}
	}
	if !capitals(where) {
		return 0, "", ""
	}
	return dash + width, where, wire
}

// wirePlace reads the dateline that an agency signs in brackets, with a dash
// behind it or none: Washington (CNN) The Senate. The place may be missing.
func wirePlace(s string) (n int, where, wire string) {
	open := strings.IndexByte(s[:min(len(s), 60)], '(')
	if open < 0 {
		return 0, "", ""
	}
	tag, rest, ok := strings.Cut(s[open+1:], ")")
	for _, w := range wires {
		if ok && tag == w.tag {
			wire = w.name
		}
	}
	where = withoutDay(strings.TrimSpace(s[:open]))
	if wire == "" || !capitalized(where) {
		return 0, "", ""
	}
	text := strings.TrimLeft(rest, " ")
	for _, dash := range [...]string{"—", "–", "--", "- "} {
		text = strings.TrimPrefix(text, dash)
	}
	n = len(s) - len(text)
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \"'“‘"))
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
		return 0, "", ""
	}
	return n, where, wire
}

// withoutDay returns the place without the day behind it: PELL, May 4.
func withoutDay(place string) string {
	before, day, ok := strings.Cut(place, ", ")
	for ok {
		if word, _, _ := strings.Cut(day, " "); month(strings.TrimRight(word, ".")) > 0 {
			return before
		}
		var more string
		more, day, ok = strings.Cut(day, ", ")
		before += ", " + more
	}
	return place
}

// labels are capitals before a dash that name no place.
var labels = [...]string{"NEWS", "UPDATE", "UPDATES", "UPDATED", "BREAKING", "EXCLUSIVE", "ANALYSIS", "OPINION", "WATCH", "VIDEO", "LIVE", "POLL", "NOTE", "ON",
	"TO", "WHY", "HOW", "WHAT", "WHO", "BROTHER", "FILE", "PHOTOS", "MORE", "READ", "BY", "FACT", "CLAIM", "VERDICT"}

// capitals reports whether s is a place as datelines write it: capitals, and
// behind a comma a state or country as it may be.
func capitals(s string) bool {
	city, rest, _ := strings.Cut(s, ", ")
	first, _, _ := strings.Cut(city, " ")
	for _, w := range labels {
		if first == w {
			return false
		}
	}
	letters := 0
	for _, r := range strings.ReplaceAll(city, "Mc", "M") { // McALLEN
		if unicode.IsLower(r) || unicode.IsDigit(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 3 && strings.Count(city, " ") <= 4 && capitalized(rest) && strings.Count(rest, " ") <= 3
}

// capitalized reports whether every word of s begins with a capital or digit.
func capitalized(s string) bool {
	for w := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && w != "and" && w != "of" && w != "de" {
			return false
		}
	}
	return strings.Count(s, " ") <= 6
}

// dateline learns place and agency from the first paragraphs.
func (p *page) dateline(m *stages.Meta, i int) {
	l := &p.lines[i]
	n, where, wire := place(p.of(i))
	if n == 0 {
		return
	}
	learn(&m.Dateline, where, "layout:dateline", p.within(l, where))
	if wire != "" {
		learn(&m.Outlet, wire, "layout:dateline", p.wired(l, n, wire))
	}
}

// wired returns the span of wire in the dateline of n bytes that l begins
// with, or of the dateline where the agency signs with a shorter name.
func (p *page) wired(l *line, n int, wire string) stages.Span {
	if at := strings.Index(p.text[l.Start:l.Start+n], wire); at >= 0 {
		return stages.Span{Start: l.Start + at, End: l.Start + at + len(wire)}
	}
	return stages.Span{Start: l.Start, End: l.Start + n}
}

// url learns the day from an address like /2019/11/08/.
func (p *page) url(m *stages.Meta) {
	u := m.URL.Value
	for i := 0; i+12 <= len(u); i++ {
		if u[i] != '/' || u[i+5] != '/' || u[i+8] != '/' || u[i+11] != '/' {
			continue
		}
		year, month, day := number(u[i+1:i+5]), number(u[i+6:i+8]), number(u[i+9:i+11])
		if d := (date{year, month, day}); year > 0 && d.valid() {
			learn(&m.Published, d.iso(), "url", stages.Span{})
			return
		}
	}
}

// number returns the value of a short run of digits, 0 when s is not one.
func number(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// Shares of function words. English news has 0.35 to 0.5, other languages in
// Latin letters below 0.1.
const (
	english    = 0.18
	notEnglish = 0.08
	fewWords   = 25 // too few to tell
)

// language learns whether the text is English.
func (p *page) language(d *stages.Document) {
	words := 0
	for i := range p.lines {
		words += int(p.lines[i].words)
	}
	share := float64(p.common) / float64(max(words, 1))
	if share >= english && words >= 5 {
		learn(&d.Meta.Language, "en", "function-words", stages.Span{})
	}
	if share < notEnglish && words >= fewWords {
		d.Flags.Add(stages.FlagNotEnglish, 1)
	}
}
