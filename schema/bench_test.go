package schema

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// benchmarkDocs is about 50,000 sentences.
var benchmarkDocs = sync.OnceValue(func() []*Rows { return madeUp(2000, 9) })

func countSentences(docs []*Rows) int {
	n := 0
	for _, d := range docs {
		n += len(d.Sentences)
	}
	return n
}

func reportRows(b *testing.B, docs []*Rows) {
	rows := float64(countSentences(docs)) * float64(b.N)
	b.ReportMetric(rows/b.Elapsed().Seconds(), "sentences/s")
	b.ReportMetric(b.Elapsed().Seconds()*1e6/rows, "µs/sentence")
}

// All five tables, as workers do it.
func BenchmarkEncode(b *testing.B) {
	docs := benchmarkDocs()
	e := NewEncoder(Settings{})
	b.ReportAllocs()
	var size int64
	for b.Loop() {
		for _, d := range docs {
			if err := e.Append(d); err != nil {
				b.Fatal(err)
			}
		}
		g, err := e.Finish()
		if err != nil {
			b.Fatal(err)
		}
		size = g.Size()
		g.Release()
	}
	reportRows(b, docs)
	b.ReportMetric(float64(size)/float64(countSentences(docs)), "B/sentence")
}

// One Encoder per processor: compare -cpu 1,2.
func BenchmarkEncodeParallel(b *testing.B) {
	docs := benchmarkDocs()
	b.RunParallel(func(pb *testing.PB) {
		e := NewEncoder(Settings{})
		for pb.Next() {
			for _, d := range docs {
				if err := e.Append(d); err != nil {
					b.Error(err)
				}
			}
			g, err := e.Finish()
			if err != nil {
				b.Error(err)
			}
			g.Release()
		}
	})
	reportRows(b, docs)
}

// The table of sentences alone, as a GenericWriter without our settings writes it.
func BenchmarkGenericWriter(b *testing.B) {
	docs := benchmarkDocs()
	var l layout
	b.ReportAllocs()
	for b.Loop() {
		w := parquet.NewGenericWriter[sentenceRow](io.Discard, parquet.Compression(&zstd.Codec{}))
		for _, d := range docs {
			l.set(&Rows{Sentences: d.Sentences, Types: d.Types})
			if _, err := w.Write(l.sentences); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b, docs)
}

// The table of sentences alone, as Encoder writes it.
func BenchmarkEncodeSentences(b *testing.B) {
	docs := benchmarkDocs()
	e := NewEncoder(Settings{})
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			if err := e.Append(&Rows{Sentences: d.Sentences, Types: d.Types}); err != nil {
				b.Fatal(err)
			}
		}
		g, err := e.Finish()
		if err != nil {
			b.Fatal(err)
		}
		g.Release()
	}
	reportRows(b, docs)
}

func BenchmarkAdd(b *testing.B) {
	docs := benchmarkDocs()
	for b.Loop() {
		b.StopTimer()
		dir, err := os.MkdirTemp(b.TempDir(), "part")
		if err != nil {
			b.Fatal(err)
		}
		groups := encode(b, docs, len(docs), 1, Settings{})
		w, err := CreatePart(dir, 0, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for _, g := range groups {
			if err := w.Add(g); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b, docs)
}

func BenchmarkProve(b *testing.B) {
	docs := benchmarkDocs()
	dir, files := writePart(b, docs, len(docs), 1, Settings{})
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range files {
			if err := Prove(filepath.Join(dir, filepath.FromSlash(f.Path)), f); err != nil {
				b.Fatal(err)
			}
		}
	}
	reportRows(b, docs)
}
