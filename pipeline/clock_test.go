package pipeline

import (
	"errors"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dials are what a clock may show: a year ago, in a year, and 1970.
var dials = map[string]func() time.Time{
	"right":      time.Now,
	"a year ago": func() time.Time { return time.Now().AddDate(-1, 0, 0) },
	"in a year":  func() time.Time { return time.Now().AddDate(1, 0, 0) },
	"1970":       func() time.Time { return time.Now().Add(-sinceEpoch) },
}

var sinceEpoch = time.Since(time.Unix(0, 0))

// TestClockIsWrong builds with clocks that are wrong: the dataset is the same to
// the byte, and a rerun sees what changed and what did not.
func TestClockIsWrong(t *testing.T) {
	in := folder(t, 20)
	for _, trust := range []bool{false, true} {
		var want map[string]string
		for name, clock := range dials {
			opt := Options{Input: in, Output: t.TempDir(), TrustStat: trust, clock: clock}
			rep := build(t, opt)
			if rep.Seconds < 0 || rep.Seconds > 600 || !rep.Began.Before(clock()) {
				t.Errorf("%s: began at %v, took %v s", name, rep.Began, rep.Seconds)
			}
			got := hashes(t, opt.Output)
			if want == nil {
				want = got
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s: other bytes", name)
			}
			if rep := build(t, opt); !rep.Unchanged {
				t.Errorf("%s: the rerun published", name)
			}
		}
	}
	in = folder(t, 20)
	out := t.TempDir()
	for i, name := range []string{"in a year", "1970", "right", "a year ago", "in a year", "right"} {
		write(t, filepath.Join(in, "changes.txt"), strings.Repeat("The tide turned. ", i+1))
		rep := build(t, Options{Input: in, Output: out, TrustStat: true, clock: dials[name]})
		if rep.Unchanged || i > 0 && rep.Analysed != 1 || numberOf(rep.Snapshot) != i+1 {
			t.Errorf("%s: %s, %d analysed", name, rep.Snapshot, rep.Analysed)
		}
		clean := t.TempDir()
		build(t, Options{Input: in, Output: clean})
		if !maps.Equal(hashes(t, out), hashes(t, clean)) {
			t.Errorf("%s: not as a clean build", name)
		}
	}
}

// TestStatusUnderAWrongClock: a success in the future vouches for nothing, and is
// passed over as soon as there is one in the past.
func TestStatusUnderAWrongClock(t *testing.T) {
	in, out := folder(t, 3), t.TempDir()
	build(t, Options{Input: in, Output: out, clock: dials["in a year"]})
	now := time.Now()
	s, err := ReadStatus(out, now, 26*time.Hour)
	if err != nil || !s.Stale || !errors.Is(s.Err(), ErrStale) || !strings.Contains(s.Err().Error(), "ahead of this machine's clock; one of the clocks is wrong") {
		t.Errorf("%+v, %v", s, err)
	}
	var b strings.Builder
	if err := s.Print(&b); err != nil || !strings.Contains(b.String(), "ahead of this machine's clock\n") {
		t.Errorf("%s, %v", &b, err)
	}
	if s, err := ReadStatus(out, now, 0); err != nil || s.Err() != nil {
		t.Errorf("without --max-age: %v, %v", s.Err(), err)
	}
	rep := build(t, Options{Input: in, Output: out})
	s, err = ReadStatus(out, time.Now(), 26*time.Hour)
	if err != nil || s.Stale || !s.LastRun.Began.Equal(rep.Began.Round(0)) {
		t.Errorf("with the clock put right: %+v, last run %+v, %v", s, s.LastRun, err)
	}
	// Machines that share a folder may differ by minutes.
	s, err = ReadStatus(out, rep.End().Add(-skew+time.Minute), time.Hour)
	if err != nil || s.Stale {
		t.Errorf("by a clock that is a little behind: %+v, %v", s, err)
	}
}

// Of many records, those of a wrong clock go first.
func TestRecordsOfAWrongClockGoFirst(t *testing.T) {
	in, out := folder(t, 3), t.TempDir()
	build(t, Options{Input: in, Output: out})
	now := time.Now()
	for i := range keepRuns + 10 {
		rep := &Report{Began: now.AddDate(1, 0, i), Output: out, ExitCode: ExitOutput}
		if err := record(rep, out); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 5 {
		rep := &Report{Began: now.Add(time.Duration(i+1) * time.Second), Output: out, ExitCode: ExitGate}
		if err := record(rep, out); err != nil {
			t.Fatal(err)
		}
	}
	last, good, err := lastRuns(out, now.Add(time.Minute))
	if err != nil || last.ExitCode != ExitGate || good == nil || good.ExitCode != ExitOK {
		t.Errorf("%+v, %+v, %v", last, good, err)
	}
}
