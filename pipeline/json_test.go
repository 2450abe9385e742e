package pipeline

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pressrow/stages"
)

func TestFind(t *testing.T) {
	const record = `{"id": null, "a": {"b": [{"c": 1}, {"c": 2}], "b": 3, "d": null}, "e.f": 4, "\u0067": "5", "id": 6, "h": {}, "h": {"i": 7}, "": {"": 8}, "j": [9, [10]]}`
	for _, test := range []struct{ names, want string }{
		{"e.f", `4`},
		{"g", `"5"`},
		{"id", `6`},
		{"nothing", ``},
		{"nothing id", `6`},
		{"g id", `"5"`},
		{"id g", `6`},
		{"a.d g", `"5"`},
		{"a.b", `[{"c": 1}, {"c": 2}]`},
		{"a.b.0.c", `1`},
		{"a.b.1.c", `2`},
		{"a.b.2.c", ``},
		{"a.b.c", ``},
		{"a.b.0.c.x", ``},
		{"a.", ``},
		{"a.*", ``},
		{"a", `{"b": [{"c": 1}, {"c": 2}], "b": 3, "d": null}`},
		{"h.i", `7`},
		{".", `8`},
		{"j.1.0", `10`},
		{"j.00", ``},
	} {
		v := value{raw: []byte(record), at: 100}.find(strings.Fields(test.names)...)
		if string(v.raw) != test.want {
			t.Errorf("%s: %s, want %s", test.names, v.raw, test.want)
		} else if v.raw != nil && record[v.at-100:][:len(v.raw)] != test.want {
			t.Errorf("%s: stands at %d, not there", test.names, v.at)
		}
	}
}

// What is found before the place where a line stops being JSON counts.
func TestFindInBrokenLine(t *testing.T) {
	for line, want := range map[string]string{
		`{"a": 1, "b": `:         `1`,
		`{"a": 1`:                `1`,
		`{"a"`:                   ``,
		`{"a" 1}`:                ``,
		`{"b": 01, "a": 1}`:      ``,
		`{"b": [1}, "a": 1}`:     ``,
		`{"b": {"c": 1], "a": 1`: ``,
		`{7: 1, "a": 1}`:         ``,
		`"a"`:                    ``,
		``:                       ``,
	} {
		if v := (value{raw: []byte(line)}).find("a"); string(v.raw) != want {
			t.Errorf("%s: %q, want %q", line, v.raw, want)
		}
	}
}

func TestEachJudges(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for line, valid := range map[string]bool{
		` {"a": [true, false, null, -1.5e3, "x"]} `: true,
		`7`:                true,
		"\"\xff\\ud83d\"":  true,
		`{"a":1,"a":2}`:    true,
		deep(10_000):       true,
		deep(10_001):       false,
		``:                 false,
		`{} {}`:            false,
		`{},`:              false,
		`{"a":1,}`:         false,
		`[1`:               false,
		`[1}`:              false,
		`["\x"]`:           false,
		"[\"\x00\"]":       false,
		"\xef\xbb\xbf{}":   false,
		`{"a":[{"b":tru}]`: false,
	} {
		all := func([]byte, value) bool { return true }
		if err := (value{raw: []byte(line)}).each(all); (err == nil) != valid {
			t.Errorf("%.30q: %v, want valid: %t", line, err, valid)
		}
	}
}

// What encoding/json has nothing against is refused nevertheless, if ever.
func TestWhereNotJSON(t *testing.T) {
	if r := whereNotJSON([]byte(`{}`), errors.New("dislike")); r.reason != BadJSON || r.offset != 0 || r.detail != "dislike" {
		t.Errorf("%+v", r)
	}
}

// Each character of a text leads back to what stands for it, marked by bars.
func TestEscapesLeadBack(t *testing.T) {
	for _, test := range []struct{ marked, text string }{
		{`|a|b|`, "ab"},
		{`|a|\n|\n|b|\"|`, "a\n\nb\""},
		{`|\\|n|\/|\b|\f|\r|\t|`, "\\n/\b\f\r\t"},
		{`|\u0041|\u0042|\u00e9|\u00C9|\u201c|x|`, "ABéÉ“x"},
		{`|\ud83d\ude00|\ud83d|\n|\ude00|\ufffd|`, "😀\ufffd\n\ufffd\ufffd"},
		{`|\ud83d|\ud83d\ude00|\ud83d|\u0041|`, "\ufffd😀\ufffdA"},
	} {
		pieces := strings.Split(strings.Trim(test.marked, "|"), "|")
		var m stages.Map
		b := rawBuilder{base: 1000, m: &m}
		b.add([]byte(strings.Join(pieces, "")), 10, false)
		if string(b.raw) != test.text {
			t.Errorf("%s: %q, want %q", test.marked, b.raw, test.text)
			continue
		}
		text, at := test.text, 1010
		for _, piece := range pieces {
			_, n := utf8.DecodeRuneInString(text)
			start := len(test.text) - len(text)
			want := stages.Span{Start: at, End: at + len(piece)}
			if got := m.Span(stages.Span{Start: start, End: start + n}); got != want {
				t.Errorf("%s: %s leads to %v, want %v", test.marked, piece, got, want)
			}
			text, at = text[n:], want.End
		}
		if b.last != at {
			t.Errorf("%s: ends at %d, want %d", test.marked, b.last, at)
		}
	}
}
