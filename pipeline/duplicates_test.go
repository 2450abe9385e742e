package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDuplicates holds that documents with the bytes of another are kept and
// counted, in whatever parts they are and whatever was there before, and that
// the summary, the record, the metrics and the card say how many.
func TestDuplicates(t *testing.T) {
	for _, parts := range []int{1, 4} {
		in, out := t.TempDir(), t.TempDir()
		metrics := filepath.Join(t.TempDir(), "pressrow.prom")
		for name, text := range map[string]string{
			"a.txt": calm, "b.txt": calm, "c/a.txt": calm, "d.md.gz": packedGzip(calm), // the same when unpacked
			"e.txt": "", "f.txt": "", "g.txt": calm + " ", "h.txt": "Nobody came.",
			"i.jsonl": `{"text":"One."}` + "\n" + `{"text":"One."}` + "\n" + `{"text":"Two."}` + "\n",
		} {
			write(t, filepath.Join(in, filepath.FromSlash(name)), text)
		}
		opt := Options{Input: in, Output: out, Parts: parts, Metrics: metrics}
		for _, step := range []struct {
			what   string
			change func() error
			want   int64
		}{
			{"first", func() error { return nil }, 5},
			{"again", func() error { return nil }, 5},
			{"one more", func() error { return os.WriteFile(filepath.Join(in, "z.txt"), []byte("Nobody came."), 0o644) }, 6},
			{"one changed", func() error { return os.WriteFile(filepath.Join(in, "b.txt"), []byte("It rained."), 0o644) }, 5},
			{"one fewer", func() error { return os.Remove(filepath.Join(in, "f.txt")) }, 4},
		} {
			if err := step.change(); err != nil {
				t.Fatal(err)
			}
			rep := build(t, opt)
			var summary bytes.Buffer
			if err := rep.Print(&summary); err != nil {
				t.Fatal(err)
			}
			list, err := Snapshots(out)
			if err != nil {
				t.Fatal(err)
			}
			number := thousands(step.want)
			for what, ok := range map[string]bool{
				"report":    rep.Duplicates == step.want,
				"snapshots": list[len(list)-1].Duplicates == step.want,
				"summary":   strings.Contains(summary.String(), "\n  duplicates: "+number+" documents with the bytes of another, kept\n"),
				"card":      strings.Contains(text(t, rep.Snapshot, "README.md"), "| articles with the very bytes of another one, which are kept | "+number+" |\n"),
				"metrics":   strings.Contains(text(t, metrics), "\npressrow_duplicates{output=\""+out+"\"} "+number+"\n"),
			} {
				if !ok {
					t.Errorf("%d parts, %s: the %s does not say %s duplicates\n%s", parts, step.what, what, number, summary.String())
				}
			}
		}
	}
}
