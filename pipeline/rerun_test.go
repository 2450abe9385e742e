package pipeline

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pressrow/schema/disk"
	"pressrow/stages"
)

// byLine is a stage that costs next to nothing: each line is a sentence, or a comment where it begins with #;
// words with a capital letter are entities. Texts with BAD in them are refused.
var byLine = Stage{"lines", 1, "", func(d *stages.Document) error {
	if bytes.Contains(d.Raw, []byte("BAD")) || !utf8.Valid(d.Raw) {
		return errors.New("a bad text")
	}
	d.Text, d.Encoding = string(d.Raw), "utf-8"
	d.Source.Through(&d.RawMap)
	at := 0
	for line := range strings.Lines(d.Text) {
		if text := strings.TrimSuffix(line, "\n"); text != "" {
			span := stages.Span{Start: at, End: at + len(text)}
			if strings.HasPrefix(text, "#") {
				d.Blocks = append(d.Blocks, stages.Block{Span: span, Role: stages.Comment, Reason: "hash"})
			} else {
				d.Blocks = append(d.Blocks, stages.Block{Span: span, Role: stages.Body})
				addSentence(d, span)
			}
		}
		at += len(line)
	}
	d.SetTypes(stages.MaxStretch)
	return nil
}, nil}

func addSentence(d *stages.Document, span stages.Span) {
	s := stages.Sentence{
		Span: span, Block: len(d.Blocks) - 1, Paragraph: len(d.Sentences), Sentiment: float64(span.Len()%7) / 7,
		FirstToken: len(d.Tokens), FirstEntity: len(d.Entities),
	}
	at := span.Start
	for _, word := range strings.SplitAfter(d.Of(span), " ") {
		token := stages.Span{Start: at, End: at + len(strings.TrimSuffix(word, " "))}
		at += len(word)
		if token.Len() == 0 {
			continue
		}
		d.Tokens = append(d.Tokens, token)
		if c := d.Text[token.Start]; c >= 'A' && c <= 'Z' {
			label := stages.Person
			if token.Len()%2 == 0 {
				label = stages.Date
			}
			d.Entities = append(d.Entities, stages.Entity{Span: token, Sentence: len(d.Sentences), Label: label, Name: d.Of(token), Sentiment: 0.25})
		}
	}
	s.EndToken, s.EndEntity = len(d.Tokens), len(d.Entities)
	d.Sentences = append(d.Sentences, s)
}

// A world is an input folder that changes by chance.
type world struct {
	t    testing.TB
	dir  string
	rnd  *rand.Rand
	made int
}

func (w *world) text() string {
	words := strings.Fields("harbour ferry Tarn council Ines bridge orchard Pell market Corran river tram é東 library Quill")
	var b strings.Builder
	for range 1 + w.rnd.IntN(5) {
		if w.rnd.IntN(6) == 0 {
			b.WriteString("# ")
		}
		for range 1 + w.rnd.IntN(12) {
			b.WriteString(words[w.rnd.IntN(len(words))] + " ")
		}
		b.WriteString("\n")
	}
	switch w.rnd.IntN(12) {
	case 0:
		b.WriteString("BAD")
	case 1:
		b.Reset()
	case 2:
		b.WriteString(strings.Repeat("long ", 300))
	}
	return b.String()
}

func (w *world) records() string {
	var b strings.Builder
	for i := range 1 + w.rnd.IntN(8) {
		switch w.rnd.IntN(10) {
		case 0:
			b.WriteString("{\"text\": 7}\n")
		case 1:
			b.WriteString("\n")
		case 2:
			fmt.Fprintf(&b, "{\"id\": \"twin\", \"text\": %q}\n", w.text())
		case 3:
			fmt.Fprintf(&b, "{\"text\": %q}\n", strings.Repeat("x", 5000)) // longer than is read
		default:
			fmt.Fprintf(&b, "{\"id\": %d, \"title\": \"No. %d\", \"text\": %q}\n", i*w.rnd.IntN(3), i, w.text())
		}
	}
	return b.String()
}

func pack(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text)) // to memory
	z.Close()
	return b.Bytes()
}

// add makes a new file of any kind.
func (w *world) add() {
	w.made++
	name := fmt.Sprintf("%c/%d", 'a'+w.rnd.IntN(4), w.made)
	switch w.rnd.IntN(9) {
	case 0:
		w.write(name+".jsonl", []byte(w.records()))
	case 1:
		w.write(name+".jsonl.gz", pack(w.records()))
	case 2:
		w.write(name+".txt.gz", pack(w.text()))
	case 3:
		whole := pack(w.records() + w.text())
		w.write(name+[]string{".jsonl.gz", ".txt.gz"}[w.rnd.IntN(2)], whole[:len(whole)/2])
	case 4:
		w.write(name+".png", []byte("\x89PNG"))
	case 5:
		w.write(name+"\xff.txt", []byte(w.text()))
	default:
		w.write(name+".txt", []byte(w.text()))
	}
}

func (w *world) write(name string, b []byte) { write(w.t, filepath.Join(w.dir, name), string(b)) }

func (w *world) files() []string {
	list, err := filepath.Glob(filepath.Join(w.dir, "*", "*"))
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// step does one thing to the world.
func (w *world) step() {
	list := w.files()
	if len(list) < 3 {
		w.add()
		return
	}
	name := list[w.rnd.IntN(len(list))]
	b, err := os.ReadFile(name)
	what := w.rnd.IntN(8)
	if len(list) > 18 {
		what = 2
	}
	switch what {
	case 0, 1:
		w.add()
	case 2:
		err = errors.Join(err, os.Remove(name))
	case 3:
		w.made++
		err = errors.Join(err, os.Rename(name, filepath.Join(filepath.Dir(name), fmt.Sprintf("r%d%s", w.made, filepath.Ext(name)))))
	case 4: // a touch
		now := time.Now()
		err = errors.Join(err, os.Chtimes(name, now, now))
	case 5: // a copy
		w.made++
		write(w.t, filepath.Join(w.dir, "d", fmt.Sprintf("%d%s", w.made, filepath.Ext(name))), string(b))
	case 6: // something in front, so that records shift
		write(w.t, name, "{\"text\": \"A record in front.\"}\n"+string(b))
	case 7:
		write(w.t, name, string(b)+w.text())
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// quick leaves out the waiting for the disk, of which tests do without.
func quick(t testing.TB) {
	t.Helper()
	disk.Watch = func(op *disk.Op, do func() error) error {
		if op.Kind == disk.SyncFile || op.Kind == disk.SyncFolder {
			return nil
		}
		return do()
	}
	t.Cleanup(func() { disk.Watch = nil })
}

// sequences changes a world n times and compares each rerun with a clean build.
func sequences(t *testing.T, seed uint64, n int, opt Options) (copied, linked int64) {
	t.Helper()
	quick(t)
	rnd := rand.New(rand.NewPCG(seed, 11))
	w := &world{t: t, dir: t.TempDir(), rnd: rnd}
	opt.Input, opt.Output, opt.Keep, opt.MaxDocBytes, opt.MaxQuarantine, opt.AllowShrink = w.dir, t.TempDir(), 3, 4000, 1, true
	for range 15 {
		w.add()
	}
	for i := range n {
		for range rnd.IntN(4) {
			w.step()
		}
		opt.Workers = []int{1, 2, 7}[rnd.IntN(3)]
		opt.TrustStat = rnd.IntN(3) == 0
		rep := build(t, opt)
		clean := opt
		clean.Output = t.TempDir()
		want := build(t, clean)
		if d := cmp.Diff(hashes(t, clean.Output), hashes(t, opt.Output)); d != "" {
			t.Fatalf("seed %d, step %d: not the bytes of a clean build:\n%s", seed, i, d)
		}
		rep.Tally.Seconds, want.Tally.Seconds = nil, nil
		if d := cmp.Diff(want.Tally, rep.Tally); d != "" {
			t.Fatalf("seed %d, step %d: not the counts of a clean build:\n%s", seed, i, d)
		}
		if all := rep.Tally.Documents + rep.Tally.InQuarantine(); rep.Analysed+rep.Copied+rep.Linked != all || want.Analysed != all {
			t.Fatalf("seed %d, step %d: %d analysed, %d copied, %d linked of %d; clean: %d", seed, i, rep.Analysed, rep.Copied, rep.Linked, all, want.Analysed)
		}
		copied, linked = copied+rep.Copied, linked+rep.Linked
		if err := os.RemoveAll(clean.Output); err != nil {
			t.Fatal(err)
		}
	}
	return copied, linked
}

// TestRerunsAreCleanBuilds holds the promise of reruns: whatever happened to the input, the bytes are those of a
// build into an empty folder.
func TestRerunsAreCleanBuilds(t *testing.T) {
	for parts, n := range map[int]int{1: 500, 2: 400, 4: 100} {
		if testing.Short() {
			n /= 20
		}
		copied, linked := sequences(t, uint64(parts), n, Options{Parts: parts, groupBytes: 2500, stages: []Stage{byLine}})
		if copied == 0 || linked == 0 {
			t.Errorf("%d parts: %d documents copied, %d linked", parts, copied, linked)
		}
	}
}

func TestRerunsWithTheRealStages(t *testing.T) {
	sequences(t, 77, 12, Options{Parts: 2, groupBytes: 2500})
}

// contents returns what find sees of the folder: name, inode, time of change, but for the record of the run and the lock.
func contents(t *testing.T, dir string) map[string]fileStat {
	t.Helper()
	seen := map[string]fileStat{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if rel, _ := filepath.Rel(dir, name); rel != ".lock" && !strings.HasPrefix(rel, "runs") {
			seen[rel] = statOf(info)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestNothingChangedWritesNothing(t *testing.T) {
	for name, opt := range map[string]Options{
		"hashed": {Parts: 2}, "by stat": {Parts: 2, TrustStat: true, racy: 1}, "in one part": {}, "in full": {Full: true},
	} {
		opt.Input, opt.Output, opt.groupBytes, opt.stages = folder(t, 60), t.TempDir(), 3000, []Stage{byLine}
		first := build(t, opt)
		build(t, opt) // the first to write down what it read, by stat
		before := contents(t, opt.Output)
		rep := build(t, opt)
		if !rep.Unchanged || rep.Snapshot != first.Snapshot {
			t.Errorf("%s: not unchanged: %+v", name, rep)
		}
		if !opt.Full && (rep.Analysed != 0 || rep.Linked != 60) {
			t.Errorf("%s: %d documents analysed, %d linked", name, rep.Analysed, rep.Linked)
		}
		after := contents(t, opt.Output)
		if opt.Full { // which stages all to compare it
			delete(before, ".")
			delete(after, ".")
		}
		if d := cmp.Diff(before, after); d != "" {
			t.Errorf("%s: written:\n%s", name, d)
		}
	}
}

// One changed document is all that is analysed, and all that is encoded anew is its group.
func TestOnlyWhatChangedIsAnalysed(t *testing.T) {
	in := folder(t, 300)
	opt := Options{Input: in, Output: t.TempDir(), Parts: 2, groupBytes: 5000, stages: []Stage{byLine}}
	build(t, opt)
	write(t, filepath.Join(in, "a", "0010.txt"), "Another text altogether.\n")
	write(t, filepath.Join(in, "b", "new.txt"), "A new text.\n")
	if err := os.Rename(filepath.Join(in, "a", "0020.txt"), filepath.Join(in, "c", "0020.txt")); err != nil {
		t.Fatal(err)
	}
	if rep := build(t, opt); rep.Analysed != 3 || rep.Analysed+rep.Copied+rep.Linked != 301 {
		t.Errorf("%d analysed, %d copied, %d linked", rep.Analysed, rep.Copied, rep.Linked)
	}
	write(t, filepath.Join(in, "b", "new.txt"), "Changed again.\n")
	if rep := build(t, opt); rep.Analysed != 1 || rep.Linked < 50 || rep.Copied < 50 {
		t.Errorf("%d analysed, %d copied, %d linked", rep.Analysed, rep.Copied, rep.Linked)
	}
	if rep := build(t, opt); !rep.Unchanged {
		t.Error("nothing changed, but published")
	}
}

// A group of many documents may stand before groups of one each, which end sooner.
func TestUnequalGroups(t *testing.T) {
	in := t.TempDir()
	for i := range 40 {
		write(t, filepath.Join(in, fmt.Sprintf("a%02d.txt", i)), "Short.\n")
		write(t, filepath.Join(in, fmt.Sprintf("b%02d.txt", i)), strings.Repeat("Long. ", 5000))
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	rep, err := Build(ctx, Options{Input: in, Output: t.TempDir(), Workers: 9, groupBytes: 22_000, stages: []Stage{byLine}})
	if err != nil || rep.Tally.Documents != 80 {
		t.Errorf("%d documents, %v", rep.Tally.Documents, err)
	}
}

func TestGroupsHoldStill(t *testing.T) {
	p := part{}
	for i := range 20_000 {
		s := &source{path: fmt.Sprintf("%05d.txt", i*7)}
		p.entries = append(p.entries, entry{id: s.path, source: s, size: int64(1000 + i*i%9000)})
	}
	const limit = 1 << 20
	before := p.groups(limit)
	ends := map[string]bool{}
	var all int64
	for i, g := range before {
		var size int64
		for k := range g {
			size += g[k].size
		}
		if all += size; size > limit*5/4 || i < len(before)-1 && size < limit*3/4-10_000 {
			t.Errorf("group %d has %d bytes", i, size)
		}
		ends[g[0].id] = true
	}
	if mean := all / int64(len(before)); mean < limit*85/100 || mean > limit*105/100 {
		t.Errorf("%d bytes on average", mean)
	}
	moved, tries := 0, 0
	for i := 37; i < len(p.entries); i += 371 {
		q := part{entries: slices.Delete(slices.Clone(p.entries), i, i+1)}
		tries++
		for _, g := range q.groups(limit) {
			if !ends[g[0].id] {
				moved++
			}
		}
	}
	if moved > tries*2 {
		t.Errorf("a document less moves %d ends of groups on average of %d", moved/tries, len(before))
	}
}

func TestOtherRecipesRebuild(t *testing.T) {
	in := folder(t, 20)
	model := func(data string) []Stage {
		s := byLine
		s.Data = func(h hash.Hash) { h.Write([]byte(data)) }
		return []Stage{s}
	}
	base := Options{Input: in, Parts: 1, stages: model("one"), MaxQuarantine: 1, AllowShrink: true}
	version := model("one")
	version[0].Version = 2
	fields := DefaultFields
	fields.Text = []string{"body"}
	for want, change := range map[string]func(*Options){
		`lines model [0-9a-f]+ -> [0-9a-f]+`: func(o *Options) { o.stages = model("two") },
		`lines version 1 -> 2`:               func(o *Options) { o.stages = version },
		`more version none -> 1`: func(o *Options) {
			o.stages = append(model("one"), Stage{"more", 1, "", func(*stages.Document) error { return nil }, nil})
		},
		`parts 1 -> 4`:                                        func(o *Options) { o.Parts = 4 },
		`max doc bytes 16777216 -> 100`:                       func(o *Options) { o.MaxDocBytes = 100 },
		`group bytes 8388608 -> 3000`:                         func(o *Options) { o.groupBytes = 3000 },
		`fields .*"Text":\["text".* -> .*"Text":\["body"\].*`: func(o *Options) { o.Fields = fields },
	} {
		opt := base
		opt.Output = t.TempDir()
		build(t, opt)
		change(&opt)
		rep := build(t, opt)
		if rep.Copied+rep.Linked > 0 || rep.Unchanged || len(rep.Rebuilt) != 1 || !regexp.MustCompile("^"+want+"$").MatchString(rep.Rebuilt[0]) {
			t.Errorf("%s: %d copied, %d linked, unchanged %t, because of %q", want, rep.Copied, rep.Linked, rep.Unchanged, rep.Rebuilt)
		}
		clean := opt
		clean.Output = t.TempDir()
		build(t, clean)
		if d := cmp.Diff(hashes(t, clean.Output), hashes(t, opt.Output)); d != "" {
			t.Errorf("%s: not the bytes of a clean build:\n%s", want, d)
		}
	}
	r := recipe(nil, Settings{})
	for want, change := range map[string]func(*Recipe){
		"schema .* -> 9.1":     func(r *Recipe) { r.Schema = "9.1" },
		"writer .* -> other":   func(r *Recipe) { r.Writer = "other" },
		"rows version . -> 7":  func(r *Recipe) { r.Rows = 7 },
		"index version . -> 7": func(r *Recipe) { r.Index = 7 },
	} {
		now := r
		change(&now)
		if got := now.changes(&r); len(got) != 1 || !regexp.MustCompile("^"+want+"$").MatchString(got[0]) {
			t.Errorf("%s: %q", want, got)
		}
	}
}

func TestOlderProgramRefuses(t *testing.T) {
	newer := byLine
	newer.Version = 2
	opt := Options{Input: folder(t, 5), Output: t.TempDir(), stages: []Stage{newer}}
	build(t, opt)
	before := hashes(t, opt.Output)
	opt.stages = []Stage{byLine}
	_, err := Build(t.Context(), opt)
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "lines version 2; this program has 1") {
		t.Errorf("error %v", err)
	}
	if d := cmp.Diff(before, hashes(t, opt.Output)); d != "" {
		t.Errorf("the dataset changed:\n%s", d)
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{{"1.10", "1.9", true}, {"1.9", "1.10", false}, {"2.0", "1.9", true}, {"1.0", "1.0", false}, {"1.0.1", "1.0", true}, {"x", "1", false}} {
		if got := laterVersion(c.a, c.b); got != c.want {
			t.Errorf("%s later than %s: %t", c.a, c.b, got)
		}
	}
}

// Damage to the last snapshot never comes into the next: whichever byte is wrong, what is published after a change
// is what a clean build gives.
func TestDamageIsNeverCopied(t *testing.T) {
	quick(t)
	in := folder(t, 30)
	opt := Options{Input: in, Output: t.TempDir(), groupBytes: 3000, stages: []Stage{byLine}, Keep: 1}
	edition := 0
	next := func() map[string]string {
		edition++
		write(t, filepath.Join(in, "a", "changing.txt"), fmt.Sprintf("Edition %d of the paper.\n", edition))
		clean := opt
		clean.Output = t.TempDir()
		build(t, clean)
		return hashes(t, clean.Output)
	}
	next()
	first := build(t, opt)
	var files []string
	for name := range hashes(t, opt.Output) {
		files = append(files, name)
	}
	slices.Sort(files)
	rnd := rand.New(rand.NewPCG(3, 3))
	for _, name := range files {
		for range 6 {
			snapshot, err := Current(opt.Output)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(snapshot, name)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			at := rnd.IntN(len(b))
			b[at] ^= 1 << rnd.IntN(8)
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			want := next()
			rep := build(t, opt)
			if d := cmp.Diff(want, hashes(t, opt.Output)); d != "" {
				t.Fatalf("%s: byte %d: not the bytes of a clean build:\n%s", name, at, d)
			}
			if paper := !strings.Contains(name, "part") && !strings.Contains(name, manifestName); !paper && len(rep.Warnings) == 0 {
				t.Errorf("%s: byte %d: no warning", name, at)
			}
		}
	}
	if first.Snapshot == "" || edition != 1+6*len(files) {
		t.Errorf("%d editions of %d files", edition, len(files))
	}
}

// Where current or its manifest is of no use, rows come from the newest snapshot that is whole.
func TestOlderSnapshotStandsIn(t *testing.T) {
	for name, harm := range map[string]func(out, snapshot string) error{
		"dangling": func(_, snapshot string) error { return os.RemoveAll(snapshot) },
		"no link":  func(out, _ string) error { return os.Remove(filepath.Join(out, "current")) },
		"manifest": func(_, snapshot string) error { return os.Truncate(filepath.Join(snapshot, manifestName), 100) },
	} {
		in := folder(t, 30)
		opt := Options{Input: in, Output: t.TempDir(), stages: []Stage{byLine}, groupBytes: 2000}
		build(t, opt)
		write(t, filepath.Join(in, "new.txt"), "One more.\n")
		second := build(t, opt)
		want := hashes(t, opt.Output)
		if err := harm(opt.Output, second.Snapshot); err != nil {
			t.Fatal(err)
		}
		rep := build(t, opt)
		if rep.Unchanged || rep.Copied+rep.Linked < 30 || name != "no link" && len(rep.Warnings) == 0 {
			t.Errorf("%s: unchanged %t, %d copied, %d linked, warnings %q", name, rep.Unchanged, rep.Copied, rep.Linked, rep.Warnings)
		}
		if d := cmp.Diff(want, hashes(t, opt.Output)); d != "" {
			t.Errorf("%s: not the bytes of a clean build:\n%s", name, d)
		}
	}
}

// A manifest is believed only as it was written.
func TestManifestIsSealed(t *testing.T) {
	opt := Options{Input: folder(t, 3), Output: t.TempDir(), stages: []Stage{byLine}}
	rep := build(t, opt)
	name := filepath.Join(rep.Snapshot, manifestName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(whole); i += 11 {
		b := bytes.Clone(whole)
		b[i] ^= 1 << (i % 8)
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadManifest(rep.Snapshot); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	for i := 0; i < len(whole); i += 101 {
		if err := os.WriteFile(name, whole[:i], 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadManifest(rep.Snapshot); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: %v", i, err)
		}
	}
}

// With TrustStat, files that kept size, times and inode are not read; those that changed in the last moment before
// a run are.
func TestTrustStat(t *testing.T) {
	in := t.TempDir()
	name := filepath.Join(in, "a.txt")
	write(t, name, "The first text.\n")
	write(t, filepath.Join(in, "b.jsonl"), "{\"id\": 1, \"text\": \"A record.\"}\n{\"id\": 1, \"text\": \"Its twin.\"}\n")
	opt := Options{Input: in, Output: t.TempDir(), TrustStat: true, stages: []Stage{byLine}}
	texts := func() (list []string) {
		for _, d := range read[documentRow](t, opt.Output, "documents") {
			list = append(list, d.Text)
		}
		return list
	}
	// Fast hands: the same size within the resolution of the clock. Nothing younger than two seconds is believed.
	for i := range 5 {
		text := fmt.Sprintf("The %d. text...\n", i)
		write(t, name, text)
		build(t, opt)
		if got := texts(); got[0] != text {
			t.Fatalf("published %q, the file holds %q", got, text)
		}
	}
	if b, err := os.ReadFile(filepath.Join(opt.Output, statFolder, "part-00000")); err != nil || bytes.Contains(b, []byte("a.txt")) {
		t.Errorf("a young file was written down, or %v", err)
	}
	// Files at rest are believed, and read where the cache is damaged.
	opt.racy = 1
	build(t, opt)
	stat := filepath.Join(opt.Output, statFolder, "part-00000")
	whole, err := os.ReadFile(stat)
	if err != nil || !bytes.Contains(whole, []byte("a.txt")) || !bytes.Contains(whole, []byte("b.jsonl")) {
		t.Fatalf("files at rest were not written down, or %v", err)
	}
	if err := os.Chmod(name, 0); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, 0o644); err != nil { // changes the time of change
		t.Fatal(err)
	}
	rep := build(t, opt)
	if !rep.Unchanged || rep.Tally.Documents != 3 {
		t.Errorf("after chmod: %+v", rep)
	}
	for _, damage := range [][]byte{nil, whole[:len(whole)/2], append([]byte{1}, whole[1:]...)} {
		if err := os.WriteFile(stat, damage, 0o644); err != nil {
			t.Fatal(err)
		}
		if rep := build(t, opt); !rep.Unchanged {
			t.Errorf("%d bytes of cache: %+v", len(damage), rep)
		}
	}
}

// What a file holds is taken from the cache, not from the file, when nothing about it changed.
func TestTrustStatDoesNotRead(t *testing.T) {
	in := folder(t, 20)
	opt := Options{Input: in, Output: t.TempDir(), TrustStat: true, racy: 1, stages: []Stage{byLine}}
	build(t, opt)
	build(t, opt)
	i, err := openInput(in, opt.Output, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer i.close()
	nowhere := func() (string, error) { return "", errors.New("no folder is needed") }
	l, err := list(i, nowhere)
	if err != nil {
		t.Fatal(err)
	}
	pl := planner{in: i, fields: &DefaultFields, dir: nowhere, old: true, known: readStats(opt.Output, 0, 0)}
	p, err := pl.plan(l, 0)
	if err != nil || len(p.entries) != 20 {
		t.Fatalf("%d entries, %v", len(p.entries), err)
	}
	for _, e := range p.entries {
		if !e.content.known() {
			t.Errorf("%s must be read", e.id)
		}
	}
}

// The list of files goes to disk when it is too long for the memory.
func TestSpool(t *testing.T) {
	dir := t.TempDir()
	for _, room := range []int{0, 1000, 1 << 20} {
		s := newSpool(fmt.Sprint(room), room, func() (string, error) { return dir, nil })
		for i := range 500 {
			f := source{path: fmt.Sprintf("%d.txt", i), stat: fileStat{Size: int64(i), Inode: 7}}
			if i%9 == 0 {
				f.refused = refuse(TooLarge, "%d bytes", i)
			}
			if err := s.add(&f); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		i := 0
		err := s.read(func(f *source) error {
			if f.path != fmt.Sprintf("%d.txt", i) || f.stat.Size != int64(i) || (f.refused != nil) != (i%9 == 0) {
				t.Errorf("source %d is %+v", i, f)
			}
			i++
			return nil
		})
		if err != nil || i != 500 {
			t.Errorf("%d sources, %v", i, err)
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 2 {
		t.Errorf("%d files, %v", len(list), err)
	}
}

func BenchmarkRerun(b *testing.B) {
	in, out := folder(b, 2000), b.TempDir()
	opt := Options{Input: in, Output: out, groupBytes: 64 << 10}
	build(b, opt)
	b.Run("nothing changed", func(b *testing.B) {
		for b.Loop() {
			build(b, opt)
		}
	})
	b.Run("one changed", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			write(b, filepath.Join(in, "a", "changing.txt"), fmt.Sprintf("Edition %d of the paper is out.\n", i))
			build(b, opt)
		}
	})
	b.Run("all analysed anew", func(b *testing.B) {
		opt := opt
		opt.Full = true
		for b.Loop() {
			build(b, opt)
		}
	})
}
