package schema

import (
	"errors"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	pqschema "github.com/apache/arrow/go/v15/parquet/schema"
)

// indexPages are the pages of a column chunk with a dictionary, changed so that
// Arrow reads not values but their indices: the dictionary is taken aside, and in
// its place stands one that has each index for its own value.
type indexPages struct {
	file.PageReader
	count   func(n int) []byte // returns the numbers below n in PLAIN encoding
	entries int32              // of the dictionary
	plain   []byte             // the dictionary in PLAIN encoding
	err     error
}

var (
	errDictionary = errors.New("the dictionary is not that of the values in the order in which they first come")
	errNoIndices  = errors.New("values without a dictionary")
)

// reader returns the reader of the indices of the column c.
func (p *indexPages) reader(c *pqschema.Column) *file.Int32ColumnChunkReader {
	node := pqschema.NewInt32Node(c.Name(), parquet.Repetitions.Required, -1)
	descr := pqschema.NewColumn(node, c.MaxDefinitionLevel(), c.MaxRepetitionLevel())
	return newReader(descr, p).(*file.Int32ColumnChunkReader)
}

// dictionary returns the reader of the dictionary of the column c, after its
// indices were read.
func (p *indexPages) dictionary(c *pqschema.Column) file.ColumnChunkReader {
	plain, rle := parquet.Encodings.Plain, parquet.Encodings.RLE
	node := pqschema.MustPrimitive(pqschema.NewPrimitiveNode(c.Name(), parquet.Repetitions.Required, c.PhysicalType(), -1, -1))
	page := file.NewDataPageV1(memory.NewBufferBytes(p.plain), p.entries, plain, rle, rle, int32(len(p.plain)))
	return newReader(pqschema.NewColumn(node, 0, 0), &onePage{page: page})
}

// newReader returns Arrow's reader of a column with these pages.
func newReader(c *pqschema.Column, pages file.PageReader) file.ColumnChunkReader {
	return file.NewColumnReader(c, pages, boundedMemory{}, nil) // the pool would only be for Skip
}

// Next goes to the next page.
func (p *indexPages) Next() bool { return p.err == nil && p.PageReader.Next() }

// Page returns the page at hand, or nil after an error.
func (p *indexPages) Page() file.Page {
	switch page := p.PageReader.Page().(type) {
	case *file.DictionaryPage:
		p.entries, p.plain = page.NumValues(), page.Data()
		const shortest = 4 // bytes of a value
		if int(p.entries) > len(p.plain)/shortest || parquet.Encoding(page.Encoding()) != parquet.Encodings.Plain {
			p.err = errDictionary
			return nil
		}
		return file.NewDictionaryPage(memory.NewBufferBytes(p.count(int(p.entries))), p.entries, parquet.Encodings.Plain)
	case file.DataPage:
		if parquet.Encoding(page.Encoding()) != parquet.Encodings.RLEDict {
			p.err = errNoIndices
			return nil
		}
		return page
	}
	return nil
}

// Err returns the error that ended the pages.
func (p *indexPages) Err() error { return firstError(p.err, p.PageReader.Err()) }

// onePage is a PageReader of a single page.
type onePage struct {
	file.PageReader // nil: not asked for anything else
	page, next      file.Page
}

func (p *onePage) Next() bool { p.next, p.page = p.page, nil; return p.next != nil }

func (p *onePage) Page() file.Page { return p.next }

func (p *onePage) Err() error { return nil }
