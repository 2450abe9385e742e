package schema

import (
	"io"
	"sync"
)

// chunks is a file in memory, in pieces that are used again. It grows without
// copying what it has, so it never holds more than a piece too much.
type chunks struct {
	list []*chunk
	size int64
}

const chunkSize = 64 << 10

type chunk [chunkSize]byte

var chunkPool = sync.Pool{New: func() any { return new(chunk) }}

func (c *chunks) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		at := int(c.size % chunkSize)
		if at == 0 {
			c.list = append(c.list, chunkPool.Get().(*chunk))
		}
		k := copy(c.list[len(c.list)-1][at:], p)
		p = p[k:]
		c.size += int64(k)
	}
	return n, nil
}

// take moves what other holds to the end of c.
func (c *chunks) take(other *chunks) error {
	for i, piece := range other.list {
		part := piece[:min(chunkSize, other.size-int64(i)*chunkSize)]
		if _, err := c.Write(part); err != nil {
			return err
		}
		chunkPool.Put(piece)
	}
	*other = chunks{list: other.list[:0]}
	return nil
}

// ReadAt implements io.ReaderAt.
func (c *chunks) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for len(p) > 0 {
		if off >= c.size {
			return n, io.EOF
		}
		part := c.list[off/chunkSize][off%chunkSize:]
		part = part[:min(int64(len(part)), c.size-off)]
		k := copy(p, part)
		p = p[k:]
		off += int64(k)
		n += k
	}
	return n, nil
}

// release empties c and gives its pieces back.
func (c *chunks) release() {
	for _, piece := range c.list {
		chunkPool.Put(piece)
	}
	*c = chunks{list: c.list[:0]}
}
