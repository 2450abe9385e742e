package main

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pressrow/stages"
)

func TestPearson(t *testing.T) {
	for _, test := range []struct {
		x, y []float64
		want float64
	}{
		{[]float64{1, 2, 3}, []float64{2, 4, 6}, 1},
		{[]float64{1, 2, 3}, []float64{3, 2, 1}, -1},
		{[]float64{1, 2, 3}, []float64{1, 3, 2}, 0.5},
		{[]float64{1, 1, 1}, []float64{1, 3, 2}, 0},
	} {
		if got := pearson(test.x, test.y); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%v %v: got %v, want %v", test.x, test.y, got, test.want)
		}
	}
}

// letters are the tones by their letter: + - 0.
var letters = map[rune]stages.Tone{'+': stages.TonePositive, '-': stages.ToneNegative, '0': stages.ToneNeutral}

func TestMacroF1(t *testing.T) {
	for _, test := range []struct{ found, gold, want string }{
		{"+-0", "+-0", "100.00"},
		{"++00", "+-00", "55.56"}, // + 2/3, - 0, 0 1
		{"0000", "+-00", "22.22"}, // 0 2/3
		{"++++", "++++", "33.33"},
	} {
		var c tones
		gold := []rune(test.gold)
		for i, found := range test.found {
			c.add(letters[found], letters[gold[i]])
		}
		if got := percent("", c.macroF1()).value.String(); got != test.want {
			t.Errorf("%s for %s: got %s, want %s", test.found, test.gold, got, test.want)
		}
	}
}

func TestScale(t *testing.T) {
	wide := []float64{3.2, -0.8, 0.8, 0.79}
	scale(wide)
	var got strings.Builder
	for _, r := range wide {
		fmt.Fprint(&got, toneOf(r), " ")
	}
	if want := "positive negative positive neutral "; got.String() != want {
		t.Errorf("got %s, want %s", &got, want)
	}
	narrow := []float64{0.8, -0.3}
	scale(narrow)
	if narrow[0] != 0.8 || narrow[1] != -0.3 {
		t.Errorf("ratings within 1 were scaled to %v", narrow)
	}
}

func TestFindTarget(t *testing.T) {
	n := func(i int) *int { return &i }
	const text = "Café owner Lena Moss met Moss & Co."
	for _, test := range []struct {
		mention  string
		from, to *int
		want     string
	}{
		{"Lena Moss", n(11), n(20), "12:21"}, // é is two bytes
		{"", n(0), n(4), "0:5"},
		{"Moss", n(25), n(29), "26:30"},
		{"Lena Moss", n(12), n(21), "12:21"}, // counted in bytes: looked up instead
		{"Lena Moss", nil, nil, "12:21"},
		{"Lena Moss", n(90), n(99), "12:21"},
		{"Otto", n(0), n(4), "not found"},
		{"", nil, nil, "not found"},
	} {
		g := goldTarget{Mention: test.mention, From: test.from, To: test.to}
		if got := showFound(g.find(text)); got != test.want {
			t.Errorf("%s %v: got %s, want %s", test.mention, test.from, got, test.want)
		}
	}
}

func TestFindDecided(t *testing.T) {
	for _, test := range []struct{ text, mention, want string }{
		{"BPC and BP gain", "BP", "8:10"},
		{"BPC gains", "BP", "0:2"},
		{"Talvik Holdings meets", "Talvik neutralings", "0:15"},
		{"FINCH gains", "Finch", "0:5"},
		{"Finch gains", "Moss", "not found"},
	} {
		if got := showFound(findDecided(test.text, test.mention)); got != test.want {
			t.Errorf("%s in %s: got %s, want %s", test.mention, test.text, got, test.want)
		}
	}
}

func showFound(s stages.Span, ok bool) string {
	if !ok {
		return "not found"
	}
	return fmt.Sprintf("%d:%d", s.Start, s.End)
}

func TestParseDecisions(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{`{'Orchard Bank': 'positive', 'Mill': 'neutral'}`, "Orchard Bank=positive;Mill=neutral;"},
		{`{"Finch's Mill": 'negative'}`, "Finch's Mill=negative;"},
		{`{'Finch's Mill': 'negative', 'Moss's': 'neutral'}`, "Finch's Mill=negative;Moss's=neutral;"},
		{`{'Finch\'s "Mill"': "neutral"}`, `Finch's "Mill"=neutral;`},
		{`{'A: B, C':'positive'}`, "A: B, C=positive;"},
		{`{}`, ""},
		{`{'Mill': 'good'}`, "error"},
		{`{'Mill': 'positive'`, "error"},
		{`['Mill']`, "error"},
		{``, "error"},
	} {
		got := ""
		list, err := parseDecisions(test.in)
		for _, d := range list {
			got += d.mention + "=" + d.tone.String() + ";"
		}
		if err != nil {
			got = "error"
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.in, diff)
		}
	}
}
