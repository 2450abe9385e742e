package schema

import "math"

// The structs of rows.go as they lie in a file: the parquet tags are the
// columns, the doc tags say what each holds, and everything that describes a
// table (Tables, the footer, pressrow schema) is made from them. What may be
// NULL is a pointer here. The methods of tableEncoder below hand over the fields
// of rows in the same order.
//
// Offsets are 0-based and half-open and count Unicode code points, unless the
// doc says bytes.

type sentenceRow struct {
	DocID          string      `parquet:"doc_id,dict" doc:"document the sentence stands in; documents.doc_id"`
	Sentence       int32       `parquet:"sentence,dict" doc:"number of the sentence in its document, from 0"`
	Paragraph      int32       `parquet:"paragraph,dict" doc:"number of its article block in the document, from 0; sentences of one block share it"`
	Role           string      `parquet:"role,dict" doc:"what part of the article: headline, dek, crosshead, body, list, attribution, caption, note"`
	Text           string      `parquet:"text,plain" doc:"the sentence; documents.text[start_char:end_char]"`
	StartChar      int32       `parquet:"start_char,delta" doc:"where text begins in documents.text, in code points from 0"`
	EndChar        int32       `parquet:"end_char,delta" doc:"where text ends in documents.text, in code points, exclusive"`
	SourceStart    int64       `parquet:"source_start,delta" doc:"where the sentence begins in the source file, in bytes from 0 (of the uncompressed file)"`
	SourceEnd      int64       `parquet:"source_end,delta" doc:"where the sentence ends in the source file, in bytes, exclusive"`
	Title          *string     `parquet:"title,optional,dict" doc:"the document's title; NULL when unknown"`
	Published      *int32      `parquet:"published,optional,date,dict" doc:"day of publication; NULL when unknown"`
	Tokens         []string    `parquet:"tokens,list" parquet-element:",dict" doc:"the words, numbers and marks of text, in order; never rewritten"`
	TokenStart     []int32     `parquet:"token_start,list" parquet-element:",delta" doc:"where each token begins in text, in code points from 0; it ends at its start plus its length; as many as tokens"`
	Entities       []entityRow `parquet:"entities,list" doc:"the mentions in text, in order, not overlapping; the entities table holds the same, one row each"`
	NTokens        int32       `parquet:"n_tokens,dict" doc:"number of tokens"`
	NEntities      int32       `parquet:"n_entities,dict" doc:"number of entities"`
	Sentiment      float64     `parquet:"sentiment,dict" doc:"tone, -1 (unfavourable) to 1 (favourable), four decimals"`
	SentimentLabel string      `parquet:"sentiment_label,dict" doc:"sentiment in three classes: positive, neutral, negative"`
	Positive       float64     `parquet:"positive,dict" doc:"favourable share of the tone, 0 to 1, four decimals; positive, negative and neutral sum to 1"`
	Negative       float64     `parquet:"negative,dict" doc:"unfavourable share of the tone, 0 to 1, four decimals"`
	Neutral        float64     `parquet:"neutral,dict" doc:"neutral share of the tone, 0 to 1, four decimals"`
	Quoted         float64     `parquet:"quoted,dict" doc:"share of the words inside quotation marks, 0 to 1, four decimals"`
	Flags          []string    `parquet:"flags,list" parquet-element:",dict" doc:"what is odd about this sentence; split_forced where it was too long and had to be cut, continues where a removed line broke it and the next sentence is its other half, prompt_like where an order to a language model seems to begin; mostly empty"`
}

type entityRow struct {
	Text           string   `parquet:"text,dict" doc:"the mention; the sentence's text[start_char:end_char]"`
	Label          string   `parquet:"label,dict" doc:"type of the entity, after OntoNotes 5: PERSON, NORP, FAC, ORG, GPE, LOC, PRODUCT, EVENT, WORK_OF_ART, LAW, LANGUAGE, DATE, TIME, PERCENT, MONEY, QUANTITY, ORDINAL, CARDINAL"`
	StartChar      int32    `parquet:"start_char,dict" doc:"where the mention begins in the sentence's text, in code points from 0"`
	EndChar        int32    `parquet:"end_char,dict" doc:"where the mention ends in the sentence's text, in code points, exclusive"`
	Name           *string  `parquet:"name,optional,dict" doc:"what the mention stands for in its document (Jeff Sessions for Sessions); NULL when unknown"`
	EntityID       *string  `parquet:"entity_id,optional,dict" doc:"readable id, the same in all documents (gpe/us/alabama); NULL when unknown"`
	ExternalID     *string  `parquet:"external_id,optional,dict" doc:"id in a public source (iso3166:US); NULL when unknown"`
	Title          *string  `parquet:"title,optional,dict" doc:"form of address or office before the name (Mr., Sen.), not part of text; NULL without one"`
	Value          *string  `parquet:"value,optional,dict" doc:"normalised value of a date, time or number (2019-11-08); NULL when none can be given"`
	Score          float32  `parquet:"score,dict" doc:"how sure the tagger is, 0 to 1, four decimals"`
	Sentiment      *float64 `parquet:"sentiment,optional,dict" doc:"tone of the sentence toward this mention, -1 (unfavourable) to 1 (favourable), four decimals; NULL for a date, time or number"`
	SentimentLabel *string  `parquet:"sentiment_label,optional,dict" doc:"that tone in three classes: positive, neutral, negative; NULL for a date, time or number"`
}

type mentionRow struct {
	DocID    string `parquet:"doc_id,dict" doc:"document the mention stands in; documents.doc_id"`
	Sentence int32  `parquet:"sentence,dict" doc:"sentence the mention stands in; sentences.sentence"`
	Mention  int32  `parquet:"mention,dict" doc:"number of the mention in its sentence, from 0"`
	entityRow
}

type documentRow struct {
	DocID        string          `parquet:"doc_id,plain" doc:"path below the input folder, with / and with its extension (politics/a.txt); for a record, path#id or, without an id, path#line; unique, so that a repeated id gets #line behind it"`
	Path         string          `parquet:"path,dict" doc:"path of the file below the input folder, with /; a record's is its file's; bytes that are not UTF-8 are escaped"`
	SHA256       string          `parquet:"sha256,plain" doc:"SHA-256 of the bytes the document was made from, 64 hexadecimal digits"`
	Size         int64           `parquet:"size,delta" doc:"number of bytes the document was made from"`
	Encoding     string          `parquet:"encoding,dict" doc:"character encoding of those bytes: utf-8, utf-16le, utf-16be, utf-32le, utf-32be, windows-1252"`
	Title        *string         `parquet:"title,optional,plain" doc:"headline; NULL when unknown"`
	Byline       *string         `parquet:"byline,optional,dict" doc:"who wrote it; NULL when unknown"`
	Dateline     *string         `parquet:"dateline,optional,dict" doc:"where it was written, as the article says; NULL when unknown"`
	Published    *int32          `parquet:"published,optional,date,dict" doc:"day of publication; NULL when unknown"`
	Outlet       *string         `parquet:"outlet,optional,dict" doc:"who published it; NULL when unknown"`
	URL          *string         `parquet:"url,optional,plain" doc:"where it was published; NULL when unknown"`
	Language     *string         `parquet:"language,optional,dict" doc:"language of the text, a BCP 47 tag; NULL when unknown"`
	Text         string          `parquet:"text,plain" doc:"the cleaned text, whole: the article and what is in removed"`
	NChars       int32           `parquet:"n_chars,delta" doc:"length of text in code points"`
	NBlocks      int32           `parquet:"n_blocks,dict" doc:"number of blocks (paragraphs, lines) in text, of any role"`
	NRemoved     int32           `parquet:"n_removed,dict" doc:"number of its rows in removed"`
	NSentences   int32           `parquet:"n_sentences,dict" doc:"number of its rows in sentences"`
	NTokens      int32           `parquet:"n_tokens,dict" doc:"number of tokens in its sentences"`
	NEntities    int32           `parquet:"n_entities,dict" doc:"number of its rows in entities"`
	Sentiment    *float64        `parquet:"sentiment,optional,dict" doc:"mean of its sentences' sentiment, -1 to 1, four decimals; NULL without sentences"`
	MainEntities []mainEntityRow `parquet:"main_entities,list" doc:"who and what the article is mainly about: the names (labels PERSON to LAW) with the most mentions, at most ten, most first, of equals the one named first; mentions count together that share an entity_id or, without one, a name (else a text) and a label"`
	Flags        []string        `parquet:"flags,list" parquet-element:",dict" doc:"what was repaired or is odd, sorted by name"`
	FlagCounts   []int32         `parquet:"flag_counts,list" parquet-element:",dict" doc:"how often, for each of flags; as many as flags"`
}

type mainEntityRow struct {
	Name      string   `parquet:"name,dict" doc:"its name, from the first mention that has one; else the text of the first mention"`
	Label     string   `parquet:"label,dict" doc:"type of the entity, as in entities.label; that of the first mention"`
	EntityID  *string  `parquet:"entity_id,optional,dict" doc:"readable id, the same in all documents (gpe/us/alabama); NULL when unknown"`
	Mentions  int32    `parquet:"mentions,dict" doc:"number of its mentions in the document, at least 1"`
	Sentiment *float64 `parquet:"sentiment,optional,dict" doc:"mean of the sentiment toward its mentions, -1 to 1, four decimals; NULL when none has one"`
}

type removedRow struct {
	DocID       string  `parquet:"doc_id,dict" doc:"document the text stands in; documents.doc_id"`
	Block       int32   `parquet:"block,dict" doc:"number of the block in its document, from 0, counting blocks of all roles"`
	Text        string  `parquet:"text,plain" doc:"the block; documents.text[start_char:end_char]"`
	StartChar   int32   `parquet:"start_char,delta" doc:"where text begins in documents.text, in code points from 0"`
	EndChar     int32   `parquet:"end_char,delta" doc:"where text ends in documents.text, in code points, exclusive"`
	SourceStart int64   `parquet:"source_start,delta" doc:"where the block begins in the source file, in bytes from 0 (of the uncompressed file)"`
	SourceEnd   int64   `parquet:"source_end,delta" doc:"where the block ends in the source file, in bytes, exclusive"`
	Role        string  `parquet:"role,dict" doc:"what it is instead: comment, comment-form, credit, source, promo, related, share, nav, legal, ad, embed, byline, dateline, separator"`
	Reason      string  `parquet:"reason,dict" doc:"the rule or model that gave the role (cue:comments-closed)"`
	Score       float32 `parquet:"score,dict" doc:"how sure that was, 0 to 1, four decimals; 1 for a certain rule"`
}

type quarantinedRow struct {
	DocID      string  `parquet:"doc_id,plain" doc:"the doc_id it would have had"`
	Path       string  `parquet:"path,dict" doc:"path of the file below the input folder, with /; bytes that are not UTF-8 are escaped, path_hex is exact"`
	PathHex    string  `parquet:"path_hex,dict" doc:"the bytes of that path in hexadecimal"`
	SHA256     *string `parquet:"sha256,optional,plain" doc:"SHA-256 of the bytes of the file or record, 64 hexadecimal digits; NULL when they could not be read whole"`
	Size       int64   `parquet:"size,delta" doc:"number of bytes of the file or record"`
	Reason     string  `parquet:"reason,dict" doc:"why, as a code: too_large, binary, archive, encoding, unsupported, bad_json, no_text, truncated, corrupt, bomb, symlink_escape, changed_while_read, vanished, unreadable, internal_error"`
	Detail     string  `parquet:"detail,plain" doc:"why, for people"`
	ByteOffset *int64  `parquet:"byte_offset,optional,dict" doc:"where in the file the trouble begins, in bytes from 0 (of the uncompressed file); NULL when it has no place"`
}

func (e *tableEncoder) sentence(s *Sentence) {
	e.repeated(s.DocID)
	e.int32(s.Sentence)
	e.int32(s.Paragraph)
	e.repeated(s.Role)
	e.text(s.Text)
	e.int32(s.StartChar)
	e.int32(s.EndChar)
	e.int64(s.SourceStart)
	e.int64(s.SourceEnd)
	e.optionalRepeated(s.Title)
	e.optionalInt32(s.Published)
	e.typed(s.Tokens)
	e.int32s(s.TokenStart)
	e.entities(s.Entities)
	e.int32(s.NTokens)
	e.int32(s.NEntities)
	e.score(s.Sentiment)
	e.text(s.SentimentLabel)
	e.score(s.Positive)
	e.score(s.Negative)
	e.score(s.Neutral)
	e.score(s.Quoted)
	e.texts(s.Flags)
}

// The numbers of columns that an entityRow and a mainEntityRow make.
const (
	entityFields     = 12
	mainEntityFields = 5
)

func (e *tableEncoder) entities(list []Entity) {
	columns := e.take(entityFields)
	structs(columns, len(list))
	for i := range list {
		list[i].write(columns)
	}
}

// write adds e to its columns.
func (e *Entity) write(columns []column) {
	columns[0].text(e.Text)
	columns[1].text(e.Label)
	columns[2].int32(e.StartChar)
	columns[3].int32(e.EndChar)
	columns[4].optionalText(e.Name)
	columns[5].optionalText(e.EntityID)
	columns[6].optionalText(e.ExternalID)
	columns[7].optionalText(e.Title)
	columns[8].optionalText(e.Value)
	columns[9].score(float64(e.Score))
	columns[10].optionalScore(e.Sentiment)
	columns[11].optionalText(e.SentimentLabel)
}

// mentions adds the entities of s, which the table of sentences got last, a row
// each.
func (e *tableEncoder) mentions(s *Sentence) error {
	for i := range s.Entities {
		e.next = 0
		e.repeated(s.DocID)
		e.int32(s.Sentence)
		e.int32(int32(i))
		columns := e.take(entityFields)
		for k := range columns {
			columns[k].follow(len(s.Entities) - i)
		}
		if err := e.endRow(); err != nil {
			return err
		}
	}
	return nil
}

func (e *tableEncoder) document(d *Document) {
	e.text(d.DocID)
	e.text(d.Path)
	e.text(d.SHA256)
	e.int64(d.Size)
	e.text(d.Encoding)
	e.optionalText(d.Title)
	e.optionalText(d.Byline)
	e.optionalText(d.Dateline)
	e.optionalInt32(d.Published)
	e.optionalText(d.Outlet)
	e.optionalText(d.URL)
	e.optionalText(d.Language)
	e.text(d.Text)
	e.int32(d.NChars)
	e.int32(d.NBlocks)
	e.int32(d.NRemoved)
	e.int32(d.NSentences)
	e.int32(d.NTokens)
	e.int32(d.NEntities)
	e.optionalScore(d.Sentiment)
	e.mainEntities(d.MainEntities)
	e.texts(d.Flags)
	e.int32s(d.FlagCounts)
}

func (e *tableEncoder) mainEntities(list []MainEntity) {
	columns := e.take(mainEntityFields)
	structs(columns, len(list))
	for i := range list {
		m := &list[i]
		columns[0].text(m.Name)
		columns[1].text(m.Label)
		columns[2].optionalText(m.EntityID)
		columns[3].int32(m.Mentions)
		columns[4].optionalScore(m.Sentiment)
	}
}

func (e *tableEncoder) removed(r *Removed) {
	e.repeated(r.DocID)
	e.int32(r.Block)
	e.text(r.Text)
	e.int32(r.StartChar)
	e.int32(r.EndChar)
	e.int64(r.SourceStart)
	e.int64(r.SourceEnd)
	e.text(r.Role)
	e.text(r.Reason)
	e.score(float64(r.Score))
}

func (e *tableEncoder) quarantined(q *Quarantined) {
	e.text(q.DocID)
	e.text(q.Path)
	e.text(q.PathHex)
	e.optionalText(q.SHA256)
	e.int64(q.Size)
	e.text(q.Reason)
	e.text(q.Detail)
	e.optionalInt64(q.ByteOffset)
}

// Round rounds a score to four decimals, as all scores in the dataset are, and
// turns -0 into 0. More digits would be noise, and would defeat the
// dictionaries that keep these columns small.
func Round(x float64) float64 { return math.Round(x*scoreUnits)/scoreUnits + 0 }
