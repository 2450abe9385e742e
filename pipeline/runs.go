package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"pressrow/schema/disk"
)

// keepRuns is the number of records kept in runs/.
const keepRuns = 300

// skew is how far the clocks of machines that use one dataset may differ.
const skew = 10 * time.Minute

// recordTime is the beginning of a record's name.
const recordTime = "20060102T150405.000Z"

// recordName is what the names of records look like; their order is that of time.
var recordName = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}\.[0-9]{3}Z-[0-9]+\.json$`)

// record writes the record of a run into the folder of its dataset, by way of
// the folder for what is unfinished, and removes the oldest ones, but never that
// of the last success.
func record(rep *Report, unfinished string) error {
	runs := filepath.Join(rep.Output, "runs")
	b, err := json.MarshalIndent(rep, "", "  ")
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%d.json", rep.Began.UTC().Format(recordTime), os.Getpid())
	next := filepath.Join(unfinished, name)
	if err := disk.WriteFile(next, append(b, '\n')); err != nil {
		return err
	}
	if err := disk.Rename(next, filepath.Join(runs, name)); err != nil {
		return err
	}
	names, err := recordNames(rep.Output, rep.Began)
	if err != nil || len(names) <= keepRuns {
		return err
	}
	_, good, err := lastRuns(rep.Output, rep.Began)
	if err != nil {
		return err
	}
	for _, name := range names[:len(names)-keepRuns] {
		if good != nil && name == good.name {
			continue
		}
		if err := disk.Remove(filepath.Join(runs, name)); err != nil {
			return err
		}
	}
	return nil
}

// recordNames returns the names of the records of the dataset in dir, oldest
// first. Those that now are still to come were written while a clock was
// wrong, and count as older than all others.
func recordNames(dir string, now time.Time) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(dir, "runs"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if recordName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	future, _ := slices.BinarySearch(names, now.Add(skew).UTC().Format(recordTime))
	return slices.Concat(names[future:], names[:future]), nil
}

// A past run is a record that was read back.
type past struct {
	Report
	name string
}

// Succeeded reports whether the dataset was up to date at the end of the run.
func (r *Report) Succeeded() bool { return r.ExitCode == ExitOK || r.ExitCode == ExitQuarantine }

// End returns when the run ended.
func (r *Report) End() time.Time {
	return r.Began.Add(time.Duration(r.Seconds * float64(time.Second)))
}

// lastRuns returns the last run of the dataset in dir and the last that
// succeeded, as of now, or nil where there is none. Records that cannot be read
// are passed over: a full disk may have cut one short.
func lastRuns(dir string, now time.Time) (last, good *past, err error) {
	names, err := recordNames(dir, now)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range slices.Backward(names) {
		r := &past{name: name}
		b, err := os.ReadFile(filepath.Join(dir, "runs", name))
		if err != nil || json.Unmarshal(b, &r.Report) != nil {
			continue
		}
		if last == nil {
			last = r
		}
		if r.Succeeded() {
			return last, r, nil
		}
	}
	return last, nil, nil
}
