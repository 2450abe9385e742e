package comments

import "strings"

// A thread that lost its headers still has a shape: numbers that begin again
// at 1 for the replies, an indentation, the distance from the article.

// numbered finds a thread of numbered comments.
func (p *page) numbered() (start int, score float32) {
	tries := 8 // lists of an article are few
	for i := 2; i < len(p.lines) && tries > 0; i++ {
		if n, ok := numeral(p.of(i)); !ok || n != 1 || !p.follows(i) {
			continue
		}
		tries--
		if score := p.numberedFrom(i); score >= enough {
			return i, score
		}
	}
	return 0, 0
}

func (p *page) numberedFrom(start int) float32 {
	first := &p.lines[start]
	base := max(p.base(start), 0)
	var score, read float32
	if first.blank > 1 {
		score += 1.5
	}
	if first.indent > 0 && p.lines[start-1].indent == 0 {
		score++
	}
	restarts, closed := 0, false
	for i := start + 1; i < len(p.lines); i++ {
		l := &p.lines[i]
		if l.cue != nil {
			closed = closed || l.cue.how == closer
			continue
		}
		n, ok := numeral(p.of(i))
		switch {
		case closed:
			return 0
		case ok && n == 1:
			restarts++
		case !ok && l.indent == 0 && first.indent > 0:
			return 0 // the list ends and the article goes on
		}
		read += p.evidence(i) - base
	}
	read += p.evidence(start) - base
	if restarts > 0 {
		score += 1.5
	}
	if closed {
		score += 1.5
	}
	if score < 2.5 { // the register alone does not make a list a thread
		return 0
	}
	return score + min(max(read, -4), 3)
}

// numeral returns the number that s begins with, as list items do: 12. or 12).
func numeral(s string) (n int, ok bool) {
	if marker(s) != '0' {
		return 0, false
	}
	for i := 0; isDigit(s[i]); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// named finds a thread where each comment stands below the bare name of who
// wrote it.
func (p *page) named() (start int, score float32) {
	p.names = p.names[:0]
	for i := 2; i+1 < len(p.lines); i++ {
		if p.bareName(i) {
			p.names = append(p.names, i)
		}
	}
	if len(p.names) < 3 {
		return 0, 0
	}
	signs := 0
	for k, i := range p.names {
		p.lines[i].power = 0.3
		if handle(p.of(i)) || p.repeats(k) {
			p.lines[i].power = sign
			signs++
		}
	}
	if signs < fewest {
		return 0, 0
	}
	start, score = p.change(p.names)
	if start < 0 || score < 5 {
		return 0, 0
	}
	start = p.indented(start)
	if !p.roster(start) || !p.chatty(start) {
		return 0, 0
	}
	return start, score - 2
}

// roster reports whether the bare names from line start on are those of a
// conversation: three or more that are mostly not the same few, as in an
// interview, not one below the other, and not all such as could be headings.
func (p *page) roster(start int) bool {
	names, signs, distinct, bunched := 0, 0, 0, 0
	seen := map[string]bool{}
	for _, i := range p.names {
		if i < start {
			continue
		}
		names++
		if p.bareName(i + 1) {
			bunched++
		}
		if !seen[p.of(i)] {
			seen[p.of(i)] = true
			distinct++
			if p.lines[i].power == sign {
				signs++
			}
		}
	}
	return names >= 3 && signs >= fewest && signs*6 >= distinct && distinct*2 >= names && bunched*5 <= names
}

// indented moves start to the first name whose comment is indented, where
// most comments are.
func (p *page) indented(start int) int {
	n, deeper, first := 0, 0, -1
	for _, i := range p.names {
		if i < start {
			continue
		}
		n++
		if p.lines[i+1].indent > p.lines[i].indent {
			deeper++
			if first < 0 {
				first = i
			}
		}
	}
	if deeper*10 >= n*7 {
		return first
	}
	return start
}

// sign is the weight of a name that is no heading: written as on the web, or
// standing above other comments too.
const sign = 1

// fewest is how many such names a thread must have.
const fewest = 2

// repeats reports whether the k-th name stands above another comment nearby.
func (p *page) repeats(k int) bool {
	for j := max(0, k-40); j < min(len(p.names), k+40); j++ {
		if j != k && p.of(p.names[j]) == p.of(p.names[k]) {
			return true
		}
	}
	return false
}

// bareName reports whether line i may be the name above a comment.
func (p *page) bareName(i int) bool {
	l := &p.lines[i]
	if l.cue != nil || p.weight(i) > 0 || l.head&(hasLabel|hasBy) != 0 || l.words == 0 || l.words > 4 || l.End-l.Start > 40 || i+1 >= len(p.lines) {
		return false
	}
	switch l.end {
	case '.', '?', ':', ',', ';', '!':
		return false
	}
	return marker(p.of(i)) == 0 && !strings.ContainsAny(p.of(i), "\"“”")
}

// handle reports whether s is written as names on the web are, not as
// headings: janeDoe, jane_doe, jane99, jane.
func handle(s string) bool {
	lower, upper, digit, camel := false, false, false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			return false
		case 'a' <= c && c <= 'z':
			lower = true
		case 'A' <= c && c <= 'Z':
			upper = true
			camel = camel || i > 2 && 'a' <= s[i-1] && s[i-1] <= 'z' // not McKay
		case isDigit(c) || c == '_':
			digit = true
		}
	}
	return lower && !upper || digit && (lower || upper) || camel
}
