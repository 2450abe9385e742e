package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/zeebo/xxh3"
)

// Prove reads the Parquet file at path with Arrow's column readers and compares
// its rows, its digests, and the digests in its footer with want. The error
// names the file, the table and the column that differs. It returns an error,
// too, where Arrow panics on a damaged page.
func Prove(path string, want File) error { return prove(path, want, "") }

// ProveCopied is Prove for a file that was just written with row groups of the
// file old. It does not decode these a second time but compares their column
// chunks, where Arrow finds them, byte by byte with old, which was proven when
// it was new.
func ProveCopied(path string, want File, old string) error { return prove(path, want, old) }

// prove is ProveCopied; old is "" where nothing was copied.
func prove(path string, want File, old string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if err != nil {
			err = fmt.Errorf("schema: prove %s: table %s: %w", path, want.Table, err)
		}
	}()
	f, err := openArrow(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if old == "" || !slices.ContainsFunc(want.origins, func(o origin) bool { return o.old >= 0 }) {
		return f.prove(want, nil)
	}
	from, err := openArrow(old)
	if err != nil {
		return err
	}
	defer from.Close()
	return f.prove(want, from)
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

// prove compares f with want. Row groups that were copied are taken to have
// the digests of old's, which is nil where there are none, and compared with
// these.
func (f *arrowFile) prove(want File, old *arrowFile) error {
	if f.NumRows() != want.Rows {
		return fmt.Errorf("%d rows, not %d", f.NumRows(), want.Rows)
	}
	columns := f.MetaData().Schema.NumColumns()
	if columns != len(want.Digests) {
		return fmt.Errorf("%d columns, not %d", columns, len(want.Digests))
	}
	if err := f.proveFooter(want); err != nil {
		return err
	}
	d := columnReader{sum: newColumnDigest()}
	for c, w := range want.Digests {
		var sum fileDigest
		for g := range f.NumRowGroups() {
			rows := f.RowGroup(g).NumRows()
			var s [16]byte
			var err error
			if old != nil && g < len(want.origins) && want.origins[g].old >= 0 {
				s, err = want.origins[g].digests[c], f.sameChunk(g, c, old, want.origins[g].old)
			} else {
				s, err = d.digest(f, g, c)
			}
			if err != nil {
				return fmt.Errorf("column %s: row group %d: %w", w.Column, g, err)
			}
			sum.add(rows, s)
		}
		if got := sum.String(); got != w.Digest {
			return fmt.Errorf("column %s: values read have the digest %s, values written %s", w.Column, got, w.Digest)
		}
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

	levels [batchSize]byte
	bits   [batchSize]uint64
}

// digest returns the digest of a column in a row group of f.
func (r *columnReader) digest(f *arrowFile, group, column int) ([16]byte, error) {
	chunk, entries, err := f.chunk(group, column)
	if err != nil {
		return [16]byte{}, err
	}
	switch c := chunk.(type) {
	case *file.Int32ColumnChunkReader:
		err = digestChunk(r, c, entries, &r.i32, func(v int32) uint64 { return uint64(uint32(v)) })
	case *file.Int64ColumnChunkReader:
		err = digestChunk(r, c, entries, &r.i64, func(v int64) uint64 { return uint64(v) })
	case *file.Float32ColumnChunkReader:
		err = digestChunk(r, c, entries, &r.f32, func(v float32) uint64 { return uint64(math.Float32bits(v)) })
	case *file.Float64ColumnChunkReader:
		err = digestChunk(r, c, entries, &r.f64, math.Float64bits)
	case *file.ByteArrayColumnChunkReader:
		err = digestChunk(r, c, entries, &r.str, func(v parquet.ByteArray) uint64 { return xxh3.Hash(v) })
	default:
		err = fmt.Errorf("unexpected type %s", chunk.Type())
	}
	return r.sum.sum(), err
}

func digestChunk[T any](r *columnReader, c chunkReader[T], entries int64, b *batch[T], bits func(T) uint64) error {
	b.start(c, entries)
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
		for i, v := range b.values[:b.found] {
			r.bits[i] = bits(v)
		}
		r.sum.values(r.bits[:b.found])
	}
}

// bytes returns levels as bytes, good until the next call.
func (r *columnReader) bytes(levels []int16) []byte {
	for i, l := range levels {
		r.levels[i] = byte(l)
	}
	return r.levels[:len(levels)]
}
