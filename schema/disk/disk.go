// Package disk is the one door to the file system for everything that is
// written: all that pressrow creates, renames, links or removes goes through
// these functions. They do what their namesakes in package os do, one system
// call at a time, so that a test can watch each of them, for example
//
//	create out/.staging/snapshot/manifest.json
//	write out/.staging/snapshot/manifest.json
//	sync out/.staging/snapshot/manifest.json
//	close out/.staging/snapshot/manifest.json
//	rename out/.staging/snapshot out/snapshots/000012-3f9a0c5521e07d84
//
// and fail it, stop the program before or after it, or write it down.
package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// A Kind is a kind of operation.
type Kind string

// The operations.
const (
	CreateFile Kind = "create" // or open, where the file is there already
	WriteData  Kind = "write"
	Truncate   Kind = "truncate" // to nothing
	SyncFile   Kind = "sync"
	CloseFile  Kind = "close"
	MakeFolder Kind = "mkdir"
	SyncFolder Kind = "syncdir"
	MoveName   Kind = "rename"
	MakeLink   Kind = "link"
	MakeSymbol Kind = "symlink"
	RemoveName Kind = "remove" // of a file, a link or an empty folder
)

// An Op is one operation.
type Op struct {
	Kind Kind
	Path string // what is changed
	To   string // of rename, link and symlink: the new name
	Data []byte // of write: the bytes to write; may be cut short by Watch
}

// Watch, when it is not nil, is called for each operation in its place.
// It may carry it out with do, before or after which it may do as it likes, and
// what it returns is returned to the caller. Only tests set it, while nothing
// else goes on; it is called from several goroutines.
var Watch func(op *Op, do func() error) error

func run(op *Op, do func() error) error {
	if Watch != nil {
		return Watch(op, do)
	}
	return do()
}

// A File is a file that is open for writing and reading.
type File struct{ file *os.File }

// Create makes a new file, readable by all as far as the umask allows. A file
// that is already there is an error.
func Create(name string) (*File, error) { return open(name, os.O_EXCL) }

// Open opens a file and makes it where it is missing.
func Open(name string) (*File, error) { return open(name, 0) }

func open(name string, flag int) (f *File, err error) {
	err = run(&Op{Kind: CreateFile, Path: name}, func() error {
		file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|flag, 0o644)
		f = &File{file}
		return err
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Name returns the name that the file was opened by.
func (f *File) Name() string { return f.file.Name() }

// Fd returns the system's number of the file.
func (f *File) Fd() uintptr { return f.file.Fd() }

// Read reads on, as an io.Reader.
func (f *File) Read(p []byte) (int, error) { return f.file.Read(p) }

// ReadAt reads from a place, as an io.ReaderAt.
func (f *File) ReadAt(p []byte, offset int64) (int, error) { return f.file.ReadAt(p, offset) }

// Write writes p, as an io.Writer.
func (f *File) Write(p []byte) (n int, err error) {
	op := Op{Kind: WriteData, Path: f.Name(), Data: p}
	err = run(&op, func() (err error) {
		n, err = f.file.Write(op.Data)
		return err
	})
	return n, err
}

// Truncate cuts the file to nothing.
func (f *File) Truncate() error {
	return run(&Op{Kind: Truncate, Path: f.Name()}, func() error { return f.file.Truncate(0) })
}

// Sync returns when the file's bytes will outlast a loss of power. Its name
// will only after SyncDir of its folder.
func (f *File) Sync() error {
	return run(&Op{Kind: SyncFile, Path: f.Name()}, f.file.Sync)
}

// Close closes the file.
func (f *File) Close() error {
	return run(&Op{Kind: CloseFile, Path: f.Name()}, f.file.Close)
}

// WriteFile makes a new file with this content and syncs it. After an error
// there is no such file, as far as it can be removed.
func WriteFile(name string, data []byte) error {
	f, err := Create(name)
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, Remove(name))
	}
	return nil
}

// Mkdir makes a folder.
func Mkdir(name string) error {
	return run(&Op{Kind: MakeFolder, Path: name}, func() error { return os.Mkdir(name, 0o755) })
}

// MkdirAll makes a folder, and those above it, where they are missing, and
// syncs the folder above each that it made.
func MkdirAll(name string) error {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	above := filepath.Dir(name)
	if above != name {
		if err := MkdirAll(above); err != nil {
			return err
		}
	}
	if err := Mkdir(name); err != nil {
		if info, e := os.Stat(name); e == nil && info.IsDir() {
			return nil // made by another process meanwhile
		}
		return err
	}
	return SyncDir(above)
}

// SyncDir returns when the names in a folder will outlast a loss of power. Where
// the file system cannot sync folders it does nothing.
func SyncDir(name string) error {
	_, err := TrySyncDir(name)
	return err
}

// TrySyncDir is SyncDir; can says whether the file system is able to. Some that
// belong to other systems or machines are not.
func TrySyncDir(name string) (can bool, err error) {
	err = run(&Op{Kind: SyncFolder, Path: name}, func() error {
		d, err := os.Open(name)
		if err != nil {
			return err
		}
		return errors.Join(d.Sync(), d.Close())
	})
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return false, nil
	}
	return err == nil, err
}

// Rename gives a file, link or folder a new name, in place of the file or link
// that has it. An error is looked into: NFS reports one for a rename that was
// done when the answer to it was lost.
func Rename(name, to string) error {
	moved, _ := os.Lstat(name) // nil if there is nothing to move
	err := run(&Op{Kind: MoveName, Path: name, To: to}, func() error { return os.Rename(name, to) })
	if err != nil && moved != nil {
		if there, e := os.Lstat(to); e == nil && os.SameFile(moved, there) {
			return nil
		}
	}
	return err
}

// Link makes to another name of a file.
func Link(name, to string) error {
	return run(&Op{Kind: MakeLink, Path: name, To: to}, func() error { return os.Link(name, to) })
}

// Symlink makes a symbolic link by the name of to that leads to target.
func Symlink(target, to string) error {
	return run(&Op{Kind: MakeSymbol, Path: target, To: to}, func() error { return os.Symlink(target, to) })
}

// Remove removes a file, a link or an empty folder.
func Remove(name string) error {
	return run(&Op{Kind: RemoveName, Path: name}, func() error { return os.Remove(name) })
}

// RemoveAll removes what has this name, if anything has, and all that is in it.
// It follows no link. What cannot be removed does not keep it from the rest.
func RemoveAll(name string) error {
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	var errs []error
	if info.IsDir() {
		list, err := os.ReadDir(name)
		errs = append(errs, err)
		for _, e := range list {
			errs = append(errs, RemoveAll(filepath.Join(name, e.Name())))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if err := Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
