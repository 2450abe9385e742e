package pipeline

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pressrow/schema/disk"
)

// WriteMetrics writes what a scheduler's monitor wants to know of the run rep
// and of its dataset to a file in the text format of Prometheus, for the
// textfile collector of its node exporter. The file is replaced whole. Datasets
// are told apart by the label output.
func WriteMetrics(name string, rep *Report) error {
	var success float64
	_, good, err := lastRuns(rep.Output, rep.End())
	if err != nil {
		return err
	}
	if good != nil {
		success = float64(good.End().UnixMilli()) / 1000
	}
	now, err := FindSnapshot(rep.Output, 0)
	if err != nil {
		now = new(Snapshot) // no dataset yet, or none that can be read: zeros
	}
	// A name that ends unlike the collector's files, so that it does not read half of one.
	next := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".next")
	if err := disk.RemoveAll(next); err != nil {
		return err
	}
	if err := disk.WriteFile(next, metrics(rep, success, now)); err != nil {
		return err
	}
	return disk.Rename(next, name)
}

// metrics returns the text of the file. success is when the last successful
// run ended, in seconds since 1970, 0 for never.
func metrics(rep *Report, success float64, now *Snapshot) []byte {
	x := exposition{output: rep.Output}
	x.gauge("last_success_timestamp_seconds", "End of the last run that left the dataset up to date, 0 for never.", success)
	x.gauge("last_run_timestamp_seconds", "End of the last run.", float64(rep.End().UnixMilli())/1000)
	x.gauge("last_run_exit_code", "Exit code of the last run.", float64(rep.ExitCode))
	x.gauge("last_run_duration_seconds", "Duration of the last run.", rep.Seconds)
	x.family("last_run_step_seconds", "Duration of the steps of the last run.", "step", rep.Steps)
	x.family("last_run_stage_seconds", "Time of all workers in the stages during the last run.", "stage", rep.Tally.Seconds)
	if d := rep.Diff; d != nil {
		x.family("last_run_documents", "Documents by what became of them in the last run.", "change", map[string]float64{
			"added": float64(d.Documents.Added.Count), "changed": float64(d.Documents.Changed.Count), "removed": float64(d.Documents.Removed.Count),
		})
	}
	x.gauge("documents", "Documents in the current snapshot.", float64(now.Rows["documents"]))
	x.gauge("duplicates", "Documents in the current snapshot with the bytes of another one in it.", float64(now.Duplicates))
	x.gauge("sentences", "Sentences in the current snapshot.", float64(now.Rows["sentences"]))
	x.gauge("quarantined", "Documents in quarantine in the current snapshot.", float64(now.Rows["quarantine"]))
	x.gauge("snapshot_number", "Number of the current snapshot, 0 for none.", float64(now.Number))
	return []byte(x.text.String())
}

// An exposition is metrics in the text format of Prometheus, version 0.0.4.
type exposition struct {
	output string
	text   strings.Builder
}

func (x *exposition) head(name, help string) {
	fmt.Fprintf(&x.text, "# HELP pressrow_%s %s\n# TYPE pressrow_%s gauge\n", name, help, name)
}

func (x *exposition) gauge(name, help string, v float64) {
	x.head(name, help)
	fmt.Fprintf(&x.text, "pressrow_%s{output=%s} %s\n", name, labelValue(x.output), strconv.FormatFloat(v, 'f', -1, 64))
}

// family writes one gauge per key of values, or nothing without any.
func (x *exposition) family(name, help, label string, values map[string]float64) {
	if len(values) == 0 {
		return
	}
	x.head(name, help)
	for _, k := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&x.text, "pressrow_%s{output=%s,%s=%s} %s\n", name, labelValue(x.output), label, labelValue(k), strconv.FormatFloat(values[k], 'f', -1, 64))
	}
}

// labelValue returns s in quotes, with the three escapes that the format has.
func labelValue(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(strings.ToValidUTF8(s, "\ufffd")) + `"`
}
