package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// A volume is a file system in memory that knows what a loss of power may take.
// A change of names lasts for certain once one of the folders it concerns is
// synced; until then it may be lost or not, each for itself, in whatever order
// they came. A rename is one change, also between folders, as the journals of
// ext4, xfs, btrfs and NTFS have it. The bytes of a file last once the file
// is synced; until then it may have the bytes of the last sync, those written
// since, half of them, or zeros.
type volume struct {
	root    *node
	changes []*nameChange
	files   []*node
}

// A node is a file, a folder or a symbolic link.
type node struct {
	base, names  map[string]*node // of a folder: at the beginning, and now
	target       string           // of a symbolic link
	data, synced string           // of a file
}

func (n *node) folder() bool { return n.names != nil }

// A nameChange sets names to nodes, or, for nil, removes them.
type nameChange struct {
	sets    []set
	durable bool
}

type set struct {
	folder *node
	name   string
	to     *node
}

func newFolder() *node { return &node{base: map[string]*node{}, names: map[string]*node{}} }

// load reads the tree at path, which has lain there for long.
func (v *volume) load(t *testing.T, path string) *node {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case info.IsDir():
		n := newFolder()
		entries, err := os.ReadDir(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			n.names[e.Name()] = v.load(t, filepath.Join(path, e.Name()))
		}
		n.base = maps.Clone(n.names)
		return n
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(path)
		if err != nil {
			t.Fatal(err)
		}
		return &node{target: target}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := &node{data: string(b), synced: string(b)}
	v.files = append(v.files, n)
	return n
}

// find returns the folder that path lies in, and its name there.
func (v *volume) find(path string) (*node, string) {
	at := v.root
	parts := strings.Split(path, "/")
	for _, p := range parts[:len(parts)-1] {
		if p != "." {
			at = at.names[p]
		}
	}
	return at, parts[len(parts)-1]
}

func (v *volume) at(path string) *node {
	if path == "." {
		return v.root
	}
	folder, name := v.find(path)
	return folder.names[name]
}

// change carries out sets, which are one change.
func (v *volume) change(sets ...set) {
	for _, s := range sets {
		s.apply(func(n *node) map[string]*node { return n.names })
	}
	v.changes = append(v.changes, &nameChange{sets: sets})
}

func (s set) apply(names func(*node) map[string]*node) {
	if s.to == nil {
		delete(names(s.folder), s.name)
	} else {
		names(s.folder)[s.name] = s.to
	}
}

// A step is an operation that a run has done, with paths below the folder it is
// recorded in.
type step struct {
	kind     disk.Kind
	path, to string
	data     string
}

func (v *volume) do(s step) {
	folder, name := v.find(s.path)
	switch s.kind {
	case disk.CreateFile:
		if folder.names[name] == nil {
			n := new(node)
			v.files = append(v.files, n)
			v.change(set{folder, name, n})
		}
	case disk.WriteData:
		folder.names[name].data += s.data
	case disk.Truncate:
		folder.names[name].data = ""
	case disk.SyncFile:
		n := folder.names[name]
		n.synced = n.data
	case disk.SyncFolder:
		n := v.at(s.path)
		for _, c := range v.changes {
			c.durable = c.durable || slices.ContainsFunc(c.sets, func(s set) bool { return s.folder == n })
		}
	case disk.MakeFolder:
		v.change(set{folder, name, newFolder()})
	case disk.MakeSymbol:
		in, link := v.find(s.to)
		v.change(set{in, link, &node{target: s.path}})
	case disk.MakeLink:
		in, link := v.find(s.to)
		v.change(set{in, link, folder.names[name]})
	case disk.MoveName:
		in, as := v.find(s.to)
		v.change(set{in, as, folder.names[name]}, set{folder, name, nil})
	case disk.RemoveName:
		v.change(set{folder, name, nil})
	}
}

// A loss decides what a loss of power takes: which of the changes that are not
// durable stay, and what becomes of the bytes of files that are not synced.
type loss struct {
	stays func(i int) bool
	bytes func(n *node) string
}

func synced(n *node) string  { return n.synced }
func written(n *node) string { return n.data }
func zeros(n *node) string   { return strings.Repeat("\x00", len(n.data)) }
func half(n *node) string    { return n.data[:len(n.data)/2] }

// after returns the files and links there are after a loss of power, by path: the
// content, or "-> " and the target; for a folder, "/".
func (v *volume) after(l loss) map[string]string {
	names := map[*node]map[string]*node{}
	of := func(n *node) map[string]*node {
		if names[n] == nil {
			names[n] = maps.Clone(n.base)
		}
		return names[n]
	}
	for i, c := range v.changes {
		if c.durable || l.stays(i) {
			for _, s := range c.sets {
				s.apply(of)
			}
		}
	}
	tree := map[string]string{}
	var walk func(path string, n *node)
	walk = func(path string, n *node) {
		switch {
		case n.folder():
			tree[path] = "/"
			for name, below := range of(n) {
				walk(path+"/"+name, below)
			}
		case n.target != "":
			tree[path] = "-> " + n.target
		case n.data == n.synced:
			tree[path] = n.data
		default:
			tree[path] = l.bytes(n)
		}
	}
	walk(".", v.root)
	return tree
}

// losses returns ways in which the power may be lost now: nothing or all stays,
// each change stays or goes alone, and samples at random; each with each fate of
// the bytes.
func (v *volume) losses(random int, rng *rand.Rand) []loss {
	stays := []func(int) bool{func(int) bool { return false }, func(int) bool { return true }}
	for i, c := range v.changes {
		if !c.durable {
			stays = append(stays, func(j int) bool { return j == i }, func(j int) bool { return j != i })
		}
	}
	for range random {
		chance, seed := rng.Float64(), rng.Uint64()
		stays = append(stays, func(j int) bool { return rand.New(rand.NewPCG(seed, uint64(j))).Float64() < chance })
	}
	var all []loss
	dirty := slices.ContainsFunc(v.files, func(n *node) bool { return n.data != n.synced })
	for _, s := range stays {
		all = append(all, loss{s, written})
		if dirty {
			all = append(all, loss{s, synced}, loss{s, zeros}, loss{s, half})
		}
	}
	return all
}

// A recording is a run as the disk saw it.
type recording struct {
	before    *volume
	linkless  bool // current is a file
	steps     []step
	snapshots map[string]map[string]string // what must be in each, by name
	old, new  string                       // what current led to before and after; "" for nowhere
}

// recorded builds r's next input.
func recorded(t *testing.T, r *rig) *recording {
	t.Helper()
	above := filepath.Dir(r.out)
	rec := &recording{before: new(volume), linkless: r.linkless}
	rec.before.root = rec.before.load(t, above)
	rec.old, _, _ = readPointer(r.out)
	rec.snapshots = wholeSnapshots(rec.before.after(loss{func(int) bool { return true }, written}))
	below := func(path string) string {
		rel, err := filepath.Rel(above, path)
		if err != nil {
			t.Error(err)
		}
		return rel
	}
	err := r.build(r.next(), func(_ int, op *disk.Op, do func() error) error {
		err := do()
		if err != nil {
			return err
		}
		s := step{op.Kind, op.Path, op.To, string(op.Data)}
		if op.Kind != disk.MakeSymbol {
			s.path = below(op.Path)
		}
		if op.To != "" {
			s.to = below(op.To)
		}
		rec.steps = append(rec.steps, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if rec.new, _, err = readPointer(r.out); err != nil {
		t.Fatal(err)
	}
	// The model must have come to what is really there.
	v := rec.replay(-1, nil)
	is := new(volume)
	is.root = is.load(t, above)
	got, want := v.after(loss{func(int) bool { return true }, written}), is.after(loss{func(int) bool { return true }, written})
	if !maps.Equal(got, want) {
		t.Fatalf("the model has %q, the disk %q", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
	maps.Copy(rec.snapshots, wholeSnapshots(want))
	return rec
}

// wholeSnapshots returns the files of each snapshot in tree.
func wholeSnapshots(tree map[string]string) map[string]map[string]string {
	all := map[string]map[string]string{}
	for path, content := range tree {
		if rest, ok := strings.CutPrefix(path, "./out/snapshots/"); ok {
			name, _, _ := strings.Cut(rest, "/")
			if all[name] == nil {
				all[name] = map[string]string{}
			}
			all[name][path] = content
		}
	}
	return all
}

// replay does the steps on a fresh volume, but for the one at omit, and calls
// look, which may be nil, before each and at the end.
func (rec *recording) replay(omit int, look func(v *volume, done bool) error) *volume {
	v := rec.before.clone()
	for i, s := range rec.steps {
		if look != nil && look(v, false) != nil {
			return v
		}
		if i != omit {
			v.do(s)
		}
	}
	if look != nil {
		_ = look(v, true) // there is nothing left to stop
	}
	return v
}

// clone returns a copy of a volume in which nothing has been changed yet.
func (v *volume) clone() *volume {
	c := new(volume)
	var copyOf func(n *node) *node
	copyOf = func(n *node) *node {
		m := &node{target: n.target, data: n.data, synced: n.synced}
		if n.folder() {
			m.names = map[string]*node{}
			for name, below := range n.names {
				m.names[name] = copyOf(below)
			}
			m.base = maps.Clone(m.names)
		} else if n.target == "" {
			c.files = append(c.files, m)
		}
		return m
	}
	c.root = copyOf(v.root)
	return c
}

// judge says what is wrong with what a loss of power has left. After the run
// the new dataset must be there, before its end the old one or the new one.
func (rec *recording) judge(tree map[string]string, done bool) error {
	current, ok := strings.CutPrefix(tree["./out/current"], "-> ")
	if rec.linkless {
		current, ok = tree["./out/current"]
		current = strings.TrimSuffix(current, "\n")
	}
	switch {
	case !ok && (rec.old != "" || done):
		return errors.New("there is no dataset")
	case ok && current != rec.new && (current != rec.old || done):
		return fmt.Errorf("current leads to %q", current)
	}
	found := wholeSnapshots(tree)
	if ok && found[filepath.Base(current)] == nil {
		return fmt.Errorf("current leads to %q, which is not there", current)
	}
	for name, files := range found {
		if !maps.Equal(files, rec.snapshots[name]) {
			return fmt.Errorf("snapshot %s is not whole", name)
		}
	}
	for path, content := range tree {
		if done && strings.HasPrefix(path, "./out/runs/") && !json.Valid([]byte(content)) {
			return fmt.Errorf("the record %s is cut short", path) // of a run that died it may be
		}
	}
	for _, table := range schema.TableNames() {
		if link, ok := tree["./out/"+table]; ok && link != "-> current/"+table || ok == rec.linkless && done {
			return fmt.Errorf("%s leads to %q", table, link)
		}
	}
	return nil
}

// search judges every state there can be, and returns how many it saw and the
// first that is wrong. Of states that look alike it judges one, and hands it to each.
func (rec *recording) search(omit, random int, each func(tree map[string]string, done bool)) (states int, wrong error) {
	seen, seed := map[uint64]bool{}, maphash.MakeSeed()
	rng := rand.New(rand.NewPCG(1, 2))
	at := -1
	rec.replay(omit, func(v *volume, done bool) error {
		at++
		for _, l := range v.losses(random, rng) {
			tree := v.after(l)
			key := uint64(0) // sums up the tree in whatever order
			for path, content := range tree {
				key += maphash.Comparable(seed, [2]string{path, content})
			}
			if done {
				key++
			}
			if seen[key] {
				continue
			}
			seen[key] = true
			states++
			if err := rec.judge(tree, done); err != nil {
				wrong = fmt.Errorf("power lost before step %d: %w", at, err)
				return wrong
			}
			if each != nil {
				each(tree, done)
			}
		}
		return nil
	})
	return states, wrong
}

// TestPowerLoss looks at all that a loss of power may leave of a run.
// It also takes each sync out of the run, one at a time, and wants that to be found out.
func TestPowerLoss(t *testing.T) {
	random, stride := 4, 40
	if *soak {
		random, stride = 60, 3
	}
	eachRun(t, func(t *testing.T, r *rig, begin func()) {
		r.syncless = false // else there is nothing to hold it to
		begin()
		rec := recorded(t, r)
		input, mended := r.next(), 0
		states, err := rec.search(-1, random, nil)
		if err != nil {
			t.Fatal(err)
		}
		number := 0
		_, err = rec.search(-1, random, func(tree map[string]string, _ bool) {
			if number++; number%stride != 0 {
				return
			}
			mended++
			r.out = filepath.Join(t.TempDir(), "out")
			lay(t, filepath.Dir(r.out), tree)
			if now, err := Current(r.out); err == nil {
				if _, err := Verify(now); err != nil {
					t.Fatal(err)
				}
			} else if rec.old != "" {
				t.Fatal(err)
			}
			r.heal(t, input)
		})
		if err != nil {
			t.Fatal(err)
		}
		syncs := 0
		for i, s := range rec.steps {
			if s.kind != disk.SyncFile && s.kind != disk.SyncFolder {
				continue
			}
			syncs++
			if _, err := rec.search(i, random, nil); err == nil {
				t.Errorf("%s %s: nobody misses it", s.kind, s.path)
			}
		}
		if states < 100 || syncs < 10 || mended == 0 {
			t.Errorf("%d states, %d syncs, %d mended", states, syncs, mended)
		}
		figure(t, "power lost", "%d steps, %d states, none wrong; %d of them mended by the next run; %d syncs, each missed when it is left out",
			len(rec.steps), states, mended, syncs)
	})
}

// lay writes tree into a folder.
func lay(t *testing.T, folder string, tree map[string]string) {
	t.Helper()
	for _, path := range slices.Sorted(maps.Keys(tree)) {
		name, content := filepath.Join(folder, path), tree[path]
		var err error
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			err = os.Symlink(target, name)
		} else if content == "/" {
			err = os.MkdirAll(name, 0o755)
		} else {
			err = os.WriteFile(name, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
