package entities

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// What is remembered of the phrases of the lists is what the lists say.
func TestSurveyRemembersThePhrasesOfTheLists(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 13))
	words := strings.Fields("New York Times New York the United States of America North Korean White House bin Salman Boston Red Sox Mr. Sen. al - Shabab Jane Roe said")
	x := new(Extractor)
	several := 0
	for range 50 {
		d := plainDocument(shuffled(random, words))
		x.Load(d)
		for k := range d.Sentences {
			x.Sentence(k)
			for i := range x.here {
				class, record, end := x.forms.match(x.here, i)
				if end > i+1 {
					several++
				}
				if c, r, e := x.longest(i); c != class&^classFlags || r != record || e != end {
					t.Fatalf("longest(%d) of %q is %x, %d, %d, not %x, %d, %d", i, d.Of(d.Sentences[k].Span), c, r, e, class, record, end)
				}
				for end := i + 1; end <= len(x.here); end++ {
					class, record := x.forms.exact(x.here[i:end])
					if c, r := x.phrase(i, end); c != class&^classFlags || r != record {
						t.Fatalf("phrase(%d, %d) of %q is %x, %d, not %x, %d", i, end, d.Of(d.Sentences[k].Span), c, r, class, record)
					}
				}
			}
		}
	}
	if several < 100 {
		t.Errorf("only %d phrases of several words", several)
	}
}
