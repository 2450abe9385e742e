package pipeline

import (
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"pressrow/schema"
)

// Progress is how far a run has come; it may be read while the run goes on.
type Progress struct {
	Files, TotalBytes           atomic.Int64 // known once the folder is listed
	Documents, Bytes, Sentences atomic.Int64

	step  atomic.Pointer[string]
	began atomic.Pointer[time.Time]
}

// Step returns what the run is doing: "wait" for another run, "list", "plan", "analyse", "verify" or "publish".
func (p *Progress) Step() string {
	if s := p.step.Load(); s != nil {
		return *s
	}
	return ""
}

func (p *Progress) begin(at time.Time) { p.began.Store(&at) }

func (p *Progress) enter(step string) { p.step.Store(&step) }

func (p *Progress) seen(e *entry, rows *schema.Rows) {
	p.Documents.Add(1)
	p.Bytes.Add(e.size)
	p.Sentences.Add(int64(len(rows.Sentences)))
}

// copied notes that the rows of these entries, which counts are of, are taken
// as they are.
func (p *Progress) copied(entries []entry, counts *Counts) {
	p.Documents.Add(int64(len(entries)))
	p.Sentences.Add(counts.Sentences)
	for i := range entries {
		p.Bytes.Add(entries[i].size)
	}
}

// Show prints a line about p on a terminal, again and again, until the
// function it returns is called, which also takes the line away.
func (p *Progress) Show(terminal io.Writer) (stop func()) {
	done := make(chan struct{})
	var g errgroup.Group
	g.Go(func() error {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				_, err := fmt.Fprint(terminal, "\r\x1b[K")
				return err
			case now := <-tick.C:
				if _, err := fmt.Fprintf(terminal, "\r\x1b[K%s", p.line(now)); err != nil {
					return err
				}
			}
		}
	})
	return func() {
		close(done)
		_ = g.Wait() // a terminal that is gone is no reason to fail a run
	}
}

// line returns one line about p: step, documents, bytes, speed and time left.
func (p *Progress) line(now time.Time) string {
	began := p.began.Load()
	if began == nil {
		return ""
	}
	bytes, total := p.Bytes.Load(), p.TotalBytes.Load()
	spent := now.Sub(*began).Seconds()
	line := fmt.Sprintf("%s: %s documents, %s MB, %s sentences/s", p.Step(),
		thousands(p.Documents.Load()), thousands(bytes/1e6), thousands(int64(float64(p.Sentences.Load())/max(spent, 0.1))))
	if p.Step() == "analyse" && bytes > 0 && bytes < total {
		left := time.Duration(spent * float64(total-bytes) / float64(bytes) * float64(time.Second))
		line += fmt.Sprintf(", %d %%, %s left", 100*bytes/total, left.Round(time.Second))
	}
	return line
}

// thousands returns n with commas: 17,022.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
