package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// A corpus is where the articles come from.
type corpus struct {
	dir      string // for work
	from     string // JSON lines; "" for the sample corpus
	pressrow string
	joined   int // articles that are joined to one; 0 and 1 leave them as they are
	slices   map[string]*slice
}

// A slice is the first articles of a corpus.
type slice struct {
	files  []string // one for each process
	tokens int64    // ours
}

type article struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// slice returns about size bytes of articles, dealt out to so many files.
func (c *corpus) slice(size int64, files int) (*slice, error) {
	key := fmt.Sprintf("%d-%d-%d", size, files, max(c.joined, 1))
	if s := c.slices[key]; s != nil {
		return s, nil
	}
	s := new(slice)
	var writers []*bufio.Writer
	for i := range files {
		f, err := os.Create(filepath.Join(c.dir, fmt.Sprintf("%s-%d.jsonl", key, i)))
		if err != nil {
			return nil, err
		}
		defer f.Close() // what matters is the Flush below: pressrow counts what is there
		s.files, writers = append(s.files, f.Name()), append(writers, bufio.NewWriter(f))
	}
	n := 0
	write := func(text string) error {
		n++
		return json.NewEncoder(writers[n%files]).Encode(article{fmt.Sprint(n), text})
	}
	var texts []string // to be joined
	err := c.each(size, func(a article) error {
		if texts = append(texts, a.Text); len(texts) < c.joined {
			return nil
		}
		defer func() { texts = texts[:0] }()
		return write(strings.Join(texts, "\n\n"))
	})
	if len(texts) > 0 {
		err = errors.Join(err, write(strings.Join(texts, "\n\n")))
	}
	for _, w := range writers {
		err = errors.Join(err, w.Flush())
	}
	if err != nil {
		return nil, err
	}
	for _, name := range s.files {
		tokens, err := c.count(name)
		if err != nil {
			return nil, err
		}
		s.tokens += tokens
	}
	if c.slices == nil {
		c.slices = map[string]*slice{}
	}
	c.slices[key] = s
	return s, nil
}

// count returns the number of tokens that pressrow finds.
func (c *corpus) count(articles string) (int64, error) {
	out := articles + ".out"
	cmd := exec.Command(c.pressrow, "build", "--quiet", "--quarantine-ok", "--out", out, articles)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("%s: %w", c.pressrow, err)
	}
	records, err := filepath.Glob(filepath.Join(out, "runs", "*.json"))
	if err != nil || len(records) != 1 {
		return 0, fmt.Errorf("no record of the run in %s (%v)", out, err)
	}
	b, err := os.ReadFile(records[0])
	if err != nil {
		return 0, err
	}
	var record struct{ Counts struct{ Tokens int64 } }
	if err := json.Unmarshal(b, &record); err != nil {
		return 0, err
	}
	if record.Counts.Tokens == 0 {
		return 0, fmt.Errorf("no text in %s", articles)
	}
	return record.Counts.Tokens, os.RemoveAll(out)
}

// each calls yield with articles of about size bytes altogether.
func (c *corpus) each(size int64, yield func(article) error) error {
	left := size
	once := func(a article) error {
		if left <= 0 || a.Text == "" {
			return nil
		}
		left -= int64(len(a.Text))
		return yield(a)
	}
	if c.from != "" {
		return records(c.from, once)
	}
	names, err := filepath.Glob("seeds/*.txt")
	if err != nil || len(names) == 0 {
		return errors.New("no seeds here; run it at the project's root, or name a file of articles")
	}
	for left > 0 {
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := once(article{Text: strings.ToValidUTF8(string(b), "")}); err != nil {
				return err
			}
		}
	}
	return nil
}

func records(name string, yield func(article) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	lines := json.NewDecoder(bufio.NewReader(r))
	for {
		var a article
		if err := lines.Decode(&a); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := yield(a); err != nil {
			return err
		}
	}
}

// memory returns the most memory that a process had, in bytes.
func memory(use *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return use.Maxrss
	}
	return use.Maxrss << 10
}
