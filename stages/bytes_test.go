package stages

import (
	"strings"
	"testing"
)

func TestLetters8(t *testing.T) {
	for c := range 256 { // each byte at each place of a word
		for at := range 8 {
			b := []byte("abcDefgHijk")
			b[at] = byte(c)
			n := 0
			for n < 8 && ('a' <= b[n] && b[n] <= 'z' || 'A' <= b[n] && b[n] <= 'Z') {
				n++
			}
			want := strings.ToLower(string(b[:n])) + strings.Repeat("\x00", 8-n)
			capitals := 0
			for _, c := range b[:n] {
				if c <= 'Z' {
					capitals++
				}
			}
			gotN, gotCapitals, small := Letters8(string(b))
			var got [8]byte
			for k := range got {
				got[k] = byte(small >> (8 * k))
			}
			if gotN != n || gotCapitals != capitals || string(got[:]) != want {
				t.Errorf("%q: %d letters, %d capitals, %q; want %d, %d, %q", b, gotN, gotCapitals, got, n, capitals, want)
			}
		}
	}
}

func TestEndsTellWordsOfOneLengthApart(t *testing.T) {
	for n := 1; n <= 16; n++ {
		word := []byte("abcdefghijklmnop")[:n]
		head, tail := Ends8(string(word))
		for i := range word {
			word[i] ^= 0x20
			if h, l := Ends8(string(word)); h == head && l == tail {
				t.Errorf("%d bytes: byte %d makes no difference", n, i)
			}
			word[i] ^= 0x20
		}
	}
}
