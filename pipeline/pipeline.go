package pipeline

import (
	"pressrow/stages"
	"pressrow/stages/clean"
	"pressrow/stages/comments"
	"pressrow/stages/entities"
	"pressrow/stages/sentences"
	"pressrow/stages/sentiment"
	"pressrow/stages/tokens"
)

// Stages is the whole of what happens to a document, in order. To add a
// stage, write func(*stages.Document) error in a package of its own and add a
// line here.
var Stages = []Stage{
	{"clean", 1, "decode the bytes, repair and tidy the text", clean.Text},
	{"comments", 1, "give each block a role; mark comments, forms and credits", comments.Mark},
	{"sentences", 1, "split article blocks into sentences", sentences.Split},
	{"tokens", 1, "split sentences into words", tokens.Split},
	{"entities", 1, "tag people, places, bodies, dates and numbers", entities.Tag},
	{"sentiment", 1, "score each sentence", sentiment.Score},
}

// A Stage is one step on a document's way.
type Stage struct {
	Name    string
	Version int    // raised whenever the stage's output changes
	Doc     string // what it does, in a line
	Run     func(*stages.Document) error
}
