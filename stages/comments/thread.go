package comments

import (
	"math"

	"pressrow/stages"
)

// A thread of comments runs from one line of the page to its end or to a line
// that closes it. thread looks for the line where the sum of the evidence
// behind it is greatest: headers count for a thread by their weight, text
// between headers for or against it by its register. All numbers are set by
// hand, in the units of a logarithm of odds.
const (
	enough     = 3.0 // the least score of a thread
	segmentMin = -3.0
	segmentMax = 2.0
)

func (p *page) thread() {
	p.measure()
	p.readHeads()
	for _, way := range ways {
		if start, score := way.find(p); start > 0 && score >= enough {
			p.mark(start, score, way.reason)
			return
		}
	}
}

// ways are the ways to find a thread; the first that finds one is taken.
var ways = [...]struct {
	find   func(*page) (start int, score float32)
	reason string
}{
	{(*page).headed, "thread:headed"},
	{(*page).numbered, "thread:numbered"},
	{(*page).named, "thread:named"},
}

// readHeads finds the headers and weighs each among the others.
func (p *page) readHeads() {
	p.heads = p.heads[:0]
	for i := range p.lines {
		if i > 0 && p.lines[i].head&^whenFirst == hasClock && p.lines[i-1].head&(hasDate|hasClock) == hasDate {
			p.lines[i-1].head |= hasClock // day and hour on two lines
			p.lines[i].head = 0
			if n := len(p.heads); n == 0 || p.heads[n-1] != i-1 {
				p.heads = append(p.heads, i-1)
			}
		}
		if p.weight(i) > 0 {
			p.heads = append(p.heads, i)
		}
	}
	p.families()
	for _, i := range p.heads {
		p.lines[i].power = p.strength(i)
	}
}

// headed finds a thread by the headers of its comments.
func (p *page) headed() (start int, score float32) {
	if len(p.heads) == 0 {
		return 0, 0
	}
	start, score = p.change(p.heads)
	if start < 0 {
		return 0, 0
	}
	start = p.belowFooter(start)
	l := &p.lines[start]
	if l.blank == 0 && p.above(start, 1) {
		score += 0.7
	}
	if score < enough {
		return 0, 0
	}
	if !p.timed(start) && (l.cue != nil && l.cue.how != opener || !p.chatty(start)) {
		return 0, 0
	}
	if p.kinOf(l.head).count == 1 && l.head&(hasName|hasBy|hasPing) == 0 && !p.textBelow(start) {
		return 0, 0 // the date below the article
	}
	if start = p.refine(start); !p.lines[start].head.sure() {
		start = p.outdented(start)
	}
	if p.silent(start) {
		return 0, 0
	}
	return start, score
}

// outdented moves start up over names that stand out above indented text, as
// the headers below do.
func (p *page) outdented(start int) int {
	texts, indented := 0, 0
	for i := start; i < len(p.lines); i++ {
		if l := &p.lines[i]; l.power == 0 && l.words > 3 {
			texts++
			if l.indent > 0 {
				indented++
			}
		}
	}
	if texts < 2 || indented*10 < texts*7 {
		return start
	}
	for i := start - 1; i >= 2; i-- {
		switch l := &p.lines[i]; {
		case l.cue != nil:
			return start
		case p.nameLike(i) && p.lines[i+1].indent > l.indent:
			start = i
		case l.indent == 0:
			return start
		}
	}
	return start
}

// silent reports whether nobody speaks from line start on, or one and the same
// header stands there twice.
func (p *page) silent(start int) bool {
	text, heads, same := false, 0, true
	last := ""
	for i := start; i < len(p.lines); i++ {
		l := &p.lines[i]
		switch {
		case l.power == 0, l.head&hasPing != 0:
			text = text || l.words > 0
		case l.cue == nil:
			heads++
			same = same && (last == "" || last == p.of(i))
			last = p.of(i)
		}
	}
	return !text || heads == 2 && same
}

// timed reports whether the headers from line start on are more than dates and
// names, or their dates are those of a conversation: the same day again and again.
func (p *page) timed(start int) bool {
	sure, same, days, by := 0, 0, 0, 0
	var last int32
	for _, i := range p.heads {
		l := &p.lines[i]
		if i < start {
			continue
		}
		if l.head.sure() || l.head&(hasLink|hasName) == hasLink|hasName || l.head.numbered() {
			sure++
		}
		if l.head&hasDate == 0 {
			continue
		}
		if l.day == last {
			same++
		}
		days++
		last = l.day
		if l.head&hasBy != 0 && i+1 < len(p.lines) && p.lines[i+1].words >= 12 {
			by++
		}
	}
	return sure >= 2 || sure == 1 && p.lines[start].cue != nil || p.lines[start].head.sure() || by >= 3 || days >= 4 && same*2 >= days || days >= 3 && same*3 >= days && p.chattier(start, 0)
}

// chatty reports whether the text from line start on reads like readers', and
// more so than what stands above it.
func (p *page) chatty(start int) bool { return p.chattier(start, 0.15) }

func (p *page) chattier(start int, by float32) bool {
	var read float32
	texts := 0
	for i := start; i < len(p.lines); i++ {
		if l := &p.lines[i]; l.words > 3 && p.weight(i) == 0 && l.cue == nil {
			read += p.evidence(i)
			texts++
		}
	}
	mean := read / float32(max(texts, 1))
	return texts > 0 && mean >= by+0.05 && mean >= p.base(start)+by
}

// family returns the properties by which headers of one site are alike.
func (h head) family() head {
	f := h & (hasDate | hasClock | hasAgo | hasSays | hasBy | hasPing | whenFirst)
	if f == 0 {
		f = h & (hasPoints | hasReply | hasLink)
	}
	return f
}

// certain are properties of which news text has few.
const certain = hasClock | hasAgo | hasSays | hasPing

// sure reports whether h is no mere date, name or hour: news text has those too.
func (h head) sure() bool {
	return h&(hasAgo|hasSays|hasPing) != 0 || h&(hasDate|hasClock) == hasDate|hasClock
}

// weight is the weight of line i as a header, before its kin are counted.
func (p *page) weight(i int) float32 {
	l := &p.lines[i]
	if l.cue != nil {
		switch l.cue.how {
		case opener, maybe:
			return 3
		case button, closer:
			return 1
		}
		return 0
	}
	return l.head.weight()
}

// families gathers the headers that are alike in p.kin and finds the weightiest,
// the date or byline above the article aside.
func (p *page) families() {
	p.kin = p.kin[:0]
	for _, i := range p.heads {
		f := p.lines[i].head.family()
		k := 0
		for k < len(p.kin) && p.kin[k].head != f {
			k++
		}
		if k == len(p.kin) {
			p.kin = append(p.kin, kin{head: f})
		}
		p.kin[k].count++
		p.kin[k].weight += p.weight(i)
		p.kin[k].last = i
	}
	p.dominant = kin{}
	for _, k := range p.kin {
		if k.weight > p.dominant.weight && (k.last > p.enough || k.count > 1) {
			p.dominant = k
		}
	}
}

// kin are the headers of one family on a page.
type kin struct {
	head   head
	count  int
	weight float32
	last   int // line of the last of them
}

func (p *page) kinOf(h head) kin {
	for _, k := range p.kin {
		if k.head == h.family() {
			return k
		}
	}
	return kin{}
}

// strength is the weight of line i as a header among those of the page: what
// recurs is worth more, and what stands alone beside a thread of others less.
func (p *page) strength(i int) float32 {
	w := p.weight(i)
	l := &p.lines[i]
	if l.cue != nil {
		return w
	}
	k := p.kinOf(l.head)
	switch {
	case l.head&(hasName|hasBy) == 0 && p.dominant.head&hasSays != 0, l.head&hasPoints != 0 && k.count >= 3:
	case k.count == 1 && p.dominant.weight > 1.5*w && l.head&hasPing == 0 && l.head&(hasSays|hasDate) != hasSays|hasDate:
		w *= 0.3
	case l.head&certain == 0 && p.dominant.head&certain != 0 && p.dominant.count >= 3:
		w *= 0.3
	case k.count >= 3 && w < 2:
		w += 1
	case k.count == 1 && l.head&hasBy != 0 && l.head&(hasDate|hasClock) != hasDate|hasClock:
		w *= 0.3
	}
	return w
}

// evidence is how much the text of line i reads like a reader's.
func (p *page) evidence(i int) float32 {
	l := &p.lines[i]
	if l.words == 0 {
		return 0
	}
	v := p.voiceOf(i)
	r := v.tone / float32(math.Sqrt(float64(max(l.words, 4))))
	e := min(max(0.7*(r-0.85), -1.5), 1)
	if l.words < 6 {
		e *= 0.3
	}
	switch {
	case v.marks > 1:
		e += 1.2
	case v.marks == 1:
		e += 0.8
	}
	if v.smile {
		e += 2
	}
	if l.lower && l.words > 3 {
		e += 1
	}
	if v.dots {
		e += 1.2
	}
	return e - 0.1
}

// change returns the header from which on the evidence for a thread is
// greatest, and that evidence; -1 when there is no such line.
func (p *page) change(heads []int) (start int, best float32) {
	start = -1
	var sum, segment float32
	var words, all, segments int32
	base := max(p.base(heads[0]), 0)
	next := len(heads) - 1
	for i := len(p.lines) - 1; i > 0; i-- {
		if next < 0 || heads[next] != i {
			if p.lines[i].cue == nil {
				segment += p.evidence(i) - base
				words += p.lines[i].words
			}
			continue
		}
		next--
		long := float32(0)
		if most := 100 + 2*all/max(segments, 1); words > most {
			long = min(float32(words-most)/100, 8)
		}
		all += words
		segments++
		sum += min(max(segment, segmentMin), segmentMax) - long + p.lines[i].power
		segment, words = 0, 0
		if sum > best && p.lines[i].begins() && p.follows(i) {
			start, best = i, sum
		}
	}
	return start, best
}

// begins reports whether a thread may begin at l: not at a date or a name and
// date that the rest of the thread has nothing like.
func (l *line) begins() bool {
	return l.power >= 0.7 || l.head == 0 || l.head&(certain|hasBy|hasLink) != 0
}

// follows reports whether enough of an article stands before line i.
func (p *page) follows(i int) bool {
	if i > p.enough {
		return true
	}
	h := p.lines[i].head
	return i >= 2 && (h&hasSays != 0 || h&hasName != 0 && h&hasBy == 0) && p.kinOf(h).count >= 2
}

// leads is how many words make up enough of an article for a thread to follow.
const leads = 30

// measure finds the line with which the text has enough words.
func (p *page) measure() {
	words := 0
	for i := range p.lines {
		if words += int(p.lines[i].words); words >= leads {
			p.enough = i
			return
		}
	}
	p.enough = len(p.lines)
}

// base is the mean evidence of the lines that are surely the article's.
func (p *page) base(end int) float32 {
	var sum float32
	n := 0
	for i := 0; i < end*2/3; i++ {
		sum += p.evidence(i)
		n++
	}
	if n == 0 {
		return 0
	}
	return min(sum/float32(n), 0.3)
}

// mark gives the lines of the thread their roles.
func (p *page) mark(start int, score float32, reason string) {
	end, last := len(p.lines), start
	for i := start; i < len(p.lines); i++ {
		if c := p.lines[i].cue; c != nil && c.how == closer {
			end = i
		} else if p.weight(i) >= 2 {
			end, last = len(p.lines), i
		}
	}
	sure := float32(1 / (1 + math.Exp(-float64(score))))
	for i := start; i < end; i++ {
		l := &p.lines[i]
		switch {
		case l.cue != nil && (l.cue.role == stages.CommentForm || l.cue.how >= opener || i > last && !l.cue.role.Article()):
			l.set(l.cue.role, l.cue.reason, 1)
		case l.head.weight() > 0:
			l.set(stages.Comment, "thread:header", sure)
		default:
			l.set(stages.Comment, reason, sure)
		}
	}
}
