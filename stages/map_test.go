package stages

import (
	"math/rand"
	"testing"
)

// A made is a text with, for each byte, the source span that a Map should give.
type made struct {
	m    Map
	want []Span
}

func (m *made) copy(n, source, stride int) {
	m.m.Stride(n, source, stride)
	for i := range n {
		m.want = append(m.want, Span{source + i*stride, source + (i+1)*stride})
	}
}

func (m *made) replace(n, start, end int) {
	m.m.Replace(n, start, end)
	for range n {
		m.want = append(m.want, Span{start, end})
	}
}

// span is what Span should return: the hull of the bytes' spans.
func (m *made) span(s Span) Span {
	hull := m.want[s.Start]
	for _, w := range m.want[s.Start:s.End] {
		hull = Span{min(hull.Start, w.Start), max(hull.End, w.End)}
	}
	return hull
}

// check compares all spans of the text with what they should be.
func (m *made) check(t *testing.T) {
	t.Helper()
	if err := m.m.check(len(m.want)); err != nil {
		t.Fatal(err)
	}
	for i := range m.want {
		for j := i + 1; j <= len(m.want); j++ {
			if got, want := m.m.Span(Span{i, j}), m.span(Span{i, j}); got != want {
				t.Fatalf("Span(%d:%d) = %v, want %v", i, j, got, want)
			}
		}
	}
}

func TestMapIdentity(t *testing.T) {
	var m Map
	if !m.Identity() {
		t.Error("the empty Map is not the identity")
	}
	if got := m.Span(Span{3, 9}); got != (Span{3, 9}) {
		t.Errorf("Span(3:9) = %v", got)
	}
	if err := m.check(100); err != nil {
		t.Error(err)
	}
}

func TestMapSpan(t *testing.T) {
	tests := map[string]func(m *made){
		"copied":                     func(m *made) { m.copy(5, 0, 1) },
		"a byte order mark first":    func(m *made) { m.copy(5, 3, 1) },
		"something taken out":        func(m *made) { m.copy(3, 0, 1); m.copy(4, 8, 1) },
		"replaced by less":           func(m *made) { m.copy(2, 0, 1); m.replace(1, 2, 8); m.copy(2, 8, 1) },
		"replaced by more":           func(m *made) { m.copy(2, 0, 1); m.replace(4, 2, 3); m.copy(2, 3, 1) },
		"put in":                     func(m *made) { m.copy(2, 0, 1); m.replace(1, 2, 2); m.copy(2, 2, 1) },
		"UTF-16":                     func(m *made) { m.copy(3, 2, 2); m.replace(3, 8, 10); m.copy(2, 10, 2) },
		"the same replacement again": func(m *made) { m.replace(1, 0, 4); m.replace(1, 0, 4); m.copy(2, 4, 1) },
		"the second part first":      func(m *made) { m.copy(4, 20, 1); m.replace(2, 18, 18); m.copy(6, 3, 1) },
		"back and forth":             func(m *made) { m.copy(2, 9, 1); m.copy(2, 0, 1); m.replace(1, 30, 34); m.copy(2, 4, 2) },
	}
	for name, make := range tests {
		t.Run(name, func(t *testing.T) {
			var m made
			make(&m)
			m.check(t)
		})
	}
}

func TestMapEmptySpan(t *testing.T) {
	var m Map
	m.Copy(3, 2)
	m.Replace(1, 5, 9)
	for at, want := range map[int]int{0: 2, 2: 4, 3: 5, 4: 9} {
		if got := m.Span(Span{at, at}); got != (Span{want, want}) {
			t.Errorf("Span(%d:%d) = %v, want %d", at, at, got, want)
		}
	}
}

func TestMapCheck(t *testing.T) {
	var short, backward Map
	short.Copy(3, 0)
	backward.Replace(1, 5, 4)
	if short.check(4) == nil {
		t.Error("a map of three bytes passes for a text of four")
	}
	if backward.check(1) == nil {
		t.Error("a source that ends before it begins passes")
	}
}

func TestMapReset(t *testing.T) {
	var m Map
	m.Copy(3, 7)
	m.Copy(2, 1)
	m.Reset()
	if got := m.Span(Span{1, 2}); !m.Identity() || got != (Span{1, 2}) {
		t.Errorf("after Reset, Span(1:2) = %v", got)
	}
}

func TestMapThroughIdentity(t *testing.T) {
	var identity Map
	var m made
	m.copy(2, 4, 1)
	m.replace(2, 6, 9)
	m.m.Through(&identity)
	m.check(t)
	identity.Through(&m.m)
	(&made{identity, m.want}).check(t)
}

// TestMapThrough composes maps made by chance: what Through gives must be, for
// each byte of text, the hull of what its middle bytes lead to.
func TestMapThrough(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 3000 {
		ordered := random.Intn(2) == 0
		first := anyMap(random, 60, ordered)
		second := anyMap(random, len(first.want), ordered)
		if len(first.want) == 0 || len(second.want) == 0 {
			continue
		}
		var want []Span
		for _, w := range second.want {
			if w.Start == w.End { // put in: it leads to where the middle goes on
				want = append(want, first.m.Span(w))
			} else {
				want = append(want, first.span(w))
			}
		}
		second.m.Through(&first.m)
		second.want = want
		second.check(t)
	}
}

// anyMap makes a map of a text from a source of so many bytes.
func anyMap(random *rand.Rand, source int, ordered bool) made {
	var m made
	for at := 0; at < source; {
		if !ordered && random.Intn(4) == 0 {
			at = random.Intn(source)
		}
		n := min(1+random.Intn(6), source-at)
		switch random.Intn(5) {
		case 0: // taken out
		case 1:
			m.replace(1+random.Intn(4), at, at+n)
		case 2:
			m.replace(1, at, at)
			n = 0
		case 3:
			stride := 1 + random.Intn(2)
			if n >= stride {
				m.copy(n/stride, at, stride)
			}
		default:
			m.copy(n, at, 1)
		}
		at += n
		if len(m.want) > 40 {
			break
		}
	}
	return m
}

func BenchmarkMapThrough(b *testing.B) {
	var first, second, work Map
	for i := range 10000 {
		first.Copy(9, i*10)
		second.Copy(8, i*9)
	}
	b.ReportAllocs()
	for b.Loop() {
		work.Reset()
		work.Through(&second)
		work.Through(&first)
	}
}
