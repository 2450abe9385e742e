package pipeline

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pressrow/stages"
)

// BenchmarkStages takes documents through the table of stages as one worker
// does, from the raw bytes on, and reports the tokens read in a second and the
// nanoseconds each stage spends on a token. The documents are those of the
// seeds or, where PRESSROW_CORPUS names a JSON lines file (also with .gz, a
// relative name begins at the project's root), its first 20 MB of text.
func BenchmarkStages(b *testing.B) {
	raws := benchRaws(b)
	times := make([]time.Duration, len(Stages))
	var d stages.Document
	size, tokens := 0, 0
	pass := func() {
		size, tokens = 0, 0
		for _, raw := range raws {
			d.Reset()
			d.Raw = raw
			if refused := analyse(&d, Stages, times); refused != nil {
				continue
			}
			size += len(raw)
			tokens += len(d.Tokens)
		}
	}
	pass()
	clear(times)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		pass()
	}
	all := float64(tokens) * float64(b.N)
	b.ReportMetric(all/b.Elapsed().Seconds(), "tokens/s")
	for i, s := range Stages {
		b.ReportMetric(float64(times[i])/all, s.Name+"-ns/token")
	}
}

// BenchmarkBuild takes the seeds or, where PRESSROW_CORPUS names a file, its
// articles to a published dataset: what make profile tells apart.
func BenchmarkBuild(b *testing.B) {
	in := corpus()
	if in == "" {
		in = "../seeds"
	}
	tokens := int64(0)
	for b.Loop() {
		tokens += build(b, Options{Input: in, Output: b.TempDir(), Workers: 1}).Tally.Tokens
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

// corpus returns the file that PRESSROW_CORPUS names; "" without one.
func corpus() string {
	name := os.Getenv("PRESSROW_CORPUS")
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join("..", name)
}

func benchRaws(b *testing.B) [][]byte {
	b.Helper()
	name := corpus()
	var raws [][]byte
	if name == "" {
		docs := readSeeds(b, "../seeds")
		for _, id := range slices.Sorted(maps.Keys(docs)) {
			raws = append(raws, docs[id].Raw)
		}
		return raws
	}
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			b.Fatal(err)
		}
	}
	in := json.NewDecoder(r)
	for size := 0; size < 20_000_000; {
		var record struct{ Text string }
		if err := in.Decode(&record); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			b.Fatal(err)
		}
		raws = append(raws, []byte(record.Text))
		size += len(record.Text)
	}
	return raws
}

// BenchmarkUnchanged runs a build again when nothing has changed: a rerun reads
// and hashes every file, unless it trusts their times.
func BenchmarkUnchanged(b *testing.B) {
	for _, c := range []struct {
		name  string
		files int
		trust bool
	}{{"5-files", 5, false}, {"100000-files", 100_000, false}, {"100000-files-trusted", 100_000, true}} {
		b.Run(c.name, func(b *testing.B) {
			in, out := b.TempDir(), b.TempDir()
			for i := range c.files {
				dir := filepath.Join(in, strconv.Itoa(i/1000))
				err := os.MkdirAll(dir, 0o755)
				if err = errors.Join(err, os.WriteFile(filepath.Join(dir, strconv.Itoa(i)+".txt"), []byte("Notice "+strconv.Itoa(i)+"\n\n"+calm), 0o644)); err != nil {
					b.Fatal(err)
				}
			}
			opt := Options{Input: in, Output: out, TrustStat: c.trust, stages: Stages[:1], racy: 1} // the other stages make the first build longer, no other
			build(b, opt)
			build(b, opt) // which notes the times
			for b.Loop() {
				if rep := build(b, opt); !rep.Unchanged {
					b.Fatal("something has changed")
				}
			}
		})
	}
}
