package comments

import (
	"bytes"
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
}

// cues is the lexicon. A phrase that news sentences also begin with carries
// its colon, a limit of words, or a second phrase.
var cues = []cue{
	// Threads of comments: what opens them and what ends them.
	{opener, "# comments", stages.Comment, "cue:comments-opener", 8, ""},
	{opener, "# comment", stages.Comment, "cue:comments-opener", 6, ""},
	{opener, "comments", stages.Comment, "cue:comments-opener", 1, ""},
	{opener, "comments (#)", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "comments #", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "comment (#)", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "comments:", stages.Comment, "cue:comments-opener", 3, ""},
	{opener, "all comments", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "total comments", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "# thoughts on", stages.Comment, "cue:comments-opener", 30, ""},
	{opener, "# thought on", stages.Comment, "cue:comments-opener", 30, ""},
	{opener, "one thought on", stages.Comment, "cue:comments-opener", 30, ""},
	{opener, "# responses to", stages.Comment, "cue:comments-opener", 30, ""},
	{opener, "# response to", stages.Comment, "cue:comments-opener", 30, ""},
	{opener, "one response to", stages.Comment, "cue:comments-opener", 30, ""},
	{opener, "# replies to", stages.Comment, "cue:comments-opener", 30, ""},
	{maybe, "# responses", stages.Comment, "cue:comments-opener", 4, ""},
	{maybe, "# replies", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "# comments on", stages.Comment, "cue:comments-opener", 30, ""},
	{opener, "comments on", stages.Comment, "cue:comments-opener", 5, "this"},
	{opener, "reader comments", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "readers' comments", stages.Comment, "cue:comments-opener", 4, ""},
	{opener, "user comments", stages.Comment, "cue:comments-opener", 4, ""},
	{maybe, "your comments", stages.Comment, "cue:comments-opener", 3, ""},
	{opener, "latest comments", stages.Comment, "cue:comments-opener", 3, ""},
	{maybe, "discussion", stages.Comment, "cue:comments-opener", 1, ""},
	{button, "join the discussion", stages.Comment, "cue:comments-opener", 5, ""},
	{button, "join the conversation", stages.Comment, "cue:comments-opener", 5, ""},
	{button, "view comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "view all comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "view # comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "show comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "hide comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "read comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "see all comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "load more comments", stages.Comment, "cue:comments-opener", 4, ""},
	{button, "leave a reply", stages.CommentForm, "form:leave-a-reply", 6, ""},
	{button, "leave a comment", stages.CommentForm, "form:leave-a-comment", 3, ""},
	{button, "post a comment", stages.CommentForm, "form:leave-a-comment", 3, ""},
	{button, "add a comment", stages.CommentForm, "form:leave-a-comment", 3, ""},
	{button, "add comment", stages.CommentForm, "form:leave-a-comment", 2, ""},
	{button, "have your say", stages.CommentForm, "form:leave-a-comment", 3, ""},
	{button, "write a comment", stages.CommentForm, "form:leave-a-comment", 3, ""},
	{button, "sort by newest", stages.CommentForm, "form:sort", 8, ""},
	{button, "sort by oldest", stages.CommentForm, "form:sort", 8, ""},
	{button, "sort by best", stages.CommentForm, "form:sort", 8, ""},
	{button, "sort by:", stages.CommentForm, "form:sort", 8, ""},
	{opener, "trackbacks", stages.Comment, "cue:trackbacks", 3, ""},
	{opener, "pingbacks", stages.Comment, "cue:trackbacks", 3, ""},
	{closer, "comments are closed", stages.CommentForm, "cue:comments-closed", 8, ""},
	{closer, "comments are now closed", stages.CommentForm, "cue:comments-closed", 8, ""},
	{closer, "comments closed", stages.CommentForm, "cue:comments-closed", 4, ""},
	{closer, "comments have been closed", stages.CommentForm, "cue:comments-closed", 10, ""},
	{closer, "comments for this", stages.CommentForm, "cue:comments-closed", 12, "closed"},
	{closer, "comments on this", stages.CommentForm, "cue:comments-closed", 12, "closed"},
	{closer, "commenting is closed", stages.CommentForm, "cue:comments-closed", 8, ""},
	{closer, "commenting is disabled", stages.CommentForm, "cue:comments-closed", 10, ""},
	{closer, "comments are disabled", stages.CommentForm, "cue:comments-closed", 10, ""},
	{closer, "comments are off", stages.CommentForm, "cue:comments-closed", 8, ""},
	{closer, "the comments to this entry are closed", stages.CommentForm, "cue:comments-closed", 14, ""},
	{closer, "the comments section is closed", stages.CommentForm, "cue:comments-closed", 12, ""},
	{closer, "comments for this thread are", stages.CommentForm, "cue:comments-closed", 10, ""},
	{closer, "this discussion has been", stages.CommentForm, "cue:comments-closed", 10, ""},
	{closer, "this thread is closed", stages.CommentForm, "cue:comments-closed", 8, ""},
	{closer, "this thread has been", stages.CommentForm, "cue:comments-closed", 8, ""},
	{closer, "view the discussion thread", stages.CommentForm, "cue:comments-closed", 6, ""},
	{closer, "please enable javascript to view the comments", stages.CommentForm, "form:enable-javascript", 0, ""},
	{closer, "comments powered by", stages.CommentForm, "form:powered-by", 6, ""},
	{closer, "powered by facebook comments", stages.CommentForm, "form:powered-by", 6, ""},
	{closer, "powered by disqus", stages.CommentForm, "form:powered-by", 4, ""},
	{closer, "blog comments powered by", stages.CommentForm, "form:powered-by", 6, ""},
	{closer, "facebook comments plugin", stages.CommentForm, "form:powered-by", 4, ""},
	{closer, "comments comments", stages.CommentForm, "form:powered-by", 2, ""},

	{starts, "tracked on", stages.Related, "related:trackback", 14, "#"},
	{has, "[read more]", stages.Related, "related:trackback", 80, ""},

	// The form below a thread.
	{starts, "please enter your comment", stages.CommentForm, "form:enter-comment", 6, ""},
	{starts, "please enter your name", stages.CommentForm, "form:enter-name", 6, ""},
	{starts, "please enter your email", stages.CommentForm, "form:enter-email", 10, ""},
	{starts, "you have entered an incorrect email address", stages.CommentForm, "form:enter-email", 10, ""},
	{starts, "your email address will not be published", stages.CommentForm, "form:email-not-published", 0, ""},
	{starts, "your email will not be published", stages.CommentForm, "form:email-not-published", 0, ""},
	{starts, "your e-mail address will not be published", stages.CommentForm, "form:email-not-published", 0, ""},
	{starts, "required fields are marked", stages.CommentForm, "form:required-fields", 8, ""},
	{starts, "save my name, email", stages.CommentForm, "form:save-my-name", 0, ""},
	{starts, "notify me of follow", stages.CommentForm, "form:notify-me", 20, ""},
	{starts, "notify me of new", stages.CommentForm, "form:notify-me", 20, ""},
	{starts, "notify me when", stages.CommentForm, "form:notify-me", 20, "comment"},
	{starts, "this site uses akismet", stages.CommentForm, "form:akismet", 0, ""},
	{starts, "log in to comment", stages.CommentForm, "form:log-in", 8, ""},
	{starts, "log in to reply", stages.CommentForm, "form:log-in", 8, ""},
	{starts, "log in or register to post", stages.CommentForm, "form:log-in", 12, ""},
	{starts, "login to comment", stages.CommentForm, "form:log-in", 8, ""},
	{starts, "sign in to comment", stages.CommentForm, "form:log-in", 8, ""},
	{starts, "sign in to join", stages.CommentForm, "form:log-in", 12, ""},
	{starts, "you must be logged in to", stages.CommentForm, "form:log-in", 15, ""},
	{starts, "you must log in to", stages.CommentForm, "form:log-in", 15, "comment"},
	{starts, "you need to be logged in to", stages.CommentForm, "form:log-in", 15, ""},
	{starts, "be the first to comment", stages.CommentForm, "form:be-the-first", 10, ""},
	{starts, "no comments yet", stages.CommentForm, "form:be-the-first", 10, ""},
	{whole, "no comments", stages.CommentForm, "form:be-the-first", 2, ""},
	{whole, "cancel reply", stages.CommentForm, "form:buttons", 3, ""},
	{whole, "post comment", stages.CommentForm, "form:buttons", 3, ""},
	{whole, "submit comment", stages.CommentForm, "form:buttons", 3, ""},
	{whole, "submit", stages.CommentForm, "form:buttons", 1, ""},
	{whole, "name * email * website", stages.CommentForm, "form:fields", 6, ""},
	{starts, "name *", stages.CommentForm, "form:fields", 1, ""},
	{starts, "email *", stages.CommentForm, "form:fields", 1, ""},
	{starts, "comment *", stages.CommentForm, "form:fields", 1, ""},
	{whole, "website", stages.CommentForm, "form:fields", 1, ""},
	{starts, "you may use these html tags", stages.CommentForm, "form:html-tags", 0, ""},
	{starts, "comments must be", stages.CommentForm, "form:policy", 60, ""},
	{starts, "comments are moderated", stages.CommentForm, "form:policy", 60, ""},
	{starts, "comments are subject to", stages.CommentForm, "form:policy", 60, ""},
	{starts, "comments that are abusive", stages.CommentForm, "form:policy", 60, ""},
	{starts, "we welcome your comments", stages.CommentForm, "form:policy", 80, ""},
	{starts, "please read our comment policy", stages.CommentForm, "form:policy", 40, ""},
	{starts, "comment policy", stages.CommentForm, "form:policy", 40, ""},
	{starts, "commenting policy", stages.CommentForm, "form:policy", 40, ""},

	// Advertising.
	{starts, "advertisement - ", stages.Ad, "ad:marker", 8, ""},
	{whole, "advertisement", stages.Ad, "ad:marker", 2, ""},
	{whole, "advertisement advertisement", stages.Ad, "ad:marker", 2, ""},
	{whole, "advertisements", stages.Ad, "ad:marker", 1, ""},
	{whole, "advertising", stages.Ad, "ad:marker", 1, ""},
	{starts, "advertisement continue reading", stages.Ad, "ad:marker", 8, ""},
	{starts, "advertisement story continues", stages.Ad, "ad:marker", 8, ""},
	{whole, "ad", stages.Ad, "ad:marker", 1, ""},
	{whole, "ads", stages.Ad, "ad:marker", 1, ""},
	{whole, "sponsored", stages.Ad, "ad:sponsored", 2, ""},
	{whole, "sponsored content", stages.Ad, "ad:sponsored", 3, ""},
	{whole, "paid content", stages.Ad, "ad:sponsored", 3, ""},
	{whole, "paid post", stages.Ad, "ad:sponsored", 3, ""},
	{whole, "promoted", stages.Ad, "ad:sponsored", 1, ""},
	{whole, "scroll to continue", stages.Ad, "ad:continues", 5, ""},
	{starts, "scroll to continue with", stages.Ad, "ad:continues", 6, ""},
	{starts, "story continued below", stages.Ad, "ad:continues", 6, ""},
	{starts, "story continues below", stages.Ad, "ad:continues", 6, ""},
	{whole, "story continues", stages.Ad, "ad:continues", 3, ""},
	{starts, "article continues below", stages.Ad, "ad:continues", 6, ""},
	{starts, "article continues after", stages.Ad, "ad:continues", 6, ""},
	{starts, "continue reading below", stages.Ad, "ad:continues", 6, ""},
	{starts, "continue reading the main story", stages.Ad, "ad:continues", 8, ""},
	{whole, "continue reading", stages.Ad, "ad:continues", 3, ""},
	{starts, "skip advertisement", stages.Ad, "ad:marker", 3, ""},

	// Rights.
	{starts, "copyright ©", stages.Legal, "legal:copyright", 60, ""},
	{starts, "copyright (c)", stages.Legal, "legal:copyright", 60, ""},
	{starts, "copyright #", stages.Legal, "legal:copyright", 60, ""},
	{starts, "© #", stages.Legal, "legal:copyright", 60, ""},
	{starts, "(c) #", stages.Legal, "legal:copyright", 60, ""},
	{starts, "© copyright", stages.Legal, "legal:copyright", 60, ""},
	{starts, "©", stages.Legal, "legal:copyright", 20, ""},
	{has, "all rights reserved", stages.Legal, "legal:copyright", 80, ""},
	{has, "this material may not be published, broadcast, rewritten", stages.Legal, "legal:copyright", 80, ""},
	{starts, "terms of use", stages.Legal, "legal:terms", 6, ""},
	{starts, "terms of service", stages.Legal, "legal:terms", 6, ""},
	{starts, "privacy policy", stages.Legal, "legal:terms", 6, ""},
	{starts, "cookie policy", stages.Legal, "legal:cookies", 6, ""},
	{starts, "we use cookies", stages.Legal, "legal:cookies", 0, ""},
	{starts, "this site uses cookies", stages.Legal, "legal:cookies", 0, ""},
	{starts, "this website uses cookies", stages.Legal, "legal:cookies", 0, ""},
	{starts, "by continuing to use this site", stages.Legal, "legal:cookies", 0, ""},
	{starts, "do not sell my", stages.Legal, "legal:terms", 8, ""},
	{starts, "this site is protected by recaptcha", stages.Legal, "legal:terms", 0, ""},
	{starts, "please enable javascript", stages.Legal, "legal:javascript", 20, ""},
	{starts, "you need to enable javascript", stages.Legal, "legal:javascript", 20, ""},
	{starts, "the opinions expressed by columnists", stages.Legal, "legal:disclaimer", 40, ""},
	{starts, "the views expressed by contributors", stages.Legal, "legal:disclaimer", 40, ""},
	{starts, "the views expressed in this", stages.Legal, "legal:disclaimer", 40, ""},
	{starts, "the views and opinions expressed in this", stages.Legal, "legal:disclaimer", 40, ""},
	{starts, "the opinions expressed in this", stages.Legal, "legal:disclaimer", 40, ""},
	{starts, "views expressed in this", stages.Legal, "legal:disclaimer", 40, ""},
	{starts, "opinions expressed in this", stages.Legal, "legal:disclaimer", 40, ""},
	{starts, "this is a rush transcript", stages.Legal, "legal:disclaimer", 30, ""},
	{starts, "npr transcripts are created on a rush deadline", stages.Legal, "legal:disclaimer", 0, ""},
	{starts, "this content is available without charge", stages.Legal, "legal:reprint", 0, ""},
	{starts, "content created by", stages.Legal, "legal:reprint", 80, "available without charge"},
	{starts, "click here for reprint permission", stages.Legal, "legal:reprint", 8, ""},

	// Where the text comes from and who may print it.
	{starts, "published with permission", stages.Credit, "credit:permission", 25, ""},
	{starts, "printed with permission", stages.Credit, "credit:permission", 25, ""},
	{starts, "reprinted with permission", stages.Credit, "credit:permission", 25, ""},
	{starts, "reprinted by permission", stages.Credit, "credit:permission", 25, ""},
	{starts, "republished with permission", stages.Credit, "credit:permission", 25, ""},
	{starts, "reposted with permission", stages.Credit, "credit:permission", 25, ""},
	{starts, "used with permission", stages.Credit, "credit:permission", 25, ""},
	{starts, "republished from", stages.Credit, "credit:republished", 25, ""},
	{starts, "reprinted from", stages.Credit, "credit:republished", 25, ""},
	{starts, "cross-posted from", stages.Credit, "credit:republished", 15, ""},
	{starts, "cross-posted at", stages.Credit, "credit:republished", 15, ""},
	{starts, "crossposted from", stages.Credit, "credit:republished", 15, ""},
	{starts, "this article originally appeared", stages.Credit, "credit:originally", 30, ""},
	{starts, "this story originally appeared", stages.Credit, "credit:originally", 30, ""},
	{starts, "this post originally appeared", stages.Credit, "credit:originally", 30, ""},
	{starts, "this column originally appeared", stages.Credit, "credit:originally", 30, ""},
	{starts, "this article first appeared", stages.Credit, "credit:originally", 30, ""},
	{starts, "this story first appeared", stages.Credit, "credit:originally", 30, ""},
	{starts, "this article was originally published", stages.Credit, "credit:originally", 30, ""},
	{starts, "this story was originally published", stages.Credit, "credit:originally", 30, ""},
	{starts, "this post was originally published", stages.Credit, "credit:originally", 30, ""},
	{starts, "this article was first published", stages.Credit, "credit:originally", 30, ""},
	{starts, "this column was first published", stages.Credit, "credit:originally", 30, ""},
	{starts, "this story was first published", stages.Credit, "credit:originally", 30, ""},
	{starts, "originally published", stages.Credit, "credit:originally", 15, ""},
	{starts, "originally appeared", stages.Credit, "credit:originally", 15, ""},
	{starts, "source: http", stages.Source, "source:line", 10, ""},
	{starts, "source: www", stages.Source, "source:line", 10, ""},
	{starts, "source:", stages.Source, "source:line", 10, ""},
	{starts, "via:", stages.Source, "source:via", 10, ""},
	{starts, "h/t", stages.Source, "source:via", 10, ""},
	{starts, "hat tip:", stages.Source, "source:via", 12, ""},
	{starts, "original article:", stages.Source, "source:line", 20, ""},
	{starts, "original source:", stages.Source, "source:line", 20, ""},
	{starts, "read the full story at", stages.Source, "source:read-full", 15, ""},
	{starts, "read the full article at", stages.Source, "source:read-full", 15, ""},
	{starts, "read the original article", stages.Source, "source:read-full", 15, ""},
	{starts, "read more at", stages.Source, "source:read-full", 20, "http"},
	{starts, "link:", stages.Source, "source:link", 12, "http"},
	{starts, "http", stages.Source, "source:url", 1, ""},
	{starts, "https", stages.Source, "source:url", 1, ""},
	{starts, "www", stages.Source, "source:url", 1, "."},

	// Who else worked on it.
	{has, "contributed to this report", stages.Credit, "credit:contributors", 40, ""},
	{has, "contributed to this story", stages.Credit, "credit:contributors", 40, ""},
	{has, "contributed to this article", stages.Credit, "credit:contributors", 40, ""},
	{has, "contributed reporting", stages.Credit, "credit:contributors", 30, ""},
	{starts, "contributing:", stages.Credit, "credit:contributors", 25, ""},
	{starts, "additional reporting by", stages.Credit, "credit:contributors", 30, ""},
	{starts, "(additional reporting by", stages.Credit, "credit:contributors", 30, ""},
	{starts, "(reporting by", stages.Credit, "credit:contributors", 40, ""},
	{starts, "reporting by", stages.Credit, "credit:contributors", 40, "editing by"},
	{starts, "editing by", stages.Credit, "credit:contributors", 20, ""},
	{starts, "(editing by", stages.Credit, "credit:contributors", 20, ""},
	{starts, "(writing by", stages.Credit, "credit:contributors", 30, ""},
	{starts, "with files from", stages.Credit, "credit:contributors", 15, ""},
	{starts, "with reporting by", stages.Credit, "credit:contributors", 20, ""},
	{whole, "with post wires", stages.Credit, "credit:contributors", 4, ""},
	{starts, "with wire reports", stages.Credit, "credit:contributors", 4, ""},
	{has, "is based in part on wire service reports", stages.Credit, "credit:contributors", 15, ""},

	// Pictures and players.
	{starts, "image copyright", stages.Caption, "caption:label", 80, "image caption"},
	{starts, "image copyright", stages.Credit, "credit:photo", 12, ""},
	{starts, "enlarge this image", stages.Credit, "credit:photo", 30, ""},
	{starts, "toggle caption", stages.Credit, "credit:photo", 20, ""},
	{starts, "hide caption", stages.Credit, "credit:photo", 5, ""},
	{starts, "photo:", stages.Credit, "credit:photo", 12, ""},
	{starts, "photo by", stages.Credit, "credit:photo", 12, ""},
	{starts, "photos by", stages.Credit, "credit:photo", 12, ""},
	{starts, "photo credit", stages.Credit, "credit:photo", 14, ""},
	{starts, "photo courtesy", stages.Credit, "credit:photo", 14, ""},
	{starts, "photograph by", stages.Credit, "credit:photo", 12, ""},
	{starts, "photographs by", stages.Credit, "credit:photo", 12, ""},
	{starts, "image credit", stages.Credit, "credit:photo", 14, ""},
	{starts, "image via", stages.Credit, "credit:photo", 10, ""},
	{starts, "image:", stages.Credit, "credit:photo", 10, ""},
	{starts, "images via", stages.Credit, "credit:photo", 10, ""},
	{starts, "illustration by", stages.Credit, "credit:photo", 12, ""},
	{starts, "credit:", stages.Credit, "credit:photo", 12, ""},
	{starts, "(ap photo", stages.Credit, "credit:photo", 12, ""},
	{starts, "ap photo", stages.Credit, "credit:photo", 10, "/"},
	{starts, "(photo by", stages.Credit, "credit:photo", 15, ""},
	{starts, "(photo:", stages.Credit, "credit:photo", 15, ""},
	{starts, "(reuters photo", stages.Credit, "credit:photo", 12, ""},
	{whole, "getty images", stages.Credit, "credit:photo", 2, ""},
	{whole, "getty", stages.Credit, "credit:photo", 1, ""},
	{whole, "(pixabay)", stages.Credit, "credit:photo", 1, ""},
	{whole, "photo", stages.Credit, "credit:photo", 1, ""},
	{starts, "image caption", stages.Caption, "caption:label", 80, ""},
	{starts, "file - ", stages.Caption, "caption:file", 80, "photo"},
	{starts, "file -- ", stages.Caption, "caption:file", 80, "photo"},
	{starts, "file photo", stages.Caption, "caption:file", 40, ""},
	{starts, "caption:", stages.Caption, "caption:label", 80, ""},
	{starts, "image # of #", stages.Embed, "embed:gallery", 6, ""},
	{starts, "next image", stages.Embed, "embed:gallery", 6, ""},
	{starts, "prev image", stages.Embed, "embed:gallery", 6, ""},
	{starts, "slideshow (# images)", stages.Embed, "embed:gallery", 3, ""},
	{starts, "slideshow (", stages.Embed, "embed:gallery", 3, "images"},
	{whole, "back to gallery", stages.Embed, "embed:gallery", 4, ""},
	{whole, "view gallery", stages.Embed, "embed:gallery", 3, ""},
	{whole, "this slideshow requires javascript", stages.Embed, "embed:gallery", 5, ""},
	{starts, "media playback is", stages.Embed, "embed:player", 12, ""},
	{starts, "media caption", stages.Caption, "caption:label", 60, ""},
	{whole, "play video", stages.Embed, "embed:player", 3, ""},
	{whole, "play", stages.Embed, "embed:player", 1, ""},
	{whole, "now playing", stages.Embed, "embed:player", 3, ""},
	{whole, "watch now", stages.Embed, "embed:player", 2, ""},
	{whole, "watch live", stages.Embed, "embed:player", 2, ""},
	{whole, "video", stages.Embed, "embed:player", 1, ""},
	{whole, "loading...", stages.Embed, "embed:loading", 1, ""},
	{whole, "loading", stages.Embed, "embed:loading", 1, ""},
	{whole, "[pullquote]", stages.Embed, "embed:placeholder", 1, ""},
	{whole, "[break]", stages.Embed, "embed:placeholder", 1, ""},
	{starts, "[embedtweet", stages.Embed, "embed:placeholder", 4, ""},
	{starts, "[embed", stages.Embed, "embed:placeholder", 4, ""},
	{whole, "embed", stages.Embed, "embed:placeholder", 1, ""},
	{starts, "poster=", stages.Embed, "embed:placeholder", 3, ""},
	{starts, "pic.twitter.com/", stages.Embed, "embed:tweet", 2, ""},
	{starts, "view this post on instagram", stages.Embed, "embed:post", 6, ""},
	{starts, "a post shared by", stages.Embed, "embed:post", 25, "(@"},
	{starts, "a video posted by", stages.Embed, "embed:post", 25, "(@"},
	{starts, "listen to article", stages.Embed, "embed:player", 14, ""},

	{whole, "watch", stages.Embed, "embed:player", 1, ""},
	{starts, "[jwplayer", stages.Embed, "embed:placeholder", 12, ""},

	// Sharing.
	{starts, "facebook twitter pinterest", stages.Caption, "caption:label", 60, "photograph:"},
	{starts, "read or share this story", stages.Share, "share:buttons", 8, ""},
	{starts, "share this", stages.Share, "share:buttons", 5, ""},
	{whole, "share", stages.Share, "share:buttons", 1, ""},
	{whole, "tweet", stages.Share, "share:buttons", 1, ""},
	{whole, "pin it", stages.Share, "share:buttons", 2, ""},
	{whole, "email", stages.Share, "share:buttons", 1, ""},
	{whole, "e-mail", stages.Share, "share:buttons", 1, ""},
	{whole, "print", stages.Share, "share:buttons", 1, ""},
	{whole, "facebook", stages.Share, "share:buttons", 1, ""},
	{whole, "twitter", stages.Share, "share:buttons", 1, ""},
	{whole, "whatsapp", stages.Share, "share:buttons", 1, ""},
	{whole, "linkedin", stages.Share, "share:buttons", 1, ""},
	{whole, "pinterest", stages.Share, "share:buttons", 1, ""},
	{whole, "reddit", stages.Share, "share:buttons", 1, ""},
	{whole, "google+", stages.Share, "share:buttons", 1, ""},
	{whole, "youtube", stages.Share, "share:buttons", 1, ""},
	{whole, "instagram", stages.Share, "share:buttons", 1, ""},
	{starts, "facebook twitter", stages.Share, "share:buttons", 12, ""},
	{starts, "share tweet", stages.Share, "share:buttons", 12, ""},
	{starts, "share on facebook", stages.Share, "share:buttons", 12, ""},
	{starts, "share on twitter", stages.Share, "share:buttons", 12, ""},
	{starts, "click to share on", stages.Share, "share:buttons", 12, ""},
	{starts, "click to tweet", stages.Share, "share:buttons", 4, ""},
	{starts, "tweet this", stages.Share, "share:buttons", 3, ""},
	{starts, "like this: like loading", stages.Share, "share:buttons", 6, ""},
	{whole, "like this", stages.Share, "share:buttons", 2, ":"},
	{whole, "copy link", stages.Share, "share:buttons", 3, ""},
	{whole, "link copied", stages.Share, "share:buttons", 3, ""},
	{starts, "sharing is caring", stages.Share, "share:buttons", 4, ""},
	{starts, "be sociable, share", stages.Share, "share:buttons", 4, ""},
	{starts, "email this", stages.Share, "share:buttons", 4, ""},
	{starts, "print this", stages.Share, "share:buttons", 4, ""},
	{starts, "follow us on", stages.Share, "share:follow", 12, ""},
	{starts, "follow us", stages.Share, "share:follow", 3, ""},
	{starts, "follow @", stages.Share, "share:follow", 8, ""},
	{starts, "follow", stages.Share, "share:follow", 16, "on twitter"},
	{starts, "- follow", stages.Share, "share:follow", 16, "on twitter"},
	{starts, "follow", stages.Share, "share:follow", 12, "on facebook"},
	{starts, "like us on facebook", stages.Share, "share:follow", 12, ""},
	{starts, "join us on facebook", stages.Share, "share:follow", 12, ""},
	{starts, "join us on twitter", stages.Share, "share:follow", 12, ""},
	{starts, "find us on facebook", stages.Share, "share:follow", 12, ""},
	{starts, "reach the reporter at", stages.Share, "share:contact", 15, ""},
	{starts, "send letters to", stages.Share, "share:contact", 10, "@"},
	{starts, "send tips to", stages.Share, "share:contact", 10, ""},
	{starts, "contact us at", stages.Share, "share:contact", 10, "@"},
	{starts, "write to", stages.Share, "share:contact", 14, "@"},
	{starts, "got a tip", stages.Share, "share:contact", 25, ""},
	{starts, "have a tip", stages.Share, "share:contact", 25, ""},

	// Subscriptions and appeals.
	{starts, "sign up for", stages.Promo, "promo:newsletter", 60, "newsletter"},
	{starts, "sign up for", stages.Promo, "promo:newsletter", 60, "inbox"},
	{starts, "sign up for", stages.Promo, "promo:newsletter", 12, "morning briefing"},
	{starts, "sign up for", stages.Promo, "promo:newsletter", 20, "alerts"},
	{starts, "sign up here", stages.Promo, "promo:newsletter", 60, ""},
	{starts, "newsletter sign", stages.Promo, "promo:newsletter", 0, ""},
	{starts, "newsletter sign-up", stages.Promo, "promo:newsletter", 0, ""},
	{starts, "subscribe to our", stages.Promo, "promo:subscribe", 20, ""},
	{starts, "subscribe to the", stages.Promo, "promo:subscribe", 20, "newsletter"},
	{starts, "subscribe now", stages.Promo, "promo:subscribe", 20, ""},
	{starts, "subscribe today", stages.Promo, "promo:subscribe", 12, ""},
	{whole, "subscribe", stages.Promo, "promo:subscribe", 1, ""},
	{starts, "subscribe on apple podcasts", stages.Promo, "promo:subscribe", 20, ""},
	{has, "delivered to your inbox", stages.Promo, "promo:newsletter", 60, ""},
	{has, "delivered daily to your inbox", stages.Promo, "promo:newsletter", 60, ""},
	{has, "straight to your inbox", stages.Promo, "promo:newsletter", 60, ""},
	{has, "by signing up you agree to", stages.Promo, "promo:newsletter", 0, ""},
	{has, "by signing up, you agree to", stages.Promo, "promo:newsletter", 0, ""},
	{starts, "thank you for subscribing", stages.Promo, "promo:newsletter", 20, ""},
	{starts, "thank you for signing up", stages.Promo, "promo:newsletter", 30, ""},
	{starts, "enter your email", stages.Promo, "promo:newsletter", 12, ""},
	{starts, "get our daily", stages.Promo, "promo:newsletter", 20, ""},
	{starts, "get breaking news alerts", stages.Promo, "promo:newsletter", 30, ""},
	{starts, "click here to get the", stages.Promo, "promo:app", 12, ""},
	{starts, "click here for the", stages.Promo, "promo:app", 12, ""},
	{starts, "click here to sign up", stages.Promo, "promo:newsletter", 15, ""},
	{starts, "click here to subscribe", stages.Promo, "promo:subscribe", 15, ""},
	{starts, "click here to download", stages.Promo, "promo:app", 15, ""},
	{starts, "click to get the", stages.Promo, "promo:app", 12, ""},
	{starts, "download our app", stages.Promo, "promo:app", 12, ""},
	{starts, "download the", stages.Promo, "promo:app", 10, "app"},
	{starts, "support our journalism", stages.Promo, "promo:donate", 40, ""},
	{starts, "donate now", stages.Promo, "promo:donate", 6, ""},
	{whole, "donate", stages.Promo, "promo:donate", 1, ""},
	{starts, "become a member", stages.Promo, "promo:donate", 12, ""},
	{starts, "already a subscriber", stages.Promo, "promo:subscribe", 10, ""},
	{starts, "already a member", stages.Promo, "promo:subscribe", 10, ""},
	{starts, "you have # free articles", stages.Promo, "promo:subscribe", 15, ""},
	{starts, "visit business insider's homepage", stages.Promo, "promo:visit", 10, ""},
	{starts, "want more", stages.Promo, "promo:newsletter", 40, "newsletter"},

	// Links to other articles.
	{starts, "read more:", stages.Related, "related:read-more", 40, ""},
	{whole, "read more", stages.Related, "related:read-more", 2, ""},
	{starts, "read more on", stages.Related, "related:read-more", 12, ":"},
	{starts, "read more about", stages.Related, "related:read-more", 12, ":"},
	{starts, "read next:", stages.Related, "related:read-next", 40, ""},
	{whole, "read next", stages.Related, "related:read-next", 2, ""},
	{starts, "read also:", stages.Related, "related:also", 40, ""},
	{starts, "also read:", stages.Related, "related:also", 40, ""},
	{starts, "also read -", stages.Related, "related:also", 40, ""},
	{starts, "see also:", stages.Related, "related:also", 40, ""},
	{whole, "see also", stages.Related, "related:also", 2, ""},
	{starts, "also see:", stages.Related, "related:also", 40, ""},
	{starts, "(also on", stages.Related, "related:also", 30, ":"},
	{starts, "( also on", stages.Related, "related:also", 30, ":"},
	{starts, "(see also", stages.Related, "related:also", 30, ""},
	{starts, "(photos:", stages.Related, "related:photos", 30, ""},
	{starts, "( photos:", stages.Related, "related:photos", 30, ""},
	{starts, "(video:", stages.Related, "related:video", 30, ""},
	{starts, "( watch:", stages.Related, "related:video", 30, ""},
	{starts, "(watch:", stages.Related, "related:video", 30, ""},
	{starts, "(related:", stages.Related, "related:label", 40, ""},
	{starts, "related:", stages.Related, "related:label", 28, ""},
	{starts, "[related:", stages.Related, "related:label", 40, ""},
	{whole, "related", stages.Related, "related:label", 1, ""},
	{whole, "related articles", stages.Related, "related:label", 2, ""},
	{whole, "related stories", stages.Related, "related:label", 2, ""},
	{whole, "related posts", stages.Related, "related:label", 2, ""},
	{whole, "related coverage", stages.Related, "related:label", 2, ""},
	{whole, "related content", stages.Related, "related:label", 2, ""},
	{whole, "related links", stages.Related, "related:label", 2, ""},
	{whole, "related topics", stages.Related, "related:label", 2, ""},
	{whole, "related news", stages.Related, "related:label", 2, ""},
	{starts, "related article:", stages.Related, "related:label", 40, ""},
	{starts, "related story:", stages.Related, "related:label", 40, ""},
	{starts, "related posts with thumbnails", stages.Related, "related:label", 5, ""},
	{whole, "more on this", stages.Related, "related:more", 4, ""},
	{whole, "more from this", stages.Related, "related:more", 4, ""},
	{starts, "more from", stages.Related, "related:more", 8, ":"},
	{starts, "more:", stages.Related, "related:more", 24, ""},
	{starts, "click for more from", stages.Related, "related:more", 10, ""},
	{starts, "you may also like", stages.Related, "related:recommended", 8, ""},
	{starts, "you might also like", stages.Related, "related:recommended", 8, ""},
	{starts, "you might also enjoy", stages.Related, "related:recommended", 5, ""},
	{whole, "recommended", stages.Related, "related:recommended", 1, ""},
	{whole, "recommended for you", stages.Related, "related:recommended", 3, ""},
	{whole, "recommended stories", stages.Related, "related:recommended", 3, ""},
	{whole, "most popular", stages.Related, "related:popular", 2, ""},
	{whole, "most read", stages.Related, "related:popular", 2, ""},
	{whole, "most viewed", stages.Related, "related:popular", 2, ""},
	{whole, "trending", stages.Related, "related:popular", 1, ""},
	{whole, "trending now", stages.Related, "related:popular", 2, ""},
	{whole, "top stories", stages.Related, "related:popular", 2, ""},
	{whole, "editor's picks", stages.Related, "related:recommended", 2, ""},
	{whole, "up next", stages.Related, "related:next", 2, ""},
	{starts, "up next:", stages.Related, "related:next", 20, ""},
	{whole, "next article", stages.Related, "related:next", 3, ""},
	{whole, "previous article", stages.Related, "related:next", 3, ""},
	{whole, "don't miss", stages.Related, "related:recommended", 2, ""},
	{starts, "don't miss:", stages.Related, "related:recommended", 30, ""},
	{starts, "full coverage:", stages.Related, "related:coverage", 12, ""},
	{starts, "special coverage:", stages.Related, "related:coverage", 12, ""},
	{starts, "now watch:", stages.Related, "related:video", 20, ""},
	{starts, "watch the latest video at", stages.Related, "related:video", 8, ""},
	{starts, "recommended article:", stages.Related, "related:recommended", 30, ""},

	// Menus and tags.
	{starts, "tags:", stages.Nav, "nav:tags", 40, ""},
	{starts, "tagged:", stages.Nav, "nav:tags", 40, ""},
	{starts, "filed under", stages.Nav, "nav:tags", 20, ""},
	{starts, "filed in", stages.Nav, "nav:tags", 12, ""},
	{starts, "categories:", stages.Nav, "nav:tags", 30, ""},
	{starts, "topics:", stages.Nav, "nav:tags", 30, ""},
	{starts, "posted in", stages.Nav, "nav:tags", 20, ""},
	{starts, "home >", stages.Nav, "nav:breadcrumbs", 12, ""},
	{starts, "home »", stages.Nav, "nav:breadcrumbs", 20, ""},
	{starts, "home /", stages.Nav, "nav:breadcrumbs", 12, ""},
	{whole, "analysis/opinion", stages.Nav, "nav:section", 2, ""},
	{whole, "opinion contributor", stages.Nav, "nav:section", 2, ""},
	{whole, "opinion contributors", stages.Nav, "nav:section", 2, ""},
	{whole, "opinion columnist", stages.Nav, "nav:section", 2, ""},
	{whole, "special for usa today", stages.Nav, "nav:section", 4, ""},
	{starts, "this article is more than # year", stages.Nav, "nav:age", 8, ""},
	{starts, "this article is more than # month", stages.Nav, "nav:age", 8, ""},
	{whole, "menu", stages.Nav, "nav:menu", 1, ""},
	{whole, "search", stages.Nav, "nav:menu", 1, ""},
	{whole, "home", stages.Nav, "nav:menu", 1, ""},
	{whole, "close", stages.Nav, "nav:menu", 1, ""},
	{starts, "skip to content", stages.Nav, "nav:menu", 4, ""},
	{starts, "skip to main content", stages.Nav, "nav:menu", 4, ""},
	{whole, "back to top", stages.Nav, "nav:menu", 3, ""},
	{whole, "sign in", stages.Nav, "nav:menu", 2, ""},
	{whole, "log in", stages.Nav, "nav:menu", 2, ""},
	{whole, "permalink", stages.Nav, "nav:menu", 1, ""},
	{starts, "all posts by", stages.Nav, "nav:author", 6, ""},
	{starts, "view author archive", stages.Nav, "nav:author", 6, ""},
	{starts, "view all posts by", stages.Nav, "nav:author", 8, ""},

	// What the newsroom says about the article.
	{starts, "correction:", stages.Note, "note:correction", 0, ""},
	{starts, "corrections:", stages.Note, "note:correction", 0, ""},
	{starts, "clarification:", stages.Note, "note:correction", 0, ""},
	{starts, "corrections & amplifications", stages.Note, "note:correction", 0, ""},
	{starts, "editor's note", stages.Note, "note:editor", 0, ""},
	{starts, "editors' note", stages.Note, "note:editor", 0, ""},
	{starts, "update:", stages.Note, "note:update", 0, ""},
	{starts, "(this story has been updated", stages.Note, "note:update", 30, ""},
	{starts, "this story has been updated", stages.Note, "note:update", 60, ""},
	{starts, "this article has been updated", stages.Note, "note:update", 60, ""},
	{starts, "this post has been updated", stages.Note, "note:update", 60, ""},
	{starts, "this report has been updated", stages.Note, "note:update", 60, ""},
	{starts, "- this report was updated", stages.Note, "note:update", 30, ""},
	{starts, "this report was updated", stages.Note, "note:update", 30, ""},
	{starts, "this story was updated", stages.Note, "note:update", 60, ""},
	{starts, "this article was updated", stages.Note, "note:update", 60, ""},
	{starts, "this story was corrected", stages.Note, "note:correction", 60, ""},
	{starts, "this story has been corrected", stages.Note, "note:correction", 60, ""},
	{starts, "this article has been corrected", stages.Note, "note:correction", 60, ""},
	{starts, "an earlier version of this", stages.Note, "note:correction", 0, ""},
	{starts, "a previous version of this", stages.Note, "note:correction", 0, ""},
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
		if c.how != has {
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

// A table finds the entry of a word; open addressing is twice as fast here as a map.
type table struct {
	slots []slot // a power of two, at most a quarter of them full
}

type slot struct {
	word string
	entry
}

func newTable(m map[string]entry) *table {
	size := 1
	for size < 4*len(m) {
		size *= 2
	}
	t := &table{make([]slot, size)}
	words := make([]string, 0, len(m))
	for word := range m {
		words = append(words, word)
	}
	sort.Strings(words)
	for _, word := range words {
		var h uint32
		for _, c := range []byte(word) {
			h = rehash(h, c)
		}
		i := mix(h) & uint32(size-1)
		for t.slots[i].word != "" {
			i = (i + 1) & uint32(size-1)
		}
		t.slots[i] = slot{word, m[word]}
	}
	return t
}

// mix brings the high bits of a hash down.
func mix(h uint32) uint32 { return h ^ h>>15 }

var unknown slot

// find returns the slot of word, whose hash is h; an empty one when the table has it not.
func (t *table) find(word []byte, h uint32) *slot {
	mask := uint32(len(t.slots) - 1)
	for i := mix(h) & mask; ; i = (i + 1) & mask {
		switch s := &t.slots[i]; {
		case s.word == "":
			return &unknown
		case s.word == string(word):
			return s
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
		case c == ' ' && last == ' ', c == '*' && len(buf) == 0:
		case c == 0xE2 && i+2 < len(s):
			switch s[i : i+3] {
			case "‘", "’":
				buf = append(buf, '\'')
			case "“", "”":
				buf = append(buf, '"')
			case "–", "—":
				buf = append(buf, '-')
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

// match reports whether c stands in a line given in normal form.
func (c *cue) match(line []byte) bool {
	rest := line
	switch c.how {
	case has:
		if !contains(line, c.text) {
			return false
		}
	default:
		if len(line) < len(c.text) || string(line[:len(c.text)]) != c.text || !endsWord(line, len(c.text)) {
			return false
		}
		rest = line[len(c.text):]
		if c.how == whole && len(bytes.TrimRight(rest, " .:!?>»*|-")) > 0 {
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
