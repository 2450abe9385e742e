package pipeline

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/zeebo/xxh3"

	"pressrow/schema"
	"pressrow/stages"
)

// maxMain is the number of names in documents.main_entities, at most.
const maxMain = 10

// A nameCount finds out who and what an article is mainly about: its names by
// the number of their mentions.
type nameCount struct {
	names []name  // in the order of their first mentions
	slots []int32 // by the hashes of their keys, open addressing, at most half full: 1 more than an index in names, or 0
	most  []int32 // indices in names: those with the most mentions
}

// A nameKey is what mentions of one name share: the id or, without one, the
// name, or else the text, and the label.
type nameKey struct {
	id, name string
	label    stages.Label
}

type name struct {
	name      string // "" as long as no mention has one
	first     int    // mention in Document.Entities
	mentions  int32
	sentiment float64 // sum over the mentions
}

// appendMain appends the names of d with the most mentions to rows, the most
// first; of two with as many, the one that stands first in the text comes first.
// The rows point into c until its next call.
func (c *nameCount) appendMain(rows []schema.MainEntity, d *stages.Document) []schema.MainEntity {
	c.count(d)
	c.choose()
	for _, i := range c.most {
		n := &c.names[i]
		n.sentiment /= float64(n.mentions)
		e := &d.Entities[n.first]
		rows = append(rows, schema.MainEntity{
			Name: cmp.Or(n.name, d.Of(e.Span)), Label: e.Label.String(), EntityID: e.EntityID, Mentions: n.mentions, Sentiment: &n.sentiment,
		})
	}
	return rows
}

// count fills c with the names of d.
func (c *nameCount) count(d *stages.Document) {
	size := 2 << bits.Len(uint(len(d.Entities)))
	c.slots = slices.Grow(c.slots[:0], size)[:size]
	clear(c.slots)
	c.names = c.names[:0]
	for i := range d.Entities {
		e := &d.Entities[i]
		if e.Label.Numeric() || e.Label == stages.Language {
			continue
		}
		n := c.nameOf(d, i)
		if n.name == "" {
			n.name = e.Name
		}
		n.mentions++
		n.sentiment += e.Sentiment
	}
}

// nameOf returns the name of a mention in d.Entities, a new one if that is its first.
func (c *nameCount) nameOf(d *stages.Document, mention int) *name {
	key := keyOf(d, &d.Entities[mention])
	mask := uint64(len(c.slots) - 1)
	for i := xxh3.HashString(cmp.Or(key.id, key.name)); ; i++ {
		slot := &c.slots[i&mask]
		if *slot == 0 {
			c.names = append(c.names, name{first: mention})
			*slot = int32(len(c.names))
		}
		if n := &c.names[*slot-1]; keyOf(d, &d.Entities[n.first]) == key {
			return n
		}
	}
}

// choose sets c.most.
func (c *nameCount) choose() {
	c.most = c.most[:0]
	for i := range c.names {
		at := len(c.most) // behind all that have as many
		for at > 0 && c.names[c.most[at-1]].mentions < c.names[i].mentions {
			at--
		}
		if at == maxMain {
			continue
		}
		if len(c.most) == maxMain {
			c.most = c.most[:maxMain-1]
		}
		c.most = slices.Insert(c.most, at, int32(i))
	}
}

func keyOf(d *stages.Document, e *stages.Entity) nameKey {
	if e.EntityID != "" {
		return nameKey{id: e.EntityID}
	}
	return nameKey{name: cmp.Or(e.Name, d.Of(e.Span)), label: e.Label}
}
