package main

import (
	"io/fs"
	"os"
	slashed "path"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
)

// limitMemory tells the garbage collector how much a build may take before it
// works harder: the models, an encoder and a few hundred documents in flight
// need about 100 MB, another worker about 20; but no more than four fifths of
// what the control group allows, beyond which the kernel kills. GOMEMLIMIT in
// the environment overrules it.
func limitMemory(workers int) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	limit := int64(160+20*workers) << 20
	if allowed, ok := groupMemory(os.DirFS("/")); ok {
		limit = min(limit, allowed/5*4)
	}
	debug.SetMemoryLimit(limit)
}

// groupMemory returns how many bytes of memory the control group of this process
// and those above it allow, as the files below root say, which is the root of
// the file system. It knows both versions of control groups. Inside a
// container the group's path may be that of the host; what is not there is passed over.
func groupMemory(root fs.FS) (bytes int64, ok bool) {
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return 0, false // not Linux, or not to be seen
	}
	for line := range strings.Lines(string(groups)) {
		_, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		controllers, group, found := strings.Cut(rest, ":")
		top, file := "sys/fs/cgroup", "memory.max"
		if controllers != "" {
			top, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		}
		if !found || controllers != "" && !slices.Contains(strings.Split(controllers, ","), "memory") {
			continue
		}
		for at := slashed.Clean("/" + group); ; at = slashed.Dir(at) {
			b, err := fs.ReadFile(root, slashed.Join(top, at, file))
			n, errN := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64) // or the word max
			if err == nil && errN == nil && n > 0 && n < 1<<60 && (!ok || n < bytes) {
				bytes, ok = n, true
			}
			if at == "/" {
				break
			}
		}
	}
	return bytes, ok
}
