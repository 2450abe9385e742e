package entities

import (
	"reflect"
	"strings"
	"testing"
)

// What a form says depends on the word alone: not on the words before it that
// fell into its slot, and not on its length.
func TestFormsForgetNothingAndMixNothing(t *testing.T) {
	words := strings.Fields(newsStory + " a I é ’s 's ( . -- 5 1,000 2.5m U.S. NATO McCain Saint-Denis twelve-letter abcdefghijklmnop abcdefghijklmnoq abcdefghijklmnopq internationalisation")
	for _, a := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		for _, b := range "abcdefghijklmnopqrstuvwxyz0123456789-'." {
			for _, c := range "aeiou" {
				words = append(words, string(a)+string(b), string(a)+string(b)+"r"+string(c), "un"+string(a)+string(c)+string(b)+"ting", "West"+string(a)+string(b)+string(c)+"ham")
			}
		}
	}
	f, plain := newForms(), newForms()
	for round := range 3 {
		for i := range words {
			w := words[(i*(2*round+1)+round)%len(words)]
			k := keyOf(w)
			if got, want := *f.of(w, &k), plain.read(w); got != want {
				t.Fatalf("round %d: %q is %+v, want %+v", round, w, got, want)
			}
		}
	}
}

func TestFormSlotIsOneCacheLine(t *testing.T) {
	if size := reflect.TypeFor[formSlot]().Size(); size != 64 {
		t.Errorf("a slot has %d bytes, want 64", size)
	}
}

func BenchmarkForms(b *testing.B) {
	f, words := newForms(), strings.Fields(newsStory)
	for b.Loop() {
		for _, w := range words {
			k := keyOf(w)
			f.of(w, &k)
		}
	}
	b.ReportMetric(float64(b.N*len(words))/b.Elapsed().Seconds(), "words/s")
}
