package pipeline

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"hash"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pressrow/stages"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGoldenStages sees to it that the version of a stage is raised when its
// output changes: what a dataset was made with is known by these versions.
// testdata/stages.golden holds, by stage, the version and a hash of what the
// stage makes of the sample corpus.
func TestGoldenStages(t *testing.T) {
	const name = "testdata/stages.golden"
	docs := readSeeds(t, "../seeds")
	var got strings.Builder
	for i, s := range Stages {
		h := sha256.New()
		for _, id := range slices.Sorted(maps.Keys(docs)) {
			d := docs[id]
			if err := s.Run(d); err != nil {
				t.Fatalf("%s: %s: %v", id, s.Name, err)
			}
			digest(h, i, d)
		}
		fmt.Fprintf(&got, "%s %d %x\n", s.Name, s.Version, h.Sum(nil)[:8])
	}
	if *update {
		if err := os.WriteFile(name, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the stages make something else of the seeds:\n%swant\n%sraise the Version of the first stage that differs in pipeline.go, "+
			"then run make golden", got.String(), want)
	}
}

// digest adds what the i-th stage of the table sets to h.
func digest(h hash.Hash, i int, d *stages.Document) {
	switch i {
	case 0:
		fmt.Fprintln(h, d.ID, d.Encoding, d.Flags, d.Text)
	case 1:
		fmt.Fprintln(h, d.Blocks, d.Meta)
	case 2:
		fmt.Fprintln(h, d.Sentences)
	case 3:
		fmt.Fprintln(h, d.Tokens)
	case 4:
		fmt.Fprintln(h, d.Entities)
	case 5:
		for _, s := range d.Sentences {
			fmt.Fprintf(h, "%.4f %v %.4f %.4f %.4f\n", s.Sentiment, s.Tone, s.Positive, s.Negative, s.Quoted)
		}
		for _, e := range d.Entities {
			fmt.Fprintf(h, "%.4f %v\n", e.Sentiment, e.Tone)
		}
	default:
		for _, s := range d.Sentences {
			fmt.Fprintln(h, s.PromptLike, d.Flags)
		}
	}
}
