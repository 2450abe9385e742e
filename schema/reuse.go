package schema

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
)

// Counts holds a number for each table, in the order of Tables.
type Counts [numTables]int64

// Add adds the numbers of o.
func (c *Counts) Add(o Counts) {
	for i, n := range o {
		c[i] += n
	}
}

// RowCounts returns the number of rows in each table.
func (r *Rows) RowCounts() Counts {
	return Counts{
		sentences: int64(len(r.Sentences)), documents: int64(len(r.Documents)), entities: int64(len(r.Mentions)),
		removed: int64(len(r.Removed)), quarantine: int64(len(r.Quarantined)),
	}
}

// RowGroups says, for each table, which row groups a Group has become: enough
// to copy them from its part into another.
type RowGroups [numTables][]RowGroup

// A RowGroup is what is known of a row group without reading it.
type RowGroup struct {
	Rows    int64 `json:"rows"`
	Digests []Sum `json:"digests"` // by leaf column
}

// A Sum is the digest of a column of a row group. As text it is 32 hexadecimal
// digits.
type Sum [16]byte

// MarshalText implements encoding.TextMarshaler.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(s)) {
		return fmt.Errorf("digest of %d digits", len(text))
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// RowGroups says which row groups g becomes when it is added to a part.
func (g *Group) RowGroups() RowGroups {
	var out RowGroups
	for i := range g.pieces {
		out[i] = g.pieces[i].rowGroups
	}
	return out
}

// Count returns the number of row groups in each table.
func (r *RowGroups) Count() Counts {
	var c Counts
	for i := range r {
		c[i] = int64(len(r[i]))
	}
	return c
}

// An OldPart is a part that was written before and whose rows go into another
// one. Its files must be whole (see VerifyBytes). It may be used by several
// goroutines.
type OldPart struct {
	files  [numTables]*parquet.File
	closer []io.Closer
}

// OpenPart opens the files of a part, which lie below dir. The caller ends with
// Close.
func OpenPart(dir string, files []File) (*OldPart, error) {
	p := new(OldPart)
	for _, f := range files {
		i := tableIndex(f.Table)
		if i < 0 {
			continue
		}
		var err error
		if p.files[i], err = p.open(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Size); err != nil {
			return nil, errors.Join(fmt.Errorf("schema: open %s: %w", f.Path, err), p.Close())
		}
	}
	for i, f := range p.files {
		if f == nil {
			return nil, errors.Join(fmt.Errorf("schema: open part in %s: no file of %s", dir, Tables[i].Name), p.Close())
		}
	}
	return p, nil
}

func (p *OldPart) open(path string, size int64) (*parquet.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p.closer = append(p.closer, f)
	return parquet.OpenFile(f, size)
}

// Close closes the files.
func (p *OldPart) Close() error {
	var errs []error
	for _, c := range p.closer {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// Copy copies row groups of old to the ends of the files, byte for byte: in
// each table those from first on that groups speaks of. After an error the part
// can only be aborted.
func (w *PartWriter) Copy(old *OldPart, first Counts, groups *RowGroups) error {
	for i, f := range w.files {
		in := old.files[i].RowGroups()
		if end := first[i] + int64(len(groups[i])); first[i] < 0 || end > int64(len(in)) {
			return fmt.Errorf("schema: copy to %s: no row groups %d to %d among %d", f.path, first[i], end, len(in))
		}
		for k, known := range groups[i] {
			from := int(first[i]) + k
			if err := f.copy(in[from], known, from); err != nil {
				return fmt.Errorf("schema: copy to %s: %w", f.path, err)
			}
		}
	}
	return nil
}

// A RowReader reads rows of an OldPart. It is used by one goroutine.
type RowReader struct {
	sentences   tableReader[sentenceRow]
	documents   tableReader[documentRow]
	removed     tableReader[removedRow]
	quarantined tableReader[quarantinedRow]
	rows        Rows
}

// NewRowReader returns a reader of p's rows. The caller ends with its Close,
// before that of p.
func (p *OldPart) NewRowReader() *RowReader {
	return &RowReader{
		sentences:   tableReader[sentenceRow]{file: p.files[sentences]},
		documents:   tableReader[documentRow]{file: p.files[documents]},
		removed:     tableReader[removedRow]{file: p.files[removed]},
		quarantined: tableReader[quarantinedRow]{file: p.files[quarantine]},
	}
}

// Read returns so many rows of each table, from first on. Going on where the
// call before ended is fastest. The rows are good until the next call. Mentions
// are taken from the sentences, which hold the same.
func (r *RowReader) Read(first, count Counts) (*Rows, error) {
	err := firstError(
		r.sentences.read(first[sentences], count[sentences]),
		r.documents.read(first[documents], count[documents]),
		r.removed.read(first[removed], count[removed]),
		r.quarantined.read(first[quarantine], count[quarantine]),
	)
	if err != nil {
		return nil, fmt.Errorf("schema: read rows: %w", err)
	}
	r.rows.clear()
	for i := range r.sentences.rows {
		s := r.sentences.rows[i].row()
		r.rows.Sentences = append(r.rows.Sentences, s)
		for k, e := range s.Entities {
			r.rows.Mentions = append(r.rows.Mentions, Mention{s.DocID, s.Sentence, int32(k), e})
		}
	}
	for i := range r.documents.rows {
		r.rows.Documents = append(r.rows.Documents, r.documents.rows[i].row())
	}
	for i := range r.removed.rows {
		r.rows.Removed = append(r.rows.Removed, Removed(r.removed.rows[i]))
	}
	for i := range r.quarantined.rows {
		r.rows.Quarantined = append(r.rows.Quarantined, r.quarantined.rows[i].row())
	}
	if got := r.rows.RowCounts(); got != count {
		return nil, fmt.Errorf("schema: read rows: found %d, not %d", got, count)
	}
	return &r.rows, nil
}

// Close ends the reading.
func (r *RowReader) Close() error {
	return errors.Join(r.sentences.close(), r.documents.close(), r.removed.close(), r.quarantined.close())
}

func (r *Rows) clear() {
	r.Sentences, r.Documents, r.Mentions = r.Sentences[:0], r.Documents[:0], r.Mentions[:0]
	r.Removed, r.Quarantined = r.Removed[:0], r.Quarantined[:0]
}

// A tableReader reads rows of one table.
type tableReader[T any] struct {
	file   *parquet.File
	reader *parquet.GenericReader[T] // nil before the first row is wanted
	next   int64                     // row the reader stands at
	rows   []T
}

// read reads count rows from first on into t.rows.
func (t *tableReader[T]) read(first, count int64) error {
	t.rows = t.rows[:0]
	if count == 0 {
		return nil
	}
	if first < 0 || count < 0 || first+count > t.file.NumRows() {
		return fmt.Errorf("no rows %d to %d among %d", first, first+count, t.file.NumRows())
	}
	if t.reader == nil {
		t.reader = parquet.NewGenericReader[T](t.file)
	}
	if t.next != first {
		if err := t.reader.SeekToRow(first); err != nil {
			return err
		}
		t.next = first
	}
	if int64(cap(t.rows)) < count {
		t.rows = make([]T, count)
	}
	t.rows = t.rows[:count]
	clear(t.rows) // the reader keeps what it finds in lists
	for got := 0; got < len(t.rows); {
		n, err := t.reader.Read(t.rows[got:])
		got += n
		t.next += int64(n)
		if got < len(t.rows) && (err != nil || n == 0) {
			return errors.Join(fmt.Errorf("%d rows from %d on, %d wanted", got, first, count), err)
		}
	}
	return nil
}

func (t *tableReader[T]) close() error {
	if t.reader == nil {
		return nil
	}
	return t.reader.Close()
}

// What layout does, undone: rows of a file become rows of the pipeline.

func (s *sentenceRow) row() Sentence {
	list := make([]Entity, len(s.Entities))
	for i := range s.Entities {
		list[i] = s.Entities[i].row()
	}
	return Sentence{
		s.DocID, s.Sentence, s.Paragraph, s.Role, s.Text, s.StartChar, s.EndChar, s.SourceStart, s.SourceEnd,
		text(s.Title), s.Published, s.Tokens, s.TokenStart, list, s.NTokens, s.NEntities, s.Sentiment, s.SentimentLabel,
		s.Positive, s.Negative, s.Neutral, s.Quoted, s.Flags,
	}
}

func (e *entityRow) row() Entity {
	return Entity{
		e.Text, e.Label, e.StartChar, e.EndChar, text(e.Name), text(e.EntityID), text(e.ExternalID), text(e.Title), text(e.Value),
		e.Score, e.Sentiment, text(e.SentimentLabel),
	}
}

func (d *documentRow) row() Document {
	list := make([]MainEntity, len(d.MainEntities))
	for i, m := range d.MainEntities {
		list[i] = MainEntity{m.Name, m.Label, text(m.EntityID), m.Mentions, m.Sentiment}
	}
	return Document{
		d.DocID, d.Path, d.SHA256, d.Size, d.Encoding, text(d.Title), text(d.Byline), text(d.Dateline), d.Published,
		text(d.Outlet), text(d.URL), text(d.Language), d.Text, d.NChars, d.NBlocks, d.NRemoved, d.NSentences, d.NTokens, d.NEntities,
		d.Sentiment, list, d.Flags, d.FlagCounts,
	}
}

func (q *quarantinedRow) row() Quarantined {
	return Quarantined{q.DocID, q.Path, q.PathHex, text(q.SHA256), q.Size, q.Reason, q.Detail, q.ByteOffset}
}

// text returns the string that s points to, or "" for NULL.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
