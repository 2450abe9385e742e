package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/klauspost/compress/zstd"
)

// physics prints what the machine can do with the bytes of the articles on one
// processor, whatever a program wants to know of them.
func (c *corpus) physics() error {
	s, err := c.slice(all, 1)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(s.files[0])
	if err != nil {
		return err
	}
	compressor, err := zstd.NewWriter(io.Discard, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	kept := bytes.NewBuffer(make([]byte, 0, len(data)+bytes.MinRead))
	work := []struct {
		name string
		run  func() error
	}{
		{"copy in memory", func() error { kept.Reset(); kept.Write(data); return nil }},
		{"read the file into one buffer", func() error { return read(s.files[0], kept) }},
		{"cut at changes of byte class", func() error { changes(data); return nil }},
		{"compress with zstd", func() error {
			compressor.Reset(io.Discard)
			_, err := compressor.Write(data)
			if err != nil {
				return err
			}
			return compressor.Close()
		}},
	}
	fmt.Print("\n| the machine, on one processor | MB/s | tokens/s |\n|---|---:|---:|\n")
	for _, w := range work {
		best := time.Hour
		for range 5 {
			start := time.Now()
			if err := w.run(); err != nil {
				return err
			}
			best = min(best, time.Since(start))
		}
		fmt.Printf("| %s | %.0f | %.1f M |\n", w.name, float64(len(data))/1e6/best.Seconds(), float64(s.tokens)/1e6/best.Seconds())
	}
	return nil
}

func read(name string, kept *bytes.Buffer) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	kept.Reset()
	_, err = kept.ReadFrom(f)
	return err
}

// changes counts the places where one class of bytes follows another, the
// least that a tokenizer must find.
func changes(data []byte) (n int) {
	var last byte
	for _, b := range data {
		if class := classes[b]; class != last {
			n++
			last = class
		}
	}
	return n
}

// classes tells letters and digits, white space, and all else.
var classes = func() (t [256]byte) {
	for b := range t {
		switch {
		case 'a' <= b|0x20 && b|0x20 <= 'z', '0' <= b && b <= '9', b >= 0x80:
			t[b] = 1
		case b <= ' ':
			t[b] = 2
		}
	}
	return t
}()
