package pipeline

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// soak makes the fault tests try everything, not a sample: make soak.
var soak = flag.Bool("soak", false, "run the long fault tests")

// figure logs a line of the table that make soak ends with.
func figure(t *testing.T, what, format string, args ...any) {
	t.Helper()
	t.Logf("figure: %-32s %s", what, fmt.Sprintf(format, args...))
}

// A rig builds two inputs in turn into one output folder, with faults between
// the program and the disk, and knows what must come of it.
type rig struct {
	out   string
	keep  int
	input [2]string
	want  [2]map[string]string // hashes of the Parquet files of a dataset of each
	now   int                  // the input whose dataset is current; -1 for none

	linkless bool // the file system has no symbolic links
	syncless bool // it cannot sync folders
}

func newRig(t *testing.T, keep int) *rig {
	r := &rig{keep: keep, now: -1}
	for i := range r.input {
		r.input[i] = t.TempDir()
		write(t, filepath.Join(r.input[i], "same.txt"), "The ferry to Arle runs again. Ina Holt is glad.")
		write(t, filepath.Join(r.input[i], "other.txt"), strings.Repeat("The quay was closed for a week. ", i+1))
		write(t, filepath.Join(r.input[i], "notes.jsonl"), `{"id": "n", "text": "A note on the quay."}`+"\n")
		r.fresh(t)
		if err := r.build(i, nil); err != nil {
			t.Fatal(err)
		}
		r.want[i] = parquetHashes(t, r.out)
	}
	if maps.Equal(r.want[0], r.want[1]) {
		t.Fatal("both inputs give one dataset")
	}
	r.fresh(t)
	return r
}

// fresh begins with a new output folder.
func (r *rig) fresh(t *testing.T) { r.out, r.now = filepath.Join(t.TempDir(), "out"), -1 }

// forget removes all snapshots but the current one.
func (r *rig) forget(t *testing.T) {
	t.Helper()
	now, err := Current(r.out)
	if err != nil {
		t.Fatal(err)
	}
	snapshots, err := filepath.Glob(filepath.Join(r.out, "snapshots", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range snapshots {
		if s != now {
			if err := os.RemoveAll(s); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// next is the input to build now.
func (r *rig) next() int { return (r.now + 1) % 2 }

// A fault stands in for the n-th operation of a run, counted from 0.
type fault func(n int, op *disk.Op, do func() error) error

// build builds an input. Nothing is synced, which takes most of the time of a
// real build and changes nothing but after a loss of power.
func (r *rig) build(input int, f fault) error {
	_, err := r.report(input, f)
	return err
}

// report is build that returns what the run says of itself.
func (r *rig) report(input int, f fault) (*Report, error) {
	var mu sync.Mutex
	n := -1
	disk.Watch = func(op *disk.Op, do func() error) error {
		mu.Lock()
		defer mu.Unlock()
		n++
		switch {
		case op.Kind == disk.MakeSymbol && r.linkless:
			do = func() error { return syscall.EPERM }
		case op.Kind == disk.SyncFolder && r.syncless:
			do = func() error { return syscall.EINVAL }
		case op.Kind == disk.SyncFile || op.Kind == disk.SyncFolder:
			do = func() error { return nil }
		}
		if f == nil {
			return do()
		}
		return f(n, op, do)
	}
	defer func() { disk.Watch = nil }()
	return Build(context.Background(), Options{Input: r.input[input], Output: r.out, Workers: 1, Keep: r.keep, stages: Stages[:1]})
}

// check wants the dataset to be that of before or of after, whole, and returns
// which it is.
func (r *rig) check(t *testing.T, before, after int) int {
	t.Helper()
	if _, err := Current(r.out); errors.Is(err, ErrNoDataset) && before < 0 {
		return -1
	}
	got := parquetHashes(t, r.out)
	snapshots, err := filepath.Glob(filepath.Join(r.out, "snapshots", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range snapshots {
		if _, err := Verify(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if _, _, err := lastRuns(r.out, time.Now()); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{before, after} {
		if i >= 0 && maps.Equal(got, r.want[i]) {
			return i
		}
	}
	t.Fatalf("the dataset is neither the old nor the new one: %v", got)
	return -1
}

// heal builds an input undisturbed and wants its dataset and nothing besides.
func (r *rig) heal(t *testing.T, input int) {
	t.Helper()
	time.Sleep(2 * time.Millisecond) // the records of one process differ in their milliseconds
	if err := r.build(input, nil); err != nil {
		t.Fatalf("the next run: %v", err)
	}
	r.now = r.check(t, input, input)
	want := []string{".lock", "current", "runs", "snapshots"}
	tables, err := Current(r.out)
	if err != nil {
		t.Fatal(err)
	}
	if !r.linkless {
		want = append(want, schema.TableNames()...)
		tables = r.out
	}
	if info, err := os.Lstat(filepath.Join(r.out, "current")); err != nil || info.Mode().IsRegular() != r.linkless {
		t.Fatalf("current is %v, %v", info, err)
	}
	entries, err := os.ReadDir(r.out)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(want, e.Name()) {
			t.Fatalf("litter: %s", e.Name())
		}
	}
	snapshots, err := os.ReadDir(filepath.Join(r.out, "snapshots"))
	if err != nil || len(snapshots) > r.keep {
		t.Fatalf("%d snapshots, %v", len(snapshots), err)
	}
	for _, table := range schema.TableNames() {
		if _, err := os.Stat(filepath.Join(tables, table, "part-00000.parquet")); err != nil {
			t.Fatal(err)
		}
	}
}

// parquetHashes returns the hashes of the current snapshot's Parquet files.
func parquetHashes(t *testing.T, out string) map[string]string {
	t.Helper()
	all := hashes(t, out)
	maps.DeleteFunc(all, func(name, _ string) bool { return filepath.Ext(name) != ".parquet" })
	return all
}

// Each test below is run on a first build, on one that replaces a dataset, and on one
// that removes an old snapshot, too; the first and the last also on a file system that lacks much.
func eachRun(t *testing.T, run func(t *testing.T, r *rig, begin func())) {
	for _, c := range []struct {
		name     string
		keep     int
		first    bool
		linkless bool
	}{
		{"first", 7, true, false}, {"replacing", 7, false, false}, {"retiring", 1, false, false},
		{"first without links", 7, true, true}, {"retiring without links", 1, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.first && c.linkless && !*soak {
				t.Skip("make soak runs it")
			}
			r := newRig(t, c.keep)
			r.linkless, r.syncless = c.linkless, c.linkless
			if !c.first {
				r.heal(t, 0)
			}
			run(t, r, func() {
				if c.first {
					r.fresh(t)
				} else {
					r.forget(t)
				}
			})
		})
	}
}

// TestKilledAtEachStep stops the run for good before each operation and in the
// middle of each write. What a killed process leaves is the same: all it does
// to files goes through disk.
func TestKilledAtEachStep(t *testing.T) {
	killed := errors.New("killed")
	eachRun(t, func(t *testing.T, r *rig, begin func()) {
		points := 0
		for at, reached := 0, true; reached; at++ {
			for _, half := range []bool{false, true} {
				begin()
				dead, wrote := false, false
				err := r.build(r.next(), func(n int, op *disk.Op, do func() error) error {
					if n == at {
						dead, wrote = true, op.Kind == disk.WriteData
						if wrote && half {
							op.Data = op.Data[:len(op.Data)/2]
							return errors.Join(do(), killed)
						}
					}
					if dead && op.Kind != disk.CloseFile {
						return killed
					}
					return do()
				})
				if reached = dead; !reached {
					if err != nil {
						t.Fatal(err)
					}
					r.now = r.next()
					break
				}
				points++
				r.check(t, r.now, r.next())
				r.heal(t, r.next())
				if !wrote {
					break
				}
			}
		}
		if points < 60 {
			t.Errorf("only %d points", points)
		}
		figure(t, "stopped at each step", "%d points; every dataset was whole, every next run healed", points)
	})
}

// TestDiskTrouble makes each operation fail, with each error that disks have:
// once or for good, before or after it is done, and in the middle of a write.
func TestDiskTrouble(t *testing.T) {
	errnos := []syscall.Errno{syscall.ENOSPC, syscall.EIO, syscall.EROFS, syscall.EDQUOT, syscall.EACCES}
	const (
		once = iota
		forGood
		late // the error comes although it is done
		short
		modes
	)
	eachRun(t, func(t *testing.T, r *rig, begin func()) {
		cases, byErrno := 0, map[syscall.Errno]int{}
		for at, reached := 0, true; reached; at++ {
			hit := disk.Kind("")
			for k := range len(errnos) * modes {
				mode, errno := k%modes, errnos[(at+k/modes)%len(errnos)]
				if mode == short && hit != disk.WriteData {
					continue
				}
				if !*soak && (k >= modes || mode == forGood && at%2 == 0 || mode == late && at%2 == 1) {
					continue // one errno for each operation, and for good or late, in turn
				}
				begin()
				hit = ""
				err := r.build(r.next(), func(n int, op *disk.Op, do func() error) error {
					failed := fmt.Errorf("%s %s %s: %w", op.Kind, op.Path, op.To, errno)
					switch {
					case n < at, n > at && mode != forGood, n > at && spared(op, errno):
						return do()
					case n == at:
						hit = op.Kind
						if mode == short {
							op.Data = op.Data[:len(op.Data)/2]
						}
						if mode == late || mode == short {
							return errors.Join(do(), failed)
						}
					}
					if op.Kind == disk.CloseFile {
						return errors.Join(do(), failed) // the system closes it whatever it says
					}
					return failed
				})
				if reached = hit != ""; !reached {
					break
				}
				cases++
				byErrno[errno]++
				got := r.check(t, r.now, r.next())
				r.wantMessage(t, fmt.Sprintf("%v at %s, operation %d, mode %d", errno, hit, at, mode), err, errno, got)
				r.heal(t, r.next())
			}
		}
		if cases < 120 {
			t.Errorf("only %d cases", cases)
		}
		figure(t, "errors of the disk", "ENOSPC %d, EIO %d, EROFS %d, EDQUOT %d, EACCES %d; old or new, and healed", byErrno[syscall.ENOSPC],
			byErrno[syscall.EIO], byErrno[syscall.EROFS], byErrno[syscall.EDQUOT], byErrno[syscall.EACCES])
	})
}

// spared reports whether a disk that is full, or over its quota, lets op pass.
func spared(op *disk.Op, errno syscall.Errno) bool {
	return (errno == syscall.ENOSPC || errno == syscall.EDQUOT) &&
		slices.Contains([]disk.Kind{disk.RemoveName, disk.CloseFile, disk.Truncate}, op.Kind)
}

// wantMessage wants an error that names what happened, where, and what is
// published now, which is the dataset of input got.
func (r *rig) wantMessage(t *testing.T, what string, err error, errno syscall.Errno, got int) {
	t.Helper()
	if err == nil {
		if got != r.next() {
			t.Errorf("%s: no error, and nothing published", what)
		}
		return
	}
	want := "nothing is published"
	switch {
	case got == r.next():
		want = "is published all the same"
	case got >= 0:
		want = "stays as it was"
	}
	if !errors.Is(err, ErrOutput) || !errors.Is(err, errno) || !strings.Contains(err.Error(), filepath.Dir(r.out)) || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("%s: %v; want it to end with %q", what, err, want)
	}
	if full := errno == syscall.ENOSPC || errno == syscall.EDQUOT; full && strings.Contains(err.Error(), "schema: write") && !strings.Contains(err.Error(), "B; the dataset needs about ") {
		t.Errorf("%s: %v; want to know how much is needed", what, err)
	}
}

// TestRenameDoneInSpiteOfError is what NFS does when an answer is lost.
func TestRenameDoneInSpiteOfError(t *testing.T) {
	r := newRig(t, 2)
	renames := 0
	for i := range 4 {
		r.linkless = i == 3
		err := r.build(i%2, func(_ int, op *disk.Op, do func() error) error {
			if op.Kind != disk.MoveName {
				return do()
			}
			renames++
			return errors.Join(do(), syscall.ESTALE)
		})
		if err != nil {
			t.Fatal(err)
		}
		r.now = r.check(t, i%2, i%2)
	}
	if renames < 12 {
		t.Errorf("%d renames", renames)
	}
	// The same error, and it was not done.
	for at, done := 0, false; !done; at++ {
		before, renames := r.now, -1
		err := r.build(r.next(), func(_ int, op *disk.Op, do func() error) error {
			if op.Kind == disk.MoveName {
				if renames++; renames == at {
					return syscall.ESTALE
				}
			}
			return do()
		})
		if done = renames < at; done {
			if err != nil || at < 4 {
				t.Errorf("%d renames, %v", at, err)
			}
			break
		}
		if !errors.Is(err, syscall.ESTALE) || !errors.Is(err, ErrOutput) {
			t.Errorf("rename %d was not done: %v", at, err)
		}
		r.now = r.check(t, before, r.next())
	}
}

// TestCurrentMovesMeanwhile is what another machine can do where locks do not
// reach: it publishes during the run. The run must not undo that.
func TestCurrentMovesMeanwhile(t *testing.T) {
	for _, linkless := range []bool{false, true} {
		currentMoves(t, linkless)
	}
}

func currentMoves(t *testing.T, linkless bool) {
	r := newRig(t, 7)
	r.linkless = linkless
	r.heal(t, 0)
	r.heal(t, 1)
	snapshots, err := os.ReadDir(filepath.Join(r.out, "snapshots"))
	if err != nil {
		t.Fatal(err)
	}
	err = r.build(0, func(_ int, op *disk.Op, do func() error) error {
		if filepath.Base(op.Path) == manifestName && op.Kind == disk.CloseFile {
			elsewhere := filepath.Join(r.out, "elsewhere")
			target := "snapshots/" + snapshots[0].Name()
			err := os.Symlink(target, elsewhere)
			if linkless {
				err = errors.Join(os.Remove(elsewhere), os.WriteFile(elsewhere, []byte(target+"\n"), 0o644))
			}
			if err := errors.Join(err, os.Rename(elsewhere, filepath.Join(r.out, "current"))); err != nil {
				t.Error(err)
			}
		}
		return do()
	})
	if !errors.Is(err, ErrMoved) || !errors.Is(err, ErrLocked) {
		t.Errorf("error %v", err)
	}
	if now, err := Current(r.out); err != nil || filepath.Base(now) != snapshots[0].Name() {
		t.Errorf("current leads to %s, %v", now, err)
	}
	r.heal(t, 1)
}

// TestForeignFilesAreLeftAlone: only what pressrow made is ever removed.
func TestForeignFilesAreLeftAlone(t *testing.T) {
	r := newRig(t, 1)
	foreign := []string{"notes.txt", "snapshots/notes.txt", "snapshots/000000-mine/part.parquet", "runs/notes", "sentences/mine.parquet"}
	for _, name := range foreign {
		write(t, filepath.Join(r.out, name), "mine")
	}
	for i := range 4 {
		if err := r.build(i%2, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range foreign {
		if b, err := os.ReadFile(filepath.Join(r.out, name)); err != nil || string(b) != "mine" {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
}

// TestBrokenSnapshotIsReplaced cuts the manifest at every tenth byte, or with make
// soak at each, breaks current, and changes a bit of a Parquet file. Of the cuts,
// the next run mends some.
func TestBrokenSnapshotIsReplaced(t *testing.T) {
	r := newRig(t, 2)
	r.heal(t, 0)
	name := func() string {
		now, err := Current(r.out)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.Join(now, manifestName)
	}
	whole, err := os.ReadFile(name())
	if err != nil {
		t.Fatal(err)
	}
	step, mend := 10, len(whole)/400*10
	if *soak {
		step, mend = 1, max(1, len(whole)/2000)
	}
	noticed := func(what string) {
		t.Helper()
		now, err := Current(r.out)
		if err == nil {
			_, err = Verify(now)
		}
		if !errors.Is(err, ErrDamaged) {
			t.Fatalf("%s: Verify says %v", what, err)
		}
	}
	broken := func(what string) {
		t.Helper()
		noticed(what)
		if err := r.build(0, nil); err != nil {
			t.Fatalf("%s: the next run: %v", what, err)
		}
		now, err := Current(r.out)
		if err == nil {
			_, err = Verify(now)
		}
		if err != nil || !maps.Equal(parquetHashes(t, r.out), r.want[0]) {
			t.Fatalf("%s: not mended, %v", what, err)
		}
	}
	cuts, mended := 0, 0
	for n := 0; n < len(whole)-2; n += step { // the last bytes are a brace and a line end
		if err := os.WriteFile(name(), whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("manifest cut at %d of %d bytes", n, len(whole))
		cuts++
		if n%mend > 0 {
			noticed(what)
			continue
		}
		broken(what)
		mended++
	}
	if err := os.Remove(name()); err != nil {
		t.Fatal(err)
	}
	broken("no manifest")
	if err := os.RemoveAll(filepath.Dir(name())); err != nil {
		t.Fatal(err)
	}
	broken("current leads nowhere")
	part := filepath.Join(filepath.Dir(name()), "documents", "part-00000.parquet")
	b, err := os.ReadFile(part)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/3] ^= 4
	if err := os.WriteFile(part, b, 0o644); err != nil {
		t.Fatal(err)
	}
	broken("another bit")
	figure(t, "damaged snapshots", "%d, all noticed; %d of them replaced by the next run", cuts+3, mended+3)
}

// TestFileSystemLacksLinks builds into one folder while its file system has
// symbolic links and while it has none: there is always one pointer, and the
// stable paths lead somewhere or are not there.
func TestFileSystemLacksLinks(t *testing.T) {
	r := newRig(t, 7)
	for _, linkless := range []bool{true, true, false, true, false} {
		r.linkless = linkless
		r.heal(t, r.next())
		before := hashes(t, r.out)
		if err := r.build(r.now, nil); err != nil { // nothing changed
			t.Fatal(err)
		}
		if !maps.Equal(before, hashes(t, r.out)) {
			t.Error("the dataset changed without a change")
		}
	}
	for _, c := range []struct {
		kind  disk.Kind
		errno syscall.Errno
		want  string
	}{
		{disk.MakeSymbol, syscall.EPERM, "has no symbolic links"},
		{disk.MakeSymbol, syscall.EOPNOTSUPP, "has no symbolic links"},
		{disk.MakeSymbol, syscall.ENOSYS, "has no symbolic links"},
		{disk.SyncFolder, syscall.EINVAL, "cannot sync folders"},
		{disk.SyncFolder, syscall.ENOTSUP, "cannot sync folders"},
	} {
		r := newRig(t, 7)
		rep, err := r.report(0, func(_ int, op *disk.Op, do func() error) error {
			if op.Kind == c.kind {
				return c.errno
			}
			return do()
		})
		if err != nil || len(rep.Warnings) != 1 || !strings.Contains(rep.Warnings[0], c.want) {
			t.Errorf("%s: %q, %v", c.errno, rep.Warnings, err)
		}
		r.check(t, 0, 0)
		var b strings.Builder
		if err := rep.Print(&b); err != nil {
			t.Fatal(err)
		}
		tables := r.out
		if c.kind == disk.MakeSymbol {
			tables = rep.Snapshot
		}
		if want := "FROM '" + tables + "/sentences/*.parquet'"; !strings.Contains(b.String(), want) {
			t.Errorf("%s: the summary lacks %s: %s", c.errno, want, &b)
		}
	}
}

// TestLockFileIsNoLock: what a dead run left of its lock is in nobody's way.
func TestLockFileIsNoLock(t *testing.T) {
	r := newRig(t, 7)
	write(t, filepath.Join(r.out, ".lock"), "process 1 on \"elsewhere\" since 1970-01-01T00:00:00Z\n"+strings.Repeat("x", 300))
	r.heal(t, 0)
	if b, err := os.ReadFile(filepath.Join(r.out, ".lock")); err != nil || !strings.HasPrefix(string(b), fmt.Sprintf("process %d ", os.Getpid())) || strings.Contains(string(b), "x\n") {
		t.Errorf("lock %q, %v", b, err)
	}
}

// TestReadersDuringPublishes reads the dataset while others replace it. Who
// asks once where it lies never sees files of two snapshots, and misses none
// that was not retired meanwhile.
func TestReadersDuringPublishes(t *testing.T) {
	r := newRig(t, 3)
	r.heal(t, 0)
	publishes := 60
	if *soak {
		publishes = 2000
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	var mu sync.Mutex
	reads, overtaken := 0, 0
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				before, err := Current(r.out)
				if err != nil {
					t.Error(err)
					return
				}
				_, err = Verify(before)
				after, err2 := Current(r.out)
				mu.Lock()
				reads++
				retired := numberOf(after)-numberOf(before) >= r.keep
				if retired {
					overtaken++
				}
				mu.Unlock()
				if err2 != nil || err != nil && !retired {
					t.Errorf("%s: %v, %v", before, err, err2)
					return
				}
			}
		})
	}
	for i := range publishes {
		if err := r.build((i+1)%2, nil); err != nil {
			t.Error(err)
			break
		}
	}
	close(done)
	readers.Wait()
	if reads < publishes/10 {
		t.Errorf("only %d reads", reads)
	}
	figure(t, "readers during publishes", "%d publishes, %d reads of five files, none torn or missing; %d too slow for the %d snapshots kept", publishes, reads, overtaken, r.keep)
}

// numberOf returns the number of a snapshot.
func numberOf(snapshot string) (n int) {
	fmt.Sscanf(filepath.Base(snapshot), "%06d-", &n)
	return n
}

// TestOpenFilesOutliveTheirSnapshot: a reader that has a file open reads on
// when its snapshot is retired.
func TestOpenFilesOutliveTheirSnapshot(t *testing.T) {
	r := newRig(t, 1)
	r.heal(t, 0)
	now, err := Current(r.out)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(now, "documents", "part-00000.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(now, "documents", "part-00000.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r.heal(t, 1)
	if _, err := os.Stat(now); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old snapshot: %v", err)
	}
	got := make([]byte, len(want))
	if _, err := f.ReadAt(got, 0); err != nil || string(got) != string(want) {
		t.Errorf("read after it was retired: %v", err)
	}
}
