package comments

import (
	"math"
	"strings"
)

// The change point is a header. Where the thread really begins depends on the
// site: at the name above it, or at the text above it when headers stand below
// their comments.

// belowFooter skips the article's own "Posted by Jane at 3:00 AM" above the
// first comment.
func (p *page) belowFooter(start int) int {
	l := &p.lines[start]
	if l.head&hasBy == 0 || l.head.family() == p.dominant.head {
		return start
	}
	single := p.kinOf(l.head).count == 1
	for i := start + 1; i < len(p.lines); i++ {
		h := p.lines[i].head
		if i <= start+2 && p.weight(i) >= 1 && (single || h&certain != 0) || single && h != 0 && h.family() == p.dominant.head && p.dominant.count > 1 {
			return i
		}
	}
	return start
}

// refine moves the start of a thread from its first header to its first line.
func (p *page) refine(start int) int {
	if p.lines[start].head&hasPing != 0 && !p.excerpt(start-1) {
		return start
	}
	if p.trailers(start) {
		return p.firstText(start)
	}
	first := start
	for offset := 1; offset <= 3 && p.above(first, offset); offset++ {
		start = first - offset
	}
	return start
}

// excerpt reports whether line i is what a trackback quotes: […] and so on […].
func (p *page) excerpt(i int) bool {
	s := p.of(i)
	return strings.HasPrefix(s, "[") || strings.HasPrefix(s, "...") || strings.HasPrefix(s, "…")
}

// trailers reports whether the header at start stands below its comment.
func (p *page) trailers(start int) bool {
	f := p.lines[start].head.family()
	if f == 0 || f != p.dominant.head || f&hasSays != 0 {
		return false
	}
	last := start
	for i := start; i < len(p.lines); i++ {
		if p.lines[i].head.family() == f {
			last = i
		}
	}
	return !p.textBelow(last)
}

// textBelow reports whether anything but frame and furniture stands below line i.
func (p *page) textBelow(i int) bool {
	for i++; i < len(p.lines); i++ {
		if l := &p.lines[i]; l.power == 0 && l.cue == nil && l.head&hasBy == 0 {
			return true
		}
	}
	return false
}

// firstText returns where the text above the first trailer begins.
func (p *page) firstText(trailer int) int {
	lines, read := p.usual(trailer)
	middle := (p.base(trailer) + read) / 2
	longer := float32(math.Log(float64(1 - 1/(lines+0.5))))
	best, at := float32(math.Inf(-1)), trailer
	var sum float32
	for i := trailer - 1; i > 0 && i > trailer-12; i-- {
		l := &p.lines[i]
		if l.cue != nil && l.cue.reason == "related:trackback" {
			return i + 1
		}
		if l.cue != nil || l.head&(hasLabel|hasBy) != 0 || p.invites(i) {
			if sum+2.5 > best {
				at = i + 1
			}
			break
		}
		sum += p.evidence(i) - middle + longer
		s := sum
		if p.greets(i) {
			s += 1.5
		}
		if l.blank > 1 {
			s += 0.7
		}
		if s > best {
			best, at = s, i
		}
	}
	if at > 2 && p.nameLike(at-1) && p.namesBelow(trailer) {
		at--
	}
	return at
}

// namesBelow reports whether a name stands below most trailers, above the next comment.
func (p *page) namesBelow(trailer int) bool {
	n, named := 0, 0
	for _, i := range p.heads {
		if i >= trailer && i+1 < len(p.lines) && p.lines[i].head.family() == p.lines[trailer].head.family() {
			n++
			if p.nameLike(i + 1) {
				named++
			}
		}
	}
	return n > 0 && named*10 >= n*8
}

// greets reports whether line i begins as readers begin: Hi Jane, or Great post.
func (p *page) greets(i int) bool {
	l := &p.lines[i]
	if l.end == ',' && l.words <= 4 {
		return true
	}
	var buf [maxWord]byte
	s := p.of(i)
	n, _, _, _ := nextWord(s, 0, &buf)
	return n > 0 && greetings[string(buf[:n])]
}

var greetings = words(`great nice good excellent interesting awesome wonderful fantastic brilliant love loved thanks thank hi hey hello
	dear congrats congratulations wow yes yeah agreed amen amazing beautiful lovely really seriously re lol haha bravo kudos`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// invites reports whether line i asks the readers to comment, as the last
// paragraphs of articles do.
func (p *page) invites(i int) bool {
	norm := normal(p.of(i), p.buf[:0])
	for _, s := range invitations {
		if contains(norm, s) {
			return true
		}
	}
	return false
}

var invitations = [...]string{
	"in the comments", "comments below", "leave a comment", "what do you think", "let me know", "let us know", "your thoughts",
	"disclosure:", "share them", "tell us", "have you ever", "what about you", "your favorite", "your favourite",
}

// usual returns the mean number of lines above the trailers after the first,
// and their mean evidence.
func (p *page) usual(trailer int) (lines, read float32) {
	f := p.lines[trailer].head.family()
	n, last := 0, trailer
	for i := trailer + 1; i < len(p.lines); i++ {
		if p.lines[i].head.family() == f {
			n++
			last = i
		}
	}
	if n == 0 {
		return 2, 0.5
	}
	texts := 0
	for i := trailer + 1; i < last; i++ {
		if p.lines[i].head.family() != f && !p.nameLike(i) {
			read += p.evidence(i)
			texts++
		}
	}
	return max(float32(texts)/float32(n), 1), max(read/float32(max(texts, 1)), 0)
}

// above reports whether the line so many lines above the header at first is
// part of it: a name or title, as above most headers of its family.
func (p *page) above(first, offset int) bool {
	at := first - offset
	f := p.lines[first].head.family()
	if at < 2 || f == 0 || !p.nameLike(at) && !p.glued(at) {
		return false
	}
	n, named, glued := 0, 0, 0
	for _, i := range p.heads {
		if i > first && p.lines[i].head.family() == f {
			n++
			if p.nameLike(i - offset) {
				named++
			}
			if p.glued(i - offset) {
				glued++
			}
		}
	}
	if n == 0 { // a date alone has its name above it
		return p.glued(at) || offset == 1 && p.lines[first].head&(hasName|hasBy) == 0 && p.lines[at].words <= 3
	}
	return p.nameLike(at) && named*10 >= n*7 || p.glued(at) && glued*10 >= n*7
}

// glued reports whether line i is short and stands directly above the next,
// but not below the one before.
func (p *page) glued(i int) bool {
	l := &p.lines[i]
	return l.words <= 12 && l.blank > 0 && l.cue == nil && p.lines[i+1].blank == 0 && p.weight(i) == 0 && l.head&(hasBy|hasLabel) == 0
}

func (p *page) nameLike(i int) bool {
	l := &p.lines[i]
	return p.weight(i) == 0 && l.cue == nil && l.head&(hasBy|hasLabel) == 0 && l.words <= 6 && l.End-l.Start <= 60 && l.end != '.' && l.end != '?' && l.end != ':'
}
