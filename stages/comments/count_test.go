package comments

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// plainly is count as the words of nextWord have it.
func plainly(s string) (words, capital, common int, cued []string) {
	var buf [maxWord]byte
	for i := 0; ; {
		n, key, start, end := nextWord(s, i, &buf)
		if start == end {
			return words, capital, common, cued
		}
		words++
		if 'A' <= s[start] && s[start] <= 'Z' {
			capital++
		}
		if n > 0 {
			e := lexicon.find(buf[:n], key)
			common += int(e.common)
			if lexicon.cues[e.cues].any != nil {
				cued = append(cued, s[start:end])
			}
		}
		i = end
	}
}

// Wherever words begin and end among the 64 bytes that count takes at a time,
// it finds those that nextWord finds, and in them what the lexicon knows.
func TestCountFindsEachWord(t *testing.T) {
	pieces := []string{" ", " ", " ", ", ", ".", "-", "'", "’", "“", "”", "é", "\xe2\x80", "€", "\t", "7", "_", "@", "[", "{", "`",
		"a", "I", "the", "The", "THEIR", "of", "because", "becauses", "rock'n'roll", "they’re", "contributed", "contribute", "Reserved", "reading",
		"read", "more", "photos", "Harrow", "sixteenlongwords", "exactlytwentyfourletters", strings.Repeat("long", 20), strings.Repeat("é", 40)}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for n := 1 + r.IntN(40); n > 0; n-- {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		s, behind := b.String(), pieces[r.IntN(len(pieces))]
		words, capital, common, cued := plainly(s)
		if beyondASCII(s) > len(s)/2 {
			words = max(words, strings.Count(s, " ")+1, len(s)/8)
		}
		var got tally
		got.count("x"+s+"\n"+behind, 1, 1+len(s))
		if got.words != words || got.capital != capital || got.common != common || got.used != 1+min(len(cued), len(got.lists)-1) {
			t.Fatalf("%q: %d words, %d capitals, %d common, %d cues; want %d, %d, %d, %d: %q",
				s, got.words, got.capital, got.common, got.used-1, words, capital, common, len(cued), cued)
		}
	}
}

// The sieve knows of a word what the lexicon knows, and of no other word anything.
func TestSieveKnowsTheLexicon(t *testing.T) {
	for i, e := range lexicon.slots {
		word := lexicon.words[i]
		if word == "" {
			continue
		}
		if e.common != 0 && len(word) > 8 {
			t.Errorf("%q: the sieve cannot tell a function word of more than 8 letters", word)
		}
		_, _, common, cued := plainly(word)
		known := frequent.of(keyOf([]byte(word[:min(len(word), 8)])))
		if known>>63 != uint64(common) || len(cued) > 0 && known&hasCues == 0 {
			t.Errorf("%q: %x", word, known)
		}
	}
}

// Normal form is the same wherever in a line its 8 bytes at a time begin.
func TestNormalAtAnyPlace(t *testing.T) {
	for _, c := range [...][2]string{
		{"The Mill at Harrow Falls, 1,250 Feet Wide", "the mill at harrow falls, # feet wide"},
		{"Call  us ( today ) or on  2,2 3, not 4,a", "call us (today ) or on # #, not #,a"},
		{"#1, and #,5 and # ,6 of them (  7)", "#, and # and # ,# of them (#)"},
		{"“Stop,” Ann’s aunt said… and – stop • it", "\"stop,\" ann's aunt said... and - stop it"},
		{"[Z@z`{Az|~ é\tx\x01YZ] is what they typed", "[z@z`{az|~ é\tx\x01yz] is what they typed"},
	} {
		for n := 1; n < 20; n++ {
			before := strings.Repeat("W", n)
			var buf [maxCue]byte
			if got, want := string(normal(before+c[0], buf[:0])), strings.ToLower(before)+c[1]; got != want {
				t.Errorf("normal(%q) = %q; want %q", before+c[0], got, want)
			}
		}
	}
}
