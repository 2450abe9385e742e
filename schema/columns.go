package schema

import (
	"fmt"
	"iter"
	"strings"

	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
)

// A DocumentKey is what of a document tells whether it changed, and how many
// rows it has in the other tables.
type DocumentKey struct {
	DocID, SHA256                string
	Sentences, Entities, Removed int32
}

// DocumentKeys returns the rows of a file of the documents table, of this
// version or another one, in order. It ends with the first error.
func DocumentKeys(path string) iter.Seq2[DocumentKey, error] {
	return rowGroups(path, func(f *arrowFile, g int) ([]DocumentKey, error) {
		ids, err1 := texts(f, g, "doc_id")
		sums, err2 := texts(f, g, "sha256")
		sentences, err3 := numbers(f, g, "n_sentences")
		entities, err4 := numbers(f, g, "n_entities")
		removed, err5 := numbers(f, g, "n_removed")
		if err := firstError(err1, err2, err3, err4, err5); err != nil {
			return nil, err
		}
		keys := make([]DocumentKey, len(ids))
		for i := range keys {
			keys[i] = DocumentKey{ids[i], sums[i], sentences[i], entities[i], removed[i]}
		}
		return keys, nil
	})
}

// DocumentHashes returns the column sha256 of a file of the documents table, of
// this version or another one. It ends with the first error.
func DocumentHashes(path string) iter.Seq2[string, error] {
	return rowGroups(path, func(f *arrowFile, g int) ([]string, error) { return texts(f, g, "sha256") })
}

// A MentionKey says whom or what a mention names.
type MentionKey struct {
	Label, Name, EntityID string // "" where unknown
}

// MentionKeys returns the rows of a file of the entities table, of this
// version or another one, in order. It ends with the first error.
func MentionKeys(path string) iter.Seq2[MentionKey, error] {
	return rowGroups(path, func(f *arrowFile, g int) ([]MentionKey, error) {
		labels, err1 := texts(f, g, "label")
		names, err2 := texts(f, g, "name")
		ids, err3 := texts(f, g, "entity_id")
		if err := firstError(err1, err2, err3); err != nil {
			return nil, err
		}
		keys := make([]MentionKey, len(labels))
		for i := range keys {
			keys[i] = MentionKey{labels[i], names[i], ids[i]}
		}
		return keys, nil
	})
}

// A QuarantineKey says which document was set aside, and why.
type QuarantineKey struct {
	DocID, Reason, Detail string
}

// QuarantineKeys returns the rows of a file of the quarantine table, of this
// version or another one, in order. It ends with the first error.
func QuarantineKeys(path string) iter.Seq2[QuarantineKey, error] {
	return rowGroups(path, func(f *arrowFile, g int) ([]QuarantineKey, error) {
		ids, err1 := texts(f, g, "doc_id")
		reasons, err2 := texts(f, g, "reason")
		details, err3 := texts(f, g, "detail")
		if err := firstError(err1, err2, err3); err != nil {
			return nil, err
		}
		keys := make([]QuarantineKey, len(ids))
		for i := range keys {
			keys[i] = QuarantineKey{ids[i], reasons[i], details[i]}
		}
		return keys, nil
	})
}

// rowGroups yields what read makes of each row group of a file.
func rowGroups[T any](path string, read func(*arrowFile, int) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		f, err := guarded(path, func() (*arrowFile, error) { return openArrow(path) })
		if err != nil {
			yield(none, err)
			return
		}
		defer f.Close()
		for g := range f.NumRowGroups() {
			rows, err := guarded(path, func() ([]T, error) { return read(f, g) })
			if err != nil {
				yield(none, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// guarded returns what do returns, or Arrow's panic on a damaged file as an error.
func guarded[T any](path string, do func() (T, error)) (v T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if err != nil {
			err = fmt.Errorf("schema: read %s: %w", path, err)
		}
	}()
	return do()
}

// texts returns the values of a column of text in a row group, "" for NULL.
func texts(f *arrowFile, group int, name string) ([]string, error) {
	chunk, entries, err := f.named(group, name)
	if err != nil {
		return nil, err
	}
	c, ok := chunk.(*file.ByteArrayColumnChunkReader)
	if !ok {
		return nil, fmt.Errorf("column %s is not text", name)
	}
	return values(f, group, c, entries, func(v parquet.ByteArray) string { return strings.Clone(v.String()) })
}

// numbers returns the values of a column of 32-bit numbers in a row group.
func numbers(f *arrowFile, group int, name string) ([]int32, error) {
	chunk, entries, err := f.named(group, name)
	if err != nil {
		return nil, err
	}
	c, ok := chunk.(*file.Int32ColumnChunkReader)
	if !ok {
		return nil, fmt.Errorf("column %s is not of 32-bit numbers", name)
	}
	return values(f, group, c, entries, func(v int32) int32 { return v })
}

// named returns the chunk of the plain column called name.
func (f *arrowFile) named(group int, name string) (file.ColumnChunkReader, int64, error) {
	for i := range f.MetaData().Schema.NumColumns() {
		if c := f.MetaData().Schema.Column(i); c.Path() == name && c.MaxRepetitionLevel() == 0 {
			return f.chunk(group, i)
		}
	}
	return nil, 0, fmt.Errorf("no column %s", name)
}

func values[P, T any](f *arrowFile, group int, c chunkReader[P], entries int64, convert func(P) T) ([]T, error) {
	rows := f.RowGroup(group).MetaData().NumRows()
	if rows != entries {
		return nil, errLevels
	}
	var list []T
	b := new(batch[P])
	b.start(c, entries)
	err := b.rows(int(rows), func(_, _ int16, v P) { list = append(list, convert(v)) })
	return list, err
}
