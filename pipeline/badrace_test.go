package pipeline

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressrow/stages"
	"pressrow/stages/clean"
)

// TestFilesChangeDuringTheRun changes the input when it is listed, and all but
// the first document is still to be read: that one is so large that nothing is
// read beside it.
func TestFilesChangeDuringTheRun(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	path := func(name string) string { return filepath.Join(in, name) }
	const old, record = "Before.", `{"id":"a","text":"Before."}` + "\n" + `{"id":"b","text":"Before."}` + "\n"
	write(t, path("target.txt"), "Elsewhere.")
	write(t, path("0.txt"), strings.Repeat(calm+"\n\n", 20_000)) // more than inFlight
	changes := map[string]struct {
		change func(name string) error
		want   []string
	}{
		"appended.txt":  {func(name string) error { return appendTo(name, " After.") }, []string{"Before. After."}},
		"cut.txt":       {func(name string) error { return os.Truncate(name, 3) }, []string{"Bef"}},
		"emptied.txt":   {func(name string) error { return os.Truncate(name, 0) }, []string{""}},
		"removed.txt":   {os.Remove, []string{"vanished"}},
		"replaced.txt":  {func(name string) error { return replace(name, "After.") }, []string{"After."}},
		"now large.txt": {func(name string) error { return os.Truncate(name, 17<<20) }, []string{"too_large"}},
		"now link.txt":  {func(name string) error { return errors.Join(os.Remove(name), os.Symlink("target.txt", name)) }, []string{"Elsewhere."}},
		"now pipe.txt":  {func(name string) error { return errors.Join(os.Remove(name), syscall.Mkfifo(name, 0o644)) }, []string{"unreadable"}},
		"now folder.txt": {func(name string) error { return errors.Join(os.Remove(name), os.Mkdir(name, 0o755)) },
			[]string{"unreadable"}},
		"folder/a.txt":      {func(name string) error { return os.RemoveAll(filepath.Dir(name)) }, []string{"vanished"}},
		"appended.jsonl":    {func(name string) error { return appendTo(name, record) }, []string{"changed_while_read", "changed_while_read"}},
		"cut.jsonl":         {func(name string) error { return os.Truncate(name, 40) }, []string{"changed_while_read", "changed_while_read"}},
		"removed.jsonl":     {os.Remove, []string{"vanished", "vanished"}},
		"replaced.jsonl":    {func(name string) error { return replace(name, "\n"+record) }, []string{"changed_while_read", "changed_while_read"}},
		"touched.jsonl":     {func(name string) error { return os.Chtimes(name, time.Time{}, time.Unix(1e9, 0)) }, []string{"changed_while_read", "changed_while_read"}},
		"now pipe.jsonl":    {func(name string) error { return errors.Join(os.Remove(name), syscall.Mkfifo(name, 0o644)) }, []string{"unreadable", "unreadable"}},
		"replaced.jsonl.gz": {func(name string) error { return replace(name, packedGzip(record)+"x") }, []string{"Before.", "Before."}}, // unpacked before
	}
	for name := range changes {
		switch {
		case strings.HasSuffix(name, ".gz"):
			write(t, path(name), packedGzip(record))
		case strings.HasSuffix(name, ".jsonl"):
			write(t, path(name), record)
		default:
			write(t, path(name), old)
		}
	}
	done := false
	list := []Stage{{"change", 1, "", func(d *stages.Document) error {
		if d.ID != "0.txt" {
			return nil
		}
		done = true
		var all error
		for name, c := range changes {
			all = errors.Join(all, c.change(path(name)))
		}
		return all
	}, nil}, {"clean", 1, "", clean.Text, nil}}
	rep := build(t, Options{Input: in, Output: out, Workers: 1, Parts: 1, MaxQuarantine: 1, stages: list})
	if !done || rep.ExitCode != ExitQuarantine {
		t.Errorf("changed: %t, exit code %d", done, rep.ExitCode)
	}
	got := map[string][]string{}
	for _, d := range read[struct{ Path, Text string }](t, out, "documents") {
		got[d.Path] = append(got[d.Path], d.Text)
	}
	for _, q := range read[struct{ Path, Reason string }](t, out, "quarantine") {
		got[q.Path] = append(got[q.Path], q.Reason)
	}
	delete(got, "0.txt")
	delete(got, "target.txt")
	want := map[string][]string{}
	for name, c := range changes {
		want[name] = c.want
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("after the changes:\n%s", d)
	}
}

func appendTo(name, text string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// replace puts a new file in the place of another, as editors do.
func replace(name, text string) error {
	return errors.Join(os.WriteFile(name+".new", []byte(text), 0o644), os.Rename(name+".new", name))
}

// TestFileChangesUnderTheReader changes a file that is open.
func TestFileChangesUnderTheReader(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(name string, time int) error // called each time the file is open
		want   string
	}{
		{"appended once", func(name string, n int) error { return only(n == 1, func() error { return appendTo(name, " After.") }) }, "Before. After."},
		{"appended each time", func(name string, n int) error { return appendTo(name, " After.") }, "changed_while_read"},
		{"cut once", func(name string, n int) error { return only(n == 1, func() error { return os.Truncate(name, 3) }) }, "Bef"},
		{"emptied once", func(name string, n int) error { return only(n == 1, func() error { return os.Truncate(name, 0) }) }, ""},
		{"cut each time", func(name string, n int) error { return os.Truncate(name, int64(7-n)) }, "changed_while_read"},
		{"removed", func(name string, n int) error { return os.Remove(name) }, "Before."},
		{"replaced", func(name string, n int) error { return replace(name, "After.") }, "Before."},
		{"touched each time", func(name string, n int) error { return os.Chtimes(name, time.Time{}, time.Unix(int64(n), 0)) }, "changed_while_read"},
		{"grown beyond all bounds", func(name string, n int) error { return os.Truncate(name, 1<<40) }, "too_large"},
		{"changed, then removed", func(name string, n int) error { return errors.Join(appendTo(name, "."), os.Remove(name)) }, "vanished"},
	} {
		dir := t.TempDir()
		name := filepath.Join(dir, "a.txt")
		write(t, name, "Before.")
		in, err := openInput(dir, filepath.Join(dir, "out"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		times := 0
		in.opened = func() {
			times++
			if err := test.change(name, times); err != nil {
				t.Error(err)
			}
		}
		data, refused := in.readFile(&source{path: "a.txt"}, nil)
		got := string(data)
		if refused != nil {
			got = string(refused.reason)
		}
		if got != test.want {
			t.Errorf("%s: %.40q, want %q", test.name, got, test.want)
		}
		if err := in.close(); err != nil {
			t.Error(err)
		}
	}
}

func only(when bool, do func() error) error {
	if !when {
		return nil
	}
	return do()
}

// TestRecordsChangeUnderTheReader changes a file of records when one of them
// has been read.
func TestRecordsChangeUnderTheReader(t *testing.T) {
	in := t.TempDir()
	name := filepath.Join(in, "a.jsonl")
	write(t, name, `{"id":"a","text":"One."}`+"\n"+`{"id":"b","text":"Two."}`+"\n")
	i, err := openInput(in, filepath.Join(in, "out"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer i.close()
	src := &source{path: "a.jsonl"}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	*src = i.source("a.jsonl", info)
	var files fileCache
	defer files.close()
	for _, test := range []struct {
		offset int64
		want   string
	}{{0, `{"id":"a","text":"One."}`}, {25, string(Changed)}} {
		data, refused := files.record(i, nil, &entry{source: src, offset: test.offset, size: 24, line: 1}, nil)
		got := string(data)
		if refused != nil {
			got = string(refused.reason)
		}
		if got != test.want {
			t.Errorf("at %d: %q, want %q", test.offset, got, test.want)
		}
		if err := appendTo(name, `{"id":"c","text":"Three."}`+"\n"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHungStage holds that a stage that does not come back ends the run with an
// error that says where, and leaves the dataset as it was.
func TestHungStage(t *testing.T) {
	in, out := folder(t, 10), t.TempDir()
	build(t, Options{Input: in, Output: out})
	before := hashes(t, out)
	write(t, filepath.Join(in, "stuck.txt"), "This one never ends.")
	release := make(chan struct{})
	defer close(release)
	stuck := Stage{"stuck", 1, "", func(d *stages.Document) error {
		if d.ID == "stuck.txt" {
			<-release
		}
		return nil
	}, nil}
	rep, err := Build(context.Background(), Options{Input: in, Output: out, Workers: 3, stages: append(slices.Clone(Stages), stuck), tick: 5 * time.Millisecond})
	var hung *hungError
	if !errors.As(err, &hung) || hung.id != "stuck.txt" || !strings.Contains(err.Error(), "pipeline.TestHungStage") {
		t.Fatalf("error %v", err)
	}
	if ExitCode(err) != ExitFailed || rep.ExitCode != ExitFailed || !strings.Contains(rep.Stack, "TestHungStage") {
		t.Errorf("exit code %d, stack %q", rep.ExitCode, rep.Stack)
	}
	if d := cmp.Diff(before, hashes(t, out)); d != "" {
		t.Errorf("the dataset changed:\n%s", d)
	}
	if _, err := os.Stat(filepath.Join(out, ".staging")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("staging: %v", err)
	}
}

// TestBusyStageIsNotHung holds that many documents, each at work for less than
// the watch's patience, are left alone, however long they take together.
func TestBusyStageIsNotHung(t *testing.T) {
	in, out := folder(t, 200), t.TempDir()
	slow := Stage{"slow", 1, "", func(*stages.Document) error {
		time.Sleep(2 * time.Millisecond)
		return nil
	}, nil}
	rep := build(t, Options{Input: in, Output: out, Workers: 1, stages: []Stage{{"clean", 1, "", clean.Text, nil}, slow}, tick: 2 * time.Millisecond})
	if rep.Tally.Documents != 200 {
		t.Errorf("%d documents", rep.Tally.Documents)
	}
}

// TestPanicOutsideTheStages holds that reading a record may go wrong without
// ending the run.
func TestPanicOutsideTheStages(t *testing.T) {
	r := runner{stages: Stages} // without fields: reading a record is a mistake of ours
	e := &entry{id: "a", source: &source{path: "a.jsonl"}, line: 1}
	j := r.job(e)
	j.data = []byte(`{"text":"One."}`)
	r.process(j)
	if j.refused == nil || j.refused.reason != Internal || len(j.rows.Quarantined) != 1 {
		t.Errorf("%+v, %d rows", j.refused, len(j.rows.Quarantined))
	}
}

// TestNamesApart holds that every document has a doc_id of its own, whatever
// the files and records are called, in however many parts.
func TestNamesApart(t *testing.T) {
	in := t.TempDir()
	names := []string{
		"odd\xff.txt", `odd\xff.txt`, `odd\x5cxff.txt`, "a.jsonl#b.txt", `a.jsonl\x23b.txt`, "a.jsonl#b.jsonl", "caf\u00e9.txt", "cafe\u0301.txt", "c#.txt",
		"A.txt", "a.txt", "a.txt#2", "x/y.txt", `x\y.txt`,
	}
	for _, name := range names {
		text := calm
		if strings.HasSuffix(name, ".jsonl") {
			text = `{"id":"c","text":"The ferry left."}` + "\n"
		}
		write(t, filepath.Join(in, name), text)
	}
	write(t, filepath.Join(in, "a.jsonl"), `{"id":"b.txt","text":"One."}`+"\n"+`{"id":"b.jsonl#c","text":"Two."}`+"\n"+`{"id":"b.txt","text":"Three."}`+"\n")
	list, err := os.ReadDir(in)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != len(names)+1 {
		t.Skip("this file system takes some of the names for the same")
	}
	for _, parts := range []int{1, 4} {
		out := t.TempDir()
		build(t, Options{Input: in, Output: out, Parts: parts, MaxQuarantine: 1})
		seen := map[string]bool{}
		for _, table := range []string{"documents", "quarantine"} {
			for _, d := range read[struct {
				DocID string `json:"doc_id"`
			}](t, out, table) {
				if seen[d.DocID] {
					t.Errorf("%d parts: two documents are %q", parts, d.DocID)
				}
				seen[d.DocID] = true
			}
		}
		if want := len(names) + 3; len(seen) != want {
			t.Errorf("%d parts: %d documents, want %d: %v", parts, len(seen), want, seen)
		}
	}
}

// TestNotRegular holds what becomes of files that are none, of links and of
// what may not be read.
func TestNotRegular(t *testing.T) {
	top, out := t.TempDir(), t.TempDir()
	in := filepath.Join(top, "in")
	write(t, filepath.Join(in, "good.txt"), calm)
	write(t, filepath.Join(in, "folder.txt", "good.txt"), calm)
	write(t, filepath.Join(top, "outside.txt"), "Not for us.")
	for name, target := range map[string]string{
		"inside.txt": "good.txt", "up.txt": "../in/good.txt", "out.txt": "../outside.txt", "absolute.txt": filepath.Join(top, "outside.txt"), "dead.txt": "nowhere",
		"self.txt": "self.txt", "ring1": "ring2", "ring2": "ring1", "loop": ".", "parent": "..", "device.txt": "/dev/zero", "empty.jsonl": "/dev/null",
	} {
		if err := os.Symlink(target, filepath.Join(in, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(in, "pipe.txt"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(in) // the name of a socket must be short
	socket, err := net.Listen("unix", "socket.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	write(t, filepath.Join(in, "secret.txt"), calm)
	if err := os.Chmod(filepath.Join(in, "secret.txt"), 0); err != nil {
		t.Fatal(err)
	}
	secret := "secret.txt unreadable"
	if os.Geteuid() == 0 {
		secret = "secret.txt 2" // root may read everything
	}
	rep := build(t, Options{Input: in, Output: out, MaxQuarantine: 1})
	if rep.ExitCode != ExitQuarantine {
		t.Errorf("exit code %d", rep.ExitCode)
	}
	if want := (Skips{Symlinks: 2, NotRegular: 2}); rep.Skipped != want {
		t.Errorf("skipped %+v, want %+v", rep.Skipped, want)
	}
	var got []string
	for _, what := range outcomes(t, out) {
		got = append(got, what...)
	}
	slices.Sort(got)
	want := []string{
		"absolute.txt symlink_escape", "dead.txt vanished", "device.txt symlink_escape", "empty.jsonl symlink_escape", "folder.txt/good.txt 2", "good.txt 2",
		"out.txt symlink_escape", "parent symlink_escape", "ring1 unreadable", "ring2 unreadable", secret, "self.txt unreadable", "up.txt symlink_escape",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("outcomes:\n%s", d)
	}
}

// TestLongPath reads a file whose path is longer than the system takes in one piece.
func TestLongPath(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems limit the path of a working folder")
	}
	in, out := t.TempDir(), t.TempDir()
	t.Chdir(in)
	name := strings.Repeat("long/", 1000)
	for range 1000 {
		if err := errors.Join(os.Mkdir("long", 0o755), os.Chdir("long")); err != nil {
			t.Fatal(err)
		}
	}
	write(t, "a.txt", calm)
	if err := os.Chdir(in); err != nil {
		t.Fatal(err)
	}
	rep := build(t, Options{Input: in, Output: out, MaxQuarantine: 1})
	got := fmt.Sprint(outcomes(t, out)[name+"a.txt"], rep.Files)
	if want := fmt.Sprint([]string{name + "a.txt 2"}, 1); got != want {
		t.Errorf("got %.60s, …%s", got, got[max(0, len(got)-60):])
	}
}
