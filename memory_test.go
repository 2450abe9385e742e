package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestGroupMemory(t *testing.T) {
	const mb = 1 << 20
	for name, c := range map[string]struct {
		files map[string]string
		want  int64 // 0 for no limit
	}{
		"nothing":            {nil, 0},
		"version 2":          {map[string]string{"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "536870912\n"}, 512 * mb},
		"no limit":           {map[string]string{"proc/self/cgroup": "0::/a\n", "sys/fs/cgroup/a/memory.max": "max\n"}, 0},
		"limit above":        {map[string]string{"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "max\n", "sys/fs/cgroup/a/memory.max": "104857600\n"}, 100 * mb},
		"the lowest counts":  {map[string]string{"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "209715200\n", "sys/fs/cgroup/a/memory.max": "104857600\n"}, 100 * mb},
		"container":          {map[string]string{"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "104857600\n"}, 100 * mb},
		"outside of its own": {map[string]string{"proc/self/cgroup": "0::/../../x\n", "sys/fs/cgroup/memory.max": "104857600\n"}, 100 * mb},
		"version 1": {map[string]string{
			"proc/self/cgroup": "4:cpu,cpuacct:/c\n3:hugetlb,memory:/a:b\n0::/\n", "sys/fs/cgroup/memory/a:b/memory.limit_in_bytes": "104857600\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 100 * mb},
		"version 1 in a container": {map[string]string{
			"proc/self/cgroup": "3:memory:/docker/0123\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "104857600\n"}, 100 * mb},
		"version 1 without limit": {map[string]string{
			"proc/self/cgroup": "3:memory:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 0},
		"of another": {map[string]string{"proc/self/cgroup": "3:cpu:/a\n", "sys/fs/cgroup/memory/a/memory.limit_in_bytes": "104857600\n"}, 0},
		"odd":        {map[string]string{"proc/self/cgroup": "\n:\n0::\nx", "sys/fs/cgroup/memory.max": "-5 MB\n"}, 0},
	} {
		root := fstest.MapFS{}
		for name, text := range c.files {
			root[name] = &fstest.MapFile{Data: []byte(text)}
		}
		if got, ok := groupMemory(root); got != c.want || ok != (c.want > 0) {
			t.Errorf("%s: %d, %t, want %d", name, got, ok, c.want)
		}
	}
}

// TestMemoryCapInCgroup runs the program where the kernel kills whoever takes more
// than 512 MiB, on documents of 16 MiB: two, or a hundred with -soak.
func TestMemoryCapInCgroup(t *testing.T) {
	group := limitedGroup(t, 512<<20)
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	const lines = "The ferry to Arle left the pier at noon. Nobody on the quay minded the rain.\n\n"
	text := strings.Repeat(lines, 16<<20/len(lines))
	for i := range times(2, 100) {
		overwrite(t, filepath.Join(in, fmt.Sprintf("%d.txt", i)), text)
	}
	cmd := exec.Command("sh", "-c", `echo $$ > "$0/cgroup.procs" && exec "$@"`, group, "pressrow", "build", "--quiet", "--workers", "2", "--out", out, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, said)
	}
	for _, name := range []string{"memory.peak", "memory.max_usage_in_bytes"} {
		if b, err := os.ReadFile(filepath.Join(group, name)); err == nil {
			t.Logf("at most %s bytes, the page cache included", strings.TrimSpace(string(b)))
		}
	}
}

// limitedGroup makes a control group below that of the test, for as long as that
// runs, whose processes may take so many bytes together. Where that is not
// allowed the test is skipped.
func limitedGroup(t *testing.T, bytes int64) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("control groups are Linux's")
	}
	own, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		t.Skip(err)
	}
	for line := range strings.Lines(string(own)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		top, file := "/sys/fs/cgroup", "memory.max"
		if len(fields) == 3 && fields[1] == "memory" {
			top, file = "/sys/fs/cgroup/memory", "memory.limit_in_bytes"
		} else if len(fields) != 3 || fields[1] != "" {
			continue
		}
		group, e := os.MkdirTemp(filepath.Join(top, fields[2]), "pressrow-test-")
		if err = e; err != nil {
			continue
		}
		if _, err = os.Stat(filepath.Join(group, file)); err == nil { // else it has no say on memory
			err = os.WriteFile(filepath.Join(group, file), fmt.Append(nil, bytes), 0o644)
		}
		if err != nil {
			err = errors.Join(err, os.Remove(group))
			continue
		}
		t.Cleanup(func() {
			for range 100 { // until the kernel has noticed that its last process is gone
				if err = os.Remove(group); err == nil {
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
			t.Error(err)
		})
		return group
	}
	t.Skipf("no control group can be made here: %v", err)
	return ""
}
