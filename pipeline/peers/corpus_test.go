package peers

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pressrow/stages"
	"pressrow/stages/clean"
	"pressrow/stages/comments"
	"pressrow/stages/sentences"
	"pressrow/stages/tokens"
)

// A corpus is what is timed: documents as they come, and as the first four
// stages leave them.
type corpus struct {
	docs      []*stages.Document
	blocks    [][]string // the article blocks of each of docs
	rawBytes  int
	textBytes int // of blocks
	tokens    int
}

const (
	root         = "../.."
	seedBytes    = 1_000_000  // of article text, from the seeds over and over
	recordsBytes = 20_000_000 // of the field text, from the file in PRESSROW_CORPUS
)

// load reads the corpus once for all benchmarks.
var load = sync.OnceValues(func() (*corpus, error) {
	if name := os.Getenv("PRESSROW_CORPUS"); name != "" {
		if !filepath.IsAbs(name) {
			name = filepath.Join(root, name)
		}
		return fromRecords(name)
	}
	return fromSeeds(filepath.Join(root, "seeds"))
})

func loaded(tb testing.TB) *corpus {
	tb.Helper()
	c, err := load()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func fromRecords(name string) (*corpus, error) {
	raws, err := readFile(name, recordsBytes)
	if err != nil {
		return nil, err
	}
	c := new(corpus)
	return c, c.add(raws)
}

func fromSeeds(dir string) (*corpus, error) {
	var raws [][]byte
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		more, err := readFile(name, seedBytes)
		raws = append(raws, more...)
		return err
	})
	if err != nil {
		return nil, err
	}
	c := new(corpus)
	for c.textBytes < seedBytes {
		if err := c.add(raws); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// readFile returns the documents of a file: its texts, up to about limit bytes,
// where it holds records, else its bytes.
func readFile(name string, limit int) ([][]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	plain, packed := strings.CutSuffix(name, ".gz")
	if packed {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if filepath.Ext(plain) != ".jsonl" {
		raw, err := io.ReadAll(r)
		return [][]byte{raw}, err
	}
	raws, err := records(r, limit)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return raws, nil
}

func records(r io.Reader, limit int) ([][]byte, error) {
	var raws [][]byte
	decoder := json.NewDecoder(bufio.NewReader(r))
	for size := 0; size < limit; {
		var record struct{ Text string }
		switch err := decoder.Decode(&record); {
		case err == io.EOF:
			return raws, nil
		case err != nil:
			return nil, err
		}
		raws = append(raws, []byte(record.Text))
		size += len(record.Text)
	}
	return raws, nil
}

// add takes documents through the first four stages. Those that clean refuses
// are passed over. It is an error if no article text is found.
func (c *corpus) add(raws [][]byte) error {
	before := c.textBytes
	for _, raw := range raws {
		d := &stages.Document{Raw: bytes.Clone(raw)}
		err := through(d, []stage{clean.Text, comments.Mark, sentences.Split, tokens.Split})
		var refused *clean.Error
		switch {
		case errors.As(err, &refused):
			continue
		case err != nil:
			return err
		}
		c.docs = append(c.docs, d)
		c.rawBytes += len(raw)
		c.tokens += len(d.Tokens)
		var blocks []string
		for _, b := range d.Blocks {
			if b.Role.Article() {
				blocks = append(blocks, d.Of(b.Span))
				c.textBytes += b.Len()
			}
		}
		c.blocks = append(c.blocks, blocks)
	}
	if c.textBytes == before {
		return errors.New("corpus: no article text")
	}
	return nil
}

type stage = func(*stages.Document) error

func through(d *stages.Document, run []stage) error {
	for _, f := range run {
		if err := f(d); err != nil {
			return err
		}
	}
	return nil
}
