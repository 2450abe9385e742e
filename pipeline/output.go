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
	"strconv"
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
//	current               → snapshots/000012-3f9a…, replaced by one rename: the commit
//	sentences, documents… → current/sentences…, the same for ever
//	snapshots/            the last few, whole
//	runs/                 a JSON record of each run
//	.lock, .staging       of the run at work
//	.stat/                what files held (see Options.TrustStat)
type output struct {
	dir        string
	lock       *disk.File
	unfinished bool // a run that died had left something
	prepared   bool // staging is there
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
// files, syncing, renaming and symbolic links must work. It also removes what
// an unfinished run has left. A run that finds nothing to do does not call it.
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
		err := disk.SyncDir(o.dir)
		if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
			return fmt.Errorf("%w; a dataset needs a file system that can sync folders, so that it outlasts a loss of power", err)
		} else if err != nil {
			return err
		}
	}
	if err := disk.Mkdir(o.staging()); err != nil {
		return err
	}
	link := filepath.Join(o.staging(), "probe")
	err := disk.Symlink("nowhere", link)
	if errors.Is(err, syscall.EPERM) || errors.Is(err, errors.ErrUnsupported) {
		return fmt.Errorf("%w; a dataset needs a file system with symbolic links, because publishing replaces one; "+
			"FAT and many SMB shares have none", err)
	} else if err != nil {
		return err
	}
	if err := disk.Rename(link, link+"d"); err != nil {
		return err
	}
	return disk.Remove(link + "d")
}

func (o *output) close() error {
	return outputError(errors.Join(disk.RemoveAll(o.staging()), o.lock.Close()))
}

func (o *output) staging() string   { return filepath.Join(o.dir, ".staging") }
func (o *output) snapshots() string { return filepath.Join(o.dir, "snapshots") }

// Current returns the folder of the snapshot that the dataset in dir shows
// now, or ErrNoDataset.
func Current(dir string) (string, error) {
	target, err := os.Readlink(filepath.Join(dir, "current"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%w in %s; make one with: pressrow build --out %s INPUT", ErrNoDataset, dir, dir)
	} else if err != nil {
		return "", err
	}
	snapshot := filepath.Join(dir, target)
	if _, err := os.Stat(snapshot); err != nil {
		return "", fmt.Errorf("%w: current leads to %s, which is not there", ErrDamaged, target)
	}
	return snapshot, nil
}

// publish makes the staged snapshot the current one and returns its folder.
// Whatever dies on the way, a reader sees the old snapshot or the new one,
// whole. before is what current led to when the run began. With an error, the
// folder is given when the snapshot was published all the same.
func (o *output) publish(m *Manifest, staged, before string) (string, error) {
	if err := o.seal(m, staged); err != nil {
		return "", outputError(err)
	}
	if now, _ := os.Readlink(filepath.Join(o.dir, "current")); now != before {
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
	if err := disk.SyncDir(o.snapshots()); err != nil {
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
		if err := disk.SyncDir(filepath.Join(staged, t)); err != nil {
			return err
		}
	}
	return disk.SyncDir(staged)
}

// show makes current lead to target, and the stable paths to current where they
// are missing. The rename is the moment of publication; shown says whether it was reached.
func (o *output) show(target string) (shown bool, err error) {
	if _, err := o.symlinks(); err != nil {
		return false, err
	}
	next := filepath.Join(o.staging(), "current")
	if err := disk.Symlink(target, next); err != nil {
		return false, err
	}
	if err := disk.Rename(next, filepath.Join(o.dir, "current")); err != nil {
		return false, err
	}
	return true, disk.SyncDir(o.dir)
}

// links makes the stable paths where they are missing, for good.
func (o *output) links() error {
	made, err := o.symlinks()
	if made && err == nil {
		err = disk.SyncDir(o.dir)
	}
	return err
}

// symlinks makes the stable paths of the tables where they are missing, and
// says whether any was.
func (o *output) symlinks() (made bool, err error) {
	for _, t := range schema.TableNames() {
		err := disk.Symlink(filepath.Join("current", t), filepath.Join(o.dir, t))
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return made, err
		}
		made = made || err == nil
	}
	return made, nil
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
		number, id, ok := strings.Cut(e.Name(), "-")
		n, err := strconv.Atoi(number)
		if ok && err == nil && len(id) == 16 && e.IsDir() {
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

// outputError marks err as an error of the output folder.
func outputError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrOutput, err)
}
