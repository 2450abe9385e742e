package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
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

	Progress *Progress // told how far the run is; may be nil

	stages     []Stage // for tests; nil means Stages
	groupBytes int64   // for tests; 0 means 8 MiB
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
	if o.Progress == nil {
		o.Progress = new(Progress)
	}
	return o
}

// A Report sums up a run. It is also what runs/*.json holds.
type Report struct {
	Began     time.Time          `json:"began"`
	Seconds   float64            `json:"seconds"`
	Input     string             `json:"input"`
	Output    string             `json:"output"`
	Host      string             `json:"host"`
	Workers   int                `json:"workers"`
	Files     int                `json:"files"`
	Steps     map[string]float64 `json:"step_seconds,omitempty"` // list, plan, analyse, verify, publish
	Skipped   Skips              `json:"skipped"`
	Tally     Tally              `json:"counts"`
	Snapshot  string             `json:"snapshot,omitempty"`  // folder of the dataset
	Unchanged bool               `json:"unchanged,omitempty"` // the current snapshot is the same; nothing was published
	Size      int64              `json:"size,omitempty"`      // bytes of all Parquet files
	Rows      map[string]int64   `json:"rows,omitempty"`
	Error     string             `json:"error,omitempty"`
}

// Build analyses the documents of opt.Input and publishes the dataset in
// opt.Output, or, on error, leaves what is published there as it was.
// Documents that cannot be used are rows of the quarantine table, not errors.
//
// Errors wrap ErrLocked, ErrOutput, ErrGate or the cause of ctx; all others
// are of the input.
func Build(ctx context.Context, opt Options) (_ *Report, err error) {
	opt = opt.withDefaults()
	rep := &Report{Began: time.Now(), Input: opt.Input, Output: opt.Output, Workers: opt.Workers}
	rep.Host, _ = os.Hostname() // a record without a host is still a record
	opt.Progress.begin(rep.Began)

	in, err := openInput(opt.Input, opt.Output, opt.MaxDocBytes)
	if err != nil {
		return rep, err
	}
	defer in.close()
	out, err := openOutput(opt.Output)
	if err != nil {
		return rep, err
	}
	defer func() {
		rep.Seconds = time.Since(rep.Began).Seconds()
		if err != nil {
			rep.Error = err.Error()
		}
		err = errors.Join(err, out.record(rep), out.close())
	}()
	b := builder{opt: opt, in: in, out: out, rep: rep}
	err = b.build(ctx)
	b.enter("")
	return rep, err
}

// A builder is one run of Build.
type builder struct {
	opt Options
	in  *input
	out *output
	rep *Report

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
}

func (b *builder) build(ctx context.Context) error {
	before, _ := os.Readlink(filepath.Join(b.opt.Output, "current")) // none is fine
	work := filepath.Join(b.out.staging(), "work")
	staged := filepath.Join(b.out.staging(), "snapshot")
	for _, dir := range []string{work, staged} {
		if err := disk.Mkdir(dir); err != nil {
			return outputError(err)
		}
	}
	b.enter("list")
	l, err := list(b.in, work)
	if err != nil {
		return err
	}
	b.rep.Files, b.rep.Skipped = l.files, l.skips
	b.opt.Progress.Files.Store(int64(l.files))
	b.opt.Progress.TotalBytes.Store(l.bytes)
	if l.files == 0 {
		return fmt.Errorf("%w: no file in %s; is the right folder mounted there? The dataset in %s stays as it was", ErrGate, b.opt.Input, b.opt.Output)
	}
	n := b.parts(l)
	if err := l.split(n); err != nil {
		return outputError(err)
	}
	m, err := b.manifest(n)
	if err != nil {
		return err
	}
	if err := b.buildParts(ctx, l, m, work, staged); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	return b.publish(m, staged, before)
}

// parts returns the number of parts: what was asked for, what the dataset has,
// or what suits the input.
func (b *builder) parts(l *listing) int {
	if b.opt.Parts > 0 {
		return b.opt.Parts
	}
	if now, err := Current(b.opt.Output); err == nil {
		if m, err := ReadManifest(now); err == nil && len(m.Parts) > 0 {
			return len(m.Parts)
		}
	}
	return l.parts()
}

func (b *builder) manifest(parts int) (*Manifest, error) {
	made := recipe(b.opt.stages, Settings{
		Parts: parts, MaxDocBytes: b.opt.MaxDocBytes, GroupBytes: b.opt.groupBytes, Fields: b.opt.Fields,
	})
	m := &Manifest{SchemaVersion: schema.Version, MadeBy: made, Parts: make([]ManifestPart, parts), Rows: map[string]int64{}}
	var err error
	m.Fingerprint, err = made.fingerprint()
	return m, err
}

// buildParts builds one part after the other; while a part is analysed, Arrow
// proves the one before.
func (b *builder) buildParts(ctx context.Context, l *listing, m *Manifest, work, staged string) error {
	prover, ctx := errgroup.WithContext(ctx)
	prover.SetLimit(2)
	r := &runner{
		in: b.in, stages: b.opt.stages, fields: &b.opt.Fields, groupBytes: b.opt.groupBytes, workers: b.opt.Workers, tally: &b.rep.Tally, progress: b.opt.Progress,
	}
	for i := range m.Parts {
		b.enter("plan")
		p, err := plan(b.in, l, i, &b.opt.Fields, work)
		if err != nil {
			return errors.Join(err, prover.Wait())
		}
		b.opt.Progress.TotalBytes.Add(p.more)
		b.enter("analyse")
		built, err := b.buildPart(ctx, r, p, staged, m.Fingerprint)
		if err := errors.Join(err, p.close()); err != nil {
			return errors.Join(err, prover.Wait())
		}
		m.Parts[i] = built
		for _, f := range built.Files {
			prover.Go(func() error { return prove(staged, f) })
		}
	}
	b.enter("verify")
	return prover.Wait()
}

// buildPart writes the files of one part.
func (b *builder) buildPart(ctx context.Context, r *runner, p *part, staged, fingerprint string) (ManifestPart, error) {
	w, err := schema.CreatePart(staged, p.index, map[string]string{"pressrow.fingerprint": fingerprint})
	if err != nil {
		return ManifestPart{}, outputError(err)
	}
	documents := sha256.New()
	if err := r.part(ctx, p, w, documents); err != nil {
		return ManifestPart{}, errors.Join(err, w.Abort())
	}
	files, err := w.Close()
	return ManifestPart{hex.EncodeToString(documents.Sum(nil)), files}, outputError(err)
}

// prove reads a file back with Arrow before anybody else can.
func prove(staged string, f schema.File) error {
	if err := schema.Prove(filepath.Join(staged, filepath.FromSlash(f.Path)), f); err != nil {
		return outputError(fmt.Errorf("read back before publishing: %w", err))
	}
	return nil
}

func (b *builder) publish(m *Manifest, staged, before string) error {
	b.enter("publish")
	for _, p := range m.Parts {
		for _, f := range p.Files {
			m.Rows[f.Table] += f.Rows
			b.rep.Size += f.Size
		}
	}
	m.ID = m.id()
	b.rep.Rows = m.Rows
	if now, err := Current(b.opt.Output); err == nil && sameSnapshot(now, m) {
		b.rep.Snapshot, b.rep.Unchanged = now, true
		return outputError(b.out.links())
	}
	var err error
	b.rep.Snapshot, err = b.out.publish(m, staged, before, b.opt.Keep)
	return err
}

// sameSnapshot reports whether the snapshot in dir is whole and the one m describes.
func sameSnapshot(dir string, m *Manifest) bool {
	old, err := ReadManifest(dir)
	if err != nil || old.ID != m.ID {
		return false
	}
	_, err = Verify(dir)
	return err == nil
}

// record writes the run's own record.
func (o *output) record(rep *Report) error {
	b, err := json.MarshalIndent(rep, "", "  ")
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%d.json", rep.Began.UTC().Format("20060102T150405.000Z"), os.Getpid())
	return outputError(disk.WriteFile(filepath.Join(o.dir, "runs", name), append(b, '\n')))
}
