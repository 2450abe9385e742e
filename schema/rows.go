package schema

import "iter"

// A Sentence is one row of the sentences table.
type Sentence struct {
	DocID          string
	Sentence       int32 // counts from 0 in the document
	Paragraph      int32 // counts article blocks from 0
	Role           string
	Text           string
	StartChar      int32 // code points into documents.text
	EndChar        int32
	SourceStart    int64 // bytes in the source file
	SourceEnd      int64
	Title          string  // "" is NULL
	Published      *int32  // days since 1970-01-01; nil is NULL
	Tokens         []int32 // indices into Rows.Types
	TokenStart     []int32 // code points into Text; a token ends at its start plus its length
	Entities       []Entity
	NTokens        int32
	NEntities      int32
	Sentiment      float64
	SentimentLabel string
	Positive       float64
	Negative       float64
	Neutral        float64
	Quoted         float64 // share of the words inside quotation marks
	Flags          []string
}

// An Entity is one element of sentences.entities.
type Entity struct {
	Text           string
	Label          string
	StartChar      int32 // code points into the sentence's text
	EndChar        int32
	Name           string // "" is NULL, here and below
	EntityID       string
	ExternalID     string
	Title          string
	Value          string
	Score          float32
	Sentiment      *float64 // toward this mention; nil is NULL
	SentimentLabel string
}

// A Mention is one row of the entities table: an Entity with its place. It is
// made from its sentence's.
type Mention struct {
	DocID    string
	Sentence int32
	Mention  int32 // counts from 0 in the sentence
	Entity         // spans count code points into the sentence's text
}

// A Document is one row of the documents table.
type Document struct {
	DocID        string
	Path         string // below the input folder; a record's path is its file's
	SHA256       string // of the bytes the document was made from, hexadecimal
	Size         int64  // bytes the document was made from
	Encoding     string
	Title        string // "" is NULL, here and below
	Byline       string
	Dateline     string
	Published    *int32
	Outlet       string
	URL          string
	Language     string
	Text         string // cleaned, whole: article and what was removed
	NChars       int32  // code points of Text
	NBlocks      int32
	NRemoved     int32 // rows in removed
	NSentences   int32
	NTokens      int32
	NEntities    int32
	Sentiment    *float64 // mean over the sentences; nil without any
	MainEntities []MainEntity
	Flags        []string // sorted
	FlagCounts   []int32  // as many as Flags
}

// A MainEntity is one element of documents.main_entities.
type MainEntity struct {
	Name      string
	Label     string
	EntityID  string // "" is NULL
	Mentions  int32
	Sentiment *float64 // mean over the mentions; nil is NULL
}

// A Removed is one row of the removed table: text that is not the article.
type Removed struct {
	DocID       string
	Block       int32 // counts all blocks of the document from 0
	Text        string
	StartChar   int32 // code points into documents.text
	EndChar     int32
	SourceStart int64
	SourceEnd   int64
	Role        string
	Reason      string // the rule or model that spoke
	Score       float32
}

// A Quarantined is one row of the quarantine table: a file or record that is
// not in the dataset, and why.
type Quarantined struct {
	DocID      string // the id it would have had
	Path       string // with invalid UTF-8 replaced; PathHex is exact
	PathHex    string
	SHA256     string // "" is NULL: the bytes could not be read whole
	Size       int64
	Reason     string // a code of the table Reasons in package pipeline
	Detail     string
	ByteOffset *int64 // where in the file the trouble begins; nil when it has no place
}

// Rows holds rows of all tables; those of entities in the sentences. Rows of one
// document follow each other, and documents stand in doc_id order.
type Rows struct {
	Sentences   []Sentence
	Types       []string // the tokens of Sentences, each once or more often
	Documents   []Document
	Removed     []Removed
	Quarantined []Quarantined
}

// Mentions returns the rows of the entities table, in order.
func (r *Rows) Mentions() iter.Seq[Mention] {
	return func(yield func(Mention) bool) {
		for i := range r.Sentences {
			s := &r.Sentences[i]
			for k, e := range s.Entities {
				if !yield(Mention{s.DocID, s.Sentence, int32(k), e}) {
					return
				}
			}
		}
	}
}
