package pipeline

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"pressrow/stages"
)

// A line, the Raw it gives, and the title it names.
var recordTests = []struct{ line, raw, title string }{
	{`{"text": "Plain text."}`, "Plain text.", ""},
	{`{"title": "Dam holds", "text": "The dam held."}`, "Dam holds\n\nThe dam held.", "Dam holds"},
	{`{"text": "The dam held.", "headline": "Dam\nholds "}`, "Dam holds \n\nThe dam held.", "Dam holds"},
	{`{"title": "Dam holds", "text": "DAM HOLDS!\n\nThe dam held."}`, "DAM HOLDS!\n\nThe dam held.", "Dam holds"},
	{`{"title": "Dam holds - The Valley Post", "text": "Dam Holds\nThe dam held."}`, "Dam Holds\nThe dam held.", "Dam holds - The Valley Post"},
	{`{"title": "Dam holds", "text": "Dam holds for now, says owner."}`, "Dam holds\n\nDam holds for now, says owner.", "Dam holds"},
	{`{"title": "Dam", "text": "Dam holds\n\nIt did."}`, "Dam\n\nDam holds\n\nIt did.", "Dam"},
	{`{"title": "…", "text": "---\nNo letters."}`, "…\n\n---\nNo letters.", "…"},
	{`{"title": "", "text": "No title."}`, "No title.", ""},
	{`{"title": null, "body": "Body.", "text": null}`, "Body.", ""},
	{`{"body": "Second choice.", "text": "First choice.", "text": "Twice.", "title": "Dam holds"}`, "Dam holds\n\nFirst choice.", "Dam holds"},
	{`{"content": ["One.", "Two.\n", "Three."]}`, "One.\nTwo.\nThree.", ""},
	{`{"text": "tab\t quote\" slash\/ back\\ uni\u00e9 pair\ud83d\ude00 half\ud83d end"}`, "tab\t quote\" slash/ back\\ unié pair😀 half\ufffd end", ""},
	{`{"text": "\ud83d\u0041"}`, "\ufffdA", ""},
	{`{"text": "Plain text.", "title": "\ud83d\u0041"}`, "\ufffdA\n\nPlain text.", "\ufffdA"},
	{`{"text": "\u00a0 \n\r\n\tDam\u0020holds\nIt did.", "title": "Dam holds"}`, "\u00a0 \n\r\n\tDam holds\nIt did.", "Dam holds"},
	{`{"text": "Dam\\nholds\u000d", "title": "Dam"}`, "Dam\n\nDam\\nholds\r", "Dam"},
	{`{"text": ["Dam holds", "It did."], "title": "Dam holds"}`, "Dam holds\nIt did.", "Dam holds"},
	{`{"text": [null, 7, "It did."], "title": "7"}`, "7\n\nIt did.", "7"},
	{`{"text": [], "title": "Dam holds"}`, "Dam holds\n\n", "Dam holds"},
	{`{"te\u0078t": "Under an odd name.", "text": "Twice."}`, "Under an odd name.", ""},
	{"\r{\"text\": \"Behind an old line end.\"}", "Behind an old line end.", ""},
}

func TestRecord(t *testing.T) {
	for _, test := range recordTests {
		var d stages.Document
		const base = 1000
		if r := DefaultFields.fill(&d, []byte(test.line), base, nil); r != nil {
			t.Errorf("%s: %v", test.line, r)
			continue
		}
		if string(d.Raw) != test.raw || d.Given.Title.Value != test.title {
			t.Errorf("%s:\n got %q, title %q\nwant %q, title %q", test.line, d.Raw, d.Given.Title.Value, test.raw, test.title)
		}
		checkRecordMap(t, test.line, base, &d)
	}
}

// checkRecordMap decodes the source bytes of every word of Raw with the
// standard library and wants the word.
func checkRecordMap(t *testing.T, line string, base int, d *stages.Document) {
	t.Helper()
	raw := string(d.Raw)
	at := 0
	for _, word := range strings.Fields(raw) {
		start := at + strings.Index(raw[at:], word)
		at = start + len(word)
		s := d.RawMap.Span(stages.Span{Start: start, End: at})
		if s.Start < base || s.End > base+len(line) || s.Start > s.End {
			t.Fatalf("%s: %q leads to %v", line, word, s)
		}
		var got string
		quoted := `"` + line[s.Start-base:s.End-base] + `"`
		if err := json.Unmarshal([]byte(quoted), &got); err != nil || got != word {
			t.Errorf("%s: %q leads to %s (%v)", line, word, quoted, err)
		}
	}
}

func TestRecordRefused(t *testing.T) {
	for _, test := range []struct {
		line   string
		reason Reason
		offset int64
	}{
		{`{"text": "unfinished`, BadJSON, 100 + 20},
		{`{"text" "x"}`, BadJSON, 100 + 8},
		{`"just a string"`, BadJSON, 100},
		{`{"text": 7}`, NoText, 100},
		{`{"title": "Only a title"}`, NoText, 100},
	} {
		var d stages.Document
		r := DefaultFields.fill(&d, []byte(test.line), 100, nil)
		if r == nil || r.reason != test.reason || r.offset != test.offset {
			t.Errorf("%s: %+v, want %s at %d", test.line, r, test.reason, test.offset)
		}
	}
}

func TestFieldDate(t *testing.T) {
	for text, want := range map[string]string{
		`"2019-11-08"`:                      "2019-11-08",
		`"2019-11-08T23:59:00-05:00"`:       "2019-11-08",
		`"2019-11-08 07:00:00"`:             "2019-11-08",
		`"November 8, 2019"`:                "2019-11-08",
		`"Nov 8, 2019"`:                     "2019-11-08",
		`"8 November 2019"`:                 "2019-11-08",
		`"Fri, 08 Nov 2019 10:00:00 +0000"`: "2019-11-08",
		`1573171200`:                        "2019-11-08",
		`1573171200000`:                     "2019-11-08",
		`"03/04/2020"`:                      "",
		`"yesterday"`:                       "",
		`""`:                                "",
		`12`:                                "",
		`true`:                              "",
	} {
		if got := fieldDate(value{raw: []byte(text)}); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestFieldText(t *testing.T) {
	for text, want := range map[string]string{
		`"The  Valley\nPost "`:                    "The Valley Post",
		`["Ann Lee", " ", "Bo Ray"]`:              "Ann Lee, Bo Ray",
		`[{"name": "Ann Lee"}, {"name": ["Bo"]}]`: "Ann Lee",
		`{"name": ["Bo", "Ray"]}`:                 "Bo, Ray",
		`{"name": {"name": "Ann Lee"}}`:           "Ann Lee",
		`{"name": {"name": {"name": "Ann Lee"}}}`: "",
		`{"called": "Ann Lee"}`:                   "",
		`7`:                                       "7",
		`-12.50`:                                  "-12.5",
		`1e3`:                                     "1000",
		`true`:                                    "",
		`null`:                                    "",
		``:                                        "",
	} {
		if got := fieldText(value{raw: []byte(text)}); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for s, want := range map[string]string{
		"":                        "",
		" ":                       "",
		"Ann":                     "Ann",
		"Ann Lee":                 "Ann Lee",
		" Ann Lee":                "Ann Lee",
		"Ann Lee ":                "Ann Lee",
		"Ann  Lee":                "Ann Lee",
		"Ann\tLee\u00a0\u2003Zoë": "Ann Lee Zoë",
		"Zoë\u2028":               "Zoë",
		"Zo\xeb":                  "Zo\ufffd",
		"Zo\xeb\xeb L\ufffd\xebe": "Zo\ufffd L\ufffd\ufffde",
		"a \ufffd b":              "a \ufffd b",
	} {
		if got := oneLine(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestFieldsSet(t *testing.T) {
	f := DefaultFields
	if err := f.Set("text", "article.html_free"); err != nil {
		t.Fatal(err)
	}
	var d stages.Document
	if r := f.fill(&d, []byte(`{"text": "no", "article": {"html_free": "Yes."}}`), 0, nil); r != nil || string(d.Raw) != "Yes." {
		t.Errorf("%q, %v", d.Raw, r)
	}
	if len(DefaultFields.Text) == len(f.Text) {
		t.Error("Set changed the defaults")
	}
	for _, bad := range [][2]string{{"colour", "x"}, {"text", ""}} {
		if f.Set(bad[0], bad[1]) == nil {
			t.Errorf("Set(%q, %q) gave no error", bad[0], bad[1])
		}
	}
}

// FuzzRecord feeds lines to the reader of records: no panic, and what the
// standard library takes for JSON with a string in its text field is read as
// the standard library reads it.
func FuzzRecord(f *testing.F) {
	for _, test := range recordTests {
		f.Add([]byte(test.line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if id := DefaultFields.recordID(line); !utf8.ValidString(id) { // asked of every line, JSON or not
			t.Fatalf("id %q", id)
		}
		var d stages.Document
		r := DefaultFields.fill(&d, line, 0, nil)
		if valid := json.Valid(line); r == nil && !valid || r != nil && r.reason == BadJSON && valid && bytes.HasPrefix(bytes.TrimSpace(line), []byte("{")) {
			t.Fatalf("%v, the standard library says %t", r, valid)
		}
		if r != nil {
			return
		}
		for i := range d.Raw {
			if s := d.RawMap.Span(stages.Span{Start: i, End: i + 1}); s.Start < 0 || s.End > len(line) || s.Start > s.End {
				t.Fatalf("byte %d leads to %v of %d", i, s, len(line))
			}
		}
		text := value{raw: line}.find(DefaultFields.Text...)
		var want string
		if d.Given.Title.Known() || text.kind() != jsontext.KindString || json.Unmarshal(text.raw, &want) != nil {
			return
		}
		if got := strings.ToValidUTF8(string(d.Raw), "\ufffd"); got != strings.ToValidUTF8(want, "\ufffd") && !strings.Contains(want, "\ufffd") {
			t.Errorf("%q, the standard library says %q", got, want)
		}
	})
}
