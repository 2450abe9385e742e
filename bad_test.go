package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMemoryCap runs the program on inputs that are larger than memory should
// be, and asks the system how much it took at most. What is small enough for
// every day runs always; make soak runs the rest, which takes 6 GB of disk.
func TestMemoryCap(t *testing.T) {
	const lines = "The ferry to Arle left the pier at noon. Nobody on the quay minded the rain.\n\n"
	for _, test := range []struct {
		name string
		long bool // only with -soak
		make func(t *testing.T, dir string)
		args []string
		exit int
		cap  int64 // MiB
	}{
		{"a sparse text of 10 GB", false, func(t *testing.T, dir string) { sparse(t, filepath.Join(dir, "a.txt"), 10e9) }, nil, 3, 200},
		{"a sparse packed file of 10 GB", false, func(t *testing.T, dir string) { sparse(t, filepath.Join(dir, "a.gz"), 10e9) }, nil, 3, 200},
		{"sparse records of 10 GB", true, func(t *testing.T, dir string) {
			sparse(t, filepath.Join(dir, "a.jsonl"), 10e9)
			overwrite(t, filepath.Join(dir, "a.jsonl"), `{"text":"`)
		}, nil, 3, 300},
		{"a bomb of 10 GB", true, func(t *testing.T, dir string) { bomb(t, filepath.Join(dir, "a.jsonl.gz"), 10e9) }, nil, 3, 300},
		{"a million tiny files", true, func(t *testing.T, dir string) {
			for i := range 1_000_000 {
				name := filepath.Join(dir, fmt.Sprintf("%03d", i/1000), fmt.Sprintf("%d.txt", i))
				if i%1000 == 0 {
					mkdir(t, filepath.Dir(name))
				}
				overwrite(t, name, fmt.Sprintf("Notice %d\n\nThe ferry to Arle leaves at noon.\n", i))
			}
		}, nil, 0, 500},
		{"100 documents of 16 MiB", true, func(t *testing.T, dir string) {
			text := strings.Repeat(lines, 16<<20/len(lines))
			for i := range 100 {
				overwrite(t, filepath.Join(dir, fmt.Sprintf("%d.txt", i)), text)
			}
		}, []string{"--workers", "2"}, 0, 500},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "-"), func(t *testing.T) {
			if test.long && !*soak {
				t.Skip("make soak runs it")
			}
			dir := t.TempDir()
			in := filepath.Join(dir, "in")
			mkdir(t, in)
			test.make(t, in)
			overwrite(t, filepath.Join(in, "good.txt"), lines)
			cmd := exec.Command("pressrow", append(append([]string{"build", "--quiet", "--out", filepath.Join(dir, "out")}, test.args...), in)...)
			out, err := cmd.CombinedOutput()
			var failed *exec.ExitError
			if err != nil && !errors.As(err, &failed) {
				t.Fatal(err)
			}
			if code := cmd.ProcessState.ExitCode(); code != test.exit {
				t.Errorf("exit code %d, want %d: %s", code, test.exit, out)
			}
			used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
			peak := int64(used.Maxrss) >> 10 // KiB
			if runtime.GOOS == "darwin" {
				peak >>= 10 // bytes
			}
			figure(t, test.name, "at most %d MiB of memory, of %d; %v of processor time", peak, test.cap,
				(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Round(10*time.Millisecond))
			if peak > test.cap {
				t.Errorf("%d MiB of memory, more than %d", peak, test.cap)
			}
		})
	}
}

func mkdir(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}

// overwrite puts text at the beginning of a file, which is made if need be.
func overwrite(t *testing.T, name, text string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = f.WriteString(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// sparse makes a file of zeros that takes no room on the disk.
func sparse(t *testing.T, name string, size int64) {
	t.Helper()
	overwrite(t, name, "")
	if err := os.Truncate(name, size); err != nil {
		t.Fatal(err)
	}
}

// bomb makes a packed file of one record with a text of so many bytes.
func bomb(t *testing.T, name string, size int64) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	_, err = io.WriteString(z, `{"text":"`)
	zeros := strings.Repeat("0", 1<<20)
	for n := int64(0); n < size && err == nil; n += int64(len(zeros)) {
		_, err = io.WriteString(z, zeros)
	}
	if err := errors.Join(err, z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}
