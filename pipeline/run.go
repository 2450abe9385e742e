package pipeline

import (
	"context"
	"crypto/sha256"
	"hash"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"pressrow/schema"
	"pressrow/stages"
	"pressrow/stages/clean"
)

// The run, per part:
//
//	reader ─┬─▶ workers: clean … sentiment, rows ─┬─▶ one encoder per group ──▶ committer
//	        └───────────── order of the group ────┘    (several groups at once)   (in order)
//
// The reader deals out documents to the workers and, at the same time, puts
// them in the line of their group. The group's encoder takes them from the
// line, waits until each is done, and encodes its rows; so documents are
// analysed in any order and written in one. Groups are known before anything
// is read, from sizes alone, so that several can be encoded side by side and
// the bytes do not depend on how many are. The committer appends finished
// groups to the part's files.
//
// Memory is bounded by the bytes the reader may have in flight and by the
// number of open groups, whatever the corpus.

// inFlight is the number of input bytes per worker that may be between reader
// and encoders, enough for the workers to go on while an encoder ends
// its group; a larger document goes alone. Tokens and rows take about thirty
// times as much.
const inFlight = 1 << 20

// A runner carries what all parts of a run share.
type runner struct {
	in      *input
	stages  []Stage
	fields  *Fields
	workers int

	// groupBytes is the size of a group. News of 8 MiB gives about 60,000
	// sentences. Twice as much would be a row group of the size that DuckDB
	// likes best, for 2 % smaller files and 100 MB more memory.
	groupBytes int64

	progress *Progress
	pool     sync.Pool // of *job
}

// A job is one document on its way, with all the memory it needs.
type job struct {
	entry   *entry
	buf     []byte          // the bytes as read
	data    []byte          // the document's bytes; in buf
	raw     []byte          // a record's title and text
	refused *refusal        // why it goes to quarantine
	doc     stages.Document // what the stages say of it
	rows    rowBuffer       // what the tables say of it
	sum     [sha256.Size]byte
	weight  int64
	times   []time.Duration // by stage
	done    chan struct{}
}

// A group is a run of entries whose rows are encoded together.
type group struct {
	entries []entry
	line    chan *job         // documents in order
	encoded chan encodedGroup // capacity 1
	files   fileCache         // used by the reader only
}

type encodedGroup struct {
	rows  *schema.Group
	tally Tally
	keys  []byte // id, NUL and hash of each document
}

// part analyses the documents of p and appends their rows to w, and their ids
// and hashes to documents.
func (r *runner) part(ctx context.Context, p *part, w *schema.PartWriter, documents hash.Hash) error {
	g, ctx := errgroup.WithContext(ctx)
	open := make(chan struct{}, r.width()+1) // one more: a group that is read while another's encoder ends
	encoders := make(chan *schema.Encoder, r.width())
	for range r.width() {
		encoders <- nil // made when it is needed
	}
	jobs := make(chan *job)
	ordered := make(chan *group, cap(open))
	budget := semaphore.NewWeighted(r.budget())

	g.Go(func() error {
		defer close(jobs)
		defer close(ordered)
		return r.read(ctx, g, p, open, encoders, ordered, jobs, budget)
	})
	for range r.workers {
		g.Go(func() error {
			for j := range jobs {
				r.process(j)
				j.done <- struct{}{}
			}
			return nil
		})
	}
	g.Go(func() error {
		for gr := range ordered {
			select {
			case e := <-gr.encoded:
				if err := w.Add(e.rows); err != nil {
					return outputError(err)
				}
				documents.Write(e.keys)
				p.tally.merge(&e.tally)
				<-open
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	return g.Wait()
}

// width returns how many groups are read and encoded at once. Encoding takes
// about half as long as analysis, so that two processors are kept busy by one;
// beyond four workers more would be faster, for 60 MB of memory each.
func (r *runner) width() int { return (r.workers + 3) / 4 }

// budget returns how many input bytes may be in flight.
func (r *runner) budget() int64 { return int64(r.workers) * inFlight }

// read deals out the documents of p, in turn from each of the open groups.
func (r *runner) read(ctx context.Context, g *errgroup.Group, p *part, open chan<- struct{}, encoders chan *schema.Encoder, ordered chan<- *group, jobs chan<- *job, budget *semaphore.Weighted) error {
	waiting := p.groups(r.groupBytes)
	var active []*group
	defer func() {
		for _, gr := range active {
			gr.end()
		}
	}()
	for len(waiting) > 0 || len(active) > 0 {
		for len(waiting) > 0 && len(active) < r.width() {
			gr := &group{entries: waiting[0], line: make(chan *job, 64*r.workers), encoded: make(chan encodedGroup, 1)}
			waiting = waiting[1:]
			select {
			case open <- struct{}{}:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
			ordered <- gr // there is room: no more groups are open than it holds
			active = append(active, gr)
			g.Go(func() error { return r.encode(ctx, gr, encoders, budget) })
		}
		for i := 0; i < len(active); i++ {
			gr := active[i]
			if err := r.deal(ctx, p, gr, jobs, budget); err != nil {
				return err
			}
			if len(gr.entries) == 0 {
				gr.end()
				active = append(active[:i], active[i+1:]...)
				i--
			}
		}
	}
	return nil
}

// end says that nothing more comes in the group's line.
func (gr *group) end() {
	close(gr.line)
	gr.files.close()
}

// deal reads the next document of gr and hands it out.
func (r *runner) deal(ctx context.Context, p *part, gr *group, jobs chan<- *job, budget *semaphore.Weighted) error {
	e := &gr.entries[0]
	gr.entries = gr.entries[1:]
	j := r.job(e)
	j.weight = min(max(e.weight(), 4<<10), r.budget())
	if err := budget.Acquire(ctx, j.weight); err != nil {
		return context.Cause(ctx)
	}
	j.read(r.in, p, &gr.files)
	select {
	case gr.line <- j:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	select {
	case jobs <- j:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	return nil
}

// read reads the bytes of j's entry.
func (j *job) read(in *input, p *part, files *fileCache) {
	e := j.entry
	if j.refused = e.refused; j.refused != nil {
		return
	}
	if e.line == 0 {
		j.data, j.refused = in.readFile(e.source, j.buf)
	} else {
		j.data, j.refused = files.record(in, p, e, j.buf)
	}
	if j.data != nil {
		j.buf = j.data
	}
}

// encode takes gr's documents in order and encodes their rows.
func (r *runner) encode(ctx context.Context, gr *group, encoders chan *schema.Encoder, budget *semaphore.Weighted) error {
	var enc *schema.Encoder
	select {
	case enc = <-encoders:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if enc == nil {
		enc = schema.NewEncoder(schema.Settings{})
	}
	var tally Tally
	var keys []byte
	for j := range gr.line {
		select {
		case <-j.done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if err := j.append(enc); err != nil {
			return err
		}
		tally.count(j, r.stages)
		keys = append(append(append(keys, j.entry.id...), 0), j.key()...)
		r.progress.seen(j)
		budget.Release(j.weight)
		r.recycle(j)
	}
	if err := ctx.Err(); err != nil { // the line may have ended early
		return context.Cause(ctx)
	}
	rows, err := enc.Finish()
	if err != nil {
		return err
	}
	encoders <- enc
	gr.encoded <- encodedGroup{rows, tally, keys}
	return nil
}

func (r *runner) job(e *entry) *job {
	j, _ := r.pool.Get().(*job)
	if j == nil {
		j = &job{done: make(chan struct{}, 1), times: make([]time.Duration, len(r.stages))}
	}
	j.entry, j.data, j.refused = e, nil, nil
	return j
}

// append adds j's rows to a group. Rows that would not be honest are a mistake of
// ours, but no reason to stop: the document goes to quarantine.
func (j *job) append(enc *schema.Encoder) error {
	err := enc.Append(&j.rows.Rows)
	if err == nil || j.rows.Check() == nil {
		return err
	}
	j.refused = refuse(Internal, "rows: %s", strings.ToValidUTF8(err.Error(), "\ufffd"))
	j.rows.reset()
	j.rows.quarantine(j)
	return enc.Append(&j.rows.Rows)
}

// key returns what stands for the document's content in the hash of its part:
// that of its bytes or, when they could not be read, why.
func (j *job) key() []byte {
	if j.data == nil {
		return []byte(j.refused.reason)
	}
	return j.sum[:]
}

// recycle keeps j's memory for another document. Tokens and rows take about
// thirty times the bytes of the text, so the memory of a long document is let go:
// else every job would grow to the size of the longest.
func (r *runner) recycle(j *job) {
	if len(j.data) <= 32<<10 {
		r.pool.Put(j)
	}
}

// process takes one document through the stages and makes its rows.
func (r *runner) process(j *job) {
	j.doc.Reset()
	j.rows.reset()
	clear(j.times)
	if j.refused == nil {
		j.sum = sha256.Sum256(j.data)
		j.refused = r.fill(j)
	}
	if j.refused == nil {
		j.refused = analyse(&j.doc, r.stages, j.times)
	}
	if j.refused == nil {
		j.refused = guard("rows", func() error { j.rows.document(j); return nil })
	}
	if j.refused != nil {
		j.rows.reset()
		j.rows.quarantine(j)
	}
}

// fill prepares j's document for the first stage.
func (r *runner) fill(j *job) *refusal {
	d, e := &j.doc, j.entry
	d.ID = e.id
	if e.duplicate {
		d.Flags.Add(stages.FlagDuplicateID, 1)
	}
	if e.line == 0 {
		d.Raw = j.data
		if !kindOf(e.source.path).known {
			return unsupported(d, e.source.path)
		}
		return nil
	}
	refused := r.fields.fill(d, trimLineEnd(j.data), e.offset, j.raw)
	j.raw = d.Raw
	return refused
}

// unsupported says why a file whose name ends unlike text is not read: its
// kind where its bytes tell it, else its name.
func unsupported(d *stages.Document, name string) *refusal {
	if r := guard("clean", func() error { return clean.Text(d) }); r != nil && r.reason != Internal {
		return r
	}
	return refuse(Unsupported, "the name ends in %q, not in .txt, .md, .jsonl or .ndjson, or one of these and .gz or .zst", path.Ext(name))
}

func trimLineEnd(line []byte) []byte {
	for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
		line = line[:len(line)-1]
	}
	return line
}

// A fileCache keeps the file of records open that was read from last.
type fileCache struct {
	path string
	file *os.File
}

// record reads the line that e names, in buf's memory if it fits.
func (c *fileCache) record(in *input, p *part, e *entry, buf []byte) ([]byte, *refusal) {
	if int64(cap(buf)) < e.size {
		buf = make([]byte, e.size)
	}
	buf = buf[:e.size]
	if kindOf(e.source.path).packed() {
		if _, err := p.store.ReadAt(buf, e.stored); err != nil {
			return nil, readRefusal(err)
		}
		return buf, nil
	}
	if c.path != e.source.path || c.file == nil {
		c.close()
		f, info, err := in.open(e.source.path)
		if err != nil {
			return nil, readRefusal(err)
		}
		c.path, c.file = e.source.path, f
		if info.Size() != e.source.size || !info.ModTime().Equal(e.source.modTime) {
			c.close()
			return nil, refuse(Changed, "the file is not what it was when its records were listed")
		}
	}
	if _, err := c.file.ReadAt(buf, e.offset); err != nil {
		return nil, readRefusal(err)
	}
	return buf, nil
}

func (c *fileCache) close() {
	if c.file != nil {
		c.file.Close() // read only: nothing to lose
		c.file = nil
	}
}
