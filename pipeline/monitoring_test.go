package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

var sample = regexp.MustCompile(`^(pressrow_[a-z_]+)(\{[a-z]+="(?:[^"\\]|\\[\\"n])*"(?:,[a-z]+="(?:[^"\\]|\\[\\"n])*")*\}) (\S+)$`)

// TestMetricsFormat reads the file by the rules of Prometheus: HELP and TYPE
// once before the samples of a family, no sample twice, every value a number.
func TestMetricsFormat(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a \"b\" \\ c\nd")
	name := filepath.Join(t.TempDir(), "pressrow.prom")
	in := folder(t, 6)
	build(t, Options{Input: in, Output: out, Metrics: name})
	write(t, filepath.Join(in, "new.txt"), "One more.")
	build(t, Options{Input: in, Output: out, Metrics: name})
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	seen, family := map[string]bool{}, ""
	text, ended := strings.CutSuffix(string(b), "\n")
	if !ended {
		t.Error("no line end at the end")
	}
	values := map[string]float64{}
	for line := range strings.SplitSeq(text, "\n") {
		if rest, ok := strings.CutPrefix(line, "# HELP "); ok {
			family, _, _ = strings.Cut(rest, " ")
			if seen[family] {
				t.Errorf("second HELP of %s", family)
			}
			seen[family] = true
			continue
		}
		if strings.HasPrefix(line, "# ") {
			if line != "# TYPE "+family+" gauge" {
				t.Errorf("%q behind the HELP of %s", line, family)
			}
			continue
		}
		m := sample.FindStringSubmatch(line)
		if m == nil || m[1] != family {
			t.Errorf("line %q in family %s", line, family)
			continue
		}
		if seen[m[1]+m[2]] {
			t.Errorf("twice: %s%s", m[1], m[2])
		}
		seen[m[1]+m[2]] = true
		if values[m[1]+m[2]], err = strconv.ParseFloat(m[3], 64); err != nil {
			t.Error(err)
		}
	}
	label := `output="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(out) + `"`
	for name, want := range map[string]float64{
		"documents{" + label + "}":                         7,
		"snapshot_number{" + label + "}":                   2,
		"last_run_exit_code{" + label + "}":                0,
		"last_run_documents{" + label + `,change="added"}`: 1,
	} {
		if got := values["pressrow_"+name]; got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestLogCannotBeLedAstray(t *testing.T) {
	more := []string{"plain", "zero\u200bwidth", "\ufeffmark", "tag\U000e0041", `quote" \ back`, "Zoë 東京 😀", "=cmd", "level=ERROR msg=gone"}
	for _, text := range append(more, hostile...) {
		for _, format := range LogFormats {
			var b bytes.Buffer
			log, err := NewLog(&b, format)
			if err != nil {
				t.Fatal(err)
			}
			log.Warn(text, "name", text, "error", errors.New(text))
			line, ended := strings.CutSuffix(b.String(), "\n")
			if !ended {
				t.Errorf("%s of %q has no end", format, text)
			}
			for _, r := range line {
				if !unicode.IsPrint(r) || !utf8.ValidString(line) {
					t.Errorf("%s of %q writes %U: %q", format, text, r, line)
				}
			}
			if format == "text" || !utf8.ValidString(text) {
				continue
			}
			var got struct{ Msg, Name, Error string }
			if err := json.Unmarshal([]byte(line), &got); err != nil || got.Msg != text || got.Name != text || got.Error != text {
				t.Errorf("%q comes back as %+v, %v", text, got, err)
			}
		}
	}
}

func TestPrintableShowsWhatWasThere(t *testing.T) {
	if got := Printable("one\ntwo\u202e Zoë\x1b \xff"); got != "one\ntwo\\u202e Zoë\\u001b \\xff" {
		t.Errorf("%q", got)
	}
}

func TestRecordsAreKeptWithinBounds(t *testing.T) {
	out := t.TempDir()
	build(t, Options{Input: folder(t, 3), Output: out})
	first, err := recordNames(out, time.Now())
	if err != nil || len(first) != 1 {
		t.Fatalf("%q, %v", first, err)
	}
	write(t, filepath.Join(out, "runs", "notes.json"), "mine")
	began := time.Now()
	for i := range keepRuns + 20 {
		rep := &Report{Began: began.Add(time.Duration(i+1) * time.Second), Output: out, ExitCode: ExitOutput, Error: "no space"}
		if err := record(rep, out); err != nil {
			t.Fatal(err)
		}
	}
	names, err := recordNames(out, began.Add(time.Hour))
	if err != nil || len(names) != keepRuns+1 || names[0] != first[0] {
		t.Errorf("%d records, the first %s, %v; want %d with the last success", len(names), names[0], err, keepRuns+1)
	}
	if _, err := os.Stat(filepath.Join(out, "runs", "notes.json")); err != nil {
		t.Error(err)
	}
	s, err := ReadStatus(out, began.Add(30*time.Hour), 26*time.Hour)
	if err != nil || !s.Stale || !errors.Is(s.Err(), ErrStale) || s.LastRun.ExitCode != ExitOutput {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err = ReadStatus(out, began.Add(25*time.Hour), 26*time.Hour); err != nil || s.Stale || s.Err() != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// A record that a full disk cut short hides no other.
func TestRecordThatCannotBeRead(t *testing.T) {
	out := t.TempDir()
	build(t, Options{Input: folder(t, 3), Output: out})
	write(t, filepath.Join(out, "runs", "29990101T000000.000Z-1.json"), `{"began": "29`)
	last, good, err := lastRuns(out, time.Now())
	if err != nil || last == nil || good == nil || last.ExitCode != ExitOK {
		t.Errorf("%+v, %+v, %v", last, good, err)
	}
}

func TestExitCodes(t *testing.T) {
	for want, err := range map[int]error{
		0:  nil,
		1:  errors.New("anything"),
		4:  &GateError{Gates: []string{"shrink"}},
		5:  outputError(os.ErrPermission),
		10: fmt.Errorf("%w: 7", ErrNoSnapshot),
		11: ErrMoved,
		12: fmt.Errorf("verify: %w", ErrDamaged),
	} {
		if got := ExitCode(err); got != want {
			t.Errorf("%v: exit code %d, want %d", err, got, want)
		}
	}
}
