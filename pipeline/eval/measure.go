package main

import (
	"bufio"
	"encoding/json"
	"io"
	"math"
	"strconv"

	"pressrow/stages"
)

// A measure is a named number, rounded as it is printed.
type measure struct {
	name  string
	value json.Number
}

func count(name string, n int) measure {
	return measure{name, json.Number(strconv.Itoa(n))}
}

// percent takes a share from 0 to 1.
func percent(name string, share float64) measure {
	return measure{name, json.Number(strconv.FormatFloat(100*share, 'f', 2, 64))}
}

// plain takes a number that is no share, such as a correlation.
func plain(name string, x float64) measure {
	return measure{name, json.Number(strconv.FormatFloat(x, 'f', 3, 64))}
}

// A tally compares what was found with what gold holds.
type tally struct{ hits, found, gold int }

func (t *tally) add(u tally) {
	t.hits += u.hits
	t.found += u.found
	t.gold += u.gold
}

// precision returns the share of found that is right; 0 where nothing was found.
func (t tally) precision() float64 { return ratio(t.hits, t.found) }

// recall returns the share of gold that was found; 0 where there is no gold.
func (t tally) recall() float64 { return ratio(t.hits, t.gold) }

// f1 returns the harmonic mean of precision and recall.
func (t tally) f1() float64 { return ratio(2*t.hits, t.found+t.gold) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// compareSpans tallies found against gold, both in text order without repeats.
// Only equal spans count as hits.
func compareSpans(found, gold []stages.Span) tally {
	t := tally{found: len(found), gold: len(gold)}
	for i, j := 0, 0; i < len(found) && j < len(gold); {
		a, b := found[i], gold[j]
		switch {
		case a == b:
			t.hits++
			i++
			j++
		case a.Start < b.Start || a.Start == b.Start && a.End < b.End:
			i++
		default:
			j++
		}
	}
	return t
}

// tones tallies the three classes of tone.
type tones [3]tally

func (c *tones) add(found, gold stages.Tone) {
	c[found].found++
	c[gold].gold++
	if found == gold {
		c[gold].hits++
	}
}

// macroF1 returns the mean of the F1 of the three classes. A class that is
// neither found nor in gold counts as 0.
func (c *tones) macroF1() float64 {
	return (c[stages.ToneNeutral].f1() + c[stages.TonePositive].f1() + c[stages.ToneNegative].f1()) / 3
}

// pearson returns the correlation of x and y, which are of one length; 0 where
// either does not vary.
func pearson(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	var xy, xx, yy float64
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xy += dx * dy
		xx += dx * dx
		yy += dy * dy
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// eachLine calls f with every line of r, numbered from 1 and without its line
// end. Lines may be of any length.
func eachLine(r io.Reader, f func(n int, line []byte) error) error {
	b := bufio.NewReaderSize(r, 1<<16)
	var line []byte
	for n := 1; ; n++ {
		line = line[:0]
		var err error
		for more := true; more; more = err == bufio.ErrBufferFull {
			var part []byte
			part, err = b.ReadSlice('\n')
			line = append(line, part...)
		}
		if err != nil && err != io.EOF {
			return err
		}
		if len(line) > 0 {
			if ferr := f(n, trimEnd(line)); ferr != nil {
				return ferr
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

func trimEnd(line []byte) []byte {
	for n := len(line); n > 0 && (line[n-1] == '\n' || line[n-1] == '\r'); n-- {
		line = line[:n-1]
	}
	return line
}
