package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the tests run the program itself as a command, also one that
// pauses before it publishes, one that dies on its way, and one whose disk has no links.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pressrow": main, "pressrow-paused": paused, "pressrow-dying": dying, "pressrow-linkless": linkless})
}

// TestScripts runs testdata/script: command lines and what comes of them.
func TestScripts(t *testing.T) {
	seeds, err := filepath.Abs("seeds")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SEEDS", seeds)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code": code, "damage": damage, "many": many, "until": until,
		},
	})
}

// code runs a program and wants an exit code: code 3 pressrow build.
func code(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = err.Error()
		const prefix = "exit status "
		if len(got) > len(prefix) && got[:len(prefix)] == prefix {
			got = got[len(prefix):]
		}
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// damage flips one bit in the middle of a file.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	b, err := os.ReadFile(name)
	ts.Check(err)
	b[len(b)/2] ^= 1
	ts.Check(os.WriteFile(name, b, 0o644))
}

// many makes a folder of small articles: many 1000 folder.
func many(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	dir := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(dir, 0o755))
	for i := range n {
		text := fmt.Sprintf("Report %d\n\n%s", i, strings.Repeat("The mayor of Arle met the council on Monday. Nothing came of it.\n\n", 20))
		ts.Check(os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.txt", i)), []byte(text), 0o644))
	}
}

// until waits for a file to appear.
func until(ts *testscript.TestScript, _ bool, args []string) {
	for range 1000 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s does not appear", args[0])
}
