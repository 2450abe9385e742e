package sentences

import (
	"strings"
	"testing"
)

func TestMarksIn(t *testing.T) {
	for c := range 256 { // each byte at each place
		for n := range 64 {
			text := []byte(strings.Repeat("m, ", 22)[:n+1])
			text[n] = byte(c)
			var want uint64
			for i, c := range text {
				if class := bytesClass[c]; class == otherByte || class == spaceByte && c != ' ' {
					want |= 1 << i
				}
			}
			if got := marksIn(string(text)); got != want {
				t.Errorf("%q: marks at %b, want %b", text, got, want)
			}
		}
	}
}

func TestLonely(t *testing.T) {
	for n := range 30 {
		text := strings.Repeat("m", n) + " i " + strings.Repeat("m", 20)
		for end := range len(text) {
			if got, want := lonely(text[:end]), end >= n+3; got != want {
				t.Errorf("%q: lonely %t, want %t", text[:end], got, want)
			}
		}
	}
	for _, test := range tests {
		if got, want := lonely(test), strings.Contains(test, " i "); got != want {
			t.Errorf("%q: lonely %t, want %t", test, got, want)
		}
	}
}
