package entities

import (
	"math/bits"
	"slices"
)

// A term is a spelling of the stretch of a document at hand.
type term struct {
	head, tail uint64 // of its key
	size       uint32
	trace      int32 // of the word, counted from 1; 0 when it has none
	form
}

// A vocabulary holds the spellings of a stretch, each once: two words in five
// of an article. They lie together where the cache is near, as the forms of all
// texts do not.
type vocabulary struct {
	terms []term
	slots []int32 // hash table of terms: index plus one
}

// reset empties v for a stretch of n words. Terms stay where they are until the next reset.
func (v *vocabulary) reset(n int) {
	v.terms = slices.Grow(v.terms[:0], n)
	slots := max(fewSlots, 1<<bits.Len(uint(n+n/2)))
	v.slots = slices.Grow(v.slots[:0], slots)[:slots]
	clear(v.slots)
}

// find returns the term with key k, or nil.
func (v *vocabulary) find(k *key) *term {
	mask := len(v.slots) - 1
	for i := int(k.hash) & mask; v.slots[i] != 0; i = (i + 1) & mask {
		if e := &v.terms[v.slots[i]-1]; e.head == k.head && e.tail == k.tail && int(e.size) == k.size {
			return e
		}
	}
	return nil
}

// add returns a new term with key k, which v has not, and the form f.
func (v *vocabulary) add(k *key, f *form) *term {
	v.terms = append(v.terms, term{k.head, k.tail, uint32(k.size), 0, *f})
	if k.size <= maxKey {
		mask := len(v.slots) - 1
		i := int(k.hash) & mask
		for v.slots[i] != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = int32(len(v.terms))
	}
	return &v.terms[len(v.terms)-1]
}

// word returns a word with the spelling of e.
func (e *term) word() word { return word{term: e, shape: e.form.shape, service: e.form.service} }
