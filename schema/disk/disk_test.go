package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// watched runs do and returns the operations in it, paths below dir.
func watched(t *testing.T, dir string, do func() error) []string {
	t.Helper()
	var ops []string
	Watch = func(op *Op, do func() error) error {
		line := string(op.Kind) + " " + op.Path
		if op.To != "" {
			line += " " + op.To
		}
		ops = append(ops, strings.ReplaceAll(line, dir+"/", ""))
		return do()
	}
	defer func() { Watch = nil }()
	if err := do(); err != nil {
		t.Fatal(err)
	}
	return ops
}

func TestEachStepIsSeen(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		do   func() error
		want string
	}{
		{func() error { return MkdirAll(in("a/b")) }, "mkdir a, syncdir " + dir + ", mkdir a/b, syncdir a"},
		{func() error { return MkdirAll(in("a/b")) }, ""},
		{func() error { return WriteFile(in("a/f"), []byte("text")) }, "create a/f, write a/f, sync a/f, close a/f"},
		{func() error { return Link(in("a/f"), in("a/g")) }, "link a/f a/g"},
		{func() error { return Symlink("..", in("a/b/up")) }, "symlink .. a/b/up"},
		{func() error { return Rename(in("a/b"), in("a/c")) }, "rename a/b a/c"},
		{func() error { return RemoveAll(in("a")) }, "remove a/c/up, remove a/c, remove a/f, remove a/g, remove a"},
		{func() error { return RemoveAll(in("a")) }, ""},
	} {
		if got := strings.Join(watched(t, dir, c.do), ", "); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestRemoveAllFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept")
	link := filepath.Join(dir, "link")
	if err := errors.Join(Mkdir(kept), WriteFile(filepath.Join(kept, "file"), nil), Symlink("kept", link), RemoveAll(link)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(kept, "file")); err != nil {
		t.Error(err)
	}
}

func TestWriteFileLeavesNothingBehind(t *testing.T) {
	for _, kind := range []Kind{CreateFile, WriteData, SyncFile, CloseFile} {
		name := filepath.Join(t.TempDir(), "file")
		Watch = func(op *Op, do func() error) error {
			if op.Kind != kind {
				return do()
			}
			if kind == WriteData {
				op.Data = op.Data[:2]
			}
			if kind != CreateFile {
				if err := do(); err != nil {
					return err
				}
			}
			return syscall.ENOSPC
		}
		err := WriteFile(name, []byte("text"))
		Watch = nil
		if !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: error %v", kind, err)
		}
		if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the file is there: %v", kind, err)
		}
	}
}

func TestFileIsReadAsWritten(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	f, err := Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(name); !errors.Is(err, os.ErrExist) {
		t.Errorf("second Create: %v", err)
	}
	_, err = io.WriteString(f, "harbour")
	b := make([]byte, 3)
	_, err2 := f.ReadAt(b, 2)
	if err := errors.Join(err, err2, f.Close()); err != nil || string(b) != "rbo" {
		t.Errorf("%q, %v", b, err)
	}
	if f, err = Open(name); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(f)
	if err := errors.Join(err, f.Truncate(), f.Close()); err != nil || string(all) != "harbour" {
		t.Errorf("%q, %v", all, err)
	}
	if info, err := os.Stat(name); err != nil || info.Size() != 0 || !slices.Contains([]os.FileMode{0o644, 0o640, 0o600}, info.Mode().Perm()) {
		t.Errorf("after Truncate: %v, %v", info, err)
	}
}
