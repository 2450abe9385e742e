package pipeline

import (
	"context"
	"crypto/sha256"
	"errors"
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

	report   *Report // used by the committer only
	progress *Progress
	pool     sync.Pool            // of *job
	encoders chan *schema.Encoder // as many as width; nil where one is still to be made
	tick     time.Duration        // of the watch
}

func newRunner(in *input, opt *Options, report *Report) *runner {
	r := &runner{
		in: in, stages: opt.stages, fields: &opt.Fields, workers: opt.Workers, groupBytes: opt.groupBytes,
		report: report, progress: opt.Progress, tick: opt.tick,
	}
	r.encoders = make(chan *schema.Encoder, r.width())
	for range r.width() {
		r.encoders <- nil
	}
	return r
}

// A job is one document on its way, with all the memory it needs.
type job struct {
	entry   *entry
	kept    *place          // its rows in the old part, where they are still right; all below is then unused
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
	copied   *placedGroup  // set when the old part has the very group
	rows     *schema.Group // else
	index    groupIndex
	analysed int64 // documents that went through the stages
	times    Tally // only Seconds are set
}

// part appends the rows of p's documents to w, and what they were made from to
// index. Rows that the old part has are taken from there.
func (r *runner) part(ctx context.Context, p *part, w *schema.PartWriter, index *indexWriter) error {
	g, ctx := errgroup.WithContext(ctx)
	groups := p.groups(r.groupBytes)
	open := make(chan struct{}, r.width()+1) // one more: a group that is read while another's encoder ends
	jobs := make(chan *job)
	ordered := make(chan *group, len(groups))
	budget := semaphore.NewWeighted(r.budget())

	g.Go(func() error {
		defer close(jobs)
		defer close(ordered)
		return r.read(ctx, g, p, groups, open, ordered, jobs, budget)
	})
	r.work(g, jobs)
	g.Go(func() error {
		for gr := range ordered {
			select {
			case e := <-gr.encoded:
				if err := r.commit(&e, p, w, index); err != nil {
					return outputError(err)
				}
				if e.copied == nil {
					<-open
				}
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	return g.Wait()
}

// commit appends a finished group to the files.
func (r *runner) commit(e *encodedGroup, p *part, w *schema.PartWriter, index *indexWriter) error {
	if e.copied != nil {
		e.index = e.copied.groupIndex
		if err := w.Copy(p.old.rows, e.copied.firstRowGroup, &e.index.RowGroups); err != nil {
			return err
		}
	} else if err := w.Add(e.rows); err != nil {
		return err
	}
	r.report.Analysed += e.analysed
	r.report.Copied += int64(len(e.index.Documents)) - e.analysed
	r.report.Tally.merge(&e.index.Counts)
	addAll(&r.report.Tally.Seconds, e.times.Seconds)
	return index.add(&e.index)
}

// width returns how many groups are read and encoded at once. Encoding takes
// about half as long as analysis, so that two processors are kept busy by one;
// beyond four workers more would be faster, for 60 MB of memory each.
func (r *runner) width() int { return (r.workers + 3) / 4 }

// budget returns how many input bytes may be in flight.
func (r *runner) budget() int64 { return int64(r.workers) * inFlight }

// read deals out the documents of p, in turn from each of the open groups.
func (r *runner) read(ctx context.Context, g *errgroup.Group, p *part, waiting [][]entry, open chan<- struct{}, ordered chan<- *group, jobs chan<- *job, budget *semaphore.Weighted) error {
	var active []*group
	defer func() {
		for _, gr := range active {
			gr.end()
		}
	}()
	for len(waiting) > 0 || len(active) > 0 {
		for len(waiting) > 0 && len(active) < r.width() {
			gr := &group{entries: waiting[0], line: make(chan *job, 64*r.workers), encoded: make(chan encodedGroup, 1)}
			if old := p.old.group(gr.entries); old != nil {
				gr.encoded <- encodedGroup{copied: old}
				ordered <- gr // there is room for all
				waiting = waiting[1:]
				r.progress.copied(gr.entries, &old.Counts)
				continue
			}
			if room, err := makeRoom(ctx, open, len(active) == 0); err != nil {
				return err
			} else if !room {
				break
			}
			waiting = waiting[1:]
			ordered <- gr
			active = append(active, gr)
			g.Go(func() error { return r.encode(ctx, gr, p.old, budget) })
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

// makeRoom opens one more group. Unless it may wait for that, it reports false
// where too many are open: those that are not committed yet may stand behind one
// that is still to be dealt out.
func makeRoom(ctx context.Context, open chan<- struct{}, wait bool) (bool, error) {
	select {
	case open <- struct{}{}:
		return true, nil
	default:
	}
	if !wait {
		return false, nil
	}
	select {
	case open <- struct{}{}:
		return true, nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
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
	if j.kept = p.old.find(e); j.kept == nil {
		j.weight = min(max(e.weight(), 4<<10), r.budget())
		if err := budget.Acquire(ctx, j.weight); err != nil {
			return context.Cause(ctx)
		}
		j.read(r.in, p, &gr.files)
	}
	select {
	case gr.line <- j:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if j.kept != nil {
		j.done <- struct{}{} // there is room for one
		return nil
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
func (r *runner) encode(ctx context.Context, gr *group, old *oldPart, budget *semaphore.Weighted) (err error) {
	var enc *schema.Encoder
	select {
	case enc = <-r.encoders:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if enc == nil {
		enc = schema.NewEncoder(schema.Settings{})
	}
	var kept *schema.RowReader
	if old != nil {
		kept = old.borrow()
		defer old.giveBack(kept)
	}
	var out encodedGroup
	for j := range gr.line {
		select {
		case <-j.done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		rows := &j.rows.Rows
		if j.kept == nil {
			if err := j.append(enc); err != nil {
				return err
			}
			out.analysed++
			out.times.time(j.times, r.stages)
			out.index.add(j.entry, j.content(), rows)
			if err := r.appendMore(j, enc, &out.index); err != nil {
				return err
			}
			budget.Release(j.weight)
		} else {
			if rows, err = old.read(kept, j.entry, j.kept); err != nil {
				return outputError(err)
			}
			if err := enc.Append(rows); err != nil {
				return err
			}
			out.index.add(j.entry, &j.entry.content, rows)
		}
		r.progress.seen(j.entry, rows)
		r.recycle(j)
	}
	if err := ctx.Err(); err != nil { // the line may have ended early
		return context.Cause(ctx)
	}
	if out.rows, err = enc.Finish(); err != nil {
		return err
	}
	out.index.RowGroups = out.rows.RowGroups()
	r.encoders <- enc
	gr.encoded <- out
	return nil
}

// add adds a document, of which c was read and these rows were made.
func (g *groupIndex) add(e *entry, c *content, rows *schema.Rows) {
	g.Counts.add(rows)
	g.Documents = append(g.Documents, documentIndex{e.id, e.key(c), rows.RowCounts()})
}

// more adds further rows of the document that was added last.
func (g *groupIndex) more(rows *schema.Rows) {
	g.Counts.add(rows)
	g.Documents[len(g.Documents)-1].Rows.Add(rows.RowCounts())
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

// appendMore adds the rows of a very long document that do not fit into j at once.
func (r *runner) appendMore(j *job, enc *schema.Encoder, index *groupIndex) error {
	for {
		sentences := len(j.rows.Sentences)
		if !j.rows.more(j) {
			return nil
		}
		r.progress.Sentences.Add(int64(sentences))
		if err := enc.Append(&j.rows.Rows); err != nil {
			return err
		}
		index.more(&j.rows.Rows)
	}
}

// content returns what was read of j's entry.
func (j *job) content() *content {
	if j.data == nil {
		c := j.refused.content()
		return &c
	}
	return &content{'b', j.sum}
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
		if refused := guard("record", func() error { j.refused = r.fill(j); return nil }); refused != nil {
			j.refused = refused
		}
	}
	if j.refused == nil {
		j.refused = analyse(&j.doc, r.stages, j.times)
	}
	if j.refused == nil {
		j.refused = guard("rows", func() error { return j.rows.document(j) })
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
	if e.duplicate() {
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
	if e.packedLine() {
		if e.stored < 0 {
			return nil, changedRefusal()
		}
		if _, err := p.store.ReadAt(buf, e.stored); err != nil {
			return nil, readRefusal(err)
		}
		return buf, nil
	}
	if c.path != e.source.path || c.file == nil {
		c.close()
		f, _, err := in.open(e.source.path)
		if err != nil {
			return nil, readRefusal(err)
		}
		c.path, c.file = e.source.path, f
	}
	_, err := c.file.ReadAt(buf, e.offset)
	info, statErr := c.file.Stat()
	switch {
	case statErr == nil && !statOf(info).sameContent(e.source.stat):
		return nil, changedRefusal()
	case err != nil || statErr != nil:
		return nil, readRefusal(errors.Join(err, statErr))
	}
	return buf, nil
}

func changedRefusal() *refusal {
	return refuse(Changed, "the file is not what it was when its records were listed")
}

func (c *fileCache) close() {
	if c.file != nil {
		c.file.Close() // read only: nothing to lose
		c.file = nil
	}
}
