package schema

import (
	"errors"

	"github.com/apache/arrow/go/v15/parquet/file"
)

// A chunkReader is one of Arrow's readers of a column chunk.
type chunkReader[T any] interface {
	file.ColumnChunkReader
	ReadBatch(batchSize int64, values []T, def, rep []int16) (levels int64, read int, err error)
}

// A batch holds the next entries of a column chunk: the levels of each, and the
// values of those that have one, which are those with the level maxDef.
type batch[T any] struct {
	chunk    chunkReader[T]
	left     int64 // entries still to read
	maxDef   int16
	levels   int // number of entries
	found    int // number of values
	def, rep [batchSize]int16
	values   [batchSize]T

	entry, value int // where rows and take go on
}

// batchSize is the number of entries read at a time.
const batchSize = 4096

var errLevels = errors.New("levels and values do not match")

// start makes b read chunk, which has so many entries.
func (b *batch[T]) start(chunk chunkReader[T], entries int64) {
	b.chunk, b.left, b.maxDef = chunk, entries, chunk.Descriptor().MaxDefinitionLevel()
	b.levels, b.found, b.entry, b.value = 0, 0, 0, 0
	if chunk.Descriptor().MaxRepetitionLevel() == 0 {
		b.rep = [batchSize]int16{}
	}
}

// read reads the next entries. It reports false at the end of the chunk. It
// never asks Arrow for more entries than there are: where a damaged page header
// promises them, Arrow would look for them without end.
func (b *batch[T]) read() (bool, error) {
	b.levels, b.found, b.entry, b.value = 0, 0, 0, 0
	more := b.chunk.HasNext()
	if err := b.chunk.Err(); err != nil {
		return false, err
	}
	if more != (b.left > 0) {
		return false, errLevels
	}
	if !more {
		return false, nil
	}
	levels, read, err := b.chunk.ReadBatch(min(batchSize, b.left), b.values[:], b.def[:], b.rep[:])
	if err != nil {
		return false, err
	}
	want := int(levels)
	if b.maxDef > 0 {
		want = 0
		for _, def := range b.def[:levels] {
			if def == b.maxDef {
				want++
			}
		}
	}
	if levels == 0 || read != want {
		return false, errLevels
	}
	b.levels, b.found = int(levels), read
	b.left -= levels
	return true, nil
}

// rows calls add for each entry of the next n rows. v is the zero value unless
// def is maxDef.
func (b *batch[T]) rows(n int, add func(rep, def int16, v T)) error {
	var zero T
	for begun := 0; ; b.entry++ {
		if b.entry == b.levels {
			more, err := b.read()
			if err != nil {
				return err
			}
			if !more {
				if begun < n {
					return errLevels
				}
				return nil
			}
		}
		rep, def := b.rep[b.entry], b.def[b.entry]
		if rep == 0 {
			if begun == n {
				return nil
			}
			begun++
		}
		if b.maxDef > 0 && def < b.maxDef {
			add(rep, def, zero)
			continue
		}
		add(rep, def, b.values[b.value])
		b.value++
	}
}

// skip goes past the next n rows.
func (b *batch[T]) skip(n int) error { return b.rows(n, func(_, _ int16, _ T) {}) }

// take returns the next entry. v is the zero value unless def is maxDef.
func (b *batch[T]) take() (v T, rep, def int16, err error) {
	if ok, err := b.has(); !ok {
		return v, 0, 0, firstError(err, errLevels)
	}
	rep, def = b.rep[b.entry], b.def[b.entry]
	b.entry++
	if b.maxDef == 0 || def == b.maxDef {
		v = b.values[b.value]
		b.value++
	}
	return v, rep, def, nil
}

// more reports whether the next entry is of the same row as the last.
func (b *batch[T]) more() (bool, error) {
	ok, err := b.has()
	return ok && b.rep[b.entry] > 0, err
}

// empty reports whether the next entry is an empty list.
func (b *batch[T]) empty() (bool, error) {
	ok, err := b.has()
	return ok && b.def[b.entry] == 0, err
}

// has reports whether there is another entry.
func (b *batch[T]) has() (bool, error) {
	if b.entry < b.levels {
		return true, nil
	}
	return b.read()
}
