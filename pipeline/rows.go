package pipeline

import (
	"encoding/hex"
	"math/bits"
	"time"
	"unicode/utf8"

	"pressrow/schema"
	"pressrow/stages"
)

// mostRows is the number of sentences and removed blocks of a document that
// become rows at a time: rows take several times the memory of the
// annotations they are made from. No article in the news is as long.
var mostRows = 16 << 10

// A rowBuffer holds the rows of one document; of a very long one some, and then
// the next (see mostRows). It is the one place where Documents become rows and
// byte offsets become code points.
type rowBuffer struct {
	schema.Rows
	next rowPlace

	// Memory that the rows' lists are cut from.
	starts   []int32
	entities []schema.Entity
	main     []schema.MainEntity

	names nameCount
}

// A rowPlace is where a rowBuffer goes on.
type rowPlace struct {
	at              cursor
	block, sentence int
	removed         int     // rows so far
	tone            float64 // sum so far
	end             bool    // there is nothing more
}

func (b *rowBuffer) reset() {
	b.empty()
	b.next = rowPlace{end: true}
}

// empty drops the rows and keeps the place.
func (b *rowBuffer) empty() {
	b.Sentences, b.Documents = b.Sentences[:0], b.Documents[:0]
	b.Removed, b.Quarantined = b.Removed[:0], b.Quarantined[:0]
	b.Types, b.starts, b.entities, b.main = b.Types[:0], b.starts[:0], b.entities[:0], b.main[:0]
}

// document fills b from an analysed document. The rows point into the document.
// Those of a very long one are all made and checked once, since what was
// written cannot be taken back, and b then holds the first.
func (b *rowBuffer) document(j *job) error {
	b.begin(j)
	if b.next.end {
		return nil
	}
	for {
		if err := b.Check(); err != nil {
			return err
		}
		if !b.more(j) {
			break
		}
	}
	b.begin(j)
	return nil
}

// begin fills b with the first rows.
func (b *rowBuffer) begin(j *job) {
	b.next = rowPlace{at: cursor{text: j.doc.Text}}
	b.more(j)
}

// more fills b with the next rows, and reports whether there were any. The last
// of them are those of the document itself.
func (b *rowBuffer) more(j *job) bool {
	if b.next.end {
		return false
	}
	b.empty()
	d := &j.doc
	published := days(d.Meta.Published.Value)
	n := &b.next
	end := b.types(d, n.sentence)
	b.reserve(d, n.sentence, min(n.sentence+mostRows, end))
	for ; n.block < len(d.Blocks); n.block++ {
		if !d.Blocks[n.block].Role.Article() {
			if b.full() {
				return true
			}
			b.remove(d, n.block, &n.at)
			n.removed++
			continue
		}
		for ; n.sentence < len(d.Sentences) && d.Sentences[n.sentence].Block == n.block; n.sentence++ {
			if b.full() || n.sentence == end {
				return true
			}
			b.sentence(d, n.sentence, &n.at, published)
			n.tone += d.Sentences[n.sentence].Sentiment
		}
	}
	b.whole(j, published)
	n.end = true
	return true
}

// types sets the types of the stretch that begins with sentence number i, or goes on
// there, and returns its end.
func (b *rowBuffer) types(d *stages.Document, i int) (end int) {
	if i == len(d.Sentences) {
		return i
	}
	s := &d.Types.Stretches[d.Types.StretchOf(i)]
	for _, first := range d.Types.First[s.FirstType:s.EndType] {
		b.Types = append(b.Types, d.Of(d.Tokens[first]))
	}
	return s.EndSentence
}

// full reports whether b holds as many rows as it should at a time.
func (b *rowBuffer) full() bool { return len(b.Sentences)+len(b.Removed) >= mostRows }

// whole adds the row of the document itself.
func (b *rowBuffer) whole(j *job, published *int32) {
	d, n := &j.doc, &b.next
	row := schema.Document{
		DocID: d.ID, Path: idOf(j.entry.source.path), SHA256: hex.EncodeToString(j.sum[:]), Size: int64(len(j.data)),
		Encoding: d.Encoding, Title: d.Meta.Title.Value, Byline: d.Meta.Byline.Value, Dateline: d.Meta.Dateline.Value,
		Published: published, Outlet: d.Meta.Outlet.Value, URL: d.Meta.URL.Value, Language: d.Meta.Language.Value,
		Text: d.Text, NChars: int32(n.at.to(len(d.Text))), NBlocks: int32(len(d.Blocks)), NRemoved: int32(n.removed),
		NSentences: int32(len(d.Sentences)), NTokens: int32(len(d.Tokens)), NEntities: int32(len(d.Entities)),
	}
	if len(d.Sentences) > 0 {
		tone := n.tone / float64(len(d.Sentences))
		row.Sentiment = &tone
	}
	b.main = b.names.appendMain(b.main, d)
	row.MainEntities = b.main
	for _, f := range flagsByName {
		if n := d.Flags[f]; n > 0 {
			row.Flags = append(row.Flags, f.String())
			row.FlagCounts = append(row.FlagCounts, n)
		}
	}
	b.Documents = append(b.Documents, row)
}

// reserve makes room for the rows of sentences, so that the lists which they
// point into do not move.
func (b *rowBuffer) reserve(d *stages.Document, from, to int) {
	if from == to {
		return
	}
	first, last := &d.Sentences[from], &d.Sentences[to-1]
	if n := last.EndToken - first.FirstToken; cap(b.starts) < n {
		b.starts = make([]int32, 0, n*3/2)
	}
	if n := last.EndEntity - first.FirstEntity; cap(b.entities) < n {
		b.entities = make([]schema.Entity, 0, n*3/2)
	}
}

func (b *rowBuffer) remove(d *stages.Document, i int, at *cursor) {
	block := &d.Blocks[i]
	source := d.Source.Span(block.Span)
	b.Removed = append(b.Removed, schema.Removed{
		DocID: d.ID, Block: int32(i), Text: d.Of(block.Span),
		StartChar: int32(at.to(block.Start)), EndChar: int32(at.to(block.End)),
		SourceStart: int64(source.Start), SourceEnd: int64(source.End),
		Role: block.Role.String(), Reason: block.Reason, Score: block.Score,
	})
}

func (b *rowBuffer) sentence(d *stages.Document, i int, at *cursor, published *int32) {
	s := &d.Sentences[i]
	text := d.Of(s.Span)
	start, end := at.to(s.Start), at.to(s.End)
	source := d.Source.Span(s.Span)
	ascii := end-start == len(text)

	firstStart, firstEntity := len(b.starts), len(b.entities)
	in := cursor{text: text, ascii: ascii}
	starts := b.starts
	for _, t := range d.TokensOf(s) {
		starts = append(starts, int32(in.to(t.Start-s.Start)))
	}
	b.starts = starts
	in = cursor{text: text, ascii: ascii}
	mentions := d.EntitiesOf(s)
	for k := range mentions {
		e := &mentions[k]
		row := schema.Entity{
			Text: d.Of(e.Span), Label: e.Label.String(),
			StartChar: int32(in.to(e.Start - s.Start)), EndChar: int32(in.to(e.End - s.Start)),
			Name: e.Name, EntityID: e.EntityID, ExternalID: e.ExternalID, Title: e.Title, Value: e.Value, Score: e.Score,
		}
		if !e.Label.Numeric() {
			row.Sentiment, row.SentimentLabel = &e.Sentiment, e.Tone.String()
		}
		b.entities = append(b.entities, row)
	}
	row := schema.Sentence{
		DocID: d.ID, Sentence: int32(i), Paragraph: int32(s.Paragraph), Role: d.Blocks[s.Block].Role.String(), Text: text,
		StartChar: int32(start), EndChar: int32(end), SourceStart: int64(source.Start), SourceEnd: int64(source.End),
		Title: d.Meta.Title.Value, Published: published,
		Tokens: d.Types.Of[s.FirstToken:s.EndToken:s.EndToken], TokenStart: b.starts[firstStart:len(b.starts):len(b.starts)],
		Entities: b.entities[firstEntity:len(b.entities):len(b.entities)],
		NTokens:  int32(s.EndToken - s.FirstToken), NEntities: int32(len(b.entities) - firstEntity),
		Sentiment: s.Sentiment, SentimentLabel: s.Tone.String(), Positive: s.Positive, Negative: s.Negative, Neutral: s.Neutral,
		Quoted: s.Quoted, Flags: sentenceFlags(s),
	}
	b.Sentences = append(b.Sentences, row)
}

// sentenceFlags returns what is odd about a sentence, sorted by name.
func sentenceFlags(s *stages.Sentence) []string {
	if !s.Continues && !s.PromptLike && !s.Forced {
		return nil
	}
	var flags []string
	for _, odd := range [...]struct {
		is   bool
		flag stages.Flag
	}{{s.Continues, stages.FlagContinues}, {s.PromptLike, stages.FlagPromptLike}, {s.Forced, stages.FlagSplitForced}} {
		if odd.is {
			flags = append(flags, odd.flag.String())
		}
	}
	return flags
}

// quarantine fills b for a document that is not in the dataset.
func (b *rowBuffer) quarantine(j *job) {
	e := j.entry
	row := schema.Quarantined{
		DocID: e.id, Path: idOf(e.source.path), PathHex: hex.EncodeToString([]byte(e.source.path)), Size: e.size,
		Reason: string(j.refused.reason), Detail: j.refused.detail,
	}
	if j.data != nil {
		row.SHA256 = hex.EncodeToString(j.sum[:])
	}
	if j.refused.offset >= 0 {
		row.ByteOffset = &j.refused.offset
	}
	b.Quarantined = append(b.Quarantined, row)
}

// A cursor turns rising byte offsets of a text into code points.
type cursor struct {
	text        string
	ascii       bool // a byte is a code point
	byte, point int
}

// to returns the number of code points before byte offset i, which must not
// be less than in the call before.
func (c *cursor) to(i int) int {
	if c.ascii {
		return i
	}
	c.point += codePoints(c.text, c.byte, i)
	c.byte = i
	return c.point
}

// codePoints returns the number of code points of text[from:to], which is UTF-8. It
// reads eight bytes at a time, also where only some of them are asked for.
func codePoints(text string, from, to int) int {
	n := to - from
	for ; to-from >= 8; from += 8 {
		n -= bits.OnesCount64(inside(text[from:]))
	}
	if from+8 <= len(text) {
		return n - bits.OnesCount64(inside(text[from:])&(1<<(8*(to-from))-1))
	}
	for ; from < to; from++ {
		if !utf8.RuneStart(text[from]) {
			n--
		}
	}
	return n
}

// inside has the high bit of each of the first eight bytes of text that begins no
// code point: of those of the form 10xxxxxx.
func inside(text string) uint64 {
	b := stages.Load8(text)
	return b &^ (b << 1) & 0x8080808080808080
}

// days returns an ISO date as days since 1970, or nil without a date.
func days(date string) *int32 {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil
	}
	n := int32(t.Unix() / 86400) // midnight, so nothing is cut off
	return &n
}

// flagsByName is all flags in the order of their names.
var flagsByName = stages.SortedFlags()
