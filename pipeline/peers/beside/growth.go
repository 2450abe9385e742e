package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
)

// growth times pressrow on ever more articles, and on ever longer ones, prints
// a table and draws a picture of it into an SVG file. What is compared is
// processor time: other programs' work on the same machine disturbs it less.
func (c *corpus) growth(t tools, rounds int, picture string) error {
	fmt.Println("| articles | processor s per million tokens | memory, MB |\n|---|---:|---:|")
	var more, longer []point
	for _, times := range []int64{1, 2, 4, 8} {
		p, err := c.grown(t, rounds, times*growthBytes, 1)
		if err != nil {
			return err
		}
		more = append(more, p.named(fmt.Sprintf("%d ×", times)))
		fmt.Printf("| %d × %d MB | %.2f | %.0f |\n", times, growthBytes/megabyte, p.processor, p.memory)
	}
	for _, joined := range []int{1, 4, 16, 64} {
		p, err := c.grown(t, rounds, 4*growthBytes, joined)
		if err != nil {
			return err
		}
		longer = append(longer, p.named(fmt.Sprintf("%d ×", joined)))
		fmt.Printf("| 4 × %d MB, %d joined to one | %.2f | %.0f |\n", growthBytes/megabyte, joined, p.processor, p.memory)
	}
	return os.WriteFile(picture, drawGrowth(more, longer), 0o644)
}

const growthBytes = 8 * megabyte

// A point is what one size of corpus took.
type point struct {
	name              string
	processor, memory float64 // seconds per million tokens, MB
}

func (p point) named(name string) point {
	p.name = name
	return p
}

// grown times pressrow on size bytes of articles, so many of them joined to one
// each time.
func (c *corpus) grown(t tools, rounds int, size int64, joined int) (point, error) {
	c.joined = joined
	p := peer{name: "pressrow", share: size, processes: 1, threads: 2, command: t.build("2")}
	s, err := c.slice(size, 1)
	if err != nil {
		return point{}, err
	}
	var processor, memory []float64
	for range rounds {
		took, err := c.time(&p)
		if err != nil {
			return point{}, err
		}
		processor = append(processor, took.processor.Seconds()/float64(s.tokens)*1e6)
		memory = append(memory, float64(took.memory)/megabyte)
	}
	return point{processor: median(processor), memory: median(memory)}, nil
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
