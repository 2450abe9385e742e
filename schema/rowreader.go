package schema

import (
	"errors"
	"fmt"

	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
)

// A RowReader reads rows of an OldPart with Arrow. It is used by one goroutine.
//
// It is not built on parquet-go's readers of rows: where a list or a page ends,
// they give a page's memory back before the values in it are copied, so that
// another goroutine may write over them. Here texts point into pages, which stay
// (see boundedMemory).
type RowReader struct {
	tables [numTables]tableReader
	rows   Rows
	lists  lists
}

// lists holds the lists of rows, and what they point to.
type lists struct {
	types    []string
	texts    []string
	numbers  []int32
	long     []int64
	scores   []float64
	entities []Entity
	main     []MainEntity
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
	out, l := &r.rows, &r.lists
	*out = Rows{out.Sentences[:0], nil, out.Documents[:0], out.Removed[:0], out.Quarantined[:0]}
	*l = lists{l.types[:0], l.texts[:0], l.numbers[:0], l.long[:0], l.scores[:0], l.entities[:0], l.main[:0]}
	err = firstError(
		r.read(sentences, first, count, func(c *cells) { out.Sentences = append(out.Sentences, c.sentence()) }),
		r.read(documents, first, count, func(c *cells) { out.Documents = append(out.Documents, c.document()) }),
		r.read(removed, first, count, func(c *cells) { out.Removed = append(out.Removed, c.removed()) }),
		r.read(quarantine, first, count, func(c *cells) { out.Quarantined = append(out.Quarantined, c.quarantined()) }),
	)
	if err != nil {
		return nil, err
	}
	out.Types = l.types
	if got := out.RowCounts(); got != count {
		return nil, fmt.Errorf("found %d, not %d", got, count)
	}
	return out, nil
}

func (r *RowReader) read(table int, first, count Counts, yield func(*cells)) error {
	t := &r.tables[table]
	if err := t.read(first[table], count[table], &r.lists, yield); err != nil {
		return fmt.Errorf("%s: %w", Tables[table].Name, err)
	}
	return nil
}

// Close ends the reading.
func (r *RowReader) Close() error {
	var errs []error
	for i := range r.tables {
		if f := r.tables[i].file; f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}

// A tableReader reads rows of one table, forwards and a row group at a time.
type tableReader struct {
	table  int
	path   string
	file   *arrowFile // nil before the first row is wanted
	leaves []leafReader

	group     int   // the row group at hand
	opened    bool  // whether leaves read it
	next, end int64 // the row to come, and the one behind the row group
}

// read calls yield for each of count rows from first on.
func (t *tableReader) read(first, count int64, l *lists, yield func(*cells)) error {
	if count == 0 {
		return nil
	}
	if err := t.open(); err != nil {
		return err
	}
	if first < 0 || count < 0 || first > t.file.NumRows()-count {
		return fmt.Errorf("no rows %d to %d among %d", first, first+count, t.file.NumRows())
	}
	if first < t.next {
		t.group, t.next, t.end = -1, 0, 0
	}
	for end := first + count; t.next < end; {
		if t.next == t.end {
			t.group++
			t.opened, t.end = false, t.end+t.file.RowGroup(t.group).NumRows()
		}
		if t.end <= first {
			t.next = t.end
			continue
		}
		if err := t.rows(first, min(end, t.end), l, yield); err != nil {
			return fmt.Errorf("row group %d: %w", t.group, err)
		}
	}
	return nil
}

// rows skips rows up to first and calls yield for those from there to end, which
// are all of the row group at hand.
func (t *tableReader) rows(first, end int64, l *lists, yield func(*cells)) error {
	if !t.opened {
		for i := range t.leaves {
			if err := t.leaves[i].open(t.file, t.group, i); err != nil {
				return err
			}
		}
		t.opened = true
	}
	if n := first - t.next; n > 0 {
		for i := range t.leaves {
			if err := t.leaves[i].skip(int(n)); err != nil {
				return fmt.Errorf("column %s: %w", t.leaves[i].name, err)
			}
		}
		t.next = first
	}
	c := cells{leaves: t.leaves, lists: l}
	for ; t.next < end; t.next++ {
		c.column = 0
		yield(&c)
		if c.err != nil {
			return c.err
		}
	}
	return nil
}

func (t *tableReader) open() (err error) {
	if t.file != nil {
		return nil
	}
	if t.file, err = openArrow(t.path); err != nil {
		return err
	}
	t.group, t.leaves = -1, make([]leafReader, t.file.MetaData().Schema.NumColumns())
	return t.file.isOf(t.table)
}

// A leafReader reads the entries of a leaf column, with the batch of its type.
type leafReader struct {
	name string
	i32  *batch[int32]
	i64  *batch[int64]
	f32  *batch[float32]
	f64  *batch[float64]
	str  *batch[parquet.ByteArray]
}

// open goes to the beginning of column i in a row group of f.
func (l *leafReader) open(f *arrowFile, group, i int) error {
	chunk, entries, err := f.chunk(group, i)
	if err != nil {
		return err
	}
	l.name = leafName(chunk.Descriptor().ColumnPath())
	switch c := chunk.(type) {
	case *file.Int32ColumnChunkReader:
		startBatch(&l.i32, c, entries)
	case *file.Int64ColumnChunkReader:
		startBatch(&l.i64, c, entries)
	case *file.Float32ColumnChunkReader:
		startBatch(&l.f32, c, entries)
	case *file.Float64ColumnChunkReader:
		startBatch(&l.f64, c, entries)
	case *file.ByteArrayColumnChunkReader:
		startBatch(&l.str, c, entries)
	}
	return nil
}

func startBatch[T any](b **batch[T], c chunkReader[T], entries int64) {
	if *b == nil {
		*b = new(batch[T])
	}
	(*b).start(c, entries)
}

func (l *leafReader) skip(rows int) error {
	switch {
	case l.i32 != nil:
		return l.i32.skip(rows)
	case l.i64 != nil:
		return l.i64.skip(rows)
	case l.f32 != nil:
		return l.f32.skip(rows)
	case l.f64 != nil:
		return l.f64.skip(rows)
	}
	return l.str.skip(rows)
}

// cells hands out the fields of a row in file order: what tableEncoder does,
// undone. After an error fields are zero.
type cells struct {
	leaves []leafReader
	lists  *lists
	column int
	inList bool // of structs
	err    error
}

func (c *cells) next() *leafReader {
	c.column++
	return &c.leaves[c.column-1]
}

// take returns the next entry of b, the batch of l, which must have the
// repetition level rep.
func take[T any](c *cells, l *leafReader, b *batch[T], rep int16) (v T, def int16) {
	v, got, def, err := b.take()
	if err == nil && (got != rep || c.inList && def == 0) {
		err = errLevels
	}
	if err != nil && c.err == nil {
		c.err = fmt.Errorf("column %s: %w", l.name, err)
	}
	return v, def
}

// more reports whether b has another entry in the row.
func more[T any](c *cells, l *leafReader, b *batch[T]) bool {
	yes, err := b.more()
	if err != nil && c.err == nil {
		c.err = fmt.Errorf("column %s: %w", l.name, err)
	}
	return yes && c.err == nil
}

// The fields of a flat row, and, with the repetition level, those of structs in
// lists. NULL is the zero value.

func (c *cells) textIn(rep int16) string {
	l := c.next()
	v, _ := take(c, l, l.str, rep)
	return v.String()
}

func (c *cells) int32In(rep int16) int32 {
	l := c.next()
	v, _ := take(c, l, l.i32, rep)
	return v
}

func (c *cells) score32In(rep int16) float32 {
	l := c.next()
	v, _ := take(c, l, l.f32, rep)
	return v
}

func (c *cells) optionalScoreIn(rep int16) *float64 {
	l := c.next()
	v, def := take(c, l, l.f64, rep)
	if def < l.f64.maxDef {
		return nil
	}
	return keep(&c.lists.scores, v)
}

func (c *cells) text() string            { return c.textIn(0) }
func (c *cells) int32() int32            { return c.int32In(0) }
func (c *cells) score32() float32        { return c.score32In(0) }
func (c *cells) optionalScore() *float64 { return c.optionalScoreIn(0) }

func (c *cells) int64() int64 {
	l := c.next()
	v, _ := take(c, l, l.i64, 0)
	return v
}

func (c *cells) score() float64 {
	l := c.next()
	v, _ := take(c, l, l.f64, 0)
	return v
}

func (c *cells) optionalDay() *int32 {
	l := c.next()
	v, def := take(c, l, l.i32, 0)
	if def == 0 {
		return nil
	}
	return keep(&c.lists.numbers, v)
}

func (c *cells) optionalInt64() *int64 {
	l := c.next()
	v, def := take(c, l, l.i64, 0)
	if def == 0 {
		return nil
	}
	return keep(&c.lists.long, v)
}

// keep adds v to list and returns where it lies.
func keep[T any](list *[]T, v T) *T {
	*list = append(*list, v)
	return &(*list)[len(*list)-1]
}

func (c *cells) texts() []string {
	l := c.next()
	first := len(c.lists.texts)
	v, def := take(c, l, l.str, 0)
	for def > 0 {
		c.lists.texts = append(c.lists.texts, v.String())
		if !more(c, l, l.str) {
			break
		}
		v, def = take(c, l, l.str, 1)
	}
	return since(c.lists.texts, first)
}

// typed returns texts as numbers, each of another one.
func (c *cells) typed() []int32 {
	first := len(c.lists.numbers)
	l := c.next()
	v, def := take(c, l, l.str, 0)
	for def > 0 {
		c.lists.numbers = append(c.lists.numbers, int32(len(c.lists.types)))
		c.lists.types = append(c.lists.types, v.String())
		if !more(c, l, l.str) {
			break
		}
		v, def = take(c, l, l.str, 1)
	}
	return since(c.lists.numbers, first)
}

func (c *cells) int32s() []int32 {
	l := c.next()
	first := len(c.lists.numbers)
	v, def := take(c, l, l.i32, 0)
	for def > 0 {
		c.lists.numbers = append(c.lists.numbers, v)
		if !more(c, l, l.i32) {
			break
		}
		v, def = take(c, l, l.i32, 1)
	}
	return since(c.lists.numbers, first)
}

// since returns the end of list from first on.
func since[T any](list []T, first int) []T { return list[first:len(list):len(list)] }

// structs calls yield for each struct of a list with n fields, of which the first
// is a text, with its repetition level.
func (c *cells) structs(n int, yield func(rep int16)) {
	column := c.column
	l := &c.leaves[column]
	if empty, err := l.str.empty(); empty || err != nil {
		for i := range n {
			c.skipEmpty(&c.leaves[column+i])
		}
		c.column += n
		return
	}
	c.inList = true
	for rep := int16(0); ; rep = 1 {
		c.column = column
		yield(rep)
		if !more(c, l, l.str) {
			break
		}
	}
	c.inList = false
}

// skipEmpty goes past the entry of an empty list.
func (c *cells) skipEmpty(l *leafReader) {
	var def int16
	switch {
	case l.i32 != nil:
		_, def = take(c, l, l.i32, 0)
	case l.f32 != nil:
		_, def = take(c, l, l.f32, 0)
	case l.f64 != nil:
		_, def = take(c, l, l.f64, 0)
	default:
		_, def = take(c, l, l.str, 0)
	}
	if def > 0 && c.err == nil {
		c.err = fmt.Errorf("column %s: %w", l.name, errLevels)
	}
}

func (c *cells) entities() []Entity {
	first := len(c.lists.entities)
	c.structs(entityFields, func(rep int16) {
		c.lists.entities = append(c.lists.entities, Entity{
			c.textIn(rep), c.textIn(rep), c.int32In(rep), c.int32In(rep), c.textIn(rep), c.textIn(rep), c.textIn(rep), c.textIn(rep),
			c.textIn(rep), c.score32In(rep), c.optionalScoreIn(rep), c.textIn(rep),
		})
	})
	return since(c.lists.entities, first)
}

func (c *cells) mainEntities() []MainEntity {
	first := len(c.lists.main)
	c.structs(mainEntityFields, func(rep int16) {
		c.lists.main = append(c.lists.main, MainEntity{c.textIn(rep), c.textIn(rep), c.textIn(rep), c.int32In(rep), c.optionalScoreIn(rep)})
	})
	return since(c.lists.main, first)
}

// The calls below are made in the order in which they stand.

func (c *cells) sentence() Sentence {
	return Sentence{
		DocID: c.text(), Sentence: c.int32(), Paragraph: c.int32(), Role: c.text(), Text: c.text(), StartChar: c.int32(), EndChar: c.int32(),
		SourceStart: c.int64(), SourceEnd: c.int64(), Title: c.text(), Published: c.optionalDay(), Tokens: c.typed(), TokenStart: c.int32s(),
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
