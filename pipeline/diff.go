package pipeline

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"pressrow/schema"
)

// A Diff says how a snapshot differs from an earlier one.
type Diff struct {
	From      string               `json:"from"` // name of the snapshot
	To        string               `json:"to,omitempty"`
	Documents DocumentChanges      `json:"documents"`
	Tables    map[string]RowChange `json:"tables"`
	MadeBy    []string             `json:"made_by,omitempty"`  // what differs in how they were made
	Entities  []Movement           `json:"entities,omitempty"` // named more or less often, the largest change first
}

// DocumentChanges counts documents by what became of them. A document is
// known by its doc_id, and changed when its bytes did.
type DocumentChanges struct {
	Added   Changes `json:"added"`
	Changed Changes `json:"changed"`
	Removed Changes `json:"removed"`
	Same    int64   `json:"same"`
}

// Changes is a number of documents, the first few of them, and their rows.
type Changes struct {
	Count    int64            `json:"count"`
	Examples []string         `json:"examples,omitempty"` // doc_ids, up to ten
	Rows     map[string]int64 `json:"rows,omitempty"`     // by table; of changed documents, as they are now
}

// A RowChange is the number of rows of a table, before and after.
type RowChange struct {
	Before int64 `json:"before"`
	After  int64 `json:"after"`
}

// A Movement is a change in how often somebody or something is named.
type Movement struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	EntityID string `json:"entity_id,omitempty"`
	Before   int64  `json:"before"`
	After    int64  `json:"after"`
}

// maxMovements is the number of Movements in a Diff.
const maxMovements = 10

// Compare returns how snapshot to differs from snapshot from. It reads a few
// columns of the documents and entities of both; the memory it takes grows with
// the number of different names.
func Compare(from, to *Snapshot) (*Diff, error) {
	a, err := ReadManifest(from.Dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	b, err := ReadManifest(to.Dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	d, err := compareDocuments(a, from.Dir, b, to.Dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	d.From, d.To = from.Name, to.Name
	if err := d.compareEntities(a, from.Dir, b, to.Dir); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return d, nil
}

// compareDocuments returns the Diff of two snapshots, their entities aside.
// Parts with the same documents are not read.
func compareDocuments(a *Manifest, dirA string, b *Manifest, dirB string) (*Diff, error) {
	d := &Diff{Tables: map[string]RowChange{}, MadeBy: b.MadeBy.changes(&a.MadeBy)}
	for _, t := range schema.TableNames() {
		d.Tables[t] = RowChange{a.Rows[t], b.Rows[t]}
	}
	filesA, filesB := a.files(dirA, "documents"), b.files(dirB, "documents")
	if len(filesA) != len(a.Parts) || len(filesB) != len(b.Parts) || len(filesA) != len(filesB) {
		if err := d.merge(filesA, filesB); err != nil {
			return nil, err
		}
	} else {
		for i := range filesA {
			if a.Parts[i].Documents == b.Parts[i].Documents {
				continue
			}
			if err := d.merge(filesA[i:i+1], filesB[i:i+1]); err != nil {
				return nil, err
			}
		}
	}
	d.Documents.Same = b.Rows["documents"] - d.Documents.Added.Count - d.Documents.Changed.Count
	return d, nil
}

// merge walks through the documents of both sides in doc_id order.
func (d *Diff) merge(filesA, filesB []string) error {
	nextA, stopA := iter.Pull2(ordered(filesA))
	defer stopA()
	nextB, stopB := iter.Pull2(ordered(filesB))
	defer stopB()
	a, errA, okA := nextA()
	b, errB, okB := nextB()
	for okA || okB {
		if err := cmp.Or(errA, errB); err != nil {
			return err
		}
		order := strings.Compare(a.DocID, b.DocID)
		switch {
		case okA && (!okB || order < 0):
			d.Documents.Removed.add(&a)
		case okB && (!okA || order > 0):
			d.Documents.Added.add(&b)
		case a.SHA256 != b.SHA256:
			d.Documents.Changed.add(&b)
		}
		stepA, stepB := okA && (!okB || order <= 0), okB && (!okA || order >= 0)
		if stepA {
			a, errA, okA = nextA()
		}
		if stepB {
			b, errB, okB = nextB()
		}
	}
	return nil
}

func (c *Changes) add(k *schema.DocumentKey) {
	c.Count++
	if len(c.Examples) < maxExamples {
		c.Examples = append(c.Examples, k.DocID)
	}
	add(&c.Rows, "sentences", int64(k.Sentences))
	add(&c.Rows, "entities", int64(k.Entities))
	add(&c.Rows, "removed", int64(k.Removed))
}

// ordered yields the documents of several files, each in doc_id order, in
// doc_id order. It ends with the first error.
func ordered(files []string) iter.Seq2[schema.DocumentKey, error] {
	type head struct {
		key  schema.DocumentKey
		next func() (schema.DocumentKey, error, bool)
	}
	return func(yield func(schema.DocumentKey, error) bool) {
		var heads []head
		for _, name := range files {
			next, stop := iter.Pull2(schema.DocumentKeys(name))
			defer stop()
			key, err, ok := next()
			if err != nil {
				yield(key, err)
				return
			}
			if ok {
				heads = append(heads, head{key, next})
			}
		}
		for len(heads) > 0 {
			first := 0
			for i := range heads {
				if heads[i].key.DocID < heads[first].key.DocID {
					first = i
				}
			}
			h := &heads[first]
			if !yield(h.key, nil) {
				return
			}
			key, err, ok := h.next()
			if err != nil {
				yield(key, err)
				return
			}
			h.key = key
			if !ok {
				heads = slices.Delete(heads, first, first+1)
			}
		}
	}
}

// compareEntities finds who is named more often or less often than before.
func (d *Diff) compareEntities(a *Manifest, dirA string, b *Manifest, dirB string) error {
	moved := map[schema.MentionKey]*Movement{}
	count := func(files []string, one func(*Movement)) error {
		for _, name := range files {
			for k, err := range schema.MentionKeys(name) {
				if err != nil {
					return err
				}
				if k.Name == "" && k.EntityID == "" {
					continue
				}
				name := k.Name
				if k.EntityID != "" {
					k.Name = "" // one id, one entity, whatever it is called
				}
				m := moved[k]
				if m == nil {
					m = &Movement{Name: name, Label: k.Label, EntityID: k.EntityID}
					moved[k] = m
				}
				m.Name = cmp.Or(m.Name, name)
				one(m)
			}
		}
		return nil
	}
	if err := count(b.files(dirB, "entities"), func(m *Movement) { m.After++ }); err != nil {
		return err
	}
	if err := count(a.files(dirA, "entities"), func(m *Movement) { m.Before++ }); err != nil {
		return err
	}
	for m := range maps.Values(moved) {
		if m.Before != m.After {
			d.Entities = append(d.Entities, *m)
		}
	}
	slices.SortFunc(d.Entities, func(a, b Movement) int {
		return cmp.Or(-cmp.Compare(a.size(), b.size()), strings.Compare(a.Name, b.Name), strings.Compare(a.Label, b.Label), strings.Compare(a.EntityID, b.EntityID))
	})
	d.Entities = d.Entities[:min(len(d.Entities), maxMovements)]
	return nil
}

func (m *Movement) size() int64 { return max(m.After-m.Before, m.Before-m.After) }

// Print writes d for people to read.
func (d *Diff) Print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "from %s to %s\n", d.From, d.To)
	c := &d.Documents
	fmt.Fprintf(&b, "  documents   %s: %s\n", d.Tables["documents"], c)
	for _, t := range schema.TableNames() {
		switch t {
		case "documents":
		case "quarantine":
			fmt.Fprintf(&b, "  %-11s %s\n", t, d.Tables[t])
		default:
			fmt.Fprintf(&b, "  %-11s %s: %s in added, %s in changed, %s in removed documents\n", t, d.Tables[t],
				thousands(c.Added.Rows[t]), thousands(c.Changed.Rows[t]), thousands(c.Removed.Rows[t]))
		}
	}
	for _, l := range d.MadeBy {
		fmt.Fprintf(&b, "made otherwise: %s\n", l)
	}
	for _, l := range []struct {
		what    string
		changes *Changes
	}{{"added", &c.Added}, {"changed", &c.Changed}, {"removed", &c.Removed}} {
		if l.changes.Count > 0 {
			fmt.Fprintf(&b, "%s: %s\n", l.what, someOf(l.changes.Examples, int(l.changes.Count)))
		}
	}
	if len(d.Entities) > 0 {
		fmt.Fprintln(&b, "named more or less often:")
	}
	for _, m := range d.Entities {
		fmt.Fprintf(&b, "  %+6d  %s (%s), %s → %s\n", m.After-m.Before, PrintableLine(cmp.Or(m.Name, m.EntityID)), cmp.Or(m.EntityID, m.Label), thousands(m.Before), thousands(m.After))
	}
	_, err := io.WriteString(w, Printable(b.String()))
	return err
}

func (c *DocumentChanges) String() string {
	return fmt.Sprintf("%s added, %s changed, %s removed", thousands(c.Added.Count), thousands(c.Changed.Count), thousands(c.Removed.Count))
}

func (r RowChange) String() string { return thousands(r.Before) + " → " + thousands(r.After) }

// short returns d in one line, for the end of a build.
func (d *Diff) short() string {
	number, _, _ := strings.Cut(d.From, "-")
	s := fmt.Sprintf("since %s: documents %s", number, &d.Documents)
	for _, t := range []string{"sentences", "entities"} {
		if r := d.Tables[t]; r.Before != r.After {
			s += fmt.Sprintf("; %s %s", t, r)
		}
	}
	return s
}
