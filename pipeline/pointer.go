package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"pressrow/schema/disk"
)

// pointerName is the name, in the folder of a dataset, of what says which
// snapshot is current. Renaming another one over it is the moment of publication.
//
// It is a symbolic link to snapshots/000012-3f9a…, so that readers get through it
// by paths that stay the same. Where the file system has no such links (FAT, some
// shares over SMB), it is a file with that path as its only line. Both have
// one name, so that there are never both, and one can replace the other.
const pointerName = "current"

// A pointerKind is what a pointer is made as.
type pointerKind int

const (
	linkPointer pointerKind = iota
	filePointer
)

// make makes a pointer to target, a path below the dataset's folder.
func (k pointerKind) make(target, name string) error {
	if k == filePointer {
		return disk.WriteFile(name, []byte(target+"\n"))
	}
	return disk.Symlink(target, name)
}

// readPointer returns the path below dir that its pointer holds, which need
// not lead anywhere, and what the pointer is. Errors wrap fs.ErrNotExist or
// ErrDamaged.
func readPointer(dir string) (target string, kind pointerKind, err error) {
	name := filepath.Join(dir, pointerName)
	target, err = os.Readlink(name)
	if errors.Is(err, syscall.EINVAL) { // no link
		kind = filePointer
		target, err = pointerLine(name)
	}
	if err != nil {
		return "", kind, err
	}
	folder, snapshot := filepath.Split(target)
	if _, _, ok := parseName(snapshot); !ok || folder != "snapshots"+string(filepath.Separator) {
		return "", kind, fmt.Errorf("%w: %s holds %.80q, which is no snapshot", ErrDamaged, name, target)
	}
	return target, kind, nil
}

// pointerLine returns the only line of a pointer that is a file.
func pointerLine(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 200))
	if err != nil {
		return "", fmt.Errorf("%w: %s is neither a link nor a file that can be read: %w", ErrDamaged, name, err)
	}
	return strings.TrimSuffix(string(b), "\n"), nil
}

// parseName returns the number and the id of a snapshot by the name of its folder.
func parseName(name string) (number int, id string, ok bool) {
	digits, id, ok := strings.Cut(name, "-")
	number, err := strconv.Atoi(digits)
	return number, id, ok && err == nil && len(id) == 16
}

// Current returns the folder of the snapshot that the dataset in dir shows
// now, ErrNoDataset or ErrDamaged.
func Current(dir string) (string, error) {
	target, _, err := readPointer(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", noDataset(dir)
	} else if err != nil {
		return "", err
	}
	snapshot := filepath.Join(dir, target)
	if _, err := os.Stat(snapshot); err != nil {
		return "", fmt.Errorf("%w: %s leads to %s, which is not there", ErrDamaged, filepath.Join(dir, pointerName), target)
	}
	return snapshot, nil
}

func noDataset(dir string) error {
	return fmt.Errorf("%w in %s; make one with: pressrow build --out %s INPUT", ErrNoDataset, dir, dir)
}

// Readable returns the snapshot that a reader of the dataset in dir can use. That is
// the current one. Where the pointer to it or its manifest is damaged, it is
// the newest that is whole, every byte of which was read for this, and damage
// says what is wrong. Errors wrap ErrNoDataset or ErrDamaged.
func Readable(dir string) (s *Snapshot, damage, err error) {
	now, damage := "", error(nil)
	for {
		now, damage = Current(dir)
		if damage == nil {
			s = describe(dir, filepath.Base(now), true)
			damage = s.damage
		}
		if damage == nil {
			return s, nil, nil
		}
		if again, _ := Current(dir); again == now { // else it was replaced, and retired, meanwhile
			break
		}
	}
	list, err := Snapshots(dir)
	if errors.Is(err, ErrNoDataset) {
		return nil, nil, damage // which may be the same
	} else if err != nil {
		return nil, nil, err
	}
	if errors.Is(damage, ErrNoDataset) {
		damage = fmt.Errorf("%w: there is no %s", ErrDamaged, filepath.Join(dir, pointerName))
	}
	for i := len(list) - 1; i >= 0; i-- {
		s := &list[i]
		if s.Current || s.damage != nil {
			continue
		}
		if _, err := Verify(s.Dir); err == nil {
			return s, damage, nil
		}
	}
	return nil, nil, fmt.Errorf("%w; no other snapshot is whole", damage)
}
