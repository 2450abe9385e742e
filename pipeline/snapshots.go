package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// ErrNoSnapshot says that the dataset has no snapshot of that number.
var ErrNoSnapshot = errors.New("no such snapshot")

// A Snapshot is one published state of a dataset.
type Snapshot struct {
	Number     int              `json:"number"`
	ID         string           `json:"id"`
	Name       string           `json:"name"` // 000012-3f9a0c5521e07d84
	Dir        string           `json:"dir"`
	Current    bool             `json:"current"`
	Pinned     bool             `json:"pinned"`
	Size       int64            `json:"size"`       // bytes of its Parquet files; parts that did not change are shared on disk
	Rows       map[string]int64 `json:"rows"`       // by table
	Duplicates int64            `json:"duplicates"` // see Manifest.Duplicates
	Damaged    string           `json:"damaged,omitempty"`

	damage error // what Damaged tells
}

// Snapshots returns the snapshots of the dataset in dir, oldest first, or
// ErrNoDataset. Their manifests are read, their files are not.
func Snapshots(dir string) ([]Snapshot, error) {
	found, err := (&output{dir: dir}).list()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(found) == 0 {
		return nil, noDataset(dir)
	}
	current, _, err := readPointer(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrDamaged) {
		return nil, err
	}
	list := make([]Snapshot, len(found))
	for i, n := range found {
		list[i] = *describe(dir, n.name, filepath.Base(current) == n.name)
	}
	return list, nil
}

// describe returns what there is to know of a snapshot by its name.
func describe(dir, name string, current bool) *Snapshot {
	s := &Snapshot{Name: name, Dir: filepath.Join(dir, "snapshots", name), Current: current}
	s.Number, s.ID, _ = parseName(name)
	_, err := os.Lstat(pinName(dir, name))
	s.Pinned = err == nil
	m, err := ReadManifest(s.Dir)
	if err != nil {
		s.damage, s.Damaged = err, err.Error()
		return s
	}
	s.Rows, s.Duplicates = m.Rows, m.Duplicates
	for _, p := range m.Parts {
		for _, f := range p.Files {
			s.Size += f.Size
		}
	}
	return s
}

// ParseSnapshot returns the number of a snapshot that is called for as 12,
// 000012 or 000012-3f9a0c5521e07d84.
func ParseSnapshot(word string) (int, error) {
	number, _, _ := strings.Cut(word, "-")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is no snapshot; name one by its number, as pressrow snapshots lists them", word)
	}
	return n, nil
}

// findSnapshot returns the snapshot with a number; 0 is the current one.
func findSnapshot(list []Snapshot, number int) (*Snapshot, error) {
	var numbers []string
	for i := range list {
		if s := &list[i]; s.Number == number || number == 0 && s.Current {
			return s, nil
		}
		numbers = append(numbers, strconv.Itoa(list[i].Number))
	}
	if number == 0 {
		return nil, fmt.Errorf("%w: current leads to none of the snapshots %s; choose one with: pressrow rollback N", ErrDamaged, strings.Join(numbers, ", "))
	}
	return nil, fmt.Errorf("%w: %d; there are %s", ErrNoSnapshot, number, strings.Join(numbers, ", "))
}

// FindSnapshot returns the snapshot of the dataset in dir with a number, or,
// for 0, the current one. Errors wrap ErrNoDataset, ErrNoSnapshot or ErrDamaged.
func FindSnapshot(dir string, number int) (*Snapshot, error) {
	list, err := Snapshots(dir)
	if err != nil {
		return nil, err
	}
	return findSnapshot(list, number)
}

// Before returns the newest snapshot of the dataset in dir that is older than
// number, or ErrNoSnapshot.
func Before(dir string, number int) (*Snapshot, error) {
	list, err := Snapshots(dir)
	if err != nil {
		return nil, err
	}
	return before(list, number)
}

func before(list []Snapshot, number int) (*Snapshot, error) {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Number < number {
			return &list[i], nil
		}
	}
	return nil, fmt.Errorf("%w: there is none before %d", ErrNoSnapshot, number)
}

// PrintSnapshots writes a table of the snapshots for people to read.
func PrintSnapshots(w io.Writer, list []Snapshot) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "number\tid\tdocuments\tsentences\tquarantine\tMB\t")
	for i := range list {
		s := &list[i]
		var notes []string
		if s.Current {
			notes = append(notes, "current")
		}
		if s.Pinned {
			notes = append(notes, "pinned")
		}
		if s.Damaged != "" {
			notes = append(notes, "damaged: "+Printable(s.Damaged))
		}
		fmt.Fprintf(t, "%06d\t%s\t%s\t%s\t%s\t%s\t%s\n", s.Number, s.ID, thousands(s.Rows["documents"]), thousands(s.Rows["sentences"]),
			thousands(s.Rows["quarantine"]), mega(s.Size), strings.Join(notes, ", "))
	}
	return t.Flush()
}

// change takes the lock of the dataset in dir for a change that is no build.
func change(dir string, do func(o *output, list []Snapshot) error) (err error) {
	if _, err := Snapshots(dir); err != nil {
		return err // before a folder is made that was mistyped
	}
	o, err := openOutput(context.Background(), dir, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	if err := o.prepare(); err != nil {
		return outputError(err)
	}
	list, err := Snapshots(dir)
	if err != nil {
		return err
	}
	return do(o, list)
}

// Rollback makes an older snapshot of the dataset in dir the current one, by
// one rename: the one with the number or, for 0, the one before the current. It
// is verified before. Rollback returns what was current, nil if nothing was,
// and what now is. Nothing is removed, and the next build publishes what its
// input gives, under a new number.
func Rollback(dir string, number int) (was, is *Snapshot, err error) {
	err = change(dir, func(o *output, list []Snapshot) error {
		newest := list[len(list)-1].Number + 1
		if s, err := findSnapshot(list, 0); err == nil {
			was, newest = s, s.Number
		}
		if number == 0 {
			is, err = before(list, newest)
		} else {
			is, err = findSnapshot(list, number)
		}
		if err != nil {
			return err
		}
		if is == was {
			return nil
		}
		if _, err := Verify(is.Dir); err != nil {
			return err
		}
		_, err = o.show(filepath.Join("snapshots", is.Name))
		return outputError(err)
	})
	return was, is, err
}

// pinName returns the name of the empty file that pins a snapshot. It lies
// outside the snapshot, which never changes.
func pinName(dir, snapshot string) string { return filepath.Join(dir, "pins", snapshot) }

// Pin keeps a snapshot of the dataset in dir until Unpin, whatever its age:
// the one with the number or, for 0, the current one.
func Pin(dir string, number int) (s *Snapshot, err error) {
	err = change(dir, func(_ *output, list []Snapshot) (err error) {
		if s, err = findSnapshot(list, number); err != nil || s.Pinned {
			return err
		}
		if err := disk.MkdirAll(filepath.Join(dir, "pins")); err != nil {
			return outputError(err)
		}
		return outputError(errors.Join(disk.WriteFile(pinName(dir, s.Name), nil), disk.SyncDir(filepath.Join(dir, "pins"))))
	})
	return s, err
}

// Unpin lets a snapshot go when its time has come.
func Unpin(dir string, number int) (s *Snapshot, err error) {
	err = change(dir, func(_ *output, list []Snapshot) (err error) {
		if s, err = findSnapshot(list, number); err != nil || !s.Pinned {
			return err
		}
		return outputError(disk.Remove(pinName(dir, s.Name)))
	})
	return s, err
}

// A Cleared says what Clear, or the end of a build, removed.
type Cleared struct {
	Removed    []Snapshot
	Unfinished bool     // a run that died had left something, which is removed
	Foreign    []string // snapshots that would have gone, but for a file in them that is not ours
}

// Clear removes the snapshots of the dataset in dir that are neither among the
// newest keep nor pinned nor current, and what unfinished runs have left.
func Clear(dir string, keep int) (c Cleared, err error) {
	err = change(dir, func(o *output, _ []Snapshot) (err error) {
		c, err = o.retain(keep)
		c.Unfinished = o.unfinished
		return outputError(err)
	})
	return c, err
}

// retain removes the snapshots that Clear speaks of. They are renamed away
// first, so that no reader finds half of one, not even after a loss of power.
func (o *output) retain(keep int) (c Cleared, err error) {
	list, err := Snapshots(o.dir)
	if err != nil {
		return c, err
	}
	for _, s := range list[:max(0, len(list)-keep)] {
		if s.Current || s.Pinned {
			continue
		}
		foreign, err := foreignIn(s.Dir)
		if err != nil {
			return c, err
		}
		if foreign != "" {
			c.Foreign = append(c.Foreign, filepath.Join(s.Dir, foreign))
			continue
		}
		if err := errors.Join(o.prepare(), disk.Rename(s.Dir, filepath.Join(o.staging(), s.Name))); err != nil {
			return c, err
		}
		c.Removed = append(c.Removed, s)
	}
	if len(c.Removed) == 0 {
		return c, nil
	}
	if err := o.syncDir(o.snapshots()); err != nil {
		return c, err
	}
	for _, s := range c.Removed {
		if err := disk.RemoveAll(filepath.Join(o.staging(), s.Name)); err != nil {
			return c, err
		}
	}
	return c, nil
}

// foreignIn returns the path, below dir, of a file that no pressrow has put
// into a snapshot, or "" without one.
func foreignIn(dir string) (string, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		m = new(Manifest) // damaged: then by their names alone
	}
	ours := map[string]bool{}
	for _, p := range m.Parts {
		for _, f := range p.Files {
			ours[f.Path] = true
		}
	}
	foreign := ""
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if !e.Type().IsRegular() || !ours[rel] && !ownName(rel) {
			foreign = rel
			return fs.SkipAll
		}
		return nil
	})
	return foreign, err
}

// ownName reports whether a path below a snapshot is one that builds write.
func ownName(rel string) bool {
	if folder, base := path.Split(rel); folder != "" {
		name, ending := strings.TrimSuffix(folder, "/"), ".parquet"
		if name == indexFolder {
			ending = ".jsonl"
		}
		part, err := path.Match("part-[0-9][0-9][0-9][0-9][0-9]"+ending, base)
		return err == nil && part && (name == indexFolder || slices.Contains(schema.TableNames(), name))
	}
	return slices.Contains(ownFiles, rel)
}

// ownFiles are the files of a snapshot besides those of the tables.
var ownFiles = []string{manifestName, "README.md", "croissant.json"}

// WriteJSON writes v to w as indented JSON.
func WriteJSON(w io.Writer, v any) error {
	e := json.NewEncoder(escaped{w})
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
