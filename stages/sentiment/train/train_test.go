package main

import (
	"math"
	"strings"
	"testing"
)

// Words are parted by spaces on the right; names stand in square brackets.
func TestDocument(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"She didn't pay.", "She did n't pay ."},
		{"She can’t, he cannot.", "She ca n’t , he can not ."},
		{"The town's bill: $3,000.50!", "The town 's bill : $ 3,000.50 !"},
		{"a well-run club, for now", "a well - run club , for now"},
		{"Later that day I met Ada Quill again.", "Later that day I met [Ada Quill] again ."},
		{"We saw Quillport today.", "We saw [Quillport] today ."},
		{"He left early. Nobody saw Ada again.", "He left early . Nobody saw [Ada] again ."},
		{"Quill Wins Again In Harrow", "Quill Wins Again In Harrow"},
	} {
		d := document(test.text)
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		starts, ends := map[int]bool{}, map[int]bool{}
		for _, e := range d.Entities {
			starts[e.Start], ends[e.End] = true, true
		}
		var got []string
		for _, span := range d.Tokens {
			w := d.Of(span)
			if starts[span.Start] {
				w = "[" + w
			}
			if ends[span.End] {
				w += "]"
			}
			got = append(got, w)
		}
		if g := strings.Join(got, " "); g != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, g, test.want)
		}
	}
}

func TestSolve(t *testing.T) {
	x := solve([][]float64{{4, 1}, {1, 3}}, []float64{9, 5})
	if math.Abs(x[0]-2) > 1e-9 || math.Abs(x[1]-1) > 1e-9 {
		t.Errorf("got %v, want 2 and 1", x)
	}
}

func TestEigen(t *testing.T) {
	values, v := eigen([][]float64{{2, 1}, {1, 2}})
	if low, high := min(values[0], values[1]), max(values[0], values[1]); math.Abs(low-1) > 1e-9 || math.Abs(high-3) > 1e-9 {
		t.Errorf("values %v, want 1 and 3", values)
	}
	if dot := v[0][0]*v[0][1] + v[1][0]*v[1][1]; math.Abs(dot) > 1e-9 {
		t.Errorf("vectors are not orthogonal: %v", v)
	}
}
