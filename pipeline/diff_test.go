package pipeline

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCompareCountsDocuments compares a dataset before and after random changes
// with what was done to its input, whatever the number of parts.
func TestCompareCountsDocuments(t *testing.T) {
	for _, parts := range [][2]int{{1, 1}, {3, 3}, {1, 4}, {4, 1}} {
		rnd := rand.New(rand.NewPCG(uint64(parts[0]), uint64(parts[1])))
		in, out := t.TempDir(), t.TempDir()
		for i := range 40 {
			write(t, filepath.Join(in, fmt.Sprintf("%02d.txt", i)), fmt.Sprintf("The ferry made trip %d. It was late.", i))
		}
		build(t, Options{Input: in, Output: out, Parts: parts[0]})
		var added, changed, removed []string
		for i := range 40 {
			name := fmt.Sprintf("%02d.txt", i)
			switch rnd.IntN(6) {
			case 0:
				if err := os.Remove(filepath.Join(in, name)); err != nil {
					t.Fatal(err)
				}
				removed = append(removed, name)
			case 1:
				write(t, filepath.Join(in, name), fmt.Sprintf("Trip %d was called off. Nobody came. It rained.", i))
				changed = append(changed, name)
			case 2:
				name = fmt.Sprintf("%02d-new.txt", i)
				write(t, filepath.Join(in, name), "A new ferry.")
				added = append(added, name)
			}
		}
		rep := build(t, Options{Input: in, Output: out, Parts: parts[1], AllowShrink: true})
		c := &rep.Diff.Documents
		for _, w := range []struct {
			what string
			got  Changes
			want []string
			rows int64 // sentences of each
		}{{"added", c.Added, added, 1}, {"changed", c.Changed, changed, 3}, {"removed", c.Removed, removed, 2}} {
			if w.got.Count != int64(len(w.want)) || w.got.Rows["sentences"] != w.rows*w.got.Count {
				t.Errorf("%v parts: %d %s with %d sentences, want %d", parts, w.got.Count, w.what, w.got.Rows["sentences"], len(w.want))
			}
			if parts[0] != 1 && parts[1] != 1 {
				continue // the examples are of the first parts, not the first of all
			}
			if d := cmp.Diff(w.want[:min(len(w.want), maxExamples)], w.got.Examples); d != "" {
				t.Errorf("%v parts: examples of %s:\n%s", parts, w.what, d)
			}
		}
		if want := int64(40 - len(changed) - len(removed)); c.Same != want {
			t.Errorf("%v parts: %d the same, want %d", parts, c.Same, want)
		}
	}
}

func TestCompareCountsNames(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	write(t, filepath.Join(in, "a.txt"), "Mayor Anna Halford met Senator Luis Ortega in Ohio. Halford smiled.")
	build(t, Options{Input: in, Output: out})
	write(t, filepath.Join(in, "b.txt"), "Senator Luis Ortega spoke in Texas. Ortega praised Texas. Critics say Texas is too hot for Ortega.")
	build(t, Options{Input: in, Output: out})
	from, err := FindSnapshot(out, 1)
	if err != nil {
		t.Fatal(err)
	}
	to, err := FindSnapshot(out, 2)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Compare(from, to)
	if err != nil {
		t.Fatal(err)
	}
	// Counted again, from the rows themselves.
	type mention struct {
		Label, Name string
		EntityID    string `json:"entity_id"`
	}
	before, after := map[string]int64{}, map[string]int64{}
	for _, m := range read[mention](t, out, "entities") {
		after[m.Label+m.Name]++
	}
	if _, _, err := Rollback(out, 1); err != nil {
		t.Fatal(err)
	}
	for _, m := range read[mention](t, out, "entities") {
		before[m.Label+m.Name]++
	}
	if len(d.Entities) == 0 || d.Entities[0].size() < d.Entities[len(d.Entities)-1].size() {
		t.Fatalf("movements: %+v", d.Entities)
	}
	for _, m := range d.Entities {
		if m.Before != before[m.Label+m.Name] || m.After != after[m.Label+m.Name] || m.Before == m.After {
			t.Errorf("%+v, want %d and %d", m, before[m.Label+m.Name], after[m.Label+m.Name])
		}
	}
	if len(d.MadeBy) != 0 {
		t.Errorf("made otherwise: %q", d.MadeBy)
	}
}

func TestDifferencesNameWhatChanged(t *testing.T) {
	a := Recipe{Schema: "1.0", Writer: "w", Rows: 1, Stages: map[string]string{"clean": "1", "old": "1"}, Settings: Settings{Parts: 1}}
	b := Recipe{Schema: "1.1", Writer: "w", Rows: 1, Stages: map[string]string{"clean": "2 ab", "new": "1"}, Settings: Settings{Parts: 2}}
	want := "clean model none -> ab; clean version 1 -> 2; new version none -> 1; old version 1 -> none; parts 1 -> 2; schema 1.0 -> 1.1"
	if got := strings.Join(b.changes(&a), "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := a.changes(&a); got != nil {
		t.Errorf("the same: %q", got)
	}
}
