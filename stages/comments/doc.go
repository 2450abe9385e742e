// Package comments says what each part of a page is: the article, or the
// readers' comments and the site's furniture around it.
//
// Mark divides the cleaned text into blocks, one for each line, and gives each
// a role, a reason and a score. Nothing is cut: blocks that are not article
// text become rows of the removed table. The text
//
//	Council keeps the old bridge
//
//	By Dana Whitcombe | March 3, 2019
//
//	The council voted on Tuesday to keep the bridge open.
//
//	Marlow says:
//	March 3, 2019 at 4:15 pm
//	It will not hold, and you know it.
//
//	Comments are closed.
//
// becomes the blocks
//
//	headline      layout:headline       Council keeps the old bridge
//	byline        layout:byline         By Dana Whitcombe | March 3, 2019
//	body          layout:paragraph      The council voted on Tuesday ...
//	comment       thread:header         Marlow says:
//	comment       thread:header         March 3, 2019 at 4:15 pm
//	comment       thread:headed         It will not hold, and you know it.
//	comment-form  cue:comments-closed   Comments are closed.
//
// and the facts byline "Dana Whitcombe" and published "2019-03-03".
//
// # How it decides
//
// Each line is read once, for its words, its marks, its place and its frame
// (page.go, head.go, when.go). Then, in this order:
//
// A thread of comments is looked for. It is a suffix of the page, so there is
// one question: at which line does it begin? Headers such as "Jane on March 3
// at 4:15 pm" count for a thread by what they consist of and by how many of
// their kin the page has; the text between them counts for or against it by
// its register: words that readers write more than newsrooms do (register.tsv,
// see MODEL.md), exclamation marks, small letters, smileys. The line behind
// which the sum is greatest is the change point; a sum below a threshold is no
// thread. The start then moves from the first header to the first line that
// belongs to it: a name above, or the text above when headers stand below
// their comments (thread.go). Where there are no headers, numbers that begin
// again for the replies or bare names above the comments may still show the
// thread (headless.go). The rules are strict on purpose: an interview, a
// letter, a timeline, a numbered list or a column in the first person is not a
// thread.
//
// Then the lexicon speaks (cues.go): phrases by which sites mark forms,
// credits, sources, appeals, links, buttons, menus, rights and advertising,
// each with a limit of words or a second phrase where sentences begin alike.
// "Read more: ..." is a link, "Read more books, he said." is not. A count of
// comments without comments below it is a menu's.
//
// Then layout. The head of the article (opening.go) ends at the first line that
// is no part of it: name of a section, headline, dek, byline, date line, or a
// picture's caption, in any order below the headline. The headline is the first
// line that is short and not a plain sentence, or the first line when the record
// gave a title. A dek is a line set off from the text, or one above the byline.
// A bare name is the author's when it is written as people's names are, the
// article does not speak of its bearer, and the first name is a common one or a
// note about the author ends the article. Front matter of Markdown is read too.
// The tail (closing.go) has who the author is, who helped, and when the article
// was changed. Between them (layout.go) lists, crossheads, lines that introduce
// a quotation, headlines below "Related stories" and links in capitals are told
// by their shape; and what is left is body. Dates that recur above paragraphs
// are crossheads, and so are names of networks that stand apart; buttons stand
// together.
//
// Facts come from the same lines (meta.go). What the record gave wins. The
// author is named in the byline, else in the note about him or her. A date
// of publication needs a day, a month and a year and must be in the calendar;
// "Tuesday" or "3 hours ago" never makes one, and the day of an update stands in
// only where no other is given. The outlet is who gave permission, else the
// holder of the rights, else the agency that signs the dateline.
//
// # How well
//
// make eval DATA=../shared/data scores it on comments/dragnet-dev.jsonl, 960
// web pages of 2012, 293 of them with comments. No weight was trained on them,
// but the weights were set by hand while reading them, so expect a little less
// on others. Words of comments: precision 99.5, recall 99.0, F1 99.3. Article
// words lost to the comment roles: 0.4 %. Cut at exactly the first comment: 239
// of 293. Clean pages harmed: 3 of 667, and on all three the gold counts real
// comments as article.
//
// On the 17,022 articles of articles/politics-2012-2020.jsonl.gz, which have
// no comments, no line is marked as a comment. Without their titles as a field,
// the headline is found as given for 99.3 %; without the titles at all, one
// article in twenty has its first sentence taken for the headline. Of 130
// removed lines read at random one belonged to the article. Where the text says
// who wrote it, from where, when and for whom, it finds bylines in 896 articles,
// datelines in 1,949, dates in 25 and outlets in 3,503 (most articles say none of
// this); of 140 bylines and datelines read at random one was doubtful. It reads
// about 200 MB of text a second on one core.
//
// # What it gets wrong
//
// A thread of one or two comments without any header is taken for the article.
// Below a comment's text, a header shows where the comment ends; where the
// first one begins is then told by register alone, and wrong on one page in
// five of that kind. A headline that is several sentences long may be taken
// for body. A dek that is a sentence, with neither byline nor space below it, is kept as
// body. A bare byline with a rare first name is kept as body or crosshead unless
// the article ends with a note about its author. Crossheads of eight or more
// words in capitals are taken for links. Related headlines without a label are
// kept as crossheads or body.
package comments
