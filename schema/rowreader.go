package schema

import (
	"errors"
	"fmt"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// A RowReader reads rows of an OldPart with Arrow. It is used by one goroutine.
//
// It is not built on parquet-go's readers of rows: where a list or a page ends,
// they give a page's memory back before the values in it are copied, so that
// another goroutine may write over them.
type RowReader struct {
	tables [numTables]tableReader
	rows   Rows
}

// NewRowReader returns a reader of p's rows. The caller ends with its Close.
func (p *OldPart) NewRowReader() *RowReader {
	r := new(RowReader)
	for i := range r.tables {
		r.tables[i] = tableReader{table: i, path: p.paths[i]}
	}
	return r
}

// Read returns so many rows of each table, from first on. Going on behind the
// rows of the call before is fastest. The rows are good until the next call.
// Entities are not read: the sentences hold the same.
func (r *RowReader) Read(first, count Counts) (_ *Rows, err error) {
	defer func() {
		if p := recover(); p != nil { // Arrow's answer to damage
			err = fmt.Errorf("%v", p)
		}
		if err != nil {
			err = fmt.Errorf("schema: read rows: %w", err)
		}
	}()
	out := &r.rows
	out.Sentences, out.Documents = out.Sentences[:0], out.Documents[:0]
	out.Removed, out.Quarantined = out.Removed[:0], out.Quarantined[:0]
	err = firstError(
		r.tables[sentences].read(first[sentences], count[sentences], func(c *cells) { out.Sentences = append(out.Sentences, c.sentence()) }),
		r.tables[documents].read(first[documents], count[documents], func(c *cells) { out.Documents = append(out.Documents, c.document()) }),
		r.tables[removed].read(first[removed], count[removed], func(c *cells) { out.Removed = append(out.Removed, c.removed()) }),
		r.tables[quarantine].read(first[quarantine], count[quarantine], func(c *cells) { out.Quarantined = append(out.Quarantined, c.quarantined()) }),
	)
	if err != nil {
		return nil, err
	}
	if got := out.RowCounts(); got != count {
		return nil, fmt.Errorf("found %d, not %d", got, count)
	}
	return out, nil
}

// Close ends the reading.
func (r *RowReader) Close() error {
	var errs []error
	for i := range r.tables {
		errs = append(errs, r.tables[i].close())
	}
	return errors.Join(errs...)
}

// A tableReader reads rows of one table, forwards and a row group at a time.
type tableReader struct {
	table  int
	path   string
	file   *arrowFile // nil before the first row is wanted
	build  *array.RecordBuilder
	leaves []leaf // of the row group at hand

	group     int   // the row group at hand
	next, end int64 // the row to come, and the one behind the row group
}

// read calls yield for each of count rows from first on.
func (t *tableReader) read(first, count int64, yield func(*cells)) error {
	if count == 0 {
		return nil
	}
	if err := t.open(); err != nil {
		return err
	}
	if first < 0 || count < 0 || first > t.file.NumRows()-count {
		return fmt.Errorf("%s: no rows %d to %d among %d", Tables[t.table].Name, first, first+count, t.file.NumRows())
	}
	if first < t.next {
		t.group, t.next, t.end, t.leaves = -1, 0, 0, nil
	}
	for end := first + count; t.next < end; {
		if t.next == t.end {
			t.group++
			t.leaves, t.end = nil, t.end+t.file.RowGroup(t.group).NumRows()
		}
		if t.end <= first {
			t.next = t.end
			continue
		}
		record, from, err := t.record(first, end)
		if err != nil {
			return fmt.Errorf("%s: row group %d: %w", Tables[t.table].Name, t.group, err)
		}
		for i := from; i < int(record.NumRows()); i++ {
			yield(&cells{record: record, row: i})
		}
		record.Release()
	}
	return nil
}

// record reads on to row end, or to the end of the row group, and returns the
// rows in a record; those wanted stand there from index from on.
func (t *tableReader) record(first, end int64) (record arrow.Record, from int, err error) {
	if t.leaves == nil {
		if t.leaves, err = openLeaves(t.file, t.group, t.build); err != nil {
			return nil, 0, err
		}
	}
	rows := min(end, t.end) - t.next
	for _, l := range t.leaves {
		if err := l.read(int(rows)); err != nil {
			return nil, 0, fmt.Errorf("column %s: %w", l.name, err)
		}
	}
	from = int(max(0, first-t.next))
	t.next += rows
	return t.build.NewRecord(), from, nil
}

func (t *tableReader) open() (err error) {
	if t.file != nil {
		return nil
	}
	if t.file, err = openArrow(t.path); err != nil {
		return err
	}
	t.build, t.group = array.NewRecordBuilder(memory.DefaultAllocator, arrowSchema(&Tables[t.table])), -1
	return t.file.isOf(t.table)
}

func (t *tableReader) close() error {
	if t.file == nil {
		return nil
	}
	if t.build != nil {
		t.build.Release()
	}
	return t.file.Close()
}

// cells hands out the fields of a row of a record in file order: what
// tableEncoder does, undone.
type cells struct {
	record arrow.Record
	row    int
	column int
}

func (c *cells) next() arrow.Array {
	c.column++
	return c.record.Column(c.column - 1)
}

// textAt returns text i of a, "" for NULL.
func textAt(a arrow.Array, i int) string {
	if a.IsNull(i) {
		return ""
	}
	return a.(*array.String).Value(i)
}

func int32At(a arrow.Array, i int) int32 { return a.(*array.Int32).Value(i) }

func scoreAt(a arrow.Array, i int) *float64 {
	if a.IsNull(i) {
		return nil
	}
	v := a.(*array.Float64).Value(i)
	return &v
}

func (c *cells) text() string            { return textAt(c.next(), c.row) }
func (c *cells) int32() int32            { return int32At(c.next(), c.row) }
func (c *cells) int64() int64            { return c.next().(*array.Int64).Value(c.row) }
func (c *cells) score() float64          { return c.next().(*array.Float64).Value(c.row) }
func (c *cells) score32() float32        { return c.next().(*array.Float32).Value(c.row) }
func (c *cells) optionalScore() *float64 { return scoreAt(c.next(), c.row) }

func (c *cells) optionalDay() *int32 {
	a := c.next()
	if a.IsNull(c.row) {
		return nil
	}
	v := int32(a.(*array.Date32).Value(c.row))
	return &v
}

func (c *cells) optionalInt64() *int64 {
	a := c.next()
	if a.IsNull(c.row) {
		return nil
	}
	v := a.(*array.Int64).Value(c.row)
	return &v
}

// list returns the values of the lists in the next column, and where that of
// the row begins and ends.
func (c *cells) list() (values arrow.Array, start, end int) {
	l := c.next().(*array.List)
	from, to := l.ValueOffsets(c.row)
	return l.ListValues(), int(from), int(to)
}

func (c *cells) texts() []string {
	values, start, end := c.list()
	out := make([]string, 0, end-start)
	for i := start; i < end; i++ {
		out = append(out, values.(*array.String).Value(i))
	}
	return out
}

func (c *cells) int32s() []int32 {
	values, start, end := c.list()
	return append(make([]int32, 0, end-start), values.(*array.Int32).Int32Values()[start:end]...)
}

func (c *cells) entities() []Entity {
	values, start, end := c.list()
	f := values.(*array.Struct).Field
	out := make([]Entity, 0, end-start)
	for i := start; i < end; i++ {
		out = append(out, Entity{
			textAt(f(0), i), textAt(f(1), i), int32At(f(2), i), int32At(f(3), i), textAt(f(4), i), textAt(f(5), i), textAt(f(6), i),
			textAt(f(7), i), textAt(f(8), i), f(9).(*array.Float32).Value(i), scoreAt(f(10), i), textAt(f(11), i),
		})
	}
	return out
}

func (c *cells) mainEntities() []MainEntity {
	values, start, end := c.list()
	f := values.(*array.Struct).Field
	out := make([]MainEntity, 0, end-start)
	for i := start; i < end; i++ {
		out = append(out, MainEntity{textAt(f(0), i), textAt(f(1), i), textAt(f(2), i), int32At(f(3), i), scoreAt(f(4), i)})
	}
	return out
}

// The calls below are made in the order in which they stand.

func (c *cells) sentence() Sentence {
	return Sentence{
		DocID: c.text(), Sentence: c.int32(), Paragraph: c.int32(), Role: c.text(), Text: c.text(), StartChar: c.int32(), EndChar: c.int32(),
		SourceStart: c.int64(), SourceEnd: c.int64(), Title: c.text(), Published: c.optionalDay(), Tokens: c.texts(), TokenStart: c.int32s(),
		Entities: c.entities(), NTokens: c.int32(), NEntities: c.int32(), Sentiment: c.score(), SentimentLabel: c.text(),
		Positive: c.score(), Negative: c.score(), Neutral: c.score(), Quoted: c.score(), Flags: c.texts(),
	}
}

func (c *cells) document() Document {
	return Document{
		DocID: c.text(), Path: c.text(), SHA256: c.text(), Size: c.int64(), Encoding: c.text(), Title: c.text(), Byline: c.text(),
		Dateline: c.text(), Published: c.optionalDay(), Outlet: c.text(), URL: c.text(), Language: c.text(), Text: c.text(),
		NChars: c.int32(), NBlocks: c.int32(), NRemoved: c.int32(), NSentences: c.int32(), NTokens: c.int32(), NEntities: c.int32(),
		Sentiment: c.optionalScore(), MainEntities: c.mainEntities(), Flags: c.texts(), FlagCounts: c.int32s(),
	}
}

func (c *cells) removed() Removed {
	return Removed{
		DocID: c.text(), Block: c.int32(), Text: c.text(), StartChar: c.int32(), EndChar: c.int32(), SourceStart: c.int64(), SourceEnd: c.int64(),
		Role: c.text(), Reason: c.text(), Score: c.score32(),
	}
}

func (c *cells) quarantined() Quarantined {
	return Quarantined{
		DocID: c.text(), Path: c.text(), PathHex: c.text(), SHA256: c.text(), Size: c.int64(), Reason: c.text(), Detail: c.text(), ByteOffset: c.optionalInt64(),
	}
}
