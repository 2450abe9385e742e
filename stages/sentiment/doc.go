// Package sentiment scores how favourable each sentence is, and toward whom.
//
//	in:  The mayor of [Harrow Falls] called the new bridge a wonderful gift , but engineers fear a costly failure .
//	out: Sentiment -0.30, Tone negative, and of the words that Explain lists:
//	     wonderful +0.16, gift +0.08 (before but), fear -0.21, costly -0.14, failure -0.21 (after but)
//
// # How a sentence is scored
//
// Every word has a valence, learned from sentences that people rated and from
// three published lexicons (words.tsv, MODEL.md). What stands around it changes
// the valence by a learned factor: negation ("not good"), degree ("very",
// "somewhat"), a condition or possibility ("if", "would"), a concession
// ("although"), a "but" before or behind it, a comparison, reported speech,
// quotation marks, a question. Words inside a name that stage entities has
// found carry no tone: neither Grace Savage nor the Liberty Party is anything
// but a name. The sum is brought to -1 to 1 (type Shape), so that long
// sentences do not read as extreme for being long. Explain gives each word's
// part; the parts add up to the score.
//
// Tone is positive from 0.2 and negative from -0.2 on. Positive, Negative and
// Neutral are shares of the words: how much of the sentence is favourable,
// unfavourable or neither, a faintly toned word counting in part.
//
// # What the score means
//
// It estimates how favourable or unfavourable readers find the sentence, read
// alone. It is neither the writer's opinion nor a judgement of truth or
// importance. The scale is relative: 0.4 is more favourable than 0.2, not twice
// as good. Single sentences are often wrong; means over dozens of them are
// steady. Compare like with like: a mean over news of crime is lower than one
// over news of sport whatever the paper thinks of either.
//
// Words for events are scored by how readers feel about the event, for that is
// what raters did: "died", "attack" and "war" are unfavourable, "victory" and
// "rescue" favourable. A sober report of a disaster therefore scores below 0
// without any bias of the writer. To study how something is written about
// rather than what happened, compare texts on the same events, use the
// sentiment toward a name, or look at Explain for the words that spoke.
// Names of people, parties and places and words for groups of people ("women",
// "immigrants", "conservatives") have no valence of their own.
//
// # Toward a mention
//
// Toward asks how the sentence lets one mention appear. It weighs the words by
// where they stand around the mention, pairs of neighbouring words, and where
// the tone of the sentence lies: on which side, in which clause, across
// another name, inside a quotation that the mention utters. The score is the
// probability of favourable less that of unfavourable.
//
// # How well
//
// Measured by go run ./stages/sentiment/train -score, and on the development
// sets by go run ./pipeline/eval, which runs stages tokens and entities first:
//
//	measure                                              this    VADER
//	NYT editorials, Pearson, ten folds by article        .616    .502
//	NYT editorials, macro F1 of the tone                 58.8    52.7
//	NewsMTSC development, real-world, macro F1           74.1    50.8
//	NewsMTSC development, several mentions, macro F1     70.9    52.8
//	SEntFiN headlines, a tenth held out, macro F1        81.7    51.1
//
// VADER's scores are those of vaderSentiment 3.3.2 on the whole sentence, cut
// at 0.05, over all of each set (make eval-vader). The NewsMTSC rows are eval's.
// They have been looked at while choosing features, so expect a little less on
// sentences from elsewhere; and a transformer reaches 83 there. What eval
// prints for nyt-editorials and sentfin of the development data is no test of
// this package: it was trained on them.
//
// How scores and people's ratings (divided by four) go together, on articles
// not trained on:
//
//	score           sentences   mean rating   same tone
//	-0.8 to -0.6            3         -0.48        100%
//	-0.6 to -0.4          136         -0.30         76%
//	-0.4 to -0.2          748         -0.21         58%
//	-0.2 to  0.0         1420         -0.06         69%
//	 0.0 to  0.2         1206          0.05         70%
//	 0.2 to  0.4          354          0.20         55%
//	 0.4 to  0.6           30          0.38         87%
//
// Speed on one core of the machine it was written on, shared with others, for
// sentences of 35 tokens: 100 million tokens a second for Score without names, 31
// million with one name a sentence (go test -bench .); 16 million among the other
// stages, with which it shares the cache (BenchmarkStages in pipeline). Further
// names cost little: what a sentence weighs is added up once for all of them.
//
// # What it gets wrong
//
// Irony and understatement; praise or blame told by facts alone ("the dam held",
// "he has not paid since May"); what depends on who the reader is; words whose
// sense shifts with the field ("cut", "liberal", "shares"); negation that
// reaches beyond six words or a comma. Toward confuses the parties of a quarrel
// when several names stand close together, and takes the reported opinion of a
// speaker for the tone of the sentence. The model is made for English news
// prose; on posts full of emoticons a tool for posts does better.
//
// Lexicon, Reader and Observer are exported for the trainer, which must see
// sentences as the stage does; others need Score, Explain and Toward.
package sentiment
