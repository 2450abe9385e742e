package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"pressrow/pipeline"
)

// The commands about a dataset as a whole. Those that change it take its lock;
// the others read while runs go on.

// snapshotNumbers parses the flags and up to max words, each a snapshot.
func (c *call) snapshotNumbers(max int) ([]int, error) {
	words, err := c.parse(max)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for _, word := range words {
		n, err := pipeline.ParseSnapshot(word)
		if err != nil {
			return nil, usage("%s: %v", c.flags.Name(), err)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// snapshotNumber is snapshotNumbers for one word; 0 without any.
func (c *call) snapshotNumber() (int, error) {
	numbers, err := c.snapshotNumbers(1)
	if err != nil || len(numbers) == 0 {
		return 0, err
	}
	return numbers[0], nil
}

// json adds the flag that asks for JSON.
func (c *call) json() *bool { return c.flags.Bool("json", false, "print JSON") }

// readable returns the snapshot that a reader of the dataset in out gets: the
// current one or, with a warning, the newest that is whole.
func (c *call) readable(out string) (*pipeline.Snapshot, error) {
	s, damage, err := pipeline.Readable(out)
	if err != nil {
		return nil, err
	}
	if damage != nil {
		warning := fmt.Sprintf("warning: %v; this is %s, the newest that is whole; to make it current: pressrow rollback --out %s %d", damage, s.Dir, out, s.Number)
		if _, err := fmt.Fprintln(c.stderr, "pressrow:", pipeline.PrintableLine(warning)); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func path(_ context.Context, c *call) error {
	out := c.output()
	if _, err := c.parse(0); err != nil {
		return err
	}
	s, err := c.readable(*out)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.stdout, s.Dir)
	return err
}

func status(_ context.Context, c *call) error {
	out, asJSON := c.output(), c.json()
	maxAge := c.flags.Duration("max-age", 0, "exit with 1 when the last successful run ended longer ago, as in 26h")
	if _, err := c.parse(0); err != nil {
		return err
	}
	if *maxAge < 0 {
		return usage("status: --max-age from 0, as in 26h")
	}
	s, err := pipeline.ReadStatus(*out, time.Now(), *maxAge)
	if err != nil {
		return err
	}
	show := s.Print
	if *asJSON {
		show = func(w io.Writer) error { return pipeline.WriteJSON(w, s) }
	}
	return errors.Join(show(c.stdout), s.Err())
}

func verify(_ context.Context, c *call) error {
	out := c.output()
	all := c.flags.Bool("all", false, "verify all snapshots")
	number, err := c.snapshotNumber()
	if err != nil {
		return err
	}
	if *all && number > 0 {
		return usage("verify: either --all or a snapshot")
	}
	var list []pipeline.Snapshot
	if *all {
		list, err = pipeline.Snapshots(*out)
	} else {
		var s *pipeline.Snapshot
		if s, err = pipeline.FindSnapshot(*out, number); err == nil {
			list = append(list, *s)
		}
	}
	if err != nil {
		return err
	}
	var damaged []error
	for _, s := range list {
		files, err := pipeline.Verify(s.Dir)
		if _, gone := os.Stat(s.Dir); *all && errors.Is(gone, fs.ErrNotExist) {
			continue // a run has removed it meanwhile
		}
		if err != nil {
			damaged = append(damaged, err)
			continue
		}
		if _, err := fmt.Fprintf(c.stdout, "%s: %d files, all as they were written\n", s.Dir, files); err != nil {
			return err
		}
	}
	return errors.Join(damaged...)
}

func snapshots(_ context.Context, c *call) error {
	out, asJSON := c.output(), c.json()
	if _, err := c.parse(0); err != nil {
		return err
	}
	list, err := pipeline.Snapshots(*out)
	if err != nil {
		return err
	}
	if *asJSON {
		return pipeline.WriteJSON(c.stdout, list)
	}
	return pipeline.PrintSnapshots(c.stdout, list)
}

func diff(_ context.Context, c *call) error {
	out, asJSON := c.output(), c.json()
	numbers, err := c.snapshotNumbers(2)
	if err != nil {
		return err
	}
	var from, to *pipeline.Snapshot
	if len(numbers) < 2 {
		to, err = c.readable(*out)
	} else {
		to, err = pipeline.FindSnapshot(*out, numbers[1])
	}
	if err != nil {
		return err
	}
	if len(numbers) == 0 {
		from, err = pipeline.Before(*out, to.Number)
	} else {
		from, err = pipeline.FindSnapshot(*out, numbers[0])
	}
	if err != nil {
		return err
	}
	d, err := pipeline.Compare(from, to)
	if err != nil {
		return err
	}
	if *asJSON {
		return pipeline.WriteJSON(c.stdout, d)
	}
	return d.Print(c.stdout)
}

func rollback(_ context.Context, c *call) error {
	out := c.output()
	number, err := c.snapshotNumber()
	if err != nil {
		return err
	}
	was, is, err := pipeline.Rollback(*out, number)
	if err != nil {
		return err
	}
	before := "nothing"
	if was != nil {
		before = was.Name
	}
	if before == is.Name {
		_, err = fmt.Fprintf(c.stdout, "%s is current already\n", is.Name)
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "current is %s; before, it was %s, which is kept\n"+
		"the next build publishes what its input gives: mend the input first, or stop the timer\n", is.Name, before)
	return err
}

func pin(_ context.Context, c *call) error {
	return setPin(c, pipeline.Pin, "is pinned: it is kept until pressrow unpin")
}

func unpin(_ context.Context, c *call) error {
	return setPin(c, pipeline.Unpin, "is not pinned: it goes in its time")
}

func setPin(c *call, set func(dir string, number int) (*pipeline.Snapshot, error), said string) error {
	out := c.output()
	number, err := c.snapshotNumber()
	if err != nil {
		return err
	}
	s, err := set(*out, number)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.stdout, s.Name, said)
	return err
}

func gc(_ context.Context, c *call) error {
	out := c.output()
	keep := c.keep()
	if _, err := c.parse(0); err != nil {
		return err
	}
	if *keep < 1 {
		return usage("gc: --keep from 1")
	}
	cleared, err := pipeline.Clear(*out, *keep)
	if err != nil {
		return err
	}
	if cleared.Unfinished {
		if _, err := fmt.Fprintln(c.stdout, "removed what a run that did not come to its end had left"); err != nil {
			return err
		}
	}
	for _, s := range cleared.Removed {
		if _, err := fmt.Fprintf(c.stdout, "removed %s\n", s.Name); err != nil {
			return err
		}
	}
	for _, name := range cleared.Foreign {
		if _, err := fmt.Fprintf(c.stdout, "kept, since this is not pressrow's: %s\n", pipeline.PrintableLine(name)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(c.stdout, "snapshots removed: %d\n", len(cleared.Removed))
	return err
}
