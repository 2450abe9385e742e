// Package stages holds the Document, the one value that every stage reads and
// adds to. Each stage is a package below this one and exports one function on
// *Document. A stage knows nothing of files, goroutines or Parquet, and no
// stage imports another: what one stage learns, the next reads from the
// Document.
package stages

import (
	"fmt"
	"unicode/utf8"
)

// A Document is one article on its way through the pipeline.
//
// Stages annotate; they never cut. Text is set once, by clean, and from then
// on every Span is a byte range of Text. A reader's comment is a Block with
// the role Comment, not a deleted paragraph, so any row can be shown beside
// the words it came from.
//
// Blocks, Sentences, Tokens and Entities are flat lists in text order. A
// Sentence names its tokens and entities by index, so a whole article costs a
// handful of allocations, and none once a Document is reused.
type Document struct {
	// Set by the pipeline before the first stage.
	ID     string // doc_id, unique in the dataset
	Raw    []byte // the bytes to be cleaned: a file, or the title and text of a record
	RawMap Map    // leads from Raw to the source file's bytes; empty where they are the same
	Given  Meta   // what the record's own fields say (Method "field"); zero for a plain file

	// Set by clean.
	Text     string // tidy UTF-8: lines end in \n, no control characters
	Source   Map    // leads from Text to the source file's bytes; shares no memory with RawMap, since both are used again
	Encoding string // what Raw was: "utf-8", "utf-16le", "utf-16be", "windows-1252", ...

	Blocks    []Block    // set by comments: every non-blank stretch of Text, in order
	Meta      Meta       // set by comments: Given where it speaks, else what the text says
	Sentences []Sentence // set by sentences: inside article blocks, in order
	Tokens    []Span     // set by tokens: inside sentences, in order
	Types     Types      // set by tokens: which of Tokens are spelled alike; see SetTypes
	Entities  []Entity   // set by entities: inside sentences, in order, not overlapping

	Flags Flags // what was repaired or is odd, and how often; any stage adds to it
}

// A Span is a half-open byte range of Document.Text.
type Span struct{ Start, End int }

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// A Block is a paragraph or line of one role.
type Block struct {
	Span
	Role   Role
	Reason string  // the rule or model that gave the role, e.g. "cue:comments-closed"
	Score  float32 // how sure, 0 to 1; 1 for a certain rule
}

// A Sentence is one row of the dataset in the making.
type Sentence struct {
	Span
	Block     int  // index into Document.Blocks
	Paragraph int  // counts article blocks from 0; the same for all sentences of a block
	Forced    bool // true where the sentence was too long and had to be cut
	Continues bool // true where an advertisement or the like broke the sentence: the next one is its other half

	FirstToken, EndToken   int // Document.Tokens[FirstToken:EndToken]; set by tokens
	FirstEntity, EndEntity int // Document.Entities[FirstEntity:EndEntity]; set by entities

	// Set by sentiment.
	Sentiment float64 // -1 (unfavourable) to 1 (favourable)
	Tone      Tone    // Sentiment in three classes
	Positive  float64 // share of the tone that is favourable, 0 to 1
	Negative  float64 // share that is unfavourable; the three shares sum to 1
	Neutral   float64
	Quoted    float64 // share of the words inside quotation marks, 0 to 1

	PromptLike bool // true where an order to a language model begins; set by prompts
}

// Tone is a sentence's sentiment in three classes.
type Tone uint8

// The tones, from which the column sentiment_label is made.
const (
	ToneNeutral Tone = iota
	TonePositive
	ToneNegative
)

// String returns "neutral", "positive" or "negative".
func (t Tone) String() string { return [...]string{"neutral", "positive", "negative"}[t] }

// An Entity is one mention of a named or numeric entity.
type Entity struct {
	Span         // begins and ends on token boundaries
	Sentence int // index into Document.Sentences
	Label    Label

	Name       string  // what the mention stands for in this document ("Jeff Sessions"); "" when unknown
	EntityID   string  // stable readable id across documents ("gpe/us/alabama"); "" when unknown
	ExternalID string  // id in a public source ("iso3166:US", "geonames:4829764"); "" when unknown
	Title      string  // form of address or office before the name ("Mr.", "Sen."); not part of Span
	Value      string  // normalised value of a numeric or time label; "" when none can be given
	Score      float32 // how sure, 0 to 1

	// Set by sentiment.
	Sentiment float64 // of the sentence toward this mention, -1 to 1; 0 for a number or time
	Tone      Tone    // Sentiment in three classes
}

// Meta is what is known about the article as a whole. A Fact is zero when unknown.
type Meta struct {
	Title     Fact
	Byline    Fact
	Dateline  Fact
	Published Fact // Value is an ISO date, 2019-11-08
	Outlet    Fact
	URL       Fact
	Language  Fact // Value is a BCP 47 tag, "en"
}

// A Fact is a value, the way it was found, and where.
type Fact struct {
	Value  string
	Method string // "field", or the rule that spoke; "" when the fact is unknown
	Span   Span   // in Document.Text; zero when the value does not stand there
}

// Known reports whether f has a value.
func (f Fact) Known() bool { return f.Method != "" }

// Of returns the text that s covers.
func (d *Document) Of(s Span) string { return d.Text[s.Start:s.End] }

// TokensOf returns the tokens of s.
func (d *Document) TokensOf(s *Sentence) []Span { return d.Tokens[s.FirstToken:s.EndToken] }

// EntitiesOf returns the entities of s.
func (d *Document) EntitiesOf(s *Sentence) []Entity { return d.Entities[s.FirstEntity:s.EndEntity] }

// Reset empties d for the next article and keeps its memory.
func (d *Document) Reset() {
	*d = Document{
		RawMap: d.RawMap.emptied(), Source: d.Source.emptied(),
		Blocks: d.Blocks[:0], Sentences: d.Sentences[:0], Tokens: d.Tokens[:0], Types: d.Types.emptied(), Entities: d.Entities[:0],
	}
}

// Check reports the first broken promise about d's spans: out of bounds, out
// of order, splitting a character, or a part outside its whole.
func (d *Document) Check() error {
	if !utf8.ValidString(d.Text) {
		return fmt.Errorf("text is not UTF-8")
	}
	if err := d.Source.check(len(d.Text)); err != nil {
		return err
	}
	end := 0
	for i, b := range d.Blocks {
		if err := d.check(b.Span, end, len(d.Text)); err != nil {
			return fmt.Errorf("block %d: %w", i, err)
		}
		end = b.End
	}
	end = 0
	var token, entity int
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if s.Block < 0 || s.Block >= len(d.Blocks) || !d.Blocks[s.Block].Role.Article() {
			return fmt.Errorf("sentence %d: not in an article block", i)
		}
		b := d.Blocks[s.Block]
		if err := d.check(s.Span, max(end, b.Start), b.End); err != nil {
			return fmt.Errorf("sentence %d: %w", i, err)
		}
		end = s.End
		if s.FirstToken != token || s.EndToken < token || s.EndToken > len(d.Tokens) {
			return fmt.Errorf("sentence %d: tokens %d:%d do not follow %d", i, s.FirstToken, s.EndToken, token)
		}
		token = s.EndToken
		at := s.Start
		for _, t := range d.TokensOf(s) {
			if !d.whole(t, at, s.End) {
				return fmt.Errorf("sentence %d: token: %w", i, d.check(t, at, s.End))
			}
			at = t.End
		}
		if s.FirstEntity != entity || s.EndEntity < entity || s.EndEntity > len(d.Entities) {
			return fmt.Errorf("sentence %d: entities %d:%d do not follow %d", i, s.FirstEntity, s.EndEntity, entity)
		}
		entity = s.EndEntity
		at = s.Start
		for _, e := range d.EntitiesOf(s) {
			if err := d.check(e.Span, at, s.End); err != nil {
				return fmt.Errorf("sentence %d: entity: %w", i, err)
			}
			if e.Sentence != i {
				return fmt.Errorf("sentence %d: entity says sentence %d", i, e.Sentence)
			}
			at = e.End
		}
	}
	if token != len(d.Tokens) || entity != len(d.Entities) {
		return fmt.Errorf("%d tokens and %d entities belong to no sentence", len(d.Tokens)-token, len(d.Entities)-entity)
	}
	return d.Types.check(d)
}

// whole reports whether s lies between min and max, is not empty and splits no character.
func (d *Document) whole(s Span, min, max int) bool {
	return min <= s.Start && s.Start < s.End && s.End <= max &&
		utf8.RuneStart(d.Text[s.Start]) && (s.End == len(d.Text) || utf8.RuneStart(d.Text[s.End]))
}

// check says what keeps s from being whole, or nil.
func (d *Document) check(s Span, min, max int) error {
	switch {
	case d.whole(s, min, max):
		return nil
	case s.Start < min || s.End > max || s.Start >= s.End:
		return fmt.Errorf("span %d:%d not inside %d:%d", s.Start, s.End, min, max)
	}
	return fmt.Errorf("span %d:%d splits a character", s.Start, s.End)
}
