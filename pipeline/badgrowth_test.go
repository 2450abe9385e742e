package pipeline

import (
	"bytes"
	"io"
	"math"
	"runtime"
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
}

func grown(piece string, size int) []byte {
	return []byte(strings.Repeat(piece, size/len(piece)+1)[:size])
}

// How many times as much memory or time twice the text may take: a mean over
// several doublings, as lists grow by leaps. What looks at every pair of pieces
// takes four times as long. Of 2.6 the last 0.3 are for a machine that has other
// things to do.
const (
	maxMemoryGrowth = 2.3
	maxTimeGrowth   = 2.6
)

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
		if ratio := math.Cbrt((large - 1<<20) / small); ratio > maxMemoryGrowth {
			t.Errorf("%q: %.0f bytes of memory for %d of text, %.0f for eight times as much, which is %.2f a doubling", piece, small, size, large, ratio)
		}
	}
}

// TestTimeGrowsWithText holds that time grows as the text does, for texts beyond
// the processor's cache. Other programs disturb it, so only make soak runs it.
func TestTimeGrowsWithText(t *testing.T) {
	if !*soak {
		t.Skip("make soak runs it")
	}
	taken := func(raw []byte) float64 {
		best := time.Hour
		for range 3 {
			runtime.GC()
			before := processorTime(t)
			analyseBytes(raw)
			best = min(best, processorTime(t)-before)
		}
		return best.Seconds()
	}
	analyseBytes([]byte(calm)) // reads the models
	worst, slowest := 0.0, 0.0
	for _, piece := range growing {
		const size = 2 << 20
		small, large := taken(grown(piece, size)), taken(grown(piece, 4*size))
		ratio := math.Sqrt(large / small)
		worst, slowest = max(worst, ratio), max(slowest, large)
		if ratio > maxTimeGrowth {
			t.Errorf("%q: %.2f s for %d bytes, %.2f s for four times as much, which is %.2f a doubling", piece, small, size, large, ratio)
		}
	}
	t.Logf("%d texts: at worst %.2f times the time for twice the text; at worst %.2f s for 8 MiB", len(growing), worst, slowest)
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
