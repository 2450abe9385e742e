package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const secret = "The password is swordfish."

// Links that lead out of the input folder, however they are written, are
// refused, and what they lead to is nowhere in the dataset.
func TestLinksOutOfTheInput(t *testing.T) {
	top, out := t.TempDir(), t.TempDir()
	in := filepath.Join(top, "in")
	write(t, filepath.Join(top, "secret.txt"), secret)
	write(t, filepath.Join(top, "secrets", "deep.txt"), secret)
	write(t, filepath.Join(top, "input-not", "x.txt"), secret) // its path begins like the input's
	write(t, filepath.Join(in, "sub", "good.txt"), "The ferry is late.")
	links := map[string]string{
		"up.txt":         "../secret.txt",
		"upup.txt":       "sub/../../secret.txt",
		"absolute.txt":   filepath.Join(top, "secret.txt"),
		"itself.txt":     filepath.Join(in, "sub", "good.txt"), // absolute links are refused even when they lead inside
		"folder":         "../secrets",
		"folder-abs":     filepath.Join(top, "secrets"),
		"sub/beyond.txt": "../../secret.txt",
		"sub/like":       "../../input-not",
		"chain.txt":      "chain2",
		"chain2":         "../secret.txt",
		"device":         "/dev/zero",
		"process.txt":    "/proc/self/environ",
	}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(in, name)); err != nil {
			t.Fatal(err)
		}
	}
	build(t, Options{Input: in, Output: out})
	var got, want []string
	for _, q := range read[quarantineRow](t, out, "quarantine") {
		got = append(got, q.DocID+" "+q.Reason)
	}
	for name := range links {
		want = append(want, name+" symlink_escape")
	}
	slices.Sort(want)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if docs := read[documentRow](t, out, "documents"); len(docs) != 1 || docs[0].DocID != "sub/good.txt" {
		t.Errorf("documents: %v", docs)
	}
}

// A file, or a folder on the way to it, that becomes a link between listing
// and reading is not followed out of the input.
func TestLinksSwappedInDuringTheRun(t *testing.T) {
	top, out := t.TempDir(), t.TempDir()
	in := filepath.Join(top, "in")
	write(t, filepath.Join(top, "secret.txt"), secret)
	write(t, filepath.Join(top, "secrets", "a.txt"), secret)
	write(t, filepath.Join(top, "secrets", "r.jsonl"), `{"id":"r","text":"`+secret+`"}`+"\n")
	for _, name := range []string{"a.txt", "near.txt", "far/a.txt", "far/r.jsonl", "r.jsonl"} {
		text := "Here now."
		if strings.HasSuffix(name, ".jsonl") {
			text = `{"id":"r","text":"One."}` + "\n"
		}
		write(t, filepath.Join(in, name), text)
	}
	i, p := planned(t, in, out)
	swap := func(name, target string) {
		t.Helper()
		path := filepath.Join(in, name)
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, path); err != nil {
			t.Fatal(err)
		}
	}
	swap("a.txt", "../secret.txt")
	swap("near.txt", "../in/../secret.txt")
	swap("far", "../secrets")
	swap("r.jsonl", filepath.Join(top, "secrets", "r.jsonl"))
	var files fileCache
	defer files.close()
	if len(p.entries) != 5 {
		t.Fatalf("%d entries", len(p.entries))
	}
	for k := range p.entries {
		j := job{entry: &p.entries[k]}
		j.read(i, p, &files)
		if j.refused == nil || j.data != nil {
			t.Errorf("%s was read: %q", p.entries[k].id, j.data)
		}
	}
}

// What a run leaves has the modes that the user's umask allows, and is never
// more open than 0644 and 0755.
func TestModes(t *testing.T) {
	in := folder(t, 5)
	for _, mask := range []int{0o022, 0o077, 0o027, 0} {
		out := filepath.Join(t.TempDir(), "out")
		old := syscall.Umask(mask)
		_, err := Build(context.Background(), Options{Input: in, Output: out})
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		err = filepath.WalkDir(out, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.Type() == fs.ModeSymlink {
				return err
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			want := fs.FileMode(0o644 &^ mask)
			if e.IsDir() {
				want = fs.FileMode(0o755 &^ mask)
			}
			if info.Mode().Perm() != want {
				t.Errorf("umask %03o: %s has mode %v, want %v", mask, name, info.Mode().Perm(), want)
			}
			seen++
			return nil
		})
		if err != nil || seen < 15 {
			t.Errorf("umask %03o: %d files and folders, %v", mask, seen, err)
		}
	}
}

// hostile are texts that try to steer what shows them.
var hostile = []string{
	"\x1b[2J\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;https://example.com\x1b\\link", "bell\x07", "back\b\b\bspace", "line\nfeed", "carriage\rreturn",
	"\u009b31mC1 sequence", "\u0085next line", "\u2028separator\u2029", "\u202egnp.txt", "\u2066isolate\u2069", "\u200fmark\u061c", "del\x7f", "bad\xff\x9b31m", "\x00nul",
}

// steers reports whether a terminal, or a reader of logs, may do something other
// than show s; lines of our own are allowed.
func steers(s string) bool {
	return strings.ToValidUTF8(s, "") != s || strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r == '\n':
			return false
		case r < ' ', r >= 0x7f && r < 0xa0, r == 0x061c, r >= 0x200e && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return true
		}
		return false
	})
}

func TestPrintableIsHarmless(t *testing.T) {
	for _, s := range hostile {
		got := PrintableLine(s)
		if steers(got) || strings.Contains(got, "\n") {
			t.Errorf("%q becomes %q", s, got)
		}
		if got := Printable("one\n" + s); steers(got) || !strings.HasPrefix(got, "one\n") {
			t.Errorf("lines: %q becomes %q", s, got)
		}
	}
	for _, s := range []string{"", "Zoë Øster, 東京", "a | b = c", "שלום"} {
		if got := PrintableLine(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}

// Hostile names and texts go through a build; nothing a person is shown of it
// steers the terminal, and no line is added to it.
func TestHostileTextIsShownHarmless(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	var records strings.Builder
	names := 0
	for i, s := range hostile {
		name := fmt.Sprintf("%02d %s", i, strings.NewReplacer("/", "", "\x00", "").Replace(s))
		write(t, filepath.Join(in, name+".txt"), "Ina Holt "+s+" waits in Port Arlen.\n\nShare "+s+"\n")
		write(t, filepath.Join(in, name+".pdf"), "no text")
		names += 2
		fmt.Fprintf(&records, "{\"id\":%q,\"title\":%[1]q,\"source\":%[1]q,\"author\":%[1]q,\"text\":%[1]q}\n", strings.ToValidUTF8(strings.ReplaceAll(s, "\x07", "\x01"), "?"))
	}
	write(t, filepath.Join(in, "records.jsonl"), strings.NewReplacer(`\x`, `\u00`).Replace(records.String()))
	shown := func(what string, s string) {
		t.Helper()
		if steers(s) {
			t.Errorf("%s steers: %q", what, s)
		}
	}
	_, err := Build(context.Background(), Options{Input: in, Output: out})
	if !errors.Is(err, ErrGate) {
		t.Fatalf("a third in quarantine passed: %v", err)
	}
	shown("gate", Printable(err.Error()))
	rep := build(t, Options{Input: in, Output: out, MaxQuarantine: 1})
	if n := rep.Tally.Documents + rep.Tally.InQuarantine(); n != int64(names+len(hostile)) || rep.Tally.Documents < int64(len(hostile)) {
		t.Errorf("%d documents, %d in quarantine", rep.Tally.Documents, rep.Tally.InQuarantine())
	}
	var b bytes.Buffer
	if err := rep.Print(&b); err != nil {
		t.Fatal(err)
	}
	shown("summary", b.String())
	shown("card", text(t, rep.Snapshot, "README.md"))
	shown("croissant", text(t, rep.Snapshot, "croissant.json"))
	entries, err := os.ReadDir(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b.Reset()
		if err := Explain(&b, filepath.Join(in, e.Name()), &DefaultFields, false); err != nil {
			shown("error", Printable(err.Error()))
			continue
		}
		shown("explain", b.String())
	}
}

// A message of a folder that cannot be listed quotes its name.
func TestFolderNamesAreQuotedInErrors(t *testing.T) {
	in := t.TempDir()
	write(t, filepath.Join(in, "a.txt"), "Here.")
	i, err := openInput(in, "", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer i.close()
	for _, name := range hostile {
		err := i.walkDir(strings.ReplaceAll(name, "/", ""), new(Skips), func(source) error { return nil })
		if err == nil || steers(err.Error()) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", name, err)
		}
	}
}
