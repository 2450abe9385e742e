package main

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestArticlesAreDealtOut(t *testing.T) {
	t.Chdir("../../..") // where seeds/ is
	c := corpus{}
	var size int64
	n := 0
	if err := c.each(100_000, func(a article) error {
		n++
		size += int64(len(a.Text))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if size < 100_000 || size > 200_000 || n < 10 {
		t.Errorf("%d articles with %d bytes, want about 100,000", n, size)
	}
}

func TestChanges(t *testing.T) {
	if n := changes([]byte("Rain, 12 mm.")); n != 7 {
		t.Errorf("%d, want 7: Rain|,| |12| |mm|.", n)
	}
}

func TestMedianAndRatio(t *testing.T) {
	if m := median([]float64{9, 1, 3}); m != 3 {
		t.Errorf("median %v, want 3", m)
	}
	if m := median([]float64{4, 1}); m != 2.5 {
		t.Errorf("median %v, want 2.5", m)
	}
	if r := ratio([]float64{6, 8, 2}, []float64{2, 4, 2}); r != 2 {
		t.Errorf("ratio %v, want 2", r)
	}
}

func TestPictureIsXML(t *testing.T) {
	points := []point{{name: "1 ×", processor: 0.9, memory: 200}, {name: "<2>", processor: 1.0, memory: 210}}
	d := xml.NewDecoder(strings.NewReader(string(drawGrowth(points, points))))
	bars := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "rect" {
			bars++
		}
	}
	if bars != 1+4*len(points) {
		t.Errorf("%d rectangles, want %d", bars, 1+4*len(points))
	}
}
