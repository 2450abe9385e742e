package pipeline

import (
	"fmt"
	"io"
	"strings"
)

// Print writes the summary that a person reads at the end of a run.
func (r *Report) Print(w io.Writer) error {
	var b strings.Builder
	t := &r.Tally
	if r.Unchanged {
		fmt.Fprintf(&b, "unchanged: %s\n", r.Snapshot)
	} else {
		fmt.Fprintf(&b, "published %s\n", r.Snapshot)
	}
	if r.Diff != nil {
		fmt.Fprintf(&b, "  %s\n", r.Diff.short())
	}
	fmt.Fprintf(&b, "  %s documents, %s sentences, %s tokens, %s entities from %s files (%s MB) in %.1f s\n",
		thousands(t.Documents), thousands(t.Sentences), thousands(t.Tokens), thousands(t.Entities),
		thousands(int64(r.Files)), mega(t.Bytes), r.Seconds)
	fmt.Fprintf(&b, "  %s MB of Parquet", mega(r.Size))
	if r.Copied+r.Linked == 0 {
		fmt.Fprintf(&b, ", %s sentences/s, %s tokens/s\n", thousands(perSecond(t.Sentences, r.Seconds)), thousands(perSecond(t.Tokens, r.Seconds)))
	} else {
		fmt.Fprintf(&b, "; %s documents analysed, %s copied from the last snapshot, %s in parts without a change\n",
			thousands(r.Analysed), thousands(r.Copied), thousands(r.Linked))
	}
	if len(r.Rebuilt) > 0 {
		fmt.Fprintf(&b, "  all analysed anew: %s\n", strings.Join(r.Rebuilt, "; "))
	}
	if len(t.Removed) > 0 {
		fmt.Fprintf(&b, "  removed blocks: %s\n", counts(t.Removed))
	}
	if r.Duplicates > 0 {
		fmt.Fprintf(&b, "  duplicates: %s documents with the bytes of another, kept\n", thousands(r.Duplicates))
	}
	if s := r.Skipped; s != (Skips{}) {
		fmt.Fprintf(&b, "  passed over: %d hidden, %d symbolic links, %d not regular files, %d the dataset itself\n",
			s.Hidden, s.Symlinks, s.NotRegular, s.Output)
	}
	if n := t.InQuarantine(); n > 0 {
		fmt.Fprintf(&b, "  in quarantine: %d documents\n", n)
		for _, reason := range Reasons {
			if k := t.Quarantined[reason.Reason]; k > 0 {
				fmt.Fprintf(&b, "    %5d %-18s %s\n", k, reason.Reason, reason.Doc)
			}
		}
	}
	if total := sum(t.Seconds); total > 0 {
		fmt.Fprint(&b, "  time in stages:")
		for _, s := range Stages {
			fmt.Fprintf(&b, " %s %.0f %%", s.Name, 100*t.Seconds[s.Name]/total)
		}
		fmt.Fprintf(&b, " of %.1f s\n", total)
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "  note: %s\n", w)
	}
	fmt.Fprintf(&b, "next: duckdb -c \"SELECT doc_id, sentence, sentiment, text FROM '%s/sentences/*.parquet' LIMIT 10\"\n", r.tables)
	_, err := io.WriteString(w, Printable(b.String()))
	return err
}

// counts returns "comment 12, credit 3", largest first.
func counts(m map[string]int64) string {
	keys := mostFirst(m)
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k + " " + thousands(m[k])
	}
	return strings.Join(parts, ", ")
}

func sum(m map[string]float64) (total float64) {
	for _, s := range Stages {
		total += m[s.Name]
	}
	return total
}

func perSecond(n int64, seconds float64) int64 { return int64(float64(n) / max(seconds, 0.001)) }

func mega(bytes int64) string { return fmt.Sprintf("%.1f", float64(bytes)/1e6) }
