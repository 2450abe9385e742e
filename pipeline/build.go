package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// Options configures Build. The zero value is right for most people, Input aside.
type Options struct {
	Input       string // folder or file
	Output      string // "" means out
	Workers     int    // documents analysed at once; 0 means one per processor
	Parts       int    // 0 means as many as the dataset has, or as suit its size
	MaxDocBytes int64  // largest document; 0 means 16 MiB
	Fields      Fields // of JSON lines; the zero value means DefaultFields
	Keep        int    // snapshots to keep; 0 means 7

	Full      bool // analyse every document anew, whatever the last run has left
	TrustStat bool // take a file whose size, times and inode are the same for unchanged, unread

	// What the gates let pass.
	AllowShrink       bool    // fewer documents by more than a fifth, or none
	AllowSchemaChange bool    // tables or columns that are no longer there
	MaxQuarantine     float64 // share of documents in quarantine, 0 to 1; 0 means 0.05, less than 0 none at all
	QuarantineOK      bool    // take documents in quarantine for full success

	Wait     time.Duration // how long to wait for another run's lock; 0 means not at all
	Progress *Progress     // told how far the run is; may be nil
	Log      *slog.Logger  // told what happens; may be nil
	Metrics  string        // file for the metrics of Prometheus; "" for none

	stages     []Stage       // for tests; nil means Stages
	groupBytes int64         // for tests; 0 means 8 MiB
	racy       time.Duration // for tests; 0 means two seconds
	tick       time.Duration // for tests: by which a document's time is counted; 0 means a second

	clock func() time.Time // for tests; nil means time.Now
}

func (o Options) withDefaults() Options {
	if o.Output == "" {
		o.Output = "out"
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxDocBytes <= 0 {
		o.MaxDocBytes = 16 << 20
	}
	if o.Fields.Text == nil {
		o.Fields = DefaultFields
	}
	if o.Keep <= 0 {
		o.Keep = 7
	}
	if o.stages == nil {
		o.stages = Stages
	}
	if o.groupBytes <= 0 {
		o.groupBytes = 8 << 20
	}
	if o.racy <= 0 {
		o.racy = 2 * time.Second
	}
	if o.tick <= 0 {
		o.tick = time.Second
	}
	if o.clock == nil {
		o.clock = time.Now
	}
	if o.Progress == nil {
		o.Progress = new(Progress)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// A Report sums up a run. It is also what runs/*.json holds.
type Report struct {
	Began      time.Time          `json:"began"`
	Seconds    float64            `json:"seconds"`
	Input      string             `json:"input"`
	Output     string             `json:"output"`
	Host       string             `json:"host"`
	Workers    int                `json:"workers"`
	Files      int                `json:"files"`
	Steps      map[string]float64 `json:"step_seconds,omitempty"` // list, compare, analyse, verify, publish
	Skipped    Skips              `json:"skipped"`
	Tally      Tally              `json:"counts"`
	Analysed   int64              `json:"analysed"`                  // documents that went through the stages
	Copied     int64              `json:"copied,omitempty"`          // documents whose rows were taken from the last snapshot
	Linked     int64              `json:"linked,omitempty"`          // documents in parts that stayed as they were
	Rebuilt    []string           `json:"rebuilt_because,omitempty"` // why nothing was taken over; see Recipe.changes
	Snapshot   string             `json:"snapshot,omitempty"`        // folder of the dataset
	Unchanged  bool               `json:"unchanged,omitempty"`       // the current snapshot is the same; nothing was published
	Size       int64              `json:"size,omitempty"`            // bytes of all Parquet files
	Rows       map[string]int64   `json:"rows,omitempty"`
	Duplicates int64              `json:"duplicates,omitempty"` // documents with the bytes of another; see Manifest
	Diff       *Diff              `json:"diff,omitempty"`       // from the snapshot before, entities aside
	Warnings   []string           `json:"warnings,omitempty"`
	ExitCode   int                `json:"exit_code"`
	Gates      []string           `json:"gates,omitempty"` // that refused: input, shrink, quarantine, schema
	Error      string             `json:"error,omitempty"`
	Stack      string             `json:"stack,omitempty"` // where a document hung

	tables string // folder that readers find the tables in
}

// Build analyses the documents of opt.Input and publishes the dataset in
// opt.Output, or, on error, leaves what is published there as it was.
// Documents that cannot be used are rows of the quarantine table, not errors.
// An error of the output may come after the dataset was published, in clearing
// up behind it; its text says which dataset is current.
//
// What the last snapshot holds and a clean build would make again is taken
// from there: parts without a change are linked, groups are copied, and of the
// documents around a change the rows are read back. The bytes are those of a
// clean build. Where nothing changed, nothing but the record of the run is
// written.
//
// Errors wrap ErrLocked, ErrOutput, ErrGate, ErrNewer or the cause of ctx; all
// others are of the input.
func Build(ctx context.Context, opt Options) (_ *Report, err error) {
	opt = opt.withDefaults()
	b := &builder{opt: opt, rep: &Report{Began: opt.clock(), Input: opt.Input, Output: opt.Output, Workers: opt.Workers}}
	b.rep.Host, _ = os.Hostname() // a record without a host is still a record
	opt.Progress.begin(b.rep.Began)
	opt.Log.Info("run began", "input", opt.Input, "output", opt.Output, "workers", opt.Workers)
	defer func() { err = b.end(err) }()

	if b.in, err = openInput(opt.Input, opt.Output, opt.MaxDocBytes); err != nil {
		b.readOld()
		return b.rep, b.missingInput(err)
	}
	opt.Progress.enter("wait")
	if b.out, err = openOutput(ctx, opt.Output, opt.Wait); err != nil {
		return b.rep, err
	}
	if b.out.unfinished {
		b.warn("removed what a run that did not come to its end had left")
	}
	b.readOld() // not before: a run that was waited for has published another
	err = b.build(ctx)
	b.enter("")
	return b.rep, err
}

// A builder is one run of Build.
type builder struct {
	opt Options
	in  *input
	out *output
	rep *Report

	old        *Manifest // of the snapshot that is current when the run begins (see readOld); nil without one
	oldDir     string
	oldCurrent bool // it is the current one

	written int64    // bytes of finished parts
	recipe  Recipe   // all but its Settings
	last    *earlier // to take rows from; nil without any
	reuse   bool     // its rows may be used again
	sound   *soundness

	step  string // what is being done
	since time.Time
}

// enter begins the next step and notes how long the one before took; "" ends
// the last.
func (b *builder) enter(step string) {
	now := time.Now()
	if b.step != "" {
		add(&b.rep.Steps, b.step, now.Sub(b.since).Seconds())
	}
	b.step, b.since = step, now
	b.opt.Progress.enter(step)
	if step != "" {
		b.opt.Log.Info("step", "step", step)
	}
}

// warn notes what is odd about a run that goes on.
func (b *builder) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	b.rep.Warnings = append(b.rep.Warnings, text)
	b.opt.Log.Warn(text)
}

// readOld reads the manifest of the snapshot that the new one is compared with:
// the current one or, where that is damaged, the newest that is whole.
func (b *builder) readOld() {
	if _, err := Current(b.opt.Output); errors.Is(err, ErrNoDataset) {
		return // whatever a run has left that died before it published
	}
	s, damage, err := Readable(b.opt.Output)
	var m *Manifest
	if err == nil {
		m, err = ReadManifest(s.Dir)
	}
	if err != nil {
		b.warn("the current snapshot cannot be read, so that the new one is compared with nothing: %v", err)
		return
	}
	if damage != nil {
		b.warn("the current snapshot cannot be read, so that the new one is compared with %s, the newest that is whole: %v", s.Name, damage)
	}
	b.old, b.oldDir, b.oldCurrent = m, s.Dir, damage == nil
}

// end says how the run ended: in the report, its record, the metrics and the
// log; and lets go of the input and the output.
func (b *builder) end(err error) error {
	rep := b.rep
	err = b.aftermath(err)
	rep.Seconds = b.opt.clock().Sub(rep.Began).Seconds()
	rep.ExitCode, rep.Gates = ExitCode(err), gatesOf(err)
	if err != nil {
		rep.Error = err.Error()
		var hung *hungError
		if errors.As(err, &hung) {
			rep.Stack = hung.stack
		}
	} else if rep.Tally.InQuarantine() > 0 && !b.opt.QuarantineOK {
		rep.ExitCode = ExitQuarantine
	}
	var more error
	if b.out != nil || !errors.Is(err, ErrLocked) { // else the run that holds the lock writes its own
		more = b.report()
	}
	if b.in != nil {
		more = errors.Join(more, b.in.close())
	}
	if b.out != nil {
		more = errors.Join(more, b.out.close())
	}
	if !errors.Is(err, ErrOutput) { // else it is the same trouble again
		err = b.aftermath(errors.Join(err, more))
	}
	level, why := slog.LevelInfo, slog.Attr{}
	if err != nil {
		level, why = slog.LevelError, slog.String("error", err.Error())
	}
	b.opt.Log.LogAttrs(context.Background(), level, "run ended",
		slog.Int("exit_code", rep.ExitCode), slog.Float64("seconds", rep.Seconds), slog.String("snapshot", rep.Snapshot), slog.Bool("unchanged", rep.Unchanged),
		slog.Int64("documents", rep.Tally.Documents), slog.Int64("sentences", rep.Tally.Sentences), slog.Int64("quarantined", rep.Tally.InQuarantine()), why)
	return err
}

// report writes the run's record, where there is a folder for it, and the metrics.
func (b *builder) report() error {
	runs := filepath.Join(b.opt.Output, "runs")
	unfinished := runs
	if b.out != nil && b.out.prepared {
		unfinished = b.out.staging()
	}
	if _, err := os.Stat(runs); err == nil {
		if err := record(b.rep, unfinished); err != nil {
			return outputError(err)
		}
	}
	if b.opt.Metrics == "" {
		return nil
	}
	if err := WriteMetrics(b.opt.Metrics, b.rep); err != nil {
		return outputError(fmt.Errorf("metrics: %w", err))
	}
	return nil
}

func (b *builder) build(ctx context.Context) error {
	before, _, _ := readPointer(b.opt.Output) // none, or a damaged one, is fine
	staged := b.folder("snapshot")
	work := b.folder("work")
	b.sound = newSoundness(b.opt.Output, b.settled(), b.opt.TrustStat)
	b.recipe = recipe(b.opt.stages, Settings{})
	var err error
	if b.last, err = b.lookBack(); err != nil {
		return err
	}
	if err := errors.Join(b.refuseNewer(), b.schemaGate()); err != nil {
		return err
	}
	b.enter("list")
	l, err := list(b.in, work)
	if err != nil {
		return err
	}
	b.rep.Files, b.rep.Skipped = l.files, l.skips
	b.opt.Progress.Files.Store(int64(l.files))
	b.opt.Progress.TotalBytes.Store(l.bytes)
	if err := b.inputGate(l.files); err != nil {
		return err
	}
	m, err := b.begin(l)
	if err != nil {
		return err
	}
	if err := l.split(len(m.Parts)); err != nil {
		return err
	}
	linked, err := b.buildParts(ctx, l, m, work, staged)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	return b.publish(m, linked, staged, before)
}

// folder returns a folder of the run's own, which is made when it is needed.
func (b *builder) folder(name string) lazyDir {
	return sync.OnceValues(func() (string, error) {
		dir := filepath.Join(b.out.staging(), name)
		if err := b.out.prepare(); err != nil {
			return "", outputError(err)
		}
		return dir, outputError(disk.Mkdir(dir))
	})
}

// settled returns the time, in nanoseconds since 1970, before which a file must
// have changed last for its times to tell it from what it becomes if it is
// changed during this run: the clocks of file systems may be two seconds coarse.
func (b *builder) settled() int64 { return b.rep.Began.Add(-b.opt.racy).UnixNano() }

// refuseNewer refuses to put an older program's work in place of a newer one's.
func (b *builder) refuseNewer() error {
	if b.last == nil {
		return nil
	}
	if what := b.recipe.newer(&b.last.manifest.MadeBy); what != "" {
		return fmt.Errorf("%w: %s was made with %s; use the newer program, or another folder", ErrNewer, b.last.dir, what)
	}
	return nil
}

// begin returns a manifest without parts, and finds out whether rows of the
// last snapshot may be used again.
func (b *builder) begin(l *listing) (*Manifest, error) {
	n := b.opt.Parts
	switch {
	case n > 0:
	case b.last != nil && len(b.last.manifest.Parts) > 0:
		n = len(b.last.manifest.Parts)
	default:
		n = l.suits()
	}
	made := b.recipe
	made.Settings = Settings{Parts: n, MaxDocBytes: b.opt.MaxDocBytes, GroupBytes: b.opt.groupBytes, Fields: b.opt.Fields}
	m := &Manifest{SchemaVersion: schema.Version, MadeBy: made, Parts: make([]ManifestPart, n), Rows: map[string]int64{}}
	var err error
	if m.Fingerprint, err = made.fingerprint(); err != nil || b.last == nil {
		return m, err
	}
	old := b.last.manifest
	switch {
	case old.Fingerprint != m.Fingerprint:
		b.rep.Rebuilt = made.changes(&old.MadeBy)
	case b.opt.Full:
		b.rep.Rebuilt = []string{"asked for"}
	default:
		b.reuse = len(old.Parts) == n
	}
	return m, nil
}

// buildParts builds one part after the other; while a part is analysed, Arrow
// proves the one before. Of those that it returns, the last snapshot has the
// very same, and nothing was written.
func (b *builder) buildParts(ctx context.Context, l *listing, m *Manifest, work, staged lazyDir) (linked []int, err error) {
	prover, ctx := errgroup.WithContext(ctx)
	prover.SetLimit(1)
	defer func() { err = errors.Join(err, prover.Wait()) }()
	r := newRunner(b.in, &b.opt, b.rep)
	for i := range m.Parts {
		p, same, err := b.planPart(ctx, l, i, work)
		if err != nil {
			return nil, err
		}
		if same {
			m.Parts[i] = b.last.manifest.Parts[i]
			counts := &m.Parts[i].Counts
			b.rep.Tally.merge(counts)
			b.rep.Linked += counts.Documents + counts.InQuarantine()
			b.opt.Progress.copied(p.entries, counts)
			linked = append(linked, i)
			continue
		}
		b.enter("analyse")
		m.Parts[i], err = b.buildPart(ctx, r, p, work, staged, m.Fingerprint)
		if err := errors.Join(err, p.old.close(), p.close()); err != nil {
			return nil, err
		}
		prover.Go(func() error { return b.prove(staged, m.Parts[i].Files, p.old) })
	}
	b.enter("verify") // which goes on until the prover is done
	return linked, nil
}

// planPart lists the documents of a part and reports whether the last snapshot
// has the very same part. If it has another one of use, that is part.old.
func (b *builder) planPart(ctx context.Context, l *listing, i int, work lazyDir) (_ *part, same bool, err error) {
	b.enter("compare")
	pl := planner{in: b.in, fields: &b.opt.Fields, dir: work, old: b.reuse}
	if b.reuse && b.opt.TrustStat {
		pl.known = readStats(b.opt.Output, i, b.settled())
	}
	p, err := pl.plan(l, i)
	if err != nil {
		return nil, false, err
	}
	b.opt.Progress.TotalBytes.Add(p.more)
	if !b.reuse {
		return p, false, nil
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	g, gctx := errgroup.WithContext(ctx)
	var damage error
	g.Go(func() error { return p.look(gctx, b.in, b.opt.Workers) })
	g.Go(func() error {
		damage = b.last.check(i, b.sound)
		return nil
	})
	if err := errors.Join(g.Wait(), pl.known.update(p)); err != nil {
		return nil, false, err
	}
	old := &b.last.manifest.Parts[i]
	if damage == nil && p.documents(b.opt.groupBytes) == old.Documents {
		return p, true, nil
	}
	if damage == nil {
		p.old, damage = openOldPart(b.last.dir, old)
	}
	if damage != nil {
		b.warn("%s is damaged: %v; part %d is analysed anew", b.last.dir, damage, i)
	}
	return p, false, p.unpack(b.in, &b.opt.Fields, work)
}

// buildPart writes the files of one part.
func (b *builder) buildPart(ctx context.Context, r *runner, p *part, work, staged lazyDir, fingerprint string) (ManifestPart, error) {
	dir, err := staged()
	if err != nil {
		return ManifestPart{}, err
	}
	index, err := createIndex(dir, p.index)
	if err != nil {
		return ManifestPart{}, outputError(err)
	}
	w, err := schema.CreatePart(dir, p.index, map[string]string{"pressrow.fingerprint": fingerprint})
	if err != nil {
		return ManifestPart{}, outputError(errors.Join(err, index.abort()))
	}
	if err := r.part(ctx, p, w, index); err != nil {
		return ManifestPart{}, errors.Join(b.full(err, w), w.Abort(), index.abort())
	}
	files, err := w.Close()
	if err != nil {
		return ManifestPart{}, outputError(errors.Join(b.full(err, w), w.Abort(), index.abort()))
	}
	for _, f := range files {
		b.written += f.Size
	}
	indexFile, err := index.close()
	return ManifestPart{index.documents.String(), index.counts, indexFile, files}, outputError(err)
}

// full adds to the error of a full disk how much was written and about how
// much the whole needs, as far as the documents seen so far tell. w is the
// part in the making.
func (b *builder) full(err error, w *schema.PartWriter) error {
	if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EDQUOT) && !errors.Is(err, syscall.EFBIG) {
		return err
	}
	written, given := w.Sizes()
	seen, total := b.opt.Progress.Bytes.Load(), b.opt.Progress.TotalBytes.Load()
	need := float64(b.written+given) * float64(total) / float64(max(seen, 1))
	return fmt.Errorf("%w, after %s; the dataset needs about %s", err, amount(float64(b.written+written)), amount(need))
}

// amount returns n bytes in kB, MB or GB.
func amount(n float64) string {
	switch {
	case n < 1e6:
		return fmt.Sprintf("%.0f kB", n/1e3)
	case n < 1e9:
		return fmt.Sprintf("%.1f MB", n/1e6)
	}
	return fmt.Sprintf("%.1f GB", n/1e9)
}

// maxProvers is how many columns of a part are proven at once, at most: each
// takes a few MB.
const maxProvers = 4

// prove reads the files of a part back with Arrow before anybody else can.
func (b *builder) prove(staged lazyDir, files []schema.File, old *oldPart) error {
	dir, err := staged()
	if err != nil {
		return err
	}
	var g errgroup.Group
	g.SetLimit(min(b.opt.Workers, maxProvers))
	for _, f := range files {
		name, oldPath := filepath.FromSlash(f.Path), ""
		if old != nil {
			oldPath = filepath.Join(old.dir, name)
		}
		var proof *schema.Proof
		if proof, err = schema.OpenProof(filepath.Join(dir, name), f, oldPath); err != nil {
			break
		}
		defer proof.Close() // when all columns are done
		for c := range proof.Columns() {
			g.Go(func() error { return proof.Column(c) })
		}
	}
	if err = errors.Join(err, g.Wait()); err != nil {
		return outputError(fmt.Errorf("read back before publishing: %w", err))
	}
	return nil
}

// publish publishes the parts, of which the last snapshot has those in linked,
// unless the current snapshot is the same.
func (b *builder) publish(m *Manifest, linked []int, staged lazyDir, before string) error {
	b.enter("publish")
	for _, p := range m.Parts {
		for _, f := range p.Files {
			m.Rows[f.Table] += f.Rows
			b.rep.Size += f.Size
		}
	}
	m.ID = m.id()
	b.rep.Rows = m.Rows
	if b.last != nil && b.last.manifest.ID == m.ID {
		m.Duplicates = b.last.manifest.Duplicates
	}
	same, err := b.unchanged(m, linked)
	if err != nil {
		return err
	}
	if same {
		b.rep.Snapshot, b.rep.Unchanged = b.last.dir, true
		err = outputError(b.out.links())
	} else {
		err = b.renew(m, linked, staged, before)
	}
	if err != nil {
		return err
	}
	b.rep.Duplicates = m.Duplicates
	b.rep.tables = b.opt.Output
	if _, kind, _ := readPointer(b.opt.Output); kind == filePointer {
		b.rep.tables = b.rep.Snapshot
	}
	cleared, err := b.out.retain(b.opt.Keep)
	for _, name := range cleared.Foreign {
		b.warn("%s is not pressrow's, so that the snapshot is kept beyond its time", PrintableLine(name))
	}
	return errors.Join(outputError(err), b.sound.update())
}

// renew publishes a new snapshot.
func (b *builder) renew(m *Manifest, linked []int, staged lazyDir, before string) error {
	dir, err := staged()
	if err != nil {
		return err
	}
	for _, i := range linked {
		if err := b.last.link(i, dir); err != nil {
			return outputError(err)
		}
	}
	if err := m.countDuplicates(dir); err != nil {
		return outputError(err)
	}
	if err := b.compare(m, dir); err != nil {
		return err
	}
	if err := writePapers(dir, m); err != nil {
		return outputError(err)
	}
	b.rep.Snapshot, err = b.out.publish(m, dir, before)
	for _, w := range b.out.warnings() {
		b.warn("%s", w)
	}
	return err
}

// unchanged reports whether the current snapshot is whole and the one that m
// describes. The parts in linked were checked before.
func (b *builder) unchanged(m *Manifest, linked []int) (bool, error) {
	if b.last == nil || !b.last.current {
		return false, nil
	}
	if _, err := m.papers(); err != nil {
		return false, err
	}
	if _, err := m.encode(); err != nil {
		return false, err
	}
	if m.Seal != b.last.manifest.Seal {
		return false, nil
	}
	for _, p := range m.Papers {
		if p.verify(b.last.dir) != nil {
			return false, nil
		}
	}
	for i := range m.Parts {
		if !slices.Contains(linked, i) && b.last.check(i, b.sound) != nil {
			return false, nil
		}
	}
	return true, nil
}

// compare says how the staged snapshot differs from the current one, and lets
// the gates judge it.
func (b *builder) compare(m *Manifest, staged string) error {
	if b.old != nil {
		d, err := compareDocuments(b.old, b.oldDir, m, staged)
		if err != nil {
			b.warn("the current snapshot cannot be compared with: %v", err)
		} else {
			d.From = filepath.Base(b.oldDir)
			b.rep.Diff = d
		}
	}
	if err := b.logQuarantine(m, staged); err != nil {
		return err
	}
	return b.countGates(m, staged, b.rep.Diff)
}

// maxLogged is the number of documents in quarantine that the log names.
const maxLogged = 100

func (b *builder) logQuarantine(m *Manifest, staged string) error {
	n := 0
	for _, name := range m.files(staged, "quarantine") {
		for q, err := range schema.QuarantineKeys(name) {
			if err != nil {
				return err
			}
			if n++; n > maxLogged {
				b.opt.Log.Warn("more documents in quarantine than are named here", "all", m.Rows["quarantine"])
				return nil
			}
			b.opt.Log.Warn("document in quarantine", "doc_id", q.DocID, "reason", q.Reason, "detail", q.Detail)
		}
	}
	return nil
}

// aftermath adds to an error of the output what its readers have now.
func (b *builder) aftermath(err error) error {
	if !errors.Is(err, ErrOutput) {
		return err
	}
	if b.rep.Snapshot != "" && !b.rep.Unchanged {
		return fmt.Errorf("%w; %s is published all the same", err, b.rep.Snapshot)
	}
	if now, e := Current(b.opt.Output); e == nil {
		return fmt.Errorf("%w; %s stays as it was", err, now)
	}
	return fmt.Errorf("%w; nothing is published", err)
}
