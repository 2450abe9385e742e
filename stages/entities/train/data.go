package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"pressrow/stages"
	"pressrow/stages/entities"
)

// A set is a file of annotated text and what its labels mean here.
type set struct {
	file   string
	weight float32
	labels map[string][]entities.Name // the types a label may stand for; labels not here are no names
	people bool                       // peoples and believers are annotated, as a label of their own
	silent bool                       // products, events and so on are not annotated
}

var (
	persons   = []entities.Name{entities.PerName}
	orgs      = []entities.Name{entities.OrgName}
	places    = []entities.Name{entities.LocName, entities.FacName}
	locations = []entities.Name{entities.LocName}
	buildings = []entities.Name{entities.FacName}
	others    = []entities.Name{entities.MiscName}

	common = map[string][]entities.Name{"PER": persons, "ORG": orgs, "LOC": places, "MISC": others}
)

// worldwide is the set without a stated licence; -open leaves it out.
const worldwide = "worldwide"

var sets = []set{
	{file: worldwide, weight: 1, people: true, labels: map[string][]entities.Name{
		"PER": persons, "ORG": orgs, "LOC": locations, "FAC": buildings, "NORP": others, "MISC": others, "PRODUCT": others}},
	{file: "gum", weight: 0.3, labels: common},
	{file: "redocred-dev", weight: 0.3, labels: common},
	{file: "redocred-test", weight: 0.3, labels: common},
	{file: "crossner-politics-train", weight: 0.3, labels: common},
	{file: "crossner-politics-dev", weight: 0.3, labels: common},
	{file: "crossner-politics-test", weight: 0.3, labels: common},
	{file: "wikigold", weight: 0.3, labels: common},
	{file: "uner-ewt-dev", weight: 0.5, labels: common, silent: true},
}

// A text is an annotated document.
type text struct {
	set    *set
	words  [][]string // of each sentence
	labels [][]string // of each word, in the BIO scheme
	doc    *stages.Document
	runs   []run
}

// longest is the number of sentences after which a document of a set that
// knows no documents is cut.
const longest = 60

// load reads a set: a word, a tab and a label on each line, a blank line after
// each sentence, a line beginning with #doc before each document.
func load(data string, s *set) ([]*text, error) {
	path := filepath.Join(data, "ner", s.file+".tsv")
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var texts []*text
	fresh := true
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		word, label, ok := strings.Cut(line, "\t")
		switch {
		case strings.HasPrefix(line, "#doc") && !ok:
			texts, fresh = append(texts, &text{set: s}), true
			continue
		case line == "":
			fresh = true
			continue
		case !ok || word == "" || len(texts) == 0:
			return nil, fmt.Errorf("%s:%d: no word and label in a document", path, n)
		}
		t := texts[len(texts)-1]
		if fresh {
			if s.file != worldwide && len(t.words) >= longest {
				t = &text{set: s}
				texts = append(texts, t)
			}
			t.words, t.labels = append(t.words, nil), append(t.labels, nil)
			fresh = false
		}
		k := len(t.words) - 1
		t.words[k], t.labels[k] = append(t.words[k], word), append(t.labels[k], label)
	}
	return texts, in.Err()
}

// document returns t as a document of the pipeline: words parted by spaces, sentences by line ends.
func (t *text) document() *stages.Document {
	d := new(stages.Document)
	var b strings.Builder
	for k, words := range t.words {
		if k > 0 {
			b.WriteByte('\n')
		}
		start, first := b.Len(), len(d.Tokens)
		for i, w := range words {
			if i > 0 {
				b.WriteByte(' ')
			}
			at := b.Len()
			b.WriteString(w)
			d.Tokens = append(d.Tokens, stages.Span{Start: at, End: b.Len()})
		}
		span := stages.Span{Start: start, End: b.Len()}
		d.Blocks = append(d.Blocks, stages.Block{Span: span})
		d.Sentences = append(d.Sentences, stages.Sentence{Span: span, Block: k, FirstToken: first, EndToken: len(d.Tokens)})
	}
	d.Text = b.String()
	d.SetTypes(stages.MaxStretch)
	return d
}

// prepare finds t's runs with their features and gold marks.
func (t *text) prepare(x *entities.Extractor) {
	t.doc = t.document()
	x.Load(t.doc)
	gold := t.gold(x)
	for k := range t.doc.Sentences {
		s := &t.doc.Sentences[k]
		x.Sentence(k)
		for i := s.FirstToken; i < s.EndToken; i++ {
			if !x.Active(i) {
				continue
			}
			r := run{sentence: k, start: i}
			for ; i < s.EndToken && x.Active(i); i++ {
				r.rows = append(r.rows, x.Rows(nil, i))
				r.gold = append(r.gold, gold[i])
			}
			if !possible(r.gold) { // a name goes on in words that are not active: learn nothing here
				for j := range r.gold {
					r.gold[j] = 1<<marks - 1
				}
			}
			t.runs = append(t.runs, r)
		}
	}
}

// gold returns the marks each word of t may have, as sets.
func (t *text) gold(x *entities.Extractor) []uint32 {
	sets := make([]uint32, len(t.doc.Tokens))
	for k, labels := range t.labels {
		x.Sentence(k)
		first := t.doc.Sentences[k].FirstToken
		for i := 0; i < len(labels); {
			label, end := nameAt(labels, i)
			types := t.set.labels[label]
			if types == nil {
				for ; i < end; i++ {
					sets[first+i] = t.nothing(x, first+i)
				}
				continue
			}
			if types[0] == entities.PerName {
				for ; i+1 < end && (x.Form(first+i) || t.words[k][i] == "."); i++ {
					sets[first+i] = 1
				}
			}
			if !t.set.people && x.Norp(first+i) && types[0] != entities.PerName {
				types = append(types[:len(types):len(types)], entities.MiscName)
			}
			for _, n := range types {
				open, inner, last := n.Marks(end - i)
				sets[first+i] |= 1 << open
				for j := i + 1; j < end; j++ {
					m := inner
					if j == end-1 {
						m = last
					}
					sets[first+j] |= 1 << m
				}
			}
			i = end
		}
	}
	return sets
}

// nothing returns the marks of word i, which has no name's label: none, or
// that of a type its set does not annotate.
func (t *text) nothing(x *entities.Extractor, i int) uint32 {
	if t.set.silent && x.Active(i) || !t.set.people && x.Norp(i) {
		return 1 | 1<<entities.Misc
	}
	return 1
}

// nameAt returns the label of word i and the end of the name that begins there,
// "" and i+1 outside of names.
func nameAt(labels []string, i int) (string, int) {
	_, label, ok := strings.Cut(labels[i], "-")
	if !ok {
		return "", i + 1
	}
	end := i + 1
	for end < len(labels) && labels[end] == "I-"+label {
		end++
	}
	return label, end
}

// possible reports whether some sequence of marks fits gold.
func possible(gold []uint32) bool {
	from := uint32(1) // the marks that can stand before
	for _, set := range gold {
		next := uint32(0)
		for a := range marks {
			for b := range marks {
				if from>>a&1 == 1 && set>>b&1 == 1 && follows[a][b] {
					next |= 1 << b
				}
			}
		}
		from = next
	}
	for a := range marks {
		if from>>a&1 == 1 && follows[a][0] {
			return true
		}
	}
	return false
}

// recased returns the short sentences of every fourth text once more, in
// capitals and in Title Case by turns, as headlines are.
func recased(texts []*text) []*text {
	var out []*text
	for k := 0; k < len(texts); k += 4 {
		t := texts[k]
		n := &text{set: t.set}
		change := strings.ToUpper
		if k%8 == 0 {
			change = title
		}
		for i, words := range t.words {
			if len(words) < 4 || len(words) > 16 || len(n.words) == 5 {
				continue
			}
			changed := make([]string, len(words))
			for j, w := range words {
				changed[j] = change(w)
			}
			n.words, n.labels = append(n.words, changed), append(n.labels, t.labels[i])
		}
		if len(n.words) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// title capitalises a word of a headline.
func title(w string) string {
	switch w {
	case "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "'s", "n't", "is":
		return w
	}
	if w[0] >= 'a' && w[0] <= 'z' {
		return string(w[0]-0x20) + w[1:]
	}
	return w
}
