package sentiment

import (
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pressrow/stages"
)

// doc makes a document of one sentence whose tokens are parted by spaces and
// whose names stand in square brackets: [Kind Regards Ltd] sued . A token
// that begins with _ joins the one before it: well _- _known.
func doc(marked string) *stages.Document {
	d := &stages.Document{}
	var text strings.Builder
	name := -1
	for _, word := range strings.Fields(marked) {
		word, joined := strings.CutPrefix(word, "_")
		if text.Len() > 0 && !joined {
			text.WriteByte(' ')
		}
		if w, ok := strings.CutPrefix(word, "["); ok {
			word, name = w, text.Len()
		}
		w, ends := strings.CutSuffix(word, "]")
		d.Tokens = append(d.Tokens, stages.Span{Start: text.Len(), End: text.Len() + len(w)})
		text.WriteString(w)
		if ends {
			d.Entities = append(d.Entities, stages.Entity{Span: stages.Span{Start: name, End: text.Len()}, Label: stages.Org})
		}
	}
	d.Text = text.String()
	whole := stages.Span{End: len(d.Text)}
	d.Blocks = []stages.Block{{Span: whole}}
	d.Sentences = []stages.Sentence{{Span: whole, EndToken: len(d.Tokens), EndEntity: len(d.Entities)}}
	d.SetTypes(stages.MaxStretch)
	return d
}

func score(t testing.TB, marked string) stages.Sentence {
	t.Helper()
	d := doc(marked)
	if err := Score(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d.Sentences[0]
}

func TestTone(t *testing.T) {
	for _, test := range []struct {
		tone     stages.Tone
		sentence string
	}{
		{stages.TonePositive, "The new clinic is a wonderful success ."},
		{stages.TonePositive, "Neighbours praised the crew for its brave and generous work ."},
		{stages.ToneNegative, "The plan was a costly disaster ."},
		{stages.ToneNegative, "Auditors found fraud , waste and cruel neglect ."},
		{stages.ToneNegative, "The bridge is unsafe and its owners do not care ."},
		{stages.ToneNeutral, "The council meets on Tuesday at the library ."},
		{stages.ToneNeutral, "The form has four pages ."},
		{stages.ToneNeutral, ". . ."},
		{stages.ToneNeutral, "[Happy Valley Disaster Relief] meets on Tuesday ."},
	} {
		if s := score(t, test.sentence); s.Tone != test.tone {
			t.Errorf("%s: %v (%.2f), want %v", test.sentence, s.Tone, s.Sentiment, test.tone)
		}
	}
}

// Sentences are parted by |; below each stands how much of it is quoted.
func TestQuoted(t *testing.T) {
	for _, test := range []struct {
		text string
		want []float64
	}{
		{"“ We won . | It was easy , ” she said .", []float64{1, 4.0 / 7}},
		{"He spoke . | “ We lost . ” | He left .", []float64{0, 1, 0}},
		{`The " plan " was dropped .`, []float64{0.2}},
	} {
		all := doc(strings.ReplaceAll(test.text, "| ", ""))
		first, n := 0, 0
		all.Sentences = nil
		for _, part := range strings.Split(test.text, "|") {
			n += len(strings.Fields(part))
			all.Sentences = append(all.Sentences, stages.Sentence{
				Span:       stages.Span{Start: all.Tokens[first].Start, End: all.Tokens[n-1].End},
				FirstToken: first, EndToken: n,
			})
			first = n
		}
		all.SetTypes(stages.MaxStretch)
		if err := Score(all); err != nil {
			t.Fatal(err)
		}
		for i, want := range test.want {
			if got := all.Sentences[i].Quoted; math.Abs(got-want) > 1e-9 {
				t.Errorf("%s: sentence %d: %v, want %v", test.text, i, got, want)
			}
			sum := 0.0
			for _, c := range Explain(all, i) {
				sum += c.By
			}
			if math.Abs(sum-all.Sentences[i].Sentiment) > 1e-9 {
				t.Errorf("%s: sentence %d: explained %v of %v", test.text, i, sum, all.Sentences[i].Sentiment)
			}
		}
	}
}

func TestNoWords(t *testing.T) {
	d := &stages.Document{Sentences: []stages.Sentence{{}}}
	d.SetTypes(stages.MaxStretch)
	if err := Score(d); err != nil {
		t.Fatal(err)
	}
	if s := d.Sentences[0]; s.Sentiment != 0 || s.Neutral != 1 || s.Tone != stages.ToneNeutral {
		t.Errorf("%+v", s)
	}
}

// Each line is in order: what stands left of < is less favourable.
var ordered = []string{
	"The harvest was not good .          < The harvest was good .",
	"The harvest was n't good .          < The harvest was good .",
	"The harvest was never good .        < The harvest was good .",
	"The verdict was awful .             < The verdict was not awful .",
	"They left without hope .            < They left with hope .",
	"The harvest was not good .          < It was not only good .",
	"The harvest was good .              < The harvest was very good .",
	"The harvest was somewhat good .     < The harvest was good .",
	"The road was very bad .             < The road was bad .",
	"The road was bad .                  < The road was slightly bad .",
	"The show was good but too ugly .    < The show was ugly but good .",
	"The show was wonderful but a failure . < The show was a failure but wonderful .",
	"They won the prize , it is not theft . < They won the prize .",
}

func TestOrder(t *testing.T) {
	for _, line := range ordered {
		low, high, _ := strings.Cut(line, "<")
		l, h := score(t, low).Sentiment, score(t, high).Sentiment
		if l >= h {
			t.Errorf("%s: %.3f is not less than %.3f", line, l, h)
		}
	}
}

// Each line says the same on both sides of =.
var equal = []string{
	"The harvest was n't good .   = The harvest was n’t good .",
	"She ca n't fail .            = She ca n’t fail .",
	"THE HARVEST WAS GOOD .       = the harvest was good .",
	"[Grace Savage] met the board . = [Ann Miller] met the board .",
	"[Liberty] and [Justice] merged . = [Acme] and [Orion] merged .",
	"It is good , not in doubt .  = It is good , not in doubt .",
}

func TestEqual(t *testing.T) {
	for _, line := range equal {
		a, b, _ := strings.Cut(line, "=")
		if x, y := score(t, a).Sentiment, score(t, b).Sentiment; x != y {
			t.Errorf("%s: %v is not %v", line, x, y)
		}
	}
}

func TestLongSentencesAreBounded(t *testing.T) {
	for _, word := range []string{"wonderful", "disaster", "good , bad ,", "very very not", "but", "“", "?"} {
		for _, n := range []int{1, 10, 1000, 100000} {
			s := score(t, strings.Repeat(word+" ", n))
			if math.IsNaN(s.Sentiment) || s.Sentiment <= -1 || s.Sentiment >= 1 {
				t.Errorf("%d times %q: score %v", n, word, s.Sentiment)
			}
			if sum := s.Positive + s.Negative + s.Neutral; math.Abs(sum-1) > 1e-9 || min(s.Positive, s.Negative, s.Neutral) < 0 {
				t.Errorf("%d times %q: shares %v %v %v", n, word, s.Positive, s.Negative, s.Neutral)
			}
		}
	}
}

// What is added to a sentence without tone of its own changes the score little.
func TestLengthAloneSaysNothing(t *testing.T) {
	short := score(t, "The plan was a disaster .").Sentiment
	long := score(t, "The plan was a disaster"+strings.Repeat(" for the part of the town on that side of the river", 3)+" .").Sentiment
	if short >= 0 || long >= 0 || long < short {
		t.Errorf("short %.2f, long %.2f", short, long)
	}
}

func TestExplainAddsUp(t *testing.T) {
	for _, sentence := range []string{
		"The show was not very good , but the cruel jokes were slightly funny .",
		"Is it a disaster ?",
		"[Hope Gold] said “ the deal is wonderful ” .",
	} {
		d := doc(sentence)
		if err := Score(d); err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, c := range Explain(d, 0) {
			sum += c.By
		}
		if math.Abs(sum-d.Sentences[0].Sentiment) > 1e-9 {
			t.Errorf("%s: contributions sum to %v, score is %v", sentence, sum, d.Sentences[0].Sentiment)
		}
	}
}

func TestExplainSaysWhy(t *testing.T) {
	for _, test := range []struct{ sentence, word, why string }{
		{"The soup was not good .", "good", "negated"},
		{"The soup was very good .", "good", "stronger"},
		{"The soup was slightly bad .", "bad", "weaker"},
		{"The soup was good but cold .", "good", "before but"},
		{"If the soup is good , we stay .", "good", "imagined"},
		{"Although the soup was good , we left .", "good", "conceded"},
		{"The soup is worse than the awful salad .", "awful", "compared"},
		{"She said the soup was good .", "good", "reported"},
		{`The soup is " good " .`, "good", "quoted"},
		{"The soup is “ good ” .", "good", "quoted"},
		{"Is the soup good ?", "good", "asked"},
		{"The soup was good , not cold .", "good", ""},
		{"It was not a well _- _planned success .", "success", "negated"},
		{"It was not a plan - success came .", "success", ""},
		{"Not only was it good .", "good", ""},
		{"It is hardly a success , yet a joy .", "success", "negated, before but"},
		{"It was never a very good idea .", "good", "negated, stronger"},
		{"It was somewhat more joyful .", "joyful", "stronger"},
		{"It was more or somewhat joyful .", "joyful", "weaker"},
		{"It was very large and good .", "good", ""},
		{"It was not in any of their many plans a success .", "success", ""},
	} {
		d := doc(test.sentence)
		found := false
		for _, c := range Explain(d, 0) {
			if d.Of(c.Token) == test.word {
				found = true
				if c.Why != test.why {
					t.Errorf("%s: %s is %q, want %q", test.sentence, test.word, c.Why, test.why)
				}
			}
		}
		if !found {
			t.Errorf("%s: %s moves nothing", test.sentence, test.word)
		}
	}
}

// The card beside the weights must speak of these weights.
func TestModelCard(t *testing.T) {
	card, err := os.ReadFile("MODEL.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"words.tsv": []byte(wordsTSV), "toward.bin": towardBin} {
		if hash := fmt.Sprintf("%x", sha256.Sum256(data)); !strings.Contains(string(card), hash) {
			t.Errorf("MODEL.md does not give the hash of %s, %s", name, hash)
		}
	}
}

// The mention is marked {so}.
func TestToward(t *testing.T) {
	for _, test := range []struct {
		tone     stages.Tone
		sentence string
	}{
		{stages.TonePositive, "Residents praised {Osborne} for her courage ."},
		{stages.ToneNegative, "{Osborne} was accused of stealing from the charity ."},
		{stages.ToneNegative, "Critics blasted {Osborne} over the scandal ."},
		{stages.ToneNeutral, "{Osborne} will speak at noon on Friday ."},
	} {
		at := strings.Index(test.sentence, "{")
		end := strings.Index(test.sentence, "}") - 1
		d := doc(strings.NewReplacer("{", "", "}", "").Replace(test.sentence))
		score, tone := Toward(d, 0, stages.Span{Start: at, End: end})
		if tone != test.tone {
			t.Errorf("%s: %v (%.2f), want %v", test.sentence, tone, score, test.tone)
		}
		if score < -1 || score > 1 {
			t.Errorf("%s: score %v", test.sentence, score)
		}
	}
}

// What the sums over extents say must be what the words, pairs and facts that an
// Observer lists for training say one by one.
func TestTowardIsWhatTheObserverSees(t *testing.T) {
	long := strings.Repeat("the cruel fraud , a wonderful and honest gift , was not good but bad . ", 30)
	for _, sentence := range []string{
		"[Osborne] praised [Harrow Falls] .",
		"[Osborne]",
		"said [Osborne] : “ The deal is not good , but [Acme] 's plan is worse than awful . ”",
		"“ We won , ” she said of [Lee] , and [Lee] lost the ugly fight ; yet it was a joy .",
		long + "[Osborne] left [Acme] in shame , " + long,
		"[Osborne] " + long + " [Acme]",
	} {
		d := doc(sentence)
		m, r := embedded().weights, NewReader(embedded())
		for _, e := range d.Entities {
			var o Observer
			if !o.Observe(d, r.lexicon, r.Read(d, 0), e.Span) {
				t.Fatalf("%s: nothing at %v", sentence, e.Span)
			}
			var v verdict
			for f, x := range o.Facts {
				v = v.plus(x, m.facts[f][0], m.facts[f][1], m.facts[f][2])
			}
			for _, p := range o.Pairs {
				v = v.plusSums(p.Value*m.pairScale, sumsOf(&m.pairs.weights[m.pairs.place(p.Index)]))
			}
			for _, s := range o.Seen {
				for c := range Columns {
					if s.Columns>>c&1 != 0 {
						v = v.plusSums(s.Value*o.Norm[c]*m.scale[c], m.word(s.Row).sums(c))
					}
				}
			}
			want, tone := v.decide()
			if got, gotTone := Toward(d, 0, e.Span); math.Abs(got-want) > 1e-12 || gotTone != tone {
				t.Errorf("%.60s: toward %s %v %v, the Observer says %v %v", sentence, d.Of(e.Span), got, gotTone, want, tone)
			}
		}
	}
}

// What parts words from a mention are names, and words that look like one: unknown
// and with a capital.
func TestWordsBetweenNames(t *testing.T) {
	for _, test := range []struct{ sentence, want string }{
		{"In Quorlby , the poor [Osborne] fell ill .", ", the poor Osborne fell ill ."},
		{"He says the poor [Osborne] of Quorlby fell ill .", "He says the poor Osborne of"},
		{"Poor old [Osborne] of quorlby , Alas , fell ill .", "Poor old Osborne of quorlby , Alas , fell ill ."},
	} {
		d := doc(test.sentence)
		r := NewReader(embedded())
		var o Observer
		if !o.Observe(d, r.lexicon, r.Read(d, 0), d.Entities[0].Span) {
			t.Fatalf("%s: no mention", test.sentence)
		}
		words := d.Tokens[o.unnamed.from:o.unnamed.to]
		if got := d.Text[words[0].Start:words[len(words)-1].End]; got != test.want {
			t.Errorf("%s: got %q, want %q", test.sentence, got, test.want)
		}
	}
}

func TestPairTable(t *testing.T) {
	b := make([]byte, Outcomes*Pairs)
	for i := 0; i < Pairs; i += 1 + i%5 {
		b[Outcomes*i+i%Outcomes] = byte(i%255 + 1)
	}
	table := newPairTable(b)
	for i := range Pairs {
		if got, want := sumsOf(&table.weights[table.place(uint32(i))]), sumsOf((*[Outcomes]byte)(b[Outcomes*i:])); got != want {
			t.Fatalf("pair %d: got %d, want %d", i, got, want)
		}
	}
}

// Scores do not depend on which sentences are in a stretch together.
func TestStretches(t *testing.T) {
	d := &stages.Document{}
	for i, text := range []string{
		"A [Savage] storm hit the happy town .", "Nobody was hurt , but [Osborne] called it a cruel blow .", "“ We won",
		"and will not lose , ” said [Lee] , very proud .", strings.Repeat("good and bad , ", 1000), "It was awful .",
	} {
		one := doc(strings.Repeat(text+" ", 1+300*(i%2)))
		at, first, entity := len(d.Text), len(d.Tokens), len(d.Entities)
		d.Text += one.Text
		for _, token := range one.Tokens {
			d.Tokens = append(d.Tokens, stages.Span{Start: token.Start + at, End: token.End + at})
		}
		for _, e := range one.Entities {
			e.Start, e.End, e.Sentence = e.Start+at, e.End+at, i
			d.Entities = append(d.Entities, e)
		}
		d.Sentences = append(d.Sentences, stages.Sentence{
			Span:       stages.Span{Start: at, End: len(d.Text)},
			FirstToken: first, EndToken: len(d.Tokens), FirstEntity: entity, EndEntity: len(d.Entities),
		})
	}
	d.SetTypes(stages.MaxStretch)
	Score(d)
	whole := slices.Clone(d.Sentences)
	for _, most := range []int{1, 1000} {
		if d.SetTypes(most); len(d.Types.Stretches) < 2 {
			t.Fatal("all sentences are in one stretch")
		}
		if Score(d); !slices.Equal(d.Sentences, whole) {
			t.Errorf("in stretches of %d words\n%+v\nas a whole\n%+v", most, d.Sentences, whole)
		}
	}
	r := NewReader(embedded())
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if got, want := s.Sentiment, r.lexicon.Sum(r.Read(d, i)).Score; got != want {
			t.Errorf("sentence %d: %v, read alone %v", i, got, want)
		}
		for _, e := range d.EntitiesOf(s) {
			if got, _ := Toward(d, i, e.Span); got != e.Sentiment {
				t.Errorf("sentence %d: toward %s %v, read alone %v", i, d.Of(e.Span), e.Sentiment, got)
			}
		}
	}
}

// Words that share all letters but their number or order must not share a hash.
func TestFold(t *testing.T) {
	seen := map[uint64]string{}
	for line := range strings.Lines(wordsTSV) {
		w, _, _ := strings.Cut(line, "\t")
		if other, ok := seen[fold(w)]; ok {
			t.Errorf("%q and %q have one hash", w, other)
		}
		seen[fold(w)] = w
		if fold(strings.ToUpper(w)) != fold(w) && strings.ToLower(strings.ToUpper(w)) == w && isASCII(w) {
			t.Errorf("%q: capitals have another hash", w)
		}
	}
	for _, pair := range [][2]string{{"don't", "don’t"}, {"n't", "n’t"}, {"seventeen-letters", "Seventeen-Letters"}, {"l'aeronautique-militaire", "L’aeronautique-militaire"}} {
		if fold(pair[0]) != fold(pair[1]) {
			t.Errorf("%q and %q have different hashes", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"’", "'"}, {"boo", "co"}, {"a", "aa"}, {"@", "`"}, {"[x", "{x"}, {"aaaaaaaaa", "aaaaaaaaaa"}} {
		if fold(pair[0]) == fold(pair[1]) {
			t.Errorf("%q and %q have one hash", pair[0], pair[1])
		}
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

func TestTowardNothing(t *testing.T) {
	d := doc("A wonderful day .")
	for _, span := range []stages.Span{{}, {Start: 100, End: 200}, {Start: -5, End: -1}} {
		if score, tone := Toward(d, 0, span); score != 0 || tone != stages.ToneNeutral {
			t.Errorf("%v: %v %v", span, score, tone)
		}
	}
}

func FuzzScore(f *testing.F) {
	for _, line := range append(ordered, equal...) {
		f.Add(line, 3, 9)
	}
	f.Add("n’t \xff ’ “ ‘", 0, 2)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		d := doc(strings.ToValidUTF8(text, "\uFFFD"))
		if d.Check() != nil {
			t.Skip() // brackets that mark nothing
		}
		if err := Score(d); err != nil {
			t.Fatal(err)
		}
		s := d.Sentences[0]
		if !(s.Sentiment > -1 && s.Sentiment < 1) || math.Abs(s.Positive+s.Negative+s.Neutral-1) > 1e-9 {
			t.Fatalf("%+v", s)
		}
		Explain(d, 0)
		if score, _ := Toward(d, 0, stages.Span{Start: start, End: end}); !(score >= -1 && score <= 1) {
			t.Fatal(score)
		}
	})
}

// article is a thousand sentences, each with one name if named.
func article(named bool) *stages.Document {
	one := doc("On Tuesday , the mayor of [Harrow Falls] said the new budget would not hurt the city 's schools , but teachers called it a cruel and costly mistake that could drive families away .")
	if !named {
		one.Entities = nil
	}
	d := &stages.Document{}
	for range 1000 {
		at, first, entity := len(d.Text), len(d.Tokens), len(d.Entities)
		d.Text += one.Text + "\n"
		for _, t := range one.Tokens {
			d.Tokens = append(d.Tokens, stages.Span{Start: t.Start + at, End: t.End + at})
		}
		for _, e := range one.Entities {
			e.Start, e.End, e.Sentence = e.Start+at, e.End+at, len(d.Sentences)
			d.Entities = append(d.Entities, e)
		}
		d.Sentences = append(d.Sentences, stages.Sentence{
			Span:       stages.Span{Start: at, End: at + len(one.Text)},
			FirstToken: first, EndToken: len(d.Tokens), FirstEntity: entity, EndEntity: len(d.Entities),
		})
	}
	d.SetTypes(stages.MaxStretch)
	return d
}

func BenchmarkScore(b *testing.B)  { benchmark(b, article(false)) }
func BenchmarkToward(b *testing.B) { benchmark(b, article(true)) }

func benchmark(b *testing.B, d *stages.Document) {
	Score(d)
	b.ReportAllocs()
	for b.Loop() {
		Score(d)
	}
	b.ReportMetric(float64(b.N)*float64(len(d.Tokens))/b.Elapsed().Seconds()/1e6, "Mtokens/s")
}
