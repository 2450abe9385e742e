package entities

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The words in brackets are open: the model is to say whether they are names.
func TestOpenWords(t *testing.T) {
	for _, text := range []string{
		"[Dana] [Whitlock] told the council that [Calder] would wait .",
		"Officials said the [Bank] [of] [Calder] lent it to the people in [Oakville] .",
		"Crews waited .",
		"[Crews] waited .\nThe man they saw was [Peter] [Crews] .",
		"[Ohio] waited .",
		"Officials in [Oakville] know [Mayor] [de] [Vries] , who is [Dutch] . ”",
		"[The] [Labour] [party] and the people of [Calder] saw the [Neva] [river] .",
		"[Officials] [Seek] [Help] [For] [Oakville] [River]",
		"It costs $ 5 , said [Ruth] [Adeyemi] [-] [Holm] , as she warned .",
	} {
		d := plainDocument(strings.NewReplacer("[", "", "]", "").Replace(text))
		x := new(Extractor)
		x.Load(d)
		var lines []string
		for i := range d.Sentences {
			x.Sentence(i)
			x.settle()
			var words []string
			for k := x.first; k < x.end; k++ {
				w := x.of(k)
				if x.here[k-x.first].open() {
					w = "[" + w + "]"
				}
				words = append(words, w)
			}
			lines = append(lines, strings.Join(words, " "))
		}
		if got := strings.Join(lines, "\n"); got != text {
			t.Errorf("open are\n%s\nwant\n%s", got, text)
		}
	}
}

func TestServices(t *testing.T) {
	f := newForms()
	for word, want := range map[string]service{
		"said": stranger, "officials": stranger, "’ve": stranger, "n't": stranger,
		"of": between, "the": between | definite | stops, "—": between, ",": between | stops,
		"Officials": plain, "Crews": plain,
		"river": 0, "al": 0, "du": 0, "iPhone": 0, "5th": 0, "Mbeki": 0, "Ohio": 0, "Democrats": 0, "’s": 0,
	} {
		const mask = stranger | between | plain | definite | stops
		if got := f.read(word).service & mask; got != want {
			t.Errorf("%q: %b, want %b", word, got, want)
		}
	}
}

// A word that is sure to be outside of names parts a run in two, which decode
// to what they would around it.
func TestSettledWordPartsRun(t *testing.T) {
	c := &openedModel().second
	random := rand.New(rand.NewPCG(3, 5))
	var tops [7]scores
	for range 500 {
		whole := make([]scores, 7)
		for i := range whole {
			for m := range whole[i] {
				whole[i][m] = random.Int32N(200) - 100
			}
		}
		at := 1 + random.IntN(5)
		for m := range whole[at] {
			whole[at][m] = -1 << 20
		}
		whole[at][Out] = 0
		want, got := make([]Mark, 7), make([]Mark, 7)
		c.best(want, whole, &run{end: 7}, tops[:])
		for _, r := range []run{{start: 0, end: at, right: true}, {start: at + 1, end: 7, left: true}} {
			c.best(got[r.start:r.end], whole[r.start:r.end], &r, tops[:])
		}
		if !slices.Equal(got, want) {
			t.Fatalf("two runs around word %d give %v, one gives %v", at, got, want)
		}
	}
}
