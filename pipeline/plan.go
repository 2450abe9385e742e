package pipeline

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"pressrow/schema/disk"
)

// The most that a user can ask for.
const (
	MaxParts    = 1 << 12
	MaxDocBytes = 1 << 28 // spans of code points are 32 bits wide
)

// An entry is one document to be: a file, or a line of a JSON lines file.
type entry struct {
	id      string // doc_id
	source  *source
	offset  int64    // of the line in its file, unpacked
	stored  int64    // of the line in the part's store, where its file is packed; -1 when it is not there
	size    int64    // bytes of the line, or of the file
	line    int      // counts from 1; 0 for a whole file
	suffix  int      // bytes at the end of id that tell it from another document with the same id
	refused *refusal // set when it was refused unread
	content content  // what there is to read; only known where it matters whether it changed
}

// duplicate reports whether another record had the same id.
func (e *entry) duplicate() bool { return e.suffix > 0 }

// own returns e's id without what was put behind it.
func (e *entry) own() string { return e.id[:len(e.id)-e.suffix] }

// packedLine reports whether e is a line of a packed file.
func (e *entry) packedLine() bool { return e.line > 0 && kindOf(e.source.path).packed() }

// A part is the documents of one part in doc_id order.
type part struct {
	index   int
	entries []entry
	more    int64      // bytes of the entries beyond those of their files, as packed ones have
	store   *disk.File // lines of packed files, unpacked; nil without any
	old     *oldPart   // the part as it was before; nil when there is nothing to take from it
}

// A planner lists the documents of parts.
type planner struct {
	in     *input
	fields *Fields
	dir    lazyDir // for stores
	old    bool    // parts were there before: what the documents hold matters, and most need not be read again
	known  *stats  // what files held, as earlier runs saw them
}

// plan lists the documents of a part. Lines of packed files are unpacked into
// a store, because they must be read in the order of their ids; where most need
// not be read again, this is left to part.unpack.
func (pl *planner) plan(l *listing, index int) (*part, error) {
	p := &part{index: index}
	var store storeWriter
	err := l.parts[index].read(func(s *source) error {
		p.more -= s.stat.Size
		switch {
		case pl.known.documents(s, p):
			return nil
		case s.refused != nil || !kindOf(s.path).records:
			p.entries = append(p.entries, entry{id: idOf(s.path), source: s, size: s.stat.Size, refused: s.refused})
			return nil
		}
		return readRecords(pl.in, pl.fields, s, func(e entry, line []byte) error {
			if pl.old && e.refused == nil {
				e.content = contentOf(line)
			}
			e.stored = -1
			if !pl.old && line != nil && e.packedLine() {
				var err error
				if e.stored, err = store.add(p, pl.dir, line); err != nil {
					return err
				}
			}
			p.entries = append(p.entries, e)
			return nil
		})
	})
	if err = errors.Join(err, store.flush()); err != nil {
		return nil, errors.Join(err, p.close())
	}
	for i := range p.entries {
		p.more += p.entries[i].size
	}
	p.sort()
	return p, nil
}

// sort brings the entries into doc_id order. Records of one file may have one
// id: all but the first get "#" and their line number behind it, again and again
// as long as a record of the file has the longer id of its own. An id of one's
// own is thus never taken away, and what comes to be named twice is named by its
// file alone. No two records are led to the same id, since no two stand in one
// line; so each id is come upon once at most, and the time is that of sorting.
func (p *part) sort() {
	p.order()
	first := 0
	for i := 1; i < len(p.entries); i++ {
		e := &p.entries[i]
		if e.id != p.entries[first].id {
			first = i
			continue
		}
		suffix := "#" + strconv.Itoa(e.line)
		for again := true; again; again = p.named(e.id) {
			e.id += suffix
			e.suffix += len(suffix)
		}
	}
	p.order()
}

func (p *part) order() {
	slices.SortStableFunc(p.entries, func(a, b entry) int {
		return cmp.Or(strings.Compare(a.id, b.id), strings.Compare(a.source.path, b.source.path), cmp.Compare(a.line, b.line))
	})
}

// named reports whether an entry has this id of its own. The entries are in the
// order of those.
func (p *part) named(id string) bool {
	_, found := slices.BinarySearchFunc(p.entries, id, func(e entry, id string) int { return strings.Compare(e.own(), id) })
	return found
}

func (p *part) close() error {
	if p.store == nil {
		return nil
	}
	return outputError(errors.Join(p.store.Close(), disk.Remove(p.store.Name())))
}

// look finds out what each whole file holds, many at once.
func (p *part) look(ctx context.Context, in *input, workers int) error {
	g, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range workers {
		g.Go(func() error {
			var buf []byte
			for {
				i := int(next.Add(1)) - 1
				if i >= len(p.entries) {
					return nil
				}
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				e := &p.entries[i]
				if e.content.known() {
					continue
				}
				refused := e.refused
				if refused == nil {
					var data []byte
					if data, refused = in.readFile(e.source, buf); refused == nil {
						e.content, buf = contentOf(data), data
						continue
					}
				}
				e.content = refused.content()
			}
		})
	}
	return g.Wait()
}

// unpack stores the lines of packed files that must be read again.
func (p *part) unpack(in *input, fields *Fields, dir lazyDir) error {
	wanted := map[*source]map[int]*entry{}
	for i := range p.entries {
		e := &p.entries[i]
		if e.packedLine() && e.refused == nil && e.stored < 0 && !p.old.has(e) {
			if wanted[e.source] == nil {
				wanted[e.source] = map[int]*entry{}
			}
			wanted[e.source][e.line] = e
		}
	}
	var store storeWriter
	for s, lines := range wanted { // in any order: the store is read by offset
		now := &source{path: s.path}
		err := readRecords(in, fields, now, func(e entry, line []byte) (err error) {
			if w := lines[e.line]; w != nil && e.refused == nil && w.offset == e.offset && w.size == e.size && now.stat.sameContent(s.stat) {
				w.stored, err = store.add(p, dir, line)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return store.flush()
}

// A content stands for what was read of a document: a hash of its bytes or, when
// they could not be read, of the reason.
type content struct {
	kind byte // 0 when nobody has looked
	sum  [sha256.Size]byte
}

func (c *content) known() bool { return c.kind != 0 }

func contentOf(data []byte) content { return content{'b', sha256.Sum256(data)} }

func (r *refusal) content() content {
	return content{'r', sha256.Sum256(fmt.Appendf(nil, "%s %d %s", r.reason, r.offset, r.detail))}
}

// key returns the hash of all that decides the rows of e besides the recipe,
// when c is what was read of it.
func (e *entry) key(c *content) docKey {
	b := strconv.AppendQuote(make([]byte, 0, 256), e.id)
	b = strconv.AppendQuote(b, e.source.path)
	for _, n := range [...]int64{e.offset, e.size, int64(e.line), int64(e.suffix)} {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	b = append(b, c.kind)
	return sha256.Sum256(append(b, c.sum[:]...))
}

// groups cuts the entries into runs of documents whose rows are encoded
// together. Where a group ends is decided by the documents around, not by how
// many came before: a document that is added, changed or removed moves the ends
// near it and no others. From three quarters of limit on, a group ends before
// the first document whose hash is low for its size, which happens once in a
// quarter of limit; at five quarters it ends anyway. A group thus has 0.97
// limit on average. (The idea is that of content-defined chunking, as in
// Muthitacharoen, Chen and Mazières, A Low-bandwidth Network File System, 2001.)
func (p *part) groups(limit int64) [][]entry {
	var groups [][]entry
	least, spread, most := limit*3/4, max(limit/4, 1), limit*5/4
	first, size := 0, int64(0)
	for i := range p.entries {
		e := &p.entries[i]
		n := max(e.weight(), leastWeight)
		if i > first && (size+n > most || size >= least && e.endsGroup(n, spread)) {
			groups = append(groups, p.entries[first:i])
			first, size = i, 0
		}
		size += n
	}
	if first < len(p.entries) {
		groups = append(groups, p.entries[first:])
	}
	return groups
}

// leastWeight is what a document counts in a group, even an empty one: rows
// take memory, too.
const leastWeight = 512

// endsGroup reports whether a group may end before e, which has n bytes: true
// for n of spread bytes.
func (e *entry) endsGroup(n, spread int64) bool {
	sum := sha256.Sum256([]byte(e.id))
	return n >= spread || uint64(binary.LittleEndian.Uint32(sum[:]))*uint64(spread) < uint64(n)<<32
}

// weight returns about how many bytes of text the entry holds.
func (e *entry) weight() int64 {
	if e.refused != nil {
		return 0
	}
	if e.line == 0 && kindOf(e.source.path).packed() {
		return 4 * e.size
	}
	return e.size
}

// readRecords calls found with an entry for each line of s that is not blank,
// and its bytes, or nil where the line was refused. What is wrong with the file
// as a whole becomes an entry of its own, behind the last line that could be
// read. An error is one of found.
func readRecords(in *input, fields *Fields, s *source, found func(e entry, line []byte) error) error {
	refuse := func(r *refusal) error {
		return found(entry{id: idOf(s.path), source: s, refused: r, content: r.content()}, nil)
	}
	f, info, err := in.open(s.path)
	if err != nil {
		return refuse(readRefusal(err))
	}
	defer f.Close()
	s.stat = statOf(info)
	packing := kindOf(s.path).packing
	r, err := unpack(f, packing, in.max+mostGrowth*s.stat.Size)
	if err != nil {
		return refuse(unpackRefusal(err, 0))
	}
	defer r.Close()
	return readLines(in, fields, s, bufio.NewReaderSize(r, int(min(1<<20, max(4<<10, s.stat.Size)))), found, refuse)
}

func readLines(in *input, fields *Fields, s *source, r *bufio.Reader, found func(entry, []byte) error, reject func(*refusal) error) error {
	packed := kindOf(s.path).packed()
	head, _ := r.Peek(512) // what goes wrong does so again below
	if refused := noRecords(head); refused != nil {
		return reject(refused)
	}
	var line []byte
	var offset int64
	for number := 1; ; number++ {
		var length int64
		var end error
		line, length, end = readLine(r, line[:0], in.max)
		if end != nil && end != io.EOF {
			if packed {
				return reject(unpackRefusal(end, offset))
			}
			return reject(readRefusal(end).at(offset))
		}
		if length == 0 && end == io.EOF {
			return nil
		}
		e := entry{source: s, offset: offset, size: length, line: number, id: idOf(s.path) + "#"}
		offset += length
		if number == 1 && bytes.HasPrefix(line, byteOrderMark) {
			line = line[len(byteOrderMark):]
			e.offset += int64(len(byteOrderMark))
			e.size -= int64(len(byteOrderMark))
		}
		var err error
		switch {
		case length > in.max:
			e.id += strconv.Itoa(number)
			e.refused = refuse(TooLarge, "a line of %d bytes, more than the limit of %d", length, in.max).at(e.offset)
			e.content = e.refused.content()
			err = found(e, nil)
		case len(bytes.TrimSpace(line)) == 0: // a blank line is no record
		default:
			if id := fields.recordID(line); id != "" {
				e.id += id
			} else {
				e.id += strconv.Itoa(number)
			}
			err = found(e, line)
		}
		if err != nil {
			return err
		}
		if end == io.EOF {
			return nil
		}
	}
}

var byteOrderMark = []byte("\ufeff")

// readLine reads up to and with the next line end. Of a line longer than max
// it keeps no more than max bytes, but counts all.
func readLine(r *bufio.Reader, line []byte, max int64) ([]byte, int64, error) {
	var length int64
	for {
		piece, err := r.ReadSlice('\n')
		length += int64(len(piece))
		if length <= max {
			line = append(line, piece...)
		}
		if err != bufio.ErrBufferFull {
			return line, length, err
		}
	}
}

// A storeWriter writes lines to a part's store, which it makes for the first.
type storeWriter struct {
	buf  *bufio.Writer
	size int64
}

// add appends a line and returns where it stands.
func (w *storeWriter) add(p *part, dir lazyDir, line []byte) (int64, error) {
	if w.buf == nil {
		name, err := dir()
		if err != nil {
			return 0, err
		}
		if p.store, err = disk.Create(filepath.Join(name, fmt.Sprintf("store-%05d", p.index))); err != nil {
			return 0, outputError(err)
		}
		w.buf = bufio.NewWriterSize(p.store, 1<<20)
	}
	at := w.size
	n, err := w.buf.Write(line)
	w.size += int64(n)
	return at, outputError(err)
}

func (w *storeWriter) flush() error {
	if w.buf == nil {
		return nil
	}
	return outputError(w.buf.Flush())
}
