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
	length   int       // bytes of text described so far
	jumps    bool      // a segment's source begins before the end of the one before it
	spare    []segment // memory for Through
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
	m.add(n, segment{m.length, source, source + n*stride, stride})
}

// Replace says that the next n bytes of text stand for source[start:end] as a whole.
func (m *Map) Replace(n, start, end int) {
	if n == 0 {
		return
	}
	if k := len(m.segments); k > 0 && m.segments[k-1].stride == 0 && m.segments[k-1].source == start && m.segments[k-1].sourceEnd == end {
		m.length += n
		return
	}
	m.add(n, segment{m.length, start, end, 0})
}

func (m *Map) add(n int, s segment) {
	if k := len(m.segments); k > 0 && s.source < m.segments[k-1].sourceEnd {
		m.jumps = true
	}
	m.segments = append(m.segments, s)
	m.length += n
}

// Span returns the smallest span of the source that text span s was made from.
func (m *Map) Span(s Span) Span {
	if m.Identity() {
		return s
	}
	first := m.segmentAt(s.Start)
	if s.Start >= s.End {
		at := m.at(s.Start, first, false)
		return Span{at, at}
	}
	last := first // most spans are short
	for last+1 < len(m.segments) && m.segments[last+1].text < s.End {
		last++
	}
	span := Span{m.at(s.Start, first, false), m.at(s.End-1, last, true)}
	if m.jumps {
		for k := first; k <= last; k++ {
			span.Start = min(span.Start, m.at(max(s.Start, m.segments[k].text), k, false))
			if k < last {
				span.End = max(span.End, m.segments[k].sourceEnd)
			}
		}
	}
	return span
}

// segmentAt returns the index of the segment that holds the text byte at i.
func (m *Map) segmentAt(i int) int {
	return sort.Search(len(m.segments), func(k int) bool { return m.segments[k].text > i }) - 1
}

// at returns where the source of the text byte at i, in segment k, begins, or ends.
func (m *Map) at(i, k int, end bool) int {
	if k < 0 {
		return 0
	}
	s := &m.segments[k]
	if s.stride == 0 {
		if end || i >= m.length {
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
		m.segments, m.length, m.jumps = append(m.segments[:0], first.segments...), first.length, first.jumps
		return
	}
	steps, length := m.segments, m.length
	m.segments, m.spare, m.length, m.jumps = m.spare[:0], steps, 0, false
	for i, s := range steps {
		end := length
		if i+1 < len(steps) {
			end = steps[i+1].text
		}
		if s.stride == 0 {
			span := first.Span(Span{s.source, s.sourceEnd})
			m.Replace(end-s.text, span.Start, span.End)
			continue
		}
		m.through(first, s, end-s.text)
	}
}

// through adds the n bytes of text of segment s, which is copied from the middle.
func (m *Map) through(first *Map, s segment, n int) {
	k := max(first.segmentAt(s.source), 0)
	for at := s.source; n > 0; {
		for k+1 < len(first.segments) && first.segments[k+1].text <= at {
			k++
		}
		f := &first.segments[k]
		part := n
		if k+1 < len(first.segments) {
			part = min(n, (first.segments[k+1].text-at)/s.stride)
		}
		switch {
		case part == 0: // a byte of text made from several segments of the middle
			span := first.Span(Span{at, at + s.stride})
			part = 1
			m.Replace(part, span.Start, span.End)
		case f.stride == 0:
			m.Replace(part, f.source, f.sourceEnd)
		default:
			m.Stride(part, f.source+(at-f.text)*f.stride, s.stride*f.stride)
		}
		at += part * s.stride
		n -= part
	}
}

// Reset empties m, which then is the identity, and keeps its memory.
func (m *Map) Reset() { *m = m.emptied() }

func (m *Map) emptied() Map { return Map{segments: m.segments[:0], spare: m.spare[:0]} }

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
