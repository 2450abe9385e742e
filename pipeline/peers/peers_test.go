package peers

import (
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/neurosnap/sentences/english"

	"pressrow/pipeline"
	"pressrow/stages"
	"pressrow/stages/clean"
	"pressrow/stages/comments"
	"pressrow/stages/sentences"
	"pressrow/stages/tokens"
)

// countWords returns how many tokens uax29 sees in text, white space aside.
// Counting only, it is spared the list of spans that tokens.Split writes.
func countWords(text string) int {
	n := 0
	for it := words.FromString(text); it.Next(); {
		if it.Value()[0] > ' ' {
			n++
		}
	}
	return n
}

// A comparison of speeds is fair only if both sides do about the same work.
func TestPeersSeeAboutTheSame(t *testing.T) {
	c := loaded(t)
	split, err := english.NewSentenceTokenizer(nil)
	if err != nil {
		t.Fatal(err)
	}
	var ours, theirs struct{ tokens, sentences int }
	for _, d := range c.docs {
		ours.tokens += len(d.Tokens)
		ours.sentences += len(d.Sentences)
	}
	for _, blocks := range c.blocks {
		each(blocks, func(text string) {
			theirs.tokens += countWords(text)
			theirs.sentences += len(split.Tokenize(text))
		})
	}
	for _, n := range []struct {
		what         string
		ours, theirs int
	}{
		{"tokens, uax29", ours.tokens, theirs.tokens},
		{"sentences, neurosnap", ours.sentences, theirs.sentences},
	} {
		ratio := float64(n.theirs) / float64(n.ours)
		t.Logf("%s: %d, ours %d: ratio %.3f", n.what, n.theirs, n.ours, ratio)
		if ratio < 0.9 || ratio > 1.1 {
			t.Errorf("%s: %d, ours %d: more than a tenth apart", n.what, n.theirs, n.ours)
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	peer := func(text string) { countWords(text) }
	loaded(b).compare(b, tokens.Split, "uax29", peer)
}

func BenchmarkSentences(b *testing.B) {
	split, err := english.NewSentenceTokenizer(nil)
	if err != nil {
		b.Fatal(err)
	}
	peer := func(text string) { split.Tokenize(text) }
	loaded(b).compare(b, sentences.Split, "neurosnap", peer)
}

func BenchmarkSentencesTokens(b *testing.B) {
	c := loaded(b)
	c.timeDocs(b, sentences.Split, tokens.Split)
}

func BenchmarkCleanComments(b *testing.B) {
	c := loaded(b)
	c.timeRaw(b, clean.Text, comments.Mark)
}

func BenchmarkStages(b *testing.B) {
	c := loaded(b)
	var run []stage
	for _, s := range pipeline.Stages {
		run = append(run, s.Run)
	}
	c.timeRaw(b, run...)
}

// compare times a stage and a peer, each alone and then by turns.
func (c *corpus) compare(b *testing.B, ours stage, name string, peer func(text string)) {
	b.Run("pressrow", func(b *testing.B) { c.timeDocs(b, ours) })
	b.Run(name, func(b *testing.B) {
		c.time(b, c.textBytes, func() {
			for i := range c.docs {
				each(c.blocks[i], peer)
			}
		})
	})
	b.Run("by-turns", func(b *testing.B) {
		var our, their time.Duration
		c.time(b, c.textBytes, func() {
			for i, d := range c.docs {
				start := time.Now()
				if err := ours(d); err != nil {
					b.Fatal(err)
				}
				middle := time.Now()
				each(c.blocks[i], peer)
				our += middle.Sub(start)
				their += time.Since(middle)
			}
		})
		b.ReportMetric(their.Seconds()/our.Seconds(), "x-"+name)
	})
}

func each(blocks []string, f func(text string)) {
	for _, text := range blocks {
		f(text)
	}
}

// timeDocs times stages on documents that have been through them before.
func (c *corpus) timeDocs(b *testing.B, run ...stage) {
	c.time(b, c.textBytes, func() {
		for _, d := range c.docs {
			if err := through(d, run); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// timeRaw times stages from the raw bytes on, in one Document, as a worker of
// the pipeline runs them.
func (c *corpus) timeRaw(b *testing.B, run ...stage) {
	var d stages.Document
	c.time(b, c.rawBytes, func() {
		for _, from := range c.docs {
			d.Reset()
			d.Raw = from.Raw
			if err := through(&d, run); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// time times a pass over size bytes of the corpus, after one to warm up.
func (c *corpus) time(b *testing.B, size int, pass func()) {
	pass()
	b.SetBytes(int64(size))
	for b.Loop() {
		pass()
	}
	b.ReportMetric(float64(c.tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
