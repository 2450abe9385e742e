package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestBrokenPointers breaks the pointer to the current snapshot in every way
// and wants readers to get the newest that is whole, and to be told.
func TestBrokenPointers(t *testing.T) {
	out := editions(t, 3)
	list, err := Snapshots(out)
	if err != nil {
		t.Fatal(err)
	}
	pointer := filepath.Join(out, pointerName)
	target := "snapshots/" + list[2].Name
	link := func(to string) func() error { return func() error { return os.Symlink(to, pointer) } }
	file := func(text string) func() error {
		return func() error { return os.WriteFile(pointer, []byte(text), 0o644) }
	}
	broken := map[string]func() error{
		"none":             func() error { return nil },
		"a folder":         func() error { return os.Mkdir(pointer, 0o755) },
		"to itself":        link(pointerName),
		"a link to a file": link("snapshots/" + list[0].Name + "/" + manifestName),
		"a link outside":   link("../" + list[0].Name),
		"absolute":         link(filepath.Join(out, target)),
		"zeros":            file(strings.Repeat("\x00", len(target))),
		"two lines":        file(target + "\n" + target + "\n"),
		"much":             file(strings.Repeat(target, 1000)),
		"another id":       file("snapshots/000003-0123456789abcdef\n"),
		"a number too far": link("snapshots/000004-" + list[2].ID),
	}
	for n := range len(target) {
		broken[fmt.Sprintf("a file cut at %d", n)] = file(target[:n])
		if n > 0 {
			broken[fmt.Sprintf("a link cut at %d", n)] = link(target[:n])
		}
	}
	for what, do := range broken {
		if err := errors.Join(os.RemoveAll(pointer), do()); err != nil {
			t.Fatal(err)
		}
		s, damage, err := Readable(out)
		if err != nil || !errors.Is(damage, ErrDamaged) || s.Number != 3 {
			t.Errorf("%s: %+v, %v, %v", what, s, damage, err)
		}
		status, err := ReadStatus(out, time.Now(), time.Hour)
		if err != nil || status.Snapshot.Number != 3 || status.Damage == "" || ExitCode(status.Err()) != ExitDamaged {
			t.Errorf("%s: %+v, %v", what, status, err)
		}
		if _, err := FindSnapshot(out, 0); !errors.Is(err, ErrDamaged) { // what verify and pin go by
			t.Errorf("%s: the current one is found: %v", what, err)
		}
	}
	for what, do := range map[string]func() error{"link": link(target), "file": file(target + "\n"), "file without an end of line": file(target)} {
		if err := errors.Join(os.RemoveAll(pointer), do()); err != nil {
			t.Fatal(err)
		}
		if s, damage, err := Readable(out); err != nil || damage != nil || s.Number != 3 || !s.Current {
			t.Errorf("%s: %+v, %v, %v", what, s, damage, err)
		}
	}
}

// TestBrokenManifests cuts the manifest of the current snapshot at every byte
// and changes a bit here and there, with -soak of every byte.
func TestBrokenManifests(t *testing.T) {
	out := editions(t, 3)
	list, err := Snapshots(out)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(list[2].Dir, manifestName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, text []byte, want int) {
		t.Helper()
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if s, damage, err := Readable(out); err != nil || !errors.Is(damage, ErrDamaged) || s.Number != want {
			t.Fatalf("%s: %+v, %v, %v", what, s, damage, err)
		}
	}
	for n := range whole {
		broken := map[string][]byte{"cut at": whole[:n]}
		if n%7 == 0 || *soak {
			other := slices.Clone(whole)
			other[n] ^= 1
			broken["bit of"] = other
		}
		for what, text := range broken {
			if err := os.WriteFile(name, text, 0o644); err != nil {
				t.Fatal(err)
			}
			if s := describe(out, list[2].Name, true); !errors.Is(s.damage, ErrDamaged) {
				t.Fatalf("%s %d: %+v", what, n, s)
			}
		}
		if n%(len(whole)/20) == 0 { // which reads another snapshot whole
			try(fmt.Sprintf("cut at %d", n), whole[:n], 2)
		}
	}
	status, err := ReadStatus(out, time.Now(), 0)
	if err != nil || status.Snapshot.Number != 2 || ExitCode(status.Err()) != ExitDamaged {
		t.Errorf("%+v, %v", status, err)
	}
	if _, err := Verify(list[2].Dir); !errors.Is(err, ErrDamaged) {
		t.Errorf("verify: %v", err)
	}
	// Of the others, too, every byte is looked at before one is handed out.
	part := filepath.Join(list[1].Dir, "documents", "part-00000.parquet")
	b, err := os.ReadFile(part)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(part, b, 0o644); err != nil {
		t.Fatal(err)
	}
	try("with another damaged", whole[:9], 1)
	if err := os.Remove(filepath.Join(list[0].Dir, manifestName)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Readable(out); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "no other snapshot is whole") {
		t.Errorf("nothing whole is left: %v", err)
	}
}

// TestGatesSeeThroughDamage: a build whose current snapshot is damaged is judged
// beside the newest that is whole.
func TestGatesSeeThroughDamage(t *testing.T) {
	in, out := folder(t, 10), t.TempDir()
	build(t, Options{Input: in, Output: out})
	write(t, filepath.Join(in, "new.txt"), "One more.")
	second := build(t, Options{Input: in, Output: out})
	if err := os.Truncate(filepath.Join(second.Snapshot, manifestName), 100); err != nil {
		t.Fatal(err)
	}
	_, err := Build(t.Context(), Options{Input: folder(t, 2), Output: out})
	if ExitCode(err) != ExitGate {
		t.Errorf("a build of two documents: %v", err)
	}
	rep := build(t, Options{Input: in, Output: out})
	if len(rep.Warnings) == 0 || !strings.Contains(rep.Warnings[0], "compared with 000001-") || rep.Diff == nil || rep.Diff.Documents.Added.Count != 1 {
		t.Errorf("%q, %+v", rep.Warnings, rep.Diff)
	}
	if _, damage, err := Readable(out); damage != nil || err != nil {
		t.Errorf("not mended: %v, %v", damage, err)
	}
}
