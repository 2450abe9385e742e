package comments

import (
	_ "embed"
	"encoding/binary"
	"strconv"
	"strings"

	"pressrow/stages"
)

// EachWord calls f with each word of text in lower case: runs of letters with
// the apostrophes inside them. The trainer counts what this returns, so that
// counting and marking agree on what a word is.
func EachWord(text string, f func(word string)) {
	var buf [maxWord]byte
	for i := 0; i < len(text); {
		n, _, _, end := nextWord(text, i, &buf)
		if n > 0 {
			f(string(buf[:n]))
		}
		i = end
	}
}

// maxWord is the length in bytes beyond which a word is in no lexicon.
const maxWord = 24

// nextWord puts the first word at or after text[i] into buf in lower case and
// returns its length there, its key, and its place in text. The length is 0
// for a word too long for buf, and at the end of text, where start equals end.
func nextWord(text string, i int, buf *[maxWord]byte) (n int, key uint64, start, end int) {
	for i < len(text) && letter[text[i]] == 0 {
		i++
	}
	start = i
	if i+16 <= len(text) { // most words, eight letters at a time
		var tail uint64
		if n, _, key = stages.Letters8(text[i:]); n == 8 {
			var more int
			more, _, tail = stages.Letters8(text[i+8:])
			n += more
		}
		if end = i + n; n < 16 && text[end] != '\'' && text[end] != 0xE2 {
			binary.LittleEndian.PutUint64(buf[:], key)
			if n > 8 {
				binary.LittleEndian.PutUint64(buf[8:], tail)
				key = longKey(key, tail, 0)
			}
			return n, key, start, end
		}
		n = 0
	}
	for ; i < len(text); i++ {
		c := letter[text[i]]
		if c == 0 {
			switch {
			case i == start:
			case text[i] == '\'' && i+1 < len(text) && letter[text[i+1]] != 0:
				c = '\''
			case text[i] == 0xE2 && i+3 < len(text) && text[i+1] == 0x80 && text[i+2] == 0x99 && letter[text[i+3]] != 0: // ’
				c = '\''
				i += 2
			}
			if c == 0 {
				break
			}
		}
		if n < maxWord {
			buf[n] = c
		}
		n++
	}
	if n > maxWord {
		n = 0
	}
	return n, keyOf(buf[:n]), start, i
}

// keyOf returns a number for word, in lower case: up to 8 bytes the word itself,
// which no other word has; beyond them a hash with the highest bit set.
func keyOf(word []byte) uint64 {
	var b [maxWord]byte
	copy(b[:], word)
	head := binary.LittleEndian.Uint64(b[:])
	if len(word) <= 8 {
		return head
	}
	return longKey(head, binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[16:]))
}

// longKey returns the key of a long word, given as numbers of 8 bytes each.
func longKey(a, b, c uint64) uint64 {
	const prime = 1099511628211
	return ((a*prime^b)*prime^c)*prime | longWord
}

const longWord = 1 << 63

// letter holds the lower-case form of each ASCII letter, 0 for all else.
var letter = func() (t [256]byte) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = byte(c), byte(c)
	}
	return t
}()

// register.tsv is written by the program in train; see MODEL.md.
//
//go:embed register.tsv
var registerTSV string

// maxTone bounds what one word may say.
const maxTone = 1.5

// tones returns for each word of the register the logarithm of how much more
// often readers write it than newsrooms do.
func tones() map[string]float32 {
	m := map[string]float32{}
	for row := range strings.Lines(registerTSV) {
		word, weight, _ := strings.Cut(strings.TrimSuffix(row, "\n"), "\t")
		w, err := strconv.ParseFloat(weight, 32)
		if err != nil {
			panic("comments: register.tsv: " + err.Error())
		}
		m[word] = float32(max(-maxTone, min(maxTone, w)))
	}
	for _, word := range strings.Fields(chatter) {
		m[word] = maxTone
	}
	return m
}

// chatter is what readers write and the threads of one news site do not show.
const chatter = `
	lol lmao rofl omg wtf imo imho imao btw fyi haha hahaha hehe hmm hmmm huh ugh duh yikes wow woohoo yay yep yup nope nah meh
	hi hey hello thanks thank thankyou thx tnx congrats congratulations kudos cheers awesome amazing gorgeous adorable lovely fantastic
	fabulous brilliant hilarious yummy cute loved loving xoxo xo hugs please plz pls sorry dude buddy folks gotta gonna wanna kinda
	sorta cuz coz cos bcoz thru tho u ur r im ive dont doesnt didnt cant wont isnt wasnt couldnt shouldnt wouldnt thats whats theres
	youre theyre lets damn crap sucks stupid idiot idiots moron morons dumb clown clowns troll trolls sheeple libs libtard libtards
	repubs pubs snowflakes wake bs bullshit shit fuck fucking ass troll spam blog blogger commenter commenters
`
