package comments

import (
	"bytes"
	"encoding/binary"
	"sort"
	"strings"
	"unicode"

	"pressrow/stages"
)

// how a cue must stand in a line.
type how uint8

const (
	whole  how = iota // the line is the cue, but for case, bullets and closing punctuation
	starts            // the line begins with the cue, at a word's end
	has               // the cue stands in the line at word boundaries
	ends              // the line ends with the cue, but for closing punctuation; a quotation does not
	bare              // the line ends with the cue and no punctuation
	opener            // starts, and a thread of comments may follow
	button            // starts, and a thread may follow, but seldom does without headers
	maybe             // an opener that is one only where a thread does follow
	closer            // starts, and no thread goes beyond it
)

// A cue is a phrase by which sites mark what is not the article.
type cue struct {
	how    how
	text   string // lower case, straight quotes, single spaces; # stands for a number
	role   stages.Role
	reason string
	words  int    // the most words a line may have; 0 for any number
	and    string // must stand in the line too, "" for nothing
	own    int32  // words of text; set from it
}

// cues is the lexicon. A phrase that news sentences also begin with carries
// its colon, a limit of words, or a second phrase.
var cues = []cue{
	// Threads of comments: what opens them and what ends them.
	{opener, "# comments", stages.Comment, "cue:comments-opener", 8, "", 0},
	{opener, "# comment", stages.Comment, "cue:comments-opener", 6, "", 0},
	{opener, "comments", stages.Comment, "cue:comments-opener", 1, "", 0},
	{opener, "comments (#)", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "comments #", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "comment (#)", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "comments:", stages.Comment, "cue:comments-opener", 3, "", 0},
	{opener, "all comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "total comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "# thoughts on", stages.Comment, "cue:comments-opener", 30, "", 0},
	{opener, "# thought on", stages.Comment, "cue:comments-opener", 30, "", 0},
	{opener, "one thought on", stages.Comment, "cue:comments-opener", 30, "", 0},
	{opener, "# responses to", stages.Comment, "cue:comments-opener", 30, "", 0},
	{opener, "# response to", stages.Comment, "cue:comments-opener", 30, "", 0},
	{opener, "one response to", stages.Comment, "cue:comments-opener", 30, "", 0},
	{opener, "# replies to", stages.Comment, "cue:comments-opener", 30, "", 0},
	{maybe, "# responses", stages.Comment, "cue:comments-opener", 4, "", 0},
	{maybe, "# replies", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "# comments on", stages.Comment, "cue:comments-opener", 30, "", 0},
	{opener, "comments on", stages.Comment, "cue:comments-opener", 5, "this", 0},
	{opener, "reader comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "readers' comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{opener, "user comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{maybe, "your comments", stages.Comment, "cue:comments-opener", 3, "", 0},
	{opener, "latest comments", stages.Comment, "cue:comments-opener", 3, "", 0},
	{maybe, "discussion", stages.Comment, "cue:comments-opener", 1, "", 0},
	{button, "join the discussion", stages.Comment, "cue:comments-opener", 5, "", 0},
	{button, "join the conversation", stages.Comment, "cue:comments-opener", 5, "", 0},
	{button, "view comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "view all comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "view # comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "show comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "hide comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "read comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "see all comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "load more comments", stages.Comment, "cue:comments-opener", 4, "", 0},
	{button, "leave a reply", stages.CommentForm, "form:leave-a-reply", 6, "", 0},
	{button, "leave a comment", stages.CommentForm, "form:leave-a-comment", 3, "", 0},
	{button, "post a comment", stages.CommentForm, "form:leave-a-comment", 3, "", 0},
	{button, "add a comment", stages.CommentForm, "form:leave-a-comment", 3, "", 0},
	{button, "add comment", stages.CommentForm, "form:leave-a-comment", 2, "", 0},
	{button, "have your say", stages.CommentForm, "form:leave-a-comment", 3, "", 0},
	{button, "write a comment", stages.CommentForm, "form:leave-a-comment", 3, "", 0},
	{button, "sort by newest", stages.CommentForm, "form:sort", 8, "", 0},
	{button, "sort by oldest", stages.CommentForm, "form:sort", 8, "", 0},
	{button, "sort by best", stages.CommentForm, "form:sort", 8, "", 0},
	{button, "sort by:", stages.CommentForm, "form:sort", 8, "", 0},
	{opener, "trackbacks", stages.Comment, "cue:trackbacks", 3, "", 0},
	{opener, "pingbacks", stages.Comment, "cue:trackbacks", 3, "", 0},
	{closer, "comments are closed", stages.CommentForm, "cue:comments-closed", 8, "", 0},
	{closer, "comments are now closed", stages.CommentForm, "cue:comments-closed", 8, "", 0},
	{closer, "comments closed", stages.CommentForm, "cue:comments-closed", 4, "", 0},
	{closer, "comments have been closed", stages.CommentForm, "cue:comments-closed", 10, "", 0},
	{closer, "comments for this", stages.CommentForm, "cue:comments-closed", 12, "closed", 0},
	{closer, "comments on this", stages.CommentForm, "cue:comments-closed", 12, "closed", 0},
	{closer, "commenting is closed", stages.CommentForm, "cue:comments-closed", 8, "", 0},
	{closer, "commenting is disabled", stages.CommentForm, "cue:comments-closed", 10, "", 0},
	{closer, "comments are disabled", stages.CommentForm, "cue:comments-closed", 10, "", 0},
	{closer, "comments are off", stages.CommentForm, "cue:comments-closed", 8, "", 0},
	{closer, "the comments to this entry are closed", stages.CommentForm, "cue:comments-closed", 14, "", 0},
	{closer, "the comments section is closed", stages.CommentForm, "cue:comments-closed", 12, "", 0},
	{closer, "comments for this thread are", stages.CommentForm, "cue:comments-closed", 10, "", 0},
	{closer, "this discussion has been", stages.CommentForm, "cue:comments-closed", 10, "", 0},
	{closer, "this thread is closed", stages.CommentForm, "cue:comments-closed", 8, "", 0},
	{closer, "this thread has been", stages.CommentForm, "cue:comments-closed", 8, "", 0},
	{closer, "view the discussion thread", stages.CommentForm, "cue:comments-closed", 6, "", 0},
	{closer, "please enable javascript to view the comments", stages.CommentForm, "form:enable-javascript", 0, "", 0},
	{closer, "comments powered by", stages.CommentForm, "form:powered-by", 6, "", 0},
	{closer, "powered by facebook comments", stages.CommentForm, "form:powered-by", 6, "", 0},
	{closer, "powered by disqus", stages.CommentForm, "form:powered-by", 4, "", 0},
	{closer, "blog comments powered by", stages.CommentForm, "form:powered-by", 6, "", 0},
	{closer, "facebook comments plugin", stages.CommentForm, "form:powered-by", 4, "", 0},
	{closer, "comments comments", stages.CommentForm, "form:powered-by", 2, "", 0},

	{starts, "tracked on", stages.Related, "related:trackback", 14, "#", 0},
	{has, "[read more]", stages.Related, "related:trackback", 80, "", 0},

	// The form below a thread.
	{starts, "please enter your comment", stages.CommentForm, "form:enter-comment", 6, "", 0},
	{starts, "please enter your name", stages.CommentForm, "form:enter-name", 6, "", 0},
	{starts, "please enter your email", stages.CommentForm, "form:enter-email", 10, "", 0},
	{starts, "you have entered an incorrect email address", stages.CommentForm, "form:enter-email", 10, "", 0},
	{starts, "your email address will not be published", stages.CommentForm, "form:email-not-published", 0, "", 0},
	{starts, "your email will not be published", stages.CommentForm, "form:email-not-published", 0, "", 0},
	{starts, "your e-mail address will not be published", stages.CommentForm, "form:email-not-published", 0, "", 0},
	{starts, "required fields are marked", stages.CommentForm, "form:required-fields", 8, "", 0},
	{starts, "save my name, email", stages.CommentForm, "form:save-my-name", 0, "", 0},
	{starts, "notify me of follow", stages.CommentForm, "form:notify-me", 20, "", 0},
	{starts, "notify me of new", stages.CommentForm, "form:notify-me", 20, "", 0},
	{starts, "notify me when", stages.CommentForm, "form:notify-me", 20, "comment", 0},
	{starts, "this site uses akismet", stages.CommentForm, "form:akismet", 0, "", 0},
	{starts, "log in to comment", stages.CommentForm, "form:log-in", 8, "", 0},
	{starts, "log in to reply", stages.CommentForm, "form:log-in", 8, "", 0},
	{starts, "log in or register to post", stages.CommentForm, "form:log-in", 12, "", 0},
	{starts, "login to comment", stages.CommentForm, "form:log-in", 8, "", 0},
	{starts, "sign in to comment", stages.CommentForm, "form:log-in", 8, "", 0},
	{starts, "sign in to join", stages.CommentForm, "form:log-in", 12, "", 0},
	{starts, "you must be logged in to", stages.CommentForm, "form:log-in", 15, "", 0},
	{starts, "you must log in to", stages.CommentForm, "form:log-in", 15, "comment", 0},
	{starts, "you need to be logged in to", stages.CommentForm, "form:log-in", 15, "", 0},
	{starts, "be the first to comment", stages.CommentForm, "form:be-the-first", 10, "", 0},
	{starts, "no comments yet", stages.CommentForm, "form:be-the-first", 10, "", 0},
	{whole, "no comments", stages.CommentForm, "form:be-the-first", 2, "", 0},
	{whole, "cancel reply", stages.CommentForm, "form:buttons", 3, "", 0},
	{whole, "post comment", stages.CommentForm, "form:buttons", 3, "", 0},
	{whole, "submit comment", stages.CommentForm, "form:buttons", 3, "", 0},
	{whole, "submit", stages.CommentForm, "form:buttons", 1, "", 0},
	{whole, "name * email * website", stages.CommentForm, "form:fields", 6, "", 0},
	{starts, "name *", stages.CommentForm, "form:fields", 1, "", 0},
	{starts, "email *", stages.CommentForm, "form:fields", 1, "", 0},
	{starts, "comment *", stages.CommentForm, "form:fields", 1, "", 0},
	{whole, "website", stages.CommentForm, "form:fields", 1, "", 0},
	{starts, "you may use these html tags", stages.CommentForm, "form:html-tags", 0, "", 0},
	{starts, "comments must be", stages.CommentForm, "form:policy", 60, "", 0},
	{starts, "comments are moderated", stages.CommentForm, "form:policy", 60, "", 0},
	{starts, "comments are subject to", stages.CommentForm, "form:policy", 60, "", 0},
	{starts, "comments that are abusive", stages.CommentForm, "form:policy", 60, "", 0},
	{starts, "we welcome your comments", stages.CommentForm, "form:policy", 80, "", 0},
	{starts, "please read our comment policy", stages.CommentForm, "form:policy", 40, "", 0},
	{starts, "comment policy", stages.CommentForm, "form:policy", 40, "", 0},
	{starts, "commenting policy", stages.CommentForm, "form:policy", 40, "", 0},
	{starts, "we reserve the right to", stages.CommentForm, "form:policy", 60, "comment", 0},
	{starts, "please keep comments", stages.CommentForm, "form:policy", 40, "", 0},
	{starts, "comments should be", stages.CommentForm, "form:policy", 40, "", 0},
	{starts, "comments will be", stages.CommentForm, "form:policy", 40, "moderat", 0},

	// Advertising.
	{starts, "advertisement - ", stages.Ad, "ad:marker", 8, "", 0},
	{whole, "advertisement", stages.Ad, "ad:marker", 2, "", 0},
	{whole, "advertisement advertisement", stages.Ad, "ad:marker", 2, "", 0},
	{whole, "advertisements", stages.Ad, "ad:marker", 1, "", 0},
	{whole, "advertising", stages.Ad, "ad:marker", 1, "", 0},
	{starts, "advertisement continue reading", stages.Ad, "ad:marker", 8, "", 0},
	{starts, "advertisement story continues", stages.Ad, "ad:marker", 8, "", 0},
	{whole, "ad", stages.Ad, "ad:marker", 1, "", 0},
	{whole, "ads", stages.Ad, "ad:marker", 1, "", 0},
	{whole, "sponsored", stages.Ad, "ad:sponsored", 2, "", 0},
	{whole, "sponsored content", stages.Ad, "ad:sponsored", 3, "", 0},
	{whole, "paid content", stages.Ad, "ad:sponsored", 3, "", 0},
	{whole, "paid post", stages.Ad, "ad:sponsored", 3, "", 0},
	{whole, "promoted", stages.Ad, "ad:sponsored", 1, "", 0},
	{whole, "scroll to continue", stages.Ad, "ad:continues", 5, "", 0},
	{starts, "scroll to continue with", stages.Ad, "ad:continues", 6, "", 0},
	{starts, "story continued below", stages.Ad, "ad:continues", 6, "", 0},
	{starts, "story continues below", stages.Ad, "ad:continues", 6, "", 0},
	{whole, "story continues", stages.Ad, "ad:continues", 3, "", 0},
	{starts, "article continues below", stages.Ad, "ad:continues", 6, "", 0},
	{starts, "article continues after", stages.Ad, "ad:continues", 6, "", 0},
	{starts, "continue reading below", stages.Ad, "ad:continues", 6, "", 0},
	{starts, "continue reading the main story", stages.Ad, "ad:continues", 8, "", 0},
	{whole, "continue reading", stages.Ad, "ad:continues", 3, "", 0},
	{starts, "skip advertisement", stages.Ad, "ad:marker", 3, "", 0},

	// Rights.
	{starts, "copyright ©", stages.Legal, "legal:copyright", 60, "", 0},
	{starts, "copyright (c)", stages.Legal, "legal:copyright", 60, "", 0},
	{starts, "copyright #", stages.Legal, "legal:copyright", 60, "", 0},
	{starts, "© #", stages.Legal, "legal:copyright", 60, "", 0},
	{starts, "(c) #", stages.Legal, "legal:copyright", 60, "", 0},
	{starts, "© copyright", stages.Legal, "legal:copyright", 60, "", 0},
	{starts, "©", stages.Legal, "legal:copyright", 20, "", 0},
	{has, "all rights reserved", stages.Legal, "legal:copyright", 80, "", 0},
	{has, "this material may not be published, broadcast, rewritten", stages.Legal, "legal:copyright", 80, "", 0},
	{starts, "terms of use", stages.Legal, "legal:terms", 6, "", 0},
	{starts, "terms of service", stages.Legal, "legal:terms", 6, "", 0},
	{starts, "privacy policy", stages.Legal, "legal:terms", 6, "", 0},
	{starts, "cookie policy", stages.Legal, "legal:cookies", 6, "", 0},
	{starts, "we use cookies", stages.Legal, "legal:cookies", 0, "", 0},
	{starts, "this site uses cookies", stages.Legal, "legal:cookies", 0, "", 0},
	{starts, "this website uses cookies", stages.Legal, "legal:cookies", 0, "", 0},
	{starts, "by continuing to use this site", stages.Legal, "legal:cookies", 0, "", 0},
	{starts, "do not sell my", stages.Legal, "legal:terms", 8, "", 0},
	{starts, "this site is protected by recaptcha", stages.Legal, "legal:terms", 0, "", 0},
	{starts, "please enable javascript", stages.Legal, "legal:javascript", 20, "", 0},
	{starts, "you need to enable javascript", stages.Legal, "legal:javascript", 20, "", 0},
	{starts, "the opinions expressed by columnists", stages.Legal, "legal:disclaimer", 40, "", 0},
	{starts, "the views expressed by contributors", stages.Legal, "legal:disclaimer", 40, "", 0},
	{starts, "the views expressed in this", stages.Legal, "legal:disclaimer", 40, "", 0},
	{starts, "the views and opinions expressed in this", stages.Legal, "legal:disclaimer", 40, "", 0},
	{starts, "the opinions expressed in this", stages.Legal, "legal:disclaimer", 40, "", 0},
	{starts, "views expressed in this", stages.Legal, "legal:disclaimer", 40, "", 0},
	{starts, "opinions expressed in this", stages.Legal, "legal:disclaimer", 40, "", 0},
	{starts, "the views expressed here", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the views expressed here", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the views expressed here", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the views expressed here", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the views expressed here", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the views expressed are", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the views expressed are", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the views expressed are", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the views expressed are", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the views expressed are", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the views expressed by", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the views expressed by", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the views expressed by", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the views expressed by", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the views expressed by", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the opinions expressed here", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the opinions expressed here", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the opinions expressed here", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the opinions expressed here", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the opinions expressed here", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the opinions expressed are", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the opinions expressed are", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the opinions expressed are", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the opinions expressed are", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the opinions expressed are", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the opinions expressed by", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the opinions expressed by", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the opinions expressed by", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the opinions expressed by", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the opinions expressed by", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the views and opinions expressed here", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the views and opinions expressed here", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the views and opinions expressed here", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the views and opinions expressed here", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the views and opinions expressed here", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the views and opinions expressed are", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the views and opinions expressed are", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the views and opinions expressed are", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the views and opinions expressed are", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the views and opinions expressed are", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "the views and opinions expressed by", stages.Legal, "legal:disclaimer", 60, "own", 0},
	{starts, "the views and opinions expressed by", stages.Legal, "legal:disclaimer", 60, "author", 0},
	{starts, "the views and opinions expressed by", stages.Legal, "legal:disclaimer", 60, "writer", 0},
	{starts, "the views and opinions expressed by", stages.Legal, "legal:disclaimer", 60, "necessarily", 0},
	{starts, "the views and opinions expressed by", stages.Legal, "legal:disclaimer", 60, "those of", 0},
	{starts, "this is an opinion piece", stages.Legal, "legal:disclaimer", 40, "views", 0},
	{starts, "opinions expressed are", stages.Legal, "legal:disclaimer", 40, "own", 0},
	{starts, "views expressed are", stages.Legal, "legal:disclaimer", 40, "own", 0},
	{starts, "opinions expressed here", stages.Legal, "legal:disclaimer", 40, "", 0},
	{has, "not investment advice", stages.Legal, "legal:disclaimer", 60, "", 0},
	{has, "not constitute investment advice", stages.Legal, "legal:disclaimer", 60, "", 0},
	{has, "not be taken as investment advice", stages.Legal, "legal:disclaimer", 80, "", 0},
	{has, "not constitute financial advice", stages.Legal, "legal:disclaimer", 60, "", 0},
	{has, "not financial advice", stages.Legal, "legal:disclaimer", 40, "", 0},
	{has, "not a substitute for professional medical advice", stages.Legal, "legal:disclaimer", 60, "", 0},
	{has, "not legal advice", stages.Legal, "legal:disclaimer", 25, "information", 0},
	{has, "for informational purposes only", stages.Legal, "legal:disclaimer", 40, "", 0},
	{has, "may earn a commission", stages.Legal, "legal:affiliate", 60, "", 0},
	{has, "may receive a commission", stages.Legal, "legal:affiliate", 60, "", 0},
	{has, "as an amazon associate", stages.Legal, "legal:affiliate", 40, "", 0},
	{has, "contains affiliate links", stages.Legal, "legal:affiliate", 40, "", 0},
	{has, "creative commons", stages.Legal, "legal:license", 40, "license", 0},
	{starts, "licensed under", stages.Legal, "legal:license", 25, "", 0},
	{starts, "this content is not available in your", stages.Legal, "legal:region", 20, "", 0},
	{starts, "this video is not available in your", stages.Legal, "legal:region", 20, "", 0},
	{starts, "this site is not available in your", stages.Legal, "legal:region", 20, "", 0},
	{has, "attempting to access this website from a country", stages.Legal, "legal:region", 60, "", 0},
	{starts, "we have detected that you are using an ad blocker", stages.Legal, "legal:ad-blocker", 30, "", 0},
	{starts, "it looks like you are using an ad blocker", stages.Legal, "legal:ad-blocker", 30, "", 0},
	{starts, "ad blocker detected", stages.Legal, "legal:ad-blocker", 20, "", 0},
	{starts, "please disable your ad blocker", stages.Legal, "legal:ad-blocker", 25, "", 0},
	{whole, "accept cookies", stages.Legal, "legal:cookies", 2, "", 0},
	{whole, "accept all", stages.Legal, "legal:cookies", 2, "", 0},
	{whole, "accept all cookies", stages.Legal, "legal:cookies", 3, "", 0},
	{whole, "manage cookies", stages.Legal, "legal:cookies", 2, "", 0},
	{whole, "cookie settings", stages.Legal, "legal:cookies", 2, "", 0},
	{whole, "reject all", stages.Legal, "legal:cookies", 2, "", 0},
	{whole, "accept", stages.Legal, "legal:cookies", 1, "", 0},
	{starts, "this is a rush transcript", stages.Legal, "legal:disclaimer", 30, "", 0},
	{starts, "npr transcripts are created on a rush deadline", stages.Legal, "legal:disclaimer", 0, "", 0},
	{starts, "this content is available without charge", stages.Legal, "legal:reprint", 0, "", 0},
	{starts, "content created by", stages.Legal, "legal:reprint", 80, "available without charge", 0},
	{starts, "click here for reprint permission", stages.Legal, "legal:reprint", 8, "", 0},

	// Where the text comes from and who may print it.
	{starts, "published with permission", stages.Credit, "credit:permission", 25, "", 0},
	{starts, "printed with permission", stages.Credit, "credit:permission", 25, "", 0},
	{starts, "reprinted with permission", stages.Credit, "credit:permission", 25, "", 0},
	{starts, "reprinted by permission", stages.Credit, "credit:permission", 25, "", 0},
	{starts, "republished with permission", stages.Credit, "credit:permission", 25, "", 0},
	{starts, "reposted with permission", stages.Credit, "credit:permission", 25, "", 0},
	{starts, "used with permission", stages.Credit, "credit:permission", 25, "", 0},
	{starts, "republished from", stages.Credit, "credit:republished", 25, "", 0},
	{starts, "reprinted from", stages.Credit, "credit:republished", 25, "", 0},
	{starts, "cross-posted from", stages.Credit, "credit:republished", 15, "", 0},
	{starts, "cross-posted at", stages.Credit, "credit:republished", 15, "", 0},
	{starts, "crossposted from", stages.Credit, "credit:republished", 15, "", 0},
	{starts, "this article originally appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this story originally appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this post originally appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this column originally appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this article first appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this story first appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this article was originally published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this story was originally published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this post was originally published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this article was first published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this column was first published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this story was first published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this interview was originally published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this essay was originally published", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "[originally published", stages.Credit, "credit:originally", 15, "", 0},
	{starts, "this article appears as", stages.Credit, "credit:originally", 40, "edition", 0},
	{starts, "appeared in the", stages.Credit, "credit:originally", 25, "print edition", 0},
	{starts, "adapted from", stages.Credit, "credit:originally", 30, "monologue", 0},
	{starts, "originally published", stages.Credit, "credit:originally", 15, "", 0},
	{starts, "originally appeared", stages.Credit, "credit:originally", 15, "", 0},
	{starts, "this article appeared in", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this article appears in", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this story appears in", stages.Credit, "credit:originally", 30, "issue", 0},
	{starts, "a version of this", stages.Credit, "credit:originally", 50, "appear", 0},
	{starts, "this essay originally appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this interview originally appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this piece originally appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this essay first appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this column first appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this post first appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this piece first appeared", stages.Credit, "credit:originally", 30, "", 0},
	{starts, "this appears in the", stages.Credit, "credit:originally", 15, "issue", 0},
	{whole, "distributed by creators.com", stages.Credit, "credit:republished", 4, "", 0},
	{starts, "first published in", stages.Credit, "credit:originally", 12, "", 0},
	{starts, "first published by", stages.Credit, "credit:originally", 12, "", 0},
	{starts, "this article is republished from", stages.Credit, "credit:republished", 40, "", 0},
	{starts, "this story is republished from", stages.Credit, "credit:republished", 40, "", 0},
	{starts, "source: http", stages.Source, "source:line", 10, "", 0},
	{starts, "source: www", stages.Source, "source:line", 10, "", 0},
	{starts, "source:", stages.Source, "source:line", 10, "", 0},
	{starts, "via:", stages.Source, "source:via", 10, "", 0},
	{starts, "h/t", stages.Source, "source:via", 10, "", 0},
	{starts, "hat tip:", stages.Source, "source:via", 12, "", 0},
	{starts, "original article:", stages.Source, "source:line", 20, "", 0},
	{starts, "original source:", stages.Source, "source:line", 20, "", 0},
	{starts, "read the full story at", stages.Source, "source:read-full", 15, "", 0},
	{starts, "read the full article at", stages.Source, "source:read-full", 15, "", 0},
	{starts, "read the original article", stages.Source, "source:read-full", 15, "", 0},
	{starts, "read more at", stages.Source, "source:read-full", 20, "http", 0},
	{starts, "link:", stages.Source, "source:link", 12, "http", 0},

	// Who else worked on it.
	{has, "contributed to this report", stages.Credit, "credit:contributors", 40, "", 0},
	{has, "contributed to this story", stages.Credit, "credit:contributors", 40, "", 0},
	{has, "contributed to this article", stages.Credit, "credit:contributors", 40, "", 0},
	{has, "contributed reporting", stages.Credit, "credit:contributors", 30, "", 0},
	{starts, "contributing:", stages.Credit, "credit:contributors", 25, "", 0},
	{starts, "additional reporting by", stages.Credit, "credit:contributors", 30, "", 0},
	{starts, "(additional reporting by", stages.Credit, "credit:contributors", 30, "", 0},
	{starts, "(reporting by", stages.Credit, "credit:contributors", 40, "", 0},
	{starts, "reporting by", stages.Credit, "credit:contributors", 40, "editing by", 0},
	{starts, "reporting by", stages.Credit, "credit:contributors", 5, "", 0},
	{starts, "with assistance by", stages.Credit, "credit:contributors", 20, "", 0},
	{starts, "editing by", stages.Credit, "credit:contributors", 20, "", 0},
	{starts, "(editing by", stages.Credit, "credit:contributors", 20, "", 0},
	{starts, "(writing by", stages.Credit, "credit:contributors", 30, "", 0},
	{starts, "with files from", stages.Credit, "credit:contributors", 15, "", 0},
	{starts, "with reporting by", stages.Credit, "credit:contributors", 20, "", 0},
	{whole, "with post wires", stages.Credit, "credit:contributors", 4, "", 0},
	{starts, "with wire reports", stages.Credit, "credit:contributors", 4, "", 0},
	{has, "is based in part on wire service reports", stages.Credit, "credit:contributors", 15, "", 0},
	{has, "column by", stages.Credit, "credit:author", 25, "focused on", 0},
	{has, "contributed research to this", stages.Credit, "credit:contributors", 25, "", 0},
	{has, "provided research assistance", stages.Credit, "credit:contributors", 16, "", 0},
	{has, "contributed to this column", stages.Credit, "credit:contributors", 30, "", 0},
	{has, "contributed to this post", stages.Credit, "credit:contributors", 30, "", 0},
	{has, "reporting was contributed by", stages.Credit, "credit:contributors", 60, "", 0},
	{starts, "compiled by", stages.Credit, "credit:contributors", 12, "", 0},
	{starts, "compiled from", stages.Credit, "credit:contributors", 12, "wire", 0},
	{starts, "with additional reporting", stages.Credit, "credit:contributors", 30, "", 0},
	{starts, "edited by", stages.Credit, "credit:contributors", 10, "", 0},
	{starts, "staff writer", stages.Credit, "credit:contributors", 25, "contributed", 0},

	// Pictures and players.
	{starts, "image copyright", stages.Caption, "caption:label", 80, "image caption", 0},
	{starts, "image copyright", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "enlarge this image", stages.Credit, "credit:photo", 30, "", 0},
	{starts, "toggle caption", stages.Credit, "credit:photo", 20, "", 0},
	{starts, "hide caption", stages.Credit, "credit:photo", 5, "", 0},
	{starts, "photo:", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "photo by", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "photos by", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "photo credit", stages.Credit, "credit:photo", 14, "", 0},
	{starts, "photo courtesy", stages.Credit, "credit:photo", 14, "", 0},
	{starts, "photograph by", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "photographs by", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "image credit", stages.Credit, "credit:photo", 14, "", 0},
	{starts, "image via", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "image:", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "images via", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "illustration by", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "credit:", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "(ap photo", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "ap photo", stages.Credit, "credit:photo", 10, "/", 0},
	{starts, "(photo by", stages.Credit, "credit:photo", 15, "", 0},
	{starts, "(photo:", stages.Credit, "credit:photo", 15, "", 0},
	{starts, "(reuters photo", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "courtesy of", stages.Credit, "credit:photo", 8, "", 0},
	{starts, "(courtesy", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "(image:", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "(credit:", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "(illustration", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "(screenshot", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "(dreamstime", stages.Credit, "credit:photo", 8, "", 0},
	{starts, "(reuters file photo", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "(file photo", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "(pool photo", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "screenshot:", stages.Credit, "credit:photo", 12, "", 0},
	{starts, "picture:", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "video by", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "photo illustration by", stages.Credit, "credit:photo", 14, "", 0},
	{starts, "graphic by", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "graphic:", stages.Related, "related:interactive", 30, "- here", 0},
	{starts, "for a graphic", stages.Related, "related:interactive", 40, "here", 0},
	{starts, "for an interactive graphic", stages.Related, "related:interactive", 40, "here", 0},
	{starts, "graphic:", stages.Credit, "credit:photo", 8, "", 0},
	{has, "photo credit:", stages.Credit, "credit:photo", 16, "", 0},
	{starts, "image source:", stages.Credit, "credit:photo", 10, "", 0},
	{starts, "image ", stages.Caption, "caption:label", 80, " credit ", 0},
	{whole, "getty images", stages.Credit, "credit:photo", 2, "", 0},
	{whole, "getty", stages.Credit, "credit:photo", 1, "", 0},
	{whole, "(pixabay)", stages.Credit, "credit:photo", 1, "", 0},
	{whole, "photo", stages.Credit, "credit:photo", 1, "", 0},
	{starts, "image caption", stages.Caption, "caption:label", 80, "", 0},
	{starts, "file - ", stages.Caption, "caption:file", 80, "photo", 0},
	{starts, "file -- ", stages.Caption, "caption:file", 80, "photo", 0},
	{starts, "file photo", stages.Caption, "caption:file", 40, "", 0},
	{starts, "caption:", stages.Caption, "caption:label", 80, "", 0},
	{starts, "image # of #", stages.Embed, "embed:gallery", 6, "", 0},
	{starts, "next image", stages.Embed, "embed:gallery", 6, "", 0},
	{starts, "prev image", stages.Embed, "embed:gallery", 6, "", 0},
	{starts, "slideshow (# images)", stages.Embed, "embed:gallery", 3, "", 0},
	{starts, "slideshow (", stages.Embed, "embed:gallery", 3, "images", 0},
	{whole, "back to gallery", stages.Embed, "embed:gallery", 4, "", 0},
	{whole, "view gallery", stages.Embed, "embed:gallery", 3, "", 0},
	{whole, "this slideshow requires javascript", stages.Embed, "embed:gallery", 5, "", 0},
	{starts, "media playback is", stages.Embed, "embed:player", 60, "", 0},
	{starts, "media caption", stages.Caption, "caption:label", 60, "", 0},
	{whole, "play video", stages.Embed, "embed:player", 3, "", 0},
	{whole, "play", stages.Embed, "embed:player", 1, "", 0},
	{whole, "now playing", stages.Embed, "embed:player", 3, "", 0},
	{starts, "now playing: watch", stages.Embed, "embed:player", 24, "", 0},
	{starts, "just watched", stages.Embed, "embed:player", 60, "replay", 0},
	{has, "listen · #:#", stages.Embed, "embed:player", 40, "", 0},
	{has, "copy this code to your website or blog", stages.Embed, "embed:player", 40, "", 0},
	{whole, "play facebook", stages.Embed, "embed:player", 2, "", 0},
	{whole, "watch now", stages.Embed, "embed:player", 2, "", 0},
	{whole, "watch live", stages.Embed, "embed:player", 2, "", 0},
	{whole, "video", stages.Embed, "embed:player", 1, "", 0},
	{whole, "loading...", stages.Embed, "embed:loading", 1, "", 0},
	{whole, "loading", stages.Embed, "embed:loading", 1, "", 0},
	{whole, "[pullquote]", stages.Embed, "embed:placeholder", 1, "", 0},
	{whole, "[break]", stages.Embed, "embed:placeholder", 1, "", 0},
	{starts, "[embedtweet", stages.Embed, "embed:placeholder", 4, "", 0},
	{starts, "[embed", stages.Embed, "embed:placeholder", 4, "", 0},
	{whole, "embed", stages.Embed, "embed:placeholder", 1, "", 0},
	{starts, "poster=", stages.Embed, "embed:placeholder", 3, "", 0},
	{starts, "pic.twitter.com/", stages.Embed, "embed:tweet", 2, "", 0},
	{starts, "view this post on instagram", stages.Embed, "embed:post", 6, "", 0},
	{starts, "a post shared by", stages.Embed, "embed:post", 25, "(@", 0},
	{starts, "a video posted by", stages.Embed, "embed:post", 25, "(@", 0},
	{starts, "listen to article", stages.Embed, "embed:player", 20, "", 0},
	{starts, "don't see the graphic above", stages.Embed, "embed:widget", 10, "", 0},
	{starts, "can't see the", stages.Embed, "embed:widget", 10, "click", 0},
	{starts, "having trouble viewing", stages.Embed, "embed:widget", 14, "", 0},
	{starts, "click here to view", stages.Embed, "embed:widget", 12, "", 0},
	{starts, "view on", stages.Embed, "embed:post", 3, "", 0},
	{whole, "transcript", stages.Embed, "embed:player", 1, "", 0},
	{whole, "listen", stages.Embed, "embed:player", 1, "", 0},
	{whole, "listen to this article", stages.Embed, "embed:player", 4, "", 0},
	{whole, "vote now", stages.Embed, "embed:widget", 2, "", 0},
	{ends, "vote now in urgent poll", stages.Embed, "embed:widget", 30, "", 0},
	{whole, "take the quiz", stages.Embed, "embed:widget", 3, "", 0},
	{whole, "take our quiz", stages.Embed, "embed:widget", 3, "", 0},
	{whole, "take our poll", stages.Embed, "embed:widget", 3, "", 0},
	{starts, "your browser does not support", stages.Embed, "embed:player", 12, "", 0},
	{starts, "this video is unavailable", stages.Embed, "embed:player", 6, "", 0},

	{whole, "watch", stages.Embed, "embed:player", 1, "", 0},
	{starts, "[jwplayer", stages.Embed, "embed:placeholder", 12, "", 0},

	// Sharing.
	{starts, "facebook twitter pinterest", stages.Caption, "caption:label", 60, "photograph:", 0},
	{starts, "read or share this story", stages.Share, "share:buttons", 20, "", 0},
	{starts, "share this", stages.Share, "share:buttons", 5, "", 0},
	{whole, "share", stages.Share, "share:buttons", 1, "", 0},
	{whole, "tweet", stages.Share, "share:buttons", 1, "", 0},
	{whole, "pin it", stages.Share, "share:buttons", 2, "", 0},
	{whole, "email", stages.Share, "share:buttons", 1, "", 0},
	{whole, "e-mail", stages.Share, "share:buttons", 1, "", 0},
	{whole, "print", stages.Share, "share:buttons", 1, "", 0},
	{whole, "facebook", stages.Share, "share:buttons", 1, "", 0},
	{whole, "twitter", stages.Share, "share:buttons", 1, "", 0},
	{whole, "whatsapp", stages.Share, "share:buttons", 1, "", 0},
	{whole, "linkedin", stages.Share, "share:buttons", 1, "", 0},
	{whole, "pinterest", stages.Share, "share:buttons", 1, "", 0},
	{whole, "reddit", stages.Share, "share:buttons", 1, "", 0},
	{whole, "google+", stages.Share, "share:buttons", 1, "", 0},
	{whole, "youtube", stages.Share, "share:buttons", 1, "", 0},
	{whole, "instagram", stages.Share, "share:buttons", 1, "", 0},
	{starts, "facebook twitter", stages.Share, "share:buttons", 12, "", 0},
	{starts, "share all sharing options", stages.Share, "share:buttons", 60, "", 0},
	{starts, "share this article share tweet", stages.Share, "share:buttons", 8, "", 0},
	{starts, "share tweet", stages.Share, "share:buttons", 12, "", 0},
	{starts, "share on facebook", stages.Share, "share:buttons", 12, "", 0},
	{starts, "share on twitter", stages.Share, "share:buttons", 12, "", 0},
	{starts, "click to share on", stages.Share, "share:buttons", 12, "", 0},
	{starts, "click to tweet", stages.Share, "share:buttons", 4, "", 0},
	{starts, "tweet this", stages.Share, "share:buttons", 3, "", 0},
	{starts, "like this: like loading", stages.Share, "share:buttons", 6, "", 0},
	{whole, "like this", stages.Share, "share:buttons", 2, ":", 0},
	{whole, "copy link", stages.Share, "share:buttons", 3, "", 0},
	{whole, "link copied", stages.Share, "share:buttons", 3, "", 0},
	{starts, "sharing is caring", stages.Share, "share:buttons", 4, "", 0},
	{starts, "be sociable, share", stages.Share, "share:buttons", 4, "", 0},
	{starts, "email this", stages.Share, "share:buttons", 4, "", 0},
	{starts, "print this", stages.Share, "share:buttons", 4, "", 0},
	{starts, "follow us on", stages.Share, "share:follow", 12, "", 0},
	{starts, "follow us", stages.Share, "share:follow", 3, "", 0},
	{starts, "follow @", stages.Share, "share:follow", 8, "", 0},
	{starts, "follow", stages.Share, "share:follow", 16, "on twitter", 0},
	{starts, "- follow", stages.Share, "share:follow", 16, "on twitter", 0},
	{starts, "follow", stages.Share, "share:follow", 12, "on facebook", 0},
	{starts, "like us on facebook", stages.Share, "share:follow", 12, "", 0},
	{starts, "join us on facebook", stages.Share, "share:follow", 12, "", 0},
	{starts, "join us on twitter", stages.Share, "share:follow", 12, "", 0},
	{starts, "find us on facebook", stages.Share, "share:follow", 12, "", 0},
	{starts, "reach the reporter at", stages.Share, "share:contact", 15, "", 0},
	{starts, "send letters to", stages.Share, "share:contact", 10, "@", 0},
	{starts, "send tips to", stages.Share, "share:contact", 10, "", 0},
	{starts, "contact us at", stages.Share, "share:contact", 10, "@", 0},
	{starts, "write to", stages.Share, "share:contact", 40, "@", 0},
	{starts, "let us know what you", stages.Share, "share:contact", 14, "@", 0},
	{starts, "read", stages.Share, "share:follow", 8, "flipboard magazine", 0},
	{starts, "got a tip", stages.Share, "share:contact", 25, "", 0},
	{starts, "have a tip", stages.Share, "share:contact", 25, "", 0},
	{starts, "reach", stages.Share, "share:contact", 20, "@", 0},
	{starts, "contact", stages.Share, "share:contact", 20, "@", 0},
	{starts, "email", stages.Share, "share:contact", 20, "@", 0},
	{starts, "e-mail", stages.Share, "share:contact", 20, "@", 0},
	{starts, "reach", stages.Share, "share:contact", 20, "[email", 0},
	{starts, "contact", stages.Share, "share:contact", 20, "[email", 0},
	{starts, "email", stages.Share, "share:contact", 20, "[email", 0},
	{has, "can be reached at", stages.Share, "share:contact", 25, "@", 0},
	{has, "can be reached at", stages.Share, "share:contact", 25, "[email", 0},
	{has, "can be reached on twitter", stages.Share, "share:contact", 20, "", 0},
	{starts, "follow", stages.Share, "share:follow", 12, "on instagram", 0},
	{starts, "follow", stages.Share, "share:follow", 14, "@", 0},
	{starts, "twitter: @", stages.Share, "share:follow", 4, "", 0},
	{starts, "twitter:", stages.Share, "share:follow", 2, "", 0},
	{starts, "on twitter: @", stages.Share, "share:follow", 5, "", 0},
	{starts, "like us on", stages.Share, "share:follow", 8, "", 0},
	{starts, "(opens in new window)", stages.Share, "share:buttons", 6, "", 0},
	{starts, "share this:", stages.Share, "share:buttons", 14, "", 0},
	{starts, "share:", stages.Share, "share:buttons", 12, "facebook", 0},
	{starts, "like loading", stages.Share, "share:buttons", 3, "", 0},

	// Subscriptions and appeals.
	{starts, "sign up for", stages.Promo, "promo:newsletter", 60, "newsletter", 0},
	{starts, "sign up for", stages.Promo, "promo:newsletter", 60, "inbox", 0},
	{starts, "sign up for", stages.Promo, "promo:newsletter", 12, "morning briefing", 0},
	{starts, "sign up for", stages.Promo, "promo:newsletter", 20, "alerts", 0},
	{starts, "sign up here", stages.Promo, "promo:newsletter", 60, "", 0},
	{starts, "newsletter sign", stages.Promo, "promo:newsletter", 0, "", 0},
	{starts, "newsletter sign-up", stages.Promo, "promo:newsletter", 0, "", 0},
	{starts, "subscribe to our", stages.Promo, "promo:subscribe", 20, "", 0},
	{starts, "subscribe to the", stages.Promo, "promo:subscribe", 20, "newsletter", 0},
	{starts, "subscribe now", stages.Promo, "promo:subscribe", 20, "", 0},
	{starts, "subscribe today", stages.Promo, "promo:subscribe", 12, "", 0},
	{whole, "subscribe", stages.Promo, "promo:subscribe", 1, "", 0},
	{starts, "subscribe on apple podcasts", stages.Promo, "promo:subscribe", 20, "", 0},
	{has, "delivered to your inbox", stages.Promo, "promo:newsletter", 60, "", 0},
	{has, "delivered daily to your inbox", stages.Promo, "promo:newsletter", 60, "", 0},
	{has, "straight to your inbox", stages.Promo, "promo:newsletter", 60, "", 0},
	{has, "by signing up you agree to", stages.Promo, "promo:newsletter", 0, "", 0},
	{has, "by signing up, you agree to", stages.Promo, "promo:newsletter", 0, "", 0},
	{starts, "thank you for subscribing", stages.Promo, "promo:newsletter", 20, "", 0},
	{starts, "thank you for signing up", stages.Promo, "promo:newsletter", 30, "", 0},
	{starts, "enter your email", stages.Promo, "promo:newsletter", 12, "", 0},
	{starts, "get our daily", stages.Promo, "promo:newsletter", 20, "", 0},
	{starts, "get breaking news alerts", stages.Promo, "promo:newsletter", 30, "", 0},
	{starts, "click here to get the", stages.Promo, "promo:app", 12, "", 0},
	{starts, "click here for the", stages.Promo, "promo:app", 12, "", 0},
	{starts, "click here to sign up", stages.Promo, "promo:newsletter", 15, "", 0},
	{starts, "click here to subscribe", stages.Promo, "promo:subscribe", 15, "", 0},
	{starts, "click here to download", stages.Promo, "promo:app", 15, "", 0},
	{starts, "click to get the", stages.Promo, "promo:app", 12, "", 0},
	{starts, "download our app", stages.Promo, "promo:app", 12, "", 0},
	{starts, "download the", stages.Promo, "promo:app", 10, "app", 0},
	{starts, "support our journalism", stages.Promo, "promo:donate", 40, "", 0},
	{starts, "donate now", stages.Promo, "promo:donate", 6, "", 0},
	{whole, "donate", stages.Promo, "promo:donate", 1, "", 0},
	{starts, "become a member", stages.Promo, "promo:donate", 12, "", 0},
	{starts, "become a member of", stages.Promo, "promo:donate", 25, "/month", 0},
	{starts, "already a subscriber", stages.Promo, "promo:subscribe", 10, "", 0},
	{starts, "already a member", stages.Promo, "promo:subscribe", 10, "", 0},
	{starts, "you have # free articles", stages.Promo, "promo:subscribe", 15, "", 0},
	{starts, "visit business insider's homepage", stages.Promo, "promo:visit", 10, "", 0},
	{starts, "want more", stages.Promo, "promo:newsletter", 40, "newsletter", 0},
	{starts, "become a member and support", stages.Promo, "promo:donate", 25, "", 0},
	{has, "become a member and", stages.Promo, "promo:donate", 30, "support", 0},
	{has, "become a member today", stages.Promo, "promo:donate", 40, "", 0},
	{ends, "support local journalism", stages.Promo, "promo:donate", 30, "", 0},
	{ends, "support independent journalism", stages.Promo, "promo:donate", 30, "", 0},
	{starts, "support local journalism", stages.Promo, "promo:donate", 25, "", 0},
	{starts, "support independent journalism", stages.Promo, "promo:donate", 25, "", 0},
	{starts, "support quality journalism", stages.Promo, "promo:donate", 25, "", 0},
	{has, "explanatory journalism", stages.Promo, "promo:donate", 6, "", 0},
	{starts, "make a donation", stages.Promo, "promo:donate", 15, "today", 0},
	{starts, "please consider a donation", stages.Promo, "promo:donate", 40, "", 0},
	{starts, "please consider donating", stages.Promo, "promo:donate", 40, "", 0},
	{starts, "please consider subscribing", stages.Promo, "promo:subscribe", 40, "", 0},
	{starts, "please consider becoming a", stages.Promo, "promo:donate", 40, "", 0},
	{starts, "you have reached your limit", stages.Promo, "promo:subscribe", 20, "", 0},
	{starts, "you've reached your limit", stages.Promo, "promo:subscribe", 20, "", 0},
	{has, "free articles left", stages.Promo, "promo:subscribe", 20, "", 0},
	{has, "free articles remaining", stages.Promo, "promo:subscribe", 20, "", 0},
	{starts, "subscribe to continue", stages.Promo, "promo:subscribe", 10, "", 0},
	{starts, "subscribe to read", stages.Promo, "promo:subscribe", 15, "", 0},
	{starts, "this article is for subscribers", stages.Promo, "promo:subscribe", 15, "", 0},
	{starts, "this story is for subscribers", stages.Promo, "promo:subscribe", 15, "", 0},
	{starts, "turn on notifications", stages.Promo, "promo:alerts", 15, "", 0},
	{starts, "enable notifications", stages.Promo, "promo:alerts", 15, "", 0},
	{starts, "allow notifications", stages.Promo, "promo:alerts", 10, "", 0},
	{ends, "subscribe now", stages.Promo, "promo:subscribe", 45, "", 0},
	{ends, "subscribe today", stages.Promo, "promo:subscribe", 45, "", 0},
	{ends, "subscribe here", stages.Promo, "promo:subscribe", 45, "", 0},
	{ends, "sign up here", stages.Promo, "promo:newsletter", 45, "", 0},
	{ends, "sign up now", stages.Promo, "promo:newsletter", 45, "", 0},
	{ends, "sign up for free", stages.Promo, "promo:newsletter", 45, "", 0},
	{ends, "sign up today", stages.Promo, "promo:newsletter", 20, "", 0},
	{ends, "sign up for free here", stages.Promo, "promo:newsletter", 45, "", 0},
	{ends, "sign up below", stages.Promo, "promo:newsletter", 30, "", 0},
	{ends, "donate here", stages.Promo, "promo:donate", 30, "", 0},
	{ends, "donate now", stages.Promo, "promo:donate", 30, "", 0},
	{starts, "get", stages.Promo, "promo:newsletter", 25, "your inbox", 0},
	{starts, "receive", stages.Promo, "promo:newsletter", 25, "your inbox", 0},
	{starts, "want", stages.Promo, "promo:newsletter", 30, "your inbox", 0},
	{starts, "start the day", stages.Promo, "promo:newsletter", 20, "inbox", 0},
	{starts, "let our news", stages.Promo, "promo:newsletter", 30, "inbox", 0},
	{starts, "get our", stages.Promo, "promo:newsletter", 25, "newsletter", 0},
	{starts, "get our", stages.Promo, "promo:newsletter", 25, "by email", 0},
	{starts, "get our", stages.Promo, "promo:app", 15, "app", 0},
	{starts, "get the app", stages.Promo, "promo:app", 8, "", 0},
	{starts, "get the latest", stages.Promo, "promo:newsletter", 25, "newsletter", 0},
	{starts, "get the latest", stages.Promo, "promo:newsletter", 25, "sign up", 0},
	{starts, "sign up to", stages.Promo, "promo:newsletter", 25, "newsletter", 0},
	{starts, "sign up to", stages.Promo, "promo:newsletter", 25, "inbox", 0},
	{starts, "sign up to", stages.Promo, "promo:newsletter", 20, "by email", 0},
	{starts, "join our newsletter", stages.Promo, "promo:newsletter", 20, "", 0},
	{starts, "join our mailing list", stages.Promo, "promo:newsletter", 20, "", 0},
	{starts, "stay up to date with the free", stages.Promo, "promo:app", 12, "", 0},

	// Links to other articles.
	{starts, "read more:", stages.Related, "related:read-more", 40, "", 0},
	{whole, "read more", stages.Related, "related:read-more", 2, "", 0},
	{bare, "read more", stages.Related, "related:read-more", 30, "", 0},
	{starts, "read more from", stages.Related, "related:read-more", 8, ":", 0},
	{starts, "read more on", stages.Related, "related:read-more", 12, ":", 0},
	{starts, "read more about", stages.Related, "related:read-more", 12, ":", 0},
	{starts, "read next:", stages.Related, "related:read-next", 40, "", 0},
	{whole, "read next", stages.Related, "related:read-next", 2, "", 0},
	{starts, "read also:", stages.Related, "related:also", 40, "", 0},
	{starts, "also read:", stages.Related, "related:also", 40, "", 0},
	{starts, "also read -", stages.Related, "related:also", 40, "", 0},
	{starts, "see also:", stages.Related, "related:also", 40, "", 0},
	{whole, "see also", stages.Related, "related:also", 2, "", 0},
	{starts, "also see:", stages.Related, "related:also", 40, "", 0},
	{starts, "(also on", stages.Related, "related:also", 30, ":", 0},
	{starts, "(see also", stages.Related, "related:also", 30, "", 0},
	{starts, "photos:", stages.Related, "related:photos", 24, " ", 0},
	{starts, "photo gallery:", stages.Related, "related:photos", 24, " ", 0},
	{starts, "gallery:", stages.Related, "related:photos", 24, " ", 0},
	{starts, "slideshow:", stages.Related, "related:photos", 24, " ", 0},
	{starts, "(photos:", stages.Related, "related:photos", 30, "", 0},
	{starts, "(video:", stages.Related, "related:video", 30, "", 0},
	{starts, "(watch:", stages.Related, "related:video", 30, "", 0},
	{starts, "(related:", stages.Related, "related:label", 40, "", 0},
	{starts, "related:", stages.Related, "related:label", 28, "", 0},
	{starts, "[related:", stages.Related, "related:label", 40, "", 0},
	{whole, "related", stages.Related, "related:label", 1, "", 0},
	{whole, "related articles", stages.Related, "related:label", 2, "", 0},
	{whole, "related stories", stages.Related, "related:label", 2, "", 0},
	{whole, "related posts", stages.Related, "related:label", 2, "", 0},
	{whole, "related coverage", stages.Related, "related:label", 2, "", 0},
	{starts, "related coverage", stages.Related, "related:label", 22, "", 0},
	{starts, "related headlines", stages.Related, "related:label", 22, "", 0},
	{whole, "related content", stages.Related, "related:label", 2, "", 0},
	{whole, "related links", stages.Related, "related:label", 2, "", 0},
	{whole, "related topics", stages.Related, "related:label", 2, "", 0},
	{whole, "related news", stages.Related, "related:label", 2, "", 0},
	{starts, "related article:", stages.Related, "related:label", 40, "", 0},
	{starts, "related story:", stages.Related, "related:label", 40, "", 0},
	{starts, "related posts with thumbnails", stages.Related, "related:label", 5, "", 0},
	{whole, "more on this", stages.Related, "related:more", 4, "", 0},
	{whole, "more from this", stages.Related, "related:more", 4, "", 0},
	{starts, "more from", stages.Related, "related:more", 8, ":", 0},
	{starts, "more:", stages.Related, "related:more", 24, "", 0},
	{starts, "click for more from", stages.Related, "related:more", 10, "", 0},
	{starts, "you may also like", stages.Related, "related:recommended", 8, "", 0},
	{starts, "you might also like", stages.Related, "related:recommended", 8, "", 0},
	{starts, "you might also enjoy", stages.Related, "related:recommended", 5, "", 0},
	{whole, "recommended", stages.Related, "related:recommended", 1, "", 0},
	{whole, "recommended for you", stages.Related, "related:recommended", 3, "", 0},
	{whole, "recommended stories", stages.Related, "related:recommended", 3, "", 0},
	{whole, "most popular", stages.Related, "related:popular", 2, "", 0},
	{whole, "most read", stages.Related, "related:popular", 2, "", 0},
	{whole, "most viewed", stages.Related, "related:popular", 2, "", 0},
	{whole, "trending", stages.Related, "related:popular", 1, "", 0},
	{whole, "trending now", stages.Related, "related:popular", 2, "", 0},
	{whole, "top stories", stages.Related, "related:popular", 2, "", 0},
	{whole, "editor's picks", stages.Related, "related:recommended", 2, "", 0},
	{whole, "up next", stages.Related, "related:next", 2, "", 0},
	{starts, "up next:", stages.Related, "related:next", 20, "", 0},
	{whole, "next article", stages.Related, "related:next", 3, "", 0},
	{whole, "previous article", stages.Related, "related:next", 3, "", 0},
	{whole, "don't miss", stages.Related, "related:recommended", 2, "", 0},
	{starts, "don't miss:", stages.Related, "related:recommended", 30, "", 0},
	{starts, "full coverage:", stages.Related, "related:coverage", 12, "", 0},
	{starts, "complete coverage on", stages.Related, "related:coverage", 6, "", 0},
	{starts, "complete coverage of", stages.Related, "related:coverage", 6, "", 0},
	{starts, "special coverage:", stages.Related, "related:coverage", 12, "", 0},
	{starts, "now watch:", stages.Related, "related:video", 20, "", 0},
	{starts, "watch the latest video at", stages.Related, "related:video", 8, "", 0},
	{starts, "recommended article:", stages.Related, "related:recommended", 30, "", 0},
	{starts, "more on this topic", stages.Related, "related:more", 30, ":", 0},
	{starts, "more on this story", stages.Related, "related:more", 30, "", 0},
	{starts, "more on this subject", stages.Related, "related:more", 30, ":", 0},
	{starts, "more stories", stages.Related, "related:more", 6, "", 0},
	{starts, "more coverage:", stages.Related, "related:more", 25, "", 0},
	{starts, "in case you missed it:", stages.Related, "related:missed", 30, "", 0},
	{starts, "icymi:", stages.Related, "related:missed", 30, "", 0},
	{whole, "in case you missed it", stages.Related, "related:missed", 6, "", 0},
	{whole, "read the full story", stages.Related, "related:read-more", 5, "", 0},
	{whole, "read more here", stages.Related, "related:read-more", 3, "", 0},
	{whole, "full story", stages.Related, "related:read-more", 2, "", 0},
	{whole, "read full story", stages.Related, "related:read-more", 3, "", 0},
	{whole, "continue reading the story", stages.Related, "related:read-more", 5, "", 0},
	{starts, "click here to read", stages.Related, "related:read-more", 14, "", 0},
	{starts, "click here for more", stages.Related, "related:read-more", 12, "", 0},
	{starts, "click here for complete", stages.Related, "related:read-more", 12, "", 0},
	{starts, "related stories", stages.Related, "related:label", 3, "", 0},
	{starts, "related stories:", stages.Related, "related:label", 40, "", 0},
	{starts, "related articles:", stages.Related, "related:label", 40, "", 0},
	{starts, "related coverage:", stages.Related, "related:label", 40, "", 0},
	{starts, "related links:", stages.Related, "related:label", 40, "", 0},
	{starts, "also in the news:", stages.Related, "related:also", 30, "", 0},
	{starts, "also on", stages.Related, "related:also", 20, ":", 0},
	{ends, "[video]", stages.Related, "related:video", 20, "", 0},
	{ends, "[photos]", stages.Related, "related:photos", 20, "", 0},
	{ends, "(video)", stages.Related, "related:video", 3, "", 0},
	{starts, "quiz:", stages.Related, "related:interactive", 24, " ", 0},
	{starts, "go deeper:", stages.Related, "related:more", 24, "", 0},
	{starts, "trending:", stages.Related, "related:popular", 30, " ", 0},
	{starts, "our picks:", stages.Related, "related:recommended", 8, "recommended", 0},
	{starts, "(quiz:", stages.Related, "related:interactive", 30, "", 0},
	{starts, "(poll:", stages.Related, "related:interactive", 30, "", 0},
	{starts, "(graphic:", stages.Related, "related:interactive", 30, "", 0},
	{starts, "(interactive:", stages.Related, "related:interactive", 30, "", 0},
	{starts, "(map:", stages.Related, "related:interactive", 30, "", 0},
	{starts, "(timeline:", stages.Related, "related:interactive", 30, "", 0},
	{starts, "(cartoons:", stages.Related, "related:photos", 30, "", 0},
	{starts, "(gallery:", stages.Related, "related:photos", 30, "", 0},
	{starts, "(slideshow:", stages.Related, "related:photos", 30, "", 0},
	{starts, "(listen:", stages.Related, "related:video", 30, "", 0},
	{starts, "(more:", stages.Related, "related:more", 30, "", 0},
	{starts, "(read more", stages.Related, "related:read-more", 30, "", 0},
	{starts, "(read:", stages.Related, "related:read-more", 30, "", 0},
	{whole, "previous story", stages.Related, "related:next", 2, "", 0},
	{whole, "next story", stages.Related, "related:next", 2, "", 0},
	{whole, "most commented", stages.Related, "related:popular", 2, "", 0},
	{whole, "most shared", stages.Related, "related:popular", 2, "", 0},
	{whole, "popular stories", stages.Related, "related:popular", 2, "", 0},
	{whole, "popular posts", stages.Related, "related:popular", 2, "", 0},
	{whole, "recent posts", stages.Related, "related:popular", 2, "", 0},
	{whole, "latest news", stages.Related, "related:popular", 2, "", 0},
	{whole, "latest stories", stages.Related, "related:popular", 2, "", 0},

	// Menus and tags.
	{starts, "tags:", stages.Nav, "nav:tags", 40, "", 0},
	{starts, "tagged:", stages.Nav, "nav:tags", 40, "", 0},
	{starts, "filed under", stages.Nav, "nav:tags", 20, "", 0},
	{starts, "filed in", stages.Nav, "nav:tags", 12, "", 0},
	{starts, "categories:", stages.Nav, "nav:tags", 30, "", 0},
	{starts, "topics:", stages.Nav, "nav:tags", 30, "", 0},
	{starts, "posted in", stages.Nav, "nav:tags", 20, "", 0},
	{starts, "home >", stages.Nav, "nav:breadcrumbs", 12, "", 0},
	{starts, "home »", stages.Nav, "nav:breadcrumbs", 20, "", 0},
	{starts, "home /", stages.Nav, "nav:breadcrumbs", 12, "", 0},
	{whole, "analysis/opinion", stages.Nav, "nav:section", 2, "", 0},
	{whole, "opinion contributor", stages.Nav, "nav:section", 2, "", 0},
	{whole, "opinion contributors", stages.Nav, "nav:section", 2, "", 0},
	{whole, "opinion columnist", stages.Nav, "nav:section", 2, "", 0},
	{whole, "special for usa today", stages.Nav, "nav:section", 4, "", 0},
	{whole, "this article is more than # year old", stages.Nav, "nav:age", 8, "", 0},
	{whole, "this article is more than # years old", stages.Nav, "nav:age", 8, "", 0},
	{whole, "this article is more than # month old", stages.Nav, "nav:age", 8, "", 0},
	{whole, "this article is more than # months old", stages.Nav, "nav:age", 8, "", 0},
	{whole, "# min read", stages.Nav, "nav:reading-time", 4, "", 0},
	{whole, "# minute read", stages.Nav, "nav:reading-time", 4, "", 0},
	{whole, "# mins read", stages.Nav, "nav:reading-time", 4, "", 0},
	{whole, "# minutes read", stages.Nav, "nav:reading-time", 4, "", 0},
	{whole, "# min. read", stages.Nav, "nav:reading-time", 4, "", 0},
	{starts, "reading time", stages.Nav, "nav:reading-time", 5, "#", 0},
	{starts, "estimated reading time", stages.Nav, "nav:reading-time", 6, "", 0},
	{starts, "# minutes to read", stages.Nav, "nav:reading-time", 4, "", 0},
	{whole, "menu", stages.Nav, "nav:menu", 1, "", 0},
	{whole, "search", stages.Nav, "nav:menu", 1, "", 0},
	{whole, "home", stages.Nav, "nav:menu", 1, "", 0},
	{whole, "close", stages.Nav, "nav:menu", 1, "", 0},
	{starts, "skip to content", stages.Nav, "nav:menu", 4, "", 0},
	{starts, "skip to main content", stages.Nav, "nav:menu", 4, "", 0},
	{whole, "back to top", stages.Nav, "nav:menu", 3, "", 0},
	{whole, "sign in", stages.Nav, "nav:menu", 2, "", 0},
	{whole, "log in", stages.Nav, "nav:menu", 2, "", 0},
	{whole, "permalink", stages.Nav, "nav:menu", 1, "", 0},
	{starts, "all posts by", stages.Nav, "nav:author", 6, "", 0},
	{starts, "view author archive", stages.Nav, "nav:author", 6, "", 0},
	{starts, "view all posts by", stages.Nav, "nav:author", 8, "", 0},

	// What the newsroom says about the article.
	{starts, "correction:", stages.Note, "note:correction", 0, "", 0},
	{starts, "corrections:", stages.Note, "note:correction", 0, "", 0},
	{starts, "clarification:", stages.Note, "note:correction", 0, "", 0},
	{starts, "corrections & amplifications", stages.Note, "note:correction", 0, "", 0},
	{starts, "editor's note", stages.Note, "note:editor", 0, "", 0},
	{starts, "editors' note", stages.Note, "note:editor", 0, "", 0},
	{starts, "update:", stages.Note, "note:update", 0, "", 0},
	{starts, "(this story has been updated", stages.Note, "note:update", 30, "", 0},
	{starts, "(this article has been updated", stages.Note, "note:update", 30, "", 0},
	{starts, "(this post has been updated", stages.Note, "note:update", 30, "", 0},
	{starts, "(this post was last updated", stages.Note, "note:update", 30, "", 0},
	{starts, "(this story was last updated", stages.Note, "note:update", 30, "", 0},
	{starts, "(revised at", stages.Note, "note:update", 10, "", 0},
	{starts, "note: this story", stages.Note, "note:update", 60, "", 0},
	{starts, "note: this article", stages.Note, "note:update", 60, "", 0},
	{starts, "note: this post", stages.Note, "note:update", 60, "", 0},
	{starts, "note: the headline", stages.Note, "note:update", 60, "", 0},
	{starts, "this story has been updated", stages.Note, "note:update", 60, "", 0},
	{starts, "this article has been updated", stages.Note, "note:update", 60, "", 0},
	{starts, "this post has been updated", stages.Note, "note:update", 60, "", 0},
	{starts, "this report has been updated", stages.Note, "note:update", 60, "", 0},
	{starts, "this report was updated", stages.Note, "note:update", 30, "", 0},
	{starts, "this story was updated", stages.Note, "note:update", 60, "", 0},
	{starts, "this article was updated", stages.Note, "note:update", 60, "", 0},
	{starts, "this story was corrected", stages.Note, "note:correction", 60, "", 0},
	{starts, "this story has been corrected", stages.Note, "note:correction", 60, "", 0},
	{starts, "this article has been corrected", stages.Note, "note:correction", 60, "", 0},
	{starts, "correction,", stages.Note, "note:correction", 0, ":", 0},
	{starts, "correction (", stages.Note, "note:correction", 0, "", 0},
	{starts, "correction,", stages.Note, "note:correction", 5, "", 0},
	{starts, "correction -", stages.Note, "note:correction", 0, "", 0},
	{whole, "correction", stages.Note, "note:correction", 1, "", 0},
	{starts, "clarification,", stages.Note, "note:correction", 0, ":", 0},
	{starts, "clarification (", stages.Note, "note:correction", 0, "", 0},
	{starts, "update,", stages.Note, "note:update", 0, ":", 0},
	{starts, "update (", stages.Note, "note:update", 0, "", 0},
	{starts, "(update:", stages.Note, "note:update", 60, "", 0},
	{starts, "(updated:", stages.Note, "note:update", 60, "", 0},
	{starts, "(correction:", stages.Note, "note:correction", 80, "", 0},
	{starts, "(editor's note", stages.Note, "note:editor", 80, "", 0},
	{starts, "[editor's note", stages.Note, "note:editor", 80, "", 0},
	{starts, "note to readers:", stages.Note, "note:editor", 80, "", 0},
	{starts, "[this story has been", stages.Note, "note:update", 40, "", 0},
	{starts, "this story has been edited", stages.Note, "note:update", 40, "", 0},
	{starts, "(this article has been updated", stages.Note, "note:update", 30, "", 0},
	{starts, "(this story was", stages.Note, "note:update", 40, "updated", 0},
	{starts, "(this story has been corrected", stages.Note, "note:correction", 60, "", 0},
	{starts, "an earlier version of this", stages.Note, "note:correction", 0, "", 0},
	{starts, "a previous version of this", stages.Note, "note:correction", 0, "", 0},
}

// An entry of the lexicon is a word: how much readers write it, the cues that
// begin with it, and the cues that have it anywhere.
type entry struct {
	tone       float32
	common     bool // a function word of English
	first, any []uint16
}

var lexicon = newTable(func() map[string]entry {
	m := map[string]entry{}
	for word, tone := range tones() {
		m[word] = entry{tone: tone}
	}
	for _, word := range strings.Fields(functionWords) {
		e := m[word]
		e.common = true
		m[word] = e
	}
	var buf [maxWord]byte
	for i, c := range cues {
		n, _, _, _ := nextWord(c.text, 0, &buf)
		if n == 0 {
			continue // wordless
		}
		word := string(buf[:n])
		EachWord(c.text, func(string) { cues[i].own++ })
		if !c.anywhere() {
			e := m[word]
			e.first = append(e.first, uint16(i))
			m[word] = e
			continue
		}
		EachWord(c.text, func(w string) { // the longest word is the rarest
			if len(w) > len(word) {
				word = w
			}
		})
		e := m[word]
		e.any = append(e.any, uint16(i))
		m[word] = e
	}
	return m
}())

// A table finds what is known of a word; open addressing is twice as fast here as a map.
type table struct {
	slots []slot   // a power of two, at most a quarter of them full
	words []string // of the slots
	cues  []listed // of the slots that have some, from 1 on
}

// A slot holds of an entry what is read for every word, in 16 bytes: it is
// never spread over two lines of the processor's cache.
type slot struct {
	key    uint64 // of the word; 0 for an empty slot
	tone   float32
	cues   uint16 // where they stand in the table; 0 for none
	common uint8  // 1 for a function word of English
}

// listed are the cues that begin with a word, and those that have it anywhere.
type listed struct{ first, any []uint16 }

func newTable(m map[string]entry) *table {
	size := 1
	for size < 4*len(m) {
		size *= 2
	}
	t := &table{make([]slot, size), make([]string, size), make([]listed, 1)}
	words := make([]string, 0, len(m))
	for word := range m {
		words = append(words, word)
	}
	sort.Strings(words)
	for _, word := range words {
		key := keyOf([]byte(word))
		i := mix(key) & uint64(size-1)
		for t.slots[i].key != 0 {
			i = (i + 1) & uint64(size-1)
		}
		e := m[word]
		t.slots[i], t.words[i] = slot{key: key, tone: e.tone}, word
		if e.common {
			t.slots[i].common = 1
		}
		if e.first != nil || e.any != nil {
			t.slots[i].cues = uint16(len(t.cues))
			t.cues = append(t.cues, listed{e.first, e.any})
		}
	}
	return t
}

// mix brings the high bits of a key down.
func mix(key uint64) uint64 {
	key *= 0x9e3779b97f4a7c15
	return key >> 32
}

var unknown slot

// find returns the slot of word, which has this key; an empty one when the table has it not.
func (t *table) find(word []byte, key uint64) *slot {
	mask := uint64(len(t.slots) - 1)
	for i := mix(key) & mask; ; i = (i + 1) & mask {
		switch s := &t.slots[i]; s.key {
		case 0:
			return &unknown
		case key:
			if key < longWord || t.words[i] == string(word) {
				return s
			}
		}
	}
}

const functionWords = `
	the of and to in a an is that for was on it with as he she be at by this have from or had not are but his her they you which were
	has been their one all who will would there when what so if can we my your its our than then into about after before over
	i me him them could should because where how no any more most other some such only
`

// wordless are the cues without a word of letters.
var wordless = func() (list []uint16) {
	for i, c := range cues {
		if strings.IndexFunc(c.text, unicode.IsLetter) < 0 {
			list = append(list, uint16(i))
		}
	}
	return list
}()

// normal writes s into buf as the cues are written: lower case, straight
// quotes, # for numbers, no bullet before it. What does not fit is left off.
func normal(s string, buf []byte) []byte {
	buf = buf[:0]
	for i := 0; i < len(s) && len(buf)+3 < cap(buf); i++ {
		for len(buf) > 0 && len(buf)+8+3 < cap(buf) && i+8 < len(s) {
			small, ok := calm(stages.Load8(s[i:]), buf[len(buf)-1])
			if !ok {
				break
			}
			buf = binary.LittleEndian.AppendUint64(buf, small)
			i += 8
		}
		last := byte(' ')
		if len(buf) > 0 {
			last = buf[len(buf)-1]
		}
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z':
			buf = append(buf, c+'a'-'A')
		case '0' <= c && c <= '9':
			if last != '#' {
				buf = append(buf, '#')
			}
		case c == ',' && last == '#' && i+1 < len(s) && '0' <= s[i+1] && s[i+1] <= '9':
		case c == ' ' && (last == ' ' || last == '('), len(buf) == 0 && (c == '*' || c == '_' || c == '>' || c == '#' && i+1 < len(s) && (s[i+1] == '#' || s[i+1] == ' ') || c == '-' && (i > 0 && s[i-1] == '-' || i+1 < len(s) && s[i+1] == '-')):
		case c == 0xE2 && i+2 < len(s):
			switch s[i : i+3] {
			case "‘", "’":
				buf = append(buf, '\'')
			case "“", "”":
				buf = append(buf, '"')
			case "–", "—":
				if len(buf) > 0 {
					buf = append(buf, '-')
				}
			case "…":
				buf = append(buf, "..."...)
			case "•":
			default:
				buf = append(buf, s[i:i+3]...)
			}
			i += 2
		default:
			buf = append(buf, c)
		}
	}
	return buf
}

// calm returns the 8 bytes b, behind last, in lower case, and reports whether they
// are in normal form then: letters, single spaces and marks of ASCII.
func calm(b uint64, last byte) (small uint64, ok bool) {
	const each, high = 0x0101010101010101, 0x8080808080808080
	if b&high != 0 {
		return 0, false
	}
	lower := b | each*0x20
	letter := (lower + each*(0x80-'a')) &^ (lower + each*(0x80-'z'-1)) & high
	digit := (b + each*(0x80-'0')) &^ (b + each*(0x80-'9'-1))
	space := ^((b ^ each*' ') + each*0x7F)
	bracket, number := ^((b ^ each*'(') + each*0x7F), ^((b ^ each*'#') + each*0x7F)
	odd := (digit | bracket | number | space&(space<<8)) & high
	return b | letter>>2&^b, odd == 0 && (last != ' ' && last != '(' || byte(b) != ' ') && (last != '#' || byte(b) != ',')
}

// anywhere reports whether c may stand behind the begin of a line.
func (c *cue) anywhere() bool { return c.how == has || c.how == ends || c.how == bare }

// opens reports whether line, in normal form, begins with the words of c.
func (c *cue) opens(line []byte) bool {
	return len(line) >= len(c.text) && string(line[:len(c.text)]) == c.text && endsWord(line, len(c.text))
}

// match reports whether c stands in a line given in normal form.
func (c *cue) match(line []byte) bool {
	rest := line
	switch c.how {
	case has:
		if !contains(line, c.text) {
			return false
		}
	case ends:
		t := bytes.TrimRight(line, " .!>»*_|-)]")
		if len(t) < len(c.text) || string(t[len(t)-len(c.text):]) != c.text || len(line)+3 >= maxCue {
			return false
		}
	case bare:
		at := len(line) - len(c.text)
		if at < 1 || string(line[at:]) != c.text || !endsWord(line, at) || len(line)+3 >= maxCue {
			return false
		}
	default:
		if !c.opens(line) {
			return false
		}
		rest = line[len(c.text):]
		if c.how == whole && len(bytes.TrimRight(rest, " .:!?>»*_#)|-")) > 0 {
			return false
		}
	}
	return c.and == "" || contains(rest, c.and)
}

func contains(line []byte, s string) bool {
	for i := 0; i+len(s) <= len(line); i++ {
		if line[i] == s[0] && string(line[i:i+len(s)]) == s {
			return true
		}
	}
	return false
}

// endsWord reports whether no word of s goes on at i.
func endsWord(s []byte, i int) bool {
	return i >= len(s) || letter[s[i]] == 0 || letter[s[i-1]] == 0
}
