package main

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"pressrow/pipeline"
)

func build(ctx context.Context, c *call) error {
	var opt pipeline.Options
	out := c.output()
	c.flags.IntVar(&opt.Workers, "workers", 0, "documents analysed at once (0: one per processor)")
	c.flags.IntVar(&opt.Parts, "parts", 0, "parts, that is files per table (0: as before, or by size)")
	c.flags.Int64Var(&opt.MaxDocBytes, "max-doc-bytes", 16<<20, "largest document; larger ones go to quarantine")
	c.flags.BoolVar(&opt.Full, "full", false, "analyse every document anew, even where nothing changed since the last run")
	c.flags.BoolVar(&opt.TrustStat, "trust-stat", false, "do not read files whose size, times and inode are as the last run with this flag found them; misses a change that leaves these, as on a failing disk or where a file system keeps times loosely")
	keep := c.keep()
	fields := c.fields()
	c.flags.BoolVar(&opt.AllowShrink, "allow-shrink", false, "publish although there are no documents, or fewer by more than 20 %")
	c.flags.BoolVar(&opt.AllowSchemaChange, "allow-schema-change", false, "publish although columns of the current snapshot are gone")
	c.flags.Func("max-quarantine", "publish with up to this `share` of documents in quarantine, as in 8% (default 5%, counted from 20 documents on)", func(s string) (err error) {
		opt.MaxQuarantine, err = share(s)
		return err
	})
	c.flags.BoolVar(&opt.QuarantineOK, "quarantine-ok", false, "exit with 0, not 3, when documents are in quarantine")
	c.flags.StringVar(&opt.Metrics, "metrics", "", "write metrics for Prometheus to this `file`, also after a failure")
	c.flags.DurationVar(&opt.Wait, "wait", 0, "wait this long for another run on the same dataset to end, as in 10m")
	log := c.flags.String("log", "", "log to standard error as json or text")
	quiet := c.flags.Bool("quiet", false, "print no progress and no summary")
	words, err := c.parse(1)
	if err != nil {
		return err
	}
	if opt.Workers < 0 || opt.Parts < 0 || opt.Parts > pipeline.MaxParts || opt.MaxDocBytes < 1 || opt.MaxDocBytes > pipeline.MaxDocBytes || *keep < 1 || opt.Wait < 0 {
		return usage("build: --workers from 0, --parts from 0 to %d, --max-doc-bytes from 1 to %d, --keep from 1, --wait from 0s", pipeline.MaxParts, pipeline.MaxDocBytes)
	}
	opt.Input, opt.Output, opt.Fields, opt.Keep = "seeds", *out, *fields, *keep
	if len(words) > 0 {
		opt.Input = words[0]
	}
	if *log != "" {
		if opt.Log, err = pipeline.NewLog(c.stderr, *log); err != nil {
			return usage("build: --log: %v", err)
		}
	}
	// A terminal that is closed, or nobody who reads, is no reason to stop.
	signal.Ignore(syscall.SIGHUP, syscall.SIGPIPE)
	limitMemory(opt.Workers)
	opt.Progress = new(pipeline.Progress)
	if !*quiet && *log == "" && isTerminal(c.stderr) {
		defer opt.Progress.Show(c.stderr)()
	}
	rep, err := pipeline.Build(ctx, opt)
	if err != nil {
		return err
	}
	if !*quiet {
		if err := rep.Print(c.stdout); err != nil && !errors.Is(err, syscall.EPIPE) {
			return fmt.Errorf("%w: the summary: %w; %s is there all the same", pipeline.ErrOutput, err, rep.Snapshot)
		}
	}
	if rep.ExitCode == pipeline.ExitQuarantine {
		return errQuarantine
	}
	return nil
}

// share reads a share of a hundred: 5% or 5 is 0.05. None at all is -1, since 0
// stands for the usual share.
func share(s string) (float64, error) {
	percent, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	switch {
	case err != nil || !(percent >= 0 && percent <= 100):
		return 0, errors.New("want a share from 0% to 100%, as in 8%")
	case percent == 0:
		return -1, nil
	}
	return percent / 100, nil
}
