package comments

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// furniture gives the lines outside the thread the roles that the lexicon and
// their shape tell.
func (p *page) furniture() {
	last := p.lastParagraph()
	for i := range p.lines {
		l := &p.lines[i]
		if l.reason != "" {
			continue
		}
		s := p.of(i)
		c := l.cue
		switch {
		case c != nil && c.how != maybe:
			role, reason := c.role, c.reason
			if role == stages.Comment || i < last && (c.how == opener || c.how == button || reason == "form:be-the-first") {
				role, reason = stages.Nav, "nav:comment-count" // a button, not a thread
			}
			l.set(role, reason, 1)
		case separator(s):
			l.set(stages.Separator, "layout:separator", 1)
		case tweeted(s):
			l.set(stages.Embed, "embed:tweet", 1)
		case l.words <= 8 && agencyCredit(s):
			l.set(stages.Credit, "credit:photo", 0.95)
		case l.words <= 80 && captioned(s):
			l.set(stages.Caption, "caption:credited", 0.9)
		}
	}
}

// lastParagraph returns the index of the last line outside the thread that the
// lexicon does not know and that is no mere phrase.
func (p *page) lastParagraph() int {
	for i := len(p.lines) - 1; i >= 0; i-- {
		if l := &p.lines[i]; l.reason == "" && l.cue == nil && l.words > 12 {
			return i
		}
	}
	return -1
}

// separator reports whether s has neither letter nor digit, or ends a story in
// the way of the wires.
func separator(s string) bool {
	if len(s) > 60 {
		return false
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			t := strings.Trim(s, "- ")
			return t == "30" && s[0] == '-' || t == "ENDS"
		}
	}
	return true
}

// tweeted reports whether s is the signature of an embedded tweet:
// — Jane Doe (@janedoe) June 1, 2020.
func tweeted(s string) bool {
	if len(s) > maxHead {
		return false
	}
	at := strings.Index(s, "(@")
	if at < 0 {
		return false
	}
	end := strings.IndexByte(s[at:], ')')
	if end < 0 {
		return false
	}
	rest := strings.TrimSpace(s[at+end+1:])
	dash := strings.HasPrefix(s, "—") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "-")
	var p pieces
	if rest == "" {
		return dash
	}
	if !p.read(rest) {
		return false
	}
	_, next, ok := p.dateAt(0)
	return ok && next >= p.n-1 && strings.Count(s[:at], " ") <= 6
}

var agencies = [...]string{"Getty Images", "AP Photo", "Associated Press", "Reuters", "REUTERS", "AFP", "Shutterstock", "Bloomberg", "EPA", "Alamy", "iStock", "UPI", "AP"}

// agencyCredit reports whether s is a photographer's or agency's credit: Jane
// Doe/Getty Images, (AP Photo/Jane Doe).
func agencyCredit(s string) bool {
	if !strings.Contains(s, "/") || strings.ContainsAny(s, "?!;:\"") || strings.Contains(s, ". ") {
		return false
	}
	for _, a := range agencies {
		i := strings.Index(s, a)
		if i >= 0 && (i > 0 && s[i-1] == '/' || strings.HasSuffix(s[:i], "/ ") || strings.HasPrefix(s[i+len(a):], "/")) {
			return true
		}
	}
	return false
}

var credits = [...]string{"AP Photo", "Photo by", "Photo:", "Reuters photo", "Reuters:"}

// captioned reports whether s ends with a picture credit, as captions do.
func captioned(s string) bool {
	tail := s[max(0, len(s)-60):]
	for len(tail) > 0 && !utf8.RuneStart(tail[0]) {
		tail = tail[1:]
	}
	open := strings.LastIndexByte(tail, '(')
	if strings.HasSuffix(s, ")") && open >= 0 {
		credit := tail[open+1:]
		if strings.HasSuffix(credit, "Getty Images)") {
			return true
		}
		for _, c := range credits {
			if strings.HasPrefix(credit, c) {
				return true
			}
		}
		return agencyCredit(credit)
	}
	if strings.IndexByte(tail, '/') < 0 {
		return false
	}
	for _, c := range [...]string{"REUTERS/", " Photo: ", " Photograph: "} {
		if i := strings.LastIndex(tail, c); i >= 0 && strings.Count(tail[i:], " ") <= 6 && agencyCredit(tail[i:]+"/") {
			return true
		}
	}
	return false
}

// top is how many lines from the first may be headline, dek, byline, date line.
const top = 8

// layout gives roles to what neither thread nor lexicon has claimed.
func (p *page) layout(titled bool) {
	p.opening(titled)
	p.closing()
	for i := range p.lines {
		if p.lines[i].reason == "" {
			p.inside(i)
		}
	}
}

// opening marks the lines before the first paragraph.
func (p *page) opening(titled bool) {
	p.headline = -1
	for i := 0; i < len(p.lines) && i < top; i++ {
		l := &p.lines[i]
		if titled && i == 0 {
			l.reason = ""
			l.set(stages.Headline, "layout:given-title", 1)
			p.headline = 0
			continue
		}
		if l.reason != "" {
			continue
		}
		s := p.of(i)
		switch {
		case i == p.headline+1 && p.signed(i):
			l.set(stages.Byline, "layout:name", 0.8)
			p.lines[i+1].set(stages.Byline, "layout:outlet", 0.8)
		case bylined(s, l):
			l.set(stages.Byline, "layout:byline", 0.95)
		case p.dated(s):
			l.set(stages.Dateline, "layout:date-line", 1)
		case l.words <= 12 && l.head&hasDate != 0 && l.head&(hasBy|hasClock) != 0 && l.head&hasName != 0:
			l.set(stages.Byline, "layout:byline-date", 0.9)
		case p.headline < 0 && p.headlined(i):
			l.set(stages.Headline, "layout:headline", 0.9)
			p.headline = i
		case p.headline >= 0 && p.dek(i):
			l.set(stages.Dek, "layout:dek", 0.7)
		default:
			return
		}
	}
}

// headlined reports whether line i, the first that could be, is the headline:
// short, without a full stop, and followed by something longer.
func (p *page) headlined(i int) bool {
	l := &p.lines[i]
	if l.words == 0 || l.words > 25 || l.End-l.Start > 220 || l.lower || p.datelined(i) > 0 {
		return false
	}
	if l.end == ':' || l.end == ',' || l.end == ';' {
		return false
	}
	if l.end == '.' && l.capital*3 < l.words*2 && (l.words > 16 || i+1 >= len(p.lines) || p.lines[i+1].words < l.words+8) {
		return false
	}
	for k := i + 1; k < len(p.lines) && k < i+top; k++ {
		if p.lines[k].words > l.words {
			return true
		}
	}
	return l.end != '.' && len(p.lines) > i+1
}

// dek reports whether line i, the first below headline, byline and date, is
// the summary: one short sentence set off from a longer paragraph.
func (p *page) dek(i int) bool {
	l := &p.lines[i]
	if i != p.headline+1 || i+1 >= len(p.lines) || l.words < 5 || l.words > 25 || l.lower || p.datelined(i) > 0 {
		return false
	}
	next := &p.lines[i+1]
	if next.words <= l.words || next.cue != nil || l.end == ':' {
		return false
	}
	s := p.of(i)
	if strings.ContainsAny(s[:1], "\"") || strings.HasPrefix(s, "“") || strings.Contains(strings.TrimRight(s, ".!?"), ". ") {
		return false
	}
	return !l.sentence() && l.words <= 25 || l.blank > next.blank
}

// bylined reports whether s says who wrote the article: By Jane Doe.
func bylined(s string, l *line) bool {
	name, ok := afterBy(s)
	if !ok || l.words > 14 || len(s) > 140 || l.capital*2 < l.words || strings.Contains(name, ". ") && l.words > 8 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r) && l.end != '?' && l.end != '!' && (l.end != '.' || l.words <= 5)
}

// signed reports whether line i is the author's bare name above that of the
// paper: both are short, all in capitalized words, and a paragraph follows.
func (p *page) signed(i int) bool {
	if i < 1 || i+2 >= len(p.lines) || p.lines[i+2].words <= 12 || p.lines[i+1].reason != "" {
		return false
	}
	for k := i; k <= i+1; k++ {
		l := &p.lines[k]
		if l.words < 2 || l.words > 4 || l.capital < l.words || l.end < 'A' || strings.HasPrefix(p.of(k), "By ") || strings.ContainsAny(p.of(k), "0123456789:\"") {
			return false
		}
	}
	return true
}

// afterBy returns what follows By, BY or Written by at the begin of s.
func afterBy(s string) (string, bool) {
	for _, by := range [...]string{"By ", "BY ", "by ", "Written by ", "Posted by ", "Posted By ", "posted by ", "By: ", "Story by ", "Analysis by "} {
		if rest, ok := strings.CutPrefix(s, by); ok {
			return rest, true
		}
	}
	return "", false
}

// closing marks what stands behind the last paragraph: who the author is.
func (p *page) closing() {
	left := 3
	for i := len(p.lines) - 1; i > p.headline+3 && left > 0; i-- {
		l := &p.lines[i]
		if l.reason != "" {
			continue
		}
		left--
		if l.words <= 70 && p.bio(i) {
			l.set(stages.Credit, "credit:author", 0.85)
		}
	}
}

var professions = [...]string{"reporter", "correspondent", "columnist", "editor", "fellow", "professor", "author of", "host of", "contributor", "writer", "journalist", "commentator", "analyst for", "analyst at", "founder", "co-founder", "president of", "director of"}

// bio reports whether line i presents the author: a name that the article has
// not spoken of, is, and a profession.
func (p *page) bio(i int) bool {
	s := strings.TrimLeft(p.of(i), "•*—–- ")
	name, rest, ok := strings.Cut(s, " is ")
	if !ok {
		return false
	}
	var last string
	words := 0
	for w := range strings.FieldsSeq(name) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			return false
		}
		last = w
		words++
	}
	if words < 2 || words > 4 {
		return false
	}
	rest = rest[:min(len(rest), 120)]
	works := false
	for _, w := range professions {
		works = works || strings.Contains(rest, w)
	}
	if !works {
		return false
	}
	for k := max(p.headline, 0); k < i; k++ {
		if p.lines[k].role != stages.Byline && strings.Contains(p.of(k), last) {
			return false
		}
	}
	return true
}

// inside gives the line i of the article itself its role.
func (p *page) inside(i int) {
	l := &p.lines[i]
	s := p.of(i)
	switch {
	case p.item(i):
		l.set(stages.List, "layout:list", 0.9)
	case l.end == ':' && l.words <= 12 && p.introduces(i):
		l.set(stages.Attribution, "layout:attribution", 0.9)
	case l.words <= 10 && l.end == ':' && i+1 < len(p.lines):
		l.set(stages.Crosshead, "layout:crosshead", 0.6)
	case i > 0 && l.words >= 1 && l.words <= 10 && !l.sentence() && l.end != ',' && !l.lower && !strings.HasSuffix(s, "”") && !strings.HasSuffix(s, "\"") &&
		i+1 < len(p.lines) && p.lines[i+1].words > 12 && p.lines[i-1].words > 5:
		l.set(stages.Crosshead, "layout:crosshead", 0.7)
	default:
		l.set(stages.Body, "layout:paragraph", 0.9)
	}
}

// item reports whether line i is an item of a list: it has a bullet, or a
// number or dash as another line beside it has.
func (p *page) item(i int) bool {
	k := marker(p.of(i))
	return k == '•' || k != 0 && (i > 0 && marker(p.of(i-1)) == k || i+1 < len(p.lines) && marker(p.of(i+1)) == k || i > 1 && marker(p.of(i-2)) == k || i+2 < len(p.lines) && marker(p.of(i+2)) == k)
}

// marker returns what begins the list item s: a bullet, a dash, or 0 to 9 for a
// number; 0 for none.
func marker(s string) rune {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '▪', '●', '◦', '■', '·', '⦁':
		return '•'
	case '*', '-', '–':
		if strings.HasPrefix(s[n:], " ") {
			return r
		}
		return 0
	}
	d := 0
	for d < len(s) && d < 3 && '0' <= s[d] && s[d] <= '9' {
		d++
	}
	if d > 0 && d+1 < len(s) && (s[d] == '.' || s[d] == ')') && s[d+1] == ' ' {
		return '0'
	}
	return 0
}

var saying = [...]string{"said", "says", "wrote", "writes", "added", "adds", "continues", "continued", "tweeted", "asked", "replied", "told", "reads", "read",
	"explained", "noted", "concluded", "stated", "declared", "from", "via", "per", "according"}

// introduces reports whether the short line i before a colon introduces a quotation.
func (p *page) introduces(i int) bool {
	if i+1 >= len(p.lines) {
		return false
	}
	next := p.of(i + 1)
	if strings.HasPrefix(next, "\"") || strings.HasPrefix(next, "“") {
		return true
	}
	if p.lines[i+1].words < 8 {
		return false
	}
	var buf [maxWord]byte
	s := p.of(i)
	for at := 0; at < len(s); {
		n, _, _, end := nextWord(s, at, &buf)
		for _, w := range saying {
			if string(buf[:n]) == w {
				return true
			}
		}
		at = end
	}
	return false
}
