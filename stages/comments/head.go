package comments

// A head is what a short line has of the frame that sites put around a
// comment: who wrote it and when, above the text or below it.
type head uint16

const (
	hasDate   head = 1 << iota
	hasClock       // a time of day
	hasAgo         // 3 hours ago
	hasSays        // ends with says:, wrote:, said...
	hasBy          // begins with by, posted by, written by
	hasNumber      // begins with the comment's number: 12. or #12
	hasPoints      // 5 pts, 12 likes
	hasLink        // a web address and little else
	hasName        // has words beside all this
	hasLabel       // the label of something else: Updated, When, Photo
	whenFirst      // the date or time comes before the name
	hasReply       // Reply, Permalink
	hasPing        // a trackback
)

// Limits of a header line, in bytes and in words beside date, time and frame.
const (
	maxHead  = 180
	maxNames = 8
)

type glue uint8

const (
	frame   glue = 1 << iota // part of the frame, whatever stands around it: on, at, EDT
	say                      // says
	by                       // by
	label                    // Updated
	points                   // pts
	verb                     // a word of sentences that names do not have
	pronoun                  // what a sentence of the article begins with: He said:
	reply                    // Reply
)

var glues = func() map[string]glue {
	m := map[string]glue{}
	add := func(g glue, words ...string) {
		for _, w := range words {
			m[w] |= g
		}
	}
	add(frame, "on", "at", "by", "posted", "written", "submitted", "added", "says", "said", "wrote", "writes", "commented",
		"am", "pm", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt", "utc", "gmt", "bst", "cet", "z",
		"reply", "permalink", "link", "comment", "th", "st", "nd", "rd", "ago", "about", "not", "verified", "edited", "from",
		"homepage", "journal", "recs", "flag", "report", "quote", "like", "pinged", "tracked", "replying", "to", "a")
	add(say, "says", "said", "wrote", "writes", "commented")
	add(by, "by")
	add(label, "updated", "update", "published", "when", "where", "date", "time", "last", "originally", "first", "editor", "photo",
		"file", "watch", "live", "recorded", "filmed", "aired", "release", "released", "contact", "source", "modified", "created",
		"deadline", "venue", "tickets", "doors", "event", "copyright", "image", "credit", "correction", "started", "expires", "due")
	add(points, "pts", "points", "fans", "likes", "recs", "votes", "followers", "rep", "upvotes", "karma")
	add(verb, "the", "was", "were", "is", "are", "be", "been", "has", "have", "had", "will", "would", "and", "in", "for", "of", "that", "with",
		"after", "it", "this", "which", "his", "her", "their", "as", "until", "between", "during", "through", "before", "held", "but", "or",
		"you", "your", "i", "we", "my", "our", "if", "not", "can", "what", "how", "than", "more", "its", "they")
	add(pronoun, "he", "she", "it", "they", "who", "the", "this", "that", "we", "another", "one", "as", "but", "and", "in", "when",
		"also", "police", "officials", "what", "a", "an", "his", "her", "their", "there", "then", "later", "so", "i", "my", "our", "some")
	add(reply, "reply", "replies", "upvote", "respond")
	return m
}()

// readHead says what s has of a comment's frame, 0 when it is no header.
func (p *pieces) readHead(s string) (h head, day date) {
	if len(s) > maxHead || s[0] == '[' || !p.read(s) {
		return 0, day
	}
	names, verbs, words, others, lastSay := 0, 0, 0, 0, -1
	quoted, someone := false, false
	var buf [maxWord]byte
	for i := 0; i < p.n; {
		if d, next, ok := p.dateAt(i); ok {
			day = d
			if p.cited(i, next) {
				return 0, day
			}
			if names == 0 && h&(hasDate|hasClock|hasAgo) == 0 {
				h |= whenFirst
			}
			if p.is(i, 'a') && month(p.text(i)) == 0 { // a name with the month grown on
				names++
				h &^= whenFirst
			}
			h |= hasDate
			i = next
			continue
		}
		if next, ok := p.agoAt(i); ok {
			if names == 0 {
				h |= whenFirst
			}
			h |= hasAgo
			i = next
			continue
		}
		if next, ok := p.clockAt(i); ok && (p.list[i].n > 0 || h&hasDate != 0 || p.list[i].kind != '0') {
			if names == 0 && h&(hasDate|hasAgo) == 0 {
				h |= whenFirst
			}
			h |= hasClock
			i = next
			continue
		}
		switch l := &p.list[i]; {
		case l.kind == 'a' && (p.word(i, "http") || p.word(i, "https")) && p.is(i+1, ':'):
			h |= hasLink
			for i++; i < p.n && p.joined(i); i++ {
			}
			continue
		case l.kind == 'a':
			word := p.text(i)
			g := glue(0)
			if len(word) <= maxWord {
				g = glues[string(lower(word, &buf))]
			}
			switch {
			case g&label != 0 && words == 0:
				return hasLabel, day
			case g&say != 0:
				lastSay = i
			case g&by != 0 && names == 0 && h == 0:
				h |= hasBy
			case g&points != 0 && i > 0 && p.is(i-1, '0'):
				h |= hasPoints
			case g&reply != 0:
				h |= hasReply
			}
			if g&pronoun != 0 && i == 0 {
				someone = true
			}
			if g&verb != 0 {
				verbs++
			}
			if g&frame == 0 && g&points == 0 && !weekday(word) {
				names++
			}
			words++
			if names > maxNames || verbs > 1 {
				return 0, day // as below: nothing that follows changes it
			}
		case l.kind == '(' && p.is(i+1, '@'): // the signature of an embedded tweet
			return 0, day
		case l.kind == '"' || l.kind == 0xFF && (p.text(i) == "“" || p.text(i) == "”"):
			quoted = true
		case l.kind == '?' || l.kind == '!' || l.kind == ';':
			others++
		case l.kind == '0' && i == 0 && p.n > 1 && (p.is(1, '.') || p.is(1, ')') || p.is(1, 'a')):
			h |= hasNumber
		case l.kind == '#' && p.is(i+1, '0'):
			h |= hasNumber
		}
		i++
	}
	if names > 0 {
		h |= hasName
	}
	if names > maxNames || verbs > 1 || names >= 5 && verbs > 0 || others > 1 || quoted && h&(hasClock|hasAgo) == 0 {
		return 0, day
	}
	if verbs > 0 && h&hasBy == 0 && p.is(p.n-1, '.') && !p.is(p.n-2, '.') {
		return 0, day // a sentence
	}
	if lastSay >= 0 && names > 0 && !someone && p.saysAt(lastSay, h) {
		h |= hasSays
	}
	return h, day
}

// cited reports whether the date from piece i to next ends a bracket, as in
// (Daily Planet, June 20, 2002).
func (p *pieces) cited(i, next int) bool {
	if !p.is(next, ')') {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		if p.is(k, '(') {
			return true
		}
	}
	return false
}

// saysAt reports whether the verb at piece i ends the line or a date follows it.
func (p *pieces) saysAt(i int, h head) bool {
	i++
	switch {
	case i >= p.n:
		return true
	case p.is(i, ':') || p.is(i, ',') || p.is(i, '.') && p.is(i+1, '.') || p.is(i, 0xFF):
		for i < p.n && p.list[i].kind != 'a' && p.list[i].kind != '0' {
			i++
		}
		return i >= p.n || h&(hasDate|hasAgo) != 0
	}
	return false
}

// lower puts the ASCII letters of word into buf in lower case.
func lower(word string, buf *[maxWord]byte) []byte {
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return buf[:len(word)]
}

// numbered reports whether h is that of a numbered comment: 12. Jane - 9 December 2011.
func (h head) numbered() bool {
	return h&(hasNumber|hasName|hasDate|whenFirst) == hasNumber|hasName|hasDate
}

// weight is how strongly a header speaks for a thread of comments, in the
// units of a thread's score; see thread.go.
func (h head) weight() float32 {
	when := h & (hasDate | hasClock | hasAgo)
	switch {
	case h == 0 || h&hasLabel != 0:
		return 0
	case h&hasPing != 0:
		return 5
	case h&hasSays != 0 && when != 0:
		return 5
	case h&hasSays != 0:
		return 2.5
	case when&hasDate != 0 && when&hasClock != 0 && h&hasName != 0:
		return 4
	case when&hasDate != 0 && when&hasClock != 0:
		return 3
	case when&hasAgo != 0 || h.numbered():
		return 2.5
	case when&hasClock != 0 && h&(hasName|hasBy) == 0:
		return 1
	case when&hasClock != 0 && h&hasDate == 0:
		return 0.5
	case when&hasDate != 0 && h&hasName != 0:
		return 1.5
	case when&hasDate != 0:
		return 1
	case h&hasReply != 0 && h&hasName == 0:
		return 2
	case h&hasPoints != 0:
		return 2
	case h&hasBy != 0 && h&hasName != 0:
		return 1
	case h&hasLink != 0 && h&hasName != 0:
		return 1
	}
	return 0
}
