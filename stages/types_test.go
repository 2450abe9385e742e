package stages

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// worded returns a document of one sentence a line, whose tokens are parted by
// spaces.
func worded(text string) *Document {
	d := &Document{Text: text}
	at := 0
	for line := range strings.Lines(text) {
		s := Sentence{Span: Span{at, at + len(strings.TrimSuffix(line, "\n"))}, FirstToken: len(d.Tokens), Block: len(d.Blocks)}
		for word := range strings.SplitAfterSeq(d.Of(s.Span), " ") {
			if n := len(strings.TrimSuffix(word, " ")); n > 0 {
				d.Tokens = append(d.Tokens, Span{at, at + n})
			}
			at += len(word)
		}
		at = s.Span.Start + len(line)
		if s.EndToken = len(d.Tokens); s.Len() > 0 {
			d.Blocks = append(d.Blocks, Block{Span: s.Span})
			d.Sentences = append(d.Sentences, s)
		}
	}
	return d
}

// spelled returns the numbers of d's types with their spellings, stretches parted
// by a bar. It holds all tokens to the spelling of their types.
func spelled(t *testing.T, d *Document) string {
	t.Helper()
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range d.Types.Stretches {
		b.WriteString("|")
		types := d.Types.First[s.FirstType:s.EndType]
		for i := d.Sentences[s.FirstSentence].FirstToken; i < d.Sentences[s.EndSentence-1].EndToken; i++ {
			n := d.Types.Of[i]
			if d.Of(d.Tokens[types[n]]) != d.Of(d.Tokens[i]) {
				t.Errorf("token %d: %q has the type of %q", i, d.Of(d.Tokens[i]), d.Of(d.Tokens[types[n]]))
			}
			fmt.Fprintf(&b, " %d", n)
		}
		for n, a := range types {
			for _, b := range types[:n] {
				if d.Of(d.Tokens[a]) == d.Of(d.Tokens[b]) {
					t.Errorf("%q has two types", d.Of(d.Tokens[a]))
				}
			}
		}
	}
	return b.String()
}

func TestTypes(t *testing.T) {
	const long = "counterrevolutionaries"
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"", 9, ""},
		{"a b a\nB b a", 9, "| 0 1 0 2 1 0"},
		{"a b a\nB b a", 3, "| 0 1 0| 0 1 2"},
		{"a b a c\na", 2, "| 0 1 0 2| 0"},
		{"a\n b\nc\nb b", 3, "| 0 1 2| 0 0"},
		{long + " " + long + "s " + long[1:] + " " + long + "\n" + long, 9, "| 0 1 2 0 0"},
		{"twelveletter fifteen-letters sixteen--letters sixteen--lettert fifteen-letters sixteen--lettert", 9, "| 0 1 2 3 1 3"},
		{"é e é ééééééé éééééééé ééééééé", 9, "| 0 1 0 2 3 2"},
	} {
		d := worded(c.text)
		for range 2 { // the second time in the memory of the first
			d.SetTypes(c.most)
			if got := spelled(t, d); got != c.want {
				t.Errorf("%q in stretches of %d: %s, want %s", c.text, c.most, got, c.want)
			}
		}
		d.Types = d.Types.emptied()
		if err := d.Check(); (err == nil) != (c.text == "") {
			t.Errorf("%q without types: %v", c.text, err)
		}
	}
}

// Words of all lengths, beginnings and ends, many of which begin their search at
// one place.
func TestTypesOfManyWords(t *testing.T) {
	var words []string
	for n := range 20 {
		for _, c := range "abcdefghijklmnop" {
			words = append(words, strings.Repeat("x", n)+string(c), string(c)+strings.Repeat("y", n+1))
		}
	}
	d := worded(strings.Join(slices.Concat(words, words), " "))
	d.SetTypes(MaxStretch)
	spelled(t, d)
	if got := len(d.Types.First); got != len(words) {
		t.Errorf("%d types, want %d", got, len(words))
	}
}

// Words that all begin their search at one place take no more time than others:
// the search ends, and what was not found is new.
func TestTypesOfWordsMadeToCollide(t *testing.T) {
	const many = 512
	var words []string
	for i := 0; len(words) < many; i++ {
		if w := fmt.Sprint("w", i); wordOf(w).hash()%(8*many) == 0 {
			words = append(words, w)
		}
	}
	d := worded(strings.Join(slices.Concat(words, words), " "))
	d.SetTypes(MaxStretch)
	for i, s := range d.Tokens {
		if got := d.Of(d.Tokens[d.Types.First[d.Types.Of[i]]]); got != d.Of(s) {
			t.Errorf("token %d: %q has the type of %q", i, d.Of(s), got)
		}
	}
	if got, want := len(d.Types.First), maxSearch+2*(many-maxSearch); got != want {
		t.Errorf("%d types, want %d", got, want)
	}
}

func TestCheckOfTypes(t *testing.T) {
	for name, spoil := range map[string]func(*Types){
		"a type missing":        func(x *Types) { x.Of = x.Of[1:] },
		"no such type":          func(x *Types) { x.Of[1] = 2 },
		"less than no type":     func(x *Types) { x.Of[1] = -1 },
		"a stretch missing":     func(x *Types) { x.Stretches = x.Stretches[:1] },
		"a stretch of nothing":  func(x *Types) { x.Stretches[1].EndSentence = 1 },
		"sentences left out":    func(x *Types) { x.Stretches[1].FirstSentence = 2 },
		"sentences of nowhere":  func(x *Types) { x.Stretches[1].EndSentence = 4 },
		"types left out":        func(x *Types) { x.Stretches[1].FirstType = 3 },
		"types of no stretch":   func(x *Types) { x.First = append(x.First, 0) },
		"types of nowhere":      func(x *Types) { x.First = x.First[:3] },
		"a stretch with no end": func(x *Types) { x.Stretches[0].EndType = 3 },
	} {
		d := worded("a b\nc\nd a")
		if d.SetTypes(2); d.Check() != nil {
			t.Fatal(d.Check())
		}
		if spoil(&d.Types); d.Check() == nil {
			t.Errorf("%s: not found", name)
		}
	}
}

func TestStretchOf(t *testing.T) {
	d := worded("a b\nc\nd a\ne f g")
	d.SetTypes(3)
	for i, want := range []int{0, 0, 1, 2} {
		if got := d.Types.StretchOf(i); got != want {
			t.Errorf("sentence %d in stretch %d, want %d", i, got, want)
		}
	}
}

func BenchmarkSetTypes(b *testing.B) {
	d := worded(strings.Repeat("The ferry to Arle left the pier at noon .\nNobody on the quay minded the rain , and the crew of the ferry did not either .\n", 40))
	for b.Loop() {
		d.SetTypes(MaxStretch)
	}
	b.ReportMetric(float64(b.N*len(d.Tokens))/b.Elapsed().Seconds()/1e6, "Mtokens/s")
}

// Words that differ in a bit are told apart, also where another word has pushed
// one of them to the place of the other.
func TestTypesTellAlikeWordsApart(t *testing.T) {
	for i := range 100 {
		d := worded(fmt.Sprintf("w%d operations Operations", i))
		d.SetTypes(MaxStretch)
		if got := spelled(t, d); got != "| 0 1 2" {
			t.Fatalf("%q has the types%s", d.Text, got)
		}
	}
}
