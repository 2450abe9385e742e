package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
)

// growthBytes is the size of the smallest corpus.
const growthBytes = 8 * megabyte

// A point is what one corpus took.
type point struct {
	name   string
	size   int64 // bytes of articles
	joined int   // how many are joined to one

	processor float64 // seconds per million tokens, the least of all rounds: other work can only add to it
	memory    float64 // MB, the most of all rounds
}

// growth times pressrow on ever more articles, and on ever longer ones, prints
// a table and draws a picture of it into an SVG file. The corpora take turns, so
// that a slow minute of the machine slows all of them.
func (c *corpus) growth(t tools, rounds int, picture string) error {
	var more, longer []point
	for _, n := range []int64{1, 2, 4, 8} {
		more = append(more, point{name: fmt.Sprintf("%d ×", n), size: n * growthBytes, joined: 1})
	}
	for _, n := range []int{1, 4, 16, 64} {
		longer = append(longer, point{name: fmt.Sprintf("%d ×", n), size: 4 * growthBytes, joined: n})
	}
	for range rounds {
		for _, points := range [][]point{more, longer} {
			for i := range points {
				if err := c.grown(t, &points[i]); err != nil {
					return err
				}
			}
		}
	}
	fmt.Println("| articles | processor s per million tokens | memory, MB |\n|---|---:|---:|")
	for _, p := range more {
		fmt.Printf("| %s %d MB | %.2f | %.0f |\n", p.name, growthBytes/megabyte, p.processor, p.memory)
	}
	for _, p := range longer {
		fmt.Printf("| %d MB, %s as long | %.2f | %.0f |\n", p.size/megabyte, p.name, p.processor, p.memory)
	}
	return os.WriteFile(picture, drawGrowth(more, longer), 0o644)
}

// grown times pressrow once on p's corpus.
func (c *corpus) grown(t tools, p *point) error {
	c.joined = p.joined
	run := peer{name: "pressrow", share: p.size, processes: 1, threads: 2, command: t.build("2")}
	s, err := c.slice(p.size, 1)
	if err != nil {
		return err
	}
	took, err := c.time(&run)
	if err != nil {
		return err
	}
	if processor := took.processor.Seconds() / float64(s.tokens) * 1e6; p.processor == 0 || processor < p.processor {
		p.processor = processor
	}
	p.memory = max(p.memory, float64(took.memory)/megabyte)
	return nil
}

// drawGrowth returns an SVG picture: a row of bars for each of the figures.
func drawGrowth(more, longer []point) []byte {
	var b bytes.Buffer
	const width, height = 640, 400
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	b.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	for i, chart := range []struct {
		title  string
		points []point
		value  func(point) float64
	}{
		{"processor seconds per million tokens, by size of the corpus", more, func(p point) float64 { return p.processor }},
		{"most memory in MB, by size of the corpus", more, func(p point) float64 { return p.memory }},
		{"processor seconds per million tokens, by length of the documents", longer, func(p point) float64 { return p.processor }},
		{"most memory in MB, by length of the documents", longer, func(p point) float64 { return p.memory }},
	} {
		bars(&b, 20+i*95, chart.title, chart.points, chart.value)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// bars draws one bar for each point below y, the longest over the whole width.
func bars(b *bytes.Buffer, y int, title string, points []point, value func(point) float64) {
	longest := 0.0
	for _, p := range points {
		longest = max(longest, value(p))
	}
	fmt.Fprintf(b, `<text x="10" y="%d" font-weight="bold">%s</text>`+"\n", y, escape(title))
	for i, p := range points {
		top := y + 8 + i*17
		fmt.Fprintf(b, `<text x="45" y="%d" text-anchor="end">%s</text>`, top+11, escape(p.name))
		fmt.Fprintf(b, `<rect x="52" y="%d" width="%.0f" height="13" fill="#4a7aa7"/>`, top, 500*value(p)/longest)
		fmt.Fprintf(b, `<text x="%.0f" y="%d">%.3g</text>`+"\n", 57+500*value(p)/longest, top+11, value(p))
	}
}

func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder takes all
	return b.String()
}
