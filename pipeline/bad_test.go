package pipeline

import (
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A badCase is a file that is not quite an article, and what becomes of it:
//
//	"2"                      published with two sentences
//	"*: mojibake"            published with this flag; the number of sentences does not matter
//	"1 utf-16le: decoded"    in that encoding, with this flag
//	"binary@8"               in quarantine; the trouble begins at byte 8
//	"#a 1; #2 bad_json@31"   records, in the order of their ids
//	"(nothing)"              no document
type badCase struct{ name, data, want string }

// publishes reports whether nothing of the case goes to quarantine.
func (c *badCase) publishes() bool {
	for _, r := range Reasons {
		if strings.Contains(c.want, string(r.Reason)) {
			return false
		}
	}
	return true
}

// badMax is the size of the largest document in these tests, in bytes.
const badMax = 200_000

// TestBadFiles builds the whole corpus: what is published in one run, which
// ends with exit code 0, and what is not in another, which ends with 3.
func TestBadFiles(t *testing.T) {
	cases := badCases()
	if len(cases) < 300 {
		t.Errorf("%d cases", len(cases))
	}
	seen := map[string]bool{}
	for _, c := range cases {
		if key := c.name + "\x00" + c.data; seen[key] {
			t.Errorf("%s stands in the corpus twice: %.40q", c.name, c.data)
		} else {
			seen[key] = true
		}
	}
	for _, run := range []struct {
		publishes bool
		exit      int
	}{{true, ExitOK}, {false, ExitQuarantine}} {
		in, out := t.TempDir(), t.TempDir()
		for i, c := range cases {
			if c.publishes() == run.publishes {
				write(t, filepath.Join(in, fmt.Sprintf("%04d", i), c.name), c.data)
			}
		}
		rep := build(t, Options{Input: in, Output: out, MaxDocBytes: badMax, MaxQuarantine: 1})
		if rep.ExitCode != run.exit {
			t.Errorf("exit code %d, want %d", rep.ExitCode, run.exit)
		}
		if n := rep.Tally.Quarantined[Internal]; n != 0 {
			t.Errorf("%d of the stages' own mistakes", n)
		}
		got := outcomes(t, out)
		for i, c := range cases {
			if c.publishes() != run.publishes {
				continue
			}
			got := outcome(got, fmt.Sprintf("%04d/", i), c.name)
			if strings.HasPrefix(c.want, "*") {
				got = "*" + strings.TrimLeft(got, "0123456789")
			}
			if got != c.want {
				t.Errorf("%s, %d bytes, %.80q\n got %s\nwant %s", c.name, len(c.data), c.data, got, c.want)
			}
		}
	}
}

type documentOutcome struct {
	DocID      string   `json:"doc_id"`
	Path       string   `json:"path"`
	Encoding   string   `json:"encoding"`
	NSentences int      `json:"n_sentences"`
	Flags      []string `json:"flags"`
}

type quarantineOutcome struct {
	DocID      string `json:"doc_id"`
	Path       string `json:"path"`
	PathHex    string `json:"path_hex"`
	Reason     string `json:"reason"`
	Detail     string `json:"detail"`
	ByteOffset *int64 `json:"byte_offset"`
}

// outcomes returns what became of each document of a dataset, by path and then
// by the rest of its id, in the notation of badCase.
func outcomes(t *testing.T, out string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, d := range read[documentOutcome](t, out, "documents") {
		what := fmt.Sprint(d.NSentences)
		if d.Encoding != "utf-8" {
			what += " " + d.Encoding
		}
		if len(d.Flags) > 0 {
			what += ": " + strings.Join(d.Flags, " ")
		}
		all[d.Path] = append(all[d.Path], d.DocID+" "+what)
	}
	for _, q := range read[quarantineOutcome](t, out, "quarantine") {
		what := q.Reason
		if q.ByteOffset != nil {
			what += fmt.Sprint("@", *q.ByteOffset)
		}
		all[q.Path] = append(all[q.Path], q.DocID+" "+what)
	}
	return all
}

// outcome returns what became of the file of this name in a folder.
func outcome(all map[string][]string, folder, name string) string {
	var got []string
	for _, what := range all[idOf(folder+name)] {
		got = append(got, strings.TrimPrefix(strings.TrimPrefix(what, idOf(folder+name)), " "))
	}
	if got == nil {
		return "(nothing)"
	}
	slices.Sort(got)
	return strings.Join(got, "; ")
}

// TestNamesAreExact holds that the quarantine has the very bytes of a name that
// is no text.
func TestNamesAreExact(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	const name = "odd\xff\n=1.txt"
	write(t, filepath.Join(in, "good.txt"), calm)
	if err := os.WriteFile(filepath.Join(in, name), []byte("\x89PNG\r\n\x1a\n"), 0o644); err != nil {
		t.Skip("this file system takes no such name")
	}
	build(t, Options{Input: in, Output: out, MaxQuarantine: 1})
	rows := read[quarantineOutcome](t, out, "quarantine")
	if len(rows) != 1 || rows[0].PathHex != hex.EncodeToString([]byte(name)) || rows[0].Path != `odd\xff`+"\n=1.txt" {
		t.Errorf("%+v", rows)
	}
}

// TestReadRefusals holds what becomes of a file that the system does not let us
// read, as root may read everything.
func TestReadRefusals(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{syscall.EACCES, "unreadable: permission denied"},
		{syscall.EPERM, "unreadable: operation not permitted"},
		{syscall.EIO, "unreadable: input/output error"},
		{syscall.ENOENT, "vanished: gone since the folder was listed"},
	} {
		r := readRefusal(&fs.PathError{Op: "openat", Path: "secret.txt", Err: c.err})
		if got := fmt.Sprintf("%s: %s", r.reason, r.detail); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

// TestLateDocument adds files that are older than the last run, by what they say
// and by their times: there is no watermark that they could fall below.
func TestLateDocument(t *testing.T) {
	for _, trust := range []bool{false, true} {
		in, out := folder(t, 20), t.TempDir()
		opt := Options{Input: in, Output: out, TrustStat: trust}
		build(t, opt)
		for name, when := range map[string]time.Time{"late.txt": time.Unix(0, 0), "later.txt": time.Now().AddDate(100, 0, 0)} {
			write(t, filepath.Join(in, name), "January 5, 1987\n\nThe old pier of "+name+" burnt down.")
			if err := os.Chtimes(filepath.Join(in, name), when, when); err != nil {
				t.Fatal(err)
			}
		}
		rep := build(t, opt)
		if rep.Diff == nil || rep.Diff.Documents.Added.Count != 2 || rep.Diff.Documents.Same != 20 {
			t.Errorf("trusted %t: %+v", trust, rep.Diff)
		}
	}
}

// TestProcessors holds that the number of processors makes no difference.
func TestProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	in := folder(t, 60)
	var want map[string]string
	for _, n := range []int{1, 2, 7, 64} {
		runtime.GOMAXPROCS(n)
		out := t.TempDir()
		if rep := build(t, Options{Input: in, Output: out, groupBytes: 3000}); rep.Workers != n {
			t.Errorf("%d workers on %d processors", rep.Workers, n)
		}
		got := hashes(t, out)
		if want == nil {
			want = got
		}
		if !maps.Equal(got, want) {
			t.Errorf("%d processors give another dataset", n)
		}
	}
}
