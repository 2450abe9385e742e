package pipeline

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sync/errgroup"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// editions builds n snapshots; the i-th, from 1, has i documents.
func editions(t *testing.T, n int) (out string) {
	t.Helper()
	in, out := t.TempDir(), t.TempDir()
	for i := range n {
		write(t, filepath.Join(in, fmt.Sprintf("%d.txt", i)), fmt.Sprintf("Edition %d of the paper is out.", i))
		build(t, Options{Input: in, Output: out, Keep: n})
	}
	return out
}

func numbers(t *testing.T, out string) (list []int) {
	t.Helper()
	all, err := Snapshots(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		list = append(list, s.Number)
	}
	return list
}

func TestRetentionKeepsPinnedAndCurrent(t *testing.T) {
	out := editions(t, 6)
	if _, err := Pin(out, 2); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Rollback(out, 3); err != nil {
		t.Fatal(err)
	}
	c, err := Clear(out, 1)
	if err != nil || len(c.Removed) != 3 || len(c.Foreign) != 0 {
		t.Errorf("removed %d, foreign %q, %v", len(c.Removed), c.Foreign, err)
	}
	if got := numbers(t, out); !slices.Equal(got, []int{2, 3, 6}) {
		t.Errorf("left: %v", got)
	}
	for _, n := range []int{2, 3, 6} {
		s, err := FindSnapshot(out, n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(s.Dir); err != nil || s.Rows["documents"] != int64(n) || s.Pinned != (n == 2) || s.Current != (n == 3) {
			t.Errorf("%+v, %v", s, err)
		}
	}
}

// Nothing that a person put into the folder is removed, whatever it is called.
func TestForeignFilesStay(t *testing.T) {
	out := editions(t, 4)
	foreign := []string{
		"notes.txt", "pins/readme", "runs/notes.json", "snapshots/notes", "snapshots/000001-notes/a", "snapshots/0001", "tables/part-00000.parquet",
	}
	list, err := Snapshots(out)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"notes.txt", "sentences/part-00000.parquet.bak", "views/part-00000.parquet"} {
		foreign = append(foreign, filepath.Join("snapshots", list[i].Name, name))
	}
	for _, name := range foreign {
		write(t, filepath.Join(out, name), "mine")
	}
	c, err := Clear(out, 1)
	if err != nil || len(c.Removed) != 0 || len(c.Foreign) != 3 {
		t.Errorf("removed %d, foreign %q, %v", len(c.Removed), c.Foreign, err)
	}
	for _, name := range foreign {
		if b, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(b) != "mine" {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
	for _, s := range list {
		if _, err := Verify(s.Dir); err != nil {
			t.Error(err)
		}
	}
}

// TestReadersDuringRollbacks reads while the current snapshot changes and old
// ones go: each reader that resolves current once sees one snapshot, whole.
func TestReadersDuringRollbacks(t *testing.T) {
	out := editions(t, 3)
	var done atomic.Bool
	var g errgroup.Group
	reads := 0
	g.Go(func() error {
		for !done.Load() || reads == 0 {
			dir, err := Current(out)
			if err != nil {
				return err
			}
			number, err := ParseSnapshot(filepath.Base(dir))
			if err != nil {
				return err
			}
			documents := 0
			for _, err := range schema.DocumentKeys(filepath.Join(dir, "documents", "part-00000.parquet")) {
				if err != nil {
					return err
				}
				documents++
			}
			if documents != number {
				return fmt.Errorf("%d documents in snapshot %d", documents, number)
			}
			reads++
			if _, err := Snapshots(out); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range 60 {
		if _, is, err := Rollback(out, i%3+1); err != nil || is.Number != i%3+1 {
			t.Fatal(err)
		}
		if _, err := Clear(out, 3); err != nil {
			t.Fatal(err)
		}
	}
	done.Store(true)
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
}

// A file that is open stays readable when its snapshot is removed.
func TestOpenFileOutlivesItsSnapshot(t *testing.T) {
	out := editions(t, 2)
	s, err := FindSnapshot(out, 1)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(s.Dir, "sentences", "part-00000.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := Clear(out, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("snapshot 1 is there: %v", err)
	}
	b, err := io.ReadAll(f)
	if err != nil || !strings.HasPrefix(string(b), "PAR1") || !strings.HasSuffix(string(b), "PAR1") {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}

func TestRollbackAndRebuild(t *testing.T) {
	in, out := folder(t, 5), t.TempDir()
	build(t, Options{Input: in, Output: out})
	write(t, filepath.Join(in, "new.txt"), "One more.")
	second := build(t, Options{Input: in, Output: out})
	want := hashes(t, out)
	was, is, err := Rollback(out, 0)
	if err != nil || was.Number != 2 || is.Number != 1 {
		t.Fatalf("from %+v to %+v, %v", was, is, err)
	}
	third := build(t, Options{Input: in, Output: out})
	if third.Unchanged || filepath.Base(third.Snapshot)[7:] != filepath.Base(second.Snapshot)[7:] || third.Snapshot == second.Snapshot {
		t.Errorf("third %s, unchanged %t", third.Snapshot, third.Unchanged)
	}
	if got := hashes(t, out); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Error("the same input gives other bytes after a rollback")
	}
}

func TestParseSnapshot(t *testing.T) {
	for word, want := range map[string]int{"12": 12, "000012": 12, "000012-3f9a0c5521e07d84": 12, "0": 0, "-1": 0, "": 0, "x": 0, "1.5": 0, "latest": 0} {
		if got, err := ParseSnapshot(word); got != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %d, %v", word, got, err)
		}
	}
}

func TestChangesWithoutADatasetMakeNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for name, do := range map[string]func() error{
		"rollback": func() error { _, _, err := Rollback(out, 0); return err },
		"pin":      func() error { _, err := Pin(out, 0); return err },
		"unpin":    func() error { _, err := Unpin(out, 0); return err },
		"clear":    func() error { _, err := Clear(out, 1); return err },
		"read":     func() error { _, _, err := Readable(out); return err },
	} {
		if err := do(); !errors.Is(err, ErrNoDataset) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}

// TestCommandsOnAFailingDisk fails each change to a file that a command makes,
// once: what can be read afterwards is whole, and the command works again.
func TestCommandsOnAFailingDisk(t *testing.T) {
	fresh := editions(t, 3)
	if _, err := Pin(fresh, 1); err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func(out string) error{
		"rollback": func(out string) error { _, _, err := Rollback(out, 1); return err },
		"pin":      func(out string) error { _, err := Pin(out, 2); return err },
		"unpin":    func(out string) error { _, err := Unpin(out, 1); return err },
		"clear":    func(out string) error { _, err := Clear(out, 1); return err },
	} {
		for fail := 1; ; fail++ {
			out := filepath.Join(t.TempDir(), "out")
			if said, err := exec.Command("cp", "-a", fresh, out).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, said)
			}
			n := 0
			disk.Watch = func(op *disk.Op, do func() error) error {
				if n++; n == fail {
					if op.Kind == disk.CloseFile {
						do()
					}
					return syscall.EIO
				}
				return do()
			}
			err := do(out)
			disk.Watch = nil
			if n < fail {
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if fail < 5 {
					t.Errorf("%s: only %d changes seen", name, n)
				}
				break
			}
			if !errors.Is(err, ErrOutput) || !errors.Is(err, syscall.EIO) {
				t.Errorf("%s, change %d fails: %v", name, fail, err)
			}
			list, err := Snapshots(out)
			if err != nil {
				t.Fatal(err)
			}
			if now, err := findSnapshot(list, 0); err != nil || now.Number != 3 && (name != "rollback" || now.Number != 1) {
				t.Errorf("%s, change %d fails: current is %+v, %v", name, fail, now, err)
			}
			for _, s := range list {
				if _, err := Verify(s.Dir); err != nil {
					t.Errorf("%s, change %d fails: %v", name, fail, err)
				}
			}
			if err := do(out); err != nil {
				t.Errorf("%s again after change %d failed: %v", name, fail, err)
			}
		}
	}
}
