//go:build amd64 || arm64

package main

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// offlineStep names, in the environment of a test's child, what it should do.
const offlineStep = "PRESSROW_OFFLINE_STEP"

// TestNoConnectionIsOpened runs the commands in a process that the kernel kills
// when it asks for a socket.
func TestNoConnectionIsOpened(t *testing.T) {
	if step := os.Getenv(offlineStep); step != "" {
		offline(t, step)
		return
	}
	out := t.TempDir()
	for _, c := range []struct {
		step   string
		killed bool
	}{
		{"nothing", false}, {"dial", true}, // the trap itself
		{"build --quiet --out " + out + " seeds", false}, {"verify --out " + out, false}, {"export --format csv --out " + out + " documents", false},
		{"explain seeds/storm-halia.txt", false}, {"schema --sql", false},
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestNoConnectionIsOpened$", "-test.v")
		cmd.Env = append(os.Environ(), offlineStep+"="+c.step)
		b, err := cmd.CombinedOutput()
		if strings.Contains(string(b), "no seccomp here") {
			t.Skip("the kernel has no seccomp")
		}
		var exit *exec.ExitError
		killed := errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGSYS
		if killed != c.killed || !killed && err != nil {
			t.Errorf("%s: killed %t, want %t: %v\n%s", c.step, killed, c.killed, err, b)
		}
	}
	if _, err := os.Stat(filepath.Join(out, "current", "manifest.json")); err != nil {
		t.Error(err)
	}
}

func offline(t *testing.T, step string) {
	if err := trapSockets(); err != nil {
		t.Skip("no seccomp here: ", err)
	}
	switch step {
	case "nothing":
	case "dial":
		conn, err := net.Dial("tcp", "127.0.0.1:9")
		t.Fatalf("still alive: %v, %v", conn, err)
	default:
		if err := run(context.Background(), strings.Fields(step), io.Discard, io.Discard); err != nil && !errors.Is(err, errQuarantine) {
			t.Fatal(err)
		}
	}
}

// trapSockets has the kernel kill this process when any of its threads calls
// socket or connect. See seccomp(2): the filter is a program for the
// kernel's packet filter that looks at the number of a system call.
func trapSockets() error {
	const (
		setNoNewPrivs = 38
		setModeFilter = 1
		allThreads    = 1
		loadNumber    = 0x20       // BPF_LD | BPF_W | BPF_ABS, of offset 0
		jumpIfEqual   = 0x15       // BPF_JMP | BPF_JEQ | BPF_K
		ret           = 0x06       // BPF_RET | BPF_K
		kill          = 0x80000000 // SECCOMP_RET_KILL_PROCESS
		allow         = 0x7fff0000 // SECCOMP_RET_ALLOW
	)
	type instruction struct {
		code   uint16
		jt, jf uint8
		k      uint32
	}
	traps := []uint32{syscall.SYS_SOCKET, syscall.SYS_CONNECT}
	filter := []instruction{{loadNumber, 0, 0, 0}}
	for i, call := range traps {
		filter = append(filter, instruction{jumpIfEqual, uint8(len(traps) - i), 0, call})
	}
	filter = append(filter, instruction{ret, 0, 0, allow}, instruction{ret, 0, 0, kill})
	program := struct {
		length uint16
		filter *instruction
	}{uint16(len(filter)), &filter[0]}
	seccomp := map[string]uintptr{"amd64": 317, "arm64": 277}[runtime.GOARCH]

	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if _, _, errno := syscall.Syscall6(syscall.SYS_PRCTL, setNoNewPrivs, 1, 0, 0, 0, 0); errno != 0 {
		return errno
	}
	if _, _, errno := syscall.Syscall(seccomp, setModeFilter, allThreads, uintptr(unsafe.Pointer(&program))); errno != 0 {
		return errno
	}
	return nil
}
