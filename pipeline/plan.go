package pipeline

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressrow/schema/disk"
)

// The most that a user can ask for.
const (
	MaxParts    = 1 << 12
	MaxDocBytes = 1 << 28 // spans of code points are 32 bits wide
)

// A listing is the files of an input, on disk: a list of millions of paths
// must not fill the memory.
type listing struct {
	dir   string // where the lists lie
	files int
	bytes int64
	skips Skips
}

// list walks the input and writes what it finds to dir.
func list(in *input, dir string) (*listing, error) {
	l := &listing{dir: dir}
	w, err := newListWriter(l.name(-1))
	if err != nil {
		return nil, outputError(err)
	}
	l.skips, err = in.walk(func(s source) error {
		l.files++
		l.bytes += s.size
		return outputError(w.write(&s))
	})
	return l, errors.Join(err, outputError(w.close()))
}

// parts returns the number of parts that suits the input: a power of two, such
// that a part holds half a GiB and 100,000 files or less.
func (l *listing) parts() int {
	n := max(l.bytes>>29, int64(l.files)/100_000)
	return min(1<<bits.Len64(uint64(n)), MaxParts)
}

// split writes one list for each of n parts.
func (l *listing) split(n int) error {
	writers := make([]*listWriter, n)
	var err error
	for i := range writers {
		if writers[i], err = newListWriter(l.name(i)); err != nil {
			return err
		}
	}
	err = l.read(-1, func(s *source) error { return writers[partOf(s.path, n)].write(s) })
	for _, w := range writers {
		err = errors.Join(err, w.close())
	}
	return err
}

// partOf returns the part of n that an input file belongs to.
func partOf(path string, n int) int {
	h := fnv.New64a()
	io.WriteString(h, path)
	return int(h.Sum64() % uint64(n))
}

func (l *listing) name(part int) string {
	if part < 0 {
		return filepath.Join(l.dir, "files")
	}
	return filepath.Join(l.dir, fmt.Sprintf("files-%05d", part))
}

// read calls yield with the files of a part, or of all for part -1.
func (l *listing) read(part int, yield func(*source) error) error {
	f, err := os.Open(l.name(part))
	if err != nil {
		return err
	}
	defer f.Close()
	dec := gob.NewDecoder(bufio.NewReaderSize(f, 1<<16))
	for {
		var r listed
		if err := dec.Decode(&r); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("read list of files: %w", err)
		}
		if err := yield(r.source()); err != nil {
			return err
		}
	}
}

// A listed is a source as it stands in a listing.
type listed struct {
	Path           string
	Size, ModTime  int64
	Reason, Detail string
}

type listWriter struct {
	f   *disk.File
	buf *bufio.Writer
	enc *gob.Encoder
}

func newListWriter(name string) (*listWriter, error) {
	f, err := disk.Create(name)
	if err != nil {
		return nil, err
	}
	buf := bufio.NewWriterSize(f, 1<<14)
	return &listWriter{f, buf, gob.NewEncoder(buf)}, nil
}

func (w *listWriter) write(s *source) error {
	r := listed{Path: s.path, Size: s.size, ModTime: s.modTime.UnixNano()}
	if s.refused != nil {
		r.Reason, r.Detail = string(s.refused.reason), s.refused.detail
	}
	return w.enc.Encode(&r)
}

func (w *listWriter) close() error { return errors.Join(w.buf.Flush(), w.f.Close()) }

func (r *listed) source() *source {
	s := &source{path: r.Path, size: r.Size, modTime: time.Unix(0, r.ModTime)}
	if r.Reason != "" {
		s.refused = &refusal{Reason(r.Reason), r.Detail, -1}
	}
	return s
}

// An entry is one document to be: a file, or a line of a JSON lines file.
type entry struct {
	id        string // doc_id
	source    *source
	offset    int64 // of the line in its file, unpacked
	stored    int64 // of the line in the part's store, where its file is packed
	size      int64 // bytes of the line, or of the file
	line      int   // counts from 1; 0 for a whole file
	duplicate bool  // another record had the same id
	refused   *refusal
}

// A part is the documents of one part in doc_id order.
type part struct {
	index   int
	entries []entry
	more    int64      // bytes of the entries beyond those of their files, as packed ones have
	store   *disk.File // lines of packed files, unpacked; nil without any
	tally   Tally      // of what is written
}

// plan lists the documents of a part. Lines of packed files are unpacked into
// a store below dir, because they must be read in the order of their ids.
func plan(in *input, l *listing, index int, fields *Fields, dir string) (*part, error) {
	p := &part{index: index}
	x := indexer{in: in, fields: fields, part: p, dir: dir}
	err := l.read(index, func(s *source) error {
		p.more -= s.size
		if s.refused == nil && kindOf(s.path).records {
			return x.records(s)
		}
		p.entries = append(p.entries, entry{id: idOf(s.path), source: s, size: s.size, refused: s.refused})
		return nil
	})
	if err = errors.Join(err, outputError(x.flush())); err != nil {
		return nil, errors.Join(err, p.close())
	}
	for i := range p.entries {
		p.more += p.entries[i].size
	}
	p.sort()
	return p, nil
}

// sort brings the entries into doc_id order. Of several with one id, all but
// the first get their line number, or how many came before, behind it.
func (p *part) sort() {
	for again := true; again; {
		slices.SortStableFunc(p.entries, func(a, b entry) int {
			if c := strings.Compare(a.id, b.id); c != 0 {
				return c
			}
			if c := strings.Compare(a.source.path, b.source.path); c != 0 {
				return c
			}
			return a.line - b.line
		})
		again = false
		first := 0
		for i := 1; i < len(p.entries); i++ {
			e := &p.entries[i]
			if e.id != p.entries[first].id {
				first = i
				continue
			}
			n := e.line
			if n == 0 {
				n = i - first + 1
			}
			e.id += "#" + strconv.Itoa(n)
			e.duplicate, again = true, true
		}
	}
}

func (p *part) close() error {
	if p.store == nil {
		return nil
	}
	return outputError(errors.Join(p.store.Close(), disk.Remove(p.store.Name())))
}

// groups cuts the entries into runs of about limit bytes of text.
func (p *part) groups(limit int64) [][]entry {
	var groups [][]entry
	first, size := 0, int64(0)
	for i := range p.entries {
		n := p.entries[i].weight()
		if i > first && size+n > limit {
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

// An indexer finds the records of JSON lines files.
type indexer struct {
	in     *input
	fields *Fields
	part   *part
	dir    string

	store  *bufio.Writer
	stored int64
}

// records adds an entry for each line of s that is not blank. What is wrong
// with the file as a whole becomes an entry of its own, behind the last line
// that could be read.
func (x *indexer) records(s *source) error {
	f, info, err := x.in.open(s.path)
	if err != nil {
		x.refuse(s, readRefusal(err))
		return nil
	}
	defer f.Close()
	s.size, s.modTime = info.Size(), info.ModTime()
	packing := kindOf(s.path).packing
	r, err := unpack(f, packing)
	if err != nil {
		x.refuse(s, unpackRefusal(err, 0))
		return nil
	}
	defer r.Close()
	if packing != "" {
		if err := x.openStore(); err != nil {
			return outputError(err)
		}
	}
	return x.lines(s, bufio.NewReaderSize(r, 1<<20), packing != "")
}

func (x *indexer) lines(s *source, r *bufio.Reader, packed bool) error {
	var line []byte
	var offset int64
	for number := 1; ; number++ {
		var length int64
		var err error
		line, length, err = readLine(r, line[:0], x.in.max)
		if err != nil && err != io.EOF {
			if packed {
				x.refuse(s, unpackRefusal(err, offset))
			} else {
				x.refuse(s, readRefusal(err).at(offset))
			}
			return nil
		}
		if length == 0 && err == io.EOF {
			return nil
		}
		e := entry{source: s, offset: offset, size: length, line: number, id: idOf(s.path) + "#"}
		offset += length
		if number == 1 && bytes.HasPrefix(line, byteOrderMark) {
			line = line[len(byteOrderMark):]
			e.offset += int64(len(byteOrderMark))
			e.size -= int64(len(byteOrderMark))
		}
		switch {
		case length > x.in.max:
			e.id += strconv.Itoa(number)
			e.refused = refuse(TooLarge, "a line of %d bytes, more than the limit of %d", length, x.in.max).at(e.offset)
			x.part.entries = append(x.part.entries, e)
		case len(bytes.TrimSpace(line)) == 0: // a blank line is no record
		default:
			if id := x.fields.recordID(line); id != "" {
				e.id += id
			} else {
				e.id += strconv.Itoa(number)
			}
			if packed {
				e.stored = x.stored
				if _, err := x.store.Write(line); err != nil {
					return outputError(err)
				}
				x.stored += e.size
			}
			x.part.entries = append(x.part.entries, e)
		}
		if packed && isBomb(offset-x.in.max, s.size) {
			x.refuse(s, refuse(Bomb, "%d bytes unpack to more than %d", s.size, offset).at(offset))
			return nil
		}
		if err == io.EOF {
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

// refuse adds an entry for a file of records that cannot be read to its end.
func (x *indexer) refuse(s *source, r *refusal) {
	x.part.entries = append(x.part.entries, entry{id: idOf(s.path), source: s, refused: r})
}

func (x *indexer) openStore() (err error) {
	if x.part.store == nil {
		x.part.store, err = disk.Create(filepath.Join(x.dir, fmt.Sprintf("store-%05d", x.part.index)))
		x.store = bufio.NewWriterSize(x.part.store, 1<<20)
	}
	return err
}

func (x *indexer) flush() error {
	if x.store == nil {
		return nil
	}
	return x.store.Flush()
}
