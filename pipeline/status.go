package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// ErrStale says that the last successful run is too long ago.
var ErrStale = errors.New("stale")

// A Status is what there is to know of a dataset at a glance.
type Status struct {
	Output      string    `json:"output"`
	Snapshot    *Snapshot `json:"snapshot"`              // that readers get: see Readable
	Damage      string    `json:"damage,omitempty"`      // of the current one, where that is another
	Snapshots   int       `json:"snapshots"`             // how many there are
	LastRun     *Report   `json:"last_run,omitempty"`    // nil without a record
	LastSuccess time.Time `json:"last_success,omitzero"` // end of the last run that left the dataset up to date
	Holder      string    `json:"lock_holder,omitempty"` // the run at work, "" for none
	Now         time.Time `json:"now"`                   // when the status was taken
	AgeSeconds  float64   `json:"age_seconds,omitempty"` // since LastSuccess; less than 0 where a clock is wrong
	Stale       bool      `json:"stale"`                 // AgeSeconds is more than asked for, or cannot be right
	MaxAge      float64   `json:"max_age_seconds,omitempty"`

	damage error // what Damage tells
}

// ReadStatus returns the status of the dataset in dir at the time now. With a
// maxAge above 0 the dataset is stale when the last success is longer ago, or
// unknown. It takes no lock and writes nothing. Errors wrap ErrNoDataset or ErrDamaged.
func ReadStatus(dir string, now time.Time, maxAge time.Duration) (*Status, error) {
	list, err := Snapshots(dir)
	if err != nil {
		return nil, err
	}
	s := &Status{Output: dir, Snapshots: len(list), Now: now.UTC().Truncate(time.Second), MaxAge: maxAge.Seconds()}
	if s.Snapshot, s.damage, err = Readable(dir); err != nil {
		return nil, err
	}
	if s.damage != nil {
		s.Damage = s.damage.Error()
	}
	last, good, err := lastRuns(dir, now)
	if err != nil {
		return nil, err
	}
	if last != nil {
		s.LastRun = &last.Report
	}
	if good != nil {
		s.LastSuccess = good.End().UTC().Truncate(time.Second)
		s.AgeSeconds = s.Now.Sub(s.LastSuccess).Seconds()
	}
	s.Stale = maxAge > 0 && (good == nil || s.AgeSeconds > maxAge.Seconds() || s.ahead())
	s.Holder, err = lockHolder(dir)
	return s, err
}

// ahead reports whether the last success lies so far in the future that a clock
// is wrong, and nobody can say how old the dataset is.
func (s *Status) ahead() bool { return s.AgeSeconds < -skew.Seconds() }

// Err returns ErrDamaged where the current snapshot is, and ErrStale, with the
// reason, where s is.
func (s *Status) Err() error {
	var err error
	if s.damage != nil {
		err = fmt.Errorf("%w; make the newest that is whole current with: pressrow rollback --out %s %d", s.damage, s.Output, s.Snapshot.Number)
	}
	switch {
	case !s.Stale:
		return err
	case s.LastSuccess.IsZero():
		return errors.Join(err, fmt.Errorf("%w: no record of a successful run in %s", ErrStale, filepath.Join(s.Output, "runs")))
	case s.ahead():
		return errors.Join(err, fmt.Errorf("%w: the last successful run of %s ended at %s, which is %s ahead of this machine's clock; one of the clocks is wrong",
			ErrStale, s.Output, s.LastSuccess.Format(time.RFC3339), span(-s.AgeSeconds)))
	}
	return errors.Join(err, fmt.Errorf("%w: the last successful run of %s ended %s ago, more than %s", ErrStale, s.Output, span(s.AgeSeconds), span(s.MaxAge)))
}

// Print writes s for people to read.
func (s *Status) Print(w io.Writer) error {
	var b strings.Builder
	snap := s.Snapshot
	fmt.Fprintf(&b, "current       %s: %s documents, %s sentences, %s in quarantine, %s MB\n", snap.Name,
		thousands(snap.Rows["documents"]), thousands(snap.Rows["sentences"]), thousands(snap.Rows["quarantine"]), mega(snap.Size))
	if s.damage != nil {
		fmt.Fprintf(&b, "              which is the newest that is whole; %s\n", s.Damage)
	}
	fmt.Fprintf(&b, "snapshots     %d\n", s.Snapshots)
	switch {
	case s.LastSuccess.IsZero():
		fmt.Fprintln(&b, "last success  no record")
	case s.ahead():
		fmt.Fprintf(&b, "last success  %s, %s ahead of this machine's clock\n", s.LastSuccess.Format(time.RFC3339), span(-s.AgeSeconds))
	default:
		fmt.Fprintf(&b, "last success  %s, %s ago\n", s.LastSuccess.Format(time.RFC3339), span(s.AgeSeconds))
	}
	if r := s.LastRun; r != nil {
		fmt.Fprintf(&b, "last run      %s, %s, exit code %d: %s\n", r.Began.UTC().Format(time.RFC3339), span(r.Seconds), r.ExitCode, r.outcome())
	}
	fmt.Fprintf(&b, "lock          %s\n", cmp.Or(s.Holder, "free"))
	_, err := io.WriteString(w, Printable(b.String()))
	return err
}

// outcome returns what came of the run, in a line.
func (r *Report) outcome() string {
	switch {
	case r.Error != "":
		return strings.ReplaceAll(r.Error, "\n", " ")
	case r.Unchanged:
		return "nothing had changed"
	}
	return "published " + filepath.Base(r.Snapshot)
}

// span returns a length of time as 7h4m, without seconds from a minute on.
func span(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	if d < time.Minute {
		return d.Round(100 * time.Millisecond).String()
	}
	return strings.TrimSuffix(d.Round(time.Minute).String(), "0s")
}

// lockHolder returns who holds the lock of the dataset in dir, as the lock
// file says, or "" when it is free.
func lockHolder(dir string) (string, error) {
	f, err := os.Open(filepath.Join(dir, ".lock"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	defer f.Close()
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	switch {
	case err == nil: // given back when the file is closed
		return "", nil
	case !errors.Is(err, syscall.EWOULDBLOCK):
		return "", fmt.Errorf("lock of %s: %w", dir, err)
	}
	text, err := io.ReadAll(io.LimitReader(f, 200))
	return cmp.Or(strings.TrimSpace(string(text)), "another process"), err
}
