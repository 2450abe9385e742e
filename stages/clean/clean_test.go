package clean

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"pressrow/stages"
)

// cleaned cleans raw and holds it to the promises that every text keeps.
func cleaned(t *testing.T, raw []byte) *stages.Document {
	t.Helper()
	d := &stages.Document{Raw: raw}
	if err := Text(d); err != nil {
		t.Fatalf("Text(%q): %v", raw, err)
	}
	if err := d.Check(); err != nil {
		t.Fatalf("Text(%q) = %q: %v", raw, d.Text, err)
	}
	for i := range d.Text {
		if s := d.Source.Span(stages.Span{Start: i, End: i + 1}); s.Start < 0 || s.Start > s.End || s.End > len(raw) {
			t.Fatalf("Text(%q) = %q: byte %d leads to %v", raw, d.Text, i, s)
		}
	}
	again := &stages.Document{Raw: []byte(d.Text)}
	if err := Text(again); err != nil || again.Text != d.Text {
		t.Fatalf("Text(%q) = %q, and cleaned again %q, %v", raw, d.Text, again.Text, err)
	}
	return d
}

// TestRepairs gives raw bytes, the text they become, and the flags it carries.
func TestRepairs(t *testing.T) {
	tests := []struct{ raw, text, flags string }{
		// Nothing to do.
		{"", "", "empty"},
		{"Bells rang.", "Bells rang.", ""},
		{"“Yes,” she said.\n\n\"No,\" he said. It’s ‘odd’ — isn't it…", "“Yes,” she said.\n\n\"No,\" he said. It’s ‘odd’ — isn't it…", ""},
		{"  1. First reply\n    1. Reply to it\n\n\n\n  2. Second", "  1. First reply\n    1. Reply to it\n\n\n\n  2. Second", ""},

		// Empty files are no error.
		{"\n", "", "empty"},
		{" \t\r\n \u00a0\u3000\n\u2028 ", "", "empty"},
		{"\uFEFF", "", "empty"},
		{"\uFEFF \r\n", "", "empty"},
		{"\u200b\u200b\n\u200b", "", "empty invisible_removed"},

		// Lines and spaces.
		{"one\r\ntwo\rthree\r\r\nfour\n", "one\ntwo\nthree\nfour", ""},
		{"one\u2028two\u2029three\vfour\ffive", "one\ntwo\nthree\nfour\nfive", ""},
		{"one\u0085two\u0085three", "one\ntwo\nthree", ""},
		{"one  \n\t\ntwo \u00a0", "one\n\ntwo", ""},
		{"\n\n  one\n", "  one", ""},
		{"a  b   c", "a b c", "spaces"},
		{"10\u00a0km and 5\u2009\u202f% of\u3000it", "10 km and 5 % of it", "spaces"},
		{"a\tb\n\tc\n\u00a0\u00a0d", "a b\n    c\n  d", "spaces"},

		// Characters that say nothing.
		{strings.Repeat("x", 2000) + "a\x00b", strings.Repeat("x", 2000) + "ab", "nul_removed"},
		{"be\aep \x1b[1mbold\x1b[0m \x7fend", "beep bold end", "control_removed"},
		{"zero\u200bwidth so\u00adft \ufeffmark\u2060 \U000E0041", "zerowidth soft mark", "invisible_removed"},
		{"a \u202eevil\u202c and \u2067right\u2069 \u200fmark", "a evil and right mark", "bidi_removed"},
		{"a family 👨\u200d👩\u200d👧 and a heart ❤\ufe0f\u200d🔥", "a family 👨\u200d👩\u200d👧 and a heart ❤\ufe0f\u200d🔥", ""},
		{"می\u200cخواهم", "می\u200cخواهم", ""},
		{"plain\u200dly", "plainly", "invisible_removed"},
		{"o" + strings.Repeat("\u0335", 1000) + "k", "o" + strings.Repeat("\u0335", 8) + "k", "zalgo"},

		// NFC and ligatures.
		{"Zoe\u0308 met Andre\u0301", "Zoë met André", "normalized"},
		{"the ﬁrst oﬃce ﬂoor", "the first office floor", "ligature"},

		// HTML.
		{"Fish &amp; chips &mdash; 5&nbsp;&pound; &#8220;hot&#x201D;", "Fish & chips — 5 £ “hot”", "html_entity spaces"},
		{"&amp;quot;Twice&amp;quot; &amp;amp;amp; more", "\"Twice\" & more", "html_entity"},
		{"AT&T; R&D; &notathing; &amp &#0; &#xD800; &; Q&A", "AT&T; R&D; &notathing; &amp &#0; &#xD800; &; Q&A", ""},
		{"cigars&#146; end", "cigars’ end", "html_entity"},
		{"a <b>bold</b> <a href=\"x.html\" title='y'>link</a><br/>new line", "a bold link\nnew line", "html_tag"},
		{"<p>One.</p>\n\n<p class=x>Two.</p><ul><li>a</li><li>b</li></ul>", "One.\n\nTwo.\n\na\nb", "html_tag"},
		{"See <!-- no --> this<script type=\"text/javascript\">if (a<b) {}</script>Next", "See this\n\nNext", "html_tag spaces"},
		{"&lt;i&gt;Really&lt;/i&gt;", "Really", "html_entity html_tag"},
		{"I <3 you, a < b, x<y>z, <b and c>, <ada@mill.example>, <!-- open, <a href=", "I <3 you, a < b, x<y>z, <b and c>, <ada@mill.example>, <!-- open, <a href=", ""},
		{"<script>never closed", "never closed", "html_tag"},
		{"The page began <!DOCTYPE html", "The page began <!DOCTYPE html", ""},
		{"The page began <?xml version", "The page began <?xml version", ""},

		// Encodings mixed up.
		{"Quillâ€™s cafÃ© â€œmovedâ€\u009d", "Quill’s café “moved”", "mojibake"},
		{"the mayorÃ¢â‚¬â„¢s bridge", "the mayor’s bridge", "mojibake"},
		{"It closed.Â  Nobody came.", "It closed. Nobody came.", "mojibake spaces"},
		{"Ola Nordmann\u0092s boat \u0096 sold", "Ola Nordmann’s boat – sold", "cp1252"},
		{"she stayed \u0080\u0094 he left", "she stayed — he left", "mojibake"},
		{"The ferry leaves at noon\u0085 or not\n", "The ferry leaves at noon… or not", "cp1252"},
		{"CAFÉ® and É… or “×” stay", "CAFÉ® and É… or “×” stay", ""},
		{"Zoë’s caf\xe9 was\x97shut", "Zoë’s café was—shut", "cp1252"},
		{"Zoë’s caf\xe2\x80 shut", "Zoë’s caf\uFFFD shut", "utf8_replaced"},
		{"The last sign is cut \xe2\x80", "The last sign is cut \uFFFD", "utf8_replaced"},

		// Dates that words have grown to.
		{"Bridge shut\nMay 4, 2016Mayor Ada Quill left.", "Bridge shut\nMay 4, 2016\nMayor Ada Quill left.", "unglued"},
		{"Tuesday, 14 June 2011By Ola Nordmann", "Tuesday, 14 June 2011\nBy Ola Nordmann", "unglued"},
		{"Published: Sept. 3, 2018 5:00 p.m. ETFERNHOLLOW — Rain", "Published: Sept. 3, 2018 5:00 p.m. ET\nFERNHOLLOW — Rain", "unglued"},
		{"2019-11-08“We won”", "2019-11-08\n“We won”", "unglued"},
		{"9:30 a.m.Rain fell.", "9:30 a.m.\nRain fell.", "unglued"},
		{"Updated 8:05 PM ET, Wed May 4, 2016Kettle Cross (LNN)", "Updated 8:05 PM ET, Wed May 4, 2016\nKettle Cross (LNN)", "unglued"},
		{"4:10 PM GMTMayor Quill left.", "4:10 PM GMT\nMayor Quill left.", "unglued"},
		{"9 AMERICANS and 3 PMs met at 9:30Ada", "9 AMERICANS and 3 PMs met at 9:30Ada", ""},
		{"9:30Ada and 5 pmeters", "9:30Ada and 5 pmeters", ""},
		{"On May 4, 2016 Mayor Quill left.", "On May 4, 2016 Mayor Quill left.", ""},
		{"May 4, 2016s and May 40, 2016Ada and in 2016Ada", "May 4, 2016s and May 40, 2016Ada and in 2016Ada", ""},
		{"It was on May 4, 2016Ada that", "It was on May 4, 2016Ada that", ""},
	}
	for _, test := range tests {
		d := cleaned(t, []byte(test.raw))
		if d.Text != test.text {
			t.Errorf("Text(%q)\n got %q\nwant %q", test.raw, d.Text, test.text)
		}
		if got := flagNames(d); got != test.flags {
			t.Errorf("Text(%q) flags %q, want %q", test.raw, got, test.flags)
		}
		if d.Encoding != "utf-8" {
			t.Errorf("Text(%q) encoding %q", test.raw, d.Encoding)
		}
	}
}

// flagNames returns the names of d's flags, in their order.
func flagNames(d *stages.Document) string {
	var names []string
	for f, n := range d.Flags {
		if n > 0 {
			names = append(names, stages.Flag(f).String())
		}
	}
	return strings.Join(names, " ")
}

// TestUnwrap gives text as it stands in the file and as it should be read.
func TestUnwrap(t *testing.T) {
	const wrapped = `Village Hall Reopens

The hall at Fernhollow opened its doors again last weekend after a
winter of repairs that cost nearly twice what the parish had planned
and kept the choir, the chess club and the weekly market out in the
cold.

Ada Quill, who chairs the trust, thanked the carpenters and said the
roof should now last.

Three things are still to be done:
1. The stairs need a second coat of paint before the first of March.
2. The stove needs an inspector, and he is ill until after the thaw.
3. The piano needs a tuner, for mice have moved in beside the pedal.
`
	const joined = `Village Hall Reopens

The hall at Fernhollow opened its doors again last weekend after a winter of repairs that cost nearly twice what the parish had planned and kept the choir, the chess club and the weekly market out in the cold.

Ada Quill, who chairs the trust, thanked the carpenters and said the roof should now last.

Three things are still to be done:
1. The stairs need a second coat of paint before the first of March.
2. The stove needs an inspector, and he is ill until after the thaw.
3. The piano needs a tuner, for mice have moved in beside the pedal.`
	d := cleaned(t, []byte(wrapped))
	if d.Text != joined {
		t.Errorf("got %q", d.Text)
	}
	if n := d.Flags[stages.FlagUnwrapped]; n != 4 {
		t.Errorf("%d line breaks joined, want 4", n)
	}
	for _, same := range []string{
		"Roses in the rain along the garden wall,\nlilies in the shade, and nobody at all\nto see the swallows gather in the hall",
		"Council Votes To Close Old Bridge Until The Frost Is Over\nMarket Moves To Station Yard As Hall Repairs Run Very Late\nChoir Finds Voice Again After Long Winter Out In The Cold",
		"The ferry was late on Monday and again on the day after that.\nPassengers were told to wait in the shed until noon, and did.\nNobody came to fetch them before the evening tide had turned.",
		"The parish keeps its papers at the following places these days\nhttps://papers.fernhollow.example/minutes/2016/may/bridge\nhttps://papers.fernhollow.example/minutes/2016/june/ferry",
		"A headline that is nearly as wide as the text under it is\nThe text itself is short.",
	} {
		if d := cleaned(t, []byte(same)); d.Text != same {
			t.Errorf("joined %q", d.Text)
		}
	}
	dash := "Quill said that the trust had waited for the well-\nknown carpenter from Upper Mill, who was away all—\nor nearly all—of the spring, and that nobody else\nhad offered."
	if d := cleaned(t, []byte(dash)); strings.Contains(d.Text, "\n") || !strings.Contains(d.Text, "well-known carpenter") || !strings.Contains(d.Text, "all—or") {
		t.Errorf("got %q", d.Text)
	}
}

// utf16Of returns s in UTF-16, without a byte order mark.
func utf16Of(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func utf32Of(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, r := range s {
		b = order.AppendUint32(b, uint32(r))
	}
	return b
}

func TestEncodings(t *testing.T) {
	const text = "Zoë Quill paid 5 € for “tea” 🍵.\nShe left."
	latin, _ := charmap.Windows1252.NewEncoder().Bytes([]byte("Zoë Quill paid 5 € for “tea”."))
	tests := []struct {
		encoding, text, flags string
		raw                   []byte
	}{
		{"utf-8", text, "", []byte(text)},
		{"utf-8", text, "", []byte("\uFEFF" + text)},
		{"utf-16le", text, "decoded", utf16Of("\uFEFF"+text, binary.LittleEndian)},
		{"utf-16be", text, "decoded", utf16Of("\uFEFF"+text, binary.BigEndian)},
		{"utf-16le", text, "decoded", utf16Of(text, binary.LittleEndian)},
		{"utf-16be", text, "decoded", utf16Of(text, binary.BigEndian)},
		{"utf-32le", text, "decoded", utf32Of("\uFEFF"+text, binary.LittleEndian)},
		{"utf-32be", text, "decoded", utf32Of("\uFEFF"+text, binary.BigEndian)},
		{"utf-32le", text, "decoded", utf32Of(text, binary.LittleEndian)},
		{"utf-32be", text, "decoded", utf32Of(text, binary.BigEndian)},
		{"utf-16le", text + "\uFFFD", "decoded utf8_replaced", append(utf16Of("\uFEFF"+text, binary.LittleEndian), 'x')},
		{"utf-16be", "half \uFFFD pair", "decoded utf8_replaced", []byte("\xfe\xff\x00h\x00a\x00l\x00f\x00 \xd8\x3c\x00 \x00p\x00a\x00i\x00r")},
		{"windows-1252", "Zoë Quill paid 5 € for “tea”.", "decoded", latin},
		{"windows-1252", "caf\u00e9 \uFFFD", "decoded utf8_replaced", []byte("caf\xe9 \x81")},
	}
	for _, test := range tests {
		d := cleaned(t, test.raw)
		if d.Encoding != test.encoding || d.Text != test.text || flagNames(d) != test.flags {
			t.Errorf("Text(%q)\n got %s %q %s\nwant %s %q %s", test.raw, d.Encoding, d.Text, flagNames(d), test.encoding, test.text, test.flags)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		raw            string
		reason, detail string
		offset         int
	}{
		{"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Binary, "png", 0},
		{"\xff\xd8\xff\xe0\x00\x10JFIF", Binary, "jpeg", 0},
		{"GIF89a\x01\x00\x01\x00", Binary, "gif", 0},
		{"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Binary, "pdf", 0},
		{"\x7fELF\x02\x01\x01", Binary, "elf", 0},
		{"RIFF\x24\x00\x00\x00WEBPVP8 ", Binary, "webp", 8},
		{"\x1f\x8b\x08\x00", Archive, "gzip", 0},
		{"PK\x03\x04\x14\x00", Archive, "zip", 0},
		{"\x28\xb5\x2f\xfd\x04", Archive, "zstd", 0},
		{"a/b.txt" + strings.Repeat("\x00", 250) + "ustar\x0000", Archive, "tar", 257},
		{"some words\x00" + strings.Repeat("y", 500), Binary, "NUL bytes", 10},
		{"words " + strings.Repeat("\x01\x02", 50), Binary, "control characters", 6},
		{"abc " + strings.Repeat("\x82\xa0\x82\xa2", 30), Encoding, "neither UTF-8 nor Windows-1252", 4},
		{"\xff\xfe" + strings.Repeat("\x00\xd8", 30), Encoding, "not utf-16le", 2},
	}
	for _, test := range tests {
		var e *Error
		err := Text(&stages.Document{Raw: []byte(test.raw)})
		if !errors.As(err, &e) || *e != (Error{test.reason, test.detail, test.offset}) {
			t.Errorf("Text(%.40q) = %v, want %s: %s at byte %d", test.raw, err, test.reason, test.detail, test.offset)
		}
	}
}

// TestSource says for a piece of the text which bytes of Raw it came from.
func TestSource(t *testing.T) {
	wide := func(s string) string { return string(utf16Of(s, binary.LittleEndian)) }
	tests := []struct{ raw, piece, source string }{
		{"one\r\ntwo", "two", "two"},
		{"one\r\ntwo", "one\ntwo", "one\r\ntwo"},
		{"\uFEFFone two", "one", "one"},
		{"a  \u00a0 b", "a b", "a  \u00a0 b"},
		{"a&nbsp;&amp;b", "&", "&amp;"},
		{"so\u00adft tea", "soft", "so\u00adft"},
		{"the ﬁrst", "fi", "ﬁ"},
		{"the ﬁrst", "i", "ﬁ"},
		{"Zoe\u0308 ran", "ë", "e\u0308"},
		{"a <b>bold</b> man", "bold", "bold"},
		{"a <b>bold</b> man", "bold man", "bold</b> man"},
		{"the mayorÃ¢â‚¬â„¢s bridge", "’", "Ã¢â‚¬â„¢"},
		{"the mayorÃ¢â‚¬â„¢s bridge", "s bridge", "s bridge"},
		{"a caf\xe9 here", "café", "caf\xe9"},
		{"Zoë’s caf\xe9 here", "é here", "\xe9 here"},
		{"May 4, 2016Mayor Quill", "Mayor", "Mayor"},
		{"May 4, 2016Mayor Quill", "2016\nMayor", "2016Mayor"},
		{wide("\uFEFFa café 🍵 now"), "a", wide("a")},
		{wide("\uFEFFa café 🍵 now"), "café", wide("café")},
		{wide("\uFEFFa café 🍵 now"), "🍵 now", wide("🍵 now")},
		{wide("\uFEFFa  b &amp; c"), "b & c", wide("b &amp; c")},
		{"10Î&frac14;m", "μ", "Î&frac14;"},
	}
	for _, test := range tests {
		d := cleaned(t, []byte(test.raw))
		at := strings.Index(d.Text, test.piece)
		if at < 0 {
			t.Errorf("Text(%q) = %q, which lacks %q", test.raw, d.Text, test.piece)
			continue
		}
		s := d.Source.Span(stages.Span{Start: at, End: at + len(test.piece)})
		if got := test.raw[s.Start:s.End]; got != test.source {
			t.Errorf("Text(%q): %q comes from %q, want %q", test.raw, test.piece, got, test.source)
		}
	}
}

// TestRawMap cleans what the pipeline makes of a record whose title stands
// behind its text, and follows both to the file.
func TestRawMap(t *testing.T) {
	const file = `{"text":"The bridge\u00a0is\r\nshut.","title":"Bridge  shut"}`
	text, title := strings.Index(file, "The"), strings.Index(file, "Bridge")
	d := &stages.Document{Raw: []byte("Bridge  shut\n\nThe bridge\u00a0is\r\nshut.")}
	d.RawMap.Copy(len("Bridge  shut"), title)
	d.RawMap.Replace(2, text, text)
	d.RawMap.Copy(len("The bridge"), text)
	nbsp := strings.Index(file, `\u00a0`)
	d.RawMap.Replace(2, nbsp, nbsp+6)
	d.RawMap.Copy(2, nbsp+6)
	d.RawMap.Replace(1, nbsp+8, nbsp+10)
	d.RawMap.Replace(1, nbsp+10, nbsp+12)
	d.RawMap.Copy(len("shut."), nbsp+12)
	if err := Text(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	if want := "Bridge shut\n\nThe bridge is\nshut."; d.Text != want {
		t.Fatalf("got %q", d.Text)
	}
	for piece, want := range map[string]string{
		"Bridge shut": "Bridge  shut", "bridge": "bridge", "bridge is": `bridge\u00a0is`, "is\nshut": `is\r\nshut`,
	} {
		at := strings.Index(d.Text, piece)
		s := d.Source.Span(stages.Span{Start: at, End: at + len(piece)})
		if got := file[s.Start:s.End]; got != want {
			t.Errorf("%q comes from %q, want %q", piece, got, want)
		}
	}
}

// TestReuse cleans with one Document what leaves something behind and what
// should not find it.
func TestReuse(t *testing.T) {
	d := &stages.Document{}
	for range 3 {
		for _, raw := range []string{"a  b\u0301 &amp; c", "", "plain", "\xff\xfeh\x00i\x00", "\x00\x00\x00", "Quillâ€™s"} {
			fresh := &stages.Document{Raw: []byte(raw)}
			want := Text(fresh)
			d.Reset()
			d.Raw = []byte(raw)
			if err := Text(d); (err == nil) != (want == nil) || d.Text != fresh.Text || d.Flags != fresh.Flags || d.Encoding != fresh.Encoding {
				t.Errorf("Text(%q) = %q %v in a used Document, %q %v in a fresh one", raw, d.Text, err, fresh.Text, want)
			}
			if err := d.Check(); err != nil {
				t.Error(err)
			}
			if string(d.Raw) != raw {
				t.Errorf("Raw was changed from %q to %q", raw, d.Raw)
			}
		}
	}
}

// TestLinear feeds what might take time that grows faster than the text.
func TestLinear(t *testing.T) {
	for _, piece := range []string{
		"x", " ", "\n", "a ", "<", "<a ", "<a b=\"", "<script>", "<!--", "&", "&amp;", "&amp;amp;", "\u0301", "Ã", "Ã©", "â€", "├", "\r",
		"\u00a0", "\u200b", "<b>", "2", "May 4, 2016A", "a word here and\n", strings.Repeat("words ", 10) + "\n", "Ã ", "Ã?", "\x80", "é\xe9", "í ½í¸\u008d",
	} {
		raw := bytes.Repeat([]byte(piece), 1<<18/len(piece))
		start := time.Now()
		Text(&stages.Document{Raw: raw})
		took := time.Since(start)
		t.Logf("%6d ms for 256 KiB of %q", took.Milliseconds(), piece)
		if took > 20*time.Second { // a hundred times what it takes, a tenth of what n² would
			t.Errorf("%v for 256 KiB of %q", took, piece)
		}
	}
}

const story = `Ferry Stops At Noon

UPPER MILL — The little ferry that has crossed the Lune since 1911 will stop at noon on Friday, the parish said, and nobody knows who will mend her. “She’s tired,” said Ola Nordmann, 71, who has steered her for half his life. “So am I.”

The council of Fernhollow set aside $40,000 for a new engine in March, but the money went to the bridge instead. Ada Quill, who chairs the trust, called it “a sad day” and asked for time.

Anyone who must cross can take the No. 7 bus by way of Kettle Cross, which runs every 50 minutes until 6:30 p.m. — when it runs.
`

func BenchmarkText(b *testing.B) {
	ascii := strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "—", "--").Replace(story)
	messy := strings.NewReplacer("“", "&ldquo;", "’", "â€™", " a ", "\u00a0a ", "\n", "\r\n", ". ", ".  ").Replace(story)
	for name, text := range map[string]string{"ascii": ascii, "typical": story, "messy": messy} {
		raw := []byte(strings.Repeat(text+"\n", 8))
		b.Run(name, func(b *testing.B) {
			d := &stages.Document{}
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				d.Reset()
				d.Raw = raw
				if err := Text(d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		story, "a\r\nb\u0085c", "Quillâ€™s cafÃ©", "Ã¢â‚¬â„¢", "&amp;lt;b&gt;", "<p class=\"x\">a</p>", "<script>x</script>", "<!-- a -->",
		"\xff\xfea\x00b\x00", "caf\xe9 Zoë", "May 4, 2016Mayor", "e\u0301\u0301", "\u0344\u0344", "हि\u200dन्दी", "í\u00a0½í¸\u0080",
		strings.Repeat("Words that go on and on until the line is full to\nits end and ", 4),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := &stages.Document{Raw: raw}
		if Text(d) != nil {
			return
		}
		if err := d.Check(); err != nil {
			t.Fatalf("%q: %v", d.Text, err)
		}
		for i := range len(d.Text) {
			s := d.Source.Span(stages.Span{Start: i, End: i + 1})
			if s.Start < 0 || s.Start > s.End || s.End > len(raw) {
				t.Fatalf("%q: byte %d leads to %v of %d", d.Text, i, s, len(raw))
			}
		}
		again := &stages.Document{Raw: []byte(d.Text)}
		if err := Text(again); err == nil && again.Text != d.Text {
			t.Fatalf("%q, cleaned again %q", d.Text, again.Text)
		}
	})
}

// What has to be done is done wherever among the 8 bytes that are looked at
// together it stands.
func TestTidyAtAnyPlace(t *testing.T) {
	for _, c := range [...][2]string{
		{"  ", " "}, {"   ", " "}, {" \n", "\n"}, {"\n \n", "\n\n"}, {"\n  ", "\n  "}, {"\t", " "}, {" \t", " "}, {"\r\n", "\n"}, {"&amp;", "&"}, {" &lt; ", " < "},
		{"\x7f", ""}, {"\x01", ""}, {" \x7f ", " "}, {" !", " !"}, {"!  !", "! !"}, {" ", " "}, {"<b>", ""}, {"“ ”", "“ ”"}, {" “", " “"}, {"\u00a0", " "}, {" \u00a0", " "},
	} {
		for before := 1; before < 18; before++ {
			for behind := 1; behind < 18; behind++ {
				d := cleaned(t, []byte(strings.Repeat("x", before)+c[0]+strings.Repeat("y", behind)))
				if want := strings.Repeat("x", before) + c[1] + strings.Repeat("y", behind); d.Text != want {
					t.Fatalf("%q became %q; want %q", d.Raw, d.Text, want)
				}
			}
		}
	}
}
