package tokens

import (
	"strings"
	"testing"
	"unicode"

	"pressrow/stages"
)

// In these tests | parts tokens that no space parts. Each is one sentence.
var tests = []string{
	// Contractions and possessives, with both kinds of apostrophe.
	"They ca|n't|, do|n’t and did|n't say she|'s|, he|’d|, we|'ll|, you|’ve|, I|'m|.",
	"You can|not say gon|na|, wan|na|, got|ta or gim|me|.",
	"Ames|'s and Ames|’|, the voters|' and Calder|’s",
	"He would|n't|'ve asked O'Brien at five o'clock|, y'|all|.",
	"rock ’n’ roll of the '80s and the 1980's|, in 2008|'s fall",
	"i|m sure it|s not so|, but its end was near|.",
	"‘|The best|,|’ she said of heads|-|up play|.",

	// Abbreviations keep their stop; a sentence's stop stands alone.
	"Mr. Calder|, Sen. Ames and Rev. Noll of St. Paul left the U.S. Senate on Feb. 9 at 5 p.m. in Ala|.",
	"Lund Inc. hired Nadia R. Feld|, Ph.D.|, etc|.",
	"He came to the U.S.",
	"“|She left Lund Inc|.|”",
	"It is Orr v. Dale|, No. 4|, e.g. here|.",

	// Numbers, money, times, dates, units.
	"$|2.5 million|, US$|4|, 3.5|%|, 1,000.50 and £|20|k",
	"At 5:30|pm on 11/8/2019|, the 20th|, in the 1990s|, 35|mm film of 5|-|10 men",
	"Call 555-0143|, 202-555-0143 or +44 now",

	// Addresses, handles, tags.
	"See https://www.example.org/a_b?c=1&d=(2)|, www.example.com and example.net/x|.",
	"Write to ann.lee@example.org|; follow @annlee42 and #TownHall|, #1 of pic.example.com/q8|.",
	"She reads example.com|.|But done|.|Then she left|.",
	"(|A note on http://example.org/b|)",

	// Hyphens part words, but not prefixes; dashes stand alone.
	"The Lund|-|era|, 12|-|point|, un-Lund|-|like|, pre-war|, e-mail|, co-owner and self|-|made plan",
	"The plan — jobs for all -- is dear|—|and late|–|too|.",

	// Quotation marks, brackets, pauses, smiles.
	"“|The care [|…|] of all|,|” he said|, \"|is (|not|) new|.|\"",
	"Well ... what|?! No|!!! It|...|was|…",
	"It was fun :) and :-( again|, he|/|she said|, and|/|or AT&T did|.",
	"A ʼ alone|ʼ|, so",
	"Three item(s) from Yahoo! in ALL|-|CAPS|: 👍🏽|!",
}

func TestSplit(t *testing.T) {
	for _, want := range tests {
		d := document(strings.ReplaceAll(want, "|", ""))
		if got := mark(t, d); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

// document returns a document of one sentence.
func document(text string) *stages.Document {
	all := stages.Span{End: len(text)}
	return &stages.Document{
		Text: text, Blocks: []stages.Block{{Span: all}}, Sentences: []stages.Sentence{{Span: all}},
	}
}

// mark splits d and returns its text with the tokens marked.
func mark(t *testing.T, d *stages.Document) string {
	t.Helper()
	if err := Split(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	end := 0
	for i, token := range d.Tokens {
		gap := d.Text[end:token.Start]
		if strings.TrimFunc(gap, unicode.IsSpace) != "" {
			t.Errorf("%q lies between tokens", gap)
		}
		if i > 0 && gap == "" {
			gap = "|"
		}
		b.WriteString(gap + d.Of(token))
		end = token.End
	}
	if rest := d.Text[end:]; strings.TrimFunc(rest, unicode.IsSpace) != "" {
		t.Errorf("%q lies behind the tokens", rest)
	}
	return b.String()
}

func TestSentencesNameTheirTokens(t *testing.T) {
	d := document("He left. It rained.")
	d.Sentences = []stages.Sentence{{Span: stages.Span{Start: 0, End: 8}}, {Span: stages.Span{Start: 9, End: 19}}}
	mark(t, d)
	if a, b := len(d.TokensOf(&d.Sentences[0])), len(d.TokensOf(&d.Sentences[1])); a != 3 || b != 3 {
		t.Errorf("%d and %d tokens, want 3 and 3", a, b)
	}
}

func FuzzSplit(f *testing.F) {
	for _, test := range tests {
		f.Add(strings.ReplaceAll(test, "|", ""))
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		if text != "" {
			mark(t, document(text))
		}
	})
}

// TestLinear would not end if any of these texts took more than linear time.
func TestLinear(t *testing.T) {
	for _, piece := range []string{"a", "a ", ".", "'", "a's", "a'", "x.", "aa.b", "-", "a-", "1-", "1,", "a/", "a@", "a%", "a+", "(", ")", "http://", "<-", "!?", "’", "#", "a…"} {
		if err := Split(document(strings.Repeat(piece, 2_000_000/len(piece)))); err != nil {
			t.Fatal(err)
		}
		if err := Split(document("http://a" + strings.Repeat(piece, 2_000_000/len(piece)))); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	d := &stages.Document{}
	for range 50 {
		for _, test := range tests {
			start := len(d.Text)
			d.Text += strings.ReplaceAll(test, "|", "")
			span := stages.Span{Start: start, End: len(d.Text)}
			d.Blocks = append(d.Blocks, stages.Block{Span: span})
			d.Sentences = append(d.Sentences, stages.Sentence{Span: span, Block: len(d.Blocks) - 1})
			d.Text += "\n"
		}
	}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Split(d); err != nil {
			b.Fatal(err)
		}
	}
}
