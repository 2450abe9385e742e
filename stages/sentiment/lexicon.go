package sentiment

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"pressrow/stages"
)

// words.tsv is written by the program in train; see MODEL.md.
//
//go:embed words.tsv
var wordsTSV string

var embedded = sync.OnceValue(func() *Lexicon {
	l, err := ParseLexicon(wordsTSV)
	if err != nil {
		panic(fmt.Sprintf("sentiment: words.tsv: %v", err))
	}
	if l.weights, err = parseWeights(towardBin, l); err != nil {
		panic(fmt.Sprintf("sentiment: toward.bin: %v", err))
	}
	return l
})

// A class is what a word does to the words around it.
type class uint8

const (
	plain       class = iota
	stop              // a clause ends here
	hyphen            // the same, if it stands between spaces; else it joins two words
	opening           // a quotation begins
	closing           // a quotation ends
	quote             // a quotation begins or ends
	question          // the sentence asks
	negator           // denies what follows
	only              // after a negator: denies nothing
	booster           // makes what follows stronger
	downtoner         // makes what follows weaker
	conditional       // what follows is not said to be so
	concession        // what follows is granted
	contrast          // what follows counts more than what came before
	report            // what follows is somebody's opinion
	than              // what follows is compared with
)

var classes = [...]string{
	stop:        ". , ; : ! -- – — ( ) [ ] … ... and",
	hyphen:      "-",
	opening:     "“ ``",
	closing:     "”",
	quote:       `" ''`,
	question:    "?",
	negator:     "not n't never no none nobody nothing neither nor nowhere cannot without hardly scarcely barely rarely seldom unlikely",
	only:        "only just merely simply",
	booster:     "very extremely highly deeply utterly completely totally absolutely particularly especially most more far truly exceptionally extraordinarily profoundly enormously terribly awfully incredibly remarkably so too such thoroughly entirely",
	downtoner:   "somewhat slightly fairly partly partially relatively mildly moderately less least almost nearly little marginally",
	conditional: "if unless would could might should whether may",
	concession:  "although though despite while",
	contrast:    "but however yet nevertheless nonetheless",
	report:      "said says say saying told claim claims claimed argue argues argued believe believes believed contend contends insist insists insisted warn warns warned accuse accuses accused",
	than:        "than",
}

// An entry is what a Lexicon knows of a token; of one that it does not know,
// all is zero. It fills a line of the processor's cache, so that one fetch gets all.
type entry struct {
	hash    uint64
	row     int32 // number of the word's line among the words, from 1; 0 without one
	valence int16 // hundredths of a point of rating
	class   class
	toward  row // how it speaks toward a mention; zero in what train makes
	_       [64 - 15 - wordSize]byte
}

// A Lexicon holds the weights behind a sentence's score. There is one, made by
// train and embedded; train makes others on its way to it.
type Lexicon struct {
	slots   []entry // open addressing; a power of two, at most half full
	Words   int
	Factors [2][Contexts]float64 // what each Context multiplies a favourable and an unfavourable valence by
	Shape   Shape

	weights  *weights                  // of Toward; nil in what train makes
	products [2][1 << Contexts]float64 // of the Factors of each set of contexts, and 1/100
}

// ParseLexicon reads lines of "word <tab> valence" in hundredths of a point of
// rating, and of "=name <tab> number" for the factors and the shape.
func ParseLexicon(tsv string) (*Lexicon, error) {
	l := &Lexicon{slots: make([]entry, powerOfTwo(2*(strings.Count(tsv, "\n")+512)))}
	for line := range strings.Lines(tsv) {
		w, v, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return nil, err
		}
		if name, ok := strings.CutPrefix(w, "="); ok && name != "" {
			if err := l.set(name, n); err != nil {
				return nil, err
			}
			continue
		}
		l.Words++
		e := l.slot(w)
		e.row, e.valence = int32(l.Words), int16(n)
	}
	for c, list := range classes {
		for w := range strings.FieldsSeq(list) {
			l.slot(w).class = class(c)
		}
	}
	for side, factors := range l.Factors {
		for c := range l.products[side] {
			p := 0.01
			for i, f := range factors {
				if c>>i&1 != 0 {
					p *= f
				}
			}
			l.products[side][c] = p
		}
	}
	return l, nil
}

func (l *Lexicon) set(name string, n float64) error {
	for c, s := range contextNames {
		switch name {
		case s + " +":
			l.Factors[0][c] = n
			return nil
		case s + " -":
			l.Factors[1][c] = n
			return nil
		}
	}
	switch name {
	case "mass":
		l.Shape.Mass = n
	case "calm":
		l.Shape.Calm = n
	case "length":
		l.Shape.Length = n
	case "scale":
		l.Shape.Scale = n
	default:
		return fmt.Errorf("no parameter is called %q", name)
	}
	return nil
}

// powerOfTwo returns the least that is at least n, which is above 0.
func powerOfTwo(n int) int { return 1 << bits.Len(uint(n-1)) }

// slot returns token's entry, which is new if the token is.
func (l *Lexicon) slot(token string) *entry {
	h := fold(token)
	e := l.find(h)
	e.hash = h
	return e
}

// find returns the entry of the token with hash h, or an empty one.
func (l *Lexicon) find(h uint64) *entry {
	mask := uint64(len(l.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if e := &l.slots[i]; e.hash == 0 || e.hash == h {
			return e
		}
	}
}

// fold hashes token so that capitals and small letters, curly and straight
// apostrophes are the same.
func fold(token string) uint64 {
	if n := len(token); 0 < n && n <= 16 {
		head, tail := stages.Ends8(token)
		if (head|tail)&highBits == 0 {
			return hash16(small8(head), small8(tail), n)
		}
	}
	return foldAny(token)
}

// foldAny is fold for long tokens and those beyond ASCII.
func foldAny(token string) uint64 {
	var buf [64]byte
	b := buf[:0]
	for i := 0; i < len(token); i++ {
		c := token[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		} else if c == 0xe2 && len(token) > len("’") && strings.HasPrefix(token[i:], "’") {
			c = '\''
			i += len("’") - 1
		}
		b = append(b, c)
	}
	if n := len(b); 0 < n && n <= 16 {
		head, tail := stages.Ends8(string(b))
		return hash16(head, tail, n)
	}
	h := uint64(14695981039346656037) // FNV-1a with its upper bits mixed in
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return max(h^h>>32, 1)
}

// hash16 hashes a token of at most 16 bytes, of which head and tail are the
// first and last 8 and n the number. It is never 0.
func hash16(head, tail uint64, n int) uint64 {
	h := (head ^ uint64(n)*0xc2b2ae3d27d4eb4f) * 0x9e3779b97f4a7c15
	h = (h ^ h>>32 ^ tail) * 0xd6e8feb86659fd93
	return max(h^h>>32, 1)
}

const (
	highBits = 0x8080808080808080 // of each byte
	eachByte = highBits >> 7
)

// small8 puts the capital letters among 8 bytes of ASCII in lower case. Adding
// sets the high bit of each byte that is not before A, and not before what follows Z.
func small8(b uint64) uint64 {
	capitals := (b + eachByte*(0x80-'A')) &^ (b + eachByte*(0x80-'Z'-1)) & highBits
	return b | capitals>>2
}
