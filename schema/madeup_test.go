package schema

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// madeUp returns the rows of n documents with made-up sentences, as the
// pipeline would make them: every offset is right.
func madeUp(n int, seed uint64) []*Rows {
	rnd := rand.New(rand.NewPCG(seed, 1))
	docs := make([]*Rows, n)
	for i := range docs {
		docs[i] = madeUpDocument(fmt.Sprintf("desk-%02d/story-%05d-%d", i*7/max(n, 1), i, seed), 5+rnd.IntN(40), rnd)
	}
	return docs
}

var (
	madeUpNouns  = strings.Fields("council bridge harbour budget teacher river market ferry orchard tram library clinic Señora café 東京 straße mayor committee farmer pilot 😀 valley")
	madeUpVerbs  = strings.Fields("opened closed praised delayed painted rebuilt sold counted measured crossed visited repaired")
	madeUpPlaces = []string{"Port Ellery", "Grünau", "São Brás", "Lower Tansy", "東京", "Øster Vig"}
	madeUpPeople = []string{"Ada Quill", "Bruno Ødegård", "Chidi Marlowe", "Dora Péter", "Émile Ward"}
)

// numbers returns the numbers of tokens among the types of r, to which it adds what
// is new.
func (r *Rows) numbers(tokens ...string) []int32 {
	var list []int32
	for _, s := range tokens {
		n := slices.Index(r.Types, s)
		if n < 0 {
			n = len(r.Types)
			r.Types = append(r.Types, s)
		}
		list = append(list, int32(n))
	}
	return list
}

// tokens returns the texts of these numbers.
func (r *Rows) tokens(numbers []int32) []string {
	var list []string
	for _, n := range numbers {
		list = append(list, r.Types[n])
	}
	return list
}

func madeUpDocument(id string, sentences int, rnd *rand.Rand) *Rows {
	r := new(Rows)
	var mentions []Entity
	var text strings.Builder
	chars := func() int32 { return int32(utf8.RuneCountInString(text.String())) }
	day := int32(18000 + rnd.IntN(900))
	for k := range sentences {
		s, entities := madeUpSentence(rnd)
		row := Sentence{
			DocID: id, Sentence: int32(k), Paragraph: int32(k / 3), Role: "body", Text: s,
			StartChar: chars(), SourceStart: int64(text.Len()), Title: "A made-up day", Published: &day,
			Entities: entities, NEntities: int32(len(entities)),
			Sentiment: rnd.Float64()*2 - 1, SentimentLabel: "neutral",
			Positive: rnd.Float64(), Negative: 0.25, Neutral: 0.5, Quoted: rnd.Float64(),
		}
		at := int32(0)
		for _, word := range strings.SplitAfter(s, " ") {
			row.Tokens = append(row.Tokens, r.numbers(strings.TrimSpace(word))...)
			row.TokenStart = append(row.TokenStart, at)
			at += int32(utf8.RuneCountInString(word))
		}
		row.NTokens = int32(len(row.Tokens))
		text.WriteString(s)
		row.EndChar, row.SourceEnd = chars(), int64(text.Len())
		text.WriteString("\n")
		if rnd.IntN(5) == 0 {
			row.Title, row.Published, row.Flags = "", nil, []string{"unglued"}
		}
		mentions = append(mentions, entities...)
		r.Sentences = append(r.Sentences, row)
	}
	at, source := chars(), int64(text.Len())
	text.WriteString("Comments are closed.")
	r.Removed = []Removed{{id, int32(sentences), "Comments are closed.", at, chars(), source, int64(text.Len()), "comment-form", "cue:comments-closed", 1}}
	mean := rnd.Float64()
	r.Documents = []Document{{
		DocID: id, Path: id + ".txt", SHA256: fmt.Sprintf("%064x", rnd.Uint64()), Size: int64(text.Len()), Encoding: "utf-8",
		Title: "A made-up day", Byline: madeUpPeople[rnd.IntN(len(madeUpPeople))], Published: &day, Language: "en", Text: text.String(),
		NChars: chars(), NBlocks: int32(sentences + 1), NRemoved: 1, NSentences: int32(sentences), NEntities: int32(len(mentions)),
		Sentiment: &mean, Flags: []string{"spaces", "unglued"}, FlagCounts: []int32{3, 1},
	}}
	for _, m := range mentions[:min(3, len(mentions))] {
		r.Documents[0].MainEntities = append(r.Documents[0].MainEntities, MainEntity{m.Name, m.Label, m.EntityID, 1, m.Sentiment})
	}
	if rnd.IntN(10) == 0 {
		r.Quarantined = []Quarantined{{
			DocID: id + "-bad", Path: id + "-bad.txt", PathHex: fmt.Sprintf("%x", id+"-bad.txt"), Size: 12, Reason: "binary", Detail: "NUL bytes",
		}}
	}
	return r
}

// madeUpSentence returns a sentence with a person and a place in it.
func madeUpSentence(rnd *rand.Rand) (string, []Entity) {
	var s strings.Builder
	var entities []Entity
	word := func(list []string) { s.WriteString(list[rnd.IntN(len(list))] + " ") }
	mention := func(list []string, label, id string) {
		name := list[rnd.IntN(len(list))]
		start, tone := int32(utf8.RuneCountInString(s.String())), rnd.Float64()*2-1
		entities = append(entities, Entity{
			Text: name, Label: label, StartChar: start, EndChar: start + int32(utf8.RuneCountInString(name)),
			Name: name, EntityID: id + strings.ToLower(strings.ReplaceAll(name, " ", "-")), Score: rnd.Float32(),
			Sentiment: &tone, SentimentLabel: "neutral",
		})
		s.WriteString(name + " ")
	}
	for range 2 + rnd.IntN(8) {
		word(madeUpNouns)
		word(madeUpVerbs)
	}
	if rnd.IntN(3) > 0 {
		mention(madeUpPeople, "PERSON", "person/")
	}
	word(madeUpVerbs)
	if rnd.IntN(2) > 0 {
		mention(madeUpPlaces, "GPE", "")
		e := &entities[len(entities)-1]
		e.EntityID = ""
		if rnd.IntN(4) == 0 {
			e.Sentiment, e.SentimentLabel = nil, ""
		}
	}
	s.WriteString(".")
	return s.String(), entities
}
