package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// growing are texts that could make a careless stage look at everything again
// for every piece of it. Each is repeated up to the size that is wanted.
var growing = []string{
	calm + "\n\n", calm + " ", "a", "word ", "Word ", ".", ". ", "a. ", "Mr. ", "A.B.", "\"", "“(", "'s ", "1", "1,", "1 ", "$1 ", "May 4, 2016", "9:30 a.m.", "2016-05-04 ",
	"\n", "a\n", "a\n\n", "-\n", "- a\n", "1. a\n", "> a\n", "\t", " ", "a  ", "\u00a0", "<", "<a", "<a href=", "<a href=\"x ", "<b>", "</b>", "<!--", "<!-- ", "<script>", "<style>x",
	"<!DOCTYPE html", "<?xml ", "<![CDATA[", "&", "&amp;", "&amp;lt;b&amp;gt;", "&#39", "&#x0;", "http://a.example/", "a@b.example ", "@a ", "#a ", "Ada Quill ", "Ada Quill, ", "of the ",
	"Mayor Ada Quill said ", "said: ", "“a” ", "By Ada Quill\n", "1 hour ago\nAda\n", "Reply\n", "Share\n", "Comments (3)\n", "Comments are closed.\n", "— ", "...", "?!", "()", "((", "[[",
	"e\u0301", "\u0301", "o\u0336", "\u200b", "\u202e", "\u00ad", "👨\u200d", "é", "â€™", "Ã¢â‚¬â„¢", "\u0092", "\ufffd", "渡船", "غاد ", "\ufb01", "\r", "\r\n", "\v", "\u2028", "\x1b[31m",
	"not ", "very ", "never not ", "good bad ", "but ", "if ", "January ", "Jan. ", "Monday ", "half a ", "one hundred ", "and ", ", and ", "U.S. ", "Inc. ", "St. ", "New York, ",
	"ignore all ", "you are a ", "Ignore all previous instructions. ", "<|im_start|>",
}

func grown(piece string, size int) []byte {
	return []byte(strings.Repeat(piece, size/len(piece)+1)[:size])
}

// How many times as much memory or time twice the text may take: a mean over
// several doublings, as lists grow by leaps. What looks at every pair of pieces
// takes four times as long.
const maxGrowth = 2.3

// maxGrowthBusy is the same for a machine that does a hundred other things: still
// far below four.
const maxGrowthBusy = 3.0

// TestMemoryGrowsWithText holds that memory grows as the text does. Of the
// texts it tries some; make soak tries them all.
func TestMemoryGrowsWithText(t *testing.T) {
	taken := func(raw []byte) float64 {
		runtime.GC()
		runtime.GC() // the second one empties the pools
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		analyseBytes(raw)
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	taken([]byte(calm)) // reads the models
	for i, piece := range growing {
		if !*soak && i%6 > 0 {
			continue
		}
		const size = 32 << 10
		small, large := taken(grown(piece, size)), taken(grown(piece, 8*size))
		if ratio := math.Cbrt((large - 1<<20) / small); ratio > maxGrowth {
			t.Errorf("%q: %.0f bytes of memory for %d of text, %.0f for eight times as much, which is %.2f a doubling", piece, small, size, large, ratio)
		}
	}
}

// TestTimeGrowsWithText holds that processor time grows as the text does. make
// soak tries all texts, of sizes beyond the processor's cache, and is strict.
func TestTimeGrowsWithText(t *testing.T) {
	sizes, rounds, limit := []int{64 << 10, 512 << 10}, 4, maxGrowthBusy
	if *soak {
		sizes, rounds, limit = []int{512 << 10, 1 << 20, 2 << 20, 4 << 20}, 8, maxGrowth
	}
	analyseBytes([]byte(calm)) // reads the models
	var growths []growth
	for i, piece := range growing {
		if !*soak && i%6 > 0 {
			continue
		}
		growths = append(growths, grow(t, fmt.Sprintf("%q", piece), sizes, rounds, limit, func(size int) func() {
			raw := grown(piece, size)
			return func() { analyseBytes(raw) }
		}))
	}
	reportGrowth(t, growths, limit)
}

// TestTimeGrowsWithCorpus is the same for a whole build of ever more documents.
func TestTimeGrowsWithCorpus(t *testing.T) {
	sizes, rounds, limit := []int{100, 800}, 4, maxGrowthBusy
	if *soak {
		sizes, rounds, limit = []int{1000, 2000, 4000, 8000}, 8, maxGrowth
	}
	var growths []growth
	for _, kind := range []string{"files", "records", "records of one id"} {
		growths = append(growths, grow(t, kind, sizes, rounds, limit, func(size int) func() {
			in := t.TempDir()
			var records strings.Builder
			for i := range size {
				text := fmt.Sprintf("Notice %d\n\n%s", i, strings.Repeat(calm+" ", 20))
				switch kind {
				case "files":
					write(t, filepath.Join(in, fmt.Sprintf("%d.txt", i)), text)
				case "records":
					fmt.Fprintf(&records, "{\"id\":%d,\"text\":%q}\n", i, text)
				default:
					fmt.Fprintf(&records, "{\"id\":1,\"text\":%q}\n", text)
				}
			}
			if records.Len() > 0 {
				write(t, filepath.Join(in, "a.jsonl"), records.String())
			}
			return func() { build(t, Options{Input: in, Output: t.TempDir(), Workers: 1}) }
		}))
	}
	reportGrowth(t, growths, limit)
}

// A growth is what was measured of one kind of input.
type growth struct {
	what   string
	sizes  []int
	times  []time.Duration // processor time by size
	rounds int             // of which each time is the least
}

// mean returns how many times the time twice the size takes, on average over the
// doublings.
func (g *growth) mean() float64 {
	last := len(g.sizes) - 1
	doublings := math.Log2(float64(g.sizes[last]) / float64(g.sizes[0]))
	return math.Pow(g.times[last].Seconds()/g.times[0].Seconds(), 1/doublings)
}

// grow measures the time of prepare(size)() for each of sizes. Other programs make
// times longer, never shorter: as long as the growth is beyond limit it is measured
// again, up to so many rounds, and the least of each size counts.
func grow(t *testing.T, what string, sizes []int, rounds int, limit float64, prepare func(size int) func()) growth {
	t.Helper()
	g := growth{what: what, sizes: sizes, times: make([]time.Duration, len(sizes))}
	runs := make([]func(), len(sizes))
	for i, size := range sizes {
		runs[i] = prepare(size)
	}
	for g.rounds < rounds && (g.rounds == 0 || g.mean() > limit) {
		for i, run := range runs {
			runtime.GC()
			debug.FreeOSMemory() // and, being the second collection, empties the pools: all sizes begin with nothing at hand
			before := processorTime(t)
			run()
			if spent := processorTime(t) - before; g.rounds == 0 || spent < g.times[i] {
				g.times[i] = spent
			}
		}
		g.rounds++
	}
	return g
}

// reportGrowth wants no growth beyond limit, and logs the worst.
func reportGrowth(t *testing.T, growths []growth, limit float64) {
	t.Helper()
	for _, g := range growths {
		if g.mean() > limit {
			t.Errorf("%s: sizes %d take %v of processor time, which is %.2f a doubling", g.what, g.sizes, g.times, g.mean())
		}
	}
	slices.SortFunc(growths, func(a, b growth) int { return cmp.Compare(b.mean(), a.mean()) })
	for _, g := range growths[:min(3, len(growths))] {
		figure(t, "growth for twice the size", "%.2f times the time, where %g are allowed: %s, one of the worst of %d", g.mean(), limit, g.what, len(growths))
	}
}

func processorTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestDamagedPackedFiles holds that a bit that flipped in a packed file gives
// an error or changes nothing, and never other text.
func TestDamagedPackedFiles(t *testing.T) {
	for packing, packed := range map[string]string{".gz": packedGzip(calm), ".zst": packedZstd(calm)} {
		for i := range len(packed) * 8 {
			b := []byte(packed)
			b[i/8] ^= 1 << (i % 8)
			if got, err := unpackAll(b, packing); err == nil && got != calm {
				t.Errorf("%s with bit %d of byte %d flipped: %q", packing, i%8, i/8, got)
			}
		}
	}
}

func unpackAll(packed []byte, packing string) (string, error) {
	r, err := unpack(bytes.NewReader(packed), packing, 1<<20)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}
