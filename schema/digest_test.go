package schema

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/uncompressed"
	"github.com/zeebo/xxh3"
)

// hash128 returns the hash of list in little-endian bytes.
func hash128(t testing.TB, list any) []byte {
	t.Helper()
	b, err := binary.Append(nil, binary.LittleEndian, list)
	if err != nil {
		t.Fatal(err)
	}
	sum := xxh3.Hash128(b).Bytes()
	return sum[:]
}

// sumOf is the definition of a digest of a row group, word for word.
func sumOf(t testing.TB, parts ...any) Sum {
	t.Helper()
	var sums []byte
	for _, list := range parts {
		sums = append(sums, hash128(t, list)...)
	}
	return xxh3.Hash128(sums).Bytes()
}

// sumFrom digests the values of a column, one by one, as any reader may have them.
func sumFrom(t testing.TB, leaf parquet.LeafColumn, values []parquet.Value, numbered bool) Sum {
	t.Helper()
	var rep, def []byte
	var bits, different []uint64
	var numbers []uint32
	known := map[string]uint32{}
	for _, v := range values {
		if leaf.MaxRepetitionLevel > 0 {
			rep = append(rep, byte(v.RepetitionLevel()))
		}
		if leaf.MaxDefinitionLevel > 0 {
			def = append(def, byte(v.DefinitionLevel()))
		}
		if v.IsNull() {
			continue
		}
		var b uint64
		switch v.Kind() {
		case parquet.Int32:
			b = uint64(uint32(v.Int32()))
		case parquet.Int64:
			b = uint64(v.Int64())
		case parquet.Float:
			b = uint64(math.Float32bits(v.Float()))
		case parquet.Double:
			b = math.Float64bits(v.Double())
		default:
			b = xxh3.Hash(v.ByteArray())
		}
		key := string(v.Bytes())
		if _, ok := known[key]; !ok {
			known[key] = uint32(len(known))
			different = append(different, b)
		}
		bits, numbers = append(bits, b), append(numbers, known[key])
	}
	if numbered {
		return sumOf(t, rep, def, numbers, different)
	}
	return sumOf(t, rep, def, bits)
}

// The digests of the encoder are those of the values that parquet-go reads, and
// so are the plain ones that older files have of all columns.
func TestDigestsAreOfValues(t *testing.T) {
	reader := newColumnReader()
	for _, g := range encode(t, madeUp(40, 21), 20, 1, Settings{RowsPerGroup: 150}) {
		for i := range g.pieces {
			p := &g.pieces[i]
			f, err := parquet.OpenFile(&p.file, p.file.size)
			if err != nil {
				t.Fatal(err)
			}
			a, err := newArrow(io.NewSectionReader(&p.file, 0, p.file.size))
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			for k, group := range f.RowGroups() {
				for c, chunk := range group.ColumnChunks() {
					path := parquetSchemas[i].Columns()[c]
					leaf, _ := parquetSchemas[i].Lookup(path...)
					values := allValues(t, chunk)
					if got, want := p.rowGroups[k].Digests[c], sumFrom(t, leaf, values, isNumbered(leaf.Node)); got != want {
						t.Errorf("%s: row group %d: %s: digest is %x, not %x", Tables[i].Name, k, leafName(path), got, want)
					}
					if got, err := reader.digest(a, k, c, false); err != nil || got != sumFrom(t, leaf, values, false) {
						t.Errorf("%s: row group %d: %s: plain digest is %x, %v", Tables[i].Name, k, leafName(path), got, err)
					}
				}
			}
		}
	}
}

func allValues(t testing.TB, chunk parquet.ColumnChunk) []parquet.Value {
	t.Helper()
	var list []parquet.Value
	pages := chunk.Pages()
	defer pages.Close()
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		values := make([]parquet.Value, page.NumValues())
		if _, err := page.Values().ReadValues(values); err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		for _, v := range values {
			list = append(list, v.Clone())
		}
	}
}

// tokensOf returns rows with these tokens, a row each.
func tokensOf(lists ...string) *Rows {
	rows := new(Rows)
	for i, list := range lists {
		words := strings.Fields(list)
		rows.Sentences = append(rows.Sentences, Sentence{DocID: "a", Sentence: int32(i), Tokens: rows.numbers(words...), TokenStart: make([]int32, len(words))})
	}
	return rows
}

// tokenSums returns the digest of the tokens of rows, as encoded and as Arrow
// reads it, after change has changed what the encoder is about to write.
func tokenSums(t testing.TB, rows *Rows, change func(*column)) (written, read Sum, err error) {
	t.Helper()
	e := NewEncoder(Settings{})
	if err := e.Append(rows); err != nil {
		t.Fatal(err)
	}
	c := &e.tables[sentences].columns[tokensColumn]
	c.encode()
	change(c)
	g, err := e.Finish()
	if err != nil {
		t.Fatal(err)
	}
	p := &g.pieces[sentences]
	f, err := newArrow(io.NewSectionReader(&p.file, 0, p.file.size))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reader := newColumnReader()
	read, err = reader.digest(f, 0, tokensColumn, true)
	return p.rowGroups[0].Digests[tokensColumn], read, err
}

func TestDigestByHand(t *testing.T) {
	written, read, err := tokenSums(t, tokensOf("he said he", "", "said no"), func(*column) {})
	if err != nil {
		t.Fatal(err)
	}
	want := sumOf(t, []byte{0, 1, 1, 0, 0, 1}, []byte{1, 1, 1, 0, 1, 1}, []uint32{0, 1, 0, 1, 2},
		[]uint64{xxh3.HashString("he"), xxh3.HashString("said"), xxh3.HashString("no")})
	if written != want || read != want {
		t.Errorf("digests are %x and %x, not %x", written, read, want)
	}
}

// Columns that differ in one thing have other digests.
func TestDigestsDiffer(t *testing.T) {
	known := map[Sum]string{}
	for _, lists := range [][]string{{"a b a"}, {"b a b"}, {"a b b"}, {"a b"}, {"a b a c"}, {"a b", "a"}, {"a", "b a"}, {"a b a", ""}, {"", "a b a"}, {"a c a"}, {"ab a"}} {
		sum, _, err := tokenSums(t, tokensOf(lists...), func(*column) {})
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := known[sum]; ok {
			t.Errorf("%q and %s have one digest", lists, other)
		}
		known[sum] = fmt.Sprintf("%q", lists)
	}
}

// What is wrong with the numbers or the dictionary in a file is found, even where another
// mistake makes up for it.
func TestWrongDictionaryIsFound(t *testing.T) {
	swap := func(c *column) {
		i, k := bytes.Index(c.dict.texts, []byte("he")), bytes.Index(c.dict.texts, []byte("no"))
		copy(c.dict.texts[i:], "no")
		copy(c.dict.texts[k:], "he")
	}
	for _, x := range []struct {
		name   string
		change func(*column)
		want   error // nil: another digest
	}{
		{"entries swapped", swap, nil},
		{"entries and their numbers swapped", func(c *column) { swap(c); copy(c.i32, []int32{2, 1, 2, 1, 0}) }, errDictionary},
		{"entry changed", func(c *column) { c.dict.texts[4] = 'm' }, nil},
		{"entry twice", func(c *column) { copy(c.dict.texts[bytes.Index(c.dict.texts, []byte("no")):], "he") }, nil},
		{"entry longer", func(c *column) { c.dict.texts[0] = 9 }, errors.New("eof")},
		{"number changed", func(c *column) { c.i32[2] = 1 }, nil},
		{"number of no entry", func(c *column) { c.i32[4] = 3 }, errors.New("eof")},
		{"number left out", func(c *column) { c.i32[4] = 0 }, errDictionary},
		{"value left out", func(c *column) { c.i32 = c.i32[:4] }, errors.New("eof")},
	} {
		written, read, err := tokenSums(t, tokensOf("he said he", "", "said no"), x.change)
		switch {
		case x.want == nil && (err != nil || read == written):
			t.Errorf("%s: digests are %x and %x, %v", x.name, written, read, err)
		case x.want != nil && (err == nil || !strings.Contains(err.Error(), x.want.Error())):
			t.Errorf("%s: got %v, want %v", x.name, err, x.want)
		}
	}
}

// Pages of other lengths and of the other version, not compressed, have the same
// digests; values without a dictionary, where there should be one, are refused.
func TestDigestsOfOtherPages(t *testing.T) {
	docs := madeUp(40, 22)
	g := encode(t, docs, len(docs), 1, Settings{})[0]
	p := &g.pieces[sentences]
	want := p.rowGroups[0].Digests
	ours, err := newArrow(io.NewSectionReader(&p.file, 0, p.file.size))
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	rows := new(layout)
	all := new(Rows)
	for _, d := range docs {
		for _, s := range d.Sentences {
			s.Tokens = all.numbers(d.tokens(s.Tokens)...)
			all.Sentences = append(all.Sentences, s)
		}
	}
	rows.set(all)
	for _, options := range [][]parquet.WriterOption{
		{parquet.PageBufferSize(100)},
		{parquet.DataPageVersion(2), parquet.PageBufferSize(1000), parquet.Compression(new(uncompressed.Codec))},
	} {
		var out bytes.Buffer
		w := parquet.NewGenericWriter[sentenceRow](&out, append(writerOptions(sentences, MaxRows), options...)...)
		if _, err := w.Write(rows.sentences); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		f, err := newArrow(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		reader := newColumnReader()
		for c, path := range parquetSchemas[sentences].Columns() {
			leaf, _ := parquetSchemas[sentences].Lookup(path...)
			if got, err := reader.digest(f, 0, c, isNumbered(leaf.Node)); err != nil || got != want[c] {
				t.Errorf("%s: digest is %x, not %x, %v", leafName(path), got, want[c], err)
			}
			plain, err1 := reader.digest(ours, 0, c, false)
			if got, err2 := reader.digest(f, 0, c, false); err1 != nil || err2 != nil || got != plain {
				t.Errorf("%s: plain digest is %x, not %x, %v, %v", leafName(path), got, plain, err1, err2)
			}
		}
		text := slices.IndexFunc(parquetSchemas[sentences].Columns(), func(path []string) bool { return path[0] == "text" })
		if _, err := reader.digest(f, 0, text, true); !errors.Is(err, errNoIndices) {
			t.Errorf("got %v", err)
		}
	}
}
