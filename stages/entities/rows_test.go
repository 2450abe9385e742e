package entities

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
)

// rowsOf returns the rows of all active words of text.
func rowsOf(x *Extractor, text string) [][]uint32 {
	d := plainDocument(text)
	x.Load(d)
	var all [][]uint32
	for i, s := range d.Sentences {
		x.Sentence(i)
		for k := s.FirstToken; k < s.EndToken; k++ {
			if x.Active(k) {
				all = append(all, x.Rows(nil, k))
			}
		}
	}
	return all
}

// The model is trained with these rows in this order. If they change, train it
// anew (MODEL.md), then set the hash.
func TestRowsAreThoseOfTheModel(t *testing.T) {
	h := sha256.New()
	for _, rows := range rowsOf(new(Extractor), newsStory+strings.ToUpper(newsStory)) {
		if err := binary.Write(h, binary.LittleEndian, rows); err != nil {
			t.Fatal(err)
		}
	}
	const want = "741c7f3267cb5ff8"
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want {
		t.Errorf("the hash of the rows is %s, not %s", got, want)
	}
}

// shuffled returns words in sentences by chance, some in capitals, some in small letters.
func shuffled(random *rand.Rand, words []string) string {
	var text strings.Builder
	for range 60 {
		for range 1 + random.IntN(20) {
			w := words[random.IntN(len(words))]
			switch random.IntN(8) {
			case 0:
				w = strings.ToUpper(w)
			case 1:
				w = strings.ToLower(w)
			}
			text.WriteString(w + " ")
		}
		text.WriteString(".\n")
	}
	return text.String()
}

// The tagger, which reads cells for the families of features, and the trainer,
// which knows rows only, score a word alike.
func TestCellsScoreAsTheirRows(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	words := strings.Fields(newsStory + ` Mr. Sen. President New York Times Jane Roe of the University Court Kenya Paris FBI U.S. Iraqi al-Shabab in ( ) , ; — said 's Smith James "`)
	m := openedModel()
	x := new(Extractor)
	for range 50 {
		d := plainDocument(shuffled(random, words))
		x.Load(d)
		for i, s := range d.Sentences {
			x.Sentence(i)
			for k := s.FirstToken; k < s.EndToken; k++ {
				if !x.Active(k) {
					continue
				}
				rows := x.Rows(nil, k)
				var want, got scores
				plainBytes(&want, m.words, rows)
				var f features
				x.features(&f, k)
				plainBytes(&got, m.words, f.rows)
				plainWords(&got, m.cells, f.cells)
				if got != want || len(rows) > maxRows || len(f.cells) > maxCells {
					t.Fatalf("%q in %q scores %v by %d cells, %v by %d rows", x.of(k), d.Of(s.Span), got, len(f.cells), want, len(rows))
				}
			}
		}
	}
}
