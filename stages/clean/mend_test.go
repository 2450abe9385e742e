package clean

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"pressrow/stages"
)

func TestFixEncoding(t *testing.T) {
	tests := []struct{ in, want string }{
		{"SÃ¸ren and ZoÃ« met at the cafÃ©", "Søren and Zoë met at the café"},
		{"RÃ‰SUMÃ‰", "RÉSUMÉ"},
		{"a cafŽ", "a cafŽ"},
		{"5â‚¬ or Â£4", "5€ or £4"},
		{"the ferry √© late", "the ferry √© late"},
		{"caf√© in J√∂rgensby", "café in Jörgensby"},
		{"it‚Äôs a ‚Äútest‚Äù", "it’s a “test”"},
		{"Ada ÔÇÖs boat and caf├® cr├¿me", "Ada ’s boat and café crème"},
		{"itвЂ™s a вЂњtestвЂќ", "it’s a “test”"},
		{"the mayorÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢s boat", "the mayor’s boat"},
		{"seen ï¿½ there", "seen \uFFFD there"},
		{"ðŸ˜€ and ðŸ¥³", "😀 and 🥳"},
		{"â€œlost byteâ€\uFFFD", "“lost byte\uFFFD"},
		{"√2 ≈ 1.41, ±5°, ¬p ∨ q, ½ × ¾, ™ and ®", "√2 ≈ 1.41, ±5°, ¬p ∨ q, ½ × ¾, ™ and ®"},
		{"┌─┐ │a│ └─┘ ├──┤", "┌─┐ │a│ └─┘ ├──┤"},
		{"“É…” said André®, “À ‘la’ Noël’s…”", "“É…” said André®, “À ‘la’ Noël’s…”"},
		{"São Paulo, Ålesund, Çeşme, Łódź, Đà Nẵng, İzmir", "São Paulo, Ålesund, Çeşme, Łódź, Đà Nẵng, İzmir"},
		{"Привет, Ελλάδα, שלום, مرحبا, 東京, 서울", "Привет, Ελλάδα, שלום, مرحبا, 東京, 서울"},
		{"not \xff valid", "not \xff valid"},
		{"", ""},
	}
	for _, test := range tests {
		if got := fixEncoding(test.in); got != test.want {
			t.Errorf("fixEncoding(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// TestOthersCases runs on the collected cases of mojibake that lie outside the
// project, where they are at hand: at least 95 % of those from the wild are to
// be put right, and no good text may be touched.
func TestOthersCases(t *testing.T) {
	names, _ := filepath.Glob("../../../shared/data/repair/*/tests/test-cases/*.json")
	if len(names) == 0 {
		t.Skip("no ../shared/data/repair")
	}
	least := map[string]float64{"in-the-wild.json": 95, "negative.json": 100, "language-names.json": 95, "synthetic.json": 95}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var cases []struct {
			Label, Original, Fixed string
			FixedEncoding          *string `json:"fixed-encoding"`
		}
		if err := json.Unmarshal(data, &cases); err != nil {
			t.Fatal(err)
		}
		passed := 0
		for _, c := range cases {
			want := c.Fixed
			if c.FixedEncoding != nil {
				want = *c.FixedEncoding
			}
			if got := fixEncoding(c.Original); got == want {
				passed++
			} else {
				t.Logf("%s:\n got %q\nwant %q", c.Label, got, want)
			}
		}
		share := 100 * float64(passed) / float64(len(cases))
		t.Logf("%s: %d of %d, %.1f %%", filepath.Base(name), passed, len(cases), share)
		if share < least[filepath.Base(name)] {
			t.Errorf("%s: below %.0f %%", filepath.Base(name), least[filepath.Base(name)])
		}
	}
}

// fixEncoding returns text with its encoding put right and nothing else done to
// it: mojibake, and control characters U+0080 to U+009F that stand for
// characters of Windows-1252. Text that is not valid UTF-8 comes back as it is.
func fixEncoding(text string) string {
	if !utf8.ValidString(text) {
		return text
	}
	c := pool.Get().(*cleaner)
	defer c.release()
	c.flags = new(stages.Flags)
	c.source.Reset()
	c.text, c.at = []byte(text), 0
	c.encodings()
	return string(c.text)
}
