package pipeline

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// With Options.TrustStat, a file whose size, times and inode are what they were
// is taken to hold what it held. What that was stands in the folder .stat of the
// output, which is no part of the dataset: where it is missing or damaged,
// files are read.

// stats holds what some files held when they were last read. A nil one knows
// of none.
type stats struct {
	name    string               // of the file it is kept in
	settled int64                // what changed since, in nanoseconds since 1970, must be read again the next time
	files   map[string]knownFile // by path
}

// A knownFile is an input file as it was when it was read.
type knownFile struct {
	Path      string
	Stat      fileStat
	Documents []knownDocument
}

// A knownDocument is a document in it.
type knownDocument struct {
	ID           string
	Offset, Size int64
	Line         int
	Sum          [sha256.Size]byte
}

// readStats returns what is known of the files of a part.
func readStats(output string, part int, settled int64) *stats {
	s := &stats{name: filepath.Join(output, statFolder, fmt.Sprintf("part-%05d", part)), settled: settled, files: map[string]knownFile{}}
	var list []knownFile
	if readSealed(s.name, &list) {
		for _, f := range list {
			s.files[f.Path] = f
		}
	}
	return s
}

const statFolder = ".stat"

// documents adds the documents of f to p, if they are known.
func (s *stats) documents(f *source, p *part) bool {
	if s == nil || f.refused != nil {
		return false
	}
	known, ok := s.files[f.path]
	if !ok || known.Stat != f.stat {
		return false
	}
	for _, d := range known.Documents {
		p.entries = append(p.entries, entry{
			id: d.ID, source: f, offset: d.Offset, stored: -1, size: d.Size, line: d.Line, content: content{'b', d.Sum},
		})
	}
	return true
}

// update notes what the files of p hold, and writes it down if that is news.
func (s *stats) update(p *part) error {
	if s == nil {
		return nil
	}
	return writeSealed(s.name, knownFiles(p, s.settled))
}

// knownFiles returns the files of p that were read whole and have not changed
// since settled.
func knownFiles(p *part, settled int64) []knownFile {
	known := map[*source]*knownFile{}
	for i := range p.entries {
		e := &p.entries[i]
		f := known[e.source]
		if f == nil {
			f = &knownFile{Path: e.source.path, Stat: e.source.stat}
			known[e.source] = f
		}
		if e.content.kind != 'b' || max(f.Stat.Modified, f.Stat.Changed) >= settled {
			f.Path = "" // not known after all
		}
		f.Documents = append(f.Documents, knownDocument{e.own(), e.offset, e.size, e.line, e.content.sum})
	}
	var list []knownFile
	for _, f := range known {
		if f.Path != "" {
			list = append(list, *f)
		}
	}
	slices.SortFunc(list, func(a, b knownFile) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// readSealed reads what writeSealed wrote. It reports false where that is
// missing or damaged.
func readSealed(name string, to any) bool {
	b, err := os.ReadFile(name)
	if err != nil || len(b) < sha256.Size {
		return false
	}
	sum := sha256.Sum256(b[sha256.Size:])
	return bytes.Equal(sum[:], b[:sha256.Size]) && gob.NewDecoder(bytes.NewReader(b[sha256.Size:])).Decode(to) == nil
}

// writeSealed writes v with its hash, unless the file is as it would become.
func writeSealed(name string, v any) error {
	var b bytes.Buffer
	b.Write(make([]byte, sha256.Size))
	if err := gob.NewEncoder(&b).Encode(v); err != nil {
		return err
	}
	sum := sha256.Sum256(b.Bytes()[sha256.Size:])
	copy(b.Bytes(), sum[:])
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, b.Bytes()) {
		return nil
	}
	next := name + ".new"
	if err := disk.MkdirAll(filepath.Dir(name)); err != nil {
		return outputError(err)
	}
	if err := disk.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return outputError(err)
	}
	if err := disk.WriteFile(next, b.Bytes()); err != nil {
		return outputError(err)
	}
	return outputError(disk.Rename(next, name))
}

// A soundFile is a file of the dataset whose bytes were found to be those of
// its manifest. Its Changed is 0: a new link changes the time of change, too.
type soundFile struct {
	Stat   fileStat
	SHA256 string
}

// A soundness checks files of the dataset against the manifest. With trust, it
// takes the word of an earlier run for those whose size, time and inode are
// what they were.
type soundness struct {
	name    string
	settled int64 // what was modified since, in nanoseconds since 1970, must be checked again the next time
	trust   bool

	known map[soundFile]bool
	mu    sync.Mutex
	found []soundFile
}

func newSoundness(output string, settled int64, trust bool) *soundness {
	s := &soundness{name: filepath.Join(output, statFolder, "dataset"), settled: settled, trust: trust, known: map[soundFile]bool{}}
	var list []soundFile
	if trust && readSealed(s.name, &list) {
		for _, f := range list {
			s.known[f] = true
		}
	}
	return s
}

// check reports whether the file has this size and SHA-256.
func (s *soundness) check(name string, size int64, sum string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	f := soundFile{statOf(info), sum}
	f.Stat.Changed = 0
	if !s.known[f] || f.Stat.Size != size {
		if err := schema.VerifyBytes(name, size, sum); err != nil {
			return err
		}
	}
	if f.Stat.Modified < s.settled {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.found = append(s.found, f)
	}
	return nil
}

// update writes down which files were found to be sound.
func (s *soundness) update() error {
	if !s.trust {
		return nil
	}
	slices.SortFunc(s.found, func(a, b soundFile) int {
		return cmp.Or(strings.Compare(a.SHA256, b.SHA256), cmp.Compare(a.Stat.Inode, b.Stat.Inode))
	})
	return writeSealed(s.name, slices.Compact(s.found))
}
