package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"pressrow/schema"
)

// The gates stand between a finished build and its publication: what looks
// like an accident of the input is not shown to readers. Each has a flag that
// lets it pass.

// maxShrink is how many of a hundred documents a dataset may lose in one run.
const maxShrink = 20

// maxQuarantine is the share of documents that may be in quarantine. It says
// nothing of fewer than minGated documents, of which one alone would be more.
const (
	maxQuarantine = 0.05
	minGated      = 20
)

// maxExamples is the number of documents that a message names.
const maxExamples = 10

// A GateError says which gates refused a build. It is an ErrGate.
type GateError struct {
	Gates []string // input, shrink, quarantine, schema
	text  string
}

func (e *GateError) Error() string { return ErrGate.Error() + ": " + e.text }
func (e *GateError) Unwrap() error { return ErrGate }

// gates collects what the gates object to.
type gates struct {
	names []string
	texts []string
}

func (g *gates) refuse(name, format string, args ...any) {
	g.names = append(g.names, name)
	g.texts = append(g.texts, fmt.Sprintf(format, args...))
}

// err returns what was objected to in the run b, or nil.
func (g *gates) err(b *builder) error {
	if len(g.names) == 0 {
		return nil
	}
	then := "Nothing was published"
	if b.old != nil {
		then = "The dataset in " + b.opt.Output + " stays as it was"
	}
	return &GateError{g.names, strings.Join(g.texts, "; ") + ". " + then}
}

// inputGate refuses an input without a file.
func (b *builder) inputGate(files int) error {
	var g gates
	if files == 0 && !b.opt.AllowShrink {
		had := ""
		if b.old != nil {
			had = fmt.Sprintf(", the last snapshot has %s documents", thousands(b.old.Rows["documents"]))
		}
		g.refuse("input", "no file in %s%s; is the right folder mounted there? (--allow-shrink accepts it)", b.opt.Input, had)
	}
	return g.err(b)
}

// missingInput returns the error of an input that cannot be opened. Where there
// is a dataset of it, the gate speaks: it was there once.
func (b *builder) missingInput(err error) error {
	if b.old == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var g gates
	g.refuse("input", "%v, the last snapshot has %s documents; is the right folder mounted there? (an empty folder in its place goes through with --allow-shrink)", err, thousands(b.old.Rows["documents"]))
	return g.err(b)
}

// schemaGate refuses to publish tables that lack what the current ones have.
// It can tell before anything is analysed.
func (b *builder) schemaGate() error {
	var g gates
	if b.old == nil || b.opt.AllowSchemaChange {
		return nil
	}
	const hint = "is this an old pressrow? (--allow-schema-change accepts it)"
	if lost := lostColumns(b.old); len(lost) > 0 {
		g.refuse("schema", "the current snapshot, schema %s, has columns that schema %s lacks: %s; %s",
			b.old.SchemaVersion, schema.Version, someOf(lost, len(lost)), hint)
	} else if newer(b.old.SchemaVersion, schema.Version) {
		g.refuse("schema", "the current snapshot has schema %s, later than %s; %s", b.old.SchemaVersion, schema.Version, hint)
	}
	return g.err(b)
}

// lostColumns returns the columns of the snapshot old that are not in
// schema.Tables, as table.column, sorted.
func lostColumns(old *Manifest) []string {
	have := map[string]bool{}
	for _, t := range schema.Tables {
		for _, c := range t.Columns {
			have[t.Name+"."+c.Name] = true
			for _, f := range c.Fields {
				have[t.Name+"."+c.Name+"."+f.Name] = true
			}
		}
	}
	var lost []string
	for _, p := range old.Parts {
		for _, f := range p.Files {
			for _, d := range f.Digests {
				if name := f.Table + "." + d.Column; !have[name] {
					have[name] = true
					lost = append(lost, name)
				}
			}
		}
	}
	slices.Sort(lost)
	return lost
}

// newer reports whether version a, as in 1.10, comes after version b.
func newer(a, b string) bool {
	var x, y [2]int
	fmt.Sscanf(a, "%d.%d", &x[0], &x[1]) // what cannot be read is 0
	fmt.Sscanf(b, "%d.%d", &y[0], &y[1])
	return slices.Compare(x[:], y[:]) > 0
}

// countGates refuses a snapshot with too few documents, or too many in
// quarantine. m is what is staged, d how it differs from the current snapshot.
func (b *builder) countGates(m *Manifest, staged string, d *Diff) error {
	var g gates
	now, aside := m.Rows["documents"], m.Rows["quarantine"]
	if b.old != nil && !b.opt.AllowShrink {
		if before := b.old.Rows["documents"]; 100*(before-now) > maxShrink*before {
			gone := ""
			if d != nil && len(d.Documents.Removed.Examples) > 0 {
				gone = "; gone: " + someOf(d.Documents.Removed.Examples, int(d.Documents.Removed.Count))
			}
			g.refuse("shrink", "%s documents, the last snapshot has %s: %.0f %% fewer, more than %d %%%s (--allow-shrink accepts it)",
				thousands(now), thousands(before), 100*float64(before-now)/float64(before), maxShrink, gone)
		}
	}
	if share := float64(aside) / float64(max(now+aside, 1)); share > b.opt.quarantineLimit() && (now+aside >= minGated || b.opt.MaxQuarantine < 0) {
		examples, err := quarantineExamples(m, staged)
		if err != nil {
			return err
		}
		g.refuse("quarantine", "%s of %s documents in quarantine: %.1f %%, more than %g %%: %s (--max-quarantine %.0f%% accepts it)",
			thousands(aside), thousands(now+aside), 100*share, 100*b.opt.quarantineLimit(), someOf(examples, int(aside)), math.Ceil(100*share))
	}
	return g.err(b)
}

// quarantineLimit returns the share of documents that may be in quarantine.
func (o *Options) quarantineLimit() float64 {
	switch {
	case o.MaxQuarantine < 0:
		return 0
	case o.MaxQuarantine == 0:
		return maxQuarantine
	}
	return o.MaxQuarantine
}

// quarantineExamples returns the first documents in quarantine, each with its reason.
func quarantineExamples(m *Manifest, dir string) ([]string, error) {
	var examples []string
	for _, name := range m.files(dir, "quarantine") {
		for q, err := range schema.QuarantineKeys(name) {
			if err != nil {
				return nil, err
			}
			if len(examples) == maxExamples {
				return examples, nil
			}
			examples = append(examples, q.DocID+" ("+q.Reason+")")
		}
	}
	return examples, nil
}

// files returns the files of a table of the snapshot in dir, in order.
func (m *Manifest) files(dir, table string) []string {
	var names []string
	for _, p := range m.Parts {
		for _, f := range p.Files {
			if f.Table == table {
				names = append(names, filepath.Join(dir, filepath.FromSlash(f.Path)))
			}
		}
	}
	return names
}

// someOf returns up to maxExamples names, each fit for a line, and how many of
// total there are besides.
func someOf(names []string, total int) string {
	var shown []string
	for _, name := range names[:min(len(names), maxExamples)] {
		shown = append(shown, PrintableLine(name))
	}
	list := strings.Join(shown, ", ")
	if more := total - len(shown); more > 0 {
		list += fmt.Sprintf(" and %s more", thousands(int64(more)))
	}
	return list
}

// gatesOf returns the gates that refused a build which ended with err.
func gatesOf(err error) []string {
	var refused *GateError
	if errors.As(err, &refused) {
		return refused.Gates
	}
	return nil
}
