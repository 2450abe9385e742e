package schema

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// A tableEncoder encodes the rows of one table. A row is added by handing its
// fields, in file order, to text, int32 and so on, and then calling endRow.
type tableEncoder struct {
	table   int
	limit   int // rows per row group
	columns []column
	lists   []*list // of columns
	next    int     // in columns, of the row at hand
	rows    int     // in the row group at hand

	follower *tableEncoder // whose columns follow some of these; its row groups end with those of this table

	piece   piece
	file    format.FileMetaData // of piece; RowGroups apart the same for all
	indexes [][]format.ColumnIndex
	offsets [][]format.OffsetIndex
	scratch *scratch
}

func newTableEncoder(table int, s Settings, memory *scratch) tableEncoder {
	e := tableEncoder{table: table, limit: s.rows(), file: emptyFooters()[table], scratch: memory}
	lists := map[string]*list{}
	for _, path := range parquetSchemas[table].Columns() {
		leaf, _ := parquetSchemas[table].Lookup(path...)
		bounded := len(path) == 1 && !slices.Contains(unbounded[table], path[0])
		var in *list
		if leaf.MaxRepetitionLevel > 0 {
			in = e.listOf(path[0], lists)
		}
		e.columns = append(e.columns, newColumn(leaf, in, bounded))
	}
	return e
}

// listOf returns the list that the columns of name have, from lists or a new one.
func (e *tableEncoder) listOf(name string, lists map[string]*list) *list {
	if other, ok := alongside[name]; ok {
		name = other
	}
	if lists[name] == nil {
		lists[name] = new(list)
		e.lists = append(e.lists, lists[name])
	}
	return lists[name]
}

// alongside names the lists that are as long as another one before them; see
// Rows.Check.
var alongside = map[string]string{"token_start": "tokens", "flag_counts": "flags"}

// tokensColumn is where sentences.tokens lies among the leaf columns.
var tokensColumn = slices.IndexFunc(parquetSchemas[sentences].Columns(), func(path []string) bool { return path[0] == "tokens" })

// emptyFooters returns the footers of files without rows, for each table. They
// are shared.
var emptyFooters = sync.OnceValue(func() (all [numTables]format.FileMetaData) {
	for table := range all {
		all[table] = emptyFooter(table)
	}
	return all
})

// emptyFooter returns the footer of a file of the table without rows.
func emptyFooter(table int) format.FileMetaData {
	var file chunks
	w := parquet.NewGenericWriter[any](&file, writerOptions(table, MaxRows)...)
	if err := w.Close(); err != nil {
		panic(err) // it is written to memory
	}
	f, err := parquet.OpenFile(&file, file.size)
	if err != nil {
		panic(err)
	}
	return *f.Metadata()
}

// take returns the next n columns.
func (e *tableEncoder) take(n int) []column {
	e.next += n
	return e.columns[e.next-n : e.next]
}

func (e *tableEncoder) column() *column {
	e.next++
	return &e.columns[e.next-1]
}

func (e *tableEncoder) text(s string)         { e.column().text(s) }
func (e *tableEncoder) int32(v int32)         { e.column().int32(v) }
func (e *tableEncoder) int64(v int64)         { e.column().int64(v) }
func (e *tableEncoder) score(v float64)       { e.column().score(v) }
func (e *tableEncoder) optionalText(s string) { e.column().optionalText(s) }

func (e *tableEncoder) repeated(s string) { e.column().repeated(s) }

func (e *tableEncoder) optionalRepeated(s string) {
	if c := e.column(); c.optional(s != "") {
		c.repeated(s)
	}
}

func (e *tableEncoder) optionalScore(v *float64) { e.column().optionalScore(v) }

func (e *tableEncoder) optionalInt32(v *int32) {
	if c := e.column(); c.optional(v != nil) {
		c.int32(*v)
	}
}

func (e *tableEncoder) optionalInt64(v *int64) {
	if c := e.column(); c.optional(v != nil) {
		c.int64(*v)
	}
}

func (e *tableEncoder) texts(list []string) {
	c := e.column()
	c.list.add(len(list))
	for _, s := range list {
		c.text(s)
	}
}

// typed adds a list of the texts that these are numbers of; see column.types.
func (e *tableEncoder) typed(list []int32) {
	c := e.column()
	c.list.add(len(list))
	c.typed(list)
}

// int32s adds a list that is alongside another one.
func (e *tableEncoder) int32s(list []int32) { e.column().int32s(list) }

// structs adds the levels of a list of so many structs to the columns of their
// fields.
func structs(columns []column, n int) {
	columns[0].list.add(n)
	if n > 0 {
		return
	}
	for i := range columns {
		if c := &columns[i]; c.nullable {
			c.def = append(c.def, 0)
		}
	}
}

// appendRows adds rows, whose fields write hands over.
func appendRows[T any](e *tableEncoder, rows []T, write func(*tableEncoder, *T)) error {
	for i := range rows {
		e.next = 0
		write(e, &rows[i])
		if err := e.endRow(); err != nil {
			return e.wrap(err)
		}
	}
	return nil
}

// appendSentences is appendRows for sentences and their mentions.
func (e *tableEncoder) appendSentences(rows []Sentence) error {
	for i := range rows {
		e.next = 0
		e.sentence(&rows[i])
		if err := e.follower.mentions(&rows[i]); err != nil {
			return e.follower.wrap(err)
		}
		if err := e.endRow(); err != nil {
			return e.wrap(err)
		}
	}
	return nil
}

// followedBy makes the columns of the entities table follow the fields of
// sentences.entities.
func (e *tableEncoder) followedBy(other *tableEncoder) {
	e.follower = other
	i := slices.IndexFunc(parquetSchemas[e.table].Columns(), func(path []string) bool { return path[0] == "entities" })
	sources, followers := e.columns[i:i+entityFields], other.columns[len(other.columns)-entityFields:]
	for k := range sources {
		sources[k].follower, followers[k].source = &followers[k], &sources[k]
	}
}

// stride is the number of rows of each table after which endRow looks at the
// columns. A single document, or text removed from one, may be long.
var stride = [numTables]int{sentences: 64, documents: 1, entities: 64, removed: 1, quarantine: 1}

// endRow ends the pages that are full, and the row group when it is.
func (e *tableEncoder) endRow() error {
	if e.rows++; e.rows%stride[e.table] != 0 && e.rows != e.limit {
		return nil
	}
	rows := int64(e.rows)
	for i := range e.columns {
		c := &e.columns[i]
		full := c.full(rows)
		if full || c.many() {
			c.encode()
		}
		if full {
			if err := c.endPage(e.scratch, rows); err != nil {
				return err
			}
		}
	}
	for _, l := range e.lists {
		if len(l.rep) >= pageEntries {
			l.reset()
		}
	}
	if e.rows == e.limit {
		return e.endRowGroup()
	}
	return nil
}

// forget lets go of the rows' memory.
func (e *tableEncoder) forget() {
	for i := range e.columns {
		e.columns[i].forget()
	}
}

// magic is how a Parquet file begins and ends.
const magic = "PAR1"

// endRowGroup moves the row group at hand, if it has rows, to the piece.
func (e *tableEncoder) endRowGroup() error {
	if e.rows == 0 {
		return nil
	}
	if e.follower != nil {
		if err := e.follower.endRowGroup(); err != nil {
			return err
		}
	}
	file := &e.piece.file
	if file.size == 0 {
		file.Write([]byte(magic))
	}
	n := len(e.columns)
	group := format.RowGroup{
		NumRows: int64(e.rows), FileOffset: file.size, Ordinal: int16(len(e.file.RowGroups)), Columns: make([]format.ColumnChunk, n),
	}
	known := RowGroup{int64(e.rows), make([]Sum, n)}
	indexes, offsets := make([]format.ColumnIndex, n), make([]format.OffsetIndex, n)
	for i := range e.columns {
		c := &e.columns[i]
		if c.encode(); c.entries(group.NumRows) > 0 {
			if err := c.endPage(e.scratch, group.NumRows); err != nil {
				return err
			}
		}
		var err error
		meta := &group.Columns[i].MetaData
		if *meta, indexes[i], offsets[i], err = c.end(file, e.scratch); err != nil {
			return err
		}
		group.TotalByteSize += meta.TotalUncompressedSize
		group.TotalCompressedSize += meta.TotalCompressedSize
		known.Digests[i] = c.sum.sum(c.dict != nil)
		c.reset()
	}
	for _, l := range e.lists {
		l.reset()
	}
	e.file.RowGroups = append(e.file.RowGroups, group)
	e.file.NumRows += group.NumRows
	e.indexes, e.offsets = append(e.indexes, indexes), append(e.offsets, offsets)
	e.piece.rowGroups = append(e.piece.rowGroups, known)
	e.rows = 0
	return nil
}

// finish returns what was encoded since the last finish.
func (e *tableEncoder) finish() (piece, error) {
	err := e.endRowGroup()
	if err == nil && e.file.NumRows > 0 {
		err = e.writeFooter()
	}
	if err != nil {
		return piece{}, e.wrap(err)
	}
	p := e.piece
	e.piece, e.file.RowGroups, e.file.NumRows, e.indexes, e.offsets = piece{}, nil, 0, nil, nil
	return p, nil
}

// writeFooter ends the file of the piece.
func (e *tableEncoder) writeFooter() error {
	file := &e.piece.file
	write := func(v any) (int32, error) {
		b, err := thrift.Marshal(new(thrift.CompactProtocol), v)
		file.Write(b)
		return int32(len(b)), err
	}
	var err error
	for g, group := range e.file.RowGroups {
		for i := range group.Columns {
			c := &group.Columns[i]
			c.ColumnIndexOffset = file.size
			if c.ColumnIndexLength, err = write(&e.indexes[g][i]); err != nil {
				return err
			}
		}
	}
	for g, group := range e.file.RowGroups {
		for i := range group.Columns {
			c := &group.Columns[i]
			c.OffsetIndexOffset = file.size
			if c.OffsetIndexLength, err = write(&e.offsets[g][i]); err != nil {
				return err
			}
		}
	}
	size, err := write(&e.file)
	file.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(size)), magic...))
	return err
}

func (e *tableEncoder) wrap(err error) error {
	return fmt.Errorf("schema: %s: encode: %w", Tables[e.table].Name, err)
}
