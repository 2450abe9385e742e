package pipeline

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// indexVersion is raised when groups are cut in another way, or when the index
// or a key comes to mean something else.
const indexVersion = 1

// indexFolder is the folder of the indexes in a snapshot.
const indexFolder = "index"

// Each part has an index, so that the next run can tell what it need not do
// again. It is JSON lines with a line for each group, in order:
//
//	{"counts":{"documents":2,…},"row_groups":[[{"rows":31,"digests":["9b…",…]}],…],
//	 "documents":[{"doc_id":"a.txt","key":"5e…","rows":[14,1,9,2,0]},…]}

// A groupIndex says what a group was made from and where its rows are.
type groupIndex struct {
	Counts    Counts           `json:"counts"`
	RowGroups schema.RowGroups `json:"row_groups"` // by table
	Documents []documentIndex  `json:"documents"`  // in doc_id order, quarantined ones too
}

// A documentIndex says what a document was made from and how many rows it has
// in each table.
type documentIndex struct {
	ID   string        `json:"doc_id"`
	Key  docKey        `json:"key"`
	Rows schema.Counts `json:"rows"`
}

// A docKey is a hash over all that decides the rows of a document besides the
// recipe: its id and place, and what was read.
type docKey [sha256.Size]byte

// MarshalText implements encoding.TextMarshaler.
func (k docKey) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, k[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (k *docKey) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(k)) {
		return fmt.Errorf("key of %d digits", len(text))
	}
	_, err := hex.Decode(k[:], text)
	return err
}

// A documentsHash is the hash over the keys of a part's documents and where
// its groups end: two parts with the same one, made by the same recipe, are the
// same.
type documentsHash struct{ hash.Hash }

func newDocumentsHash() documentsHash { return documentsHash{sha256.New()} }

func (h documentsHash) add(k docKey) { h.Write(k[:]) }

func (h documentsHash) endGroup() { h.Write(make([]byte, len(docKey{}))) }

func (h documentsHash) String() string { return hex.EncodeToString(h.Sum(nil)) }

// documents returns the hash of a part whose content is known.
func (p *part) documents(groupBytes int64) string {
	h := newDocumentsHash()
	for _, g := range p.groups(groupBytes) {
		for i := range g {
			h.add(g[i].key(&g[i].content))
		}
		h.endGroup()
	}
	return h.String()
}

// An IndexFile is the index of a part, as the manifest knows it.
type IndexFile struct {
	Path   string `json:"path"` // below the snapshot, with /
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// An indexWriter writes the index of a part.
type indexWriter struct {
	path      string // below the snapshot
	file      *disk.File
	buf       *bufio.Writer
	size      int64
	hash      hash.Hash
	documents documentsHash
	counts    Counts
}

func createIndex(snapshot string, part int) (*indexWriter, error) {
	w := &indexWriter{path: fmt.Sprintf("%s/part-%05d.jsonl", indexFolder, part), hash: sha256.New(), documents: newDocumentsHash()}
	name := filepath.Join(snapshot, filepath.FromSlash(w.path))
	if err := makeFolder(filepath.Dir(name)); err != nil {
		return nil, err
	}
	var err error
	if w.file, err = disk.Create(name); err != nil {
		return nil, err
	}
	w.buf = bufio.NewWriterSize(io.MultiWriter(w.file, w.hash), 1<<16)
	return w, nil
}

func (w *indexWriter) add(g *groupIndex) error {
	line, err := json.Marshal(g)
	if err != nil {
		return err
	}
	n, err := w.buf.Write(append(line, '\n'))
	w.size += int64(n)
	for i := range g.Documents {
		w.documents.add(g.Documents[i].Key)
	}
	w.documents.endGroup()
	w.counts.merge(&g.Counts)
	return err
}

// close syncs the file and says what it holds.
func (w *indexWriter) close() (IndexFile, error) {
	err := w.buf.Flush()
	if err == nil {
		err = w.file.Sync()
	}
	w.counts.limit()
	return IndexFile{w.path, w.size, hex.EncodeToString(w.hash.Sum(nil))}, errors.Join(err, w.file.Close())
}

// abort closes and removes the file.
func (w *indexWriter) abort() error { return errors.Join(w.file.Close(), disk.Remove(w.file.Name())) }

// A placedGroup is a group of an old part, and where it begins there.
type placedGroup struct {
	groupIndex
	firstRowGroup schema.Counts
	firstRow      []schema.Counts // by document
}

// A place is the rows of a document in an old part.
type place struct{ first, count schema.Counts }

// readIndex reads the index of a part.
func readIndex(name string) ([]placedGroup, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var groups []placedGroup
	var row, rowGroup schema.Counts
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<16))
	for {
		g := placedGroup{firstRowGroup: rowGroup}
		if err := dec.Decode(&g.groupIndex); err == io.EOF {
			return groups, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: group %d: %w", name, len(groups), err)
		}
		if len(g.Documents) == 0 {
			return nil, fmt.Errorf("%s: group %d is empty", name, len(groups))
		}
		for _, d := range g.Documents {
			g.firstRow = append(g.firstRow, row)
			row.Add(d.Rows)
		}
		rowGroup.Add(g.RowGroups.Count())
		groups = append(groups, g)
	}
}

// An oldPart is a part of an earlier snapshot, to take rows from.
type oldPart struct {
	dir    string // of the snapshot
	groups []placedGroup
	rows   *schema.OldPart

	mutex sync.Mutex
	idle  []*schema.RowReader
}

func openOldPart(snapshot string, m *ManifestPart) (*oldPart, error) {
	groups, err := readIndex(filepath.Join(snapshot, filepath.FromSlash(m.Index.Path)))
	if err != nil {
		return nil, err
	}
	rows, err := schema.OpenPart(snapshot, m.Files)
	if err != nil {
		return nil, err
	}
	return &oldPart{dir: snapshot, groups: groups, rows: rows}, nil
}

// group returns the group that was made of the same entries; nil without one.
func (o *oldPart) group(entries []entry) *placedGroup {
	if o == nil {
		return nil
	}
	i, found := slices.BinarySearchFunc(o.groups, entries[0].id, func(g placedGroup, id string) int { return strings.Compare(g.Documents[0].ID, id) })
	if !found || len(o.groups[i].Documents) != len(entries) {
		return nil
	}
	g := &o.groups[i]
	for k := range entries {
		e := &entries[k]
		if !e.content.known() || g.Documents[k].Key != e.key(&e.content) {
			return nil
		}
	}
	return g
}

// find returns where the rows of e are; nil if there are none, or rows of
// something else.
func (o *oldPart) find(e *entry) *place {
	if o == nil || !e.content.known() {
		return nil
	}
	i, found := slices.BinarySearchFunc(o.groups, e.id, func(g placedGroup, id string) int { return strings.Compare(g.Documents[0].ID, id) })
	if !found {
		i--
	}
	if i < 0 {
		return nil
	}
	g := &o.groups[i]
	k, found := slices.BinarySearchFunc(g.Documents, e.id, func(d documentIndex, id string) int { return strings.Compare(d.ID, id) })
	if !found || g.Documents[k].Key != e.key(&e.content) {
		return nil
	}
	return &place{g.firstRow[k], g.Documents[k].Rows}
}

// has reports whether find finds e.
func (o *oldPart) has(e *entry) bool { return o.find(e) != nil }

func (o *oldPart) close() error {
	if o == nil {
		return nil
	}
	var errs []error
	for _, r := range o.idle {
		errs = append(errs, r.Close())
	}
	return errors.Join(append(errs, o.rows.Close())...)
}

// borrow returns a reader of rows, for one goroutine, which then gives it back.
func (o *oldPart) borrow() *schema.RowReader {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	n := len(o.idle)
	if n == 0 {
		return o.rows.NewRowReader()
	}
	r := o.idle[n-1]
	o.idle = o.idle[:n-1]
	return r
}

func (o *oldPart) giveBack(r *schema.RowReader) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.idle = append(o.idle, r)
}

// read returns the rows of e that lie at p.
func (o *oldPart) read(r *schema.RowReader, e *entry, p *place) (*schema.Rows, error) {
	rows, err := r.Read(p.first, p.count)
	if err == nil && !onlyOf(rows, e.id) {
		err = errors.New("these are another document's")
	}
	if err != nil {
		return nil, fmt.Errorf("rows of %q in %s: %w", e.id, o.dir, err)
	}
	return rows, nil
}

// onlyOf reports whether rows are of the document with this id, or where it
// went to quarantine.
func onlyOf(rows *schema.Rows, id string) bool {
	for i := range rows.Sentences {
		if rows.Sentences[i].DocID != id {
			return false
		}
	}
	for i := range rows.Removed {
		if rows.Removed[i].DocID != id {
			return false
		}
	}
	switch {
	case len(rows.Documents) == 1 && len(rows.Quarantined) == 0:
		return rows.Documents[0].DocID == id
	case len(rows.Documents) == 0 && len(rows.Quarantined) == 1:
		return rows.Quarantined[0].DocID == id
	}
	return false
}
