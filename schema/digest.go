package schema

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"unsafe"

	"github.com/zeebo/xxh3"
)

// A column's digest is a 128-bit xxh3 hash over its values, whatever the
// encoding, page size and compression. Within a row group, entry follows entry:
// first, in columns that can be NULL or are in a list, one byte with the
// repetition level in the high and the definition level in the low four bits,
// as Dremel and Parquet define them; then, unless the value is NULL or the list
// empty, the value: numbers as little-endian bytes of their width, strings as
// their length (four bytes) and their bytes. A file's digest is the hash over
// the number of rows (eight bytes) and the digest of each row group in turn, so
// that row groups can be hashed at the same time and in different processes.

// A columnDigest takes the values of one column of one row group.
type columnDigest struct {
	buf    []byte
	hasher *xxh3.Hasher
}

const digestBuffer = 16 << 10 // bytes hashed at a time

func newColumnDigest() columnDigest {
	return columnDigest{make([]byte, 0, digestBuffer+64), xxh3.New()}
}

func (d *columnDigest) drain() {
	if len(d.buf) >= digestBuffer {
		d.hasher.Write(d.buf)
		d.buf = d.buf[:0]
	}
}

func (d *columnDigest) level(rep, def int) {
	d.buf = append(d.buf, byte(rep<<4|def))
	d.drain()
}

func (d *columnDigest) str(s string) {
	d.buf = binary.LittleEndian.AppendUint32(d.buf, uint32(len(s)))
	if len(s) <= digestBuffer {
		d.buf = append(d.buf, s...)
		d.drain()
		return
	}
	d.hasher.Write(d.buf)
	d.buf = d.buf[:0]
	d.hasher.WriteString(s)
}

func (d *columnDigest) bytes(b []byte) {
	d.str(unsafe.String(unsafe.SliceData(b), len(b))) // str keeps nothing of it
}

func (d *columnDigest) int32(v int32) {
	d.buf = binary.LittleEndian.AppendUint32(d.buf, uint32(v))
	d.drain()
}

func (d *columnDigest) int64(v int64) {
	d.buf = binary.LittleEndian.AppendUint64(d.buf, uint64(v))
	d.drain()
}

// optional adds s, or NULL where it is nil. def is the definition level of NULL.
func (d *columnDigest) optional(rep, def int, s *string) {
	if s == nil {
		d.level(rep, def)
		return
	}
	d.level(rep, def+1)
	d.str(*s)
}

// optionalFloat64 is optional for a number.
func (d *columnDigest) optionalFloat64(rep, def int, v *float64) {
	if v == nil {
		d.level(rep, def)
		return
	}
	d.level(rep, def+1)
	d.float64(*v)
}

func (d *columnDigest) float32(v float32) { d.int32(int32(math.Float32bits(v))) }
func (d *columnDigest) float64(v float64) { d.int64(int64(math.Float64bits(v))) }

// sum returns the digest and empties d for the next row group.
func (d *columnDigest) sum() [16]byte {
	d.hasher.Write(d.buf)
	sum := d.hasher.Sum128().Bytes()
	d.hasher.Reset()
	d.buf = d.buf[:0]
	return sum
}

// A fileDigest chains the digests of a column's row groups.
type fileDigest struct{ hasher *xxh3.Hasher }

func (d *fileDigest) add(rows int64, sum [16]byte) {
	if d.hasher == nil {
		d.hasher = xxh3.New()
	}
	var entry [24]byte
	binary.LittleEndian.PutUint64(entry[:], uint64(rows))
	copy(entry[8:], sum[:])
	d.hasher.Write(entry[:])
}

// String returns the digest as 32 hexadecimal digits.
func (d *fileDigest) String() string {
	if d.hasher == nil {
		d.hasher = xxh3.New()
	}
	sum := d.hasher.Sum128().Bytes()
	return hex.EncodeToString(sum[:])
}

// A rowDigest hands the fields of a row, which come in file order, to the
// digests of their columns.
type rowDigest struct {
	columns []columnDigest
	next    int // in columns
}

// take returns the digests of the next n columns.
func (d *rowDigest) take(n int) []columnDigest {
	d.next += n
	return d.columns[d.next-n : d.next]
}

func (d *rowDigest) column() *columnDigest {
	d.next++
	return &d.columns[d.next-1]
}

func (d *rowDigest) str(s string)       { d.column().str(s) }
func (d *rowDigest) int32(v int32)      { d.column().int32(v) }
func (d *rowDigest) int64(v int64)      { d.column().int64(v) }
func (d *rowDigest) float32(v float32)  { d.column().float32(v) }
func (d *rowDigest) float64(v float64)  { d.column().float64(v) }
func (d *rowDigest) optional(s *string) { d.column().optional(0, 0, s) }

func (d *rowDigest) optionalFloat64(v *float64) { d.column().optionalFloat64(0, 0, v) }

func (d *rowDigest) optionalInt32(v *int32) {
	if c := d.column(); v == nil {
		c.level(0, 0)
	} else {
		c.level(0, 1)
		c.int32(*v)
	}
}

func (d *rowDigest) optionalInt64(v *int64) {
	if c := d.column(); v == nil {
		c.level(0, 0)
	} else {
		c.level(0, 1)
		c.int64(*v)
	}
}

func (d *rowDigest) strings(list []string) {
	c := d.column()
	if len(list) == 0 {
		c.level(0, 0)
	}
	for i, s := range list {
		c.level(repetition(i), 1)
		c.str(s)
	}
}

func (d *rowDigest) int32s(list []int32) {
	c := d.column()
	if len(list) == 0 {
		c.level(0, 0)
	}
	for i, v := range list {
		c.level(repetition(i), 1)
		c.int32(v)
	}
}

// repetition returns the repetition level of a list's i-th element.
func repetition(i int) int { return min(i, 1) }

func (s *sentenceRow) digest(d *rowDigest) {
	d.next = 0
	d.str(s.DocID)
	d.int32(s.Sentence)
	d.int32(s.Paragraph)
	d.str(s.Role)
	d.str(s.Text)
	d.int32(s.StartChar)
	d.int32(s.EndChar)
	d.int64(s.SourceStart)
	d.int64(s.SourceEnd)
	d.optional(s.Title)
	d.optionalInt32(s.Published)
	d.strings(s.Tokens)
	d.int32s(s.TokenStart)
	d.entities(s.Entities)
	d.int32(s.NTokens)
	d.int32(s.NEntities)
	d.float64(s.Sentiment)
	d.str(s.SentimentLabel)
	d.float64(s.Positive)
	d.float64(s.Negative)
	d.float64(s.Neutral)
	d.float64(s.Quoted)
	d.strings(s.Flags)
}

// entityFields is the number of columns that an entityRow makes.
const entityFields = 12

func (d *rowDigest) entities(list []entityRow) {
	columns := d.take(entityFields)
	if len(list) == 0 {
		emptyList(columns)
	}
	for i := range list {
		list[i].digest(columns, repetition(i), true)
	}
}

// emptyList adds an empty list of structs to the columns of their fields.
func emptyList(columns []columnDigest) {
	for i := range columns {
		columns[i].level(0, 0)
	}
}

// digest adds e to its columns: as a flat row, or as an element of a list with
// the repetition level rep.
func (e *entityRow) digest(columns []columnDigest, rep int, inList bool) {
	def := 0
	if inList {
		def = 1
		for _, i := range [...]int{0, 1, 2, 3, 9} { // the others note their levels themselves
			columns[i].level(rep, def)
		}
	}
	columns[0].str(e.Text)
	columns[1].str(e.Label)
	columns[2].int32(e.StartChar)
	columns[3].int32(e.EndChar)
	columns[4].optional(rep, def, e.Name)
	columns[5].optional(rep, def, e.EntityID)
	columns[6].optional(rep, def, e.ExternalID)
	columns[7].optional(rep, def, e.Title)
	columns[8].optional(rep, def, e.Value)
	columns[9].float32(e.Score)
	columns[10].optionalFloat64(rep, def, e.Sentiment)
	columns[11].optional(rep, def, e.SentimentLabel)
}

func (m *mentionRow) digest(d *rowDigest) {
	d.next = 0
	d.str(m.DocID)
	d.int32(m.Sentence)
	d.int32(m.Mention)
	m.entityRow.digest(d.take(entityFields), 0, false)
}

func (r *documentRow) digest(d *rowDigest) {
	d.next = 0
	d.str(r.DocID)
	d.str(r.Path)
	d.str(r.SHA256)
	d.int64(r.Size)
	d.str(r.Encoding)
	d.optional(r.Title)
	d.optional(r.Byline)
	d.optional(r.Dateline)
	d.optionalInt32(r.Published)
	d.optional(r.Outlet)
	d.optional(r.URL)
	d.optional(r.Language)
	d.str(r.Text)
	d.int32(r.NChars)
	d.int32(r.NBlocks)
	d.int32(r.NRemoved)
	d.int32(r.NSentences)
	d.int32(r.NTokens)
	d.int32(r.NEntities)
	d.optionalFloat64(r.Sentiment)
	d.mainEntities(r.MainEntities)
	d.strings(r.Flags)
	d.int32s(r.FlagCounts)
}

func (d *rowDigest) mainEntities(list []mainEntityRow) {
	columns := d.take(5)
	if len(list) == 0 {
		emptyList(columns)
	}
	for i := range list {
		m, rep := &list[i], repetition(i)
		columns[0].level(rep, 1)
		columns[0].str(m.Name)
		columns[1].level(rep, 1)
		columns[1].str(m.Label)
		columns[2].optional(rep, 1, m.EntityID)
		columns[3].level(rep, 1)
		columns[3].int32(m.Mentions)
		columns[4].optionalFloat64(rep, 1, m.Sentiment)
	}
}

func (r *removedRow) digest(d *rowDigest) {
	d.next = 0
	d.str(r.DocID)
	d.int32(r.Block)
	d.str(r.Text)
	d.int32(r.StartChar)
	d.int32(r.EndChar)
	d.int64(r.SourceStart)
	d.int64(r.SourceEnd)
	d.str(r.Role)
	d.str(r.Reason)
	d.float32(r.Score)
}

func (r *quarantinedRow) digest(d *rowDigest) {
	d.next = 0
	d.str(r.DocID)
	d.str(r.Path)
	d.str(r.PathHex)
	d.optional(r.SHA256)
	d.int64(r.Size)
	d.str(r.Reason)
	d.str(r.Detail)
	d.optionalInt64(r.ByteOffset)
}
