package comments

import "testing"

// Wherever a word stands, and however it is read, it has the key under which
// the lexicon keeps it.
func TestEachWordIsFound(t *testing.T) {
	words := []string{"a", "eightish", "ninelongs", "sixteenlongwords", "seventeenlongword", "exactlytwentyfourletters"}
	for i, s := range lexicon.slots {
		if s.key != 0 {
			words = append(words, lexicon.words[i])
		}
	}
	for _, word := range words {
		for _, behind := range []string{"", " and", ", as they say in Harrow Falls", "’ as they say in Harrow Falls"} {
			var buf [maxWord]byte
			n, key, start, end := nextWord("– "+word+behind, 0, &buf)
			if got := string(buf[:n]); got != word || key != keyOf([]byte(word)) || start != len("– ") || end != start+len(word) {
				t.Errorf("%q: read as %q with the key %x at %d to %d; want the key %x", word+behind, got, key, start, end, keyOf([]byte(word)))
			}
		}
	}
}

func TestStartHoldsEachCue(t *testing.T) {
	const behind = 1 + 3 // the character that ends the word, and what normal keeps free
	for i := range cues {
		if c := &cues[i]; !c.anywhere() && len(c.text)+behind >= maxStart {
			t.Errorf("%q does not fit into the start of a line", c.text)
		}
	}
}
