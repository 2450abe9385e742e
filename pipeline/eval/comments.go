package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"pressrow/stages"
	"pressrow/stages/clean"
	"pressrow/stages/comments"
)

// A goldPage is one line of a comments set.
type goldPage struct {
	ID      string
	Text    *string
	Main    []string // lines of the article
	Com     []string // lines of readers' comments
	BadGold bool     `json:"bad_gold"`
}

// scoreComments compares the comment role with gold, in words of the given
// text (runs without white space). Pages with bad_gold are left out.
//
// A word counts where gold says whose it is. Its role is that of the block
// whose source span it begins in, so that what clean repairs or joins moves no
// word. Only the role comment counts as comment. Form leftovers ("12
// comments", "Leave a reply") have a role of their own and are no readers'
// words; gold holds them now on one side and now on the other, so that they
// count as missed among gold comments and are not lost to comments among
// article words.
//
// article.lost is the share of gold article words, in all pages, that the
// comment role took. clean.harmed counts the pages without gold comments,
// which are clean.total, where it took at least one. cut.exact counts the
// pages with gold comments, which are cut.total, where the first word with the
// comment role is gold's first comment word; words of form leftovers are
// passed over on both sides.
func scoreComments(r io.Reader, note note) ([]measure, error) {
	var c commentCounts
	var d stages.Document
	err := eachRow(r, func(line int, page *goldPage) error {
		if page.Text == nil || page.Main == nil && page.Com == nil {
			return fmt.Errorf("line %d: no text or no lines of gold: %w", line, errForm)
		}
		if page.BadGold {
			return nil
		}
		d.Reset()
		d.ID = page.ID
		d.Raw = []byte(*page.Text)
		if err := through(&d, clean.Text, comments.Mark); err != nil {
			note("page %s: %v", page.ID, err)
			d.Blocks = nil
		}
		words := pageWords(page)
		setRoles(words, &d)
		c.add(words)
		return nil
	})
	if err != nil || c.clean+c.withComments == 0 {
		return nil, orForm(err)
	}
	return c.measures(), nil
}

// commentCounts sums up pages.
type commentCounts struct {
	words               tally // of comments
	article, lost       int   // words
	clean, harmed       int   // pages without comments
	withComments, exact int   // pages with comments
}

func (c *commentCounts) measures() []measure {
	return []measure{
		percent("words.p", c.words.precision()), percent("words.r", c.words.recall()), percent("words.f1", c.words.f1()),
		percent("article.lost", ratio(c.lost, c.article)),
		count("clean.harmed", c.harmed), count("clean.total", c.clean),
		count("cut.exact", c.exact), count("cut.total", c.withComments),
	}
}

// A pageWord is a word of a page with what gold and the stages say of it.
type pageWord struct {
	start             int  // byte of the page's text
	article, comment  bool // gold's lists, never both
	inComment, inForm bool // the role of its block, never both
}

// add counts the words of one page.
func (c *commentCounts) add(words []pageWord) {
	gold, found, lost := -1, -1, 0
	any := false
	for i, w := range words {
		if w.comment {
			any = true
			c.words.gold++
			if gold < 0 && !w.inForm {
				gold = i
			}
		}
		if w.inComment && found < 0 && (w.article || w.comment) {
			found = i
		}
		switch {
		case w.comment && w.inComment:
			c.words.hits++
			c.words.found++
		case w.article && w.inComment:
			c.words.found++
			lost++
		}
		if w.article {
			c.article++
		}
	}
	c.lost += lost
	switch {
	case any:
		c.withComments++
		if gold >= 0 && gold == found {
			c.exact++
		}
	default:
		c.clean++
		if lost > 0 {
			c.harmed++
		}
	}
}

// pageWords returns the words of the page with gold's opinion of each.
//
// Lines of text and gold are compared with white space made even. Gold's lines
// are its article lines, then its comment lines, as they stand in the text; a
// longest common subsequence aligns the two, so that a line that is repeated
// goes with its neighbours. A line left over takes the side that alone has
// such a line, or none.
func pageWords(page *goldPage) []pageWord {
	gold := evenLines(page.Main)
	main := len(gold)
	gold = append(gold, evenLines(page.Com)...)
	sides := map[string]pageWord{}
	for i, line := range gold {
		side := sides[line]
		side.article = side.article || i < main
		side.comment = side.comment || i >= main
		sides[line] = side
	}

	text := evenLines([]string{*page.Text})
	aligned := alignLines(text, gold)
	var words []pageWord
	at := 0
	for i, line := range text {
		word := sides[line]
		switch {
		case aligned[i] >= 0:
			word.article = aligned[i] < main
			word.comment = !word.article
		case word.article && word.comment:
			word = pageWord{}
		}
		for range strings.Count(line, " ") + 1 {
			word.start, at = nextWord(*page.Text, at)
			words = append(words, word)
		}
	}
	return words
}

// nextWord returns where the first word at or behind byte at begins and ends.
func nextWord(text string, at int) (start, end int) {
	start = at + strings.IndexFunc(text[at:], func(r rune) bool { return !unicode.IsSpace(r) })
	if n := strings.IndexFunc(text[start:], unicode.IsSpace); n >= 0 {
		return start, start + n
	}
	return start, len(text)
}

// evenLines splits texts into lines, makes each run of white space one space
// and leaves out blank lines.
func evenLines(texts []string) []string {
	var lines []string
	for _, t := range texts {
		for line := range strings.Lines(t) {
			if words := strings.Fields(line); len(words) > 0 {
				lines = append(lines, strings.Join(words, " "))
			}
		}
	}
	return lines
}

// maxAlign bounds the table that aligns the parts of text and gold that
// differ; beyond it they are aligned from the front, line by line.
const maxAlign = 4 << 20

// alignLines returns for each line of text the index of its line in gold, or -1.
func alignLines(text, gold []string) []int {
	at := make([]int, len(text))
	for i := range at {
		at[i] = -1
	}
	lo := 0
	for lo < len(text) && lo < len(gold) && text[lo] == gold[lo] {
		at[lo] = lo
		lo++
	}
	n, m := len(text), len(gold)
	for n > lo && m > lo && text[n-1] == gold[m-1] {
		n--
		m--
		at[n] = m
	}
	text, gold = text[lo:n], gold[lo:m]
	if len(text)*len(gold) > maxAlign {
		alignGreedy(at[lo:n], text, gold, lo)
		return at
	}
	// rest[i][j] is the length of the longest common subsequence of text[i:] and gold[j:].
	width := len(gold) + 1
	rest := make([]int32, (len(text)+1)*width)
	for i := len(text) - 1; i >= 0; i-- {
		for j := len(gold) - 1; j >= 0; j-- {
			if text[i] == gold[j] {
				rest[i*width+j] = rest[(i+1)*width+j+1] + 1
			} else {
				rest[i*width+j] = max(rest[(i+1)*width+j], rest[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(text) && j < len(gold); {
		switch {
		case text[i] == gold[j]:
			at[lo+i] = lo + j
			i++
			j++
		case rest[(i+1)*width+j] >= rest[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return at
}

// alignGreedy gives each line of text the next equal line of gold.
func alignGreedy(at []int, text, gold []string, offset int) {
	where := map[string][]int{}
	for j, line := range gold {
		where[line] = append(where[line], j)
	}
	next := 0
	for i, line := range text {
		list := where[line]
		for len(list) > 0 && list[0] < next {
			list = list[1:]
		}
		where[line] = list
		if len(list) > 0 {
			at[i] = offset + list[0]
			next = list[0] + 1
		}
	}
}

// setRoles notes which words begin in comments and comment forms of d.
func setRoles(words []pageWord, d *stages.Document) {
	for _, b := range d.Blocks {
		if b.Role != stages.Comment && b.Role != stages.CommentForm {
			continue
		}
		span := d.Source.Span(b.Span)
		for i := firstFrom(words, span.Start); i < len(words) && words[i].start < span.End; i++ {
			words[i].inComment = b.Role == stages.Comment
			words[i].inForm = b.Role == stages.CommentForm
		}
	}
}

// firstFrom returns the first of words that begins at or behind byte start.
func firstFrom(words []pageWord, start int) int {
	lo, hi := 0, len(words)
	for lo < hi {
		if mid := (lo + hi) / 2; words[mid].start < start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
