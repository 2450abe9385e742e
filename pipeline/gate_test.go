package pipeline

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pressrow/schema"
)

func TestCountGates(t *testing.T) {
	for _, c := range []struct {
		before, now, aside int64
		opt                Options
		want               string // gates that refuse
	}{
		{100, 80, 0, Options{}, ""},
		{100, 79, 0, Options{}, "shrink"},
		{100, 79, 0, Options{AllowShrink: true}, ""},
		{100, 0, 0, Options{}, "shrink"},
		{100, 500, 0, Options{}, ""},
		{35, 28, 0, Options{}, ""}, // a fifth, to the document
		{3, 2, 0, Options{}, "shrink"},
		{1, 0, 0, Options{AllowShrink: true}, ""},
		{0, 0, 0, Options{}, ""},
		{-1, 0, 0, Options{}, ""}, // no snapshot before

		{-1, 95, 5, Options{}, ""},
		{-1, 94, 6, Options{}, "quarantine"},
		{-1, 94, 6, Options{MaxQuarantine: 0.06}, ""},
		{-1, 93, 7, Options{MaxQuarantine: 0.06}, "quarantine"},
		{-1, 0, 19, Options{}, ""}, // too few to tell
		{-1, 0, 20, Options{}, "quarantine"},
		{-1, 18, 2, Options{}, "quarantine"},
		{-1, 0, 500, Options{MaxQuarantine: 1}, ""},
		{-1, 2, 1, Options{MaxQuarantine: -1}, "quarantine"},
		{-1, 2, 0, Options{MaxQuarantine: -1}, ""},

		{100, 50, 50, Options{}, "shrink quarantine"},
		{100, 50, 50, Options{AllowShrink: true}, "quarantine"},
	} {
		b := builder{opt: c.opt, rep: new(Report)}
		if c.before >= 0 {
			b.old = &Manifest{Rows: map[string]int64{"documents": c.before}}
		}
		err := b.countGates(&Manifest{Rows: map[string]int64{"documents": c.now, "quarantine": c.aside}}, "", nil)
		if got := strings.Join(gatesOf(err), " "); got != c.want || (err != nil) != errors.Is(err, ErrGate) {
			t.Errorf("%d documents before, %d now, %d in quarantine, %+v: refused by %q, want %q; %v", c.before, c.now, c.aside, c.opt, got, c.want, err)
		}
	}
}

// A name cannot be made so that the message seems to say something else.
func TestGateNamesAreQuoted(t *testing.T) {
	b := builder{rep: new(Report), old: &Manifest{Rows: map[string]int64{"documents": 3}}}
	d := new(Diff)
	d.Documents.Removed = Changes{Count: 3, Examples: []string{"a\nall is well.txt", "b\u202etxt.exe", "c\x1b[2J"}}
	err := b.countGates(&Manifest{Rows: map[string]int64{}}, "", d)
	if want := `gone: a\nall is well.txt, b\u202etxt.exe, c\u001b[2J (`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want in it %s", err, want)
	}
}

func TestRefusedBuildLeavesAllAsItWas(t *testing.T) {
	in, out := folder(t, 60), t.TempDir()
	build(t, Options{Input: in, Output: out})
	before := hashes(t, out)
	few := folder(t, 30)
	rep, err := Build(t.Context(), Options{Input: few, Output: out})
	if !errors.Is(err, ErrGate) || rep.ExitCode != ExitGate || !slices.Equal(rep.Gates, []string{"shrink"}) {
		t.Fatalf("exit code %d, gates %q, error %v", rep.ExitCode, rep.Gates, err)
	}
	if got := hashes(t, out); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("the dataset changed")
	}
	if list, err := Snapshots(out); err != nil || len(list) != 1 {
		t.Errorf("%d snapshots, %v", len(list), err)
	}
	if rep := build(t, Options{Input: few, Output: out, AllowShrink: true}); rep.Unchanged || rep.Diff.Documents.Removed.Count != 30 {
		t.Errorf("with AllowShrink: %+v", rep.Diff)
	}
}

func TestLostColumns(t *testing.T) {
	out := t.TempDir()
	rep := build(t, Options{Input: folder(t, 2), Output: out})
	m, err := ReadManifest(rep.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	if lost := lostColumns(m); len(lost) != 0 {
		t.Errorf("lost of our own: %q", lost)
	}
	for i := range m.Parts[0].Files {
		switch f := &m.Parts[0].Files[i]; f.Table {
		case "sentences":
			for k := range f.Digests {
				if f.Digests[k].Column == "entities.label" {
					f.Digests[k].Column = "entities.kind"
				}
			}
		case "removed":
			f.Table = "cuttings"
		}
	}
	lost := lostColumns(m)
	if !slices.Contains(lost, "sentences.entities.kind") || !slices.Contains(lost, "cuttings.text") || slices.Contains(lost, "sentences.text") {
		t.Errorf("lost: %q", lost)
	}
}

// edit changes the manifest of a snapshot as if it had been written so.
func edit(t *testing.T, snapshot string, change func(*Manifest)) {
	t.Helper()
	m, err := ReadManifest(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	change(m)
	b, err := m.encode()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(snapshot, manifestName), string(b))
}

// A program that lacks a column of the dataset publishes nothing, unless told to.
func TestBuildOverALaterSchema(t *testing.T) {
	in, out := folder(t, 4), t.TempDir()
	first := build(t, Options{Input: in, Output: out})
	edit(t, first.Snapshot, func(m *Manifest) {
		for i := range m.Parts[0].Files {
			if f := &m.Parts[0].Files[i]; f.Table == "documents" {
				f.Digests = append(f.Digests, schema.Digest{Column: "mood"})
			}
		}
	})
	write(t, filepath.Join(in, "new.txt"), "One more.")
	rep, err := Build(t.Context(), Options{Input: in, Output: out})
	if !errors.Is(err, ErrGate) || !slices.Equal(rep.Gates, []string{"schema"}) ||
		!strings.Contains(err.Error(), "lacks: documents.mood; is this an old pressrow? (--allow-schema-change accepts it)") {
		t.Errorf("gates %q, error %v", rep.Gates, err)
	}
	if now, err := Current(out); now != first.Snapshot {
		t.Errorf("current is %s, %v", now, err)
	}
	if rep := build(t, Options{Input: in, Output: out, AllowSchemaChange: true}); rep.Snapshot == first.Snapshot {
		t.Error("nothing was published")
	}
}

func TestSchemaGate(t *testing.T) {
	for version, want := range map[string]string{"0.1": "", "0.9": "", schema.Version: "", "99.0": "schema", "1.999": "schema", "": ""} {
		b := builder{old: &Manifest{SchemaVersion: version}}
		if got := strings.Join(gatesOf(b.schemaGate()), " "); got != want {
			t.Errorf("over schema %s: refused by %q, want %q", version, got, want)
		}
		b.opt.AllowSchemaChange = true
		if err := b.schemaGate(); err != nil {
			t.Errorf("over schema %s, allowed: %v", version, err)
		}
	}
	if err := new(builder).schemaGate(); err != nil {
		t.Errorf("without a snapshot: %v", err)
	}
}
