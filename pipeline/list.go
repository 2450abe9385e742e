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

	"pressrow/schema/disk"
)

// A listing is the files of an input. Millions of paths must not fill the
// memory: what is too much for it lies in a folder.
type listing struct {
	files int
	bytes int64
	skips Skips

	dir   lazyDir
	all   *spool
	parts []*spool
}

// A lazyDir makes a folder for passing things when it is first called, and
// returns its name. A run that finds nothing to do never calls it.
type lazyDir func() (string, error)

// listMemory is the number of bytes of a listing that are kept in memory,
// enough for about 300,000 files.
const listMemory = 32 << 20

// list walks the input and notes what it finds.
func list(in *input, dir lazyDir) (*listing, error) {
	l := &listing{dir: dir, all: newSpool("files", listMemory, dir)}
	var err error
	l.skips, err = in.walk(func(s source) error {
		l.files++
		l.bytes += s.stat.Size
		return l.all.add(&s)
	})
	l.parts = []*spool{l.all}
	return l, errors.Join(err, l.all.close())
}

// suits returns the number of parts that suits the input: a power of two, such
// that a part holds half a GiB and 100,000 files or less.
func (l *listing) suits() int {
	n := max(l.bytes>>29, int64(l.files)/100_000)
	return min(1<<bits.Len64(uint64(n)), MaxParts)
}

// split makes a list for each of n parts.
func (l *listing) split(n int) error {
	if n == 1 {
		return nil
	}
	l.parts = make([]*spool, n)
	for i := range l.parts {
		l.parts[i] = newSpool(fmt.Sprintf("files-%05d", i), listMemory/n, l.dir)
	}
	err := l.all.read(func(s *source) error { return l.parts[partOf(s.path, n)].add(s) })
	for _, p := range l.parts {
		err = errors.Join(err, p.close())
	}
	l.all = nil
	return err
}

// partOf returns the part of n that an input file belongs to.
func partOf(path string, n int) int {
	h := fnv.New64a()
	io.WriteString(h, path)
	return int(h.Sum64() % uint64(n))
}

// A spool is a list of sources. The first of them are kept in memory, what
// follows in a file.
type spool struct {
	name string
	dir  lazyDir
	room int // bytes of memory

	first []byte
	file  *disk.File // nil as long as all have room
	buf   *bufio.Writer
	enc   *gob.Encoder
}

func newSpool(name string, room int, dir lazyDir) *spool {
	s := &spool{name: name, dir: dir, room: room}
	s.enc = gob.NewEncoder(s)
	return s
}

// Write takes what the encoder makes of a source.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && len(s.first)+len(p) <= s.room {
		s.first = append(s.first, p...)
		return len(p), nil
	}
	if s.file == nil {
		dir, err := s.dir()
		if err != nil {
			return 0, err
		}
		if s.file, err = disk.Create(filepath.Join(dir, s.name)); err != nil {
			return 0, outputError(err)
		}
		s.buf = bufio.NewWriterSize(s.file, 1<<14)
	}
	n, err := s.buf.Write(p)
	return n, outputError(err)
}

func (s *spool) add(f *source) error {
	r := listed{Path: f.path, Stat: f.stat}
	if f.refused != nil {
		r.Reason, r.Detail = string(f.refused.reason), f.refused.detail
	}
	return s.enc.Encode(&r)
}

// close ends the adding.
func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	return outputError(errors.Join(s.buf.Flush(), s.file.Close()))
}

// read calls yield with the sources in their order.
func (s *spool) read(yield func(*source) error) error {
	var r io.Reader = bytes.NewReader(s.first)
	if s.file != nil {
		f, err := os.Open(s.file.Name())
		if err != nil {
			return outputError(err)
		}
		defer f.Close()
		r = io.MultiReader(r, bufio.NewReaderSize(f, 1<<16))
	}
	dec := gob.NewDecoder(r)
	for {
		var r listed
		if err := dec.Decode(&r); err == io.EOF {
			return nil
		} else if err != nil {
			return outputError(fmt.Errorf("read list of files: %w", err))
		}
		if err := yield(r.source()); err != nil {
			return err
		}
	}
}

// A listed is a source as it stands in a spool.
type listed struct {
	Path           string
	Stat           fileStat
	Reason, Detail string
}

func (r *listed) source() *source {
	s := &source{path: r.Path, stat: r.Stat}
	if r.Reason != "" {
		s.refused = &refusal{Reason(r.Reason), r.Detail, -1}
	}
	return s
}
