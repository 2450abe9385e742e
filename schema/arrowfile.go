package schema

import (
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
)

// An arrowFile is a Parquet file opened with Arrow.
type arrowFile struct {
	*file.Reader
	size int64
}

func openArrow(path string) (*arrowFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	a, err := newArrow(f)
	if err != nil {
		f.Close()
	}
	return a, err
}

// newArrow reads from f, which it closes if f can be closed.
func newArrow(f parquet.ReaderAtSeeker) (*arrowFile, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	r, err := file.NewParquetReader(f, file.WithReadProps(parquet.NewReaderProperties(boundedMemory{})))
	if err != nil {
		return nil, err
	}
	return &arrowFile{r, size}, nil
}

// chunk returns the reader of a column in a row group and, from the footer, the
// number of its entries. It checks that the chunk lies inside the file, because
// Arrow would first set aside as much memory as a damaged footer asks for.
func (f *arrowFile) chunk(group, column int) (file.ColumnChunkReader, int64, error) {
	g := f.RowGroup(group)
	m, err := g.MetaData().ColumnChunk(column)
	if err != nil {
		return nil, 0, err
	}
	start, size := m.DataPageOffset(), m.TotalCompressedSize()
	if m.HasDictionaryPage() {
		start = min(start, m.DictionaryPageOffset())
	}
	if start < 0 || size < 0 || start > f.size || size > f.size-start {
		return nil, 0, fmt.Errorf("column chunk at %d with %d bytes is not inside the file's %d bytes", start, size, f.size)
	}
	r, err := g.Column(column)
	return r, m.NumValues(), err
}

// boundedMemory refuses what no page of ours needs but a damaged header may
// ask for. The panic is caught where the file is read.
type boundedMemory struct{}

const maxPage = 1 << 30 // bytes

func (boundedMemory) check(n int) {
	if n > maxPage {
		panic(fmt.Sprintf("page of %d bytes", n))
	}
}

func (m boundedMemory) Allocate(n int) []byte {
	m.check(n)
	return memory.DefaultAllocator.Allocate(n)
}

func (m boundedMemory) Reallocate(n int, b []byte) []byte {
	m.check(n)
	return memory.DefaultAllocator.Reallocate(n, b)
}

func (boundedMemory) Free(b []byte) { memory.DefaultAllocator.Free(b) }
