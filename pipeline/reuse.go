package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"pressrow/schema/disk"
)

// ErrNewer says that the dataset was made by a newer program.
var ErrNewer = errors.New("the dataset is newer than this program")

// An earlier is a snapshot that is there already.
type earlier struct {
	dir      string
	manifest *Manifest
	current  bool
}

// lookBack returns the snapshot that a build may take rows from: the current one
// or, where it is of no use, the newest other one; nil if there is none.
func (b *builder) lookBack() (*earlier, error) {
	if b.old != nil {
		return &earlier{b.oldDir, b.old, b.oldCurrent}, nil
	}
	list, err := b.out.list()
	if err != nil {
		return nil, outputError(err)
	}
	for _, s := range slices.Backward(list) {
		dir := filepath.Join(b.out.snapshots(), s.name)
		if m, err := ReadManifest(dir); err == nil {
			b.warn("rows that are still right are taken from %s", s.name)
			return &earlier{dir, m, false}, nil
		}
	}
	return nil, nil
}

// check compares the files of part i with the manifest.
func (s *earlier) check(i int, sound *soundness) error {
	p := &s.manifest.Parts[i]
	var g errgroup.Group
	g.SetLimit(2)
	g.Go(func() error { return s.checkFile(sound, p.Index.Path, p.Index.Size, p.Index.SHA256) })
	for _, f := range p.Files {
		g.Go(func() error { return s.checkFile(sound, f.Path, f.Size, f.SHA256) })
	}
	return g.Wait()
}

func (s *earlier) checkFile(sound *soundness, name string, size int64, sum string) error {
	if err := sound.check(filepath.Join(s.dir, filepath.FromSlash(name)), size, sum); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// link gives the files of part i a place in the staged snapshot, too. Where the
// file system has no such links, they are copied.
func (s *earlier) link(i int, staged string) error {
	p := &s.manifest.Parts[i]
	names := []string{p.Index.Path}
	for _, f := range p.Files {
		names = append(names, f.Path)
	}
	for _, name := range names {
		from, to := filepath.Join(s.dir, filepath.FromSlash(name)), filepath.Join(staged, filepath.FromSlash(name))
		if err := makeFolder(filepath.Dir(to)); err != nil {
			return err
		}
		if err := disk.Link(from, to); err == nil {
			continue
		}
		b, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		if err := disk.WriteFile(to, b); err != nil {
			return err
		}
	}
	return nil
}

// changes says in what r differs from old, in an order that is always the same:
// "sentiment model a1b2c3d4 -> 99887766", "parts 1 -> 4".
func (r *Recipe) changes(old *Recipe) []string {
	now, was := r.flat(), old.flat()
	for key := range was {
		if _, ok := now[key]; !ok {
			now[key] = "none"
		}
	}
	var list []string
	for _, key := range slices.Sorted(maps.Keys(now)) {
		before, ok := was[key]
		if !ok {
			before = "none"
		}
		if before != now[key] {
			list = append(list, fmt.Sprintf("%s %s -> %s", key, before, now[key]))
		}
	}
	return list
}

// flat returns the fields of r by the names that people know them by.
func (r *Recipe) flat() map[string]string {
	fields := map[string]string{
		"schema": r.Schema, "writer": r.Writer, "rows version": strconv.Itoa(r.Rows), "index version": strconv.Itoa(r.Index),
	}
	for name, s := range r.Stages {
		version, data, _ := strings.Cut(s, " ")
		fields[name+" version"] = version
		if data != "" {
			fields[name+" model"] = data
		}
	}
	b, err := json.Marshal(r.Settings)
	var settings map[string]json.RawMessage
	if err = errors.Join(err, json.Unmarshal(b, &settings)); err != nil {
		panic(err) // what was just made of a struct of lists and numbers
	}
	for name, value := range settings {
		fields[strings.ReplaceAll(name, "_", " ")] = string(value)
	}
	return fields
}

// newer returns what in old was made by a newer program than r; "" if nothing was.
func (r *Recipe) newer(old *Recipe) string {
	if laterVersion(old.Schema, r.Schema) {
		return fmt.Sprintf("schema %s; this program has %s", old.Schema, r.Schema)
	}
	for _, name := range slices.Sorted(maps.Keys(old.Stages)) {
		was, _, _ := strings.Cut(old.Stages[name], " ")
		now, _, _ := strings.Cut(r.Stages[name], " ")
		if now != "" && laterVersion(was, now) {
			return fmt.Sprintf("%s version %s; this program has %s", name, was, now)
		}
	}
	if old.Rows > r.Rows || old.Index > r.Index {
		return fmt.Sprintf("rows version %d and index version %d; this program has %d and %d", old.Rows, old.Index, r.Rows, r.Index)
	}
	return ""
}

// laterVersion reports whether a is a later version than b: 1.10 is later than
// 1.9. Of what is no number nothing is later.
func laterVersion(a, b string) bool {
	listA, listB := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(listA), len(listB)) {
		x, err1 := strconv.Atoi(listA[i])
		y, err2 := strconv.Atoi(listB[i])
		if err1 != nil || err2 != nil {
			return false
		}
		if x != y {
			return x > y
		}
	}
	return len(listA) > len(listB)
}
