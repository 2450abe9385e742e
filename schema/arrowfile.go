package schema

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/metadata"
)

// An arrowFile is a Parquet file opened with Arrow.
type arrowFile struct {
	*file.Reader
	raw  io.ReaderAt
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

// streamBuffer is how many bytes of a column chunk are read at a time.
const streamBuffer = 64 << 10

// newArrow reads from f, which it closes if f can be closed.
func newArrow(f parquet.ReaderAtSeeker) (*arrowFile, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	props := parquet.NewReaderProperties(boundedMemory{})
	props.BufferedStreamEnabled, props.BufferSize = true, streamBuffer // else whole column chunks are read at once, and copied
	r, err := file.NewParquetReader(f, file.WithReadProps(props))
	if err != nil {
		return nil, err
	}
	return &arrowFile{r, f, size}, nil
}

// chunk returns the reader of a column in a row group and, from the footer, the
// number of its entries.
func (f *arrowFile) chunk(group, column int) (file.ColumnChunkReader, int64, error) {
	m, _, err := f.place(group, column)
	if err != nil {
		return nil, 0, err
	}
	r, err := f.RowGroup(group).Column(column)
	return r, m.NumValues(), err
}

// place returns what the footer says of a column in a row group, and where it
// begins. It checks that the chunk lies inside the file, because Arrow would
// first set aside as much memory as a damaged footer asks for.
func (f *arrowFile) place(group, column int) (*metadata.ColumnChunkMetaData, int64, error) {
	m, err := f.RowGroup(group).MetaData().ColumnChunk(column)
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
	return m, start, nil
}

// sameChunk reports how a column in a row group of f differs from that of the
// row group oldGroup of old: in a byte, or in what the footer says of it.
func (f *arrowFile) sameChunk(group, column int, old *arrowFile, oldGroup int) error {
	if oldGroup >= old.NumRowGroups() || f.RowGroup(group).NumRows() != old.RowGroup(oldGroup).NumRows() {
		return fmt.Errorf("not the rows of row group %d of the old file", oldGroup)
	}
	m, start, err := f.place(group, column)
	if err != nil {
		return err
	}
	was, oldStart, err := old.place(oldGroup, column)
	if err != nil {
		return err
	}
	if m.NumValues() != was.NumValues() || m.TotalCompressedSize() != was.TotalCompressedSize() ||
		m.HasDictionaryPage() != was.HasDictionaryPage() || m.Compression() != was.Compression() ||
		m.DataPageOffset()-start != was.DataPageOffset()-oldStart {
		return fmt.Errorf("the footer describes it otherwise than row group %d of the old file", oldGroup)
	}
	at, err := firstDifference(io.NewSectionReader(f.raw, start, m.TotalCompressedSize()), io.NewSectionReader(old.raw, oldStart, m.TotalCompressedSize()))
	if err == nil && at >= 0 {
		err = fmt.Errorf("byte %d is not that of row group %d of the old file", start+at, oldGroup)
	}
	return err
}

// firstDifference returns where a and b begin to differ; -1 if they do not.
func firstDifference(a, b *io.SectionReader) (int64, error) {
	var bufA, bufB [64 << 10]byte
	for at := int64(0); ; {
		n, err := readFull(a, bufA[:])
		if err != nil {
			return 0, err
		}
		k, err := readFull(b, bufB[:])
		if err != nil {
			return 0, err
		}
		same := n
		if !bytes.Equal(bufA[:n], bufB[:k]) {
			for same = 0; same < min(n, k) && bufA[same] == bufB[same]; {
				same++
			}
		}
		at += int64(same)
		switch {
		case same < max(n, k):
			return at, nil
		case n < len(bufA):
			return -1, nil
		}
	}
}

// readFull is io.ReadFull, to which the end is no error.
func readFull(r io.Reader, buf []byte) (int, error) {
	n, err := io.ReadFull(r, buf)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}

// boundedMemory refuses what no page of ours needs but a damaged header may
// ask for. The panic is caught where the file is read. It leaves pages to the
// garbage collector, so that texts may go on pointing into them.
type boundedMemory struct{}

var goMemory = memory.NewGoAllocator()

const maxPage = 1 << 30 // bytes

func (boundedMemory) check(n int) {
	if n > maxPage {
		panic(fmt.Sprintf("page of %d bytes", n))
	}
}

func (m boundedMemory) Allocate(n int) []byte {
	m.check(n)
	return goMemory.Allocate(n)
}

func (m boundedMemory) Reallocate(n int, b []byte) []byte {
	m.check(n)
	return goMemory.Reallocate(n, b)
}

func (boundedMemory) Free(b []byte) { goMemory.Free(b) }
