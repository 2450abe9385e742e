package schema

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/zeebo/xxh3"
)

// Prove reads the Parquet file at path with Arrow's column readers and compares
// its rows, its digests, and the digests in its footer with want. The error
// names the file, the table and the column that differs. It returns an error,
// too, where Arrow panics on a damaged page.
func Prove(path string, want File) error {
	p, err := OpenProof(path, want, "")
	if err != nil {
		return err
	}
	defer p.Close()
	for c := range p.Columns() {
		if err := p.Column(c); err != nil {
			return err
		}
	}
	return nil
}

// A Proof is what Prove does, a column at a time.
type Proof struct {
	path string
	want File
	file *arrowFile
	old  *arrowFile // nil where nothing was copied
}

// OpenProof begins the proof of the file at path, of which it compares all but
// the columns with want. Where the file was just written with row groups of the
// file old, these are not decoded a second time: their column chunks, where Arrow
// finds them, are compared byte by byte with old, which was proven when it was
// new. old is "" without one. The caller ends with Close.
func OpenProof(path string, want File, old string) (*Proof, error) {
	p := &Proof{path: path, want: want}
	err := p.guard(func() (err error) {
		if p.file, err = openArrow(path); err != nil {
			return err
		}
		if err = p.file.proveShape(want); err != nil || old == "" || !slices.ContainsFunc(want.origins, func(o origin) bool { return o.old >= 0 }) {
			return err
		}
		p.old, err = openArrow(old)
		return err
	})
	if err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Columns returns the number of leaf columns.
func (p *Proof) Columns() int { return len(p.want.Digests) }

// Column compares the values of leaf column c. It may be called by several
// goroutines.
func (p *Proof) Column(c int) error {
	return p.guard(func() error { return p.file.proveColumn(c, p.want, p.old) })
}

// Close closes the files.
func (p *Proof) Close() {
	for _, f := range []*arrowFile{p.file, p.old} {
		if f != nil {
			f.Close() // only read: nothing to lose
		}
	}
}

// guard does a part of the proof. It turns Arrow's panics into errors and says
// what they are about.
func (p *Proof) guard(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if err != nil {
			err = fmt.Errorf("schema: prove %s: table %s: %w", p.path, p.want.Table, err)
		}
	}()
	return do()
}

// Verify compares the size and SHA-256 of the file at path with want, and then
// does what Prove does.
func Verify(path string, want File) error {
	if err := VerifyBytes(path, want.Size, want.SHA256); err != nil {
		return fmt.Errorf("schema: verify %s: table %s: %w", path, want.Table, err)
	}
	return Prove(path, want)
}

// VerifyBytes compares the size and SHA-256, in hexadecimal, of the file at path.
func VerifyBytes(path string, size int64, sum string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return err
	} else if info.Size() != size {
		return fmt.Errorf("size is %d bytes, not %d", info.Size(), size)
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != sum {
		return fmt.Errorf("sha256 is %s, not %s", got, sum)
	}
	return nil
}

// proveShape compares all but the columns of f with want.
func (f *arrowFile) proveShape(want File) error {
	if f.NumRows() != want.Rows {
		return fmt.Errorf("%d rows, not %d", f.NumRows(), want.Rows)
	}
	if columns := f.MetaData().Schema.NumColumns(); columns != len(want.Digests) {
		return fmt.Errorf("%d columns, not %d", columns, len(want.Digests))
	}
	return f.proveFooter(want)
}

// proveColumn compares leaf column c of f with want. Row groups that were copied
// are taken to have the digests of old's, which is nil where there are none, and
// compared with these.
func (f *arrowFile) proveColumn(c int, want File, old *arrowFile) error {
	d := columnReaders.Get().(*columnReader)
	numbered := strings.HasPrefix(want.Digests[c].Digest, numberedDigest)
	var sum fileDigest
	for g := range f.NumRowGroups() {
		var s [16]byte
		var err error
		if old != nil && g < len(want.origins) && want.origins[g].old >= 0 {
			s, err = want.origins[g].digests[c], f.sameChunk(g, c, old, want.origins[g].old)
		} else {
			s, err = d.digest(f, g, c, numbered)
		}
		if err != nil {
			return fmt.Errorf("column %s: row group %d: %w", want.Digests[c].Column, g, err)
		}
		sum.add(f.RowGroup(g).NumRows(), s)
	}
	columnReaders.Put(d) // not after an error or panic, which leaves a digest half done
	if got := sum.text(numbered); got != want.Digests[c].Digest {
		return fmt.Errorf("column %s: values read have the digest %s, values written %s", want.Digests[c].Column, got, want.Digests[c].Digest)
	}
	return nil
}

func (f *arrowFile) proveFooter(want File) error {
	var digests []Digest
	text := f.MetaData().KeyValueMetadata().FindValue(KeyDigests)
	if text == nil {
		return fmt.Errorf("footer: no %s", KeyDigests)
	}
	if err := json.Unmarshal([]byte(*text), &digests); err != nil {
		return fmt.Errorf("footer: %s: %w", KeyDigests, err)
	}
	if len(digests) != len(want.Digests) {
		return fmt.Errorf("footer: digests of %d columns, not %d", len(digests), len(want.Digests))
	}
	for i, w := range want.Digests {
		if name := leafName(f.MetaData().Schema.Column(i).ColumnPath()); name != w.Column {
			return fmt.Errorf("column %d is %s, not %s", i, name, w.Column)
		}
		if digests[i] != w {
			return fmt.Errorf("column %s: footer has the digest %s, not %s", w.Column, digests[i].Digest, w.Digest)
		}
	}
	return nil
}

// A columnReader digests column chunks. Its memory is used again for each.
type columnReader struct {
	sum columnDigest
	i32 batch[int32]
	i64 batch[int64]
	f32 batch[float32]
	f64 batch[float64]
	str batch[parquet.ByteArray]

	levels   [batchSize]byte
	bits     [batchSize]uint64
	counting []byte // see countUp

	stream *bufio.Reader // of a column chunk
	chunk  chunkPages
}

func newColumnReader() *columnReader {
	return &columnReader{sum: newColumnDigest(), stream: bufio.NewReaderSize(nil, streamBuffer)}
}

var columnReaders = sync.Pool{New: func() any { return newColumnReader() }}

// open makes r.chunk the pages of a column in a row group of f. It returns, from
// the footer, the number of the column's entries.
func (r *columnReader) open(f *arrowFile, group, column int) (int64, error) {
	m, start, err := f.place(group, column)
	if err != nil {
		return 0, err
	}
	r.stream.Reset(io.NewSectionReader(f.raw, start, m.TotalCompressedSize()))
	return m.NumValues(), r.chunk.reset(r.stream, m.NumValues(), m.Compression())
}

// digest returns the plain or the numbered digest of a column in a row group of f.
func (r *columnReader) digest(f *arrowFile, group, column int, numbered bool) ([16]byte, error) {
	digest := r.plain
	if numbered {
		digest = r.numbered
	}
	err := digest(f, group, column)
	return r.sum.sum(numbered), err
}

// plain digests a column by its values.
func (r *columnReader) plain(f *arrowFile, group, column int) error {
	entries, err := r.open(f, group, column)
	if err != nil {
		return err
	}
	return r.values(newReader(f.MetaData().Schema.Column(column), &r.chunk), entries, r.sum.values)
}

// numbered digests a column by the numbers of its values. Those are the indices
// of its dictionary, which must be in the order that the digest asks for.
func (r *columnReader) numbered(f *arrowFile, group, column int) error {
	entries, err := r.open(f, group, column)
	if err != nil {
		return err
	}
	indices := indexPages{PageReader: &r.chunk, count: r.countUp}
	next := int32(0) // the number of the next value that has not come yet
	if err := digestChunk(r, indices.reader(f.MetaData().Schema.Column(column)), entries, &r.i32, func(list []int32) error {
		for _, v := range list {
			if v < next {
				continue
			}
			if v > next {
				return errDictionary
			}
			next++
		}
		r.sum.numbers(list)
		return nil
	}); err != nil {
		return err
	}
	if next != indices.entries {
		return errDictionary
	}
	return r.values(indices.dictionary(f.MetaData().Schema.Column(column)), int64(next), r.sum.different)
}

// countUp returns the numbers from 0 to n as Parquet's PLAIN encoding has them.
func (r *columnReader) countUp(n int) []byte {
	for i := len(r.counting) / 4; i < n; i++ {
		r.counting = binary.LittleEndian.AppendUint32(r.counting, uint32(i))
	}
	return r.counting[:4*n]
}

// values hands add the bits of the numbers in a chunk, or the hashes of its
// texts, and digests its levels.
func (r *columnReader) values(chunk file.ColumnChunkReader, entries int64, add func([]uint64)) error {
	switch c := chunk.(type) {
	case *file.Int32ColumnChunkReader:
		return digestValues(r, c, entries, &r.i32, func(v int32) uint64 { return uint64(uint32(v)) }, add)
	case *file.Int64ColumnChunkReader:
		return digestValues(r, c, entries, &r.i64, func(v int64) uint64 { return uint64(v) }, add)
	case *file.Float32ColumnChunkReader:
		return digestValues(r, c, entries, &r.f32, func(v float32) uint64 { return uint64(math.Float32bits(v)) }, add)
	case *file.Float64ColumnChunkReader:
		return digestValues(r, c, entries, &r.f64, math.Float64bits, add)
	case *file.ByteArrayColumnChunkReader:
		return digestValues(r, c, entries, &r.str, func(v parquet.ByteArray) uint64 { return xxh3.Hash(v) }, add)
	}
	return fmt.Errorf("unexpected type %s", chunk.Type())
}

func digestValues[T any](r *columnReader, c chunkReader[T], entries int64, b *batch[T], bits func(T) uint64, add func([]uint64)) error {
	return digestChunk(r, c, entries, b, func(values []T) error {
		for i, v := range values {
			r.bits[i] = bits(v)
		}
		add(r.bits[:len(values)])
		return nil
	})
}

// digestChunk digests the levels of a chunk and hands add its values.
func digestChunk[T any](r *columnReader, c chunkReader[T], entries int64, b *batch[T], add func([]T) error) error {
	b.start(batchPerPage[T]{c, &r.chunk}, entries)
	for {
		more, err := b.read()
		if err != nil || !more {
			return err
		}
		if c.Descriptor().MaxRepetitionLevel() > 0 {
			r.sum.rep.Write(r.bytes(b.rep[:b.levels]))
		}
		if b.maxDef > 0 {
			r.sum.def.Write(r.bytes(b.def[:b.levels]))
		}
		if err := add(b.values[:b.found]); err != nil {
			return err
		}
	}
}

// bytes returns levels as bytes, good until the next call.
func (r *columnReader) bytes(levels []int16) []byte {
	for i, l := range levels {
		r.levels[i] = byte(l)
	}
	return r.levels[:len(levels)]
}
