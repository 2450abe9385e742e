package entities

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sort"
	"strings"
	"sync"

	"pressrow/stages"
)

// Class is a set of the lists a phrase stands in.
type Class uint32

// The lists of the gazetteer.
const (
	First   Class = 1 << iota // first names
	Last                      // last names
	Person                    // full names of people in public life
	City                      // cities of the world
	Region                    // provinces, districts
	Country                   // countries
	State                     // states and provinces of federal countries
	BigCity                   // capitals and cities that are often in the news
	Company                   // listed companies
	Agency                    // parts of the US government
	Media                     // newspapers
	Org                       // organisations, hand-written
	Norp                      // peoples, religions, parties' members
	Loc                       // seas, mountains, regions
	Fac                       // buildings, bridges
	Other                     // products, events, laws, works, languages
	Holiday                   // named days
	Form                      // forms of address: Mr.
	Office                    // offices that stand before a name: Sen.
	HeadOrg                   // words that end or begin names of organisations: University
	HeadFac
	HeadLoc
	HeadGPE
	HeadLaw
	HeadEvent
	Say  // verbs of saying and other words next to people
	Role // nouns for people: spokesman
	Move // words before places: in, near

	smallMore  Class = 1 << 28 // a name of several words begins with this one in small letters
	capsOnly   Class = 1 << 29 // stands for this only in capitals: WHO, ICE
	smallToo   Class = 1 << 30 // may begin with a small letter: al-Qaeda, said
	classFlags       = smallMore | capsOnly | smallToo

	aroundNames = Say | Role | Move // classes of words that are no names
)

//go:embed gazetteer.bin
var gazetteerFile string

// The file holds a header of four little-endian 32-bit numbers (magic, slots,
// records, bytes of text), then the slots, the records' offsets and their text.
//
// A slot is 12 bytes: the upper half of a phrase's hash (0 in an empty slot),
// its Class, and 16 bits each for its record and its next words. A phrase lies
// at the slot its hash points to or, where that is taken, after it.
const (
	magic      = 0x31677270
	headerSize = 16
	slotSize   = 12
)

// A listing is what the gazetteer says of a phrase.
type listing struct {
	class  Class
	record uint16 // counted from 1; 0 where it has none
	nexts  nexts  // words that longer phrases go on with
}

// nexts is a set of words by four bits of their hashes. Other words may seem to be
// in it, but two lookups of longer phrases in five need not be made.
type nexts uint16

func (n nexts) with(hash uint64) nexts { return n | 1<<(hash&15) }

// may reports whether the word with the given hash can be in n.
func (n nexts) may(hash uint64) bool { return n>>(hash&15)&1 == 1 }

// A gazetteer is the embedded table, read in place.
type gazetteer struct {
	slots   string
	n       uint64
	offsets string
	text    string
	sieve   *[1 << sieveBits / 64]uint64
	sets    []Class            // by their ids: those of its phrases
	setIDs  [numSetSlots]setID // hash table of sets
}

// A setID is the number of a set of lists that some phrase stands in, or a word
// in small letters. There are far fewer of these sets than could be made of the
// lists. The empty set is number 0.
type setID uint16

// maxSets bounds the number of sets.
const (
	maxSets     = 256
	numSetSlots = 4 * maxSets
)

// slotOf returns the slot of set, a free one where set is new.
func (g *gazetteer) slotOf(set Class) *setID {
	for i := uint32(set) * 0x9e3779b1 >> 22; ; i = (i + 1) % numSetSlots {
		if id := &g.setIDs[i]; g.sets[*id] == set || *id == 0 {
			return id
		}
	}
}

// setOf returns the id of the lists in class, which is one of a phrase.
func (g *gazetteer) setOf(class Class) setID { return *g.slotOf(class &^ classFlags) }

// set returns the set with the given id, the empty one for an id that is none.
func (g *gazetteer) set(id uint64) Class {
	if id < uint64(len(g.sets)) {
		return g.sets[id]
	}
	return 0
}

// number gives set an id, if it is new. It panics where there are too many.
func (g *gazetteer) number(set Class) {
	if id := g.slotOf(set); *id == 0 && set != 0 {
		if len(g.sets) == maxSets {
			panic("entities: gazetteer.bin has more sets of lists than maxSets")
		}
		*id = setID(len(g.sets))
		g.sets = append(g.sets, set)
	}
}

// Most phrases asked for stand in no list. The sieve knows nineteen in twenty
// of them: it has a bit for each value of the highest bits of a hash, set where
// an entry has them, and fits the processor's cache, as the slots do not.
const sieveBits = 21

// sieved returns the bit for entries with hash h.
func sieved(h uint64) (word int, bit uint64) {
	n := h >> (64 - sieveBits)
	return int(n / 64), 1 << (n % 64)
}

// may reports whether the phrase with hash h can be an entry.
func (g *gazetteer) may(h uint64) bool {
	word, bit := sieved(h)
	return g.sieve[word]&bit != 0
}

var openedGazetteer = sync.OnceValue(func() *gazetteer { return openGazetteer(gazetteerFile) })

// openGazetteer finds the tables in file, without copying. It panics on a file
// that Compile did not write or that has too many sets, which no build can embed.
func openGazetteer(file string) *gazetteer {
	if len(file) < headerSize || stages.Load4(file) != magic {
		panic("entities: gazetteer.bin is not a gazetteer")
	}
	n, records := int(stages.Load4(file[4:])), int(stages.Load4(file[8:]))
	offsets := headerSize + n*slotSize
	text := offsets + 4*records
	g := &gazetteer{slots: file[headerSize:offsets], n: uint64(n), offsets: file[offsets:text], text: file[text:],
		sieve: new([1 << sieveBits / 64]uint64), sets: make([]Class, 1, maxSets)}
	for i := 0; i < len(g.slots); i += slotSize {
		if key := stages.Load4(g.slots[i:]); key != 0 {
			word, bit := sieved(key << 32)
			g.sieve[word] |= bit
			set := Class(stages.Load4(g.slots[i+4:])) &^ classFlags
			g.number(set)
			g.number(set & aroundNames)
		}
	}
	return g
}

// look returns the listing of the phrase with hash h, the zero listing when there is none.
func (g *gazetteer) look(h uint64) listing {
	if !g.may(h) {
		return listing{}
	}
	want := h>>32 | 1
	for i := (h & 0xffffffff) * g.n >> 32; ; {
		slot := g.slots[i*slotSize : i*slotSize+slotSize]
		switch stages.Load4(slot) {
		case want:
			last := stages.Load4(slot[8:])
			return listing{Class(stages.Load4(slot[4:])), uint16(last), nexts(last >> 16)}
		case 0:
			return listing{}
		}
		if i++; i == g.n {
			i = 0
		}
	}
}

// A Record is a thing that has an id of its own.
type Record struct {
	Label    stages.Label
	ID       string // "gpe/us/alabama"
	External string // "iso3166:US-AL", "" when there is none
	Name     string // "Alabama"
}

// record returns record n, counted from 1.
func (g *gazetteer) record(n uint16) Record {
	text := g.text[stages.Load4(g.offsets[4*(int(n)-1):]):]
	r := Record{Label: stages.Label(text[0])}
	text = text[1:]
	for _, field := range []*string{&r.ID, &r.External, &r.Name} {
		*field = text[1 : 1+text[0]]
		text = text[1+text[0]:]
	}
	return r
}

// A Phrase is an entry for Compile.
type Phrase struct {
	Text   string
	Class  Class
	Record *Record // nil for a phrase without an id
}

// phraseWords parts a phrase as the tokens stage parts text: at spaces, hyphens,
// commas, brackets and before 's.
func phraseWords(phrase string) []string {
	var words []string
	for _, w := range strings.Fields(phrase) {
		var tail []string
		for len(w) > 1 && strings.ContainsRune(",:;()", rune(w[len(w)-1])) {
			tail = append(tail, w[len(w)-1:])
			w = w[:len(w)-1]
		}
		if len(w) > 1 && w[0] == '(' {
			words, w = append(words, "("), w[1:]
		}
		for _, s := range []string{"'s", "’s"} {
			if cut, ok := strings.CutSuffix(w, s); ok && cut != "" {
				w, tail = cut, append(tail, s)
			}
		}
		for i := 1; i+1 < len(w); i++ {
			if w[i] == '-' {
				words, w, i = append(words, w[:i], "-"), w[i+1:], 0
			}
		}
		words = append(words, w)
		for i := len(tail) - 1; i >= 0; i-- {
			words = append(words, tail[i])
		}
	}
	return words
}

// entry is a phrase's slot in the making.
type entry struct {
	hash uint64
	listing
}

// Compile returns the gazetteer file for phrases. Of two records for the same
// phrase the first wins. The result depends on nothing but phrases.
func Compile(phrases []Phrase) ([]byte, error) {
	entries := map[uint64]*entry{}
	first := map[*entry]*entry{} // the first word of a phrase of several
	records := map[string]uint16{}
	var offsets, text []byte
	at := func(h uint64) *entry {
		e := entries[h]
		if e == nil {
			e = &entry{hash: h, listing: listing{class: capsOnly}}
			entries[h] = e
		}
		return e
	}
	for _, p := range phrases {
		words := phraseWords(p.Text)
		if len(words) == 0 || len(words) > maxPhrase {
			continue
		}
		var h uint64
		caps, small := true, false
		for i, w := range words {
			wh, s := scan(w)
			if i == 0 {
				h = wh
				small = !s.has(capital)
			} else {
				before := at(h)
				before.nexts = before.nexts.with(wh)
				h = join(h, wh)
			}
			caps = caps && (s.has(allCaps) || !s.has(letter))
		}
		e := at(h)
		if len(words) > 1 {
			wh, _ := scan(words[0])
			first[e] = at(wh)
		}
		e.class |= p.Class
		if !caps {
			e.class &^= capsOnly
		}
		if small {
			e.class |= smallToo
		}
		if p.Record != nil && e.record == 0 {
			r := p.Record
			n, ok := records[r.ID+"\t"+r.Name]
			if !ok {
				offsets = binary.LittleEndian.AppendUint32(offsets, uint32(len(text)))
				text = append(text, byte(r.Label))
				for _, f := range []string{r.ID, r.External, r.Name} {
					if len(f) > 255 {
						return nil, fmt.Errorf("entities: record %q is too long", f)
					}
					text = append(append(text, byte(len(f))), f...)
				}
				if len(records) == math.MaxUint16 {
					return nil, fmt.Errorf("entities: more than %d records", math.MaxUint16)
				}
				n = uint16(len(records) + 1)
				records[r.ID+"\t"+r.Name] = n
			}
			e.record = n
		}
	}
	for e, f := range first {
		if e.class&smallToo != 0 && e.class&^(classFlags|aroundNames) != 0 {
			f.class |= smallMore
		}
	}
	slots, n := layOut(entries)
	file := make([]byte, headerSize, headerSize+len(slots)+len(offsets)+len(text))
	for i, v := range []uint32{magic, uint32(n), uint32(len(records)), uint32(len(text))} {
		binary.LittleEndian.PutUint32(file[4*i:], v)
	}
	return append(append(append(file, slots...), offsets...), text...), nil
}

// layOut places the entries, in the order of their hashes, in a table that is four fifths full.
func layOut(entries map[uint64]*entry) ([]byte, int) {
	sorted := make([]*entry, 0, len(entries))
	for _, e := range entries {
		sorted = append(sorted, e)
	}
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].hash < sorted[j].hash })
	n := len(sorted)*5/4 + 1
	slots := make([]byte, n*slotSize)
	for _, e := range sorted {
		i := int((e.hash & 0xffffffff) * uint64(n) >> 32)
		for binary.LittleEndian.Uint32(slots[i*slotSize:]) != 0 {
			i = (i + 1) % n
		}
		class := e.class
		if class&^classFlags == 0 {
			class &^= capsOnly
		}
		binary.LittleEndian.PutUint32(slots[i*slotSize:], uint32(e.hash>>32)|1)
		binary.LittleEndian.PutUint32(slots[i*slotSize+4:], uint32(class))
		binary.LittleEndian.PutUint32(slots[i*slotSize+8:], uint32(e.record)|uint32(e.nexts)<<16)
	}
	return slots, n
}

// maxPhrase is the number of words of the longest phrase kept.
const maxPhrase = 8

// fits reports whether the case of words allows the phrase with class c.
func fits(c Class, words []word) bool {
	if c&capsOnly != 0 {
		for i := range words {
			if s := words[i].shape; s.has(letter) && !s.has(allCaps|single) {
				return false
			}
		}
		return true
	}
	return c&smallToo != 0 || words[0].shape.has(capital|digit)
}
