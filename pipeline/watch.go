package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// A document may be at work for patience ticks and another perMiB for each MiB
// of it, some thousand times as long as it needs. Ticks that a program
// sleeps through, because it or its machine was stopped, do not count.
const (
	patience = 120
	perMiB   = 60
)

// A worker analyses documents, one at a time.
type worker struct {
	entry atomic.Pointer[entry] // at work; nil between documents
	size  atomic.Int64          // of it, in bytes
}

// work starts the workers, and a watch over them that ends when they do. A
// goroutine cannot be ended from outside, so where a stage does not come back
// the watch ends the run; to quarantine by the clock would make the dataset
// depend on how busy a machine is.
func (r *runner) work(g *errgroup.Group, jobs <-chan *job) {
	workers := make([]worker, r.workers)
	var busy sync.WaitGroup
	for i := range workers {
		busy.Go(func() {
			pprof.Do(context.Background(), pprof.Labels(workerLabel, strconv.Itoa(i)), func(context.Context) {
				workers[i].work(r, jobs)
			})
		})
	}
	idle := make(chan struct{})
	go func() {
		busy.Wait()
		close(idle)
	}()
	g.Go(func() error { return watch(workers, r.tick, idle) })
}

func (w *worker) work(r *runner, jobs <-chan *job) {
	for j := range jobs {
		w.size.Store(int64(len(j.data)))
		w.entry.Store(j.entry)
		r.process(j)
		w.entry.Store(nil)
		j.done <- struct{}{}
	}
}

// watch returns when all workers are idle for good, or with an error when one
// has been too long at a document.
func watch(workers []worker, tick time.Duration, idle <-chan struct{}) error {
	clock := time.NewTicker(tick)
	defer clock.Stop()
	last := make([]*entry, len(workers))
	ticks := make([]int64, len(workers)) // that the last was seen at work
	for {
		select {
		case <-idle:
			return nil
		case <-clock.C:
		}
		for i := range workers {
			w := &workers[i]
			e := w.entry.Load()
			if e == nil || e != last[i] {
				last[i], ticks[i] = e, 0
				continue
			}
			if ticks[i]++; ticks[i] > patience+perMiB*w.size.Load()>>20 {
				stack := workerStack(i)
				return &hungError{e.id, time.Duration(ticks[i]) * tick, innermost(stack), stack}
			}
		}
	}
}

// A hungError ends a run because a stage did not come to an end.
type hungError struct {
	id    string // of the document
	spent time.Duration
	place string // the innermost function of pressrow
	stack string
}

func (e *hungError) Error() string {
	return fmt.Sprintf("%q has been at work for %v, now in %s: this is a mistake in pressrow. Nothing was published. "+
		"Move the file out of the input to go on without it, and report it with the run's record, which says where it hangs", e.id, e.spent, e.place)
}

// workerLabel marks a worker's goroutine with its number.
const workerLabel = "pressrow-worker"

// workerStack returns where worker i is: a line for each call, the innermost first.
func workerStack(i int) string {
	var b bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&b, 1); err != nil {
		return ""
	}
	for stack := range strings.SplitSeq(b.String(), "\n\n") {
		if _, calls, ok := strings.Cut(stack, fmt.Sprintf("# labels: {%q:%q}\n", workerLabel, strconv.Itoa(i))); ok {
			return calls
		}
	}
	return ""
}

// innermost returns the first function of pressrow's own in a stack, and its line.
func innermost(stack string) string {
	for call := range strings.Lines(stack) {
		f := strings.Fields(call) // #, address, function+offset, file:line
		if len(f) == 4 && strings.HasPrefix(f[2], "pressrow/") {
			name, _, _ := strings.Cut(path.Base(f[2]), "+")
			return fmt.Sprintf("%s at %s", name, path.Base(f[3]))
		}
	}
	return "no place known"
}
