package pipeline

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"pressrow/schema"
)

// Counts says what a part of a dataset holds, or all of it. It is made from rows
// alone: whether they were worked out in this run or taken from the last
// snapshot, the counts are the same.
type Counts struct {
	Documents   int64            `json:"documents"` // in the dataset; quarantined ones are not
	Quarantined map[Reason]int64 `json:"quarantined,omitempty"`
	Sentences   int64            `json:"sentences"`
	Tokens      int64            `json:"tokens"`
	Entities    int64            `json:"entities"`
	Labels      map[string]int64 `json:"labels,omitempty"`    // entities by label
	Removed     map[string]int64 `json:"removed,omitempty"`   // blocks by role
	Flags       map[string]int64 `json:"flags,omitempty"`     // documents by flag
	Languages   map[string]int64 `json:"languages,omitempty"` // documents by language
	Outlets     map[string]int64 `json:"outlets,omitempty"`   // documents by outlet; see limit
	Dated       int64            `json:"dated"`               // documents with a day of publication
	First       *int32           `json:"first,omitempty"`     // earliest of these days, in days since 1970-01-01; nil without any
	Last        *int32           `json:"last,omitempty"`      // latest of these days
	Bytes       int64            `json:"bytes"`               // of what could be read
}

// add counts the rows of one document.
func (c *Counts) add(rows *schema.Rows) {
	for i := range rows.Documents {
		d := &rows.Documents[i]
		c.Documents++
		c.Tokens += int64(d.NTokens)
		c.Bytes += d.Size
		if d.Published != nil {
			c.Dated++
			c.day(*d.Published)
		}
		if d.Language != "" {
			add(&c.Languages, d.Language, 1)
		}
		if d.Outlet != "" && len(d.Outlet) <= longestOutlet {
			add(&c.Outlets, d.Outlet, 1)
		}
		for _, flag := range d.Flags {
			add(&c.Flags, flag, 1)
		}
	}
	c.Sentences += int64(len(rows.Sentences))
	for i := range rows.Sentences {
		list := rows.Sentences[i].Entities
		c.Entities += int64(len(list))
		for k := range list {
			add(&c.Labels, list[k].Label, 1)
		}
	}
	for i := range rows.Removed {
		add(&c.Removed, rows.Removed[i].Role, 1)
	}
	for i := range rows.Quarantined {
		q := &rows.Quarantined[i]
		add(&c.Quarantined, Reason(q.Reason), 1)
		if q.SHA256 != "" {
			c.Bytes += q.Size
		}
	}
}

// day widens First and Last to hold a day.
func (c *Counts) day(day int32) {
	if c.First == nil || day < *c.First {
		c.First = &day
	}
	if c.Last == nil || day > *c.Last {
		c.Last = &day
	}
}

// merge adds the counts of o.
func (c *Counts) merge(o *Counts) {
	c.Documents += o.Documents
	c.Sentences += o.Sentences
	c.Tokens += o.Tokens
	c.Entities += o.Entities
	c.Dated += o.Dated
	c.Bytes += o.Bytes
	for _, day := range []*int32{o.First, o.Last} {
		if day != nil {
			c.day(*day)
		}
	}
	addAll(&c.Quarantined, o.Quarantined)
	addAll(&c.Labels, o.Labels)
	addAll(&c.Removed, o.Removed)
	addAll(&c.Flags, o.Flags)
	addAll(&c.Languages, o.Languages)
	addAll(&c.Outlets, o.Outlets)
}

// The most that the counts of a part keep of outlets, which come from the input
// and could be as many, and as long, as the documents.
const (
	longestOutlet = 100 // bytes of a name
	mostOutlets   = 100 // names
)

// limit keeps the outlets with the most documents, of equals the first by name.
func (c *Counts) limit() {
	for _, name := range mostFirst(c.Outlets)[min(mostOutlets, len(c.Outlets)):] {
		delete(c.Outlets, name)
	}
}

// InQuarantine returns the number of files and records that are not in the dataset.
func (c *Counts) InQuarantine() (n int64) {
	for _, k := range c.Quarantined {
		n += k
	}
	return n
}

// A Tally counts what a run did.
type Tally struct {
	Counts
	Seconds map[string]float64 `json:"stage_seconds,omitempty"` // by stage, over the documents that were analysed
}

// time adds what a document spent in each stage.
func (t *Tally) time(times []time.Duration, list []Stage) {
	for i, spent := range times {
		add(&t.Seconds, list[i].Name, spent.Seconds())
	}
}

func add[K comparable, N int64 | float64](m *map[K]N, k K, n N) {
	if *m == nil {
		*m = make(map[K]N)
	}
	(*m)[k] += n
}

func addAll[K comparable, N int64 | float64](m *map[K]N, more map[K]N) {
	for k, n := range more {
		add(m, k, n)
	}
}

// mostFirst returns the keys of m, those with the largest values first, of
// equals in the order of their names.
func mostFirst[K ~string](m map[K]int64) []K {
	return slices.SortedFunc(maps.Keys(m), func(a, b K) int {
		return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b))
	})
}
