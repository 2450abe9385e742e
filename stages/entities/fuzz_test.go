package entities

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pressrow/stages"
)

func FuzzTag(f *testing.F) {
	f.Add(newsStory, published)
	f.Add("Mr. Mr. Mr. $ $5 $5- 5-5-5 one two hundred hundred the the The", "")
	f.Add("Jan. 3-5-7 2019-13-45 99:99 p.m. twenty-\n-first of of of U.S.-", "2019-02-30")
	f.Add("İSTANBUL ǅungla al-’s ’s (A) (B) A A A A A A A A A A A A A A A", published)
	f.Add(strings.Repeat("hundred million ", 40)+strings.Repeat("9", 40), published)
	f.Fuzz(func(t *testing.T, text, day string) {
		if !utf8.ValidString(text) {
			return
		}
		d := plainDocument(text)
		d.Meta.Published = stages.Fact{Value: day, Method: "fuzz"}
		if err := d.Check(); err != nil {
			t.Skip(err)
		}
		if err := Tag(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
		starts, ends := map[int]bool{}, map[int]bool{}
		for _, s := range d.Tokens {
			starts[s.Start], ends[s.End] = true, true
		}
		for _, e := range d.Entities {
			if !starts[e.Start] || !ends[e.End] {
				t.Fatalf("entity %q is not on word boundaries", d.Of(e.Span))
			}
			if e.Score < 0 || e.Score > 1 {
				t.Fatalf("entity %q has score %v", d.Of(e.Span), e.Score)
			}
		}
	})
}

// Text made to be slow takes time in proportion to its length.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for _, unit := range []string{
		"New York of the ", "Aa ", "A-", "1-", "hundred ", "$ ", "the of and ", ". ", "(", "Mr. ", "Jane Roe and ", "5 to ", "al-", "X", "May ", "twenty-",
	} {
		d := plainDocument(strings.Repeat(unit, 1<<20/len(unit)))
		start := time.Now()
		if err := Tag(d); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > time.Minute { // seconds here; a quadratic step takes hours
			t.Errorf("%q again and again: %d words took %v", unit, len(d.Tokens), took)
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
}

// The same document gives the same entities, whatever was tagged before.
func TestAgain(t *testing.T) {
	d := plainDocument(newsStory)
	if err := Tag(d); err != nil {
		t.Fatal(err)
	}
	first := append([]stages.Entity(nil), d.Entities...)
	other := plainDocument("Whitlock County and Dana Peters met Peter Whitlock.")
	if err := Tag(other); err != nil {
		t.Fatal(err)
	}
	if err := Tag(d); err != nil {
		t.Fatal(err)
	}
	if len(first) != len(d.Entities) {
		t.Fatalf("%d entities, then %d", len(first), len(d.Entities))
	}
	for i := range first {
		if first[i] != d.Entities[i] {
			t.Errorf("%+v, then %+v", first[i], d.Entities[i])
		}
	}
}
