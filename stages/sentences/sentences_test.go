package sentences

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pressrow/stages"
)

// In these tests | stands where one sentence ends and the next begins, for a
// space, and ¶ where a block ends. ~ is a place where sentences have grown together.
var tests = []string{
	// Titles, offices, initials.
	"Mr. Calder lost his seat.|He went home.",
	"The bill was drafted by Sen. Ruth Ames (R).|Yet the House refused it.",
	"The bill was drafted by Sen. Ruth Ames (R).|Tom Birch read it.",
	"St. Paul and Lt. Gov. Tom Birch, then-Rep. Kay Lund and Rev. Dr. Noll came.",
	"Nadia R. Feld and Paul W. Ott met [George H. W.] Bush.",
	"He takes vitamin D.|It helps him sleep.",
	"They settled on plan B.|Nobody had read it.",
	"The case was Orr v. Dale, not Orr vs. Hill.",

	// Abbreviations that may end a sentence.
	"The U.S. Senate met.|Nobody spoke.",
	"Her parents came to the U.S.|They stayed.",
	"She works for the D.C. Council.|He lives in Washington, D.C.|The rent is high.",
	"Borlan Inc. said so.|It is owned by Tavi Inc.|The firm is old.",
	"A Ph.D. student drew maps, charts, etc. for the town.|They sold pens, ink, etc.|The shop closed.",
	"Many laws, e.g. the farm bill, i.e. the old one, stand.",
	"The talks began at 4:30 p.m. on Monday.|Few came.",
	"The vote was set for 7 P.M.|Mr. Doyle missed it.",
	"The store opens at 9 a.m. Tuesday and shuts at 6 p.m. ET on Friday.",
	"It fell to No. 3 in the ranking.|“Will you stay?”|No.|She left.",
	"The fair opened on Feb. 9 and shut in Nov.|It was cold.",
	"He wrote “Fig. 2 shows the dam.”|It does.",

	// Datelines.
	"PELLSTON, Ala. — Voters here went to the polls.|Some left early.",
	"PELLSTON, Ala.— The county counted again.",
	"DENVER (Reuters) - The river rose again.",
	"OAKVILLE — MAYOR DREW spoke first.",

	// Numbers, tags, addresses.
	"It cost $3.75 million, or 4.2% of 2,000.50.|That was in 2011.|Taxes rose.",
	"She is the #1 fan of @billhooks on pic.example.com/q8.|So is he.",
	"Write to ann.lee@example.org.|She answers.",
	"The page is http://www.example.org/a.b?c=1.|Read it.",

	// Quotations and brackets.
	"“It was a long night,” Ames said, “and I’d do it again.”|She smiled.",
	"They fear him in the U.S. Senate.”|When he left, they cheered.",
	"Did you read his book?|No,” Calder said.",
	"“This is wonderful!” she said.|“It is done.”|Calder left.",
	"“Are you sure?” Ruth Ames asked.|“Yes.”",
	"“Will it hold?” I asked.|“Nobody knows!” I said.|I left.",
	"“I told her, ‘Stay here.’ ”|She stayed.",
	"“They asked, ‘Is it safe?’ ” said Ames.",
	"He asked, “Why me?” and sat down.",
	"The dean praised “the work … the care […] of all.”|He bowed.",
	"“Nothing was said of it […]|President Lowe knew.”",
	"He wanted more than [the title].”|She did not.",
	"‘The #1 fan,’ as he calls himself, came.|Nobody’s heads-up helped.",
	"It was rock ’n’ roll of the ’80s.|Her aunt's too.",
	"He was frank on Monday: Stop asking.|“Stop,” he wrote: “I am done.”|Then he left.",
	"The letter was harsh.|(He later took it back.)|The board met.",
	"He teaches (She taught before him.) at the school.",

	// Marks in a row, marks in names, pauses.
	"What was that??|For years nobody asked.|Why?!|Because.",
	"The Yahoo! executives left.|A Jeopardy! host came.",
	"Well…|He left.",
	"She paused … then went on.|He waited....|Nobody came.",
	"Some say the plan — jobs for all — is dear.|Others – few – do not.",
	"After the vote— some were still in line -- it was over.",

	// Lists in one paragraph.
	"1. Be early|2. Be brief",
	"• The bridge is shut.|• The road is open.",

	// Blocks.
	"Town Votes Against New Bridge: Report¶It was a close vote.|The mayor conceded.",
	"Nobody said so of politics:¶“We won.”|He grinned.",
	"It was a debacle.|From NBC:¶The letter continues:¶“I resign.”",

	// No end without a stop in edited prose.
	"GRETNA, La. — Paul Orland lost the seat that he had held since 1998.",
	"Then the mayor met Governor Dora Quill and Senator Mark Ives at Union Hall.|Nobody spoke.",
	"Washington (TNP) The talks on the dam went on for a week.",
	"Still, Harlan Reed denied it.|Yet, Kay Lund did not.",
	"Canada — The Maple Mail says so — sells them steel.|In mid-June, Feld Today agreed.",
	"The council found 40 Homes for Bern guilty of fraud.",
	"The play Who Is Ann? opened at Union Hall on Friday.|It was sold out.",
	"Tom Birch, a farmer from Pell, paid $3.4 bn. for the weir.",
	"The Maple Mail ( Union Hall ) said so, and Reed wrote, “ The weir holds.",
	"“ But nobody wants it now,” she said.",

	// Letters and posts, in which sentences end without one.
	"I got your note.|thanks a lot!!|Best regards,|Mark",
	"We love it here! :)|The kids sleep at last.|P.S. Bring the blue tent.",

	// Figures, credits, elisions, notes and years behind a stop.
	"Figure 2.4|The weir at Holm was built in 1911.",
	"Snow on the pass|Image: Dora Quill.",
	"The rest is known. […]|Nobody doubts it.",
	"They sold the mill. [3] [4]|Then they left.",
	"The mill was the oldest in the land. [citation needed]|It burned in 1911. [better source needed]|Nobody died.",
	"2.1. The weir and its keepers",
	"Ferry Talks Fail Again In Holm|Sunday, May 4, 2014",
	"The ferry sank off Holm on Sunday, May 4, 2014",
	"Senator Kay Lund (D-Mont.) met Rep. Tom Birch, R-Ariz., and Dora Quill, D-Mont. in May.|They spoke.",
	"She sang in Viva Rosa! (1961) and in Why Him? (1964).",
	"Her aunt (b. March 1950) and uncle (d. 1971) farmed.",
	"He has three rules: 1. Be early.",

	// Sentences that have grown together, and what only looks like it.
	"The dam held.~Then it broke.",
	"She uses Node.js and ASP.NET at work.",
}

func TestSplit(t *testing.T) {
	for _, test := range tests {
		want := strings.ReplaceAll(test, "~", "|")
		if got := mark(t, document(test)); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

// What is evident, the model would say, too.
func TestEvident(t *testing.T) {
	settled := 0
	for _, test := range tests {
		d := document(test)
		for _, b := range d.Blocks {
			var w window
			w.open(d.Text[:b.End], b.Start)
			for w.next() && !w.last() {
				v := w.rules()
				if v < never && w.evident(v) >= never {
					settled++
					if got, want := w.evident(v) == ends, w.ask(v); got != want {
						t.Errorf("%q|%q: evident says %t, the model %t", d.Text[b.Start:w.left().end], d.Text[w.left().end:b.End], got, want)
					}
				}
				if w.end() {
					w.began()
				}
			}
		}
	}
	if settled < 100 {
		t.Errorf("%d gaps are evident, want 100", settled)
	}
}

// document returns the text of a test with its blocks.
func document(test string) *stages.Document {
	d := &stages.Document{}
	for i, block := range strings.Split(test, "¶") {
		if i > 0 {
			d.Text += "\n\n"
		}
		start := len(d.Text)
		d.Text += strings.NewReplacer("|", " ", "~", "").Replace(block)
		d.Blocks = append(d.Blocks, stages.Block{Span: stages.Span{Start: start, End: len(d.Text)}})
	}
	return d
}

// mark splits d and returns its text marked.
func mark(t *testing.T, d *stages.Document) string {
	t.Helper()
	if err := Split(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, s := range d.Sentences {
		switch {
		case i == 0:
		case s.Block != d.Sentences[i-1].Block:
			b.WriteString("¶")
		default:
			b.WriteString("|")
		}
		b.WriteString(d.Of(s.Span))
	}
	return b.String()
}

func TestOnlyArticleBlocks(t *testing.T) {
	d := document("One.|Two.¶Please enter your name here!¶Three.")
	d.Blocks[1].Role = stages.CommentForm
	if got, want := mark(t, d), "One.|Two.¶Three."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if s := d.Sentences[2]; s.Block != 2 || s.Paragraph != 1 {
		t.Errorf("the last sentence is in block %d, paragraph %d; want 2, 1", s.Block, s.Paragraph)
	}
}

// TestContinues: a line between two paragraphs may have broken a sentence.
func TestContinues(t *testing.T) {
	for _, test := range []struct {
		text string
		role stages.Role // of the second block
		want bool
	}{
		{"The weir at Holm, which the county¶ADVERTISEMENT¶built in 1911, is cracked.", stages.Ad, true},
		{"He came. He saw the mill,¶READ MORE: Mill burns¶turned round and left.", stages.Related, true},
		{"The weir was built in 1911.¶ADVERTISEMENT¶iPhones were sold there.", stages.Ad, false},
		{"He named three towns:¶ADVERTISEMENT¶Holm, Bern and Pell.", stages.Ad, false},
		{"He named the towns of¶ADVERTISEMENT¶Holm and Bern.", stages.Ad, false},
		{"She wrote of the mill¶nobody cares lol¶and of the weir.", stages.Comment, false},
		{"She wrote of the mill¶The mill in 1911¶and of the weir.", stages.Caption, false},
	} {
		d := document(test.text)
		d.Blocks[1].Role = test.role
		mark(t, d)
		got := 0
		for i, s := range d.Sentences {
			if s.Continues {
				got++
				if d.Sentences[i+1].Block != 2 || s.Block != 0 {
					t.Errorf("%s: %q is said to continue", test.text, d.Of(s.Span))
				}
			}
		}
		if (got == 1) != test.want || int(d.Flags[stages.FlagContinues]) != got {
			t.Errorf("%s: %d sentences continue, %d counted", test.text, got, d.Flags[stages.FlagContinues])
		}
	}
}

// TestLines: a heading, a caption or an item holds no end without a stop.
func TestLines(t *testing.T) {
	for _, test := range []string{
		"Storm Odile Leaves 20,000 Farms Dark On The Upper Tarn",
		"Reed Says He Is Ready In Time For The Fair: Quill Is Not",
		"Reed Is Out.|Quill Is In",
	} {
		d := document(test)
		d.Blocks[0].Role = stages.Headline
		if got := mark(t, d); got != test {
			t.Errorf("\n got %s\nwant %s", got, test)
		}
	}
}

// TestBars: a bar parts what stands on one line, but no sentences.
func TestBars(t *testing.T) {
	for _, text := range []string{
		"Rep. Kay Lund (D-Mont.) at the mill | Dora Quill for The Maple Mail",
		"Holm | Bern | Pell",
		"Ann Lee | ann.lee@example.org | Union Hall",
	} {
		d := document("")
		d.Text = text
		d.Blocks[0].End = len(text)
		if mark(t, d); len(d.Sentences) != 1 {
			t.Errorf("%s: %d sentences, want 1", text, len(d.Sentences))
		}
	}
}

func TestForced(t *testing.T) {
	for _, test := range []struct {
		name, text string
		sentences  int
	}{
		{"words", strings.Repeat("word ", 5_000), 3},
		{"no space", strings.Repeat("é", 25_000), 3},
		{"just short enough", strings.Repeat("é", 10_000), 1},
		{"blank", " \n ", 0},
	} {
		d := document(test.text)
		mark(t, d)
		if len(d.Sentences) != test.sentences {
			t.Errorf("%s: %d sentences, want %d", test.name, len(d.Sentences), test.sentences)
		}
		for i, s := range d.Sentences {
			if s.Forced != (test.sentences > 1) {
				t.Errorf("%s: sentence %d: Forced is %v", test.name, i, s.Forced)
			}
		}
		if got, want := int(d.Flags[stages.FlagSplitForced]), max(0, test.sentences-1); got != want {
			t.Errorf("%s: %d cuts counted, want %d", test.name, got, want)
		}
	}
}

// TestGoldenRules runs the rules of the Pragmatic Segmenter, which lie outside the project.
func TestGoldenRules(t *testing.T) {
	file, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "segmentation", "golden-rules-en.json"))
	if err != nil {
		t.Skip("no ../shared/data beside the project")
	}
	var rules []struct {
		Text  string
		Sents []string
	}
	if err := json.Unmarshal(file, &rules); err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		d := document("")
		d.Text = r.Text
		d.Blocks[0].End = len(r.Text)
		if got, want := mark(t, d), strings.Join(r.Sents, "|"); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, test := range tests {
		f.Add(test)
	}
	f.Add("a.b@c.D\" …. . . .) [1] 2. Xy")
	f.Fuzz(func(t *testing.T, text string) {
		d := document(strings.ToValidUTF8(text, "?"))
		kept := d.Blocks[:0]
		for _, b := range d.Blocks {
			if b.Len() > 0 {
				kept = append(kept, b)
			}
		}
		d.Blocks = kept
		mark(t, d)
		sentences := 0
		for _, s := range d.Sentences {
			sentences += len(strings.Join(strings.Fields(d.Of(s.Span)), ""))
		}
		if all := len(strings.Join(strings.Fields(d.Text), "")); sentences != all {
			t.Errorf("%d bytes of text lie in sentences, %d in blocks", sentences, all)
		}
	})
}

// TestLinear would not end if any of these texts took more than linear time.
func TestLinear(t *testing.T) {
	for _, piece := range []string{"a", "a ", ".", ". ", "ab.Ab", "'", "\" ", "(", "A. ", "1. ", "a.b.", "!a", "ab!ab", "a@", "[1] ", "…", "- "} {
		d := document(strings.Repeat(piece, 2_000_000/len(piece)))
		if err := Split(d); err != nil {
			t.Fatal(err)
		}
	}
}

var sample = strings.Repeat(strings.NewReplacer("|", " ", "~", " ", "¶", "\n\n").Replace(strings.Join(tests, "¶"))+"\n\n", 20)

func BenchmarkSplit(b *testing.B) {
	d := document("")
	d.Text = sample
	at := 0
	d.Blocks = d.Blocks[:0]
	for _, p := range strings.SplitAfter(sample, "\n\n") {
		if len(p) > 2 {
			d.Blocks = append(d.Blocks, stages.Block{Span: stages.Span{Start: at, End: at + len(p) - 2}})
		}
		at += len(p)
	}
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Split(d); err != nil {
			b.Fatal(err)
		}
	}
}
