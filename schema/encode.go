package schema

import (
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// MaxRows is the largest number of rows in a row group, DuckDB's own.
const MaxRows = 122_880

// Settings say how rows are encoded. The zero value is right for a dataset.
type Settings struct {
	RowsPerGroup int // a row group is ended after this many rows; 0, and more than MaxRows, mean MaxRows
}

func (s Settings) rows() int {
	if s.RowsPerGroup <= 0 {
		return MaxRows
	}
	return min(s.RowsPerGroup, MaxRows)
}

// String names all that decides the bytes of the files besides the rows
// themselves and the boundaries of groups, for a fingerprint.
func (s Settings) String() string {
	return fmt.Sprintf("schema %s, writer %d, %s, %d rows per group", Version, writerRevision, writerVersions, s.rows())
}

// writerRevision is raised when the same rows come to other bytes because of a
// change here, of a codec, an encoding or a page size. TestGoldenBytes tells.
const writerRevision = 1

// writerVersions are the versions of the modules that decide the bytes; a test
// compares them with go.mod.
const writerVersions = "parquet-go v0.32.0, compress v1.19.2"

const pageSize = 1 << 20 // bytes of a page before encoding and compression

// sharedCodec compresses for all encoders.
var sharedCodec = newCodec(runtime.GOMAXPROCS(0))

// writerOptions are the settings that all writers of a table share; the bytes
// of a spliced file depend on them being the same.
func writerOptions(table int, rows int) []parquet.WriterOption {
	options := []parquet.WriterOption{
		parquetSchemas[table],
		parquet.CreatedBy("pressrow", Version, "parquet-go"),
		parquet.DataPageVersion(1),
		parquet.DataPageStatistics(false), // in page headers, where hardly a reader looks and bounds are whole texts
		parquet.PageBufferSize(pageSize),
		parquet.MaxRowsPerRowGroup(int64(rows)),
		parquet.SortingWriterConfig(parquet.SortingColumns(sortingColumns(table)...)),
	}
	for _, path := range parquetSchemas[table].Columns() {
		if len(path) > 1 || slices.Contains(unbounded[table], path[0]) {
			options = append(options, parquet.SkipPageBounds(path...))
		}
	}
	return options
}

func sortingColumns(table int) []parquet.SortingColumn {
	var columns []parquet.SortingColumn
	for _, name := range Tables[table].SortedBy {
		columns = append(columns, parquet.Ascending(name))
	}
	return columns
}

// unbounded lists the columns without a smallest and a largest value per page,
// besides all in lists, where no reader uses them. Nobody looks for a sentence
// by its place in the alphabet, and bounds would put whole ones into the footer.
var unbounded = [numTables][]string{
	sentences:  {"text", "title"},
	documents:  {"title", "byline", "dateline", "url", "text"},
	entities:   {"text", "name", "title", "value"},
	removed:    {"text"},
	quarantine: {"detail"},
}

// An Encoder turns rows into compressed row groups in memory. It is used by one
// goroutine at a time, and for any number of groups. A full row group of
// sentences takes it to about 80 MB; between groups it keeps about 40 MB.
type Encoder struct {
	layout      layout
	sentences   tableEncoder[sentenceRow]
	documents   tableEncoder[documentRow]
	mentions    tableEncoder[mentionRow]
	removed     tableEncoder[removedRow]
	quarantined tableEncoder[quarantinedRow]
}

// NewEncoder returns an empty Encoder.
func NewEncoder(s Settings) *Encoder {
	e := new(Encoder)
	e.sentences.init(sentences, s, (*sentenceRow).digest)
	e.documents.init(documents, s, (*documentRow).digest)
	e.mentions.init(entities, s, (*mentionRow).digest)
	e.removed.init(removed, s, (*removedRow).digest)
	e.quarantined.init(quarantine, s, (*quarantinedRow).digest)
	return e
}

// Append adds rows, in the order in which they are to stand, with all scores
// rounded (see Round). It refuses them all if any breaks a promise of the
// tables (see Rows.Check); e is then as before. After any other error e is of
// no use. The caller may use rows and all they point to again at once.
func (e *Encoder) Append(rows *Rows) error {
	if err := rows.Check(); err != nil {
		return err
	}
	e.layout.set(rows)
	return firstError(
		e.sentences.append(e.layout.sentences),
		e.documents.append(e.layout.documents),
		e.mentions.append(e.layout.mentions),
		e.removed.append(e.layout.removed),
		e.quarantined.append(e.layout.quarantined),
	)
}

// Finish returns what was appended since the last Finish, and empties e.
func (e *Encoder) Finish() (*Group, error) {
	g := new(Group)
	err := firstError(
		e.sentences.finish(&g.pieces[sentences]),
		e.documents.finish(&g.pieces[documents]),
		e.mentions.finish(&g.pieces[entities]),
		e.removed.finish(&g.pieces[removed]),
		e.quarantined.finish(&g.pieces[quarantine]),
	)
	if err != nil {
		return nil, err
	}
	return g, nil
}

// A Group holds the rows of a run of documents in all tables, compressed, in
// memory.
type Group struct {
	pieces [numTables]piece
}

// A piece is a small Parquet file in memory with what is known about it. It is
// empty where there were no rows.
type piece struct {
	file      chunks
	rowGroups []rowGroup
}

type rowGroup struct {
	rows    int64
	digests [][16]byte // by leaf column
}

// Size returns the number of bytes that g holds.
func (g *Group) Size() int64 {
	var n int64
	for i := range g.pieces {
		n += g.pieces[i].file.size
	}
	return n
}

// Rows returns the number of rows in the table with the index i in Tables.
func (g *Group) Rows(i int) int64 {
	var n int64
	for _, r := range g.pieces[i].rowGroups {
		n += r.rows
	}
	return n
}

// Release gives the memory of g back. PartWriter.Add does it too; a group that
// is dropped without either is only garbage.
func (g *Group) Release() {
	for i := range g.pieces {
		g.pieces[i].file.release()
		g.pieces[i].rowGroups = nil
	}
}

// A tableEncoder encodes the rows of one table.
type tableEncoder[T any] struct {
	table  int
	limit  int // rows per row group
	writer *parquet.GenericWriter[T]
	open   bool // writer writes to piece.file
	piece  piece
	rows   int // in the row group at hand
	digest func(*T, *rowDigest)
	sums   rowDigest
}

func (e *tableEncoder[T]) init(table int, s Settings, digest func(*T, *rowDigest)) {
	e.table, e.limit, e.digest = table, s.rows(), digest
	options := append(writerOptions(table, e.limit), parquet.Compression(sharedCodec), parquet.WriteBufferSize(0))
	e.writer = parquet.NewGenericWriter[T](io.Discard, options...)
	e.sums.columns = make([]columnDigest, len(parquetSchemas[table].Columns()))
	for i := range e.sums.columns {
		e.sums.columns[i] = newColumnDigest()
	}
}

func (e *tableEncoder[T]) append(rows []T) error {
	for len(rows) > 0 {
		if !e.open {
			e.writer.Reset(&e.piece.file)
			e.open = true
		}
		n := min(len(rows), e.limit-e.rows)
		for i := range rows[:n] {
			e.digest(&rows[i], &e.sums)
		}
		if _, err := e.writer.Write(rows[:n]); err != nil {
			return e.wrap(err)
		}
		e.rows += n
		rows = rows[n:]
		if e.rows == e.limit {
			if err := e.endRowGroup(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *tableEncoder[T]) endRowGroup() error {
	if e.rows == 0 {
		return nil
	}
	if err := e.writer.Flush(); err != nil {
		return e.wrap(err)
	}
	r := rowGroup{int64(e.rows), make([][16]byte, len(e.sums.columns))}
	for i := range e.sums.columns {
		r.digests[i] = e.sums.columns[i].sum()
	}
	e.piece.rowGroups = append(e.piece.rowGroups, r)
	e.rows = 0
	return nil
}

// finish moves what was encoded to p.
func (e *tableEncoder[T]) finish(p *piece) error {
	if !e.open {
		return nil
	}
	if err := e.endRowGroup(); err != nil {
		return err
	}
	if err := e.writer.Close(); err != nil {
		return e.wrap(err)
	}
	*p, e.piece, e.open = e.piece, piece{}, false
	return nil
}

func (e *tableEncoder[T]) wrap(err error) error {
	return fmt.Errorf("schema: %s: encode: %w", Tables[e.table].Name, err)
}
