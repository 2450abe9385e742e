package schema

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/zeebo/xxh3"
)

// A column takes the entries of one leaf column, row by row, and turns them
// into pages, page by page. An entry is a value, a NULL or an empty list; the
// levels that go with it are those of Dremel and Parquet. What columns share of
// them is in their list.
//
// Values go through three states, each for many at a time, which keeps what a
// step needs in the processor's cache: as they came, encoded as for a page,
// compressed.
type column struct {
	maxDef   byte  // level of a value; that of NULL is one less
	nullable bool  // whether there can be NULL
	list     *list // nil outside of lists

	// Values as they came.
	bits  []uint64 // of each number, in a dictionary its key; of each text of a column without dictionary its hash
	words []word   // texts of a column with one
	long  []byte   // the bytes of those that words do not hold
	last  string   // see repeated
	typeTable

	// Of columns with the same values in two tables; see follow.
	follower *column
	source   *column // the other way round
	numbers  []int32 // what source numbers the values to come
	waiting  int     // how many of these came
	made     page    // of the follower's dictionary, if that is like c's
	madeOf   int     // how many values it has

	// The page at hand.
	def    []byte  // definition levels, if nullable
	values int     // number of values
	i32    []int32 // numbers, or what the dictionary numbers the values
	i64    []int64
	plain  []byte // texts of a column without dictionary, in PLAIN encoding

	kind    parquet.Kind
	node    parquet.Node
	bounded bool        // see unbounded
	dict    *dictionary // nil: the values lie in the pages themselves
	sum     columnDigest

	// The pages before, of the same row group.
	chunk   chunks
	meta    format.ColumnMetaData
	offsets []format.PageLocation // from the start of chunk
	index   parquet.ColumnIndexer
	widest  [2]parquet.Value // bounds of every page, unless bounded
	rows    int64
}

const (
	batchValues = 1 << 10 // values taken before they are encoded

	// A page ends where tableEncoder.endRow finds it as long as this, or longer.
	pageSize    = 1 << 20  // bytes of text
	pageEntries = 64 << 10 // entries
)

// newColumn returns an empty column. in is nil outside of lists.
func newColumn(leaf parquet.LeafColumn, in *list, bounded bool) column {
	c := column{
		kind: leaf.Node.Type().Kind(), node: leaf.Node, maxDef: byte(leaf.MaxDefinitionLevel), list: in,
		nullable: leaf.MaxDefinitionLevel > leaf.MaxRepetitionLevel, bounded: bounded, sum: newColumnDigest(), index: leaf.Node.Type().NewColumnIndexer(0),
		widest: widestBounds(leaf.Node.Type().Kind()),
	}
	if isNumbered(leaf.Node) {
		c.dict = &dictionary{kind: c.kind}
	}
	c.meta = format.ColumnMetaData{Type: format.Type(c.kind), PathInSchema: leaf.Path, Codec: format.Zstd}
	c.reset()
	return c
}

// reset prepares c for the next row group.
func (c *column) reset() {
	c.chunk.release()
	c.meta = format.ColumnMetaData{
		Type: c.meta.Type, PathInSchema: c.meta.PathInSchema, Codec: c.meta.Codec, Encoding: []format.Encoding{format.RLE, c.encoding()},
	}
	c.offsets, c.rows, c.last, c.made.head = c.offsets[:0], 0, "", nil
	c.index.Reset()
	if c.dict != nil {
		c.meta.Encoding = append(c.meta.Encoding, format.Plain)
		c.dict.reset()
	}
	for i := range c.known {
		c.known[i] = unknown
	}
}

// encoding returns how the values of the pages are encoded.
func (c *column) encoding() format.Encoding { return c.node.Encoding().Encoding() }

func (c *column) text(s string) {
	if c.dict == nil {
		c.bits = append(c.bits, xxh3.HashString(s))
		c.plain = binary.LittleEndian.AppendUint32(c.plain, uint32(len(s)))
		c.plain = append(c.plain, s...)
		return
	}
	if len(s) > maxWord {
		c.long = append(c.long, s...)
	}
	c.words = append(c.words, wordOf(s))
}

// repeated adds a text to a column with a dictionary. It takes less time for the
// text before. It keeps s until forget.
func (c *column) repeated(s string) {
	if s == c.last && s != "" {
		c.words = append(c.words, again)
		return
	}
	c.text(s)
	c.last = s
}

// forget lets go of what repeated and types keep.
func (c *column) forget() {
	c.last, c.texts, c.known = "", nil, c.known[:0]
}

// follow adds the value or NULL that c.source got as the last but back of all, 1
// being the last. The level of a value is one less than there, in a list. The value
// is not looked up a second time: it is known by its number.
func (c *column) follow(back int) {
	if !c.nullable {
		c.waiting++
		return
	}
	def := c.source.def[len(c.source.def)-back] - 1
	c.def = append(c.def, def)
	c.waiting += int(def)
}

func (c *column) int32s(list []int32) {
	bits := c.bits
	for _, v := range list {
		bits = append(bits, uint64(uint32(v)))
	}
	c.bits = bits
}

func (c *column) int32(v int32)   { c.bits = append(c.bits, uint64(uint32(v))) }
func (c *column) int64(v int64)   { c.bits = append(c.bits, uint64(v)) }
func (c *column) score(v float64) { c.bits = append(c.bits, c.dict.keyOfScore(v)) }

// optional notes whether the next entry of a nullable column has a value, which
// then follows, or is NULL. It returns has.
func (c *column) optional(has bool) bool {
	if has {
		c.def = append(c.def, c.maxDef)
	} else {
		c.def = append(c.def, c.maxDef-1)
	}
	return has
}

// optionalText adds s, or NULL for "".
func (c *column) optionalText(s string) {
	if c.optional(s != "") {
		c.text(s)
	}
}

// optionalScore adds a score, rounded, or NULL for nil.
func (c *column) optionalScore(v *float64) {
	if c.optional(v != nil) {
		c.score(*v)
	}
}

// encode adds the values that came to the page at hand, and to the digest.
func (c *column) encode() {
	c.values += len(c.bits) + len(c.words) + c.waiting + c.direct
	if c.dict != nil {
		c.number()
	} else {
		c.sum.values(c.bits)
	}
	switch {
	case c.dict != nil || c.kind == parquet.ByteArray: // done
	case c.kind == parquet.Int32:
		for _, v := range c.bits {
			c.i32 = append(c.i32, int32(v))
		}
	case c.kind == parquet.Int64:
		for _, v := range c.bits {
			c.i64 = append(c.i64, int64(v))
		}
	}
	c.bits, c.words, c.long = c.bits[:0], c.words[:0], c.long[:0]
}

// number is encode for the values of a column with a dictionary.
func (c *column) number() {
	first := len(c.i32) - c.direct
	c.direct = 0
	if c.source != nil {
		c.source.encode()
		c.i32 = c.dict.appendLike(c.source.dict, c.i32, c.numbers[:c.waiting])
		c.numbers, c.waiting = slices.Delete(c.numbers, 0, c.waiting), 0
	}
	c.i32 = c.dict.appendNumbers(c.dict.appendTexts(c.i32, c.words, c.long), c.bits)
	c.sum.numbers(c.i32[first:])
	if c.follower != nil {
		c.follower.numbers = append(c.follower.numbers, c.i32[first:]...)
	}
}

// many reports whether so many values came that they are to be encoded.
func (c *column) many() bool {
	return len(c.bits)+len(c.words)+c.waiting+c.direct >= batchValues || len(c.long) >= pageSize/4
}

// full reports whether the page is to end with the row group's first rows rows.
// It says the same of all columns that share levels.
func (c *column) full(rows int64) bool {
	return c.entries(rows) >= pageEntries || len(c.plain) >= pageSize
}

// entries returns the number of entries in the page at hand, if it ends with the
// row group's first rows rows.
func (c *column) entries(rows int64) int {
	if c.list != nil {
		return len(c.list.rep)
	}
	return int(rows - c.rows)
}

// A scratch is what the making of a page needs, shared by columns.
type scratch struct {
	part, body, packed []byte
	texts, numbers     *zstd.Encoder // see newCompressor
}

// maxScratch is how much memory stays; pages are longer only where a text is.
const maxScratch = 4 * pageSize

func (s *scratch) trim() {
	for _, b := range []*[]byte{&s.part, &s.body, &s.packed} {
		if cap(*b) > maxScratch {
			*b = nil
		}
	}
}

// endPage makes a page of what came since the last one. rows is the number of
// rows in the row group up to here.
func (c *column) endPage(s *scratch, rows int64) error {
	body, err := c.body(s)
	if err != nil {
		return err
	}
	count := c.entries(rows)
	entries, nulls := int64(count), int64(count-c.values)
	c.bound(entries, nulls)
	c.sum.levels(c.levels())
	header := format.PageHeader{Type: format.DataPage, DataPageHeader: thrift.New(format.DataPageHeader{
		NumValues: int32(entries), Encoding: c.encoding(),
		DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE, Statistics: format.Statistics{NullCount: nulls},
	})}
	offset := c.chunk.size
	p, err := s.page(header, c.encoding(), body)
	if err != nil {
		return err
	}
	if err := c.writePage(&c.chunk, &p); err != nil {
		return err
	}
	c.offsets = append(c.offsets, format.PageLocation{
		Offset: offset, CompressedPageSize: int32(c.chunk.size - offset), FirstRowIndex: c.rows,
	})
	c.meta.NumValues += entries
	c.meta.Statistics.NullCount += nulls
	c.rows = rows
	c.def, c.values, c.i32, c.i64, c.plain = c.def[:0], 0, c.i32[:0], c.i64[:0], c.plain[:0]
	if cap(c.plain) > maxScratch {
		c.plain = nil
	}
	if cap(c.long) > maxScratch {
		c.long = nil
	}
	s.trim()
	return nil
}

// levels returns the levels of the entries in the page at hand, where there can
// be others than 0.
func (c *column) levels() (rep, def []byte) {
	switch {
	case c.list == nil:
		return nil, c.def
	case c.nullable:
		return c.list.rep, c.def
	}
	return c.list.rep, c.list.def
}

// body returns the levels and values of the page at hand. It is part of c or s.
func (c *column) body(s *scratch) (_ []byte, err error) {
	if c.list == nil && !c.nullable && c.encoding() == format.Plain {
		return c.plain, nil
	}
	s.body = c.appendLevels(s.body[:0])
	switch {
	case c.dict != nil:
		width := bits.Len(uint(max(c.dict.len()-1, 0)))
		s.body = append(s.body, byte(width))
		s.part, err = (&rle.Encoding{BitWidth: width}).EncodeInt32(s.part, c.i32)
	case c.kind == parquet.Int32:
		s.part, err = new(delta.BinaryPackedEncoding).EncodeInt32(s.part, c.i32)
	case c.kind == parquet.Int64:
		s.part, err = new(delta.BinaryPackedEncoding).EncodeInt64(s.part, c.i64)
	default:
		s.body = append(s.body, c.plain...)
		return s.body, nil
	}
	s.body = append(s.body, s.part...)
	return s.body, err
}

// appendLevels adds the levels of the page at hand to body.
func (c *column) appendLevels(body []byte) []byte {
	if c.list != nil {
		c.list.encode()
		body = append(body, c.list.repPart...)
		if !c.nullable {
			return append(body, c.list.defPart...)
		}
	}
	if c.nullable {
		body = appendLevels(body, c.def, c.maxDef)
	}
	return body
}

// A page is one as it stands in a file.
type page struct {
	head, body []byte
	size       int // in bytes, of the body before it was compressed
	counts     format.PageEncodingStats
}

// page compresses body, with values so encoded, and completes header. What it
// returns is in part of s.
func (s *scratch) page(header format.PageHeader, encoding format.Encoding, body []byte) (page, error) {
	if len(body) > math.MaxInt32 {
		return page{}, fmt.Errorf("page of %d bytes is too long for Parquet", len(body))
	}
	compressor := s.texts
	if encoding == format.DeltaBinaryPacked {
		compressor = s.numbers
	}
	s.packed = compressor.EncodeAll(body, s.packed[:0])
	header.UncompressedPageSize, header.CompressedPageSize = int32(len(body)), int32(len(s.packed))
	header.CRC = int32(crc32.ChecksumIEEE(s.packed))
	head, err := thrift.Marshal(new(thrift.CompactProtocol), &header)
	return page{head, s.packed, len(body), format.PageEncodingStats{PageType: header.Type, Encoding: encoding, Count: 1}}, err
}

// writePage writes p to w and counts it.
func (c *column) writePage(w io.Writer, p *page) error {
	for _, b := range [][]byte{p.head, p.body} {
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	c.meta.TotalUncompressedSize += int64(len(p.head) + p.size)
	c.meta.TotalCompressedSize += int64(len(p.head) + len(p.body))
	c.countPage(p.counts)
	return nil
}

func (c *column) countPage(page format.PageEncodingStats) {
	for i := range c.meta.EncodingStats {
		if s := &c.meta.EncodingStats[i]; s.PageType == page.PageType {
			s.Count++
			return
		}
	}
	c.meta.EncodingStats = append(c.meta.EncodingStats, page)
}

// end writes the row group's pages of c, its dictionary first, to file, and
// returns where they lie and the bounds of each.
func (c *column) end(file *chunks, s *scratch) (format.ColumnMetaData, format.ColumnIndex, format.OffsetIndex, error) {
	if c.dict != nil {
		c.sum.different(c.dict.hashes)
		c.sum.different(c.dict.numbers)
		c.meta.DictionaryPageOffset = file.size
		p, err := c.dictionaryPage(s)
		if err == nil {
			err = c.writePage(file, p)
		}
		if err != nil {
			return c.meta, format.ColumnIndex{}, format.OffsetIndex{}, err
		}
		s.trim()
	}
	c.meta.DataPageOffset = file.size
	offsets := slices.Clone(c.offsets)
	for i := range offsets {
		offsets[i].Offset += file.size
	}
	return c.meta, c.index.ColumnIndex(), format.OffsetIndex{PageLocations: offsets}, file.take(&c.chunk)
}

// dictionaryPage returns the page of the dictionary. It is in part of c or s. A
// follower, which ends first, most often has the values of its source, and then
// makes the page for both.
func (c *column) dictionaryPage(s *scratch) (*page, error) {
	if p := &c.made; len(p.head) > 0 && c.madeOf == c.dict.len() {
		return p, nil
	}
	s.body = c.dict.appendTo(s.body[:0])
	p, err := s.page(format.PageHeader{Type: format.DictionaryPage, DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{
		NumValues: int32(c.dict.len()), Encoding: format.Plain,
	})}, format.Plain, s.body)
	if err == nil && c.source != nil && c.dict.equal(c.source.dict) {
		made := &c.source.made
		*made = page{p.head, append(made.body[:0], p.body...), p.size, p.counts}
		c.source.madeOf = c.dict.len()
	}
	return &p, err
}

// bound tells the index between which values those of the page at hand lie,
// and widens the bounds of the chunk.
func (c *column) bound(entries, nulls int64) {
	if !c.bounded {
		c.index.IndexPage(entries, nulls, c.widest[0], c.widest[1])
		return
	}
	low, high := c.bounds()
	if c.values > 0 {
		typ, s := c.node.Type(), &c.meta.Statistics
		if s.MinValue == nil || typ.Compare(low, c.kind.Value(s.MinValue)) < 0 {
			s.MinValue = low.AppendBytes([]byte{})
		}
		if s.MaxValue == nil || typ.Compare(high, c.kind.Value(s.MaxValue)) > 0 {
			s.MaxValue = high.AppendBytes([]byte{})
		}
	}
	if c.kind == parquet.ByteArray && c.values > 0 {
		low, high = parquet.ByteArrayValue(floor(low.ByteArray())), parquet.ByteArrayValue(ceiling(high.ByteArray()))
	}
	c.index.IndexPage(entries, nulls, low, high)
}

// widestBounds returns bounds that leave out no value. Parquet allows a column
// without any, but parquet-go does not copy a row group that has one.
func widestBounds(kind parquet.Kind) [2]parquet.Value {
	switch kind {
	case parquet.Int32:
		return [2]parquet.Value{parquet.Int32Value(math.MinInt32), parquet.Int32Value(math.MaxInt32)}
	case parquet.Int64:
		return [2]parquet.Value{parquet.Int64Value(math.MinInt64), parquet.Int64Value(math.MaxInt64)}
	case parquet.Float:
		return [2]parquet.Value{parquet.FloatValue(float32(math.Inf(-1))), parquet.FloatValue(float32(math.Inf(1)))}
	case parquet.Double:
		return [2]parquet.Value{parquet.DoubleValue(math.Inf(-1)), parquet.DoubleValue(math.Inf(1))}
	}
	return [2]parquet.Value{parquet.ByteArrayValue(nil), parquet.ByteArrayValue([]byte(strings.Repeat(string(utf8.MaxRune), maxBound/utf8.UTFMax)))}
}

// bounds returns the smallest and the largest value of the page at hand. Both
// are of no use when there is none.
func (c *column) bounds() (low, high parquet.Value) {
	switch {
	case c.values == 0:
	case c.dict != nil:
		lowest, highest := c.numbersOfBounds()
		return c.dict.value(lowest), c.dict.value(highest)
	case c.kind == parquet.Int32:
		return parquet.Int32Value(slices.Min(c.i32)), parquet.Int32Value(slices.Max(c.i32))
	case c.kind == parquet.Int64:
		return parquet.Int64Value(slices.Min(c.i64)), parquet.Int64Value(slices.Max(c.i64))
	default:
		var least, most []byte
		for rest := c.plain; len(rest) > 0; {
			n := 4 + binary.LittleEndian.Uint32(rest)
			text := rest[4:n]
			if least == nil || bytes.Compare(text, least) < 0 {
				least = text
			}
			if most == nil || bytes.Compare(text, most) > 0 {
				most = text
			}
			rest = rest[n:]
		}
		return parquet.ByteArrayValue(least), parquet.ByteArrayValue(most)
	}
	return low, high
}

// numbersOfBounds returns what the dictionary numbers the bounds. It compares
// each value once.
func (c *column) numbersOfBounds() (low, high int32) {
	d := c.dict
	low, high = c.i32[0], c.i32[0]
	widen := func(number int32) {
		if d.less(number, low) {
			low = number
		}
		if d.less(high, number) {
			high = number
		}
	}
	if len(c.offsets) == 0 { // the first page has all values there are
		for number := range d.len() {
			widen(int32(number))
		}
		return low, high
	}
	page := uint32(len(c.offsets) + 1)
	d.pages = append(d.pages, make([]uint32, d.len()-len(d.pages))...)
	for _, number := range c.i32 {
		if d.pages[number] != page {
			d.pages[number] = page
			widen(number)
		}
	}
	return low, high
}

// maxBound is the number of bytes that the page index keeps of a text.
const maxBound = 16

// floor returns the longest beginning of text that is whole and fits the index.
func floor(text []byte) []byte {
	if len(text) <= maxBound {
		return text
	}
	n := maxBound
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// ceiling returns a text that fits the index and is not less than text, or text
// where there is none.
func ceiling(text []byte) []byte {
	start := floor(text)
	if len(start) == len(text) {
		return text
	}
	for len(start) > 0 {
		r, n := utf8.DecodeLastRune(start)
		start = start[:len(start)-n]
		if r == surrogates-1 {
			r += numSurrogates
		}
		if r < utf8.MaxRune {
			return utf8.AppendRune(slices.Clone(start), r+1)
		}
	}
	return text
}

// The code points for which there is no UTF-8.
const (
	surrogates    = 0xd800
	numSurrogates = 0x800
)
