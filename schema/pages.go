package schema

import (
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/file"
)

// chunkPages are the pages of a column chunk, all read into one memory. A page is
// good until the next one, which Arrow would go on to in the midst of a batch,
// with values that point into the page before: it is only let where a batch
// begins. The dictionary is kept apart.
type chunkPages struct {
	file.PageReader // nil before the first chunk
	memory          pageMemory
	dictionary      []byte
	open            bool
}

// reset makes p the pages of a column chunk with so many entries, which from is
// at the beginning of.
func (p *chunkPages) reset(from parquet.BufferedReader, entries int64, codec compress.Compression) (err error) {
	if cap(p.memory.bytes) > maxScratch { // of a page that was longer than most
		*p = chunkPages{}
	}
	if p.PageReader == nil {
		p.PageReader, err = file.NewPageReader(from, entries, codec, &p.memory, nil)
		return err
	}
	p.PageReader.Reset(from, entries, codec, nil)
	return p.PageReader.Err()
}

// Next goes to the next page.
func (p *chunkPages) Next() bool { return p.open && p.PageReader.Next() }

// Page returns the page at hand.
func (p *chunkPages) Page() file.Page {
	page := p.PageReader.Page()
	if page, ok := page.(*file.DictionaryPage); ok {
		p.dictionary = append(p.dictionary[:0], page.Data()...)
		return file.NewDictionaryPage(memory.NewBufferBytes(p.dictionary), page.NumValues(), parquet.Encoding(page.Encoding()))
	}
	return page
}

// pageMemory gives each page the memory of the one before.
type pageMemory struct {
	boundedMemory
	bytes []byte
}

// decodeSlack is what zstd wants behind a page's memory: with so many bytes to
// spare it copies without looking where the page ends.
const decodeSlack = 16

func (m *pageMemory) Allocate(n int) []byte {
	if n+decodeSlack > cap(m.bytes) {
		m.bytes = m.boundedMemory.Allocate(n + decodeSlack)
	}
	return m.bytes[:n]
}

// A batchPerPage ends batches where pages end.
type batchPerPage[T any] struct {
	chunkReader[T]
	pages *chunkPages
}

// HasNext reports whether there are more entries, if need be on the next page.
func (b batchPerPage[T]) HasNext() bool {
	b.pages.open = true
	defer func() { b.pages.open = false }()
	return b.chunkReader.HasNext()
}
