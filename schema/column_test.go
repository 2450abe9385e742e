package schema

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/zeebo/xxh3"
)

// A dictionary gives each value one number, in the order of first use, whatever
// the lengths of texts and however often its table has grown.
func TestDictionary(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	texts, numbers := new(dictionary), new(dictionary)
	for round := range 2 {
		known := map[string]int32{}
		knownBits := map[uint64]int32{}
		for i := range 20_000 {
			s := fmt.Sprintf("%0*d", 1+rnd.IntN(20), rnd.IntN(5000))
			if i%50 == 0 {
				s = s[:0]
			}
			if i%70 == 1 {
				s = "\x00\x00\x00"[:rnd.IntN(4)]
			}
			if _, ok := known[s]; !ok {
				known[s] = int32(len(known))
			}
			got := texts.appendTexts(nil, []word{wordOf(s)}, longPart(s))
			if hash := texts.hashes[known[s]]; got[0] != known[s] || hash != xxh3.HashString(s) {
				t.Fatalf("round %d: %q has the number %d and the hash %x, not %d and %x", round, s, got, hash, known[s], xxh3.HashString(s))
			}
			if got := string(texts.bytes(uint32(known[s]))); got != s {
				t.Fatalf("round %d: number %d is %q, not %q", round, known[s], got, s)
			}
			bits := rnd.Uint64() >> (rnd.IntN(8) * 8)
			if _, ok := knownBits[bits]; !ok {
				knownBits[bits] = int32(len(knownBits))
			}
			if got := numbers.appendNumbers(nil, []uint64{bits})[0]; got != knownBits[bits] {
				t.Fatalf("round %d: %x has the number %d, not %d", round, bits, got, knownBits[bits])
			}
		}
		texts.reset()
		numbers.reset()
	}
}

// Scores are numbered by what they are rounded to, also beyond 1, in the order of
// first use.
func TestDictionaryOfScores(t *testing.T) {
	scores := []float64{0.25, -1, math.Copysign(0, -1), 1, 0.25004, 1.0001, -7e9, 0, -0.00001, 1.0001, 0.2501, -1.0001, -1}
	want := []int32{0, 1, 2, 3, 0, 4, 5, 2, 2, 4, 6, 7, 1}
	different := []float64{0.25, -1, 0, 1, 1.0001, -7e9, 0.2501, -1.0001}
	for _, kind := range []parquet.Kind{parquet.Double, parquet.Float} {
		d := dictionary{kind: kind}
		for range 2 {
			var keys []uint64
			for _, score := range scores {
				keys = append(keys, d.keyOfScore(score))
			}
			if got := d.appendNumbers(nil, keys); !slices.Equal(got, want) || d.len() != len(different) {
				t.Errorf("%s: numbers are %d, not %d", kind, got, want)
			}
			for i, score := range different {
				v := parquet.DoubleValue(score)
				if kind == parquet.Float {
					v = parquet.FloatValue(float32(score))
				}
				if got := d.value(int32(i)); got.Uint64() != v.Uint64() {
					t.Errorf("%s: number %d is %v, not %v", kind, i, got, v)
				}
			}
			d.reset()
		}
	}
}

// Values that another dictionary has numbered get numbers of their own, in the
// order of first use; those are the same where nothing came before.
func TestDictionaryLikeAnother(t *testing.T) {
	other := new(dictionary)
	other.appendNumbers(nil, []uint64{50, 51, 52, 53, 1 << 40})
	for _, x := range []struct{ numbers, want []int32 }{
		{[]int32{0, 1, 0, 2, 1, 3, 4, 4, 0}, []int32{0, 1, 0, 2, 1, 3, 4, 4, 0}},
		{[]int32{2, 0, 2, 3, 0, 1, 4}, []int32{0, 1, 0, 2, 1, 3, 4}},
		{[]int32{0, 1, 3, 0, 3, 2, 4, 2}, []int32{0, 1, 2, 0, 2, 3, 4, 3}},
	} {
		d := new(dictionary)
		for range 2 {
			got := d.appendLike(other, nil, x.numbers[:3])
			if got = d.appendLike(other, got, x.numbers[3:]); !slices.Equal(got, x.want) || d.len() != other.len() {
				t.Errorf("numbers like %d are %d, not %d", x.numbers, got, x.want)
			}
			for i, n := range x.numbers {
				if d.numbers[got[i]] != other.numbers[n] {
					t.Errorf("numbers like %d: number %d is %d, not %d", x.numbers, got[i], d.numbers[got[i]], other.numbers[n])
				}
			}
			d.reset()
		}
	}
}

// longPart returns s where its word does not hold it.
func longPart(s string) []byte {
	if len(s) <= maxWord {
		return nil
	}
	return []byte(s)
}

// Texts with one hash are still told apart.
func TestDictionarySameHash(t *testing.T) {
	d := new(dictionary)
	var want []int32
	var words []word
	var long []byte
	for i, s := range []string{"sixteen letters.", "sixteen letters!", "seventeen letters", "Seventeen letters"} {
		for range 2 {
			want = append(want, int32(i))
			words = append(words, word{7, longWord | uint64(len(s))})
			long = append(long, s...)
		}
	}
	if got := d.appendTexts(nil, words, long); !slices.Equal(got, want) || slices.Max(d.hashes) != 7 {
		t.Errorf("numbers are %d, not %d; hashes are %d", got, want, d.hashes)
	}
}

// A word holds its text, and no two short texts have the same one.
func TestWords(t *testing.T) {
	known := map[word]string{}
	for n := range maxWord + 1 {
		for i := range max(n, 1) {
			for _, c := range []string{"\x00", "a", "\xff"} {
				s := strings.Repeat("b", n)
				if n > 0 {
					s = s[:i] + c + s[i+1:]
				}
				w := wordOf(s)
				if got := string(w.appendTo([]byte("text "))); got != "text "+s || w.long() != 0 {
					t.Errorf("%q comes back as %q, with %d bytes elsewhere", s, got, w.long())
				}
				if got := wordAt(s+strings.Repeat("\xff", wordSize), n); got != w {
					t.Errorf("%q in a longer text has the word %x, not %x", s, got, w)
				}
				if was, ok := known[w]; ok && was != s {
					t.Errorf("%q and %q have one word", s, was)
				}
				known[w] = s
			}
		}
	}
	if w := wordOf("sixteen letters."); w.long() != 16 || w.low != xxh3.HashString("sixteen letters.") {
		t.Errorf("the word of 16 letters is %x", w)
	}
}

func TestTextBounds(t *testing.T) {
	for _, c := range []struct{ text, floor, ceiling string }{
		{"", "", ""},
		{"sixteen letters.", "sixteen letters.", "sixteen letters."},
		{"sixteen letters, no more", "sixteen letters,", "sixteen letters-"},
		{"fifteen letter\u007f\u007f\u007f", "fifteen letter\u007f\u007f", "fifteen letter\u007f\u0080"},
		{"fifteen letters東京", "fifteen letters", "fifteen lettert"},
		{"ten letter\ud7ff\ud7ff\ud7ff", "ten letter\ud7ff\ud7ff", "ten letter\ud7ff\ue000"},
		{"twelve chars\U0010ffff\U0010ffff", "twelve chars\U0010ffff", "twelve chart"},
		{"\U0010ffff\U0010ffff\U0010ffff\U0010ffff!", "\U0010ffff\U0010ffff\U0010ffff\U0010ffff", "\U0010ffff\U0010ffff\U0010ffff\U0010ffff!"},
	} {
		low, high := string(floor([]byte(c.text))), string(ceiling([]byte(c.text)))
		if low != c.floor || high != c.ceiling || low > c.text || high < c.text || !utf8.ValidString(high) {
			t.Errorf("%q lies from %q to %q, want %q to %q", c.text, low, high, c.floor, c.ceiling)
		}
	}
}

// No value is outside of what the page index says of its page, nor of what the
// footer says of its row group, and pages begin at the rows that it says.
func TestBoundsHold(t *testing.T) {
	docs := madeUp(3000, 12)
	docs[7].Sentences[0].Text = "\U0010ffff and more"
	for _, g := range encode(t, docs, len(docs), 1, Settings{RowsPerGroup: 40_000}) {
		for i := range g.pieces {
			p := &g.pieces[i]
			if p.file.size == 0 {
				continue
			}
			f, err := parquet.OpenFile(&p.file, p.file.size)
			if err != nil {
				t.Fatal(err)
			}
			for k, group := range f.RowGroups() {
				for c, chunk := range group.ColumnChunks() {
					checkBounds(t, fmt.Sprint(Tables[i].Name, k, parquetSchemas[i].Columns()[c]), chunk.(*parquet.FileColumnChunk))
				}
			}
		}
	}
}

func checkBounds(t *testing.T, name string, chunk *parquet.FileColumnChunk) {
	t.Helper()
	index, err := chunk.ColumnIndex()
	if err != nil {
		t.Fatal(name, err)
	}
	offsets, err := chunk.OffsetIndex()
	if err != nil {
		t.Fatal(name, err)
	}
	lowest, highest, bounded := chunk.Bounds()
	pages := chunk.Pages()
	defer pages.Close()
	compare := chunk.Type().Compare
	rows := int64(0)
	for n := 0; ; n++ {
		page, err := pages.ReadPage()
		if err == io.EOF {
			if n != index.NumPages() || n != offsets.NumPages() {
				t.Errorf("%s: %d pages, not %d and %d", name, n, index.NumPages(), offsets.NumPages())
			}
			return
		}
		if err != nil {
			t.Fatal(name, err)
		}
		if offsets.FirstRowIndex(n) != rows {
			t.Errorf("%s: page %d begins at row %d, not %d", name, n, rows, offsets.FirstRowIndex(n))
		}
		rows += page.NumRows()
		values := make([]parquet.Value, page.NumValues())
		if _, err := page.Values().ReadValues(values); err != nil && err != io.EOF {
			t.Fatal(name, err)
		}
		nulls := int64(0)
		for _, v := range values {
			switch {
			case v.IsNull():
				nulls++
			case compare(v, index.MinValue(n)) < 0 || compare(v, index.MaxValue(n)) > 0:
				t.Fatalf("%s: page %d: %v is not from %v to %v", name, n, v, index.MinValue(n), index.MaxValue(n))
			case bounded && (compare(v, lowest) < 0 || compare(v, highest) > 0):
				t.Fatalf("%s: %v is not from %v to %v", name, v, lowest, highest)
			}
		}
		if index.NullCount(n) != nulls || index.NullPage(n) != (nulls == page.NumValues()) {
			t.Errorf("%s: page %d has %d NULLs of %d, not %d", name, n, nulls, page.NumValues(), index.NullCount(n))
		}
		parquet.Release(page)
	}
}
