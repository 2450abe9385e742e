package sentences

import (
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// MaxLen is the longest sentence in characters. What is longer is no prose: a
// table, a dump, a page without punctuation. It is cut, and Forced says so.
const MaxLen = 10_000

// Split sets d.Sentences for the article blocks of d. A sentence never runs
// from one block into the next.
func Split(d *stages.Document) error {
	d.Sentences = d.Sentences[:0]
	paragraph := 0
	for i, b := range d.Blocks {
		if !b.Role.Article() {
			continue
		}
		if n := len(d.Sentences); n > 0 && continues(d, d.Sentences[n-1].Block, i) {
			d.Sentences[n-1].Continues = true
			d.Flags.Add(stages.FlagContinues, 1)
		}
		s := splitter{d: d, block: i, paragraph: paragraph}
		s.split(d.Text[:b.End], b.Start)
		paragraph++
	}
	return nil
}

// continues reports whether an advertisement, a link or the like, set between
// the paragraphs left and right of d, broke a sentence in two: no mark ends the
// left one, and the right one opens with a small letter. The halves stay two
// sentences, since each span must cover the text of its row and nothing else.
func continues(d *stages.Document, left, right int) bool {
	if right-left < 2 || d.Blocks[left].Role != stages.Body || d.Blocks[right].Role != stages.Body {
		return false
	}
	for _, b := range d.Blocks[left+1 : right] {
		switch b.Role {
		case stages.Ad, stages.Promo, stages.Related, stages.Share, stages.Embed, stages.Nav, stages.Source, stages.Credit:
		default:
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(d.Text[d.Blocks[right].Start:])
	last, _ := utf8.DecodeLastRuneInString(d.Text[:d.Blocks[left].End])
	return unicode.IsLower(first) && (last == ',' || unicode.IsLetter(last) || unicode.IsDigit(last))
}

// A splitter appends the sentences of one block to d.
type splitter struct {
	d                *stages.Document
	block, paragraph int
	w                window
}

// split looks at each gap between two units of text[at:] and ends a sentence
// where end says so.
func (s *splitter) split(text string, at int) {
	w := &s.w
	w.open(text, at)
	w.line = s.d.Blocks[s.block].Role != stages.Body
	start := -1
	for w.next() {
		if start < 0 {
			start = w.left().start
		}
		if w.last() || w.end() {
			s.add(start, w.left().end)
			start = -1
			w.began()
		}
	}
}

// add appends the sentence text[start:end], in pieces where it is too long.
func (s *splitter) add(start, end int) {
	forced := false
	for end-start > MaxLen {
		cut := s.cut(start, end)
		if cut == end {
			break
		}
		forced = true
		s.d.Flags.Add(stages.FlagSplitForced, 1)
		s.append(start, cut, true)
		for start = cut; start < end && isSpace(s.d.Text[start]); start++ {
		}
	}
	s.append(start, end, forced)
}

func (s *splitter) append(start, end int, forced bool) {
	for end > start && isSpace(s.d.Text[end-1]) {
		end--
	}
	if start == end {
		return
	}
	s.d.Sentences = append(s.d.Sentences, stages.Sentence{
		Span: stages.Span{Start: start, End: end}, Block: s.block, Paragraph: s.paragraph, Forced: forced,
	})
}

// cut returns where the first MaxLen characters of text[start:end] end, or a
// little before, at a space; or end where there are no more.
func (s *splitter) cut(start, end int) int {
	text := s.d.Text[:end]
	n, at, space := 0, start, start
	for at < end && n < MaxLen {
		if isSpace(text[at]) {
			space = at
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
		n++
	}
	if at < end && space > start+(at-start)/2 {
		return space
	}
	return at
}
