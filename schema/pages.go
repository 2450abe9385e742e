package schema

import (
	"encoding/binary"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/file"
	pqschema "github.com/apache/arrow/go/v15/parquet/schema"
)

// chunkPages are the pages of a column chunk, all read into one memory. A page is
// good until the next one, which Arrow would go on to in the midst of a batch,
// with values that point into the page before: it is only let where a batch
// begins. The dictionary is kept apart.
type chunkPages struct {
	file.PageReader // nil before the first chunk
	memory          pageMemory
	dictionary      []byte
	packed, plain   []byte // of a page with differences of numbers; see deltaReader
	column          *pqschema.Column
	open            bool
	err             error
}

// reset makes p the pages of a column chunk with so many entries, which from is
// at the beginning of.
func (p *chunkPages) reset(column *pqschema.Column, from parquet.BufferedReader, entries int64, codec compress.Compression) (err error) {
	if cap(p.memory.bytes) > maxScratch { // of a page that was longer than most
		*p = chunkPages{}
	}
	p.column, p.err = column, nil
	if p.PageReader == nil {
		p.PageReader, err = file.NewPageReader(from, entries, codec, &p.memory, nil)
		return err
	}
	p.PageReader.Reset(from, entries, codec, nil)
	return p.PageReader.Err()
}

// Next goes to the next page.
func (p *chunkPages) Next() bool { return p.open && p.err == nil && p.PageReader.Next() }

// Err returns the error that ended the pages.
func (p *chunkPages) Err() error { return firstError(p.err, p.PageReader.Err()) }

// Page returns the page at hand.
func (p *chunkPages) Page() file.Page {
	page := p.PageReader.Page()
	switch page := page.(type) {
	case *file.DictionaryPage:
		p.dictionary = append(p.dictionary[:0], page.Data()...)
		return file.NewDictionaryPage(memory.NewBufferBytes(p.dictionary), page.NumValues(), parquet.Encoding(page.Encoding()))
	case *file.DataPageV1:
		if parquet.Encoding(page.Encoding()) == parquet.Encodings.DeltaBinaryPacked {
			if p.err = p.unpack(page); p.err != nil {
				return nil
			}
			return file.NewDataPageV1(memory.NewBufferBytes(p.plain), page.NumValues(), parquet.Encodings.Plain,
				page.DefinitionLevelEncoding(), page.RepetitionLevelEncoding(), int32(len(p.plain)))
		}
	}
	return page
}

// unpack makes p.plain what page holds, with the numbers in PLAIN encoding.
func (p *chunkPages) unpack(page *file.DataPageV1) error {
	data, levels := page.Data(), 0
	for _, most := range []int16{p.column.MaxRepetitionLevel(), p.column.MaxDefinitionLevel()} {
		if most > 0 && levels <= len(data)-4 {
			levels += 4 + int(binary.LittleEndian.Uint32(data[levels:]))
		}
	}
	if levels > len(data) {
		return errDelta
	}
	p.packed = append(append(p.packed[:0], data[levels:]...), make([]byte, deltaSlack)...)
	r := deltaReader{rest: p.packed, size: p.column.PhysicalType().ByteSize()}
	var err error
	p.plain, err = r.appendTo(append(p.plain[:0], data[:levels]...), int(page.NumValues()))
	return err
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
