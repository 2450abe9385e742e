package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"pressrow/stages"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// folder makes a folder of n small articles, some in folders of their own and
// some as records.
func folder(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	var records strings.Builder
	for i := range n {
		text := fmt.Sprintf("Harbour board meets for the %d. time\n\nPORT ARLEN — The board of Port Arlen met on March %d, 2021. "+
			"Chair Ina Holt praised the plan.\n\nIt will cost $%d million.\n", i, i%28+1, i)
		switch {
		case i%3 == 0:
			fmt.Fprintf(&records, "{\"id\": \"r%d\", \"text\": %q}\n", (i*7919)%1000, text)
		default:
			write(t, filepath.Join(dir, fmt.Sprintf("%c", 'a'+i%5), fmt.Sprintf("%04d.txt", i)), text)
		}
	}
	write(t, filepath.Join(dir, "records.jsonl"), records.String())
	return dir
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func build(t testing.TB, opt Options) *Report {
	t.Helper()
	rep, err := Build(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// hashes returns the SHA-256 of every file of the current snapshot.
func hashes(t testing.TB, out string) map[string]string {
	t.Helper()
	snapshot, err := Current(out)
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	err = filepath.WalkDir(snapshot, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		sum := sha256.Sum256(b)
		sums[strings.TrimPrefix(name, snapshot)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

func TestSameBytes(t *testing.T) {
	in := folder(t, 400)
	for _, parts := range []int{1, 3} {
		var want map[string]string
		for _, workers := range []int{1, 2, 7} {
			out := t.TempDir()
			rep := build(t, Options{Input: in, Output: out, Workers: workers, Parts: parts, groupBytes: 3000})
			if rep.Tally.Documents != 400 || rep.Tally.InQuarantine() != 0 {
				t.Fatalf("counts: %+v", rep.Tally)
			}
			got := hashes(t, out)
			if want == nil {
				want = got
				continue
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%d parts, %d workers: other bytes:\n%s", parts, workers, d)
			}
		}
		if len(want) != 6*parts+3 {
			t.Errorf("%d files of %d parts", len(want), parts)
		}
	}
}

func TestSameInputIsNotPublishedTwice(t *testing.T) {
	in, out := folder(t, 10), t.TempDir()
	first := build(t, Options{Input: in, Output: out})
	second := build(t, Options{Input: in, Output: out})
	if first.Unchanged || !second.Unchanged || first.Snapshot != second.Snapshot {
		t.Errorf("first %s unchanged %t, second %s unchanged %t", first.Snapshot, first.Unchanged, second.Snapshot, second.Unchanged)
	}
	write(t, filepath.Join(in, "new.txt"), "One more. It is short.")
	third := build(t, Options{Input: in, Output: out})
	if third.Unchanged || !strings.HasPrefix(filepath.Base(third.Snapshot), "000002-") {
		t.Errorf("third %s unchanged %t", third.Snapshot, third.Unchanged)
	}
	runs, err := filepath.Glob(filepath.Join(out, "runs", "*.json"))
	if err != nil || len(runs) != 3 {
		t.Errorf("%d run records, %v", len(runs), err)
	}
}

func TestDamageIsRepaired(t *testing.T) {
	in, out := folder(t, 10), t.TempDir()
	first := build(t, Options{Input: in, Output: out})
	name := filepath.Join(first.Snapshot, "sentences", "part-00000.parquet")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(first.Snapshot); !errors.Is(err, ErrDamaged) {
		t.Errorf("Verify: %v", err)
	}
	second := build(t, Options{Input: in, Output: out})
	if second.Unchanged {
		t.Error("the damaged snapshot was kept")
	}
	if n, err := Verify(second.Snapshot); err != nil || n != 8 {
		t.Errorf("Verify after a rebuild: %d files, %v", n, err)
	}
}

func TestOldSnapshotsGo(t *testing.T) {
	in, out := folder(t, 3), t.TempDir()
	for i := range 5 {
		write(t, filepath.Join(in, "changing.txt"), fmt.Sprintf("Edition %d of the paper is out.", i))
		build(t, Options{Input: in, Output: out, Keep: 2})
	}
	left, err := os.ReadDir(filepath.Join(out, "snapshots"))
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 2 || !strings.HasPrefix(left[1].Name(), "000005-") {
		t.Errorf("left: %v", left)
	}
}

// TestBadInput holds what becomes of files that are not articles.
func TestBadInput(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"good.txt":     "A good article. It has two sentences.",
		"empty.txt":    "",
		"blank.md":     " \n\n ",
		"noext":        "A file without an ending.",
		"image.png":    "\x89PNG\r\n\x1a\n....",
		"image.txt":    "\x89PNG\r\n\x1a\n....",
		"page.html":    "<p>Not read.</p>",
		"large.txt":    strings.Repeat("word ", 1000),
		"cut.txt.gz":   "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48",
		"bad.txt.zst":  "\x28\xb5\x2f\xfdzzzzzzzz",
		"no.txt.gz":    "no gzip at all",
		"odd\xff.txt":  "A name that is not UTF-8.",
		".hidden":      "never seen",
		"panic.txt":    "this one makes the stage PANIC",
		"sub/deep.txt": "Found below a folder.",
		"bom.jsonl":    "\ufeff" + `{"id": "first", "text": "Behind a byte order mark."}` + "\n",
		"pack.jsonl": `{"id": 1, "text": "First."}` + "\n" + `{"id": 1, "text": "The same id."}` + "\n\n" +
			`{"id": 2, "text": 7}` + "\n" + `{"id": 3, "text": "unfinished` + "\n" + `["a list"]` + "\n" + `{"text": "No id."}`,
	} {
		write(t, filepath.Join(in, name), text)
	}
	for name, target := range map[string]string{"out.txt": "/etc/hostname", "in.txt": "good.txt", "dead.txt": "nowhere", "loop": "."} {
		if err := os.Symlink(target, filepath.Join(in, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(in, "pipe.txt"), 0o644); err != nil {
		t.Fatal(err)
	}
	boom := Stage{"boom", 1, "", func(d *stages.Document) error {
		if strings.Contains(d.Text, "PANIC") {
			panic("as asked")
		}
		return nil
	}, nil}
	rep := build(t, Options{Input: in, Output: out, MaxDocBytes: 4000, MaxQuarantine: 1, stages: append(slices.Clone(Stages), boom)})

	if want := (Skips{Hidden: 1, Symlinks: 2, NotRegular: 1}); rep.Skipped != want {
		t.Errorf("skipped %+v, want %+v", rep.Skipped, want)
	}
	want := []string{
		"bad.txt.zst corrupt",
		"cut.txt.gz truncated",
		"dead.txt vanished",
		"image.png binary",
		"image.txt binary",
		"large.txt too_large",
		"no.txt.gz corrupt",
		"out.txt symlink_escape",
		"pack.jsonl#2 no_text",
		"pack.jsonl#3 bad_json",
		"pack.jsonl#6 bad_json",
		"page.html unsupported",
		"panic.txt internal_error",
	}
	var got []string
	for _, q := range read[quarantineRow](t, out, "quarantine") {
		got = append(got, q.DocID+" "+q.Reason)
		if q.Reason == "internal_error" && !strings.Contains(q.Detail, "boom: panic: as asked") {
			t.Errorf("detail %q", q.Detail)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("quarantine:\n%s", d)
	}
	want = []string{
		"blank.md", "bom.jsonl#first", "empty.txt", "good.txt", "noext", `odd\xff.txt`, "pack.jsonl#1", "pack.jsonl#1#2", "pack.jsonl#7", "sub/deep.txt",
	}
	got = nil
	for _, d := range read[documentRow](t, out, "documents") {
		got = append(got, d.DocID)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("documents:\n%s", d)
	}
}

func TestCancelPublishesNothing(t *testing.T) {
	in, out := folder(t, 200), t.TempDir()
	ctx, cancel := context.WithCancelCause(context.Background())
	stop := errors.New("stopped by hand")
	n := 0
	slow := Stage{"slow", 1, "", func(*stages.Document) error {
		if n++; n == 50 {
			cancel(stop)
		}
		return nil
	}, nil}
	_, err := Build(ctx, Options{Input: in, Output: out, Workers: 1, stages: []Stage{slow}})
	if !errors.Is(err, stop) {
		t.Errorf("error %v", err)
	}
	if _, err := Current(out); !errors.Is(err, ErrNoDataset) {
		t.Errorf("Current: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(out, "[^.]*"))
	if err != nil || !slices.Equal(left, []string{filepath.Join(out, "runs"), filepath.Join(out, "snapshots")}) {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestFailingWriterEndsTheRun(t *testing.T) {
	in, out := folder(t, 200), t.TempDir()
	saboteur := Stage{"saboteur", 1, "", func(*stages.Document) error {
		// The writer's file is taken away while the run is going on.
		return os.RemoveAll(filepath.Join(out, ".staging", "snapshot"))
	}, nil}
	_, err := Build(context.Background(), Options{Input: in, Output: out, stages: []Stage{saboteur}})
	if !errors.Is(err, ErrOutput) {
		t.Errorf("error %v", err)
	}
	if _, err := Current(out); !errors.Is(err, ErrNoDataset) {
		t.Errorf("Current: %v", err)
	}
}

func TestSecondRunIsLockedOut(t *testing.T) {
	in, out := folder(t, 3), t.TempDir()
	var inner error
	nested := Stage{"nested", 1, "", func(*stages.Document) error {
		_, inner = Build(context.Background(), Options{Input: in, Output: out})
		return nil
	}, nil}
	build(t, Options{Input: in, Output: out, Workers: 1, stages: []Stage{nested}})
	if !errors.Is(inner, ErrLocked) || !strings.Contains(inner.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("second run: %v", inner)
	}
}

func TestEmptyInputIsRefused(t *testing.T) {
	out := t.TempDir()
	build(t, Options{Input: folder(t, 3), Output: out})
	before := hashes(t, out)
	if _, err := Build(context.Background(), Options{Input: t.TempDir(), Output: out}); !errors.Is(err, ErrGate) {
		t.Errorf("error %v", err)
	}
	if d := cmp.Diff(before, hashes(t, out)); d != "" {
		t.Errorf("the dataset changed:\n%s", d)
	}
}

func TestUnfinishedRunIsClearedAway(t *testing.T) {
	in, out := folder(t, 3), t.TempDir()
	write(t, filepath.Join(out, ".staging", "snapshot", "sentences", "part-00000.parquet"), "half a file")
	write(t, filepath.Join(out, "mine.txt"), "not ours")
	build(t, Options{Input: in, Output: out})
	if _, err := os.Stat(filepath.Join(out, ".staging")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("staging: %v", err)
	}
	if _, err := os.Stat(filepath.Join(out, "mine.txt")); err != nil {
		t.Error(err)
	}
}

// planned opens the input folder in and plans its only part; work files go to out.
func planned(t *testing.T, in, out string) (*input, *part) {
	t.Helper()
	i, err := openInput(in, out, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.close() }) // read only
	nowhere := func() (string, error) { return out, nil }
	l, err := list(i, nowhere)
	if err != nil {
		t.Fatal(err)
	}
	pl := planner{in: i, fields: &DefaultFields, dir: nowhere}
	p, err := pl.plan(l, 0)
	if err != nil {
		t.Fatal(err)
	}
	return i, p
}

func TestFileChangesWhileRead(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	write(t, filepath.Join(in, "a.jsonl"), `{"id":"a","text":"One."}`+"\n")
	write(t, filepath.Join(in, "b.txt"), "Here now.")
	i, p := planned(t, in, out)
	write(t, filepath.Join(in, "a.jsonl"), `{"id":"a","text":"Two, and longer."}`+"\n")
	if err := os.Remove(filepath.Join(in, "b.txt")); err != nil {
		t.Fatal(err)
	}
	var files fileCache
	defer files.close()
	for k, want := range []Reason{Changed, Vanished} {
		j := job{entry: &p.entries[k]}
		j.read(i, p, &files)
		if j.refused == nil || j.refused.reason != want {
			t.Errorf("%s: %v, want %s", p.entries[k].id, j.refused, want)
		}
	}
}

// The columns of some tables that the tests look at.
type (
	quarantineRow struct {
		DocID      string `json:"doc_id"`
		Reason     string `json:"reason"`
		Detail     string `json:"detail"`
		ByteOffset *int64 `json:"byte_offset"`
	}
	documentRow struct {
		DocID     string `json:"doc_id"`
		Title     string `json:"title"`
		Published string `json:"published"`
		Text      string `json:"text"`
	}
)

// read returns the rows of a table of the dataset in out.
func read[T any](t testing.TB, out, table string) []T {
	t.Helper()
	var b bytes.Buffer
	snapshot, err := Current(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := Export(context.Background(), &b, snapshot, table, "jsonl", false); err != nil {
		t.Fatal(err)
	}
	var rows []T
	for dec := json.NewDecoder(&b); ; {
		var row T
		if err := dec.Decode(&row); err == io.EOF {
			return rows
		} else if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}
