package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A corpus is what is kept of the articles: how often words occur, and which
// stand beside which. No text of theirs leaves this program.
type corpus struct {
	words []string       // most frequent first, then by spelling
	id    map[string]int // of each word
	name  []bool         // words written with a capital nearly always
	near  [][]pair       // for each word, how often the frequent words stand near it
}

type pair struct {
	context int
	count   uint32
}

const (
	minCount = 20   // rarer words have too few neighbours to learn from
	contexts = 8000 // so many frequent words count as neighbours
	window   = 5    // words to each side
)

// A neighbour k words away counts 60/k.
var nearness = [window + 1]uint32{0, 60, 30, 20, 15, 12}

func readCorpus(file string) (*corpus, error) {
	counts, capital := map[string]int{}, map[string]int{}
	var lines [][]string
	err := eachLine(file, func(words []string) {
		low := make([]string, len(words))
		for i, w := range words {
			low[i] = strings.ToLower(w)
			counts[low[i]]++
			// Behind a small letter, a capital means a name.
			if r, _ := utf8.DecodeRuneInString(w); i > 0 && unicode.IsUpper(r) && lower(words[i-1]) {
				capital[low[i]] += 2
			} else if unicode.IsUpper(r) {
				capital[low[i]]++ // may be a name, or begin a sentence or stand in a headline
			}
		}
		lines = append(lines, low)
	})
	if err != nil {
		return nil, err
	}
	c := &corpus{id: map[string]int{}}
	for w, n := range counts {
		if n >= minCount {
			c.words = append(c.words, w)
		}
	}
	slices.SortFunc(c.words, func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
	c.name = make([]bool, len(c.words))
	for i, w := range c.words {
		c.id[w] = i
		c.name[i] = w != "i" && float64(capital[w]) > nameShare*float64(counts[w])
	}
	c.count(lines)
	return c, nil
}

// nameShare: a word is a name if twice its sure capitals and once its others
// make up more than this share of its occurrences.
const nameShare = 1.2

func lower(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(r)
}

func (c *corpus) count(lines [][]string) {
	width := min(contexts, len(c.words))
	table := make([]uint32, len(c.words)*width)
	var ids []int
	for _, line := range lines {
		ids = ids[:0]
		for _, w := range line {
			id, ok := c.id[w]
			if !ok {
				id = -1
			}
			ids = append(ids, id)
		}
		for i, a := range ids {
			for k := 1; k <= window && i+k < len(ids); k++ {
				b := ids[i+k]
				if a >= 0 && b >= 0 && b < width {
					table[a*width+b] += nearness[k]
				}
				if a >= 0 && b >= 0 && a < width {
					table[b*width+a] += nearness[k]
				}
			}
		}
	}
	c.near = make([][]pair, len(c.words))
	for a := range c.words {
		for b, n := range table[a*width : (a+1)*width] {
			if n > 0 {
				c.near[a] = append(c.near[a], pair{b, n})
			}
		}
	}
}

// eachLine calls do with the words of each non-blank line of each article.
func eachLine(file string, do func([]string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var article struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &article); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for line := range strings.Lines(article.Text) {
			if strings.TrimSpace(line) != "" {
				do(spell(line))
			}
		}
	}
	return in.Err()
}

// spell returns the words of a line, with straight apostrophes.
func spell(line string) []string {
	d := document(line)
	words := make([]string, len(d.Tokens))
	for i, t := range d.Tokens {
		words[i] = strings.ReplaceAll(d.Of(t), "’", "'")
	}
	return words
}
