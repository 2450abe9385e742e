package pipeline

import (
	"cmp"
	"slices"

	"pressrow/schema"
	"pressrow/stages"
)

// maxMain is the number of names in documents.main_entities, at most.
const maxMain = 10

// A nameCount finds out who and what an article is mainly about: its names by
// the number of their mentions.
type nameCount struct {
	index map[nameKey]int // into names
	names []name          // in the order of their first mentions
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
	slices.SortFunc(c.names, func(a, b name) int {
		return cmp.Or(cmp.Compare(b.mentions, a.mentions), cmp.Compare(a.first, b.first))
	})
	for i := range c.names[:min(maxMain, len(c.names))] {
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
	if c.index == nil {
		c.index = map[nameKey]int{}
	}
	clear(c.index)
	c.names = c.names[:0]
	for i := range d.Entities {
		e := &d.Entities[i]
		if e.Label.Numeric() || e.Label == stages.Language {
			continue
		}
		key := keyOf(d, e)
		at, known := c.index[key]
		if !known {
			at = len(c.names)
			c.index[key] = at
			c.names = append(c.names, name{first: i})
		}
		n := &c.names[at]
		n.name = cmp.Or(n.name, e.Name)
		n.mentions++
		n.sentiment += e.Sentiment
	}
}

func keyOf(d *stages.Document, e *stages.Entity) nameKey {
	if e.EntityID != "" {
		return nameKey{id: e.EntityID}
	}
	return nameKey{name: cmp.Or(e.Name, d.Of(e.Span)), label: e.Label}
}
