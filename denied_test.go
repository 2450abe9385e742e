package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A visitor runs the program as a user who owns nothing of what root has made.
type visitor struct {
	dir, program string
	uid          int
}

// newVisitor returns the one who runs the tests or, where that is root, whom nobody
// can forbid anything, a user without a name.
func newVisitor(t *testing.T) *visitor {
	t.Helper()
	dir, err := os.MkdirTemp("", "visitor") // t.TempDir is root's alone
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	v := &visitor{dir: dir, program: filepath.Join(dir, "pressrow"), uid: os.Geteuid()}
	if v.uid == 0 {
		v.uid = 65432
	}
	from, err := exec.LookPath("pressrow")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(from)
	if err == nil {
		err = errors.Join(os.Chmod(dir, 0o755), os.WriteFile(v.program, b, 0o755), os.Chmod(v.program, 0o755))
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// run runs pressrow and returns its exit code and what it says.
func (v *visitor) run(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	cmd := exec.Command(v.program, args...)
	cmd.Dir = v.dir
	if v.uid != os.Geteuid() {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(v.uid), Gid: uint32(v.uid)}}
	}
	b, err := cmd.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(b)
}

// TestNotPermitted holds that an output folder of somebody else is refused before
// anything is read, with the names of both, and that a file that may not be
// read is one document less and no more.
func TestNotPermitted(t *testing.T) {
	v := newVisitor(t)
	at := func(name string) string { return filepath.Join(v.dir, name) }
	mkdir(t, at("in"))
	overwrite(t, at("in/good.txt"), "The weir at Senn was repaired. Walkers may cross it again.\n")
	overwrite(t, at("in/secret.txt"), "Nobody may read this.\n")
	overwrite(t, at("file"), "No folder.\n")
	mkdir(t, at("theirs"))
	mkdir(t, at("ours"))
	mkdir(t, at("locked"))
	overwrite(t, at("locked/.lock"), "")
	err := errors.Join(os.Chmod(at("in/secret.txt"), 0), os.Chmod(at("theirs"), 0o555), os.Chmod(at("ours"), 0o755), os.Chmod(at("locked/.lock"), 0o444))
	if os.Geteuid() == 0 {
		err = errors.Join(err, os.Chown(at("ours"), v.uid, v.uid), os.Chown(at("locked"), v.uid, v.uid))
	}
	if err != nil {
		t.Fatal(err)
	}
	whose := fmt.Sprintf("which belongs to uid %d, this is uid %d: ", os.Geteuid(), v.uid)
	for _, c := range []struct{ out, want string }{
		{"theirs", "cannot write to theirs, " + whose + "open theirs/.lock: permission denied; nothing is published"},
		{"theirs/new", "cannot write to theirs, " + whose + "mkdir theirs/new: permission denied; nothing is published"},
		{"locked", "cannot write to locked/.lock, " + whose + "open locked/.lock: permission denied; nothing is published"},
	} {
		code, said := v.run(t, "build", "--out", c.out, "in")
		if want := "pressrow: output: " + c.want + "\n"; code != 5 || said != want {
			t.Errorf("into %s: exit code %d, %q, want %q", c.out, code, said, want)
		}
	}
	code, said := v.run(t, "build", "--out", "ours/out", "in")
	if code != 3 || !strings.Contains(said, "1 documents, 2 sentences") || !strings.Contains(said, "in quarantine: 1 documents\n        1 unreadable") {
		t.Errorf("exit code %d: %s", code, said)
	}
	code, said = v.run(t, "export", "--format", "jsonl", "--out", "ours/out", "quarantine")
	if code != 0 || !strings.Contains(said, `"doc_id":"secret.txt"`) || !strings.Contains(said, "permission denied") {
		t.Errorf("exit code %d: %s", code, said)
	}
}
