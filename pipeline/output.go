package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// What can go wrong with a dataset as a whole.
var (
	ErrNoDataset = errors.New("no dataset")                        // nothing was published there yet
	ErrLocked    = errors.New("another run holds the lock")        // two runs on one output folder
	ErrDamaged   = errors.New("damaged")                           // a file is not what was written
	ErrGate      = errors.New("refused")                           // the result looks wrong; the old data stays
	ErrOutput    = errors.New("output")                            // the output folder cannot be written
	ErrMoved     = fmt.Errorf("%w, on another machine", ErrLocked) // current changed during the run
)

// An output is the folder that a dataset is published in:
//
//	current               → snapshots/000012-3f9a…, replaced by one rename: the commit (see pointerName)
//	sentences, documents… → current/sentences…, the same for ever, where there are symbolic links
//	snapshots/            the last few, whole
//	runs/                 a JSON record of each run
//	.lock, .staging       of the run at work
//	.stat/                what files held (see Options.TrustStat)
type output struct {
	dir        string
	lock       *disk.File
	unfinished bool // a run that died had left something
	prepared   bool // staging is there
	pointer    pointerKind
	unsynced   bool // the file system cannot sync folders
}

// openOutput makes the folder if it is missing, takes the lock, for which it
// may wait.
func openOutput(ctx context.Context, dir string, wait time.Duration) (*output, error) {
	if err := disk.MkdirAll(dir); err != nil {
		return nil, outputError(err)
	}
	lock, err := disk.Open(filepath.Join(dir, ".lock"))
	if err != nil {
		return nil, outputError(err)
	}
	o := &output{dir: dir, lock: lock}
	if err := o.take(ctx, wait); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	_, err = os.Lstat(o.staging())
	o.unfinished = err == nil
	err = o.sign()
	if _, e := os.Lstat(o.snapshots()); err == nil && errors.Is(e, fs.ErrNotExist) {
		err = o.prepare() // a new dataset: there is something to do
	}
	if err != nil {
		return nil, errors.Join(outputError(err), o.close())
	}
	return o, nil
}

// take takes the lock. While another run has it, it tries again and again
// until wait is over. The system frees the lock of a process that dies.
func (o *output) take(ctx context.Context, wait time.Duration) error {
	for began := time.Now(); ; {
		err := syscall.Flock(int(o.lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, syscall.EWOULDBLOCK):
			return outputError(fmt.Errorf("lock %s: %w", o.lock.Name(), err))
		case time.Since(began) >= wait:
			holder, _ := io.ReadAll(io.LimitReader(o.lock, 200)) // good to know, no more
			return fmt.Errorf("%w of %s: %s", ErrLocked, o.dir, strings.TrimSpace(string(holder)))
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// sign writes into the lock file who holds it, for the message of another run.
func (o *output) sign() error {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	if err := o.lock.Truncate(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.lock, "process %d on %q since %s\n", os.Getpid(), host, time.Now().Format(time.RFC3339))
	return err
}

// prepare makes sure before hours of work that their result can be published:
// files, syncing and renaming must work. It also finds out whether there are
// symbolic links, and removes what an unfinished run has left. A run that finds
// nothing to do does not call it.
func (o *output) prepare() error {
	if o.prepared {
		return nil
	}
	o.prepared = true
	if err := disk.RemoveAll(o.staging()); err != nil {
		return err
	}
	made := false
	for _, dir := range []string{o.snapshots(), filepath.Join(o.dir, "runs")} {
		err := disk.Mkdir(dir)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		made = made || err == nil
	}
	if made {
		if err := o.syncDir(o.dir); err != nil {
			return err
		}
	}
	if err := disk.Mkdir(o.staging()); err != nil {
		return err
	}
	probe := filepath.Join(o.staging(), "probe")
	err := linkPointer.make("nowhere", probe)
	if errors.Is(err, syscall.EPERM) || errors.Is(err, errors.ErrUnsupported) {
		o.pointer = filePointer
		return nil
	} else if err != nil {
		return err
	}
	if err := disk.Rename(probe, probe+"d"); err != nil {
		return err
	}
	return disk.Remove(probe + "d")
}

// syncDir syncs a folder, and notes where that cannot be done.
func (o *output) syncDir(name string) error {
	can, err := disk.TrySyncDir(name)
	o.unsynced = o.unsynced || err == nil && !can
	return err
}

// warnings returns what a reader or an operator should know of a dataset on a
// file system that lacks something.
func (o *output) warnings() (list []string) {
	if o.pointer == filePointer {
		list = append(list, fmt.Sprintf("the file system has no symbolic links: there are no %s/sentences and its like; ask pressrow path --out %s for the folder of the tables, once for all that is read together", o.dir, o.dir))
	}
	if o.unsynced {
		list = append(list, fmt.Sprintf("the file system of %s cannot sync folders: a loss of power can take the newest snapshot", o.dir))
	}
	return list
}

func (o *output) close() error {
	return outputError(errors.Join(disk.RemoveAll(o.staging()), o.lock.Close()))
}

func (o *output) staging() string   { return filepath.Join(o.dir, ".staging") }
func (o *output) snapshots() string { return filepath.Join(o.dir, "snapshots") }

// publish makes the staged snapshot the current one and returns its folder.
// Whatever dies on the way, a reader sees the old snapshot or the new one,
// whole. before is what current led to when the run began. With an error, the
// folder is given when the snapshot was published all the same.
func (o *output) publish(m *Manifest, staged, before string) (string, error) {
	if err := o.seal(m, staged); err != nil {
		return "", outputError(err)
	}
	if now, _, _ := readPointer(o.dir); now != before { // damaged is like none
		return "", ErrMoved
	}
	numbers, err := o.list()
	if err != nil {
		return "", outputError(err)
	}
	next := 1
	if len(numbers) > 0 {
		next = numbers[len(numbers)-1].number + 1
	}
	name := fmt.Sprintf("%06d-%s", next, m.ID)
	final := filepath.Join(o.snapshots(), name)
	if err := disk.Rename(staged, final); err != nil {
		return "", outputError(err)
	}
	if err := o.syncDir(o.snapshots()); err != nil {
		return "", outputError(err)
	}
	shown, err := o.show(filepath.Join("snapshots", name))
	if !shown {
		final = ""
	}
	return final, outputError(err)
}

// seal writes the manifest and syncs every folder of the staged snapshot. The
// Parquet files were synced when they were closed.
func (o *output) seal(m *Manifest, staged string) error {
	b, err := m.encode()
	if err != nil {
		return err
	}
	if err := disk.WriteFile(filepath.Join(staged, manifestName), b); err != nil {
		return err
	}
	for _, t := range append(schema.TableNames(), indexFolder) {
		if err := o.syncDir(filepath.Join(staged, t)); err != nil {
			return err
		}
	}
	return o.syncDir(staged)
}

// show makes current lead to target. The rename is the moment of publication;
// shown says whether it was reached. Where current is a link, the stable paths
// are made, too, where they are missing; else they would lead nowhere and are removed.
func (o *output) show(target string) (shown bool, err error) {
	if o.pointer == linkPointer {
		if _, err := o.symlinks(); err != nil {
			return false, err
		}
	}
	next := filepath.Join(o.staging(), pointerName)
	if err := o.pointer.make(target, next); err != nil {
		return false, err
	}
	if err := disk.Rename(next, filepath.Join(o.dir, pointerName)); err != nil {
		return false, err
	}
	if o.pointer == filePointer {
		err = o.removeSymlinks()
	}
	return true, errors.Join(err, o.syncDir(o.dir))
}

// links makes the stable paths where they are missing, for good.
func (o *output) links() error {
	if _, kind, err := readPointer(o.dir); err != nil || kind == filePointer {
		return err
	}
	made, err := o.symlinks()
	if made && err == nil {
		err = o.syncDir(o.dir)
	}
	return err
}

// stable returns the stable path of a table, and what it leads to.
func (o *output) stable(table string) (name, target string) {
	return filepath.Join(o.dir, table), filepath.Join(pointerName, table)
}

// symlinks makes the stable paths of the tables where they are missing, and
// says whether any was.
func (o *output) symlinks() (made bool, err error) {
	for _, t := range schema.TableNames() {
		name, target := o.stable(t)
		err := disk.Symlink(target, name)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return made, err
		}
		made = made || err == nil
	}
	return made, nil
}

// removeSymlinks removes the stable paths of a dataset whose file system has no
// symbolic links any more.
func (o *output) removeSymlinks() error {
	for _, t := range schema.TableNames() {
		name, target := o.stable(t)
		if now, err := os.Readlink(name); err != nil || now != target {
			continue // none, or not ours
		}
		if err := disk.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

type numbered struct {
	number int
	name   string
}

// list returns the snapshots there are, oldest first.
func (o *output) list() ([]numbered, error) {
	entries, err := os.ReadDir(o.snapshots())
	if err != nil {
		return nil, err
	}
	var found []numbered
	for _, e := range entries {
		if n, _, ok := parseName(e.Name()); ok && e.IsDir() {
			found = append(found, numbered{n, e.Name()})
		}
	}
	slices.SortFunc(found, func(a, b numbered) int { return a.number - b.number })
	return found, nil
}

// makeFolder makes a folder that may be there.
func makeFolder(name string) error {
	if err := disk.Mkdir(name); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// outputError marks err as an error of the output folder. Of what is not
// permitted it tells whose the folder is.
func outputError(err error) error {
	if err == nil {
		return nil
	}
	var at *fs.PathError
	if errors.Is(err, fs.ErrPermission) && errors.As(err, &at) {
		if name, owner, ok := ownerOf(at.Path); ok {
			return fmt.Errorf("%w: cannot write to %s, which belongs to uid %d, this is uid %d: %w", ErrOutput, name, owner, os.Geteuid(), err)
		}
	}
	return fmt.Errorf("%w: %w", ErrOutput, err)
}

// ownerOf returns the owner of a file or, where it is not there or cannot be
// seen, of the folder that is nearest above it.
func ownerOf(path string) (name string, uid uint32, ok bool) {
	for {
		if info, err := os.Lstat(path); err == nil {
			stat, ok := info.Sys().(*syscall.Stat_t)
			if !ok {
				return "", 0, false
			}
			return path, stat.Uid, true
		}
		above := filepath.Dir(path)
		if above == path {
			return "", 0, false
		}
		path = above
	}
}
