package schema

import (
	"fmt"

	"github.com/parquet-go/parquet-go"
)

// MaxRows is the largest number of rows in a row group, DuckDB's own.
const MaxRows = 122_880

// Settings say how rows are encoded. The zero value is right for a dataset.
type Settings struct {
	// A row group is ended after this many rows, and one of entities where one of
	// sentences is. 0, and more than MaxRows, mean MaxRows.
	RowsPerGroup int
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
const writerRevision = 3

// writerVersions are the versions of the modules that decide the bytes; a test
// compares them with go.mod.
const writerVersions = "parquet-go v0.32.0, compress v1.19.2"

// writerOptions are the settings of parquet-go for the files of a table.
func writerOptions(table int, rows int) []parquet.WriterOption {
	return []parquet.WriterOption{
		parquetSchemas[table],
		parquet.CreatedBy("pressrow", Version, "parquet-go"),
		parquet.DataPageVersion(1),
		parquet.MaxRowsPerRowGroup(int64(rows)),
		parquet.SortingWriterConfig(parquet.SortingColumns(sortingColumns(table)...)),
	}
}

func sortingColumns(table int) []parquet.SortingColumn {
	var columns []parquet.SortingColumn
	for _, name := range Tables[table].SortedBy {
		columns = append(columns, parquet.Ascending(name))
	}
	return columns
}

// unbounded lists the columns whose smallest and largest values nobody is told,
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
// goroutine at a time, and for any number of groups.
type Encoder struct {
	tables  [numTables]tableEncoder
	scratch scratch
}

// NewEncoder returns an empty Encoder.
func NewEncoder(s Settings) *Encoder {
	e := &Encoder{scratch: scratch{texts: newCompressor(true), numbers: newCompressor(false)}}
	for i := range e.tables {
		e.tables[i] = newTableEncoder(i, s, &e.scratch)
	}
	e.tables[sentences].followedBy(&e.tables[entities])
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
	e.types(rows)
	err := firstError(
		e.tables[sentences].appendSentences(rows.Sentences),
		appendRows(&e.tables[documents], rows.Documents, (*tableEncoder).document),
		appendRows(&e.tables[removed], rows.Removed, (*tableEncoder).removed),
		appendRows(&e.tables[quarantine], rows.Quarantined, (*tableEncoder).quarantined),
	)
	for i := range e.tables {
		e.tables[i].forget()
	}
	return err
}

// types tells the column of the tokens what rows number.
func (e *Encoder) types(rows *Rows) {
	whole := ""
	if n := len(rows.Documents); n > 0 {
		whole = rows.Documents[n-1].Text
	}
	e.tables[sentences].columns[tokensColumn].types(whole, rows.Types)
}

// Finish returns what was appended since the last Finish, and empties e.
func (e *Encoder) Finish() (*Group, error) {
	g := new(Group)
	for i := range e.tables {
		var err error
		if g.pieces[i], err = e.tables[i].finish(); err != nil {
			return nil, err
		}
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
	rowGroups []RowGroup
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
		n += r.Rows
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
