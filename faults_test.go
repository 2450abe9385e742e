package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pressrow/pipeline"
	"pressrow/schema/disk"
)

// soak makes the tests of killed and competing processes run for hours: make soak.
var soak = flag.Bool("soak", false, "run the long fault tests")

// figure logs a line of the table that make soak ends with.
func figure(t *testing.T, what, format string, args ...any) {
	t.Helper()
	t.Logf("figure: %-32s %s", what, fmt.Sprintf(format, args...))
}

// times returns how often to try something.
func times(usual, long int) int {
	if *soak {
		return long
	}
	return usual
}

// paused is the program, but when it is about to write the manifest, it makes the
// file $PAUSED and waits until that is gone.
func paused() {
	disk.Watch = func(op *disk.Op, do func() error) error {
		if op.Kind == disk.CreateFile && filepath.Base(op.Path) == "manifest.json" {
			mark := os.Getenv("PAUSED")
			if err := os.WriteFile(mark, nil, 0o644); err != nil {
				panic(err)
			}
			for exists(mark) {
				time.Sleep(5 * time.Millisecond)
			}
		}
		return do()
	}
	main()
}

// linkless is the program on a file system like FAT: it has no links of either
// kind, and cannot sync folders.
func linkless() {
	disk.Watch = lacking
	main()
}

func lacking(op *disk.Op, do func() error) error {
	switch op.Kind {
	case disk.MakeSymbol, disk.MakeLink:
		return syscall.EPERM
	case disk.SyncFolder:
		return syscall.EINVAL
	}
	return do()
}

// dying is the program, but it kills itself before operation $DIES_AT; with
// $LINKLESS set on a file system like that.
func dying() {
	at, err := strconv.ParseInt(os.Getenv("DIES_AT"), 10, 64)
	if err != nil {
		panic(err)
	}
	var n atomic.Int64
	disk.Watch = func(op *disk.Op, do func() error) error {
		if n.Add(1) == at+1 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		if os.Getenv("LINKLESS") != "" {
			return lacking(op, do)
		}
		return do()
	}
	main()
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// A site is a folder with two inputs and a place for the dataset.
type site struct {
	dir, out string
	input    [2]string
	builder  string // the program that build runs
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{dir: t.TempDir(), builder: "pressrow"}
	s.out = filepath.Join(s.dir, "out")
	for i := range s.input {
		s.input[i] = filepath.Join(s.dir, fmt.Sprint("in", i))
		if err := os.Mkdir(s.input[i], 0o755); err != nil {
			t.Fatal(err)
		}
		for k := range 3 {
			text := fmt.Sprintf("Notice %d\n\nThe harbour of Arle opens at %d. Nobody minds.\n", k, i+k)
			if err := os.WriteFile(filepath.Join(s.input[i], fmt.Sprintf("%d.txt", k)), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// start starts a build of an input.
func (s *site) start(t *testing.T, program string, input int, flags ...string) *exec.Cmd {
	t.Helper()
	args := append([]string{"build", "--quiet", "--out", s.out}, flags...)
	cmd := exec.Command(program, append(args, s.input[input])...)
	cmd.Env = append(os.Environ(), "PAUSED="+s.mark())
	cmd.Stderr = new(bytes.Buffer)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func (s *site) mark() string { return filepath.Join(s.dir, "paused") }

// pause starts a build and returns when it is about to publish.
func (s *site) pause(t *testing.T, input int, flags ...string) *exec.Cmd {
	t.Helper()
	cmd := s.start(t, "pressrow-paused", input, flags...)
	t.Cleanup(func() { cmd.Process.Kill() }) // if the test ends early
	for range 6000 {
		if exists(s.mark()) {
			return cmd
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the build does not get there")
	return nil
}

// resume lets a paused build go on.
func (s *site) resume(t *testing.T) {
	t.Helper()
	if err := os.Remove(s.mark()); err != nil {
		t.Fatal(err)
	}
}

// outcome waits for the end of cmd: "exit 0", or "killed" for the name of a signal.
func outcome(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	err := cmd.Wait()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return status.Signal().String()
	}
	return fmt.Sprint("exit ", cmd.ProcessState.ExitCode())
}

// build builds an input, to the end.
func (s *site) build(t *testing.T, input int) {
	t.Helper()
	cmd := s.start(t, s.builder, input)
	if got := outcome(t, cmd); got != "exit 0" {
		t.Fatalf("%s: %v", got, cmd.Stderr)
	}
}

// current returns the folder of the snapshot that is current, which must be whole, "" for none.
func (s *site) current(t *testing.T) string {
	t.Helper()
	now, err := pipeline.Current(s.out)
	if errors.Is(err, pipeline.ErrNoDataset) {
		return ""
	}
	if err == nil {
		_, err = pipeline.Verify(now)
	}
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// TestKilledAtRandom kills builds at random times. Each must leave the dataset
// whole and nothing that is in the way of the next.
func TestKilledAtRandom(t *testing.T) {
	const lanes = 4
	var mu sync.Mutex
	ends := map[string]int{}
	t.Run("all", func(t *testing.T) {
		for lane := range lanes {
			t.Run(fmt.Sprint(lane), func(t *testing.T) {
				t.Parallel()
				s := newSite(t)
				rng := rand.New(rand.NewPCG(uint64(lane), 7))
				s.build(t, 0) // the first takes longer than the others
				began := time.Now()
				s.build(t, 1)
				usual := time.Since(began)
				kills, wanted := 0, times(240, 10_000)/lanes
				for i := 0; kills < wanted; i++ {
					if i > 20*wanted {
						t.Fatalf("only %d of %d were killed", kills, i)
					}
					cmd := s.start(t, "pressrow", i%2, "--keep", "2")
					time.Sleep(time.Duration(rng.Int64N(int64(usual))))
					if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
						t.Fatal(err)
					}
					end := outcome(t, cmd)
					if end != "exit 0" && end != "killed" {
						t.Fatalf("%s: %v", end, cmd.Stderr)
					}
					if end == "killed" {
						kills++
					}
					mu.Lock()
					ends[end]++
					mu.Unlock()
					if s.current(t) == "" {
						t.Fatal("the dataset is gone")
					}
				}
				s.build(t, 0)
				s.build(t, 1)
				s.clean(t)
			})
		}
	})
	figure(t, "killed at a random time", "%d builds, %d more ended before; every dataset was whole", ends["killed"], ends["exit 0"])
}

// TestKilledAtOperation has builds kill themselves before their n-th operation
// on the disk, which is what the pipeline's own test of every operation acts out.
func TestKilledAtOperation(t *testing.T) {
	for name, healer := range map[string]string{"with links": "pressrow", "without links": "pressrow-linkless"} {
		t.Run(name, func(t *testing.T) {
			if healer != "pressrow" {
				t.Setenv("LINKLESS", "1")
			}
			killedAtOperation(t, healer)
		})
	}
}

func killedAtOperation(t *testing.T, healer string) {
	s := newSite(t)
	s.builder = healer
	s.build(t, 0)
	died, step := 0, times(9, 1)
	for n := 0; ; n += step {
		t.Setenv("DIES_AT", fmt.Sprint(n))
		end := outcome(t, s.start(t, "pressrow-dying", 1, "--keep", "1"))
		if end == "exit 0" {
			break
		}
		if died++; end != "killed" || s.current(t) == "" {
			t.Fatalf("operation %d: %s", n, end)
		}
		s.build(t, 0)
		s.clean(t)
	}
	if died < 60/step {
		t.Errorf("only %d died", died)
	}
	figure(t, "killed before an operation", "%d builds; every dataset was whole", died)
}

// clean wants nothing besides the dataset in the output folder.
func (s *site) clean(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(s.out)
	if err != nil {
		t.Fatal(err)
	}
	ours := []string{".lock", "current", "documents", "entities", "quarantine", "removed", "runs", "sentences", "snapshots"}
	for _, e := range entries {
		if !slices.Contains(ours, e.Name()) {
			t.Errorf("litter: %s", e.Name())
		}
	}
}

// TestInterrupted sends a signal at random times: the exit code says which, and
// the dataset is what it was, unless the build was done first.
func TestInterrupted(t *testing.T) {
	s := newSite(t)
	began := time.Now()
	s.build(t, 0)
	usual := time.Since(began)
	rng := rand.New(rand.NewPCG(1, 1))
	ends := map[string]int{}
	var slowest time.Duration
	for i := range times(30, 1000) {
		before := s.current(t)
		sig, code := syscall.SIGINT, "exit 130"
		if i%2 == 1 {
			sig, code = syscall.SIGTERM, "exit 143"
		}
		cmd := s.start(t, "pressrow", (i+1)%2)
		time.Sleep(time.Duration(rng.Int64N(int64(usual))))
		began := time.Now()
		if err := cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		end := outcome(t, cmd)
		slowest = max(slowest, time.Since(began))
		ends[end]++
		switch end {
		case "exit 0":
		case code, sig.String(): // the latter when the program had hardly begun
			if now := s.current(t); now != before {
				t.Errorf("%s, but %s is current, no more %s", end, now, before)
			}
		default:
			t.Errorf("%s: %v", end, cmd.Stderr)
		}
	}
	s.build(t, 0)
	s.clean(t)
	figure(t, "interrupted at a random time", "%d builds by SIGINT, %d by SIGTERM, %d more ended before; the slowest stopped after %v",
		ends["exit 130"]+ends["interrupt"], ends["exit 143"]+ends["terminated"], ends["exit 0"], slowest.Round(time.Millisecond))
}

// TestInterruptedWhileBusy interrupts a build that cannot look up from its
// work: it ends all the same, at once with a second signal.
func TestInterruptedWhileBusy(t *testing.T) {
	s := newSite(t)
	s.build(t, 0)
	before := s.current(t)
	for _, c := range []struct {
		signal syscall.Signal
		times  int
		want   []string
	}{
		{syscall.SIGINT, 1, []string{"exit 130: pressrow: stopped by interrupt; the next run clears up behind this one"}},
		{syscall.SIGTERM, 1, []string{"exit 143: pressrow: stopped by terminated; the next run clears up behind this one"}},
		{syscall.SIGTERM, 20, []string{"terminated: ", "exit 143: "}}, // at once: without a word
	} {
		cmd := s.pause(t, 1)
		for range c.times {
			cmd.Process.Signal(c.signal) // the process may be gone
			time.Sleep(5 * time.Millisecond)
		}
		got := outcome(t, cmd) + ": " + strings.TrimSpace(fmt.Sprint(cmd.Stderr))
		if !slices.Contains(c.want, got) {
			t.Errorf("%v, %d times: %s, want %s", c.signal, c.times, got, c.want)
		}
		s.resume(t)
		if now := s.current(t); now != before {
			t.Errorf("%v: %s is current, no more %s", c.signal, now, before)
		}
	}
	s.build(t, 1)
	s.clean(t)
}

// TestHangup closes the terminal of a build, which goes on.
func TestHangup(t *testing.T) {
	s := newSite(t)
	cmd := s.pause(t, 0)
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	s.resume(t)
	if got := outcome(t, cmd); got != "exit 0" || s.current(t) == "" {
		t.Errorf("%s: %v", got, cmd.Stderr)
	}
}

// TestLock has one build at work and lets others come.
func TestLock(t *testing.T) {
	s := newSite(t)
	first := s.pause(t, 0)
	for _, flags := range [][]string{nil, {"--wait", "250ms"}} {
		second := s.start(t, "pressrow", 1, flags...)
		holder := fmt.Sprintf("process %d ", first.Process.Pid)
		if got := outcome(t, second); got != "exit 11" || !strings.Contains(fmt.Sprint(second.Stderr), holder) {
			t.Errorf("%v: %s: %v", flags, got, second.Stderr)
		}
	}
	interrupted := s.start(t, "pressrow", 1, "--wait", "1h")
	waiting := s.start(t, "pressrow", 1, "--wait", "1h")
	time.Sleep(500 * time.Millisecond) // so that it does wait
	interrupted.Process.Signal(syscall.SIGTERM)
	if got := outcome(t, interrupted); got != "exit 143" && got != "terminated" {
		t.Errorf("interrupted: %s: %v", got, interrupted.Stderr)
	}
	s.resume(t)
	if got := outcome(t, first); got != "exit 0" {
		t.Errorf("first: %s: %v", got, first.Stderr)
	}
	if got := outcome(t, waiting); got != "exit 0" {
		t.Errorf("waiting: %s: %v", got, waiting.Stderr)
	}
	if now := filepath.Base(s.current(t)); !strings.HasPrefix(now, "000002-") {
		t.Errorf("%s is current", now)
	}
	// The lock of a process that is killed is free at once.
	killed := s.pause(t, 0)
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	outcome(t, killed)
	s.resume(t)
	s.build(t, 0)
	s.clean(t)
}

// TestTwoAtOnce starts two builds at once, again and again. One works; the other
// finds it at work, or comes when it is done.
func TestTwoAtOnce(t *testing.T) {
	s := newSite(t)
	ends := map[string]int{}
	for i := range times(20, 1000) {
		a, b := s.start(t, "pressrow", i%2), s.start(t, "pressrow", (i+1)%2)
		x, y := outcome(t, a), outcome(t, b)
		for _, end := range []string{x, y} {
			ends[end]++
			if end != "exit 0" && end != "exit 11" {
				t.Fatalf("%s: %v %v", end, a.Stderr, b.Stderr)
			}
		}
		if x == y && x != "exit 0" {
			t.Fatal("neither worked")
		}
		if s.current(t) == "" {
			t.Fatal("nothing is published")
		}
	}
	s.build(t, 0)
	s.clean(t)
	figure(t, "two builds at once", "%d worked, %d were locked out", ends["exit 0"], ends["exit 11"])
}
