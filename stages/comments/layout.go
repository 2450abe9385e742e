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
	headings := p.networkHeadings()
	for i := range p.lines {
		l := &p.lines[i]
		if l.reason != "" {
			continue
		}
		s := p.of(i)
		c := l.cue
		switch {
		case headings && p.alone(i):
		case c != nil && c.how != maybe:
			role, reason := c.role, c.reason
			if role == stages.Comment || i < last && (c.how == opener || c.how == button || reason == "form:be-the-first") {
				role, reason = stages.Nav, "nav:comment-count" // a button, not a thread
			}
			l.set(role, reason, 1)
		case separator(s):
			l.set(stages.Separator, "layout:separator", 1)
		case l.words <= 14 && shareRun(s):
			l.set(stages.Share, "share:run", 0.9)
		case bareURL(s):
			l.set(stages.Source, "source:url", 1)
		case l.words <= 20 && inserted(s):
			l.set(stages.Related, "related:bracketed", 0.9)
		case tweeted(s):
			l.set(stages.Embed, "embed:tweet", 1)
		case l.words <= 8 && (agencyCredit(s) || shared(s)):
			l.set(stages.Credit, "credit:photo", 0.95)
		case l.words <= 80 && captioned(s):
			l.set(stages.Caption, "caption:credited", 0.9)
		}
	}
}

// networkHeadings reports whether names of networks are headings here: buttons
// stand together, headings apart from each other, and a heading only once.
func (p *page) networkHeadings() bool {
	first := ""
	for i := range p.lines {
		if !p.alone(i) {
			continue
		}
		if first != "" && first != p.of(i) {
			return true
		}
		first = p.of(i)
	}
	return false
}

// alone reports whether line i is the name of a network between two paragraphs.
func (p *page) alone(i int) bool {
	c := p.lines[i].cue
	return c != nil && c.reason == "share:buttons" && p.lines[i].words == 1 && i > 0 && i+1 < len(p.lines) && p.lines[i-1].words > 12 && p.lines[i+1].words > 12
}

var networks = words(`facebook twitter whatsapp linkedin pinterest reddit instagram youtube telegram messenger flipboard tumblr bluesky threads mastodon email`)

var buttons = words(`share tweet print copy link pin it save post on via this article story send sms more x google plus gmail pocket`)

// shareRun reports whether s names nothing but buttons, two networks among them.
func shareRun(s string) bool {
	var buf [maxWord]byte
	named := 0
	for at := 0; ; {
		n, _, start, end := nextWord(s, at, &buf)
		if start == end {
			return named >= 2 && !strings.ContainsAny(s, ".,;?!\"")
		}
		switch {
		case networks[string(buf[:n])]:
			named++
		case !buttons[string(buf[:n])]:
			return false
		}
		at = end
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

// bareURL reports whether s is a web address and nothing else.
func bareURL(s string) bool {
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.")) && !strings.ContainsAny(s, " \t") && len(s) > 10
}

// inserted reports whether s is a link to another story that stands in brackets
// between two paragraphs: ( From the archive: Who built the weir). The space is
// what is left of the link's markup, and what is no sentence has no stop.
func inserted(s string) bool {
	return strings.HasPrefix(s, "( ") && strings.HasSuffix(s, ")") && strings.Count(s, "(") == 1 && !strings.ContainsAny(s[len(s)-2:len(s)-1], ".!”\"")
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

// shared reports whether s is a credit that names a paper and a person: Jane
// Doe/Harbor Daily, or in brackets (Harbor Daily/Jane Doe).
func shared(s string) bool {
	inside := strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	left, right, ok := strings.Cut(inside, "/")
	if !ok || strings.ContainsAny(left+right, "/0123456789,:;?!\"“”()") {
		return false
	}
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	if len(inside) == len(s)-2 && s[0] == '(' {
		return name(left) && name(right) && (person(left) || person(right))
	}
	return person(left) && (paper(right) || right == "Staff" || right == "File") || paper(left) && person(right)
}

// name reports whether s is one to four words with capitals.
func name(s string) bool {
	return s != "" && capitalized(s) && strings.Count(s, " ") <= 3
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

// layout gives roles to what neither thread nor lexicon has claimed.
func (p *page) layout(titled bool) {
	p.opening(titled)
	p.closing()
	p.listed()
	for i := range p.lines {
		if p.lines[i].reason == "" {
			p.inside(i)
		}
	}
}

// maxListed is how many lines may stand below the last label of a page.
const maxListed = 25

// listed marks the headlines below a label that announces some: those that
// stand right below it, and those that are all there is to the end.
func (p *page) listed() {
	for i := range p.lines {
		if !p.lines[i].announces() {
			continue
		}
		tight := i + 1
		for tight < len(p.lines) && p.lines[tight].reason == "" && p.lines[tight].blank == 0 && p.link(tight) {
			tight++
		}
		end := i + 1
		for end < min(len(p.lines), i+maxListed) && (p.lines[end].reason != "" || p.link(end)) {
			end++
		}
		if end < len(p.lines) {
			end = tight
		}
		for k := i + 1; k < end; k++ {
			p.lines[k].set(stages.Related, "related:listed", 0.8)
		}
	}
}

// announces reports whether l is a label for links and nothing else.
func (l *line) announces() bool {
	return l.role == stages.Related && l.cue != nil && (l.end == ':' || l.cue.how == whole || l.words == l.cue.own)
}

// link reports whether line i looks like a headline that leads elsewhere.
func (p *page) link(i int) bool {
	l := &p.lines[i]
	if l.words < 3 || l.words > 22 || l.lower || p.datelined(i) > 0 {
		return false
	}
	return l.end != ':' && l.end != '.' && l.end != '!' && (l.end != '?' || l.words <= 14)
}

// inside gives the line i of the article itself its role.
func (p *page) inside(i int) {
	l := &p.lines[i]
	s := p.of(i)
	switch {
	case heading(s) > 0:
		l.set(stages.Crosshead, "layout:heading-mark", 0.95)
	case p.item(i):
		l.set(stages.List, "layout:list", 0.9)
	case p.pictured(i):
		l.set(stages.Caption, "caption:above-credit", 0.8)
	case p.shouted(i):
		l.set(stages.Related, "related:capitals", 0.8)
	case l.end == ':' && l.words <= 12 && p.introduces(i):
		l.set(stages.Attribution, "layout:attribution", 0.9)
	case l.words <= 10 && l.end == ':' && i+1 < len(p.lines):
		l.set(stages.Crosshead, "layout:crosshead", 0.6)
	case i > 0 && l.words >= 1 && l.words <= 10 && !l.sentence() && l.end != ',' && !l.lower && !strings.HasSuffix(s, "”") && !strings.HasSuffix(s, "\"") &&
		strings.IndexByte("([-", s[0]) < 0 && i+1 < len(p.lines) && p.lines[i+1].words > 12 && p.lines[i-1].words > 5:
		l.set(stages.Crosshead, "layout:crosshead", 0.7)
	default:
		l.set(stages.Body, "layout:paragraph", 0.9)
	}
}

// heading returns the length of the heading mark of Markdown that s begins
// with, # to ######, and of the spaces behind it; 0 for none.
func heading(s string) int {
	n := 0
	for n < len(s) && s[n] == '#' {
		n++
	}
	if n == 0 || n > 6 || n == len(s) || s[n] != ' ' {
		return 0
	}
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}

// shouted reports whether line i is a link in the manner of some sites: a whole
// headline in capitals between two paragraphs or below the last. Crossheads in
// capitals are shorter.
func (p *page) shouted(i int) bool {
	if i == 0 || !p.shouts(i) {
		return false
	}
	above := &p.lines[i-1]
	if above.reason != "related:capitals" && (above.words <= 4 || above.capital == above.words) {
		return false
	}
	if i+1 == len(p.lines) || p.lines[i+1].reason != "" || p.shouts(i+1) {
		return true
	}
	below := &p.lines[i+1]
	return below.words > 4 && below.capital*2 < below.words
}

// shouts reports whether line i is eight or more words in capitals and no sentence.
func (p *page) shouts(i int) bool {
	l := &p.lines[i]
	if l.words < 8 || l.capital < l.words-2 || l.sentence() || l.end == ':' {
		return false
	}
	s := p.of(i)
	return s[0] != '(' && !isDigit(s[0]) && strings.IndexFunc(s, unicode.IsLower) < 0 && loud(s)*2 >= l.words
}

// loud returns how many words of s are three or more capitals and nothing else.
func loud(s string) (n int32) {
	var buf [maxWord]byte
	for i := 0; i < len(s); {
		_, _, start, end := nextWord(s, i, &buf)
		if end-start >= 3 && strings.IndexFunc(s[start:end], func(r rune) bool { return r < 'A' || r > 'Z' }) < 0 {
			n++
		}
		i = end
	}
	return n
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
	case '*', '-', '–', '+':
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
	"explained", "noted", "goes", "went", "testified", "argued", "recalled", "warned", "explains", "concludes", "begins", "reported", "reports",
	"responded", "answered", "posted", "observed", "insisted", "put", "concluded", "stated", "declared", "from", "via", "per", "according"}

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
