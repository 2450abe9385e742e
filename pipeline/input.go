package pipeline

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// An input is the folder, or the single file, that documents are read from.
// No path outside the folder is ever opened, whatever links lie in it.
type input struct {
	root *os.Root
	only string // the one file to read; "" for the whole folder
	skip string // a folder below it that is passed over: the output's; "" without one
	max  int64  // bytes of the largest document that is read

	opened func() // for tests: called when a file is open, before it is read; may be nil
}

// A source is an input file.
type source struct {
	path    string // below the input folder, with '/', bytes as the system has them
	stat    fileStat
	refused *refusal // set when it was refused unread
}

// A fileStat is what the file system says of a file. Two that are equal tell of
// the same bytes, unless somebody set out to deceive or was too fast for the
// clock.
type fileStat struct {
	Size     int64
	Modified int64 // nanoseconds since 1970, as is Changed
	Changed  int64 // content, owner, mode or links
	Inode    uint64
}

func statOf(info fs.FileInfo) fileStat {
	s := fileStat{Size: info.Size(), Modified: info.ModTime().UnixNano()}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Changed, s.Inode = changeTime(sys), sys.Ino
	}
	return s
}

// sameContent reports whether two looks at an open file tell of the same bytes.
func (s fileStat) sameContent(o fileStat) bool {
	return s.Size == o.Size && s.Modified == o.Modified
}

// Skips counts what was passed over in the input folder without being
// a document, by kind.
type Skips struct {
	Hidden     int `json:"hidden,omitempty"`      // names that begin with a dot
	Symlinks   int `json:"symlinks,omitempty"`    // links to places inside the folder, which are read there
	NotRegular int `json:"not_regular,omitempty"` // pipes, sockets, devices
	Output     int `json:"output,omitempty"`      // the folder of the dataset itself
}

// openInput opens a folder or a single file for reading. A folder below it by
// the name of output is not read: it is what the last run wrote.
func openInput(name, output string, max int64) (*input, error) {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return nil, fmt.Errorf("input: %w", err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("input: %w", err)
	}
	in := &input{max: max}
	dir := name
	if info.IsDir() {
		in.skip = below(dir, output)
	} else {
		dir, in.only = filepath.Dir(name), filepath.Base(name)
	}
	if in.root, err = os.OpenRoot(dir); err != nil {
		return nil, fmt.Errorf("input: %w", err)
	}
	return in, nil
}

// below returns the path of folder output in dir, or "" when it is not there.
func below(dir, output string) string {
	output, err := filepath.EvalSymlinks(output)
	if err != nil {
		return "" // not there yet
	}
	output, err1 := filepath.Abs(output)
	dir, err2 := filepath.Abs(dir)
	if err1 != nil || err2 != nil {
		return ""
	}
	rel, err := filepath.Rel(dir, output)
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel)
}

func (in *input) close() error { return in.root.Close() }

// walk calls yield with every file of the input, folder by folder, in the
// order of their names. An error is one of yield or of a folder that cannot be
// listed: a dataset that silently lacked a folder would be wrong.
func (in *input) walk(yield func(source) error) (Skips, error) {
	var skips Skips
	if in.only != "" {
		info, err := in.root.Stat(in.only)
		if err != nil {
			return skips, fmt.Errorf("input: %w", err)
		}
		if !info.Mode().IsRegular() {
			return skips, fmt.Errorf("input: %s is not a regular file", in.only)
		}
		return skips, yield(in.source(in.only, info))
	}
	return skips, in.walkDir(".", &skips, yield)
}

func (in *input) walkDir(dir string, skips *Skips, yield func(source) error) error {
	f, err := in.root.Open(dir)
	if err != nil {
		return fmt.Errorf("input: open %q: %w", dir, pathless(err))
	}
	list, err := f.ReadDir(-1)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("input: list %q: %w", dir, pathless(err))
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range list {
		name := e.Name()
		if dir != "." {
			name = dir + "/" + name
		}
		mode := e.Type()
		switch {
		case strings.HasPrefix(e.Name(), "."):
			skips.Hidden++
		case name == in.skip:
			skips.Output++
		case mode.IsDir():
			err = in.walkDir(name, skips, yield)
		case mode&fs.ModeSymlink != 0:
			if _, e := in.root.Stat(name); e != nil {
				err = yield(source{path: name, refused: linkRefusal(e)})
			} else {
				skips.Symlinks++
			}
		case !mode.IsRegular():
			skips.NotRegular++
		default:
			info, e := e.Info()
			if e != nil {
				err = yield(source{path: name, refused: readRefusal(e)})
			} else {
				err = yield(in.source(name, info))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (in *input) source(name string, info fs.FileInfo) source {
	s := source{path: name, stat: statOf(info)}
	if k := kindOf(name); !k.records && !k.packed() && s.stat.Size > in.max {
		s.refused = refuse(TooLarge, "%d bytes, more than the limit of %d", s.stat.Size, in.max)
	}
	return s
}

// A kind is what a file's name says of its content.
type kind struct {
	known   bool   // false for an ending that is not read
	records bool   // JSON lines
	packing string // ".gz", ".zst" or ""
}

func (k kind) packed() bool { return k.packing != "" }

// kindOf tells a file's kind by its name.
func kindOf(name string) kind {
	base := path.Base(name)
	ext := strings.ToLower(path.Ext(base))
	var k kind
	if ext == ".gz" || ext == ".zst" {
		k.packing = ext
		base = base[:len(base)-len(ext)]
		ext = strings.ToLower(path.Ext(base))
	}
	switch ext {
	case ".jsonl", ".ndjson":
		k.known, k.records = true, true
	case ".txt", ".md", "":
		k.known = true
	}
	return k
}

// open opens a file for reading. It never waits for a pipe. A link that has
// come into the file's place since it was listed is followed within the folder.
func (in *input) open(name string) (*os.File, fs.FileInfo, error) {
	f, err := in.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("no longer a regular file")
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// readFile returns the bytes of a whole file, unpacked, in buf's memory if they
// fit. It reads a second time when the file changed meanwhile.
func (in *input) readFile(s *source, buf []byte) ([]byte, *refusal) {
	for try := 0; ; try++ {
		data, changed, refused := in.readOnce(s, buf)
		if refused != nil || !changed {
			return data, refused
		}
		if try == 1 {
			return nil, refuse(Changed, "size or time of change differed before and after reading")
		}
	}
}

func (in *input) readOnce(s *source, buf []byte) (data []byte, changed bool, _ *refusal) {
	f, before, err := in.open(s.path)
	if err != nil {
		return nil, false, readRefusal(err)
	}
	defer f.Close()
	k := kindOf(s.path)
	if !k.packed() && before.Size() > in.max {
		return nil, false, refuse(TooLarge, "%d bytes, more than the limit of %d", before.Size(), in.max)
	}
	if in.opened != nil {
		in.opened()
	}
	r, err := unpack(f, k.packing, in.max+mostGrowth*before.Size())
	if err != nil {
		return nil, false, unpackRefusal(err, 0)
	}
	defer r.Close()
	b := bytes.NewBuffer(buf[:0])
	b.Grow(int(min(before.Size(), in.max)) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(r, in.max+1))
	switch {
	case err != nil && k.packed():
		return nil, false, unpackRefusal(err, int64(b.Len()))
	case err != nil:
		return nil, false, readRefusal(err)
	case int64(b.Len()) > in.max && k.packed() && int64(b.Len()) > mostGrowth*before.Size():
		return nil, false, refuse(Bomb, "%d bytes unpack to more than %d", before.Size(), in.max)
	case int64(b.Len()) > in.max:
		return nil, false, refuse(TooLarge, "more than the limit of %d bytes", in.max)
	}
	after, err := f.Stat()
	if err != nil {
		return nil, false, readRefusal(err)
	}
	return b.Bytes(), !statOf(before).sameContent(statOf(after)), nil
}

// mostGrowth is how many times its packed size an honest text can have.
const mostGrowth = 200

// unpack returns a reader of the unpacked bytes of r. It stops with errBomb
// behind limit bytes of what is packed.
func unpack(r io.Reader, packing string, limit int64) (io.ReadCloser, error) {
	var unpacked io.ReadCloser
	switch packing {
	case ".gz":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		unpacked = z
	case ".zst":
		b := bufio.NewReader(r)
		if _, err := b.Peek(1); err != nil { // an empty file is no frame, though zstd's reader takes it
			return nil, err
		}
		d, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(128<<20))
		if err != nil {
			return nil, err
		}
		unpacked = d.IOReadCloser()
	default:
		return io.NopCloser(r), nil
	}
	return &bounded{unpacked, limit}, nil
}

// errBomb says that a packed file grows more than any honest text does.
var errBomb = errors.New("grows too much")

// A bounded reader gives errBomb when left bytes have been read.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errBomb
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

func unpackRefusal(err error, offset int64) *refusal {
	switch {
	case errors.Is(err, errBomb):
		return refuse(Bomb, "unpacks to more than %d times its size; stopped in the record that begins here", mostGrowth).at(offset)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return refuse(Truncated, "the compressed data ends after %d unpacked bytes", offset).at(offset)
	}
	return refuse(Corrupt, "%v, after %d unpacked bytes", err, offset).at(offset)
}

func linkRefusal(err error) *refusal {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(Vanished, "a symbolic link that leads nowhere")
	case errors.Is(err, syscall.ELOOP):
		return refuse(Unreadable, "a symbolic link that leads back to itself")
	}
	return refuse(Symlink, "%v", pathless(err))
}

func readRefusal(err error) *refusal {
	if errors.Is(err, fs.ErrNotExist) {
		return refuse(Vanished, "gone since the folder was listed")
	}
	return refuse(Unreadable, "%v", pathless(err))
}

// pathless takes the path out of a file error: it stands in its own column.
func pathless(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// longestEnding is the length of .ndjson.zst, and enough for the rest.
const longestEnding = 11

// idOf returns a path as valid UTF-8 that no other path, and no record of one,
// has: bytes that are not UTF-8 are written \xNN, and so are a backslash that
// would look like the beginning of this, and a # that would look like the end
// of a path to records.
func idOf(name string) string {
	if utf8.ValidString(name) && !strings.Contains(name, `\x`) && !strings.Contains(name, "#") {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRuneInString(name[i:])
		switch {
		case r == utf8.RuneError && n == 1,
			r == '\\' && strings.HasPrefix(name[i+1:], "x"),
			r == '#' && kindOf(name[max(0, i-longestEnding):i]).records:
			fmt.Fprintf(&b, `\x%02x`, name[i])
		default:
			b.WriteString(name[i : i+n])
		}
		i += n
	}
	return b.String()
}
