package stages

import (
	"fmt"
	"sort"
)

// A Map leads from byte offsets in a text back to byte offsets in the bytes it
// was made from. It is a list of segments that follow each other in the text;
// what lies between them in the source was taken out. The empty Map is the
// identity.
type Map struct {
	segments []segment
	length   int // bytes of text described so far
}

// A segment is a stretch of text made from one stretch of source. With a
// stride of n, each byte of text comes from n bytes of source (1 for copied
// text, 2 for ASCII in UTF-16); with a stride of 0 the stretch was replaced as
// a whole and every offset inside it leads to all of its source.
type segment struct {
	text, source, sourceEnd int
	stride                  int
}

// Identity reports whether m changes nothing.
func (m *Map) Identity() bool { return len(m.segments) == 0 }

// Copy says that the next n bytes of text are the n source bytes from source on.
func (m *Map) Copy(n, source int) { m.Stride(n, source, 1) }

// Stride says that the next n bytes of text come from stride source bytes each, from source on.
func (m *Map) Stride(n, source, stride int) {
	if n == 0 {
		return
	}
	if k := len(m.segments); k > 0 {
		if l := &m.segments[k-1]; l.stride == stride && l.sourceEnd == source {
			l.sourceEnd += n * stride
			m.length += n
			return
		}
	}
	m.segments = append(m.segments, segment{m.length, source, source + n*stride, stride})
	m.length += n
}

// Replace says that the next n bytes of text stand for source[start:end] as a whole.
func (m *Map) Replace(n, start, end int) {
	if n == 0 {
		return
	}
	m.segments = append(m.segments, segment{m.length, start, end, 0})
	m.length += n
}

// Span returns the smallest span of the source that text span s was made from.
func (m *Map) Span(s Span) Span {
	if m.Identity() {
		return s
	}
	if s.Start >= s.End {
		at := m.at(s.Start, false)
		return Span{at, at}
	}
	return Span{m.at(s.Start, false), m.at(s.End-1, true)}
}

// at returns where the source of the text byte at i begins, or ends.
func (m *Map) at(i int, end bool) int {
	k := sort.Search(len(m.segments), func(k int) bool { return m.segments[k].text > i }) - 1
	if k < 0 {
		return 0
	}
	s := &m.segments[k]
	if s.stride == 0 {
		if end {
			return s.sourceEnd
		}
		return s.source
	}
	at := s.source + (i-s.text)*s.stride
	if end {
		at += s.stride
	}
	return min(at, s.sourceEnd)
}

// Through makes m lead one step further back: m maps a text to a middle, and
// first maps that middle to the source.
func (m *Map) Through(first *Map) {
	switch {
	case first.Identity():
		return
	case m.Identity():
		m.segments, m.length = append(m.segments[:0], first.segments...), first.length
		return
	}
	old := append([]segment(nil), m.segments...)
	length := m.length
	m.segments, m.length = m.segments[:0], 0
	k := 0 // first.segments[k] holds the middle offset at hand
	for i, s := range old {
		n := length - s.text
		if i+1 < len(old) {
			n = old[i+1].text - s.text
		}
		if s.stride != 1 {
			span := first.Span(Span{s.source, s.sourceEnd})
			m.Replace(n, span.Start, span.End)
			continue
		}
		if k >= len(first.segments) || first.segments[k].text > s.source {
			k = 0
		}
		for at := s.source; at < s.sourceEnd; {
			for k+1 < len(first.segments) && first.segments[k+1].text <= at {
				k++
			}
			f := &first.segments[k]
			stop := s.sourceEnd
			if k+1 < len(first.segments) {
				stop = min(stop, first.segments[k+1].text)
			}
			if f.stride == 0 {
				m.Replace(stop-at, f.source, f.sourceEnd)
			} else {
				m.Stride(stop-at, f.source+(at-f.text)*f.stride, f.stride)
			}
			at = stop
		}
	}
}

func (m *Map) emptied() Map { return Map{segments: m.segments[:0]} }

// Source offsets need not rise: the title of a record may stand behind its text.
func (m *Map) check(length int) error {
	if m.Identity() {
		return nil
	}
	if m.length != length {
		return fmt.Errorf("source map covers %d of %d bytes", m.length, length)
	}
	for i, s := range m.segments {
		if s.source < 0 || s.sourceEnd < s.source || (i == 0) != (s.text == 0) {
			return fmt.Errorf("source map segment %d: %+v", i, s)
		}
	}
	return nil
}
